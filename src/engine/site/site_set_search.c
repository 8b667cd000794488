/*
 * A cover made smaller by search: a site goes, another takes its place, and a client that stays uncovered counts for more each
 * time.  Gao, Weise, Li, "An efficient local search heuristic with row weighting for the unicost set covering problem",
 * EJOR 2015; ties go to the site moved longest ago, so that with one seed there is one walk.
 */
#include <string.h>

#include "engine/site/site_internal.h"

struct walk {
	const struct set_table *t;
	uint32_t *in, n;             /* the choice */
	uint32_t *place;             /* of each site: where in `in`, or UINT32_MAX */
	uint32_t *count;             /* of each client: chosen sites that cover it */
	uint32_t *bare, *bare_at, n_bare;  /* clients that none covers */
	int64_t *weight;             /* of each client */
	int64_t *score;              /* of each site: out, what it would add; in, what only it covers */
	uint32_t *moved;             /* of each site: the step */
	uint8_t *may;                /* of each site: has a neighbour moved since it went out? */
};

static enum rc
walk_room(struct arena *spare, struct walk *w)
{
	size_t n = (size_t)w->t->n + 1, m = (size_t)w->t->m + 1;

	w->in = arena_array(spare, m, sizeof *w->in);
	w->place = arena_array(spare, m, sizeof *w->place);
	w->moved = arena_array(spare, m, sizeof *w->moved);
	w->score = arena_array(spare, m, sizeof *w->score);
	w->may = arena_array(spare, m, 1);
	w->count = arena_array(spare, n, sizeof *w->count);
	w->bare = arena_array(spare, n, sizeof *w->bare);
	w->bare_at = arena_array(spare, n, sizeof *w->bare_at);
	w->weight = arena_array(spare, n, sizeof *w->weight);
	return w->in == NULL || w->place == NULL || w->moved == NULL || w->score == NULL || w->may == NULL ||
	    w->count == NULL || w->bare == NULL || w->bare_at == NULL || w->weight == NULL ? RC_NO_MEMORY : RC_OK;
}

static void
bare_add(struct walk *w, uint32_t i)
{
	w->bare_at[i] = w->n_bare;
	w->bare[w->n_bare++] = i;
}

static void
bare_drop(struct walk *w, uint32_t i)
{
	uint32_t last = w->bare[--w->n_bare];

	w->bare[w->bare_at[i]] = last;
	w->bare_at[last] = w->bare_at[i];
}

/* The one chosen site that covers a client. */
static uint32_t
only_one(const struct walk *w, uint32_t i)
{
	uint32_t b = w->t->row_first[i];

	while (w->place[w->t->row[b]] == UINT32_MAX)
		b++;
	return w->t->row[b];
}

static void
neighbours_add(struct walk *w, uint32_t i, int64_t more)
{
	for (uint32_t b = w->t->row_first[i]; b < w->t->row_first[i + 1]; b++) {
		w->score[w->t->row[b]] += more;
		w->may[w->t->row[b]] = 1;
	}
}

static void
site_in(struct walk *w, uint32_t j)
{
	w->place[j] = UINT32_MAX;
	for (uint32_t a = w->t->col_first[j]; a < w->t->col_first[j + 1]; a++) {
		uint32_t i = w->t->col[a];

		if (w->count[i] == 0) {
			bare_drop(w, i);
			neighbours_add(w, i, -w->weight[i]);
		} else if (w->count[i] == 1) {
			w->score[only_one(w, i)] -= w->weight[i];
		}
		w->count[i]++;
	}
	w->score[j] = 0;
	for (uint32_t a = w->t->col_first[j]; a < w->t->col_first[j + 1]; a++)
		w->score[j] += w->count[w->t->col[a]] == 1 ? w->weight[w->t->col[a]] : 0;
	w->place[j] = w->n;
	w->in[w->n++] = j;
}

static void
site_out(struct walk *w, uint32_t j)
{
	uint32_t last = w->in[--w->n];

	w->in[w->place[j]] = last;
	w->place[last] = w->place[j];
	w->place[j] = UINT32_MAX;
	w->score[j] = 0;
	for (uint32_t a = w->t->col_first[j]; a < w->t->col_first[j + 1]; a++) {
		uint32_t i = w->t->col[a];

		w->count[i]--;
		if (w->count[i] == 0) {
			bare_add(w, i);
			neighbours_add(w, i, w->weight[i]);
		} else if (w->count[i] == 1) {
			w->score[only_one(w, i)] += w->weight[i];
		}
	}
	w->may[j] = 0;
}

/* The chosen site that is missed least, but not `not`. */
static uint32_t
least_missed(const struct walk *w, uint32_t not)
{
	uint32_t best = UINT32_MAX;

	for (uint32_t p = 0; p < w->n; p++) {
		uint32_t j = w->in[p];

		if (j != not && (best == UINT32_MAX || w->score[j] < w->score[best] ||
		    (w->score[j] == w->score[best] && w->moved[j] < w->moved[best])))
			best = j;
	}
	return best;
}

/* Of a client's sites the one that helps most, of those that may come in if any may. */
static uint32_t
most_helpful(const struct walk *w, uint32_t client)
{
	uint32_t best = UINT32_MAX;

	for (uint32_t b = w->t->row_first[client]; b < w->t->row_first[client + 1]; b++) {
		uint32_t j = w->t->row[b];

		if (best == UINT32_MAX || w->may[j] > w->may[best] || (w->may[j] == w->may[best] && (w->score[j] > w->score[best] ||
		    (w->score[j] == w->score[best] && w->moved[j] < w->moved[best]))))
			best = j;
	}
	return best;
}

static void
walk_begin(struct walk *w, const uint32_t *chosen, uint32_t n)
{
	memset(w->place, 0xff, (size_t)w->t->m * sizeof *w->place);
	memset(w->may, 1, w->t->m);
	for (uint32_t i = 0; i < w->t->n; i++) {
		w->weight[i] = 1;
		bare_add(w, i);
	}
	for (uint32_t j = 0; j < w->t->m; j++)
		w->score[j] = w->t->col_first[j + 1] - w->t->col_first[j];
	for (uint32_t k = 0; k < n; k++)
		site_in(w, chosen[k]);
}

/* One goes, one comes, and who is still bare weighs more. */
static void
walk_step(struct walk *w, struct site_dice *dice, uint32_t step, uint32_t *last)
{
	uint32_t gone = least_missed(w, *last), come;

	if (gone != UINT32_MAX) {
		site_out(w, gone);
		w->moved[gone] = step;
	}
	if (w->n_bare == 0)
		return;
	come = most_helpful(w, w->bare[site_draw(dice, w->n_bare)]);
	site_in(w, come);
	w->moved[come] = step;
	*last = come;
	for (uint32_t k = 0; k < w->n_bare; k++) {
		uint32_t i = w->bare[k];

		w->weight[i]++;
		for (uint32_t b = w->t->row_first[i]; b < w->t->row_first[i + 1]; b++)
			w->score[w->t->row[b]]++;
	}
}

enum rc
set_search(struct arena *spare, const struct set_table *t, struct site_dice *dice, uint32_t steps, uint32_t enough,
    uint32_t *chosen, uint32_t *n)
{
	struct walk w = { .t = t };
	uint32_t last = UINT32_MAX;

	if (walk_room(spare, &w) != RC_OK)
		return RC_NO_MEMORY;
	walk_begin(&w, chosen, *n);
	for (uint32_t step = 1; step <= steps && *n > enough; step++) {
		while (w.n_bare == 0 && w.n > 0) {
			if (w.n < *n) {
				memcpy(chosen, w.in, w.n * sizeof *chosen);
				*n = w.n;
			}
			site_out(&w, least_missed(&w, UINT32_MAX));
		}
		walk_step(&w, dice, step, &last);
	}
	return RC_OK;
}
