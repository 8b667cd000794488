/* Views: the nearest point of every village at a moment, the same with a pin moved, and the nearest of one place. */
#include "resources/circle/circle_city_internal.h"
#include "resources/circle/circle_plan.h"

#include <stdlib.h>
#include <string.h>

#include "standards/holidays/holidays.h"

#define SCRATCH_BOUND ((size_t)1 << 30)
#define FAR_MINUTES_MAX 600

/* ---- which points are there, and open --------------------------------------------------------- */

static const struct circle_staffing *staffing;

void
circle_staffing_set(const struct circle_staffing *t)
{
	staffing = t;
}

enum rc
circle_staff_at(struct ctx *ctx, int64_t at_ms, const struct circle_point *v, uint32_t n, uint8_t *ret)
{
	memset(ret, CIRCLE_STAFF_UNKNOWN, n);
	return staffing == NULL ? RC_OK : staffing->at(ctx, at_ms, v, n, ret);
}

static bool
is_there(const struct point *p, struct day day)
{
	return day_compare(p->opened, day) <= 0 && (day_is_none(p->closed) || day_compare(day, p->closed) < 0);
}

static uint8_t
state_of(const struct point *p, const struct circle_ask *ask, struct day day, const struct calendar *c)
{
	if ((ask->tiers >> p->kind & 1) == 0 || !is_there(p, day))
		return CIRCLE_STATE_NONE;
	return ask->at_ms == 0 || network_is_open(p, ask->at_ms, c) ? CIRCLE_STATE_OPEN : CIRCLE_STATE_SHUT;
}

/* Of all points; who is on duty is asked only for a moment. */
static enum rc
states_at(struct ctx *ctx, const struct circle_city *c, const struct circle_ask *ask, uint8_t **ret)
{
	struct day day = ask->at_ms == 0 ? c->inner->day : day_of_moment(ask->at_ms);
	uint8_t *state = arena_array(ctx->mem, (size_t)c->n_points + 1, 1), *staff = arena_array(ctx->mem, (size_t)c->n_points + 1, 1);
	const struct calendar *calendar = holidays_current();
	enum rc rc = state == NULL || staff == NULL ? RC_NO_MEMORY : RC_OK;

	if (rc == RC_OK && ask->at_ms != 0)
		rc = circle_staff_at(ctx, ask->at_ms, c->point, c->n_points, staff);
	for (uint32_t i = 0; rc == RC_OK && i < c->n_points; i++) {
		state[i] = state_of(&c->point[i].p, ask, day, calendar);
		if (state[i] == CIRCLE_STATE_OPEN && staff[i] != CIRCLE_STAFF_UNKNOWN)
			state[i] = staff[i] == CIRCLE_STAFF_ON ? CIRCLE_STATE_STAFFED : CIRCLE_STATE_EMPTY;
	}
	*ret = state;
	return rc;
}

/* ---- nearest and next ----------------------------------------------------------------------------- */

static const struct circle_best nothing = { .high = { { ROUTE_NONE, ROUTE_NEVER }, { ROUTE_NONE, ROUTE_NEVER } },
	.low = { { ROUTE_NONE, ROUTE_NEVER }, { ROUTE_NONE, ROUTE_NEVER } } };

static void
near_take(struct circle_near v[2], uint32_t point, uint32_t ms)
{
	if (ms < v[0].ms) {
		v[1] = v[0];
		v[0] = (struct circle_near){ point, ms };
	} else if (ms < v[1].ms) {
		v[1] = (struct circle_near){ point, ms };
	}
}

static void
best_take(struct circle_best *b, uint32_t point, uint32_t low, uint32_t high)
{
	near_take(b->high, point, high);
	near_take(b->low, point, low);
}

static void
row_scan(const struct circle_inner *in, enum route_mode mode, const struct route_row *row, const uint8_t *state,
    struct circle_best *any, struct circle_best *door, struct circle_best *open)
{
	uint32_t speed = circle_est_speed(mode);

	*any = *door = *open = nothing;
	for (uint32_t k = 0; k < row->n; k++) {
		uint32_t to = row->v[k].to, low = row->v[k].ms, high = low;

		if (state[to] == CIRCLE_STATE_NONE)
			continue;
		if (in->est)
			high = circle_est_of(low, speed).high_ms;
		best_take(any, to, low, high);
		if (state[to] != CIRCLE_STATE_SHUT)
			best_take(door, to, low, high);
		if (circle_state_covers(state[to]))
			best_take(open, to, low, high);
	}
}

static enum rc
view_make(struct circle_inner *in, struct arena *mem, const struct circle_ask *ask, const uint8_t *state, struct circle_view *ret)
{
	uint32_t n = in->city.n_villages;
	struct circle_best *any = arena_raw(mem, (size_t)n + 1, sizeof *any), *open = arena_raw(mem, (size_t)n + 1, sizeof *open),
	    *door = arena_raw(mem, (size_t)n + 1, sizeof *door);
	uint8_t *kept = arena_raw(mem, (size_t)in->city.n_points + 1, 1);

	if (any == NULL || open == NULL || door == NULL || kept == NULL)
		return RC_NO_MEMORY;
	memcpy(kept, state, in->city.n_points);
	for (uint32_t i = 0; i < n; i++)
		row_scan(in, ask->mode, &in->mode[(int)ask->mode].m.row[i], state, &any[i], &door[i], &open[i]);
	*ret = (struct circle_view){ .ask = *ask, .any = any, .door = door, .open = open, .state = kept };
	for (uint32_t i = 0; i < in->city.n_points; i++) {
		ret->n_there += state[i] != CIRCLE_STATE_NONE;
		ret->n_open += circle_state_covers(state[i]);
		ret->n_unknown += state[i] == CIRCLE_STATE_OPEN;
		ret->n_empty += state[i] == CIRCLE_STATE_EMPTY;
	}
	return RC_OK;
}

/* The mode and what is open decide; whatever the moment was called. */
static const struct circle_view *
view_find(const struct circle_inner *in, const struct circle_ask *ask, uint64_t hash, const uint8_t *state)
{
	for (uint32_t i = 0; i < in->n_views; i++)
		if (in->view_hash[i] == hash && in->view[i].ask.mode == ask->mode &&
		    memcmp(in->view[i].state, state, in->city.n_points) == 0)
			return &in->view[i];
	return NULL;
}

/* Under the lock.  Past CIRCLE_VIEWS_MAX a view lives as long as the request. */
static enum rc
view_keep(struct ctx *ctx, struct circle_inner *in, const struct circle_ask *ask, uint64_t hash, const uint8_t *state,
    const struct circle_view **ret)
{
	bool room = in->n_views < CIRCLE_VIEWS_MAX;
	struct circle_view *v = room ? &in->view[in->n_views] : ARENA_NEW(ctx->mem, struct circle_view);
	enum rc rc = v == NULL ? RC_NO_MEMORY : inner_mode_ready(in, ask->mode);

	if (rc == RC_OK)
		rc = view_make(in, room ? in->mem : ctx->mem, ask, state, v);
	if (rc != RC_OK)
		return rc;
	if (room)
		in->view_hash[in->n_views++] = hash;
	*ret = v;
	return RC_OK;
}

enum rc
circle_view_of(struct ctx *ctx, const struct circle_city *c, const struct circle_ask *ask, const struct circle_view **ret)
{
	uint8_t *state;
	enum rc rc = states_at(ctx, c, ask, &state);

	return rc == RC_OK ? circle_view_of_state(ctx, c, ask, state, ret) : rc;
}

enum rc
circle_view_of_state(struct ctx *ctx, const struct circle_city *c, const struct circle_ask *ask, const uint8_t *state,
    const struct circle_view **ret)
{
	struct circle_inner *in = c->inner;
	const struct circle_view *v;
	uint64_t hash;
	enum rc rc = RC_OK;

	hash = text_hash((struct text){ (const char *)state, c->n_points });
	pthread_mutex_lock(&in->lock);
	v = view_find(in, ask, hash, state);
	if (v == NULL)
		rc = view_keep(ctx, in, ask, hash, state, &v);
	pthread_mutex_unlock(&in->lock);
	if (rc == RC_OK)
		*ret = v;
	return rc;
}

/* ---- verdicts --------------------------------------------------------------------------------------- */

const struct circle_counted *
circle_city_counted(const struct circle_city *c)
{
	return c->inner->counted;
}

static bool
is_on_network(const struct circle_inner *in, enum route_mode mode, uint32_t village)
{
	const struct route_stop *from = in->mode[(int)mode].from;

	return from == NULL || !route_stop_is_off(&from[village]);
}

static struct circle_verdict
verdict_of(const struct circle_inner *in, enum route_mode mode, uint32_t village, const struct circle_best *any,
    const struct circle_best *door, const struct circle_best *open, uint32_t limit)
{
	struct circle_known k = { .has_position = in->city.village[village].has_position,
		.on_network = is_on_network(in, mode, village), .any_low = any->low[0].ms, .any_high = any->high[0].ms,
		.open_low = open->low[0].ms, .open_high = open->high[0].ms, .door_low = door->low[0].ms, .door_high = door->high[0].ms };
	const struct circle_best *shown = open->low[0].ms < ROUTE_NEVER ? open : any;
	struct circle_verdict v = { .class = circle_judge(&k, limit), .open_high = k.open_high };

	/* Why not: the nearest whatever its hours. */
	if (v.class == CIRCLE_SHUT)
		shown = any;
	else if (v.class == CIRCLE_EMPTY)
		shown = door;
	v.point = shown->high[0].point;
	v.low = shown->low[0].ms;
	v.high = shown->high[0].ms;
	return v;
}

enum rc
circle_view_judge(struct arena *mem, const struct circle_city *c, const struct circle_view *v, int minutes,
    struct circle_verdict **ret)
{
	struct circle_verdict *out = arena_raw(mem, (size_t)c->n_villages + 1, sizeof *out);

	if (out == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < c->n_villages; i++)
		out[i] = verdict_of(c->inner, v->ask.mode, i, &v->any[i], &v->door[i], &v->open[i], (uint32_t)minutes * 60000);
	*ret = out;
	return RC_OK;
}

/* ---- a pin ----------------------------------------------------------------------------------------------- */

#define PIN_POINT (ROUTE_NONE - 1)

/* Times of all villages to the pin: with a hierarchy by lanes, else by one search backward from it. */
static enum rc
pin_streets(struct arena *scratch, const struct circle_inner *in, struct ground_mode *g, enum route_mode mode,
    struct route_point at, uint32_t *ret)
{
	const struct route_stop *from = in->mode[(int)mode].from;
	uint32_t n = in->city.n_villages;
	struct route_stop stop, turned;
	struct route_seed seed[2];

	if (!ground_snap(g, at, &stop))
		return RC_NOT_FOUND;
	if (g->h != NULL) {
		struct route_matrix m;
		struct route_plan *plan;
		enum rc rc = route_plan_new(scratch, g->h, &stop, 1, &plan);

		if (rc == RC_OK)
			rc = route_matrix_run(&scratch, plan, from, n, CIRCLE_LIMIT_MS, NULL, ROUTE_LANES_BEST, &m);
		for (uint32_t i = 0; rc == RC_OK && i < n; i++)
			ret[i] = m.row[i].n > 0 ? m.row[i].v[0].ms : ROUTE_NEVER;
		return rc;
	}
	turned = ground_turned(&stop);
	pthread_mutex_lock(&g->lock);
	route_search_run(g->backward, seed, route_stop_seeds(&turned, false, 0, seed), CIRCLE_LIMIT_MS);
	for (uint32_t i = 0; i < n; i++) {
		struct route_stop back = ground_turned(&from[i]);

		ret[i] = route_stop_ms(g->backward, &turned, &back, CIRCLE_LIMIT_MS);
	}
	pthread_mutex_unlock(&g->lock);
	return RC_OK;
}

static void
pin_lines(const struct circle_inner *in, enum route_mode mode, struct route_point at, uint32_t *ret)
{
	for (uint32_t i = 0; i < in->city.n_villages; i++) {
		uint32_t ms = in->city.village[i].has_position
		    ? circle_est(in->city.village[i].at, at, circle_est_speed(mode)).low_ms : ROUTE_NEVER;

		ret[i] = ms <= CIRCLE_LIMIT_MS ? ms : ROUTE_NEVER;
	}
}

static struct circle_best
best_without(struct circle_best b, uint32_t point)
{
	if (b.high[0].point == point)
		b.high[0] = b.high[1];
	if (b.low[0].point == point)
		b.low[0] = b.low[1];
	return b;
}

static void
pin_apply(const struct circle_inner *in, const struct circle_view *v, const struct circle_pin *pin, const uint32_t *ms,
    uint32_t limit, struct circle_verdict *out)
{
	enum route_mode mode = v->ask.mode;
	uint8_t state = pin->point == ROUTE_NONE ? CIRCLE_STATE_OPEN : v->state[pin->point];

	for (uint32_t i = 0; i < in->city.n_villages; i++) {
		struct circle_best any = v->any[i], door = v->door[i], of_open = v->open[i];

		if (pin->point != ROUTE_NONE) {
			any = best_without(any, pin->point);
			door = best_without(door, pin->point);
			of_open = best_without(of_open, pin->point);
		}
		if (!pin->gone && state != CIRCLE_STATE_NONE && ms[i] < ROUTE_NEVER) {
			uint32_t high = in->est ? circle_est_of(ms[i], circle_est_speed(mode)).high_ms : ms[i];

			best_take(&any, PIN_POINT, ms[i], high);
			if (state != CIRCLE_STATE_SHUT)
				best_take(&door, PIN_POINT, ms[i], high);
			if (circle_state_covers(state))
				best_take(&of_open, PIN_POINT, ms[i], high);
		}
		out[i] = verdict_of(in, mode, i, &any, &door, &of_open, limit);
		if (out[i].point == PIN_POINT)
			out[i].point = ROUTE_NONE;
	}
}

enum rc
circle_pin_judge(struct ctx *ctx, const struct circle_city *c, const struct circle_view *v, const struct circle_pin *pin,
    int minutes, struct circle_verdict **ret)
{
	struct arena *scratch = arena_create(SCRATCH_BOUND);
	uint32_t *ms = arena_raw(ctx->mem, (size_t)c->n_villages + 1, sizeof *ms);
	struct circle_verdict *out = arena_raw(ctx->mem, (size_t)c->n_villages + 1, sizeof *out);
	struct ground_mode *g = NULL;
	enum rc rc = scratch == NULL || ms == NULL || out == NULL ? RC_NO_MEMORY : RC_OK;

	if (rc == RC_OK && pin->point != ROUTE_NONE && pin->point >= c->n_points)
		rc = RC_INVALID;
	if (rc == RC_OK && !pin->gone) {
		g = ground_mode(v->ask.mode, &rc);
		if (rc == RC_OK && g != NULL)
			rc = pin_streets(scratch, c->inner, g, v->ask.mode, pin->at, ms);
		else if (rc == RC_OK)
			pin_lines(c->inner, v->ask.mode, pin->at, ms);
	}
	arena_free(scratch);
	if (rc != RC_OK)
		return rc;
	pin_apply(c->inner, v, pin, ms, (uint32_t)minutes * 60000, out);
	*ret = out;
	return RC_OK;
}

/* A row's times to the new points, taken into what is nearest. */
static void
sites_apply(const struct circle_inner *in, const struct circle_view *v, const struct route_matrix *m, bool keep, uint32_t limit,
    struct circle_verdict *out)
{
	for (uint32_t i = 0; i < in->city.n_villages; i++) {
		struct circle_best any = keep ? v->any[i] : nothing, open = keep ? v->open[i] : nothing, door = keep ? v->door[i] : nothing;

		for (uint32_t k = 0; k < m->row[i].n; k++) {
			uint32_t low = m->row[i].v[k].ms, high = circle_high_ms(&in->city, v->ask.mode, low);

			best_take(&any, PIN_POINT, low, high);
			best_take(&door, PIN_POINT, low, high);
			best_take(&open, PIN_POINT, low, high);
		}
		out[i] = verdict_of(in, v->ask.mode, i, &any, &door, &open, limit);
		if (out[i].point == PIN_POINT)
			out[i].point = ROUTE_NONE;
	}
}

enum rc
circle_sites_judge(struct ctx *ctx, const struct circle_city *c, const struct circle_view *v, const struct route_point *at,
    uint32_t n, bool keep, int minutes, struct circle_verdict **ret)
{
	struct arena *scratch = arena_create(SCRATCH_BOUND);
	struct circle_verdict *out = arena_raw(ctx->mem, (size_t)c->n_villages + 1, sizeof *out);
	struct route_matrix m;
	enum rc rc = scratch == NULL || out == NULL ? RC_NO_MEMORY : RC_OK;

	if (rc == RC_OK)
		rc = circle_times(scratch, c, v->ask.mode, at, n, CIRCLE_MINUTES_MAX, &m);
	if (rc == RC_OK)
		sites_apply(c->inner, v, &m, keep, (uint32_t)minutes * 60000, out);
	arena_free(scratch);
	if (rc == RC_OK)
		*ret = out;
	return rc;
}

/* ---- the nearest of a place --------------------------------------------------------------------------------- */

static int
by_high(const void *x, const void *y)
{
	const struct circle_reach *a = x, *b = y;

	if (a->high != b->high)
		return a->high < b->high ? -1 : 1;
	return (a->point > b->point) - (a->point < b->point);
}

/* Row of one place to all points. */
static enum rc
place_row(struct arena *scratch, struct circle_inner *in, enum route_mode mode, struct route_point at, uint32_t limit,
    struct route_matrix *ret)
{
	const struct circle_city *c = &in->city;
	struct circle_village here = { .at = at, .has_position = true };
	struct route_point *to = arena_raw(scratch, (size_t)c->n_points + 1, sizeof *to);
	bool *has = arena_raw(scratch, (size_t)c->n_points + 1, sizeof *has);
	const struct inner_mode *im = &in->mode[(int)mode];
	struct route_stop from;
	struct ground_mode *g;
	enum rc rc;

	g = ground_mode(mode, &rc);
	if (rc != RC_OK)
		return rc;
	if (g != NULL && !ground_snap(g, at, &from))
		return RC_NOT_FOUND;
	if (g != NULL && im->plan != NULL)
		return route_matrix_run(&scratch, im->plan, &from, 1, limit, NULL, ROUTE_LANES_BEST, ret);
	if (g != NULL)
		return route_matrix_search(&scratch, &g->forth, &from, 1, im->to, c->n_points, limit, NULL, ret);
	if (to == NULL || has == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < c->n_points; i++) {
		to[i] = c->point[i].at;
		has[i] = c->point[i].has_position;
	}
	return inner_lines(&scratch, mode, &here, 1, to, has, c->n_points, limit, NULL, ret);
}

enum rc
circle_nearest(struct ctx *ctx, const struct circle_city *c, const struct circle_ask *ask, struct route_point at, int minutes,
    struct circle_reach *ret, size_t cap, size_t *ret_n)
{
	struct circle_inner *in = c->inner;
	struct arena *scratch = arena_create(SCRATCH_BOUND);
	struct circle_reach *all = arena_raw(ctx->mem, (size_t)c->n_points + 1, sizeof *all);
	struct route_matrix m;
	uint8_t *state = NULL;
	size_t n = 0;
	enum rc rc = scratch == NULL || all == NULL ? RC_NO_MEMORY : states_at(ctx, c, ask, &state);

	if (rc == RC_OK) {
		pthread_mutex_lock(&in->lock);
		rc = inner_mode_ready(in, ask->mode);
		pthread_mutex_unlock(&in->lock);
	}
	if (rc == RC_OK)
		rc = place_row(scratch, in, ask->mode, at,
		    (uint32_t)(minutes < FAR_MINUTES_MAX ? minutes : FAR_MINUTES_MAX) * 60000, &m);
	for (uint32_t k = 0; rc == RC_OK && k < m.row[0].n; k++) {
		const struct route_pair *p = &m.row[0].v[k];
		uint8_t s = state[p->to];

		if (s != CIRCLE_STATE_NONE)
			all[n++] = (struct circle_reach){ p->to, p->ms, circle_high_ms(c, ask->mode, p->ms), circle_state_covers(s),
				s == CIRCLE_STATE_EMPTY };
	}
	arena_free(scratch);
	if (rc != RC_OK)
		return rc;
	qsort(all, n, sizeof *all, by_high);
	n = n < cap ? n : cap;
	memcpy(ret, all, n * sizeof *ret);
	*ret_n = n;
	return RC_OK;
}

enum rc
circle_isochrone(struct ctx *ctx, enum route_mode mode, struct route_point at, int minutes, struct route_area *ret)
{
	struct arena *scratch = arena_create(SCRATCH_BOUND);
	struct route_stop stop, turned;
	struct route_seed seed[2];
	struct ground_mode *g = NULL;
	enum rc rc = scratch == NULL ? RC_NO_MEMORY : RC_OK;

	if (rc == RC_OK)
		g = ground_mode(mode, &rc);
	if (rc == RC_OK && g == NULL)
		rc = RC_UNAVAILABLE;
	if (rc == RC_OK && !ground_snap(g, at, &stop))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK) {
		turned = ground_turned(&stop);
		pthread_mutex_lock(&g->lock);
		route_search_run(g->backward, seed, route_stop_seeds(&turned, false, 0, seed), (uint32_t)minutes * 60000);
		rc = route_isochrone(ctx->mem, scratch, ground_net(), &g->back, g->backward, &turned, (uint32_t)minutes * 60000,
		    100, ret);
		pthread_mutex_unlock(&g->lock);
	}
	arena_free(scratch);
	return rc;
}
