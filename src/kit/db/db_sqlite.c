#include "kit/db/db_sqlite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "kit/log/log.h"

/*
 * SQLite: readers take a connection from a pool; all writing is one thread's (db_sqlite_writer.c).
 * ":memory:" exists in one connection only, so there the pool holds that one, for the writer too.
 */

enum { BUSY_MS = 5000, STATEMENT_MAX = 1 << 18 };

enum rc
sl_rc(int code)
{
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
		return RC_OK;
	case SQLITE_DONE:
		return RC_DONE;
	case SQLITE_CONSTRAINT:
		return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
		    code == SQLITE_CONSTRAINT_ROWID ? RC_DUPLICATE : RC_INTERNAL;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return RC_BUSY;
	case SQLITE_NOMEM:
		return RC_NO_MEMORY;
	case SQLITE_TOOBIG:
		return RC_TOO_LARGE;
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
	case SQLITE_INTERRUPT:
		return RC_UNAVAILABLE;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return RC_CORRUPT;
	default:
		return RC_INTERNAL;
	}
}

int
sl_run(struct sl_conn *c, const char *sql)
{
	return sqlite3_exec(c->h, sql, NULL, NULL, NULL);
}

/* ---- connections ---------------------------------------------------------------------------- */

static void
slot_end(struct db_slot *slot)
{
	sqlite3_finalize(slot->st);
	free(slot);
}

static void
conn_close(struct sl_conn *c)
{
	if (c == NULL)
		return;
	db_slots_clear(&c->slots, slot_end);
	sqlite3_close_v2(c->h);
	arena_free(c->mem);
	free(c);
}

/* LIKE tells A from a, as PostgreSQL's does; a double-quoted word is never a string. */
static int
conn_setup(sqlite3 *h, bool in_memory, bool reads_only, bool building)
{
	int rc;

	sqlite3_extended_result_codes(h, 1);
	sqlite3_busy_timeout(h, BUSY_MS);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	rc = sqlite3_exec(h, "PRAGMA foreign_keys=ON; PRAGMA case_sensitive_like=ON;"
	    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA synchronous=FULL;",
	    NULL, NULL, NULL);
	/* 16 MB between checkpoints: a job over thousands writes the pages of its indexes back once and not at each batch */
	if (rc == SQLITE_OK && !in_memory)
		rc = sqlite3_exec(h, "PRAGMA journal_mode=WAL; PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=4000;",
		    NULL, NULL, NULL);
	if (rc == SQLITE_OK && building)
		rc = sqlite3_exec(h, "PRAGMA synchronous=OFF;", NULL, NULL, NULL);
	if (rc == SQLITE_OK && reads_only)
		rc = sqlite3_exec(h, "PRAGMA query_only=ON;", NULL, NULL, NULL);
	return rc;
}

static enum rc
conn_open(const struct sl *s, bool reads_only, struct sl_conn **ret, struct text *ret_why)
{
	const char *path = s->db->url + strlen("sqlite:");
	struct sl_conn *c = calloc(1, sizeof(*c));
	int code;

	if (c == NULL)
		return RC_NO_MEMORY;
	code = sqlite3_open_v2(path, &c->h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
	    SQLITE_OPEN_EXRESCODE | (s->in_memory ? SQLITE_OPEN_CREATE : 0), NULL);
	if (code == SQLITE_OK)
		code = conn_setup(c->h, s->in_memory, reads_only, s->db->building);
	if (code != SQLITE_OK) {
		*ret_why = db_why("%s: %s", path, c->h ? sqlite3_errmsg(c->h) : "out of memory");
		conn_close(c);
		return sl_rc(code) == RC_OK ? RC_UNAVAILABLE : sl_rc(code);
	}
	if (!reads_only)
		c->mem = arena_create(DB_COMMAND_MEMORY);
	if (!reads_only && c->mem == NULL) {
		conn_close(c);
		return RC_NO_MEMORY;
	}
	*ret = c;
	return RC_OK;
}

/* The file is ours alone to read: it is made before SQLite would, with owner-only rights. */
static enum rc
file_make(const char *path, struct text *ret_why)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0) {
		*ret_why = db_why("%s cannot be opened or made", path);
		return RC_UNAVAILABLE;
	}
	close(fd);
	return RC_OK;
}

static enum rc
readers_open(struct sl *s, struct text *ret_why)
{
	enum rc rc;

	s->all_readers = calloc((size_t)s->db->readers, sizeof(*s->all_readers));
	s->readers = db_pool_create((size_t)s->db->readers);
	if (s->all_readers == NULL || s->readers == NULL)
		return RC_NO_MEMORY;
	while (s->n_readers < (size_t)(s->in_memory ? 1 : s->db->readers)) {
		rc = conn_open(s, !s->in_memory, &s->all_readers[s->n_readers], ret_why);
		if (rc != RC_OK)
			return rc;
		db_pool_put(s->readers, s->all_readers[s->n_readers++]);
	}
	return RC_OK;
}

static void
sl_close(struct db *db)
{
	struct sl *s = db->impl;

	if (s == NULL)
		return;
	sl_writer_stop(s);
	while (s->n_readers > 0)
		conn_close(s->all_readers[--s->n_readers]);
	conn_close(s->writer);
	db_pool_free(s->readers);
	free(s->all_readers);
	free(s);
	db->impl = NULL;
}

static enum rc
sl_start(struct sl *s, bool create, struct text *ret_why)
{
	enum rc rc = RC_OK;

	if (!s->in_memory && create)
		rc = file_make(s->db->url + strlen("sqlite:"), ret_why);
	if (rc == RC_OK && !s->in_memory)
		rc = conn_open(s, false, &s->writer, ret_why);
	if (rc == RC_OK)
		rc = readers_open(s, ret_why);
	return rc == RC_OK ? sl_writer_start(s) : rc;
}

static enum rc
sl_open(struct db *db, bool create, struct text *ret_why)
{
	struct sl *s = calloc(1, sizeof(*s));
	enum rc rc;

	if (s == NULL)
		return RC_NO_MEMORY;
	s->db = db;
	s->in_memory = strcmp(db->url, "sqlite::memory:") == 0;
	db->impl = s;
	rc = sl_start(s, create, ret_why);
	if (rc != RC_OK)
		sl_close(db);
	return rc;
}

/* ---- reading: one snapshot ------------------------------------------------------------------ */

static enum rc
sl_read_begin(struct db *db, struct tx *tx)
{
	struct sl *s = db->impl;
	struct sl_conn *c = db_pool_take(s->readers, DB_WAIT_MS);
	enum rc rc;

	if (c == NULL)
		return RC_BUSY;
	rc = db_must_fail(db) ? RC_UNAVAILABLE : sl_rc(sl_run(c, "BEGIN"));
	if (rc != RC_OK) {
		db_pool_put(s->readers, c);
		return rc;
	}
	tx->conn = c;
	return RC_OK;
}

static void
sl_read_end(struct db *db, struct tx *tx)
{
	struct sl *s = db->impl;
	struct sl_conn *c = tx->conn;

	if (!sqlite3_get_autocommit(c->h))
		(void)sl_run(c, "ROLLBACK");
	db_pool_put(s->readers, c);
}

/* ---- statements ----------------------------------------------------------------------------- */

/* Where the literal, comment or quoted name that begins at p[i] ends; i itself when none does. */
static size_t
quoted_end(const char *p, size_t i)
{
	size_t k = i;

	if (p[i] == '-' && p[i + 1] == '-') {
		while (p[k] != '\0' && p[k] != '\n')
			k++;
		return k;
	}
	if (p[i] != '\'' && p[i] != '"')
		return i;
	for (k = i + 1; p[k] != '\0'; k++)
		if (p[k] == p[i])
			return k + 1;
	return k;
}

/* $n to ?n: SQLite would number $2, $1 in the order it meets them. */
static void
parameters_rewrite(const char *sql, struct buf *out)
{
	size_t i = 0;
	size_t end;

	while (sql[i] != '\0') {
		end = quoted_end(sql, i);
		if (end > i) {
			buf_add(out, (struct text){ sql + i, end - i });
			i = end;
			continue;
		}
		buf_char(out, sql[i] == '$' ? '?' : sql[i]);
		i++;
	}
}

static int
statement_prepare(struct sl_conn *c, const char *sql, unsigned flags, sqlite3_stmt **ret)
{
	struct buf out;
	int code = SQLITE_NOMEM;

	buf_init(&out, STATEMENT_MAX);
	parameters_rewrite(sql, &out);
	if (buf_rc(&out) == RC_OK)
		code = sqlite3_prepare_v3(c->h, out.p, (int)out.n, flags, ret, NULL);
	buf_free(&out);
	return code;
}

static enum rc
slot_make(struct sl_conn *c, const struct db_stmt *stmt, bool transient, struct db_slot **ret)
{
	struct db_slot *slot = calloc(1, sizeof(*slot));
	sqlite3_stmt *st = NULL;
	enum rc rc;
	int code;

	if (slot == NULL)
		return RC_NO_MEMORY;
	code = statement_prepare(c, stmt->sql, transient ? 0 : SQLITE_PREPARE_PERSISTENT, &st);
	*slot = (struct db_slot){ stmt, stmt->sql, st, 0, false, transient };
	rc = sl_rc(code);
	if (rc == RC_OK && st == NULL)
		rc = RC_INTERNAL; /* an empty text */
	if (rc == RC_INTERNAL)
		LOG(LOG_ERROR, "db.prepare", log_str("statement", stmt->name ? stmt->name : "-"),
		    log_str("why", sqlite3_errmsg(c->h)));
	if (rc == RC_OK && !transient)
		rc = db_slots_add(&c->slots, slot);
	if (rc != RC_OK) {
		slot_end(slot);
		return rc;
	}
	*ret = slot;
	return RC_OK;
}

/* The prepared statement, or another copy of it while a cursor stands on the first. */
static enum rc
slot_take(struct sl_conn *c, const struct db_stmt *stmt, struct db_slot **ret)
{
	struct db_slot *slot = stmt->name == NULL ? NULL : db_slots_find(&c->slots, stmt);
	enum rc rc = RC_OK;

	if (slot == NULL || slot->busy)
		rc = slot_make(c, stmt, slot != NULL || stmt->name == NULL, &slot);
	if (rc != RC_OK)
		return rc;
	slot->busy = true;
	*ret = slot;
	return RC_OK;
}

static void
slot_put(struct db_slot *slot)
{
	if (slot->transient) {
		slot_end(slot);
		return;
	}
	sqlite3_reset(slot->st);
	sqlite3_clear_bindings(slot->st);
	slot->busy = false;
}

static int
value_bind(sqlite3_stmt *st, int i, const struct db_value *v, sqlite3_destructor_type life)
{
	const char *p = v->t.n == 0 ? "" : v->t.p;

	switch (v->type) {
	case DB_NULL:
		return sqlite3_bind_null(st, i);
	case DB_INT:
		return sqlite3_bind_int64(st, i, v->n);
	case DB_TEXT:
		return sqlite3_bind_text64(st, i, p, v->t.n, life, SQLITE_UTF8);
	case DB_BLOB:
		return sqlite3_bind_blob64(st, i, p, v->t.n, life);
	}
	return SQLITE_MISUSE;
}

static enum rc
args_bind(const struct tx *tx, sqlite3_stmt *st, struct db_args args, bool cursor)
{
	/* a cursor's later steps outlive the caller's values: SQLite keeps copies */
	sqlite3_destructor_type life = cursor ? SQLITE_TRANSIENT : SQLITE_STATIC;
	int code = SQLITE_OK;
	size_t i;

	if (!tx->writes && !sqlite3_stmt_readonly(st))
		return RC_INTERNAL;
	if ((size_t)sqlite3_bind_parameter_count(st) != args.n)
		return RC_INTERNAL;
	for (i = 0; i < args.n && code == SQLITE_OK; i++)
		code = value_bind(st, (int)i + 1, &args.v[i], life);
	return sl_rc(code);
}

static enum rc
step_log(sqlite3_stmt *st, int code)
{
	enum rc rc = sl_rc(code);

	if (rc == RC_INTERNAL || rc == RC_CORRUPT || rc == RC_UNAVAILABLE)
		LOG(LOG_ERROR, "db.step", log_str("why", sqlite3_errmsg(sqlite3_db_handle(st))));
	return rc;
}

/*
 * A cursor takes its first step here, so that what RETURNING changes is changed, and fails, at the
 * same place on both engines.
 */
static enum rc
cursor_start(sqlite3_stmt *st, struct rows *rows)
{
	enum rc rc = step_log(st, sqlite3_step(st));

	if (rc != RC_OK && rc != RC_DONE)
		return rc;
	rows->pending = rc;
	return RC_OK;
}

static enum rc
run_through(struct sl_conn *c, sqlite3_stmt *st, int64_t *ret_changed)
{
	enum rc rc;

	do
		rc = step_log(st, sqlite3_step(st));
	while (rc == RC_OK);
	if (rc != RC_DONE)
		return rc;
	if (ret_changed != NULL)
		*ret_changed = sqlite3_stmt_readonly(st) ? 0 : sqlite3_changes64(c->h);
	return RC_OK;
}

static enum rc
sl_exec(struct tx *tx, const struct db_stmt *stmt, struct db_args args, struct rows *rows,
    int64_t *ret_changed)
{
	struct sl_conn *c = tx->conn;
	struct db_slot *slot;
	enum rc rc = slot_take(c, stmt, &slot);

	if (rc != RC_OK)
		return rc;
	rc = args_bind(tx, slot->st, args, rows != NULL);
	if (rc == RC_OK)
		rc = rows == NULL ? run_through(c, slot->st, ret_changed)
		    : cursor_start(slot->st, rows);
	if (rc != RC_OK || rows == NULL)
		slot_put(slot);
	else
		rows->st = slot;
	return rc;
}

static enum rc
sl_raw(struct tx *tx, const char *sql)
{
	struct sl_conn *c = tx->conn;
	char *why = NULL;
	int code = sqlite3_exec(c->h, sql, NULL, NULL, &why);

	if (code != SQLITE_OK)
		LOG(LOG_ERROR, "db.raw", log_str("why", why == NULL ? "" : why));
	sqlite3_free(why);
	return sl_rc(code);
}

static enum rc
sl_prepare(struct tx *tx, const struct db_stmt *stmt, struct text *ret_why)
{
	struct sl_conn *c = tx->conn;
	sqlite3_stmt *st = NULL;
	int code = statement_prepare(c, stmt->sql, 0, &st);

	if (code != SQLITE_OK)
		*ret_why = db_why("%s", sqlite3_errmsg(c->h));
	sqlite3_finalize(st);
	return sl_rc(code);
}

/* ---- rows ----------------------------------------------------------------------------------- */

static sqlite3_stmt *
rows_st(const struct rows *rows)
{
	return ((struct db_slot *)rows->st)->st;
}

static enum rc
sl_next(struct rows *rows)
{
	if (!rows->started) {
		rows->started = true;
		return rows->pending;
	}
	if (rows->pending == RC_DONE)
		return RC_DONE;
	rows->pending = step_log(rows_st(rows), sqlite3_step(rows_st(rows)));
	return rows->pending;
}

static bool
rows_has(const struct rows *rows, int col)
{
	return rows->started && rows->pending == RC_OK && col >= 0 &&
	    col < sqlite3_column_count(rows_st(rows));
}

static int64_t
sl_int(const struct rows *rows, int col)
{
	return rows_has(rows, col) ? sqlite3_column_int64(rows_st(rows), col) : 0;
}

static struct text
sl_text(const struct rows *rows, int col)
{
	sqlite3_stmt *st = rows_st(rows);
	const void *p;

	if (!rows_has(rows, col))
		return TEXT_NONE;
	p = sqlite3_column_type(st, col) == SQLITE_BLOB ? sqlite3_column_blob(st, col)
	    : (const void *)sqlite3_column_text(st, col);
	if (p == NULL)
		return TEXT_NONE;
	return (struct text){ .p = p, .n = (size_t)sqlite3_column_bytes(st, col) };
}

static bool
sl_is_null(const struct rows *rows, int col)
{
	return !rows_has(rows, col) || sqlite3_column_type(rows_st(rows), col) == SQLITE_NULL;
}

static void
sl_rows_end(struct rows *rows)
{
	slot_put(rows->st);
}

const struct db_engine db_engine_sqlite = {
	.name = "sqlite",
	.open = sl_open,
	.close = sl_close,
	.read_begin = sl_read_begin,
	.read_end = sl_read_end,
	.write = sl_write,
	.exec = sl_exec,
	.raw = sl_raw,
	.prepare = sl_prepare,
	.next = sl_next,
	.get_int = sl_int,
	.get_text = sl_text,
	.is_null = sl_is_null,
	.rows_end = sl_rows_end,
	.explain = "EXPLAIN QUERY PLAN",
	.explain_column = 3,
	.blob_type = "BLOB",
	.no_rowid = "WITHOUT ROWID",
	/* without it every key that begins with the city is taken to leave ten rows; a sample of each index is enough */
	.statistics = "PRAGMA analysis_limit=1000; ANALYZE",
	.has_schema = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'",
};
