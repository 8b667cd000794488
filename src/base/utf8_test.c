#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

static void
judges_every_limit_of_rfc_3629(void **state)
{
	static const struct { struct text in; bool lines; enum utf8_fault want; } row[] = {
		{ TEXT_INIT(""), false, UTF8_FINE },
		{ TEXT_INIT("法律援助 ok"), false, UTF8_FINE },
		{ TEXT_INIT("\xc2\xa0"), false, UTF8_FINE },          /* U+00A0, least after C1 */
		{ TEXT_INIT("\xc1\xbf"), false, UTF8_BROKEN },        /* overlong U+007F */
		{ TEXT_INIT("\xdf\xbf"), false, UTF8_FINE },          /* U+07FF */
		{ TEXT_INIT("\xe0\xa0\x80"), false, UTF8_FINE },      /* U+0800 */
		{ TEXT_INIT("\xe0\x9f\xbf"), false, UTF8_BROKEN },    /* overlong U+07FF */
		{ TEXT_INIT("\xed\x9f\xbf"), false, UTF8_FINE },      /* U+D7FF */
		{ TEXT_INIT("\xed\xa0\x80"), false, UTF8_BROKEN },    /* U+D800 */
		{ TEXT_INIT("\xed\xbf\xbf"), false, UTF8_BROKEN },    /* U+DFFF */
		{ TEXT_INIT("\xee\x80\x80"), false, UTF8_FINE },      /* U+E000 */
		{ TEXT_INIT("\xef\xbf\xbf"), false, UTF8_FINE },      /* U+FFFF */
		{ TEXT_INIT("\xf0\x90\x80\x80"), false, UTF8_FINE },  /* U+10000 */
		{ TEXT_INIT("\xf0\x8f\xbf\xbf"), false, UTF8_BROKEN },/* overlong U+FFFF */
		{ TEXT_INIT("\xf4\x8f\xbf\xbf"), false, UTF8_FINE },  /* U+10FFFF */
		{ TEXT_INIT("\xf4\x90\x80\x80"), false, UTF8_BROKEN },/* U+110000 */
		{ TEXT_INIT("\xf5\x80\x80\x80"), false, UTF8_BROKEN },
		{ TEXT_INIT("\x80"), false, UTF8_BROKEN },
		{ TEXT_INIT("\xff"), false, UTF8_BROKEN },
		{ TEXT_INIT("a\xe6\xb3"), false, UTF8_BROKEN },       /* cut short */
		{ TEXT_INIT("\xe6\xb3" "a"), false, UTF8_BROKEN },
		{ TEXT_INIT("a\0b"), true, UTF8_NUL },
		{ TEXT_INIT("\xc0\x80"), true, UTF8_BROKEN },         /* the other NUL */
		{ TEXT_INIT("a\tb"), true, UTF8_FINE },
		{ TEXT_INIT("a\r\nb"), true, UTF8_FINE },
		{ TEXT_INIT("a\tb"), false, UTF8_CONTROL },
		{ TEXT_INIT("a\nb"), false, UTF8_CONTROL },
		{ TEXT_INIT("\x0b"), true, UTF8_CONTROL },
		{ TEXT_INIT("\x1f"), true, UTF8_CONTROL },
		{ TEXT_INIT("\x20"), false, UTF8_FINE },
		{ TEXT_INIT("\x7e"), false, UTF8_FINE },
		{ TEXT_INIT("\x7f"), true, UTF8_CONTROL },
		{ TEXT_INIT("\xc2\x80"), true, UTF8_CONTROL },
		{ TEXT_INIT("\xc2\x9f"), true, UTF8_CONTROL },
		{ TEXT_INIT("\u2029"), false, UTF8_FINE },
		{ TEXT_INIT("\u202a"), true, UTF8_CONTROL },
		{ TEXT_INIT("\u202e"), true, UTF8_CONTROL },
		{ TEXT_INIT("\u202f"), false, UTF8_FINE },
		{ TEXT_INIT("\u2065"), false, UTF8_FINE },
		{ TEXT_INIT("\u2066"), true, UTF8_CONTROL },
		{ TEXT_INIT("\u2069"), true, UTF8_CONTROL },
		{ TEXT_INIT("\u206a"), false, UTF8_FINE },
		{ TEXT_INIT("\x01\xff"), false, UTF8_CONTROL },       /* the first fault counts */
		{ TEXT_INIT("\xff\x01"), false, UTF8_BROKEN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		if (utf8_check(row[i].in, row[i].lines) != row[i].want)
			print_message("row %zu\n", i);
		assert_int_equal(utf8_check(row[i].in, row[i].lines), row[i].want);
	}
}

static void
counts_and_cuts_code_points(void **state)
{
	struct text t = TEXT("a法\U00010000é");

	(void)state;
	assert_int_equal(utf8_length(TEXT("")), 0);
	assert_int_equal(utf8_length(t), 4);
	assert_int_equal(utf8_head(t, 0).n, 0);
	assert_int_equal(utf8_head(t, 1).n, 1);
	assert_int_equal(utf8_head(t, 2).n, 4);
	assert_int_equal(utf8_head(t, 3).n, 8);
	assert_int_equal(utf8_head(t, 4).n, 10);
	assert_int_equal(utf8_head(t, 5).n, 10);
}

static void
decodes_and_steps_over_broken_bytes(void **state)
{
	struct text t = TEXT("\xe6\xb3\x95\xff\xe6");
	size_t at = 0;

	(void)state;
	assert_int_equal(utf8_next(t, &at), 0x6cd5);
	assert_int_equal(at, 3);
	assert_int_equal(utf8_next(t, &at), 0xfffd);
	assert_int_equal(at, 4);
	assert_int_equal(utf8_next(t, &at), 0xfffd);
	assert_int_equal(at, 5);
	assert_int_equal(utf8_next(t, &at), 0xfffd);
	assert_int_equal(at, 5); /* the end is no step */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judges_every_limit_of_rfc_3629),
		cmocka_unit_test(counts_and_cuts_code_points),
		cmocka_unit_test(decodes_and_steps_over_broken_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
