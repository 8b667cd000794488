/* zhaofa roster gap: OR-Library generalised assignment, with bound and solution. */
#include "app/cli_assign.h"

#include <inttypes.h>
#include <stdio.h>

#include "engine/assign/assign_gap.h"

#define AGENTS_MAX 1000
#define PROBLEMS_MAX 1000
#define OUT_BYTES ((size_t)64 << 20)

static bool
cells(struct text *t, size_t n, int64_t least, int64_t most, int32_t sign, int32_t *to)
{
	int64_t v;

	for (size_t k = 0; k < n; k++) {
		if (!cli_assign_number(t, least, most, &v))
			return false;
		to[k] = sign * (int32_t)v;
	}
	return true;
}

/* Agents, jobs; costs (turned round where the most is wanted), then hours, agent by agent; room of each agent. */
static bool
problem_read(const struct assign_asked *q, struct text *t, struct gap *ret)
{
	int64_t m, n;
	int32_t *cost, *need;
	int64_t *room;

	if (!cli_assign_number(t, 1, AGENTS_MAX, &m) || !cli_assign_number(t, 1, GAP_JOBS_MAX, &n))
		return false;
	cost = arena_array(q->mem, (size_t)(m * n), sizeof *cost);
	need = arena_array(q->mem, (size_t)(m * n), sizeof *need);
	room = arena_array(q->mem, (size_t)m, sizeof *room);
	if (cost == NULL || need == NULL || room == NULL || !cells(t, (size_t)(m * n), -GAP_COST_MAX, GAP_COST_MAX, q->max ? -1 : 1, cost) ||
	    !cells(t, (size_t)(m * n), 0, GAP_NEED_MAX, 1, need))
		return false;
	for (int64_t i = 0; i < m; i++)
		if (!cli_assign_number(t, 0, INT32_MAX, &room[i]))
			return false;
	*ret = (struct gap){ (uint32_t)m, (uint32_t)n, cost, need, room };
	return true;
}

static bool
at_end(struct text t)
{
	return text_is_empty(text_trim(t));
}

/* One problem, or first how many there are.  Both are tried: a file has to be used up. */
static bool
file_read(const struct assign_asked *q, struct text all, struct gap *g, size_t *ret_n)
{
	struct text t = all;
	int64_t n;

	if (problem_read(q, &t, &g[0]) && at_end(t)) {
		*ret_n = 1;
		return true;
	}
	t = all;
	if (!cli_assign_number(&t, 1, PROBLEMS_MAX, &n))
		return false;
	for (int64_t k = 0; k < n; k++)
		if (!problem_read(q, &t, &g[k]))
			return false;
	*ret_n = (size_t)n;
	return at_end(t);
}

struct outcome {
	struct gap_search s;
	struct gap_bound b;
	bool by_clock;
};

/* In turns: some rounds of the bound, some of the search. */
static enum rc
solve(const struct assign_asked *q, const struct gap *g, struct outcome *ret)
{
	int64_t end = cli_assign_ms() + q->seconds * 1000;
	struct outcome o = { .by_clock = false };
	enum rc rc;

	rc = gap_bound_begin(q->spare, g, &o.b);
	if (rc == RC_OK)
		rc = gap_search_begin(q->spare, g, (uint64_t)q->seed, &o.s);
	for (int64_t round = 0; rc == RC_OK && (o.s.best_cost == INT64_MAX || o.s.best_cost != o.b.bound); round++) {
		if (q->rounds != 0 && round == q->rounds)
			break;
		if (q->rounds == 0 && cli_assign_ms() >= end) {
			o.by_clock = true;
			break;
		}
		gap_search_run(&o.s, 1);
		gap_bound_run(&o.b, o.s.best_cost, 2);
	}
	*ret = o;
	return rc;
}

static void
say(const struct assign_asked *q, size_t k, const struct outcome *o)
{
	int64_t sign = q->max ? -1 : 1;

	if (o->s.best_cost == INT64_MAX)
		printf("problem %zu: nothing found that keeps all hours; bound %" PRId64, k, sign * o->b.bound);
	else
		printf("problem %zu: objective %" PRId64 " bound %" PRId64 " gap %" PRId64 "%s", k, sign * o->s.best_cost,
		    sign * o->b.bound, o->s.best_cost - o->b.bound, o->s.best_cost == o->b.bound ? " (optimal)" : "");
	printf(", seed %" PRId64 ", %" PRIu64 " moves, %u rounds of the bound%s\n", q->seed, o->s.moves, o->b.rounds,
	    o->by_clock ? ", stopped by the clock" : "");
}

int
cli_assign_gap(const struct assign_asked *q)
{
	static struct gap problems[PROBLEMS_MAX];
	struct buf out;
	struct text t;
	size_t n;
	int status = 0;

	if (!cli_assign_text(q, q->file, &t))
		return 1;
	if (!file_read(q, t, problems, &n)) {
		fprintf(stderr, "zhaofa: roster: %s: [problems] agents jobs, costs, hours, room, as OR-Library has them\n", q->file);
		return 1;
	}
	buf_init(&out, OUT_BYTES);
	buf_printf(&out, "%zu\n", n);
	for (size_t k = 0; k < n; k++) {
		const struct gap *g = &problems[k];
		struct outcome o;
		enum rc rc;

		arena_reset(q->spare);
		rc = solve(q, g, &o);
		if (rc != RC_OK) {
			fprintf(stderr, "zhaofa: roster: problem %zu: %s\n", k + 1, rc_name(rc));
			buf_free(&out);
			return 1;
		}
		say(q, k + 1, &o);
		status |= o.s.best_cost == INT64_MAX;
		buf_printf(&out, "%s %" PRId64 "\n", o.s.best_cost == INT64_MAX ? "none" : "found", o.s.best_cost == INT64_MAX ? INT64_C(0) : (q->max ? -1 : 1) * o.s.best_cost);
		for (uint32_t j = 0; o.s.best_cost != INT64_MAX && j < g->n; j++)
			buf_printf(&out, "%u%s", o.s.best[j] + 1, j + 1 == g->n ? "\n" : " ");
	}
	if (!cli_assign_put(q, &out))
		status = 1;
	buf_free(&out);
	return status;
}
