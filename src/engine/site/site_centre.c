/* The p-centre: the least of the distinct times at which a set cover of k sites is found, by halving. */
#include <stdlib.h>
#include <string.h>

#include "engine/site/site_internal.h"

struct centre {
	const struct site_times *t;
	struct arena *spare;
	uint32_t k;
	uint64_t seed;
	struct site_limits limits;
	uint32_t *time, n;           /* distinct times at which everybody is in reach of some site, ascending */
	uint32_t *first, *client;    /* the covers of a time */
	uint32_t *best;              /* the choice, n_best of it */
	uint32_t n_best, nodes;
	uint32_t *near;              /* of each client: scratch */
};

enum verdict { CAN, CANNOT, CANNOT_SAY };

static int
time_compare(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

/* The times that may be the answer: from the one at which the last has any site at all. */
static enum rc
times_take(struct centre *s)
{
	const struct site_covers *c = &s->t->covers;
	size_t pairs = c->first[c->m];
	uint32_t *near = arena_raw(s->spare, (size_t)c->n + 1, sizeof *near), least = 0;

	s->near = near;
	s->time = arena_array(s->spare, pairs + 1, sizeof *s->time);
	s->first = arena_array(s->spare, (size_t)c->m + 1, sizeof *s->first);
	s->client = arena_array(s->spare, pairs + 1, sizeof *s->client);
	s->best = arena_array(s->spare, (size_t)c->m + 1, sizeof *s->best);
	if (near == NULL || s->time == NULL || s->first == NULL || s->client == NULL || s->best == NULL)
		return RC_NO_MEMORY;
	memset(near, 0xff, c->n * sizeof *near);
	for (size_t a = 0; a < pairs; a++)
		if (s->t->ms[a] < near[c->client[a]])
			near[c->client[a]] = s->t->ms[a];
	for (uint32_t i = 0; i < c->n; i++)
		least = near[i] != UINT32_MAX && near[i] > least ? near[i] : least;
	memcpy(s->time, s->t->ms, pairs * sizeof *s->time);
	qsort(s->time, pairs, sizeof *s->time, time_compare);
	for (size_t a = 0; a < pairs; a++)
		if (s->time[a] >= least && (s->n == 0 || s->time[a] != s->time[s->n - 1]))
			s->time[s->n++] = s->time[a];
	return RC_OK;
}

static enum rc
cover_at(struct centre *s, uint32_t time, uint32_t below, struct site_set_found *ret)
{
	struct site_covers c = s->t->covers;
	uint32_t n = 0;

	for (uint32_t j = 0; j < c.m; j++) {
		for (uint32_t a = c.first[j]; a < c.first[j + 1]; a++)
			if (s->t->ms[a] <= time)
				s->client[n++] = c.client[a];
		s->first[j + 1] = n;
	}
	c.first = s->first;
	c.client = s->client;
	return site_set_within(s->spare, &c, s->k, below, s->seed, s->limits, ret);
}

static enum rc
ask(struct centre *s, uint32_t time, enum verdict *ret)
{
	struct site_set_found f;
	enum rc rc = cover_at(s, time, s->k + 1, &f);

	if (rc != RC_OK)
		return rc;
	s->nodes += f.nodes;
	*ret = f.n <= s->k ? CAN : f.bound > s->k ? CANNOT : CANNOT_SAY;
	if (*ret == CAN) {
		memcpy(s->best, f.chosen, f.n * sizeof *f.chosen);
		s->n_best = f.n;
	}
	return RC_OK;
}

/* Below `lo` it cannot be done, at `hi` it can; what cannot be said counts as `doubt`.  Returns hi at last. */
static enum rc
halve(struct centre *s, uint32_t lo, uint32_t hi, enum verdict doubt, bool *ret_doubts, uint32_t *ret)
{
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		enum verdict v;
		enum rc rc = ask(s, s->time[mid], &v);

		if (rc != RC_OK)
			return rc;
		if (v == CANNOT_SAY) {
			*ret_doubts = true;
			v = doubt;
		}
		if (v == CAN)
			hi = mid;
		else
			lo = mid + 1;
	}
	*ret = hi;
	return RC_OK;
}

/* How long the last one travels with the choice and the kept ones. */
static int64_t
worst(const struct centre *s)
{
	const struct site_covers *c = &s->t->covers;
	uint32_t *near = s->near;
	int64_t most = 0;

	memset(near, 0xff, c->n * sizeof *near);
	for (uint32_t j = 0; j < c->m; j++) {
		bool open = c->kept != NULL && c->kept[j] != 0;

		for (uint32_t t = 0; t < s->n_best; t++)
			open = open || s->best[t] == j;
		for (uint32_t a = c->first[j]; open && a < c->first[j + 1]; a++)
			if (s->t->ms[a] < near[c->client[a]])
				near[c->client[a]] = s->t->ms[a];
	}
	for (uint32_t i = 0; i < c->n; i++)
		most = near[i] != UINT32_MAX && near[i] > most ? near[i] : most;
	return most;
}

/* With the greatest time there is: can k do it at all? */
static enum rc
possible(struct centre *s, struct site_answer *ret)
{
	struct site_set_found f;
	enum rc rc = cover_at(s, s->time[s->n - 1], UINT32_MAX, &f);

	if (rc != RC_OK)
		return rc;
	s->nodes += f.nodes;
	*ret = (struct site_answer){ .objective = f.n, .bound = f.bound < f.n ? f.bound : f.n, .seed = s->seed, .nodes = s->nodes };
	if (f.n > s->k)
		return RC_NOT_FOUND;
	memcpy(s->best, f.chosen, f.n * sizeof *f.chosen);
	s->n_best = f.n;
	return RC_OK;
}

static uint32_t
candidates(const struct site_covers *c)
{
	uint32_t n = 0;

	for (uint32_t j = 0; j < c->m; j++)
		n += c->kept == NULL || c->kept[j] == 0;
	return n;
}

static enum rc
centre_solve(struct centre *s, struct site_answer *ret)
{
	bool doubts = false;
	uint32_t at;
	enum rc rc = possible(s, ret);

	if (rc != RC_OK)
		return rc;
	rc = halve(s, 0, s->n - 1, CANNOT, &doubts, &at);
	if (rc == RC_OK && doubts)
		rc = halve(s, 0, at, CAN, &doubts, &at);
	/* each choice found was found at a lesser time than those before it: the last is the best */
	ret->objective = worst(s);
	ret->bound = s->time[at];
	return rc;
}

enum rc
site_centre(struct arena *mem, struct arena *spare, const struct site_times *t, uint32_t k, uint64_t seed,
    struct site_limits limits, struct site_answer *ret)
{
	struct centre s = { .t = t, .spare = spare, .k = k, .seed = seed, .limits = limits };
	enum rc rc;

	if (!site_columns_fine(&t->covers) || k > candidates(&t->covers))
		return RC_INVALID;
	rc = times_take(&s);
	*ret = (struct site_answer){ .seed = seed };
	if (rc == RC_OK && s.n > 0)
		rc = centre_solve(&s, ret);
	if (rc != RC_OK)
		return rc;
	ret->n = s.n_best;
	ret->nodes = s.nodes;
	ret->proven = ret->objective == ret->bound;
	return site_chosen(mem, s.best, s.n_best, ret);
}
