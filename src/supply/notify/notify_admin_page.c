/* Notices as the administrator sees them: which ways there are, when it is quiet, what is said, what was tried. */
#include "supply/notify/notify_page_own.h"
#include "supply/notify/notify_template.h"

#include "kit/msg/msg.h"
#include "operations/request/request.h"

#include <stddef.h>

#define PAGE 30
#define HERE "/desk/settings/notices"

/* ---- forms ---------------------------------------------------------------------------------------------- */

struct rules_values { int quiet_from, quiet_to; int64_t per_minute, give_up_hours; bool wechat; struct text document; };
static const struct field rules_fields[] = {
	{ .key = "quiet_from", .kind = FIELD_TIME, .label = T("晚上几点起不发短信"), .required = true,
	  .hint = T("急件照发。和下一格一样：全天都发。"), .offset = offsetof(struct rules_values, quiet_from) },
	{ .key = "quiet_to", .kind = FIELD_TIME, .label = T("早上几点起再发"), .required = true,
	  .offset = offsetof(struct rules_values, quiet_to) },
	{ .key = "per_minute", .kind = FIELD_INT, .label = T("每分钟最多发几条"), .required = true, .min = 1, .max = 6000,
	  .offset = offsetof(struct rules_values, per_minute) },
	{ .key = "give_up_hours", .kind = FIELD_INT, .label = T("多少小时发不出去就放弃"), .required = true, .min = 1, .max = 720,
	  .hint = T("放弃的写在发送记录里。"), .offset = offsetof(struct rules_values, give_up_hours) },
	{ .key = "wechat", .kind = FIELD_BOOL, .label = T("求助人也发微信"), .offset = offsetof(struct rules_values, wechat) },
	{ .key = "document", .kind = FIELD_LINE, .label = T("依据的文件"), .max = 120, .hint = T("标题和文号；没有就留空，显示为未核实。"),
	  .offset = offsetof(struct rules_values, document) },
};
const struct form notify_rules_form = FORM_OF("notify.rules", T("发送规则"), rules_fields, struct rules_values);

static const struct choice way_choices[] = {
	{ NOTIFY_SMS, "sms", T("短信") }, { NOTIFY_WECHAT, "wechat", T("微信") }, { NOTIFY_MAIL, "mail", T("邮件") }, { 0, NULL, NULL },
};

struct template_values { struct text kind; int way; struct day from; struct text body, code, source; };
static const struct field template_fields[] = {
	{ .key = "kind", .kind = FIELD_LINE, .label = T("哪一种通知"), .required = true, .max = 60,
	  .hint = T("上表第一列里的代号，如 request.accepted。"), .offset = offsetof(struct template_values, kind) },
	{ .key = "way", .kind = FIELD_CHOICE, .label = T("渠道"), .required = true, .choices = way_choices,
	  .offset = offsetof(struct template_values, way) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪天起用"), .required = true, .min = 0, .max = 3660,
	  .offset = offsetof(struct template_values, from) },
	{ .key = "body", .kind = FIELD_PARAGRAPH, .label = T("内容"), .max = 300,
	  .hint = T("可以写 {number} 编号、{item} 事项、{due} 最晚、{phone} 电话、{what} 什么事、{name} 姓名（只给工作人员）。留空：这种通知不从这里发。"),
	  .offset = offsetof(struct template_values, body) },
	{ .key = "code", .kind = FIELD_LINE, .label = T("服务商的模板号"), .max = 60, .offset = offsetof(struct template_values, code) },
	{ .key = "source", .kind = FIELD_LINE, .label = T("谁批准的"), .max = 120, .hint = T("标题和文号；没有就留空，显示为未核实。"),
	  .offset = offsetof(struct template_values, source) },
};
const struct form notify_template_form = FORM_OF("notify.template", T("写新的一版"), template_fields, struct template_values);

struct trial_values { int way; struct text to; };
static const struct field trial_fields[] = {
	/* not "way": the form above has that, and ids are made of keys */
	{ .key = "by", .kind = FIELD_CHOICE, .label = T("渠道"), .required = true, .choices = way_choices,
	  .offset = offsetof(struct trial_values, way) },
	{ .key = "to", .kind = FIELD_LINE, .label = T("发给谁"), .required = true, .max = 254, .hint = T("手机号或者邮件地址。"),
	  .offset = offsetof(struct trial_values, to) },
};
const struct form notify_trial_form = FORM_OF("notify.trial", T("试发一条"), trial_fields, struct trial_values);

/* ---- parts ------------------------------------------------------------------------------------------------- */

static const struct findings *
found(const struct exchange *x, const struct form *form)
{
	return x->route->form == form ? &x->findings : NULL;
}

static void
put_form(struct exchange *x, struct html *h, const struct form *form, const char *action, const struct typed *typed,
    const char *submit)
{
	ui_section_open(h, form->title);
	ui_error_summary(h, form, found(x, form));
	ui_form_open(h, &(struct ui_form){ .action = text_of(action), .csrf = x->csrf, .key = frame_key_text(x) });
	ui_form_fields(h, form, x->route->form == form ? &x->typed : typed, found(x, form));
	ui_form_buttons(h, submit, TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_ways(struct exchange *x, struct html *h, const struct notify_way_now *v)
{
	static const struct ui_column columns[] = {
		{ T("渠道"), false }, { T("状态"), false }, { T("等待发送"), true }, { T("最早的"), false },
	};
	struct ui_table t;

	ui_section_open(h, T("渠道"));
	if (frame_site_get()->demo)
		ui_notice_say(h, UI_INFO, T("演示：没有发出"), T("演示数据库什么都不往外发，记录里照样写着本来要发什么。"));
	ui_table_open(&t, h, T("渠道"), columns, sizeof columns / sizeof columns[0]);
	for (int i = NOTIFY_SMS; i < NOTIFY_WAYS; i++) {
		ui_row_open(&t);
		ui_cell_say(&t, notify_way_label((enum notify_way)i));
		ui_cell_open(&t);
		if (v[i].down) {
			html_say(h, T("对方不通，从 "));
			html_text(h, notify_when(x, v[i].down_ms));
			html_say(h, T(" 起；再问："));
			html_text(h, notify_when(x, v[i].next_ms));
		} else {
			html_say(h, frame_site_get()->demo ? T("演示：没有发出") : v[i].there ? T("正常") : T("没有设置"));
		}
		ui_cell_close(&t);
		ui_cell_int(&t, v[i].waiting);
		ui_cell(&t, v[i].waiting > 0 ? notify_when(x, v[i].oldest_ms) : TEXT_NONE);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static struct text
minute_words(struct arena *mem, int64_t minute)
{
	return arena_format(mem, "%02d:%02d", (int)(minute / 60 % 24), (int)(minute % 60));
}

static enum rc
rules_typed(struct exchange *x, struct typed *ret)
{
	struct arena *mem = x->ctx->mem;
	struct notify_rules r;
	enum rc rc = notify_rules_get(x->ctx, &r);

	ret->v = arena_array(mem, sizeof rules_fields / sizeof rules_fields[0], sizeof *ret->v);
	if (rc != RC_OK || ret->v == NULL)
		return rc != RC_OK ? rc : RC_NO_MEMORY;
	ret->v[0] = minute_words(mem, r.quiet_from);
	ret->v[1] = minute_words(mem, r.quiet_to);
	ret->v[2] = arena_format(mem, "%lld", (long long)r.per_minute);
	ret->v[3] = arena_format(mem, "%lld", (long long)r.give_up_hours);
	ret->v[4] = r.wechat != 0 ? TEXT("1") : TEXT_NONE;
	ret->v[5] = TEXT_NONE;
	return RC_OK;
}

/* Accounts get mail, residents the rest: each is told in other words. */
static const char *
kind_words(struct text kind, enum notify_way way)
{
	if (text_equals(kind, TEXT("trial")))
		return T("试发");
	return way == NOTIFY_MAIL ? notify_kind_label(kind) : event_label(kind);
}

struct text_row { struct text kind, body, code, source, author; enum notify_way way; struct day from; };

static void
put_template(struct exchange *x, struct ui_table *t, const struct text_row *r)
{
	char day[16];

	ui_row_open(t);
	ui_cell_open(t);
	html_say(t->h, kind_words(r->kind, r->way));
	html_raw(t->h, " <code class=\"wrap\">");
	html_text(t->h, r->kind);
	html_raw(t->h, "</code>");
	ui_cell_close(t);
	ui_cell_say(t, notify_way_label(r->way));
	if (r->body.n > 0)
		ui_cell(t, r->body);
	else
		ui_cell_say(t, T("不发"));
	if (day_is_none(r->from))
		ui_cell_say(t, T("程序自带"));
	else
		ui_cell(t, arena_text(x->ctx->mem, day_print(r->from, day)));
	ui_cell(t, r->code);
	if (r->source.n > 0)
		ui_cell(t, r->source);
	else
		ui_cell_say(t, T("未核实"));
	ui_row_close(t);
}

static enum rc
put_templates(struct exchange *x, struct html *h)
{
	static const struct ui_column columns[] = {
		{ T("什么事"), false }, { T("渠道"), false }, { T("内容"), false }, { T("从哪天起"), false }, { T("模板号"), false },
		{ T("谁批准的"), false },
	};
	struct notify_template *v = arena_array(x->ctx->mem, NOTIFY_TEMPLATES_MAX, sizeof *v);
	struct ui_table t;
	size_t n = 0;
	enum rc rc = v == NULL ? RC_NO_MEMORY : notify_templates(x->ctx, v, NOTIFY_TEMPLATES_MAX, &n);

	if (rc != RC_OK)
		return rc;
	ui_section_open(h, T("模板"));
	ui_paragraph(h, T("每一版从写明的那天起用；旧的不改，留在这里。短信不写事情的内容，谁拿着手机都看得到。"));
	ui_table_open(&t, h, T("模板"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < n; i++)
		put_template(x, &t, &(struct text_row){ v[i].kind, v[i].body, v[i].code, v[i].source, v[i].author, v[i].way, v[i].from });
	for (size_t i = 0; i < notify_defaults_n; i++)
		put_template(x, &t, &(struct text_row){ text_of(notify_defaults[i].kind), text_of(notify_defaults[i].body), TEXT_NONE,
		    TEXT_NONE, TEXT_NONE, notify_defaults[i].way, DAY_NONE });
	ui_table_close(&t);
	ui_section_close(h);
	return RC_OK;
}

static enum rc
put_log(struct exchange *x, struct html *h)
{
	static const struct ui_column columns[] = {
		{ T("什么时候"), false }, { T("渠道"), false }, { T("什么事"), false }, { T("编号"), false }, { T("发给"), false },
		{ T("第几次"), true }, { T("结果"), false }, { T("现在"), false }, { T("对方说"), false },
	};
	struct notify_try *v = arena_array(x->ctx->mem, PAGE + 1, sizeof *v);
	struct ui_pager pager = { .where = TEXT_NONE };
	int64_t before = 0, outbox = 0;
	struct ui_table t;
	size_t n = 0;
	enum rc rc = RC_NO_MEMORY;

	if (int64_parse(params_get(x->in->query, "before"), 1, INT64_MAX, &before) != RC_OK
	    || int64_parse(params_get(x->in->query, "outbox"), 1, INT64_MAX, &outbox) != RC_OK)
		before = 0;
	if (v != NULL)
		rc = notify_log(x->ctx, before, outbox, v, PAGE + 1, &n);
	if (rc != RC_OK)
		return rc;
	ui_section_open(h, T("发送记录"));
	ui_paragraph(h, T("每次尝试一行。号码遮住中间；要看全的，由有权查看号码的人在案件里写明用途查看。"));
	ui_table_open(&t, h, T("发送记录"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < n && i < PAGE; i++) {
		ui_row_open(&t);
		ui_cell(&t, notify_when(x, v[i].at_ms));
		ui_cell_say(&t, notify_way_label(v[i].way));
		ui_cell_say(&t, kind_words(v[i].kind, v[i].way));
		ui_cell(&t, v[i].number);
		ui_cell(&t, v[i].to_masked);
		ui_cell_int(&t, v[i].nth);
		ui_cell_say(&t, notify_result_label(v[i].result));
		ui_cell_say(&t, notify_state_label(v[i].state));
		ui_cell(&t, v[i].code != 0 ? arena_format(x->ctx->mem, "%d %.*s", v[i].code, (int)v[i].words.n, v[i].words.p)
		    : v[i].words);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (n > PAGE)
		pager.next = arena_format(x->ctx->mem, HERE "?before=%lld&outbox=%lld", (long long)v[PAGE - 1].at_ms,
		    (long long)v[PAGE - 1].outbox);
	if (before != 0)
		pager.previous = TEXT(HERE);
	ui_pager(h, &pager);
	ui_section_close(h);
	return RC_OK;
}

/* ---- the page ------------------------------------------------------------------------------------------------ */

static enum rc
admin_show(struct exchange *x)
{
	struct notify_way_now ways[NOTIFY_WAYS];
	struct typed typed = { NULL };
	struct html h = frame_html(x);
	enum rc rc = notify_ways_now(x->ctx, ways);

	if (rc == RC_OK)
		rc = rules_typed(x, &typed);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("通知设置"), .area = FRAME_SETTINGS });
	ui_title(&h, T("通知设置"), TEXT_NONE);
	if (params_has(x->in->query, "done"))
		ui_notice_say(&h, UI_OK, NULL, T("已保存。"));
	put_ways(x, &h, ways);
	put_form(x, &h, &notify_rules_form, HERE "/rules", &typed, T("保存规则"));
	put_form(x, &h, &notify_trial_form, HERE "/trial", NULL, T("试发"));
	rc = put_log(x, &h);
	if (rc == RC_OK)
		rc = put_templates(x, &h);
	if (rc != RC_OK)
		return rc;
	put_form(x, &h, &notify_template_form, HERE "/template", NULL, T("保存这一版"));
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
notify_admin_page(struct exchange *x)
{
	return admin_show(x);
}

static enum rc
after(struct exchange *x, enum rc rc)
{
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT(HERE "?done=1"));
		return RC_OK;
	}
	if (rc != RC_INVALID)
		return rc;
	x->out->status = 422;
	return admin_show(x);
}

enum rc
notify_rules_post(struct exchange *x)
{
	const struct rules_values *in = x->values;
	struct notify_rules rules;

	if (x->form_rc != RC_OK)
		return after(x, x->form_rc);
	rules = (struct notify_rules){ .quiet_from = in->quiet_from, .quiet_to = in->quiet_to, .per_minute = in->per_minute,
		.give_up_hours = in->give_up_hours, .wechat = in->wechat };
	return after(x, notify_rules_set(x->ctx, frame_idem_key(x), &rules, in->document));
}

enum rc
notify_template_post(struct exchange *x)
{
	const struct template_values *in = x->values;
	struct notify_template t;
	enum rc rc;

	if (x->form_rc != RC_OK)
		return after(x, x->form_rc);
	t = (struct notify_template){ .kind = in->kind, .way = (enum notify_way)in->way, .from = in->from, .body = in->body,
		.code = in->code, .source = in->source };
	rc = notify_template_write(x->ctx, frame_idem_key(x), &t, &x->findings);
	if (rc == RC_CONFLICT) {
		findings_add(&x->findings, "from", T("这一天已经有一版了，请改一天"), 0);
		rc = RC_INVALID;
	}
	return after(x, rc);
}

enum rc
notify_trial_post(struct exchange *x)
{
	const struct trial_values *in = x->values;

	if (x->form_rc != RC_OK)
		return after(x, x->form_rc);
	return after(x, notify_trial(x->ctx, frame_idem_key(x), (enum notify_way)in->way, in->to, &x->findings));
}
