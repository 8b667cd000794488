/*
 * frame_table: how does a list leave the house as a file?  One writer for CSV and for a workbook, so that a page says its rows once.
 *
 *	struct frame_table t;
 *	enum rc rc = frame_table_open(&t, x, "advisors", T("法律顾问"), xlsx);
 *
 *	frame_table_heads(&t, heads, n);
 *	... frame_table_text(), frame_table_int(), frame_table_row() ...
 *	return frame_table_close(&t, rc);
 */
#pragma once

#include "supply/frame/frame.h"

struct xlsx;
struct frame_table { struct exchange *x; struct xlsx *book; struct buf *csv; bool begun; };
/* name: of the file, without its ending; sheet: T(), of the first sheet. */
enum rc frame_table_open(struct frame_table *t, struct exchange *x, const char *name, const char *sheet, bool xlsx);
void frame_table_sheet(struct frame_table *t, const char *title); /* a further sheet; in CSV an empty line */
void frame_table_heads(struct frame_table *t, const char *const *heads, size_t n); /* T(); one row */
void frame_table_text(struct frame_table *t, struct text v);
void frame_table_say(struct frame_table *t, const char *zh); /* T(); NULL: an empty cell */
void frame_table_int(struct frame_table *t, int64_t n);
void frame_table_number(struct frame_table *t, int64_t n, int decimals); /* n / 10^decimals; 0 or 2 */
void frame_table_row(struct frame_table *t);
/* The file into the answer, unless rc says that it went wrong before; returns what came of it. */
enum rc frame_table_close(struct frame_table *t, enum rc rc);
