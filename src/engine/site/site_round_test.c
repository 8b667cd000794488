/* site_round_test: rounds of small cases against every way of going; bounds that hold; both sides of each limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/site/site_round.h"

static struct arena *mem, *spare;
static uint64_t dice;

static int
setup(void **state)
{
	(void)state;
	mem = arena_create((size_t)16 << 20);
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
	dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((dice >> 32) * below >> 32);
}

/* Every stop on every day next: the shortest of all. */
struct every { const struct site_round_ask *ask; int64_t best; };

static void
every_way(struct every *e, uint32_t left, uint32_t day, uint32_t in_day, uint32_t here, int64_t ms)
{
	const struct site_round_ask *a = e->ask;
	uint32_t wide = a->n + 1;

	if (ms >= e->best)
		return;
	if (left == 0) {
		ms += in_day > 0 ? a->ms[(size_t)here * wide + a->n] : 0;
		e->best = ms < e->best ? ms : e->best;
		return;
	}
	if (in_day > 0 && day + 1 < a->days)
		every_way(e, left, day + 1, 0, a->n, ms + a->ms[(size_t)here * wide + a->n]);
	for (uint32_t i = 0; i < a->n && in_day < a->most; i++)
		if ((left >> i & 1) != 0)
			every_way(e, left & ~(UINT32_C(1) << i), day, in_day + 1, i, ms + a->ms[(size_t)here * wide + i]);
}

static struct site_round_ask
some_ask(uint32_t n, uint32_t days, uint32_t most)
{
	uint32_t *ms = arena_array(mem, ((size_t)n + 1) * (n + 1), sizeof *ms);

	for (uint32_t i = 0; i < (n + 1) * (n + 1); i++)
		ms[i] = i % (n + 2) == 0 ? 0 : 1 + draw(1000);
	return (struct site_round_ask){ n, ms, days, most };
}

/* Each stop once, days within their size, sums that add up. */
static void
round_is_whole(const struct site_round_ask *a, const struct site_round *r)
{
	uint64_t seen[4] = { 0 };
	int64_t total = 0;

	assert_int_equal(r->first[0], 0);
	assert_int_equal(r->first[a->days], a->n);
	for (uint32_t d = 0; d < a->days; d++) {
		uint32_t here = a->n;
		int64_t ms = 0;

		assert_true(r->first[d + 1] - r->first[d] <= a->most);
		for (uint32_t k = r->first[d]; k < r->first[d + 1]; k++) {
			assert_true(r->stop[k] < a->n && (seen[r->stop[k] / 64] >> r->stop[k] % 64 & 1) == 0);
			seen[r->stop[k] / 64] |= UINT64_C(1) << r->stop[k] % 64;
			ms += a->ms[(size_t)here * (a->n + 1) + r->stop[k]];
			here = r->stop[k];
		}
		ms += here == a->n ? 0 : a->ms[(size_t)here * (a->n + 1) + a->n];
		assert_int_equal(ms, r->day_ms[d]);
		total += ms;
	}
	assert_int_equal(total, r->total);
}

static void
small_rounds_against_every_way(void **state)
{
	int found = 0, tried = 0;

	(void)state;
	dice = 5;
	for (int i = 0; i < 400; i++) {
		uint32_t days = 1 + draw(3), most = 1 + draw(4), n = 1 + draw(days * most < 7 ? days * most : 7);
		struct site_round_ask a;
		struct site_round r;
		struct every e;

		arena_reset(mem);
		arena_reset(spare);
		a = some_ask(n, days, most);
		e = (struct every){ &a, INT64_MAX };
		every_way(&e, (UINT32_C(1) << n) - 1, 0, 0, n, 0);
		assert_int_equal(site_round(mem, spare, &a, &r), RC_OK);
		round_is_whole(&a, &r);
		assert_true(r.bound <= e.best && e.best <= r.total);
		if (days == 1)
			assert_true(r.total == e.best && r.bound == r.total);
		found += r.total == e.best;
		tried++;
	}
	assert_true(found * 10 > tried * 7); /* ways without any order among them: the hardest there are */
}

static void
great_rounds_are_whole(void **state)
{
	static const uint32_t sizes[][3] = { { 240, 40, 6 }, { 240, 22, 11 }, { 11, 1, 11 }, { 60, 240, 1 } };

	(void)state;
	dice = 9;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct site_round_ask a;
		struct site_round r;

		arena_reset(mem);
		arena_reset(spare);
		a = some_ask(sizes[i][0], sizes[i][1], sizes[i][2]);
		assert_int_equal(site_round(mem, spare, &a, &r), RC_OK);
		round_is_whole(&a, &r);
		assert_true(r.bound <= r.total);
	}
}

static void
limits_have_two_sides(void **state)
{
	struct site_round r;
	struct site_round_ask a;

	(void)state;
	arena_reset(mem);
	arena_reset(spare);
	a = some_ask(6, 2, 3);
	assert_int_equal(site_round(mem, spare, &a, &r), RC_OK);
	a.most = 2; /* four places for six */
	assert_int_equal(site_round(mem, spare, &a, &r), RC_INVALID);
	a.most = 0;
	assert_int_equal(site_round(mem, spare, &a, &r), RC_INVALID);
	a.most = SITE_ROUND_DAY;
	assert_int_equal(site_round(mem, spare, &a, &r), RC_OK);
	a.most = SITE_ROUND_DAY + 1;
	assert_int_equal(site_round(mem, spare, &a, &r), RC_INVALID);
	a = some_ask(6, 0, 3);
	assert_int_equal(site_round(mem, spare, &a, &r), RC_INVALID);
	a = some_ask(0, 1, 3);
	assert_int_equal(site_round(mem, spare, &a, &r), RC_INVALID);
	a = some_ask(2, 1, 2);
	((uint32_t *)(uintptr_t)a.ms)[1] = SITE_ROUND_MS / (SITE_ROUND_DAY + 1);
	assert_int_equal(site_round(mem, spare, &a, &r), RC_OK);
	((uint32_t *)(uintptr_t)a.ms)[1]++;
	assert_int_equal(site_round(mem, spare, &a, &r), RC_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_rounds_against_every_way),
		cmocka_unit_test(great_rounds_are_whole),
		cmocka_unit_test(limits_have_two_sides),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
