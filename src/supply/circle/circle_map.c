/* The map: as a picture that prints, and as GeoJSON (RFC 7946) for the map on canvas. */
#include "supply/circle/circle_page_internal.h"

#include "kit/msg/msg.h"

#define WIDE 720
#define EDGE 14
#define STATIONS_SHOWN 400 /* more would hide the villages */

/* ---- the picture ----------------------------------------------------------------------------------- */

struct frame { double west, south, east, north, scale, shrink; int high; };

static void
frame_take(struct frame *f, double lon, double lat)
{
	f->west = lon < f->west ? lon : f->west;
	f->east = lon > f->east ? lon : f->east;
	f->south = lat < f->south ? lat : f->south;
	f->north = lat > f->north ? lat : f->north;
}

static bool
outline_is_in(const struct circle_seen *s, const struct region_outline *o)
{
	struct place county = place_level(s->within) >= PLACE_COUNTY ? place_up(s->within, PLACE_COUNTY) : s->within;

	return place_range_has(place_range(county), o->place);
}

static struct frame
frame_of(const struct circle_seen *s)
{
	size_t n;
	const struct region_outline *o = region_outlines(&n);
	struct frame f = { 1e12, 1e12, -1e12, -1e12, 1, 0.855, 0 }; /* cos 31.3° */
	bool small = place_level(s->within) >= PLACE_TOWN;

	for (size_t i = 0; i < n && !small; i++)
		for (size_t k = 0; outline_is_in(s, &o[i]) && k < o[i].ring.n; k++)
			frame_take(&f, (double)o[i].ring.points[k].lon_e6, (double)o[i].ring.points[k].lat_e6);
	for (uint32_t i = s->first; i < s->first + s->n; i++)
		if (s->city->village[i].has_position)
			frame_take(&f, s->city->village[i].at.lon / 10.0, s->city->village[i].at.lat / 10.0);
	if (f.west > f.east)
		f = (struct frame){ 120e6, 31e6, 121e6, 32e6, 1, 0.855, 0 };
	if (f.east - f.west < 20000)
		f = (struct frame){ f.west - 10000, f.south - 10000, f.east + 10000, f.north + 10000, 1, 0.855, 0 };
	f.scale = (WIDE - 2 * EDGE) / ((f.east - f.west) * f.shrink);
	if ((f.north - f.south) * f.scale > WIDE)
		f.scale = WIDE / (f.north - f.south);
	f.high = (int)((f.north - f.south) * f.scale) + 2 * EDGE;
	return f;
}

static double
at_x(const struct frame *f, double lon_e6)
{
	return EDGE + (lon_e6 - f->west) * f->shrink * f->scale;
}

static double
at_y(const struct frame *f, double lat_e6)
{
	return EDGE + (f->north - lat_e6) * f->scale;
}

static void
put_outline(struct html *h, const struct frame *f, const struct region_outline *o)
{
	html_raw(h, "<path class=\"outline\" d=\"");
	for (size_t i = 0; i < o->ring.n; i++)
		buf_printf(h->out, "%c%.1f %.1f", i == 0 ? 'M' : 'L', at_x(f, (double)o->ring.points[i].lon_e6),
		    at_y(f, (double)o->ring.points[i].lat_e6));
	html_raw(h, "z\"/>");
}

static bool
is_inside(const struct frame *f, double x, double y)
{
	return x >= 0 && x <= WIDE && y >= 0 && y <= f->high;
}

/* Shape as well as colour: dot, ring, diamond, cross. */
static void
put_shape(struct html *h, enum circle_class c, double x, double y)
{
	switch ((int)c) {
	case CIRCLE_COVERED:
		buf_printf(h->out, "M%.1f %.1fh0", x, y);
		return;
	case CIRCLE_SHUT:
		buf_printf(h->out, "M%.1f %.1fa3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z", x - 3.4, y);
		return;
	case CIRCLE_EMPTY:
		buf_printf(h->out, "M%.1f %.1fh7v7h-7z", x - 3.5, y - 3.5);
		return;
	case CIRCLE_FAR:
		buf_printf(h->out, "M%.1f %.1fl5.2 5.2-5.2 5.2-5.2-5.2z", x, y - 5.2);
		return;
	default:
		buf_printf(h->out, "M%.1f %.1fl6 6m0-6l-6 6", x - 3, y - 3);
	}
}

static void
put_villages(struct html *h, const struct circle_seen *s, const struct frame *f, enum circle_class c)
{
	bool any = false;

	for (uint32_t i = s->first; i < s->first + s->n; i++) {
		const struct circle_village *v = &s->city->village[i];
		double x = at_x(f, v->at.lon / 10.0), y = at_y(f, v->at.lat / 10.0);

		if (s->verdict[i].class != c || !v->has_position || !is_inside(f, x, y))
			continue;
		if (!any)
			buf_printf(h->out, "<path class=\"v %s\" d=\"", circle_class_key(c));
		any = true;
		put_shape(h, c, x, y);
	}
	if (any)
		html_raw(h, "\"/>");
}

/* Those that have nobody on duty apart from the others: red, and another shape. */
static void
put_points(struct html *h, const struct circle_seen *s, const struct frame *f, bool empty)
{
	bool all = s->n <= STATIONS_SHOWN, any = false;

	for (uint32_t i = 0; i < s->city->n_points; i++) {
		const struct circle_point *p = &s->city->point[i];
		double x = at_x(f, p->at.lon / 10.0), y = at_y(f, p->at.lat / 10.0);

		if (s->view->state[i] == CIRCLE_STATE_NONE || (s->view->state[i] == CIRCLE_STATE_EMPTY) != empty || !p->has_position ||
		    !is_inside(f, x, y) || (!all && p->p.kind == POINT_STATION))
			continue;
		if (!any)
			buf_printf(h->out, "<path class=\"%s\" d=\"", empty ? "p nobody" : "p");
		any = true;
		if (empty)
			buf_printf(h->out, "M%.1f %.1fh7v7h-7z", x - 3.5, y - 3.5);
		else
			buf_printf(h->out, "M%.1f %.1fl4 7h-8z", x, y - 4);
	}
	if (any)
		html_raw(h, "\"/>");
}

static void
put_marks(struct html *h, const struct frame *f, const struct circle_mark *mark, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		double x = at_x(f, mark[i].at.lon / 10.0), y = at_y(f, mark[i].at.lat / 10.0);

		buf_printf(h->out, "<path class=\"pin\" d=\"M%.1f %.1fl-7-12a8 8 0 1 1 14 0z\"><title>", x, y);
		html_text(h, mark[i].label);
		html_raw(h, "</title></path>");
		buf_printf(h->out, "<text x=\"%.1f\" y=\"%.1f\" class=\"pin-n\">%d</text>", x, y - 12, (int)i + 1);
	}
}

static void
put_key_of(struct html *h, const char *key, const char *label, const char *shape)
{
	buf_printf(h->out, "<li><svg viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" aria-hidden=\"true\" focusable=\"false\"><path class=\"%s\" d=\"%s\"/></svg> ",
	    key, shape);
	html_say(h, label);
	html_raw(h, "</li>");
}

static void
put_keys(struct html *h, const struct circle_seen *s)
{
	html_raw(h, "<ul class=\"map-keys\">");
	put_key_of(h, "v covered", circle_class_label(CIRCLE_COVERED), "M8 8h0");
	put_key_of(h, "v shut", circle_class_label(CIRCLE_SHUT), "M4.6 8a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z");
	if (s->view->n_empty > 0) {
		put_key_of(h, "v empty", circle_class_label(CIRCLE_EMPTY), "M4.5 4.5h7v7h-7z");
		put_key_of(h, "p nobody", T("开着门、没有人值班的站点"), "M4.5 4.5h7v7h-7z");
	}
	put_key_of(h, "v far", circle_class_label(CIRCLE_FAR), "M8 2.8l5.2 5.2-5.2 5.2-5.2-5.2z");
	put_key_of(h, "v unsure", T("说不准，或附近没有道路"), "M5 5l6 6m0-6l-6 6");
	put_key_of(h, "p", T("站点、中心"), "M8 4l4 7h-8z");
	html_raw(h, "</ul>");
}

static void
put_label(struct exchange *x, struct html *h, const struct circle_seen *s)
{
	struct text where = region_name(s->within), rate = circle_percent(x, s->sum.in_permille);

	html_attr(h, "aria-label", arena_format(x->ctx->mem, "%.*s · %s %.*s", (int)where.n, where.p, msg(x->ctx->lang, T("在圈内")),
	    (int)rate.n, rate.p));
}

void
circle_put_svg(struct exchange *x, struct html *h, const struct circle_seen *s, const struct circle_mark *mark, size_t n)
{
	struct frame f = frame_of(s);
	size_t n_outlines;
	const struct region_outline *o = region_outlines(&n_outlines);

	html_raw(h, "<figure class=\"figure circle-map\"><figcaption>");
	html_say(h, T("村（社区）在不在圈内"));
	html_raw(h, " <small>");
	html_text(h, circle_moment(x, s));
	html_raw(h, "</small></figcaption>");
	buf_printf(h->out, "<svg viewBox=\"0 0 %d %d\" role=\"img\"", WIDE, f.high);
	put_label(x, h, s);
	html_raw(h, ">");
	for (size_t i = 0; i < n_outlines; i++)
		if (outline_is_in(s, &o[i]))
			put_outline(h, &f, &o[i]);
	put_villages(h, s, &f, CIRCLE_COVERED);
	put_points(h, s, &f, false);
	for (int c = CIRCLE_SHUT; c < CIRCLE_NOWHERE; c++)
		put_villages(h, s, &f, (enum circle_class)c);
	if (s->view->n_empty > 0)
		put_points(h, s, &f, true);
	put_marks(h, &f, mark, n);
	html_raw(h, "</svg>");
	put_keys(h, s);
	html_raw(h, "</figure>");
}

/* ---- the map on canvas ---------------------------------------------------------------------------------- */

void
circle_put_canvas(struct exchange *x, struct html *h, const struct circle_seen *s, bool pin)
{
	html_raw(h, "<div class=\"circle-live\" id=\"circle-live\" hidden");
	html_attr(h, "data-map", circle_url(x, s, "/desk/circle/map.geojson", s->within, ""));
	if (pin)
		html_attr(h, "data-pin", circle_url(x, s, "/desk/circle/pin.json", s->within, ""));
	html_attr(h, "data-village", circle_url(x, s, "/desk/circle/village/", s->within, ""));
	html_attr(h, "aria-label", circle_say(x, T("地图：方向键移动，加减号缩放")));
	html_raw(h, " role=\"application\" tabindex=\"-1\"></div>");
}

static void
put_position(struct json *j, double lon, double lat)
{
	/* Seven decimals at most, as numbers: kit/json has none that are not whole. */
	if (j->comma >> j->depth & 1)
		buf_char(j->out, ',');
	buf_printf(j->out, "[%.6f,%.6f]", lon, lat);
	j->comma |= UINT64_C(1) << j->depth;
}

static void
feature_open(struct json *j, const char *kind)
{
	json_begin_object(j, NULL);
	json_str(j, "type", "Feature");
	json_begin_object(j, "geometry");
	json_str(j, "type", kind);
	json_begin_array(j, "coordinates");
}

static void
feature_properties(struct json *j)
{
	json_end_array(j);
	json_end_object(j);
	json_begin_object(j, "properties");
}

static void
feature_close(struct json *j)
{
	json_end_object(j);
	json_end_object(j);
}

static void
put_county(struct json *j, const struct region_outline *o)
{
	feature_open(j, "Polygon");
	json_begin_array(j, NULL);
	for (size_t i = 0; i <= o->ring.n; i++)
		put_position(j, (double)o->ring.points[i % o->ring.n].lon_e6 / 1e6, (double)o->ring.points[i % o->ring.n].lat_e6 / 1e6);
	json_end_array(j);
	feature_properties(j);
	json_str(j, "kind", "county");
	json_text(j, "name", region_name(o->place));
	feature_close(j);
}

static void
put_point_at(struct json *j, struct route_point at)
{
	/* A Point has one position, not a list of them: its two numbers. */
	buf_printf(j->out, "%.6f,%.6f", at.lon / 1e7, at.lat / 1e7);
}

static void
put_village(struct exchange *x, struct json *j, const struct circle_seen *s, uint32_t i)
{
	const struct circle_village *v = &s->city->village[i];

	feature_open(j, "Point");
	put_point_at(j, v->at);
	feature_properties(j);
	json_str(j, "kind", "village");
	json_text(j, "code", arena_format(x->ctx->mem, "%012lld", (long long)v->place.code));
	json_text(j, "name", v->name);
	json_str(j, "class", circle_class_key(s->verdict[i].class));
	if (v->people >= 0)
		json_int(j, "people", v->people);
	if (s->verdict[i].low < ROUTE_NEVER)
		json_int(j, "seconds", s->verdict[i].high / 1000);
	feature_close(j);
}

static void
put_point(struct json *j, const struct circle_seen *s, uint32_t i)
{
	const struct circle_point *p = &s->city->point[i];

	feature_open(j, "Point");
	put_point_at(j, p->at);
	feature_properties(j);
	json_str(j, "kind", "point");
	json_text(j, "code", p->p.code);
	json_text(j, "name", p->p.name);
	json_str(j, "tier", point_kind_key(p->p.kind));
	json_bool(j, "open", circle_state_covers(s->view->state[i]));
	json_bool(j, "nobody", s->view->state[i] == CIRCLE_STATE_EMPTY);
	feature_close(j);
}

enum rc
circle_map_json(struct exchange *x)
{
	CIRCLE_SEEN s;
	size_t n;
	const struct region_outline *o = region_outlines(&n);
	struct json j;
	enum rc rc = circle_see(x, &s);

	if (rc != RC_OK)
		return rc;
	x->out->type = "application/geo+json";
	json_init(&j, &x->out->body);
	json_begin_object(&j, NULL);
	json_str(&j, "type", "FeatureCollection");
	json_str(&j, "provider", s.provider.est ? "est" : s.provider.synthetic ? "syn" : "net");
	json_str(&j, "label", s.provider.label);
	json_begin_array(&j, "features");
	for (size_t i = 0; i < n; i++)
		if (place_range_has(place_range(place_level(s.within) > PLACE_COUNTY ? place_up(s.within, PLACE_COUNTY) : s.within), o[i].place))
			put_county(&j, &o[i]);
	for (uint32_t i = s.first; i < s.first + s.n; i++)
		if (s.city->village[i].has_position)
			put_village(x, &j, &s, i);
	for (uint32_t i = 0; i < s.city->n_points; i++)
		if (s.view->state[i] != CIRCLE_STATE_NONE && s.city->point[i].has_position &&
		    place_range_has(place_range(s.within), s.city->point[i].p.place))
			put_point(&j, &s, i);
	json_end_array(&j);
	json_end_object(&j);
	return buf_rc(&x->out->body);
}
