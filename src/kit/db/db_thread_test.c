#include "kit/db/db_test_own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Many at once: keys, group commit, snapshots, ids, counters. */

enum { THREADS = 8, EACH = 200 };

struct worker {
	pthread_t thread;
	struct test_db *t;
	struct ctx ctx;
	struct arena *mem;
	int number;
	int failed;
	struct idem_key key;
	struct test_put put;
	char name[32];
	int64_t ids[EACH];
};

static void
workers_run(struct test_db *t, struct worker *w, int n, void *(*fn)(void *))
{
	int i;

	for (i = 0; i < n; i++) {
		w[i].t = t;
		w[i].number = i;
		w[i].mem = arena_create(1 << 20);
		assert_non_null(w[i].mem);
		w[i].ctx = t->ctx;
		w[i].ctx.db = t->db;
		w[i].ctx.mem = w[i].mem;
		assert_int_equal(pthread_create(&w[i].thread, NULL, fn, &w[i]), 0);
	}
	for (i = 0; i < n; i++) {
		pthread_join(w[i].thread, NULL);
		arena_free(w[i].mem);
	}
}

static enum rc
worker_put(struct worker *w, struct idem_key key)
{
	struct command c = { .name = "test.put", .fn = test_put_fn, .arg = &w->put,
	    .ret = &w->put.ret, .ret_size = sizeof(w->put.ret) };

	return db_command(&w->ctx, key, &c);
}

/* ---- one key, many threads ------------------------------------------------------------------ */

static void *
same_key_main(void *arg)
{
	struct worker *w = arg;

	w->put.key = "k";
	w->put.value = "x";
	w->failed = worker_put(w, w->key) != RC_OK;
	return NULL;
}

static void
one_key_runs_once(void **state)
{
	struct test_db *t = test_db_open(state);
	int round, i;

	for (round = 0; round < 10; round++) {
		struct worker *w = calloc(THREADS, sizeof(*w));
		struct idem_key key = idem_key_new();

		assert_non_null(w);
		for (i = 0; i < THREADS; i++)
			w[i].key = key;
		workers_run(t, w, THREADS, same_key_main);
		for (i = 0; i < THREADS; i++) {
			assert_int_equal(w[i].failed, 0);
			assert_true(w[i].put.ret == w[0].put.ret); /* all have the one answer */
		}
		assert_int_equal(test_count(t, "k"), round + 1);
		free(w);
	}
	test_db_close(t);
}

/* ---- group commit, ids ---------------------------------------------------------------------- */

static void *
many_main(void *arg)
{
	struct worker *w = arg;
	int i;

	w->put.value = "x";
	w->put.key = w->name;
	for (i = 0; i < EACH; i++) {
		snprintf(w->name, sizeof(w->name), "m%d-%d", w->number, i);
		w->put.fail = i % 10 == 9 ? RC_REFUSED : RC_OK; /* the others of its batch stay */
		if (worker_put(w, idem_key_new()) != w->put.fail)
			w->failed++;
		w->ids[i] = w->put.ret;
		arena_reset(w->mem);
	}
	return NULL;
}

static int
id_compare(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
ids_are_unlike(const struct worker *w, int n)
{
	int64_t *all = calloc((size_t)n * EACH, sizeof(*all));
	int i;

	assert_non_null(all);
	for (i = 0; i < n; i++)
		memcpy(all + i * EACH, w[i].ids, sizeof(w[i].ids));
	qsort(all, (size_t)n * EACH, sizeof(*all), id_compare);
	for (i = 0; i + 1 < n * EACH; i++)
		assert_true(all[i] < all[i + 1]);
	assert_true(all[0] > 0);
	free(all);
}

static void
many_threads_commit_in_groups(void **state)
{
	struct test_db *t = test_db_open(state);
	struct worker *w = calloc(THREADS, sizeof(*w));
	int i;

	assert_non_null(w);
	workers_run(t, w, THREADS, many_main);
	for (i = 0; i < THREADS; i++)
		assert_int_equal(w[i].failed, 0);
	assert_int_equal(test_count(t, "m"), THREADS * (EACH - EACH / 10));
	ids_are_unlike(w, THREADS);
	free(w);
	test_db_close(t);
}

/* ---- one counter, many threads: no lost update ---------------------------------------------- */

static enum rc
increment_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	struct rows *rows;
	char old[24], fresh[24];
	struct text value;
	enum rc rc = tx_one(tx, actor, &test_sql[SET_GET], ARGS(db_text(TEXT("counter"))), &rows);

	(void)arg;
	if (rc != RC_OK)
		return rc;
	value = rows_text(rows, 0);
	snprintf(old, sizeof(old), "%.*s", (int)value.n, value.p);
	rows_close(rows);
	snprintf(fresh, sizeof(fresh), "%ld", strtol(old, NULL, 10) + 1);
	return tx_run_one(tx, actor, &test_sql[SET_CHANGE], ARGS(db_text(TEXT("counter")),
	    db_text(text_of(fresh)), db_text(text_of(old))));
}

static void *
increment_main(void *arg)
{
	struct worker *w = arg;
	struct command c = { .name = "test.increment", .fn = increment_fn };
	int i;

	for (i = 0; i < 25; i++) {
		enum rc rc = db_command(&w->ctx, idem_key_new(), &c);

		if (rc != RC_OK)
			w->failed++;
	}
	return NULL;
}

static enum rc
counter_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	struct rows *rows;
	int64_t *ret = arg;
	enum rc rc = tx_one(tx, actor, &test_sql[SET_GET], ARGS(db_text(TEXT("counter"))), &rows);

	if (rc != RC_OK)
		return rc;
	rc = int64_parse(rows_text(rows, 0), 0, INT64_MAX, ret);
	rows_close(rows);
	return rc;
}

static void
read_then_write_loses_nothing(void **state)
{
	struct test_db *t = test_db_open(state);
	struct worker *w = calloc(4, sizeof(*w));
	struct test_put put = { .key = "counter", .value = "0" };
	int64_t n = -1, failed = 0;
	int i;

	assert_non_null(w);
	assert_int_equal(test_put(t, idem_key_new(), &put, ""), RC_OK);
	workers_run(t, w, 4, increment_main);
	for (i = 0; i < 4; i++)
		failed += w[i].failed;
	assert_int_equal(db_read(&t->ctx, counter_fn, &n), RC_OK);
	assert_int_equal(n + failed, 100);
	assert_in_range(failed, 0, 10); /* contention on one row may use up the runs, rarely */
	free(w);
	test_db_close(t);
}

/* ---- snapshots ------------------------------------------------------------------------------ */

enum { READERS = 3 };

static atomic_int readers_left;

/* Writes for as long as somebody reads. */
static void *
pair_main(void *arg)
{
	struct worker *w = arg;
	int i;

	w->put.key = "p";
	w->put.value = "x";
	for (i = 0; i < 20000 && atomic_load(&readers_left) > 0; i++)
		w->failed += worker_put(w, idem_key_new()) != RC_OK;
	return NULL;
}

static enum rc
count_twice_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	int64_t *n = arg;
	enum rc rc = tx_int(tx, actor, &test_sql[SET_COUNT], ARGS(db_text(TEXT("p%"))), &n[0]);
	struct timespec nap = { 0, 2000000 };

	if (rc != RC_OK)
		return rc;
	nanosleep(&nap, NULL);
	return tx_int(tx, actor, &test_sql[SET_COUNT], ARGS(db_text(TEXT("p%"))), &n[1]);
}

static void *
snapshot_main(void *arg)
{
	struct worker *w = arg;
	int64_t n[2], first = -1, last = 0;
	int i;

	if (w->number == READERS)
		return pair_main(arg);
	for (i = 0; i < 60; i++) {
		if (db_read(&w->ctx, count_twice_fn, n) != RC_OK || n[0] != n[1] || n[0] < last)
			w->failed++;
		if (first < 0)
			first = n[0];
		last = n[1];
	}
	if (last == first)
		w->failed++; /* nothing was written meanwhile: this proves nothing */
	atomic_fetch_sub(&readers_left, 1);
	return NULL;
}

static void
a_read_sees_one_moment(void **state)
{
	struct test_db *t = test_db_open(state);
	struct worker *w = calloc(READERS + 1, sizeof(*w));
	int i;

	assert_non_null(w);
	atomic_store(&readers_left, READERS);
	workers_run(t, w, READERS + 1, snapshot_main);
	for (i = 0; i < READERS + 1; i++)
		assert_int_equal(w[i].failed, 0);
	free(w);
	test_db_close(t);
}

/* ---- a rule over several rows: no write skew ------------------------------------------------ */

enum { SEATS = 5 };

static enum rc
seat_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	struct timespec nap = { 0, 2000000 };
	int64_t taken;
	enum rc rc = tx_int(tx, actor, &test_sql[SET_COUNT], ARGS(db_text(TEXT("seat%"))), &taken);

	if (rc != RC_OK)
		return rc;
	if (taken >= SEATS)
		return RC_REFUSED;
	nanosleep(&nap, NULL); /* the others look meanwhile */
	return test_put_fn(tx, actor, arg);
}

static void *
seat_main(void *arg)
{
	struct worker *w = arg;
	struct command c = { .name = "test.seat", .fn = seat_fn, .arg = &w->put };
	int i;

	w->put.key = "seat";
	w->put.value = "x";
	for (i = 0; i < 3; i++) {
		enum rc rc = db_command(&w->ctx, idem_key_new(), &c);

		if (rc == RC_OK)
			w->ids[0]++;
		else if (rc != RC_REFUSED && rc != RC_BUSY)
			w->failed++;
	}
	return NULL;
}

static void
no_more_seats_than_there_are(void **state)
{
	struct test_db *t = test_db_open(state);
	struct worker *w = calloc(THREADS, sizeof(*w));
	int64_t given = 0;
	int i;

	assert_non_null(w);
	workers_run(t, w, THREADS, seat_main);
	for (i = 0; i < THREADS; i++) {
		assert_int_equal(w[i].failed, 0);
		given += w[i].ids[0];
	}
	assert_int_equal(given, SEATS);
	assert_int_equal(test_count(t, "seat"), SEATS);
	free(w);
	test_db_close(t);
}

/* ---- ids over a restart with a clock that stands -------------------------------------------- */

static int64_t
standing_clock(void)
{
	return INT64_C(1782781200000);
}

static enum rc
id_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	int64_t *id = arg;

	(void)actor;
	*id = tx_id(tx);
	return RC_OK;
}

static void
ids_go_on_after_a_restart(void **state)
{
	struct test_db *t = test_db_open(state);
	struct db_options opt = { .url = t->url, .city = TEST_CITY, .node = 3, .readers = 1,
	    .clock_ms = standing_clock };
	int64_t id, last = 0;
	struct command c = { .name = "test.id", .fn = id_fn, .arg = &id };
	struct text why;
	int i;

	if (strcmp(t->kind, "memory") != 0) /* nothing outlives :memory: */
		for (i = 0; i < 5; i++) {
			db_close(t->db);
			assert_int_equal(db_open(&opt, false, &t->db, &why), RC_OK);
			t->ctx.db = t->db;
			assert_int_equal(db_command(&t->ctx, idem_key_new(), &c), RC_OK);
			assert_true(id > last);
			last = id;
			assert_int_equal(db_command(&t->ctx, idem_key_new(), &c), RC_OK);
			assert_true(id > last);
			last = id;
		}
	test_db_close(t);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_key_runs_once),
		cmocka_unit_test(many_threads_commit_in_groups),
		cmocka_unit_test(read_then_write_loses_nothing),
		cmocka_unit_test(a_read_sees_one_moment),
		cmocka_unit_test(no_more_seats_than_there_are),
		cmocka_unit_test(ids_go_on_after_a_restart),
	};

	return test_db_main("db_thread", tests, sizeof(tests) / sizeof(tests[0]));
}
