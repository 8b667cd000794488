/* The table of deadlines worked out by hand (clock_cases.csv) against the engine; run from the root. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/calendar/calendar_fixture.h"
#include "engine/clock/clock_explain.h"

#define ENTRIES_MAX 1200

static struct calendar table;
static struct calendar_entry changed[ENTRIES_MAX];

struct row {
	struct text start, pauses, extra, due, flags;
	struct clock_rule rule;
	struct calendar c;
	struct clock_pause p[4];
	size_t n;
	int64_t now;
	char line[512];
};

/* A day alone is 10:00 of it. */
static int64_t
moment_of(struct text t)
{
	char iso[40];
	int64_t ms = 0;

	snprintf(iso, sizeof iso, "%.*s%s+08:00", (int)t.n, t.p, t.n == 10 ? "T10:00" : "");
	if (moment_parse(text_of(iso), &ms) != RC_OK)
		fail_msg("not a moment: %.*s", (int)t.n, t.p);
	return ms;
}

static int
minute_of(struct text t)
{
	int64_t h = 0, m = 0;
	struct text hour = text_cut(&t, ':');

	if (int64_parse(hour, 0, 23, &h) != RC_OK || int64_parse(t, 0, 59, &m) != RC_OK)
		fail_msg("not a time: %.*s", (int)t.n, t.p);
	return (int)(h * 60 + m);
}

static enum clock_unit
unit_of(struct text t)
{
	for (int u = 0; u < CLOCK_UNIT_COUNT; u++)
		if (text_equals(t, text_of(clock_unit_key((enum clock_unit)u))))
			return (enum clock_unit)u;
	fail_msg("no unit: %.*s", (int)t.n, t.p);
	return CLOCK_DAY;
}

/* One more day in the table, in its place. */
static void
day_put(struct row *r, struct text t, enum day_kind kind)
{
	struct day d = DAY_NONE;
	size_t i;

	assert_int_equal(day_parse(t, &d), RC_OK);
	if (r->c.entries == table.entries)
		memcpy(changed, table.entries, table.n * sizeof changed[0]);
	r->c.entries = changed;
	for (i = r->c.n; i > 0 && changed[i - 1].day.n > d.n; i--)
		changed[i] = changed[i - 1];
	changed[i] = (struct calendar_entry){ d, kind, "本市" };
	r->c.n++;
}

static void
extra_read(struct row *r, struct text one)
{
	struct text key = text_cut(&one, '=');

	if (text_equals(key, TEXT("now")))
		r->now = moment_of(one);
	else if (text_equals(key, TEXT("half")))
		day_put(r, one, DAY_HALF);
	else if (text_equals(key, TEXT("rest")))
		day_put(r, one, DAY_REST);
	else if (text_equals(key, TEXT("hours"))) {
		r->c.open_minute = minute_of(text_cut(&one, '-'));
		r->c.close_minute = minute_of(one);
	} else {
		fail_msg("no such extra: %.*s", (int)key.n, key.p);
	}
}

static void
pause_read(struct row *r, struct text one)
{
	struct text from = text_cut(&one, '/');

	assert_true(r->n < 4);
	r->p[r->n].from_ms = moment_of(from);
	r->p[r->n++].to_ms = one.n > 0 ? moment_of(one) : 0;
}

static void
row_read(struct row *r)
{
	struct text rest = text_trim(text_of(r->line)), one;
	int64_t count = 0;

	r->c = table;
	r->now = INT64_MAX;
	r->start = text_cut(&rest, ',');
	assert_int_equal(int64_parse(text_cut(&rest, ','), 0, CLOCK_COUNT_MAX, &count), RC_OK);
	r->rule.count = (int)count;
	r->rule.unit = unit_of(text_cut(&rest, ','));
	r->rule.roll = text_equals(text_cut(&rest, ','), TEXT("y"));
	r->pauses = text_cut(&rest, ',');
	r->extra = text_cut(&rest, ',');
	r->due = text_cut(&rest, ',');
	r->flags = text_cut(&rest, ',');
	if (rest.n < 5)
		fail_msg("%s: does not say why", r->line);
	while ((one = text_cut(&r->pauses, ' ')).n > 0)
		pause_read(r, one);
	while ((one = text_cut(&r->extra, ' ')).n > 0)
		extra_read(r, one);
}

static bool
flag(const struct row *r, char c)
{
	return r->flags.n > 0 && memchr(r->flags.p, c, r->flags.n) != NULL;
}

static void
row_check(const struct row *r)
{
	static struct clock_step steps[200];
	struct clock_answer a;
	size_t n = clock_explain(&r->c, r->rule, moment_of(r->start), r->p, r->n, r->now, steps, 200, &a);
	char got[32];
	int64_t want;

	if (a.paused != flag(r, 'P') || a.rolled != flag(r, 'R') || a.uncertain != flag(r, 'U'))
		fail_msg("%s: paused %d, rolled %d, uncertain %d", r->line, a.paused, a.rolled, a.uncertain);
	if (a.paused)
		return;
	want = r->due.n == 10 ? day_start_ms(day_add(day_of_moment(moment_of(r->due)), 1)) - 1 : moment_of(r->due);
	if (a.due_ms != want)
		fail_msg("%s: got %.*s", r->line, (int)moment_print(a.due_ms, got).n, got);
	if (n == 0 || !steps[n - 1].due)
		fail_msg("%s: no due day in the explanation", r->line);
	if (clock_due(&r->c, r->rule, moment_of(r->start), r->p, r->n, r->now).due_ms != want)
		fail_msg("%s: clock_due differs", r->line);
}

static void
two_hundred_deadlines_by_hand(void **state)
{
	static struct row r;
	FILE *f = fopen("src/engine/clock/clock_cases.csv", "r");
	int n = 0;
	bool head = false;

	(void)state;
	assert_non_null(f);
	for (r = (struct row){ .n = 0 }; fgets(r.line, sizeof r.line, f) != NULL; r = (struct row){ .n = 0 }) {
		if (r.line[0] == '#')
			continue;
		if (head) {
			row_read(&r);
			row_check(&r);
			n++;
		}
		head = true;
	}
	fclose(f);
	assert_true(n >= 200);
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
		cmocka_unit_test(two_hundred_deadlines_by_hand),
	};

	return cmocka_run_group_tests(tests, load, NULL);
}
