/* assign_flow_test: tiny cases against every possible plan; a proof each time; both sides of what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/assign/assign_flow.h"

#define CASES 5000

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

static struct assign_flow
draw_case(uint32_t n, uint32_t m, uint32_t most, uint32_t room_most, uint32_t load_most)
{
	uint32_t *cost = arena_array(test_mem, (size_t)n * m, sizeof *cost), *open = arena_array(test_mem, n, sizeof *open);
	uint32_t *first = arena_array(test_mem, m + 1, sizeof *first), *load;

	for (size_t k = 0; k < (size_t)n * m; k++)
		cost[k] = test_draw(6) == 0 ? ASSIGN_NEVER : test_draw(most);
	for (uint32_t i = 0; i < n; i++)
		open[i] = test_draw(3) == 0 ? test_draw(most) : most * 4;
	for (uint32_t j = 0; j < m; j++)
		first[j + 1] = first[j] + test_draw(room_most + 1);
	load = arena_array(test_mem, first[m], sizeof *load);
	for (uint32_t j = 0; j < m; j++)
		for (uint32_t k = first[j]; k < first[j + 1]; k++)
			load[k] = (k > first[j] ? load[k - 1] : 0) + test_draw(load_most);
	return (struct assign_flow){ n, m, cost, open, first, load };
}

/* The least over every plan: (m + 1)^n of them. */
static int64_t
least_of_all(const struct assign_flow *in)
{
	uint32_t at[8] = { 0 };
	int64_t best = INT64_MAX;

	for (;;) {
		uint32_t used[8] = { 0 }, i;
		int64_t sum = 0;

		for (i = 0; i < in->n; i++) {
			uint32_t j = at[i];

			if (j == in->m) {
				sum += in->open[i];
				continue;
			}
			if (in->cost[i * in->m + j] == ASSIGN_NEVER || used[j] == in->first[j + 1] - in->first[j])
				break;
			sum += (int64_t)in->cost[i * in->m + j] + in->load[in->first[j] + used[j]++];
		}
		if (i == in->n && sum < best)
			best = sum;
		for (i = 0; i < in->n && ++at[i] > in->m; i++)
			at[i] = 0;
		if (i == in->n)
			return best;
	}
}

static void
plans_are_the_best_of_all(void **state)
{
	uint32_t opened = 0;

	(void)state;
	for (int c = 0; c < CASES; c++) {
		uint32_t n = 1 + test_draw(6), m = test_draw(5), most = test_draw(3) == 0 ? 4 : 1000;
		struct assign_flow in;
		struct assign_flow_answer a, again;
		int64_t objective, bound;

		arena_reset(test_mem);
		in = draw_case(n, m, most, 3, test_draw(2) == 0 ? 3 : most);
		assert_int_equal(assign_flow(test_mem, test_mem, &in, &a), RC_OK);
		assert_int_equal(assign_flow_check(test_mem, &in, a.at, a.price, &objective, &bound), RC_OK);
		assert_int_equal(objective, a.objective);
		assert_int_equal(bound, objective);
		assert_int_equal(objective, least_of_all(&in));
		assert_int_equal(assign_flow(test_mem, test_mem, &in, &again), RC_OK);
		assert_memory_equal(a.at, again.at, n * sizeof *a.at);
		opened += a.opened;
	}
	assert_true(opened > CASES / 10);
}

/* Greater ones can't be tried out, but each brings its proof. */
static void
great_plans_bring_their_proof(void **state)
{
	(void)state;
	for (int c = 0; c < 40; c++) {
		uint32_t n = 1 + test_draw(200), m = 1 + test_draw(60);
		struct assign_flow in;
		struct assign_flow_answer a;
		int64_t objective, bound;

		arena_reset(test_mem);
		in = draw_case(n, m, ASSIGN_COST_MAX / 4, 1 + test_draw(8), 1 + test_draw(ASSIGN_COST_MAX / 64));
		assert_int_equal(assign_flow(test_mem, test_mem, &in, &a), RC_OK);
		assert_int_equal(assign_flow_check(test_mem, &in, a.at, a.price, &objective, &bound), RC_OK);
		assert_int_equal(bound, objective);
	}
}

static void
a_wrong_plan_or_poor_prices_are_seen(void **state)
{
	static const uint32_t cost[] = { 1, 5, 1, ASSIGN_NEVER }, open[] = { 100, 100 }, first[] = { 0, 1, 2 }, load[] = { 0, 0 };
	const struct assign_flow in = { 2, 2, cost, open, first, load };
	static const int64_t none[] = { 0, 0 }, right[] = { 4, 0 };
	static const uint32_t best[] = { 1, 0 }, crowded[] = { 0, 0 }, never[] = { 0, 1 }, beyond[] = { 2, 0 };
	int64_t objective = -1, bound = -1;

	(void)state;
	assert_int_equal(assign_flow_check(test_mem, &in, crowded, none, &objective, &bound), RC_INVALID);
	assert_int_equal(assign_flow_check(test_mem, &in, never, none, &objective, &bound), RC_INVALID);
	assert_int_equal(assign_flow_check(test_mem, &in, beyond, none, &objective, &bound), RC_INVALID);
	assert_int_equal(objective, -1);
	assert_int_equal(assign_flow_check(test_mem, &in, best, none, &objective, &bound), RC_OK);
	assert_int_equal(objective, 6);
	assert_int_equal(bound, 2);
	assert_int_equal(assign_flow_check(test_mem, &in, best, right, &objective, &bound), RC_OK);
	assert_int_equal(bound, 6);
}

static void
bad_values_are_refused(void **state)
{
	uint32_t cost[] = { 1, ASSIGN_COST_MAX }, open[] = { ASSIGN_COST_MAX }, first[] = { 0, 2, 2 }, load[] = { 3, 3 };
	const struct assign_flow in = { 1, 2, cost, open, first, load };
	struct assign_flow_answer a;

	(void)state;
	assert_int_equal(assign_flow(test_mem, test_mem, &in, &a), RC_OK);
	assert_int_equal(a.objective, 4);
	load[1] = 2;
	assert_int_equal(assign_flow(test_mem, test_mem, &in, &a), RC_INVALID);
	load[1] = ASSIGN_COST_MAX + 1;
	assert_int_equal(assign_flow(test_mem, test_mem, &in, &a), RC_INVALID);
	load[1] = 3;
	cost[1]++;
	assert_int_equal(assign_flow(test_mem, test_mem, &in, &a), RC_INVALID);
	cost[1] = ASSIGN_NEVER;
	open[0]++;
	assert_int_equal(assign_flow(test_mem, test_mem, &in, &a), RC_INVALID);
	open[0] = 0;
	assert_int_equal(assign_flow(test_mem, test_mem, &in, &a), RC_OK);
	assert_int_equal(a.opened, 1);
	first[0] = 1;
	assert_int_equal(assign_flow(test_mem, test_mem, &in, &a), RC_INVALID);
}

static void
no_memory_is_said(void **state)
{
	struct assign_flow in = draw_case(30, 10, 100, 4, 5);
	struct assign_flow_answer a;

	(void)state;
	for (size_t bound = 0;; bound += 64) {
		struct arena *small = arena_create(bound + 1);
		enum rc rc = assign_flow(small, small, &in, &a);

		arena_free(small);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_NO_MEMORY);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plans_are_the_best_of_all),
		cmocka_unit_test(great_plans_bring_their_proof),
		cmocka_unit_test(a_wrong_plan_or_poor_prices_are_seen),
		cmocka_unit_test(bad_values_are_refused),
		cmocka_unit_test(no_memory_is_said),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
