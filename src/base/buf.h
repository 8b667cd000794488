/*
 * buf: bytes being written.  Grows on the heap up to a bound; a failed append is remembered and
 * every later one is ignored, so that a page is written without a check per line and checked once
 * at its end with buf_rc().
 */
#pragma once

#include "base/text.h"

struct buf {
	char *p;
	size_t n;     /* bytes written */
	size_t cap;   /* bytes owned */
	size_t max;   /* bound in bytes */
	enum rc failed; /* RC_OK, RC_TOO_LARGE or RC_NO_MEMORY */
};

void buf_init(struct buf *b, size_t max);
void buf_free(struct buf *b); /* leaves an empty buf; takes NULL */
void buf_reset(struct buf *b);
void buf_add(struct buf *b, struct text t);
void buf_char(struct buf *b, char c);
void buf_int(struct buf *b, int64_t n);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Grow by n bytes the caller fills; NULL (and failed) past the bound. */
char *buf_grow(struct buf *b, size_t n);
struct text buf_text(const struct buf *b); /* a view; valid until the next write */
enum rc buf_rc(const struct buf *b);
