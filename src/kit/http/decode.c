#include "kit/http/http_inner.h"

#include <string.h>

#include "base/utf8.h"

const char *
decode_text(enum decode_fault f)
{
	switch (f) {
	case DECODE_FINE:
		break;
	case DECODE_PERCENT:
		return "百分号编码有误。/ Broken percent-encoding: % must be followed by two hex digits.";
	case DECODE_NUL:
		return "内容含有空字符(NUL)。/ A NUL character is not allowed here.";
	case DECODE_UTF8:
		return "内容不是有效的 UTF-8 编码。/ This is not valid UTF-8.";
	case DECODE_CONTROL:
		return "内容含有控制字符。/ Control characters are not allowed here.";
	case DECODE_TOO_MANY:
		return "字段过多,最多 256 个。/ Too many fields: at most 256.";
	case DECODE_NO_MEMORY:
		return "请求过大。/ The request is too large.";
	}
	return "";
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
decode_percent(struct text in, bool plus_is_blank, char *out, size_t *ret_n)
{
	size_t n = 0;

	for (size_t i = 0; i < in.n; i++) {
		char c = in.p[i];

		if (c == '%') {
			int hi = i + 2 < in.n ? hex_value(in.p[i + 1]) : -1;
			int lo = i + 2 < in.n ? hex_value(in.p[i + 2]) : -1;

			if (hi < 0 || lo < 0)
				return false;
			c = (char)(hi * 16 + lo);
			i += 2;
		} else if (c == '+' && plus_is_blank) {
			c = ' ';
		}
		out[n++] = c;
	}
	*ret_n = n;
	return true;
}

enum decode_fault
decode_check(struct text t, bool lines)
{
	switch (utf8_check(t, lines)) {
	case UTF8_FINE:
		break;
	case UTF8_BROKEN:
		return DECODE_UTF8;
	case UTF8_NUL:
		return DECODE_NUL;
	case UTF8_CONTROL:
		return DECODE_CONTROL;
	}
	return DECODE_FINE;
}

static enum decode_fault
decode_piece(struct text in, struct arena *a, struct text *ret)
{
	char *p = arena_alloc(a, in.n + 1);
	size_t n;

	if (p == NULL)
		return DECODE_NO_MEMORY;
	if (!decode_percent(in, true, p, &n))
		return DECODE_PERCENT;
	*ret = (struct text){ p, n };
	return DECODE_FINE;
}

/* NUL and broken UTF-8 only: control characters in a value are for the form layer to report. */
static enum decode_fault
value_check(struct text t)
{
	size_t at = 0;

	while (at < t.n) {
		size_t from = at;
		uint32_t c = utf8_next(t, &at);

		if (c == 0)
			return DECODE_NUL;
		if (c == 0xFFFD && (at - from != 3 || memcmp(t.p + from, "\xEF\xBF\xBD", 3) != 0))
			return DECODE_UTF8;
	}
	return DECODE_FINE;
}

static enum decode_fault
decode_pair(struct text pair, bool strict, struct arena *a, struct param *ret)
{
	struct text value = pair, name = text_cut(&value, '=');
	enum decode_fault f = decode_piece(name, a, &ret->name);

	if (f == DECODE_FINE)
		f = decode_check(ret->name, false);
	if (f == DECODE_FINE)
		f = decode_piece(value, a, &ret->value);
	if (f == DECODE_FINE && strict)
		f = value_check(ret->value);
	return f;
}

static size_t
count_pieces(struct text in, char sep)
{
	size_t n = 0;

	while (in.n > 0) {
		if (text_cut(&in, sep).n > 0)
			n++;
	}
	return n;
}

enum decode_fault
decode_params(struct text in, bool strict, struct arena *a, struct params *ret)
{
	size_t n = count_pieces(in, '&'), at = 0;
	struct param *v;

	*ret = (struct params){ NULL, 0 };
	if (n == 0)
		return DECODE_FINE;
	if (n > HTTP_FIELDS_MAX)
		return DECODE_TOO_MANY;
	v = arena_array(a, n, sizeof(*v));
	if (v == NULL)
		return DECODE_NO_MEMORY;
	while (in.n > 0) {
		struct text pair = text_cut(&in, '&');
		enum decode_fault f;

		if (pair.n == 0)
			continue;
		f = decode_pair(pair, strict, a, &v[at]);
		if (f != DECODE_FINE)
			return f;
		at++;
	}
	*ret = (struct params){ v, at };
	return DECODE_FINE;
}

static bool
is_cookie_octet(unsigned char c)
{
	return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

static bool
is_cookie_value(struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (!is_cookie_octet((unsigned char)t.p[i]))
			return false;
	}
	return true;
}

/* A cookie that is not clean is left out: other programs on the same host may have set it. */
enum decode_fault
decode_cookies(struct text in, struct arena *a, struct params *ret)
{
	size_t n = count_pieces(in, ';'), at = 0;
	struct param *v;

	*ret = (struct params){ NULL, 0 };
	if (n == 0)
		return DECODE_FINE;
	if (n > HTTP_FIELDS_MAX)
		return DECODE_TOO_MANY;
	v = arena_array(a, n, sizeof(*v));
	if (v == NULL)
		return DECODE_NO_MEMORY;
	while (in.n > 0) {
		struct text value = text_cut(&in, ';'), name = text_trim(text_cut(&value, '='));

		value = text_trim(value);
		if (name.n == 0 || !is_cookie_value(name) || !is_cookie_value(value))
			continue;
		v[at++] = (struct param){ name, value };
	}
	*ret = (struct params){ v, at };
	return DECODE_FINE;
}
