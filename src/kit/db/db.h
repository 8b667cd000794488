/*
 * db: how is anything stored and read, safely, on either engine?
 *
 * One set of literal statements serves SQLite and PostgreSQL.  A subject keeps its statements in one
 * array and calls them by their element; no statement text is ever assembled.  Parameters are $n
 * (rewritten to ?n for SQLite).
 *
 * Every statement names its scope, and the scope's parameters are bound here, from the actor, never
 * by the caller: rights live inside storage.  The caller's own parameters follow them.
 *
 *   scope       bound by db                                   caller's first parameter
 *   DB_PUBLIC   $1 = city                                     $2
 *   DB_CITY     $1 = city; the actor must be logged in        $2
 *   DB_PLACE    $1 = city, $2 = lowest, $3 = highest code,    $5
 *               $4 = account (for grants)
 *   DB_AREA     $1 = city, $2 = lowest, $3 = highest code     $4
 *               (figures: jurisdiction alone, no grants)
 *   DB_OWN      $1 = city, $2 = account; must be logged in    $3
 *   DB_RECEIPT  $1 = city, $2 = request; ACTOR_RECEIPT only   $3
 *   DB_SYSTEM   $1 = city; ACTOR_SYSTEM, or inside a command  $2
 *               (a consequence of something already judged)
 *
 * A DB_PLACE read names its place column and the grant table:
 *   ... WHERE r.city = $1 AND (r.place BETWEEN $2 AND $3 OR EXISTS (SELECT 1 FROM case_grant g
 *       WHERE g.city = r.city AND g.request = r.id AND g.account = $4)) ...
 * db_check_statements() refuses a text that does not use all the parameters of its scope, or that
 * does not say "city = $1" (or INSERT INTO t (city, ...) with $1 first).  Refused at run time:
 * RC_UNAUTHENTICATED where nobody is logged in, RC_FORBIDDEN where somebody is.  ACTOR_SYSTEM may do
 * all but DB_RECEIPT; under DB_PLACE it is bound to the whole city.
 *
 * LIKE is case-sensitive on both engines.  Texts hold no NUL (RC_INVALID).  After a statement has
 * failed (RC_DUPLICATE included) every other in the same transaction answers the same and the whole
 * is rolled back, on both engines; what may be there already says ON CONFLICT DO NOTHING.
 *
 * Writes go through db_command() only: one function, run on the writer thread inside a SAVEPOINT
 * (SQLite, group commit) or on a worker's connection (PostgreSQL), again if it must be, back only
 * after the outer COMMIT.  Source of the rules: trials recorded in docs/operations.md.
 */
#pragma once

#include "base/text.h"
#include "kit/ctx/ctx.h"

struct db;
struct tx;
struct rows;

/* ---- statements ----------------------------------------------------------------------------- */

enum db_scope { DB_PUBLIC, DB_CITY, DB_PLACE, DB_AREA, DB_OWN, DB_RECEIPT, DB_SYSTEM };

struct db_stmt {
	const char *name;    /* "intake.insert": unique, for logs and tests */
	enum db_scope scope;
	const char *sql;
	unsigned hot;        /* a hot list: the plan test wants an index, no scan, no sort */
};

struct db_set {
	const char *subject;
	const struct db_stmt *stmts;
	size_t n;
};

#define DB_SET(subject_name, array) \
	{ .subject = (subject_name), .stmts = (array), .n = sizeof(array) / sizeof((array)[0]) }

/* First statement whose text does not use its scope's parameters, assembles with '::' or uses a
 * forbidden construct; NULL when all are sound.  *ret_why is then a static English reason. */
const struct db_stmt *db_check_statements(const struct db_set *const *sets, size_t n,
    const char **ret_why);

/* ---- values --------------------------------------------------------------------------------- */

enum db_type { DB_NULL, DB_INT, DB_TEXT, DB_BLOB };

struct db_value {
	enum db_type type;
	int64_t n;
	struct text t; /* DB_TEXT, DB_BLOB: a view, must live until the call returns */
};

static inline struct db_value db_null(void) { return (struct db_value){ .type = DB_NULL }; }
static inline struct db_value db_int(int64_t n) { return (struct db_value){ .type = DB_INT, .n = n }; }
static inline struct db_value db_text(struct text t) { return (struct db_value){ .type = DB_TEXT, .t = t }; }
static inline struct db_value db_blob(struct text t) { return (struct db_value){ .type = DB_BLOB, .t = t }; }
/* NULL for 0, for keys that may be absent. */
static inline struct db_value db_key(int64_t n) { return n == 0 ? db_null() : db_int(n); }
/* NULL for the empty text. */
static inline struct db_value db_text_or_null(struct text t) { return t.n == 0 ? db_null() : db_text(t); }

struct db_args { const struct db_value *v; size_t n; };
#define ARGS(...) ((struct db_args){ (const struct db_value[]){ __VA_ARGS__ }, \
	sizeof((const struct db_value[]){ __VA_ARGS__ }) / sizeof(struct db_value) })
#define NO_ARGS ((struct db_args){ NULL, 0 })

/* ---- opening -------------------------------------------------------------------------------- */

struct db_options {
	const char *url;           /* "sqlite:PATH", "sqlite::memory:" or "postgresql://..." */
	int64_t city;              /* 4 digits */
	int node;                  /* 0..1023, part of every id made here */
	int readers;               /* connections for db_read */
	int64_t (*clock_ms)(void); /* for ids and back-off; given by app/ */
	bool building;             /* a demonstration is made: commits do not wait for the disk; a crash may lose all */
};

/* Open, check the schema version and the cluster id; `migrate` brings an older schema up to date
 * (a newer one is refused: RC_CONFLICT, as is an older one without `migrate`, and a database of
 * another city).  *ret_why: English, kept until this thread's next failure here. */
enum rc db_open(const struct db_options *opt, bool migrate, struct db **ret, struct text *ret_why);
void db_close(struct db *db); /* waits for the writer; takes NULL */
/* Bring what the planner knows of the tables up to date: at each opening with `migrate`, and as they grow.  Some
 * milliseconds, on the writer; RC_BUSY when another process writes. */
enum rc db_tune(struct db *db);
const char *db_engine(const struct db *db); /* "sqlite" or "postgresql" */
/* One trivial statement on the primary: is the database there? */
enum rc db_ping(struct db *db);

/* ---- reading -------------------------------------------------------------------------------- */

typedef enum rc db_fn(struct tx *tx, const struct actor *actor, void *arg);

/* Run fn over one consistent snapshot of the primary; nothing can be written in it (a statement that
 * would is RC_INTERNAL).  RC_BUSY when no connection came free.  Neither db_read nor db_command may
 * be called from inside either: RC_INTERNAL. */
enum rc db_read(struct ctx *ctx, db_fn *fn, void *arg);

/* ---- writing: a command --------------------------------------------------------------------- */

struct idem_key { unsigned char b[16]; }; /* from the form's hidden field or the Idempotency-Key header */

struct command {
	const char *name;        /* "mediation.accept" */
	db_fn *fn;               /* may run again: starts afresh, no outside effects, no slow work */
	void *arg;
	void *ret;               /* where fn leaves its answer: plain data without pointers */
	size_t ret_size;         /* at most 256 bytes; stored, so that a repeated key answers the same */
	/*
	 * What was asked, to tell a repeat from another request: every value that fn depends on, in a fixed
	 * order.  Kept as a plain digest: numbers that could be guessed from one (an ID number, a phone) go in
	 * as a keyed hash (crypt_index).  content is for what is one text anyway (a file).
	 */
	struct db_args asked;
	struct text content;
};

/* A fresh key, for our own workers; one that stands for a deed ("clock.late", id), so that it is done once. */
struct idem_key idem_key_new(void);
struct idem_key idem_key_of(const char *name, int64_t n);
/* 32 hexadecimal digits, as they stand in a form. */
enum rc idem_key_parse(struct text t, struct idem_key *ret);
void idem_key_hex(struct idem_key key, char out[static 33]);

/*
 * Run a command.  RC_OK: committed (or had been, under this key: *ret is the first answer).
 * RC_DUPLICATE: this account used the key for other content or another command; *ret is the first
 * answer (zeros when its size is another).  fn's own RC_DUPLICATE (a unique value is taken) comes back
 * as it is: a fn that expects one says RC_REFUSED or RC_CONFLICT instead.
 * RC_UNKNOWN: the outcome is not known, ask again with the same key.  Any other: nothing stored, the
 * key neither.  RC_BUSY from fn or the engine runs it again, a few times.  An all-zero key is RC_INVALID.
 * A key belongs to the actor's account (anonymous residents: to the key alone).
 */
enum rc db_command(struct ctx *ctx, struct idem_key key, const struct command *cmd);
/* A job of our own, or a write that may as well be lost, without a stored key: what it does must bear being
 * done twice.  RC_UNKNOWN is final here; asked and content say nothing. */
enum rc db_job(struct ctx *ctx, const struct command *cmd);

/* ---- inside db_read and db_command ---------------------------------------------------------- */

/* Run a statement without rows; *ret_changed (may be NULL) = rows touched. */
enum rc tx_run(struct tx *tx, const struct actor *actor, const struct db_stmt *stmt,
    struct db_args args, int64_t *ret_changed);
/* Same, and exactly one row must be touched: RC_CONFLICT otherwise (the optimistic lock). */
enum rc tx_run_one(struct tx *tx, const struct actor *actor, const struct db_stmt *stmt,
    struct db_args args);
/* Open a cursor; rows_next() gives RC_OK per row, then RC_DONE. */
enum rc tx_rows(struct tx *tx, const struct actor *actor, const struct db_stmt *stmt,
    struct db_args args, struct rows **ret);
/* Open a cursor standing on its first row; RC_NOT_FOUND (and *ret NULL) when there is none. */
enum rc tx_one(struct tx *tx, const struct actor *actor, const struct db_stmt *stmt,
    struct db_args args, struct rows **ret);
/* First column of the first row as a number; RC_NOT_FOUND when there is none. */
enum rc tx_int(struct tx *tx, const struct actor *actor, const struct db_stmt *stmt,
    struct db_args args, int64_t *ret);

int64_t tx_now_ms(const struct tx *tx);         /* ctx->now_ms of the caller */
struct arena *tx_mem(struct tx *tx);            /* empty at each run in a command; ctx->mem in a read */
/* A new id: 41 bits of milliseconds since 2020, 10 of node, 12 of sequence; never 0, never repeated (nor
 * by another process of the same node, or with a clock set back).  For commands only. */
int64_t tx_id(struct tx *tx);
/* Ids made at that moment or later are not lower (as far as clocks agree). */
int64_t db_id_at(int64_t at_ms);
/* The same before a command: for what is sealed outside it and bound to its row.  Not inside one. */
enum rc db_id(struct db *db, int64_t *ret);

enum rc rows_next(struct rows *rows);
int64_t rows_int(const struct rows *rows, int col);        /* NULL reads as 0 */
struct text rows_text(const struct rows *rows, int col);   /* valid until rows_next/rows_close */
struct text rows_copy(const struct rows *rows, int col);   /* the same, copied to tx_mem() */
bool rows_is_null(const struct rows *rows, int col);
void rows_close(struct rows *rows); /* takes NULL */

static inline void rows_close_ptr(struct rows **r) { rows_close(*r); }
#define ROWS __attribute__((cleanup(rows_close_ptr))) struct rows *

/* ---- for tests and maintenance -------------------------------------------------------------- */

/* Every statement of the sets prepared on this engine; the first that fails, with the engine's words. */
const struct db_stmt *db_prepare_all(struct db *db, const struct db_set *const *sets, size_t n,
    struct text *ret_why);
/* The engine's plan of a statement as text (EXPLAIN QUERY PLAN / EXPLAIN; on PostgreSQL with scans and
 * sorts made dear, since small tables would have them).  args: all values, the scope's first. */
enum rc db_explain(struct db *db, struct arena *mem, const struct db_stmt *stmt, struct db_args args,
    struct text *ret);
/*
 * Take or renew the lease `name` for `ms` milliseconds (0 gives it back): which process runs a worker
 * now.  *ret_mine is written on RC_OK only.  ACTOR_SYSTEM.  At most LEASE_MS_MAX.  A lease that ends later
 * than it could have been taken for is left over from a clock that stood further on: it is over.  Clocks
 * of two processes may differ by LEASE_SKEW_MS without one taking the other's.
 */
#define LEASE_MS_MAX INT64_C(30000)
#define LEASE_SKEW_MS INT64_C(30000)
enum rc db_lease(struct ctx *ctx, const char *name, struct text owner, int64_t ms, bool *ret_mine);
/* Words of the database itself ("city", "cluster", "demo"); RC_NOT_FOUND.  At most 255 bytes. */
enum rc db_meta_get(struct db *db, struct arena *mem, const char *key, struct text *ret);
enum rc db_meta_set(struct db *db, const char *key, struct text value);

/* Let the n-th database call from now fail with RC_UNAVAILABLE (0 = never): the failure sweep. */
void db_fail_after(struct db *db, int64_t n);
/* One raw statement, for planted faults in tests and for migrations; never with input in it. */
enum rc db_raw(struct db *db, const char *sql);

extern const struct db_set db_sql; /* the statements of kit/db itself, for the checks */
