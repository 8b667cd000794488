/*
 * route_hierarchy: the same times as a search over all streets, from a search of a few hundred nodes.
 *
 * A contraction hierarchy: Geisberger, Sanders, Schultes, Delling, WEA 2008; nodes leave in rounds of
 * neighbours-free sets (Vetter, Karlsruhe 2009), so that the work of a round may be shared and the
 * result depends on nothing but the graph.  A shortcut is left out only when a limited search, which
 * avoids every node leaving in the same round, finds a way that is not longer.  Only times are kept,
 * no ways.
 *
 * Building: some seconds for a city (docs/benchmarks.md); the hierarchy takes 8 bytes an arc, about
 * twice the arcs of the graph.  A query walks the nodes above both ends by rank, through a set of bits
 * instead of a queue: O(arcs above both ends).
 */
#pragma once

#include "engine/route/route_search.h"

/* Nodes are called by rank here: 0 left first.  Arcs of a rank lead to higher ranks only. */
struct route_hierarchy {
	uint32_t n;
	const uint32_t *rank;           /* of each node of the graph */
	const uint32_t *up_first;       /* n + 1 */
	const struct route_arc *up;     /* arcs out of a rank */
	const uint32_t *down_first;     /* n + 1 */
	const struct route_arc *down;   /* arcs into a rank, `to` being where they come from */
};

/*
 * RC_OK, RC_NO_MEMORY. `spare` must serve one thread; with a crew every worker's memory comes out
 * of it before the work.
 */
enum rc route_hierarchy_build(struct arena *mem, struct arena *spare, const struct route_graph *g,
    const struct crew *crew, struct route_hierarchy *ret);
/* Does what a query relies on hold (arrays from a file)? */
bool route_hierarchy_is_sound(const struct route_hierarchy *h);

/* A workspace for queries, one at a time. */
struct route_query;
enum rc route_query_new(struct arena *mem, const struct route_hierarchy *h, struct route_query **ret);
/*
 * Least of seed.ms + way + goal.ms over all pairs (labels count for nothing); ROUTE_NEVER when it
 * is past `limit`.
 */
uint32_t route_query_ms(struct route_query *q, const struct route_seed *seed, uint32_t n_seeds,
    const struct route_seed *goal, uint32_t n_goals, uint32_t limit);
