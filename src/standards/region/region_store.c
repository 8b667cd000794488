#include "standards/region/region_internal.h"

enum { COUNT, ALL, INSERT, UPDATE, END_OLD };

static const struct db_stmt stmts[] = {
	[COUNT] = { "region.count", DB_PUBLIC, "SELECT count(*) FROM division WHERE city = $1", 0 },
	[ALL] = { "region.all", DB_PUBLIC,
	    "SELECT code, from_day, to_day, level, parent, name, name_en, rural, lon_e6, lat_e6, datum, population"
	    " FROM division WHERE city = $1 ORDER BY code, from_day", 0 },
	[INSERT] = { "region.insert", DB_SYSTEM,
	    "INSERT INTO division (city, code, from_day, to_day, level, parent, name, name_en, rural, lon_e6,"
	    " lat_e6, datum, population, source)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)", 0 },
	[UPDATE] = { "region.update", DB_SYSTEM,
	    "UPDATE division SET to_day = $4, level = $5, parent = $6, name = $7, name_en = $8, rural = $9,"
	    " lon_e6 = $10, lat_e6 = $11, datum = $12, population = $13, source = $14"
	    " WHERE city = $1 AND code = $2 AND from_day = $3", 0 },
	[END_OLD] = { "region.end", DB_SYSTEM,
	    "UPDATE division SET to_day = $4 WHERE city = $1 AND code = $2 AND from_day = $3"
	    " AND (to_day IS NULL OR to_day > $4)", 0 },
};

const struct db_set region_sql = DB_SET("region", stmts);

static struct day
day_or_none(const struct rows *r, int col)
{
	return rows_is_null(r, col) ? DAY_NONE : (struct day){ (int32_t)rows_int(r, col) };
}

static bool
read_row(const struct rows *r, struct arena *keep, struct division *d)
{
	*d = (struct division){
		.place = { rows_int(r, 0) },
		.from = { (int32_t)rows_int(r, 1) },
		.to = day_or_none(r, 2),
		.level = (enum place_level)rows_int(r, 3),
		.parent = { rows_int(r, 4) },
		.name = arena_text(keep, rows_text(r, 5)),
		.name_en = arena_text(keep, rows_text(r, 6)),
		.rural = rows_int(r, 7) != 0,
		.position = { rows_int(r, 8), rows_int(r, 9), (enum geo_datum)rows_int(r, 10) },
		.population = rows_is_null(r, 11) ? -1 : rows_int(r, 11),
	};
	return d->name.p != NULL && d->name_en.p != NULL;
}

enum rc
region_load_all(struct tx *tx, const struct actor *actor, struct arena *keep, struct division **ret, size_t *ret_n)
{
	ROWS rows = NULL;
	struct division *v;
	int64_t count = 0;
	size_t n = 0;
	enum rc rc = tx_int(tx, actor, &stmts[COUNT], NO_ARGS, &count);

	if (rc != RC_OK)
		return rc;
	v = arena_array(keep, (size_t)count + 1, sizeof(*v));
	if (v == NULL)
		return RC_NO_MEMORY;
	rc = tx_rows(tx, actor, &stmts[ALL], NO_ARGS, &rows);
	while (rc == RC_OK && (rc = rows_next(rows)) == RC_OK) {
		if (n == (size_t)count || !read_row(rows, keep, &v[n]))
			return n == (size_t)count ? RC_BUSY : RC_NO_MEMORY;
		n++;
	}
	*ret = v;
	*ret_n = n;
	return rc == RC_DONE ? RC_OK : rc;
}

static struct db_value
day_value(struct day d)
{
	return day_is_none(d) ? db_null() : db_int(d.n);
}

enum rc
region_store(struct tx *tx, const struct actor *actor, const struct division_change *c, struct text source)
{
	const struct division *d = &c->row;
	const struct db_stmt *stmt = c->deed == DEED_UPDATE ? &stmts[UPDATE] : &stmts[INSERT];
	bool placed = !geo_is_none(d->position);
	enum rc rc = RC_OK;

	if (c->deed == DEED_NONE)
		return RC_OK;
	if (c->deed == DEED_FOLLOW)
		rc = tx_run_one(tx, actor, &stmts[END_OLD],
		    ARGS(db_int(d->place.code), db_int(c->old_from.n), db_int(d->from.n)));
	if (rc != RC_OK)
		return rc;
	return tx_run_one(tx, actor, stmt, ARGS(db_int(d->place.code), db_int(d->from.n), day_value(d->to),
	    db_int(d->level), db_int(d->parent.code), db_text(d->name), db_text_or_null(d->name_en), db_int(d->rural),
	    placed ? db_int(d->position.lon_e6) : db_null(), placed ? db_int(d->position.lat_e6) : db_null(),
	    db_int(d->position.datum), d->population < 0 ? db_null() : db_int(d->population), db_text(source)));
}
