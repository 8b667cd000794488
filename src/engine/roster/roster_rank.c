/* Whom would it cost how much to use a row?  The walks from both ends, at the prices of the bound. */
#include <stdlib.h>
#include <string.h>

#include "engine/roster/roster_core_internal.h"

struct loss { int64_t n; uint32_t person; };

/* Least weight of reaching each state before each day. */
static void
reached(const struct core *c, const struct core_walk *w, const struct core_person *p, int64_t *value)
{
	size_t wide = (size_t)p->n_states + 1;

	for (size_t k = 0; k < (c->n_days + 1) * wide; k++)
		value[k] = CORE_FAR;
	value[0] = 0;
	for (uint32_t day = 0; day < c->n_days; day++) {
		const int64_t *from = value + day * wide;
		int64_t *to = value + (day + 1) * wide;

		for (uint32_t o = p->first[day]; o < p->first[day + 1]; o++) {
			const uint32_t *next = p->next + (size_t)c->option[o].letter * p->n_states;

			for (uint32_t s = 0; s < p->reach[day]; s++) {
				int64_t t = from[s] + w->weight[o];

				to[next[s]] = t < to[next[s]] ? t : to[next[s]];
			}
		}
	}
}

/* The least weight of a walk that takes this option on its day. */
static int64_t
through(const struct core *c, const struct core_walk *w, const struct core_person *p, const int64_t *value,
    uint32_t day, uint32_t o)
{
	size_t wide = (size_t)p->n_states + 1;
	const uint32_t *next = p->next + (size_t)c->option[o].letter * p->n_states;
	const int64_t *from = value + day * wide, *to = w->value + (day + 1) * wide;
	int64_t best = CORE_FAR;

	for (uint32_t s = 0; s < p->reach[day]; s++) {
		int64_t t = from[s] + w->weight[o] + to[next[s]];

		best = t < best ? t : best;
	}
	return best;
}

static int
loss_compare(const void *x, const void *y)
{
	const struct loss *a = x, *b = y;

	if (a->n != b->n)
		return a->n < b->n ? -1 : 1;
	return (a->person > b->person) - (a->person < b->person);
}

/* Of person i for each row it can use, into loss[]: at[r] is where the row's next entry goes. */
static void
losses_of(struct core_run *run, uint32_t i, int64_t *value, struct loss *loss, int64_t *least)
{
	const struct core *c = run->c;
	const struct core_person *p = &c->person[i];

	core_priced(c, &run->walk, i, run->price);
	(void)core_walk_values(c, &run->walk, i);
	reached(c, &run->walk, p, value);
	for (uint32_t day = 0; day < c->n_days; day++)
		for (uint32_t o = p->first[day]; o < p->first[day + 1]; o++) {
			int64_t t = c->option[o].n_use == 0 ? 0 : through(c, &run->walk, p, value, day, o);

			for (uint32_t u = 0; u < c->option[o].n_use; u++) {
				uint32_t r = c->use[c->option[o].use + u].row;

				least[r] = t < least[r] ? t : least[r];
			}
		}
	for (uint32_t r = 0; r < c->n_rows; r++) {
		for (uint32_t k = run->first_of_row[r]; least[r] < CORE_FAR && k < run->first_of_row[r + 1]; k++)
			if (loss[k].person == i)
				loss[k].n = least[r] - run->walk.value[0];
		least[r] = CORE_FAR;
	}
}

enum rc
core_rank(struct core_run *run, struct arena *spare)
{
	const struct core *c = run->c;
	uint32_t n = run->first_of_row[c->n_rows];
	int64_t *value = arena_raw(spare, (size_t)(c->n_days + 1) * ((size_t)c->states_max + 1), sizeof *value);
	int64_t *least = arena_array(spare, c->n_rows + 1, sizeof *least);
	struct loss *loss = arena_array(spare, n + 1, sizeof *loss);

	if (value == NULL || least == NULL || loss == NULL)
		return RC_NO_MEMORY;
	for (uint32_t k = 0; k < n; k++)
		loss[k] = (struct loss){ CORE_FAR, run->person_of_row[k] };
	for (uint32_t r = 0; r < c->n_rows; r++)
		least[r] = CORE_FAR;
	for (uint32_t i = 0; i < c->n_persons; i++)
		losses_of(run, i, value, loss, least);
	for (uint32_t r = 0; r < c->n_rows; r++)
		qsort(loss + run->first_of_row[r], run->first_of_row[r + 1] - run->first_of_row[r], sizeof *loss, loss_compare);
	for (uint32_t k = 0; k < n; k++)
		run->person_of_row[k] = loss[k].person;
	return RC_OK;
}
