/* Complaints in figures: how often against what was done, over time, how they were handled, and ratings that look odd. */
#include "evaluation/complaint/complaint_figures.h"
#include "evaluation/page/complaint_page_internal.h"
#include "kit/csv/csv.h"
#include "kit/xlsx/xlsx.h"
#include "standards/region/region.h"

struct span_values {
	struct day from, to;
	int by;
	int64_t key, before;
};
#define S(member) offsetof(struct span_values, member)
static const struct choice by_choices[] = {
	{ COMPLAINT_BY_POINT + 1, "point", T("按站点") },
	{ COMPLAINT_BY_PERSON + 1, "person", T("按被投诉的人") },
	{ COMPLAINT_BY_KIND + 1, "kind", T("按种类") },
	{ COMPLAINT_BY_MONTH + 1, "month", T("按月") },
	{ COMPLAINT_BY_COUNT + 1, "all", T("全部") },
	{ 0, NULL, NULL },
};
static const struct field fields[] = {
	{ .key = "from",
	    .kind = FIELD_DAY,
	    .label = T("从"),
	    .min = -36500,
	    .max = 0,
	    .offset = S(from) },
	{ .key = "to",
	    .kind = FIELD_DAY,
	    .label = T("到"),
	    .min = -36500,
	    .max = 0,
	    .offset = S(to) },
	{ .key = "by",
	    .kind = FIELD_CHOICE,
	    .label = T("分类"),
	    .choices = by_choices,
	    .offset = S(by) },
	{ .key = "key",
	    .kind = FIELD_INT,
	    .label = T("行"),
	    .min = 0,
	    .max = INT64_MAX,
	    .offset = S(key) },
	{ .key = "before",
	    .kind = FIELD_INT,
	    .label = T("翻页"),
	    .min = 0,
	    .max = INT64_MAX,
	    .offset = S(before) },
};
const struct form complaint_span_form =
    FORM_OF("figures.complaints", T("投诉统计"), fields, struct span_values);

#define MONTHS_MOST 40
#define ODD_MOST 60
#define LINES_MOST 50
struct board {
	struct complaint_span span;
	struct complaint_totals totals;
	struct complaint_limits limits;
	struct complaint_figure v[COMPLAINT_BY_COUNT][COMPLAINT_FIGURES_MAX];
	size_t n[COMPLAINT_BY_COUNT];
	struct complaint_content content[MONTHS_MOST];
	size_t n_content;
	struct complaint_oddity odd[ODD_MOST];
	size_t n_odd;
	enum complaint_by by;
	int64_t key, before;
	struct complaint_line lines[LINES_MOST + 1];
	size_t n_lines;
};

static enum rc
board_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct board *b = arg;
	enum rc rc = complaint_limits_read(tx, actor, &b->limits);

	if (rc == RC_OK)
		rc = complaint_totals(tx, actor, &b->span, &b->totals);
	for (int by = 0; rc == RC_OK && by < COMPLAINT_BY_COUNT; by++)
		rc = complaint_figures(tx, actor, &b->span, (enum complaint_by)by, b->v[by],
		    COMPLAINT_FIGURES_MAX, &b->n[by]);
	if (rc == RC_OK)
		rc =
		    complaint_contents(tx, actor, &b->span, b->content, MONTHS_MOST, &b->n_content);
	return rc == RC_OK ? complaint_oddities(tx, actor, &b->span, b->odd, ODD_MOST, &b->n_odd)
			   : rc;
}

static enum rc
lines_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct board *b = arg;

	return complaint_lines(
	    tx, actor, &b->span, b->by, b->key, b->before, b->lines, LINES_MOST + 1, &b->n_lines);
}

/* A year back to today unless said otherwise. */
static enum rc
board_read(struct exchange *x, db_fn *fn, struct board **ret)
{
	const struct span_values *in = x->form_rc == RC_OK ? x->values : NULL;
	struct day today = day_of_moment(x->ctx->now_ms);
	struct board *b = ARENA_NEW(x->ctx->mem, struct board);

	*ret = b;
	if (b == NULL)
		return RC_NO_MEMORY;
	b->span = (struct complaint_span){ day_add(day_add_months(today, -12), 1), today,
		{ x->ctx->actor->city * INT64_C(100000000) } };
	if (in != NULL) {
		if (!day_is_none(in->from))
			b->span.from = in->from;
		if (!day_is_none(in->to))
			b->span.to = in->to;
		b->by = in->by > 0 ? (enum complaint_by)(in->by - 1) : COMPLAINT_BY_COUNT;
		b->key = in->key;
		b->before = in->before;
	}
	if (!complaint_span_judge(&b->span, &x->findings) || x->form_rc != RC_OK)
		return RC_INVALID;
	return db_read(x->ctx, fn, b);
}

/* ---- words ------------------------------------------------------------------------------------------------------- */

static struct text
query(const struct exchange *x, const struct board *b)
{
	struct text from = qp_day(x, b->span.from), to = qp_day(x, b->span.to);

	return arena_format(x->ctx->mem, "from=%.*s&to=%.*s", (int)from.n, from.p, (int)to.n, to.p);
}

static struct text
lines_path(const struct exchange *x, const struct board *b, enum complaint_by by, int64_t key)
{
	struct text q = query(x, b);

	return arena_format(x->ctx->mem, "/desk/figures/complaints/records?%.*s&by=%s&key=%lld",
	    (int)q.n, q.p, complaint_by_key(by), (long long)key);
}

static struct text
name_of(const struct exchange *x, enum complaint_by by, const struct complaint_figure *f)
{
	if (by == COMPLAINT_BY_KIND)
		return qp_say(x, complaint_kind_label((enum complaint_kind)f->key));
	if (by == COMPLAINT_BY_MONTH)
		return arena_format(x->ctx->mem, "%04lld-%02lld", (long long)(f->key / 100),
		    (long long)(f->key % 100));
	return f->name.n > 0 ? f->name : qp_say(x, T("没有说是哪里"));
}

/* "12.3", out of a thousand. */
static struct text
permille(const struct exchange *x, int64_t n, int64_t of)
{
	return of <= 0 ? TEXT("—")
		       : arena_format(x->ctx->mem, "%lld.%lld", (long long)(n * 1000 / of),
			     (long long)(n * 10000 / of % 10));
}

static struct text
interval(const struct exchange *x, int64_t n, int64_t of)
{
	struct complaint_share s = complaint_wilson(n, of);

	return of <= 0 || n > of
	    ? TEXT("—")
	    : arena_format(x->ctx->mem, "%lld–%lld", (long long)s.low, (long long)s.high);
}

static struct text
percent(const struct exchange *x, int64_t n, int64_t of)
{
	return of <= 0 ? TEXT("—")
		       : arena_format(x->ctx->mem, "%lld.%lld%%", (long long)(n * 100 / of),
			     (long long)(n * 1000 / of % 10));
}

static struct text
out_of(const struct exchange *x, int64_t n, int64_t of)
{
	return arena_format(x->ctx->mem, "%lld / %lld", (long long)n, (long long)of);
}

/* ---- the page ------------------------------------------------------------------------------------------------------ */

static void
put_form(struct exchange *x, struct html *h, const struct board *b)
{
	ui_form_open(
	    h, &(struct ui_form){ .action = TEXT("/desk/figures/complaints"), .get = true });
	ui_field(h, &fields[0], qp_day(x, b->span.from), findings_of(&x->findings, "from"));
	ui_field(h, &fields[1], qp_day(x, b->span.to), findings_of(&x->findings, "to"));
	ui_form_buttons(h, T("统计"), TEXT_NONE);
	ui_form_close(h);
}

/* Never a rate of satisfaction without how many said anything. */
static void
put_totals(struct exchange *x, struct html *h, const struct board *b)
{
	const struct complaint_totals *t = &b->totals;

	ui_stats(h,
	    (const struct ui_stat[]){
		{ T("收到投诉"), qp_int(x, t->received), T("件"), TEXT_NONE,
		    lines_path(x, b, COMPLAINT_BY_COUNT, 0), UI_PLAIN },
		{ T("没有结束的"), qp_int(x, t->open), T("件"),
		    qp_join(x, qp_say(x, T("有过逾期")), qp_int(x, t->late)), TEXT_NONE, UI_PLAIN },
		{ T("属实、部分属实"), qp_int(x, t->founded), T("件"),
		    qp_join(x, qp_say(x, T("有结论的")), qp_int(x, t->founded + t->unfounded)),
		    TEXT_NONE, UI_PLAIN },
		{ T("按时开始核实"), percent(x, t->told_in_time, t->told), NULL,
		    out_of(x, t->told_in_time, t->told), TEXT_NONE, UI_PLAIN },
		{ T("按时答复"), percent(x, t->replied_in_time, t->replied), NULL,
		    out_of(x, t->replied_in_time, t->replied), TEXT_NONE, UI_PLAIN },
		{ T("对处理满意"), percent(x, t->content, t->rated), NULL,
		    arena_format(x->ctx->mem, "%s: %lld / %lld · %s: %lld",
			msg(x->ctx->lang, T("评价率")), (long long)t->rated, (long long)t->replied,
			msg(x->ctx->lang, T("没有评的")), (long long)(t->replied - t->rated)),
		    TEXT_NONE, UI_PLAIN },
	    },
	    6);
}

static void
put_light(struct exchange *x, struct ui_table *t, enum complaint_light l)
{
	ui_cell_open(t);
	html_raw(t->h, "<span>");
	ui_tag(t->h,
	    l == COMPLAINT_HIGH	       ? UI_LATE
		: l == COMPLAINT_WATCH ? UI_SOON
		: l == COMPLAINT_FEW   ? UI_HOLD
				       : UI_OK,
	    qp_say(x, complaint_light_label(l)));
	html_raw(t->h, "</span>");
	ui_cell_close(t);
}

static void
put_rates(struct exchange *x, struct html *h, const struct board *b, enum complaint_by by)
{
	static const struct ui_column columns[] = { { T("哪里、谁"), false },
		{ T("投诉（件）"), true }, { T("其中属实"), true }, { T("办结的事（件）"), true },
		{ T("每千件投诉"), true }, { T("区间（千分）"), true }, { T("和门槛比"), false } };
	struct ui_table t;

	ui_table_open(&t, h, complaint_by_label(by), columns, 7);
	for (size_t i = 0; i < b->n[by]; i++) {
		const struct complaint_figure *f = &b->v[by][i];

		enum complaint_light light = complaint_light_of(
		    f->received, f->ended, b->limits.rate_permille, b->limits.rate_least);

		ui_row_open(&t);
		ui_cell(&t, name_of(x, by, f));
		ui_cell_link(&t, lines_path(x, b, by, f->key), qp_int(x, f->received));
		ui_cell_int(&t, f->founded);
		ui_cell_int(&t, f->ended);
		ui_cell(
		    &t, light == COMPLAINT_FEW ? TEXT("—") : permille(x, f->received, f->ended));
		ui_cell(
		    &t, light == COMPLAINT_FEW ? TEXT("—") : interval(x, f->received, f->ended));
		put_light(x, &t, light);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_kinds(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("种类"), false }, { T("投诉（件）"), true },
		{ T("其中属实"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("按种类"), columns, 3);
	for (size_t i = 0; i < b->n[COMPLAINT_BY_KIND]; i++) {
		const struct complaint_figure *f = &b->v[COMPLAINT_BY_KIND][i];

		ui_row_open(&t);
		ui_cell(&t, name_of(x, COMPLAINT_BY_KIND, f));
		ui_cell_link(
		    &t, lines_path(x, b, COMPLAINT_BY_KIND, f->key), qp_int(x, f->received));
		ui_cell_int(&t, f->founded);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_months(struct exchange *x, struct html *h, const struct board *b)
{
	size_t n = b->n[COMPLAINT_BY_MONTH];
	struct ui_datum *v = arena_array(x->ctx->mem, n + 1, sizeof *v);

	if (v == NULL || n == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		const struct complaint_figure *f = &b->v[COMPLAINT_BY_MONTH][i];

		v[i] = (struct ui_datum){ name_of(x, COMPLAINT_BY_MONTH, f), f->received,
			lines_path(x, b, COMPLAINT_BY_MONTH, f->key), UI_PLAIN };
	}
	ui_bars(h,
	    &(struct ui_series){
		.title = T("每月收到的投诉"), .unit = T("件"), .label = T("月"), .v = v, .n = n });
}

/* Among those who said anything; and how many that was. */
static void
put_content(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("月"), false }, { T("请评（件）"), true },
		{ T("评了（件）"), true }, { T("评价率"), true }, { T("没有评的"), true },
		{ T("满意率"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("服务评价：每月的满意率和评价率"), columns, 6);
	for (size_t i = 0; i < b->n_content; i++) {
		const struct complaint_content *c = &b->content[i];

		ui_row_open(&t);
		ui_cell(&t,
		    name_of(x, COMPLAINT_BY_MONTH, &(struct complaint_figure){ .key = c->key }));
		ui_cell_int(&t, c->asked);
		ui_cell_int(&t, c->given);
		ui_cell(&t, percent(x, c->given, c->asked));
		ui_cell_int(&t, c->asked - c->given);
		ui_cell(&t, percent(x, c->content, c->given - c->mistaken));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_odd(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("看什么"), false },
		{ T("哪里、谁"), false }, { T("哪一天"), false }, { T("几个"), true },
		{ T("其中一件"), false } };
	struct ui_table t;

	ui_section_open(h, T("要看一看的评价"));
	ui_paragraph(
	    h, T("这些评价可能没有问题，也可能是替人点的。看过再说，不删不改，照常计入。"));
	ui_table_open(&t, h, T("要看一看的评价"), columns, 5);
	for (size_t i = 0; i < b->n_odd; i++) {
		const struct complaint_oddity *o = &b->odd[i];

		ui_row_open(&t);
		ui_cell_say(&t, complaint_odd_label(o->what));
		ui_cell(&t, o->name);
		ui_cell(&t, o->what == COMPLAINT_ODD_BURST ? qp_day(x, o->day) : TEXT("—"));
		ui_cell(
		    &t, o->what == COMPLAINT_ODD_QUICK ? out_of(x, o->n, o->of) : qp_int(x, o->n));
		ui_cell_link(&t,
		    arena_format(x->ctx->mem, "/desk/request/%lld", (long long)o->request),
		    o->number.n > 0 ? o->number : qp_say(x, T("打开")));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static enum rc
unsound(struct exchange *x, const struct board *b)
{
	struct html h = frame_html(x);

	x->out->status = 422;
	frame_desk_open(
	    x, &h, &(struct frame_page){ .title = T("投诉统计"), .area = FRAME_FIGURES });
	ui_title(&h, T("投诉统计"), TEXT_NONE);
	ui_error_summary(&h, &complaint_span_form, &x->findings);
	put_form(x, &h, b);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static void
put_notes(struct html *h, const struct board *b)
{
	html_raw(h, "<p class=\"meta\">");
	html_sayf(h,
	    T("门槛：每千件办结 %lld 件；办结少于 %lld 件的不比较。区间是威尔逊百分之九十五区间，整个区间都在门槛以上的才算明显超过。"),
	    (long long)b->limits.rate_permille, (long long)b->limits.rate_least);
	html_raw(h, "</p>");
	ui_paragraph(h, T("投诉您本人的、您负责的站点整个的、您办过的事的，都不在您看到的数里。"));
}

enum rc
complaint_figures_get(struct exchange *x)
{
	struct html h = frame_html(x);
	struct board *b = NULL;
	enum rc rc = board_read(x, board_tx, &b);
	struct text q;

	if (rc == RC_INVALID)
		return unsound(x, b);
	if (rc != RC_OK)
		return rc;
	q = query(x, b);
	frame_desk_open(
	    x, &h, &(struct frame_page){ .title = T("投诉统计"), .area = FRAME_FIGURES });
	ui_title(&h, T("投诉统计"), TEXT_NONE);
	put_form(x, &h, b);
	put_totals(x, &h, b);
	put_rates(x, &h, b, COMPLAINT_BY_POINT);
	put_rates(x, &h, b, COMPLAINT_BY_PERSON);
	put_notes(&h, b);
	put_kinds(x, &h, b);
	put_months(x, &h, b);
	put_content(x, &h, b);
	put_odd(x, &h, b);
	html_raw(&h, "<p>");
	ui_button_link(&h,
	    arena_format(x->ctx->mem, "/desk/figures/complaints.xlsx?%.*s", (int)q.n, q.p),
	    T("下载 Excel"), false);
	html_raw(&h, " ");
	ui_button_link(&h,
	    arena_format(x->ctx->mem, "/desk/figures/complaints.csv?%.*s", (int)q.n, q.p),
	    T("下载 CSV"), false);
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- the complaints behind a number ----------------------------------------------------------------------------------- */

enum rc
complaint_lines_get(struct exchange *x)
{
	static const struct ui_column columns[] = { { T("编号"), false }, { T("投诉什么"), false },
		{ T("站点"), false }, { T("收到"), false }, { T("到哪一步"), false },
		{ T("结论"), false } };
	struct html h = frame_html(x);
	struct board *b = NULL;
	struct ui_table t;
	struct text q;
	enum rc rc = board_read(x, lines_tx, &b);

	if (rc == RC_INVALID)
		return unsound(x, b);
	if (rc != RC_OK)
		return rc;
	q = query(x, b);
	frame_desk_open(
	    x, &h, &(struct frame_page){ .title = T("投诉统计明细"), .area = FRAME_FIGURES });
	ui_title(&h, T("投诉统计明细"), qp_say(x, complaint_by_label(b->by)));
	qp_back(&h, arena_format(x->ctx->mem, "/desk/figures/complaints?%.*s", (int)q.n, q.p),
	    T("回到投诉统计"));
	ui_paragraph(&h, T("只有由您来看、由您督办的能打开。"));
	ui_table_open(&t, &h, T("投诉"), columns, 6);
	for (size_t i = 0; i < b->n_lines && i < LINES_MOST; i++) {
		const struct complaint_line *l = &b->lines[i];

		ui_row_open(&t);
		if (l->mine)
			ui_cell_link(&t,
			    arena_format(x->ctx->mem, "/desk/complaint/%lld", (long long)l->id),
			    l->number);
		else
			ui_cell(&t, l->number);
		ui_cell_say(&t, complaint_kind_label(l->kind));
		ui_cell(&t, l->point_name);
		ui_cell(&t, qp_when(x, l->at_ms));
		ui_cell_say(&t, complaint_state_label(l->state));
		ui_cell(&t,
		    l->finding != 0 ? qp_say(x, complaint_finding_label(l->finding)) : TEXT("—"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (b->n_lines > LINES_MOST)
		ui_button_link(&h,
		    arena_format(x->ctx->mem, "%.*s&before=%lld",
			(int)lines_path(x, b, b->by, b->key).n, lines_path(x, b, b->by, b->key).p,
			(long long)b->lines[LINES_MOST - 1].id),
		    T("下一页"), false);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- to send away: the four tables one under the other ----------------------------------------------------------------- */

struct sheet {
	void *to;
	void (*text)(void *to, struct text t);
	void (*number)(void *to, int64_t n);
	void (*end)(void *to);
};

static void
xlsx_cell_text(void *to, struct text t)
{
	xlsx_text(to, t);
}
static void
xlsx_cell_number(void *to, int64_t n)
{
	xlsx_number(to, n, 0);
}
static void
xlsx_cell_end(void *to)
{
	xlsx_row(to);
}
struct csv_at {
	struct buf *b;
	bool inside;
};
static void
line_next(struct csv_at *at)
{
	if (at->inside)
		csv_comma(at->b);
	at->inside = true;
}
static void
csv_cell_text(void *to, struct text t)
{
	struct csv_at *at = to;
	line_next(at);
	csv_cell(at->b, t);
}
static void
csv_cell_number(void *to, int64_t n)
{
	struct csv_at *at = to;
	line_next(at);
	csv_cell_int(at->b, n);
}
static void
csv_cell_end(void *to)
{
	struct csv_at *at = to;
	csv_line(at->b);
	at->inside = false;
}

static void
sheet_write(const struct exchange *x, const struct board *b, const struct sheet *s)
{
	static const char *const heads[] = { T("分类"), T("哪里、谁"), T("投诉（件）"),
		T("其中属实"), T("办结的事（件）"), T("和门槛比") };

	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		s->text(s->to, qp_say(x, heads[i]));
	s->end(s->to);
	for (int by = 0; by < COMPLAINT_BY_COUNT; by++)
		for (size_t i = 0; i < b->n[by]; i++) {
			const struct complaint_figure *f = &b->v[by][i];
			bool rate = by <= COMPLAINT_BY_PERSON;

			s->text(s->to, qp_say(x, complaint_by_label((enum complaint_by)by)));
			s->text(s->to, name_of(x, (enum complaint_by)by, f));
			s->number(s->to, f->received);
			s->number(s->to, f->founded);
			s->number(s->to, f->ended);
			s->text(s->to,
			    rate
				? qp_say(x,
				      complaint_light_label(complaint_light_of(f->received,
					  f->ended, b->limits.rate_permille, b->limits.rate_least)))
				: TEXT_NONE);
			s->end(s->to);
		}
}

enum rc
complaint_figures_csv_get(struct exchange *x)
{
	struct board *b = NULL;
	struct csv_at at = { &x->out->body, false };
	struct sheet s = { &at, csv_cell_text, csv_cell_number, csv_cell_end };
	enum rc rc = board_read(x, board_tx, &b);

	if (rc == RC_INVALID)
		return unsound(x, b);
	if (rc != RC_OK)
		return rc;
	x->out->type = "text/csv; charset=utf-8";
	http_header(x->out, "Content-Disposition", TEXT("attachment; filename=\"complaints.csv\""));
	csv_mark(at.b);
	sheet_write(x, b, &s);
	return buf_rc(at.b);
}

enum rc
complaint_figures_xlsx_get(struct exchange *x)
{
	struct board *b = NULL;
	struct xlsx *file = NULL;
	struct sheet s = { NULL, xlsx_cell_text, xlsx_cell_number, xlsx_cell_end };
	enum rc rc = board_read(x, board_tx, &b);

	if (rc == RC_INVALID)
		return unsound(x, b);
	if (rc == RC_OK)
		rc = xlsx_open(&file);
	if (rc != RC_OK)
		return rc;
	xlsx_sheet(file, qp_say(x, T("投诉统计")));
	s.to = file;
	sheet_write(x, b, &s);
	x->out->type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
	http_header(
	    x->out, "Content-Disposition", TEXT("attachment; filename=\"complaints.xlsx\""));
	return xlsx_close(file, &x->out->body);
}
