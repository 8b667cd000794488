#include "app/verify.h"

#include "kit/audit/audit.h"
#include "operations/request/request.h"
#include "standards/holidays/holidays.h"

#include <stdio.h>

/* Checks that one statement answers: number looked at, number that do not fit, first of these. */
enum verify_q {
	Q_NO_HOLDING, Q_FIRST_HOLDING, Q_LAST_HOLDING, Q_HOLDER_AWAY, Q_NO_CLOCK, Q_NEAREST, Q_PLACE, Q_DIVISION,
	Q_HOLDER_GRANT, Q_ORPHAN_EVENT, Q_ORPHAN_MESSAGE, Q_ORPHAN_REVIEW, Q_ORPHAN_CONSULT, Q_OPEN_LOAD, Q_CLOSED,
	Q_BAD_GRADE, Q_SELF_FOLLOW, Q_OPEN_OFFER, Q_VILLAGES, Q_KEYS, Q_COUNTED,
	Q_EVENTS = Q_COUNTED, Q_CLOCKS, Q_COUNT
};

#define CHECK(bad) "SELECT COUNT(*), COALESCE(SUM(CASE WHEN " bad " THEN 1 ELSE 0 END), 0)," \
	" COALESCE(MIN(CASE WHEN " bad " THEN x.id END), 0)"
#define REQUESTS " FROM request x WHERE x.city = $1"
#define NEWEST_HOLDING(column) "(SELECT h." column " FROM holding h WHERE h.city = x.city AND h.request = x.id" \
	" ORDER BY h.since_ms DESC LIMIT 1)"
#define ORPHAN(table) "SELECT COUNT(*), COALESCE(SUM(CASE WHEN r.id IS NULL THEN 1 ELSE 0 END), 0)," \
	" COALESCE(MIN(CASE WHEN r.id IS NULL THEN x.request END), 0) FROM " table " x" \
	" LEFT JOIN request r ON r.city = x.city AND r.id = x.request WHERE x.city = $1"

static const struct db_stmt verify_q[Q_COUNT] = {
	[Q_NO_HOLDING] = { "verify.no_holding", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM holding h WHERE h.city = x.city AND h.request = x.id)") REQUESTS, 0 },
	[Q_FIRST_HOLDING] = { "verify.first_holding", DB_SYSTEM,
	    CHECK("x.created_ms <> COALESCE((SELECT MIN(h.since_ms) FROM holding h WHERE h.city = x.city"
	    " AND h.request = x.id), 0)") REQUESTS, 0 },
	[Q_LAST_HOLDING] = { "verify.last_holding", DB_SYSTEM,
	    CHECK("x.holder <> COALESCE(" NEWEST_HOLDING("account") ", 0)"
	    " OR x.holder_point <> COALESCE(" NEWEST_HOLDING("point") ", 0)") REQUESTS, 0 },
	[Q_HOLDER_AWAY] = { "verify.holder_away", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM account a WHERE a.city = x.city AND a.id = x.holder AND a.active = 1)")
	    REQUESTS " AND x.open = 1", 0 },
	[Q_NO_CLOCK] = { "verify.no_clock", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM case_clock c WHERE c.city = x.city AND c.request = x.id"
	    " AND c.met_ms IS NULL)") REQUESTS " AND x.open = 1", 0 },
	[Q_NEAREST] = { "verify.nearest", DB_SYSTEM,
	    CHECK("x.due_ms <> COALESCE((SELECT MIN(c.due_ms) FROM case_clock c WHERE c.city = x.city"
	    " AND c.request = x.id AND c.met_ms IS NULL), 0)") REQUESTS " AND x.open = 1", 0 },
	[Q_PLACE] = { "verify.place", DB_SYSTEM,
	    CHECK("x.place / 100000000 <> CAST($1 AS bigint)") REQUESTS, 0 },
	[Q_DIVISION] = { "verify.division", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM division d WHERE d.city = x.city AND d.code = x.place)") REQUESTS, 0 },
	[Q_HOLDER_GRANT] = { "verify.holder_grant", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM case_grant g WHERE g.city = x.city AND g.account = x.holder"
	    " AND g.request = x.id)") REQUESTS, 0 },
	[Q_ORPHAN_EVENT] = { "verify.orphan_event", DB_SYSTEM, ORPHAN("event"), 0 },
	[Q_ORPHAN_MESSAGE] = { "verify.orphan_message", DB_SYSTEM, ORPHAN("message"), 0 },
	[Q_ORPHAN_REVIEW] = { "verify.orphan_review", DB_SYSTEM, ORPHAN("review"), 0 },
	[Q_ORPHAN_CONSULT] = { "verify.orphan_consult", DB_SYSTEM, ORPHAN("consult"), 0 },
	[Q_OPEN_LOAD] = { "verify.open_load", DB_SYSTEM,
	    CHECK("x.open_load <> (SELECT COUNT(*) FROM request r WHERE r.city = x.city AND r.holder = x.id"
	    " AND r.open = 1)") " FROM account x WHERE x.city = $1", 0 },
	[Q_CLOSED] = { "verify.closed", DB_SYSTEM,
	    CHECK("(x.open = 1 AND (x.closed_ms IS NOT NULL OR x.outcome IS NOT NULL))"
	    " OR (x.open = 0 AND (x.closed_ms IS NULL OR x.outcome IS NULL))") REQUESTS, 0 },
	[Q_BAD_GRADE] = { "verify.bad_grade", DB_SYSTEM,
	    "SELECT COUNT(*), COALESCE(SUM(CASE WHEN f.id IS NULL THEN 1 ELSE 0 END), 0),"
	    " COALESCE(MIN(CASE WHEN f.id IS NULL THEN x.request END), 0) FROM review x LEFT JOIN follow_up f"
	    " ON f.city = x.city AND f.request = x.request AND f.act = x.act WHERE x.city = $1 AND x.grade IN (1, 2)", 0 },
	[Q_SELF_FOLLOW] = { "verify.self_follow", DB_SYSTEM,
	    CHECK("EXISTS (SELECT 1 FROM holding h WHERE h.city = x.city AND h.request = x.request"
	    " AND h.account = x.director) OR EXISTS (SELECT 1 FROM consult k WHERE k.city = x.city"
	    " AND k.request = x.request AND k.answered_by = x.director)") " FROM follow_up x WHERE x.city = $1", 0 },
	[Q_OPEN_OFFER] = { "verify.open_offer", DB_SYSTEM,
	    CHECK("NOT EXISTS (SELECT 1 FROM account a WHERE a.city = x.city AND a.id = x.to_account AND a.active = 1)")
	    " FROM handover x WHERE x.city = $1 AND x.state = 1", 0 },
	[Q_VILLAGES] = { "verify.villages", DB_SYSTEM,
	    CHECK("(SELECT COUNT(*) FROM point_village v WHERE v.city = x.city AND v.point = x.id AND v.to_day IS NULL) > 3"
	    " AND NOT EXISTS (SELECT 1 FROM point_village v WHERE v.city = x.city AND v.point = x.id"
	    " AND v.reason <> '')") " FROM point x WHERE x.city = $1 AND x.kind = 3", 0 },
	[Q_KEYS] = { "verify.keys", DB_SYSTEM,
	    CHECK("x.revision < 1 OR x.created_ms <= 0 OR x.number = ''") REQUESTS, 0 },
	[Q_EVENTS] = { "verify.events", DB_SYSTEM,
	    "SELECT r.id, r.state, e.from_state, e.to_state FROM request r LEFT JOIN event e"
	    " ON e.city = r.city AND e.request = r.id WHERE r.city = $1 ORDER BY r.id, e.id", 0 },
	[Q_CLOCKS] = { "verify.clocks", DB_SYSTEM,
	    "SELECT c.request, c.count, c.unit, c.roll, c.start_ms, c.due_ms FROM case_clock c"
	    " WHERE c.city = $1 AND (c.met_ms IS NULL OR c.calendar = $2) ORDER BY c.request, c.target", 0 },
};
const struct db_set verify_sql = DB_SET("verify", verify_q);

static const char *const names[Q_COUNTED] = {
	[Q_NO_HOLDING] = "every request has a holder",
	[Q_FIRST_HOLDING] = "a holder from the first moment on",
	[Q_LAST_HOLDING] = "exactly one holder: the newest holding is the one shown",
	[Q_HOLDER_AWAY] = "who holds an open request works here",
	[Q_NO_CLOCK] = "no open request without a clock",
	[Q_NEAREST] = "the deadline shown is the nearest unmet one",
	[Q_PLACE] = "records lie inside the city's keys",
	[Q_DIVISION] = "every place is a division",
	[Q_HOLDER_GRANT] = "who holds a request may see it",
	[Q_ORPHAN_EVENT] = "events belong to requests",
	[Q_ORPHAN_MESSAGE] = "messages belong to requests",
	[Q_ORPHAN_REVIEW] = "reviews belong to requests",
	[Q_ORPHAN_CONSULT] = "consultations belong to requests",
	[Q_OPEN_LOAD] = "open loads equal a recount",
	[Q_CLOSED] = "closed means a moment and an outcome",
	[Q_BAD_GRADE] = "every bad grade has a follow-up",
	[Q_SELF_FOLLOW] = "nobody follows up their own work",
	[Q_OPEN_OFFER] = "hand-overs wait for somebody who works here",
	[Q_VILLAGES] = "a station of more than 3 villages has a reason",
	[Q_KEYS] = "numbers, revisions and moments are there",
};

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

/* ---- what one statement tells -------------------------------------------------------------------------- */

static enum rc
counted(struct tx *tx, const struct actor *actor, struct verify *v)
{
	for (int q = 0; q < Q_COUNTED; q++) {
		ROWS row = NULL;
		enum rc rc = tx_one(tx, actor, &verify_q[q], NO_ARGS, &row);

		if (rc != RC_OK)
			return rc;
		verify_line(v, names[q], rows_int(row, 0), rows_int(row, 1), rows_int(row, 2));
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

static enum rc
clocks(struct tx *tx, const struct actor *actor, struct verify *v)
{
	const struct calendar *calendar = holidays_current();
	int64_t looked = 0, bad = 0, first = 0;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &verify_q[Q_CLOCKS], ARGS(db_int(calendar->version)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		struct clock_rule rule = { .count = (int)rows_int(row, 1), .unit = (enum clock_unit)rows_int(row, 2),
			.roll = rows_int(row, 3) != 0 };
		struct clock_answer a = clock_due(calendar, rule, rows_int(row, 4), NULL, 0, tx_now_ms(tx));

		looked++;
		if (a.due_ms != rows_int(row, 5)) {
			bad++;
			first = first == 0 ? rows_int(row, 0) : first;
		}
	}
	if (rc != RC_DONE)
		return rc;
	verify_line(v, "every deadline equals the clock's answer", looked, bad, first);
	return RC_OK;
}

static enum rc
verify_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct verify *v = arg;
	enum rc rc = counted(tx, actor, v);

	if (rc == RC_OK)
		rc = states(tx, actor, v);
	return rc == RC_OK ? clocks(tx, actor, v) : rc;
}

enum rc
verify_run(struct app *app, struct arena *mem, struct buf *out, int64_t *ret_problems)
{
	struct actor system = identity_system(app->conf.city);
	struct ctx ctx = app_ctx(app, mem, &system);
	struct verify v = { .app = app, .out = out };
	struct audit_report report;
	enum rc rc = db_read(&ctx, verify_tx, &v);

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
		rc = verify_run(&app, app.mem, &out, &problems);
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
