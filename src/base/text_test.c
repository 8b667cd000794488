#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

static void
trims_blanks_of_both_widths(void **state)
{
	static const struct { struct text in, want; } row[] = {
		{ TEXT_INIT(""), TEXT_INIT("") },
		{ TEXT_INIT(" \t\r\n\v\f"), TEXT_INIT("") },
		{ TEXT_INIT("\u3000张三\u3000 "), TEXT_INIT("张三") },
		{ TEXT_INIT(" a b "), TEXT_INIT("a b") },
		{ TEXT_INIT("\xe3\x80"), TEXT_INIT("\xe3\x80") },
		{ TEXT_INIT("\u3001x\u3001"), TEXT_INIT("\u3001x\u3001") },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		assert_true(text_equals(text_trim(row[i].in), row[i].want));
}

static void
compares_and_searches(void **state)
{
	(void)state;
	assert_true(text_equals(text_of(NULL), TEXT("")));
	assert_true(text_is_empty(TEXT_NONE));
	assert_false(text_equals(TEXT("a"), TEXT("ab")));
	assert_true(text_compare(TEXT("a"), TEXT("ab")) < 0);
	assert_true(text_compare(TEXT("b"), TEXT("ab")) > 0);
	assert_true(text_compare(TEXT("\x80"), TEXT("a")) > 0); /* bytes, not chars */
	assert_int_equal(text_compare(TEXT("x"), TEXT("x")), 0);
	assert_true(text_starts_with(TEXT("abc"), TEXT("ab")));
	assert_true(text_starts_with(TEXT("abc"), TEXT("")));
	assert_false(text_starts_with(TEXT("ab"), TEXT("abc")));
	assert_true(text_ends_with(TEXT("abc"), TEXT("bc")));
	assert_false(text_ends_with(TEXT("bc"), TEXT("abc")));
	assert_true(text_contains(TEXT("abc"), TEXT("b")));
	assert_true(text_contains(TEXT(""), TEXT("")));
	assert_false(text_contains(TEXT(""), TEXT("b")));
	/* FNV-1a, 64 bits: published values */
	assert_true(text_hash(TEXT("")) == UINT64_C(0xcbf29ce484222325));
	assert_true(text_hash(TEXT("a")) == UINT64_C(0xaf63dc4c8601ec8c));
	assert_true(text_hash(TEXT("foobar")) == UINT64_C(0x85944171f73967e8));
}

static void
cuts_at_a_separator(void **state)
{
	struct text rest = TEXT("a,,b");

	(void)state;
	assert_true(text_equals(text_cut(&rest, ','), TEXT("a")));
	assert_true(text_equals(text_cut(&rest, ','), TEXT("")));
	assert_true(text_equals(rest, TEXT("b")));
	assert_true(text_equals(text_cut(&rest, ','), TEXT("b")));
	assert_true(text_is_empty(rest));
	assert_true(text_is_empty(text_cut(&rest, ',')));
}

static void
reads_numbers_up_to_the_limits(void **state)
{
	static const struct { struct text in; int64_t min, max; enum rc rc; int64_t want; } row[] = {
		{ TEXT_INIT("0"), 0, 0, RC_OK, 0 },
		{ TEXT_INIT("-0"), 0, 0, RC_OK, 0 },
		{ TEXT_INIT("+7"), 0, 9, RC_OK, 7 },
		{ TEXT_INIT("007"), 0, 9, RC_OK, 7 },
		{ TEXT_INIT("9"), 0, 9, RC_OK, 9 },
		{ TEXT_INIT("10"), 0, 9, RC_INVALID, 0 },
		{ TEXT_INIT("-1"), 0, 9, RC_INVALID, 0 },
		{ TEXT_INIT("9223372036854775807"), INT64_MIN, INT64_MAX, RC_OK, INT64_MAX },
		{ TEXT_INIT("9223372036854775808"), INT64_MIN, INT64_MAX, RC_INVALID, 0 },
		{ TEXT_INIT("-9223372036854775808"), INT64_MIN, INT64_MAX, RC_OK, INT64_MIN },
		{ TEXT_INIT("-9223372036854775809"), INT64_MIN, INT64_MAX, RC_INVALID, 0 },
		{ TEXT_INIT("99999999999999999999"), INT64_MIN, INT64_MAX, RC_INVALID, 0 },
		{ TEXT_INIT(""), INT64_MIN, INT64_MAX, RC_INVALID, 0 },
		{ TEXT_INIT("-"), INT64_MIN, INT64_MAX, RC_INVALID, 0 },
		{ TEXT_INIT("1 "), INT64_MIN, INT64_MAX, RC_INVALID, 0 },
		{ TEXT_INIT("1e3"), INT64_MIN, INT64_MAX, RC_INVALID, 0 },
		{ TEXT_INIT("1\0" "2"), INT64_MIN, INT64_MAX, RC_INVALID, 0 },
		{ TEXT_INIT("１"), INT64_MIN, INT64_MAX, RC_INVALID, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		int64_t got = 4711;

		assert_int_equal(int64_parse(row[i].in, row[i].min, row[i].max, &got), row[i].rc);
		assert_true(got == (row[i].rc == RC_OK ? row[i].want : 4711));
	}
}

static void
names_every_result(void **state)
{
	(void)state;
	for (int i = 0; i < RC_COUNT; i++) {
		assert_non_null(rc_name((enum rc)i));
		for (int j = 0; j < i; j++)
			assert_string_not_equal(rc_name((enum rc)i), rc_name((enum rc)j));
	}
	assert_string_equal(rc_name(RC_CONFLICT), "conflict");
	assert_string_equal(rc_name((enum rc)-1), "internal");
	assert_string_equal(rc_name(RC_COUNT), "internal");
}

static void
numbers_in_groups_of_three(void **state)
{
	static const struct { int64_t n; const char *want; } rows[] = {
		{ 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 5900000, "5,900,000" }, { -1234567, "-1,234,567" },
		{ INT64_MAX, "9,223,372,036,854,775,807" }, { INT64_MIN, "-9,223,372,036,854,775,808" },
	};
	char out[32];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_true(text_equals(int64_grouped(rows[i].n, out), text_of(rows[i].want)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_in_groups_of_three),
		cmocka_unit_test(trims_blanks_of_both_widths),
		cmocka_unit_test(compares_and_searches),
		cmocka_unit_test(cuts_at_a_separator),
		cmocka_unit_test(reads_numbers_up_to_the_limits),
		cmocka_unit_test(names_every_result),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
