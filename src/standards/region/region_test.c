#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "standards/region/region_internal.h"

#define CAP 3000

static struct division places[CAP];
static size_t places_n;

static int
read_places(void **state)
{
	struct text t = { region_divisions_csv, region_divisions_csv_n };

	(void)state;
	while (!text_is_empty(t) && places_n < CAP) {
		struct text line = text_cut(&t, '\n'), code = text_cut(&line, ',');
		struct division *d = &places[places_n];

		if (place_parse(code, &d->place) != RC_OK)
			continue;
		d->level = place_level(d->place);
		d->parent = place_up(d->place, (enum place_level)(d->level - 1));
		d->name = line;
		places_n++;
	}
	region_estimate(places, places_n, 1);
	return 0;
}

static void
the_extract_holds_the_real_divisions(void **state)
{
	size_t count[PLACE_VILLAGE + 1] = { 0 };

	(void)state;
	for (size_t i = 0; i < places_n; i++)
		count[places[i].level]++;
	assert_int_equal(count[PLACE_CITY], 1);
	assert_int_equal(count[PLACE_COUNTY], 10);
	assert_int_equal(count[PLACE_TOWN], 118);
	assert_int_equal(count[PLACE_VILLAGE], 2248);
	for (size_t i = 1; i < places_n; i++)
		assert_true(places[i - 1].place.code < places[i].place.code);
}

static void
every_county_has_an_outline(void **state)
{
	size_t n;
	const struct region_outline *v = region_outlines(&n);

	(void)state;
	assert_int_equal(n, 10);
	for (size_t i = 0; i < n; i++) {
		double km2 = geo_ring_area_m2(v[i].ring) / 1e6;

		assert_true(v[i].ring.n >= 20);
		assert_true(km2 > 80 && km2 < 3200);
	}
	assert_null(region_outline((struct place){ INT64_C(320599000000) }));
	assert_non_null(region_outline((struct place){ INT64_C(320576000000) }));
}

static void
estimates_lie_in_their_county_and_off_the_lakes(void **state)
{
	(void)state;
	for (size_t i = 0; i < places_n; i++) {
		const struct region_outline *o = region_outline(place_up(places[i].place, PLACE_COUNTY));

		if (geo_is_none(places[i].position) || places[i].position.datum != GEO_ESTIMATE)
			fail_msg("%lld has no estimate", (long long)places[i].place.code);
		if (region_is_lake(places[i].position))
			fail_msg("%lld swims", (long long)places[i].place.code);
		if (o != NULL && !geo_ring_has(o->ring, places[i].position))
			fail_msg("%lld lies abroad", (long long)places[i].place.code);
	}
}

static void
villages_lie_near_their_town(void **state)
{
	size_t near = 0, all = 0;

	(void)state;
	for (size_t i = 0; i < places_n; i++)
		for (size_t j = 0; places[i].level == PLACE_VILLAGE && j < i; j++)
			if (places[j].place.code == places[i].parent.code) {
				near += geo_distance_m(places[i].position, places[j].position) < 8000;
				all++;
			}
	assert_int_equal(all, 2248);
	assert_true(near * 10 > all * 9);
}

static void
estimates_do_not_move(void **state)
{
	static struct division again[CAP];

	(void)state;
	for (size_t i = 0; i < places_n; i++) {
		again[i] = places[i];
		again[i].position = (struct geo){ 0 };
	}
	region_estimate(again, places_n, 1);
	for (size_t i = 0; i < places_n; i++)
		assert_true(again[i].position.lon_e6 == places[i].position.lon_e6 &&
		    again[i].position.lat_e6 == places[i].position.lat_e6);
}

static void
real_positions_are_kept(void **state)
{
	struct division v[2] = {
		{ .place = { INT64_C(320508000000) }, .level = PLACE_COUNTY, .parent = { INT64_C(320500000000) } },
		{ .place = { INT64_C(320508019000) }, .level = PLACE_TOWN, .parent = { INT64_C(320508000000) },
		    .position = { 120600000, 31310000, GEO_WGS84 } },
	};

	(void)state;
	region_estimate(v, 2, 1);
	assert_int_equal(v[1].position.lon_e6, 120600000);
	assert_int_equal(v[1].position.datum, GEO_WGS84);
	assert_int_equal(v[0].position.datum, GEO_ESTIMATE);
}

static void
lakes_are_known_and_islands_are_land(void **state)
{
	(void)state;
	assert_true(region_is_lake((struct geo){ 120100000, 31200000, GEO_ESTIMATE }));  /* 太湖 */
	assert_true(region_is_lake((struct geo){ 120780000, 31430000, GEO_ESTIMATE }));  /* 阳澄湖 */
	assert_false(region_is_lake((struct geo){ 120260000, 31120000, GEO_ESTIMATE })); /* 西山 */
	assert_false(region_is_lake((struct geo){ 120620000, 31310000, GEO_ESTIMATE })); /* 姑苏 */
}

static void
distances_are_those_of_the_sphere(void **state)
{
	struct geo a = { 120000000, 31000000, GEO_WGS84 }, b = { 121000000, 31000000, GEO_WGS84 };
	struct geo c = { 120000000, 32000000, GEO_WGS84 }, none = { 0 };

	(void)state;
	assert_int_equal(geo_distance_m(a, a), 0);
	assert_int_equal(geo_distance_m(a, c), 111195);      /* one degree of a meridian */
	assert_in_range(geo_distance_m(a, b), 95310, 95315); /* 111195 * cos 31° */
	assert_int_equal(geo_distance_m(a, b), geo_distance_m(b, a));
	assert_true(geo_distance_m(a, none) == INT64_MAX);
}

static void
rings_hold_what_is_inside(void **state)
{
	static const struct geo square[] = { { 0, 1, 0 }, { 10, 1, 0 }, { 10, 11, 0 }, { 0, 11, 0 } };
	struct geo_ring ring = { square, 4 };

	(void)state;
	assert_true(geo_ring_has(ring, (struct geo){ 5, 5, 0 }));
	assert_false(geo_ring_has(ring, (struct geo){ 11, 5, 0 }));
	assert_false(geo_ring_has(ring, (struct geo){ 5, 12, 0 }));
	assert_false(geo_ring_has((struct geo_ring){ square, 0 }, (struct geo){ 5, 5, 0 }));
}

static void
the_village_part_says_town_or_country(void **state)
{
	static const struct { int part; bool rural; } cases[] = {
		{ 1, false }, { 199, false }, { 200, true }, { 399, true }, { 400, false }, { 499, false }, { 500, true },
		{ 599, true }, { 600, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(region_code_is_rural((struct place){ INT64_C(320506101000) + cases[i].part }), cases[i].rural);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_extract_holds_the_real_divisions),
		cmocka_unit_test(every_county_has_an_outline),
		cmocka_unit_test(estimates_lie_in_their_county_and_off_the_lakes),
		cmocka_unit_test(villages_lie_near_their_town),
		cmocka_unit_test(estimates_do_not_move),
		cmocka_unit_test(real_positions_are_kept),
		cmocka_unit_test(lakes_are_known_and_islands_are_land),
		cmocka_unit_test(distances_are_those_of_the_sphere),
		cmocka_unit_test(rings_hold_what_is_inside),
		cmocka_unit_test(the_village_part_says_town_or_country),
	};

	return cmocka_run_group_tests(tests, read_places, NULL);
}
