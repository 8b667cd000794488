#include "operations/supervise/supervise_store.h"

/* How far a clock was warned of, for the deadline it has now: the words of the index case_clock_step. */
#define STEP_TAKEN(c) "(CASE WHEN " c "step_due_ms = " c "due_ms THEN " c "step ELSE 0 END)"
#define NEVER "9223372036854775807"
#define NO_CLOCK " r.city = $1 AND r.open = 1 AND r.urgent >= $2" \
	" AND NOT EXISTS (SELECT 1 FROM case_clock c WHERE c.city = r.city AND c.request = r.id AND c.met_ms IS NULL)" \
	" AND NOT EXISTS (SELECT 1 FROM supervise_order o WHERE o.city = r.city AND o.request = r.id AND o.target = 0" \
	"  AND o.open = 1)"

const struct db_stmt supervise_q[Q_COUNT] = {
	[Q_RULES] = { "supervise.rules", DB_SYSTEM,
	    "SELECT s.from_ms, s.step, s.count, s.unit, s.reply_count, s.reply_unit, s.night, s.source, s.account,"
	    " s.written_ms, a.name FROM supervise_rule s LEFT JOIN account a ON a.city = s.city AND a.id = s.account"
	    " WHERE s.city = $1 AND s.from_ms = (SELECT MAX(n.from_ms) FROM supervise_rule n WHERE n.city = $1"
	    " AND n.from_ms <= $2) ORDER BY s.step", 0 },
	/* $2 the step taken so far, $3 the last deadline that the next can have reached, $4 now, $5 urgent ones alone */
	[Q_STEPS_DUE] = { "supervise.steps_due", DB_SYSTEM,
	    "SELECT c.request, c.target, c.start_ms, c.due_ms, r.urgent FROM case_clock c"
	    " JOIN request r ON r.city = c.city AND r.id = c.request WHERE c.city = $1 AND c.met_ms IS NULL"
	    " AND " STEP_TAKEN("c.") " = $2 AND c.due_ms <= $3 AND c.due_ms - $4 <= $4 - c.start_ms AND r.urgent >= $5"
	    " AND r.open = 1 ORDER BY c.due_ms, c.request, c.target LIMIT $6", 1 },
	/* none while its clock is paused */
	[Q_ORDERS_DUE] = { "supervise.orders_due", DB_SYSTEM,
	    "SELECT o.id, o.request, r.urgent FROM supervise_order o JOIN request r ON r.city = o.city AND r.id = o.request"
	    " WHERE o.city = $1 AND o.next_ms IS NOT NULL AND o.next_ms < $2 AND r.urgent >= $3"
	    " AND NOT EXISTS (SELECT 1 FROM case_clock c WHERE c.city = o.city AND c.request = o.request"
	    "  AND c.target = o.target AND c.met_ms IS NULL AND c.due_ms = " NEVER ")"
	    " ORDER BY o.next_ms, o.id LIMIT $4", 1 },
	/* a case without a running clock has no deadline, so it stands at the end of the list */
	[Q_NO_CLOCK] = { "supervise.no_clock", DB_SYSTEM,
	    "SELECT r.id, r.urgent FROM request r WHERE" NO_CLOCK " AND r.due_ms = " NEVER " ORDER BY r.id LIMIT $3", 1 },
	[Q_NO_CLOCK_ANYWHERE] = { "supervise.no_clock_anywhere", DB_SYSTEM,
	    "SELECT r.id, r.urgent FROM request r WHERE" NO_CLOCK " ORDER BY r.id LIMIT $3", 0 },
	[Q_MARK] = { "supervise.mark", DB_SYSTEM,
	    "UPDATE case_clock SET step = $6, step_due_ms = due_ms WHERE city = $1 AND request = $2 AND target = $3"
	    " AND met_ms IS NULL AND due_ms = $4 AND " STEP_TAKEN("") " = $5", 0 },
	[Q_STEP_INSERT] = { "supervise.step_insert", DB_SYSTEM,
	    "INSERT INTO supervise_step (city, request, target, step, due_ms, at_ms, said, to_account, order_id, rule_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
	    " ON CONFLICT (city, request, target, step, due_ms) DO NOTHING", 0 },
	[Q_ORDER_OPEN] = { "supervise.order_open", DB_SYSTEM,
	    "SELECT id FROM supervise_order WHERE city = $1 AND request = $2 AND target = $3 AND open = 1", 0 },
	[Q_ORDER_INSERT] = { "supervise.order_insert", DB_SYSTEM,
	    "INSERT INTO supervise_order (city, id, number, request, target, place, level, cause, issuer, to_account, words,"
	    " issued_ms, due_ms, next_ms, rule_ms, state, round, report_to, report_ms, revision)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 10, 1, $16, $17, 1)", 0 },
	[Q_ORDER_STANDS] = { "supervise.order_stands", DB_SYSTEM,
	    "SELECT request, target, level, state, due_ms, next_ms, revision FROM supervise_order"
	    " WHERE city = $1 AND id = $2", 0 },
	[Q_ORDER_RAISE] = { "supervise.order_raise", DB_SYSTEM,
	    "UPDATE supervise_order SET level = $4, report_to = $5, report_ms = $6, next_ms = $7, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND state < 40", 0 },
	/* Another holder has not signed for it yet. */
	[Q_ORDER_HELD] = { "supervise.order_held", DB_SYSTEM,
	    "UPDATE supervise_order SET to_account = $3, read_ms = NULL, read_by = NULL,"
	    " state = CASE WHEN state = 20 THEN 10 ELSE state END, revision = revision + 1"
	    " WHERE city = $1 AND request = $2 AND open = 1 AND to_account <> $3", 0 },
	[Q_ORDER_END] = { "supervise.order_end", DB_SYSTEM,
	    "UPDATE supervise_order SET state = 60, closed_ms = $3, next_ms = NULL, revision = revision + 1"
	    " WHERE city = $1 AND request = $2 AND open = 1", 0 },
	/* Who leads the town's centre, else the county's; never $4, who answers for the case.  $5 today */
	[Q_DIRECTOR] = { "supervise.director", DB_SYSTEM,
	    "SELECT a.id FROM ("
	    " SELECT 1 AS near, p.director AS who FROM point p WHERE p.city = $1 AND p.place = $2 AND p.kind = 2"
	    "  AND (p.closed_day IS NULL OR p.closed_day > $5)"
	    " UNION ALL SELECT 2, p.director FROM point p WHERE p.city = $1 AND p.place = $3 AND p.kind = 1"
	    "  AND (p.closed_day IS NULL OR p.closed_day > $5)) c"
	    " JOIN account a ON a.city = $1 AND a.id = c.who AND a.active = 1 AND a.role = 5"
	    " WHERE a.id <> $4 ORDER BY c.near, a.id LIMIT 1", 0 },
	/* An official of the county, else of the city. */
	[Q_BUREAU] = { "supervise.bureau", DB_SYSTEM,
	    "SELECT a.id FROM account a WHERE a.city = $1 AND a.place IN ($2, $3) AND a.role = 6 AND a.active = 1"
	    " ORDER BY a.place DESC, a.id LIMIT 1", 0 },
};

const struct db_set supervise_sql = DB_SET("supervise", supervise_q);
