/* The language of templates, facts, and every template of the house with its sample: the text as it is printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "operations/paper/paper_internal.h"

static struct arena *mem;

static int
begin(void **state)
{
	(void)state;
	mem = arena_create(64 << 20);
	return mem != NULL ? 0 : -1;
}

static int
end(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

/* ---- templates ------------------------------------------------------------------------------------------------- */

#define HEAD "paper t.one\nname 试\nseries 试\nfact who text must 谁\nfact more text may 还有\n" \
	"fact rows list must 行\ncolumn rows.a text must 甲\nfact plain list may 列\nfact day day must 日\n"

static void
a_fault_is_told_with_its_line(void **state)
{
	static const struct { const char *body; int line; const char *why; } rows[] = {
		{ "para {who}", 0, "" },
		{ "para {number} {today} {day}", 0, "" },
		{ "para {?more}{more}{/}。{!more}无{/}", 0, "" },
		{ "if more\npara {more}\nend\npara 完", 0, "" },
		{ "table 1 2\nhead 甲\neach rows {.a} | {who}\n/table", 0, "" },
		{ "if plain\nlist plain {.}\npara {plain}\nend\npara 完", 0, "" },
		{ "para {nobody}", 10, "not declared: nobody" },
		{ "para 一\npara {more}", 11, "more may be absent: put it inside a condition on it ({?…}{/} or if)" },
		{ "para {!more}{more}{/}", 10, "more may be absent: put it inside a condition on it ({?…}{/} or if)" },
		{ "para {?more}{more}", 10, "a condition is not closed on its line ({/} is missing)" },
		{ "para {/}", 10, "{/} closes nothing" },
		{ "para {?who}{/}", 10, "who is always there: no condition on it" },
		{ "para {who", 10, "a brace is not closed" },
		{ "para {Who}", 10, "braces hold no key" },
		{ "para {rows}", 10, "rows is a list with columns" },
		{ "para {.a}", 10, "{.a} outside a list" },
		{ "list who {.}", 10, "who is no list" },
		{ "list plain {.}", 10, "plain may be absent: put it inside a condition on it ({?…}{/} or if)" },
		{ "list rows {.b}", 10, "not declared: b" },
		{ "para", 10, "no text" },
		{ "table 1 2\nrow 甲 | 乙 | 丙\n/table", 11, "more cells than columns" },
		{ "row 甲 | 乙", 10, "a row outside a table" },
		{ "table 1 2\npara 甲\n/table", 11, "para inside a table" },
		{ "table 0", 10, "write a table as: table WIDTH WIDTH …, up to 12 of 1 to 100" },
		{ "/table", 10, "no table is open" },
		{ "end", 10, "end closes nothing" },
		{ "loop 3", 10, "no loops: loop; what repeats is a list or each, once for each item" },
		{ "para 一\nwhile more", 11, "no loops: while; what repeats is a list or each, once for each item" },
		{ "jump 3", 10, "unknown word: jump" },
		{ "number 3", 10, "number takes nothing" },
		{ "fact who text must 谁\npara 一", 10, "who is declared twice" },
		{ "fact number text must 号\npara 一", 10, "a fact's name is of small letters, digits and underscores, not number or today: number" },
		{ "fact x colour must 色\npara 一", 10, "write it as: fact KEY text|words|day|time|money|count|list must|may|set LABEL" },
		{ "table 1\nrow 甲", 11, "no block, or a table or a condition is not closed" },
		{ "if more\npara 一", 11, "no block, or a table or a condition is not closed" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct text source = arena_format(mem, HEAD "%s", rows[i].body);
		struct sheet_faults f;
		struct paper_template *t = ARENA_NEW(mem, struct paper_template);
		enum rc rc = paper_template_parse(source, t, &f);

		if (rows[i].line == 0) {
			assert_int_equal(rc, RC_OK);
			continue;
		}
		assert_int_equal(rc, RC_INVALID);
		assert_string_equal(sheet_fault_text(mem, LANG_EN, &f.v[0]).p, rows[i].why);
		assert_int_equal(f.v[0].line, rows[i].line);
	}
}

/* ---- facts ------------------------------------------------------------------------------------------------------- */

static void
facts_come_back_as_they_were_said(void **state)
{
	struct paper_facts f, back;
	struct text t, again;
	struct day d;

	(void)state;
	assert_int_equal(day_from_ymd((struct ymd){ 2026, 6, 3 }, &d), RC_OK);
	paper_facts_init(&f, mem);
	paper_say(&f, "who", TEXT("欧阳=小雨\\n"));
	paper_say_item(&f, "rows", 1, "a", TEXT("二\n行"));
	paper_say_item(&f, "rows", 0, "a", TEXT("一"));
	paper_say_day(&f, "day", d);
	paper_say_day(&f, "never", DAY_NONE);
	paper_say(&f, "empty", TEXT_NONE);
	paper_say_fen(&f, "money", (struct fen){ 123450 });
	paper_say_moment(&f, "at", INT64_C(1782781200000));
	assert_int_equal(paper_facts_text(&f, &t), RC_OK);
	assert_string_equal(t.p, "at=2026-06-30T09:00:00+08:00\nday=2026-06-03\nmoney=123450\nrows[0].a=一\nrows[1].a=二\\n行\n"
	    "who=欧阳=小雨\\\\n\n");
	paper_facts_init(&back, mem);
	assert_int_equal(paper_facts_parse(&back, t), RC_OK);
	assert_int_equal(paper_facts_text(&back, &again), RC_OK);
	assert_true(text_equals(t, again));
	assert_true(text_equals(*paper_fact_find(&back, TEXT("who"), -1, TEXT_NONE), TEXT("欧阳=小雨\\n")));
	assert_int_equal(paper_items(&back, TEXT("rows")), 2);
	assert_string_equal(paper_value_print(mem, PAPER_MONEY, TEXT("123450")).p, "1,234.50元");
	assert_string_equal(paper_value_print(mem, PAPER_TIME, TEXT("2026-06-30T09:05:00+08:00")).p, "2026年6月30日9时05分");

	paper_say(&f, "who", TEXT("又一次"));
	assert_int_equal(paper_facts_rc(&f), RC_INVALID);
	for (const char *const *bad = (const char *const[]){ "who", "=x\n", "who=\n", "a[x]=1\n", "a[0=1\n", "who=a\\q\n", NULL }; *bad; bad++) {
		paper_facts_init(&back, mem);
		assert_int_equal(paper_facts_parse(&back, text_of(*bad)), RC_CORRUPT);
	}
}

static void
a_missing_fact_is_named(void **state)
{
	static const struct { const char *json, *why; } rows[] = {
		{ "{\"who\":\"甲\",\"day\":\"2026-06-30\",\"rows\":[{\"a\":\"一\"}]}", NULL },
		{ "{\"day\":\"2026-06-30\",\"rows\":[{\"a\":\"一\"}]}", "who: missing" },
		{ "{\"who\":\"\",\"day\":\"2026-06-30\",\"rows\":[{\"a\":\"一\"}]}", "who: missing" },
		{ "{\"who\":\"甲\",\"day\":\"2026-06-30\",\"rows\":[]}", "rows: missing" },
		{ "{\"who\":\"甲\",\"day\":\"2026-06-30\",\"rows\":[\"一\"]}", "rows: an item lacks a column" },
		{ "{\"who\":\"甲\",\"day\":\"2026-02-30\",\"rows\":[{\"a\":\"一\"}]}", "day: not of its kind" },
		{ "{\"who\":\"甲\\n乙\",\"day\":\"2026-06-30\",\"rows\":[{\"a\":\"一\"}]}", "who: not of its kind" },
		{ "{\"who\":\"甲\",\"day\":\"2026-06-30\",\"rows\":[{\"b\":\"一\"}]}", "rows: column not declared" },
		{ "{\"who\":[\"甲\"],\"day\":\"2026-06-30\",\"rows\":[{\"a\":\"一\"}]}", "who: is no list" },
		{ "{\"who\":\"甲\",\"day\":\"2026-06-30\",\"rows\":[{\"a\":\"一\"}],\"x\":\"多\"}", "x: not declared" },
		{ "{\"who\":\"\\uE000\",\"day\":\"2026-06-30\",\"rows\":[{\"a\":\"一\"}]}", "no font has U+E000" },
	};
	struct paper_template *t = ARENA_NEW(mem, struct paper_template);
	struct sheet_faults findings;

	(void)state;
	assert_int_equal(paper_template_parse(TEXT(HEAD "para {who}\nlist rows {.a}"), t, &findings), RC_OK);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct paper_made made = { .number = TEXT("1") };
		struct text why = TEXT_NONE;
		struct paper_facts f;
		struct buf out;
		enum rc rc;

		paper_facts_init(&f, mem);
		buf_init(&out, 1 << 20);
		assert_int_equal(paper_facts_json(&f, text_of(rows[i].json), &why), RC_OK);
		rc = paper_render(t, &f, &made, mem, &out, &why);
		assert_int_equal(rc, rows[i].why == NULL ? RC_OK : RC_INVALID);
		if (rows[i].why != NULL) {
			assert_string_equal(why.p, rows[i].why);
			assert_int_equal(out.n, 0);
		}
		buf_free(&out);
	}
}

/* ---- the house's own ---------------------------------------------------------------------------------------------- */

static struct text
file_text(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *p = arena_alloc(mem, 1 << 17);
	size_t n = f != NULL && p != NULL ? fread(p, 1, (1 << 17) - 1, f) : 0;

	if (f != NULL)
		fclose(f);
	return (struct text){ p, n };
}

static struct text
printed_text(const struct buf *bytes)
{
	char path[] = "/tmp/paper_test.XXXXXX", command[128];
	int fd = mkstemp(path);
	char *p = arena_alloc(mem, 1 << 17);
	size_t n;
	FILE *f;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes->p, bytes->n), (ssize_t)bytes->n);
	close(fd);
	snprintf(command, sizeof command, "pdftotext -layout %s -", path);
	f = popen(command, "r");
	assert_non_null(f);
	n = fread(p, 1, (1 << 17) - 1, f);
	assert_int_equal(pclose(f), 0);
	unlink(path);
	return (struct text){ p, n };
}

static void
builtin_print(const struct paper_builtin *b, struct buf *out)
{
	struct paper_template *t = ARENA_NEW(mem, struct paper_template);
	struct paper_made made = { .number = TEXT("示例字〔2026〕第12号"), .at_ms = INT64_C(1782781200000),
		.code = TEXT("7KQ2-M9XA-ABCD-EFGH") };
	struct sheet_faults findings;
	struct text why = TEXT_NONE;
	struct paper_facts f;

	assert_int_equal(paper_template_parse(b->source, t, &findings), RC_OK);
	assert_true(text_equals(t->id, text_of(b->id)));
	paper_facts_init(&f, mem);
	assert_int_equal(paper_facts_json(&f, b->sample.n > 0 ? b->sample
	    : file_text(arena_format(mem, "tests/papers/%s.json", b->id).p), &why), RC_OK);
	buf_init(out, 16 << 20);
	if (paper_render(t, &f, &made, mem, out, &why) != RC_OK)
		fail_msg("%s: %s", b->id, why.p);
}

/* Rewritten with ZHAOFA_GOLDEN=write; to be read and looked at before it is committed. */
static void
every_template_prints_what_its_sample_says(void **state)
{
	const char *golden = getenv("ZHAOFA_GOLDEN");

	(void)state;
	assert_true(paper_builtins_n >= 21);
	for (size_t i = 0; i < paper_builtins_n; i++) {
		const char *path = arena_format(mem, "tests/papers/%s.txt", paper_builtins[i].id).p;
		struct buf a, b;
		struct text said, wanted;

		builtin_print(&paper_builtins[i], &a);
		builtin_print(&paper_builtins[i], &b);
		assert_int_equal(a.n, b.n);
		assert_memory_equal(a.p, b.p, a.n);
		said = printed_text(&a);
		if (golden != NULL && strcmp(golden, "write") == 0) {
			FILE *f = fopen(path, "wb");

			assert_non_null(f);
			assert_int_equal(fwrite(said.p, 1, said.n, f), said.n);
			fclose(f);
		}
		wanted = file_text(path);
		if (!text_equals(said, wanted))
			fail_msg("%s: prints another text:\n%.*s", path, (int)said.n, said.p);
		buf_free(&a);
		buf_free(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_fault_is_told_with_its_line, begin, end),
		cmocka_unit_test_setup_teardown(facts_come_back_as_they_were_said, begin, end),
		cmocka_unit_test_setup_teardown(a_missing_fact_is_named, begin, end),
		cmocka_unit_test_setup_teardown(every_template_prints_what_its_sample_says, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
