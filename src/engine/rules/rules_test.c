/* rules_test: the language, its findings, and the walk over one case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "engine/rules/rules_eval.h"

static struct arena *mem;

static int
setup(void **state)
{
	(void)state;
	mem = arena_create(64 << 20);
	return mem == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

static struct rules_findings findings;

static const struct rules *
compiled(const char *source)
{
	const struct rules *r = NULL;
	enum rc rc = rules_compile(mem, text_of(source), &findings, &r);

	for (size_t i = 0; i < findings.n; i++)
		print_message("%d:%d %s [%.*s] [%.*s]\n", findings.finding[i].line, findings.finding[i].column,
		    rules_fault_key(findings.finding[i].fault), (int)findings.finding[i].arg[0].n, findings.finding[i].arg[0].p,
		    (int)findings.finding[i].arg[1].n, findings.finding[i].arg[1].p);
	assert_int_equal(rc, RC_OK);
	return r;
}

#define HEAD "规则包 试 版本 1\n输入 申请日 日期\n法律日 申请日\n"

/* The one step of an expression over nothing, as text; "?" missing, "!n" failed. */
static const char *
value_of(const char *head, const char *expression, char out[static 64])
{
	static char source[4000];
	const struct rules *r;
	struct rules_verdict v;
	struct rules_facts *f;
	char print[48];
	struct text t;

	snprintf(source, sizeof source, HEAD "%s\n定义 果 = %s\n结论 果\n", head, expression);
	r = compiled(source);
	f = rules_facts_new(mem, r);
	assert_int_equal(rules_fact_set(f, 0, 16000), RC_OK); /* 2013-10-22 */
	assert_int_equal(rules_judge(mem, r, f, &v), RC_OK);
	if (v.conclusion.state == RULES_MISSING)
		return "?";
	if (v.conclusion.state == RULES_FAILED) {
		snprintf(out, 64, "!%d", v.conclusion.failure);
		return out;
	}
	t = rules_print(r, rules_package(r)->step[v.rules == r ? rules_package(r)->conclusion : 0].type, v.conclusion.n, print);
	snprintf(out, 64, "%.*s", (int)t.n, t.p);
	return out;
}

#define EVALUATES(head, expression, want) do { \
	char out_[64]; \
	assert_string_equal(value_of(head, expression, out_), want); \
} while (0)

static void
arithmetic(void **state)
{
	(void)state;
	EVALUATES("", "1 + 2 × 3", "7");
	EVALUATES("", "(1 + 2) * 3 - 4", "5");
	EVALUATES("", "1.5 × 1370元", "2055.000");
	EVALUATES("", "1.5万元 + 0.01元", "15000.01");
	EVALUATES("", "35% × 100", "35.00");
	EVALUATES("", "-3 + 1", "-2");
	EVALUATES("", "较大(1, 2.5, 2)", "2.5");
	EVALUATES("", "较小(¥3, ¥2.50)", "2.50");
	EVALUATES("", "绝对值(1 - 3)", "2");
	EVALUATES("", "1 + 1 = 2", "是");
	EVALUATES("", "1 > 2 或 3 ≥ 3", "是");
	EVALUATES("", "非 1 = 1 且 是", "否");
	EVALUATES("", "1.0 = 1", "是");
	EVALUATES("", "如果 1 < 2 则 5 否则 6.5", "5.0");
	EVALUATES("", "(2024-01-01 + 1天) - 2个月 = 2023-11-02", "是");
	EVALUATES("", "天数(2024-03-01, 2024-02-01)", "29");
}

static void
rounding(void **state)
{
	(void)state;
	EVALUATES("", "舍入(10元 ÷ 3, 2, 四舍五入)", "3.33");
	EVALUATES("", "舍入(20元 ÷ 3, 2, 四舍五入)", "6.67");
	EVALUATES("", "舍入(20元 ÷ 3, 2, 舍去)", "6.66");
	EVALUATES("", "舍入(2.5, 0, 四舍六入)", "2");
	EVALUATES("", "舍入(3.5, 0, 四舍六入)", "4");
	EVALUATES("", "舍入(-2.5, 0, 四舍五入)", "-3");
	EVALUATES("", "舍入(-2.5, 0, 向下)", "-3");
	EVALUATES("", "舍入(-2.5, 0, 向上)", "-2");
	EVALUATES("", "舍入(-2.1, 0, 进一)", "-3");
	EVALUATES("", "舍入(-2.9, 0, 舍去)", "-2");
	EVALUATES("", "舍入(10元 ÷ 4元, 1, 四舍五入)", "2.5");
	EVALUATES("", "舍入(1 ÷ (1 - 1), 1, 四舍五入)", "!2");
	EVALUATES("", "舍入(1 ÷ -3, 2, 向下)", "-0.34");
}

static void
days_and_ages(void **state)
{
	(void)state;
	EVALUATES("", "周岁(1943-10-22, 申请日)", "70");
	EVALUATES("", "周岁(1943-10-23, 申请日)", "69");
	EVALUATES("", "周岁(2014-01-01, 申请日)", "-1");
	EVALUATES("", "年初(申请日) = 2013-01-01", "是");
	EVALUATES("", "年末(申请日) = 2013-12-31", "是");
	EVALUATES("", "月初(申请日) = 2013-10-01", "是");
	EVALUATES("", "年份(申请日) - 1", "2012");
}

#define WAGE "参数 工资 金额\n自 2012-06-01 值 1370\n自 2013-07-01 值 1530\n自 2014-11-01 至 2020-12-31 值 空\n"

static void
dated_values(void **state)
{
	(void)state;
	EVALUATES(WAGE, "工资", "1530.00");
	EVALUATES(WAGE, "工资 于 2013-06-30", "1370.00");
	EVALUATES(WAGE, "工资 于 2013-07-01", "1530.00");
	EVALUATES(WAGE, "工资 于 2012-06-01", "1370.00");
	EVALUATES(WAGE, "工资 于 2012-05-31", "!1");
	EVALUATES(WAGE, "工资 于 (年初(申请日) - 1天)", "1370.00");
	EVALUATES(WAGE, "工资 于 2014-11-01", "?");
	EVALUATES(WAGE, "工资 于 2020-12-31", "?");
	EVALUATES(WAGE, "工资 于 2021-01-01", "!1");
	EVALUATES(WAGE, "峰值(工资, 2013-01-01, 2013-06-30)", "1370.00");
	EVALUATES(WAGE, "峰值(工资, 2013-01-01, 2013-07-01)", "1530.00");
	EVALUATES(WAGE, "峰值(工资, 2012-01-01, 2013-07-01)", "!1");
}

#define BANDS "参数 档 按 金额 得 小数 2\n自 2000-01-01\n行 100 得 0\n行 200 得 0.35\n行 300 得 0.5\n"

static void
bands(void **state)
{
	(void)state;
	EVALUATES(BANDS, "查(档, 99.99元)", "!3");
	EVALUATES(BANDS, "查(档, 100元)", "0.00");
	EVALUATES(BANDS, "查(档, 199.99元)", "0.00");
	EVALUATES(BANDS, "查(档, 200元)", "0.35");
	EVALUATES(BANDS, "查(档, 5000元)", "0.50");
	EVALUATES(BANDS, "起点(档, 250元)", "200.00");
	EVALUATES(BANDS, "累进(档, 250元)", "17.5000");
	EVALUATES(BANDS, "累进(档, 400元)", "85.0000");
	EVALUATES("选项 类 甲, 乙, 丙\n参数 补 按 类 得 金额\n自 2000-01-01\n行 乙 得 5\n行 甲 得 7\n", "查(补, 甲)", "7.00");
	EVALUATES("选项 类 甲, 乙, 丙\n参数 补 按 类 得 金额\n自 2000-01-01\n行 乙 得 5\n行 甲 得 7\n", "查(补, 丙)", "!3");
}

static void refused(const char *source, enum rules_fault fault, int line, int column);

/* Sets that share an option's name; whole expressions as arguments; the built-in options' English names. */
static void
names_and_arguments(void **state)
{
	(void)state;
	EVALUATES("选项 甲集 一, 二\n选项 乙集 二, 三\n", "如果 1 < 2 则 乙集.二 否则 乙集.三", "二");
	EVALUATES("选项 甲集 一, 二\n选项 乙集 三, 二\n输入 甲 乙集 缺省 二\n", "甲 = 乙集.二", "是");
	EVALUATES("", "较大(如果 1 < 2 则 5 否则 3, 4)", "5");
	EVALUATES("", "周岁(1943-10-22, 如果 是 则 申请日 - 1天 否则 申请日)", "69");
	EVALUATES(BANDS, "查(档, 如果 否 则 100元 否则 300元)", "0.50");
	EVALUATES("参数 次 按 pay_frequency 得 整数\n自 2000-01-01\n行 weekly 得 52\n行 每月 得 12\n",
	    "查(次, 付款频率.每周) + 查(次, pay_frequency.monthly)", "64");
	refused(HEAD "选项 甲集 一, 二\n定义 果 = 甲集.三\n结论 果\n", RULES_UNKNOWN_NAME, 5, 11);
	refused(HEAD "定义 pay_frequency = 3\n结论 果\n", RULES_NAME_TAKEN, 4, 4);
}

/* A row may change its value and its key, not its place among the others. */
static void
rows_that_change(void **state)
{
	const struct rules *r = compiled(HEAD BANDS "判定 果 名称 “名” 小数 2 否则 得 查(档, 250元)\n结论 果\n"), *other = r;
	const struct rules_entry *e = &rules_package(r)->parameter[0].entry[0];

	(void)state;
	assert_int_equal(rules_with_row(mem, r, 0, 0, 1, (struct rules_row){ 29999, 40 }, &other), RC_OK);
	assert_int_equal(rules_package(other)->parameter[0].entry[0].row[1].key, 29999);
	assert_int_equal(rules_package(other)->parameter[0].entry[0].row[1].value, 40);
	assert_int_equal(e->row[1].key, 20000);
	assert_int_equal(rules_with_row(mem, r, 0, 0, 1, (struct rules_row){ 30000, 40 }, &other), RC_INVALID);
	assert_int_equal(rules_with_row(mem, r, 0, 0, 1, (struct rules_row){ 10000, 40 }, &other), RC_INVALID);
	assert_int_equal(rules_with_row(mem, r, 0, 0, 1, (struct rules_row){ 20000, -1 }, &other), RC_INVALID);
	assert_int_equal(rules_with_row(mem, r, 0, 0, 0, (struct rules_row){ -1, 0 }, &other), RC_INVALID);
	assert_int_equal(rules_with_row(mem, r, 0, 0, 3, (struct rules_row){ 50000, 1 }, &other), RC_NOT_FOUND);
	assert_int_equal(rules_with_row(mem, r, 1, 0, 0, (struct rules_row){ 50000, 1 }, &other), RC_NOT_FOUND);
	assert_int_equal(rules_with_value(mem, r, 0, 0, 1, &other), RC_NOT_FOUND);
}

static void
missing_facts(void **state)
{
	(void)state;
	EVALUATES("输入 甲 是否\n输入 收 金额\n", "甲 且 否", "否");
	EVALUATES("输入 甲 是否\n输入 收 金额\n", "甲 且 是", "?");
	EVALUATES("输入 甲 是否\n输入 收 金额\n", "是 或 甲", "是");
	EVALUATES("输入 甲 是否\n输入 收 金额\n", "如果 甲 则 3 否则 3", "3");
	EVALUATES("输入 甲 是否\n输入 收 金额\n", "如果 甲 则 3 否则 4", "?");
	EVALUATES("输入 甲 是否\n输入 收 金额\n", "收 < 5元", "?");
	EVALUATES("输入 甲 是否\n输入 收 金额\n", "已知(收)", "否");
	EVALUATES("输入 甲 是否\n输入 收 金额\n", "已知(申请日)", "是");
	EVALUATES("输入 甲 是否\n输入 收 金额 缺省 3\n", "收", "3.00");
	/* a failure stands whatever the missing fact is; a decided "no" does not need it */
	EVALUATES("输入 甲 是否\n", "舍入(1 ÷ 0, 0, 舍去) = 1 且 甲", "!2");
	EVALUATES("输入 甲 是否\n", "舍入(1 ÷ 0, 0, 舍去) = 1 且 否", "否");
	EVALUATES("输入 甲 是否\n", "否 且 舍入(1 ÷ 0, 0, 舍去) = 1", "否");
	EVALUATES("列表 收入 字段 额 金额\n", "合计(收入, 额)", "?");
	EVALUATES("列表 收入 缺省 无 字段 额 金额\n", "合计(收入, 额)", "0.00");
	EVALUATES("列表 收入 缺省 无 字段 额 金额\n", "最大(收入, 额, 无则 7元)", "7.00");
}

#define HOMES HEAD "列表 房产\n  字段 价值 金额\n  字段 抵押 金额\n  字段 有争议 是否 缺省 否\n" \
	"参数 抵押上限 金额\n  自 2000-01-01 值 100000\n" \
	"逐项 房产\n" \
	"  累计 余额 金额 范围 0 至 1000000 = 抵押上限\n" \
	"  定义 扣除 = 较小(抵押, 余额)\n" \
	"  定义 净值 = 较大(价值 - 扣除, 0)\n" \
	"  结转 余额 = 余额 - 扣除\n" \
	"定义 合计净值 = 合计(房产, 净值, 当 非 有争议)\n" \
	"定义 剩余 = 房产.余额\n" \
	"判定 结果 是否\n  当 合计净值 > 250000元 得 否 因 “超过”\n  否则 得 是\n" \
	"输出 合计净值, 剩余, 房产.净值\n结论 结果\n"

static int64_t
step_value(const struct rules_verdict *v, int list, const char *name, int item)
{
	struct rules_value value;
	int step = rules_step_find(v->rules, list, text_of(name));

	assert_true(step >= 0);
	assert_int_equal(rules_verdict_step(v, step, item, &value, NULL), RC_OK);
	assert_int_equal(value.state, RULES_KNOWN);
	return value.n;
}

/* A cap on mortgages that the first house uses up before the second has its share. */
static void
a_remainder_runs_through_a_list(void **state)
{
	const struct rules *r = compiled(HOMES);
	struct rules_facts *f = rules_facts_new(mem, r);
	struct rules_verdict v;
	static const int64_t house[3][2] = { { 20000000, 7000000 }, { 10000000, 5000000 }, { 100, 1000 } };

	(void)state;
	assert_int_equal(rules_list_set(f, 0, 3), RC_OK);
	assert_int_equal(rules_list_set(f, 0, 31), RC_INVALID);
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < 2; k++)
			assert_int_equal(rules_field_set(f, 0, i, 1 + k, house[i][k]), RC_OK);
	assert_int_equal(rules_fact_set(f, 0, 16000), RC_OK);
	assert_int_equal(rules_judge(mem, r, f, &v), RC_OK);
	assert_int_equal(step_value(&v, 0, "净值", 0), 13000000);
	assert_int_equal(step_value(&v, 0, "净值", 1), 7000000); /* 30,000 of the cap were left */
	assert_int_equal(step_value(&v, 0, "净值", 2), 100);
	assert_int_equal(step_value(&v, -1, "合计净值", -1), 20000100);
	assert_int_equal(step_value(&v, -1, "剩余", -1), 0);
	assert_int_equal(v.conclusion.n, 1);
	assert_int_equal(v.rule, 1);
	assert_int_equal(rules_field_set(f, 0, 0, 3, 1), RC_OK); /* the first is disputed */
	assert_int_equal(rules_judge(mem, r, f, &v), RC_OK);
	assert_int_equal(step_value(&v, -1, "合计净值", -1), 7000100);
}

static void
refused(const char *source, enum rules_fault fault, int line, int column)
{
	const struct rules *r = NULL;

	assert_int_equal(rules_compile(mem, text_of(source), &findings, &r), RC_INVALID);
	assert_null(r);
	if (findings.finding[0].fault != fault || findings.finding[0].line != line || findings.finding[0].column != column)
		fail_msg("%s: %d:%d %s, wanted %d:%d %s", source, findings.finding[0].line, findings.finding[0].column,
		    rules_fault_key(findings.finding[0].fault), line, column, rules_fault_key(fault));
}

#define TAIL "定义 果 = 是\n结论 果\n"

#define TRIED HEAD "参数 线 整数\n 自 2010-01-01 至 2014-12-31 值 1\n 自 2015-01-01 值 2\n 自 2012-01-01 值 7 未核实 试算\n" \
	" 自 2015-01-01 值 8 试算\n 自 2016-01-01 值 9 试算\n自 2017-01-01 值 3\n定义 果 = 线\n结论 果\n"

static int64_t
on_day(const struct rules *r, const char *day)
{
	struct rules_facts *f = rules_facts_new(mem, r);
	struct rules_verdict v;
	struct day d;

	assert_int_equal(day_parse(text_of(day), &d), RC_OK);
	assert_int_equal(rules_fact_set(f, 0, d.n), RC_OK);
	assert_int_equal(rules_judge(mem, r, f, &v), RC_OK);
	return v.conclusion.state == RULES_KNOWN ? v.conclusion.n : -1;
}

/* A value only to be tried is nowhere in what is compiled; with rules_with_trials() it runs up to the next. */
static void
values_only_to_be_tried(void **state)
{
	static const struct { const char *day; int64_t holds, tried; } rows[] = {
		{ "2009-12-31", -1, -1 }, { "2010-01-01", 1, 1 }, { "2011-12-31", 1, 1 }, { "2012-01-01", 1, 7 },
		{ "2014-12-31", 1, 7 }, { "2015-01-01", 2, 8 }, { "2015-12-31", 2, 8 }, { "2016-01-01", 2, 9 },
		{ "2016-12-31", 2, 9 }, { "2017-01-01", 3, 3 },
	};
	const struct rules *r = compiled(TRIED), *tried, *again;

	(void)state;
	assert_true(rules_has_trials(r));
	assert_int_equal(rules_package(r)->parameter[0].n_entries, 3);
	assert_int_equal(rules_package(r)->parameter[0].n_trials, 3);
	assert_int_equal(rules_with_trials(mem, r, &tried), RC_OK);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_int_equal(on_day(r, rows[i].day), rows[i].holds);
		assert_int_equal(on_day(tried, rows[i].day), rows[i].tried);
	}
	assert_false(rules_has_trials(tried));
	assert_int_equal(rules_with_trials(mem, tried, &again), RC_OK);
	assert_ptr_equal(again, tried);
	r = compiled(HEAD "参数 线 整数\n 自 2010-01-01 至 2011-12-31 值 1\n 自 2013-01-01 值 2 试算\n定义 果 = 线\n结论 果\n");
	assert_int_equal(rules_with_trials(mem, r, &tried), RC_OK);
	assert_int_equal(on_day(tried, "2012-06-01"), -1); /* between the end of the one and the other: no value */
	assert_int_equal(on_day(tried, "2013-01-01"), 2);
	r = compiled(HEAD "参数 线 按 整数 得 整数\n 自 2010-01-01\n 行 0 得 1\n 自 2011-01-01 试算\n 行 0 得 5\n定义 果 = 查(线, 3)\n结论 果\n");
	assert_int_equal(rules_with_trials(mem, r, &tried), RC_OK);
	assert_int_equal(on_day(r, "2011-01-01"), 1);
	assert_int_equal(on_day(tried, "2011-01-01"), 5);
	r = compiled(HEAD "定义 试算 = 1\n结论 试算\n"); /* a word only behind a value */
	assert_false(rules_has_trials(r));
}

static void
findings_name_line_and_column(void **state)
{
	(void)state;
	refused("", RULES_NO_PACKAGE, 1, 1);
	refused("规则包 试 版本 1\n", RULES_NO_CONCLUSION, 2, 1);
	refused("规则包 试 版本 1\n定义 果 = 1 +\n结论 果\n", RULES_EXPECTED, 3, 1);
	refused(HEAD "定义 果 = 没有的 + 1\n", RULES_UNKNOWN_NAME, 4, 8);
	refused(HEAD "定义 果 = 1元 × 1元\n", RULES_MONEY_TIMES_MONEY, 4, 11);
	refused(HEAD "定义 果 = 1元 + 1\n", RULES_WRONG_TYPE, 4, 11);
	refused(HEAD "定义 果 = 1 ÷ 3\n", RULES_DIVISION_OUTSIDE, 4, 10);
	refused(HEAD "定义 申请日 = 1\n", RULES_NAME_TAKEN, 4, 4);
	refused(HEAD "定义 当 = 1\n", RULES_NAME_RESERVED, 4, 4);
	refused(HEAD "参数 甲 金额\n  自 2020-01-01 值 1.234\n" TAIL, RULES_TOO_MANY_DECIMALS, 5, 18);
	refused(HEAD "参数 甲 金额\n" TAIL, RULES_NO_ENTRY, 4, 4);
	refused(HEAD "参数 甲 金额 范围 0 至 5\n  自 2020-01-01 值 6\n" TAIL, RULES_OUT_OF_RANGE, 5, 18);
	refused(HEAD "参数 甲 整数\n 自 2020-01-01 值 6\n 自 2020-01-01 值 7\n" TAIL, RULES_ORDER, 6, 4);
	refused(HEAD "参数 甲 整数\n 自 2020-01-01 至 2020-12-31 值 6\n 自 2020-12-31 值 7\n" TAIL, RULES_OVERLAP, 6, 4);
	refused(HEAD "参数 甲 整数\n 自 2020-01-01 至 2020-12-31 值 6\n 自 2021-01-02 值 7\n" TAIL, RULES_GAP, 6, 4);
	refused(HEAD "参数 甲 整数\n 自 2020-01-01 值 6 试算\n" TAIL, RULES_NO_ENTRY, 4, 4);
	refused(HEAD "参数 甲 整数\n 自 2020-01-01 值 6\n 自 2021-01-01 值 7 试算\n 自 2021-01-01 值 8 试算\n" TAIL, RULES_ORDER, 7, 4);
	refused(HEAD "参数 甲 整数 范围 0 至 7\n 自 2020-01-01 值 6\n 自 2021-01-01 值 8 试算\n" TAIL, RULES_OUT_OF_RANGE, 6, 17);
	refused(HEAD "判定 乙 整数\n 当 是 得 1\n" TAIL, RULES_NO_OTHERWISE, 4, 4);
	refused(HEAD "输入 乙 整数\n定义 丙 = 乙 × 乙 × 乙 × 乙 × 乙\n" TAIL, RULES_MAY_OVERFLOW, 5, 18);
	refused(HEAD "定义 果 = “甲\n", RULES_BAD_STRING, 4, 8);
	refused(HEAD "定义 果 = 2020-13-01\n结论 果\n", RULES_BAD_DATE, 4, 8);
}

/* Found when the two evaluators were tried against each other. */
static void
faults_stay_away(void **state)
{
	(void)state;
	EVALUATES("", "绝对值(3.5元 - 5元)", "1.50");
	EVALUATES("", "绝对值(-9223372036854775000)", "9223372036854775000");
	/* a at both sides of "the larger of a and −a" doubled the work with each of these */
	EVALUATES("", "绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值("
	    "绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(绝对值(-3))))))))))))))))))))))))))))", "3");
	/* the list walked for the beginning of a total stood in for the one of the loop */
	EVALUATES("列表 甲 缺省 无\n 字段 子 金额\n列表 乙 缺省 无\n 字段 丑 金额\n逐项 甲\n 累计 余 金额 = 合计(乙, 丑)\n"
	    " 定义 项 = 较小(子, 余)\n 结转 余 = 余 + 项\n", "甲.余", "0.00");
	/* a beginning outside the total's range, and a day outside the calendar, had no proven bounds */
	EVALUATES("列表 甲 缺省 无\n 字段 子 金额\n逐项 甲\n 累计 余 金额 范围 0 至 5 = 6元\n 结转 余 = 余\n", "甲.余", "!5");
	EVALUATES("", "申请日 + 7999年 = 申请日", "!4");
	EVALUATES("", "申请日 + 40000天 + 40000天 = 申请日", "否");
	EVALUATES("", "申请日 - 40000天 - 40000天 - 40000天 - 40000天 = 申请日", "!4");
	EVALUATES("", "周岁(申请日, 申请日 + 7000年)", "7000");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(arithmetic, setup, teardown),
		cmocka_unit_test_setup_teardown(rounding, setup, teardown),
		cmocka_unit_test_setup_teardown(days_and_ages, setup, teardown),
		cmocka_unit_test_setup_teardown(dated_values, setup, teardown),
		cmocka_unit_test_setup_teardown(values_only_to_be_tried, setup, teardown),
		cmocka_unit_test_setup_teardown(bands, setup, teardown),
		cmocka_unit_test_setup_teardown(names_and_arguments, setup, teardown),
		cmocka_unit_test_setup_teardown(rows_that_change, setup, teardown),
		cmocka_unit_test_setup_teardown(missing_facts, setup, teardown),
		cmocka_unit_test_setup_teardown(a_remainder_runs_through_a_list, setup, teardown),
		cmocka_unit_test_setup_teardown(faults_stay_away, setup, teardown),
		cmocka_unit_test_setup_teardown(findings_name_line_and_column, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
