#include "resources/network/network_rule.h"
#include "resources/network/network_store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "standards/region/region.h"

#define INDEX_BOUND ((size_t)128 << 20)
#define NEAR_MAX 200

/* Which point serves a village from when to when; sorted by village, then the point's code. */
struct serving { int64_t village; struct day from, to; const struct point *point; };

struct index {
	struct arena *mem;
	struct point *v;           /* by code */
	const struct point **by_id;
	struct serving *serving;
	size_t n, n_serving;
	int64_t count, revisions;  /* stamp of what it was loaded from */
	int32_t version;
};

static struct index *current;
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER; /* an older snapshot never replaces a newer one */
static int32_t last_version;

/* ---- loading --------------------------------------------------------------------------------------- */

static int
code_compare(const void *a, const void *b)
{
	return text_compare(((const struct point *)a)->code, ((const struct point *)b)->code);
}

static int
id_compare(const void *a, const void *b)
{
	int64_t x = (*(const struct point *const *)a)->id, y = (*(const struct point *const *)b)->id;

	return (x > y) - (x < y);
}

static int
serving_compare(const void *a, const void *b)
{
	const struct serving *x = a, *y = b;

	if (x->village != y->village)
		return x->village < y->village ? -1 : 1;
	if (x->point != y->point)
		return x->point < y->point ? -1 : 1; /* points stand by code */
	return day_compare(x->from, y->from);
}

static bool
index_fill(struct index *x)
{
	size_t n = 0;

	qsort(x->v, x->n, sizeof(x->v[0]), code_compare);
	for (size_t i = 0; i < x->n; i++)
		n += x->v[i].n_villages;
	x->by_id = arena_array(x->mem, x->n + 1, sizeof(*x->by_id));
	x->serving = arena_array(x->mem, n + 1, sizeof(x->serving[0]));
	if (x->by_id == NULL || x->serving == NULL)
		return false;
	for (size_t i = 0; i < x->n; i++) {
		const struct point *p = &x->v[i];

		x->by_id[i] = p;
		for (size_t k = 0; k < p->n_villages; k++)
			x->serving[x->n_serving++] = (struct serving){ p->villages[k].village.code, p->villages[k].from,
				p->villages[k].to, p };
	}
	qsort(x->by_id, x->n, sizeof(*x->by_id), id_compare);
	qsort(x->serving, x->n_serving, sizeof(x->serving[0]), serving_compare);
	return true;
}

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return network_load_all(tx, actor, arg);
}

static enum rc
reload_alone(struct ctx *ctx)
{
	struct network_rows rows = { .keep = arena_create(INDEX_BOUND) };
	struct index *x, *old;
	enum rc rc = rows.keep == NULL ? RC_NO_MEMORY : db_read(ctx, load_tx, &rows);

	x = rc == RC_OK ? ARENA_NEW(rows.keep, struct index) : NULL;
	if (x != NULL)
		*x = (struct index){ .mem = rows.keep, .v = rows.v, .n = rows.n, .count = rows.count,
			.revisions = rows.revisions };
	if (x == NULL || !index_fill(x)) {
		arena_free(rows.keep);
		return rc == RC_OK ? RC_NO_MEMORY : rc;
	}
	pthread_rwlock_wrlock(&lock);
	old = current;
	x->version = ++last_version;
	current = x;
	pthread_rwlock_unlock(&lock);
	arena_free(old == NULL ? NULL : old->mem);
	return RC_OK;
}

enum rc
network_reload(struct ctx *ctx)
{
	enum rc rc;

	pthread_mutex_lock(&loading);
	rc = reload_alone(ctx);
	pthread_mutex_unlock(&loading);
	return rc;
}

struct stamp { int64_t count, revisions; };

static enum rc
stamp_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct stamp *s = arg;

	return network_stamp(tx, actor, &s->count, &s->revisions);
}

static const struct index *
index_lock(void)
{
	static const struct index none;

	pthread_rwlock_rdlock(&lock);
	return current == NULL ? &none : current;
}

static void
index_unlock(void)
{
	pthread_rwlock_unlock(&lock);
}

enum rc
network_is_stale(struct ctx *ctx, bool *ret)
{
	struct stamp s = { 0 };
	const struct index *x;
	enum rc rc = db_read(ctx, stamp_tx, &s);

	if (rc != RC_OK)
		return rc;
	x = index_lock();
	*ret = x->version == 0 || x->count != s.count || x->revisions != s.revisions;
	index_unlock();
	return RC_OK;
}

int32_t
network_version(void)
{
	int32_t version = index_lock()->version;

	index_unlock();
	return version;
}

/* ---- copies for the caller ----------------------------------------------------------------------------- */

static bool
text_keep(struct arena *a, struct text *t)
{
	*t = arena_text(a, *t);
	return t->p != NULL;
}

static const void *
array_keep(struct arena *a, const void *v, size_t n, size_t size)
{
	void *copy = arena_array(a, n == 0 ? 1 : n, size);

	if (copy != NULL && n > 0)
		memcpy(copy, v, n * size);
	return copy;
}

static enum rc
point_copy(struct arena *a, const struct point *from, struct point *ret)
{
	struct point p = *from;
	struct point_exception *e = arena_array(a, p.n_exceptions + 1, sizeof(*e));
	struct point_village *v = arena_array(a, p.n_villages + 1, sizeof(*v));
	bool kept = text_keep(a, &p.code) && text_keep(a, &p.name) && text_keep(a, &p.name_en) &&
	    text_keep(a, &p.address) && text_keep(a, &p.phone);

	p.hours = array_keep(a, p.hours, p.n_hours, sizeof(p.hours[0]));
	if (!kept || p.hours == NULL || e == NULL || v == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; kept && i < p.n_exceptions; i++) {
		e[i] = from->exceptions[i];
		kept = text_keep(a, &e[i].note);
	}
	for (size_t i = 0; kept && i < p.n_villages; i++) {
		v[i] = from->villages[i];
		kept = text_keep(a, &v[i].reason);
	}
	p.exceptions = e;
	p.villages = v;
	if (kept)
		*ret = p;
	return kept ? RC_OK : RC_NO_MEMORY;
}

/* ---- asking ------------------------------------------------------------------------------------------------ */

static const struct point *
find_id(const struct index *x, int64_t id)
{
	struct point want = { .id = id };
	const struct point *key = &want, *const *found;

	found = x->n == 0 ? NULL : bsearch(&key, x->by_id, x->n, sizeof(*x->by_id), id_compare);
	return found == NULL ? NULL : *found;
}

static enum rc
found_copy(struct ctx *ctx, const struct point *p, struct point *ret)
{
	return p == NULL ? RC_NOT_FOUND : point_copy(ctx->mem, p, ret);
}

enum rc
network_find(struct ctx *ctx, int64_t point, struct point *ret)
{
	const struct index *x = index_lock();
	enum rc rc = found_copy(ctx, find_id(x, point), ret);

	index_unlock();
	return rc;
}

enum rc
network_find_code(struct ctx *ctx, struct text code, struct point *ret)
{
	const struct index *x = index_lock();
	struct point want = { .code = code };
	const struct point *p = x->n == 0 ? NULL : bsearch(&want, x->v, x->n, sizeof(x->v[0]), code_compare);
	enum rc rc = found_copy(ctx, p, ret);

	index_unlock();
	return rc;
}

static bool
is_listed(const struct point *p, enum point_kind kind, struct place_range within, struct day day)
{
	if (!place_range_has(within, p->place) || (kind != POINT_NONE && p->kind != kind))
		return false;
	return day_is_none(day) || point_is_there(p, day);
}

enum rc
network_list(struct ctx *ctx, enum point_kind kind, struct place within, struct day day, struct point **ret,
    size_t *ret_n)
{
	const struct index *x = index_lock();
	struct place_range range = place_range(within);
	struct point *v;
	size_t cap = 0, n = 0;
	enum rc rc;

	for (size_t i = 0; i < x->n; i++)
		cap += is_listed(&x->v[i], kind, range, day);
	v = arena_array(ctx->mem, cap + 1, sizeof(*v));
	rc = v == NULL ? RC_NO_MEMORY : RC_OK;
	for (size_t i = 0; rc == RC_OK && i < x->n; i++)
		if (is_listed(&x->v[i], kind, range, day))
			rc = point_copy(ctx->mem, &x->v[i], &v[n++]);
	index_unlock();
	if (rc == RC_OK) {
		*ret = v;
		*ret_n = n;
	}
	return rc;
}

/* The station that serves a village on a day; with several the first by code. */
static const struct point *
station_of(const struct index *x, struct place village, struct day day)
{
	size_t lo = 0, hi = x->n_serving;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (x->serving[mid].village < village.code)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < x->n_serving && x->serving[lo].village == village.code; lo++) {
		const struct serving *s = &x->serving[lo];
		bool now = day_is_none(day) ? day_is_none(s->to)
		    : day_compare(s->from, day) <= 0 && (day_is_none(s->to) || day_compare(day, s->to) < 0);

		if (now && point_is_there(s->point, day))
			return s->point;
	}
	return NULL;
}

/* The first by code of a kind that stands at exactly that place. */
static const struct point *
point_at(const struct index *x, enum point_kind kind, struct place p, struct day day)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->v[i].kind == kind && x->v[i].place.code == p.code && point_is_there(&x->v[i], day))
			return &x->v[i];
	return NULL;
}

/* Of a kind that can be reached from anywhere: the county's own before the city's, else any. */
static const struct point *
point_for(const struct index *x, enum point_kind kind, struct place p, struct day day)
{
	const struct point *own = NULL, *other = NULL;

	for (size_t i = 0; i < x->n; i++) {
		const struct point *q = &x->v[i];

		if (q->kind != kind || !point_is_there(q, day))
			continue;
		if (!place_range_has(place_range(q->place), p))
			other = other == NULL ? q : other;
		else if (own == NULL || place_level(q->place) > place_level(own->place))
			own = q;
	}
	return own == NULL ? other : own;
}

static const struct point *
serving_of(const struct index *x, struct place p, struct day day)
{
	enum place_level level = place_level(p);
	const struct point *found = level == PLACE_VILLAGE ? station_of(x, p, day) : NULL;

	if (found == NULL && level >= PLACE_TOWN)
		found = point_at(x, POINT_TOWN, place_up(p, PLACE_TOWN), day);
	if (found == NULL && level >= PLACE_COUNTY)
		found = point_at(x, POINT_COUNTY, place_up(p, PLACE_COUNTY), day);
	if (found == NULL)
		found = point_for(x, POINT_HOTLINE, p, day);
	return found == NULL ? point_for(x, POINT_ONLINE, p, day) : found;
}

enum rc
network_serving(struct ctx *ctx, struct place p, struct day day, struct point *ret)
{
	const struct index *x = index_lock();
	enum rc rc = found_copy(ctx, serving_of(x, p, day), ret);

	index_unlock();
	return rc;
}

/* ---- near ------------------------------------------------------------------------------------------------------ */

struct hit { const struct point *point; int64_t metres; bool serves; };

/* Nearer first; where that does not part them the one that serves, then by code (their order here). */
static bool
hit_is_before(const struct hit *a, const struct hit *b)
{
	if (a->metres != b->metres)
		return a->metres < b->metres;
	if (a->serves != b->serves)
		return a->serves;
	return a->point < b->point;
}

static size_t
hits_insert(struct hit *v, size_t n, size_t cap, struct hit h)
{
	size_t i = n;

	if (n == cap && (cap == 0 || !hit_is_before(&h, &v[cap - 1])))
		return n;
	if (n == cap)
		i--;
	for (; i > 0 && hit_is_before(&h, &v[i - 1]); i--)
		v[i] = v[i - 1];
	v[i] = h;
	return n < cap ? n + 1 : n;
}

/* Of the place, else of those above it. */
static struct geo
position_of(struct place p)
{
	for (int level = (int)place_level(p); level >= PLACE_CITY; level--) {
		const struct division *d = region_find(place_up(p, (enum place_level)level), DAY_NONE);

		if (d != NULL && !geo_is_none(d->position))
			return d->position;
	}
	return (struct geo){ .datum = GEO_UNKNOWN };
}

enum rc
network_nearest(struct ctx *ctx, struct place p, struct geo position, int64_t at_ms, const struct calendar *c,
    struct point_near *ret, size_t cap, size_t *ret_n)
{
	struct geo here = geo_is_none(position) ? position_of(p) : position;
	struct day day = day_of_moment(at_ms);
	const struct index *x = index_lock();
	const struct point *serving = serving_of(x, p, day);
	struct hit hits[NEAR_MAX];
	size_t n = 0;
	enum rc rc = RC_OK;

	if (cap > NEAR_MAX)
		cap = NEAR_MAX;
	for (size_t i = 0; i < x->n; i++) {
		const struct point *q = &x->v[i];

		if (q->kind >= POINT_COUNTY && q->kind <= POINT_STATION && point_is_there(q, day))
			n = hits_insert(hits, n, cap, (struct hit){ q, geo_distance_m(here, q->position), q == serving });
	}
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		ret[i].metres = hits[i].metres;
		ret[i].serves = hits[i].serves;
		rc = point_copy(ctx->mem, hits[i].point, &ret[i].point);
	}
	index_unlock();
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		ret[i].state = point_state_at(&ret[i].point, at_ms, c);
	if (rc == RC_OK)
		*ret_n = n;
	return rc;
}

/* ---- coverage (S61, S62) ---------------------------------------------------------------------------------------- */

static bool
place_has(const struct index *x, enum place_level level, struct place p, struct day day)
{
	if (level == PLACE_VILLAGE)
		return station_of(x, p, day) != NULL;
	return point_at(x, level == PLACE_COUNTY ? POINT_COUNTY : POINT_TOWN, p, day) != NULL;
}

static enum rc
cover(struct ctx *ctx, const struct index *x, struct place within, enum place_level level, struct day day,
    int64_t *ret_all, int64_t *ret_with)
{
	size_t cap = region_count(within, level, day), n;
	const struct division **v = arena_array(ctx->mem, cap + 1, sizeof(*v));

	if (v == NULL)
		return RC_NO_MEMORY;
	n = region_list(within, level, day, v, cap);
	n = n < cap ? n : cap;
	*ret_all = (int64_t)n;
	*ret_with = 0;
	for (size_t i = 0; i < n; i++)
		*ret_with += place_has(x, level, v[i]->place, day);
	return RC_OK;
}

enum rc
network_coverage(struct ctx *ctx, struct place within, struct day day, struct coverage *ret)
{
	struct place_range range = place_range(within);
	struct coverage c = { 0 };
	const struct index *x = index_lock();
	enum rc rc = cover(ctx, x, within, PLACE_COUNTY, day, &c.counties, &c.counties_with);

	if (rc == RC_OK)
		rc = cover(ctx, x, within, PLACE_TOWN, day, &c.towns, &c.towns_with);
	if (rc == RC_OK)
		rc = cover(ctx, x, within, PLACE_VILLAGE, day, &c.villages, &c.villages_with);
	for (size_t i = 0; i < x->n; i++)
		c.stations += is_listed(&x->v[i], POINT_STATION, range, DAY_NONE) && point_is_there(&x->v[i], day);
	index_unlock();
	if (rc == RC_OK)
		*ret = c;
	return rc;
}
