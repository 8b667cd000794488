/*
 * zhaofa policy whatif: a package and a draft of it over a population, a row each in a CSV file or households of the
 * made-up city; who would stand better, who worse, by county or by a column; and how many would be granted it while one
 * value grows.
 */
#include "app/cli_policy_people.h"

#include "kit/msg/msg.h"
#include "operations/judge/judge_whatif.h"
#include "standards/policy/policy_city.h"

#include <stdio.h>

/* ---- who gains, who loses ------------------------------------------------------------------------------------- */

static void
tally_print(struct text name, const struct judge_tally *t)
{
	printf("%.*s\t%lld\t%lld\t%lld\t%lld\t%lld\t%lld\t%lld\n", (int)name.n, name.p, (long long)t->n, (long long)t->was,
	    (long long)t->is, (long long)t->gains, (long long)t->loses, (long long)t->other, (long long)t->open);
}

static void
reach_print(const struct people *p, const struct judge_reach *r)
{
	if (p->made_up)
		printf("# 示范家庭（虚构，种子 %llu，%llu 户）：各项比例和收入都是假定，不是统计 / made-up households, assumptions, no statistics\n",
		    (unsigned long long)p->seed, (unsigned long long)p->judge.n);
	puts("分组 group\t户数 households\t原来给予 granted\t改后给予 then granted\t更有利 gain\t更不利 lose\t其他变化 other\t不能断定 open");
	for (size_t i = 0; p->made_up && i < POLICY_CITY_COUNTIES; i++)
		tally_print(text_of(policy_counties[i].name), &r->place[i]);
	for (int g = 0; p->made_up && g < POLICY_GROUP_COUNT; g++)
		tally_print(text_of(policy_group_label((enum policy_group)g)), &r->group[g]);
	for (size_t i = 0; i < p->n_groups; i++)
		tally_print(p->group[i], &r->place[i]);
	tally_print(TEXT("合计 total"), &r->all);
	if (r->left_out > 0)
		printf("事实互相矛盾，没有计入 contradictory, left out: %lld\n", (long long)r->left_out);
}

/* ---- a curve --------------------------------------------------------------------------------------------------- */

static bool
grid_read(const struct policy_asked *q, const struct rules *r, const struct rules_parameter *p, int64_t *grid, size_t *ret_n)
{
	int64_t v[3];
	size_t n = 0;

	for (int i = 0; i < 3; i++)
		if (q->n_words != 3 || rules_read(r, p->type, text_of(q->words[i]), &v[i]) != RC_OK) {
			fputs("--curve NAME FROM TO STEP: 三个数，小数位数不超过参数的 / three numbers the parameter can hold\n", stderr);
			return false;
		}
	if (v[0] < p->least || v[1] > p->most || v[2] <= 0 || v[1] < v[0] || (v[1] - v[0]) / v[2] >= JUDGE_GRID_MAX) {
		char a[48], b[48];
		struct text least = rules_print(r, p->type, p->least, a), most = rules_print(r, p->type, p->most, b);

		fprintf(stderr, "--curve: 应在 %.*s 至 %.*s，最多 %d 个值 / from %.*s to %.*s, at most %d values\n", (int)least.n, least.p,
		    (int)most.n, most.p, JUDGE_GRID_MAX, (int)least.n, least.p, (int)most.n, most.p, JUDGE_GRID_MAX);
		return false;
	}
	for (int64_t x = v[0]; x <= v[1]; x += v[2])
		grid[n++] = x;
	*ret_n = n;
	return true;
}

static int
curve(const struct policy_asked *q, const struct rules *r, const struct people *people)
{
	static int64_t grid[JUDGE_GRID_MAX];
	static uint64_t count[JUDGE_GRID_MAX];
	const struct rules_package *k = rules_package(r);
	struct judge_grid g = { .parameter = rules_parameter_find(r, text_of(q->curve)), .value = grid };
	const struct rules_parameter *p = g.parameter < 0 ? NULL : &k->parameter[g.parameter];
	int64_t best = judge_best(r);
	int slow;
	enum rc rc;

	if (p == NULL || p->table || best < 0) {
		fprintf(stderr, "--curve %s: 没有这个参数，或者成表，或者规则包不给予什么 / no such value, a table, or nothing is granted\n",
		    q->curve);
		return 1;
	}
	g.entry = day_is_none(people->day) ? -1 : rules_entry_at(p, people->day);
	if (g.entry < 0) {
		fputs("--date YYYY-MM-DD: 改哪一天的值 / the day whose value grows\n", stderr);
		return 1;
	}
	if (!grid_read(q, r, p, grid, &g.n))
		return 1;
	rc = judge_curve(r, &people->judge, &g, count, &slow);
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: policy whatif: %s\n", rc_name(rc));
		return 1;
	}
	printf("%s\t%.*s\n", q->curve, (int)k->options[k->step[k->conclusion].type.options].option[best].name.n,
	    k->options[k->step[k->conclusion].type.options].option[best].name.p);
	for (size_t i = 0; i < g.n; i++) {
		char out[48];
		struct text v = rules_print(r, p->type, grid[i], out);

		printf("%.*s\t%llu\n", (int)v.n, v.p, (unsigned long long)count[i]);
	}
	if (slow > 0)
		fprintf(stderr, "--curve %s: 结果随值变化不止一次，逐值计算 / answers turn more than once: worked out value by value\n", q->curve);
	return 0;
}

/* ---- the draft -------------------------------------------------------------------------------------------------- */

/* "NAME=VALUE@DAY". */
static const struct rules *
with_set(struct policy_asked *q, const struct rules *before)
{
	const struct rules_package *k = rules_package(before);
	struct text rest = text_of(q->set), name = text_cut(&rest, '='), value = text_cut(&rest, '@'), text;
	struct policy_value_change in = { .package = k->name, .parameter = text_trim(name), .value = text_trim(value),
		.words = TEXT("whatif"), .title = TEXT("试算用的值"), .number = TEXT("试算用的值"), .article = TEXT_NONE, .unverified = true };
	struct findings found = { .n = 0 };

	if (day_parse(text_trim(rest), &in.from) != RC_OK)
		in.from = DAY_NONE;
	in.today = day_is_none(in.from) ? in.from : day_add(in.from, -1);
	if (policy_text_with(q->mem, before, &in, 0, &found, &text) != RC_OK) {
		for (size_t i = 0; i < found.n; i++) {
			struct text why = finding_text(q->mem, LANG_ZH, &found.v[i]), en = finding_text(q->mem, LANG_EN, &found.v[i]);

			fprintf(stderr, "--set %s: %s: %.*s / %.*s\n", q->set, found.v[i].field, (int)why.n, why.p, (int)en.n, en.p);
		}
		return NULL;
	}
	return cli_policy_compile(q->mem, text, "--set");
}

int
cli_policy_whatif(struct policy_asked *q)
{
	const struct rules *before, *after;
	bool change = q->draft != NULL || q->set != NULL || q->trials;
	struct judge_reach *reach = ARENA_NEW(q->mem, struct judge_reach);
	struct people *people = ARENA_NEW(q->mem, struct people);
	enum rc rc = RC_OK;

	if (reach == NULL || people == NULL || q->package == NULL || (q->population == NULL) == (q->synth == NULL) ||
	    (q->draft != NULL && q->set != NULL) || (!change && q->curve == NULL))
		return cli_policy_usage();
	before = cli_policy_open(q->mem, q->package);
	after = before == NULL ? NULL : q->draft != NULL ? cli_policy_open(q->mem, q->draft) : q->set != NULL ? with_set(q, before) :
	    before;
	after = cli_policy_tried(q, after);
	if (after == NULL || !people_open(q, before, after, people))
		return 1;
	if (change)
		rc = judge_reach(before, after, &people->judge, reach);
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: policy whatif: %s%s\n", rc_name(rc),
		    rc == RC_TOO_LARGE ? ": 规则包太大，不能按列计算 / too large a package for columns" : "");
		return 1;
	}
	if (change)
		reach_print(people, reach);
	return q->curve != NULL ? curve(q, after, people) : 0;
}
