/* The law of mediation as tables: both sides of every limit. */
#include "operations/matter/mediation/mediation_rule.h"

#include "base/code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "standards/holidays/holidays.h"

static struct day
on(const char *t)
{
	struct day d = DAY_NONE;

	assert_int_equal(day_parse(text_of(t), &d), RC_OK);
	return d;
}

/* Saturdays and Sundays alone are days of rest. */
static const struct calendar plain = { .entries = NULL };

static void
every_row_leads_somewhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < mediation_edges_n; i++) {
		const struct mediation_edge *e = &mediation_edges[i];

		assert_ptr_equal(mediation_edge_find(e->from, e->step), e); /* once each */
		assert_true(mediation_is_open(e->from));
		assert_int_not_equal(e->who, 0);
		/* a step that ends it meets what runs: nothing is left behind; the court's clock by the request's end */
		if (!mediation_is_open(e->to))
			assert_int_not_equal(e->meets, 0);
		if (e->starts != 0)
			assert_true(mediation_is_open(e->to));
	}
	/* whoever is in a dispute may end it at any time before it binds them (Art. 23) */
	for (int s = MEDIATION_REGISTERED; s < MEDIATION_AGREED; s += 5)
		if (mediation_edge_find((enum mediation_state)s, MEDIATION_DANGER) != NULL)
			assert_true((mediation_edge_find((enum mediation_state)s, MEDIATION_END)->who & MEDIATION_WHO_RESIDENT) != 0);
	assert_null(mediation_edge_find(MEDIATION_AGREED, MEDIATION_END));
}

static void
each_step_belongs_to_its_side(void **state)
{
	struct mediation_facts f = { .state = MEDIATION_REGISTERED, .sides = MEDIATION_WHO_OFFICE, .received = true };

	(void)state;
	assert_int_equal(mediation_step_judge(&f, MEDIATION_ACCEPT).why, MEDIATION_MAY);
	assert_string_equal(mediation_step_judge(&f, MEDIATION_ACCEPT).basis, "人民调解法 第十七条");
	f.received = false;
	assert_int_equal(mediation_step_judge(&f, MEDIATION_ACCEPT).why, MEDIATION_NOT_RECEIVED);
	assert_int_equal(mediation_step_judge(&f, MEDIATION_DANGER).why, MEDIATION_MAY); /* danger waits for nothing */
	f.received = true;
	f.sides = MEDIATION_WHO_RESIDENT;
	assert_int_equal(mediation_step_judge(&f, MEDIATION_ACCEPT).why, MEDIATION_NOT_YOURS);
	assert_int_equal(mediation_step_judge(&f, MEDIATION_END).why, MEDIATION_MAY);
	assert_int_equal(mediation_step_judge(&f, MEDIATION_SIGN).why, MEDIATION_NO_STEP);
}

static void
nobody_stands_twice_or_on_both_sides(void **state)
{
	static const unsigned char a[16] = "a", b[16] = "b", x[16] = "x", y[16] = "y";
	const struct mediation_key v[] = { { MEDIATION_SIDE_A, a, x }, { MEDIATION_SIDE_B, b, NULL } };
	static const struct { struct mediation_key fresh; enum mediation_why want; } cases[] = {
		{ { MEDIATION_SIDE_A, a, NULL }, MEDIATION_TWICE },      /* the name alone, since no number is known */
		{ { MEDIATION_SIDE_B, a, NULL }, MEDIATION_BOTH_SIDES },
		{ { MEDIATION_SIDE_B, b, x }, MEDIATION_BOTH_SIDES },    /* another name, the same number */
		{ { MEDIATION_SIDE_A, a, y }, MEDIATION_MAY },           /* the same name, another number */
		{ { MEDIATION_SIDE_A, y, NULL }, MEDIATION_MAY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(mediation_party_judge(v, 2, &cases[i].fresh), cases[i].want);
}

static void
who_is_a_party_or_related_does_not_mediate(void **state)
{
	static const unsigned char a[16] = "a", b[16] = "b", x[16] = "x";
	const struct mediation_key v[] = { { MEDIATION_SIDE_A, a, x } };
	struct mediation_key m = { .name = b, .id = NULL };

	(void)state;
	assert_int_equal(mediation_mediator_judge(v, 1, &m, false, false), MEDIATION_MAY);
	assert_int_equal(mediation_mediator_judge(v, 1, &m, true, false), MEDIATION_IS_RELATED);
	m.id = x;
	assert_int_equal(mediation_mediator_judge(v, 1, &m, false, true), MEDIATION_IS_PARTY); /* the number says so */
	m = (struct mediation_key){ .name = a, .id = NULL };
	assert_int_equal(mediation_mediator_judge(v, 1, &m, false, false), MEDIATION_SAME_NAME);
	assert_int_equal(mediation_mediator_judge(v, 1, &m, false, true), MEDIATION_MAY);
}

static void
one_clear_no_is_enough(void **state)
{
	struct mediation_party v[3] = { { .side = MEDIATION_SIDE_A, .consent = MEDIATION_AGREES }, { .side = MEDIATION_SIDE_B,
	    .consent = MEDIATION_AGREES }, { .side = MEDIATION_SIDE_B, .consent = MEDIATION_NOT_ASKED } };

	(void)state;
	assert_int_equal(mediation_accept_judge(v, 2), MEDIATION_MAY);
	assert_int_equal(mediation_accept_judge(v, 1), MEDIATION_ONE_SIDE);
	assert_int_equal(mediation_accept_judge(v, 3), MEDIATION_NOT_ALL_ASKED);
	v[2].consent = MEDIATION_OBJECTS;
	assert_int_equal(mediation_accept_judge(v, 3), MEDIATION_PARTY_REFUSES);
}

static void
the_court_can_be_asked_for_thirty_days(void **state)
{
	static const struct { const char *effect, *last; } v[] = {
		{ "2026-06-01", "2026-07-01" },   /* the day itself is not counted; a Wednesday */
		{ "2026-06-04", "2026-07-06" },   /* the 30th is Saturday the 4th: on to Monday */
		{ "2026-06-05", "2026-07-06" },   /* Sunday the 5th */
		{ "2028-01-30", "2028-02-29" },   /* leap day */
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		struct day last = mediation_confirm_last(&plain, on(v[i].effect));
		struct mediation_confirm_facts f = { .effect = on(v[i].effect), .today = last };
		char out[16];

		assert_true(text_equals(day_print(last, out), text_of(v[i].last)));
		assert_int_equal(mediation_confirm_judge(&plain, &f, MEDIATION_CONFIRM_ASK).why, MEDIATION_MAY);
		f.today = day_add(last, 1);
		assert_int_equal(mediation_confirm_judge(&plain, &f, MEDIATION_CONFIRM_ASK).why, MEDIATION_CONFIRM_LATE);
		assert_int_equal(mediation_confirm_judge(&plain, &f, MEDIATION_CONFIRM_ASK).bound, last.n);
		f.state = MEDIATION_CONFIRM_ASKED;
		assert_int_equal(mediation_confirm_judge(&plain, &f, MEDIATION_CONFIRM_SEND).why, MEDIATION_CONFIRM_LATE);
		assert_int_equal(mediation_confirm_judge(&plain, &f, MEDIATION_CONFIRM_DROP).why, MEDIATION_MAY);
		f.today = last;
		assert_int_equal(mediation_confirm_judge(&plain, &f, MEDIATION_CONFIRM_SEND).why, MEDIATION_MAY);
		f.state = MEDIATION_CONFIRM_SENT;
		assert_int_equal(mediation_confirm_judge(&plain, &f, MEDIATION_CONFIRM_SEND).why, MEDIATION_CONFIRM_STATE);
		f.status = true;
		assert_int_equal(mediation_confirm_judge(&plain, &f, MEDIATION_CONFIRM_ASK).why, MEDIATION_CONFIRM_STATUS);
	}
	assert_false(mediation_day_over(&plain, on("2026-07-04"), on("2026-07-06"))); /* due on a Saturday: Monday is in time */
	assert_true(mediation_day_over(&plain, on("2026-07-04"), on("2026-07-07")));
	assert_false(mediation_day_over(&plain, on("2026-07-07"), on("2026-07-07")));
	assert_true(mediation_day_over(&plain, on("2026-07-07"), on("2026-07-08")));
}

static void
the_panel_for_it_comes_first(void **state)
{
	const struct place village = { INT64_C(320506100201) }, town = { INT64_C(320506100000) }, county = { INT64_C(320506000000) };
	struct mediator v[] = {
		{ .id = 1, .place = county, .kind = MEDIATOR_PANEL, .categories = BIT(MEDIATION_MEDICAL) },
		{ .id = 2, .place = town, .kind = MEDIATOR_TOWN }, { .id = 3, .place = village, .kind = MEDIATOR_VILLAGE, .load = 5 },
		{ .id = 4, .place = village, .kind = MEDIATOR_VILLAGE, .load = 2 },
		{ .id = 5, .place = county, .kind = MEDIATOR_PANEL, .categories = BIT(MEDIATION_LABOUR) | BIT(MEDIATION_WAGES) },
	};
	static const int64_t want[] = { 5, 4, 3, 2, 1 };

	(void)state;
	mediation_rank(MEDIATION_WAGES, village, v, 5);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(v[i].id, want[i]);
	assert_int_equal(v[0].fit, MEDIATION_FIT_PANEL);
	assert_int_equal(v[1].fit, MEDIATION_FIT_PLACE);
	assert_int_equal(v[3].fit, MEDIATION_FIT_TOWN);
}

static void
sources_fall_into_three_classes_and_rates_are_rounded(void **state)
{
	struct mediation_counts c = { .accepted = 3, .successful = 2 };

	(void)state;
	assert_int_equal(mediation_class_of(MEDIATION_APPLIED), MEDIATION_CLASS_APPLIED);
	assert_int_equal(mediation_class_of(MEDIATION_GROUP_SOURCE), MEDIATION_CLASS_INITIATIVE);
	assert_int_equal(mediation_class_of(MEDIATION_POLICE), MEDIATION_CLASS_ENTRUSTED);
	assert_int_equal(mediation_rate(&c), 667);
	c.accepted = 0;
	assert_int_equal(mediation_rate(&c), -1);
	assert_int_equal(mediation_change(150, 100), 500);
	assert_int_equal(mediation_change(100, 150), -333);
	assert_true(mediation_change(1, 0) == INT64_MIN);
}

static void
every_set_has_its_words(void **state)
{
	(void)state;
	for (int s = MEDIATION_REGISTER; s < MEDIATION_STEP_COUNT; s++)
		assert_int_equal(mediation_step_by_key(text_of(mediation_step_key((enum mediation_step)s))), s);
	for (int w = 0; w < MEDIATION_WHY_COUNT; w++)
		assert_non_null(mediation_why_label((enum mediation_why)w));
	for (int c = 1; c < MEDIATION_CATEGORY_COUNT; c++)
		assert_non_null(choice_by_value(mediation_category_choices, c));
	for (int c = 1; c < MEDIATION_SOURCE_COUNT; c++)
		assert_non_null(choice_by_value(mediation_source_choices, c));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_leads_somewhere), cmocka_unit_test(each_step_belongs_to_its_side),
		cmocka_unit_test(nobody_stands_twice_or_on_both_sides), cmocka_unit_test(who_is_a_party_or_related_does_not_mediate),
		cmocka_unit_test(one_clear_no_is_enough), cmocka_unit_test(the_court_can_be_asked_for_thirty_days),
		cmocka_unit_test(the_panel_for_it_comes_first), cmocka_unit_test(sources_fall_into_three_classes_and_rates_are_rounded),
		cmocka_unit_test(every_set_has_its_words),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("mediation_rule", tests, NULL, NULL);
}
