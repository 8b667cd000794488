#include "kit/db/db_engine.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

/*
 * Two tables are ours and older than any migration: schema_version, and meta with the cluster's id,
 * the city and what maintenance wants to keep.
 */
static const char own_tables[] =
    "CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL PRIMARY KEY,"
    " name text NOT NULL);"
    "CREATE TABLE IF NOT EXISTS meta (key text NOT NULL PRIMARY KEY, value text NOT NULL);";

static const struct db_stmt version_load = { "db.version", DB_SYSTEM,
	"SELECT coalesce(max(version), 0) FROM schema_version", 0 };
static const struct db_stmt version_add = { "db.version_add", DB_SYSTEM,
	"INSERT INTO schema_version (version, name) VALUES ($1, $2)", 0 };
static const struct db_stmt meta_load = { "db.meta_load", DB_SYSTEM,
	"SELECT value FROM meta WHERE key = $1", 0 };
static const struct db_stmt meta_save = { "db.meta_save", DB_SYSTEM,
	"INSERT INTO meta (key, value) VALUES ($1, $2)"
	" ON CONFLICT (key) DO UPDATE SET value = excluded.value", 0 };
static const struct db_stmt meta_first = { "db.meta_first", DB_SYSTEM,
	"INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING", 0 };

struct schema_work {
	struct db_work work;
	const struct migration *list;
	size_t n;
	int64_t version;                /* that the database has */
	int next;                       /* the one to apply */
	bool has_schema;
};

/* ---- one migration -------------------------------------------------------------------------- */

static struct text
token_value(const struct db_engine *e, struct text name)
{
	if (text_equals(name, TEXT("blob")))
		return text_of(e->blob_type);
	if (text_equals(name, TEXT("norowid")))
		return text_of(e->no_rowid);
	return (struct text){ NULL, 0 };
}

/* {blob} and {norowid} become the engine's words; an unknown token is our mistake. */
static enum rc
migration_text(const struct db_engine *e, struct text sql, struct buf *out)
{
	struct text name, value;

	while (text_contains(sql, TEXT("{"))) {
		buf_add(out, text_cut(&sql, '{'));
		name = text_cut(&sql, '}');
		value = token_value(e, name);
		if (value.p == NULL)
			return RC_INTERNAL;
		buf_add(out, value);
	}
	buf_add(out, sql);
	buf_char(out, '\0');
	return buf_rc(out);
}

static enum rc
migration_apply(struct tx *tx, const struct migration *m)
{
	struct buf out;
	enum rc rc;

	buf_init(&out, 1 << 20);
	rc = migration_text(tx->db->engine, text_of(m->sql), &out);
	if (rc == RC_OK)
		rc = tx->db->engine->raw(tx, out.p);
	buf_free(&out);
	return rc;
}

static bool
migration_fits(const struct db *db, const struct migration *m)
{
	return m->engine == NULL || strcmp(m->engine, db->engine->name) == 0;
}

/* All files of one number, then its row. */
static enum rc
migrate_run(struct tx *tx, struct db_work *work)
{
	struct schema_work *w = (struct schema_work *)work;
	const char *lock = tx->db->engine->migrate_lock;
	const char *name = "";
	enum rc rc = lock == NULL ? RC_OK : tx->db->engine->raw(tx, lock);
	size_t i;

	if (rc == RC_OK)
		rc = tx_exec_int(tx, &version_load, NO_ARGS, &w->version);
	if (rc != RC_OK || w->version >= w->next)
		return rc; /* another process did it */
	for (i = 0; i < w->n; i++)
		if (w->list[i].version == w->next && migration_fits(tx->db, &w->list[i])) {
			name = w->list[i].name;
			rc = migration_apply(tx, &w->list[i]);
			if (rc != RC_OK)
				return rc;
		}
	return tx_exec(tx, &version_add, ARGS(db_int(w->next), db_text(text_of(name))), NULL, NULL);
}

/* City and cluster come with the tables: no database of ours is without an owner. */
static enum rc
own_tables_run(struct tx *tx, struct db_work *work)
{
	const char *lock = tx->db->engine->migrate_lock;
	char city[16];
	char cluster[33];
	enum rc rc = lock == NULL ? RC_OK : tx->db->engine->raw(tx, lock);

	(void)work;
	snprintf(city, sizeof(city), "%lld", (long long)tx->db->city);
	idem_key_hex(idem_key_new(), cluster);
	if (rc == RC_OK)
		rc = tx->db->engine->raw(tx, own_tables);
	if (rc == RC_OK)
		rc = tx_exec(tx, &meta_first, ARGS(db_text(TEXT("city")), db_text(text_of(city))),
		    NULL, NULL);
	if (rc == RC_OK)
		rc = tx_exec(tx, &meta_first, ARGS(db_text(TEXT("cluster")),
		    db_text(text_of(cluster))), NULL, NULL);
	return rc;
}

static enum rc
version_run(struct tx *tx, struct db_work *work)
{
	struct schema_work *w = (struct schema_work *)work;
	struct db_stmt has = { NULL, DB_SYSTEM, tx->db->engine->has_schema, 0 };
	int64_t n;
	enum rc rc = tx_exec_int(tx, &has, NO_ARGS, &n);

	w->version = 0;
	w->has_schema = rc == RC_OK && n > 0;
	return w->has_schema ? tx_exec_int(tx, &version_load, NO_ARGS, &w->version) : rc;
}

/* ---- city and cluster ----------------------------------------------------------------------- */

static enum rc
meta_text(struct tx *tx, const char *key, char *out, size_t size)
{
	struct rows *rows;
	struct text t;
	enum rc rc = tx_exec(tx, &meta_load, ARGS(db_text(text_of(key))), &rows, NULL);

	if (rc != RC_OK)
		return rc;
	rc = rows_next(rows);
	if (rc == RC_OK) {
		t = rows_text(rows, 0);
		rc = t.n < size ? RC_OK : RC_CORRUPT;
		if (rc == RC_OK) {
			memcpy(out, t.p, t.n);
			out[t.n] = '\0';
		}
	}
	rows_close(rows);
	return rc == RC_DONE ? RC_NOT_FOUND : rc;
}

struct identity_work {
	struct db_work work;
	char city[16];
	char cluster[33];
};

static enum rc
identity_run(struct tx *tx, struct db_work *work)
{
	struct identity_work *w = (struct identity_work *)work;
	enum rc rc = meta_text(tx, "city", w->city, sizeof(w->city));

	return rc == RC_OK ? meta_text(tx, "cluster", w->cluster, sizeof(w->cluster)) : rc;
}

static enum rc
identity_check(struct db *db, struct text *ret_why)
{
	struct identity_work w = { .work = { .run = identity_run } };
	char city[16];
	enum rc rc = db->engine->write(db, &w.work);

	if (rc != RC_OK) {
		*ret_why = db_why("which city the database belongs to cannot be read: %s", rc_name(rc));
		return rc == RC_NOT_FOUND ? RC_CORRUPT : rc;
	}
	snprintf(city, sizeof(city), "%lld", (long long)db->city);
	if (strcmp(city, w.city) != 0) {
		*ret_why = db_why("the database belongs to city %s, not %s", w.city, city);
		return RC_CONFLICT;
	}
	memcpy(db->cluster, w.cluster, sizeof(db->cluster));
	return RC_OK;
}

/* ---- opening -------------------------------------------------------------------------------- */

static enum rc
schema_version(struct db *db, struct schema_work *w, struct text *ret_why)
{
	enum rc rc;

	w->work.run = version_run;
	rc = db->engine->write(db, &w->work);
	if (rc != RC_OK)
		*ret_why = db_why("the schema's version cannot be read: %s", rc_name(rc));
	return rc;
}

static enum rc
schema_upgrade(struct db *db, struct schema_work *w, int newest, struct text *ret_why)
{
	enum rc rc = RC_OK;

	if (!w->has_schema) {
		w->work.run = own_tables_run;
		rc = db->engine->write(db, &w->work);
	}
	w->work.run = migrate_run;
	for (w->next = (int)w->version + 1; rc == RC_OK && w->next <= newest; w->next++) {
		rc = db->engine->write(db, &w->work);
		if (rc != RC_OK)
			break;
	}
	if (rc != RC_OK)
		*ret_why = db_why("migration %04d failed: %s (see the log)", w->next, rc_name(rc));
	return rc;
}

enum rc
db_schema_open(struct db *db, const struct migration *list, size_t n, bool migrate,
    struct text *ret_why)
{
	struct schema_work w = { .list = list, .n = n };
	int newest = n == 0 ? 0 : list[n - 1].version;
	enum rc rc = schema_version(db, &w, ret_why);

	if (rc != RC_OK)
		return rc;
	if (w.version > newest) {
		*ret_why = db_why("the database has schema %lld, this program knows %d: "
		    "it is older than the database; install the newer program", (long long)w.version,
		    newest);
		return RC_CONFLICT;
	}
	if (!migrate && (!w.has_schema || w.version < newest)) {
		*ret_why = db_why("the database has schema %lld, this program needs %d: migrate first",
		    (long long)w.version, newest);
		return RC_CONFLICT;
	}
	if (w.has_schema) { /* whose it is comes before any change to it */
		rc = identity_check(db, ret_why);
		if (rc != RC_OK || w.version == newest)
			return rc;
	}
	rc = schema_upgrade(db, &w, newest, ret_why);
	return rc == RC_OK ? identity_check(db, ret_why) : rc;
}

/* ---- meta ----------------------------------------------------------------------------------- */

struct meta_work {
	struct db_work work;
	const char *key;
	struct text value;
	char out[256];
};

static enum rc
meta_get_run(struct tx *tx, struct db_work *work)
{
	struct meta_work *w = (struct meta_work *)work;

	return meta_text(tx, w->key, w->out, sizeof(w->out));
}

static enum rc
meta_set_run(struct tx *tx, struct db_work *work)
{
	struct meta_work *w = (struct meta_work *)work;

	return tx_exec(tx, &meta_save, ARGS(db_text(text_of(w->key)), db_text(w->value)), NULL, NULL);
}

enum rc
db_meta_get(struct db *db, struct arena *mem, const char *key, struct text *ret)
{
	struct meta_work w = { .work = { .run = meta_get_run }, .key = key };
	struct text t;
	enum rc rc = db_is_running() ? RC_INTERNAL : db->engine->write(db, &w.work);

	if (rc != RC_OK)
		return rc;
	t = arena_text(mem, text_of(w.out));
	if (t.p == NULL)
		return RC_NO_MEMORY;
	*ret = t;
	return RC_OK;
}

enum rc
db_meta_set(struct db *db, const char *key, struct text value)
{
	struct meta_work w = { .work = { .run = meta_set_run, .by_key = true }, .key = key,
	    .value = value };

	if (value.n >= sizeof(w.out))
		return RC_TOO_LARGE;
	return db_is_running() ? RC_INTERNAL : db->engine->write(db, &w.work);
}
