/* Drawing: pages with their feet, when all is placed and counted. */
#include "kit/pdf/pdf_internal.h"

#include <cairo-pdf.h>
#include <qrencode.h>
#include <string.h>

#define FOOT_Y (PDF_TOP + PDF_HEIGHT + 7 * PDF_MM)
#define QR_SIDE (17 * PDF_MM)
#define LINE_WIDTH 0.6

/* One line of a layout; y is the top of its leading. */
static void
line_draw(cairo_t *cr, PangoLayout *layout, int index, double x, double y, double leading)
{
	PangoLayoutIter *iter = pango_layout_get_iter(layout);
	PangoRectangle logical;
	PangoLayoutLine *line;
	double height, base;

	for (int i = 0; i < index; i++)
		pango_layout_iter_next_line(iter);
	line = pango_layout_iter_get_line_readonly(iter);
	pango_layout_iter_get_line_extents(iter, NULL, &logical);
	height = (double)logical.height / PANGO_SCALE;
	base = (double)(pango_layout_iter_get_baseline(iter) - logical.y) / PANGO_SCALE;
	cairo_move_to(cr, x + (double)logical.x / PANGO_SCALE, y + (leading - height) / 2 + base);
	pango_cairo_show_layout_line(cr, line);
	pango_layout_iter_free(iter);
}

static void
item_draw(cairo_t *cr, const struct pdf_item *item)
{
	double x = PDF_LEFT + item->x, y = PDF_TOP + item->y;

	if (item->layout != NULL) {
		for (int i = item->from; i < item->to; i++)
			line_draw(cr, item->layout, i, x, y + (i - item->from) * item->leading, item->leading);
		return;
	}
	cairo_set_line_width(cr, LINE_WIDTH);
	cairo_set_line_cap(cr, CAIRO_LINE_CAP_SQUARE);
	if (item->dashed)
		cairo_set_dash(cr, (const double[]){ 4, 4 }, 2, 0);
	cairo_move_to(cr, x, y);
	cairo_line_to(cr, PDF_LEFT + item->x2, PDF_TOP + item->y2);
	cairo_stroke(cr);
	cairo_set_dash(cr, NULL, 0, 0);
}

/* Runs of dark modules as rectangles: sharp at every size. */
static void
qr_draw(cairo_t *cr, const QRcode *code, double x, double y, double side)
{
	double unit = side / code->width;

	for (int row = 0; row < code->width; row++) {
		for (int col = 0; col < code->width;) {
			int from = col;

			while (col < code->width && (code->data[row * code->width + col] & 1) != 0)
				col++;
			if (col > from)
				cairo_rectangle(cr, x + from * unit, y + row * unit, (col - from) * unit, unit);
			else
				col++;
		}
	}
	cairo_fill(cr);
}

static void
foot_text(struct pdf *p, cairo_t *cr, struct text t, enum pdf_align align, double y)
{
	struct pdf_style s = pdf_styles[PDF_STYLE_FOOT];
	PangoLayout *layout;

	s.align = align;
	layout = pdf_layout(p, &s, t, PDF_WIDTH - (p->spec.code_url.n > 0 ? QR_SIDE + 8 : 0));
	if (layout == NULL)
		return;
	line_draw(cr, layout, 0, PDF_LEFT, y, s.leading);
	g_object_unref(layout);
}

static void
foot_draw(struct pdf *p, cairo_t *cr, const QRcode *code, int page, int pages)
{
	struct buf b;

	buf_init(&b, 512);
	foot_text(p, cr, p->spec.foot, PDF_ALIGN_LEFT, FOOT_Y);
	if (p->spec.code.n > 0) {
		buf_add(&b, TEXT("核验码 "));
		buf_add(&b, p->spec.code);
		foot_text(p, cr, buf_text(&b), PDF_ALIGN_LEFT, FOOT_Y + 14);
		buf_reset(&b);
	}
	buf_printf(&b, "第 %d 页，共 %d 页", page, pages);
	foot_text(p, cr, buf_text(&b), PDF_ALIGN_RIGHT, FOOT_Y);
	buf_free(&b);
	if (code != NULL)
		qr_draw(cr, code, PDF_LEFT + PDF_WIDTH - QR_SIDE, FOOT_Y, QR_SIDE);
}

static void
mark_draw(struct pdf *p, cairo_t *cr)
{
	PangoLayout *layout;

	if (p->spec.mark.n == 0)
		return;
	layout = pdf_layout(p, &pdf_styles[PDF_STYLE_MARK], p->spec.mark, PDF_PAGE_W);
	if (layout == NULL)
		return;
	cairo_save(cr);
	cairo_set_source_rgb(cr, 0.86, 0.86, 0.86);
	cairo_translate(cr, PDF_PAGE_W / 2, PDF_PAGE_H / 2);
	cairo_rotate(cr, -0.6);
	for (int i = 0; i < pdf_lines(layout); i++)
		line_draw(cr, layout, i, -PDF_PAGE_W / 2, -40 + i * 72.0, 72);
	cairo_restore(cr);
	g_object_unref(layout);
}

static void
pages_draw(struct pdf *p, cairo_t *cr)
{
	QRcode *code = p->spec.code_url.n > 0 ? QRcode_encodeString8bit(p->spec.code_url.p, 0, QR_ECLEVEL_M) : NULL;

	if (p->spec.code_url.n > 0 && code == NULL)
		pdf_fail(p, RC_NO_MEMORY);
	for (int page = 0; page <= p->page && p->failed == RC_OK; page++) {
		mark_draw(p, cr);
		cairo_set_source_rgb(cr, 0, 0, 0);
		for (size_t i = 0; i < p->n; i++)
			if (p->items[i].page == page)
				item_draw(cr, &p->items[i]);
		foot_draw(p, cr, code, page + 1, p->page + 1);
		cairo_show_page(cr);
	}
	if (code != NULL)
		QRcode_free(code);
}

static cairo_status_t
bytes_take(void *closure, const unsigned char *data, unsigned n)
{
	struct buf *out = closure;

	buf_add(out, (struct text){ (const char *)data, n });
	return buf_rc(out) == RC_OK ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static cairo_surface_t *
surface_open(const struct pdf *p, struct buf *out)
{
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(bytes_take, out, PDF_PAGE_W, PDF_PAGE_H);
	char at[32];

	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, moment_print_iso(p->spec.moment_ms, at).p);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "zhaofa");
	if (p->spec.title.n > 0)
		cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, p->spec.title.p);
	return surface;
}

enum rc
pdf_close(struct pdf *p, struct buf *out)
{
	enum rc rc;

	if (p->failed == RC_OK) {
		cairo_surface_t *surface = surface_open(p, out);
		cairo_t *cr = cairo_create(surface);

		pango_cairo_update_context(cr, p->context);
		pages_draw(p, cr);
		cairo_destroy(cr);
		cairo_surface_finish(surface);
		if (buf_rc(out) != RC_OK)
			pdf_fail(p, buf_rc(out));
		else if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
			pdf_fail(p, cairo_surface_status(surface) == CAIRO_STATUS_NO_MEMORY ? RC_NO_MEMORY : RC_INTERNAL);
		cairo_surface_destroy(surface);
	}
	rc = p->failed;
	pdf_drop(p);
	return rc;
}
