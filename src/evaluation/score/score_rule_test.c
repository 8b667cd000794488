/* Marks, both sides of every bound; schemes that are refused; what is listed for a person. */
#include "evaluation/score/score_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct day
on(int year, int month, int day)
{
	struct day d = DAY_NONE;

	assert_int_equal(day_from_ymd((struct ymd){ year, month, day }, &d), RC_OK);
	return d;
}

static const char whole[] = "scheme 试\nitem visits 30 lose 10\nitem hours 20 share\nitem lectures 15 want 1 share\nitem reviews 10 want 400 share\n"
    "item log 10 share\nitem survey 15 want 80 share\ngrade 好 90 pay 100\ngrade 行 60 pay 80\ngrade 差 0 pay 50\nrenew 60\nappeal 10\nlate 3\n"
    "words 10\nreviews 3\n";

static struct score_scheme
scheme(const char *text)
{
	struct score_scheme_fault faults[SCORE_FAULTS];
	struct score_scheme s;
	size_t n = 0;

	assert_true(score_scheme_parse(text_of(text), &s, faults, &n));
	assert_int_equal(n, 0);
	return s;
}

/* ---- periods ----------------------------------------------------------------------------------------------------------- */

static void
periods_are_quarters_and_years(void **state)
{
	static const struct { int period; struct ymd first, last; } v[] = {
		{ 20261, { 2026, 1, 1 }, { 2026, 3, 31 } }, { 20262, { 2026, 4, 1 }, { 2026, 6, 30 } }, { 20264, { 2026, 10, 1 }, { 2026, 12, 31 } },
		{ 20260, { 2026, 1, 1 }, { 2026, 12, 31 } }, { 20241, { 2024, 1, 1 }, { 2024, 3, 31 } },
	};
	struct day a, b;

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		assert_true(score_period_days(v[i].period, &a, &b));
		assert_int_equal(a.n, on(v[i].first.year, v[i].first.month, v[i].first.day).n);
		assert_int_equal(b.n, on(v[i].last.year, v[i].last.month, v[i].last.day).n);
	}
	assert_false(score_period_days(20265, &a, &b));
	assert_false(score_period_days(19991, &a, &b));
	assert_false(score_period_days(-3, &a, &b));
	assert_int_equal(score_period_of(on(2026, 3, 31)), 20261);
	assert_int_equal(score_period_of(on(2026, 4, 1)), 20262);
	assert_int_equal(score_period_before(20261), 20254);
	assert_int_equal(score_period_before(20262), 20261);
	assert_int_equal(score_period_before(20260), 20250);
}

/* ---- schemes -------------------------------------------------------------------------------------------------------------- */

static void
a_scheme_says_everything_or_is_refused(void **state)
{
	static const struct { const char *from, *to; int line; } bad[] = {
		{ "item visits 30", "item visits 31", 0 },               /* 101 marks */
		{ "item visits 30", "item visits 29.5", 0 },
		{ "item visits", "item walks", 2 },
		{ "lose 10", "lose 0", 2 },
		{ "lose 10", "loses 10", 2 },
		{ "want 1 share", "share", 4 },
		{ "want 1 share", "want 0 share", 4 },
		{ "item hours 20 share", "item hours 20 share more", 3 },
		{ "item hours 20 share", "item visits 20 share", 3 },
		{ "grade 行 60", "grade 行 90", 9 },                      /* not lower */
		{ "grade 差 0 pay 50", "grade 差 1 pay 50", 0 },          /* who has less? */
		{ "grade 差 0 pay 50", "grade 差 0 pay 101", 10 },
		{ "renew 60", "renew 101", 11 },
		{ "appeal 10", "appeal 0", 12 },
		{ "late 3", "late 15", 13 },
		{ "words 10", "", 0 },
		{ "scheme 试", "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct score_scheme_fault faults[SCORE_FAULTS];
		struct score_scheme s;
		char text[1000];
		const char *at = strstr(whole, bad[i].from);
		size_t n = 0;

		assert_non_null(at);
		snprintf(text, sizeof text, "%.*s%s%s", (int)(at - whole), whole, bad[i].to, at + strlen(bad[i].from));
		assert_false(score_scheme_parse(text_of(text), &s, faults, &n));
		assert_true(n >= 1);
		assert_int_equal(faults[0].line, bad[i].line);
	}
	assert_int_equal(scheme(whole).grade[1].least, 6000);
	assert_int_equal(scheme(whole).item[SCORE_VISITS].lose, 1000);
}

static void
the_scheme_that_comes_along_is_sound(void **state)
{
	struct sheet_text s;
	struct sheet_faults faults = { .n = 0 };
	struct arena *mem = arena_create(1 << 20);

	(void)state;
	assert_true(score_sheet.builtin(0, &s));
	assert_false(score_sheet.builtin(1, &s));
	assert_int_equal(score_sheet.check(mem, &s, &faults), RC_OK);
	assert_true(text_contains(s.text, TEXT("未核实")));
	s.text = TEXT("item visits 30\n");
	assert_int_equal(score_sheet.check(mem, &s, &faults), RC_INVALID);
	assert_true(faults.n > 1);
	arena_free(mem);
}

/* ---- marks ------------------------------------------------------------------------------------------------------------------ */

static struct score_visit
came(int month, int day, int minutes, int words, int late, unsigned kinds)
{
	return (struct score_visit){ .plan = 7, .slot = month, .day = on(2026, month, day), .here = true, .written = true, .minutes = minutes,
		.words = words, .late = late, .kinds = kinds, .people = 3 };
}

struct case_of { struct score_visit v[4]; struct score_review r[4]; struct score_facts f; };

/* Three visits of eight hours, one with a lecture, all written in time; three reviews of 4; the village says 5, 4, 4, 5. */
static void
full(struct case_of *c)
{
	*c = (struct case_of){ .v = { came(1, 8, 480, 10, 3, 1), came(2, 9, 480, 30, 0, 3), came(3, 10, 480, 30, 1, 1) },
		.r = { { 1, 1, 4 }, { 2, 2, 4 }, { 3, 3, 4 } } };
	c->f = (struct score_facts){ .contract = 9, .period = 20261, .hours = 8, .from = on(2026, 1, 1), .to = on(2026, 3, 31), .visit = c->v,
		.n_visits = 3, .review = c->r, .n_reviews = 3, .survey = { true, { 5, 4, 4, 5 } } };
}

static struct score_marks
judge(const struct case_of *c)
{
	struct score_scheme s = scheme(whole);
	struct score_marks m;

	score_judge(&s, &c->f, &m);
	return m;
}

static void
everything_done_is_all_the_marks(void **state)
{
	struct case_of c;
	struct score_marks m;

	(void)state;
	full(&c);
	m = judge(&c);
	assert_int_equal(m.total, 10000);
	assert_int_equal(m.grade, 0);
	assert_int_equal(m.item[SCORE_HOURS].want, 1440);
	assert_int_equal(m.item[SCORE_SURVEY].have, 90);
}

static void
each_item_falls_by_its_own_rule(void **state)
{
	struct case_of c;

	(void)state;
	full(&c);
	c.v[2].here = c.v[2].written = false;                     /* one of three missed: 10 marks, and its hours */
	assert_int_equal(judge(&c).item[SCORE_VISITS].got, 2000);
	assert_int_equal(judge(&c).item[SCORE_HOURS].got, 1333);  /* 2000 × 960 / 1440, cut */
	assert_int_equal(judge(&c).item[SCORE_LOG].got, 1000);    /* two of the two that were there */
	c.v[2].excused = true;
	assert_int_equal(judge(&c).item[SCORE_VISITS].got, 3000);
	full(&c);
	c.v[0].here = c.v[1].here = c.v[2].here = false;
	assert_int_equal(judge(&c).item[SCORE_VISITS].got, 0);
	full(&c);
	c.v[1].kinds = 1;
	assert_int_equal(judge(&c).item[SCORE_LECTURES].got, 0);
	full(&c);
	c.v[0].late = 4;                                          /* the fourth day is late, the third was not */
	assert_int_equal(judge(&c).item[SCORE_LOG].got, 666);
	full(&c);
	c.v[0].words = 9;
	assert_int_equal(judge(&c).item[SCORE_LOG].got, 666);
	full(&c);
	c.r[0].grade = 3;                                         /* 3.66 of 4.00 */
	assert_int_equal(judge(&c).item[SCORE_REVIEWS].got, 915);
	full(&c);
	c.f.survey.v[0] = 2;
	c.f.survey.v[1] = 2;                                      /* 13 of 20: 65 of 80 */
	assert_int_equal(judge(&c).item[SCORE_SURVEY].got, 1218);
	full(&c);
	c.v[0].struck = true;                                     /* upheld: neither visit nor hours nor log */
	assert_int_equal(judge(&c).item[SCORE_VISITS].got, 2000);
	assert_int_equal(judge(&c).item[SCORE_HOURS].got, 1333);
	assert_int_equal(judge(&c).item[SCORE_LOG].got, 666);
}

static void
hours_follow_the_days_of_the_contract(void **state)
{
	struct case_of c;

	(void)state;
	full(&c);
	c.f.from = on(2026, 3, 2);                                /* 30 of 90 days */
	assert_int_equal(judge(&c).item[SCORE_HOURS].want, 480);
	c.f.period = 20260;
	c.f.from = on(2026, 1, 1);
	c.f.to = on(2026, 12, 31);
	assert_int_equal(judge(&c).item[SCORE_HOURS].want, 5760);
	assert_int_equal(judge(&c).item[SCORE_LECTURES].want, 4);
}

static void
what_cannot_be_measured_speaks_neither_way(void **state)
{
	struct case_of c;
	struct score_marks m;

	(void)state;
	full(&c);
	c.f.n_reviews = 2;                                        /* three are needed */
	c.f.survey.given = false;
	m = judge(&c);
	assert_false(m.item[SCORE_REVIEWS].measured);
	assert_false(m.item[SCORE_SURVEY].measured);
	assert_int_equal(m.full, 7500);
	assert_int_equal(m.total, 10000);
	c.v[0].here = false;
	assert_int_equal(judge(&c).total, (2000 + 1333 + 1500 + 1000) * 10000 / 7500);
	c.f.n_visits = 0;
	assert_false(judge(&c).item[SCORE_VISITS].measured);
	assert_false(judge(&c).item[SCORE_LOG].measured);
	assert_true(judge(&c).item[SCORE_HOURS].measured);        /* the contract says hours whatever was planned */
}

static void
grades_begin_at_their_bound(void **state)
{
	static const struct { int64_t marks; int64_t total; int grade; } v[] = { { 2000, 9000, 0 }, { 1999, 8999, 1 } };
	struct case_of c;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		full(&c);
		c.f.mend[SCORE_VISITS] = (struct score_mend){ true, v[i].marks };
		assert_int_equal(judge(&c).total, v[i].total);
		assert_int_equal(judge(&c).grade, v[i].grade);
	}
	full(&c);
	for (int i = 0; i < SCORE_ITEMS; i++)
		c.f.mend[i] = (struct score_mend){ true, i == SCORE_VISITS ? 3000 : i == SCORE_HOURS ? 2000 : i == SCORE_LOG ? 1000 : 0 };
	assert_int_equal(judge(&c).total, 6000);
	assert_int_equal(judge(&c).grade, 1);
	c.f.mend[SCORE_LOG].marks = 999;
	assert_int_equal(judge(&c).total, 5999);
	assert_int_equal(judge(&c).grade, 2);
}

static void
the_fee_is_shared_to_the_fen(void **state)
{
	struct score_pay p = score_pay(1000000, on(2026, 1, 1), on(2026, 3, 31), 80, 50);

	(void)state;
	assert_int_equal(p.whole, 246575);                        /* 90 of 365 days of ¥10,000 */
	assert_int_equal(p.due, 197260);
	assert_int_equal(p.county + p.town, p.due);
	p = score_pay(1000001, on(2024, 1, 1), on(2024, 12, 31), 100, 33);
	assert_int_equal(p.due, 1000001);                         /* a leap year is a year */
	assert_int_equal(p.county, 330000);
	assert_int_equal(p.town, 670001);
	assert_int_equal(score_pay(1000000, on(2026, 3, 31), on(2026, 3, 30), 80, 50).due, 0);
}

static void
facts_are_kept_word_for_word(void **state)
{
	struct arena *mem = arena_create(1 << 20);
	struct score_facts again;
	struct text a, b;
	struct case_of c;
	char one[SCORE_HASH_CHARS], two[SCORE_HASH_CHARS];

	(void)state;
	full(&c);
	c.f.mend[SCORE_LOG] = (struct score_mend){ true, 0 };
	c.v[1].excused = c.v[1].struck = true;
	assert_int_equal(score_facts_print(&c.f, mem, &a), RC_OK);
	assert_int_equal(score_facts_parse(a, mem, &again), RC_OK);
	assert_int_equal(score_facts_print(&again, mem, &b), RC_OK);
	assert_true(text_equals(a, b));
	assert_true(again.mend[SCORE_LOG].is && !again.mend[SCORE_VISITS].is && again.visit[1].struck && again.n_reviews == 3);
	score_hash(a, 1, 10000, 0, one);
	score_hash(a, 1, 9999, 0, two);
	assert_string_not_equal(one, two);
	assert_int_equal(score_facts_parse(TEXT("facts 2\n"), mem, &again), RC_CORRUPT);
	assert_int_equal(score_facts_parse(TEXT("facts 1\ncontract 1 2 3 4 5\nvisit 1 2\n"), mem, &again), RC_CORRUPT);
	assert_int_equal(score_facts_parse(TEXT("facts 1\ncontract 1 2 3 4 5\nmend 6 1\n"), mem, &again), RC_CORRUPT);
	arena_free(mem);
}

/* ---- what a person looks at ------------------------------------------------------------------------------------------------- */

static const struct score_bounds usual = { .words = 8, .logs = 4, .hours = 3, .day_minutes = 600, .early = 420, .late = 1260 };

static int64_t
at(int month, int day, int minute)
{
	return day_start_ms(on(2026, month, day)) + minute * INT64_C(60000);
}

static struct score_line
line(int slot, int month, int day)
{
	return (struct score_line){ .provider = 1, .plan = 5, .slot = slot, .point = 11, .place = slot, .day = on(2026, month, day), .here = true,
		.written = true, .signed_ms = at(month, day, 540), .written_ms = at(month, day, 700), .minutes = 120, .words = 20, .hash = (uint64_t)slot };
}

static size_t
scan(const struct score_line *v, size_t n, enum score_find kind)
{
	struct score_found f[40];
	size_t got = 0, of = 0;

	score_scan(v, n, &usual, f, 40, &got);
	for (size_t i = 0; i < got; i++)
		of += f[i].kind == kind;
	if (kind == SCORE_FIND_NONE)
		return got;
	return of;
}

static void
ordinary_work_is_not_listed(void **state)
{
	struct score_line v[] = { line(1, 1, 8), line(2, 1, 9), line(3, 2, 8) };

	(void)state;
	assert_int_equal(scan(v, 3, SCORE_FIND_NONE), 0);
}

static void
each_oddity_is_listed_from_its_bound_on(void **state)
{
	struct score_line v[5] = { line(1, 1, 8), line(2, 1, 9), line(3, 1, 12), line(4, 1, 13), line(5, 1, 14) };

	(void)state;
	v[1].hash = v[0].hash;                                     /* the same words */
	assert_int_equal(scan(v, 2, SCORE_FIND_SAME), 1);
	v[0].words = v[1].words = 8;
	assert_int_equal(scan(v, 2, SCORE_FIND_SAME), 1);
	v[0].words = v[1].words = 7;
	assert_int_equal(scan(v, 2, SCORE_FIND_SAME), 0);
	v[1] = line(2, 1, 8);                                      /* the same day at another point, 120 minutes the first */
	v[1].point = 12;
	v[1].signed_ms = v[0].signed_ms + 119 * 60000;
	assert_int_equal(scan(v, 2, SCORE_FIND_TWICE), 1);
	v[1].signed_ms = v[0].signed_ms + 120 * 60000;
	assert_int_equal(scan(v, 2, SCORE_FIND_TWICE), 0);
	v[1].point = 11;                                           /* the same point: two villages of one station */
	v[1].signed_ms = v[0].signed_ms;
	assert_int_equal(scan(v, 2, SCORE_FIND_TWICE), 0);
	v[0].minutes = 300;                                        /* ten hours a day */
	v[1].minutes = 300;
	assert_int_equal(scan(v, 2, SCORE_FIND_DAY), 0);
	v[1].minutes = 301;
	assert_int_equal(scan(v, 2, SCORE_FIND_DAY), 1);
	v[0] = line(1, 1, 8);
	v[0].signed_ms = at(1, 8, 419);
	assert_int_equal(scan(v, 1, SCORE_FIND_HOURS), 1);
	v[0].signed_ms = at(1, 8, 420);
	assert_int_equal(scan(v, 1, SCORE_FIND_HOURS), 0);
	v[0].signed_ms = at(1, 8, 1259);
	assert_int_equal(scan(v, 1, SCORE_FIND_HOURS), 0);
	v[0].signed_ms = at(1, 8, 1260);
	assert_int_equal(scan(v, 1, SCORE_FIND_HOURS), 1);
	v[0].here = false;
	assert_int_equal(scan(v, 1, SCORE_FIND_NO_SIGN), 1);
	assert_int_equal(scan(v, 1, SCORE_FIND_HOURS), 0);
}

static void
a_month_written_in_one_evening_is_listed_whole(void **state)
{
	struct score_line v[5] = { line(1, 1, 8), line(2, 1, 9), line(3, 1, 12), line(4, 1, 13), line(5, 1, 14) };

	(void)state;
	for (int i = 0; i < 4; i++)
		v[i].written_ms = at(1, 14, 1200) + i * INT64_C(3599999);
	assert_int_equal(scan(v, 5, SCORE_FIND_EVENING), 4);       /* four within three hours, the fifth is of its own day */
	v[3].written_ms = v[0].written_ms + 3 * INT64_C(3600000);
	assert_int_equal(scan(v, 5, SCORE_FIND_EVENING), 0);
	v[3].written_ms = v[0].written_ms;
	v[3].day = on(2026, 1, 14);                                /* of that very day */
	assert_int_equal(scan(v, 5, SCORE_FIND_EVENING), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(periods_are_quarters_and_years),
		cmocka_unit_test(a_scheme_says_everything_or_is_refused),
		cmocka_unit_test(the_scheme_that_comes_along_is_sound),
		cmocka_unit_test(everything_done_is_all_the_marks),
		cmocka_unit_test(each_item_falls_by_its_own_rule),
		cmocka_unit_test(hours_follow_the_days_of_the_contract),
		cmocka_unit_test(what_cannot_be_measured_speaks_neither_way),
		cmocka_unit_test(grades_begin_at_their_bound),
		cmocka_unit_test(the_fee_is_shared_to_the_fen),
		cmocka_unit_test(facts_are_kept_word_for_word),
		cmocka_unit_test(ordinary_work_is_not_listed),
		cmocka_unit_test(each_oddity_is_listed_from_its_bound_on),
		cmocka_unit_test(a_month_written_in_one_evening_is_listed_whole),
	};

	return cmocka_run_group_tests_name("score_rule", tests, NULL, NULL);
}
