/*
 * route_matrix: from each of these places to each of those, as far as a limit: the pairs within it.
 *
 * RPHAST: Delling, Goldberg, Werneck, WEA 2011 (restricted sweeps over a contraction hierarchy), after
 * PHAST (IPDPS 2011): 16 neighbouring sources go at once, a lane each.  Three things beside the paper:
 * the climb from the sources is a sweep, too, over a set of bits by rank, for all 16 at once; a node
 * that no lane reaches within the limit is one dead byte, and is never loaded; of a pair of places on
 * one street the way along it is tried.
 *
 * The lanes run on AVX-512, AVX2 or plain C, whichever the processor has, with the same result to the
 * bit.  O(sources / 16 × arcs above the targets); memory of a plan is 76 bytes a node above the
 * targets plus its arcs, kept small enough for a second-level cache.
 */
#pragma once

#include "engine/route/route_hierarchy.h"
#include "engine/route/route_stop.h"

struct route_pair { uint32_t to, ms; };
struct route_row { const struct route_pair *v; uint32_t n; };   /* by ascending `to` */
struct route_matrix { uint32_t n_from, n_to; uint64_t n_pairs; struct route_row *row; };

/* The targets of a hierarchy, for as many runs as wanted. */
struct route_plan;
enum rc route_plan_new(struct arena *mem, const struct route_hierarchy *h,
    const struct route_stop *to, uint32_t n, struct route_plan **ret);
uint32_t route_plan_nodes(const struct route_plan *p); /* above the targets */

enum route_lanes { ROUTE_LANES_BEST, ROUTE_LANES_PLAIN, ROUTE_LANES_AVX2, ROUTE_LANES_AVX512 };
bool route_lanes_here(enum route_lanes lanes); /* has this processor them? */

/*
 * Rows of `from` to the plan's targets.  mem: an arena for each worker of the crew; the result lies in
 * them.  RC_OK, RC_NO_MEMORY; RC_INVALID for lanes this processor lacks.
 */
enum rc route_matrix_run(struct arena *const *mem, const struct route_plan *plan,
    const struct route_stop *from, uint32_t n,
    uint32_t limit, const struct crew *crew, enum route_lanes lanes, struct route_matrix *ret);

/*
 * The same without a hierarchy, by a bounded search from every place: better where the limit reaches
 * only a little of the network, as on foot.
 */
enum rc route_matrix_search(struct arena *const *mem, const struct route_graph *g,
    const struct route_stop *from, uint32_t n_from,
    const struct route_stop *to, uint32_t n_to, uint32_t limit, const struct crew *crew,
    struct route_matrix *ret);

/*
 * The k nearest of a row, by time and then by number, into ret (room for k); returns how many
 * there are. O(row × k).
 */
uint32_t route_row_nearest(const struct route_row *row, uint32_t k, struct route_pair *ret);
