/* assign_gap_test: tiny cases against every assignment; bounds that hold; both sides of what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/assign/assign_gap.h"

#define CASES 2000

static struct arena *test_mem;
static uint64_t dice = 9;

static uint32_t
test_draw(uint32_t below)
{
	dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((dice >> 32) * below >> 32);
}

static int
setup(void **state)
{
	(void)state;
	test_mem = arena_create((size_t)64 << 20);
	return test_mem == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(test_mem);
	return 0;
}

static struct gap
draw_case(uint32_t m, uint32_t n, int32_t room)
{
	int32_t *cost = arena_array(test_mem, (size_t)m * n, sizeof *cost), *need = arena_array(test_mem, (size_t)m * n, sizeof *need);
	int64_t *rooms = arena_array(test_mem, m, sizeof *rooms);

	for (size_t k = 0; k < (size_t)m * n; k++) {
		cost[k] = (int32_t)test_draw(40) - 8;
		need[k] = (int32_t)test_draw(12);
	}
	for (uint32_t i = 0; i < m; i++)
		rooms[i] = test_draw((uint32_t)room + 1);
	return (struct gap){ m, n, cost, need, rooms };
}

static int64_t
least_of_all(const struct gap *g)
{
	uint32_t at[8] = { 0 }, j;
	int64_t best = INT64_MAX, cost;

	do {
		if (gap_check(test_mem, g, at, &cost) == RC_OK && cost < best)
			best = cost;
		for (j = 0; j < g->n && ++at[j] == g->m; j++)
			at[j] = 0;
	} while (j < g->n);
	return best;
}

static void
bounds_hold_and_the_best_is_found(void **state)
{
	int possible = 0, found = 0, met = 0;

	(void)state;
	for (int c = 0; c < CASES; c++) {
		struct gap g;
		struct gap_bound b;
		struct gap_search s;
		int64_t best, cost;

		arena_reset(test_mem);
		g = draw_case(1 + test_draw(4), 1 + test_draw(5), (int32_t)(10 + test_draw(20)));
		best = least_of_all(&g);
		assert_int_equal(gap_bound_begin(test_mem, &g, &b), RC_OK);
		b.exact = b.exact && c % 2 == 0;
		gap_bound_run(&b, best, 200);
		assert_true(best == INT64_MAX || b.bound <= best);
		assert_int_equal(gap_search_begin(test_mem, &g, (uint64_t)c, &s), RC_OK);
		gap_search_run(&s, 200);
		if (best == INT64_MAX) {
			assert_true(s.best_cost == INT64_MAX);
			continue;
		}
		possible++;
		met += b.bound == best;
		if (s.best_cost == INT64_MAX)
			continue;
		assert_int_equal(gap_check(test_mem, &g, s.best, &cost), RC_OK);
		assert_int_equal(cost, s.best_cost);
		assert_true(cost >= best);
		found += cost == best;
	}
	assert_true(possible > CASES / 2);
	assert_true(found > possible * 99 / 100);
	assert_true(met > possible / 2);
}

static void
the_same_seed_gives_the_same(void **state)
{
	struct gap g;
	struct gap_search s, t;
	struct gap_bound b;

	(void)state;
	arena_reset(test_mem);
	g = draw_case(8, 60, 120);
	assert_int_equal(gap_search_begin(test_mem, &g, 5, &s), RC_OK);
	assert_int_equal(gap_search_begin(test_mem, &g, 5, &t), RC_OK);
	gap_search_run(&s, 40);
	gap_search_run(&t, 15);
	gap_search_run(&t, 25);
	assert_int_equal(s.best_cost, t.best_cost);
	assert_int_equal(s.moves, t.moves);
	assert_memory_equal(s.best, t.best, 60 * sizeof *s.best);
	assert_int_equal(gap_bound_begin(test_mem, &g, &b), RC_OK);
	gap_bound_run(&b, s.best_cost, 300);
	assert_true(b.bound <= s.best_cost);
	assert_true(s.best_cost - b.bound <= 12);
}

static void
bad_values_are_refused(void **state)
{
	int32_t cost[] = { (int32_t)GAP_COST_MAX, -(int32_t)GAP_COST_MAX }, need[] = { 0, (int32_t)GAP_NEED_MAX };
	int64_t room[] = { (int64_t)1 << 31 }, ret = -1;
	const struct gap g = { 1, 2, cost, need, room };
	uint32_t at[] = { 0, 0 };

	(void)state;
	assert_true(gap_is_fine(&g));
	assert_int_equal(gap_check(test_mem, &g, at, &ret), RC_OK);
	assert_int_equal(ret, 0);
	at[1] = 1;
	assert_int_equal(gap_check(test_mem, &g, at, &ret), RC_INVALID);
	at[1] = 0;
	room[0] = GAP_NEED_MAX;
	assert_int_equal(gap_check(test_mem, &g, at, &ret), RC_OK);
	room[0]--;
	assert_int_equal(gap_check(test_mem, &g, at, &ret), RC_INVALID);
	need[1]++;
	assert_false(gap_is_fine(&g));
	need[1] = -1;
	assert_false(gap_is_fine(&g));
	need[1] = 1;
	cost[0]++;
	assert_false(gap_is_fine(&g));
	cost[0] = 0;
	room[0] = ((int64_t)1 << 31) + 1;
	assert_false(gap_is_fine(&g));
	room[0] = 0;
	assert_true(gap_is_fine(&g));
	assert_false(gap_is_fine(&(struct gap){ 0, 2, cost, need, room }));
	assert_false(gap_is_fine(&(struct gap){ 1, 0, cost, need, room }));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bounds_hold_and_the_best_is_found),
		cmocka_unit_test(the_same_seed_gives_the_same),
		cmocka_unit_test(bad_values_are_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
