#include <stdlib.h>

#include "engine/route/route_nearest.h"

struct on_street { uint32_t node[2], number; };

static int
on_street_compare(const void *x, const void *y)
{
	const struct on_street *a = x, *b = y;

	for (int k = 0; k < 2; k++)
		if (a->node[k] != b->node[k])
			return a->node[k] < b->node[k] ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

uint32_t
route_nearest_seeds(const struct route_stop *to, uint32_t n, struct route_seed *ret)
{
	uint32_t made = 0;

	for (uint32_t i = 0; i < n; i++)
		made += route_stop_seeds(&to[i], true, i, &ret[made]);
	return made;
}

static void
better(struct route_near *near, uint32_t ms, uint32_t to)
{
	if (ms < ROUTE_NEVER && (ms < near->ms || (ms == near->ms && to < near->to)))
		*near = (struct route_near){ to, ms };
}

/* The first goal on the street of a place, or past all. */
static uint32_t
street_find(const struct on_street *v, uint32_t n, const struct route_stop *s)
{
	struct on_street want = { { s->node[0], s->node[1] }, 0 };
	uint32_t lo = 0, hi = n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (on_street_compare(&v[mid], &want) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

enum rc
route_nearest_read(struct arena *spare, const struct route_search *s, const struct route_stop *from,
    uint32_t n_from, const struct route_stop *to, uint32_t n_to, struct route_near *ret)
{
	struct on_street *v = arena_raw(spare, (size_t)n_to + 1, sizeof *v);
	uint32_t n = 0;

	if (v == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < n_to; i++)
		if (to[i].node[1] != ROUTE_NONE)
			v[n++] = (struct on_street){ { to[i].node[0], to[i].node[1] }, i };
	qsort(v, n, sizeof *v, on_street_compare);
	for (uint32_t i = 0; i < n_from; i++) {
		struct route_seed out[2];
		uint32_t ends = route_stop_seeds(&from[i], false, 0, out);

		ret[i] = (struct route_near){ ROUTE_NONE, ROUTE_NEVER };
		for (uint32_t k = 0; k < ends; k++) {
			uint32_t ms = route_search_ms(s, out[k].node);

			if (ms < ROUTE_NEVER - out[k].ms)
				better(&ret[i], ms + out[k].ms, route_search_label(s, out[k].node));
		}
		for (uint32_t a = from[i].node[1] == ROUTE_NONE ? n : street_find(v, n, &from[i]); a < n &&
		    v[a].node[0] == from[i].node[0] && v[a].node[1] == from[i].node[1]; a++)
			better(&ret[i], route_stop_direct_ms(&from[i], &to[v[a].number]), v[a].number);
	}
	return RC_OK;
}
