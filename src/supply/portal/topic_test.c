#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "supply/portal/topic.h"

static struct arena *mem;

static void
every_topic_of_the_program_is_sound_and_says_what_was_read(void **state)
{
	size_t verified = 0;

	(void)state;
	assert_int_equal(topic_builtins_n, 6);
	for (size_t i = 0; i < topic_builtins_n; i++) {
		struct topic_text *t = ARENA_NEW(mem, struct topic_text);
		struct sheet_text s;
		struct sheet_faults f = { .n = 0 };

		assert_true(topic_sheet.builtin(i, &s));
		if (topic_sheet.check(mem, &s, &f) != RC_OK)
			fail_msg("%s:%d: %s", topic_builtins[i].name, f.v[0].line, sheet_fault_text(mem, LANG_EN, &f.v[0]).p);
		assert_int_equal(topic_parse(s.text, t, &f), RC_OK);
		assert_true(t->n_paper > 0);
		for (size_t k = 0; k < t->n_law; k++)
			verified += t->law[k].verified;
	}
	assert_true(verified >= topic_builtins_n);
}

#define GOOD "topic t\nname 甲 / A\nlead 乙 / B\nright 丙 / C\nstep 丁 / D\nwhere 戊 / E\nlaw verified 己 / F\n"

static void
a_fault_is_told_with_its_line(void **state)
{
	static const struct { const char *more; int line; const char *why; } rows[] = {
		{ "", 0, NULL },
		{ "guide 事情=欠薪\npaper simple.will\nlaw unverified 庚 / G\n", 0, NULL },
		{ "right 只有中文\n", 8, "write it as: Chinese / English" },
		{ "paper simple.nothing\n", 8, "no such simple paper: simple.nothing" },
		{ "law maybe 庚 / G\n", 8, "write it as: law verified|unverified LAW ARTICLE / English" },
		{ "guide 欠薪\n", 8, "write it as: guide QUESTION=ANSWER" },
		{ "loop\n", 8, "unknown word: loop" },
		{ "topic again\n", 8, "topic: empty, or said twice" },
		{ "about nothing\n", 0, "no such kind of trouble: nothing" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct topic_text *t = ARENA_NEW(mem, struct topic_text);
		struct sheet_faults f;
		enum rc rc = topic_parse(arena_format(mem, GOOD "%s", rows[i].more), t, &f);

		assert_int_equal(rc, rows[i].why == NULL ? RC_OK : RC_INVALID);
		if (rows[i].why == NULL)
			continue;
		assert_string_equal(sheet_fault_text(mem, LANG_EN, &f.v[0]).p, rows[i].why);
		assert_int_equal(f.v[0].line, rows[i].line);
	}
}

static void
what_is_missing_is_told(void **state)
{
	struct topic_text *t = ARENA_NEW(mem, struct topic_text);
	struct sheet_faults f;

	(void)state;
	assert_int_equal(topic_parse(TEXT("topic t\n"), t, &f), RC_INVALID);
	assert_int_equal(f.n, 2);
}

/* ---- what is different ------------------------------------------------------------------------------------------ */

static struct text
diff_text(const char *before, const char *after)
{
	static const char sign[] = { '=', '-', '+' };
	struct sheet_line *v = NULL;
	struct text t = TEXT("");
	size_t n = 0;

	assert_int_equal(sheet_diff(mem, text_of(before), text_of(after), &v, &n), RC_OK);
	for (size_t i = 0; i < n; i++)
		t = arena_format(mem, "%.*s%c%.*s", (int)t.n, t.p, sign[v[i].mark], (int)v[i].text.n, v[i].text.p);
	return t;
}

static void
lines_that_changed_are_marked(void **state)
{
	static const struct { const char *before, *after, *want; } rows[] = {
		{ "a\nb\nc", "a\nb\nc", "=a=b=c" }, { "a\nb\nc", "a\nx\nc", "=a-b+x=c" }, { "", "a", "+a" }, { "a", "", "-a" },
		{ "a\nb", "a\nb\nc", "=a=b+c" }, { "a\nb\nc", "b\nc", "-a=b=c" }, { "a\nb\na", "a\na\nb", "=a-b=a+b" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(diff_text(rows[i].before, rows[i].after).p, rows[i].want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_topic_of_the_program_is_sound_and_says_what_was_read),
		cmocka_unit_test(a_fault_is_told_with_its_line),
		cmocka_unit_test(what_is_missing_is_told),
		cmocka_unit_test(lines_that_changed_are_marked),
	};
	int failed;

	mem = arena_create(16 << 20);
	failed = mem == NULL ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(mem);
	return failed;
}
