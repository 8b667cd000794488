#include "operations/cooperate/cooperate_store.h"

#define CODE(kind, code, name) "(SELECT v." name " FROM code_value v WHERE v.city = c.city AND v.kind = '" kind "'" \
	" AND v.code = c." code " ORDER BY v.from_day DESC LIMIT 1)"
#define HEAD "SELECT c.id, c.request, c.from_account, c.from_point, c.to_point, c.kind, c.shared, c.state, c.round, c.count," \
	" c.unit, c.source, c.start_ms, c.due_ms, c.asked_ms, c.taken_ms, c.taken_by, c.closed_ms, c.refusal, c.words, c.revision," \
	" " CODE("cooperate.ask", "kind", "name") ", " CODE("cooperate.ask", "kind", "name_en") ", " \
	CODE("dispatch.return", "refusal", "name") ", " CODE("dispatch.return", "refusal", "name_en") \
	", a.name, f.name, t.name, b.name, r.number, i.name, i.name_en"
#define FROM " FROM cooperation c JOIN request r ON r.city = c.city AND r.id = c.request" \
	" LEFT JOIN person p ON p.city = r.city AND p.id = r.person" \
	" LEFT JOIN account a ON a.city = c.city AND a.id = c.from_account" \
	" LEFT JOIN account b ON b.city = c.city AND b.id = c.taken_by" \
	" LEFT JOIN point f ON f.city = c.city AND f.id = c.from_point" \
	" LEFT JOIN point t ON t.city = c.city AND t.id = c.to_point" \
	" LEFT JOIN item_revision i ON i.city = r.city AND i.item = r.item AND i.from_day = r.item_from_day"

/* What was not ticked, or is over, does not leave the database; the numbers are enum cooperation_share's bits. */
#define SHARED(bit, column) "CASE WHEN c.open = 1 AND c.shared / " bit " % 2 = 1 THEN " column " END"
#define SHARED_PARTS ", " SHARED("1", "r.subject") ", " SHARED("1", "r.detail") ", " SHARED("2", "COALESCE(r.told_name, p.name)") \
	", " SHARED("8", "r.place")
#define ALL_PARTS ", r.subject, r.detail, p.name, r.place"
/* Whoever handles cases at the point asked; a provider (4) has the cases given to them and no others. */
#define ASKED_HERE "c.city = $1 AND c.to_point = (SELECT w.point FROM account w WHERE w.city = $1 AND w.id = $2" \
	" AND w.active = 1 AND w.role IN (1, 2, 3, 5))"

#define OPEN_PAGE(a, b, c_, d, e, f, g) " AND c.open = 1 AND c.state BETWEEN $" a " AND $" b " AND c.due_ms BETWEEN $" c_ \
	" AND $" d " AND (c.due_ms, c.id) > ($" e ", $" f ") ORDER BY c.due_ms, c.id LIMIT $" g
#define DONE_PAGE(a, b) " AND c.open = 0 AND c.id < $" a " ORDER BY c.id DESC LIMIT $" b
#define ROUND "SELECT y.round, y.words, y.answer, q.name, n.name, y.asked_ms, y.due_ms, y.answered_ms FROM cooperation_round y" \
	" JOIN cooperation c ON c.city = y.city AND c.id = y.cooperation" \
	" LEFT JOIN account q ON q.city = y.city AND q.id = y.asked_by" \
	" LEFT JOIN account n ON n.city = y.city AND n.id = y.answered_by"

const struct db_stmt cooperate_q[Q_COUNT] = {
	[Q_LOAD_ASKED] = { "cooperate.load_asked", DB_OWN, HEAD SHARED_PARTS FROM " WHERE " ASKED_HERE " AND c.id = $3", 0 },
	[Q_LOAD] = { "cooperate.load", DB_PLACE, HEAD ALL_PARTS FROM " WHERE " REQUEST_IN_SCOPE " AND c.id = $5", 0 },
	[Q_OF_CASE] = { "cooperate.of_case", DB_PLACE,
	    HEAD ALL_PARTS FROM " WHERE " REQUEST_IN_SCOPE " AND c.request = $5 ORDER BY c.id LIMIT $6", 0 },
	[Q_ROUNDS] = { "cooperate.rounds", DB_PLACE,
	    ROUND " JOIN request r ON r.city = c.city AND r.id = c.request WHERE " REQUEST_IN_SCOPE " AND y.cooperation = $5"
	    " ORDER BY y.round LIMIT $6", 0 },
	[Q_ROUNDS_ASKED] = { "cooperate.rounds_asked", DB_OWN,
	    ROUND " WHERE " ASKED_HERE " AND y.cooperation = $3 ORDER BY y.round LIMIT $4", 0 },
	[Q_FILES] = { "cooperate.files", DB_OWN,
	    "SELECT x.id, x.at_ms, x.account, x.bytes, x.name, x.type FROM attachment x"
	    " JOIN cooperation c ON c.city = x.city AND c.request = x.request WHERE " ASKED_HERE " AND c.id = $3 AND c.open = 1"
	    " AND c.shared / 16 % 2 = 1 ORDER BY x.id LIMIT $4", 0 },
	[Q_IN] = { "cooperate.in", DB_OWN,
	    HEAD SHARED_PARTS FROM " WHERE " ASKED_HERE OPEN_PAGE("3", "4", "5", "6", "7", "8", "9"), 1 },
	[Q_IN_DONE] = { "cooperate.in_done", DB_OWN, HEAD SHARED_PARTS FROM " WHERE " ASKED_HERE DONE_PAGE("3", "4"), 0 },
	/* $5 the point that asked, 0: any */
	[Q_OUT] = { "cooperate.out", DB_PLACE,
	    HEAD ALL_PARTS FROM " WHERE " REQUEST_IN_SCOPE " AND (CAST($5 AS bigint) = 0 OR c.from_point = $5)"
	    OPEN_PAGE("6", "7", "8", "9", "10", "11", "12"), 0 },
	[Q_OUT_DONE] = { "cooperate.out_done", DB_PLACE,
	    HEAD ALL_PARTS FROM " WHERE " REQUEST_IN_SCOPE " AND (CAST($5 AS bigint) = 0 OR c.from_point = $5)"
	    DONE_PAGE("6", "7"), 0 },
	[Q_MINE_COUNT] = { "cooperate.mine_count", DB_OWN,
	    "SELECT COUNT(*) FROM cooperation c WHERE " ASKED_HERE " AND c.open = 1 AND c.state < 40", 0 },
	[Q_POINT_USABLE] = { "cooperate.point_usable", DB_SYSTEM,
	    "SELECT p.id FROM point p WHERE p.city = $1 AND p.id = $2 AND (p.closed_day IS NULL OR p.closed_day > $3)"
	    " AND EXISTS (SELECT 1 FROM account w WHERE w.city = p.city AND w.point = p.id AND w.active = 1"
	    " AND w.role IN (1, 2, 3, 5))", 0 },
	[Q_OPEN_FIND] = { "cooperate.open_find", DB_SYSTEM,
	    "SELECT id FROM cooperation WHERE city = $1 AND request = $2 AND to_point = $3 AND open = 1", 0 },
	/* who hears of it at a point: its director, else whoever handles cases there longest */
	[Q_TELL] = { "cooperate.tell", DB_SYSTEM,
	    "SELECT w.id FROM account w JOIN point p ON p.city = w.city AND p.id = w.point WHERE w.city = $1 AND w.point = $2"
	    " AND w.active = 1 AND w.role IN (1, 2, 3, 5) ORDER BY CASE WHEN w.id = p.director THEN 0 ELSE 1 END, w.id LIMIT 1", 0 },
	[Q_INSERT] = { "cooperate.insert", DB_SYSTEM,
	    "INSERT INTO cooperation (city, id, request, from_account, from_point, to_point, kind, shared, state, round, count,"
	    " unit, source, start_ms, due_ms, calendar, asked_ms, revision)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 10, 1, $9, $10, $11, $12, $13, $14, $12, 1)", 0 },
	[Q_ROUND_INSERT] = { "cooperate.round_insert", DB_SYSTEM,
	    "INSERT INTO cooperation_round (city, cooperation, round, words, asked_ms, asked_by, due_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7)", 0 },
	/* $3 the revision and $4 the state seen; $5 the next state.  Who is the first at the other side has agreed. */
	[Q_STEP] = { "cooperate.step", DB_SYSTEM,
	    "UPDATE cooperation SET state = CAST($5 AS smallint), revision = revision + 1,"
	    " taken_ms = CASE WHEN CAST($5 AS smallint) = 20 THEN CAST($6 AS bigint) ELSE taken_ms END,"
	    " taken_by = CASE WHEN CAST($5 AS smallint) = 20 THEN CAST($7 AS bigint) ELSE taken_by END,"
	    " closed_ms = CASE WHEN CAST($5 AS smallint) >= 50 THEN CAST($6 AS bigint) END,"
	    " closed_by = CASE WHEN CAST($5 AS smallint) >= 50 THEN CAST($7 AS bigint) END"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND state = $4", 0 },
	[Q_AGAIN] = { "cooperate.again", DB_SYSTEM,
	    "UPDATE cooperation SET state = 20, revision = revision + 1, round = round + 1, count = $4, unit = $5, source = $6,"
	    " start_ms = $7, due_ms = $8, calendar = $9 WHERE city = $1 AND id = $2 AND revision = $3 AND state = 40", 0 },
	[Q_DECLINE] = { "cooperate.decline", DB_SYSTEM,
	    "UPDATE cooperation SET refusal = $3, words = $4 WHERE city = $1 AND id = $2", 0 },
	[Q_END] = { "cooperate.end", DB_SYSTEM,
	    "UPDATE cooperation SET state = 80, closed_ms = $4, closed_by = -1, revision = revision + 1"
	    " WHERE city = $1 AND id = $2 AND revision = $3 AND open = 1", 0 },
	[Q_ROUND_ANSWER] = { "cooperate.round_answer", DB_SYSTEM,
	    "UPDATE cooperation_round SET answer = $4, answered_ms = $5, answered_by = $6"
	    " WHERE city = $1 AND cooperation = $2 AND round = $3 AND answered_ms IS NULL", 0 },
	/* $3: those that ask this point alone; 0: all */
	[Q_OPEN_OF_CASE] = { "cooperate.open_of_case", DB_SYSTEM,
	    "SELECT id, to_point, taken_by, revision FROM cooperation WHERE city = $1 AND request = $2 AND open = 1"
	    " AND (CAST($3 AS bigint) = 0 OR to_point = $3) ORDER BY id LIMIT $4", 0 },
	[Q_OLD] = { "cooperate.old", DB_SYSTEM,
	    "SELECT id, request, count, unit, start_ms, due_ms, revision, round FROM cooperation WHERE city = $1 AND open = 1"
	    " AND calendar < $2 ORDER BY id LIMIT $3", 0 },
	[Q_COUNTED] = { "cooperate.counted", DB_SYSTEM,
	    "UPDATE cooperation SET due_ms = $4, calendar = $5 WHERE city = $1 AND id = $2 AND revision = $3 AND open = 1", 0 },
	[Q_ROUND_DUE] = { "cooperate.round_due", DB_SYSTEM,
	    "UPDATE cooperation_round SET due_ms = $4 WHERE city = $1 AND cooperation = $2 AND round = $3", 0 },
	[Q_LETTER_INSERT] = { "transfer.letter_insert", DB_SYSTEM,
	    "INSERT INTO transfer_letter (city, request, number, kind, organ, authority, basis, content, told, account, point, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", 0 },
	[Q_LETTER] = { "transfer.letter", DB_PLACE,
	    "SELECT l.number, l.kind, l.organ, l.authority, l.basis, l.content, l.told, l.at_ms, l.account, a.name, t.name, t.phone,"
	    " r.number, r.subject, COALESCE(r.told_name, p.name) FROM transfer_letter l"
	    " JOIN request r ON r.city = l.city AND r.id = l.request LEFT JOIN person p ON p.city = r.city AND p.id = r.person"
	    " LEFT JOIN account a ON a.city = l.city AND a.id = l.account"
	    " LEFT JOIN point t ON t.city = l.city AND t.id = l.point WHERE " REQUEST_IN_SCOPE " AND l.request = $5", 0 },
};

const struct db_set cooperate_sql = DB_SET("cooperate", cooperate_q);
