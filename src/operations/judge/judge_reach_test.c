#include "operations/judge/judge_reach.h"
#include "standards/policy/policy.h"
#include "standards/policy/policy_city.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
/* after the above */
#include <cmocka.h>

#define TODAY ((struct day){ 20634 }) /* 2026-06-30 */

static const struct rules *
package(struct arena *mem, struct text source)
{
	static struct rules_findings findings;
	const struct rules *r = NULL;
	enum rc rc = rules_compile(mem, source, &findings, &r);

	if (rc != RC_OK)
		printf("# line %d: %s\n", findings.finding[0].line, rules_fault_key(findings.finding[0].fault));
	assert_int_equal(rc, RC_OK);
	return r;
}

static enum rc
city(void *arg, struct arena *mem, const struct rules *r, uint64_t from, size_t n, struct rules_population **ret, uint8_t *place,
    uint16_t *groups)
{
	return policy_city_make(mem, r, *(uint64_t *)arg, from, n, TODAY, ret, place, groups);
}

/* Incomes 0, 1, 2 … yuan, modulo 100. */
static enum rc
incomes(void *arg, struct arena *mem, const struct rules *r, uint64_t from, size_t n, struct rules_population **ret, uint8_t *place,
    uint16_t *groups)
{
	int64_t *v = arena_array(mem, n, sizeof *v), *day = arena_array(mem, n, sizeof *day);
	enum rc rc = rules_population_new(mem, r, n, ret);

	(void)arg;
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		v[i] = (int64_t)((from + i) % 100) * 100;
		day[i] = TODAY.n;
		place[i] = (uint8_t)((from + i) % 2);
		groups[i] = (uint16_t)((from + i) % 100 < 10 ? 1 | 1 << 15 : 0);
	}
	if (rc == RC_OK)
		rc = rules_population_set(*ret, rules_input_find(r, TEXT("收入")), 0, n, v, NULL, NULL);
	return rc == RC_OK ? rules_population_set(*ret, rules_package(r)->law_date, 0, n, day, NULL, NULL) : rc;
}

#define HEAD "规则包 x 版本 1\n输入 日 日期\n法律日 日\n输入 收入 金额 范围 0 至 10000\n选项 意见 符合、不符合、请工作人员判断\n" \
	"参数 线 金额 范围 0 至 1000\n  自 2020-01-01 值 50\n"

static const char rising[] = HEAD "判定 r 意见\n  当 收入 < 线 得 符合\n  否则 得 不符合\n结论 r\n";
static const char falling[] = HEAD "判定 r 意见\n  当 收入 ≥ 线 得 符合\n  否则 得 不符合\n结论 r\n";
static const char window[] = HEAD "判定 r 意见\n  当 收入 < 线 且 收入 + 10元 ≥ 线 得 符合\n  否则 得 不符合\n结论 r\n";
static const char contradicted[] = HEAD "判定 r 意见\n  当 收入 < 线 得 符合\n  否则 得 不符合\n矛盾 当 收入 = 7元 “x”\n结论 r\n";
static const char looked_at[] = HEAD "判定 r 意见\n  当 收入 < 线 得 符合\n  当 收入 < 60元 得 请工作人员判断\n  否则 得 不符合\n结论 r\n";

static void
gains_and_losses_by_place_and_group(void **state)
{
	struct arena *mem = arena_create((size_t)64 << 20);
	struct judge_people people = { .n = 100, .make = incomes };
	const struct rules *before = package(mem, text_of(rising)), *after = package(mem, text_of(looked_at)), *less;
	struct judge_reach r;

	(void)state;
	assert_int_equal(rules_with_value(mem, before, 0, 0, 4500, &less), RC_OK);
	assert_int_equal(judge_reach(before, less, &people, &r), RC_OK);
	assert_int_equal(r.all.n, 100);
	assert_int_equal(r.all.was, 50);
	assert_int_equal(r.all.is, 45);
	assert_int_equal(r.all.loses, 5);
	assert_int_equal(r.all.gains, 0);
	assert_int_equal(r.all.other, 0);
	assert_int_equal(r.place[0].n, 50);
	assert_int_equal(r.place[0].loses, 2); /* 46, 48 */
	assert_int_equal(r.place[1].loses, 3);
	assert_int_equal(r.group[0].n, 10);
	assert_int_equal(r.group[15].is, 10);
	assert_int_equal(r.group[1].n, 0);
	assert_int_equal(judge_reach(less, before, &people, &r), RC_OK);
	assert_int_equal(r.all.gains, 5);
	assert_int_equal(r.all.loses, 0);
	/* from a refusal to a person who looks: better, and open */
	assert_int_equal(judge_reach(before, after, &people, &r), RC_OK);
	assert_int_equal(r.all.gains, 10);
	assert_int_equal(r.all.open, 10);
	assert_int_equal(r.all.is, 50);
	arena_free(mem);
}

static void
contradictory_facts_count_nowhere(void **state)
{
	struct arena *mem = arena_create((size_t)64 << 20);
	struct judge_people people = { .n = 200, .make = incomes };
	const struct rules *before = package(mem, text_of(rising)), *after = package(mem, text_of(contradicted));
	int64_t value[] = { 0, 800 };
	struct judge_grid g = { 0, 0, value, 2 };
	struct judge_reach r;
	uint64_t count[2];
	int slow;

	(void)state;
	assert_int_equal(judge_reach(before, after, &people, &r), RC_OK);
	assert_int_equal(r.left_out, 2);
	assert_int_equal(r.all.n, 198);
	assert_int_equal(judge_curve(after, &people, &g, count, &slow), RC_OK);
	assert_int_equal(count[0], 0);
	assert_int_equal(count[1], 14); /* 0–7 without the 7, twice */
	arena_free(mem);
}

/* Every value of the grid once more by judging every row with it. */
static void
same_as_one_by_one(const struct rules *r, const struct judge_people *people, const struct judge_grid *g, int want_slow)
{
	struct arena *mem = arena_create((size_t)16 << 20);
	static uint64_t count[JUDGE_GRID_MAX];
	static struct judge_reach reach;
	int slow;

	assert_int_equal(judge_curve(r, people, g, count, &slow), RC_OK);
	assert_int_equal(slow > 0, want_slow > 0);
	for (size_t i = 0; i < g->n; i++) {
		const struct rules *with;

		assert_int_equal(rules_with_value(mem, r, g->parameter, g->entry, g->value[i], &with), RC_OK);
		assert_int_equal(judge_reach(r, with, people, &reach), RC_OK);
		if ((uint64_t)reach.all.is != count[i])
			printf("# at %zu: curve %llu, one by one %lld\n", i, (unsigned long long)count[i], (long long)reach.all.is);
		assert_true((uint64_t)reach.all.is == count[i]);
		arena_reset(mem);
	}
	arena_free(mem);
}

static void
a_curve_is_what_full_evaluation_gives(void **state)
{
	struct arena *mem = arena_create((size_t)64 << 20);
	const struct rules *r = package(mem, policy_builtin_find(TEXT("legal_aid"))->text);
	int p = rules_parameter_find(r, TEXT("倍数"));
	uint64_t seed = 11;
	struct judge_people people = { .n = 3000, .make = city, .arg = &seed };
	int64_t value[60];
	struct judge_grid g = { p, rules_entry_at(&rules_package(r)->parameter[p], TODAY), value, 60 };

	(void)state;
	for (int i = 0; i < 60; i++)
		value[i] = i * 7;
	same_as_one_by_one(r, &people, &g, 0);
	arena_free(mem);
}

static void
falling_and_turning_twice(void **state)
{
	struct arena *mem = arena_create((size_t)64 << 20);
	struct judge_people people = { .n = JUDGE_PIECE + 250, .make = incomes };
	int64_t value[12];
	struct judge_grid g = { 0, 0, value, 12 };

	(void)state;
	for (int i = 0; i < 12; i++)
		value[i] = i * 950;
	same_as_one_by_one(package(mem, text_of(rising)), &people, &g, 0);
	same_as_one_by_one(package(mem, text_of(falling)), &people, &g, 0);
	same_as_one_by_one(package(mem, text_of(window)), &people, &g, 1);
	arena_free(mem);
}

static void
nothing_granted_has_no_curve(void **state)
{
	struct arena *mem = arena_create((size_t)64 << 20);
	struct judge_people people = { .n = 10, .make = incomes };
	const struct rules *r = package(mem, TEXT("规则包 x 版本 1\n输入 日 日期\n法律日 日\n输入 收入 金额\n参数 线 金额\n  自 2020-01-01 值 50\n"
	    "定义 r = 收入 < 线\n结论 r\n"));
	int64_t value = 0;
	struct judge_grid g = { 0, 0, &value, 1 };
	uint64_t count;
	int slow;

	(void)state;
	assert_int_equal(judge_best(r), -1);
	assert_int_equal(judge_curve(r, &people, &g, &count, &slow), RC_NOT_FOUND);
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gains_and_losses_by_place_and_group), cmocka_unit_test(contradictory_facts_count_nowhere),
		cmocka_unit_test(a_curve_is_what_full_evaluation_gives), cmocka_unit_test(falling_and_turning_twice),
		cmocka_unit_test(nothing_granted_has_no_curve),
	};

	return cmocka_run_group_tests_name("operations_judge", tests, NULL, NULL);
}
