/*
 * zhaofa policy whatif: a package and a draft of it over a population of households, a row each in a CSV file; who would
 * stand better, who worse, by a column; and how many would be granted it while one value grows.  Worked out in columns.
 */
#include "app/cli_policy.h"

#include "engine/rules/rules_batch.h"
#include "kit/csv/csv.h"
#include "kit/msg/msg.h"
#include "operations/judge/judge_whatif.h"

#include <stdio.h>
#include <string.h>

#define FILE_MAX ((size_t)32 << 20)
#define ROWS_MAX 200000
#define GROUPS_MAX 60
#define CURVE_MAX 4000
#define CHECKS 5           /* of a curve: values every household is worked out again for */
#define BAD_SHOWN 20
#define RUN_BYTES ((size_t)128 << 20)

struct column { int input; int64_t *value; uint8_t *missing; };

struct table {
	struct policy_asked *q;
	const struct rules *rules;
	struct text body;
	size_t n;                          /* rows */
	struct column v[CSV_COLUMNS_MAX];
	size_t n_columns;
	uint8_t *group;
	struct text groups[GROUPS_MAX];
	size_t n_groups;
	int bad;
};

struct tally { int64_t n, gains, loses, other; };

/* ---- the file ------------------------------------------------------------------------------------------------ */

static void
complain(struct table *t, int line, struct text column, struct text why)
{
	if (t->bad++ < BAD_SHOWN)
		fprintf(stderr, "%s: 第 %d 行 line %d: %.*s: %.*s\n", t->q->population, line, line, (int)column.n, column.p, (int)why.n,
		    why.p);
}

static void
complain_all(struct table *t, const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		complain(t, f->v[i].line, text_of(f->v[i].field), finding_text(t->q->mem, LANG_ZH, &f->v[i]));
}

static bool
body_read(struct policy_asked *q, struct text *ret)
{
	FILE *f = fopen(q->population, "rb");
	char *p = arena_alloc(q->mem, FILE_MAX + 1);
	size_t n;
	bool fine;

	if (f == NULL || p == NULL) {
		fprintf(stderr, "zhaofa: policy: cannot read %s\n", q->population);
		if (f != NULL)
			fclose(f);
		return false;
	}
	n = fread(p, 1, FILE_MAX + 1, f);
	fine = !ferror(f) && n <= FILE_MAX;
	fclose(f);
	if (!fine)
		fprintf(stderr, "zhaofa: policy: %s: unreadable, or past %zu bytes\n", q->population, FILE_MAX);
	*ret = (struct text){ p, n };
	return fine;
}

static bool
columns_open(struct table *t, const struct csv *c)
{
	size_t rows = 1;

	for (size_t i = 0; i < t->body.n; i++)
		rows += t->body.p[i] == '\n' || t->body.p[i] == '\r';
	if (rows > ROWS_MAX + 1) {
		fprintf(stderr, "%s: 最多 %d 行 / at most %d rows\n", t->q->population, ROWS_MAX, ROWS_MAX);
		return false;
	}
	for (size_t i = 0; i < c->n_heading; i++) {
		struct column *k = &t->v[i];
		bool group = t->q->group != NULL && text_equals(c->heading[i], text_of(t->q->group));

		k->input = rules_input_find(t->rules, c->heading[i]);
		k->value = arena_array(t->q->mem, rows, sizeof *k->value);
		k->missing = arena_array(t->q->mem, rows, sizeof *k->missing);
		if (k->value == NULL || k->missing == NULL)
			return false;
		if (k->input < 0 && !group)
			complain(t, c->heading_line, c->heading[i], TEXT("规则包不问这一项 / the package does not ask for it"));
		for (size_t before = 0; before < i; before++)
			if (text_equals(c->heading[before], c->heading[i]))
				complain(t, c->heading_line, c->heading[i], TEXT("这一列重复了 / twice"));
		if (group)
			k->input = -1;
	}
	t->n_columns = c->n_heading;
	t->group = arena_array(t->q->mem, rows, sizeof *t->group);
	return t->bad == 0 && t->group != NULL;
}

static void
group_set(struct table *t, struct text name, int line)
{
	size_t g = 0;

	while (g < t->n_groups && !text_equals(t->groups[g], name))
		g++;
	if (g == GROUPS_MAX) {
		complain(t, line, text_of(t->q->group), TEXT("分组太多，最多 60 个 / at most 60 groups"));
		return;
	}
	if (g == t->n_groups)
		t->groups[t->n_groups++] = arena_text(t->q->mem, name);
	t->group[t->n] = (uint8_t)g;
}

static void
row_read(struct table *t, const struct csv *c, const struct csv_record *r)
{
	for (size_t i = 0; i < t->n_columns; i++) {
		struct column *k = &t->v[i];
		struct text cell = i < r->n ? text_trim(r->fields[i]) : TEXT_NONE, why = TEXT_NONE;

		if (k->input < 0)
			group_set(t, cell, r->line);
		else if (cell.n == 0)
			k->missing[t->n] = 1;
		else if (!policy_fact_typed(t->q->mem, LANG_ZH, t->rules, k->input, cell, &k->value[t->n], &why))
			complain(t, r->line, c->heading[i], why);
	}
	t->n++;
}

static bool
table_read(struct table *t)
{
	struct findings found = { .n = 0 };
	struct csv_record r;
	struct csv c;
	enum rc rc = csv_open(&c, t->q->mem, t->body, &found);

	if (rc == RC_OK && !columns_open(t, &c))
		return false;
	while (rc == RC_OK && (rc = csv_next(&c, t->q->mem, &r, &found)) == RC_OK)
		row_read(t, &c, &r);
	complain_all(t, &found);
	if (rc != RC_DONE && found.n == 0)
		fprintf(stderr, "%s: %s\n", t->q->population, rc_name(rc));
	if (t->bad > BAD_SHOWN)
		fprintf(stderr, "… %d\n", t->bad - BAD_SHOWN);
	if (rc == RC_DONE && t->bad == 0 && t->n == 0)
		fprintf(stderr, "%s: 没有一行数据 / no rows\n", t->q->population);
	return rc == RC_DONE && t->bad == 0 && t->n > 0;
}

/* ---- judging --------------------------------------------------------------------------------------------------- */

/* The columns as facts of a package, on the day asked for where the file has none. */
static enum rc
population(const struct table *t, struct rules_population **ret)
{
	int law = rules_package(t->rules)->law_date;
	bool has_law = law < 0;
	int64_t *days, day = 0;
	enum rc rc = rules_population_new(t->q->mem, t->rules, t->n, ret);

	for (size_t i = 0; rc == RC_OK && i < t->n_columns; i++) {
		if (t->v[i].input < 0)
			continue;
		has_law = has_law || t->v[i].input == law;
		rc = rules_population_set(*ret, t->v[i].input, 0, t->n, t->v[i].value, t->v[i].missing, NULL);
	}
	if (rc != RC_OK || has_law)
		return rc;
	if (t->q->date == NULL || rules_read(t->rules, (struct rules_type){ .kind = RULES_DATE }, text_of(t->q->date), &day) != RC_OK) {
		fputs("--date YYYY-MM-DD: 按哪一天的标准算 / the day whose standard counts\n", stderr);
		return RC_INVALID;
	}
	days = arena_array(t->q->mem, t->n, sizeof *days);
	for (size_t i = 0; days != NULL && i < t->n; i++)
		days[i] = day;
	return days == NULL ? RC_NO_MEMORY : rules_population_set(*ret, law, 0, t->n, days, NULL, NULL);
}

struct answers { const struct rules *rules; const struct rules_plan *plan; struct rules_population *p; struct rules_column v[2]; };

static enum rc
answers_make(const struct table *t, struct answers *a)
{
	int want[2] = { rules_package(t->rules)->conclusion, RULES_WANT_CONFLICT };
	struct arena *mem = arena_create(RUN_BYTES);
	enum rc rc = mem == NULL ? RC_NO_MEMORY : population(t, &a->p);

	a->rules = t->rules;
	if (rc == RC_OK)
		rc = rules_plan_new(t->q->mem, t->rules, want, 2, &a->plan);
	for (int i = 0; rc == RC_OK && i < 2; i++) {
		a->v[i].n = arena_array(t->q->mem, t->n, sizeof *a->v[i].n);
		a->v[i].state = arena_array(t->q->mem, t->n, sizeof *a->v[i].state);
		if (a->v[i].n == NULL || a->v[i].state == NULL)
			rc = RC_NO_MEMORY;
	}
	if (rc == RC_OK)
		rc = rules_batch_run(mem, a->plan, a->p, 0, t->n, NULL, a->v);
	arena_free(mem);
	return rc;
}

static bool
contradictory(const struct answers *a, size_t row)
{
	return rules_column_state(a->v[1].state[row]) == RULES_KNOWN && a->v[1].n[row] != 0;
}

static bool
differs(const struct answers *a, const struct answers *b, size_t row)
{
	enum rules_state s = rules_column_state(a->v[0].state[row]), t = rules_column_state(b->v[0].state[row]);
	const struct rules_package *k = rules_package(a->rules), *m = rules_package(b->rules);
	char x[48], y[48];

	if (s != t || s != RULES_KNOWN)
		return s != t;
	return !text_equals(rules_print(a->rules, k->step[k->conclusion].type, a->v[0].n[row], x),
	    rules_print(b->rules, m->step[m->conclusion].type, b->v[0].n[row], y));
}

static void
tally_add(struct tally *t, const struct answers *a, const struct answers *b, size_t row)
{
	int was = judge_rank(a->rules, rules_column_state(a->v[0].state[row]), a->v[0].n[row]);
	int is = judge_rank(b->rules, rules_column_state(b->v[0].state[row]), b->v[0].n[row]);

	t->n++;
	t->gains += is > was;
	t->loses += is < was;
	t->other += is == was && differs(a, b, row);
}

static void
tally_print(struct text name, const struct tally *t)
{
	printf("%.*s\t%lld\t%lld\t%lld\t%lld\n", (int)name.n, name.p, (long long)t->n, (long long)t->gains, (long long)t->loses,
	    (long long)t->other);
}

static void
compare(const struct table *t, const struct answers *a, const struct answers *b)
{
	struct tally all = { 0 }, by[GROUPS_MAX] = { { 0 } };
	int64_t left_out = 0;

	for (size_t row = 0; row < t->n; row++) {
		if (contradictory(a, row) || contradictory(b, row)) {
			left_out++;
			continue;
		}
		tally_add(&all, a, b, row);
		tally_add(&by[t->group[row]], a, b, row);
	}
	puts("分组 group\t户数 households\t更有利 gain\t更不利 lose\t其他变化 other");
	for (size_t g = 0; t->q->group != NULL && g < t->n_groups; g++)
		tally_print(t->groups[g], &by[g]);
	tally_print(TEXT("合计 total"), &all);
	if (left_out > 0)
		printf("事实互相矛盾，没有计入 contradictory, left out: %lld\n", (long long)left_out);
}

/* ---- a curve --------------------------------------------------------------------------------------------------- */

static bool
grid_read(const struct table *t, const struct rules_parameter *p, int64_t *grid, size_t *ret_n)
{
	int64_t v[3];
	size_t n = 0;

	for (int i = 0; i < 3; i++)
		if (t->q->n_words != 3 || rules_read(t->rules, p->type, text_of(t->q->words[i]), &v[i]) != RC_OK) {
			fputs("--curve NAME FROM TO STEP: 三个数，小数位数不超过参数的 / three numbers the parameter can hold\n", stderr);
			return false;
		}
	if (v[0] < p->least || v[1] > p->most || v[2] <= 0 || v[1] < v[0] || (v[1] - v[0]) / v[2] >= CURVE_MAX) {
		char a[48], b[48];
		struct text least = rules_print(t->rules, p->type, p->least, a), most = rules_print(t->rules, p->type, p->most, b);

		fprintf(stderr, "--curve: 应在 %.*s 至 %.*s，最多 %d 个值 / from %.*s to %.*s, at most %d values\n", (int)least.n, least.p,
		    (int)most.n, most.p, CURVE_MAX, (int)least.n, least.p, (int)most.n, most.p, CURVE_MAX);
		return false;
	}
	for (int64_t x = v[0]; x <= v[1]; x += v[2])
		grid[n++] = x;
	*ret_n = n;
	return true;
}

/* The outcome that gives most; -1: none does. */
static int64_t
best_outcome(const struct rules *r)
{
	const struct rules_package *k = rules_package(r);
	struct rules_type type = k->step[k->conclusion].type;
	int64_t best = -1;

	for (size_t i = 0; type.kind == RULES_OPTION && i < k->options[type.options].n; i++)
		if (judge_rank(r, RULES_KNOWN, (int64_t)i) > (best < 0 ? 1 : judge_rank(r, RULES_KNOWN, best)))
			best = (int64_t)i;
	return best;
}

/* Value by value, where the answer does not turn one way. */
static enum rc
curve_slowly(const struct table *t, const struct answers *a, struct rules_turn *turn, struct arena *mem, uint64_t *count)
{
	int64_t *value = arena_array(t->q->mem, t->n, sizeof *value);
	struct rules_override o = { turn->parameter, turn->entry, value };
	enum rc rc = value == NULL ? RC_NO_MEMORY : RC_OK;

	for (size_t i = 0; rc == RC_OK && i < turn->n_grid; i++) {
		for (size_t row = 0; row < t->n; row++)
			value[row] = turn->grid[i];
		arena_reset(mem);
		rc = rules_batch_run(mem, a->plan, a->p, 0, t->n, &o, a->v);
		count[i] = 0;
		for (size_t row = 0; rc == RC_OK && row < t->n; row++)
			count[i] += !contradictory(a, row) && rules_column_state(a->v[0].state[row]) == RULES_KNOWN && a->v[0].n[row] == turn->wanted;
	}
	return rc;
}

static enum rc
curve_make(const struct table *t, const struct answers *a, struct rules_turn *turn, uint64_t *count)
{
	struct arena *mem = arena_create(RUN_BYTES);
	uint16_t *at = arena_array(t->q->mem, t->n, sizeof *at);
	struct rules_turned turned = { .n_not_monotone = 1 };
	size_t n = 0;
	enum rc rc = mem == NULL || at == NULL ? RC_NO_MEMORY : RC_OK;

	for (int way = 0; rc == RC_OK && way < 2 && turned.n_not_monotone > 0; way++) {
		turn->rising = way == 0;
		arena_reset(mem);
		rc = rules_breakeven(mem, a->plan, a->p, 0, t->n, turn, at, &turned);
	}
	if (rc == RC_OK && turned.n_not_monotone > 0) {
		rc = curve_slowly(t, a, turn, mem, count);
	} else if (rc == RC_OK) {
		for (size_t row = 0; row < t->n; row++)
			if (!contradictory(a, row))
				at[n++] = at[row];
		rc = rules_curve(mem, at, n, turn->n_grid, turn->rising, count);
	}
	arena_free(mem);
	return rc;
}

static int
curve(const struct table *t, const struct answers *a)
{
	static int64_t grid[CURVE_MAX];
	static uint64_t count[CURVE_MAX];
	const struct rules_package *k = rules_package(t->rules);
	struct rules_turn turn = { .parameter = rules_parameter_find(t->rules, text_of(t->q->curve)), .grid = grid,
		.wanted = best_outcome(t->rules), .checks = CHECKS };
	const struct rules_parameter *p = turn.parameter < 0 ? NULL : &k->parameter[turn.parameter];
	struct day day = DAY_NONE;
	enum rc rc;

	if (p == NULL || p->table || turn.wanted < 0) {
		fprintf(stderr, "--curve %s: 没有这个参数，或者成表，或者规则包不给予什么 / no such value, a table, or nothing is granted\n",
		    t->q->curve);
		return 1;
	}
	turn.entry = t->q->date != NULL && day_parse(text_of(t->q->date), &day) == RC_OK ? rules_entry_at(p, day) : -1;
	if (turn.entry < 0) {
		fputs("--date YYYY-MM-DD: 改哪一天的值 / the day whose value grows\n", stderr);
		return 1;
	}
	if (!grid_read(t, p, grid, &turn.n_grid))
		return 1;
	rc = curve_make(t, a, &turn, count);
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: policy whatif: %s\n", rc_name(rc));
		return 1;
	}
	printf("%s\t%.*s\n", t->q->curve, (int)k->options[k->step[k->conclusion].type.options].option[turn.wanted].name.n,
	    k->options[k->step[k->conclusion].type.options].option[turn.wanted].name.p);
	for (size_t i = 0; i < turn.n_grid; i++) {
		char out[48];
		struct text v = rules_print(t->rules, p->type, grid[i], out);

		printf("%.*s\t%llu\n", (int)v.n, v.p, (unsigned long long)count[i]);
	}
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
	struct table before = { .q = q }, after;
	struct answers a, b;
	enum rc rc;

	if (q->package == NULL || q->population == NULL || (q->draft != NULL && q->set != NULL) ||
	    (q->draft == NULL && q->set == NULL && q->curve == NULL))
		return cli_policy_usage();
	before.rules = cli_policy_open(q->mem, q->package);
	if (before.rules == NULL || !body_read(q, &before.body))
		return 1;
	after = before;
	if (q->draft != NULL)
		after.rules = cli_policy_open(q->mem, q->draft);
	else if (q->set != NULL)
		after.rules = with_set(q, before.rules);
	if (after.rules == NULL || !table_read(&before) || !table_read(&after))
		return 1;
	rc = answers_make(&before, &a);
	if (rc == RC_OK)
		rc = answers_make(&after, &b);
	if (rc != RC_OK) {
		if (rc != RC_INVALID)
			fprintf(stderr, "zhaofa: policy whatif: %s\n", rc_name(rc));
		return 1;
	}
	if (q->draft != NULL || q->set != NULL)
		compare(&before, &a, &b);
	return q->curve != NULL ? curve(&after, &b) : 0;
}
