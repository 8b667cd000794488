#include "resources/network/network_store.h"

enum { STAMP, COUNTS, POINTS, HOURS, EXCEPTIONS, VILLAGES, HEAD, ID_OF_CODE, COUNT_AT, DIRECTOR, ID_OF_LOGIN, INSERT,
    UPDATE, TOUCH, CLEAR_HOURS, PUT_HOURS, OPEN_VILLAGES, PUT_VILLAGE, DROP_VILLAGE, END_VILLAGE, SET_REASON,
    END_VILLAGES, SET_CLOSED, CLEAR_EXCEPTION, PUT_EXCEPTION };

static const struct db_stmt stmts[] = {
	[STAMP] = { "network.stamp", DB_PUBLIC,
	    "SELECT count(*), CAST(COALESCE(sum(revision), 0) AS bigint) FROM point WHERE city = $1", 0 },
	[COUNTS] = { "network.counts", DB_PUBLIC, "SELECT (SELECT count(*) FROM point_hours h WHERE h.city = $1),"
	    " (SELECT count(*) FROM point_exception e WHERE e.city = $1),"
	    " (SELECT count(*) FROM point_village v WHERE v.city = $1)", 0 },
	[POINTS] = { "network.points", DB_PUBLIC, "SELECT id, code, kind, place, name, name_en, address, phone, director,"
	    " parent, lon_e6, lat_e6, datum, opened_day, closed_day, revision FROM point WHERE city = $1 ORDER BY id", 0 },
	[HOURS] = { "network.hours", DB_PUBLIC, "SELECT point, weekday, opens, closes FROM point_hours WHERE city = $1"
	    " ORDER BY point, weekday, opens", 0 },
	[EXCEPTIONS] = { "network.exceptions", DB_PUBLIC, "SELECT point, day, opens, closes, note FROM point_exception"
	    " WHERE city = $1 ORDER BY point, day", 0 },
	[VILLAGES] = { "network.villages", DB_PUBLIC, "SELECT point, village, from_day, to_day, reason FROM point_village"
	    " WHERE city = $1 ORDER BY point, village, from_day", 0 },
	[HEAD] = { "network.head", DB_PUBLIC,
	    "SELECT kind, place, code, closed_day, opened_day FROM point WHERE city = $1 AND id = $2", 0 },
	[ID_OF_CODE] = { "network.id_of_code", DB_PUBLIC, "SELECT id FROM point WHERE city = $1 AND code = $2", 0 },
	[COUNT_AT] = { "network.count_at", DB_PUBLIC, "SELECT count(*) FROM point WHERE city = $1 AND place = $2", 0 },
	[DIRECTOR] = { "network.director", DB_SYSTEM,
	    "SELECT place, active, COALESCE(point, 0) FROM account WHERE city = $1 AND id = $2", 0 },
	[ID_OF_LOGIN] = { "network.id_of_login", DB_SYSTEM, "SELECT id FROM account WHERE city = $1 AND login = $2", 0 },
	[INSERT] = { "network.insert", DB_SYSTEM,
	    "INSERT INTO point (city, id, code, kind, place, name, name_en, address, phone, director, parent, lon_e6,"
	    " lat_e6, datum, opened_day, revision)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)", 0 },
	[UPDATE] = { "network.update", DB_AREA,
	    "UPDATE point SET kind = $6, place = $7, name = $8, name_en = $9, address = $10, phone = $11, director = $12,"
	    " parent = $13, lon_e6 = $14, lat_e6 = $15, datum = $16, opened_day = $17, revision = revision + 1"
	    " WHERE city = $1 AND place BETWEEN $2 AND $3 AND id = $4 AND revision = $5 AND closed_day IS NULL", 0 },
	[TOUCH] = { "network.touch", DB_AREA, "UPDATE point SET revision = revision + 1"
	    " WHERE city = $1 AND place BETWEEN $2 AND $3 AND id = $4 AND closed_day IS NULL", 0 },
	[CLEAR_HOURS] = { "network.clear_hours", DB_SYSTEM, "DELETE FROM point_hours WHERE city = $1 AND point = $2", 0 },
	[PUT_HOURS] = { "network.put_hours", DB_SYSTEM,
	    "INSERT INTO point_hours (city, point, weekday, opens, closes) VALUES ($1, $2, $3, $4, $5)", 0 },
	[OPEN_VILLAGES] = { "network.open_villages", DB_SYSTEM, "SELECT village, from_day FROM point_village"
	    " WHERE city = $1 AND point = $2 AND to_day IS NULL ORDER BY village", 0 },
	[PUT_VILLAGE] = { "network.put_village", DB_SYSTEM,
	    "INSERT INTO point_village (city, village, point, from_day, to_day, reason) VALUES ($1, $2, $3, $4, NULL, $5)"
	    " ON CONFLICT (city, village, point, from_day) DO UPDATE SET to_day = NULL, reason = excluded.reason", 0 },
	[DROP_VILLAGE] = { "network.drop_village", DB_SYSTEM, "DELETE FROM point_village"
	    " WHERE city = $1 AND village = $2 AND point = $3 AND from_day = $4", 0 },
	[END_VILLAGE] = { "network.end_village", DB_SYSTEM, "UPDATE point_village SET to_day = $5"
	    " WHERE city = $1 AND village = $2 AND point = $3 AND from_day = $4", 0 },
	[SET_REASON] = { "network.set_reason", DB_SYSTEM,
	    "UPDATE point_village SET reason = $3 WHERE city = $1 AND point = $2 AND to_day IS NULL", 0 },
	[END_VILLAGES] = { "network.end_villages", DB_SYSTEM,
	    "UPDATE point_village SET to_day = $3 WHERE city = $1 AND point = $2 AND to_day IS NULL", 0 },
	[SET_CLOSED] = { "network.set_closed", DB_AREA, "UPDATE point SET closed_day = $6, revision = revision + 1"
	    " WHERE city = $1 AND place BETWEEN $2 AND $3 AND id = $4 AND revision = $5 AND closed_day IS NULL", 0 },
	[CLEAR_EXCEPTION] = { "network.clear_exception", DB_SYSTEM,
	    "DELETE FROM point_exception WHERE city = $1 AND point = $2 AND day = $3", 0 },
	[PUT_EXCEPTION] = { "network.put_exception", DB_SYSTEM,
	    "INSERT INTO point_exception (city, point, day, opens, closes, note) VALUES ($1, $2, $3, $4, $5, $6)", 0 },
};

const struct db_set network_sql = DB_SET("network", stmts);

/* ---- loading everything ------------------------------------------------------------------------------ */

static struct day
day_or_none(const struct rows *r, int col)
{
	return rows_is_null(r, col) ? DAY_NONE : (struct day){ (int32_t)rows_int(r, col) };
}

static bool
read_point(const struct rows *r, struct arena *keep, struct point *p)
{
	*p = (struct point){
		.id = rows_int(r, 0), .code = arena_text(keep, rows_text(r, 1)), .kind = (enum point_kind)rows_int(r, 2),
		.place = { rows_int(r, 3) }, .name = arena_text(keep, rows_text(r, 4)),
		.name_en = arena_text(keep, rows_text(r, 5)), .address = arena_text(keep, rows_text(r, 6)),
		.phone = arena_text(keep, rows_text(r, 7)), .director = rows_int(r, 8), .parent = rows_int(r, 9),
		.position = { rows_int(r, 10), rows_int(r, 11), (enum geo_datum)rows_int(r, 12) },
		.opened = { (int32_t)rows_int(r, 13) }, .closed = day_or_none(r, 14), .revision = rows_int(r, 15),
	};
	return p->code.p != NULL && p->name.p != NULL && p->name_en.p != NULL && p->address.p != NULL && p->phone.p != NULL;
}

static enum rc
load_points(struct tx *tx, const struct actor *actor, struct network_rows *x)
{
	ROWS rows = NULL;
	enum rc rc = tx_rows(tx, actor, &stmts[POINTS], NO_ARGS, &rows);

	while (rc == RC_OK && (rc = rows_next(rows)) == RC_OK) {
		if (x->n == (size_t)x->count)
			return RC_BUSY; /* grew meanwhile */
		if (!read_point(rows, x->keep, &x->v[x->n++]))
			return RC_NO_MEMORY;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* Rows come by point, points stand by id: walk both. */
static struct point *
point_of(struct network_rows *x, size_t *at, int64_t id)
{
	while (*at < x->n && x->v[*at].id < id)
		(*at)++;
	return *at < x->n && x->v[*at].id == id ? &x->v[*at] : NULL;
}

static enum rc
load_hours(struct tx *tx, const struct actor *actor, struct network_rows *x, struct point_hours *v, size_t cap)
{
	ROWS rows = NULL;
	size_t n = 0, at = 0;
	enum rc rc = tx_rows(tx, actor, &stmts[HOURS], NO_ARGS, &rows);

	while (rc == RC_OK && (rc = rows_next(rows)) == RC_OK) {
		struct point *p = point_of(x, &at, rows_int(rows, 0));

		if (n == cap)
			return RC_BUSY;
		v[n] = (struct point_hours){ (int)rows_int(rows, 1), (int)rows_int(rows, 2), (int)rows_int(rows, 3) };
		if (p != NULL && p->n_hours++ == 0)
			p->hours = &v[n];
		n++;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
load_exceptions(struct tx *tx, const struct actor *actor, struct network_rows *x, struct point_exception *v, size_t cap)
{
	ROWS rows = NULL;
	size_t n = 0, at = 0;
	enum rc rc = tx_rows(tx, actor, &stmts[EXCEPTIONS], NO_ARGS, &rows);

	while (rc == RC_OK && (rc = rows_next(rows)) == RC_OK) {
		struct point *p = point_of(x, &at, rows_int(rows, 0));
		bool closed = rows_is_null(rows, 2);

		if (n == cap)
			return RC_BUSY;
		v[n] = (struct point_exception){ { (int32_t)rows_int(rows, 1) }, closed ? -1 : (int)rows_int(rows, 2),
			closed ? -1 : (int)rows_int(rows, 3), arena_text(x->keep, rows_text(rows, 4)) };
		if (v[n].note.p == NULL)
			return RC_NO_MEMORY;
		if (p != NULL && p->n_exceptions++ == 0)
			p->exceptions = &v[n];
		n++;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
load_villages(struct tx *tx, const struct actor *actor, struct network_rows *x, struct point_village *v, size_t cap)
{
	ROWS rows = NULL;
	size_t n = 0, at = 0;
	enum rc rc = tx_rows(tx, actor, &stmts[VILLAGES], NO_ARGS, &rows);

	while (rc == RC_OK && (rc = rows_next(rows)) == RC_OK) {
		struct point *p = point_of(x, &at, rows_int(rows, 0));

		if (n == cap)
			return RC_BUSY;
		v[n] = (struct point_village){ { rows_int(rows, 1) }, { (int32_t)rows_int(rows, 2) }, day_or_none(rows, 3),
			arena_text(x->keep, rows_text(rows, 4)) };
		if (v[n].reason.p == NULL)
			return RC_NO_MEMORY;
		if (p != NULL && p->n_villages++ == 0)
			p->villages = &v[n];
		n++;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
network_stamp(struct tx *tx, const struct actor *actor, int64_t *ret_count, int64_t *ret_revisions)
{
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &stmts[STAMP], NO_ARGS, &rows);

	if (rc == RC_OK) {
		*ret_count = rows_int(rows, 0);
		*ret_revisions = rows_int(rows, 1);
	}
	return rc;
}

static enum rc
load_counts(struct tx *tx, const struct actor *actor, size_t counts[static 3])
{
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &stmts[COUNTS], NO_ARGS, &rows);

	for (int i = 0; rc == RC_OK && i < 3; i++)
		counts[i] = (size_t)rows_int(rows, i);
	return rc;
}

enum rc
network_load_all(struct tx *tx, const struct actor *actor, struct network_rows *x)
{
	size_t counts[3] = { 0 };
	struct point_hours *hours;
	struct point_exception *exceptions;
	struct point_village *villages;
	enum rc rc = network_stamp(tx, actor, &x->count, &x->revisions);

	if (rc == RC_OK)
		rc = load_counts(tx, actor, counts);
	if (rc != RC_OK)
		return rc;
	x->n = 0;
	x->v = arena_array(x->keep, (size_t)x->count + 1, sizeof(x->v[0]));
	hours = arena_array(x->keep, counts[0] + 1, sizeof(*hours));
	exceptions = arena_array(x->keep, counts[1] + 1, sizeof(*exceptions));
	villages = arena_array(x->keep, counts[2] + 1, sizeof(*villages));
	if (x->v == NULL || hours == NULL || exceptions == NULL || villages == NULL)
		return RC_NO_MEMORY;
	rc = load_points(tx, actor, x);
	if (rc == RC_OK)
		rc = load_hours(tx, actor, x, hours, counts[0]);
	if (rc == RC_OK)
		rc = load_exceptions(tx, actor, x, exceptions, counts[1]);
	return rc == RC_OK ? load_villages(tx, actor, x, villages, counts[2]) : rc;
}

/* ---- one by one ----------------------------------------------------------------------------------------- */

enum rc
network_head(struct tx *tx, const struct actor *actor, int64_t id, struct point_head *ret)
{
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &stmts[HEAD], ARGS(db_int(id)), &rows);

	if (rc == RC_OK)
		*ret = (struct point_head){ (int)rows_int(rows, 0), { rows_int(rows, 1) }, rows_copy(rows, 2),
			!rows_is_null(rows, 3), { (int32_t)rows_int(rows, 4) } };
	return rc;
}

enum rc
network_id_of_code(struct tx *tx, const struct actor *actor, struct text code, int64_t *ret)
{
	return tx_int(tx, actor, &stmts[ID_OF_CODE], ARGS(db_text(code)), ret);
}

enum rc
network_id_of_login(struct tx *tx, const struct actor *actor, struct text login, int64_t *ret)
{
	return tx_int(tx, actor, &stmts[ID_OF_LOGIN], ARGS(db_text(login)), ret);
}

enum rc
network_count_at(struct tx *tx, const struct actor *actor, struct place p, int64_t *ret)
{
	return tx_int(tx, actor, &stmts[COUNT_AT], ARGS(db_int(p.code)), ret);
}

enum rc
network_may_direct(struct tx *tx, const struct actor *actor, int64_t account, struct place p, int64_t point, bool *ret)
{
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &stmts[DIRECTOR], ARGS(db_int(account)), &rows);

	*ret = false;
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc == RC_OK && rows_int(rows, 1) != 0)
		*ret = place_range_has(place_range((struct place){ rows_int(rows, 0) }), p) ||
		    (point != 0 && rows_int(rows, 2) == point);
	return rc;
}

static struct db_value
coordinate(const struct geo *g, int64_t n)
{
	return geo_is_none(*g) ? db_null() : db_int(n);
}

enum rc
network_insert(struct tx *tx, const struct actor *actor, int64_t id, struct text code, const struct point_new *in)
{
	return tx_run_one(tx, actor, &stmts[INSERT], ARGS(db_int(id), db_text(code), db_int(in->kind), db_int(in->place.code),
	    db_text(in->name), db_text(in->name_en), db_text(in->address), db_text(in->phone), db_key(in->director),
	    db_key(in->parent), coordinate(&in->position, in->position.lon_e6),
	    coordinate(&in->position, in->position.lat_e6), db_int(in->position.datum), db_int(in->opened.n)));
}

enum rc
network_update(struct tx *tx, const struct actor *actor, int64_t id, int64_t revision, const struct point_new *in)
{
	return tx_run_one(tx, actor, &stmts[UPDATE], ARGS(db_int(id), db_int(revision), db_int(in->kind),
	    db_int(in->place.code), db_text(in->name), db_text(in->name_en), db_text(in->address), db_text(in->phone),
	    db_key(in->director), db_key(in->parent), coordinate(&in->position, in->position.lon_e6),
	    coordinate(&in->position, in->position.lat_e6), db_int(in->position.datum), db_int(in->opened.n)));
}

enum rc
network_touch(struct tx *tx, const struct actor *actor, int64_t id)
{
	return tx_run_one(tx, actor, &stmts[TOUCH], ARGS(db_int(id)));
}

enum rc
network_put_hours(struct tx *tx, const struct actor *actor, int64_t id, const struct point_new *in)
{
	enum rc rc = tx_run(tx, actor, &stmts[CLEAR_HOURS], ARGS(db_int(id)), NULL);

	for (size_t i = 0; rc == RC_OK && i < in->n_hours; i++)
		rc = tx_run_one(tx, actor, &stmts[PUT_HOURS], ARGS(db_int(id), db_int(in->hours[i].weekday),
		    db_int(in->hours[i].opens), db_int(in->hours[i].closes)));
	return rc;
}

static bool
place_is_among(const struct place *v, size_t n, int64_t code)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].code == code)
			return true;
	return false;
}

/* Rows now open: those not wanted end (or go, when they began that day); the wanted ones are listed. */
static enum rc
end_unwanted(struct tx *tx, const struct actor *actor, int64_t id, const struct place *v, size_t n, struct day day,
    struct place kept[static POINT_VILLAGES_MAX], size_t *ret_kept)
{
	struct { int64_t village, from; } open[POINT_VILLAGES_MAX];
	size_t n_open = 0;
	enum rc rc;

	{
		ROWS rows = NULL;

		rc = tx_rows(tx, actor, &stmts[OPEN_VILLAGES], ARGS(db_int(id)), &rows);
		while (rc == RC_OK && (rc = rows_next(rows)) == RC_OK && n_open < POINT_VILLAGES_MAX) {
			open[n_open].village = rows_int(rows, 0);
			open[n_open++].from = rows_int(rows, 1);
		}
		rc = rc == RC_DONE ? RC_OK : rc;
	}
	*ret_kept = 0;
	for (size_t i = 0; rc == RC_OK && i < n_open; i++) {
		struct db_value village = db_int(open[i].village), from = db_int(open[i].from);

		if (place_is_among(v, n, open[i].village))
			kept[(*ret_kept)++].code = open[i].village;
		else if (open[i].from >= day.n)
			rc = tx_run_one(tx, actor, &stmts[DROP_VILLAGE], ARGS(village, db_int(id), from));
		else
			rc = tx_run_one(tx, actor, &stmts[END_VILLAGE], ARGS(village, db_int(id), from, db_int(day.n)));
	}
	return rc;
}

enum rc
network_put_villages(struct tx *tx, const struct actor *actor, int64_t id, const struct place *v, size_t n,
    struct text reason, struct day day)
{
	struct place kept[POINT_VILLAGES_MAX];
	size_t n_kept = 0;
	enum rc rc = end_unwanted(tx, actor, id, v, n, day, kept, &n_kept);

	if (rc == RC_OK && n_kept > 0)
		rc = tx_run(tx, actor, &stmts[SET_REASON], ARGS(db_int(id), db_text(reason)), NULL);
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (!place_is_among(kept, n_kept, v[i].code))
			rc = tx_run_one(tx, actor, &stmts[PUT_VILLAGE], ARGS(db_int(v[i].code), db_int(id), db_int(day.n),
			    db_text(reason)));
	return rc;
}

enum rc
network_set_closed(struct tx *tx, const struct actor *actor, int64_t id, int64_t revision, struct day day)
{
	enum rc rc = tx_run_one(tx, actor, &stmts[SET_CLOSED], ARGS(db_int(id), db_int(revision), db_int(day.n)));

	return rc == RC_OK ? tx_run(tx, actor, &stmts[END_VILLAGES], ARGS(db_int(id), db_int(day.n)), NULL) : rc;
}

enum rc
network_put_exception(struct tx *tx, const struct actor *actor, int64_t id, const struct point_exception *in,
    bool remove)
{
	bool closed = in->opens < 0;
	enum rc rc = tx_run(tx, actor, &stmts[CLEAR_EXCEPTION], ARGS(db_int(id), db_int(in->day.n)), NULL);

	if (rc != RC_OK || remove)
		return rc;
	return tx_run_one(tx, actor, &stmts[PUT_EXCEPTION], ARGS(db_int(id), db_int(in->day.n),
	    closed ? db_null() : db_int(in->opens), closed ? db_null() : db_int(in->closes), db_text(in->note)));
}
