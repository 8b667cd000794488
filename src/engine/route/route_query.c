#include <string.h>

#include "engine/route/route_hierarchy.h"
#include "engine/route/route_ladder_internal.h"

struct side {
	uint32_t *ms;                 /* of each rank; ROUTE_NEVER outside a query */
	uint32_t *seen, n_seen;
	struct ladder ladder;
};

struct route_query {
	const struct route_hierarchy *h;
	struct side out, in;
};

static enum rc
side_new(struct arena *mem, uint32_t n, struct side *ret)
{
	ret->ms = arena_raw(mem, n, sizeof *ret->ms);
	ret->seen = arena_raw(mem, n, sizeof *ret->seen);
	ret->n_seen = 0;
	if (ret->ms == NULL || ret->seen == NULL)
		return RC_NO_MEMORY;
	for (uint32_t r = 0; r < n; r++)
		ret->ms[r] = ROUTE_NEVER;
	return ladder_new(mem, n, &ret->ladder);
}

enum rc
route_query_new(struct arena *mem, const struct route_hierarchy *h, struct route_query **ret)
{
	struct route_query *q = ARENA_NEW(mem, struct route_query);
	enum rc rc;

	if (q == NULL)
		return RC_NO_MEMORY;
	q->h = h;
	rc = side_new(mem, h->n, &q->out);
	if (rc == RC_OK)
		rc = side_new(mem, h->n, &q->in);
	if (rc == RC_OK)
		*ret = q;
	return rc;
}

static inline void
side_offer(struct side *s, uint32_t rank, uint32_t ms)
{
	if (ms >= s->ms[rank])
		return;
	s->ms[rank] = ms;
	ladder_put(&s->ladder, rank);
}

/*
 * Times of all that lies above the seeds; each rank is final when it is taken, for all that leads
 * to it is lower.
 */
static void
climb(struct side *s, const struct route_hierarchy *h, const uint32_t *first, const struct route_arc *arc,
    const struct route_seed *seed, uint32_t n, uint32_t limit)
{
	uint32_t from = 0, r;

	for (uint32_t i = 0; i < n; i++)
		if (seed[i].node < h->n && seed[i].ms <= limit)
			side_offer(s, h->rank[seed[i].node], seed[i].ms);
	s->n_seen = 0;
	while (ladder_take(&s->ladder, &from, &r)) {
		s->seen[s->n_seen++] = r;
		for (uint32_t a = first[r]; a < first[r + 1]; a++)
			if (s->ms[r] + arc[a].ms <= limit)
				side_offer(s, arc[a].to, s->ms[r] + arc[a].ms);
	}
}

static void
side_forget(struct side *s)
{
	for (uint32_t i = 0; i < s->n_seen; i++)
		s->ms[s->seen[i]] = ROUTE_NEVER;
}

uint32_t
route_query_ms(struct route_query *q, const struct route_seed *seed, uint32_t n_seeds,
    const struct route_seed *goal, uint32_t n_goals, uint32_t limit)
{
	const struct route_hierarchy *h = q->h;
	uint32_t best = ROUTE_NEVER;

	if (limit >= ROUTE_NEVER)
		limit = ROUTE_NEVER - 1;
	climb(&q->out, h, h->up_first, h->up, seed, n_seeds, limit);
	climb(&q->in, h, h->down_first, h->down, goal, n_goals, limit);
	for (uint32_t i = 0; i < q->in.n_seen; i++) {
		uint32_t r = q->in.seen[i], ms = q->out.ms[r];

		if (ms != ROUTE_NEVER && ms + q->in.ms[r] < best)
			best = ms + q->in.ms[r];
	}
	side_forget(&q->out);
	side_forget(&q->in);
	return best <= limit ? best : ROUTE_NEVER;
}

static bool
half_is_sound(const struct route_hierarchy *h, const uint32_t *first, const struct route_arc *arc)
{
	if (first[0] != 0)
		return false;
	for (uint32_t r = 0; r < h->n; r++) {
		if (first[r + 1] < first[r] || first[r + 1] > first[h->n])
			return false;
		for (uint32_t a = first[r]; a < first[r + 1]; a++)
			if (arc[a].to <= r || arc[a].to >= h->n || arc[a].ms == 0 || arc[a].ms >= ROUTE_NEVER)
				return false;
	}
	return true;
}

bool
route_hierarchy_is_sound(const struct route_hierarchy *h)
{
	for (uint32_t u = 0; u < h->n; u++)
		if (h->rank[u] >= h->n)
			return false;
	return half_is_sound(h, h->up_first, h->up) && half_is_sound(h, h->down_first, h->down);
}
