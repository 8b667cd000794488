#include "kit/db/db_test_own.h"

#include <stdio.h>
#include <string.h>

/* Schemas: newer, older, another city's, broken; what is refused and what is left. */

/* PostgreSQL's next test wants the schema whole again. */
static void
close_spoilt(struct test_db *t)
{
	db_close(t->db);
	t->db = NULL;
	if (strcmp(t->kind, "postgresql") == 0)
		test_pg_empty(t->url, true);
	test_db_close(t);
}

static void
a_newer_schema_is_refused(void **state)
{
	struct test_db *t = test_db_open(state);
	struct text why = TEXT_NONE;

	if (strcmp(t->kind, "memory") != 0) {
		assert_int_equal(test_db_reopen(t, false, &why), RC_OK);
		assert_int_equal(db_raw(t->db, "INSERT INTO schema_version (version, name)"
		    " VALUES (9999, 'of tomorrow')"), RC_OK);
		assert_int_equal(test_db_reopen(t, false, &why), RC_CONFLICT);
		assert_true(text_contains(why, TEXT("9999")));
		assert_int_equal(test_db_reopen(t, true, &why), RC_CONFLICT);
		assert_true(text_contains(why, TEXT("newer program")));
	}
	close_spoilt(t);
}

static void
an_older_schema_waits_for_migrate(void **state)
{
	struct test_db *t = test_db_open(state);
	struct text why = TEXT_NONE;

	if (strcmp(t->kind, "memory") != 0) {
		assert_int_equal(db_raw(t->db, "DROP TABLE schema_version; DROP TABLE meta"), RC_OK);
		assert_int_equal(test_db_reopen(t, false, &why), RC_CONFLICT);
		assert_true(text_contains(why, TEXT("migrate first")));
		/* and with it: the tables are there already, so that the first migration fails */
		assert_int_equal(test_db_reopen(t, true, &why), RC_INTERNAL);
		assert_true(text_contains(why, TEXT("0001")));
	}
	close_spoilt(t);
}

static void
another_citys_database_is_refused(void **state)
{
	struct test_db *t = test_db_open(state);
	struct text why = TEXT_NONE;

	if (strcmp(t->kind, "memory") != 0) {
		assert_int_equal(db_raw(t->db, "UPDATE meta SET value = '3206' WHERE key = 'city'"), RC_OK);
		assert_int_equal(test_db_reopen(t, true, &why), RC_CONFLICT);
		assert_true(text_contains(why, TEXT("3206")));
	}
	close_spoilt(t);
}

/* ---- lists of our own, over a database that has the real ones ------------------------------- */

static int64_t
count_of(struct test_db *t, const char *table)
{
	char sql[128];
	struct db_stmt s = { "test.count_of", DB_SYSTEM, sql, 0 };
	const struct db_set set = { "test", &s, 1 };
	const struct db_set *sets[] = { &set };
	struct text why;

	snprintf(sql, sizeof(sql), "SELECT a FROM %s", table);
	return db_prepare_all(t->db, sets, 1, &why) == NULL ? 1 : 0;
}

static void
migrations_follow_each_other_or_stop(void **state)
{
	struct test_db *t = test_db_open(state);
	int v = db_migrations[db_migrations_n - 1].version;
	const struct migration list[] = {
		{ v + 1, "one", NULL, "CREATE TABLE mig_one (a bigint, b {blob}, PRIMARY KEY (a)) {norowid};" },
		{ v + 2, "two", "sqlite", "CREATE TABLE mig_two (a bigint); INSERT INTO mig_two VALUES (1);" },
		{ v + 2, "two", "postgresql", "CREATE TABLE mig_two (a bigint);"
		    " INSERT INTO mig_two VALUES ('2'::bigint);" },
		{ v + 3, "three", NULL, "CREATE TABLE mig_three (a bigint); CREATE TABLE mig_one (a bigint);" },
	};
	const struct migration unknown = { v + 3, "three", NULL, "CREATE TABLE mig_three (a {thing})" };
	struct migration with_unknown[4];
	struct text why = TEXT_NONE;

	memcpy(with_unknown, list, sizeof(list));
	with_unknown[3] = unknown;
	assert_int_equal(db_schema_open(t->db, list, 3, false, &why), RC_CONFLICT);
	assert_int_equal(count_of(t, "mig_one"), 0);
	assert_int_equal(db_schema_open(t->db, list, 3, true, &why), RC_OK);
	assert_int_equal(count_of(t, "mig_one"), 1);
	assert_int_equal(count_of(t, "mig_two"), 1);
	assert_int_equal(db_schema_open(t->db, list, 3, true, &why), RC_OK); /* nothing to do */
	assert_int_equal(db_schema_open(t->db, list, 4, true, &why), RC_INTERNAL);
	assert_int_equal(count_of(t, "mig_three"), 0); /* one transaction each */
	assert_int_equal(db_schema_open(t->db, with_unknown, 4, true, &why), RC_INTERNAL);
	assert_int_equal(db_schema_open(t->db, list, 1, true, &why), RC_CONFLICT); /* older program */
	assert_int_equal(db_schema_open(t->db, list, 3, false, &why), RC_OK);
	close_spoilt(t);
}

static void
a_failing_migration_leaves_the_old_schema(void **state)
{
	struct test_db *t = test_db_open(state);
	int v = db_migrations[db_migrations_n - 1].version;
	const struct migration list[] = { { v + 1, "one", NULL, "CREATE TABLE mig_one (a bigint);" } };
	struct text why = TEXT_NONE;
	enum rc rc = RC_UNAVAILABLE;
	int n, failures = 0;

	for (n = 1; n < 100; n++) {
		db_fail_after(t->db, n);
		rc = db_schema_open(t->db, list, 1, true, &why);
		db_fail_after(t->db, 0);
		if (rc == RC_OK)
			break;
		failures++;
		assert_true(why.n > 0);
	}
	assert_int_equal(rc, RC_OK);
	assert_true(failures > 5);
	assert_int_equal(count_of(t, "mig_one"), 1);
	close_spoilt(t);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_newer_schema_is_refused),
		cmocka_unit_test(an_older_schema_waits_for_migrate),
		cmocka_unit_test(another_citys_database_is_refused),
		cmocka_unit_test(migrations_follow_each_other_or_stop),
		cmocka_unit_test(a_failing_migration_leaves_the_old_schema),
	};

	return test_db_main("db_migrate", tests, sizeof(tests) / sizeof(tests[0]));
}
