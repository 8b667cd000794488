/* What the rules say of a case: the result in one line, then every line it stands on. */
#include "kit/html/ui.h"

static void
put_basis(struct html *h, struct text basis)
{
	if (basis.n == 0)
		return;
	html_raw(h, " <small>");
	html_text(h, basis);
	html_raw(h, "</small>");
}

static void
put_lines(struct html *h, const struct ui_verdict *v)
{
	static const struct ui_column columns[] = {
		{ T("哪一步"), false }, { T("是多少"), false }, { T("依据"), false }, { T("自何日起"), false },
	};
	struct ui_table t;

	html_raw(h, "<details class=\"why\"><summary>");
	html_say(h, T("怎么算出来的"));
	html_raw(h, "</summary>");
	ui_table_open(&t, h, T("每一步和它的依据"), columns, 4);
	for (size_t i = 0; i < v->n_lines; i++) {
		const struct ui_verdict_line *l = &v->lines[i];

		ui_row_open(&t);
		ui_cell(&t, l->what);
		ui_cell_open(&t);
		html_raw(h, "<span>");
		html_text(h, l->value);
		if (l->reason.n > 0) {
			html_raw(h, "<br>");
			html_text(h, l->reason);
		}
		html_raw(h, " ");
		if (l->unverified)
			ui_tag(h, UI_SOON, text_of(msg(h->lang, T("未核实"))));
		html_raw(h, "</span>");
		ui_cell_close(&t);
		ui_cell(&t, l->basis);
		ui_cell(&t, l->since);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	html_raw(h, "</details>");
}

static void
put_list(struct html *h, const char *title, const struct text *v, size_t n)
{
	if (n == 0)
		return;
	html_raw(h, "<p>");
	html_say(h, title);
	html_raw(h, "</p><ul>");
	for (size_t i = 0; i < n; i++) {
		html_raw(h, "<li>");
		html_text(h, v[i]);
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul>");
}

void
ui_verdict(struct html *h, const struct ui_verdict *v)
{
	static const char *const tone[] = {
		[UI_PLAIN] = "plain", [UI_INFO] = "info", [UI_OK] = "ok", [UI_SOON] = "soon", [UI_LATE] = "late", [UI_HOLD] = "hold",
	};

	html_raw(h, "<section class=\"verdict\"");
	html_attr(h, "data-tone", text_of(tone[v->tone]));
	html_raw(h, "><h2>");
	html_text(h, v->question);
	html_raw(h, "</h2><p class=\"result\"><strong>");
	html_text(h, v->result);
	html_raw(h, "</strong></p>");
	if (v->reason.n > 0 || v->basis.n > 0) {
		html_raw(h, "<p>");
		html_text(h, v->reason);
		put_basis(h, v->basis);
		html_raw(h, "</p>");
	}
	put_list(h, T("还缺这些，才能算出来："), v->missing, v->n_missing);
	put_list(h, T("还没有设定标准的："), v->unset, v->n_unset);
	put_list(h, T("请工作人员看一看："), v->remarks, v->n_remarks);
	put_list(h, T("外部数据可能过期，请核对："), v->stale, v->n_stale);
	if (v->n_lines > 0)
		put_lines(h, v);
	html_raw(h, "</section>");
}
