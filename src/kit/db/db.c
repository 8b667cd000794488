#include "kit/db/db_engine.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "kit/log/log.h"

static _Thread_local char why_words[512];

struct text
db_why(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why_words, sizeof(why_words), fmt, ap);
	va_end(ap);
	return text_of(why_words);
}

static const struct db_engine *
engine_of(const char *url)
{
	if (strncmp(url, "sqlite:", 7) == 0 && url[7] != '\0')
		return &db_engine_sqlite;
	if (strncmp(url, "postgresql:", 11) == 0 || strncmp(url, "postgres:", 9) == 0)
		return &db_engine_pg;
	return NULL;
}

static struct db *
db_create(const struct db_options *opt)
{
	struct db *db = calloc(1, sizeof(*db));

	if (db == NULL)
		return NULL;
	db->url = strdup(opt->url);
	if (db->url == NULL) {
		free(db);
		return NULL;
	}
	db->engine = engine_of(opt->url);
	db->city = opt->city;
	db->node = opt->node;
	db->readers = opt->readers < 1 ? 1 : opt->readers;
	db->clock_ms = opt->clock_ms;
	db->building = opt->building;
	db_ids_init(&db->ids);
	return db;
}

static void
db_destroy(struct db *db)
{
	db_ids_free(&db->ids);
	free(db->url);
	free(db);
}

static enum rc
tune_run(struct tx *tx, struct db_work *work)
{
	(void)work;
	return tx->db->engine->raw(tx, tx->db->engine->statistics);
}

enum rc
db_tune(struct db *db)
{
	struct db_work work = { .run = tune_run };

	return db->engine->statistics == NULL ? RC_OK : db->engine->write(db, &work);
}

enum rc
db_open(const struct db_options *opt, bool migrate, struct db **ret, struct text *ret_why)
{
	struct db *db;
	enum rc rc;

	*ret_why = TEXT_NONE;
	if (engine_of(opt->url) == NULL || opt->city < 1000 || opt->city > 9999 || opt->node < 0 ||
	    opt->node > 1023 || opt->readers > 256 || opt->clock_ms == NULL || sodium_init() < 0) {
		*ret_why = db_why("expected sqlite:PATH or postgresql://..., a city of 4 digits, "
		    "a node 0..1023, at most 256 readers");
		return RC_INVALID;
	}
	db = db_create(opt);
	if (db == NULL)
		return RC_NO_MEMORY;
	rc = db->engine->open(db, migrate, ret_why);
	if (rc != RC_OK) {
		db_destroy(db);
		return rc;
	}
	rc = db_schema_open(db, db_migrations, db_migrations_n, migrate, ret_why);
	if (rc != RC_OK) {
		db_close(db);
		return rc;
	}
	if (migrate && db_tune(db) != RC_OK)
		LOG(LOG_WARN, "db.statistics", log_str("why", "another process writes"));
	*ret = db;
	return RC_OK;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	db->engine->close(db);
	db_destroy(db);
}

const char *
db_engine(const struct db *db)
{
	return db->engine->name;
}

/* ---- reading -------------------------------------------------------------------------------- */

static enum rc
read_run(struct db *db, struct tx *tx, const struct actor *actor, db_fn *fn, void *arg)
{
	enum rc rc = db->engine->read_begin(db, tx);

	if (rc != RC_OK)
		return rc;
	db_set_running(true);
	rc = fn(tx, actor, arg);
	db_set_running(false);
	tx_close_rows(tx);
	if (rc == RC_OK)
		rc = tx->poisoned;
	db->engine->read_end(db, tx);
	return rc;
}

enum rc
db_read(struct ctx *ctx, db_fn *fn, void *arg)
{
	struct tx tx = { .db = ctx->db, .mem = ctx->mem, .now_ms = ctx->now_ms };

	if (db_is_running() || ctx->actor->city != ctx->db->city)
		return RC_INTERNAL;
	return read_run(ctx->db, &tx, ctx->actor, fn, arg);
}

/* ---- maintenance: not for anybody's input --------------------------------------------------- */

static const struct db_stmt ping_sql = { "db.ping", DB_SYSTEM,
	"SELECT count(*) FROM meta WHERE key = $1", 0 };

static enum rc
ping_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	int64_t n;

	(void)actor, (void)arg;
	return tx_exec_int(tx, &ping_sql, ARGS(db_text(TEXT("cluster"))), &n);
}

/* A read that nobody in particular asks for; its memory is its own. */
static enum rc
own_read(struct db *db, db_fn *fn, void *arg)
{
	struct tx tx = { .db = db, .now_ms = db->clock_ms() };
	enum rc rc;

	if (db_is_running())
		return RC_INTERNAL;
	tx.mem = arena_create(1 << 16);
	if (tx.mem == NULL)
		return RC_NO_MEMORY;
	rc = read_run(db, &tx, NULL, fn, arg);
	arena_free(tx.mem);
	return rc;
}

enum rc
db_ping(struct db *db)
{
	return own_read(db, ping_fn, NULL);
}

void
db_fail_after(struct db *db, int64_t n)
{
	atomic_store(&db->fail_after, n);
}

struct raw_work {
	struct db_work work;
	const char *sql;
};

static enum rc
raw_run(struct tx *tx, struct db_work *work)
{
	return tx->db->engine->raw(tx, ((struct raw_work *)work)->sql);
}

enum rc
db_raw(struct db *db, const char *sql)
{
	struct raw_work w = { .work = { .run = raw_run }, .sql = sql };

	return db_is_running() ? RC_INTERNAL : db->engine->write(db, &w.work);
}

struct prepare_arg {
	const struct db_set *const *sets;
	size_t n;
	const struct db_stmt *bad;
	struct text why;
};

/* Each in a transaction of its own: on PostgreSQL a failure ends it. */
static enum rc
prepare_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	struct prepare_arg *a = arg;
	size_t i, k;

	(void)actor;
	for (i = 0; i < a->n; i++)
		for (k = 0; k < a->sets[i]->n; k++)
			if (tx->db->engine->prepare(tx, &a->sets[i]->stmts[k], &a->why) != RC_OK) {
				a->bad = &a->sets[i]->stmts[k];
				return RC_INVALID;
			}
	return RC_OK;
}

const struct db_stmt *
db_prepare_all(struct db *db, const struct db_set *const *sets, size_t n, struct text *ret_why)
{
	static const struct db_stmt nowhere = { "db.connection", DB_SYSTEM, "", 0 };
	struct prepare_arg a = { .sets = sets, .n = n };
	enum rc rc = own_read(db, prepare_fn, &a);

	if (rc == RC_OK)
		return NULL;
	*ret_why = a.bad == NULL ? text_of(rc_name(rc)) : a.why;
	return a.bad == NULL ? &nowhere : a.bad;
}

struct explain_work {
	struct db_work work;
	const char *sql;
	struct db_args args;
	struct buf out;
};

static enum rc
explain_run(struct tx *tx, struct db_work *work)
{
	struct explain_work *w = (struct explain_work *)work;
	struct db_stmt stmt = { NULL, DB_SYSTEM, w->sql, 0 };
	const struct db_engine *e = tx->db->engine;
	struct rows *rows;
	enum rc rc = e->explain_setup == NULL ? RC_OK : e->raw(tx, e->explain_setup);

	if (rc != RC_OK)
		return rc;
	rc = tx_exec(tx, &stmt, w->args, &rows, NULL);
	if (rc != RC_OK)
		return rc;
	buf_reset(&w->out);
	while ((rc = rows_next(rows)) == RC_OK) {
		buf_add(&w->out, rows_text(rows, e->explain_column));
		buf_char(&w->out, '\n');
	}
	rows_close(rows);
	return rc == RC_DONE ? RC_REFUSED : rc; /* refused: what was set for the plan is rolled back */
}

enum rc
db_explain(struct db *db, struct arena *mem, const struct db_stmt *stmt, struct db_args args,
    struct text *ret)
{
	struct explain_work w = { .work = { .run = explain_run }, .args = args };
	struct text sql = arena_format(mem, "%s %s", db->engine->explain, stmt->sql);
	struct text plan = { NULL, 0 };
	enum rc rc;

	if (sql.p == NULL)
		return RC_NO_MEMORY;
	w.sql = sql.p;
	buf_init(&w.out, 1 << 16);
	rc = db->engine->write(db, &w.work);
	if (rc == RC_REFUSED)
		plan = arena_text(mem, buf_text(&w.out));
	buf_free(&w.out);
	if (rc != RC_REFUSED)
		return rc;
	if (plan.p == NULL)
		return RC_NO_MEMORY;
	*ret = plan;
	return RC_OK;
}
