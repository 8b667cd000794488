#include "kit/db/db_test_own.h"

#include <string.h>

/* What needs no database: the checks of statements, the scopes, the ids, the keys. */

/* ---- statements ----------------------------------------------------------------------------- */

struct check { enum db_scope scope; const char *sql; const char *why; }; /* why NULL: sound */

static const struct check checks[] = {
	{ DB_PUBLIC, "SELECT name FROM item WHERE city = $1", NULL },
	{ DB_PUBLIC, "SELECT i.name FROM item i WHERE i.city=$1 AND i.id=$2", NULL },
	{ DB_PUBLIC, "SELECT name FROM item", "parameter" },
	{ DB_PUBLIC, "SELECT name FROM item WHERE id = $1", "city = $1" },
	{ DB_PUBLIC, "SELECT name FROM item WHERE city = $10 AND id > $1", "between" },
	{ DB_PUBLIC, "SELECT name FROM item WHERE velocity = $1", "city = $1" },
	{ DB_PUBLIC, "SELECT name FROM item WHERE name = 'city = $1' AND id = $1", "city = $1" },
	{ DB_PUBLIC, "SELECT kind FROM calendar_day WHERE city IN ($1, 0)", NULL },
	{ DB_PUBLIC, "SELECT name FROM item WHERE city = $1 AND id = $3", "between" },
	{ DB_PUBLIC, "SELECT name FROM item WHERE city = $1 AND id = $65", "$64" },
	{ DB_PUBLIC, "SELECT name FROM item WHERE city = $1 AND id = $0", "$64" },
	{ DB_CITY, "DELETE FROM draft WHERE city = $1 AND updated_ms < $2", NULL },
	{ DB_SYSTEM, "INSERT INTO lease (city, name) VALUES ($1, $2)", NULL },
	{ DB_SYSTEM, "INSERT INTO lease (city, name) SELECT $1, name FROM x WHERE x.city = $1", NULL },
	{ DB_SYSTEM, "INSERT INTO lease (city, name) SELECT CAST($1 AS bigint), $2", NULL },
	{ DB_SYSTEM, "INSERT INTO lease (name, city) VALUES ($2, $1)", "first" },
	{ DB_SYSTEM, "INSERT INTO lease (city, name) VALUES ($2, $1)", "first" },
	{ DB_SYSTEM, "INSERT INTO lease (city, name) VALUES ($1, $2) ON CONFLICT (city, name) DO NOTHING",
	    NULL },
	{ DB_SYSTEM, "INSERT INTO lease (city, name) VALUES ($1, $2) ON CONFLICT DO NOTHING", NULL },
	{ DB_OWN, "SELECT name FROM account WHERE city = $1 AND id = $2", NULL },
	{ DB_OWN, "SELECT name FROM account WHERE city = $1", "parameter" },
	{ DB_RECEIPT, "SELECT number FROM request WHERE city = $1 AND id = $2", NULL },
	{ DB_RECEIPT, "SELECT number FROM request WHERE city = $1", "parameter" },
	{ DB_PLACE, "SELECT r.id FROM request r WHERE r.city = $1 AND (r.place BETWEEN $2 AND $3 OR"
	    " EXISTS (SELECT 1 FROM case_grant g WHERE g.city = r.city AND g.account = $4))", NULL },
	{ DB_PLACE, "SELECT id FROM request WHERE city = $1 AND place BETWEEN $2 AND $3", "parameter" },
	{ DB_PLACE, "SELECT id FROM request WHERE city = $1 AND place > $2 AND place < $3 AND id = $4",
	    "BETWEEN" },
	{ DB_PLACE, "INSERT INTO t (city, a) SELECT $1, a FROM t WHERE a BETWEEN $2 AND $3 AND b = $4",
	    "INSERT" },
	{ DB_CITY, "SELECT id::text FROM item WHERE city = $1", "::" },
	{ DB_CITY, "SELECT '::' FROM item WHERE city = $1", NULL },
	{ DB_CITY, "SELECT id FROM item WHERE city = $1 AND name ILIKE $2", "ILIKE" },
	{ DB_CITY, "SELECT id FROM item WHERE city = $1 AND name LIKE $2", NULL },
	{ DB_CITY, "SELECT now() FROM item WHERE city = $1", "moment" },
	{ DB_CITY, "SELECT now_ms FROM item WHERE city = $1", NULL },
	{ DB_CITY, "SELECT String_Agg(name, ',') FROM item WHERE city = $1", "string_agg" },
	{ DB_CITY, "SELECT group_concat(name) FROM item WHERE city = $1", "group_concat" },
	{ DB_CITY, "SELECT * FROM item WHERE city = $1", "columns" },
	{ DB_CITY, "SELECT i.* FROM item i WHERE i.city = $1", "columns" },
	{ DB_CITY, "SELECT count(*), 2 * id FROM item WHERE city = $1", NULL },
	{ DB_CITY, "DELETE FROM item WHERE city = $1 RETURNING *", "columns" },
	{ DB_CITY, "DELETE FROM item WHERE city = $1 RETURNING id", NULL },
	{ DB_CITY, "SELECT id FROM item WHERE city = $1 FOR UPDATE SKIP LOCKED", "PostgreSQL" },
	{ DB_CITY, "SELECT \"id\" FROM item WHERE city = $1", "quoted" },
	{ DB_CITY, "SELECT id FROM item WHERE city = $1; DELETE FROM item", "one statement" },
	{ DB_CITY, "SELECT id FROM item WHERE city = $1 -- all", "comment" },
	{ DB_CITY, "SELECT id /* all */ FROM item WHERE city = $1", "comment" },
	{ DB_CITY, "SELECT a -> 'b' FROM item WHERE city = $1", "JSON" },
	{ DB_CITY, "SELECT a->>'b' FROM item WHERE city = $1", "JSON" },
	{ DB_CITY, "INSERT OR REPLACE INTO item (city) VALUES ($1)", "ON CONFLICT" },
	{ DB_CITY, "SELECT id FROM item WHERE city = $1 AND id = ?", "$n" },
};

static void
statements_are_checked(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		struct db_stmt s = { "test.one", checks[i].scope, checks[i].sql, 0 };
		struct db_set set = { "test", &s, 1 };
		const struct db_set *sets[] = { &set };
		const char *why = NULL;
		const struct db_stmt *bad = db_check_statements(sets, 1, &why);

		if (checks[i].why == NULL && bad != NULL)
			fail_msg("%s: %s", s.sql, why);
		if (checks[i].why != NULL && bad == NULL)
			fail_msg("%s: passed", s.sql);
		if (checks[i].why != NULL && strstr(why, checks[i].why) == NULL)
			fail_msg("%s: %s", s.sql, why);
	}
}

static void
names_are_taken_once(void **state)
{
	const struct db_stmt a[] = { { "x.a", DB_CITY, "SELECT 1 FROM x WHERE city = $1", 0 },
		{ "x.b", DB_CITY, "SELECT 1 FROM x WHERE city = $1", 0 } };
	const struct db_stmt b[] = { { "x.b", DB_CITY, "SELECT 2 FROM x WHERE city = $1", 0 } };
	const struct db_set sa = DB_SET("a", a), sb = DB_SET("b", b);
	const struct db_set *sets[] = { &sa, &sb };
	const char *why = NULL;

	(void)state;
	assert_null(db_check_statements(sets, 1, &why));
	assert_ptr_equal(db_check_statements(sets, 2, &why), &b[0]);
}

static void
our_own_statements_pass(void **state)
{
	const struct db_set tests = { "test", test_sql, SET_N };
	const struct db_set *sets[] = { &db_sql, &tests };
	const char *why = "";
	const struct db_stmt *bad = db_check_statements(sets, 2, &why);

	(void)state;
	if (bad != NULL)
		fail_msg("%s: %s", bad->name, why);
}

/* ---- scopes --------------------------------------------------------------------------------- */

enum { ANON, RECEIPT, ACCOUNT, SYSTEM, ACTORS };

static const struct actor actors[ACTORS] = {
	[ANON] = { .kind = ACTOR_ANONYMOUS, .city = TEST_CITY },
	[RECEIPT] = { .kind = ACTOR_RECEIPT, .city = TEST_CITY, .request = 77 },
	[ACCOUNT] = { .kind = ACTOR_ACCOUNT, .city = TEST_CITY, .account = 5,
	    .places = { 320506000000, 320506999999 } },
	[SYSTEM] = { .kind = ACTOR_SYSTEM, .city = TEST_CITY },
};

/* may[actor], outside and inside a command */
static const struct { enum db_scope scope; enum rc read[ACTORS], command[ACTORS]; } scopes[] = {
	{ DB_PUBLIC, { RC_OK, RC_OK, RC_OK, RC_OK }, { RC_OK, RC_OK, RC_OK, RC_OK } },
	{ DB_CITY, { RC_UNAUTHENTICATED, RC_UNAUTHENTICATED, RC_OK, RC_OK },
	    { RC_UNAUTHENTICATED, RC_UNAUTHENTICATED, RC_OK, RC_OK } },
	{ DB_PLACE, { RC_UNAUTHENTICATED, RC_UNAUTHENTICATED, RC_OK, RC_OK },
	    { RC_UNAUTHENTICATED, RC_UNAUTHENTICATED, RC_OK, RC_OK } },
	{ DB_OWN, { RC_UNAUTHENTICATED, RC_UNAUTHENTICATED, RC_OK, RC_OK },
	    { RC_UNAUTHENTICATED, RC_UNAUTHENTICATED, RC_OK, RC_OK } },
	{ DB_RECEIPT, { RC_UNAUTHENTICATED, RC_OK, RC_FORBIDDEN, RC_FORBIDDEN },
	    { RC_UNAUTHENTICATED, RC_OK, RC_FORBIDDEN, RC_FORBIDDEN } },
	{ DB_SYSTEM, { RC_FORBIDDEN, RC_FORBIDDEN, RC_FORBIDDEN, RC_OK },
	    { RC_OK, RC_OK, RC_OK, RC_OK } },
};

static void
scopes_let_in_whom_they_should(void **state)
{
	struct db db = { .city = TEST_CITY };
	struct tx tx = { .db = &db };
	struct db_value v[DB_MAX_PARAMS];
	size_t i, a, n;

	(void)state;
	for (i = 0; i < sizeof(scopes) / sizeof(scopes[0]); i++)
		for (a = 0; a < ACTORS; a++) {
			struct db_stmt s = { "t", scopes[i].scope, "", 0 };

			tx.command = false;
			assert_int_equal(db_scope_bind(&tx, &actors[a], &s, NO_ARGS, v, &n),
			    scopes[i].read[a]);
			tx.command = true;
			assert_int_equal(db_scope_bind(&tx, &actors[a], &s, NO_ARGS, v, &n),
			    scopes[i].command[a]);
		}
}

static void
scopes_bind_from_the_actor(void **state)
{
	struct db db = { .city = TEST_CITY };
	struct tx tx = { .db = &db };
	struct db_stmt s = { "t", DB_PLACE, "", 0 };
	struct actor foreign = actors[ACCOUNT];
	struct actor nothing = actors[RECEIPT];
	struct db_value v[DB_MAX_PARAMS], many[DB_MAX_PARAMS] = { 0 };
	size_t n;

	(void)state;
	assert_int_equal(db_scope_bind(&tx, &actors[ACCOUNT], &s, ARGS(db_int(9)), v, &n), RC_OK);
	assert_int_equal(n, 5);
	assert_int_equal(v[0].n, TEST_CITY);
	assert_true(v[1].n == 320506000000 && v[2].n == 320506999999);
	assert_int_equal(v[3].n, 5);
	assert_int_equal(v[4].n, 9);
	assert_int_equal(db_scope_bind(&tx, &actors[SYSTEM], &s, NO_ARGS, v, &n), RC_OK);
	assert_true(v[1].n == 320500000000 && v[2].n == 320599999999);
	s.scope = DB_OWN;
	assert_int_equal(db_scope_bind(&tx, &actors[ACCOUNT], &s, NO_ARGS, v, &n), RC_OK);
	assert_true(n == 2 && v[1].n == 5);
	s.scope = DB_RECEIPT;
	assert_int_equal(db_scope_bind(&tx, &actors[RECEIPT], &s, NO_ARGS, v, &n), RC_OK);
	assert_true(n == 2 && v[1].n == 77);
	nothing.request = 0;
	assert_int_equal(db_scope_bind(&tx, &nothing, &s, NO_ARGS, v, &n), RC_UNAUTHENTICATED);
	s.scope = DB_PUBLIC;
	foreign.city = 3206;
	assert_int_equal(db_scope_bind(&tx, &foreign, &s, NO_ARGS, v, &n), RC_FORBIDDEN);
	assert_int_equal(db_scope_bind(&tx, &actors[ANON], &s, (struct db_args){ many, 63 }, v, &n),
	    RC_OK);
	assert_int_equal(db_scope_bind(&tx, &actors[ANON], &s, (struct db_args){ many, 64 }, v, &n),
	    RC_INTERNAL);
}

/* ---- ids and keys --------------------------------------------------------------------------- */

static void
ids_rise_whatever_the_clock_does(void **state)
{
	static const int64_t now[] = { 1782781200000, 1782781200000, 1782781200001, 1782781100000, 0,
	    -5, 1782781200001 };
	struct db_ids ids;
	int64_t last = 0, id;
	size_t i;
	int k;

	(void)state;
	db_ids_init(&ids);
	for (i = 0; i < sizeof(now) / sizeof(now[0]); i++)
		for (k = 0; k < 5000; k++) { /* more than a millisecond's sequence */
			id = db_ids_next(&ids, now[i], 1023);
			assert_true(id > last);
			assert_int_equal(id >> 12 & 1023, 1023);
			last = id;
		}
	db_ids_free(&ids);
}

static void
keys_are_written_and_read(void **state)
{
	struct idem_key a = idem_key_of("clock.late", 7), b;
	char hex[33];

	(void)state;
	idem_key_hex(a, hex);
	assert_int_equal(strlen(hex), 32);
	assert_int_equal(idem_key_parse(text_of(hex), &b), RC_OK);
	assert_memory_equal(&a, &b, sizeof(a));
	b = idem_key_of("clock.late", 7);
	assert_memory_equal(&a, &b, sizeof(a));
	b = idem_key_of("clock.late", 8);
	assert_memory_not_equal(&a, &b, sizeof(a));
	hex[31] = 'g';
	assert_int_equal(idem_key_parse(text_of(hex), &b), RC_INVALID);
	hex[31] = '\0';
	assert_int_equal(idem_key_parse(text_of(hex), &b), RC_INVALID);
	assert_int_equal(idem_key_parse(TEXT_NONE, &b), RC_INVALID);
}

static void
addresses_of_databases_are_checked(void **state)
{
	static const char *const bad[] = { "", "sqlite:", "mysql://x", "/tmp/x.db" };
	struct db_options opt = { .city = TEST_CITY, .readers = 1, .clock_ms = test_clock };
	struct db *db = NULL;
	struct text why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		opt.url = bad[i];
		assert_int_equal(db_open(&opt, true, &db, &why), RC_INVALID);
		assert_true(why.n > 0);
	}
	opt.url = "sqlite:/no/such/folder/x.db";
	assert_int_equal(db_open(&opt, true, &db, &why), RC_UNAVAILABLE);
	opt.url = "postgresql:///zhaofa?host=/no/such/folder";
	assert_int_equal(db_open(&opt, true, &db, &why), RC_UNAVAILABLE);
	opt.url = "sqlite::memory:";
	opt.city = 999;
	assert_int_equal(db_open(&opt, true, &db, &why), RC_INVALID);
	opt.city = 10000;
	assert_int_equal(db_open(&opt, true, &db, &why), RC_INVALID);
	opt.city = 1000;
	opt.node = 1024;
	assert_int_equal(db_open(&opt, true, &db, &why), RC_INVALID);
	opt.node = 1023;
	assert_int_equal(db_open(&opt, true, &db, &why), RC_OK);
	db_close(db);
	db_close(NULL);
}

const char *const test_kinds[] = { NULL };

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements_are_checked),
		cmocka_unit_test(names_are_taken_once),
		cmocka_unit_test(our_own_statements_pass),
		cmocka_unit_test(scopes_let_in_whom_they_should),
		cmocka_unit_test(scopes_bind_from_the_actor),
		cmocka_unit_test(ids_rise_whatever_the_clock_does),
		cmocka_unit_test(keys_are_written_and_read),
		cmocka_unit_test(addresses_of_databases_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
