/*
 * utf8: is this clean text, and how long is it for a person?  Checked at the door, once.
 * Pure.  Source: RFC 3629 (no overlong forms, no surrogates, nothing above U+10FFFF).
 */
#pragma once

#include "base/text.h"

enum utf8_fault {
	UTF8_FINE,
	UTF8_BROKEN,   /* not valid UTF-8 */
	UTF8_NUL,      /* holds U+0000 */
	UTF8_CONTROL,  /* holds a C0/C1 control, or a bidi override (U+202A–202E, U+2066–2069) */
};

/* First fault of t.  Tab, LF and CR pass only when `lines` is true. */
enum utf8_fault utf8_check(struct text t, bool lines);
/* Code points in valid UTF-8. */
size_t utf8_length(struct text t);
/* Longest prefix of at most `points` code points. */
struct text utf8_head(struct text t, size_t points);
/* Decode one code point at *at (valid UTF-8) and move *at past it; 0xFFFD on a broken byte. */
uint32_t utf8_next(struct text t, size_t *at);
