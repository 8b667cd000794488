/*
 * rules_batch_test: the two evaluators say the same.  Random packages over random facts, some of them
 * missing; RULES_FUZZ=N in the environment tries N packages instead, RULES_SEED begins elsewhere.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "engine/rules/rules_batch.h"
#include "engine/rules/rules_stage.h"

#define PACKAGES 800
#define ROWS 24
#define WANT_MAX 32
#define LISTS 3

static struct arena *mem;   /* of a package */
static struct arena *spare; /* of a row */

static int
setup(void **state)
{
	(void)state;
	mem = arena_create((size_t)256 << 20);
	spare = arena_create((size_t)64 << 20);
	return mem == NULL || spare == NULL ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	arena_free(spare);
	return 0;
}

/* ---- a population and the same rows as facts ---------------------------------------------------------------- */

struct people {
	const struct rules *r;
	size_t n;
	struct rules_facts **facts;
	struct rules_population *columns;
};

static int64_t
value_drawn(struct rules_draw *d, const struct rules_input *in)
{
	uint64_t span = (uint64_t)in->most - (uint64_t)in->least;
	int pick = rules_draw(d, 8);

	if (pick == 0)
		return in->least;
	if (pick == 1)
		return in->most;
	if (pick < 6 && span > 100000) /* most values near the others */
		return in->least + (int64_t)((in->type.kind == RULES_DATE ? 39500 : 0) + rules_draw(d, 2500));
	return in->least + (int64_t)((uint64_t)rules_draw(d, INT32_MAX) % (span + 1));
}

static void
inputs_fill(struct people *p, struct rules_draw *d, int absent)
{
	const struct rules_package *k = rules_package(p->r);
	int64_t *value = arena_array(mem, p->n, sizeof *value);
	uint8_t *missing = arena_array(mem, p->n, 1);

	for (int i = 0; (size_t)i < k->n_inputs; i++) {
		bool any = false;
		size_t half = p->n / 2;

		if (k->input[i].list >= 0 || rules_draw(d, 12) == 0)
			continue; /* nobody sets it */
		for (size_t row = 0; row < p->n; row++) {
			missing[row] = absent > 0 && rules_draw(d, absent) == 0;
			any |= missing[row];
			value[row] = value_drawn(d, &k->input[i]);
			if (missing[row])
				continue;
			assert_int_equal(rules_fact_set(p->facts[row], i, value[row]), RC_OK);
		}
		if (rules_draw(d, 2)) {
			assert_int_equal(rules_population_set(p->columns, i, 0, p->n, value, any ? missing : NULL, NULL), RC_OK);
			continue;
		}
		assert_int_equal(rules_population_set(p->columns, i, half, p->n - half, value + half, missing + half, NULL), RC_OK);
		assert_int_equal(rules_population_set(p->columns, i, 0, half, value, missing, NULL), RC_OK);
	}
}

static void
list_fill(struct people *p, struct rules_draw *d, int list, int absent)
{
	const struct rules_list *l = &rules_package(p->r)->list[list];
	uint8_t *count = arena_array(mem, p->n, 1);
	int same = rules_draw(d, 3) == 0 ? rules_draw(d, l->most + 1) : -1;
	size_t items;

	for (size_t row = 0; row < p->n; row++) {
		count[row] = absent > 0 && rules_draw(d, absent) == 0 ? RULES_LIST_NOT_GIVEN :
		    (uint8_t)(same >= 0 ? same : rules_draw(d, l->most + 1));
		if (count[row] != RULES_LIST_NOT_GIVEN)
			assert_int_equal(rules_list_set(p->facts[row], list, count[row]), RC_OK);
	}
	assert_int_equal(rules_population_list(p->columns, list, count, NULL), RC_OK);
	items = rules_population_items(p->columns, list);
	for (int f = l->first_field; f < l->first_field + l->n_fields; f++) {
		int64_t *value = arena_array(mem, items + 1, sizeof *value);
		uint8_t *missing = arena_array(mem, items + 1, 1);
		size_t at = 0;

		for (size_t row = 0; row < p->n; row++)
			for (int i = 0; count[row] != RULES_LIST_NOT_GIVEN && i < count[row]; i++, at++) {
				missing[at] = absent > 0 && rules_draw(d, absent) == 0;
				value[at] = value_drawn(d, &rules_package(p->r)->input[f]);
				if (!missing[at])
					assert_int_equal(rules_field_set(p->facts[row], list, i, f, value[at]), RC_OK);
			}
		assert_int_equal(at, items);
		assert_int_equal(rules_population_field(p->columns, f, 0, items, value, missing, NULL), RC_OK);
	}
}

static struct people
people_drawn(struct rules_draw *d, const struct rules *r, size_t n)
{
	struct people p = { .r = r, .n = n, .facts = arena_array(mem, n, sizeof(struct rules_facts *)) };
	int absent = (int[]){ 0, 12, 4 }[rules_draw(d, 3)];

	assert_int_equal(rules_population_new(mem, r, n, &p.columns), RC_OK);
	for (size_t i = 0; i < n; i++) {
		p.facts[i] = rules_facts_new(mem, r);
		assert_non_null(p.facts[i]);
	}
	inputs_fill(&p, d, absent);
	for (int list = 0; (size_t)list < rules_package(r)->n_lists; list++)
		if (rules_draw(d, 8) != 0)
			list_fill(&p, d, list, absent);
	return p;
}

/* ---- comparing -------------------------------------------------------------------------------------------------- */

struct columns { int want[WANT_MAX]; size_t n_want; struct rules_column out[WANT_MAX]; };

static struct columns
columns_for(const struct rules *r, size_t n)
{
	const struct rules_package *k = rules_package(r);
	struct columns c = { .want = { RULES_WANT_CONFLICT }, .n_want = 1 };

	for (int i = 0; (size_t)i < k->n_steps && c.n_want < WANT_MAX; i++)
		if (k->step[i].output && k->step[i].list < 0)
			c.want[c.n_want++] = i;
	for (size_t i = 0; i < c.n_want; i++)
		c.out[i] = (struct rules_column){ arena_array(mem, n + 1, sizeof(int64_t)), arena_array(mem, n + 1, 1),
			arena_array(mem, n + 1, sizeof(int16_t)) };
	return c;
}

static void
differs(const char *source, const struct columns *c, size_t column, size_t row, const struct rules_value *want)
{
	const struct rules_column *o = &c->out[column];

	fprintf(stderr, "%s\nstep %d row %zu: one case: state %d value %lld failure %d culprit %d day %lld; columns: state %d "
	    "value %lld failure %d culprit %d\n", source, c->want[column], row, (int)want->state, (long long)want->n,
	    (int)want->failure, want->culprit, (long long)want->culprit_day, (int)rules_column_state(o->state[row]),
	    (long long)o->n[row], (int)rules_column_failure(o->state[row]), (int)o->culprit[row]);
	fail();
}

static void
row_compare(const char *source, const struct rules *r, const struct people *p, const struct columns *c, size_t row)
{
	struct rules_verdict v;
	enum rc rc = rules_judge(spare, r, p->facts[row], &v);

	assert_true(rc == RC_OK || rc == RC_INVALID);
	assert_int_equal(rules_column_state(c->out[0].state[row]), RULES_KNOWN);
	if (c->out[0].n[row] != (v.n_conflicts > 0))
		differs(source, c, 0, row, &v.conclusion);
	for (size_t i = 1; i < c->n_want && rc == RC_OK; i++) {
		const struct rules_column *o = &c->out[i];
		struct rules_value want;

		assert_int_equal(rules_verdict_step(&v, c->want[i], -1, &want, NULL), RC_OK);
		if (rules_column_state(o->state[row]) != want.state || rules_column_failure(o->state[row]) != want.failure ||
		    o->culprit[row] != want.culprit ||
		    o->n[row] != (want.state == RULES_FAILED ? want.culprit_day : want.n))
			differs(source, c, i, row, &want);
	}
	arena_reset(spare);
}

/* Another value of an entry in every row. */
static void
overridden_compare(const char *source, struct rules_draw *d, const struct people *p, const struct rules_plan *plan,
    struct columns *c)
{
	int parameter = rules_draw(d, 2), entry = rules_draw(d, (int)rules_package(p->r)->parameter[parameter].n_entries);
	const struct rules_parameter *par = &rules_package(p->r)->parameter[parameter];
	int64_t *value = arena_array(mem, p->n, sizeof *value);
	struct rules_override o = { parameter, entry, value };

	for (size_t i = 0; i < p->n; i++)
		value[i] = par->least + rules_draw(d, (int)(par->most - par->least > 20000 ? 20000 : par->most - par->least));
	assert_int_equal(rules_batch_run(mem, plan, p->columns, 0, p->n, &o, c->out), RC_OK);
	for (size_t row = 0; row < p->n; row++) {
		const struct rules *r;

		assert_int_equal(rules_with_value(spare, p->r, parameter, entry, value[row], &r), RC_OK);
		row_compare(source, r, p, c, row);
	}
}

static void
package_compare(const char *source, struct rules_draw *d, const struct rules *r, bool parameters)
{
	size_t n = rules_draw(d, 40) == 0 ? 600 : (size_t)(1 + rules_draw(d, ROWS)), cut;
	struct people p = people_drawn(d, r, n);
	struct columns c = columns_for(r, n);
	struct rules_column rest[WANT_MAX];
	const struct rules_plan *plan;

	assert_int_equal(rules_plan_new(mem, r, c.want, c.n_want, &plan), RC_OK);
	cut = (size_t)rules_draw(d, (int)n + 1);
	for (size_t i = 0; i < c.n_want; i++)
		rest[i] = (struct rules_column){ c.out[i].n + cut, c.out[i].state + cut, c.out[i].culprit + cut };
	assert_int_equal(rules_batch_run(mem, plan, p.columns, 0, cut, NULL, c.out), RC_OK);
	assert_int_equal(rules_batch_run(mem, plan, p.columns, cut, n, NULL, rest), RC_OK);
	for (size_t row = 0; row < n; row++)
		row_compare(source, r, &p, &c, row);
	if (parameters && rules_draw(d, 3) == 0)
		overridden_compare(source, d, &p, plan, &c);
}

static int
from_environment(const char *name, int otherwise)
{
	int64_t n = 0;

	if (getenv(name) == NULL || int64_parse(text_of(getenv(name)), 1, INT32_MAX, &n) != RC_OK)
		return otherwise;
	return (int)n;
}

static void
both_evaluators_agree(void **state)
{
	static char source[65536];
	static struct rules_findings findings;
	int packages = from_environment("RULES_FUZZ", PACKAGES), seed = from_environment("RULES_SEED", 1), compiled = 0;

	(void)state;
	for (int i = 0; i < packages; i++) {
		struct rules_draw d = { (uint64_t)(seed + i) * UINT64_C(0x9E3779B97F4A7C15) };
		struct text t = rules_stage_package(&d, source, sizeof source);
		const struct rules *r;
		enum rc rc = rules_compile(mem, t, &findings, &r);

		if (rc == RC_OK) {
			compiled++;
			package_compare(source, &d, r, true);
		} else if (findings.finding[0].fault != RULES_MAY_OVERFLOW &&
		    findings.finding[0].fault != RULES_TOO_MANY_DECIMALS) {
			fprintf(stderr, "%s\n%d:%d %s [%.*s] [%.*s]\n", source, findings.finding[0].line, findings.finding[0].column,
			    rules_fault_key(findings.finding[0].fault), (int)findings.finding[0].arg[0].n,
			    findings.finding[0].arg[0].p, (int)findings.finding[0].arg[1].n, findings.finding[0].arg[1].p);
			fail();
		}
		arena_reset(mem);
	}
	print_message("# %d of %d packages compared\n", compiled, packages);
	assert_true(compiled > packages / 2);
}


/* What random packages seldom say: a bare sum or count, a quotient alike in all rows, a list walked by a step within a loop over that list. */
static void
rare_packages_agree(void **state)
{
	static const char source[] = "规则包 试 版本 1\n列表 成员 最多 4\n  字段 成员数 整数 范围 -7 至 90\n"
	    "列表 房产 最多 3\n  字段 房真 是否\n  字段 房值 金额 范围 -50 至 2000\n"
	    "逐项 成员\n  定义 项 = 个数(房产, 当 房真 且 成员数 > 20) > 0\n"
	    "定义 和 = 合计(房产, 房值)\n定义 数 = 合计(成员, 成员数)\n"
	    "定义 真数 = 个数(房产, 当 房真)\n定义 假数 = 个数(房产, 当 非 房真)\n"
	    "定义 块 = 舍入((合计(成员, 0) + 7) ÷ 3, 2, 进一)\n"
	    "定义 果 = 合计(房产, (如果 存在(成员, 项 且 房真) 则 房值 否则 1.5元))\n输出 和, 数, 真数, 假数, 块, 果\n结论 果\n";
	static struct rules_findings findings;
	const struct rules *r;

	(void)state;
	for (int i = 1; i <= 40; i++) {
		struct rules_draw d = { (uint64_t)i };

		assert_int_equal(rules_compile(mem, text_of(source), &findings, &r), RC_OK);
		package_compare(source, &d, r, false);
		arena_reset(mem);
	}
}

/* ---- columns ---------------------------------------------------------------------------------------------------- */

#define MEANS "规则包 试 版本 1\n输入 申请日 日期\n法律日 申请日\n输入 人数 整数 范围 1 至 9\n输入 同住 是否 缺省 否\n" \
	"列表 收入 最多 12\n  字段 额 金额 范围 0 至 1000000\n  字段 免 是否 缺省 否\n" \
	"参数 工资 金额\n  自 2012-06-01 值 1370\n  自 2013-07-01 值 1530\n" \
	"定义 人均 = 舍入(合计(收入, 额, 当 非 免) ÷ (人数 × 12), 2, 舍去)\n" \
	"定义 标准 = 工资 于 (年初(申请日) - 1天)\n" \
	"判定 符合 是否\n  当 同住 得 是\n  当 人均 ≤ 标准 得 是\n  否则 得 否\n" \
	"定义 怪 = 标准 ≥ 500元 且 标准 < 700元\n" \
	"输出 人均, 标准, 怪\n结论 符合\n"

static const struct rules *
compiled(const char *source)
{
	static struct rules_findings findings;
	const struct rules *r = NULL;

	assert_int_equal(rules_compile(mem, text_of(source), &findings, &r), RC_OK);
	return r;
}

/* Households with twelve months each; some incomes unknown. */
static struct rules_population *
households(const struct rules *r, size_t n)
{
	struct rules_draw d = { 7 };
	int64_t *day = arena_array(mem, n, sizeof *day), *people = arena_array(mem, n, sizeof *people);
	int64_t *income = arena_array(mem, n * 12, sizeof *income);
	uint8_t *count = arena_array(mem, n, 1), *missing = arena_array(mem, n * 12, 1);
	struct rules_population *p;

	for (size_t i = 0; i < n; i++) {
		int64_t about = 20000 + rules_draw(&d, 800000);

		day[i] = 15700 + rules_draw(&d, 700); /* 2012-12-26 … */
		people[i] = 1 + rules_draw(&d, 6);
		count[i] = 12;
		for (size_t m = i * 12; m < i * 12 + 12; m++) {
			income[m] = about + rules_draw(&d, 9000);
			missing[m] = rules_draw(&d, 600) == 0;
		}
	}
	assert_int_equal(rules_population_new(mem, r, n, &p), RC_OK);
	assert_int_equal(rules_population_set(p, 0, 0, n, day, NULL, NULL), RC_OK);
	assert_int_equal(rules_population_set(p, 1, 0, n, people, NULL, NULL), RC_OK);
	assert_int_equal(rules_population_list(p, 0, count, NULL), RC_OK);
	assert_int_equal(rules_population_field(p, 3, 0, n * 12, income, missing, NULL), RC_OK);
	return p;
}

static void
a_population_is_narrow(void **state)
{
	const struct rules *r = compiled(MEANS);
	size_t n = 1000, bad = 0;
	struct rules_population *p = households(r, n);
	static const int64_t wrong[3] = { 1, 9, 10 };
	uint8_t many[3] = { 12, 13, 0 };

	(void)state;
	/* day 4, people 1, twelve months of 4 with a bit each, a count and an eighth of a beginning */
	assert_in_range(rules_population_bytes(p), 54 * n, 56 * n);
	assert_int_equal(rules_population_set(p, 1, 0, 3, wrong, NULL, &bad), RC_INVALID);
	assert_int_equal(bad, 2);
	assert_int_equal(rules_population_set(p, 1, n - 2, 3, wrong, NULL, NULL), RC_NOT_FOUND);
	assert_int_equal(rules_population_set(p, 3, 0, 3, wrong, NULL, NULL), RC_NOT_FOUND);
	assert_int_equal(rules_population_set(p, 99, 0, 3, wrong, NULL, NULL), RC_NOT_FOUND);
	assert_int_equal(rules_population_list(p, 0, many, NULL), RC_NOT_FOUND); /* a second time */
	assert_int_equal(rules_population_new(mem, r, 3, &p), RC_OK);
	assert_int_equal(rules_population_field(p, 3, 0, 1, wrong, NULL, NULL), RC_NOT_FOUND); /* before the counts */
	assert_int_equal(rules_population_list(p, 0, many, &bad), RC_INVALID);
	assert_int_equal(bad, 1);
	assert_int_equal(rules_population_list(p, 9, many, &bad), RC_NOT_FOUND);
}

static void
a_plan_is_refused(void **state)
{
	const struct rules *r = compiled(MEANS), *other = compiled(MEANS);
	struct rules_population *p = households(r, 10);
	const struct rules_plan *plan;
	struct arena *small = arena_create(40000);
	struct rules_column none[1] = { { 0 } };
	int64_t value[10] = { 0 };

	(void)state;
	assert_int_equal(rules_plan_new(mem, r, (int[]){ 99 }, 1, &plan), RC_NOT_FOUND);
	assert_int_equal(rules_plan_new(small, r, (int[]){ 2 }, 1, &plan), RC_OK);
	assert_int_equal(rules_batch_run(small, plan, p, 0, 10, NULL, none), RC_NO_MEMORY);
	assert_int_equal(rules_batch_run(mem, plan, p, 0, 11, NULL, none), RC_INVALID);
	assert_int_equal(rules_batch_run(mem, plan, households(other, 10), 0, 10, NULL, none), RC_INVALID);
	assert_int_equal(rules_batch_run(mem, plan, p, 0, 10, &(struct rules_override){ 0, 2, value }, none), RC_NOT_FOUND);
	assert_int_equal(rules_batch_run(mem, plan, p, 10, 10, NULL, none), RC_OK);
	arena_free(small);
}

/* ---- break-even --------------------------------------------------------------------------------------------------- */

#define GRID 400
#define HOUSES 700

static void
turns_compare(const struct rules *r, const struct rules_population *p, const struct rules_plan *plan, struct rules_turn t)
{
	uint16_t *turn = arena_array(mem, HOUSES, sizeof *turn);
	uint64_t *curve = arena_array(mem, GRID, sizeof *curve);
	struct rules_column out = { arena_array(mem, HOUSES, sizeof(int64_t)), arena_array(mem, HOUSES, 1), NULL };
	struct rules_turned turned;

	assert_int_equal(rules_breakeven(mem, plan, p, 0, HOUSES, &t, turn, &turned), RC_OK);
	assert_int_equal(turned.n_not_monotone, 0);
	assert_int_equal(rules_curve(mem, turn, HOUSES, t.n_grid, t.rising, curve), RC_OK);
	for (size_t g = 0; g < t.n_grid; g++) { /* each value once more in full, by the package with that value */
		const struct rules *other;
		const struct rules_plan *again;
		uint64_t n = 0;

		assert_int_equal(rules_with_value(spare, r, t.parameter, t.entry, t.grid[g], &other), RC_OK);
		assert_int_equal(rules_plan_new(spare, other, (int[]){ 2 }, 1, &again), RC_OK);
		assert_int_equal(rules_batch_run(spare, again, p, 0, HOUSES, NULL, &out), RC_OK);
		for (size_t i = 0; i < HOUSES; i++) {
			bool holds = rules_column_state(out.state[i]) == RULES_KNOWN && out.n[i] == t.wanted;

			n += holds;
			assert_int_equal(holds, (g >= turn[i]) == t.rising);
		}
		assert_int_equal(curve[g], n);
		arena_reset(spare);
	}
}

static void
a_curve_is_what_each_value_gives(void **state)
{
	const struct rules *r = compiled(MEANS);
	struct rules_population *p = households(r, HOUSES);
	const struct rules_plan *plan, *odd;
	int64_t grid[GRID];
	struct rules_turn t = { 0, 0, 1, grid, GRID, true, 5 };
	uint16_t turn[HOUSES];
	struct rules_turned turned;

	(void)state;
	assert_int_equal(rules_step_find(r, -1, TEXT("符合")), 2);
	assert_int_equal(rules_plan_new(mem, r, (int[]){ 2 }, 1, &plan), RC_OK);
	for (int i = 0; i < GRID; i++)
		grid[i] = 20000 + i * 1000 + i % 7;
	turns_compare(r, p, plan, t);
	t.entry = 1;
	turns_compare(r, p, plan, t);
	t.entry = 0;
	t.wanted = 0;
	t.rising = false;
	turns_compare(r, p, plan, t);
	t.n_grid = 1;
	turns_compare(r, p, plan, t);
	t.n_grid = 2;
	turns_compare(r, p, plan, t);
	t.n_grid = GRID;
	t.rising = true; /* it falls */
	assert_int_equal(rules_breakeven(mem, plan, p, 0, HOUSES, &t, turn, &turned), RC_OK);
	assert_true(turned.n_not_monotone > HOUSES / 4);
	assert_int_equal(rules_plan_new(mem, r, (int[]){ 3 }, 1, &odd), RC_OK); /* holds in the middle only */
	t.wanted = 1;
	assert_int_equal(rules_breakeven(mem, odd, p, 0, HOUSES, &t, turn, &turned), RC_OK);
	assert_true(turned.n_not_monotone > 0);
	grid[5] = grid[4];
	assert_int_equal(rules_breakeven(mem, plan, p, 0, HOUSES, &t, turn, &turned), RC_INVALID);
	t.entry = 2;
	assert_int_equal(rules_breakeven(mem, plan, p, 0, HOUSES, &t, turn, &turned), RC_NOT_FOUND);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(both_evaluators_agree, setup, teardown),
		cmocka_unit_test_setup_teardown(rare_packages_agree, setup, teardown),
		cmocka_unit_test_setup_teardown(a_population_is_narrow, setup, teardown),
		cmocka_unit_test_setup_teardown(a_plan_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(a_curve_is_what_each_value_gives, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
