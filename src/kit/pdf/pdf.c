/* Where things go: blocks from top to bottom, what stays together, when a page ends. */
#include "kit/pdf/pdf_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* ---- a paper ------------------------------------------------------------------------------------------------- */

/* The texts of the spec in one block of our own, each with a NUL behind it. */
static bool
words_keep(struct pdf *p, const struct pdf_spec *spec)
{
	struct text *texts[] = { &p->spec.title, &p->spec.mark, &p->spec.foot, &p->spec.code, &p->spec.code_url };
	size_t total = 0;
	char *at;

	p->spec = *spec;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		total += texts[i]->n + 1;
	at = p->words = calloc(1, total);
	if (at == NULL)
		return false;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (texts[i]->n > 0)
			memcpy(at, texts[i]->p, texts[i]->n);
		texts[i]->p = at;
		at += texts[i]->n + 1;
	}
	return true;
}

enum rc
pdf_open(const struct pdf_spec *spec, struct pdf **ret)
{
	struct pdf *p;

	if (utf8_check(spec->title, false) != UTF8_FINE || spec->code_url.n > PDF_QR_MAX)
		return RC_INVALID;
	p = calloc(1, sizeof *p);
	if (p == NULL || !words_keep(p, spec)) {
		free(p);
		return RC_NO_MEMORY;
	}
	p->context = pdf_context();
	if (p->context == NULL) {
		pdf_drop(p);
		return RC_UNAVAILABLE;
	}
	*ret = p;
	return RC_OK;
}

static void
heads_drop(struct pdf_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		g_clear_object(&row->cells[i]);
	row->n = 0;
}

void
pdf_drop(struct pdf *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++)
		g_clear_object(&p->items[i].layout);
	heads_drop(&p->heads);
	g_clear_object(&p->context);
	free(p->items);
	free(p->words);
	free(p);
}

void
pdf_fail(struct pdf *p, enum rc rc)
{
	if (p->failed == RC_OK)
		p->failed = rc;
}

enum rc
pdf_rc(const struct pdf *p)
{
	return p->failed;
}

uint32_t
pdf_missing(const struct pdf *p)
{
	return p->missing;
}

/* ---- items ---------------------------------------------------------------------------------------------------- */

static void
item_add(struct pdf *p, const struct pdf_item *item)
{
	if (p->failed != RC_OK)
		return;
	if (p->n >= PDF_ITEMS_MAX) {
		pdf_fail(p, RC_TOO_LARGE);
		return;
	}
	if (p->n == p->cap) {
		size_t cap = p->cap == 0 ? 64 : p->cap * 2;
		struct pdf_item *more = reallocarray(p->items, cap, sizeof *more);

		if (more == NULL) {
			pdf_fail(p, RC_NO_MEMORY);
			return;
		}
		p->items = more;
		p->cap = cap;
	}
	p->items[p->n] = *item;
	if (item->layout != NULL)
		g_object_ref(item->layout);
	p->n++;
}

void
pdf_put(struct pdf *p, PangoLayout *layout, double leading, int from, int to, double x, double y)
{
	item_add(p, &(struct pdf_item){ .page = p->page, .x = x, .y = y, .layout = layout, .leading = leading, .from = from, .to = to });
}

void
pdf_rule(struct pdf *p, double x, double y, double x2, double y2, bool dashed)
{
	item_add(p, &(struct pdf_item){ .page = p->page, .x = x, .y = y, .x2 = x2, .y2 = y2, .dashed = dashed, .grey = dashed });
}

/* ---- pages ----------------------------------------------------------------------------------------------------- */

double
pdf_left(const struct pdf *p)
{
	return PDF_HEIGHT - p->y;
}

void
pdf_turn(struct pdf *p)
{
	double height = p->y - p->keep_y;
	bool along = p->keeping && p->keep_y > 0; /* at the top already, it would go on for ever */

	if (p->page + 1 >= PDF_PAGES_MAX) {
		pdf_fail(p, RC_TOO_LARGE);
		return;
	}
	p->page++;
	for (size_t i = p->keep; along && i < p->n; i++) {
		p->items[i].page++;
		p->items[i].y -= p->keep_y;
		p->items[i].y2 -= p->keep_y;
	}
	p->y = along ? height : 0;
	p->table_y = 0;
	p->keeping = p->slip = p->has_tail = false;
}

void
pdf_settle(struct pdf *p)
{
	if (!p->slip)
		p->keeping = false;
}

static void
tail_set(struct pdf *p, size_t item)
{
	p->has_tail = p->failed == RC_OK;
	p->tail = item;
}

/*
 * The next page, and on its top the end of what stands on this one, with the signatures below it: a seal or a signature on
 * a page without text could be put under any.  Of a longer block two lines go along, of a short one all.
 */
static void
turn_with_tail(struct pdf *p)
{
	if (p->has_tail && !p->keeping) {
		struct pdf_item tail = p->items[p->tail];
		int lines = tail.layout != NULL ? tail.to - tail.from : 0;

		p->keeping = true;
		p->keep = p->tail;
		p->keep_y = tail.y;
		if (lines >= 4) {
			p->keep++;
			p->keep_y += (lines - 2) * tail.leading;
			p->items[p->tail].to -= 2;
			pdf_put(p, tail.layout, tail.leading, tail.to - 2, tail.to, tail.x, p->keep_y);
		}
	}
	pdf_turn(p);
}

void
pdf_break(struct pdf *p)
{
	pdf_settle(p);
	if (p->y > 0)
		pdf_turn(p);
}

/* ---- blocks ------------------------------------------------------------------------------------------------------- */

#define ROUNDING 0.01 /* points */

/* How many of n lines go on this page: two at least at either side of the break, or none. */
static int
lines_fit(const struct pdf *p, double leading, int n)
{
	int fit = (int)((pdf_left(p) + ROUNDING) / leading);

	if (fit >= n)
		return n;
	if (n - fit == 1)
		fit--;
	return fit < 2 ? 0 : fit;
}

/* Lines from `from` on at x, over as many pages as they take. */
static void
lines_flow(struct pdf *p, PangoLayout *layout, double leading, double x)
{
	int n = pdf_lines(layout), at = 0;

	while (at < n && p->failed == RC_OK) {
		int fit = lines_fit(p, leading, n - at);

		if (fit == 0 && p->y <= 0) /* cannot be: a page holds more than two lines of any style */
			fit = 1;
		if (fit == 0) {
			pdf_turn(p);
			continue;
		}
		pdf_put(p, layout, leading, at, at + fit, x, p->y);
		tail_set(p, p->n - 1);
		p->y += fit * leading;
		at += fit;
		pdf_settle(p);
		if (at < n)
			pdf_turn(p);
	}
}

static void
block(struct pdf *p, enum pdf_kind kind, struct text t)
{
	const struct pdf_style *s = &pdf_styles[kind];
	PangoLayout *layout = pdf_layout(p, s, t, PDF_WIDTH);

	if (layout == NULL)
		return;
	lines_flow(p, layout, s->leading, 0);
	g_object_unref(layout);
}

/* From here on, what is placed stands with what follows. */
static void
keep_begin(struct pdf *p)
{
	if (p->keeping)
		return; /* a heading under a heading: both go along */
	p->keeping = true;
	p->keep = p->n;
	p->keep_y = p->y;
}

/* A block that is kept with the next. */
static void
block_kept(struct pdf *p, enum pdf_kind kind, struct text t)
{
	const struct pdf_style *s = &pdf_styles[kind];
	PangoLayout *layout = pdf_layout(p, s, t, PDF_WIDTH);
	double height;

	if (layout == NULL)
		return;
	height = pdf_lines(layout) * s->leading;
	if (height > PDF_HEIGHT / 2) { /* no heading is that long: let it flow */
		lines_flow(p, layout, s->leading, 0);
		g_object_unref(layout);
		return;
	}
	if (height > pdf_left(p) + ROUNDING)
		pdf_turn(p);
	keep_begin(p);
	pdf_put(p, layout, s->leading, 0, pdf_lines(layout), 0, p->y);
	p->y += height;
	g_object_unref(layout);
}

void
pdf_title(struct pdf *p, struct text t)
{
	block_kept(p, PDF_STYLE_TITLE, t);
	p->y += 6;
}

void
pdf_number(struct pdf *p, struct text t)
{
	block_kept(p, PDF_STYLE_NUMBER, t);
	p->y += 8;
}

void
pdf_heading(struct pdf *p, struct text t)
{
	block_kept(p, PDF_STYLE_HEADING, t);
}

void
pdf_para(struct pdf *p, struct text t)
{
	block(p, PDF_STYLE_PARA, t);
}

void
pdf_flush(struct pdf *p, struct text t)
{
	block(p, PDF_STYLE_FLUSH, t);
}

void
pdf_right(struct pdf *p, struct text t)
{
	block(p, PDF_STYLE_RIGHT, t);
}

void
pdf_note(struct pdf *p, struct text t)
{
	p->y += p->y > 0 ? 6 : 0;
	block(p, PDF_STYLE_NOTE, t);
}

void
pdf_clause(struct pdf *p, int n, struct text t)
{
	struct buf b;

	buf_init(&b, t.n + 32);
	buf_printf(&b, "%d. ", n);
	buf_add(&b, t);
	if (buf_rc(&b) == RC_OK)
		block(p, PDF_STYLE_PARA, buf_text(&b));
	else
		pdf_fail(p, buf_rc(&b));
	buf_free(&b);
}

void
pdf_space(struct pdf *p, int lines)
{
	double height = lines * pdf_styles[PDF_STYLE_PARA].leading;

	if (p->y > 0 && height <= pdf_left(p))
		p->y += height;
}

void
pdf_cut(struct pdf *p)
{
	if (pdf_left(p) < 120) /* a slip of less than four lines would be torn in two */
		pdf_turn(p);
	pdf_settle(p);
	keep_begin(p);
	p->slip = true;
	p->y += 14;
	pdf_rule(p, 0, p->y, PDF_WIDTH, p->y, true);
	p->y += 14;
}

/* ---- tables -------------------------------------------------------------------------------------------------------- */

#define CELL_X 5.0 /* points between border and text */
#define CELL_Y 4.0
#define TABLE_GAP 8.0

void
pdf_table_open(struct pdf *p, const int *weights, size_t n)
{
	double total = 0, x = 0;

	heads_drop(&p->heads);
	p->columns = 0;
	if (n == 0 || n > PDF_COLUMNS_MAX) {
		pdf_fail(p, RC_INTERNAL);
		return;
	}
	for (size_t i = 0; i < n; i++)
		total += weights[i];
	for (size_t i = 0; i < n; i++) {
		p->column[i] = x;
		x += PDF_WIDTH * weights[i] / total;
	}
	p->column[n] = PDF_WIDTH;
	p->columns = n;
	if (p->table_y > 0 && p->y <= p->table_y && p->y >= p->table_y) /* right below another: one form, other columns */
		p->y -= TABLE_GAP;
	else if (p->y > 0 && !p->keeping)
		p->y += TABLE_GAP / 2;
	p->topmost = true;
}

/* Lays the cells out; false after a failure, with nothing to free. */
static bool
row_set(struct pdf *p, const struct pdf_cell *cells, size_t n, struct pdf_row *row)
{
	size_t column = 0;

	row->n = 0;
	for (size_t i = 0; i < n; i++) {
		size_t span = cells[i].span > 0 ? (size_t)cells[i].span : 1;

		if (column + span > p->columns) {
			pdf_fail(p, RC_INTERNAL);
			break;
		}
		row->x[i] = p->column[column];
		row->w[i] = p->column[column + span] - row->x[i];
		row->head[i] = cells[i].head;
		row->cells[i] = pdf_layout(p, &pdf_styles[cells[i].head ? PDF_STYLE_LABEL : PDF_STYLE_CELL], cells[i].text,
		    row->w[i] - 2 * CELL_X);
		if (row->cells[i] == NULL)
			break;
		row->n++;
		column += span;
	}
	if (p->failed == RC_OK && column != p->columns)
		pdf_fail(p, RC_INTERNAL);
	if (p->failed != RC_OK)
		heads_drop(row);
	return p->failed == RC_OK;
}

static int
row_lines(const struct pdf_row *row)
{
	int most = 1;

	for (size_t i = 0; i < row->n; i++)
		if (pdf_lines(row->cells[i]) > most)
			most = pdf_lines(row->cells[i]);
	return most;
}

static double
row_height(int lines)
{
	return lines * pdf_styles[PDF_STYLE_CELL].leading + 2 * CELL_Y;
}

/* Lines from..to of the cells, with borders. */
static void
row_put(struct pdf *p, const struct pdf_row *row, int from, int to)
{
	double height = row_height(to - from), leading = pdf_styles[PDF_STYLE_CELL].leading;

	for (size_t i = 0; i < row->n; i++) {
		int n = pdf_lines(row->cells[i]), last = n < to ? n : to;
		double y = p->y + CELL_Y;

		if (row->head[i] || n == 1) /* in the middle, beside what has more lines */
			y += (to - from - (last > from ? last - from : 0)) * leading / 2;
		if (last > from)
			pdf_put(p, row->cells[i], leading, from, last, row->x[i] + CELL_X, y);
		pdf_rule(p, row->x[i], p->y, row->x[i], p->y + height, false);
	}
	pdf_rule(p, PDF_WIDTH, p->y, PDF_WIDTH, p->y + height, false);
	pdf_rule(p, 0, p->y, PDF_WIDTH, p->y, false);
	pdf_rule(p, 0, p->y + height, PDF_WIDTH, p->y + height, false);
	p->y += height;
}

static void
row_turn(struct pdf *p)
{
	pdf_turn(p);
	if (p->heads.n > 0 && p->failed == RC_OK)
		row_put(p, &p->heads, 0, row_lines(&p->heads));
}

/* A row higher than what a page has is divided between lines. */
static void
row_divide(struct pdf *p, const struct pdf_row *row, int lines)
{
	int at = 0;

	while (at < lines && p->failed == RC_OK) {
		int fit = (int)((pdf_left(p) - 2 * CELL_Y + ROUNDING) / pdf_styles[PDF_STYLE_CELL].leading);

		if (fit < 2) {
			row_turn(p);
			continue;
		}
		if (fit > lines - at)
			fit = lines - at;
		row_put(p, row, at, at + fit);
		pdf_settle(p);
		at += fit;
		if (at < lines)
			row_turn(p);
	}
}

static bool
row_is_heads(const struct pdf_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (!row->head[i])
			return false;
	return true;
}

void
pdf_table_row(struct pdf *p, const struct pdf_cell *cells, size_t n)
{
	struct pdf_row row;
	int lines;
	bool heads;

	if (n == 0 || n > p->columns)
		pdf_fail(p, RC_INTERNAL);
	if (p->failed != RC_OK || !row_set(p, cells, n, &row))
		return;
	lines = row_lines(&row);
	heads = p->topmost && p->heads.n == 0 && row_is_heads(&row) && row_height(lines) < PDF_HEIGHT / 3;
	p->topmost = false;
	if (row_height(lines) > PDF_HEIGHT - (p->heads.n > 0 ? row_height(row_lines(&p->heads)) : 0)) {
		row_divide(p, &row, lines);
	} else {
		if (row_height(lines) > pdf_left(p) + ROUNDING)
			row_turn(p);
		if (heads)
			keep_begin(p);
		row_put(p, &row, 0, lines);
		if (!heads)
			pdf_settle(p);
	}
	if (heads)
		p->heads = row; /* its layouts are the table's now */
	else
		heads_drop(&row);
}

void
pdf_table_close(struct pdf *p)
{
	heads_drop(&p->heads);
	p->columns = 0;
	pdf_settle(p);
	p->has_tail = false;
	p->y += TABLE_GAP;
	p->table_y = p->y;
}

/* ---- ends ------------------------------------------------------------------------------------------------------------ */

#define SIGN_WIDTH 120.0 /* points of line to sign on */

void
pdf_sign(struct pdf *p, struct text label)
{
	const struct pdf_style *s = &pdf_styles[PDF_STYLE_FLUSH];
	PangoLayout *layout = pdf_layout(p, s, label, 0);
	PangoRectangle box;
	double x;

	if (layout == NULL)
		return;
	pango_layout_get_extents(layout, NULL, &box);
	x = PDF_WIDTH - SIGN_WIDTH - (double)box.width / PANGO_SCALE;
	if (pdf_left(p) + ROUNDING < s->leading + 4)
		turn_with_tail(p);
	pdf_settle(p);
	pdf_put(p, layout, s->leading, 0, 1, x > 0 ? x : 0, p->y);
	if (!p->has_tail) /* below a text that one goes along, and what was signed before with it */
		tail_set(p, p->n - 1);
	p->y += s->leading;
	pdf_rule(p, PDF_WIDTH - SIGN_WIDTH + 4, p->y - 4, PDF_WIDTH, p->y - 4, false);
	p->y += 4;
	g_object_unref(layout);
}

void
pdf_seal(struct pdf *p, struct text issuer, struct text date, struct text seal)
{
	const struct pdf_style *s = &pdf_styles[PDF_STYLE_RIGHT], *small = &pdf_styles[PDF_STYLE_SEAL];
	struct pdf_style centred = *s;
	PangoLayout *lines[3] = { NULL };
	PangoRectangle box;
	double width = 0, height = small->leading + 2 * s->leading;

	centred.align = PDF_ALIGN_LEFT;
	lines[0] = seal.n > 0 ? pdf_layout(p, small, seal, 0) : NULL;
	lines[1] = pdf_layout(p, &centred, issuer, 0);
	lines[2] = pdf_layout(p, &centred, date, 0);
	for (int i = 0; i < 3 && p->failed == RC_OK; i++) {
		if (lines[i] == NULL)
			continue;
		pango_layout_get_extents(lines[i], NULL, &box);
		if ((double)box.width / PANGO_SCALE > width)
			width = (double)box.width / PANGO_SCALE;
	}
	if (p->failed == RC_OK) {
		double middle = PDF_WIDTH - width / 2 - s->size; /* one character from the edge */

		if (pdf_left(p) + ROUNDING < height + s->leading / 2)
			turn_with_tail(p);
		pdf_settle(p);
		p->y += p->y > 0 ? s->leading / 2 : 0;
		for (int i = 0; i < 3; i++) {
			if (lines[i] == NULL)
				continue;
			pango_layout_get_extents(lines[i], NULL, &box);
			pdf_put(p, lines[i], i == 0 ? small->leading : s->leading, 0, 1, middle - (double)box.width / PANGO_SCALE / 2, p->y);
			p->y += i == 0 ? small->leading : s->leading;
		}
	}
	for (int i = 0; i < 3; i++)
		g_clear_object(&lines[i]);
}

struct text
pdf_date(struct day d, char out[static 32])
{
	struct ymd y = day_to_ymd(d);
	struct buf b;

	out[0] = '\0';
	if (day_is_none(d))
		return TEXT_NONE;
	buf_init(&b, 31);
	buf_printf(&b, "%d年%d月%d日", y.year, y.month, y.day);
	if (buf_rc(&b) == RC_OK) {
		memcpy(out, b.p, b.n);
		out[b.n] = '\0';
	}
	buf_free(&b);
	return text_of(out);
}
