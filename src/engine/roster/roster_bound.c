/*
 * The bound: what persons share is priced, each takes the best month at these prices (Lagrangian
 * relaxation).  Any prices give a bound that holds, since all is in integers.  They are found by
 * incremental subgradients: after each person they move a little against what it took (Nedić and
 * Bertsekas, SIAM J. Optimization 2001).  Their mean over a stretch of sweeps is tried, and the next
 * stretch begins there with half the step (averages: Polyak and Juditsky, SIAM J. Control 1992).
 */
#include <string.h>

#include "engine/roster/roster_core_internal.h"

#define FAR 6                    /* part of the price */
#define CLIMBS 4u                /* far from the plan it is tried again, with bolder steps */
#define SWEEPS 6u                /* of a stretch */
#define GAIN 32                  /* a stretch that gains more than one part of so many is followed by one as bold */
#define PART 4096                /* prices move in 1 / PART of their unit */
#define STEP_LEAST (PART * CORE_SCALE / 400)
#define HARD_PRICE (INT64_C(1) << 34)

void
core_priced(const struct core *c, struct core_walk *w, uint32_t i, const int64_t *price)
{
	const struct core_person *p = &c->person[i];

	for (uint32_t o = p->first[0]; o < p->first[c->n_days]; o++) {
		const struct core_option *x = &c->option[o];
		int64_t weight = (int64_t)x->cost * CORE_SCALE;

		for (uint32_t u = 0; u < x->n_use; u++)
			weight -= price[c->use[x->use + u].row] * c->use[x->use + u].amount;
		w->weight[o] = weight;
	}
}

int64_t
core_relaxed(struct core_run *run, const int64_t *price)
{
	const struct core *c = run->c;
	int64_t sum = 0;

	for (uint32_t i = 0; i < c->n_persons; i++) {
		core_priced(c, &run->walk, i, price);
		sum += core_walk_values(c, &run->walk, i);
	}
	for (uint32_t r = 0; r < c->n_rows; r++)
		sum += price[r] * c->row[r].need;
	return sum;
}

int64_t
core_bound_of(const struct core_run *run)
{
	int64_t b = run->bound_scaled;

	return b >= 0 ? (b + CORE_SCALE - 1) / CORE_SCALE : -(-b / CORE_SCALE);
}

struct ascent {
	int64_t *fine, *price, *sum;     /* prices in 1 / PART, prices, sums of fine */
	uint32_t *option;
	int64_t step;
};

/* One person has taken these options: what it used gets cheaper, what is needed a little dearer. */
static void
prices_move(const struct core *c, struct ascent *a)
{
	for (uint32_t day = 0; day < c->n_days; day++) {
		const struct core_option *o = &c->option[a->option[day]];

		for (uint32_t u = 0; u < o->n_use; u++)
			a->fine[c->use[o->use + u].row] -= a->step * c->use[o->use + u].amount;
	}
	for (uint32_t r = 0; r < c->n_rows; r++) {
		const struct core_row *row = &c->row[r];
		int64_t least = row->over == CORE_NEVER ? -HARD_PRICE : -(int64_t)row->over * CORE_SCALE;
		int64_t most = (int64_t)row->under * CORE_SCALE, *fine = &a->fine[r];

		*fine += a->step * row->need / c->n_persons;
		*fine = *fine < least * PART ? least * PART : *fine > most * PART ? most * PART : *fine;
		a->price[r] = *fine / PART;
	}
}

/* So many sweeps over all persons; afterwards price and fine are the mean on the way. */
static void
stretch_walk(struct core_run *run, struct ascent *a, uint32_t sweeps)
{
	const struct core *c = run->c;

	memset(a->sum, 0, c->n_rows * sizeof *a->sum);
	for (uint32_t k = 0; k < sweeps; k++) {
		for (uint32_t i = 0; i < c->n_persons; i++) {
			core_priced(c, &run->walk, i, a->price);
			(void)core_walk_values(c, &run->walk, i);
			core_walk_take(c, &run->walk, i, a->option);
			prices_move(c, a);
		}
		for (uint32_t r = 0; r < c->n_rows; r++)
			a->sum[r] += a->fine[r] / sweeps;
		run->ret->steps++;
	}
	for (uint32_t r = 0; r < c->n_rows; r++) {
		a->price[r] = a->sum[r] / PART;
		a->fine[r] = a->price[r] * PART;
	}
}

/* What a price is about, in 1 / PART: the mean of those that there are. */
static int64_t
price_mean(const struct core_run *run)
{
	int64_t sum = 0, n = 1;

	for (uint32_t r = 0; r < run->c->n_rows; r++)
		if (run->price[r] > 0) {
			sum += run->price[r];
			n++;
		}
	return sum * PART / n;
}

/* Stretches with steps from this one on, halved whenever a stretch brings little. */
static void
ascend(struct core_run *run, struct ascent *a, int64_t step, int64_t upper)
{
	const struct core *c = run->c;
	uint32_t sweeps = run->limits.sweeps == 0 ? SWEEPS : run->limits.sweeps;

	for (uint32_t r = 0; r < c->n_rows; r++) {
		a->price[r] = run->price[r];
		a->fine[r] = a->price[r] * PART;
	}
	a->step = step;
	while (run->ret->steps < run->limits.steps && a->step > STEP_LEAST && core_bound_of(run) < upper && !core_stopped(run)) {
		int64_t found;

		stretch_walk(run, a, sweeps);
		found = core_relaxed(run, a->price);
		if (found - run->bound_scaled < found / GAIN)
			a->step = a->step / 2 + 1;
		if (found > run->bound_scaled) {
			run->bound_scaled = found;
			memcpy(run->price, a->price, c->n_rows * sizeof *a->price);
		}
	}
}

enum rc
core_bound(struct core_run *run, struct arena *spare, int64_t upper, bool fine)
{
	const struct core *c = run->c;
	int64_t step;
	struct ascent a = { .fine = arena_array(spare, c->n_rows + 1, sizeof *a.fine) };

	a.price = arena_array(spare, c->n_rows + 1, sizeof *a.price);
	a.sum = arena_array(spare, c->n_rows + 1, sizeof *a.sum);
	a.option = arena_array(spare, c->n_days, sizeof *a.option);
	if (a.fine == NULL || a.price == NULL || a.sum == NULL || a.option == NULL)
		return RC_NO_MEMORY;
	run->bound_scaled = core_relaxed(run, run->price);
	step = price_mean(run) / (fine ? 64 : 8) + 1;
	for (uint32_t k = 0; k < CLIMBS && (k == 0 || core_bound_of(run) < upper - upper / FAR); k++, step *= 4)
		ascend(run, &a, step, upper);
	return RC_OK;
}
