/*
 * zhaofa circle verify: do all ways of asking a network give one answer?  Random pairs are held against
 * a search written for nothing but being plainly right: a binary heap, and no bound.
 */
#include "app/cli_circle.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct checking { struct circle_asked *q; struct circle_road *r; uint64_t state; uint64_t pairs,
    reached, wrong; };

static uint32_t
draw(struct checking *c, uint32_t below)
{
	c->state = c->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((c->state >> 32) * below >> 32);
}

static void
workers_reset(const struct checking *c)
{
	for (unsigned w = 0; w < crew_workers(c->q->crew); w++)
		arena_reset(c->q->worker[w]);
}

/* ---- Dijkstra 1959, with a heap -------------------------------------------------------------- */

struct plain_item { uint32_t ms, node; };
struct plain { const struct route_graph *g; uint32_t *ms; struct plain_item *heap; size_t n; };

static bool
plain_new(struct arena *mem, const struct route_graph *g, struct plain *ret)
{
	*ret = (struct plain){ .g = g, .ms = arena_raw(mem, g->n, sizeof *ret->ms),
		.heap = arena_raw(mem, (size_t)g->first[g->n] + 1, sizeof *ret->heap) };
	return ret->ms != NULL && ret->heap != NULL;
}

static void
plain_push(struct plain *p, struct plain_item item)
{
	size_t at = p->n++;

	for (; at > 0 && p->heap[(at - 1) / 2].ms > item.ms; at = (at - 1) / 2)
		p->heap[at] = p->heap[(at - 1) / 2];
	p->heap[at] = item;
}

static struct plain_item
plain_pop(struct plain *p)
{
	struct plain_item top = p->heap[0], last = p->heap[--p->n];
	size_t at = 0;

	for (size_t k; (k = 2 * at + 1) < p->n; at = k) {
		k += k + 1 < p->n && p->heap[k + 1].ms < p->heap[k].ms;
		if (p->heap[k].ms >= last.ms)
			break;
		p->heap[at] = p->heap[k];
	}
	p->heap[at] = last;
	return top;
}

/* Times from one node to all into p->ms. */
static void
plain_run(struct plain *p, uint32_t from)
{
	for (uint32_t u = 0; u < p->g->n; u++)
		p->ms[u] = ROUTE_NEVER;
	p->ms[from] = 0;
	p->n = 0;
	plain_push(p, (struct plain_item){ 0, from });
	while (p->n > 0) {
		struct plain_item here = plain_pop(p);

		if (here.ms > p->ms[here.node])
			continue;
		for (uint32_t a = p->g->first[here.node]; a < p->g->first[here.node + 1]; a++) {
			struct plain_item next = { here.ms + p->g->arc[a].ms, p->g->arc[a].to };

			if (next.ms >= p->ms[next.node])
				continue;
			p->ms[next.node] = next.ms;
			plain_push(p, next);
		}
	}
}

/* ---- random pairs ---------------------------------------------------------------------------- */

struct sample {
	struct route_stop *from, *to;
	uint32_t n, *right;    /* n places to n places; right[i * n + k] */
};

static bool
sample_draw(struct checking *c, uint32_t n, struct sample *s)
{
	uint32_t n_nodes = c->r->b.net.n;
	struct plain p;

	*s = (struct sample){ .from = arena_array(c->q->spare, n, sizeof *s->from),
		.to = arena_array(c->q->spare, n, sizeof *s->to), .n = n,
		.right = arena_raw(c->q->spare, (size_t)n * n, sizeof *s->right) };
	if (s->from == NULL || s->to == NULL || s->right == NULL ||
	    !plain_new(c->q->spare, &c->r->graph, &p))
		return false;
	for (uint32_t i = 0; i < n; i++)
		s->from[i] = route_stop_at(draw(c, n_nodes));
	for (uint32_t i = 0; i < n; i++)
		s->to[i] = route_stop_at(draw(c, n_nodes));
	for (uint32_t i = 0; i < n; i++) {
		plain_run(&p, s->from[i].node[0]);
		for (uint32_t k = 0; k < n; k++) {
			s->right[(size_t)i * n + k] = p.ms[s->to[k].node[0]];
			c->reached += p.ms[s->to[k].node[0]] < ROUTE_NEVER;
		}
	}
	c->pairs += (uint64_t)n * n;
	return true;
}

static void
rows_compare(struct checking *c, const struct sample *s, const struct route_matrix *m)
{
	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t at = 0;

		for (uint32_t k = 0; k < s->n; k++) {
			uint32_t ms = ROUTE_NEVER;

			if (at < m->row[i].n && m->row[i].v[at].to == k)
				ms = m->row[i].v[at++].ms;
			c->wrong += ms != s->right[(size_t)i * s->n + k];
		}
		c->wrong += at != m->row[i].n;
	}
}

/* Rows by buckets, and by the hierarchy in every kind of lanes. */
static bool
matrices_check(struct checking *c, const struct sample *s)
{
	const struct route_hierarchy *h = &c->r->b.h[(int)c->q->mode];
	struct route_matrix m;
	struct route_plan *plan;

	if (route_matrix_search(c->q->worker, &c->r->graph, s->from, s->n, s->to, s->n, ROUTE_NEVER,
	    c->q->crew, &m) != RC_OK || route_plan_new(c->q->spare, h, s->to, s->n, &plan) != RC_OK)
		return false;
	rows_compare(c, s, &m);
	for (int lanes = ROUTE_LANES_PLAIN; lanes <= ROUTE_LANES_AVX512; lanes++) {
		if (!route_lanes_here((enum route_lanes)lanes))
			continue;
		workers_reset(c);
		if (route_matrix_run(c->q->worker, plan, s->from, s->n, ROUTE_NEVER, c->q->crew,
		    (enum route_lanes)lanes, &m) != RC_OK)
			return false;
		rows_compare(c, s, &m);
	}
	return true;
}

/* Each pair by itself up and down the hierarchy. */
static bool
queries_check(struct checking *c, const struct sample *s)
{
	struct route_query *query;

	if (route_query_new(c->q->spare, &c->r->b.h[(int)c->q->mode], &query) != RC_OK)
		return false;
	for (uint32_t i = 0; i < s->n; i++)
		for (uint32_t k = 0; k < s->n; k++) {
			struct route_seed a = { s->from[i].node[0], 0, 0 }, b = { s->to[k].node[0], 0, 0 };

			c->wrong += route_query_ms(query, &a, 1, &b, 1, ROUTE_NEVER) !=
			    s->right[(size_t)i * s->n + k];
		}
	return true;
}

/* One search from all places, which says for each target who is nearest: the least of its column. */
static bool
many_check(struct checking *c, const struct sample *s)
{
	struct route_seed *seed = arena_array(c->q->spare, s->n, sizeof *seed);
	struct route_search *search;

	if (seed == NULL || route_search_new(c->q->spare, &c->r->graph, &search) != RC_OK)
		return false;
	for (uint32_t i = 0; i < s->n; i++)
		seed[i] = (struct route_seed){ s->from[i].node[0], 0, i };
	route_search_run(search, seed, s->n, ROUTE_NEVER);
	for (uint32_t k = 0; k < s->n; k++) {
		uint32_t best = ROUTE_NEVER, label = ROUTE_NONE;

		for (uint32_t i = 0; i < s->n; i++)
			if (s->right[(size_t)i * s->n + k] < best) {
				best = s->right[(size_t)i * s->n + k];
				label = i;
			}
		c->wrong += route_search_ms(search, s->to[k].node[0]) != best ||
		    route_search_label(search, s->to[k].node[0]) != label;
	}
	return true;
}

static bool
samples_check(struct checking *c)
{
	uint32_t side = 1;
	bool fine = true;
	struct sample s;

	while (side < 2000 && (int64_t)side * side < c->q->pairs)
		side++;
	while (fine && c->pairs < (uint64_t)c->q->pairs) {
		arena_reset(c->q->spare);
		fine = sample_draw(c, side, &s) && matrices_check(c, &s) && queries_check(c, &s) &&
		    many_check(c, &s);
		workers_reset(c);
	}
	return fine;
}

/* ---- all pairs ------------------------------------------------------------------------------- */

/* Every node to every node: rows by buckets and by hierarchy, and all rows at once from many places. */
#define ALL_ROWS 256

struct whole { struct route_stop *stop; struct route_plan *plan; struct route_search *search; struct route_seed *seed; };

static bool
rows_check(struct checking *c, const struct whole *all, uint32_t from, uint32_t n)
{
	uint32_t n_nodes = c->r->b.net.n, *best = arena_raw(c->q->worker[0], n_nodes, sizeof *best);
	struct route_matrix right, m;

	if (best == NULL ||
	    route_matrix_search(c->q->worker, &c->r->graph, all->stop + from, n, all->stop, n_nodes,
	    ROUTE_NEVER, c->q->crew, &right) != RC_OK ||
	    route_matrix_run(c->q->worker, all->plan, all->stop + from, n, ROUTE_NEVER, c->q->crew,
	    ROUTE_LANES_BEST, &m) != RC_OK)
		return false;
	for (uint32_t v = 0; v < n_nodes; v++)
		best[v] = ROUTE_NEVER;
	for (uint32_t i = 0; i < n; i++) {
		c->wrong += m.row[i].n != right.row[i].n ||
		    memcmp(m.row[i].v, right.row[i].v, right.row[i].n * sizeof *right.row[i].v) != 0;
		for (uint32_t k = 0; k < right.row[i].n; k++)
			if (right.row[i].v[k].ms < best[right.row[i].v[k].to])
				best[right.row[i].v[k].to] = right.row[i].v[k].ms;
		all->seed[i] = (struct route_seed){ from + i, 0, i };
	}
	route_search_run(all->search, all->seed, n, ROUTE_NEVER);
	for (uint32_t v = 0; v < n_nodes; v++)
		c->wrong += route_search_ms(all->search, v) != best[v];
	c->pairs += (uint64_t)n * n_nodes;
	c->reached += right.n_pairs;
	return true;
}

static bool
all_check(struct checking *c)
{
	const struct route_hierarchy *h = &c->r->b.h[(int)c->q->mode];
	uint32_t n = c->r->b.net.n;
	struct whole all = { .stop = arena_array(c->q->mem, n, sizeof *all.stop),
		.seed = arena_array(c->q->mem, ALL_ROWS, sizeof *all.seed) };
	bool fine = all.stop != NULL && all.seed != NULL;

	for (uint32_t u = 0; fine && u < n; u++)
		all.stop[u] = route_stop_at(u);
	fine = fine && route_plan_new(c->q->mem, h, all.stop, n, &all.plan) == RC_OK &&
	    route_search_new(c->q->mem, &c->r->graph, &all.search) == RC_OK;
	for (uint32_t u = 0; fine && u < n; u += ALL_ROWS) {
		fine = rows_check(c, &all, u, n - u < ALL_ROWS ? n - u : ALL_ROWS);
		workers_reset(c);
	}
	return fine;
}

/* ---- isochrones ------------------------------------------------------------------------------ */

/* Polygons around random places: is every node that is reached in time inside? */
static bool
isochrones_check(struct checking *c)
{
	uint32_t limit = (uint32_t)(c->q->minutes * 60000), n;

	for (int64_t i = 0; i < c->q->isochrones; i++) {
		struct route_stop from = route_stop_at(draw(c, c->r->b.net.n));
		struct route_seed seed = { from.node[0], 0, 0 };
		struct route_search *search;
		struct route_area area;
		const uint32_t *reached;

		arena_reset(c->q->spare);
		workers_reset(c);
		if (route_search_new(c->q->worker[0], &c->r->graph, &search) != RC_OK)
			return false;
		route_search_run(search, &seed, 1, limit);
		if (route_isochrone(c->q->worker[0], c->q->spare, &c->r->b.net, &c->r->graph, search, &from,
		    limit, (double)c->q->cell, &area) != RC_OK)
			return false;
		reached = route_search_reached(search, &n);
		c->reached += n;
		for (uint32_t k = 0; k < n; k++)
			c->wrong += !route_area_has(&area, c->r->b.net.at[reached[k]]);
	}
	return true;
}

static bool
mode_check(struct circle_asked *q, struct circle_road *r)
{
	struct checking c = { .q = q, .r = r, .state = (uint64_t)q->seed };
	struct checking areas = { .q = q, .r = r, .state = (uint64_t)q->seed };
	bool fine = true;

	if (route_graph_of(q->mem, &r->b.net, q->mode, false, &r->graph) != RC_OK)
		return false;
	if (r->b.has[(int)q->mode]) {
		fine = q->all ? all_check(&c) : samples_check(&c);
		printf("%s: %" PRIu64 " pairs, %" PRIu64 " of them joined, %" PRIu64 " wrong\n",
		    cli_circle_mode(q->mode), c.pairs, c.reached, c.wrong);
	}
	if (q->isochrones > 0) {
		fine = isochrones_check(&areas) && fine;
		printf("%s: %" PRId64 " isochrones, %" PRIu64 " nodes reached, %" PRIu64 " outside\n",
		    cli_circle_mode(q->mode), q->isochrones, areas.reached, areas.wrong);
	}
	return fine && c.wrong == 0 && areas.wrong == 0;
}

int
cli_circle_verify(struct circle_asked *q)
{
	struct circle_road r = { .map = { NULL, 0 } };
	bool any = q->isochrones > 0, fine;

	if (!cli_circle_open(q, false, &r))
		return 1;
	fine = cli_circle_crew(q);
	for (int k = 0; fine && k < ROUTE_MODES; k++) {
		if (q->mode_said && (int)q->mode != k)
			continue;
		any = any || r.b.has[k];
		q->mode = (enum route_mode)k;
		fine = mode_check(q, &r);
	}
	if (fine && !any)
		printf("no hierarchy: the file is sound\n");
	cli_circle_close(&r);
	return fine ? 0 : 1;
}
