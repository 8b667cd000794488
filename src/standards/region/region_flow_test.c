#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kit/db/db_fixture_main.h"
#include "standards/region/region_internal.h"

#define CITY ((struct place){ INT64_C(320500000000) })
#define GUSU ((struct place){ INT64_C(320508000000) })
#define JINCHANG ((struct place){ INT64_C(320508019000) })
#define YANGYUXIANG ((struct place){ INT64_C(320508019044) })

static const char *engine;

static int
seeded(void **state)
{
	static struct db_fixture x;

	if (!fixture_open(&x, engine, "region"))
		return -1;
	*state = &x;
	return region_seed(&x.ctx) == RC_OK ? 0 : -1;
}

static int
close_db(void **state)
{
	fixture_close(*state);
	return 0;
}

static bool
says(struct text t, const char *want)
{
	return text_equals(t, text_of(want));
}

static void
statements_are_sound(void **state)
{
	struct db_fixture *x = *state;
	const struct db_set *sets[] = { &region_sql };
	const char *why = "";
	struct text words = TEXT_NONE;

	assert_null(db_check_statements(sets, 1, &why));
	assert_null(db_prepare_all(x->db, sets, 1, &words));
}

static void
the_city_is_seeded_once(void **state)
{
	struct db_fixture *x = *state;
	int32_t version = region_version();

	assert_int_equal(region_count(CITY, PLACE_COUNTY, DAY_NONE), 10);
	assert_int_equal(region_count(CITY, PLACE_TOWN, DAY_NONE), 118);
	assert_int_equal(region_count(CITY, PLACE_VILLAGE, DAY_NONE), 2248);
	assert_int_equal(region_count((struct place){ INT64_C(320581000000) }, PLACE_VILLAGE, DAY_NONE), 359);
	assert_int_equal(region_seed(&x->ctx), RC_OK);
	assert_int_equal(region_count(CITY, PLACE_VILLAGE, DAY_NONE), 2248);
	assert_true(region_version() > version);
}

static void
places_have_names_paths_and_children(void **state)
{
	const struct division *towns[20];

	(void)state;
	assert_true(says(region_name(YANGYUXIANG), "养育巷社区"));
	assert_true(says(region_path(YANGYUXIANG), "姑苏区 金阊街道 养育巷社区"));
	assert_true(says(region_path(GUSU), "姑苏区"));
	assert_true(says(region_path(CITY), "苏州市"));
	assert_true(text_is_empty(region_name((struct place){ INT64_C(320599000000) })));
	assert_int_equal(region_children(GUSU, DAY_NONE, towns, 20), 8);
	assert_true(says(towns[2]->name, "金阊街道"));
	assert_int_equal(region_children(CITY, DAY_NONE, towns, 3), 10);
	assert_int_equal(region_children(YANGYUXIANG, DAY_NONE, towns, 20), 0);
	assert_false(region_find(YANGYUXIANG, DAY_NONE)->rural);
	assert_true(region_find((struct place){ INT64_C(320581101000) }, DAY_NONE)->rural);
	assert_false(geo_is_none(region_find(CITY, DAY_NONE)->position));
	assert_int_equal(region_find(YANGYUXIANG, DAY_NONE)->population, -1);
}

static void
names_are_found(void **state)
{
	const struct division *hits[10];

	(void)state;
	assert_int_equal(region_search(TEXT("养育巷"), CITY, PLACE_NONE, DAY_NONE, hits, 10), 1);
	assert_int_equal(hits[0]->place.code, YANGYUXIANG.code);
	assert_int_equal(region_search(TEXT("姑苏"), CITY, PLACE_COUNTY, DAY_NONE, hits, 10), 1);
	assert_true(region_search(TEXT(" 姑苏　养育 "), CITY, PLACE_VILLAGE, DAY_NONE, hits, 10) == 1);
	assert_int_equal(region_search(TEXT("常熟 养育巷"), CITY, PLACE_NONE, DAY_NONE, hits, 10), 0);
	assert_int_equal(region_search(TEXT("养育巷"), (struct place){ INT64_C(320581000000) }, PLACE_NONE, DAY_NONE, hits,
	    10), 0);
	assert_int_equal(region_search(TEXT("   "), CITY, PLACE_NONE, DAY_NONE, hits, 10), 0);
	/* those that begin with it come first, counties before towns before villages */
	assert_int_equal(region_search(TEXT("虎丘"), CITY, PLACE_NONE, DAY_NONE, hits, 3), 3);
	assert_true(says(hits[0]->name, "虎丘区"));
	assert_true(says(hits[1]->name, "虎丘街道"));
	assert_int_equal(region_search(TEXT("社区"), CITY, PLACE_NONE, DAY_NONE, hits, 0), 0);
	assert_int_equal(region_search(TEXT("社区"), CITY, PLACE_NONE, DAY_NONE, hits, 10), 10);
}

static void
the_nearest_is_the_place_itself(void **state)
{
	const struct division *v = region_find(YANGYUXIANG, DAY_NONE);

	(void)state;
	assert_int_equal(region_nearest(v->position, PLACE_VILLAGE, DAY_NONE)->place.code, YANGYUXIANG.code);
	assert_int_equal(region_nearest(region_find(GUSU, DAY_NONE)->position, PLACE_COUNTY, DAY_NONE)->place.code, GUSU.code);
}

static enum rc
import(struct db_fixture *x, const char *csv, struct findings *f, int64_t *rows)
{
	*f = (struct findings){ .n = 0 };
	return region_import_csv(&x->ctx, fixture_key(), text_of(csv), TEXT("test"), f, rows);
}

static void
places_change_from_a_day_on(void **state)
{
	struct db_fixture *x = *state;
	struct findings f;
	struct day before = { 20000 }, day = DAY_NONE;
	int64_t rows = -1;

	assert_int_equal(day_parse(TEXT("2026-07-01"), &day), RC_OK);
	assert_int_equal(import(x, "code,name,from,lon,lat,datum\r\n"
	    "320508019044,养育里社区,2026-07-01,120.601,31.3,wgs84\r\n320508019999,新社区,2026-07-01,,,\r\n", &f, &rows), RC_OK);
	assert_int_equal(rows, 2);
	assert_true(says(region_name(YANGYUXIANG), "养育里社区"));
	assert_true(says(region_find(YANGYUXIANG, before)->name, "养育巷社区"));
	assert_true(says(region_find(YANGYUXIANG, day_add(day, -1))->name, "养育巷社区"));
	assert_true(says(region_find(YANGYUXIANG, day)->name, "养育里社区"));
	assert_int_equal(region_find(YANGYUXIANG, day)->position.lon_e6, 120601000);
	assert_int_equal(region_find(YANGYUXIANG, day)->position.datum, GEO_WGS84);
	assert_null(region_find((struct place){ INT64_C(320508019999) }, day_add(day, -1)));
	assert_int_equal(region_count(JINCHANG, PLACE_VILLAGE, day), region_count(JINCHANG, PLACE_VILLAGE, before) + 1);
	/* the same again changes nothing; another name on the same day corrects the row */
	assert_int_equal(import(x, "code,name,from\n320508019044,养育里社区,2026-07-01\n", &f, &rows), RC_OK);
	assert_int_equal(rows, 0);
	assert_int_equal(import(x, "code,name,from\n320508019044,养育坊社区,2026-07-01\n", &f, &rows), RC_OK);
	assert_int_equal(rows, 1);
	assert_true(says(region_name(YANGYUXIANG), "养育坊社区"));
	assert_true(says(region_find(YANGYUXIANG, before)->name, "养育巷社区"));
	/* ended places are kept under their name, and not listed */
	assert_int_equal(import(x, "code,name,from,to\n320508019999,新社区,2026-07-01,2026-08-01\n", &f, &rows), RC_OK);
	assert_true(says(region_name((struct place){ INT64_C(320508019999) }), "新社区"));
	assert_int_equal(region_count(JINCHANG, PLACE_VILLAGE, DAY_NONE), region_count(JINCHANG, PLACE_VILLAGE, before));
}

static void
bad_rows_are_named_and_nothing_is_stored(void **state)
{
	static const struct { const char *csv; int line; const char *column; } bad[] = {
		{ "code,name\n320508019045,好\n32050801904,坏\n", 3, "code" },
		{ "code,name\n330508019045,好\n", 2, "code" },
		{ "code,name\n32,好\n", 2, "code" },
		{ "code,name\n320508019045,\n", 2, "name" },
		{ "code,name\n320508999045,无上级\n", 2, "code" },
		{ "code,name\n320508019998,一\n320508019998,二\n", 3, "code" },
		{ "code,name,from\n320508019998,一,2026-02-30\n", 2, "from" },
		{ "code,name,from,to\n320508019998,一,2026-07-01,2026-07-01\n", 2, "to" },
		{ "code,name,from\n320508019044,一,1969-12-31\n", 2, "from" },
		{ "code,name,lon,lat,datum\n320508019998,一,136,31,wgs84\n", 2, "lon" },
		{ "code,name,lon,lat,datum\n320508019998,一,120,2.9,wgs84\n", 2, "lat" },
		{ "code,name,lon,lat,datum\n320508019998,一,120.1234567,31,wgs84\n", 2, "lon" },
		{ "code,name,lon,lat\n320508019998,一,120,31\n", 2, "datum" },
		{ "code,name,rural\n320508019998,一,2\n", 2, "rural" },
		{ "code,name,population\n320508019998,一,-1\n", 2, "population" },
		{ "code\n320508019998\n", 1, "name" },
	};
	struct db_fixture *x = *state;
	struct findings f;
	int64_t rows;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (import(x, bad[i].csv, &f, &rows) != RC_INVALID)
			fail_msg("taken: %s", bad[i].csv);
		if (f.v[0].line != bad[i].line || strcmp(f.v[0].field, bad[i].column) != 0)
			fail_msg("%s: line %d, column %s", bad[i].csv, f.v[0].line, f.v[0].field);
	}
	assert_int_equal(region_reload(&x->ctx), RC_OK);
	assert_int_equal(region_count(CITY, PLACE_VILLAGE, DAY_NONE), 2248);
}

static void
a_failing_database_leaves_all_or_nothing(void **state)
{
	struct db_fixture *x = *state;
	struct findings f;
	int64_t rows;

	for (int n = 1; n < 60; n++) {
		enum rc rc;

		db_fail_after(x->db, n);
		rc = import(x, "code,name,from\n320508019044,养育里社区,2026-07-01\n320508019999,新社区,2026-07-01\n", &f, &rows);
		db_fail_after(x->db, 0);
		assert_int_equal(region_reload(&x->ctx), RC_OK);
		assert_int_equal(says(region_name(YANGYUXIANG), "养育里社区"),
		    region_find((struct place){ INT64_C(320508019999) }, DAY_NONE) != NULL);
		if (rc == RC_OK)
			return;
	}
	fail();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(statements_are_sound, seeded, close_db),
		cmocka_unit_test_setup_teardown(the_city_is_seeded_once, seeded, close_db),
		cmocka_unit_test_setup_teardown(places_have_names_paths_and_children, seeded, close_db),
		cmocka_unit_test_setup_teardown(names_are_found, seeded, close_db),
		cmocka_unit_test_setup_teardown(the_nearest_is_the_place_itself, seeded, close_db),
		cmocka_unit_test_setup_teardown(places_change_from_a_day_on, seeded, close_db),
		cmocka_unit_test_setup_teardown(bad_rows_are_named_and_nothing_is_stored, seeded, close_db),
		cmocka_unit_test_setup_teardown(a_failing_database_leaves_all_or_nothing, seeded, close_db),
	};

	return fixture_main("region", tests, sizeof(tests) / sizeof(tests[0]), &engine);
}
