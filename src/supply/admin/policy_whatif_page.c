/*
 * Whom a draft would reach, and what it would cost: of the cases judged in a year, and of the made-up city; how many
 * would be granted at each value of one parameter.  Asked for by a link, since it judges many.
 */
#include "supply/admin/policy_whatif_internal.h"

#include "operations/judge/judge_whatif.h"

#define ROWS_BESIDE 11     /* of the curve's table */

/* ---- the caseload ------------------------------------------------------------------------------------------------ */

struct past { struct text package; int64_t since_ms; struct judge_past *v; size_t n; };

static enum rc
past_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct past *p = arg;

	return judge_past_load(tx, actor, p->package, p->since_ms, p->v, JUDGE_PAST_MAX, &p->n);
}

static enum rc
caseload(struct exchange *x, const struct policy_shown *s, struct judge_whatif *ret)
{
	struct past p = { .package = s->package, .since_ms = x->ctx->now_ms - JUDGE_PAST_DAYS * DAY_MS,
		.v = arena_array(x->ctx->mem, JUDGE_PAST_MAX, sizeof *p.v) };
	const struct rules *after = s->rules;
	enum rc rc = p.v == NULL ? RC_NO_MEMORY : db_read(x->ctx, past_tx, &p);

	if (rc == RC_OK)
		rc = rules_with_trials(x->ctx->mem, s->rules, &after);
	return rc == RC_OK ? judge_whatif(s->before, after, s->v.change, p.v, p.n, ret) : rc;
}

static void
put_caseload(struct exchange *x, struct html *h, const struct judge_whatif *w)
{
	static const struct ui_column columns[] = { { T("区县"), false }, { T("试算过的案件"), true }, { T("会更有利"), true },
		{ T("会更不利"), true }, { T("其他变化"), true } };
	struct ui_table t;

	html_raw(h, "<div class=\"compact\">");
	ui_table_open(&t, h, T("如果施行：一年内试算过的案件"), columns, 5);
	for (size_t i = 0; i < w->n + (w->n > 1); i++) {
		const struct judge_county *c = &w->v[i < w->n ? i : 0];

		ui_row_open(&t);
		ui_cell(&t, i == w->n ? admin_say(x, T("合计")) : c->county.code == 0 ? admin_say(x, T("不属于一个区县"))
		    : region_name(c->county));
		for (int what = JUDGE_ALL; what < JUDGE_WHAT_COUNT; what++)
			ui_cell(&t, i == w->n ? judge_sum(x->ctx->mem, w, (enum judge_what)what)
			    : judge_cell(x->ctx->mem, c->n[what]));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	html_raw(h, "</div>");
	if (w->left_out > 0)
		ui_facts(h, (const struct ui_fact[]){ { T("事实不能用于草稿或原版的，没有计入"), judge_cell(x->ctx->mem, w->left_out),
		    TEXT_NONE } }, 1);
}

/* ---- the city: by county and group ---------------------------------------------------------------------------------- */

static void
cell_grouped(struct ui_table *t, int64_t n)
{
	ui_cell_open(t);
	html_grouped(t->h, n);
	ui_cell_close(t);
}

static void
put_tally(struct ui_table *t, struct text name, const struct judge_tally *v, int64_t factor)
{
	const int64_t n[] = { v->n, v->was, v->is, v->gains, v->loses, v->open };

	ui_row_open(t);
	ui_cell(t, name);
	for (size_t i = 0; i < sizeof n / sizeof n[0]; i++)
		cell_grouped(t, n[i] * factor);
	ui_row_close(t);
}

static void
put_reach(struct exchange *x, struct html *h, const struct policy_city_view *c)
{
	static const struct ui_column by_county[] = { { T("区县"), false }, { T("示范家庭"), true }, { T("现行给予"), true },
		{ T("草稿给予"), true }, { T("会更有利"), true }, { T("会更不利"), true }, { T("不能断定"), true } };
	static const struct ui_column by_group[] = { { T("人群"), false }, { T("示范家庭"), true }, { T("现行给予"), true },
		{ T("草稿给予"), true }, { T("会更有利"), true }, { T("会更不利"), true }, { T("不能断定"), true } };
	struct ui_table t;

	html_raw(h, "<div class=\"compact\">");
	ui_table_open(&t, h, T("按区县"), by_county, 7);
	for (size_t i = 0; i < POLICY_CITY_COUNTIES; i++)
		put_tally(&t, text_of(policy_counties[i].name), &c->reach.place[i], c->factor);
	put_tally(&t, admin_say(x, T("合计")), &c->reach.all, c->factor);
	ui_table_close(&t);
	ui_table_open(&t, h, T("按人群（一户可属几类）"), by_group, 7);
	for (int g = 0; g < POLICY_GROUP_COUNT; g++)
		put_tally(&t, admin_say(x, policy_group_label((enum policy_group)g)), &c->reach.group[g], c->factor);
	ui_table_close(&t);
	html_raw(h, "</div>");
}

/* ---- lawyers and budget ------------------------------------------------------------------------------------------------ */

static struct text
grouped(struct exchange *x, int64_t n)
{
	char out[32];

	return arena_text(x->ctx->mem, int64_grouped(n, out));
}

/* Hundredths, up to whole ones. */
static struct text
whole(struct exchange *x, int64_t n)
{
	return n < 0 ? admin_say(x, T("不能判断")) : grouped(x, (n + 99) / 100);
}

static struct text
count_text(struct exchange *x, int64_t n)
{
	return n < 0 ? admin_say(x, T("不能判断")) : grouped(x, n);
}

/* "够，余 1,200", "不够，缺 300", or what has to be stated first. */
static void
put_enough(struct exchange *x, struct ui_table *t, const struct policy_city_view *c, enum judge_figure limit, int64_t need)
{
	enum judge_figure lacks = judge_load_lacks(&c->figures, limit);
	struct html *h = t->h;
	int64_t left;

	ui_cell_open(t);
	html_raw(h, "<span>");
	if (lacks != JUDGE_FIGURE_COUNT || need < 0) {
		ui_tag(h, UI_SOON, admin_say(x, T("不能判断")));
		html_raw(h, " ");
		if (lacks != JUDGE_FIGURE_COUNT) {
			html_say(h, T("还没有填："));
			ui_link(h, TEXT("/desk/policy/estimate"), judge_figure_rows[lacks].label);
		}
	} else {
		left = c->figures.v[limit] - need;
		ui_tag(h, left >= 0 ? UI_OK : UI_LATE, admin_say(x, left >= 0 ? T("够") : T("不够")));
		html_raw(h, " ");
		html_say(h, left >= 0 ? T("余") : T("缺"));
		html_raw(h, " ");
		html_text(h, whole(x, left >= 0 ? left / 100 * 100 : -left));
	}
	html_raw(h, "</span>");
	ui_cell_close(t);
}

static void
put_load_row(struct exchange *x, struct ui_table *t, const struct policy_city_view *c, enum judge_figure limit, int64_t was, int64_t is)
{
	ui_row_open(t);
	ui_cell_say(t, limit == JUDGE_CAPACITY ? T("律师小时（一年）") : T("补贴（元，一年）"));
	ui_cell(t, whole(x, was));
	ui_cell(t, whole(x, is));
	ui_cell(t, c->figures.v[limit] < 0 ? admin_say(x, T("没有填")) : grouped(x, c->figures.v[limit] / 100));
	put_enough(x, t, c, limit, is);
	ui_row_close(t);
}

static void
put_load(struct exchange *x, struct html *h, const struct policy_city_view *c)
{
	static const struct ui_column columns[] = { { T("一年"), false }, { T("现行"), true }, { T("草稿"), true },
		{ T("能承受"), true }, { T("够不够"), false } };
	struct judge_load was = judge_load(&c->figures, c->reach.all.was * c->factor);
	struct judge_load is = judge_load(&c->figures, c->reach.all.is * c->factor);
	struct ui_table t;

	html_raw(h, "<div class=\"compact\">");
	ui_table_open(&t, h, T("申请、律师和经费"), columns, 5);
	ui_row_open(&t);
	ui_cell_say(&t, T("符合条件的家庭"));
	cell_grouped(&t, c->reach.all.was * c->factor);
	cell_grouped(&t, c->reach.all.is * c->factor);
	ui_cell(&t, TEXT_NONE);
	ui_cell(&t, TEXT_NONE);
	ui_row_close(&t);
	ui_row_open(&t);
	ui_cell_say(&t, T("预计申请（件，一年）"));
	ui_cell(&t, count_text(x, was.applications));
	ui_cell(&t, count_text(x, is.applications));
	ui_cell(&t, TEXT_NONE);
	ui_cell_open(&t);
	if (is.applications < 0) {
		html_raw(h, "<span>");
		html_say(h, T("还没有填："));
		ui_link(h, TEXT("/desk/policy/estimate"), judge_figure_rows[JUDGE_APPLICATIONS].label);
		html_raw(h, "</span>");
	}
	ui_cell_close(&t);
	ui_row_close(&t);
	put_load_row(x, &t, c, JUDGE_CAPACITY, was.hours, is.hours);
	put_load_row(x, &t, c, JUDGE_BUDGET, was.cost, is.cost);
	ui_table_close(&t);
	html_raw(h, "</div><p>");
	ui_link(h, TEXT("/desk/policy/estimate"), T("测算用的数"));
	html_raw(h, "</p>");
}

/* ---- the curve ------------------------------------------------------------------------------------------------------------ */

static void
put_curve(struct exchange *x, struct html *h, const struct policy_city_view *c)
{
	const struct rules_parameter *par = &rules_package(c->after)->parameter[c->grid.parameter];
	struct text name = policy_name(x->ctx->lang, par->name, par->words);
	struct ui_curve_point *v = arena_array(x->ctx->mem, c->grid.n, sizeof *v);
	struct ui_curve_mark mark[2];
	size_t marks = 0, every = (c->grid.n + ROWS_BESIDE - 2) / (ROWS_BESIDE - 1);

	if (v == NULL)
		return;
	if (c->has_was) {
		mark[marks].label = T("现行");
		mark[marks++].x = c->was;
	}
	if (!c->has_was || c->is != c->was) {
		mark[marks].label = T("草稿");
		mark[marks++].x = c->is;
	}
	for (size_t i = 0; i < c->grid.n; i++) {
		v[i].label = policy_value(x->ctx->mem, x->ctx->lang, c->after, par->type, c->value[i]);
		v[i].x = c->value[i];
		v[i].value = (int64_t)c->count[i] * c->factor;
		v[i].row = i % every == 0 || i + 1 == c->grid.n || (c->has_was && c->value[i] == c->was) || c->value[i] == c->is;
	}
	ui_curve(h, &(struct ui_curve){ name, T("各个值给予多少户"), T("值"), T("户"), v, c->grid.n, mark, marks });
}

/* ---- what is asked ---------------------------------------------------------------------------------------------------------- */

static const struct choice none[] = { { 0, NULL, NULL } };
static const struct field seed_field = { .key = "seed", .kind = FIELD_INT, .label = T("种子"), .min = 0, .max = INT64_MAX,
	.hint = T("同一个种子每次都是同一个虚构城市。") };
static const struct field households_field = { .key = "households", .kind = FIELD_LINE, .label = T("算多少户"), .choices = none };
static const struct field name_field = { .key = "name", .kind = FIELD_LINE, .label = T("曲线看哪个参数"), .choices = none };
static const struct field from_field = { .key = "from", .kind = FIELD_LINE, .label = T("曲线从"), .max = 20 };
static const struct field to_field = { .key = "to", .kind = FIELD_LINE, .label = T("曲线到"), .max = 20 };

static void
put_parameters(struct exchange *x, struct html *h, const struct policy_city_view *c)
{
	const struct rules_package *k = rules_package(c->after);
	struct ui_option *v = arena_array(x->ctx->mem, k->n_parameters + 1, sizeof *v);
	size_t n = 0;

	for (size_t i = 0; v != NULL && i < k->n_parameters; i++)
		if (policy_city_curves(&k->parameter[i])) {
			v[n].value = k->parameter[i].name;
			v[n++].label = policy_name(x->ctx->lang, k->parameter[i].name, k->parameter[i].words);
		}
	if (v != NULL)
		ui_field_select(h, &name_field, v, n, c->grid.parameter < 0 ? TEXT_NONE : k->parameter[c->grid.parameter].name, NULL);
}

static void
put_asked(struct exchange *x, struct html *h, const struct policy_shown *s, const struct policy_city_view *c)
{
	struct ui_option sizes[] = { { .value = TEXT_INIT("59000") }, { .value = TEXT_INIT("590000") }, { .value = TEXT_INIT("5900000") } };
	const struct rules_parameter *par = c->grid.parameter < 0 ? NULL : &rules_package(c->after)->parameter[c->grid.parameter];
	char from[48], to[48];

	sizes[0].label = admin_say(x, T("抽五万九千户，一户当一百户（快）"));
	sizes[1].label = admin_say(x, T("抽五十九万户，一户当十户"));
	sizes[2].label = admin_say(x, T("整个城市五百九十万户（慢）"));
	html_raw(h, "<details><summary>");
	html_say(h, T("换一种算法"));
	html_raw(h, "</summary>");
	ui_form_open(h, &(struct ui_form){ .action = policy_version_path(x, s, ""), .get = true });
	ui_hidden(h, "whatif", TEXT("1"));
	ui_field_select(h, &households_field, sizes, 3, admin_int(x, c->households), NULL);
	ui_field(h, &seed_field, admin_int(x, (int64_t)c->seed), NULL);
	put_parameters(x, h, c);
	ui_field(h, &from_field, par == NULL || c->grid.n == 0 ? TEXT_NONE : rules_print(c->after, par->type, c->value[0], from), NULL);
	ui_field(h, &to_field, par == NULL || c->grid.n == 0 ? TEXT_NONE :
	    rules_print(c->after, par->type, c->value[c->grid.n - 1], to), NULL);
	ui_form_buttons(h, T("算"), TEXT_NONE);
	ui_form_close(h);
	html_raw(h, "</details>");
}

static void
put_exports(struct exchange *x, struct html *h, const struct policy_shown *s, const struct policy_city_view *c)
{
	html_raw(h, "<p>");
	ui_button_link(h, policy_version_path(x, s, policy_city_query(x, c, "/whatif.xlsx?").p), T("下载 Excel"), false);
	html_raw(h, " ");
	ui_button_link(h, policy_version_path(x, s, policy_city_query(x, c, "/whatif.csv?table=reach&").p), T("下载 CSV：区县和人群"), false);
	html_raw(h, " ");
	if (c->grid.n > 0)
		ui_button_link(h, policy_version_path(x, s, policy_city_query(x, c, "/whatif.csv?table=curve&").p), T("下载 CSV：曲线"), false);
	html_raw(h, "</p>");
}

static enum rc
put_city(struct exchange *x, struct html *h, const struct policy_shown *s)
{
	struct policy_city_view *c = ARENA_NEW(x->ctx->mem, struct policy_city_view);
	enum rc rc = c == NULL ? RC_NO_MEMORY : policy_city_work(x, s, c);

	if (rc != RC_OK)
		return rc;
	ui_section_open(h, T("示范家庭（虚构）"));
	if (c->lacks.n > 0) {
		ui_notice(h, UI_INFO, T("示范家庭不能回答这个规则包要问的"), c->lacks);
		ui_section_close(h);
		return RC_OK;
	}
	ui_notice_say(h, UI_SOON, T("不是统计"), T("城市是按种子编出来的：区县按村（社区）数分，收入、人口、身份的比例都是假定。只能看方向和大小，不能当预测。"));
	if (c->busy)
		ui_notice_say(h, UI_INFO, NULL, T("有人正在算整个城市，先算了五万九千户。"));
	if (c->wrong != NULL)
		ui_notice_say(h, UI_LATE, NULL, c->wrong);
	ui_facts(h, (const struct ui_fact[]){ { T("按哪一天算"), admin_day(x, s->v.change), TEXT_NONE },
	    { T("算多少户"), grouped(x, c->households), TEXT_NONE }, { T("种子"), admin_int(x, (int64_t)c->seed), TEXT_NONE } }, 3);
	put_load(x, h, c);
	put_reach(x, h, c);
	if (c->grid.n > 0)
		put_curve(x, h, c);
	put_exports(x, h, s, c);
	put_asked(x, h, s, c);
	ui_section_close(h);
	return RC_OK;
}

enum rc
policy_put_whatif(struct exchange *x, struct html *h, const struct policy_shown *s)
{
	struct judge_whatif *w = ARENA_NEW(x->ctx->mem, struct judge_whatif);
	enum rc rc = RC_OK;

	if (w == NULL)
		return RC_NO_MEMORY;
	if (s->before == NULL || !actor_may(x->ctx->actor, RIGHT_POLICY))
		return RC_OK;
	ui_section_open(h, T("会影响到谁"));
	ui_paragraph(h, T("把一年内试算过的案件（最多 5000 件）按起始日重算一遍，原版与这一版各算一次。少于 5 件的只写「<5」，不能看到个人。"));
	if (!text_equals(admin_query(x, "whatif"), TEXT("1"))) {
		ui_button_link(h, policy_version_path(x, s, "?whatif=1"), T("算一算会影响到谁、要花多少"), false);
		ui_section_close(h);
		return RC_OK;
	}
	if (rules_has_trials(s->rules))
		ui_notice(h, UI_INFO, T("这里用了只供试算的值，决定时不用"), policy_trials(x, s->rules));
	rc = caseload(x, s, w);
	if (rc == RC_OK)
		put_caseload(x, h, w);
	ui_section_close(h);
	return rc == RC_OK ? put_city(x, h, s) : rc;
}
