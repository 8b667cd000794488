/*
 * policy_language_test: docs/policy-language.md cannot rot: every example in it is compiled and judged, every
 * word of the language, every finding and every bound must stand in it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/rules/rules_internal.h"
#include "policy_read.h"
#include "standards/policy/policy.h"

#define DOCUMENT "docs/policy-language.md"
#define HEAD "package example version 1\ninput applied date\nlaw_date applied\n"

static struct arena *mem;
static struct text document;

static int
setup(void **state)
{
	(void)state;
	mem = arena_create((size_t)256 << 20);
	if (mem == NULL)
		return -1;
	document = arena_text(mem, file_read(mem, DOCUMENT));
	return document.p == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

/* ---- blocks ------------------------------------------------------------------------------------------- */

struct block { struct text kind, word, body; int line; };

/* The next ```kind word … ``` from *at on. */
static bool
block_next(size_t *at, int *line, struct block *ret)
{
	bool inside = false;
	size_t from = 0;

	while (*at < document.n) {
		struct text rest = { document.p + *at, document.n - *at }, whole = rest, l = text_cut(&rest, '\n');
		bool fence = text_starts_with(l, TEXT("```"));

		*at += whole.n - rest.n;
		(*line)++;
		if (fence && inside) {
			ret->body = (struct text){ document.p + from, (size_t)(l.p - document.p) - from };
			return true;
		}
		if (fence) {
			struct text head = { l.p + 3, l.n - 3 };

			inside = true;
			from = *at;
			ret->kind = text_cut(&head, ' ');
			ret->word = head;
			ret->line = *line;
		}
	}
	return false;
}

/* The example with the lines it is given, and its last step as the conclusion. */
static struct text
completed(struct text body)
{
	static const char *const steps[] = { "define ", "decide ", "定义 ", "判定 " };
	bool whole = text_starts_with(body, TEXT("规则包")) || text_starts_with(body, TEXT("package")), concludes = false;
	struct text rest = body, last = TEXT_NONE;

	while (rest.n > 0) {
		struct text line = text_cut(&rest, '\n');

		concludes |= text_starts_with(line, TEXT("conclusion")) || text_starts_with(line, TEXT("结论"));
		for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
			if (text_starts_with(line, text_of(steps[i]))) {
				last = (struct text){ line.p + strlen(steps[i]), line.n - strlen(steps[i]) };
				last = text_cut(&last, ' ');
			}
	}
	if (concludes)
		last = TEXT_NONE;
	return arena_format(mem, "%s%.*s%s%.*s\n", whole ? "" : HEAD, (int)body.n, body.p, concludes ? "" : "结论 ",
	    (int)last.n, last.p);
}

static void
say(void *arg, struct text name, struct text what)
{
	print_message("line %d: %.*s: %.*s\n", *(int *)arg, (int)name.n, name.p, (int)what.n, what.p);
}

static struct rules_findings findings;

static void
refused(const struct block *b)
{
	const struct rules *r = NULL;
	const char *key;

	if (rules_compile(mem, completed(b->body), &findings, &r) != RC_INVALID)
		fail_msg(DOCUMENT ":%d: is not refused", b->line);
	key = rules_fault_key(findings.finding[0].fault);
	if (!text_equals(text_of(key), b->word))
		fail_msg(DOCUMENT ":%d: refused with %s", b->line, key);
}

static int
judged(struct block *b, const struct block *cases)
{
	const struct rules *r = NULL;
	struct policy_tally tally = { 0, 0 };
	struct findings bad = { 0 };

	if (rules_compile(mem, completed(b->body), &findings, &r) != RC_OK) {
		struct text why = policy_finding_text(mem, LANG_EN, &findings.finding[0]);

		fail_msg(DOCUMENT ":%d: %.*s", b->line, (int)why.n, why.p);
	}
	if (policy_cases_run(mem, r, cases->body, &tally, say, &b->line, &bad) != RC_OK || tally.passed == 0 ||
	    tally.failed > 0)
		fail_msg(DOCUMENT ":%d: %d cases hold, %d do not", b->line, tally.passed, tally.failed);
	return tally.passed;
}

static void
every_example_holds(void **state)
{
	struct block b, next;
	size_t at = 0;
	int line = 0, examples = 0, refusals = 0, cases = 0;

	(void)state;
	while (block_next(&at, &line, &b)) {
		if (text_equals(b.kind, TEXT("text")))
			continue;
		if (!text_equals(b.kind, TEXT("rules")))
			fail_msg(DOCUMENT ":%d: a block of no rules", b.line);
		if (b.word.n > 0) {
			refused(&b);
			refusals++;
			continue;
		}
		if (!block_next(&at, &line, &next) || !text_equals(next.kind, TEXT("json")))
			fail_msg(DOCUMENT ":%d: no cases follow", b.line);
		cases += judged(&b, &next);
		examples++;
	}
	print_message("%d examples, %d cases, %d refusals\n", examples, cases, refusals);
	assert_true(examples >= 20 && refusals >= 6);
}

/* ---- complete ------------------------------------------------------------------------------------------- */

static void
named(const char *word)
{
	if (!text_contains(document, arena_format(mem, "`%s`", word)))
		fail_msg(DOCUMENT ": nothing says `%s`", word);
}

static void
every_word_and_finding_is_named(void **state)
{
	static const char *const words[][2] = {
#define W(id, zh, en, reserved) { zh, en },
#include "engine/rules/rules_words_internal.h"
#undef W
	};

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		named(words[i][0]);
		named(words[i][1]);
	}
	for (int f = RULES_FINE + 1; f < RULES_FAULT_COUNT; f++)
		named(rules_fault_key((enum rules_fault)f));
}

/* Whoever changes one of these changes the table of bounds too. */
_Static_assert(RULES_TEXT_MAX == 262144 && RULES_PART_MAX == 512 && RULES_SMALL_MAX == 128 && RULES_ASK_MAX == 192 &&
    RULES_LIST_MAX == 16 && RULES_LIST_ITEM_MAX == 200 && RULES_DECIMAL_MAX == 9 && RULES_DEPTH_MAX == 64 &&
    RULES_NODE_MAX == 20000 && RULES_REACH_MAX == 4000 && RULES_FINDING_MAX == 50, "docs/policy-language.md, Bounds");

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_example_holds, setup, teardown),
		cmocka_unit_test_setup_teardown(every_word_and_finding_is_named, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
