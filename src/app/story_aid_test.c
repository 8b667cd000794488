/* Legal aid from the application to the decision: who may, by when, and what is refused. */
#include "app/story_aid_stage.h"

#include <stdio.h>

#define HOUR INT64_C(3600000)
#define ID_ONE "990000199001010017"

/* ---- granting ------------------------------------------------------------------------------------------ */

static void
an_unpaid_migrant_worker_gets_aid_without_a_means_check(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct aid_verdict v;
	struct request r;
	int64_t id;

	aid_city(f);
	id = applied(f, &form);
	assert_int_equal(state_of(f, id), AID_APPLIED);
	assert_int_equal(due_of(f, id, TARGET_DECIDE), end_of("2026-07-07")); /* 43(1): seven days, the first not counted */
	assert_int_equal(decide(f, CHIEF, id, true, "", "", 0, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NO_STEP);                             /* not before it was examined */
	assert_int_equal(examine(f, EXAMINER, id, &form, &v), RC_OK);
	assert_int_equal(aid_of(f, id).advised, AID_ADVISED_YES);         /* 42: no income was asked for */
	assert_int_equal(decide(f, EXAMINER, id, true, "", "", 0, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NOT_YOURS);
	assert_int_equal(decide(f, CHIEF, id, true, "", "", 0, &v), RC_OK);
	assert_int_equal(state_of(f, id), AID_GRANTED);
	assert_int_equal(due_of(f, id, TARGET_DECIDE), 0);
	assert_int_equal(due_of(f, id, TARGET_ASSIGN), end_of("2026-07-03")); /* 43(1): three days */
	assert_int_equal(look(f, 0, id, &r), RC_OK);
	assert_int_equal(r.state, REQUEST_ANSWERED);
	assert_int_equal(of(f, "COUNT(*) FROM aid_decision WHERE city = $1 AND kind = 1", id), 1);
	assert_int_equal(of(f, "COUNT(*) FROM event WHERE city = $1 AND kind = 'aid.grant' AND shown = 1", id), 1);
	assert_int_equal(problems(f), 0);
}

/* ---- refusing ------------------------------------------------------------------------------------------- */

static void
a_refusal_has_grounds_words_and_another_officer(void **state)
{
	struct stage *f = *state;
	struct aid_form form = well_off();
	struct aid_verdict v;
	int64_t id;

	aid_city(f);
	id = applied_by(f, CHIEF, &form, "", RC_OK); /* the one who decides took it down */
	assert_int_equal(examine(f, EXAMINER, id, &form, &v), RC_OK);
	assert_int_equal(aid_of(f, id).advised, AID_ADVISED_NO);
	assert_int_equal(decide(f, CHIEF, id, false, "", "收入超过标准。", 1, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_SAME_PERSON);
	id = applied(f, &form);
	assert_int_equal(examine(f, EXAMINER, id, &form, &v), RC_OK);
	assert_int_equal(decide(f, CHIEF, id, true, "", "", 0, &v), RC_REFUSED); /* otherwise than advised */
	assert_int_equal(v.why, AID_NO_DEVIATION);
	assert_int_equal(decide(f, CHIEF, id, false, "", "收入超过标准。", 0, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NO_GROUND);
	assert_int_equal(decide(f, CHIEF, id, false, "", "不行", 1, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NO_WORDS);
	assert_int_equal(decide(f, CHIEF, id, false, "", "收入超过标准。", 1u << AID_REFUSAL_COUNT, &v), RC_INVALID);
	assert_int_equal(decide(f, DIRECTOR, id, false, "", "收入超过标准。", 1, &v), RC_REFUSED); /* held elsewhere */
	assert_int_equal(v.why, AID_NOT_YOURS);
	assert_int_equal(decide(f, CHIEF, id, false, "", "收入超过标准。", 1, &v), RC_OK);
	assert_int_equal(state_of(f, id), AID_REFUSED);
	assert_int_equal(due_of(f, id, TARGET_DECIDE), 0);
	assert_int_equal(of(f, "grounds FROM aid_decision WHERE city = $1", id), 1);
	assert_int_equal(problems(f), 0);
}

/* ---- what is missing is told once -------------------------------------------------------------------------- */

static enum rc
ask_papers(struct stage *f, int64_t id, const char *until, size_t n, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, EXAMINER, &a);
	struct aid_ask in = { .id = { id }, .revision = revision(f, id), .words = TEXT("请带原件。"), .n = n,
		.papers = { TEXT("劳动合同"), TEXT("工资记录") } };

	assert_int_equal(day_parse(text_of(until), &in.until), RC_OK);
	return aid_ask_supplement(&ctx, idem_key_new(), &in, v);
}

static enum rc
give_papers(struct stage *f, int who, int64_t id, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	return aid_give_supplement(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), TEXT("带来了。"), v);
}

static void
the_seven_days_stand_still_while_papers_are_brought(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct aid_verdict v;
	int64_t id;

	aid_city(f);
	id = applied(f, &form);
	move_to("2026-07-02");
	assert_int_equal(ask_papers(f, id, "2026-07-02", 2, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_UNTIL_BAD);
	assert_int_equal(ask_papers(f, id, "2026-07-12", 0, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NO_PAPERS);
	assert_int_equal(ask_papers(f, id, "2026-07-12", 2, &v), RC_OK);
	assert_int_equal(due_of(f, id, TARGET_DECIDE), DUE_NONE);          /* stands still */
	assert_int_equal(of(f, "COUNT(*) FROM aid_supplement_paper WHERE city = $1", id), 2);
	assert_int_equal(examine(f, EXAMINER, id, &form, &v), RC_REFUSED); /* waiting */
	move_to("2026-07-06");
	assert_int_equal(give_papers(f, 0, id, &v), RC_OK);                /* by the resident, with the receipt */
	assert_int_equal(state_of(f, id), AID_APPLIED);
	/* from the 2nd to the 6th: the 3rd to the 6th are not counted; the 11th is a Saturday: on to Monday the 13th */
	assert_int_equal(due_of(f, id, TARGET_DECIDE), end_of("2026-07-13"));
	assert_int_equal(ask_papers(f, id, "2026-07-20", 1, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_ONCE);                                 /* 43(2): 一次性告知 */
	assert_int_equal(problems(f), 0);
}

static void
what_is_not_brought_in_time_is_deemed_withdrawn(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct aid_verdict v;
	struct actor a;
	struct ctx ctx;
	struct request r;
	int64_t id;

	aid_city(f);
	id = applied(f, &form);
	assert_int_equal(ask_papers(f, id, "2026-07-03", 1, &v), RC_OK);
	move_to("2026-07-03");
	ctx = aid_ctx(f, EXAMINER, &a);
	assert_int_equal(aid_lapse(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), TEXT_NONE, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NOT_YET);                              /* the last day still counts */
	move_to("2026-07-04");
	ctx = aid_ctx(f, EXAMINER, &a);
	assert_int_equal(aid_lapse(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), TEXT_NONE, &v), RC_OK);
	assert_int_equal(state_of(f, id), AID_DEEMED_WITHDRAWN);
	assert_int_equal(look(f, 0, id, &r), RC_OK);
	assert_int_equal(r.state, REQUEST_WITHDRAWN);
	assert_int_equal(problems(f), 0);
}

/* ---- urgent --------------------------------------------------------------------------------------------------- */

static enum rc
advance(struct stage *f, int who, int64_t id, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	return aid_advance(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), TEXT("仲裁时效快到期。"), v);
}

static void
who_runs_out_of_time_is_aided_first(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct aid_verdict v;
	int64_t id;

	aid_city(f);
	assert_int_equal(day_parse(TEXT("2026-07-07"), &form.limit_day), RC_OK);
	id = applied(f, &form);
	assert_int_equal(advance(f, CHIEF, id, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NOT_URGENT);                           /* exactly seven days are left */
	move_to("2026-07-01");
	assert_int_equal(advance(f, EXAMINER, id, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NOT_YOURS);
	assert_int_equal(advance(f, CHIEF, id, &v), RC_OK);                /* six */
	assert_int_equal(advance(f, CHIEF, id, &v), RC_REFUSED);           /* once */
	assert_int_equal(state_of(f, id), AID_APPLIED);                    /* the examination goes on beside it */
	assert_int_equal(of(f, "COUNT(*) FROM aid_decision WHERE city = $1 AND kind = 4", id), 1);
	assert_int_equal(problems(f), 0);
}

/* ---- twice ------------------------------------------------------------------------------------------------------- */

static void
who_applies_twice_is_handled_where_it_was_received_first(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct aid_verdict v;
	struct actor a;
	struct ctx ctx;
	int64_t first, second, other;

	aid_city(f);
	first = applied_by(f, CLERK, &form, ID_ONE, RC_OK);
	second = applied_by(f, EXAMINER, &form, ID_ONE, RC_OK);
	form.matter = AID_TRAFFIC;
	other = applied_by(f, EXAMINER, &form, ID_ONE, RC_OK);             /* another matter of the same person */
	form.matter = AID_WAGES;
	assert_int_equal(examine(f, EXAMINER, second, &form, &v), RC_OK);
	assert_int_equal(decide(f, CHIEF, second, true, "", "", 0, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_ELSEWHERE_FIRST);
	ctx = aid_ctx(f, EXAMINER, &a);
	assert_int_equal(aid_pass_back(&ctx, idem_key_new(), (struct case_id){ other }, revision(f, other), TEXT_NONE, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NOT_ELSEWHERE);
	assert_int_equal(aid_pass_back(&ctx, idem_key_new(), (struct case_id){ second }, revision(f, second), TEXT_NONE, &v), RC_OK);
	assert_int_equal(state_of(f, second), AID_ELSEWHERE);
	assert_int_equal(state_of(f, first), AID_APPLIED);
	assert_int_equal(of(f, "COUNT(*) FROM event WHERE city = $1 AND kind = 'aid.pass_back' AND note LIKE '%point 202%'", second), 1);
	assert_int_equal(problems(f), 0);
}

/* ---- doors ---------------------------------------------------------------------------------------------------------- */

static void
by_the_portal_the_form_comes_with_the_request(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct aid_verdict v;
	struct request r;
	int64_t id;

	aid_city(f);
	form.confirmed = AID_UNCONFIRMED;
	applied_by(f, 0, &form, "", RC_INVALID);
	form.confirmed = AID_ONLINE;
	aid_receipt = 0;
	{
		struct actor nobody = identity_anonymous(STAGE_CITY);
		struct ctx ctx = ctx_as(f, &nobody);
		struct intake_new in = wages(f);
		struct findings findings = { .n = 0 };
		struct intake_receipt got = { .id = 0 }, again = { .id = 0 };
		struct idem_key key = idem_key_new();

		in.item = stage_int(f, "SELECT id FROM item WHERE city = $1 AND code = 'legal-aid'");
		assert_int_equal(aid_apply(&ctx, key, &in, &form, &findings, &got), RC_OK);
		assert_int_equal(aid_apply(&ctx, key, &in, &form, &findings, &again), RC_OK); /* sent twice: once */
		assert_int_equal(got.id, again.id);
		form.proof = false;
		assert_int_equal(aid_apply(&ctx, key, &in, &form, &findings, &again), RC_DUPLICATE);
		in.person.name = TEXT_NONE;
		assert_int_equal(aid_apply(&ctx, idem_key_new(), &in, &form, &findings, &again), RC_INVALID);
		id = got.id;
	}
	assert_int_equal(look(f, HELPER, id, &r), RC_OK);
	assert_int_equal(r.state, REQUEST_RECEIVED);
	assert_int_equal(due_of(f, id, TARGET_DECIDE), end_of("2026-07-07")); /* from receipt, not from acceptance */
	assert_int_equal(examine(f, HELPER, id, &form, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NOT_ACCEPTED);
	assert_int_equal(accept_as(f, HELPER, id), RC_OK);
	assert_int_equal(examine(f, HELPER, id, &form, &v), RC_OK);
	assert_int_equal(decide(f, DIRECTOR, id, true, "", "", 0, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NOT_YOURS);                            /* a town's director is no institution */
	assert_int_equal(problems(f), 0);
}

static void
a_question_goes_on_as_an_application(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct aid_verdict v;
	struct consult_verdict cv;
	struct findings findings = { .n = 0 };
	struct consult_converted next = { .id = 0 };
	struct actor a = as(HELPER);
	struct intake_receipt r;
	struct ctx ctx;

	aid_city(f);
	r = ask(f, idem_key_new());
	ctx = ctx_as(f, &a);
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(consult_convert(&ctx, idem_key_new(), &(struct consult_convert){ .id = { r.id }, .revision = revision(f, r.id),
	    .item = stage_int(f, "SELECT id FROM item WHERE city = $1 AND code = 'legal-aid'") }, &next), RC_OK);
	assert_int_equal(accept_as(f, HELPER, next.id), RC_OK);
	assert_int_equal(state_of(f, next.id), AID_UNFILLED);
	assert_int_equal(close_as(f, HELPER, next.id, &cv), RC_CONFLICT);  /* ends by its own steps alone */
	assert_int_equal(answer_as(f, HELPER, next.id, true), RC_CONFLICT);
	aid_receipt = next.id;
	ctx = aid_ctx(f, 0, &a);
	form.confirmed = AID_ONLINE;
	assert_int_equal(aid_fill(&ctx, idem_key_new(), (struct case_id){ next.id }, revision(f, next.id), &form, &findings, &v), RC_OK);
	assert_int_equal(state_of(f, next.id), AID_APPLIED);
	assert_int_equal(due_of(f, next.id, TARGET_DECIDE), end_of("2026-07-07"));
	assert_int_equal(problems(f), 0);
}

static void
somebody_detained_is_passed_on_within_a_day(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	int64_t id;

	aid_city(f);
	form.kind = AID_ACCUSED;
	form.matter = AID_MATTER_NONE;
	form.detained = true;
	id = applied_by(f, HELPER, &form, "", RC_OK);
	assert_int_equal(due_of(f, id, TARGET_PASS_ON), stage_now_ms + 24 * HOUR); /* 39: 24 hours */
	id = applied(f, &form);
	assert_int_equal(due_of(f, id, TARGET_PASS_ON), -1);               /* came to the institution itself */
	assert_int_equal(problems(f), 0);
}

static void
a_resident_takes_the_application_back(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct actor a;
	struct ctx ctx;
	int64_t id;

	aid_city(f);
	id = applied(f, &form);
	ctx = aid_ctx(f, 0, &a);
	assert_int_equal(intake_withdraw(&ctx, idem_key_new(), TEXT("自己请了律师")), RC_OK);
	assert_int_equal(state_of(f, id), AID_WITHDRAWN);
	assert_int_equal(problems(f), 0);
}

/* ---- a database that fails ------------------------------------------------------------------------------------------ */

struct sweep { struct stage *f; struct arena *mem; int64_t id, seen; struct actor actor; const struct aid_form *form; };

static enum rc
sweep_examine(struct sweep *s)
{
	struct ctx ctx = ctx_as(s->f, &s->actor);
	struct findings findings = { .n = 0 };
	struct aid_verdict v;

	ctx.mem = s->mem;
	return aid_examine(&ctx, idem_key_new(), (struct case_id){ s->id }, s->seen, s->form, TEXT("材料已核对。"), &findings, &v);
}

static enum rc
sweep_decide(struct sweep *s)
{
	struct ctx ctx = ctx_as(s->f, &s->actor);
	struct aid_decide in = { .id = { s->id }, .revision = s->seen, .grant = true, .deviation = TEXT_NONE, .words = TEXT_NONE };
	struct aid_verdict v;

	ctx.mem = s->mem;
	return aid_decide(&ctx, idem_key_new(), &in, &v);
}

/* The n-th call fails, n = 1, 2, …: after each, state and rows are as before. */
static void
sweep(struct sweep *s, enum rc (*step)(struct sweep *s), enum aid_state before, const char *rows)
{
	enum rc rc = RC_UNAVAILABLE;
	int64_t n = 1;

	s->seen = revision(s->f, s->id);
	for (; rc != RC_OK && n < 400; n++) {
		s->mem = arena_create(32 << 20);
		db_fail_after(s->f->db, n);
		rc = step(s);
		db_fail_after(s->f->db, 0);
		arena_free(s->mem);
		if (rc == RC_OK)
			break;
		assert_int_equal(state_of(s->f, s->id), before);
		assert_int_equal(of(s->f, rows, s->id), 0);
		assert_int_equal(revision(s->f, s->id), s->seen);
	}
	assert_int_equal(rc, RC_OK);
	assert_true(n > 10);
}

static void
a_failing_database_moves_no_half(void **state)
{
	struct stage *f = *state;
	struct aid_form form = migrant();
	struct sweep s = { .f = f, .form = &form };

	aid_city(f);
	s.id = applied(f, &form);
	aid_ctx(f, EXAMINER, &s.actor);
	sweep(&s, sweep_examine, AID_APPLIED, "COUNT(*) FROM policy_decision WHERE city = $1");
	aid_ctx(f, CHIEF, &s.actor);
	sweep(&s, sweep_decide, AID_EXAMINED, "COUNT(*) FROM aid_decision WHERE city = $1");
	assert_int_equal(due_of(f, s.id, TARGET_ASSIGN), end_of("2026-07-03"));
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_unpaid_migrant_worker_gets_aid_without_a_means_check),
		cmocka_unit_test(a_refusal_has_grounds_words_and_another_officer),
		cmocka_unit_test(the_seven_days_stand_still_while_papers_are_brought),
		cmocka_unit_test(what_is_not_brought_in_time_is_deemed_withdrawn),
		cmocka_unit_test(who_runs_out_of_time_is_aided_first),
		cmocka_unit_test(who_applies_twice_is_handled_where_it_was_received_first),
		cmocka_unit_test(by_the_portal_the_form_comes_with_the_request),
		cmocka_unit_test(a_question_goes_on_as_an_application),
		cmocka_unit_test(somebody_detained_is_passed_on_within_a_day),
		cmocka_unit_test(a_resident_takes_the_application_back),
		cmocka_unit_test(a_failing_database_moves_no_half),
	};
	int failed = stage_main("story_aid", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
