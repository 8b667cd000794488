/* Rosters: all of them, a new one, and what is open. */
#include "supply/desk/roster_internal.h"

#include "operations/dutylog/dutylog.h"

#define PLANS 60
#define GAPS 300
#define UNSIGNED_DAYS 7

#define NEW(member) offsetof(struct roster_new_values, member)
static const struct field new_fields[] = {
	{ .key = "county", .kind = FIELD_PLACE, .label = T("县（市、区）"), .required = true, .offset = NEW(county) },
	{ .key = "month", .kind = FIELD_INT, .label = T("月份"), .required = true, .min = 200001, .max = 299912, .offset = NEW(month) },
	{ .key = "seed", .kind = FIELD_INT, .label = T("起点数"), .max = 1000000, .offset = NEW(seed),
	  .hint = T("同样的登记、同样的起点数，排出来是同样的表；换一个数可以换一种排法。") },
};
const struct form roster_new_form = FORM_OF("roster.new", T("排一个月的值班表"), new_fields, struct roster_new_values);

/* ---- all of them ----------------------------------------------------------------------------------------------- */

struct list { struct duty_plan v[PLANS]; size_t n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct list *l = argument;

	return duty_plan_list(tx, actor, (struct place){ 0 }, l->v, PLANS, &l->n);
}

static bool
plans(const struct exchange *x)
{
	const struct division *county[ROSTER_COUNTIES];

	return actor_may(x->ctx->actor, RIGHT_SUPERVISE) && roster_counties(x, county) > 0;
}

static void
put_plans(struct exchange *x, struct html *h, const struct list *l)
{
	static const struct ui_column columns[] = { { T("月份"), false }, { T("县（市、区）"), false }, { T("第几版"), true }, { T("状态"), false },
		{ T("驻点"), true }, { T("没有人"), true }, { T("谁排的"), false } };
	bool planner = plans(x);
	struct ui_table t;

	ui_table_open(&t, h, T("值班表"), columns, 7);
	for (size_t i = 0; i < l->n; i++) {
		const struct duty_plan *p = &l->v[i];

		if (p->state != DUTY_PUBLISHED && !(planner && place_range_has(x->ctx->actor->places, p->county)))
			continue;
		ui_row_open(&t);
		ui_cell_link(&t, roster_plan_path(x, p->id, ""), desk_join(x, roster_month_text(x, p->month), region_name(p->county)));
		ui_cell(&t, region_name(p->county));
		ui_cell_int(&t, p->version);
		ui_cell_say(&t, duty_state_label(p->state));
		ui_cell_int(&t, p->visits + p->seats);
		ui_cell_int(&t, p->open_visits + p->open_seats);
		ui_cell(&t, desk_join(x, p->name, desk_when(x, p->at_ms)));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
roster_list_page(struct exchange *x)
{
	struct list *l = ARENA_NEW(x->ctx->mem, struct list);
	struct html h = frame_html(x);
	enum rc rc = l == NULL ? RC_NO_MEMORY : db_read(x->ctx, list_tx, l);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("值班表"), .area = FRAME_ROSTER });
	ui_title(&h, T("值班表"), desk_say(x, T("每个村（社区）每月有律师或基层法律服务工作者来")));
	html_raw(&h, "<p class=\"tools\">");
	ui_button_link(&h, TEXT("/desk/duty"), T("我的值班"), !plans(x));
	html_raw(&h, " ");
	ui_button_link(&h, TEXT("/desk/roster/gaps"), T("没有人的驻点"), false);
	if (plans(x)) {
		html_raw(&h, " ");
		ui_button_link(&h, TEXT("/desk/roster/new"), T("排一个月"), true);
		html_raw(&h, " ");
		ui_button_link(&h, TEXT("/desk/roster/pins"), T("定死的安排"), false);
		html_raw(&h, " ");
		ui_button_link(&h, TEXT("/desk/roster/windows"), T("要有人的窗口"), false);
		html_raw(&h, " ");
		ui_button_link(&h, TEXT("/desk/roster/seats"), T("要几个座席"), false);
		html_raw(&h, " ");
		ui_button_link(&h, TEXT("/desk/roster/activities"), T("活动和流动服务"), false);
		html_raw(&h, " ");
		ui_button_link(&h, TEXT("/desk/roster/swaps"), T("等批准的换班"), false);
	}
	html_raw(&h, "</p>");
	put_plans(x, &h, l);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- a new one ---------------------------------------------------------------------------------------------------- */

struct pins { struct place county; int month; struct duty_pin v[200]; size_t n; };

static enum rc
pins_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct pins *p = argument;

	return duty_pins(tx, actor, p->county, p->month, p->v, 200, &p->n);
}

/* The two pins that contradict, by name. */
static void
put_clash(struct exchange *x, struct html *h, const struct duty_made *made, struct place county, int month)
{
	struct pins *p = ARENA_NEW(x->ctx->mem, struct pins);

	if (p == NULL || made->pin_a == 0)
		return;
	p->county = county;
	p->month = month;
	if (db_read(x->ctx, pins_tx, p) != RC_OK)
		return;
	ui_notice(h, UI_LATE, made->pin_b == 0 ? T("这条定死的安排做不到，没有排") : T("定死的安排互相矛盾，没有排"),
	    desk_say(x, duty_rule_label(made->rule)));
	html_raw(h, "<ul>");
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i].id == made->pin_a || p->v[i].id == made->pin_b) {
			html_raw(h, "<li>");
			html_text(h, desk_join(x, desk_join(x, p->v[i].provider_name, roster_day_text(x, p->v[i].day)), region_name(p->v[i].place)));
			html_raw(h, "</li>");
		}
	html_raw(h, "</ul><p>");
	ui_link(h, arena_format(x->ctx->mem, "/desk/roster/pins?county=%lld&month=%d", (long long)county.code, month), T("去改定死的安排"));
	html_raw(h, "</p>");
}

static enum rc
new_show(struct exchange *x, const struct duty_made *made)
{
	const struct roster_new_values *in = x->values;
	const struct division *county[ROSTER_COUNTIES];
	size_t n = roster_counties(x, county);
	struct html h = frame_html(x);
	bool sent = x->route->form == &roster_new_form;
	struct place at = sent ? in->county : n > 0 ? county[0]->place : (struct place){ 0 };

	frame_desk_open(x, &h, &(struct frame_page){ .title = roster_new_form.title, .area = FRAME_ROSTER });
	ui_title(&h, roster_new_form.title, TEXT_NONE);
	roster_trouble(x, &h);
	if (x->out->status == 503)
		ui_notice_say(&h, UI_SOON, NULL, T("正在排另一张表，请过几秒再按一次。"));
	if (made != NULL)
		put_clash(x, &h, made, in->county, (int)in->month);
	ui_paragraph(&h, T("从法律顾问合同、站点开门的日子、节假日、各人来不了的日子和定死的安排排起，几秒钟排好。排出来是草案，另一位负责人看过发布。"));
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/roster/new"), .csrf = x->csrf, .key = desk_key(x) });
	roster_put_county(x, &h, &new_fields[0], at);
	roster_put_month(x, &h, &new_fields[1], sent ? in->month : duty_month_of(day_add_months(desk_today(x), 1)));
	ui_field(&h, &new_fields[2], sent ? desk_int(x, in->seed) : TEXT("1"), findings_of(&x->findings, "seed"));
	ui_form_buttons(&h, T("开始排"), TEXT("/desk/roster"));
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
roster_new_page(struct exchange *x)
{
	return new_show(x, NULL);
}

enum rc
roster_new_post(struct exchange *x)
{
	const struct roster_new_values *in = x->values;
	struct duty_made made = { .id = 0 };
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = duty_plan_make(x->ctx, frame_idem_key(x), &(struct duty_plan_new){ in->county, (int)in->month, in->seed }, &x->findings, &made);
	if (rc == RC_OK) {
		http_redirect(x->out, roster_plan_path(x, made.id, ""));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_REFUSED && rc != RC_BUSY)
		return rc;
	x->out->status = rc == RC_BUSY ? 503 : 422;
	return new_show(x, rc == RC_REFUSED ? &made : NULL);
}

/* ---- what is open --------------------------------------------------------------------------------------------------- */

struct gaps { struct place within; int month; struct day today; struct duty_slot v[GAPS], missed[GAPS]; size_t n, n_missed; };

static enum rc
gaps_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct gaps *g = argument;

	enum rc rc = duty_gaps(tx, actor, g->within, g->month, g->v, GAPS, &g->n);

	return rc == RC_OK ? dutylog_unsigned(tx, actor, g->within, day_add(g->today, -UNSIGNED_DAYS), g->today, g->missed, GAPS, &g->n_missed) : rc;
}

static void
put_gaps(struct exchange *x, struct html *h, const struct gaps *g)
{
	static const struct ui_column columns[] = { { T("哪里"), false }, { T("哪一天"), false }, { T("为什么"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("没有人的驻点和窗口"), columns, 3);
	for (size_t i = 0; i < g->n; i++) {
		const struct duty_slot *s = &g->v[i];
		bool planner = duty_may_plan(x->ctx->actor, place_up(s->place, PLACE_COUNTY));

		ui_row_open(&t);
		if (planner)
			ui_cell_link(&t, roster_visit_path(x, s), desk_join(x, region_path(s->place), s->seat ? roster_where(x, s) : TEXT_NONE));
		else
			ui_cell(&t, region_path(s->place));
		ui_cell(&t, day_is_none(s->day) ? desk_say(x, T("这个月")) : roster_day_text(x, s->day));
		ui_cell(&t, s->provider != 0 ? desk_join(x, s->name, desk_say(x, T("那天来不了"))) : desk_say(x, duty_rule_label(s->why)));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_missed(struct exchange *x, struct html *h, const struct gaps *g)
{
	static const struct ui_column columns[] = { { T("哪里"), false }, { T("哪一天"), false }, { T("谁"), false } };
	struct ui_table t;

	if (g->n_missed == 0)
		return;
	ui_table_open(&t, h, T("一周里排了、没有签到的"), columns, 3);
	for (size_t i = 0; i < g->n_missed; i++) {
		ui_row_open(&t);
		ui_cell(&t, region_path(g->missed[i].place));
		ui_cell(&t, roster_day_text(x, g->missed[i].day));
		ui_cell(&t, desk_join(x, g->missed[i].name, g->missed[i].firm));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
roster_gaps_page(struct exchange *x)
{
	struct gaps *g = ARENA_NEW(x->ctx->mem, struct gaps);
	struct day today = desk_today(x);
	struct html h = frame_html(x);
	enum rc rc;

	if (g == NULL)
		return RC_NO_MEMORY;
	g->within.code = x->ctx->actor->city * INT64_C(100000000);
	g->month = roster_month_query(x, duty_month_of(today));
	g->today = today;
	rc = db_read(x->ctx, gaps_tx, g);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("没有人的驻点"), .area = FRAME_ROSTER });
	ui_title(&h, T("没有人的驻点"), roster_month_text(x, g->month));
	{
		struct ui_chip chips[2];

		for (int i = 0; i < 2; i++) {
			int month = duty_month_of(day_add_months(today, i));

			chips[i].label = NULL;
			chips[i].text = roster_month_text(x, month);
			chips[i].href = arena_format(x->ctx->mem, "/desk/roster/gaps?month=%d", month);
			chips[i].count = -1;
			chips[i].on = month == g->month;
			chips[i].tone = UI_PLAIN;
		}
		ui_chips(&h, T("月份"), chips, 2);
	}
	if (g->n == 0)
		ui_empty(&h, T("都有人"), T("已发布的值班表里，这个月每个驻点、每个窗口都有人。"), TEXT("/desk/roster"), T("看值班表"));
	else
		put_gaps(x, &h, g);
	put_missed(x, &h, g);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
