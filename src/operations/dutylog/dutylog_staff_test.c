/* A turn of duty, minute by minute: it begins when the door opens, lasts its minutes of open time, and nobody is there who is away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/calendar/calendar_fixture.h"
#include "operations/dutylog/dutylog_staff.h"

static struct calendar table;

static int64_t
at(const char *local)
{
	char iso[40];
	int64_t ms = 0;

	if (local == NULL)
		return 0;
	snprintf(iso, sizeof iso, "%s+08:00", local);
	return moment_parse(text_of(iso), &ms) == RC_OK ? ms : -1;
}

#define TUESDAY "2026-06-30"
static const struct {
	const char *day;
	int minutes;
	bool away;
	const char *signed_at, *at, *today;
	bool there;
} rows[] = {
	/* 180 minutes from nine on are the morning */
	{ TUESDAY, 180, false, NULL, "2026-06-30T08:59", TUESDAY, false },
	{ TUESDAY, 180, false, NULL, "2026-06-30T09:00", TUESDAY, true },
	{ TUESDAY, 180, false, NULL, "2026-06-30T11:59", TUESDAY, true },
	{ TUESDAY, 180, false, NULL, "2026-06-30T12:00", TUESDAY, false },
	{ TUESDAY, 180, false, NULL, "2026-06-30T13:30", TUESDAY, false },
	/* 240 go on for an hour after noon: what is shut between does not count */
	{ TUESDAY, 240, false, NULL, "2026-06-30T14:29", TUESDAY, true },
	{ TUESDAY, 240, false, NULL, "2026-06-30T14:30", TUESDAY, false },
	{ TUESDAY, 0, false, NULL, "2026-06-30T16:59", TUESDAY, true },
	/* longer than it is open */
	{ TUESDAY, 600, false, NULL, "2026-06-30T16:59", TUESDAY, true },
	/* another day */
	{ TUESDAY, 180, false, NULL, "2026-07-01T09:30", TUESDAY, false },
	/* ill, away; in spite of that there */
	{ TUESDAY, 180, true, NULL, "2026-06-30T09:30", TUESDAY, false },
	{ TUESDAY, 180, true, "2026-06-30T09:10", "2026-06-30T09:10", TUESDAY, true },
	/* signed in late: from then on, as long */
	{ TUESDAY, 120, false, "2026-06-30T10:15", "2026-06-30T10:14", TUESDAY, false },
	{ TUESDAY, 120, false, "2026-06-30T10:15", "2026-06-30T10:15", TUESDAY, true },
	{ TUESDAY, 120, false, "2026-06-30T10:15", "2026-06-30T13:44", TUESDAY, true },
	{ TUESDAY, 120, false, "2026-06-30T10:15", "2026-06-30T13:45", TUESDAY, false },
	/* signed in before it opens: the minutes begin with the door */
	{ TUESDAY, 60, false, "2026-06-30T08:40", "2026-06-30T09:59", TUESDAY, true },
	{ TUESDAY, 60, false, "2026-06-30T08:40", "2026-06-30T10:00", TUESDAY, false },
	/* over, and nobody signed in: absent; today and to come the roster is believed */
	{ TUESDAY, 180, false, NULL, "2026-06-30T09:30", "2026-07-01", false },
	{ TUESDAY, 180, false, NULL, "2026-06-30T09:30", "2026-06-29", true },
	{ TUESDAY, 180, false, "2026-06-30T09:05", "2026-06-30T09:30", "2026-07-01", true },
	/* a holiday without hours: it does not open that day */
	{ "2026-10-01", 180, false, NULL, "2026-10-01T09:30", TUESDAY, false },
};

static void
a_turn_begins_and_ends_to_the_minute(void **state)
{
	struct point_hours hours[POINT_HOURS_MAX];
	struct point p = { .kind = POINT_STATION, .opened = fixture_day("2020-01-01"), .closed = DAY_NONE, .hours = hours };

	(void)state;
	for (int k = 1; k <= 5; k++) {
		hours[p.n_hours++] = (struct point_hours){ k, 540, 720 };
		hours[p.n_hours++] = (struct point_hours){ k, 810, 1020 };
	}
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct dutylog_turn t = { fixture_day(rows[i].day), rows[i].minutes, rows[i].away, at(rows[i].signed_at) };

		if (dutylog_is_there(&p, &table, &t, at(rows[i].at), fixture_day(rows[i].today)) != rows[i].there)
			fail_msg("row %zu: %s", i, rows[i].at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_turn_begins_and_ends_to_the_minute),
	};

	table = fixture_calendar();
	return cmocka_run_group_tests_name("dutylog_staff", tests, NULL, NULL);
}
