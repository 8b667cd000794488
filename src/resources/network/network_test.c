#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/calendar/calendar_fixture.h"
#include "resources/network/network_rule.h"

static struct calendar table;

static int64_t
at(const char *local)
{
	char iso[40];
	int64_t ms = 0;

	snprintf(iso, sizeof(iso), "%s+08:00", local);
	return moment_parse(text_of(iso), &ms) == RC_OK ? ms : -1;
}

static struct point_hours hours[POINT_HOURS_MAX];
static struct point_exception exceptions[2];

static struct point
point_with(const char *words)
{
	struct point p = { .kind = POINT_TOWN, .opened = fixture_day("2020-01-01"), .closed = DAY_NONE, .hours = hours };

	if (point_hours_read(text_of(words), hours, &p.n_hours) != RC_OK)
		fail_msg("cannot read %s", words);
	return p;
}

#define OFFICE "1-5 09:00-12:00; 1-5 13:30-17:00; 8 10:00-11:00"

static const struct { const char *hours, *at; bool open; const char *until, *next; bool uncertain; } moments[] = {
	{ OFFICE, "2026-06-30T08:59", false, NULL, "2026-06-30T09:00", false },
	{ OFFICE, "2026-06-30T09:00", true, "2026-06-30T12:00", NULL, false },
	{ OFFICE, "2026-06-30T11:59", true, "2026-06-30T12:00", NULL, false },
	{ OFFICE, "2026-06-30T12:00", false, NULL, "2026-06-30T13:30", false },
	{ OFFICE, "2026-06-30T17:00", false, NULL, "2026-07-01T09:00", false },
	{ OFFICE, "2026-06-27T10:00", false, NULL, "2026-06-29T09:00", false },                 /* Saturday */
	{ OFFICE, "2026-06-18T18:00", false, NULL, "2026-06-19T10:00", false },                 /* a holiday follows */
	{ OFFICE, "2026-06-19T09:30", false, NULL, "2026-06-19T10:00", false },                 /* Dragon Boat, Friday */
	{ OFFICE, "2026-06-19T10:30", true, "2026-06-19T11:00", NULL, false },
	{ OFFICE, "2026-02-14T09:30", true, "2026-02-14T12:00", NULL, false },                  /* make-up Saturday: Monday's */
	{ "1 08:00-09:00; 2-5 09:00-17:00", "2026-02-14T08:30", true, "2026-02-14T09:00", NULL, false },
	{ OFFICE "; 6 10:00-12:00", "2026-02-14T09:30", false, NULL, "2026-02-14T10:00", false }, /* its own */
	{ "1-5 09:00-17:00", "2026-10-01T10:00", false, NULL, "2026-10-08T09:00", false },      /* closed on holidays */
	{ "1-5 09:00-17:00", "2027-01-04T10:00", true, "2027-01-04T17:00", NULL, true },
	{ "1-5 09:00-17:00", "2027-01-01T10:00", false, NULL, "2027-01-04T09:00", true },
	{ "1-5 09:00-12:00; 1-5 12:00-17:00", "2026-06-30T10:00", true, "2026-06-30T17:00", NULL, false },
	{ "1-8 00:00-24:00", "2026-06-30T10:00", true, NULL, NULL, false },                     /* round the clock */
	{ "2 18:00-24:00; 3 00:00-02:00", "2026-06-30T23:00", true, "2026-07-01T02:00", NULL, false },
	{ "", "2026-06-30T10:00", false, NULL, NULL, false },
};

static void
it_is_open_when_its_hours_say_so(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
		struct point p = point_with(moments[i].hours);
		struct point_state s = point_state_at(&p, at(moments[i].at), &table);

		if (s.open != moments[i].open || s.uncertain != moments[i].uncertain ||
		    s.until_ms != (moments[i].until == NULL ? 0 : at(moments[i].until)) ||
		    s.next_ms != (moments[i].next == NULL ? 0 : at(moments[i].next)))
			fail_msg("%s at %s: open %d, until %lld, next %lld", moments[i].hours, moments[i].at, s.open,
			    (long long)s.until_ms, (long long)s.next_ms);
		assert_int_equal(network_is_open(&p, at(moments[i].at), &table), moments[i].open);
	}
}

static void
exceptions_beat_all(void **state)
{
	struct point p = point_with(OFFICE);

	(void)state;
	exceptions[0] = (struct point_exception){ fixture_day("2026-06-30"), -1, -1, TEXT_NONE };
	exceptions[1] = (struct point_exception){ fixture_day("2026-10-02"), 540, 600, TEXT_NONE };
	p.exceptions = exceptions;
	p.n_exceptions = 2;
	assert_false(network_is_open(&p, at("2026-06-30T10:00"), &table));
	assert_true(point_state_at(&p, at("2026-06-30T10:00"), &table).next_ms == at("2026-07-01T09:00"));
	assert_true(network_is_open(&p, at("2026-10-02T09:00"), &table));
	assert_false(network_is_open(&p, at("2026-10-02T10:00"), &table));
}

static void
it_is_closed_before_it_opens_and_after_it_closes(void **state)
{
	struct point p = point_with("1-8 00:00-24:00");

	(void)state;
	p.opened = fixture_day("2026-06-30");
	p.closed = fixture_day("2026-07-02");
	assert_false(network_is_open(&p, at("2026-06-29T23:59"), &table));
	assert_true(network_is_open(&p, at("2026-06-30T00:00"), &table));
	assert_true(point_state_at(&p, at("2026-06-30T00:00"), &table).until_ms == at("2026-07-02T00:00"));
	assert_true(network_is_open(&p, at("2026-07-01T23:59"), &table));
	assert_false(network_is_open(&p, at("2026-07-02T00:00"), &table));
	assert_int_equal(point_state_at(&p, at("2026-07-02T00:00"), &table).next_ms, 0);
	assert_false(point_is_there(&p, DAY_NONE));
}

static void
hours_are_read_and_written(void **state)
{
	static const struct { const char *in, *want; } good[] = {
		{ "", "" },
		{ "1-5 09:00-17:00", "1-5 09:00-17:00" },
		{ " 1-5  9:00-12:00 ;1-5 13:30-17:00; 8 10:00-12:00;", "1-5 09:00-12:00; 1-5 13:30-17:00; 8 10:00-12:00" },
		{ "1,3,5-7 00:00-24:00", "1,3,5-7 00:00-24:00" },
		{ "1-8 09:00-10:00", "1-7,8 09:00-10:00" },
		{ "1 09:00-12:00; 1 12:00-13:00", "1 09:00-12:00; 1 12:00-13:00" },
	};
	static const char *const bad[] = {
		"x", "1-5", "0 09:00-10:00", "9 09:00-10:00", "5-1 09:00-10:00", "1 10:00-10:00", "1 10:00-09:00",
		"1 09:00-24:01", "1 09:60-10:00", "1 9-10", "1 09:00-12:00; 1 11:59-13:00", "1, 09:00-10:00x", "1-5 -1:00-10:00",
		"1-8 01:00-02:00; 1-8 03:00-04:00; 1-8 05:00-06:00; 1-8 07:00-08:00; 1 09:00-10:00",
	};
	struct arena *a = arena_create(1 << 20);
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(point_hours_read(text_of(good[i].in), hours, &n), RC_OK);
		if (!text_equals(point_hours_print(a, hours, n), text_of(good[i].want)))
			fail_msg("%s becomes %s", good[i].in, point_hours_print(a, hours, n).p);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (point_hours_read(text_of(bad[i]), hours, &n) != RC_INVALID)
			fail_msg("taken: %s", bad[i]);
	arena_free(a);
}

static void
kinds_have_keys_and_labels(void **state)
{
	(void)state;
	for (int k = POINT_COUNTY; k < POINT_KIND_COUNT; k++) {
		assert_true(point_kind_key((enum point_kind)k)[0] != '\0');
		assert_true(point_kind_label((enum point_kind)k)[0] != '\0');
		assert_true(strncmp(point_kind_setting((enum point_kind)k), "point.kind.", 11) == 0);
	}
	assert_string_equal(point_kind_key(POINT_NONE), "");
	assert_string_equal(point_kind_setting((enum point_kind)99), "");
	assert_int_equal(POINT_STATION, TIER_STATION);
	assert_int_equal(POINT_ONLINE, TIER_ONLINE);
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
		cmocka_unit_test(it_is_open_when_its_hours_say_so),
		cmocka_unit_test(exceptions_beat_all),
		cmocka_unit_test(it_is_closed_before_it_opens_and_after_it_closes),
		cmocka_unit_test(hours_are_read_and_written),
		cmocka_unit_test(kinds_have_keys_and_labels),
	};

	return cmocka_run_group_tests(tests, load, NULL);
}
