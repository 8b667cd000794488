#include "operations/dispatch/dispatch_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define VILLAGE ((struct place){ INT64_C(320506100201) })
#define TOWN ((struct place){ INT64_C(320506100000) })
#define COUNTY ((struct place){ INT64_C(320506000000) })
#define CITY ((struct place){ INT64_C(320500000000) })

static const struct candidate free_hand = { .account = 7, .capacity = 10, .place = { INT64_C(320506100000) }, .tier = TIER_TOWN };

static void
nearer_is_better(void **state)
{
	struct place sibling = { INT64_C(320506101000) }, next_door = { INT64_C(320506100202) };

	(void)state;
	assert_int_equal(dispatch_place_score(VILLAGE, VILLAGE, TIER_STATION), 40);
	assert_int_equal(dispatch_place_score(next_door, VILLAGE, TIER_STATION), 30);
	assert_int_equal(dispatch_place_score(TOWN, VILLAGE, TIER_TOWN), 30);
	assert_int_equal(dispatch_place_score(sibling, VILLAGE, TIER_TOWN), 20);
	assert_int_equal(dispatch_place_score(COUNTY, VILLAGE, TIER_COUNTY), 20);
	assert_int_equal(dispatch_place_score(CITY, VILLAGE, TIER_HOTLINE), 10);
	assert_int_equal(dispatch_place_score(TOWN, COUNTY, TIER_TOWN), 20); /* the town is not known */
}

static void
each_bar_has_two_sides(void **state)
{
	struct candidate c = free_hand;

	(void)state;
	assert_int_equal(dispatch_judge(&c, 8), BAR_NONE);
	assert_int_equal(dispatch_judge(&c, 7), BAR_HOLDER);
	c.load = 9;
	assert_int_equal(dispatch_judge(&c, 8), BAR_NONE);
	c.load = 10;
	assert_int_equal(dispatch_judge(&c, 8), BAR_FULL);
	c = free_hand;
	c.lists_items = true;
	assert_int_equal(dispatch_judge(&c, 8), BAR_PERSON_ITEM);
	c.has_item = true;
	assert_int_equal(dispatch_judge(&c, 8), BAR_NONE);
	c.point_lists_items = true;
	assert_int_equal(dispatch_judge(&c, 8), BAR_POINT_ITEM);
	c.point_has_item = true;
	assert_int_equal(dispatch_judge(&c, 8), BAR_NONE);
	c.returned = true;
	assert_int_equal(dispatch_judge(&c, 8), BAR_RETURNED);
}

static void
load_counts_down_to_nothing(void **state)
{
	(void)state;
	assert_int_equal(dispatch_load_score(0, 10), 20);
	assert_int_equal(dispatch_load_score(5, 10), 10);
	assert_int_equal(dispatch_load_score(10, 10), 0);
	assert_int_equal(dispatch_load_score(11, 10), 0);
	assert_int_equal(dispatch_load_score(0, 0), 0);
}

static void
the_order_is_the_same_whatever_came_first(void **state)
{
	struct candidate a[4], b[4];

	(void)state;
	for (int i = 0; i < 4; i++) {
		a[i] = free_hand;
		a[i].account = 10 + i;
	}
	a[1].has_item = true;             /* best */
	a[2].returned = true;             /* last */
	a[3].place = COUNTY;              /* farther than 10 */
	for (int i = 0; i < 4; i++)
		b[3 - i] = a[i];
	dispatch_rank(a, 4, VILLAGE, 99);
	dispatch_rank(b, 4, VILLAGE, 99);
	for (int i = 0; i < 4; i++)
		assert_int_equal(a[i].account, b[i].account);
	assert_int_equal(a[0].account, 11);
	assert_int_equal(a[1].account, 10);
	assert_int_equal(a[2].account, 13);
	assert_int_equal(a[3].account, 12);
	assert_int_equal(a[0].score, 30 + 30 + 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nearer_is_better),
		cmocka_unit_test(each_bar_has_two_sides),
		cmocka_unit_test(load_counts_down_to_nothing),
		cmocka_unit_test(the_order_is_the_same_whatever_came_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
