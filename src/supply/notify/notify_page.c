/* What an account has been told, what it wants to be told, and its calendar. */
#include "supply/notify/notify_ics.h"
#include "supply/notify/notify_page_own.h"

#include "kit/msg/msg.h"
#include "operations/request/request.h"

#include <stddef.h>
#include <stdio.h>

#define PAGE 30

struct text
notify_when(const struct exchange *x, int64_t at_ms)
{
	char line[32];

	return arena_text(x->ctx->mem, moment_print(at_ms, line));
}

/* ---- forms ---------------------------------------------------------------------------------------------- */

struct read_values { int64_t id; };
static const struct field read_fields[] = {
	{ .key = "id", .kind = FIELD_KEY, .label = T("通知"), .min = 0, .max = INT64_MAX, .offset = offsetof(struct read_values, id) },
};
const struct form notify_read_form = FORM_OF("notify.read", T("看过了"), read_fields, struct read_values);

static const struct choice topic_choices[] = {
	{ NOTIFY_NEW, "new", T("由我负责的新事项") }, { NOTIFY_OFFERED, "offered", T("转交") },
	{ NOTIFY_SUPERVISED, "supervised", T("督办") }, { NOTIFY_DEADLINE, "deadline", T("期限变动") },
	{ NOTIFY_MESSAGE, "message", T("求助人留言、补充材料、撤回") }, { NOTIFY_REVIEW, "review", T("差评回访") },
	{ NOTIFY_DUTY, "duty", T("值班变动、换班") },
	{ 0, NULL, NULL },
};

struct choice_values { struct text mail; uint64_t topics; };
static const struct field choice_fields[] = {
	{ .key = "mail", .kind = FIELD_LINE, .label = T("邮件地址"), .max = 254, .autocomplete = "email",
	  .hint = T("加密保存，只用来给您发通知。留空就不发邮件。"), .offset = offsetof(struct choice_values, mail) },
	{ .key = "topics", .kind = FIELD_FLAGS, .label = T("哪些事发邮件"), .choices = topic_choices,
	  .offset = offsetof(struct choice_values, topics) },
};
const struct form notify_choice_form = FORM_OF("notify.choice", T("邮件通知"), choice_fields, struct choice_values);

/* ---- the list --------------------------------------------------------------------------------------------- */

static void
put_read_button(struct exchange *x, struct html *h, int64_t id, const char *label)
{
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/notices/read"), .csrf = x->csrf });
	ui_hidden(h, "id", arena_format(x->ctx->mem, "%lld", (long long)id));
	html_raw(h, "<button type=\"submit\" class=\"button\">");
	html_say(h, label);
	html_raw(h, "</button>");
	ui_form_close(h);
}

/* Whoever is asked to help need not see the case: the list of what their point was asked. */
static struct text
notice_path(const struct exchange *x, const struct notice *n)
{
	static const char *const of_helper[] = { "cooperate.asked", "cooperate.again", "cooperate.closed", "cooperate.withdrawn",
		"cooperate.ended" };

	for (size_t i = 0; i < sizeof of_helper / sizeof of_helper[0]; i++)
		if (text_equals(n->kind, text_of(of_helper[i])))
			return TEXT("/desk/cooperate");
	if (n->request == 0)
		return text_starts_with(n->kind, TEXT("duty.swap_")) && actor_may(x->ctx->actor, RIGHT_SUPERVISE) ? TEXT("/desk/roster/swaps") :
		    text_starts_with(n->kind, TEXT("duty.station")) ? TEXT("/desk/roster") : TEXT("/desk/duty");
	return arena_format(x->ctx->mem, "/desk/request/%lld", (long long)n->request);
}

static void
put_list(struct exchange *x, struct html *h, const struct notice *v, size_t n)
{
	static const struct ui_column columns[] = {
		{ T("什么时候"), false }, { T("什么事"), false }, { T("编号"), false }, { T("最晚"), false }, { T("看过"), false },
	};
	bool opens = actor_may(x->ctx->actor, RIGHT_CASE_READ);
	struct ui_table t;

	ui_table_open(&t, h, T("我的通知"), columns, sizeof columns / sizeof columns[0]);
	for (size_t i = 0; i < n; i++) {
		ui_row_open(&t);
		ui_cell(&t, notify_when(x, v[i].at_ms));
		ui_cell_open(&t);
		if (v[i].read_ms == 0) {
			ui_tag(h, UI_INFO, text_of(msg(h->lang, T("新"))));
			html_raw(h, " ");
		}
		html_say(h, notify_kind_label(v[i].kind));
		ui_cell_close(&t);
		if (v[i].request == 0)
			ui_cell_link(&t, notice_path(x, &v[i]), v[i].about);
		else if (opens && (v[i].seen || text_starts_with(v[i].kind, TEXT("cooperate."))))
			ui_cell_link(&t, notice_path(x, &v[i]), v[i].number);
		else
			ui_cell(&t, v[i].number);
		ui_cell(&t, v[i].open && v[i].due_ms != DUE_NONE ? notify_when(x, v[i].due_ms) : TEXT_NONE);
		ui_cell_open(&t);
		if (v[i].read_ms == 0)
			put_read_button(x, h, v[i].id, T("看过了"));
		else
			html_text(h, notify_when(x, v[i].read_ms));
		ui_cell_close(&t);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* ---- the calendar ------------------------------------------------------------------------------------------- */

static void
put_feed(struct exchange *x, struct html *h)
{
	char token[NOTIFY_TOKEN_CHARS];
	enum rc rc = notify_feed_token(x->ctx, token);

	ui_section_open(h, T("期限日历"));
	ui_paragraph(h, T("把这个地址订阅到手机或电脑的日历，手上各件的期限、法律援助案件里约好的开庭和会见、排到自己的值班就在日历里。里面只有编号、事项、时刻和地点。知道地址的人都能看，请不要转给别人。"));
	if (rc == RC_OK) {
		html_raw(h, "<p><code class=\"wrap\">");
		html_str(h, frame_site_get()->public_url);
		html_raw(h, "/feed/");
		html_str(h, token);
		html_raw(h, ".ics</code></p>");
	}
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/notices/feed"), .csrf = x->csrf });
	html_raw(h, "<div class=\"buttons\"><button type=\"submit\" name=\"what\" value=\"make\" class=\"button\">");
	html_say(h, rc == RC_OK ? T("换一个地址（旧的作废）") : T("生成日历地址"));
	html_raw(h, "</button>");
	if (rc == RC_OK) {
		html_raw(h, " <button type=\"submit\" name=\"what\" value=\"end\" class=\"button\">");
		html_say(h, T("停用日历地址"));
		html_raw(h, "</button>");
	}
	html_raw(h, "</div>");
	ui_form_close(h);
	ui_section_close(h);
}

enum rc
notify_feed_post(struct exchange *x)
{
	bool end = text_equals(params_get(x->in->form, "what"), TEXT("end"));
	enum rc rc = end ? notify_feed_end(x->ctx) : notify_feed_make(x->ctx);

	if (rc == RC_OK)
		http_redirect(x->out, TEXT("/desk/notices"));
	return rc;
}

struct text
notify_host(const char *url)
{
	struct text rest = text_of(url), head = text_cut(&rest, '/');

	if (rest.n > 0 && rest.p[0] == '/')
		rest = (struct text){ rest.p + 1, rest.n - 1 };
	else
		rest = head;
	rest = text_cut(&rest, '/');
	return text_cut(&rest, ':');
}

enum rc
notify_feed_page(struct exchange *x)
{
	struct notify_feed feed = { .v = arena_array(x->ctx->mem, NOTIFY_ENTRIES_MAX, sizeof *feed.v),
		.a = arena_array(x->ctx->mem, NOTIFY_ENTRIES_MAX, sizeof *feed.a), .cap = NOTIFY_ENTRIES_MAX };
	struct text token = http_segment(x, "token");
	struct notify_calendar c = { .name = text_of(msg(x->ctx->lang, T("我的期限"))), .words = text_of(msg(x->ctx->lang, T("最晚"))),
		.host = notify_host(frame_site_get()->public_url), .now_ms = x->ctx->now_ms };
	int64_t wait_s = 0;
	enum rc rc;

	if (feed.v == NULL || feed.a == NULL)
		return RC_NO_MEMORY;
	if (text_ends_with(token, TEXT(".ics")))
		token.n -= 4;
	feed.duty = arena_array(x->ctx->mem, NOTIFY_ENTRIES_MAX, sizeof *feed.duty);
	if (feed.duty == NULL)
		return RC_NO_MEMORY;
	rc = notify_feed_read(x->ctx, token, x->in->peer, &feed, &wait_s);
	if (rc == RC_OK)
		rc = notify_turns_fill(x, DUTY_OF_PERSON, feed.duty, feed.n_turns, &c);
	if (rc != RC_OK)
		return rc;
	x->out->type = "text/calendar; charset=utf-8";
	http_header(x->out, "Cache-Control", TEXT("private, no-store"));
	http_header(x->out, "Content-Disposition", TEXT("inline; filename=\"deadlines.ics\""));
	notify_ics_write(&x->out->body, &c, feed.v, feed.n, feed.a, feed.n_a);
	return buf_rc(&x->out->body);
}

enum rc
notify_answer_calendar(struct exchange *x, const struct notify_appointment *v, size_t n)
{
	struct notify_calendar c = { .name = text_of(msg(x->ctx->lang, T("法律援助：约好的日子"))), .words = TEXT_NONE,
		.host = notify_host(frame_site_get()->public_url), .now_ms = x->ctx->now_ms };

	x->out->type = "text/calendar; charset=utf-8";
	http_header(x->out, "Cache-Control", TEXT("private, no-store"));
	http_header(x->out, "Content-Disposition", TEXT("attachment; filename=\"legalaid.ics\""));
	notify_ics_write(&x->out->body, &c, NULL, 0, v, n);
	return buf_rc(&x->out->body);
}

/* ---- the page ---------------------------------------------------------------------------------------------- */

/* What is stored, as typed; what was sent, when it was refused. */
static enum rc
choice_typed(struct exchange *x, struct typed *ret)
{
	struct notify_choice choice;
	struct buf b;
	enum rc rc;

	if (x->route->form == &notify_choice_form) {
		*ret = x->typed;
		return RC_OK;
	}
	rc = notify_choice_get(x->ctx, &choice);
	ret->v = arena_array(x->ctx->mem, 2, sizeof *ret->v);
	if (rc != RC_OK || ret->v == NULL)
		return rc != RC_OK ? rc : RC_NO_MEMORY;
	buf_init(&b, 256);
	for (const struct choice *c = topic_choices; c->key != NULL; c++)
		if ((choice.topics >> c->value & 1) != 0)
			buf_printf(&b, "%s%s", b.n > 0 ? "," : "", c->key);
	ret->v[0] = choice.mail;
	ret->v[1] = arena_text(x->ctx->mem, buf_text(&b));
	rc = buf_rc(&b);
	buf_free(&b);
	return rc;
}

static enum rc
notices_show(struct exchange *x)
{
	const struct findings *found = x->route->form == &notify_choice_form ? &x->findings : NULL;
	struct notice *v = arena_array(x->ctx->mem, PAGE + 1, sizeof *v);
	struct ui_pager pager = { .where = TEXT_NONE };
	struct html h = frame_html(x);
	struct typed typed;
	int64_t before = 0, unread = 0;
	size_t n = 0;
	enum rc rc;

	if (v == NULL)
		return RC_NO_MEMORY;
	if (int64_parse(params_get(x->in->query, "before"), 1, INT64_MAX, &before) != RC_OK)
		before = 0;
	rc = notify_list(x->ctx, before, v, PAGE + 1, &n);
	if (rc == RC_OK)
		rc = choice_typed(x, &typed);
	if (rc == RC_OK)
		rc = notify_unread(x->ctx, &unread);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("通知") });
	ui_title(&h, T("通知"), TEXT_NONE);
	if (text_equals(params_get(x->in->query, "done"), TEXT("choice")))
		ui_notice_say(&h, UI_OK, NULL, T("已保存。"));
	ui_error_summary(&h, &notify_choice_form, found);
	if (n == 0)
		ui_empty(&h, T("还没有通知"), T("有事请您接收、督办、期限变动、求助人留言时，这里会写着。"), TEXT_NONE, NULL);
	else
		put_list(x, &h, v, n > PAGE ? PAGE : n);
	if (unread > 0)
		put_read_button(x, &h, 0, T("全部标为看过"));
	if (n > PAGE)
		pager.next = arena_format(x->ctx->mem, "/desk/notices?before=%lld", (long long)v[PAGE - 1].id);
	if (before != 0)
		pager.previous = TEXT("/desk/notices");
	ui_pager(&h, &pager);
	ui_section_open(&h, notify_choice_form.title);
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/notices/choice"), .csrf = x->csrf, .key = frame_key_text(x) });
	ui_form_fields(&h, &notify_choice_form, &typed, found);
	ui_form_buttons(&h, T("保存选择"), TEXT_NONE);
	ui_form_close(&h);
	ui_section_close(&h);
	put_feed(x, &h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
notices_page(struct exchange *x)
{
	return notices_show(x);
}

enum rc
notices_read_post(struct exchange *x)
{
	const struct read_values *in = x->values;
	enum rc rc = x->form_rc == RC_OK ? notify_read(x->ctx, in->id) : x->form_rc;

	if (rc == RC_OK)
		http_redirect(x->out, TEXT("/desk/notices"));
	return rc;
}

enum rc
notices_choice_post(struct exchange *x)
{
	const struct choice_values *in = x->values;
	enum rc rc = x->form_rc;

	if (rc == RC_OK) {
		rc = notify_choice_set(x->ctx, &(struct notify_choice){ in->mail, in->topics });
		if (rc == RC_INVALID)
			findings_add(&x->findings, "mail", T("请写一个邮件地址，如 name@example.cn"), 0);
	}
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/notices?done=choice"));
		return RC_OK;
	}
	if (rc != RC_INVALID)
		return rc;
	x->out->status = 422;
	return notices_show(x);
}

#define KEPT ROUTE_FORM_KEPT

const struct route notify_routes[] = {
	{ HTTP_GET, "/desk/notices", RIGHT_STAFF, notices_page, NULL, T("通知"), 0, 0 },
	{ HTTP_POST, "/desk/notices/read", RIGHT_STAFF, notices_read_post, &notify_read_form, T("看过了"), 0, 0 },
	{ HTTP_POST, "/desk/notices/choice", RIGHT_STAFF, notices_choice_post, &notify_choice_form, T("邮件通知"), KEPT, 0 },
	{ HTTP_POST, "/desk/notices/feed", RIGHT_STAFF, notify_feed_post, NULL, T("期限日历"), 0, 0 },
	{ HTTP_GET, "/feed/{token}", RIGHT_PUBLIC, notify_feed_page, NULL, T("期限日历"), 0, 0 },
	{ HTTP_GET, "/feed/point/{code}", RIGHT_PUBLIC, notify_point_feed, NULL, T("值班日历"), 0, 0 },
	{ HTTP_GET, "/feed/village/{code}", RIGHT_PUBLIC, notify_village_feed, NULL, T("值班日历"), 0, 0 },
	{ HTTP_GET, "/desk/settings/notices", RIGHT_SETTINGS, notify_admin_page, NULL, T("通知设置"), 0, 0 },
	{ HTTP_POST, "/desk/settings/notices/rules", RIGHT_SETTINGS, notify_rules_post, &notify_rules_form, T("发送规则"), KEPT, 0 },
	{ HTTP_POST, "/desk/settings/notices/template", RIGHT_SETTINGS, notify_template_post, &notify_template_form, T("写新的一版"),
	  KEPT, 0 },
	{ HTTP_POST, "/desk/settings/notices/trial", RIGHT_SETTINGS, notify_trial_post, &notify_trial_form, T("试发一条"), KEPT, 0 },
};
const size_t notify_routes_n = sizeof notify_routes / sizeof notify_routes[0];
