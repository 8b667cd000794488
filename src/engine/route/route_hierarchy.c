#include <string.h>

#include "engine/route/route_contract_internal.h"

#define SETTLE_RANK 24      /* nodes a search may look at while nodes are only weighed */
#define SETTLE_LEAVE 120    /* and when one leaves */
#define PART 256            /* nodes in a piece of parallel work */

struct builder {
	struct contracting c;
	struct list_store store;
	struct arena *spare;
	const struct crew *crew;
	struct witness **witness;      /* of each worker */
	uint32_t *priority;
	uint32_t *left, n_left;        /* nodes still there */
	uint32_t *pick, n_picks;       /* those that leave in this round */
	uint32_t *touched, n_touched;  /* their neighbours */
	uint8_t *is_touched;
	size_t *from;                  /* of each pick: where its shortcuts begin */
	uint32_t *n_made;              /* and how many there are */
	struct shortcut *made;
	size_t made_room;
	uint32_t *rank, n_ranked;
};

/* ---- weighing ------------------------------------------------------------------------------ */

/* Which of the two leaves first?  Ties are broken by a number that neighbours do not share. */
static inline bool
goes_before(const struct builder *b, uint32_t u, uint32_t v)
{
	if (b->priority[u] != b->priority[v])
		return b->priority[u] < b->priority[v];
	return u * UINT32_C(2654435761) < v * UINT32_C(2654435761);
}

/* Small: few shortcuts for the arcs that go, short ones, and few levels beneath. */
static uint32_t
weigh(const struct builder *b, struct witness *w, uint32_t v)
{
	const struct list *in = &b->c.in[v], *out = &b->c.out[v];
	uint64_t gone = in->n + out->n, hops = 0, priority = (uint64_t)b->c.level[v] * 1000;
	struct effect e;

	if (gone == 0)
		return (uint32_t)priority;
	for (uint32_t i = 0; i < in->n; i++)
		hops += in->v[i].hops;
	for (uint32_t i = 0; i < out->n; i++)
		hops += out->v[i].hops;
	e = contract_effect(&b->c, w, v, SETTLE_RANK, NULL);
	priority += 1000 * (uint64_t)e.n / gone + 1000 * e.hops / hops;
	return priority < UINT32_MAX ? (uint32_t)priority : UINT32_MAX;
}

static void
weigh_part(void *arg, unsigned worker, uint32_t part)
{
	struct builder *b = arg;
	uint32_t end = (part + 1) * PART < b->n_touched ? (part + 1) * PART : b->n_touched;

	for (uint32_t i = part * PART; i < end; i++)
		b->priority[b->touched[i]] = weigh(b, b->witness[worker], b->touched[i]);
}

static bool
leads(const struct builder *b, uint32_t v)
{
	const struct list *in = &b->c.in[v], *out = &b->c.out[v];

	for (uint32_t i = 0; i < in->n; i++)
		if (goes_before(b, in->v[i].to, v))
			return false;
	for (uint32_t i = 0; i < out->n; i++)
		if (goes_before(b, out->v[i].to, v))
			return false;
	return true;
}

/* ---- a round ------------------------------------------------------------------------------- */

static enum rc
round_pick(struct builder *b)
{
	size_t room = 0;

	b->n_picks = 0;
	for (uint32_t i = 0; i < b->n_left; i++) {
		uint32_t v = b->left[i];

		if (!leads(b, v))
			continue;
		b->c.leaving[v] = 1;
		b->from[b->n_picks] = room;
		b->pick[b->n_picks++] = v;
		room += (size_t)b->c.in[v].n * b->c.out[v].n;
	}
	if (room <= b->made_room)
		return RC_OK;
	b->made_room = room * 2;
	b->made = arena_raw(b->spare, b->made_room, sizeof *b->made);
	return b->made == NULL ? RC_NO_MEMORY : RC_OK;
}

static void
leave_part(void *arg, unsigned worker, uint32_t part)
{
	struct builder *b = arg;
	uint32_t end = (part + 1) * PART < b->n_picks ? (part + 1) * PART : b->n_picks;

	for (uint32_t i = part * PART; i < end; i++)
		b->n_made[i] = contract_effect(&b->c, b->witness[worker], b->pick[i], SETTLE_LEAVE,
		    b->made + b->from[i]).n;
}

static void
touch(struct builder *b, uint32_t u, uint32_t level)
{
	if (b->is_touched[u] == 0) {
		b->is_touched[u] = 1;
		b->touched[b->n_touched++] = u;
	}
	if (b->c.level[u] <= level)
		b->c.level[u] = level + 1;
}

/* A pick out of its neighbours' lists; its own lists stay: they are its arcs in the hierarchy. */
static void
pick_leave(struct builder *b, uint32_t v)
{
	struct list *in = &b->c.in[v], *out = &b->c.out[v];

	for (uint32_t i = 0; i < in->n; i++) {
		list_drop(&b->c.out[in->v[i].to], v);
		touch(b, in->v[i].to, b->c.level[v]);
	}
	for (uint32_t i = 0; i < out->n; i++) {
		list_drop(&b->c.in[out->v[i].to], v);
		touch(b, out->v[i].to, b->c.level[v]);
	}
	b->rank[v] = b->n_ranked++;
}

static enum rc
round_apply(struct builder *b)
{
	enum rc rc = RC_OK;
	uint32_t n = 0;

	b->n_touched = 0;
	for (uint32_t i = 0; i < b->n_picks; i++)
		pick_leave(b, b->pick[i]);
	for (uint32_t i = 0; i < b->n_picks; i++)
		for (uint32_t k = 0; rc == RC_OK && k < b->n_made[i]; k++) {
			const struct shortcut *s = &b->made[b->from[i] + k];

			rc = list_shorten(&b->store, &b->c.out[s->from], s->to, s->ms, s->hops);
			if (rc == RC_OK)
				rc = list_shorten(&b->store, &b->c.in[s->to], s->from, s->ms, s->hops);
		}
	for (uint32_t i = 0; i < b->n_left; i++)
		if (b->c.leaving[b->left[i]] == 0)
			b->left[n++] = b->left[i];
	b->n_left = n;
	for (uint32_t i = 0; i < b->n_touched; i++)
		b->is_touched[b->touched[i]] = 0;
	return rc;
}

static uint32_t
parts_of(uint32_t n)
{
	return (n + PART - 1) / PART;
}

static enum rc
rounds(struct builder *b)
{
	enum rc rc = RC_OK;

	b->n_touched = b->n_left;
	memcpy(b->touched, b->left, b->n_left * sizeof *b->left);
	while (rc == RC_OK && b->n_left > 0) {
		crew_run(b->crew, weigh_part, b, parts_of(b->n_touched));
		rc = round_pick(b);
		if (rc != RC_OK)
			break;
		crew_run(b->crew, leave_part, b, parts_of(b->n_picks));
		rc = round_apply(b);
	}
	return rc;
}

/* ---- before and after ---------------------------------------------------------------------- */

static enum rc
lists_fill(struct builder *b, const struct route_graph *g)
{
	uint32_t *n_in = arena_array(b->spare, g->n, sizeof *n_in);
	enum rc rc = n_in == NULL ? RC_NO_MEMORY : RC_OK;

	for (uint32_t a = 0; rc == RC_OK && a < g->first[g->n]; a++)
		n_in[g->arc[a].to]++;
	for (uint32_t u = 0; rc == RC_OK && u < g->n; u++) {
		rc = list_open(&b->store, &b->c.out[u], g->first[u + 1] - g->first[u]);
		if (rc == RC_OK)
			rc = list_open(&b->store, &b->c.in[u], n_in[u]);
	}
	for (uint32_t u = 0; rc == RC_OK && u < g->n; u++)
		for (uint32_t a = g->first[u]; a < g->first[u + 1]; a++) {
			struct list *out = &b->c.out[u], *in = &b->c.in[g->arc[a].to];

			out->v[out->n++] = (struct link){ g->arc[a].to, g->arc[a].ms, 1 };
			in->v[in->n++] = (struct link){ u, g->arc[a].ms, 1 };
		}
	return rc;
}

static enum rc
builder_room(struct builder *b, uint32_t n)
{
	unsigned workers = crew_workers(b->crew);
	enum rc rc = RC_OK;

	b->c.n = b->n_left = n;
	b->c.out = arena_array(b->spare, n, sizeof *b->c.out);
	b->c.in = arena_array(b->spare, n, sizeof *b->c.in);
	b->c.leaving = arena_array(b->spare, n, 1);
	b->c.level = arena_array(b->spare, n, sizeof *b->c.level);
	b->priority = arena_raw(b->spare, n, sizeof *b->priority);
	b->left = arena_raw(b->spare, n, sizeof *b->left);
	b->pick = arena_raw(b->spare, n, sizeof *b->pick);
	b->touched = arena_raw(b->spare, n, sizeof *b->touched);
	b->is_touched = arena_array(b->spare, n, 1);
	b->from = arena_raw(b->spare, n, sizeof *b->from);
	b->n_made = arena_raw(b->spare, n, sizeof *b->n_made);
	b->witness = arena_array(b->spare, workers, sizeof(struct witness *));
	if (b->c.out == NULL || b->c.in == NULL || b->c.leaving == NULL || b->c.level == NULL ||
	    b->priority == NULL ||
	    b->left == NULL || b->pick == NULL || b->touched == NULL || b->is_touched == NULL ||
	    b->from == NULL ||
	    b->n_made == NULL || b->witness == NULL)
		return RC_NO_MEMORY;
	for (uint32_t u = 0; u < n; u++)
		b->left[u] = u;
	for (unsigned k = 0; rc == RC_OK && k < workers; k++) {
		b->witness[k] = arena_raw(b->spare, 1, sizeof(struct witness));
		rc = b->witness[k] == NULL ? RC_NO_MEMORY : witness_new(b->spare, n, b->witness[k]);
	}
	return rc;
}

/* The lists that were left, by rank. */
static enum rc
half_write(struct arena *mem, const struct builder *b, const uint32_t *node, const struct list *list,
    const uint32_t **ret_first, const struct route_arc **ret_arc)
{
	uint32_t *first = arena_raw(mem, (size_t)b->c.n + 1, sizeof *first), at = 0;
	struct route_arc *arc;
	uint64_t total = 0;

	for (uint32_t u = 0; u < b->c.n; u++)
		total += list[u].n;
	if (total >= UINT32_MAX)
		return RC_TOO_LARGE;
	arc = arena_raw(mem, total, sizeof *arc);
	if (first == NULL || arc == NULL)
		return RC_NO_MEMORY;
	for (uint32_t r = 0; r < b->c.n; r++) {
		const struct list *l = &list[node[r]];

		first[r] = at;
		for (uint32_t i = 0; i < l->n; i++) {
			arc[at].to = b->rank[l->v[i].to];
			arc[at++].ms = l->v[i].ms;
		}
	}
	first[b->c.n] = at;
	*ret_first = first;
	*ret_arc = arc;
	return RC_OK;
}

enum rc
route_hierarchy_build(struct arena *mem, struct arena *spare, const struct route_graph *g,
    const struct crew *crew, struct route_hierarchy *ret)
{
	struct builder b = { .store.spare = spare, .spare = spare, .crew = crew };
	uint32_t *node;
	enum rc rc = builder_room(&b, g->n);

	b.rank = arena_raw(mem, g->n, sizeof *b.rank);
	if (rc == RC_OK && b.rank == NULL)
		rc = RC_NO_MEMORY;
	if (rc == RC_OK)
		rc = lists_fill(&b, g);
	if (rc == RC_OK)
		rc = rounds(&b);
	if (rc != RC_OK)
		return rc;
	node = b.pick;
	for (uint32_t u = 0; u < g->n; u++)
		node[b.rank[u]] = u;
	*ret = (struct route_hierarchy){ .n = g->n, .rank = b.rank };
	rc = half_write(mem, &b, node, b.c.out, &ret->up_first, &ret->up);
	if (rc == RC_OK)
		rc = half_write(mem, &b, node, b.c.in, &ret->down_first, &ret->down);
	return rc;
}
