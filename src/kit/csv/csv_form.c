#include <string.h>

#include "kit/csv/csv.h"
#include "kit/msg/msg.h"

struct mapping {
	const struct form *form;
	struct csv csv;
	size_t field_of[CSV_COLUMNS_MAX]; /* column → field */
};

static bool
field_is_named(const struct field *f, struct text name)
{
	if (text_equals(text_of(f->key), name))
		return true;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		if (text_equals(text_of(msg((enum lang)lang, f->label)), name))
			return true;
	return false;
}

/* form->n when no field is called so. */
static size_t
field_find(const struct form *form, struct text name)
{
	size_t i = 0;

	while (i < form->n && !field_is_named(&form->fields[i], name))
		i++;
	return i;
}

static void
heading_find(const struct mapping *m, struct findings *f, const char *field, size_t column, const char *message)
{
	csv_finding(f, m->csv.heading_line, field, message, (int64_t)column);
	if (f->n == f->total)
		f->v[f->n - 1].column = (int)column;
}

static bool
column_repeats(const struct mapping *m, size_t column)
{
	for (size_t i = 0; i < column; i++)
		if (m->field_of[i] == m->field_of[column])
			return true;
	return false;
}

/* 0 when no column holds the field. */
static size_t
column_of(const struct mapping *m, size_t field)
{
	for (size_t i = 0; i < m->csv.n_heading; i++)
		if (m->field_of[i] == field)
			return i + 1;
	return 0;
}

static enum rc
heading_map(struct mapping *m, struct findings *findings)
{
	size_t before = findings->total;

	for (size_t i = 0; i < m->csv.n_heading; i++) {
		m->field_of[i] = field_find(m->form, m->csv.heading[i]);
		if (m->field_of[i] == m->form->n)
			heading_find(m, findings, "", i + 1, T("第%lld列的列名不认识"));
		else if (column_repeats(m, i))
			heading_find(m, findings, m->form->fields[m->field_of[i]].key, i + 1, T("第%lld列的列名重复"));
	}
	for (size_t i = 0; i < m->form->n; i++)
		if (column_of(m, i) == 0)
			heading_find(m, findings, m->form->fields[i].key, 0, T("缺少这一列"));
	return findings->total == before ? RC_OK : RC_INVALID;
}

/* Gives the findings from the kept number `from` on their place in the file. */
static void
findings_place(const struct mapping *m, struct findings *f, size_t from, int line)
{
	for (size_t i = from; i < f->n; i++) {
		const struct field *field = form_field(m->form, f->v[i].field);

		f->v[i].line = line;
		if (field != NULL)
			f->v[i].column = (int)column_of(m, (size_t)(field - m->form->fields));
	}
}

static enum rc
record_read(const struct mapping *m, const struct csv_record *r, struct day today, struct arena *a,
    void *values, struct findings *findings)
{
	struct param params[CSV_COLUMNS_MAX];
	struct typed typed;
	size_t kept = findings->n;
	enum rc rc;

	if (r->n < m->csv.n_heading) {
		csv_finding(findings, r->line, "", T("这一行只有 %lld 列，少于标题"), (int64_t)r->n);
		return RC_INVALID;
	}
	for (size_t i = 0; i < r->n; i++)
		params[i] = (struct param){ text_of(m->form->fields[m->field_of[i]].key), r->fields[i] };
	rc = form_read(m->form, (struct params){ params, r->n }, today, a, values, &typed, findings);
	findings_place(m, findings, kept, r->line);
	return rc;
}

/* No fewer than the records of t. */
static size_t
records_most(struct text t, size_t max)
{
	size_t n = 1;

	for (size_t i = 0; i < t.n && n < max; i++)
		n += t.p[i] == '\n' || t.p[i] == '\r';
	return n < max ? n : max;
}

static enum rc
rows_read(struct mapping *m, struct day today, size_t max_rows, struct arena *a, struct csv_rows *rows,
    struct findings *findings)
{
	struct csv_record r = { .n = 0 };
	size_t before = findings->total, cap = rows->n;
	enum rc rc;

	for (rows->n = 0; (rc = csv_next(&m->csv, a, &r, findings)) != RC_DONE;) {
		if (rc == RC_INVALID)
			continue;
		if (rc != RC_OK)
			return rc;
		if (rows->n == cap) { /* cap is max_rows, or no fewer than there are records */
			csv_finding(findings, r.line, "", T("行数太多，最多 %lld 行"), (int64_t)max_rows);
			break;
		}
		rows->lines[rows->n] = r.line;
		rc = record_read(m, &r, today, a, (char *)rows->v + rows->n * rows->size, findings);
		rows->n++;
		if (rc != RC_OK && rc != RC_INVALID)
			return rc;
	}
	return findings->total == before ? RC_OK : RC_INVALID;
}

enum rc
csv_form_read(struct text t, const struct form *form, struct day today, size_t max_rows, struct arena *a,
    struct csv_rows *ret, struct findings *findings)
{
	struct mapping *m = ARENA_NEW(a, struct mapping);
	struct csv_rows rows = { .size = form->size };
	enum rc rc;

	if (m == NULL)
		return RC_NO_MEMORY;
	m->form = form;
	rc = csv_open(&m->csv, a, t, findings);
	if (rc == RC_OK)
		rc = heading_map(m, findings);
	if (rc != RC_OK)
		return rc;
	rows.n = records_most(m->csv.rest, max_rows);
	rows.v = arena_array(a, rows.n, rows.size);
	rows.lines = arena_array(a, rows.n, sizeof(int));
	if (rows.v == NULL || rows.lines == NULL)
		return RC_NO_MEMORY;
	rc = rows_read(m, today, max_rows, a, &rows, findings);
	if (rc == RC_OK)
		*ret = rows;
	return rc;
}

const void *
csv_row(const struct csv_rows *rows, size_t i)
{
	return (const char *)rows->v + i * rows->size;
}

void
csv_form_heading(struct buf *b, const struct form *form, enum lang lang)
{
	for (size_t i = 0; i < form->n; i++) {
		if (i > 0)
			csv_comma(b);
		csv_cell(b, text_of(msg(lang, form->fields[i].label)));
	}
	csv_line(b);
}
