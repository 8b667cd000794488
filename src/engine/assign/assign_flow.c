/* The dense flow by successive shortest paths.  See assign_flow.h. */
#include "engine/assign/assign_flow.h"

#include <string.h>

#define FAR INT64_MAX

/*
 * Kept all the time: a placed village i stands where cost + price is least for it, and an adviser's price
 * lies between what the last of theirs cost and what the next would.  Prices only rise.
 */
struct flow_work {
	const struct assign_flow *in;
	uint32_t *at;
	int64_t *price;
	uint32_t *used;              /* of each adviser: villages now */
	uint32_t *head, *next;       /* the villages of an adviser, a list; ASSIGN_OPEN ends it */
	int64_t *near;               /* the search: distance of each adviser */
	uint32_t *via;               /* the village that would come to it */
	uint32_t *left, n_left;      /* advisers not settled yet */
	uint32_t *done, n_done;      /* settled, in order */
};

static bool
flow_is_fine(const struct assign_flow *in)
{
	if (in->m > 0 && in->first[0] != 0)
		return false;
	for (size_t i = 0; i < (size_t)in->n * in->m; i++)
		if (in->cost[i] > ASSIGN_COST_MAX && in->cost[i] != ASSIGN_NEVER)
			return false;
	for (uint32_t i = 0; i < in->n; i++)
		if (in->open[i] > ASSIGN_COST_MAX)
			return false;
	for (uint32_t j = 0; j < in->m; j++) {
		if (in->first[j + 1] < in->first[j])
			return false;
		for (uint32_t k = in->first[j]; k < in->first[j + 1]; k++)
			if (in->load[k] > ASSIGN_COST_MAX || (k > in->first[j] && in->load[k] < in->load[k - 1]))
				return false;
	}
	return true;
}

static uint32_t
room_of(const struct assign_flow *in, uint32_t j)
{
	return in->first[j + 1] - in->first[j];
}

static enum rc
work_new(struct arena *mem, struct arena *spare, const struct assign_flow *in, struct flow_work *w)
{
	size_t n = in->n, m = in->m;

	*w = (struct flow_work){ .in = in };
	w->at = arena_array(mem, n, sizeof *w->at);
	w->price = arena_array(mem, m, sizeof *w->price);
	w->used = arena_array(spare, m, sizeof *w->used);
	w->head = arena_array(spare, m, sizeof *w->head);
	w->next = arena_array(spare, n, sizeof *w->next);
	w->near = arena_array(spare, m, sizeof *w->near);
	w->via = arena_array(spare, m, sizeof *w->via);
	w->left = arena_array(spare, m, sizeof *w->left);
	w->done = arena_array(spare, m, sizeof *w->done);
	if (w->at == NULL || w->price == NULL || w->used == NULL || w->head == NULL || w->next == NULL ||
	    w->near == NULL || w->via == NULL || w->left == NULL || w->done == NULL)
		return RC_NO_MEMORY;
	memset(w->at, 0xff, n * sizeof *w->at);
	memset(w->head, 0xff, m * sizeof *w->head);
	for (uint32_t j = 0; j < in->m; j++)
		w->price[j] = room_of(in, j) == 0 ? ASSIGN_COST_MAX : in->load[in->first[j]];
	return RC_OK;
}

static void
leave(struct flow_work *w, uint32_t village)
{
	uint32_t *link = &w->head[w->at[village]];

	while (*link != village)
		link = &w->next[*link];
	*link = w->next[village];
	w->used[w->at[village]]--;
	w->at[village] = ASSIGN_OPEN;
}

static void
enter(struct flow_work *w, uint32_t village, uint32_t j)
{
	w->at[village] = j;
	w->next[village] = w->head[j];
	w->head[j] = village;
	w->used[j]++;
}

/* Where the search ends: at an adviser with room, or with a village left open. */
struct flow_end {
	int64_t far;
	uint32_t adviser;            /* ASSIGN_OPEN: `village` is left open */
	uint32_t village;
};

/* What can be reached by moving this village, which stands `base` below its own cost + price. */
static void
spread(struct flow_work *w, uint32_t village, int64_t base, struct flow_end *end)
{
	const uint32_t *cost = w->in->cost + (size_t)village * w->in->m;

	if (base + w->in->open[village] < end->far)
		*end = (struct flow_end){ base + w->in->open[village], ASSIGN_OPEN, village };
	for (uint32_t k = 0; k < w->n_left; k++) {
		uint32_t j = w->left[k];
		int64_t here = base + cost[j] + w->price[j];

		if (here < w->near[j] && cost[j] != ASSIGN_NEVER) {
			w->near[j] = here;
			w->via[j] = village;
		}
	}
}

/* The nearest adviser not settled yet; false: none that matters. */
static bool
settle(struct flow_work *w, int64_t below, uint32_t *ret)
{
	uint32_t best = 0;

	if (w->n_left == 0)
		return false;
	for (uint32_t k = 1; k < w->n_left; k++)
		if (w->near[w->left[k]] < w->near[w->left[best]] ||
		    (w->near[w->left[k]] == w->near[w->left[best]] && w->left[k] < w->left[best]))
			best = k;
	*ret = w->left[best];
	if (w->near[*ret] >= below)
		return false;
	w->left[best] = w->left[--w->n_left];
	w->done[w->n_done++] = *ret;
	return true;
}

/* Along the path back to the village that is new: each moves on to where its place was found. */
static void
shift(struct flow_work *w, const struct flow_end *end, uint32_t newcomer)
{
	uint32_t j = end->adviser, village;

	if (j == ASSIGN_OPEN) {
		if (end->village == newcomer)
			return;
		j = w->at[end->village];
		leave(w, end->village);
	}
	for (;;) {
		uint32_t from;

		village = w->via[j];
		from = w->at[village];
		if (village != newcomer)
			leave(w, village);
		enter(w, village, j);
		if (village == newcomer)
			return;
		j = from;
	}
}

static void
place(struct flow_work *w, uint32_t village, uint32_t *settled)
{
	const struct assign_flow *in = w->in;
	struct flow_end end = { FAR, ASSIGN_OPEN, village };
	uint32_t j;

	w->n_left = w->n_done = 0;
	for (j = 0; j < in->m; j++) {
		w->near[j] = FAR;
		if (room_of(in, j) > 0)
			w->left[w->n_left++] = j;
	}
	spread(w, village, 0, &end);
	while (settle(w, end.far, &j)) {
		int64_t base = w->near[j] - w->price[j];

		if (w->used[j] < room_of(in, j) && base + in->load[in->first[j] + w->used[j]] < end.far)
			end = (struct flow_end){ base + in->load[in->first[j] + w->used[j]], j, 0 };
		for (uint32_t v = w->head[j]; v != ASSIGN_OPEN; v = w->next[v])
			spread(w, v, base - in->cost[(size_t)v * in->m + j], &end);
	}
	for (uint32_t k = 0; k < w->n_done; k++)
		if (w->near[w->done[k]] < end.far)
			w->price[w->done[k]] += end.far - w->near[w->done[k]];
	*settled += w->n_done;
	shift(w, &end, village);
}

enum rc
assign_flow(struct arena *mem, struct arena *spare, const struct assign_flow *in, struct assign_flow_answer *ret)
{
	struct flow_work w;
	uint32_t settled = 0, opened = 0;
	int64_t bound;
	enum rc rc;

	if (!flow_is_fine(in))
		return RC_INVALID;
	rc = work_new(mem, spare, in, &w);
	if (rc != RC_OK)
		return rc;
	for (uint32_t i = 0; i < in->n; i++)
		place(&w, i, &settled);
	for (uint32_t i = 0; i < in->n; i++)
		opened += w.at[i] == ASSIGN_OPEN;
	*ret = (struct assign_flow_answer){ .at = w.at, .price = w.price, .opened = opened, .settled = settled };
	return assign_flow_check(spare, in, w.at, w.price, &ret->objective, &bound);
}
