/*
 * The bound: what persons share is priced, each takes the best month at these prices.  Any prices give a
 * bound that holds, since all is in integers; the volume algorithm looks for those that give the best.
 */
#include <string.h>

#include "engine/roster/roster_core_internal.h"

#define PART 4096                /* averages are in 1 / PART uses */
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

/* The least sum of all months at these prices, and how often each row is used by them. */
static int64_t
relaxed(struct core_run *run, const int64_t *price, uint32_t *option, int32_t *count)
{
	const struct core *c = run->c;
	int64_t sum = 0;

	memset(count, 0, c->n_rows * sizeof *count);
	for (uint32_t i = 0; i < c->n_persons; i++) {
		core_priced(c, &run->walk, i, price);
		sum += core_walk_values(c, &run->walk, i);
		core_walk_take(c, &run->walk, i, option);
		for (uint32_t day = 0; day < c->n_days; day++) {
			const struct core_option *o = &c->option[option[day]];

			for (uint32_t u = 0; u < o->n_use; u++)
				count[c->use[o->use + u].row] += c->use[o->use + u].amount;
		}
	}
	for (uint32_t r = 0; r < c->n_rows; r++)
		sum += price[r] * c->row[r].need;
	return sum;
}

struct volume {
	int64_t *best, *tried, *average;   /* prices, prices, uses in 1 / PART */
	int32_t *count;
	uint32_t *option;
	int64_t step;                      /* in 1 / 1024 of Polyak's */
	uint32_t dull;
};

static int64_t
price_within(const struct core_row *r, int64_t price)
{
	int64_t least = r->over == CORE_NEVER ? -HARD_PRICE : -(int64_t)r->over * CORE_SCALE;
	int64_t most = (int64_t)r->under * CORE_SCALE;

	return price < least ? least : price > most ? most : price;
}

/* From the best prices along what the average lacks. */
static void
step_take(const struct core_run *run, struct volume *v, int64_t upper_scaled)
{
	const struct core *c = run->c;
	int64_t norm = 1, gap = upper_scaled - run->bound_scaled;

	for (uint32_t r = 0; r < c->n_rows; r++) {
		int64_t lacks = (int64_t)c->row[r].need * PART - v->average[r];

		if (price_within(&c->row[r], v->best[r] + (lacks > 0 ? 1 : -1)) != v->best[r])
			norm += lacks * lacks / PART;
	}
	gap = gap < CORE_SCALE ? CORE_SCALE : gap > INT64_C(1) << 32 ? INT64_C(1) << 32 : gap;
	for (uint32_t r = 0; r < c->n_rows; r++) {
		int64_t lacks = (int64_t)c->row[r].need * PART - v->average[r];
		int64_t far = gap * v->step / 1024 * lacks / norm;

		v->tried[r] = price_within(&c->row[r], v->best[r] + far);
	}
}

static void
average_take(const struct core *c, struct volume *v, int64_t share)
{
	for (uint32_t r = 0; r < c->n_rows; r++)
		v->average[r] += ((int64_t)v->count[r] * PART - v->average[r]) * share / 1024;
}

static void
step_judge(struct core_run *run, struct volume *v, int64_t found)
{
	const struct core *c = run->c;

	if (found > run->bound_scaled) {
		run->bound_scaled = found;
		memcpy(v->best, v->tried, c->n_rows * sizeof *v->best);
		v->dull = 0;
		v->step += v->step / 16;
	} else if (++v->dull == 8) {
		v->dull = 0;
		v->step -= v->step / 4;
	}
	v->step = v->step < 4 ? 4 : v->step > 2048 ? 2048 : v->step;
}

int64_t
core_bound_of(const struct core_run *run)
{
	int64_t b = run->bound_scaled;

	return b >= 0 ? (b + CORE_SCALE - 1) / CORE_SCALE : -(-b / CORE_SCALE);
}

enum rc
core_bound(struct core_run *run, struct arena *spare, int64_t upper)
{
	const struct core *c = run->c;
	struct volume v = { .step = 512 };

	v.best = run->price;
	v.tried = arena_array(spare, c->n_rows + 1, sizeof *v.tried);
	v.average = arena_array(spare, c->n_rows + 1, sizeof *v.average);
	v.count = arena_array(spare, c->n_rows + 1, sizeof *v.count);
	v.option = arena_array(spare, c->n_days, sizeof *v.option);
	if (v.tried == NULL || v.average == NULL || v.count == NULL || v.option == NULL)
		return RC_NO_MEMORY;
	run->bound_scaled = relaxed(run, v.best, v.option, v.count);
	for (uint32_t r = 0; r < c->n_rows; r++)
		v.average[r] = (int64_t)v.count[r] * PART;
	for (uint32_t k = 0; k < run->limits.steps && core_bound_of(run) < upper; k++) {
		if (run->limits.stop != NULL && run->limits.stop(run->limits.arg)) {
			run->ret->stopped = true;
			break;
		}
		step_take(run, &v, upper * CORE_SCALE);
		step_judge(run, &v, relaxed(run, v.tried, v.option, v.count));
		average_take(c, &v, 100);
		run->ret->steps++;
	}
	return RC_OK;
}
