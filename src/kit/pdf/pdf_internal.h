/* pdf_internal: what the files of kit/pdf share. */
#pragma once

#include <pango/pangocairo.h>

#include "kit/pdf/pdf.h"

/* points */
#define PDF_MM (72.0 / 25.4)
#define PDF_PAGE_W (210 * PDF_MM)
#define PDF_PAGE_H (297 * PDF_MM)
#define PDF_LEFT (28 * PDF_MM)
#define PDF_TOP (37 * PDF_MM)
#define PDF_WIDTH (156 * PDF_MM)
#define PDF_HEIGHT (225 * PDF_MM)

enum pdf_align { PDF_ALIGN_LEFT, PDF_ALIGN_CENTRE, PDF_ALIGN_RIGHT };
struct pdf_style {
	double size, leading;  /* points */
	bool sans, bold;
	enum pdf_align align;
	int indent;            /* characters, of the first line */
	bool justify;
};
enum pdf_kind {
	PDF_STYLE_TITLE, PDF_STYLE_NUMBER, PDF_STYLE_HEADING, PDF_STYLE_PARA, PDF_STYLE_FLUSH, PDF_STYLE_RIGHT,
	PDF_STYLE_NOTE, PDF_STYLE_LABEL, PDF_STYLE_CELL, PDF_STYLE_FOOT, PDF_STYLE_MARK, PDF_STYLE_SEAL, PDF_STYLE_COUNT
};
extern const struct pdf_style pdf_styles[PDF_STYLE_COUNT];

/* Something with its place: lines of a layout, or a straight line. */
struct pdf_item {
	int page;
	double x, y;           /* of the first line's top; of the line's beginning */
	PangoLayout *layout;   /* NULL: a straight line */
	double leading;
	int from, to;          /* lines of the layout */
	double x2, y2;
	bool dashed, grey;
};

struct pdf_row { PangoLayout *cells[PDF_COLUMNS_MAX]; double x[PDF_COLUMNS_MAX], w[PDF_COLUMNS_MAX]; bool head[PDF_COLUMNS_MAX]; size_t n; };

struct pdf {
	struct pdf_spec spec;  /* texts are copies of this paper's */
	char *words;           /* the copies */
	PangoContext *context;
	enum rc failed;
	uint32_t missing;
	struct pdf_item *items;
	size_t n, cap;
	int page;              /* 0.. */
	double y;              /* below PDF_TOP */
	size_t keep;           /* items from here go along when the next block begins a page */
	double keep_y;
	bool keeping;
	bool slip;             /* all that follows a cut stays together */
	size_t tail;           /* the last item, where it may go along with a seal */
	bool has_tail;
	double column[PDF_COLUMNS_MAX + 1]; /* where the table's columns begin */
	size_t columns;
	double table_y;        /* where the last table ended, its gap included */
	bool topmost;          /* no row but heads so far */
	struct pdf_row heads;  /* repeated on each page */
};

void pdf_fail(struct pdf *p, enum rc rc);
/* This thread's fonts; NULL when they are not there. */
PangoContext *pdf_context(void);
/* A text set at that width (points; 0: one line); NULL after a failure.  The caller's to unref. */
PangoLayout *pdf_layout(struct pdf *p, const struct pdf_style *s, struct text t, double width);
/* Spread the lines that another follows to the full width. */
void pdf_justify(PangoLayout *layout, const struct pdf_style *s, double width);
int pdf_lines(PangoLayout *layout);
/* Takes its own reference.  Lines from..to. */
void pdf_put(struct pdf *p, PangoLayout *layout, double leading, int from, int to, double x, double y);
void pdf_rule(struct pdf *p, double x, double y, double x2, double y2, bool dashed);
/* The next page; what is kept with the next block goes along. */
void pdf_turn(struct pdf *p);
/* Points left on this page. */
double pdf_left(const struct pdf *p);
/* A block has been placed: nothing waits for its next any longer. */
void pdf_settle(struct pdf *p);
