/*
 * A city as bytes and back: all that times and verdicts depend on.  Little-endian, in this order: "ZC1\n"; the number of
 * villages, then of each code (8), longitude and latitude (4 each), people (8), flags (1); the number of points, then of
 * each kind (1), longitude and latitude, flags (1), length of its code (1) and the code.
 */
#include "resources/circle/circle_city_internal.h"
#include "resources/circle/circle_keep_internal.h"

#include <string.h>

#define MAGIC TEXT("ZC1\n")
#define POINTS_MAX 1000000u
enum { HAS_POSITION = 1, RURAL = 2, ESTIMATED = 4 };

/* ---- writing ------------------------------------------------------------------------------------------- */

static void
put(struct buf *b, uint64_t n, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_char(b, (char)(unsigned char)(n >> (8 * i)));
}

void
circle_keep_write(const struct circle_city *c, struct buf *b)
{
	buf_add(b, MAGIC);
	put(b, c->n_villages, 4);
	for (uint32_t i = 0; i < c->n_villages; i++) {
		const struct circle_village *v = &c->village[i];

		put(b, (uint64_t)v->place.code, 8);
		put(b, (uint32_t)v->at.lon, 4);
		put(b, (uint32_t)v->at.lat, 4);
		put(b, (uint64_t)v->people, 8);
		put(b, (v->has_position ? HAS_POSITION : 0u) | (v->rural ? RURAL : 0u) | (v->estimated ? ESTIMATED : 0u), 1);
	}
	put(b, c->n_points, 4);
	for (uint32_t i = 0; i < c->n_points; i++) {
		const struct circle_point *p = &c->point[i];

		put(b, (uint64_t)p->p.kind, 1);
		put(b, (uint32_t)p->at.lon, 4);
		put(b, (uint32_t)p->at.lat, 4);
		put(b, p->has_position ? HAS_POSITION : 0u, 1);
		put(b, p->p.code.n, 1);
		buf_add(b, p->p.code);
	}
}

/* ---- reading --------------------------------------------------------------------------------------------- */

struct reader { struct text left; bool bad; };

static uint64_t
take(struct reader *r, size_t bytes)
{
	uint64_t n = 0;

	if (r->left.n < bytes) {
		r->bad = true;
		return 0;
	}
	for (size_t i = 0; i < bytes; i++)
		n |= (uint64_t)(unsigned char)r->left.p[i] << (8 * i);
	r->left = (struct text){ r->left.p + bytes, r->left.n - bytes };
	return n;
}

static struct text
take_text(struct reader *r, size_t bytes)
{
	struct text t = { r->left.p, bytes };

	if (r->left.n < bytes) {
		r->bad = true;
		return TEXT_NONE;
	}
	r->left = (struct text){ r->left.p + bytes, r->left.n - bytes };
	return t;
}

static void
village_read(struct reader *r, struct circle_village *v)
{
	uint64_t flags;

	v->place.code = (int64_t)take(r, 8);
	v->at.lon = (int32_t)take(r, 4);
	v->at.lat = (int32_t)take(r, 4);
	v->people = (int64_t)take(r, 8);
	flags = take(r, 1);
	v->has_position = (flags & HAS_POSITION) != 0;
	v->rural = (flags & RURAL) != 0;
	v->estimated = (flags & ESTIMATED) != 0;
}

static enum rc
point_read(struct reader *r, struct arena *mem, struct circle_point *p)
{
	p->p.kind = (enum point_kind)take(r, 1);
	p->at.lon = (int32_t)take(r, 4);
	p->at.lat = (int32_t)take(r, 4);
	p->has_position = (take(r, 1) & HAS_POSITION) != 0;
	p->p.code = arena_text(mem, take_text(r, (size_t)take(r, 1)));
	r->bad = r->bad || (unsigned)p->p.kind >= POINT_KIND_COUNT;
	return p->p.code.p == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc
inner_read(struct circle_inner *in, struct text bytes)
{
	struct reader r = { bytes, false };
	struct circle_village *v;
	struct circle_point *p;
	uint32_t n;

	r.bad = !text_equals(take_text(&r, MAGIC.n), MAGIC);
	n = (uint32_t)take(&r, 4);
	if (r.bad || n > r.left.n)
		return RC_CORRUPT;
	v = arena_array(in->mem, (size_t)n + 1, sizeof *v);
	in->counted = arena_array(in->mem, (size_t)n + 1, sizeof *in->counted);
	if (v == NULL || in->counted == NULL)
		return RC_NO_MEMORY;
	in->city.people_known = n > 0;
	for (uint32_t i = 0; i < n; i++) {
		village_read(&r, &v[i]);
		in->city.people_known = in->city.people_known && v[i].people >= 0;
	}
	for (uint32_t i = 0; i < n; i++)
		in->counted[i] = (struct circle_counted){ in->city.people_known ? v[i].people : 1, v[i].rural };
	in->city.village = v;
	in->city.n_villages = n;
	n = (uint32_t)take(&r, 4);
	if (r.bad || n > POINTS_MAX || n > r.left.n)
		return RC_CORRUPT;
	p = arena_array(in->mem, (size_t)n + 1, sizeof *p);
	if (p == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < n && !r.bad; i++)
		if (point_read(&r, in->mem, &p[i]) != RC_OK)
			return RC_NO_MEMORY;
	in->city.point = p;
	in->city.n_points = n;
	return r.bad || r.left.n > 0 ? RC_CORRUPT : RC_OK;
}

enum rc
circle_keep_read(struct text bytes, const struct circle_city **ret)
{
	struct circle_inner *in = inner_new();
	enum rc rc = in == NULL ? RC_NO_MEMORY : inner_read(in, bytes);

	if (rc != RC_OK) {
		if (in != NULL)
			circle_city_drop(&in->city);
		return rc;
	}
	*ret = &in->city;
	return RC_OK;
}
