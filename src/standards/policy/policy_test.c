/* policy_test: facts in and out, verdicts as bytes, findings in both languages, cases that hold and that do not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "standards/policy/policy.h"

static struct arena *mem;

static int
setup(void **state)
{
	(void)state;
	mem = arena_create((size_t)64 << 20);
	return mem == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

static const char source[] =
    "规则包 试 版本 7\n"
    "文件 法 “援助法” / “Aid Act”\n"
    "输入 日 日期\n法律日 日\n"
    "选项 类 甲 “甲类” / “class A”、乙\n"
    "输入 收入 金额 范围 0 至 9999.99\n输入 免 是否\n输入 类别 类\n"
    "列表 成员 最多 2\n  字段 月收入 金额\n"
    "参数 线 金额\n  自 2013-01-01 值 1370 依据 法 “第一条” 未核实\n"
    "逐项 成员\n  定义 年收入 = 月收入 × 12\n"
    "判定 果 类\n  当 免 得 甲 因 “免” 依据 法 “第二条”\n  当 收入 < 线 得 甲 因 “低于”\n  否则 得 乙 因 “不低于”\n"
    "备注 当 类别 = 乙 “请人看一看”\n"
    "矛盾 当 收入 = 1元 “不可能” 字段 收入\n"
    "输出 成员.年收入\n结论 果\n";

static const struct rules *
package(void)
{
	static struct rules_findings findings;
	const struct rules *r = NULL;

	assert_int_equal(rules_compile(mem, text_of(source), &findings, &r), RC_OK);
	return r;
}

static const struct json_value *
tree(const char *json)
{
	struct findings findings = { 0 };
	const struct json_value *v = NULL;

	assert_int_equal(json_tree(text_of(json), mem, &v, &findings), RC_OK);
	return v;
}

static const char *
verdict(const char *json, bool trace)
{
	const struct rules *r = package();
	struct policy_findings findings;
	struct rules_facts *f;
	struct rules_verdict v;
	struct buf out;
	struct text t;
	enum rc rc;

	assert_int_equal(policy_facts_read(mem, LANG_ZH, r, tree(json), &f, &findings), RC_OK);
	rc = rules_judge(mem, r, f, &v);
	assert_true(rc == RC_OK || rc == RC_INVALID);
	buf_init(&out, 100000);
	policy_verdict_write(&out, r, &v, trace);
	assert_int_equal(buf_rc(&out), RC_OK);
	t = arena_text(mem, buf_text(&out));
	buf_free(&out);
	return t.p;
}

static void
a_verdict_is_the_same_bytes(void **state)
{
	(void)state;
	assert_string_equal(verdict("{\"日\":\"2013-05-01\",\"免\":false,\"收入\":\"1369.99\",\"类别\":\"乙\",\"成员\":[{\"月收入\":100},{}]}", true),
	    "{\"package\":\"试\",\"version\":\"7\",\"outcome\":{\"name\":\"果\",\"value\":\"甲\",\"rule\":2,\"reason\":\"低于\"},"
	    "\"outputs\":[{\"name\":\"年收入\",\"item\":1,\"value\":\"1200.00\"},{\"name\":\"年收入\",\"item\":2,\"state\":\"missing\"},"
	    "{\"name\":\"果\",\"value\":\"甲\",\"rule\":2,\"reason\":\"低于\"}],\"missing\":[],\"unset\":[],\"stale\":[],"
	    "\"remarks\":[\"请人看一看\"],\"conflicts\":[],\"trace\":[{\"fact\":\"收入\",\"value\":\"1369.99\"},"
	    "{\"fact\":\"免\",\"value\":\"否\"},{\"fact\":\"日\",\"value\":\"2013-05-01\"},{\"parameter\":\"线\",\"at\":\"2013-05-01\","
	    "\"since\":\"2013-01-01\",\"value\":\"1370.00\",\"document\":\"法\",\"article\":\"第一条\",\"unverified\":true},"
	    "{\"step\":\"果\",\"value\":\"甲\",\"rule\":2,\"reason\":\"低于\"},{\"fact\":\"月收入\",\"item\":1,\"value\":\"100.00\"},"
	    "{\"step\":\"年收入\",\"item\":1,\"value\":\"1200.00\"},{\"step\":\"年收入\",\"item\":2,\"state\":\"missing\"},"
	    "{\"fact\":\"类别\",\"value\":\"乙\"}]}\n");
	assert_string_equal(verdict("{\"日\":\"2012-12-31\",\"免\":false,\"收入\":\"5\",\"成员\":[]}", false),
	    "{\"package\":\"试\",\"version\":\"7\",\"outcome\":{\"name\":\"果\",\"state\":\"failed\",\"failure\":1,\"parameter\":\"线\","
	    "\"day\":\"2012-12-31\"},\"outputs\":[{\"name\":\"果\",\"state\":\"failed\",\"failure\":1,\"parameter\":\"线\","
	    "\"day\":\"2012-12-31\"}],\"missing\":[],\"unset\":[],\"stale\":[],\"remarks\":[],\"conflicts\":[]}\n");
	assert_string_equal(verdict("{\"日\":\"2013-05-01\",\"收入\":\"1.00\"}", false),
	    "{\"package\":\"试\",\"version\":\"7\",\"missing\":[],\"unset\":[],\"stale\":[],\"remarks\":[],\"conflicts\":[\"不可能\"]}\n");
	assert_string_equal(verdict("{\"日\":\"2013-05-01\",\"收入\":\"5000\"}", false),
	    "{\"package\":\"试\",\"version\":\"7\",\"outcome\":{\"name\":\"果\",\"state\":\"missing\"},"
	    "\"outputs\":[{\"name\":\"果\",\"state\":\"missing\"}],\"missing\":[\"免\"],\"unset\":[],\"stale\":[],"
	    "\"remarks\":[],\"conflicts\":[]}\n");
}

static void
refused(const char *json, const char *field)
{
	struct policy_findings findings;
	struct rules_facts *f = NULL;

	assert_int_equal(policy_facts_read(mem, LANG_EN, package(), tree(json), &f, &findings), RC_INVALID);
	assert_null(f);
	assert_int_equal(findings.n, 1);
	assert_string_equal(arena_text(mem, findings.v[0].field).p, field);
}

static void
facts_outside_their_bounds_are_refused(void **state)
{
	struct policy_findings findings;
	struct rules_facts *f;

	(void)state;
	assert_int_equal(policy_facts_read(mem, LANG_ZH, package(), tree("{\"收入\":\"9999.99\"}"), &f, &findings), RC_OK);
	refused("{\"收入\":\"10000.00\"}", "收入");
	refused("{\"收入\":\"-0.01\"}", "收入");
	refused("{\"收入\":\"1.234\"}", "收入");
	refused("{\"收入\":true}", "收入");
	refused("{\"免\":\"是的\"}", "免");
	refused("{\"类别\":\"丙\"}", "类别");
	refused("{\"日\":\"2013-02-29\"}", "日");
	refused("{\"没有\":1}", "没有");
	refused("{\"成员\":[{},{},{}]}", "成员");
	refused("{\"成员\":[{},{\"月收入\":\"x\"}]}", "成员[2].月收入");
	refused("{\"成员\":[{\"没有\":1}]}", "成员[1].没有");
	refused("[]", "");
}

/* What is written can be read again and says the same. */
static void
facts_survive_the_way_out_and_in(void **state)
{
	const char *json = "{\"日\":\"2013-05-01\",\"收入\":\"0.10\",\"免\":false,\"类别\":\"甲\",\"成员\":[{\"月收入\":\"7.00\"},{}]}";
	const struct rules *r = package();
	struct policy_findings findings;
	struct rules_facts *f;
	struct buf out;
	struct json j;

	(void)state;
	assert_int_equal(policy_facts_read(mem, LANG_ZH, r, tree(json), &f, &findings), RC_OK);
	buf_init(&out, 10000);
	json_init(&j, &out);
	policy_facts_write(&j, NULL, r, f);
	assert_string_equal(arena_text(mem, buf_text(&out)).p, json);
	buf_free(&out);
}

static int told;

static void
tell(void *arg, struct text name, struct text what)
{
	(void)arg, (void)name, (void)what;
	told++;
}

static void
cases_that_hold_and_cases_that_do_not(void **state)
{
	static const char cases[] = "["
	    "{\"name\":\"低一分\",\"date\":\"2013-05-01\",\"facts\":{\"免\":false,\"收入\":\"1369.99\"},\"expect\":{\"结论\":\"甲\"}},"
	    "{\"name\":\"相等\",\"date\":\"2013-05-01\",\"facts\":{\"免\":false,\"收入\":\"1370\"},\"expect\":{\"果\":\"乙\"}},"
	    "{\"name\":\"缺\",\"date\":\"2013-05-01\",\"facts\":{\"收入\":\"1370\"},\"expect\":{\"果\":\"?\"}},"
	    "{\"name\":\"早\",\"date\":\"2012-05-01\",\"facts\":{\"免\":false,\"收入\":\"1370\"},\"expect\":{\"果\":\"!\"}},"
	    "{\"name\":\"项\",\"facts\":{\"成员\":[{\"月收入\":1}]},\"expect\":{\"成员[1].年收入\":\"12\"}},"
	    "{\"name\":\"拒\",\"facts\":{\"收入\":\"10000\"},\"refused\":\"收入\"},"
	    "{\"name\":\"矛盾\",\"facts\":{\"收入\":\"1\"},\"conflict\":true},"
	    "{\"name\":\"错\",\"date\":\"2013-05-01\",\"facts\":{\"免\":false,\"收入\":\"1370\"},\"expect\":{\"果\":\"甲\"}},"
	    "{\"name\":\"错\",\"facts\":{\"收入\":\"1370\"},\"expect\":{\"没有\":\"甲\"}},"
	    "{\"name\":\"错\",\"facts\":{\"收入\":\"1370\"},\"expect\":{}},"
	    "{\"name\":\"错\",\"facts\":{\"收入\":\"1370\"},\"refused\":\"收入\"},"
	    "{\"name\":\"错\",\"facts\":{\"收入\":\"1370\"},\"conflict\":true},"
	    "{\"name\":\"错\",\"facts\":{\"没有\":\"1370\"},\"expect\":{\"果\":\"甲\"}}]";
	struct policy_tally tally = { 0, 0 };
	struct findings findings = { 0 };

	(void)state;
	told = 0;
	assert_int_equal(policy_cases_run(mem, package(), text_of(cases), &tally, tell, NULL, &findings), RC_OK);
	assert_int_equal(tally.passed, 7);
	assert_int_equal(tally.failed, 6);
	assert_int_equal(told, 6);
	assert_int_equal(policy_cases_run(mem, package(), TEXT("[]"), &tally, tell, NULL, &findings), RC_INVALID);
	assert_int_equal(policy_cases_run(mem, package(), TEXT("[1.5]"), &tally, tell, NULL, &findings), RC_INVALID);
}

static void
words_in_both_languages(void **state)
{
	static struct rules_findings findings;
	const struct rules *r = NULL;

	(void)state;
	assert_int_equal(rules_compile(mem, TEXT("规则包 甲 版本 1\n定义 乙 = 丙\n"), &findings, &r), RC_INVALID);
	assert_string_equal(policy_finding_text(mem, LANG_ZH, &findings.finding[0]).p, "第 2 行第 8 个字：还没有定义“丙”（先写的才能用）");
	assert_string_equal(policy_finding_text(mem, LANG_EN, &findings.finding[0]).p,
	    "line 2, character 8: “丙” is not defined yet (only what stands before can be used)");
	r = package();
	assert_string_equal(policy_value(mem, LANG_ZH, r, (struct rules_type){ RULES_MONEY, 2, 0 }, -123456789).p, "-1,234,567.89 元");
	assert_string_equal(policy_value(mem, LANG_ZH, r, (struct rules_type){ RULES_MONEY, 2, 0 }, 99999).p, "999.99 元");
	assert_string_equal(policy_value(mem, LANG_ZH, r, (struct rules_type){ RULES_MONEY, 4, 0 }, 24900000).p, "2,490.00 元");
	assert_string_equal(policy_value(mem, LANG_ZH, r, (struct rules_type){ RULES_MONEY, 4, 0 }, 24900010).p, "2,490.001 元");
	assert_string_equal(policy_value(mem, LANG_ZH, r, (struct rules_type){ RULES_NUMBER, 0, 0 }, 1000).p, "1,000");
	assert_string_equal(arena_text(mem, policy_value(mem, LANG_EN, r, rules_package(r)->step[1].type, 0)).p, "class A");
	assert_string_equal(policy_basis(mem, LANG_ZH, r, rules_package(r)->step[1].rule[0].basis).p, "《援助法》第二条");
	assert_string_equal(policy_basis(mem, LANG_EN, r, rules_package(r)->step[1].rule[0].basis).p, "Aid Act 第二条");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_verdict_is_the_same_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(facts_outside_their_bounds_are_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(facts_survive_the_way_out_and_in, setup, teardown),
		cmocka_unit_test_setup_teardown(cases_that_hold_and_cases_that_do_not, setup, teardown),
		cmocka_unit_test_setup_teardown(words_in_both_languages, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
