/* Rating by a link or a QR code: five buttons, one tap. */
#include "supply/portal/my_internal.h"

#include <stddef.h>

#include "kit/msg/msg.h"

static const struct choice grade_choices[] = {
	{ GRADE_VERY_GOOD, "very_good", T("非常满意") }, { GRADE_GOOD, "good", T("满意") },
	{ GRADE_FAIR, "fair", T("基本满意") }, { GRADE_BAD, "bad", T("不满意") },
	{ GRADE_VERY_BAD, "very_bad", T("非常不满意") }, { 0, NULL, NULL },
};
static const struct choice channel_choices[] = {
	{ REVIEW_LINK, "link", T("网上") }, { REVIEW_QR, "qr", T("扫码") }, { 0, NULL, NULL },
};

struct rate { int grade; struct text comment; int channel; };
static const struct field rate_fields[] = {
	{ .key = "grade", .kind = FIELD_CHOICE, .label = T("您满意吗？"), .required = true, .choices = grade_choices,
	  .offset = offsetof(struct rate, grade) },
	{ .key = "comment", .kind = FIELD_PARAGRAPH, .label = T("想说的话"), .max = 500,
	  .offset = offsetof(struct rate, comment) },
	{ .key = "c", .kind = FIELD_CHOICE, .label = T("渠道"), .choices = channel_choices,
	  .offset = offsetof(struct rate, channel) },
};
const struct form rate_form = FORM_OF("rate", T("评价"), rate_fields, struct rate);

void
rate_put_form(struct exchange *x, struct html *h, struct text code, struct text typed_comment,
    const struct findings *findings, struct text channel)
{
	ui_form_open(h, &(struct ui_form){ .action = portal_path(x, "/v/", code), .csrf = x->csrf,
	    .key = frame_key_text(x) });
	ui_hidden(h, "c", channel);
	ui_field(h, &rate_fields[1], typed_comment, findings ? findings_of(findings, "comment") : NULL);
	html_raw(h, "<fieldset class=\"field\"><legend id=\"f-grade\" tabindex=\"-1\">");
	html_say(h, T("点一下就提交"));
	html_raw(h, "</legend><div class=\"grades\">");
	for (size_t i = 0; grade_choices[i].key; i++) {
		html_raw(h, "<button type=\"submit\" class=\"button grade\" name=\"grade\"");
		html_attr(h, "value", text_of(grade_choices[i].key));
		html_raw(h, ">");
		html_say(h, grade_choices[i].label);
		html_raw(h, "</button>");
	}
	html_raw(h, "</div></fieldset>");
	html_raw(h, "<p class=\"meta\">");
	html_say(h, T("谁看：司法局负责监督的人和站点负责人。“不满意”会另派一位负责人限期回访，不会是您评的这个人。"));
	html_raw(h, "</p>");
	ui_form_close(h);
}

static void
put_given(struct exchange *x, struct html *h, const struct review *v)
{
	struct text when = portal_date_time(x, v->given_ms);
	struct text grade = portal_say(x, grade_label(v->grade));

	ui_notice(h, UI_OK, T("已经评过了，谢谢您"),
	    arena_format(x->ctx->mem, "%.*s · %.*s", (int)grade.n, grade.p, (int)when.n, when.p));
	if (grade_is_bad(v->grade))
		ui_paragraph(h, T("会有另外的负责人限期联系您，了解情况。"));
	html_raw(h, "<p>");
	ui_link(h, TEXT("/"), T("回首页"));
	html_raw(h, "</p>");
}

static enum rc
show(struct exchange *x, const struct review *v, const char *why)
{
	struct html h = frame_html(x);
	struct ui_fact facts[] = {
		{ T("办的事"), portal_name(x, v->item_name, v->item_name_en), TEXT_NONE },
		{ T("编号"), v->number, TEXT_NONE },
		{ T("谁办的"), v->handler_name, TEXT_NONE },
		{ T("在哪里办"), v->point_name, TEXT_NONE },
	};
	struct text channel = params_get(x->in->query, "c");
	struct text comment = x->typed.v ? ui_typed(&rate_form, "comment", &x->typed) : TEXT_NONE;

	if (!text_equals(channel, TEXT("qr")))
		channel = TEXT("link");
	frame_public_open(x, &h, &(struct frame_page){ .title = T("给这次服务打分"), .noindex = true });
	ui_title(&h, T("给这次服务打分"), TEXT_NONE);
	if (why)
		ui_notice_say(&h, UI_LATE, NULL, why);
	ui_error_summary(&h, &rate_form, &x->findings);
	ui_facts(&h, facts, sizeof facts / sizeof facts[0]);
	if (v->given_ms > 0)
		put_given(x, &h, v);
	else
		rate_put_form(x, &h, http_segment(x, "code"), comment, &x->findings, channel);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
find(struct exchange *x, unsigned char code[static CODE_BYTES], struct review *ret)
{
	if (code_parse(http_segment(x, "code"), code) != RC_OK)
		return RC_NOT_FOUND;
	return review_find(x->ctx, code, ret);
}

enum rc
rate_page(struct exchange *x)
{
	unsigned char code[CODE_BYTES];
	struct review v;
	enum rc rc = find(x, code, &v);

	return rc == RC_OK ? show(x, &v, NULL) : rc;
}

enum rc
rate_post(struct exchange *x)
{
	const struct rate *in = x->values;
	unsigned char code[CODE_BYTES];
	enum review_channel channel;
	struct review v;
	int64_t follow_up = 0;
	enum rc rc = find(x, code, &v);

	if (rc != RC_OK)
		return rc;
	if (x->form_rc != RC_OK) {
		x->out->status = 422;
		return show(x, &v, NULL);
	}
	channel = in->channel == REVIEW_QR ? REVIEW_QR : REVIEW_LINK;
	rc = review_give(x->ctx, frame_idem_key(x), code, (enum grade)in->grade, in->comment, channel, x->in->peer, &follow_up);
	if (rc == RC_REFUSED) {
		x->out->status = http_status_of(rc);
		return show(x, &v, T("这台机器上登录着办过这件事、或在同一站点工作的人，不能评价。请求助人用自己的手机扫回执上的二维码。"));
	}
	if (rc == RC_DUPLICATE || rc == RC_CONFLICT) { /* rated before: what counts is the first, and that is said */
		x->out->status = http_status_of(rc);
		rc = find(x, code, &v);
		return rc == RC_OK ? show(x, &v, T("一次服务评一次：以前已经评过，这次的没有记下。下面是第一次的。")) : rc;
	}
	if (rc == RC_OK)
		http_redirect(x->out, portal_path(x, "/v/", http_segment(x, "code")));
	return rc;
}
