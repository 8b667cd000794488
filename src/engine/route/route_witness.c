#include <string.h>

#include "engine/route/route_contract_internal.h"

#define CHUNK ((size_t)65536)

/* ---- lists --------------------------------------------------------------------------------- */

static int
class_of(uint32_t n)
{
	int c = 0;

	while ((UINT32_C(4) << c) < n)
		c++;
	return c;
}

enum rc
list_open(struct list_store *s, struct list *l, uint32_t n)
{
	int c = class_of(n);
	size_t room;

	if (c >= LIST_CLASSES)
		return RC_TOO_LARGE;
	room = (size_t)4 << c;
	*l = (struct list){ .room = (uint32_t)room };
	if (s->free_list[c] != NULL) {
		l->v = (struct link *)(void *)s->free_list[c];
		s->free_list[c] = s->free_list[c]->next;
		return RC_OK;
	}
	if (s->chunk_n < room) {
		s->chunk_n = room > CHUNK ? room : CHUNK;
		s->chunk = arena_raw(s->spare, s->chunk_n, sizeof *s->chunk);
		if (s->chunk == NULL)
			return RC_NO_MEMORY;
	}
	l->v = s->chunk;
	s->chunk += room;
	s->chunk_n -= room;
	return RC_OK;
}

static enum rc
list_grow(struct list_store *s, struct list *l)
{
	struct list wider;
	struct freed *freed;
	int c = class_of(l->room);
	enum rc rc = list_open(s, &wider, l->room + 1);

	if (rc != RC_OK)
		return rc;
	memcpy(wider.v, l->v, l->n * sizeof *l->v);
	wider.n = l->n;
	freed = (struct freed *)(void *)l->v;
	freed->next = s->free_list[c];
	s->free_list[c] = freed;
	*l = wider;
	return RC_OK;
}

enum rc
list_shorten(struct list_store *s, struct list *l, uint32_t to, uint32_t ms, uint32_t hops)
{
	enum rc rc = RC_OK;

	for (uint32_t i = 0; i < l->n; i++)
		if (l->v[i].to == to) {
			if (ms < l->v[i].ms) {
				l->v[i].ms = ms;
				l->v[i].hops = hops;
			}
			return RC_OK;
		}
	if (l->n == l->room)
		rc = list_grow(s, l);
	if (rc == RC_OK)
		l->v[l->n++] = (struct link){ to, ms, hops };
	return rc;
}

void
list_drop(struct list *l, uint32_t to)
{
	uint32_t i = 0;

	while (l->v[i].to != to)
		i++;
	l->v[i] = l->v[--l->n];
}

/* ---- the search for a way round ------------------------------------------------------------ */

enum rc
witness_new(struct arena *spare, uint32_t n, struct witness *ret)
{
	ret->ms = arena_raw(spare, n, sizeof *ret->ms);
	ret->stamp = arena_array(spare, n, sizeof *ret->stamp);
	ret->wanted = arena_array(spare, n, sizeof *ret->wanted);
	ret->clock = 0;
	ret->n_heap = 0;
	return ret->ms == NULL || ret->stamp == NULL || ret->wanted == NULL ? RC_NO_MEMORY : RC_OK;
}

/* A full heap takes nothing more: then a witness may be missed, and a shortcut too many is made. */
static void
heap_put(struct witness *w, uint32_t ms, uint32_t node)
{
	uint32_t i = w->n_heap;

	if (i == HEAP_ROOM)
		return;
	w->n_heap++;
	for (; i > 0 && w->heap[(i - 1) / 2].ms > ms; i = (i - 1) / 2)
		w->heap[i] = w->heap[(i - 1) / 2];
	w->heap[i] = (struct heaped){ ms, node };
}

static struct heaped
heap_take(struct witness *w)
{
	struct heaped top = w->heap[0], last = w->heap[--w->n_heap];
	uint32_t i = 0;

	for (uint32_t k = 1; k < w->n_heap; k = 2 * i + 1) {
		if (k + 1 < w->n_heap && w->heap[k + 1].ms < w->heap[k].ms)
			k++;
		if (w->heap[k].ms >= last.ms)
			break;
		w->heap[i] = w->heap[k];
		i = k;
	}
	w->heap[i] = last;
	return top;
}

static inline void
witness_offer(struct witness *w, uint32_t node, uint32_t ms)
{
	if (w->stamp[node] == w->clock && w->ms[node] <= ms)
		return;
	w->stamp[node] = w->clock;
	w->ms[node] = ms;
	heap_put(w, ms, node);
}

/*
 * Times from u, past neither v nor a node that leaves with it, as far as `most` or until
 * `n_wanted` are settled.
 */
static void
witness_search(const struct contracting *c, struct witness *w, uint32_t u, uint32_t v,
    uint32_t most, uint32_t n_wanted, uint32_t settle)
{
	w->n_heap = 0;
	witness_offer(w, u, 0);
	while (w->n_heap > 0 && n_wanted > 0 && settle > 0) {
		struct heaped top = heap_take(w);
		const struct list *out = &c->out[top.node];

		if (top.ms > w->ms[top.node])
			continue;
		settle--;
		n_wanted -= w->wanted[top.node] == w->clock;
		for (uint32_t i = 0; i < out->n; i++) {
			uint32_t to = out->v[i].to, ms = top.ms + out->v[i].ms;

			if (ms <= most && to != v && c->leaving[to] == 0)
				witness_offer(w, to, ms);
		}
	}
}

struct effect
contract_effect(const struct contracting *c, struct witness *w, uint32_t v, uint32_t settle,
    struct shortcut *ret)
{
	const struct list *in = &c->in[v], *out = &c->out[v];
	struct effect e = { 0, 0 };

	for (uint32_t i = 0; i < in->n; i++) {
		uint32_t u = in->v[i].to, most = 0, n_wanted = 0;

		w->clock++;
		for (uint32_t k = 0; k < out->n; k++) {
			if (out->v[k].to == u)
				continue;
			w->wanted[out->v[k].to] = w->clock;
			n_wanted++;
			most = out->v[k].ms > most ? out->v[k].ms : most;
		}
		if (n_wanted > 0)
			witness_search(c, w, u, v, in->v[i].ms + most, n_wanted, settle);
		for (uint32_t k = 0; k < out->n; k++) {
			uint32_t to = out->v[k].to, ms = in->v[i].ms + out->v[k].ms;

			if (to == u || ms >= ROUTE_NEVER || (w->stamp[to] == w->clock && w->ms[to] <= ms))
				continue;
			if (ret != NULL)
				ret[e.n] = (struct shortcut){ u, to, ms, in->v[i].hops + out->v[k].hops };
			e.n++;
			e.hops += in->v[i].hops + out->v[k].hops;
		}
	}
	return e;
}
