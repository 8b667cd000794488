/* route_geo_test: datums, distances, and the nearest street, each against what is known or plainer. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/route/route_snap.h"
#include "engine/route/route_stage.h"

#define assert_near(a, b, most) assert_true(fabs((a) - (b)) <= (most))

static struct arena *mem;

static int
setup(void **state)
{
	(void)state;
	mem = arena_create((size_t)128 << 20);
	return mem == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

static double
metres(struct route_degrees a, struct route_degrees b)
{
	double x = (a.lon - b.lon) * 111320 * cos(a.lat * 3.14159265358979 / 180),
	    y = (a.lat - b.lat) * 111000;

	return sqrt(x * x + y * y);
}

static void
a_datum_must_be_named(void **state)
{
	enum route_datum d = ROUTE_DATUM_NONE;
	struct route_degrees p = { 120.6, 31.3 }, q;

	(void)state;
	assert_int_equal(route_datum_parse(TEXT("WGS-84"), &d), RC_OK);
	assert_int_equal(d, ROUTE_DATUM_WGS84);
	assert_int_equal(route_datum_parse(TEXT("cgcs2000"), &d), RC_OK);
	assert_int_equal(route_datum_parse(TEXT("GCJ-02"), &d), RC_OK);
	assert_int_equal(d, ROUTE_DATUM_GCJ02);
	assert_int_equal(route_datum_parse(TEXT("bd09"), &d), RC_OK);
	assert_int_equal(d, ROUTE_DATUM_BD09);
	assert_int_equal(route_datum_parse(TEXT(""), &d), RC_INVALID);
	assert_int_equal(route_datum_parse(TEXT("wgs"), &d), RC_INVALID);
	assert_int_equal(route_datum_parse(TEXT("wgs84wgs84wgs84"), &d), RC_INVALID);
	assert_int_equal(route_datum_to_wgs84(ROUTE_DATUM_NONE, p, &q), RC_INVALID);
	assert_int_equal(route_datum_from_wgs84(ROUTE_DATUM_NONE, p, &q), RC_INVALID);
	p.lat = NAN;
	assert_int_equal(route_datum_to_wgs84(ROUTE_DATUM_GCJ02, p, &q), RC_INVALID);
	p.lat = 120.6;
	assert_int_equal(route_datum_to_wgs84(ROUTE_DATUM_WGS84, p, &q), RC_INVALID); /* swapped */
}

static void
shifts_are_the_published_ones(void **state)
{
	struct route_degrees p = { 116.404, 39.915 }, q;

	(void)state;
	assert_int_equal(route_datum_from_wgs84(ROUTE_DATUM_GCJ02, p, &q), RC_OK);
	assert_near(q.lon, 116.41024449916938, 1e-9);
	assert_near(q.lat, 39.91640428150164, 1e-9);
	/* what GCJ-02 116.404, 39.915 is in BD-09, from the place in WGS-84 that gives it */
	assert_int_equal(route_datum_to_wgs84(ROUTE_DATUM_GCJ02, p, &q), RC_OK);
	assert_int_equal(route_datum_from_wgs84(ROUTE_DATUM_BD09, q, &q), RC_OK);
	assert_near(q.lon, 116.41036949371029, 1e-9);
	assert_near(q.lat, 39.92133699351021, 1e-9);
	p = (struct route_degrees){ 2.35, 48.85 }; /* not in China: as it is */
	assert_int_equal(route_datum_from_wgs84(ROUTE_DATUM_GCJ02, p, &q), RC_OK);
	assert_near(q.lon, 2.35, 0);
}

static void
the_way_back_is_exact(void **state)
{
	static const enum route_datum v[] = { ROUTE_DATUM_WGS84, ROUTE_DATUM_CGCS2000,
	    ROUTE_DATUM_GCJ02, ROUTE_DATUM_BD09 };
	struct route_draw d = { 5 };
	double least = 1e9, most = 0;

	(void)state;
	for (int i = 0; i < 4000; i++) {
		struct route_degrees p = { 119.9 + route_draw(&d, 1500000) / 1e6,
		    30.7 + route_draw(&d, 1300000) / 1e6 }, q, r;

		for (size_t k = 0; k < sizeof v / sizeof v[0]; k++) {
			assert_int_equal(route_datum_from_wgs84(v[k], p, &q), RC_OK);
			assert_int_equal(route_datum_to_wgs84(v[k], q, &r), RC_OK);
			assert_true(metres(p, r) < 5e-9); /* 1e-9 m, and what a double in degrees can hold */
			if (v[k] == ROUTE_DATUM_GCJ02) {
				least = fmin(least, metres(p, q));
				most = fmax(most, metres(p, q));
			}
		}
	}
	assert_true(least > 430 && least < 475 && most > 505 && most < 540); /* over Suzhou */
}

static void
distances_are_those_of_the_ellipsoid(void **state)
{
	struct route_point a = { 1206000000, 310000000 }, north = { 1206000000, 311000000 },
	    east = { 1207000000, 310000000 };

	(void)state;
	/* integrated along meridian and parallel of WGS-84 */
	assert_near(route_metres(a, north), 11087.03, 0.5);
	assert_near(route_metres(a, east), 9550.43, 0.5);
	assert_near(route_great_circle(a, north), 11119.51, 0.5);
	assert_near(route_great_circle(a, a), 0, 0);
	assert_near(route_great_circle((struct route_point){ 0, 0 },
	    (struct route_point){ 1800000000, 0 }), 20015114.4, 1);
}

/* ---- streets ------------------------------------------------------------------------------- */

static double
off_metres(const struct route_net *net, struct route_point p, uint32_t u, uint32_t v)
{
	struct route_scale s = route_scale_at(p.lat);
	double ax = ((double)net->at[u].lon - p.lon) * s.x, ay = ((double)net->at[u].lat - p.lat) * s.y;
	double bx = ((double)net->at[v].lon - p.lon) * s.x, by = ((double)net->at[v].lat - p.lat) * s.y;
	double dx = bx - ax, dy = by - ay, t = dx == 0 &&
	    dy == 0 ? 0 : -(ax * dx + ay * dy) / (dx * dx + dy * dy);

	t = fmin(1, fmax(0, t));
	return hypot(ax + t * dx, ay + t * dy);
}

static void
snap_check(const struct route_net *net, const struct route_grid *g, const uint32_t *strong,
    struct route_draw *d)
{
	struct route_snap how = { 1 + route_draw(d, 3000), route_draw(d, 2) == 0 ? 0 : 750 };
	struct route_point p = { 1205900000 + (int32_t)route_draw(d, 1100000),
	    312900000 + (int32_t)route_draw(d, 1100000) };
	struct route_stop stop;
	double best = 1e9;
	bool on = route_grid_snap(g, &how, p, &stop);

	for (uint32_t u = 0; u < net->n; u++)
		for (uint32_t a = net->first[u]; a < net->first[u + 1]; a++)
			if (net->ms[ROUTE_EBIKE][a] != ROUTE_NEVER &&
			    (strong == NULL || (strong[u] == 0 && strong[net->head[a]] == 0)))
				best = fmin(best, off_metres(net, p, u, net->head[a]));
	if (fabs(best - how.reach_m) < 1e-3)
		return;
	assert_int_equal(on, best < how.reach_m);
	assert_int_equal(on, !route_stop_is_off(&stop));
	if (!on)
		return;
	assert_near(stop.off_dm / 10.0, best, 0.051);
	assert_near(off_metres(net, p, stop.node[0], stop.node[1]), best, 1e-6);
	assert_true(stop.node[0] < stop.node[1] && stop.along <= ROUTE_ALONG_END);
	assert_near(stop.access_ms, best * how.access_ms_per_m, 1);
	for (int way = 0; way < 2; way++) {
		uint32_t ms = ROUTE_NEVER, u = stop.node[way];

		for (uint32_t a = net->first[u]; a < net->first[u + 1]; a++)
			if (net->head[a] == stop.node[1 - way])
				ms = net->ms[ROUTE_EBIKE][a];
		assert_int_equal(stop.street_ms[way], ms);
		if (ms != ROUTE_NEVER)
			assert_int_equal(stop.in_ms[way] + stop.out_ms[1 - way], ms + 2 * stop.access_ms);
	}
}

static void
the_nearest_street_is_found(void **state)
{
	struct route_draw d = { 11 };

	(void)state;
	for (int i = 0; i < 400; i++) {
		struct route_small s;
		struct route_islands is;
		struct route_grid *g;
		uint32_t n = 1 + route_draw(&d, 60);
		bool mainland = route_draw(&d, 2) == 0;

		arena_reset(mem);
		route_small_draw(mem, &d, n, route_draw(&d, 3 * n), 900, ROUTE_EBIKE, &s);
		assert_int_equal(route_islands(mem, mem, &s.forth, &is), RC_OK);
		assert_int_equal(route_grid_new(mem, mem, &s.net, ROUTE_EBIKE,
		    mainland ? is.strong : NULL, &g), RC_OK);
		for (int k = 0; k < 30; k++)
			snap_check(&s.net, g, mainland ? is.strong : NULL, &d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_datum_must_be_named),
		cmocka_unit_test(shifts_are_the_published_ones),
		cmocka_unit_test(the_way_back_is_exact),
		cmocka_unit_test(distances_are_those_of_the_ellipsoid),
		cmocka_unit_test(the_nearest_street_is_found),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
