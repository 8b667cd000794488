/* The rules of quality: checklists, what records suggest, the draw, scores; both sides of every limit. */
#include "evaluation/quality/quality_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

extern const char quality_civil_txt[], quality_criminal_txt[];
extern const size_t quality_civil_txt_n, quality_criminal_txt_n;

static const struct quality_bounds usual = { .excellent = 90, .good = 75, .pass = 60, .gap = 15, .low_percent = 60, .hear_days = 7,
	.rectify_days = 15, .visit_days = 30 };

static void
checklists_are_read_line_by_line(void **state)
{
	static const struct { const char *body; enum quality_list_why why; int line; } cases[] = {
		{ "100 | | 会见受援人 | 怎么看", QUALITY_LIST_OK, 100 },
		{ "# 说明\n\n60 | meeting | 会见 | \n | | 办案 |\n", QUALITY_LIST_POINTS, 4 },
		{ "60 | meeting | 会见 |\n40 | | 文书 |\n", QUALITY_LIST_OK, 100 },
		{ "60 | meeting | 会见 |\n39 | | 文书 |\n", QUALITY_LIST_WHOLE, 99 },
		{ "60 | meeting | 会见 |\n41 | | 文书 |\n", QUALITY_LIST_WHOLE, 101 },
		{ "0 | | 会见 |", QUALITY_LIST_POINTS, 1 }, { "1 | | 会见 |", QUALITY_LIST_WHOLE, 1 },
		{ "101 | | 会见 |", QUALITY_LIST_POINTS, 1 }, { "-5 | | 会见 |", QUALITY_LIST_POINTS, 1 },
		{ "100 | guess | 会见 |", QUALITY_LIST_AUTO, 1 }, { "100 | | 会 |", QUALITY_LIST_LABEL, 1 },
		{ "会见一百分", QUALITY_LIST_LINE, 1 }, { "", QUALITY_LIST_WHOLE, 0 },
	};
	struct quality_checklist c;
	static const char part[] = "4 | | 一项 |\n";
	char many[(QUALITY_ITEMS_MAX + 1) * (sizeof part - 1)];
	size_t at = sizeof part - 1;
	int line = 0;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		enum quality_list_why why = quality_checklist_parse(text_of(cases[i].body), &c, &line);

		if (why != cases[i].why || line != cases[i].line)
			fail_msg("%zu: %d at %d", i, (int)why, line);
	}
	for (size_t i = 0; i <= QUALITY_ITEMS_MAX; i++)
		memcpy(many + i * at, part, at);
	/* as many as fit, and one more */
	assert_int_equal(quality_checklist_parse((struct text){ many, QUALITY_ITEMS_MAX * at }, &c, &line), QUALITY_LIST_WHOLE);
	assert_int_equal(quality_checklist_parse((struct text){ many, sizeof many }, &c, &line), QUALITY_LIST_MANY);
	assert_int_equal(quality_checklist_parse((struct text){ quality_civil_txt, quality_civil_txt_n }, &c, &line), QUALITY_LIST_OK);
	assert_int_equal(c.n, 9);
	assert_int_equal(quality_checklist_parse((struct text){ quality_criminal_txt, quality_criminal_txt_n }, &c, &line), QUALITY_LIST_OK);
	assert_int_equal(quality_kind_of(AID_CIVIL), QUALITY_CIVIL);
	assert_int_equal(quality_kind_of(AID_RETRIAL), QUALITY_CIVIL);
	assert_int_equal(quality_kind_of(AID_DESIGNATED), QUALITY_CRIMINAL);
}

static void
records_suggest_points(void **state)
{
	struct quality_facts f = { .meetings = 1, .reports = 2, .late = 0, .returned = 1, .accept_days = 3 };
	int64_t n = 0;

	(void)state;
	assert_int_equal(quality_suggest(QUALITY_A_MEETING, 10, &f, &n), 10);
	assert_int_equal(n, 1);
	f.meetings = 0;
	assert_int_equal(quality_suggest(QUALITY_A_MEETING, 10, &f, &n), 0);
	assert_int_equal(quality_suggest(QUALITY_A_REPORT, 10, &f, &n), 10);
	f.reports = 1;
	assert_int_equal(quality_suggest(QUALITY_A_REPORT, 10, &f, &n), 5);
	f.reports = 0;
	assert_int_equal(quality_suggest(QUALITY_A_REPORT, 10, &f, &n), 0);
	assert_int_equal(quality_suggest(QUALITY_A_LIMITS, 8, &f, &n), 8);
	f.late = 1;
	assert_int_equal(quality_suggest(QUALITY_A_LIMITS, 8, &f, &n), 4);
	f.late = 2;
	assert_int_equal(quality_suggest(QUALITY_A_LIMITS, 8, &f, &n), 0);
	assert_int_equal(quality_suggest(QUALITY_A_FILE, 10, &f, &n), 5);
	assert_int_equal(quality_suggest(QUALITY_A_ACCEPT, 8, &f, &n), 8);
	f.accept_days = 4;
	assert_int_equal(quality_suggest(QUALITY_A_ACCEPT, 8, &f, &n), 4);
	f.accept_days = 6;
	assert_int_equal(quality_suggest(QUALITY_A_ACCEPT, 8, &f, &n), 0);
	f.accept_days = -1;
	assert_int_equal(quality_suggest(QUALITY_A_ACCEPT, 8, &f, &n), -1);
	assert_int_equal(quality_suggest(QUALITY_A_HEARING, 8, &f, &n), -1);  /* settled without one: not for records to say */
	f.hearings = 1;
	assert_int_equal(quality_suggest(QUALITY_A_HEARING, 8, &f, &n), 8);
	assert_int_equal(quality_suggest(QUALITY_NO_AUTO, 8, &f, &n), -1);
}

static void
as_many_as_wanted(void **state)
{
	(void)state;
	assert_int_equal(quality_sample(40, 5, 0), 5);
	assert_int_equal(quality_sample(4, 5, 0), 4);
	assert_int_equal(quality_sample(40, 0, 10), 4);
	assert_int_equal(quality_sample(41, 0, 10), 5);   /* rounded up */
	assert_int_equal(quality_sample(3, 0, 1), 1);
	assert_int_equal(quality_sample(3, 0, 100), 3);
}

static void
seed_set(unsigned char seed[static 32], unsigned n)
{
	for (size_t i = 0; i < 32; i++)
		seed[i] = (unsigned char)((n >> (i % 4 * 8)) + i * 37);
}

static void
a_shuffle_is_one_of_all_and_the_same_again(void **state)
{
	unsigned char seed[32];
	uint32_t a[6], b[6];
	int first[6] = { 0 };

	(void)state;
	for (unsigned s = 0; s < 6000; s++) {
		unsigned seen = 0;

		seed_set(seed, s);
		quality_shuffle(seed, a, 6);
		quality_shuffle(seed, b, 6);
		assert_memory_equal(a, b, sizeof a);
		for (int i = 0; i < 6; i++)
			seen |= 1u << a[i];
		assert_int_equal(seen, 63);
		first[a[0]]++;
	}
	for (int i = 0; i < 6; i++) /* a thousand each; six standard deviations are 173 */
		assert_in_range(first[i], 827, 1173);
}

static void
who_may_is_chosen_by_load_then_by_lot(void **state)
{
	struct quality_seat v[4];
	unsigned char seed[32];
	int times[4] = { 0 };

	(void)state;
	for (unsigned s = 0; s < 4000; s++) {
		seed_set(seed, s);
		for (int i = 0; i < 4; i++)
			v[i] = (struct quality_seat){ .account = 10 + i, .why = i == 2 ? QUALITY_SAME_FIRM : QUALITY_MAY };
		assert_int_equal(quality_pick(seed, 77, 0, 2, v, 4), 2);
		assert_false(v[2].chosen);                /* a conflict is never chosen */
		for (int i = 0; i < 4; i++)
			times[i] += v[i].chosen;
	}
	for (int i = 0; i < 4; i++)
		if (i != 2)
			assert_in_range(times[i], 2480, 2860);    /* two of three: 2667 */
	v[0].load = 3;
	v[1].load = 2;
	v[3].load = 2;
	assert_int_equal(quality_pick(seed, 77, 0, 2, v, 4), 2);
	assert_true(v[1].chosen && v[3].chosen && !v[0].chosen);  /* who has fewer comes first */
	assert_int_equal(quality_pick(seed, 77, 1, 4, v, 4), 3);  /* as many as there are */
	for (int i = 0; i < 4; i++)
		v[i].why = QUALITY_OFFICER;
	assert_int_equal(quality_pick(seed, 77, 0, 1, v, 4), 0);
}

static void
loads_stay_even(void **state)
{
	struct quality_seat v[5];
	unsigned char seed[32];

	(void)state;
	seed_set(seed, 9);
	for (int i = 0; i < 5; i++)
		v[i] = (struct quality_seat){ .account = 10 + i };
	for (int f = 0; f < 25; f++) {
		quality_pick(seed, 1000 + f, 0, 2, v, 5);
		for (int i = 0; i < 5; i++)
			v[i].load += v[i].chosen;
	}
	for (int i = 0; i < 5; i++)
		assert_int_equal(v[i].load, 10);
}

/* One seed gives each file, and each turn of one, lots of its own. */
static void
files_have_lots_of_their_own(void **state)
{
	struct quality_seat v[4];
	unsigned char seed[32];
	int by_file[4] = { 0 }, by_turn[4] = { 0 };

	(void)state;
	seed_set(seed, 5);
	for (int i = 0; i < 4; i++)
		v[i] = (struct quality_seat){ .account = 10 + i };
	for (int k = 0; k < 400; k++) {
		quality_pick(seed, 5000 + k, 0, 1, v, 4);
		for (int i = 0; i < 4; i++)
			by_file[i] += v[i].chosen;
		quality_pick(seed, 77, k, 1, v, 4);
		for (int i = 0; i < 4; i++)
			by_turn[i] += v[i].chosen;
	}
	for (int i = 0; i < 4; i++) { /* a hundred each; five standard deviations are 43 */
		assert_in_range(by_file[i], 57, 143);
		assert_in_range(by_turn[i], 57, 143);
	}
}

static void
scores_settle(void **state)
{
	static const struct { int v[4]; size_t n, per; enum quality_settled s; int tenths; } cases[] = {
		{ { 80 }, 1, 2, QUALITY_WAIT, 0 }, { { 80, 84 }, 2, 2, QUALITY_SETTLED, 820 }, { { 80, 85 }, 2, 2, QUALITY_SETTLED, 825 },
		{ { 70, 85 }, 2, 2, QUALITY_SETTLED, 775 },       /* exactly the gap */
		{ { 69, 85 }, 2, 2, QUALITY_ONE_MORE, 0 }, { { 85, 69 }, 2, 2, QUALITY_ONE_MORE, 0 },
		{ { 60, 90, 86 }, 3, 2, QUALITY_SETTLED, 880 },   /* the two that lie nearest */
		{ { 60, 90, 63 }, 3, 2, QUALITY_SETTLED, 615 }, { { 60, 90, 75 }, 3, 2, QUALITY_SETTLED, 750 },
		{ { 50, 90, 52, 88 }, 4, 2, QUALITY_SETTLED, 700 }, { { 50, 90, 51, 88 }, 4, 2, QUALITY_SETTLED, 505 },
		{ { 77 }, 1, 1, QUALITY_SETTLED, 770 }, { { 70, 71, 73 }, 3, 3, QUALITY_SETTLED, 713 },
		{ { 0, 0 }, 2, 2, QUALITY_SETTLED, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int tenths = 0;

		if (quality_settle(cases[i].v, cases[i].n, cases[i].per, 15, &tenths) != cases[i].s || tenths != cases[i].tenths)
			fail_msg("%zu: %d", i, tenths);
	}
}

static void
grades_begin_at_their_mark(void **state)
{
	(void)state;
	assert_int_equal(quality_grade_of(900, &usual), QUALITY_EXCELLENT);
	assert_int_equal(quality_grade_of(899, &usual), QUALITY_GOOD);
	assert_int_equal(quality_grade_of(750, &usual), QUALITY_GOOD);
	assert_int_equal(quality_grade_of(749, &usual), QUALITY_PASS);
	assert_int_equal(quality_grade_of(600, &usual), QUALITY_PASS);
	assert_int_equal(quality_grade_of(599, &usual), QUALITY_FAIL);
}

static void
marks_have_bounds_and_low_ones_a_reason(void **state)
{
	struct quality_checklist c = { .n = 2, .v = { { .points = 40 }, { .points = 60, .from = QUALITY_A_MEETING } } };
	struct quality_mark m[2] = { { 24, TEXT_NONE }, { 60, TEXT_NONE } };
	int suggested[2] = { -1, 60 }, score = 0;
	struct quality_verdict v;

	(void)state;
	assert_int_equal(quality_marks_judge(&c, m, suggested, &usual, &score).why, QUALITY_YES); /* 60 %: not low */
	assert_int_equal(score, 84);
	m[0].points = 23;
	v = quality_marks_judge(&c, m, suggested, &usual, &score);
	assert_int_equal(v.why, QUALITY_NO_NOTE);
	assert_int_equal(v.bound, 1);
	m[0].note = TEXT("三个字");
	assert_int_equal(quality_marks_judge(&c, m, suggested, &usual, &score).why, QUALITY_NO_NOTE);
	m[0].note = TEXT("四个字了");
	assert_int_equal(quality_marks_judge(&c, m, suggested, &usual, &score).why, QUALITY_YES);
	m[1].points = 59;                                 /* less than the records say */
	v = quality_marks_judge(&c, m, suggested, &usual, &score);
	assert_int_equal(v.why, QUALITY_NO_NOTE);
	assert_int_equal(v.bound, 2);
	m[1].points = 61;
	assert_int_equal(quality_marks_judge(&c, m, suggested, &usual, &score).why, QUALITY_OUT_OF_BOUNDS);
	m[1].points = -1;
	assert_int_equal(quality_marks_judge(&c, m, suggested, &usual, &score).why, QUALITY_OUT_OF_BOUNDS);
	m[1].points = 0;
	m[1].note = TEXT("没有会见过");
	assert_int_equal(quality_marks_judge(&c, m, suggested, &usual, &score).why, QUALITY_YES);
	assert_int_equal(score, 23);
}

static void
heard_first_and_answers_whole(void **state)
{
	struct day told = { 20000 };
	int v[4] = { 5, 3, 4, 5 };

	(void)state;
	assert_true(quality_was_heard(true, told, told, 7));
	assert_false(quality_was_heard(false, told, day_add(told, 7), 7)); /* the last day is theirs */
	assert_true(quality_was_heard(false, told, day_add(told, 8), 7));
	assert_int_equal(quality_answers_pack(v, 4), 5345);
	assert_false(quality_answers_low(5345));
	v[1] = 2;
	assert_true(quality_answers_low(quality_answers_pack(v, 4)));
	v[1] = 0;
	assert_int_equal(quality_answers_pack(v, 4), -1);
	v[1] = 6;
	assert_int_equal(quality_answers_pack(v, 4), -1);
	assert_false(quality_answers_low(0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(checklists_are_read_line_by_line),
		cmocka_unit_test(records_suggest_points),
		cmocka_unit_test(as_many_as_wanted),
		cmocka_unit_test(a_shuffle_is_one_of_all_and_the_same_again),
		cmocka_unit_test(who_may_is_chosen_by_load_then_by_lot),
		cmocka_unit_test(loads_stay_even),
		cmocka_unit_test(files_have_lots_of_their_own),
		cmocka_unit_test(scores_settle),
		cmocka_unit_test(grades_begin_at_their_mark),
		cmocka_unit_test(marks_have_bounds_and_low_ones_a_reason),
		cmocka_unit_test(heard_first_and_answers_whole),
	};

	return cmocka_run_group_tests_name("quality_rule", tests, NULL, NULL);
}
