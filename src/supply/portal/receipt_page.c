/* The receipt: the number to keep, who answers for it, by when, and what to do if nothing happens. */
#include "supply/portal/my_internal.h"

#include "kit/msg/msg.h"

static struct text
who_and_where(struct exchange *x, const struct request *r)
{
	return arena_format(x->ctx->mem, "%.*s · %.*s", (int)r->holder_name.n, r->holder_name.p,
	    (int)r->holder_point_name.n, r->holder_point_name.p);
}

/* The receipt in somebody's hand may name an earlier number: both stand here. */
static enum rc
first_number(struct exchange *x, const struct receipt *receipt, const struct my_request *m, struct text *ret)
{
	struct receipt r = *receipt;
	struct my_request *before = ARENA_NEW(x->ctx->mem, struct my_request);
	enum rc rc;

	*ret = TEXT_NONE;
	if (m->n_earlier == 0 || !before)
		return before ? RC_OK : RC_NO_MEMORY;
	r.actor.request = m->earlier[m->n_earlier - 1].n;
	r.ctx.actor = &r.actor;
	rc = my_load(x, &r, before);
	*ret = before->r.number;
	return rc;
}

static void
put_facts(struct exchange *x, struct html *h, const struct my_request *m, struct text first)
{
	struct text phone = m->point.phone;
	struct ui_fact facts[] = {
		{ T("谁负责"), who_and_where(x, &m->r), TEXT_NONE },
		{ T("电话"), phone, portal_path(x, "tel:", phone) },
		{ T("办什么"), portal_name(x, m->r.item_name, m->r.item_name_en), TEXT_NONE },
		{ T("收到时间"), portal_date_time(x, m->r.created_ms), TEXT_NONE },
		{ T("最晚"), m->r.due_ms == DUE_NONE ? TEXT_NONE : portal_date_time(x, m->r.due_ms), TEXT_NONE },
		{ T("费用"), portal_say(x, T("免费")), TEXT_NONE },
		{ T("原来的编号"), first, TEXT_NONE },
	};
	size_t n = sizeof facts / sizeof facts[0];

	ui_facts(h, facts, first.n > 0 ? n : n - 1);
}

static void
put_item_line(struct html *h, const char *zh)
{
	html_raw(h, "<li>");
	html_say(h, zh);
	html_raw(h, "</li>");
}

static void
put_next(struct html *h)
{
	ui_section_open(h, T("接下来"));
	html_raw(h, "<ol>");
	put_item_line(h, T("上面这位工作人员在“最晚”时间以前告诉您是否受理；留了电话的会打给您。"));
	put_item_line(h, T("转给别人办的，新的人接手以前，还是这位负责，不会没人管。"));
	put_item_line(h, T("随时凭查询码看进度、留言、补材料，或者撤回。"));
	html_raw(h, "</ol>");
	ui_section_close(h);
	ui_section_open(h, T("没人理、办得不好怎么办"));
	html_raw(h, "<ul>");
	put_item_line(h, T("打 12348 说编号，可以催办，也可以投诉。"));
	put_item_line(h, T("办结以后请您打分；打了“不满意”的，有另外的负责人限期回访。"));
	put_item_line(h, T("对司法行政机关的处理不服的，还可以打 12345。"));
	html_raw(h, "</ul>");
	ui_section_close(h);
}

static void
put_receipt(struct exchange *x, struct html *h, const struct receipt *receipt, const struct my_request *m)
{
	const char *base = frame_site_get()->public_url;
	struct text url = arena_format(x->ctx->mem, "%s/r/%.*s", base ? base : "", (int)receipt->code.n,
	    receipt->code.p);

	ui_receipt(h, T("编号"), m->r.number, receipt->code, url);
	html_raw(h, "<p class=\"meta\">");
	html_say(h, T("请拍照或抄下查询码。有查询码的人都能看到这件事，不要给别人。"));
	html_raw(h, "</p>");
}

/* Once it is closed the paper carries the way to rate it: only here and on the progress page, never at the desk. */
static void
put_rate(struct exchange *x, struct html *h, const struct my_request *m)
{
	const struct review *v = m->n_reviews > 0 ? &m->reviews[m->n_reviews - 1] : NULL;
	const char *base = frame_site_get()->public_url;
	unsigned char bytes[CODE_BYTES];
	char code[20];

	if (!v || v->given_ms > 0)
		return;
	review_code(x->ctx->crypt, x->ctx->actor->city, v->request, v->act, bytes);
	code_print(bytes, code);
	ui_section_open(h, T("给这次服务打分"));
	ui_paragraph(h, T("扫一扫，或打开链接，五档选一。请您自己评，不要让工作人员代评。"));
	ui_link_text(h, arena_format(x->ctx->mem, "/v/%s", code), arena_format(x->ctx->mem, "%s/v/%s", base ? base : "", code));
	ui_qr(h, arena_format(x->ctx->mem, "%s/v/%s?c=qr", base ? base : "", code), T("评价二维码"));
	ui_section_close(h);
}

enum rc
my_receipt_page(struct exchange *x)
{
	struct html h = frame_html(x);
	struct receipt receipt;
	struct my_request m;
	struct text first = TEXT_NONE;
	enum rc rc = receipt_enter(x, &receipt);

	if (rc == RC_NOT_FOUND) {
		http_redirect(x->out, TEXT("/my"));
		return RC_OK;
	}
	if (rc == RC_OK)
		rc = my_load(x, &receipt, &m);
	if (rc == RC_OK)
		rc = first_number(x, &receipt, &m, &first);
	if (rc != RC_OK)
		return rc;
	frame_public_open(x, &h, &(struct frame_page){ .title = T("求助回执"), .noindex = true });
	ui_title(&h, T("收到了，有人负责"), TEXT_NONE);
	if (params_has(x->in->query, "again"))
		ui_notice_say(&h, UI_SOON, T("这一份以前已经提交过"),
		    T("下面是第一次的回执。这次改动的文字没有再提交，要补充请在进度页留言。"));
	put_receipt(x, &h, &receipt, &m);
	put_facts(x, &h, &m, first);
	put_rate(x, &h, &m);
	put_next(&h);
	html_raw(&h, "<div class=\"buttons\">");
	ui_button_link(&h, TEXT("/my"), T("看进度、补材料"), true);
	html_raw(&h, "</div>");
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

/* From the QR code: the cookie is set and the code leaves the address. */
enum rc
receipt_link_page(struct exchange *x)
{
	struct receipt receipt;
	enum rc rc = receipt_enter_code(x, http_segment(x, "code"), &receipt);

	if (rc != RC_OK)
		return rc;
	receipt_keep(x, receipt.code);
	http_redirect(x->out, TEXT("/my"));
	return RC_OK;
}
