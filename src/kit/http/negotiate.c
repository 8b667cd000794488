#include "kit/http/http_inner.h"

#include <strings.h>

static bool
text_is_caseless(struct text t, const char *s)
{
	struct text w = text_of(s);

	return t.n == w.n && strncasecmp(t.p, w.p, w.n) == 0;
}

/* "q=0.5" in thousandths; what cannot be read counts as 0, so that nothing unwanted is sent. */
static int
quality_read(struct text params)
{
	while (params.n > 0) {
		struct text p = text_trim(text_cut(&params, ';')), value = p, name = text_trim(text_cut(&value, '='));
		int q = 0, unit = 1000;

		if (!text_is_caseless(name, "q"))
			continue;
		value = text_trim(value);
		for (size_t i = 0; i < value.n; i++) {
			if (value.p[i] == '.' && i == 1)
				continue;
			if (value.p[i] < '0' || value.p[i] > '9' || unit == 0)
				return 0;
			q += (value.p[i] - '0') * unit;
			unit /= 10;
		}
		return q > 1000 ? 0 : q;
	}
	return 1000;
}

enum encoding
encoding_pick(struct text accept, bool have_gzip, bool have_br)
{
	int gzip = -1, br = -1, any = 0;

	while (accept.n > 0) {
		struct text item = text_cut(&accept, ','), params = item, name = text_trim(text_cut(&params, ';'));
		int q = quality_read(params);

		if (text_is_caseless(name, "gzip") || text_is_caseless(name, "x-gzip"))
			gzip = q;
		else if (text_is_caseless(name, "br"))
			br = q;
		else if (text_is_caseless(name, "*"))
			any = q;
	}
	gzip = !have_gzip ? 0 : gzip < 0 ? any : gzip;
	br = !have_br ? 0 : br < 0 ? any : br;
	if (br > 0 && br >= gzip)
		return ENCODING_BR;
	return gzip > 0 ? ENCODING_GZIP : ENCODING_RAW;
}

static enum range
range_of(size_t from, size_t to, size_t size, size_t *ret_from, size_t *ret_n)
{
	if (from >= size || from > to)
		return RANGE_BAD;
	if (to >= size)
		to = size - 1;
	*ret_from = from;
	*ret_n = to - from + 1;
	return RANGE_PART;
}

static bool
digits_read(struct text t, int64_t *ret)
{
	return t.n > 0 && t.p[0] >= '0' && t.p[0] <= '9' && int64_parse(t, 0, INT64_MAX, ret) == RC_OK;
}

/* RFC 9110: what is not understood, and more than one range, is answered as if it were not there. */
enum range
range_parse(struct text header, size_t size, size_t *ret_from, size_t *ret_n)
{
	struct text rest = header, unit = text_trim(text_cut(&rest, '=')), from, to;
	int64_t a, b;

	if (!text_is_caseless(unit, "bytes") || text_contains(rest, TEXT(",")) || !text_contains(rest, TEXT("-")))
		return RANGE_ALL;
	to = rest;
	from = text_trim(text_cut(&to, '-'));
	to = text_trim(to);
	if (from.n == 0) { /* the last b bytes */
		if (!digits_read(to, &b))
			return RANGE_ALL;
		if (b == 0 || size == 0)
			return RANGE_BAD;
		return range_of((uint64_t)b >= size ? 0 : size - (size_t)b, size - 1, size, ret_from, ret_n);
	}
	if (!digits_read(from, &a))
		return RANGE_ALL;
	if (to.n == 0)
		return range_of((size_t)a, SIZE_MAX, size, ret_from, ret_n);
	if (!digits_read(to, &b) || b < a)
		return RANGE_ALL;
	return range_of((size_t)a, (size_t)b, size, ret_from, ret_n);
}

bool
etag_matches(struct text header, struct text etag)
{
	while (header.n > 0) {
		struct text one = text_trim(text_cut(&header, ','));

		if (text_starts_with(one, TEXT("W/")))
			one = (struct text){ one.p + 2, one.n - 2 };
		if (text_equals(one, TEXT("*")) || text_equals(one, etag))
			return true;
	}
	return false;
}
