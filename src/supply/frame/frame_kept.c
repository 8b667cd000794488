/* A form that could not be taken for a reason outside it: what was typed goes nowhere but back into the same form. */
#include "supply/frame/frame.h"

struct kept { int status; const char *title, *body; };

static const struct kept kinds[KEPT_COUNT] = {
	[KEPT_LOGGED_OUT] = { 401, T("登录已经到时间，刚填的还在"),
	    T("请在另一页登录，再回到这一页提交。下面是您填的内容。") },
	[KEPT_STALE] = { 403, T("这一页开得太久，刚填的还在"), T("请看一眼下面的内容，没有变就再提交一次。") },
	[KEPT_UNKNOWN] = { 503, T("不能确定是否已经存好"),
	    T("请再提交一次。同一份不会登记两次：如果刚才已经存好，会看到第一次的结果。") },
	[KEPT_BUSY] = { 503, T("系统暂时用不了，没有存入"), T("刚填的都在下面，请过一会儿再提交。急事请打电话，有人接听。") },
};

static const struct field *
field_of(const struct exchange *x, struct text name)
{
	for (size_t i = 0; i < x->route->form->n; i++)
		if (text_equals(name, text_of(x->route->form->fields[i].key)))
			return &x->route->form->fields[i];
	return NULL;
}

/* Every value goes back as it came; those a person typed as lines can be read (choices and numbers of ours cannot). */
static void
put_typed(struct exchange *x, struct html *h, bool visible)
{
	for (size_t i = 0; i < x->in->form.n; i++) {
		const struct param *p = &x->in->form.v[i];
		const struct field *f = field_of(x, p->name);

		if (visible && f != NULL && p->value.n > 0 && (f->kind == FIELD_LINE || f->kind == FIELD_PARAGRAPH)) {
			html_raw(h, "<h2>");
			html_say(h, f->label);
			html_raw(h, "</h2><p class=\"detail\">");
			html_lines(h, p->value);
			html_raw(h, "</p>");
		} else if (!visible && !text_equals(p->name, TEXT("csrf"))) {
			html_raw(h, "<input type=\"hidden\"");
			html_attr(h, "name", p->name);
			html_attr(h, "value", p->value);
			html_raw(h, ">");
		}
	}
}

bool
frame_can_keep(const struct exchange *x)
{
	const struct form *form = x->route != NULL ? x->route->form : NULL;

	if (x->in->method != HTTP_POST || form == NULL || x->in->form.n == 0 || frame_wants_fragment(x)
	    || (x->route->flags & (ROUTE_API | ROUTE_UPLOAD)) != 0)
		return false;
	for (size_t i = 0; i < form->n; i++)
		if (form->fields[i].kind == FIELD_SECRET)
			return false;
	return true;
}

enum rc
frame_kept(struct exchange *x, enum frame_kept kept)
{
	const struct kept *k = &kinds[kept];
	struct html h = frame_html(x);
	bool desk = text_starts_with(x->in->path, TEXT("/desk"));
	struct frame_page page = { .title = k->title, .noindex = true, .bare = kept == KEPT_LOGGED_OUT };

	x->out->status = k->status;
	buf_reset(h.out);
	(desk ? frame_desk_open : frame_public_open)(x, &h, &page);
	ui_title(&h, k->title, TEXT_NONE);
	ui_notice_say(&h, UI_SOON, NULL, k->body);
	put_typed(x, &h, true);
	ui_form_open(&h, &(struct ui_form){ .action = x->in->path, .csrf = x->csrf });
	put_typed(x, &h, false);
	html_raw(&h, "<div class=\"buttons\">");
	if (kept == KEPT_LOGGED_OUT) {
		html_raw(&h, "<a class=\"button primary\" href=\"/desk/login\" target=\"_blank\">");
		html_say(&h, T("登录（另开一页）"));
		html_raw(&h, "</a>");
	}
	html_raw(&h, "<button type=\"submit\" class=\"button\">");
	html_say(&h, T("再提交一次"));
	html_raw(&h, "</button></div>");
	ui_form_close(&h);
	(desk ? frame_desk_close : frame_public_close)(x, &h);
	return buf_rc(h.out);
}
