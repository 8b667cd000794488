/* zhaofa circle cover, nearest, matrix, isochrone: what is reached, as tables and GeoJSON. */
#include "app/cli_circle.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define OUT_BYTES ((size_t)2 << 30)

static uint32_t
limit_ms(const struct circle_asked *q)
{
	return (uint32_t)(q->minutes * 60000);
}

/* Who says so, in every file that goes out. */
static void
provider_put(struct buf *b, const struct circle_road *r)
{
	const char *p = r->b.about.label;

	for (; *p != '\0'; p++)
		if (*p == '"' || *p == '\\')
			buf_printf(b, "\\%c", *p);
		else if ((unsigned char)*p >= 0x20)
			buf_char(b, *p);
}

static int
done(struct circle_asked *q, struct circle_road *r, struct buf *b)
{
	bool fine = cli_circle_put(q, b);

	buf_free(b);
	cli_circle_close(r);
	return fine ? 0 : 1;
}

struct two { struct circle_road r; struct circle_places from, to; struct route_stop *from_stop,
    *to_stop; struct route_matrix m; };

static bool
two_open(struct circle_asked *q, const char *from, const char *to, uint32_t limit, struct two *x)
{
	uint32_t from_off, to_off;

	*x = (struct two){ .r.map = { NULL, 0 } };
	if (from == NULL || to == NULL) {
		cli_circle_usage();
		return false;
	}
	if (!cli_circle_places(q, from, &x->from) || !cli_circle_places(q, to, &x->to) ||
	    !cli_circle_open(q, true, &x->r))
		return false;
	x->from_stop = cli_circle_stops(q, &x->r, &x->from, &from_off);
	x->to_stop = cli_circle_stops(q, &x->r, &x->to, &to_off);
	if (x->from_stop == NULL || x->to_stop == NULL)
		return false;
	fprintf(stderr, "%u and %u places, off the network %u and %u\n", x->from.n, x->to.n,
	    from_off, to_off);
	return cli_circle_matrix(q, &x->r, x->from_stop, x->from.n, x->to_stop, x->to.n, limit, &x->m);
}

static void
seconds_put(struct buf *b, uint32_t ms)
{
	buf_printf(b, "%u.%03u", ms / 1000, ms % 1000);
}

int
cli_circle_pairs(struct circle_asked *q)
{
	struct two x;
	struct buf b;

	if (!two_open(q, q->from, q->to, limit_ms(q), &x))
		return 1;
	buf_init(&b, OUT_BYTES);
	buf_add(&b, TEXT("from,to,seconds\n"));
	for (uint32_t i = 0; i < x.m.n_from; i++)
		for (uint32_t k = 0; k < x.m.row[i].n; k++) {
			buf_printf(&b, "%" PRId64 ",%" PRId64 ",", x.from.v[i].code,
			    x.to.v[x.m.row[i].v[k].to].code);
			seconds_put(&b, x.m.row[i].v[k].ms);
			buf_char(&b, '\n');
		}
	return done(q, &x.r, &b);
}

int
cli_circle_nearest(struct circle_asked *q)
{
	struct route_pair near[1000];
	struct two x;
	struct buf b;

	if (!two_open(q, q->villages, q->points, limit_ms(q), &x))
		return 1;
	buf_init(&b, OUT_BYTES);
	buf_add(&b, TEXT("village,rank,point,seconds\n"));
	for (uint32_t i = 0; i < x.m.n_from; i++) {
		uint32_t n = route_row_nearest(&x.m.row[i], (uint32_t)q->k, near);

		for (uint32_t k = 0; k < n; k++) {
			buf_printf(&b, "%" PRId64 ",%u,%" PRId64 ",", x.from.v[i].code, k + 1,
			    x.to.v[near[k].to].code);
			seconds_put(&b, near[k].ms);
			buf_char(&b, '\n');
		}
	}
	return done(q, &x.r, &b);
}

/* ---- who is covered ------------------------------------------------------------------------ */

enum state { COVERED, UNCOVERED, CANNOT_TELL, OFF, STATES };
static const char *const state_names[STATES] = { "covered", "uncovered", "cannot_tell", "off_network" };

struct verdict { enum state state; uint32_t point, ms, low_ms, high_ms; };

static void
cover_out(struct buf *b, const struct circle_asked *q, const struct circle_road *r,
    const struct circle_place *p, uint32_t n,
    const struct verdict *v, const struct circle_places *points)
{
	bool first = true;

	if (q->geojson) {
		buf_add(b, TEXT("{\"type\":\"FeatureCollection\",\"provider\":\""));
		if (r == NULL)
			buf_add(b, TEXT("est"));
		else
			provider_put(b, r);
		buf_printf(b, "\",\"minutes\":%" PRId64 ",\"features\":[", q->minutes);
	} else {
		buf_add(b, TEXT("village,state,point,seconds,low,high\n"));
	}
	for (uint32_t i = 0; i < n; i++, first = false) {
		const char *state = state_names[(int)v[i].state];

		if (q->geojson)
			buf_printf(b,
			    "%s\n{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.7f,%.7f]},\"properties\":"
			    "{\"code\":%" PRId64 ",\"state\":\"%s\"", first ? "" : ",",
			    p[i].at.lon / 1e7, p[i].at.lat / 1e7, p[i].code, state);
		else
			buf_printf(b, "%" PRId64 ",%s,", p[i].code, state);
		if (v[i].point != ROUTE_NONE) {
			buf_printf(b,
			    q->geojson ? ",\"point\":%" PRId64 ",\"seconds\":" : "%" PRId64 ",",
			    points->v[v[i].point].code);
			seconds_put(b, v[i].ms);
		} else if (!q->geojson) {
			buf_char(b, ',');
		}
		if (q->geojson)
			buf_add(b, TEXT("}}"));
		else if (v[i].high_ms != 0)
			buf_printf(b, ",%u,%u\n", v[i].low_ms / 1000, v[i].high_ms / 1000);
		else
			buf_add(b, TEXT(",,\n"));
	}
	if (q->geojson)
		buf_add(b, TEXT("\n]}\n"));
}

static void
cover_sum(const struct verdict *v, uint32_t n, const struct circle_asked *q)
{
	uint32_t count[STATES] = { 0 };

	for (uint32_t i = 0; i < n; i++)
		count[(int)v[i].state]++;
	fprintf(stderr, "within %" PRId64 " minutes: %u of %u covered, %u not, %u cannot be told, %u off the network\n", q->minutes,
	    count[COVERED], n, count[UNCOVERED], count[CANNOT_TELL], count[OFF]);
}

/* By straight lines: the point whose middle time is least; the verdict of the best band. */
static struct verdict
est_verdict(const struct circle_places *points, struct route_point at, uint32_t speed, uint32_t limit)
{
	struct verdict v = { .state = UNCOVERED, .point = ROUTE_NONE };
	uint32_t best = ROUTE_NEVER;

	for (uint32_t k = 0; k < points->n; k++) {
		struct circle_band band = circle_est(at, points->v[k].at, speed);
		enum circle_told told = circle_est_within(band, limit);

		if (told == CIRCLE_WITHIN)
			v.state = COVERED;
		else if (told == CIRCLE_CANNOT_TELL && v.state == UNCOVERED)
			v.state = CANNOT_TELL;
		if (band.middle_ms < best) {
			best = v.ms = band.middle_ms;
			v.point = k;
			v.low_ms = band.low_ms;
			v.high_ms = band.high_ms;
		}
	}
	return v;
}

static int
est_cover(struct circle_asked *q)
{
	struct circle_road none = { .map = { NULL, 0 } };
	struct circle_places villages, points;
	struct verdict *v;
	struct buf b;

	if (!cli_circle_places(q, q->villages, &villages) || !cli_circle_places(q, q->points, &points))
		return 1;
	v = arena_array(q->mem, villages.n + 1, sizeof *v);
	if (v == NULL)
		return 1;
	for (uint32_t i = 0; i < villages.n; i++)
		v[i] = est_verdict(&points, villages.v[i].at, circle_est_speed(q->mode), limit_ms(q));
	cover_sum(v, villages.n, q);
	buf_init(&b, OUT_BYTES);
	cover_out(&b, q, NULL, villages.v, villages.n, v, &points);
	return done(q, &none, &b);
}

int
cli_circle_cover(struct circle_asked *q)
{
	struct verdict *v;
	struct two x;
	struct buf b;

	if (q->villages == NULL || q->points == NULL)
		return cli_circle_usage();
	if (q->est)
		return est_cover(q);
	if (!two_open(q, q->villages, q->points, limit_ms(q), &x))
		return 1;
	v = arena_array(q->mem, x.from.n + 1, sizeof *v);
	if (v == NULL)
		return 1;
	for (uint32_t i = 0; i < x.from.n; i++) {
		struct route_pair near;

		v[i].state = route_stop_is_off(&x.from_stop[i]) ? OFF : UNCOVERED;
		v[i].point = ROUTE_NONE;
		if (route_row_nearest(&x.m.row[i], 1, &near) == 0)
			continue;
		v[i].state = COVERED;
		v[i].point = near.to;
		v[i].ms = near.ms;
	}
	cover_sum(v, x.from.n, q);
	buf_init(&b, OUT_BYTES);
	cover_out(&b, q, &x.r, x.from.v, x.from.n, v, &x.to);
	return done(q, &x.r, &b);
}

/* ---- polygons ------------------------------------------------------------------------------ */

static void
ring_put(struct buf *b, const struct route_ring *ring)
{
	buf_char(b, '[');
	for (uint32_t i = 0; i <= ring->n; i++)
		buf_printf(b, "%s[%.6f,%.6f]", i == 0 ? "" : ",", ring->v[i % ring->n].lon / 1e7,
		    ring->v[i % ring->n].lat / 1e7);
	buf_char(b, ']');
}

static void
area_put(struct buf *b, const struct circle_asked *q, const struct circle_road *r,
    const struct route_area *area)
{
	bool first = true;

	buf_add(b, TEXT("{\"type\":\"Feature\",\"properties\":{\"provider\":\""));
	provider_put(b, r);
	buf_printf(b,
	    "\",\"minutes\":%" PRId64 ",\"cell_m\":%.0f},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[",
	    q->minutes, area->cell_m);
	for (uint32_t i = 0; i < area->n; i++) {
		if (area->ring[i].in != ROUTE_NONE)
			continue;
		buf_add(b, first ? TEXT("\n[") : TEXT(",\n["));
		ring_put(b, &area->ring[i]);
		for (uint32_t k = 0; k < area->n; k++)
			if (area->ring[k].in == i) {
				buf_char(b, ',');
				ring_put(b, &area->ring[k]);
			}
		buf_char(b, ']');
		first = false;
	}
	buf_add(b, TEXT("]}}\n"));
}

/* --at LON,LAT in the datum that was said. */
static bool
at_parse(const struct circle_asked *q, struct route_point *ret)
{
	struct route_degrees d;
	enum route_datum datum;
	char more;

	if (!cli_circle_datum(q, &datum))
		return false;
	if (datum == ROUTE_DATUM_NONE) {
		fprintf(stderr,
		    "zhaofa: circle: 没有说明坐标系 --datum wgs84、cgcs2000、gcj02 或 bd09 / which datum?\n");
		return false;
	}
	if (q->at == NULL || sscanf(q->at, "%lf,%lf%c", &d.lon, &d.lat, &more) != 2 ||
	    route_datum_to_wgs84(datum, d, &d) != RC_OK || route_point_of(d, ret) != RC_OK) {
		fprintf(stderr, "zhaofa: circle: --at LON,LAT: 120.62,31.30\n");
		return false;
	}
	return true;
}

int
cli_circle_isochrone(struct circle_asked *q)
{
	struct circle_road r = { .map = { NULL, 0 } };
	struct route_snap how = { (uint32_t)q->reach, 750 };
	struct route_search *search;
	struct route_seed seed[2];
	struct route_point at;
	struct route_area area;
	struct route_stop from;
	struct buf b;
	enum rc rc;

	if (!at_parse(q, &at) || !cli_circle_open(q, true, &r))
		return 1;
	if (!route_grid_snap(r.grid, &how, at, &from)) {
		fprintf(stderr,
		    "zhaofa: circle: %" PRId64 " 米内没有道路 / no street within %" PRId64 " m\n",
		    q->reach, q->reach);
		cli_circle_close(&r);
		return 1;
	}
	rc = route_search_new(q->mem, &r.graph, &search);
	if (rc == RC_OK) {
		route_search_run(search, seed, route_stop_seeds(&from, false, 0, seed), limit_ms(q));
		rc = route_isochrone(q->mem, q->spare, &r.b.net, &r.graph, search, &from,
		    limit_ms(q), (double)q->cell, &area);
	}
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: circle: %s\n", rc_name(rc));
		cli_circle_close(&r);
		return 1;
	}
	buf_init(&b, OUT_BYTES);
	area_put(&b, q, &r, &area);
	return done(q, &r, &b);
}
