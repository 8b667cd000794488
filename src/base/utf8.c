#include "base/utf8.h"

#define BROKEN UINT32_MAX

/* Bytes that a first byte announces; 0 for a byte that cannot stand first. */
static size_t
utf8_width(unsigned char c)
{
	if (c < 0x80)
		return 1;
	if (c >= 0xC2 && c <= 0xDF)
		return 2;
	if (c >= 0xE0 && c <= 0xEF)
		return 3;
	return c >= 0xF0 && c <= 0xF4 ? 4 : 0;
}

/* One code point at `at`, its width in *ret_width; BROKEN with width 1 when there is none. */
static uint32_t
utf8_decode(struct text t, size_t at, size_t *ret_width)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	static const unsigned char mask[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	unsigned char first = (unsigned char)t.p[at];
	size_t width = utf8_width(first);
	uint32_t c;

	*ret_width = 1;
	if (width == 0 || width > t.n - at)
		return BROKEN;
	c = first & mask[width];
	for (size_t i = 1; i < width; i++) {
		unsigned char next = (unsigned char)t.p[at + i];

		if ((next & 0xC0) != 0x80)
			return BROKEN;
		c = c << 6 | (next & 0x3FU);
	}
	if (c < least[width] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return BROKEN;
	*ret_width = width;
	return c;
}

static enum utf8_fault
code_point_fault(uint32_t c, bool lines)
{
	if (c == BROKEN)
		return UTF8_BROKEN;
	if (c == 0)
		return UTF8_NUL;
	if (lines && (c == '\t' || c == '\n' || c == '\r'))
		return UTF8_FINE;
	if (c < 0x20 || (c >= 0x7F && c <= 0x9F))
		return UTF8_CONTROL;
	if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069))
		return UTF8_CONTROL;
	return UTF8_FINE;
}

enum utf8_fault
utf8_check(struct text t, bool lines)
{
	size_t width;

	for (size_t at = 0; at < t.n; at += width) {
		enum utf8_fault fault = code_point_fault(utf8_decode(t, at, &width), lines);

		if (fault != UTF8_FINE)
			return fault;
	}
	return UTF8_FINE;
}

size_t
utf8_length(struct text t)
{
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++)
		n += ((unsigned char)t.p[i] & 0xC0) != 0x80;
	return n;
}

struct text
utf8_head(struct text t, size_t points)
{
	size_t at = 0;

	while (points > 0 && at < t.n) {
		utf8_next(t, &at);
		points--;
	}
	return (struct text){ t.p, at };
}

uint32_t
utf8_next(struct text t, size_t *at)
{
	size_t width;
	uint32_t c;

	if (*at >= t.n)
		return 0xFFFD;
	c = utf8_decode(t, *at, &width);
	*at += width;
	return c == BROKEN ? 0xFFFD : c;
}
