#include <string.h>

#include "engine/route/route.h"

/* Classes by size, the greatest first, ties by lowest node; returns how many, and the size of the first. */
static enum rc
classes_number(struct arena *spare, uint32_t *class_of, uint32_t n, uint32_t n_classes,
    uint32_t *ret_greatest)
{
	uint32_t *size = arena_array(spare, n_classes, sizeof *size), *lowest = arena_raw(spare,
	    n_classes, sizeof *lowest);
	uint32_t *order = arena_raw(spare, n_classes, sizeof *order), *number = arena_raw(spare,
	    n_classes, sizeof *number);
	uint32_t *count = arena_array(spare, (size_t)n + 2, sizeof *count), seen = 0;

	if (size == NULL || lowest == NULL || order == NULL || number == NULL || count == NULL)
		return RC_NO_MEMORY;
	for (uint32_t u = 0; u < n; u++)
		if (size[class_of[u]]++ == 0)
			lowest[seen++] = class_of[u]; /* classes by lowest node */
	for (uint32_t c = 0; c < n_classes; c++)
		count[n - size[c] + 1]++; /* great before small; counting keeps ties in order */
	for (uint32_t s = 0; s < n; s++)
		count[s + 1] += count[s];
	for (uint32_t i = 0; i < n_classes; i++)
		order[count[n - size[lowest[i]]]++] = lowest[i];
	for (uint32_t i = 0; i < n_classes; i++)
		number[order[i]] = i;
	for (uint32_t u = 0; u < n; u++)
		class_of[u] = number[class_of[u]];
	*ret_greatest = n_classes == 0 ? 0 : size[order[0]];
	return RC_OK;
}

struct tarjan {
	const struct route_graph *g;
	uint32_t *index, *low, *next, *stack, *path, *class_of;
	uint32_t n_stack, n_path, clock, n_classes;
};

static void
tarjan_enter(struct tarjan *t, uint32_t u)
{
	t->index[u] = t->low[u] = ++t->clock;
	t->next[u] = t->g->first[u];
	t->stack[t->n_stack++] = u;
	t->path[t->n_path++] = u;
}

static void
tarjan_leave(struct tarjan *t, uint32_t u)
{
	uint32_t w;

	t->n_path--;
	if (t->n_path > 0 && t->low[u] < t->low[t->path[t->n_path - 1]])
		t->low[t->path[t->n_path - 1]] = t->low[u];
	if (t->low[u] != t->index[u])
		return;
	do {
		w = t->stack[--t->n_stack];
		t->class_of[w] = t->n_classes;
	} while (w != u);
	t->n_classes++;
}

static void
tarjan_walk(struct tarjan *t, uint32_t root)
{
	tarjan_enter(t, root);
	while (t->n_path > 0) {
		uint32_t u = t->path[t->n_path - 1], to;

		if (t->next[u] == t->g->first[u + 1]) {
			tarjan_leave(t, u);
			continue;
		}
		to = t->g->arc[t->next[u]++].to;
		if (t->index[to] == 0)
			tarjan_enter(t, to);
		else if (t->class_of[to] == ROUTE_NONE && t->index[to] < t->low[u])
			t->low[u] = t->index[to];
	}
}

static uint32_t
root_of(uint32_t *up, uint32_t u)
{
	while (up[u] != u)
		u = up[u] = up[up[u]];
	return u;
}

static uint32_t
weak_classes(const struct route_graph *g, uint32_t *up, uint32_t *class_of)
{
	uint32_t n_classes = 0;

	for (uint32_t u = 0; u < g->n; u++)
		up[u] = u;
	for (uint32_t u = 0; u < g->n; u++)
		for (uint32_t a = g->first[u]; a < g->first[u + 1]; a++) {
			uint32_t x = root_of(up, u), y = root_of(up, g->arc[a].to);

			up[x < y ? y : x] = x < y ? x : y; /* the lowest node is the root */
		}
	for (uint32_t u = 0; u < g->n; u++)
		class_of[u] = up[u] == u ? n_classes++ : class_of[root_of(up, u)];
	return n_classes;
}

enum rc
route_islands(struct arena *mem, struct arena *spare, const struct route_graph *g, struct route_islands *ret)
{
	size_t n = g->n;
	struct tarjan t = { .g = g, .index = arena_array(spare, n, sizeof(uint32_t)),
		.low = arena_raw(spare, n, sizeof(uint32_t)), .next = arena_raw(spare, n, sizeof(uint32_t)),
		.stack = arena_raw(spare, n, sizeof(uint32_t)), .path = arena_raw(spare, n, sizeof(uint32_t)),
		.class_of = arena_raw(mem, n, sizeof(uint32_t)) };
	uint32_t *weak = arena_raw(mem, n, sizeof *weak), ignored;
	enum rc rc;

	if (t.index == NULL || t.low == NULL || t.next == NULL || t.stack == NULL || t.path == NULL ||
	    t.class_of == NULL || weak == NULL)
		return RC_NO_MEMORY;
	memset(t.class_of, 0xff, n * sizeof *t.class_of);
	for (uint32_t u = 0; u < g->n; u++)
		if (t.index[u] == 0)
			tarjan_walk(&t, u);
	ret->n_strong = t.n_classes;
	ret->n_weak = weak_classes(g, t.low, weak);
	rc = classes_number(spare, t.class_of, g->n, ret->n_strong, &ret->mainland);
	if (rc == RC_OK)
		rc = classes_number(spare, weak, g->n, ret->n_weak, &ignored);
	ret->strong = t.class_of;
	ret->weak = weak;
	return rc;
}
