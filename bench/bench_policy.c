/*
 * The means test of legal aid over a made-up city: one case with its trace, the columns, the same rule as a C
 * loop somebody wrote for it alone, and in numpy; then where each household's answer turns as the minimum wage
 * grows, and the curve over 4,000 values.  All ways give the same number of households, or the run fails.
 */
#include "app/bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/rules/rules_batch.h"

#define ROUNDS 5
#define CHUNK 65536
#define MONTHS 12
#define MEMBERS 8
#define CASES 20000
#define GRID 4000
#define FIRST 20454 /* 2026-01-01 */
#define DAYS 365

static const char rule[] = "规则包 基准 版本 1\n"
    "选项 类别 一般, 低保, 特困, 残疾\n"
    "输入 申请日 日期 范围 2026-01-01 至 2026-12-31\n法律日 申请日\n"
    "输入 人员 类别\n输入 对方同住 是否\n输入 本人年收入 金额 范围 0 至 12000000\n"
    "列表 收入 最多 12\n  字段 月收入 金额 范围 0 至 1000000\n"
    "列表 成员 最多 8\n  字段 是对方 是否\n"
    "参数 最低工资 金额\n  自 2018-08-01 值 2020\n  自 2021-08-01 值 2280\n  自 2024-01-01 值 2490\n"
    "  自 2026-01-01 值 2660\n"
    "参数 倍数 小数 1 范围 0 至 10\n  自 2018-08-01 值 1.5\n"
    "定义 计入收入 = 如果 对方同住 则 本人年收入 否则 合计(收入, 月收入)\n"
    "定义 人数 = 较大(个数(成员, 当 非 是对方), 1)\n"
    "定义 人均 = 舍入(计入收入 ÷ (人数 × 12), 2, 舍去)\n"
    "定义 标准 = 舍入(倍数 × 最低工资 于 (年初(申请日) - 1天), 2, 舍去)\n"
    "判定 符合 是否\n  当 人员 属于 { 低保, 特困 } 得 是 因 “免于审查”\n  当 人均 ≤ 标准 得 是 因 “不超过标准”\n"
    "  否则 得 否 因 “超过标准”\n"
    "输出 人均, 标准\n结论 符合\n";

enum { IN_DAY, IN_KIND, IN_TOGETHER, IN_OWN, IN_MONTH, IN_OPPONENT };
static const struct { int32_t from; int64_t value; } wages[] = {
	{ 17744, 202000 }, { 18840, 228000 }, { 19723, 249000 }, { 20454, 266000 },
};
#define IN_FORCE 2 /* the entry at the end of 2025 */

/* The city as plain arrays; the population is filled from them and the C loop runs over them. */
struct city {
	size_t n, n_members;
	int32_t *day;
	uint8_t *kind, *together, *members, *opponent;
	uint32_t *own, *month;
};

static uint32_t
draw(uint64_t *s, uint32_t below)
{
	*s = *s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*s >> 33) % below;
}

static bool
city_draw(struct arena *mem, struct city *c, size_t n)
{
	uint64_t seed = 20260630;

	*c = (struct city){ .n = n, .day = arena_array(mem, n, sizeof *c->day), .kind = arena_array(mem, n, 1),
		.together = arena_array(mem, n, 1), .members = arena_array(mem, n, 1),
		.opponent = arena_array(mem, n * MEMBERS, 1), .own = arena_array(mem, n, sizeof *c->own),
		.month = arena_array(mem, n * MONTHS, sizeof *c->month) };
	if (c->day == NULL || c->kind == NULL || c->together == NULL || c->members == NULL || c->opponent == NULL ||
	    c->own == NULL || c->month == NULL)
		return false;
	for (size_t i = 0; i < n; i++) {
		uint32_t about = 20000 + draw(&seed, 1200) * draw(&seed, 2000);

		c->day[i] = FIRST + (int32_t)draw(&seed, DAYS);
		c->kind[i] = (uint8_t)(draw(&seed, 40) == 0 ? 1 + draw(&seed, 3) : 0);
		c->together[i] = draw(&seed, 30) == 0;
		c->own[i] = about * 6;
		for (size_t m = 0; m < MONTHS; m++)
			c->month[i * MONTHS + m] = about + draw(&seed, 30000);
		c->members[i] = (uint8_t)(1 + draw(&seed, 3) + draw(&seed, 3));
		for (int m = 0; m < c->members[i]; m++)
			c->opponent[c->n_members++] = c->together[i] && m == 1;
	}
	return true;
}

static enum rc
fill(struct rules_population *p, const struct city *c, int64_t *v, uint8_t *count)
{
	enum rc rc;

	for (size_t i = 0; i < c->n; i++)
		count[i] = MONTHS;
	rc = rules_population_list(p, 0, count, NULL);
	if (rc == RC_OK)
		rc = rules_population_list(p, 1, c->members, NULL);
#define COLUMN(set, input, all, from) do { \
	for (size_t at = 0; rc == RC_OK && at < (all); at += CHUNK) { \
		size_t m = (all) - at < CHUNK ? (all) - at : CHUNK; \
		for (size_t i = 0; i < m; i++) \
			v[i] = (from)[at + i]; \
		rc = set(p, input, at, m, v, NULL, NULL); \
	} \
} while (0)
	COLUMN(rules_population_set, IN_DAY, c->n, c->day);
	COLUMN(rules_population_set, IN_KIND, c->n, c->kind);
	COLUMN(rules_population_set, IN_TOGETHER, c->n, c->together);
	COLUMN(rules_population_set, IN_OWN, c->n, c->own);
	COLUMN(rules_population_field, IN_MONTH, c->n * MONTHS, c->month);
	COLUMN(rules_population_field, IN_OPPONENT, c->n_members, c->opponent);
#undef COLUMN
	return rc;
}

/* ---- the rule as somebody would write it in C for this rule alone ---------------------------------------------- */

static void
plain(const struct city *c, int64_t *answer)
{
	int64_t limit[DAYS];
	const uint8_t *opponent = c->opponent;

	for (int i = 0; i < DAYS; i++) {
		struct ymd ymd = day_to_ymd((struct day){ FIRST + i });
		struct day end;
		size_t w = sizeof wages / sizeof wages[0];

		if (day_from_ymd((struct ymd){ ymd.year - 1, 12, 31 }, &end) != RC_OK)
			return;
		while (w > 1 && wages[w - 1].from > end.n)
			w--;
		limit[i] = wages[w - 1].value * 15 / 10;
	}
	for (size_t i = 0; i < c->n; i++) {
		const uint32_t *month = c->month + i * MONTHS;
		int64_t income = 0, people = 0;

		for (int m = 0; m < MONTHS; m++)
			income += month[m];
		for (int m = 0; m < c->members[i]; m++)
			people += !opponent[m];
		opponent += c->members[i];
		if (c->together[i])
			income = c->own[i];
		answer[i] = c->kind[i] == 1 || c->kind[i] == 2 ||
		    income / ((people > 1 ? people : 1) * 12) <= limit[c->day[i] - FIRST];
	}
}

/* ---- measuring --------------------------------------------------------------------------------------------------- */

struct run {
	struct arena *mem, *spare;
	const struct rules *rules;
	const struct rules_plan *plan;
	struct rules_population *p;
	struct city city;
	int64_t *answer;
};

static uint64_t
yes(const struct run *r)
{
	uint64_t n = 0;

	for (size_t i = 0; i < r->city.n; i++)
		n += r->answer[i] != 0;
	return n;
}

static void
line(const char *what, double seconds, size_t n, double limit)
{
	printf("%-26s %8.3f s   %6.1f ns each   %7.1f million a second", what, seconds, seconds * 1e9 / (double)n,
	    (double)n / seconds / 1e6);
	if (limit > 0)
		printf("   %.2f of the C loop", seconds / limit);
	printf("\n");
}

static double
plain_seconds(struct run *r)
{
	double v[ROUNDS];

	for (int k = 0; k < ROUNDS; k++) {
		int64_t began = bench_now_ns();

		plain(&r->city, r->answer);
		v[k] = (double)(bench_now_ns() - began) / 1e9;
	}
	return bench_median(v, ROUNDS);
}

static double
column_seconds(struct run *r)
{
	struct rules_column out = { r->answer, NULL, NULL };
	double v[ROUNDS];

	for (int k = 0; k < ROUNDS; k++) {
		int64_t began = bench_now_ns();

		if (rules_batch_run(r->spare, r->plan, r->p, 0, r->city.n, NULL, &out) != RC_OK)
			return -1;
		v[k] = (double)(bench_now_ns() - began) / 1e9;
		arena_reset(r->spare);
	}
	return bench_median(v, ROUNDS);
}

/* Every case with its facts made, judged and traced; the answers must be those of the columns. */
static double
case_seconds(const struct run *r)
{
	const struct city *c = &r->city;
	size_t n = c->n < CASES ? c->n : CASES, at = 0;
	int64_t spent = 0;

	for (size_t i = 0; i < n; i++) {
		struct rules_facts *f = rules_facts_new(r->spare, r->rules);
		struct rules_verdict v;
		int64_t began;
		bool set = f != NULL && rules_fact_set(f, IN_DAY, c->day[i]) == RC_OK &&
		    rules_fact_set(f, IN_KIND, c->kind[i]) == RC_OK && rules_fact_set(f, IN_TOGETHER, c->together[i]) == RC_OK &&
		    rules_fact_set(f, IN_OWN, c->own[i]) == RC_OK && rules_list_set(f, 0, MONTHS) == RC_OK &&
		    rules_list_set(f, 1, c->members[i]) == RC_OK;

		for (int m = 0; set && m < MONTHS; m++)
			set = rules_field_set(f, 0, m, IN_MONTH, c->month[i * MONTHS + (size_t)m]) == RC_OK;
		for (int m = 0; set && m < c->members[i]; m++)
			set = rules_field_set(f, 1, m, IN_OPPONENT, c->opponent[at++]) == RC_OK;
		began = bench_now_ns();
		if (!set || rules_judge(r->spare, r->rules, f, &v) != RC_OK || v.conclusion.n != r->answer[i])
			return -1;
		spent += bench_now_ns() - began;
		arena_reset(r->spare);
	}
	return (double)spent / 1e9 / (double)n;
}

/* ---- numpy ------------------------------------------------------------------------------------------------------- */

static const char *const names[] = { "day", "kind", "together", "own", "month", "members", "opponent", "wage_from", "wage" };

static bool
file_put(const char *dir, const char *name, const void *v, size_t size)
{
	char path[160];
	FILE *f;
	bool fine;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	f = fopen(path, "wb");
	if (f == NULL)
		return false;
	fine = fwrite(v, 1, size, f) == size;
	return fclose(f) == 0 && fine;
}

static bool
files_put(const struct city *c, const char *dir)
{
	int32_t from[sizeof wages / sizeof wages[0]];
	int64_t value[sizeof wages / sizeof wages[0]];

	for (size_t i = 0; i < sizeof wages / sizeof wages[0]; i++) {
		from[i] = wages[i].from;
		value[i] = wages[i].value;
	}
	return file_put(dir, "day", c->day, c->n * sizeof *c->day) && file_put(dir, "kind", c->kind, c->n) &&
	    file_put(dir, "together", c->together, c->n) && file_put(dir, "own", c->own, c->n * sizeof *c->own) &&
	    file_put(dir, "month", c->month, c->n * MONTHS * sizeof *c->month) &&
	    file_put(dir, "members", c->members, c->n) && file_put(dir, "opponent", c->opponent, c->n_members) &&
	    file_put(dir, "wage_from", from, sizeof from) && file_put(dir, "wage", value, sizeof value);
}

/* 0 fine, also where numpy is absent (said aloud); 1: another count. */
static int
numpy_line(const struct run *r, double limit, uint64_t want)
{
	char dir[] = "/tmp/zhaofa-policy-XXXXXX", command[200], path[160];
	double seconds = 0;
	unsigned long long count = 0, bytes = 0;
	int got = 0;
	FILE *f;

	if (mkdtemp(dir) == NULL)
		return 1;
	for (size_t i = 0; got != 3 && i < 2 && files_put(&r->city, dir); i++) { /* Debian's numpy is only in its own python */
		snprintf(command, sizeof command, "%s bench/policy_numpy.py %s %zu", i == 0 ? "python3" : "/usr/bin/python3", dir,
		    r->city.n);
		f = popen(command, "r");
		if (f == NULL)
			break;
		got = fscanf(f, "%lf %llu %llu", &seconds, &count, &bytes);
		pclose(f);
	}
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		unlink(path);
	}
	rmdir(dir);
	if (got != 3) {
		printf("%-26s SKIPPED: no python3 with numpy, or not in the source tree\n", "numpy");
		return 0;
	}
	line("numpy", seconds, r->city.n, limit);
	return count != want;
}

/* ---- the curve ----------------------------------------------------------------------------------------------------- */

/* The count at some values once more by evaluating every household with them. */
static bool
curve_checked(struct run *r, const int64_t *grid, const uint64_t *curve)
{
	struct rules_column out = { r->answer, NULL, NULL };

	for (size_t g = 0; g < GRID; g += GRID / 7) {
		const struct rules *other;
		const struct rules_plan *plan;
		int want = rules_package(r->rules)->conclusion;

		if (rules_with_value(r->spare, r->rules, 0, IN_FORCE, grid[g], &other) != RC_OK ||
		    rules_plan_new(r->spare, other, &want, 1, &plan) != RC_OK ||
		    rules_batch_run(r->spare, plan, r->p, 0, r->city.n, NULL, &out) != RC_OK || yes(r) != curve[g])
			return false;
		arena_reset(r->spare);
	}
	return true;
}

static int
curve_lines(struct run *r)
{
	int64_t *grid = arena_array(r->mem, GRID, sizeof *grid), began;
	uint64_t *curve = arena_array(r->mem, GRID, sizeof *curve);
	uint16_t *turn = arena_array(r->mem, r->city.n, sizeof *turn);
	struct rules_turn t = { 0, IN_FORCE, 1, grid, GRID, true, 2 };
	struct rules_turned turned;
	double v[ROUNDS];

	if (grid == NULL || curve == NULL || turn == NULL)
		return 1;
	for (int i = 0; i < GRID; i++)
		grid[i] = 100000 + i * 100;
	began = bench_now_ns();
	if (rules_breakeven(r->spare, r->plan, r->p, 0, r->city.n, &t, turn, &turned) != RC_OK || turned.n_not_monotone > 0)
		return 1;
	line("break-even of each", (double)(bench_now_ns() - began) / 1e9, r->city.n, 0);
	for (int k = 0; k < ROUNDS; k++) {
		arena_reset(r->spare);
		began = bench_now_ns();
		if (rules_curve(r->spare, turn, r->city.n, GRID, true, curve) != RC_OK)
			return 1;
		v[k] = (double)(bench_now_ns() - began) / 1e9;
	}
	printf("%-26s %8.4f s   from %" PRIu64 " to %" PRIu64 " households\n", "curve of 4,000 values", bench_median(v, ROUNDS),
	    curve[0], curve[GRID - 1]);
	arena_reset(r->spare);
	return !curve_checked(r, grid, curve);
}

static int
run(struct run *r, size_t n, bool numpy)
{
	struct rules_findings findings;
	int want;
	uint64_t count;
	double limit, seconds;

	if (!city_draw(r->mem, &r->city, n) || rules_compile(r->mem, text_of(rule), &findings, &r->rules) != RC_OK ||
	    rules_population_new(r->mem, r->rules, n, &r->p) != RC_OK)
		return 1;
	want = rules_package(r->rules)->conclusion;
	r->answer = arena_array(r->mem, n, sizeof *r->answer);
	if (r->answer == NULL || rules_plan_new(r->mem, r->rules, &want, 1, &r->plan) != RC_OK ||
	    fill(r->p, &r->city, r->answer, arena_array(r->mem, n, 1)) != RC_OK)
		return 1;
	limit = plain_seconds(r);
	count = yes(r);
	printf("%zu households, %" PRIu64 " qualify; %.1f bytes a household\n", n, count,
	    (double)rules_population_bytes(r->p) / (double)n);
	line("C loop for this rule", limit, n, 0);
	seconds = column_seconds(r);
	if (seconds < 0 || yes(r) != count)
		return 1;
	line("columns", seconds, n, limit);
	if (numpy && numpy_line(r, limit, count) != 0)
		return 1;
	seconds = case_seconds(r);
	if (seconds < 0)
		return 1;
	printf("%-26s %8.2f µs each, judged with its trace\n", "one case", seconds * 1e6);
	return curve_lines(r);
}

int
bench_policy(int64_t rows)
{
	int64_t sizes[] = { rows > 0 ? rows : 1000000, rows > 0 ? 0 : 5900000 };
	int status = 0;

	bench_machine_print();
	printf("one thread, median of %d\n", ROUNDS);
	for (size_t i = 0; status == 0 && i < sizeof sizes / sizeof sizes[0] && sizes[i] > 0; i++) {
		size_t bound = (size_t)sizes[i] * 256 + ((size_t)64 << 20);
		struct run r = { .mem = arena_create(bound), .spare = arena_create((size_t)64 << 20) };

		status = r.mem == NULL || r.spare == NULL ? 1 : run(&r, (size_t)sizes[i], i == 0);
		arena_free(r.mem);
		arena_free(r.spare);
	}
	if (status != 0)
		fprintf(stderr, "zhaofa: bench policy: out of memory, or the ways do not give the same households\n");
	return status;
}
