#include "kit/xlsx/xlsx.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
/* after the above */
#include <cmocka.h>

#define PART_MAX 400000

static uint32_t
little(const char *p, int n)
{
	uint32_t v = 0;

	for (int i = n - 1; i >= 0; i--)
		v = v << 8 | (unsigned char)p[i];
	return v;
}

/* One part of the zip, read by its central directory; what a spreadsheet program would see. */
static const char *
part(const struct buf *b, const char *name)
{
	static char out[PART_MAX];
	size_t end = b->n - 22, at = little(b->p + end + 16, 4);

	assert_memory_equal(b->p + end, "PK\5\6", 4);
	for (uint32_t i = little(b->p + end + 10, 2); i > 0; i--) {
		uint32_t method = little(b->p + at + 10, 2), packed = little(b->p + at + 20, 4), n = little(b->p + at + 28, 2);
		size_t local = little(b->p + at + 42, 4);
		size_t data = local + 30 + little(b->p + local + 26, 2) + little(b->p + local + 28, 2);
		z_stream z = { .next_in = (Bytef *)(uintptr_t)(b->p + data), .avail_in = packed, .next_out = (Bytef *)out,
			.avail_out = PART_MAX - 1 };

		if (n == strlen(name) && memcmp(b->p + at + 46, name, n) == 0) {
			assert_int_equal(method, 8);
			assert_int_equal(inflateInit2(&z, -15), Z_OK);
			assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
			out[z.total_out] = '\0';
			inflateEnd(&z);
			return out;
		}
		at += 46 + n + little(b->p + at + 30, 2) + little(b->p + at + 32, 2);
	}
	fail_msg("no part %s", name);
	return NULL;
}

static int
count(const char *in, const char *what)
{
	int n = 0;

	for (const char *p = in; (p = strstr(p, what)) != NULL; p += strlen(what))
		n++;
	return n;
}

static void
assert_has(const char *in, const char *what)
{
	if (strstr(in, what) == NULL)
		print_message("# wanted %s in %.1500s\n", what, in);
	assert_non_null(strstr(in, what));
}

static struct xlsx *
opened(void)
{
	struct xlsx *x = NULL;

	assert_int_equal(xlsx_open(&x), RC_OK);
	return x;
}

static void
cells_stand_where_they_were_put(void **state)
{
	struct xlsx *x = opened();
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	xlsx_sheet(x, TEXT("按区县"));
	xlsx_head(x, TEXT("区县"));
	xlsx_head(x, TEXT("户数"));
	xlsx_row(x);
	xlsx_text(x, TEXT("吴中区"));
	xlsx_number(x, 123456, 0);
	xlsx_number(x, -150, 2);
	xlsx_row(x);
	xlsx_row(x);
	xlsx_text(x, TEXT("a<b&\"c\" \x01"));
	assert_int_equal(xlsx_close(x, &b), RC_OK);
	assert_has(part(&b, "xl/worksheets/sheet1.xml"), "<c r=\"B2\" s=\"2\"><v>123456</v></c><c r=\"C2\" s=\"3\"><v>-1.5</v></c>");
	assert_has(part(&b, "xl/worksheets/sheet1.xml"), "<c r=\"A4\" t=\"s\">");
	assert_has(part(&b, "xl/sharedStrings.xml"), "吴中区");
	assert_has(part(&b, "xl/sharedStrings.xml"), "a&lt;b&amp;\"c\" _x0001_");
	assert_has(part(&b, "xl/workbook.xml"), "name=\"按区县\"");
	buf_free(&b);
}

/* Nothing that is typed becomes a formula, and what a double cannot hold stays exact. */
static void
text_stays_text_and_numbers_exact(void **state)
{
	struct xlsx *x = opened();
	struct buf b;
	const char *sheet;

	(void)state;
	buf_init(&b, 1 << 20);
	xlsx_sheet(x, TEXT("s"));
	xlsx_text(x, TEXT("=1+1"));
	xlsx_text(x, TEXT("@SUM(A1)"));
	xlsx_text(x, TEXT("{=A1}"));
	xlsx_number(x, INT64_C(9007199254740992), 0);
	xlsx_number(x, INT64_C(9007199254740993), 0);
	xlsx_number(x, INT64_MIN, 0);
	assert_int_equal(xlsx_close(x, &b), RC_OK);
	sheet = part(&b, "xl/worksheets/sheet1.xml");
	assert_int_equal(count(sheet, "<f>"), 0);
	assert_int_equal(count(sheet, "t=\"s\""), 5);
	assert_has(sheet, "<v>9007199254740992</v>");
	assert_has(part(&b, "xl/sharedStrings.xml"), "9007199254740993");
	assert_has(part(&b, "xl/sharedStrings.xml"), "-9223372036854775808");
	buf_free(&b);
}

static void
names_are_mended(void **state)
{
	struct xlsx *x = opened();
	struct buf b;
	const char *book;

	(void)state;
	buf_init(&b, 1 << 20);
	xlsx_sheet(x, TEXT("a[b]:c*d?e/f\\g"));
	xlsx_sheet(x, TEXT("a[b]:c*d?e/f\\g"));
	xlsx_sheet(x, TEXT(""));
	xlsx_sheet(x, TEXT("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二"));
	xlsx_text(x, TEXT("x"));
	assert_int_equal(xlsx_close(x, &b), RC_OK);
	book = part(&b, "xl/workbook.xml");
	assert_has(book, "name=\"a b  c d e f g\"");
	assert_has(book, "name=\"a b  c d e f g (2)\"");
	assert_has(book, "name=\" (3)\"");
	assert_has(book, "name=\"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一\"");
	buf_free(&b);
}

static void
a_cell_has_a_bound(void **state)
{
	static char longer[32768 * 3 + 1];
	struct xlsx *x = opened();
	struct buf b;

	(void)state;
	for (size_t i = 0; i < 32768; i++)
		memcpy(longer + i * 3, "字", 3);
	buf_init(&b, 1 << 20);
	xlsx_sheet(x, TEXT("s"));
	xlsx_text(x, (struct text){ longer, 32767 * 3 });
	xlsx_text(x, (struct text){ longer, 32768 * 3 });
	xlsx_text(x, (struct text){ "a\0b", 3 });
	assert_int_equal(xlsx_close(x, &b), RC_OK);
	assert_int_equal(count(part(&b, "xl/sharedStrings.xml"), "<t>"), 2); /* both long ones are the same 32,767 */
	assert_has(part(&b, "xl/sharedStrings.xml"), "<t>a b</t>");
	buf_free(&b);
}

static void
refused_and_told_at_the_end(void **state)
{
	struct xlsx *x = opened();
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	xlsx_text(x, TEXT("before any sheet"));
	assert_int_equal(xlsx_close(x, &b), RC_INVALID);
	assert_int_equal(xlsx_close(opened(), &b), RC_INVALID); /* nothing in it */
	x = opened();
	xlsx_sheet(x, TEXT("s"));
	xlsx_text(x, TEXT("\xFF"));
	assert_int_equal(xlsx_close(x, &b), RC_INVALID);
	x = opened();
	xlsx_sheet(x, TEXT("s"));
	xlsx_number(x, 1, 10);
	assert_int_equal(xlsx_close(x, &b), RC_INVALID);
	x = opened();
	xlsx_sheet(x, TEXT("s"));
	for (int i = 0; i < XLSX_ROWS_MAX - 1; i++)
		xlsx_row(x);
	xlsx_number(x, 1, 0);
	xlsx_row(x);
	xlsx_number(x, 1, 0);
	assert_int_equal(xlsx_close(x, &b), RC_TOO_LARGE);
	assert_int_equal(b.n, 0);
	buf_free(&b);
	buf_init(&b, 100);
	x = opened();
	xlsx_sheet(x, TEXT("s"));
	xlsx_number(x, 1, 0);
	assert_int_equal(xlsx_close(x, &b), RC_TOO_LARGE);
	buf_free(&b);
	xlsx_free(opened());
	xlsx_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_stand_where_they_were_put), cmocka_unit_test(text_stays_text_and_numbers_exact),
		cmocka_unit_test(names_are_mended), cmocka_unit_test(a_cell_has_a_bound), cmocka_unit_test(refused_and_told_at_the_end),
	};

	return cmocka_run_group_tests_name("kit_xlsx", tests, NULL, NULL);
}
