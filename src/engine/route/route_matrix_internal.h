/* What a matrix is made of. */
#pragma once

#include "engine/route/route_lanes_internal.h"
#include "engine/route/route_matrix.h"

struct route_plan {
	const struct route_hierarchy *h;
	const struct route_stop *to;
	uint32_t n_to;
	struct sweep sweep;
	struct sweep_targets targets;
	uint32_t *place;             /* of each rank: its node in the sweep, or ROUTE_NONE */
	uint32_t *by_street;         /* targets on streets, by their ends */
	uint32_t n_by_street;
};

/* Order of the streets of two stops. */
int stop_street_compare(const struct route_stop *a, const struct route_stop *b);
/* Targets on streets in order of those. */
enum rc streets_order(struct arena *mem, const struct route_stop *to, uint32_t n, uint32_t **ret,
    uint32_t *ret_n);
/* The first of them not before `s`. */
uint32_t streets_find(const struct route_stop *to, const uint32_t *by_street, uint32_t n,
    const struct route_stop *s);
/* Numbers of stops by their first node, so that neighbours stand together. */
enum rc stops_order(struct arena *mem, const struct route_stop *from, uint32_t n, uint32_t **ret);
