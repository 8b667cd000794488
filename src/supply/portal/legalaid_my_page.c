/* The own application: where it stands, who does what next and by when, the decision with its reasons, what can be said
 * against it. */
#include "supply/portal/legalaid_my_internal.h"

#include "kit/msg/msg.h"
#include "supply/frame/frame_verdict.h"
#include "standards/setting/setting.h"

#include <string.h>

struct my_aid_words { int64_t revision; struct text words; };
static const struct field word_fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .max = INT64_MAX, .offset = offsetof(struct my_aid_words, revision) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("想说什么"), .required = true, .min = 4, .max = 1000,
	  .offset = offsetof(struct my_aid_words, words) },
};
const struct form my_aid_words_form = FORM_OF("my.legalaid", T("法律援助"), word_fields, struct my_aid_words);

/* ---- reading ---------------------------------------------------------------------------------------------- */

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct my_aid *m = arg;
	struct case_id id = { actor->request };
	enum rc rc = request_load_receipt(tx, actor, &m->r);

	if (rc == RC_OK)
		rc = aid_load(tx, actor, id, &m->a);
	if (rc != RC_OK)
		return rc;
	rc = aid_supplement_load(tx, actor, id, &m->supplement);
	m->has_supplement = rc == RC_OK;
	if (rc == RC_OK || rc == RC_NOT_FOUND)
		rc = aid_closing_load(tx, actor, id, &m->closing);
	m->has_closing = rc == RC_OK;
	if (rc == RC_OK || rc == RC_NOT_FOUND)
		rc = aid_decisions(tx, actor, id, m->decisions, AID_DECISIONS_MAX, &m->n_decisions);
	if (rc == RC_OK)
		rc = aid_assignments(tx, actor, id, m->assignments, MY_AID_ROWS, &m->n_assignments);
	if (rc == RC_OK)
		rc = aid_reports(tx, actor, id, m->reports, MY_AID_ROWS, &m->n_reports);
	if (rc == RC_OK)
		rc = aid_changes(tx, actor, id, m->changes, MY_AID_ROWS, &m->n_changes);
	if (rc == RC_OK)
		rc = aid_objections(tx, actor, id, m->objections, MY_AID_ROWS, &m->n_objections);
	if (rc == RC_OK)
		rc = request_messages(tx, actor, id, m->messages, MY_MESSAGES, &m->n_messages);
	if (rc == RC_OK)
		rc = review_list(tx, actor, id, m->reviews, MY_REVIEWS, &m->n_reviews);
	if (rc == RC_OK)
		rc = case_clock_list(tx, actor, id, m->clocks, CASE_CLOCKS_MAX, &m->n_clocks);
	if (rc == RC_OK) {
		rc = aid_judged_load(tx, actor, &m->a, &m->judged, &m->version);
		m->has_judged = rc == RC_OK;
		rc = rc == RC_NOT_FOUND ? RC_OK : rc;
	}
	if (rc == RC_OK)
		rc = setting_read(tx, actor, &aid_objection_setting, &m->objection_days);
	m->current = rc == RC_OK ? aid_assignment_current(m->assignments, m->n_assignments) : NULL;
	return rc;
}

enum rc
my_aid_load(struct exchange *x, struct receipt *receipt, struct my_aid *ret)
{
	ret->messages = arena_array(x->ctx->mem, MY_MESSAGES, sizeof *ret->messages);
	return ret->messages == NULL ? RC_NO_MEMORY : db_read(&receipt->ctx, load_tx, ret);
}

/* ---- where it stands ------------------------------------------------------------------------------------------- */

static size_t
bar_at(enum aid_state s)
{
	if (s < AID_APPLIED)
		return 0;
	if (s < AID_GRANTED)
		return 1;
	if (s < AID_ASSIGNED || (s >= AID_REFUSED && s <= AID_CORRECTED))
		return 2;
	return s < AID_CLOSED ? 3 : 4;
}

/* Who does what next. */
static const char *
next_words(const struct my_aid *m)
{
	switch ((int)m->a.state) {
	case AID_UNFILLED: return T("请您填写申请表");
	case AID_APPLIED: case AID_EXAMINED: return T("法律援助机构审查，七日内作出决定");
	case AID_SUPPLEMENT: return T("请您把下面列的材料带来或者传上来");
	case AID_GRANTED: return T("法律援助机构三日内指派承办人员");
	case AID_ASSIGNED: return T("承办人员和您联系，签委托协议");
	case AID_AGREED: case AID_IN_PROGRESS: return T("承办人员办理，有进展会写在下面");
	case AID_REFUSED: case AID_TERMINATED: return T("您不服的，可以提出异议");
	case AID_OBJECTED: return T("司法行政机关五日内审查您的异议");
	case AID_UPHELD: return T("仍不服的，可以依法申请行政复议或者向法院起诉");
	case AID_CORRECTED: return T("法律援助机构重新作出决定");
	default: return aid_is_open(m->a.state) ? T("案件办完了，正在整理归档") : T("已经办结");
	}
}

/* Until when that must be done; 0: no clock is running for it. */
static int64_t
next_due(const struct my_aid *m)
{
	enum clock_target t = m->a.state < AID_GRANTED ? TARGET_DECIDE : m->a.state == AID_GRANTED ? TARGET_ASSIGN
	    : m->a.state == AID_ASSIGNED ? TARGET_AGREE : TARGET_OBJECTION;

	for (size_t i = 0; i < m->n_clocks; i++)
		if (m->clocks[i].target == t && m->clocks[i].met_ms == 0 && m->clocks[i].due_ms != DUE_NONE)
			return m->clocks[i].due_ms;
	return 0;
}

static void
put_state(struct exchange *x, struct html *h, const struct my_aid *m)
{
	static const char *const bar[] = { T("申请"), T("审查"), T("决定"), T("办理"), T("办结") };
	struct ui_fact facts[5];
	size_t n = 0;

	html_raw(h, "<p class=\"state\">");
	ui_tag(h, m->a.state == AID_REFUSED || m->a.state == AID_TERMINATED ? UI_LATE : UI_INFO, portal_say(x, aid_state_label(m->a.state)));
	html_raw(h, "</p>");
	ui_steps(h, bar, 5, bar_at(m->a.state));
	facts[n++] = (struct ui_fact){ .label = T("下一步"), .value = portal_say(x, next_words(m)) };
	if (request_is_open(m->r.state) && next_due(m) != 0)
		facts[n++] = (struct ui_fact){ .label = T("最晚"), .value = portal_date_time(x, next_due(m)) };
	if (my_aid_next_when(x, m).n > 0)
		facts[n++] = (struct ui_fact){ .label = T("约好的日子"), .value = my_aid_next_when(x, m) };
	facts[n++] = (struct ui_fact){ .label = T("谁负责"), .value = m->r.holder_name };
	if (m->a.number.n > 0)
		facts[n++] = (struct ui_fact){ .label = T("援助案件号"), .value = m->a.number };
	ui_facts(h, facts, n);
	if (m->a.advance_ms != 0 && !aid_is_decided(m->a.state))
		ui_notice_say(h, UI_OK, T("情况紧急，已经先给您提供援助"), T("审查照常进行，缺的材料请尽快补上。"));
}

/* ---- what to do ---------------------------------------------------------------------------------------------------- */

void
my_aid_put_words(struct exchange *x, struct html *h, const struct my_aid *m, enum aid_step step, const char *submit,
    const struct my_aid_again *again)
{
	bool mine = again != NULL && again->step == step;

	if (mine && again->trouble != NULL)
		ui_notice_say(h, UI_LATE, T("没有发出去"), again->trouble);
	ui_form_open(h, &(struct ui_form){ .action = portal_path(x, "/my/legalaid/", text_of(aid_step_key(step))), .csrf = x->csrf,
	    .key = frame_key_text(x) });
	ui_hidden(h, "revision", arena_format(x->ctx->mem, "%lld", (long long)m->r.revision));
	ui_field(h, form_field(&my_aid_words_form, "words"), mine ? ui_typed(&my_aid_words_form, "words", &x->typed) : TEXT_NONE,
	    mine ? findings_of(&x->findings, "words") : NULL);
	ui_form_buttons(h, submit, TEXT_NONE);
	ui_form_close(h);
}

static void
put_supplement(struct exchange *x, struct html *h, const struct my_aid *m, const struct my_aid_again *again)
{
	char day[16];

	if (!m->has_supplement)
		return;
	ui_section_open(h, T("还要带这些材料"));
	html_raw(h, "<ul>");
	for (size_t i = 0; i < m->supplement.n; i++) {
		html_raw(h, "<li>");
		html_text(h, m->supplement.papers[i]);
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul>");
	if (m->a.state == AID_SUPPLEMENT) {
		ui_notice(h, UI_SOON, T("最晚这一天"), arena_text(x->ctx->mem, day_print(m->supplement.until, day)));
		ui_paragraph(h, T("带到站点或者法律援助机构都行，也可以在进度页上传照片。带齐了，告诉我们一声。到期没有补，就当作撤回申请，以后还可以再申请。"));
		html_raw(h, "<p>");
		ui_link(h, TEXT("/my"), T("去上传材料"));
		html_raw(h, "</p>");
		my_aid_put_words(x, h, m, AID_GIVE_SUPPLEMENT, T("材料已经补齐"), again);
	}
	ui_section_close(h);
}

/* ---- the decision ----------------------------------------------------------------------------------------------------- */

static void
put_reasons(struct html *h, const struct aid_decision *d)
{
	if (d->kind != AID_DECIDED_REFUSE && d->kind != AID_DECIDED_TERMINATE)
		return;
	html_raw(h, "<ul>");
	for (int g = 0; d->kind == AID_DECIDED_REFUSE && g < AID_REFUSAL_COUNT; g++)
		if ((d->grounds >> g & 1) != 0) {
			html_raw(h, "<li>");
			html_say(h, aid_choice_label(aid_refusal_choices, g));
			html_raw(h, "</li>");
		}
	if (d->kind == AID_DECIDED_TERMINATE) {
		html_raw(h, "<li>");
		html_say(h, aid_choice_label(aid_end_choices, (int)d->grounds));
		html_raw(h, " ");
		html_str(h, aid_end_basis((enum aid_end_ground)d->grounds));
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul>");
}

static void
put_decision(struct exchange *x, struct html *h, const struct aid_decision *d)
{
	static const char *const titles[] = { [AID_DECIDED_GRANT] = T("决定：给予法律援助"), [AID_DECIDED_REFUSE] = T("决定：不予法律援助"),
		[AID_DECIDED_TERMINATE] = T("决定：终止法律援助"), [AID_DECIDED_ADVANCE] = T("先行提供法律援助") };
	bool good = d->kind == AID_DECIDED_GRANT || d->kind == AID_DECIDED_ADVANCE;
	struct text who = d->account_name, when = portal_when(x, d->at_ms);

	ui_notice(h, good ? UI_OK : UI_HOLD, titles[d->kind], d->words);
	put_reasons(h, d);
	html_raw(h, "<p class=\"meta\">");
	html_text(h, d->number);
	html_raw(h, " · ");
	html_text(h, who);
	html_raw(h, " · ");
	html_text(h, when);
	html_raw(h, "</p>");
}

/* How the rules came to what they advised: the resident may check every figure. */
static void
put_worked_out(struct exchange *x, struct html *h, const struct my_aid *m)
{
	const struct rules *r = NULL;
	struct rules_verdict verdict;
	struct rules_facts *f;

	if (m->has_judged && policy_compile(x->ctx->mem, &m->version, &r) == RC_OK
	    && policy_decision_open(x->ctx->mem, r, &m->judged, &f, &verdict) == RC_OK)
		frame_verdict(x, h, r, &verdict, m->a.advised == AID_ADVISED_YES ? UI_OK : UI_HOLD, FRAME_SAID_BY_READER);
}

static void
put_decisions(struct exchange *x, struct html *h, const struct my_aid *m)
{
	if (m->n_decisions == 0)
		return;
	ui_section_open(h, T("决定"));
	html_raw(h, "<div id=\"decision\">");
	for (size_t i = 0; i < m->n_decisions; i++)
		put_decision(x, h, &m->decisions[i]);
	html_raw(h, "</div>");
	ui_read_aloud(h, "decision");
	put_worked_out(x, h, m);
	ui_section_close(h);
}

static void
put_objections(struct exchange *x, struct html *h, const struct my_aid *m, const struct my_aid_again *again)
{
	bool may = m->a.state == AID_REFUSED || m->a.state == AID_TERMINATED;

	if (!may && m->n_objections == 0)
		return;
	ui_section_open(h, T("对决定不服"));
	for (size_t i = 0; i < m->n_objections; i++) {
		const struct aid_objection *o = &m->objections[i];

		ui_facts(h, (const struct ui_fact[]){ { T("您说"), o->words, TEXT_NONE },
		    { T("审查结果"), portal_say(x, o->decided_ms == 0 ? T("正在审查") : o->upheld ? T("维持原决定") : T("责令改正")), TEXT_NONE },
		    { T("理由"), o->decided_words, TEXT_NONE } }, 3);
	}
	if (may) {
		ui_paragraph(h, T("您可以向司法行政机关提出异议，五日内审查，维持的书面说明理由，不对的责令改正（法律援助法第四十九条）。"));
		if (m->objection_days > 0)
			ui_notice(h, UI_INFO, NULL, arena_format(x->ctx->mem, "%s %lld", msg(x->ctx->lang, T("从决定之日起，可以提出异议的天数：")),
			    (long long)m->objection_days));
		my_aid_put_words(x, h, m, AID_OBJECT, T("提出异议"), again);
	}
	ui_section_close(h);
}

/* ---- the page ------------------------------------------------------------------------------------------------------------- */

enum rc
my_aid_show(struct exchange *x, struct receipt *receipt, const struct my_aid_again *again)
{
	struct my_aid *m = ARENA_NEW(x->ctx->mem, struct my_aid);
	struct html h = frame_html(x);
	enum rc rc = m == NULL ? RC_NO_MEMORY : my_aid_load(x, receipt, m);

	if (rc != RC_OK)
		return rc;
	frame_public_open(x, &h, &(struct frame_page){ .title = T("我的法律援助申请"), .noindex = true });
	ui_title(&h, T("我的法律援助申请"), m->r.number);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/my"), T("回到进度页"));
	html_raw(&h, "</p>");
	put_state(x, &h, m);
	if (request_is_open(m->r.state) && (m->a.state == AID_UNFILLED || m->a.state == AID_APPLIED))
		ui_button_link(&h, TEXT("/my/legalaid/form"), m->a.state == AID_UNFILLED ? T("填写申请表") : T("修改申请表"),
		    m->a.state == AID_UNFILLED);
	put_supplement(x, &h, m, again);
	my_aid_put_ahead(x, &h, m);
	if (m->current != NULL)
		my_aid_put_lawyer(x, &h, m, again);
	put_decisions(x, &h, m);
	put_objections(x, &h, m, again);
	if (m->current == NULL)
		my_aid_put_lawyer(x, &h, m, again);
	my_put_review(x, &h, m->reviews, m->n_reviews);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

enum rc
my_legalaid_page(struct exchange *x)
{
	struct receipt receipt;
	bool in;
	enum rc rc = receipt_enter_or_ask(x, &receipt, &in);

	return in ? my_aid_show(x, &receipt, NULL) : rc;
}

enum rc
my_legalaid_post(struct exchange *x)
{
	const struct my_aid_words *v = x->values;
	enum aid_step step = aid_step_by_key(http_segment(x, "step"));
	struct aid_verdict verdict = { .why = AID_MAY, .basis = "" };
	struct my_aid_again again = { .step = step };
	struct receipt receipt;
	bool in;
	enum rc rc = receipt_enter_or_ask(x, &receipt, &in);

	if (!in)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK && step == AID_GIVE_SUPPLEMENT)
		rc = aid_give_supplement(&receipt.ctx, frame_idem_key(x), (struct case_id){ 0 }, v->revision, v->words, &verdict);
	else if (rc == RC_OK && step == AID_OBJECT)
		rc = aid_object(&receipt.ctx, frame_idem_key(x), (struct case_id){ 0 }, v->revision, v->words, &verdict);
	else if (rc == RC_OK && step == AID_CHANGE_ASK)
		rc = aid_change_ask(&receipt.ctx, frame_idem_key(x), (struct case_id){ 0 }, v->revision, v->words, &verdict);
	else if (rc == RC_OK)
		return RC_NOT_FOUND;
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/my/legalaid"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_REFUSED && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	again.trouble = rc == RC_REFUSED ? aid_why_label(verdict.why)
	    : rc == RC_INVALID ? NULL : T("这件事刚刚有了新变化，没有发出去。请看最新情况");
	return my_aid_show(x, &receipt, &again);
}
