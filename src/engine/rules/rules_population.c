/* rules_population: what is known of many cases, a column for each input. */
#include "engine/rules/rules_batch_internal.h"

#include <string.h>

static void *
taken(struct rules_population *p, size_t count, size_t size)
{
	void *v = arena_array(p->mem, count == 0 ? 1 : count, size);

	if (v != NULL)
		p->bytes += count * size;
	return v;
}

enum rc
rules_population_new(struct arena *mem, const struct rules *r, size_t n, struct rules_population **ret)
{
	struct rules_population *p = ARENA_NEW(mem, struct rules_population);

	if (p == NULL)
		return RC_NO_MEMORY;
	*p = (struct rules_population){ .mem = mem, .rules = r, .n = n,
		.input = arena_array(mem, r->package.n_inputs + 1, sizeof *p->input),
		.list = arena_array(mem, r->package.n_lists + 1, sizeof *p->list) };
	if (p->input == NULL || p->list == NULL)
		return RC_NO_MEMORY;
	*ret = p;
	return RC_OK;
}

size_t
rules_population_rows(const struct rules_population *p)
{
	return p->n;
}

size_t
rules_population_bytes(const struct rules_population *p)
{
	return p->bytes;
}

size_t
rules_population_items(const struct rules_population *p, int list)
{
	return p->list[list].n_items;
}

static enum rules_width
width_of(const struct rules_input *in)
{
	uint64_t span = (uint64_t)in->most - (uint64_t)in->least;

	return span <= UINT8_MAX ? WIDTH_8 : span <= UINT16_MAX ? WIDTH_16 : span <= UINT32_MAX ? WIDTH_32 : WIDTH_64;
}

static void
store(const struct rules_stored *s, size_t at, int64_t value)
{
	uint64_t n = (uint64_t)value - (uint64_t)s->least;

	switch (s->width) {
	case WIDTH_8:
		((uint8_t *)s->value)[at] = (uint8_t)n;
		break;
	case WIDTH_16:
		((uint16_t *)s->value)[at] = (uint16_t)n;
		break;
	case WIDTH_32:
		((uint32_t *)s->value)[at] = (uint32_t)n;
		break;
	case WIDTH_64:
		((uint64_t *)s->value)[at] = n;
		break;
	case WIDTH_NONE:
		break;
	}
}

/* Room for all of a column; what is not set yet is missing, or has the preset value. */
static enum rc
column_begin(struct rules_population *p, const struct rules_input *in, struct rules_stored *s, size_t all, bool some_missing)
{
	static const size_t size[] = { [WIDTH_8] = 1, [WIDTH_16] = 2, [WIDTH_32] = 4, [WIDTH_64] = 8 };

	if (s->width == WIDTH_NONE) {
		enum rules_width w = width_of(in);

		s->least = in->least;
		s->value = taken(p, all, size[w]);
		if (s->value == NULL)
			return RC_NO_MEMORY;
		s->width = w;
		for (size_t i = 0; i < all && in->has_default && in->preset != in->least; i++)
			store(s, i, in->preset);
	} else if (s->missing != NULL) {
		some_missing = false;
	}
	if (!some_missing || in->has_default)
		return RC_OK;
	s->missing = taken(p, all / 64 + 1, sizeof *s->missing);
	if (s->missing == NULL)
		return RC_NO_MEMORY;
	return RC_OK;
}

static bool
is_missing(const struct rules_stored *s, size_t at)
{
	return s->missing != NULL && (s->missing[at / 64] >> (at % 64) & 1) != 0;
}

static void
missing_set(struct rules_stored *s, size_t at, bool missing)
{
	if (is_missing(s, at) == missing)
		return;
	s->missing[at / 64] ^= UINT64_C(1) << (at % 64);
	s->n_missing += missing ? 1 : (size_t)-1;
}

static enum rc
column_set(struct rules_population *p, int input, size_t all, size_t from, size_t n, const int64_t *value,
    const uint8_t *missing, size_t *ret_bad)
{
	const struct rules_input *in = &p->rules->package.input[input];
	struct rules_stored *s = &p->input[input];
	bool first = s->width == WIDTH_NONE, some = first && n < all;
	enum rc rc;

	if (from > all || n > all - from)
		return RC_NOT_FOUND;
	for (size_t i = 0; missing != NULL && !some && i < n; i++)
		some = missing[i] != 0;
	rc = column_begin(p, in, s, all, some);
	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; first && s->missing != NULL && i < all; i++)
		missing_set(s, i, true);
	for (size_t i = 0; i < n; i++) {
		bool absent = missing != NULL && missing[i] != 0;

		if (!absent && (value[i] < in->least || value[i] > in->most)) {
			if (ret_bad != NULL)
				*ret_bad = i;
			return RC_INVALID;
		}
		store(s, from + i, absent ? (in->has_default ? in->preset : in->least) : value[i]);
		if (s->missing != NULL)
			missing_set(s, from + i, absent);
	}
	return RC_OK;
}

enum rc
rules_population_set(struct rules_population *p, int input, size_t from, size_t n, const int64_t *value,
    const uint8_t *missing, size_t *ret_bad)
{
	if (input < 0 || (size_t)input >= p->rules->package.n_inputs || p->rules->package.input[input].list >= 0)
		return RC_NOT_FOUND;
	return column_set(p, input, p->n, from, n, value, missing, ret_bad);
}

enum rc
rules_population_list(struct rules_population *p, int list, const uint8_t *count, size_t *ret_bad)
{
	struct rules_stored_list *l = &p->list[list];
	bool default_none;
	int most;

	if (list < 0 || (size_t)list >= p->rules->package.n_lists || l->count != NULL)
		return RC_NOT_FOUND;
	most = p->rules->package.list[list].most;
	default_none = p->rules->package.list[list].empty_by_default;
	for (size_t i = 0; i < p->n; i++)
		if (count[i] > most && count[i] != RULES_LIST_NOT_GIVEN) {
			if (ret_bad != NULL)
				*ret_bad = i;
			return RC_INVALID;
		}
	l->first = taken(p, p->n / RULES_COUNT_GROUP + 1, sizeof *l->first);
	l->count = taken(p, p->n, sizeof *l->count);
	if (l->first == NULL || l->count == NULL)
		return RC_NO_MEMORY;
	l->n_items = 0;
	for (size_t i = 0; i < p->n; i++) {
		if (i % RULES_COUNT_GROUP == 0)
			l->first[i / RULES_COUNT_GROUP] = l->n_items;
		l->count[i] = count[i] == RULES_LIST_NOT_GIVEN && default_none ? 0 : count[i];
		l->n_items += count[i] == RULES_LIST_NOT_GIVEN ? 0 : count[i];
	}
	return RC_OK;
}

enum rc
rules_population_field(struct rules_population *p, int field, size_t from, size_t n, const int64_t *value,
    const uint8_t *missing, size_t *ret_bad)
{
	int list;

	if (field < 0 || (size_t)field >= p->rules->package.n_inputs)
		return RC_NOT_FOUND;
	list = p->rules->package.input[field].list;
	if (list < 0 || p->list[list].count == NULL)
		return RC_NOT_FOUND;
	return column_set(p, field, p->list[list].n_items, from, n, value, missing, ret_bad);
}

/* ---- into registers -------------------------------------------------------------------------------------- */

#define DECODE(type) do { \
	const type *v = (const type *)s->value + w->row; \
	for (int i = 0; i < w->n; i++) \
		r->n[i] = (int64_t)((uint64_t)v[i] + (uint64_t)s->least); \
} while (0)

/* Behind the last row that row again. */
static void
repeat_last(const struct rules_work *w, struct rules_lane *r)
{
	for (int i = w->n; i < RULES_BLOCK; i++)
		r->n[i] = r->n[w->n - 1];
	for (int i = w->n; !r->clean && i < RULES_BLOCK; i++)
		r->s[i] = r->s[w->n - 1];
}

static void
constant(const struct rules_input *in, struct rules_lane *r)
{
	r->clean = in->has_default;
	for (int i = 0; i < RULES_BLOCK; i++)
		r->n[i] = in->has_default ? in->preset : 0;
	for (int i = 0; !r->clean && i < RULES_BLOCK; i++)
		r->s[i] = LANE_MISSING;
}

RULES_HOT void
rules_lane_input(struct rules_work *w, const struct rules_instr *in)
{
	const struct rules_stored *s = &w->p->input[in->node->ref];
	struct rules_lane *r = &w->lane[in->r];

	switch (s->width) {
	case WIDTH_NONE:
		constant(&w->k->input[in->node->ref], r);
		return;
	case WIDTH_8:
		DECODE(uint8_t);
		break;
	case WIDTH_16:
		DECODE(uint16_t);
		break;
	case WIDTH_32:
		DECODE(uint32_t);
		break;
	case WIDTH_64:
		DECODE(uint64_t);
		break;
	}
	r->clean = s->n_missing == 0;
	for (int i = 0; !r->clean && i < w->n; i++)
		r->s[i] = is_missing(s, w->row + (size_t)i) ? LANE_MISSING : 0;
	repeat_last(w, r);
	rules_lane_settle(r);
}

#define GATHER(type) do { \
	const type *v = s->value; \
	if (all) \
		for (int i = 0; i < RULES_BLOCK; i++) \
			r->n[i] = (int64_t)((uint64_t)v[l->first[i] + k] + (uint64_t)s->least); \
	else \
		for (int i = 0; i < RULES_BLOCK; i++) \
			r->n[i] = l->items[i] > l->slot ? (int64_t)((uint64_t)v[l->first[i] + k] + (uint64_t)s->least) : s->least; \
} while (0)

/* The current item of each row; rows without one get a value within the bounds. */
RULES_HOT void
rules_lane_field(struct rules_work *w, const struct rules_instr *in)
{
	const struct rules_stored *s = &w->p->input[in->node->ref];
	const struct rules_slots *l = &w->slots[in->node->list];
	struct rules_lane *r = &w->lane[in->r];
	uint64_t k = (uint64_t)l->slot;
	bool all = l->least > l->slot;

	switch (s->width) {
	case WIDTH_NONE:
		constant(&w->k->input[in->node->ref], r);
		return;
	case WIDTH_8:
		GATHER(uint8_t);
		break;
	case WIDTH_16:
		GATHER(uint16_t);
		break;
	case WIDTH_32:
		GATHER(uint32_t);
		break;
	case WIDTH_64:
		GATHER(uint64_t);
		break;
	}
	r->clean = s->n_missing == 0;
	for (int i = 0; !r->clean && i < RULES_BLOCK; i++)
		r->s[i] = l->items[i] > l->slot && is_missing(s, l->first[i] + k) ? LANE_MISSING : 0;
	rules_lane_settle(r);
}

#define ITEMS_SUM(type) do { \
	const type *v = s->value; \
	for (int i = 0; i < w->n; i++) { \
		const type *item = v + l->first[i]; \
		uint64_t sum = 0; \
		for (int k = 0; k < l->items[i]; k++) \
			sum += item[k]; \
		r->n[i] = (int64_t)(sum + (uint64_t)s->least * (uint64_t)l->items[i]); \
	} \
} while (0)

RULES_HOT void
rules_lane_field_sum(struct rules_work *w, const struct rules_node *field, bool rest, struct rules_lane *r)
{
	const struct rules_stored *s = &w->p->input[field->ref];
	const struct rules_slots *l = &w->slots[field->list];

	switch (s->width) {
	case WIDTH_NONE:
		return;
	case WIDTH_8:
		ITEMS_SUM(uint8_t);
		break;
	case WIDTH_16:
		ITEMS_SUM(uint16_t);
		break;
	case WIDTH_32:
		ITEMS_SUM(uint32_t);
		break;
	case WIDTH_64:
		ITEMS_SUM(uint64_t);
		break;
	}
	for (int i = 0; rest && i < w->n; i++)
		r->n[i] = l->items[i] - r->n[i];
	r->clean = true;
	repeat_last(w, r);
}

RULES_HOT void
rules_slots_load(struct rules_work *w, int list)
{
	const struct rules_stored_list *l = &w->p->list[list];
	struct rules_slots *s = &w->slots[list];
	bool none = l->count == NULL && !w->k->list[list].empty_by_default;
	size_t row = w->row / RULES_COUNT_GROUP * RULES_COUNT_GROUP;
	uint64_t at = l->count == NULL ? 0 : l->first[row / RULES_COUNT_GROUP];

	s->any_not_given = none;
	for (; l->count != NULL && row < w->row; row++)
		at += l->count[row] == RULES_LIST_NOT_GIVEN ? 0 : l->count[row];
	s->least = s->most = -1;
	for (int i = 0; i < RULES_BLOCK; i++) {
		int n = l->count == NULL ? 0 : l->count[w->row + (size_t)(i < w->n ? i : w->n - 1)];

		s->not_given[i] = none || n == RULES_LIST_NOT_GIVEN;
		s->any_not_given |= s->not_given[i];
		n = s->not_given[i] ? 0 : n;
		s->items[i] = (int16_t)n;
		s->first[i] = i < w->n ? at : s->first[w->n - 1];
		at += i < w->n ? (uint64_t)n : 0;
		s->least = i == 0 || n < s->least ? n : s->least;
		s->most = n > s->most ? n : s->most;
	}
}
