#include "kit/xlsx/xlsx.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/utf8.h"

#define NAME_MAX_CHARACTERS 31
#define NAME_BYTES (NAME_MAX_CHARACTERS * 4 + 1)
#define CELL_CHARACTERS 32767
#define SHEETS_MAX 64
#define EXACT (INT64_C(1) << 53)
#define WIDE 14 /* characters a column shows */

struct xlsx {
	int fd;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *head, *decimal[10];
	int n_sheets, row, column;
	enum rc failed;
};

enum rc
xlsx_open(struct xlsx **ret)
{
	struct xlsx *x = calloc(1, sizeof *x);
	char path[40];

	if (x == NULL)
		return RC_NO_MEMORY;
	x->fd = memfd_create("workbook", MFD_CLOEXEC);
	snprintf(path, sizeof path, "/proc/self/fd/%d", x->fd);
	x->book = x->fd < 0 ? NULL : workbook_new(path);
	x->head = x->book == NULL ? NULL : workbook_add_format(x->book);
	if (x->head == NULL) {
		xlsx_free(x);
		return RC_NO_MEMORY;
	}
	format_set_bold(x->head);
	*ret = x;
	return RC_OK;
}

void
xlsx_free(struct xlsx *x)
{
	if (x == NULL)
		return;
	if (x->book != NULL)
		lxw_workbook_free(x->book);
	if (x->fd >= 0)
		close(x->fd);
	free(x);
}

/* ---- sheets ------------------------------------------------------------------------------------------------------ */

/* At most `most` characters of t, the forbidden ones as a space. */
static void
name_copy(struct text t, size_t most, char out[static NAME_BYTES])
{
	size_t n = 0, characters = 0;

	for (size_t i = 0; i < t.n && n < NAME_BYTES - 1; i++) {
		bool begins = ((unsigned char)t.p[i] & 0xC0) != 0x80;
		bool fine = (unsigned char)t.p[i] >= 0x20 && t.p[i] != 0x7F && strchr("[]:*?/\\'", t.p[i]) == NULL;

		if (begins && characters++ == most)
			break;
		out[n++] = fine ? t.p[i] : ' ';
	}
	out[n] = '\0';
}

void
xlsx_sheet(struct xlsx *x, struct text name)
{
	char clean[NAME_BYTES], own[NAME_BYTES + 16];

	name_copy(name, NAME_MAX_CHARACTERS, clean);
	snprintf(own, sizeof own, "%s", clean);
	if (clean[0] == '\0' || workbook_validate_sheet_name(x->book, own) != LXW_NO_ERROR) {
		name_copy(name, NAME_MAX_CHARACTERS - 5, clean);
		snprintf(own, sizeof own, "%s (%d)", clean, x->n_sheets + 1);
	}
	x->row = x->column = 0;
	x->sheet = x->n_sheets < SHEETS_MAX ? workbook_add_worksheet(x->book, own) : NULL;
	if (x->sheet == NULL) {
		x->failed = RC_TOO_LARGE;
		return;
	}
	x->n_sheets++;
	worksheet_set_column(x->sheet, 0, 0, 2 * WIDE, NULL);
	worksheet_set_column(x->sheet, 1, 20, WIDE, NULL);
}

/* ---- cells --------------------------------------------------------------------------------------------------------- */

static bool
cell_is_there(struct xlsx *x)
{
	if (x->sheet == NULL && x->failed == RC_OK)
		x->failed = RC_INVALID;
	if (x->row >= XLSX_ROWS_MAX || x->column >= XLSX_COLUMNS_MAX)
		x->failed = RC_TOO_LARGE;
	return x->failed == RC_OK;
}

/* The first CELL_CHARACTERS characters. */
static size_t
cell_bytes(struct text t)
{
	size_t characters = 0;

	for (size_t i = 0; i < t.n; i++)
		if (((unsigned char)t.p[i] & 0xC0) != 0x80 && characters++ == CELL_CHARACTERS)
			return i;
	return t.n;
}

/* Whatever controls it holds: the library writes those as _x0001_. */
static bool
is_utf8(struct text t)
{
	for (size_t at = 0; at < t.n;) {
		const char *p = t.p + at;

		if (utf8_next(t, &at) == 0xFFFD && p[0] != '\xEF')
			return false;
	}
	return true;
}

static void
write_text(struct xlsx *x, struct text t, lxw_format *format)
{
	size_t n = cell_bytes(t);
	char *s;

	if (!cell_is_there(x))
		return;
	s = malloc(n + 1);
	if (s == NULL) {
		x->failed = RC_NO_MEMORY;
		return;
	}
	for (size_t i = 0; i < n; i++)
		s[i] = (char)(t.p[i] == '\0' ? ' ' : t.p[i]);
	s[n] = '\0';
	if (!is_utf8((struct text){ s, n }) ||
	    worksheet_write_string(x->sheet, (lxw_row_t)x->row, (lxw_col_t)x->column++, s, format) != LXW_NO_ERROR)
		x->failed = RC_INVALID;
	free(s);
}

void
xlsx_text(struct xlsx *x, struct text t)
{
	write_text(x, t, NULL);
}

void
xlsx_head(struct xlsx *x, struct text t)
{
	write_text(x, t, x->head);
}

/* "#,##0.00" */
static lxw_format *
format_of(struct xlsx *x, int decimals)
{
	char code[24] = "#,##0";
	size_t n = strlen(code);

	if (x->decimal[decimals] != NULL)
		return x->decimal[decimals];
	for (int i = 0; i < decimals; i++) {
		if (i == 0)
			code[n++] = '.';
		code[n++] = '0';
	}
	code[n] = '\0';
	x->decimal[decimals] = workbook_add_format(x->book);
	if (x->decimal[decimals] != NULL)
		format_set_num_format(x->decimal[decimals], code);
	return x->decimal[decimals];
}

void
xlsx_number(struct xlsx *x, int64_t n, int decimals)
{
	double v = (double)n;

	if (!cell_is_there(x))
		return;
	if (decimals < 0 || decimals > 9) {
		x->failed = RC_INVALID;
		return;
	}
	if (n > EXACT || n < -EXACT) {
		char text[24];

		snprintf(text, sizeof text, "%lld", (long long)n);
		write_text(x, text_of(text), NULL);
		return;
	}
	for (int i = 0; i < decimals; i++)
		v /= 10;
	if (worksheet_write_number(x->sheet, (lxw_row_t)x->row, (lxw_col_t)x->column++, v, format_of(x, decimals)) != LXW_NO_ERROR)
		x->failed = RC_INVALID;
}

void
xlsx_row(struct xlsx *x)
{
	x->row++;
	x->column = 0;
}

/* ---- the file --------------------------------------------------------------------------------------------------------- */

static enum rc
file_take(int fd, struct buf *out)
{
	struct stat st;
	size_t at = 0;
	char *p;

	if (fstat(fd, &st) != 0 || st.st_size <= 0)
		return RC_INTERNAL;
	p = buf_grow(out, (size_t)st.st_size);
	while (p != NULL && at < (size_t)st.st_size) {
		ssize_t n = pread(fd, p + at, (size_t)st.st_size - at, (off_t)at);

		if (n <= 0)
			return RC_INTERNAL;
		at += (size_t)n;
	}
	return buf_rc(out);
}

enum rc
xlsx_close(struct xlsx *x, struct buf *out)
{
	enum rc rc = x->failed;

	if (rc == RC_OK && x->n_sheets == 0)
		rc = RC_INVALID;
	if (rc == RC_OK) {
		rc = workbook_close(x->book) == LXW_NO_ERROR ? file_take(x->fd, out) : RC_INTERNAL;
		x->book = NULL; /* freed by the library, fine or not */
	}
	xlsx_free(x);
	return rc;
}
