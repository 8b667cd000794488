/* The lawyer's own pages, made for the phone: which cases are mine, what is next and by when; and one case with all that
 * is needed for it and nothing of the household's money. */
#include "supply/desk/legalaid_internal.h"

#define PAGE 50

/* ---- the list --------------------------------------------------------------------------------------------- */

struct listing { int64_t before; struct aid_task v[PAGE + 1]; size_t n; struct provider me; bool known; };

static enum rc
listing_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct listing *l = arg;
	enum rc rc = provider_by_account(tx, actor, actor->account, &l->me);

	l->known = rc == RC_OK;
	return rc == RC_OK || rc == RC_NOT_FOUND ? aid_tasks(tx, actor, l->before, l->v, PAGE + 1, &l->n) : rc;
}

/* What the lawyer does next. */
static const char *
next_words(const struct aid_task *t)
{
	if (t->assignment_state == AID_A_ASSIGNED)
		return T("请接受或者退回");
	switch ((int)t->state) {
	case AID_ASSIGNED: return T("和受援人签委托协议");
	case AID_AGREED: return T("开始办理，记下第一次会见");
	case AID_IN_PROGRESS: return T("办理，有进展就记下");
	case AID_CLOSED: return t->returned > 0 ? T("案卷被退回，改好再交") : T("交案卷");
	case AID_TERMINATED: case AID_UPHELD: return T("援助已终止，交案卷");
	case AID_FILE_SUBMITTED: return T("等机构审查案卷");
	case AID_FILE_REVIEWED: case AID_SUBSIDY_APPROVED: case AID_SUBSIDY_PAID: return T("不用您再做什么，等补贴和归档");
	default: return T("等法律援助机构");
	}
}

static void
put_task(struct exchange *x, struct ui_table *t, const struct aid_task *a)
{
	struct text detail;
	enum ui_lamp lamp = desk_lamp(x, a->assigned_ms, a->due_ms != 0 ? a->due_ms : DUE_NONE, true, &detail);

	ui_row_open(t);
	ui_cell_link(t, aid_home(x, a->id, ""), a->person_name.n > 0 ? a->person_name : a->number);
	ui_cell_say(t, a->kind == AID_CIVIL ? aid_choice_label(aid_matter_choices, a->matter) : aid_choice_label(aid_kind_choices, a->kind));
	ui_cell_open(t);
	if (a->assignment_state == AID_A_ASSIGNED)
		ui_tag(t->h, UI_SOON, desk_say(x, next_words(a)));
	else
		html_say(t->h, next_words(a)); /* longer than a tag may be */
	ui_cell_close(t);
	ui_cell_open(t);
	if (a->due_ms != 0) {
		html_raw(t->h, "<span>");
		ui_lamp(t->h, lamp, detail);
		html_raw(t->h, " ");
		html_text(t->h, desk_when(x, a->due_ms));
		html_raw(t->h, "</span>");
	}
	ui_cell_close(t);
	ui_cell(t, day_is_none(a->next_day) ? TEXT_NONE : aid_when(x, a->next_day, a->next_minute > 0 ? a->next_minute : -1));
	ui_cell(t, a->number);
	ui_row_close(t);
}

static void
put_tasks(struct exchange *x, struct html *h, const struct listing *l)
{
	static const struct ui_column columns[] = { { T("受援人"), false }, { T("为了什么事"), false }, { T("下一步"), false },
		{ T("最晚"), false }, { T("约好的日子"), false }, { T("编号"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("我的援助案件"), columns, 6);
	for (size_t i = 0; i < l->n && i < PAGE; i++)
		put_task(x, &t, &l->v[i]);
	ui_table_close(&t);
	if (l->n > PAGE)
		ui_pager(h, &(struct ui_pager){ .next = arena_format(x->ctx->mem, "/desk/aid?before=%lld",
		    (long long)l->v[PAGE - 1].assignment) });
}

/* That nothing can be taken on: the licence, the house, or nobody in the register. */
static void
put_standing(struct exchange *x, struct html *h, const struct listing *l)
{
	enum provider_why w = l->known ? provider_judge(&l->me, desk_today(x)) : PROVIDER_MAY;

	if (!l->known)
		ui_notice_say(h, UI_HOLD, NULL, T("您的账号还没有和承办人员名册里的人对上，请法律援助机构在名册里填上您的登录名。"));
	else if (w != PROVIDER_MAY && w != PROVIDER_AWAY)
		ui_notice_say(h, UI_LATE, provider_why_label(w), T("现在不能接新的案件。换了新证的，请法律援助机构在名册里登记；手上的案件不能继续办的，请在案件里请求更换承办人员。"));
}

enum rc
lawyer_list_page(struct exchange *x)
{
	struct listing *l = ARENA_NEW(x->ctx->mem, struct listing);
	struct html h = frame_html(x);
	enum rc rc;

	if (l == NULL)
		return RC_NO_MEMORY;
	if (int64_parse(desk_query(x, "before"), 0, INT64_MAX, &l->before) != RC_OK)
		l->before = 0;
	rc = db_read(x->ctx, listing_tx, l);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("我的援助案件"), .area = FRAME_QUEUE });
	ui_title(&h, T("我的援助案件"), TEXT_NONE);
	if (text_equals(desk_query(x, "done"), TEXT("decline")))
		ui_notice_say(&h, UI_OK, NULL, T("已经退回，由法律援助机构另行指派。"));
	put_standing(x, &h, l);
	if (l->n == 0)
		ui_empty(&h, T("现在没有指派给您的案件"), T("有新的指派会通知您。"), TEXT("/desk"), T("回到工作台"));
	else
		put_tasks(x, &h, l);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/notices"), T("开庭和会见的日子放进自己的日历"));
	html_raw(&h, " · ");
	ui_link(&h, TEXT("/desk/quality"), T("案件质量"));
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- a case ---------------------------------------------------------------------------------------------------- */

static void
put_returned(struct html *h, const struct aid_view *v)
{
	const struct aid_file *f = v->n_files > 0 ? &v->files[v->n_files - 1] : NULL;

	if (f != NULL && f->reviewed_ms != 0 && !f->passed && v->a.state == AID_CLOSED)
		ui_notice(h, UI_LATE, T("案卷被退回，改好再交"), f->reviewed_words);
}

/* When the limits of the lawyer's own steps end. */
static void
put_limits(struct exchange *x, struct html *h, const struct aid_view *v)
{
	for (size_t i = 0; i < v->n_clocks; i++) {
		const struct case_clock *c = &v->clocks[i];
		struct text detail;
		enum ui_lamp lamp;

		if ((c->target != TARGET_AGREE && c->target != TARGET_FILE) || c->met_ms != 0)
			continue;
		lamp = desk_lamp(x, c->start_ms, c->due_ms, request_is_open(v->r.state), &detail);
		html_raw(h, "<p>");
		html_say(h, target_label(c->target));
		html_raw(h, " ");
		ui_lamp(h, lamp, detail);
		html_raw(h, " ");
		html_text(h, desk_when(x, c->due_ms));
		html_raw(h, "</p>");
	}
}

static void
put_ahead(struct exchange *x, struct html *h, const struct aid_view *v)
{
	static const struct ui_column columns[] = { { T("什么时候"), false }, { T("什么事"), false }, { T("在哪里"), false },
		{ T("有变动"), false } };
	bool may = aid_view_judge(x, v, AID_MOVE).why == AID_MAY;
	struct ui_table t;

	if (aid_next_ahead(x, v) == NULL)
		return;
	ui_section_open(h, T("约好的日子"));
	ui_table_open(&t, h, T("约好的日子"), columns, 4);
	for (size_t i = 0; i < v->n_reports; i++) {
		const struct aid_report *r = &v->reports[i];

		if (!aid_is_ahead(x, r))
			continue;
		ui_row_open(&t);
		ui_cell(&t, aid_when(x, r->day, r->minute));
		ui_cell_say(&t, aid_choice_label(aid_report_choices, r->kind));
		ui_cell(&t, r->place);
		if (may)
			ui_cell_link(&t, aid_path(x, v->id, arena_format(x->ctx->mem, "/do/move?report=%lld", (long long)r->id).p),
			    desk_say(x, T("改期或者取消")));
		else
			ui_cell(&t, TEXT_NONE);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static void
put_phone(struct exchange *x, struct html *h, const struct aid_view *v, const struct text *phone)
{
	if (phone != NULL) {
		ui_facts(h, (const struct ui_fact[]){ { T("受援人电话"), phone->n > 0 ? *phone : desk_say(x, T("没有留电话")),
		    phone->n > 0 ? arena_format(x->ctx->mem, "tel:%.*s", (int)phone->n, phone->p) : TEXT_NONE } }, 1);
		return;
	}
	ui_form_open(h, &(struct ui_form){ .action = aid_home(x, v->id, "/phone"), .csrf = x->csrf, .key = desk_key(x) });
	html_raw(h, "<button type=\"submit\" class=\"button\">");
	html_say(h, T("查看受援人电话"));
	html_raw(h, "</button> <small>");
	html_say(h, T("会写进审计日志"));
	html_raw(h, "</small>");
	ui_form_close(h);
}

static void
put_case(struct exchange *x, struct html *h, const struct aid_view *v, const struct text *phone)
{
	const struct aid_form *f = &v->a.form;
	struct ui_fact facts[10];
	size_t n = 0;

	facts[n++] = (struct ui_fact){ .label = T("受援人"), .value = v->r.person_name };
	facts[n++] = (struct ui_fact){ .label = T("为了什么事"), .value = desk_say(x, f->kind == AID_CIVIL
	    ? aid_choice_label(aid_matter_choices, f->matter) : aid_choice_label(aid_kind_choices, f->kind)) };
	facts[n++] = (struct ui_fact){ .label = T("怎么回事"), .value = v->r.detail.n > 0 ? v->r.detail : v->r.subject };
	facts[n++] = (struct ui_fact){ .label = T("在哪里"), .value = region_path(v->r.place) };
	if (f->organ.n > 0)
		facts[n++] = (struct ui_fact){ .label = T("办案机关"), .value = desk_join(x, f->organ, f->notice) };
	if (!day_is_none(f->limit_day))
		facts[n++] = (struct ui_fact){ .label = T("时效或者期限哪一天届满"), .value = aid_day(x, f->limit_day) };
	if (v->current != NULL && v->current->agreement.n > 0)
		facts[n++] = (struct ui_fact){ .label = T("委托协议"), .value = v->current->agreement };
	facts[n++] = (struct ui_fact){ .label = T("法律援助机构里谁负责"), .value = desk_join(x, v->r.holder_name, v->r.holder_point_name) };
	ui_section_open(h, T("案件"));
	ui_facts(h, facts, n);
	if ((v->sides & AID_SIDE_LAWYER) != 0 && request_is_open(v->r.state))
		put_phone(x, h, v, phone);
	ui_section_close(h);
}

static void
put_messages(struct exchange *x, struct html *h, const struct aid_view *v)
{
	bool may = (v->sides & AID_SIDE_LAWYER) != 0 && request_is_open(v->r.state);

	ui_section_open(h, T("和受援人的留言"));
	html_raw(h, "<div class=\"talk\">");
	for (size_t i = 0; i < v->n_messages; i++) {
		const struct message *m = &v->messages[i];
		bool theirs = m->account == ACCOUNT_RESIDENT;

		buf_add(h->out, theirs ? TEXT("<div class=\"theirs\"><p>") : TEXT("<div class=\"ours\"><p>"));
		html_lines(h, m->body);
		html_raw(h, "</p><p class=\"meta\">");
		html_text(h, desk_join(x, theirs ? desk_say(x, T("受援人")) : m->account_name, desk_when(x, m->at_ms)));
		html_raw(h, "</p></div>");
	}
	html_raw(h, "</div>");
	if (v->n_messages == 0)
		ui_paragraph(h, T("还没有留言。"));
	if (may) {
		ui_form_open(h, &(struct ui_form){ .action = aid_home(x, v->id, "/say"), .csrf = x->csrf, .key = desk_key(x) });
		ui_field(h, form_field(&say_form, "body"), ui_typed(&say_form, "body", &x->typed), findings_of(&x->findings, "body"));
		html_raw(h, "<button type=\"submit\" class=\"button\">");
		html_say(h, T("发出留言"));
		html_raw(h, "</button>");
		ui_form_close(h);
	}
	ui_section_close(h);
}

static void
put_files(struct exchange *x, struct html *h, const struct aid_view *v)
{
	bool may = (v->sides & AID_SIDE_LAWYER) != 0 && request_is_open(v->r.state) && v->n_papers < UPLOADS_PER_REQUEST;

	ui_section_open(h, T("材料"));
	if (v->n_papers == 0)
		ui_paragraph(h, T("还没有材料。"));
	else
		html_raw(h, "<ul>");
	for (size_t i = 0; i < v->n_papers; i++) {
		html_raw(h, "<li>");
		ui_link_text(h, desk_case_path(x, v->id, arena_format(x->ctx->mem, "file/%zu", i + 1).p), v->papers[i].name);
		html_raw(h, " <small>");
		html_text(h, desk_when(x, v->papers[i].at_ms));
		html_raw(h, "</small></li>");
	}
	if (v->n_papers > 0)
		html_raw(h, "</ul>");
	if (may) {
		ui_form_open(h, &(struct ui_form){ .action = aid_home(x, v->id, "/files"), .csrf = x->csrf, .key = desk_key(x), .upload = true });
		ui_file(h, &(struct ui_file){ .key = "file", .label = T("添加材料：拍照或者选一个文件"), .accept = ".pdf,.jpg,.jpeg,.png",
		    .hint = T("PDF、JPG、PNG，每个不超过 10 MB") }, findings_of(&x->findings, "file"));
		html_raw(h, "<button type=\"submit\" class=\"button\">");
		html_say(h, T("上传"));
		html_raw(h, "</button>");
		ui_form_close(h);
	}
	ui_section_close(h);
}

static void
put_done(struct exchange *x, struct html *h)
{
	struct text done = desk_query(x, "done");
	enum aid_step step = aid_step_by_key(done);

	if (step != 0)
		ui_notice(h, UI_OK, NULL, desk_join(x, desk_say(x, aid_step_label(step)), desk_say(x, T("已办好"))));
	else if (text_equals(done, TEXT("say")))
		ui_notice_say(h, UI_OK, NULL, T("留言已发出"));
	else if (text_equals(done, TEXT("files")))
		ui_notice_say(h, UI_OK, NULL, T("材料已存好"));
}

static enum rc
case_put(struct exchange *x, struct case_id id, const char *trouble, const struct text *phone)
{
	struct aid_view *v = ARENA_NEW(x->ctx->mem, struct aid_view);
	struct html h = frame_html(x);
	bool fresh;
	enum rc rc;

	if (v == NULL)
		return RC_NO_MEMORY;
	v->id = id;
	v->messages = arena_array(x->ctx->mem, VIEW_MESSAGES, sizeof *v->messages);
	rc = v->messages == NULL ? RC_NO_MEMORY : aid_view_read(x, v);
	if (rc != RC_OK)
		return rc;
	fresh = v->current != NULL && v->current->accepted_ms == 0;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("我的援助案件"), .area = FRAME_QUEUE });
	ui_title_text(&h, v->r.person_name.n > 0 ? v->r.person_name : v->r.number, v->r.number);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/aid"), T("回到我的援助案件"));
	html_raw(&h, "</p>");
	if (trouble != NULL)
		ui_notice_say(&h, UI_LATE, T("没有办成"), trouble);
	put_done(x, &h);
	put_returned(&h, v);
	html_raw(&h, "<p class=\"state\">");
	ui_tag(&h, aid_tone(v->a.state), desk_say(x, aid_state_label(v->a.state)));
	html_raw(&h, "</p>");
	put_limits(x, &h, v);
	if (fresh) /* before they say yes or no */
		put_case(x, &h, v, phone);
	aid_put_steps(x, &h, v);
	put_ahead(x, &h, v);
	if (!fresh)
		put_case(x, &h, v, phone);
	put_messages(x, &h, v);
	put_files(x, &h, v);
	aid_put_reports(x, &h, v);
	aid_put_end(x, &h, v);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
lawyer_case_page(struct exchange *x)
{
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	return rc == RC_OK ? case_put(x, id, NULL, NULL) : rc;
}

/* ---- what is done there ------------------------------------------------------------------------------------------- */

static enum rc
end(struct exchange *x, struct case_id id, enum rc rc, const char *done)
{
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/aid/%lld?done=%s", (long long)id.n, done));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	return case_put(x, id, rc == RC_CONFLICT ? T("刚才有人改过了，没有覆盖任何东西。您填的内容还在，核对后再交。")
	    : rc == RC_DUPLICATE ? T("这一份以前已经提交过，这次没有再记。") : T("有一项填得不对，请核对。"), NULL);
}

enum rc
lawyer_say_post(struct exchange *x)
{
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc != RC_OK)
		return rc;
	return end(x, id, x->form_rc == RC_OK
	    ? consult_say(x->ctx, frame_idem_key(x), id, ((const struct say_values *)x->values)->body) : x->form_rc, "say");
}

enum rc
lawyer_files_post(struct exchange *x)
{
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	return rc == RC_OK ? end(x, id, desk_take_files(x, id), "files") : rc;
}

/* Shown in the answer alone: no address has it. */
enum rc
lawyer_phone_post(struct exchange *x)
{
	struct text phone = TEXT_NONE;
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc == RC_OK)
		rc = aid_client_phone(x->ctx, x->ctx->crypt, frame_idem_key(x), id, &phone);
	return rc == RC_OK ? case_put(x, id, NULL, &phone) : rc;
}
