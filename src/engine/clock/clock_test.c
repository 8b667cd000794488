#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/calendar/calendar_fixture.h"
#include "engine/clock/clock.h"

static struct calendar table;

enum { ROLL = 1, ROLLED = 2, UNCERTAIN = 4, PAUSED = 8 };

static int64_t
at(const char *local)
{
	char iso[40];
	int64_t ms = 0;

	if (local == NULL || *local == 0)
		return 0;
	snprintf(iso, sizeof(iso), "%s+08:00", local);
	if (moment_parse(text_of(iso), &ms) != RC_OK)
		fail_msg("not a moment: %s", local);
	return ms;
}

/* "2026-02-14" is the last millisecond of that day, "2026-02-14T10:00" that moment. */
static int64_t
due_at(const char *s)
{
	return strlen(s) == 10 ? day_start_ms(day_add(fixture_day(s), 1)) - 1 : at(s);
}

struct due_case { const char *start; int count; enum clock_unit unit; int flags; const char *due; };

static const struct due_case cases[] = {
	/* working days: Spring Festival 2026-02-15..23, made up on 02-14 and 02-28 */
	{ "2026-02-13T10:00", 1, CLOCK_WORKDAY, 0, "2026-02-14" },
	{ "2026-02-13T10:00", 2, CLOCK_WORKDAY, 0, "2026-02-24" },
	{ "2026-02-13T10:00", 5, CLOCK_WORKDAY, 0, "2026-02-27" },
	{ "2026-02-13T10:00", 6, CLOCK_WORKDAY, 0, "2026-02-28" },
	{ "2026-02-13T10:00", 7, CLOCK_WORKDAY, 0, "2026-03-02" },
	{ "2026-02-14T09:00", 1, CLOCK_WORKDAY, 0, "2026-02-24" },
	{ "2026-02-18T09:00", 1, CLOCK_WORKDAY, 0, "2026-02-24" },
	/* National Day 10-01..07, made up on 09-20 and 10-10; Mid-autumn 09-25..27 */
	{ "2026-09-30T16:59", 1, CLOCK_WORKDAY, 0, "2026-10-08" },
	{ "2026-09-30T16:59", 2, CLOCK_WORKDAY, 0, "2026-10-09" },
	{ "2026-09-30T16:59", 3, CLOCK_WORKDAY, 0, "2026-10-10" },
	{ "2026-09-30T16:59", 4, CLOCK_WORKDAY, 0, "2026-10-12" },
	{ "2026-09-18T08:00", 1, CLOCK_WORKDAY, 0, "2026-09-20" },
	{ "2026-09-18T08:00", 2, CLOCK_WORKDAY, 0, "2026-09-21" },
	{ "2026-09-24T08:00", 1, CLOCK_WORKDAY, 0, "2026-09-28" },
	/* New Year, Labour Day, Tomb-sweeping, Dragon Boat */
	{ "2025-12-31T23:59", 1, CLOCK_WORKDAY, 0, "2026-01-04" },
	{ "2025-12-31T23:59", 2, CLOCK_WORKDAY, 0, "2026-01-05" },
	{ "2026-04-30T09:00", 1, CLOCK_WORKDAY, 0, "2026-05-06" },
	{ "2026-04-30T09:00", 4, CLOCK_WORKDAY, 0, "2026-05-09" },
	{ "2026-04-30T09:00", 5, CLOCK_WORKDAY, 0, "2026-05-11" },
	{ "2026-04-03T09:00", 1, CLOCK_WORKDAY, 0, "2026-04-07" },
	{ "2026-06-18T09:00", 1, CLOCK_WORKDAY, 0, "2026-06-22" },
	/* ordinary weekends, and nothing to count */
	{ "2026-06-05T09:00", 1, CLOCK_WORKDAY, 0, "2026-06-08" },
	{ "2026-06-06T09:00", 1, CLOCK_WORKDAY, 0, "2026-06-08" },
	{ "2026-06-07T09:00", 1, CLOCK_WORKDAY, 0, "2026-06-08" },
	{ "2026-06-08T00:00", 1, CLOCK_WORKDAY, 0, "2026-06-09" },
	{ "2026-06-08T09:00", 0, CLOCK_WORKDAY, 0, "2026-06-08" },
	{ "2026-06-07T09:00", 0, CLOCK_WORKDAY, 0, "2026-06-08" },
	{ "2026-06-01T09:00", 3, CLOCK_WORKDAY, 0, "2026-06-04" },
	/* seven natural days against fifteen working days, from the same moments */
	{ "2026-06-01T09:00", 7, CLOCK_DAY, ROLL, "2026-06-08" },
	{ "2026-06-01T09:00", 15, CLOCK_WORKDAY, 0, "2026-06-23" },
	{ "2026-06-12T09:00", 7, CLOCK_DAY, ROLL | ROLLED, "2026-06-22" },
	{ "2026-06-12T09:00", 15, CLOCK_WORKDAY, 0, "2026-07-06" },
	/* no table for 2027: 01-01 is a Friday */
	{ "2026-12-30T09:00", 1, CLOCK_WORKDAY, 0, "2026-12-31" },
	{ "2026-12-31T09:00", 1, CLOCK_WORKDAY, UNCERTAIN, "2027-01-04" },
	{ "2026-12-25T09:00", 4, CLOCK_WORKDAY, 0, "2026-12-31" },
	{ "2026-12-25T09:00", 5, CLOCK_WORKDAY, UNCERTAIN, "2027-01-04" },
	{ "2027-03-01T09:00", 1, CLOCK_WORKDAY, UNCERTAIN, "2027-03-02" },
	{ "2003-12-31T09:00", 1, CLOCK_WORKDAY, UNCERTAIN, "2004-01-02" },
	/* natural days: the last day rolls, or not */
	{ "2026-02-10T09:00", 7, CLOCK_DAY, ROLL | ROLLED, "2026-02-24" },
	{ "2026-02-10T09:00", 7, CLOCK_DAY, 0, "2026-02-17" },
	{ "2026-02-07T09:00", 7, CLOCK_DAY, ROLL, "2026-02-14" },
	{ "2026-06-26T09:00", 1, CLOCK_DAY, ROLL | ROLLED, "2026-06-29" },
	{ "2026-06-26T09:00", 1, CLOCK_DAY, 0, "2026-06-27" },
	{ "2026-06-25T09:00", 1, CLOCK_DAY, ROLL, "2026-06-26" },
	{ "2026-09-24T09:00", 7, CLOCK_DAY, ROLL | ROLLED, "2026-10-08" },
	{ "2026-10-03T09:00", 7, CLOCK_DAY, ROLL, "2026-10-10" },
	{ "2026-10-04T09:00", 7, CLOCK_DAY, ROLL | ROLLED, "2026-10-12" },
	{ "2026-12-25T09:00", 7, CLOCK_DAY, ROLL | ROLLED | UNCERTAIN, "2027-01-04" },
	{ "2026-12-25T09:00", 7, CLOCK_DAY, 0, "2027-01-01" },
	{ "2026-12-24T09:00", 7, CLOCK_DAY, ROLL, "2026-12-31" },
	{ "2026-06-08T09:00", 0, CLOCK_DAY, ROLL, "2026-06-08" },
	{ "2026-01-31T09:00", 30, CLOCK_DAY, ROLL, "2026-03-02" },
	{ "2028-02-28T09:00", 1, CLOCK_DAY, 0, "2028-02-29" },
	{ "2027-02-28T09:00", 1, CLOCK_DAY, 0, "2027-03-01" },
	{ "2025-12-25T09:00", 15, CLOCK_DAY, ROLL, "2026-01-09" },
	{ "2026-03-01T00:00", 60, CLOCK_DAY, ROLL, "2026-04-30" },
	{ "2026-02-28T23:59", 60, CLOCK_DAY, ROLL, "2026-04-29" },
	/* months: the corresponding day, else the month's last */
	{ "2026-01-31T09:00", 1, CLOCK_MONTH, ROLL, "2026-02-28" },
	{ "2026-01-30T09:00", 1, CLOCK_MONTH, ROLL, "2026-02-28" },
	{ "2026-01-28T09:00", 1, CLOCK_MONTH, ROLL, "2026-02-28" },
	{ "2026-01-27T09:00", 1, CLOCK_MONTH, ROLL, "2026-02-27" },
	{ "2028-01-31T09:00", 1, CLOCK_MONTH, 0, "2028-02-29" },
	{ "2026-03-31T09:00", 1, CLOCK_MONTH, ROLL, "2026-04-30" },
	{ "2026-01-15T09:00", 1, CLOCK_MONTH, ROLL | ROLLED, "2026-02-24" },
	{ "2026-08-31T09:00", 6, CLOCK_MONTH, 0, "2027-02-28" },
	{ "2025-11-30T09:00", 3, CLOCK_MONTH, ROLL, "2026-02-28" },
	{ "2026-04-30T09:00", 1, CLOCK_MONTH, ROLL | ROLLED, "2026-06-01" },
	{ "2026-12-15T09:00", 1, CLOCK_MONTH, ROLL | UNCERTAIN, "2027-01-15" },
	{ "2026-12-15T09:00", 1, CLOCK_MONTH, 0, "2027-01-15" },
	/* years */
	{ "2024-02-29T09:00", 1, CLOCK_YEAR, ROLL, "2025-02-28" },
	{ "2024-02-29T09:00", 4, CLOCK_YEAR, 0, "2028-02-29" },
	{ "2025-06-20T09:00", 1, CLOCK_YEAR, ROLL | ROLLED, "2026-06-22" },
	{ "2025-10-01T09:00", 1, CLOCK_YEAR, ROLL | ROLLED, "2026-10-08" },
	{ "2025-06-23T09:00", 1, CLOCK_YEAR, ROLL, "2026-06-23" },
	/* hours run through the night and through holidays */
	{ "2026-06-30T09:00", 24, CLOCK_HOUR, 0, "2026-07-01T09:00" },
	{ "2026-06-30T09:00", 2, CLOCK_HOUR, 0, "2026-06-30T11:00" },
	{ "2026-06-30T09:00", 0, CLOCK_HOUR, 0, "2026-06-30T09:00" },
	{ "2026-02-28T23:00", 2, CLOCK_HOUR, 0, "2026-03-01T01:00" },
	{ "2028-02-28T23:00", 2, CLOCK_HOUR, 0, "2028-02-29T01:00" },
	{ "2026-10-01T10:00", 2, CLOCK_HOUR, 0, "2026-10-01T12:00" },
	{ "2026-10-01T10:00", 2, CLOCK_HOUR, ROLL, "2026-10-01T12:00" },
	{ "2026-12-31T23:00", 2, CLOCK_HOUR, ROLL, "2027-01-01T01:00" },
	{ "2026-06-30T22:00", 48, CLOCK_HOUR, ROLL, "2026-07-02T22:00" },
	/* working hours, 9:00–17:00 */
	{ "2026-06-30T09:00", 4, CLOCK_WORKHOUR, 0, "2026-06-30T13:00" },
	{ "2026-06-30T09:00", 8, CLOCK_WORKHOUR, 0, "2026-06-30T17:00" },
	{ "2026-06-30T09:00", 9, CLOCK_WORKHOUR, 0, "2026-07-01T10:00" },
	{ "2026-06-30T08:00", 8, CLOCK_WORKHOUR, 0, "2026-06-30T17:00" },
	{ "2026-06-30T16:00", 2, CLOCK_WORKHOUR, 0, "2026-07-01T10:00" },
	{ "2026-06-30T17:00", 1, CLOCK_WORKHOUR, 0, "2026-07-01T10:00" },
	{ "2026-06-30T18:00", 1, CLOCK_WORKHOUR, 0, "2026-07-01T10:00" },
	{ "2026-06-30T10:00", 16, CLOCK_WORKHOUR, 0, "2026-07-02T10:00" },
	{ "2026-06-26T16:30", 1, CLOCK_WORKHOUR, 0, "2026-06-29T09:30" },
	{ "2026-02-13T16:00", 2, CLOCK_WORKHOUR, 0, "2026-02-14T10:00" },
	{ "2026-02-14T16:00", 2, CLOCK_WORKHOUR, 0, "2026-02-24T10:00" },
	{ "2026-10-01T10:00", 1, CLOCK_WORKHOUR, 0, "2026-10-08T10:00" },
	{ "2026-12-31T16:00", 1, CLOCK_WORKHOUR, 0, "2026-12-31T17:00" },
	{ "2026-12-31T16:00", 2, CLOCK_WORKHOUR, UNCERTAIN, "2027-01-04T10:00" },
};

static void
check(const struct due_case *c, const struct clock_pause *pauses, size_t n, int64_t now_ms)
{
	struct clock_rule rule = { c->count, c->unit, (c->flags & ROLL) != 0 };
	struct clock_answer a = clock_due(&table, rule, at(c->start), pauses, n, now_ms);
	char got[32];

	if (c->flags & PAUSED) {
		if (!a.paused || a.due_ms != INT64_MAX)
			fail_msg("%s: not paused", c->start);
		return;
	}
	if (a.due_ms != due_at(c->due) || a.paused)
		fail_msg("%s + %d %s: got %.*s, want %s", c->start, c->count, clock_unit_key(c->unit),
		    (int)moment_print(a.due_ms, got).n, got, c->due);
	if (a.rolled != ((c->flags & ROLLED) != 0) || a.uncertain != ((c->flags & UNCERTAIN) != 0))
		fail_msg("%s + %d %s: rolled %d, uncertain %d", c->start, c->count, clock_unit_key(c->unit),
		    a.rolled, a.uncertain);
}

static void
deadlines_fall_where_the_law_puts_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(&cases[i], NULL, 0, 0);
}

struct pause_case {
	struct due_case due;
	const char *now;
	struct { const char *from, *to; } pauses[3];
};

#define NOW "2026-12-01T09:00"

static const struct pause_case paused[] = {
	/* days: the 4th and 5th are taken out, the 3rd counts */
	{ { "2026-06-01T10:00", 7, CLOCK_DAY, 0, "2026-06-10" }, NOW, { { "2026-06-03T09:00", "2026-06-05T15:00" } } },
	{ { "2026-06-01T10:00", 7, CLOCK_DAY, 0, "2026-06-08" }, NOW, { { "2026-06-03T09:00", "2026-06-03T15:00" } } },
	{ { "2026-06-01T10:00", 7, CLOCK_DAY, 0, "2026-06-09" }, NOW, { { "2026-06-03T23:59", "2026-06-04T00:00" } } },
	{ { "2026-06-01T10:00", 7, CLOCK_DAY, 0, "2026-06-08" }, NOW, { { "2026-05-01T09:00", "2026-05-20T15:00" } } },
	{ { "2026-06-01T10:00", 7, CLOCK_DAY, 0, "2026-06-10" }, NOW, { { "2026-05-28T09:00", "2026-06-03T15:00" } } },
	{ { "2026-06-01T10:00", 7, CLOCK_DAY, 0, "2026-06-10" }, NOW, { { "2026-06-01T10:00", "2026-06-03T15:00" } } },
	/* on the last day, and after it */
	{ { "2026-06-01T10:00", 7, CLOCK_DAY, 0, "2026-06-10" }, NOW, { { "2026-06-08T10:00", "2026-06-10T09:00" } } },
	{ { "2026-06-01T10:00", 7, CLOCK_DAY, 0, "2026-06-08" }, NOW, { { "2026-06-09T00:00", "2026-06-20T09:00" } } },
	{ { "2026-06-01T10:00", 7, CLOCK_DAY, 0, "2026-06-08" }, NOW, { { "2026-06-09T00:00", "" } } },
	{ { "2026-06-01T10:00", 7, CLOCK_DAY, PAUSED, "" }, NOW, { { "2026-06-08T23:59", "" } } },
	{ { "2026-06-01T10:00", 7, CLOCK_DAY, PAUSED, "" }, NOW, { { "2026-06-03T10:00", "" } } },
	{ { "2026-06-01T10:00", 7, CLOCK_DAY, PAUSED, "" }, "2026-06-04T00:00", { { "2026-06-03T10:00", "2026-06-05T10:00" } } },
	{ { "2026-06-01T10:00", 7, CLOCK_DAY, 0, "2026-06-10" }, "2026-06-05T10:00", { { "2026-06-03T10:00", "2026-06-05T10:00" } } },
	{ { "2026-06-01T10:00", 7, CLOCK_DAY, 0, "2026-06-08" }, "2026-06-02T10:00", { { "2026-06-03T10:00", "" } } },
	/* the second counts only because of the first */
	{ { "2026-06-01T10:00", 3, CLOCK_DAY, 0, "2026-06-09" }, NOW,
	    { { "2026-06-02T10:00", "2026-06-05T10:00" }, { "2026-06-07T10:00", "2026-06-09T10:00" } } },
	{ { "2026-06-01T10:00", 3, CLOCK_DAY, PAUSED, "" }, NOW,
	    { { "2026-06-02T10:00", "2026-06-05T10:00" }, { "2026-06-07T10:00", "" } } },
	/* rolls after the pauses: 06-19 is a holiday */
	{ { "2026-06-10T10:00", 7, CLOCK_DAY, ROLL | ROLLED, "2026-06-22" }, NOW, { { "2026-06-11T09:00", "2026-06-13T09:00" } } },
	/* working days around National Day: 28, 29 | pause | 10-10, 12, 13 */
	{ { "2026-09-24T10:00", 5, CLOCK_WORKDAY, 0, "2026-10-09" }, NOW, { { NULL, NULL } } },
	{ { "2026-09-24T10:00", 5, CLOCK_WORKDAY, 0, "2026-10-13" }, NOW, { { "2026-09-29T10:00", "2026-10-09T10:00" } } },
	{ { "2026-09-24T10:00", 5, CLOCK_WORKDAY, 0, "2026-10-09" }, NOW, { { "2026-10-01T10:00", "2026-10-05T10:00" } } },
	{ { "2026-09-24T10:00", 5, CLOCK_WORKDAY, 0, "2026-10-10" }, NOW, { { "2026-09-30T10:00", "2026-10-08T10:00" } } },
	{ { "2026-06-22T10:00", 1, CLOCK_WORKDAY, 0, "2026-06-29" }, NOW, { { "2026-06-23T10:00", "2026-06-27T10:00" } } },
	{ { "2026-06-22T10:00", 1, CLOCK_WORKDAY, 0, "2026-06-26" }, NOW, { { "2026-06-23T10:00", "2026-06-26T10:00" } } },
	{ { "2026-06-22T10:00", 1, CLOCK_WORKDAY, 0, "2026-06-23" }, NOW, { { "2026-06-24T10:00", "2026-06-26T10:00" } } },
	{ { "2026-12-28T10:00", 3, CLOCK_WORKDAY, UNCERTAIN, "2027-01-04" }, NOW, { { "2026-12-29T10:00", "2026-12-30T10:00" } } },
	/* months: two days taken out are added at the end */
	{ { "2026-01-31T10:00", 1, CLOCK_MONTH, ROLL, "2026-03-02" }, NOW, { { "2026-02-10T10:00", "2026-02-12T10:00" } } },
	{ { "2024-02-29T10:00", 1, CLOCK_YEAR, 0, "2025-03-01" }, NOW, { { "2025-02-28T10:00", "2025-03-01T10:00" } } },
	/* hours, to the minute */
	{ { "2026-06-30T09:00", 24, CLOCK_HOUR, 0, "2026-07-01T12:30" }, NOW, { { "2026-06-30T12:00", "2026-06-30T15:30" } } },
	{ { "2026-06-30T09:00", 24, CLOCK_HOUR, 0, "2026-07-01T09:00" }, NOW, { { "2026-07-01T09:00", "2026-07-01T15:30" } } },
	{ { "2026-06-30T09:00", 24, CLOCK_HOUR, 0, "2026-07-01T09:00" }, NOW, { { "2026-07-01T09:00", "" } } },
	{ { "2026-06-30T09:00", 24, CLOCK_HOUR, PAUSED, "" }, NOW, { { "2026-07-01T08:59", "" } } },
	{ { "2026-06-30T09:00", 8, CLOCK_WORKHOUR, 0, "2026-07-01T11:00" }, NOW, { { "2026-06-30T10:00", "2026-06-30T12:00" } } },
	{ { "2026-06-30T09:00", 8, CLOCK_WORKHOUR, 0, "2026-07-01T11:00" }, NOW, { { "2026-06-30T16:00", "2026-07-01T10:00" } } },
	{ { "2026-06-30T09:00", 9, CLOCK_WORKHOUR, 0, "2026-07-01T10:00" }, NOW, { { "2026-06-30T18:00", "2026-07-01T08:00" } } },
};

static void
pauses_do_not_count(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(paused) / sizeof(paused[0]); i++) {
		struct clock_pause p[3];
		size_t n = 0;

		for (; n < 3 && paused[i].pauses[n].from != NULL; n++)
			p[n] = (struct clock_pause){ at(paused[i].pauses[n].from), at(paused[i].pauses[n].to) };
		check(&paused[i].due, p, n, at(paused[i].now));
	}
}

static void
bad_input_is_cut_not_followed(void **state)
{
	struct calendar odd = table;
	struct clock_pause wild[] = { { INT64_MAX, INT64_MIN }, { INT64_MIN, INT64_MAX - 1 }, { 5, 5 }, { 0, -7 } };
	int64_t start = at("2026-06-01T10:00");

	(void)state;
	odd.open_minute = 900;
	odd.close_minute = 900;
	assert_int_equal(clock_due(&table, (struct clock_rule){ -5, CLOCK_DAY, false }, start, NULL, 0, 0).due_ms,
	    due_at("2026-06-01"));
	assert_int_equal(clock_due(&table, (struct clock_rule){ 1, (enum clock_unit)99, false }, start, NULL, 0, 0).due_ms,
	    due_at("2026-06-02"));
	assert_int_equal(clock_due(&odd, (struct clock_rule){ 8, CLOCK_WORKHOUR, false }, start, NULL, 0, 0).due_ms,
	    at("2026-06-02T10:00"));
	for (int u = 0; u < CLOCK_UNIT_COUNT; u++) {
		struct clock_rule much = { 2000000000, (enum clock_unit)u, true }, bound = { CLOCK_COUNT_MAX, (enum clock_unit)u, true };
		int64_t most = clock_due(&table, much, start, NULL, 0, 0).due_ms;

		assert_int_equal(most, clock_due(&table, bound, start, NULL, 0, 0).due_ms);
		assert_true(clock_due(&table, much, INT64_MAX, NULL, 0, 0).due_ms > 0);
		assert_true(clock_due(&table, much, INT64_MIN, NULL, 0, 0).due_ms > 0);
		assert_true(clock_due(&table, much, start, wild, 4, start).due_ms >= start);
	}
}

static void
pauses_never_bring_a_deadline_nearer(void **state)
{
	uint32_t seed = 7;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		struct clock_pause p[4];
		int64_t t, start = at("2026-01-01T00:00");
		struct clock_rule rule = { 0, (enum clock_unit)(i % CLOCK_UNIT_COUNT), i % 2 == 0 };

		for (size_t j = 0; j < 4; j++) {
			seed = seed * 1664525 + 1013904223;
			t = j == 0 ? start : p[j - 1].to_ms;
			p[j].from_ms = t + seed % 864000 * INT64_C(1000);
			p[j].to_ms = p[j].from_ms + seed / 7 % 500000 * INT64_C(1000);
		}
		rule.count = (int)(seed >> 8) % 40;
		for (size_t n = 0; n < 4; n++)
			if (clock_due(&table, rule, start, p, n + 1, INT64_MAX).due_ms <
			    clock_due(&table, rule, start, p, n, INT64_MAX).due_ms)
				fail_msg("case %d: pause %zu brings it nearer", i, n);
	}
}

static const struct {
	int64_t start, due; bool paused; int64_t met, now; int permille; int64_t least; enum clock_light want;
} lights[] = {
	{ 1000, 5000, false, 0, 1000, 250, 0, LIGHT_NORMAL },
	{ 1000, 5000, false, 0, 3999, 250, 0, LIGHT_NORMAL },
	{ 1000, 5000, false, 0, 4000, 250, 0, LIGHT_SOON },
	{ 1000, 5000, false, 0, 5000, 250, 0, LIGHT_SOON },
	{ 1000, 5000, false, 0, 5001, 250, 0, LIGHT_LATE },
	{ 1000, 5000, false, 0, 3000, 250, 2000, LIGHT_NORMAL },
	{ 1000, 5000, false, 0, 3001, 250, 2000, LIGHT_SOON },
	{ 1000, 5000, false, 0, 4999, 0, 0, LIGHT_NORMAL },
	{ 1000, 5000, false, 0, 1000, 1000, 0, LIGHT_SOON },
	{ 1000, 5000, false, 0, 500, 1000, 0, LIGHT_NORMAL },
	{ 1000, 5000, true, 0, 9000, 250, 0, LIGHT_PAUSED },
	{ 1000, INT64_MAX, true, 0, 9000, 250, 0, LIGHT_PAUSED },
	{ 1000, INT64_MAX, false, 0, 9000, 250, 0, LIGHT_NORMAL },
	{ 1000, 5000, false, 6000, 9000, 250, 0, LIGHT_DONE },
	{ 1000, 5000, true, 2000, 3000, 250, 0, LIGHT_DONE },
	{ 1000, INT64_MAX - 1, false, 0, INT64_MAX - 2, 250, 0, LIGHT_SOON },
	{ INT64_MIN, INT64_MAX - 1, false, 0, INT64_MIN, 250, 0, LIGHT_NORMAL },
	{ 5000, 1000, false, 0, 1001, 250, 0, LIGHT_LATE },
};

static void
lights_change_at_their_thresholds(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lights) / sizeof(lights[0]); i++)
		if (clock_light(lights[i].start, lights[i].due, lights[i].paused, lights[i].met, lights[i].now,
		    lights[i].permille, lights[i].least) != lights[i].want)
			fail_msg("light %zu", i);
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
		cmocka_unit_test(deadlines_fall_where_the_law_puts_them),
		cmocka_unit_test(pauses_do_not_count),
		cmocka_unit_test(bad_input_is_cut_not_followed),
		cmocka_unit_test(pauses_never_bring_a_deadline_nearer),
		cmocka_unit_test(lights_change_at_their_thresholds),
	};

	return cmocka_run_group_tests(tests, load, NULL);
}
