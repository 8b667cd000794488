/* The master program over months, and the bound it climbs to. */
#include <math.h>
#include <string.h>

#include "engine/roster/roster_master_internal.h"

#define MONTHS_MOST 12000u
#define AWAKE_MOST 1200u
#define PIVOTS 4000u             /* of one turn of the program */
#define SHIFT 2e-5
#define NEAR (CORE_SCALE / 4)    /* program and bound so near are one */

static uint64_t
options_hash(const struct core *c, uint32_t person, const uint32_t *option)
{
	uint64_t h = person * UINT64_C(0x9e3779b97f4a7c15);

	for (uint32_t d = 0; d < c->n_days; d++)
		h = (h ^ option[d]) * UINT64_C(0x100000001b3) ^ h >> 29;
	return h ^ h >> 32;
}

/* What the month uses, each row once; counts into mark, which it leaves at 0. */
static bool
uses_note(struct core_run *run, const uint32_t *option, struct master_month *month)
{
	const struct core *c = run->c;
	struct core_master *x = run->master;

	month->use = x->n_uses;
	month->n_use = 0;
	for (uint32_t d = 0; d < c->n_days; d++)
		for (uint32_t u = 0; u < c->option[option[d]].n_use; u++) {
			const struct core_use *use = &c->use[c->option[option[d]].use + u];

			if (x->mark[use->row] == 0) {
				if (x->n_uses == x->uses_max)
					return false;
				x->use[x->n_uses++] = (struct simplex_entry){ c->n_persons + use->row, 0 };
				x->mark[use->row] = (int32_t)(x->n_uses - month->use);
				month->n_use++;
			}
			x->use[month->use + (uint32_t)x->mark[use->row] - 1].amount += use->amount;
		}
	for (uint32_t k = month->use; k < x->n_uses; k++)
		x->mark[x->use[k].row - c->n_persons] = 0;
	return true;
}

static uint32_t
month_add(struct core_run *run, uint32_t person, const uint32_t *option)
{
	const struct core *c = run->c;
	struct core_master *x = run->master;
	struct master_month *month = &x->month[x->n];
	struct simplex_entry *use = x->use + x->n_uses;

	*month = (struct master_month){ .person = person, .cost = core_own_cost(c, person, option) };
	if (x->n == x->n_max || x->n_uses + 1 + c->n_days * 8 > x->uses_max)
		return SIMPLEX_NONE;
	*use = (struct simplex_entry){ person, 1 };
	x->n_uses++;
	if (!uses_note(run, option, month) ||
	    simplex_column(&x->lp, (double)month->cost, use, month->n_use + 1) == SIMPLEX_NONE)
		return SIMPLEX_NONE;
	memcpy(x->option + (size_t)x->n * c->n_days, option, c->n_days * sizeof *option);
	return x->n++;
}

uint32_t
master_month(struct core_run *run, uint32_t person, const uint32_t *option, bool *ret_new)
{
	const struct core *c = run->c;
	struct core_master *x = run->master;
	uint32_t at = (uint32_t)options_hash(c, person, option) & x->mask, month;

	*ret_new = false;
	for (; x->bucket[at] != 0; at = (at + 1) & x->mask) {
		month = x->bucket[at] - 1;
		if (x->month[month].person == person &&
		    memcmp(x->option + (size_t)month * c->n_days, option, c->n_days * sizeof *option) == 0)
			return month;
	}
	month = month_add(run, person, option);
	if (month != SIMPLEX_NONE) {
		x->bucket[at] = month + 1;
		*ret_new = true;
	}
	return month;
}

/* ---- the start ------------------------------------------------------------------------------------------- */

static enum rc
master_room(struct core_run *run, struct arena *spare, struct core_master *x, uint32_t awake)
{
	const struct core *c = run->c;
	uint32_t n = c->n_persons + c->n_rows, buckets = 1;
	struct simplex_row *row = arena_array(spare, n + 1, sizeof *row);

	x->n_max = MONTHS_MOST;
	x->uses_max = MONTHS_MOST * 24;
	x->own = 2 * n;
	while (buckets < 4 * MONTHS_MOST)
		buckets *= 2;
	x->mask = buckets - 1;
	x->month = arena_array(spare, x->n_max + 1, sizeof *x->month);
	x->option = arena_raw(spare, (size_t)x->n_max * c->n_days + 1, sizeof *x->option);
	x->use = arena_raw(spare, x->uses_max + 1, sizeof *x->use);
	x->bucket = arena_array(spare, buckets, sizeof *x->bucket);
	x->price = arena_array(spare, c->n_rows + 1, sizeof *x->price);
	x->walk = arena_array(spare, c->n_days + 1, sizeof *x->walk);
	x->mark = arena_array(spare, c->n_rows + 1, sizeof *x->mark);
	if (row == NULL || x->month == NULL || x->option == NULL || x->use == NULL || x->bucket == NULL || x->price == NULL ||
	    x->walk == NULL || x->mark == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < c->n_persons; i++)
		row[i] = (struct simplex_row){ 1, SIMPLEX_NEVER, SIMPLEX_NEVER, 0 };
	for (uint32_t r = 0; r < c->n_rows; r++)
		row[c->n_persons + r] = (struct simplex_row){ c->row[r].need, c->row[r].under == CORE_NEVER ? SIMPLEX_NEVER : c->row[r].under,
			c->row[r].over == CORE_NEVER ? SIMPLEX_NEVER : c->row[r].over, SHIFT };
	return simplex_new(spare, row, n, awake, x->n_max, x->uses_max, &x->lp);
}

enum rc
core_master_new(struct core_run *run, struct arena *spare)
{
	const struct core *c = run->c;
	uint32_t most = c->n_persons + c->n_rows, priced = c->n_persons;
	struct core_master *x;
	enum rc rc;

	for (uint32_t r = 0; r < c->n_rows; r++)
		priced += c->row[r].under > 0 || run->price[r] != 0;
	if (priced > AWAKE_MOST)
		return RC_OK;
	x = ARENA_NEW(spare, struct core_master);
	rc = x == NULL ? RC_NO_MEMORY : master_room(run, spare, x, most < AWAKE_MOST ? most : AWAKE_MOST);
	if (rc != RC_OK)
		return rc;
	run->master = x;
	for (uint32_t i = 0; i < c->n_persons; i++) {
		bool is_new;
		uint32_t month = master_month(run, i, run->best.option + (size_t)i * c->n_days, &is_new);

		if (month == SIMPLEX_NONE || !simplex_wake(&x->lp, i, x->own + month))
			return RC_INTERNAL;
	}
	for (uint32_t r = 0; r < c->n_rows; r++)
		if (c->row[r].under > 0 || run->price[r] != 0)
			(void)simplex_wake(&x->lp, c->n_persons + r, SIMPLEX_NONE);
	return RC_OK;
}

/* ---- the climb --------------------------------------------------------------------------------------------- */

void
master_prices(struct core_run *run, int64_t *price)
{
	const struct core *c = run->c;

	for (uint32_t r = 0; r < c->n_rows; r++) {
		const struct core_row *row = &c->row[r];
		int64_t p = llround(simplex_price(&run->master->lp, c->n_persons + r) * CORE_SCALE);
		int64_t most = (int64_t)row->under * CORE_SCALE, least = -(int64_t)row->over * CORE_SCALE;

		price[r] = p > most ? most : row->over != CORE_NEVER && p < least ? least : p;
	}
}

uint32_t
master_wake(struct core_run *run)
{
	const struct core *c = run->c;
	struct core_master *x = run->master;
	uint32_t woken = 0;

	for (uint32_t r = 0; r < c->n_rows; r++) {
		double used = 0;

		if (x->lp.at[c->n_persons + r] != SIMPLEX_NONE)
			continue;
		for (uint32_t p = 0; p < x->lp.m; p++) {
			uint32_t column = x->lp.basic[p];

			if (column < x->own || x->lp.value[p] <= 0)
				continue;
			for (uint32_t e = x->lp.first[column]; e < x->lp.first[column + 1]; e++)
				if (x->lp.entry[e].row == c->n_persons + r)
					used += x->lp.value[p] * x->lp.entry[e].amount;
		}
		if (used > c->row[r].need + 1e-6)
			woken += simplex_wake(&x->lp, c->n_persons + r, SIMPLEX_NONE);
	}
	return woken;
}

/* Each person's best month at these prices comes in; the bound they give, and how many the program would take. */
static int64_t
sweep(struct core_run *run, const int64_t *price, uint32_t *ret_taken)
{
	const struct core *c = run->c;
	struct core_master *x = run->master;
	int64_t sum = 0;

	*ret_taken = 0;
	for (uint32_t i = 0; i < c->n_persons; i++) {
		bool is_new;
		uint32_t month;

		core_priced(c, &run->walk, i, price);
		sum += core_walk_values(c, &run->walk, i);
		core_walk_take(c, &run->walk, i, x->walk);
		month = master_month(run, i, x->walk, &is_new);
		*ret_taken += is_new && simplex_reduced(&x->lp, x->own + month) < -1e-6;
	}
	for (uint32_t r = 0; r < c->n_rows; r++)
		sum += price[r] * c->row[r].need;
	run->ret->steps++;
	return sum;
}

/* The prices of the program, or between them and the best so far (Wentges, Int. Trans. Operational Research 1997). */
static void
prices_between(struct core_run *run, int64_t *price, int64_t own, int64_t best)
{
	master_prices(run, price);
	for (uint32_t r = 0; r < run->c->n_rows; r++)
		price[r] = (own * price[r] + best * run->price[r]) / (own + best);
}

void
core_master_climb(struct core_run *run, uint32_t sweeps)
{
	const struct core *c = run->c;
	struct core_master *x = run->master;

	for (uint32_t k = 0; k < sweeps && !core_stopped(run); k++) {
		uint32_t taken = 0;
		int64_t total;

		do
			(void)simplex_solve(&x->lp, PIVOTS);
		while (master_wake(run) > 0);
		total = llround(simplex_total(&x->lp) * CORE_SCALE);
		if (total - run->bound_scaled <= NEAR)
			return;
		for (int64_t best = 2; best >= 0 && taken == 0; best -= 2) {
			int64_t found;

			prices_between(run, x->price, 1, best);
			found = sweep(run, x->price, &taken);
			if (found > run->bound_scaled) {
				run->bound_scaled = found;
				memcpy(run->price, x->price, c->n_rows * sizeof *x->price);
			}
		}
		if (taken == 0)
			return;
	}
}
