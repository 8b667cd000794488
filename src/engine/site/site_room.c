/* Who serves whom where a site has room for a few only: augmenting paths, the heaviest client first. */
#include <stdlib.h>
#include <string.h>

#include "engine/site/site_internal.h"

#define NOWHERE UINT32_MAX

struct heavy { int64_t weight; uint32_t client; };

static int
heavy_compare(const void *x, const void *y)
{
	const struct heavy *a = x, *b = y;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return (a->client > b->client) - (a->client < b->client);
}

static enum rc
order_make(struct arena *spare, struct room *r)
{
	struct heavy *v = arena_array(spare, (size_t)r->c->n + 1, sizeof *v);

	if (v == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < r->c->n; i++)
		if (r->weight[i] > 0)
			v[r->n++] = (struct heavy){ r->weight[i], i };
	qsort(v, r->n, sizeof *v, heavy_compare);
	for (uint32_t t = 0; t < r->n; t++)
		r->order[t] = v[t].client;
	return RC_OK;
}

enum rc
room_new(struct arena *spare, const struct site_covers *c, const int64_t *weight, uint32_t size, struct room *ret)
{
	size_t n = (size_t)c->n + 2, m = (size_t)c->m + 1;

	*ret = (struct room){ .c = c, .weight = weight, .size = size };
	ret->order = arena_array(spare, n, sizeof *ret->order);
	ret->first = arena_array(spare, n, sizeof *ret->first);
	ret->link = arena_raw(spare, (size_t)c->first[c->m] + 1, sizeof *ret->link);
	ret->at = arena_array(spare, n, sizeof *ret->at);
	ret->slot = arena_array(spare, n, sizeof *ret->slot);
	ret->used = arena_array(spare, m, sizeof *ret->used);
	ret->member = arena_raw(spare, m * size, sizeof *ret->member);
	ret->via = arena_array(spare, m, sizeof *ret->via);
	ret->from = arena_array(spare, m, sizeof *ret->from);
	ret->queue = arena_array(spare, m, sizeof *ret->queue);
	ret->seen = arena_array(spare, m, 1);
	ret->full = arena_array(spare, m, 1);
	ret->top = arena_array(spare, (size_t)size + 1, sizeof *ret->top);
	if (ret->order == NULL || ret->first == NULL || ret->link == NULL || ret->at == NULL || ret->slot == NULL ||
	    ret->used == NULL || ret->member == NULL || ret->via == NULL || ret->from == NULL || ret->queue == NULL ||
	    ret->seen == NULL || ret->full == NULL || ret->top == NULL)
		return RC_NO_MEMORY;
	return order_make(spare, ret);
}

/* From clients to the places of the choice that cover them. */
static void
links_make(struct room *r, const uint32_t *chosen, uint32_t n)
{
	const struct site_covers *c = r->c;

	memset(r->first, 0, ((size_t)c->n + 2) * sizeof *r->first);
	for (uint32_t p = 0; p < n; p++)
		for (uint32_t a = c->first[chosen[p]]; a < c->first[chosen[p] + 1]; a++)
			r->first[c->client[a] + 2]++;
	for (uint32_t i = 0; i < c->n; i++)
		r->first[i + 2] += r->first[i + 1];
	for (uint32_t p = 0; p < n; p++)
		for (uint32_t a = c->first[chosen[p]]; a < c->first[chosen[p] + 1]; a++)
			r->link[r->first[c->client[a] + 1]++] = p;
}

/* The places of a client that were not looked at yet, into the queue. */
static void
places_see(struct room *r, uint32_t client, uint32_t from, uint32_t *n)
{
	for (uint32_t a = r->first[client]; a < r->first[client + 1]; a++) {
		uint32_t p = r->link[a];

		if (r->seen[p] != 0 || r->full[p] != 0)
			continue;
		r->seen[p] = 1;
		r->via[p] = client;
		r->from[p] = from;
		r->queue[(*n)++] = p;
	}
}

/* Everybody on the way to a place with room moves on by one. */
static void
path_move(struct room *r, uint32_t p)
{
	uint32_t slot = r->used[p]++;

	while (p != NOWHERE) {
		uint32_t client = r->via[p], left = r->slot[client];

		r->member[(size_t)p * r->size + slot] = client;
		r->at[client] = p;
		r->slot[client] = slot;
		slot = left;
		p = r->from[p];
	}
}

/* Where no room can be made, none can be made later either: those places are full for good. */
static bool
client_place(struct room *r, uint32_t client)
{
	uint32_t n = 0, done = 0;
	bool found = false;

	places_see(r, client, NOWHERE, &n);
	for (; done < n && !found; done++) {
		uint32_t p = r->queue[done];

		if (r->used[p] < r->size) {
			path_move(r, p);
			found = true;
		}
		for (uint32_t k = 0; !found && k < r->used[p]; k++)
			places_see(r, r->member[(size_t)p * r->size + k], p, &n);
	}
	for (uint32_t t = 0; t < n; t++) {
		r->seen[r->queue[t]] = 0;
		r->full[r->queue[t]] = r->full[r->queue[t]] != 0 || !found;
	}
	return found;
}

int64_t
room_value(struct room *r, const uint32_t *chosen, uint32_t n)
{
	uint64_t room = (uint64_t)n * r->size;
	int64_t sum = 0;

	links_make(r, chosen, n);
	memset(r->at, 0xff, r->c->n * sizeof *r->at);
	memset(r->used, 0, n * sizeof *r->used);
	memset(r->full, 0, n);
	for (uint32_t t = 0; t < r->n && room > 0; t++)
		if (client_place(r, r->order[t])) {
			sum += r->weight[r->order[t]];
			room--;
		}
	return sum;
}

int64_t
room_top(struct room *r, uint32_t site, const int64_t *price, int64_t *ret_least)
{
	const struct site_covers *c = r->c;
	uint32_t n = 0;
	int64_t sum = 0;

	for (uint32_t a = c->first[site]; a < c->first[site + 1]; a++) {
		int64_t here = price[c->client[a]];
		uint32_t t = n < r->size ? n++ : n;

		if (t == r->size && (here <= r->top[t - 1]))
			continue;
		t = t == r->size ? t - 1 : t;
		for (; t > 0 && r->top[t - 1] < here; t--)
			r->top[t] = r->top[t - 1];
		r->top[t] = here;
	}
	for (uint32_t t = 0; t < n; t++)
		sum += r->top[t];
	*ret_least = n > 0 ? r->top[n - 1] : 0;
	return sum;
}
