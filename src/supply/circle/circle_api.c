/* The circle as JSON and GeoJSON for other programs: coverage, the nearest points of a place, an isochrone. */
#include "supply/circle/circle_page_internal.h"

#include "kit/msg/msg.h"

#define NEAREST 20
#define FAR_MINUTES 120

static void
put_provider(struct json *j, const struct circle_seen *s)
{
	char day[16];

	json_begin_object(j, "provider");
	json_str(j, "kind", s->provider.est ? "est" : s->provider.synthetic ? "syn" : "net");
	json_str(j, "label", s->provider.label);
	if (day_is_none(s->provider.data_day))
		json_none(j, "data_day");
	else
		json_text(j, "data_day", day_print(s->provider.data_day, day));
	json_str(j, "datum", "WGS-84");
	json_end_object(j);
	json_str(j, "staffed", "unknown"); /* no roster yet: open is all that is known */
}

static void
put_question(struct json *j, const struct circle_seen *s)
{
	char when[32];

	json_str(j, "mode", choice_by_value(circle_mode_choices, s->v.mode)->key);
	json_int(j, "minutes", s->v.minutes);
	json_str(j, "tier", choice_by_value(circle_tier_choices, s->v.tier)->key);
	if (s->ask.at_ms == 0)
		json_none(j, "moment");
	else
		json_text(j, "moment", moment_print_iso(s->ask.at_ms, when));
	put_provider(j, s);
}

enum rc
circle_api_coverage(struct exchange *x)
{
	CIRCLE_SEEN s;
	const struct division *below[120];
	struct json j;
	size_t n;
	enum rc rc = circle_see_all(x, &s);

	if (rc != RC_OK)
		return rc;
	x->out->type = "application/json";
	json_init(&j, &x->out->body);
	json_begin_object(&j, NULL);
	put_question(&j, &s);
	circle_sum_json(&j, "all", &s, &s.sum);
	json_begin_array(&j, "places");
	n = place_level(s.within) >= PLACE_TOWN ? 0 : region_children(s.within, day_of_moment(x->ctx->now_ms), below, 120);
	for (size_t i = 0; i < n && i < 120; i++) {
		struct circle_sum sum;

		rc = circle_sum_within(x, &s, s.verdict, below[i]->place, &sum);
		if (rc != RC_OK)
			return rc;
		json_begin_object(&j, NULL);
		json_text(&j, "code", arena_format(x->ctx->mem, "%012lld", (long long)below[i]->place.code));
		json_text(&j, "name", below[i]->name);
		circle_sum_json(&j, "figures", &s, &sum);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_end_object(&j);
	return buf_rc(&x->out->body);
}

/* The village asked for, else lon and lat. */
static bool
position_asked(const struct circle_seen *s, struct route_point *ret)
{
	uint32_t i = circle_city_village(s->city, s->v.place);

	if (s->v.lon.n > 0)
		return circle_asked_position(s->v.lon, s->v.lat, ret);
	if (i == ROUTE_NONE || !s->city->village[i].has_position)
		return false;
	*ret = s->city->village[i].at;
	return true;
}

static enum rc
refuse(struct exchange *x, const char *why)
{
	findings_add(&x->findings, "lon", why, 0);
	return RC_INVALID;
}

enum rc
circle_api_nearest(struct exchange *x)
{
	CIRCLE_SEEN s;
	struct circle_reach v[NEAREST];
	struct route_point at;
	struct json j;
	size_t n = 0;
	enum rc rc = circle_see_all(x, &s);

	if (rc == RC_OK && !position_asked(&s, &at))
		return refuse(x, T("给出村（社区）的区划代码，或经度和纬度（WGS-84）"));
	if (rc == RC_OK)
		rc = circle_nearest(x->ctx, s.city, &s.ask, at, FAR_MINUTES, v, NEAREST, &n);
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? refuse(x, T("这个位置 2 公里内没有道路")) : rc;
	x->out->type = "application/json";
	json_init(&j, &x->out->body);
	json_begin_object(&j, NULL);
	put_question(&j, &s);
	json_begin_array(&j, "points");
	for (size_t i = 0; i < n; i++) {
		const struct point *p = &s.city->point[v[i].point].p;

		json_begin_object(&j, NULL);
		json_text(&j, "code", p->code);
		json_text(&j, "name", p->name);
		json_str(&j, "kind", point_kind_key(p->kind));
		json_int(&j, "seconds_low", v[i].low / 1000);
		json_int(&j, "seconds_high", v[i].high / 1000);
		json_bool(&j, "open", v[i].open);
		json_bool(&j, "nobody_on_duty", v[i].empty);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_end_object(&j);
	return buf_rc(&x->out->body);
}

static void
ring_put(struct buf *b, const struct route_ring *r)
{
	buf_char(b, '[');
	for (uint32_t i = 0; i <= r->n; i++)
		buf_printf(b, "%s[%.6f,%.6f]", i == 0 ? "" : ",", r->v[i % r->n].lon / 1e7, r->v[i % r->n].lat / 1e7);
	buf_char(b, ']');
}

static void
area_put(struct buf *b, const struct route_area *a)
{
	bool first = true;

	for (uint32_t i = 0; i < a->n; i++) {
		if (a->ring[i].in != ROUTE_NONE)
			continue;
		buf_add(b, first ? TEXT("[") : TEXT(",["));
		ring_put(b, &a->ring[i]);
		for (uint32_t k = 0; k < a->n; k++)
			if (a->ring[k].in == i) {
				buf_char(b, ',');
				ring_put(b, &a->ring[k]);
			}
		buf_char(b, ']');
		first = false;
	}
}

enum rc
circle_api_isochrone(struct exchange *x)
{
	CIRCLE_SEEN s;
	struct route_point at;
	struct route_area area;
	struct json j;
	uint32_t point;
	enum rc rc = circle_see_all(x, &s);

	if (rc != RC_OK)
		return rc;
	point = s.v.point.n > 0 ? circle_city_point(s.city, s.v.point) : ROUTE_NONE;
	if (point != ROUTE_NONE && s.city->point[point].has_position)
		at = s.city->point[point].at;
	else if (!position_asked(&s, &at))
		return refuse(x, T("给出站点编号、村（社区）的区划代码，或经度和纬度（WGS-84）"));
	rc = circle_isochrone(x->ctx, s.ask.mode, at, s.v.minutes, &area);
	if (rc == RC_UNAVAILABLE || rc == RC_NOT_FOUND)
		return refuse(x, rc == RC_NOT_FOUND ? T("这个位置 2 公里内没有道路") : T("没有路网，画不出能到的范围"));
	if (rc != RC_OK)
		return rc;
	x->out->type = "application/geo+json";
	json_init(&j, &x->out->body);
	json_begin_object(&j, NULL);
	json_str(&j, "type", "Feature");
	json_begin_object(&j, "properties");
	put_question(&j, &s);
	json_end_object(&j);
	json_begin_object(&j, "geometry");
	json_str(&j, "type", "MultiPolygon");
	json_begin_array(&j, "coordinates");
	area_put(j.out, &area);
	json_end_array(&j);
	json_end_object(&j);
	json_end_object(&j);
	return buf_rc(&x->out->body);
}
