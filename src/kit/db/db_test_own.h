/* db_test_own: one database per engine, for the tests of kit/db.  Private to them. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "kit/db/db_engine.h"

enum { TEST_CITY = 3205 };

struct test_db {
	const char *kind;               /* "memory", "file", "postgresql" */
	char url[256];
	struct db *db;
	struct arena *mem;
	struct actor actor;
	struct ctx ctx;
};

/* What a program runs on: db_test_sqlite.c or db_test_pg.c is linked in. */
extern const char *const test_kinds[];
/* Rows of the tables that tests use away, or everything. */
void test_pg_empty(const char *url, bool schema_too);
/*
 * A cmocka program: each test once for each kind; skips as a whole without its database.
 * Under ZHAOFA_TEST_PG each program has a database of its own, zt_NAME.
 */
int test_db_main(const char *name, const struct CMUnitTest *tests, size_t n);

/* An empty database of the kind, migrated. */
struct test_db *test_db_open(void **state);
void test_db_close(struct test_db *t);
enum rc test_db_reopen(struct test_db *t, bool migrate, struct text *ret_why);
int64_t test_clock(void);

/* Statements over the table setting, as any subject would have them. */
enum { SET_PUT, SET_GET, SET_COUNT, SET_CHANGE, SET_KEYS, SET_PUBLIC, SET_OWN, SET_RECEIPT, SET_PLACE,
    SET_CITY, SET_N };
extern const struct db_stmt test_sql[SET_N];

/* Rows whose key begins with prefix; -1 when the count fails. */
int64_t test_count(struct test_db *t, const char *prefix);
/* One command that writes (key, value): the shape most tests need. */
struct test_put { const char *key; const char *value; int64_t ret; enum rc fail; int runs; };
enum rc test_put_fn(struct tx *tx, const struct actor *actor, void *arg);
enum rc test_put(struct test_db *t, struct idem_key key, struct test_put *put, const char *content);
