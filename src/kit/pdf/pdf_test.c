#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "kit/pdf/pdf.h"

#define MOMENT INT64_C(1782781200000) /* 2026-06-30 09:00 in Shanghai */

static struct pdf *
paper(void)
{
	struct pdf_spec spec = { .title = TEXT("给予法律援助决定书"), .moment_ms = MOMENT, .mark = TEXT_NONE,
		.foot = TEXT("苏吴中援决字〔2026〕第12号"), .code = TEXT("7KQ2-M9XA"), .code_url = TEXT("https://zf.example/paper?n=12") };
	struct pdf *p = NULL;

	assert_int_equal(pdf_open(&spec, &p), RC_OK);
	return p;
}

static const char *const sentences[] = {
	"经审查，你提出的法律援助申请符合《中华人民共和国法律援助法》第三十一条第五项的规定。",
	"本机构将自作出决定之日起三日内指派律师事务所安排律师办理；承办人联系电话 19900001234。",
	"姓名中有生僻字的，如𠮷田㛃、赵䶮、王祎喆，照登记的字打印，不以方框、问号或者近形字代替。",
};

/* Every kind of block, several pages. */
static void
story(struct pdf *p)
{
	static const int widths[] = { 2, 5, 2, 5 };

	pdf_title(p, TEXT("给予法律援助决定书"));
	pdf_number(p, TEXT("苏吴中援决字〔2026〕第12号"));
	pdf_flush(p, TEXT("欧阳小雨："));
	for (int i = 0; i < 8; i++)
		for (size_t k = 0; k < 3; k++)
			pdf_para(p, text_of(sentences[k]));
	pdf_heading(p, TEXT("一、家庭成员"));
	pdf_table_open(p, widths, 4);
	pdf_table_row(p, (struct pdf_cell[]){ { .text = TEXT("姓名"), .head = true }, { .text = TEXT("证件号码"), .head = true },
	    { .text = TEXT("关系"), .head = true }, { .text = TEXT("收入情况"), .head = true } }, 4);
	for (int i = 0; i < 12; i++)
		pdf_table_row(p, (struct pdf_cell[]){ { .text = TEXT("欧阳大海") }, { .text = TEXT("990000195003071234") },
		    { .text = TEXT("父亲") }, { .text = TEXT("每月养老金一千二百元，另有耕地两亩，由本人耕种。") } }, 4);
	pdf_table_row(p, (struct pdf_cell[]){ { .text = TEXT("合计"), .head = true }, { .text = TEXT("人均 1,050.00 元"), .span = 3 } }, 2);
	pdf_table_close(p);
	pdf_clause(p, 1, TEXT("身份证明。"));
	pdf_note(p, TEXT("注：本决定书一式三份。"));
	pdf_sign(p, TEXT("申请人（签名或者按指印）："));
	pdf_seal(p, TEXT("苏州市吴中区法律援助中心"), TEXT("2026年6月30日"), TEXT("（此处加盖公章）"));
	pdf_cut(p);
	pdf_right(p, TEXT("回执"));
}

static void
print(struct buf *out)
{
	struct pdf *p = paper();

	buf_init(out, 8 << 20);
	story(p);
	assert_int_equal(pdf_close(p, out), RC_OK);
}

/* What a command says of the bytes, which it reads from the file "$1". */
static struct buf
told(const struct buf *bytes, const char *command)
{
	char path[] = "/tmp/pdf_test.XXXXXX", line[512];
	int fd = mkstemp(path);
	struct buf b;
	FILE *f;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes->p, bytes->n), (ssize_t)bytes->n);
	close(fd);
	snprintf(line, sizeof line, "set -- %s; %s", path, command);
	f = popen(line, "r");
	assert_non_null(f);
	buf_init(&b, 4 << 20);
	for (int c; (c = fgetc(f)) != EOF;)
		buf_char(&b, (char)c);
	assert_int_equal(pclose(f), 0);
	unlink(path);
	return b;
}

/* Without white space: a sentence goes over lines. */
static struct buf
squeezed(struct buf b)
{
	struct buf s;

	buf_init(&s, b.n + 1);
	for (size_t i = 0; i < b.n; i++)
		if (strchr(" \n\r\t\f", b.p[i]) == NULL)
			buf_char(&s, b.p[i]);
	buf_free(&b);
	return s;
}

static size_t
count_of(struct text t, const char *part)
{
	struct text what = text_of(part);
	size_t n = 0;

	for (size_t i = 0; i + what.n <= t.n; i++)
		n += memcmp(t.p + i, what.p, what.n) == 0;
	return n;
}

/* ---- bytes ---------------------------------------------------------------------------------------------- */

static void
two_prints_are_the_same_bytes(void **state)
{
	struct buf a, b;

	(void)state;
	print(&a);
	print(&b);
	assert_true(a.n > 10000);
	assert_int_equal(a.n, b.n);
	assert_memory_equal(a.p, b.p, a.n);
	buf_free(&a);
	buf_free(&b);
}

static void *
thread_prints(void *arg)
{
	print(arg);
	return NULL;
}

static void
threads_print_the_same_bytes(void **state)
{
	struct buf out[4], mine;
	pthread_t threads[4];

	(void)state;
	print(&mine);
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, thread_prints, &out[i]), 0);
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(out[i].n, mine.n);
		assert_memory_equal(out[i].p, mine.p, mine.n);
		buf_free(&out[i]);
	}
	buf_free(&mine);
}

/* Another process, other addresses, another time, other words in its environment. */
static void
another_process_prints_the_same_bytes(void **state)
{
	struct buf mine, none = { .p = NULL };
	char command[400];

	(void)state;
	print(&mine);
	for (int i = 0; i < 3; i++) {
		struct buf other;

		snprintf(command, sizeof command,
		    "env -i PATH=/usr/bin:/bin HOME=/nonexistent%d ASAN_OPTIONS=detect_leaks=0 LANG=%s TZ=%s /proc/%ld/exe --print",
		    i, i == 1 ? "zh_CN.UTF-8" : "C", i == 2 ? "America/New_York" : "UTC", (long)getpid());
		other = told(&none, command);
		assert_int_equal(other.n, mine.n);
		assert_memory_equal(other.p, mine.p, mine.n);
		buf_free(&other);
	}
	buf_free(&mine);
}

static void
the_file_is_sound_and_holds_its_fonts(void **state)
{
	struct buf bytes, said;

	(void)state;
	print(&bytes);
	said = told(&bytes, "qpdf --check $1 2>&1 && pdfinfo -isodates $1 && pdffonts $1 | awk 'NR > 2 { print \"font\", $(NF-4), $(NF-3) }'");
	assert_int_equal(count_of(buf_text(&said), "No syntax or stream encoding errors found"), 1);
	assert_int_equal(count_of(buf_text(&said), "CreationDate:    2026-06-30T09:00:00+08"), 1);
	assert_int_equal(count_of(buf_text(&said), "Title:           给予法律援助决定书"), 1);
	assert_int_equal(count_of(buf_text(&said), "A4"), 1);
	assert_int_equal(count_of(buf_text(&said), "font yes yes"), count_of(buf_text(&said), "font "));
	assert_true(count_of(buf_text(&said), "font yes yes") >= 3);
	buf_free(&said);
	buf_free(&bytes);
}

/* ---- text ----------------------------------------------------------------------------------------------- */

static void
every_sentence_is_read_back(void **state)
{
	static const char *const once[] = { "欧阳小雨：", "一、家庭成员", "1.身份证明。", "人均1,050.00元", "注：本决定书一式三份。",
		"申请人（签名或者按指印）：", "苏州市吴中区法律援助中心", "2026年6月30日", "（此处加盖公章）", "回执", "第1页，共4页", "第4页，共4页" };
	struct buf bytes, said;

	(void)state;
	print(&bytes);
	said = squeezed(told(&bytes, "pdftotext -layout $1 -"));
	for (size_t k = 0; k < 3; k++) {
		struct buf plain;

		buf_init(&plain, 1000);
		buf_add(&plain, text_of(sentences[k]));
		plain = squeezed(plain);
		buf_char(&plain, '\0');
		assert_true(count_of(buf_text(&said), plain.p) >= 7); /* of eight, one may go over a page's foot */
		buf_free(&plain);
	}
	for (size_t i = 0; i < sizeof once / sizeof once[0]; i++)
		assert_int_equal(count_of(buf_text(&said), once[i]), 1);
	assert_int_equal(count_of(buf_text(&said), "核验码7KQ2-M9XA"), 4); /* the foot of each page */
	assert_int_equal(count_of(buf_text(&said), "990000195003071234"), 12);
	buf_free(&said);
	buf_free(&bytes);
}

/* 行首禁则: no line begins with a mark that belongs to what stands before it. */
static void
no_line_begins_with_a_closing_mark(void **state)
{
	static const char *const words[] = { "当事人", "法律援助", "，", "《民法典》", "。", "（试行）", "、", "申请", "：", "2026年", "”", "；" };
	static const char *const barred[] = { "，", "。", "、", "：", "；", "》", "）", "”" };
	struct pdf *p = paper();
	struct buf bytes, b, said;
	unsigned seed = 7;

	(void)state;
	buf_init(&bytes, 8 << 20);
	buf_init(&b, 4000);
	for (int i = 0; i < 60; i++) {
		buf_reset(&b);
		for (int k = 0; k < 60; k++) {
			seed = seed * 1103515245U + 12345U;
			buf_add(&b, text_of(words[k == 0 ? 0 : (seed >> 16) % 12]));
		}
		pdf_para(p, buf_text(&b));
	}
	assert_int_equal(pdf_close(p, &bytes), RC_OK);
	said = told(&bytes, "pdftotext -layout $1 - | sed 's/^ *//'");
	assert_true(count_of(buf_text(&said), "\n") > 300);
	for (size_t i = 0; i < sizeof barred / sizeof barred[0]; i++) {
		char at[8];

		snprintf(at, sizeof at, "\n%s", barred[i]);
		assert_int_equal(count_of(buf_text(&said), at), 0);
	}
	buf_free(&said);
	buf_free(&b);
	buf_free(&bytes);
}

static void
a_character_without_a_glyph_is_an_error(void **state)
{
	static const struct { const char *t; uint32_t missing; } rows[] = {
		{ "𠮷", 0 }, { "㛃", 0 }, { "䶮", 0 }, { "𫖯", 0 }, { "①②③", 0 }, { "〔2026〕", 0 }, { "½", 0 },
		{ "名\xEE\x80\x80", 0xE000 },      /* private use: whatever a name once was */
		{ "\xF0\x9F\x98\x80", 0x1F600 },   /* a face */
		{ "\xE1\x80\x80", 0x1000 },        /* Burmese */
		{ "\xF0\xA0\x80\x80", 0x20000 },   /* 𠀀, extension B: this one is in no font here */
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct pdf *p = paper();
		struct buf bytes;
		uint32_t missing;
		enum rc rc;

		buf_init(&bytes, 1 << 20);
		pdf_para(p, text_of(rows[i].t));
		missing = pdf_missing(p);
		rc = pdf_close(p, &bytes);
		assert_int_equal(missing, rows[i].missing);
		assert_int_equal(rc, rows[i].missing != 0 ? RC_INVALID : RC_OK);
		assert_true(rc == RC_OK || bytes.n == 0);
		buf_free(&bytes);
	}
}

static void
broken_text_is_refused(void **state)
{
	static const struct text rows[] = { TEXT_INIT("\xFF"), TEXT_INIT("\xE4\xB8"), TEXT_INIT("a\0b"), TEXT_INIT("\x1B[1m"),
		TEXT_INIT("\xE2\x80\xAE") };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct pdf *p = paper();
		struct buf bytes;

		buf_init(&bytes, 1 << 20);
		pdf_para(p, rows[i]);
		assert_int_equal(pdf_close(p, &bytes), RC_INVALID);
		buf_free(&bytes);
	}
}

/* ---- pages ---------------------------------------------------------------------------------------------- */

/* A heading is never the last line of a page, wherever it falls; what follows is of two lines at least. */
static void
a_heading_stands_with_what_follows(void **state)
{
	(void)state;
	for (int above = 16; above <= 24; above++) {
		struct pdf *p = paper();
		struct buf bytes, said;
		struct text rest, page;

		buf_init(&bytes, 8 << 20);
		for (int i = 0; i < above; i++)
			pdf_para(p, TEXT("一行。"));
		pdf_heading(p, TEXT("二、理由"));
		pdf_heading(p, TEXT("（一）事实"));
		pdf_para(p, text_of(sentences[0]));
		pdf_para(p, text_of(sentences[1]));
		assert_int_equal(pdf_close(p, &bytes), RC_OK);
		said = told(&bytes, "pdftotext -layout $1 -");
		rest = buf_text(&said);
		while ((page = text_cut(&rest, '\f')).n > 0) {
			if (text_contains(page, TEXT("二、理由"))) {
				assert_true(text_contains(page, TEXT("（一）事实")));
				assert_true(text_contains(page, TEXT("经审查")));
				assert_true(text_contains(page, TEXT("中华人民共和国")));
				assert_true(text_contains(page, TEXT("第三十一条")));
			}
		}
		buf_free(&said);
		buf_free(&bytes);
	}
}

static void
rows_of_a_table_are_not_divided(void **state)
{
	static const int widths[] = { 1, 3 };
	struct pdf *p = paper();
	struct buf bytes, said;
	struct text rest, page;
	int pages = 0;

	(void)state;
	buf_init(&bytes, 8 << 20);
	pdf_table_open(p, widths, 2);
	pdf_table_row(p, (struct pdf_cell[]){ { .text = TEXT("表头"), .head = true }, { .text = TEXT("内容"), .head = true } }, 2);
	for (int i = 0; i < 40; i++)
		pdf_table_row(p, (struct pdf_cell[]){ { .text = TEXT("名") }, { .text = TEXT("首行\n中行\n末行") } }, 2);
	pdf_table_close(p);
	assert_int_equal(pdf_close(p, &bytes), RC_OK);
	said = told(&bytes, "pdftotext -layout $1 -");
	rest = buf_text(&said);
	while ((page = text_cut(&rest, '\f')).n > 0) {
		assert_int_equal(count_of(page, "首行"), count_of(page, "末行"));
		assert_int_equal(count_of(page, "首行"), count_of(page, "中行"));
		assert_int_equal(count_of(page, "表头"), 1);
		pages++;
	}
	assert_int_equal(pages, 5);
	assert_int_equal(count_of(buf_text(&said), "末行"), 40);
	buf_free(&said);
	buf_free(&bytes);
}

/* A row higher than a page is, and nothing of it is lost. */
static void
a_row_higher_than_a_page_goes_over(void **state)
{
	static const int widths[] = { 1, 5 };
	struct pdf *p = paper();
	struct buf bytes, b, said;

	(void)state;
	buf_init(&bytes, 8 << 20);
	buf_init(&b, 100000);
	for (int i = 100; i < 200; i++)
		buf_printf(&b, "问第%d句\n", i);
	b.n--;
	pdf_table_open(p, widths, 2);
	pdf_table_row(p, (struct pdf_cell[]){ { .text = TEXT("笔录"), .head = true }, { .text = buf_text(&b) } }, 2);
	pdf_table_close(p);
	assert_int_equal(pdf_close(p, &bytes), RC_OK);
	said = squeezed(told(&bytes, "pdftotext -layout $1 -"));
	for (int i = 100; i < 200; i++) {
		char at[32];

		snprintf(at, sizeof at, "问第%d句", i);
		assert_int_equal(count_of(buf_text(&said), at), 1);
	}
	assert_int_equal(count_of(buf_text(&said), "，共3页"), 3);
	buf_free(&said);
	buf_free(&b);
	buf_free(&bytes);
}

/* ---- bounds ----------------------------------------------------------------------------------------------- */

static void
past_a_bound_there_is_no_paper(void **state)
{
	struct pdf *p = paper();
	struct buf bytes;

	(void)state;
	buf_init(&bytes, 8 << 20);
	for (int i = 0; i < PDF_PAGES_MAX + 1; i++) {
		pdf_para(p, TEXT("页"));
		pdf_break(p);
	}
	assert_int_equal(pdf_close(p, &bytes), RC_TOO_LARGE);
	buf_free(&bytes);

	buf_init(&bytes, 1000);
	p = paper();
	pdf_para(p, text_of(sentences[0]));
	assert_int_equal(pdf_close(p, &bytes), RC_TOO_LARGE);
	buf_free(&bytes);

	buf_init(&bytes, 1 << 20);
	p = paper();
	pdf_table_open(p, (const int[]){ 1, 1 }, 2);
	pdf_table_row(p, (struct pdf_cell[]){ { .text = TEXT("一"), .span = 3 } }, 1);
	assert_int_equal(pdf_close(p, &bytes), RC_INTERNAL);
	buf_free(&bytes);
	pdf_drop(NULL);
	pdf_drop(paper());
}

static void *
thread_opens(void *arg)
{
	struct pdf_spec spec = { .title = TEXT("题"), .moment_ms = MOMENT };
	struct pdf *p = NULL;

	*(enum rc *)arg = pdf_open(&spec, &p);
	pdf_drop(p);
	return NULL;
}

static void
without_its_fonts_nothing_is_printed(void **state)
{
	pthread_t thread;
	enum rc rc = RC_OK;

	(void)state;
	pdf_fonts_dir("/nonexistent");
	assert_int_equal(pthread_create(&thread, NULL, thread_opens, &rc), 0);
	pthread_join(thread, NULL);
	pdf_fonts_dir(NULL);
	assert_int_equal(rc, RC_UNAVAILABLE);
}

static void
a_date_is_written_as_offices_do(void **state)
{
	char out[32];
	struct day d;

	(void)state;
	assert_int_equal(day_from_ymd((struct ymd){ 2026, 6, 3 }, &d), RC_OK);
	assert_string_equal(pdf_date(d, out).p, "2026年6月3日");
	assert_int_equal(pdf_date(DAY_NONE, out).n, 0);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_prints_are_the_same_bytes),
		cmocka_unit_test(threads_print_the_same_bytes),
		cmocka_unit_test(another_process_prints_the_same_bytes),
		cmocka_unit_test(the_file_is_sound_and_holds_its_fonts),
		cmocka_unit_test(every_sentence_is_read_back),
		cmocka_unit_test(no_line_begins_with_a_closing_mark),
		cmocka_unit_test(a_character_without_a_glyph_is_an_error),
		cmocka_unit_test(broken_text_is_refused),
		cmocka_unit_test(a_heading_stands_with_what_follows),
		cmocka_unit_test(rows_of_a_table_are_not_divided),
		cmocka_unit_test(a_row_higher_than_a_page_goes_over),
		cmocka_unit_test(past_a_bound_there_is_no_paper),
		cmocka_unit_test(without_its_fonts_nothing_is_printed),
		cmocka_unit_test(a_date_is_written_as_offices_do),
	};

	if (argc == 2 && strcmp(argv[1], "--print") == 0) {
		struct buf out;

		print(&out);
		return fwrite(out.p, 1, out.n, stdout) == out.n ? 0 : 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
