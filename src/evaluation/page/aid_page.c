/* Legal aid in figures: applications, grants, refusals by ground, days to decide and to assign against seven and three; by
 * county, matter, status and group; what was paid.  Each number opens its records. */
#include "evaluation/page/aid_board_internal.h"

#include "base/fen.h"
#include "kit/msg/msg.h"
#include "resources/person/person.h"

struct aid_span_values { struct day from, to; struct text place; int by; int64_t key, after; };
static const struct choice by_choices[] = {
	{ AID_BY_MATTER, "matter", T("按事项") }, { AID_BY_STATUS, "status", T("按人员类别") }, { AID_BY_GROUP, "group", T("按重点人群") },
	{ AID_BY_RATE, "rate", T("按补贴标准") }, { 0, NULL, NULL },
};
#define AT(member) offsetof(struct aid_span_values, member)
static const struct field fields[] = {
	{ .key = "from", .kind = FIELD_DAY, .label = T("从"), .min = -36500, .max = 0, .offset = AT(from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("到"), .min = -36500, .max = 0, .offset = AT(to) },
	{ .key = "place", .kind = FIELD_LINE, .label = T("区划代码"), .max = 12, .offset = AT(place) },
	{ .key = "by", .kind = FIELD_CHOICE, .label = T("分类"), .choices = by_choices, .offset = AT(by) },
	{ .key = "key", .kind = FIELD_INT, .label = T("行"), .min = 0, .max = INT64_MAX, .offset = AT(key) },
	{ .key = "after", .kind = FIELD_INT, .label = T("翻页"), .min = 0, .max = INT64_MAX, .offset = AT(after) },
};
const struct form aid_span_form = FORM_OF("figures.legalaid", T("法律援助统计"), fields, struct aid_span_values);

/* ---- reading ------------------------------------------------------------------------------------------------ */

/* A year back to today, and the whole city as far as the reader may see, unless said otherwise. */
static struct aid_records
asked(const struct exchange *x)
{
	const struct aid_span_values *in = x->form_rc == RC_OK ? x->values : NULL;
	struct day today = day_of_moment(x->ctx->now_ms);
	struct place city = { x->ctx->actor->city * INT64_C(100000000) };
	struct aid_records q = { .span = { day_add_months(today, -12), today, city } };

	if (in == NULL)
		return q;
	if (!day_is_none(in->from))
		q.span.from = in->from;
	if (!day_is_none(in->to))
		q.span.to = in->to;
	if (in->place.n > 0 && place_parse(in->place, &q.span.place) != RC_OK)
		q.span.place = city;
	q.by = (enum aid_by)in->by;
	q.key = in->key;
	q.after = in->after;
	return q;
}

static enum rc
board_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct aid_board *b = arg;
	struct aid_span s = b->q.span;
	enum rc rc = aid_figures(tx, actor, &s, &b->all);

	for (size_t i = 0; rc == RC_OK && i < b->n; i++) {
		struct aid_span county = { s.from, s.to, b->county[i]->place };

		rc = aid_figures(tx, actor, &county, &b->of[i]);
	}
	for (int by = AID_BY_MATTER; rc == RC_OK && by <= AID_BY_GROUP; by++)
		rc = aid_parts(tx, actor, &s, (enum aid_by)by, b->parts[by], AID_PARTS, &b->n_parts[by]);
	return rc == RC_OK ? aid_paid(tx, actor, &s, b->paid, AID_RATE_COUNT, &b->n_paid) : rc;
}

enum rc
aid_board_read(struct exchange *x, struct aid_board **ret)
{
	struct aid_board *b = ARENA_NEW(x->ctx->mem, struct aid_board);

	if (b == NULL)
		return RC_NO_MEMORY;
	b->q = asked(x);
	if (place_level(b->q.span.place) == PLACE_CITY)
		b->n = region_children(b->q.span.place, b->q.span.to, b->county, AID_COUNTIES);
	b->n = b->n < AID_COUNTIES ? b->n : AID_COUNTIES;
	*ret = b;
	return db_read(x->ctx, board_tx, b);
}

/* ---- words ----------------------------------------------------------------------------------------------------- */

struct text
aid_board_say(const struct exchange *x, const char *zh)
{
	return text_of(msg(x->ctx->lang, zh));
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

struct text
aid_board_days(const struct exchange *x, int64_t sum_ms, int64_t n)
{
	int64_t tenths = n > 0 ? sum_ms / n * 10 / DAY_MS : 0;

	return n == 0 ? TEXT("–") : arena_format(x->ctx->mem, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

/* "12.5%" of those that were decided (assigned). */
struct text
aid_board_share(const struct exchange *x, int64_t part, int64_t of)
{
	int64_t permille = of > 0 ? part * 1000 / of : 0;

	return of == 0 ? TEXT("–") : arena_format(x->ctx->mem, "%lld.%lld%%", (long long)(permille / 10), (long long)(permille % 10));
}

const char *
aid_part_label(enum aid_by by, int64_t key)
{
	if (by == AID_BY_STATUS)
		return aid_choice_label(aid_status_choices, (int)key);
	if (by == AID_BY_MATTER)
		return key >= AID_BY_KIND ? aid_choice_label(aid_kind_choices, (int)(key - AID_BY_KIND)) : aid_choice_label(aid_matter_choices, (int)key);
	for (int g = 0; g < GROUP_COUNT; g++)
		if ((int64_t)GROUP_BIT(g) == key)
			return group_label((enum group)g);
	return T("未填写");
}

struct text
aid_board_query(const struct exchange *x, const struct aid_span *s)
{
	struct text from = day_text(x, s->from), to = day_text(x, s->to);

	return arena_format(x->ctx->mem, "from=%.*s&to=%.*s&place=%012lld", (int)from.n, from.p, (int)to.n, to.p, (long long)s->place.code);
}

static struct text
records_path(const struct exchange *x, const struct aid_span *s, int figure)
{
	struct text q = aid_board_query(x, s);

	return arena_format(x->ctx->mem, "/desk/figures/legalaid/%d?%.*s", figure, (int)q.n, q.p);
}

static struct text
part_path(const struct exchange *x, const struct aid_span *s, int figure, enum aid_by by, int64_t key)
{
	struct text path = records_path(x, s, figure);

	return arena_format(x->ctx->mem, "%.*s&by=%s&key=%lld", (int)path.n, path.p, choice_by_value(by_choices, (int)by)->key, (long long)key);
}

/* ---- the page ------------------------------------------------------------------------------------------------------ */

static void
put_totals(struct exchange *x, struct html *h, const struct aid_board *b)
{
	const struct aid_figures *f = &b->all;
	const struct aid_span *s = &b->q.span;

	ui_stats(h, (const struct ui_stat[]){
	    { T("申请"), number(x, f->applied), T("件"), TEXT_NONE, records_path(x, s, AID_FIG_APPLIED), UI_PLAIN },
	    { T("给予援助"), number(x, f->granted), T("件"), TEXT_NONE, records_path(x, s, AID_FIG_GRANTED), UI_OK },
	    { T("不予援助"), number(x, f->refused), T("件"), TEXT_NONE, records_path(x, s, AID_FIG_REFUSED), UI_PLAIN },
	    { T("在办"), number(x, f->open), T("件"), TEXT_NONE, records_path(x, s, AID_FIG_OPEN), UI_PLAIN },
	    { T("到决定平均"), aid_board_days(x, f->decide_ms, f->decided), T("日"), aid_board_say(x, T("期限七日；等材料的日子也算在内")), TEXT_NONE, UI_PLAIN },
	    { T("决定晚于期限"), number(x, f->decided_late), T("件"), aid_board_share(x, f->decided_late, f->decided),
	      records_path(x, s, AID_FIG_LATE_DECIDE), f->decided_late > 0 ? UI_LATE : UI_OK },
	    { T("到指派平均"), aid_board_days(x, f->assign_ms, f->assigned), T("日"), aid_board_say(x, T("期限三日")), TEXT_NONE, UI_PLAIN },
	    { T("指派晚于期限"), number(x, f->assigned_late), T("件"), aid_board_share(x, f->assigned_late, f->assigned),
	      records_path(x, s, AID_FIG_LATE_ASSIGN), f->assigned_late > 0 ? UI_LATE : UI_OK },
	}, 8);
}

static void
put_refusals(struct exchange *x, struct html *h, const struct aid_board *b)
{
	static const struct ui_column columns[] = { { T("不予援助的理由"), false }, { T("件"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("不予援助，按理由"), columns, 2);
	for (int g = 0; g < AID_REFUSAL_COUNT; g++) {
		ui_row_open(&t);
		ui_cell_say(&t, aid_choice_label(aid_refusal_choices, g));
		ui_cell_link(&t, records_path(x, &b->q.span, AID_FIG_REFUSAL + g), number(x, b->all.refusal[g]));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static const struct ui_column part_columns[] = { { T("类别"), false }, { T("申请"), true }, { T("给予援助"), true },
	{ T("不予援助"), true }, { T("到决定平均（日）"), true }, { T("决定晚于期限"), true }, { T("到指派平均（日）"), true },
	{ T("指派晚于期限"), true } };

/* Seven cells of a row; the paths open what is counted. */
struct part_paths { struct text applied, granted, refused, late_decide, late_assign; };

static void
put_part(struct exchange *x, struct ui_table *t, const struct aid_part *p, const struct part_paths *to)
{
	struct text decide = number(x, p->decided_late), assign = number(x, p->assigned_late);
	struct text of_decided = aid_board_share(x, p->decided_late, p->decided), of_assigned = aid_board_share(x, p->assigned_late, p->assigned);

	ui_cell_link(t, to->applied, number(x, p->applied));
	ui_cell_link(t, to->granted, number(x, p->granted));
	ui_cell_link(t, to->refused, number(x, p->refused));
	ui_cell(t, aid_board_days(x, p->decide_ms, p->decided));
	ui_cell_link(t, to->late_decide, arena_format(x->ctx->mem, "%.*s (%.*s)", (int)decide.n, decide.p, (int)of_decided.n, of_decided.p));
	ui_cell(t, aid_board_days(x, p->assign_ms, p->assigned));
	ui_cell_link(t, to->late_assign, arena_format(x->ctx->mem, "%.*s (%.*s)", (int)assign.n, assign.p, (int)of_assigned.n, of_assigned.p));
}

static void
put_parts(struct exchange *x, struct html *h, const struct aid_board *b, enum aid_by by, const char *title)
{
	const struct aid_span *s = &b->q.span;
	struct ui_table t;

	if (b->n_parts[by] == 0)
		return;
	ui_table_open(&t, h, title, part_columns, 8);
	for (size_t i = 0; i < b->n_parts[by]; i++) {
		const struct aid_part *p = &b->parts[by][i];
		struct part_paths to = { part_path(x, s, AID_FIG_APPLIED, by, p->key), part_path(x, s, AID_FIG_GRANTED, by, p->key),
			part_path(x, s, AID_FIG_REFUSED, by, p->key), part_path(x, s, AID_FIG_LATE_DECIDE, by, p->key),
			part_path(x, s, AID_FIG_LATE_ASSIGN, by, p->key) };

		ui_row_open(&t);
		ui_cell_say(&t, aid_part_label(by, p->key));
		put_part(x, &t, p, &to);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

struct aid_part
aid_board_part(const struct aid_figures *f)
{
	return (struct aid_part){ .applied = f->applied, .granted = f->granted, .refused = f->refused, .decided_late = f->decided_late,
		.assigned_late = f->assigned_late, .decide_ms = f->decide_ms, .decided = f->decided, .assign_ms = f->assign_ms,
		.assigned = f->assigned };
}

static void
put_counties(struct exchange *x, struct html *h, const struct aid_board *b)
{
	struct ui_table t;

	if (b->n == 0)
		return;
	ui_table_open(&t, h, T("按地方"), part_columns, 8);
	for (size_t i = 0; i < b->n; i++) {
		struct aid_span s = { b->q.span.from, b->q.span.to, b->county[i]->place };
		struct aid_part p = aid_board_part(&b->of[i]);
		struct part_paths to = { records_path(x, &s, AID_FIG_APPLIED), records_path(x, &s, AID_FIG_GRANTED),
			records_path(x, &s, AID_FIG_REFUSED), records_path(x, &s, AID_FIG_LATE_DECIDE), records_path(x, &s, AID_FIG_LATE_ASSIGN) };

		ui_row_open(&t);
		ui_cell(&t, b->county[i]->name);
		put_part(x, &t, &p, &to);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static struct text
yuan(const struct exchange *x, int64_t fen)
{
	char out[32];

	return fen < 0 ? TEXT_NONE : arena_text(x->ctx->mem, fen_print((struct fen){ fen }, out));
}

static void
put_paid(struct exchange *x, struct html *h, const struct aid_board *b)
{
	static const struct ui_column columns[] = { { T("按哪一类标准"), false }, { T("核定（件）"), true }, { T("核定（元）"), true },
		{ T("已发放（件）"), true }, { T("已发放（元）"), true } };
	struct ui_table t;

	if (b->n_paid == 0)
		return;
	ui_table_open(&t, h, T("补贴"), columns, 5);
	for (size_t i = 0; i < b->n_paid; i++) {
		const struct aid_paid *p = &b->paid[i];

		ui_row_open(&t);
		ui_cell_say(&t, aid_choice_label(aid_rate_choices, p->kind));
		ui_cell_link(&t, part_path(x, &b->q.span, AID_FIG_APPLIED, AID_BY_RATE, p->kind), number(x, p->n));
		ui_cell(&t, yuan(x, p->fen));
		ui_cell_int(&t, p->paid);
		ui_cell(&t, yuan(x, p->paid_fen));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
aid_figures_get(struct exchange *x)
{
	struct html h = frame_html(x);
	struct aid_board *b = NULL;
	enum rc rc = aid_board_read(x, &b);
	struct text q;

	if (rc != RC_OK)
		return rc;
	q = aid_board_query(x, &b->q.span);
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("法律援助统计"), .area = FRAME_FIGURES });
	ui_title(&h, T("法律援助统计"), region_path(b->q.span.place));
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/figures/legalaid"), .get = true });
	ui_field(&h, form_field(&aid_span_form, "from"), day_text(x, b->q.span.from), findings_of(&x->findings, "from"));
	ui_field(&h, form_field(&aid_span_form, "to"), day_text(x, b->q.span.to), findings_of(&x->findings, "to"));
	ui_form_buttons(&h, T("统计"), TEXT_NONE);
	ui_form_close(&h);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/figures/quality"), T("质量统计"));
	html_raw(&h, "</p>");
	put_totals(x, &h, b);
	put_refusals(x, &h, b);
	put_counties(x, &h, b);
	put_parts(x, &h, b, AID_BY_MATTER, T("按事项"));
	put_parts(x, &h, b, AID_BY_STATUS, T("按人员类别（第四十二条）"));
	put_parts(x, &h, b, AID_BY_GROUP, T("按重点人群（一人可以属于几类）"));
	put_paid(x, &h, b);
	html_raw(&h, "<p>");
	ui_button_link(&h, arena_format(x->ctx->mem, "/desk/figures/legalaid.xlsx?%.*s", (int)q.n, q.p), T("下载 Excel"), false);
	html_raw(&h, " ");
	ui_button_link(&h, arena_format(x->ctx->mem, "/desk/figures/legalaid.csv?%.*s", (int)q.n, q.p), T("下载 CSV"), false);
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- the records behind a figure ------------------------------------------------------------------------------------ */

#define RECORDS 50
struct records { struct aid_records q; struct aid_row rows[RECORDS + 1]; size_t n; };

static enum rc
records_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct records *r = arg;

	return aid_figure_rows(tx, actor, &r->q, r->rows, RECORDS + 1, &r->n);
}

static void
put_rows(struct exchange *x, struct html *h, const struct records *r)
{
	static const struct ui_column columns[] = { { T("编号"), false }, { T("申请人"), false }, { T("为了什么事"), false },
		{ T("状态"), false }, { T("申请日期"), false }, { T("补贴（元）"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("法律援助案件"), columns, 6);
	for (size_t i = 0; i < r->n && i < RECORDS; i++) {
		const struct aid_row *a = &r->rows[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/request/%lld/legalaid", (long long)a->id.n), a->number);
		ui_cell(&t, a->person_name);
		ui_cell_say(&t, a->kind == AID_CIVIL ? aid_choice_label(aid_matter_choices, a->matter) : aid_choice_label(aid_kind_choices, a->kind));
		ui_cell_say(&t, aid_state_label(a->state));
		ui_cell(&t, day_text(x, day_of_moment(a->applied_ms)));
		ui_cell(&t, yuan(x, a->subsidy));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
aid_records_get(struct exchange *x)
{
	struct records *r = ARENA_NEW(x->ctx->mem, struct records);
	struct html h = frame_html(x);
	struct text path;
	int64_t figure = 0;
	enum rc rc = r == NULL ? RC_NO_MEMORY : http_segment_id(x, "figure", &figure);

	if (rc != RC_OK)
		return rc;
	r->q = asked(x);
	r->q.figure = (int)figure;
	rc = db_read(x->ctx, records_tx, r);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("法律援助统计明细"), .area = FRAME_FIGURES });
	ui_title(&h, T("法律援助统计明细"), region_path(r->q.span.place));
	if (r->q.by != AID_BY_NONE) {
		html_raw(&h, "<p>");
		ui_tag(&h, UI_INFO, aid_board_say(x, r->q.by == AID_BY_RATE ? aid_choice_label(aid_rate_choices, (int)r->q.key)
		    : aid_part_label(r->q.by, r->q.key)));
		html_raw(&h, "</p>");
	}
	path = aid_board_query(x, &r->q.span);
	html_raw(&h, "<p>");
	ui_link(&h, arena_format(x->ctx->mem, "/desk/figures/legalaid?%.*s", (int)path.n, path.p), T("回到法律援助统计"));
	html_raw(&h, "</p>");
	put_rows(x, &h, r);
	if (r->n > RECORDS) {
		path = r->q.by == AID_BY_NONE ? records_path(x, &r->q.span, r->q.figure) : part_path(x, &r->q.span, r->q.figure, r->q.by, r->q.key);
		ui_pager(&h, &(struct ui_pager){ .next = arena_format(x->ctx->mem, "%.*s&after=%lld", (int)path.n, path.p,
		    (long long)r->rows[RECORDS - 1].id.n) });
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
