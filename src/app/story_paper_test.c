/* Papers of a case: numbers without gaps, the same bytes for ever, who may read them, and what a change of the register does. */
#include "app/story_stage.h"

#include "kit/crypt/crypt.h"
#include "operations/paper/paper.h"
#include "standards/setting/setting.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct issue_arg {
	struct paper_draft draft;
	int64_t request;
	bool refuse;               /* after the number was taken */
	struct paper_issued done;
};

static enum rc
issue_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct issue_arg *arg = argument;
	enum rc rc = paper_issue(tx, actor, &arg->draft, (struct case_id){ arg->request }, (struct place){ TOWN }, &arg->done);

	return rc == RC_OK && arg->refuse ? RC_REFUSED : rc;
}

static void
say_letter(struct paper_facts *f)
{
	paper_say(f, "issuer", TEXT("吴中区法律援助中心"));
	paper_say(f, "applicant", TEXT("欧阳𠮷"));
	paper_say(f, "cause", TEXT("请求支付劳动报酬"));
	paper_say(f, "former", TEXT("示范律师乙"));
	paper_say(f, "reason", TEXT("经审查，理由不成立。"));
	paper_say(f, "phone", TEXT("0512-00000000"));
}

static enum rc
issue_in(struct ctx *ctx, const char *kind, int64_t request, bool refuse, struct paper_issued *ret)
{
	struct issue_arg arg = { .request = request, .refuse = refuse };
	struct text why = TEXT_NONE;
	struct paper_facts facts;
	enum rc rc;

	paper_facts_init(&facts, ctx->mem);
	say_letter(&facts);
	rc = paper_prepare(ctx, kind, &facts, &arg.draft, &why);
	if (rc == RC_OK)
		rc = db_job(ctx, &(struct command){ .name = "test.issue", .fn = issue_tx, .arg = &arg });
	*ret = arg.done;
	return rc;
}

static struct paper_issued
issue(struct stage *f, int64_t request)
{
	struct actor a = as(HELPER);
	struct ctx ctx = ctx_as(f, &a);
	struct paper_issued done;

	assert_int_equal(issue_in(&ctx, "legalaid.change", request, false, &done), RC_OK);
	return done;
}

static enum rc
print_as(struct stage *f, const struct actor *a, int64_t request, int64_t id, struct buf *out, struct text *why)
{
	struct ctx ctx = ctx_as(f, a);

	buf_init(out, 16 << 20);
	return paper_print(&ctx, (struct case_id){ request }, id, out, why);
}

static int64_t
begin_case(struct stage *f)
{
	struct intake_receipt r;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	return r.id;
}

static struct actor
resident(int64_t request)
{
	return (struct actor){ .kind = ACTOR_RECEIPT, .city = STAGE_CITY, .request = request };
}

struct list_arg { int64_t request; struct paper v[8]; size_t n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct list_arg *arg = argument;

	return paper_list(tx, actor, (struct case_id){ arg->request }, arg->v, 8, &arg->n);
}

static size_t
list_as(struct stage *f, const struct actor *a, int64_t request)
{
	struct ctx ctx = ctx_as(f, a);
	struct list_arg arg = { .request = request };

	assert_int_equal(db_read(&ctx, list_tx, &arg), RC_OK);
	return arg.n;
}

/* ---- numbers --------------------------------------------------------------------------------------------------- */

static enum rc
prefix_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return setting_put_text(tx, actor, "paper.prefix.320506", text_of(arg), TEXT("测试"));
}

static void
a_year_counts_from_one_under_its_county_s_words(void **state)
{
	static char words[] = "苏吴中";
	struct stage *f = *state;
	int64_t id = begin_case(f);
	struct ctx ctx = ctx_as(f, &f->system);

	assert_string_equal(issue(f, id).number, "320506援换字〔2026〕第1号");
	assert_int_equal(db_job(&ctx, &(struct command){ .name = "test.prefix", .fn = prefix_tx, .arg = words }), RC_OK);
	assert_string_equal(issue(f, id).number, "苏吴中援换字〔2026〕第2号");
	stage_now_ms = INT64_C(1798732799999); /* the last millisecond of 2026 in China */
	assert_string_equal(issue(f, id).number, "苏吴中援换字〔2026〕第3号");
	stage_now_ms++;
	assert_string_equal(issue(f, id).number, "苏吴中援换字〔2027〕第1号");
}

struct worker { struct stage *f; int64_t request; int first, done; };

static void *
issue_many(void *argument)
{
	struct worker *w = argument;
	struct actor a = as(HELPER);

	for (int i = 0; i < 6; i++) {
		struct ctx ctx = stage_ctx(w->f, &a);
		struct paper_issued got;
		enum rc rc;

		ctx.mem = arena_create(32 << 20);
		ctx.crypt = story_keys;
		rc = issue_in(&ctx, "legalaid.change", w->request, (i + w->first) % 3 == 0, &got);
		if (rc == RC_OK)
			w->done++;
		else if (rc != RC_REFUSED)
			w->done = -1000;
		arena_free(ctx.mem);
	}
	return NULL;
}

/* Four at once, a third of them refused after they had taken their number. */
static void
numbers_have_no_gaps(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_case(f), total = 0;
	struct worker w[4];
	pthread_t threads[4];

	for (int i = 0; i < 4; i++) {
		w[i] = (struct worker){ .f = f, .request = id, .first = i };
		assert_int_equal(pthread_create(&threads[i], NULL, issue_many, &w[i]), 0);
	}
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		total += w[i].done;
	}
	assert_int_equal(total, 16);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper WHERE city = $1"), 16);
	assert_int_equal(stage_int(f, "SELECT COUNT(DISTINCT seq) FROM paper WHERE city = $1"), 16);
	assert_int_equal(stage_int(f, "SELECT MIN(seq) FROM paper WHERE city = $1"), 1);
	assert_int_equal(stage_int(f, "SELECT MAX(seq) FROM paper WHERE city = $1"), 16);
	assert_int_equal(stage_int(f, "SELECT taken FROM paper_series WHERE city = $1"), 16);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "DELETE FROM paper WHERE city = 3205 AND seq = 7");
	assert_int_equal(problems(f), 1);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static void
it_is_printed_again_byte_for_byte(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_case(f), again = 0;
	struct actor helper = as(HELPER), person = resident(id);
	struct paper_issued p = issue(f, id);
	struct ctx ctx = ctx_as(f, &f->system);
	struct buf a, b;
	struct text why;

	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper WHERE city = $1 AND digest IS NULL"), 1);
	assert_int_equal(paper_digest_due(&ctx, 10, &again), RC_OK);
	assert_int_equal(again, 1);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper WHERE city = $1 AND digest IS NULL"), 0);
	assert_int_equal(print_as(f, &helper, id, p.id, &a, &why), RC_OK);
	stage_now_ms += 400 * DAY_MS;
	assert_int_equal(print_as(f, &person, id, p.id, &b, &why), RC_OK);
	assert_true(a.n > 10000);
	assert_int_equal(a.n, b.n);
	assert_memory_equal(a.p, b.p, a.n);
	assert_int_equal(stage_int(f, "SELECT copies FROM paper WHERE city = $1"), 2);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'paper.read'"), 2);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'paper.issue'"), 1);
	buf_free(&a);
	buf_free(&b);
}

static void
who_may_not_read_the_case_reads_none_of_its_papers(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_case(f), other = ask(f, idem_key_new()).id;
	struct paper_issued p = issue(f, id);
	struct actor readers[] = { as(STRANGER), resident(other) }, helper = as(HELPER), person = resident(id);
	struct text why;
	struct buf out;

	for (int i = 0; i < 2; i++) {
		assert_int_equal(print_as(f, &readers[i], id, p.id, &out, &why), RC_NOT_FOUND);
		assert_int_equal(out.n, 0);
		buf_free(&out);
	}
	assert_int_equal(print_as(f, &helper, other, p.id, &out, &why), RC_NOT_FOUND); /* a paper of another case */
	buf_free(&out);
	assert_int_equal(list_as(f, &readers[0], id), 0);
	assert_int_equal(list_as(f, &helper, id), 1);
	assert_int_equal(list_as(f, &person, id), 1);
	stage_raw(f, "UPDATE paper SET shown = 0 WHERE city = 3205"); /* one of the office's own */
	assert_int_equal(list_as(f, &person, id), 0);
	assert_int_equal(print_as(f, &person, id, p.id, &out, &why), RC_NOT_FOUND);
	buf_free(&out);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'paper.read'"), 0);
}

/* The print, its number, its moment, its digest: none can be changed unnoticed. */
static void
a_changed_register_is_noticed(void **state)
{
	static const struct { const char *sql, *why; } rows[] = {
		{ "UPDATE paper_bytes SET bytes = (SELECT o.bytes FROM paper_bytes o WHERE o.city = 3205 AND o.id <> paper_bytes.id LIMIT 1)"
		  " WHERE city = 3205 AND id = (SELECT p.id FROM paper p WHERE p.city = 3205 AND p.seq = 1)", "the print or its number was changed" },
		{ "UPDATE paper SET number = '320506援换字〔2026〕第9号' WHERE city = 3205 AND seq = 1", "the print or its number was changed" },
		{ "UPDATE paper SET at_ms = at_ms - 86400000 WHERE city = 3205 AND seq = 1", "the print or its number was changed" },
		{ "UPDATE paper SET digest = '00' WHERE city = 3205 AND seq = 1", "it would not be the bytes that were issued" },
	};
	struct stage *f = *state;
	struct actor helper = as(HELPER);
	int64_t id = begin_case(f), made = 0;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ctx ctx = ctx_as(f, &f->system);
		struct paper_issued p = issue(f, id);
		struct text why;
		struct buf out;

		issue(f, id);
		assert_int_equal(paper_digest_due(&ctx, 10, &made), RC_OK);
		assert_int_equal(made, 2);
		stage_raw(f, rows[i].sql);
		assert_int_equal(print_as(f, &helper, id, p.id, &out, &why), RC_CORRUPT);
		assert_string_equal(why.p, rows[i].why);
		assert_int_equal(out.n, 0);
		buf_free(&out);
		stage_raw(f, "DELETE FROM paper WHERE city = 3205");
		stage_raw(f, "DELETE FROM paper_bytes WHERE city = 3205");
		stage_raw(f, "DELETE FROM paper_template WHERE city = 3205");
		stage_raw(f, "DELETE FROM paper_series WHERE city = 3205");
	}
}

/* Once printed, a paper needs neither its template nor its facts, nor today's fonts: here all three would set another. */
static void
what_was_printed_stays_whatever_comes(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_case(f);
	struct actor helper = as(HELPER);
	struct paper_issued p = issue(f, id), q = issue(f, id);
	struct text why;
	struct buf a, b;

	assert_int_equal(print_as(f, &helper, id, p.id, &a, &why), RC_OK);
	stage_raw(f, "UPDATE paper_template SET text = replace(text, '不予更换', '予以更换') WHERE city = 3205");
	stage_raw(f, "UPDATE paper SET facts = (SELECT o.facts FROM paper o WHERE o.city = 3205 AND o.id <> paper.id LIMIT 1)"
	    " WHERE city = 3205 AND seq = 1");
	assert_int_equal(print_as(f, &helper, id, p.id, &b, &why), RC_OK);
	assert_int_equal(a.n, b.n);
	assert_memory_equal(a.p, b.p, a.n);
	buf_free(&b);
	assert_int_equal(print_as(f, &helper, id, q.id, &b, &why), RC_CORRUPT); /* never made before */
	assert_string_equal(why.p, "the template was changed");
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper_bytes WHERE city = $1"), 1);
	buf_free(&a);
	buf_free(&b);
}

/* The n-th call fails: the reader gets all bytes or none, and what is kept is the digest's. */
static void
a_print_is_kept_with_its_digest_or_not_at_all(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_case(f), n = 1;
	struct actor helper = as(HELPER);
	struct paper_issued p = issue(f, id);
	enum rc rc = RC_UNAVAILABLE;

	for (; rc != RC_OK && n < 100; n++) {
		struct text why;
		struct buf out;

		db_fail_after(f->db, n);
		rc = print_as(f, &helper, id, p.id, &out, &why);
		db_fail_after(f->db, 0);
		assert_int_equal(out.n > 0, rc == RC_OK);
		buf_free(&out);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper_bytes WHERE city = $1"), rc == RC_OK);
		assert_int_equal(problems(f), 0);
	}
	assert_int_equal(rc, RC_OK);
	assert_true(n > 3);
	stage_raw(f, "DELETE FROM paper_bytes WHERE city = 3205");
	assert_int_equal(problems(f), 1);
}

/* ---- owed -------------------------------------------------------------------------------------------------------- */

struct owe_arg { struct paper_draft draft; int64_t request; struct paper_owed v[4]; size_t n; };

static enum rc
owe_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct owe_arg *arg = argument;

	return paper_owe(tx, actor, &arg->draft, (struct case_id){ arg->request }, (struct place){ TOWN });
}

static enum rc
due_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct owe_arg *arg = argument;

	return paper_owed_due(tx, actor, arg->v, 4, &arg->n);
}

struct pay_arg { struct paper_owed owed; struct paper_draft draft; struct paper_issued issued; };

static enum rc
pay_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct pay_arg *arg = argument;

	return paper_owed_issue(tx, actor, &arg->owed, &arg->draft, (struct place){ TOWN }, &arg->issued);
}

/* What no font prints is owed with its facts; later it is issued with 〓, under the day it is issued on, once. */
static void
what_is_owed_is_issued_later_and_once(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_case(f), since = stage_now_ms;
	struct actor a = as(HELPER);
	struct ctx ctx = ctx_as(f, &a), system = ctx_as(f, &f->system);
	struct owe_arg owe = { .request = id };
	struct paper_facts facts;
	struct pay_arg pay;
	struct text why;

	paper_facts_init(&facts, ctx.mem);
	say_letter(&facts);
	paper_say(&facts, "lawyer", TEXT("名\xEE\x80\x80"));
	assert_int_equal(paper_prepare(&ctx, "legalaid.change", &facts, &owe.draft, &why), RC_INVALID);
	assert_int_equal(db_job(&ctx, &(struct command){ .name = "test.owe", .fn = owe_tx, .arg = &owe }), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper WHERE city = $1"), 0);
	assert_int_equal(problems(f), 0);
	assert_int_equal(db_read(&system, due_tx, &owe), RC_OK);
	assert_int_equal(owe.n, 0);                                /* a font comes with a restart: not at once */
	stage_now_ms += DAY_MS;
	system = ctx_as(f, &f->system);
	assert_int_equal(db_read(&system, due_tx, &owe), RC_OK);
	assert_int_equal(owe.n, 1);
	assert_string_equal(owe.v[0].why.p, "no font has U+E000");
	pay.owed = owe.v[0];
	assert_int_equal(paper_owed_facts(&system, &pay.owed, false, &facts), RC_OK);
	assert_int_equal(paper_prepare(&system, "legalaid.change", &facts, &pay.draft, &why), RC_INVALID);
	assert_int_equal(paper_owed_facts(&system, &pay.owed, true, &facts), RC_OK);
	assert_int_equal(paper_prepare(&system, "legalaid.change", &facts, &pay.draft, &why), RC_OK);
	assert_int_equal(db_job(&system, &(struct command){ .name = "test.pay", .fn = pay_tx, .arg = &pay }), RC_OK);
	assert_string_equal(pay.issued.number, "320506援换字〔2026〕第1号");
	assert_true(stage_int(f, "SELECT at_ms FROM paper WHERE city = $1") == since + DAY_MS);
	assert_int_equal(stage_int(f, "SELECT account FROM paper WHERE city = $1"), HELPER);
	assert_int_equal(db_job(&system, &(struct command){ .name = "test.pay", .fn = pay_tx, .arg = &pay }), RC_CONFLICT);
	assert_int_equal(stage_int(f, "SELECT taken FROM paper_series WHERE city = $1"), 1);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE paper_owed SET at_ms = at_ms + 172800000 WHERE city = 3205"); /* owed after it was issued */
	assert_int_equal(problems(f), 1);
}

struct check_arg { struct text code; struct paper_checked ret; };

static enum rc
check_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct check_arg *arg = argument;

	return paper_check(tx, actor, arg->code, &arg->ret);
}

/* By its code alone, whoever asks: what it is and whether it holds. */
static void
a_code_tells_whether_a_paper_is_ours(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_case(f);
	struct actor nobody = { .kind = ACTOR_ANONYMOUS, .city = STAGE_CITY }, helper = as(HELPER);
	struct ctx ctx = ctx_as(f, &nobody), reader = ctx_as(f, &helper);
	struct list_arg list = { .request = id };
	struct check_arg arg = { .code = TEXT("ABCD-EFGH-JKMN-PQRS") };

	paper_site_set(TEXT("https://zf.example"));
	issue(f, id);
	paper_site_set(TEXT_NONE);
	assert_int_equal(db_read(&reader, list_tx, &list), RC_OK);
	assert_string_equal(list.v[0].url.p, arena_format(f->mem, "https://zf.example/p/%s", list.v[0].code.p).p);
	assert_int_equal(db_read(&ctx, check_tx, &arg), RC_NOT_FOUND);
	arg.code = TEXT("'--");
	assert_int_equal(db_read(&ctx, check_tx, &arg), RC_NOT_FOUND);
	arg.code = list.v[0].code;
	assert_int_equal(db_read(&ctx, check_tx, &arg), RC_OK);
	assert_string_equal(arg.ret.number.p, "320506援换字〔2026〕第1号");
	assert_int_equal(arg.ret.void_ms, 0);
}

struct void_arg { int64_t id; struct text reason; };

static enum rc
void_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct void_arg *arg = argument;

	return paper_void(tx, actor, arg->id, arg->reason);
}

static enum rc
void_as(struct stage *f, int64_t id, struct text reason)
{
	struct actor a = as(HELPER);
	struct ctx ctx = ctx_as(f, &a);
	struct void_arg arg = { id, reason };

	return db_job(&ctx, &(struct command){ .name = "test.void", .fn = void_tx, .arg = &arg });
}

static void
a_voided_paper_keeps_its_number_and_says_so(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_case(f);
	struct actor helper = as(HELPER), person = resident(id);
	struct paper_issued p = issue(f, id);
	struct buf before, after;
	struct text why;

	assert_int_equal(print_as(f, &helper, id, p.id, &before, &why), RC_OK);
	assert_int_equal(void_as(f, p.id, TEXT("  ")), RC_INVALID);
	assert_int_equal(void_as(f, p.id, TEXT("姓名写错，另行出具")), RC_OK);
	assert_int_equal(void_as(f, p.id, TEXT("再一次")), RC_CONFLICT);
	assert_int_equal(print_as(f, &helper, id, p.id, &after, &why), RC_OK);
	assert_true(before.n != after.n); /* marked */
	assert_int_equal(list_as(f, &helper, id), 1);
	assert_int_equal(list_as(f, &person, id), 0);
	assert_string_equal(issue(f, id).number, "320506援换字〔2026〕第2号");
	buf_free(&before);
	buf_free(&after);
}

static void
what_cannot_be_printed_takes_no_number(void **state)
{
	struct stage *f = *state;
	int64_t id = begin_case(f);
	struct actor a = as(HELPER);
	struct ctx ctx = ctx_as(f, &a);
	struct paper_issued done;
	struct paper_draft draft;
	struct paper_facts facts;
	struct text why;

	assert_int_equal(issue_in(&ctx, "legalaid.grant", id, false, &done), RC_INVALID); /* facts of another template */
	assert_int_equal(issue_in(&ctx, "legalaid.nothing", id, false, &done), RC_NOT_FOUND);
	paper_facts_init(&facts, ctx.mem);
	say_letter(&facts);
	paper_say(&facts, "lawyer", TEXT("名\xEE\x80\x80"));
	assert_int_equal(paper_prepare(&ctx, "legalaid.change", &facts, &draft, &why), RC_INVALID);
	assert_string_equal(why.p, "no font has U+E000");
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper_series WHERE city = $1"), 0);
	assert_string_equal(issue(f, id).number, "320506援换字〔2026〕第1号");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_year_counts_from_one_under_its_county_s_words),
		cmocka_unit_test(numbers_have_no_gaps),
		cmocka_unit_test(it_is_printed_again_byte_for_byte),
		cmocka_unit_test(who_may_not_read_the_case_reads_none_of_its_papers),
		cmocka_unit_test(a_changed_register_is_noticed),
		cmocka_unit_test(what_was_printed_stays_whatever_comes),
		cmocka_unit_test(a_print_is_kept_with_its_digest_or_not_at_all),
		cmocka_unit_test(what_is_owed_is_issued_later_and_once),
		cmocka_unit_test(a_code_tells_whether_a_paper_is_ours),
		cmocka_unit_test(a_voided_paper_keeps_its_number_and_says_so),
		cmocka_unit_test(what_cannot_be_printed_takes_no_number),
	};
	int failed = stage_main("story_paper", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
