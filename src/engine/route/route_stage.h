/* route_stage: small random networks for tests, and the plainest way to know what is right. */
#pragma once

#include "engine/route/route_matrix.h"

struct route_draw { uint64_t s; };
uint32_t route_draw(struct route_draw *d, uint32_t below); /* below > 0 */

struct route_small {
	struct route_net net;
	struct route_graph forth, back;
	struct route_hierarchy h;
	struct route_findings findings;
};
/* n nodes, m links with times of 1..most, some closed to some modes; of one mode. */
void route_small_draw(struct arena *mem, struct route_draw *d, uint32_t n, uint32_t m,
    uint32_t most, enum route_mode mode, struct route_small *ret);
/* Times between all nodes by Floyd and Warshall: n * n, ROUTE_NEVER where there is no way. */
uint32_t *route_small_all(struct arena *mem, const struct route_net *net, enum route_mode mode);
/* A place on a random street of the mode, or at a node, or off. */
struct route_stop route_stop_draw(struct route_draw *d, const struct route_net *net, enum route_mode mode);
/* What is right between two stops, by the table of all times. */
uint32_t route_stops_right(const uint32_t *all, uint32_t n, const struct route_stop *from,
    const struct route_stop *to, uint32_t limit);
