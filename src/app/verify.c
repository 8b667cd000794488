#include "app/verify_store.h"

#include "kit/audit/audit.h"
#include "operations/dispatch/dispatch.h"
#include "operations/request/request.h"
#include "standards/holidays/holidays.h"

#include <stdio.h>

void
verify_line(struct verify *v, const char *name, int64_t looked_at, int64_t bad, int64_t first)
{
	v->checks++;
	if (bad == 0) {
		buf_printf(v->out, "ok   %s (%lld)\n", name, (long long)looked_at);
		return;
	}
	v->problems++;
	buf_printf(v->out, "BAD  %s: %lld of %lld do not fit, first %lld\n", name, (long long)bad, (long long)looked_at,
	    (long long)first);
}

enum rc
verify_checks(struct tx *tx, const struct actor *actor, struct verify *v, const struct db_set *set, const char *const *names)
{
	for (size_t i = 0; i < set->n; i++) {
		ROWS row = NULL;
		enum rc rc = tx_one(tx, actor, &set->stmts[i], NO_ARGS, &row);

		if (rc != RC_OK)
			return rc;
		verify_line(v, names[i], rows_int(row, 0), rows_int(row, 1), rows_int(row, 2));
	}
	return RC_OK;
}

/* ---- what one statement tells -------------------------------------------------------------------------- */

static enum rc
counted(struct tx *tx, const struct actor *actor, struct verify *v)
{
	for (int q = 0; q < Q_COUNTED; q++) {
		ROWS row = NULL;
		enum rc rc = tx_one(tx, actor, &verify_q[q], NO_ARGS, &row);

		if (rc != RC_OK)
			return rc;
		verify_line(v, verify_names[q], rows_int(row, 0), rows_int(row, 1), rows_int(row, 2));
	}
	return RC_OK;
}

/* ---- every state was reached by an allowed step ------------------------------------------------------------ */

static enum rc
states(struct tx *tx, const struct actor *actor, struct verify *v)
{
	int64_t request = 0, state = REQUEST_NONE, end = REQUEST_NONE, looked = 0, bad = 0, first = 0;
	bool broken = false;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &verify_q[Q_EVENTS], NO_ARGS, &row);

	while (rc == RC_OK) {
		rc = rows_next(row);
		if (rc != RC_OK && rc != RC_DONE)
			return rc;
		if (rc == RC_DONE || rows_int(row, 0) != request) {
			if (request != 0 && (broken || state != end)) {
				bad++;
				first = first == 0 ? request : first;
			}
			if (rc == RC_DONE)
				break;
			request = rows_int(row, 0);
			end = rows_int(row, 1);
			state = REQUEST_NONE;
			broken = false;
			looked++;
		}
		if (rows_int(row, 2) != state
		    || !request_step_allowed((enum request_state)rows_int(row, 2), (enum request_state)rows_int(row, 3)))
			broken = true;
		state = rows_int(row, 3);
	}
	verify_line(v, "every state was reached by allowed steps", looked, bad, first);
	return RC_OK;
}

/* ---- every deadline equals the clock engine's answer: the open ones, and those met under this calendar -------- */

struct clock_seen { int64_t request, start_ms, due_ms; int target; struct clock_rule rule; struct clock_pause v[CASE_PAUSES_MAX]; size_t n; };

static void
clock_read(struct rows *row, struct clock_seen *c)
{
	*c = (struct clock_seen){ .request = rows_int(row, 0), .start_ms = rows_int(row, 4), .due_ms = rows_int(row, 5),
		.target = (int)rows_int(row, 6), .rule = { .count = (int)rows_int(row, 1),
		    .unit = (enum clock_unit)rows_int(row, 2), .roll = rows_int(row, 3) != 0 } };
}

/* One row a clock and pause: the rows of a clock come together. */
static enum rc
clocks(struct tx *tx, const struct actor *actor, struct verify *v)
{
	const struct calendar *calendar = holidays_current();
	int64_t looked = 0, bad = 0, first = 0;
	struct clock_seen c = { .request = 0 };
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &verify_q[Q_CLOCKS], ARGS(db_int(calendar->version)), &row);

	while (rc == RC_OK) {
		rc = rows_next(row);
		if (rc != RC_OK && rc != RC_DONE)
			return rc;
		if (c.request != 0 && (rc == RC_DONE || rows_int(row, 0) != c.request || rows_int(row, 6) != c.target)) {
			looked++;
			if (clock_due(calendar, c.rule, c.start_ms, c.v, c.n, tx_now_ms(tx)).due_ms != c.due_ms) {
				bad++;
				first = first == 0 ? c.request : first;
			}
			c.request = 0;
		}
		if (rc == RC_DONE)
			break;
		if (c.request == 0)
			clock_read(row, &c);
		if (rows_int(row, 7) != 0 && (rows_int(row, 9) >> c.target & 1) != 0 && c.n < CASE_PAUSES_MAX)
			c.v[c.n++] = (struct clock_pause){ rows_int(row, 7), rows_int(row, 8) };
	}
	if (rc != RC_DONE)
		return rc;
	verify_line(v, "every deadline equals the clock's answer", looked, bad, first);
	return RC_OK;
}

/* What a recount told its cases is what the audit trail holds of it. */
static enum rc
recounts(struct tx *tx, const struct actor *actor, struct verify *v)
{
	int64_t looked, bad, first;
	enum rc rc = request_recount_check(tx, actor, &looked, &bad, &first);

	if (rc == RC_OK)
		verify_line(v, "what a new calendar moved stands as the audit trail says", looked, bad, first);
	return rc;
}

/* ---- every decision of dispatch comes out again, byte for byte --------------------------------------------- */

static enum rc
decisions(struct tx *tx, const struct actor *actor, struct verify *v)
{
	struct dispatch_replayed all;
	enum rc rc = dispatch_replay_all(tx, actor, &all);

	if (rc != RC_OK)
		return rc;
	verify_line(v, "every decision of dispatch comes out again as stored", all.looked_at - all.other_engine, all.differ,
	    all.first);
	if (all.other_engine > 0)
		buf_printf(v->out, "note %lld decisions were made by another version of the rule\n", (long long)all.other_engine);
	return RC_OK;
}

/* Not a fault: nobody was free when they came up, and whoever supervises the place can take them. */
static enum rc
untaken(struct tx *tx, const struct actor *actor, struct verify *v)
{
	int64_t n = 0;
	enum rc rc = tx_int(tx, actor, &verify_q[Q_UNTAKEN], NO_ARGS, &n);

	if (rc == RC_OK && n > 0)
		buf_printf(v->out, "note %lld follow-ups of bad grades wait for somebody to take them\n", (long long)n);
	return rc;
}

static enum rc
verify_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct verify *v = arg;
	enum rc rc = counted(tx, actor, v);

	if (rc == RC_OK)
		rc = states(tx, actor, v);
	if (rc == RC_OK)
		rc = clocks(tx, actor, v);
	if (rc == RC_OK)
		rc = recounts(tx, actor, v);
	if (rc == RC_OK && !v->quick)
		rc = decisions(tx, actor, v);
	if (rc == RC_OK)
		rc = verify_supervise(tx, actor, v);
	if (rc == RC_OK)
		rc = verify_cooperate(tx, actor, v);
	if (rc == RC_OK)
		rc = verify_policy(tx, actor, v);
	if (rc == RC_OK)
		rc = verify_paper(tx, actor, v);
	if (rc == RC_OK)
		rc = verify_aid(tx, actor, v);
	if (rc == RC_OK)
		rc = verify_mediation(tx, actor, v);
	if (rc == RC_OK)
		rc = verify_quality(tx, actor, v);
	if (rc == RC_OK)
		rc = verify_advisor(tx, actor, v);
	if (rc == RC_OK)
		rc = verify_score(tx, actor, v);
	if (rc == RC_OK)
		rc = verify_complaint(tx, actor, v);
	if (rc == RC_OK)
		rc = verify_hours(tx, actor, v);
	if (rc == RC_OK)
		rc = verify_roster(tx, actor, v);
	if (rc == RC_OK)
		rc = untaken(tx, actor, v);
	return rc == RC_OK && v->app->conf.state != NULL ? verify_files(tx, actor, v) : rc;
}

enum rc
verify_run(struct app *app, struct arena *mem, bool quick, struct buf *out, int64_t *ret_problems)
{
	struct actor system = identity_system(app->conf.city);
	struct ctx ctx = app_ctx(app, mem, &system);
	struct verify v = { .app = app, .out = out, .quick = quick };
	struct audit_report report;
	enum rc rc = db_read(&ctx, verify_tx, &v);

	if (rc == RC_OK && !quick)
		rc = verify_policy_replay(&ctx, &v);
	if (rc == RC_OK && !quick)
		rc = verify_circle(&ctx, &v);
	if (rc == RC_OK)
		rc = verify_duty(&ctx, &v);
	if (rc == RC_OK)
		rc = audit_verify(&ctx, app->crypt, &report);
	if (rc != RC_OK)
		return rc;
	verify_line(&v, "the audit chain is whole", report.sealed + report.unsealed, report.bad, report.first_bad_seq);
	if (report.unsealed > 0)
		buf_printf(out, "note the newest %lld audit rows are not yet sealed\n", (long long)report.unsealed);
	*ret_problems = v.problems;
	return buf_rc(out);
}

int
cli_verify(const struct cli *cli)
{
	struct app app;
	struct buf out;
	int64_t problems = 0;
	enum rc rc = app_open(&app, cli, false);

	buf_init(&out, 1 << 20);
	if (rc == RC_OK)
		rc = verify_run(&app, app.mem, cli->flag_quick, &out, &problems);
	fwrite(out.p, 1, out.n, stdout);
	buf_free(&out);
	app_close(&app);
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: verify: %s\n", rc_name(rc));
		return 2;
	}
	puts(problems == 0 ? "verify: ok" : "verify: BAD");
	return problems > 0;
}
