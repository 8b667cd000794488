/*
 * assign_seats_test: levels against figures worked out otherwise (Erlang C by exact fractions; with impatience by the chain
 * of departures one waits for, step by step); the fewest seats are the fewest; shifts against every plan.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/assign/assign_seats.h"

static uint64_t dice = 7;

static uint32_t
draw(uint32_t below)
{
	dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((dice >> 32) * below >> 32);
}

/* ---- queues ---------------------------------------------------------------------------------------------- */

static void
levels_are_what_theory_says(void **state)
{
	static const struct { int64_t seats, calls, talk, patience, seconds, within, lost, waits; } cases[] = {
		{ 10, 48000, 300, 0, 20, 642, 0, 409 }, { 14, 60000, 300, 0, 20, 867, 0, 174 }, { 2, 3000, 600, 0, 60, 698, 0, 333 },
		{ 120, 600000, 330, 0, 20, 861, 0, 256 },
		{ 10, 48000, 300, 120, 20, 824, 73, 236 }, { 8, 60000, 300, 120, 20, 442, 273, 650 },
		{ 5, 60000, 300, 60, 20, 276, 529, 805 }, { 40, 300000, 240, 90, 30, 861, 78, 407 },
	};
	struct seats_level l;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct seats_load in = { cases[i].calls, cases[i].talk, cases[i].patience };

		assert_int_equal(seats_level(&in, cases[i].seats, cases[i].seconds, &l), RC_OK);
		assert_in_range(l.within, cases[i].within - 1, cases[i].within + 1);
		assert_in_range(l.lost + 1, cases[i].lost, cases[i].lost + 2);
		assert_in_range(l.waits, cases[i].waits - 1, cases[i].waits + 1);
	}
}

/* Next to endless patience is endless patience; and with none at all nobody is answered late (Erlang B: 10 on 10 lose 215). */
static void
the_ends_meet(void **state)
{
	const struct seats_load patient = { 48000, 300, 0 }, nearly = { 48000, 300, 100000000 }, none = { 60000, 300, 1 };
	struct seats_level a, b;

	(void)state;
	assert_int_equal(seats_level(&patient, 10, 20, &a), RC_OK);
	assert_int_equal(seats_level(&nearly, 10, 20, &b), RC_OK);
	assert_in_range(b.within, a.within - 1, a.within + 1);
	assert_int_equal(seats_level(&none, 10, 0, &b), RC_OK);
	assert_in_range(b.lost, 205, 222);
	assert_int_equal(seats_level(&patient, 10, 0, &a), RC_OK);
	assert_in_range(a.within + a.waits, 999, 1001);
}

static void
the_fewest_seats_are_the_fewest(void **state)
{
	(void)state;
	for (int i = 0; i < 400; i++) {
		const struct seats_load in = { 1 + draw(200000), 60 + draw(600), draw(2) == 0 ? 0 : 20 + draw(300) };
		int64_t seats = -1, seconds = draw(60), within = 500 + draw(480), lost = draw(3) == 0 ? 30 : 1000;
		struct seats_level l;

		assert_int_equal(seats_needed(&in, seconds, within, lost, &seats), RC_OK);
		assert_int_equal(seats_level(&in, seats, seconds, &l), RC_OK);
		assert_true(l.within >= within && l.lost <= lost);
		if (seats > 1 && seats_level(&in, seats - 1, seconds, &l) == RC_OK)
			assert_true(l.within < within || l.lost > lost);
	}
}

static void
impossible_queues_are_refused(void **state)
{
	struct seats_load in = { 60000, 300, 0 };
	struct seats_level l;
	int64_t seats = -1;

	(void)state;
	assert_int_equal(seats_level(&in, 10, 20, &l), RC_INVALID); /* as much work as seats */
	assert_int_equal(seats_level(&in, 11, 20, &l), RC_OK);
	assert_int_equal(seats_level(&in, 0, 20, &l), RC_INVALID);
	assert_int_equal(seats_level(&in, SEATS_MOST, 20, &l), RC_OK);
	assert_int_equal(seats_level(&in, SEATS_MOST + 1, 20, &l), RC_INVALID);
	assert_int_equal(seats_needed(&in, 20, 1001, 1000, &seats), RC_INVALID);
	in.talk = 0;
	assert_int_equal(seats_level(&in, 11, 20, &l), RC_INVALID);
	in = (struct seats_load){ 0, 300, 60 };
	assert_int_equal(seats_needed(&in, 20, 800, 50, &seats), RC_OK);
	assert_int_equal(seats, 0);
	in.calls = 1;
	assert_int_equal(seats_needed(&in, 20, 800, 50, &seats), RC_OK);
	assert_int_equal(seats, 1);
}

/* ---- the forecast ------------------------------------------------------------------------------------------ */

static void
a_forecast_is_level_times_share(void **state)
{
	static struct seats_day d[12];
	struct arena *mem = arena_create(1 << 20);
	struct seats_forecast f;

	(void)state;
	/* six Mondays of 100, 100, 100, 200, 200, 300 calls, a third at nine o'clock; Tuesdays between are nothing to them */
	for (int i = 0; i < 12; i++) {
		static const uint32_t total[] = { 100, 100, 100, 200, 200, 300 };

		d[i].kind = i % 2 == 0 ? 1 : 2;
		d[i].calls[18] = i % 2 == 0 ? total[i / 2] * 3 / 10 : 999;
		d[i].calls[20] = i % 2 == 0 ? total[i / 2] * 7 / 10 : 999;
	}
	assert_int_equal(seats_forecast(mem, d, 12, 1, 500, &f), RC_OK);
	assert_int_equal(f.days, 6);
	assert_int_equal(f.middle[18], 200 * 1000 * 3 / 10); /* the last four: 100, 200, 200, 300 */
	assert_int_equal(f.middle[20], 200 * 1000 * 7 / 10);
	assert_int_equal(f.middle[19], 0);
	/* off by 1000, 1000, 2000, 1600 (200 on 125), 2000 (300 on 150) per mille: the middle and the end of these five */
	assert_int_equal(f.factor, 1600);
	assert_int_equal(seats_forecast(mem, d, 12, 1, 999, &f), RC_OK);
	assert_int_equal(f.factor, 2000);
	assert_int_equal(f.high[18], 120000);
	assert_int_equal(seats_forecast(mem, d, 12, 3, 800, &f), RC_NOT_FOUND);
	assert_int_equal(seats_forecast(mem, d, 12, 1, 499, &f), RC_INVALID);
	assert_int_equal(seats_forecast(mem, d, 1, 1, 800, &f), RC_OK);
	assert_int_equal(f.factor, 1000);
	arena_free(mem);
}

/* ---- shifts --------------------------------------------------------------------------------------------------- */

/* The least cost over every plan with at most `most` of each shift. */
static int64_t
least_of_all(const int64_t *need, const struct seats_shift *shift, uint32_t n, uint32_t most)
{
	uint32_t count[6] = { 0 }, s;
	int64_t best = INT64_MAX;

	do {
		int64_t cost = 0;
		bool fine = true;

		for (int t = 0; t < SEATS_SLOTS && fine; t++) {
			int64_t sits = 0;

			for (s = 0; s < n; s++)
				sits += shift[s].covers[t] * (int64_t)count[s];
			fine = sits >= need[t];
		}
		for (s = 0; s < n; s++)
			cost += (int64_t)shift[s].cost * count[s];
		if (fine && cost < best)
			best = cost;
		for (s = 0; s < n && ++count[s] > most; s++)
			count[s] = 0;
	} while (s < n);
	return best;
}

static void
shifts_are_the_best_of_all(void **state)
{
	int possible = 0;

	(void)state;
	for (int i = 0; i < 1500; i++) {
		uint32_t n = 1 + draw(5);
		struct seats_shift shift[6] = { { .cost = 0 } };
		int64_t need[SEATS_SLOTS] = { 0 };
		struct seats_plan p;
		enum rc rc;

		for (uint32_t s = 0; s < n; s++) {
			shift[s].cost = 1 + draw(4);
			for (int t = 0; t < 6; t++)
				shift[s].covers[t] = draw(2) == 0;
		}
		for (int t = 0; t < 6; t++)
			need[t] = draw(4);
		rc = seats_cover(need, shift, n, (struct seats_limits){ 400000, i % 2 == 0 ? 1500 : 0 }, &p); /* by branching alone, too */
		if (rc == RC_NOT_FOUND) {
			assert_true(least_of_all(need, shift, n, 3) == INT64_MAX);
			continue;
		}
		possible++;
		assert_int_equal(rc, RC_OK);
		assert_true(p.proven && p.bound == p.cost);
		assert_int_equal(p.cost, least_of_all(need, shift, n, 3));
		for (int t = 0; t < 6; t++) {
			int64_t sits = 0;

			for (uint32_t s = 0; s < n; s++)
				sits += shift[s].covers[t] * (int64_t)p.count[s];
			assert_true(sits >= need[t]);
		}
		/* with next to no nodes the bound still holds */
		assert_int_equal(seats_cover(need, shift, n, (struct seats_limits){ 1, 1500 }, &p), RC_OK);
		assert_true(p.bound <= least_of_all(need, shift, n, 3) && p.cost >= least_of_all(need, shift, n, 3));
	}
	assert_true(possible > 500);
}

/* A day at the telephone: eight hours with one off in the middle, beginning at any half hour. */
static void
a_whole_day_is_proven_or_says_its_gap(void **state)
{
	static struct seats_shift shift[32];
	const struct seats_limits few = { 10, 10 };
	int64_t need[SEATS_SLOTS] = { 0 };
	struct seats_plan p;

	(void)state;
	for (int s = 0; s < 32; s++) {
		shift[s].cost = 1;
		for (int t = s; t < s + 17; t++)
			shift[s].covers[t] = t < s + 8 || t >= s + 9;
	}
	for (int i = 0; i < 20; i++) {
		for (int t = 0; t < SEATS_SLOTS; t++)
			need[t] = 2 + (t > 16 && t < 36 ? draw(12) : draw(3));
		assert_int_equal(seats_cover(need, shift, 32, (struct seats_limits){ 20000, 1500 }, &p), RC_OK);
		assert_true(p.bound <= p.cost && p.cost - p.bound <= 1 + p.cost / 20);
	}
	need[0] = SEATS_MOST + 1;
	assert_int_equal(seats_cover(need, shift, 32, few, &p), RC_INVALID);
	need[0] = 0;
	shift[3].cost = 0;
	assert_int_equal(seats_cover(need, shift, 32, few, &p), RC_INVALID);
	shift[3].cost = 10000;
	assert_int_equal(seats_cover(need, shift, 32, few, &p), RC_OK);
	assert_int_equal(seats_cover(need, shift, 0, few, &p), RC_INVALID);
	need[0] = 1;
	assert_int_equal(seats_cover(need, shift + 1, 31, few, &p), RC_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_are_what_theory_says),
		cmocka_unit_test(the_ends_meet),
		cmocka_unit_test(the_fewest_seats_are_the_fewest),
		cmocka_unit_test(impossible_queues_are_refused),
		cmocka_unit_test(a_forecast_is_level_times_share),
		cmocka_unit_test(shifts_are_the_best_of_all),
		cmocka_unit_test(a_whole_day_is_proven_or_says_its_gap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
