#include "operations/matter/consult/consult_store.h"

#define COLUMNS "c.answer, c.answered_ms, c.answered_by, c.aid_hint, c.converted, c.revision, a.name, n.number"
#define JOINED " LEFT JOIN account a ON a.city = c.city AND a.id = c.answered_by" \
	" LEFT JOIN request n ON n.city = c.city AND n.id = c.converted"
#define CALLBACK "k.id, k.request, k.account, k.due_ms, k.tries, k.done_ms, k.result, a.name, r.number, r.subject" \
	" FROM callback k JOIN request r ON r.city = k.city AND r.id = k.request" \
	" LEFT JOIN account a ON a.city = k.city AND a.id = k.account"

const struct db_stmt consult_q[Q_COUNT] = {
	[Q_OPEN] = { "consult.open", DB_SYSTEM,
	    "INSERT INTO consult (city, request, answer, aid_hint, revision) VALUES ($1, $2, '', 0, 1)", 0 },
	[Q_LOAD] = { "consult.load", DB_PLACE,
	    "SELECT " COLUMNS " FROM request r JOIN consult c ON c.city = r.city AND c.request = r.id" JOINED
	    " WHERE " REQUEST_IN_SCOPE " AND r.id = $5", 0 },
	[Q_LOAD_RECEIPT] = { "consult.load_receipt", DB_RECEIPT,
	    "SELECT " COLUMNS " FROM consult c" JOINED " WHERE c.city = $1 AND c.request = $2", 0 },
	[Q_ANSWER] = { "consult.answer", DB_SYSTEM,
	    "UPDATE consult SET answer = $3, answered_ms = $4, answered_by = $5, revision = revision + 1,"
	    " aid_hint = CASE WHEN $6 > aid_hint THEN $6 ELSE aid_hint END WHERE city = $1 AND request = $2", 0 },
	[Q_HINT] = { "consult.hint", DB_SYSTEM,
	    "UPDATE consult SET aid_hint = $3, revision = revision + 1"
	    " WHERE city = $1 AND request = $2 AND aid_hint < $3", 0 },
	[Q_CONVERTED] = { "consult.converted", DB_SYSTEM,
	    "UPDATE consult SET converted = $3, revision = revision + 1"
	    " WHERE city = $1 AND request = $2 AND converted IS NULL", 0 },
	[Q_HANDOVER_OPEN] = { "consult.handover_open", DB_SYSTEM,
	    "SELECT COUNT(*) FROM handover WHERE city = $1 AND request = $2 AND state = 1", 0 },
	[Q_CALLBACK_INSERT] = { "consult.callback_insert", DB_SYSTEM,
	    "INSERT INTO callback (city, id, request, account, due_ms, tries) VALUES ($1, $2, $3, $4, $5, 0)", 0 },
	[Q_CALLBACK_LOAD] = { "consult.callback_load", DB_PLACE,
	    "SELECT k.request FROM callback k JOIN request r ON r.city = k.city AND r.id = k.request"
	    " WHERE " REQUEST_IN_SCOPE " AND k.id = $5 AND k.done_ms IS NULL", 0 },
	[Q_CALLBACK_DONE] = { "consult.callback_done", DB_SYSTEM,
	    "UPDATE callback SET done_ms = $3, result = $4, tries = tries + 1"
	    " WHERE city = $1 AND id = $2 AND done_ms IS NULL", 0 },
	[Q_CALLBACK_TRY] = { "consult.callback_try", DB_SYSTEM,
	    "UPDATE callback SET result = $3, tries = tries + 1"
	    " WHERE city = $1 AND id = $2 AND done_ms IS NULL", 0 },
	[Q_CALLBACK_LIST] = { "consult.callback_list", DB_PLACE,
	    "SELECT " CALLBACK " WHERE " REQUEST_IN_SCOPE " AND r.id = $5 ORDER BY k.id LIMIT $6", 0 },
	[Q_CALLBACK_MINE] = { "consult.callback_mine", DB_OWN,
	    "SELECT " CALLBACK " WHERE k.city = $1 AND k.account = $2 AND k.done_ms IS NULL"
	    " ORDER BY k.due_ms LIMIT $3", 1 },
	[Q_CALLBACK_END] = { "consult.callback_end", DB_SYSTEM,
	    "UPDATE callback SET done_ms = $3, result = 'withdrawn' WHERE city = $1 AND request = $2 AND done_ms IS NULL", 0 },
	[Q_CALLBACK_HELD] = { "consult.callback_held", DB_SYSTEM,
	    "UPDATE callback SET account = $3 WHERE city = $1 AND request = $2 AND done_ms IS NULL", 0 },
	[Q_CALLBACK_MOVE] = { "consult.callback_move", DB_SYSTEM,
	    "UPDATE callback SET request = $3, account = (SELECT r.holder FROM request r WHERE r.city = $1 AND r.id = $3)"
	    " WHERE city = $1 AND request = $2 AND done_ms IS NULL", 0 },
};

const struct db_set consult_sql = DB_SET("consult", consult_q);
