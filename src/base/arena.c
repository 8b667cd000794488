#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/checked.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
/* A gap that is never handed out, so that a write past an object is seen. */
#define ARENA_GAP 16
#define ARENA_HIDE(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define ARENA_SHOW(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define ARENA_GAP 0
#define ARENA_HIDE(p, n) ((void)0)
#define ARENA_SHOW(p, n) ((void)0)
#endif

#define ARENA_BLOCK ((size_t)32 * 1024)
#define ARENA_ALIGN _Alignof(max_align_t)
#define ARENA_LINE ((size_t)64)

struct block {
	struct block *next;
	size_t cap, n;
	max_align_t bytes[];
};

struct arena {
	struct block *blocks; /* the one being filled first */
	size_t bound, used;   /* used: as if all lay end to end, aligned */
};

static size_t
size_aligned(size_t n)
{
	return (n + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
}

static struct block *
block_create(size_t cap)
{
	struct block *b = malloc(sizeof(*b) + cap);

	if (b == NULL)
		return NULL;
	b->next = NULL;
	b->cap = cap;
	b->n = 0;
	ARENA_HIDE(b->bytes, cap);
	return b;
}

static void
block_free(struct block *b)
{
	ARENA_SHOW(b->bytes, b->cap);
	free(b);
}

struct arena *
arena_create(size_t bound)
{
	struct arena *a = calloc(1, sizeof(*a));

	if (a != NULL)
		a->bound = bound;
	return a;
}

void
arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	for (struct block *b = a->blocks, *next; b != NULL; b = next) {
		next = b->next;
		block_free(b);
	}
	free(a);
}

/* Keeps an ordinary block rather than one that was made for a single great object. */
void
arena_reset(struct arena *a)
{
	struct block *kept = NULL, *next;

	for (struct block *b = a->blocks; b != NULL; b = next) {
		next = b->next;
		if (kept == NULL && b->cap == ARENA_BLOCK)
			kept = b;
		else
			block_free(b);
	}
	if (kept != NULL) {
		kept->next = NULL;
		kept->n = 0;
		ARENA_HIDE(kept->bytes, kept->cap);
	}
	a->blocks = kept;
	a->used = 0;
}

/* A block with `room` free bytes; a great object gets one of its own, behind the current one. */
static struct block *
arena_block(struct arena *a, size_t room)
{
	struct block *b = a->blocks, *made;

	if (b != NULL && room <= b->cap - b->n)
		return b;
	made = block_create(room > ARENA_BLOCK ? room : ARENA_BLOCK);
	if (made == NULL)
		return NULL;
	if (b != NULL && room > ARENA_BLOCK / 4) {
		made->next = b->next;
		b->next = made;
	} else {
		made->next = b;
		a->blocks = made;
	}
	return made;
}

static void *
arena_take(struct arena *a, size_t size)
{
	size_t start = size_aligned(a->used);
	struct block *b;
	char *p;

	if (size == 0)
		size = 1;
	if (start < a->used || start > a->bound || size > a->bound - start || size > PTRDIFF_MAX / 2)
		return NULL;
	b = arena_block(a, size_aligned(size) + ARENA_GAP);
	if (b == NULL)
		return NULL;
	p = (char *)b->bytes + b->n;
	b->n += size_aligned(size) + ARENA_GAP;
	a->used = start + size;
	ARENA_SHOW(p, size);
	return p;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	void *p = arena_take(a, size);

	return p == NULL ? NULL : memset(p, 0, size);
}

void *
arena_array(struct arena *a, size_t count, size_t size)
{
	size_t n;

	return size_mul_overflows(count, size, &n) ? NULL : arena_alloc(a, n);
}

void *
arena_raw(struct arena *a, size_t count, size_t size)
{
	size_t n;
	char *p;

	if (size_mul_overflows(count, size, &n) || size_add_overflows(n, ARENA_LINE - 1, &n))
		return NULL;
	p = arena_take(a, n);
	return p == NULL ? NULL : p + (-(uintptr_t)p & (ARENA_LINE - 1));
}

struct text
arena_text(struct arena *a, struct text t)
{
	char *p = t.n == SIZE_MAX ? NULL : arena_alloc(a, t.n + 1);

	if (p == NULL)
		return (struct text){ NULL, 0 };
	if (t.n != 0)
		memcpy(p, t.p, t.n);
	return (struct text){ p, t.n };
}

struct text
arena_format(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p = NULL;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n >= 0)
		p = arena_alloc(a, (size_t)n + 1);
	if (p == NULL)
		return (struct text){ NULL, 0 };
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return (struct text){ p, (size_t)n };
}

size_t
arena_used(const struct arena *a)
{
	return a->used;
}
