/*
 * assign_flow: which adviser for which village, so that all costs together are least?  Pure: values in,
 * an answer with its proof out; whole numbers only, so the same input gives the same answer anywhere.
 *
 * Every village gets one adviser or stays open at its own price; an adviser's k-th village costs a price
 * that never falls with k (so an even load is cheaper than a lopsided one), and there is room for as many
 * villages as there are such prices.  Dense: every pair is looked at; keeping only near candidates loses
 * several per cent.
 *
 * Successive shortest paths with prices (Edmonds and Karp, JACM 1972; Tomizawa, Networks 1971; for the
 * dense case Jonker and Volgenant, Computing 1987), each search stopped at the first adviser with room;
 * convex costs as parallel arcs (Ahuja, Magnanti, Orlin, Network Flows, 1993, ch. 14).  A search costs
 * O(m) for each adviser it settles and O(m) for each village of theirs: O(n (n + m) m) at worst, a small
 * part of that in practice.
 */
#pragma once

#include "base/arena.h"

#define ASSIGN_NEVER UINT32_MAX                    /* cost of a pair that is ruled out */
#define ASSIGN_OPEN UINT32_MAX                     /* at: nobody */
#define ASSIGN_COST_MAX UINT32_C(0x3fffffff)

struct assign_flow {
	uint32_t n, m;           /* villages, advisers */
	const uint32_t *cost;    /* [village * m + adviser]: 0 .. ASSIGN_COST_MAX, or ASSIGN_NEVER */
	const uint32_t *open;    /* of each village: the price of leaving it open, ≤ ASSIGN_COST_MAX */
	const uint32_t *first;   /* m + 1: adviser j has room for first[j + 1] - first[j] villages */
	const uint32_t *load;    /* load[first[j] + k]: what the (k + 1)-th costs besides; never falls with k */
};

struct assign_flow_answer {
	uint32_t *at;            /* of each village its adviser, or ASSIGN_OPEN */
	int64_t *price;          /* of each adviser: the proof */
	int64_t objective;
	uint32_t opened;         /* villages that stay open */
	uint32_t settled;        /* advisers settled by all searches: the effort */
};

/* RC_OK, RC_INVALID (a cost out of range, a load that falls), RC_NO_MEMORY. */
enum rc assign_flow(struct arena *mem, struct arena *spare, const struct assign_flow *in, struct assign_flow_answer *ret);

/*
 * What a plan costs, and what by these prices no plan can undercut: with u(i) = min(open(i), min over j of
 * cost(i, j) + price(j)) that is the sum of u less the sum over j, k of max(0, price(j) - load(j, k)), for
 * any prices whatever (weak duality).  Equal to the cost: proven best.  Looks at nothing the solver keeps.
 * RC_INVALID: the plan breaks a rule (a pair that is ruled out, more than there is room for); then *ret_*
 * are untouched.
 */
enum rc assign_flow_check(struct arena *spare, const struct assign_flow *in, const uint32_t *at, const int64_t *price,
    int64_t *ret_objective, int64_t *ret_bound);
