/*
 * route_nearest: from each of these places, which of those is nearest?  One search for all of them, from
 * the goals and against the direction of the ways, so that it costs the same for ten places as for a
 * country's villages.
 */
#pragma once

#include "engine/route/route_stop.h"

struct route_near { uint32_t to, ms; };     /* ROUTE_NONE, ROUTE_NEVER: no way to any */

/* Seeds of a search that begins at all goals, each labelled with its number; room for 2 × n.  Returns how many. */
uint32_t route_nearest_seeds(const struct route_stop *to, uint32_t n, struct route_seed *ret);
/*
 * After a run (or fill) of those seeds over arcs turned round: ret[i] of each place, of equal times the lower
 * number.  Two on one street are tried along it, too.  RC_OK, RC_NO_MEMORY.  O(n_from + n_to log n_to).
 */
enum rc route_nearest_read(struct arena *spare, const struct route_search *s, const struct route_stop *from,
    uint32_t n_from, const struct route_stop *to, uint32_t n_to, struct route_near *ret);
