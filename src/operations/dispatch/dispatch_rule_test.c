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

static const struct candidate free_hand = { .account = 7, .capacity = 10, .place = { INT64_C(320506100000) }, .tier = TIER_TOWN,
	.open = FACT_UNKNOWN, .duty = FACT_UNKNOWN, .speaks = FACT_UNKNOWN, .served_days = -1 };

static struct dispatch_weights usual;

static int
place_score(struct place point, struct place matter, enum tier tier)
{
	return dispatch_place_score(&usual, point, matter, tier);
}

static enum dispatch_bar
judge(const struct candidate *c, int64_t holder)
{
	return dispatch_judge(&usual, c, holder);
}

static int
load_score(int load, int capacity)
{
	return dispatch_down_score(20, load, capacity);
}

static void
rank_all(struct candidate *c, size_t n)
{
	dispatch_rank(&usual, 5, VILLAGE, 99, c, n);
}

static void
nearer_is_better(void **state)
{
	struct place sibling = { INT64_C(320506101000) }, next_door = { INT64_C(320506100202) };

	(void)state;
	assert_int_equal(place_score(VILLAGE, VILLAGE, TIER_STATION), 40);
	assert_int_equal(place_score(next_door, VILLAGE, TIER_STATION), 30);
	assert_int_equal(place_score(TOWN, VILLAGE, TIER_TOWN), 30);
	assert_int_equal(place_score(sibling, VILLAGE, TIER_TOWN), 20);
	assert_int_equal(place_score(COUNTY, VILLAGE, TIER_COUNTY), 20);
	assert_int_equal(place_score(CITY, VILLAGE, TIER_HOTLINE), 10);
	assert_int_equal(place_score(TOWN, COUNTY, TIER_TOWN), 20); /* the town is not known */
}

static void
each_bar_has_two_sides(void **state)
{
	struct candidate c = free_hand;

	(void)state;
	assert_int_equal(judge(&c, 8), BAR_NONE);
	assert_int_equal(judge(&c, 7), BAR_HOLDER);
	c.load = 9;
	assert_int_equal(judge(&c, 8), BAR_NONE);
	c.load = 10;
	assert_int_equal(judge(&c, 8), BAR_FULL);
	c = free_hand;
	c.lists_items = true;
	assert_int_equal(judge(&c, 8), BAR_PERSON_ITEM);
	c.has_item = true;
	assert_int_equal(judge(&c, 8), BAR_NONE);
	c.point_lists_items = true;
	assert_int_equal(judge(&c, 8), BAR_POINT_ITEM);
	c.point_has_item = true;
	assert_int_equal(judge(&c, 8), BAR_NONE);
	c.returned = true;
	assert_int_equal(judge(&c, 8), BAR_RETURNED);
	c.conflict = true;
	assert_int_equal(judge(&c, 8), BAR_CONFLICT);
	c = free_hand;
	c.speaks = FACT_NO;
	assert_int_equal(judge(&c, 8), BAR_NONE); /* the usual rules count it, no more */
	usual.v[WEIGHT_LANGUAGE_MUST] = 1;
	assert_int_equal(judge(&c, 8), BAR_LANGUAGE);
	c.speaks = FACT_UNKNOWN;
	assert_int_equal(judge(&c, 8), BAR_NONE);
	usual = dispatch_weights_usual();
}

static void
load_counts_down_to_nothing(void **state)
{
	(void)state;
	assert_int_equal(load_score(0, 10), 20);
	assert_int_equal(load_score(5, 10), 10);
	assert_int_equal(load_score(10, 10), 0);
	assert_int_equal(load_score(11, 10), 0);
	assert_int_equal(load_score(0, 0), 0);
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
	rank_all(a, 4);
	rank_all(b, 4);
	for (int i = 0; i < 4; i++)
		assert_int_equal(a[i].account, b[i].account);
	assert_int_equal(a[0].account, 11);
	assert_int_equal(a[1].account, 10);
	assert_int_equal(a[2].account, 13);
	assert_int_equal(a[3].account, 12);
	assert_int_equal(a[0].score, 30 + 30 + 20 + 5 + 5 + 10);
}

static void
unknown_is_half_and_never_no(void **state)
{
	(void)state;
	assert_int_equal(dispatch_fact_score(10, FACT_NO), 0);
	assert_int_equal(dispatch_fact_score(10, FACT_UNKNOWN), 5);
	assert_int_equal(dispatch_fact_score(10, FACT_YES), 10);
}

/* Each part of a score on both sides of where it ends. */
static void
each_part_has_two_sides(void **state)
{
	struct candidate c = free_hand;

	(void)state;
	c.recent = 19;
	c.served_days = 365;
	c.speaks = FACT_YES;
	rank_all(&c, 1);
	assert_int_equal(c.part[PART_FAIR], 0); /* 10 * 1 / 20 */
	assert_int_equal(c.part[PART_SAME], 25);
	assert_int_equal(c.part[PART_LANGUAGE], 30);
	c.recent = 18;
	c.served_days = 366;
	c.speaks = FACT_NO;
	rank_all(&c, 1);
	assert_int_equal(c.part[PART_FAIR], 1);
	assert_int_equal(c.part[PART_SAME], 0);
	assert_int_equal(c.part[PART_LANGUAGE], 0);
	c.served_days = -1;
	rank_all(&c, 1);
	assert_int_equal(c.part[PART_SAME], 0);
}

/* Equal in everything: each of ten comes first about one time in ten, and the same seed gives the same order. */
static void
nobody_is_first_for_ever(void **state)
{
	struct candidate v[10];
	int first[10] = { 0 };

	(void)state;
	for (int seed = 0; seed < 2000; seed++) {
		for (int i = 0; i < 10; i++) {
			v[i] = free_hand;
			v[i].account = 100 + i;
		}
		dispatch_rank(&usual, seed, VILLAGE, 99, v, 10);
		first[v[0].account - 100]++;
	}
	for (int i = 0; i < 10; i++)
		assert_in_range(first[i], 140, 260);
}

static void
weights_are_read_with_their_bounds(void **state)
{
	struct dispatch_weights w = usual;
	const struct dispatch_weight_row *bad;

	(void)state;
	assert_int_equal(dispatch_weights_read(TEXT("town=1000, fair_days=1\n# a remark\nlanguage_must=1"), &w, &bad), RC_OK);
	assert_int_equal(w.v[WEIGHT_TOWN], 1000);
	assert_int_equal(w.v[WEIGHT_FAIR_DAYS], 1);
	assert_int_equal(w.v[WEIGHT_VILLAGE], 40);
	assert_int_equal(dispatch_weights_read(TEXT("village=1,town=1001"), &w, &bad), RC_INVALID);
	assert_string_equal(bad->key, "town");
	assert_int_equal(w.v[WEIGHT_VILLAGE], 40); /* nothing of it was taken */
	assert_int_equal(dispatch_weights_read(TEXT("fair_days=0"), &w, &bad), RC_INVALID);
	assert_int_equal(dispatch_weights_read(TEXT("speed=3"), &w, &bad), RC_INVALID);
	assert_null(bad);
	assert_int_equal(dispatch_weights_read(TEXT("town"), &w, &bad), RC_INVALID);
}

static void
gini_by_hand(void **state)
{
	int64_t equal[] = { 3, 3, 3, 3 }, one[] = { 4, 0, 0, 0 }, steps[] = { 3, 1, 2 }, none[] = { 0, 0 };

	(void)state;
	assert_int_equal(dispatch_gini_permille(equal, 4), 0);
	assert_int_equal(dispatch_gini_permille(one, 4), 750); /* (n - 1) / n */
	assert_int_equal(dispatch_gini_permille(steps, 3), 222); /* (-2 * 1 + 0 * 2 + 2 * 3) / (3 * 6) */
	assert_int_equal(dispatch_gini_permille(none, 2), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nearer_is_better),
		cmocka_unit_test(each_bar_has_two_sides),
		cmocka_unit_test(load_counts_down_to_nothing),
		cmocka_unit_test(the_order_is_the_same_whatever_came_first),
		cmocka_unit_test(unknown_is_half_and_never_no),
		cmocka_unit_test(each_part_has_two_sides),
		cmocka_unit_test(nobody_is_first_for_ever),
		cmocka_unit_test(gini_by_hand),
		cmocka_unit_test(weights_are_read_with_their_bounds),
	};

	usual = dispatch_weights_usual();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
