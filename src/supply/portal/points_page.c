/* Where to go: points near a place, and one point with its hours, people and villages. */
#include "supply/portal/portal_internal.h"

#include "evaluation/complaint/complaint_figures.h"
#include "kit/msg/msg.h"
#include "standards/holidays/holidays.h"
#include "supply/portal/portal_store.h"

#define NEAR_MOST 8
#define FOUND_MOST 40

/* ---- the map: the county's outline and the points in it --------------------------------------------- */

static struct ui_outline
outline_of(struct exchange *x, struct place county)
{
	const struct region_outline *o = region_outline(county);
	struct ui_point *v = o ? arena_array(x->ctx->mem, o->ring.n, sizeof *v) : NULL;

	if (!v)
		return (struct ui_outline){ .n = 0 };
	for (size_t i = 0; i < o->ring.n; i++)
		v[i] = (struct ui_point){ o->ring.points[i].lon_e6, o->ring.points[i].lat_e6 };
	return (struct ui_outline){ region_name(county), v, o->ring.n };
}

static void
put_map(struct exchange *x, struct html *h, struct place county, const struct point_near *near, size_t n)
{
	struct ui_outline outline = outline_of(x, county);
	struct ui_mark marks[NEAR_MOST];
	bool estimated = false;
	size_t at = 0;

	for (size_t i = 0; i < n && at < NEAR_MOST; i++) {
		const struct point *p = &near[i].point;

		if (geo_is_none(p->position))
			continue;
		estimated = estimated || p->position.datum == GEO_ESTIMATE;
		marks[at++] = (struct ui_mark){ { p->position.lon_e6, p->position.lat_e6 },
			portal_name(x, p->name, p->name_en), portal_path(x, "/points/", p->code),
			near[i].state.open ? UI_OK : UI_HOLD };
	}
	if (at == 0 || outline.n == 0)
		return;
	ui_map(h, &(struct ui_map){ .title = T("位置示意"), .outlines = &outline, .n_outlines = 1, .marks = marks,
	    .n_marks = at, .small = true,
	    .note = estimated ? T("位置和距离是估算的直线距离，以站点地址为准。") : NULL });
}

/* ---- choosing a place ----------------------------------------------------------------------------------- */

static void
put_search(struct exchange *x, struct html *h, struct text q)
{
	static const struct field field = { .key = "q", .kind = FIELD_LINE, .label = T("写村（社区）、镇（街道）的名字"),
		.max = 40, .required = true };
	(void)x;

	ui_form_open(h, &(struct ui_form){ .action = TEXT("/points"), .get = true });
	ui_field(h, &field, q, NULL);
	ui_form_buttons(h, T("找站点"), TEXT_NONE);
	ui_form_close(h);
}

static void
put_found(struct exchange *x, struct html *h, struct text q)
{
	const struct division *found[FOUND_MOST];
	struct ui_tile tiles[FOUND_MOST];
	size_t n = region_search(q, portal_city(x), PLACE_NONE, portal_today(x), found, FOUND_MOST);

	if (n == 0) {
		ui_empty(h, T("没有找到这个地方"), T("换个写法，或者从下面选区、县级市。"), TEXT_NONE, NULL);
		return;
	}
	n = n < FOUND_MOST ? n : FOUND_MOST;
	for (size_t i = 0; i < n; i++)
		tiles[i] = (struct ui_tile){ .icon = "map-pin", .text = found[i]->name, .detail = found[i]->path,
			.href = arena_format(x->ctx->mem, "/points?place=%012lld", (long long)found[i]->place.code) };
	ui_tiles(h, T("找到的地方"), tiles, n);
}

/* Upwards as links: 全市 / 姑苏区 / 金阊街道. */
static void
put_above(struct exchange *x, struct html *h, struct place p)
{
	html_raw(h, "<p class=\"path\">");
	for (int level = PLACE_CITY; level <= (int)place_level(p); level++) {
		struct place up = place_up(p, (enum place_level)level);

		if (level > PLACE_CITY)
			html_raw(h, " / ");
		if (up.code == p.code)
			html_text(h, region_name(up));
		else
			ui_link_text(h, arena_format(x->ctx->mem, "/points?place=%012lld", (long long)up.code),
			    region_name(up));
	}
	html_raw(h, "</p>");
}

static bool
asked_place(struct exchange *x, struct place *ret)
{
	struct place p = { 0 };

	if (!params_has(x->in->query, "place"))
		p = portal_place(x);
	else if (place_parse(params_get(x->in->query, "place"), &p) == RC_OK && region_find(p, portal_today(x)))
		portal_place_keep(x, p);
	else
		p.code = 0;
	*ret = p;
	return p.code != 0;
}

/* Those open now first, each group nearest first. */
static void
put_stations(struct exchange *x, struct html *h, const struct point_near *near, size_t n)
{
	ui_section_open(h, T("最近的站点，开着门的在前"));
	html_raw(h, "<div class=\"stations\">");
	for (int open = 1; open >= 0; open--)
		for (size_t i = 0; i < n; i++)
			if (near[i].state.open == (open == 1))
				portal_station(x, h, &near[i], false);
	html_raw(h, "</div>");
	ui_section_close(h);
}

/* From a village: by the road and in minutes. */
static bool
way_of(struct exchange *x, struct html *h, struct place p)
{
	const struct division *d = region_find(p, portal_today(x));

	return d != NULL && portal_near_way(x, h, d->position,
	    arena_format(x->ctx->mem, "/points?place=%012lld", (long long)p.code).p);
}

static enum rc
put_near(struct exchange *x, struct html *h, struct place p)
{
	struct point_near near[NEAR_MOST];
	size_t n = 0;
	enum rc rc = portal_near(x, p, near, NEAR_MOST, &n);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	put_above(x, h, p);
	if (place_level(p) == PLACE_VILLAGE && way_of(x, h, p))
		return RC_OK;
	if (n == 0)
		ui_empty(h, T("这里还没有登记站点"), T("请打 12348，免费。"), TEXT("tel:12348"), T("打 12348"));
	else
		put_stations(x, h, near, n);
	put_map(x, h, place_up(p, PLACE_COUNTY), near, n);
	if (place_level(p) < PLACE_VILLAGE) {
		ui_section_open(h, T("再选细一点，更准"));
		portal_places(x, h, T("再选细一点"), p);
		ui_section_close(h);
	}
	return RC_OK;
}

enum rc
points_page(struct exchange *x)
{
	struct html h = frame_html(x);
	struct text q = text_trim(params_get(x->in->query, "q"));
	struct place p;
	bool known = asked_place(x, &p);
	enum rc rc = RC_OK;

	frame_public_open(x, &h, &(struct frame_page){ .title = T("附近站点"), .wide = true });
	ui_title(&h, T("附近站点"), TEXT_NONE);
	if (q.n == 0 && known)
		rc = put_near(x, &h, p);
	portal_put_here(x, &h);
	put_search(x, &h, q);
	if (q.n > 0)
		put_found(x, &h, q);
	if (q.n > 0 || !known) {
		ui_section_open(&h, T("按区、县级市选"));
		portal_places(x, &h, T("区、县级市"), portal_city(x));
		ui_section_close(&h);
	}
	frame_public_close(x, &h);
	return rc == RC_OK ? buf_rc(h.out) : rc;
}

/* ---- one point --------------------------------------------------------------------------------------------- */

static const char *const weekdays[] = { T("周一"), T("周二"), T("周三"), T("周四"), T("周五"), T("周六"), T("周日"),
	T("法定节假日") };

static struct text
span_text(struct exchange *x, int opens, int closes)
{
	return arena_format(x->ctx->mem, "%02d:%02d–%02d:%02d", opens / 60, opens % 60, closes / 60, closes % 60);
}

static struct text
day_hours(struct exchange *x, const struct point *p, int weekday)
{
	struct text t = TEXT_NONE;

	for (size_t i = 0; i < p->n_hours; i++) {
		struct text span = span_text(x, p->hours[i].opens, p->hours[i].closes);

		if (p->hours[i].weekday != weekday)
			continue;
		t = t.n == 0 ? span : arena_format(x->ctx->mem, "%.*s  %.*s", (int)t.n, t.p, (int)span.n, span.p);
	}
	return t.n > 0 ? t : portal_say(x, T("不开门"));
}

static struct text
exception_text(struct exchange *x, const struct point_exception *e)
{
	struct text hours = e->opens < 0 ? portal_say(x, T("不开门")) : span_text(x, e->opens, e->closes);

	return arena_format(x->ctx->mem, "%.*s %.*s", (int)hours.n, hours.p, (int)e->note.n, e->note.p);
}

static void
put_hours(struct exchange *x, struct html *h, const struct point *p)
{
	static const struct ui_column columns[] = { { T("日子"), false }, { T("开门时间"), false } };
	struct ui_table t;

	ui_section_open(h, T("开门时间"));
	ui_table_open(&t, h, T("开门时间"), columns, 2);
	for (int d = 1; d <= WEEKDAY_HOLIDAY; d++) {
		ui_row_open(&t);
		ui_cell_say(&t, weekdays[d - 1]);
		ui_cell(&t, day_hours(x, p, d));
		ui_row_close(&t);
	}
	for (size_t i = 0; i < p->n_exceptions; i++) {
		char day[16];

		if (day_compare(p->exceptions[i].day, portal_today(x)) < 0)
			continue;
		ui_row_open(&t);
		ui_cell(&t, arena_text(x->ctx->mem, day_print(p->exceptions[i].day, day)));
		ui_cell(&t, exception_text(x, &p->exceptions[i]));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static void
put_villages(struct exchange *x, struct html *h, const struct point *p)
{
	struct day today = portal_today(x);
	bool any = false;

	for (size_t i = 0; i < p->n_villages; i++) {
		const struct point_village *v = &p->villages[i];

		if (day_compare(v->from, today) > 0 || (!day_is_none(v->to) && day_compare(v->to, today) <= 0))
			continue;
		if (!any) {
			ui_section_open(h, T("管哪些村（社区）"));
			html_raw(h, "<ul>");
			any = true;
		}
		html_raw(h, "<li>");
		html_text(h, region_name(v->village));
		html_raw(h, "</li>");
	}
	if (any) {
		html_raw(h, "</ul>");
		ui_section_close(h);
	}
}

static void
put_windows(struct html *h, const struct point_more *m)
{
	if (m->n_windows == 0)
		return;
	ui_section_open(h, T("窗口"));
	html_raw(h, "<ul>");
	for (size_t i = 0; i < m->n_windows; i++) {
		html_raw(h, "<li>");
		html_sayf(h, T("%lld 号："), (long long)m->windows[i].number);
		html_text(h, m->windows[i].name);
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul>");
	ui_section_close(h);
}

/* Its own list, else all of its tier. */
static bool
offers(const struct point *p, const struct point_more *m, const struct item *item)
{
	if (m->n_items == 0)
		return (item->tiers & BIT(p->kind)) != 0;
	for (size_t i = 0; i < m->n_items; i++)
		if (m->items[i] == item->id)
			return true;
	return false;
}

static enum rc
put_offered(struct exchange *x, struct html *h, const struct point *p, const struct point_more *m)
{
	struct item *items;
	size_t n = 0;
	enum rc rc = catalogue_list(x->ctx, portal_today(x), false, &items, &n);

	if (rc != RC_OK)
		return rc;
	ui_section_open(h, T("在这里能办"));
	html_raw(h, "<ul>");
	for (size_t i = 0; i < n; i++) {
		if (!offers(p, m, &items[i]))
			continue;
		html_raw(h, "<li>");
		ui_link_text(h, portal_path(x, "/items/", items[i].code), portal_name(x, items[i].name, items[i].name_en));
		html_raw(h, " · ");
		html_say(h, price_label(items[i].price));
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul>");
	ui_section_close(h);
	return RC_OK;
}

static struct text
director_text(struct exchange *x, const struct point_more *m)
{
	if (m->title.n == 0 || m->director.n == 0)
		return m->director.n > 0 ? m->director : portal_say(x, T("未核实"));
	return arena_format(x->ctx->mem, "%.*s %.*s", (int)m->director.n, m->director.p, (int)m->title.n, m->title.p);
}

static void
put_head(struct exchange *x, struct html *h, const struct point_near *near, const struct point_more *m)
{
	const struct point *p = &near->point;
	struct ui_fact facts[] = {
		{ T("是什么"), portal_say(x, point_kind_label(p->kind)), TEXT_NONE },
		{ T("负责人"), director_text(x, m), TEXT_NONE },
		{ T("在哪里"), region_path(p->place), TEXT_NONE },
	};

	portal_station(x, h, near, true);
	if (near->state.uncertain)
		ui_notice_say(h, UI_SOON, NULL, T("这一年的节假日安排还没有公布，节假日前后请先打电话。"));
	ui_facts(h, facts, sizeof facts / sizeof facts[0]);
}

/* The distance from where this browser looked last, if that is known. */
static int64_t
metres_from(struct exchange *x, const struct point *p)
{
	const struct division *d = region_find(portal_place(x), portal_today(x));

	return d ? geo_distance_m(d->position, p->position) : INT64_MAX;
}

struct voice_arg { int64_t point; struct complaint_voice v; };

static enum rc
voice_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct voice_arg *a = arg;

	return complaint_voice(tx, actor, a->point, &a->v);
}

/* What people said of it (群众评议): never a share without how many said anything, and nothing of too few. */
static enum rc
put_voice(struct exchange *x, struct html *h, int64_t point)
{
	struct voice_arg a = { .point = point };
	const struct complaint_voice *v = &a.v;
	enum rc rc = db_read(x->ctx, voice_tx, &a);

	if (rc != RC_OK)
		return rc;
	ui_section_open(h, T("来过的人怎么评"));
	html_raw(h, "<p>");
	if (v->few)
		html_sayf(h, T("过去一年评价不到 %lld 个，不写出来。"), (long long)v->least);
	else
		html_sayf(h, T("过去一年请了 %lld 位评价，%lld 位评了，其中百分之 %lld 基本满意以上；%lld 位没有评。"), (long long)v->asked,
		    (long long)v->given, (long long)(v->content * 100 / v->given), (long long)(v->asked - v->given));
	html_raw(h, "</p>");
	ui_section_close(h);
	return RC_OK;
}

enum rc
point_page(struct exchange *x)
{
	struct html h = frame_html(x);
	struct point_near near = { .metres = INT64_MAX };
	struct point_more more = { .point = 0 };
	enum rc rc = network_find_code(x->ctx, http_segment(x, "code"), &near.point);

	if (rc != RC_OK)
		return rc;
	near.state = point_state_at(&near.point, x->ctx->now_ms, holidays_current());
	near.metres = metres_from(x, &near.point);
	more.point = near.point.id;
	rc = db_read(x->ctx, point_more_tx, &more);
	if (rc != RC_OK)
		return rc;
	frame_public_open(x, &h, &(struct frame_page){
	    .title_text = portal_name(x, near.point.name, near.point.name_en), .wide = true });
	ui_title_text(&h, portal_name(x, near.point.name, near.point.name_en), TEXT_NONE);
	put_head(x, &h, &near, &more);
	rc = portal_put_roster(x, &h, &near.point);
	if (rc == RC_OK)
		rc = portal_put_activities(x, &h, near.point.place);
	if (rc == RC_OK)
		rc = portal_put_duty(x, &h, &near.point);
	if (rc != RC_OK)
		return rc;
	put_hours(x, &h, &near.point);
	put_villages(x, &h, &near.point);
	rc = portal_put_advisors(x, &h, &near.point);
	if (rc != RC_OK)
		return rc;
	put_windows(&h, &more);
	rc = put_offered(x, &h, &near.point, &more);
	if (rc == RC_OK)
		rc = put_voice(x, &h, near.point.id);
	put_map(x, &h, place_up(near.point.place, PLACE_COUNTY), &near, 1);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/points"), T("其他站点"));
	html_raw(&h, " · ");
	ui_link(&h, portal_path(x, "/complain?point=", near.point.code), T("投诉这个站点"));
	html_raw(&h, "</p>");
	frame_public_close(x, &h);
	return rc == RC_OK ? buf_rc(h.out) : rc;
}
