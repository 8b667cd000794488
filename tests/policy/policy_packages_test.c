/*
 * policy_packages_test: do the cases of each package hold, and would they notice?  Every value of every
 * parameter is nudged by one unit, every from-date by a day; some case must then fail.  The dated options
 * whose other settings no day has (which day's wage, AND or OR) are tried by setting them.  The facts of all
 * cases of a package are also a population, of which the columnar evaluator must say the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <dirent.h>

#include <cmocka.h>

#include "engine/rules/rules_batch.h"
#include "policy_read.h"
#include "standards/policy/policy.h"

#define CASES_MAX 2000

struct one { const struct json_value *json; struct rules_facts *facts; };

struct trial {
	struct arena *mem, *work;
	struct text source;
	const struct rules *rules;
	struct one one[CASES_MAX]; size_t n;
	int mutants, survivors;
};

static const struct rules *
compiled(struct arena *mem, struct text source, const char *name)
{
	static struct rules_findings findings;
	const struct rules *r = NULL;

	if (rules_compile(mem, source, &findings, &r) != RC_OK && name != NULL) {
		struct text why = policy_finding_text(mem, LANG_EN, &findings.finding[0]);

		fail_msg("%s: %.*s", name, (int)why.n, why.p);
	}
	return r;
}

/* ---- cases ------------------------------------------------------------------------------------------ */

static void
case_add(struct trial *t, const struct json_value *c)
{
	const struct json_value *date = json_member(c, TEXT("date")), *name = json_member(c, TEXT("name"));
	struct policy_findings findings;
	struct one one = { .json = c };
	int64_t day;

	if (json_member(c, TEXT("expect")) == NULL)
		return; /* refused facts and contradictions: policy_cases_run() below tries them */
	if (policy_facts_read(t->mem, LANG_EN, t->rules, json_member(c, TEXT("facts")), &one.facts, &findings) != RC_OK)
		fail_msg("%.*s: facts", (int)name->text.n, name->text.p);
	if (date != NULL) {
		assert_int_equal(rules_read(t->rules, (struct rules_type){ .kind = RULES_DATE }, date->text, &day), RC_OK);
		assert_int_equal(rules_fact_set(one.facts, rules_package(t->rules)->law_date, day), RC_OK);
	}
	assert_true(t->n < CASES_MAX);
	t->one[t->n++] = one;
}

static void
say(void *arg, struct text name, struct text what)
{
	(void)arg;
	print_message("%.*s: %.*s\n", (int)name.n, name.p, (int)what.n, what.p);
}

static void
say_nothing(void *arg, struct text name, struct text what)
{
	(void)arg, (void)name, (void)what;
}

static void
cases_file(struct trial *t, const char *path)
{
	struct text json = file_read(t->mem, path);
	struct policy_tally tally = { 0, 0 };
	struct findings findings = { 0 };
	const struct json_value *list;

	if (policy_cases_run(t->mem, t->rules, json, &tally, say, NULL, &findings) != RC_OK || tally.failed > 0 ||
	    tally.passed == 0)
		fail_msg("%s: %d passed, %d failed", path, tally.passed, tally.failed);
	assert_int_equal(json_tree(json, t->mem, &list, &findings), RC_OK);
	for (size_t i = 0; i < list->n; i++)
		case_add(t, &list->kid[i]);
}

static void
cases_folder(struct trial *t, const char *path)
{
	DIR *d = opendir(path);
	char file[600];

	if (d == NULL)
		fail_msg("cannot read %s", path);
	for (struct dirent *e; (e = readdir(d)) != NULL;)
		if (text_ends_with(text_of(e->d_name), TEXT(".json"))) {
			snprintf(file, sizeof file, "%s/%s", path, e->d_name);
			cases_file(t, file);
		}
	closedir(d);
}

/* "成员[2].净值" for the second item of a list. */
static bool
step_of(const struct rules *r, struct text name, int *ret_step, int *ret_item)
{
	struct text rest = name, list = text_cut(&rest, '['), number = text_cut(&rest, ']');
	int64_t item = 0;

	*ret_item = -1;
	if (list.n == name.n) {
		*ret_step = text_equals(name, TEXT("结论")) ? rules_package(r)->conclusion : rules_step_find(r, -1, name);
		return *ret_step >= 0;
	}
	if (int64_parse(number, 1, 200, &item) != RC_OK || rest.n < 2)
		return false;
	*ret_item = (int)item - 1;
	*ret_step = rules_step_find(r, rules_list_find(r, list), (struct text){ rest.p + 1, rest.n - 1 });
	return *ret_step >= 0;
}

static bool
as_expected(const struct rules_verdict *v, const struct json_value *want)
{
	struct text w = want->kind == JSON_IS_TRUTH ? (want->truth ? TEXT("是") : TEXT("否")) : want->text;
	struct rules_value value;
	int step, item;
	int64_t n;

	if (!step_of(v->rules, want->key, &step, &item) || rules_verdict_step(v, step, item, &value, NULL) != RC_OK)
		return false;
	if (value.state != RULES_KNOWN)
		return text_equals(w, value.state == RULES_MISSING ? TEXT("?") : TEXT("!"));
	return rules_read(v->rules, rules_package(v->rules)->step[step].type, w, &n) == RC_OK && n == value.n;
}

static bool
holds(struct arena *work, const struct rules *r, const struct one *one)
{
	const struct json_value *expect = json_member(one->json, TEXT("expect"));
	struct rules_verdict v;

	arena_reset(work);
	if (rules_judge(work, r, one->facts, &v) != RC_OK)
		return false;
	for (size_t i = 0; i < expect->n; i++)
		if (!as_expected(&v, &expect->kid[i]))
			return false;
	return true;
}

/* Does some case fail?  The one that did comes first next time: neighbours fail by neighbours. */
static bool
noticed(struct trial *t, const struct rules *r)
{
	for (size_t i = 0; i < t->n; i++)
		if (!holds(t->work, r, &t->one[i])) {
			struct one killer = t->one[i];

			memmove(&t->one[1], &t->one[0], i * sizeof t->one[0]);
			t->one[0] = killer;
			return true;
		}
	return false;
}

/* ---- nudges ----------------------------------------------------------------------------------------- */

static void
survived(struct trial *t, const struct rules_parameter *par, const struct rules_entry *e, const char *what, int64_t row)
{
	char day[16];
	struct text from = day_print(e->from, day);

	t->survivors++;
	print_message("no case notices: %.*s from %.*s (line %d), %s, row %lld\n", (int)par->name.n, par->name.p, (int)from.n,
	    from.p, e->line, what, (long long)row);
}

static void
nudge_value(struct trial *t, struct arena *mem, int p, int i)
{
	const struct rules_parameter *par = &rules_package(t->rules)->parameter[p];
	const struct rules_entry *e = &par->entry[i];
	const struct rules *r;

	for (int step = e->unset ? 0 : -1; step <= 1; step += 2) {
		int64_t value = e->unset ? par->least : e->value + step;

		if (rules_with_value(mem, t->rules, p, i, value, &r) != RC_OK)
			continue; /* outside its bounds */
		t->mutants++;
		if (!noticed(t, r))
			survived(t, par, e, e->unset ? "set" : step < 0 ? "one less" : "one more", -1);
	}
}

static void
nudge_rows(struct trial *t, struct arena *mem, int p, int i)
{
	const struct rules_parameter *par = &rules_package(t->rules)->parameter[p];
	const struct rules_entry *e = &par->entry[i];
	const struct rules *r;

	for (size_t k = 0; k < e->n_rows; k++)
		for (int turn = 0; turn < 4; turn++) {
			struct rules_row row = e->row[k];
			bool key = turn >= 2;

			*(key ? &row.key : &row.value) += turn % 2 == 0 ? 1 : -1;
			if ((key && par->key.kind == RULES_OPTION) ||
			    rules_with_row(mem, t->rules, p, i, (int)k, row, &r) != RC_OK)
				continue;
			t->mutants++;
			if (!noticed(t, r))
				survived(t, par, e, key ? "key of a row" : "value of a row", (int64_t)k);
		}
}

static bool
same_values(const struct rules_entry *a, const struct rules_entry *b)
{
	if (a->unset != b->unset || a->n_rows != b->n_rows || (!a->unset && a->value != b->value))
		return false;
	for (size_t i = 0; i < a->n_rows; i++)
		if (a->row[i].key != b->row[i].key || a->row[i].value != b->row[i].value)
			return false;
	return true;
}

/* Another parameter whose first value is of the same day: alone, this one earlier says nothing new. */
static bool
begins_with_a_sister(const struct rules_package *k, size_t p)
{
	for (size_t i = 0; i < k->n_parameters; i++)
		if (i != p && k->parameter[i].entry[0].from.n == k->parameter[p].entry[0].from.n)
			return true;
	return false;
}

/* The text with the date of the entry on that line moved. */
static struct text
moved(struct trial *t, const struct rules_entry *e, int days)
{
	struct text out = arena_text(t->work, t->source);
	char from[16], to[16], *at = (char *)(uintptr_t)out.p;

	day_print(e->from, from);
	day_print(day_add(e->from, days), to);
	for (int line = 1; line < e->line; line++)
		at = strchr(at, '\n') + 1;
	at = strstr(at, from);
	assert_non_null(at);
	for (int i = 0; i < 10; i++)
		at[i] = to[i];
	return out;
}

static void
nudge_date(struct trial *t, struct arena *mem, size_t p, size_t i)
{
	const struct rules_package *k = rules_package(t->rules);
	const struct rules_parameter *par = &k->parameter[p];

	if (i > 0 && same_values(&par->entry[i - 1], &par->entry[i]))
		return; /* only the source changes: no decision can tell */
	for (int days = -1; days <= 1; days += 2) {
		const struct rules *r;

		arena_reset(t->work);
		r = compiled(mem, moved(t, &par->entry[i], days), NULL);
		t->mutants++;
		if (r != NULL && !noticed(t, r) && !(days < 0 && i == 0 && begins_with_a_sister(k, p)))
			survived(t, par, &par->entry[i], days < 0 ? "a day earlier" : "a day later", -1);
	}
}

static void
nudge_all(struct trial *t)
{
	const struct rules_package *k = rules_package(t->rules);
	struct arena *mem = arena_create((size_t)64 << 20);

	assert_non_null(mem);
	for (size_t p = 0; p < k->n_parameters; p++)
		for (size_t i = 0; i < k->parameter[p].n_entries; i++) {
			arena_reset(mem);
			if (k->parameter[p].table)
				nudge_rows(t, mem, (int)p, (int)i);
			else
				nudge_value(t, mem, (int)p, (int)i);
			nudge_date(t, mem, p, i);
		}
	arena_free(mem);
}

/* ---- the other evaluator ------------------------------------------------------------------------------ */

static void
column_fill(struct trial *t, struct rules_population *p, int input)
{
	const struct rules_input *in = &rules_package(t->rules)->input[input];
	size_t room = in->list < 0 ? t->n : rules_population_items(p, in->list), m = 0;
	int64_t *value = arena_array(t->mem, room + 1, sizeof *value);
	uint8_t *missing = arena_alloc(t->mem, room + 1);

	assert_true(value != NULL && missing != NULL);
	for (size_t i = 0; i < t->n; i++) {
		const struct rules_facts *f = t->one[i].facts;

		if (in->list < 0)
			missing[m++] = !rules_fact_known(f, input, &value[i]);
		for (int k = 0; in->list >= 0 && k < rules_list_items(f, in->list); k++, m++)
			missing[m] = !rules_field_known(f, in->list, k, input, &value[m]);
	}
	assert_int_equal(m, room);
	if (in->list < 0)
		assert_int_equal(rules_population_set(p, input, 0, m, value, missing, NULL), RC_OK);
	else
		assert_int_equal(rules_population_field(p, input, 0, m, value, missing, NULL), RC_OK);
}

static struct rules_population *
population(struct trial *t)
{
	const struct rules_package *k = rules_package(t->rules);
	struct rules_population *p = NULL;
	uint8_t *count = arena_alloc(t->mem, t->n);

	assert_non_null(count);
	assert_int_equal(rules_population_new(t->mem, t->rules, t->n, &p), RC_OK);
	for (size_t l = 0; l < k->n_lists; l++) {
		for (size_t i = 0; i < t->n; i++) {
			int items = rules_list_items(t->one[i].facts, (int)l);

			count[i] = items < 0 ? RULES_LIST_NOT_GIVEN : (uint8_t)items;
		}
		assert_int_equal(rules_population_list(p, (int)l, count, NULL), RC_OK);
	}
	for (size_t i = 0; i < k->n_inputs; i++)
		column_fill(t, p, (int)i);
	return p;
}

static int
column_compare(struct trial *t, int step, const struct rules_column *c)
{
	int compared = 0;

	for (size_t i = 0; i < t->n; i++) {
		struct rules_verdict v;
		struct rules_value x;

		arena_reset(t->work);
		assert_int_equal(rules_judge(t->work, t->rules, t->one[i].facts, &v), RC_OK);
		if (rules_verdict_step(&v, step, -1, &x, NULL) != RC_OK)
			continue; /* nothing asked for it */
		compared++;
		if (rules_column_state(c->state[i]) != x.state || (x.state == RULES_KNOWN && c->n[i] != x.n) ||
		    (x.state == RULES_FAILED && rules_column_failure(c->state[i]) != x.failure))
			fail_msg("%.*s, step %d: the columns say %d %lld, the walk %d %lld",
			    (int)json_member(t->one[i].json, TEXT("name"))->text.n, json_member(t->one[i].json, TEXT("name"))->text.p,
			    step, c->state[i], (long long)c->n[i], (int)x.state, (long long)x.n);
	}
	return compared;
}

static int
columns_agree(struct trial *t)
{
	const struct rules_package *k = rules_package(t->rules);
	struct rules_population *p = population(t);
	struct arena *run = arena_create((size_t)256 << 20);
	int64_t *n = arena_array(t->mem, t->n, sizeof *n);
	uint8_t *state = arena_alloc(t->mem, t->n);
	const struct rules_plan *plan;
	int compared = 0;

	assert_true(run != NULL && n != NULL && state != NULL);
	for (size_t s = 0; s < k->n_steps; s++) {
		struct rules_column column = { .n = n, .state = state };
		int want = (int)s;

		if (k->step[s].list >= 0)
			continue;
		arena_reset(run);
		assert_int_equal(rules_plan_new(run, t->rules, &want, 1, &plan), RC_OK);
		assert_int_equal(rules_batch_run(run, plan, p, 0, t->n, NULL, &column), RC_OK);
		compared += column_compare(t, want, &column);
	}
	arena_free(run);
	return compared;
}

static struct trial *
opened(const char *rules)
{
	struct arena *mem = arena_create((size_t)512 << 20);
	struct trial *t = mem == NULL ? NULL : ARENA_NEW(mem, struct trial);

	assert_non_null(t);
	t->mem = mem;
	t->work = arena_create((size_t)32 << 20);
	assert_non_null(t->work);
	t->source = file_read(mem, rules);
	t->rules = compiled(mem, t->source, rules);
	return t;
}

static void
closed(struct trial *t)
{
	arena_free(t->work);
	arena_free(t->mem);
}

static void
nudged(const char *rules, const char *cases, int at_least)
{
	struct trial *t = opened(rules);
	int compared;

	cases_folder(t, cases);
	compared = columns_agree(t);
	nudge_all(t);
	print_message("%s: %zu cases, %d mutants, %d values in columns\n", rules, t->n, t->mutants, compared);
	assert_true(compared >= (int)t->n);
	if (t->survivors > 0 || t->mutants < at_least)
		fail_msg("%s: %d of %d mutants survive", rules, t->survivors, t->mutants);
	closed(t);
}

static void
legal_aid(void **state)
{
	(void)state;
	nudged("data/policy/legal_aid.rules", "data/policy/cases/legal_aid", 150);
}

static void
notary_relief(void **state)
{
	(void)state;
	nudged("data/policy/notary_relief.rules", "data/policy/cases/notary_relief", 30);
}

static void
appraisal_relief(void **state)
{
	(void)state;
	nudged("data/policy/appraisal_relief.rules", "data/policy/cases/appraisal_relief", 10);
}

static void
paths(void **state)
{
	(void)state;
	nudged("data/policy/paths.rules", "data/policy/cases/paths", 10);
}

static void
service_fee(void **state)
{
	(void)state;
	nudged("data/policy/service_fee.rules", "data/policy/cases/service_fee", 10);
}

static void
time_limits(void **state)
{
	(void)state;
	nudged("data/policy/time_limits.rules", "data/policy/cases/time_limits", 100);
}

/* The exercise of the language: the civil means test of another country. */
static void
civil_means(void **state)
{
	(void)state;
	nudged("data/policy/examples/civil_means.rules", "data/policy/examples/cases/civil_means", 100);
}

/* ---- other settings ----------------------------------------------------------------------------------- */

/* Every entry of the parameter set to one value: the cases must hold, and without it some must not, unless
 * no day of the series can tell the two apart. */
static void
setting(const char *package, const char *parameter, const char *value, const char *cases, bool differs)
{
	struct trial *t;
	struct policy_tally tally = { 0, 0 }, before = { 0, 0 };
	struct findings findings = { 0 };
	char path[200];
	struct text json;
	int p;
	int64_t n;

	snprintf(path, sizeof path, "data/policy/%s.rules", package);
	t = opened(path);
	snprintf(path, sizeof path, "tests/policy/modes/%s.json", cases);
	json = file_read(t->mem, path);
	p = rules_parameter_find(t->rules, text_of(parameter));
	assert_true(p >= 0);
	assert_int_equal(policy_cases_run(t->work, t->rules, json, &before, say_nothing, NULL, &findings), RC_OK);
	assert_int_equal(rules_read(t->rules, rules_package(t->rules)->parameter[p].type, text_of(value), &n), RC_OK);
	for (size_t i = 0; i < rules_package(t->rules)->parameter[p].n_entries; i++)
		assert_int_equal(rules_with_value(t->mem, t->rules, p, (int)i, n, &t->rules), RC_OK);
	assert_int_equal(policy_cases_run(t->mem, t->rules, json, &tally, say, NULL, &findings), RC_OK);
	assert_int_equal(tally.failed, 0);
	assert_true(tally.passed > 0 && (before.failed > 0) == differs);
	closed(t);
}

static void
other_settings_of_the_dated_options(void **state)
{
	(void)state;
	setting("notary_relief", "组合", "具备其一", "notary_either", true);
	setting("notary_relief", "满岁", "生日次日", "notary_next_day", true);
	setting("legal_aid", "参照", "上年初", "wage_first_of_year", true);
	setting("legal_aid", "参照", "上年最高", "wage_greatest", false); /* it never fell */
	setting("legal_aid", "比较", "不超过", "not_above", true);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(legal_aid),
		cmocka_unit_test(notary_relief),
		cmocka_unit_test(appraisal_relief),
		cmocka_unit_test(service_fee),
		cmocka_unit_test(paths),
		cmocka_unit_test(time_limits),
		cmocka_unit_test(civil_means),
		cmocka_unit_test(other_settings_of_the_dated_options),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
