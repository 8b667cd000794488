/* The order of things: a plan, the bound, better plans, the gap closed. */
#include <string.h>

#include "engine/roster/roster_core_internal.h"

#define STEPS_WORK UINT64_C(1500000000)
#define STEPS_LEAST 96u
#define STEPS_MOST 1000u
#define TRIES_WORK UINT64_C(120000000)
#define TRIES_LEAST 200u
#define TRIES_MOST 8000u
#define FIRST_TRIES 8u           /* so much of them before the master program */
#define STEPS_BEFORE 48u         /* of the bound, before the master program */

static enum rc
plan_new(struct arena *spare, const struct core *c, struct core_plan *ret)
{
	ret->option = arena_array(spare, (size_t)c->n_persons * c->n_days + 1, sizeof *ret->option);
	ret->own = arena_array(spare, c->n_persons + 1, sizeof *ret->own);
	ret->count = arena_array(spare, c->n_rows + 1, sizeof *ret->count);
	ret->cost = CORE_FAR;
	return ret->option == NULL || ret->own == NULL || ret->count == NULL ? RC_NO_MEMORY : RC_OK;
}

/* Marks each row that person i can use; says how many new ones, and notes i there. */
static uint32_t
rows_of(struct core_run *run, uint32_t i, uint32_t *last, uint32_t *fill)
{
	const struct core *c = run->c;
	uint32_t n = 0;

	for (uint32_t o = c->person[i].first[0]; o < c->person[i].first[c->n_days]; o++)
		for (uint32_t u = 0; u < c->option[o].n_use; u++) {
			uint32_t r = c->use[c->option[o].use + u].row;

			if (last[r] == i + 1)
				continue;
			last[r] = i + 1;
			n++;
			if (fill != NULL)
				run->person_of_row[fill[r]++] = i;
			else
				run->first_of_row[r + 1]++;
		}
	return n;
}

static enum rc
rows_index(struct core_run *run, struct arena *spare)
{
	const struct core *c = run->c;
	uint32_t *last = arena_array(spare, c->n_rows + 1, sizeof *last);
	uint32_t *fill = arena_array(spare, c->n_rows + 1, sizeof *fill);
	uint32_t n = 0;

	run->first_of_row = arena_array(spare, (size_t)c->n_rows + 2, sizeof *run->first_of_row);
	if (last == NULL || fill == NULL || run->first_of_row == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < c->n_persons; i++)
		n += rows_of(run, i, last, NULL);
	for (uint32_t r = 0; r < c->n_rows; r++)
		run->first_of_row[r + 1] += run->first_of_row[r];
	run->person_of_row = arena_array(spare, n + 1, sizeof *run->person_of_row);
	if (run->person_of_row == NULL)
		return RC_NO_MEMORY;
	memcpy(fill, run->first_of_row, c->n_rows * sizeof *fill);
	memset(last, 0, c->n_rows * sizeof *last);
	for (uint32_t i = 0; i < c->n_persons; i++)
		(void)rows_of(run, i, last, fill);
	return RC_OK;
}

static enum rc
run_new(struct arena *spare, struct core_run *run)
{
	const struct core *c = run->c;
	enum rc rc = core_walk_new(spare, c, &run->walk);

	if (rc == RC_OK)
		rc = plan_new(spare, c, &run->now);
	if (rc == RC_OK)
		rc = plan_new(spare, c, &run->best);
	if (rc == RC_OK)
		rc = rows_index(run, spare);
	run->price = arena_array(spare, c->n_rows + 1, sizeof *run->price);
	run->noise = arena_array(spare, c->n_rows + 1, sizeof *run->noise);
	run->uses = arena_array(spare, (size_t)c->n_persons * c->n_rows + 1, sizeof *run->uses);
	run->lively = arena_array(spare, c->n_rows + 1, sizeof *run->lively);
	run->picked = arena_array(spare, 16, sizeof *run->picked);
	run->old = arena_array(spare, (size_t)16 * c->n_days, sizeof *run->old);
	run->in = arena_array(spare, c->n_persons + 1, sizeof *run->in);
	if (run->lively == NULL || run->uses == NULL || run->price == NULL || run->noise == NULL || run->picked == NULL || run->old == NULL || run->in == NULL)
		return RC_NO_MEMORY;
	return rc;
}

bool
core_stopped(struct core_run *run)
{
	if (!run->ret->stopped && run->limits.stop != NULL && run->limits.stop(run->limits.arg))
		run->ret->stopped = true;
	return run->ret->stopped;
}

/* A person that has no walk even alone. */
static enum rc
walks_exist(struct core_run *run)
{
	for (uint32_t i = 0; i < run->c->n_persons; i++) {
		core_priced(run->c, &run->walk, i, run->price);
		if (core_walk_values(run->c, &run->walk, i) >= CORE_FAR / 2) {
			run->ret->stuck = i;
			return RC_REFUSED;
		}
	}
	return RC_OK;
}

/* Limits that nobody has set: by what a walk takes, states times options over all days. */
static void
limits_default(const struct core *c, struct core_limits *l)
{
	uint64_t sum = 1, steps, tries;

	for (uint32_t i = 0; i < c->n_persons; i++)
		for (uint32_t day = 0; day < c->n_days; day++)
			sum += (uint64_t)c->person[i].reach[day] * (c->person[i].first[day + 1] - c->person[i].first[day]);
	steps = STEPS_WORK / sum;
	tries = TRIES_WORK / (sum / (c->n_persons + 1) + 1);
	if (l->steps == 0)
		l->steps = l->sweeps_master > 0 ? STEPS_BEFORE : steps < STEPS_LEAST ? STEPS_LEAST : steps > STEPS_MOST ? STEPS_MOST : (uint32_t)steps;
	if (l->tries == 0)
		l->tries = tries < TRIES_LEAST ? TRIES_LEAST : tries > TRIES_MOST ? TRIES_MOST : (uint32_t)tries;
}

/* What lies half a percent or more below the plan is worth another look. */
static bool
bound_is_far(const struct core_run *run)
{
	return core_bound_of(run) < run->best.cost - run->best.cost / 400;
}

/* A few tries make a plan to begin with; the master takes it from there. */
static enum rc
bound_of_all(struct core_run *run, struct arena *spare)
{
	enum rc rc;

	core_search(run, run->limits.tries / FIRST_TRIES);
	rc = core_master_new(run, spare);
	if (rc != RC_OK || run->master == NULL)
		return rc;
	core_master_climb(run, run->limits.sweeps_master);
	return core_rank(run, spare);
}

enum rc
core_solve(struct arena *mem, struct arena *spare, const struct core *c, uint64_t seed, struct core_limits limits,
    struct core_result *ret)
{
	struct core_run run = { .c = c, .dice = { seed ^ UINT64_C(0x9e3779b97f4a7c15) }, .limits = limits, .ret = ret };
	enum rc rc = run_new(spare, &run);

	*ret = (struct core_result){ .stuck = UINT32_MAX };
	limits_default(c, &run.limits);
	for (uint32_t i = 0; i < c->n_persons; i++)
		run.states_many += c->person[i].n_states / c->n_persons;
	run.states_many = run.states_many * 8 + 8;
	if (rc == RC_OK)
		rc = walks_exist(&run);
	if (rc == RC_OK)
		rc = core_plan_first(&run, true);
	if (rc == RC_OK)
		rc = core_bound(&run, spare, run.best.cost, false);
	if (rc == RC_OK)
		rc = core_rank(&run, spare);
	if (rc == RC_OK)
		rc = core_plan_first(&run, false);
	if (rc == RC_OK && limits.sweeps_master > 0 && core_bound_of(&run) < run.best.cost)
		rc = bound_of_all(&run, spare);
	for (uint32_t k = 0; rc == RC_OK && k < limits.rounds; k++)
		core_search(&run, run.limits.tries << k);
	if (rc == RC_OK && run.master == NULL && bound_is_far(&run))
		rc = core_bound(&run, spare, run.best.cost, true);
	if (rc == RC_OK && core_bound_of(&run) < run.best.cost)
		rc = core_close(&run, spare);
	if (rc != RC_OK)
		return rc;
	ret->cost = run.best.cost;
	ret->bound = core_bound_of(&run);
	ret->option = arena_array(mem, (size_t)c->n_persons * c->n_days + 1, sizeof *ret->option);
	if (ret->option == NULL)
		return RC_NO_MEMORY;
	memcpy(ret->option, run.best.option, (size_t)c->n_persons * c->n_days * sizeof *ret->option);
	return RC_OK;
}
