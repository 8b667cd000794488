/* zhaofa roster synth, plan, verify, candidates, sick: a month of a county. */
#include "app/cli_roster.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/bench.h"

#define OUT_BYTES ((size_t)64 << 20)

int
cli_roster_synth(struct roster_asked *q)
{
	enum roster_synth_year year;
	struct roster_month m;
	struct buf b;
	bool fine;

	if (!cli_roster_year(q->year, &year) || q->county < 0 || q->month < 0)
		return -1;
	if (roster_synth_month(q->mem, (uint64_t)q->seed, year, (uint32_t)q->county, (uint32_t)q->month, &m) != RC_OK)
		return 1;
	buf_init(&b, OUT_BYTES);
	buf_printf(&b, "# made up: county %" PRId64 ", month %" PRId64 ", %s year, seed %" PRId64 "\n", q->county, q->month, q->year,
	    q->seed);
	cli_roster_month_put(&b, &m);
	fine = cli_roster_put(q->out, &b);
	buf_free(&b);
	return fine ? 0 : 1;
}

static bool
month_read(struct roster_asked *q, struct roster_month *ret)
{
	struct text t;
	uint32_t line = 0;
	enum rc rc;

	if (!cli_roster_text(q->mem, q->words[0], &t))
		return false;
	rc = cli_roster_month_read(q->mem, t, ret, &line);
	if (rc != RC_OK)
		fprintf(stderr, "zhaofa: roster: %s: line %u: %s\n", q->words[0], line, rc_name(rc));
	return rc == RC_OK;
}

static bool
plan_read(struct roster_asked *q, const struct roster_month *m, struct roster_plan *ret)
{
	struct text t;
	uint32_t line = 0;

	if (!cli_roster_text(q->mem, q->words[1], &t))
		return false;
	if (cli_roster_plan_read(q->mem, t, m, ret, &line) == RC_OK)
		return true;
	fprintf(stderr, "zhaofa: roster: %s: line %u: slot N visit|seat N K open, or person N day N\n", q->words[1], line);
	return false;
}

/* ---- plan ------------------------------------------------------------------------------------------------ */

static void
costs_put(struct buf *b, const int64_t by[static ROSTER_COSTS])
{
	for (int c = 0; c < ROSTER_COSTS; c++)
		if (by[c] != 0)
			buf_printf(b, " %s %" PRId64, roster_cost_code((enum roster_cost)c), by[c]);
}

static void
result_put(struct buf *b, const struct roster_result *r)
{
	int64_t gap = r->bound <= 0 ? 0 : (r->objective - r->bound) * 10000 / r->bound;

	buf_printf(b, "# objective %" PRId64 " bound %" PRId64 " gap %" PRId64 ".%02" PRId64 " %%%s%s\n", r->objective, r->bound,
	    gap / 100, gap % 100, r->proven ? " (optimal)" : "", r->stopped ? " (stopped by the clock)" : "");
	buf_printf(b, "# input %016" PRIx64 " seed %" PRIu64 " weights %u steps %u tries %u nodes %u\n#", r->hash, r->seed,
	    r->weights_version, r->steps, r->tries, r->nodes);
	costs_put(b, r->by);
	buf_printf(b, "\n# open: %u visits, %u seats\n", r->open_visits, r->open_seats);
}

/* Why nothing could be put there: the rules that block, the one that blocks most first. */
static enum rc
open_reason(struct roster_asked *q, struct buf *b, const struct roster_month *m, const struct roster_plan *plan, uint32_t slot)
{
	struct roster_candidates c;
	enum rc rc;

	arena_reset(q->spare);
	rc = roster_candidates(q->mem, q->spare, m, plan, slot, 0, &c);
	buf_printf(b, "# slot %u is open:", slot);
	for (int k = 0; rc == RC_OK && k < 3; k++) {
		int most = 1;

		for (int r = 1; r < ROSTER_RULES; r++)
			if (r != ROSTER_ENTITLED && (c.why[r] > c.why[most] || most == ROSTER_ENTITLED))
				most = r;
		if (c.why[most] == 0)
			break;
		buf_printf(b, " %s %u", roster_rule_code((enum roster_rule)most), c.why[most]);
		c.why[most] = 0;
	}
	if (rc == RC_OK && c.n_fine > 0)
		buf_printf(b, " dearer_than_open %u", c.n_fine);
	buf_add(b, TEXT("\n"));
	return rc;
}

static int
refusal_print(const struct roster_month *m, const struct roster_result *r, enum rc rc)
{
	if (rc != RC_REFUSED) {
		fprintf(stderr, "zhaofa: roster: %s\n", rc_name(rc));
		return 1;
	}
	fprintf(stderr, "zhaofa: roster: 固定安排互相矛盾 / pins contradict: %s:", roster_rule_code(r->clash.rule));
	for (int k = 0; k < 2; k++) {
		uint32_t at = k == 0 ? r->clash.a : r->clash.b;

		if (at != ROSTER_NOBODY)
			fprintf(stderr, " pin %u (person %u, day %u)", at, m->pin[at].person, m->pin[at].day + 1);
	}
	fprintf(stderr, "\n");
	return 1;
}

int
cli_roster_plan(struct roster_asked *q)
{
	struct roster_limits limits = { (uint32_t)q->steps, (uint32_t)q->tries, (uint32_t)q->nodes, cli_roster_stop, q };
	struct roster_month m;
	struct roster_result r;
	struct buf b;
	bool fine;
	enum rc rc;

	if (!month_read(q, &m))
		return 1;
	if (m.working == 0)
		fprintf(stderr, "zhaofa: roster: 没有工作日历 / the month has no working day: is the calendar missing?\n");
	rc = roster_solve(q->mem, q->spare, &m, (uint64_t)q->seed, limits, &r);
	if (rc != RC_OK)
		return refusal_print(&m, &r, rc);
	buf_init(&b, OUT_BYTES);
	result_put(&b, &r);
	for (uint32_t s = 0; s < r.plan.n && rc == RC_OK; s++)
		if (r.plan.slot[s].person == ROSTER_NOBODY)
			rc = open_reason(q, &b, &m, &r.plan, s);
	cli_roster_plan_put(&b, &m, &r.plan);
	fine = rc == RC_OK && cli_roster_put(q->out, &b);
	buf_free(&b);
	return fine ? 0 : 1;
}

int
cli_roster_verify(struct roster_asked *q)
{
	struct roster_month m;
	struct roster_plan plan;
	struct roster_verdict v;
	struct buf b;

	if (!month_read(q, &m) || !plan_read(q, &m, &plan))
		return 1;
	roster_check(&m, &plan, &v);
	buf_init(&b, OUT_BYTES);
	buf_printf(&b, "objective %" PRId64 ", %u visits and %u seats open, %u faults\n", v.objective, v.open_visits, v.open_seats, v.n_faults);
	costs_put(&b, v.by);
	buf_add(&b, TEXT("\n"));
	for (uint32_t k = 0; k < v.n_faults && k < ROSTER_FAULTS_KEPT; k++)
		buf_printf(&b, "slot %u: %s\n", v.fault[k].slot, roster_rule_code(v.fault[k].rule));
	(void)cli_roster_put(NULL, &b);
	buf_free(&b);
	return v.n_faults == 0 ? 0 : 1;
}

/* ---- changes by hand --------------------------------------------------------------------------------------- */

int
cli_roster_candidates(struct roster_asked *q)
{
	struct roster_candidates c;
	struct roster_month m;
	struct roster_plan plan;
	struct buf b;
	int64_t slot, at;
	enum rc rc;

	if (!month_read(q, &m) || !plan_read(q, &m, &plan))
		return 1;
	if (q->slot == NULL || int64_parse(text_of(q->slot), 0, (int64_t)plan.n - 1, &slot) != RC_OK)
		return -1;
	at = bench_now_ns();
	rc = roster_candidates(q->mem, q->spare, &m, &plan, (uint32_t)slot, 60, &c);
	at = bench_now_ns() - at;
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: roster: %s\n", rc_name(rc));
		return 1;
	}
	buf_init(&b, OUT_BYTES);
	buf_printf(&b, "# %u places, found in %.2f ms\n", c.n_fine, (double)at / 1e6);
	for (uint32_t k = 0; k < c.n; k++) {
		if (c.v[k].blocked != ROSTER_FINE) {
			buf_printf(&b, "person %u day %u blocked %s\n", c.v[k].person, c.v[k].day + 1, roster_rule_code(c.v[k].blocked));
			continue;
		}
		buf_printf(&b, "person %u day %u %+" PRId64 ":", c.v[k].person, c.v[k].day + 1, c.v[k].difference);
		costs_put(&b, c.v[k].by);
		buf_add(&b, TEXT("\n"));
	}
	(void)cli_roster_put(NULL, &b);
	buf_free(&b);
	return 0;
}

int
cli_roster_sick(struct roster_asked *q)
{
	struct roster_month m, now;
	struct roster_plan plan;
	struct roster_verdict v;
	uint32_t days = 0, changed;
	struct buf b;
	int64_t at;
	bool fine;
	enum rc rc;

	if (!month_read(q, &m) || !plan_read(q, &m, &plan))
		return 1;
	if (q->person < 0 || q->person >= m.n_persons || q->from < 1 || q->to < q->from || q->to > m.n_days)
		return -1;
	for (int64_t d = q->from; d <= q->to; d++)
		days |= UINT32_C(1) << (d - 1);
	at = bench_now_ns();
	rc = roster_call_in(q->mem, &m, (uint32_t)q->person, days, (int32_t)q->price, &now);
	if (rc == RC_OK)
		rc = roster_repair(q->spare, &now, &plan, (uint32_t)q->person, (uint32_t)q->from - 1, &changed);
	at = bench_now_ns() - at;
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: roster: %s\n", rc_name(rc));
		return 1;
	}
	roster_check(&now, &plan, &v);
	fprintf(stderr, "%u changed, %u visits and %u seats open, %u faults, %.2f ms\n", changed, v.open_visits, v.open_seats, v.n_faults,
	    (double)at / 1e6);
	buf_init(&b, OUT_BYTES);
	cli_roster_plan_put(&b, &now, &plan);
	fine = cli_roster_put(q->out, &b);
	buf_free(&b);
	return fine && v.n_faults == 0 ? 0 : 1;
}
