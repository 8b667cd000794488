/*
 * route_isochrone: what is reached within the time, as polygons.
 *
 * Streets reached, the last ones in part → the cells of a raster they cross → marching squares on the
 * corners of those cells (Lorensen and Cline 1987, in the plane; at a saddle the two corners stay
 * apart) → Douglas and Peucker 1973 with 3/10 of a cell.  The border runs half a cell outside the
 * cells reached and parts of it are never nearer than 7/10 of a cell, so that simplifying can neither
 * cut a reached node off nor make a ring cross one.  O(reached streets + cells).
 */
#pragma once

#include "engine/route/route_geo.h"
#include "engine/route/route_stop.h"

/* Counter-clockwise when it is a border, clockwise when it is a hole (RFC 7946); the last joins the first. */
struct route_ring {
	const struct route_point *v;
	uint32_t n;
	uint32_t in; /* of a hole: the number of its border; ROUTE_NONE: a border */
};
struct route_area { const struct route_ring *ring; uint32_t n; double cell_m; };

/*
 * Of the last run of `s`, which started from `from`'s seeds (and perhaps others) with that limit.
 * cell_m: 100 is usual; made wider where there would be more than 16 million cells.
 * RC_OK (an area without rings when nothing was reached), RC_NO_MEMORY.
 */
enum rc route_isochrone(struct arena *mem, struct arena *spare, const struct route_net *net,
    const struct route_graph *g,
    const struct route_search *s, const struct route_stop *from, uint32_t limit, double cell_m,
    struct route_area *ret);
/* Even-odd over all rings. */
bool route_area_has(const struct route_area *a, struct route_point p);
