/*
 * csv: tables as people keep them.  RFC 4180: comma, quotes doubled inside quotes, LF or CRLF; a
 * byte order mark and lines that begin with '#' before the heading are skipped.  Bounded by the
 * text given and the arena.
 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "kit/form/form.h"

#define CSV_COLUMNS_MAX 40

struct csv {
	struct text rest;
	int line;                             /* of the next record, from 1 */
	struct text heading[CSV_COLUMNS_MAX]; /* trimmed */
	size_t n_heading;
};

struct csv_record { int line; struct text fields[CSV_COLUMNS_MAX]; size_t n; };

/* Reads the heading.  RC_INVALID with a finding when it is empty, broken, not UTF-8, or lacks one of
 * `required` (ends with NULL), or names a column not in `required` or `optional`. */
enum rc csv_begin(struct csv *c, struct arena *a, struct text t, const char *const *required,
    const char *const *optional, struct findings *findings);
/* RC_OK, RC_DONE, RC_INVALID (finding added; go on with the next), RC_NO_MEMORY.  Empty lines are
 * skipped; fields are trimmed. */
enum rc csv_next(struct csv *c, struct arena *a, struct csv_record *ret, struct findings *findings);
/* A field by its column's name; empty when absent. */
struct text csv_field(const struct csv *c, const struct csv_record *r, const char *column);
/* A finding at a line; column "" for the whole line. */
void csv_finding(struct findings *f, int line, const char *column, const char *message, int64_t bound);

/* Writing: one cell, quoted where needed; text that a spreadsheet would take for a formula gets a
 * leading '.  Comma and line end are the caller's: csv_comma(), csv_line(). */
void csv_cell(struct buf *b, struct text t);
void csv_cell_int(struct buf *b, int64_t n);
void csv_comma(struct buf *b);
void csv_line(struct buf *b); /* CRLF */
