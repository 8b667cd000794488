/* A year's assignment: asked for, looked at, compared with another, approved by somebody else. */
#include "supply/admin/advisor_page_internal.h"

#include "kit/msg/msg.h"

#include <limits.h>

#define ANY_DAY .min = INT_MIN, .max = INT_MAX
#define PLANS 60
#define ROWS_SHOWN 60
#define DIFFERS 100
#define CLAIMS 40

#define N(member) offsetof(struct advisor_plan_new, member)
static const struct field plan_fields[] = {
	{ .key = "name", .kind = FIELD_LINE, .label = T("方案名称"), .required = true, .min = 2, .max = ADVISOR_PLAN_NAME_MAX, .offset = N(name) },
	{ .key = "place", .kind = FIELD_PLACE, .label = T("哪里的村（社区）"), .required = true, .hint = T("市、县（区）或镇（街道）的区划代码。"),
	  .offset = N(place) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("第一天"), .required = true, ANY_DAY, .offset = N(from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("最后一天"), .required = true, ANY_DAY, .offset = N(to) },
	{ .key = "price_change", .kind = FIELD_INT, .label = T("换一名顾问算多少分钟路程"), .required = true, .max = 1000, .offset = N(price_change) },
	{ .key = "price_dialect", .kind = FIELD_INT, .label = T("农村没有会说本地话的顾问算多少分钟路程"), .required = true, .max = 1000,
	  .offset = N(price_dialect) },
	{ .key = "price_load", .kind = FIELD_INT, .label = T("顾问每多一个村（社区）多算多少分钟路程"), .required = true, .max = 1000,
	  .offset = N(price_load) },
	{ .key = "hours", .kind = FIELD_INT, .label = T("每月服务小时"), .required = true, .min = 1, .max = 200, .offset = N(hours) },
	{ .key = "fee", .kind = FIELD_INT, .label = T("每年费用（元）"), .required = true, .max = 10000000, .offset = N(fee) },
	{ .key = "duties", .kind = FIELD_FLAGS, .label = T("服务内容"), .choices = advisor_duty_choices, .offset = N(duties) },
};
const struct form advisor_plan_form = FORM_OF("advisor.plan", T("排一个新方案"), plan_fields, struct advisor_plan_new);

struct decide_values { bool approve; };
static const struct field decide_fields[] = {
	{ .key = "approve", .kind = FIELD_BOOL, .label = T("审定"), .offset = offsetof(struct decide_values, approve) },
};
const struct form advisor_decide_form = FORM_OF("advisor.decide", T("审定方案"), decide_fields, struct decide_values);

/* ---- all of them ---------------------------------------------------------------------------------------------- */

struct plans { struct advisor_plan v[PLANS]; size_t n; };

static enum rc
plans_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct plans *p = argument;

	return advisor_plan_list(tx, actor, p->v, PLANS, &p->n);
}

static struct text
plan_path(const struct exchange *x, int64_t id)
{
	return arena_format(x->ctx->mem, "/desk/advisors/plans/%lld", (long long)id);
}

static void
put_plans(struct exchange *x, struct html *h, const struct plans *p)
{
	static const struct ui_column columns[] = { { T("方案"), false }, { T("地方"), false }, { T("合同期"), false }, { T("村（社区）"), true },
		{ T("没有排上"), true }, { T("换顾问"), true }, { T("状态"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("年度方案"), columns, 7);
	for (size_t i = 0; i < p->n; i++) {
		ui_row_open(&t);
		ui_cell_link(&t, plan_path(x, p->v[i].id), p->v[i].name);
		ui_cell(&t, region_name(p->v[i].place));
		ui_cell(&t, advisor_days(x, p->v[i].term.from, p->v[i].term.to));
		ui_cell_int(&t, p->v[i].villages);
		ui_cell_int(&t, p->v[i].opened);
		ui_cell_int(&t, p->v[i].changed);
		ui_cell_say(&t, advisor_plan_state_label(p->v[i].state));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
fill_new(struct exchange *x, struct typed *typed)
{
	static const struct { const char *key; int which; } settings[] = { { "price_change", ADVISOR_PRICE_CHANGE },
		{ "price_dialect", ADVISOR_PRICE_DIALECT }, { "price_load", ADVISOR_PRICE_LOAD }, { "hours", ADVISOR_HOURS },
		{ "fee", ADVISOR_FEE } };
	int year = day_to_ymd(admin_today(x)).year + 1;

	admin_put(&advisor_plan_form, typed, "from", arena_format(x->ctx->mem, "%04d-01-01", year));
	admin_put(&advisor_plan_form, typed, "to", arena_format(x->ctx->mem, "%04d-12-31", year));
	for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
		admin_put(&advisor_plan_form, typed, settings[i].key, admin_int(x, advisor_setting(x, settings[i].which)));
	admin_put(&advisor_plan_form, typed, "duties", TEXT("advice,lecture,mediate"));
}

static void
put_new(struct exchange *x, struct html *h)
{
	struct typed typed = admin_typed(x, &advisor_plan_form);
	const struct findings *f = admin_findings(x, &advisor_plan_form);
	struct admin_options places = admin_places(x);

	if (!admin_sent(x, &advisor_plan_form))
		fill_new(x, &typed);
	ui_section_open(h, advisor_plan_form.title);
	ui_paragraph(h, T("每个村（社区）一名顾问：路程、换人、本地话和忙闲都折成分钟，总数最小的一种。名册上执业证管得住整段时间的人才排；已有合同的村（社区）不动。"));
	ui_error_summary(h, &advisor_plan_form, f);
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/advisors/plans"), .csrf = x->csrf, .key = admin_key(x, &advisor_plan_form) });
	for (size_t i = 0; i < advisor_plan_form.n; i++)
		if (text_equals(text_of(advisor_plan_form.fields[i].key), TEXT("place")))
			ui_field_suggest(h, &advisor_plan_form.fields[i], places.v, places.n, ui_typed(&advisor_plan_form, "place", &typed),
			    f != NULL ? findings_of(f, "place") : NULL);
		else
			ui_form_field(h, &advisor_plan_form, advisor_plan_form.fields[i].key, &typed, f);
	ui_form_buttons(h, T("排方案"), TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static enum rc
plans_show(struct exchange *x)
{
	struct plans *p = ARENA_NEW(x->ctx->mem, struct plans);
	struct html h = frame_html(x);
	enum rc rc = p == NULL ? RC_NO_MEMORY : db_read(x->ctx, plans_tx, p);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("法律顾问年度方案"), .area = FRAME_ADVISORS });
	ui_title(&h, T("法律顾问年度方案"), TEXT_NONE);
	advisor_up(&h);
	if (p->n > 0)
		put_plans(x, &h, p);
	put_new(x, &h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
advisor_plans_page(struct exchange *x)
{
	return plans_show(x);
}

enum rc
advisor_plans_post(struct exchange *x)
{
	int64_t id = 0;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = advisor_plan_make(x->ctx, frame_idem_key(x), x->values, &x->findings, &id);
	if (rc == RC_OK) {
		http_redirect(x->out, plan_path(x, id));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	return plans_show(x);
}

/* ---- one of them ------------------------------------------------------------------------------------------------- */

struct view {
	int64_t id, with, all;
	struct place after;
	struct advisor_plan p, o;
	struct plans others;
	struct advisor_plan_row row[ROWS_SHOWN + 1];
	struct advisor_plan_other differs[DIFFERS];
	struct advisor_claim claim[CLAIMS];
	size_t n, n_differs, n_claims;
};

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct view *v = argument;
	enum rc rc = advisor_plan_load(tx, actor, v->id, &v->p);

	if (rc == RC_OK)
		rc = plans_tx(tx, actor, &v->others);
	if (rc == RC_OK)
		rc = advisor_plan_rows(tx, actor, v->id, v->after, v->row, ROWS_SHOWN + 1, &v->n);
	if (rc == RC_OK && v->p.state == ADVISOR_PLAN_PROPOSED)
		rc = advisor_plan_claims(tx, actor, v->id, v->claim, CLAIMS, &v->n_claims);
	if (rc == RC_OK && v->with != 0)
		rc = advisor_plan_load(tx, actor, v->with, &v->o);
	return rc == RC_OK && v->with != 0
	    ? advisor_plan_differs(tx, actor, v->id, v->with, v->differs, DIFFERS, &v->n_differs, &v->all) : rc;
}

static struct text
tenths(const struct exchange *x, int64_t sum, int64_t n)
{
	return n == 0 ? TEXT_NONE : arena_format(x->ctx->mem, "%lld.%lld", (long long)(sum / n), (long long)(sum * 10 / n % 10));
}

/* What is set against the other plan: label, value of each. */
static void
put_figures(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column one[] = { { T("比什么"), false }, { T("这个方案"), true }, { T("另一个方案"), true } };
	const struct advisor_plan *p = &v->p, *o = &v->o;
	int64_t placed = p->villages - p->opened, other = o->villages - o->opened;
	const struct { const char *label; struct text a, b; } rows[] = {
		{ T("村（社区）"), admin_int(x, p->villages), admin_int(x, o->villages) },
		{ T("没有排上的"), admin_int(x, p->opened), admin_int(x, o->opened) },
		{ T("平均路程（分钟，直线估算）"), tenths(x, p->minutes, placed), tenths(x, o->minutes, other) },
		{ T("最远路程（分钟）"), admin_int(x, p->longest), admin_int(x, o->longest) },
		{ T("比上一期换顾问的"), admin_int(x, p->changed), admin_int(x, o->changed) },
		{ T("农村没有会说本地话的"), admin_int(x, p->strangers), admin_int(x, o->strangers) },
		{ T("用到的顾问"), admin_int(x, p->advisers), admin_int(x, o->advisers) },
		{ T("平均每人几个村（社区）"), tenths(x, placed, p->advisers), tenths(x, other, o->advisers) },
		{ T("最忙的一人几个村（社区）"), admin_int(x, p->most), admin_int(x, o->most) },
		{ T("一年费用合计（元）"), admin_int(x, placed * p->fee / 100), admin_int(x, other * o->fee / 100) },
		{ T("折算总分钟"), admin_int(x, p->objective), admin_int(x, o->objective) },
		{ T("证明：不可能少于"), admin_int(x, p->bound), admin_int(x, o->bound) },
		{ T("换人、本地话、忙闲各折多少分钟"),
		  arena_format(x->ctx->mem, "%lld · %lld · %lld", (long long)p->price_change, (long long)p->price_dialect, (long long)p->price_load),
		  arena_format(x->ctx->mem, "%lld · %lld · %lld", (long long)o->price_change, (long long)o->price_dialect, (long long)o->price_load) },
	};
	struct ui_table t;

	ui_table_open(&t, h, T("方案的数"), one, v->with != 0 ? 3 : 2);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		ui_row_open(&t);
		ui_cell_say(&t, rows[i].label);
		ui_cell(&t, rows[i].a);
		if (v->with != 0)
			ui_cell(&t, rows[i].b);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_choice(struct exchange *x, struct html *h, const struct view *v)
{
	struct ui_chip chips[PLANS];
	size_t n = 0;

	for (size_t i = 0; i < v->others.n && n < PLANS; i++) {
		const struct advisor_plan *o = &v->others.v[i];

		if (o->id == v->id || o->place.code != v->p.place.code)
			continue;
		chips[n++] = (struct ui_chip){ .text = o->name, .count = -1, .on = o->id == v->with,
			.href = arena_format(x->ctx->mem, "/desk/advisors/plans/%lld?with=%lld", (long long)v->id, (long long)o->id) };
	}
	if (n > 0)
		ui_chips(h, T("和哪个方案比"), chips, n);
}

static void
put_differs(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column columns[] = { { T("村（社区）"), false }, { T("这个方案"), false }, { T("分钟"), true },
		{ T("另一个方案"), false }, { T("分钟"), true } };
	struct ui_table t;

	html_raw(h, "<p>");
	html_sayf(h, T("两个方案有 %lld 个村（社区）的顾问不同。"), (long long)v->all);
	html_raw(h, "</p>");
	if (v->n_differs == 0)
		return;
	ui_table_open(&t, h, T("不同的村（社区）"), columns, 5);
	for (size_t i = 0; i < v->n_differs; i++) {
		ui_row_open(&t);
		ui_cell(&t, region_path(v->differs[i].village));
		ui_cell(&t, v->differs[i].name);
		ui_cell_int(&t, v->differs[i].minutes);
		ui_cell(&t, v->differs[i].other);
		ui_cell_int(&t, v->differs[i].other_minutes);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	(void)x;
}

static void
put_claims(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column columns[] = { { T("顾问"), false }, { T("机构"), false }, { T("也要他的地方"), false }, { T("方案"), false },
		{ T("这里"), true }, { T("那里"), true }, { T("最多"), true } };
	struct ui_table t;

	if (v->n_claims == 0)
		return;
	ui_notice_say(h, UI_SOON, T("两个地方都排了同一名顾问"), T("合起来超过他能服务的数目。先审定的算数，另一个要重新排。"));
	ui_table_open(&t, h, T("被别处也排上的顾问"), columns, 7);
	for (size_t i = 0; i < v->n_claims; i++) {
		ui_row_open(&t);
		ui_cell(&t, v->claim[i].name);
		ui_cell(&t, v->claim[i].firm);
		ui_cell(&t, region_name(v->claim[i].place));
		if (v->claim[i].plan.n > 0)
			ui_cell(&t, v->claim[i].plan);
		else
			ui_cell_say(&t, T("已签的合同"));
		ui_cell_int(&t, v->claim[i].here);
		ui_cell_int(&t, v->claim[i].there);
		ui_cell_int(&t, v->claim[i].room);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	(void)x;
}

static void
put_rows(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column columns[] = { { T("村（社区）"), false }, { T("法律顾问"), false }, { T("机构"), false }, { T("分钟"), true },
		{ T("上一期"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("谁到哪个村（社区）"), columns, 5);
	for (size_t i = 0; i < v->n && i < ROWS_SHOWN; i++) {
		const struct advisor_plan_row *r = &v->row[i];

		ui_row_open(&t);
		if (v->p.state == ADVISOR_PLAN_PROPOSED)
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/advisors/plans/%lld/%lld", (long long)v->id, (long long)r->village.code),
			    region_path(r->village));
		else
			ui_cell(&t, region_path(r->village));
		if (r->provider == 0)
			ui_cell_say(&t, T("没有排上"));
		else
			ui_cell(&t, r->name);
		ui_cell(&t, r->firm);
		ui_cell_int(&t, r->minutes);
		ui_cell(&t, r->before == r->provider && r->before != 0 ? admin_say(x, T("同一人")) : r->before_name);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (v->n > ROWS_SHOWN || v->after.code != 0)
		ui_pager(h, &(struct ui_pager){ .previous = v->after.code != 0 ? plan_path(x, v->id) : TEXT_NONE, .next = v->n > ROWS_SHOWN
		    ? arena_format(x->ctx->mem, "/desk/advisors/plans/%lld?after=%lld", (long long)v->id,
		        (long long)v->row[ROWS_SHOWN - 1].village.code) : TEXT_NONE });
}

static void
put_decide(struct exchange *x, struct html *h, const struct view *v)
{
	bool own = v->p.account == x->ctx->actor->account;

	if (v->p.state != ADVISOR_PLAN_PROPOSED)
		return;
	ui_section_open(h, advisor_decide_form.title);
	ui_paragraph(h, own ? T("排方案的人不能自己审定；不用了可以放弃。") : T("审定后按方案一次签好所有合同；执业证、别处的合同和人数会再核对一遍。"));
	for (int approve = own ? 0 : 1; approve >= 0; approve--) {
		ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/advisors/plans/%lld/decide", (long long)v->id),
		    .csrf = x->csrf, .key = admin_key(x, &advisor_decide_form) });
		if (approve == 1)
			ui_hidden(h, "approve", TEXT("1"));
		ui_form_buttons(h, approve == 1 ? T("审定，签合同") : T("放弃这个方案"), TEXT_NONE);
		ui_form_close(h);
	}
	ui_section_close(h);
}

static enum rc
plan_show(struct exchange *x)
{
	struct view *v = ARENA_NEW(x->ctx->mem, struct view);
	struct html h = frame_html(x);
	enum rc rc = v == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &v->id);

	if (rc != RC_OK)
		return rc;
	if (int64_parse(admin_query(x, "with"), 1, INT64_MAX, &v->with) != RC_OK)
		v->with = 0;
	if (int64_parse(admin_query(x, "after"), 1, INT64_MAX, &v->after.code) != RC_OK)
		v->after.code = 0;
	rc = db_read(x->ctx, view_tx, v);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("法律顾问年度方案"), .area = FRAME_ADVISORS });
	ui_title_text(&h, v->p.name, advisor_days(x, v->p.term.from, v->p.term.to));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/advisors/plans"), T("各个方案"));
	html_raw(&h, "</p>");
	if (text_equals(admin_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, v->p.state == ADVISOR_PLAN_APPROVED ? T("已审定，合同已签好。") : T("已放弃。"));
	advisor_trouble(x, &h);
	{
		const struct ui_fact facts[] = {
			{ .label = T("地方"), .value = region_path(v->p.place) },
			{ .label = T("状态"), .value = admin_say(x, advisor_plan_state_label(v->p.state)) },
			{ .label = T("谁排的"), .value = arena_format(x->ctx->mem, "%.*s · %s", (int)v->p.by.n, v->p.by.p, admin_when(x, v->p.at_ms).p) },
			{ .label = T("谁审定"), .value = v->p.decided_by == 0 ? TEXT_NONE : arena_format(x->ctx->mem, "%.*s · %s",
			    (int)v->p.decided_name.n, v->p.decided_name.p, admin_when(x, v->p.decided_ms).p) },
			{ .label = T("输入的指纹"), .value = arena_format(x->ctx->mem, "%016llx", (unsigned long long)v->p.input_hash) },
		};

		ui_facts(&h, facts, sizeof facts / sizeof facts[0]);
	}
	put_choice(x, &h, v);
	put_figures(x, &h, v);
	if (v->with != 0)
		put_differs(x, &h, v);
	put_claims(x, &h, v);
	put_decide(x, &h, v);
	put_rows(x, &h, v);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
advisor_plan_page(struct exchange *x)
{
	return plan_show(x);
}

enum rc
advisor_plan_decide_post(struct exchange *x)
{
	const struct decide_values *in = x->values;
	int64_t id;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = advisor_plan_decide(x->ctx, frame_idem_key(x), id, in->approve, &x->findings);
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/advisors/plans/%lld?done=1", (long long)id));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	return plan_show(x);
}
