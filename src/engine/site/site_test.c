/* site_test: small cases against every possible choice; bounds that hold; both sides of what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/site/site.h"

#define CASES 2000

static struct arena *mem, *spare;
static uint64_t state_of_dice;

static int
setup(void **state)
{
	(void)state;
	mem = arena_create((size_t)64 << 20);
	spare = arena_create((size_t)64 << 20);
	return mem == NULL || spare == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	arena_free(spare);
	return 0;
}

static uint32_t
draw(uint32_t below)
{
	state_of_dice = state_of_dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((state_of_dice >> 32) * below >> 32);
}

static uint32_t
chosen_of(uint32_t set, uint32_t m, uint32_t *ret)
{
	uint32_t n = 0;

	for (uint32_t j = 0; j < m; j++)
		if ((set >> j & 1) != 0)
			ret[n++] = j;
	return n;
}

static void
answer_check(const struct site_answer *a, uint32_t m)
{
	for (uint32_t k = 0; k < a->n; k++)
		assert_true(a->chosen[k] < m && (k == 0 || a->chosen[k] > a->chosen[k - 1]));
	assert_int_equal(a->proven, a->objective == a->bound);
}

/* ---- the p-median ------------------------------------------------------------------------------ */

static struct site_costs
costs_draw(uint32_t n, uint32_t m, uint32_t most)
{
	uint32_t *v = arena_array(mem, (size_t)n * m, sizeof *v);

	for (size_t i = 0; i < (size_t)n * m; i++)
		v[i] = draw(most);
	return (struct site_costs){ n, m, v };
}

static void
medians_are_the_best_of_all(void **state)
{
	int by_swaps = 0;

	(void)state;
	state_of_dice = 4;
	for (int i = 0; i < CASES; i++) {
		uint32_t n = 1 + draw(12), m = 1 + draw(9), p = 1 + draw(m), chosen[16];
		struct site_costs c;
		struct site_answer a, again;
		int64_t best = INT64_MAX;

		arena_reset(mem);
		arena_reset(spare);
		c = costs_draw(n, m, draw(4) == 0 ? 3 : draw(2) == 0 ? 1000 : SITE_COST_MAX);
		for (uint32_t set = 0; set < UINT32_C(1) << m; set++)
			if (chosen_of(set, m, chosen) == p && site_median_cost(&c, chosen, p) < best)
				best = site_median_cost(&c, chosen, p);
		assert_int_equal(site_median(mem, spare, &c, p, (uint64_t)i,
		    (struct site_limits){ 0, 0, 1 }, &a), RC_OK);
		answer_check(&a, m);
		assert_int_equal(a.n, p);
		assert_int_equal(a.objective, best);
		assert_true(a.proven);
		assert_int_equal(site_median_cost(&c, a.chosen, a.n), best);
		/* by branching alone, from a poor choice and poor prices */
		assert_int_equal(site_median(mem, spare, &c, p, 1, (struct site_limits){ 1 + draw(4), 0, SITE_UNTRIED }, &a), RC_OK);
		assert_true(a.proven && a.objective == best);
		/* with next to no effort the bound still holds, and the same seed gives the same answer */
		assert_int_equal(site_median(mem, spare, &c, p, 9, (struct site_limits){ 2, 1, 1 },
		    &a), RC_OK);
		assert_true(a.bound <= best && a.objective >= best);
		assert_int_equal(site_median_cost(&c, a.chosen, a.n), a.objective);
		by_swaps += a.objective == best;
		assert_int_equal(site_median(mem, spare, &c, p, 9, (struct site_limits){ 2, 1, 1 },
		    &again), RC_OK);
		assert_memory_equal(a.chosen, again.chosen, p * sizeof *a.chosen);
		assert_int_equal(a.bound, again.bound);
	}
	assert_true(by_swaps > CASES * 99 / 100);
}

static void
impossible_medians_are_refused(void **state)
{
	static const uint32_t v[] = { 1, SITE_COST_MAX, SITE_COST_MAX + 1 };
	struct site_answer a;
	struct site_limits l = { 0, 0, 0 };

	(void)state;
	arena_reset(mem);
	assert_int_equal(site_median(mem, spare, &(struct site_costs){ 1, 2, v }, 0, 1, l, &a), RC_INVALID);
	assert_int_equal(site_median(mem, spare, &(struct site_costs){ 1, 2, v }, 3, 1, l, &a), RC_INVALID);
	assert_int_equal(site_median(mem, spare, &(struct site_costs){ 0, 2, v }, 1, 1, l, &a), RC_INVALID);
	assert_int_equal(site_median(mem, spare, &(struct site_costs){ 1, 3, v }, 1, 1, l, &a), RC_INVALID);
	assert_int_equal(site_median(mem, spare, &(struct site_costs){ 1, 2, v }, 2, 1, l, &a), RC_OK);
	assert_int_equal(a.objective, 1);
}

/* ---- covering ------------------------------------------------------------------------------------ */

static struct site_covers
covers_draw(uint32_t n, uint32_t m, uint32_t most, uint32_t density)
{
	uint32_t *first = arena_array(mem, m + 1, sizeof *first), *client = arena_array(mem,
	    (size_t)n * m + 1, sizeof *client);
	int64_t *weight = arena_array(mem, n + 1, sizeof *weight);
	uint8_t *kept = arena_array(mem, m, 1);

	for (uint32_t i = 0; i < n; i++)
		weight[i] = draw(most);
	for (uint32_t j = 0; j < m; j++) {
		kept[j] = draw(8) == 0;
		first[j + 1] = first[j];
		for (uint32_t i = 0; i < n; i++)
			if (draw(100) < density)
				client[first[j + 1]++] = i;
	}
	return (struct site_covers){ n, m, weight, first, client, draw(3) == 0 ? NULL : kept, 0 };
}

static void
cover_check(const struct site_covers *c, const struct site_answer *a, int64_t best, bool proven)
{
	assert_true(a->bound >= best && a->objective <= best);
	assert_int_equal(site_cover_weight(spare, c, a->chosen, a->n), a->objective);
	if (proven)
		assert_true(a->proven && a->objective == best);
	for (uint32_t t = 0; t < a->n; t++)
		assert_true(c->kept == NULL || c->kept[a->chosen[t]] == 0);
}

static void
covers_are_the_best_of_all(void **state)
{
	(void)state;
	state_of_dice = 8;
	for (int i = 0; i < CASES; i++) {
		uint32_t n = draw(30), m = 1 + draw(11), k = draw(m + 2), chosen[16], n_free = 0;
		struct site_covers c;
		struct site_answer a;
		int64_t best = 0;

		arena_reset(mem);
		arena_reset(spare);
		c = covers_draw(n, m, draw(2) == 0 ? 3 : 100000, 5 + draw(40));
		for (uint32_t j = 0; j < m; j++)
			n_free += c.kept == NULL || c.kept[j] == 0;
		for (uint32_t set = 0; set < UINT32_C(1) << m; set++)
			if (chosen_of(set, m, chosen) <= k) {
				int64_t sum = site_cover_weight(spare, &c, chosen, chosen_of(set, m, chosen));

				best = sum > best ? sum : best;
			}
		assert_int_equal(site_cover(mem, spare, &c, k, (uint64_t)i, (struct site_limits){ 0, 0, 1 }, &a), RC_OK);
		answer_check(&a, m);
		assert_int_equal(a.n, k < n_free ? k : n_free);
		cover_check(&c, &a, best, true);
		/* by branching alone, from a poor choice and poor prices */
		assert_int_equal(site_cover(mem, spare, &c, k, 1, (struct site_limits){ 1 + draw(4), 0, SITE_UNTRIED }, &a), RC_OK);
		cover_check(&c, &a, best, true);
		assert_int_equal(site_cover(mem, spare, &c, k, 9, (struct site_limits){ 2, 1, 1 }, &a), RC_OK);
		cover_check(&c, &a, best, false);
	}
}

/* One more site never covers less, and one more client that can be covered never makes it less. */
static void
more_never_covers_less(void **state)
{
	(void)state;
	state_of_dice = 15;
	for (int i = 0; i < 60; i++) {
		struct site_covers c;
		struct site_answer a;
		int64_t before = -1;

		arena_reset(mem);
		arena_reset(spare);
		c = covers_draw(60, 30, 1000, 8);
		for (uint32_t k = 0; k < 9; k++) {
			assert_int_equal(site_cover(mem, spare, &c, k, 1, (struct site_limits){ 0,
			    0, 2 }, &a), RC_OK);
			assert_true(a.proven);
			assert_true(a.objective >= before);
			before = a.objective;
		}
	}
}

static void
impossible_covers_are_refused(void **state)
{
	static const uint32_t first[] = { 0, 1 }, client[] = { 1 };
	static const int64_t fine[] = { 0, INT64_C(1) << 40 }, heavy[] = { 0,
	    (INT64_C(1) << 40) + 1 }, minus[] = { -1, 0 };
	struct site_answer a;
	struct site_limits l = { 0, 0, 0 };

	(void)state;
	arena_reset(mem);
	assert_int_equal(site_cover(mem, spare, &(struct site_covers){ 2, 1, fine, first, client,
	    NULL, 0 }, 1, 1, l, &a), RC_OK);
	assert_int_equal(a.objective, INT64_C(1) << 40);
	assert_int_equal(site_cover(mem, spare, &(struct site_covers){ 2, 1, heavy, first, client,
	    NULL, 0 }, 1, 1, l, &a), RC_INVALID);
	assert_int_equal(site_cover(mem, spare, &(struct site_covers){ 2, 1, minus, first, client,
	    NULL, 0 }, 1, 1, l, &a), RC_INVALID);
	assert_int_equal(site_cover(mem, spare, &(struct site_covers){ 1, 1, fine, first, client,
	    NULL, 0 }, 1, 1, l, &a), RC_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(medians_are_the_best_of_all),
		cmocka_unit_test(impossible_medians_are_refused),
		cmocka_unit_test(covers_are_the_best_of_all),
		cmocka_unit_test(more_never_covers_less),
		cmocka_unit_test(impossible_covers_are_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
