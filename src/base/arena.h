/*
 * arena: memory that lives as long as a request or a job, with a byte bound.  What is in it nobody
 * frees.  Not thread-safe: one arena belongs to one request at a time.
 */
#pragma once

#include "base/text.h"

struct arena;

/* An arena that will hand out at most `bound` bytes; NULL when memory is out. */
struct arena *arena_create(size_t bound);
void arena_free(struct arena *a); /* takes NULL */
/* Forget everything handed out, keep one block for reuse. */
void arena_reset(struct arena *a);
/* Zeroed, aligned for any type; NULL past the bound. */
void *arena_alloc(struct arena *a, size_t size);
void *arena_array(struct arena *a, size_t count, size_t size); /* overflow-checked */
/*
 * For great arrays that are written before they are read: not zeroed, aligned to 64 bytes (a cache
 * line, a vector).  Pages that are never touched cost nothing but the bound.  NULL past the bound.
 */
void *arena_raw(struct arena *a, size_t count, size_t size);
/* NUL-terminated copy; p is NULL past the bound. */
struct text arena_text(struct arena *a, struct text t);
/* printf into the arena; p is NULL past the bound. */
struct text arena_format(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
size_t arena_used(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
