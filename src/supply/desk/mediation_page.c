/* A mediation: where it stands, what can be done next and by whom, the parties, the talks, the agreement and how it is kept. */
#include "supply/desk/mediation_internal.h"

#include "standards/holidays/holidays.h"

/* ---- where it stands -------------------------------------------------------------------------------------- */

static size_t
bar_at(enum mediation_state s)
{
	switch ((int)s) {
	case MEDIATION_UNFILLED: return 0;
	case MEDIATION_REGISTERED: case MEDIATION_REFUSED: return 1;
	case MEDIATION_ACCEPTED: case MEDIATION_IN_SESSION: case MEDIATION_FAILED: case MEDIATION_ENDED: return 2;
	case MEDIATION_DRAFTED: return 3;
	case MEDIATION_AGREED: case MEDIATION_BREACHED: case MEDIATION_BROKEN: return 4;
	default: return 5;
	}
}

static void
put_clocks(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	for (size_t i = 0; i < v->n_clocks; i++) {
		const struct case_clock *c = &v->clocks[i];
		struct text detail;
		enum ui_lamp lamp;

		if (c->target == TARGET_ACCEPT || c->met_ms != 0)
			continue;
		lamp = desk_lamp(x, c->start_ms, c->due_ms, request_is_open(v->r.state), &detail);
		html_raw(h, "<p>");
		ui_link(h, desk_case_path(x, v->id, arena_format(x->ctx->mem, "why/%s", target_key(c->target)).p), target_label(c->target));
		html_raw(h, " ");
		ui_lamp(h, lamp, detail);
		html_raw(h, " ");
		html_text(h, desk_when(x, c->due_ms));
		html_raw(h, "</p>");
	}
}

static bool
some_objects(const struct mediation_view *v)
{
	for (size_t i = 0; i < v->n_parties; i++)
		if (v->parties[i].consent == MEDIATION_OBJECTS)
			return true;
	return false;
}

static void
put_notices(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	for (size_t i = 0; i < v->n_dangers; i++)
		ui_notice(h, UI_LATE, mediation_choice_label(mediation_danger_choices, v->dangers[i].kind), desk_join(x,
		    desk_join(x, v->dangers[i].words, desk_say(x, T("已报告公安机关"))),
		    desk_join(x, desk_when(x, v->dangers[i].told_ms), v->dangers[i].receiver)));
	if (v->m.state == MEDIATION_REGISTERED && some_objects(v))
		ui_notice_say(h, UI_LATE, NULL, T("有一方明确拒绝调解，不得调解（第十七条）。请告知其他途径。"));
	for (size_t i = 0; i < v->n_duties; i++)
		if (day_is_none(v->duties[i].performed) && v->duties[i].said == 2)
			ui_notice(h, UI_SOON, T("当事人说没有履行，请核实"), desk_join(x, mediation_duty_text(x, &v->duties[i]), v->duties[i].said_words));
	if (v->m.next_request != 0) {
		html_raw(h, "<p>");
		ui_link(h, desk_case_path(x, (struct case_id){ v->m.next_request }, "legalaid"), T("已转为法律援助申请"));
		html_raw(h, "</p>");
	}
}

/* ---- what can be done ------------------------------------------------------------------------------------------ */

static const char *
who_label(unsigned who)
{
	if ((who & MEDIATION_WHO_OFFICE) != 0)
		return (who & MEDIATION_WHO_MEDIATOR) != 0 ? T("承办方或者调解员") : T("承办方");
	return T("当事人");
}

/* A duty whose last day is over, and nobody wrote that down yet. */
static bool
some_overdue(const struct exchange *x, const struct mediation_view *v)
{
	for (size_t i = 0; i < v->n_duties; i++)
		if (day_is_none(v->duties[i].performed) && v->duties[i].missed_ms == 0
		    && mediation_day_over(holidays_current(), v->duties[i].due, desk_today(x)))
			return true;
	return false;
}

/* The state's next step is drawn as the main one; the court's steps only when they fit. */
static bool
is_offered(const struct exchange *x, const struct mediation_view *v, const struct mediation_edge *e)
{
	switch ((int)e->step) {
	case MEDIATION_MISS: return some_overdue(x, v);
	case MEDIATION_EFFECT: case MEDIATION_FULFIL: case MEDIATION_MEND: case MEDIATION_CLAIM: return false;
	case MEDIATION_CONFIRM_ASK: return v->m.confirm == MEDIATION_UNCONFIRMED && !v->m.status;
	case MEDIATION_CONFIRM_DROP: case MEDIATION_CONFIRM_SEND: return v->m.confirm == MEDIATION_CONFIRM_ASKED;
	case MEDIATION_CONFIRM_RESULT: return v->m.confirm == MEDIATION_CONFIRM_SENT;
	case MEDIATION_EXTEND: return v->m.extended_ms == 0;
	case MEDIATION_RELIEVE: return v->n_members > 0;
	default: return true;
	}
}

static bool
is_main(const struct mediation_view *v, enum mediation_step step)
{
	switch ((int)v->m.state) {
	case MEDIATION_UNFILLED: return step == MEDIATION_REGISTER;
	case MEDIATION_REGISTERED: return step == (some_objects(v) ? MEDIATION_REFUSE : MEDIATION_ACCEPT);
	case MEDIATION_ACCEPTED: return step == (v->n_members == 0 ? MEDIATION_APPOINT : MEDIATION_SESSION);
	case MEDIATION_IN_SESSION: return step == MEDIATION_DRAFT;
	case MEDIATION_DRAFTED: return step == MEDIATION_SIGN;
	default: return step == MEDIATION_PERFORM;
	}
}

static struct text
do_path(const struct exchange *x, const struct mediation_view *v, enum mediation_step step)
{
	return mediation_path(x, v->id, arena_format(x->ctx->mem, "/do/%s", mediation_step_key(step)).p);
}

static void
put_button(struct exchange *x, struct html *h, const struct mediation_view *v, const struct mediation_edge *e)
{
	bool main = is_main(v, e->step);

	if (mediation_step_has_form(e->step)) {
		ui_button_link(h, do_path(x, v, e->step), mediation_step_label(e->step), main);
		return;
	}
	ui_form_open(h, &(struct ui_form){ .action = do_path(x, v, e->step), .csrf = x->csrf, .key = desk_key(x) });
	ui_hidden(h, "revision", desk_int(x, v->r.revision));
	buf_add(h->out, main ? TEXT("<button type=\"submit\" class=\"button primary\">") : TEXT("<button type=\"submit\" class=\"button\">"));
	html_say(h, mediation_step_label(e->step));
	html_raw(h, "</button>");
	ui_form_close(h);
}

static void
put_other(struct exchange *x, struct html *h, const struct mediation_view *v, const struct mediation_edge *e)
{
	struct mediation_verdict verdict = mediation_view_judge(v, e->step);

	html_raw(h, "<li>");
	html_say(h, mediation_step_label(e->step));
	html_raw(h, "：");
	if (verdict.why == MEDIATION_NOT_YOURS)
		html_say(h, who_label(e->who));
	else
		html_text(h, mediation_why_text(x, &verdict));
	if (e->basis[0] != '\0') {
		html_raw(h, " <small>");
		html_str(h, e->basis);
		html_raw(h, "</small>");
	}
	html_raw(h, "</li>");
}

static void
put_steps(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	size_t others = 0;

	if (!mediation_is_open(v->m.state) || !request_is_open(v->r.state))
		return;
	ui_section_open(h, T("下一步"));
	html_raw(h, "<div class=\"actions\">");
	for (int main = 1; main >= 0; main--)
		for (size_t i = 0; i < mediation_edges_n; i++) {
			const struct mediation_edge *e = &mediation_edges[i];
			bool may;

			if (e->from != v->m.state || !is_offered(x, v, e) || is_main(v, e->step) != (main == 1))
				continue;
			may = mediation_view_judge(v, e->step).why == MEDIATION_MAY;
			if (may)
				put_button(x, h, v, e);
			others += !may;
		}
	html_raw(h, "</div>");
	if (others > 0) {
		html_raw(h, "<details class=\"why\"><summary>");
		html_say(h, T("还有哪些步骤、由谁来做、为什么现在不能"));
		html_raw(h, "</summary><ul>");
		for (size_t i = 0; i < mediation_edges_n; i++)
			if (mediation_edges[i].from == v->m.state && is_offered(x, v, &mediation_edges[i])
			    && mediation_view_judge(v, mediation_edges[i].step).why != MEDIATION_MAY)
				put_other(x, h, v, &mediation_edges[i]);
		html_raw(h, "</ul></details>");
	}
	ui_section_close(h);
}

/* ---- the dispute and those in it ------------------------------------------------------------------------------------ */

static void
put_dispute(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	const struct mediation *m = &v->m;
	struct ui_fact facts[8];
	size_t n = 0;

	if (m->source == 0)
		return;
	facts[n++] = (struct ui_fact){ .label = T("纠纷类型"), .value = desk_say(x, mediation_choice_label(mediation_category_choices, m->category)) };
	facts[n++] = (struct ui_fact){ .label = T("来源"), .value = desk_join(x, desk_say(x,
	    mediation_choice_label(mediation_source_choices, m->source)), m->organ.n > 0 ? m->organ : m->group_name) };
	facts[n++] = (struct ui_fact){ .label = T("难易程度"), .value = desk_say(x, mediation_choice_label(mediation_level_choices, m->level)) };
	facts[n++] = (struct ui_fact){ .label = T("登记时间"), .value = desk_when(x, m->registered_ms) };
	if (m->accepted_ms != 0)
		facts[n++] = (struct ui_fact){ .label = T("受理时间"), .value = desk_when(x, m->accepted_ms) };
	facts[n++] = (struct ui_fact){ .label = T("主要事实和争议"), .value = m->facts };
	ui_section_open(h, T("纠纷"));
	ui_facts(h, facts, n);
	ui_section_close(h);
}

static struct text
consent_text(const struct exchange *x, const struct mediation_party *p)
{
	return p->consent == MEDIATION_NOT_ASKED ? desk_say(x, T("还没有问"))
	    : desk_join(x, desk_say(x, mediation_choice_label(mediation_consent_choices, p->consent)), desk_when(x, p->consent_ms));
}

static void
put_parties(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	static const struct ui_column columns[] = { { T("哪一方"), false }, { T("姓名、名称"), false }, { T("证件号码"), false }, { T("电话"), false },
		{ T("愿意调解吗"), false }, { T("协议签名"), false } };
	struct ui_table t;
	char masked[32];

	if (v->n_parties == 0)
		return;
	ui_section_open(h, T("当事人"));
	ui_table_open(&t, h, T("当事人"), columns, 6);
	for (size_t i = 0; i < v->n_parties; i++) {
		const struct mediation_party *p = &v->parties[i];

		ui_row_open(&t);
		ui_cell_say(&t, mediation_side_label(p->side));
		ui_cell(&t, desk_join(x, p->name, p->address));
		ui_cell(&t, p->id_number.n == 0 ? TEXT_NONE : arena_text(x->ctx->mem, mask_idcard(p->id_number, masked)));
		ui_cell(&t, p->phone.n == 0 ? TEXT_NONE : arena_text(x->ctx->mem, mask_phone(p->phone, masked)));
		ui_cell(&t, consent_text(x, p));
		ui_cell(&t, p->sign == MEDIATION_UNSIGNED ? TEXT_NONE : desk_join(x,
		    desk_say(x, mediation_choice_label(mediation_sign_choices, p->sign)), desk_when(x, p->signed_ms)));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static void
put_members(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	static const struct ui_column columns[] = { { T("谁"), false }, { T("身份"), false }, { T("怎样确定的"), false }, { T("什么时候"), false } };
	struct ui_table t;

	if (v->n_members == 0)
		return;
	ui_section_open(h, T("调解员和协助人"));
	ui_table_open(&t, h, T("调解员和协助人"), columns, 4);
	for (size_t i = 0; i < v->n_members; i++) {
		const struct mediation_member *m = &v->members[i];
		struct text rank = m->rank > 0 ? arena_format(x->ctx->mem, "%s %d", msg(x->ctx->lang, T("推荐次序")), m->rank) : TEXT_NONE;

		ui_row_open(&t);
		ui_cell(&t, desk_join(x, m->name, m->committee));
		ui_cell(&t, desk_say(x, m->kind == MEDIATION_NO_HELPER ? T("调解员") : mediation_choice_label(mediation_helper_choices, m->kind)));
		ui_cell(&t, desk_join(x, desk_join(x, desk_say(x, mediation_choice_label(mediation_chosen_choices, m->chosen)), rank), m->words));
		ui_cell(&t, m->ended_ms == 0 ? desk_when(x, m->at_ms) : desk_join(x, desk_say(x, T("已换下")), m->ended_words));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static void
put_sessions(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	struct ui_event *e = arena_array(x->ctx->mem, v->n_sessions + 1, sizeof *e);

	if (v->n_sessions == 0 || e == NULL)
		return;
	for (size_t i = 0; i < v->n_sessions; i++) {
		const struct mediation_session *s = &v->sessions[i];
		struct text what = desk_join(x, desk_say(x, mediation_choice_label(mediation_record_choices, s->kind)), s->place);

		e[i] = (struct ui_event){ .when = s->minute < 0 ? mediation_day_text(x, s->day) : arena_format(x->ctx->mem, "%s %02d:%02d",
		    mediation_day_text(x, s->day).p, s->minute / 60, s->minute % 60), .what = desk_join(x, what, s->words), .who = s->account_name };
	}
	ui_section_open(h, T("调解、调查、回访记录"));
	ui_timeline(h, e, v->n_sessions);
	ui_section_close(h);
}

/* ---- the agreement --------------------------------------------------------------------------------------------------------- */

static struct text
kept_text(const struct exchange *x, const struct mediation_duty *d)
{
	if (!day_is_none(d->performed))
		return desk_join(x, desk_join(x, desk_say(x, T("已履行")), mediation_day_text(x, d->performed)), d->performed_name);
	if (d->missed_ms != 0)
		return desk_say(x, T("没有按时履行"));
	return d->said == 1 ? desk_say(x, T("当事人说已履行，待核实")) : desk_say(x, T("待履行"));
}

static void
put_duties(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	static const struct ui_column columns[] = { { T("由哪一方"), false }, { T("做什么"), false }, { T("金额"), true }, { T("最晚哪一天"), false },
		{ T("履行情况"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("履行的内容和期限"), columns, 5);
	for (size_t i = 0; i < v->n_duties; i++) {
		const struct mediation_duty *d = &v->duties[i];

		ui_row_open(&t);
		ui_cell_say(&t, mediation_side_label(d->side));
		ui_cell(&t, d->what);
		ui_cell(&t, mediation_yuan(x, d->fen));
		ui_cell(&t, mediation_day_text(x, d->due));
		ui_cell(&t, kept_text(x, d));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_agreement(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	const struct mediation *m = &v->m;
	struct ui_fact facts[8];
	size_t n = 0;

	if (m->form == MEDIATION_FORM_NONE)
		return;
	ui_section_open(h, T("调解协议"));
	facts[n++] = (struct ui_fact){ .label = T("协议形式"), .value = desk_say(x, mediation_choice_label(mediation_form_choices, m->form)) };
	facts[n++] = (struct ui_fact){ .label = T("协议内容"), .value = m->content };
	if (m->responsibility.n > 0)
		facts[n++] = (struct ui_fact){ .label = T("各方的责任"), .value = m->responsibility };
	if (m->form == MEDIATION_WRITTEN) {
		facts[n++] = (struct ui_fact){ .label = T("调解员签名"), .value = m->mediator_signed_ms != 0 ? desk_when(x, m->mediator_signed_ms) : desk_say(x, T("还没有")) };
		facts[n++] = (struct ui_fact){ .label = T("调解委员会盖章"), .value = m->sealed_ms != 0 ? desk_when(x, m->sealed_ms) : desk_say(x, T("还没有")) };
	}
	facts[n++] = (struct ui_fact){ .label = T("生效时间"), .value = m->effect_ms != 0 ? desk_when(x, m->effect_ms) : desk_say(x, T("还没有")) };
	if (m->agreed_fen > 0)
		facts[n++] = (struct ui_fact){ .label = T("协议金额"), .value = mediation_yuan(x, m->agreed_fen) };
	ui_facts(h, facts, n);
	put_duties(x, h, v);
	ui_section_close(h);
}

static void
put_confirm(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	const struct mediation *m = &v->m;
	struct day last = mediation_view_confirm_last(v);
	struct ui_fact facts[6];
	struct text asked = TEXT_NONE;
	size_t n = 0;

	if (m->effect_ms == 0 || (!mediation_is_open(m->state) && m->confirm == MEDIATION_UNCONFIRMED))
		return;
	ui_section_open(h, T("司法确认"));
	if (m->status)
		ui_paragraph(h, T("确认身份关系、收养关系、婚姻关系的，法院不受理司法确认"));
	else {
		for (size_t i = 0; i < v->n_parties; i++)
			if (v->parties[i].confirm_ms != 0)
				asked = desk_join(x, asked, mediation_party_text(x, &v->parties[i]));
		facts[n++] = (struct ui_fact){ .label = T("最晚哪一天提出"), .value = mediation_day_text(x, last) };
		facts[n++] = (struct ui_fact){ .label = T("谁提出了"), .value = asked.n > 0 ? asked : desk_say(x, T("还没有人")) };
		facts[n++] = (struct ui_fact){ .label = T("办到哪一步"), .value = m->confirm == MEDIATION_UNCONFIRMED
		    ? desk_say(x, desk_today(x).n > last.n ? T("三十日已过") : T("要双方共同提出")) : desk_say(x, mediation_choice_label(mediation_confirm_choices, m->confirm)) };
		if (m->court.n > 0)
			facts[n++] = (struct ui_fact){ .label = T("法院"), .value = desk_join(x, m->court, mediation_day_text(x, m->confirm_sent)) };
		if (!day_is_none(m->confirm_result))
			facts[n++] = (struct ui_fact){ .label = T("裁定"), .value = desk_join(x, m->confirm_number, mediation_day_text(x, m->confirm_result)) };
		ui_facts(h, facts, n);
	}
	ui_section_close(h);
}

/* ---- papers ---------------------------------------------------------------------------------------------------------------------- */

static void
put_papers(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	size_t visits = 0;

	for (size_t i = 0; i < v->n_sessions; i++)
		visits += v->sessions[i].kind == MEDIATION_RETURN_VISIT;
	if (v->m.source == 0)
		return;
	ui_section_open(h, T("文书"));
	if (v->n_papers > 0) {
		static const struct ui_column columns[] = { { T("文书"), false }, { T("文号"), false }, { T("什么时候"), false } };
		struct ui_table t;

		ui_table_open(&t, h, T("已出具的文书"), columns, 3);
		for (size_t i = 0; i < v->n_papers; i++) {
			ui_row_open(&t);
			ui_cell_link(&t, desk_case_path(x, v->id, arena_format(x->ctx->mem, "paper/%lld", (long long)v->papers[i].id).p), v->papers[i].name);
			ui_cell(&t, v->papers[i].number);
			ui_cell(&t, desk_when(x, v->papers[i].at_ms));
			ui_row_close(&t);
		}
		ui_table_close(&t);
	}
	if ((v->sides & (MEDIATION_WHO_OFFICE | MEDIATION_WHO_MEDIATOR)) != 0) {
		html_raw(h, "<div class=\"actions\">");
		for (int p = MEDIATION_PAPER_APPLICATION; p < MEDIATION_PAPER_COUNT; p++)
			if (mediation_paper_fits((enum mediation_paper)p, &v->m, v->n_sessions - visits, visits)) {
				ui_form_open(h, &(struct ui_form){ .csrf = x->csrf, .key = desk_key(x), .action = mediation_path(x, v->id,
				    arena_format(x->ctx->mem, "/paper/%s", mediation_paper_key((enum mediation_paper)p)).p) });
				html_raw(h, "<button type=\"submit\" class=\"button\">");
				html_say(h, T("出具"));
				html_raw(h, " ");
				html_say(h, mediation_paper_label((enum mediation_paper)p));
				html_raw(h, "</button>");
				ui_form_close(h);
			}
		html_raw(h, "</div>");
	}
	ui_section_close(h);
}

enum rc
mediation_paper_post(struct exchange *x)
{
	struct case_id id;
	struct text why;
	int64_t paper = 0;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc == RC_OK)
		rc = mediation_paper_set(x->ctx, frame_idem_key(x), id, mediation_paper_by_key(http_segment(x, "paper")), &why, &paper);
	if (rc == RC_OK || rc == RC_REFUSED || rc == RC_INVALID || rc == RC_CONFLICT || rc == RC_DUPLICATE) {
		http_redirect(x->out, mediation_path(x, id, rc == RC_OK ? "?paper=1" : "?paper=0"));
		return RC_OK;
	}
	return rc;
}

/* ---- the page ------------------------------------------------------------------------------------------------------------------ */

enum rc
mediation_page(struct exchange *x)
{
	static const char *const bar[] = { T("登记"), T("征求意愿"), T("调解"), T("签协议"), T("履行"), T("办结") };
	struct mediation_view *v = ARENA_NEW(x->ctx->mem, struct mediation_view);
	enum mediation_step done = mediation_step_by_key(desk_query(x, "done"));
	struct html h = frame_html(x);
	enum rc rc;

	if (v == NULL)
		return RC_NO_MEMORY;
	rc = http_segment_id(x, "id", &v->id.n);
	if (rc == RC_OK)
		rc = mediation_view_read(x, v);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("人民调解"), .area = FRAME_QUEUE });
	ui_title(&h, T("人民调解"), desk_join(x, v->r.number, v->r.person_name));
	html_raw(&h, "<p>");
	ui_link(&h, desk_case_path(x, v->id, ""), T("回到案件"));
	html_raw(&h, "</p>");
	if (done != 0)
		ui_notice(&h, UI_OK, NULL, desk_join(x, desk_say(x, mediation_step_label(done)), desk_say(x, T("已办好"))));
	if (text_equals(desk_query(x, "paper"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("文书已出具，在本页下面打开、打印"));
	else if (text_equals(desk_query(x, "paper"), TEXT("0")))
		ui_notice_say(&h, UI_LATE, T("没有出具"), T("还没有可写的内容，或者有的字打印不出来，或者这一份刚才已经出具"));
	html_raw(&h, "<p class=\"state\">");
	ui_tag(&h, mediation_tone(v->m.state), desk_say(x, mediation_state_label(v->m.state)));
	html_raw(&h, "</p>");
	ui_steps(&h, bar, 6, bar_at(v->m.state));
	put_clocks(x, &h, v);
	put_notices(x, &h, v);
	put_steps(x, &h, v);
	put_dispute(x, &h, v);
	put_parties(x, &h, v);
	put_members(x, &h, v);
	put_sessions(x, &h, v);
	put_agreement(x, &h, v);
	put_confirm(x, &h, v);
	put_papers(x, &h, v);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
