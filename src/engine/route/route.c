#include <string.h>

#include "engine/route/route.h"

/* ---- order along a Hilbert curve ----------------------------------------------------------- */

static bool
point_is_fine(struct route_point p)
{
	return p.lon >= -1800000000 && p.lon <= 1800000000 && p.lat >= -900000000 && p.lat <= 900000000;
}

/* Place of (x, y) on the curve through 65536 by 65536 cells. */
static uint32_t
hilbert(uint32_t x, uint32_t y)
{
	uint32_t d = 0;

	for (uint32_t s = 32768; s > 0; s /= 2) {
		uint32_t rx = (x & s) != 0, ry = (y & s) != 0, t;

		d += s * s * ((3 * rx) ^ ry);
		if (ry == 0) {
			if (rx == 1) {
				x = 65535 - x;
				y = 65535 - y;
			}
			t = x;
			x = y;
			y = t;
		}
	}
	return d;
}

struct keyed { uint32_t key, node; };

/* Stable, by bytes from the lowest. */
static void
keyed_sort(struct keyed *v, struct keyed *other, uint32_t n)
{
	for (int shift = 0; shift < 32; shift += 8) {
		uint32_t count[257] = { 0 };
		struct keyed *swap = v;

		for (uint32_t i = 0; i < n; i++)
			count[(v[i].key >> shift & 255) + 1]++;
		for (int b = 0; b < 256; b++)
			count[b + 1] += count[b];
		for (uint32_t i = 0; i < n; i++)
			other[count[v[i].key >> shift & 255]++] = v[i];
		v = other;
		other = swap;
	}
}

struct building {
	const struct route_point *at;
	uint32_t n, m;
	const struct route_link *link;
	uint32_t *number;      /* of each node given */
	struct route_point *to_at;
	uint32_t *first, *head, *ms[ROUTE_MODES];
	struct route_findings *findings;
};

static void
note(struct building *b, enum route_fault fault, uint32_t index)
{
	if (b->findings->v[(int)fault].n++ == 0)
		b->findings->v[(int)fault].first = index;
}

static void
twins_note(struct building *b, const struct keyed *v)
{
	for (uint32_t i = 1; i < b->n; i++) {
		/* Same key, same place to a cell of the curve: compare the few that share it. */
		for (uint32_t k = i; k-- > 0 && v[k].key == v[i].key && i - k <= 16;) {
			struct route_point p = b->at[v[i].node], q = b->at[v[k].node];

			if (p.lon == q.lon && p.lat == q.lat) {
				note(b, ROUTE_FAULT_TWIN, v[i].node);
				break;
			}
		}
	}
}

static enum rc
nodes_order(struct building *b, struct arena *spare)
{
	struct keyed *v = arena_raw(spare, b->n, sizeof *v), *other = arena_raw(spare, b->n, sizeof *v);
	struct route_point lo = { INT32_MAX, INT32_MAX };
	int64_t wide = 1;

	if (v == NULL || other == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < b->n; i++) {
		lo.lon = b->at[i].lon < lo.lon ? b->at[i].lon : lo.lon;
		lo.lat = b->at[i].lat < lo.lat ? b->at[i].lat : lo.lat;
	}
	for (uint32_t i = 0; i < b->n; i++) {
		int64_t x = (int64_t)b->at[i].lon - lo.lon, y = (int64_t)b->at[i].lat - lo.lat;

		wide = x >= wide ? x + 1 : wide;
		wide = y >= wide ? y + 1 : wide;
	}
	for (uint32_t i = 0; i < b->n; i++) {
		int64_t x = (int64_t)b->at[i].lon - lo.lon, y = (int64_t)b->at[i].lat - lo.lat;

		v[i].key = hilbert((uint32_t)(x * 65536 / wide), (uint32_t)(y * 65536 / wide));
		v[i].node = i;
	}
	keyed_sort(v, other, b->n);
	twins_note(b, v);
	for (uint32_t i = 0; i < b->n; i++) {
		b->number[v[i].node] = i;
		b->to_at[i] = b->at[v[i].node];
	}
	return RC_OK;
}

/* ---- arcs ---------------------------------------------------------------------------------- */

static bool
link_is_fine(struct building *b, uint32_t i)
{
	const struct route_link *l = &b->link[i];
	bool open = false;

	if (l->from >= b->n || l->to >= b->n) {
		note(b, ROUTE_FAULT_RANGE, i);
		return false;
	}
	if (l->from == l->to) {
		note(b, ROUTE_FAULT_LOOP, i);
		return false;
	}
	for (int k = 0; k < ROUTE_MODES; k++) {
		if (l->ms[k] > ROUTE_MS_MAX && l->ms[k] != ROUTE_NEVER) {
			note(b, ROUTE_FAULT_LONG, i);
			return false;
		}
		open = open || l->ms[k] != ROUTE_NEVER;
	}
	if (!open)
		note(b, ROUTE_FAULT_CLOSED, i);
	return open;
}

static uint32_t
ms_at_least_1(struct building *b, uint32_t i, int mode)
{
	if (b->link[i].ms[mode] != 0)
		return b->link[i].ms[mode];
	note(b, ROUTE_FAULT_ZERO, i);
	return 1;
}

/* Stable counting sort of `n` links by one of their ends; first[u + 1] ends up as the end of u's. */
static void
links_sort(const struct building *b, bool by_tail, const uint32_t *v, uint32_t n, uint32_t *first,
    uint32_t *to)
{
	uint32_t total = 0;

	memset(first, 0, ((size_t)b->n + 1) * sizeof *first);
	for (uint32_t i = 0; i < n; i++)
		first[b->number[by_tail ? b->link[v[i]].from : b->link[v[i]].to] + 1]++;
	for (uint32_t u = 0; u < b->n; u++) {
		uint32_t own = first[u + 1];

		first[u + 1] = total; /* where the next link of u goes */
		total += own;
	}
	for (uint32_t i = 0; i < n; i++)
		to[first[b->number[by_tail ? b->link[v[i]].from : b->link[v[i]].to] + 1]++] = v[i];
}

/* Arcs of every node by head, parallel ones joined; returns how many there are. */
static uint32_t
arcs_write(struct building *b, const uint32_t *sorted)
{
	uint32_t m = 0, began = 0;

	for (uint32_t u = 0; u < b->n; u++) {
		uint32_t end = b->first[u + 1], own = m;

		for (uint32_t i = began; i < end; i++) {
			uint32_t head = b->number[b->link[sorted[i]].to];
			bool same = m > own && b->head[m - 1] == head;

			if (same)
				note(b, ROUTE_FAULT_PARALLEL, sorted[i]);
			else
				b->head[m++] = head;
			for (int k = 0; k < ROUTE_MODES; k++) {
				uint32_t ms = ms_at_least_1(b, sorted[i], k);

				if (!same || ms < b->ms[k][m - 1])
					b->ms[k][m - 1] = ms;
			}
		}
		began = end;
		b->first[u + 1] = m;
	}
	return m;
}

static enum rc
building_room(struct building *b, struct arena *mem)
{
	b->number = arena_raw(mem, b->n, sizeof *b->number);
	b->to_at = arena_raw(mem, b->n, sizeof *b->to_at);
	b->first = arena_array(mem, (size_t)b->n + 1, sizeof *b->first);
	b->head = arena_raw(mem, b->m, sizeof *b->head);
	if (b->number == NULL || b->to_at == NULL || b->first == NULL || b->head == NULL)
		return RC_NO_MEMORY;
	for (int k = 0; k < ROUTE_MODES; k++) {
		b->ms[k] = arena_raw(mem, b->m, sizeof *b->ms[k]);
		if (b->ms[k] == NULL)
			return RC_NO_MEMORY;
	}
	return RC_OK;
}

enum rc
route_build(struct arena *mem, struct arena *spare, const struct route_point *at, uint32_t n,
    const struct route_link *link, uint32_t m, struct route_net *ret, const uint32_t **ret_number,
    struct route_findings *findings)
{
	struct building b = { .at = at, .n = n, .m = m, .link = link, .findings = findings };
	uint32_t *sorted = arena_raw(spare, m, sizeof *sorted), *by_head = arena_raw(spare, m,
	    sizeof *by_head);
	uint32_t n_fine = 0;
	enum rc rc;

	*findings = (struct route_findings){ 0 };
	if (n > ROUTE_NODES_MAX)
		return RC_TOO_LARGE;
	for (uint32_t i = 0; i < n; i++)
		if (!point_is_fine(at[i]))
			note(&b, ROUTE_FAULT_POINT, i);
	if (findings->v[ROUTE_FAULT_POINT].n > 0)
		return RC_INVALID;
	rc = sorted == NULL || by_head == NULL ? RC_NO_MEMORY : building_room(&b, mem);
	if (rc == RC_OK)
		rc = nodes_order(&b, spare);
	if (rc != RC_OK)
		return rc;
	for (uint32_t i = 0; i < m; i++)
		if (link_is_fine(&b, i))
			sorted[n_fine++] = i;
	links_sort(&b, false, sorted, n_fine, b.first, by_head);
	links_sort(&b, true, by_head, n_fine, b.first, sorted);
	*ret = (struct route_net){ .n = n, .at = b.to_at, .first = b.first, .head = b.head };
	ret->m = arcs_write(&b, sorted);
	for (int k = 0; k < ROUTE_MODES; k++)
		ret->ms[k] = b.ms[k];
	if (ret_number != NULL)
		*ret_number = b.number;
	return RC_OK;
}

bool
route_net_is_sound(const struct route_net *net)
{
	if (net->n > ROUTE_NODES_MAX || net->first[0] != 0 || net->first[net->n] != net->m)
		return false;
	for (uint32_t u = 0; u < net->n; u++) {
		if (net->first[u + 1] < net->first[u] || net->first[u + 1] > net->m ||
		    !point_is_fine(net->at[u]))
			return false;
		for (uint32_t a = net->first[u]; a < net->first[u + 1]; a++)
			if (net->head[a] >= net->n || net->head[a] == u || (a > net->first[u] &&
			    net->head[a] <= net->head[a - 1]))
				return false;
	}
	for (int k = 0; k < ROUTE_MODES; k++)
		for (uint32_t a = 0; a < net->m; a++)
			if (net->ms[k][a] == 0 || (net->ms[k][a] > ROUTE_MS_MAX &&
			    net->ms[k][a] != ROUTE_NEVER))
				return false;
	return true;
}

/* ---- one mode ------------------------------------------------------------------------------ */

enum rc
route_graph_of(struct arena *mem, const struct route_net *net, enum route_mode mode, bool back,
    struct route_graph *ret)
{
	const uint32_t *ms = net->ms[(int)mode];
	uint32_t *first = arena_array(mem, (size_t)net->n + 2, sizeof *first), *next;
	struct route_arc *arc;
	uint32_t m = 0;

	if (first == NULL)
		return RC_NO_MEMORY;
	next = first + 1; /* next[u] becomes first[u + 1] when all arcs of u are placed */
	for (uint32_t u = 0; u < net->n; u++)
		for (uint32_t a = net->first[u]; a < net->first[u + 1]; a++)
			if (ms[a] != ROUTE_NEVER) {
				first[(back ? net->head[a] : u) + 2]++;
				m++;
			}
	for (uint32_t u = 0; u < net->n; u++)
		first[u + 2] += first[u + 1];
	arc = arena_raw(mem, m, sizeof *arc);
	if (arc == NULL)
		return RC_NO_MEMORY;
	for (uint32_t u = 0; u < net->n; u++)
		for (uint32_t a = net->first[u]; a < net->first[u + 1]; a++)
			if (ms[a] != ROUTE_NEVER) {
				uint32_t at = next[back ? net->head[a] : u]++;

				arc[at].to = back ? u : net->head[a];
				arc[at].ms = ms[a];
			}
	*ret = (struct route_graph){ net->n, first, arc };
	return RC_OK;
}
