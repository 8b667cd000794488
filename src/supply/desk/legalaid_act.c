/* The steps of legal aid: each draws the fields it needs out of one form, and calls its use case. */
#include "supply/desk/legalaid_internal.h"

#include <string.h>

/* What each step asks for, and what is said above its form. */
static const struct { enum aid_step step; const char *keys[8]; const char *hint; } asks[] = {
	{ AID_ASK_SUPPLEMENT, { "papers", "until", "words" }, T("一次说全：申请人在进度页看得到要带什么、最晚哪一天。") },
	{ AID_GIVE_SUPPLEMENT, { "words" }, T("材料齐了，审查期限接着走。") },
	{ AID_LAPSE, { "words" }, T("过了最晚的一天还没有补充，视为撤回申请（第四十三条第二款）。以后可以再申请。") },
	{ AID_GRANT, { "words", "deviation" }, T("写给申请人看。规则只提意见，由您决定并署名；和规则意见不一致的要写理由。") },
	{ AID_REFUSE, { "grounds", "words", "deviation" }, T("写给申请人看：为什么、依据哪一条。决定书会告知：可以向司法行政机关提出异议（第四十九条）。") },
	{ AID_ADVANCE, { "words" }, T("距期限届满不足规定天数，或者需要立即保全、先予执行的，先提供援助，材料后补（第四十四条）。") },
	{ AID_ASSIGN, { "provider", "words" }, T("按专长、地方、在办件数排好了次序。没有选第一位的，请写理由。") },
	{ AID_DECLINE, { "words" }, T("说明为什么不能承办，由法律援助机构另行指派。") },
	{ AID_AGREE, { "words" }, T("受援人和承办机构签好委托协议以后登记。") },
	{ AID_REPORT, { "kind", "day", "time", "place", "minutes", "words", "shown" }, T("开庭、会见等将来的日子也可以先记下：受援人看得到，也进您的日历。") },
	{ AID_MOVE, { "report", "day", "time", "place", "cancel", "words" }, T("改到哪一天、在哪里；取消的勾上就行。受援人会收到通知，日历跟着变。") },
	{ AID_CHANGE_ASK, { "words" }, T("代受援人登记：为什么要换。承办人员看不到这些话。") },
	{ AID_CHANGE_ALLOW, { "words" }, T("写给受援人看。同意以后重新指派。") },
	{ AID_CHANGE_DENY, { "words" }, T("写给受援人看：为什么不换。") },
	{ AID_TERMINATE, { "ground", "proof", "words" }, T("八种情形选一种；受援人看得到理由，可以提出异议（第四十九条）。") },
	{ AID_CLOSE, { "day", "way", "result", "recovered", "words" }, T("收到裁判文书、调解书、裁决书之日，或者和解、终止之日。") },
	{ AID_FILE, { "pages", "words" }, T("写明案卷里有什么。") },
	{ AID_FILE_RETURN, { "words" }, T("写明缺什么、要改什么。") },
	{ AID_SUBSIDY, { "rate" }, T("按申请之日的标准算。没有录入标准的算不出来。") },
	{ AID_PAY, { "voucher" }, T("核定的人不能发放。一张凭证只能用一次。") },
	{ AID_ARCHIVE, { "words" }, T("没有补贴的（例如由机构律师承办），写明原因。") },
	{ AID_OBJECT, { "words" }, T("代申请人登记：对决定哪里不服。由司法行政机关审查。") },
	{ AID_UPHOLD, { "words" }, T("写给申请人看：为什么维持。申请人仍可以申请行政复议或者起诉（第四十九条第三款）。") },
	{ AID_CORRECT, { "words" }, T("写明要改正什么；法律援助机构据此给予援助。") },
	{ AID_SETTLE, { "waived", "words" }, T("决定已经送达，没有后续的，办结。") },
	{ AID_NOTICE_BACK, { "words" }, T("写明办案机关何时、为什么撤回通知。签了协议以后按第四十八条终止。") },
	{ AID_PASS_BACK, { "words" }, T("由最先收到申请的机构办理，这一件办结。") },
};

static const size_t asks_n = sizeof asks / sizeof asks[0];

static size_t
ask_of(enum aid_step step)
{
	size_t i = 0;

	while (i < asks_n && asks[i].step != step)
		i++;
	return i;
}

bool
aid_step_has_form(enum aid_step step)
{
	return step == AID_APPLY || step == AID_EXAMINE || ask_of(step) < asks_n;
}

/* ---- fields that need more than their row --------------------------------------------------------------------- */

static struct text
usual_papers(const struct exchange *x, const struct aid_form *f)
{
	const char *names[AID_PAPERS_MAX];
	size_t n = aid_papers_needed(f, names);
	struct text t = TEXT_NONE;

	for (size_t i = 0; i < n; i++)
		t = arena_format(x->ctx->mem, "%.*s%s%s", (int)t.n, t.p, i == 0 ? "" : "\n", msg(x->ctx->lang, names[i]));
	return t;
}

static struct text
fit_text(const struct exchange *x, const struct aid_candidate *c)
{
	struct text t = arena_format(x->ctx->mem, "%s %lld", msg(x->ctx->lang, T("在办")), (long long)c->load);

	if (c->why != AID_L_MAY)
		return desk_say(x, aid_lawyer_why_label(c->why));
	for (unsigned f = AID_FIT_SKILL; f <= AID_FIT_ACCOUNT; f <<= 1)
		if ((c->fit & f) != 0)
			t = desk_join(x, t, desk_say(x, aid_fit_label((enum aid_fit)f)));
	return t;
}

#define SHOWN_COULD 20
#define SHOWN_NOT 20

/* Radio buttons in the order of the ranking; those who cannot stand below with the reason. */
static void
put_candidates(struct exchange *x, struct html *h, const struct aid_view *v)
{
	struct text typed = ui_typed(&aid_act_form, "provider", &x->typed);
	size_t could = 0, not = 0;

	html_raw(h, "<fieldset class=\"cards\"><legend>");
	html_say(h, T("指派谁"));
	html_raw(h, "</legend>");
	for (size_t i = 0; i < v->n_candidates && could < SHOWN_COULD; i++) {
		const struct aid_candidate *c = &v->candidates[i];
		struct text id = desk_int(x, c->provider.id);

		if (c->why != AID_L_MAY)
			continue;
		html_raw(h, "<label class=\"card\"><input type=\"radio\" name=\"provider\"");
		html_attr(h, "value", id);
		buf_add(h->out, (typed.n == 0 && could == 0) || text_equals(typed, id) ? TEXT(" checked>") : TEXT(">"));
		html_raw(h, " <span><b>");
		html_text(h, c->provider.name);
		html_raw(h, "</b> ");
		html_text(h, c->provider.firm_name);
		html_raw(h, "<small>");
		html_text(h, desk_join(x, fit_text(x, c), desk_hooks.provider_quality != NULL ? desk_hooks.provider_quality(x, c->provider.id) : TEXT_NONE));
		html_raw(h, "</small></span></label>");
		could++;
	}
	html_raw(h, "</fieldset>");
	if (could == 0)
		ui_notice_say(h, UI_LATE, T("没有可以指派的人员"), T("请到人员名册里登记，或者请其他机构协作。"));
	html_raw(h, "<details class=\"why\"><summary>");
	html_say(h, T("为什么其他人不能"));
	html_raw(h, "</summary><ul>");
	for (size_t i = 0; i < v->n_candidates && not < SHOWN_NOT; i++)
		if (v->candidates[i].why != AID_L_MAY) {
			html_raw(h, "<li>");
			html_text(h, v->candidates[i].provider.name);
			html_raw(h, "：");
			html_say(h, aid_lawyer_why_label(v->candidates[i].why));
			html_raw(h, "</li>");
			not++;
		}
	html_raw(h, "</ul></details>");
}

static void
put_proof(struct exchange *x, struct html *h, const struct aid_view *v)
{
	struct ui_option *options = arena_array(x->ctx->mem, v->n_papers + 1, sizeof *options);

	for (size_t i = 0; options != NULL && i < v->n_papers; i++)
		options[i] = (struct ui_option){ .value = desk_int(x, v->papers[i].id), .label = v->papers[i].name };
	ui_field_select(h, form_field(&aid_act_form, "proof"), options, options != NULL ? v->n_papers : 0,
	    ui_typed(&aid_act_form, "proof", &x->typed), findings_of(&x->findings, "proof"));
	html_raw(h, "<details class=\"why\"><summary>");
	html_say(h, T("每一种情形要什么凭据"));
	html_raw(h, "</summary><ul>");
	for (int g = AID_E_FRAUD; g < AID_END_COUNT; g++) {
		html_raw(h, "<li>");
		html_say(h, aid_choice_label(aid_end_choices, g));
		html_raw(h, "：");
		html_say(h, aid_end_proof((enum aid_end_ground)g));
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul></details>");
}

/* The one that was chosen on the page before, or the nearest. */
static const struct aid_report *
chosen_ahead(const struct exchange *x, const struct aid_view *v)
{
	struct text asked = desk_query(x, "report");

	for (size_t i = 0; i < v->n_reports; i++)
		if (aid_is_ahead(x, &v->reports[i]) && text_equals(asked, desk_int(x, v->reports[i].id)))
			return &v->reports[i];
	return aid_next_ahead(x, v);
}

static void
put_ahead(struct exchange *x, struct html *h, const struct aid_view *v)
{
	struct ui_option *options = arena_array(x->ctx->mem, v->n_reports + 1, sizeof *options);
	const struct aid_report *at = chosen_ahead(x, v);
	size_t n = 0;

	for (size_t i = 0; options != NULL && i < v->n_reports; i++)
		if (aid_is_ahead(x, &v->reports[i])) {
			options[n].value = desk_int(x, v->reports[i].id);
			options[n].group = TEXT_NONE;
			options[n++].label = desk_join(x, aid_when(x, v->reports[i].day, v->reports[i].minute), aid_report_what(x, &v->reports[i]));
		}
	ui_field_select(h, form_field(&aid_act_form, "report"), options, n, x->typed.v != NULL
	    ? ui_typed(&aid_act_form, "report", &x->typed) : at != NULL ? desk_int(x, at->id) : TEXT_NONE, findings_of(&x->findings, "report"));
}

static struct text
moved_from(const struct exchange *x, const struct aid_report *at, const char *key)
{
	if (strcmp(key, "day") == 0)
		return aid_day(x, at->day);
	if (strcmp(key, "time") == 0 && at->minute >= 0)
		return arena_format(x->ctx->mem, "%02d:%02d", at->minute / 60, at->minute % 60);
	return strcmp(key, "place") == 0 ? at->place : TEXT_NONE;
}

static struct text
begins_with(const struct exchange *x, const struct aid_view *v, enum aid_step step, const char *key)
{
	if (x->typed.v != NULL)
		return ui_typed(&aid_act_form, key, &x->typed);
	if (step == AID_MOVE)
		return chosen_ahead(x, v) != NULL ? moved_from(x, chosen_ahead(x, v), key) : TEXT_NONE;
	if (strcmp(key, "kind") == 0)
		return desk_query(x, "kind");
	if (strcmp(key, "papers") == 0)
		return usual_papers(x, &v->a.form);
	if (strcmp(key, "until") == 0)
		return aid_day(x, day_add(desk_today(x), 10));
	if (strcmp(key, "day") == 0)
		return aid_day(x, desk_today(x));
	return strcmp(key, "shown") == 0 ? TEXT("1") : TEXT_NONE;
}

static void
put_field(struct exchange *x, struct html *h, const struct aid_view *v, enum aid_step step, const char *key)
{
	if (strcmp(key, "report") == 0)
		put_ahead(x, h, v);
	else if (strcmp(key, "provider") == 0)
		put_candidates(x, h, v);
	else if (strcmp(key, "proof") == 0)
		put_proof(x, h, v);
	else
		ui_field(h, form_field(&aid_act_form, key), begins_with(x, v, step, key), findings_of(&x->findings, key));
}

/* What the bureau decides on: the newest objection, in the words of who objects. */
static void
put_objection(struct html *h, const struct aid_view *v)
{
	if (v->n_objections == 0)
		return;
	ui_section_open(h, T("异议"));
	html_raw(h, "<p>");
	html_lines(h, v->objections[v->n_objections - 1].words);
	html_raw(h, "</p>");
	ui_section_close(h);
}

/* ---- the page of one step ------------------------------------------------------------------------------------------ */

static enum rc
act_show(struct exchange *x, struct case_id id, enum aid_step step, const char *trouble)
{
	struct aid_view *v = ARENA_NEW(x->ctx->mem, struct aid_view);
	struct html h = frame_html(x);
	size_t ask = ask_of(step);
	enum rc rc;

	if (v == NULL)
		return RC_NO_MEMORY;
	v->id = id;
	v->candidates_too = step == AID_ASSIGN;
	rc = aid_view_read(x, v);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = aid_step_label(step), .area = FRAME_QUEUE });
	ui_title(&h, aid_step_label(step), desk_join(x, v->r.number, v->r.person_name));
	html_raw(&h, "<p>");
	ui_link(&h, aid_home(x, id, ""), T("回到法律援助"));
	html_raw(&h, "</p>");
	if (trouble != NULL)
		ui_notice_say(&h, UI_LATE, T("没有办成"), trouble);
	if (aid_view_judge(x, v, step).why != AID_MAY && trouble == NULL)
		ui_notice_say(&h, UI_HOLD, T("现在不能办这一步"), aid_why_label(aid_view_judge(x, v, step).why));
	if (step == AID_GRANT || step == AID_REFUSE || step == AID_UPHOLD || step == AID_CORRECT)
		aid_put_examined(x, &h, v); /* who decides has the advice and its figures before the eyes */
	if ((step == AID_SUBSIDY || step == AID_PAY) && desk_hooks.aid_quality != NULL)
		desk_hooks.aid_quality(&h, x, id); /* whoever pays has to know; nothing is withheld by itself */
	if (step == AID_UPHOLD || step == AID_CORRECT)
		put_objection(&h, v);
	if (ask < asks_n) {
		ui_paragraph(&h, asks[ask].hint);
		ui_error_summary(&h, &aid_act_form, &x->findings);
		ui_form_open(&h, &(struct ui_form){ .action = aid_path(x, id, arena_format(x->ctx->mem, "/do/%s", aid_step_key(step)).p),
		    .csrf = x->csrf, .key = x->in->method == HTTP_POST && x->out->status == 422 ? frame_key_text(x) : desk_key(x) });
		ui_hidden(&h, "revision", desk_int(x, v->r.revision));
		for (size_t i = 0; i < 8 && asks[ask].keys[i] != NULL; i++)
			put_field(x, &h, v, step, asks[ask].keys[i]);
		ui_form_buttons(&h, aid_step_label(step), aid_home(x, id, ""));
		ui_form_close(&h);
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
step_of(struct exchange *x, struct case_id *ret_id, enum aid_step *ret)
{
	enum rc rc = http_segment_id(x, "id", &ret_id->n);

	*ret = aid_step_by_key(http_segment(x, "step"));
	return rc == RC_OK && *ret == 0 ? RC_NOT_FOUND : rc;
}

enum rc
legalaid_act_page(struct exchange *x)
{
	enum aid_step step;
	struct case_id id;
	enum rc rc = step_of(x, &id, &step);

	return rc == RC_OK ? act_show(x, id, step, NULL) : rc;
}

/* ---- taking it ------------------------------------------------------------------------------------------------------ */

enum rc
legalaid_act_post(struct exchange *x)
{
	struct aid_verdict verdict = { .why = AID_MAY, .basis = "" };
	struct aid_act act = { .in = x->values };
	enum rc rc = step_of(x, &act.id, &act.step);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc == RC_OK ? aid_act_take(x->ctx, frame_idem_key(x), &act, &x->findings, &verdict) : x->form_rc;
	if (rc == RC_OK) {
		http_redirect(x->out, act.step == AID_DECLINE && x->ctx->actor->role == ROLE_PROVIDER ? TEXT("/desk/aid?done=decline")
		    : aid_home(x, act.id, arena_format(x->ctx->mem, "?done=%s", aid_step_key(act.step)).p));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_REFUSED && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	return act_show(x, act.id, act.step, rc == RC_REFUSED ? aid_why_label(verdict.why)
	    : rc == RC_CONFLICT ? T("刚才有人改过了，没有覆盖任何东西。您填的内容还在，核对后再交。")
	    : rc == RC_DUPLICATE ? T("这一份以前已经提交过，这次没有再记。")
	    : x->findings.total > 0 ? NULL : T("有一项填得不对，请核对。"));
}
