/*
 * csv: tables as people keep them.  RFC 4180: comma, quotes doubled inside quotes; LF, CRLF or CR; a
 * byte order mark and lines that begin with '#' before the heading are skipped.  Bounded by the
 * text given and the arena.  What the writer marks so that a spreadsheet takes it for text, the
 * reader takes off again.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "kit/form/form.h"

#define CSV_COLUMNS_MAX 40
#define CSV_CELL_MAX 16384 /* bytes */

struct csv {
	struct text rest;
	int line;                             /* of the next record, from 1 */
	struct text heading[CSV_COLUMNS_MAX]; /* trimmed */
	size_t n_heading;
	int heading_line;
};

struct csv_record { int line; struct text fields[CSV_COLUMNS_MAX]; size_t n; };

/* Reads the heading, whatever its names.  RC_INVALID with a finding when it is empty, broken or the
 * file not UTF-8; RC_NO_MEMORY. */
enum rc csv_open(struct csv *c, struct arena *a, struct text t, struct findings *findings);
/* csv_open(), and RC_INVALID with findings too when the file holds control characters or the heading
 * lacks one of `required` (ends with NULL), or names a column not in `required` or `optional`, or
 * names one twice. */
enum rc csv_begin(struct csv *c, struct arena *a, struct text t, const char *const *required,
    const char *const *optional, struct findings *findings);
/* RC_OK, RC_DONE, RC_INVALID (finding added; go on with the next), RC_NO_MEMORY.  Lines without any
 * content are skipped; fields are trimmed.  A record may have fewer fields than the heading. */
enum rc csv_next(struct csv *c, struct arena *a, struct csv_record *ret, struct findings *findings);
/* A field by its column's name; empty when absent. */
struct text csv_field(const struct csv *c, const struct csv_record *r, const char *column);
/* A finding at a line; column "" for the whole line. */
void csv_finding(struct findings *f, int line, const char *column, const char *message, int64_t bound);

/* Rows read by a form: row i is at csv_row(&rows, i), its line lines[i]. */
struct csv_rows { void *v; int *lines; size_t n, size; };

/*
 * A file as rows of a form.  The heading names every field once, by its key or its label in any
 * language, in any order.  RC_OK; RC_INVALID with every finding of the file, each with line and column
 * (findings->total counts past the ones kept) and *ret left alone, so that nothing of a file with a
 * fault is applied; RC_NO_MEMORY.  More than max_rows is a finding.  Takes about four times the file.
 */
enum rc csv_form_read(struct text t, const struct form *form, struct day today, size_t max_rows,
    struct arena *a, struct csv_rows *ret, struct findings *findings);
const void *csv_row(const struct csv_rows *rows, size_t i);
/* The heading that csv_form_read() wants, in a language: a file to fill in. */
void csv_form_heading(struct buf *b, const struct form *form, enum lang lang);

/* Writing: one cell, quoted where needed; text that a spreadsheet would take for a formula gets a
 * leading '.  Comma and line end are the caller's: csv_comma(), csv_line(). */
void csv_mark(struct buf *b); /* first of all, where Excel must see that it is UTF-8 */
void csv_cell(struct buf *b, struct text t);
void csv_cell_int(struct buf *b, int64_t n);
void csv_comma(struct buf *b);
void csv_line(struct buf *b); /* CRLF */
