/* One supervision order: what, why, until when, who read it when; the reply and what was made of it. */
#include "supply/desk/order_internal.h"

#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* msgfmt -c holds the English to the Chinese */

#define REPLIES 20
#define SAID 60

struct order_view {
	int64_t id;
	struct order o;
	struct request r;
	struct order_reply replies[REPLIES];
	struct supervise_said said[SAID];
	size_t n_replies, n_said;
	bool to_me, supervises;
};

/* ---- words ---------------------------------------------------------------------------------------------- */

struct text
order_path(const struct exchange *x, int64_t id, const char *tail)
{
	return arena_format(x->ctx->mem, "/desk/order/%lld%s%s", (long long)id, tail != NULL ? "/" : "", tail != NULL ? tail : "");
}

struct text
order_words(const struct exchange *x, const struct order *o)
{
	if (o->words.n > 0)
		return o->words;
	if (o->target == 0)
		return desk_say(x, T("这件事没有任何期限在走。请查明原因，恢复计时，并按期回复。"));
	return desk_join(x, desk_say(x, target_label(o->target)),
	    desk_say(x, T("已经逾期。请立即办理，并按期回复：办到哪一步、为什么超期。")));
}

struct text
order_issuer(const struct exchange *x, const struct order *o)
{
	return o->issuer == ACCOUNT_SYSTEM ? desk_say(x, T("系统，按督办规则")) : o->issuer_name;
}

/* Said of the second and later orders for one deadline. */
static struct text
order_turn(const struct exchange *x, const struct order *o)
{
	return o->turn > 1 ? arena_format(x->ctx->mem, msg(x->ctx->lang, T("第 %d 次督办")), o->turn) : TEXT_NONE;
}

enum ui_lamp
order_lamp(const struct exchange *x, const struct order *o)
{
	if (!order_waits_for_reply(o->state))
		return order_is_open(o->state) ? LAMP_NORMAL : LAMP_DONE;
	return order_is_late(o, x->ctx->now_ms) ? LAMP_LATE : o->due_ms < x->ctx->now_ms + request_lights().near_ms ? LAMP_SOON : LAMP_NORMAL;
}

void
order_table(struct exchange *x, struct html *h, const char *caption, const struct order *v, size_t n, bool who)
{
	const struct ui_column columns[] = { { T("督办单"), false }, { T("事由"), false }, { T("事情"), false },
		{ T("下达"), false }, { T("状态"), false }, { T("回复期限"), false }, { T("谁回复"), false } };
	struct ui_table t;

	ui_table_open(&t, h, caption, columns, who ? 7 : 6);
	for (size_t i = 0; i < n; i++) {
		ui_row_open(&t);
		ui_cell_link(&t, order_path(x, v[i].id, NULL), v[i].number);
		ui_cell(&t, desk_join(x, desk_name(x, v[i].cause_name, v[i].cause_name_en), order_turn(x, &v[i])));
		ui_cell_link(&t, desk_case_path(x, v[i].request, ""), v[i].subject.n > 0 ? v[i].subject : v[i].request_number);
		ui_cell(&t, desk_when(x, v[i].issued_ms));
		ui_cell(&t, desk_join(x, desk_say(x, order_state_label(v[i].state)),
		    v[i].level > SUPERVISE_ORDER ? desk_say(x, supervise_step_label(v[i].level)) : TEXT_NONE));
		ui_cell_lamp(&t, order_lamp(x, &v[i]), desk_when(x, v[i].due_ms));
		if (who)
			ui_cell(&t, v[i].to_name);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* ---- the page --------------------------------------------------------------------------------------------- */

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct order_view *v = arg;
	enum rc rc = order_load(tx, actor, v->id, &v->o);

	if (rc == RC_OK)
		rc = request_load(tx, actor, v->o.request, &v->r);
	if (rc == RC_OK)
		rc = order_replies(tx, actor, v->id, v->replies, REPLIES, &v->n_replies);
	if (rc == RC_OK)
		rc = supervise_said_list(tx, actor, v->o.request, v->said, SAID, &v->n_said);
	v->to_me = rc == RC_OK && v->o.to_account == actor->account;
	v->supervises = rc == RC_OK && request_may_assign(actor, &v->r);
	return rc;
}

static bool
must_sign(const struct order_view *v)
{
	return v->to_me && v->o.read_ms == 0 && order_is_open(v->o.state);
}

/* What was reported to me and not signed for; NULL: nothing. */
static const struct supervise_said *
report_to_sign(const struct exchange *x, const struct order_view *v)
{
	for (size_t i = 0; i < v->n_said; i++)
		if (v->said[i].order == v->o.id && v->said[i].step > SUPERVISE_ORDER && v->said[i].read_ms == 0
		    && v->said[i].to_account == x->ctx->actor->account)
			return &v->said[i];
	return NULL;
}

static void
put_facts(struct exchange *x, struct html *h, const struct order_view *v)
{
	const struct order *o = &v->o;
	struct text read = o->read_ms != 0 ? desk_join(x, o->read_name, desk_when(x, o->read_ms))
	    : desk_say(x, T("还没有签收"));
	const struct ui_fact facts[] = {
		{ T("状态"), desk_say(x, order_state_label(o->state)), TEXT_NONE },
		{ T("督办事由"), desk_join(x, desk_name(x, o->cause_name, o->cause_name_en), order_turn(x, o)), TEXT_NONE },
		{ T("事情"), desk_join(x, o->request_number, o->subject), desk_case_path(x, o->request, "") },
		{ T("谁下达的"), desk_join(x, order_issuer(x, o), desk_when(x, o->issued_ms)), TEXT_NONE },
		{ T("谁回复"), o->to_name, TEXT_NONE },
		{ T("签收"), read, TEXT_NONE },
		{ T("回复期限"), desk_when(x, o->due_ms), TEXT_NONE },
		{ T("报告到"), o->report_ms == 0 ? TEXT_NONE : desk_join(x, desk_join(x, desk_say(x, supervise_step_label(o->level)),
		    o->report_to != 0 ? o->report_name : desk_say(x, T("没有找到负责人，登记在台账里"))), desk_when(x, o->report_ms)),
		    TEXT_NONE },
		{ T("办结"), desk_when(x, o->closed_ms), TEXT_NONE },
	};

	ui_facts(h, facts, sizeof facts / sizeof facts[0]);
}

static void
put_words(struct exchange *x, struct html *h, const struct order_view *v)
{
	ui_section_open(h, T("要求"));
	html_raw(h, "<p class=\"detail\">");
	html_lines(h, order_words(x, &v->o));
	html_raw(h, "</p>");
	ui_section_close(h);
}

static void
put_replies(struct exchange *x, struct html *h, const struct order_view *v)
{
	for (size_t i = 0; i < v->n_replies; i++) {
		const struct order_reply *r = &v->replies[i];

		ui_section_open(h, r->round > 1 ? T("再次回复") : T("回复"));
		html_raw(h, "<p class=\"detail\">");
		html_lines(h, r->reply);
		html_raw(h, "</p>");
		ui_facts(h, (const struct ui_fact[]){
		    { T("谁回复的"), desk_join(x, r->replied_name, desk_when(x, r->replied_ms)), TEXT_NONE },
		    { T("审核"), r->verdict == VERDICT_NONE ? TEXT_NONE : desk_join(x, desk_say(x, r->verdict == VERDICT_ACCEPTED
		        ? T("通过") : T("退回重报")), desk_join(x, r->judged_name, desk_when(x, r->judged_ms))), TEXT_NONE },
		    { T("意见"), r->words, TEXT_NONE },
		}, 3);
		ui_section_close(h);
	}
}

/* Who was told what when, and when they signed for it. */
static void
put_said(struct exchange *x, struct html *h, const struct order_view *v)
{
	static const struct ui_column columns[] = { { T("步骤"), false }, { T("对谁"), false }, { T("什么时候"), false },
		{ T("签收"), false } };
	struct ui_table t;

	ui_section_open(h, T("督办经过"));
	ui_table_open(&t, h, T("一步一步"), columns, 4);
	for (size_t i = 0; i < v->n_said; i++) {
		const struct supervise_said *s = &v->said[i];

		if (s->target != v->o.target)
			continue;
		ui_row_open(&t);
		ui_cell_say(&t, supervise_step_label(s->step));
		ui_cell(&t, s->to_account != 0 ? s->to_name : desk_say(x, T("台账")));
		ui_cell(&t, desk_when(x, s->at_ms));
		ui_cell(&t, s->step == SUPERVISE_ORDER ? desk_when(x, v->o.read_ms) : desk_when(x, s->read_ms));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static void
form_begin(struct exchange *x, struct html *h, const struct order_view *v, const struct form *form, const char *tail)
{
	bool sent = x->route->form == form;

	ui_section_open(h, form->title);
	if (sent)
		ui_error_summary(h, form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = order_path(x, v->id, tail), .csrf = x->csrf,
	    .key = sent ? frame_key_text(x) : desk_key(x) });
	ui_hidden(h, "revision", desk_int(x, v->o.revision));
}

/* Fields of a form that was sent keep what was typed; of the others on the page they are empty. */
static void
put_field(struct exchange *x, struct html *h, const struct form *form, const char *key)
{
	bool sent = x->route->form == form;
	struct findings none = { .n = 0 };

	ui_form_field(h, form, key, sent ? &x->typed : NULL, sent ? &x->findings : &none);
}

static void
form_end(struct html *h, const char *submit)
{
	ui_form_buttons(h, submit, TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_forms(struct exchange *x, struct html *h, const struct order_view *v)
{
	bool judges = v->supervises && !v->to_me;

	if (v->to_me && order_waits_for_reply(v->o.state)) {
		form_begin(x, h, v, &order_reply_form, "reply");
		put_field(x, h, &order_reply_form, "words");
		form_end(h, T("提交回复"));
	}
	if (judges && v->o.state == ORDER_REPLIED) {
		form_begin(x, h, v, &order_judge_form, "judge");
		put_field(x, h, &order_judge_form, "verdict");
		put_field(x, h, &order_judge_form, "words");
		put_field(x, h, &order_judge_form, "reply_by");
		form_end(h, T("保存审核结果"));
	}
	if (judges && order_is_open(v->o.state)) {
		html_raw(h, "<details><summary>");
		html_say(h, T("撤销督办单"));
		html_raw(h, "</summary>");
		form_begin(x, h, v, &order_withdraw_form, "withdraw");
		put_field(x, h, &order_withdraw_form, "why");
		form_end(h, T("撤销"));
		html_raw(h, "</details>");
	}
}

static void
put_sign(struct exchange *x, struct html *h, const struct order_view *v, const char *why)
{
	ui_notice_say(h, UI_SOON, NULL, why);
	ui_form_open(h, &(struct ui_form){ .action = order_path(x, v->id, "sign"), .csrf = x->csrf, .key = desk_key(x) });
	ui_form_buttons(h, T("签收"), TEXT_NONE);
	ui_form_close(h);
}

static enum rc
order_show(struct exchange *x, const char *trouble)
{
	struct order_view *v = ARENA_NEW(x->ctx->mem, struct order_view);
	const struct supervise_said *report;
	struct html h = frame_html(x);
	enum rc rc = v != NULL ? http_segment_id(x, "id", &v->id) : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = db_read(x->ctx, view_tx, v);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("督办单"),
	    .area = v->supervises ? FRAME_SUPERVISE : FRAME_QUEUE });
	ui_title(&h, T("督办单"), v->o.number);
	if (trouble != NULL)
		ui_notice_say(&h, UI_LATE, T("没有保存"), trouble);
	else if (order_is_late(&v->o, x->ctx->now_ms))
		ui_notice_say(&h, UI_LATE, NULL, T("回复已经逾期"));
	put_facts(x, &h, v);
	if (must_sign(v)) {
		put_sign(x, &h, v, T("请先签收。签收以后看得到要求，也可以回复。"));
	} else {
		report = report_to_sign(x, v);
		if (report != NULL)
			put_sign(x, &h, v, report->step == SUPERVISE_AGAIN ? T("几次督办后这件事仍然逾期，报告给了您，系统不再下达督办单。请签收。")
			    : T("这份督办单没有按期回复，报告给了您。请签收。"));
		put_words(x, &h, v);
		put_replies(x, &h, v);
		put_forms(x, &h, v);
	}
	put_said(x, &h, v);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
order_page(struct exchange *x)
{
	return order_show(x, NULL);
}

/* ---- what is done with it ------------------------------------------------------------------------------------- */

static enum rc
order_end(struct exchange *x, int64_t id, enum rc rc)
{
	if (rc == RC_OK) {
		http_redirect(x->out, order_path(x, id, NULL));
		return RC_OK;
	}
	if (rc == RC_INVALID) {
		x->out->status = 422;
		return order_show(x, T("请改正下面标出的地方"));
	}
	if (rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = 409;
	return order_show(x, rc == RC_CONFLICT ? T("督办单已有变化，下面是现在的内容；您写的还在")
	    : T("这一份以前已经提交过，这次改动的内容没有再记；您写的还在"));
}

enum rc
order_sign_post(struct exchange *x)
{
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	return rc == RC_OK ? order_end(x, id, order_sign(x->ctx, frame_idem_key(x), id)) : rc;
}

enum rc
order_reply_post(struct exchange *x)
{
	const struct order_reply_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = order_reply(x->ctx, frame_idem_key(x), id, in->revision, in->words);
	return order_end(x, id, rc);
}

enum rc
order_judge_post(struct exchange *x)
{
	const struct order_judge_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK && in->verdict == VERDICT_SENT_BACK && in->words.n == 0) {
		findings_add(&x->findings, "words", T("退回时请写明还缺什么，至少%lld个字"), ORDER_WORDS_LEAST);
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = order_judge(x->ctx, frame_idem_key(x), id, in->revision, (enum order_verdict)in->verdict, in->words,
		    in->reply_by);
	return order_end(x, id, rc);
}

enum rc
order_withdraw_post(struct exchange *x)
{
	const struct order_withdraw_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = order_withdraw(x->ctx, frame_idem_key(x), id, in->revision, in->words);
	return order_end(x, id, rc);
}

/* ---- on the page of a case ----------------------------------------------------------------------------------------- */

struct case_orders { struct case_id id; struct order v[12]; size_t n; };

static enum rc
case_orders_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct case_orders *a = arg;

	return order_of_case(tx, actor, a->id, a->v, 12, &a->n);
}

void
case_supervised(struct exchange *x, struct html *h, const struct case_view *v)
{
	struct case_orders *a = ARENA_NEW(x->ctx->mem, struct case_orders);
	const struct order *open = NULL;

	if (a == NULL)
		return;
	a->id = v->id;
	if (db_read(x->ctx, case_orders_tx, a) != RC_OK || (a->n == 0 && !v->may_assign))
		return;
	for (size_t i = 0; i < a->n; i++)
		if (order_waits_for_reply(a->v[i].state) && a->v[i].to_account == x->ctx->actor->account)
			open = &a->v[i];
	if (open != NULL) {
		ui_notice_say(h, UI_LATE, T("督办单"), T("这件事有一份督办单等您回复。"));
		ui_button_link(h, order_path(x, open->id, NULL), open->read_ms == 0 ? T("打开并签收") : T("打开并回复"), true);
	}
	if (a->n > 0)
		order_table(x, h, T("督办单"), a->v, a->n, true);
	if (v->may_assign && v->r.holder != x->ctx->actor->account)
		ui_button_link(h, arena_format(x->ctx->mem, "/desk/orders/new?case=%lld", (long long)v->id.n), T("下达督办单"), false);
}
