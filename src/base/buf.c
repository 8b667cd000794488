#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/checked.h"

#define BUF_FIRST 256

void
buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max, .failed = RC_OK };
}

void
buf_free(struct buf *b)
{
	if (b == NULL)
		return;
	free(b->p);
	*b = (struct buf){ .max = b->max, .failed = RC_OK };
}

void
buf_reset(struct buf *b)
{
	b->n = 0;
	b->failed = RC_OK;
}

static bool
buf_fail(struct buf *b, enum rc rc)
{
	if (b->failed == RC_OK)
		b->failed = rc;
	return false;
}

/* Room for n more bytes. */
static bool
buf_reserve(struct buf *b, size_t n)
{
	size_t want, cap;
	char *p;

	if (b->failed != RC_OK)
		return false;
	if (size_add_overflows(b->n, n, &want) || want > b->max)
		return buf_fail(b, RC_TOO_LARGE);
	if (want <= b->cap && b->p != NULL)
		return true;
	cap = b->cap < BUF_FIRST ? BUF_FIRST : b->cap;
	while (cap < want)
		cap = cap > SIZE_MAX / 2 ? want : cap * 2;
	p = realloc(b->p, cap);
	if (p == NULL)
		return buf_fail(b, RC_NO_MEMORY);
	b->p = p;
	b->cap = cap;
	return true;
}

char *
buf_grow(struct buf *b, size_t n)
{
	char *p;

	if (!buf_reserve(b, n))
		return NULL;
	p = b->p + b->n;
	b->n += n;
	return p;
}

void
buf_add(struct buf *b, struct text t)
{
	char *p;

	if (t.n == 0)
		return;
	p = buf_grow(b, t.n);
	if (p != NULL)
		memcpy(p, t.p, t.n);
}

void
buf_char(struct buf *b, char c)
{
	buf_add(b, (struct text){ &c, 1 });
}

void
buf_int(struct buf *b, int64_t n)
{
	char digits[24], *p = digits + sizeof(digits);
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	do {
		*--p = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest != 0);
	if (n < 0)
		*--p = '-';
	buf_add(b, (struct text){ p, (size_t)(digits + sizeof(digits) - p) });
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	char *p;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0) {
		buf_fail(b, RC_INTERNAL);
		return;
	}
	/* vsnprintf ends with a NUL, which is no part of the bytes: one more for the moment. */
	if (b->failed != RC_OK)
		return;
	if ((size_t)n > b->max - b->n) {
		buf_fail(b, RC_TOO_LARGE);
		return;
	}
	b->max++;
	p = buf_grow(b, (size_t)n + 1);
	b->max--;
	if (p == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n--;
}

struct text
buf_text(const struct buf *b)
{
	return b->p == NULL ? TEXT_NONE : (struct text){ b->p, b->n };
}

enum rc
buf_rc(const struct buf *b)
{
	return b->failed;
}
