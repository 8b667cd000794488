/* site_limit_test: fewest sites, shortest longest way, short room: small cases against every choice; bounds that hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/site/site_internal.h"

#define CASES 2000
#define SITES_MAX 12
#define CLIENTS_MAX 14

static struct arena *mem, *spare;
static uint64_t state_of_dice;
static const struct site_limits thorough = { 0, 0, 1 }, weak = { 2, 1, 1 };

static int
setup(void **state)
{
	(void)state;
	mem = arena_create((size_t)64 << 20);
	spare = arena_create((size_t)256 << 20);
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

/* Pairs with times below `most`; some sites are kept, some clients are islands. */
static struct site_times
times_draw(uint32_t n, uint32_t m, uint32_t density, uint32_t most)
{
	uint32_t *first = arena_array(mem, m + 1, sizeof *first);
	uint32_t *client = arena_array(mem, (size_t)n * m + 1, sizeof *client), *ms = arena_array(mem, (size_t)n * m + 1, sizeof *ms);
	int64_t *weight = arena_array(mem, n + 1, sizeof *weight);
	uint8_t *kept = arena_array(mem, m, 1);
	bool any_kept = draw(2) == 0;

	for (uint32_t i = 0; i < n; i++)
		weight[i] = draw(20);
	for (uint32_t j = 0; j < m; j++) {
		kept[j] = any_kept && draw(5) == 0;
		first[j + 1] = first[j];
		for (uint32_t i = 0; i < n; i++)
			if (draw(100) < density) {
				ms[first[j + 1]] = draw(most);
				client[first[j + 1]++] = i;
			}
	}
	return (struct site_times){ { n, m, weight, first, client, any_kept || draw(2) == 0 ? kept : NULL, 0 }, ms };
}

static bool
is_kept(const struct site_covers *c, uint32_t j)
{
	return c->kept != NULL && c->kept[j] != 0;
}

static uint32_t
free_sites(const struct site_covers *c)
{
	uint32_t set = 0;

	for (uint32_t j = 0; j < c->m; j++)
		set |= is_kept(c, j) ? 0 : UINT32_C(1) << j;
	return set;
}

static uint32_t
set_of(const struct site_covers *c, const struct site_answer *a)
{
	uint32_t set = 0;

	for (uint32_t t = 0; t < a->n; t++) {
		assert_true(a->chosen[t] < c->m && !is_kept(c, a->chosen[t]));
		assert_true(t == 0 || a->chosen[t] > a->chosen[t - 1]);
		set |= UINT32_C(1) << a->chosen[t];
	}
	return set;
}

/* How long the last one travels, by the kept ones and those of the set; UINT32_MAX: somebody nowhere. */
static uint32_t
longest_way(const struct site_times *t, uint32_t set)
{
	uint32_t near[64], reach[64], most = 0;

	memset(near, 0xff, sizeof near);
	memset(reach, 0, sizeof reach);
	for (uint32_t j = 0; j < t->covers.m; j++)
		for (uint32_t a = t->covers.first[j]; a < t->covers.first[j + 1]; a++) {
			reach[t->covers.client[a]] = 1;
			if ((is_kept(&t->covers, j) || (set >> j & 1) != 0) && t->ms[a] < near[t->covers.client[a]])
				near[t->covers.client[a]] = t->ms[a];
		}
	for (uint32_t i = 0; i < t->covers.n; i++)
		most = reach[i] != 0 && near[i] > most ? near[i] : most;
	return most;
}

static uint32_t
fewest(const struct site_times *t)
{
	uint32_t best = UINT32_MAX, may = free_sites(&t->covers);

	for (uint32_t set = 0; set < UINT32_C(1) << t->covers.m; set++)
		if ((set & ~may) == 0 && longest_way(t, set) != UINT32_MAX && (uint32_t)__builtin_popcount(set) < best)
			best = (uint32_t)__builtin_popcount(set);
	return best;
}

static uint32_t
shortest(const struct site_times *t, uint32_t k)
{
	uint32_t best = UINT32_MAX, may = free_sites(&t->covers);

	for (uint32_t set = 0; set < UINT32_C(1) << t->covers.m; set++)
		if ((set & ~may) == 0 && (uint32_t)__builtin_popcount(set) <= k && longest_way(t, set) < best)
			best = longest_way(t, set);
	return best;
}

/* Every fifteenth is of a size at which the prices alone do not say it. */
static struct site_times
some_case(int i)
{
	arena_reset(mem);
	arena_reset(spare);
	if (i % 15 == 0)
		return times_draw(36, 12, 30, 1000);
	return times_draw(draw(CLIENTS_MAX), 1 + draw(10), 5 + draw(50), draw(2) == 0 ? 4 : 1000);
}

static void
the_fewest_are_the_fewest(void **state)
{
	int searched = 0;

	(void)state;
	state_of_dice = 16;
	for (int i = 0; i < CASES; i++) {
		struct site_times t = some_case(i);
		uint32_t best = fewest(&t);
		const struct site_limits limits[] = { thorough, { 1 + draw(4), 0, SITE_UNTRIED }, weak };

		for (int l = 0; l < 3; l++) {
			struct site_answer a;

			assert_int_equal(site_set(mem, spare, &t.covers, (uint64_t)i, limits[l], &a), RC_OK);
			assert_int_equal(a.n, a.objective);
			assert_true(a.bound <= best && best <= a.objective);
			assert_int_equal(a.proven, a.bound == a.objective);
			assert_true(longest_way(&t, set_of(&t.covers, &a)) != UINT32_MAX);
			if (l < 2)
				assert_true(a.proven);
			searched += l == 1 && a.nodes > 1;
		}
	}
	assert_true(searched > 25);
}

static void
centre_check(const struct site_times *t, uint32_t k, struct site_limits limits, bool proven)
{
	uint32_t best = shortest(t, k), need = fewest(t);
	struct site_answer a;
	enum rc rc = site_centre(mem, spare, t, k, 3, limits, &a);

	if (k > (uint32_t)__builtin_popcount(free_sites(&t->covers))) {
		assert_int_equal(rc, RC_INVALID);
		return;
	}
	if (best == UINT32_MAX || rc == RC_NOT_FOUND) {
		assert_int_equal(rc, RC_NOT_FOUND);
		assert_true(a.bound <= need && need <= a.objective && a.objective > k);
		assert_true(!proven || best == UINT32_MAX);
		return;
	}
	assert_int_equal(rc, RC_OK);
	assert_true(a.n <= k && a.bound <= best && best <= a.objective);
	assert_int_equal(a.proven, a.bound == a.objective);
	assert_int_equal(longest_way(t, set_of(&t->covers, &a)), a.objective);
	if (proven)
		assert_true(a.proven);
}

static void
centres_are_the_best_of_all(void **state)
{
	(void)state;
	state_of_dice = 23;
	for (int i = 0; i < CASES; i++) {
		struct site_times t = some_case(i);
		uint32_t k = draw(t.covers.m + 2);

		centre_check(&t, k, thorough, true);
		centre_check(&t, k, (struct site_limits){ 1 + draw(4), 0, SITE_UNTRIED }, true);
		centre_check(&t, k, weak, false);
		centre_check(&t, k, (struct site_limits){ 1, 1, SITE_UNTRIED }, false);
	}
}

/* ---- room ----------------------------------------------------------------------------------------------- */

/* The most that clients from i on weigh who find room, each where it may go or nowhere. */
static int64_t
served(const struct site_covers *c, uint32_t set, uint32_t i, uint8_t *used)
{
	int64_t best;

	if (i == c->n)
		return 0;
	best = served(c, set, i + 1, used);
	for (uint32_t j = 0; j < c->m; j++)
		for (uint32_t a = c->first[j]; (set >> j & 1) != 0 && a < c->first[j + 1]; a++)
			if (c->client[a] == i && used[j] < c->capacity) {
				int64_t with;

				used[j]++;
				with = c->weight[i] + served(c, set, i + 1, used);
				used[j]--;
				best = with > best ? with : best;
			}
	return best;
}

static int64_t
kept_off(struct site_covers *c, int64_t *weight)
{
	int64_t sum = 0;

	for (uint32_t j = 0; j < c->m; j++)
		for (uint32_t a = c->first[j]; is_kept(c, j) && a < c->first[j + 1]; a++) {
			sum += weight[c->client[a]];
			weight[c->client[a]] = 0;
		}
	c->weight = weight;
	return sum;
}

/* Nobody is served by two, nobody by a site that does not reach it, no site serves more than it has room for. */
static void
serves_check(const struct site_covers *c, const struct site_answer *a, int64_t kept)
{
	uint32_t used[SITES_MAX + 1] = { 0 };
	int64_t sum = kept;

	for (uint32_t i = 0; i < c->n; i++) {
		bool there = false;

		if (a->serves[i] == UINT32_MAX)
			continue;
		for (uint32_t k = c->first[a->serves[i]]; k < c->first[a->serves[i] + 1]; k++)
			there = there || c->client[k] == i;
		assert_true(there && (set_of(c, a) >> a->serves[i] & 1) != 0);
		assert_true(++used[a->serves[i]] <= c->capacity);
		sum += c->weight[i];
	}
	assert_int_equal(sum, a->objective);
}

static void
short_room_is_used_best(void **state)
{
	int bound_by_it = 0;

	(void)state;
	state_of_dice = 42;
	for (int i = 0; i < CASES; i++) {
		struct site_covers c, bare;
		int64_t weight[8], best = 0, kept;
		uint32_t n = draw(8), m = 1 + draw(6), k = draw(m + 1), may;
		const struct site_limits limits[] = { thorough, { 1 + draw(4), 0, SITE_UNTRIED }, weak };
		uint8_t used[SITES_MAX] = { 0 };

		arena_reset(mem);
		arena_reset(spare);
		c = bare = times_draw(n, m, 20 + draw(60), 9).covers;
		c.capacity = bare.capacity = 1 + draw(3);
		memcpy(weight, c.weight, n * sizeof *weight);
		kept = kept_off(&bare, weight);
		may = free_sites(&c);
		for (uint32_t set = 0; set < UINT32_C(1) << m; set++)
			if ((set & ~may) == 0 && (uint32_t)__builtin_popcount(set) <= k) {
				int64_t sum = kept + served(&bare, set, 0, used);

				best = sum > best ? sum : best;
			}
		for (int l = 0; l < 3; l++) {
			struct site_answer a;

			assert_int_equal(site_cover(mem, spare, &c, k, (uint64_t)i, limits[l], &a), RC_OK);
			assert_true(a.objective <= best && best <= a.bound);
			if (l < 2)
				assert_true(a.proven);
			serves_check(&bare, &a, kept);
			if (l > 0)
				continue;
			c.capacity = 0;
			assert_int_equal(site_cover(mem, spare, &c, k, 1, thorough, &a), RC_OK);
			assert_true(a.serves == NULL && a.objective >= best);
			bound_by_it += a.objective > best;
			c.capacity = bare.capacity;
		}
	}
	assert_true(bound_by_it > CASES / 8);
}

/* ---- what must not get worse ------------------------------------------------------------------------------ */

static void
more_is_never_worse(void **state)
{
	(void)state;
	state_of_dice = 4;
	for (int i = 0; i < 40; i++) {
		struct site_answer a;
		struct site_times t;
		int64_t before = INT64_MAX, served_before = -1;

		arena_reset(mem);
		arena_reset(spare);
		t = times_draw(40, 20, 30, 1000);
		for (uint32_t k = 0; k <= 8 && k <= (uint32_t)__builtin_popcount(free_sites(&t.covers)); k++) {
			enum rc rc = site_centre(mem, spare, &t, k, 1, thorough, &a);

			assert_true(rc == RC_OK || (rc == RC_NOT_FOUND && before == INT64_MAX));
			if (rc == RC_OK) {
				assert_true(a.proven && a.objective <= before);
				before = a.objective;
			}
		}
		for (uint32_t room = 1; room < 6; room++) {
			t.covers.capacity = room;
			assert_int_equal(site_cover(mem, spare, &t.covers, 4, 1, (struct site_limits){ 0, 100, 1 }, &a), RC_OK);
			assert_true(a.bound >= served_before);
			served_before = a.objective;
		}
	}
}

/* Of a fixed set of people a larger limit never needs more sites. */
static void
a_larger_limit_never_needs_more(void **state)
{
	(void)state;
	state_of_dice = 99;
	for (int i = 0; i < 200; i++) {
		struct site_answer a;
		struct site_times t;
		int64_t before = INT64_MAX;

		arena_reset(mem);
		arena_reset(spare);
		t = times_draw(30, 15, 100, 1000);
		for (uint32_t limit = 250; limit <= 1000; limit += 125) {
			uint32_t *first = arena_array(mem, 16, sizeof *first), *client = arena_array(mem, 450, sizeof *client), n = 0;
			struct site_covers c = { 30, 15, NULL, first, client, t.covers.kept, 0 };
			uint64_t seen = 0;

			for (uint32_t j = 0; j < 15; j++) {
				for (uint32_t x = t.covers.first[j]; x < t.covers.first[j + 1]; x++)
					if (t.ms[x] <= limit) {
						client[n++] = t.covers.client[x];
						seen |= UINT64_C(1) << t.covers.client[x];
					}
				first[j + 1] = n;
			}
			if (__builtin_popcountll(seen) < 30)
				continue;
			assert_int_equal(site_set(mem, spare, &c, 1, thorough, &a), RC_OK);
			assert_true(a.proven && a.objective <= before);
			before = a.objective;
		}
	}
}

/* The columns of a case without its islands and kept sites, both ways round. */
static struct set_table
table_of(const struct site_covers *c)
{
	uint32_t *number = arena_array(mem, (size_t)c->n + 1, sizeof *number), *col_first = arena_array(mem, (size_t)c->m + 1, 4);
	uint32_t *col = arena_array(mem, (size_t)c->first[c->m] + 1, 4), *row = arena_array(mem, (size_t)c->first[c->m] + 1, 4);
	uint32_t *row_first = arena_array(mem, (size_t)c->n + 2, 4);
	struct set_table t = { 0, c->m, col_first, col, row_first, row };

	for (uint32_t j = 0; j < c->m; j++)
		for (uint32_t a = c->first[j]; a < c->first[j + 1]; a++)
			if (number[c->client[a]] == 0)
				number[c->client[a]] = ++t.n;
	for (uint32_t j = 0; j < c->m; j++) {
		col_first[j + 1] = col_first[j];
		for (uint32_t a = c->first[j]; a < c->first[j + 1]; a++)
			col[col_first[j + 1]++] = number[c->client[a]] - 1;
	}
	for (uint32_t i = 0, at = 0; i < t.n; i++) {
		for (uint32_t j = 0; j < c->m; j++)
			for (uint32_t a = col_first[j]; a < col_first[j + 1]; a++)
				if (col[a] == i)
					row[at++] = j;
		row_first[i + 1] = at;
	}
	return t;
}

/* From all sites at once the search comes down to the fewest, as these are small; what it ends with covers everybody. */
static void
a_poor_choice_is_made_smaller(void **state)
{
	int found = 0, tried = 0;

	(void)state;
	state_of_dice = 2015;
	for (int i = 0; i < 600; i++) {
		struct site_times t = some_case(i);
		struct set_table table;
		struct site_dice dice = { (uint64_t)i };
		uint32_t chosen[SITES_MAX + 1], n = t.covers.m;
		uint64_t seen = 0;

		t.covers.kept = NULL;
		table = table_of(&t.covers);
		if (table.n == 0)
			continue;
		for (uint32_t j = 0; j < n; j++)
			chosen[j] = j;
		assert_int_equal(set_search(spare, &table, &dice, 200, 0, chosen, &n), RC_OK);
		for (uint32_t k = 0; k < n; k++)
			for (uint32_t a = table.col_first[chosen[k]]; a < table.col_first[chosen[k] + 1]; a++)
				seen |= UINT64_C(1) << table.col[a];
		assert_true(seen == (UINT64_C(1) << table.n) - 1);
		assert_true(n >= fewest(&t));
		tried++;
		found += n == fewest(&t);
	}
	assert_int_equal(found, tried);
}

/* ---- edges -------------------------------------------------------------------------------------------------- */

static void
edges_have_plain_answers(void **state)
{
	/* client 0: sites 0, 1; client 1: site 1; client 2: an island */
	static const uint32_t first[] = { 0, 1, 3 }, client[] = { 0, 0, 1 }, ms[] = { 5, 9, 7 }, none[] = { 0, 0, 0 };
	static const int64_t weight[] = { 10, 4, 99 };
	static const uint8_t kept[] = { 1, 0 };
	struct site_times t = { { 3, 2, weight, first, client, NULL, 0 }, ms };
	struct site_answer a;

	(void)state;
	arena_reset(mem);
	arena_reset(spare);
	assert_int_equal(site_set(mem, spare, &t.covers, 1, thorough, &a), RC_OK);
	assert_true(a.objective == 1 && a.proven && a.n == 1 && a.chosen[0] == 1);
	assert_int_equal(site_centre(mem, spare, &t, 1, 1, thorough, &a), RC_OK);
	assert_true(a.objective == 9 && a.proven && a.n == 1);
	assert_int_equal(site_centre(mem, spare, &t, 2, 1, thorough, &a), RC_OK);
	assert_true(a.objective == 7 && a.proven && a.n == 2);
	assert_int_equal(site_centre(mem, spare, &t, 3, 1, thorough, &a), RC_INVALID);
	assert_int_equal(site_centre(mem, spare, &t, 0, 1, thorough, &a), RC_NOT_FOUND);
	assert_true(a.objective == 1 && a.bound == 1);
	/* room for one: the heavier of the two; with both sites, both */
	t.covers.capacity = 1;
	assert_int_equal(site_cover(mem, spare, &t.covers, 1, 1, thorough, &a), RC_OK);
	assert_true(a.objective == 10 && a.proven);
	assert_int_equal(site_cover(mem, spare, &t.covers, 2, 1, thorough, &a), RC_OK);
	assert_true(a.objective == 14 && a.proven && a.serves[0] == 0 && a.serves[1] == 1 && a.serves[2] == UINT32_MAX);
	t.covers.capacity = 2; /* as many as any site covers: no limit */
	assert_int_equal(site_cover(mem, spare, &t.covers, 1, 1, thorough, &a), RC_OK);
	assert_true(a.objective == 14 && a.serves[0] == 1 && a.serves[1] == 1);
	t.covers.kept = kept;
	assert_int_equal(site_centre(mem, spare, &t, 1, 1, thorough, &a), RC_OK);
	assert_true(a.objective == 7 && a.n == 1 && a.chosen[0] == 1);
	assert_int_equal(site_centre(mem, spare, &t, 2, 1, thorough, &a), RC_INVALID);
	/* nobody in reach of anything */
	t.covers.first = none;
	assert_int_equal(site_set(mem, spare, &t.covers, 1, thorough, &a), RC_OK);
	assert_true(a.objective == 0 && a.proven && a.n == 0);
	assert_int_equal(site_centre(mem, spare, &t, 1, 1, thorough, &a), RC_OK);
	assert_true(a.objective == 0 && a.proven && a.n == 0);
	t.covers.first = first;
	t.covers.n = 1; /* a client out of range */
	assert_int_equal(site_set(mem, spare, &t.covers, 1, thorough, &a), RC_INVALID);
	assert_int_equal(site_centre(mem, spare, &t, 1, 1, thorough, &a), RC_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_fewest_are_the_fewest),
		cmocka_unit_test(centres_are_the_best_of_all),
		cmocka_unit_test(short_room_is_used_best),
		cmocka_unit_test(more_is_never_worse),
		cmocka_unit_test(a_larger_limit_never_needs_more),
		cmocka_unit_test(a_poor_choice_is_made_smaller),
		cmocka_unit_test(edges_have_plain_answers),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
