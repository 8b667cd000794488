#include "engine/route/route_stop.h"

static uint32_t
ms_sum(uint32_t a, uint32_t b)
{
	return a >= ROUTE_NEVER || b >= ROUTE_NEVER || a + b >= ROUTE_NEVER ? ROUTE_NEVER : a + b;
}

/* What of a street of ms is behind a place so far along it. */
static uint32_t
ms_part(uint32_t ms, uint32_t along)
{
	return ms >= ROUTE_NEVER ? ROUTE_NEVER : (uint32_t)((uint64_t)ms * along / ROUTE_ALONG_END);
}

struct route_stop
route_stop_at(uint32_t node)
{
	return (struct route_stop){ .node = { node, ROUTE_NONE }, .out_ms = { 0, ROUTE_NEVER },
		.in_ms = { 0, ROUTE_NEVER }, .street_ms = { ROUTE_NEVER, ROUTE_NEVER } };
}

struct route_stop
route_stop_on(uint32_t a, uint32_t b, const uint32_t street_ms[2], uint32_t along, uint32_t access_ms)
{
	struct route_stop s = { .node = { a, b }, .along = along, .access_ms = access_ms,
		.street_ms = { street_ms[0], street_ms[1] } };
	uint32_t forth = ms_part(street_ms[0], along), back = ms_part(street_ms[1], along);

	if (a > b) {
		uint32_t turned[2] = { street_ms[1], street_ms[0] };

		return route_stop_on(b, a, turned, ROUTE_ALONG_END - along, access_ms);
	}
	s.in_ms[0] = ms_sum(forth, access_ms);
	s.out_ms[0] = ms_sum(back, access_ms);
	s.out_ms[1] = street_ms[0] >= ROUTE_NEVER ? ROUTE_NEVER : ms_sum(street_ms[0] - forth, access_ms);
	s.in_ms[1] = street_ms[1] >= ROUTE_NEVER ? ROUTE_NEVER : ms_sum(street_ms[1] - back, access_ms);
	return s;
}

bool
route_stop_is_off(const struct route_stop *s)
{
	return s->node[0] == ROUTE_NONE;
}

uint32_t
route_stop_seeds(const struct route_stop *s, bool in, uint32_t label, struct route_seed ret[2])
{
	const uint32_t *ms = in ? s->in_ms : s->out_ms;
	uint32_t n = 0;

	for (int k = 0; k < 2; k++) {
		if (s->node[k] == ROUTE_NONE || ms[k] >= ROUTE_NEVER)
			continue;
		ret[n].node = s->node[k];
		ret[n].ms = ms[k];
		ret[n++].label = label;
	}
	return n;
}

uint32_t
route_stop_direct_ms(const struct route_stop *from, const struct route_stop *to)
{
	uint32_t best = ROUTE_NEVER, access = ms_sum(from->access_ms, to->access_ms);

	if (from->node[1] == ROUTE_NONE || from->node[0] != to->node[0] || from->node[1] != to->node[1])
		return ROUTE_NEVER;
	if (from->along <= to->along && from->street_ms[0] < ROUTE_NEVER)
		best = ms_part(from->street_ms[0], to->along) - ms_part(from->street_ms[0], from->along);
	if (from->along >= to->along && from->street_ms[1] < ROUTE_NEVER) {
		uint32_t back = ms_part(from->street_ms[1],
		    from->along) - ms_part(from->street_ms[1], to->along);

		best = back < best ? back : best;
	}
	return ms_sum(best, access);
}

uint32_t
route_stop_ms(const struct route_search *s, const struct route_stop *from,
    const struct route_stop *to, uint32_t limit)
{
	uint32_t best = route_stop_direct_ms(from, to);

	for (int k = 0; k < 2; k++) {
		uint32_t ms;

		if (to->node[k] == ROUTE_NONE)
			continue;
		ms = ms_sum(route_search_ms(s, to->node[k]), to->in_ms[k]);
		best = ms < best ? ms : best;
	}
	return best <= limit ? best : ROUTE_NEVER;
}
