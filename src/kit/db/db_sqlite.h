/* db_sqlite: what do the SQLite files share?  Private to kit/db. */
#pragma once

#include <sqlite3.h>

#include "kit/db/db_engine.h"

struct sl_conn {
	sqlite3 *h;
	struct db_slots slots;
	struct arena *mem;              /* the writer's: for tx_mem() of commands */
};

struct sl {
	struct db *db;
	struct db_pool *readers;
	size_t n_readers;
	struct sl_conn **all_readers;
	struct sl_conn *writer;         /* NULL for :memory:, where one connection does everything */
	bool in_memory;
	/* the writer's queue */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t queued;
	struct db_work *first, *last;
	bool stopping, started;
};

enum rc sl_rc(int code);                        /* of an extended result code */
int sl_run(struct sl_conn *c, const char *sql); /* BEGIN and its like; an extended result code */
enum rc sl_writer_start(struct sl *s);
void sl_writer_stop(struct sl *s);              /* does what is queued first */
enum rc sl_write(struct db *db, struct db_work *work);
