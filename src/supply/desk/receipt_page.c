/* The paper that goes along: number, query code, QR; what comes next and who answers. */
#include "supply/desk/desk_internal.h"

/* The code shown last, when it belongs to this case; else empty: it is stored nowhere. */
static struct text
code_of(const struct exchange *x, struct case_id id)
{
	struct text rest = frame_cookie(x, "desk-receipt"), head = text_cut(&rest, '.');

	return text_equals(head, desk_int(x, id.n)) && rest.n == 19 ? rest : TEXT_NONE;
}

static void
put_facts(struct exchange *x, struct html *h, const struct case_view *v)
{
	struct point point = { .id = 0 };
	bool known = network_find(x->ctx, v->r.holder_point, &point) == RC_OK;
	bool received = v->r.state == REQUEST_RECEIVED;
	const struct ui_fact facts[] = {
		{ .label = T("事项"), .value = desk_name(x, v->r.item_name, v->r.item_name_en) },
		{ .label = T("事由"), .value = v->r.subject },
		{ .label = T("收件"), .value = desk_when(x, v->r.created_ms) },
		{ .label = T("谁负责"), .value = desk_join(x, v->r.holder_name, v->r.holder_point_name) },
		{ .label = T("电话"), .value = known ? desk_join(x, point.phone, TEXT("12348")) : TEXT("12348") },
		{ .label = received ? T("不晚于此时答复是否受理") : T("不晚于此时答复"), .value = desk_when(x, v->r.due_ms) },
	};

	ui_facts(h, facts, sizeof facts / sizeof facts[0]);
}

static void
put_next(struct exchange *x, struct html *h, const struct case_view *v)
{
	html_raw(h, "<div class=\"actions\"><a class=\"button primary\"");
	html_attr(h, "href", desk_case_path(x, v->id, ""));
	html_raw(h, " data-key=\"o\">");
	html_say(h, T("打开案件"));
	html_raw(h, " <kbd>o</kbd></a><button type=\"button\" class=\"button\" data-print data-key=\"p\" hidden>");
	html_say(h, T("打印"));
	html_raw(h, " <kbd>p</kbd></button>");
	if (actor_may(x->ctx->actor, RIGHT_INTAKE))
		ui_button_link(h, TEXT("/desk/intake"), T("再登记一件"), false);
	html_raw(h, "</div>");
}

/* What was typed at intake and is not what stands on record: said once it is saved, the record is unchanged. */
static void
put_differences(struct exchange *x, struct html *h, const struct case_view *v)
{
	struct findings f = { .n = 0 };

	if (v->r.told_name.n > 0)
		ui_notice(h, UI_SOON, T("登记的姓名与身份证号下已有的姓名不同"), desk_join(x, v->r.told_name, v->r.person_name));
	person_differences(v->r.differs & ~(unsigned)PERSON_DIFFERS_NAME, &f);
	for (size_t i = 0; i < f.n; i++)
		ui_notice_say(h, UI_SOON, NULL, f.v[i].message);
}

enum rc
receipt_page(struct exchange *x)
{
	struct case_view v = { .whole = false };
	struct html h = frame_html(x);
	struct text code, url = TEXT_NONE;
	enum rc rc = http_segment_id(x, "id", &v.id.n);

	if (rc == RC_OK)
		rc = case_view_read(x, &v);
	if (rc != RC_OK)
		return rc;
	code = code_of(x, v.id);
	if (code.n > 0 && frame_site_get()->public_url)
		url = arena_format(x->ctx->mem, "%s/r/%.*s", frame_site_get()->public_url, (int)code.n, code.p);
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("回执"), .area = FRAME_INTAKE });
	ui_title(&h, T("回执"), TEXT_NONE);
	put_differences(x, &h, &v);
	put_next(x, &h, &v);
	ui_receipt(&h, T("编号"), v.r.number, code, url);
	if (code.n == 0)
		ui_paragraph(&h, T("查询码只在登记后显示一次，系统不保存。"));
	else
		ui_paragraph(&h, T("请当面交给对方：凭查询码可以看进度、补材料、留言。不要给别人看。"));
	put_facts(x, &h, &v);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
