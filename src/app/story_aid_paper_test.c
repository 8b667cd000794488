/* The paper of each step of legal aid: issued with the step or not at all, and saying what the case says. */
#include "app/story_aid_stage.h"

#include "operations/matter/legalaid/legalaid_run.h"
#include "operations/paper/paper.h"
#include "standards/setting/setting.h"

#include <stdio.h>
#include <string.h>

#define OWED "SELECT COUNT(*) FROM paper_owed WHERE city = $1 AND paper IS NULL"
#define ID_ONE "990000199001010017"

static int64_t
papers(struct stage *f, int64_t id, const char *kind)
{
	char sql[240];

	snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM paper WHERE city = $1 AND request = %lld AND kind LIKE '%s'", (long long)id, kind);
	return stage_int(f, sql);
}

static int64_t
missing(struct stage *f, int64_t id, const char *event)
{
	char sql[240];

	snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM event WHERE city = $1 AND request = %lld AND kind = '%s'"
	    " AND data LIKE '%%paper=missing%%'", (long long)id, event);
	return stage_int(f, sql);
}

/* ---- what a paper says: its sealed facts, opened ------------------------------------------------------------- */

struct facts_look { const char *kind; int64_t request, id; struct text sealed, number; };

static enum rc
sealed_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	static const struct db_stmt last = { "test.paper_facts", DB_CITY,
		"SELECT id, facts, number FROM paper WHERE city = $1 AND request = $2 AND kind = $3 ORDER BY id DESC LIMIT 1", 0 };
	struct facts_look *l = argument;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &last, ARGS(db_int(l->request), db_text(text_of(l->kind))), &row);

	if (rc != RC_OK)
		return rc;
	l->id = rows_int(row, 0);
	l->sealed = rows_copy(row, 1);
	l->number = rows_copy(row, 2);
	return RC_OK;
}

static const char *
said(struct stage *f, int64_t request, const char *kind)
{
	struct ctx ctx = ctx_as(f, &f->system);
	struct facts_look l = { .kind = kind, .request = request };
	struct text plain = TEXT_NONE;

	assert_int_equal(db_read(&ctx, sealed_tx, &l), RC_OK);
	assert_int_equal(crypt_unseal(ctx.crypt, ctx.mem, l.sealed, crypt_context(ctx.mem, "paper.facts", STAGE_CITY, l.id), &plain),
	    RC_OK);
	return arena_format(ctx.mem, "number=%.*s\n%.*s\n", (int)l.number.n, l.number.p, (int)plain.n, plain.p).p;
}

static void
assert_says(const char *facts, const char *line)
{
	if (strstr(facts, line) == NULL)
		fail_msg("does not say \"%s\":\n%s", line, facts);
}

static void
assert_prints(struct stage *f, int64_t request, const char *kind)
{
	struct ctx ctx = ctx_as(f, &f->system);
	struct facts_look l = { .kind = kind, .request = request };
	struct text why = TEXT_NONE;
	struct actor a;
	struct buf out;

	assert_int_equal(db_read(&ctx, sealed_tx, &l), RC_OK);
	ctx = aid_ctx(f, EXAMINER, &a);
	buf_init(&out, 16 << 20);
	assert_int_equal(paper_print(&ctx, (struct case_id){ request }, l.id, &out, &why), RC_OK);
	assert_true(out.n > 10000);
	buf_free(&out);
}

/* ---- owed ------------------------------------------------------------------------------------------------------ */

/* The worker, eleven minutes on. */
static void
set_later(struct stage *f, int64_t want)
{
	struct ctx ctx;
	int64_t n = 0;

	stage_now_ms += 660000;
	ctx = ctx_as(f, &f->system);
	assert_int_equal(aid_papers_due(&ctx, 20, &n), RC_OK);
	assert_int_equal(n, want);
}

/* By hand: the oldest that is owed. */
static enum rc
set_now(struct stage *f, int who, int64_t id)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);
	struct text why;

	return aid_paper_set(&ctx, (struct case_id){ id }, stage_int(f, "SELECT COALESCE(MIN(id), 1) FROM paper_owed WHERE city = $1"
	    " AND paper IS NULL"), true, &why);
}

/* ---- grant and refusal --------------------------------------------------------------------------------------- */

static int64_t
examined(struct stage *f, const struct aid_form *form)
{
	int64_t id = applied_by(f, EXAMINER, form, ID_ONE, RC_OK);
	struct aid_verdict v;

	assert_int_equal(examine(f, EXAMINER, id, form, &v), RC_OK);
	return id;
}

static int64_t
granted(struct stage *f)
{
	struct aid_form form = migrant();
	int64_t id = examined(f, &form);
	struct aid_verdict v;

	assert_int_equal(decide(f, CHIEF, id, true, "", "", 0, &v), RC_OK);
	return id;
}

static void
who_is_granted_aid_gets_the_decision_in_writing(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct aid_verdict v;
	const char *facts;
	int64_t id;

	aid_city(f);
	id = examined(f, &form);
	assert_int_equal(decide(f, EXAMINER, id, true, "", "", 0, &v), RC_REFUSED); /* not theirs to decide: no paper */
	assert_int_equal(papers(f, id, "%"), 0);
	assert_int_equal(decide(f, CHIEF, id, true, "", "", 0, &v), RC_OK);
	facts = said(f, id, "legalaid.grant");
	assert_says(facts, "number=320506援决字〔2026〕第1号\n");
	assert_says(facts, "\napplicant=沈演示\n");
	assert_says(facts, "\napplied=2026-06-30\n");
	assert_says(facts, "\nbasis=第三十一条\n");
	assert_says(facts, "\ncause=请求支付劳动报酬\n");
	assert_says(facts, "\nissuer=point 203\n");
	assert_says(facts, "\nwaived=第四十二条第三项\n");
	assert_null(strstr(facts, ID_ONE));                        /* masked */
	assert_says(facts, "\nid_number=990");
	assert_int_equal(missing(f, id, "aid.grant"), 0);
	assert_prints(f, id, "legalaid.grant");
	assert_int_equal(problems(f), 0);
}

static enum rc
bureau_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	(void)arg;
	return setting_put_text(tx, actor, "paper.bureau.320506", TEXT("演示司法局"), TEXT("测试"));
}

static void
a_refusal_says_its_reasons_articles_and_where_to_object(void **state)
{
	struct stage *f = *state;
	struct aid_form form = well_off();
	struct aid_verdict v;
	struct ctx ctx;
	const char *facts;
	int64_t id;

	aid_city(f);
	ctx = ctx_as(f, &f->system);
	assert_int_equal(db_job(&ctx, &(struct command){ .name = "test.bureau", .fn = bureau_tx }), RC_OK);
	id = examined(f, &form);
	assert_int_equal(decide(f, CHIEF, id, false, "", "收入超过标准。", 0, &v), RC_REFUSED); /* no ground: no paper */
	assert_int_equal(papers(f, id, "%"), 0);
	assert_int_equal(decide(f, CHIEF, id, false, "", "收入超过标准。", 1u << AID_R_MEANS | 1u << AID_R_PLACE, &v), RC_OK);
	facts = said(f, id, "legalaid.refuse");
	assert_says(facts, "number=320506援不决字〔2026〕第1号\n");
	assert_says(facts, "\nbasis=第三十四条、第三十八条\n");
	assert_says(facts, "\nreasons[0]=不符合经济困难标准（第三十四条）\n");
	assert_says(facts, "\nreasons[1]=应当向另一地的法律援助机构申请（第三十八条）\n");
	assert_says(facts, "\nreasons[2]=收入超过标准。\n");
	assert_says(facts, "\nbureau=演示司法局\n");
	assert_null(strstr(facts, "bureau_phone="));               /* nobody stated it: 【未核实】 is printed */
	assert_prints(f, id, "legalaid.refuse");
	assert_int_equal(papers(f, id, "legalaid.grant"), 0);
	assert_int_equal(problems(f), 0);
}

/* A character no font has does not stop a decision; its event says that the paper is due. */
static void
what_cannot_be_printed_does_not_stop_a_decision(void **state)
{
	struct stage *f = *state;
	struct aid_form form = well_off();
	struct aid_verdict v;
	const char *facts;
	int64_t id;

	aid_city(f);
	id = examined(f, &form);
	assert_int_equal(decide(f, CHIEF, id, false, "", "收入超过标准\U00012000。", 1u << AID_R_MEANS, &v), RC_OK);
	assert_int_equal(state_of(f, id), AID_REFUSED);
	assert_int_equal(papers(f, id, "%"), 0);
	assert_int_equal(missing(f, id, "aid.refuse"), 1);
	assert_int_equal(problems(f), 0);
	set_later(f, 0);                                           /* no font has come */
	assert_int_equal(papers(f, id, "%"), 0);
	assert_int_equal(set_now(f, STRANGER, id), RC_NOT_FOUND);  /* not their case */
	assert_int_equal(set_now(f, EXAMINER, id), RC_OK);
	facts = said(f, id, "legalaid.refuse");
	assert_says(facts, "\nreasons[1]=收入超过标准〓。\n");
	assert_prints(f, id, "legalaid.refuse");
	assert_int_equal(papers(f, id, "legalaid.refuse"), 1);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "DELETE FROM paper_owed WHERE city = 3205");
	assert_int_equal(problems(f), 1);
}

/* ---- supplement, assignment, termination ------------------------------------------------------------------------ */

static void
what_is_missing_is_told_in_writing(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct aid_ask in = { .words = TEXT("请带原件。"), .n = 2, .papers = { TEXT("劳动合同"), TEXT("工资记录") } };
	struct aid_verdict v;
	struct actor a;
	struct ctx ctx;
	const char *facts;

	aid_city(f);
	in.id.n = applied(f, &form);
	ctx = aid_ctx(f, EXAMINER, &a);
	in.revision = revision(f, in.id.n);
	assert_int_equal(day_parse(TEXT("2026-06-30"), &in.until), RC_OK);
	assert_int_equal(aid_ask_supplement(&ctx, idem_key_new(), &in, &v), RC_REFUSED);
	assert_int_equal(papers(f, in.id.n, "%"), 0);
	assert_int_equal(day_parse(TEXT("2026-07-10"), &in.until), RC_OK);
	assert_int_equal(aid_ask_supplement(&ctx, idem_key_new(), &in, &v), RC_OK);
	facts = said(f, in.id.n, "legalaid.supplement");
	assert_says(facts, "number=320506援补字〔2026〕第1号\n");
	assert_says(facts, "\ndue=2026-07-10\n");
	assert_says(facts, "\nmissing[0]=劳动合同\n");
	assert_says(facts, "\nmissing[1]=工资记录\n");
	assert_says(facts, "\nwhere=point 203，或者凭回执在网上提交\n"); /* it has no address on record */
	assert_says(facts, "\nwords=请带原件。\n");
	assert_prints(f, in.id.n, "legalaid.supplement");
	assert_int_equal(problems(f), 0);
}

static enum rc
assign(struct stage *f, int64_t id, int64_t provider, struct aid_verdict *v)
{
	enum aid_lawyer_why why;
	struct actor a;
	struct ctx ctx = aid_ctx(f, EXAMINER, &a);

	return aid_assign(&ctx, idem_key_new(), &(struct aid_assign){ .id = { id }, .revision = revision(f, id),
	    .provider = provider, .words = TEXT_NONE }, v, &why);
}

static void
the_firm_is_told_in_writing_and_the_resident_reads_only_their_own(void **state)
{
	struct stage *f = *state;
	struct aid_verdict v;
	const char *facts;
	int64_t id;

	aid_city(f);
	id = granted(f);
	assert_int_equal(assign(f, id, PROVIDER_TWO, &v), RC_REFUSED); /* not the first, without words */
	assert_int_equal(papers(f, id, "legalaid.assign"), 0);
	assert_int_equal(assign(f, id, PROVIDER_ONE, &v), RC_OK);
	facts = said(f, id, "legalaid.assign");
	assert_says(facts, "number=320506援指字〔2026〕第1号\n");
	assert_says(facts, "\ndecided=320506援决字〔2026〕第1号\n");
	assert_says(facts, "\ndue=2026-07-03\n");
	assert_says(facts, "\nfirm=演示0所\n");
	assert_null(strstr(facts, "agreement_days="));             /* nobody has verified that limit */
	assert_prints(f, id, "legalaid.assign");
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper WHERE city = $1 AND shown = 1"), 1);
	assert_int_equal(problems(f), 0);
}

static void
a_termination_names_the_item_and_the_grant(void **state)
{
	struct stage *f = *state;
	struct aid_terminate in = { .ground = AID_E_OWN_COUNSEL, .words = TEXT_NONE };
	struct aid_verdict v;
	struct actor a;
	struct ctx ctx;
	const char *facts;

	aid_city(f);
	in.id.n = granted(f);
	in.revision = revision(f, in.id.n);
	ctx = aid_ctx(f, CHIEF, &a);
	assert_int_equal(aid_terminate(&ctx, idem_key_new(), &in, &v), RC_REFUSED); /* without words */
	assert_int_equal(papers(f, in.id.n, "legalaid.terminate"), 0);
	in.words = TEXT("已另行委托律师。");
	assert_int_equal(aid_terminate(&ctx, idem_key_new(), &in, &v), RC_OK);
	facts = said(f, in.id.n, "legalaid.terminate");
	assert_says(facts, "number=320506援终决字〔2026〕第1号\n");
	assert_says(facts, "\ngranted=320506援决字〔2026〕第1号\n");
	assert_says(facts, "\nitem=第六项\n");
	assert_says(facts, "\nground=自行委托律师或者其他代理人\n");
	assert_says(facts, "\nreason=已另行委托律师。\n");
	assert_prints(f, in.id.n, "legalaid.terminate");
	assert_int_equal(problems(f), 0);
}

struct objected { struct case_id id; struct ctx ctx; struct actor a; };

/* Refused, and the resident objects. */
static void
objected(struct stage *f, struct objected *ret)
{
	struct aid_form form = well_off();
	struct aid_verdict v;
	struct ctx ctx;

	aid_city(f);
	ctx = ctx_as(f, &f->system);
	assert_int_equal(db_job(&ctx, &(struct command){ .name = "test.bureau", .fn = bureau_tx }), RC_OK);
	ret->id.n = examined(f, &form);
	assert_int_equal(decide(f, CHIEF, ret->id.n, false, "", "收入超过标准。", 1u << AID_R_MEANS, &v), RC_OK);
	ctx = aid_ctx(f, 0, &ret->a);
	assert_int_equal(aid_object(&ctx, idem_key_new(), ret->id, revision(f, ret->id.n), TEXT("家里有病人。"), &v), RC_OK);
	ret->ctx = aid_ctx(f, BUREAU, &ret->a);
}

static void
an_upheld_decision_is_given_in_writing(void **state)
{
	struct stage *f = *state;
	struct aid_verdict v;
	struct objected o;
	const char *facts;

	objected(f, &o);
	assert_int_equal(aid_objection_decide(&o.ctx, idem_key_new(), o.id, revision(f, o.id.n), true, TEXT_NONE, &v), RC_REFUSED);
	assert_int_equal(papers(f, o.id.n, "legalaid.objection"), 0);
	assert_int_equal(aid_objection_decide(&o.ctx, idem_key_new(), o.id, revision(f, o.id.n), true, TEXT("查明属实，维持。"), &v),
	    RC_OK);
	facts = said(f, o.id.n, "legalaid.objection");
	assert_says(facts, "number=320506援异字〔2026〕第1号\n");
	assert_says(facts, "\nissuer=演示司法局\n");
	assert_says(facts, "\ndecision=不予法律援助决定书（320506援不决字〔2026〕第1号）\n");
	assert_says(facts, "\nclaim=家里有病人。\n");
	assert_says(facts, "\nopinion=查明属实，维持。\n");
	assert_says(facts, "\nupheld=是\n");
	assert_null(strstr(facts, "corrected="));
	assert_prints(f, o.id.n, "legalaid.objection");
	assert_int_equal(problems(f), 0);
}

static void
an_order_to_correct_is_given_in_writing(void **state)
{
	struct stage *f = *state;
	struct aid_verdict v;
	struct objected o;
	const char *facts;

	objected(f, &o);
	assert_int_equal(aid_objection_decide(&o.ctx, idem_key_new(), o.id, revision(f, o.id.n), false, TEXT("医疗支出应当扣除。"), &v),
	    RC_OK);
	facts = said(f, o.id.n, "legalaid.objection");
	assert_says(facts, "\ncorrected=医疗支出应当扣除。\n");
	assert_null(strstr(facts, "upheld="));
	assert_prints(f, o.id.n, "legalaid.objection");
	assert_int_equal(decide(f, CHIEF, o.id.n, true, "", "", 0, &v), RC_OK);
	assert_int_equal(papers(f, o.id.n, "%"), 3);               /* the refusal, what the bureau said, the grant */
	assert_says(said(f, o.id.n, "legalaid.grant"),
	    "\nordered=演示司法局2026年6月30日《法律援助异议审查决定书》（320506援异字〔2026〕第1号）\n");
	assert_prints(f, o.id.n, "legalaid.grant");
	assert_int_equal(problems(f), 0);
}

/* ---- a database that fails ---------------------------------------------------------------------------------------- */

/* The n-th call fails, n = 1, 2, …: neither decision nor paper nor number; then both, and the number is the first. */
static void
neither_decision_nor_paper(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct aid_decide in = { .grant = true, .deviation = TEXT_NONE, .words = TEXT_NONE };
	enum rc rc = RC_UNAVAILABLE;
	struct aid_verdict v;
	int64_t n = 1;
	struct actor a;

	aid_city(f);
	in.id.n = examined(f, &form);
	in.revision = revision(f, in.id.n);
	for (; rc != RC_OK && n < 400; n++) {
		struct ctx ctx = aid_ctx(f, CHIEF, &a);

		ctx.mem = arena_create(32 << 20);
		db_fail_after(f->db, n);
		rc = aid_decide(&ctx, idem_key_new(), &in, &v);
		db_fail_after(f->db, 0);
		arena_free(ctx.mem);
		assert_int_equal(state_of(f, in.id.n), rc == RC_OK ? AID_GRANTED : AID_EXAMINED);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM aid_decision WHERE city = $1"), rc == RC_OK);
		assert_int_equal(papers(f, in.id.n, "%"), rc == RC_OK);
	}
	assert_int_equal(rc, RC_OK);
	assert_true(n > 20);
	assert_says(said(f, in.id.n, "legalaid.grant"), "number=320506援决字〔2026〕第1号\n");
	assert_int_equal(problems(f), 0);
}

/* Sent again under its key, the step has happened: no second paper. */
static void
sent_twice_is_one_paper(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct aid_decide in = { .grant = true, .deviation = TEXT_NONE, .words = TEXT_NONE };
	struct idem_key key = idem_key_new();
	struct aid_verdict v;
	struct actor a;
	struct ctx ctx;

	aid_city(f);
	in.id.n = examined(f, &form);
	in.revision = revision(f, in.id.n);
	ctx = aid_ctx(f, CHIEF, &a);
	assert_int_equal(aid_decide(&ctx, key, &in, &v), RC_OK);
	assert_int_equal(aid_decide(&ctx, key, &in, &v), RC_OK);
	assert_int_equal(papers(f, in.id.n, "%"), 1);
	assert_int_equal(aid_decide(&ctx, idem_key_new(), &in, &v), RC_CONFLICT);
	assert_int_equal(papers(f, in.id.n, "%"), 1);
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_granted_aid_gets_the_decision_in_writing),
		cmocka_unit_test(a_refusal_says_its_reasons_articles_and_where_to_object),
		cmocka_unit_test(what_cannot_be_printed_does_not_stop_a_decision),
		cmocka_unit_test(what_is_missing_is_told_in_writing),
		cmocka_unit_test(the_firm_is_told_in_writing_and_the_resident_reads_only_their_own),
		cmocka_unit_test(a_termination_names_the_item_and_the_grant),
		cmocka_unit_test(an_upheld_decision_is_given_in_writing),
		cmocka_unit_test(an_order_to_correct_is_given_in_writing),
		cmocka_unit_test(neither_decision_nor_paper),
		cmocka_unit_test(sent_twice_is_one_paper),
	};
	int failed = stage_main("story_aid_paper", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
