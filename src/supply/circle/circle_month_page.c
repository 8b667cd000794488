/* Figures kept by month, and what has changed since one of them. */
#include "supply/circle/circle_page_internal.h"

#include "kit/msg/msg.h"
#include "resources/circle/circle_month.h"

#define MONTHS 60
#define CHANGED_SHOWN 60

struct list_arg { struct circle_month *v; size_t n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct list_arg *a = arg;

	return circle_month_list(tx, actor, a->v, MONTHS, &a->n);
}

static struct text
month_text(struct exchange *x, int month)
{
	return arena_format(x->ctx->mem, "%d-%02d", month / 100, month % 100);
}

static struct text
question_text(struct exchange *x, const struct circle_month_ask *a)
{
	return arena_format(x->ctx->mem, "%s · %d %s · %s", msg(x->ctx->lang, choice_by_value(circle_mode_choices, a->mode + 1)->label),
	    a->minutes, msg(x->ctx->lang, T("分钟")), msg(x->ctx->lang, choice_by_value(circle_tier_choices, a->tier)->label));
}

static struct text
moment_text(struct exchange *x, int64_t at_ms)
{
	char line[32];

	return at_ms == 0 ? circle_say(x, T("不论开不开门")) : arena_text(x->ctx->mem, moment_print(at_ms, line));
}

static void
put_list(struct exchange *x, struct html *h, const struct list_arg *a)
{
	static const struct ui_column columns[] = { { T("月份"), false }, { T("地方"), false }, { T("问题"), false }, { T("什么时候"), false },
		{ T("在圈内"), true }, { T("没有站点"), true }, { T("不开门"), true }, { T("没人值班"), true }, { T("九成在（分钟）"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("按月存下的数，新的在前"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < a->n; i++) {
		const struct circle_month *m = &a->v[i];

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/circle/month/%lld", (long long)m->id), month_text(x, m->month));
		ui_cell(&t, region_name(m->ask.place));
		ui_cell(&t, question_text(x, &m->ask));
		ui_cell(&t, moment_text(x, m->moment_ms));
		ui_cell(&t, circle_percent(x, circle_share(m->covered_weight, m->weight)));
		ui_cell_int(&t, m->far);
		ui_cell_int(&t, m->shut);
		ui_cell_int(&t, m->empty);
		ui_cell(&t, circle_p90_text(x, m->p90_seconds));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static enum rc
months_show(struct exchange *x, const struct circle_seen *s, bool conflict)
{
	struct html h = frame_html(x);
	struct list_arg a = { .v = arena_array(x->ctx->mem, MONTHS, sizeof *a.v) };
	enum rc rc = a.v == NULL ? RC_NO_MEMORY : db_read(x->ctx, list_tx, &a);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("半小时圈：按月存下的数"), .area = FRAME_CIRCLE });
	ui_title(&h, T("半小时圈：按月存下的数"), region_path(s->within));
	if (conflict)
		ui_notice_say(&h, UI_SOON, NULL, T("这个问题本月已经存过，存下的数不改。"));
	ui_paragraph(&h, T("存下来的不只是数，还有当时的村、站点、哪些开着门和用的路网：以后随时能重算出同样的数，也能看从那天起变了什么。"));
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/circle/months"), .csrf = x->csrf, .key = frame_key_text(x), .id = "keep" });
	circle_hidden(x, &h, s);
	html_raw(&h, "<p>");
	html_text(&h, question_text(x, &(struct circle_month_ask){ s->within, s->v.mode - 1, s->v.minutes, s->v.tier, 0, 0 }));
	html_raw(&h, " · ");
	html_text(&h, circle_moment(x, s));
	html_raw(&h, " · ");
	html_text(&h, circle_percent(x, s->sum.in_permille));
	html_raw(&h, "</p>");
	ui_form_buttons(&h, T("存下本月的数"), TEXT_NONE);
	ui_form_close(&h);
	if (a.n > 0)
		put_list(x, &h, &a);
	html_raw(&h, "<p>");
	ui_link(&h, circle_url(x, s, "/desk/circle", s->within, ""), T("回到半小时圈"));
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
circle_months_page(struct exchange *x)
{
	CIRCLE_SEEN s;
	enum rc rc = circle_see(x, &s);

	return rc == RC_OK ? months_show(x, &s, false) : rc;
}

enum rc
circle_months_post(struct exchange *x)
{
	CIRCLE_SEEN s;
	int64_t id = 0;
	enum rc rc = circle_see(x, &s);

	if (rc == RC_OK)
		rc = circle_month_keep(x->ctx, frame_idem_key(x), s.city, s.view, &(struct circle_month_ask){ s.within, s.v.mode - 1,
		    s.v.minutes, s.v.tier, s.v.day, s.v.time }, &id);
	if (rc == RC_CONFLICT) {
		x->out->status = 409;
		return months_show(x, &s, true);
	}
	if (rc == RC_OK)
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/circle/month/%lld", (long long)id));
	return rc;
}

/* ---- since then ------------------------------------------------------------------------------------------- */

/* The same question of today. */
static enum rc
see_now(struct exchange *x, const struct circle_month *m, struct circle_seen *s)
{
	struct circle_values v = { .mode = m->ask.mode + 1, .minutes = m->ask.minutes, .tier = m->ask.tier, .day = m->ask.day,
		.time = m->ask.time, .place = m->ask.place };

	return circle_see_values(x, &v, x->ctx->actor->places, s);
}

static void
put_line(struct ui_table *t, const char *label, struct text then, struct text now)
{
	ui_row_open(t);
	ui_cell_say(t, label);
	ui_cell(t, then);
	ui_cell(t, now);
	ui_row_close(t);
}

static void
put_both(struct exchange *x, struct html *h, const struct circle_month *m, const struct circle_month *now)
{
	static const struct ui_column columns[] = { { T("项目"), false }, { T("那时"), true }, { T("今天"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("那时和今天"), columns, 3);
	put_line(&t, T("在圈内"), circle_percent(x, circle_share(m->covered_weight, m->weight)),
	    circle_percent(x, circle_share(now->covered_weight, now->weight)));
	put_line(&t, T("村（社区）"), circle_int(x, m->villages), circle_int(x, now->villages));
	put_line(&t, T("时限内没有站点的村（社区）"), circle_int(x, m->far), circle_int(x, now->far));
	put_line(&t, T("站点不开门的村（社区）"), circle_int(x, m->shut), circle_int(x, now->shut));
	put_line(&t, T("九成在（分钟）"), circle_p90_text(x, m->p90_seconds), circle_p90_text(x, now->p90_seconds));
	put_line(&t, T("基尼系数"), circle_gini_text(x, m->gini_permille), circle_gini_text(x, now->gini_permille));
	ui_table_close(&t);
}

static void
put_change(struct html *h, struct text what, const char *was, const char *is)
{
	html_raw(h, "<li>");
	html_text(h, what);
	html_raw(h, "：");
	html_say(h, was);
	html_raw(h, " → ");
	html_say(h, is);
	html_raw(h, "</li>");
}

/* Points by code: new, gone, moved, open then and shut now. */
static size_t
put_points(struct html *h, const struct circle_then *then, const struct circle_seen *s)
{
	static const char *const states[] = { T("没有"), T("不开门"), T("开着门"), T("开着门，没有人值班"), T("有人值班") };
	struct place_range r = place_range(s->within);
	size_t n = 0;

	html_raw(h, "<ul>");
	for (uint32_t i = 0; i < s->city->n_points && n < CHANGED_SHOWN; i++) {
		const struct circle_point *p = &s->city->point[i];
		uint32_t k = circle_city_point(then->city, p->p.code);
		int was = k == ROUTE_NONE ? 0 : then->open[k], is = s->view->state[i];
		bool moved = k != ROUTE_NONE && was != 0 && is != 0 &&
		    (then->city->point[k].at.lon != p->at.lon || then->city->point[k].at.lat != p->at.lat);

		if (!place_range_has(r, p->p.place) || (was == is && !moved))
			continue;
		n++;
		put_change(h, p->p.name, states[was < 5 ? was : 0], moved && was == is ? T("挪了位置") : states[is < 5 ? is : 0]);
	}
	html_raw(h, "</ul>");
	return n;
}

static size_t
put_villages(struct html *h, const struct circle_then *then, const struct circle_seen *s)
{
	size_t n = 0;

	html_raw(h, "<ul>");
	for (uint32_t i = s->first; i < s->first + s->n && n < CHANGED_SHOWN; i++) {
		const struct circle_village *v = &s->city->village[i];
		uint32_t k = circle_city_village(then->city, v->place);

		if (k != ROUTE_NONE && then->verdict[k].class == s->verdict[i].class)
			continue;
		n++;
		put_change(h, v->path, k == ROUTE_NONE ? T("没有这个村（社区）") : circle_class_label(then->verdict[k].class),
		    circle_class_label(s->verdict[i].class));
	}
	html_raw(h, "</ul>");
	return n;
}

static void
put_since(struct exchange *x, struct html *h, const struct circle_then *then, const struct circle_seen *s)
{
	(void)x;
	ui_section_open(h, T("变了的站点"));
	if (put_points(h, then, s) == 0)
		ui_paragraph(h, T("没有变。"));
	ui_section_close(h);
	ui_section_open(h, T("变了的村（社区）"));
	if (put_villages(h, then, s) == 0)
		ui_paragraph(h, T("没有变。"));
	ui_section_close(h);
}

static void
put_proof(struct html *h, const struct circle_then *then, enum rc rc)
{
	if (rc == RC_UNAVAILABLE)
		ui_notice_say(h, UI_SOON, T("换了路网，不能重算"), T("存下的数没有变，但现在用的不是当时的路网。"));
	else if (rc == RC_CORRUPT || !circle_month_agrees(&then->month, &then->again))
		ui_notice_say(h, UI_LATE, T("重算的结果和存下的不一样"), T("存下的数或当时的情况被改动过，请告诉系统管理员。"));
	else
		ui_notice_say(h, UI_OK, T("已重算，一个数都不差"), T("用当时的村、站点、开门情况和路网重算，和存下的完全一样。"));
}

enum rc
circle_month_page(struct exchange *x)
{
	struct html h = frame_html(x);
	struct circle_then then = { .city = NULL };
	struct circle_month now = { .id = 0 };
	CIRCLE_SEEN s = { .city = NULL };
	int64_t id;
	enum rc again, rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	again = circle_month_again(x->ctx, id, &then);
	rc = again == RC_UNAVAILABLE || again == RC_CORRUPT ? RC_OK : again;
	if (rc == RC_OK)
		rc = see_now(x, &then.month, &s);
	if (rc == RC_OK) {
		circle_month_figures(&s.sum, &now);
		frame_desk_open(x, &h, &(struct frame_page){ .title = T("从那时起变了什么"), .area = FRAME_CIRCLE });
		ui_title_text(&h, month_text(x, then.month.month), region_path(then.month.ask.place));
		ui_facts(&h, (const struct ui_fact[]){ { T("问题"), question_text(x, &then.month.ask), TEXT_NONE },
		    { T("什么时候"), moment_text(x, then.month.moment_ms), TEXT_NONE }, { T("谁存的"), then.month.by, TEXT_NONE } }, 3);
		put_proof(&h, &then, again);
		put_both(x, &h, &then.month, &now);
		if (again == RC_OK)
			put_since(x, &h, &then, &s);
		circle_put_legend(x, &h, &s);
		html_raw(&h, "<p>");
		ui_link(&h, circle_url(x, &s, "/desk/circle/months", s.within, ""), T("半小时圈：按月存下的数"));
		html_raw(&h, "</p>");
		frame_desk_close(x, &h);
		rc = buf_rc(h.out);
	}
	circle_city_drop(then.city);
	return rc;
}
