/* Facts of a paper: said by a caller, kept as canonical text, checked against what the template declares. */
#include "operations/paper/paper_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/fen.h"
#include "base/utf8.h"
#include "kit/json/json.h"
#include "kit/pdf/pdf.h"

/* ---- saying them --------------------------------------------------------------------------------------------------- */

void
paper_facts_init(struct paper_facts *f, struct arena *mem)
{
	*f = (struct paper_facts){ .mem = mem, .v = arena_array(mem, PAPER_FACTS_MAX, sizeof *f->v) };
	if (f->v == NULL)
		f->failed = RC_NO_MEMORY;
}

static void
facts_fail(struct paper_facts *f, enum rc rc)
{
	if (f->failed == RC_OK)
		f->failed = rc;
}

static void
say(struct paper_facts *f, struct text key, int item, struct text column, struct text value)
{
	if (f->failed != RC_OK || value.n == 0)
		return;
	if (f->n == PAPER_FACTS_MAX || value.n > PAPER_VALUE_MAX)
		facts_fail(f, RC_TOO_LARGE);
	else if (utf8_check(value, true) != UTF8_FINE || paper_fact_find(f, key, item, column) != NULL)
		facts_fail(f, RC_INVALID);
	else
		f->v[f->n++] = (struct paper_fact){ .key = key, .item = item, .column = column, .value = value };
}

void
paper_say(struct paper_facts *f, const char *key, struct text value)
{
	say(f, text_of(key), -1, TEXT_NONE, value);
}

static void
say_copy(struct paper_facts *f, const char *key, struct text value)
{
	struct text copy = f->failed == RC_OK ? arena_text(f->mem, value) : TEXT_NONE;

	if (copy.p == NULL)
		facts_fail(f, RC_NO_MEMORY);
	else
		paper_say(f, key, copy);
}

void
paper_say_day(struct paper_facts *f, const char *key, struct day value)
{
	char out[16];

	if (!day_is_none(value))
		say_copy(f, key, day_print(value, out));
}

void
paper_say_moment(struct paper_facts *f, const char *key, int64_t at_ms)
{
	char out[32];

	if (at_ms != 0)
		say_copy(f, key, moment_print_iso(at_ms, out));
}

void
paper_say_int(struct paper_facts *f, const char *key, int64_t value)
{
	struct text t = arena_format(f->mem, "%lld", (long long)value);

	if (t.p == NULL)
		facts_fail(f, RC_NO_MEMORY);
	else
		paper_say(f, key, t);
}

void
paper_say_fen(struct paper_facts *f, const char *key, struct fen value)
{
	paper_say_int(f, key, value.n);
}

void
paper_say_item(struct paper_facts *f, const char *key, int item, const char *column, struct text value)
{
	say(f, text_of(key), item, text_of(column), value);
}

enum rc
paper_facts_rc(const struct paper_facts *f)
{
	return f->failed;
}

const struct text *
paper_fact_find(const struct paper_facts *f, struct text key, int item, struct text column)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].item == item && text_equals(f->v[i].key, key) && text_equals(f->v[i].column, column))
			return &f->v[i].value;
	return NULL;
}

int
paper_items(const struct paper_facts *f, struct text key)
{
	int n = 0;

	for (size_t i = 0; i < f->n; i++)
		if (text_equals(f->v[i].key, key) && f->v[i].item >= n)
			n = f->v[i].item + 1;
	return n;
}

/* ---- canonical text ------------------------------------------------------------------------------------------------- */

static int
fact_compare(const void *a, const void *b)
{
	const struct paper_fact *x = a, *y = b;
	int c = text_compare(x->key, y->key);

	if (c == 0)
		c = (x->item > y->item) - (x->item < y->item);
	return c != 0 ? c : text_compare(x->column, y->column);
}

static void
value_put(struct buf *b, struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '\n')
			buf_add(b, TEXT("\\n"));
		else if (t.p[i] == '\\')
			buf_add(b, TEXT("\\\\"));
		else if (t.p[i] != '\r')
			buf_char(b, t.p[i]);
	}
}

enum rc
paper_facts_text(const struct paper_facts *f, struct text *ret)
{
	struct paper_fact *v;
	struct buf b;
	enum rc rc;

	if (f->failed != RC_OK)
		return f->failed;
	v = arena_array(f->mem, f->n + 1, sizeof *v);
	if (v == NULL)
		return RC_NO_MEMORY;
	memcpy(v, f->v, f->n * sizeof *v);
	qsort(v, f->n, sizeof *v, fact_compare);
	buf_init(&b, PAPER_CANONICAL_MAX);
	for (size_t i = 0; i < f->n; i++) {
		buf_add(&b, v[i].key);
		if (v[i].item >= 0)
			buf_printf(&b, "[%d]", v[i].item);
		if (v[i].column.n > 0)
			buf_char(&b, '.');
		buf_add(&b, v[i].column);
		buf_char(&b, '=');
		value_put(&b, v[i].value);
		buf_char(&b, '\n');
	}
	rc = buf_rc(&b);
	if (rc == RC_OK) {
		*ret = arena_text(f->mem, buf_text(&b));
		rc = ret->p != NULL ? RC_OK : RC_NO_MEMORY;
	}
	buf_free(&b);
	return rc;
}

/* Into the arena, without the escapes; p NULL when one is broken. */
static struct text
value_read(struct arena *mem, struct text t)
{
	char *p = arena_alloc(mem, t.n + 1);
	size_t n = 0;

	for (size_t i = 0; p != NULL && i < t.n; i++) {
		if (t.p[i] != '\\') {
			p[n++] = t.p[i];
			continue;
		}
		if (++i == t.n || (t.p[i] != 'n' && t.p[i] != '\\'))
			return (struct text){ NULL, 0 };
		p[n++] = t.p[i] == 'n' ? '\n' : '\\';
	}
	return (struct text){ p, n };
}

static enum rc
line_read(struct paper_facts *f, struct text line)
{
	struct text name = text_cut(&line, '='), key = text_cut(&name, '['), value = value_read(f->mem, line), column = TEXT_NONE;
	int64_t item = -1;

	if (name.n > 0) { /* "0].column" */
		bool closed = memchr(name.p, ']', name.n) != NULL;
		struct text index = text_cut(&name, ']');

		if (!closed || int64_parse(index, 0, PAPER_FACTS_MAX, &item) != RC_OK || (name.n > 0 && name.p[0] != '.'))
			return RC_CORRUPT;
		column = name.n > 0 ? (struct text){ name.p + 1, name.n - 1 } : TEXT_NONE;
	}
	if (key.n == 0 || value.p == NULL || value.n == 0)
		return RC_CORRUPT;
	say(f, key, (int)item, column, value);
	return f->failed == RC_OK ? RC_OK : RC_CORRUPT;
}

enum rc
paper_facts_parse(struct paper_facts *f, struct text t)
{
	enum rc rc = f->failed;

	while (rc == RC_OK && t.n > 0)
		rc = line_read(f, text_cut(&t, '\n'));
	return rc;
}

/* ---- from JSON ---------------------------------------------------------------------------------------------------------- */

static bool
json_scalar(const struct json_value *v)
{
	return v->kind == JSON_IS_TEXT || v->kind == JSON_IS_NUMBER;
}

static bool
json_list(struct paper_facts *f, const struct json_value *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct json_value *item = &list->kid[i];

		if (json_scalar(item)) {
			say(f, list->key, (int)i, TEXT_NONE, item->text);
			continue;
		}
		if (item->kind != JSON_IS_OBJECT)
			return false;
		for (size_t k = 0; k < item->n; k++) {
			if (!json_scalar(&item->kid[k]))
				return false;
			say(f, list->key, (int)i, item->kid[k].key, item->kid[k].text);
		}
	}
	return true;
}

enum rc
paper_facts_json(struct paper_facts *f, struct text json, struct text *ret_why)
{
	const struct json_value *top;
	struct findings findings = { 0 };
	enum rc rc = json_tree(json, f->mem, &top, &findings);

	*ret_why = TEXT("no JSON object of texts, whole numbers and lists of these");
	if (rc != RC_OK || top->kind != JSON_IS_OBJECT)
		return rc != RC_OK ? rc : RC_INVALID;
	for (size_t i = 0; i < top->n; i++) {
		const struct json_value *v = &top->kid[i];

		if (json_scalar(v))
			say(f, v->key, -1, TEXT_NONE, v->text);
		else if (v->kind != JSON_IS_LIST || !json_list(f, v))
			return RC_INVALID;
	}
	return f->failed;
}

/* ---- against the template ------------------------------------------------------------------------------------------------ */

static bool
value_fits(enum paper_kind kind, struct text value)
{
	struct day day;
	int64_t n;

	switch (kind) {
	case PAPER_TEXT: return memchr(value.p, '\n', value.n) == NULL;
	case PAPER_DAY: return day_parse(value, &day) == RC_OK;
	case PAPER_TIME: return moment_parse(value, &n) == RC_OK;
	case PAPER_MONEY:
	case PAPER_NUMBER: return int64_parse(value, 0, INT64_MAX / 1000, &n) == RC_OK;
	case PAPER_WORDS:
	case PAPER_LIST: break;
	}
	return true;
}

/* Each fact said is one that is declared, and of its kind; NULL: all are. */
static const char *
fact_fault(const struct paper_template *t, const struct paper_fact *fact)
{
	const struct paper_declared *d = paper_declared_find(t, fact->key, TEXT_NONE), *column;

	if (d == NULL)
		return "not declared";
	if ((d->kind == PAPER_LIST) != (fact->item >= 0))
		return d->kind == PAPER_LIST ? "is a list" : "is no list";
	column = fact->item >= 0 && fact->column.n > 0 ? paper_declared_find(t, fact->column, fact->key) : d;
	if (column == NULL)
		return "column not declared";
	return value_fits(column->kind, fact->value) ? NULL : "not of its kind";
}

/* Does item i of a list have all its columns? */
static bool
item_whole(const struct paper_template *t, const struct paper_facts *f, struct text list, int i)
{
	bool columns = false;

	for (size_t k = 0; k < t->n_declared; k++) {
		if (!text_equals(t->declared[k].list, list))
			continue;
		columns = true;
		if (paper_fact_find(f, list, i, t->declared[k].key) == NULL)
			return false;
	}
	return columns || paper_fact_find(f, list, i, TEXT_NONE) != NULL;
}

static enum rc
why(struct arena *mem, struct text key, const char *what, struct text *ret)
{
	*ret = arena_format(mem, "%.*s: %s", (int)key.n, key.p, what);
	return ret->p != NULL ? RC_INVALID : RC_NO_MEMORY;
}

enum rc
paper_facts_check(const struct paper_template *t, const struct paper_facts *f, struct arena *mem, struct text *ret_why)
{
	if (f->failed != RC_OK) {
		*ret_why = TEXT("a fact is said twice, too long, or not clean UTF-8");
		return f->failed;
	}
	for (size_t i = 0; i < f->n; i++) {
		const char *fault = fact_fault(t, &f->v[i]);

		if (fault != NULL)
			return why(mem, f->v[i].key, fault, ret_why);
	}
	for (size_t i = 0; i < t->n_declared; i++) {
		const struct paper_declared *d = &t->declared[i];
		int n = d->kind == PAPER_LIST ? paper_items(f, d->key) : 0;

		if (d->list.n > 0)
			continue;
		if (d->need == PAPER_MUST && (d->kind == PAPER_LIST ? n == 0 : paper_fact_find(f, d->key, -1, TEXT_NONE) == NULL))
			return why(mem, d->key, "missing", ret_why);
		for (int k = 0; k < n; k++)
			if (!item_whole(t, f, d->key, k))
				return why(mem, d->key, "an item lacks a column", ret_why);
	}
	return RC_OK;
}

/* ---- as a reader sees them -------------------------------------------------------------------------------------------------- */

struct text
paper_value_print(struct arena *mem, enum paper_kind kind, struct text value)
{
	char out[32];
	struct day day;
	int64_t n;

	if (kind == PAPER_DAY && day_parse(value, &day) == RC_OK)
		return arena_text(mem, pdf_date(day, out));
	if (kind == PAPER_TIME && moment_parse(value, &n) == RC_OK) {
		pdf_date(day_of_moment(n), out);
		return arena_format(mem, "%s%d时%02d分", out, moment_minute(n) / 60, moment_minute(n) % 60);
	}
	if (kind == PAPER_MONEY && int64_parse(value, 0, INT64_MAX, &n) == RC_OK)
		return arena_format(mem, "%s元", fen_print((struct fen){ n }, out).p);
	return value;
}
