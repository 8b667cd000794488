#include "standards/policy/policy_city.h"
#include "standards/policy/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
/* after the above */
#include <cmocka.h>

#define N 20000
#define TODAY ((struct day){ 20634 }) /* 2026-06-30 */

static const struct rules *
package(struct arena *mem, struct text source)
{
	static struct rules_findings findings;
	const struct rules *r = NULL;

	assert_int_equal(rules_compile(mem, source, &findings, &r), RC_OK);
	return r;
}

static const struct rules *
builtin(struct arena *mem, const char *name)
{
	const struct policy_builtin *b = policy_builtin_find(text_of(name));

	assert_non_null(b);
	return package(mem, b->text);
}

static uint64_t
folded(uint64_t sum, uint64_t v)
{
	return (sum ^ v) * UINT64_C(1099511628211);
}

static void
a_seed_is_one_city_on_every_machine(void **state)
{
	uint64_t sum = UINT64_C(14695981039346656037);
	struct policy_household h, other;

	(void)state;
	for (uint64_t i = 0; i < N; i++) {
		h = policy_household(1, i);
		sum = folded(folded(folded(sum, h.county), h.groups), (uint64_t)h.persons << 8 | h.age);
		sum = folded(folded(sum, (uint64_t)h.income), (uint64_t)h.own);
		sum = folded(sum, (uint64_t)(h.status << 8 | h.matter << 4 | h.proof << 2 | h.opponent << 1 | h.engaged));
	}
	printf("# sum %llx\n", (unsigned long long)sum);
	assert_true(sum == UINT64_C(0x23e86820950215dd));
	h = policy_household(1, 7);
	other = policy_household(2, 7);
	assert_true(h.income != other.income);
}

static void
a_household_is_one_that_could_be(void **state)
{
	int64_t county[POLICY_CITY_COUNTIES] = { 0 }, rural = 0;

	(void)state;
	for (uint64_t i = 0; i < N; i++) {
		struct policy_household h = policy_household(3, i);
		unsigned urban = h.groups >> POLICY_URBAN & 1, sizes = h.groups >> POLICY_ALONE & 15;

		assert_in_range(h.county, 0, POLICY_CITY_COUNTIES - 1);
		assert_in_range(h.persons, 1, 6);
		assert_true(h.income >= 0 && h.own >= 0 && h.own <= h.income);
		assert_true(h.persons > 1 || (h.own == h.income && !h.opponent));
		assert_int_equal(urban + (h.groups >> POLICY_RURAL & 1), 1);
		assert_true(sizes == 1U << (h.persons < 4 ? h.persons - 1 : 3));
		assert_int_equal(h.groups >> POLICY_ELDERLY & 1, h.age >= 60);
		county[h.county]++;
		rural += urban == 0;
	}
	for (int i = 0; i < POLICY_CITY_COUNTIES; i++)
		assert_true(county[i] > N / 40); /* each has its share */
	assert_in_range(rural, N * 35 / 100, N * 50 / 100);
}

static void
the_parts_are_the_whole(void **state)
{
	struct arena *mem = arena_create((size_t)64 << 20);
	const struct rules *r = builtin(mem, "legal_aid");
	struct rules_population *p;
	static uint8_t all[1000], part[1000];
	static uint16_t groups[1000], part_groups[1000];

	(void)state;
	assert_int_equal(policy_city_make(mem, r, 5, 0, 1000, TODAY, &p, all, groups), RC_OK);
	assert_int_equal(rules_population_rows(p), 1000);
	assert_int_equal(policy_city_make(mem, r, 5, 0, 300, TODAY, &p, part, part_groups), RC_OK);
	assert_int_equal(policy_city_make(mem, r, 5, 300, 700, TODAY, &p, part + 300, part_groups + 300), RC_OK);
	assert_memory_equal(all, part, sizeof all);
	assert_memory_equal(groups, part_groups, sizeof groups);
	arena_free(mem);
}

/* A will is free from 70 on, whatever else is not known of the household. */
static void
columns_hold_what_the_household_has(void **state)
{
	struct arena *mem = arena_create((size_t)64 << 20), *spare = arena_create((size_t)64 << 20);
	const struct rules *r = builtin(mem, "notary_relief");
	struct rules_population *p;
	const struct rules_plan *plan;
	int want = rules_package(r)->conclusion, free = 0;
	static uint8_t county[500], known[500];
	static uint16_t groups[500];
	static int64_t value[500];
	struct rules_column out = { value, known, NULL };

	(void)state;
	assert_int_equal(policy_city_make(mem, r, 5, 0, 500, TODAY, &p, county, groups), RC_OK);
	assert_int_equal(rules_plan_new(mem, r, &want, 1, &plan), RC_OK);
	assert_int_equal(rules_batch_run(spare, plan, p, 0, 500, NULL, &out), RC_OK);
	for (uint64_t i = 0; i < 500; i++) {
		char text[48];
		struct text said = rules_print(r, rules_package(r)->step[want].type, value[i], text);
		bool is_free = rules_column_state(known[i]) == RULES_KNOWN && text_equals(said, TEXT("免收"));

		assert_int_equal(is_free, policy_household(5, i).age >= 70);
		free += is_free;
	}
	assert_in_range(free, 50, 250);
	arena_free(spare);
	arena_free(mem);
}

static void
what_its_households_lack_is_named(void **state)
{
	struct arena *mem = arena_create((size_t)64 << 20);
	struct text lacks = TEXT_NONE;
	struct rules_population *p;
	uint8_t county;
	uint16_t groups;

	(void)state;
	assert_true(policy_city_fits(builtin(mem, "legal_aid"), &lacks));
	assert_true(policy_city_fits(builtin(mem, "notary_relief"), &lacks));
	assert_false(policy_city_fits(builtin(mem, "appraisal_relief"), &lacks));
	assert_true(text_equals(lacks, TEXT("委托日")));
	assert_int_equal(policy_city_make(mem, builtin(mem, "appraisal_relief"), 1, 0, 1, TODAY, &p, &county, &groups), RC_NOT_FOUND);
	assert_false(policy_city_fits(package(mem, TEXT("规则包 x 版本 1\n列表 成员 最多 3\n  字段 a 是否\n定义 n = 个数(成员)\n结论 n\n")),
	    &lacks));
	assert_true(text_equals(lacks, TEXT("成员")));
	arena_free(mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_seed_is_one_city_on_every_machine), cmocka_unit_test(a_household_is_one_that_could_be),
		cmocka_unit_test(the_parts_are_the_whole), cmocka_unit_test(columns_hold_what_the_household_has),
		cmocka_unit_test(what_its_households_lack_is_named),
	};

	return cmocka_run_group_tests_name("standards_policy_city", tests, NULL, NULL);
}
