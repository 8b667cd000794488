#include "kit/db/db_test_own.h"

#include <stdio.h>
#include <string.h>

/* ---- one thread: what a transaction keeps and what it drops --------------------------------- */

static void
opens_and_answers(void **state)
{
	struct test_db *t = test_db_open(state);

	assert_int_equal(db_ping(t->db), RC_OK);
	assert_string_equal(db_engine(t->db), strcmp(t->kind, "postgresql") == 0 ? "postgresql" : "sqlite");
	test_db_close(t);
}

static void
committed_is_there(void **state)
{
	struct test_db *t = test_db_open(state);
	struct test_put put = { .key = "a", .value = "一" };

	assert_int_equal(test_put(t, idem_key_new(), &put, ""), RC_OK);
	assert_int_equal(test_count(t, "a"), 1);
	test_db_close(t);
}

static void
rejected_leaves_nothing_and_no_key(void **state)
{
	struct test_db *t = test_db_open(state);
	struct test_put put = { .key = "a", .value = "x", .fail = RC_REFUSED };
	struct idem_key key = idem_key_new();

	assert_int_equal(test_put(t, key, &put, ""), RC_REFUSED);
	assert_int_equal(test_count(t, "a"), 0);
	put.fail = RC_OK;
	assert_int_equal(test_put(t, key, &put, ""), RC_OK); /* the key was not used up */
	assert_int_equal(test_count(t, "a"), 1);
	assert_int_equal(put.runs, 2);
	test_db_close(t);
}

static void
repeat_answers_the_same(void **state)
{
	struct test_db *t = test_db_open(state);
	struct test_put put = { .key = "a", .value = "x" };
	struct idem_key key = idem_key_new();
	int64_t first;

	assert_int_equal(test_put(t, key, &put, "same"), RC_OK);
	first = put.ret;
	put.ret = 0;
	assert_int_equal(test_put(t, key, &put, "same"), RC_OK);
	assert_int_equal(put.ret, first);
	put.ret = 0;
	assert_int_equal(test_put(t, key, &put, "other"), RC_DUPLICATE);
	assert_int_equal(put.ret, first);
	assert_int_equal(put.runs, 1);
	assert_int_equal(test_count(t, "a"), 1);
	assert_int_equal(test_put(t, (struct idem_key){ { 0 } }, &put, ""), RC_INVALID);
	test_db_close(t);
}

/* The same key under another account is another key. */
static void
keys_belong_to_accounts(void **state)
{
	struct test_db *t = test_db_open(state);
	struct test_put put = { .key = "a", .value = "x" };
	struct idem_key key = idem_key_new();
	int64_t account;

	t->actor.kind = ACTOR_ACCOUNT;
	for (account = 1; account <= 2; account++) {
		t->actor.account = account;
		assert_int_equal(test_put(t, key, &put, ""), RC_OK);
	}
	assert_int_equal(put.runs, 2);
	test_db_close(t);
}

static enum rc
busy_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	int *left = arg;

	(void)tx, (void)actor;
	return (*left)-- > 0 ? RC_BUSY : RC_OK;
}

static void
busy_runs_again_a_few_times(void **state)
{
	struct test_db *t = test_db_open(state);
	int left = 3;
	struct command c = { .name = "test.busy", .fn = busy_fn, .arg = &left };

	assert_int_equal(db_command(&t->ctx, idem_key_new(), &c), RC_OK);
	left = 1000;
	assert_int_equal(db_command(&t->ctx, idem_key_new(), &c), RC_BUSY);
	assert_true(left > 900);
	test_db_close(t);
}

/* ---- inside --------------------------------------------------------------------------------- */

static enum rc
twice_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	struct db_value key = db_text(TEXT("u")), one = db_int(1);
	enum rc *seen = arg;

	seen[0] = tx_run(tx, actor, &test_sql[SET_PUT], ARGS(key, one, db_text(TEXT("x"))), NULL);
	seen[1] = tx_run(tx, actor, &test_sql[SET_PUT], ARGS(key, one, db_text(TEXT("x"))), NULL);
	seen[2] = tx_run(tx, actor, &test_sql[SET_PUT], ARGS(key, db_int(2), db_text(TEXT("x"))), NULL);
	return RC_OK; /* a lie: the transaction is lost all the same */
}

static void
taken_unique_value_ends_the_command(void **state)
{
	struct test_db *t = test_db_open(state);
	enum rc seen[3] = { RC_OK, RC_OK, RC_OK };
	struct command c = { .name = "test.twice", .fn = twice_fn, .arg = seen };

	assert_int_equal(db_command(&t->ctx, idem_key_new(), &c), RC_DUPLICATE);
	assert_int_equal(seen[0], RC_OK);
	assert_int_equal(seen[1], RC_DUPLICATE);
	assert_int_equal(seen[2], RC_DUPLICATE);
	assert_int_equal(test_count(t, "u"), 0);
	test_db_close(t);
}

static enum rc
inner_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	(void)tx, (void)actor, (void)arg;
	return RC_OK;
}

static enum rc
outer_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	struct test_db *t = arg;
	struct command c = { .name = "test.inner", .fn = inner_fn };

	(void)tx, (void)actor;
	if (db_command(&t->ctx, idem_key_new(), &c) != RC_INTERNAL)
		return RC_CORRUPT;
	return db_read(&t->ctx, inner_fn, NULL) == RC_INTERNAL ? RC_OK : RC_CORRUPT;
}

static void
nesting_is_refused(void **state)
{
	struct test_db *t = test_db_open(state);
	struct command c = { .name = "test.outer", .fn = outer_fn, .arg = t };

	assert_int_equal(db_command(&t->ctx, idem_key_new(), &c), RC_OK);
	assert_int_equal(db_read(&t->ctx, outer_fn, t), RC_OK);
	test_db_close(t);
}

static enum rc
values_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	const char *words = "中文 'quoted' \"double\" $1 ?2 \\x00";
	ROWS rows = NULL;
	enum rc rc;

	(void)arg;
	rc = tx_run_one(tx, actor, &test_sql[SET_PUT], ARGS(db_text(TEXT("v")), db_int(INT64_MAX),
	    db_text(text_of(words))));
	if (rc != RC_OK)
		return rc;
	rc = tx_one(tx, actor, &test_sql[SET_GET], ARGS(db_text(TEXT("v"))), &rows);
	if (rc != RC_OK)
		return rc;
	assert_true(text_equals(rows_text(rows, 0), text_of(words)));
	assert_true(text_equals(rows_copy(rows, 0), text_of(words)));
	assert_true(rows_int(rows, 1) == INT64_MAX);
	assert_false(rows_is_null(rows, 0));
	assert_true(rows_is_null(rows, 7)); /* no such column */
	assert_int_equal(rows_next(rows), RC_DONE);
	assert_int_equal(rows_next(rows), RC_DONE);
	assert_int_equal(rows_int(rows, 1), 0);
	return tx_one(tx, actor, &test_sql[SET_GET], ARGS(db_text(TEXT("none"))), &rows) == RC_NOT_FOUND
	    ? RC_OK : RC_CORRUPT;
}

static void
values_come_back_as_they_went(void **state)
{
	struct test_db *t = test_db_open(state);
	struct command c = { .name = "test.values", .fn = values_fn };

	assert_int_equal(db_command(&t->ctx, idem_key_new(), &c), RC_OK);
	test_db_close(t);
}

static const struct db_stmt blob_put = { "test.blob_put", DB_SYSTEM,
	"INSERT INTO session (city, token_hash, account, csrf, created_ms, seen_ms, peer)"
	" VALUES ($1, $2, 7, '', 0, 0, '')", 0 };
static const struct db_stmt blob_get = { "test.blob_get", DB_SYSTEM,
	"SELECT token_hash, length(token_hash), CAST(NULL AS bigint) FROM session"
	" WHERE city = $1 AND token_hash = $2", 0 };

static enum rc
blob_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	static const char bytes[] = "\0\1\\x\377'\0end";
	struct text b = { bytes, sizeof(bytes) };
	struct text empty = { NULL, 0 };
	ROWS rows = NULL;
	enum rc rc = tx_run_one(tx, actor, &blob_put, ARGS(db_blob(b)));

	(void)arg;
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &blob_put, ARGS(db_blob(empty)));
	if (rc == RC_OK)
		rc = tx_one(tx, actor, &blob_get, ARGS(db_blob(b)), &rows);
	if (rc != RC_OK)
		return rc;
	assert_true(text_equals(rows_text(rows, 0), b));
	assert_int_equal(rows_int(rows, 1), b.n);
	assert_true(rows_is_null(rows, 2));
	rows_close(rows);
	rc = tx_one(tx, actor, &blob_get, ARGS(db_blob(empty)), &rows);
	assert_int_equal(rc, RC_OK);
	assert_int_equal(rows_text(rows, 0).n, 0);
	assert_false(rows_is_null(rows, 0));
	return RC_OK;
}

static void
bytes_come_back_as_they_went(void **state)
{
	struct test_db *t = test_db_open(state);
	struct command c = { .name = "test.blob", .fn = blob_fn };

	assert_int_equal(db_command(&t->ctx, idem_key_new(), &c), RC_OK);
	test_db_close(t);
}

static enum rc
nul_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	(void)arg;
	return tx_run(tx, actor, &test_sql[SET_PUT], ARGS(db_text(TEXT("a\0b")), db_int(1),
	    db_text(TEXT("x"))), NULL);
}

static enum rc
too_few_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	(void)arg;
	return tx_run(tx, actor, &test_sql[SET_PUT], ARGS(db_text(TEXT("a")), db_int(1)), NULL);
}

static enum rc
no_row_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	int64_t changed = -1;
	enum rc rc = tx_run(tx, actor, &test_sql[SET_CHANGE], ARGS(db_text(TEXT("z")),
	    db_text(TEXT("new")), db_text(TEXT("old"))), &changed);

	(void)arg;
	if (rc != RC_OK || changed != 0)
		return RC_CORRUPT;
	return tx_run_one(tx, actor, &test_sql[SET_CHANGE], ARGS(db_text(TEXT("z")),
	    db_text(TEXT("new")), db_text(TEXT("old"))));
}

static void
wrong_calls_are_told(void **state)
{
	struct test_db *t = test_db_open(state);
	struct command nul = { .name = "test.nul", .fn = nul_fn };
	struct command few = { .name = "test.few", .fn = too_few_fn };
	struct command none = { .name = "test.none", .fn = no_row_fn };
	struct command big = { .name = "test.big", .fn = inner_fn, .ret = t, .ret_size = 257 };

	assert_int_equal(db_command(&t->ctx, idem_key_new(), &nul), RC_INVALID);
	assert_int_equal(db_command(&t->ctx, idem_key_new(), &few), RC_INTERNAL);
	assert_int_equal(db_command(&t->ctx, idem_key_new(), &none), RC_CONFLICT);
	assert_int_equal(db_command(&t->ctx, idem_key_new(), &big), RC_INTERNAL);
	test_db_close(t);
}

/* ---- reading -------------------------------------------------------------------------------- */

static enum rc
write_in_read_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	(void)arg;
	return tx_run(tx, actor, &test_sql[SET_PUT], ARGS(db_text(TEXT("r")), db_int(1),
	    db_text(TEXT("x"))), NULL);
}

static void
a_read_cannot_write(void **state)
{
	struct test_db *t = test_db_open(state);

	assert_int_equal(db_read(&t->ctx, write_in_read_fn, NULL), RC_INTERNAL);
	assert_int_equal(test_count(t, "r"), 0);
	test_db_close(t);
}

/* Two cursors over one statement, the second inside the first. */
static enum rc
two_cursors_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	int *pairs = arg;
	struct rows *a, *b;
	char from[2] = "a"; /* dies before the cursor does */
	enum rc rc = tx_rows(tx, actor, &test_sql[SET_KEYS], ARGS(db_text(text_of(from))), &a);

	from[0] = 'z';
	while (rc == RC_OK && (rc = rows_next(a)) == RC_OK) {
		rc = tx_rows(tx, actor, &test_sql[SET_KEYS], ARGS(db_text(TEXT("a"))), &b);
		while (rc == RC_OK && rows_next(b) == RC_OK)
			(*pairs)++;
		rows_close(b);
	}
	return rc == RC_DONE ? RC_OK : rc; /* a is left open on purpose */
}

static void
cursors_nest_and_are_closed(void **state)
{
	struct test_db *t = test_db_open(state);
	struct test_put put = { .key = "n1", .value = "n" };
	int i, pairs = 0;

	assert_int_equal(test_put(t, idem_key_new(), &put, ""), RC_OK);
	put.key = "n2";
	assert_int_equal(test_put(t, idem_key_new(), &put, ""), RC_OK);
	for (i = 0; i < 20; i++)
		assert_int_equal(db_read(&t->ctx, two_cursors_fn, &pairs), RC_OK);
	assert_int_equal(pairs, 20 * 4);
	assert_int_equal(test_put(t, idem_key_new(), &put, ""), RC_OK);
	test_db_close(t);
}

/* ---- the failure sweep ---------------------------------------------------------------------- */

static void
failing_anywhere_leaves_all_or_nothing(void **state)
{
	struct test_db *t = test_db_open(state);
	struct test_put put = { .key = "s", .value = "x" };
	enum rc rc = RC_UNAVAILABLE;
	int64_t n, failures = 0;

	assert_int_equal(test_put(t, idem_key_new(), &put, ""), RC_OK); /* ids are reserved */
	for (n = 1; n < 100; n++) {
		db_fail_after(t->db, n);
		rc = test_put(t, idem_key_new(), &put, "");
		db_fail_after(t->db, 0);
		if (rc == RC_OK)
			break;
		failures++;
		assert_int_equal(rc, RC_UNAVAILABLE);
		assert_int_equal(test_count(t, "s"), 1);
		assert_int_equal(db_ping(t->db), RC_OK);
	}
	assert_int_equal(rc, RC_OK);
	assert_in_range(failures, 4, 99);
	assert_int_equal(test_count(t, "s"), 2);
	db_fail_after(t->db, 1);
	assert_int_equal(test_count(t, "s"), -1);
	assert_int_equal(test_count(t, "s"), 2);
	test_db_close(t);
}

/* ---- leases, meta, plans, statements -------------------------------------------------------- */

static void
a_lease_is_one_owners(void **state)
{
	struct test_db *t = test_db_open(state);
	bool mine = false;

	assert_int_equal(db_lease(&t->ctx, "w", TEXT("one"), 1000, &mine), RC_OK);
	assert_true(mine);
	assert_int_equal(db_lease(&t->ctx, "w", TEXT("two"), 1000, &mine), RC_OK);
	assert_false(mine);
	assert_int_equal(db_lease(&t->ctx, "w", TEXT("one"), 1000, &mine), RC_OK); /* renewed */
	assert_true(mine);
	t->ctx.now_ms += 999;
	assert_int_equal(db_lease(&t->ctx, "w", TEXT("two"), 1000, &mine), RC_OK);
	assert_false(mine);
	t->ctx.now_ms += 1;
	assert_int_equal(db_lease(&t->ctx, "w", TEXT("two"), 1000, &mine), RC_OK);
	assert_true(mine);
	assert_int_equal(db_lease(&t->ctx, "w", TEXT("two"), 0, &mine), RC_OK); /* given back */
	assert_int_equal(db_lease(&t->ctx, "w", TEXT("one"), 1000, &mine), RC_OK);
	assert_true(mine);
	t->actor.kind = ACTOR_ACCOUNT;
	assert_int_equal(db_lease(&t->ctx, "w", TEXT("one"), 1000, &mine), RC_FORBIDDEN);
	test_db_close(t);
}

/* A clock set back (or a demonstration begun again) must not stop a worker for as long as it was set back. */
static void
a_lease_from_the_future_is_over(void **state)
{
	struct test_db *t = test_db_open(state);
	int64_t now = t->ctx.now_ms;
	bool mine = false;

	assert_int_equal(db_lease(&t->ctx, "w", TEXT("one"), LEASE_MS_MAX, &mine), RC_OK);
	assert_true(mine);
	t->ctx.now_ms = now - LEASE_SKEW_MS; /* another machine's clock */
	assert_int_equal(db_lease(&t->ctx, "w", TEXT("two"), LEASE_MS_MAX, &mine), RC_OK);
	assert_false(mine);
	t->ctx.now_ms = now - LEASE_SKEW_MS - 1; /* no lease reaches that far */
	assert_int_equal(db_lease(&t->ctx, "w", TEXT("two"), LEASE_MS_MAX, &mine), RC_OK);
	assert_true(mine);
	assert_int_equal(db_lease(&t->ctx, "w", TEXT("two"), LEASE_MS_MAX + 1, &mine), RC_INTERNAL);
	test_db_close(t);
}

static void
meta_keeps_words(void **state)
{
	struct test_db *t = test_db_open(state);
	struct text v;
	char long_words[300];

	assert_int_equal(db_meta_get(t->db, t->mem, "demo", &v), RC_NOT_FOUND);
	assert_int_equal(db_meta_set(t->db, "demo", TEXT("1")), RC_OK);
	assert_int_equal(db_meta_set(t->db, "demo", TEXT("2")), RC_OK);
	assert_int_equal(db_meta_get(t->db, t->mem, "demo", &v), RC_OK);
	assert_true(text_equals(v, TEXT("2")));
	assert_int_equal(db_meta_get(t->db, t->mem, "cluster", &v), RC_OK);
	assert_int_equal(v.n, 32);
	memset(long_words, 'x', sizeof(long_words));
	assert_int_equal(db_meta_set(t->db, "l", (struct text){ long_words, 256 }), RC_TOO_LARGE);
	assert_int_equal(db_meta_set(t->db, "l", (struct text){ long_words, 255 }), RC_OK);
	assert_int_equal(db_meta_get(t->db, t->mem, "l", &v), RC_OK);
	assert_int_equal(v.n, 255);
	test_db_close(t);
}

static void
plans_are_readable(void **state)
{
	struct test_db *t = test_db_open(state);
	struct text plan;

	assert_int_equal(db_explain(t->db, t->mem, &test_sql[SET_GET], ARGS(db_int(TEST_CITY),
	    db_text(TEXT("a"))), &plan), RC_OK);
	if (!text_contains(plan, TEXT("setting_pkey")) && !text_contains(plan, TEXT("PRIMARY KEY")))
		fail_msg("no index in: %.*s", (int)plan.n, plan.p);
	test_db_close(t);
}

static const struct db_stmt broken[] = { { "test.broken", DB_SYSTEM, "SELECT key FROM nowhere", 0 } };

static void
statements_prepare_here(void **state)
{
	struct test_db *t = test_db_open(state);
	static const struct db_set tests = { "test", test_sql, SET_N };
	static const struct db_set bad = DB_SET("bad", broken);
	const struct db_set *good_sets[] = { &db_sql, &tests };
	const struct db_set *bad_sets[] = { &db_sql, &bad, &tests };
	struct text why = TEXT_NONE;
	const struct db_stmt *s = db_prepare_all(t->db, good_sets, 2, &why);

	if (s != NULL)
		fail_msg("%s: %.*s", s->name, (int)why.n, why.p);
	assert_ptr_equal(db_prepare_all(t->db, bad_sets, 3, &why), &broken[0]);
	if (!text_contains(why, TEXT("nowhere")))
		fail_msg("%.*s", (int)why.n, why.p);
	assert_int_equal(db_ping(t->db), RC_OK);
	test_db_close(t);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens_and_answers),
		cmocka_unit_test(committed_is_there),
		cmocka_unit_test(rejected_leaves_nothing_and_no_key),
		cmocka_unit_test(repeat_answers_the_same),
		cmocka_unit_test(keys_belong_to_accounts),
		cmocka_unit_test(busy_runs_again_a_few_times),
		cmocka_unit_test(taken_unique_value_ends_the_command),
		cmocka_unit_test(nesting_is_refused),
		cmocka_unit_test(values_come_back_as_they_went),
		cmocka_unit_test(bytes_come_back_as_they_went),
		cmocka_unit_test(wrong_calls_are_told),
		cmocka_unit_test(a_read_cannot_write),
		cmocka_unit_test(cursors_nest_and_are_closed),
		cmocka_unit_test(failing_anywhere_leaves_all_or_nothing),
		cmocka_unit_test(a_lease_is_one_owners),
		cmocka_unit_test(a_lease_from_the_future_is_over),
		cmocka_unit_test(meta_keeps_words),
		cmocka_unit_test(plans_are_readable),
		cmocka_unit_test(statements_prepare_here),
	};

	return test_db_main("db", tests, sizeof(tests) / sizeof(tests[0]));
}
