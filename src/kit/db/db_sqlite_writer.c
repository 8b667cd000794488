#include "kit/db/db_sqlite.h"

#include <unistd.h>

#include "kit/log/log.h"

/*
 * The writer: one thread takes commands as they come, each in a SAVEPOINT, and one COMMIT makes them
 * safe together: while it waits for the disk the next ones queue up.  Nobody is answered before it.
 */

enum { EARLY_ACK_PAUSE_US = 20000 };

static struct db_work *
queue_pop(struct sl *s)
{
	struct db_work *w;

	pthread_mutex_lock(&s->lock);
	w = s->first;
	if (w != NULL) {
		s->first = w->next;
		if (s->first == NULL)
			s->last = NULL;
		w->next = NULL;
	}
	pthread_mutex_unlock(&s->lock);
	return w;
}

static void
batch_wake(struct sl *s, struct db_work *list)
{
	struct db_work *w, *next;

	pthread_mutex_lock(&s->lock);
	for (w = list; w != NULL; w = next) {
		next = w->next; /* once done is seen, w is its caller's again */
		w->done = true;
		pthread_cond_signal(&w->woken);
	}
	pthread_mutex_unlock(&s->lock);
}

/* What the batch had done is gone: every command in it that thought itself done learns so. */
static void
batch_tell(struct db_work *list, enum rc rc)
{
	for (; list != NULL; list = list->next)
		if (list->rc == RC_OK)
			list->rc = rc;
}

static enum rc
savepoint_end(struct sl_conn *c, struct db *db, enum rc rc)
{
	int code = SQLITE_OK;

	if (sqlite3_get_autocommit(c->h))
		return rc == RC_OK ? RC_UNAVAILABLE : rc; /* SQLite rolled everything back */
	if (rc == RC_OK && db_must_fail(db))
		rc = RC_UNAVAILABLE;
	if (rc != RC_OK)
		code = sl_run(c, "ROLLBACK TO command");
	if (code == SQLITE_OK)
		code = sl_run(c, "RELEASE command");
	return code == SQLITE_OK ? rc : sl_rc(code);
}

static enum rc
work_once(struct sl *s, struct sl_conn *c, struct db_work *w)
{
	struct tx tx = { .db = s->db, .conn = c, .mem = c->mem, .writes = true };
	enum rc rc;

	rc = db_must_fail(s->db) ? RC_UNAVAILABLE : sl_rc(sl_run(c, "SAVEPOINT command"));
	if (rc != RC_OK)
		return rc;
	return savepoint_end(c, s->db, db_work_run(&tx, w));
}

static enum rc
work_do(struct sl *s, struct sl_conn *c, struct db_work *w)
{
	enum rc rc = RC_BUSY;
	int run;

	for (run = 0; run < DB_RUNS && rc == RC_BUSY; run++)
		rc = work_once(s, c, w);
	return rc;
}

/*
 * How a failed COMMIT ended.  A full disk is noticed before the commit frame is whole; an I/O error
 * may come after it, and then a recovery could still find the transaction.
 */
static enum rc
commit_rc(int code)
{
	switch (code & 0xff) {
	case SQLITE_FULL:
	case SQLITE_BUSY:
	case SQLITE_NOMEM:
		return RC_UNAVAILABLE;
	default:
		return RC_UNKNOWN;
	}
}

static enum rc
batch_commit(struct sl *s, struct sl_conn *c)
{
	int code;

	if (sqlite3_get_autocommit(c->h))
		return RC_UNAVAILABLE;
	if (db_must_fail(s->db)) {
		(void)sl_run(c, "ROLLBACK");
		return RC_UNAVAILABLE;
	}
	code = sl_run(c, "COMMIT");
	if (code == SQLITE_OK)
		return RC_OK;
	LOG(LOG_ERROR, "db.commit", log_int("code", code), log_str("why", sqlite3_errmsg(c->h)));
	if (!sqlite3_get_autocommit(c->h))
		(void)sl_run(c, "ROLLBACK");
	return commit_rc(code);
}

static struct db_work *
batch_fill(struct sl *s, struct sl_conn *c)
{
	struct db_work *list = NULL;
	struct db_work *w;
	int n;

	for (n = 0; n < DB_BATCH && (w = queue_pop(s)) != NULL; n++) {
		w->rc = work_do(s, c, w);
		w->next = list;
		list = w;
		if (sqlite3_get_autocommit(c->h))
			break;
	}
	return list;
}

/* No transaction could begin: everybody who waits now is told, instead of one after the other. */
static struct db_work *
batch_refuse(struct sl *s, enum rc rc)
{
	struct db_work *list = NULL;
	struct db_work *w;

	while ((w = queue_pop(s)) != NULL) {
		w->rc = rc;
		w->next = list;
		list = w;
	}
	return list;
}

static void
batch_do(struct sl *s)
{
	struct sl_conn *c = s->in_memory ? db_pool_take(s->readers, DB_WAIT_MS) : s->writer;
	struct db_work *list;
	enum rc rc = RC_BUSY;

	if (c != NULL)
		rc = db_must_fail(s->db) ? RC_UNAVAILABLE : sl_rc(sl_run(c, "BEGIN IMMEDIATE"));
	if (rc != RC_OK) {
		list = batch_refuse(s, rc);
	} else {
		list = batch_fill(s, c);
		if (s->db->acknowledge_early) {
			batch_wake(s, list);
			list = NULL;
			usleep(EARLY_ACK_PAUSE_US);
		}
		batch_tell(list, batch_commit(s, c));
	}
	if (s->in_memory && c != NULL)
		db_pool_put(s->readers, c);
	batch_wake(s, list);
}

static void *
writer_main(void *arg)
{
	struct sl *s = arg;

	pthread_mutex_lock(&s->lock);
	for (;;) {
		while (s->first == NULL && !s->stopping)
			pthread_cond_wait(&s->queued, &s->lock);
		if (s->first == NULL)
			break;
		pthread_mutex_unlock(&s->lock);
		batch_do(s);
		pthread_mutex_lock(&s->lock);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

enum rc
sl_writer_start(struct sl *s)
{
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->queued, NULL);
	s->started = pthread_create(&s->thread, NULL, writer_main, s) == 0;
	return s->started ? RC_OK : RC_NO_MEMORY;
}

void
sl_writer_stop(struct sl *s)
{
	if (!s->started)
		return;
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	pthread_cond_signal(&s->queued);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	pthread_cond_destroy(&s->queued);
	pthread_mutex_destroy(&s->lock);
	s->started = false;
}

enum rc
sl_write(struct db *db, struct db_work *work)
{
	struct sl *s = db->impl;
	bool stopping;

	work->done = false;
	work->next = NULL;
	work->rc = RC_INTERNAL;
	pthread_cond_init(&work->woken, NULL);
	pthread_mutex_lock(&s->lock);
	stopping = s->stopping;
	if (!stopping) {
		if (s->last == NULL)
			s->first = work;
		else
			s->last->next = work;
		s->last = work;
		pthread_cond_signal(&s->queued);
	}
	while (!stopping && !work->done)
		pthread_cond_wait(&work->woken, &s->lock);
	pthread_mutex_unlock(&s->lock);
	pthread_cond_destroy(&work->woken);
	return stopping ? RC_UNAVAILABLE : work->rc;
}
