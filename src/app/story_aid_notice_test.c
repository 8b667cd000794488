/* Legal aid at an organ's notice, and the counter's one command: what stands afterwards, and what is refused whole. */
#include "app/story_aid_stage.h"

#include "operations/matter/legalaid/legalaid_notice.h"
#include "operations/matter/legalaid/legalaid_run.h"

#include <stdio.h>
#include <string.h>

static struct day
on(const char *t)
{
	struct day d;

	assert_int_equal(day_parse(text_of(t), &d), RC_OK);
	return d;
}

/* A minor on trial, found on the 28th, received today, the 30th. */
static struct aid_notice_new
minor_on_trial(void)
{
	return (struct aid_notice_new){ .organ_kind = AID_COURT, .stage = AID_FIRST_INSTANCE, .ground = AID_D_ORDINARY,
		.organ = TEXT("演示区人民法院"), .notice = TEXT("（2026）演示通援字3号"), .case_no = TEXT("（2026）演0506刑初88号"),
		.offence = TEXT("故意伤害"), .custody = TEXT("演示区看守所"), .found = on("2026-06-28"), .received = on("2026-06-30"),
		.hearing = on("2026-07-20"), .name = TEXT("韩演示"), .id_number = TEXT_NONE, .phone = TEXT_NONE, .place = { TOWN } };
}

static enum rc
take_notice(struct stage *f, int who, const struct aid_notice_new *in, struct findings *findings, int64_t *ret)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);
	struct intake_receipt r = { .id = 0 };
	enum rc rc;

	*findings = (struct findings){ .n = 0 };
	rc = aid_notice_take(&ctx, idem_key_new(), in, findings, &r);
	*ret = r.id;
	return rc;
}

static int64_t
noticed(struct stage *f, const struct aid_notice_new *in)
{
	struct findings findings;
	int64_t id = 0;
	enum rc rc = take_notice(f, EXAMINER, in, &findings, &id);

	if (findings.n > 0)
		fail_msg("%s: %s", findings.v[0].field, findings.v[0].message);
	assert_int_equal(rc, RC_OK);
	return id;
}

static enum rc
assign(struct stage *f, int64_t id, int64_t provider, enum aid_lawyer_why *why)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, EXAMINER, &a);
	struct aid_verdict v;

	return aid_assign(&ctx, idem_key_new(), &(struct aid_assign){ .id = { id }, .revision = revision(f, id), .provider = provider,
	    .words = TEXT("专长对口，时间允许。") }, &v, why);
}

static enum rc
take_back(struct stage *f, int64_t id, const char *words, struct aid_verdict *v)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, EXAMINER, &a);

	return aid_notice_withdraw(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), text_of(words), v);
}

static void
a_notice_opens_the_case_and_three_days_run(void **state)
{
	struct stage *f = *state;
	struct aid_notice_new in = minor_on_trial();
	enum aid_lawyer_why why;
	int64_t id;
	struct aid a;

	aid_city(f);
	id = noticed(f, &in);
	a = aid_of(f, id);
	assert_int_equal(a.state, AID_GRANTED);
	assert_int_equal(a.form.kind, AID_DESIGNATED);
	assert_int_equal(a.form.confirmed, AID_BY_NOTICE);
	assert_true(a.form.detained);
	assert_int_equal(a.years, 0);
	assert_int_equal(due_of(f, id, TARGET_ASSIGN), end_of("2026-07-03"));   /* 36: three days */
	assert_int_equal(due_of(f, id, TARGET_DECIDE), -1);                     /* nothing is decided */
	assert_int_equal(of(f, "COUNT(*) FROM aid_decision WHERE city = $1", id), 0);
	assert_int_equal(problems(f), 0);
	assert_int_equal(assign(f, id, PROVIDER_ONE, &why), RC_OK);
	assert_int_equal(due_of(f, id, TARGET_ASSIGN), 0);
	assert_int_equal(of(f, "COUNT(*) FROM paper WHERE city = $1 AND kind = 'legalaid.assign'", id), 1);
	assert_int_equal(of(f, "COUNT(*) FROM paper_owed WHERE city = $1 AND kind = 'legalaid.defence'", id), 1);
	assert_int_equal(problems(f), 0);
}

static void
the_gravest_and_minors_get_whom_the_law_wants(void **state)
{
	struct stage *f = *state;
	struct aid_notice_new in = minor_on_trial();
	enum aid_lawyer_why why = AID_L_MAY;
	int64_t id;

	aid_city(f);
	in.ground = AID_D_GRAVEST;
	id = noticed(f, &in);
	assert_int_equal(aid_of(f, id).years, 3);
	assert_int_equal(assign(f, id, PROVIDER_TWO, &why), RC_REFUSED);        /* since 2024: two years */
	assert_int_equal(why, AID_L_YEARS);
	assert_int_equal(assign(f, id, PROVIDER_ONE, &why), RC_OK);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE provider SET practice_from = 20000 WHERE city = 3205 AND id = 311");
	assert_int_equal(problems(f), 1);                                       /* verify looks after Art. 26 */
	in.ground = AID_D_MINOR;
	in.name = TEXT("杨演示");
	id = noticed(f, &in);
	assert_int_equal(assign(f, id, PROVIDER_OTHER, &why), RC_REFUSED);
	assert_int_equal(why, AID_L_MINORS);
}

static void
what_does_not_fit_is_said_at_its_field(void **state)
{
	static const struct { const char *field; int organ, stage, ground; bool compulsory; } rows[] = {
		{ "ground", AID_COURT, AID_FIRST_INSTANCE, AID_D_NO_CASE, false },
		{ "stage", AID_POLICE, AID_PROSECUTION, AID_D_MINOR, false },
		{ "organ_kind", AID_POLICE, AID_INVESTIGATION, AID_D_ORDINARY, false },
		{ "organ_kind", AID_POLICE, AID_COMPULSORY_CASE, 0, true },
		{ "organ_kind", 0, AID_FIRST_INSTANCE, AID_D_MINOR, false },
		{ "stage", AID_COURT, 0, AID_D_MINOR, false },
	};
	struct stage *f = *state;
	struct findings findings;
	int64_t id;

	aid_city(f);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct aid_notice_new in = minor_on_trial();

		in.organ_kind = rows[i].organ;
		in.stage = rows[i].stage;
		in.ground = rows[i].ground;
		in.compulsory = rows[i].compulsory;
		assert_int_equal(take_notice(f, EXAMINER, &in, &findings, &id), RC_INVALID);
		assert_non_null(findings_of(&findings, rows[i].field));
	}
	{
		struct aid_notice_new in = minor_on_trial();
		struct day none = DAY_NONE;

		in.name = in.offence = in.organ = in.notice = TEXT_NONE;
		in.received = none;
		assert_int_equal(take_notice(f, EXAMINER, &in, &findings, &id), RC_INVALID);
		assert_int_equal(findings.total, 5);                            /* all at once */
		in = minor_on_trial();
		assert_int_equal(take_notice(f, HELPER, &in, &findings, &id), RC_REFUSED); /* a village station is no institution */
		assert_non_null(findings_of(&findings, "organ"));
	}
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM request WHERE city = $1"), 0);
	assert_int_equal(problems(f), 0);
}

static void
compulsory_treatment_is_mandatory_too(void **state)
{
	struct stage *f = *state;
	struct aid_notice_new in = minor_on_trial();
	int64_t id;

	aid_city(f);
	in.compulsory = true;
	in.ground = AID_DESIGNATION_NONE;
	in.stage = AID_COMPULSORY_CASE;
	id = noticed(f, &in);
	assert_int_equal(aid_of(f, id).form.kind, AID_COMPULSORY);
	assert_int_equal(state_of(f, id), AID_GRANTED);
	assert_int_equal(problems(f), 0);
}

static void
a_notice_is_taken_back_before_the_agreement(void **state)
{
	struct stage *f = *state;
	struct aid_notice_new in = minor_on_trial();
	struct aid_form form = migrant();
	enum aid_lawyer_why why;
	struct aid_verdict v;
	struct actor a;
	struct ctx ctx;
	struct request r;
	int64_t id;

	aid_city(f);
	id = noticed(f, &in);
	assert_int_equal(take_back(f, id, "不用", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NO_WORDS);
	assert_int_equal(assign(f, id, PROVIDER_ONE, &why), RC_OK);
	assert_int_equal(take_back(f, id, "家属已自行委托辩护人，法院来函撤回。", &v), RC_OK);
	assert_int_equal(state_of(f, id), AID_WITHDRAWN);
	assert_int_equal(look(f, 0, id, &r), RC_OK);
	assert_int_equal(r.state, REQUEST_WITHDRAWN);
	assert_int_equal(of(f, "COUNT(*) FROM aid_assignment WHERE city = $1 AND open = 1", id), 0);
	in.name = TEXT("杨演示");
	id = noticed(f, &in);
	assert_int_equal(assign(f, id, PROVIDER_ONE, &why), RC_OK);
	ctx = aid_ctx(f, LAWYER, &a);
	assert_int_equal(aid_accept(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), &v), RC_OK);
	assert_int_equal(aid_agree(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), TEXT_NONE, &v), RC_OK);
	assert_int_equal(take_back(f, id, "家属已自行委托辩护人。", &v), RC_REFUSED); /* now it is ended by Art. 48 */
	assert_int_equal(v.why, AID_NO_STEP);
	id = applied(f, &form);                                                 /* an application has no notice to take back */
	assert_int_equal(examine(f, EXAMINER, id, &form, &v), RC_OK);
	assert_int_equal(decide(f, CHIEF, id, true, "", "", 0, &v), RC_OK);
	assert_int_equal(take_back(f, id, "家属已自行委托辩护人。", &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NO_NOTICE);
	assert_int_equal(problems(f), 0);
}

/* A designated case that came as an application: not on means, but on its own grounds. */
static void
nobody_is_refused_on_means_at_a_notice(void **state)
{
	struct stage *f = *state;
	struct aid_form form = { .kind = AID_DESIGNATED, .designation = AID_D_NO_CASE, .income = -1, .own_income = -1, .limit_day = DAY_NONE,
		.found_day = DAY_NONE, .organ = TEXT("演示区人民法院"), .notice = TEXT_NONE, .confirmed = AID_BY_NOTICE };
	struct aid_verdict v;
	int64_t id;

	aid_city(f);
	id = applied(f, &form);
	assert_int_equal(examine(f, EXAMINER, id, &form, &v), RC_OK);
	assert_int_equal(decide(f, CHIEF, id, false, "另有情况。", "收入超过标准。", 1u << AID_R_MEANS, &v), RC_REFUSED);
	assert_int_equal(v.why, AID_NO_MEANS);
	assert_int_equal(decide(f, CHIEF, id, false, "另有情况。", "不属于通知辩护的情形。", 1u << AID_R_DESIGNATION, &v), RC_OK);
	assert_int_equal(problems(f), 0);
}

/* ---- the counter ---------------------------------------------------------------------------------------------- */

static enum rc
at_counter(struct stage *f, int who, struct aid_counter *in, struct findings *findings, int64_t *ret)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);
	struct intake_receipt r = { .id = 0 };
	enum rc rc;

	in->request.item = stage_int(f, "SELECT id FROM item WHERE city = $1 AND code = 'legal-aid'");
	in->request.channel = CHANNEL_WINDOW;
	*findings = (struct findings){ .n = 0 };
	rc = aid_counter_take(&ctx, idem_key_new(), in, findings, &r);
	*ret = r.id;
	return rc;
}

static struct aid_counter
counter_of(struct stage *f)
{
	struct aid_counter in = { .request = wages(f), .form = migrant(), .n_brought = 2,
		.brought = { { TEXT("居民身份证"), 1, false }, { TEXT("劳动合同"), 2, true } }, .until = DAY_NONE };

	in.request.person.id_number = TEXT("990000199001010017");
	in.request.opponent = TEXT("演示建筑公司");
	return in;
}

static void
the_counter_takes_it_once_and_whole(void **state)
{
	struct stage *f = *state;
	struct aid_counter in;
	struct findings findings;
	struct actor a;
	struct ctx ctx;
	int64_t id;

	aid_city(f);
	in = counter_of(f);
	assert_int_equal(at_counter(f, EXAMINER, &in, &findings, &id), RC_OK);
	assert_int_equal(state_of(f, id), AID_APPLIED);
	assert_int_equal(due_of(f, id, TARGET_DECIDE), end_of("2026-07-07"));   /* 43: seven days */
	ctx = aid_ctx(f, EXAMINER, &a);
	assert_int_equal(aid_papers_of(&ctx, (struct case_id){ id }), RC_OK);
	assert_int_equal(of(f, "COUNT(*) FROM paper WHERE city = $1 AND kind = 'legalaid.received'", id), 1);
	assert_int_equal(of(f, "COUNT(*) FROM aid_brought WHERE city = $1", id), 2);
	in.request.person.id_number = TEXT_NONE;
	in.request.person.name = TEXT("许演示");
	in.n_missing = 2;
	in.missing[0] = TEXT("工资记录");
	in.missing[1] = TEXT("经济状况说明");
	in.until = on("2026-06-30");
	assert_int_equal(at_counter(f, EXAMINER, &in, &findings, &id), RC_INVALID); /* from tomorrow on */
	assert_non_null(findings_of(&findings, "until"));
	in.until = on("2026-07-10");
	assert_int_equal(at_counter(f, EXAMINER, &in, &findings, &id), RC_OK);
	assert_int_equal(state_of(f, id), AID_SUPPLEMENT);                      /* the seven days stand still */
	assert_int_equal(of(f, "COUNT(*) FROM case_pause WHERE city = $1", id), 1);
	ctx = aid_ctx(f, EXAMINER, &a);
	assert_int_equal(aid_papers_of(&ctx, (struct case_id){ id }), RC_OK);
	assert_int_equal(of(f, "COUNT(*) FROM paper WHERE city = $1 AND kind IN ('legalaid.received', 'legalaid.supplement')", id), 2);
	assert_int_equal(problems(f), 0);
}

static void
papers_of_another_and_a_second_institution_are_refused_whole(void **state)
{
	struct stage *f = *state;
	struct aid_counter in;
	struct findings findings;
	int64_t id, first, n;

	aid_city(f);
	in = counter_of(f);
	assert_int_equal(at_counter(f, EXAMINER, &in, &findings, &first), RC_OK);
	n = stage_int(f, "SELECT COUNT(*) FROM request WHERE city = $1");
	assert_int_equal(at_counter(f, CHIEF, &in, &findings, &id), RC_REFUSED); /* the same person, the same matter */
	assert_non_null(findings_of(&findings, "matter"));
	assert_non_null(strstr(findings.v[0].message, "point 203先收到"));
	in.form.matter = AID_TRAFFIC;
	in.request.person.name = TEXT("周演示");                                 /* the number of 沈演示 */
	assert_int_equal(at_counter(f, EXAMINER, &in, &findings, &id), RC_REFUSED);
	assert_non_null(findings_of(&findings, "id_number"));
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM request WHERE city = $1"), n);
	in.known_by_name = true;                                                /* the clerk has seen the original: a former name */
	assert_int_equal(at_counter(f, EXAMINER, &in, &findings, &id), RC_OK);
	in.form.kind = AID_KIND_NONE;
	in.request.person.name = TEXT_NONE;
	assert_int_equal(at_counter(f, EXAMINER, &in, &findings, &id), RC_INVALID);
	assert_non_null(findings_of(&findings, "kind"));
	assert_non_null(findings_of(&findings, "name"));
	assert_int_equal(problems(f), 0);
}

/* Every n-th call fails: no request, no form, no list; then all of it. */
static void
nothing_is_half_done(void **state)
{
	struct stage *f = *state;
	struct aid_counter in;
	struct aid_notice_new notice = minor_on_trial();
	struct findings findings;
	enum rc rc = RC_UNAVAILABLE;
	int64_t id;

	aid_city(f);
	in = counter_of(f);
	in.n_missing = 1;
	in.missing[0] = TEXT("工资记录");
	in.until = on("2026-07-10");
	in.request.item = stage_int(f, "SELECT id FROM item WHERE city = $1 AND code = 'legal-aid'");
	in.request.channel = CHANNEL_WINDOW;
	for (int64_t n = 1; rc != RC_OK && n < 400; n += 1 + n / 12) {
		struct actor a;
		struct ctx ctx = aid_ctx(f, EXAMINER, &a);
		struct intake_receipt r = { .id = 0 };

		ctx.mem = arena_create(32 << 20);
		findings = (struct findings){ .n = 0 };
		db_fail_after(f->db, n);
		rc = aid_counter_take(&ctx, idem_key_new(), &in, &findings, &r);
		db_fail_after(f->db, 0);
		arena_free(ctx.mem);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM request WHERE city = $1"), rc == RC_OK);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM aid_brought WHERE city = $1"), rc == RC_OK ? 2 : 0);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper_owed WHERE city = $1"), rc == RC_OK ? 2 : 0);
	}
	assert_int_equal(rc, RC_OK);
	rc = RC_UNAVAILABLE;
	for (int64_t n = 1; rc != RC_OK && n < 400; n += 1 + n / 12) {
		db_fail_after(f->db, n);
		rc = take_notice(f, EXAMINER, &notice, &findings, &id);
		db_fail_after(f->db, 0);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM request WHERE city = $1"), rc == RC_OK ? 2 : 1);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM aid_notice WHERE city = $1"), rc == RC_OK);
	}
	assert_int_equal(rc, RC_OK);
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_notice_opens_the_case_and_three_days_run),
		cmocka_unit_test(the_gravest_and_minors_get_whom_the_law_wants),
		cmocka_unit_test(what_does_not_fit_is_said_at_its_field),
		cmocka_unit_test(compulsory_treatment_is_mandatory_too),
		cmocka_unit_test(a_notice_is_taken_back_before_the_agreement),
		cmocka_unit_test(nobody_is_refused_on_means_at_a_notice),
		cmocka_unit_test(the_counter_takes_it_once_and_whole),
		cmocka_unit_test(papers_of_another_and_a_second_institution_are_refused_whole),
		cmocka_unit_test(nothing_is_half_done),
	};
	int failed = stage_main("story_aid_notice", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
