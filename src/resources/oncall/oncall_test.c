#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/calendar/calendar_fixture.h"
#include "resources/oncall/oncall.h"

static struct calendar table;

static int64_t
at(const char *local)
{
	char iso[40];
	int64_t ms = 0;

	snprintf(iso, sizeof(iso), "%s+08:00", local);
	return moment_parse(text_of(iso), &ms) == RC_OK ? ms : -1;
}

static struct oncall_contact
contact(int turn, const char *hours, const char *from, const char *to)
{
	return (struct oncall_contact){ .id = turn, .turn = turn, .hours = text_of(hours), .from = fixture_day(from),
		.to = to == NULL ? DAY_NONE : fixture_day(to) };
}

#define NIGHT "1-5 17:00-24:00; 2-6 00:00-09:00"

static const struct { const char *hours, *from, *to, *at; bool on; } moments[] = {
	{ "", "2026-06-01", NULL, "2026-06-30T03:00", true },                    /* any hour */
	{ "", "2026-06-01", NULL, "2026-05-31T23:59", false },                   /* its first day */
	{ "", "2026-06-01", NULL, "2026-06-01T00:00", true },
	{ "", "2026-06-01", "2026-06-30", "2026-06-30T23:59", true },            /* its last day counts */
	{ "", "2026-06-01", "2026-06-30", "2026-07-01T00:00", false },
	{ "", "2026-06-01", NULL, "2026-06-19T10:00", true },                    /* holidays, too */
	{ NIGHT, "2026-06-01", NULL, "2026-06-30T16:59", false },
	{ NIGHT, "2026-06-01", NULL, "2026-06-30T17:00", true },
	{ NIGHT, "2026-06-01", NULL, "2026-07-01T08:59", true },                 /* over midnight */
	{ NIGHT, "2026-06-01", NULL, "2026-07-01T09:00", false },
	{ NIGHT, "2026-06-01", NULL, "2026-06-19T18:00", false },                /* Dragon Boat on a Friday: no hours of a holiday */
	{ NIGHT "; 8 00:00-24:00", "2026-06-01", NULL, "2026-06-19T18:00", true },
	{ "1-5 17:00-24:00", "2026-01-01", NULL, "2026-02-14T18:00", true },     /* make-up Saturday: Monday's */
	{ "6,7 00:00-24:00", "2026-01-01", NULL, "2026-02-14T18:00", true },     /* its own */
};

static void
who_is_on_duty_by_day_hour_and_calendar(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
		struct oncall_contact k = contact(1, moments[i].hours, moments[i].from, moments[i].to);

		if (oncall_is_on(&k, at(moments[i].at), &table) != moments[i].on)
			fail_msg("%s at %s", moments[i].hours, moments[i].at);
		k.account_off = true; /* who does not work here any more is rung by nobody */
		assert_false(oncall_is_on(&k, at(moments[i].at), &table));
	}
}

static void
the_first_on_duty_is_rung_then_the_next(void **state)
{
	struct oncall_contact v[] = { contact(1, NIGHT, "2026-06-01", NULL), contact(2, "", "2026-06-01", NULL), contact(3, "", "2026-06-01", NULL) };
	struct oncall_now now = oncall_pick(v, 3, at("2026-06-30T20:00"), &table);

	(void)state;
	assert_ptr_equal(now.first, &v[0]);
	assert_ptr_equal(now.next, &v[1]);
	now = oncall_pick(v, 3, at("2026-06-30T12:00"), &table);
	assert_ptr_equal(now.first, &v[1]);
	assert_ptr_equal(now.next, &v[2]);
	now = oncall_pick(v, 2, at("2026-06-30T12:00"), &table);
	assert_null(now.next);
	assert_null(oncall_pick(v, 1, at("2026-06-30T12:00"), &table).first);
	assert_null(oncall_pick(v, 0, at("2026-06-30T12:00"), &table).first);
}

static void
an_hour_without_anybody_is_found(void **state)
{
	static struct point_hours hours[POINT_HOURS_MAX];
	struct point p = { .kind = POINT_STATION, .opened = fixture_day("2020-01-01"), .closed = DAY_NONE, .hours = hours };
	struct oncall_contact night = contact(1, NIGHT, "2026-06-01", NULL), always = contact(2, "", "2026-06-01", NULL);

	(void)state;
	assert_int_equal(point_hours_read(TEXT("1-5 09:00-17:00"), hours, &p.n_hours), RC_OK);
	assert_int_equal(oncall_gap(&p, &always, 1, at("2026-06-30T10:00"), &table), 0);
	/* Tuesday: nights are held until Saturday 9:00 */
	assert_int_equal(oncall_gap(&p, &night, 1, at("2026-06-30T10:00"), &table), at("2026-07-04T09:00"));
	assert_int_equal(oncall_gap(&p, NULL, 0, at("2026-06-30T10:00"), &table), at("2026-06-30T17:00"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_on_duty_by_day_hour_and_calendar),
		cmocka_unit_test(the_first_on_duty_is_rung_then_the_next),
		cmocka_unit_test(an_hour_without_anybody_is_found),
	};

	table = fixture_calendar();
	return table.n == 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
