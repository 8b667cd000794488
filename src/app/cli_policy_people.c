/*
 * A column of the file is a fact by its name, a field of a list as LIST.FIELD with one value for each item between
 * semicolons, or what --group names.  An empty cell is not known; 无 is a list without items.
 */
#include "app/cli_policy_people.h"

#include "kit/csv/csv.h"
#include "kit/msg/msg.h"
#include "standards/policy/policy.h"
#include "standards/policy/policy_city.h"

#include <stdio.h>

#define FILE_MAX ((size_t)32 << 20)
#define ROWS_MAX 200000
#define BAD_SHOWN 20

struct column { int input, list; bool group; int64_t *value; uint8_t *missing; };

struct list { uint8_t *count; uint32_t *first; size_t n; bool given; }; /* n: items so far */

struct people_table {
	struct policy_asked *q;
	struct people *people;
	const struct rules *rules;
	struct text body;
	size_t n, n_columns, room;          /* rows; columns; items a list may have in all */
	struct column v[CSV_COLUMNS_MAX];
	struct list *list;
	uint8_t *group;
	int bad;
};

static void
complain(struct people_table *t, int line, struct text column, struct text why)
{
	if (t->bad++ < BAD_SHOWN)
		fprintf(stderr, "%s: 第 %d 行 line %d: %.*s: %.*s\n", t->q->population, line, line, (int)column.n, column.p, (int)why.n,
		    why.p);
}

static void
complain_all(struct people_table *t, const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		complain(t, f->v[i].line, text_of(f->v[i].field), finding_text(t->q->mem, LANG_ZH, &f->v[i]));
}

/* ---- the heading -------------------------------------------------------------------------------------------------- */

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

/* Which fact a heading names: "收入", or "成员.收入" in a list. */
static struct column
column_named(const struct people_table *t, struct text heading)
{
	struct column k = { .list = -1, .group = t->q->group != NULL && text_equals(heading, text_of(t->q->group)) };
	struct text field = heading, list = text_cut(&field, '.');

	k.input = k.group ? -1 : rules_input_find(t->rules, heading);
	if (k.group || k.input >= 0 || field.n == 0)
		return k;
	k.list = rules_list_find(t->rules, text_trim(list));
	k.input = k.list < 0 ? -1 : rules_field_find(t->rules, k.list, text_trim(field));
	return k;
}

static void
column_open(struct people_table *t, const struct csv *c, size_t i, size_t rows)
{
	struct column *k = &t->v[i];

	*k = column_named(t, c->heading[i]);
	if (k->input < 0 && !k->group)
		complain(t, c->heading_line, c->heading[i], k->list >= 0 ?
		    TEXT("这个列表没有这个字段 / the list has no such field") :
		    rules_list_find(t->rules, c->heading[i]) >= 0 ?
		    TEXT("列表要写成“列表.字段” / a list is written LIST.FIELD") : TEXT("规则包不问这一项 / the package does not ask for it"));
	for (size_t before = 0; before < i; before++)
		if (text_equals(c->heading[before], c->heading[i]))
			complain(t, c->heading_line, c->heading[i], TEXT("这一列重复了 / twice"));
	if (k->group)
		return;
	k->value = arena_array(t->q->mem, k->list >= 0 ? t->room : rows, sizeof *k->value);
	k->missing = arena_array(t->q->mem, k->list >= 0 ? t->room : rows, sizeof *k->missing);
	if (k->list >= 0)
		t->list[k->list].given = true;
}

static bool
lists_open(struct people_table *t, size_t rows)
{
	size_t n = rules_package(t->rules)->n_lists;

	t->list = arena_array(t->q->mem, n + 1, sizeof *t->list);
	for (size_t i = 0; t->list != NULL && i < n; i++) {
		t->list[i].count = arena_array(t->q->mem, rows, sizeof *t->list[i].count);
		t->list[i].first = arena_array(t->q->mem, rows + 1, sizeof *t->list[i].first);
		if (t->list[i].count == NULL || t->list[i].first == NULL)
			return false;
	}
	return t->list != NULL;
}

static bool
columns_open(struct people_table *t, const struct csv *c)
{
	size_t rows = 1, items = 0;
	bool room;

	for (size_t i = 0; i < t->body.n; i++) {
		rows += t->body.p[i] == '\n' || t->body.p[i] == '\r';
		items += t->body.p[i] == ';' || (unsigned char)t->body.p[i] == 0xBB; /* 0xBB ends a wide semicolon */
	}
	if (rows > ROWS_MAX + 1) {
		fprintf(stderr, "%s: 最多 %d 行 / at most %d rows\n", t->q->population, ROWS_MAX, ROWS_MAX);
		return false;
	}
	t->room = rows + items;
	room = lists_open(t, rows);
	t->n_columns = c->n_heading;
	for (size_t i = 0; room && i < c->n_heading; i++) {
		column_open(t, c, i, rows);
		room = t->v[i].input < 0 || (t->v[i].value != NULL && t->v[i].missing != NULL);
	}
	t->group = arena_array(t->q->mem, rows, sizeof *t->group);
	if (!room || t->group == NULL)
		fprintf(stderr, "%s: %s\n", t->q->population, rc_name(RC_NO_MEMORY));
	return t->bad == 0 && room && t->group != NULL;
}

/* ---- rows --------------------------------------------------------------------------------------------------------------- */

static void
group_set(struct people_table *t, struct text name, int line)
{
	struct people *p = t->people;
	size_t g = 0;

	while (g < p->n_groups && !text_equals(p->group[g], name))
		g++;
	if (g == PEOPLE_GROUPS_MAX) {
		complain(t, line, text_of(t->q->group), TEXT("分组太多，最多 60 个 / at most 60 groups"));
		return;
	}
	if (g == p->n_groups)
		p->group[p->n_groups++] = arena_text(t->q->mem, name);
	t->group[t->n] = (uint8_t)g;
}

/* One value at a place of its column. */
static void
value_read(struct people_table *t, struct column *k, size_t at, struct text cell, struct text heading, int line)
{
	struct text why = TEXT_NONE;

	if (cell.n == 0)
		k->missing[at] = 1;
	else if (!policy_fact_typed(t->q->mem, LANG_ZH, t->rules, k->input, cell, &k->value[at], &why))
		complain(t, line, heading, why);
}

/* The next item of "1000;2000；0". */
static bool
item_next(struct text *rest, struct text *ret)
{
	const struct text wide = TEXT("；");

	if (rest->p == NULL)
		return false;
	for (size_t i = 0; i < rest->n; i++) {
		size_t step = rest->p[i] == ';' ? 1 : i + wide.n <= rest->n && text_equals((struct text){ rest->p + i, wide.n }, wide) ? wide.n : 0;

		if (step == 0)
			continue;
		*ret = text_trim((struct text){ rest->p, i });
		*rest = (struct text){ rest->p + i + step, rest->n - i - step };
		return true;
	}
	*ret = text_trim(*rest);
	*rest = (struct text){ NULL, 0 };
	return true;
}

/* How many items a cell has, each read; RULES_LIST_NOT_GIVEN for an empty cell. */
static int
items_read(struct people_table *t, struct column *k, struct text cell, struct text heading, int line)
{
	const struct list *l = &t->list[k->list];
	int most = rules_package(t->rules)->list[k->list].most, n = 0;
	struct text item;

	if (cell.n == 0)
		return RULES_LIST_NOT_GIVEN;
	if (text_equals(cell, TEXT("无")) || text_equals(cell, TEXT("none")))
		return 0;
	for (; item_next(&cell, &item); n++) {
		if (n == most) {
			complain(t, line, heading, arena_format(t->q->mem, "最多 %d 项 / at most %d items", most, most));
			return n;
		}
		value_read(t, k, l->n + (size_t)n, item, heading, line);
	}
	return n;
}

/* All columns of a list must have as many items. */
static void
lists_read(struct people_table *t, const struct csv *c, const struct csv_record *r)
{
	for (size_t l = 0; l < rules_package(t->rules)->n_lists; l++) {
		struct list *list = &t->list[l];
		int count = -1;

		for (size_t i = 0; i < t->n_columns; i++) {
			int n;

			if (t->v[i].list != (int)l)
				continue;
			n = items_read(t, &t->v[i], i < r->n ? text_trim(r->fields[i]) : TEXT_NONE, c->heading[i], r->line);
			if (count >= 0 && n != count)
				complain(t, r->line, c->heading[i], TEXT("与同一列表的其他列项数不同 / other columns of the list have another number of items"));
			count = n;
		}
		list->first[t->n] = (uint32_t)list->n;
		list->count[t->n] = (uint8_t)(count < 0 ? RULES_LIST_NOT_GIVEN : count);
		list->n += count < 0 || count == RULES_LIST_NOT_GIVEN ? 0 : (size_t)count;
		list->first[t->n + 1] = (uint32_t)list->n;
	}
}

static void
row_read(struct people_table *t, const struct csv *c, const struct csv_record *r)
{
	for (size_t i = 0; i < t->n_columns; i++) {
		struct column *k = &t->v[i];
		struct text cell = i < r->n ? text_trim(r->fields[i]) : TEXT_NONE;

		if (k->group)
			group_set(t, cell, r->line);
		else if (k->list < 0)
			value_read(t, k, t->n, cell, c->heading[i], r->line);
	}
	lists_read(t, c, r);
	t->n++;
}

static bool
table_read(struct people_table *t)
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

/* ---- pieces --------------------------------------------------------------------------------------------------------------- */

static enum rc
day_fill(struct arena *mem, struct rules_population *p, int law, struct day day, size_t n)
{
	int64_t *v = arena_array(mem, n, sizeof *v);

	for (size_t i = 0; v != NULL && i < n; i++)
		v[i] = day.n;
	return v == NULL ? RC_NO_MEMORY : rules_population_set(p, law, 0, n, v, NULL, NULL);
}

static enum rc
lists_fill(const struct people_table *t, struct rules_population *p, size_t from)
{
	enum rc rc = RC_OK;

	for (size_t l = 0; rc == RC_OK && l < rules_package(t->rules)->n_lists; l++)
		if (t->list[l].given)
			rc = rules_population_list(p, (int)l, t->list[l].count + from, NULL);
	return rc;
}

static enum rc
table_make(void *arg, struct arena *mem, const struct rules *r, uint64_t at, size_t n, struct rules_population **ret,
    uint8_t *place, uint16_t *groups)
{
	const struct people *people = arg;
	const struct people_table *t = people->table[people->table[1]->rules == r];
	int law = rules_package(r)->law_date;
	bool has_law = law < 0;
	size_t from = (size_t)at;
	enum rc rc = rules_population_new(mem, r, n, ret);

	if (rc == RC_OK)
		rc = lists_fill(t, *ret, from);
	for (size_t i = 0; rc == RC_OK && i < t->n_columns; i++) {
		const struct column *k = &t->v[i];
		size_t first = k->list < 0 ? from : t->list[k->list].first[from];
		size_t count = k->list < 0 ? n : t->list[k->list].first[from + n] - first;

		if (k->group)
			continue;
		has_law = has_law || k->input == law;
		rc = k->list < 0 ? rules_population_set(*ret, k->input, 0, n, k->value + first, k->missing + first, NULL) :
		    rules_population_field(*ret, k->input, 0, count, k->value + first, k->missing + first, NULL);
	}
	for (size_t i = 0; i < n; i++) {
		place[i] = t->group[from + i];
		groups[i] = 0;
	}
	return rc != RC_OK || has_law ? rc : day_fill(mem, *ret, law, people->day, n);
}

static enum rc
city_make(void *arg, struct arena *mem, const struct rules *r, uint64_t from, size_t n, struct rules_population **ret,
    uint8_t *place, uint16_t *groups)
{
	const struct people *people = arg;

	return policy_city_make(mem, r, people->seed, from, n, people->day, ret, place, groups);
}

/* ---- which ---------------------------------------------------------------------------------------------------------------- */

static bool
file_open(struct policy_asked *q, const struct rules *before, const struct rules *after, struct people *ret)
{
	const struct rules *of[2] = { before, after };
	struct text body;

	if (!body_read(q, &body))
		return false;
	for (int i = 0; i < 2; i++) {
		struct people_table *t = ret->table[i] = ARENA_NEW(q->mem, struct people_table);

		if (t == NULL)
			return false;
		*t = (struct people_table){ .q = q, .people = ret, .rules = of[i], .body = body };
		if (!table_read(t))
			return false;
	}
	ret->judge.n = ret->table[0]->n;
	ret->judge.make = table_make;
	return true;
}

/* "1:590000" or "1". */
static bool
city_open(struct policy_asked *q, const struct rules *before, const struct rules *after, struct people *ret)
{
	struct text rest = text_of(q->synth), seed = text_cut(&rest, ':'), lacks;
	int64_t s, n = POLICY_CITY_HOUSEHOLDS;

	if (int64_parse(seed, 0, INT64_MAX, &s) != RC_OK || (rest.n > 0 && int64_parse(rest, 1, POLICY_CITY_HOUSEHOLDS, &n) != RC_OK)) {
		fprintf(stderr, "--synth SEED:N: 种子和户数，最多 %d 户 / at most %d households\n", POLICY_CITY_HOUSEHOLDS, POLICY_CITY_HOUSEHOLDS);
		return false;
	}
	if (!policy_city_fits(before, &lacks) || !policy_city_fits(after, &lacks)) {
		fprintf(stderr, "--synth: 示范家庭没有规则包要问的这一项，请用 --population / the made-up households lack this fact: %.*s\n",
		    (int)lacks.n, lacks.p);
		return false;
	}
	ret->made_up = true;
	ret->seed = (uint64_t)s;
	ret->judge.n = (uint64_t)n;
	ret->judge.make = city_make;
	return true;
}

static bool
file_has_law(const struct people *p, const struct rules *r)
{
	int law = rules_package(r)->law_date;

	for (size_t i = 0; !p->made_up && i < p->table[0]->n_columns; i++)
		if (p->table[0]->v[i].list < 0 && p->table[0]->v[i].input == law)
			return true;
	return law < 0;
}

bool
people_open(struct policy_asked *q, const struct rules *before, const struct rules *after, struct people *ret)
{
	*ret = (struct people){ .day = DAY_NONE };
	ret->judge.arg = ret;
	if (q->synth != NULL ? !city_open(q, before, after, ret) : !file_open(q, before, after, ret))
		return false;
	if (q->date != NULL && day_parse(text_of(q->date), &ret->day) != RC_OK)
		ret->day = DAY_NONE;
	if (day_is_none(ret->day) && (q->date != NULL || !file_has_law(ret, before))) {
		fputs("--date YYYY-MM-DD: 按哪一天的标准算 / the day whose standard counts\n", stderr);
		return false;
	}
	return true;
}
