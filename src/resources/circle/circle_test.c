/* circle_test: tags, tables, straight lines and the made-up city; both sides of each limit. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "resources/circle/circle.h"
#include "standards/region/region.h"

#define CITY_HASH UINT64_C(0xdb744cc183b32186) /* of seed 1 */

static struct arena *mem, *spare;
static struct circle_speeds speeds;

static int
setup(void **state)
{
	(void)state;
	mem = arena_create((size_t)2 << 30);
	spare = arena_create((size_t)2 << 30);
	if (mem == NULL || spare == NULL)
		return -1;
	return circle_speeds_carried(mem, &speeds) == RC_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	arena_free(spare);
	return 0;
}

/* ---- tags ---------------------------------------------------------------------------------- */

/* "key=value key=value" as a way; false: no way. */
static bool
way_of(const char *words, struct circle_way *ret)
{
	struct circle_tag tag[8];
	struct text rest = text_of(words);
	size_t n = 0;

	while (rest.n > 0) {
		struct text value = text_cut(&rest, ' ');

		tag[n].key = text_cut(&value, '=');
		tag[n++].value = value;
	}
	return circle_way_of(&speeds, tag, n, ret);
}

static void
tags_say_who_may_go(void **state)
{
	/* forth and back by mode, km/h; posted speeds count 85 % */
	static const struct { const char *tags; double forth[3], back[3]; } want[] = {
		{ "highway=residential", { 26, 18, 4.8 }, { 26, 18, 4.8 } },
		{ "highway=residential maxspeed=30", { 25.5, 18, 4.8 }, { 25.5, 18, 4.8 } },
		{ "highway=primary maxspeed=30_mph", { 55, 20, 4.8 }, { 55, 20, 4.8 } },
		{ "highway=primary maxspeed=walk", { 55, 20, 4.8 }, { 55, 20, 4.8 } },
		{ "highway=motorway", { 95, 0, 0 }, { 0, 0, 0 } },
		{ "highway=motorway oneway=no", { 95, 0, 0 }, { 95, 0, 0 } },
		{ "highway=residential oneway=yes", { 26, 18, 4.8 }, { 0, 0, 4.8 } },
		{ "highway=residential oneway=-1", { 0, 0, 4.8 }, { 26, 18, 4.8 } },
		{ "highway=residential oneway=yes oneway:bicycle=no", { 26, 18, 4.8 }, { 0, 18, 4.8 } },
		{ "highway=tertiary junction=roundabout", { 40, 20, 4.8 }, { 0, 0, 4.8 } },
		{ "highway=service access=private", { 0, 0, 0 }, { 0, 0, 0 } },
		{ "highway=service access=no foot=yes", { 0, 0, 4.8 }, { 0, 0, 4.8 } },
		{ "highway=service motor_vehicle=no", { 0, 15, 4.8 }, { 0, 15, 4.8 } },
		{ "highway=service vehicle=no bicycle=yes", { 0, 15, 4.8 }, { 0, 15, 4.8 } },
		{ "highway=footway", { 0, 0, 4.8 }, { 0, 0, 4.8 } },
		{ "highway=footway bicycle=yes", { 0, 12, 4.8 }, { 0, 12, 4.8 } },
		{ "highway=footway motorcar=yes", { 0, 0, 4.8 }, { 0, 0, 4.8 } },
		{ "highway=proposed", { 0, 0, 0 }, { 0, 0, 0 } },
		{ "highway=pedestrian area=yes", { 0, 0, 0 }, { 0, 0, 0 } },
		{ "building=yes", { 0, 0, 0 }, { 0, 0, 0 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		struct circle_way w;
		bool any = way_of(want[i].tags, &w), wanted = false;

		for (int k = 0; k < ROUTE_MODES; k++) {
			if (w.forth[k] != (uint32_t)(want[i].forth[k] * 1000 + 0.5) ||
			    w.back[k] != (uint32_t)(want[i].back[k] * 1000 + 0.5))
				fail_msg("%s, mode %d: %u and %u", want[i].tags, k, w.forth[k], w.back[k]);
			wanted = wanted || want[i].forth[k] > 0 || want[i].back[k] > 0;
		}
		assert_int_equal(any, wanted);
	}
}

static void
a_table_of_speeds_is_checked(void **state)
{
	static const struct { const char *csv; bool fine; } v[] = {
		{ "class,car_kmh,ebike_kmh,foot_kmh\na,0.1,200,\n", true },
		    { "class,car_kmh,ebike_kmh,foot_kmh\na,0,1,1\n", false },
		{ "class,car_kmh,ebike_kmh,foot_kmh\na,200.1,1,1\n", false },
		    { "class,car_kmh,ebike_kmh,foot_kmh\na,1.25,1,1\n", false },
		{ "class,car_kmh,ebike_kmh,foot_kmh\n,1,1,1\n", false },
		    { "class,car_kmh,foot_kmh\na,1,1\n", false },
		{ "class,car_kmh,ebike_kmh,foot_kmh\nabcdefghijabcdefghijabc,1,1,1\n", true },
		{ "class,car_kmh,ebike_kmh,foot_kmh\nabcdefghijabcdefghijabcd,1,1,1\n", false },
	};

	(void)state;
	assert_int_equal(speeds.n, 23);
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		struct circle_speeds got;
		struct findings f = { .n = 0 };
		enum rc rc = circle_speeds_read(mem, text_of(v[i].csv), &got, &f);

		assert_int_equal(rc, v[i].fine ? RC_OK : RC_INVALID);
		assert_int_equal(f.total == 0, v[i].fine);
	}
}

/* ---- tables -------------------------------------------------------------------------------- */

#define NODES "id,lon,lat\n10,120.60,31.30\n11,120.61,31.30\n12,120.61,31.31\n"

static void
a_table_becomes_links(void **state)
{
	struct circle_import m;
	struct findings f = { .n = 0 };
	bool in_edges;

	(void)state;
	assert_int_equal(circle_csv_import(mem, spare, TEXT(NODES),
	    TEXT("from,to,metres,oneway,class,car_kmh\n"
	    "10,11,1000,,,60\n11,12,500,1,residential,\n10,99,1,,,5\n10,10,1,,,5\n"),
	    ROUTE_DATUM_WGS84, &speeds,
	    (struct circle_bounds){ 0, 0, 0, 0 }, &m, &f, &in_edges), RC_OK);
	assert_int_equal(f.total, 0);
	assert_int_equal(m.links.n, 3);
	assert_int_equal(m.links.m, 3);
	assert_int_equal(m.lost, 1);
	assert_int_equal(m.links.link[0].ms[ROUTE_CAR], 60000);
	assert_int_equal(m.links.link[0].ms[ROUTE_FOOT], ROUTE_NEVER);
	assert_int_equal(m.links.link[1].from, 1);
	assert_int_equal(m.links.link[2].ms[ROUTE_FOOT], 375000);
	assert_int_equal(m.links.at[0].lon, 1206000000);
	/* where the cell is empty, the straight line */
	assert_int_equal(circle_csv_import(mem, spare, TEXT(NODES),
	    TEXT("from,to,foot_kmh\n10,11,3.6\n"), ROUTE_DATUM_WGS84, &speeds,
	    (struct circle_bounds){ 0, 0, 0, 0 }, &m, &f, &in_edges), RC_OK);
	assert_true(m.links.link[0].ms[ROUTE_FOOT] > 951000 && m.links.link[0].ms[ROUTE_FOOT] < 953000);
}

static void
datum_and_bounds_count(void **state)
{
	struct circle_import m;
	struct findings f = { .n = 0 };
	struct circle_bounds around = { 1205900000, 312900000, 1206050000, 313100000 };
	bool in_edges;

	(void)state;
	assert_int_equal(circle_csv_import(mem, spare, TEXT(NODES),
	    TEXT("from,to,class\n10,11,path\n"), ROUTE_DATUM_GCJ02, &speeds,
	    (struct circle_bounds){ 0, 0, 0, 0 }, &m, &f, &in_edges), RC_OK);
	assert_true(m.links.at[0].lon < 1206000000 - 30000 && m.links.at[0].lon > 1206000000 - 60000);
	assert_int_equal(circle_csv_import(mem, spare, TEXT(NODES),
	    TEXT("from,to,class\n10,11,path\n"), ROUTE_DATUM_WGS84, &speeds,
	    around, &m, &f, &in_edges), RC_OK);
	assert_int_equal(m.links.n, 1);
	assert_int_equal(m.outside, 2);
	assert_int_equal(m.lost, 1);
	assert_int_equal(circle_csv_import(mem, spare, TEXT(NODES),
	    TEXT("from,to,class\n10,11,path\n"), ROUTE_DATUM_NONE, &speeds,
	    around, &m, &f, &in_edges), RC_INVALID);
	assert_int_equal(f.total, 1);
}

static void
what_is_wrong_is_named_with_its_line(void **state)
{
	static const struct { const char *nodes, *edges, *column; int line; bool in_edges; } v[] = {
		{ "id,lon,lat\nx,120,31\n", "from,to\n", "id", 2, false },
		{ "id,lon,lat\n1,120,31\n2,12O,31\n", "from,to\n", "lon", 3, false },
		{ "id,lon,lat\n1,120,\n", "from,to\n", "lat", 2, false },
		{ "id,lon,lat\n1,31.3,120.6\n", "from,to\n", "lat", 2, false }, /* swapped */
		{ "id,lon,lat\n1,181,31\n", "from,to\n", "lon", 2, false },
		{ "id,lon,lat\n1,120,90.1\n", "from,to\n", "lon", 2, false },
		{ "id,lat\n1,120\n", "from,to\n", "lon", 1, false },
		{ NODES, "from,to,metres,class\n10,11,-1,path\n", "metres", 2, true },
		{ NODES, "from,to,metres,class\n10,11,1000001,path\n", "metres", 2, true },
		{ NODES, "from,to,class,oneway\n10,11,path,2\n", "oneway", 2, true },
		{ NODES, "from,to,class\n10,11,\n", "class", 2, true },
		{ NODES, "from,to,class\n10,11,lane\n", "class", 2, true },
		{ NODES, "from,to,car_kmh\n10,11,301\n", "car_kmh", 2, true },
		{ NODES, "from,to,car_kmh\n10,11,1e2\n", "car_kmh", 2, true },
		{ NODES, "from,to,class\n10,y,path\n", "to", 2, true },
		{ NODES, "to,class\n10,path\n", "from", 1, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		struct circle_import m;
		struct findings f = { .n = 0 };
		bool in_edges;
		enum rc rc = circle_csv_import(mem, spare, text_of(v[i].nodes), text_of(v[i].edges),
		    ROUTE_DATUM_WGS84, &speeds,
		    (struct circle_bounds){ 0, 0, 0, 0 }, &m, &f, &in_edges);

		if (rc != RC_INVALID || f.n == 0 || f.v[0].line != v[i].line || strcmp(f.v[0].field,
		    v[i].column) != 0 ||
		    in_edges != v[i].in_edges)
			fail_msg("%zu: %s, %zu findings, line %d, %s", i, rc_name(rc), f.n,
			    f.n > 0 ? f.v[0].line : 0,
			    f.n > 0 ? f.v[0].field : "");
	}
}

static void
places_need_a_datum(void **state)
{
	struct circle_places p;
	struct findings f = { .n = 0 };

	(void)state;
	assert_int_equal(circle_places_read(mem,
	    TEXT("code,name,lon,lat,datum\n1,甲,120.6,31.3,\n2,乙,120.6,31.3,gcj02\n"),
	    ROUTE_DATUM_WGS84, &p, &f), RC_OK);
	assert_int_equal(p.n, 2);
	assert_int_equal(p.v[0].at.lon, 1206000000);
	assert_true(p.v[1].at.lon < 1205970000);
	assert_true(text_equals(p.v[1].name, TEXT("乙")));
	assert_int_equal(circle_places_read(mem, TEXT("code,lon,lat\n1,120.6,31.3\n"),
	    ROUTE_DATUM_NONE, &p, &f), RC_INVALID);
	assert_int_equal(f.total, 1);
	assert_string_equal(f.v[0].field, "datum");
	f = (struct findings){ .n = 0 };
	assert_int_equal(circle_places_read(mem, TEXT("code,lon,lat,datum\n1,120.6,31.3,mars\n"),
	    ROUTE_DATUM_WGS84, &p, &f), RC_INVALID);
	assert_string_equal(f.v[0].field, "datum");
}

/* ---- straight lines ------------------------------------------------------------------------ */

static void
a_band_that_holds_the_limit_tells_nothing(void **state)
{
	/* 10 km north: 1.33 and 1.88 times the line at up to 10 km, 1.28 and 1.55 beyond */
	struct route_point a = { 1206000000, 310000000 }, near = { 1206000000, 310899000 },
	    far = { 1206000000, 310900000 };
	struct circle_band band = circle_est(a, near, 20000);

	(void)state;
	assert_true(route_great_circle(a, near) < 10000 && route_great_circle(a, far) > 10000);
	assert_true(band.low_ms > 1799000 && band.low_ms < 1800000);
	assert_true(fabs(band.middle_ms / 1.33 - band.low_ms) < 2 &&
	    fabs(band.high_ms / 1.88 - band.low_ms) < 2);
	band = circle_est(a, far, 20000);
	assert_true(fabs(band.middle_ms / 1.28 - band.low_ms) < 2 &&
	    fabs(band.high_ms / 1.55 - band.low_ms) < 2);
	assert_int_equal(circle_est_within(band, band.high_ms), CIRCLE_WITHIN);
	assert_int_equal(circle_est_within(band, band.high_ms - 1), CIRCLE_CANNOT_TELL);
	assert_int_equal(circle_est_within(band, band.low_ms), CIRCLE_CANNOT_TELL);
	assert_int_equal(circle_est_within(band, band.low_ms - 1), CIRCLE_BEYOND);
	band = circle_est(a, a, 20000);
	assert_int_equal(band.high_ms, 0);
	band = circle_est(a, far, 0);
	assert_int_equal(circle_est_within(band, 86400000), CIRCLE_BEYOND);
}

/* ---- the made-up city ---------------------------------------------------------------------- */

static uint64_t
hash_of(uint64_t h, const void *p, size_t n)
{
	return h * UINT64_C(0x100000001b3) ^ text_hash((struct text){ p, n });
}

static uint64_t
city_hash(uint64_t seed, struct circle_links *ret)
{
	arena_reset(spare);
	assert_int_equal(circle_synth(mem, spare, seed, 1, ret), RC_OK);
	return hash_of(hash_of(1, ret->at, ret->n * sizeof *ret->at), ret->link, ret->m * sizeof *ret->link);
}

static bool
in_the_city(struct route_point p)
{
	size_t n;
	const struct region_outline *v = region_outlines(&n);
	struct geo g = { p.lon / 10, p.lat / 10, GEO_ESTIMATE };

	for (size_t i = 0; i < n; i++)
		if (geo_ring_has(v[i].ring, g))
			return !region_is_lake(g);
	return false;
}

static void
the_city_is_the_same_everywhere(void **state)
{
	struct circle_links l, other;
	struct circle_places villages, points;

	(void)state;
	assert_int_equal(city_hash(1, &l), CITY_HASH);
	assert_true(l.n > 200000 && l.n < 230000);
	assert_true(city_hash(2, &other) != CITY_HASH);
	for (uint32_t i = 0; i < l.n; i += 97)
		assert_true(in_the_city(l.at[i]));
	assert_int_equal(circle_synth_places(mem, 1, 2100, &villages, &points), RC_OK);
	assert_int_equal(villages.n, 2248);
	assert_int_equal(points.n, 2100);
	assert_int_equal(circle_synth_places(mem, 1, 1, &villages, &points), RC_OK);
	assert_int_equal(points.n, 1);
	assert_int_equal(circle_synth_places(mem, 1, 999999, &villages, &points), RC_OK);
	assert_int_equal(points.n, 2248);
}

/* ---- files --------------------------------------------------------------------------------- */

static void
a_file_is_saved_whole_and_mapped(void **state)
{
	static const struct route_point at[] = { { 1, 2 }, { 3, 4 } };
	static const struct route_link link[] = { { 0, 1, { 5, 6, 7 } } };
	struct route_bundle b = { .about = { ROUTE_PROVIDER_NET, INT32_MIN, "x" } }, c;
	struct route_findings findings;
	struct circle_map map;
	enum route_file_why why;
	char path[] = "/tmp/zhaofa-circle-test-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(circle_file_open(path, &map, &c, &why), RC_CORRUPT); /* empty */
	assert_int_equal(route_build(mem, spare, at, 2, link, 1, &b.net, NULL, &findings), RC_OK);
	assert_int_equal(circle_file_save(path, &b), RC_OK);
	assert_int_equal(circle_file_open(path, &map, &c, &why), RC_OK);
	assert_int_equal(c.net.n, 2);
	assert_int_equal(c.net.ms[ROUTE_FOOT][0], 7);
	assert_int_equal(circle_file_save(path, &c), RC_OK); /* over the one that is mapped */
	assert_int_equal(c.net.ms[ROUTE_CAR][0], 5);
	circle_file_close(&map);
	circle_file_close(&map);
	assert_int_equal(ftruncate(fd, 0), 0); /* the first file, replaced since */
	close(fd);
	assert_int_equal(truncate(path, 4200), 0);
	assert_int_equal(circle_file_open(path, &map, &c, &why), RC_CORRUPT);
	assert_int_equal(why, ROUTE_FILE_TRUNCATED);
	assert_int_equal(circle_file_open("/nowhere/at/all", &map, &c, &why), RC_NOT_FOUND);
	assert_int_equal(circle_file_open("/tmp", &map, &c, &why), RC_UNAVAILABLE);
	assert_int_equal(circle_file_save("/nowhere/at/all", &b), RC_UNAVAILABLE);
	for (int k = ROUTE_FILE_FINE; k <= ROUTE_FILE_UNSOUND; k++)
		assert_non_null(circle_file_why_text((enum route_file_why)k));
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_say_who_may_go),
		cmocka_unit_test(a_table_of_speeds_is_checked),
		cmocka_unit_test(a_table_becomes_links),
		cmocka_unit_test(datum_and_bounds_count),
		cmocka_unit_test(what_is_wrong_is_named_with_its_line),
		cmocka_unit_test(places_need_a_datum),
		cmocka_unit_test(a_band_that_holds_the_limit_tells_nothing),
		cmocka_unit_test(the_city_is_the_same_everywhere),
		cmocka_unit_test(a_file_is_saved_whole_and_mapped),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
