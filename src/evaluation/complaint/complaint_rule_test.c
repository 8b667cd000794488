/* Both sides of each limit, every way a complaint can go, and who may read it. */
#include "evaluation/complaint/complaint_figures.h"
#include "evaluation/complaint/complaint_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* Monday to Friday; Thursday 2 July 2026 is a holiday. */
static const struct calendar_entry july[] = { { { 20636 }, DAY_HOLIDAY, "test" } };
static const struct calendar cal = { .entries = july,
	.n = 1,
	.first_year = 2026,
	.last_year = 2026,
	.open_minute = 540,
	.close_minute = 1020 };
static const struct complaint_limits limits = { 1, 15, 15, 60, 30, 30, 30, 10, 30, 5, 5, 20 };

static int64_t
at(const char *moment)
{
	int64_t ms = 0;

	assert_int_equal(moment_parse(text_of(moment), &ms), RC_OK);
	return ms;
}

/* ---- what must be said -------------------------------------------------------------------------------------------- */

static struct complaint_new
whole(void)
{
	return (struct complaint_new){ .channel = COMPLAINT_WEB,
		.anonymous = true,
		.kind = COMPLAINT_ATTITUDE,
		.day = { 20630 },
		.whom = TEXT("窗口"),
		.words = TEXT("等了一上午没有人理我们") };
}

static void
an_anonymous_one_needs_whom_when_and_what(void **state)
{
	static const char *const keys[] = { "whom", "day", "words" };
	struct complaint_new in = { .channel = COMPLAINT_WEB,
		.anonymous = true,
		.kind = COMPLAINT_ATTITUDE,
		.day = DAY_NONE,
		.words = TEXT("等了一上午没有人理") };
	struct findings f = { .n = 0 };

	(void)state;
	assert_false(complaint_check(&in, (struct day){ 20630 }, &f));
	assert_int_equal(f.total, 3);
	for (size_t i = 0; i < 3; i++)
		assert_non_null(findings_of(&f, keys[i]));
	f = (struct findings){ .n = 0 };
	in = whole();
	assert_true(complaint_check(&in, (struct day){ 20630 }, &f)); /* ten characters, today */
	in.day.n++;
	assert_false(complaint_check(&in, (struct day){ 20630 }, &f));
	f = (struct findings){ .n = 0 };
	in.day = DAY_NONE;
	in.whom = TEXT_NONE;
	in.request.n = 7; /* the request says whom and when */
	assert_true(complaint_check(&in, (struct day){ 20630 }, &f));
}

static void
with_a_name_four_characters_do(void **state)
{
	struct complaint_new in = { .channel = COMPLAINT_ORAL,
		.kind = COMPLAINT_DELAY,
		.day = DAY_NONE,
		.name = TEXT("沈演示"),
		.phone = TEXT("19900001234"),
		.words = TEXT("太慢了"),
		.read_back = true };
	struct findings f = { .n = 0 };

	(void)state;
	assert_false(complaint_check(&in, (struct day){ 20630 }, &f));
	assert_non_null(findings_of(&f, "words"));
	f = (struct findings){ .n = 0 };
	in.words = TEXT("太慢了啊");
	assert_true(complaint_check(&in, (struct day){ 20630 }, &f));
	in.read_back = false;
	assert_false(complaint_check(&in, (struct day){ 20630 }, &f));
	assert_non_null(findings_of(&f, "read_back"));
	in.channel = COMPLAINT_WEB; /* they wrote it themselves */
	f = (struct findings){ .n = 0 };
	assert_true(complaint_check(&in, (struct day){ 20630 }, &f));
	in.phone = TEXT("12");
	in.kind = (enum complaint_kind)0;
	assert_false(complaint_check(&in, (struct day){ 20630 }, &f));
	assert_int_equal(f.total, 2);
}

/* ---- who reads it ---------------------------------------------------------------------------------------------------- */

static int64_t
reader(const struct complaint_candidate *v, size_t n, enum complaint_rank floor)
{
	int i = complaint_reader_choose(v, n, floor);

	return i < 0 ? 0 : v[i].account;
}

static void
the_reader_stands_above(void **state)
{
	struct complaint_candidate v[] = {
		{ .account = 9, .rank = COMPLAINT_CITY, .active = true },
		{ .account = 5, .rank = COMPLAINT_TOWN, .active = true },
		{ .account = 7, .rank = COMPLAINT_COUNTY, .active = true, .load = 2 },
		{ .account = 8, .rank = COMPLAINT_COUNTY, .active = true, .load = 1 },
		{ .account = 6, .rank = COMPLAINT_CENTRE, .active = true },
		{ .account = 4, .rank = COMPLAINT_CITY, .active = true },
	};

	(void)state;
	assert_int_equal(
	    reader(v, 6, COMPLAINT_NO_RANK), 5); /* a clerk: the director of the point */
	assert_int_equal(reader(v, 6, COMPLAINT_STATION), 5);
	assert_int_equal(reader(v, 6, COMPLAINT_TOWN), 6); /* the director */
	assert_int_equal(
	    reader(v, 6, COMPLAINT_CENTRE), 8); /* the county's: its bureau, who has the fewest */
	assert_int_equal(reader(v, 6, COMPLAINT_COUNTY),
	    4); /* an official: the city's, the lower number of equals */
	v[5].accused = true;
	assert_int_equal(reader(v, 6, COMPLAINT_CITY), 9); /* the city's: another one of the city */
	v[0].handled = true;
	assert_int_equal(reader(v, 6, COMPLAINT_CITY), 0); /* nobody */
	v[1].active = false;
	assert_int_equal(reader(v, 6, COMPLAINT_NO_RANK), 6);
	v[4].before = true;
	assert_int_equal(reader(v, 6, COMPLAINT_NO_RANK), 8);
	v[3].handled = true;
	assert_int_equal(reader(v, 6, COMPLAINT_NO_RANK), 7);
	assert_int_equal(reader(v, 0, COMPLAINT_NO_RANK), 0);
}

static void
ranks_by_role_place_and_point(void **state)
{
	const struct place village = { INT64_C(320506100201) }, town = { INT64_C(320506100000) },
			   county = { INT64_C(320506000000) }, city = { INT64_C(320500000000) };

	(void)state;
	assert_int_equal(complaint_rank_of(ROLE_CLERK, town, 0), COMPLAINT_NO_RANK);
	assert_int_equal(complaint_rank_of(ROLE_STATION, village, 3),
	    COMPLAINT_STATION); /* directs the station */
	assert_int_equal(complaint_rank_of(ROLE_DIRECTOR, town, 2), COMPLAINT_TOWN);
	assert_int_equal(complaint_rank_of(ROLE_DIRECTOR, town, 1), COMPLAINT_CENTRE);
	assert_int_equal(complaint_rank_of(ROLE_DIRECTOR, county, 0), COMPLAINT_CENTRE);
	assert_int_equal(complaint_rank_of(ROLE_HOTLINE, city, 4), COMPLAINT_CENTRE);
	assert_int_equal(complaint_rank_of(ROLE_OFFICIAL, county, 0), COMPLAINT_COUNTY);
	assert_int_equal(complaint_rank_of(ROLE_OFFICIAL, city, 0), COMPLAINT_CITY);
	assert_int_equal(complaint_rank_of(ROLE_ADMIN, city, 0), COMPLAINT_COUNTY);
	assert_int_equal(complaint_rank_of(ROLE_CLERK, town, 99), COMPLAINT_NO_RANK);
}

/* ---- limits ------------------------------------------------------------------------------------------------------------ */

static void
each_limit_by_its_rule(void **state)
{
	int64_t start = at("2026-07-01T10:00+08:00"); /* Wednesday before the holiday */
	struct complaint_dues d = complaint_dues_of(&cal, &limits, start, 0);

	(void)state;
	assert_int_equal(
	    d.verify_ms, at("2026-07-04T00:00+08:00") - 1);	       /* Friday: one working day */
	assert_int_equal(d.tell_ms, at("2026-07-17T00:00+08:00") - 1); /* 15 days */
	assert_int_equal(d.mend_ms, at("2026-07-24T00:00+08:00") - 1); /* 15 working days */
	assert_int_equal(d.finish_ms,
	    at("2026-08-31T00:00+08:00") - 1); /* 60 days, a Sunday: it does not move on */
	assert_int_equal(
	    complaint_extended_due(&cal, d.finish_ms, 30), at("2026-09-30T00:00+08:00") - 1);
	d = complaint_dues_of(&cal, &limits, start, 1);
	assert_int_equal(d.finish_ms, at("2026-08-01T00:00+08:00") - 1); /* a review: 30 days */
	assert_int_equal(d.verify_ms, d.finish_ms);
	/* asked within 30 days: the last is a Sunday and moves on, for who asks */
	assert_int_equal(complaint_ask_until(&cal, &limits, at("2026-07-03T10:00+08:00")),
	    at("2026-08-04T00:00+08:00") - 1);
}

static struct complaint
begun(enum complaint_state s)
{
	return (struct complaint){ .state = s,
		.verify_due_ms = 100,
		.tell_due_ms = 200,
		.mend_due_ms = 300,
		.finish_due_ms = 400,
		.review_until_ms = 1000,
		.next_due_ms = INT64_MAX };
}

static void
late_from_the_moment_after(void **state)
{
	struct complaint c = begun(COMPLAINT_RECEIVED);

	(void)state;
	assert_int_equal(complaint_late(&c, 100), 0);
	assert_int_equal(complaint_late(&c, 101), 1);
	assert_int_equal(complaint_late(&c, 201), 3);
	assert_int_equal(complaint_next_due(&c), 100);
	c.late = 1;
	assert_int_equal(complaint_next_due(&c), 200);
	c.state = COMPLAINT_VERIFYING;
	assert_int_equal(
	    complaint_late(&c, 300), 0); /* verified and told: only mending and the end are left */
	assert_int_equal(complaint_late(&c, 301), 4);
	assert_int_equal(complaint_late(&c, 401), 12);
	c.state = COMPLAINT_FOUND;
	c.finding = COMPLAINT_UNFOUNDED;
	assert_int_equal(complaint_late(&c, 301), 0); /* nothing to mend */
	c.finding = COMPLAINT_PARTLY;
	assert_int_equal(complaint_late(&c, 301), 4); /* no remedy thought of yet */
	c.remedies = 1;
	assert_int_equal(complaint_late(&c, 301), 0); /* done */
	c.remedies_open = 1;
	assert_int_equal(complaint_late(&c, 301), 4);
	c.state = COMPLAINT_REPLIED;
	assert_int_equal(complaint_late(&c, 401), 4); /* answered, not mended */
	c.remedies_open = 0;
	assert_int_equal(complaint_next_due(&c), INT64_MAX);
	c.state = COMPLAINT_WITHDRAWN;
	assert_int_equal(complaint_late(&c, 900), 0);
}

/* ---- may this be done ------------------------------------------------------------------------------------------------------ */

static enum complaint_why
why(const struct complaint *c, struct complaint_act in)
{
	return complaint_judge(c, &in, &limits, 1000).why;
}

#define ACT(...)                                                                                   \
	((struct complaint_act){ .words = TEXT("写明四字"),                                        \
	    .evidence = TEXT("看了记录"),                                                          \
	    .who = TEXT("王某"),                                                                   \
	    .day = { 0 },                                                                          \
	    __VA_ARGS__ })

static void
each_deed_in_its_state(void **state)
{
	static const struct {
		enum complaint_deed deed;
		unsigned from;
	} want[] = {
		{ COMPLAINT_TELL, 1 << 1 },
		{ COMPLAINT_FORWARD, 1 << 1 | 1 << 2 },
		{ COMPLAINT_EXTEND, 1 << 1 | 1 << 2 | 1 << 3 },
		{ COMPLAINT_FIND, 1 << 2 },
		{ COMPLAINT_MEND, 1 << 3 | 1 << 4 },
		{ COMPLAINT_DONE, 1 << 3 | 1 << 4 },
		{ COMPLAINT_REPLY, 1 << 3 },
		{ COMPLAINT_TAKE, 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 },
		{ COMPLAINT_ADD, 1 << 1 | 1 << 2 | 1 << 3 },
		{ COMPLAINT_WITHDRAW, 1 << 1 | 1 << 2 | 1 << 3 },
		{ COMPLAINT_RATE, 1 << 4 | 1 << 5 },
		{ COMPLAINT_REVIEW, 1 << 4 | 1 << 5 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		for (int s = COMPLAINT_RECEIVED; s < COMPLAINT_STATES; s++) {
			struct complaint c = begun((enum complaint_state)s);
			bool may = (want[i].from >> s & 1) != 0;

			c.finding = COMPLAINT_FOUNDED;
			c.remedies = 1;
			if ((why(&c,
				 ACT(.deed = want[i].deed, .days = 30, .finding = COMPLAINT_FOUNDED,
				     .remedy = COMPLAINT_REDO, .grade = 4)) == COMPLAINT_MAY) !=
			    may)
				fail_msg("deed %d in state %d", (int)want[i].deed, s);
		}
}

static void
bounds_of_each_deed(void **state)
{
	struct complaint c = begun(COMPLAINT_VERIFYING);

	(void)state;
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_EXTEND, .days = 30)), COMPLAINT_MAY);
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_EXTEND, .days = 31)), COMPLAINT_TOO_LONG);
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_EXTEND, .days = 0)), COMPLAINT_TOO_LONG);
	assert_int_equal(why(&c,
			     (struct complaint_act){
				 .deed = COMPLAINT_EXTEND, .days = 3, .words = TEXT("没理由") }),
	    COMPLAINT_NO_WORDS);
	c.extended = 5;
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_EXTEND, .days = 3)), COMPLAINT_ONCE);
	c.extended = 0;
	c.level = 1;
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_EXTEND, .days = 3)),
	    COMPLAINT_ONCE); /* a review is not extended */
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_FIND)), COMPLAINT_NO_FINDING);
	assert_int_equal(complaint_judge(&c,
			     &(struct complaint_act){ .deed = COMPLAINT_FIND,
				 .finding = COMPLAINT_FOUNDED,
				 .words = TEXT("确有此事"),
				 .evidence = TEXT("记录三") },
			     &limits, 1000)
			     .why,
	    COMPLAINT_NO_EVIDENCE);
	c = begun(COMPLAINT_FOUND);
	c.finding = COMPLAINT_UNFOUNDED;
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_REPLY)), COMPLAINT_MAY);
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_MEND, .remedy = COMPLAINT_REDO)),
	    COMPLAINT_NO_REMEDY_NEEDED);
	c.finding = COMPLAINT_FOUNDED;
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_REPLY)), COMPLAINT_NO_REMEDY);
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_MEND, .remedy = COMPLAINT_REDO)),
	    COMPLAINT_MAY); /* today */
	assert_int_equal(complaint_judge(&c,
			     &(struct complaint_act){ .deed = COMPLAINT_MEND,
				 .remedy = COMPLAINT_REDO,
				 .words = TEXT("重新答复他"),
				 .who = TEXT("王某"),
				 .day = { -1 } },
			     &limits, 1000)
			     .why,
	    COMPLAINT_NO_DAY);
	c.remedies = COMPLAINT_REMEDIES_MAX;
	assert_int_equal(
	    why(&c, ACT(.deed = COMPLAINT_MEND, .remedy = COMPLAINT_REDO)), COMPLAINT_TOO_MANY);
}

static void
review_until_the_last_moment_and_twice(void **state)
{
	struct complaint c = begun(COMPLAINT_REPLIED);

	(void)state;
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_REVIEW)), COMPLAINT_MAY);
	c.review_until_ms = 999;
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_REVIEW)), COMPLAINT_OVER);
	c.review_until_ms = 1000;
	c.level = 1;
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_REVIEW)), COMPLAINT_MAY);
	c.level = 2;
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_REVIEW)), COMPLAINT_LAST);
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_RATE, .grade = 6)), COMPLAINT_NO_GRADE);
	c.grade = 2;
	assert_int_equal(why(&c, ACT(.deed = COMPLAINT_RATE, .grade = 5)), COMPLAINT_ONCE);
}

/* ---- small numbers -------------------------------------------------------------------------------------------------------------- */

/* Against the same formula in floating point: Wilson (1927), z = 1.96. */
static void
wilson_of_small_and_large(void **state)
{
	static const struct {
		int64_t x, n, low, high;
	} want[] = {
		{ 0, 0, 0, 1000 },
		{ 0, 10, 0, 278 },
		{ 1, 10, 17, 405 },
		{ 5, 10, 236, 764 },
		{ 10, 10, 722, 1000 },
		{ 1, 100, 1, 55 },
		{ 20, 1000, 12, 31 },
		{ 20000, 1000000, 19, 21 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		struct complaint_share s = complaint_wilson(want[i].x, want[i].n);

		if (s.low < want[i].low - 1 || s.low > want[i].low + 1 ||
		    s.high < want[i].high - 1 || s.high > want[i].high + 1)
			fail_msg("%lld of %lld: %lld to %lld", (long long)want[i].x,
			    (long long)want[i].n, (long long)s.low, (long long)s.high);
	}
}

static void
few_are_not_compared(void **state)
{
	(void)state;
	assert_int_equal(complaint_light_of(29, 29, 10, 30), COMPLAINT_FEW);
	assert_int_equal(complaint_light_of(0, 30, 10, 30), COMPLAINT_FINE);
	assert_int_equal(
	    complaint_light_of(1, 100, 10, 30), COMPLAINT_FINE); /* exactly ten in a thousand */
	assert_int_equal(
	    complaint_light_of(2, 100, 10, 30), COMPLAINT_WATCH); /* more, and it may be chance */
	assert_int_equal(complaint_light_of(10, 100, 10, 30), COMPLAINT_HIGH);
}

/* ---- published numbers ---- */

static void
small_ones_are_left_out_and_one_more(void **state)
{
	const int64_t one[] = { 40, 4, 12, 0 }, two[] = { 40, 4, 3, 12 }, none[] = { 5, 0, 9 }, ones[] = { 8, 1, 1 }, fours[] = { 20, 4, 4, 7 },
		      alone[] = { 4, 0, 0 };
	bool hidden[4];

	(void)state;
	complaint_suppress(one, 4, 5, hidden);
	assert_true(
	    !hidden[0] && hidden[1] && hidden[2] && !hidden[3]); /* else 56 - 40 - 12 tells it */
	complaint_suppress(two, 4, 5, hidden);
	assert_true(!hidden[0] && hidden[1] && hidden[2] && !hidden[3]);
	complaint_suppress(ones, 3, 5, hidden);
	assert_true(hidden[0] && hidden[1] && hidden[2]); /* 10 - 8 is two: each is one */
	complaint_suppress(fours, 4, 5, hidden);
	assert_true(!hidden[0] && hidden[1] && hidden[2] && hidden[3]); /* eight: each is four */
	complaint_suppress(none, 3, 5, hidden);
	assert_true(!hidden[0] && !hidden[1] && !hidden[2]);
	complaint_suppress(alone, 3, 5, hidden);
	assert_true(hidden[0] && !hidden[1] && !hidden[2]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_anonymous_one_needs_whom_when_and_what),
		cmocka_unit_test(with_a_name_four_characters_do),
		cmocka_unit_test(the_reader_stands_above),
		cmocka_unit_test(ranks_by_role_place_and_point),
		cmocka_unit_test(each_limit_by_its_rule),
		cmocka_unit_test(late_from_the_moment_after),
		cmocka_unit_test(each_deed_in_its_state),
		cmocka_unit_test(bounds_of_each_deed),
		cmocka_unit_test(review_until_the_last_moment_and_twice),
		cmocka_unit_test(wilson_of_small_and_large),
		cmocka_unit_test(few_are_not_compared),
		cmocka_unit_test(small_ones_are_left_out_and_one_more),
	};

	return cmocka_run_group_tests_name("complaint_rule", tests, NULL, NULL);
}
