/* Shifts, swaps and ejection chains under prices of overtime.  See assign_gap.h. */
#include "engine/assign/assign_gap.h"

#include <string.h>

#define UNIT 256                /* prices of overtime are in 1 / UNIT of a cost */
#define CHAIN_MAX 12
#define PRICE_MAX ((int64_t)1 << 20)
#define WORN 40                  /* rounds without anything better after which prices jump */
#define CALM 10                  /* rounds at changing prices between two shakes */

static int64_t
least64(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

bool
gap_is_fine(const struct gap *g)
{
	if (g->m == 0 || g->n == 0 || g->n > GAP_JOBS_MAX)
		return false;
	for (size_t k = 0; k < (size_t)g->m * g->n; k++)
		if (g->cost[k] > GAP_COST_MAX || g->cost[k] < -GAP_COST_MAX || g->need[k] < 0 || g->need[k] > GAP_NEED_MAX)
			return false;
	for (uint32_t i = 0; i < g->m; i++)
		if (g->room[i] < 0 || g->room[i] > (int64_t)1 << 31)
			return false;
	return true;
}

enum rc
gap_check(struct arena *spare, const struct gap *g, const uint32_t *at, int64_t *ret_cost)
{
	int64_t *used = arena_array(spare, g->m, sizeof *used), cost = 0;

	if (used == NULL)
		return RC_NO_MEMORY;
	for (uint32_t j = 0; j < g->n; j++) {
		if (at[j] >= g->m)
			return RC_INVALID;
		used[at[j]] += g->need[(size_t)at[j] * g->n + j];
		cost += g->cost[(size_t)at[j] * g->n + j];
	}
	for (uint32_t i = 0; i < g->m; i++)
		if (used[i] > g->room[i])
			return RC_INVALID;
	*ret_cost = cost;
	return RC_OK;
}

static uint32_t
draw(struct gap_search *s, uint32_t below)
{
	s->dice = s->dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((s->dice >> 32) * below >> 32);
}

static int64_t
cost_of(const struct gap *g, uint32_t agent, uint32_t job)
{
	return g->cost[(size_t)agent * g->n + job];
}

static int64_t
need_of(const struct gap *g, uint32_t agent, uint32_t job)
{
	return g->need[(size_t)agent * g->n + job];
}

/* What an agent's overtime costs at that load. */
static int64_t
over(const struct gap_search *s, uint32_t agent, int64_t load)
{
	return load <= s->g->room[agent] ? 0 : (load - s->g->room[agent]) * s->price[agent];
}

/* By how much the priced cost changes when the agent's load grows by that. */
static int64_t
grow(const struct gap_search *s, uint32_t agent, int64_t by)
{
	return over(s, agent, s->load[agent] + by) - over(s, agent, s->load[agent]);
}

static void
move(struct gap_search *s, uint32_t job, uint32_t to)
{
	s->load[s->at[job]] -= need_of(s->g, s->at[job], job);
	s->load[to] += need_of(s->g, to, job);
	s->at[job] = to;
	s->moves++;
}

static bool
keeps_hours(const struct gap_search *s)
{
	for (uint32_t i = 0; i < s->g->m; i++)
		if (s->load[i] > s->g->room[i])
			return false;
	return true;
}

static int64_t
cost_now(const struct gap_search *s)
{
	int64_t sum = 0;

	for (uint32_t j = 0; j < s->g->n; j++)
		sum += cost_of(s->g, s->at[j], j);
	return sum;
}

static void
remember(struct gap_search *s)
{
	int64_t cost;

	if (!keeps_hours(s))
		return;
	cost = cost_now(s);
	if (cost < s->best_cost) {
		s->best_cost = cost;
		memcpy(s->best, s->at, s->g->n * sizeof *s->at);
		s->stale = 0;
	}
}

/* The best shift of one job, if any helps. */
static bool
shift_job(struct gap_search *s, uint32_t job)
{
	const struct gap *g = s->g;
	uint32_t from = s->at[job], best = from;
	int64_t base = -cost_of(g, from, job) * UNIT + grow(s, from, -need_of(g, from, job)), least = 0;

	for (uint32_t i = 0; i < g->m; i++) {
		int64_t d = base + cost_of(g, i, job) * UNIT + grow(s, i, need_of(g, i, job));

		if (i != from && d < least) {
			least = d;
			best = i;
		}
	}
	if (best == from)
		return false;
	move(s, job, best);
	return true;
}

static bool
swap_job(struct gap_search *s, uint32_t job)
{
	const struct gap *g = s->g;
	uint32_t from = s->at[job], best = UINT32_MAX;
	int64_t least = 0;

	for (uint32_t k = 0; k < g->n; k++) {
		uint32_t to = s->at[k];
		int64_t d;

		if (to == from)
			continue;
		d = (cost_of(g, to, job) + cost_of(g, from, k) - cost_of(g, from, job) - cost_of(g, to, k)) * UNIT +
		    grow(s, from, need_of(g, from, k) - need_of(g, from, job)) +
		    grow(s, to, need_of(g, to, job) - need_of(g, to, k));
		if (d < least) {
			least = d;
			best = k;
		}
	}
	if (best == UINT32_MAX)
		return false;
	from = s->at[job];
	move(s, job, s->at[best]);
	move(s, best, from);
	return true;
}

/* Who would best come in where hours have come free: not one that has moved in this chain. */
static uint32_t
fill(const struct gap_search *s, uint32_t hole, uint32_t turn, int64_t *ret_change)
{
	const struct gap *g = s->g;
	uint32_t best = UINT32_MAX;

	*ret_change = INT64_MAX;
	for (uint32_t k = 0; k < g->n; k++) {
		uint32_t from = s->at[k];
		int64_t d;

		if (from == hole || s->chain[k] == turn)
			continue;
		d = (cost_of(g, hole, k) - cost_of(g, from, k)) * UNIT + grow(s, hole, need_of(g, hole, k)) +
		    grow(s, from, -need_of(g, from, k));
		if (d < *ret_change) {
			*ret_change = d;
			best = k;
		}
	}
	return best;
}

/*
 * One job is ejected and waits; each turn another comes into the hole, which moves on to where it came
 * from; after each the waiting one may go in where it costs least.  The first end that helps is taken;
 * otherwise all goes back.
 */
static bool
chain_job(struct gap_search *s, uint32_t job, uint32_t turn)
{
	const struct gap *g = s->g;
	uint32_t home = s->at[job], hole = home, depth = 0, moved[CHAIN_MAX], from[CHAIN_MAX];
	int64_t sum = -cost_of(g, home, job) * UNIT + grow(s, home, -need_of(g, home, job));

	s->load[home] -= need_of(g, home, job);
	s->chain[job] = turn;
	while (depth < CHAIN_MAX) {
		int64_t change, least = INT64_MAX;
		uint32_t k = fill(s, hole, turn, &change), best = home;

		if (k == UINT32_MAX)
			break;
		moved[depth] = k;
		from[depth++] = s->at[k];
		s->chain[k] = turn;
		hole = s->at[k];
		move(s, k, depth == 1 ? home : from[depth - 2]);
		sum += change;
		for (uint32_t i = 0; i < g->m; i++) {
			int64_t d = cost_of(g, i, job) * UNIT + grow(s, i, need_of(g, i, job));

			if (d < least) {
				least = d;
				best = i;
			}
		}
		if (sum + least < 0) {
			s->at[job] = best;
			s->load[best] += need_of(g, best, job);
			return true;
		}
	}
	while (depth-- > 0)
		move(s, moved[depth], from[depth]);
	s->load[home] += need_of(g, home, job);
	return false;
}

/* Down to where nothing of all that helps. */
static void
descend(struct gap_search *s)
{
	uint32_t n = s->g->n, idle = 0, start = draw(s, n);

	for (uint32_t k = start; idle < n; k = (k + 1) % n) {
		uint32_t job = s->stack[k];

		idle = shift_job(s, job) || swap_job(s, job) ? 0 : idle + 1;
	}
	remember(s);
	idle = 0;
	for (uint32_t k = start; idle < n; k = (k + 1) % n) {
		s->rounds++;
		if (chain_job(s, s->stack[k], (uint32_t)s->rounds)) {
			idle = 0;
			remember(s);
		} else {
			idle++;
		}
	}
	remember(s);
}

/* Overtime becomes dearer where there is some, and cheaper where there is none. */
static void
reprice(struct gap_search *s)
{
	for (uint32_t i = 0; i < s->g->m; i++) {
		if (s->load[i] > s->g->room[i])
			s->price[i] += s->price[i] / s->pace + 1;
		else
			s->price[i] -= s->price[i] / (2 * s->pace);
		s->price[i] = s->price[i] < 1 ? 1 : least64(s->price[i], PRICE_MAX);
	}
}

static void
load_again(struct gap_search *s)
{
	memset(s->load, 0, s->g->m * sizeof *s->load);
	for (uint32_t j = 0; j < s->g->n; j++)
		s->load[s->at[j]] += need_of(s->g, s->at[j], j);
}

/* Some jobs of the best (or of where we are) go elsewhere. */
static void
shake(struct gap_search *s)
{
	const struct gap *g = s->g;
	uint32_t kicks = 1 + draw(s, 4);

	s->pace = 4 + draw(s, 20);
	/* prices circle about where the present hollow begins to work overtime; a better one may only hold at dearer ones */
	if (s->stale >= WORN && draw(s, 4) == 0)
		for (uint32_t i = 0, dearer = draw(s, 6); i < g->m; i++)
			s->price[i] = least64(s->price[i] << dearer, PRICE_MAX);
	if (s->best_cost != INT64_MAX && draw(s, 3) != 0) {
		memcpy(s->at, s->best, g->n * sizeof *s->at);
		load_again(s);
	}
	for (uint32_t k = 0; k < kicks && g->m > 1; k++) {
		uint32_t job = draw(s, g->n), to = draw(s, g->m);

		if (to != s->at[job])
			move(s, job, to);
	}
	for (uint32_t k = g->n; k-- > 1;) {
		uint32_t other = draw(s, k + 1), t = s->stack[k];

		s->stack[k] = s->stack[other];
		s->stack[other] = t;
	}
}

enum rc
gap_search_begin(struct arena *mem, const struct gap *g, uint64_t seed, struct gap_search *ret)
{
	if (!gap_is_fine(g))
		return RC_INVALID;
	*ret = (struct gap_search){ .g = g, .dice = seed * 2 + 1, .pace = 8, .best_cost = INT64_MAX };
	ret->best = arena_array(mem, g->n, sizeof *ret->best);
	ret->at = arena_array(mem, g->n, sizeof *ret->at);
	ret->load = arena_array(mem, g->m, sizeof *ret->load);
	ret->price = arena_array(mem, g->m, sizeof *ret->price);
	ret->chain = arena_array(mem, g->n, sizeof *ret->chain);
	ret->stack = arena_array(mem, g->n, sizeof *ret->stack);
	if (ret->best == NULL || ret->at == NULL || ret->load == NULL || ret->price == NULL || ret->chain == NULL ||
	    ret->stack == NULL)
		return RC_NO_MEMORY;
	for (uint32_t j = 0; j < g->n; j++) {
		ret->stack[j] = j;
		for (uint32_t i = 1; i < g->m; i++)
			if (cost_of(g, i, j) < cost_of(g, ret->at[j], j))
				ret->at[j] = i;
	}
	for (uint32_t i = 0; i < g->m; i++)
		ret->price[i] = UNIT;
	load_again(ret);
	return RC_OK;
}

void
gap_search_run(struct gap_search *s, uint32_t rounds)
{
	for (uint32_t r = 0; r < rounds; r++) {
		descend(s);
		reprice(s);
		if (++s->stale % CALM == 0)
			shake(s);
	}
}
