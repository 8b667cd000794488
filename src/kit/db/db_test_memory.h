/*
 * db_test_memory: a database in memory that begins with what another held, which takes a fiftieth of the time of migrating and
 * seeding it anew.  For tests only.
 *
 * Every connection that SQLite opens in this process passes through db_test_memory_fill: one in memory gets the pages that
 * db_test_memory_keep() put aside, so db_open() finds all migrations done.  One database at a time, and nobody at work in it
 * while it is kept.
 */
#pragma once

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

static sqlite3 *db_test_kept; /* the pages put aside */
static sqlite3 *db_test_last; /* the newest connection to a database in memory */

static inline int
db_test_pages(sqlite3 *to, sqlite3 *from)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");

	if (b == NULL)
		return sqlite3_errcode(to);
	sqlite3_backup_step(b, -1);
	return sqlite3_backup_finish(b);
}

static inline int
db_test_memory_fill(sqlite3 *h)
{
	const char *file = sqlite3_db_filename(h, "main");

	if (file != NULL && file[0] != '\0')
		return SQLITE_OK;
	db_test_last = h;
	return db_test_kept == NULL ? SQLITE_OK : db_test_pages(h, db_test_kept);
}

/* Before a database is opened.  True: nothing is kept yet, so it will be made, and db_test_memory_keep() should follow. */
static inline bool
db_test_memory_begin(void)
{
	sqlite3_auto_extension((void (*)(void))db_test_memory_fill); /* the same one twice is once */
	return db_test_kept == NULL;
}

/* What the newest database in memory holds is what every later one begins with. */
static inline bool
db_test_memory_keep(void)
{
	sqlite3 *source = db_test_last, *to;

	sqlite3_close(db_test_kept);
	db_test_kept = NULL;
	if (sqlite3_open(":memory:", &to) == SQLITE_OK && db_test_pages(to, source) == SQLITE_OK)
		db_test_kept = to;
	else
		sqlite3_close(to);
	db_test_last = source;
	return db_test_kept != NULL;
}

static inline void
db_test_memory_end(void)
{
	sqlite3_close(db_test_kept);
	db_test_kept = NULL;
	sqlite3_reset_auto_extension();
}
