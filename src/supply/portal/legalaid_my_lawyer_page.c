/* The lawyer of the own case: who, which days are fixed, what was done; words both ways, another lawyer, the calendar. */
#include "supply/portal/legalaid_my_internal.h"

#include "kit/msg/msg.h"
#include "supply/notify/notify.h"

/* ---- what is fixed ---------------------------------------------------------------------------------------- */

static bool
is_ahead(const struct exchange *x, const struct aid_report *r)
{
	return aid_is_appointment(r) && r->cancelled_ms == 0 && r->day.n >= portal_today(x).n;
}

static struct text
when(const struct exchange *x, const struct aid_report *r)
{
	char day[16];
	struct text d = day_print(r->day, day);

	return r->minute < 0 ? arena_text(x->ctx->mem, d)
	    : arena_format(x->ctx->mem, "%.*s %02d:%02d", (int)d.n, d.p, r->minute / 60, r->minute % 60);
}

struct text
my_aid_next_when(const struct exchange *x, const struct my_aid *m)
{
	for (size_t i = 0; i < m->n_reports; i++) /* in order of their days */
		if (is_ahead(x, &m->reports[i]))
			return arena_format(x->ctx->mem, "%.*s · %s", (int)when(x, &m->reports[i]).n, when(x, &m->reports[i]).p,
			    msg(x->ctx->lang, aid_choice_label(aid_report_choices, m->reports[i].kind)));
	return TEXT_NONE;
}

void
my_aid_put_ahead(struct exchange *x, struct html *h, const struct my_aid *m)
{
	size_t n = 0, shown = 0;

	for (size_t i = 0; i < m->n_reports; i++) {
		n += aid_is_appointment(&m->reports[i]);
		shown += is_ahead(x, &m->reports[i]);
	}
	if (n == 0)
		return;
	ui_section_open(h, T("约好的日子"));
	html_raw(h, "<div id=\"ahead\">");
	if (shown == 0)
		ui_paragraph(h, T("现在没有约好的日子。"));
	for (size_t i = 0; i < m->n_reports; i++) {
		const struct aid_report *r = &m->reports[i];

		if (!is_ahead(x, r))
			continue;
		ui_facts(h, (const struct ui_fact[]){ { T("什么事"), portal_say(x, aid_choice_label(aid_report_choices, r->kind)), TEXT_NONE },
		    { T("什么时候"), when(x, r), TEXT_NONE },
		    { T("在哪里"), r->place.n > 0 ? r->place : portal_say(x, T("还没有定，请问承办人员")), TEXT_NONE },
		    { T("要注意"), r->words, TEXT_NONE } }, 4);
	}
	html_raw(h, "</div>");
	ui_read_aloud(h, "ahead");
	ui_button_link(h, TEXT("/my/legalaid/calendar.ics"), T("存进手机日历"), false);
	ui_section_close(h);
}

enum rc
my_legalaid_calendar(struct exchange *x)
{
	struct my_aid *m = ARENA_NEW(x->ctx->mem, struct my_aid);
	struct notify_appointment v[MY_AID_ROWS];
	struct receipt receipt;
	size_t n = 0;
	bool in;
	enum rc rc = receipt_enter_or_ask(x, &receipt, &in);

	if (!in)
		return rc;
	rc = m == NULL ? RC_NO_MEMORY : my_aid_load(x, &receipt, m);
	for (size_t i = 0; rc == RC_OK && i < m->n_reports; i++) {
		const struct aid_report *r = &m->reports[i];

		if (!aid_is_appointment(r))
			continue;
		v[n].number = m->r.number;
		v[n].what = portal_say(x, aid_choice_label(aid_report_choices, r->kind));
		v[n].place = r->place;
		v[n].nth = r->nth;
		v[n].changes = r->changes;
		v[n].day = r->day;
		v[n].minute = r->minute;
		v[n++].cancelled = r->cancelled_ms != 0;
	}
	return rc == RC_OK ? notify_answer_calendar(x, v, n) : rc;
}

/* ---- who, and what was done ---------------------------------------------------------------------------------- */

static void
put_reports(struct exchange *x, struct html *h, const struct my_aid *m)
{
	struct ui_event *e = arena_array(x->ctx->mem, m->n_reports + 1, sizeof *e);

	if (m->n_reports == 0 || e == NULL)
		return;
	for (size_t i = 0; i < m->n_reports; i++) {
		const struct aid_report *r = &m->reports[i];
		struct text what = portal_say(x, aid_choice_label(aid_report_choices, r->kind));
		const char *off = r->cancelled_ms != 0 ? msg(x->ctx->lang, T("（已取消）")) : "";

		e[i] = (struct ui_event){ .when = when(x, r), .what = arena_format(x->ctx->mem, "%.*s%s：%.*s", (int)what.n, what.p, off,
		    (int)r->words.n, r->words.p), .who = r->account_name, .next = is_ahead(x, r) && r->day.n > portal_today(x).n };
	}
	ui_timeline(h, e, m->n_reports);
}

/* The change that waits: asked for here, or by the lawyer who cannot go on. */
static bool
asked_by_lawyer(const struct my_aid *m)
{
	int64_t who = m->changes[m->n_changes - 1].asked_by;

	for (size_t i = 0; i < m->n_assignments; i++)
		if (who > 0 && m->assignments[i].account_of_provider == who)
			return true;
	return false;
}

static void
put_change(struct exchange *x, struct html *h, const struct my_aid *m, const struct my_aid_again *again)
{
	bool waits = m->n_changes > 0 && m->changes[m->n_changes - 1].decided_ms == 0;

	if (waits) {
		ui_notice_say(h, UI_HOLD, NULL, asked_by_lawyer(m) ? T("承办人员不能继续承办，请求更换，法律援助机构正在处理。")
		    : T("您请求更换承办人员，正在等答复。"));
		return;
	}
	if (aid_edge_find(m->a.state, AID_CHANGE_ASK) == NULL)
		return;
	html_raw(h, "<details class=\"why\"");
	buf_add(h->out, again != NULL && again->step == AID_CHANGE_ASK ? TEXT(" open><summary>") : TEXT("><summary>"));
	html_say(h, T("想换一位承办人员"));
	html_raw(h, "</summary>");
	ui_paragraph(h, T("有证据证明承办人员不履行职责的，可以要求更换（第五十五条）。您写的话承办人员看不到。"));
	my_aid_put_words(x, h, m, AID_CHANGE_ASK, T("请求更换"), again);
	html_raw(h, "</details>");
}

static void
put_talk(struct exchange *x, struct html *h, const struct my_aid *m, const struct my_aid_again *again)
{
	bool open = request_is_open(m->r.state), mine = again != NULL && again->step == MY_AID_SAY;

	if (m->n_messages == 0 && !open)
		return;
	ui_section_open(h, m->current != NULL ? T("和承办人员的留言") : T("留言"));
	my_put_messages(x, h, m->messages, m->n_messages);
	if (mine && again->trouble != NULL)
		ui_notice_say(h, UI_LATE, T("没有发出去"), again->trouble);
	if (open) {
		ui_form_open(h, &(struct ui_form){ .action = TEXT("/my/legalaid/say"), .csrf = x->csrf, .key = frame_key_text(x) });
		ui_field(h, form_field(&my_say_form, "body"), mine ? ui_typed(&my_say_form, "body", &x->typed) : TEXT_NONE,
		    mine ? findings_of(&x->findings, "body") : NULL);
		ui_form_buttons(h, T("发送留言"), TEXT_NONE);
		ui_form_close(h);
	}
	ui_section_close(h);
}

void
my_aid_put_lawyer(struct exchange *x, struct html *h, const struct my_aid *m, const struct my_aid_again *again)
{
	const struct aid_assignment *s = m->current;

	if (s != NULL || m->n_reports > 0 || m->has_closing) {
		ui_section_open(h, T("承办人员"));
		if (s != NULL)
			ui_facts(h, (const struct ui_fact[]){ { T("谁承办"), s->name, TEXT_NONE }, { T("机构"), s->firm_name, TEXT_NONE },
			    { T("电话"), s->firm_phone, s->firm_phone.n > 0 ? portal_path(x, "tel:", s->firm_phone) : TEXT_NONE },
			    { T("委托协议"), s->agreement, TEXT_NONE } }, 4);
		ui_notice_say(h, UI_INFO, NULL, T("法律援助不收您任何钱物。有人收钱的，请打进度页上的电话告诉我们。"));
		put_reports(x, h, m);
		if (m->has_closing)
			ui_notice(h, UI_OK, T("案件办完了"), m->closing.words);
		put_change(x, h, m, again);
		ui_section_close(h);
	}
	put_talk(x, h, m, again);
}

enum rc
my_legalaid_say_post(struct exchange *x)
{
	struct my_aid_again again = { .step = MY_AID_SAY };
	struct receipt receipt;
	bool in;
	enum rc rc = receipt_enter_or_ask(x, &receipt, &in);

	if (!in)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = consult_say(&receipt.ctx, frame_idem_key(x), (struct case_id){ receipt.actor.request },
		    ((const struct my_say *)x->values)->body);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/my/legalaid"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	again.trouble = rc == RC_INVALID ? NULL : T("这件事刚刚有了新变化，没有发出去。请看最新情况");
	return my_aid_show(x, &receipt, &again);
}
