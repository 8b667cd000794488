/* Times between villages and places: over the network, or by straight lines. */
#include "resources/circle/circle_city_internal.h"

#include <math.h>

#include "kit/crew/crew_pool.h"

#define WORKER_BOUND ((size_t)2 << 30)

uint32_t
circle_high_ms(const struct circle_city *c, enum route_mode mode, uint32_t ms)
{
	return c->inner->est ? circle_est_of(ms, circle_est_speed(mode)).high_ms : ms;
}

/* ---- straight lines --------------------------------------------------------------------------- */

struct lines {
	struct arena *const *mem;
	const struct circle_village *from;
	const struct route_point *to;
	const bool *has;
	uint32_t n_to, limit, speed;
	struct route_row *row;
	struct route_pair *room[CREW_WORKERS_MAX]; /* n_to each */
	_Atomic bool failed;
};

static void
line_row(void *arg, unsigned worker, uint32_t i)
{
	struct lines *l = arg;
	struct route_scale scale = route_scale_at(l->from[i].at.lat);
	double most = (double)l->limit / 3600000 * l->speed;
	struct route_pair *kept, *room = l->room[worker];
	uint32_t n = 0;

	for (uint32_t k = 0; l->from[i].has_position && k < l->n_to; k++) {
		struct circle_band band;

		if (!l->has[k] || fabs(((double)l->to[k].lat - l->from[i].at.lat) * scale.y) > most * 1.01 ||
		    fabs(((double)l->to[k].lon - l->from[i].at.lon) * scale.x) > most * 1.05)
			continue;
		band = circle_est(l->from[i].at, l->to[k], l->speed);
		if (band.low_ms <= l->limit)
			room[n++] = (struct route_pair){ k, band.low_ms };
	}
	kept = arena_raw(l->mem[worker], (size_t)n + 1, sizeof *kept);
	if (kept == NULL) {
		l->failed = true;
		return;
	}
	for (uint32_t k = 0; k < n; k++)
		kept[k] = room[k];
	l->row[i] = (struct route_row){ kept, n };
}

enum rc
inner_lines(struct arena *const *mem, enum route_mode mode, const struct circle_village *from, uint32_t n,
    const struct route_point *to, const bool *has, uint32_t n_to, uint32_t limit, const struct crew *crew, struct route_matrix *ret)
{
	struct lines l = { .mem = mem, .from = from, .to = to, .has = has, .n_to = n_to, .limit = limit,
		.speed = circle_est_speed(mode), .row = arena_array(mem[0], (size_t)n + 1, sizeof *l.row) };

	if (l.row == NULL)
		return RC_NO_MEMORY;
	for (unsigned w = 0; w < crew_workers(crew); w++) {
		l.room[w] = arena_raw(mem[w], (size_t)n_to + 1, sizeof *l.room[w]);
		if (l.room[w] == NULL)
			return RC_NO_MEMORY;
	}
	crew_run(crew, line_row, &l, n);
	*ret = (struct route_matrix){ .n_from = n, .n_to = n_to, .row = l.row };
	for (uint32_t i = 0; i < n; i++)
		ret->n_pairs += l.row[i].n;
	return l.failed ? RC_NO_MEMORY : RC_OK;
}

/* ---- a mode of the city ------------------------------------------------------------------------- */

static struct route_stop *
stops_of_villages(struct arena *mem, const struct ground_mode *g, const struct circle_city *c)
{
	struct route_stop *v = arena_array(mem, (size_t)c->n_villages + 1, sizeof *v);

	for (uint32_t i = 0; v != NULL && i < c->n_villages; i++)
		if (!c->village[i].has_position || !ground_snap(g, c->village[i].at, &v[i]))
			v[i] = (struct route_stop){ .node = { ROUTE_NONE, ROUTE_NONE } };
	return v;
}

static struct route_stop *
stops_of_points(struct arena *mem, const struct ground_mode *g, const struct circle_city *c)
{
	struct route_stop *v = arena_array(mem, (size_t)c->n_points + 1, sizeof *v);

	for (uint32_t i = 0; v != NULL && i < c->n_points; i++)
		if (!c->point[i].has_position || !ground_snap(g, c->point[i].at, &v[i]))
			v[i] = (struct route_stop){ .node = { ROUTE_NONE, ROUTE_NONE } };
	return v;
}

static enum rc
mode_lines(struct circle_inner *in, struct inner_mode *im, enum route_mode mode, const struct crew *crew)
{
	const struct circle_city *c = &in->city;
	struct route_point *to = arena_raw(in->mem, (size_t)c->n_points + 1, sizeof *to);
	bool *has = arena_raw(in->mem, (size_t)c->n_points + 1, sizeof *has);

	if (to == NULL || has == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < c->n_points; i++) {
		to[i] = c->point[i].at;
		has[i] = c->point[i].has_position;
	}
	return inner_lines(im->worker, mode, c->village, c->n_villages, to, has, c->n_points, CIRCLE_LIMIT_MS, crew, &im->m);
}

static enum rc
mode_streets(struct circle_inner *in, struct inner_mode *im, const struct ground_mode *g, const struct crew *crew)
{
	const struct circle_city *c = &in->city;
	enum rc rc;

	im->from = stops_of_villages(in->mem, g, c);
	im->to = stops_of_points(in->mem, g, c);
	if (im->from == NULL || im->to == NULL)
		return RC_NO_MEMORY;
	if (g->h == NULL)
		return route_matrix_search(im->worker, &g->forth, im->from, c->n_villages, im->to, c->n_points, CIRCLE_LIMIT_MS,
		    crew, &im->m);
	rc = route_plan_new(in->mem, g->h, im->to, c->n_points, &im->plan);
	if (rc == RC_OK)
		rc = route_matrix_run(im->worker, im->plan, im->from, c->n_villages, CIRCLE_LIMIT_MS, crew, ROUTE_LANES_BEST, &im->m);
	return rc;
}

enum rc
inner_mode_ready(struct circle_inner *in, enum route_mode mode)
{
	struct inner_mode *im = &in->mode[(int)mode];
	const struct crew *crew;
	struct ground_mode *g;
	enum rc rc;

	if (im->ready)
		return RC_OK;
	g = ground_mode(mode, &rc);
	if (rc != RC_OK)
		return rc;
	crew = crew_pool_start(0);
	for (unsigned w = 0; w < crew_workers(crew); w++)
		if (im->worker[w] == NULL && (im->worker[w] = arena_create(WORKER_BOUND)) == NULL)
			rc = RC_NO_MEMORY;
	if (rc == RC_OK)
		rc = g == NULL ? mode_lines(in, im, mode, crew) : mode_streets(in, im, g, crew);
	crew_pool_stop(crew);
	im->ready = rc == RC_OK;
	return rc;
}

/* ---- to other places ------------------------------------------------------------------------------ */

static enum rc
times_streets(struct arena *mem, const struct circle_inner *in, const struct ground_mode *g, enum route_mode mode,
    const struct route_point *to, uint32_t n, uint32_t limit, struct route_matrix *ret)
{
	const struct inner_mode *im = &in->mode[(int)mode];
	struct route_stop *stop = arena_array(mem, (size_t)n + 1, sizeof *stop);
	struct route_plan *plan;
	enum rc rc;

	if (stop == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++)
		if (!ground_snap(g, to[i], &stop[i]))
			stop[i] = (struct route_stop){ .node = { ROUTE_NONE, ROUTE_NONE } };
	if (g->h == NULL)
		return route_matrix_search(&mem, &g->forth, im->from, in->city.n_villages, stop, n, limit, NULL, ret);
	rc = route_plan_new(mem, g->h, stop, n, &plan);
	return rc == RC_OK ? route_matrix_run(&mem, plan, im->from, in->city.n_villages, limit, NULL, ROUTE_LANES_BEST, ret) : rc;
}

enum rc
circle_times(struct arena *mem, const struct circle_city *c, enum route_mode mode, const struct route_point *to,
    uint32_t n, int minutes, struct route_matrix *ret)
{
	struct circle_inner *in = c->inner;
	uint32_t limit = (uint32_t)minutes * 60000;
	struct ground_mode *g;
	bool *has;
	enum rc rc;

	pthread_mutex_lock(&in->lock);
	rc = inner_mode_ready(in, mode);
	pthread_mutex_unlock(&in->lock);
	g = rc == RC_OK ? ground_mode(mode, &rc) : NULL;
	if (rc != RC_OK)
		return rc;
	if (g != NULL)
		return times_streets(mem, in, g, mode, to, n, limit, ret);
	has = arena_raw(mem, (size_t)n + 1, sizeof *has);
	if (has == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++)
		has[i] = true;
	return inner_lines(&mem, mode, c->village, c->n_villages, to, has, n, limit, NULL, ret);
}
