/*
 * What remains between plan and bound: every month of every person whose reduced price fits into the
 * gap, depth first.  A plan's price is the bound, and what its months cost above their persons' best at
 * the prices of the bound, and what each row is used otherwise than its price says; none is below 0, so
 * a branch ends as soon as they sum up to the gap.  When the search ends by itself, the plan is optimal.
 */
#include <string.h>

#include "engine/roster/roster_core_internal.h"

struct closing {
	struct core_run *run;
	const int64_t **value;       /* of each person: least price from a day and state on */
	const int64_t *weight;
	int32_t *count, *rest;       /* of each row: used so far, and at most by who is left */
	uint32_t *option;
	uint32_t **most_row, *n_most;/* of each person: the rows it can use */
	int32_t **most;              /* and how much of each in a day, times the days it can */
	uint32_t nodes, nodes_max;
	int64_t room;                /* what may still be spent above the bound, in 1 / CORE_SCALE */
	bool over;                   /* out of nodes */
};

static void close_person(struct closing *x, uint32_t i, int64_t spent);

/* What a row costs above its price when it is used so often and can be no oftener than that + rest. */
static int64_t
row_above(const struct closing *x, uint32_t r)
{
	const struct core_row *row = &x->run->c->row[r];
	int64_t price = x->run->price[r], count = x->count[r];

	if (count > row->need)
		return row->over == CORE_NEVER ? CORE_FAR :
		    ((int64_t)row->over * CORE_SCALE + price) * (count - row->need);
	if (count + x->rest[r] < row->need)
		return ((int64_t)row->under * CORE_SCALE - price) * (row->need - count - x->rest[r]);
	return 0;
}

static int64_t
uses_take(struct closing *x, const struct core_option *o, int32_t sign)
{
	const struct core *c = x->run->c;
	int64_t change = 0;

	for (uint32_t u = 0; u < o->n_use; u++) {
		uint32_t r = c->use[o->use + u].row;
		int64_t before = row_above(x, r);

		x->count[r] += sign * c->use[o->use + u].amount;
		change += row_above(x, r) - before;
	}
	return change;
}

static void
close_day(struct closing *x, uint32_t i, uint32_t day, uint32_t s, int64_t spent)
{
	const struct core *c = x->run->c;
	const struct core_person *p = &c->person[i];
	size_t wide = (size_t)p->n_states + 1;
	const int64_t *from = x->value[i] + day * wide, *to = from + wide;

	if (day == c->n_days) {
		close_person(x, i + 1, spent);
		return;
	}
	for (uint32_t k = p->first[day]; k < p->first[day + 1] && !x->over; k++) {
		const struct core_option *o = &c->option[k];
		uint32_t next = p->next[(size_t)o->letter * p->n_states + s];
		int64_t more, rows;

		if (to[next] >= CORE_FAR / 2)
			continue;
		more = to[next] + x->weight[k] - from[s];
		if (spent + more > x->room)
			continue;
		if (++x->nodes > x->nodes_max) {
			x->over = true;
			return;
		}
		rows = uses_take(x, o, 1);
		if (spent + more + rows <= x->room) {
			x->option[(size_t)i * c->n_days + day] = k;
			close_day(x, i, day + 1, next, spent + more + rows);
		}
		(void)uses_take(x, o, -1);
	}
}

static void
plan_found(struct closing *x)
{
	struct core_run *run = x->run;
	int64_t cost = core_cost(run->c, x->option, run->now.count);

	if (cost >= run->best.cost)
		return;
	run->best.cost = cost;
	memcpy(run->best.option, x->option, (size_t)run->c->n_persons * run->c->n_days * sizeof *x->option);
	x->room = (cost - 1) * CORE_SCALE - run->bound_scaled;
}

/* Person i is next: its share of what may still come to the rows is given up, then its months are walked. */
static void
close_person(struct closing *x, uint32_t i, int64_t spent)
{
	int64_t more = 0;

	if (i == x->run->c->n_persons) {
		plan_found(x);
		return;
	}
	/* the rows' share falls only after the person has decided: it is given up by whoever comes next */
	if (i > 0)
		for (uint32_t k = 0; k < x->n_most[i - 1]; k++) {
			uint32_t r = x->most_row[i - 1][k];
			int64_t before = row_above(x, r);

			x->rest[r] -= x->most[i - 1][k];
			more += row_above(x, r) - before;
		}
	if (spent + more <= x->room)
		close_day(x, i, 0, 0, spent + more);
	if (i > 0)
		for (uint32_t k = 0; k < x->n_most[i - 1]; k++)
			x->rest[x->most_row[i - 1][k]] += x->most[i - 1][k];
}

/* How much of each row person i can use in all. */
static enum rc
most_of(struct closing *x, struct arena *spare, uint32_t i, int32_t *sum, int32_t *day_most, uint32_t *met)
{
	const struct core *c = x->run->c;
	uint32_t n = 0;

	for (uint32_t day = 0; day < c->n_days; day++) {
		uint32_t from = c->person[i].first[day], end = c->person[i].first[day + 1];

		for (uint32_t o = from; o < end; o++)
			for (uint32_t u = 0; u < c->option[o].n_use; u++) {
				const struct core_use *use = &c->use[c->option[o].use + u];

				if (sum[use->row] == 0 && day_most[use->row] == 0)
					met[n++] = use->row;
				if (use->amount > day_most[use->row]) {
					sum[use->row] += use->amount - day_most[use->row];
					day_most[use->row] = use->amount;
				}
			}
		for (uint32_t k = 0; k < n; k++)
			day_most[met[k]] = 0;
	}
	x->most_row[i] = arena_array(spare, n + 1, sizeof *x->most_row[i]);
	x->most[i] = arena_array(spare, n + 1, sizeof *x->most[i]);
	if (x->most_row[i] == NULL || x->most[i] == NULL)
		return RC_NO_MEMORY;
	x->n_most[i] = n;
	for (uint32_t k = 0; k < n; k++) {
		x->most_row[i][k] = met[k];
		x->most[i][k] = sum[met[k]];
		x->rest[met[k]] += sum[met[k]];
		sum[met[k]] = 0;
	}
	return RC_OK;
}

static enum rc
closing_new(struct closing *x, struct arena *spare)
{
	const struct core *c = x->run->c;
	int32_t *sum = arena_array(spare, c->n_rows + 1, sizeof *sum);
	int32_t *day_most = arena_array(spare, c->n_rows + 1, sizeof *day_most);
	uint32_t *met = arena_array(spare, c->n_rows + 1, sizeof *met);
	enum rc rc = RC_OK;

	x->value = arena_array(spare, c->n_persons, sizeof *x->value);
	x->count = arena_array(spare, c->n_rows + 1, sizeof *x->count);
	x->rest = arena_array(spare, c->n_rows + 1, sizeof *x->rest);
	x->option = arena_array(spare, (size_t)c->n_persons * c->n_days, sizeof *x->option);
	x->most_row = arena_array(spare, c->n_persons, sizeof *x->most_row);
	x->most = arena_array(spare, c->n_persons, sizeof *x->most);
	x->n_most = arena_array(spare, c->n_persons, sizeof *x->n_most);
	if (sum == NULL || day_most == NULL || met == NULL || x->value == NULL || x->count == NULL ||
	    x->rest == NULL || x->option == NULL || x->most_row == NULL || x->most == NULL || x->n_most == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < c->n_persons && rc == RC_OK; i++) {
		size_t n = (size_t)(c->n_days + 1) * ((size_t)c->person[i].n_states + 1);
		int64_t *v = arena_raw(spare, n, sizeof *v);

		if (v == NULL)
			return RC_NO_MEMORY;
		core_priced(c, &x->run->walk, i, x->run->price);
		(void)core_walk_values(c, &x->run->walk, i);
		memcpy(v, x->run->walk.value, n * sizeof *v);
		x->value[i] = v;
		rc = most_of(x, spare, i, sum, day_most, met);
	}
	x->weight = x->run->walk.weight;
	return rc;
}

enum rc
core_close(struct core_run *run, struct arena *spare)
{
	struct closing x = { .run = run, .nodes_max = run->limits.nodes };
	enum rc rc;

	if (run->c->n_persons == 0)
		return RC_OK;
	rc = closing_new(&x, spare);
	if (rc != RC_OK)
		return rc;
	x.room = (run->best.cost - 1) * CORE_SCALE - run->bound_scaled;
	close_person(&x, 0, 0);
	run->ret->nodes = x.nodes;
	if (!x.over)
		run->bound_scaled = run->best.cost * CORE_SCALE;
	return RC_OK;
}
