/* Quality in figures: mean and grades, by county, firm and person; each number opens its records. */
#include "evaluation/page/quality_internal.h"

#include "resources/identity/identity.h"
#include "standards/region/region.h"

struct span_values { struct day from, to; int64_t key, grade; };
#define S(member) offsetof(struct span_values, member)
static const struct field span_fields[] = {
	{ .key = "from", .kind = FIELD_DAY, .label = T("从"), .min = -36500, .max = 0, .offset = S(from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("到"), .min = -36500, .max = 0, .offset = S(to) },
	{ .key = "key", .kind = FIELD_KEY, .label = T("哪一个"), .max = INT64_MAX, .offset = S(key) },
	{ .key = "grade", .kind = FIELD_INT, .label = T("等次"), .min = 0, .max = QUALITY_FAIL, .offset = S(grade) },
};
const struct form quality_span_form = FORM_OF("figures.quality", T("质量统计"), span_fields, struct span_values);

static const struct { const char *key, *title; enum quality_by by; } tables[] = {
	{ "county", T("按地方"), QUALITY_BY_COUNTY }, { "firm", T("按机构"), QUALITY_BY_FIRM }, { "provider", T("按承办人员"), QUALITY_BY_PROVIDER },
	{ "all", T("全部"), QUALITY_BY_ALL },
};
#define TABLES 4

struct board { struct day from, to; struct quality_figure v[TABLES][60]; size_t n[TABLES]; };

static void
span_of(const struct exchange *x, struct day *from, struct day *to)
{
	const struct span_values *in = x->form_rc == RC_OK ? x->values : NULL;
	struct day today = day_of_moment(x->ctx->now_ms);

	*from = in != NULL && !day_is_none(in->from) ? in->from : day_add_months(today, -12);
	*to = in != NULL && !day_is_none(in->to) ? in->to : today;
}

static enum rc
board_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct board *b = arg;
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < TABLES; i++)
		rc = quality_figures(tx, actor, tables[i].by, b->from, b->to, b->v[i], 60, &b->n[i]);
	return rc;
}

static struct text
records(const struct exchange *x, const struct board *b, size_t table, int64_t key, int grade)
{
	struct text from = qp_day(x, b->from), to = qp_day(x, b->to);

	return arena_format(x->ctx->mem, "/desk/figures/quality/%s?key=%lld&grade=%d&from=%.*s&to=%.*s", tables[table].key, (long long)key, grade,
	    (int)from.n, from.p, (int)to.n, to.p);
}

static void
put_table(struct exchange *x, struct html *h, const struct board *b, size_t at)
{
	const struct ui_column columns[] = { { tables[at].title, false }, { T("件"), true }, { T("平均分"), true }, { T("优秀"), true }, { T("良好"), true },
		{ T("合格"), true }, { T("不合格"), true }, { T("整改"), true } };
	struct ui_table t;

	ui_table_open(&t, h, tables[at].title, columns, 8);
	for (size_t i = 0; i < b->n[at]; i++) {
		const struct quality_figure *f = &b->v[at][i];

		ui_row_open(&t);
		ui_cell(&t, tables[at].by == QUALITY_BY_COUNTY ? region_path((struct place){ f->key }) : f->name);
		ui_cell_link(&t, records(x, b, at, f->key, 0), qp_int(x, f->files));
		ui_cell(&t, qp_points(x, f->tenths / f->files));
		for (int g = QUALITY_EXCELLENT; g < QUALITY_GRADE_COUNT; g++)
			if (f->grade[g] > 0)
				ui_cell_link(&t, records(x, b, at, f->key, g), qp_int(x, f->grade[g]));
			else
				ui_cell_int(&t, 0);
		ui_cell_int(&t, f->rectified);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
quality_figures_get(struct exchange *x)
{
	struct board *b = ARENA_NEW(x->ctx->mem, struct board);
	const struct quality_figure *all;
	struct html h = frame_html(x);
	enum rc rc;

	if (b == NULL)
		return RC_NO_MEMORY;
	span_of(x, &b->from, &b->to);
	rc = db_read(x->ctx, board_tx, b);
	if (rc != RC_OK)
		return rc;
	all = &b->v[TABLES - 1][0];
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("质量统计"), .area = FRAME_FIGURES });
	ui_title(&h, T("质量统计"), qp_say(x, T("法律援助案件质量评查")));
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/figures/quality"), .get = true });
	ui_field(&h, &span_fields[0], qp_day(x, b->from), findings_of(&x->findings, "from"));
	ui_field(&h, &span_fields[1], qp_day(x, b->to), findings_of(&x->findings, "to"));
	ui_form_buttons(&h, T("统计"), TEXT_NONE);
	ui_form_close(&h);
	ui_stats(&h, (const struct ui_stat[]){
	    { T("已定分"), qp_int(x, all->files), T("件"), TEXT_NONE, records(x, b, TABLES - 1, 0, 0), UI_PLAIN },
	    { T("平均分"), all->files > 0 ? qp_points(x, all->tenths / all->files) : TEXT("–"), T("分"), TEXT_NONE, TEXT_NONE, UI_PLAIN },
	    { T("优秀"), qp_int(x, all->grade[QUALITY_EXCELLENT]), T("件"), TEXT_NONE, records(x, b, TABLES - 1, 0, QUALITY_EXCELLENT), UI_OK },
	    { T("不合格"), qp_int(x, all->grade[QUALITY_FAIL]), T("件"), TEXT_NONE, records(x, b, TABLES - 1, 0, QUALITY_FAIL),
	      all->grade[QUALITY_FAIL] > 0 ? UI_LATE : UI_OK } }, 4);
	if (all->files > 0)
		for (size_t i = 0; i + 1 < TABLES; i++)
			put_table(x, &h, b, i);
	ui_paragraph(&h, T("分数线是内部规定（未核实），在参数设置里改；按定分当时的分数线分等次。"));
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

struct listing { enum quality_by by; int64_t key; int grade; struct day from, to; struct quality_file v[QP_ROWS]; size_t n; };

static enum rc
listing_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct listing *l = arg;

	return quality_figure_files(tx, actor, l->by, l->key, l->grade, l->from, l->to, l->v, QP_ROWS, &l->n);
}

enum rc
quality_records_get(struct exchange *x)
{
	static const struct ui_column columns[] = { { T("案件"), false }, { T("评查"), false }, { T("承办人员"), false }, { T("得分"), true }, { T("等次"), false },
		{ T("定分日期"), false } };
	const struct span_values *in = x->values;
	struct listing *l = ARENA_NEW(x->ctx->mem, struct listing);
	struct html h = frame_html(x);
	struct ui_table t;
	enum rc rc;

	if (l == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < TABLES; i++)
		if (text_equals(http_segment(x, "by"), text_of(tables[i].key)))
			l->by = tables[i].by;
	if ((int)l->by == 0)
		return RC_NOT_FOUND;
	span_of(x, &l->from, &l->to);
	l->key = x->form_rc == RC_OK && l->by != QUALITY_BY_ALL ? in->key : 0;
	l->grade = x->form_rc == RC_OK ? (int)in->grade : 0;
	rc = db_read(x->ctx, listing_tx, l);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("质量统计明细"), .area = FRAME_FIGURES });
	ui_title(&h, T("质量统计明细"), TEXT_NONE);
	qp_back(&h, TEXT("/desk/figures/quality"), T("回到质量统计"));
	ui_table_open(&t, &h, T("评查过的案件"), columns, 6);
	for (size_t i = 0; i < l->n; i++) {
		const struct quality_file *f = &l->v[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/request/%lld/quality", (long long)f->request), f->number);
		ui_cell(&t, f->round_name);
		ui_cell(&t, qp_join(x, f->provider_name, f->firm_name));
		ui_cell(&t, qp_points(x, f->score));
		ui_cell_say(&t, quality_grade_label(f->grade));
		ui_cell(&t, qp_day(x, day_of_moment(f->decided_ms)));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
