/*
 * xlsx: a workbook to send away, cell after cell.  What is text stays text, whatever it begins with: no formula
 * is ever written.  Numbers are stored as spreadsheets store them, in doubles: one past 2⁵³ is written as text rather
 * than rounded.  Made in memory; the library behind it (libxlsxwriter) keeps parts in temporary files while it works.
 *
 * A failed write is remembered; xlsx_close() tells.  Not for threads to share.
 */
#pragma once

#include "base/buf.h"

#define XLSX_ROWS_MAX 1048576 /* of a sheet, by the format */
#define XLSX_COLUMNS_MAX 16384

struct xlsx;

enum rc xlsx_open(struct xlsx **ret);
void xlsx_free(struct xlsx *x); /* takes NULL */
/* Where the next cells go.  A name the format cannot take is mended: 31 characters, none of []:*?/\, no two alike. */
void xlsx_sheet(struct xlsx *x, struct text name);
/* A cell to the right of the last; XLSX_ROWS_MAX and _COLUMNS_MAX: RC_TOO_LARGE. */
void xlsx_text(struct xlsx *x, struct text t);      /* cut at the 32,767 characters a cell may have */
void xlsx_head(struct xlsx *x, struct text t);      /* bold */
void xlsx_number(struct xlsx *x, int64_t n, int decimals); /* n / 10^decimals, shown with them; 0 to 9 */
void xlsx_row(struct xlsx *x);                      /* on to the next row */
/* The file; x is freed whatever comes of it. */
enum rc xlsx_close(struct xlsx *x, struct buf *out);
