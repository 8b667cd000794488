/* Legal aid in figures: applications, grants, refusals by ground, days to decide and to assign against seven and three; by
 * county; each number opens its records. */
#include "evaluation/page/page.h"

#include "kit/msg/msg.h"
#include "operations/matter/legalaid/legalaid_run.h"
#include "resources/identity/identity.h"
#include "standards/region/region.h"
#include "supply/frame/frame.h"

#define COUNTIES 40
#define RECORDS 200

struct aid_span { struct day from, to; struct text place; };
static const struct field fields[] = {
	{ .key = "from", .kind = FIELD_DAY, .label = T("从"), .min = -36500, .max = 0, .offset = offsetof(struct aid_span, from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("到"), .min = -36500, .max = 0, .offset = offsetof(struct aid_span, to) },
	{ .key = "place", .kind = FIELD_LINE, .label = T("区划代码"), .max = 12, .offset = offsetof(struct aid_span, place) },
};
const struct form aid_span_form = FORM_OF("figures.legalaid", T("法律援助统计"), fields, struct aid_span);

struct span { struct day from, to; struct place place; };
struct board {
	struct span span;
	struct aid_figures all, of[COUNTIES];
	const struct division *county[COUNTIES];
	size_t n;
	int figure;
	struct aid_row rows[RECORDS];
	size_t n_rows;
};

/* A year back to today, and the reader's own area, unless said otherwise. */
static struct span
span_of(const struct exchange *x)
{
	const struct aid_span *in = x->form_rc == RC_OK ? x->values : NULL;
	struct day today = day_of_moment(x->ctx->now_ms);
	struct span s = { day_add_months(today, -12), today, { x->ctx->actor->city * INT64_C(100000000) } };

	if (in == NULL)
		return s;
	if (!day_is_none(in->from))
		s.from = in->from;
	if (!day_is_none(in->to))
		s.to = in->to;
	if (in->place.n > 0 && place_parse(in->place, &s.place) != RC_OK)
		s.place.code = x->ctx->actor->city * INT64_C(100000000);
	return s;
}

static enum rc
board_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct board *b = arg;
	struct span s = b->span;
	enum rc rc = aid_figures(tx, actor, s.from, s.to, s.place, &b->all);

	for (size_t i = 0; rc == RC_OK && i < b->n; i++)
		rc = aid_figures(tx, actor, s.from, s.to, b->county[i]->place, &b->of[i]);
	if (rc == RC_OK && b->figure != 0)
		rc = aid_figure_rows(tx, actor, s.from, s.to, s.place, b->figure, b->rows, RECORDS, &b->n_rows);
	return rc;
}

static struct text
day_text(const struct exchange *x, struct day d)
{
	char out[16];

	return arena_text(x->ctx->mem, day_print(d, out));
}

static struct text
number(const struct exchange *x, int64_t n)
{
	return arena_format(x->ctx->mem, "%lld", (long long)n);
}

/* "2.3": sum over count, in days of 24 hours, rounded down to a tenth; "–" for none. */
static struct text
days_text(const struct exchange *x, int64_t sum_ms, int64_t n)
{
	int64_t tenths = n > 0 ? sum_ms / n * 10 / DAY_MS : 0;

	return n == 0 ? TEXT("–") : arena_format(x->ctx->mem, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

static struct text
records_path(const struct exchange *x, const struct span *s, struct place place, int figure)
{
	struct text from = day_text(x, s->from), to = day_text(x, s->to);

	return arena_format(x->ctx->mem, "/desk/figures/legalaid/%d?from=%.*s&to=%.*s&place=%012lld", figure, (int)from.n, from.p,
	    (int)to.n, to.p, (long long)place.code);
}

static void
put_totals(struct exchange *x, struct html *h, const struct board *b)
{
	const struct aid_figures *f = &b->all;
	const struct span *s = &b->span;

	ui_stats(h, (const struct ui_stat[]){
	    { T("申请"), number(x, f->applied), T("件"), TEXT_NONE, records_path(x, s, s->place, AID_FIG_APPLIED), UI_PLAIN },
	    { T("给予援助"), number(x, f->granted), T("件"), TEXT_NONE, records_path(x, s, s->place, AID_FIG_GRANTED), UI_OK },
	    { T("不予援助"), number(x, f->refused), T("件"), TEXT_NONE, records_path(x, s, s->place, AID_FIG_REFUSED), UI_PLAIN },
	    { T("在办"), number(x, f->open), T("件"), TEXT_NONE, records_path(x, s, s->place, AID_FIG_OPEN), UI_PLAIN },
	    { T("到决定平均"), days_text(x, f->decide_ms, f->decided), T("日"), text_of(msg(x->ctx->lang, T("期限七日；等材料的日子也算在内"))), TEXT_NONE, UI_PLAIN },
	    { T("决定晚于期限"), number(x, f->decided_late), T("件"), TEXT_NONE, records_path(x, s, s->place, AID_FIG_LATE_DECIDE),
	      f->decided_late > 0 ? UI_LATE : UI_OK },
	    { T("到指派平均"), days_text(x, f->assign_ms, f->assigned), T("日"), text_of(msg(x->ctx->lang, T("期限三日"))), TEXT_NONE, UI_PLAIN },
	    { T("指派晚于期限"), number(x, f->assigned_late), T("件"), TEXT_NONE, records_path(x, s, s->place, AID_FIG_LATE_ASSIGN),
	      f->assigned_late > 0 ? UI_LATE : UI_OK },
	}, 8);
}

static void
put_refusals(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("不予援助的理由"), false }, { T("件"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("不予援助，按理由"), columns, 2);
	for (int g = 0; g < AID_REFUSAL_COUNT; g++) {
		ui_row_open(&t);
		ui_cell_say(&t, aid_choice_label(aid_refusal_choices, g));
		ui_cell_link(&t, records_path(x, &b->span, b->span.place, AID_FIG_REFUSAL + g), number(x, b->all.refusal[g]));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_counties(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("地方"), false }, { T("申请"), true }, { T("给予援助"), true },
		{ T("不予援助"), true }, { T("到决定平均（日）"), true }, { T("到指派平均（日）"), true }, { T("晚于期限"), true } };
	struct ui_table t;

	if (b->n == 0)
		return;
	ui_table_open(&t, h, T("按地方"), columns, 7);
	for (size_t i = 0; i < b->n; i++) {
		const struct aid_figures *f = &b->of[i];
		struct place p = b->county[i]->place;

		ui_row_open(&t);
		ui_cell(&t, b->county[i]->name);
		ui_cell_link(&t, records_path(x, &b->span, p, AID_FIG_APPLIED), number(x, f->applied));
		ui_cell_link(&t, records_path(x, &b->span, p, AID_FIG_GRANTED), number(x, f->granted));
		ui_cell_link(&t, records_path(x, &b->span, p, AID_FIG_REFUSED), number(x, f->refused));
		ui_cell(&t, days_text(x, f->decide_ms, f->decided));
		ui_cell(&t, days_text(x, f->assign_ms, f->assigned));
		ui_cell_link(&t, records_path(x, &b->span, p, AID_FIG_LATE_DECIDE), number(x, f->decided_late));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static enum rc
board_read(struct exchange *x, struct board **ret)
{
	struct board *b = ARENA_NEW(x->ctx->mem, struct board);
	int64_t figure = 0;
	enum rc rc = b == NULL ? RC_NO_MEMORY : RC_OK;

	if (rc == RC_OK && x->n_segments > 0)
		rc = http_segment_id(x, "figure", &figure);
	if (rc != RC_OK)
		return rc;
	b->figure = (int)figure;
	b->span = span_of(x);
	if (figure == 0 && place_level(b->span.place) == PLACE_CITY)
		b->n = region_children(b->span.place, b->span.to, b->county, COUNTIES);
	b->n = b->n < COUNTIES ? b->n : COUNTIES;
	*ret = b;
	return db_read(x->ctx, board_tx, b);
}

enum rc
aid_figures_get(struct exchange *x)
{
	struct html h = frame_html(x);
	struct board *b = NULL;
	enum rc rc = board_read(x, &b);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("法律援助统计"), .area = FRAME_FIGURES });
	ui_title(&h, T("法律援助统计"), region_path(b->span.place));
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/figures/legalaid"), .get = true });
	ui_field(&h, form_field(&aid_span_form, "from"), day_text(x, b->span.from), findings_of(&x->findings, "from"));
	ui_field(&h, form_field(&aid_span_form, "to"), day_text(x, b->span.to), findings_of(&x->findings, "to"));
	ui_form_buttons(&h, T("统计"), TEXT_NONE);
	ui_form_close(&h);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/figures/quality"), T("质量统计"));
	html_raw(&h, "</p>");
	put_totals(x, &h, b);
	put_refusals(x, &h, b);
	put_counties(x, &h, b);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
aid_records_get(struct exchange *x)
{
	static const struct ui_column columns[] = { { T("编号"), false }, { T("申请人"), false }, { T("为了什么事"), false },
		{ T("状态"), false }, { T("申请日期"), false } };
	struct html h = frame_html(x);
	struct board *b = NULL;
	struct ui_table t;
	enum rc rc = board_read(x, &b);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("法律援助统计明细"), .area = FRAME_FIGURES });
	ui_title(&h, T("法律援助统计明细"), region_path(b->span.place));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/figures/legalaid"), T("回到法律援助统计"));
	html_raw(&h, "</p>");
	ui_table_open(&t, &h, T("法律援助案件"), columns, 5);
	for (size_t i = 0; i < b->n_rows; i++) {
		const struct aid_row *r = &b->rows[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/request/%lld/legalaid", (long long)r->id.n), r->number);
		ui_cell(&t, r->person_name);
		ui_cell_say(&t, r->kind == AID_CIVIL ? aid_choice_label(aid_matter_choices, r->matter) : aid_choice_label(aid_kind_choices, r->kind));
		ui_cell_say(&t, aid_state_label(r->state));
		ui_cell(&t, day_text(x, day_of_moment(r->applied_ms)));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
