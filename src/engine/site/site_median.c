/* The p-median: swaps for the choice, Lagrange for the bound, branching for what is left between them. */
#include <stdlib.h>
#include <string.h>

#include "engine/site/site_internal.h"

#define CLIENTS_MAX (1u << 20) /* their scaled costs together fit */
#define STEPS_ROOT 3000
#define STEPS_NODE 120
#define NODES 20000
#define TRIES 40
#define PATIENCE 25       /* steps without a better bound before they become half as long */

struct profit { int64_t rho; uint32_t site; };

struct solving {
	const struct site_costs *c;
	uint32_t p;
	struct median_state state;
	int64_t best;                /* cost of the best choice so far */
	uint32_t *chosen;            /* that choice */
	int64_t *lambda;             /* of each client, scaled */
	int64_t *rho;                /* of each site */
	struct profit *order;        /* free sites, the most profitable first */
	int32_t *slope;              /* of each client: 1 less how often it is served */
	uint32_t *picked;
	uint8_t *fixed;              /* enum site_fixed */
	struct level { uint8_t *fixed; int64_t *lambda; } *level;
	uint32_t nodes, nodes_max, steps; /* steps: below the root */
	bool cut_off;                /* the limit of nodes was reached */
};

/* ---- one relaxation ------------------------------------------------------------------------ */

static int
profit_compare(const void *x, const void *y)
{
	const struct profit *a = x, *b = y;

	if (a->rho != b->rho)
		return a->rho < b->rho ? -1 : 1;
	return (a->site > b->site) - (a->site < b->site);
}

/* Sum over clients of min(0, cost - lambda): what opening the site is worth at these prices. */
static int64_t
profit_of(const struct solving *s, uint32_t site)
{
	const uint32_t *cost = s->state.by_site + (size_t)site * s->c->n;
	int64_t sum = 0;

	for (uint32_t i = 0; i < s->c->n; i++) {
		int64_t v = (int64_t)cost[i] * SITE_SCALE - s->lambda[i];

		sum += v < 0 ? v : 0;
	}
	return sum;
}

struct relaxed { int64_t value; uint32_t n_open, n_free; }; /* n_open: fixed open */

/* The choice of the relaxation into s->picked, its value, and the free sites in order. */
static struct relaxed
relax(struct solving *s)
{
	struct relaxed r = { 0, 0, 0 };

	for (uint32_t i = 0; i < s->c->n; i++)
		r.value += s->lambda[i];
	for (uint32_t j = 0; j < s->c->m; j++) {
		if (s->fixed[j] == SITE_CLOSED)
			continue;
		s->rho[j] = profit_of(s, j);
		if (s->fixed[j] == SITE_OPEN) {
			s->picked[r.n_open++] = j;
			r.value += s->rho[j];
		} else {
			s->order[r.n_free++] = (struct profit){ s->rho[j], j };
		}
	}
	qsort(s->order, r.n_free, sizeof *s->order, profit_compare);
	for (uint32_t k = 0; r.n_open + k < s->p; k++) {
		s->picked[r.n_open + k] = s->order[k].site;
		r.value += s->order[k].rho;
	}
	return r;
}

/* The scaled value as a bound on whole costs. */
static int64_t
whole(int64_t value)
{
	return value >= 0 ? (value + SITE_SCALE - 1) / SITE_SCALE : -(-value / SITE_SCALE);
}

/* Sites that no better choice can have, or can be without. */
static void
fix(struct solving *s, const struct relaxed *r)
{
	uint32_t wanted = s->p - r->n_open;
	int64_t last, following;

	if (wanted == 0 || wanted >= r->n_free)
		return;
	last = s->order[wanted - 1].rho;
	following = s->order[wanted].rho;
	for (uint32_t k = 0; k < r->n_free; k++) {
		int64_t without = r->value - s->order[k].rho + following,
		    with = r->value + s->order[k].rho - last;

		if (k < wanted && whole(without) >= s->best)
			s->fixed[s->order[k].site] = SITE_OPEN;
		if (k >= wanted && whole(with) >= s->best)
			s->fixed[s->order[k].site] = SITE_CLOSED;
	}
}

static void
choice_take(struct solving *s, const uint32_t *chosen, int64_t cost)
{
	s->best = cost;
	memmove(s->chosen, chosen, s->p * sizeof *s->chosen);
}

/* How often each client is served by the picked sites, less one, turned round; returns the sum of squares. */
static int64_t
slopes(struct solving *s)
{
	int64_t squares = 0;

	for (uint32_t i = 0; i < s->c->n; i++)
		s->slope[i] = 1;
	for (uint32_t k = 0; k < s->p; k++) {
		const uint32_t *cost = s->state.by_site + (size_t)s->picked[k] * s->c->n;

		for (uint32_t i = 0; i < s->c->n; i++)
			s->slope[i] -= (int64_t)cost[i] * SITE_SCALE < s->lambda[i];
	}
	for (uint32_t i = 0; i < s->c->n; i++)
		squares += (int64_t)s->slope[i] * s->slope[i];
	return squares;
}

/*
 * The best bound of so many steps from the prices that are there, which it leaves at the best;
 * INT64_MAX: no choice is left.
 */
static int64_t
bound_climb(struct solving *s, uint32_t steps, int64_t *best_lambda)
{
	double length = 1.2;
	int64_t best = INT64_MIN;
	uint32_t since = 0;

	for (uint32_t step = 0; step < steps && length > 0.004; step++) {
		struct relaxed r = relax(s);
		int64_t cost, squares, move;

		if (r.n_open > s->p || r.n_open + r.n_free < s->p)
			return INT64_MAX;
		cost = site_median_cost(s->c, s->picked, s->p);
		if (cost < s->best)
			choice_take(s, s->picked, cost);
		if (r.value > best) {
			best = r.value;
			since = 0;
			memcpy(best_lambda, s->lambda, s->c->n * sizeof *best_lambda);
			fix(s, &r);
		} else if (++since == PATIENCE) {
			since = 0;
			length /= 2;
		}
		squares = slopes(s);
		if (whole(best) >= s->best || squares == 0)
			break;
		move = (int64_t)(length * (double)(s->best * SITE_SCALE - r.value) / (double)squares);
		for (uint32_t i = 0; i < s->c->n; i++)
			s->lambda[i] += move * s->slope[i];
	}
	memcpy(s->lambda, best_lambda, s->c->n * sizeof *best_lambda);
	return best;
}

/* ---- branching -------------------------------------------------------------------------------- */

/* The free site most worth having, or the number of sites. */
static uint32_t
branch_site(struct solving *s)
{
	struct relaxed r = relax(s);

	return r.n_open < s->p && r.n_free > 0 ? s->order[0].site : s->c->m;
}

static void
branch(struct solving *s, uint32_t depth)
{
	struct level *l = &s->level[depth];
	uint32_t site;
	int64_t value = bound_climb(s, s->steps, l->lambda);

	s->nodes++;
	if (value == INT64_MAX || whole(value) >= s->best)
		return;
	site = branch_site(s);
	if (site == s->c->m)
		return; /* nothing is free any more: the choice was looked at */
	if (s->nodes >= s->nodes_max) {
		s->cut_off = true;
		return;
	}
	memcpy(l->fixed, s->fixed, s->c->m);
	memcpy(l->lambda, s->lambda, s->c->n * sizeof *l->lambda);
	for (int way = 0; way < 2; way++) {
		memcpy(s->fixed, l->fixed, s->c->m);
		memcpy(s->lambda, l->lambda, s->c->n * sizeof *l->lambda);
		s->fixed[site] = way == 0 ? SITE_OPEN : SITE_CLOSED;
		branch(s, depth + 1);
	}
}

/* ---- all ------------------------------------------------------------------------------------------ */

static enum rc
solving_room(struct solving *s, struct arena *spare)
{
	size_t n = s->c->n, m = s->c->m;
	enum rc rc = median_state_new(spare, s->c, s->p, &s->state);

	s->chosen = arena_array(spare, s->p, sizeof *s->chosen);
	s->lambda = arena_array(spare, n, sizeof *s->lambda);
	s->rho = arena_array(spare, m, sizeof *s->rho);
	s->order = arena_array(spare, m, sizeof *s->order);
	s->slope = arena_array(spare, n, sizeof *s->slope);
	s->picked = arena_array(spare, m, sizeof *s->picked);
	s->fixed = arena_array(spare, m, 1);
	s->level = arena_array(spare, m + 2, sizeof *s->level);
	if (rc != RC_OK || s->chosen == NULL || s->lambda == NULL || s->rho == NULL ||
	    s->order == NULL || s->slope == NULL ||
	    s->picked == NULL || s->fixed == NULL || s->level == NULL)
		return RC_NO_MEMORY;
	for (size_t k = 0; k < m + 2; k++) {
		s->level[k].fixed = arena_array(spare, m, 1);
		s->level[k].lambda = arena_array(spare, n, sizeof(int64_t));
		if (s->level[k].fixed == NULL || s->level[k].lambda == NULL)
			return RC_NO_MEMORY;
	}
	return RC_OK;
}

/* Greedy and swaps; then again from the best with some sites changed at random. */
static void
choice_search(struct solving *s, uint64_t seed, uint32_t tries)
{
	struct site_dice dice = { seed };
	int64_t cost;

	if (tries == SITE_UNTRIED) {
		for (uint32_t k = 0; k < s->p; k++)
			s->state.chosen[k] = k;
		choice_take(s, s->state.chosen, median_state_set(&s->state));
		return;
	}
	median_greedy(&s->state);
	cost = median_descend(&s->state, median_state_set(&s->state));
	choice_take(s, s->state.chosen, cost);
	for (uint32_t k = 0; k < tries && s->p < s->c->m; k++) {
		memcpy(s->state.chosen, s->chosen, s->p * sizeof *s->chosen);
		median_state_set(&s->state);
		for (uint32_t swaps = 0; swaps < 2 + s->p / 8; swaps++) {
			uint32_t in = site_draw(&dice, s->c->m), out = site_draw(&dice, s->p);

			if (s->state.place[in] != UINT32_MAX)
				continue;
			s->state.place[s->state.chosen[out]] = UINT32_MAX;
			s->state.chosen[out] = in;
			s->state.place[in] = out;
		}
		cost = median_descend(&s->state, median_state_set(&s->state));
		if (cost < s->best)
			choice_take(s, s->state.chosen, cost);
	}
}

enum rc
site_median(struct arena *mem, struct arena *spare, const struct site_costs *c, uint32_t p, uint64_t seed,
    struct site_limits limits, struct site_answer *ret)
{
	struct solving s = { .c = c, .p = p, .nodes_max = limits.nodes == 0 ? NODES : limits.nodes,
		.steps = limits.steps == 0 || limits.steps > STEPS_NODE ? STEPS_NODE : limits.steps };
	int64_t root;
	enum rc rc;

	if (c->n == 0 || c->n > CLIENTS_MAX || p == 0 || p > c->m)
		return RC_INVALID;
	for (size_t i = 0; i < (size_t)c->n * c->m; i++)
		if (c->cost[i] > SITE_COST_MAX)
			return RC_INVALID;
	rc = solving_room(&s, spare);
	if (rc != RC_OK)
		return rc;
	choice_search(&s, seed, limits.tries == 0 ? TRIES : limits.tries);
	median_state_set(&s.state);
	for (uint32_t i = 0; i < c->n; i++) /* between the nearest and the next */
		s.lambda[i] = s.state.next[i] <= SITE_COST_MAX ? (s.state.near[i] + s.state.next[i]) * (SITE_SCALE / 2)
		                                               : s.state.near[i] * SITE_SCALE;
	root = bound_climb(&s, limits.steps == 0 ? STEPS_ROOT : limits.steps, s.level[c->m + 1].lambda);
	if (root != INT64_MAX && whole(root) < s.best)
		branch(&s, 0);
	*ret = (struct site_answer){ .n = p, .objective = s.best, .seed = seed, .nodes = s.nodes,
		.bound = s.cut_off && root != INT64_MAX ? whole(root) : s.best };
	ret->proven = ret->bound == ret->objective;
	return site_chosen(mem, s.chosen, p, ret);
}
