/* Is a month fair, and how do two versions of it differ? */
#include "supply/desk/roster_board_internal.h"

#include <inttypes.h>

#define PLANS 60

struct fair { int64_t id; struct duty_plan p, other[PLANS]; size_t n_others; };

static enum rc
fair_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct fair *f = argument;
	enum rc rc = duty_plan_load(tx, actor, f->id, &f->p);

	return rc == RC_OK ? duty_plan_list(tx, actor, f->p.county, f->other, PLANS, &f->n_others) : rc;
}

static struct text
count_text(const struct exchange *x, int64_t n)
{
	return arena_format(x->ctx->mem, "%" PRId64, n);
}

/* Beside the share, as far as it goes: within, above, far above. */
static enum ui_tone
band(int64_t is, int64_t share)
{
	return is <= share ? UI_OK : is <= share + share / 4 ? UI_SOON : UI_LATE;
}

static void
put_band(struct exchange *x, struct ui_table *t, struct text value, int64_t is, int64_t share, struct text note)
{
	ui_cell_open(t);
	ui_tag(t->h, band(is, share), value);
	if (note.n > 0) {
		html_raw(t->h, " <small>");
		html_text(t->h, note);
		html_raw(t->h, "</small>");
	}
	ui_cell_close(t);
	(void)x;
}

static void
put_people(struct exchange *x, struct html *h, const struct duty_fair *v, size_t n)
{
	static const struct ui_column columns[] = { { T("谁"), false }, { T("驻点"), true }, { T("窗口班"), true }, { T("工时／均数"), false },
		{ T("路上分钟／均数"), false }, { T("休息日／上限"), false }, { T("来不了的天数"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("每个人这个月"), columns, 7);
	for (size_t i = 0; i < n; i++) {
		const struct duty_fair *f = &v[i];

		ui_row_open(&t);
		ui_cell(&t, f->name);
		ui_cell_int(&t, f->visits);
		ui_cell_int(&t, f->seats);
		put_band(x, &t, roster_hours(x, f->minutes), f->minutes, f->minutes_share, roster_hours(x, f->minutes_share));
		put_band(x, &t, arena_format(x->ctx->mem, "%" PRId64, f->travel), f->travel, f->travel_share,
		    arena_format(x->ctx->mem, "%" PRId64, f->travel_share));
		put_band(x, &t, arena_format(x->ctx->mem, "%" PRId64, f->weekends), f->weekends, 0,
		    arena_format(x->ctx->mem, "%" PRId64, f->weekends_max));
		ui_cell_int(&t, f->away);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_spread(struct exchange *x, struct html *h, const struct duty_fair *v, size_t n)
{
	int64_t least = n > 0 ? v[0].minutes : 0, most = least, all = 0, above = 0, far = 0, idle = 0;

	for (size_t i = 0; i < n; i++) {
		least = v[i].minutes < least ? v[i].minutes : least;
		most = v[i].minutes > most ? v[i].minutes : most;
		all += v[i].minutes;
		above += band(v[i].minutes, v[i].minutes_share) == UI_SOON;
		far += band(v[i].minutes, v[i].minutes_share) == UI_LATE;
		idle += v[i].visits + v[i].seats == 0;
	}
	ui_stats(h, (const struct ui_stat[]){
	    { .label = T("平均工时"), .value = roster_hours(x, n > 0 ? all / (int64_t)n : 0) },
	    { .label = T("最少和最多"), .value = desk_join(x, roster_hours(x, least), roster_hours(x, most)) },
	    { .label = T("超出均数的人"), .value = count_text(x, above + far), .tone = above > 0 ? UI_SOON : UI_OK },
	    { .label = T("超出四分之一以上的人"), .value = count_text(x, far), .tone = far > 0 ? UI_LATE : UI_OK },
	    { .label = T("一次也没有排的人"), .value = count_text(x, idle) } }, 5);
}

/* The other versions of this month, to lay beside. */
static void
put_versions(struct exchange *x, struct html *h, const struct fair *f)
{
	bool any = false;

	for (size_t i = 0; i < f->n_others; i++) {
		const struct duty_plan *o = &f->other[i];

		if (o->month != f->p.month || o->id == f->p.id)
			continue;
		if (!any)
			html_raw(h, "<ul>");
		any = true;
		html_raw(h, "<li>");
		ui_link_text(h, arena_format(x->ctx->mem, "/desk/roster/%" PRId64 "/compare?with=%" PRId64, f->id, o->id),
		    arena_format(x->ctx->mem, "%s %d %s", msg(x->ctx->lang, T("和这一版比：版本")), o->version, msg(x->ctx->lang, duty_state_label(o->state))));
		html_raw(h, "</li>");
	}
	if (any)
		html_raw(h, "</ul>");
}

static enum rc
plan_seen(struct exchange *x, struct fair *f)
{
	enum rc rc = http_segment_id(x, "id", &f->id);

	if (rc == RC_OK)
		rc = db_read(x->ctx, fair_tx, f);
	return rc == RC_OK && !duty_may_plan(x->ctx->actor, f->p.county) ? RC_NOT_FOUND : rc;
}

enum rc
roster_fair_page(struct exchange *x)
{
	struct fair *f = ARENA_NEW(x->ctx->mem, struct fair);
	struct html h = frame_html(x);
	struct duty_fair *v = NULL;
	size_t n = 0;
	enum rc rc = f == NULL ? RC_NO_MEMORY : plan_seen(x, f);

	if (rc == RC_OK)
		rc = duty_fairness(x->ctx, f->id, &v, &n);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("公平不公平"), .area = FRAME_ROSTER });
	ui_title_text(&h, desk_say(x, T("公平不公平")), desk_join(x, desk_join(x, roster_month_text(x, f->p.month), region_name(f->p.county)),
	    arena_format(x->ctx->mem, "%s %d", msg(x->ctx->lang, T("版本")), f->p.version)));
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, roster_plan_path(x, f->id, ""), T("整张值班表"));
	html_raw(&h, "</p>");
	put_spread(x, &h, v, n);
	ui_paragraph(&h, T("绿：不超过均数。黄：超出不到四分之一。红：超出四分之一以上，或者休息日上班。路上时间按每天的一圈算，十分钟一档。"));
	put_people(x, &h, v, n);
	put_versions(x, &h, f);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- two versions -------------------------------------------------------------------------------------------------- */

static void
put_rules(struct exchange *x, struct html *h, const struct duty_versions *d)
{
	static const struct ui_column columns[] = { { T("规则"), false }, { T("那一版"), true }, { T("这一版"), true }, { T("差几分"), true } };
	struct ui_table t;

	(void)x;
	ui_table_open(&t, h, T("每条规则差多少（越少越好）"), columns, 4);
	for (int c = 0; c <= ROSTER_COSTS; c++) {
		int64_t was = c < ROSTER_COSTS ? d->was.by[c] : d->was.objective, is = c < ROSTER_COSTS ? d->is.by[c] : d->is.objective;

		ui_row_open(&t);
		ui_cell_say(&t, c < ROSTER_COSTS ? duty_cost_label((enum roster_cost)c) : T("合计"));
		ui_cell_int(&t, was);
		ui_cell_int(&t, is);
		ui_cell_int(&t, is - was);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_who(struct exchange *x, struct html *h, const struct duty_versions *d)
{
	static const struct ui_column columns[] = { { T("谁"), false }, { T("那一版几次"), true }, { T("这一版几次"), true }, { T("那一版工时"), false },
		{ T("这一版工时"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("每个人差多少"), columns, 5);
	for (size_t i = 0; i < d->n_who; i++) {
		const struct duty_share *w = &d->who[i];

		if (w->was_visits == w->is_visits && w->was_minutes == w->is_minutes)
			continue;
		ui_row_open(&t);
		ui_cell(&t, w->name);
		ui_cell_int(&t, w->was_visits);
		ui_cell_int(&t, w->is_visits);
		ui_cell(&t, roster_hours(x, w->was_minutes));
		ui_cell(&t, roster_hours(x, w->is_minutes));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_moved(struct exchange *x, struct html *h, const struct duty_versions *d)
{
	static const struct ui_column columns[] = { { T("哪里"), false }, { T("那一版"), false }, { T("这一版"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("哪几次不一样"), columns, 3);
	for (size_t i = 0; i < d->n; i++) {
		const struct duty_differ *v = &d->v[i];
		struct duty_slot s = { .place = v->place, .point = v->point, .seat = v->seat };

		ui_row_open(&t);
		ui_cell(&t, roster_where(x, &s));
		ui_cell(&t, v->was == 0 ? desk_say(x, T("没有人")) : desk_join(x, v->was_name, roster_day_text(x, v->was_day)));
		ui_cell(&t, v->is == 0 ? desk_say(x, T("没有人")) : desk_join(x, v->is_name, roster_day_text(x, v->is_day)));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
roster_compare_page(struct exchange *x)
{
	struct fair *f = ARENA_NEW(x->ctx->mem, struct fair);
	struct html h = frame_html(x);
	struct duty_versions d;
	int64_t with = 0;
	enum rc rc = f == NULL ? RC_NO_MEMORY : plan_seen(x, f);

	if (rc == RC_OK && int64_parse(desk_query(x, "with"), 1, INT64_MAX, &with) != RC_OK)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = duty_compare(x->ctx, with, f->id, &d);
	if (rc != RC_OK)
		return rc == RC_INVALID ? RC_NOT_FOUND : rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("两版值班表比一比"), .area = FRAME_ROSTER });
	ui_title_text(&h, desk_say(x, T("两版值班表比一比")), desk_join(x, roster_month_text(x, f->p.month), region_name(f->p.county)));
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, roster_plan_path(x, with, ""), T("那一版"));
	html_raw(&h, " ");
	ui_link(&h, roster_plan_path(x, f->id, ""), T("这一版"));
	html_raw(&h, "</p>");
	ui_facts(&h, (const struct ui_fact[]){
	    { .label = T("那一版"), .value = arena_format(x->ctx->mem, "%s %d %s", msg(x->ctx->lang, T("版本")), d.was.version, msg(x->ctx->lang, duty_state_label(d.was.state))) },
	    { .label = T("这一版"), .value = arena_format(x->ctx->mem, "%s %d %s", msg(x->ctx->lang, T("版本")), d.is.version, msg(x->ctx->lang, duty_state_label(d.is.state))) },
	    { .label = T("不一样的次数"), .value = count_text(x, (int64_t)d.n) } }, 3);
	put_rules(x, &h, &d);
	put_who(x, &h, &d);
	put_moved(x, &h, &d);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
