#include "kit/csv/csv.h"

#include <string.h>

#include "base/utf8.h"
#include "kit/msg/msg.h"

/* The raw bytes of the next record (quotes may hold line ends); moves rest and line past it. */
static struct text
take_record(struct csv *c, bool *ret_broken)
{
	struct text t = { c->rest.p, 0 };
	bool quoted = false;
	size_t i = 0;

	for (; i < c->rest.n && (quoted || c->rest.p[i] != '\n'); i++) {
		if (c->rest.p[i] == '"')
			quoted = !quoted;
		c->line += c->rest.p[i] == '\n';
	}
	t.n = i;
	*ret_broken = quoted;
	c->line++;
	i += i < c->rest.n;
	c->rest = (struct text){ c->rest.p + i, c->rest.n - i };
	if (t.n > 0 && t.p[t.n - 1] == '\r')
		t.n--;
	return t;
}

/* A quoted cell, its doubled quotes made single.  *at stands behind the opening quote. */
static enum rc
take_quoted(struct arena *a, struct text t, size_t *at, struct text *ret)
{
	char *p = arena_alloc(a, t.n - *at + 1);
	size_t n = 0, i = *at;

	if (p == NULL)
		return RC_NO_MEMORY;
	for (; i < t.n; i++) {
		if (t.p[i] == '"' && (i + 1 == t.n || t.p[i + 1] != '"'))
			break;
		i += t.p[i] == '"';
		p[n++] = t.p[i];
	}
	if (i == t.n || (i + 1 < t.n && t.p[i + 1] != ','))
		return RC_INVALID;
	*at = i + 1;
	*ret = (struct text){ p, n };
	return RC_OK;
}

static enum rc
take_cell(struct arena *a, struct text t, size_t *at, struct text *ret)
{
	size_t begin = *at;

	if (*at < t.n && t.p[*at] == '"') {
		*at += 1;
		return take_quoted(a, t, at, ret);
	}
	while (*at < t.n && t.p[*at] != ',')
		*at += 1;
	*ret = (struct text){ t.p + begin, *at - begin };
	return RC_OK;
}

static enum rc
split_record(struct arena *a, struct text t, struct text *cells, size_t *ret_n)
{
	size_t at = 0, n = 0;
	enum rc rc;

	for (;;) {
		if (n == CSV_COLUMNS_MAX)
			return RC_TOO_MANY;
		rc = take_cell(a, t, &at, &cells[n]);
		if (rc != RC_OK)
			return rc;
		cells[n] = text_trim(cells[n]);
		n++;
		if (at >= t.n)
			break;
		at++; /* the comma */
	}
	*ret_n = n;
	return RC_OK;
}

void
csv_finding(struct findings *f, int line, const char *column, const char *message, int64_t bound)
{
	findings_add(f, column, message, bound);
	if (f->n == f->total && f->n > 0)
		f->v[f->n - 1].line = line;
}

static bool
names_hold(const char *const *names, struct text name)
{
	for (; names != NULL && *names != NULL; names++)
		if (text_equals(text_of(*names), name))
			return true;
	return false;
}

static bool
heading_is_sound(const struct csv *c, int line, const char *const *required, const char *const *optional,
    struct findings *findings)
{
	size_t before = findings->total;

	for (; *required != NULL; required++) {
		bool found = false;

		for (size_t i = 0; i < c->n_heading; i++)
			found = found || text_equals(c->heading[i], text_of(*required));
		if (!found)
			csv_finding(findings, line, *required, T("缺少这一列"), 0);
	}
	for (size_t i = 0; i < c->n_heading; i++) {
		bool twice = false;

		for (size_t j = 0; j < i; j++)
			twice = twice || text_equals(c->heading[i], c->heading[j]);
		if (twice)
			csv_finding(findings, line, "", T("第%lld列的列名重复"), (int64_t)i + 1);
	}
	(void)optional;
	return findings->total == before;
}

enum rc
csv_begin(struct csv *c, struct arena *a, struct text t, const char *const *required,
    const char *const *optional, struct findings *findings)
{
	struct text line = TEXT_NONE;
	size_t before = findings->total;
	bool broken = false;

	*c = (struct csv){ .rest = t, .line = 1 };
	if (utf8_check(t, true) != UTF8_FINE) {
		csv_finding(findings, 0, "", T("文件不是干净的 UTF-8 文本，请另存为 CSV（UTF-8）"), 0);
		return RC_INVALID;
	}
	if (text_starts_with(t, TEXT("\xEF\xBB\xBF")))
		c->rest = (struct text){ t.p + 3, t.n - 3 };
	while (c->rest.n > 0 && (text_is_empty(line) || line.p[0] == '#'))
		line = text_trim(take_record(c, &broken));
	if (broken || text_is_empty(line) || line.p[0] == '#' ||
	    split_record(a, line, c->heading, &c->n_heading) != RC_OK) {
		csv_finding(findings, 1, "", T("没有可读的标题行"), 0);
		return RC_INVALID;
	}
	for (size_t i = 0; i < c->n_heading; i++)
		if (!names_hold(required, c->heading[i]) && !names_hold(optional, c->heading[i]))
			csv_finding(findings, c->line - 1, "", T("第%lld列的列名不认识"), (int64_t)i + 1);
	if (!heading_is_sound(c, c->line - 1, required, optional, findings) || findings->total != before)
		return RC_INVALID;
	return RC_OK;
}

enum rc
csv_next(struct csv *c, struct arena *a, struct csv_record *ret, struct findings *findings)
{
	struct text t = TEXT_NONE;
	bool broken = false;
	enum rc rc;

	while (text_is_empty(text_trim(t))) {
		if (c->rest.n == 0)
			return RC_DONE;
		ret->line = c->line;
		t = take_record(c, &broken);
	}
	rc = broken ? RC_INVALID : split_record(a, t, ret->fields, &ret->n);
	if (rc == RC_NO_MEMORY)
		return rc;
	if (rc != RC_OK) {
		csv_finding(findings, ret->line, "", T("引号不配对或列数太多"), 0);
		return RC_INVALID;
	}
	if (ret->n > c->n_heading) {
		csv_finding(findings, ret->line, "", T("这一行多于标题的%lld列"), (int64_t)c->n_heading);
		return RC_INVALID;
	}
	return RC_OK;
}

struct text
csv_field(const struct csv *c, const struct csv_record *r, const char *column)
{
	struct text name = text_of(column);

	for (size_t i = 0; i < c->n_heading && i < r->n; i++)
		if (text_equals(c->heading[i], name))
			return r->fields[i];
	return TEXT_NONE;
}

/* ---- writing -------------------------------------------------------------------------------- */

static bool
looks_like_formula(struct text t)
{
	return t.n > 0 && memchr("=+-@\t\r", t.p[0], 6) != NULL;
}

void
csv_cell(struct buf *b, struct text t)
{
	bool quote = looks_like_formula(t);

	for (size_t i = 0; i < t.n; i++)
		quote = quote || memchr(",\"\r\n", t.p[i], 4) != NULL;
	if (!quote) {
		buf_add(b, t);
		return;
	}
	buf_char(b, '"');
	if (looks_like_formula(t))
		buf_char(b, '\'');
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, t.p[i]);
	}
	buf_char(b, '"');
}

void
csv_cell_int(struct buf *b, int64_t n)
{
	buf_int(b, n);
}

void
csv_comma(struct buf *b)
{
	buf_char(b, ',');
}

void
csv_line(struct buf *b)
{
	buf_add(b, TEXT("\r\n"));
}
