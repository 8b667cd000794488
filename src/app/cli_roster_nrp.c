/* zhaofa roster nrp, nrp-check: nurse rostering of schedulingbenchmarks.org, solved and checked. */
#include "app/cli_roster.h"

#include <inttypes.h>
#include <stdio.h>

#include "engine/roster/roster_nurse.h"

#define OUT_BYTES ((size_t)8 << 20)

static bool
problem_read(struct roster_asked *q, struct nurse_problem *ret)
{
	struct text t;
	uint32_t line;
	enum rc rc;

	if (!cli_roster_text(q->mem, q->words[0], &t))
		return false;
	rc = nurse_read(q->mem, t, ret, &line);
	if (rc != RC_OK)
		fprintf(stderr, "zhaofa: roster: %s: line %u: %s\n", q->words[0], line, rc_name(rc));
	return rc == RC_OK;
}

static void
answer_put(struct buf *b, const struct roster_asked *q, const struct nurse_problem *p, const struct nurse_answer *a)
{
	buf_printf(b, "# objective %" PRId64 " bound %" PRId64 "%s%s, seed %" PRId64 "\n", a->objective, a->bound,
	    a->proven ? " (optimal)" : "", a->stopped ? " (stopped by the clock)" : "", q->seed);
	for (uint32_t i = 0; i < p->n_staff; i++)
		for (uint32_t day = 0; day < p->n_days; day++) {
			uint8_t s = a->shift[(size_t)i * p->n_days + day];

			if (s != NURSE_OFF)
				buf_printf(b, "%.*s,%u,%.*s\n", (int)p->staff[i].id.n, p->staff[i].id.p, day,
				    (int)p->shift[s].id.n, p->shift[s].id.p);
		}
}

int
cli_roster_nrp(struct roster_asked *q)
{
	struct nurse_limits limits = { (uint32_t)q->steps, (uint32_t)q->tries, q->seconds > 0 ? 20 : 0, (uint32_t)q->nodes,
		cli_roster_stop, q };
	struct nurse_problem p;
	struct nurse_answer a;
	uint32_t stuck = 0;
	struct buf b;
	bool fine;
	enum rc rc;

	if (!problem_read(q, &p))
		return 1;
	rc = nurse_solve(q->mem, q->spare, &p, (uint64_t)q->seed, limits, &a, &stuck);
	if (rc == RC_REFUSED)
		fprintf(stderr, "zhaofa: roster: nothing suits %.*s\n", (int)p.staff[stuck].id.n, p.staff[stuck].id.p);
	else if (rc != RC_OK)
		fprintf(stderr, "zhaofa: roster: %s\n", rc_name(rc));
	if (rc != RC_OK)
		return 1;
	if (q->out != NULL)
		printf("objective %" PRId64 " bound %" PRId64 "%s%s, seed %" PRId64 ", %u steps, %u tries, %u nodes\n", a.objective,
		    a.bound, a.proven ? " (optimal)" : "", a.stopped ? " (stopped by the clock)" : "", q->seed, a.steps, a.tries,
		    a.nodes);
	buf_init(&b, OUT_BYTES);
	answer_put(&b, q, &p, &a);
	fine = cli_roster_put(q->out, &b);
	buf_free(&b);
	return fine ? 0 : 1;
}

int
cli_roster_nrp_check(struct roster_asked *q)
{
	static const char *const rules[] = { "fine", "follows", "shifts", "minutes", "run", "rest", "weekends", "day_off" };
	struct nurse_problem p;
	struct nurse_verdict v;
	struct text t;
	uint8_t *shift;
	uint32_t line;

	if (!problem_read(q, &p) || !cli_roster_text(q->mem, q->words[1], &t))
		return 1;
	if (nurse_read_roster(q->mem, &p, t, &shift, &line) != RC_OK) {
		fprintf(stderr, "zhaofa: roster: %s: line %u: who, which day, which shift; one a day\n", q->words[1], line);
		return 1;
	}
	nurse_check(&p, shift, &v);
	printf("objective %" PRId64 " (wishes %" PRId64 ", cover %" PRId64 "), %u faults\n", v.objective, v.wishes, v.cover, v.n_faults);
	if (v.n_faults > 0)
		printf("first fault: %.*s, day %u: %s\n", (int)p.staff[v.staff].id.n, p.staff[v.staff].id.p, v.day,
		    rules[(int)v.rule]);
	return v.n_faults == 0 ? 0 : 1;
}
