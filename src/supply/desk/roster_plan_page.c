/* One roster: what it costs by rule, how good it can be proven to be, who goes where by day and by person, what is open and why. */
#include "supply/desk/roster_internal.h"

#define CHANGES 60
#define PEOPLE 1000

#define PUB(member) offsetof(struct roster_publish_values, member)
static const struct field publish_fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .offset = PUB(revision) },
};
const struct form roster_publish_form = FORM_OF("roster.publish", T("发布"), publish_fields, struct roster_publish_values);

struct board {
	int64_t id;
	struct duty_plan p;
	struct duty_slot *v;
	size_t n;
	struct duty_change changes[CHANGES];
	size_t n_changes;
	bool planner;
};

static enum rc
board_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct board *b = argument;
	enum rc rc = duty_plan_load(tx, actor, b->id, &b->p);

	b->v = rc == RC_OK ? arena_array(tx_mem(tx), DUTY_SLOTS_MAX, sizeof *b->v) : NULL;
	if (b->v == NULL)
		return rc == RC_OK ? RC_NO_MEMORY : rc;
	rc = duty_slots(tx, actor, b->id, b->v, DUTY_SLOTS_MAX, &b->n);
	return rc == RC_OK ? duty_changes(tx, actor, b->id, b->changes, CHANGES, &b->n_changes) : rc;
}

/* ---- the figures ------------------------------------------------------------------------------------------------- */

static struct text
gap_text(const struct exchange *x, const struct duty_plan *p)
{
	int64_t gap = p->objective - p->bound;

	if (gap == 0)
		return desk_say(x, T("已证明：按这些规则和权重，没有更好的排法"));
	return arena_format(x->ctx->mem, "%s %lld (%lld.%02lld%%)", msg(x->ctx->lang, T("离证明得出的下界还差几分：")), (long long)gap,
	    (long long)(gap * 100 / p->objective), (long long)(gap * 10000 / p->objective % 100)); /* the bound is not below 0 */
}

static void
put_figures(struct exchange *x, struct html *h, const struct board *b)
{
	const struct duty_plan *p = &b->p;
	const struct ui_stat stats[] = {
		{ .label = T("驻点和窗口"), .value = desk_int(x, p->visits + p->seats) },
		{ .label = T("没有人"), .value = arena_format(x->ctx->mem, "%lld", (long long)(p->open_visits + p->open_seats)),
		  .tone = p->open_visits + p->open_seats > 0 ? UI_SOON : UI_OK },
		{ .label = T("参加值班的人"), .value = desk_int(x, p->persons) },
		{ .label = T("排完以后的改动"), .value = arena_format(x->ctx->mem, "%zu", b->n_changes) },
	};

	ui_stats(h, stats, 4);
	if (!p->calendar)
		ui_notice_say(h, UI_SOON, NULL, T("这个月还没有节假日安排表，只按周一到周五和法定日期排，公布以后请重排。"));
	if (p->est)
		ui_notice_say(h, UI_INFO, NULL, T("路程是按直线估的，没有用路网。"));
	if (p->stopped)
		ui_notice_say(h, UI_SOON, NULL, T("这次是到时间停下的，再排一次可能不一样。"));
}

static void
put_costs(struct exchange *x, struct html *h, const struct duty_plan *p)
{
	static const struct ui_column columns[] = { { T("规则"), false }, { T("分"), true } };
	struct ui_table t;

	html_raw(h, "<details><summary>");
	html_say(h, T("这张表好不好：每条规则多少分"));
	html_raw(h, "</summary>");
	ui_table_open(&t, h, T("每条规则多少分（越少越好）"), columns, 2);
	for (int c = 0; c < ROSTER_COSTS; c++) {
		ui_row_open(&t);
		ui_cell_say(&t, duty_cost_label((enum roster_cost)c));
		ui_cell_int(&t, p->by[c]);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_facts(h, (const struct ui_fact[]){ { .label = T("合计"), .value = arena_format(x->ctx->mem, "%lld", (long long)p->objective) },
	    { .label = T("下界"), .value = arena_format(x->ctx->mem, "%lld", (long long)p->bound) }, { .label = T("说明"), .value = gap_text(x, p) },
	    { .label = T("权重版本"), .value = desk_int(x, p->weights) }, { .label = T("起点数"), .value = arena_format(x->ctx->mem, "%lld", (long long)p->seed) },
	    { .label = T("输入指纹"), .value = arena_format(x->ctx->mem, "%016llx", (unsigned long long)p->hash) } }, 6);
	html_raw(h, "</details>");
}

/* ---- by day ------------------------------------------------------------------------------------------------------- */

static void
put_visit(struct exchange *x, struct html *h, const struct board *b, const struct duty_slot *s)
{
	html_raw(h, "<li>");
	if (b->planner)
		ui_link_text(h, roster_visit_path(x, s), desk_join(x, s->name, roster_where(x, s)));
	else
		html_text(h, desk_join(x, s->name, roster_where(x, s)));
	html_raw(h, "</li>");
}

static void
put_days(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("哪一天"), false }, { T("谁去哪里"), false } };
	struct day first = DAY_NONE;
	uint32_t days = 0;
	struct ui_table t;

	if (duty_month_days(b->p.month, &first, &days) != RC_OK)
		return;
	ui_table_open(&t, h, T("按日子看"), columns, 2);
	for (uint32_t k = 0; k < days; k++) {
		struct day d = day_add(first, (int)k);
		bool any = false;

		for (size_t i = 0; i < b->n; i++) {
			if (b->v[i].provider == 0 || b->v[i].day.n != d.n)
				continue;
			if (!any) {
				ui_row_open(&t);
				ui_cell(&t, roster_day_text(x, d));
				ui_cell_open(&t);
				html_raw(h, "<ul class=\"visits\">");
			}
			any = true;
			put_visit(x, h, b, &b->v[i]);
		}
		if (any) {
			html_raw(h, "</ul>");
			ui_cell_close(&t);
			ui_row_close(&t);
		}
	}
	ui_table_close(&t);
}

/* ---- by person: is it fair? ------------------------------------------------------------------------------------------ */

struct on_list { int64_t id, visits, minutes; struct text name, firm; struct text list; };

static void
person_add(struct exchange *x, struct on_list *v, size_t *n, const struct duty_slot *s)
{
	size_t at = 0;
	struct ymd y = day_to_ymd(s->day);

	while (at < *n && v[at].id != s->provider)
		at++;
	if (at == PEOPLE)
		return;
	if (at == *n) {
		v[at].id = s->provider;
		v[at].name = s->name;
		v[at].firm = s->firm;
		v[at].list = TEXT("");
		(*n)++;
	}
	v[at].visits++;
	v[at].minutes += s->minutes;
	v[at].list = arena_format(x->ctx->mem, "%.*s%s%d", (int)v[at].list.n, v[at].list.p, v[at].list.n > 0 ? ", " : "", y.day);
}

static enum rc
put_people(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("谁"), false }, { T("次数"), true }, { T("工时"), false }, { T("哪几天"), false },
		{ T("请假"), false } };
	struct on_list *v = arena_array(x->ctx->mem, PEOPLE, sizeof *v);
	struct ui_table t;
	size_t n = 0;

	if (v == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].provider != 0)
			person_add(x, v, &n, &b->v[i]);
	ui_table_open(&t, h, T("按人看"), columns, b->planner && b->p.state == DUTY_PUBLISHED ? 5 : 4);
	for (size_t i = 0; i < n; i++) {
		ui_row_open(&t);
		ui_cell(&t, desk_join(x, v[i].name, v[i].firm));
		ui_cell_int(&t, v[i].visits);
		ui_cell(&t, roster_hours(x, v[i].minutes));
		ui_cell(&t, v[i].list);
		if (b->planner && b->p.state == DUTY_PUBLISHED)
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/roster/%lld/sick?provider=%lld", (long long)b->p.id, (long long)v[i].id),
			    desk_say(x, T("来不了，找人顶")));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	return RC_OK;
}

/* ---- what is open, what changed ---------------------------------------------------------------------------------------- */

static void
put_open(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("哪里"), false }, { T("为什么"), false } };
	struct ui_table t;

	if (b->p.open_visits + b->p.open_seats == 0)
		return;
	html_raw(h, "<details><summary>");
	html_say(h, T("没有人的驻点和窗口"));
	html_raw(h, "</summary>");
	ui_table_open(&t, h, T("没有人的驻点和窗口"), columns, 2);
	for (size_t i = 0; i < b->n; i++) {
		const struct duty_slot *s = &b->v[i];

		if (s->provider != 0)
			continue;
		ui_row_open(&t);
		if (b->planner)
			ui_cell_link(&t, roster_visit_path(x, s), desk_join(x, region_path(s->place), s->seat ? roster_day_text(x, s->day) : TEXT_NONE));
		else
			ui_cell(&t, region_path(s->place));
		ui_cell_say(&t, duty_rule_label(s->why));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	html_raw(h, "</details>");
}

static void
put_changes(struct exchange *x, struct html *h, const struct board *b)
{
	static const struct ui_column columns[] = { { T("什么时候"), false }, { T("哪一次"), false }, { T("从"), false }, { T("到"), false },
		{ T("差几分"), true }, { T("为什么"), false } };
	struct ui_table t;

	if (b->n_changes == 0)
		return;
	ui_table_open(&t, h, T("发布以后的改动"), columns, 6);
	for (size_t i = 0; i < b->n_changes; i++) {
		const struct duty_change *c = &b->changes[i];

		ui_row_open(&t);
		ui_cell(&t, desk_join(x, desk_when(x, c->at_ms), c->by));
		ui_cell(&t, desk_join(x, desk_say(x, duty_change_label(c->kind)), c->slot < b->n ? roster_where(x, &b->v[c->slot]) : TEXT_NONE));
		ui_cell(&t, desk_join(x, c->from_name, roster_day_text(x, c->from_day)));
		ui_cell(&t, desk_join(x, c->to_name, roster_day_text(x, c->to_day)));
		ui_cell_int(&t, c->difference);
		ui_cell(&t, c->why);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* ---- the page ------------------------------------------------------------------------------------------------------------ */

static void
put_publish(struct exchange *x, struct html *h, const struct board *b)
{
	if (b->p.state == DUTY_PUBLISHED) {
		ui_notice(h, UI_OK, T("已发布"), desk_join(x, desk_join(x, b->p.published_name, desk_when(x, b->p.published_ms)),
		    arena_format(x->ctx->mem, "%s %s", msg(x->ctx->lang, T("不再整张重排，从")), roster_day_text(x, b->p.freeze).p)));
		return;
	}
	if (b->p.state != DUTY_DRAFT || !b->planner)
		return;
	if (b->p.account == x->ctx->actor->account) {
		ui_notice_say(h, UI_INFO, NULL, T("这是草案。请另一位负责人看过发布；发布以前值班的人看不到。"));
		return;
	}
	ui_form_open(h, &(struct ui_form){ .action = roster_plan_path(x, b->id, "/publish"), .csrf = x->csrf, .key = desk_key(x) });
	ui_hidden(h, "revision", desk_int(x, b->p.revision));
	ui_form_buttons(h, T("看过，发布"), TEXT_NONE);
	ui_form_close(h);
}

static enum rc
show(struct exchange *x, int64_t id)
{
	struct board *b = ARENA_NEW(x->ctx->mem, struct board);
	struct html h = frame_html(x);
	enum rc rc;

	if (b == NULL)
		return RC_NO_MEMORY;
	b->id = id;
	rc = db_read(x->ctx, board_tx, b);
	if (rc != RC_OK)
		return rc;
	b->planner = duty_may_plan(x->ctx->actor, b->p.county);
	if (b->p.state != DUTY_PUBLISHED && !b->planner)
		return RC_NOT_FOUND;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("值班表"), .area = FRAME_ROSTER });
	ui_title_text(&h, desk_join(x, roster_month_text(x, b->p.month), region_name(b->p.county)),
	    desk_join(x, desk_say(x, duty_state_label(b->p.state)), arena_format(x->ctx->mem, "%s %d", msg(x->ctx->lang, T("版本")), b->p.version)));
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, TEXT("/desk/roster"), T("值班表"));
	html_raw(&h, " ");
	if (b->planner) {
		ui_link(&h, roster_plan_path(x, id, "/board"), T("月历"));
		html_raw(&h, " ");
		ui_link(&h, roster_plan_path(x, id, "/fair"), T("公平不公平"));
	}
	html_raw(&h, "</p>");
	roster_trouble(x, &h);
	if (x->out->status == 409)
		ui_notice_say(&h, UI_LATE, NULL, T("这张表刚才有人改过，请看过再办。"));
	put_publish(x, &h, b);
	put_figures(x, &h, b);
	put_costs(x, &h, &b->p);
	put_open(x, &h, b);
	put_changes(x, &h, b);
	put_days(x, &h, b);
	rc = put_people(x, &h, b);
	frame_desk_close(x, &h);
	return rc == RC_OK ? buf_rc(h.out) : rc;
}

enum rc
roster_plan_page(struct exchange *x)
{
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	return rc == RC_OK ? show(x, id) : rc;
}

enum rc
roster_publish_post(struct exchange *x)
{
	const struct roster_publish_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc == RC_OK ? duty_plan_publish(x->ctx, frame_idem_key(x), id, in->revision, &x->findings) : x->form_rc;
	if (rc == RC_OK) {
		http_redirect(x->out, roster_plan_path(x, id, ""));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	x->out->status = http_status_of(rc);
	return show(x, id);
}
