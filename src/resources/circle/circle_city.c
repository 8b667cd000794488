#include "resources/circle/circle_city_internal.h"

#include <stdlib.h>
#include <string.h>

#include "standards/region/region.h"

#define CITY_BOUND ((size_t)1 << 30)

static pthread_mutex_t making = PTHREAD_MUTEX_INITIALIZER; /* of `current` */
static struct circle_inner *current;

/* ---- who lives where, and what stands where -------------------------------------------------- */

bool
circle_position(struct geo g, struct route_point *ret)
{
	struct route_degrees d = { (double)g.lon_e6 / 1e6, (double)g.lat_e6 / 1e6 };
	enum route_datum datum = g.datum == GEO_GCJ02 ? ROUTE_DATUM_GCJ02 : g.datum == GEO_BD09 ? ROUTE_DATUM_BD09
	    : ROUTE_DATUM_WGS84;

	*ret = (struct route_point){ 0, 0 };
	if (geo_is_none(g) || g.datum == GEO_UNKNOWN)
		return false; /* nothing in the numbers tells the datum */
	return route_datum_to_wgs84(datum, d, &d) == RC_OK && route_point_of(d, ret) == RC_OK;
}

static enum rc
villages_take(struct ctx *ctx, struct circle_inner *in)
{
	struct place city = { ctx->actor->city * INT64_C(100000000) };
	size_t n = region_list(city, PLACE_VILLAGE, in->day, NULL, 0);
	const struct division **d = arena_array(ctx->mem, n + 1, sizeof *d);
	struct circle_village *v = arena_array(in->mem, n + 1, sizeof *v);

	in->counted = arena_array(in->mem, n + 1, sizeof *in->counted);
	if (d == NULL || v == NULL || in->counted == NULL)
		return RC_NO_MEMORY;
	n = region_list(city, PLACE_VILLAGE, in->day, d, n);
	in->city.people_known = n > 0;
	for (size_t i = 0; i < n; i++) {
		v[i] = (struct circle_village){ .place = d[i]->place, .name = d[i]->name, .path = d[i]->path, .rural = d[i]->rural,
			.people = d[i]->population, .estimated = d[i]->position.datum == GEO_ESTIMATE };
		v[i].has_position = circle_position(d[i]->position, &v[i].at);
		in->city.people_known = in->city.people_known && v[i].people >= 0;
		in->city.any_estimated = in->city.any_estimated || v[i].estimated;
	}
	for (size_t i = 0; i < n; i++)
		in->counted[i] = (struct circle_counted){ in->city.people_known ? v[i].people : 1, v[i].rural };
	in->city.village = v;
	in->city.n_villages = (uint32_t)n;
	return RC_OK;
}

static enum rc
points_take(struct ctx *ctx, struct circle_inner *in)
{
	struct ctx own = *ctx;
	struct point *all;
	struct circle_point *v;
	size_t n;
	enum rc rc;

	own.mem = in->mem; /* what network_list copies stays with the city */
	rc = network_list(&own, POINT_NONE, (struct place){ ctx->actor->city * INT64_C(100000000) }, DAY_NONE, &all, &n);
	v = rc == RC_OK ? arena_array(in->mem, n + 1, sizeof *v) : NULL;
	if (v == NULL)
		return rc == RC_OK ? RC_NO_MEMORY : rc;
	for (size_t i = 0; i < n; i++) {
		struct circle_point *p = &v[in->city.n_points];

		if ((CIRCLE_TIERS_ALL >> all[i].kind & 1) == 0)
			continue;
		p->p = all[i];
		p->has_position = circle_position(all[i].position, &p->at);
		in->city.points_nowhere += !p->has_position;
		in->city.n_points++;
	}
	in->city.point = v;
	return RC_OK;
}

static uint64_t
mix(uint64_t h, int64_t n)
{
	h = (h ^ (uint64_t)n) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ (h >> 29);
}

/* All that figures depend on but the mode, the limit and the moment. */
static uint64_t
inner_hash(const struct circle_inner *in)
{
	uint64_t h = mix(circle_provider_now().hash, in->est);

	for (uint32_t i = 0; i < in->city.n_villages; i++) {
		const struct circle_village *v = &in->city.village[i];

		h = mix(mix(mix(h, v->place.code), v->people), v->has_position ? (int64_t)v->at.lon * INT32_MAX + v->at.lat : 0);
		h = mix(h, v->rural);
	}
	for (uint32_t i = 0; i < in->city.n_points; i++) {
		const struct point *p = &in->city.point[i].p;

		h = mix(mix(mix(h, p->id), p->kind), (int64_t)in->city.point[i].at.lon * INT32_MAX + in->city.point[i].at.lat);
		h = mix(mix(h, p->opened.n), p->closed.n);
		for (size_t k = 0; k < p->n_hours; k++)
			h = mix(h, ((int64_t)p->hours[k].weekday * 4096 + p->hours[k].opens) * 4096 + p->hours[k].closes);
		for (size_t k = 0; k < p->n_exceptions; k++)
			h = mix(mix(h, p->exceptions[k].day.n), (int64_t)p->exceptions[k].opens * 4096 + p->exceptions[k].closes);
	}
	return h >> 1;
}

/* ---- one city at a time ------------------------------------------------------------------------ */

static void
inner_free(struct circle_inner *in)
{
	struct arena *mem = in->mem;

	for (int k = 0; k < ROUTE_MODES; k++)
		for (unsigned w = 0; w < CREW_WORKERS_MAX; w++)
			arena_free(in->mode[k].worker[w]);
	pthread_mutex_destroy(&in->lock);
	arena_free(mem);
}

struct circle_inner *
inner_new(void)
{
	struct arena *mem = arena_create(CITY_BOUND);
	struct circle_inner *in = mem == NULL ? NULL : ARENA_NEW(mem, struct circle_inner);

	if (in == NULL || pthread_mutex_init(&in->lock, NULL) != 0) {
		arena_free(mem);
		return NULL;
	}
	in->mem = mem;
	in->est = circle_provider_now().est;
	in->city.inner = in;
	in->holders = 1;
	return in;
}

static enum rc
inner_make(struct ctx *ctx, int32_t region, int32_t network, struct day day, struct circle_inner **ret)
{
	struct circle_inner *in = inner_new(); /* held by the process itself */
	enum rc rc;

	if (in == NULL)
		return RC_NO_MEMORY;
	in->region = region;
	in->network = network;
	in->day = day;
	rc = villages_take(ctx, in);
	if (rc == RC_OK)
		rc = points_take(ctx, in);
	if (rc != RC_OK) {
		inner_free(in);
		return rc;
	}
	in->city.hash = inner_hash(in);
	*ret = in;
	return RC_OK;
}

static void
let_go(struct circle_inner *in)
{
	bool last;

	if (in == NULL)
		return;
	pthread_mutex_lock(&in->lock);
	last = --in->holders == 0;
	pthread_mutex_unlock(&in->lock);
	if (last)
		inner_free(in);
}

enum rc
circle_city_hold(struct ctx *ctx, const struct circle_city **ret)
{
	int32_t region = region_version(), network = network_version();
	struct day day = day_of_moment(ctx->now_ms);
	struct circle_inner *in, *old = NULL;
	enum rc rc = RC_OK;

	pthread_mutex_lock(&making);
	in = current;
	if (in == NULL || in->region != region || in->network != network || day_compare(in->day, day) != 0) {
		rc = inner_make(ctx, region, network, day, &in);
		if (rc == RC_OK) {
			old = current;
			current = in;
		}
	}
	if (rc == RC_OK) {
		pthread_mutex_lock(&in->lock);
		in->holders++;
		pthread_mutex_unlock(&in->lock);
		*ret = &in->city;
	}
	pthread_mutex_unlock(&making);
	let_go(old);
	return rc;
}

void
circle_city_drop(const struct circle_city *c)
{
	if (c != NULL)
		let_go(c->inner);
}

void
circle_close(void)
{
	pthread_mutex_lock(&making);
	let_go(current);
	current = NULL;
	pthread_mutex_unlock(&making);
	ground_close();
}

uint32_t
circle_city_village(const struct circle_city *c, struct place p)
{
	uint32_t lo = 0, hi = c->n_villages;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (c->village[mid].place.code < p.code)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < c->n_villages && c->village[lo].place.code == p.code ? lo : ROUTE_NONE;
}

void
circle_city_range(const struct circle_city *c, struct place p, uint32_t *first, uint32_t *n)
{
	struct place_range r = place_range(p);
	uint32_t a = 0, b;

	while (a < c->n_villages && c->village[a].place.code < r.lo)
		a++;
	for (b = a; b < c->n_villages && c->village[b].place.code <= r.hi;)
		b++;
	*first = a;
	*n = b - a;
}

enum rc
circle_city_sum(struct arena *spare, const struct circle_city *c, const struct circle_verdict *v, struct place p,
    struct circle_sum *ret)
{
	uint32_t first, n;

	circle_city_range(c, p, &first, &n);
	return circle_sum_up(spare, v + first, c->inner->counted + first, n, ret);
}

uint32_t
circle_city_point(const struct circle_city *c, struct text code)
{
	for (uint32_t i = 0; i < c->n_points; i++)
		if (text_equals(c->point[i].p.code, code))
			return i;
	return ROUTE_NONE;
}
