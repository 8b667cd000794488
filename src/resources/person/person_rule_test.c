#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "resources/person/person.h"

/* fictitious: no area 990000 */
#define ORGAN "11990000MB0000000J"
#define FIRM "91990000MA00000008"

static struct day
day(int year, int month, int d)
{
	struct day ret;

	assert_int_equal(day_from_ymd((struct ymd){ year, month, d }, &ret), RC_OK);
	return ret;
}

static bool
has(uint64_t groups, enum group g)
{
	return (groups & GROUP_BIT(g)) != 0;
}

/* 老年人权益保障法 2: 60 completed years; 未成年人保护法 2: under 18. */
static void
age_groups_change_on_the_birthday(void **state)
{
	static const struct { int y, m, d; bool elderly, minor; } rows[] = {
		{ 1966, 7, 1, false, false },  /* 59 until tomorrow */
		{ 1966, 6, 30, true, false },  /* 60 today */
		{ 1880, 1, 1, true, false },
		{ 2008, 6, 30, false, false }, /* 18 today */
		{ 2008, 7, 1, false, true },   /* 17 until tomorrow */
		{ 2026, 6, 30, false, true },  /* born today */
		{ 2026, 7, 1, false, false },  /* not yet born: no group */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct day born = day(rows[i].y, rows[i].m, rows[i].d);
		/* whatever was told: what the day says counts */
		uint64_t told = i % 2 ? 0 : GROUP_BIT(GROUP_ELDERLY) | GROUP_BIT(GROUP_MINOR);
		uint64_t got = group_derive(told, born, SEX_UNKNOWN, day(2026, 6, 30));

		assert_int_equal(has(got, GROUP_ELDERLY), rows[i].elderly);
		assert_int_equal(has(got, GROUP_MINOR), rows[i].minor);
	}
}

static void
age_groups_know_the_leap_day(void **state)
{
	struct day born = day(2008, 2, 29);

	(void)state;
	assert_true(has(group_derive(0, born, 0, day(2026, 2, 27)), GROUP_MINOR));
	assert_false(has(group_derive(0, born, 0, day(2026, 2, 28)), GROUP_MINOR));
}

static void
told_groups_stay(void **state)
{
	uint64_t told = GROUP_BIT(GROUP_ELDERLY) | GROUP_BIT(GROUP_DISABLED) | GROUP_BIT(GROUP_WOMAN);
	struct day today = day(2026, 6, 30);

	(void)state;
	assert_int_equal(group_derive(told, DAY_NONE, SEX_UNKNOWN, today), told);
	assert_int_equal(group_derive(told, DAY_NONE, SEX_NOT_STATED, today), told);
	assert_false(has(group_derive(told, DAY_NONE, SEX_MALE, today), GROUP_WOMAN));
	assert_true(has(group_derive(0, DAY_NONE, SEX_FEMALE, today), GROUP_WOMAN));
	assert_true(has(group_derive(told, day(1990, 1, 1), SEX_MALE, today), GROUP_DISABLED));
	assert_int_equal(group_derive(~UINT64_C(0), DAY_NONE, SEX_UNKNOWN, today), GROUP_ALL);
}

static void
groups_have_names(void **state)
{
	(void)state;
	for (int g = 0; g < GROUP_COUNT; g++) {
		assert_int_equal(group_choices[g].value, g);
		assert_true(group_key((enum group)g)[0] != '\0' && group_label((enum group)g)[0] != '\0');
		for (int h = 0; h < g; h++)
			assert_string_not_equal(group_key((enum group)g), group_key((enum group)h));
	}
	assert_null(group_choices[GROUP_COUNT].key);
	assert_string_equal(group_key(GROUP_COUNT), "");
	for (int why = FIT_FINE; why <= FIT_UNFOUNDED; why++)
		assert_true(applicant_why_key((enum applicant_why)why)[0] != '\0'
		    && applicant_why_text((enum applicant_why)why)[0] != '\0');
	for (int why = PERSON_SAME_ID; why <= PERSON_SAME_NAME_BORN; why++)
		assert_true(person_same_label((enum person_same)why)[0] != '\0');
}

/* ---- organisations ---------------------------------------------------------------------------------- */

static struct organisation_new
company(struct day founded, int64_t staff)
{
	return (struct organisation_new){ .kind = APPLICANT_STARTUP, .name = TEXT("演示商行"),
		.credit_code = TEXT_NONE, .founded = founded, .staff = staff };
}

/* The settings are passed in; both sides of each. */
static void
startups_are_young_and_small(void **state)
{
	static const struct startup_rule rule = { .years = 3, .staff = 50 };
	struct day today = day(2026, 6, 30);
	const struct { struct day founded; int64_t staff; enum applicant_why why; bool refer, unsure; } rows[] = {
		{ day(2023, 6, 30), 50, FIT_FINE, false, false },
		{ day(2023, 6, 29), 50, FIT_OLD, true, false },
		{ day(2023, 6, 30), 51, FIT_LARGE, true, false },
		{ day(2026, 6, 30), 0, FIT_FINE, false, false },
		{ day(2026, 7, 1), 1, FIT_UNFOUNDED, false, false },
		{ DAY_NONE, 10, FIT_FINE, false, true },
		{ day(2025, 1, 1), -1, FIT_FINE, false, true },
		{ DAY_NONE, 51, FIT_LARGE, true, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct organisation_new in = company(rows[i].founded, rows[i].staff);
		struct applicant_verdict v = applicant_judge(&in, rule, today);

		assert_int_equal(v.why, rows[i].why);
		assert_int_equal(v.refer, rows[i].refer);
		assert_int_equal(v.unsure, rows[i].unsure);
		assert_int_equal(v.bound, v.why == FIT_OLD ? 3 : v.why == FIT_LARGE ? 50 : 0);
		in.kind = APPLICANT_PUBLIC_ORG; /* age and size are a start-up's */
		assert_int_equal(applicant_judge(&in, rule, today).why, FIT_FINE);
	}
}

/* S3: by its kind, or by what the code says whatever it calls itself. */
static void
government_is_refused(void **state)
{
	static const struct startup_rule rule = { .years = 3, .staff = 50 };
	struct organisation_new in = company(DAY_NONE, -1);

	(void)state;
	in.kind = APPLICANT_GOVERNMENT;
	assert_int_equal(applicant_judge(&in, rule, day(2026, 6, 30)).why, FIT_GOVERNMENT);
	in.kind = APPLICANT_STARTUP;
	in.credit_code = TEXT(ORGAN);
	assert_int_equal(applicant_judge(&in, rule, day(2026, 6, 30)).why, FIT_GOVERNMENT);
	in.credit_code = TEXT(FIRM);
	assert_int_equal(applicant_judge(&in, rule, day(2026, 6, 30)).why, FIT_FINE);
}

static const char *
first_fault(struct organisation_new in)
{
	struct findings f = { 0 };
	char code[19];

	return organisation_check(&in, day(2026, 6, 30), code, &f) == RC_OK ? "" : f.v[0].field;
}

static void
organisation_check_names_each_fault(void **state)
{
	struct organisation_new in = company(day(2026, 6, 30), 0);
	char code[19] = "x", name[303] = "";
	struct findings f = { 0 };

	(void)state;
	assert_string_equal(first_fault(in), "");
	assert_int_equal(organisation_check(&in, day(2026, 6, 30), code, &f), RC_OK);
	assert_string_equal(code, "");
	in.name = TEXT("  ");
	assert_string_equal(first_fault(in), "org_name");
	for (int i = 0; i < 101; i++)
		memcpy(name + 3 * i, "店", 3);
	in.name = (struct text){ name, 300 };
	assert_string_equal(first_fault(in), "");
	in.name = (struct text){ name, 303 };
	assert_string_equal(first_fault(in), "org_name");
	in = company(day(2026, 7, 1), 0);
	assert_string_equal(first_fault(in), "founded");
	in = company(DAY_NONE, -2);
	assert_string_equal(first_fault(in), "staff");
	in.staff = 10000001;
	assert_string_equal(first_fault(in), "staff");
	in.staff = 10000000;
	assert_string_equal(first_fault(in), "");
	in.kind = APPLICANT_PERSON;
	assert_string_equal(first_fault(in), "applicant");
	in.kind = APPLICANT_GOVERNMENT;
	assert_string_equal(first_fault(in), "applicant");
	in.kind = APPLICANT_STARTUP;
	in.credit_code = TEXT(ORGAN);
	assert_string_equal(first_fault(in), "credit_code");
	in.credit_code = TEXT("123");
	assert_string_equal(first_fault(in), "credit_code");
	in.credit_code = TEXT(FIRM);
	assert_string_equal(first_fault(in), "");
	assert_int_equal(organisation_check(&in, day(2026, 6, 30), code, &f), RC_OK);
	assert_string_equal(code, FIRM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(age_groups_change_on_the_birthday),
		cmocka_unit_test(age_groups_know_the_leap_day),
		cmocka_unit_test(told_groups_stay),
		cmocka_unit_test(groups_have_names),
		cmocka_unit_test(startups_are_young_and_small),
		cmocka_unit_test(government_is_refused),
		cmocka_unit_test(organisation_check_names_each_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
