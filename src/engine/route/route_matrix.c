#include <string.h>

#include "engine/route/route_matrix_internal.h"

static const struct lane_kernel *
kernel_of(enum route_lanes lanes)
{
	if (lanes == ROUTE_LANES_PLAIN)
		return &lane_kernel_plain;
#if defined(__x86_64__)
	if (lanes != ROUTE_LANES_AVX2 && __builtin_cpu_supports("avx512f"))
		return &lane_kernel_avx512;
	if (lanes != ROUTE_LANES_AVX512 && __builtin_cpu_supports("avx2"))
		return &lane_kernel_avx2;
#endif
	return lanes == ROUTE_LANES_BEST ? &lane_kernel_plain : NULL;
}

bool
route_lanes_here(enum route_lanes lanes)
{
	return kernel_of(lanes) != NULL;
}

struct run {
	const struct route_plan *plan;
	const struct lane_kernel *kernel;
	const struct route_stop *from;
	uint32_t n, limit;
	const uint32_t *order;       /* of the sources: neighbours go together */
	struct arena *const *mem;
	struct lane_work *work;      /* of each worker */
	bool *failed;                /* of each worker: memory is out */
	struct route_row *row;
};

static enum rc
work_room(struct arena *mem, const struct route_plan *p, struct lane_work *w)
{
	uint32_t n = p->h->n, n_sweep = p->sweep.n;

	w->up = arena_raw(mem, n, sizeof *w->up);
	w->came = arena_raw(mem, n, sizeof *w->came);
	w->row = arena_raw(mem, n_sweep, sizeof *w->row);
	w->alive = arena_raw(mem, n_sweep, sizeof *w->alive);
	w->start = arena_raw(mem, n_sweep, sizeof *w->start);
	w->start_row = arena_raw(mem, n_sweep, sizeof *w->start_row);
	w->target = arena_raw(mem, p->n_to, sizeof *w->target);
	w->mask = arena_raw(mem, p->n_to, sizeof *w->mask);
	if (w->up == NULL || w->came == NULL || w->row == NULL || w->alive == NULL || w->start == NULL ||
	    w->start_row == NULL || w->target == NULL || w->mask == NULL)
		return RC_NO_MEMORY;
	return ladder_new(mem, n, &w->ladder);
}

/* ---- one batch ----------------------------------------------------------------------------- */

static void
lane_start(struct lane_work *w, const struct route_hierarchy *h, const struct route_seed *seed, int lane)
{
	uint32_t r;

	if (seed->node >= h->n)
		return;
	r = h->rank[seed->node];
	if (ladder_put(&w->ladder, r))
		for (int k = 0; k < LANES; k++)
			w->up[r].ms[k] = ROUTE_NEVER;
	if (seed->ms < w->up[r].ms[lane])
		w->up[r].ms[lane] = seed->ms;
}

/* Where the climb came to nodes of the sweep. */
static void
starts_collect(struct lane_work *w, const struct route_plan *p)
{
	w->n_starts = 0;
	for (uint32_t i = w->n_came; i-- > 0;) {
		uint32_t place = p->place[w->came[i]];

		if (place == ROUTE_NONE)
			continue;
		w->start[w->n_starts] = place;
		w->start_row[w->n_starts++] = &w->up[w->came[i]];
	}
}

/* Ways that stay on the street of source and target. */
static void
direct_try(const struct run *r, struct lane_work *w, const struct route_stop *from, int lane,
    uint32_t count[LANES])
{
	const struct route_plan *p = r->plan;
	uint32_t i = from->node[1] == ROUTE_NONE ? p->n_by_street : streets_find(p->to,
	    p->by_street, p->n_by_street, from);

	for (; i < p->n_by_street && stop_street_compare(&p->to[p->by_street[i]], from) == 0; i++) {
		uint32_t t = p->by_street[i], ms = route_stop_direct_ms(from, &p->to[t]);

		if (ms > r->limit)
			continue;
		if (w->mask[t] == 0)
			for (int k = 0; k < LANES; k++)
				w->target[t].ms[k] = ROUTE_NEVER;
		count[lane] += (w->mask[t] >> lane & 1) == 0;
		w->mask[t] |= (uint16_t)(1u << lane);
		if (ms < w->target[t].ms[lane])
			w->target[t].ms[lane] = ms;
	}
}

static bool
rows_write(const struct run *r, struct arena *mem, const struct lane_work *w,
    const uint32_t *source, uint32_t n, const uint32_t count[LANES])
{
	struct route_pair *next[LANES] = { NULL };

	for (uint32_t k = 0; k < n; k++) {
		next[k] = arena_raw(mem, count[k], sizeof(struct route_pair));
		if (next[k] == NULL)
			return false;
		r->row[source[k]] = (struct route_row){ next[k], count[k] };
	}
	for (uint32_t t = 0; t < r->plan->n_to; t++)
		for (uint32_t mask = w->mask[t]; mask != 0; mask &= mask - 1) {
			int k = __builtin_ctz(mask);

			*next[k]++ = (struct route_pair){ t, w->target[t].ms[k] };
		}
	return true;
}

static void
batch_part(void *arg, unsigned worker, uint32_t part)
{
	struct run *r = arg;
	struct lane_work *w = &r->work[worker];
	const uint32_t *source = r->order + part * LANES;
	uint32_t n = r->n - part * LANES < LANES ? r->n - part * LANES : LANES, count[LANES] = { 0 };

	for (uint32_t k = 0; k < n; k++) {
		struct route_seed seed[2];
		uint32_t n_seeds = route_stop_seeds(&r->from[source[k]], false, 0, seed);

		for (uint32_t i = 0; i < n_seeds; i++)
			lane_start(w, r->plan->h, &seed[i], (int)k);
	}
	r->kernel->climb(w, r->plan->h, r->limit);
	starts_collect(w, r->plan);
	r->kernel->sweep(w, &r->plan->sweep, r->limit);
	r->kernel->targets(w, &r->plan->targets, r->limit, count);
	for (uint32_t k = 0; k < n; k++)
		direct_try(r, w, &r->from[source[k]], (int)k, count);
	if (!rows_write(r, r->mem[worker], w, source, n, count))
		r->failed[worker] = true;
}

/* ---- all ----------------------------------------------------------------------------------- */

static enum rc
matrix_open(struct arena *mem, uint32_t n_from, uint32_t n_to, unsigned workers, bool **ret_failed,
    struct route_matrix *ret)
{
	*ret = (struct route_matrix){ .n_from = n_from, .n_to = n_to };
	ret->row = arena_array(mem, n_from, sizeof *ret->row);
	*ret_failed = arena_array(mem, workers, sizeof **ret_failed);
	return ret->row == NULL || *ret_failed == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc
matrix_close(const bool *failed, unsigned workers, struct route_matrix *m)
{
	for (unsigned k = 0; k < workers; k++)
		if (failed[k])
			return RC_NO_MEMORY;
	for (uint32_t i = 0; i < m->n_from; i++)
		m->n_pairs += m->row[i].n;
	return RC_OK;
}

enum rc
route_matrix_run(struct arena *const *mem, const struct route_plan *plan,
    const struct route_stop *from, uint32_t n,
    uint32_t limit, const struct crew *crew, enum route_lanes lanes, struct route_matrix *ret)
{
	unsigned workers = crew_workers(crew);
	struct run r = { .plan = plan, .kernel = kernel_of(lanes), .from = from, .n = n, .mem = mem,
		.limit = limit < ROUTE_NEVER ? limit : ROUTE_NEVER - 1 };
	uint32_t *order;
	enum rc rc;

	if (r.kernel == NULL)
		return RC_INVALID;
	rc = matrix_open(mem[0], n, plan->n_to, workers, &r.failed, ret);
	if (rc == RC_OK)
		rc = stops_order(mem[0], from, n, &order);
	if (rc != RC_OK)
		return rc;
	r.order = order;
	r.row = ret->row;
	r.work = arena_array(mem[0], workers, sizeof *r.work);
	if (r.work == NULL)
		return RC_NO_MEMORY;
	for (unsigned k = 0; rc == RC_OK && k < workers; k++)
		rc = work_room(mem[k], plan, &r.work[k]);
	if (rc != RC_OK)
		return rc;
	crew_run(crew, batch_part, &r, (n + LANES - 1) / LANES);
	return matrix_close(r.failed, workers, ret);
}

/* ---- by searches --------------------------------------------------------------------------- */

struct searching {
	struct route_search *search;
	struct ladder found;          /* targets */
	uint32_t *ms;                 /* of each target found */
};

struct search_run {
	const struct route_stop *from, *to;
	uint32_t n_from, n_to, limit;
	const uint32_t *order;
	const uint32_t *first;        /* of each node: its targets in ref */
	const struct route_arc *ref;  /* target, time from the node */
	const uint32_t *by_street;
	uint32_t n_by_street;
	struct arena *const *mem;
	struct searching *work;
	bool *failed;
	struct route_row *row;
};

static inline uint32_t
found_note(struct searching *w, uint32_t t, uint32_t ms, uint32_t limit)
{
	if (ms > limit)
		return 0;
	if (ladder_put(&w->found, t)) {
		w->ms[t] = ms;
		return 1;
	}
	w->ms[t] = ms < w->ms[t] ? ms : w->ms[t];
	return 0;
}

static uint32_t
found_collect(const struct search_run *r, struct searching *w, const struct route_stop *from)
{
	uint32_t n = 0, n_reached, i;
	const uint32_t *reached = route_search_reached(w->search, &n_reached);

	for (i = 0; i < n_reached; i++)
		for (uint32_t a = r->first[reached[i]]; a < r->first[reached[i] + 1]; a++)
			n += found_note(w, r->ref[a].to, route_search_ms(w->search,
			    reached[i]) + r->ref[a].ms, r->limit);
	i = from->node[1] == ROUTE_NONE ? r->n_by_street : streets_find(r->to, r->by_street,
	    r->n_by_street, from);
	for (; i < r->n_by_street && stop_street_compare(&r->to[r->by_street[i]], from) == 0; i++)
		n += found_note(w, r->by_street[i], route_stop_direct_ms(from,
		    &r->to[r->by_street[i]]), r->limit);
	return n;
}

static void
search_part(void *arg, unsigned worker, uint32_t part)
{
	struct search_run *r = arg;
	struct searching *w = &r->work[worker];
	const struct route_stop *from = &r->from[r->order[part]];
	struct route_seed seed[2];
	struct route_pair *pair;
	uint32_t n, start = 0, t;

	n = route_stop_seeds(from, false, 0, seed);
	route_search_run(w->search, seed, n, r->limit);
	n = found_collect(r, w, from);
	pair = arena_raw(r->mem[worker], n, sizeof *pair);
	if (pair == NULL) {
		r->failed[worker] = true;
		n = 0;
	}
	r->row[r->order[part]] = (struct route_row){ pair, n };
	for (uint32_t i = 0; ladder_take(&w->found, &start, &t);)
		if (i < n) {
			pair[i].to = t;
			pair[i++].ms = w->ms[t];
		}
}

/* Targets by the nodes they are reached from. */
static enum rc
refs_write(struct arena *mem, struct search_run *r, uint32_t n_nodes)
{
	uint32_t *first = arena_array(mem, (size_t)n_nodes + 2, sizeof *first);
	struct route_arc *ref = arena_raw(mem, (size_t)r->n_to * 2, sizeof *ref);
	struct route_seed goal[2];

	if (first == NULL || ref == NULL)
		return RC_NO_MEMORY;
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t t = 0; t < r->n_to; t++) {
			uint32_t n = route_stop_seeds(&r->to[t], true, t, goal);

			for (uint32_t k = 0; k < n; k++) {
				if (goal[k].node >= n_nodes)
					continue;
				if (pass == 0)
					first[goal[k].node + 2]++;
				else
					ref[first[goal[k].node + 1]++] = (struct route_arc){ t, goal[k].ms };
			}
		}
		for (uint32_t u = 0; pass == 0 && u < n_nodes; u++)
			first[u + 2] += first[u + 1];
	}
	r->first = first;
	r->ref = ref;
	return RC_OK;
}

enum rc
route_matrix_search(struct arena *const *mem, const struct route_graph *g,
    const struct route_stop *from, uint32_t n_from,
    const struct route_stop *to, uint32_t n_to, uint32_t limit, const struct crew *crew,
    struct route_matrix *ret)
{
	unsigned workers = crew_workers(crew);
	struct search_run r = { .from = from, .to = to, .n_from = n_from, .n_to = n_to, .mem = mem,
		.limit = limit < ROUTE_NEVER ? limit : ROUTE_NEVER - 1 };
	uint32_t *order, *by_street;
	enum rc rc = matrix_open(mem[0], n_from, n_to, workers, &r.failed, ret);

	if (rc == RC_OK)
		rc = stops_order(mem[0], from, n_from, &order);
	if (rc == RC_OK)
		rc = streets_order(mem[0], to, n_to, &by_street, &r.n_by_street);
	if (rc == RC_OK)
		rc = refs_write(mem[0], &r, g->n);
	if (rc != RC_OK)
		return rc;
	r.order = order;
	r.by_street = by_street;
	r.row = ret->row;
	r.work = arena_array(mem[0], workers, sizeof *r.work);
	if (r.work == NULL)
		return RC_NO_MEMORY;
	for (unsigned k = 0; rc == RC_OK && k < workers; k++) {
		r.work[k].ms = arena_raw(mem[k], n_to, sizeof(uint32_t));
		rc = r.work[k].ms == NULL ? RC_NO_MEMORY : ladder_new(mem[k], n_to, &r.work[k].found);
		if (rc == RC_OK)
			rc = route_search_new(mem[k], g, &r.work[k].search);
	}
	if (rc != RC_OK)
		return rc;
	crew_run(crew, search_part, &r, n_from);
	return matrix_close(r.failed, workers, ret);
}

uint32_t
route_row_nearest(const struct route_row *row, uint32_t k, struct route_pair *ret)
{
	uint32_t n = 0;

	for (uint32_t i = 0; k > 0 && i < row->n; i++) {
		uint32_t at = n < k ? n : k;

		for (; at > 0 && ret[at - 1].ms > row->v[i].ms; at--)
			if (at < k)
				ret[at] = ret[at - 1];
		if (at < k)
			ret[at] = row->v[i];
		n += n < k;
	}
	return n;
}
