/*
 * text: what are these bytes?  A read-only view of UTF-8 bytes, not NUL-terminated, not owned.
 * Pure; no allocation.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"

struct text {
	const char *p;
	size_t n; /* bytes */
};

#define TEXT(lit) ((struct text){ .p = "" lit "", .n = sizeof(lit) - 1 })
#define TEXT_INIT(lit) { .p = "" lit "", .n = sizeof(lit) - 1 } /* for static initialisers */
#define TEXT_NONE ((struct text){ .p = "", .n = 0 })

/* View of a NUL-terminated string; NULL gives the empty text. */
struct text text_of(const char *s);
bool text_is_empty(struct text t);
bool text_equals(struct text a, struct text b);
/* Byte order; negative, 0 or positive. */
int text_compare(struct text a, struct text b);
bool text_starts_with(struct text t, struct text prefix);
bool text_ends_with(struct text t, struct text suffix);
bool text_contains(struct text t, struct text part);
/* Without leading and trailing ASCII white space and U+3000 (the ideographic space). */
struct text text_trim(struct text t);
/* Cut *rest at the first `sep`: returns what stood before it and leaves what follows in *rest.
 * Without a separator returns all and leaves *rest empty. */
struct text text_cut(struct text *rest, char sep);
/* 64-bit FNV-1a; for tables in memory, never for secrets. */
uint64_t text_hash(struct text t);
/* Whole text as a decimal number (optional sign, ASCII digits only).  RC_INVALID when it is not
 * one or lies outside min..max; *ret is then untouched. */
enum rc int64_parse(struct text t, int64_t min, int64_t max, int64_t *ret);
/* "5,900,000" into out. */
struct text int64_grouped(int64_t n, char out[static 32]);
