/* The parts of a case as they stand on its page and in the panel beside the queue. */
#include "supply/desk/desk_internal.h"

#include "operations/request/clock_label.h"

#define ACTIONS_MAX 16

struct text
case_who(const struct exchange *x, const struct request *r)
{
	if (r->person_name.n > 0)
		return r->person_name;
	return desk_say(x, r->organisation != 0 ? T("单位") : T("匿名"));
}

/* ---- what can be done ------------------------------------------------------------------------------- */

struct actions { struct exchange *x; const struct case_view *v; struct ui_action a[ACTIONS_MAX]; size_t n; };

static void
add_page(struct actions *s, const char *label, const char *key, const char *tail, bool primary, bool danger)
{
	if (s->n < ACTIONS_MAX)
		s->a[s->n++] = (struct ui_action){ .label = label, .key = key, .primary = primary, .danger = danger,
			.href = desk_case_path(s->x, s->v->id, tail) };
}

/* At once, without a form: the record's revision travels in the address' form. */
static void
add_post(struct actions *s, const char *label, const char *key, const char *tail, bool primary)
{
	if (s->n < ACTIONS_MAX)
		s->a[s->n++] = (struct ui_action){ .label = label, .key = key, .primary = primary,
			.post = arena_format(s->x->ctx->mem, "/desk/request/%lld/%s", (long long)s->v->id.n, tail),
			.post_key = desk_key(s->x) };
}

static void
actions_of_state(struct actions *s)
{
	const struct case_view *v = s->v;
	bool received = v->r.state == REQUEST_RECEIVED, answered = v->r.state == REQUEST_ANSWERED;

	bool own = matter_has_own_end(&v->r);

	if (received)
		add_post(s, T("受理"), "a", "accept", !v->offer_to_me);
	if (own && text_equals(v->r.matter, TEXT("mediation")))
		add_page(s, T("人民调解"), "r", "mediation", !received, false);
	else if (own)
		add_page(s, T("法律援助"), "r", "legalaid", !received, false);
	if (!received && !own)
		add_page(s, answered ? T("补充答复") : T("答复"), "r", "answer", !answered, false);
	if (answered && !own)
		add_page(s, T("办结"), "c", "close", true, false);
	if (v->offer == NULL && v->returns < DISPATCH_RETURNS_MAX && actor_may(s->x->ctx->actor, RIGHT_DISPATCH))
		add_page(s, T("转交"), "h", "handover", false, false);
	add_page(s, T("请求协作"), "w", "cooperate", false, false);
	add_page(s, T("约定回电"), "d", "callback", false, false);
	add_page(s, T("规则试算"), NULL, "policy", false, false);
	if (s->n < ACTIONS_MAX)
		s->a[s->n++] = (struct ui_action){ .label = T("要材料"), .key = "b",
			.href = arena_format(s->x->ctx->mem, "/desk/request/%lld?ask=papers#f-body", (long long)v->id.n) };
	if (!received)
		add_page(s, T("代写文书"), NULL, "writing", false, false);
	if (v->paused != NULL)
		add_page(s, T("恢复计时"), "p", "resume", true, false);
	else if (!received)
		add_page(s, T("暂停计时"), "p", "pause", false, false);
	if (v->r.holder != s->x->ctx->actor->account && !received)
		add_post(s, T("接手"), "o", "takeover", false);
	if (!received && !answered && !own)
		add_page(s, T("办结"), "c", "close", false, false);
	if (!received && !own)
		add_page(s, T("转为其他事项"), "v", "convert", false, false);
	add_page(s, T("转外地办理"), NULL, "transfer", false, false);
	if (received && !own)
		add_page(s, T("不予受理"), "x", "decline", false, true);
}

static void
actions_of_offer(struct actions *s)
{
	if (s->v->offer == NULL)
		return;
	if (s->v->offer_to_me && actor_may(s->x->ctx->actor, RIGHT_CASE_HANDLE)) {
		add_post(s, T("接收转交"), s->v->may_act ? NULL : "a", "handover/accept", true);
		add_page(s, T("退回"), "x", "return", false, true);
	} else if (s->v->offer_of_mine && actor_may(s->x->ctx->actor, RIGHT_DISPATCH)) {
		add_post(s, T("撤回转交"), "u", "handover/withdraw", false);
	}
}

/* ui_actions() sends no more than csrf and key; these commands also need what was seen: its revision
 * or the offer.  So their buttons are written here. */
static void
put_post(struct exchange *x, struct html *h, const struct case_view *v, const struct ui_action *a)
{
	ui_form_open(h, &(struct ui_form){ .action = a->post, .csrf = x->csrf, .key = a->post_key });
	ui_hidden(h, "revision", desk_int(x, v->r.revision));
	if (v->offer != NULL)
		ui_hidden(h, "handover", desk_int(x, v->offer->id));
	buf_add(h->out, a->primary ? TEXT("<button type=\"submit\" class=\"button primary\"") :
	    TEXT("<button type=\"submit\" class=\"button\""));
	if (a->key)
		html_attr(h, "data-key", text_of(a->key));
	html_raw(h, ">");
	html_say(h, a->label);
	if (a->key) {
		html_raw(h, " <kbd>");
		html_str(h, a->key);
		html_raw(h, "</kbd>");
	}
	html_raw(h, "</button>");
	ui_form_close(h);
}

static void
put_link(struct html *h, const struct ui_action *a)
{
	html_raw(h, "<a");
	html_attr(h, "href", a->href);
	buf_add(h->out, a->primary ? TEXT(" class=\"button primary\"") :
	    a->danger ? TEXT(" class=\"button danger\"") : TEXT(" class=\"button\""));
	if (a->key)
		html_attr(h, "data-key", text_of(a->key));
	html_raw(h, ">");
	html_say(h, a->label);
	if (a->key) {
		html_raw(h, " <kbd>");
		html_str(h, a->key);
		html_raw(h, "</kbd>");
	}
	html_raw(h, "</a>");
}

void
case_actions(struct exchange *x, struct html *h, const struct case_view *v, bool open)
{
	struct actions s = { .x = x, .v = v };

	if (request_is_open(v->r.state)) {
		actions_of_offer(&s);
		if (v->may_act)
			actions_of_state(&s);
		if (v->may_assign)
			add_page(&s, v->returns < DISPATCH_RETURNS_MAX ? T("改派") : T("裁定由谁办"), "s", "assign", false, false);
	}
	if (s.n == 0 && !open)
		return;
	html_raw(h, "<div class=\"actions\" role=\"group\"");
	html_attr(h, "aria-label", desk_say(x, T("可办的事")));
	html_raw(h, ">");
	for (size_t i = 0; i < s.n; i++) {
		if (s.a[i].post.n > 0)
			put_post(x, h, v, &s.a[i]);
		else
			put_link(h, &s.a[i]);
	}
	if (open) {
		html_raw(h, "<a class=\"button\"");
		html_attr(h, "href", desk_case_path(x, v->id, ""));
		html_raw(h, ">");
		html_say(h, T("打开案件"));
		html_raw(h, " <kbd>Enter</kbd></a>");
	}
	html_raw(h, "</div>");
}

/* ---- facts, clocks ------------------------------------------------------------------------------------ */

static struct text
groups_text(const struct exchange *x, uint64_t groups)
{
	struct text t = TEXT_NONE;

	for (int g = 0; g < GROUP_COUNT; g++) {
		struct text one = (groups & GROUP_BIT(g)) != 0 ? desk_say(x, group_label((enum group)g)) : TEXT_NONE;

		t = t.n == 0 ? one : one.n == 0 ? t :
		    arena_format(x->ctx->mem, "%.*s%s%.*s", (int)t.n, t.p, msg(x->ctx->lang, T("、")), (int)one.n, one.p);
	}
	return t;
}

static struct text
caller_text(const struct exchange *x, const struct request *r)
{
	if (r->caller == RELATION_SELF)
		return desk_say(x, relation_label(r->caller));
	return desk_join(x, r->caller_name, desk_say(x, relation_label(r->caller)));
}

static struct text
mode_text(const struct exchange *x, const struct request *r)
{
	return desk_join(x, desk_say(x, r->scheduled ? T("预约") : T("随到随办")),
	    desk_say(x, r->gathered ? T("集中服务") : T("分散服务")));
}

/* The one to ring comes first; the one on record beside it only when it is another. */
static size_t
add_phones(const struct case_view *v, struct ui_fact *facts, size_t n)
{
	bool left = v->contacts.contact_masked.n > 0, known = v->person.phone_masked.n > 0;

	if (left)
		facts[n++] = (struct ui_fact){ .label = T("电话"), .value = v->contacts.contact_masked };
	if (known && !(left && v->contacts.contact_known))
		facts[n++] = (struct ui_fact){ .label = left ? T("登记在案的电话") : T("电话"), .value = v->person.phone_masked };
	return n;
}

void
case_facts(struct exchange *x, struct html *h, const struct case_view *v)
{
	const struct request *r = &v->r;
	bool numbers = v->person.phone_masked.n > 0 || v->person.id_masked.n > 0 || v->contacts.contact_masked.n > 0
	    || v->contacts.caller_masked.n > 0;
	struct ui_fact facts[20];
	size_t n = 0;

	facts[n++] = (struct ui_fact){ .label = T("事项"), .value = desk_name(x, r->item_name, r->item_name_en) };
	facts[n++] = (struct ui_fact){ .label = T("谁的事"),
		.value = desk_join(x, case_who(x, r), desk_say(x, applicant_label(r->applicant))) };
	if (r->told_name.n > 0)
		facts[n++] = (struct ui_fact){ .label = T("这次说的姓名"),
			.value = desk_join(x, r->told_name, desk_say(x, T("登记的姓名与身份证号下已有的姓名不同"))) };
	if (r->organisation != 0)
		facts[n++] = (struct ui_fact){ .label = T("单位"),
			.value = desk_join(x, v->organisation.name, v->organisation.credit_code) };
	n = add_phones(v, facts, n);
	if (v->person.id_masked.n > 0)
		facts[n++] = (struct ui_fact){ .label = T("身份证"), .value = v->person.id_masked };
	if (r->groups != 0)
		facts[n++] = (struct ui_fact){ .label = T("人群"), .value = groups_text(x, r->groups) };
	if (r->caller != RELATION_SELF)
		facts[n++] = (struct ui_fact){ .label = T("反映人"),
			.value = desk_join(x, caller_text(x, r), v->contacts.caller_masked) };
	if (v->language.n > 0)
		facts[n++] = (struct ui_fact){ .label = T("希望用什么语言"), .value = v->language };
	if (v->wish.other_side)
		facts[n++] = (struct ui_fact){ .label = T("对方当事人"), .value = desk_say(x, T("已登记（加密），只用来避免利益冲突")) };
	facts[n++] = (struct ui_fact){ .label = T("地方"), .value = region_path(r->place) };
	facts[n++] = (struct ui_fact){ .label = T("渠道"),
		.value = desk_join(x, desk_say(x, channel_label(r->channel)), mode_text(x, r)) };
	facts[n++] = (struct ui_fact){ .label = T("收件"), .value = desk_when(x, r->created_ms) };
	facts[n++] = (struct ui_fact){ .label = T("首问"), .value = r->first_contact_name };
	facts[n++] = (struct ui_fact){ .label = T("承办"), .value = desk_join(x, r->holder_name, r->holder_point_name) };
	ui_facts(h, facts, n);
	if (v->whole && v->may_reveal && numbers) {
		html_raw(h, "<p>");
		ui_link(h, desk_case_path(x, v->id, "reveal"), T("查看完整号码"));
		html_raw(h, "</p>");
	}
}

static void
put_clock(struct exchange *x, struct html *h, struct case_id id, const struct case_clock *c)
{
	enum clock_light light = c->met_ms != 0 ? LIGHT_DONE
	    : request_light(request_lights(), c->start_ms, c->due_ms, true, x->ctx->now_ms);
	struct text detail = c->met_ms != 0 || c->due_ms == DUE_NONE ? TEXT_NONE : desk_span(x, c->due_ms - x->ctx->now_ms);

	html_raw(h, "<li><b>");
	html_say(h, target_label(c->target));
	html_raw(h, "</b> ");
	if (c->met_ms != 0)
		html_sayf(h, T("✓ %s 完成"), desk_when(x, c->met_ms).p);
	else
		ui_lamp(h, (enum ui_lamp)light, detail);
	if (c->met_ms > c->due_ms)
		ui_tag(h, UI_LATE, desk_say(x, T("超期")));
	if (c->uncertain)
		ui_tag(h, UI_SOON, desk_say(x, T("未定：节假日表未到这一年")));
	html_raw(h, "<br><small class=\"meta\">");
	html_text(h, desk_join(x, desk_join(x, clock_rule_words(x->ctx->mem, x->ctx->lang, c->rule), c->source), desk_when(x, c->due_ms)));
	html_raw(h, "</small> ");
	ui_link(h, desk_case_path(x, id, arena_format(x->ctx->mem, "why/%s", target_key(c->target)).p), T("为什么是这一天"));
	html_raw(h, "</li>");
}

void
case_clocks(struct exchange *x, struct html *h, const struct case_view *v)
{
	if (v->n_clocks == 0)
		return;
	html_raw(h, "<ul class=\"clocks\">");
	for (size_t i = 0; i < v->n_clocks; i++)
		put_clock(x, h, v->id, &v->clocks[i]);
	html_raw(h, "</ul>");
}

/* ---- history -------------------------------------------------------------------------------------------- */

static struct text
event_who(const struct exchange *x, const struct event *e)
{
	if (e->account == ACCOUNT_RESIDENT)
		return desk_say(x, T("求助人"));
	return e->account == ACCOUNT_SYSTEM ? desk_say(x, T("系统")) : e->account_name;
}

void
case_timeline(struct exchange *x, struct html *h, const struct case_view *v, size_t most)
{
	size_t n = v->n_events < most ? v->n_events : most;
	struct ui_event *out = arena_array(x->ctx->mem, n + 1, sizeof *out);

	if (out == NULL)
		return;
	for (size_t i = 0; i < n; i++) { /* the newest first */
		const struct event *e = &v->events[v->n_events - 1 - i];
		struct text what = desk_say(x, event_label(e->kind)), words = event_words(x->ctx->mem, x->ctx->lang, e);

		if (words.n > 0)
			what = arena_format(x->ctx->mem, "%.*s\n%.*s", (int)what.n, what.p, (int)words.n, words.p);
		out[i] = (struct ui_event){ .when = desk_when(x, e->at_ms), .what = what, .who = event_who(x, e),
			.tone = e->to != e->from && !request_is_open(e->to) ? UI_OK : UI_PLAIN };
	}
	ui_timeline(h, out, n);
}

static const char *
how_label(enum holding_how how)
{
	switch (how) {
	case HOLDING_RECEIVED: return T("首次接触");
	case HOLDING_HANDED_OVER: return T("接收转交");
	case HOLDING_ASSIGNED: return T("分派");
	case HOLDING_TAKEN_OVER: return T("接手");
	default: return T("未填写");
	}
}

void
case_holdings(struct exchange *x, struct html *h, const struct case_view *v)
{
	static const struct ui_column columns[] = {
		{ T("从什么时候"), false }, { T("谁负责"), false }, { T("在哪里"), false }, { T("怎么来的"), false },
	};
	struct ui_table t;

	ui_table_open(&t, h, T("责任记录：任何时刻都有一个人负责"), columns, 4);
	for (size_t i = 0; i < v->n_holdings; i++) {
		ui_row_open(&t);
		ui_cell(&t, desk_when(x, v->holdings[i].since_ms));
		ui_cell(&t, v->holdings[i].account_name);
		ui_cell(&t, v->holdings[i].point_name);
		ui_cell_say(&t, how_label(v->holdings[i].how));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static const char *
handover_label(enum handover_state s)
{
	switch (s) {
	case HANDOVER_OFFERED: return T("等对方接收");
	case HANDOVER_ACCEPTED: return T("已接收");
	case HANDOVER_RETURNED: return T("已退回");
	case HANDOVER_WITHDRAWN: return T("已撤回");
	default: return T("未知状态");
	}
}

static void
put_handover(struct exchange *x, struct ui_table *t, const struct case_view *v, const struct handover *o)
{
	struct text result = desk_join(x, desk_say(x, handover_label(o->state)), desk_when(x, o->answered_ms));

	ui_row_open(t);
	ui_cell(t, desk_when(x, o->offered_ms));
	ui_cell(t, o->from_name);
	ui_cell(t, desk_join(x, o->to_name, o->to_point_name));
	ui_cell(t, o->reason);
	ui_cell_open(t);
	html_lines(t->h, desk_join(x, result, o->return_reason));
	if (o->better_name.n > 0) {
		html_raw(t->h, "<br>");
		html_say(t->h, T("建议由：")); 
		html_text(t->h, o->better_name);
	}
	if (o->choice != 0) {
		html_raw(t->h, "<br>");
		ui_link(t->h, arena_format(x->ctx->mem, "/desk/request/%lld/choice/%lld", (long long)v->id.n,
		    (long long)o->choice), T("当时怎么选的"));
	}
	ui_cell_close(t);
	ui_row_close(t);
}

void
case_handovers(struct exchange *x, struct html *h, const struct case_view *v)
{
	static const struct ui_column columns[] = {
		{ T("时间"), false }, { T("谁提出"), false }, { T("转给谁"), false }, { T("理由"), false }, { T("结果"), false },
	};
	struct ui_table t;

	if (v->n_handovers == 0)
		return;
	ui_table_open(&t, h, T("转交记录"), columns, 5);
	for (size_t i = 0; i < v->n_handovers; i++)
		put_handover(x, &t, v, &v->handovers[i]);
	ui_table_close(&t);
	html_raw(h, "<p>");
	ui_link(h, desk_case_path(x, v->id, "dispatch"), T("最近一次派单是怎么选的"));
	html_raw(h, "</p>");
}

/* ---- papers, messages, the consultation ---------------------------------------------------------------------- */

static void
put_paper(struct exchange *x, struct html *h, const struct case_view *v, size_t i)
{
	const struct attachment *f = &v->files[i];

	html_raw(h, "<li>");
	ui_link_text(h, arena_format(x->ctx->mem, "/desk/request/%lld/file/%lld", (long long)v->id.n, (long long)i + 1),
	    f->name);
	html_raw(h, " <small class=\"meta\">");
	html_text(h, desk_join(x, arena_format(x->ctx->mem, "%lld KB", (long long)((f->bytes + 1023) / 1024)),
	    desk_when(x, f->at_ms)));
	html_raw(h, "</small></li>");
}

void
case_papers(struct exchange *x, struct html *h, const struct case_view *v, bool add)
{
	bool may_add = add && v->may_act && request_is_open(v->r.state) && v->n_files < UPLOADS_PER_REQUEST;

	ui_section_open(h, T("材料"));
	if (v->n_files == 0)
		ui_paragraph(h, T("还没有材料。"));
	if (v->n_files > 0)
		html_raw(h, "<ul>");
	for (size_t i = 0; i < v->n_files; i++)
		put_paper(x, h, v, i);
	if (v->n_files > 0)
		html_raw(h, "</ul>");
	if (may_add) {
		bool wrong = findings_of(&x->findings, "file") != NULL;

		buf_add(h->out, wrong ? TEXT("<details open><summary>") : TEXT("<details><summary>"));
		html_say(h, T("添加材料"));
		html_raw(h, "</summary>");
		ui_form_open(h, &(struct ui_form){ .action = desk_case_path(x, v->id, "files"), .csrf = x->csrf,
		    .key = desk_key(x), .upload = true });
		ui_file(h, &(struct ui_file){ .key = "file", .label = T("选一个文件"), .accept = ".pdf,.jpg,.jpeg,.png",
		    .hint = T("PDF、JPG、PNG，每个不超过 10 MB") }, findings_of(&x->findings, "file"));
		html_raw(h, "<button type=\"submit\" class=\"button\">");
		html_say(h, T("上传"));
		html_raw(h, "</button>");
		ui_form_close(h);
		html_raw(h, "</details>");
	}
	ui_section_close(h);
}

void
case_messages(struct exchange *x, struct html *h, const struct case_view *v)
{
	ui_section_open(h, T("来往留言"));
	if (v->n_messages == 0)
		ui_paragraph(h, T("还没有留言。"));
	html_raw(h, "<div class=\"talk\">");
	for (size_t i = 0; i < v->n_messages; i++) {
		const struct message *m = &v->messages[i];
		bool resident = m->account == ACCOUNT_RESIDENT;

		buf_add(h->out, resident ? TEXT("<div class=\"theirs\"><p>") : TEXT("<div class=\"ours\"><p>"));
		html_lines(h, m->body);
		html_raw(h, "</p><p class=\"meta\">");
		html_text(h, desk_join(x, resident ? desk_say(x, T("求助人")) : m->account_name, desk_when(x, m->at_ms)));
		html_raw(h, "</p></div>");
	}
	html_raw(h, "</div>");
	ui_section_close(h);
}

static void
put_aid(struct exchange *x, struct html *h, const struct case_view *v, const char *hint, const char *label)
{
	ui_form_open(h, &(struct ui_form){ .action = desk_case_path(x, v->id, "aid"), .csrf = x->csrf, .key = desk_key(x) });
	ui_hidden(h, "revision", desk_int(x, v->r.revision));
	ui_hidden(h, "hint", text_of(hint));
	html_raw(h, "<button type=\"submit\" class=\"button\">");
	html_say(h, label);
	html_raw(h, "</button>");
	ui_form_close(h);
}

void
case_consult(struct exchange *x, struct html *h, const struct case_view *v, bool may)
{
	static const char *const said[] = { [AID_NOT_SAID] = T("还没有告知"), [AID_TOLD] = T("已告知"),
		[AID_WISHED] = T("对方希望申请") };
	bool act = may && v->may_act && request_is_open(v->r.state);

	if (!v->has_consult)
		return;
	if (v->consult.answer.n > 0) {
		ui_section_open(h, T("答复"));
		html_raw(h, "<p>");
		html_lines(h, v->consult.answer);
		html_raw(h, "</p><p class=\"meta\">");
		html_text(h, desk_join(x, v->consult.answered_by_name, desk_when(x, v->consult.answered_ms)));
		html_raw(h, "</p>");
		ui_section_close(h);
	}
	html_raw(h, "<div class=\"aid\"><p>");
	html_say(h, T("法律援助提示（法律援助法第 23 条）："));
	html_raw(h, "<b>");
	html_say(h, said[v->consult.hint]);
	html_raw(h, "</b></p>");
	if (act && v->consult.hint == AID_NOT_SAID)
		put_aid(x, h, v, "told", T("已告知"));
	if (act && v->consult.hint != AID_WISHED)
		put_aid(x, h, v, "wished", T("对方希望申请"));
	html_raw(h, "</div>");
}

/* ---- the panel beside the queue ------------------------------------------------------------------------------- */

static struct text
late_text(const struct exchange *x, enum ui_lamp lamp, struct text span)
{
	if (lamp != LAMP_LATE)
		return TEXT_NONE;
	return arena_format(x->ctx->mem, "%s %.*s", msg(x->ctx->lang, T("已经超过时限")), (int)span.n, span.p);
}

void
case_panel(struct exchange *x, struct html *h, const struct case_view *v)
{
	const struct request *r = &v->r;
	struct ui_panel panel = { .title = desk_join(x, case_who(x, r), r->subject) };
	bool was_desk = h->desk;

	h->desk = true;
	panel.lamp = desk_lamp(x, r->start_ms, r->due_ms, request_is_open(r->state), &panel.lamp_detail);
	panel.under = desk_join(x, r->number, desk_say(x, request_state_label(r->state)));
	panel.late = late_text(x, panel.lamp, panel.lamp_detail);
	ui_panel_open(h, &panel);
	case_actions(x, h, v, true);
	html_raw(h, "<p class=\"detail\">");
	html_lines(h, r->detail);
	html_raw(h, "</p>");
	case_facts(x, h, v);
	case_timeline(x, h, v, 6);
	ui_panel_close(h);
	h->desk = was_desk;
}
