/* Texts that the city's people keep: what holds, its versions, a new one with what it changes and what it says, and who decides. */
#include "supply/admin/admin_internal.h"

#include <stddef.h>

#include "standards/sheet/sheet.h"

#define NAMES_MAX 100
#define AROUND 2   /* lines shown around a change */

struct sheet_values { int64_t base; struct text text, sample, words; struct day from; };
struct sheet_decide_values { int deed; struct text words; };

#define AT(member) offsetof(struct sheet_values, member)
static const struct field fields[] = {
	{ .key = "base", .kind = FIELD_INT, .label = T("版本"), .required = true, .min = 0, .max = INT64_MAX, .offset = AT(base) },
	{ .key = "text", .kind = FIELD_PARAGRAPH, .label = T("文本"), .required = true, .min = 1, .max = SHEET_TEXT_MAX,
	  .hint = T("有错会指出第几行。"), .offset = AT(text) },
	{ .key = "sample", .kind = FIELD_PARAGRAPH, .label = T("测试事实（JSON，用假的人）"), .max = SHEET_SAMPLE_MAX, .offset = AT(sample) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪一天起用这一版"), .required = true, .min = 0, .max = 730, .offset = AT(from) },
	{ .key = "words", .kind = FIELD_LINE, .label = T("为什么改"), .required = true, .min = SHEET_WORDS_MIN, .max = SHEET_WORDS_MAX,
	  .offset = AT(words) },
};
const struct form sheet_form = FORM_OF("sheet.text", T("写新的一版"), fields, struct sheet_values);

static const struct choice deeds[] = {
	{ SHEET_APPROVED, "approve", T("审定，到日子施行") }, { SHEET_REJECTED, "reject", T("不通过") }, { SHEET_WITHDRAWN, "withdraw", T("撤回") },
	{ 0, NULL, NULL },
};
static const struct field decide_fields[] = {
	{ .key = "deed", .kind = FIELD_CHOICE, .label = T("决定"), .required = true, .choices = deeds,
	  .offset = offsetof(struct sheet_decide_values, deed) },
	{ .key = "words", .kind = FIELD_LINE, .label = T("意见"), .max = SHEET_WORDS_MAX, .hint = T("不通过的要写明原因。"),
	  .offset = offsetof(struct sheet_decide_values, words) },
};
const struct form sheet_decide_form = FORM_OF("sheet.decide", T("审定"), decide_fields, struct sheet_decide_values);

/* ---- one sheet, as the address names it ------------------------------------------------------------------ */

struct opened {
	const struct sheet_kind *kind;
	struct text name;
	struct day day;
	int64_t id;                  /* the version asked for; -1: none */
	struct sheet_version now, asked, base, v[SHEET_SHOWN];
	size_t n;
};

static enum rc
open_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct opened *o = argument;
	enum rc rc = sheet_current(tx, actor, o->kind, o->name, o->day, &o->now);

	if (rc == RC_OK)
		rc = sheet_versions(tx, actor, o->kind, o->name, o->v, SHEET_SHOWN, &o->n);
	if (rc == RC_OK && o->id >= 0)
		rc = sheet_load(tx, actor, o->kind, o->name, o->id, &o->asked);
	if (rc == RC_OK && o->id > 0)
		rc = sheet_load(tx, actor, o->kind, o->name, o->asked.base, &o->base);
	return rc;
}

static enum rc
sheet_open(struct exchange *x, bool version, struct opened **ret)
{
	struct opened *o = ARENA_NEW(x->ctx->mem, struct opened);

	*ret = o;
	if (o == NULL)
		return RC_NO_MEMORY;
	o->kind = sheet_kind_find(http_segment(x, "kind"));
	o->name = http_segment(x, "name");
	o->day = admin_today(x);
	o->id = -1;
	if (o->kind == NULL || (version && int64_parse(http_segment(x, "id"), 0, INT64_MAX, &o->id) != RC_OK))
		return RC_NOT_FOUND;
	return db_read(x->ctx, open_tx, o);
}

static struct text
path_of(const struct exchange *x, const struct opened *o, const char *tail)
{
	return arena_format(x->ctx->mem, "/desk/texts/%s/%.*s%s", o->kind->key, (int)o->name.n, o->name.p, tail);
}

static struct text
version_path(const struct exchange *x, const struct opened *o, int64_t id, const char *tail)
{
	return arena_format(x->ctx->mem, "/desk/texts/%s/%.*s/version/%lld%s", o->kind->key, (int)o->name.n, o->name.p, (long long)id, tail);
}

static struct text
title_of(const struct exchange *x, const struct opened *o)
{
	struct text t = o->kind->title(x->ctx->mem, x->ctx->lang, o->now.sheet.text);

	return t.n > 0 ? t : o->name;
}

static struct text
number_of(const struct exchange *x, const struct sheet_version *v)
{
	return v->id == 0 ? admin_say(x, T("程序自带")) : arena_format(x->ctx->mem, "%s %d", msg(x->ctx->lang, T("版本")), v->number);
}

/* ---- the list -------------------------------------------------------------------------------------------- */

struct row { struct text name; struct sheet_version now; int64_t drafts; };
struct list { const struct sheet_kind *kind; struct day day; struct row v[NAMES_MAX]; size_t n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct list *l = argument;
	struct sheet_version *v = arena_array(tx_mem(tx), SHEET_SHOWN, sizeof *v);
	struct sheet_text s;
	enum rc rc = v == NULL ? RC_NO_MEMORY : RC_OK;

	for (; rc == RC_OK && l->n < NAMES_MAX && l->kind->builtin(l->n, &s); l->n++) {
		struct row *r = &l->v[l->n];
		size_t n = 0;

		r->name = s.name;
		rc = sheet_current(tx, actor, l->kind, s.name, l->day, &r->now);
		if (rc == RC_OK)
			rc = sheet_versions(tx, actor, l->kind, s.name, v, SHEET_SHOWN, &n);
		for (size_t i = 0; i < n; i++)
			r->drafts += v[i].state == SHEET_DRAFT;
	}
	return rc;
}

static enum rc
put_kind(struct exchange *x, struct html *h, const struct sheet_kind *k)
{
	static const struct ui_column columns[] = { { T("名称"), false }, { T("代号"), false }, { T("现行版本"), false }, { T("自"), false },
		{ T("待审定"), true } };
	struct list *l = ARENA_NEW(x->ctx->mem, struct list);
	struct ui_table t;
	enum rc rc;

	if (l == NULL)
		return RC_NO_MEMORY;
	*l = (struct list){ .kind = k, .day = admin_today(x) };
	rc = db_read(x->ctx, list_tx, l);
	if (rc != RC_OK)
		return rc;
	ui_table_open(&t, h, k->label, columns, 5);
	for (size_t i = 0; i < l->n; i++) {
		const struct row *r = &l->v[i];
		struct text title = k->title(x->ctx->mem, x->ctx->lang, r->now.sheet.text);

		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/texts/%s/%.*s", k->key, (int)r->name.n, r->name.p), title.n > 0 ? title : r->name);
		ui_cell(&t, r->name);
		ui_cell(&t, number_of(x, &r->now));
		ui_cell(&t, admin_day(x, r->now.from));
		ui_cell_int(&t, r->drafts);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	return RC_OK;
}

enum rc
sheet_list_page(struct exchange *x)
{
	struct html h = frame_html(x);
	size_t n = 0;
	const struct sheet_kind *const *kinds = sheet_kinds(&n);
	enum rc rc = RC_OK;

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("文书模板和维权专题"), .area = FRAME_POLICY });
	ui_title(&h, T("文书模板和维权专题"), TEXT_NONE);
	ui_paragraph(&h, T("一人写新的一版，程序逐行检查、用测试事实试印；另一人审定，到日子施行。已经出具的文书不受影响。"));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/policy"), T("政策规则"));
	html_raw(&h, "</p>");
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = put_kind(x, &h, kinds[i]);
	frame_desk_close(x, &h);
	return rc == RC_OK ? buf_rc(h.out) : rc;
}

/* ---- one: what holds, and its versions -------------------------------------------------------------------- */

static void
put_text(struct html *h, const char *title, struct text text)
{
	int line = 0;

	ui_section_open(h, title);
	html_raw(h, "<ol class=\"lines\">");
	while (text.n > 0 && line++ < SHEET_LINES_MAX) {
		html_raw(h, "<li>");
		html_text(h, text_cut(&text, '\n'));
		html_raw(h, "</li>");
	}
	html_raw(h, "</ol>");
	ui_section_close(h);
}

static void
put_versions(struct exchange *x, struct html *h, const struct opened *o)
{
	static const struct ui_column columns[] = { { T("版本"), false }, { T("状态"), false }, { T("从哪一天起"), false }, { T("起草人"), false },
		{ T("审定人"), false }, { T("为什么改"), false } };
	struct ui_table t;

	if (o->n == 0)
		return;
	ui_table_open(&t, h, T("各个版本"), columns, 6);
	for (size_t i = 0; i < o->n; i++) {
		const struct sheet_version *v = &o->v[i];

		ui_row_open(&t);
		ui_cell_link(&t, version_path(x, o, v->id, ""), number_of(x, v));
		ui_cell_say(&t, v->id == o->now.id ? T("现行") : sheet_state_label(v->state));
		ui_cell(&t, admin_day(x, v->from));
		ui_cell(&t, v->author_name);
		ui_cell(&t, v->decided_name);
		ui_cell(&t, v->words);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

enum rc
sheet_page(struct exchange *x)
{
	struct opened *o = NULL;
	struct html h = frame_html(x);
	struct text said = TEXT_NONE;
	enum rc rc = sheet_open(x, false, &o);

	if (rc == RC_OK && o->kind->said != NULL)
		rc = o->kind->said(x->ctx->mem, &o->now.sheet, x->ctx->now_ms, &said);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title_text = title_of(x, o), .area = FRAME_POLICY });
	ui_title_text(&h, title_of(x, o), number_of(x, &o->now));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/texts"), T("文书模板和维权专题"));
	html_raw(&h, "</p><p>");
	if (sheet_may_change(x->ctx->actor, o->kind))
		ui_button_link(&h, path_of(x, o, "/new"), T("写新的一版"), true);
	html_raw(&h, " ");
	if (o->kind->print != NULL)
		ui_button_link(&h, version_path(x, o, o->now.id, "/print.pdf"), T("看样张（PDF）"), false);
	html_raw(&h, "</p>");
	if (text_equals(admin_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已保存。"));
	put_versions(x, &h, o);
	if (said.n > 0)
		put_text(&h, T("填上测试事实，印出来是"), said);
	put_text(&h, T("现行文本"), o->now.sheet.text);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- a version: what it changes, what it says, who decides --------------------------------------------------- */

static void
put_line(struct html *h, const struct sheet_line *l)
{
	static const char *const open[] = { [SHEET_SAME] = "<p>", [SHEET_GONE] = "<p><del>", [SHEET_NEW] = "<p><ins>" };
	static const char *const close[] = { [SHEET_SAME] = "</p>", [SHEET_GONE] = "</del></p>", [SHEET_NEW] = "</ins></p>" };
	static const char *const sign[] = { [SHEET_SAME] = "", [SHEET_GONE] = "− ", [SHEET_NEW] = "+ " };

	buf_add(h->out, text_of(open[l->mark]));
	buf_add(h->out, text_of(sign[l->mark]));
	html_text(h, l->text);
	buf_add(h->out, text_of(close[l->mark]));
}

static bool
is_near(const struct sheet_line *v, size_t n, size_t at)
{
	size_t lo = at > AROUND ? at - AROUND : 0, hi = at + AROUND < n ? at + AROUND : n - 1;

	for (size_t i = lo; i <= hi; i++)
		if (v[i].mark != SHEET_SAME)
			return true;
	return false;
}

static enum rc
put_diff(struct exchange *x, struct html *h, const char *title, struct text before, struct text after)
{
	struct sheet_line *v = NULL;
	size_t n = 0;
	bool gap = false, some = false;
	enum rc rc = sheet_diff(x->ctx->mem, before, after, &v, &n);

	if (rc != RC_OK)
		return rc == RC_TOO_LARGE ? RC_OK : rc;
	ui_section_open(h, title);
	html_raw(h, "<div class=\"diff\">");
	for (size_t i = 0; i < n; i++) {
		bool near = is_near(v, n, i);

		if (near && gap && some)
			html_raw(h, "<hr>");
		gap = !near;
		some = some || near;
		if (near)
			put_line(h, &v[i]);
	}
	html_raw(h, "</div>");
	if (!some)
		ui_paragraph(h, T("没有不同。"));
	ui_section_close(h);
	return RC_OK;
}

static enum rc
put_said(struct exchange *x, struct html *h, const struct opened *o)
{
	struct sheet_text old = o->base.sheet;
	struct text before = TEXT_NONE, after = TEXT_NONE;
	enum rc rc = RC_OK;

	if (o->kind->said == NULL)
		return RC_OK;
	old.sample = o->asked.sheet.sample;
	rc = o->kind->said(x->ctx->mem, &o->asked.sheet, x->ctx->now_ms, &after);
	if (rc != RC_OK)
		return rc == RC_INVALID ? RC_OK : rc;
	/* the old one may want other facts: then with its own */
	rc = o->kind->said(x->ctx->mem, &old, x->ctx->now_ms, &before);
	if (rc == RC_INVALID)
		rc = o->kind->said(x->ctx->mem, &o->base.sheet, x->ctx->now_ms, &before);
	if (rc == RC_OK)
		rc = put_diff(x, h, T("用测试事实印出来，哪里不同"), before, after);
	if (rc == RC_OK)
		put_text(h, T("这一版印出来是"), after);
	return rc == RC_INVALID ? RC_OK : rc;
}

static void
put_decision(struct exchange *x, struct html *h, const struct opened *o)
{
	const struct form *form = &sheet_decide_form;
	bool mine = o->asked.author == x->ctx->actor->account;
	struct typed typed = admin_typed(x, form);
	struct choice own[3] = { { 0, NULL, NULL } };
	struct field to = *form_field(form, "deed");

	if (o->asked.state != SHEET_DRAFT || !sheet_may_change(x->ctx->actor, o->kind))
		return;
	ui_section_open(h, form->title);
	ui_error_summary(h, form, admin_findings(x, form));
	if (mine)
		ui_notice_say(h, UI_INFO, NULL, T("这是您起草的，要由另一个人审定；您可以撤回。"));
	own[0] = deeds[mine ? 2 : 0];
	if (!mine)
		own[1] = deeds[1];
	to.choices = own;
	ui_form_open(h, &(struct ui_form){ .action = version_path(x, o, o->id, ""), .csrf = x->csrf, .key = admin_key(x, form) });
	ui_field(h, &to, ui_typed(form, "deed", &typed), findings_of(&x->findings, "deed"));
	ui_form_field(h, form, "words", &typed, admin_findings(x, form));
	ui_form_buttons(h, T("确定"), path_of(x, o, ""));
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_who(struct exchange *x, struct html *h, const struct sheet_version *v)
{
	struct ui_fact facts[8] = {
		{ T("状态"), admin_say(x, sheet_state_label(v->state)), TEXT_NONE }, { T("从哪一天起"), admin_day(x, v->from), TEXT_NONE },
		{ T("起草人"), v->author_name, TEXT_NONE }, { T("起草时间"), admin_when(x, v->made_ms), TEXT_NONE },
		{ T("为什么改"), v->words, TEXT_NONE },
	};
	size_t n = 5;

	if (v->decided_ms > 0) {
		facts[n].label = T("审定人");
		facts[n++].value = v->decided_name;
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
	struct opened *o = NULL;
	struct html h = frame_html(x);
	enum rc rc = sheet_open(x, true, &o);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title_text = title_of(x, o), .area = FRAME_POLICY });
	ui_title_text(&h, title_of(x, o), number_of(x, &o->asked));
	html_raw(&h, "<p>");
	ui_link_text(&h, path_of(x, o, ""), title_of(x, o));
	html_raw(&h, "</p>");
	if (text_equals(admin_query(x, "done"), TEXT("1")) && o->asked.state == SHEET_DRAFT)
		ui_notice_say(&h, UI_OK, T("已起草"), T("还没有施行：要由另一个人审定。"));
	if (o->id > 0) {
		put_who(x, &h, &o->asked);
		rc = put_diff(x, &h, T("与所改的一版相比"), o->base.sheet.text, o->asked.sheet.text);
		if (rc == RC_OK)
			rc = put_said(x, &h, o);
	}
	if (rc != RC_OK)
		return rc;
	if (o->kind->print != NULL) {
		html_raw(&h, "<p>");
		ui_button_link(&h, version_path(x, o, o->id, "/print.pdf"), T("看样张（PDF）"), false);
		html_raw(&h, "</p>");
	}
	put_decision(x, &h, o);
	put_text(&h, T("整个文本"), o->asked.sheet.text);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
sheet_version_page(struct exchange *x)
{
	return version_show(x);
}

enum rc
sheet_decide_post(struct exchange *x)
{
	const struct sheet_decide_values *in = x->values;
	struct opened *o = NULL;
	enum rc rc = sheet_open(x, true, &o);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = sheet_decide(x->ctx, frame_idem_key(x), o->kind, o->name, o->id, (enum sheet_state)in->deed, in->words, &x->findings);
	if (rc == RC_REFUSED)
		findings_add(&x->findings, "deed", T("起草的人不能自己审定"), 0);
	if (rc == RC_CONFLICT)
		findings_add(&x->findings, "deed", T("这一版已经有人办过，或者所改的已不是最新一版；请重新起草"), 0);
	if (rc == RC_INVALID || rc == RC_REFUSED || rc == RC_CONFLICT) {
		x->out->status = http_status_of(rc);
		return version_show(x);
	}
	if (rc == RC_OK)
		http_redirect(x->out, path_of(x, o, "?done=1"));
	return rc;
}

enum rc
sheet_print_page(struct exchange *x)
{
	struct opened *o = NULL;
	enum rc rc = sheet_open(x, true, &o);

	if (rc == RC_OK && o->kind->print == NULL)
		return RC_NOT_FOUND;
	if (rc != RC_OK)
		return rc;
	x->out->type = "application/pdf";
	return o->kind->print(x->ctx->mem, &o->asked.sheet, x->ctx->now_ms, &x->out->body);
}

/* ---- a new one ------------------------------------------------------------------------------------------------- */

static struct text
line_of(struct text t, int line)
{
	struct text one = TEXT_NONE;

	for (int i = 0; i < line && t.n > 0; i++)
		one = text_cut(&t, '\n');
	return one;
}

static void
put_faults(struct exchange *x, struct html *h, const struct sheet_faults *f, struct text text)
{
	if (f == NULL || f->n == 0)
		return;
	html_raw(h, "<section class=\"faults\" role=\"alert\"><h2>");
	html_say(h, T("文本有错，没有存"));
	html_raw(h, "</h2><ul>");
	for (size_t i = 0; i < f->n; i++) {
		html_raw(h, "<li>");
		if (f->v[i].line > 0)
			html_sayf(h, T("第 %lld 行："), (long long)f->v[i].line);
		html_text(h, sheet_fault_text(x->ctx->mem, x->ctx->lang, &f->v[i]));
		if (f->v[i].line > 0) {
			html_raw(h, "<br><code>");
			html_text(h, line_of(text, f->v[i].line));
			html_raw(h, "</code>");
		}
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul></section>");
}

static enum rc
new_show(struct exchange *x, const struct opened *o, const struct sheet_faults *faults)
{
	const struct form *form = &sheet_form;
	struct typed typed = admin_typed(x, form);
	struct html h = frame_html(x);
	int64_t base = 0;

	for (size_t i = 0; i < o->n && base == 0; i++)
		base = o->v[i].state == SHEET_APPROVED ? o->v[i].id : 0;
	if (!admin_sent(x, form)) {
		admin_put(form, &typed, "text", o->now.sheet.text);
		admin_put(form, &typed, "sample", o->now.sheet.sample);
		admin_put(form, &typed, "from", admin_day(x, o->day));
	}
	frame_desk_open(x, &h, &(struct frame_page){ .title = form->title, .area = FRAME_POLICY });
	ui_title(&h, form->title, title_of(x, o));
	html_raw(&h, "<p>");
	ui_link_text(&h, path_of(x, o, ""), title_of(x, o));
	html_raw(&h, "</p>");
	ui_paragraph(&h, o->kind->how);
	put_faults(x, &h, faults, ui_typed(form, "text", &typed));
	ui_error_summary(&h, form, admin_findings(x, form));
	ui_form_open(&h, &(struct ui_form){ .action = path_of(x, o, "/new"), .csrf = x->csrf, .key = admin_key(x, form) });
	ui_hidden(&h, "base", arena_format(x->ctx->mem, "%lld", (long long)base));
	ui_form_field(&h, form, "text", &typed, admin_findings(x, form));
	if (o->kind->sample_label != NULL)
		ui_form_field(&h, form, "sample", &typed, admin_findings(x, form));
	ui_form_field(&h, form, "from", &typed, admin_findings(x, form));
	ui_form_field(&h, form, "words", &typed, admin_findings(x, form));
	ui_form_buttons(&h, T("检查，并起草"), path_of(x, o, ""));
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
sheet_new_page(struct exchange *x)
{
	struct opened *o = NULL;
	enum rc rc = sheet_open(x, false, &o);

	return rc == RC_OK ? new_show(x, o, NULL) : rc;
}

enum rc
sheet_new_post(struct exchange *x)
{
	const struct sheet_values *in = x->values;
	struct sheet_faults *faults = ARENA_NEW(x->ctx->mem, struct sheet_faults);
	struct opened *o = NULL;
	int64_t id = 0;
	enum rc rc = faults == NULL ? RC_NO_MEMORY : sheet_open(x, false, &o);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = sheet_draft(x->ctx, frame_idem_key(x), &(struct sheet_change){ .kind = o->kind, .sheet = { o->name, in->text, in->sample },
		    .base = in->base, .from = in->from, .words = in->words }, &x->findings, faults, &id);
	if (rc == RC_CONFLICT)
		findings_add(&x->findings, "text", T("刚才有了新版，请看过再改"), 0);
	if (rc == RC_INVALID || rc == RC_CONFLICT) {
		x->out->status = http_status_of(rc);
		return new_show(x, o, faults);
	}
	if (rc == RC_OK)
		http_redirect(x->out, version_path(x, o, id, "?done=1"));
	return rc;
}
