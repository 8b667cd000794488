/*
 * assign_gap: generalised assignment: each job to exactly one agent, at a cost and for a share of that
 * agent's hours; least total cost within everybody's hours.  (Villages whose hours differ.)  Pure.
 *
 * Two halves that know nothing of each other's secrets, so each is evidence for the other:
 * - gap_bound(): no assignment whatever costs less.  Lagrangian relaxation of "each job exactly once"
 *   (Fisher, Jaikumar, Van Wassenhove, Management Science 1986; Fisher, Management Science 1981), by
 *   subgradients in fixed point; one knapsack an agent, exactly where jobs × hours are few enough, else
 *   its continuous bound (Dantzig 1957).  Any multipliers give a bound that holds.
 * - gap_search(): shifts, swaps and ejection chains under prices of overtime that rise while hours are
 *   broken and fall while they are kept (the ideas of Yagiura, Ibaraki, Glover, INFORMS J. Computing 2004
 *   and EJOR 2006), from a shaken best; each time with its seed.
 * Limits are counted in rounds and moves; whoever stops by a clock says so.
 */
#pragma once

#include "base/arena.h"

#define GAP_COST_MAX INT64_C(0xfffffff)
#define GAP_NEED_MAX INT64_C(0xffffff)
#define GAP_JOBS_MAX 16384

struct gap {
	uint32_t m, n;               /* agents, jobs */
	const int32_t *cost;         /* [agent * n + job], −GAP_COST_MAX .. GAP_COST_MAX */
	const int32_t *need;         /* [agent * n + job], 0 .. GAP_NEED_MAX */
	const int64_t *room;         /* of each agent, 0 .. 2^31 */
};

bool gap_is_fine(const struct gap *g);
/* Cost of an assignment, by recount.  RC_INVALID: a job with nobody, or hours broken. */
enum rc gap_check(struct arena *spare, const struct gap *g, const uint32_t *at, int64_t *ret_cost);

/* ---- the bound ---- */

struct gap_bound {
	int64_t bound;               /* no assignment costs less; INT64_MIN before the first round */
	uint32_t rounds;             /* taken so far */
	bool finished;               /* the steps have become too short to matter */
	/* private */
	const struct gap *g;
	int64_t *u, *best_u, *table, *value;
	int64_t best;                /* in 1 / GAP_SCALE */
	uint8_t *took;               /* bits of the knapsack's way back */
	uint32_t *count, *order;
	uint32_t still, shrink;
	bool exact;
};
#define GAP_SCALE 1024
enum rc gap_bound_begin(struct arena *mem, const struct gap *g, struct gap_bound *ret);
/* `best_known`: a cost that was reached, or INT64_MAX; it only sets the length of steps. */
void gap_bound_run(struct gap_bound *b, int64_t best_known, uint32_t rounds);

/* ---- the search ---- */

struct gap_search {
	uint32_t *best;              /* of each job its agent: the cheapest that keeps all hours */
	int64_t best_cost;           /* INT64_MAX: none found yet */
	uint64_t moves, rounds;
	/* private */
	const struct gap *g;
	uint64_t dice;
	uint32_t *at;                /* now */
	int64_t *load, *price;
	uint32_t *chain, *stack;
	uint32_t stale;              /* rounds since the best was found */
	int64_t pace;                /* by how little prices change */
};
enum rc gap_search_begin(struct arena *mem, const struct gap *g, uint64_t seed, struct gap_search *ret);
void gap_search_run(struct gap_search *s, uint32_t rounds);
