#include "kit/db/db_test_own.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What only PostgreSQL does to us: connections that die, waits for a standby that are cancelled. */

static PGconn *
aside(const struct test_db *t)
{
	PGconn *c = PQconnectdb(t->url);

	assert_int_equal(PQstatus(c), CONNECTION_OK);
	return c;
}

/* First column of the first row as a number, -1 when there is none. */
static long
ask(PGconn *c, const char *sql)
{
	PGresult *r = PQexec(c, sql);
	long n = -1;

	if (PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) > 0)
		n = strtol(PQgetvalue(r, 0, 0), NULL, 10);
	PQclear(r);
	return n;
}

static const char end_all[] = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()";

static void
connections_that_died_are_replaced(void **state)
{
	struct test_db *t = test_db_open(state);
	PGconn *c = aside(t);
	struct test_put put = { .key = "d", .value = "x" };
	int i;

	for (i = 1; i <= 3; i++) {
		assert_true(ask(c, end_all) > 0);
		assert_int_equal(test_put(t, idem_key_new(), &put, ""), RC_OK);
		assert_true(ask(c, end_all) > 0);
		assert_int_equal(test_count(t, "d"), i);
	}
	PQfinish(c);
	test_db_close(t);
}

struct dying { struct test_put put; PGconn *aside; int deaths; };

static enum rc
dying_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	struct dying *d = arg;
	enum rc rc;

	if (d->deaths > 0 && d->deaths-- > 0)
		ask(d->aside, end_all);
	rc = test_put_fn(tx, actor, &d->put);
	return rc;
}

static void
a_command_cut_off_runs_again(void **state)
{
	struct test_db *t = test_db_open(state);
	struct dying d = { .put = { .key = "c", .value = "x" }, .aside = aside(t), .deaths = 1 };
	struct command c = { .name = "test.dying", .fn = dying_fn, .arg = &d };

	assert_int_equal(db_command(&t->ctx, idem_key_new(), &c), RC_OK);
	assert_int_equal(test_count(t, "c"), 1);
	d.deaths = 100; /* a server that always dies is not tried for ever */
	assert_int_equal(db_command(&t->ctx, idem_key_new(), &c), RC_UNAVAILABLE);
	assert_true(d.deaths > 90);
	assert_int_equal(test_count(t, "c"), 1);
	PQfinish(d.aside);
	test_db_close(t);
}

static void
another_cluster_is_refused(void **state)
{
	struct test_db *t = test_db_open(state);
	PGconn *c = aside(t);

	PQclear(PQexec(c, "UPDATE meta SET value = 'of another' WHERE key = 'cluster'"));
	assert_int_equal(db_ping(t->db), RC_OK); /* a connection that has been checked */
	assert_true(ask(c, end_all) > 0);
	assert_int_equal(db_ping(t->db), RC_UNAVAILABLE);
	PQclear(PQexec(c, "DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
	PQfinish(c);
	test_db_close(t);
}

/* ---- a synchronous standby that is not there ------------------------------------------------ */

static void
standby_want(PGconn *c, bool on)
{
	PQclear(PQexec(c, on ? "ALTER SYSTEM SET synchronous_standby_names = 'nobody'"
	    : "ALTER SYSTEM RESET synchronous_standby_names"));
	PQclear(PQexec(c, "SELECT pg_reload_conf()"));
}

static void *
cancel_main(void *arg)
{
	PGconn *c = arg;
	struct timespec nap = { 0, 20000000 };
	int i;

	/* the wait of our own database only; other programs' waits end with the setting */
	for (i = 0; i < 200; i++) {
		if (ask(c, "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE"
		    " datname = current_database() AND wait_event = 'SyncRep'") > 0)
			break;
		nanosleep(&nap, NULL);
	}
	standby_want(c, false);
	return NULL;
}

static void
a_cancelled_wait_is_unknown(void **state)
{
	struct test_db *t = test_db_open(state);
	PGconn *c = aside(t), *other = aside(t);
	struct test_put put = { .key = "u", .value = "x" };
	struct idem_key key = idem_key_new();
	struct timespec nap = { 0, 100000000 };
	pthread_t thread;
	int64_t first;

	assert_int_equal(test_put(t, idem_key_new(), &put, ""), RC_OK); /* ids are reserved */
	standby_want(c, true);
	nanosleep(&nap, NULL);
	assert_int_equal(pthread_create(&thread, NULL, cancel_main, other), 0);
	assert_int_equal(test_put(t, key, &put, ""), RC_UNKNOWN);
	pthread_join(thread, NULL);
	first = put.ret;
	put.ret = 0;
	assert_int_equal(test_put(t, key, &put, ""), RC_OK); /* asked again with the same key */
	assert_true(put.ret == first);
	assert_int_equal(put.runs, 2);
	assert_int_equal(test_count(t, "u"), 2);
	PQfinish(c);
	PQfinish(other);
	test_db_close(t);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(connections_that_died_are_replaced),
		cmocka_unit_test(a_command_cut_off_runs_again),
		cmocka_unit_test(another_cluster_is_refused),
		cmocka_unit_test(a_cancelled_wait_is_unknown),
	};

	return test_db_main("db_pg", tests, sizeof(tests) / sizeof(tests[0]));
}
