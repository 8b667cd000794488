#include "operations/matter/legalaid/legalaid_run_store.h"

#include "operations/matter/legalaid/legalaid_conflict.h"

#define OF_REQUEST(table) " FROM " table " x JOIN request r ON r.city = x.city AND r.id = x.request"
#define IN_CASE " WHERE " REQUEST_IN_SCOPE " AND r.id = $5"
#define BY_RECEIPT(table) " FROM " table " x"
#define MINE " WHERE x.city = $1 AND x.request = $2"
#define NAME(alias, column) " LEFT JOIN account " alias " ON " alias ".city = x.city AND " alias ".id = x." column
#define ASSIGNMENT "x.id, x.provider, x.firm, x.state, x.at_ms, x.account, x.place_of, x.words, x.accepted_ms, x.agreement," \
	" x.agreed_ms, x.ended_ms, x.ended_words, x.revision, p.name, f.name, f.phone, n.name, COALESCE(p.account, 0)"
#define ASSIGNMENT_JOINS " LEFT JOIN provider p ON p.city = x.city AND p.id = x.provider" \
	" LEFT JOIN firm f ON f.city = x.city AND f.id = x.firm" NAME("n", "account")
#define REPORT "x.id, x.at_ms, x.kind, x.day, x.minute, x.minutes, x.words, x.shown, n.name, x.place, x.changes, x.cancelled_ms," \
	" (SELECT COUNT(*) FROM aid_report z WHERE z.city = x.city AND z.request = x.request AND z.id <= x.id)"
#define CHANGE "x.id, x.asked_ms, x.asked_by, x.words, x.granted, x.decided_ms, x.decided_words, n.name"
#define CLOSING "x.day, x.way, x.result, x.recovered, x.words, x.at_ms, n.name"
#define OBJECTION "x.id, x.filed_ms, x.filed_by, x.decision, x.words, x.result, x.decided_ms, x.decided_words, n.name"
#define LISTED "SELECT r.id, a.state, a.matter, a.kind, a.applied_ms, r.due_ms, r.start_ms, a.advance_ms, r.number, n.name, h.name, q.name" \
	" FROM request r JOIN aid a ON a.city = r.city AND a.request = r.id LEFT JOIN person n ON n.city = r.city AND n.id = r.person" \
	" LEFT JOIN account h ON h.city = r.city AND h.id = r.holder LEFT JOIN aid_assignment s ON s.city = a.city AND s.request = a.request" \
	" AND s.open = 1 LEFT JOIN provider q ON q.city = s.city AND q.id = s.provider"
/* decided last, and the clocks of deciding and assigning, in the days $4 to $5 and the places $6 to $7 */
#define COUNTED " FROM aid a JOIN request r ON r.city = a.city AND r.id = a.request" \
	" LEFT JOIN case_clock d ON d.city = a.city AND d.request = a.request AND d.target = 4" \
	" LEFT JOIN case_clock g ON g.city = a.city AND g.request = a.request AND g.target = 5" \
	" LEFT JOIN aid_decision x ON x.city = a.city AND x.request = a.request AND x.kind IN (1, 2) AND x.n = (SELECT MAX(y.n) FROM aid_decision y" \
	"  WHERE y.city = a.city AND y.request = a.request AND y.kind IN (1, 2))" \
	" WHERE a.city = $1 AND r.place BETWEEN $2 AND $3 AND a.applied_ms >= $4 AND a.applied_ms < $5 AND r.place BETWEEN $6 AND $7"
/* the matter of a civil case, else a hundred more than the kind */
#define MATTER_KEY "CASE WHEN a.kind = 1 THEN a.matter ELSE 100 + a.kind END"
#define BROKEN(key) "SELECT " key ", COUNT(*), SUM(CASE WHEN x.kind = 1 THEN 1 ELSE 0 END), SUM(CASE WHEN x.kind = 2 THEN 1 ELSE 0 END)," \
	" SUM(CASE WHEN " LATE("d") " THEN 1 ELSE 0 END), SUM(CASE WHEN " LATE("g") " THEN 1 ELSE 0 END)," \
	" SUM(CASE WHEN d.met_ms IS NOT NULL THEN d.met_ms - d.start_ms ELSE 0 END), SUM(CASE WHEN d.met_ms IS NOT NULL THEN 1 ELSE 0 END)," \
	" SUM(CASE WHEN g.met_ms IS NOT NULL THEN g.met_ms - g.start_ms ELSE 0 END), SUM(CASE WHEN g.met_ms IS NOT NULL THEN 1 ELSE 0 END)"
#define LATE(c) c ".met_ms IS NOT NULL AND " c ".met_ms > " c ".due_ms"
#define FILE_ROW "x.n, x.pages, x.words, x.submitted_ms, x.passed, x.reviewed_ms, x.reviewed_words, n.name, m.name"
#define RATE "SELECT x.kind, x.from_day, x.fen, x.source, x.at_ms, n.name, x.words FROM aid_rate x" NAME("n", "account") " WHERE x.city = $1"

const struct db_stmt aid_run_q[R_COUNT] = {
	[R_LOADS] = { "legalaid.loads", DB_CITY,
	    "SELECT provider, COUNT(*) FROM aid_assignment WHERE city = $1 AND open = 1 GROUP BY provider", 0 },
	/* who acted for the other side: by assignment, or holding its case */
	[R_CONFLICTS] = { "legalaid.conflicts", DB_CITY,
	    "SELECT DISTINCT s.provider" AID_OTHER_SIDE " CROSS JOIN aid_assignment s WHERE k.city = $1 AND s.city = k.city"
	    " AND s.request = k.request UNION SELECT DISTINCT p.id" AID_OTHER_SIDE " CROSS JOIN holding h CROSS JOIN provider p"
	    " WHERE k.city = $1 AND h.city = k.city AND h.request = k.request AND p.city = h.city AND p.account = h.account", 0 },
	/* firms that give aid to the other side now */
	[R_OPPONENT_FIRMS] = { "legalaid.opponent_firms", DB_CITY,
	    "SELECT DISTINCT s.firm" AID_OTHER_SIDE " CROSS JOIN aid_assignment s WHERE k.city = $1 AND s.city = k.city"
	    " AND s.request = k.request AND s.open = 1", 0 },
	[R_DECLINED] = { "legalaid.declined", DB_CITY,
	    "SELECT DISTINCT provider FROM aid_assignment WHERE city = $1 AND request = $2 AND state IN (50, 51)", 0 },
	[R_ASSIGN] = { "legalaid.assign", DB_SYSTEM,
	    "INSERT INTO aid_assignment (city, id, request, provider, firm, state, at_ms, account, place_of, words, revision)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)", 0 },
	[R_PROPOSE] = { "legalaid.propose", DB_SYSTEM,
	    "INSERT INTO aid_proposal (city, assignment, place_of, provider, why, load, fit) VALUES ($1, $2, $3, $4, $5, $6, $7)", 0 },
	[R_ASSIGNMENTS] = { "legalaid.assignments", DB_PLACE,
	    "SELECT " ASSIGNMENT OF_REQUEST("aid_assignment") ASSIGNMENT_JOINS IN_CASE " ORDER BY x.id LIMIT $6", 0 },
	[R_ASSIGNMENTS_RECEIPT] = { "legalaid.assignments_receipt", DB_RECEIPT,
	    "SELECT " ASSIGNMENT BY_RECEIPT("aid_assignment") ASSIGNMENT_JOINS MINE " ORDER BY x.id LIMIT $3", 0 },
	[R_OPEN] = { "legalaid.assignment_open", DB_SYSTEM,
	    "SELECT x.id, x.state, COALESCE(p.account, 0), x.firm, x.provider FROM aid_assignment x JOIN provider p ON p.city = x.city"
	    " AND p.id = x.provider WHERE x.city = $1 AND x.request = $2 AND x.open = 1", 0 },
	/* the one before the newest was changed at the aided person's wish */
	[R_CHANGED_LAST] = { "legalaid.changed_last", DB_SYSTEM,
	    "SELECT COUNT(*) FROM aid_assignment x WHERE x.city = $1 AND x.request = $2 AND x.state = 51 AND x.id = (SELECT MAX(y.id)"
	    " FROM aid_assignment y WHERE y.city = $1 AND y.request = $2 AND y.open = 0)", 0 },
	[R_STANDARD] = { "legalaid.subsidy_standard", DB_SYSTEM,
	    "SELECT r.source, r.from_day FROM aid_subsidy s JOIN aid_rate r ON r.city = s.city AND r.kind = s.kind AND r.from_day = s.from_day"
	    " WHERE s.city = $1 AND s.request = $2 ORDER BY s.assignment DESC LIMIT 1", 0 },
	[R_ACCEPT] = { "legalaid.assignment_accept", DB_SYSTEM,
	    "UPDATE aid_assignment SET state = 20, accepted_ms = $3, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND state = 10", 0 },
	[R_AGREE] = { "legalaid.assignment_agree", DB_SYSTEM,
	    "UPDATE aid_assignment SET agreed_ms = $3, agreement = $4, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND open = 1 AND agreed_ms IS NULL", 0 },
	[R_COUNT_OF] = { "legalaid.assignment_count", DB_SYSTEM,
	    "SELECT COUNT(*) FROM aid_assignment WHERE city = $1 AND request = $2", 0 },
	[R_END] = { "legalaid.assignment_end", DB_SYSTEM,
	    "UPDATE aid_assignment SET state = $3, ended_ms = $4, ended_words = $5, revision = revision + 1"
	    " WHERE city = $1 AND request = $2 AND open = 1", 0 },
	[R_PROPOSAL] = { "legalaid.proposal", DB_PLACE,
	    "SELECT q.place_of, q.provider, q.why, q.load, q.fit, p.name, f.name" OF_REQUEST("aid_assignment")
	    " JOIN aid_proposal q ON q.city = x.city AND q.assignment = x.id"
	    " LEFT JOIN provider p ON p.city = q.city AND p.id = q.provider LEFT JOIN firm f ON f.city = p.city AND f.id = p.firm"
	    IN_CASE " AND x.id = $6 ORDER BY q.place_of LIMIT $7", 0 },
	[R_ACCOUNT_ACTIVE] = { "legalaid.account_active", DB_SYSTEM,
	    "SELECT COUNT(*) FROM account WHERE city = $1 AND id = $2 AND active = 1", 0 },
	[R_REPORT] = { "legalaid.report", DB_SYSTEM,
	    "INSERT INTO aid_report (city, id, request, assignment, kind, day, minute, minutes, words, shown, at_ms, account, place,"
	    " changes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)", 0 },
	[R_REPORT_LOAD] = { "legalaid.report_load", DB_SYSTEM,
	    "SELECT day, minute, place, shown, cancelled_ms FROM aid_report WHERE city = $1 AND request = $2 AND id = $3", 0 },
	[R_REPORT_MOVE] = { "legalaid.report_move", DB_SYSTEM,
	    "UPDATE aid_report SET day = $4, minute = $5, place = $6, cancelled_ms = $7, changed_ms = $8, changes = changes + 1"
	    " WHERE city = $1 AND request = $2 AND id = $3 AND cancelled_ms IS NULL", 0 },
	[R_REPORTS] = { "legalaid.reports", DB_PLACE,
	    "SELECT " REPORT OF_REQUEST("aid_report") NAME("n", "account") IN_CASE " ORDER BY x.day, x.id LIMIT $6", 0 },
	[R_REPORTS_RECEIPT] = { "legalaid.reports_receipt", DB_RECEIPT,
	    "SELECT " REPORT BY_RECEIPT("aid_report") NAME("n", "account") MINE " AND x.shown = 1 ORDER BY x.day, x.id LIMIT $3", 0 },
	[R_CHANGE] = { "legalaid.change", DB_SYSTEM,
	    "INSERT INTO aid_change (city, id, request, assignment, words, asked_ms, asked_by) VALUES ($1, $2, $3, $4, $5, $6, $7)", 0 },
	[R_CHANGE_WAITS] = { "legalaid.change_waits", DB_SYSTEM,
	    "SELECT COUNT(*) FROM aid_change WHERE city = $1 AND request = $2 AND decided_ms IS NULL", 0 },
	[R_CHANGE_DECIDE] = { "legalaid.change_decide", DB_SYSTEM,
	    "UPDATE aid_change SET granted = $3, decided_ms = $4, decided_by = $5, decided_words = $6"
	    " WHERE city = $1 AND request = $2 AND decided_ms IS NULL", 0 },
	[R_CHANGES] = { "legalaid.changes", DB_PLACE,
	    "SELECT " CHANGE OF_REQUEST("aid_change") NAME("n", "decided_by") IN_CASE " ORDER BY x.id LIMIT $6", 0 },
	[R_CHANGES_RECEIPT] = { "legalaid.changes_receipt", DB_RECEIPT,
	    "SELECT " CHANGE BY_RECEIPT("aid_change") NAME("n", "decided_by") MINE " ORDER BY x.id LIMIT $3", 0 },
	[R_CLOSING] = { "legalaid.closing", DB_SYSTEM,
	    "INSERT INTO aid_closing (city, request, day, way, result, recovered, words, at_ms, account)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 0 },
	[R_CLOSING_LOAD] = { "legalaid.closing_load", DB_PLACE,
	    "SELECT " CLOSING OF_REQUEST("aid_closing") NAME("n", "account") IN_CASE, 0 },
	[R_CLOSING_RECEIPT] = { "legalaid.closing_receipt", DB_RECEIPT,
	    "SELECT " CLOSING BY_RECEIPT("aid_closing") NAME("n", "account") MINE, 0 },
	[R_ATTACHED] = { "legalaid.attached", DB_SYSTEM,
	    "SELECT COUNT(*) FROM attachment WHERE city = $1 AND request = $2 AND id = $3", 0 },
	[R_LAST_DECISION] = { "legalaid.last_decision", DB_SYSTEM,
	    "SELECT n, at_ms FROM aid_decision WHERE city = $1 AND request = $2 AND kind IN (2, 3) ORDER BY n DESC LIMIT 1", 0 },
	[R_OBJECT] = { "legalaid.object", DB_SYSTEM,
	    "INSERT INTO aid_objection (city, id, request, decision, words, filed_ms, filed_by) VALUES ($1, $2, $3, $4, $5, $6, $7)"
	    " ON CONFLICT (city, request, decision) DO NOTHING", 0 },
	[R_OBJECT_DECIDE] = { "legalaid.object_decide", DB_SYSTEM,
	    "UPDATE aid_objection SET result = $3, decided_ms = $4, decided_by = $5, decided_words = $6"
	    " WHERE city = $1 AND request = $2 AND decided_ms IS NULL", 0 },
	[R_OBJECTIONS] = { "legalaid.objections", DB_PLACE,
	    "SELECT " OBJECTION OF_REQUEST("aid_objection") NAME("n", "decided_by") IN_CASE " ORDER BY x.id LIMIT $6", 0 },
	[R_OBJECTIONS_RECEIPT] = { "legalaid.objections_receipt", DB_RECEIPT,
	    "SELECT " OBJECTION BY_RECEIPT("aid_objection") NAME("n", "decided_by") MINE " ORDER BY x.id LIMIT $3", 0 },
	[R_AGREED_EVER] = { "legalaid.agreed_ever", DB_SYSTEM,
	    "SELECT COUNT(*) FROM aid_assignment WHERE city = $1 AND request = $2 AND agreed_ms IS NOT NULL", 0 },
	[R_FILE_COUNT] = { "legalaid.file_count", DB_SYSTEM, "SELECT COUNT(*) FROM aid_file WHERE city = $1 AND request = $2", 0 },
	[R_FILE] = { "legalaid.file", DB_SYSTEM,
	    "INSERT INTO aid_file (city, request, n, pages, words, submitted_ms, submitted_by) VALUES ($1, $2, $3, $4, $5, $6, $7)", 0 },
	[R_FILE_CHECK] = { "legalaid.file_check", DB_SYSTEM,
	    "UPDATE aid_file SET passed = $3, reviewed_ms = $4, reviewed_by = $5, reviewed_words = $6"
	    " WHERE city = $1 AND request = $2 AND reviewed_ms IS NULL", 0 },
	[R_FILES] = { "legalaid.files", DB_PLACE,
	    "SELECT " FILE_ROW OF_REQUEST("aid_file") NAME("n", "submitted_by") NAME("m", "reviewed_by") IN_CASE
	    " ORDER BY x.n LIMIT $6", 0 },
	[R_RATE_AT] = { "legalaid.rate_at", DB_CITY, RATE " AND x.kind = $2 AND x.from_day <= $3 ORDER BY x.from_day DESC LIMIT 1", 0 },
	[R_RATES] = { "legalaid.rates", DB_CITY, RATE " ORDER BY x.kind, x.from_day LIMIT $2", 0 },
	[R_RATE_SET] = { "legalaid.rate_set", DB_SYSTEM,
	    "INSERT INTO aid_rate (city, kind, from_day, fen, source, account, at_ms, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
	    " ON CONFLICT (city, kind, from_day) DO NOTHING", 0 },
	/* subsidies of that kind worked out for applications since a moment */
	[R_RATE_USED] = { "legalaid.rate_used", DB_CITY,
	    "SELECT COUNT(*) FROM aid_subsidy x JOIN aid a ON a.city = x.city AND a.request = x.request"
	    " WHERE x.city = $1 AND x.kind = $2 AND a.applied_ms >= $3", 0 },
	[R_SUBSIDY] = { "legalaid.subsidy", DB_SYSTEM,
	    "INSERT INTO aid_subsidy (city, assignment, request, kind, from_day, fen, approved_ms, approved_by)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (city, assignment) DO NOTHING", 0 },
	[R_SUBSIDY_PAY] = { "legalaid.subsidy_pay", DB_SYSTEM,
	    "UPDATE aid_subsidy SET paid_ms = $3, paid_by = $4, voucher = $5"
	    " WHERE city = $1 AND request = $2 AND paid_ms IS NULL AND approved_by <> $4", 0 },
	[R_SUBSIDIES] = { "legalaid.subsidies", DB_PLACE,
	    "SELECT x.assignment, x.kind, x.from_day, x.fen, x.approved_ms, x.paid_ms, x.voucher, p.name, n.name, m.name"
	    OF_REQUEST("aid_subsidy") " LEFT JOIN aid_assignment s ON s.city = x.city AND s.id = x.assignment"
	    " LEFT JOIN provider p ON p.city = s.city AND p.id = s.provider" NAME("n", "approved_by") NAME("m", "paid_by") IN_CASE
	    " ORDER BY x.assignment LIMIT $6", 0 },
	[R_LAST_ASSIGNMENT] = { "legalaid.last_assignment", DB_SYSTEM,
	    "SELECT id FROM aid_assignment WHERE city = $1 AND request = $2 AND agreed_ms IS NOT NULL ORDER BY id DESC LIMIT 1", 0 },
	[R_ARCHIVE] = { "legalaid.archive", DB_SYSTEM,
	    "UPDATE aid SET archive_number = $3, archived_ms = $4 WHERE city = $1 AND request = $2 AND archive_number IS NULL", 0 },
	[R_LIST] = { "legalaid.list", DB_PLACE,
	    LISTED " WHERE " REQUEST_IN_SCOPE " AND a.state BETWEEN $5 AND $6 AND (a.state, r.id) > ($7, $8)"
	    " ORDER BY a.state, r.id LIMIT $9", 0 },
	[R_LIST_MINE] = { "legalaid.list_mine", DB_OWN,
	    LISTED " WHERE r.city = $1 AND a.state BETWEEN $3 AND $4 AND (a.state, r.id) > ($5, $6) AND (r.holder = $2 OR q.account = $2)"
	    " ORDER BY a.state, r.id LIMIT $7", 0 },
	/* whose last assignment is the reader's: open, or ended after an agreement until the case itself has ended */
	[R_LIST_LAWYER] = { "legalaid.list_lawyer", DB_OWN,
	    "SELECT r.id, a.state, a.matter, a.kind, r.number, n.name, s.state, s.at_ms, r.place,"
	    " (SELECT MIN(c.due_ms) FROM case_clock c WHERE c.city = r.city AND c.request = r.id AND c.met_ms IS NULL AND c.target IN (6, 10)),"
	    " (SELECT MIN(z.day * 1440 + COALESCE(z.minute, 0)) FROM aid_report z WHERE z.city = r.city AND z.request = r.id"
	    "  AND z.assignment = s.id AND z.cancelled_ms IS NULL AND z.day >= $4 AND z.kind <> 9"
	    "  AND (z.minute IS NOT NULL OR CAST(z.day AS bigint) * 86400000 - 28800000 > z.at_ms)),"
	    " (SELECT COUNT(*) FROM aid_file v WHERE v.city = r.city AND v.request = r.id AND v.passed = 0), s.id"
	    " FROM provider p JOIN aid_assignment s ON s.city = p.city AND s.provider = p.id JOIN request r ON r.city = s.city"
	    " AND r.id = s.request JOIN aid a ON a.city = r.city AND a.request = r.id"
	    " LEFT JOIN person n ON n.city = r.city AND n.id = r.person"
	    " WHERE p.city = $1 AND p.account = $2 AND s.id < $3 AND a.state < 90 AND (s.open = 1 OR (s.state IN (52, 53) AND"
	    " s.agreed_ms IS NOT NULL AND s.id = (SELECT MAX(y.id) FROM aid_assignment y WHERE y.city = s.city"
	    " AND y.request = s.request))) ORDER BY s.id DESC LIMIT $5", 0 },
	[R_FIGURES] = { "legalaid.figures", DB_AREA,
	    "SELECT COUNT(*), SUM(CASE WHEN x.kind = 1 THEN 1 ELSE 0 END), SUM(CASE WHEN x.kind = 2 THEN 1 ELSE 0 END),"
	    " SUM(CASE WHEN a.state IN (92, 93) THEN 1 ELSE 0 END), SUM(CASE WHEN a.state < 90 THEN 1 ELSE 0 END),"
	    " SUM(CASE WHEN " LATE("d") " THEN 1 ELSE 0 END), SUM(CASE WHEN " LATE("g") " THEN 1 ELSE 0 END),"
	    " SUM(CASE WHEN d.met_ms IS NOT NULL THEN d.met_ms - d.start_ms ELSE 0 END), SUM(CASE WHEN d.met_ms IS NOT NULL THEN 1 ELSE 0 END),"
	    " SUM(CASE WHEN g.met_ms IS NOT NULL THEN g.met_ms - g.start_ms ELSE 0 END), SUM(CASE WHEN g.met_ms IS NOT NULL THEN 1 ELSE 0 END),"
	    " SUM(CASE WHEN x.kind = 2 AND (x.grounds & 1) <> 0 THEN 1 ELSE 0 END), SUM(CASE WHEN x.kind = 2 AND (x.grounds & 2) <> 0 THEN 1 ELSE 0 END),"
	    " SUM(CASE WHEN x.kind = 2 AND (x.grounds & 4) <> 0 THEN 1 ELSE 0 END), SUM(CASE WHEN x.kind = 2 AND (x.grounds & 8) <> 0 THEN 1 ELSE 0 END),"
	    " SUM(CASE WHEN x.kind = 2 AND (x.grounds & 16) <> 0 THEN 1 ELSE 0 END), SUM(CASE WHEN x.kind = 2 AND (x.grounds & 32) <> 0 THEN 1 ELSE 0 END),"
	    " SUM(CASE WHEN x.kind = 2 AND (x.grounds & 64) <> 0 THEN 1 ELSE 0 END)" COUNTED, 0 },
	[R_BY_MATTER] = { "legalaid.by_matter", DB_AREA, BROKEN(MATTER_KEY) COUNTED " GROUP BY 1 ORDER BY 1 LIMIT $8", 0 },
	[R_BY_STATUS] = { "legalaid.by_status", DB_AREA, BROKEN("a.status") COUNTED " AND a.status <> 0 GROUP BY 1 ORDER BY 1 LIMIT $8", 0 },
	/* a person may be of several groups */
	[R_BY_GROUP] = { "legalaid.by_group", DB_AREA,
	    BROKEN("CAST($9 AS bigint)") COUNTED
	    " AND (r.groups & CAST($9 AS bigint)) <> 0 HAVING COUNT(*) > 0 LIMIT $8", 0 },
	[R_BY_RATE] = { "legalaid.by_rate", DB_AREA,
	    "SELECT v.kind, COUNT(*), SUM(v.fen), SUM(CASE WHEN v.paid_ms IS NULL THEN 0 ELSE 1 END), SUM(CASE WHEN v.paid_ms IS NULL"
	    " THEN 0 ELSE v.fen END) FROM aid_subsidy v JOIN aid a ON a.city = v.city AND a.request = v.request"
	    " JOIN request r ON r.city = a.city AND r.id = a.request WHERE a.city = $1 AND r.place BETWEEN $2 AND $3"
	    " AND a.applied_ms >= $4 AND a.applied_ms < $5 AND r.place BETWEEN $6 AND $7 GROUP BY v.kind ORDER BY v.kind LIMIT $8", 0 },
	/* $8 the figure, $9 the bit of the ground, $11 by what it is broken down, $12 which part, $13 after that id */
	[R_FIGURE_ROWS] = { "legalaid.figure_rows", DB_AREA,
	    "SELECT r.id, a.state, a.matter, a.kind, a.applied_ms, r.due_ms, r.start_ms, a.advance_ms, r.number,"
	    " (SELECT n.name FROM person n WHERE n.city = r.city AND n.id = r.person), NULL, NULL,"
	    " (SELECT SUM(v.fen) FROM aid_subsidy v WHERE v.city = r.city AND v.request = r.id)" COUNTED
	    " AND (($8 = 1) OR ($8 = 2 AND x.kind = 1) OR ($8 = 3 AND x.kind = 2) OR ($8 = 4 AND " LATE("d") ") OR ($8 = 5 AND " LATE("g") ")"
	    " OR ($8 = 6 AND a.state < 90) OR ($8 = 100 AND x.kind = 2 AND (x.grounds & $9) <> 0))"
	    " AND ($11 = 0 OR ($11 = 1 AND (" MATTER_KEY ") = CAST($12 AS bigint)) OR ($11 = 2 AND a.status = CAST($12 AS bigint))"
	    " OR ($11 = 3 AND (r.groups & CAST($12 AS bigint)) <> 0) OR ($11 = 4 AND EXISTS (SELECT 1 FROM aid_subsidy v"
	    " WHERE v.city = r.city AND v.request = r.id AND v.kind = CAST($12 AS bigint)))) AND r.id > $13 ORDER BY r.id LIMIT $10", 0 },
};
const struct db_set legalaid_run_sql = DB_SET("legalaid_run", aid_run_q);
