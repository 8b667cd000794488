#include "operations/paper/paper_store.h"

#include "base/code.h"

#define COLUMNS "p.id, p.at_ms, p.account, coalesce(p.void_ms, 0), p.copies, p.request, p.kind, p.name, p.number, p.code," \
	" coalesce(p.digest, ''), p.template, coalesce(p.void_reason, '')," \
	" coalesce((SELECT a.name FROM account a WHERE a.city = p.city AND a.id = p.account), ''), p.shown, p.url"
#define WHOLE COLUMNS ", p.facts, t.text, b.bytes"
#define FROM " FROM paper p JOIN paper_template t ON t.city = p.city AND t.hash = p.template"
#define KEPT " LEFT JOIN paper_bytes b ON b.city = p.city AND b.id = p.id"
#define OWED "p.id, p.request, p.kind, p.place, p.facts, p.account, p.at_ms, p.tries, p.why"
#define MAY_READ " JOIN request r ON r.city = p.city AND r.id = p.request WHERE r.city = $1 AND (r.place BETWEEN $2 AND $3 OR" \
	" EXISTS (SELECT 1 FROM case_grant g WHERE g.city = r.city AND g.request = r.id AND g.account = $4))"
#define RESIDENT_MAY " WHERE p.city = $1 AND p.request = $2 AND p.shown = 1 AND p.void_ms IS NULL"

const struct db_stmt paper_q[Q_COUNT] = {
	[Q_LIST] = { "paper.list", DB_PLACE,
	    "SELECT " COLUMNS " FROM paper p" MAY_READ " AND p.request = $5 ORDER BY p.id LIMIT $6", 0 },
	[Q_LIST_RECEIPT] = { "paper.list_receipt", DB_RECEIPT,
	    "SELECT " COLUMNS " FROM paper p" RESIDENT_MAY " ORDER BY p.id LIMIT $3", 0 },
	[Q_LOAD] = { "paper.load", DB_PLACE,
	    "SELECT " WHOLE FROM KEPT MAY_READ " AND p.request = $5 AND p.id = $6", 0 },
	[Q_LOAD_RECEIPT] = { "paper.load_receipt", DB_RECEIPT,
	    "SELECT " WHOLE FROM KEPT RESIDENT_MAY " AND p.id = $3", 0 },
	[Q_TEMPLATE_PUT] = { "paper.template_put", DB_SYSTEM,
	    "INSERT INTO paper_template (city, hash, kind, text, since_ms) VALUES ($1, $2, $3, $4, $5)"
	    " ON CONFLICT (city, hash) DO NOTHING", 0 },
	[Q_SERIES_NEXT] = { "paper.series_next", DB_SYSTEM,
	    "INSERT INTO paper_series (city, place, series, year, taken) VALUES ($1, $2, $3, $4, 1)"
	    " ON CONFLICT (city, place, series, year) DO UPDATE SET taken = paper_series.taken + 1 RETURNING taken", 0 },
	[Q_PUT] = { "paper.put", DB_SYSTEM,
	    "INSERT INTO paper (city, id, request, place, kind, name, series, year, seq, number, template, facts, code, url, shown,"
	    " account, at_ms, copies) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0)", 0 },
	[Q_VOID] = { "paper.void", DB_SYSTEM,
	    "UPDATE paper SET void_ms = $3, void_by = $4, void_reason = $5 WHERE city = $1 AND id = $2 AND void_ms IS NULL", 0 },
	[Q_SEEN] = { "paper.seen", DB_SYSTEM,
	    "UPDATE paper SET copies = copies + $4, digest = $3 WHERE city = $1 AND id = $2 AND coalesce(digest, $3) = $3", 0 },
	[Q_DUE] = { "paper.due", DB_SYSTEM,
	    "SELECT p.id, p.request FROM paper p WHERE p.city = $1 AND p.digest IS NULL ORDER BY p.id LIMIT $2", 0 },
	[Q_CHECK] = { "paper.check", DB_PUBLIC,
	    "SELECT p.name, p.number, p.at_ms, coalesce(p.void_ms, 0) FROM paper p WHERE p.city = $1 AND p.code = $2", 0 },
	[Q_KEEP] = { "paper.keep", DB_SYSTEM,
	    "INSERT INTO paper_bytes (city, id, bytes) VALUES ($1, $2, $3) ON CONFLICT (city, id) DO NOTHING", 0 },
	[Q_OWE] = { "paper.owe", DB_SYSTEM,
	    "INSERT INTO paper_owed (city, id, request, kind, place, facts, account, at_ms, next_ms, tries, why)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)", 0 },
	[Q_OWED] = { "paper.owed", DB_PLACE,
	    "SELECT " OWED " FROM paper_owed p" MAY_READ " AND p.request = $5 AND p.paper IS NULL ORDER BY p.id LIMIT $6", 0 },
	[Q_OWED_ONE] = { "paper.owed_one", DB_PLACE,
	    "SELECT " OWED " FROM paper_owed p" MAY_READ " AND p.request = $5 AND p.id = $6 AND p.paper IS NULL", 0 },
	[Q_OWED_DUE] = { "paper.owed_due", DB_SYSTEM,
	    "SELECT " OWED " FROM paper_owed p WHERE p.city = $1 AND p.paper IS NULL AND p.next_ms <= $2 ORDER BY p.id DESC"
	    " LIMIT $3", 0 },
	[Q_OWED_LATER] = { "paper.owed_later", DB_SYSTEM,
	    "UPDATE paper_owed SET next_ms = $3, tries = tries + 1, why = $4 WHERE city = $1 AND id = $2 AND paper IS NULL", 0 },
	[Q_OWED_DONE] = { "paper.owed_done", DB_SYSTEM,
	    "UPDATE paper_owed SET paper = $3 WHERE city = $1 AND id = $2 AND paper IS NULL", 0 },
};
const struct db_set paper_sql = DB_SET("paper", paper_q);

void
paper_row_read(const struct rows *row, struct paper *ret)
{
	*ret = (struct paper){ .id = rows_int(row, 0), .at_ms = rows_int(row, 1), .account = rows_int(row, 2),
		.void_ms = rows_int(row, 3), .copies = rows_int(row, 4), .request = { rows_int(row, 5) }, .kind = rows_copy(row, 6),
		.name = rows_copy(row, 7), .number = rows_copy(row, 8), .code = rows_copy(row, 9), .digest = rows_copy(row, 10),
		.hash = rows_copy(row, 11), .void_reason = rows_copy(row, 12), .account_name = rows_copy(row, 13),
		.shown = rows_int(row, 14) != 0, .url = rows_copy(row, 15) };
}

enum rc
paper_load(struct tx *tx, const struct actor *actor, struct case_id request, int64_t id, struct paper *ret)
{
	ROWS row = NULL;
	enum rc rc = actor->kind != ACTOR_RECEIPT
	    ? tx_one(tx, actor, &paper_q[Q_LOAD], ARGS(db_int(request.n), db_int(id)), &row)
	    : request.n != actor->request ? RC_NOT_FOUND : tx_one(tx, actor, &paper_q[Q_LOAD_RECEIPT], ARGS(db_int(id)), &row);

	if (rc != RC_OK)
		return rc;
	paper_row_read(row, ret);
	ret->sealed = rows_copy(row, 16);
	ret->source = rows_copy(row, 17);
	ret->kept = rows_is_null(row, 18) ? TEXT_NONE : rows_copy(row, 18);
	return ret->sealed.p != NULL && ret->source.p != NULL ? RC_OK : RC_NO_MEMORY;
}

enum rc
paper_check(struct tx *tx, const struct actor *actor, struct text code, struct paper_checked *ret)
{
	unsigned char bytes[CODE_BYTES];
	char line[20];
	ROWS row = NULL;
	enum rc rc;

	if (code_parse(code, bytes) != RC_OK)
		return RC_NOT_FOUND;
	code_print(bytes, line);
	rc = tx_one(tx, actor, &paper_q[Q_CHECK], ARGS(db_text(text_of(line))), &row);
	if (rc == RC_OK)
		*ret = (struct paper_checked){ .name = rows_copy(row, 0), .number = rows_copy(row, 1), .at_ms = rows_int(row, 2),
			.void_ms = rows_int(row, 3) };
	return rc;
}

enum rc
paper_list(struct tx *tx, const struct actor *actor, struct case_id request, struct paper *ret, size_t cap, size_t *ret_n)
{
	ROWS rows = NULL;
	size_t n = 0;
	enum rc rc = actor->kind != ACTOR_RECEIPT
	    ? tx_rows(tx, actor, &paper_q[Q_LIST], ARGS(db_int(request.n), db_int((int64_t)cap)), &rows)
	    : tx_rows(tx, actor, &paper_q[Q_LIST_RECEIPT], ARGS(db_int((int64_t)cap)), &rows);

	while (rc == RC_OK && n < cap && (rc = rows_next(rows)) == RC_OK)
		paper_row_read(rows, &ret[n++]);
	if (rc != RC_OK && rc != RC_DONE)
		return rc;
	*ret_n = n;
	return RC_OK;
}
