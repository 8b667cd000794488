/* The automaton of a person's month: visits done, days to wait, windows, travel, weekends. */
#include <string.h>

#include "engine/roster/roster_build_internal.h"

struct state {
	uint8_t done[ROSTER_TASKS_MAX], wait[ROSTER_TASKS_MAX];
	uint16_t units, shift_minutes;
	uint8_t shifts, weekends;
};

struct states {
	struct build *b;
	const struct roster_person *p;
	struct state *v;
	uint32_t n, size;
	uint32_t *bucket, mask;      /* open hashing: place + 1 */
	uint32_t *next;              /* [state * n_letters + letter] while it grows */
};
#define UNSET (UINT32_MAX - 1)
#define REFUSED UINT32_MAX

static uint32_t
state_hash(const struct state *s)
{
	return (uint32_t)text_hash((struct text){ (const char *)s, sizeof *s });
}

/* The number of a state, new or not; REFUSED when there is no room. */
static uint32_t
state_number(struct states *x, const struct state *s)
{
	uint32_t at = state_hash(s) & x->mask;

	while (x->bucket[at] != 0) {
		if (memcmp(&x->v[x->bucket[at] - 1], s, sizeof *s) == 0)
			return x->bucket[at] - 1;
		at = (at + 1) & x->mask;
	}
	if (x->n == x->size)
		return REFUSED;
	x->v[x->n] = *s;
	for (uint32_t l = 0; l < x->b->n_letters; l++)
		x->next[(size_t)x->n * x->b->n_letters + l] = UNSET;
	x->bucket[at] = ++x->n;
	return x->n - 1;
}

static uint32_t
state_minutes(const struct states *x, const struct state *s)
{
	uint32_t sum = s->shift_minutes;

	for (uint32_t t = 0; t < x->b->n_tasks; t++)
		sum += s->done[t] * x->b->m->village[x->b->task[t].village].minutes;
	return sum;
}

static bool
trip_step(const struct states *x, const struct trip *trip, struct state *s)
{
	for (uint32_t k = 0; k < trip->n; k++) {
		const struct task *t = &x->b->task[trip->task[k]];

		if (s->wait[trip->task[k]] != 0 || s->done[trip->task[k]] == t->times)
			return false;
	}
	return true;
}

/* A day goes by: what was not visited is waited for a day less. */
static void
waits_pass(const struct states *x, const struct trip *trip, struct state *s)
{
	for (uint32_t t = 0; t < x->b->n_tasks; t++)
		s->wait[t] = (uint8_t)(s->wait[t] - (s->wait[t] > 0));
	for (uint32_t k = 0; trip != NULL && k < trip->n; k++) {
		uint32_t at = trip->task[k];
		const struct task *t = &x->b->task[at];

		s->done[at]++;
		s->wait[at] = s->done[at] < t->times ? (uint8_t)(x->b->m->village[t->village].spacing - 1) : 0;
	}
}

static bool
state_step(const struct states *x, const struct letter *l, const struct state *from, struct state *to)
{
	const struct trip *trip = l->trip == UINT32_MAX ? NULL : &x->b->trip[l->trip];
	bool counts = x->b->m->weights.travel_over > 0;

	*to = *from;
	if (trip != NULL && !trip_step(x, trip, to))
		return false;
	waits_pass(x, trip, to);
	to->weekends = (uint8_t)(to->weekends + l->weekend);
	if (counts)
		to->units = (uint16_t)(to->units + (trip != NULL ? trip->units : l->units));
	if (trip == NULL && l->minutes > 0) {
		to->shifts++;
		to->shift_minutes = (uint16_t)(to->shift_minutes + l->minutes);
	}
	return to->shifts <= x->p->shifts_max && to->weekends <= x->p->weekends_max &&
	    state_minutes(x, to) <= x->p->minutes_max;
}

/* All states that are met, in the order of the first day before which they are. */
static enum rc
states_grow(struct states *x, const struct core_person *person, uint32_t *reach)
{
	struct state s = { .units = 0 };
	uint32_t n_letters = x->b->n_letters;

	(void)state_number(x, &s);
	for (uint32_t day = 0; day < x->b->m->n_days; day++) {
		reach[day] = x->n;
		for (uint32_t o = person->first[day]; o < person->first[day + 1]; o++) {
			uint32_t l = x->b->option[o].letter;

			for (uint32_t at = 0; at < reach[day]; at++) {
				uint32_t *next = &x->next[(size_t)at * n_letters + l];

				if (*next != UNSET)
					continue;
				if (!state_step(x, &x->b->letter[l], &x->v[at], &s)) {
					*next = REFUSED;
					continue;
				}
				*next = state_number(x, &s);
				if (*next == REFUSED)
					return RC_TOO_LARGE;
			}
		}
	}
	reach[x->b->m->n_days] = x->n;
	return RC_OK;
}

static int64_t
state_price(const struct states *x, const struct state *s)
{
	const struct roster_month *m = x->b->m;
	struct roster_totals t = { state_minutes(x, s), s->units, s->shifts, s->weekends };
	int64_t by[ROSTER_COSTS] = { 0 }, sum = 0;

	roster_totals_cost(m, x->p, &t, by);
	by[ROSTER_TRAVEL] = 0; /* the options have it */
	for (int c = 0; c < ROSTER_COSTS; c++)
		sum += by[c];
	for (uint32_t k = 0; k < x->b->n_tasks; k++)
		if (x->b->task[k].slot == UINT32_MAX)
			sum += (int64_t)(x->b->task[k].times - s->done[k]) * m->weights.open_visit;
	return sum * CORE_SCALE;
}

static enum rc
states_new(struct arena *spare, struct states *x, uint32_t size)
{
	x->size = size;
	x->n = 0;
	x->mask = size * 2 - 1;
	x->v = arena_raw(spare, size, sizeof *x->v);
	x->bucket = arena_array(spare, (size_t)size * 2, sizeof *x->bucket);
	x->next = arena_raw(spare, (size_t)size * x->b->n_letters, sizeof *x->next);
	return x->v == NULL || x->bucket == NULL || x->next == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc
build_automaton(struct arena *spare, struct build *b, uint32_t person, struct core_person *ret)
{
	struct states x = { .b = b, .p = &b->m->person[person] };
	uint32_t *reach = arena_array(spare, b->m->n_days + 1, sizeof *reach), *next;
	int64_t *final;
	enum rc rc = reach == NULL ? RC_NO_MEMORY : RC_TOO_LARGE;

	for (uint32_t size = 1024; rc == RC_TOO_LARGE && size <= STATES_MAX; size *= 4) {
		rc = states_new(spare, &x, size);
		if (rc == RC_OK)
			rc = states_grow(&x, ret, reach);
	}
	if (rc != RC_OK)
		return rc;
	next = arena_raw(spare, (size_t)x.n * b->n_letters, sizeof *next);
	final = arena_raw(spare, x.n, sizeof *final);
	if (next == NULL || final == NULL)
		return RC_NO_MEMORY;
	for (uint32_t s = 0; s < x.n; s++) {
		final[s] = state_price(&x, &x.v[s]);
		for (uint32_t l = 0; l < b->n_letters; l++) {
			uint32_t to = x.next[(size_t)s * b->n_letters + l];

			next[(size_t)l * x.n + s] = to >= UNSET ? x.n : to;
		}
	}
	ret->n_states = x.n;
	ret->next = next;
	ret->final = final;
	ret->reach = reach;
	return RC_OK;
}
