#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kit/html/html.h"

static void
assert_html(struct html *h, const char *want)
{
	struct text got = buf_text(h->out);

	assert_int_equal(buf_rc(h->out), RC_OK);
	if (got.n != strlen(want) || memcmp(got.p, want, got.n) != 0)
		fail_msg("got %.*s, want %s", (int)got.n, got.p, want);
	buf_reset(h->out);
}

static void
what_is_typed_never_becomes_markup(void **state)
{
	struct buf b;
	struct html h = { .out = &b };

	(void)state;
	buf_init(&b, 1 << 16);
	html_str(&h, "<script>alert(\"a&b\")</script> 'x'");
	assert_html(&h, "&lt;script&gt;alert(&quot;a&amp;b&quot;)&lt;/script&gt; &#39;x&#39;");
	html_str(&h, "张三 < 李四");
	assert_html(&h, "张三 &lt; 李四");
	html_text(&h, TEXT_NONE);
	html_str(&h, "<");
	html_str(&h, "a<");
	html_str(&h, "<a");
	assert_html(&h, "&lt;a&lt;&lt;a");
	html_attr(&h, "value", TEXT("\" onload=\"x"));
	assert_html(&h, " value=\"&quot; onload=&quot;x\"");
	buf_free(&b);
}

/* Every byte: the five are escaped, the others pass as they are. */
static void
every_byte(void **state)
{
	struct buf b;
	struct html h = { .out = &b };

	(void)state;
	buf_init(&b, 1 << 16);
	for (int c = 0; c < 256; c++) {
		char s[1] = { (char)c };
		struct text got;

		html_text(&h, (struct text){ s, 1 });
		got = buf_text(&b);
		if (c && strchr("&<>\"'", c))
			assert_true(got.n > 3 && got.p[0] == '&' && got.p[got.n - 1] == ';');
		else
			assert_true(got.n == 1 && got.p[0] == s[0]);
		buf_reset(&b);
	}
	buf_free(&b);
}

static void
lines_are_kept(void **state)
{
	struct buf b;
	struct html h = { .out = &b };

	(void)state;
	buf_init(&b, 1 << 16);
	html_lines(&h, TEXT("一\r\n二\n\n<三>"));
	assert_html(&h, "一<br>二<br><br>&lt;三&gt;");
	html_lines(&h, TEXT("尾\n"));
	assert_html(&h, "尾<br>");
	buf_free(&b);
}

static void
a_format_is_filled_in_and_escaped(void **state)
{
	struct buf b;
	struct html h = { .out = &b };
	static char longer[3000];
	struct text got;

	(void)state;
	buf_init(&b, 1 << 16);
	html_sayf(&h, "%s 等 %d 人", "<张三>", 3);
	assert_html(&h, "&lt;张三&gt; 等 3 人");
	for (size_t i = 0; i + 3 < sizeof longer; i += 3)
		memcpy(longer + i, "文", 3);
	html_sayf(&h, "%s", longer); /* cut, but not within a character */
	got = buf_text(&b);
	assert_true(got.n < 1024 && got.n > 1000);
	assert_int_equal(got.n % 3, 0);
	buf_free(&b);
}

static void
the_page_language(void **state)
{
	struct buf b;
	struct html h = { .out = &b, .lang = LANG_EN };

	(void)state;
	buf_init(&b, 1 << 16);
	html_say(&h, "返回");
	assert_html(&h, "Back");
	h.lang = LANG_ZH;
	html_say(&h, "返回");
	assert_html(&h, "返回");
	html_int(&h, -7);
	assert_html(&h, "-7");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_never_becomes_markup),
		cmocka_unit_test(every_byte),
		cmocka_unit_test(lines_are_kept),
		cmocka_unit_test(a_format_is_filled_in_and_escaped),
		cmocka_unit_test(the_page_language),
	};

	return cmocka_run_group_tests_name("kit_html", tests, NULL, NULL);
}
