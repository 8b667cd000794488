/*
 * route_nearest_test: a search by stretches says what a search in one piece says, over networks of several stretches,
 * near and far ways mixed; and the nearest goal of each place is the least of the table of all times.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/route/route_nearest.h"
#include "engine/route/route_stage.h"

#define SIDE 210        /* crossings: nearly three stretches */
#define TRIALS 1500
#define STOPS 20

static struct arena *mem;

static int
setup(void **state)
{
	(void)state;
	mem = arena_create((size_t)256 << 20);
	return mem == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

/* Crossings with streets to the right and up, some one-way, some missing, and `far` ways from anywhere to anywhere. */
static void
plain_make(struct route_draw *d, uint32_t most, uint32_t far, struct route_graph *ret)
{
	uint32_t n = SIDE * SIDE, m = 0;
	struct route_point *at = arena_array(mem, n, sizeof *at);
	struct route_link *link = arena_array(mem, (size_t)4 * n + far, sizeof *link);
	struct route_findings findings;
	struct route_net net;

	for (uint32_t u = 0; u < n; u++)
		at[u] = (struct route_point){ 1206000000 + (int32_t)(u % SIDE) * 1000, 313000000 + (int32_t)(u / SIDE) * 1000 };
	for (uint32_t u = 0; u < n; u++)
		for (uint32_t way = 0; way < 2; way++) {
			uint32_t v = way == 0 ? u + 1 : u + SIDE, ms = 1 + route_draw(d, most);

			if (v >= n || (way == 0 && v % SIDE == 0) || route_draw(d, 6) == 0)
				continue;
			link[m++] = (struct route_link){ u, v, { ms, ms, ms } };
			if (route_draw(d, 8) != 0)
				link[m++] = (struct route_link){ v, u, { ms, ms, ms } };
		}
	for (uint32_t k = 0; k < far; k++) {
		uint32_t ms = 1 + route_draw(d, most * 4);

		link[m++] = (struct route_link){ route_draw(d, n), route_draw(d, n), { ms, ms, ms } };
	}
	assert_int_equal(route_build(mem, mem, at, n, link, m, &net, NULL, &findings), RC_OK);
	assert_int_equal(route_graph_of(mem, &net, ROUTE_CAR, false, ret), RC_OK);
}

static void
searches_agree(const struct route_graph *g, const struct route_search *a, const struct route_search *b)
{
	uint32_t n_a, n_b;

	route_search_reached(a, &n_a);
	route_search_reached(b, &n_b);
	assert_int_equal(n_a, n_b);
	for (uint32_t u = 0; u < g->n; u++) {
		assert_int_equal(route_search_ms(a, u), route_search_ms(b, u));
		assert_int_equal(route_search_label(a, u), route_search_label(b, u));
	}
}

static void
stretches_say_what_one_piece_says(void **state)
{
	struct route_draw d = { 620573 };

	(void)state;
	for (uint32_t trial = 0; trial < 8; trial++) {
		uint32_t n_seeds = trial == 0 ? 1 : trial * 150, far = trial % 2 == 0 ? 0 : 4000;
		struct route_seed *seed;
		struct route_search *whole, *parts;
		struct route_graph g;

		arena_reset(mem);
		plain_make(&d, trial % 3 == 0 ? 3 : 90000, far, &g);
		seed = arena_array(mem, n_seeds + 2, sizeof *seed);
		for (uint32_t i = 0; i < n_seeds; i++)
			seed[i] = (struct route_seed){ route_draw(&d, g.n), route_draw(&d, 500000), route_draw(&d, n_seeds) };
		seed[n_seeds] = (struct route_seed){ g.n, 0, 0 };            /* no node: passed over */
		seed[n_seeds + 1] = (struct route_seed){ 0, ROUTE_NEVER, 0 };
		assert_int_equal(route_search_new(mem, &g, &whole), RC_OK);
		assert_int_equal(route_search_new(mem, &g, &parts), RC_OK);
		route_search_run(whole, seed, n_seeds + 2, ROUTE_NEVER);
		route_search_fill(parts, seed, n_seeds + 2);
		searches_agree(&g, whole, parts);
		/* one workspace, asked both ways in turn, forgets what was */
		route_search_run(parts, seed, n_seeds / 2 + 1, 40000);
		route_search_fill(whole, seed, 1);
		route_search_fill(whole, seed + n_seeds / 2, n_seeds / 2 + 2);
		route_search_run(parts, seed + n_seeds / 2, n_seeds / 2 + 2, ROUTE_NEVER);
		searches_agree(&g, whole, parts);
	}
}

static void
nothing_is_filled_from_nowhere(void **state)
{
	struct route_draw d = { 5 };
	struct route_small s;
	struct route_search *search;
	uint32_t n;

	(void)state;
	for (uint32_t nodes = 0; nodes < 3; nodes++) {
		arena_reset(mem);
		route_small_draw(mem, &d, nodes, 0, 10, ROUTE_CAR, &s);
		assert_int_equal(route_search_new(mem, &s.forth, &search), RC_OK);
		route_search_fill(search, NULL, 0);
		route_search_reached(search, &n);
		assert_int_equal(n, 0);
	}
}

static void
nearest_check(struct route_draw *d)
{
	uint32_t n = 1 + route_draw(d, 24), most = route_draw(d, 3) == 0 ? 5 : 900, *all;
	uint32_t n_from = route_draw(d, STOPS + 1), n_to = route_draw(d, STOPS + 1);
	struct route_stop from[STOPS], to[STOPS];
	struct route_seed seed[2 * STOPS];
	struct route_near near[STOPS];
	struct route_search *search;
	struct route_small s;

	arena_reset(mem);
	route_small_draw(mem, d, n, route_draw(d, 4 * n), most, ROUTE_CAR, &s);
	all = route_small_all(mem, &s.net, ROUTE_CAR);
	for (uint32_t i = 0; i < STOPS; i++) {
		from[i] = route_stop_draw(d, &s.net, ROUTE_CAR);
		to[i] = route_stop_draw(d, &s.net, ROUTE_CAR);
	}
	assert_int_equal(route_search_new(mem, &s.back, &search), RC_OK);
	route_search_fill(search, seed, route_nearest_seeds(to, n_to, seed));
	assert_int_equal(route_nearest_read(mem, search, from, n_from, to, n_to, near), RC_OK);
	for (uint32_t i = 0; i < n_from; i++) {
		struct route_near right = { ROUTE_NONE, ROUTE_NEVER };

		for (uint32_t k = 0; k < n_to; k++) {
			uint32_t ms = route_stops_right(all, n, &from[i], &to[k], ROUTE_NEVER);

			if (ms < right.ms)
				right = (struct route_near){ k, ms };
		}
		assert_int_equal(near[i].ms, right.ms);
		assert_int_equal(near[i].to, right.to);
	}
}

static void
the_nearest_goal_is_the_least_of_all(void **state)
{
	struct route_draw d = { 42 };

	(void)state;
	for (int i = 0; i < TRIALS; i++)
		nearest_check(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stretches_say_what_one_piece_says),
		cmocka_unit_test(nothing_is_filled_from_nowhere),
		cmocka_unit_test(the_nearest_goal_is_the_least_of_all),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
