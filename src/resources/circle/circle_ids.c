#include <stdlib.h>

#include "resources/circle/circle.h"
#include "resources/circle/circle_ids_internal.h"

static int
pair_compare(const void *x, const void *y)
{
	const struct id_pair *a = x, *b = y;

	if (a->id != b->id)
		return a->id < b->id ? -1 : 1;
	return (a->node > b->node) - (a->node < b->node);
}

size_t
ids_sort(struct ids *ids)
{
	size_t kept = 0, all = ids->n;

	if (all > 0)
		qsort(ids->v, all, sizeof *ids->v, pair_compare);
	for (size_t i = 0; i < all; i++)
		if (kept == 0 || ids->v[i].id != ids->v[kept - 1].id)
			ids->v[kept++] = ids->v[i];
	ids->n = kept;
	return all - kept;
}

uint32_t
ids_find(const struct ids *ids, int64_t id)
{
	size_t lo = 0, hi = ids->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (ids->v[mid].id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < ids->n && ids->v[lo].id == id ? ids->v[lo].node : ROUTE_NONE;
}

uint32_t
ms_for(double metres, uint32_t metres_an_hour)
{
	double ms;

	if (metres_an_hour == 0)
		return ROUTE_NEVER;
	ms = metres * 3600000 / metres_an_hour + 0.5;
	if (!(ms <= ROUTE_MS_MAX))
		return ROUTE_NEVER;
	return ms < 1 ? 1 : (uint32_t)ms;
}

bool
bounds_have(struct circle_bounds b, struct route_point p)
{
	if (b.west == 0 && b.south == 0 && b.east == 0 && b.north == 0)
		return true;
	return p.lon >= b.west && p.lon <= b.east && p.lat >= b.south && p.lat <= b.north;
}

void
bounds_widen(struct circle_import *m, struct route_point p, bool first)
{
	m->west = first || p.lon < m->west ? p.lon : m->west;
	m->east = first || p.lon > m->east ? p.lon : m->east;
	m->south = first || p.lat < m->south ? p.lat : m->south;
	m->north = first || p.lat > m->north ? p.lat : m->north;
}
