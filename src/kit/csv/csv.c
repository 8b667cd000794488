#include "kit/csv/csv.h"

#include <string.h>

#include "base/utf8.h"
#include "kit/msg/msg.h"

/* A spreadsheet takes a cell that begins so for a formula (the full-width forms included). */
static bool
looks_like_formula(struct text t)
{
	size_t at = 0;
	uint32_t c = t.n == 0 ? 0 : utf8_next(t, &at);

	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFF01 - '!';
	return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r' || c == '\n';
}

/* A formula, or one marked as text already: marked once more, so that reading gives back the same. */
static bool
wants_mark(struct text t)
{
	while (t.n > 0 && t.p[0] == '\'')
		t = (struct text){ t.p + 1, t.n - 1 };
	return looks_like_formula(t);
}

void
csv_finding(struct findings *f, int line, const char *column, const char *message, int64_t bound)
{
	findings_add(f, column, message, bound);
	if (f->n == f->total)
		f->v[f->n - 1].line = line;
}

/* ---- reading ---------------------------------------------------------------------------------- */

static char
next_byte(const struct csv *c)
{
	return c->rest.n == 0 ? '\0' : c->rest.p[0];
}

static void
skip_bytes(struct csv *c, size_t n)
{
	c->rest = (struct text){ c->rest.p + n, c->rest.n - n };
}

static bool
at_line_end(const struct csv *c)
{
	return c->rest.n == 0 || next_byte(c) == '\n' || next_byte(c) == '\r';
}

/* Past a line end, be it LF, CRLF or CR. */
static void
skip_line_end(struct csv *c)
{
	if (c->rest.n == 0)
		return;
	skip_bytes(c, next_byte(c) == '\r' && c->rest.n > 1 && c->rest.p[1] == '\n' ? 2 : 1);
	c->line++;
}

static void
skip_line(struct csv *c)
{
	while (!at_line_end(c))
		skip_bytes(c, 1);
	skip_line_end(c);
}

/* Length of a quoted cell's inside, its lines counted; false when no quote ends it. */
static bool
quoted_length(struct text t, size_t *ret, int *ret_lines)
{
	size_t i = 0;
	int lines = 0;

	for (; i < t.n; i++) {
		if (t.p[i] == '"' && (i + 1 == t.n || t.p[i + 1] != '"'))
			break;
		i += t.p[i] == '"';
		lines += t.p[i] == '\n' || (t.p[i] == '\r' && (i + 1 == t.n || t.p[i + 1] != '\n'));
	}
	*ret = i;
	*ret_lines = lines;
	return i < t.n;
}

static struct text
quoted_copy(struct arena *a, struct text t)
{
	char *p = arena_alloc(a, t.n + 1);
	size_t n = 0;

	if (p == NULL)
		return (struct text){ NULL, 0 };
	for (size_t i = 0; i < t.n; i++) {
		i += t.p[i] == '"';
		p[n++] = t.p[i];
	}
	return (struct text){ p, n };
}

/* The cell behind an opening quote.  *ret_fault says what is wrong with it. */
static enum rc
take_quoted(struct csv *c, struct arena *a, struct text *ret, const char **ret_fault)
{
	size_t n;
	int lines;

	skip_bytes(c, 1);
	if (!quoted_length(c->rest, &n, &lines)) {
		*ret_fault = T("第 %lld 列的引号没有结束");
		skip_bytes(c, c->rest.n);
		return RC_INVALID;
	}
	*ret = quoted_copy(a, (struct text){ c->rest.p, n });
	skip_bytes(c, n + 1);
	c->line += lines;
	if (ret->p == NULL)
		return RC_NO_MEMORY;
	if (at_line_end(c) || next_byte(c) == ',')
		return RC_OK;
	*ret_fault = T("第 %lld 列的引号之后还有文字");
	return RC_INVALID;
}

static enum rc
take_plain(struct csv *c, struct text *ret, const char **ret_fault)
{
	size_t n = 0;

	while (n < c->rest.n && memchr(",\n\r\"", c->rest.p[n], 4) == NULL)
		n++;
	*ret = (struct text){ c->rest.p, n };
	skip_bytes(c, n);
	if (next_byte(c) != '"')
		return RC_OK;
	*ret_fault = T("第 %lld 列的引号应写成两个，并把整格括在引号里");
	return RC_INVALID;
}

static enum rc
take_cell(struct csv *c, struct arena *a, struct text *ret, const char **ret_fault)
{
	enum rc rc = next_byte(c) == '"' ? take_quoted(c, a, ret, ret_fault) : take_plain(c, ret, ret_fault);

	if (rc != RC_OK)
		return rc;
	if (ret->n > CSV_CELL_MAX) {
		*ret_fault = T("第 %lld 列的内容过长");
		return RC_INVALID;
	}
	if (ret->n > 1 && ret->p[0] == '\'' && wants_mark(*ret))
		*ret = (struct text){ ret->p + 1, ret->n - 1 };
	*ret = text_trim(*ret);
	return RC_OK;
}

static void
cell_find(struct findings *f, int line, size_t column, const char *message)
{
	csv_finding(f, line, "", message, (int64_t)column);
	if (f->n == f->total)
		f->v[f->n - 1].column = (int)column;
}

/* One record; after a fault the rest of its line is passed over. */
static enum rc
take_record(struct csv *c, struct arena *a, struct csv_record *ret, struct findings *findings)
{
	const char *fault = NULL;
	enum rc rc;

	ret->line = c->line;
	for (ret->n = 0;; skip_bytes(c, 1)) {
		if (ret->n == CSV_COLUMNS_MAX) {
			cell_find(findings, ret->line, CSV_COLUMNS_MAX, T("列数太多，最多 %lld 列"));
			rc = RC_INVALID;
			break;
		}
		rc = take_cell(c, a, &ret->fields[ret->n], &fault);
		if (rc == RC_INVALID)
			cell_find(findings, ret->line, ret->n + 1, fault);
		if (rc != RC_OK)
			break;
		ret->n++;
		if (next_byte(c) != ',')
			break;
	}
	skip_line(c);
	return rc;
}

static bool
record_is_empty(const struct csv_record *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->fields[i].n != 0)
			return false;
	return true;
}

enum rc
csv_next(struct csv *c, struct arena *a, struct csv_record *ret, struct findings *findings)
{
	enum rc rc;

	do {
		if (c->rest.n == 0)
			return RC_DONE;
		rc = take_record(c, a, ret, findings);
	} while (rc == RC_OK && record_is_empty(ret));
	if (rc == RC_OK && c->n_heading != 0 && ret->n > c->n_heading) {
		csv_finding(findings, ret->line, "", T("这一行多于标题的%lld列"), (int64_t)c->n_heading);
		rc = RC_INVALID;
	}
	return rc;
}

/* The line of the first character that is broken, or with `all` also of a NUL or control; 0: none. */
static int
fault_line(struct text t, bool all)
{
	int line = 1;

	for (size_t at = 0, from = 0; at < t.n; from = at) {
		enum utf8_fault fault;

		utf8_next(t, &at);
		fault = utf8_check((struct text){ t.p + from, at - from }, true);
		if (fault == UTF8_BROKEN || (all && fault != UTF8_FINE))
			return line;
		line += t.p[from] == '\n';
	}
	return 0;
}

static bool
file_is_clean(struct text t, bool all, struct findings *findings)
{
	int line = fault_line(t, all);

	if (line != 0)
		csv_finding(findings, line, "", T("文件不是干净的 UTF-8 文本，请另存为 CSV（UTF-8）"), 0);
	return line == 0;
}

enum rc
csv_open(struct csv *c, struct arena *a, struct text t, struct findings *findings)
{
	struct csv_record r = { .n = 0 };
	enum rc rc;

	*c = (struct csv){ .rest = t, .line = 1 };
	if (!file_is_clean(t, false, findings))
		return RC_INVALID;
	if (text_starts_with(t, TEXT("\xEF\xBB\xBF")))
		skip_bytes(c, 3);
	while (next_byte(c) == '#')
		skip_line(c);
	do {
		rc = csv_next(c, a, &r, findings);
	} while (rc == RC_OK && r.fields[0].n > 0 && r.fields[0].p[0] == '#');
	if (rc == RC_DONE) {
		csv_finding(findings, 1, "", T("没有可读的标题行"), 0);
		return RC_INVALID;
	}
	if (rc != RC_OK)
		return rc;
	memcpy(c->heading, r.fields, r.n * sizeof(r.fields[0]));
	c->n_heading = r.n;
	c->heading_line = r.line;
	return RC_OK;
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
heading_has(const struct csv *c, size_t n, struct text name)
{
	for (size_t i = 0; i < n; i++)
		if (text_equals(c->heading[i], name))
			return true;
	return false;
}

enum rc
csv_begin(struct csv *c, struct arena *a, struct text t, const char *const *required,
    const char *const *optional, struct findings *findings)
{
	size_t before = findings->total;
	enum rc rc = csv_open(c, a, t, findings);

	if (rc != RC_OK)
		return rc;
	if (!file_is_clean(t, true, findings))
		return RC_INVALID;
	for (const char *const *name = required; *name != NULL; name++)
		if (!heading_has(c, c->n_heading, text_of(*name)))
			csv_finding(findings, c->heading_line, *name, T("缺少这一列"), 0);
	for (size_t i = 0; i < c->n_heading; i++) {
		if (heading_has(c, i, c->heading[i]))
			cell_find(findings, c->heading_line, i + 1, T("第%lld列的列名重复"));
		if (!names_hold(required, c->heading[i]) && !names_hold(optional, c->heading[i]))
			cell_find(findings, c->heading_line, i + 1, T("第%lld列的列名不认识"));
	}
	return findings->total == before ? RC_OK : RC_INVALID;
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

/* ---- writing ---------------------------------------------------------------------------------- */

void
csv_mark(struct buf *b)
{
	buf_add(b, TEXT("\xEF\xBB\xBF"));
}

void
csv_cell(struct buf *b, struct text t)
{
	bool mark = wants_mark(t);
	bool quote = mark;

	for (size_t i = 0; i < t.n; i++)
		quote = quote || memchr(",\"\r\n", t.p[i], 4) != NULL;
	if (!quote) {
		buf_add(b, t);
		return;
	}
	buf_char(b, '"');
	if (mark)
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
