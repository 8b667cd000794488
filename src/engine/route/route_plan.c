#include <stdlib.h>
#include <string.h>

#include "engine/route/route_matrix_internal.h"

/* ---- stops in order ------------------------------------------------------------------------ */

int
stop_street_compare(const struct route_stop *a, const struct route_stop *b)
{
	if (a->node[0] != b->node[0])
		return a->node[0] < b->node[0] ? -1 : 1;
	return (a->node[1] > b->node[1]) - (a->node[1] < b->node[1]);
}

struct street_key { uint64_t ends; uint32_t target; };

static int
street_key_compare(const void *x, const void *y)
{
	const struct street_key *a = x, *b = y;

	if (a->ends != b->ends)
		return a->ends < b->ends ? -1 : 1;
	return (a->target > b->target) - (a->target < b->target);
}

static enum rc
keys_order(struct arena *mem, const struct route_stop *v, uint32_t n, bool streets, uint32_t **ret,
    uint32_t *ret_n)
{
	struct street_key *key = arena_raw(mem, n, sizeof *key);
	uint32_t *order = arena_raw(mem, n, sizeof *order), m = 0;

	if (key == NULL || order == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++) {
		if (streets && v[i].node[1] == ROUTE_NONE)
			continue;
		key[m].ends = (uint64_t)v[i].node[0] << 32 | v[i].node[1];
		key[m++].target = i;
	}
	qsort(key, m, sizeof *key, street_key_compare);
	for (uint32_t i = 0; i < m; i++)
		order[i] = key[i].target;
	*ret = order;
	*ret_n = m;
	return RC_OK;
}

enum rc
streets_order(struct arena *mem, const struct route_stop *to, uint32_t n, uint32_t **ret, uint32_t *ret_n)
{
	return keys_order(mem, to, n, true, ret, ret_n);
}

enum rc
stops_order(struct arena *mem, const struct route_stop *from, uint32_t n, uint32_t **ret)
{
	uint32_t all;

	return keys_order(mem, from, n, false, ret, &all);
}

uint32_t
streets_find(const struct route_stop *to, const uint32_t *by_street, uint32_t n, const struct route_stop *s)
{
	uint32_t lo = 0;

	while (lo < n) {
		uint32_t mid = lo + (n - lo) / 2;

		if (stop_street_compare(&to[by_street[mid]], s) < 0)
			lo = mid + 1;
		else
			n = mid;
	}
	return lo;
}

/* ---- what lies above the targets ----------------------------------------------------------- */

/* Ranks above the targets into p->place as 1, .. by ascending rank; returns how many. */
static enum rc
above_collect(struct arena *mem, struct route_plan *p, uint32_t **ret_rank, uint32_t *ret_n)
{
	const struct route_hierarchy *h = p->h;
	uint32_t *rank = arena_raw(mem, h->n, sizeof *rank), n = 0, from = 0, r;
	struct ladder ladder;
	enum rc rc = rank == NULL ? RC_NO_MEMORY : ladder_new(mem, h->n, &ladder);

	if (rc != RC_OK)
		return rc;
	for (uint32_t t = 0; t < p->n_to; t++) {
		struct route_seed goal[2];
		uint32_t n_goals = route_stop_seeds(&p->to[t], true, 0, goal);

		for (uint32_t k = 0; k < n_goals; k++)
			if (goal[k].node < h->n)
				ladder_put(&ladder, h->rank[goal[k].node]);
	}
	while (ladder_take(&ladder, &from, &r)) {
		rank[n++] = r;
		for (uint32_t a = h->down_first[r]; a < h->down_first[r + 1]; a++)
			ladder_put(&ladder, h->down[a].to);
	}
	*ret_rank = rank;
	*ret_n = n;
	return RC_OK;
}

static enum rc
sweep_write(struct arena *mem, struct route_plan *p, const uint32_t *rank, uint32_t n)
{
	const struct route_hierarchy *h = p->h;
	uint32_t *first = arena_raw(mem, (size_t)n + 1, sizeof *first), m = 0;
	struct route_arc *arc;

	p->place = arena_raw(mem, h->n, sizeof *p->place);
	if (first == NULL || p->place == NULL)
		return RC_NO_MEMORY;
	memset(p->place, 0xff, h->n * sizeof *p->place);
	for (uint32_t i = 0; i < n; i++) {
		p->place[rank[i]] = n - 1 - i; /* the highest rank comes first */
		m += h->down_first[rank[i] + 1] - h->down_first[rank[i]];
	}
	arc = arena_raw(mem, m, sizeof *arc);
	if (arc == NULL)
		return RC_NO_MEMORY;
	m = 0;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t r = rank[n - 1 - i];

		first[i] = m;
		for (uint32_t a = h->down_first[r]; a < h->down_first[r + 1]; a++) {
			arc[m].to = p->place[h->down[a].to];
			arc[m++].ms = h->down[a].ms;
		}
	}
	first[n] = m;
	p->sweep = (struct sweep){ n, first, arc };
	return RC_OK;
}

static enum rc
targets_write(struct arena *mem, struct route_plan *p)
{
	uint32_t *first = arena_raw(mem, (size_t)p->n_to + 1, sizeof *first), m = 0;
	struct route_arc *ref = arena_raw(mem, (size_t)p->n_to * 2, sizeof *ref);

	if (first == NULL || ref == NULL)
		return RC_NO_MEMORY;
	for (uint32_t t = 0; t < p->n_to; t++) {
		struct route_seed goal[2];
		uint32_t n_goals = route_stop_seeds(&p->to[t], true, 0, goal);

		first[t] = m;
		for (uint32_t k = 0; k < n_goals; k++) {
			if (goal[k].node >= p->h->n)
				continue;
			ref[m].to = p->place[p->h->rank[goal[k].node]];
			ref[m++].ms = goal[k].ms;
		}
	}
	first[p->n_to] = m;
	p->targets = (struct sweep_targets){ p->n_to, first, ref };
	return RC_OK;
}

enum rc
route_plan_new(struct arena *mem, const struct route_hierarchy *h, const struct route_stop *to, uint32_t n,
    struct route_plan **ret)
{
	struct route_plan *p = ARENA_NEW(mem, struct route_plan);
	uint32_t *rank, n_above;
	enum rc rc;

	if (p == NULL)
		return RC_NO_MEMORY;
	p->h = h;
	p->to = to;
	p->n_to = n;
	rc = above_collect(mem, p, &rank, &n_above);
	if (rc == RC_OK)
		rc = sweep_write(mem, p, rank, n_above);
	if (rc == RC_OK)
		rc = targets_write(mem, p);
	if (rc == RC_OK)
		rc = streets_order(mem, to, n, &p->by_street, &p->n_by_street);
	if (rc == RC_OK)
		*ret = p;
	return rc;
}

uint32_t
route_plan_nodes(const struct route_plan *p)
{
	return p->sweep.n;
}
