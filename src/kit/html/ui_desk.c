#include "kit/html/ui.h"

#include <string.h>

/* ---- chips, queue -------------------------------------------------------------------------------- */

static void
put_chip(struct html *h, const struct ui_chip *c)
{
	html_raw(h, "<li><a");
	html_attr(h, "href", c->href);
	buf_add(h->out, c->tone == UI_LATE ? TEXT(" class=\"chip late\"") :
	    c->tone == UI_SOON ? TEXT(" class=\"chip soon\"") : TEXT(" class=\"chip\""));
	if (c->on)
		html_raw(h, " aria-current=\"true\"");
	html_raw(h, ">");
	if (c->label)
		html_say(h, c->label);
	html_text(h, c->text);
	if (c->count >= 0) {
		html_raw(h, " <b>");
		html_int(h, c->count);
		html_raw(h, "</b>");
	}
	html_raw(h, "</a></li>");
}

void
ui_chips(struct html *h, const char *label, const struct ui_chip *v, size_t n)
{
	html_raw(h, "<nav class=\"chips\"");
	html_attr(h, "aria-label", text_of(msg(h->lang, label)));
	html_raw(h, "><ul>");
	for (size_t i = 0; i < n; i++)
		put_chip(h, &v[i]);
	html_raw(h, "</ul></nav>");
}

static void
put_queue_name(struct html *h, const struct ui_queue_row *r)
{
	if (r->urgent)
		ui_tag(h, UI_LATE, text_of(msg(h->lang, T("急"))));
	html_raw(h, "<a");
	html_attr(h, "href", r->href);
	if (r->panel.n > 0) {
		html_attr(h, "data-hx-get", r->panel);
		html_raw(h, " data-hx-target=\"#panel\" data-hx-swap=\"innerHTML\"");
	}
	html_raw(h, "><b>");
	html_text(h, r->name);
	html_raw(h, "</b> ");
	html_text(h, r->reason);
	html_raw(h, "</a>");
	html_raw(h, "<small>");
	html_text(h, r->number);
	if (r->more.n > 0) {
		html_raw(h, " · ");
		html_text(h, r->more);
	}
	html_raw(h, "</small>");
}

static void
put_queue_row(struct ui_table *t, const struct ui_queue_row *r)
{
	struct html *h = t->h;

	t->rows++;
	html_raw(h, "<tr");
	html_raw(h, " id=\"q-");
	html_text(h, r->number);
	html_raw(h, "\"");
	if (r->selected)
		html_raw(h, " aria-selected=\"true\" class=\"selected\"");
	html_raw(h, ">");
	t->at = 0;
	ui_cell_open(t);
	put_queue_name(h, r);
	ui_cell_close(t);
	ui_cell_lamp(t, r->lamp, r->lamp_detail);
	ui_cell(t, r->due);
	ui_cell(t, r->place);
	ui_cell(t, r->channel);
	ui_cell(t, r->holder);
	html_raw(h, "</tr>");
}

void
ui_queue_table(struct html *h, const char *caption, const struct ui_queue_row *v, size_t n)
{
	static const struct ui_column columns[] = {
		{ T("事项"), false }, { T("时限"), false }, { T("截止"), false },
		{ T("地方"), false }, { T("渠道"), false }, { T("承办"), false },
	};
	struct ui_table t;

	ui_table_open(&t, h, caption, columns, 6);
	for (size_t i = 0; i < n; i++)
		put_queue_row(&t, &v[i]);
	ui_table_close(&t);
}

void
ui_queue(struct html *h, const char *caption, const struct ui_queue_row *v, size_t n,
    struct text live, struct text fragment)
{
	if (live.n > 0 && fragment.n > 0) {
		html_raw(h, "<div id=\"queue-live\"");
		html_attr(h, "data-hx-sse:connect", live);
		html_raw(h, "><div id=\"queue\" class=\"queue\" data-hx-trigger=\"refresh from:#queue-live\""
		    " data-hx-swap=\"innerMorph\"");
		html_attr(h, "data-hx-get", fragment);
		html_raw(h, ">");
	} else {
		html_raw(h, "<div><div id=\"queue\" class=\"queue\">");
	}
	ui_queue_table(h, caption, v, n);
	html_raw(h, "</div></div>");
}

/* ---- any table ------------------------------------------------------------------------------------- */

void
ui_table_open(struct ui_table *t, struct html *h, const char *caption, const struct ui_column *v, size_t n)
{
	*t = (struct ui_table){ .h = h, .v = v, .n = n };
	html_raw(h, "<table><caption");
	if (h->section != NULL && strcmp(h->section, caption) == 0)
		html_raw(h, " class=\"hidden\"");
	html_raw(h, ">");
	html_say(h, caption);
	html_raw(h, "</caption><thead><tr>");
	for (size_t i = 0; i < n; i++) {
		buf_add(h->out, v[i].number ? TEXT("<th scope=\"col\" class=\"n\">") : TEXT("<th scope=\"col\">"));
		html_say(h, v[i].label);
		html_raw(h, "</th>");
	}
	html_raw(h, "</tr></thead><tbody>");
}

void
ui_row_open(struct ui_table *t)
{
	t->at = 0;
	t->rows++;
	buf_add(t->h->out, TEXT("<tr>"));
}

static void
cell_begin(struct ui_table *t, bool day)
{
	struct html *h = t->h;

	html_raw(h, "<td");
	if (t->at < t->n) {
		html_attr(h, "data-label", text_of(msg(h->lang, t->v[t->at].label)));
		if (t->v[t->at].number)
			html_raw(h, " class=\"n\"");
		else if (day)
			html_raw(h, " class=\"day\"");
	}
	html_raw(h, ">");
	t->at++;
}

void
ui_cell_open(struct ui_table *t)
{
	cell_begin(t, false);
}

void
ui_cell_close(struct ui_table *t)
{
	buf_add(t->h->out, TEXT("</td>"));
}

/* A day is not broken over two lines. */
void
ui_cell(struct ui_table *t, struct text value)
{
	struct day day;

	cell_begin(t, day_parse(value, &day) == RC_OK);
	html_text(t->h, value);
	ui_cell_close(t);
}

void
ui_cell_say(struct ui_table *t, const char *zh)
{
	ui_cell(t, text_of(msg(t->h->lang, zh)));
}

void
ui_cell_int(struct ui_table *t, int64_t n)
{
	ui_cell_open(t);
	html_int(t->h, n);
	ui_cell_close(t);
}

void
ui_cell_link(struct ui_table *t, struct text href, struct text value)
{
	ui_cell_open(t);
	ui_link_text(t->h, href, value);
	ui_cell_close(t);
}

void
ui_cell_lamp(struct ui_table *t, enum ui_lamp lamp, struct text detail)
{
	ui_cell_open(t);
	ui_lamp(t->h, lamp, detail);
	ui_cell_close(t);
}

void
ui_row_close(struct ui_table *t)
{
	buf_add(t->h->out, TEXT("</tr>"));
}

void
ui_table_close(struct ui_table *t)
{
	if (t->rows == 0) {
		html_raw(t->h, "<tr><td class=\"none\" colspan=\"");
		html_int(t->h, (int64_t)t->n);
		html_raw(t->h, "\">");
		html_say(t->h, T("没有"));
		html_raw(t->h, "</td></tr>");
	}
	buf_add(t->h->out, TEXT("</tbody></table>"));
}

/* ---- split, panel ------------------------------------------------------------------------------------ */

void
ui_split_open(struct html *h)
{
	html_raw(h, "<div class=\"split\"><div>");
}

void
ui_split_side(struct html *h)
{
	html_raw(h, "</div><div id=\"panel\" class=\"side\" tabindex=\"-1\">");
}

void
ui_split_close(struct html *h)
{
	html_raw(h, "</div></div>");
}

void
ui_panel_open(struct html *h, const struct ui_panel *p)
{
	html_raw(h, "<article class=\"panel\"><header><h2>");
	html_text(h, p->title);
	html_raw(h, "</h2><p class=\"meta\">");
	html_text(h, p->under);
	html_raw(h, " ");
	ui_lamp(h, p->lamp, p->lamp_detail);
	html_raw(h, "</p></header>");
	if (p->late.n > 0)
		ui_notice(h, UI_LATE, NULL, p->late);
}

void
ui_panel_close(struct html *h)
{
	html_raw(h, "</article>");
}

void
ui_facts(struct html *h, const struct ui_fact *v, size_t n)
{
	html_raw(h, "<dl class=\"facts\">");
	for (size_t i = 0; i < n; i++) {
		html_raw(h, "<div><dt>");
		html_say(h, v[i].label);
		html_raw(h, "</dt><dd>");
		if (v[i].value.n == 0)
			html_raw(h, "—");
		else if (v[i].href.n > 0)
			ui_link_text(h, v[i].href, v[i].value);
		else
			html_lines(h, v[i].value);
		html_raw(h, "</dd></div>");
	}
	html_raw(h, "</dl>");
}

/* ---- actions ------------------------------------------------------------------------------------------- */

static void
action_class(struct html *h, const struct ui_action *a)
{
	buf_add(h->out, a->primary ? TEXT(" class=\"button primary\"") :
	    a->danger ? TEXT(" class=\"button danger\"") : TEXT(" class=\"button\""));
}

static void
action_body(struct html *h, const struct ui_action *a)
{
	if (a->key)
		html_attr(h, "data-key", text_of(a->key));
	html_raw(h, ">");
	html_say(h, a->label);
	if (a->key) {
		html_raw(h, " <kbd>");
		html_str(h, a->key);
		html_raw(h, "</kbd>");
	}
}

static void
put_action_post(struct html *h, const struct ui_action *a, struct text csrf)
{
	ui_form_open(h, &(struct ui_form){ .action = a->post, .csrf = csrf, .key = a->post_key });
	html_raw(h, "<button type=\"submit\"");
	action_class(h, a);
	action_body(h, a);
	html_raw(h, "</button>");
	ui_form_close(h);
}

static void
put_action_link(struct html *h, const struct ui_action *a)
{
	html_raw(h, "<a");
	html_attr(h, "href", a->href);
	if (a->dialog)
		html_attr(h, "data-dialog", text_of(a->dialog));
	action_class(h, a);
	action_body(h, a);
	html_raw(h, "</a>");
}

void
ui_actions(struct html *h, const struct ui_action *v, size_t n, struct text csrf)
{
	html_raw(h, "<div class=\"actions\" role=\"group\"");
	html_attr(h, "aria-label", text_of(msg(h->lang, T("可办的事"))));
	html_raw(h, ">");
	for (size_t i = 0; i < n; i++) {
		if (v[i].post.n > 0)
			put_action_post(h, &v[i], csrf);
		else
			put_action_link(h, &v[i]);
	}
	html_raw(h, "</div>");
}

void
ui_undo(struct html *h, struct text what, const struct ui_form *form)
{
	html_raw(h, "<div class=\"notice ok undo\" role=\"status\"><p>");
	html_text(h, what);
	html_raw(h, "</p>");
	ui_form_open(h, form);
	html_raw(h, "<button type=\"submit\" class=\"button\" data-key=\"u\">");
	html_say(h, T("撤销（10 秒内）"));
	html_raw(h, " <kbd>u</kbd></button>");
	ui_form_close(h);
	html_raw(h, "</div>");
}

void
ui_script(struct html *h, const char *title, const char *const *lines, size_t n, bool open)
{
	buf_add(h->out, open ? TEXT("<details class=\"script\" data-script open><summary>") :
	    TEXT("<details class=\"script\" data-script><summary>"));
	html_say(h, title);
	html_raw(h, " <kbd>t</kbd></summary><ol>");
	for (size_t i = 0; i < n; i++) {
		html_raw(h, "<li>");
		html_say(h, lines[i]);
		html_raw(h, "</li>");
	}
	html_raw(h, "</ol></details>");
}

void
ui_timer(struct html *h, int64_t since_ms, int64_t now_ms, struct text since)
{
	html_raw(h, "<p class=\"timer\">");
	ui_icon(h, "clock");
	html_raw(h, "<span>");
	html_say(h, T("来电 "));
	html_raw(h, "<span data-since=\"");
	html_int(h, since_ms);
	html_raw(h, "\" data-now=\"");
	html_int(h, now_ms);
	html_raw(h, "\">");
	html_text(h, since);
	html_raw(h, "</span></span></p>");
}

void
ui_dialog_open(struct html *h, const char *id, const char *title)
{
	html_raw(h, "<dialog");
	html_attr(h, "id", text_of(id));
	html_raw(h, " aria-labelledby=\"");
	html_str(h, id);
	html_raw(h, "-title\"><h2 id=\"");
	html_str(h, id);
	html_raw(h, "-title\">");
	html_say(h, title);
	html_raw(h, "</h2>");
}

void
ui_dialog_close(struct html *h)
{
	html_raw(h, "<form method=\"dialog\" class=\"close\"><button type=\"submit\" class=\"button\">");
	html_say(h, T("关闭"));
	html_raw(h, " <kbd>Esc</kbd></button></form></dialog>");
}

static void
put_page_link(struct html *h, struct text href, const char *label, struct text rel)
{
	if (href.n == 0)
		return;
	html_raw(h, "<a class=\"button\"");
	html_attr(h, "rel", rel);
	html_attr(h, "href", href);
	html_raw(h, ">");
	html_say(h, label);
	html_raw(h, "</a>");
}

void
ui_pager(struct html *h, const struct ui_pager *p)
{
	html_raw(h, "<nav class=\"pager\"");
	html_attr(h, "aria-label", text_of(msg(h->lang, T("翻页"))));
	html_raw(h, ">");
	put_page_link(h, p->previous, T("上一页"), TEXT("prev"));
	html_raw(h, "<span>");
	html_text(h, p->where);
	html_raw(h, "</span>");
	put_page_link(h, p->next, T("下一页"), TEXT("next"));
	html_raw(h, "</nav>");
}
