#include "operations/matter/legalaid/legalaid_notice_store.h"

const struct db_stmt aid_notice_q[N_COUNT] = {
	[N_PUT] = { "legalaid.notice_put", DB_SYSTEM,
	    "INSERT INTO aid_notice (city, request, organ_kind, stage, case_no, offence, custody, hearing_day, received_day, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", 0 },
	[N_GRANTED] = { "legalaid.notice_granted", DB_SYSTEM,
	    "UPDATE aid SET years = $3, number = $4 WHERE city = $1 AND request = $2", 0 },
	[N_WITHDRAW] = { "legalaid.notice_withdraw", DB_SYSTEM,
	    "UPDATE aid_notice SET withdrawn_ms = $3, withdrawn_by = $4, withdrawn_words = $5"
	    " WHERE city = $1 AND request = $2 AND withdrawn_ms IS NULL", 0 },
	[N_LOAD] = { "legalaid.notice_load", DB_PLACE,
	    "SELECT x.organ_kind, x.stage, x.case_no, x.offence, x.custody, x.hearing_day, x.received_day, x.at_ms,"
	    " COALESCE(x.withdrawn_ms, 0), COALESCE(x.withdrawn_words, ''), COALESCE(n.name, '') FROM request r"
	    " JOIN aid_notice x ON x.city = r.city AND x.request = r.id LEFT JOIN account n ON n.city = x.city AND n.id = x.account"
	    " WHERE " REQUEST_IN_SCOPE " AND r.id = $5", 0 },
	[N_ITEM] = { "legalaid.notice_item", DB_CITY, "SELECT MAX(id) FROM item WHERE city = $1 AND code = 'legal-aid'", 0 },
	[N_BROUGHT_PUT] = { "legalaid.brought_put", DB_SYSTEM,
	    "INSERT INTO aid_brought (city, request, n, name, copies, original) VALUES ($1, $2, $3, $4, $5, $6)", 0 },
	[N_BROUGHT] = { "legalaid.brought", DB_PLACE,
	    "SELECT x.name, x.copies, x.original FROM request r JOIN aid_brought x ON x.city = r.city AND x.request = r.id"
	    " WHERE " REQUEST_IN_SCOPE " AND r.id = $5 ORDER BY x.n LIMIT $6", 0 },
	[N_OWED] = { "legalaid.owed_of", DB_PLACE,
	    "SELECT o.id FROM request r JOIN paper_owed o ON o.city = r.city AND o.request = r.id WHERE " REQUEST_IN_SCOPE
	    " AND r.id = $5 AND o.paper IS NULL ORDER BY o.id LIMIT $6", 0 },
};
const struct db_set legalaid_notice_sql = DB_SET("legalaid_notice", aid_notice_q);
