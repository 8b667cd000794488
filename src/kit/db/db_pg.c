#include "kit/db/db_pg.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kit/log/log.h"

/*
 * PostgreSQL: every caller runs its own transaction on a connection from the pool.
 *
 * Commands are SERIALIZABLE: on SQLite they run one after the other, and a rule that was right there
 * (two readings, then a write) must not break here by write skew.  What PostgreSQL refuses for it
 * (40001, 40P01) runs again after a random pause.
 */

enum { MORE_THAN_READERS = 4, PG_RUNS = 12 };

struct pg {
	struct db_pool *pool;
	struct pg_conn *conns;
	size_t n;
};

/* ---- opening -------------------------------------------------------------------------------- */

static void
pg_close(struct db *db)
{
	struct pg *pg = db->impl;
	size_t i;

	if (pg == NULL)
		return;
	for (i = 0; i < pg->n; i++) {
		pg_disconnect(&pg->conns[i]);
		arena_free(pg->conns[i].mem);
		free(pg->conns[i].scratch);
	}
	db_pool_free(pg->pool);
	free(pg->conns);
	free(pg);
	db->impl = NULL;
}

static enum rc
pool_fill(struct db *db, struct pg *pg)
{
	size_t n = (size_t)db->readers + MORE_THAN_READERS;

	pg->pool = db_pool_create(n);
	pg->conns = calloc(n, sizeof(*pg->conns));
	if (pg->pool == NULL || pg->conns == NULL)
		return RC_NO_MEMORY;
	for (pg->n = 0; pg->n < n; pg->n++) {
		pg->conns[pg->n].db = db;
		pg->conns[pg->n].mem = arena_create(DB_COMMAND_MEMORY);
		if (pg->conns[pg->n].mem == NULL)
			return RC_NO_MEMORY;
	}
	for (n = pg->n; n > 0; n--) /* the first, which opening has connected, is taken first */
		db_pool_put(pg->pool, &pg->conns[n - 1]);
	return RC_OK;
}

/* UTF-8 is needed; another order of texts than SQLite's is only told. */
static enum rc
encoding_check(struct pg_conn *c, struct text *ret_why)
{
	PGresult *r = NULL;
	enum rc rc = RC_UNAVAILABLE;

	if (PQsendQuery(c->h, "SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database"
	    " WHERE datname = current_database()") != 0)
		rc = pg_answer(c, PG_CONNECT_MS, &r);
	if (rc == RC_OK && strcmp(PQgetvalue(r, 0, 0), "UTF8") != 0) {
		*ret_why = db_why("the database's encoding is %s, not UTF8", PQgetvalue(r, 0, 0));
		rc = RC_CONFLICT;
	}
	if (rc == RC_OK && strncmp(PQgetvalue(r, 0, 1), "C", 1) != 0)
		LOG(LOG_WARN, "db.collation", log_str("is", PQgetvalue(r, 0, 1)),
		    log_str("better", "C"));
	PQclear(r);
	return rc;
}

static enum rc
pg_open(struct db *db, bool create, struct text *ret_why)
{
	struct pg *pg = calloc(1, sizeof(*pg));
	enum rc rc;

	(void)create;
	if (pg == NULL)
		return RC_NO_MEMORY;
	db->impl = pg;
	rc = pool_fill(db, pg);
	if (rc == RC_OK) {
		*ret_why = db_why("PostgreSQL does not answer as asked");
		rc = pg_connect(&pg->conns[0]);
	}
	if (rc == RC_OK)
		rc = encoding_check(&pg->conns[0], ret_why);
	if (rc != RC_OK)
		pg_close(db);
	return rc;
}

/* ---- transactions --------------------------------------------------------------------------- */

static void
conn_put(struct pg *pg, struct pg_conn *c)
{
	/* what is not idle is in a state nobody knows */
	if (c->h != NULL && (c->lost || PQtransactionStatus(c->h) != PQTRANS_IDLE))
		pg_disconnect(c);
	db_pool_put(pg->pool, c);
}

/* Begin on a connection that lives; one that died in the pool is replaced once. */
static enum rc
conn_begin(struct db *db, struct pg_conn *c, const char *begin)
{
	bool fresh = c->h == NULL;
	enum rc rc = RC_OK;

	if (db_must_fail(db))
		return RC_UNAVAILABLE;
	if (fresh)
		rc = pg_connect(c);
	if (rc == RC_OK)
		rc = pg_simple(c, begin, PG_STATEMENT_MS);
	if (rc == RC_OK || fresh)
		return rc;
	pg_disconnect(c);
	rc = pg_connect(c);
	return rc == RC_OK ? pg_simple(c, begin, PG_STATEMENT_MS) : rc;
}

static enum rc
pg_read_begin(struct db *db, struct tx *tx)
{
	struct pg *pg = db->impl;
	struct pg_conn *c = db_pool_take(pg->pool, DB_WAIT_MS);
	enum rc rc;

	if (c == NULL)
		return RC_BUSY;
	rc = conn_begin(db, c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
	if (rc != RC_OK) {
		conn_put(pg, c);
		return rc;
	}
	tx->conn = c;
	return RC_OK;
}

static void
conn_rollback(struct pg_conn *c)
{
	if (!c->lost && c->h != NULL && PQtransactionStatus(c->h) != PQTRANS_IDLE)
		(void)!(pg_simple(c, "ROLLBACK", PG_COMMIT_MS) == RC_OK);
}

static void
pg_read_end(struct db *db, struct tx *tx)
{
	conn_rollback(tx->conn);
	conn_put(db->impl, tx->conn);
}

/*
 * COMMIT and what is known after it.  A cancelled wait for the synchronous standby says COMMIT with
 * a WARNING: the transaction is here and nowhere else, so nobody may be told that it is safe.
 */
static enum rc
conn_commit(struct db *db, struct pg_conn *c)
{
	PGresult *r = NULL;
	enum rc rc;

	if (db_must_fail(db)) {
		conn_rollback(c);
		return RC_UNAVAILABLE;
	}
	c->warned = false;
	if (PQsendQuery(c->h, "COMMIT") == 0) {
		c->lost = true;
		return RC_UNAVAILABLE; /* it was not sent: the server rolls back */
	}
	rc = pg_answer(c, PG_COMMIT_MS, &r);
	if (r == NULL || c->lost)
		rc = RC_UNKNOWN;
	else if (rc == RC_OK && strcmp(PQcmdStatus(r), "COMMIT") != 0)
		rc = RC_INTERNAL;
	else if (rc == RC_OK && c->warned)
		rc = RC_UNKNOWN;
	PQclear(r);
	return rc;
}

static enum rc
write_once(struct db *db, struct pg_conn *c, struct db_work *work, bool *ret_lost)
{
	struct tx tx = { .db = db, .conn = c, .mem = c->mem, .writes = true };
	enum rc rc = conn_begin(db, c, "BEGIN ISOLATION LEVEL SERIALIZABLE");

	if (rc == RC_OK) {
		rc = db_work_run(&tx, work);
		if (rc == RC_OK)
			rc = conn_commit(db, c);
		else
			conn_rollback(c);
	}
	*ret_lost = c->lost;
	return rc;
}

static void
back_off(int run)
{
	unsigned most = 1000U << (run < 6 ? run : 6); /* microseconds */

	usleep(500U + (unsigned)((uint64_t)(random() & 0xffff) * most / 0xffff));
}

/*
 * Again after BUSY; again, twice at most, after a connection was lost.  When it was lost at COMMIT
 * the outcome is unknown, and only work with a key may be repeated to find out: its key stands in
 * the database or it does not.
 */
static enum rc
pg_write(struct db *db, struct db_work *work)
{
	struct pg *pg = db->impl;
	bool unknown = false, lost = false;
	int run, losses = 0;
	enum rc rc = RC_BUSY;

	for (run = 0; run < PG_RUNS; run++) {
		struct pg_conn *c = db_pool_take(pg->pool, DB_WAIT_MS);

		if (c == NULL) {
			rc = RC_BUSY;
			break;
		}
		rc = write_once(db, c, work, &lost);
		conn_put(pg, c);
		if (rc == RC_UNKNOWN)
			unknown = true;
		if (rc == RC_UNKNOWN && (!lost || !work->by_key))
			return rc;
		if (lost ? ++losses > 2 : rc != RC_BUSY)
			break;
		back_off(run);
	}
	if (unknown && (rc == RC_BUSY || rc == RC_UNAVAILABLE))
		return RC_UNKNOWN;
	return rc;
}

/* ---- statements ----------------------------------------------------------------------------- */

struct pg_params {
	const char *values[DB_MAX_PARAMS];
	int lengths[DB_MAX_PARAMS];
	int formats[DB_MAX_PARAMS];
};

static size_t
scratch_need(struct db_args args)
{
	size_t i, n = 1;

	for (i = 0; i < args.n; i++)
		n += args.v[i].type == DB_TEXT ? args.v[i].t.n + 1 : 24;
	return n;
}

static enum rc
scratch_grow(struct pg_conn *c, size_t need)
{
	char *p;

	if (need <= c->scratch_cap)
		return RC_OK;
	p = realloc(c->scratch, need * 2);
	if (p == NULL)
		return RC_NO_MEMORY;
	c->scratch = p;
	c->scratch_cap = need * 2;
	return RC_OK;
}

/* Numbers and texts travel as text (their types are the statement's), bytes in binary. */
static enum rc
params_make(struct pg_conn *c, struct db_args args, struct pg_params *p)
{
	enum rc rc = scratch_grow(c, scratch_need(args));
	char *at = c->scratch;
	size_t i;

	if (rc != RC_OK)
		return rc;
	for (i = 0; i < args.n; i++) {
		const struct db_value *v = &args.v[i];

		p->values[i] = at;
		p->lengths[i] = 0;
		p->formats[i] = 0;
		if (v->type == DB_NULL) {
			p->values[i] = NULL;
		} else if (v->type == DB_INT) {
			at += snprintf(at, 24, "%" PRId64, v->n) + 1;
		} else if (v->type == DB_TEXT) {
			if (v->t.n > 0)
				memcpy(at, v->t.p, v->t.n);
			at[v->t.n] = '\0';
			at += v->t.n + 1;
		} else {
			if (v->t.n > INT32_MAX)
				return RC_TOO_LARGE;
			p->values[i] = v->t.n == 0 ? "" : v->t.p;
			p->lengths[i] = (int)v->t.n;
			p->formats[i] = 1;
		}
	}
	return RC_OK;
}

static enum rc
slot_make(struct pg_conn *c, const struct db_stmt *stmt, struct db_slot **ret)
{
	struct db_slot *slot = calloc(1, sizeof(*slot));
	PGresult *r = NULL;
	char name[24];
	enum rc rc = RC_UNAVAILABLE;

	if (slot == NULL)
		return RC_NO_MEMORY;
	*slot = (struct db_slot){ .stmt = stmt, .sql = stmt->sql, .number = ++c->prepared };
	snprintf(name, sizeof(name), "s%d", slot->number);
	if (PQsendPrepare(c->h, name, stmt->sql, 0, NULL) != 0)
		rc = pg_answer(c, PG_STATEMENT_MS, &r);
	else
		c->lost = true;
	PQclear(r);
	if (rc == RC_OK)
		rc = db_slots_add(&c->slots, slot);
	if (rc != RC_OK) {
		free(slot);
		return rc;
	}
	*ret = slot;
	return RC_OK;
}

static enum rc
statement_send(struct pg_conn *c, const struct db_stmt *stmt, struct db_args args)
{
	struct pg_params p;
	struct db_slot *slot = NULL;
	char name[24];
	enum rc rc = params_make(c, args, &p);
	int sent;

	if (rc == RC_OK && stmt->name != NULL) {
		slot = db_slots_find(&c->slots, stmt);
		if (slot == NULL)
			rc = slot_make(c, stmt, &slot);
	}
	if (rc != RC_OK)
		return rc;
	if (slot == NULL) {
		sent = PQsendQueryParams(c->h, stmt->sql, (int)args.n, NULL, p.values, p.lengths,
		    p.formats, 0);
	} else {
		snprintf(name, sizeof(name), "s%d", slot->number);
		sent = PQsendQueryPrepared(c->h, name, (int)args.n, p.values, p.lengths, p.formats, 0);
	}
	c->lost = c->lost || sent == 0;
	return sent == 0 ? RC_UNAVAILABLE : RC_OK;
}

static int64_t
changed_count(PGresult *r)
{
	int64_t n = 0;
	enum rc rc = int64_parse(text_of(PQcmdTuples(r)), 0, INT64_MAX, &n);

	return rc == RC_OK ? n : 0;
}

static enum rc
pg_exec(struct tx *tx, const struct db_stmt *stmt, struct db_args args, struct rows *rows,
    int64_t *ret_changed)
{
	struct pg_conn *c = tx->conn;
	PGresult *r = NULL;
	enum rc rc;

	if (args.n > DB_MAX_PARAMS)
		return RC_INTERNAL;
	if (c->lost)
		return RC_UNAVAILABLE;
	rc = statement_send(c, stmt, args);
	if (rc == RC_OK)
		rc = pg_answer(c, PG_STATEMENT_MS, &r);
	if (rc == RC_OK && rows != NULL) {
		rows->st = r;
		rows->n_rows = PQntuples(r);
		rows->row = -1;
		return RC_OK;
	}
	if (rc == RC_OK && ret_changed != NULL)
		*ret_changed = changed_count(r);
	PQclear(r);
	return rc;
}

/* Migrations may take longer than a statement of a page. */
static enum rc
pg_raw(struct tx *tx, const char *sql)
{
	struct pg_conn *c = tx->conn;
	enum rc rc = pg_simple(c, "SET LOCAL statement_timeout = 0", PG_STATEMENT_MS);

	return rc == RC_OK ? pg_simple(c, sql, PG_RAW_MS) : rc;
}

static enum rc
pg_prepare(struct tx *tx, const struct db_stmt *stmt, struct text *ret_why)
{
	struct pg_conn *c = tx->conn;
	PGresult *r = NULL;
	enum rc rc = RC_UNAVAILABLE;

	if (PQsendPrepare(c->h, "", stmt->sql, 0, NULL) != 0)
		rc = pg_answer(c, PG_STATEMENT_MS, &r);
	if (rc != RC_OK)
		*ret_why = db_why("%s", PQerrorMessage(c->h));
	PQclear(r);
	return rc;
}

/* ---- rows ----------------------------------------------------------------------------------- */

enum { OID_BOOL = 16, OID_BYTEA = 17 };

static enum rc
pg_next(struct rows *rows)
{
	if (rows->row < rows->n_rows)
		rows->row++;
	return rows->row < rows->n_rows ? RC_OK : RC_DONE;
}

static bool
pg_is_null(const struct rows *rows, int col)
{
	return rows->row < 0 || rows->row >= rows->n_rows || col < 0 || col >= PQnfields(rows->st) ||
	    PQgetisnull(rows->st, rows->row, col) == 1;
}

/* sum() of bigint is numeric there: the whole part counts, as SQLite does with a real. */
static int64_t
pg_int(const struct rows *rows, int col)
{
	struct text t;
	int64_t n = 0;

	if (pg_is_null(rows, col))
		return 0;
	t = text_of(PQgetvalue(rows->st, rows->row, col));
	if (PQftype(rows->st, col) == OID_BOOL)
		return text_equals(t, TEXT("t")) ? 1 : 0;
	return int64_parse(text_cut(&t, '.'), INT64_MIN, INT64_MAX, &n) == RC_OK ? n : 0;
}

static int
hex_digit(char c)
{
	return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* "\x6162" as bytes; they live with the result. */
static struct text
bytea_text(PGresult *r, struct text hex)
{
	size_t n = hex.n < 2 ? 0 : (hex.n - 2) / 2;
	char *p = PQresultAlloc(r, n + 1);
	size_t i;

	if (p == NULL)
		return TEXT_NONE;
	for (i = 0; i < n; i++)
		p[i] = (char)(hex_digit(hex.p[2 + 2 * i]) << 4 | hex_digit(hex.p[3 + 2 * i]));
	return (struct text){ p, n };
}

static struct text
pg_text(const struct rows *rows, int col)
{
	struct text t;

	if (pg_is_null(rows, col))
		return TEXT_NONE;
	t.p = PQgetvalue(rows->st, rows->row, col);
	t.n = (size_t)PQgetlength(rows->st, rows->row, col);
	return PQftype(rows->st, col) == OID_BYTEA ? bytea_text(rows->st, t) : t;
}

static void
pg_rows_end(struct rows *rows)
{
	PQclear(rows->st);
}

const struct db_engine db_engine_pg = {
	.name = "postgresql",
	.open = pg_open,
	.close = pg_close,
	.read_begin = pg_read_begin,
	.read_end = pg_read_end,
	.write = pg_write,
	.exec = pg_exec,
	.raw = pg_raw,
	.prepare = pg_prepare,
	.next = pg_next,
	.get_int = pg_int,
	.get_text = pg_text,
	.is_null = pg_is_null,
	.rows_end = pg_rows_end,
	.explain = "EXPLAIN",
	.explain_setup = "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;"
	    "SET LOCAL enable_sort = off",
	.explain_column = 0,
	.blob_type = "bytea",
	.no_rowid = "",
	.migrate_lock = "SELECT pg_advisory_xact_lock(7240613)",
	.has_schema = "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
	    " WHERE n.nspname = current_schema() AND c.relname = 'schema_version'",
};
