#include "operations/supervise/supervise_store.h"

/* How far a clock was warned of, for the deadline it has now: the words of the index case_clock_step. */
#define STEP_TAKEN(c) "(CASE WHEN " c "step_due_ms = " c "due_ms THEN " c "step ELSE 0 END)"
#define NEVER "9223372036854775807"
#define PAUSED "EXISTS (SELECT 1 FROM case_clock c WHERE c.city = o.city AND c.request = o.request" \
	" AND c.target = o.target AND c.met_ms IS NULL AND c.due_ms = " NEVER ")"
#define NO_CLOCK " r.city = $1 AND r.open = 1 AND r.urgent >= $2" \
	" AND NOT EXISTS (SELECT 1 FROM case_clock c WHERE c.city = r.city AND c.request = r.id AND c.met_ms IS NULL)" \
	" AND NOT EXISTS (SELECT 1 FROM supervise_order o WHERE o.city = r.city AND o.request = r.id AND o.target = 0" \
	"  AND o.open = 1)"

#define CAUSE(name) "(SELECT v." name " FROM code_value v WHERE v.city = o.city AND v.kind = 'supervise.cause'" \
	" AND v.code = o.cause ORDER BY v.from_day DESC LIMIT 1)"
#define ORDER "o.id, o.request, o.place, o.target, o.level, o.state, o.number, o.cause, o.words, o.issuer, o.to_account," \
	" o.issued_ms, o.due_ms, o.next_ms, o.read_ms, o.read_by, o.report_to, o.report_ms, o.closed_ms, o.round, o.turn," \
	" o.revision," \
	" " CAUSE("name") ", " CAUSE("name_en") ", i.name, t.name, b.name, p.name, r.number, r.subject FROM supervise_order o" \
	" JOIN request r ON r.city = o.city AND r.id = o.request" \
	" LEFT JOIN account i ON i.city = o.city AND i.id = o.issuer" \
	" LEFT JOIN account t ON t.city = o.city AND t.id = o.to_account" \
	" LEFT JOIN account b ON b.city = o.city AND b.id = o.read_by" \
	" LEFT JOIN account p ON p.city = o.city AND p.id = o.report_to"
#define RULE "SELECT s.from_ms, s.step, s.count, s.unit, s.reply_count, s.reply_unit, s.night, s.source, s.account," \
	" s.written_ms, a.name, s.most FROM supervise_rule s LEFT JOIN account a ON a.city = s.city AND a.id = s.account"

const struct db_stmt supervise_q[Q_COUNT] = {
	[Q_RULES] = { "supervise.rules", DB_SYSTEM,
	    RULE " WHERE s.city = $1 AND s.from_ms = (SELECT MAX(n.from_ms) FROM supervise_rule n WHERE n.city = $1"
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
	    " AND NOT " PAUSED " ORDER BY o.next_ms, o.id LIMIT $4", 1 },
	/* orders that are done, to look whether their clock is still late; none while it is paused */
	[Q_AGAIN_DUE] = { "supervise.again_due", DB_SYSTEM,
	    "SELECT o.id, o.request, r.urgent FROM supervise_order o JOIN request r ON r.city = o.city AND r.id = o.request"
	    " WHERE o.city = $1 AND o.again_ms IS NOT NULL AND o.again_ms < $2 AND r.urgent >= $3"
	    " AND NOT " PAUSED " ORDER BY o.again_ms, o.id LIMIT $4", 1 },
	/* open orders of the program whose clock is not late at $2 */
	[Q_ORDERS_MOVED] = { "supervise.orders_moved", DB_SYSTEM,
	    "SELECT o.id, o.request FROM supervise_order o JOIN request r ON r.city = o.city AND r.id = o.request"
	    " JOIN case_clock c ON c.city = o.city AND c.request = o.request AND c.target = o.target"
	    " WHERE o.city = $1 AND o.open = 1 AND o.issuer = -1 AND c.met_ms IS NULL AND c.due_ms >= $2"
	    " ORDER BY o.id LIMIT $3", 0 },
	/* a case without a running clock has no deadline, so it stands at the end of the list */
	[Q_NO_CLOCK] = { "supervise.no_clock", DB_SYSTEM,
	    "SELECT r.id, r.urgent FROM request r WHERE" NO_CLOCK " AND r.due_ms = " NEVER " ORDER BY r.id LIMIT $3", 1 },
	[Q_NO_CLOCK_ANYWHERE] = { "supervise.no_clock_anywhere", DB_SYSTEM,
	    "SELECT r.id, r.urgent FROM request r WHERE" NO_CLOCK " ORDER BY r.id LIMIT $3", 0 },
	[Q_MARK] = { "supervise.mark", DB_SYSTEM,
	    "UPDATE case_clock SET step = $6, step_due_ms = due_ms WHERE city = $1 AND request = $2 AND target = $3"
	    " AND met_ms IS NULL AND due_ms = $4 AND " STEP_TAKEN("") " = $5", 0 },
	[Q_STEP_INSERT] = { "supervise.step_insert", DB_SYSTEM,
	    "INSERT INTO supervise_step (city, request, target, step, due_ms, at_ms, said, to_account, order_id, rule_ms,"
	    " turn) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
	    " ON CONFLICT (city, request, target, step, due_ms, turn) DO NOTHING", 0 },
	[Q_ORDER_OPEN] = { "supervise.order_open", DB_SYSTEM,
	    "SELECT id FROM supervise_order WHERE city = $1 AND request = $2 AND target = $3 AND open = 1", 0 },
	[Q_ORDER_INSERT] = { "supervise.order_insert", DB_SYSTEM,
	    "INSERT INTO supervise_order (city, id, number, request, target, place, level, cause, issuer, to_account, words,"
	    " issued_ms, due_ms, next_ms, rule_ms, state, round, report_to, report_ms, turn, base_ms, reply_count, reply_unit,"
	    " calendar, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 10, 1, $16, $17, $18,"
	    " $19, $20, $21, $22, 1)", 0 },
	[Q_ORDER_STANDS] = { "supervise.order_stands", DB_SYSTEM,
	    "SELECT request, target, level, state, due_ms, next_ms, revision, turn, issuer, to_account FROM supervise_order"
	    " WHERE city = $1 AND id = $2", 0 },
	[Q_AGAIN_TAKE] = { "supervise.again_take", DB_SYSTEM,
	    "UPDATE supervise_order SET again_ms = NULL WHERE city = $1 AND id = $2 AND again_ms < $3", 0 },
	/* the deadline of a clock that is late at $4 and was ordered for that */
	[Q_TURN_LATE] = { "supervise.turn_late", DB_SYSTEM,
	    "SELECT c.due_ms FROM case_clock c WHERE c.city = $1 AND c.request = $2 AND c.target = $3 AND c.met_ms IS NULL"
	    " AND c.due_ms < $4 AND " STEP_TAKEN("c.") " = 3", 0 },
	[Q_TURN_LAST] = { "supervise.turn_last", DB_SYSTEM,
	    "SELECT turn, order_id FROM supervise_step WHERE city = $1 AND request = $2 AND target = $3 AND step = 3"
	    " AND due_ms = $4 ORDER BY turn DESC LIMIT 1", 0 },
	[Q_CLOCK_AHEAD] = { "supervise.clock_ahead", DB_SYSTEM,
	    "SELECT due_ms FROM case_clock WHERE city = $1 AND request = $2 AND target = $3 AND met_ms IS NULL AND due_ms >= $4", 0 },
	/* As if none was taken: the deadline may come back to where it was. */
	[Q_UNMARK] = { "supervise.unmark", DB_SYSTEM,
	    "UPDATE case_clock SET step = 0, step_due_ms = 0 WHERE city = $1 AND request = $2 AND target = $3"
	    " AND step_due_ms <> due_ms", 0 },
	[Q_ORDER_RAISE] = { "supervise.order_raise", DB_SYSTEM,
	    "UPDATE supervise_order SET level = $4, report_to = $5, report_ms = $6, next_ms = $7, rule_ms = $8, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND state < 40", 0 },
	[Q_ORDERS_OLD] = { "supervise.orders_old", DB_SYSTEM,
	    "SELECT id, request, base_ms, reply_count, reply_unit, due_ms, next_ms, rule_ms, level, issued_ms, report_ms, revision"
	    " FROM supervise_order WHERE city = $1 AND calendar < $2 AND state < 40 ORDER BY calendar, id LIMIT $3", 1 },
	/* The revision stays: an open form is good for the new deadline too. */
	[Q_ORDER_COUNTED] = { "supervise.order_counted", DB_SYSTEM,
	    "UPDATE supervise_order SET due_ms = $4, next_ms = $5, calendar = $6 WHERE city = $1 AND id = $2 AND revision = $3"
	    " AND state < 40 AND calendar < $6", 0 },
	/* The last order of a deadline, closed or not: what it could not do is reported. */
	[Q_ORDER_OVER] = { "supervise.order_over", DB_SYSTEM,
	    "UPDATE supervise_order SET level = 5, report_to = $3, report_ms = $4, revision = revision + 1"
	    " WHERE city = $1 AND id = $2", 0 },
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
	[Q_RULES_ALL] = { "supervise.rules_all", DB_CITY,
	    RULE " WHERE s.city = $1 ORDER BY s.from_ms DESC, s.step LIMIT $2", 0 },
	[Q_RULE_INSERT] = { "supervise.rule_insert", DB_SYSTEM,
	    "INSERT INTO supervise_rule (city, from_ms, step, count, unit, reply_count, reply_unit, night, source, account,"
	    " written_ms, most) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", 0 },
	[Q_ORDER_LOAD] = { "supervise.order_load", DB_PLACE, "SELECT " ORDER " WHERE " REQUEST_IN_SCOPE " AND o.id = $5", 0 },
	[Q_ORDER_OF_CASE] = { "supervise.order_of_case", DB_PLACE,
	    "SELECT " ORDER " WHERE " REQUEST_IN_SCOPE " AND o.request = $5 ORDER BY o.id DESC LIMIT $6", 0 },
	[Q_ORDER_MINE] = { "supervise.order_mine", DB_OWN,
	    "SELECT " ORDER " WHERE o.city = $1 AND o.to_account = $2 AND o.open = 1 AND o.state < 40"
	    " ORDER BY o.due_ms, o.id LIMIT $3", 1 },
	[Q_ORDER_MINE_COUNT] = { "supervise.order_mine_count", DB_OWN,
	    "SELECT COUNT(*) FROM supervise_order WHERE city = $1 AND to_account = $2 AND open = 1 AND state < 40", 0 },
	/* $4, $5 place; $6, $7 states; $8 cause; $9 level; $10 due before; $11 ids below */
	[Q_ORDER_LIST] = { "supervise.order_list", DB_AREA,
	    "SELECT " ORDER " WHERE o.city = $1 AND o.place BETWEEN $2 AND $3 AND o.place BETWEEN $4 AND $5"
	    " AND o.state BETWEEN $6 AND $7 AND (o.cause = $8 OR CAST($8 AS text) = '')"
	    " AND (o.level = $9 OR CAST($9 AS smallint) = 0) AND o.due_ms < $10 AND o.id < $11"
	    " ORDER BY o.id DESC LIMIT $12", 0 },
	[Q_ORDER_SIGN] = { "supervise.order_sign", DB_SYSTEM,
	    "UPDATE supervise_order SET read_ms = $4, read_by = $3, state = CASE WHEN state = 10 THEN 20 ELSE state END"
	    " WHERE city = $1 AND id = $2 AND to_account = $3 AND open = 1 AND read_ms IS NULL", 0 },
	[Q_REPORT_SIGN] = { "supervise.report_sign", DB_SYSTEM,
	    "UPDATE supervise_step SET read_ms = $5 WHERE city = $1 AND request = $2 AND order_id = $3 AND to_account = $4"
	    " AND step > 3 AND read_ms IS NULL", 0 },
	[Q_ORDER_REPLIED] = { "supervise.order_replied", DB_SYSTEM,
	    "UPDATE supervise_order SET state = 40, next_ms = NULL, read_by = CASE WHEN read_ms IS NULL THEN $4 ELSE read_by END,"
	    " read_ms = COALESCE(read_ms, $5), revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND state < 40", 0 },
	[Q_ORDER_CLOSE] = { "supervise.order_close", DB_SYSTEM,
	    "UPDATE supervise_order SET state = $4, next_ms = NULL, closed_ms = $5, again_ms = $6, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND open = 1", 0 },
	[Q_ORDER_AGAIN] = { "supervise.order_again", DB_SYSTEM,
	    "UPDATE supervise_order SET state = 30, level = 3, due_ms = $4, next_ms = $5, round = round + 1, base_ms = $6,"
	    " reply_count = $7, reply_unit = $8, rule_ms = $9, calendar = $10, revision = revision + 1 WHERE city = $1 AND id = $2 AND revision = $3 AND state = 40", 0 },
	[Q_REPLY_INSERT] = { "supervise.reply_insert", DB_SYSTEM,
	    "INSERT INTO supervise_reply (city, order_id, round, due_ms, reply, replied_ms, replied_by)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7)", 0 },
	[Q_REPLY_JUDGE] = { "supervise.reply_judge", DB_SYSTEM,
	    "UPDATE supervise_reply SET verdict = $4, words = $5, judged_ms = $6, judged_by = $7"
	    " WHERE city = $1 AND order_id = $2 AND round = $3 AND verdict IS NULL AND replied_by <> $7", 0 },
	[Q_REPLIES] = { "supervise.replies", DB_PLACE,
	    "SELECT y.round, y.due_ms, y.reply, y.replied_ms, y.replied_by, y.verdict, y.words, y.judged_ms, a.name, j.name"
	    " FROM supervise_reply y JOIN supervise_order o ON o.city = y.city AND o.id = y.order_id"
	    " JOIN request r ON r.city = o.city AND r.id = o.request"
	    " LEFT JOIN account a ON a.city = y.city AND a.id = y.replied_by"
	    " LEFT JOIN account j ON j.city = y.city AND j.id = y.judged_by"
	    " WHERE " REQUEST_IN_SCOPE " AND y.order_id = $5 ORDER BY y.round LIMIT $6", 0 },
	[Q_SAID] = { "supervise.said", DB_PLACE,
	    "SELECT s.step, s.target, s.at_ms, s.due_ms, s.to_account, s.order_id, s.read_ms, a.name FROM supervise_step s"
	    " JOIN request r ON r.city = s.city AND r.id = s.request"
	    " LEFT JOIN account a ON a.city = s.city AND a.id = s.to_account"
	    " WHERE " REQUEST_IN_SCOPE " AND s.request = $5 AND s.said = 1 ORDER BY s.at_ms DESC, s.target DESC, s.step DESC LIMIT $6", 0 },
	[Q_TARGET_NEAREST] = { "supervise.target_nearest", DB_SYSTEM,
	    "SELECT target FROM case_clock WHERE city = $1 AND request = $2 AND met_ms IS NULL ORDER BY due_ms, target LIMIT 1",
	    0 },
};

const struct db_set supervise_sql = DB_SET("supervise", supervise_q);
