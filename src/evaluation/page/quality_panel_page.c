/* Who judges, and what is looked at. */
#include "evaluation/page/quality_internal.h"

#include "resources/identity/identity.h"

#include <limits.h>

struct expert_values { int64_t revision; struct text login, field; struct day from, to; bool active; };
#define E(member) offsetof(struct expert_values, member)
static const struct field expert_fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .max = INT64_MAX, .offset = E(revision) },
	{ .key = "login", .kind = FIELD_LINE, .label = T("登录名"), .required = true, .min = 3, .max = 32, .hint = T("律师、退休法官、高校教师等，先要有账号。"), .offset = E(login) },
	{ .key = "field", .kind = FIELD_LINE, .label = T("专长"), .max = 60, .offset = E(field) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("任期从"), .required = true, .min = INT_MIN, .max = INT_MAX, .offset = E(from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("任期到"), .min = INT_MIN, .max = INT_MAX, .offset = E(to) },
	{ .key = "active", .kind = FIELD_BOOL, .label = T("可以参加评查"), .offset = E(active) },
};
const struct form quality_expert_form = FORM_OF("quality.expert", T("评估专家"), expert_fields, struct expert_values);

struct list_values { struct text body, source; };
static const struct field list_fields[] = {
	{ .key = "source", .kind = FIELD_LINE, .label = T("依据哪份文件"), .required = true, .min = 4, .max = 100, .offset = offsetof(struct list_values, source) },
	{ .key = "body", .kind = FIELD_PARAGRAPH, .label = T("检查单"), .required = true, .min = 4, .max = 6000,
	  .hint = T("每行一项：分值 | 记录项 | 检查什么 | 怎么看。分值合计 100。记录项可以空着，或者写 accept、meeting、file_read、evidence、hearing、report、limits、file。"),
	  .offset = offsetof(struct list_values, body) },
};
const struct form quality_list_form = FORM_OF("quality.list", T("检查单"), list_fields, struct list_values);

struct panel { struct quality_expert v[QUALITY_EXPERTS_MAX]; size_t n; struct quality_list lists[QUALITY_KIND_COUNT]; const struct quality_expert *one; };

static enum rc
panel_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct panel *p = arg;
	enum rc rc = quality_experts(tx, actor, p->v, QUALITY_EXPERTS_MAX, &p->n);

	for (int k = QUALITY_CIVIL; rc == RC_OK && k < QUALITY_KIND_COUNT; k++)
		rc = quality_list_load(tx, actor, (enum quality_kind)k, 0, &p->lists[k]);
	return rc;
}

static bool
may_change(const struct exchange *x)
{
	return actor_may(x->ctx->actor, RIGHT_AID_REVIEW);
}

static void
put_experts(struct exchange *x, struct html *h, const struct panel *p)
{
	static const struct ui_column columns[] = { { T("姓名"), false }, { T("机构"), false }, { T("专长"), false }, { T("任期"), false },
		{ T("可以参加评查"), false }, { T("手上待评"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("评估专家"), columns, 6);
	for (size_t i = 0; i < p->n; i++) {
		const struct quality_expert *e = &p->v[i];
		struct text from = qp_day(x, e->from), to = qp_day(x, e->to);

		ui_row_open(&t);
		if (may_change(x))
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/quality/panel?expert=%.*s", (int)e->login.n, e->login.p), e->name);
		else
			ui_cell(&t, e->name);
		ui_cell(&t, e->firm_name);
		ui_cell(&t, e->field);
		ui_cell(&t, arena_format(x->ctx->mem, "%.*s – %.*s", (int)from.n, from.p, (int)to.n, to.p));
		ui_cell_say(&t, e->active ? T("是") : T("否"));
		ui_cell_int(&t, e->open);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static struct text
begins(const struct exchange *x, const struct panel *p, const char *key)
{
	const struct quality_expert *e = p->one;
	struct text k = text_of(key);

	if (x->typed.v != NULL && x->in->method == HTTP_POST)
		return ui_typed(&quality_expert_form, key, &x->typed);
	if (e == NULL)
		return text_equals(k, TEXT("from")) ? qp_day(x, day_of_moment(x->ctx->now_ms)) : text_equals(k, TEXT("active")) ? TEXT("1") : TEXT_NONE;
	if (text_equals(k, TEXT("login")))
		return e->login;
	if (text_equals(k, TEXT("field")))
		return e->field;
	if (text_equals(k, TEXT("active")))
		return e->active ? TEXT("1") : TEXT_NONE;
	return qp_day(x, text_equals(k, TEXT("from")) ? e->from : e->to);
}

static void
put_expert_form(struct exchange *x, struct html *h, const struct panel *p)
{
	if (!may_change(x))
		return;
	ui_section_open(h, p->one != NULL ? T("修改") : T("请一位专家"));
	ui_error_summary(h, &quality_expert_form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/quality/panel"), .csrf = x->csrf, .key = frame_key_text(x) });
	ui_hidden(h, "revision", p->one != NULL ? qp_int(x, p->one->revision) : TEXT("0"));
	html_raw(h, "<div class=\"columns\">");
	for (size_t i = 1; i < quality_expert_form.n; i++)
		ui_field(h, &expert_fields[i], begins(x, p, expert_fields[i].key), findings_of(&x->findings, expert_fields[i].key));
	html_raw(h, "</div>");
	ui_form_buttons(h, T("存下"), p->one != NULL ? TEXT("/desk/quality/panel") : TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_lists(struct exchange *x, struct html *h, const struct panel *p)
{
	ui_section_open(h, T("检查单"));
	for (int k = QUALITY_CIVIL; k < QUALITY_KIND_COUNT; k++) {
		const struct choice *c = choice_by_value(quality_kind_choices, k);

		html_raw(h, "<p>");
		ui_link(h, arena_format(x->ctx->mem, "/desk/quality/checklist/%s", c->key), c->label);
		html_raw(h, " ");
		html_sayf(h, T("第 %lld 版"), (long long)p->lists[k].version);
		html_raw(h, " <small>");
		html_text(h, p->lists[k].source);
		html_raw(h, "</small></p>");
	}
	ui_section_close(h);
}

static enum rc
panel_show(struct exchange *x, struct text login, struct text trouble)
{
	struct panel *p = ARENA_NEW(x->ctx->mem, struct panel);
	struct html h = frame_html(x);
	enum rc rc = p == NULL ? RC_NO_MEMORY : db_read(x->ctx, panel_tx, p);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < p->n; i++)
		if (login.n > 0 && text_equals(login, p->v[i].login))
			p->one = &p->v[i];
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("评估专家和检查单"), .area = FRAME_QUEUE });
	ui_title(&h, T("评估专家和检查单"), TEXT_NONE);
	qp_back(&h, TEXT("/desk/quality"), T("回到案件质量"));
	if (trouble.n > 0)
		ui_notice(&h, UI_LATE, T("没有存下"), trouble);
	put_experts(x, &h, p);
	put_expert_form(x, &h, p);
	put_lists(x, &h, p);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
quality_panel_get(struct exchange *x)
{
	return panel_show(x, qp_query(x, "expert"), TEXT_NONE);
}

enum rc
quality_expert_post(struct exchange *x)
{
	const struct expert_values *in = x->values;
	struct quality_verdict v = { QUALITY_YES, 0 };
	struct text trouble = TEXT_NONE;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = quality_expert_save(x->ctx, frame_idem_key(x), &(struct quality_expert_new){ .login = text_trim(in->login), .field = text_trim(in->field),
		    .from = in->from, .to = in->to, .active = in->active, .revision = in->revision }, &v);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/quality/panel"));
		return RC_OK;
	}
	if (!qp_trouble(x, rc, v, &trouble))
		return rc;
	return panel_show(x, in->revision > 0 ? text_trim(in->login) : TEXT_NONE, x->findings.total > 0 ? TEXT_NONE : trouble);
}

/* ---- one checklist ----------------------------------------------------------------------------------------------- */

struct one_list { enum quality_kind kind; struct quality_list l; struct quality_checklist items; };

static enum rc
one_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct one_list *o = arg;

	return quality_list_load(tx, actor, o->kind, 0, &o->l);
}

static void
put_items(struct exchange *x, struct html *h, const struct one_list *o)
{
	static const struct ui_column columns[] = { { T("检查什么"), false }, { T("满分"), true }, { T("怎么看"), false }, { T("系统先填"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("检查单"), columns, 4);
	for (int i = 0; i < o->items.n; i++) {
		ui_row_open(&t);
		ui_cell(&t, o->items.v[i].label);
		ui_cell_int(&t, o->items.v[i].points);
		ui_cell(&t, o->items.v[i].hint);
		ui_cell_say(&t, o->items.v[i].from != QUALITY_NO_AUTO ? T("按记录") : T("由专家看"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	ui_facts(h, (const struct ui_fact[]){ { T("第几版"), qp_int(x, o->l.version), TEXT_NONE },
	    { T("依据"), qp_join(x, o->l.source, qp_when(x, o->l.at_ms)), TEXT_NONE } }, 2);
}

static enum rc
list_show(struct exchange *x, struct text trouble)
{
	struct one_list *o = ARENA_NEW(x->ctx->mem, struct one_list);
	const struct choice *c = choice_by_key(quality_kind_choices, http_segment(x, "kind"));
	bool typed = x->typed.v != NULL && x->in->method == HTTP_POST;
	struct html h = frame_html(x);
	int line = 0;
	enum rc rc;

	if (o == NULL || c == NULL)
		return c == NULL ? RC_NOT_FOUND : RC_NO_MEMORY;
	o->kind = (enum quality_kind)c->value;
	rc = db_read(x->ctx, one_tx, o);
	if (rc == RC_OK && quality_checklist_parse(o->l.body, &o->items, &line) != QUALITY_LIST_OK)
		rc = RC_CORRUPT;
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("检查单"), .area = FRAME_QUEUE });
	ui_title(&h, T("检查单"), qp_say(x, c->label));
	qp_back(&h, TEXT("/desk/quality/panel"), T("回到评估专家和检查单"));
	if (trouble.n > 0)
		ui_notice(&h, UI_LATE, T("没有存下"), trouble);
	put_items(x, &h, o);
	if (may_change(x)) {
		ui_section_open(&h, T("新的一版"));
		ui_paragraph(&h, T("只用于以后的评查；已经定下名单的，还按当时的一版评。"));
		ui_error_summary(&h, &quality_list_form, &x->findings);
		ui_form_open(&h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/quality/checklist/%s", c->key), .csrf = x->csrf,
		    .key = frame_key_text(x) });
		ui_form_field(&h, &quality_list_form, "source", &x->typed, &x->findings);
		ui_field(&h, form_field(&quality_list_form, "body"), typed ? ui_typed(&quality_list_form, "body", &x->typed) : o->l.body,
		    findings_of(&x->findings, "body"));
		ui_form_buttons(&h, T("存为新的一版"), TEXT_NONE);
		ui_form_close(&h);
		ui_section_close(&h);
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
quality_list_get(struct exchange *x)
{
	return list_show(x, TEXT_NONE);
}

enum rc
quality_list_post(struct exchange *x)
{
	const struct list_values *in = x->values;
	const struct choice *c = choice_by_key(quality_kind_choices, http_segment(x, "kind"));
	enum quality_list_why why = QUALITY_LIST_OK;
	struct text trouble = TEXT_NONE;
	int line = 0;
	enum rc rc = c == NULL ? RC_NOT_FOUND : x->form_rc;

	if (rc == RC_OK)
		rc = quality_list_save(x->ctx, frame_idem_key(x), (enum quality_kind)c->value, in->body, text_trim(in->source), &why, &line);
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/quality/checklist/%s", c->key));
		return RC_OK;
	}
	if (why != QUALITY_LIST_OK)
		findings_add(&x->findings, "body", quality_list_why_label(why), line);
	if (!qp_trouble(x, rc, (struct quality_verdict){ QUALITY_YES, 0 }, &trouble))
		return rc;
	return list_show(x, x->findings.total > 0 ? TEXT_NONE : trouble);
}
