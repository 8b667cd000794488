#include "kit/html/ui.h"

#include <qrencode.h>
#include <string.h>

#define QR_CHARS_MAX 300 /* version 10 or so: still read by an old phone from a printed receipt */

/* ---- signs ------------------------------------------------------------------------------------ */

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

struct lamp { const char *shape, *word, *class; };

static const struct lamp *
lamp_of(enum ui_lamp lamp)
{
	static const struct lamp lamps[] = {
		[LAMP_NORMAL] = { "●", T("正常"), "ok" },
		[LAMP_SOON] = { "◐", T("临期"), "soon" },
		[LAMP_LATE] = { "◆", T("逾期"), "late" },
		[LAMP_PAUSED] = { "Ⅱ", T("暂停"), "hold" },
		[LAMP_DONE] = { "✓", T("办结"), "done" },
	};

	return &lamps[(unsigned)lamp <= LAMP_DONE ? lamp : LAMP_NORMAL];
}

void
ui_lamp(struct html *h, enum ui_lamp lamp, struct text detail)
{
	const struct lamp *l = lamp_of(lamp);

	html_raw(h, "<span class=\"lamp ");
	html_str(h, l->class);
	html_raw(h, "\"><span aria-hidden=\"true\">");
	html_str(h, l->shape);
	html_raw(h, "</span> ");
	html_say(h, l->word);
	if (detail.n > 0) {
		html_raw(h, " ");
		html_text(h, detail);
	}
	html_raw(h, "</span>");
}

void
ui_tag(struct html *h, enum ui_tone tone, struct text word)
{
	html_raw(h, "<span class=\"tag ");
	buf_add(h->out, tone_class(tone));
	html_raw(h, "\">");
	html_text(h, word);
	html_raw(h, "</span>");
}

void
ui_icon(struct html *h, const char *name)
{
	if (!h->icons || !name)
		return;
	html_raw(h, "<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"");
	html_str(h, h->icons);
	html_raw(h, "#");
	html_str(h, name);
	html_raw(h, "\"></use></svg>");
}

static const char *
tone_icon(enum ui_tone tone)
{
	if (tone == UI_LATE || tone == UI_SOON)
		return "alert-triangle";
	return tone == UI_OK ? "check" : "info-circle";
}

static void
notice_open(struct html *h, enum ui_tone tone, const char *title)
{
	html_raw(h, "<div class=\"notice ");
	buf_add(h->out, tone_class(tone));
	buf_add(h->out, tone == UI_LATE ? TEXT("\" role=\"alert\">") : TEXT("\" role=\"status\">"));
	ui_icon(h, tone_icon(tone));
	html_raw(h, "<div>");
	if (title) {
		html_raw(h, "<p class=\"strong\">");
		html_say(h, title);
		html_raw(h, "</p>");
	}
}

void
ui_notice(struct html *h, enum ui_tone tone, const char *title, struct text body)
{
	notice_open(h, tone, title);
	if (body.n > 0) {
		html_raw(h, "<p>");
		html_lines(h, body);
		html_raw(h, "</p>");
	}
	html_raw(h, "</div></div>");
}

void
ui_notice_say(struct html *h, enum ui_tone tone, const char *title, const char *body)
{
	ui_notice(h, tone, title, text_of(body ? msg(h->lang, body) : NULL));
}

/* ---- page pieces -------------------------------------------------------------------------------- */

void
ui_title_text(struct html *h, struct text title, struct text over)
{
	html_raw(h, "<div class=\"title\">");
	if (over.n > 0) {
		html_raw(h, "<p class=\"over\">");
		html_text(h, over);
		html_raw(h, "</p>");
	}
	html_raw(h, "<h1>");
	html_text(h, title);
	html_raw(h, "</h1></div>");
}

void
ui_title(struct html *h, const char *title, struct text over)
{
	ui_title_text(h, text_of(msg(h->lang, title)), over);
}

void
ui_section_open(struct html *h, const char *title)
{
	int id = ++h->next_id;

	h->section = title;
	html_raw(h, "<section aria-labelledby=\"s");
	html_int(h, id);
	html_raw(h, "\"><h2 id=\"s");
	html_int(h, id);
	html_raw(h, "\">");
	html_say(h, title);
	html_raw(h, "</h2>");
}

void
ui_section_close(struct html *h)
{
	h->section = NULL;
	html_raw(h, "</section>");
}

void
ui_paragraph(struct html *h, const char *zh)
{
	html_raw(h, "<p>");
	html_say(h, zh);
	html_raw(h, "</p>");
}

void
ui_link_text(struct html *h, struct text href, struct text label)
{
	html_raw(h, "<a");
	html_attr(h, "href", href);
	html_raw(h, ">");
	html_text(h, label);
	html_raw(h, "</a>");
}

void
ui_link(struct html *h, struct text href, const char *label)
{
	ui_link_text(h, href, text_of(msg(h->lang, label)));
}

void
ui_button_link(struct html *h, struct text href, const char *label, bool primary)
{
	buf_add(h->out, primary ? TEXT("<a class=\"button primary\"") : TEXT("<a class=\"button\""));
	html_attr(h, "href", href);
	html_raw(h, ">");
	html_say(h, label);
	html_raw(h, "</a>");
}

void
ui_read_aloud(struct html *h, const char *element_id)
{
	html_raw(h, "<button type=\"button\" class=\"button read\" hidden");
	html_attr(h, "data-read", text_of(element_id));
	html_attr(h, "data-stop", text_of(msg(h->lang, T("停止朗读"))));
	html_raw(h, ">");
	ui_icon(h, "volume");
	html_raw(h, "<span>");
	html_say(h, T("读给我听"));
	html_raw(h, "</span></button>");
}

static void
put_tile(struct html *h, const struct ui_tile *t)
{
	html_raw(h, "<li><a class=\"tile\"");
	html_attr(h, "href", t->href);
	html_raw(h, ">");
	ui_icon(h, t->icon);
	html_raw(h, "<span><b>");
	if (t->label)
		html_say(h, t->label);
	html_text(h, t->text);
	html_raw(h, "</b>");
	if (t->detail.n > 0) {
		html_raw(h, "<small>");
		html_text(h, t->detail);
		html_raw(h, "</small>");
	}
	html_raw(h, "</span></a></li>");
}

void
ui_tiles(struct html *h, const char *label, const struct ui_tile *v, size_t n)
{
	html_raw(h, "<nav");
	html_attr(h, "aria-label", text_of(msg(h->lang, label)));
	html_raw(h, "><ul class=\"tiles\">");
	for (size_t i = 0; i < n; i++)
		put_tile(h, &v[i]);
	html_raw(h, "</ul></nav>");
}

void
ui_steps(struct html *h, const char *const *labels, size_t n, size_t current)
{
	html_raw(h, "<ol class=\"steps\">");
	for (size_t i = 0; i < n; i++) {
		if (i == current)
			html_raw(h, "<li class=\"now\" aria-current=\"step\">");
		else if (i < current)
			html_raw(h, "<li class=\"past\">");
		else
			html_raw(h, "<li>");
		html_raw(h, "<span>");
		html_say(h, labels[i]);
		html_raw(h, "</span></li>");
	}
	html_raw(h, "</ol>");
}

/* ---- what a resident sees ------------------------------------------------------------------------- */

static void
put_metres(struct html *h, int64_t metres, bool estimated)
{
	html_raw(h, "<span class=\"distance\">");
	if (estimated)
		html_say(h, T("约 "));
	if (metres < 1000)
		html_sayf(h, T("%d 米"), (int)metres);
	else
		html_sayf(h, T("%d.%d 公里"), (int)(metres / 1000), (int)(metres % 1000 / 100));
	html_raw(h, "</span>");
}

static void
put_station_head(struct html *h, const struct ui_station *s)
{
	if (s->href.n > 0) {
		html_raw(h, "<h3><a");
		html_attr(h, "href", s->href);
		html_raw(h, ">");
		html_text(h, s->name);
		html_raw(h, "</a></h3>");
	}
	html_raw(h, "<p class=\"state\">");
	if (s->open == UI_OPEN_NOW)
		ui_tag(h, UI_OK, text_of(msg(h->lang, T("现在开门"))));
	else if (s->open == UI_CLOSED_NOW)
		ui_tag(h, UI_HOLD, text_of(msg(h->lang, T("现在关门"))));
	else
		ui_tag(h, UI_PLAIN, text_of(msg(h->lang, T("开门时间未核实"))));
	if (s->way.n > 0) {
		html_raw(h, " <b>");
		html_text(h, s->way);
		html_raw(h, "</b>");
	} else if (s->metres >= 0) {
		put_metres(h, s->metres, s->estimated);
	}
	html_raw(h, "</p>");
}

static void
fact_row(struct html *h, const char *label, struct text value)
{
	if (value.n == 0)
		return;
	html_raw(h, "<div><dt>");
	html_say(h, label);
	html_raw(h, "</dt><dd>");
	html_text(h, value);
	html_raw(h, "</dd></div>");
}

void
ui_station(struct html *h, const struct ui_station *s)
{
	html_raw(h, "<article class=\"station\">");
	put_station_head(h, s);
	html_raw(h, "<dl class=\"facts\">");
	fact_row(h, T("今日"), s->hours);
	fact_row(h, T("值班"), s->duty);
	fact_row(h, T("地址"), s->address);
	html_raw(h, "</dl>");
	if (s->phone.n > 0) {
		html_raw(h, "<a class=\"button call\" href=\"tel:");
		html_text(h, s->phone);
		html_raw(h, "\">");
		ui_icon(h, "phone");
		html_raw(h, "<span>");
		html_say(h, T("打电话 "));
		html_text(h, s->phone);
		html_raw(h, "</span></a>");
	}
	html_raw(h, "</article>");
}

void
ui_roster(struct html *h, const char *caption, const struct ui_duty *v, size_t n)
{
	static const struct ui_column columns[] = {
		{ T("时间"), false }, { T("值班人"), false }, { T("身份"), false }, { T("地点"), false },
	};
	struct ui_table t;

	ui_table_open(&t, h, caption, columns, 4);
	for (size_t i = 0; i < n; i++) {
		ui_row_open(&t);
		ui_cell_open(&t);
		html_text(h, v[i].when);
		if (v[i].today) {
			html_raw(h, " ");
			ui_tag(h, UI_OK, text_of(msg(h->lang, T("今天"))));
		}
		ui_cell_close(&t);
		ui_cell(&t, v[i].name);
		ui_cell(&t, v[i].role);
		ui_cell(&t, v[i].where);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

void
ui_timeline(struct html *h, const struct ui_event *v, size_t n)
{
	html_raw(h, "<ol class=\"timeline\">");
	for (size_t i = 0; i < n; i++) {
		html_raw(h, "<li class=\"");
		buf_add(h->out, tone_class(v[i].tone));
		if (v[i].next)
			html_raw(h, " next");
		html_raw(h, "\"><p>");
		html_lines(h, v[i].what);
		html_raw(h, "</p><p class=\"meta\">");
		if (v[i].when.n > 0) {
			html_text(h, v[i].when);
			if (v[i].who.n > 0)
				html_raw(h, " · ");
		}
		html_text(h, v[i].who);
		html_raw(h, "</p></li>");
	}
	html_raw(h, "</ol>");
}

void
ui_review(struct html *h, const struct ui_form *form, const char *name, const struct choice *grades)
{
	ui_form_open(h, form);
	html_raw(h, "<div class=\"grades\">");
	for (size_t i = 0; grades && grades[i].key; i++) {
		html_raw(h, "<button type=\"submit\" class=\"button grade\"");
		html_attr(h, "name", text_of(name));
		html_attr(h, "value", text_of(grades[i].key));
		html_raw(h, ">");
		html_say(h, grades[i].label);
		html_raw(h, "</button>");
	}
	html_raw(h, "</div>");
	ui_form_close(h);
}

/* ---- receipt and QR ----------------------------------------------------------------------------------- */

/* One path of unit squares: a run of dark modules of a row is one "h" step. */
static void
put_modules(struct html *h, const QRcode *code)
{
	int w = code->width;

	for (int y = 0; y < w; y++) {
		for (int x = 0; x < w; x++) {
			int from = x;

			while (x < w && (code->data[y * w + x] & 1))
				x++;
			if (x > from)
				buf_printf(h->out, "M%d %dh%dv1h-%dz", from + 4, y + 4, x - from, x - from);
		}
	}
}

void
ui_qr(struct html *h, struct text what, const char *label)
{
	char s[QR_CHARS_MAX + 1];
	QRcode *code;

	if (what.n == 0 || what.n > QR_CHARS_MAX)
		return;
	memcpy(s, what.p, what.n);
	s[what.n] = '\0';
	code = QRcode_encodeString8bit(s, 0, QR_ECLEVEL_M);
	if (!code)
		return;
	buf_printf(h->out, "<svg class=\"qr\" viewBox=\"0 0 %d %d\" role=\"img\" shape-rendering=\"crispEdges\"",
	    code->width + 8, code->width + 8);
	html_attr(h, "aria-label", text_of(msg(h->lang, label)));
	html_raw(h, "><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\" d=\"");
	put_modules(h, code);
	html_raw(h, "\"/></svg>");
	QRcode_free(code);
}

void
ui_receipt(struct html *h, const char *label, struct text number, struct text code, struct text url)
{
	html_raw(h, "<div class=\"receipt\"><div><p>");
	html_say(h, label);
	html_raw(h, "</p><p class=\"number\">");
	html_text(h, number);
	html_raw(h, "</p>");
	if (code.n > 0) {
		html_raw(h, "<p>");
		html_say(h, T("查询码"));
		html_raw(h, "</p><p class=\"number code\">");
		html_text(h, code);
		html_raw(h, "</p>");
	}
	html_raw(h, "</div>");
	ui_qr(h, url, T("扫一扫，查看办理进度"));
	html_raw(h, "</div>");
}

/* ---- paper and states ----------------------------------------------------------------------------------- */

void
ui_letter_open(struct html *h, const struct ui_letter *l)
{
	html_raw(h, "<article class=\"letter\"><p class=\"head\">");
	html_text(h, l->head);
	html_raw(h, "</p><h1>");
	html_text(h, l->title);
	html_raw(h, "</h1>");
	if (l->number.n > 0) {
		html_raw(h, "<p class=\"number\">");
		html_text(h, l->number);
		html_raw(h, "</p>");
	}
	if (l->to.n > 0) {
		html_raw(h, "<p class=\"to\">");
		html_text(h, l->to);
		html_say(h, T("："));
		html_raw(h, "</p>");
	}
}

void
ui_letter_close(struct html *h, const struct ui_letter *l)
{
	html_raw(h, "<p class=\"from\">");
	html_text(h, l->from);
	html_raw(h, "<br>");
	html_text(h, l->date);
	html_raw(h, "</p></article>");
}

void
ui_empty(struct html *h, const char *title, const char *what_next, struct text href, const char *label)
{
	html_raw(h, "<div class=\"empty\">");
	ui_icon(h, "inbox");
	html_raw(h, "<p class=\"strong\">");
	html_say(h, title);
	html_raw(h, "</p>");
	if (what_next)
		ui_paragraph(h, what_next);
	if (href.n > 0 && label)
		ui_button_link(h, href, label, false);
	html_raw(h, "</div>");
}

void
ui_loading(struct html *h, const char *what)
{
	html_raw(h, "<div class=\"loading\" role=\"status\"><span class=\"bar\" aria-hidden=\"true\"></span><p>");
	html_say(h, what);
	html_raw(h, "</p></div>");
}

void
ui_trouble(struct html *h, const char *title, const char *body, struct text request_id)
{
	html_raw(h, "<div class=\"trouble\" role=\"alert\">");
	ui_icon(h, "alert-triangle");
	html_raw(h, "<h1>");
	html_say(h, title);
	html_raw(h, "</h1>");
	if (body)
		ui_paragraph(h, body);
	html_raw(h, "<p><a class=\"button call\" href=\"tel:12348\">");
	ui_icon(h, "phone");
	html_raw(h, "<span>");
	html_say(h, T("打 12348，免费"));
	html_raw(h, "</span></a></p>");
	if (request_id.n > 0) {
		html_raw(h, "<p class=\"meta\">");
		html_say(h, T("报修编号 "));
		html_text(h, request_id);
		html_raw(h, "</p>");
	}
	html_raw(h, "</div>");
}
