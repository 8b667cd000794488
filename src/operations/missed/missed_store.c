#include "operations/missed/missed_store.h"

/* enum missed_state, as missed_state_of() says it; $7 is now */
#define STATE "(CASE WHEN k.done_ms IS NULL AND m.due_ms >= $7 THEN 0 WHEN k.done_ms IS NULL THEN 1" \
	" WHEN k.result <> 'reached' THEN 4 WHEN k.done_ms <= m.due_ms THEN 2 ELSE 3 END)"
#define COLUMNS "SELECT m.id, r.id, r.number, p.code, p.name, p.name_en, m.phone, COALESCE(o.office, ''), a.name, m.rang_ms, k.id," \
	" m.due_ms, COALESCE(k.done_ms, 0), k.tries, k.result"
#define FROM " FROM missed_call m JOIN callback k ON k.city = m.city AND k.id = m.callback JOIN request r ON r.city = m.city" \
	" AND r.id = k.request" BESIDE
/* The open promises first: every desk asks, and calls of years stand behind them. */
#define FROM_OPEN " FROM callback k CROSS JOIN missed_call m CROSS JOIN request r" BESIDE " WHERE m.city = k.city AND m.callback = k.id" \
	" AND r.city = k.city AND r.id = k.request"
#define BESIDE " JOIN point p ON p.city = m.city AND p.id = m.point LEFT JOIN oncall_contact o ON o.city = m.city" \
	" AND o.id = m.contact LEFT JOIN account a ON a.city = r.city AND a.id = r.holder"

const struct db_stmt missed_q[Q_COUNT] = {
	[Q_INSERT] = { "missed.insert", DB_SYSTEM,
	    "INSERT INTO missed_call (city, id, request, point, contact, phone, rang_ms, callback, due_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 0 },
	[Q_POINT] = { "missed.point", DB_PUBLIC,
	    "SELECT id FROM point WHERE city = $1 AND id = $2 AND opened_day <= $3 AND (closed_day IS NULL OR closed_day > $3)", 0 },
	/* ids are made of moments: [$5, $6) are those noted in that time */
	[Q_LIST] = { "missed.list", DB_PLACE,
	    COLUMNS FROM " WHERE " REQUEST_IN_SCOPE " AND m.id >= $5 AND m.id < $6 AND (CAST($8 AS bigint) = -1 OR " STATE " = $8)"
	    " AND m.id < $9 AND r.place BETWEEN $10 AND $11 ORDER BY m.id DESC LIMIT $12", 0 },
	[Q_OPEN] = { "missed.open", DB_PLACE,
	    COLUMNS FROM_OPEN " AND k.city = $1 AND " REQUEST_IN_SCOPE " AND k.done_ms IS NULL ORDER BY k.due_ms, k.id LIMIT $5", 0 },
	[Q_SUMS] = { "missed.sums", DB_AREA,
	    "SELECT q.state, COUNT(*) FROM (SELECT " STATE " AS state" FROM " WHERE r.city = $1 AND r.place BETWEEN $2 AND $3"
	    " AND m.id >= $4 AND m.id < $5 AND r.place BETWEEN $6 AND $8) q GROUP BY q.state", 0 },
	[Q_TO_MEET] = { "missed.to_meet", DB_SYSTEM,
	    "SELECT COUNT(*) FROM missed_call m JOIN callback k ON k.city = m.city AND k.id = m.callback JOIN case_clock c ON c.city = m.city"
	    " AND c.request = m.request AND c.target = $3 AND c.met_ms IS NULL WHERE m.city = $1 AND m.request = $2"
	    " AND k.done_ms IS NOT NULL AND k.result = 'reached'", 0 },
};
const struct db_set missed_sql = DB_SET("missed", missed_q);

static void
missed_read(const struct rows *row, int64_t now_ms, struct missed *m)
{
	m->id = rows_int(row, 0);
	m->request = (struct case_id){ rows_int(row, 1) };
	m->number = rows_copy(row, 2);
	m->point_code = rows_copy(row, 3);
	m->point_name = rows_copy(row, 4);
	m->point_name_en = rows_copy(row, 5);
	m->phone = rows_copy(row, 6);
	m->office = rows_copy(row, 7);
	m->holder_name = rows_copy(row, 8);
	m->rang_ms = rows_int(row, 9);
	m->due_ms = rows_int(row, 11);
	m->done_ms = rows_int(row, 12);
	m->tries = rows_int(row, 13);
	m->state = missed_state_of(m->due_ms, m->done_ms, text_equals(rows_text(row, 14), TEXT("reached")), now_ms);
}

static struct place_range
range_of(struct place p)
{
	return p.code != 0 ? place_range(p) : (struct place_range){ 0, INT64_MAX };
}

enum rc
missed_list(struct tx *tx, const struct actor *actor, const struct missed_filter *f, struct missed *ret, size_t cap, size_t *ret_n)
{
	struct place_range within = range_of(f->place);
	ROWS row = NULL;
	enum rc rc = f->open ? tx_rows(tx, actor, &missed_q[Q_OPEN], ARGS(db_int((int64_t)cap)), &row)
	    : tx_rows(tx, actor, &missed_q[Q_LIST], ARGS(db_int(db_id_at(f->from_ms)), db_int(db_id_at(f->to_ms)), db_int(tx_now_ms(tx)),
	        db_int(f->state), db_int(f->before > 0 ? f->before : INT64_MAX), db_int(within.lo), db_int(within.hi), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		missed_read(row, tx_now_ms(tx), &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
missed_sums(struct tx *tx, const struct actor *actor, const struct missed_filter *f, int64_t ret[static MISSED_STATE_COUNT])
{
	struct place_range within = range_of(f->place);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &missed_q[Q_SUMS], ARGS(db_int(db_id_at(f->from_ms)), db_int(db_id_at(f->to_ms)), db_int(within.lo),
	    db_int(tx_now_ms(tx)), db_int(within.hi)), &row);

	for (int s = 0; s < MISSED_STATE_COUNT; s++)
		ret[s] = 0;
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK)
		if (rows_int(row, 0) >= 0 && rows_int(row, 0) < MISSED_STATE_COUNT)
			ret[rows_int(row, 0)] = rows_int(row, 1);
	return rc == RC_DONE ? RC_OK : rc;
}
