#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/route/route_stage.h"

uint32_t
route_draw(struct route_draw *d, uint32_t below)
{
	d->s = d->s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((d->s >> 32) * below >> 32);
}

void
route_small_draw(struct arena *mem, struct route_draw *d, uint32_t n, uint32_t m, uint32_t most,
    enum route_mode mode, struct route_small *ret)
{
	struct route_point *at = arena_array(mem, n, sizeof *at);
	struct route_link *link = arena_array(mem, m + 1, sizeof *link);

	for (uint32_t i = 0; i < n; i++)
		at[i] = (struct route_point){ 1206000000 + (int32_t)route_draw(d, 900000),
		    313000000 + (int32_t)route_draw(d, 900000) };
	for (uint32_t i = 0; i < m; i++) {
		link[i].from = route_draw(d, n);
		link[i].to = route_draw(d, n);
		for (int k = 0; k < ROUTE_MODES; k++)
			link[i].ms[k] = route_draw(d, 6) == 0 ? ROUTE_NEVER : route_draw(d, most) + 1;
	}
	assert_int_equal(route_build(mem, mem, at, n, link, m, &ret->net, NULL, &ret->findings), RC_OK);
	assert_true(route_net_is_sound(&ret->net));
	assert_int_equal(route_graph_of(mem, &ret->net, mode, false, &ret->forth), RC_OK);
	assert_int_equal(route_graph_of(mem, &ret->net, mode, true, &ret->back), RC_OK);
	assert_int_equal(route_hierarchy_build(mem, mem, &ret->forth, NULL, &ret->h), RC_OK);
	assert_true(route_hierarchy_is_sound(&ret->h));
}

uint32_t *
route_small_all(struct arena *mem, const struct route_net *net, enum route_mode mode)
{
	size_t n = net->n;
	uint32_t *all = arena_array(mem, n * n, sizeof *all);

	for (size_t u = 0; u < n; u++)
		for (size_t v = 0; v < n; v++)
			all[u * n + v] = u == v ? 0 : ROUTE_NEVER;
	for (uint32_t u = 0; u < net->n; u++)
		for (uint32_t a = net->first[u]; a < net->first[u + 1]; a++)
			all[u * n + net->head[a]] = net->ms[(int)mode][a];
	for (size_t k = 0; k < n; k++)
		for (size_t u = 0; u < n; u++)
			for (size_t v = 0; v < n; v++) {
				uint64_t ms = (uint64_t)all[u * n + k] + all[k * n + v];

				if (ms < all[u * n + v])
					all[u * n + v] = (uint32_t)ms;
			}
	return all;
}

struct route_stop
route_stop_draw(struct route_draw *d, const struct route_net *net, enum route_mode mode)
{
	uint32_t u = route_draw(d, net->n), wanted, seen = 0;
	uint32_t ms[2] = { ROUTE_NEVER, ROUTE_NEVER };

	if (route_draw(d, 30) == 0)
		return route_stop_at(ROUTE_NONE);
	if (route_draw(d, 4) == 0 || net->m == 0)
		return route_stop_at(u);
	wanted = route_draw(d, net->m);
	for (u = 0; net->first[u + 1] <= wanted; u++)
		seen++;
	assert_int_equal(seen, u);
	ms[0] = net->ms[(int)mode][wanted];
	for (uint32_t a = net->first[net->head[wanted]]; a < net->first[net->head[wanted] + 1]; a++)
		if (net->head[a] == u)
			ms[1] = net->ms[(int)mode][a];
	return route_stop_on(u, net->head[wanted], ms, route_draw(d, 5) == 0 ? 0 : route_draw(d,
	    ROUTE_ALONG_END + 1), route_draw(d, 50));
}

uint32_t
route_stops_right(const uint32_t *all, uint32_t n, const struct route_stop *from,
    const struct route_stop *to, uint32_t limit)
{
	uint64_t best = ROUTE_NEVER, part;

	for (int i = 0; i < 2; i++)
		for (int k = 0; k < 2; k++) {
			uint64_t ms;

			if (from->node[i] == ROUTE_NONE || to->node[k] == ROUTE_NONE)
				continue;
			ms = (uint64_t)from->out_ms[i] + all[(size_t)from->node[i] * n + to->node[k]] + to->in_ms[k];
			best = ms < best ? ms : best;
		}
	if (from->node[1] != ROUTE_NONE && from->node[0] == to->node[0] && from->node[1] == to->node[1]) {
		for (int way = 0; way < 2; way++) {
			uint64_t a = way == 0 ? from->along : to->along,
			    b = way == 0 ? to->along : from->along;

			if (from->street_ms[way] >= ROUTE_NEVER || a > b)
				continue;
			part = from->street_ms[way] * b / 65536 - from->street_ms[way] * a / 65536;
			part += from->access_ms + to->access_ms;
			best = part < best ? part : best;
		}
	}
	return best <= limit && best < ROUTE_NEVER ? (uint32_t)best : ROUTE_NEVER;
}
