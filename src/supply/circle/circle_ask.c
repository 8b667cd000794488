#include "supply/circle/circle_page_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kit/msg/msg.h"

const struct choice circle_mode_choices[] = {
	{ ROUTE_EBIKE + 1, "ebike", T("骑电动自行车") }, { ROUTE_FOOT + 1, "foot", T("步行") }, { ROUTE_CAR + 1, "car", T("开车") },
	{ 0, NULL, NULL },
};
const struct choice circle_minutes_choices[] = {
	{ 15, "15", T("15 分钟") }, { 30, "30", T("30 分钟") }, { 45, "45", T("45 分钟") }, { 60, "60", T("60 分钟") }, { 0, NULL, NULL },
};
const struct choice circle_tier_choices[] = {
	{ 1, "any", T("任何一级站点") }, { 2, "town", T("镇（街道）以上的中心") }, { 3, "county", T("市（区）的中心") },
	{ 4, "station", T("村（社区）的站点") }, { 0, NULL, NULL },
};
const struct choice circle_day_choices[] = {
	{ 1, "1", T("周一") }, { 2, "2", T("周二") }, { 3, "3", T("周三") }, { 4, "4", T("周四") }, { 5, "5", T("周五") }, { 6, "6", T("周六") },
	{ 7, "7", T("周日") }, { CIRCLE_NOW, "now", T("现在") }, { CIRCLE_ALWAYS, "any", T("不论开不开门") }, { 0, NULL, NULL },
};

const struct choice circle_keep_choices[] = {
	{ 1, "keep", T("都保留，再加新的") }, { 2, "none", T("从零开始选") }, { 0, NULL, NULL },
};

const struct choice circle_goal_choices[] = {
	{ CIRCLE_GOAL_MOST + 1, "most", T("建这么多个，覆盖的人最多") }, { CIRCLE_GOAL_ROOM + 1, "room", T("同上，每个新点最多管 3 个村") },
	{ CIRCLE_GOAL_ALL + 1, "all", T("到得了的人都覆盖，建得最少") }, { CIRCLE_GOAL_CENTRE + 1, "centre", T("建这么多个，最远的村最近") },
	{ CIRCLE_GOAL_MEDIAN + 1, "median", T("建这么多个，平均路最短") }, { 0, NULL, NULL },
};

static const struct field fields[] = {
#define AT(m) offsetof(struct circle_values, m)
	{ "mode", FIELD_CHOICE, T("怎么去"), NULL, false, 0, 0, circle_mode_choices, AT(mode), NULL },
	{ "minutes", FIELD_CHOICE, T("多久以内"), NULL, false, 0, 0, circle_minutes_choices, AT(minutes), NULL },
	{ "tier", FIELD_CHOICE, T("到哪一级"), NULL, false, 0, 0, circle_tier_choices, AT(tier), NULL },
	{ "day", FIELD_CHOICE, T("哪一天"), NULL, false, 0, 0, circle_day_choices, AT(day), NULL },
	{ "time", FIELD_TIME, T("几点"), NULL, false, 0, 0, NULL, AT(time), NULL },
	{ "place", FIELD_PLACE, T("地方"), NULL, false, 0, 0, NULL, AT(place), NULL },
	{ "from", FIELD_INT, T("翻页"), NULL, false, 0, 1000000, NULL, AT(from), NULL },
	{ "class", FIELD_INT, T("原因"), NULL, false, 0, CIRCLE_CLASSES, NULL, AT(class), NULL },
	{ "lon", FIELD_LINE, T("经度"), NULL, false, 0, 16, NULL, AT(lon), NULL },
	{ "lat", FIELD_LINE, T("纬度"), NULL, false, 0, 16, NULL, AT(lat), NULL },
	{ "point", FIELD_LINE, T("哪个站点"), NULL, false, 0, 40, NULL, AT(point), NULL },
	{ "k", FIELD_INT, T("再建几个"), NULL, false, 1, 60, NULL, AT(k), NULL },
	{ "seed", FIELD_INT, T("种子"), NULL, false, 0, INT32_MAX, NULL, AT(seed), NULL },
	{ "keep", FIELD_CHOICE, T("已有的站点"), NULL, false, 0, 0, circle_keep_choices, AT(keep), NULL },
	{ "goal", FIELD_CHOICE, T("要什么"), NULL, false, 0, 0, circle_goal_choices, AT(goal), NULL },
	{ "name", FIELD_LINE, T("方案名字"), NULL, false, 0, CIRCLE_PLAN_NAME_MAX, NULL, AT(name), NULL },
	{ "with", FIELD_INT, T("对比的方案"), NULL, false, 0, INT64_MAX, NULL, AT(with), NULL },
#undef AT
};
const struct form circle_form = FORM_OF("circle", T("半小时法律服务圈"), fields, struct circle_values);

/* ---- the moment ------------------------------------------------------------------------------------ */

static int64_t
moment_of(const struct exchange *x, const struct circle_values *v)
{
	struct day today = day_of_moment(x->ctx->now_ms);

	if (v->day == CIRCLE_ALWAYS)
		return 0;
	if (v->day == CIRCLE_NOW)
		return x->ctx->now_ms;
	return day_start_ms(day_add(today, (v->day - day_weekday(today) + 7) % 7)) + v->time * INT64_C(60000);
}

static unsigned
tiers_of(int tier)
{
	switch (tier) {
	case 2: return (1u << POINT_COUNTY) | (1u << POINT_TOWN);
	case 3: return 1u << POINT_COUNTY;
	case 4: return 1u << POINT_STATION;
	default: return CIRCLE_TIERS_ALL;
	}
}

/* What was left out, or was no sound value, is the usual: Tuesday at ten, by e-bike, half an hour, any point. */
static void
values_fill(struct exchange *x, const struct circle_values *given, struct circle_seen *s)
{
	struct circle_values *v = &s->v;

	*v = *given;
	v->mode = v->mode == 0 ? ROUTE_EBIKE + 1 : v->mode;
	v->minutes = v->minutes == 0 ? 30 : v->minutes;
	v->tier = v->tier == 0 ? 1 : v->tier;
	v->day = v->day == 0 ? 2 : v->day;
	v->time = v->time < 0 || findings_of(&x->findings, "time") != NULL ? 600 : v->time;
	v->k = v->k == 0 ? 6 : v->k;
	v->seed = v->seed == 0 ? 1 : v->seed;
	v->keep = v->keep == 0 ? 1 : v->keep;
	v->goal = v->goal == 0 ? CIRCLE_GOAL_MOST + 1 : v->goal;
	s->ask = (struct circle_ask){ (enum route_mode)(v->mode - 1), tiers_of(v->tier), moment_of(x, v) };
}

/* ---- seeing ------------------------------------------------------------------------------------------- */

enum rc
circle_sum_within(struct exchange *x, const struct circle_seen *s, const struct circle_verdict *v, struct place p,
    struct circle_sum *ret)
{
	return circle_city_sum(x->ctx->mem, s->city, v, p, ret);
}

enum rc
circle_see_values(struct exchange *x, const struct circle_values *given, struct place_range range, struct circle_seen *s)
{
	struct circle_verdict *verdict;
	enum rc rc;

	*s = (struct circle_seen){ .city = NULL };
	values_fill(x, given, s);
	s->within = (struct place){ range.lo };
	if (s->v.place.code != 0 && place_range_has(range, s->v.place))
		s->within = s->v.place;
	if (region_find(s->within, DAY_NONE) == NULL)
		return RC_NOT_FOUND;
	s->provider = circle_provider_now();
	rc = circle_city_hold(x->ctx, &s->city);
	if (rc == RC_OK)
		rc = circle_view_of(x->ctx, s->city, &s->ask, &s->view);
	if (rc == RC_OK)
		rc = circle_view_judge(x->ctx->mem, s->city, s->view, s->v.minutes, &verdict);
	if (rc != RC_OK)
		return rc;
	s->verdict = verdict;
	s->who = circle_city_counted(s->city);
	circle_city_range(s->city, s->within, &s->first, &s->n);
	return circle_sum_within(x, s, verdict, s->within, &s->sum);
}

enum rc
circle_see(struct exchange *x, struct circle_seen *s)
{
	return circle_see_values(x, x->values, x->ctx->actor->places, s);
}

enum rc
circle_see_all(struct exchange *x, struct circle_seen *s)
{
	return circle_see_values(x, x->values, place_range((struct place){ x->ctx->actor->city * INT64_C(100000000) }), s);
}

/* ---- addresses ------------------------------------------------------------------------------------------ */

static const char *
key_of(const struct choice *c, int value)
{
	const struct choice *found = choice_by_value(c, value);

	return found == NULL ? "" : found->key;
}

struct text
circle_url(struct exchange *x, const struct circle_seen *s, const char *path, struct place place, const char *more)
{
	return arena_format(x->ctx->mem, "%s?mode=%s&minutes=%d&tier=%s&day=%s&time=%02d:%02d&place=%012lld%s", path,
	    key_of(circle_mode_choices, s->v.mode), s->v.minutes, key_of(circle_tier_choices, s->v.tier),
	    key_of(circle_day_choices, s->v.day), s->v.time / 60, s->v.time % 60, (long long)place.code, more);
}

void
circle_hidden(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	ui_hidden(h, "mode", text_of(key_of(circle_mode_choices, s->v.mode)));
	ui_hidden(h, "minutes", arena_format(x->ctx->mem, "%d", s->v.minutes));
	ui_hidden(h, "tier", text_of(key_of(circle_tier_choices, s->v.tier)));
	ui_hidden(h, "day", text_of(key_of(circle_day_choices, s->v.day)));
	ui_hidden(h, "time", arena_format(x->ctx->mem, "%02d:%02d", s->v.time / 60, s->v.time % 60));
	ui_hidden(h, "place", arena_format(x->ctx->mem, "%012lld", (long long)s->within.code));
}

/* A decimal number that ends where the text does. */
static bool
degrees_read(struct text t, double *ret)
{
	char word[24], *end;

	if (t.n == 0 || t.n >= sizeof word)
		return false;
	for (size_t i = 0; i < t.n; i++)
		if ((t.p[i] < '0' || t.p[i] > '9') && t.p[i] != '.' && t.p[i] != '-')
			return false;
	memcpy(word, t.p, t.n);
	word[t.n] = '\0';
	*ret = strtod(word, &end);
	return *end == '\0' && isfinite(*ret);
}

bool
circle_asked_position(struct text lon, struct text lat, struct route_point *ret)
{
	struct route_degrees d;

	return degrees_read(lon, &d.lon) && degrees_read(lat, &d.lat) && route_point_of(d, ret) == RC_OK;
}
