#include "standards/catalogue/catalogue_store.h"

#define ITEM_COLUMNS "i.id, i.code, i.matter, i.sort, r.from_day, r.name, r.name_en, r.summary, r.summary_en," \
	" r.why_public, r.who_may, r.price, r.price_why, r.supply, r.basis, r.materials, r.channels, r.tiers, r.in_force"
#define ITEM_JOIN " FROM item i JOIN item_revision r ON r.city = i.city AND r.item = i.id WHERE i.city = $1"
#define CODE_COLUMNS "code, name, name_en, sort, flags, from_day, to_day"

enum { COUNT, COUNT_REVISIONS, LOAD, LOAD_CODE, LOAD_REVISION, LIST, HISTORY, LIMITS, NEWEST, INSERT_ITEM,
    INSERT_REVISION, INSERT_LIMIT, CODE_COUNT, CODE_LIST, CODE_FIND, CODE_FIND_EVER, CODE_INSERT };

static const struct db_stmt stmts[] = {
	[COUNT] = { "catalogue.count", DB_PUBLIC, "SELECT count(*) FROM item WHERE city = $1", 0 },
	[COUNT_REVISIONS] = { "catalogue.count_revisions", DB_PUBLIC,
	    "SELECT count(*) FROM item_revision WHERE city = $1 AND item = $2", 0 },
	[LOAD] = { "catalogue.load", DB_PUBLIC, "SELECT " ITEM_COLUMNS ITEM_JOIN
	    " AND i.id = $2 AND r.from_day <= $3 ORDER BY r.from_day DESC LIMIT 1", 0 },
	[LOAD_CODE] = { "catalogue.load_code", DB_PUBLIC, "SELECT " ITEM_COLUMNS ITEM_JOIN
	    " AND i.code = $2 AND r.from_day <= $3 ORDER BY r.from_day DESC LIMIT 1", 0 },
	[LOAD_REVISION] = { "catalogue.load_revision", DB_PUBLIC, "SELECT " ITEM_COLUMNS ITEM_JOIN
	    " AND i.id = $2 AND r.from_day = $3", 0 },
	[LIST] = { "catalogue.list", DB_PUBLIC, "SELECT " ITEM_COLUMNS ITEM_JOIN
	    " AND r.from_day = (SELECT max(x.from_day) FROM item_revision x WHERE x.city = r.city AND x.item = r.item"
	    " AND x.from_day <= $2) AND (r.in_force = 1 OR CAST($3 AS bigint) = 1) ORDER BY i.sort, i.id", 0 },
	[HISTORY] = { "catalogue.history", DB_PUBLIC, "SELECT " ITEM_COLUMNS ITEM_JOIN
	    " AND i.id = $2 ORDER BY r.from_day DESC", 0 },
	[LIMITS] = { "catalogue.limits", DB_PUBLIC,
	    "SELECT target, count, unit, roll, source FROM item_limit WHERE city = $1 AND item = $2 AND from_day = $3"
	    " ORDER BY target", 0 },
	[NEWEST] = { "catalogue.newest", DB_PUBLIC,
	    "SELECT from_day FROM item_revision WHERE city = $1 AND item = $2 ORDER BY from_day DESC LIMIT 1", 0 },
	[INSERT_ITEM] = { "catalogue.insert_item", DB_SYSTEM,
	    "INSERT INTO item (city, id, code, matter, sort) VALUES ($1, $2, $3, $4, $5)", 0 },
	[INSERT_REVISION] = { "catalogue.insert_revision", DB_SYSTEM,
	    "INSERT INTO item_revision (city, item, from_day, name, name_en, summary, summary_en, why_public, who_may,"
	    " price, price_why, supply, basis, materials, channels, tiers, in_force, account, at_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)", 0 },
	[INSERT_LIMIT] = { "catalogue.insert_limit", DB_SYSTEM,
	    "INSERT INTO item_limit (city, item, from_day, target, count, unit, roll, source)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", 0 },
	[CODE_COUNT] = { "catalogue.code_count", DB_PUBLIC,
	    "SELECT count(*) FROM code_value WHERE city = $1 AND kind = $2", 0 },
	[CODE_LIST] = { "catalogue.code_list", DB_PUBLIC, "SELECT " CODE_COLUMNS " FROM code_value"
	    " WHERE city = $1 AND kind = $2 AND from_day <= $3 AND (to_day IS NULL OR to_day > $3) ORDER BY sort, code", 0 },
	[CODE_FIND] = { "catalogue.code_find", DB_PUBLIC, "SELECT " CODE_COLUMNS " FROM code_value"
	    " WHERE city = $1 AND kind = $2 AND code = $3 AND from_day <= $4 AND (to_day IS NULL OR to_day > $4)"
	    " ORDER BY from_day DESC LIMIT 1", 0 },
	[CODE_FIND_EVER] = { "catalogue.code_find_ever", DB_PUBLIC, "SELECT " CODE_COLUMNS " FROM code_value"
	    " WHERE city = $1 AND kind = $2 AND code = $3 ORDER BY from_day DESC LIMIT 1", 0 },
	[CODE_INSERT] = { "catalogue.code_insert", DB_SYSTEM,
	    "INSERT INTO code_value (city, kind, code, from_day, to_day, name, name_en, sort, flags)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", 0 },
};

const struct db_set catalogue_sql = DB_SET("catalogue", stmts);

/* ---- items ----------------------------------------------------------------------------------------- */

static void
read_item(const struct rows *r, struct item *i)
{
	int c = 0;

	*i = (struct item){ .n_limits = 0 };
	i->id = rows_int(r, c++);
	i->code = rows_copy(r, c++);
	i->matter = rows_copy(r, c++);
	i->sort = (int)rows_int(r, c++);
	i->from.n = (int32_t)rows_int(r, c++);
	i->name = rows_copy(r, c++);
	i->name_en = rows_copy(r, c++);
	i->summary = rows_copy(r, c++);
	i->summary_en = rows_copy(r, c++);
	i->why_public = rows_copy(r, c++);
	i->who_may = (uint32_t)rows_int(r, c++);
	i->price = (enum item_price)rows_int(r, c++);
	i->price_why = rows_copy(r, c++);
	i->supply = (enum item_supply)rows_int(r, c++);
	i->basis = rows_copy(r, c++);
	i->materials = rows_copy(r, c++);
	i->channels = (uint32_t)rows_int(r, c++);
	i->tiers = (uint32_t)rows_int(r, c++);
	i->in_force = rows_int(r, c++) != 0;
}

static enum rc
read_limits(struct tx *tx, const struct actor *actor, struct item *i)
{
	ROWS rows = NULL;
	enum rc rc = tx_rows(tx, actor, &stmts[LIMITS], ARGS(db_int(i->id), db_int(i->from.n)), &rows);

	while (rc == RC_OK && (rc = rows_next(rows)) == RC_OK) {
		if (i->n_limits == ITEM_LIMITS_MAX)
			return RC_CORRUPT;
		i->limits[i->n_limits++] = (struct item_limit){
			.target = (enum clock_target)rows_int(rows, 0),
			.rule = { (int)rows_int(rows, 1), (enum clock_unit)rows_int(rows, 2), rows_int(rows, 3) != 0 },
			.source = rows_copy(rows, 4),
		};
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
load_one(struct tx *tx, const struct actor *actor, const struct db_stmt *stmt, struct db_args args, struct item *ret)
{
	struct item i;
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, stmt, args, &rows);

	if (rc != RC_OK)
		return rc;
	read_item(rows, &i);
	rc = read_limits(tx, actor, &i);
	if (rc == RC_OK)
		*ret = i;
	return rc;
}

enum rc
catalogue_load(struct tx *tx, const struct actor *actor, int64_t item, struct day day, struct item *ret)
{
	return load_one(tx, actor, &stmts[LOAD], ARGS(db_int(item), db_int(day.n)), ret);
}

enum rc
catalogue_load_code(struct tx *tx, const struct actor *actor, struct text code, struct day day, struct item *ret)
{
	return load_one(tx, actor, &stmts[LOAD_CODE], ARGS(db_text(code), db_int(day.n)), ret);
}

enum rc
catalogue_load_revision(struct tx *tx, const struct actor *actor, int64_t item, struct day from, struct item *ret)
{
	return load_one(tx, actor, &stmts[LOAD_REVISION], ARGS(db_int(item), db_int(from.n)), ret);
}

static enum rc
load_many(struct tx *tx, const struct actor *actor, const struct db_stmt *stmt, struct db_args args, size_t cap,
    struct item **ret, size_t *ret_n)
{
	struct item *v = arena_array(tx_mem(tx), cap + 1, sizeof(*v));
	ROWS rows = NULL;
	size_t n = 0;
	enum rc rc = v == NULL ? RC_NO_MEMORY : tx_rows(tx, actor, stmt, args, &rows);

	while (rc == RC_OK && (rc = rows_next(rows)) == RC_OK) {
		if (n == cap)
			return RC_BUSY; /* grew meanwhile */
		read_item(rows, &v[n++]);
	}
	rc = rc == RC_DONE ? RC_OK : rc;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = read_limits(tx, actor, &v[i]);
	if (rc == RC_OK) {
		*ret = v;
		*ret_n = n;
	}
	return rc;
}

enum rc
catalogue_count(struct tx *tx, const struct actor *actor, int64_t *ret)
{
	return tx_int(tx, actor, &stmts[COUNT], NO_ARGS, ret);
}

enum rc
catalogue_read_list(struct tx *tx, const struct actor *actor, struct day day, bool all, struct item **ret,
    size_t *ret_n)
{
	int64_t cap = 0;
	enum rc rc = catalogue_count(tx, actor, &cap);

	return rc != RC_OK ? rc : load_many(tx, actor, &stmts[LIST], ARGS(db_int(day.n), db_int(all)), (size_t)cap, ret,
	    ret_n);
}

enum rc
catalogue_read_history(struct tx *tx, const struct actor *actor, int64_t item, struct item **ret, size_t *ret_n)
{
	int64_t cap = 0;
	enum rc rc = tx_int(tx, actor, &stmts[COUNT_REVISIONS], ARGS(db_int(item)), &cap);

	return rc != RC_OK ? rc : load_many(tx, actor, &stmts[HISTORY], ARGS(db_int(item)), (size_t)cap, ret, ret_n);
}

enum rc
catalogue_newest(struct tx *tx, const struct actor *actor, int64_t item, struct day *ret)
{
	int64_t from = 0;
	enum rc rc = tx_int(tx, actor, &stmts[NEWEST], ARGS(db_int(item)), &from);

	if (rc == RC_OK)
		*ret = (struct day){ (int32_t)from };
	return rc;
}

enum rc
catalogue_insert_item(struct tx *tx, const struct actor *actor, int64_t id, const struct item_new *in)
{
	return tx_run_one(tx, actor, &stmts[INSERT_ITEM], ARGS(db_int(id), db_text(in->code), db_text(in->matter),
	    db_int(in->sort)));
}

enum rc
catalogue_insert_revision(struct tx *tx, const struct actor *actor, int64_t id, const struct item_new *in)
{
	enum rc rc = tx_run_one(tx, actor, &stmts[INSERT_REVISION], ARGS(db_int(id), db_int(in->from.n), db_text(in->name),
	    db_text(in->name_en), db_text(in->summary), db_text(in->summary_en), db_text(in->why_public),
	    db_int((int64_t)in->who_may), db_int(in->price), db_text(in->price_why), db_int(in->supply),
	    db_text(in->basis), db_text(in->materials), db_int((int64_t)in->channels), db_int((int64_t)in->tiers),
	    db_int(in->in_force), db_int(actor->account), db_int(tx_now_ms(tx))));

	for (size_t i = 0; rc == RC_OK && i < ITEM_LIMITS_MAX; i++) {
		const struct item_limit *l = &in->limits[i];

		if (l->rule.count != 0)
			rc = tx_run_one(tx, actor, &stmts[INSERT_LIMIT], ARGS(db_int(id), db_int(in->from.n), db_int(l->target),
			    db_int(l->rule.count), db_int(l->rule.unit), db_int(l->rule.roll), db_text(l->source)));
	}
	return rc;
}

/* ---- code tables ---------------------------------------------------------------------------------------- */

static struct code_row
read_code(const struct rows *r)
{
	return (struct code_row){
		.code = rows_copy(r, 0), .name = rows_copy(r, 1), .name_en = rows_copy(r, 2), .sort = (int)rows_int(r, 3),
		.flags = (int)rows_int(r, 4), .from = { (int32_t)rows_int(r, 5) },
		.to = rows_is_null(r, 6) ? DAY_NONE : (struct day){ (int32_t)rows_int(r, 6) },
	};
}

enum rc
code_read_list(struct tx *tx, const struct actor *actor, const char *kind, struct day day, struct code_row **ret,
    size_t *ret_n)
{
	struct text name = text_of(kind);
	struct code_row *v;
	ROWS rows = NULL;
	int64_t cap = 0;
	size_t n = 0;
	enum rc rc = tx_int(tx, actor, &stmts[CODE_COUNT], ARGS(db_text(name)), &cap);

	if (rc != RC_OK)
		return rc;
	v = arena_array(tx_mem(tx), (size_t)cap + 1, sizeof(*v));
	rc = v == NULL ? RC_NO_MEMORY : tx_rows(tx, actor, &stmts[CODE_LIST], ARGS(db_text(name), db_int(day.n)), &rows);
	while (rc == RC_OK && (rc = rows_next(rows)) == RC_OK) {
		if (n == (size_t)cap)
			return RC_BUSY;
		v[n++] = read_code(rows);
	}
	*ret = v;
	*ret_n = n;
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
code_find(struct tx *tx, const struct actor *actor, const char *kind, struct text code, struct day day,
    struct code_row *ret)
{
	ROWS rows = NULL;
	enum rc rc;

	if (day_is_none(day))
		rc = tx_one(tx, actor, &stmts[CODE_FIND_EVER], ARGS(db_text(text_of(kind)), db_text(code)), &rows);
	else
		rc = tx_one(tx, actor, &stmts[CODE_FIND], ARGS(db_text(text_of(kind)), db_text(code), db_int(day.n)), &rows);
	if (rc == RC_OK)
		*ret = read_code(rows);
	return rc;
}

enum rc
code_count(struct tx *tx, const struct actor *actor, const char *kind, int64_t *ret)
{
	return tx_int(tx, actor, &stmts[CODE_COUNT], ARGS(db_text(text_of(kind))), ret);
}

enum rc
code_insert(struct tx *tx, const struct actor *actor, const struct code_new *in, struct day from)
{
	return tx_run_one(tx, actor, &stmts[CODE_INSERT], ARGS(db_text(text_of(in->kind)), db_text(text_of(in->code)),
	    db_int(from.n), db_null(), db_text(text_of(in->name)), db_text(text_of(in->name_en)), db_int(in->sort),
	    db_int(in->flags)));
}
