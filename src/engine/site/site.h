/*
 * site: where should the next points stand?  Pure: values in, an answer with its proof out.
 *
 * Every answer says how good it is (objective), that no choice whatever can be better than so much
 * (bound), and by which seed it was found.  Objective and bound equal: proven optimal.  Limits are
 * counted in steps, never by a clock, and all is integer arithmetic where it decides: the same input,
 * seed and limits give the same answer on any machine.
 *
 * Sources.  Swaps: Teitz and Bart, Operations Research 1968, with Whitaker's fast interchange (INFOR
 * 1983) as in Resende and Werneck, EJOR 2007.  Bounds: Lagrangian relaxation of the assignment
 * (Cornuéjols, Fisher, Nemhauser, Management Science 1977; Beasley, EJOR 1993), by subgradients in
 * fixed point, so that rounding can't make a bound that does not hold.  Sites are fixed by their
 * reduced profits; what then remains open is searched depth first (branch and bound).  Covering:
 * Church and ReVelle 1974; lazy greedy: Minoux 1978.  Who is served where room is short: Edmonds and
 * Fulkerson, J. Res. NBS 1965.  Set cover: Toregas and others, Operations Research 1971, bounds as in
 * Beasley, EJOR 1987.  Centre by set covers: Minieka, SIAM Review 1970.
 */
#pragma once

#include "base/arena.h"

#define SITE_UNTRIED UINT32_MAX
struct site_limits {
	uint32_t steps;      /* of subgradient at the root, fewer below it; 0: 3,000 */
	uint32_t nodes;      /* of branch and bound; 0: 20,000, covering 2,000 */
	uint32_t tries;      /* of the search by swaps; 0: 40; SITE_UNTRIED: begin with any choice */
};

struct site_answer {
	uint32_t *chosen, n;   /* sites, ascending */
	int64_t objective, bound;
	bool proven;           /* objective == bound */
	uint64_t seed;
	uint32_t nodes;        /* of branch and bound that were looked at */
	uint32_t *serves;      /* covering with a capacity: of each client its new site, or UINT32_MAX; else NULL */
};

/*
 * p-median: of m sites choose p so that the costs of n clients to their nearest chosen site sum up
 * least.  cost[i * m + j] ≤ SITE_COST_MAX.  bound ≤ objective.  RC_OK, RC_INVALID (p is 0 or past m,
 * no client), RC_NO_MEMORY.  A step costs O(n × m), a try some sweeps of that.
 */
#define SITE_COST_MAX UINT32_C(0x3fffffff)
struct site_costs { uint32_t n, m; const uint32_t *cost; };
enum rc site_median(struct arena *mem, struct arena *spare, const struct site_costs *c, uint32_t p,
    uint64_t seed,
    struct site_limits limits, struct site_answer *ret);
int64_t site_median_cost(const struct site_costs *c, const uint32_t *chosen, uint32_t n);

/*
 * Maximal covering: besides the sites kept, choose k so that the weight of the clients that any of them
 * covers is greatest.  Site j covers client[first[j]] .. client[first[j + 1] - 1], each named once.
 * objective counts what the kept ones cover, too; bound ≥ objective.  Fewer than k are chosen where
 * there are no more.  With a capacity a new site serves so many clients at most, each of its own, and the
 * weight is of those who are served (what a kept one covers counts without); 0: no limit.
 * RC_OK, RC_INVALID (a client out of range, a weight over 2^40), RC_NO_MEMORY.
 */
struct site_covers {
	uint32_t n, m;
	const int64_t *weight;     /* of each client, 0 .. 2^40 */
	const uint32_t *first;     /* m + 1 */
	const uint32_t *client;
	const uint8_t *kept;       /* of each site, or NULL: none */
	uint32_t capacity;
};
enum rc site_cover(struct arena *mem, struct arena *spare, const struct site_covers *c, uint32_t k,
    uint64_t seed,
    struct site_limits limits, struct site_answer *ret);
int64_t site_cover_weight(struct arena *spare, const struct site_covers *c, const uint32_t *chosen,
    uint32_t n);

/*
 * Set cover: the fewest sites beside those kept so that every client that any site covers is covered.
 * Weights and capacity do not count (weight may be NULL).  objective: how many; bound ≤ objective: no
 * fewer can do it.  RC_OK (also with nobody to cover: none), RC_INVALID, RC_NO_MEMORY.
 */
enum rc site_set(struct arena *mem, struct arena *spare, const struct site_covers *c, uint64_t seed,
    struct site_limits limits, struct site_answer *ret);

/*
 * p-centre: beside the sites kept choose at most k so that the client with the longest way to its nearest
 * has it as short as can be.  ms[a] belongs to covers.client[a]; who is named by no site is left out.
 * objective, bound: of that longest way; bound ≤ objective.  The times that there are are halved with a
 * set cover at each.  RC_OK; RC_NOT_FOUND: no k sites were found that reach everybody: ret then says how
 * many do (objective) and how many are needed at least (bound); RC_INVALID (also more than the
 * candidates); RC_NO_MEMORY.
 */
struct site_times {
	struct site_covers covers;
	const uint32_t *ms;
};
enum rc site_centre(struct arena *mem, struct arena *spare, const struct site_times *t, uint32_t k,
    uint64_t seed, struct site_limits limits, struct site_answer *ret);
