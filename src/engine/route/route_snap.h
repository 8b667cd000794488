/*
 * route_snap: on which street is this place?  The nearest street by a grid of cells, rings of cells
 * outwards until no nearer one can come: O(streets in the cells looked at).
 */
#pragma once

#include "engine/route/route_geo.h"
#include "engine/route/route_stop.h"

struct route_grid;
/*
 * Streets of a mode; `island`, if given, holds a class of each node (route_islands().strong), and only
 * streets within class 0 are taken, so that nobody is put on a street that leads nowhere.
 * RC_OK, RC_NO_MEMORY.  O(streets + cells they cross).
 */
enum rc route_grid_new(struct arena *mem, struct arena *spare, const struct route_net *net,
    enum route_mode mode, const uint32_t *island, struct route_grid **ret);

struct route_snap {
	uint32_t reach_m;           /* farther from any street: off the network; at most 100,000 */
	uint32_t access_ms_per_m;   /* between the place and the street; 750 is 4.8 km/h on foot; at most 10,000 */
};
/* False when it is off the network; *ret then is a stop that is. */
bool route_grid_snap(const struct route_grid *g, const struct route_snap *how, struct route_point p,
    struct route_stop *ret);
