#include "kit/db/db_stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kit/audit/audit_own.h"

static struct crypt *keys;
static char key_dir[64];

static void
keys_begin(void)
{
	struct text why;

	snprintf(key_dir, sizeof(key_dir), "/tmp/zhaofa-audit-XXXXXX");
	assert_non_null(mkdtemp(key_dir));
	assert_int_equal(crypt_open(key_dir, true, &keys, &why), RC_OK);
}

static void
keys_end(void)
{
	static const char *const files[] = { "seal.key", "index.key", "session.key", "audit.key" };
	char path[128];

	crypt_close(keys);
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/%s", key_dir, files[i]);
		unlink(path);
	}
	rmdir(key_dir);
}

/* ---- what most tests do -------------------------------------------------------------------------------- */

static enum rc
note_fn(struct tx *tx, const struct actor *actor, void *p)
{
	const int *n = p;
	enum rc rc = RC_OK;

	for (int i = 0; rc == RC_OK && i < *n; i++)
		rc = audit_note(tx, actor, "test.deed", "thing", 40 + i, TEXT("how=well"));
	return rc;
}

static void
notes(struct stage *s, int n)
{
	struct ctx ctx = stage_ctx(s, &s->system);

	assert_int_equal(db_command(&ctx, idem_key_new(), &(struct command){ .name = "test.note",
	    .fn = note_fn, .arg = &n }), RC_OK);
}

static int64_t
seal(struct stage *s, int64_t most)
{
	struct ctx ctx = stage_ctx(s, &s->system);
	int64_t n = -1;

	assert_int_equal(audit_seal(&ctx, keys, most, &n), RC_OK);
	return n;
}

static struct audit_report
verify(struct stage *s, const char *shipped)
{
	struct ctx ctx = stage_ctx(s, &s->system);
	struct audit_report r;

	assert_int_equal(audit_verify_against(&ctx, keys, text_of(shipped), &r), RC_OK);
	return r;
}

/* Six rows sealed in two goes, a checkpoint after each, and two rows not yet sealed. */
static void
trail(struct stage *s)
{
	notes(s, 3);
	assert_int_equal(seal(s, 100), 3);
	stage_now_ms += 60000;
	notes(s, 3);
	assert_int_equal(seal(s, 100), 3);
	notes(s, 2);
}

static void
found(struct stage *s, const char *change)
{
	struct audit_report r;

	stage_raw(s, change);
	r = verify(s, "");
	if (r.bad < 1)
		fail_msg("not found: %s", change);
	assert_true(r.first_bad_why[0] != '\0');
}

/* ---- the trail --------------------------------------------------------------------------------------------- */

static void
statements_are_sound(void **state)
{
	struct stage *s = *state;
	const struct db_set *const sets[] = { &audit_sql };
	const char *why = "";
	struct text words = TEXT_NONE;

	assert_null(db_check_statements(sets, 1, &why));
	assert_null(db_prepare_all(s->db, sets, 1, &words));
}

static void
trail_is_whole(void **state)
{
	struct stage *s = *state;
	struct audit_report r = verify(s, "");
	struct buf out;

	assert_true(r.sealed == 0 && r.unsealed == 0 && r.checkpoints == 0 && r.bad == 0);
	assert_int_equal(seal(s, 100), 0); /* nothing to seal, nothing to sign */
	trail(s);
	r = verify(s, "");
	assert_int_equal(r.sealed, 6);
	assert_int_equal(r.unsealed, 2);
	assert_int_equal(r.checkpoints, 2);
	assert_int_equal(r.bad, 0);
	buf_init(&out, 4096);
	audit_print(&r, &out);
	assert_true(text_contains(buf_text(&out), TEXT("6 rows in the chain, 2 not yet sealed, 2 checkpoints")));
	assert_true(text_ends_with(buf_text(&out), TEXT("audit: ok\n")));
	r.bad = 1;
	audit_print(&r, &out);
	assert_true(text_contains(buf_text(&out), TEXT("audit: BAD: 1")));
	buf_free(&out);
}

static void
row_hash_is_fixed(void **state)
{
	/* computed with Python's hashlib from the description in audit.h: old trails must stay readable */
	static const char want[] = "702fc6bc0a02d70a75b37014c0862a60aae426e9162d83f881a260cf011c4bfd";
	struct audit_fields f = { 3205, 7, 1782781200000, -1, TEXT_INIT("a.b"), TEXT_INIT("thing"), 42,
		TEXT_INIT("x=1") };
	unsigned char hash[HASH_N];
	char hex[2 * HASH_N + 1];

	(void)state;
	audit_row_hash(&f, hash);
	for (int i = 0; i < HASH_N; i++)
		snprintf(hex + 2 * i, 3, "%02x", hash[i]);
	assert_string_equal(hex, want);
}

static void
fields_never_run_together(void **state)
{
	struct audit_fields a = { 3205, 7, 1, 2, TEXT_INIT("ab"), TEXT_INIT("c"), 3, TEXT_INIT("") }, b = a;
	unsigned char ha[HASH_N], hb[HASH_N];

	(void)state;
	b.action = TEXT("a");
	b.subject = TEXT("bc");
	audit_row_hash(&a, ha);
	audit_row_hash(&b, hb);
	assert_memory_not_equal(ha, hb, HASH_N);
}

static void
seal_keeps_its_bounds(void **state)
{
	struct stage *s = *state;

	notes(s, 7);
	assert_int_equal(seal(s, 0), 0);
	assert_int_equal(seal(s, 3), 3);
	assert_int_equal(seal(s, 3), 3);
	assert_int_equal(seal(s, 3), 1);
	assert_int_equal(stage_int(s, "SELECT count(*) FROM audit_checkpoint WHERE city = $1"), 1);
	stage_now_ms += 59999; /* not yet a minute */
	notes(s, 1);
	assert_int_equal(seal(s, 100), 1);
	assert_int_equal(stage_int(s, "SELECT count(*) FROM audit_checkpoint WHERE city = $1"), 1);
	stage_now_ms += 1;
	assert_int_equal(seal(s, 100), 0); /* no new row, but one that no checkpoint covers */
	assert_int_equal(stage_int(s, "SELECT max(seq) FROM audit_checkpoint WHERE city = $1"), 8);
	stage_now_ms += 60000;
	assert_int_equal(seal(s, 100), 0);
	assert_int_equal(stage_int(s, "SELECT count(*) FROM audit_checkpoint WHERE city = $1"), 2);
	assert_int_equal(verify(s, "").bad, 0);
}

static void
seal_goes_on_past_one_batch(void **state)
{
	struct stage *s = *state;

	notes(s, AUDIT_BATCH);
	notes(s, AUDIT_BATCH);
	notes(s, 1);
	assert_int_equal(seal(s, 100000), 2 * AUDIT_BATCH + 1);
	assert_int_equal(verify(s, "").sealed, 2 * AUDIT_BATCH + 1); /* also past one step of verify */
	assert_int_equal(verify(s, "").bad, 0);
}

static void
seal_leaves_it_to_whom_holds_the_lease(void **state)
{
	struct stage *s = *state;
	struct ctx ctx = stage_ctx(s, &s->system);
	bool mine = false;

	notes(s, 1);
	assert_int_equal(db_lease(&ctx, "audit.seal", TEXT("another"), 30000, &mine), RC_OK);
	assert_int_equal(seal(s, 100), 0);
	stage_now_ms += 30000; /* run out: that process is gone */
	assert_int_equal(seal(s, 100), 1);
}

static void
list_is_newest_first(void **state)
{
	struct stage *s = *state;
	struct ctx ctx = stage_ctx(s, &s->system);
	struct actor nobody = { .kind = ACTOR_ANONYMOUS, .city = STAGE_CITY };
	struct audit_row v[4];
	size_t n = 0;

	trail(s);
	assert_int_equal(audit_list(&ctx, 0, v, 4, &n), RC_OK);
	assert_int_equal(n, 4);
	assert_int_equal(v[0].seq, 6);
	assert_int_equal(v[0].record, 42);
	assert_int_equal(v[0].account, -1);
	assert_true(text_equals(v[0].action, TEXT("test.deed")) && text_equals(v[0].detail, TEXT("how=well")));
	assert_int_equal(audit_list(&ctx, v[3].seq, v, 4, &n), RC_OK);
	assert_int_equal(n, 2);
	assert_int_equal(v[1].seq, 1);
	ctx.actor = &nobody;
	assert_int_equal(audit_list(&ctx, 0, v, 4, &n), RC_UNAUTHENTICATED);
}

/* ---- what is done to it ------------------------------------------------------------------------------------- */

/* One column of one row with one bit turned. */
static void
bit_number(struct stage *s, const char *table, const char *column, const char *where, int64_t value, int bit)
{
	char sql[256];

	snprintf(sql, sizeof(sql), "UPDATE %s SET %s = %lld WHERE %s", table, column,
	    (long long)(value ^ (int64_t)(UINT64_C(1) << bit)), where);
	found(s, sql);
}

static void
numbers_changed_by_a_bit_are_found(void **state)
{
	static const char *const columns[] = { "city", "id", "at_ms", "account", "record", "seq" };
	static const struct { const char *where; int first, last; } rows[] = {
		{ "seq = 2", 0, 5 }, { "seq IS NULL AND record = 41", 0, 4 },
	};
	struct stage *s = *state;
	char sql[256];

	trail(s);
	for (size_t r = 0; r < 2; r++)
		for (int c = rows[r].first; c <= rows[r].last; c++) {
			int64_t value, id;

			snprintf(sql, sizeof(sql), "SELECT id FROM audit WHERE city = $1 AND %s", rows[r].where);
			id = stage_int(s, sql);
			snprintf(sql, sizeof(sql), "SELECT %s FROM audit WHERE city = $1 AND %s", columns[c], rows[r].where);
			value = stage_int(s, sql);
			for (int bit = 0; bit < 64; bit++) {
				char where[96];
				int64_t bent = value ^ (int64_t)(UINT64_C(1) << bit);

				snprintf(sql, sizeof(sql), "SELECT count(*) FROM audit WHERE city = $1 AND %s = %lld", columns[c],
				    (long long)bent);
				if ((c == 1 || c == 5) && stage_int(s, sql) > 0)
					continue; /* the unique index refuses it by itself */
				if (r == 1 && c == 0)
					continue; /* a row of the unsealed tail that goes away is the reported gap */
				snprintf(where, sizeof(where), "id = %lld", (long long)id);
				bit_number(s, "audit", columns[c], where, value, bit);
				snprintf(sql, sizeof(sql), "UPDATE audit SET %s = %lld WHERE id = %lld", columns[c],
				    (long long)value, (long long)(c == 1 ? bent : id));
				stage_raw(s, sql);
			}
			assert_int_equal(verify(s, "").bad, 0);
		}
}

static void
texts_changed_are_found(void **state)
{
	static const char *const changes[] = {
		"action = 'test.deeD'", "action = ''", "action = 'test.dee'", "action = 'test.deed '",
		"subject = 'thinG'", "subject = 'thingh'", "detail = 'how=wel'", "detail = 'how=welm'",
		"detail = 'iow=well'", "detail = ''",
		"action = 'test.deedt', subject = 'hing'",
	};
	static const char *const wheres[] = { "seq = 1", "seq = 6", "seq IS NULL AND record = 40" };
	struct stage *s = *state;
	char sql[256];

	trail(s);
	for (size_t w = 0; w < 3; w++)
		for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
			snprintf(sql, sizeof(sql), "UPDATE audit SET %s WHERE %s", changes[i], wheres[w]);
			found(s, sql);
			snprintf(sql, sizeof(sql), "UPDATE audit SET action = 'test.deed', subject = 'thing', "
			    "detail = 'how=well' WHERE %s", wheres[w]);
			stage_raw(s, sql);
			assert_int_equal(verify(s, "").bad, 0);
		}
}

/* A literal of the bytes for the engine in hand. */
static void
blob_literal(struct stage *s, const unsigned char *b, size_t n, char *out)
{
	bool pg = strcmp(s->engine, "postgresql") == 0;
	size_t at = (size_t)snprintf(out, 8, "%s", pg ? "'\\x" : "x'");

	for (size_t i = 0; i < n; i++)
		at += (size_t)snprintf(out + at, 3, "%02x", b[i]);
	snprintf(out + at, 2, "'");
}

struct blob_arg { struct db_stmt stmt; unsigned char b[SIGNATURE_N]; size_t n; };

static enum rc
blob_fn(struct tx *tx, const struct actor *actor, void *p)
{
	struct blob_arg *arg = p;
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &arg->stmt, NO_ARGS, &rows);

	if (rc == RC_OK) {
		arg->n = rows_text(rows, 0).n;
		assert_true(arg->n <= sizeof(arg->b));
		memcpy(arg->b, rows_text(rows, 0).p, arg->n);
	}
	return rc;
}

static void
blob_bits(struct stage *s, const char *table, const char *column, const char *where)
{
	struct blob_arg arg = { .n = 0 };
	struct ctx ctx = stage_ctx(s, &s->system);
	char sql[512], literal[160];

	snprintf(sql, sizeof(sql), "SELECT %s FROM %s WHERE city = $1 AND %s", column, table, where);
	arg.stmt = (struct db_stmt){ NULL, DB_SYSTEM, sql, 0 };
	assert_int_equal(db_read(&ctx, blob_fn, &arg), RC_OK);
	for (size_t bit = 0; bit < 8 * arg.n; bit++) {
		arg.b[bit / 8] ^= (unsigned char)(1u << bit % 8);
		blob_literal(s, arg.b, arg.n, literal);
		snprintf(sql, sizeof(sql), "UPDATE %s SET %s = %s WHERE %s", table, column, literal, where);
		found(s, sql);
		arg.b[bit / 8] ^= (unsigned char)(1u << bit % 8);
	}
	blob_literal(s, arg.b, arg.n - 1, literal); /* a byte short */
	snprintf(sql, sizeof(sql), "UPDATE %s SET %s = %s WHERE %s", table, column, literal, where);
	found(s, sql);
	blob_literal(s, arg.b, arg.n, literal);
	snprintf(sql, sizeof(sql), "UPDATE %s SET %s = %s WHERE %s", table, column, literal, where);
	stage_raw(s, sql);
	assert_int_equal(verify(s, "").bad, 0);
}

static void
hashes_changed_by_a_bit_are_found(void **state)
{
	struct stage *s = *state;

	trail(s);
	blob_bits(s, "audit", "hash", "seq = 2");
	blob_bits(s, "audit", "head", "seq = 2");
	blob_bits(s, "audit", "hash", "seq IS NULL AND record = 41");
	blob_bits(s, "audit", "head", "seq = 6");
	blob_bits(s, "audit_checkpoint", "head", "seq = 3");
	blob_bits(s, "audit_checkpoint", "signature", "seq = 6");
}

static void
checkpoints_changed_by_a_bit_are_found(void **state)
{
	static const char *const columns[] = { "seq", "at_ms" };
	struct stage *s = *state;
	char sql[256];

	trail(s);
	for (int c = 0; c < 2; c++) {
		int64_t value;

		snprintf(sql, sizeof(sql), "SELECT %s FROM audit_checkpoint WHERE city = $1 AND seq = 3", columns[c]);
		value = stage_int(s, sql);
		for (int bit = 0; bit < 64; bit++) {
			int64_t bent = value ^ (int64_t)(UINT64_C(1) << bit);

			bit_number(s, "audit_checkpoint", columns[c], "seq = 3", value, bit);
			snprintf(sql, sizeof(sql), "UPDATE audit_checkpoint SET %s = %lld WHERE seq = %lld", columns[c],
			    (long long)value, (long long)(c == 0 ? bent : 3));
			stage_raw(s, sql);
		}
	}
	assert_int_equal(verify(s, "").bad, 0);
}

/* Each in a fresh trail: what cannot be put back. */
static void
rows_removed_are_found(void **state)
{
	struct stage *s = *state;

	trail(s);
	found(s, "DELETE FROM audit WHERE seq = 1");
	assert_int_equal(verify(s, "").first_bad_seq, 1);
}

static void
rows_removed_and_renumbered_are_found(void **state)
{
	struct stage *s = *state;

	trail(s);
	found(s, "DELETE FROM audit WHERE seq = 4");
	stage_raw(s, "UPDATE audit SET seq = 4 WHERE seq = 5");
	found(s, "UPDATE audit SET seq = 5 WHERE seq = 6");
}

static void
rows_in_another_order_are_found(void **state)
{
	struct stage *s = *state;

	trail(s);
	stage_raw(s, "UPDATE audit SET seq = 99 WHERE seq = 1");
	stage_raw(s, "UPDATE audit SET seq = 1 WHERE seq = 2");
	found(s, "UPDATE audit SET seq = 2 WHERE seq = 99");
}

static void
rows_added_are_found(void **state)
{
	struct stage *s = *state;

	trail(s);
	found(s, "INSERT INTO audit (city, id, at_ms, account, action, subject, record, detail, hash, seq, head) "
	    "SELECT city, 1, at_ms, 9, action, subject, record, detail, hash, 7, head FROM audit WHERE seq = 6");
}

static void
rows_taken_out_of_the_chain_are_found(void **state)
{
	struct stage *s = *state;

	trail(s);
	found(s, "UPDATE audit SET seq = NULL WHERE seq = 6");
	stage_raw(s, "UPDATE audit SET head = NULL WHERE seq IS NULL");
	assert_true(verify(s, "").bad > 0); /* the checkpoint at 6 */
}

/* The newest rows, past every checkpoint: hidden below the beginning. */
static void
rows_hidden_below_the_beginning_are_found(void **state)
{
	struct stage *s = *state;

	trail(s);
	assert_int_equal(seal(s, 100), 2);
	assert_int_equal(verify(s, "").checkpoints, 2);
	found(s, "UPDATE audit SET seq = -8 WHERE seq = 8");
	stage_raw(s, "UPDATE audit SET seq = 8 WHERE seq = -8");
	assert_int_equal(verify(s, "").bad, 0);
}

static void
an_end_cut_off_is_found(void **state)
{
	struct stage *s = *state;
	struct audit_report r;

	trail(s);
	found(s, "DELETE FROM audit WHERE seq >= 5");
	r = verify(s, "");
	assert_non_null(strstr(r.first_bad_why, "cut off"));
	assert_int_equal(r.first_bad_seq, 6);
	/* and still when the worker has gone on over the gap */
	notes(s, 4);
	assert_int_equal(seal(s, 100), 6);
	assert_non_null(strstr(verify(s, "").first_bad_why, "not the one a checkpoint signed"));
}

static char *
shipped(struct stage *s)
{
	struct ctx ctx = stage_ctx(s, &s->system);
	struct buf out;
	struct text copy;

	buf_init(&out, 1 << 16);
	assert_int_equal(audit_export(&ctx, keys, 0, &out), RC_OK);
	copy = arena_text(s->mem, buf_text(&out));
	buf_free(&out);
	return (char *)(uintptr_t)copy.p;
}

static void
shipped_checkpoints_find_the_rest(void **state)
{
	struct stage *s = *state;
	char *lines;
	struct audit_report r;

	trail(s);
	lines = shipped(s);
	assert_int_equal(verify(s, lines).bad, 0);
	/* chain and checkpoints cut off together: only what lies elsewhere knows */
	stage_raw(s, "DELETE FROM audit WHERE seq >= 4 OR seq IS NULL");
	stage_raw(s, "DELETE FROM audit_checkpoint WHERE seq > 3");
	assert_int_equal(verify(s, "").bad, 0);
	r = verify(s, lines);
	assert_int_equal(r.bad, 1);
	assert_int_equal(r.first_bad_seq, 6);
	/* written anew to the same length */
	stage_now_ms += 60000;
	notes(s, 3);
	assert_int_equal(seal(s, 100), 3);
	assert_int_equal(verify(s, "").bad, 0);
	r = verify(s, lines);
	assert_int_equal(r.bad, 1);
	assert_non_null(strstr(r.first_bad_why, "shipped checkpoint"));
}

static void
shipped_lines_must_be_ours(void **state)
{
	static const char *const bad[] = { "x", "zhaofa-audit-1 3205 3", "zhaofa-audit-1  3205 3 0 00 00" };
	struct stage *s = *state;
	char *lines, *at;

	trail(s);
	lines = shipped(s);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(verify(s, bad[i]).bad, 1);
	assert_int_equal(verify(s, "\n# nothing\n\n").bad, 0);
	at = strstr(lines, "zhaofa-audit-1 3205 3");
	assert_non_null(at);
	at[strlen("zhaofa-audit-1 3205 ")] = '4'; /* another seq under the same signature */
	assert_int_equal(verify(s, lines).bad, 1);
}

static void
note_fails_with_its_deed(void **state)
{
	struct stage *s = *state;
	struct ctx ctx = stage_ctx(s, &s->system);
	int three = 3, n;
	enum rc rc = RC_UNAVAILABLE;

	for (n = 1; n < 40 && rc != RC_OK; n++) {
		db_fail_after(s->db, n);
		rc = db_command(&ctx, idem_key_new(), &(struct command){ .name = "test.note", .fn = note_fn,
		    .arg = &three });
		db_fail_after(s->db, 0);
		assert_int_equal(stage_int(s, "SELECT count(*) FROM audit WHERE city = $1"), rc == RC_OK ? 3 : 0);
	}
	assert_in_range(n, 5, 39);
}

static void
seal_is_all_or_nothing(void **state)
{
	struct stage *s = *state;
	enum rc rc = RC_UNAVAILABLE;
	int n;

	notes(s, 3);
	for (n = 1; n < 60 && rc != RC_OK; n++) {
		struct ctx ctx;
		int64_t sealed;

		stage_now_ms += 30000; /* a lease that could not be given back runs out */
		ctx = stage_ctx(s, &s->system);
		db_fail_after(s->db, n);
		rc = audit_seal(&ctx, keys, 100, &sealed);
		db_fail_after(s->db, 0);
		assert_int_equal(verify(s, "").bad, 0);
		assert_int_equal(verify(s, "").sealed % 3, 0);
	}
	assert_in_range(n, 6, 59);
	assert_int_equal(verify(s, "").sealed, 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statements_are_sound),
		cmocka_unit_test(trail_is_whole),
		cmocka_unit_test(row_hash_is_fixed),
		cmocka_unit_test(fields_never_run_together),
		cmocka_unit_test(seal_keeps_its_bounds),
		cmocka_unit_test(seal_goes_on_past_one_batch),
		cmocka_unit_test(seal_leaves_it_to_whom_holds_the_lease),
		cmocka_unit_test(list_is_newest_first),
		cmocka_unit_test(numbers_changed_by_a_bit_are_found),
		cmocka_unit_test(texts_changed_are_found),
		cmocka_unit_test(hashes_changed_by_a_bit_are_found),
		cmocka_unit_test(checkpoints_changed_by_a_bit_are_found),
		cmocka_unit_test(rows_removed_are_found),
		cmocka_unit_test(rows_removed_and_renumbered_are_found),
		cmocka_unit_test(rows_in_another_order_are_found),
		cmocka_unit_test(rows_added_are_found),
		cmocka_unit_test(rows_taken_out_of_the_chain_are_found),
		cmocka_unit_test(rows_hidden_below_the_beginning_are_found),
		cmocka_unit_test(an_end_cut_off_is_found),
		cmocka_unit_test(shipped_checkpoints_find_the_rest),
		cmocka_unit_test(shipped_lines_must_be_ours),
		cmocka_unit_test(note_fails_with_its_deed),
		cmocka_unit_test(seal_is_all_or_nothing),
	};
	int failed;

	keys_begin();
	failed = stage_main("audit", tests, sizeof(tests) / sizeof(tests[0]));
	keys_end();
	return failed;
}
