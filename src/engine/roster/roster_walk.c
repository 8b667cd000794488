/* The best month of one person against given weights, by dynamic programming over the automaton. */
#include <string.h>

#include "engine/roster/roster_core_internal.h"

enum rc
core_walk_new(struct arena *spare, const struct core *c, struct core_walk *ret)
{
	ret->value = arena_raw(spare, (size_t)(c->n_days + 1) * ((size_t)c->states_max + 1), sizeof *ret->value);
	ret->letter = arena_array(spare, c->letters_max, sizeof *ret->letter);
	ret->by = arena_array(spare, c->letters_max, sizeof *ret->by);
	ret->weight = arena_array(spare, c->n_options, sizeof *ret->weight);
	return ret->value == NULL || ret->letter == NULL || ret->by == NULL || ret->weight == NULL ?
	    RC_NO_MEMORY : RC_OK;
}

/* Of each letter of the day the cheapest option. */
static void
letters_of_day(const struct core *c, struct core_walk *w, const struct core_person *p, uint32_t day)
{
	for (uint32_t l = 0; l < p->n_letters; l++)
		w->letter[l] = CORE_FAR;
	for (uint32_t o = p->first[day]; o < p->first[day + 1]; o++) {
		uint32_t l = c->option[o].letter;

		if (w->weight[o] < w->letter[l]) {
			w->letter[l] = w->weight[o];
			w->by[l] = o;
		}
	}
}

int64_t
core_walk_values(const struct core *c, struct core_walk *w, uint32_t i)
{
	const struct core_person *p = &c->person[i];
	size_t wide = (size_t)p->n_states + 1;
	int64_t *last = w->value + c->n_days * wide;

	memcpy(last, p->final, p->n_states * sizeof *last);
	last[p->n_states] = CORE_FAR;
	for (uint32_t day = c->n_days; day-- > 0;) {
		const int64_t *to = w->value + (day + 1) * wide;
		int64_t *from = w->value + day * wide;
		uint32_t n = p->reach[day];

		letters_of_day(c, w, p, day);
		for (uint32_t s = 0; s <= p->n_states; s++)
			from[s] = CORE_FAR;
		for (uint32_t l = 0; l < p->n_letters; l++) {
			const uint32_t *next = p->next + (size_t)l * p->n_states;
			int64_t weight = w->letter[l];

			if (weight >= CORE_FAR)
				continue;
			for (uint32_t s = 0; s < n; s++) {
				int64_t t = to[next[s]] + weight;

				from[s] = t < from[s] ? t : from[s];
			}
		}
	}
	return w->value[0];
}

void
core_walk_take(const struct core *c, struct core_walk *w, uint32_t i, uint32_t *ret_option)
{
	const struct core_person *p = &c->person[i];
	size_t wide = (size_t)p->n_states + 1;
	uint32_t s = 0;

	for (uint32_t day = 0; day < c->n_days; day++) {
		const int64_t *from = w->value + day * wide, *to = from + wide;
		uint32_t took = p->n_letters;

		letters_of_day(c, w, p, day);
		for (uint32_t l = 0; l < p->n_letters && took == p->n_letters; l++)
			if (w->letter[l] < CORE_FAR &&
			    to[p->next[(size_t)l * p->n_states + s]] + w->letter[l] == from[s])
				took = l;
		ret_option[day] = w->by[took];
		s = p->next[(size_t)took * p->n_states + s];
	}
}

int64_t
core_cost(const struct core *c, const uint32_t *option, int32_t *count)
{
	int64_t sum = 0;

	memset(count, 0, c->n_rows * sizeof *count);
	for (uint32_t i = 0; i < c->n_persons; i++) {
		const struct core_person *p = &c->person[i];
		uint32_t s = 0;

		for (uint32_t day = 0; day < c->n_days; day++) {
			const struct core_option *o = &c->option[option[(size_t)i * c->n_days + day]];

			s = p->next[(size_t)o->letter * p->n_states + s];
			if (s == p->n_states)
				return CORE_FAR;
			sum += o->cost;
			for (uint32_t u = 0; u < o->n_use; u++)
				count[c->use[o->use + u].row] += c->use[o->use + u].amount;
		}
		if (p->final[s] >= CORE_FAR)
			return CORE_FAR;
		sum += p->final[s] / CORE_SCALE;
	}
	for (uint32_t r = 0; r < c->n_rows; r++) {
		int64_t cost = core_row_cost(&c->row[r], count[r]);

		if (cost >= CORE_FAR)
			return CORE_FAR;
		sum += cost;
	}
	return sum;
}
