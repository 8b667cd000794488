/* The automaton of a person's month: visits done, days to wait, windows, travel, weekends. */
#include <string.h>

#include "engine/roster/roster_build_internal.h"

struct state {
	uint8_t done[ROSTER_TASKS_MAX], wait[ROSTER_TASKS_MAX];
	uint16_t halves, shift_minutes;
	uint8_t shifts, weekends;
};

struct states {
	struct build *b;
	const struct roster_person *p;
};

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
state_step(const void *arg, uint32_t letter, const void *was, void *ret)
{
	const struct states *x = arg;
	const struct letter *l = &x->b->letter[letter];
	const struct state *from = was;
	struct state *to = ret;
	const struct trip *trip = l->trip == UINT32_MAX ? NULL : &x->b->trip[l->trip];
	bool counts = x->b->m->weights.travel_over > 0;

	*to = *from;
	if (trip != NULL && !trip_step(x, trip, to))
		return false;
	waits_pass(x, trip, to);
	to->weekends = (uint8_t)(to->weekends + l->weekend);
	if (counts)
		to->halves = (uint16_t)(to->halves + (trip != NULL ? trip->halves : l->halves));
	if (trip == NULL && l->minutes > 0) {
		to->shifts++;
		to->shift_minutes = (uint16_t)(to->shift_minutes + l->minutes);
	}
	return to->shifts <= x->p->shifts_max && to->weekends <= x->p->weekends_max &&
	    state_minutes(x, to) <= x->p->minutes_max;
}

static int64_t
state_price(const void *arg, const void *state)
{
	const struct states *x = arg;
	const struct state *s = state;
	const struct roster_month *m = x->b->m;
	struct roster_totals t = { state_minutes(x, s), 0, s->halves, s->shifts, s->weekends };
	int64_t by[ROSTER_COSTS] = { 0 }, sum = 0;

	roster_totals_cost(m, x->p, &t, by); /* travel by units: the options have it */
	for (int c = 0; c < ROSTER_COSTS; c++)
		sum += by[c];
	for (uint32_t k = 0; k < x->b->n_tasks; k++)
		if (x->b->task[k].slot == UINT32_MAX)
			sum += (int64_t)(x->b->task[k].times - s->done[k]) * m->weights.open_visit;
	return sum * CORE_SCALE;
}

enum rc
build_automaton(struct arena *spare, struct build *b, uint32_t person, struct core_person *ret)
{
	struct states x = { b, &b->m->person[person] };
	struct state start = { .halves = 0 };
	struct core_grow g = { .key_bytes = sizeof start, .n_letters = b->n_letters, .arg = &x, .start = &start,
		.step = state_step, .final = state_price };

	_Static_assert(sizeof start <= CORE_KEY_MAX, "a key has room");
	return core_grow(spare, &g, b->option, b->m->n_days, ret);
}
