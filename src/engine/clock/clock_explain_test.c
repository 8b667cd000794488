#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/calendar/calendar_fixture.h"
#include "engine/clock/clock_explain.h"

#define HOUR INT64_C(3600000)
#define STEPS 400

static struct calendar table;
static struct clock_step steps[STEPS];

static int64_t
at(const char *local)
{
	char iso[40];
	int64_t ms = 0;

	snprintf(iso, sizeof(iso), "%s+08:00", local);
	if (moment_parse(text_of(iso), &ms) != RC_OK)
		fail_msg("not a moment: %s", local);
	return ms;
}

/* ---- what the steps say, one line each -------------------------------------------------------------- */

static const char letters[CLOCK_STEP_KINDS + 1] = "SCsxPWpRr.";

static void
line_add(char *out, size_t cap, const struct clock_step *s)
{
	size_t n = strlen(out);
	char day[16], count[32] = "";
	struct ymd a = day_to_ymd(s->first), b = day_to_ymd(s->last);

	if (s->n_first != 0)
		snprintf(count, sizeof count, s->n_first == s->n_last ? "#%d" : "#%d-%d", s->n_first, s->n_last);
	snprintf(day, sizeof day, a.month == b.month ? "%.0d%d" : "%d/%d", a.month == b.month ? 0 : b.month % 100, b.day % 100);
	snprintf(out + n, cap - n, "%s%c%d/%d", n > 0 ? " " : "", letters[s->kind], a.month, a.day);
	n = strlen(out);
	if (s->first.n != s->last.n)
		snprintf(out + n, cap - n, "-%s", day);
	n = strlen(out);
	snprintf(out + n, cap - n, "%s%s%s%s", count, s->day == DAY_MAKEUP ? "+" : "", s->uncertain ? "?" : "",
	    s->due ? "!" : "");
}

struct explain_case {
	const char *start;
	int count;
	enum clock_unit unit;
	bool roll;
	const char *from, *to; /* one pause */
	const char *want;
};

static const struct explain_case cases[] = {
	/* Spring Festival 2026: 02-15..23 off, 02-14 and 02-28 made up */
	{ "2026-02-13T10:00", 1, CLOCK_WORKDAY, false, NULL, NULL, "S2/13 C2/14#1+!" },
	{ "2026-02-13T10:00", 2, CLOCK_WORKDAY, false, NULL, NULL, "S2/13 C2/14#1+ s2/15-23 C2/24#2!" },
	{ "2026-02-13T10:00", 7, CLOCK_WORKDAY, false, NULL, NULL,
	    "S2/13 C2/14#1+ s2/15-23 C2/24-27#2-5 C2/28#6+ s3/1 C3/2#7!" },
	/* natural days count through everything; the last one rolls */
	{ "2026-02-10T09:00", 7, CLOCK_DAY, true, NULL, NULL,
	    "S2/10 C2/11-13#1-3 C2/14#4+ C2/15-17#5-7 p2/18-23 R2/24!" },
	{ "2026-02-10T09:00", 7, CLOCK_DAY, false, NULL, NULL, "S2/10 C2/11-13#1-3 C2/14#4+ C2/15-16#5-6 C2/17#7!" },
	/* a pause, on the way, on the last day, within one day, and one that still runs */
	{ "2026-06-01T10:00", 7, CLOCK_DAY, false, "2026-06-03T09:00", "2026-06-05T15:00",
	    "S6/1 C6/2-3#1-2 P6/4-5 C6/6-7#3-4 C6/8-9#5-6 C6/10#7!" },
	{ "2026-06-01T10:00", 7, CLOCK_DAY, false, "2026-06-08T09:00", "2026-06-10T15:00",
	    "S6/1 C6/2-5#1-4 C6/6-7#5-6 C6/8#7 P6/9 r6/10!" },
	{ "2026-06-01T10:00", 7, CLOCK_DAY, true, "2026-06-08T09:00", "2026-06-13T15:00",
	    "S6/1 C6/2-5#1-4 C6/6-7#5-6 C6/8#7 P6/9-12 r6/13 p6/14 R6/15!" },
	{ "2026-06-01T10:00", 2, CLOCK_DAY, false, "2026-06-02T09:00", "2026-06-02T15:00", "S6/1 C6/2#1 C6/3#2!" },
	{ "2026-06-22T10:00", 1, CLOCK_WORKDAY, false, "2026-06-23T10:00", "2026-06-27T10:00",
	    "S6/22 C6/23#1 P6/24-26 r6/27 p6/28 R6/29!" },
	{ "2026-06-01T10:00", 7, CLOCK_DAY, false, "2026-06-03T09:00", "2026-12-31T15:00", "S6/1 C6/2-3#1-2 W6/4-5" },
	/* nothing to count */
	{ "2026-06-07T09:00", 0, CLOCK_WORKDAY, false, NULL, NULL, "S6/7 R6/8!" },
	{ "2026-06-08T09:00", 0, CLOCK_DAY, true, NULL, NULL, "S6/8!" },
	{ "2026-06-13T09:00", 0, CLOCK_WORKDAY, false, "2026-06-15T10:00", "2026-06-20T10:00",
	    "S6/13 p6/14 R6/15 P6/16-18 P6/19 r6/20 p6/21 R6/22!" },
	/* a year without a table */
	{ "2026-12-30T09:00", 2, CLOCK_WORKDAY, false, NULL, NULL, "S12/30 C12/31#1 s1/1? s1/2-3? C1/4#2?!" },
	/* hours: the nights count; working hours: 9:00-17:00 */
	{ "2026-06-30T22:00", 4, CLOCK_HOUR, false, NULL, NULL, "S6/30 C6/30-7/1!" },
	{ "2026-06-26T16:30", 1, CLOCK_WORKHOUR, false, NULL, NULL, "S6/26 C6/26 s6/27-28 C6/29!" },
	{ "2026-06-25T17:30", 17, CLOCK_WORKHOUR, false, NULL, NULL, "S6/25 x6/25 C6/26 s6/27-28 C6/29 C6/30!" },
};

static int64_t
now_of(const struct explain_case *c)
{
	return at(strchr(c->want, 'W') != NULL ? "2026-06-05T00:00" : "2027-06-01T00:00");
}

static void
steps_tell_the_way(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct explain_case *c = &cases[i];
		struct clock_pause p = { c->from ? at(c->from) : 0, c->to ? at(c->to) : 0 };
		struct clock_rule rule = { c->count, c->unit, c->roll };
		size_t n = clock_explain(&table, rule, at(c->start), &p, c->from != NULL, now_of(c), steps, STEPS, NULL);
		char got[2000] = "", want[2000];

		for (size_t k = 0; k < n; k++)
			line_add(got, sizeof got, &steps[k]);
		snprintf(want, sizeof want, "%s", c->want);
		if (strcmp(got, want) != 0)
			fail_msg("%s + %d %s: got %s, want %s", c->start, c->count, clock_unit_key(c->unit), got, want);
	}
}

static void
names_and_hours_stand_in_the_steps(void **state)
{
	struct clock_rule days = { 2, CLOCK_WORKDAY, false }, hours = { 9, CLOCK_WORKHOUR, false };
	size_t n = clock_explain(&table, days, at("2026-02-13T10:00"), NULL, 0, 0, steps, STEPS, NULL);

	(void)state;
	assert_int_equal(n, 4);
	assert_null(steps[0].name);
	assert_non_null(steps[1].name);
	assert_int_equal(steps[2].day, DAY_HOLIDAY);
	n = clock_explain(&table, hours, at("2026-06-30T09:00"), NULL, 0, 0, steps, STEPS, NULL);
	assert_int_equal(n, 3);
	assert_int_equal(steps[1].ms, 8 * HOUR);
	assert_int_equal(steps[1].to_ms, at("2026-06-30T17:00"));
	assert_int_equal(steps[2].from_ms, at("2026-07-01T09:00"));
	assert_int_equal(steps[2].to_ms, at("2026-07-01T10:00"));
}

static void
too_little_room_folds_the_middle(void **state)
{
	struct clock_rule rule = { 1000, CLOCK_WORKDAY, false };
	int64_t start = at("2020-01-01T10:00");
	struct clock_answer a;
	size_t n, folded = 0;

	(void)state;
	assert_int_equal(clock_explain(&table, rule, start, NULL, 0, 0, steps, CLOCK_STEPS_MIN - 1, &a), 0);
	assert_int_equal(a.due_ms, clock_due(&table, rule, start, NULL, 0, 0).due_ms);
	for (size_t cap = CLOCK_STEPS_MIN; cap <= 40; cap++) {
		n = clock_explain(&table, rule, start, NULL, 0, 0, steps, cap, &a);
		assert_true(n <= cap);
		assert_int_equal(steps[0].kind, STEP_START);
		assert_true(steps[n - 1].due);
		assert_int_equal(steps[n - 1].n_last, 1000);
		folded = 0;
		for (size_t i = 0; i < n; i++) {
			folded += steps[i].kind == STEP_FOLDED;
			if (i > 0)
				assert_int_equal(steps[i].first.n, steps[i - 1].last.n + 1);
		}
		assert_int_equal(folded, 1);
	}
}

static void
a_missing_corresponding_day_is_told(void **state)
{
	(void)state;
	assert_true(clock_day_is_missing((struct clock_rule){ 1, CLOCK_MONTH, true }, at("2026-01-31T09:00")));
	assert_false(clock_day_is_missing((struct clock_rule){ 1, CLOCK_MONTH, true }, at("2026-01-28T09:00")));
	assert_true(clock_day_is_missing((struct clock_rule){ 1, CLOCK_YEAR, true }, at("2024-02-29T09:00")));
	assert_false(clock_day_is_missing((struct clock_rule){ 4, CLOCK_YEAR, true }, at("2024-02-29T09:00")));
	assert_false(clock_day_is_missing((struct clock_rule){ 31, CLOCK_DAY, true }, at("2026-01-31T09:00")));
	assert_false(clock_day_is_missing((struct clock_rule){ 1, CLOCK_MONTH, true }, -5));
}

/* ---- against clock_due() and against counting on one's fingers ----------------------------------------- */

struct draw { uint64_t s; };

static uint32_t
draw(struct draw *r, uint32_t below)
{
	r->s = r->s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(r->s >> 33) % below;
}

struct question {
	struct calendar c;
	struct clock_rule rule;
	int64_t start, now;
	struct clock_pause p[4];
	size_t n;
};

static struct calendar_entry odd_entries[400];

/* Every kind of day, half days too, thick as leaves; years without a table on both sides. */
static struct calendar
odd_calendar(struct draw *r)
{
	struct calendar c = { .entries = odd_entries, .first_year = 2026, .last_year = 2027, .version = 1,
		.open_minute = 480 + (int)draw(r, 120), .close_minute = 960 + (int)draw(r, 120) };
	struct day d = fixture_day("2026-01-01");

	for (size_t i = 0; i < 400; i++) {
		d = day_add(d, 1 + (int)draw(r, 3));
		odd_entries[i] = (struct calendar_entry){ d, (enum day_kind)draw(r, 5), "日" };
		if (day_to_ymd(d).year > 2027)
			break;
		c.n = i + 1;
	}
	return c;
}

static int64_t table_room[100000], odd_room[100000];

static struct question
question_draw(struct draw *r, int i)
{
	static const int most[CLOCK_UNIT_COUNT] = { 200, 60, 60, 14, 2, 80 };
	struct question q = { .c = i % 3 == 0 ? odd_calendar(r) : table, .now = INT64_MAX };
	int64_t t;

	if (i % 3 == 0 && i % 2 == 0 && calendar_index_size(&q.c) <= sizeof odd_room)
		calendar_index_build(&q.c, odd_room);
	if (i % 3 != 0 && i % 2 == 0)
		calendar_index_build(&q.c, table_room);
	q.rule = (struct clock_rule){ 0, (enum clock_unit)draw(r, CLOCK_UNIT_COUNT), draw(r, 2) == 0 };
	q.rule.count = (int)draw(r, (uint32_t)most[q.rule.unit]);
	q.start = day_start_ms(fixture_day(i % 3 == 0 ? "2025-11-01" : "2003-06-01"))
	    + (int64_t)draw(r, i % 3 == 0 ? 800 : 8800) * DAY_MS + draw(r, 86400) * INT64_C(1000);
	q.n = draw(r, 5);
	t = q.start;
	for (size_t k = 0; k < q.n; k++) {
		q.p[k].from_ms = t + draw(r, 900) * HOUR / (1 + draw(r, 30));
		q.p[k].to_ms = q.p[k].from_ms + draw(r, 500) * HOUR / (1 + draw(r, 30));
		t = q.p[k].to_ms;
	}
	if (q.n > 0 && draw(r, 8) == 0)
		q.p[q.n - 1].to_ms = 0;
	return q;
}

/* The table read from end to end, nothing shared with calendar.c. */
static enum day_kind
naive_kind(const struct calendar *c, struct day d)
{
	struct ymd y = day_to_ymd(d);

	for (size_t i = 0; i < c->n; i++)
		if (c->entries[i].day.n == d.n)
			return c->entries[i].kind;
	if (y.year < c->first_year || y.year > c->last_year)
		if ((y.month == 1 && y.day == 1) || (y.month == 5 && y.day < 3) || (y.month == 10 && y.day < 4))
			return DAY_HOLIDAY;
	return (d.n + 3) % 7 >= 5 ? DAY_REST : DAY_WORK; /* 1970-01-01 was a Thursday */
}

static bool
naive_works(const struct calendar *c, struct day d)
{
	enum day_kind k = naive_kind(c, d);

	return k != DAY_REST && k != DAY_HOLIDAY;
}

/* Is the day taken out: after the pause's first day, up to the day it ends on. */
static bool
naive_paused(const struct question *q, struct day d)
{
	for (size_t i = 0; i < q->n; i++)
		if (q->p[i].to_ms > q->p[i].from_ms && d.n > day_of_moment(q->p[i].from_ms).n
		    && d.n <= day_of_moment(q->p[i].to_ms).n)
			return true;
	return false;
}

/* A pause that begins on the day the last day fell on carries it to the day it ends on. */
static struct day
naive_carried(const struct question *q, struct day last)
{
	for (size_t i = 0; i < q->n; i++)
		if (q->p[i].to_ms > q->p[i].from_ms && day_of_moment(q->p[i].from_ms).n == last.n
		    && day_of_moment(q->p[i].to_ms).n > last.n)
			last = day_of_moment(q->p[i].to_ms);
	return last;
}

static int
naive_days_to_count(const struct question *q)
{
	struct ymd a = day_to_ymd(day_of_moment(q->start));
	struct day last = DAY_NONE;
	int months = q->rule.unit == CLOCK_YEAR ? q->rule.count * 12 : q->rule.count;

	if (q->rule.unit == CLOCK_DAY || q->rule.unit == CLOCK_WORKDAY)
		return q->rule.count;
	a.year += (a.month - 1 + months) / 12;
	a.month = (a.month - 1 + months) % 12 + 1;
	while (day_from_ymd(a, &last) != RC_OK)
		a.day--;
	return last.n - day_of_moment(q->start).n;
}

static int64_t
naive_day_due(const struct question *q)
{
	struct day d = day_of_moment(q->start);
	int left = naive_days_to_count(q);
	bool work = q->rule.unit == CLOCK_WORKDAY;

	if (left == 0)
		d = naive_carried(q, d);
	while (left > 0) {
		d.n++;
		if (!naive_paused(q, d) && (!work || naive_works(&q->c, d)) && --left == 0)
			d = naive_carried(q, d);
	}
	for (int guard = 0; work && !naive_works(&q->c, d) && guard < 5000; guard++) {
		d.n++;
		d = naive_carried(q, d); /* a pause may begin while it rolls on */
	}
	while (q->rule.roll && !naive_works(&q->c, d))
		d.n++;
	return day_start_ms((struct day){ d.n + 1 }) - 1;
}

/* Second by second is slow: minute by minute would miss seconds; so from edge to edge. */
static int64_t
naive_moment_due(const struct question *q)
{
	int64_t t = q->start, left = q->rule.count * HOUR;
	int close_half = q->c.close_minute < 720 ? q->c.close_minute : 720;

	while (left > 0) {
		struct day d = day_of_moment(t);
		int64_t edge = day_start_ms((struct day){ d.n + 1 }), open = day_start_ms(d), close = edge;
		bool runs = true;

		if (q->rule.unit == CLOCK_WORKHOUR) {
			enum day_kind k = naive_kind(&q->c, d);
			close = open + (k == DAY_HALF ? close_half : q->c.close_minute) * INT64_C(60000);
			open += q->c.open_minute * INT64_C(60000);
			runs = naive_works(&q->c, d) && t >= open && t < close;
			edge = t < open ? open : t < close ? close : edge;
		}
		for (size_t i = 0; i < q->n; i++) {
			if (t < q->p[i].from_ms && q->p[i].from_ms < edge && q->p[i].to_ms > q->p[i].from_ms)
				edge = q->p[i].from_ms;
			if (t >= q->p[i].from_ms && t < q->p[i].to_ms) {
				runs = false;
				edge = q->p[i].to_ms < edge ? q->p[i].to_ms : edge;
			}
		}
		if (runs && edge - t >= left)
			return t + left;
		left -= runs ? edge - t : 0;
		t = edge;
	}
	return t;
}

static void
question_fail(const struct question *q, int i, const char *what, int64_t got, int64_t want)
{
	char a[32], b[32], c[32];

	fail_msg("question %d, %s: %.*s + %d %s roll %d, %zu pauses: got %.*s want %.*s", i, what,
	    (int)moment_print(q->start, a).n, a, q->rule.count, clock_unit_key(q->rule.unit), q->rule.roll, q->n,
	    (int)moment_print(got, b).n, b, (int)moment_print(want, c).n, c);
}

/* Steps follow one another without gap and end where they should; what was counted adds up. */
static void
steps_check(const struct question *q, int i, size_t n, struct clock_answer a)
{
	bool moments = q->rule.unit == CLOCK_HOUR || q->rule.unit == CLOCK_WORKHOUR;
	const struct clock_step *last = &steps[n - 1];
	int64_t ms = 0, counted = 0;

	for (size_t k = 0; k < n; k++) {
		ms += steps[k].ms;
		if (steps[k].kind == STEP_COUNTED && !moments)
			counted += steps[k].last.n - steps[k].first.n + 1;
		if (k > 0 && !moments && steps[k].first.n != steps[k - 1].last.n + 1)
			question_fail(q, i, "gap", day_start_ms(steps[k].first), day_start_ms(steps[k - 1].last));
		if (steps[k].due && k + 1 != n)
			question_fail(q, i, "due is not last", day_start_ms(steps[k].first), a.due_ms);
	}
	if (!last->due || (moments ? last->to_ms : day_start_ms((struct day){ last->last.n + 1 }) - 1) != a.due_ms)
		question_fail(q, i, "last step", moments ? last->to_ms : day_start_ms(last->last), a.due_ms);
	if (moments ? ms != q->rule.count * HOUR : counted != naive_days_to_count(q))
		question_fail(q, i, "sum", ms, counted);
	if (a.rolled && last->kind != STEP_ROLLED)
		question_fail(q, i, "rolled", 0, a.due_ms);
}

static void
three_ways_give_one_answer(void **state)
{
	struct draw r = { 20260630 };
	const char *more = getenv("ZHAOFA_QUESTIONS"); /* tests/long/clock_questions.sh asks for many */
	int questions = more != NULL ? (int)strtol(more, NULL, 10) : 5000;

	(void)state;
	for (int i = 0; i < questions; i++) {
		struct question q = question_draw(&r, i);
		bool moments = q.rule.unit == CLOCK_HOUR || q.rule.unit == CLOCK_WORKHOUR;
		struct clock_answer due = clock_due(&q.c, q.rule, q.start, q.p, q.n, q.now), a;
		size_t n = clock_explain(&q.c, q.rule, q.start, q.p, q.n, q.now, steps, STEPS, &a);
		int64_t naive;

		if (a.due_ms != due.due_ms || a.paused != due.paused || a.rolled != due.rolled || a.uncertain != due.uncertain)
			question_fail(&q, i, "clock_due", a.due_ms, due.due_ms);
		if (n == 0 || n > STEPS)
			question_fail(&q, i, "steps", (int64_t)n, 0);
		if (due.paused) {
			assert_false(steps[n - 1].due);
			continue;
		}
		naive = moments ? naive_moment_due(&q) : naive_day_due(&q);
		if (naive != due.due_ms)
			question_fail(&q, i, "by hand", due.due_ms, naive);
		steps_check(&q, i, n, a);
	}
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
		cmocka_unit_test(steps_tell_the_way),
		cmocka_unit_test(names_and_hours_stand_in_the_steps),
		cmocka_unit_test(too_little_room_folds_the_middle),
		cmocka_unit_test(a_missing_corresponding_day_is_told),
		cmocka_unit_test(three_ways_give_one_answer),
	};

	return cmocka_run_group_tests(tests, load, NULL);
}
