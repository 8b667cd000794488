#include "kit/http/http_inner.h"

#include <string.h>

struct match { uint32_t score; struct param segments[HTTP_SEGMENTS_MAX]; size_t n; };

/* The next segment of a path that stands at '/', and *path behind it. */
static struct text
segment_next(struct text *path)
{
	struct text seg = { path->p + 1, 0 };

	while (1 + seg.n < path->n && seg.p[seg.n] != '/')
		seg.n++;
	path->p += 1 + seg.n;
	path->n -= 1 + seg.n;
	return seg;
}

static bool
segment_match(struct text want, struct text have, struct match *m)
{
	m->score <<= 1;
	if (want.n >= 2 && want.p[0] == '{' && want.p[want.n - 1] == '}') {
		if (have.n == 0 || m->n == HTTP_SEGMENTS_MAX)
			return false;
		m->segments[m->n++] = (struct param){ { want.p + 1, want.n - 2 }, have };
		return true;
	}
	m->score |= 1;
	return text_equals(want, have);
}

static bool
path_match(const char *pattern, struct text path, struct match *m)
{
	struct text want = text_of(pattern);

	*m = (struct match){ .score = 0 };
	if (want.n == 0 || path.n == 0 || path.p[0] != '/')
		return false;
	while (want.n > 0 && path.n > 0) {
		if (!segment_match(segment_next(&want), segment_next(&path), m))
			return false;
	}
	return want.n == 0 && path.n == 0;
}

static bool
method_match(enum http_method route, enum http_method asked)
{
	return route == asked || (route == HTTP_GET && asked == HTTP_HEAD);
}

const struct route *
http_match(const struct route_set *sets, size_t n_sets, enum http_method method, struct text path,
    struct param *segments, size_t *ret_n, int *ret_status)
{
	const struct route *best = NULL;
	struct match top = { .score = 0 }, m;
	bool known = false;

	for (size_t i = 0; i < n_sets; i++) {
		for (size_t k = 0; k < sets[i].n; k++) {
			const struct route *r = &sets[i].routes[k];

			if (!path_match(r->path, path, &m))
				continue;
			known = true;
			if (method_match(r->method, method) && (best == NULL || m.score > top.score)) {
				best = r;
				top = m;
			}
		}
	}
	*ret_status = best != NULL ? 200 : known ? 405 : 404;
	*ret_n = best != NULL ? top.n : 0;
	for (size_t i = 0; best != NULL && i < top.n; i++)
		segments[i] = top.segments[i];
	return best;
}

struct text
http_allow(const struct route_set *sets, size_t n_sets, struct text path, char out[static 64])
{
	bool have[HTTP_OTHER + 1] = { false };
	struct match m;
	size_t n = 0;

	for (size_t i = 0; i < n_sets; i++) {
		for (size_t k = 0; k < sets[i].n; k++) {
			if (path_match(sets[i].routes[k].path, path, &m))
				have[sets[i].routes[k].method] = true;
		}
	}
	have[HTTP_HEAD] |= have[HTTP_GET];
	for (int i = 0; i < HTTP_OTHER; i++) {
		struct text name = text_of(method_name((enum http_method)i));

		if (!have[i])
			continue;
		if (n > 0) {
			out[n++] = ',';
			out[n++] = ' ';
		}
		memcpy(out + n, name.p, name.n);
		n += name.n;
	}
	return (struct text){ out, n };
}

struct text
http_segment(const struct exchange *x, const char *name)
{
	struct text want = text_of(name);

	for (size_t i = 0; i < x->n_segments; i++) {
		if (text_equals(x->segments[i].name, want))
			return x->segments[i].value;
	}
	return TEXT_NONE;
}

enum rc
http_segment_id(const struct exchange *x, const char *name, int64_t *ret)
{
	struct text t = http_segment(x, name);

	if (t.n == 0 || t.p[0] == '+' || int64_parse(t, 0, INT64_MAX, ret) != RC_OK)
		return RC_NOT_FOUND;
	return RC_OK;
}

enum http_method
method_of(const char *s)
{
	for (int i = 0; i < HTTP_OTHER; i++) {
		if (strcmp(s, method_name((enum http_method)i)) == 0)
			return (enum http_method)i;
	}
	return HTTP_OTHER;
}

const char *
method_name(enum http_method m)
{
	static const char *const names[] = { "GET", "HEAD", "POST", "PUT", "DELETE", "OTHER" };

	return names[m];
}
