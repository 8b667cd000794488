/* The law of legal aid, from its text: both sides of every limit, each ground, each step and who may take it. */
#include "operations/matter/legalaid/legalaid_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct day
on(const char *t)
{
	struct day d;

	assert_int_equal(day_parse(text_of(t), &d), RC_OK);
	return d;
}

/* ---- the table --------------------------------------------------------------------------------------- */

static void
each_step_has_one_row_in_a_state(void **state)
{
	(void)state;
	for (size_t i = 0; i < aid_edges_n; i++) {
		for (size_t k = i + 1; k < aid_edges_n; k++)
			if (aid_edges[i].from == aid_edges[k].from && aid_edges[i].step == aid_edges[k].step)
				fail_msg("rows %zu and %zu", i, k);
		assert_true(aid_edges[i].who != 0);
		assert_string_not_equal(aid_step_key(aid_edges[i].step), "none");
		assert_string_not_equal(aid_state_key(aid_edges[i].to), "none");
		assert_true(aid_step_by_key(text_of(aid_step_key(aid_edges[i].step))) == aid_edges[i].step);
		assert_true((aid_edges[i].meets & BIT(aid_edges[i].starts)) == 0 || aid_edges[i].starts == 0);
	}
}

/* From the application on, every state can be reached, and every open one can be left. */
static void
every_state_is_reached_and_left(void **state)
{
	bool reached[128] = { [AID_NONE] = true, [AID_UNFILLED] = true }, left[128] = { false };
	bool more = true;

	(void)state;
	while (more) {
		more = false;
		for (size_t i = 0; i < aid_edges_n; i++)
			if (reached[aid_edges[i].from] && !reached[aid_edges[i].to])
				more = reached[aid_edges[i].to] = true;
	}
	for (size_t i = 0; i < aid_edges_n; i++)
		left[aid_edges[i].from] = left[aid_edges[i].from] || aid_edges[i].to != aid_edges[i].from;
	for (int s = 0; s < 128; s++)
		if (strcmp(aid_state_key((enum aid_state)s), "none") != 0) {
			if (!reached[s])
				fail_msg("%s is not reached", aid_state_key((enum aid_state)s));
			if (left[s] != aid_is_open((enum aid_state)s))
				fail_msg("%s is %s", aid_state_key((enum aid_state)s), left[s] ? "left" : "not left");
		}
}

/* A limit that a step starts is met by every way out of what it leads to, or goes on running there. */
static void
limits_start_where_the_law_says(void **state)
{
	static const struct { enum aid_state from; enum aid_step step; enum clock_target starts; } v[] = {
		{ AID_UNFILLED, AID_APPLY, TARGET_DECIDE },       /* 43(1): seven days from receipt */
		{ AID_EXAMINED, AID_GRANT, TARGET_ASSIGN },     /* 43(1): three days from the grant */
		{ AID_GRANTED, AID_ASSIGN, TARGET_AGREE },
		{ AID_REFUSED, AID_OBJECT, TARGET_OBJECTION },  /* 49: five days */
		{ AID_TERMINATED, AID_OBJECT, TARGET_OBJECTION },
		{ AID_IN_PROGRESS, AID_CHANGE_ASK, TARGET_CHANGE },
		{ AID_IN_PROGRESS, AID_CLOSE, TARGET_FILE },
		{ AID_CLOSED, AID_FILE, TARGET_FILE_CHECK },
	};
	unsigned met = 0, started = 0;

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		assert_int_equal(aid_edge_find(v[i].from, v[i].step)->starts, v[i].starts);
	for (size_t i = 0; i < aid_edges_n; i++) {
		met |= aid_edges[i].meets;
		started |= aid_edges[i].starts != 0 ? BIT(aid_edges[i].starts) : 0;
	}
	assert_int_equal(met, started);
	assert_int_equal(aid_edge_find(AID_EXAMINED, AID_GRANT)->meets, BIT(TARGET_DECIDE));
	assert_int_equal(aid_edge_find(AID_EXAMINED, AID_REFUSE)->meets, BIT(TARGET_DECIDE));
	assert_int_equal(aid_edge_find(AID_SUPPLEMENT, AID_GIVE_SUPPLEMENT)->meets, 0); /* it stood still, and goes on */
}

static enum aid_why
may(enum aid_state s, enum aid_step step, unsigned sides)
{
	struct aid_facts f = { .state = s, .sides = sides, .accepted = true, .actor = 9, .recorded_by = 7, .examined_by = 8 };

	return aid_step_judge(&f, step).why;
}

static void
each_side_takes_its_steps(void **state)
{
	(void)state;
	assert_int_equal(may(AID_EXAMINED, AID_GRANT, AID_SIDE_OFFICE | AID_SIDE_DECIDER), AID_MAY);
	assert_int_equal(may(AID_EXAMINED, AID_GRANT, AID_SIDE_OFFICE), AID_NOT_YOURS);
	assert_int_equal(may(AID_EXAMINED, AID_GRANT, AID_SIDE_APPLICANT), AID_NOT_YOURS);
	assert_int_equal(may(AID_EXAMINED, AID_GRANT, AID_SIDE_BUREAU), AID_NOT_YOURS);
	assert_int_equal(may(AID_APPLIED, AID_GRANT, AID_SIDE_DECIDER), AID_NO_STEP); /* not examined */
	assert_int_equal(may(AID_APPLIED, AID_EXAMINE, AID_SIDE_APPLICANT), AID_NOT_YOURS);
	assert_int_equal(may(AID_OBJECTED, AID_UPHOLD, AID_SIDE_DECIDER | AID_SIDE_OFFICE), AID_NOT_YOURS); /* 49: the bureau */
	assert_int_equal(may(AID_OBJECTED, AID_UPHOLD, AID_SIDE_BUREAU), AID_MAY);
	assert_int_equal(may(AID_IN_PROGRESS, AID_TERMINATE, AID_SIDE_LAWYER), AID_NOT_YOURS); /* reports it (48) */
	assert_int_equal(may(AID_IN_PROGRESS, AID_CLOSE, AID_SIDE_LAWYER), AID_MAY);
	assert_int_equal(may(AID_IN_PROGRESS, AID_CHANGE_ASK, AID_SIDE_APPLICANT), AID_MAY);
	assert_int_equal(may(AID_SUPPLEMENT, AID_GIVE_SUPPLEMENT, AID_SIDE_APPLICANT), AID_MAY);
	assert_int_equal(may(AID_UNFILLED, AID_EXAMINE, AID_SIDE_OFFICE), AID_FORM_OPEN);
	assert_int_equal(may(AID_ARCHIVED, AID_FILE, AID_SIDE_OFFICE), AID_NO_STEP);
	assert_int_equal(may(AID_APPLIED, AID_ASSIGN, AID_SIDE_OFFICE), AID_NO_STEP); /* no aid before the decision */
}

static void
nobody_decides_what_they_recorded_or_examined(void **state)
{
	struct aid_facts f = { .state = AID_EXAMINED, .sides = AID_SIDE_OFFICE | AID_SIDE_DECIDER, .accepted = true, .actor = 9,
		.recorded_by = 7, .examined_by = 8 };

	(void)state;
	assert_int_equal(aid_step_judge(&f, AID_GRANT).why, AID_MAY);
	f.actor = 7;
	assert_int_equal(aid_step_judge(&f, AID_GRANT).why, AID_SAME_PERSON);
	assert_int_equal(aid_step_judge(&f, AID_REFUSE).why, AID_SAME_PERSON);
	assert_int_equal(aid_step_judge(&f, AID_ADVANCE).why, AID_SAME_PERSON);
	f.actor = 8;
	assert_int_equal(aid_step_judge(&f, AID_GRANT).why, AID_SAME_PERSON);
	assert_int_equal(aid_step_judge(&f, AID_EXAMINE).why, AID_MAY);
	f.accepted = false;
	assert_int_equal(aid_step_judge(&f, AID_EXAMINE).why, AID_NOT_ACCEPTED);
}

/* ---- deciding --------------------------------------------------------------------------------------------- */

static void
otherwise_than_advised_wants_words_and_a_refusal_wants_reasons(void **state)
{
	static const struct { enum aid_advice advised; bool grant; size_t deviation, words; unsigned grounds; enum aid_why why; bool by_notice; } v[] = {
		{ AID_ADVICE_NONE, true, 9, 9, 0, AID_NOT_JUDGED, false },
		{ AID_ADVISED_YES, true, 0, 0, 0, AID_MAY, false },
		{ AID_ADVISED_NO, true, 3, 9, 0, AID_NO_DEVIATION, false },
		{ AID_ADVISED_NO, true, 4, 0, 0, AID_MAY, false },
		{ AID_ASK_PERSON, true, 0, 9, 0, AID_NO_DEVIATION, false },
		{ AID_FACTS_MISSING, true, 0, 9, 0, AID_NO_DEVIATION, false },
		{ AID_ADVISED_NO, false, 0, 4, 1, AID_MAY, false },
		{ AID_ADVISED_NO, false, 0, 3, 1, AID_NO_WORDS, false },
		{ AID_ADVISED_NO, false, 0, 9, 0, AID_NO_GROUND, false },
		{ AID_ADVISED_YES, false, 0, 9, 1, AID_NO_DEVIATION, false },
		{ AID_ADVISED_YES, false, 4, 9, 1, AID_MAY, false },
		{ AID_ASK_PERSON, false, 4, 9, 1, AID_MAY, false },
		{ AID_ADVISED_NO, false, 0, 9, 1u << AID_R_MEANS, AID_NO_MEANS, true },      /* 25, 28: nobody asks about means */
		{ AID_ADVISED_NO, false, 0, 9, 1u << AID_R_MEANS | 1u << AID_R_DESIGNATION, AID_NO_MEANS, true },
		{ AID_ADVISED_NO, false, 0, 9, 1u << AID_R_DESIGNATION, AID_MAY, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		struct aid_decision_facts f = { v[i].advised, v[i].grant, v[i].deviation, v[i].words, v[i].grounds, v[i].by_notice };
		enum aid_why why = aid_decision_judge(&f).why;

		if (why != v[i].why)
			fail_msg("row %zu: %d", i, (int)why);
	}
}

static void
every_ground_of_refusal_names_its_article(void **state)
{
	(void)state;
	for (int r = 0; r < AID_REFUSAL_COUNT; r++)
		assert_true(strlen(aid_refusal_basis((enum aid_refusal)r)) > 20);
	assert_string_equal(aid_refusal_basis(AID_R_MEANS), "法律援助法 第三十四条");
	assert_string_equal(aid_refusal_basis(AID_REFUSAL_COUNT), "");
}

/* Art. 44: 距法定时效或者期限届满不足七日, or preservation at once. */
static void
urgent_is_less_than_seven_days(void **state)
{
	static const struct { const char *limit; bool urgent; } v[] = {
		{ "2026-06-29", false }, /* over */
		{ "2026-06-30", true }, { "2026-07-06", true },
		{ "2026-07-07", false }, /* exactly seven are left */
		{ "2026-07-08", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		if (aid_is_urgent(on("2026-06-30"), on(v[i].limit), false, 7) != v[i].urgent)
			fail_msg("%s", v[i].limit);
	assert_true(aid_is_urgent(on("2026-06-30"), on("2026-12-31"), true, 7));
	assert_false(aid_is_urgent(on("2026-06-30"), DAY_NONE, false, 7));
}

/* Art. 48, in its order: the first five want a paper, all want words. */
static void
eight_grounds_end_aid(void **state)
{
	(void)state;
	for (int g = AID_E_FRAUD; g < AID_END_COUNT; g++) {
		bool paper = g <= AID_E_CASE_OVER;

		assert_int_equal(aid_end_judge((enum aid_end_ground)g, true, 4).why, AID_MAY);
		assert_int_equal(aid_end_judge((enum aid_end_ground)g, false, 4).why, paper ? AID_NO_PROOF : AID_MAY);
		assert_int_equal(aid_end_judge((enum aid_end_ground)g, true, 3).why, AID_NO_WORDS);
		assert_true(aid_end_proof((enum aid_end_ground)g)[0] != '\0');
	}
	assert_int_equal(aid_end_judge((enum aid_end_ground)0, true, 9).why, AID_NO_GROUND);
	assert_int_equal(aid_end_judge(AID_END_COUNT, true, 9).why, AID_NO_GROUND);
	assert_string_equal(aid_end_basis(AID_E_FRAUD), "法律援助法 第四十八条第一项");
	assert_string_equal(aid_end_basis(AID_E_OTHER), "法律援助法 第四十八条第八项");
	assert_int_equal(AID_END_COUNT - 1, 8);
}

static void
an_objection_has_its_days_where_they_are_known(void **state)
{
	(void)state;
	assert_true(aid_objection_in_time(on("2026-06-01"), on("2026-06-01"), 60));
	assert_true(aid_objection_in_time(on("2026-06-01"), on("2026-07-31"), 60));
	assert_false(aid_objection_in_time(on("2026-06-01"), on("2026-08-01"), 60));
	assert_true(aid_objection_in_time(on("2026-06-01"), on("2027-08-01"), 0)); /* nobody has verified a number */
}

/* Art. 36: the authority notifies within three days of finding it. */
static void
a_notice_comes_within_three_days(void **state)
{
	(void)state;
	assert_true(aid_notice_in_time(on("2026-06-01"), on("2026-06-04"), 3));
	assert_false(aid_notice_in_time(on("2026-06-01"), on("2026-06-05"), 3));
	assert_true(aid_notice_in_time(DAY_NONE, on("2026-06-05"), 3));
}

/* ---- whom a case may be given to ------------------------------------------------------------------------------- */

static struct aid_candidate
lawyer(int64_t id)
{
	struct provider p = { .id = id, .kind = PROVIDER_LAWYER, .valid_from = on("2020-01-01"), .valid_to = on("2026-06-30"),
		.practice_from = on("2023-06-30"), .away_from = DAY_NONE, .away_to = DAY_NONE, .active = true, .firm_active = true,
		.skills = BIT(SKILL_LABOUR) };

	return (struct aid_candidate){ .provider = p, .firm_place = { INT64_C(320506000000) } };
}

static struct aid_need
wages(void)
{
	return (struct aid_need){ .kind = AID_CIVIL, .matter = AID_WAGES, .today = on("2026-06-30"), .place = { INT64_C(320506100201) } };
}

static void
a_lawyer_must_be_allowed_experienced_and_free_of_conflict(void **state)
{
	struct aid_need need = wages();
	struct aid_candidate c = lawyer(1);

	(void)state;
	assert_int_equal(aid_lawyer_judge(&need, &c), AID_L_MAY);
	need.today = on("2026-07-01");
	assert_int_equal(aid_lawyer_judge(&need, &c), AID_L_LICENCE);
	need = wages();
	need.years = 3;                          /* Art. 26: three years completed today */
	assert_int_equal(aid_lawyer_judge(&need, &c), AID_L_MAY);
	c.provider.practice_from = on("2023-07-01");
	assert_int_equal(aid_lawyer_judge(&need, &c), AID_L_YEARS);
	need = wages();
	need.minor = true;                       /* 未成年人保护法 104 */
	assert_int_equal(aid_lawyer_judge(&need, &c), AID_L_MINORS);
	c.provider.skills |= BIT(SKILL_MINORS);
	assert_int_equal(aid_lawyer_judge(&need, &c), AID_L_MAY);
	c.opponent_firm = true;
	assert_int_equal(aid_lawyer_judge(&need, &c), AID_L_OPPONENT_FIRM);
	c.opponent_firm = false;
	c.conflict = true;
	assert_int_equal(aid_lawyer_judge(&need, &c), AID_L_CONFLICT);
	c.conflict = false;
	c.declined = true;
	assert_int_equal(aid_lawyer_judge(&need, &c), AID_L_DECLINED);
	c.declined = false;
	c.provider.kind = PROVIDER_GRASSROOTS;
	assert_int_equal(aid_lawyer_judge(&need, &c), AID_L_MAY);
	need.kind = AID_DESIGNATED;              /* defence is a lawyer's */
	assert_int_equal(aid_lawyer_judge(&need, &c), AID_L_CRIMINAL);
	c.provider.kind = PROVIDER_AID_LAWYER;
	assert_int_equal(aid_lawyer_judge(&need, &c), AID_L_MAY);
}

static void
the_fitting_and_the_less_laden_come_first(void **state)
{
	struct aid_need need = wages();
	struct aid_candidate v[4] = { lawyer(1), lawyer(2), lawyer(3), lawyer(4) };

	(void)state;
	v[0].load = 3;
	v[1].load = 1;
	v[2].provider.skills = 0;
	v[3].conflict = true;
	aid_rank(&need, v, 4);
	assert_int_equal(v[0].provider.id, 2);
	assert_int_equal(v[1].provider.id, 1);
	assert_int_equal(v[2].provider.id, 3);
	assert_int_equal(v[3].provider.id, 4);
	assert_int_equal(v[3].why, AID_L_CONFLICT);
	assert_int_equal(v[0].fit, AID_FIT_SKILL | AID_FIT_PLACE);
}

/* ---- the articles a grant names ----------------------------------------------------------------------------- */

static void
a_grant_names_its_article_and_the_waiver(void **state)
{
	struct aid_form f = { .kind = AID_CIVIL, .matter = AID_WAGES, .status = AID_MIGRANT, .proof = true };

	(void)state;
	assert_string_equal(aid_grant_basis(&f), "第三十一条");
	assert_string_equal(aid_waived_basis(&f), "第四十二条第三项");
	f.matter = AID_TRAFFIC; /* Art. 42(3): wages and injuries at work alone */
	assert_string_equal(aid_waived_basis(&f), "");
	f.status = AID_WEAK_GROUP;
	assert_string_equal(aid_waived_basis(&f), "第四十二条第一项");
	f.status = AID_ON_ASSISTANCE;
	assert_string_equal(aid_waived_basis(&f), "第四十二条第二项");
	f.proof = false;
	assert_string_equal(aid_waived_basis(&f), "");
	f.proof = true;
	f.matter = AID_VIOLENCE; /* Art. 32: never asked, so not waived */
	assert_string_equal(aid_grant_basis(&f), "第三十二条");
	assert_string_equal(aid_waived_basis(&f), "");
	f.kind = AID_DESIGNATED;
	assert_string_equal(aid_grant_basis(&f), "第二十五条");
	assert_string_equal(aid_waived_basis(&f), "");
	f.kind = AID_KIND_NONE;
	assert_string_equal(aid_grant_basis(&f), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_step_has_one_row_in_a_state),
		cmocka_unit_test(every_state_is_reached_and_left),
		cmocka_unit_test(limits_start_where_the_law_says),
		cmocka_unit_test(each_side_takes_its_steps),
		cmocka_unit_test(nobody_decides_what_they_recorded_or_examined),
		cmocka_unit_test(otherwise_than_advised_wants_words_and_a_refusal_wants_reasons),
		cmocka_unit_test(every_ground_of_refusal_names_its_article),
		cmocka_unit_test(urgent_is_less_than_seven_days),
		cmocka_unit_test(eight_grounds_end_aid),
		cmocka_unit_test(an_objection_has_its_days_where_they_are_known),
		cmocka_unit_test(a_notice_comes_within_three_days),
		cmocka_unit_test(a_lawyer_must_be_allowed_experienced_and_free_of_conflict),
		cmocka_unit_test(the_fitting_and_the_less_laden_come_first),
		cmocka_unit_test(a_grant_names_its_article_and_the_waiver),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("operations/legalaid_rule", tests, NULL, NULL);
}
