/* One version: what it changes in words, how it was tried, who decides; and a whole text as a new one. */
#include "supply/admin/policy_internal.h"

#include <stddef.h>

static const struct choice decide_choices[] = {
	{ POLICY_APPROVED, "approve", T("审定，到日子施行") }, { POLICY_REJECTED, "reject", T("不通过") },
	{ POLICY_WITHDRAWN, "withdraw", T("撤回") }, { 0, NULL, NULL },
};
static const struct field decide_fields[] = {
	{ .key = "deed", .kind = FIELD_CHOICE, .label = T("决定"), .required = true, .choices = decide_choices,
	  .offset = offsetof(struct policy_decide_values, deed) },
	{ .key = "words", .kind = FIELD_LINE, .label = T("意见"), .max = POLICY_WORDS_MAX,
	  .hint = T("不通过的要写明原因。"), .offset = offsetof(struct policy_decide_values, words) },
};
const struct form policy_decide_form = FORM_OF("policy.decide", T("审定"), decide_fields, struct policy_decide_values);

static const struct field text_fields[] = {
	{ .key = "text", .kind = FIELD_PARAGRAPH, .label = T("规则包文本"), .required = true, .min = 1, .max = RULES_TEXT_MAX,
	  .hint = T("写法见 docs/policy-language.md。有错会指出第几行第几个字。"), .offset = offsetof(struct policy_text_values, text) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪一天起用这一版"), .required = true, .min = INT32_MIN, .max = INT32_MAX,
	  .offset = offsetof(struct policy_text_values, from) },
	{ .key = "change", .kind = FIELD_DAY, .label = T("哪一天及以后的案件结果可以不同"), .required = true, .min = INT32_MIN,
	  .max = INT32_MAX, .hint = T("以前的案件结果必须和现在一样，否则不能审定。"),
	  .offset = offsetof(struct policy_text_values, change) },
	{ .key = "words", .kind = FIELD_LINE, .label = T("为什么改"), .required = true, .min = POLICY_WORDS_MIN,
	  .max = POLICY_WORDS_MAX, .offset = offsetof(struct policy_text_values, words) },
};
const struct form policy_text_form = FORM_OF("policy.text", T("换整个文本"), text_fields, struct policy_text_values);

static enum rc
shown_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct policy_shown *s = arg;
	enum rc rc = policy_version_load(tx, actor, s->id, &s->v);

	if (rc == RC_OK && !text_equals(s->v.package, s->package))
		return RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = policy_compile(tx_mem(tx), &s->v, &s->rules);
	if (rc == RC_OK && s->v.base != 0)
		rc = policy_version_load(tx, actor, s->v.base, &s->base);
	return rc == RC_OK && s->v.base != 0 ? policy_compile(tx_mem(tx), &s->base, &s->before) : rc;
}

enum rc
policy_shown_read(struct exchange *x, struct policy_shown *s)
{
	enum rc rc = http_segment_id(x, "id", &s->id);

	s->package = http_segment(x, "package");
	return rc == RC_OK ? db_read(x->ctx, shown_tx, s) : rc;
}

struct text
policy_version_path(const struct exchange *x, const struct policy_shown *s, const char *rest)
{
	return arena_format(x->ctx->mem, "/desk/policy/%.*s/version/%lld%s", (int)s->package.n, s->package.p, (long long)s->id, rest);
}

/* ---- what it changes, how it was tried ---------------------------------------------------------------------- */

static void
put_differences(struct html *h, const struct policy_shown *s)
{
	static const char *const kind[] = { T("新增"), T("删去"), T("改动") };
	static const struct ui_column columns[] = {
		{ T("什么"), false }, { T("怎样"), false }, { T("原来"), false }, { T("改为"), false },
	};
	size_t n = s->n_diff < POLICY_DIFFERENCES_MAX ? s->n_diff : POLICY_DIFFERENCES_MAX;
	struct ui_table t;

	ui_table_open(&t, h, T("与所改的一版相比"), columns, 4);
	for (size_t i = 0; i < n; i++) {
		ui_row_open(&t);
		ui_cell(&t, s->diff[i].what);
		ui_cell_say(&t, kind[s->diff[i].kind]);
		ui_cell(&t, s->diff[i].before);
		ui_cell(&t, s->diff[i].after);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	if (s->n_diff > POLICY_DIFFERENCES_MAX)
		ui_notice_say(h, UI_INFO, NULL, T("改动太多，只列出前面的；请下载文本比较。"));
}

static void
put_trial(struct exchange *x, struct html *h, const struct policy_version *v)
{
	struct text rest = v->report, day = admin_day(x, v->change);

	ui_section_open(h, T("自动试算"));
	if (v->broke > 0)
		ui_notice_say(h, UI_LATE, T("不能审定"), T("有些以前的案件结果会变。应当只影响起始日及以后的案件。"));
	else
		ui_notice_say(h, UI_OK, NULL, T("以前的案件结果都不变。"));
	ui_facts(h, (const struct ui_fact[]){ { T("从这一天的案件起可以不同"), day, TEXT_NONE },
	    { T("结果不变的案例和决定"), admin_int(x, v->held), TEXT_NONE }, { T("不该变却变了的"), admin_int(x, v->broke), TEXT_NONE } }, 3);
	if (rest.n > 0) {
		html_raw(h, "<ul class=\"report\">");
		while (rest.n > 0) {
			html_raw(h, "<li>");
			html_text(h, text_cut(&rest, '\n'));
			html_raw(h, "</li>");
		}
		html_raw(h, "</ul>");
	}
	ui_section_close(h);
}

/* ---- who decides -------------------------------------------------------------------------------------------- */

static void
put_decision(struct exchange *x, struct html *h, const struct policy_shown *s)
{
	const struct form *form = &policy_decide_form;
	const struct findings *found = admin_findings(x, form);
	bool mine = s->v.author == x->ctx->actor->account;
	struct typed typed = admin_typed(x, form);
	struct choice own[3] = { { 0, NULL, NULL } };
	struct field to = *form_field(form, "deed");

	if (s->v.state != POLICY_DRAFT || !actor_may(x->ctx->actor, RIGHT_POLICY))
		return;
	ui_section_open(h, form->title);
	ui_error_summary(h, form, found);
	if (mine)
		ui_notice_say(h, UI_INFO, NULL, T("这是您起草的，要由另一个人审定；您可以撤回。"));
	own[0] = decide_choices[mine ? 2 : s->v.broke > 0 ? 1 : 0];
	if (!mine && s->v.broke == 0)
		own[1] = decide_choices[1];
	to.choices = own;
	ui_form_open(h, &(struct ui_form){ .action = policy_version_path(x, s, ""), .csrf = x->csrf, .key = admin_key(x, form) });
	ui_field(h, &to, ui_typed(form, "deed", &typed), findings_of(&x->findings, "deed"));
	ui_form_field(h, form, "words", &typed, found);
	ui_form_buttons(h, T("确定"), policy_path(x, s->package, ""));
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_who(struct exchange *x, struct html *h, const struct policy_version *v)
{
	struct text program = admin_say(x, T("程序"));
	struct ui_fact facts[8] = {
		{ T("状态"), admin_say(x, policy_state_label(v->state)), TEXT_NONE },
		{ T("起草人"), v->author == -1 ? program : v->author_name, TEXT_NONE },
		{ T("起草时间"), admin_when(x, v->made_ms), TEXT_NONE },
		{ T("为什么改"), v->words, TEXT_NONE },
		{ T("指纹"), v->hash, TEXT_NONE },
	};
	size_t n = 5;

	if (v->decided_ms > 0) {
		facts[n].label = T("审定人");
		facts[n++].value = v->decided_by == -1 ? program : v->decided_name;
		facts[n].label = T("审定时间");
		facts[n++].value = admin_when(x, v->decided_ms);
		facts[n].label = T("意见");
		facts[n++].value = v->decided_words;
	}
	ui_facts(h, facts, n);
}

static enum rc
version_show(struct exchange *x)
{
	struct policy_shown *s = ARENA_NEW(x->ctx->mem, struct policy_shown);
	struct html h = frame_html(x);
	enum rc rc;

	if (s == NULL)
		return RC_NO_MEMORY;
	rc = policy_shown_read(x, s);
	if (rc == RC_OK && s->before != NULL)
		rc = policy_differences(x->ctx->mem, x->ctx->lang, s->before, s->rules, s->diff, POLICY_DIFFERENCES_MAX, &s->n_diff);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("政策规则"), .area = FRAME_POLICY });
	ui_title_text(&h, arena_format(x->ctx->mem, "%s %d", msg(x->ctx->lang, T("版本")), s->v.number), policy_title(x, s->rules));
	html_raw(&h, "<p>");
	ui_link_text(&h, policy_path(x, s->package, ""), policy_title(x, s->rules));
	html_raw(&h, "</p>");
	if (text_equals(admin_query(x, "done"), TEXT("1")) && s->v.state == POLICY_DRAFT)
		ui_notice_say(&h, UI_OK, T("已起草"), T("还没有施行：要由另一个人审定。"));
	put_who(x, &h, &s->v);
	if (s->before != NULL)
		put_differences(&h, s);
	if (s->v.base != 0)
		put_trial(x, &h, &s->v);
	rc = policy_put_whatif(x, &h, s);
	if (rc != RC_OK)
		return rc;
	put_decision(x, &h, s);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
policy_version_page(struct exchange *x)
{
	return version_show(x);
}

enum rc
policy_decide_post(struct exchange *x)
{
	const struct policy_decide_values *v = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc == RC_OK)
		rc = x->form_rc;
	if (rc == RC_OK)
		rc = policy_decide(x->ctx, frame_idem_key(x), id, (enum policy_state)v->deed, v->words, &x->findings);
	if (rc == RC_REFUSED)
		findings_add(&x->findings, "deed", T("起草的人不能自己审定；试算没有通过的也不能审定"), 0);
	if (rc == RC_CONFLICT)
		findings_add(&x->findings, "deed", T("这一版已经有人办过，或者所改的已不是最新一版；请重新起草"), 0);
	if (rc == RC_INVALID || rc == RC_REFUSED || rc == RC_CONFLICT) {
		x->out->status = http_status_of(rc);
		return version_show(x);
	}
	if (rc == RC_OK)
		http_redirect(x->out, policy_path(x, http_segment(x, "package"), "?done=1"));
	return rc;
}

/* ---- a whole text ---------------------------------------------------------------------------------------------- */

static enum rc
import_show(struct exchange *x, struct text why)
{
	const struct form *form = &policy_text_form;
	struct policy_open *o = ARENA_NEW(x->ctx->mem, struct policy_open);
	struct typed typed = admin_typed(x, form);
	struct html h = frame_html(x);
	enum rc rc;

	if (o == NULL)
		return RC_NO_MEMORY;
	*o = (struct policy_open){ .package = http_segment(x, "package"), .day = admin_today(x) };
	rc = db_read(x->ctx, policy_open_tx, o);
	if (rc != RC_OK && rc != RC_NOT_FOUND) /* a new package has none yet */
		return rc;
	if (!admin_sent(x, form)) {
		admin_put(form, &typed, "text", o->current.text);
		admin_put(form, &typed, "from", admin_day(x, admin_today(x)));
		admin_put(form, &typed, "change", admin_day(x, admin_today(x)));
	}
	frame_desk_open(x, &h, &(struct frame_page){ .title = form->title, .area = FRAME_POLICY });
	ui_title(&h, form->title, o->rules != NULL ? policy_title(x, o->rules) : o->package);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/policy"), T("政策规则"));
	html_raw(&h, "</p>");
	if (why.n > 0)
		ui_notice(&h, UI_LATE, T("这样写不成规则"), why);
	ui_error_summary(&h, form, admin_findings(x, form));
	ui_form_open(&h, &(struct ui_form){ .action = policy_path(x, o->package, "/import"), .csrf = x->csrf,
	    .key = admin_key(x, form) });
	ui_form_fields(&h, form, &typed, admin_findings(x, form));
	ui_form_buttons(&h, T("起草，并自动试算"), policy_path(x, o->package, ""));
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
policy_import_page(struct exchange *x)
{
	return import_show(x, TEXT_NONE);
}

enum rc
policy_import_post(struct exchange *x)
{
	const struct policy_text_values *v = x->values;
	struct policy_text_change in = { http_segment(x, "package"), v->text, v->words, v->from, v->change };
	struct text why = TEXT_NONE;
	int64_t id = 0;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = policy_draft_text(x->ctx, frame_idem_key(x), &in, &x->findings, &why, &id);
	if (rc == RC_CONFLICT)
		findings_add(&x->findings, "text", T("规则刚才有了新版，请看过再改"), 0);
	if (rc == RC_INVALID || rc == RC_CONFLICT) {
		x->out->status = http_status_of(rc);
		return import_show(x, why);
	}
	if (rc == RC_OK)
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/policy/%.*s/version/%lld?done=1", (int)in.package.n,
		    in.package.p, (long long)id));
	return rc;
}
