/* Where the next points should stand. */
#include "resources/circle/circle_city_internal.h"
#include "resources/circle/circle_plan.h"

#include <stdatomic.h>
#include <string.h>

#include "engine/site/site.h"

#define SCRATCH_BOUND ((size_t)2 << 30)
#define NODES_MOST 200   /* of branch and bound: a page is waiting */
#define ROOM_STEPS_MOST 400
#define ROOM_NODES_MOST 4
#define ROOM_TRIES_MOST 10
#define CENTRE_NODES_MOST 20
#define CENTRE_CELLS_MOST 1000000        /* a dozen set covers, which compare all with all */
#define MEDIAN_CELLS_MOST (UINT64_C(1) << 24)
#define MEDIAN_WORK (UINT64_C(1) << 30)  /* cells looked at, steps of the bound together */
#define MEDIAN_NODES_MOST 8
#define MEDIAN_TRIES_MOST 3

static atomic_flag working = ATOMIC_FLAG_INIT; /* one at a time: it takes a worker for up to some seconds */

struct siting {
	struct arena *mem;
	const struct circle_city *c;
	const struct circle_site_ask *ask;
	uint32_t first, n;                 /* villages within */
	uint32_t *of, m;                   /* the village of each candidate */
	struct route_point *at;
	struct route_matrix times;
	struct site_covers covers;
	uint32_t *near;                    /* ms of each village within to what is open there; ROUTE_NEVER */
};

/* Every village with a position inside the place may have a point. */
static enum rc
candidates_take(struct siting *s)
{
	circle_city_range(s->c, s->ask->within, &s->first, &s->n);
	s->of = arena_array(s->mem, (size_t)s->n + 1, sizeof *s->of);
	s->at = arena_array(s->mem, (size_t)s->n + 1, sizeof *s->at);
	if (s->of == NULL || s->at == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = s->first; i < s->first + s->n; i++)
		if (s->c->village[i].has_position) {
			s->of[s->m] = i;
			s->at[s->m++] = s->c->village[i].at;
		}
	return s->m > 0 ? RC_OK : RC_NOT_FOUND;
}

static bool
covers(const struct siting *s, enum route_mode mode, uint32_t ms)
{
	return circle_high_ms(s->c, mode, ms) <= (uint32_t)s->ask->minutes * 60000;
}

/* Rows of villages turned into columns of candidates; what is inside already weighs nothing. */
static enum rc
columns_make(struct siting *s, enum route_mode mode, const struct circle_verdict *now)
{
	uint32_t *first = arena_array(s->mem, (size_t)s->m + 2, sizeof *first), *client;
	int64_t *weight = arena_array(s->mem, (size_t)s->n + 1, sizeof *weight);
	const struct circle_counted *who = circle_city_counted(s->c);

	client = arena_raw(s->mem, s->times.n_pairs + 1, sizeof *client);
	if (first == NULL || client == NULL || weight == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < s->n; i++)
		weight[i] = now != NULL && now[s->first + i].class == CIRCLE_COVERED ? 0 : who[s->first + i].weight;
	for (int fill = 0; fill < 2; fill++) {
		for (uint32_t i = 0; i < s->n; i++)
			for (uint32_t k = 0; weight[i] > 0 && k < s->times.row[s->first + i].n; k++) {
				const struct route_pair *p = &s->times.row[s->first + i].v[k];

				if (!covers(s, mode, p->ms))
					continue;
				if (fill == 0)
					first[p->to + 2]++;
				else
					client[first[p->to + 1]++] = i;
			}
		for (uint32_t j = 0; fill == 0 && j < s->m; j++)
			first[j + 2] += first[j + 1];
	}
	s->covers = (struct site_covers){ s->n, s->m, weight, first, client, NULL, s->ask->goal == CIRCLE_GOAL_ROOM ? CIRCLE_ROOM : 0 };
	return RC_OK;
}

/* Weight that every site together would reach. */
static int64_t
reachable(struct siting *s)
{
	uint8_t *seen = arena_array(s->mem, (size_t)s->n + 1, 1);
	int64_t sum = 0;

	for (uint32_t a = 0; seen != NULL && a < s->covers.first[s->m]; a++) {
		sum += seen[s->covers.client[a]] == 0 ? s->covers.weight[s->covers.client[a]] : 0;
		seen[s->covers.client[a]] = 1;
	}
	return seen == NULL ? -1 : sum;
}

/* So few that nobody is left out; its objective and bound are those of the weight, which all of them reach. */
static enum rc
propose_all(struct siting *s, struct arena *spare, struct site_answer *a, struct circle_proposal *ret)
{
	enum rc rc = site_set(s->mem, spare, &s->covers, s->ask->seed, (struct site_limits){ 0, NODES_MOST, 0 }, a);
	int64_t sum = reachable(s);

	if (rc != RC_OK || sum < 0)
		return rc != RC_OK ? rc : RC_NO_MEMORY;
	ret->fewest = a->bound;
	for (uint32_t i = 0; i < s->n; i++)
		ret->left += s->covers.weight[i];
	ret->left -= sum;
	if (a->n > CIRCLE_SITES_MAX)
		return RC_TOO_MANY;
	a->objective = a->bound = sum;
	return RC_OK;
}

static enum rc
propose_most(struct siting *s, struct arena *spare, struct site_answer *a)
{
	struct site_limits limits = { 0, NODES_MOST, 0 }, room = { ROOM_STEPS_MOST, ROOM_NODES_MOST, ROOM_TRIES_MOST };

	if (s->ask->goal == CIRCLE_GOAL_ROOM)
		limits = room;
	return site_cover(s->mem, spare, &s->covers, (uint32_t)s->ask->k, s->ask->seed, limits, a);
}

/* ---- the longest way, and all of them -------------------------------------------------------------- */

static enum rc
near_take(struct siting *s, const struct circle_view *v)
{
	s->near = arena_array(s->mem, (size_t)s->n + 1, sizeof *s->near);
	for (uint32_t i = 0; s->near != NULL && i < s->n; i++)
		s->near[i] = s->ask->keep ? v->open[s->first + i].high[0].ms : ROUTE_NEVER;
	return s->near == NULL ? RC_NO_MEMORY : RC_OK;
}

static uint32_t
pair_ms(const struct siting *s, enum route_mode mode, const struct route_pair *p)
{
	uint32_t ms = circle_high_ms(s->c, mode, p->ms);

	return ms <= CIRCLE_MINUTES_MAX * 60000 ? ms : ROUTE_NEVER;
}

/* Candidates, and behind them one site that is kept: all that is open there. */
static enum rc
times_make(struct siting *s, enum route_mode mode, struct site_times *ret)
{
	size_t pairs = (size_t)s->times.n_pairs + s->n + 1;
	uint32_t *first = arena_array(s->mem, (size_t)s->m + 4, sizeof *first), *client = arena_raw(s->mem, pairs, sizeof *client);
	uint32_t *ms = arena_raw(s->mem, pairs, sizeof *ms), at;
	uint8_t *kept = arena_array(s->mem, (size_t)s->m + 1, 1);

	if (first == NULL || client == NULL || ms == NULL || kept == NULL)
		return RC_NO_MEMORY;
	for (int fill = 0; fill < 2; fill++) {
		for (uint32_t i = 0; i < s->n; i++)
			for (uint32_t k = 0; k < s->times.row[s->first + i].n; k++) {
				const struct route_pair *p = &s->times.row[s->first + i].v[k];

				if (pair_ms(s, mode, p) == ROUTE_NEVER)
					continue;
				if (fill == 0) {
					first[p->to + 2]++;
					continue;
				}
				at = first[p->to + 1]++;
				client[at] = i;
				ms[at] = pair_ms(s, mode, p);
			}
		for (uint32_t j = 0; fill == 0 && j < s->m; j++)
			first[j + 2] += first[j + 1];
	}
	at = first[s->m];
	for (uint32_t i = 0; i < s->n; i++)
		if (s->near[i] <= CIRCLE_MINUTES_MAX * 60000) {
			client[at] = i;
			ms[at++] = s->near[i];
		}
	first[s->m + 1] = at;
	kept[s->m] = 1;
	*ret = (struct site_times){ { s->n, s->m + 1, NULL, first, client, kept, 0 }, ms };
	return RC_OK;
}

static enum rc
propose_centre(struct siting *s, struct arena *spare, const struct circle_view *v, struct site_answer *a,
    struct circle_proposal *ret)
{
	const struct circle_counted *who = circle_city_counted(s->c);
	struct site_times t;
	enum rc rc = (uint64_t)s->n * s->m > CENTRE_CELLS_MOST ? RC_TOO_LARGE : times_make(s, v->ask.mode, &t);

	if (rc == RC_OK)
		rc = site_centre(s->mem, spare, &t, (uint32_t)s->ask->k, s->ask->seed, (struct site_limits){ 0, CENTRE_NODES_MOST, 1 }, a);
	if (rc == RC_NOT_FOUND) {
		ret->fewest = a->bound;
		return RC_TOO_MANY;
	}
	for (uint32_t i = 0; i < s->n; i++) {
		if (s->near[i] > CIRCLE_MINUTES_MAX * 60000 && ret->before >= 0)
			ret->before = who[s->first + i].weight > 0 ? -1 : ret->before;
		else if (ret->before >= 0 && s->near[i] > ret->before)
			ret->before = s->near[i];
		if (s->near[i] > CIRCLE_MINUTES_MAX * 60000 && s->times.row[s->first + i].n == 0)
			ret->left += who[s->first + i].weight;
	}
	return rc;
}

/* Weight × seconds to the nearest; what is open there and the longest way looked at shorten every way. */
static enum rc
propose_median(struct siting *s, struct arena *spare, const struct circle_view *v, struct site_answer *a,
    struct circle_proposal *ret)
{
	const struct circle_counted *who = circle_city_counted(s->c);
	uint64_t cells = (uint64_t)s->n * s->m;
	uint32_t *cost = cells > MEDIAN_CELLS_MOST ? NULL : arena_raw(s->mem, cells + 1, sizeof *cost);
	struct site_costs costs = { s->n, s->m, cost };
	struct site_limits limits = { (uint32_t)(MEDIAN_WORK / (cells + 1) < 3000 ? MEDIAN_WORK / (cells + 1) : 0), MEDIAN_NODES_MOST,
		MEDIAN_TRIES_MOST };

	if (cost == NULL)
		return RC_TOO_LARGE;
	for (uint32_t i = 0; i < s->n; i++) {
		int64_t weight = who[s->first + i].weight, most = CIRCLE_MINUTES_MAX * 60000;
		int64_t near = s->near[i] < most ? s->near[i] : most;
		const struct route_row *row = &s->times.row[s->first + i];

		if (weight > SITE_COST_MAX / (CIRCLE_MINUTES_MAX * 60))
			return RC_TOO_LARGE;
		ret->total += weight;
		ret->before += weight * near / 1000;
		for (uint32_t j = 0; j < s->m; j++)
			cost[(size_t)i * s->m + j] = (uint32_t)(weight * near / 1000);
		for (uint32_t k = 0; k < row->n; k++)
			if (pair_ms(s, v->ask.mode, &row->v[k]) < near)
				cost[(size_t)i * s->m + row->v[k].to] = (uint32_t)(weight * pair_ms(s, v->ask.mode, &row->v[k]) / 1000);
	}
	return site_median(s->mem, spare, &costs, (uint32_t)s->ask->k, s->ask->seed, limits, a);
}

static enum rc
propose_ways(struct siting *s, struct arena *spare, const struct circle_view *v, struct circle_proposal *ret)
{
	struct site_answer a;
	enum rc rc = circle_times(s->mem, s->c, v->ask.mode, s->at, s->m, CIRCLE_MINUTES_MAX, &s->times);

	if (rc == RC_OK)
		rc = near_take(s, v);
	if (rc == RC_OK)
		rc = s->ask->goal == CIRCLE_GOAL_CENTRE ? propose_centre(s, spare, v, &a, ret) : propose_median(s, spare, v, &a, ret);
	if (rc != RC_OK)
		return rc;
	ret->seed = a.seed;
	ret->proven = a.proven;
	ret->objective = a.objective;
	ret->bound = a.bound;
	for (uint32_t k = 0; k < a.n && ret->n < CIRCLE_SITES_MAX; k++)
		ret->village[ret->n++] = s->of[a.chosen[k]];
	return RC_OK;
}

static enum rc
propose(struct siting *s, struct arena *spare, const struct circle_view *v, struct circle_proposal *ret)
{
	const struct circle_counted *who = circle_city_counted(s->c);
	struct circle_verdict *now = NULL;
	struct site_answer a;
	enum rc rc = candidates_take(s);

	*ret = (struct circle_proposal){ .candidates = s->m };
	if (rc == RC_OK && s->ask->goal != CIRCLE_GOAL_ALL && (uint32_t)s->ask->k > s->m)
		rc = RC_CONFLICT;
	if (rc == RC_OK && (s->ask->goal == CIRCLE_GOAL_CENTRE || s->ask->goal == CIRCLE_GOAL_MEDIAN))
		return propose_ways(s, spare, v, ret);
	if (rc == RC_OK)
		rc = circle_times(s->mem, s->c, v->ask.mode, s->at, s->m, s->ask->minutes, &s->times);
	if (rc == RC_OK && s->ask->keep)
		rc = circle_view_judge(s->mem, s->c, v, s->ask->minutes, &now);
	if (rc == RC_OK)
		rc = columns_make(s, v->ask.mode, now);
	if (rc == RC_OK)
		rc = s->ask->goal == CIRCLE_GOAL_ALL ? propose_all(s, spare, &a, ret) : propose_most(s, spare, &a);
	if (rc != RC_OK)
		return rc;
	ret->seed = a.seed;
	ret->proven = a.proven;
	for (uint32_t i = s->first; now != NULL && i < s->first + s->n; i++)
		ret->before += now[i].class == CIRCLE_COVERED ? who[i].weight : 0;
	ret->objective = ret->before + a.objective;
	ret->bound = ret->before + a.bound;
	for (uint32_t k = 0; k < a.n && ret->n < CIRCLE_SITES_MAX; k++)
		ret->village[ret->n++] = s->of[a.chosen[k]];
	return RC_OK;
}

enum rc
circle_propose(struct ctx *ctx, const struct circle_city *c, const struct circle_view *v, const struct circle_site_ask *ask,
    struct circle_proposal *ret)
{
	struct arena *spare;
	struct siting s = { .c = c, .ask = ask };
	enum rc rc = RC_NO_MEMORY;

	(void)ctx;
	if (ask->k < 1 || ask->k > CIRCLE_SITES_MAX)
		return RC_INVALID;
	if (atomic_flag_test_and_set(&working))
		return RC_BUSY;
	s.mem = arena_create(SCRATCH_BOUND);
	spare = arena_create(SCRATCH_BOUND);
	if (s.mem != NULL && spare != NULL)
		rc = propose(&s, spare, v, ret);
	arena_free(s.mem);
	arena_free(spare);
	atomic_flag_clear(&working);
	return rc;
}
