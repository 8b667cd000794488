/*
 * The monthly form of people's mediation (人民调解统计月报): by kind of dispute and by source, against the month before and the
 * same month of the year before; each number opens to its cases.  A year ("2026") is counted the same way.
 */
#include "evaluation/page/page.h"

#include "base/fen.h"
#include "kit/msg/msg.h"
#include "operations/matter/mediation/mediation.h"
#include "resources/identity/identity.h"
#include "standards/region/region.h"
#include "supply/frame/frame_table.h"

#define RECORDS_MOST 50

struct month_values { struct text month, place; int measure, category, class; int64_t below; };
#define AT(member) offsetof(struct month_values, member)
static const struct field fields[] = {
	{ .key = "month", .kind = FIELD_LINE, .label = T("哪个月（2026-06），或者哪一年（2026）"), .max = 7, .offset = AT(month) },
	{ .key = "place", .kind = FIELD_LINE, .label = T("区划代码"), .max = 12, .hint = T("空着就是您看得到的全部。"), .offset = AT(place) },
	{ .key = "measure", .kind = FIELD_CHOICE, .label = T("哪个数"), .choices = mediation_measure_choices, .offset = AT(measure) },
	{ .key = "category", .kind = FIELD_CHOICE, .label = T("纠纷类型"), .choices = mediation_category_choices, .offset = AT(category) },
	{ .key = "class", .kind = FIELD_CHOICE, .label = T("来源"), .choices = mediation_class_choices, .offset = AT(class) },
	{ .key = "below", .kind = FIELD_INT, .label = T("翻页"), .min = 0, .max = INT64_MAX, .offset = AT(below) },
};
const struct form mediation_month_form = FORM_OF("figures.mediation", T("人民调解统计"), fields, struct month_values);

enum { NOW, BEFORE, YEAR_AGO, TIMES };
struct board {
	struct mediation_span span[TIMES];
	struct mediation_figures f[TIMES];
	struct text month;
	bool year, wrong;          /* wrong: what was typed is no month, this one is shown */
};

/* ---- which month ------------------------------------------------------------------------------------------ */

static struct text
say(const struct exchange *x, const char *zh)
{
	return text_of(msg(x->ctx->lang, zh));
}

static struct text
number(const struct exchange *x, int64_t n)
{
	return arena_format(x->ctx->mem, "%lld", (long long)n);
}

/* "2026-06" or "2026". */
static bool
month_read(struct text t, struct ymd *ret, bool *ret_year)
{
	struct text rest = t, head = text_cut(&rest, '-');
	int64_t year = 0, month = 1;

	*ret_year = rest.n == 0;
	if (int64_parse(head, 2000, 2999, &year) != RC_OK || (rest.n > 0 && int64_parse(rest, 1, 12, &month) != RC_OK))
		return false;
	*ret = (struct ymd){ (int)year, (int)month, 1 };
	return true;
}

static struct mediation_span
span_of(struct ymd first, bool year, int months_back, struct place place)
{
	struct mediation_span s = { .from = { 0 }, .to = { 0 }, .place = place };
	struct day begin = { 0 };

	if (day_from_ymd(first, &begin) != RC_OK)
		return s;
	s.from = day_add_months(begin, -months_back);
	s.to = day_add(day_add_months(s.from, year ? 12 : 1), -1);
	return s;
}

static void
asked(const struct exchange *x, struct board *b)
{
	const struct month_values *in = x->form_rc == RC_OK ? x->values : NULL;
	struct place place = { x->ctx->actor->city * INT64_C(100000000) };
	struct ymd first = day_to_ymd(day_of_moment(x->ctx->now_ms));

	first.day = 1;
	if (in != NULL && in->month.n > 0)
		b->wrong = !month_read(in->month, &first, &b->year);
	if (b->wrong)
		b->year = false;
	if (in != NULL && in->place.n > 0 && place_parse(in->place, &place) != RC_OK)
		place = (struct place){ x->ctx->actor->city * INT64_C(100000000) };
	b->month = b->year ? arena_format(x->ctx->mem, "%04d", first.year) : arena_format(x->ctx->mem, "%04d-%02d", first.year, first.month);
	b->span[NOW] = span_of(first, b->year, 0, place);
	b->span[BEFORE] = span_of(first, b->year, b->year ? 12 : 1, place);
	b->span[YEAR_AGO] = span_of(first, b->year, 12, place);
}

static enum rc
board_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct board *b = arg;
	enum rc rc = RC_OK;

	for (int t = 0; rc == RC_OK && t < TIMES; t++)
		rc = mediation_figures(tx, actor, &b->span[t], &b->f[t]);
	return rc;
}

static enum rc
board_read(struct exchange *x, struct board **ret)
{
	struct board *b = ARENA_NEW(x->ctx->mem, struct board);

	if (b == NULL)
		return RC_NO_MEMORY;
	asked(x, b);
	*ret = b;
	return db_read(x->ctx, board_tx, b);
}

/* ---- words of numbers ---------------------------------------------------------------------------------------- */

static struct text
permille_text(const struct exchange *x, int64_t n)
{
	return n < 0 ? TEXT("—") : arena_format(x->ctx->mem, "%lld.%lld%%", (long long)(n / 10), (long long)(n % 10));
}

/* Ten thousands of yuan to two places. */
static int64_t
wan_hundredths(int64_t fen)
{
	return (fen + 5000) / 10000;
}

static struct text
wan_text(const struct exchange *x, int64_t fen)
{
	int64_t n = wan_hundredths(fen);

	return arena_format(x->ctx->mem, "%lld.%02lld", (long long)(n / 100), (long long)(n % 100));
}

static struct text
change_text(const struct exchange *x, int64_t now, int64_t before)
{
	int64_t n = mediation_change(now, before);

	if (n == INT64_MIN)
		return TEXT("—");
	return arena_format(x->ctx->mem, "%s%lld.%lld%%", n < 0 ? "−" : "+", (long long)((n < 0 ? -n : n) / 10), (long long)((n < 0 ? -n : n) % 10));
}

static struct text
href(const struct exchange *x, const struct board *b, enum mediation_measure m, int category, int class)
{
	const struct choice *c = choice_by_value(mediation_category_choices, category), *k = choice_by_value(mediation_class_choices, class);

	return arena_format(x->ctx->mem, "/desk/figures/mediation/records?month=%.*s&place=%lld&measure=%s&category=%s&class=%s",
	    (int)b->month.n, b->month.p, (long long)b->span[NOW].place.code, choice_by_value(mediation_measure_choices, (int)m)->key,
	    c != NULL ? c->key : "", k != NULL ? k->key : "");
}

/* ---- the page --------------------------------------------------------------------------------------------------- */

static void
cell_count(struct exchange *x, struct ui_table *t, const struct board *b, enum mediation_measure m, int category, int class, int64_t n)
{
	if (n == 0)
		ui_cell_int(t, 0);
	else
		ui_cell_link(t, href(x, b, m, category, class), number(x, n));
}

static void
put_row(struct exchange *x, struct ui_table *t, const struct board *b, const char *label, int category, int class, const struct mediation_counts *c)
{
	ui_row_open(t);
	ui_cell_say(t, label);
	cell_count(x, t, b, MEDIATION_COUNT_ACCEPTED, category, class, c->accepted);
	cell_count(x, t, b, MEDIATION_COUNT_SUCCESSFUL, category, class, c->successful);
	ui_cell(t, permille_text(x, mediation_rate(c)));
	ui_cell(t, wan_text(x, c->fen));
	cell_count(x, t, b, MEDIATION_COUNT_CRIME, category, class, c->crime);
	ui_cell_int(t, c->crime_persons);
	cell_count(x, t, b, MEDIATION_COUNT_PETITION, category, class, c->petition);
	ui_cell_int(t, c->petition_persons);
	cell_count(x, t, b, MEDIATION_COUNT_PERFORMED, category, class, c->performed);
	ui_row_close(t);
}

static const struct ui_column columns[] = { { T("分类"), false }, { T("受理（件）"), true }, { T("调解成功（件）"), true }, { T("成功率"), true },
	{ T("协议金额（万元）"), true }, { T("防止民转刑（件）"), true }, { T("防止民转刑（人）"), true }, { T("防止群体性上访（件）"), true },
	{ T("防止群体性上访（人）"), true }, { T("履行（件）"), true } };
#define COLUMNS (sizeof columns / sizeof columns[0])

static void
put_form(struct exchange *x, struct html *h, const struct board *b)
{
	const struct mediation_figures *f = &b->f[NOW];
	struct ui_table t;

	ui_table_open(&t, h, T("按纠纷类型"), columns, COLUMNS);
	for (const struct choice *c = mediation_category_choices; c->key != NULL; c++)
		put_row(x, &t, b, c->label, c->value, 0, &f->category[c->value]);
	put_row(x, &t, b, T("合计"), 0, 0, &f->total);
	ui_table_close(&t);
	ui_table_open(&t, h, T("按来源"), columns, COLUMNS);
	for (const struct choice *c = mediation_class_choices; c->key != NULL; c++)
		put_row(x, &t, b, c->label, 0, c->value, &f->class[c->value]);
	put_row(x, &t, b, T("合计"), 0, 0, &f->total);
	ui_table_close(&t);
}

static const struct { const char *label; size_t at; } compared[] = {
	{ T("受理（件）"), offsetof(struct mediation_counts, accepted) }, { T("调解成功（件）"), offsetof(struct mediation_counts, successful) },
	{ T("防止民转刑（件）"), offsetof(struct mediation_counts, crime) }, { T("防止群体性上访（件）"), offsetof(struct mediation_counts, petition) },
	{ T("履行（件）"), offsetof(struct mediation_counts, performed) },
};
#define COMPARED (sizeof compared / sizeof compared[0])

static int64_t
count_at(const struct board *b, int time, size_t i)
{
	return *(const int64_t *)(const void *)((const char *)&b->f[time].total + compared[i].at);
}

static void
put_compared(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column heads[] = { { T("哪个数"), false }, { T("本期"), true }, { T("上期"), true }, { T("环比"), true },
		{ T("上年同期"), true }, { T("同比"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("同比、环比"), heads, 6);
	for (size_t i = 0; i < COMPARED; i++) {
		ui_row_open(&t);
		ui_cell_say(&t, compared[i].label);
		ui_cell_int(&t, count_at(b, NOW, i));
		ui_cell_int(&t, count_at(b, BEFORE, i));
		ui_cell(&t, change_text(x, count_at(b, NOW, i), count_at(b, BEFORE, i)));
		ui_cell_int(&t, count_at(b, YEAR_AGO, i));
		ui_cell(&t, change_text(x, count_at(b, NOW, i), count_at(b, YEAR_AGO, i)));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static struct text
file_path(const struct exchange *x, const struct board *b, const char *ending)
{
	return arena_format(x->ctx->mem, "/desk/figures/mediation.%s?month=%.*s&place=%lld", ending, (int)b->month.n, b->month.p,
	    (long long)b->span[NOW].place.code);
}

enum rc
mediation_figures_get(struct exchange *x)
{
	struct html h = frame_html(x);
	struct board *b = NULL;
	enum rc rc = board_read(x, &b);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("人民调解统计"), .area = FRAME_FIGURES });
	ui_title(&h, T("人民调解统计"), arena_format(x->ctx->mem, "%.*s %.*s", (int)b->month.n, b->month.p,
	    (int)region_name(b->span[NOW].place).n, region_name(b->span[NOW].place).p));
	if (b->wrong)
		ui_notice_say(&h, UI_SOON, NULL, T("月份写成 2026-06 这样；下面是本月的。"));
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/figures/mediation"), .get = true });
	ui_field(&h, &fields[0], b->month, findings_of(&x->findings, "month"));
	ui_field(&h, &fields[1], number(x, b->span[NOW].place.code), findings_of(&x->findings, "place"));
	ui_form_buttons(&h, T("统计"), TEXT_NONE);
	ui_form_close(&h);
	put_form(x, &h, b);
	put_compared(x, &h, b);
	ui_paragraph(&h, T("受理按受理之日算，成功按协议生效之日算，履行按全部履行之日算；成功率是本期成功件数与本期受理件数之比。点数字看是哪些案件。"));
	ui_button_link(&h, file_path(x, b, "csv"), T("下载 CSV"), false);
	ui_button_link(&h, file_path(x, b, "xlsx"), T("下载 Excel"), false);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- the records ------------------------------------------------------------------------------------------------------ */

struct records { struct mediation_behind b; struct mediation_row v[RECORDS_MOST + 1]; size_t n; };

static enum rc
records_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct records *r = arg;

	return mediation_records(tx, actor, &r->b, r->v, RECORDS_MOST + 1, &r->n);
}

static void
put_records(struct exchange *x, struct html *h, const struct records *r)
{
	static const struct ui_column heads[] = { { T("编号"), false }, { T("纠纷类型"), false }, { T("来源"), false }, { T("状态"), false },
		{ T("受理时间"), false }, { T("生效时间"), false }, { T("谁负责"), false } };
	struct ui_table t;
	char when[32];

	ui_table_open(&t, h, T("这个数里的案件"), heads, 7);
	for (size_t i = 0; i < r->n && i < RECORDS_MOST; i++) {
		const struct mediation_row *m = &r->v[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/request/%lld/mediation", (long long)m->id.n), m->number);
		ui_cell_say(&t, mediation_choice_label(mediation_category_choices, m->category));
		ui_cell_say(&t, mediation_choice_label(mediation_source_choices, m->source));
		ui_cell_say(&t, mediation_state_label(m->state));
		ui_cell(&t, arena_text(x->ctx->mem, moment_print(m->accepted_ms, when)));
		ui_cell(&t, arena_text(x->ctx->mem, moment_print(m->effect_ms, when)));
		ui_cell(&t, m->holder_name);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
mediation_records_get(struct exchange *x)
{
	const struct month_values *in = x->form_rc == RC_OK ? x->values : NULL;
	struct records *r = ARENA_NEW(x->ctx->mem, struct records);
	struct board *b = ARENA_NEW(x->ctx->mem, struct board);
	struct html h = frame_html(x);
	enum rc rc;

	if (r == NULL || b == NULL)
		return RC_NO_MEMORY;
	asked(x, b);
	r->b = (struct mediation_behind){ .span = b->span[NOW], .measure = MEDIATION_COUNT_ACCEPTED };
	if (in != NULL) {
		r->b.measure = in->measure != 0 ? (enum mediation_measure)in->measure : MEDIATION_COUNT_ACCEPTED;
		r->b.category = in->category;
		r->b.class = in->class;
		r->b.below = in->below;
	}
	rc = db_read(x->ctx, records_tx, r);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("这个数里的案件"), .area = FRAME_FIGURES });
	ui_title(&h, T("这个数里的案件"), arena_format(x->ctx->mem, "%.*s %s", (int)b->month.n, b->month.p,
	    msg(x->ctx->lang, choice_by_value(mediation_measure_choices, (int)r->b.measure)->label)));
	html_raw(&h, "<p>");
	ui_link(&h, arena_format(x->ctx->mem, "/desk/figures/mediation?month=%.*s", (int)b->month.n, b->month.p), T("人民调解统计"));
	html_raw(&h, "</p>");
	put_records(x, &h, r);
	if (r->n > RECORDS_MOST)
		ui_pager(&h, &(struct ui_pager){ .next = arena_format(x->ctx->mem, "%s&below=%lld",
		    href(x, b, r->b.measure, r->b.category, r->b.class).p, (long long)r->v[RECORDS_MOST - 1].id.n) });
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- to take away ------------------------------------------------------------------------------------------------------ */

static void
sheet_counts(const struct exchange *x, struct frame_table *s, const char *label, const struct mediation_counts *c)
{
	frame_table_text(s, say(x, label));
	frame_table_number(s, c->accepted, 0);
	frame_table_number(s, c->successful, 0);
	frame_table_text(s, permille_text(x, mediation_rate(c)));
	frame_table_number(s, wan_hundredths(c->fen), 2);
	frame_table_number(s, c->crime, 0);
	frame_table_number(s, c->crime_persons, 0);
	frame_table_number(s, c->petition, 0);
	frame_table_number(s, c->petition_persons, 0);
	frame_table_number(s, c->performed, 0);
	frame_table_row(s);
}

static void
sheet_all(const struct exchange *x, struct frame_table *s, const struct board *b)
{
	const struct mediation_figures *f = &b->f[NOW];

	for (size_t i = 0; i < COLUMNS; i++)
		frame_table_text(s, say(x, columns[i].label));
	frame_table_row(s);
	for (const struct choice *c = mediation_category_choices; c->key != NULL; c++)
		sheet_counts(x, s, c->label, &f->category[c->value]);
	for (const struct choice *c = mediation_class_choices; c->key != NULL; c++)
		sheet_counts(x, s, c->label, &f->class[c->value]);
	sheet_counts(x, s, T("合计"), &f->total);
	frame_table_row(s);
	for (size_t i = 0; i < COMPARED; i++) {
		frame_table_text(s, say(x, compared[i].label));
		for (int t = 0; t < TIMES; t++)
			frame_table_number(s, count_at(b, t, i), 0);
		frame_table_text(s, change_text(x, count_at(b, NOW, i), count_at(b, BEFORE, i)));
		frame_table_text(s, change_text(x, count_at(b, NOW, i), count_at(b, YEAR_AGO, i)));
		frame_table_row(s);
	}
}

static enum rc
file_answer(struct exchange *x, bool xlsx)
{
	struct frame_table t;
	struct board *b = NULL;
	enum rc rc = board_read(x, &b);

	if (rc == RC_OK)
		rc = frame_table_open(&t, x, "mediation", T("人民调解统计"), xlsx);
	if (rc != RC_OK)
		return rc;
	sheet_all(x, &t, b);
	return frame_table_close(&t, RC_OK);
}

enum rc
mediation_figures_csv_get(struct exchange *x)
{
	return file_answer(x, false);
}

enum rc
mediation_figures_xlsx_get(struct exchange *x)
{
	return file_answer(x, true);
}
