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
	/*
	 * Everybody who handles cases in the town, the county's centre and on the hotline; where there are too many, those of
	 * the town and with the lightest load.  $2..$3 range of the town, $4 county, $5 item, $6 the window of fairness
	 * begins, $7 language.  CROSS JOIN keeps the order: the points in reach, their people from account_point alone, then
	 * one row each; without statistics SQLite would walk all accounts of the city for each point.  What is counted for
	 * somebody is counted for the 400 alone, and from the index holding_account alone.
	 */
	[Q_CANDIDATES] = { "dispatch.candidates", DB_CITY,
	    "SELECT c.id, c.point, c.name, c.point_name, c.kind, c.place, c.open_load, c.capacity,"
	    " EXISTS (SELECT 1 FROM account_item x WHERE x.city = $1 AND x.account = c.id),"
	    " EXISTS (SELECT 1 FROM account_item x WHERE x.city = $1 AND x.account = c.id AND x.item = $5),"
	    " EXISTS (SELECT 1 FROM point_item x WHERE x.city = $1 AND x.point = c.point),"
	    " EXISTS (SELECT 1 FROM point_item x WHERE x.city = $1 AND x.point = c.point AND x.item = $5),"
	    " (SELECT COUNT(*) FROM holding o WHERE o.city = $1 AND o.account = c.id AND o.since_ms >= $6 AND o.how IN (2, 3)),"
	    " c.role, CASE WHEN $7 = '' THEN 2"
	    "  WHEN EXISTS (SELECT 1 FROM account_language x WHERE x.city = $1 AND x.account = c.id AND x.language = $7) THEN 1"
	    "  WHEN EXISTS (SELECT 1 FROM account_language x WHERE x.city = $1 AND x.account = c.id) THEN 0 ELSE 2 END"
	    " FROM (SELECT a.id, p.id AS point, a.name, p.name AS point_name, p.kind, p.place, a.open_load, a.capacity, a.role"
	    "  FROM point p CROSS JOIN account s CROSS JOIN account a"
	    "  WHERE p.city = $1 AND s.city = $1 AND s.point = p.id AND a.city = $1 AND a.id = s.id"
	    "  AND p.closed_day IS NULL AND a.active = 1 AND a.role BETWEEN 1 AND 5"
	    "  AND (p.place BETWEEN $2 AND $3 OR (p.place = $4 AND p.kind = 1) OR p.kind = 4)"
	    "  ORDER BY CASE WHEN p.place BETWEEN $2 AND $3 THEN 0 ELSE 1 END, a.open_load, a.id LIMIT 400) c", 0 },
	/* $2 request, $3 person: who has sent this one back; who has served this person, and when last. */
	[Q_TOUCHED] = { "dispatch.touched", DB_CITY,
	    "SELECT h.to_account, CAST(NULL AS bigint) FROM handover h WHERE h.city = $1 AND h.request = $2 AND h.state = 3"
	    " UNION ALL SELECT o.account, MAX(o.since_ms) FROM request q CROSS JOIN holding o" /* in this order: a person's few cases */
	    " WHERE q.city = $1 AND q.person = $3 AND q.id <> $2 AND o.city = q.city AND o.request = q.id GROUP BY o.account", 0 },
	/* the newest whose day has come; on a clock set back behind all of them, the first */
	[Q_RULES] = { "dispatch.rules", DB_CITY,
	    "SELECT version, since_ms, weights, account, words FROM dispatch_rules WHERE city = $1"
	    " ORDER BY CASE WHEN since_ms <= $2 THEN version ELSE -version END DESC LIMIT 1", 0 },
	[Q_RULES_NEWEST] = { "dispatch.rules_newest", DB_CITY,
	    "SELECT COALESCE(MAX(version), 1) FROM dispatch_rules WHERE city = $1", 0 },
	[Q_RULES_FIRST] = { "dispatch.rules_first", DB_SYSTEM,
	    "INSERT INTO dispatch_rules (city, version, since_ms, weights, account, words) VALUES ($1, 1, $2, $3, -1, '')"
	    " ON CONFLICT DO NOTHING", 0 },
	[Q_RULES_NEXT] = { "dispatch.rules_next", DB_SYSTEM,
	    "INSERT INTO dispatch_rules (city, version, since_ms, weights, account, words) VALUES ($1, $2, $3, $4, $5, $6)", 0 },
	[Q_RULES_LIST] = { "dispatch.rules_list", DB_CITY,
	    "SELECT w.version, w.since_ms, a.name, w.words, w.weights FROM dispatch_rules w"
	    " LEFT JOIN account a ON a.city = w.city AND a.id = w.account WHERE w.city = $1 ORDER BY w.version DESC LIMIT $2", 0 },
	[Q_BACKTEST] = { "dispatch.backtest", DB_SYSTEM,
	    "SELECT " DECISION_COLUMNS ", COALESCE(r.closed_ms, 9223372036854775807), r.place,"
	    " CASE WHEN h.id IS NULL THEN d.at_ms WHEN h.state = 2 THEN h.answered_ms ELSE 9223372036854775807 END"
	    " FROM dispatch_decision d"
	    " JOIN dispatch_rules w ON w.city = d.city AND w.version = d.rules"
	    " JOIN request r ON r.city = d.city AND r.id = d.request"
	    " LEFT JOIN handover h ON h.city = d.city AND h.request = d.request AND h.choice = d.id"
	    " WHERE d.city = $1 AND d.id > $2 ORDER BY d.id LIMIT 200", 0 },
	[Q_WAITS] = { "dispatch.waits", DB_SYSTEM,
	    "SELECT h.to_account, COUNT(*), CAST(SUM((h.answered_ms - h.offered_ms) / 60000) AS bigint) FROM handover h"
	    " WHERE h.city = $1 AND h.state = 2 GROUP BY h.to_account", 0 },
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
	[Q_RETURNS] = { "dispatch.returns", DB_PLACE,
	    "SELECT COUNT(*) FROM request r JOIN handover h ON h.city = r.city AND h.request = r.id AND h.state = 3"
	    " WHERE " REQUEST_IN_SCOPE " AND r.id = $5", 0 },
	/* by jurisdiction alone: a grant to a case makes nobody its supervisor */
	[Q_RULINGS] = { "dispatch.rulings", DB_AREA,
	    "SELECT r.id, r.number, r.subject, a.name, p.name, (SELECT COUNT(*) FROM handover h WHERE h.city = r.city"
	    "  AND h.request = r.id AND h.state = 3), r.ruling_ms, r.start_ms, r.due_ms"
	    " FROM request r LEFT JOIN account a ON a.city = r.city AND a.id = r.holder"
	    " LEFT JOIN point p ON p.city = r.city AND p.id = r.holder_point"
	    " WHERE r.city = $1 AND r.place BETWEEN $2 AND $3 AND r.ruling_ms IS NOT NULL"
	    " ORDER BY r.ruling_ms, r.id LIMIT $4", 0 },
	[Q_RULINGS_COUNT] = { "dispatch.rulings_count", DB_AREA,
	    "SELECT COUNT(*) FROM request r WHERE r.city = $1 AND r.place BETWEEN $2 AND $3 AND r.ruling_ms IS NOT NULL", 0 },
	/* $3 now, $4 how many returns are too many */
	[Q_RULING_WAITS] = { "dispatch.ruling_waits", DB_SYSTEM,
	    "UPDATE request SET ruling_ms = $3 WHERE city = $1 AND id = $2"
	    " AND (SELECT COUNT(*) FROM handover h WHERE h.city = $1 AND h.request = $2 AND h.state = 3) >= $4", 0 },
	[Q_RULING_OVER] = { "dispatch.ruling_over", DB_SYSTEM,
	    "UPDATE request SET ruling_ms = NULL WHERE city = $1 AND id = $2 AND ruling_ms IS NOT NULL", 0 },
	[Q_POINT_OPEN] = { "dispatch.point_open", DB_SYSTEM,
	    "SELECT COUNT(*) FROM point WHERE city = $1 AND id = $2 AND closed_day IS NULL", 0 },
	[Q_PARTY] = { "dispatch.party", DB_SYSTEM,
	    "INSERT INTO request_party (city, request, side, n, name_key, id_key, name_sealed) VALUES ($1, $2, $3, $4, $5, $6, $7)", 0 },
	[Q_WISH_SET] = { "dispatch.wish_set", DB_SYSTEM, "UPDATE request SET language = $3 WHERE city = $1 AND id = $2", 0 },
	/* a sealed name is bound to its row: the keys go along, the name stays where it is */
	[Q_PARTY_INHERIT] = { "dispatch.party_inherit", DB_SYSTEM,
	    "INSERT INTO request_party (city, request, side, n, name_key, id_key)"
	    " SELECT CAST($1 AS bigint), CAST($2 AS bigint), p.side, p.n, p.name_key, p.id_key FROM request_party p"
	    " WHERE p.city = $1 AND p.request = $3 ON CONFLICT DO NOTHING", 0 },
	[Q_WISH_INHERIT] = { "dispatch.wish_inherit", DB_SYSTEM,
	    "UPDATE request SET language = (SELECT o.language FROM request o WHERE o.city = $1 AND o.id = $3)"
	    " WHERE city = $1 AND id = $2", 0 },
	[Q_WISH] = { "dispatch.wish", DB_PLACE,
	    "SELECT r.language, (SELECT COUNT(*) FROM request_party p WHERE p.city = r.city AND p.request = r.id AND p.side = 2)"
	    " FROM request r WHERE " REQUEST_IN_SCOPE " AND r.id = $5", 0 },
	/* Holders of other cases with one of this case's parties on the opposite side.  The same number is the same party;
	 * the same name is, unless both numbers are known and differ. */
	/* CROSS JOIN keeps this order on SQLite, which has no statistics and else walks every holding of the city */
	[Q_CONFLICTS] = { "dispatch.conflicts", DB_CITY,
	    "SELECT DISTINCT h.account, h.point, a.role FROM ("
	    " SELECT o.city, o.request FROM request_party m CROSS JOIN request_party o"
	    "  WHERE m.city = $1 AND m.request = $2 AND m.name_key IS NOT NULL AND o.city = m.city AND o.name_key = m.name_key"
	    "  AND o.side = 3 - m.side AND o.request <> m.request AND (o.id_key IS NULL OR m.id_key IS NULL OR o.id_key = m.id_key)"
	    " UNION SELECT o.city, o.request FROM request_party m CROSS JOIN request_party o"
	    "  WHERE m.city = $1 AND m.request = $2 AND m.id_key IS NOT NULL AND o.city = m.city AND o.id_key = m.id_key"
	    "  AND o.side = 3 - m.side AND o.request <> m.request) k"
	    " CROSS JOIN holding h CROSS JOIN account a WHERE k.city = $1 AND h.city = k.city AND h.request = k.request"
	    " AND a.city = h.city AND a.id = h.account ORDER BY 1, 2 LIMIT $3", 0 },
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
