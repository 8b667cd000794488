/* Plans: the list, one plan today, two side by side, and its way into the register. */
#include "supply/circle/circle_page_internal.h"

#include "kit/msg/msg.h"

#define PLANS 60

struct draft_values { struct day opened; };
static const struct field draft_fields[] = {
	{ .key = "opened", .kind = FIELD_DAY, .label = T("计划哪天开放"), .hint = T("登记后先没有开放时间，到站点页面补齐地址、电话、负责人和时间。"),
	  .required = true, .min = 0, .max = INT32_MAX, .offset = offsetof(struct draft_values, opened) },
};
const struct form circle_draft_form = FORM_OF("circle.draft", T("把方案登记为拟建站点"), draft_fields, struct draft_values);

/* ---- figures side by side ------------------------------------------------------------------------------ */

enum figure { IN, COVERED, FAR, SHUT, P90, GINI, GAP, FIGURES };

static struct text
figure_text(struct exchange *x, const struct circle_sum *s, enum figure f)
{
	switch (f) {
	case IN: return circle_percent(x, s->in_permille);
	case COVERED: return circle_grouped(x, s->of[CIRCLE_COVERED].weight);
	case FAR: return circle_int(x, s->of[CIRCLE_FAR].villages);
	case SHUT: return circle_int(x, s->of[CIRCLE_SHUT].villages);
	case P90: return circle_p90_text(x, s->p90_seconds);
	case GINI: return circle_gini_text(x, s->gini_permille);
	case GAP: return circle_points_text(x, s->urban_permille, s->rural_permille);
	case FIGURES: break;
	}
	return TEXT_NONE;
}

void
circle_put_compared(struct exchange *x, struct html *h, const struct circle_seen *s, const struct circle_column *v, size_t n)
{
	const char *labels[FIGURES] = { T("在圈内"), s->city->people_known ? T("在圈内的人") : T("在圈内的村（社区）"),
		T("时限内没有站点的村（社区）"), T("站点不开门的村（社区）"), T("九成在（分钟）"), T("基尼系数"), T("城乡差（百分点）") };
	struct ui_column columns[5] = { { T("项目"), false } };
	struct ui_table t;

	for (size_t i = 0; i < n && i < 4; i++)
		columns[i + 1] = (struct ui_column){ v[i].label, true };
	ui_table_open(&t, h, T("前后对比"), columns, n + 1);
	for (int f = 0; f < FIGURES; f++) {
		ui_row_open(&t);
		ui_cell_say(&t, labels[f]);
		for (size_t i = 0; i < n; i++)
			ui_cell(&t, figure_text(x, v[i].sum, (enum figure)f));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* ---- the list --------------------------------------------------------------------------------------------- */

struct list_arg { struct circle_plan *v; size_t n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct list_arg *a = arg;

	return circle_plan_list(tx, actor, a->v, PLANS, &a->n);
}

static struct text
plan_path(struct exchange *x, int64_t id)
{
	return arena_format(x->ctx->mem, "/desk/circle/plan/%lld", (long long)id);
}

static struct text
gap_text(struct exchange *x, const struct circle_plan *p)
{
	if (p->bound == p->objective)
		return circle_say(x, T("已证明最优"));
	return circle_percent(x, circle_share(p->bound - p->objective, p->bound - p->before));
}

static void
put_list(struct exchange *x, struct html *h, const struct list_arg *a)
{
	static const struct ui_column columns[] = { { T("方案"), false }, { T("地方"), false }, { T("问题"), false }, { T("新站点"), true },
		{ T("多覆盖"), true }, { T("离上限"), true }, { T("谁存的"), false }, { T("登记"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("布点方案，新的在前"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < a->n; i++) {
		const struct circle_plan *p = &a->v[i];
		struct text day = circle_day_text(x, day_of_moment(p->at_ms));

		ui_row_open(&t);
		ui_cell_link(&t, plan_path(x, p->id), p->name);
		ui_cell(&t, region_name(p->place));
		ui_cell(&t, arena_format(x->ctx->mem, "%s · %d %s", msg(x->ctx->lang, choice_by_value(circle_mode_choices, p->mode + 1)->label),
		    p->minutes, msg(x->ctx->lang, T("分钟"))));
		ui_cell_int(&t, p->asked);
		ui_cell(&t, circle_grouped(x, p->objective - p->before));
		ui_cell(&t, gap_text(x, p));
		ui_cell(&t, arena_format(x->ctx->mem, "%.*s %.*s", (int)p->by.n, p->by.p, (int)day.n, day.p));
		ui_cell_say(&t, p->drafted_ms != 0 ? T("已登记为拟建") : T("未登记"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
circle_plans_page(struct exchange *x)
{
	struct html h = frame_html(x);
	struct list_arg a = { .v = arena_array(x->ctx->mem, PLANS, sizeof *a.v) };
	bool figures = actor_may(x->ctx->actor, RIGHT_FIGURES);
	enum rc rc = a.v == NULL ? RC_NO_MEMORY : db_read(x->ctx, list_tx, &a);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("布点方案"), .area = figures ? FRAME_CIRCLE : FRAME_NETWORK });
	ui_title(&h, T("布点方案"), TEXT_NONE);
	if (a.n == 0)
		ui_empty(&h, T("还没有存过方案"), T("在“再建几个点，建在哪里”里算出来，起个名字存下。"),
		    figures ? TEXT("/desk/circle/site") : TEXT_NONE, figures ? T("再建几个点，建在哪里") : NULL);
	else
		put_list(x, &h, &a);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- one plan, perhaps beside another ------------------------------------------------------------------------ */

struct shown { struct circle_plan plan, other; int64_t id, with; bool has_other; struct list_arg all; };

static enum rc
shown_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct shown *s = arg;
	enum rc rc = circle_plan_load(tx, actor, s->id, &s->plan);

	if (rc == RC_OK)
		rc = circle_plan_list(tx, actor, s->all.v, PLANS, &s->all.n);
	if (rc != RC_OK || s->with == 0 || s->with == s->id)
		return rc;
	rc = circle_plan_load(tx, actor, s->with, &s->other);
	s->has_other = rc == RC_OK;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* The plan's own question asked today. */
static enum rc
plan_see(struct exchange *x, const struct circle_plan *p, struct circle_seen *s)
{
	struct circle_values v = { .mode = p->mode + 1, .minutes = p->minutes, .tier = p->tier, .day = p->day, .time = p->time,
		.place = p->place, .k = p->asked, .seed = p->seed, .keep = p->keep ? 1 : 2 };

	return circle_see_values(x, &v, x->ctx->actor->places, s);
}

static enum rc
plan_sum(struct exchange *x, const struct circle_seen *s, const struct circle_plan *p, struct circle_sum *ret)
{
	struct route_point at[CIRCLE_SITES_MAX];
	struct circle_verdict *v;
	enum rc rc;

	for (size_t i = 0; i < p->n; i++)
		at[i] = p->site[i].at;
	rc = circle_sites_judge(x->ctx, s->city, s->view, at, (uint32_t)p->n, p->keep, s->v.minutes, &v);
	return rc == RC_OK ? circle_sum_within(x, s, v, s->within, ret) : rc;
}

static void
put_facts(struct exchange *x, struct html *h, const struct circle_seen *s, const struct circle_plan *p)
{
	bool same = p->input_hash == (int64_t)s->city->hash;
	const struct ui_fact facts[] = {
		{ T("问题"), arena_format(x->ctx->mem, "%s · %d %s · %s", msg(x->ctx->lang, choice_by_value(circle_mode_choices, p->mode + 1)->label),
		    p->minutes, msg(x->ctx->lang, T("分钟")), msg(x->ctx->lang, choice_by_value(circle_tier_choices, p->tier)->label)), TEXT_NONE },
		{ T("什么时候"), circle_moment(x, s), TEXT_NONE },
		{ T("已有的站点"), circle_say(x, choice_by_value(circle_keep_choices, p->keep ? 1 : 2)->label), TEXT_NONE },
		{ T("当时多覆盖"), circle_grouped(x, p->objective - p->before), TEXT_NONE },
		{ T("当时的上限"), circle_grouped(x, p->bound - p->before), TEXT_NONE },
		{ T("离上限"), gap_text(x, p), TEXT_NONE },
		{ T("种子"), circle_int(x, p->seed), TEXT_NONE },
		{ T("时间按什么算"), text_equals(p->provider, TEXT("est")) ? circle_say(x, T("直线估算")) : p->provider, TEXT_NONE },
		{ T("站点、村和路网"), circle_say(x, same ? T("和存方案时一样") : T("存方案以后变过，下面按今天的算")), TEXT_NONE },
		{ T("谁存的"), p->by, TEXT_NONE },
	};

	ui_facts(h, facts, sizeof facts / sizeof facts[0]);
}

static void
put_sites(struct exchange *x, struct html *h, const struct circle_plan *p)
{
	static const struct ui_column columns[] = { { T("序号"), true }, { T("村（社区）"), false }, { T("经度"), true }, { T("纬度"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("新站点"), columns, 4);
	for (size_t i = 0; i < p->n; i++) {
		ui_row_open(&t);
		ui_cell_int(&t, (int64_t)i + 1);
		ui_cell(&t, region_path(p->site[i].village));
		ui_cell(&t, arena_format(x->ctx->mem, "%.6f", p->site[i].at.lon / 1e7));
		ui_cell(&t, arena_format(x->ctx->mem, "%.6f", p->site[i].at.lat / 1e7));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_other_choice(struct exchange *x, struct html *h, const struct shown *d)
{
	struct ui_option options[PLANS];
	size_t n = 0;

	for (size_t i = 0; i < d->all.n; i++)
		if (d->all.v[i].id != d->id) {
			options[n] = (struct ui_option){ .value = circle_int(x, d->all.v[i].id), .label = d->all.v[i].name, .group = TEXT("") };
			n++;
		}
	if (n == 0)
		return;
	ui_form_open(h, &(struct ui_form){ .action = plan_path(x, d->id), .get = true });
	ui_field_select(h, form_field(&circle_form, "with"), options, n, d->has_other ? circle_int(x, d->with) : TEXT_NONE, NULL);
	ui_form_buttons(h, T("对比"), TEXT_NONE);
	ui_form_close(h);
}

static void
put_draft(struct exchange *x, struct html *h, const struct circle_plan *p)
{
	if (p->drafted_ms != 0) {
		ui_notice_say(h, UI_OK, NULL, T("这个方案的站点已经登记为拟建，到站点页面补齐。"));
		return;
	}
	if (!actor_may(x->ctx->actor, RIGHT_NETWORK)) {
		ui_notice_say(h, UI_INFO, NULL, T("把方案登记为拟建站点，由管站点的人来做（站点 → 布点方案）。"));
		return;
	}
	ui_section_open(h, T("把方案登记为拟建站点"));
	ui_error_summary(h, &circle_draft_form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .csrf = x->csrf, .key = frame_key_text(x), .id = "draft",
	    .action = arena_format(x->ctx->mem, "/desk/circle/plan/%lld/draft", (long long)p->id) });
	ui_field(h, &draft_fields[0], TEXT_NONE, findings_of(&x->findings, "opened"));
	ui_form_buttons(h, T("登记"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static enum rc
put_plan(struct exchange *x, struct html *h, const struct circle_seen *s, const struct shown *d)
{
	struct circle_mark marks[CIRCLE_SITES_MAX];
	struct circle_sum mine, others;
	struct circle_column columns[3] = { { T("现在"), TEXT(""), &s->sum }, { T("这个方案"), TEXT(""), &mine }, { T("对比的方案"), TEXT(""), &others } };
	enum rc rc = plan_sum(x, s, &d->plan, &mine);

	if (rc == RC_OK && d->has_other)
		rc = plan_sum(x, s, &d->other, &others);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < d->plan.n; i++)
		marks[i] = (struct circle_mark){ d->plan.site[i].at, region_name(d->plan.site[i].village) };
	html_raw(h, "<div class=\"circle-beside\"><div>");
	circle_put_svg(x, h, s, marks, d->plan.n);
	html_raw(h, "</div><div>");
	put_sites(x, h, &d->plan);
	circle_put_compared(x, h, s, columns, d->has_other ? 3 : 2);
	put_other_choice(x, h, d);
	html_raw(h, "</div></div>");
	return RC_OK;
}

static enum rc
show(struct exchange *x, int64_t id, int64_t with)
{
	struct html h = frame_html(x);
	struct shown *d = ARENA_NEW(x->ctx->mem, struct shown);
	CIRCLE_SEEN s = { .city = NULL };
	enum rc rc = d == NULL ? RC_NO_MEMORY : RC_OK;

	if (rc == RC_OK) {
		*d = (struct shown){ .id = id, .with = with, .all.v = arena_array(x->ctx->mem, PLANS, sizeof *d->all.v) };
		rc = d->all.v == NULL ? RC_NO_MEMORY : db_read(x->ctx, shown_tx, d);
	}
	if (rc == RC_OK)
		rc = plan_see(x, &d->plan, &s);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title_text = d->plan.name,
	    .area = actor_may(x->ctx->actor, RIGHT_FIGURES) ? FRAME_CIRCLE : FRAME_NETWORK });
	ui_title_text(&h, d->plan.name, region_path(d->plan.place));
	put_facts(x, &h, &s, &d->plan);
	rc = put_plan(x, &h, &s, d);
	put_draft(x, &h, &d->plan);
	circle_put_legend(x, &h, &s);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/circle/plans"), T("布点方案"));
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return rc == RC_OK ? buf_rc(h.out) : rc;
}

enum rc
circle_plan_page(struct exchange *x)
{
	int64_t id;
	enum rc rc = http_segment_id(x, "id", &id);

	return rc == RC_OK ? show(x, id, ((const struct circle_values *)x->values)->with) : rc;
}

enum rc
circle_plan_draft_post(struct exchange *x)
{
	const struct draft_values *in = x->values;
	int64_t id;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = circle_plan_draft(x->ctx, id, in->opened, &x->findings);
	if (rc == RC_INVALID) {
		x->out->status = 422;
		return show(x, id, 0);
	}
	if (rc == RC_OK)
		http_redirect(x->out, plan_path(x, id));
	return rc;
}
