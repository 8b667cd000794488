#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/day.h"

static struct day
day_at(int year, int month, int day)
{
	struct day d = DAY_NONE;

	assert_int_equal(day_from_ymd((struct ymd){ year, month, day }, &d), RC_OK);
	return d;
}

static void
knows_which_days_exist(void **state)
{
	static const struct { struct ymd ymd; bool exists; int32_t n; } row[] = {
		{ { 1970, 1, 1 }, true, 0 },
		{ { 1969, 12, 31 }, true, -1 },
		{ { 2000, 3, 1 }, true, 11017 },
		{ { 2026, 6, 30 }, true, 20634 },
		{ { 2000, 2, 29 }, true, 11016 },
		{ { 2024, 2, 29 }, true, 19782 },
		{ { 1900, 2, 29 }, false, 0 },
		{ { 2023, 2, 29 }, false, 0 },
		{ { 2024, 2, 30 }, false, 0 },
		{ { 2024, 4, 31 }, false, 0 },
		{ { 2024, 0, 1 }, false, 0 },
		{ { 2024, 13, 1 }, false, 0 },
		{ { 2024, 1, 0 }, false, 0 },
		{ { 1600, 1, 1 }, true, -135140 },
		{ { 1599, 12, 31 }, false, 0 },
		{ { 9999, 12, 31 }, true, 2932896 },
		{ { 10000, 1, 1 }, false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct day d = DAY_NONE;
		enum rc rc = day_from_ymd(row[i].ymd, &d);

		assert_int_equal(rc, row[i].exists ? RC_OK : RC_INVALID);
		assert_int_equal(d.n, row[i].exists ? row[i].n : INT32_MIN);
	}
}

static void
goes_there_and_back_over_four_centuries(void **state)
{
	struct day first = day_at(1600, 1, 1), last = day_at(2400, 12, 31);
	int weekday = 6; /* 1600-01-01 was a Saturday */

	(void)state;
	for (struct day d = first; day_compare(d, last) <= 0; d = day_add(d, 1)) {
		struct day back = DAY_NONE;

		assert_int_equal(day_from_ymd(day_to_ymd(d), &back), RC_OK);
		assert_int_equal(back.n, d.n);
		assert_int_equal(day_weekday(d), weekday);
		weekday = weekday % 7 + 1;
	}
	assert_int_equal(day_weekday(day_at(2026, 6, 30)), 2);
	assert_int_equal(day_weekday(day_at(1970, 1, 1)), 4);
}

static void
adds_days_and_months(void **state)
{
	static const struct { struct ymd from; int months; struct ymd want; } row[] = {
		{ { 2026, 1, 31 }, 1, { 2026, 2, 28 } },
		{ { 2024, 1, 31 }, 1, { 2024, 2, 29 } },
		{ { 2026, 1, 28 }, 1, { 2026, 2, 28 } },
		{ { 2026, 1, 30 }, 3, { 2026, 4, 30 } },
		{ { 2024, 2, 29 }, 12, { 2025, 2, 28 } },
		{ { 2024, 2, 29 }, 48, { 2028, 2, 29 } },
		{ { 2026, 12, 31 }, 1, { 2027, 1, 31 } },
		{ { 2026, 3, 31 }, -1, { 2026, 2, 28 } },
		{ { 2026, 1, 15 }, -1, { 2025, 12, 15 } },
		{ { 2026, 1, 15 }, 0, { 2026, 1, 15 } },
		{ { 9999, 11, 30 }, 1, { 9999, 12, 30 } },
		{ { 1600, 2, 1 }, -1, { 1600, 1, 1 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct day d = day_at(row[i].from.year, row[i].from.month, row[i].from.day);
		struct ymd got = day_to_ymd(day_add_months(d, row[i].months));

		assert_memory_equal(&got, &row[i].want, sizeof(got));
	}
	assert_true(day_is_none(day_add_months(day_at(9999, 12, 1), 1)));
	assert_true(day_is_none(day_add_months(day_at(1600, 1, 31), -1)));
	assert_true(day_is_none(day_add_months(day_at(2026, 1, 1), INT32_MAX)));
	assert_true(day_is_none(day_add_months(DAY_NONE, 1)));
	assert_true(day_is_none(day_add(DAY_NONE, 1)));
	assert_true(day_is_none(day_add((struct day){ INT32_MAX }, 1)));
	assert_int_equal(day_add(day_at(2026, 2, 28), 1).n, day_at(2026, 3, 1).n);
	assert_int_equal(day_add(day_at(2026, 3, 1), -1).n, day_at(2026, 2, 28).n);
}

static void
counts_completed_years(void **state)
{
	static const struct { struct ymd born, today; int want; } row[] = {
		{ { 2008, 6, 30 }, { 2026, 6, 29 }, 17 },
		{ { 2008, 6, 30 }, { 2026, 6, 30 }, 18 },
		{ { 2008, 6, 30 }, { 2026, 7, 1 }, 18 },
		{ { 2026, 6, 30 }, { 2026, 6, 30 }, 0 },
		{ { 2026, 7, 1 }, { 2026, 6, 30 }, -1 },
		{ { 2008, 2, 29 }, { 2026, 2, 27 }, 17 },
		{ { 2008, 2, 29 }, { 2026, 2, 28 }, 18 },
		{ { 2008, 2, 29 }, { 2024, 2, 28 }, 15 },
		{ { 2008, 2, 29 }, { 2024, 2, 29 }, 16 },
		{ { 1999, 12, 31 }, { 2026, 1, 1 }, 26 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct day born = day_at(row[i].born.year, row[i].born.month, row[i].born.day);
		struct day today = day_at(row[i].today.year, row[i].today.month, row[i].today.day);

		assert_int_equal(day_age(born, today), row[i].want);
	}
	assert_int_equal(day_age(DAY_NONE, day_at(2026, 1, 1)), -1);
	assert_int_equal(day_age(day_at(2026, 1, 1), DAY_NONE), -1);
}

static void
finds_the_day_of_a_moment(void **state)
{
	struct day d = day_at(2026, 6, 30);
	int64_t start = day_start_ms(d);

	(void)state;
	assert_true(start == INT64_C(1782748800000)); /* 2026-06-29T16:00:00Z */
	assert_int_equal(day_of_moment(start).n, d.n);
	assert_int_equal(day_of_moment(start - 1).n, d.n - 1);
	assert_int_equal(day_of_moment(start + DAY_MS - 1).n, d.n);
	assert_int_equal(day_of_moment(start + DAY_MS).n, d.n + 1);
	assert_int_equal(moment_minute(start), 0);
	assert_int_equal(moment_minute(start - 1), 1439);
	assert_int_equal(moment_minute(start + 59999), 0);
	assert_int_equal(moment_minute(start + 60000), 1);
	assert_int_equal(day_of_moment(-8 * INT64_C(3600000) - 1).n, -1);
	assert_true(day_is_none(day_of_moment(INT64_MAX)));
	assert_true(day_is_none(day_of_moment(INT64_MIN)));
	assert_in_range(moment_minute(INT64_MIN), 0, 1439);
	assert_in_range(moment_minute(INT64_MAX), 0, 1439);
}

static void
reads_days_in_one_form_only(void **state)
{
	static const struct { struct text in; enum rc want; } row[] = {
		{ TEXT_INIT("2026-06-30"), RC_OK },
		{ TEXT_INIT("2026-6-30"), RC_INVALID },
		{ TEXT_INIT("2026-06-31"), RC_INVALID },
		{ TEXT_INIT("2026/06/30"), RC_INVALID },
		{ TEXT_INIT("2026-06-30 "), RC_INVALID },
		{ TEXT_INIT("26-06-30"), RC_INVALID },
		{ TEXT_INIT("+026-06-30"), RC_INVALID },
		{ TEXT_INIT("2026-06-3"), RC_INVALID },
		{ TEXT_INIT(""), RC_INVALID },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct day d = DAY_NONE;

		assert_int_equal(day_parse(row[i].in, &d), row[i].want);
		assert_int_equal(d.n, row[i].want == RC_OK ? 20634 : INT32_MIN);
	}
}

static void
reads_moments(void **state)
{
	static const struct { struct text in; int64_t want; } row[] = {
		{ TEXT_INIT("2026-06-30T09:00+08:00"), INT64_C(1782781200000) },
		{ TEXT_INIT("2026-06-30T09:00:00+08:00"), INT64_C(1782781200000) },
		{ TEXT_INIT("2026-06-30T01:00Z"), INT64_C(1782781200000) },
		{ TEXT_INIT("2026-06-30T01:00:59Z"), INT64_C(1782781259000) },
		{ TEXT_INIT("2026-06-29T20:00-05:00"), INT64_C(1782781200000) },
		{ TEXT_INIT("1970-01-01T00:00Z"), 0 },
		{ TEXT_INIT("1970-01-01T14:00+14:00"), 0 },
		{ TEXT_INIT("1970-01-01T14:01+14:01"), -1 },
		{ TEXT_INIT("2026-06-30T09:00"), -1 },
		{ TEXT_INIT("2026-06-30 09:00Z"), -1 },
		{ TEXT_INIT("2026-06-30T24:00Z"), -1 },
		{ TEXT_INIT("2026-06-30T23:60Z"), -1 },
		{ TEXT_INIT("2026-06-30T23:59:60Z"), -1 },
		{ TEXT_INIT("2026-06-30T23:59:Z"), -1 },
		{ TEXT_INIT("2026-06-30T09:00Zx"), -1 },
		{ TEXT_INIT("2026-06-30T09:00+0800"), -1 },
		{ TEXT_INIT("2026-02-29T09:00Z"), -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		int64_t got = -1;

		assert_int_equal(moment_parse(row[i].in, &got), row[i].want < 0 ? RC_INVALID : RC_OK);
		assert_true(got == row[i].want);
	}
}

static void
prints_days_and_moments(void **state)
{
	char out[32];

	(void)state;
	assert_true(text_equals(day_print(day_at(2026, 6, 30), out), TEXT("2026-06-30")));
	assert_true(text_equals(day_print(day_at(1600, 1, 1), out), TEXT("1600-01-01")));
	assert_true(text_equals(day_print(day_at(9999, 12, 31), out), TEXT("9999-12-31")));
	assert_string_equal(day_print(DAY_NONE, out).p, "");
	assert_string_equal(day_print((struct day){ INT32_MAX }, out).p, "");
	assert_string_equal(moment_print(INT64_C(1782781259999), out).p, "2026-06-30 09:00");
	assert_string_equal(moment_print(INT64_C(1782781260000), out).p, "2026-06-30 09:01");
	assert_string_equal(moment_print(1, out).p, "1970-01-01 08:00");
	assert_string_equal(moment_print(0, out).p, "");
	assert_string_equal(moment_print(INT64_MAX, out).p, "");
	assert_string_equal(moment_print_iso(INT64_C(1782781259999), out).p, "2026-06-30T09:00:59+08:00");
	assert_string_equal(moment_print_iso(0, out).p, "1970-01-01T08:00:00+08:00");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_which_days_exist),
		cmocka_unit_test(goes_there_and_back_over_four_centuries),
		cmocka_unit_test(adds_days_and_months),
		cmocka_unit_test(counts_completed_years),
		cmocka_unit_test(finds_the_day_of_a_moment),
		cmocka_unit_test(reads_days_in_one_form_only),
		cmocka_unit_test(reads_moments),
		cmocka_unit_test(prints_days_and_moments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
