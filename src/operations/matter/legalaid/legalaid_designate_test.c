/* Every ground, organ and stage on both sides of what the law says. */
#include "operations/matter/legalaid/legalaid_notice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DAY(n) ((struct day){ 20600 + (n) })

static enum aid_notice_why
judge(enum aid_organ o, enum aid_stage s, enum aid_designation g, bool compulsory)
{
	return aid_notice_judge(&(struct aid_notice_facts){ .organ = o, .stage = s, .ground = g, .compulsory = compulsory, .found = DAY(0),
	    .received = DAY(1), .hearing = DAY(9), .today = DAY(1) });
}

/* Each ground at each stage by each organ: 'y' may; by rows of stages (investigation … compulsory) and organs (court, procuratorate, police). */
static void
each_ground_is_noticed_where_the_law_has_it(void **state)
{
	static const struct { enum aid_designation ground; const char *may[6]; } v[] = {
		{ AID_D_MINOR, { "nyy", "nyn", "ynn", "ynn", "nnn", "nnn" } },
		{ AID_D_IMPAIRED, { "nyy", "nyn", "ynn", "ynn", "nnn", "nnn" } },
		{ AID_D_CAPACITY, { "nyy", "nyn", "ynn", "ynn", "nnn", "nnn" } },
		{ AID_D_GRAVEST, { "nyy", "nyn", "ynn", "ynn", "nnn", "nnn" } },
		{ AID_D_DEATH_REVIEW, { "nnn", "nnn", "nnn", "nnn", "ynn", "nnn" } },
		{ AID_D_ABSENT, { "nnn", "nnn", "ynn", "ynn", "nnn", "nnn" } },
		{ AID_D_OTHER_LAW, { "nyy", "nyn", "ynn", "ynn", "nnn", "nnn" } },
		{ AID_D_ORDINARY, { "nnn", "nnn", "ynn", "ynn", "nnn", "nnn" } },
		{ AID_D_NO_CASE, { "nnn", "nnn", "nnn", "nnn", "nnn", "nnn" } },
		{ AID_DESIGNATION_NONE, { "nnn", "nnn", "nnn", "nnn", "nnn", "nnn" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		for (int s = AID_INVESTIGATION; s < AID_STAGE_COUNT; s++)
			for (int o = AID_COURT; o < AID_ORGAN_COUNT; o++) {
				bool may = judge((enum aid_organ)o, (enum aid_stage)s, v[i].ground, false) == AID_N_MAY;

				if (may != (v[i].may[s - 1][o - 1] == 'y'))
					fail_msg("ground %d, stage %d, organ %d", v[i].ground, s, o);
			}
	for (int s = AID_INVESTIGATION; s < AID_STAGE_COUNT; s++) /* 28: compulsory treatment, by the court alone */
		for (int o = AID_COURT; o < AID_ORGAN_COUNT; o++)
			assert_int_equal(judge((enum aid_organ)o, (enum aid_stage)s, AID_DESIGNATION_NONE, true) == AID_N_MAY,
			    s == AID_COMPULSORY_CASE && o == AID_COURT);
}

static void
it_says_which_of_them_does_not_fit(void **state)
{
	(void)state;
	assert_int_equal(judge(AID_POLICE, AID_INVESTIGATION, AID_D_NO_CASE, false), AID_N_NO_GROUND);
	assert_int_equal(judge(AID_POLICE, AID_INVESTIGATION, AID_D_ORDINARY, false), AID_N_COURT_ONLY);
	assert_int_equal(judge(AID_POLICE, AID_PROSECUTION, AID_D_MINOR, false), AID_N_ORGAN_STAGE);
	assert_int_equal(judge(AID_COURT, AID_DEATH_CHECK, AID_D_MINOR, false), AID_N_STAGE_ONLY);
	assert_int_equal(judge(AID_POLICE, AID_COMPULSORY_CASE, AID_DESIGNATION_NONE, true), AID_N_COURT_ONLY);
	for (int w = AID_N_MAY; w < AID_N_WHY_COUNT; w++)
		assert_true(strlen(aid_notice_why_label((enum aid_notice_why)w)) > 6);
}

static void
days_stand_in_their_order(void **state)
{
	struct aid_notice_facts f = { .organ = AID_COURT, .stage = AID_FIRST_INSTANCE, .ground = AID_D_MINOR, .found = DAY(5), .received = DAY(5),
		.hearing = DAY(5), .today = DAY(5) };

	(void)state;
	assert_int_equal(aid_notice_judge(&f), AID_N_MAY);
	f.found = DAY(6);
	assert_int_equal(aid_notice_judge(&f), AID_N_DAYS);
	f.found = DAY_NONE;
	assert_int_equal(aid_notice_judge(&f), AID_N_MAY);
	f.today = DAY(4);
	assert_int_equal(aid_notice_judge(&f), AID_N_DAYS);
	f.today = DAY(5);
	f.hearing = DAY(4);
	assert_int_equal(aid_notice_judge(&f), AID_N_HEARING);
	f.hearing = DAY_NONE;
	assert_int_equal(aid_notice_judge(&f), AID_N_MAY);
	assert_true(aid_notice_in_time(DAY(0), DAY(3), 3));        /* 36: the organ's own three days */
	assert_false(aid_notice_in_time(DAY(0), DAY(4), 3));
}

static void
only_the_court_s_own_choice_is_optional_and_three_years_are_for_the_gravest(void **state)
{
	(void)state;
	for (int g = AID_D_MINOR; g < AID_D_NO_CASE; g++) {
		bool gravest = g == AID_D_GRAVEST || g == AID_D_DEATH_REVIEW;

		assert_int_equal(aid_notice_mandatory((enum aid_designation)g, false), g != AID_D_ORDINARY);
		assert_int_equal(aid_notice_years((enum aid_designation)g, false), gravest ? 3 : 0);
		assert_int_equal(aid_notice_years((enum aid_designation)g, true), 3);
		assert_non_null(strstr(aid_notice_basis((enum aid_designation)g, false), "第二十五条"));
	}
	assert_true(aid_notice_mandatory(AID_DESIGNATION_NONE, true));
	assert_non_null(strstr(aid_notice_basis(AID_DESIGNATION_NONE, true), "第二十八条"));
	assert_string_equal(aid_notice_basis(AID_D_NO_CASE, false), "");
	assert_non_null(strstr(aid_notice_basis(AID_D_MINOR, false), "第二百七十八条"));
	assert_non_null(strstr(aid_notice_basis(AID_D_ABSENT, false), "第二百九十三条"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_ground_is_noticed_where_the_law_has_it),
		cmocka_unit_test(it_says_which_of_them_does_not_fit),
		cmocka_unit_test(days_stand_in_their_order),
		cmocka_unit_test(only_the_court_s_own_choice_is_optional_and_three_years_are_for_the_gravest),
	};

	return cmocka_run_group_tests_name("legalaid_designate", tests, NULL, NULL);
}
