/* Both sides of each moment at which a step comes due, and every way an order can go. */
#include "operations/supervise/supervise_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* Monday to Friday, 9:00 to 17:00; Thursday 2 July is a holiday, Friday 3 July a half day. */
static const struct calendar_entry july[] = {
	{ { 20636 }, DAY_HOLIDAY, "test" }, { { 20637 }, DAY_HALF, "test" },
};
static const struct calendar plain = { .first_year = 2026, .last_year = 2026, .open_minute = 540, .close_minute = 1020 };
static const struct calendar with_july = { .entries = july, .n = 2, .first_year = 2026, .last_year = 2026,
	.open_minute = 540, .close_minute = 1020 };

static int64_t
at(const char *moment)
{
	int64_t ms = 0;

	assert_int_equal(moment_parse(text_of(moment), &ms), RC_OK);
	return ms;
}

static void
is_step(const struct calendar *c, int64_t start, int64_t due, int64_t now, enum supervise_step want)
{
	struct supervise_rules rules = supervise_rules_default();
	enum supervise_step s = supervise_step_at(&rules, c, start, due, now);

	if (s != want)
		fail_msg("%s, not %s", supervise_step_key(s), supervise_step_key(want));
}

/* Three working days, from Monday 29 June 10:00 to the end of Thursday 2 July. */
static void
each_step_from_its_moment_on(void **state)
{
	int64_t start = at("2026-06-29T10:00+08:00"), due = at("2026-07-03T00:00+08:00") - 1;

	(void)state;
	is_step(&plain, start, due, start, SUPERVISE_NONE);
	is_step(&plain, start, due, at("2026-07-01T00:00+08:00") - 1, SUPERVISE_NONE); /* two working days away */
	is_step(&plain, start, due, at("2026-07-01T05:00+08:00"), SUPERVISE_WARNING);  /* one */
	is_step(&plain, start, due, at("2026-07-02T13:00+08:00"), SUPERVISE_WARNING);  /* four hours end with the day's work */
	is_step(&plain, start, due, at("2026-07-02T13:00+08:00") + 1, SUPERVISE_REMINDER);
	is_step(&plain, start, due, due, SUPERVISE_REMINDER);                          /* exactly then it is not late */
	is_step(&plain, start, due, due + 1, SUPERVISE_ORDER);
	is_step(&plain, start, due, due + 400 * DAY_MS, SUPERVISE_ORDER);
}

/* One working day, from Monday 10:00 to the end of Tuesday: half of it is over on Tuesday at 5:00. */
static void
a_short_clock_is_not_warned_of_at_once(void **state)
{
	int64_t start = at("2026-06-29T10:00+08:00"), due = at("2026-07-01T00:00+08:00") - 1;
	int64_t half = start + (due - start + 1) / 2;

	(void)state;
	is_step(&plain, start, due, start + 1, SUPERVISE_NONE);
	is_step(&plain, start, due, half - 1, SUPERVISE_NONE);
	is_step(&plain, start, due, half, SUPERVISE_WARNING);
	is_step(&plain, start, due, at("2026-06-30T13:00+08:00") + 1, SUPERVISE_REMINDER);
}

static void
holidays_and_half_days_count(void **state)
{
	/* due at the end of Friday the 3rd, a half day: one working day before is Wednesday the 1st */
	int64_t start = at("2026-06-26T10:00+08:00"), due = at("2026-07-04T00:00+08:00") - 1;

	(void)state;
	is_step(&with_july, start, due, at("2026-07-01T00:00+08:00") - 1, SUPERVISE_NONE);
	is_step(&with_july, start, due, at("2026-07-01T00:00+08:00"), SUPERVISE_WARNING);
	/* four working hours before the end of its work: three on Friday, one on Wednesday */
	is_step(&with_july, start, due, at("2026-07-01T16:00+08:00"), SUPERVISE_WARNING);
	is_step(&with_july, start, due, at("2026-07-01T16:00+08:00") + 1, SUPERVISE_REMINDER);
}

static void
a_paused_clock_is_let_be(void **state)
{
	(void)state;
	is_step(&plain, at("2026-06-01T10:00+08:00"), INT64_MAX, at("2026-07-01T16:00+08:00"), SUPERVISE_NONE);
}

static void
an_order_may_wait_after_the_deadline(void **state)
{
	struct supervise_rules rules = supervise_rules_default();
	int64_t start = at("2026-06-29T10:00+08:00"), due = at("2026-07-01T00:00+08:00") - 1;

	(void)state;
	rules.v[SUPERVISE_ORDER].count = 2; /* working hours: to Wednesday 11:00 */
	assert_int_equal(supervise_step_at(&rules, &plain, start, due, at("2026-07-01T11:00+08:00")), SUPERVISE_REMINDER);
	assert_int_equal(supervise_step_at(&rules, &plain, start, due, at("2026-07-01T11:00+08:00") + 1), SUPERVISE_ORDER);
}

/* What the worker asks the database for is never less than what the rule says of a single clock. */
static void
nothing_due_is_out_of_reach(void **state)
{
	struct supervise_rules rules = supervise_rules_default();
	int64_t now = at("2026-06-27T00:00+08:00");

	(void)state;
	for (int i = 0; i < 24 * 14; i++, now += 3600000)
		for (int64_t ahead = -3 * DAY_MS; ahead < 6 * DAY_MS; ahead += 1800000) {
			int64_t due = now + ahead - 1;
			enum supervise_step s = supervise_step_at(&rules, &with_july, now - 20 * DAY_MS, due, now);

			for (int k = SUPERVISE_WARNING; k <= (int)s; k++)
				assert_true(k != (int)s || due <= supervise_reach(&rules, s, &with_july, now));
		}
}

static void
hours(bool want, enum supervise_step s, bool urgent, const char *moment)
{
	struct supervise_rules rules = supervise_rules_default();

	if (supervise_hour_fits(&rules, s, &with_july, urgent, at(moment)) != want)
		fail_msg("%s at %s%s", supervise_step_key(s), moment, urgent ? ", urgent" : "");
}

static void
steps_wait_for_working_hours(void **state)
{
	(void)state;
	hours(false, SUPERVISE_ORDER, false, "2026-07-01T08:59+08:00");
	hours(true, SUPERVISE_ORDER, false, "2026-07-01T09:00+08:00");
	hours(true, SUPERVISE_WARNING, false, "2026-07-01T16:59+08:00");
	hours(false, SUPERVISE_WARNING, false, "2026-07-01T17:00+08:00");
	hours(false, SUPERVISE_ORDER, false, "2026-07-02T10:00+08:00"); /* holiday */
	hours(true, SUPERVISE_ORDER, false, "2026-07-03T11:59+08:00");  /* half day */
	hours(false, SUPERVISE_ORDER, false, "2026-07-03T12:00+08:00");
	hours(false, SUPERVISE_ORDER, false, "2026-07-04T10:00+08:00"); /* Saturday */
	hours(true, SUPERVISE_ORDER, true, "2026-07-04T03:00+08:00");   /* urgent, and the rule says so */
	hours(true, SUPERVISE_DIRECTOR, true, "2026-07-04T03:00+08:00");
	hours(false, SUPERVISE_WARNING, true, "2026-07-04T03:00+08:00");
	hours(false, SUPERVISE_BUREAU, true, "2026-07-04T03:00+08:00");
}

static const enum order_state order_states[] = { ORDER_NONE, ORDER_ISSUED, ORDER_READ, ORDER_SENT_BACK, ORDER_REPLIED,
	ORDER_ACCEPTED, ORDER_ENDED, ORDER_WITHDRAWN };
#define N_STATES (sizeof order_states / sizeof order_states[0])

static void
an_order_goes_only_these_ways(void **state)
{
	/* rows from, columns to, in the order above */
	static const char *const table[N_STATES] = {
		".1......",
		"..1.1.11",
		"....1.11",
		"....1.11",
		"...1.111",
		"........",
		"........",
		"........",
	};

	(void)state;
	for (size_t f = 0; f < N_STATES; f++)
		for (size_t t = 0; t < N_STATES; t++)
			if (order_step_allowed(order_states[f], order_states[t]) != (table[f][t] == '1'))
				fail_msg("%s to %s", order_state_key(order_states[f]), order_state_key(order_states[t]));
	for (size_t i = 0; i < N_STATES; i++) {
		assert_int_equal(order_is_open(order_states[i]), i >= 1 && i <= 4);
		assert_int_equal(order_waits_for_reply(order_states[i]), i >= 1 && i <= 3);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_step_from_its_moment_on),
		cmocka_unit_test(a_short_clock_is_not_warned_of_at_once),
		cmocka_unit_test(holidays_and_half_days_count),
		cmocka_unit_test(a_paused_clock_is_let_be),
		cmocka_unit_test(an_order_may_wait_after_the_deadline),
		cmocka_unit_test(nothing_due_is_out_of_reach),
		cmocka_unit_test(steps_wait_for_working_hours),
		cmocka_unit_test(an_order_goes_only_these_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
