/*
 * ladder: a set of small numbers taken out in order, when all that is put in lies beyond what was
 * taken last.  Three levels of bits: putting in and taking out are a few instructions, and an empty
 * stretch of 262,144 is skipped by one word.  It takes the place of a queue wherever a hierarchy is
 * climbed by rank.
 */
#pragma once

#include "engine/route/route.h"

struct ladder {
	uint64_t *bits, *words, *blocks; /* of 1, 64 and 4,096 numbers */
	uint32_t n_blocks;
};

/* For numbers below n; empty.  RC_OK, RC_NO_MEMORY. */
static inline enum rc
ladder_new(struct arena *mem, uint32_t n, struct ladder *ret)
{
	size_t words = n / 64 + 1, blocks = words / 64 + 1;

	ret->n_blocks = (uint32_t)(blocks / 64 + 1);
	ret->bits = arena_array(mem, words, sizeof(uint64_t));
	ret->words = arena_array(mem, blocks, sizeof(uint64_t));
	ret->blocks = arena_array(mem, ret->n_blocks, sizeof(uint64_t));
	return ret->bits == NULL || ret->words == NULL || ret->blocks == NULL ? RC_NO_MEMORY : RC_OK;
}

/* True when it was not in. */
static inline bool
ladder_put(struct ladder *l, uint32_t v)
{
	uint64_t bit = UINT64_C(1) << (v & 63);

	if ((l->bits[v >> 6] & bit) != 0)
		return false;
	l->bits[v >> 6] |= bit;
	l->words[v >> 12] |= UINT64_C(1) << (v >> 6 & 63);
	l->blocks[v >> 18] |= UINT64_C(1) << (v >> 12 & 63);
	return true;
}

/* Takes the lowest out; *from (0 at first) is where to look from.  False when it is empty. */
static inline bool
ladder_take(struct ladder *l, uint32_t *from, uint32_t *ret)
{
	uint32_t b = *from, w, i;

	while (b < l->n_blocks && l->blocks[b] == 0)
		b++;
	*from = b;
	if (b == l->n_blocks)
		return false;
	w = b * 64 + (uint32_t)__builtin_ctzll(l->blocks[b]);
	i = w * 64 + (uint32_t)__builtin_ctzll(l->words[w]);
	*ret = i * 64 + (uint32_t)__builtin_ctzll(l->bits[i]);
	l->bits[i] &= l->bits[i] - 1;
	if (l->bits[i] == 0) {
		l->words[w] &= l->words[w] - 1;
		if (l->words[w] == 0)
			l->blocks[b] &= l->blocks[b] - 1;
	}
	return true;
}
