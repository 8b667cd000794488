#include "resources/oncall/oncall_store.h"

#define COLUMNS "SELECT o.id, o.point, COALESCE(o.account, 0), o.turn, o.office, o.phone, o.hours, o.show_name, o.from_day, o.to_day," \
	" o.revision, CASE WHEN o.account IS NULL THEN 0 ELSE 1 - COALESCE(a.active, 0) END, "
#define FROM " FROM oncall_contact o LEFT JOIN account a ON a.city = o.city AND a.id = o.account WHERE o.city = $1 AND o.point = $2" \
	" AND (o.to_day IS NULL OR o.to_day >= $3) ORDER BY o.turn, o.id LIMIT $4"
/* Points of the actor's places that are there on day $4. */
#define THERE "p.city = $1 AND p.place BETWEEN $2 AND $3 AND p.opened_day <= $4 AND (p.closed_day IS NULL OR p.closed_day > $4)"
#define NUMBERS "(SELECT p.id AS point, CAST(0 AS bigint) AS contact, p.phone AS phone, '' AS office FROM point p WHERE " THERE \
	" AND p.phone <> '' UNION ALL SELECT o.point, o.id, o.phone, o.office FROM oncall_contact o CROSS JOIN point p" \
	" WHERE o.city = $1 AND p.id = o.point AND " THERE " AND o.from_day <= $4 AND (o.to_day IS NULL OR o.to_day >= $4))"
#define TESTED " LEFT JOIN phone_test t ON t.city = $1 AND t.id = (SELECT MAX(+u.id) FROM phone_test u WHERE u.city = $1" \
	" AND u.point = n.point AND u.phone = n.phone)"
#define TESTED_THEN " LEFT JOIN (SELECT u.point, u.phone, MAX(u.id) AS id FROM phone_test u WHERE u.city = $1 AND u.month = $5" \
	" GROUP BY u.point, u.phone) m ON m.point = n.point AND m.phone = n.phone LEFT JOIN phone_test t ON t.city = $1 AND t.id = m.id"
#define NUMBER_COLUMNS "SELECT n.point, n.contact, n.phone, n.office, q.code, q.name, q.name_en, COALESCE(t.result, 0), COALESCE(t.month, 0)," \
	" COALESCE(t.at_ms, 0) FROM " NUMBERS " n JOIN point q ON q.city = $1 AND q.id = n.point"
#define NUMBER_PAGE " AND (q.code > $7 OR (q.code = $7 AND n.contact > $8)) ORDER BY q.code, n.contact LIMIT $9"
/* Of every point there: its contacts, bad numbers, and those not tested in month $5. */
#define STANDING "(SELECT n.point, SUM(CASE WHEN n.contact <> 0 THEN 1 ELSE 0 END) AS contacts," \
	" SUM(CASE WHEN t.result IN (3, 4) THEN 1 ELSE 0 END) AS bad," \
	" SUM(CASE WHEN t.id IS NULL OR t.month < $5 THEN 1 ELSE 0 END) AS waiting FROM " NUMBERS " n" TESTED " GROUP BY n.point)"

/* [public]: who answers for a point is posted at its door, the name only of those who allow it. */
const struct db_stmt oncall_q[Q_COUNT] = {
	[Q_LIST] = { "oncall.list", DB_CITY, COLUMNS "o.name" FROM, 0 },
	[Q_LIST_PUBLIC] = { "oncall.list_public", DB_PUBLIC, COLUMNS "CASE WHEN o.show_name = 1 THEN o.name ELSE '' END" FROM, 0 },
	[Q_COUNT_CONTACTS] = { "oncall.count", DB_SYSTEM,
	    "SELECT COUNT(*) FROM oncall_contact WHERE city = $1 AND point = $2 AND (to_day IS NULL OR to_day >= $3)", 0 },
	[Q_INSERT] = { "oncall.insert", DB_SYSTEM,
	    "INSERT INTO oncall_contact (city, id, point, turn, account, name, show_name, office, phone, hours, from_day, to_day, account_by,"
	    " at_ms, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)", 0 },
	[Q_END] = { "oncall.end", DB_SYSTEM,
	    "UPDATE oncall_contact SET to_day = $5, revision = revision + 1 WHERE city = $1 AND point = $2 AND id = $3 AND revision = $4"
	    " AND from_day <= $5 AND (to_day IS NULL OR to_day >= $5)", 0 },
	[Q_POINT] = { "oncall.point", DB_AREA,
	    "SELECT id FROM point WHERE city = $1 AND place BETWEEN $2 AND $3 AND id = $4", 0 },
	[Q_LOGIN] = { "oncall.login", DB_SYSTEM, "SELECT id, name, active FROM account WHERE city = $1 AND (id = $2 OR login = $3)", 0 },
	/* $5 the month, $6 which: 0 waiting, 1 all, 2 bad, $7 and $8 after which */
	[Q_NUMBERS] = { "oncall.numbers", DB_AREA,
	    NUMBER_COLUMNS TESTED " WHERE (CAST($6 AS bigint) = 1 OR (CAST($6 AS bigint) = 0 AND (t.id IS NULL OR t.month < $5))"
	    " OR (CAST($6 AS bigint) = 2 AND t.result IN (3, 4)))" NUMBER_PAGE, 0 },
	/* $6 the result in that month */
	[Q_NUMBERS_OF] = { "oncall.numbers_of", DB_AREA, NUMBER_COLUMNS TESTED_THEN " WHERE COALESCE(t.result, 0) = $6" NUMBER_PAGE, 0 },
	[Q_NUMBER] = { "oncall.number", DB_AREA,
	    "SELECT COUNT(*) FROM " NUMBERS " n WHERE n.point = $5 AND n.contact = $6 AND n.phone = $7", 0 },
	[Q_TEST] = { "oncall.test", DB_SYSTEM,
	    "INSERT INTO phone_test (city, id, point, contact, phone, month, result, words, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", 0 },
	[Q_TESTS] = { "oncall.tests", DB_CITY,
	    "SELECT t.at_ms, t.phone, t.result, t.words, a.name FROM phone_test t LEFT JOIN account a ON a.city = t.city AND a.id = t.account"
	    " WHERE t.city = $1 AND t.point = $2 ORDER BY t.id DESC LIMIT $3", 0 },
	[Q_LAST] = { "oncall.last", DB_PUBLIC,
	    "SELECT result FROM phone_test WHERE city = $1 AND point = $2 AND phone = $3 ORDER BY id DESC LIMIT 1", 0 },
	/* $6: 1 those with a fault alone, $7 after which code */
	[Q_ROWS] = { "oncall.rows", DB_AREA,
	    "SELECT p.id, p.kind, p.code, p.name, p.name_en, p.phone, COALESCE(s.contacts, 0), COALESCE(s.bad, 0), COALESCE(s.waiting, 0)"
	    " FROM point p LEFT JOIN " STANDING " s ON s.point = p.id WHERE " THERE " AND p.code > $7 AND (CAST($6 AS bigint) = 0"
	    " OR p.phone = '' OR COALESCE(s.contacts, 0) = 0 OR s.bad > 0) ORDER BY p.code LIMIT $8", 0 },
	[Q_SUMS] = { "oncall.sums", DB_AREA,
	    "SELECT COUNT(*), COALESCE(SUM(CASE WHEN p.phone = '' THEN 1 ELSE 0 END), 0),"
	    " COALESCE(SUM(CASE WHEN COALESCE(s.contacts, 0) = 0 THEN 1 ELSE 0 END), 0),"
	    " COALESCE(SUM(CASE WHEN s.bad > 0 THEN 1 ELSE 0 END), 0) FROM point p LEFT JOIN " STANDING " s ON s.point = p.id WHERE " THERE, 0 },
	[Q_RESULTS] = { "oncall.results", DB_AREA,
	    "SELECT q.result, COUNT(*) FROM (SELECT CASE WHEN t.month = $5 THEN t.result ELSE 0 END AS result FROM " NUMBERS " n" TESTED_THEN ") q GROUP BY q.result", 0 },
};
const struct db_set oncall_sql = DB_SET("oncall", oncall_q);

static struct day
day_read(const struct rows *row, int col)
{
	return rows_is_null(row, col) ? DAY_NONE : (struct day){ (int32_t)rows_int(row, col) };
}

enum rc
oncall_list(struct tx *tx, const struct actor *actor, int64_t point, struct day day, struct oncall_contact *ret, size_t cap, size_t *ret_n)
{
	bool staff = actor->kind == ACTOR_ACCOUNT || actor->kind == ACTOR_SYSTEM;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &oncall_q[staff ? Q_LIST : Q_LIST_PUBLIC], ARGS(db_int(point), db_int(day.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct oncall_contact *k = &ret[(*ret_n)++];

		k->id = rows_int(row, 0);
		k->point = rows_int(row, 1);
		k->account = rows_int(row, 2);
		k->turn = (int)rows_int(row, 3);
		k->office = rows_copy(row, 4);
		k->phone = rows_copy(row, 5);
		k->hours = rows_copy(row, 6);
		k->show_name = rows_int(row, 7) != 0;
		k->from = day_read(row, 8);
		k->to = day_read(row, 9);
		k->revision = rows_int(row, 10);
		k->account_off = rows_int(row, 11) != 0;
		k->name = rows_copy(row, 12);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
oncall_numbers(struct tx *tx, const struct actor *actor, const struct oncall_number_filter *f, struct oncall_number *ret, size_t cap,
    size_t *ret_n)
{
	static const int which[] = { [NUMBERS_WAITING] = 0, [NUMBERS_ALL] = 1, [NUMBERS_BAD] = 2 };
	bool then = f->which == NUMBERS_RESULT;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &oncall_q[then ? Q_NUMBERS_OF : Q_NUMBERS], ARGS(db_int(f->day.n), db_int(f->month),
	    db_int(then ? (int)f->result : which[f->which]),
	    db_text(f->after.n > 0 ? f->after : TEXT("")), db_int(f->after_contact), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct oncall_number *n = &ret[(*ret_n)++];

		n->point = rows_int(row, 0);
		n->contact = rows_int(row, 1);
		n->phone = rows_copy(row, 2);
		n->office = rows_copy(row, 3);
		n->code = rows_copy(row, 4);
		n->name = rows_copy(row, 5);
		n->name_en = rows_copy(row, 6);
		n->last = (enum phone_result)rows_int(row, 7);
		n->last_month = (int)rows_int(row, 8);
		n->last_ms = rows_int(row, 9);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
oncall_tests(struct tx *tx, const struct actor *actor, int64_t point, struct oncall_tested *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &oncall_q[Q_TESTS], ARGS(db_int(point), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct oncall_tested *t = &ret[(*ret_n)++];

		t->at_ms = rows_int(row, 0);
		t->phone = rows_copy(row, 1);
		t->result = (enum phone_result)rows_int(row, 2);
		t->words = rows_copy(row, 3);
		t->account_name = rows_copy(row, 4);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
oncall_last(struct tx *tx, const struct actor *actor, int64_t point, struct text phone, enum phone_result *ret)
{
	int64_t n = PHONE_NOT_TESTED;
	enum rc rc = tx_int(tx, actor, &oncall_q[Q_LAST], ARGS(db_int(point), db_text(phone)), &n);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret = (enum phone_result)n;
	return RC_OK;
}

enum rc
oncall_rows(struct tx *tx, const struct actor *actor, const struct oncall_row_filter *f, struct oncall_row *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &oncall_q[Q_ROWS], ARGS(db_int(f->day.n), db_int(f->month), db_int(f->faults),
	    db_text(f->after.n > 0 ? f->after : TEXT("")), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct oncall_row *r = &ret[(*ret_n)++];

		r->id = rows_int(row, 0);
		r->kind = (enum point_kind)rows_int(row, 1);
		r->code = rows_copy(row, 2);
		r->name = rows_copy(row, 3);
		r->name_en = rows_copy(row, 4);
		r->phone = rows_copy(row, 5);
		r->contacts = rows_int(row, 6);
		r->bad = rows_int(row, 7);
		r->waiting = rows_int(row, 8);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
results_read(struct tx *tx, const struct actor *actor, struct day day, int month, struct oncall_sums *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &oncall_q[Q_RESULTS], ARGS(db_int(day.n), db_int(month)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		int64_t result = rows_int(row, 0);

		ret->numbers += rows_int(row, 1);
		if (result >= 0 && result < PHONE_RESULT_COUNT)
			ret->result[result] = rows_int(row, 1);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
oncall_sums(struct tx *tx, const struct actor *actor, struct day day, int month, struct oncall_sums *ret)
{
	enum rc rc;

	*ret = (struct oncall_sums){ 0 };
	{
		ROWS row = NULL;

		rc = tx_one(tx, actor, &oncall_q[Q_SUMS], ARGS(db_int(day.n), db_int(month)), &row);
		if (rc != RC_OK)
			return rc;
		ret->points = rows_int(row, 0);
		ret->no_phone = rows_int(row, 1);
		ret->no_contact = rows_int(row, 2);
		ret->bad = rows_int(row, 3);
	}
	return results_read(tx, actor, day, month, ret);
}
