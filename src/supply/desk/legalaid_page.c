/* Legal aid of a case: where it stands, what can be done next and by whom, what was told, said and decided. */
#include "supply/desk/legalaid_internal.h"

#include "supply/frame/frame_verdict.h"

/* ---- where it stands -------------------------------------------------------------------------------------- */

static size_t
bar_at(enum aid_state s)
{
	if (s < AID_APPLIED)
		return 0;
	if (s < AID_EXAMINED)
		return 1;
	if (s < AID_GRANTED || (s >= AID_REFUSED && s <= AID_CORRECTED))
		return 2;
	if (s < AID_ASSIGNED)
		return 3;
	if (s < AID_CLOSED)
		return 4;
	return s < AID_FILE_REVIEWED ? 5 : 6;
}

enum ui_tone
aid_tone(enum aid_state s)
{
	if (s >= AID_GRANTED && s < AID_REFUSED)
		return UI_OK;
	return s == AID_REFUSED || s == AID_TERMINATED || s == AID_UPHELD ? UI_LATE : aid_is_open(s) ? UI_INFO : UI_HOLD;
}

static void
put_clocks(struct exchange *x, struct html *h, const struct aid_view *v)
{
	for (size_t i = 0; i < v->n_clocks; i++) {
		const struct case_clock *c = &v->clocks[i];
		struct text detail;
		enum ui_lamp lamp;

		if (c->target < TARGET_DECIDE || c->met_ms != 0)
			continue;
		lamp = desk_lamp(x, c->start_ms, c->due_ms, request_is_open(v->r.state), &detail);
		html_raw(h, "<p>");
		ui_link(h, desk_case_path(x, v->id, arena_format(x->ctx->mem, "why/%s", target_key(c->target)).p),
		    target_label(c->target));
		html_raw(h, " ");
		ui_lamp(h, lamp, detail);
		html_raw(h, " ");
		html_text(h, desk_when(x, c->due_ms));
		html_raw(h, "</p>");
	}
}

static void
put_notices(struct exchange *x, struct html *h, const struct aid_view *v)
{
	const struct aid_form *f = &v->a.form;

	if (v->a.advance_ms != 0 && !aid_is_decided(v->a.state))
		ui_notice(h, UI_SOON, T("情况紧急，已先行提供援助"), v->a.advance_words);
	else if (!aid_is_decided(v->a.state) && (f->preserve || !day_is_none(f->limit_day)))
		ui_notice(h, UI_SOON, T("可能要先行提供援助（第四十四条）"), desk_join(x, aid_day(x, f->limit_day),
		    desk_say(x, f->preserve ? T("需要立即保全或者先予执行") : T("有时效或者期限快要届满"))));
	for (size_t i = 0; i < v->n_reports && aid_is_decided(v->a.state) && v->a.state < AID_CLOSED; i++)
		if (v->reports[i].kind == AID_R_GROUND)
			ui_notice(h, UI_LATE, T("承办人员报告了应当终止援助的情形（第四十八条），请核实"), desk_join(x, v->reports[i].words,
			    aid_day(x, v->reports[i].day)));
	if (v->has_other)
		ui_notice(h, UI_LATE, T("同一个人为同一件事已经申请过，由最先收到的机构办理"),
		    desk_join(x, v->other.number, v->other.point_name));
	if ((v->sides & AID_SIDE_OFFICE) != 0 && (v->sides & AID_SIDE_DECIDER) == 0 && v->a.state == AID_EXAMINED)
		ui_notice_say(h, UI_INFO, NULL, T("审查完了。决定由县（区）法律援助机构里有决定权的另一位作出；不在那里的，请先转交。"));
	if (f->kind == AID_DESIGNATED && v->a.applied_ms != 0
	    && !aid_notice_in_time(f->found_day, day_of_moment(v->a.applied_ms), 3))
		ui_notice_say(h, UI_SOON, NULL, T("办案机关通知晚于三日（第三十六条），请在材料里留下记录。"));
}

/* ---- what can be done --------------------------------------------------------------------------------------- */

static const char *
side_label(unsigned who)
{
	if ((who & AID_SIDE_BUREAU) != 0)
		return T("司法行政机关");
	if ((who & AID_SIDE_DECIDER) != 0)
		return T("法律援助机构有决定权的人员");
	if ((who & AID_SIDE_LAWYER) != 0)
		return T("承办人员");
	return (who & AID_SIDE_OFFICE) != 0 ? T("法律援助机构") : T("申请人");
}

static struct text
step_path(const struct exchange *x, const struct aid_view *v, enum aid_step step)
{
	if (step == AID_APPLY || step == AID_EXAMINE)
		return aid_path(x, v->id, "/form");
	return aid_path(x, v->id, arena_format(x->ctx->mem, "/do/%s", aid_step_key(step)).p);
}

static void
put_step(struct exchange *x, struct html *h, const struct aid_view *v, const struct aid_edge *e, bool may)
{
	struct aid_verdict verdict = aid_view_judge(x, v, e->step);

	if (may) {
		if (aid_step_has_form(e->step))
			ui_button_link(h, step_path(x, v, e->step), aid_step_label(e->step), e->to != e->from && e->step != AID_DECLINE);
		else {
			ui_form_open(h, &(struct ui_form){ .action = step_path(x, v, e->step), .csrf = x->csrf, .key = desk_key(x) });
			ui_hidden(h, "revision", desk_int(x, v->r.revision));
			html_raw(h, "<button type=\"submit\" class=\"button primary\">");
			html_say(h, aid_step_label(e->step));
			html_raw(h, "</button>");
			ui_form_close(h);
		}
		return;
	}
	html_raw(h, "<li>");
	html_say(h, aid_step_label(e->step));
	html_raw(h, "：");
	html_say(h, verdict.why == AID_NOT_YOURS ? side_label(e->who) : aid_why_label(verdict.why));
	if (e->basis[0] != '\0') {
		html_raw(h, " <small>");
		html_str(h, e->basis);
		html_raw(h, "</small>");
	}
	html_raw(h, "</li>");
}

/* A row of the table that this page offers: what belongs to other pages, or is a pair with another, is left out. */
static bool
is_offered(const struct exchange *x, const struct aid_view *v, const struct aid_edge *e)
{
	bool waits = v->n_changes > 0 && v->changes[v->n_changes - 1].decided_ms == 0;
	bool decided = aid_is_decided(v->a.state);

	switch ((int)e->step) {
	case AID_WITHDRAW: case AID_NOTICE: return false;
	case AID_NOTICE_BACK: return v->has_notice && v->notice.withdrawn_ms == 0;
	case AID_APPLY: return v->a.state == AID_UNFILLED; /* later corrected while it is examined */
	case AID_ADVANCE: return v->a.advance_ms == 0;
	case AID_ASSIGN: return decided || (v->a.advance_ms != 0 && v->current == NULL);
	case AID_ACCEPT: return v->current != NULL && v->current->accepted_ms == 0;
	case AID_AGREE: return v->current == NULL || v->current->accepted_ms != 0;
	case AID_DECLINE: return v->current != NULL && v->current->accepted_ms == 0;
	case AID_CHANGE_ASK: return !waits;
	case AID_CHANGE_ALLOW: case AID_CHANGE_DENY: return waits;
	case AID_PASS_BACK: return v->has_other;
	case AID_ASK_SUPPLEMENT: return !v->has_supplement;
	case AID_MOVE: return aid_next_ahead(x, v) != NULL;
	default: return true;
	}
}

void
aid_put_steps(struct exchange *x, struct html *h, const struct aid_view *v)
{
	size_t others = 0;

	if (!aid_is_open(v->a.state))
		return;
	ui_section_open(h, T("下一步"));
	html_raw(h, "<div class=\"actions\">");
	for (size_t i = 0; i < aid_edges_n; i++)
		if (aid_edges[i].from == v->a.state && is_offered(x, v, &aid_edges[i])) {
			bool may = aid_view_judge(x, v, aid_edges[i].step).why == AID_MAY;

			if (may)
				put_step(x, h, v, &aid_edges[i], true);
			others += !may;
		}
	html_raw(h, "</div>");
	if (others > 0) {
		html_raw(h, "<details class=\"why\"><summary>");
		html_say(h, T("还有哪些步骤、由谁来做、为什么现在不能"));
		html_raw(h, "</summary><ul>");
		for (size_t i = 0; i < aid_edges_n; i++)
			if (aid_edges[i].from == v->a.state && is_offered(x, v, &aid_edges[i])
			    && aid_view_judge(x, v, aid_edges[i].step).why != AID_MAY)
				put_step(x, h, v, &aid_edges[i], false);
		html_raw(h, "</ul></details>");
	}
	ui_section_close(h);
}

/* ---- what was told ---------------------------------------------------------------------------------------------- */

static struct text
status_text(const struct exchange *x, const struct aid_form *f)
{
	struct text status = desk_say(x, aid_choice_label(aid_status_choices, f->status));

	return f->status == AID_ORDINARY ? status : desk_join(x, status, desk_say(x, f->proof ? T("有证明") : T("没有证明")));
}

static void
put_form(struct exchange *x, struct html *h, const struct aid_view *v)
{
	const struct aid_form *f = &v->a.form;
	struct ui_fact facts[16];
	size_t n = 0;

	if (f->kind == 0)
		return;
	facts[n++] = (struct ui_fact){ .label = T("申请哪一类援助"), .value = desk_say(x, aid_choice_label(aid_kind_choices, f->kind)) };
	if (f->matter != 0)
		facts[n++] = (struct ui_fact){ .label = T("为了什么事"), .value = desk_say(x, aid_choice_label(aid_matter_choices, f->matter)) };
	if (f->status != 0)
		facts[n++] = (struct ui_fact){ .label = T("属于哪一类人员"), .value = status_text(x, f) };
	if (f->household > 0)
		facts[n++] = (struct ui_fact){ .label = T("共同生活的有几人（连本人）"), .value = desk_int(x, f->household) };
	if (f->income >= 0)
		facts[n++] = (struct ui_fact){ .label = T("申请前十二个月全家收入（元）"), .value = aid_yuan(x, f->income) };
	if (f->commitment)
		facts[n++] = (struct ui_fact){ .label = T("经济状况材料"), .value = desk_say(x, T("个人诚信承诺")) };
	if (f->designation != 0)
		facts[n++] = (struct ui_fact){ .label = T("通知辩护的情形"), .value = desk_say(x, aid_choice_label(aid_designation_choices, f->designation)) };
	if (f->organ.n > 0)
		facts[n++] = (struct ui_fact){ .label = T("办案机关"), .value = desk_join(x, f->organ, f->notice) };
	if (!day_is_none(f->limit_day))
		facts[n++] = (struct ui_fact){ .label = T("时效或者期限哪一天届满"), .value = aid_day(x, f->limit_day) };
	facts[n++] = (struct ui_fact){ .label = T("怎样确认的"), .value = desk_say(x, aid_choice_label(aid_confirm_choices, f->confirmed)) };
	facts[n++] = (struct ui_fact){ .label = T("谁登记的"), .value = v->a.applied_by == 0 ? desk_say(x, T("申请人本人")) : v->a.applied_name };
	facts[n++] = (struct ui_fact){ .label = T("什么时候"), .value = desk_when(x, v->a.applied_ms) };
	if (v->a.years > 0)
		facts[n++] = (struct ui_fact){ .label = T("承办人员至少执业几年"), .value = desk_int(x, v->a.years) };
	ui_section_open(h, T("申请表"));
	ui_facts(h, facts, n);
	ui_section_close(h);
}

/* What the organ told, by which article, and its own three days. */
static void
put_notice(struct exchange *x, struct html *h, const struct aid_view *v)
{
	const struct aid_notice *n = &v->notice;
	bool compulsory = v->a.form.kind == AID_COMPULSORY;
	enum aid_designation ground = (enum aid_designation)v->a.form.designation;
	struct ui_fact facts[12];
	size_t k = 0;

	if (!v->has_notice)
		return;
	facts[k++] = (struct ui_fact){ .label = T("哪个机关、哪个阶段"), .value = desk_join(x,
	    desk_say(x, aid_choice_label(aid_organ_choices, n->organ_kind)), desk_say(x, aid_choice_label(aid_stage_choices, n->stage))) };
	facts[k++] = (struct ui_fact){ .label = T("依据"), .value = text_of(aid_notice_basis(ground, compulsory)) };
	facts[k++] = (struct ui_fact){ .label = T("应当通知还是可以通知"),
		.value = desk_say(x, aid_notice_mandatory(ground, compulsory) ? T("应当通知，不审查经济状况") : T("法院可以通知，通知了就应当指派")) };
	facts[k++] = (struct ui_fact){ .label = T("罪名或者案由"), .value = n->offence };
	if (n->case_no.n > 0)
		facts[k++] = (struct ui_fact){ .label = T("办案机关的案号"), .value = n->case_no };
	if (n->custody.n > 0)
		facts[k++] = (struct ui_fact){ .label = T("羁押在哪里"), .value = n->custody };
	if (!day_is_none(n->hearing))
		facts[k++] = (struct ui_fact){ .label = T("开庭日"), .value = aid_day(x, n->hearing) };
	facts[k++] = (struct ui_fact){ .label = T("办案机关的三日：发现没有辩护人"), .value = desk_join(x,
	    day_is_none(v->a.form.found_day) ? desk_say(x, T("通知上没有写")) : aid_day(x, v->a.form.found_day),
	    desk_say(x, aid_notice_in_time(v->a.form.found_day, n->received, 3) ? T("按时") : T("晚于三日，已留下记录"))) };
	facts[k++] = (struct ui_fact){ .label = T("本机构的三日：哪一天收到"), .value = aid_day(x, n->received) };
	if (n->withdrawn_ms != 0)
		facts[k++] = (struct ui_fact){ .label = T("通知已撤回"), .value = desk_join(x, desk_when(x, n->withdrawn_ms), n->withdrawn_words) };
	ui_section_open(h, T("办案机关的通知"));
	ui_facts(h, facts, k);
	ui_section_close(h);
}

static void
put_supplement(struct exchange *x, struct html *h, const struct aid_view *v)
{
	const struct aid_supplement *s = &v->supplement;

	if (!v->has_supplement)
		return;
	ui_section_open(h, T("一次性告知补充材料"));
	html_raw(h, "<ul>");
	for (size_t i = 0; i < s->n; i++) {
		html_raw(h, "<li>");
		html_text(h, s->papers[i]);
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul>");
	ui_facts(h, (const struct ui_fact[]){
	    { T("最晚哪一天带来"), aid_day(x, s->until), TEXT_NONE },
	    { T("谁告知的"), desk_join(x, s->asked_name, desk_when(x, s->asked_ms)), TEXT_NONE },
	    { T("什么时候补齐"), s->given_ms == 0 ? desk_say(x, T("还没有")) : desk_when(x, s->given_ms), TEXT_NONE } }, 3);
	ui_section_close(h);
}

/* ---- what the rules say ------------------------------------------------------------------------------------------ */

void
aid_put_examined(struct exchange *x, struct html *h, const struct aid_view *v)
{
	const struct rules *r = NULL;
	struct rules_verdict verdict;
	struct rules_facts *f;

	if (v->a.examined_ms == 0)
		return;
	ui_section_open(h, T("审查"));
	ui_facts(h, (const struct ui_fact[]){
	    { T("谁审查的"), desk_join(x, v->a.examined_name, desk_when(x, v->a.examined_ms)), TEXT_NONE },
	    { T("审查意见"), v->a.examined_words, TEXT_NONE } }, 2);
	if (v->has_judged && policy_compile(x->ctx->mem, &v->version, &r) == RC_OK
	    && policy_decision_open(x->ctx->mem, r, &v->judged, &f, &verdict) == RC_OK)
		frame_verdict(x, h, r, &verdict, v->a.advised == AID_ADVISED_YES ? UI_OK : v->a.advised == AID_ADVISED_NO ? UI_LATE : UI_HOLD,
		    FRAME_SAID_BY_APPLICANT);
	ui_section_close(h);
}

/* ---- decisions ------------------------------------------------------------------------------------------------------- */

static const char *
decided_label(enum aid_decided kind)
{
	switch (kind) {
	case AID_DECIDED_GRANT: return T("给予援助");
	case AID_DECIDED_REFUSE: return T("不予援助");
	case AID_DECIDED_TERMINATE: return T("终止援助");
	case AID_DECIDED_ADVANCE: return T("先行提供援助");
	}
	return T("未填写");
}

static void
put_grounds(struct html *h, const struct aid_decision *d)
{
	if (d->grounds == 0)
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
		html_raw(h, " <small>");
		html_str(h, aid_end_basis((enum aid_end_ground)d->grounds));
		html_raw(h, "</small></li>");
	}
	html_raw(h, "</ul>");
}

static void
put_decisions(struct exchange *x, struct html *h, const struct aid_view *v)
{
	if (v->n_decisions == 0)
		return;
	ui_section_open(h, T("决定"));
	for (size_t i = 0; i < v->n_decisions; i++) {
		const struct aid_decision *d = &v->decisions[i];
		struct ui_fact facts[5];
		size_t n = 0;

		html_raw(h, "<h3>");
		html_say(h, decided_label(d->kind));
		html_raw(h, "</h3>");
		put_grounds(h, d);
		facts[n++] = (struct ui_fact){ .label = T("文号"), .value = d->number };
		facts[n++] = (struct ui_fact){ .label = T("谁决定的"), .value = desk_join(x, d->account_name, desk_when(x, d->at_ms)) };
		if (d->words.n > 0)
			facts[n++] = (struct ui_fact){ .label = T("理由"), .value = d->words };
		if (d->deviation.n > 0)
			facts[n++] = (struct ui_fact){ .label = T("与规则意见不一致的理由"), .value = d->deviation };
		if (d->due_ms != 0 && d->at_ms > d->due_ms)
			facts[n++] = (struct ui_fact){ .label = T("时限"), .value = desk_say(x, T("晚于期限")) };
		ui_facts(h, facts, n);
	}
	ui_section_close(h);
}

static void
put_objections(struct exchange *x, struct html *h, const struct aid_view *v)
{
	if (v->n_objections == 0)
		return;
	ui_section_open(h, T("异议"));
	for (size_t i = 0; i < v->n_objections; i++) {
		const struct aid_objection *o = &v->objections[i];

		ui_facts(h, (const struct ui_fact[]){
		    { T("申请人说"), o->words, TEXT_NONE }, { T("什么时候"), desk_when(x, o->filed_ms), TEXT_NONE },
		    { T("审查结果"), o->decided_ms == 0 ? desk_say(x, T("还没有")) : desk_say(x, o->upheld ? T("维持原决定") : T("责令改正")), TEXT_NONE },
		    { T("谁审查的"), desk_join(x, o->decided_name, desk_when(x, o->decided_ms)), TEXT_NONE },
		    { T("理由"), o->decided_words, TEXT_NONE } }, 5);
	}
	ui_section_close(h);
}

/* ---- the work ----------------------------------------------------------------------------------------------------------- */

static const char *
assignment_label(enum aid_assignment_state s)
{
	switch (s) {
	case AID_A_ASSIGNED: return T("等待接受");
	case AID_A_ACCEPTED: return T("已接受");
	case AID_A_DECLINED: return T("已退回");
	case AID_A_CHANGED: return T("已更换");
	case AID_A_TERMINATED: return T("援助已终止");
	case AID_A_DONE: return T("已结案");
	}
	return T("未填写");
}

static void
put_assignments(struct exchange *x, struct html *h, const struct aid_view *v)
{
	static const struct ui_column columns[] = { { T("承办人员"), false }, { T("机构"), false }, { T("状态"), false },
		{ T("指派"), false }, { T("委托协议"), false }, { T("当时怎么选的"), false } };
	struct ui_table t;

	if (v->n_assignments == 0)
		return;
	ui_section_open(h, T("承办人员"));
	ui_table_open(&t, h, T("承办人员"), columns, 6);
	for (size_t i = 0; i < v->n_assignments; i++) {
		const struct aid_assignment *s = &v->assignments[i];

		ui_row_open(&t);
		ui_cell(&t, s->name);
		ui_cell(&t, desk_join(x, s->firm_name, s->firm_phone));
		ui_cell(&t, desk_join(x, desk_say(x, assignment_label(s->state)), s->ended_words));
		ui_cell(&t, desk_join(x, s->assigned_name, desk_when(x, s->at_ms)));
		ui_cell(&t, s->agreement);
		ui_cell_link(&t, aid_path(x, v->id, arena_format(x->ctx->mem, "/lawyers/%lld", (long long)s->id).p),
		    desk_join(x, arena_format(x->ctx->mem, "#%d", s->place_of), s->words));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

void
aid_put_reports(struct exchange *x, struct html *h, const struct aid_view *v)
{
	struct ui_event *e = arena_array(x->ctx->mem, v->n_reports + 1, sizeof *e);

	int64_t minutes = 0;

	if (v->n_reports == 0 || e == NULL)
		return;
	for (size_t i = 0; i < v->n_reports; i++) {
		const struct aid_report *r = &v->reports[i];

		e[i] = (struct ui_event){ .when = aid_when(x, r->day, r->minute),
			.what = desk_join(x, aid_report_what(x, r), r->words), .who = r->account_name,
			.next = r->day.n > desk_today(x).n && r->cancelled_ms == 0, .tone = r->cancelled_ms != 0 ? UI_HOLD : UI_PLAIN };
		minutes += r->minutes;
	}
	ui_section_open(h, T("办理进展"));
	ui_timeline(h, e, v->n_reports);
	if (minutes > 0)
		ui_facts(h, (const struct ui_fact[]){ { T("一共用了"), aid_hours(x, minutes), TEXT_NONE } }, 1);
	ui_section_close(h);
}

/* Who asked: the aided person (or the institution for them), or the lawyer who cannot go on. */
static const char *
asked_label(const struct aid_view *v, const struct aid_change *c)
{
	for (size_t i = 0; i < v->n_assignments; i++)
		if (c->asked_by > 0 && v->assignments[i].account_of_provider == c->asked_by)
			return T("承办人员说");
	return T("受援人说");
}

static void
put_changes(struct exchange *x, struct html *h, const struct aid_view *v)
{
	if (v->n_changes == 0 || (v->sides & (AID_SIDE_OFFICE | AID_SIDE_BUREAU)) == 0)
		return; /* what the aided person says of the lawyer is not for the lawyer */
	ui_section_open(h, T("请求更换承办人员"));
	for (size_t i = 0; i < v->n_changes; i++) {
		const struct aid_change *c = &v->changes[i];

		ui_facts(h, (const struct ui_fact[]){ { asked_label(v, c), c->words, TEXT_NONE },
		    { T("什么时候"), desk_when(x, c->asked_ms), TEXT_NONE },
		    { T("答复"), c->decided_ms == 0 ? desk_say(x, T("还没有")) : desk_join(x, desk_say(x, c->granted ? T("同意") : T("不同意")),
		        c->decided_words), TEXT_NONE } }, 3);
	}
	ui_section_close(h);
}

void
aid_put_end(struct exchange *x, struct html *h, const struct aid_view *v)
{
	if (!v->has_closing && v->n_files == 0 && v->a.archive_number.n == 0)
		return;
	ui_section_open(h, T("结案和归档"));
	if (v->has_closing)
		ui_facts(h, (const struct ui_fact[]){ { T("结案日期"), aid_day(x, v->closing.day), TEXT_NONE },
		    { T("怎样结案"), desk_say(x, aid_choice_label(aid_way_choices, v->closing.way)), TEXT_NONE },
		    { T("结果"), desk_say(x, aid_choice_label(aid_result_choices, v->closing.result)), TEXT_NONE },
		    { T("为受援人取得"), aid_yuan(x, v->closing.recovered), TEXT_NONE },
		    { T("结案报告"), desk_join(x, v->closing.words, v->closing.account_name), TEXT_NONE } }, 5);
	for (size_t i = 0; i < v->n_files; i++)
		ui_facts(h, (const struct ui_fact[]){ { T("案卷"), desk_join(x, arena_format(x->ctx->mem, "%lld %s", (long long)v->files[i].pages,
		    msg(x->ctx->lang, T("页"))), desk_join(x, v->files[i].submitted_name, desk_when(x, v->files[i].submitted_ms))), TEXT_NONE },
		    { T("审查结果"), v->files[i].reviewed_ms == 0 ? desk_say(x, T("还没有")) : desk_join(x,
		        desk_say(x, v->files[i].passed ? T("通过") : T("退回")), v->files[i].reviewed_words), TEXT_NONE } }, 2);
	for (size_t i = 0; i < v->n_subsidies; i++)
		ui_facts(h, (const struct ui_fact[]){ { T("补贴"), desk_join(x, aid_yuan(x, v->subsidies[i].fen),
		    desk_say(x, aid_choice_label(aid_rate_choices, v->subsidies[i].kind))), TEXT_NONE },
		    { T("发放凭证"), v->subsidies[i].paid_ms == 0 ? desk_say(x, T("还没有")) : v->subsidies[i].voucher, TEXT_NONE } }, 2);
	if (v->a.archive_number.n > 0)
		ui_facts(h, (const struct ui_fact[]){ { T("档案号"), desk_join(x, v->a.archive_number, desk_when(x, v->a.archived_ms)), TEXT_NONE } }, 1);
	ui_section_close(h);
}

/* ---- the page ---------------------------------------------------------------------------------------------------------------- */

static void
put_whole(struct exchange *x, struct html *h, const struct aid_view *v)
{
	static const char *const bar[] = { T("申请"), T("审查"), T("决定"), T("指派"), T("办理"), T("结案"), T("归档") };
	struct text done = desk_query(x, "done");
	enum aid_step step = aid_step_by_key(done);

	html_raw(h, "<p>");
	ui_link(h, desk_case_path(x, v->id, ""), T("回到案件"));
	html_raw(h, "</p>");
	if (step != 0)
		ui_notice(h, UI_OK, NULL, desk_join(x, desk_say(x, aid_step_label(step)), desk_say(x, T("已办好"))));
	html_raw(h, "<p class=\"state\">");
	ui_tag(h, aid_tone(v->a.state), desk_say(x, aid_state_label(v->a.state)));
	if (v->a.number.n > 0) {
		html_raw(h, " ");
		html_text(h, v->a.number);
	}
	html_raw(h, "</p>");
	ui_steps(h, bar, 7, bar_at(v->a.state));
	put_clocks(x, h, v);
	put_notices(x, h, v);
	aid_put_steps(x, h, v);
	put_form(x, h, v);
	put_notice(x, h, v);
	put_supplement(x, h, v);
	aid_put_examined(x, h, v);
	put_decisions(x, h, v);
	put_objections(x, h, v);
	put_assignments(x, h, v);
	put_changes(x, h, v);
	aid_put_reports(x, h, v);
	aid_put_end(x, h, v);
	if (desk_hooks.aid_quality != NULL)
		desk_hooks.aid_quality(h, x, v->id);
}

enum rc
legalaid_page(struct exchange *x)
{
	struct aid_view *v = ARENA_NEW(x->ctx->mem, struct aid_view);
	struct html h = frame_html(x);
	enum rc rc;

	if (v == NULL)
		return RC_NO_MEMORY;
	rc = http_segment_id(x, "id", &v->id.n);
	if (rc == RC_OK)
		rc = aid_view_read(x, v);
	if (rc != RC_OK)
		return rc;
	if (desk_is_lawyers(x->ctx->actor, &v->r)) {
		http_redirect(x->out, aid_home(x, v->id, ""));
		return RC_OK;
	}
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("法律援助"), .area = FRAME_QUEUE });
	ui_title(&h, T("法律援助"), desk_join(x, v->r.number, v->r.person_name));
	put_whole(x, &h, v);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- how somebody was chosen --------------------------------------------------------------------------------------------------- */

static struct text
fit_words(const struct exchange *x, unsigned fit)
{
	struct text t = TEXT_NONE;

	for (unsigned f = AID_FIT_SKILL; f <= AID_FIT_ACCOUNT; f <<= 1)
		if ((fit & f) != 0)
			t = desk_join(x, t, desk_say(x, aid_fit_label((enum aid_fit)f)));
	return t;
}

enum rc
legalaid_lawyers_page(struct exchange *x)
{
	static const struct ui_column columns[] = { { T("次序"), true }, { T("承办人员"), false }, { T("机构"), false },
		{ T("在办"), true }, { T("为什么"), false } };
	struct aid_view *v = ARENA_NEW(x->ctx->mem, struct aid_view);
	struct html h = frame_html(x);
	struct ui_table t;
	enum rc rc;

	if (v == NULL)
		return RC_NO_MEMORY;
	rc = http_segment_id(x, "id", &v->id.n);
	if (rc == RC_OK)
		rc = http_segment_id(x, "assignment", &v->proposal_of);
	if (rc == RC_OK)
		rc = aid_view_read(x, v);
	if (rc != RC_OK || desk_is_lawyers(x->ctx->actor, &v->r))
		return rc != RC_OK ? rc : RC_NOT_FOUND;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("当时怎么选的"), .area = FRAME_QUEUE });
	ui_title(&h, T("当时怎么选的"), desk_join(x, v->r.number, v->r.person_name));
	html_raw(&h, "<p>");
	ui_link(&h, aid_path(x, v->id, ""), T("回到法律援助"));
	html_raw(&h, "</p>");
	ui_table_open(&t, &h, T("当时的排序"), columns, 5);
	for (size_t i = 0; i < v->n_proposed; i++) {
		const struct aid_proposed *p = &v->proposed[i];

		ui_row_open(&t);
		ui_cell(&t, p->why == AID_L_MAY ? desk_int(x, p->place_of) : desk_say(x, T("不能")));
		ui_cell(&t, p->name);
		ui_cell(&t, p->firm_name);
		ui_cell_int(&t, p->load);
		ui_cell(&t, p->why == AID_L_MAY ? fit_words(x, p->fit) : desk_say(x, aid_lawyer_why_label(p->why)));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
