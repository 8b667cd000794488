/*
 * db_engine: what must an engine do?  Private to kit/db and its tests.
 *
 * db_tx.c and db_command.c know transactions, scopes and commands; an engine knows connections,
 * one statement, and how a unit of work is begun, run and committed.
 */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "kit/db/db.h"

enum {
	DB_MAX_PARAMS = 64,
	DB_RUNS = 5,                    /* runs of a function that says RC_BUSY */
	DB_BATCH = 64,                  /* commands in one COMMIT (SQLite) */
	DB_COMMAND_MEMORY = 8 << 20,    /* bytes a command may take from tx_mem() */
	DB_WAIT_MS = 15000,             /* for a free connection */
};

struct rows {
	struct tx *tx;
	struct rows *next;              /* open cursors of the transaction */
	void *st;                       /* the engine's cursor */
	enum rc pending;                /* what the first rows_next() will say */
	bool started;
	int row;                        /* postgresql: row it stands on, -1 before the first */
	int n_rows;
};

struct tx {
	struct db *db;
	void *conn;                     /* the engine's connection */
	struct arena *mem;
	int64_t now_ms;
	bool writes;
	bool command;                   /* inside a command's fn: DB_SYSTEM is open */
	enum rc poisoned;               /* a statement failed: no other may run in this transaction */
	struct rows *open;
};

/* A unit of work: run between BEGIN (or SAVEPOINT) and COMMIT, perhaps more than once. */
struct db_work {
	enum rc (*run)(struct tx *tx, struct db_work *work);
	int64_t now_ms;
	bool by_key;                    /* may be repeated after an unknown outcome */
	/* the engine's: */
	struct db_work *next;
	pthread_cond_t woken;
	enum rc rc;
	bool done;
};

/*
 * In exec, a statement whose name is NULL is prepared for this once.  args holds every parameter;
 * with rows NULL all rows are stepped over and *ret_changed tells how many were touched.
 */
struct db_engine {
	const char *name;
	enum rc (*open)(struct db *db, bool create, struct text *ret_why);
	void (*close)(struct db *db);
	enum rc (*read_begin)(struct db *db, struct tx *tx);
	void (*read_end)(struct db *db, struct tx *tx);
	enum rc (*write)(struct db *db, struct db_work *work);
	enum rc (*exec)(struct tx *tx, const struct db_stmt *stmt, struct db_args args,
	    struct rows *rows, int64_t *ret_changed);
	enum rc (*raw)(struct tx *tx, const char *sql);
	enum rc (*prepare)(struct tx *tx, const struct db_stmt *stmt, struct text *ret_why);
	enum rc (*next)(struct rows *rows);
	int64_t (*get_int)(const struct rows *rows, int col);
	struct text (*get_text)(const struct rows *rows, int col);
	bool (*is_null)(const struct rows *rows, int col);
	void (*rows_end)(struct rows *rows);
	const char *explain;            /* what stands before a statement to see its plan */
	const char *explain_setup;      /* or NULL */
	int explain_column;
	const char *blob_type;
	const char *no_rowid;
	const char *migrate_lock;       /* or NULL: run first in each migration */
	const char *statistics;         /* what the planner knows of the tables, brought up to date; NULL: the engine sees to it */
	const char *has_schema;         /* counts tables named schema_version */
};

extern const struct db_engine db_engine_sqlite;
extern const struct db_engine db_engine_pg;

struct db_ids {
	pthread_mutex_t lock;
	int64_t last;                   /* (ms << 12 | sequence) of the newest id */
	int64_t lo_ms, hi_ms;           /* this process's own block of milliseconds: [lo, hi) */
};

struct db {
	const struct db_engine *engine;
	void *impl;
	char *url;
	int64_t city;
	int node;
	int readers;
	int64_t (*clock_ms)(void);
	bool building;                  /* commits do not wait for the disk */
	struct db_ids ids;
	atomic_int_fast64_t fail_after;
	bool acknowledge_early;         /* control of the kill test: wakes callers before COMMIT */
	char cluster[33];
};

/* ---- shared by the engines ------------------------------------------------------------------ */

/* Count an engine call: true when this one is to fail. */
bool db_must_fail(struct db *db);
/* Run a unit of work in an open transaction: fresh memory, cursors closed, poison told. */
enum rc db_work_run(struct tx *tx, struct db_work *work);
/* Close what fn left open. */
void tx_close_rows(struct tx *tx);
/* True on a thread that is inside fn of a read or a command. */
bool db_is_running(void);
void db_set_running(bool running);
/* A statement with all its parameters given, scope or no scope. */
enum rc tx_exec(struct tx *tx, const struct db_stmt *stmt, struct db_args args, struct rows **ret,
    int64_t *ret_changed);
enum rc tx_exec_int(struct tx *tx, const struct db_stmt *stmt, struct db_args args, int64_t *ret);
/* Scope's parameters, then the caller's, into v; *ret_n = how many. */
enum rc db_scope_bind(const struct tx *tx, const struct actor *actor, const struct db_stmt *stmt,
    struct db_args args, struct db_value v[static DB_MAX_PARAMS], size_t *ret_n);
/* Words for db_open() and its like: kept per thread until its next failure. */
struct text db_why(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
int64_t db_monotonic_ms(void);

/* ---- ids ------------------------------------------------------------------------------------ */

void db_ids_init(struct db_ids *ids);
void db_ids_free(struct db_ids *ids);
int64_t db_ids_next(struct db_ids *ids, int64_t now_ms, int node);
/* Before a command: is there room in this process's block?  Takes another from the database. */
enum rc db_ids_reserve(struct db *db);

/* ---- a pool of connections: opaque pointers, first come first served ------------------------ */

struct db_pool;
struct db_pool *db_pool_create(size_t cap);
void db_pool_free(struct db_pool *p); /* takes NULL */
void db_pool_put(struct db_pool *p, void *conn);
void *db_pool_take(struct db_pool *p, int64_t wait_ms); /* NULL when the wait was in vain */

/* ---- a table of prepared statements, by address --------------------------------------------- */

struct db_slot {
	const struct db_stmt *stmt;
	const char *sql;
	void *st;                       /* the engine's */
	int number;
	bool busy, transient;
};

struct db_slots {
	struct db_slot **table;
	size_t cap, n;
};

struct db_slot *db_slots_find(const struct db_slots *s, const struct db_stmt *stmt);
enum rc db_slots_add(struct db_slots *s, struct db_slot *slot);
void db_slots_clear(struct db_slots *s, void (*end)(struct db_slot *slot));

/* ---- migrations ----------------------------------------------------------------------------- */

struct migration {
	int version;
	const char *name;               /* "0001_spine" */
	const char *engine;             /* NULL: both */
	const char *sql;
};

extern const struct migration db_migrations[]; /* ascending; made from migrations/ at build */
extern const size_t db_migrations_n;

/* Bring the schema to the newest of the list (or refuse); then city and cluster. */
enum rc db_schema_open(struct db *db, const struct migration *list, size_t n, bool migrate,
    struct text *ret_why);
