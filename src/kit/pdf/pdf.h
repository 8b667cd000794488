/*
 * pdf: how does a paper get from its words to the printer?  Chinese set in the measures of official papers on A4.
 *
 * A paper is written from top to bottom, block by block; where a page ends is decided here: a heading stands on the page
 * of what it heads, two lines of a paragraph stay together at either side of a break, a row of a table is not divided
 * unless it is higher than a page.  Nothing is drawn before pdf_close(), since every page says how many there are.
 *
 * The same calls give the same bytes, in whatever process or thread: the moment comes from the caller, no font is taken but
 * the two families named in pdf_font.c, and each print is a document of its own.  (Other versions of cairo, pango or the
 * fonts may give others: whoever keeps a digest notices.)
 *
 * Errors are remembered as in struct buf and answered once, by pdf_close(): RC_UNAVAILABLE when the fonts are not
 * installed; RC_INVALID when a text is not clean UTF-8 or holds a character no font has (pdf_missing() says which: a
 * paper with a blank box is never made); RC_TOO_LARGE past PDF_PAGES_MAX or PDF_ITEMS_MAX or the bound of the buf;
 * RC_NO_MEMORY.
 *
 * Thread-safe between papers; one paper belongs to one thread.  A thread keeps its fonts until it ends.  Debian 12's
 * cairo loses about 2.4 KB with each paper it draws (its subsets of CFF fonts; nothing outside it can free them): whoever
 * draws without end draws in a process that ends.  Measuring (pdf_drop) loses nothing.
 * Measures: GB/T 9704-2012 (A4, text area 156 × 225 mm, margins 37 mm above and 28 mm left; 22 lines of 28 characters).
 */
#pragma once

#include "base/buf.h"
#include "base/day.h"

struct pdf;

#define PDF_PAGES_MAX 200
#define PDF_ITEMS_MAX 20000
#define PDF_COLUMNS_MAX 12
#define PDF_QR_MAX 200 /* bytes */

struct pdf_spec {
	struct text title;     /* of the document's properties */
	int64_t moment_ms;     /* when it was issued: the date of the file, too */
	struct text mark;      /* across every page, grey ("已作废"); empty: none */
	struct text foot;      /* at the left of every foot: number or name of the paper */
	struct text code;      /* verification code beside it; empty: none */
	struct text code_url;  /* as QR code in every foot; empty: none */
};
enum rc pdf_open(const struct pdf_spec *spec, struct pdf **ret);
/* Write the bytes and free the paper, whatever comes of it.  Nothing was drawn: one empty page. */
enum rc pdf_close(struct pdf *p, struct buf *out);
void pdf_drop(struct pdf *p); /* frees it unwritten; takes NULL */
/* What pdf_close() would say of it so far: all characters there, all pages within the bounds. */
enum rc pdf_rc(const struct pdf *p);
/* The first character no font has; 0: none so far. */
uint32_t pdf_missing(const struct pdf *p);
/* Has the font of the text a glyph for it?  False also where the fonts are not installed. */
bool pdf_can_print(uint32_t c);
/* Says where fonts lie instead of where Debian puts them; for tests, before the first paper of this thread. */
void pdf_fonts_dir(const char *dir);

/* ---- blocks.  A text may hold line feeds: each line is a paragraph. ------------------------------------------ */

void pdf_title(struct pdf *p, struct text t);    /* centred, large */
void pdf_number(struct pdf *p, struct text t);   /* centred below the title */
void pdf_heading(struct pdf *p, struct text t);
void pdf_para(struct pdf *p, struct text t);     /* first line indented by two characters, justified */
void pdf_flush(struct pdf *p, struct text t);    /* not indented: whom it is addressed to */
void pdf_right(struct pdf *p, struct text t);
void pdf_clause(struct pdf *p, int n, struct text t); /* "1." and its text */
void pdf_note(struct pdf *p, struct text t);     /* small */
void pdf_space(struct pdf *p, int lines);        /* nothing at the top of a page */
void pdf_cut(struct pdf *p);                     /* a dashed line: below it is a slip to tear off */
void pdf_break(struct pdf *p);                   /* a new page, unless this one is empty */

struct pdf_cell {
	struct text text;
	int span;              /* columns; 0 is 1 */
	bool head;             /* a label: centred */
};
/* Columns by weight.  Rows follow, then pdf_table_close(). */
void pdf_table_open(struct pdf *p, const int *weights, size_t n);
/* A row of heads on top of the table comes again on each page.  Spans must sum to the columns (RC_INTERNAL). */
void pdf_table_row(struct pdf *p, const struct pdf_cell *cells, size_t n);
void pdf_table_close(struct pdf *p);

/* A line to be signed by hand behind a label: at the right half of the page. */
void pdf_sign(struct pdf *p, struct text label);
/* Who issues, the day, and a note where the seal goes (`seal`: "（此处加盖公章）"; empty: none).  A seal is never drawn:
 * the office puts its own.  Kept together. */
void pdf_seal(struct pdf *p, struct text issuer, struct text date, struct text seal);
/* "2026年6月30日" */
struct text pdf_date(struct day d, char out[static 32]);
