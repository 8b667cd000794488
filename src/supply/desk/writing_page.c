/*
 * Simple papers at the desk: which one, its form made from the template's own facts, a look at it as it will be printed, the
 * check by a second person.  What was typed stays, right or wrong.
 */
#include "supply/desk/desk_internal.h"

#include "base/fen.h"
#include "operations/writing/writing.h"

#include <limits.h>
#include <string.h>

#define LINE_MAX_CHARS 300
#define WORDS_MAX_CHARS 5000
#define YUAN_MAX INT64_C(1000000000)
#define BAR TEXT("｜")

/* ---- a writing with its case ------------------------------------------------------------------------------ */

struct writing_view {
	struct case_id id;
	int64_t writing;                 /* in: 0: all of the case */
	struct request r;
	bool may_act, may_check;
	struct writing w, v[WRITINGS_MOST];
	size_t n;
	const struct paper_template *t;
	struct paper_facts facts;
	struct field fields[PAPER_DECLARED_MAX]; /* of the facts that are asked for, in the template's order */
	const struct paper_declared *declared[PAPER_DECLARED_MAX];
	struct form form;
	struct typed typed;
	struct findings findings;
};

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct writing_view *v = argument;
	enum rc rc = request_load(tx, actor, v->id, &v->r);

	v->may_act = rc == RC_OK && request_may_act(actor, &v->r);
	v->may_check = v->may_act || (rc == RC_OK && request_may_assign(actor, &v->r));
	if (rc == RC_OK)
		rc = v->writing != 0 ? writing_load(tx, actor, v->id, v->writing, &v->w)
		    : writing_list(tx, actor, v->id, v->v, WRITINGS_MOST, &v->n);
	return rc == RC_OK && v->writing != 0 ? writing_template_now(tx, actor, v->w.kind, &v->t) : rc;
}

static struct text
path_of(const struct exchange *x, const struct writing_view *v, int64_t writing, const char *tail)
{
	return writing == 0 ? arena_format(x->ctx->mem, "/desk/request/%lld/writing", (long long)v->id.n)
	    : arena_format(x->ctx->mem, "/desk/request/%lld/writing/%lld%s", (long long)v->id.n, (long long)writing, tail);
}

/* ---- the form of a template -------------------------------------------------------------------------------- */

/* "一行一条；各栏用“｜”隔开：名称｜页数" */
static const char *
list_hint(const struct exchange *x, const struct paper_template *t, struct text list)
{
	struct text hint = TEXT_NONE;

	for (size_t i = 0; i < t->n_declared; i++)
		if (text_equals(t->declared[i].list, list))
			hint = arena_format(x->ctx->mem, "%.*s%s%.*s", (int)hint.n, hint.p, hint.n == 0 ? "" : "｜", (int)t->declared[i].label.n,
			    t->declared[i].label.p);
	if (hint.n == 0)
		return T("一行写一条");
	return arena_format(x->ctx->mem, "%s%.*s", msg(x->ctx->lang, T("一行写一条，各栏用“｜”隔开：")), (int)hint.n, hint.p).p;
}

static struct field
field_of(const struct exchange *x, const struct writing_view *v, const struct paper_declared *d, size_t at)
{
	struct field f = { .kind = FIELD_LINE, .max = LINE_MAX_CHARS, .offset = at * sizeof(struct text),
		.key = arena_format(x->ctx->mem, "x_%.*s", (int)d->key.n, d->key.p).p, .label = arena_text(x->ctx->mem, d->label).p };

	switch (d->kind) {
	case PAPER_TEXT: break;
	case PAPER_WORDS: f.kind = FIELD_PARAGRAPH; f.max = WORDS_MAX_CHARS; break;
	case PAPER_DAY: f.kind = FIELD_DAY; f.min = INT_MIN; f.max = INT_MAX; break;
	case PAPER_TIME: f.hint = T("例如 2026-06-30T09:00+08:00"); break;
	case PAPER_MONEY: f.max = 16; f.hint = T("多少元，例如 1280.50"); break;
	case PAPER_NUMBER: f.kind = FIELD_INT; f.max = 1000000; break;
	case PAPER_LIST: f.kind = FIELD_PARAGRAPH; f.max = WORDS_MAX_CHARS; f.hint = list_hint(x, v->t, d->key); break;
	}
	return f;
}

static void
form_make(const struct exchange *x, struct writing_view *v, bool whole)
{
	size_t n = 0;

	for (size_t i = 0; i < v->t->n_declared; i++) {
		const struct paper_declared *d = &v->t->declared[i];

		if (d->list.n > 0)
			continue;
		v->declared[n] = d;
		v->fields[n] = field_of(x, v, d, n);
		v->fields[n].required = whole && d->need == PAPER_MUST;
		n++;
	}
	v->form = (struct form){ .key = "writing", .title = T("代写文书"), .fields = v->fields, .n = n, .size = n * sizeof(struct text) };
}

/* ---- from facts to what stands in the form, and back ----------------------------------------------------------- */

static struct text
list_lines(const struct exchange *x, const struct writing_view *v, struct text list)
{
	struct text all = TEXT_NONE;

	for (int item = 0; item < paper_items(&v->facts, list); item++) {
		const struct text *plain = paper_fact_find(&v->facts, list, item, TEXT_NONE);
		struct text line = plain != NULL ? *plain : TEXT_NONE;
		bool first = true;

		for (size_t i = 0; plain == NULL && i < v->t->n_declared; i++) {
			const struct text *cell = text_equals(v->t->declared[i].list, list)
			    ? paper_fact_find(&v->facts, list, item, v->t->declared[i].key) : NULL;

			if (!text_equals(v->t->declared[i].list, list))
				continue;
			line = arena_format(x->ctx->mem, "%.*s%s%.*s", (int)line.n, line.p, first ? "" : "｜", cell != NULL ? (int)cell->n : 0,
			    cell != NULL ? cell->p : "");
			first = false;
		}
		all = arena_format(x->ctx->mem, "%.*s%s%.*s", (int)all.n, all.p, item == 0 ? "" : "\n", (int)line.n, line.p);
	}
	return all;
}

/* As it is typed: without the commas between thousands. */
static struct text
yuan_typed(const struct exchange *x, int64_t fen)
{
	char out[32], plain[32];
	struct text t = fen_print((struct fen){ fen }, out);
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] != ',')
			plain[n++] = t.p[i];
	return arena_text(x->ctx->mem, (struct text){ plain, n });
}

static struct text
shown_value(const struct exchange *x, const struct writing_view *v, const struct paper_declared *d)
{
	const struct text *value = paper_fact_find(&v->facts, d->key, -1, TEXT_NONE);
	int64_t fen;

	if (d->kind == PAPER_LIST)
		return list_lines(x, v, d->key);
	if (value == NULL)
		return TEXT_NONE;
	if (d->kind == PAPER_MONEY && int64_parse(*value, INT64_MIN, INT64_MAX, &fen) == RC_OK)
		return yuan_typed(x, fen);
	return *value;
}

static void
typed_from_facts(const struct exchange *x, struct writing_view *v)
{
	v->typed.v = arena_array(x->ctx->mem, v->form.n + 1, sizeof v->typed.v[0]);
	for (size_t i = 0; v->typed.v != NULL && i < v->form.n; i++) {
		v->typed.v[i] = shown_value(x, v, v->declared[i]);
		if (v->typed.v[i].p == NULL)
			v->typed.v[i] = TEXT("");
	}
}

/* One line of a list: its columns in the template's order. */
static void
say_line(struct writing_view *v, const char *key, struct text list, int item, struct text line)
{
	bool columns = false;

	for (size_t i = 0; i < v->t->n_declared; i++)
		if (text_equals(v->t->declared[i].list, list)) {
			size_t at = 0;
			struct text cell = line;

			while (at < line.n && !text_starts_with((struct text){ line.p + at, line.n - at }, BAR))
				at++;
			cell.n = at;
			line = at < line.n ? (struct text){ line.p + at + BAR.n, line.n - at - BAR.n } : TEXT("");
			cell = text_trim(cell);
			if (cell.n == 0)
				findings_add(&v->findings, key, T("有一条少写了一栏"), 0);
			paper_say_item(&v->facts, arena_text(v->facts.mem, list).p, item, arena_text(v->facts.mem, v->t->declared[i].key).p, cell);
			columns = true;
		}
	if (!columns)
		paper_say_item(&v->facts, arena_text(v->facts.mem, list).p, item, "", text_trim(line));
	else if (line.n > 0)
		findings_add(&v->findings, key, T("有一条多写了一栏"), 0);
}

static void
say_list(struct writing_view *v, const char *key, struct text list, struct text lines)
{
	int item = 0;

	while (lines.n > 0) {
		struct text line = text_trim(text_cut(&lines, '\n'));

		if (line.n > 0)
			say_line(v, key, list, item++, line);
	}
}

static void
say_typed(const struct exchange *x, struct writing_view *v, size_t i, const void *values)
{
	const struct paper_declared *d = v->declared[i];
	const char *key = arena_text(x->ctx->mem, d->key).p;
	struct text typed = text_trim(v->typed.v[i]);
	struct day day;
	struct fen fen;
	int64_t moment, count;

	if (typed.n == 0 || findings_of(&v->findings, v->fields[i].key) != NULL)
		return;
	switch (d->kind) {
	case PAPER_TEXT: case PAPER_WORDS:
		paper_say(&v->facts, key, typed);
		break;
	case PAPER_DAY:
		memcpy(&day, (const char *)values + v->fields[i].offset, sizeof day);
		paper_say_day(&v->facts, key, day);
		break;
	case PAPER_TIME:
		if (moment_parse(typed, &moment) == RC_OK)
			paper_say(&v->facts, key, typed);
		else
			findings_add(&v->findings, v->fields[i].key, T("时间写成 2026-06-30T09:00+08:00 的样子"), 0);
		break;
	case PAPER_MONEY:
		if (fen_parse(typed, YUAN_MAX, &fen) == RC_OK && fen.n >= 0)
			paper_say_fen(&v->facts, key, fen);
		else
			findings_add(&v->findings, v->fields[i].key, T("金额写数字，最多两位小数"), 0);
		break;
	case PAPER_NUMBER:
		memcpy(&count, (const char *)values + v->fields[i].offset, sizeof count);
		paper_say_int(&v->facts, key, count);
		break;
	case PAPER_LIST:
		say_list(v, v->fields[i].key, d->key, typed);
		break;
	}
}

/* What was typed, as facts; findings name each field at fault. */
static enum rc
facts_typed(struct exchange *x, struct writing_view *v)
{
	struct text *values = arena_array(x->ctx->mem, v->form.n + 1, sizeof *values);
	enum rc rc = values == NULL ? RC_NO_MEMORY : form_read(&v->form, x->in->form, desk_today(x), x->ctx->mem, values, &v->typed, &v->findings);

	if (rc != RC_OK && rc != RC_INVALID)
		return rc;
	paper_facts_init(&v->facts, x->ctx->mem);
	for (size_t i = 0; i < v->form.n; i++)
		say_typed(x, v, i, values);
	if (v->findings.total > 0)
		return RC_INVALID;
	return paper_facts_rc(&v->facts);
}

/* ---- pages ------------------------------------------------------------------------------------------------------- */

static enum rc
view_open(struct exchange *x, struct writing_view **ret)
{
	struct writing_view *v = ARENA_NEW(x->ctx->mem, struct writing_view);
	enum rc rc = v == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &v->id.n);

	*ret = v;
	if (rc == RC_OK && http_segment(x, "writing").n > 0)
		rc = http_segment_id(x, "writing", &v->writing);
	if (rc == RC_OK)
		rc = db_read(x->ctx, view_tx, v);
	if (rc != RC_OK || v->writing == 0)
		return rc;
	rc = writing_facts(x->ctx, &v->w, &v->facts);
	if (rc == RC_OK && writing_is_open(v->w.state))
		paper_facts_keep(&v->facts, v->t); /* begun under another version of the template */
	return rc;
}

static void
put_kinds(struct exchange *x, struct html *h, const struct writing_view *v)
{
	const struct paper_builtin *b;

	ui_section_open(h, T("写一份新的"));
	ui_form_open(h, &(struct ui_form){ .action = path_of(x, v, 0, ""), .csrf = x->csrf, .key = desk_key(x) });
	html_raw(h, "<div class=\"buttons\">");
	for (size_t i = 0; (b = writing_kind(i)) != NULL; i++) {
		const struct paper_template *t = writing_template(x->ctx->mem, text_of(b->id));

		html_raw(h, "<button type=\"submit\" name=\"kind\" class=\"button\"");
		html_attr(h, "value", text_of(b->id));
		html_raw(h, ">");
		html_text(h, t == NULL ? text_of(b->id) : t->name);
		html_raw(h, "</button>");
	}
	html_raw(h, "</div>");
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_list(struct exchange *x, struct html *h, const struct writing_view *v)
{
	static const struct ui_column columns[] = { { T("文书"), false }, { T("状态"), false }, { T("谁写的"), false }, { T("谁核对"), false },
		{ T("什么时候"), false } };
	struct ui_table t;

	if (v->n == 0)
		return;
	ui_section_open(h, T("这一件的文书"));
	ui_table_open(&t, h, T("这一件的文书"), columns, 5);
	for (size_t i = 0; i < v->n; i++) {
		const struct writing *w = &v->v[i];
		const struct paper_template *tpl = writing_template(x->ctx->mem, w->kind);

		ui_row_open(&t);
		ui_cell_link(&t, path_of(x, v, w->id, ""), tpl == NULL ? w->kind : tpl->name);
		ui_cell_say(&t, writing_state_label(w->state));
		ui_cell(&t, w->author_name);
		ui_cell(&t, w->checker_name);
		ui_cell(&t, desk_when(x, w->at_ms));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_section_close(h);
}

static void
put_back(struct exchange *x, struct html *h, const struct writing_view *v, bool list)
{
	html_raw(h, "<p>");
	ui_link(h, list ? path_of(x, v, 0, "") : desk_case_path(x, v->id, ""), list ? T("这一件的文书") : T("回到案件"));
	html_raw(h, "</p>");
}

enum rc
writing_list_page(struct exchange *x)
{
	struct writing_view *v;
	struct html h = frame_html(x);
	enum rc rc = view_open(x, &v);
	bool may = rc == RC_OK && v->may_act && (v->r.state == REQUEST_ACCEPTED || v->r.state == REQUEST_ANSWERED);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("代写文书"), .area = FRAME_QUEUE });
	ui_title(&h, T("代写文书"), desk_join(x, v->r.number, v->r.person_name));
	put_back(x, &h, v, false);
	if (x->findings.total > 0)
		ui_notice(&h, UI_LATE, NULL, finding_text(x->ctx->mem, x->ctx->lang, &x->findings.v[0]));
	put_list(x, &h, v);
	if (may)
		put_kinds(x, &h, v);
	else
		ui_paragraph(&h, T("受理以后，由承办的站点代写。"));
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
writing_begin_post(struct exchange *x)
{
	struct writing_view *v;
	enum writing_why why = WRITING_MAY;
	int64_t id = 0;
	enum rc rc = view_open(x, &v);

	if (rc == RC_OK)
		rc = writing_begin(x->ctx, frame_idem_key(x), v->id, params_get(x->in->form, "kind"), &id, &why);
	if (rc == RC_REFUSED) {
		findings_add(&x->findings, "", writing_why_label(why), 0);
		x->out->status = http_status_of(RC_REFUSED);
		return writing_list_page(x);
	}
	if (rc == RC_OK)
		http_redirect(x->out, path_of(x, v, id, ""));
	return rc;
}

static void
put_do(struct html *h, const char *value, const char *label, bool primary)
{
	html_raw(h, "<button type=\"submit\" name=\"do\"");
	html_attr(h, "class", primary ? TEXT("button primary") : TEXT("button"));
	html_attr(h, "value", text_of(value));
	html_raw(h, ">");
	html_say(h, label);
	html_raw(h, "</button>");
}

static void
put_draft(struct exchange *x, struct html *h, const struct writing_view *v)
{
	if (v->w.state == WRITING_RETURNED)
		ui_notice(h, UI_SOON, T("退回修改"), desk_join(x, v->w.words, v->w.checker_name));
	ui_error_summary(h, &v->form, &v->findings);
	ui_form_open(h, &(struct ui_form){ .action = path_of(x, v, v->w.id, ""), .csrf = x->csrf, .key = desk_key(x) });
	ui_hidden(h, "revision", desk_int(x, v->w.revision));
	ui_form_fields(h, &v->form, &v->typed, &v->findings);
	html_raw(h, "<div class=\"buttons\">");
	put_do(h, "ask", T("写好了，请人核对"), true);
	put_do(h, "save", T("先存着"), false);
	put_do(h, "drop", T("不写了"), false);
	html_raw(h, "</div>");
	ui_form_close(h);
}

static const struct field check_fields[] = {
	{ .key = "read", .kind = FIELD_CHOICE, .label = T("本人知道写了什么吗"), .choices = writing_read_choices },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("要改的，写明哪里"), .max = WRITING_WORDS_MAX },
};

/* Read it as it will be printed, then issue it or send it back. */
static void
put_check(struct exchange *x, struct html *h, const struct writing_view *v)
{
	bool own = v->w.author == x->ctx->actor->account;

	if (own)
		ui_notice_say(h, UI_INFO, T("等待核对"), T("请另一位工作人员打开这一页核对。写的人不能核对自己写的。"));
	ui_form_open(h, &(struct ui_form){ .action = path_of(x, v, v->w.id, ""), .csrf = x->csrf, .key = desk_key(x) });
	ui_hidden(h, "revision", desk_int(x, v->w.revision));
	if (!own) {
		ui_field(h, &check_fields[0], params_get(x->in->form, "read"), findings_of(&v->findings, "read"));
		ui_field(h, &check_fields[1], params_get(x->in->form, "words"), findings_of(&v->findings, "words"));
	}
	html_raw(h, "<div class=\"buttons\">");
	if (!own) {
		put_do(h, "issue", T("核对无误，出具"), true);
		put_do(h, "return", T("退回修改"), false);
	}
	if (v->may_act)
		put_do(h, "drop", T("不写了"), false);
	html_raw(h, "</div>");
	ui_form_close(h);
}

static void
put_said(struct exchange *x, struct html *h, const struct writing_view *v)
{
	struct ui_fact *f = arena_array(x->ctx->mem, v->form.n + 1, sizeof *f);
	size_t n = 0;

	for (size_t i = 0; f != NULL && i < v->form.n; i++)
		if (v->typed.v[i].n > 0)
			f[n++] = (struct ui_fact){ .label = v->fields[i].label, .value = v->typed.v[i] };
	ui_section_open(h, T("写了什么"));
	ui_facts(h, f, n);
	ui_section_close(h);
}

static enum rc
show(struct exchange *x, struct writing_view *v)
{
	struct html h = frame_html(x);
	bool open = (v->w.state == WRITING_ASKED ? v->may_check : v->may_act) && v->w.state < WRITING_ISSUED;

	for (size_t i = 0; i < v->form.n; i++) /* told as such, though a draft may lack them */
		v->fields[i].required = v->declared[i]->need == PAPER_MUST;
	if (v->findings.total > 0)
		x->out->status = http_status_of(RC_INVALID);
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("代写文书"), .area = FRAME_QUEUE });
	ui_title_text(&h, v->t->name, desk_join(x, v->r.number, v->r.person_name));
	put_back(x, &h, v, true);
	html_raw(&h, "<p class=\"state\">");
	ui_tag(&h, v->w.state == WRITING_ISSUED ? UI_OK : UI_INFO, desk_say(x, writing_state_label(v->w.state)));
	html_raw(&h, " ");
	html_text(&h, desk_join(x, v->w.author_name, desk_when(x, v->w.at_ms)));
	html_raw(&h, "</p><p>");
	ui_link(&h, v->w.paper != 0 ? arena_format(x->ctx->mem, "/desk/request/%lld/paper/%lld", (long long)v->id.n, (long long)v->w.paper)
	    : path_of(x, v, v->w.id, "/preview"), v->w.paper != 0 ? T("打开文书（PDF）") : T("看看印出来的样子（PDF）"));
	html_raw(&h, "</p>");
	if (v->findings.total > 0 && v->findings.v[0].field[0] == '\0')
		ui_notice(&h, UI_LATE, NULL, finding_text(x->ctx->mem, x->ctx->lang, &v->findings.v[0]));
	if (open && v->w.state != WRITING_ASKED)
		put_draft(x, &h, v);
	else
		put_said(x, &h, v);
	if (open && v->w.state == WRITING_ASKED)
		put_check(x, &h, v);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
writing_page(struct exchange *x)
{
	struct writing_view *v;
	enum rc rc = view_open(x, &v);

	if (rc != RC_OK)
		return rc;
	form_make(x, v, false);
	typed_from_facts(x, v);
	return show(x, v);
}

static const char *
why_field(enum writing_why why)
{
	return why == WRITING_NOT_READ_BACK ? "read" : why == WRITING_NO_WORDS ? "words" : "";
}

static enum rc
act(struct exchange *x, struct writing_view *v, struct text what, enum writing_why *ret_why)
{
	struct writing_head head = { .request = v->id, .id = v->w.id };
	struct text missing = TEXT_NONE;
	const struct choice *read = choice_by_key(writing_read_choices, params_get(x->in->form, "read"));
	bool ask = text_equals(what, TEXT("ask"));
	int64_t paper = 0;
	enum rc rc = int64_parse(params_get(x->in->form, "revision"), 1, INT64_MAX, &head.revision);

	if (rc != RC_OK)
		return rc;
	if (text_equals(what, TEXT("issue")))
		return writing_issue(x->ctx, frame_idem_key(x), &head, read == NULL ? WRITING_NOT_READ : (enum writing_read)read->value, &paper, ret_why);
	if (text_equals(what, TEXT("return")))
		return writing_return(x->ctx, frame_idem_key(x), &head, params_get(x->in->form, "words"), ret_why);
	if (text_equals(what, TEXT("drop")))
		return writing_drop(x->ctx, frame_idem_key(x), &head, ret_why);
	rc = facts_typed(x, v);
	return rc == RC_OK ? writing_save(x->ctx, frame_idem_key(x), &head, &v->facts, ask, &missing, ret_why) : rc;
}

enum rc
writing_post(struct exchange *x)
{
	struct text what = params_get(x->in->form, "do");
	enum writing_why why = WRITING_MAY;
	struct writing_view *v;
	enum rc rc = view_open(x, &v);

	if (rc != RC_OK)
		return rc;
	form_make(x, v, text_equals(what, TEXT("ask")));
	typed_from_facts(x, v);
	rc = act(x, v, what, &why);
	if (rc == RC_OK) {
		http_redirect(x->out, path_of(x, v, v->w.id, ""));
		return RC_OK;
	}
	if (rc == RC_REFUSED)
		findings_add(&v->findings, why_field(why), writing_why_label(why), 0);
	else if (rc == RC_CONFLICT || rc == RC_DUPLICATE) /* or this very form was sent before, with other words */
		findings_add(&v->findings, "", T("别人刚刚改过，下面是您写的；请刷新看看再存"), 0);
	else if (rc != RC_INVALID || v->findings.total == 0)
		return rc;
	return show(x, v);
}

/* As it would be printed now, marked as a draft; without a number. */
enum rc
writing_preview_page(struct exchange *x)
{
	struct paper_made made = { .number = TEXT_NONE, .at_ms = x->ctx->now_ms, .mark = TEXT("草稿") };
	struct writing_view *v;
	struct text why = TEXT_NONE;
	struct html h;
	enum rc rc = view_open(x, &v);

	if (rc == RC_OK)
		rc = paper_render(v->t, &v->facts, &made, x->ctx->mem, &x->out->body, &why);
	if (rc == RC_OK) {
		x->out->type = "application/pdf";
		http_header(x->out, "Content-Disposition", TEXT("inline"));
		http_header(x->out, "X-Content-Type-Options", TEXT("nosniff"));
	}
	if (rc != RC_INVALID)
		return rc;
	h = frame_html(x);
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("代写文书"), .area = FRAME_QUEUE });
	ui_title_text(&h, v->t->name, desk_join(x, v->r.number, v->r.person_name));
	ui_notice_say(&h, UI_INFO, T("还印不出来"), T("先把必填的写完、存好，再来看。"));
	put_back(x, &h, v, true);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
