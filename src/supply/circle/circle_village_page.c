/* One village: why it is inside or not, and what is near it by every mode; and the towns without any body of law. */
#include "supply/circle/circle_page_internal.h"

#include "kit/msg/msg.h"
#include "resources/provider/provider.h"

#define NEAREST 5
#define FAR_MINUTES 240

static struct text
point_name(struct exchange *x, const struct point *p)
{
	return circle_name(x, p->name, p->name_en);
}

static void
put_reach(struct exchange *x, struct ui_table *t, const struct circle_seen *s, const struct circle_reach *r)
{
	const struct point *p = &s->city->point[r->point].p;
	struct text code = p->code;

	ui_row_open(t);
	ui_cell_link(t, arena_format(x->ctx->mem, "/points/%.*s", (int)code.n, code.p), point_name(x, p));
	ui_cell_say(t, point_kind_label(p->kind));
	ui_cell(t, circle_minutes(x, r->low, r->high));
	ui_cell_open(t);
	ui_tag(t->h, r->open ? UI_OK : r->empty ? UI_LATE : UI_SOON,
	    circle_say(x, r->open ? T("开着门") : r->empty ? T("开着门，没有人值班") : T("不开门")));
	ui_cell_close(t);
	ui_cell_link(t, circle_url(x, s, "/desk/circle/pin", s->within, arena_format(x->ctx->mem, "&point=%.*s", (int)code.n, code.p).p),
	    circle_say(x, T("挪它试试")));
	ui_row_close(t);
}

static enum rc
put_mode(struct exchange *x, struct html *h, const struct circle_seen *s, uint32_t village, enum route_mode mode)
{
	static const struct ui_column columns[] = { { T("站点"), false }, { T("层级"), false }, { T("路上"), true }, { T("此时"), false },
		{ T("试一试"), false } };
	struct circle_ask ask = { mode, s->ask.tiers, s->ask.at_ms };
	struct circle_reach near[NEAREST];
	size_t n = 0;
	struct ui_table t;
	enum rc rc = circle_nearest(x->ctx, s->city, &ask, s->city->village[village].at, FAR_MINUTES, near, NEAREST, &n);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	ui_section_open(h, choice_by_value(circle_mode_choices, (int)mode + 1)->label);
	if (rc == RC_NOT_FOUND || n == 0) {
		ui_paragraph(h, rc == RC_NOT_FOUND ? T("附近 2 公里内没有这种走法能走的道路。") : T("四小时内到不了任何站点。"));
	} else {
		ui_table_open(&t, h, choice_by_value(circle_mode_choices, (int)mode + 1)->label, columns, sizeof columns / sizeof columns[0]);
		for (size_t i = 0; i < n; i++)
			put_reach(x, &t, s, &near[i]);
		ui_table_close(&t);
	}
	ui_section_close(h);
	return RC_OK;
}

static void
put_cause(struct exchange *x, struct html *h, const struct circle_seen *s, uint32_t i)
{
	const struct circle_verdict *v = &s->verdict[i];
	const struct circle_village *place = &s->city->village[i];
	bool timed = v->class != CIRCLE_NOWHERE && v->class != CIRCLE_OFF;
	const struct ui_fact facts[] = {
		{ T("怎么去"), circle_say(x, choice_by_value(circle_mode_choices, s->v.mode)->label), TEXT_NONE },
		{ T("什么时候"), circle_moment(x, s), TEXT_NONE },
		{ T("最近的站点"), timed ? circle_minutes(x, v->low, v->high) : TEXT("—"), TEXT_NONE },
		{ T("人口"), place->people < 0 ? circle_say(x, T("未核实")) : circle_grouped(x, place->people), TEXT_NONE },
		{ T("城乡"), circle_say(x, place->rural ? T("乡村") : T("城镇")), TEXT_NONE },
		{ T("位置"), circle_say(x, !place->has_position ? T("没有位置") : place->estimated ? T("估算") : T("登记的位置")), TEXT_NONE },
	};

	ui_notice(h, circle_tone(v->class), NULL, circle_say(x, circle_class_label(v->class)));
	ui_facts(h, facts, sizeof facts / sizeof facts[0]);
}

enum rc
circle_village_page(struct exchange *x)
{
	static const enum route_mode modes[] = { ROUTE_EBIKE, ROUTE_FOOT, ROUTE_CAR };
	struct html h = frame_html(x);
	CIRCLE_SEEN s;
	struct place p;
	uint32_t i = ROUTE_NONE;
	enum rc rc = circle_see(x, &s);

	if (rc == RC_OK && place_parse(http_segment(x, "code"), &p) == RC_OK && place_range_has(x->ctx->actor->places, p))
		i = circle_city_village(s.city, p);
	if (rc != RC_OK || i == ROUTE_NONE)
		return rc == RC_OK ? RC_NOT_FOUND : rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title_text = s.city->village[i].name, .area = FRAME_CIRCLE });
	ui_title_text(&h, s.city->village[i].name, s.city->village[i].path);
	put_cause(x, &h, &s, i);
	for (size_t k = 0; rc == RC_OK && s.city->village[i].has_position && k < 3; k++)
		rc = put_mode(x, &h, &s, i, modes[k]);
	circle_put_legend(x, &h, &s);
	html_raw(&h, "<p>");
	ui_link(&h, circle_url(x, &s, "/desk/circle", place_up(p, PLACE_TOWN), ""), T("看它所在的镇（街道）"));
	html_raw(&h, " · ");
	ui_link(&h, circle_url(x, &s, "/desk/circle", s.within, ""), T("回到半小时圈"));
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return rc == RC_OK ? buf_rc(h.out) : rc;
}

/* ---- towns without, and ratios ---------------------------------------------------------------------- */

#define TOWNS_MAX 160
#define PROVIDERS_MAX 20000

struct area {
	struct place place;
	struct text name;
	int64_t centres, stations, villages, people; /* people -1: unknown */
	int64_t lawyers, grassroots, others;
	bool to_town;            /* some firm of the city is registered by town: else a town's none says nothing */
};

struct providers { struct exchange *x; struct provider *v; size_t n; };

static enum rc
providers_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct providers *p = arg;
	int64_t after = 0;
	enum rc rc = RC_OK;
	size_t got = 1;

	while (rc == RC_OK && got > 0 && p->n < PROVIDERS_MAX) {
		size_t room = PROVIDERS_MAX - p->n < 500 ? PROVIDERS_MAX - p->n : 500;

		rc = provider_list(tx, actor, 0, after, p->v + p->n, room, &got);
		p->n += rc == RC_OK ? got : 0;
		after = p->n > 0 ? p->v[p->n - 1].id : 0;
	}
	return rc;
}

static void
area_count(struct exchange *x, const struct circle_seen *s, const struct providers *all, struct area *a)
{
	struct place_range r = place_range(a->place);
	struct day today = day_of_moment(x->ctx->now_ms);
	uint32_t first, n;

	circle_city_range(s->city, a->place, &first, &n);
	a->villages = n;
	for (uint32_t i = first; i < first + n; i++)
		a->people = a->people < 0 || s->city->village[i].people < 0 ? -1 : a->people + s->city->village[i].people;
	for (uint32_t i = 0; i < s->city->n_points; i++) {
		const struct point *p = &s->city->point[i].p;

		if (!place_range_has(r, p->place) || !day_is_none(p->closed) || day_compare(p->opened, today) > 0)
			continue;
		if (p->kind == POINT_STATION)
			a->stations++;
		else
			a->centres++;
	}
	for (size_t i = 0; i < all->n; i++) {
		const struct provider *p = &all->v[i];

		a->to_town = a->to_town || place_level(p->firm_place) >= PLACE_TOWN;
		if (!place_range_has(r, p->firm_place) || !p->active || !p->firm_active)
			continue;
		if (p->kind == PROVIDER_LAWYER || p->kind == PROVIDER_AID_LAWYER)
			a->lawyers++;
		else if (p->kind == PROVIDER_GRASSROOTS)
			a->grassroots++;
		else
			a->others++;
	}
}

/* Per 10,000 people with two decimals; unknown where people are. */
static struct text
per_ten_thousand(struct exchange *x, int64_t n, int64_t people)
{
	int64_t hundredths;

	if (people <= 0)
		return circle_say(x, T("未核实"));
	hundredths = (n * 1000000 + people / 2) / people;
	return arena_format(x->ctx->mem, "%lld.%02lld", (long long)(hundredths / 100), (long long)(hundredths % 100));
}

static void
put_ratios(struct exchange *x, struct html *h, const struct area *v, size_t n)
{
	static const struct ui_column columns[] = { { T("地方"), false }, { T("中心"), true }, { T("站点"), true }, { T("村（社区）"), true },
		{ T("律师"), true }, { T("基层法律工作者"), true }, { T("万人律师数"), true }, { T("万人基层法律工作者数"), true },
		{ T("每千家企业律师数"), true } };
	struct ui_table t;

	ui_section_open(h, T("各地有多少"));
	ui_table_open(&t, h, T("机构、人员和万人比"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < n; i++) {
		ui_row_open(&t);
		ui_cell(&t, v[i].name);
		ui_cell_int(&t, v[i].centres);
		ui_cell_int(&t, v[i].stations);
		ui_cell_int(&t, v[i].villages);
		ui_cell_int(&t, v[i].lawyers);
		ui_cell_int(&t, v[i].grassroots);
		ui_cell(&t, per_ten_thousand(x, v[i].lawyers, v[i].people));
		ui_cell(&t, per_ten_thousand(x, v[i].grassroots, v[i].people));
		ui_cell_say(&t, T("未核实"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_paragraph(h, T("律师和基层法律工作者按登记的承办人员所在机构的地方算；企业数还没有登记，每千家企业的比例因此未核实。"));
	ui_section_close(h);
}

static bool
lacks_people(const struct area *a)
{
	return a->to_town && a->lawyers + a->grassroots == 0;
}

static bool
is_blank(const struct area *a)
{
	return a->centres == 0 || a->stations == 0 || lacks_people(a);
}

static void
put_blank(struct exchange *x, struct html *h, const struct circle_seen *s, const struct area *v, size_t n)
{
	static const struct ui_column columns[] = { { T("镇（街道）"), false }, { T("缺什么"), false }, { T("村（社区）"), true },
		{ T("在圈内"), true } };
	struct ui_table t;
	size_t blank = 0;

	ui_section_open(h, T("空白镇（街道）"));
	for (size_t i = 0; i < n; i++)
		blank += is_blank(&v[i]);
	html_raw(h, "<p>");
	html_sayf(h, T("%d 个镇（街道）里，%d 个没有中心、没有站点，或没有一名登记的律师和基层法律工作者。"), (int)n, (int)blank);
	html_raw(h, "</p>");
	if (n > 0 && !v[0].to_town)
		ui_paragraph(h, T("律所和法律服务所只登记到市（区），看不出在哪个镇（街道），这里没有拿来判断。"));
	ui_table_open(&t, h, T("空白镇（街道）"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < n; i++) {
		struct circle_sum sum;

		if (!is_blank(&v[i]))
			continue;
		ui_row_open(&t);
		ui_cell_link(&t, circle_url(x, s, "/desk/circle", v[i].place, ""), v[i].name);
		ui_cell_open(&t);
		html_raw(h, "<span>");
		if (v[i].centres == 0)
			ui_tag(h, UI_LATE, circle_say(x, T("没有中心")));
		if (v[i].stations == 0)
			ui_tag(h, UI_LATE, circle_say(x, T("没有站点")));
		if (lacks_people(&v[i]))
			ui_tag(h, UI_SOON, circle_say(x, T("没有律师和基层法律工作者")));
		html_raw(h, "</span>");
		ui_cell_close(&t);
		ui_cell_int(&t, v[i].villages);
		ui_cell(&t, circle_sum_within(x, s, s->verdict, v[i].place, &sum) == RC_OK ? circle_percent(x, sum.in_permille) : TEXT("—"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static enum rc
areas_take(struct exchange *x, const struct circle_seen *s, enum place_level level, const struct providers *all, struct area **ret,
    size_t *ret_n)
{
	const struct division *d[TOWNS_MAX];
	size_t n = region_list(s->within, level, day_of_moment(x->ctx->now_ms), d, TOWNS_MAX);
	struct area *v = arena_array(x->ctx->mem, n + 1, sizeof *v);

	if (v == NULL)
		return RC_NO_MEMORY;
	n = n < TOWNS_MAX ? n : TOWNS_MAX;
	for (size_t i = 0; i < n; i++) {
		v[i] = (struct area){ .place = d[i]->place,
			.name = level == PLACE_COUNTY ? circle_name(x, d[i]->name, d[i]->name_en) : d[i]->path };
		area_count(x, s, all, &v[i]);
	}
	*ret = v;
	*ret_n = n;
	return RC_OK;
}

enum rc
circle_towns_page(struct exchange *x)
{
	struct html h = frame_html(x);
	CIRCLE_SEEN s;
	struct area *towns = NULL, *counties = NULL;
	size_t n_towns = 0, n_counties = 0;
	struct providers all = { .x = x };
	enum rc rc = circle_see(x, &s);

	all.v = arena_array(x->ctx->mem, PROVIDERS_MAX, sizeof *all.v);
	if (rc == RC_OK)
		rc = all.v == NULL ? RC_NO_MEMORY : db_read(x->ctx, providers_tx, &all);
	if (rc == RC_OK)
		rc = areas_take(x, &s, place_level(s.within) <= PLACE_CITY ? PLACE_COUNTY : PLACE_TOWN, &all, &counties, &n_counties);
	if (rc == RC_OK)
		rc = areas_take(x, &s, PLACE_TOWN, &all, &towns, &n_towns);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("空白镇和万人比"), .area = FRAME_CIRCLE });
	ui_title(&h, T("空白镇和万人比"), region_path(s.within));
	put_ratios(x, &h, counties, n_counties);
	put_blank(x, &h, &s, towns, n_towns);
	html_raw(&h, "<p>");
	ui_link(&h, circle_url(x, &s, "/desk/circle", s.within, ""), T("回到半小时圈"));
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
