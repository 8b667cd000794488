/* An automaton from its step: all states that are met, in the order of the first day before which they are. */
#include <string.h>

#include "engine/roster/roster_core_internal.h"

struct states {
	const struct core_grow *g;
	unsigned char *v;            /* keys, one after the other */
	uint32_t n, size;
	uint32_t *bucket, mask;      /* open hashing: place + 1 */
	uint32_t *next;              /* [state * n_letters + letter] while it grows */
};
#define UNSET (UINT32_MAX - 1)
#define REFUSED UINT32_MAX
#define STATES_MAX (1u << 20)

static const void *
state_at(const struct states *x, uint32_t s)
{
	return x->v + (size_t)s * x->g->key_bytes;
}

/* The number of a state, new or not; REFUSED when there is no room. */
static uint32_t
state_number(struct states *x, const void *key)
{
	uint32_t at = (uint32_t)text_hash((struct text){ key, x->g->key_bytes }) & x->mask;

	while (x->bucket[at] != 0) {
		if (memcmp(state_at(x, x->bucket[at] - 1), key, x->g->key_bytes) == 0)
			return x->bucket[at] - 1;
		at = (at + 1) & x->mask;
	}
	if (x->n == x->size)
		return REFUSED;
	memcpy(x->v + (size_t)x->n * x->g->key_bytes, key, x->g->key_bytes);
	for (uint32_t l = 0; l < x->g->n_letters; l++)
		x->next[(size_t)x->n * x->g->n_letters + l] = UNSET;
	x->bucket[at] = ++x->n;
	return x->n - 1;
}

static enum rc
state_next(struct states *x, uint32_t s, uint32_t letter)
{
	uint32_t *next = &x->next[(size_t)s * x->g->n_letters + letter];
	_Alignas(8) unsigned char key[CORE_KEY_MAX];

	if (*next != UNSET)
		return RC_OK;
	if (!x->g->step(x->g->arg, letter, state_at(x, s), key)) {
		*next = REFUSED;
		return RC_OK;
	}
	*next = state_number(x, key);
	return *next == REFUSED ? RC_TOO_LARGE : RC_OK;
}

static enum rc
states_grow(struct states *x, const uint32_t *first, const struct core_option *option, uint32_t n_days, uint32_t *reach)
{
	(void)state_number(x, x->g->start);
	for (uint32_t day = 0; day < n_days; day++) {
		reach[day] = x->n;
		for (uint32_t o = first[day]; o < first[day + 1]; o++)
			for (uint32_t s = 0; s < reach[day]; s++) {
				enum rc rc = state_next(x, s, option[o].letter);

				if (rc != RC_OK)
					return rc;
			}
	}
	reach[n_days] = x->n;
	return RC_OK;
}

static enum rc
states_new(struct arena *spare, struct states *x, uint32_t size)
{
	x->size = size;
	x->n = 0;
	x->mask = size * 2 - 1;
	x->v = arena_raw(spare, size, x->g->key_bytes);
	x->bucket = arena_array(spare, (size_t)size * 2, sizeof *x->bucket);
	x->next = arena_raw(spare, (size_t)size * x->g->n_letters, sizeof *x->next);
	return x->v == NULL || x->bucket == NULL || x->next == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc
core_grow(struct arena *spare, const struct core_grow *g, const struct core_option *option, uint32_t n_days,
    struct core_person *ret)
{
	struct states x = { .g = g };
	uint32_t *reach = arena_array(spare, n_days + 1, sizeof *reach), *next;
	int64_t *final;
	enum rc rc = reach == NULL ? RC_NO_MEMORY : RC_TOO_LARGE;

	for (uint32_t size = 1024; rc == RC_TOO_LARGE && size <= STATES_MAX; size *= 4) {
		rc = states_new(spare, &x, size);
		if (rc == RC_OK)
			rc = states_grow(&x, ret->first, option, n_days, reach);
	}
	if (rc != RC_OK)
		return rc;
	next = arena_raw(spare, (size_t)x.n * g->n_letters, sizeof *next);
	final = arena_raw(spare, x.n, sizeof *final);
	if (next == NULL || final == NULL)
		return RC_NO_MEMORY;
	for (uint32_t s = 0; s < x.n; s++) {
		final[s] = g->final(g->arg, state_at(&x, s));
		for (uint32_t l = 0; l < g->n_letters; l++) {
			uint32_t to = x.next[(size_t)s * g->n_letters + l];

			next[(size_t)l * x.n + s] = to >= UNSET ? x.n : to;
		}
	}
	ret->n_states = x.n;
	ret->n_letters = g->n_letters;
	ret->next = next;
	ret->final = final;
	ret->reach = reach;
	return RC_OK;
}
