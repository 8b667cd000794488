#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/calendar/calendar_fixture.h"

static struct calendar table;

static int
working_days_of_year(int year)
{
	struct day from = DAY_NONE, to = DAY_NONE;

	assert_int_equal(day_from_ymd((struct ymd){ year - 1, 12, 31 }, &from), RC_OK);
	assert_int_equal(day_from_ymd((struct ymd){ year, 12, 31 }, &to), RC_OK);
	return calendar_working_between(&table, from, to);
}

static void
years_have_the_known_number_of_working_days(void **state)
{
	(void)state;
	assert_int_equal(working_days_of_year(2016), 250);
	assert_int_equal(working_days_of_year(2024), 251);
	assert_int_equal(working_days_of_year(2025), 248);
	assert_int_equal(working_days_of_year(2026), 248);
	/* 2027 has no table: 261 Mondays to Fridays, less 1 January, 1 October (Fridays); 3 May is a Monday */
	assert_int_equal(working_days_of_year(2027), 259);
}

static const struct { const char *day; enum day_kind kind; bool working; } kinds[] = {
	{ "2025-12-31", DAY_WORK, true }, { "2026-01-01", DAY_HOLIDAY, false },
	{ "2026-01-02", DAY_HOLIDAY, false }, { "2026-01-03", DAY_HOLIDAY, false },
	{ "2026-01-04", DAY_MAKEUP, true }, { "2026-01-05", DAY_WORK, true },
	{ "2026-02-13", DAY_WORK, true }, { "2026-02-14", DAY_MAKEUP, true },
	{ "2026-02-15", DAY_HOLIDAY, false }, { "2026-02-23", DAY_HOLIDAY, false },
	{ "2026-02-24", DAY_WORK, true }, { "2026-02-28", DAY_MAKEUP, true },
	{ "2026-03-01", DAY_REST, false }, { "2026-04-03", DAY_WORK, true },
	{ "2026-04-04", DAY_HOLIDAY, false }, { "2026-04-06", DAY_HOLIDAY, false },
	{ "2026-04-07", DAY_WORK, true }, { "2026-04-30", DAY_WORK, true },
	{ "2026-05-01", DAY_HOLIDAY, false }, { "2026-05-05", DAY_HOLIDAY, false },
	{ "2026-05-06", DAY_WORK, true }, { "2026-05-09", DAY_MAKEUP, true },
	{ "2026-05-10", DAY_REST, false }, { "2026-06-19", DAY_HOLIDAY, false },
	{ "2026-06-22", DAY_WORK, true }, { "2026-06-27", DAY_REST, false },
	{ "2026-09-20", DAY_MAKEUP, true }, { "2026-09-19", DAY_REST, false },
	{ "2026-09-25", DAY_HOLIDAY, false }, { "2026-09-28", DAY_WORK, true },
	{ "2026-10-01", DAY_HOLIDAY, false }, { "2026-10-07", DAY_HOLIDAY, false },
	{ "2026-10-08", DAY_WORK, true }, { "2026-10-10", DAY_MAKEUP, true },
	{ "2026-10-11", DAY_REST, false }, { "2026-12-31", DAY_WORK, true },
	/* no table: the days the decree fixes by date, and Monday to Friday */
	{ "2027-01-01", DAY_HOLIDAY, false }, { "2027-01-04", DAY_WORK, true },
	{ "2027-05-03", DAY_WORK, true }, { "2027-05-02", DAY_HOLIDAY, false },
	{ "2027-10-01", DAY_HOLIDAY, false }, { "2027-10-04", DAY_WORK, true },
};

static void
every_day_has_its_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct day d = fixture_day(kinds[i].day);

		if (calendar_kind(&table, d) != kinds[i].kind || calendar_is_working(&table, d) != kinds[i].working)
			fail_msg("%s", kinds[i].day);
	}
}

static void
exactly_six_days_of_2026_are_made_up(void **state)
{
	static const char *const made_up[] = {
		"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
	};
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < table.n; i++) {
		if (table.entries[i].kind != DAY_MAKEUP || day_to_ymd(table.entries[i].day).year != 2026)
			continue;
		assert_true(n < 6);
		assert_int_equal(table.entries[i].day.n, fixture_day(made_up[n]).n);
		n++;
	}
	assert_int_equal(n, 6);
}

static void
names_stand_only_on_days_of_the_table(void **state)
{
	(void)state;
	assert_non_null(calendar_name(&table, fixture_day("2026-02-17")));
	assert_null(calendar_name(&table, fixture_day("2026-03-17")));
}

static void
a_year_is_known_by_its_table(void **state)
{
	(void)state;
	assert_true(calendar_knows(&table, fixture_day("2004-01-01")));
	assert_false(calendar_knows(&table, fixture_day("2003-12-31")));
	assert_true(calendar_knows(&table, fixture_day("2026-12-31")));
	assert_false(calendar_knows(&table, fixture_day("2027-01-01")));
}

static const struct { const char *from; int n; const char *want; } steps[] = {
	{ "2026-02-13", 0, "2026-02-13" }, { "2026-02-13", -3, "2026-02-13" },
	{ "2026-02-13", 1, "2026-02-14" }, { "2026-02-13", 2, "2026-02-24" },
	{ "2026-09-30", 1, "2026-10-08" }, { "2026-09-30", 3, "2026-10-10" },
	{ "2026-09-30", 4, "2026-10-12" }, { "2026-10-01", 1, "2026-10-08" },
	{ "2025-12-31", 1, "2026-01-04" }, { "2025-12-31", 248, "2026-12-31" },
};

static void
working_days_are_counted_from_the_next_day(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct day from = fixture_day(steps[i].from), want = fixture_day(steps[i].want);

		if (calendar_add_working(&table, from, steps[i].n).n != want.n)
			fail_msg("%s + %d", steps[i].from, steps[i].n);
		if (steps[i].n > 0)
			assert_int_equal(calendar_working_between(&table, from, want), steps[i].n);
	}
	assert_int_equal(calendar_working_between(&table, fixture_day("2026-10-08"), fixture_day("2026-09-30")), 0);
}

static void
rest_days_roll_forward(void **state)
{
	(void)state;
	assert_int_equal(calendar_roll(&table, fixture_day("2026-02-15")).n, fixture_day("2026-02-24").n);
	assert_int_equal(calendar_roll(&table, fixture_day("2026-02-14")).n, fixture_day("2026-02-14").n);
	assert_int_equal(calendar_roll(&table, fixture_day("2026-06-27")).n, fixture_day("2026-06-29").n);
}

static void
a_table_of_rest_alone_still_ends(void **state)
{
	static struct calendar_entry all[3000];
	struct calendar c = { .entries = all, .n = 3000, .first_year = 2026, .last_year = 2034 };
	struct day d = fixture_day("2026-01-01");

	(void)state;
	for (int i = 0; i < 3000; i++)
		all[i] = (struct calendar_entry){ day_add(d, i), DAY_HOLIDAY, "长假" };
	assert_true(calendar_roll(&c, d).n >= d.n + 3000);
	assert_true(calendar_add_working(&c, d, 2000000000).n > d.n + 3000 + CALENDAR_COUNT_MAX);
	assert_true(day_is_none(calendar_roll(&c, DAY_NONE)));
	assert_true(day_is_none(calendar_add_working(&c, DAY_NONE, 5)));
	assert_true(day_is_none(calendar_add_working(&c, (struct day){ INT32_MAX - 1 }, 5)));
	assert_int_equal(calendar_working_between(&c, DAY_NONE, d), 0);
}

/* ---- with an index: the same answers ------------------------------------------------------------------ */

static int64_t index_room[100000];

static void
compare_all(const struct calendar *plain, const struct calendar *fast, struct day from, struct day to)
{
	uint32_t seed = 11;

	for (struct day d = from; d.n < to.n; d.n++) {
		int n = (int)((seed = seed * 1664525 + 1013904223) >> 24), back = (int)(seed >> 4) % 400;
		struct day e = { d.n + n - 20 };

		if (calendar_kind(plain, d) != calendar_kind(fast, d) || calendar_knows(plain, d) != calendar_knows(fast, d)
		    || calendar_is_working(plain, d) != calendar_is_working(fast, d))
			fail_msg("day %d is another", d.n);
		if (calendar_add_working(plain, d, n).n != calendar_add_working(fast, d, n).n)
			fail_msg("day %d + %d", d.n, n);
		if (calendar_roll(plain, d).n != calendar_roll(fast, d).n)
			fail_msg("day %d rolls", d.n);
		if (calendar_working_between(plain, d, e) != calendar_working_between(fast, d, e))
			fail_msg("between %d and %d", d.n, e.n);
		e.n = d.n + back;
		if (calendar_working_between(plain, d, e) != calendar_working_between(fast, d, e))
			fail_msg("between %d and %d", d.n, e.n);
	}
}

static void
an_index_changes_no_answer(void **state)
{
	struct calendar fast = table, none = { .first_year = 1, .last_year = 0 };
	static struct calendar_entry odd[] = { { { 20454 }, DAY_HALF, "半" }, { { 20455 }, DAY_REST, "休" }, { { 20819 }, DAY_MAKEUP, "班" } };
	struct calendar plain_odd = { .entries = odd, .n = 3, .first_year = 2026, .last_year = 2026 }, fast_odd = plain_odd;
	size_t size = calendar_index_size(&fast);

	(void)state;
	assert_true(size > 0 && size <= sizeof index_room);
	calendar_index_build(&fast, index_room);
	assert_non_null(fast.index);
	/* from before the slots to beyond them */
	compare_all(&table, &fast, fixture_day("2001-06-01"), fixture_day("2060-01-01"));
	assert_int_equal(calendar_add_working(&table, fixture_day("2020-01-01"), 2000000000).n,
	    calendar_add_working(&fast, fixture_day("2020-01-01"), 2000000000).n);
	assert_int_equal(calendar_working_between(&fast, fixture_day("2003-01-01"), fixture_day("2056-12-31")),
	    CALENDAR_COUNT_MAX);
	assert_true(day_is_none(calendar_roll(&fast, DAY_NONE)));
	assert_true(day_is_none(calendar_add_working(&fast, DAY_NONE, 3)));
	calendar_index_build(&fast_odd, index_room);
	assert_non_null(fast_odd.index);
	compare_all(&plain_odd, &fast_odd, fixture_day("2024-06-01"), fixture_day("2058-01-01"));
	assert_int_equal(calendar_index_size(&none), 0);
	calendar_index_build(&none, index_room);
	assert_null(none.index);
	calendar_index_build(&fast, NULL);
	assert_null(fast.index);
}

static int
load(void **state)
{
	(void)state;
	table = fixture_calendar();
	return table.n > 700 ? 0 : -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(years_have_the_known_number_of_working_days),
		cmocka_unit_test(every_day_has_its_kind),
		cmocka_unit_test(exactly_six_days_of_2026_are_made_up),
		cmocka_unit_test(names_stand_only_on_days_of_the_table),
		cmocka_unit_test(a_year_is_known_by_its_table),
		cmocka_unit_test(working_days_are_counted_from_the_next_day),
		cmocka_unit_test(rest_days_roll_forward),
		cmocka_unit_test(a_table_of_rest_alone_still_ends),
		cmocka_unit_test(an_index_changes_no_answer),
	};

	return cmocka_run_group_tests(tests, load, NULL);
}
