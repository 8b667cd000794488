/*
 * route_area_test: polygons hold what is reached; a file opens as what was written, and not when
 * a bit of it is wrong.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/route/route_file.h"
#include "engine/route/route_isochrone.h"
#include "engine/route/route_stage.h"

static struct arena *mem;

static int
setup(void **state)
{
	(void)state;
	mem = arena_create((size_t)512 << 20);
	return mem == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

/* ---- polygons ------------------------------------------------------------------------------ */

static double
ring_sum(const struct route_ring *r)
{
	double sum = 0;

	for (uint32_t i = 0; i < r->n; i++) {
		struct route_point a = r->v[i], b = r->v[(i + 1) % r->n];

		sum += (double)a.lon * b.lat - (double)b.lon * a.lat;
	}
	return sum;
}

static int64_t
turn(struct route_point a, struct route_point b, struct route_point c)
{
	int64_t v = ((int64_t)b.lon - a.lon) * ((int64_t)c.lat - a.lat);

	v -= ((int64_t)b.lat - a.lat) * ((int64_t)c.lon - a.lon);
	return (v > 0) - (v < 0);
}

static bool
crosses(struct route_point a, struct route_point b, struct route_point c, struct route_point d)
{
	return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

static void
rings_do_not_cross(const struct route_area *area)
{
	for (uint32_t r = 0; r < area->n; r++)
		for (uint32_t q = 0; q <= r; q++)
			for (uint32_t i = 0; i < area->ring[r].n; i++)
				for (uint32_t k = 0; k < area->ring[q].n; k++)
					assert_false(crosses(area->ring[r].v[i],
					    area->ring[r].v[(i + 1) % area->ring[r].n],
					    area->ring[q].v[k], area->ring[q].v[(k + 1) % area->ring[q].n]));
}

static void
area_check(const struct route_small *s, const struct route_search *search,
    const struct route_area *area, uint32_t limit)
{
	uint32_t n_reached;
	const uint32_t *reached = route_search_reached(search, &n_reached);

	for (uint32_t i = 0; i < n_reached; i++) {
		uint32_t u = reached[i], left = limit - route_search_ms(search, u);

		assert_true(route_area_has(area, s->net.at[u]));
		for (uint32_t a = s->forth.first[u]; a < s->forth.first[u + 1]; a++) {
			struct route_point p = s->net.at[u], q = s->net.at[s->forth.arc[a].to];
			double part = fmin(1, (double)left / s->forth.arc[a].ms);

			for (int k = 0; k <= 10; k++) {
				struct route_point on = { (int32_t)(p.lon + ((double)q.lon - p.lon) * part * k / 10),
					(int32_t)(p.lat + ((double)q.lat - p.lat) * part * k / 10) };

				assert_true(route_area_has(area, on));
			}
		}
	}
	for (uint32_t i = 0; i < area->n; i++) {
		const struct route_ring *r = &area->ring[i];

		assert_true(r->n >= 3);
		assert_int_equal(ring_sum(r) > 0, r->in == ROUTE_NONE);
		if (r->in != ROUTE_NONE)
			assert_int_equal(area->ring[r->in].in, ROUTE_NONE);
	}
}

static void
areas_hold_all_that_is_reached(void **state)
{
	struct route_draw d = { 9 };

	(void)state;
	for (int i = 0; i < 250; i++) {
		struct route_small s;
		struct route_search *search;
		struct route_area area;
		struct route_stop from;
		struct route_seed seed[2];
		uint32_t n = 1 + route_draw(&d, 40), limit = route_draw(&d, 3000);
		double cell = 50 + route_draw(&d, 400);

		arena_reset(mem);
		route_small_draw(mem, &d, n, route_draw(&d, 3 * n), 900, ROUTE_FOOT, &s);
		from = route_stop_draw(&d, &s.net, ROUTE_FOOT);
		assert_int_equal(route_search_new(mem, &s.forth, &search), RC_OK);
		route_search_run(search, seed, route_stop_seeds(&from, false, 0, seed), limit);
		assert_int_equal(route_isochrone(mem, mem, &s.net, &s.forth, search, &from, limit,
		    cell, &area), RC_OK);
		area_check(&s, search, &area, limit);
		assert_int_equal(area.n == 0, route_stop_is_off(&from) || from.access_ms > limit);
		if (i % 10 == 0)
			rings_do_not_cross(&area);
	}
}

static void
a_block_has_a_hole(void **state)
{
	/* A square of streets of 2 km: its middle is not reached. */
	static const struct route_point at[] = { { 1206000000, 313000000 }, { 1206200000,
	    313000000 }, { 1206200000, 313200000 },
		{ 1206000000, 313200000 } };
	struct route_link link[4];
	struct route_small s;
	struct route_search *search;
	struct route_area area;
	struct route_stop from = route_stop_at(0);
	struct route_seed seed = { 0, 0, 0 };

	(void)state;
	arena_reset(mem);
	for (uint32_t i = 0; i < 4; i++)
		link[i] = (struct route_link){ i, (i + 1) % 4, { 100, 100, 100 } };
	assert_int_equal(route_build(mem, mem, at, 4, link, 4, &s.net, NULL, &s.findings), RC_OK);
	assert_int_equal(route_graph_of(mem, &s.net, ROUTE_CAR, false, &s.forth), RC_OK);
	assert_int_equal(route_search_new(mem, &s.forth, &search), RC_OK);
	route_search_run(search, &seed, 1, 400);
	assert_int_equal(route_isochrone(mem, mem, &s.net, &s.forth, search, &from, 400, 100, &area), RC_OK);
	assert_int_equal(area.n, 2);
	assert_int_equal(area.ring[0].in == ROUTE_NONE, area.ring[1].in != ROUTE_NONE);
	assert_false(route_area_has(&area, (struct route_point){ 1206100000, 313100000 }));
	assert_true(route_area_has(&area, (struct route_point){ 1206100000, 313000000 }));
	assert_false(route_area_has(&area, (struct route_point){ 1206100000, 312970000 }));
	rings_do_not_cross(&area);
}

/* ---- files --------------------------------------------------------------------------------- */

static struct route_bundle
bundle_draw(uint64_t seed, uint32_t n)
{
	struct route_draw d = { seed };
	struct route_small s;
	struct route_bundle b = { .about = { ROUTE_PROVIDER_SYNTHETIC, 20634, "示范路网" } };

	route_small_draw(mem, &d, n, 3 * n, 900, ROUTE_CAR, &s);
	b.net = s.net;
	b.has[ROUTE_CAR] = true;
	b.h[ROUTE_CAR] = s.h;
	return b;
}

static void
a_file_opens_as_it_was_written(void **state)
{
	static const uint32_t sizes[] = { 1, 2, 17, 200 };

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct route_bundle b, c;
		enum route_file_why why;
		size_t bytes;
		void *p, *again;

		arena_reset(mem);
		b = bundle_draw(i, sizes[i]);
		bytes = route_file_size(&b);
		p = arena_raw(mem, bytes, 1);
		again = arena_raw(mem, bytes, 1);
		route_file_write(&b, p);
		assert_int_equal(route_file_open(p, bytes, &c, &why), RC_OK);
		assert_int_equal(why, ROUTE_FILE_FINE);
		assert_memory_equal(&b.about, &c.about, sizeof b.about);
		assert_true(c.has[ROUTE_CAR] && !c.has[ROUTE_EBIKE] && !c.has[ROUTE_FOOT]);
		assert_int_equal(c.net.m, b.net.m);
		assert_memory_equal(c.net.head, b.net.head, b.net.m * sizeof *b.net.head);
		assert_memory_equal(c.h[ROUTE_CAR].rank, b.h[ROUTE_CAR].rank, sizes[i] * sizeof(uint32_t));
		route_file_write(&c, again);
		assert_memory_equal(p, again, bytes);
	}
}

static void
every_wrong_bit_is_seen(void **state)
{
	struct route_bundle b, c;
	enum route_file_why why;
	unsigned char *p;
	size_t bytes;

	(void)state;
	arena_reset(mem);
	b = bundle_draw(4, 12);
	bytes = route_file_size(&b);
	p = arena_raw(mem, bytes, 1);
	route_file_write(&b, p);
	for (size_t i = 0; i < bytes * 8; i++) {
		p[i / 8] ^= (unsigned char)(1u << i % 8);
		assert_int_equal(route_file_open(p, bytes, &c, &why), RC_CORRUPT);
		assert_int_not_equal(why, ROUTE_FILE_FINE);
		p[i / 8] ^= (unsigned char)(1u << i % 8);
	}
	for (size_t n = 0; n < bytes; n++) {
		assert_int_equal(route_file_open(p, n, &c, &why), RC_CORRUPT);
		assert_int_equal(why, n < 8 ? ROUTE_FILE_NOT_ONE : ROUTE_FILE_TRUNCATED);
	}
	p[8]++;
	assert_int_equal(route_file_open(p, bytes, &c, &why), RC_CORRUPT);
	assert_int_equal(why, ROUTE_FILE_OTHER_VERSION);
	p[8]--;
	assert_int_equal(route_file_open(p, bytes, &c, &why), RC_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(areas_hold_all_that_is_reached),
		cmocka_unit_test(a_block_has_a_hole),
		cmocka_unit_test(a_file_opens_as_it_was_written),
		cmocka_unit_test(every_wrong_bit_is_seen),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
