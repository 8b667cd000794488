/* Progress: who has it, what happens next, by when; and everything that was said. */
#include "supply/portal/my_internal.h"

#include "operations/cooperate/cooperate.h"
#include "operations/matter/matter.h"

#include "supply/notify/notify.h"

#include "kit/msg/msg.h"
#include "operations/request/clock_label.h"

/* ---- loading -------------------------------------------------------------------------------------- */

struct load_arg {
	struct my_request *m;
	enum lang lang;
};

static enum rc
load_outcome(struct tx *tx, const struct actor *actor, struct load_arg *arg)
{
	struct my_request *m = arg->m;
	const struct matter_kind *kind = matter_find(m->r.matter);
	struct code_row row;
	enum rc rc;

	if (m->r.state != REQUEST_CLOSED || m->r.outcome.n == 0)
		return RC_OK;
	if (text_equals(m->r.outcome, TEXT(TRANSFER_OUTCOME))) {
		m->outcome = text_of(msg(arg->lang, T("要到外地办，去哪里、找谁见下面的经过")));
		return RC_OK;
	}
	rc = code_find(tx, actor, kind != NULL ? kind->outcomes : "consult.outcome", m->r.outcome, DAY_NONE, &row);
	if (rc == RC_OK)
		m->outcome = arg->lang == LANG_EN && row.name_en.n > 0 ? row.name_en : row.name;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* What it was before: what was said and done then stays in reach. */
static enum rc
load_earlier(struct tx *tx, const struct actor *actor, struct my_request *m)
{
	return intake_earlier(tx, actor, m->earlier, INTAKE_EARLIER_MAX, &m->n_earlier);
}

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct load_arg *arg = argument;
	struct my_request *m = arg->m;
	enum rc rc = request_load_receipt(tx, actor, &m->r);

	if (rc == RC_OK)
		rc = request_events(tx, actor, m->r.id, true, m->events, MY_EVENTS, &m->n_events);
	if (rc == RC_OK)
		rc = request_messages(tx, actor, m->r.id, m->messages, MY_MESSAGES, &m->n_messages);
	if (rc == RC_OK)
		rc = request_attachments(tx, actor, m->r.id, m->files, UPLOADS_PER_REQUEST, &m->n_files);
	if (rc == RC_OK)
		rc = paper_list(tx, actor, m->r.id, m->papers, PAPERS_OF_CASE_MAX, &m->n_papers);
	if (rc == RC_OK)
		rc = case_pause_list(tx, actor, m->r.id, m->pauses, CASE_PAUSES_MAX, &m->n_pauses);
	m->paused = case_pause_running(m->pauses, m->n_pauses);
	if (rc == RC_OK)
		rc = review_list(tx, actor, m->r.id, m->reviews, MY_REVIEWS, &m->n_reviews);
	if (rc == RC_OK)
		rc = consult_load(tx, actor, m->r.id, &m->consult);
	if (rc == RC_NOT_FOUND && m->r.id.n != 0)
		rc = RC_OK; /* not accepted yet */
	if (rc == RC_OK)
		rc = notify_off_get(tx, actor, &m->silent);
	if (rc == RC_OK)
		rc = load_earlier(tx, actor, m);
	if (rc == RC_OK)
		rc = load_outcome(tx, actor, arg);
	return rc;
}

enum rc
my_load(struct exchange *x, struct receipt *receipt, struct my_request *ret)
{
	struct load_arg arg = { ret, x->ctx->lang };
	enum rc rc;

	*ret = (struct my_request){ .n_events = 0 };
	ret->events = arena_array(x->ctx->mem, MY_EVENTS, sizeof *ret->events);
	ret->messages = arena_array(x->ctx->mem, MY_MESSAGES, sizeof *ret->messages);
	ret->papers = arena_array(x->ctx->mem, PAPERS_OF_CASE_MAX, sizeof *ret->papers);
	if (!ret->events || !ret->messages || !ret->papers)
		return RC_NO_MEMORY;
	rc = db_read(&receipt->ctx, load_tx, &arg);
	if (rc != RC_OK)
		return rc;
	rc = network_find(x->ctx, ret->r.holder_point, &ret->point);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* ---- who, next, by when -------------------------------------------------------------------------------- */

static const char *
next_words(const struct request *r)
{
	switch (r->state) {
	case REQUEST_RECEIVED: return T("工作人员告诉您是否受理");
	case REQUEST_ACCEPTED: return T("工作人员给您答复");
	case REQUEST_ANSWERED: return T("请看答复；还有问题就留言，没有问题就办结");
	case REQUEST_CLOSED: return T("已经办结。请打个分");
	case REQUEST_DECLINED: return T("没有受理，原因和可以找谁写在经过里");
	case REQUEST_WITHDRAWN: return T("您已经撤回。需要时可以再提");
	case REQUEST_CONVERTED: return T("已经转成别的事项接着办");
	case REQUEST_NONE: break;
	}
	return T("工作人员处理中");
}

static enum ui_tone
state_tone(const struct request *r)
{
	if (r->state == REQUEST_CLOSED)
		return UI_OK;
	return request_is_open(r->state) ? UI_INFO : UI_HOLD;
}

static void
put_state(struct exchange *x, struct html *h, const struct my_request *m)
{
	const struct request *r = &m->r;
	bool open = request_is_open(r->state);

	html_raw(h, "<p class=\"state\">");
	ui_tag(h, state_tone(r), portal_say(x, request_state_label(r->state)));
	html_raw(h, " ");
	if (open)
		ui_lamp(h, (enum ui_lamp)request_light(request_lights(), r->start_ms, r->due_ms, open, x->ctx->now_ms),
		    r->due_ms == DUE_NONE ? TEXT_NONE : portal_days_left(x, r->due_ms));
	if (r->urgent) {
		html_raw(h, " ");
		ui_tag(h, UI_LATE, portal_say(x, T("急")));
	}
	html_raw(h, "</p>");
}

/* In plain words: what is waited for, until when, and that the clock goes on afterwards. */
static void
put_paused(struct exchange *x, struct html *h, const struct my_request *m)
{
	const struct case_pause *p = m->paused;
	struct text name, until;

	if (p == NULL)
		return;
	name = portal_name(x, p->name, p->name_en);
	until = portal_when(x, p->until_ms);
	ui_notice(h, UI_HOLD, T("正在等，时限先停一停"), arena_format(x->ctx->mem, "%.*s：%.*s。%s %.*s",
	    (int)name.n, name.p, (int)p->words.n, p->words.p,
	    msg(x->ctx->lang, T("等到了就接着算；最晚到这一天自动接着算：")), (int)until.n, until.p));
}

static void
put_who(struct exchange *x, struct html *h, const struct my_request *m)
{
	const struct request *r = &m->r;
	struct text who = arena_format(x->ctx->mem, "%.*s · %.*s", (int)r->holder_name.n, r->holder_name.p,
	    (int)r->holder_point_name.n, r->holder_point_name.p);
	struct ui_fact facts[8];
	size_t k = 0;

	facts[k++] = (struct ui_fact){ T("谁负责"), who, TEXT_NONE };
	facts[k++] = (struct ui_fact){ T("电话"), m->point.phone, portal_path(x, "tel:", m->point.phone) };
	facts[k++] = (struct ui_fact){ T("下一步"), portal_say(x, next_words(r)), TEXT_NONE };
	if (request_is_open(r->state) && r->due_ms != DUE_NONE)
		facts[k++] = (struct ui_fact){ T("最晚"), portal_date_time(x, r->due_ms), TEXT_NONE };
	if (m->outcome.n > 0)
		facts[k++] = (struct ui_fact){ T("结果"), m->outcome, TEXT_NONE };
	if (r->first_contact != r->holder)
		facts[k++] = (struct ui_fact){ T("首问负责人"), r->first_contact_name, TEXT_NONE };
	facts[k++] = (struct ui_fact){ T("办什么"), portal_name(x, r->item_name, r->item_name_en), TEXT_NONE };
	facts[k] = (struct ui_fact){ T("在哪里"), region_path(r->place), TEXT_NONE };
	ui_facts(h, facts, k + 1);
}

static void
put_legal_aid(struct html *h, const struct my_request *m)
{
	if (text_equals(m->r.matter, TEXT("mediation"))) {
		ui_notice_say(h, UI_INFO, T("人民调解"), T("谁来调解、谈成了什么、谁在哪天前做什么，都在那一页。"));
		ui_button_link(h, TEXT("/my/mediation"), T("看我的调解"), true);
	}
	if (!text_equals(m->r.matter, TEXT("legal-aid")))
		return;
	ui_notice_say(h, UI_INFO, T("法律援助"), T("申请表、要带的材料、决定和承办人员都在那一页。"));
	ui_button_link(h, TEXT("/my/legalaid"), T("看我的法律援助申请"), true);
}

/* ---- answer, what it became, rating ---------------------------------------------------------------------- */

static void
put_answer(struct exchange *x, struct html *h, const struct my_request *m)
{
	if (m->consult.answered_ms > 0) {
		struct text when = portal_when(x, m->consult.answered_ms);

		ui_section_open(h, T("答复"));
		html_raw(h, "<div class=\"answer\" id=\"answer\"><p>");
		html_lines(h, m->consult.answer);
		html_raw(h, "</p><p class=\"meta\">");
		html_text(h, m->consult.answered_by_name);
		html_raw(h, " · ");
		html_text(h, when);
		html_raw(h, "</p></div>");
		ui_read_aloud(h, "answer");
		ui_section_close(h);
	}
	if (m->consult.hint == AID_NOT_SAID && m->consult.answered_ms == 0)
		return;
	html_raw(h, "<div class=\"notice info\"><div><p class=\"strong\">");
	html_say(h, T("您有权申请法律援助"));
	html_raw(h, "</p><p>");
	html_say(h, T("经济困难，或者属于规定的情形，可以申请免费请律师（法律援助法第二十三条）。"));
	html_raw(h, " ");
	ui_link(h, TEXT("/items/legal-aid"), T("怎么申请"));
	html_raw(h, "</p></div></div>");
}

void
my_put_review(struct exchange *x, struct html *h, const struct review *reviews, size_t n)
{
	const struct review *v = n > 0 ? &reviews[n - 1] : NULL;
	unsigned char bytes[CODE_BYTES];
	char code[20];

	if (!v)
		return;
	ui_section_open(h, T("评价"));
	if (v->given_ms > 0) {
		struct text when = portal_when(x, v->given_ms);

		html_raw(h, "<p>");
		html_say(h, T("您的评价："));
		html_say(h, grade_label(v->grade));
		html_raw(h, " · ");
		html_text(h, when);
		html_raw(h, "</p>");
	} else {
		review_code(x->ctx->crypt, x->ctx->actor->city, v->request, v->act, bytes);
		code_print(bytes, code);
		rate_put_form(x, h, arena_text(x->ctx->mem, text_of(code)), TEXT_NONE, NULL, TEXT("link"));
	}
	ui_section_close(h);
}

/* ---- messages and papers ----------------------------------------------------------------------------------- */

static const struct findings *
again_findings(const struct my_again *again, const struct form *form)
{
	return again && again->form == form ? again->findings : NULL;
}

static struct text
form_key(struct exchange *x, const struct my_again *again)
{
	char hex[33];

	if (!again || !again->used)
		return frame_key_text(x);
	idem_key_hex(idem_key_new(), hex);
	return arena_text(x->ctx->mem, text_of(hex));
}

static void
put_form(struct exchange *x, struct html *h, const struct form *form, const char *action, const char *submit,
    const struct my_again *again)
{
	bool mine = again && again->form == form;

	ui_form_open(h, &(struct ui_form){ .action = text_of(action), .csrf = x->csrf, .key = form_key(x, again) });
	ui_form_fields(h, form, mine ? again->typed : NULL, again_findings(again, form));
	ui_form_buttons(h, submit, TEXT_NONE);
	ui_form_close(h);
}

void
my_put_messages(struct exchange *x, struct html *h, const struct message *v, size_t n)
{
	if (n > 0)
		html_raw(h, "<ol class=\"messages\">");
	for (size_t i = 0; i < n; i++) {
		const struct message *s = &v[i];
		struct text who = s->account == ACCOUNT_RESIDENT ? portal_say(x, T("您")) : s->account_name;
		struct text when = portal_when(x, s->at_ms);

		buf_add(h->out, s->account == ACCOUNT_RESIDENT ? TEXT("<li class=\"mine\"><p>") : TEXT("<li><p>"));
		html_lines(h, s->body);
		html_raw(h, "</p><p class=\"meta\">");
		html_text(h, who);
		html_raw(h, " · ");
		html_text(h, when);
		html_raw(h, "</p></li>");
	}
	if (n > 0)
		html_raw(h, "</ol>");
}

static void
put_messages(struct exchange *x, struct html *h, const struct my_request *m, const struct my_again *again)
{
	bool open = request_is_open(m->r.state);

	if (!open && m->n_messages == 0)
		return;
	ui_section_open(h, T("留言"));
	my_put_messages(x, h, m->messages, m->n_messages);
	if (open)
		put_form(x, h, &my_say_form, "/my/say", T("发送留言"), again);
	ui_section_close(h);
}

static void
put_files(struct exchange *x, struct html *h, const struct my_request *m, const struct my_again *again)
{
	struct ui_file file = { .key = "files", .label = T("选择文件"), .several = true,
		.accept = ".pdf,.jpg,.jpeg,.png",
		.hint = T("PDF、JPG、PNG，每个最多 10 MB，一共最多 10 个。") };
	const struct findings *f = again && !again->form ? again->findings : NULL;
	bool open = request_is_open(m->r.state) && m->n_files < UPLOADS_PER_REQUEST;

	if (!open && m->n_files == 0)
		return;
	ui_section_open(h, T("材料"));
	if (m->n_files > 0)
		html_raw(h, "<ul>");
	for (size_t i = 0; i < m->n_files; i++) {
		html_raw(h, "<li>");
		html_text(h, m->files[i].name);
		html_raw(h, " ");
		html_sayf(h, T("（%lld KB）"), (long long)((m->files[i].bytes + 1023) / 1024));
		html_raw(h, "</li>");
	}
	if (m->n_files > 0)
		html_raw(h, "</ul>");
	if (open) {
		ui_form_open(h, &(struct ui_form){ .action = TEXT("/my/files"), .csrf = x->csrf,
		    .key = form_key(x, again), .upload = true });
		ui_file(h, &file, f ? findings_of(f, "files") : NULL);
		ui_form_buttons(h, T("上传材料"), TEXT_NONE);
		ui_form_close(h);
	}
	ui_section_close(h);
}

/* ---- what has happened ---------------------------------------------------------------------------------------- */

static struct ui_event
event_row(struct exchange *x, const struct event *e)
{
	struct text what = portal_say(x, event_label(e->kind)), words = event_words(x->ctx->mem, x->ctx->lang, e);
	struct ui_event row = { .when = portal_when(x, e->at_ms), .what = what };

	if (words.n > 0)
		row.what = arena_format(x->ctx->mem, "%.*s\n%.*s", (int)what.n, what.p, (int)words.n, words.p);
	if (e->account == ACCOUNT_RESIDENT)
		row.who = portal_say(x, T("您"));
	else if (e->account == ACCOUNT_SYSTEM)
		row.who = portal_say(x, T("系统"));
	else
		row.who = e->account_name;
	return row;
}

/* What comes next, and by when where there is a deadline. */
static struct ui_event
next_row(struct exchange *x, const struct request *r)
{
	struct ui_event row = { .what = portal_say(x, next_words(r)), .next = true };

	if (r->due_ms != DUE_NONE) {
		row.when = portal_when(x, r->due_ms);
		row.who = portal_say(x, T("以前"));
	}
	return row;
}

static void
put_history(struct exchange *x, struct html *h, const struct my_request *m)
{
	struct ui_event *rows = arena_array(x->ctx->mem, m->n_events + 1, sizeof *rows);
	size_t n = 0;

	if (!rows)
		return;
	for (; n < m->n_events; n++)
		rows[n] = event_row(x, &m->events[n]);
	if (request_is_open(m->r.state))
		rows[n++] = next_row(x, &m->r);
	ui_section_open(h, T("经过"));
	ui_timeline(h, rows, n);
	ui_section_close(h);
}

/* Whoever left a phone is told by message what happens, and can end that here. */
static void
put_messages_choice(struct exchange *x, struct html *h, const struct my_request *m)
{
	if (!request_is_open(m->r.state) || !notify_tells_residents())
		return;
	ui_section_open(h, T("短信提醒"));
	ui_paragraph(h, m->silent ? T("您选择了不收短信。有进展请到这里看，或打 12348 问。")
	    : T("留了手机号的，受理、答复、办结时会发短信给您，晚上一般不发。"));
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/my/notices"), .csrf = x->csrf });
	ui_hidden(h, "off", m->silent ? TEXT("0") : TEXT("1"));
	html_raw(h, "<div class=\"buttons\"><button type=\"submit\" class=\"button\">");
	html_say(h, m->silent ? T("恢复短信提醒") : T("不要再发短信"));
	html_raw(h, "</button></div>");
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_leave(struct exchange *x, struct html *h, const struct my_request *m, const struct my_again *again)
{
	bool wrong = again && again->form == &my_withdraw_form;

	if (request_is_open(m->r.state)) {
		buf_add(h->out, wrong ? TEXT("<details open><summary>") : TEXT("<details><summary>"));
		html_say(h, T("不想办了，撤回求助"));
		html_raw(h, "</summary>");
		put_form(x, h, &my_withdraw_form, "/my/withdraw", T("撤回求助"), again);
		html_raw(h, "</details>");
	}
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/my/leave"), .csrf = x->csrf });
	html_raw(h, "<div class=\"buttons\">");
	ui_button_link(h, TEXT("/my/receipt"), T("看回执（可打印）"), false);
	html_raw(h, "<button type=\"submit\" class=\"button\">");
	html_say(h, T("离开（公用电脑请点这里）"));
	html_raw(h, "</button></div>");
	ui_form_close(h);
}

/* ---- what it was before ------------------------------------------------------------------------------------------ */

static void
put_before(struct exchange *x, struct html *h, const struct my_request *m)
{
	html_raw(h, "<details><summary>");
	html_text(h, m->r.number);
	html_raw(h, " · ");
	html_text(h, portal_name(x, m->r.item_name, m->r.item_name_en));
	html_raw(h, " · ");
	html_say(h, request_state_label(m->r.state));
	html_raw(h, "</summary>");
	put_answer(x, h, m);
	put_messages(x, h, m, NULL);
	put_files(x, h, m, NULL);
	put_history(x, h, m);
	html_raw(h, "</details>");
}

/* Closed as what they were, so without forms; read as their own receipt would. */
static enum rc
put_earlier(struct exchange *x, struct html *h, const struct receipt *receipt, const struct my_request *m)
{
	enum rc rc = RC_OK;

	if (m->n_earlier == 0)
		return RC_OK;
	ui_section_open(h, T("由这件事转来"));
	for (size_t i = 0; rc == RC_OK && i < m->n_earlier; i++) {
		struct receipt r = *receipt;
		struct my_request *before = ARENA_NEW(x->ctx->mem, struct my_request);

		if (!before)
			return RC_NO_MEMORY;
		r.actor.request = m->earlier[i].n;
		r.ctx.actor = &r.actor;
		rc = my_load(x, &r, before);
		if (rc == RC_OK)
			put_before(x, h, before);
	}
	ui_section_close(h);
	return rc;
}

/* ---- the page ---------------------------------------------------------------------------------------------------- */

enum rc
my_show(struct exchange *x, struct receipt *receipt, const struct my_again *again)
{
	struct html h = frame_html(x);
	struct my_request m = { .n_events = 0 };
	enum rc rc = my_load(x, receipt, &m);

	if (rc != RC_OK)
		return rc;
	frame_public_open(x, &h, &(struct frame_page){ .title = T("办理进度"), .noindex = true });
	ui_title_text(&h, m.r.subject, m.r.number);
	if (again)
		ui_error_summary(&h, again->form, again->findings);
	put_state(x, &h, &m);
	put_paused(x, &h, &m);
	put_who(x, &h, &m);
	put_legal_aid(&h, &m);
	put_answer(x, &h, &m);
	my_put_review(x, &h, m.reviews, m.n_reviews);
	html_raw(&h, "<p>");
	ui_button_link(&h, TEXT("/complain?from=my"), T("办得不好、态度不好？投诉"), false);
	html_raw(&h, "</p>");
	my_put_papers(x, &h, &m);
	put_messages(x, &h, &m, again);
	put_files(x, &h, &m, again);
	put_history(x, &h, &m);
	rc = put_earlier(x, &h, receipt, &m);
	if (rc != RC_OK)
		return rc;
	put_messages_choice(x, &h, &m);
	put_leave(x, &h, &m, again);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

enum rc
my_ask_code(struct exchange *x, const struct typed *typed, const struct findings *findings)
{
	struct html h = frame_html(x);

	frame_public_open(x, &h, &(struct frame_page){ .title = T("查进度") });
	ui_title(&h, T("查进度"), TEXT_NONE);
	ui_error_summary(&h, &my_form, findings);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/my"), .csrf = x->csrf });
	ui_form_fields(&h, &my_form, typed, findings);
	ui_form_buttons(&h, T("查看"), TEXT_NONE);
	ui_form_close(&h);
	ui_section_open(&h, T("查询码丢了？"));
	ui_paragraph(&h, T("打 12348，或者带身份证到受理的站点，工作人员核对身份后帮您查。"));
	ui_section_close(&h);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/complain"), T("投诉"));
	html_raw(&h, "</p>");
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

enum rc
my_page(struct exchange *x)
{
	struct receipt receipt;
	enum rc rc = receipt_enter(x, &receipt);

	if (rc == RC_NOT_FOUND || rc == RC_TOO_MANY)
		return my_ask_code(x, NULL, NULL);
	return rc == RC_OK ? my_show(x, &receipt, NULL) : rc;
}
