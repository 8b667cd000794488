/* How much of something there would be at each value that could be chosen: the picture, and beside it the same in figures. */
#include "kit/html/ui.h"

#define WIDE 520
#define HIGH 260
#define LEFT 76   /* room for "5,900,000" */
#define RIGHT 24
#define TOP 30    /* room for the marks' words */
#define UNDER 26

struct scale { int64_t least, most, top; };

/* (n − from) / (to − from) of span, within it whatever the values are. */
static int
part(int64_t n, int64_t from, int64_t to, int span)
{
	double share = to > from ? ((double)n - (double)from) / ((double)to - (double)from) : 0.5;

	if (!(share > 0))
		return 0;
	return share >= 1 ? span : (int)(share * span);
}

static int
x_of(const struct scale *s, int64_t x)
{
	return LEFT + part(x, s->least, s->most, WIDE - LEFT - RIGHT);
}

static int
y_of(const struct scale *s, int64_t value)
{
	return HIGH - UNDER - part(value, 0, s->top, HIGH - UNDER - TOP);
}

/* Not below n, in two figures. */
static int64_t
round_up(int64_t n)
{
	int64_t step = 1;

	while (step <= INT64_MAX / 1000 && step * 100 < n)
		step *= 10;
	return n > INT64_MAX - step ? n : (n + step - 1) / step * step;
}

static struct scale
scale_of(const struct ui_curve *c)
{
	struct scale s = { 0, 0, 1 };

	for (size_t i = 0; i < c->n; i++) {
		s.least = i == 0 || c->v[i].x < s.least ? c->v[i].x : s.least;
		s.most = i == 0 || c->v[i].x > s.most ? c->v[i].x : s.most;
		s.top = c->v[i].value > s.top ? c->v[i].value : s.top;
	}
	s.top = round_up(s.top);
	return s;
}

static void
put_axes(struct html *h, const struct ui_curve *c, const struct scale *s)
{
	for (int quarter = 0; quarter <= 4; quarter += 2) {
		int64_t value = s->top / 4 * quarter + s->top % 4 * quarter / 4;
		int y = y_of(s, value);

		buf_printf(h->out, "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" class=\"grid\"/>", LEFT, WIDE - RIGHT, y, y);
		buf_printf(h->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" class=\"tick\">", LEFT - 8, y + 4);
		html_grouped(h, value);
		html_raw(h, "</text>");
	}
	for (size_t i = 0; i < 3 && c->n > 0; i++) {
		const struct ui_curve_point *p = &c->v[i * (c->n - 1) / 2];

		if (i > 0 && p->x == c->v[(i - 1) * (c->n - 1) / 2].x)
			continue;
		buf_printf(h->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" class=\"tick\">", x_of(s, p->x), HIGH - 6,
		    i == 0 ? "start" : i == 1 ? "middle" : "end");
		html_text(h, p->label);
		html_raw(h, "</text>");
	}
}

/* A value that holds, or that is proposed; words on the left half lie to the right of their line. */
static void
put_mark(struct html *h, const struct scale *s, const struct ui_curve_mark *m, int at)
{
	int x = x_of(s, m->x);
	bool left = x < (LEFT + WIDE) / 2;

	if (m->x < s->least || m->x > s->most)
		return;
	buf_printf(h->out, "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" class=\"axis\" stroke-dasharray=\"4 4\"/>", x, x, 4, HIGH - UNDER);
	buf_printf(h->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">", left ? x + 6 : x - 6, 14 + at * 16, left ? "start" : "end");
	html_say(h, m->label);
	html_raw(h, "</text>");
}

static void
put_picture(struct html *h, const struct ui_curve *c)
{
	struct scale s = scale_of(c);

	buf_printf(h->out, "<svg class=\"trend\" viewBox=\"0 0 %d %d\" role=\"img\"", WIDE, HIGH);
	html_attr(h, "aria-label", c->title);
	html_raw(h, ">");
	put_axes(h, c, &s);
	html_raw(h, "<polyline class=\"line\" points=\"");
	for (size_t i = 0; i < c->n; i++)
		buf_printf(h->out, "%d,%d ", x_of(&s, c->v[i].x), y_of(&s, c->v[i].value));
	html_raw(h, "\"/>");
	for (size_t i = 0; i < c->n_marks; i++)
		put_mark(h, &s, &c->mark[i], (int)i);
	html_raw(h, "</svg>");
}

static void
put_rows(struct html *h, const struct ui_curve *c)
{
	const struct ui_column columns[] = { { c->x_label, true }, { c->unit, true }, { T("说明"), false } };
	struct ui_table t;

	ui_table_open(&t, h, c->rows_title, columns, c->n_marks > 0 ? 3 : 2);
	for (size_t i = 0; i < c->n; i++) {
		const char *said = NULL;

		for (size_t m = 0; m < c->n_marks; m++)
			said = c->mark[m].x == c->v[i].x ? c->mark[m].label : said;
		if (!c->v[i].row)
			continue;
		ui_row_open(&t);
		ui_cell(&t, c->v[i].label);
		ui_cell_open(&t);
		html_grouped(h, c->v[i].value);
		ui_cell_close(&t);
		if (c->n_marks > 0 && said != NULL)
			ui_cell_say(&t, said);
		else if (c->n_marks > 0)
			ui_cell(&t, TEXT_NONE);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

void
ui_curve(struct html *h, const struct ui_curve *c)
{
	html_raw(h, "<figure class=\"figure\"><figcaption>");
	html_text(h, c->title);
	html_raw(h, "</figcaption><div class=\"beside\">");
	put_picture(h, c);
	put_rows(h, c);
	html_raw(h, "</div></figure>");
}
