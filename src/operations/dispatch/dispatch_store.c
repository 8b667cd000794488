#include "operations/dispatch/dispatch_store.h"

#define HANDOVER_COLUMNS "h.id, h.request, h.from_account, h.from_point, h.to_account, h.to_point, h.state," \
	" h.reason, h.offered_ms, h.answered_ms, h.return_code, h.return_reason, h.better_point, h.choice," \
	" fa.name, ta.name, tp.name, bp.name, r.number, r.subject, r.start_ms, r.due_ms"
#define HANDOVER_JOINED "handover h JOIN request r ON r.city = h.city AND r.id = h.request" \
	" LEFT JOIN account fa ON fa.city = h.city AND fa.id = h.from_account" \
	" LEFT JOIN account ta ON ta.city = h.city AND ta.id = h.to_account" \
	" LEFT JOIN point tp ON tp.city = h.city AND tp.id = h.to_point" \
	" LEFT JOIN point bp ON bp.city = h.city AND bp.id = h.better_point"
#define DECISION_COLUMNS "d.id, d.request, d.at_ms, d.engine, d.rules, d.seed, d.input, d.output, d.how, d.chosen, d.reason," \
	" w.weights"

const struct db_stmt dispatch_q[Q_COUNT] = {
	/* $2 village, $3 town, $4 county of the matter: who is answerable there, nearest first. */
	[Q_FIRST_HOLDER] = { "dispatch.first_holder", DB_SYSTEM,
	    "SELECT c.director, c.id, c.kind FROM ("
	    " SELECT 1 AS near, p.director, p.id, p.kind FROM point_village v"
	    "  JOIN point p ON p.city = v.city AND p.id = v.point AND p.closed_day IS NULL"
	    "  WHERE v.city = $1 AND v.village = $2 AND v.to_day IS NULL"
	    " UNION ALL SELECT 2, p.director, p.id, p.kind FROM point p"
	    "  WHERE p.city = $1 AND p.place = $3 AND p.kind = 2 AND p.closed_day IS NULL"
	    " UNION ALL SELECT 3, p.director, p.id, p.kind FROM point p"
	    "  WHERE p.city = $1 AND p.place = $4 AND p.kind = 1 AND p.closed_day IS NULL"
	    " UNION ALL SELECT 4, p.director, p.id, p.kind FROM point p"
	    "  WHERE p.city = $1 AND p.kind = 4 AND p.closed_day IS NULL) c"
	    " JOIN account a ON a.city = $1 AND a.id = c.director AND a.active = 1"
	    " ORDER BY c.near, c.id LIMIT 1", 0 },
	/* Everybody who handles cases in the town, the county's centre and on the hotline; where there are too many,
	 * those of the town and with the lightest load.  $2..$3 range of the town, $4 county, $5 item, $6 request,
	 * $7 the window of fairness begins, $8 person. */
	[Q_CANDIDATES] = { "dispatch.candidates", DB_CITY,
	    "SELECT a.id, a.point, a.name, p.name, p.kind, p.place, a.open_load, a.capacity,"
	    " EXISTS (SELECT 1 FROM account_item x WHERE x.city = a.city AND x.account = a.id),"
	    " EXISTS (SELECT 1 FROM account_item x WHERE x.city = a.city AND x.account = a.id AND x.item = $5),"
	    " EXISTS (SELECT 1 FROM point_item x WHERE x.city = a.city AND x.point = p.id),"
	    " EXISTS (SELECT 1 FROM point_item x WHERE x.city = a.city AND x.point = p.id AND x.item = $5),"
	    " EXISTS (SELECT 1 FROM handover h WHERE h.city = a.city AND h.request = $6 AND h.to_account = a.id"
	    "  AND h.state = 3),"
	    " (SELECT COUNT(*) FROM holding o WHERE o.city = a.city AND o.account = a.id AND o.since_ms >= $7 AND o.how IN (2, 3)),"
	    " (SELECT MAX(o.since_ms) FROM request q JOIN holding o ON o.city = q.city AND o.request = q.id"
	    "  AND o.account = a.id WHERE q.city = a.city AND q.person = $8 AND q.id <> $6)"
	    " FROM point p JOIN account a ON a.city = p.city AND a.point = p.id"
	    " WHERE p.city = $1 AND p.closed_day IS NULL AND a.active = 1 AND a.role BETWEEN 1 AND 5"
	    " AND (p.place BETWEEN $2 AND $3 OR (p.place = $4 AND p.kind = 1) OR p.kind = 4)"
	    " ORDER BY CASE WHEN p.place BETWEEN $2 AND $3 THEN 0 ELSE 1 END, a.open_load, a.id LIMIT 400", 0 },
	[Q_RULES] = { "dispatch.rules", DB_CITY,
	    "SELECT version, since_ms, weights, account, words FROM dispatch_rules WHERE city = $1"
	    " ORDER BY version DESC LIMIT 1", 0 },
	[Q_RULES_FIRST] = { "dispatch.rules_first", DB_SYSTEM,
	    "INSERT INTO dispatch_rules (city, version, since_ms, weights, account, words) VALUES ($1, 1, $2, $3, -1, '')"
	    " ON CONFLICT DO NOTHING", 0 },
	[Q_DECIDE] = { "dispatch.decide", DB_SYSTEM,
	    "INSERT INTO dispatch_decision (city, id, request, at_ms, engine, rules, seed, input, output, how, chosen, reason)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", 0 },
	/* $6 0: the newest */
	[Q_DECISION] = { "dispatch.decision", DB_PLACE,
	    "SELECT " DECISION_COLUMNS " FROM request r JOIN dispatch_decision d ON d.city = r.city AND d.request = r.id"
	    " JOIN dispatch_rules w ON w.city = d.city AND w.version = d.rules"
	    " WHERE " REQUEST_IN_SCOPE " AND r.id = $5 AND (d.id = $6 OR $6 = 0) ORDER BY d.id DESC LIMIT 1", 0 },
	[Q_DECISIONS] = { "dispatch.decisions", DB_SYSTEM,
	    "SELECT " DECISION_COLUMNS " FROM dispatch_decision d"
	    " JOIN dispatch_rules w ON w.city = d.city AND w.version = d.rules"
	    " WHERE d.city = $1 AND d.id > $2 ORDER BY d.id LIMIT 200", 0 },
	[Q_NAMES] = { "dispatch.names", DB_CITY,
	    "SELECT a.name, p.name FROM account a LEFT JOIN point p ON p.city = a.city AND p.id = $3"
	    " WHERE a.city = $1 AND a.id = $2", 0 },
	[Q_OFFER] = { "dispatch.offer", DB_SYSTEM,
	    "INSERT INTO handover (city, id, request, from_account, from_point, to_account, to_point, state, reason,"
	    " offered_ms, choice) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $10)", 0 },
	[Q_LOAD] = { "dispatch.load", DB_PLACE,
	    "SELECT " HANDOVER_COLUMNS " FROM " HANDOVER_JOINED " WHERE " REQUEST_IN_SCOPE " AND h.id = $5", 0 },
	[Q_ANSWER] = { "dispatch.answer", DB_SYSTEM,
	    "UPDATE handover SET state = $3, answered_ms = $4, return_code = $5, return_reason = $6,"
	    " better_point = $7 WHERE city = $1 AND id = $2 AND state = 1", 0 },
	[Q_HISTORY] = { "dispatch.history", DB_PLACE,
	    "SELECT " HANDOVER_COLUMNS " FROM " HANDOVER_JOINED " WHERE " REQUEST_IN_SCOPE " AND r.id = $5"
	    " ORDER BY h.id LIMIT $6", 0 },
	[Q_INBOX] = { "dispatch.inbox", DB_OWN,
	    "SELECT " HANDOVER_COLUMNS " FROM " HANDOVER_JOINED " WHERE h.city = $1 AND h.to_account = $2"
	    " AND h.state = 1 ORDER BY h.offered_ms LIMIT $3", 1 },
	[Q_REASONS] = { "dispatch.reasons", DB_PLACE,
	    "SELECT c.rank, c.account, a.name, p.name, c.reasons, c.score FROM dispatch_choice c"
	    " JOIN request r ON r.city = c.city AND r.id = c.request"
	    " LEFT JOIN account a ON a.city = c.city AND a.id = c.account"
	    " LEFT JOIN point p ON p.city = c.city AND p.id = c.point"
	    " WHERE " REQUEST_IN_SCOPE " AND r.id = $5 AND c.id = $6"
	    " ORDER BY CASE WHEN c.rank = 0 THEN 1 ELSE 0 END, c.rank, c.account LIMIT $7", 0 },
	[Q_ACCOUNT_POINT] = { "dispatch.account_point", DB_SYSTEM,
	    "SELECT point FROM account WHERE city = $1 AND id = $2 AND active = 1 AND role BETWEEN 1 AND 5"
	    " AND point IS NOT NULL", 0 },
	[Q_OPEN_OFFER] = { "dispatch.open_offer", DB_SYSTEM,
	    "SELECT id, to_account FROM handover WHERE city = $1 AND request = $2 AND state = 1", 0 },
	/* What somebody who leaves hands on. */
	[Q_HELD] = { "dispatch.held", DB_SYSTEM,
	    "SELECT id FROM request WHERE city = $1 AND holder = $2 AND open = 1 ORDER BY due_ms, id LIMIT 100", 0 },
	[Q_HELD_COUNT] = { "dispatch.held_count", DB_SYSTEM,
	    "SELECT COUNT(*) FROM request WHERE city = $1 AND holder = $2 AND open = 1", 0 },
	[Q_OFFERED] = { "dispatch.offered", DB_SYSTEM,
	    "SELECT request, reason FROM handover WHERE city = $1 AND to_account = $2 AND state = 1"
	    " ORDER BY offered_ms, id LIMIT 100", 0 },
	[Q_OFFERED_COUNT] = { "dispatch.offered_count", DB_SYSTEM,
	    "SELECT COUNT(*) FROM handover WHERE city = $1 AND to_account = $2 AND state = 1", 0 },
};

const struct db_set dispatch_sql = DB_SET("dispatch", dispatch_q);
