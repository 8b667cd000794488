/* The SQL of the log, and reading it. */
#include "operations/dutylog/dutylog_store.h"

const struct db_stmt dutylog_q[L_COUNT] = {
	[L_ATTEND] = { "dutylog.attend", DB_CITY,
	    "SELECT provider, point, at_ms FROM duty_attend WHERE city = $1 AND plan = $2 AND slot = $3", 0 },
	[L_ATTEND_ADD] = { "dutylog.attend_add", DB_SYSTEM,
	    "INSERT INTO duty_attend (city, plan, slot, provider, point, day, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)"
	    " ON CONFLICT (city, plan, slot) DO NOTHING", 0 },
	[L_LOG] = { "dutylog.log", DB_CITY,
	    "SELECT l.kinds, l.minutes, l.people, l.words, l.at_ms, l.confirmed_by, l.confirmed_ms, COALESCE(a.name, '') FROM duty_log l"
	    " LEFT JOIN account a ON a.city = l.city AND a.id = l.confirmed_by WHERE l.city = $1 AND l.plan = $2 AND l.slot = $3", 0 },
	[L_LOG_ADD] = { "dutylog.log_add", DB_SYSTEM,
	    "INSERT INTO duty_log (city, plan, slot, provider, point, day, kinds, minutes, people, words, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (city, plan, slot) DO NOTHING", 0 },
	[L_CONFIRM] = { "dutylog.confirm", DB_SYSTEM,
	    "UPDATE duty_log SET confirmed_by = $4, confirmed_ms = $5 WHERE city = $1 AND plan = $2 AND slot = $3 AND confirmed_ms IS NULL"
	    " AND account <> $4", 0 },
	[L_UNSIGNED] = { "dutylog.unsigned", DB_CITY,
	    "SELECT s.plan, s.slot, s.seat, s.place, s.point, s.provider, s.day, v.name, f.name FROM duty_slot s JOIN provider v"
	    " ON v.city = s.city AND v.id = s.provider JOIN firm f ON f.city = v.city AND f.id = v.firm WHERE s.city = $1 AND s.state = 20"
	    " AND s.day >= $2 AND s.day < $3 AND s.place BETWEEN $4 AND $5 AND s.point IS NOT NULL AND NOT EXISTS (SELECT 1 FROM duty_attend t"
	    " WHERE t.city = s.city AND t.plan = s.plan AND t.slot = s.slot) ORDER BY s.day DESC, s.place, s.slot LIMIT $6", 0 },
	/* of this duty, and of none yet; number and item only */
	[L_CASES] = { "dutylog.cases", DB_CITY,
	    "SELECT r.id, r.number, COALESCE(i.name, ''), COALESCE(q.made, 0), CASE WHEN q.request IS NULL THEN 0 ELSE 1 END, r.created_ms, r.holder"
	    " FROM request r LEFT JOIN duty_log_request q ON q.city = r.city AND q.request = r.id LEFT JOIN item_revision i ON i.city = r.city"
	    " AND i.item = r.item AND i.from_day = r.item_from_day WHERE r.city = $1 AND r.created_day = $2 AND r.point = $3"
	    " AND (q.request IS NULL OR (q.plan = $4 AND q.slot = $5)) ORDER BY r.id LIMIT $6", 0 },
	[L_LINK_MADE] = { "dutylog.link_made", DB_SYSTEM,
	    "INSERT INTO duty_log_request (city, request, plan, slot, made, account, at_ms) SELECT $1, $2, d.plan, d.slot, 1, $5, $6"
	    " FROM duty_attend d WHERE d.city = $1 AND d.plan = $3 AND d.slot = $4 AND NOT EXISTS (SELECT 1 FROM duty_log l WHERE l.city = d.city"
	    " AND l.plan = d.plan AND l.slot = d.slot)", 0 },
	[L_LINK] = { "dutylog.link", DB_SYSTEM,
	    "INSERT INTO duty_log_request (city, request, plan, slot, made, account, at_ms) SELECT $1, r.id, $3, $4, 0, $5, $6 FROM request r"
	    " WHERE r.city = $1 AND r.id = $2 AND r.point = $7 AND r.created_day = $8 ON CONFLICT (city, request) DO NOTHING", 0 },
};
const struct db_set dutylog_sql = DB_SET("dutylog", dutylog_q);

static enum rc
attend_read(struct tx *tx, const struct actor *actor, struct dutylog *l)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &dutylog_q[L_ATTEND], ARGS(db_int(l->plan), db_int(l->slot)), &row);

	if (rc == RC_OK) {
		l->signed_in = true;
		l->provider = rows_int(row, 0);
		l->point = rows_int(row, 1);
		l->signed_ms = rows_int(row, 2);
	}
	return rc;
}

enum rc
dutylog_load(struct tx *tx, const struct actor *actor, int64_t plan, uint32_t slot, struct dutylog *ret)
{
	ROWS row = NULL;
	enum rc rc;

	*ret = (struct dutylog){ .plan = plan, .slot = slot };
	rc = attend_read(tx, actor, ret);
	if (rc == RC_OK)
		rc = tx_one(tx, actor, &dutylog_q[L_LOG], ARGS(db_int(plan), db_int(slot)), &row);
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	ret->written = true;
	ret->kinds = (unsigned)rows_int(row, 0);
	ret->minutes = (int)rows_int(row, 1);
	ret->people = (int)rows_int(row, 2);
	ret->words = rows_copy(row, 3);
	ret->at_ms = rows_int(row, 4);
	ret->confirmed_by = rows_int(row, 5);
	ret->confirmed_ms = rows_int(row, 6);
	ret->confirmed_name = rows_copy(row, 7);
	return RC_OK;
}

enum rc
dutylog_unsigned(struct tx *tx, const struct actor *actor, struct place within, struct day from, struct day today, struct duty_slot *ret,
    size_t cap, size_t *ret_n)
{
	struct place_range r = place_range(within);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &dutylog_q[L_UNSIGNED], ARGS(db_int(from.n), db_int(today.n), db_int(r.lo), db_int(r.hi),
	    db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct duty_slot){ .plan = rows_int(row, 0), .slot = (uint32_t)rows_int(row, 1), .seat = rows_int(row, 2) != 0,
			.place = { rows_int(row, 3) }, .point = rows_int(row, 4), .provider = rows_int(row, 5), .day = { (int32_t)rows_int(row, 6) },
			.name = rows_copy(row, 7), .firm = rows_copy(row, 8) };
	return rc == RC_DONE ? RC_OK : rc;
}
