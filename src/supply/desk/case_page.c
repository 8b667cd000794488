/* The page of a case: where it stands, who answers for it, what was said, and one form at a time. */
#include "supply/desk/desk_internal.h"

#include <string.h>

/* ---- forms that need more than their rows ---------------------------------------------------------------- */

void
draw_revision(struct exchange *x, struct html *h, const struct case_view *v)
{
	ui_hidden(h, "revision", desk_int(x, v->r.revision)); /* of what is shown now, not of what was typed over */
}

static void
draw_plain(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	for (size_t i = 0; i < act->form->n; i++) {
		const struct field *f = &act->form->fields[i];

		if (strcmp(f->key, "revision") == 0)
			draw_revision(x, h, v);
		else
			ui_form_field(h, act->form, f->key, &x->typed, &x->findings);
	}
}

/* What was typed, or else a value to begin with. */
struct text
draw_typed_or(const struct exchange *x, const struct form *form, const char *key, struct text otherwise)
{
	return x->typed.v != NULL ? ui_typed(form, key, &x->typed) : otherwise;
}

void
draw_codes(struct exchange *x, struct html *h, const struct form *form, const char *key, const char *kind)
{
	struct field f = *form_field(form, key);
	struct code_row *rows = NULL;
	struct choice *choices;
	size_t n = 0;

	if (code_list(x->ctx, kind, desk_today(x), &rows, &n) != RC_OK)
		n = 0;
	choices = arena_array(x->ctx->mem, n + 1, sizeof *choices);
	if (choices == NULL)
		return;
	for (size_t i = 0; i < n; i++)
		choices[i] = (struct choice){ .value = (int)i + 1, .key = arena_text(x->ctx->mem, rows[i].code).p,
			.label = arena_text(x->ctx->mem, desk_name(x, rows[i].name, rows[i].name_en)).p };
	f.kind = FIELD_CHOICE;
	f.choices = choices;
	ui_digits(h);
	ui_field(h, &f, ui_typed(form, key, &x->typed), findings_of(&x->findings, key));
}

static void
draw_answer(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	struct text before = v->has_consult ? v->consult.answer : TEXT_NONE;
	struct text form = arena_format(x->ctx->mem, "answer-%lld", (long long)v->id.n);

	if (x->typed.v == NULL && desk_draft_typed(x, form, act->form, &x->typed))
		ui_notice_say(h, UI_INFO, NULL, T("这是上次没发出的答复，接着写。"));

	draw_revision(x, h, v);
	ui_field(h, form_field(act->form, "answer"), draw_typed_or(x, act->form, "answer", before),
	    findings_of(&x->findings, "answer"));
	if (!v->has_consult || v->consult.hint == AID_NOT_SAID)
		ui_form_field(h, act->form, "aid_told", &x->typed, &x->findings);
}

static void
draw_close(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	const struct matter_kind *kind = matter_find(v->r.matter);

	draw_revision(x, h, v);
	draw_codes(x, h, act->form, "outcome", kind ? kind->outcomes : "consult.outcome");
	ui_form_field(h, act->form, "note", &x->typed, &x->findings);
}

static void
draw_convert(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	struct item *items = NULL;
	struct ui_option *options;
	size_t n = 0, k = 0;

	draw_revision(x, h, v);
	if (catalogue_list(x->ctx, desk_today(x), false, &items, &n) != RC_OK)
		n = 0;
	options = arena_array(x->ctx->mem, n + 1, sizeof *options);
	for (size_t i = 0; options != NULL && i < n; i++)
		if (items[i].id != v->r.item)
			options[k++] = (struct ui_option){ .value = desk_int(x, items[i].id),
				.label = desk_name(x, items[i].name, items[i].name_en) };
	ui_field_select(h, form_field(act->form, "item"), options, k, ui_typed(act->form, "item", &x->typed),
	    findings_of(&x->findings, "item"));
	ui_form_field(h, act->form, "note", &x->typed, &x->findings);
}

/* Begins with an hour from now, or tomorrow at ten when the day is nearly over. */
static void
draw_callback(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	int minute = moment_minute(x->ctx->now_ms) + 60;
	struct day day = desk_today(x);
	char out[16];

	if (minute > 17 * 60) {
		minute = 10 * 60;
		day = day_add(day, 1);
	}
	draw_revision(x, h, v);
	ui_field(h, form_field(act->form, "day"),
	    draw_typed_or(x, act->form, "day", arena_text(x->ctx->mem, day_print(day, out))), findings_of(&x->findings, "day"));
	ui_field(h, form_field(act->form, "time"),
	    draw_typed_or(x, act->form, "time", arena_format(x->ctx->mem, "%02d:%02d", minute / 60, minute % 60 / 15 * 15)),
	    findings_of(&x->findings, "time"));
}

static void
draw_reveal(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	struct code_row *rows = NULL;
	struct ui_option *options;
	size_t n = 0;

	(void)v;
	if (code_list(x->ctx, "reveal.purpose", desk_today(x), &rows, &n) != RC_OK)
		n = 0;
	options = arena_array(x->ctx->mem, n + 1, sizeof *options);
	for (size_t i = 0; options != NULL && i < n; i++)
		options[i] = (struct ui_option){ .value = desk_name(x, rows[i].name, rows[i].name_en) };
	ui_field_suggest(h, form_field(act->form, "purpose"), options, options ? n : 0,
	    ui_typed(act->form, "purpose", &x->typed), findings_of(&x->findings, "purpose"));
}

/* ---- the table of acts ---------------------------------------------------------------------------------------- */

const struct act acts[] = {
	{ "answer", T("答复"), T("发出答复"), &answer_form, draw_answer, false },
	{ "close", T("办结"), T("办结"), &close_form, draw_close, false },
	{ "decline", T("不予受理"), T("不予受理并告知"), &decline_form, draw_plain, false },
	{ "convert", T("转为其他事项"), T("转为这一事项"), &convert_form, draw_convert, false },
	{ "callback", T("约定回电"), T("约好了"), &callback_form, draw_callback, false },
	{ "reveal", T("查看完整号码"), T("查看并记录"), &reveal_form, draw_reveal, false },
	{ "handover", T("转交"), T("提出转交"), &offer_form, draw_offer, true },
	{ "return", T("退回转交"), T("退回"), &return_form, draw_return, false },
	{ "pause", T("暂停计时"), T("暂停"), &pause_form, draw_pause, false },
	{ "resume", T("恢复计时"), T("恢复"), &resume_form, draw_plain, false },
	{ "cooperate", T("请求协作"), T("提出请求"), &cooperate_form, draw_cooperate, true },
	{ "transfer", T("转外地办理"), T("发函并办结"), &transfer_form, draw_transfer, true },
	{ "assign", T("改派"), T("改派"), &assign_form, draw_assign, true },
};

const struct act *
act_by_key(struct text key)
{
	for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
		if (text_equals(key, text_of(acts[i].key)))
			return &acts[i];
	return NULL;
}

/* ---- notices ----------------------------------------------------------------------------------------------------- */

struct done_row { const char *key, *words; };

static const struct done_row done_rows[] = {
	{ "accept", T("已受理，现在由您负责。") }, { "answer", T("答复已发出，对方在进度页看得到。") },
	{ "close", T("已办结。") }, { "decline", T("已告知不予受理。") }, { "convert", T("已转为其他事项，这是新的一件。") },
	{ "callback", T("回电已约好，会出现在工作台的「待回电」里。") }, { "called", T("回电结果已记下。") },
	{ "aid", T("法律援助提示已记下。") }, { "say", T("留言已发出。") }, { "takeover", T("现在由您负责。") },
	{ "offer", T("已提出转交。对方接收以前，仍由现在的承办人负责。") },
	{ "received", T("转交已接收，现在由您负责。") },
	{ "withdrawn", T("转交已撤回。") }, { "assign", T("已改派，现在由新的承办人负责。") }, { "files", T("材料已收下。") },
	{ "cooperate", T("已请对方协助。这件事仍由您负责，对方答复后会告诉您。") },
	{ "transfer", T("已转外地办理。转出函可以打印；求助人在进度页看得到去哪里办。") },
	{ "pause", T("计时已暂停，对方在进度页看得到在等什么。") }, { "resume", T("计时已恢复，新的时限见右边。") },
};

static const char *
done_words(struct text key)
{
	for (size_t i = 0; i < sizeof done_rows / sizeof done_rows[0]; i++)
		if (text_equals(key, text_of(done_rows[i].key)))
			return done_rows[i].words;
	return NULL;
}

/* A fresh offer can be taken back with one key. */
static void
put_done(struct exchange *x, struct html *h, const struct case_view *v)
{
	struct text done = desk_query(x, "done");
	const char *words = done_words(done);

	if (words == NULL)
		return;
	if (text_equals(done, TEXT("offer")) && v->offer != NULL && v->offer_of_mine
	    && x->ctx->now_ms - v->offer->offered_ms < 10000) {
		html_raw(h, "<div class=\"notice ok undo\" role=\"status\"><p>");
		html_say(h, words);
		html_raw(h, "</p>");
		ui_form_open(h, &(struct ui_form){ .action = desk_case_path(x, v->id, "handover/withdraw"), .csrf = x->csrf,
		    .key = desk_key(x) });
		ui_hidden(h, "handover", desk_int(x, v->offer->id));
		html_raw(h, "<button type=\"submit\" class=\"button\" data-key=\"u\">");
		html_say(h, T("撤销（10 秒内）"));
		html_raw(h, " <kbd>u</kbd></button>");
		ui_form_close(h);
		html_raw(h, "</div>");
		return;
	}
	ui_notice_say(h, UI_OK, NULL, words);
}

static void
put_offer_notice(struct exchange *x, struct html *h, const struct case_view *v)
{
	const struct handover *o = v->offer;

	if (o == NULL || !request_is_open(v->r.state))
		return;
	if (v->offer_to_me)
		ui_notice(h, UI_INFO, T("转交给您，等您接收或退回"), desk_join(x, desk_join(x, o->from_name,
		    desk_when(x, o->offered_ms)), o->reason));
	else
		ui_notice(h, UI_INFO, T("正在转交，等对方接收"), desk_join(x, desk_join(x, o->to_name, o->to_point_name),
		    o->reason));
}

static void
put_state_notice(struct exchange *x, struct html *h, const struct case_view *v)
{
	put_offer_notice(x, h, v);
	if (v->returns >= DISPATCH_RETURNS_MAX && request_is_open(v->r.state))
		ui_notice_say(h, UI_INFO, T("已被退回两次，不再转交"), T("由中心主任裁定谁来办并写明理由；裁定给谁，谁就办到底。"));
	case_paused(x, h, v);
	if (!v->may_act && request_is_open(v->r.state) && !v->offer_to_me)
		ui_notice(h, UI_PLAIN, v->may_assign ? T("这件事不由您承办，可以改派") : T("这件事不由您承办，只能看"),
		    desk_join(x, v->r.holder_name, v->r.holder_point_name));
	if (!request_is_open(v->r.state) && text_equals(v->r.matter, TEXT("mediation"))) {
		html_raw(h, "<p>");
		ui_link(h, desk_case_path(x, v->id, "mediation"), T("人民调解"));
		html_raw(h, "</p>");
	}
	if (v->r.parent != 0) {
		html_raw(h, "<p>");
		ui_link(h, desk_case_path(x, (struct case_id){ v->r.parent }, ""), T("由另一件转来，看原件"));
		html_raw(h, "</p>");
	}
	if (v->consult.converted != 0) {
		html_raw(h, "<p>");
		ui_link_text(h, desk_case_path(x, (struct case_id){ v->consult.converted }, ""),
		    desk_join(x, desk_say(x, T("已转为其他事项")), v->consult.converted_number));
		html_raw(h, "</p>");
	}
}

/* ---- the form that is open --------------------------------------------------------------------------------------- */

static struct text
act_key(const struct exchange *x)
{
	return x->in->method == HTTP_POST && x->out->status == 422 ? frame_key_text(x) : desk_key(x);
}

static bool
keeps_draft(const struct act *act)
{
	return strcmp(act->key, "answer") == 0;
}

static void
put_act(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	struct text draft = arena_format(x->ctx->mem, "/desk/draft?form=%s-%lld", act->key, (long long)v->id.n);

	ui_section_open(h, act->title);
	ui_error_summary(h, act->form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = desk_case_path(x, v->id, act->key), .csrf = x->csrf,
	    .key = act_key(x), .id = "act", .draft = keeps_draft(act) ? draft.p : NULL });
	act->draw(x, h, v, act);
	ui_form_buttons(h, act->submit, desk_case_path(x, v->id, ""));
	ui_form_close(h);
	ui_section_close(h);
}

static struct text
say_begin(const struct exchange *x)
{
	if (x->route->form == &say_form)
		return ui_typed(&say_form, "body", &x->typed);
	return text_equals(desk_query(x, "ask"), TEXT("papers")) ? desk_say(x, T("请补充以下材料：")) : TEXT_NONE;
}

static void
put_say(struct exchange *x, struct html *h, const struct case_view *v)
{
	if (!v->may_act || !request_is_open(v->r.state))
		return;
	ui_form_open(h, &(struct ui_form){ .action = desk_case_path(x, v->id, "say"), .csrf = x->csrf, .key = desk_key(x),
	    .id = "say" });
	ui_field(h, form_field(&say_form, "body"), say_begin(x),
	    x->route->form == &say_form ? findings_of(&x->findings, "body") : NULL);
	html_raw(h, "<button type=\"submit\" class=\"button\">");
	html_say(h, T("发出留言"));
	html_raw(h, "</button>");
	ui_form_close(h);
}

static void
put_called(struct exchange *x, struct html *h, const struct case_view *v, const struct callback *k, const char *result,
    const char *label)
{
	ui_form_open(h, &(struct ui_form){ .action = desk_case_path(x, v->id, "called"), .csrf = x->csrf,
	    .key = desk_key(x) });
	ui_hidden(h, "callback", desk_int(x, k->id));
	ui_hidden(h, "result", text_of(result));
	html_raw(h, "<button type=\"submit\" class=\"button\">");
	html_say(h, label);
	html_raw(h, "</button>");
	ui_form_close(h);
}

static void
put_callbacks(struct exchange *x, struct html *h, const struct case_view *v)
{
	for (size_t i = 0; i < v->n_callbacks; i++) {
		const struct callback *k = &v->callbacks[i];
		bool late = k->done_ms == 0 && k->due_ms < x->ctx->now_ms;

		html_raw(h, "<div class=\"aid\"><p>");
		html_say(h, k->done_ms == 0 ? T("待回电，不晚于：") : text_equals(k->result, TEXT("withdrawn")) ?
		    T("事情已了，不再回电：") : T("已回电："));
		html_raw(h, "<b>");
		html_text(h, desk_join(x, desk_when(x, k->done_ms != 0 ? k->done_ms : k->due_ms), k->account_name));
		html_raw(h, "</b> ");
		if (late)
			ui_lamp(h, LAMP_LATE, desk_span(x, x->ctx->now_ms - k->due_ms));
		if (k->tries > 0 && k->done_ms == 0)
			html_sayf(h, T("已试 %d 次"), k->tries);
		html_raw(h, "</p>");
		if (k->done_ms == 0 && v->may_act) {
			put_called(x, h, v, k, "reached", T("打通了"));
			put_called(x, h, v, k, "unreachable", T("没打通"));
		}
		html_raw(h, "</div>");
	}
}

/* ---- the page ---------------------------------------------------------------------------------------------------- */

static void
put_head(struct exchange *x, struct html *h, const struct case_view *v)
{
	struct text detail = TEXT_NONE;
	bool open = request_is_open(v->r.state);
	enum ui_lamp lamp = desk_lamp(x, v->r.start_ms, v->r.due_ms, open, &detail);

	ui_title_text(h, desk_join(x, case_who(x, &v->r), v->r.subject), v->r.number);
	html_raw(h, "<p class=\"state\"><b>");
	html_say(h, request_state_label(v->r.state));
	html_raw(h, "</b> ");
	if (open)
		ui_lamp(h, lamp, detail);
	if (open && v->r.due_ms != DUE_NONE) {
		html_raw(h, " <span>");
		html_say(h, T("截止 "));
		html_text(h, desk_when(x, v->r.due_ms));
		html_raw(h, "</span>");
	}
	if (v->r.urgent) {
		html_raw(h, " ");
		ui_tag(h, UI_LATE, desk_say(x, T("急")));
	}
	html_raw(h, " <a");
	html_attr(h, "href", desk_case_path(x, v->id, "receipt"));
	html_raw(h, ">");
	html_say(h, T("回执"));
	html_raw(h, "</a> <a");
	html_attr(h, "href", desk_case_path(x, v->id, "policy"));
	html_raw(h, ">");
	html_say(h, T("规则试算"));
	html_raw(h, "</a> <a data-back href=\"/desk\">");
	html_say(h, T("回工作台"));
	html_raw(h, " <kbd>Esc</kbd></a></p>");
}

static void
put_note(struct html *h, const struct case_note *note)
{
	if (note == NULL)
		return;
	if (note->body)
		ui_notice_say(h, note->tone, note->title, note->body);
	else
		ui_notice(h, note->tone, note->title, note->body_text);
}

static void
put_main(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act,
    const struct case_note *note)
{
	put_note(h, note);
	if (x->in->method == HTTP_GET && act == NULL)
		put_done(x, h, v);
	put_state_notice(x, h, v);
	if (act == NULL)
		case_actions(x, h, v, false);
	if (act == NULL)
		case_supervised(x, h, v);
	if (act == NULL)
		case_cooperation(x, h, v);
	if (act == NULL)
		case_belongs(x, h, v);
	if (v->r.state == REQUEST_CLOSED && desk_hooks.after_close && act == NULL)
		desk_hooks.after_close(h, x, v->id);
	ui_section_open(h, T("事情经过"));
	html_raw(h, "<p class=\"detail\">");
	html_lines(h, v->r.detail);
	html_raw(h, "</p>");
	ui_section_close(h);
	if (act != NULL)
		put_act(x, h, v, act);
	put_callbacks(x, h, v);
	case_consult(x, h, v, act == NULL);
	if (act != NULL && act->whole_page)
		return;
	case_messages(x, h, v);
	if (act == NULL)
		put_say(x, h, v);
	case_issued(x, h, v);
	case_papers(x, h, v, act == NULL);
}

static void
put_side(struct exchange *x, struct html *h, const struct case_view *v)
{
	html_raw(h, "<div class=\"panel\"><h2>");
	html_say(h, T("时限和责任"));
	html_raw(h, "</h2>");
	case_clocks(x, h, v);
	case_facts(x, h, v);
	html_raw(h, "<h2>");
	html_say(h, T("经过"));
	html_raw(h, "</h2>");
	case_timeline(x, h, v, VIEW_EVENTS);
	html_raw(h, "</div>");
}

enum rc
case_show(struct exchange *x, struct case_id id, const struct act *act, const struct case_note *note)
{
	struct case_view v = { .id = id, .whole = true, .candidates_too = act &&
	    (strcmp(act->key, "handover") == 0 || strcmp(act->key, "assign") == 0) };
	struct html h = frame_html(x);
	enum rc rc = case_view_read(x, &v);

	if (rc != RC_OK)
		return rc;
	if (act && act->form == &reveal_form && !v.may_reveal)
		return RC_FORBIDDEN;
	if (desk_is_lawyers(x->ctx->actor, &v.r)) { /* has a page of their own */
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/aid/%lld", (long long)id.n));
		return RC_OK;
	}
	frame_desk_open(x, &h, &(struct frame_page){ .title_text = desk_join(x, v.r.number, v.r.subject),
	    .area = FRAME_QUEUE });
	put_head(x, &h, &v);
	ui_split_open(&h);
	put_main(x, &h, &v, act, note);
	if (act == NULL || !act->whole_page) {
		case_handovers(x, &h, &v);
		case_holdings(x, &h, &v);
	}
	ui_split_side(&h);
	put_side(x, &h, &v);
	ui_split_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
case_page(struct exchange *x)
{
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	return rc == RC_OK ? case_show(x, id, NULL, NULL) : rc;
}

/* GET of a form of a case: the last part of the route's address names it. */
enum rc
act_page(struct exchange *x)
{
	const char *slash = strrchr(x->route->path, '/');
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	return rc == RC_OK ? case_show(x, id, act_by_key(text_of(slash + 1)), NULL) : rc;
}

enum rc
panel_fragment(struct exchange *x)
{
	struct case_view v = { .whole = false };
	struct html h = frame_html(x);
	enum rc rc = http_segment_id(x, "id", &v.id.n);

	if (rc == RC_OK)
		rc = case_view_read(x, &v);
	if (rc != RC_OK)
		return rc;
	case_panel(x, &h, &v);
	return buf_rc(h.out);
}

/* ---- what follows a command ------------------------------------------------------------------------------------------ */

static enum rc
show_again(struct exchange *x, struct case_id id, const char *act, enum rc rc)
{
	static const struct case_note before = { .tone = UI_SOON, .title = T("这一份以前已经提交过，这次没有再记"),
		.body = T("下面是第一次提交后的情况，您这次填的内容不同，还在。确实要改，就再提交一次。") };
	static const struct case_note stale = { .tone = UI_SOON, .title = T("刚才有人改过了，没有覆盖任何东西"),
		.body = T("下面是现在的情况，您填的内容还在。核对右边的最新经过，再决定要不要提交。") };

	x->out->status = http_status_of(rc);
	return case_show(x, id, act_by_key(text_of(act)), rc == RC_CONFLICT ? &stale : rc == RC_DUPLICATE ? &before : NULL);
}

enum rc
case_end(struct exchange *x, struct case_id id, const char *act, enum rc rc, const char *done)
{
	if (rc == RC_OK)
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/request/%lld?done=%s", (long long)id.n, done));
	else if (rc == RC_INVALID || rc == RC_REFUSED || rc == RC_CONFLICT || rc == RC_DUPLICATE)
		return show_again(x, id, act, rc);
	return rc;
}
