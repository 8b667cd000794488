/*
 * Plans: a few persons who meet in a row are taken out and planned anew, one after the other, first at
 * the prices of the bound with some noise, then at what it really costs beside the others.
 */
#include <assert.h>
#include <string.h>

#include "engine/roster/roster_core_internal.h"

#define PICKED_MAX 15u          /* run->picked has room for 16 */
#define AUCTION_ROUNDS 20u

static void
uses_add(struct core_run *run, uint32_t i, int32_t sign)
{
	const struct core *c = run->c;

	for (uint32_t day = 0; day < c->n_days; day++) {
		const struct core_option *o = &c->option[run->now.option[(size_t)i * c->n_days + day]];

		for (uint32_t u = 0; u < o->n_use; u++) {
			uint32_t r = c->use[o->use + u].row;

			run->now.count[r] += sign * c->use[o->use + u].amount;
			run->uses[(size_t)i * c->n_rows + r] += sign * c->use[o->use + u].amount;
		}
	}
}

/* What changes in the rows when a person is there or not. */
static int64_t
rows_cost(const struct core_run *run, const struct core_plan *plan)
{
	int64_t sum = 0;

	for (uint32_t r = 0; r < run->c->n_rows; r++)
		sum += core_row_cost(&run->c->row[r], plan->count[r]);
	return sum;
}

/*
 * Weights of person i's options beside the others.  Priced: what a row lacks is worth its price and
 * noise, not all that its lack would cost; somebody else may come for it.
 */
static void
weights_set(struct core_run *run, uint32_t i, bool priced)
{
	const struct core *c = run->c;
	const struct core_person *p = &c->person[i];

	for (uint32_t o = p->first[0]; o < p->first[c->n_days]; o++) {
		const struct core_option *x = &c->option[o];
		int64_t weight = (int64_t)x->cost * CORE_SCALE;

		for (uint32_t u = 0; u < x->n_use && weight < CORE_FAR; u++) {
			uint32_t r = c->use[x->use + u].row;
			const struct core_row *row = &c->row[r];
			int64_t before = run->now.count[r], after = before + c->use[x->use + u].amount;

			if (priced && after <= row->need)
				weight -= (run->price[r] + run->noise[r]) * c->use[x->use + u].amount;
			else if (after > row->need && row->over == CORE_NEVER)
				weight = CORE_FAR;
			else
				weight += (core_row_cost(row, after) - core_row_cost(row, before)) * CORE_SCALE;
		}
		run->walk.weight[o] = weight;
	}
}

int64_t
core_own_cost(const struct core *c, uint32_t i, const uint32_t *option)
{
	const struct core_person *p = &c->person[i];
	int64_t sum = 0;
	uint32_t s = 0;

	for (uint32_t day = 0; day < c->n_days; day++) {
		sum += c->option[option[day]].cost;
		s = p->next[(size_t)c->option[option[day]].letter * p->n_states + s];
	}
	return sum + p->final[s] / CORE_SCALE;
}

/* Person i, who is not counted in the rows, takes the best there is; false: there is no walk. */
static bool
person_place(struct core_run *run, uint32_t i, bool priced)
{
	const struct core *c = run->c;
	uint32_t *option = run->now.option + (size_t)i * c->n_days;

	weights_set(run, i, priced);
	if (core_walk_values(c, &run->walk, i) >= CORE_FAR / 2)
		return false;
	core_walk_take(c, &run->walk, i, option);
	run->now.own[i] = core_own_cost(c, i, option);
	uses_add(run, i, 1);
	return true;
}

static bool
person_again(struct core_run *run, uint32_t i)
{
	uses_add(run, i, -1);
	return person_place(run, i, false);
}

static void
counts_none(struct core_run *run)
{
	memset(run->now.count, 0, run->c->n_rows * sizeof *run->now.count);
	memset(run->uses, 0, (size_t)run->c->n_persons * run->c->n_rows * sizeof *run->uses);
}

static void
plan_keep(const struct core *c, struct core_plan *to, const struct core_plan *from)
{
	memcpy(to->option, from->option, (size_t)c->n_persons * c->n_days * sizeof *to->option);
	memcpy(to->own, from->own, c->n_persons * sizeof *to->own);
	memcpy(to->count, from->count, c->n_rows * sizeof *to->count);
	to->cost = from->cost;
}

static void
cost_again(struct core_run *run)
{
	int64_t sum = rows_cost(run, &run->now);

	for (uint32_t i = 0; i < run->c->n_persons; i++)
		sum += run->now.own[i];
	run->now.cost = sum;
}

/* Rows that lack something are worth more from round to round; false: none lacks. */
static bool
prices_raise(struct core_run *run)
{
	const struct core *c = run->c;
	bool any = false;

	for (uint32_t r = 0; r < c->n_rows; r++) {
		int64_t most = (int64_t)c->row[r].under * CORE_SCALE, *price = &run->price[r];

		if (run->now.count[r] >= c->row[r].need || *price >= most)
			continue;
		*price += *price / 2 + most / 512;
		*price = *price > most ? most : *price;
		any = true;
	}
	return any;
}

/* An auction (Bertsekas, Annals of OR 1988): prices of what lacks rise until somebody comes for it. */
static void
auction(struct core_run *run)
{
	for (uint32_t round = 0; round < AUCTION_ROUNDS && prices_raise(run); round++)
		for (uint32_t i = 0; i < run->c->n_persons; i++) {
			uses_add(run, i, -1);
			(void)person_place(run, i, true); /* it had a walk a moment ago */
		}
}

enum rc
core_plan_first(struct core_run *run, bool by_auction)
{
	const struct core *c = run->c;

	counts_none(run);
	memset(run->noise, 0, c->n_rows * sizeof *run->noise);
	for (uint32_t i = 0; i < c->n_persons; i++)
		if (!person_place(run, i, true)) {
			run->ret->stuck = i;
			return RC_REFUSED;
		}
	if (by_auction)
		auction(run);
	for (uint32_t i = 0; i < c->n_persons; i++)
		if (!person_again(run, i))
			return RC_INTERNAL;
	cost_again(run);
	if (run->best.cost > run->now.cost)
		plan_keep(c, &run->best, &run->now);
	return RC_OK;
}

/* A row where something is to be gained, more often than any. */
static uint32_t
row_pick(struct core_run *run)
{
	uint32_t r = run->lively[core_draw(&run->dice, run->n_lively)];

	for (uint32_t k = 0; k < 8 && core_draw(&run->dice, 4) == 0; k++) {
		uint32_t at = run->lively[core_draw(&run->dice, run->n_lively)];

		if (core_row_cost(&run->c->row[at], run->now.count[at]) > 0)
			return at;
	}
	return r;
}

/* Whoever uses the row now, from anywhere in its list. */
static uint32_t
user_pick(struct core_run *run, uint32_t r)
{
	uint32_t from = run->first_of_row[r], many = run->first_of_row[r + 1] - from;
	uint32_t begin = core_draw(&run->dice, many);

	for (uint32_t k = 0; k < many; k++) {
		uint32_t i = run->person_of_row[from + (begin + k) % many];

		if (run->in[i] == 0 && run->uses[(size_t)i * run->c->n_rows + r] > 0)
			return i;
	}
	return run->person_of_row[from + begin];
}

/* Somebody who could use it, most often one whom it would cost little. */
static uint32_t
other_pick(struct core_run *run, uint32_t r)
{
	uint32_t from = run->first_of_row[r], many = run->first_of_row[r + 1] - from;
	uint32_t within = 1 + core_draw(&run->dice, many);

	return run->person_of_row[from + core_draw(&run->dice, 1 + core_draw(&run->dice, within))];
}

static uint32_t
persons_pick(struct core_run *run, uint32_t want)
{
	const struct core *c = run->c;
	uint32_t n = 0, r = 0;

	want = want > c->n_persons ? c->n_persons : want;
	for (uint32_t guard = 0; n < want && guard < 64; guard++) {
		uint32_t i;

		if (guard % 3 == 0 && run->n_lively > 0)
			r = row_pick(run);
		if (run->n_lively == 0 || guard > 48 || run->first_of_row[r] == run->first_of_row[r + 1])
			i = core_draw(&run->dice, c->n_persons);
		else
			i = guard % 3 == 0 ? user_pick(run, r) : other_pick(run, r);
		if (c->person[i].n_states > run->states_many && core_draw(&run->dice, 4) != 0)
			continue; /* its turn takes as long as many others' */
		if (run->in[i] == 0) {
			run->in[i] = 1;
			run->picked[n++] = i;
		}
	}
	for (uint32_t k = 0; k < n; k++)
		run->in[run->picked[k]] = 0;
	return n;
}

static void
picked_out(struct core_run *run, uint32_t n)
{
	const struct core *c = run->c;

	for (uint32_t k = 0; k < n; k++) {
		memcpy(run->old + (size_t)k * c->n_days, run->now.option + (size_t)run->picked[k] * c->n_days,
		    c->n_days * sizeof *run->old);
		uses_add(run, run->picked[k], -1);
	}
}

static void
picked_back(struct core_run *run, uint32_t n, int64_t cost)
{
	const struct core *c = run->c;

	for (uint32_t k = 0; k < n; k++) {
		uint32_t i = run->picked[k];

		uses_add(run, i, -1);
		memcpy(run->now.option + (size_t)i * c->n_days, run->old + (size_t)k * c->n_days,
		    c->n_days * sizeof *run->old);
		run->now.own[i] = core_own_cost(c, i, run->now.option + (size_t)i * c->n_days);
		uses_add(run, i, 1);
	}
	run->now.cost = cost;
}

/* Noise up to a share of each price, or of what the row is about. */
static void
noise_draw(struct core_run *run)
{
	const struct core *c = run->c;
	uint32_t part = core_draw(&run->dice, 4);

	for (uint32_t r = 0; r < c->n_rows; r++) {
		int64_t about = run->price[r] < 0 ? -run->price[r] : run->price[r];
		int64_t wide = part == 0 ? 0 : (about + 2 * CORE_SCALE) / (INT64_C(1) << (4 - part));

		wide = wide > INT64_C(1) << 30 ? INT64_C(1) << 30 : wide;
		run->noise[r] = wide == 0 ? 0 : (int64_t)core_draw(&run->dice, (uint32_t)(2 * wide)) - wide;
	}
}

/* Staying away from what others need is always possible: whoever had a walk before has one now. */
static void
picked_in(struct core_run *run, uint32_t n)
{
	bool fine = true;

	for (uint32_t k = 0; k < n; k++)
		fine = person_place(run, run->picked[k], k + 1 < n) && fine;
	for (uint32_t k = 0; k < n; k++)
		fine = person_again(run, run->picked[k]) && fine;
	assert(fine);
}

static void
judge(struct core_run *run, uint32_t n, int64_t before, int64_t deviation)
{
	cost_again(run);
	if (run->now.cost < run->best.cost)
		plan_keep(run->c, &run->best, &run->now);
	else if (run->now.cost > before && run->now.cost > run->best.cost + deviation)
		picked_back(run, n, before);
}

static void
try_once(struct core_run *run, int64_t deviation)
{
	int64_t before = run->now.cost;
	uint32_t n = persons_pick(run, 2 + core_draw(&run->dice, PICKED_MAX - 1));

	picked_out(run, n);
	noise_draw(run);
	picked_in(run, n);
	judge(run, n, before, deviation);
}

void
core_search(struct core_run *run, uint32_t tries)
{
	int64_t wide = (run->best.cost - core_bound_of(run)) / 32 + 1;

	run->n_lively = 0;
	for (uint32_t r = 0; r < run->c->n_rows; r++)
		if (run->price[r] != 0)
			run->lively[run->n_lively++] = r;
	plan_keep(run->c, &run->now, &run->best);
	counts_none(run);
	for (uint32_t i = 0; i < run->c->n_persons; i++)
		uses_add(run, i, 1);
	for (uint32_t k = 0; k < tries && core_bound_of(run) < run->best.cost && !core_stopped(run); k++) {
		try_once(run, wide * (tries - k) / tries);
		run->ret->tries++;
	}
}
