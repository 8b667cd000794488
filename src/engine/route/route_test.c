/*
 * route_test: every way of knowing a time gives the time of Floyd and Warshall, on thousands of small
 * random networks: buckets from one and from many places, hierarchy, matrix in every kind of lanes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/route/route_stage.h"

#define NETWORKS 3000
#define STOPS 21

static struct arena *mem;

static int
setup(void **state)
{
	(void)state;
	mem = arena_create((size_t)64 << 20);
	return mem == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

/* ---- the network --------------------------------------------------------------------------- */

static void
faults_are_counted_and_left_out(void **state)
{
	static const struct route_point at[] = { { 1206000000, 313000000 }, { 1206100000,
	    313000000 }, { 1206000000, 313000000 } };
	static const struct route_link link[] = {
		{ 0, 1, { 5, ROUTE_NEVER, 70 } }, { 0, 1, { 9, 8, 60 } }, { 1, 0, { 0, 8, 60 } },
		    { 1, 1, { 1, 1, 1 } },
		{ 3, 1, { 1, 1, 1 } }, { 0, 2, { ROUTE_MS_MAX + 1, 1, 1 } }, { 0, 2, { ROUTE_NEVER,
		    ROUTE_NEVER, ROUTE_NEVER } },
		{ 1, 2, { ROUTE_MS_MAX, 1, 1 } },
	};
	static const struct { enum route_fault fault; uint32_t n, first; } want[] = {
		{ ROUTE_FAULT_PARALLEL, 1, 1 }, { ROUTE_FAULT_ZERO, 1, 2 }, { ROUTE_FAULT_LOOP, 1,
		    3 }, { ROUTE_FAULT_RANGE, 1, 4 },
		{ ROUTE_FAULT_LONG, 1, 5 }, { ROUTE_FAULT_CLOSED, 1, 6 }, { ROUTE_FAULT_TWIN, 1,
		    2 }, { ROUTE_FAULT_POINT, 0, 0 },
	};
	struct route_findings f;
	struct route_net net;
	const uint32_t *number;

	(void)state;
	arena_reset(mem);
	assert_int_equal(route_build(mem, mem, at, 3, link, 8, &net, &number, &f), RC_OK);
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		assert_int_equal(f.v[(int)want[i].fault].n, want[i].n);
		assert_int_equal(f.v[(int)want[i].fault].first, want[i].first);
	}
	assert_true(route_net_is_sound(&net));
	assert_int_equal(net.m, 3);
	for (uint32_t u = 0; u < net.n; u++)
		for (uint32_t a = net.first[u]; a < net.first[u + 1]; a++)
			if (u == number[0]) {
				assert_int_equal(net.head[a], number[1]);
				assert_int_equal(net.ms[ROUTE_CAR][a], 5);
				assert_int_equal(net.ms[ROUTE_EBIKE][a], 8);
				assert_int_equal(net.ms[ROUTE_FOOT][a], 60);
			} else if (net.head[a] == number[0]) {
				assert_int_equal(net.ms[ROUTE_CAR][a], 1);
			} else {
				assert_int_equal(net.ms[ROUTE_CAR][a], ROUTE_MS_MAX);
			}
	assert_memory_equal(&net.at[number[1]], &at[1], sizeof at[1]);
}

static void
a_position_outside_the_globe_builds_nothing(void **state)
{
	static const struct route_point edge[] = { { 1800000000, -900000000 }, { -1800000000, 900000000 } };
	static const struct route_point over[][2] = { { { 0, 0 }, { 1800000001, 0 } }, { { 0, 0 },
	    { 0, 900000001 } },
		{ { 0, 0 }, { 0, -900000001 } }, { { 0, 0 }, { -1800000001, 0 } } };
	struct route_findings f;
	struct route_net net;

	(void)state;
	arena_reset(mem);
	assert_int_equal(route_build(mem, mem, edge, 2, NULL, 0, &net, NULL, &f), RC_OK);
	assert_int_equal(route_build(mem, mem, edge, 0, NULL, 0, &net, NULL, &f), RC_OK);
	for (size_t i = 0; i < sizeof over / sizeof over[0]; i++) {
		assert_int_equal(route_build(mem, mem, over[i], 2, NULL, 0, &net, NULL, &f), RC_INVALID);
		assert_int_equal(f.v[ROUTE_FAULT_POINT].first, 1);
	}
}

static void
a_star_of_many_streets_is_built_in_time(void **state)
{
	uint32_t n = 60000;
	struct arena *much = arena_create((size_t)256 << 20);
	struct route_point *at = arena_array(much, n, sizeof *at);
	struct route_link *link = arena_array(much, n, sizeof *link);
	struct route_findings f;
	struct route_net net;

	(void)state;
	for (uint32_t i = 0; i < n; i++) {
		at[i] = (struct route_point){ (int32_t)i, 0 };
		link[i] = (struct route_link){ 0, n - 1 - i, { 1, 1, 1 } };
	}
	assert_int_equal(route_build(much, much, at, n, link, n, &net, NULL, &f), RC_OK);
	assert_true(route_net_is_sound(&net));
	assert_int_equal(net.m, n - 1);
	assert_int_equal(f.v[ROUTE_FAULT_LOOP].n, 1);
	arena_free(much);
}

/* ---- islands ------------------------------------------------------------------------------- */

static void
islands_are_those_of_the_table(void **state)
{
	struct route_draw d = { 7 };

	(void)state;
	for (int i = 0; i < 600; i++) {
		struct route_small s;
		struct route_islands is;
		uint32_t n = 1 + route_draw(&d, 14), *all, size[16] = { 0 };

		arena_reset(mem);
		route_small_draw(mem, &d, n, route_draw(&d, 2 * n), 9, ROUTE_FOOT, &s);
		assert_int_equal(route_islands(mem, mem, &s.forth, &is), RC_OK);
		all = route_small_all(mem, &s.net, ROUTE_FOOT);
		for (uint32_t u = 0; u < n; u++) {
			size[is.strong[u]]++;
			for (uint32_t v = 0; v < n; v++) {
				bool both = all[u * n + v] < ROUTE_NEVER && all[v * n + u] < ROUTE_NEVER;

				assert_int_equal(both, is.strong[u] == is.strong[v]);
				if (all[u * n + v] < ROUTE_NEVER)
					assert_int_equal(is.weak[u], is.weak[v]);
			}
		}
		assert_int_equal(size[0], is.mainland);
		for (uint32_t c = 0; c + 1 < is.n_strong; c++)
			assert_true(size[c] >= size[c + 1] && size[c + 1] > 0);
		assert_true(is.n_weak <= is.n_strong);
	}
}

static void
a_long_road_is_walked_without_recursion(void **state)
{
	uint32_t n = 300000;
	struct arena *much = arena_create((size_t)256 << 20);
	uint32_t *first = arena_array(much, n + 1, sizeof *first);
	struct route_arc *arc = arena_array(much, n, sizeof *arc);
	struct route_graph g = { n, first, arc };
	struct route_islands is;

	(void)state;
	for (uint32_t u = 0; u < n; u++) {
		first[u + 1] = u + 1;
		arc[u] = (struct route_arc){ (u + 1) % n, 1 };
	}
	assert_int_equal(route_islands(much, much, &g, &is), RC_OK);
	assert_int_equal(is.n_strong, 1);
	assert_int_equal(is.mainland, n);
	arena_free(much);
}

/* ---- all ways are one ---------------------------------------------------------------------- */

struct trial {
	struct route_small s;
	uint32_t *all, n_from, n_to, limit;
	struct route_stop from[STOPS], to[STOPS];
};

static uint32_t
row_ms(const struct route_row *row, uint32_t to)
{
	for (uint32_t i = 0; i < row->n; i++) {
		if (i > 0)
			assert_true(row->v[i].to > row->v[i - 1].to);
		if (row->v[i].to == to)
			return row->v[i].ms;
	}
	return ROUTE_NEVER;
}

static void
matrix_check(const struct trial *t, const struct route_matrix *m)
{
	uint64_t n = 0;

	assert_int_equal(m->n_from, t->n_from);
	for (uint32_t i = 0; i < t->n_from; i++) {
		n += m->row[i].n;
		for (uint32_t k = 0; k < t->n_to; k++) {
			uint32_t right = route_stops_right(t->all, t->s.net.n, &t->from[i],
			    &t->to[k], t->limit);

			assert_int_equal(row_ms(&m->row[i], k), right);
		}
	}
	assert_int_equal(m->n_pairs, n);
}

static void
searches_check(const struct trial *t)
{
	struct route_search *search;
	struct route_query *query;

	assert_int_equal(route_search_new(mem, &t->s.forth, &search), RC_OK);
	assert_int_equal(route_query_new(mem, &t->s.h, &query), RC_OK);
	for (uint32_t i = 0; i < t->n_from; i++) {
		struct route_seed seed[2], goal[2];
		uint32_t n = route_stop_seeds(&t->from[i], false, i, seed);

		route_search_run(search, seed, n, t->limit);
		for (uint32_t k = 0; k < t->n_to; k++) {
			uint32_t n_goals = route_stop_seeds(&t->to[k], true, 0, goal), ms;
			uint32_t right = route_stops_right(t->all, t->s.net.n, &t->from[i],
			    &t->to[k], t->limit);

			assert_int_equal(route_stop_ms(search, &t->from[i], &t->to[k], t->limit), right);
			ms = route_query_ms(query, seed, n, goal, n_goals, t->limit);
			assert_true(ms <= t->limit || ms == ROUTE_NEVER);
			if (route_stop_direct_ms(&t->from[i], &t->to[k]) < ms)
				ms = route_stop_direct_ms(&t->from[i], &t->to[k]);
			assert_int_equal(ms <= t->limit ? ms : ROUTE_NEVER, right);
		}
	}
}

/* From all stops at once: the time of the nearest at every node, and of the nearest ones the first. */
static void
labels_check(const struct trial *t)
{
	struct route_search *search;
	struct route_seed seed[2 * STOPS];
	uint32_t n = 0, n_reached, reached = 0;

	for (uint32_t i = 0; i < t->n_from; i++)
		n += route_stop_seeds(&t->from[i], false, i, seed + n);
	assert_int_equal(route_search_new(mem, &t->s.forth, &search), RC_OK);
	route_search_run(search, seed, n, t->limit);
	for (uint32_t u = 0; u < t->s.net.n; u++) {
		struct route_stop there = route_stop_at(u);
		uint32_t best = ROUTE_NEVER, label = ROUTE_NONE;

		for (uint32_t i = 0; i < t->n_from; i++) {
			uint32_t ms = route_stops_right(t->all, t->s.net.n, &t->from[i], &there, t->limit);

			if (ms < best) {
				best = ms;
				label = i;
			}
		}
		assert_int_equal(route_search_ms(search, u), best);
		assert_int_equal(route_search_label(search, u), label);
		reached += best < ROUTE_NEVER;
	}
	route_search_reached(search, &n_reached);
	assert_int_equal(n_reached, reached);
}

static void
trial_run(struct route_draw *d)
{
	struct trial *t;
	struct route_plan *plan;
	struct route_matrix m;
	uint32_t n = 1 + route_draw(d, 24), most = route_draw(d, 3) == 0 ? 5 : route_draw(d,
	    2) == 0 ? 2000000 : 900;

	arena_reset(mem);
	t = arena_array(mem, 1, sizeof *t);
	route_small_draw(mem, d, n, route_draw(d, 4 * n), most, ROUTE_CAR, &t->s);
	t->all = route_small_all(mem, &t->s.net, ROUTE_CAR);
	t->limit = route_draw(d, 4) == 0 ? ROUTE_NEVER : route_draw(d, 6 * most);
	t->n_from = route_draw(d, STOPS + 1);
	t->n_to = route_draw(d, STOPS + 1);
	for (uint32_t i = 0; i < STOPS; i++) {
		t->from[i] = route_stop_draw(d, &t->s.net, ROUTE_CAR);
		t->to[i] = route_stop_draw(d, &t->s.net, ROUTE_CAR);
	}
	searches_check(t);
	labels_check(t);
	assert_int_equal(route_plan_new(mem, &t->s.h, t->to, t->n_to, &plan), RC_OK);
	for (int lanes = ROUTE_LANES_BEST; lanes <= ROUTE_LANES_AVX512; lanes++) {
		if (!route_lanes_here((enum route_lanes)lanes))
			continue;
		assert_int_equal(route_matrix_run(&mem, plan, t->from, t->n_from, t->limit, NULL,
		    (enum route_lanes)lanes, &m), RC_OK);
		matrix_check(t, &m);
	}
	assert_int_equal(route_matrix_search(&mem, &t->s.forth, t->from, t->n_from, t->to, t->n_to,
	    t->limit, NULL, &m), RC_OK);
	matrix_check(t, &m);
}

static void
every_way_gives_the_right_time(void **state)
{
	struct route_draw d = { 20260630 };
	const char *many = getenv("ROUTE_NETWORKS");
	int64_t n = NETWORKS;

	(void)state;
	if (many != NULL)
		assert_int_equal(int64_parse(text_of(many), 1, INT32_MAX, &n), RC_OK);
	for (int64_t i = 0; i < n; i++)
		trial_run(&d);
}

/* Seeds so far apart in time that they share buckets of different rounds. */
static void
seeds_may_start_at_any_time(void **state)
{
	struct route_draw d = { 77 };

	(void)state;
	for (int i = 0; i < 400; i++) {
		struct route_small s;
		struct route_search *search;
		struct route_seed seed[9];
		uint32_t n = 1 + route_draw(&d, 20), *all, n_seeds = route_draw(&d, 10);
		uint32_t most = route_draw(&d, 2) == 0 ? 900 : 90000;

		arena_reset(mem);
		route_small_draw(mem, &d, n, route_draw(&d, 3 * n), 900, ROUTE_CAR, &s);
		all = route_small_all(mem, &s.net, ROUTE_CAR);
		assert_int_equal(route_search_new(mem, &s.forth, &search), RC_OK);
		for (uint32_t k = 0; k < n_seeds; k++)
			seed[k] = (struct route_seed){ route_draw(&d, n + 1), route_draw(&d, most),
			    route_draw(&d, 3) };
		route_search_run(search, seed, n_seeds, ROUTE_NEVER);
		for (uint32_t v = 0; v < n; v++) {
			uint32_t best = ROUTE_NEVER, label = ROUTE_NONE;

			for (uint32_t k = 0; k < n_seeds; k++) {
				uint64_t ms = seed[k].node < n ? (uint64_t)seed[k].ms + all[seed[k].node * n + v] : ROUTE_NEVER;

				if (ms < best || (ms == best && best < ROUTE_NEVER &&
				    seed[k].label < label)) {
					best = (uint32_t)ms;
					label = seed[k].label;
				}
			}
			assert_int_equal(route_search_ms(search, v), best);
			assert_int_equal(route_search_label(search, v), label);
		}
	}
}

/* Both sides of the longest time there is. */
static void
what_takes_for_ever_is_never_reached(void **state)
{
	static const struct route_point at[] = { { 1, 0 }, { 2, 0 }, { 3, 0 }, { 4, 0 } };
	static const struct route_link link[] = {
		{ 0, 1, { ROUTE_MS_MAX, 1, 1 } }, { 1, 2, { ROUTE_MS_MAX, 1, 1 } }, { 2, 3, { 1, 1, 1 } },
	};
	struct route_findings f;
	struct route_net net;
	struct route_graph g;
	struct route_hierarchy h;
	struct route_search *search;
	struct route_query *query;
	const uint32_t *number;

	(void)state;
	arena_reset(mem);
	assert_int_equal(route_build(mem, mem, at, 4, link, 3, &net, &number, &f), RC_OK);
	assert_int_equal(route_graph_of(mem, &net, ROUTE_CAR, false, &g), RC_OK);
	assert_int_equal(route_hierarchy_build(mem, mem, &g, NULL, &h), RC_OK);
	assert_int_equal(route_search_new(mem, &g, &search), RC_OK);
	assert_int_equal(route_query_new(mem, &h, &query), RC_OK);
	for (uint32_t to = 2; to < 4; to++) {
		struct route_seed from = { number[0], 0, 0 }, goal = { number[to], 0, 0 };
		uint32_t right = to == 2 ? ROUTE_NEVER - 1 : ROUTE_NEVER;

		route_search_run(search, &from, 1, ROUTE_NEVER);
		assert_int_equal(route_search_ms(search, number[to]), right);
		assert_int_equal(route_query_ms(query, &from, 1, &goal, 1, ROUTE_NEVER), right);
	}
}

static void
the_nearest_are_the_nearest(void **state)
{
	static const struct route_pair v[] = { { 1, 50 }, { 3, 20 }, { 4, 50 }, { 7, 20 }, { 9, 10 } };
	static const struct route_pair right[] = { { 9, 10 }, { 3, 20 }, { 7, 20 }, { 1, 50 }, { 4, 50 } };
	struct route_row row = { v, 5 };
	struct route_pair got[8];

	(void)state;
	for (uint32_t k = 0; k <= 8; k++) {
		assert_int_equal(route_row_nearest(&row, k, got), k < 5 ? k : 5);
		assert_memory_equal(got, right, (k < 5 ? k : 5) * sizeof *got);
	}
}

static void
memory_that_is_out_is_said(void **state)
{
	struct route_draw d = { 3 };
	struct route_small s;
	struct route_stop stop[2];
	struct route_matrix m;
	struct route_plan *plan;
	int fine = 0, refused = 0;

	(void)state;
	arena_reset(mem);
	route_small_draw(mem, &d, 20, 60, 100, ROUTE_CAR, &s);
	for (int i = 0; i < 2; i++)
		stop[i] = route_stop_draw(&d, &s.net, ROUTE_CAR);
	for (size_t bound = 0; bound < 2000000; bound += 9973) {
		struct arena *little = arena_create(bound);
		enum rc rc = route_hierarchy_build(little, little, &s.forth, NULL, &s.h);

		if (rc == RC_OK)
			rc = route_plan_new(little, &s.h, stop, 2, &plan);
		if (rc == RC_OK)
			rc = route_matrix_run(&little, plan, stop, 2, 1000, NULL, ROUTE_LANES_BEST, &m);
		assert_true(rc == RC_OK || rc == RC_NO_MEMORY);
		fine += rc == RC_OK;
		refused += rc != RC_OK;
		arena_free(little);
	}
	assert_true(refused > 40);
	assert_true(fine > 40);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_are_counted_and_left_out),
		cmocka_unit_test(a_position_outside_the_globe_builds_nothing),
		cmocka_unit_test(a_star_of_many_streets_is_built_in_time),
		cmocka_unit_test(islands_are_those_of_the_table),
		cmocka_unit_test(a_long_road_is_walked_without_recursion),
		cmocka_unit_test(every_way_gives_the_right_time),
		cmocka_unit_test(seeds_may_start_at_any_time),
		cmocka_unit_test(what_takes_for_ever_is_never_reached),
		cmocka_unit_test(the_nearest_are_the_nearest),
		cmocka_unit_test(memory_that_is_out_is_said),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
