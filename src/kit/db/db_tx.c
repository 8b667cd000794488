#include "kit/db/db_engine.h"

#include <stdlib.h>
#include <string.h>

#include "kit/log/log.h"

static _Thread_local bool running;

bool
db_is_running(void)
{
	return running;
}

void
db_set_running(bool on)
{
	running = on;
}

bool
db_must_fail(struct db *db)
{
	if (atomic_load_explicit(&db->fail_after, memory_order_relaxed) <= 0)
		return false;
	return atomic_fetch_sub(&db->fail_after, 1) == 1;
}

/*
 * After a failed statement PostgreSQL refuses every other until the rollback; SQLite would go on.
 * Both behave like PostgreSQL here, so that what was tested on one is right on the other.
 */
static enum rc
tx_poison(struct tx *tx, const struct db_stmt *stmt, enum rc rc)
{
	if (rc == RC_OK)
		return rc;
	tx->poisoned = rc;
	if (rc != RC_DUPLICATE && rc != RC_BUSY)
		LOG(LOG_WARN, "db.statement", log_str("statement", stmt->name ? stmt->name : "-"),
		    log_str("outcome", rc_name(rc)));
	return rc;
}

static enum rc
tx_may_run(const struct tx *tx, struct db_args args)
{
	size_t i;

	if (tx->poisoned != RC_OK)
		return tx->poisoned;
	for (i = 0; i < args.n; i++)
		if (args.v[i].type == DB_TEXT && args.v[i].t.n > 0 &&
		    memchr(args.v[i].t.p, '\0', args.v[i].t.n) != NULL)
			return RC_INVALID; /* PostgreSQL cannot hold it */
	return RC_OK;
}

enum rc
tx_exec(struct tx *tx, const struct db_stmt *stmt, struct db_args args, struct rows **ret,
    int64_t *ret_changed)
{
	struct rows *rows = NULL;
	enum rc rc = tx_may_run(tx, args);

	if (rc != RC_OK)
		return rc;
	if (db_must_fail(tx->db))
		return tx_poison(tx, stmt, RC_UNAVAILABLE);
	if (ret != NULL) {
		rows = calloc(1, sizeof(*rows));
		if (rows == NULL)
			return RC_NO_MEMORY;
		*rows = (struct rows){ .tx = tx, .row = -1 };
	}
	rc = tx->db->engine->exec(tx, stmt, args, rows, ret_changed);
	if (rc != RC_OK) {
		free(rows);
		return tx_poison(tx, stmt, rc);
	}
	if (rows != NULL) {
		rows->next = tx->open;
		tx->open = rows;
		*ret = rows;
	}
	return RC_OK;
}

/* ---- what subjects call --------------------------------------------------------------------- */

static enum rc
tx_call(struct tx *tx, const struct actor *actor, const struct db_stmt *stmt, struct db_args args,
    struct rows **ret, int64_t *ret_changed)
{
	struct db_value v[DB_MAX_PARAMS];
	size_t n;
	enum rc rc;

	if (ret != NULL)
		*ret = NULL;
	rc = db_scope_bind(tx, actor, stmt, args, v, &n);
	if (rc == RC_FORBIDDEN || rc == RC_INTERNAL)
		LOG(LOG_ERROR, "db.scope", log_str("statement", stmt->name),
		    log_str("outcome", rc_name(rc)));
	if (rc != RC_OK)
		return rc;
	return tx_exec(tx, stmt, (struct db_args){ v, n }, ret, ret_changed);
}

enum rc
tx_run(struct tx *tx, const struct actor *actor, const struct db_stmt *stmt, struct db_args args,
    int64_t *ret_changed)
{
	int64_t changed = 0;
	enum rc rc = tx_call(tx, actor, stmt, args, NULL, &changed);

	if (rc == RC_OK && ret_changed != NULL)
		*ret_changed = changed;
	return rc;
}

enum rc
tx_run_one(struct tx *tx, const struct actor *actor, const struct db_stmt *stmt,
    struct db_args args)
{
	int64_t changed = 0;
	enum rc rc = tx_run(tx, actor, stmt, args, &changed);

	if (rc != RC_OK)
		return rc;
	return changed == 1 ? RC_OK : RC_CONFLICT;
}

enum rc
tx_rows(struct tx *tx, const struct actor *actor, const struct db_stmt *stmt, struct db_args args,
    struct rows **ret)
{
	return tx_call(tx, actor, stmt, args, ret, NULL);
}

static enum rc
rows_first(struct rows **rows)
{
	enum rc rc = rows_next(*rows);

	if (rc == RC_OK)
		return rc;
	rows_close(*rows);
	*rows = NULL;
	return rc == RC_DONE ? RC_NOT_FOUND : rc;
}

enum rc
tx_one(struct tx *tx, const struct actor *actor, const struct db_stmt *stmt, struct db_args args,
    struct rows **ret)
{
	enum rc rc = tx_rows(tx, actor, stmt, args, ret);

	return rc == RC_OK ? rows_first(ret) : rc;
}

static enum rc
rows_single_int(struct rows *rows, int64_t *ret)
{
	enum rc rc = rows_first(&rows);

	if (rc != RC_OK)
		return rc;
	*ret = rows_int(rows, 0);
	rows_close(rows);
	return RC_OK;
}

enum rc
tx_int(struct tx *tx, const struct actor *actor, const struct db_stmt *stmt, struct db_args args,
    int64_t *ret)
{
	struct rows *rows;
	enum rc rc = tx_rows(tx, actor, stmt, args, &rows);

	return rc == RC_OK ? rows_single_int(rows, ret) : rc;
}

enum rc
tx_exec_int(struct tx *tx, const struct db_stmt *stmt, struct db_args args, int64_t *ret)
{
	struct rows *rows;
	enum rc rc = tx_exec(tx, stmt, args, &rows, NULL);

	return rc == RC_OK ? rows_single_int(rows, ret) : rc;
}

int64_t
tx_now_ms(const struct tx *tx)
{
	return tx->now_ms;
}

struct arena *
tx_mem(struct tx *tx)
{
	return tx->mem;
}

int64_t
tx_id(struct tx *tx)
{
	return db_ids_next(&tx->db->ids, tx->db->clock_ms(), tx->db->node);
}

/* ---- cursors -------------------------------------------------------------------------------- */

enum rc
rows_next(struct rows *rows)
{
	enum rc rc;

	if (rows->tx->poisoned != RC_OK)
		return rows->tx->poisoned;
	if (db_must_fail(rows->tx->db)) {
		rows->tx->poisoned = RC_UNAVAILABLE;
		return RC_UNAVAILABLE;
	}
	rc = rows->tx->db->engine->next(rows);
	if (rc != RC_OK && rc != RC_DONE)
		rows->tx->poisoned = rc;
	return rc;
}

int64_t
rows_int(const struct rows *rows, int col)
{
	return rows->tx->db->engine->get_int(rows, col);
}

struct text
rows_text(const struct rows *rows, int col)
{
	return rows->tx->db->engine->get_text(rows, col);
}

/* Past the arena's bound the text is empty and the transaction is told so: nobody reads half. */
struct text
rows_copy(const struct rows *rows, int col)
{
	struct text t = arena_text(rows->tx->mem, rows_text(rows, col));

	if (t.p == NULL) {
		rows->tx->poisoned = RC_NO_MEMORY;
		return TEXT_NONE;
	}
	return t;
}

bool
rows_is_null(const struct rows *rows, int col)
{
	return rows->tx->db->engine->is_null(rows, col);
}

void
rows_close(struct rows *rows)
{
	struct rows **at;

	if (rows == NULL)
		return;
	for (at = &rows->tx->open; *at != NULL; at = &(*at)->next)
		if (*at == rows) {
			*at = rows->next;
			break;
		}
	rows->tx->db->engine->rows_end(rows);
	free(rows);
}

void
tx_close_rows(struct tx *tx)
{
	while (tx->open != NULL)
		rows_close(tx->open);
}

/* ---- a unit of work ------------------------------------------------------------------------- */

enum rc
db_work_run(struct tx *tx, struct db_work *work)
{
	enum rc rc;

	arena_reset(tx->mem);
	tx->now_ms = work->now_ms;
	tx->poisoned = RC_OK;
	tx->command = false;
	running = true;
	rc = work->run(tx, work);
	running = false;
	tx_close_rows(tx);
	/* whatever fn made of it, what is transient runs again, and nothing is kept half-done */
	if (tx->poisoned == RC_BUSY || tx->poisoned == RC_UNAVAILABLE || rc == RC_OK)
		return tx->poisoned;
	return rc == RC_DONE ? RC_INTERNAL : rc;
}
