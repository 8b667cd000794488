/* Legal aid from the grant to the archive: who gets the case, another lawyer, the eight grounds, objection, file, subsidy. */
#include "app/story_aid_work.h"

#include <stdio.h>

/* ---- who gets the case ------------------------------------------------------------------------------------- */

static void
the_first_of_the_ranking_or_a_reason(void **state)
{
	struct stage *f = *state;
	enum aid_lawyer_why why;
	struct aid_verdict v;
	struct request r;
	int64_t id;

	aid_city(f);
	id = granted(f);
	assert_int_equal(look(f, LAWYER, id, &r), RC_NOT_FOUND);          /* a lawyer sees what was given to them alone */
	assert_int_equal(assign(f, EXAMINER, id, PROVIDER_TWO, "", &v, &why), RC_REFUSED);
	assert_int_equal(v.why, AID_NOT_FIRST);
	assert_int_equal(assign(f, EXAMINER, id, 999, "", &v, &why), RC_INVALID);
	assert_int_equal(assign(f, EXAMINER, id, PROVIDER_ONE, "", &v, &why), RC_OK);
	assert_int_equal(state_of(f, id), AID_ASSIGNED);
	assert_int_equal(due_of(f, id, TARGET_ASSIGN), 0);
	assert_int_equal(due_of(f, id, TARGET_AGREE), -1);                /* nobody has verified that limit: no clock */
	assert_int_equal(of(f, "COUNT(*) FROM aid_assignment s JOIN aid_proposal p ON p.city = s.city AND p.assignment = s.id"
	    " WHERE s.city = $1", id), 3);                                    /* why, kept */
	assert_int_equal(look(f, LAWYER, id, &r), RC_OK);
	assert_int_equal(plain(f, LAWYER, id, aid_agree, "", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NOT_ACCEPTED_YET);
	assert_int_equal(plain(f, LAWYER, id, aid_decline, "手上案件太多。", &v), RC_OK);
	assert_int_equal(state_of(f, id), AID_GRANTED);
	assert_int_equal(due_of(f, id, TARGET_ASSIGN), end_of("2026-07-03")); /* again three days */
	assert_int_equal(assign(f, EXAMINER, id, PROVIDER_ONE, "", &v, &why), RC_REFUSED);
	assert_int_equal(why, AID_L_DECLINED);
	assert_int_equal(assign(f, EXAMINER, id, PROVIDER_TWO, "", &v, &why), RC_OK);
	assert_int_equal(accept(f, LAWYER, id, &v), RC_NOT_FOUND);         /* no longer theirs */
	assert_int_equal(problems(f), 0);
}

static void
the_other_side_gets_another_firm_and_nobody_reads_a_name(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	enum aid_lawyer_why why;
	struct aid_verdict v;
	struct actor a;
	struct ctx ctx;
	int64_t one, two;

	aid_city(f);
	one = under_way(f);                                               /* 沈演示 against 演示建筑公司, by the first firm */
	ctx = aid_ctx(f, EXAMINER, &a);
	{
		struct intake_new in = wages(f);
		struct findings findings = { .n = 0 };
		struct intake_receipt r = { .id = 0 };

		in.item = stage_int(f, "SELECT id FROM item WHERE city = $1 AND code = 'legal-aid'");
		in.channel = CHANNEL_WINDOW;
		in.accept_now = true;
		in.person.name = TEXT("演示建筑公司");                     /* the other side asks for aid as well */
		in.person.phone = TEXT("19900005678");
		in.opponent = TEXT("沈演示");
		assert_int_equal(aid_apply(&ctx, idem_key_new(), &in, &form, &findings, &r), RC_OK);
		two = r.id;
	}
	assert_int_equal(examine(f, EXAMINER, two, &form, &v), RC_OK);
	assert_int_equal(decide(f, CHIEF, two, true, "", "", 0, &v), RC_OK);
	assert_int_equal(assign(f, EXAMINER, two, PROVIDER_ONE, "", &v, &why), RC_REFUSED);
	assert_int_equal(why, AID_L_OPPONENT_FIRM);
	assert_int_equal(assign(f, EXAMINER, two, PROVIDER_TWO, "", &v, &why), RC_REFUSED);
	assert_int_equal(why, AID_L_OPPONENT_FIRM);                       /* a colleague of theirs */
	assert_int_equal(assign(f, EXAMINER, two, PROVIDER_OTHER, "", &v, &why), RC_OK);
	assert_int_equal(state_of(f, one), AID_IN_PROGRESS);
	assert_int_equal(problems(f), 0);
}

static void
the_gravest_cases_want_three_years(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	enum aid_lawyer_why why;
	struct aid_verdict v;
	int64_t id;

	aid_city(f);
	form.kind = AID_DESIGNATED;
	form.matter = AID_MATTER_NONE;
	form.status = AID_STATUS_NONE;
	form.designation = AID_D_GRAVEST;
	form.gravest = true;
	form.organ = TEXT("演示区人民法院");
	form.confirmed = AID_BY_NOTICE;
	id = applied(f, &form);
	assert_int_equal(examine(f, EXAMINER, id, &form, &v), RC_OK);
	assert_int_equal(aid_of(f, id).years, 3);
	assert_int_equal(decide(f, CHIEF, id, true, "", "", 0, &v), RC_OK); /* 25(1): must */
	assert_int_equal(assign(f, EXAMINER, id, PROVIDER_TWO, "更熟悉情况。", &v, &why), RC_REFUSED);
	assert_int_equal(why, AID_L_YEARS);                               /* 26: in practice since 2024 */
	assert_int_equal(assign(f, EXAMINER, id, PROVIDER_ONE, "", &v, &why), RC_OK);
	assert_int_equal(problems(f), 0);
}

static void
aid_before_the_decision_goes_on_after_it(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	enum aid_lawyer_why why;
	struct aid_verdict v;
	int64_t id;

	aid_city(f);
	form.preserve = true;
	id = applied(f, &form);
	assert_int_equal(assign(f, EXAMINER, id, PROVIDER_ONE, "", &v, &why), RC_REFUSED);
	assert_int_equal(plain(f, CHIEF, id, aid_advance, "需要马上保全。", &v), RC_OK);
	assert_int_equal(assign(f, EXAMINER, id, PROVIDER_ONE, "", &v, &why), RC_OK);
	assert_int_equal(state_of(f, id), AID_APPLIED);                   /* examined all the same */
	assert_int_equal(assign(f, EXAMINER, id, PROVIDER_TWO, "再来一位。", &v, &why), RC_REFUSED);
	assert_int_equal(examine(f, EXAMINER, id, &form, &v), RC_OK);
	assert_int_equal(decide(f, CHIEF, id, true, "", "", 0, &v), RC_OK);
	assert_int_equal(state_of(f, id), AID_ASSIGNED);                  /* somebody has it already */
	assert_int_equal(due_of(f, id, TARGET_ASSIGN), 0);
	assert_int_equal(problems(f), 0);
}

/* ---- another lawyer ------------------------------------------------------------------------------------------ */

static enum rc
change_decide(struct stage *f, int who, int64_t id, bool allow, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	return aid_change_decide(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), allow, TEXT("核实过了。"), v);
}

static void
who_is_not_served_asks_for_another_lawyer(void **state)
{
	struct stage *f = *state;
	enum aid_lawyer_why why;
	struct aid_verdict v;
	int64_t id;

	aid_city(f);
	id = under_way(f);
	aid_receipt = id;
	assert_int_equal(plain(f, 0, id, aid_change_ask, "一直联系不上。", &v), RC_OK);
	assert_int_equal(plain(f, 0, id, aid_change_ask, "一直联系不上。", &v), RC_REFUSED); /* one waits */
	assert_int_equal(of(f, "COUNT(*) FROM event WHERE city = $1 AND kind = 'aid.change_ask' AND note <> ''", id), 0);
	assert_int_equal(change_decide(f, EXAMINER, id, true, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NOT_YOURS);
	assert_int_equal(change_decide(f, CHIEF, id, false, &v), RC_OK);
	assert_int_equal(state_of(f, id), AID_IN_PROGRESS);
	assert_int_equal(change_decide(f, CHIEF, id, true, &v), RC_REFUSED); /* nothing waits */
	assert_int_equal(plain(f, 0, id, aid_change_ask, "还是联系不上。", &v), RC_OK);
	assert_int_equal(change_decide(f, CHIEF, id, true, &v), RC_OK);
	assert_int_equal(state_of(f, id), AID_GRANTED);
	assert_int_equal(assign(f, EXAMINER, id, PROVIDER_ONE, "", &v, &why), RC_REFUSED); /* not the same again */
	assert_int_equal(assign(f, EXAMINER, id, PROVIDER_TWO, "", &v, &why), RC_OK);
	assert_int_equal(problems(f), 0);
}

/* ---- the eight grounds ----------------------------------------------------------------------------------------- */

static enum rc
terminate(struct stage *f, int who, int64_t id, int ground, int64_t proof, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	return aid_terminate(&ctx, idem_key_new(), &(struct aid_terminate){ .id = { id }, .revision = revision(f, id), .ground = ground,
	    .proof = proof, .words = TEXT("情况已经核实。") }, v);
}

static int64_t
attach(struct stage *f, int64_t id)
{
	char sql[400];

	snprintf(sql, sizeof sql, "INSERT INTO attachment (city, request, id, at_ms, account, name, type, bytes, sha256)"
	    " VALUES (3205, %lld, %lld, 1782781200000, 151, 'a.pdf', 'application/pdf', 1, %s)", (long long)id, (long long)(id + 1),
	    f->engine[0] == 's' ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')");
	stage_raw(f, sql);
	return id + 1;
}

static void
each_of_the_eight_grounds_ends_aid(void **state)
{
	struct stage *f = *state;
	struct aid_verdict v;

	aid_city(f);
	for (int g = AID_E_FRAUD; g < AID_END_COUNT; g++) {
		int64_t id = granted(f), proof = 0;

		assert_int_equal(terminate(f, EXAMINER, id, g, 0, &v), RC_REFUSED);
		assert_int_equal(v.why, AID_NOT_YOURS);
		if (g <= AID_E_CASE_OVER) {
			assert_int_equal(terminate(f, CHIEF, id, g, 0, &v), RC_REFUSED);
			assert_int_equal(v.why, AID_NO_PROOF);
			assert_int_equal(terminate(f, CHIEF, id, g, 12345, &v), RC_INVALID); /* a paper of nobody */
			proof = attach(f, id);
		}
		assert_int_equal(terminate(f, CHIEF, id, g, proof, &v), RC_OK);
		assert_int_equal(state_of(f, id), AID_TERMINATED);
		assert_int_equal(of(f, "grounds FROM aid_decision WHERE city = $1 AND kind = 3", id), g);
		assert_int_equal(due_of(f, id, TARGET_ASSIGN), 0);
	}
	assert_int_equal(problems(f), 0);
}

/* ---- objection ------------------------------------------------------------------------------------------------------ */

static enum rc
review(struct stage *f, int who, int64_t id, bool uphold, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	return aid_objection_decide(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), uphold, TEXT("已经复核。"), v);
}

static enum rc
settle(struct stage *f, int64_t id, bool waived, const char *words, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, EXAMINER, &a);

	return aid_settle(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), waived, text_of(words), v);
}

static int64_t
refused(struct stage *f)
{
	struct aid_form form = well_off();
	struct aid_verdict v;
	int64_t id = applied(f, &form);

	assert_int_equal(examine(f, EXAMINER, id, &form, &v), RC_OK);
	assert_int_equal(decide(f, CHIEF, id, false, "", "收入超过标准。", 1, &v), RC_OK);
	aid_receipt = id;
	return id;
}

static void
a_refusal_is_objected_to_and_corrected(void **state)
{
	struct stage *f = *state;
	struct aid_verdict v;
	int64_t id;

	aid_city(f);
	id = refused(f);
	assert_int_equal(plain(f, 0, id, aid_object, "不服", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NO_WORDS);
	assert_int_equal(plain(f, 0, id, aid_object, "家里有病人，支出很大。", &v), RC_OK);
	assert_int_equal(due_of(f, id, TARGET_OBJECTION), end_of("2026-07-06")); /* 49: five days end on Sunday the 5th: Monday */
	assert_int_equal(review(f, CHIEF, id, false, &v), RC_REFUSED);    /* the institution does not review itself */
	assert_int_equal(v.why, AID_NOT_YOURS);
	assert_int_equal(review(f, BUREAU, id, false, &v), RC_OK);
	assert_int_equal(state_of(f, id), AID_CORRECTED);
	assert_int_equal(decide(f, CHIEF, id, true, "", "", 0, &v), RC_OK);
	assert_int_equal(state_of(f, id), AID_GRANTED);
	assert_int_equal(problems(f), 0);
}

static void
an_upheld_refusal_ends(void **state)
{
	struct stage *f = *state;
	struct aid_verdict v;
	struct request r;
	int64_t id;

	aid_city(f);
	id = refused(f);
	assert_int_equal(settle(f, id, false, "", &v), RC_REFUSED);       /* they may still object: no limit is known */
	assert_int_equal(v.why, AID_WINDOW_OPEN);
	assert_int_equal(plain(f, EXAMINER, id, aid_object, "代为登记：收入算错了。", &v), RC_OK);
	assert_int_equal(review(f, BUREAU, id, true, &v), RC_OK);
	assert_int_equal(state_of(f, id), AID_UPHELD);
	assert_int_equal(settle(f, id, false, "", &v), RC_OK);
	assert_int_equal(look(f, 0, id, &r), RC_OK);
	assert_int_equal(r.state, REQUEST_CLOSED);
	assert_int_equal(problems(f), 0);
}

static void
an_objection_after_the_limit_is_refused(void **state)
{
	struct stage *f = *state;
	struct aid_verdict v;
	int64_t id;

	aid_city(f);
	stage_raw(f, "INSERT INTO setting (city, key, since_ms, value, account, document) VALUES (3205, 'aid.objection_days', 1, '30', 1, 'x')");
	id = refused(f);
	move_to("2026-07-31");
	assert_int_equal(plain(f, 0, id, aid_object, "代为登记：收入算错了。", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_TOO_LATE);
	assert_int_equal(v.bound, 30);
	assert_int_equal(settle(f, id, false, "", &v), RC_OK);
	id = refused(f);
	move_to("2026-08-30");                                            /* the thirtieth day */
	assert_int_equal(settle(f, id, true, "没有", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_WINDOW_OPEN);
	assert_int_equal(plain(f, 0, id, aid_object, "代为登记：收入算错了。", &v), RC_OK);
	assert_int_equal(problems(f), 0);
}

/* ---- to the archive -------------------------------------------------------------------------------------------------- */

static enum rc
close_case(struct stage *f, int64_t id, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, LAWYER, &a);

	return aid_close(&ctx, idem_key_new(), &(struct aid_closing_new){ .id = { id }, .revision = revision(f, id),
	    .day = day_of_moment(stage_now_ms), .way = AID_W_AWARD, .result = AID_RESULT_WON, .recovered = 1800000,
	    .words = TEXT("裁决支付工资一万八千元。") }, v);
}

static enum rc
hand_in(struct stage *f, int who, int64_t id, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	return aid_file_submit(&ctx, idem_key_new(), &(struct aid_file_new){ .id = { id }, .revision = revision(f, id), .pages = 40,
	    .words = TEXT("全部材料。") }, v);
}

static enum rc
check(struct stage *f, int64_t id, bool pass, const char *words, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, EXAMINER, &a);

	return aid_file_check(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), pass, text_of(words), v);
}

static enum rc
subsidy(struct stage *f, int who, int64_t id, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	return aid_subsidy_approve(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), AID_RATE_CIVIL, v);
}

static void
rate(struct stage *f, const char *from, int64_t fen)
{
	struct ctx ctx = ctx_as(f, &f->system);
	struct findings findings = { .n = 0 };
	struct day d;

	assert_int_equal(day_parse(text_of(from), &d), RC_OK);
	assert_int_equal(aid_rate_set(&ctx, idem_key_new(), &(struct aid_rate_new){ AID_RATE_CIVIL, d, fen, TEXT("演示标准文件"),
	    TEXT("按文件录入。") }, &findings), RC_OK);
}

static void
a_case_goes_into_the_archive_and_is_paid_once(void **state)
{
	struct stage *f = *state;
	struct aid_verdict v;
	struct request r;
	int64_t id;

	aid_city(f);
	id = under_way(f);
	assert_int_equal(close_case(f, id, &v), RC_OK);
	assert_int_equal(due_of(f, id, TARGET_FILE), end_of("2026-07-30"));  /* thirty days, 未核实 */
	assert_int_equal(hand_in(f, LAWYER_TWO, id, &v), RC_NOT_FOUND);   /* not theirs */
	assert_int_equal(hand_in(f, LAWYER, id, &v), RC_OK);              /* 50: whoever gave the aid hands in the papers */
	assert_int_equal(due_of(f, id, TARGET_FILE), 0);
	assert_int_equal(due_of(f, id, TARGET_FILE_CHECK), end_of("2026-07-30"));
	assert_int_equal(check(f, id, false, "", &v), RC_REFUSED);
	assert_int_equal(check(f, id, false, "缺会见笔录。", &v), RC_OK);
	assert_int_equal(state_of(f, id), AID_CLOSED);
	assert_int_equal(hand_in(f, LAWYER, id, &v), RC_OK);              /* and mends what was sent back */
	assert_int_equal(check(f, id, true, "", &v), RC_OK);
	assert_int_equal(subsidy(f, CHIEF, id, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NO_RATE);                             /* nobody has recorded a standard */
	rate(f, "2026-01-01", -1);
	assert_int_equal(subsidy(f, CHIEF, id, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NO_RATE);                             /* one that is not known */
	rate(f, "2026-06-01", 200000);
	rate(f, "2026-07-01", 900000);                                    /* after the application */
	assert_int_equal(subsidy(f, EXAMINER, id, &v), RC_REFUSED);
	assert_int_equal(subsidy(f, CHIEF, id, &v), RC_OK);
	assert_int_equal(of(f, "fen FROM aid_subsidy WHERE city = $1", id), 200000);
	assert_int_equal(plain(f, CHIEF, id, aid_subsidy_pay, "V-0001", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_SAME_PERSON);                         /* who approved does not pay */
	assert_int_equal(plain(f, EXAMINER, id, aid_subsidy_pay, "V-0001", &v), RC_OK);
	assert_int_equal(plain(f, EXAMINER, id, aid_subsidy_pay, "V-0002", &v), RC_REFUSED); /* once */
	assert_int_equal(plain(f, EXAMINER, id, aid_archive, "", &v), RC_OK);
	assert_int_equal(look(f, 0, id, &r), RC_OK);
	assert_int_equal(r.state, REQUEST_CLOSED);
	assert_int_equal(of(f, "COUNT(*) FROM review WHERE city = $1", id), 1);  /* may be rated */
	assert_int_equal(problems(f), 0);
}

static void
terminated_after_an_agreement_the_file_comes_first(void **state)
{
	struct stage *f = *state;
	struct aid_verdict v;
	int64_t id;

	aid_city(f);
	id = under_way(f);
	assert_int_equal(terminate(f, CHIEF, id, AID_E_ASKED, 0, &v), RC_OK);
	assert_int_equal(due_of(f, id, TARGET_FILE), end_of("2026-07-30"));
	assert_int_equal(settle(f, id, true, "本人书面表示没有异议。", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NO_FILE);
	assert_int_equal(hand_in(f, EXAMINER, id, &v), RC_OK);
	assert_int_equal(check(f, id, true, "", &v), RC_OK);
	assert_int_equal(plain(f, EXAMINER, id, aid_archive, "", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NO_WORDS);
	assert_int_equal(plain(f, EXAMINER, id, aid_archive, "按规定不发补贴。", &v), RC_OK);
	assert_int_equal(problems(f), 0);
}

/* ---- a database that fails ------------------------------------------------------------------------------------------------ */

static void
a_failing_database_assigns_nobody_by_half(void **state)
{
	struct stage *f = *state;
	struct actor a;
	struct ctx ctx;
	enum aid_lawyer_why why;
	struct aid_verdict v;
	enum rc rc = RC_UNAVAILABLE;
	int64_t id, seen, n = 1;

	aid_city(f);
	id = granted(f);
	seen = revision(f, id);
	for (; n < 400; n++) {
		ctx = aid_ctx(f, EXAMINER, &a);
		db_fail_after(f->db, n);
		rc = aid_assign(&ctx, idem_key_new(), &(struct aid_assign){ .id = { id }, .revision = seen, .provider = PROVIDER_ONE,
		    .words = TEXT_NONE }, &v, &why);
		db_fail_after(f->db, 0);
		if (rc == RC_OK)
			break;
		assert_int_equal(state_of(f, id), AID_GRANTED);
		assert_int_equal(of(f, "COUNT(*) FROM aid_assignment WHERE city = $1", id), 0);
		assert_int_equal(of(f, "COUNT(*) FROM case_grant WHERE city = $1 AND account = 104", id), 0);
	}
	assert_int_equal(rc, RC_OK);
	assert_true(n > 15);
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_of_the_ranking_or_a_reason),
		cmocka_unit_test(the_other_side_gets_another_firm_and_nobody_reads_a_name),
		cmocka_unit_test(the_gravest_cases_want_three_years),
		cmocka_unit_test(aid_before_the_decision_goes_on_after_it),
		cmocka_unit_test(who_is_not_served_asks_for_another_lawyer),
		cmocka_unit_test(each_of_the_eight_grounds_ends_aid),
		cmocka_unit_test(a_refusal_is_objected_to_and_corrected),
		cmocka_unit_test(an_upheld_refusal_ends),
		cmocka_unit_test(an_objection_after_the_limit_is_refused),
		cmocka_unit_test(a_case_goes_into_the_archive_and_is_paid_once),
		cmocka_unit_test(terminated_after_an_agreement_the_file_comes_first),
		cmocka_unit_test(a_failing_database_assigns_nobody_by_half),
	};
	int failed = stage_main("story_aid_run", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
