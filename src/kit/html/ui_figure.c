#include "kit/html/ui.h"

#include <limits.h>

#define BAR_LEFT 120 /* room for labels, in units of the picture */
#define BAR_WIDE 280
#define BAR_HIGH 28
#define LINE_WIDE 480
#define LINE_HIGH 200
#define LINE_LEFT 44
#define LINE_UNDER 26
#define MAP_WIDE 640

static struct text
tone_class(enum ui_tone tone)
{
	switch (tone) {
	case UI_INFO: return TEXT("info");
	case UI_OK: return TEXT("ok");
	case UI_SOON: return TEXT("soon");
	case UI_LATE: return TEXT("late");
	case UI_HOLD: return TEXT("hold");
	case UI_PLAIN: break;
	}
	return TEXT("plain");
}

static int64_t
series_most(const struct ui_series *s)
{
	int64_t most = 1;

	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].value > most)
			most = s->v[i].value;
	return most;
}

/* value / most of `span`, rounded down; nothing below 0 or above span whatever the values are. */
static int
share(int64_t value, int64_t most, int span)
{
	double part = most > 0 ? (double)value / (double)most : 0;

	if (!(part > 0))
		return 0;
	return part >= 1 ? span : (int)(part * span);
}

static void
figure_open(struct html *h, const char *title, const char *unit)
{
	html_raw(h, "<figure class=\"figure\"><figcaption>");
	html_say(h, title);
	if (unit) {
		html_raw(h, " <small>");
		html_say(h, T("单位："));
		html_say(h, unit);
		html_raw(h, "</small>");
	}
	html_raw(h, "</figcaption>");
}

static void
svg_open(struct html *h, const char *title, int wide, int high, const char *class)
{
	buf_printf(h->out, "<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\"", class, wide, high);
	html_attr(h, "aria-label", text_of(msg(h->lang, title)));
	html_raw(h, ">");
}

static void
put_table(struct html *h, const struct ui_series *s)
{
	const struct ui_column columns[] = { { s->label, false }, { s->unit, true } };
	struct ui_table t;

	html_raw(h, "<details><summary>");
	html_say(h, T("看表格"));
	html_raw(h, "</summary>");
	ui_table_open(&t, h, s->title, columns, 2);
	for (size_t i = 0; i < s->n; i++) {
		ui_row_open(&t);
		if (s->v[i].href.n > 0)
			ui_cell_link(&t, s->v[i].href, s->v[i].label);
		else
			ui_cell(&t, s->v[i].label);
		ui_cell_int(&t, s->v[i].value);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	html_raw(h, "</details>");
}

/* ---- bars ------------------------------------------------------------------------------------------ */

static void
put_bar(struct html *h, const struct ui_datum *d, int64_t most, int at)
{
	int y = at * BAR_HIGH, wide = share(d->value, most, BAR_WIDE);

	buf_printf(h->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" class=\"label\">", BAR_LEFT - 10, y + 19);
	html_text(h, d->label);
	buf_printf(h->out, "</text><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\" class=\"", BAR_LEFT,
	    y + 5, wide > 2 ? wide : 2, BAR_HIGH - 10);
	buf_add(h->out, tone_class(d->tone));
	buf_printf(h->out, "\"/><text x=\"%d\" y=\"%d\" class=\"value\">", BAR_LEFT + wide + 8, y + 19);
	html_int(h, d->value);
	html_raw(h, "</text>");
}

void
ui_bars(struct html *h, const struct ui_series *s)
{
	int64_t most = series_most(s);
	int n = s->n < 200 ? (int)s->n : 200; /* more bars than this is not a picture; the table has them */

	figure_open(h, s->title, s->unit);
	svg_open(h, s->title, BAR_LEFT + BAR_WIDE + 70, n > 0 ? n * BAR_HIGH : BAR_HIGH, "bars");
	buf_printf(h->out, "<line x1=\"%d\" x2=\"%d\" y1=\"0\" y2=\"%d\" class=\"axis\"/>", BAR_LEFT, BAR_LEFT,
	    n * BAR_HIGH);
	for (int i = 0; i < n; i++)
		put_bar(h, &s->v[i], most, i);
	html_raw(h, "</svg>");
	put_table(h, s);
	html_raw(h, "</figure>");
}

/* ---- line -------------------------------------------------------------------------------------------- */

/* A round number not below n: 1, 2, 5 times a power of ten. */
static int64_t
round_up(int64_t n)
{
	int64_t step = 1;

	while (step <= INT64_MAX / 10 && step * 10 < n)
		step *= 10;
	if (n <= step)
		return step;
	if (n <= 2 * step)
		return 2 * step;
	if (step > INT64_MAX / 10)
		return INT64_MAX;
	return n <= 5 * step ? 5 * step : 10 * step;
}

static int
line_x(size_t i, size_t n)
{
	size_t span = LINE_WIDE - LINE_LEFT - 16;

	return LINE_LEFT + (n > 1 ? (int)(i * span / (n - 1)) : (int)span / 2);
}

static int
line_y(int64_t value, int64_t most)
{
	return LINE_HIGH - LINE_UNDER - share(value, most, LINE_HIGH - LINE_UNDER - 12);
}

static void
put_grid(struct html *h, int64_t most)
{
	static const int quarters[] = { 0, 2, 4 };

	for (size_t i = 0; i < 3; i++) {
		int64_t value = most / 4 * quarters[i] + most % 4 * quarters[i] / 4;
		int y = line_y(value, most);

		buf_printf(h->out, "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" class=\"grid\"/>", LINE_LEFT,
		    LINE_WIDE, y, y);
		buf_printf(h->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" class=\"tick\">", LINE_LEFT - 6, y + 4);
		html_int(h, value);
		html_raw(h, "</text>");
	}
}

static void
put_line_points(struct html *h, const struct ui_series *s, int64_t most)
{
	size_t every = s->n > 12 ? (s->n + 11) / 12 : 1; /* at most 12 labels fit */

	html_raw(h, "<polyline class=\"line\" points=\"");
	for (size_t i = 0; i < s->n; i++)
		buf_printf(h->out, "%d,%d ", line_x(i, s->n), line_y(s->v[i].value, most));
	html_raw(h, "\"/>");
	for (size_t i = 0; i < s->n; i++) {
		int x = line_x(i, s->n);

		if (s->n <= 60)
			buf_printf(h->out, "<circle cx=\"%d\" cy=\"%d\" r=\"3\" class=\"dot\"/>", x,
			    line_y(s->v[i].value, most));
		if (i % every != 0)
			continue;
		buf_printf(h->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" class=\"tick\">", x, LINE_HIGH - 6);
		html_text(h, s->v[i].label);
		html_raw(h, "</text>");
	}
}

void
ui_line(struct html *h, const struct ui_series *s)
{
	int64_t most = round_up(series_most(s));

	figure_open(h, s->title, s->unit);
	svg_open(h, s->title, LINE_WIDE + 16, LINE_HIGH, "trend");
	put_grid(h, most);
	put_line_points(h, s, most);
	html_raw(h, "</svg>");
	put_table(h, s);
	html_raw(h, "</figure>");
}

/* ---- stat tiles ------------------------------------------------------------------------------------------ */

static void
put_stat(struct html *h, const struct ui_stat *s)
{
	html_raw(h, "<div class=\"stat ");
	buf_add(h->out, tone_class(s->tone));
	html_raw(h, "\"><dt>");
	if (s->href.n > 0)
		ui_link(h, s->href, s->label);
	else
		html_say(h, s->label);
	html_raw(h, "</dt><dd><b>");
	html_text(h, s->value);
	html_raw(h, "</b>");
	if (s->unit) {
		html_raw(h, " <small>");
		html_say(h, s->unit);
		html_raw(h, "</small>");
	}
	html_raw(h, "</dd>");
	if (s->note.n > 0) {
		html_raw(h, "<dd class=\"meta\">");
		html_text(h, s->note);
		html_raw(h, "</dd>");
	}
	html_raw(h, "</div>");
}

void
ui_stats(struct html *h, const struct ui_stat *v, size_t n)
{
	html_raw(h, "<dl class=\"stats\">");
	for (size_t i = 0; i < n; i++)
		put_stat(h, &v[i]);
	html_raw(h, "</dl>");
}

/* ---- map --------------------------------------------------------------------------------------------------- */

struct frame { int64_t west, east, south, north; double scale; int high; };

static void
frame_take(struct frame *f, struct ui_point p)
{
	if (p.lon_e6 < f->west)
		f->west = p.lon_e6;
	if (p.lon_e6 > f->east)
		f->east = p.lon_e6;
	if (p.lat_e6 < f->south)
		f->south = p.lat_e6;
	if (p.lat_e6 > f->north)
		f->north = p.lat_e6;
}

/* Flat picture of a city: a degree of longitude is 0.856 of one of latitude at 31.2° north. */
#define LON_SHRINK 0.856

static struct frame
frame_of(const struct ui_map *m)
{
	struct frame f = { INT64_MAX, INT64_MIN, INT64_MAX, INT64_MIN, 0, 0 };
	double wide, high;

	for (size_t i = 0; i < m->n_outlines; i++)
		for (size_t k = 0; k < m->outlines[i].n; k++)
			frame_take(&f, m->outlines[i].v[k]);
	for (size_t i = 0; i < m->n_marks; i++)
		frame_take(&f, m->marks[i].at);
	if (f.west > f.east)
		f = (struct frame){ 0, 1, 0, 1, 0, 0 };
	wide = (double)(f.east - f.west) * LON_SHRINK;
	high = (double)(f.north - f.south);
	f.scale = wide > 1000 ? (MAP_WIDE - 24) / wide : (MAP_WIDE - 24) / 20000.0;
	if (high * f.scale > 1.4 * MAP_WIDE)
		f.scale = 1.4 * MAP_WIDE / high;
	f.high = (int)(high * f.scale) + 24;
	if (f.high < 120)
		f.high = 120;
	return f;
}

static double
map_x(const struct frame *f, struct ui_point p)
{
	return 12 + (double)(p.lon_e6 - f->west) * LON_SHRINK * f->scale;
}

static double
map_y(const struct frame *f, struct ui_point p)
{
	return 12 + (double)(f->north - p.lat_e6) * f->scale;
}

static void
put_outline(struct html *h, const struct frame *f, const struct ui_outline *o)
{
	html_raw(h, "<path class=\"outline\" d=\"");
	for (size_t i = 0; i < o->n; i++)
		buf_printf(h->out, "%c%.1f %.1f", i == 0 ? 'M' : 'L', map_x(f, o->v[i]), map_y(f, o->v[i]));
	html_raw(h, "z\"><title>");
	html_text(h, o->name);
	html_raw(h, "</title></path>");
}

static void
put_mark(struct html *h, const struct frame *f, const struct ui_mark *m, bool small)
{
	double x = map_x(f, m->at), y = map_y(f, m->at);

	if (m->tone == UI_LATE) /* shape as well as colour */
		buf_printf(h->out, "<path d=\"M%.1f %.1fl6 6l-6 6l-6-6z\" class=\"mark late\">", x, y - 6);
	else {
		buf_printf(h->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" class=\"mark ", x, y, small ? 9 : 5);
		buf_add(h->out, tone_class(m->tone));
		html_raw(h, "\">");
	}
	html_raw(h, "<title>");
	html_text(h, m->label);
	buf_add(h->out, m->tone == UI_LATE ? TEXT("</title></path>") : TEXT("</title></circle>"));
}

static void
put_marks_table(struct html *h, const struct ui_map *m)
{
	html_raw(h, "<details><summary>");
	html_say(h, T("看列表"));
	html_raw(h, "</summary><ul class=\"marks\">");
	for (size_t i = 0; i < m->n_marks; i++) {
		html_raw(h, "<li>");
		if (m->marks[i].href.n > 0)
			ui_link_text(h, m->marks[i].href, m->marks[i].label);
		else
			html_text(h, m->marks[i].label);
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul></details>");
}

void
ui_map(struct html *h, const struct ui_map *m)
{
	struct frame f = frame_of(m);

	figure_open(h, m->title, NULL);
	svg_open(h, m->title, MAP_WIDE, f.high, m->small ? "map small" : "map");
	for (size_t i = 0; i < m->n_outlines; i++)
		put_outline(h, &f, &m->outlines[i]);
	for (size_t i = 0; i < m->n_marks; i++)
		put_mark(h, &f, &m->marks[i], m->small);
	html_raw(h, "</svg>");
	if (m->note) {
		html_raw(h, "<p class=\"meta\">");
		html_say(h, m->note);
		html_raw(h, "</p>");
	}
	if (!m->small)
		put_marks_table(h, m);
	html_raw(h, "</figure>");
}
