#include "standards/region/region_internal.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/utf8.h"

#define INDEX_BOUND ((size_t)64 << 20)
#define WORDS_MAX 6

/* Sorted by code, then from.  Never changed once it is current; kept until the process ends. */
struct index {
	struct arena *mem;
	struct index *before;
	const struct division *v;
	size_t n;
	int32_t version;
};

static _Atomic(struct index *) current;
static pthread_mutex_t swapping = PTHREAD_MUTEX_INITIALIZER;

/* ---- the index --------------------------------------------------------------------------------- */

static const struct division *
first_at(const struct division *v, size_t n, int64_t code)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (v[mid].place.code < code)
			lo = mid + 1;
		else
			hi = mid;
	}
	return v + lo;
}

static bool
is_there(const struct division *d, struct day day)
{
	if (day_is_none(day))
		return day_is_none(d->to);
	return day_compare(d->from, day) <= 0 && (day_is_none(d->to) || day_compare(day, d->to) < 0);
}

/* The row of that day; with DAY_NONE the newest, ended or not. */
static const struct division *
row_of(const struct division *v, size_t n, struct place p, struct day day)
{
	const struct division *best = NULL;

	for (const struct division *d = first_at(v, n, p.code); d < v + n && d->place.code == p.code; d++)
		if (day_is_none(day) || is_there(d, day))
			best = d;
	return best;
}

static struct text
path_of(struct arena *a, const struct division *v, size_t n, const struct division *d)
{
	const struct division *above = d->level > PLACE_COUNTY ? row_of(v, n, d->parent, d->from) : NULL;

	if (above == NULL && d->level > PLACE_COUNTY)
		above = row_of(v, n, d->parent, DAY_NONE);
	if (above == NULL)
		return d->name;
	/* parents have smaller codes: theirs is made already */
	return arena_format(a, "%.*s %.*s", (int)above->path.n, above->path.p, (int)d->name.n, d->name.p);
}

struct load { struct arena *keep; struct division *v; size_t n; };

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct load *l = arg;

	return region_load_all(tx, actor, l->keep, &l->v, &l->n);
}

static enum rc
index_swap(struct load *l)
{
	struct index *x = ARENA_NEW(l->keep, struct index);

	if (x == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < l->n; i++) {
		l->v[i].path = path_of(l->keep, l->v, l->n, &l->v[i]);
		if (l->v[i].path.p == NULL)
			return RC_NO_MEMORY;
	}
	pthread_mutex_lock(&swapping);
	x->mem = l->keep;
	x->before = atomic_load(&current);
	x->v = l->v;
	x->n = l->n;
	x->version = x->before == NULL ? 1 : x->before->version + 1;
	atomic_store(&current, x);
	pthread_mutex_unlock(&swapping);
	return RC_OK;
}

enum rc
region_reload(struct ctx *ctx)
{
	struct load l = { .keep = arena_create(INDEX_BOUND) };
	enum rc rc = RC_NO_MEMORY;

	if (l.keep != NULL)
		rc = db_read(ctx, load_tx, &l);
	if (rc == RC_OK)
		rc = index_swap(&l);
	if (rc != RC_OK)
		arena_free(l.keep);
	return rc;
}

static const struct index *
index_now(void)
{
	static const struct index none;
	const struct index *x = atomic_load(&current);

	return x == NULL ? &none : x;
}

int32_t
region_version(void)
{
	return index_now()->version;
}

/* ---- asking -------------------------------------------------------------------------------------- */

const struct division *
region_find(struct place p, struct day day)
{
	const struct index *x = index_now();

	return row_of(x->v, x->n, p, day);
}

struct text
region_name(struct place p)
{
	const struct division *d = region_find(p, DAY_NONE);

	return d == NULL ? TEXT_NONE : d->name;
}

struct text
region_path(struct place p)
{
	const struct division *d = region_find(p, DAY_NONE);

	return d == NULL ? TEXT_NONE : d->path;
}

/* Rows inside p: [*ret_begin, returned end). */
static const struct division *
rows_inside(struct place p, const struct division **ret_begin)
{
	const struct index *x = index_now();
	struct place_range r = place_range(p);

	*ret_begin = first_at(x->v, x->n, r.lo);
	return r.lo > r.hi ? *ret_begin : first_at(x->v, x->n, r.hi + 1);
}

size_t
region_children(struct place p, struct day day, const struct division **ret, size_t cap)
{
	const struct division *d, *end = rows_inside(p, &d);
	size_t n = 0;

	for (; d < end; d++) {
		if (d->parent.code != p.code || !is_there(d, day))
			continue;
		if (n < cap)
			ret[n] = d;
		n++;
	}
	return n;
}

size_t
region_list(struct place p, enum place_level level, struct day day, const struct division **ret, size_t cap)
{
	const struct division *d, *end = rows_inside(p, &d);
	size_t n = 0;

	for (; d < end; d++) {
		if (d->level != level || !is_there(d, day))
			continue;
		if (n < cap)
			ret[n] = d;
		n++;
	}
	return n;
}

size_t
region_count(struct place p, enum place_level level, struct day day)
{
	return region_list(p, level, day, NULL, 0);
}

const struct division *
region_nearest(struct geo g, enum place_level level, struct day day)
{
	const struct index *x = index_now();
	const struct division *best = NULL;
	int64_t best_m = INT64_MAX;

	for (size_t i = 0; i < x->n; i++) {
		int64_t m;

		if (x->v[i].level != level || !is_there(&x->v[i], day))
			continue;
		m = geo_distance_m(g, x->v[i].position);
		if (m < best_m) {
			best_m = m;
			best = &x->v[i];
		}
	}
	return best;
}

/* ---- searching by name ------------------------------------------------------------------------------ */

struct words { struct text v[WORDS_MAX]; size_t n; };

/* Blanks and the ideographic space part the words. */
static struct words
words_of(struct text q)
{
	struct words w = { .n = 0 };
	size_t at = 0, begin = 0;

	while (begin < q.n && w.n < WORDS_MAX) {
		size_t before = at;
		uint32_t c = at < q.n ? utf8_next(q, &at) : ' ';

		if (c != ' ' && c != '\t' && c != 0x3000)
			continue;
		if (before > begin)
			w.v[w.n++] = (struct text){ q.p + begin, before - begin };
		begin = at > before ? at : before + 1;
	}
	return w;
}

/* 0 begins with a word, 1 holds one, -1 no hit. */
static int
rank_of(const struct division *d, const struct words *w)
{
	int rank = -1;

	for (size_t i = 0; i < w->n; i++) {
		if (text_starts_with(d->name, w->v[i]))
			rank = 0;
		else if (text_contains(d->name, w->v[i]))
			rank = rank < 0 ? 1 : rank;
		else if (!text_contains(d->path, w->v[i]))
			return -1;
	}
	return rank;
}

/* Insert in order of rank, level, code; the worst falls off a full list. */
static size_t
hits_insert(const struct division **ret, int *orders, size_t n, size_t cap, const struct division *d, int order)
{
	size_t i = n < cap ? n : cap;

	if (cap == 0 || (i == cap && orders[cap - 1] <= order))
		return n + 1;
	if (i == cap)
		i--;
	for (; i > 0 && orders[i - 1] > order; i--) {
		ret[i] = ret[i - 1];
		orders[i] = orders[i - 1];
	}
	ret[i] = d;
	orders[i] = order;
	return n + 1;
}

#define HITS_MAX 200

size_t
region_search(struct text q, struct place within, enum place_level level, struct day day,
    const struct division **ret, size_t cap)
{
	const struct division *d, *end = rows_inside(within, &d);
	struct words w = words_of(q);
	int orders[HITS_MAX];
	size_t n = 0;

	if (w.n == 0)
		return 0;
	if (cap > HITS_MAX)
		cap = HITS_MAX;
	for (; d < end; d++) {
		int rank = (level == PLACE_NONE || d->level == level) && is_there(d, day) ? rank_of(d, &w) : -1;

		if (rank >= 0)
			n = hits_insert(ret, orders, n, cap, d, rank * 8 + (int)d->level);
	}
	return n < cap ? n : cap;
}
