#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "resources/circle/circle_rule.h"
#include "resources/circle/circle_sum.h"

#define LIMIT UINT32_C(1800000)
#define N ROUTE_NEVER

static void
both_sides_of_the_limit_and_every_cause(void **state)
{
	static const struct { struct circle_known k; enum circle_class want; } rows[] = {
		{ { false, true, 0, 0, 0, 0, 0, 0 }, CIRCLE_NOWHERE },                         /* never covered without a position */
		{ { true, false, 0, 0, 0, 0, 0, 0 }, CIRCLE_OFF },
		{ { true, true, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT, LIMIT }, CIRCLE_COVERED },          /* exactly half an hour is within */
		{ { true, true, LIMIT + 1, LIMIT + 1, LIMIT + 1, LIMIT + 1, LIMIT + 1, LIMIT + 1 }, CIRCLE_FAR },
		{ { true, true, LIMIT, LIMIT, LIMIT + 1, LIMIT + 1, LIMIT + 1, LIMIT + 1 }, CIRCLE_SHUT },
		{ { true, true, 5, 5, N, N, N, N }, CIRCLE_SHUT },
		{ { true, true, N, N, N, N, N, N }, CIRCLE_FAR },
		{ { true, true, LIMIT, LIMIT + 1, LIMIT, LIMIT + 1, LIMIT, LIMIT + 1 }, CIRCLE_UNSURE },   /* the band holds the limit */
		{ { true, true, LIMIT - 1, LIMIT, LIMIT - 1, LIMIT, LIMIT - 1, LIMIT }, CIRCLE_COVERED },
		{ { true, true, LIMIT + 1, LIMIT + 9, LIMIT + 1, LIMIT + 9, LIMIT + 1, LIMIT + 9 }, CIRCLE_FAR },
		{ { true, true, 1, LIMIT, LIMIT, LIMIT + 9, LIMIT, LIMIT + 9 }, CIRCLE_UNSURE },           /* shut near by, perhaps open within */
		{ { true, true, 1, LIMIT, LIMIT + 1, LIMIT + 9, LIMIT + 1, LIMIT + 9 }, CIRCLE_SHUT },
		{ { true, true, LIMIT, LIMIT + 9, N, N, N, N }, CIRCLE_UNSURE },
		{ { true, true, 5, 5, N, N, LIMIT, LIMIT }, CIRCLE_EMPTY },              /* the door is open, nobody is on duty */
		{ { true, true, 5, 5, N, N, LIMIT + 1, LIMIT + 1 }, CIRCLE_SHUT },       /* that door is too far; a nearer one is shut */
		{ { true, true, 5, 5, LIMIT, LIMIT, 5, 5 }, CIRCLE_COVERED },            /* somebody is on duty a little farther */
		{ { true, true, 5, 5, LIMIT + 1, LIMIT + 1, 5, 5 }, CIRCLE_EMPTY },
		{ { true, true, LIMIT, LIMIT + 9, N, N, LIMIT, LIMIT + 9 }, CIRCLE_UNSURE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_int_equal(circle_judge(&rows[i].k, LIMIT), rows[i].want);
}

static void
permille_is_rounded_half_up(void **state)
{
	(void)state;
	assert_int_equal(circle_share(0, 0), -1);
	assert_int_equal(circle_share(0, 7), 0);
	assert_int_equal(circle_share(7, 7), 1000);
	assert_int_equal(circle_share(1, 2000), 1);   /* 0.5 */
	assert_int_equal(circle_share(1, 2001), 0);
	assert_int_equal(circle_share(2, 3), 667);
}

static void
evenness_of_known_spreads(void **state)
{
	struct circle_weighed same[] = { { 600, 10 }, { 600, 7 }, { 600, 1 } };
	struct circle_weighed two[] = { { 1200, 1 }, { 0, 1 } };                   /* half have it all: 0.5 */
	struct circle_weighed ladder[] = { { 4, 1 }, { 1, 1 }, { 3, 1 }, { 2, 1 } }; /* 1, 2, 3, 4: 0.25 */
	struct circle_weighed heavy[] = { { 1, 3 }, { 5, 1 } };                    /* as 1, 1, 1, 5: 3/8 */
	struct circle_weighed nobody[] = { { 5, 0 } };
	struct circle_weighed long_way[] = { { CIRCLE_SECONDS_MAX + 1, 1 } };
	struct circle_weighed whole[] = { { 3600, CIRCLE_WEIGHT_MAX / 2 }, { 0, CIRCLE_WEIGHT_MAX / 2 } };
	struct circle_weighed too_many[] = { { 3600, CIRCLE_WEIGHT_MAX }, { 0, 1 } };

	(void)state;
	assert_int_equal(circle_gini(same, 3), 0);
	assert_int_equal(circle_gini(two, 2), 500);
	assert_int_equal(circle_gini(ladder, 4), 250);
	assert_int_equal(circle_gini(heavy, 2), 375);
	assert_int_equal(circle_gini(nobody, 1), -1);
	assert_int_equal(circle_gini(long_way, 1), -1);
	assert_int_equal(circle_gini(whole, 2), 500);   /* the greatest weight does not overflow */
	assert_int_equal(circle_gini(too_many, 2), -1);
}

static void
nine_tenths_are_counted_by_weight(void **state)
{
	struct circle_weighed ten[] = { { 10, 1 }, { 9, 1 }, { 8, 1 }, { 7, 1 }, { 6, 1 }, { 5, 1 }, { 4, 1 }, { 3, 1 }, { 2, 1 }, { 1, 1 } };
	struct circle_weighed heavy[] = { { 100, 1 }, { 5, 9 } }, heavier[] = { { 100, 2 }, { 5, 9 } };

	(void)state;
	assert_int_equal(circle_centile90(ten, 10), 9);
	assert_int_equal(circle_centile90(heavy, 2), 5);
	assert_int_equal(circle_centile90(heavier, 2), 100);
}

static void
sums_keep_classes_and_town_and_country_apart(void **state)
{
	struct arena *mem = arena_create(1 << 20);
	const struct circle_verdict v[] = {
		{ CIRCLE_COVERED, 0, 60000, 60000, 60000 }, { CIRCLE_FAR, ROUTE_NONE, N, N, N },
		{ CIRCLE_NOWHERE, ROUTE_NONE, N, N, N }, { CIRCLE_COVERED, 0, 60000, 60000, 60000 },
	};
	const struct circle_counted who[] = { { 100, false }, { 300, true }, { 50, true }, { 50, true } };
	struct circle_sum s;

	(void)state;
	assert_int_equal(circle_sum_up(mem, v, who, 4, &s), RC_OK);
	assert_int_equal(s.all.villages, 4);
	assert_int_equal(s.all.weight, 500);
	assert_int_equal(s.of[CIRCLE_COVERED].weight, 150);
	assert_int_equal(s.of[CIRCLE_NOWHERE].villages, 1);
	assert_int_equal(s.in_permille, 300);          /* the one without a position is part of the whole */
	assert_int_equal(s.urban_permille, 1000);
	assert_int_equal(s.rural_permille, 125);
	assert_int_equal(s.p90_seconds, CIRCLE_SECONDS_MAX);
	assert_int_equal(circle_sum_up(mem, v, who, 0, &s), RC_OK);
	assert_int_equal(s.in_permille, -1);
	assert_int_equal(s.gini_permille, -1);
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_sides_of_the_limit_and_every_cause),
		cmocka_unit_test(permille_is_rounded_half_up),
		cmocka_unit_test(evenness_of_known_spreads),
		cmocka_unit_test(nine_tenths_are_counted_by_weight),
		cmocka_unit_test(sums_keep_classes_and_town_and_country_apart),
	};

	return cmocka_run_group_tests_name("circle_rule", tests, NULL, NULL);
}
