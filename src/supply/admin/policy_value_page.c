/* One parameter: its values by day, and another from a day on. */
#include "supply/admin/policy_internal.h"

#include <stddef.h>

#define AT(member) .offset = offsetof(struct policy_value_values, member)

static const struct field value_fields[] = {
	{ .key = "seen", .kind = FIELD_KEY, .label = T("版本"), .required = true, AT(seen) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("参数"), .required = true, .max = 60, AT(name) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪一天起"), .required = true, .min = INT32_MIN, .max = INT32_MAX,
	  .hint = T("按案件适用的日期：这一天及以后的案件用新值，以前的不变。"), AT(from) },
	{ .key = "value", .kind = FIELD_LINE, .label = T("新值"), .max = 40, AT(value) },
	{ .key = "unset", .kind = FIELD_BOOL, .label = T("还不知道是多少（未设定）"), AT(unset) },
	{ .key = "unverified", .kind = FIELD_BOOL, .label = T("还没有看到文件原文（标未核实）"), AT(unverified) },
	{ .key = "trial", .kind = FIELD_BOOL, .label = T("只供试算：测算时用，任何决定都不用"), AT(trial) },
	{ .key = "document", .kind = FIELD_LINE, .label = T("依据哪份文件"), .max = 120,
	  .hint = T("选已有的；是新文件就留空，填下面的标题和文号。"), AT(document) },
	{ .key = "title", .kind = FIELD_LINE, .label = T("新文件的标题"), .max = 100, AT(title) },
	{ .key = "number", .kind = FIELD_LINE, .label = T("文号"), .max = 60, AT(number) },
	{ .key = "article", .kind = FIELD_LINE, .label = T("条款"), .max = 60, .hint = T("例如：第三条第一款"), AT(article) },
	{ .key = "words", .kind = FIELD_LINE, .label = T("为什么改"), .required = true,
	  .max = POLICY_WORDS_MAX, AT(words) }, /* its least is told with the findings of the value, all at once */
};
const struct form policy_value_form = FORM_OF("policy.value", T("改一个值"), value_fields, struct policy_value_values);

static const char *
bounds_words(struct exchange *x, const struct rules *r, const struct rules_parameter *par)
{
	struct text least = policy_value(x->ctx->mem, x->ctx->lang, r, par->type, par->least);
	struct text most = policy_value(x->ctx->mem, x->ctx->lang, r, par->type, par->most);

	return arena_format(x->ctx->mem, "%.*s – %.*s", (int)least.n, least.p, (int)most.n, most.p).p;
}

static void
put_rows(struct exchange *x, struct html *h, const struct rules *r, const struct rules_parameter *par,
    const struct rules_entry *e)
{
	for (size_t i = 0; i < e->n_rows; i++) {
		if (i > 0)
			html_raw(h, "; ");
		html_text(h, policy_value(x->ctx->mem, x->ctx->lang, r, par->key, e->row[i].key));
		html_raw(h, " → ");
		html_text(h, policy_value(x->ctx->mem, x->ctx->lang, r, par->type, e->row[i].value));
	}
}

static void
put_entry(struct exchange *x, struct ui_table *t, const struct rules *r, const struct rules_parameter *par,
    const struct rules_entry *e)
{
	struct html *h = t->h;

	ui_row_open(t);
	ui_cell(t, admin_day(x, e->from));
	ui_cell(t, e->to.n == RULES_FOREVER ? TEXT_NONE : admin_day(x, e->to));
	ui_cell_open(t);
	html_raw(h, "<span>");
	if (e->unset)
		html_say(h, T("未设定"));
	else if (par->table)
		put_rows(x, h, r, par, e);
	else
		html_text(h, policy_parameter_value(x->ctx->mem, x->ctx->lang, r, par, e->value));
	html_raw(h, " ");
	if (e->trial)
		ui_tag(h, UI_HOLD, admin_say(x, T("只供试算")));
	html_raw(h, " ");
	if (e->unverified)
		ui_tag(h, UI_SOON, admin_say(x, T("未核实")));
	html_raw(h, "</span>");
	ui_cell_close(t);
	ui_cell(t, policy_basis(x->ctx->mem, x->ctx->lang, r, e->basis));
	ui_row_close(t);
}

static void
put_entries(struct exchange *x, struct html *h, const struct rules *r, const struct rules_parameter *par)
{
	static const struct ui_column columns[] = {
		{ T("自"), false }, { T("至"), false }, { T("值"), false }, { T("依据"), false },
	};
	struct ui_table t;

	ui_table_open(&t, h, T("各日的值"), columns, 4);
	for (size_t i = par->n_trials; i-- > 0;)
		put_entry(x, &t, r, par, &par->trial[i]);
	for (size_t i = par->n_entries; i-- > 0;)
		put_entry(x, &t, r, par, &par->entry[i]);
	ui_table_close(&t);
}

static void
put_document(struct exchange *x, struct html *h, const struct rules *r, const struct typed *typed)
{
	const struct rules_package *k = rules_package(r);
	struct ui_option *v = arena_array(x->ctx->mem, k->n_documents + 1, sizeof *v);

	if (v == NULL)
		return;
	v[0].label = admin_say(x, T("新文件，填在下面"));
	for (size_t i = 0; i < k->n_documents; i++) {
		v[i + 1].value = k->document[i].name;
		v[i + 1].label = policy_words(x->ctx->lang, k->document[i].title);
	}
	ui_field_select(h, form_field(&policy_value_form, "document"), v, k->n_documents + 1,
	    ui_typed(&policy_value_form, "document", typed), findings_of(&x->findings, "document"));
}

static void
put_form(struct exchange *x, struct html *h, const struct policy_open *o, const struct rules_parameter *par)
{
	static const char *const above[] = { "from", "value", "unset", "unverified", "trial" };
	static const char *const below[] = { "title", "number", "article", "words" };
	const struct form *form = &policy_value_form;
	const struct findings *found = admin_findings(x, form);
	struct typed typed = admin_typed(x, form);

	ui_section_open(h, form->title);
	ui_error_summary(h, form, found);
	ui_notice(h, UI_INFO, T("能取的值"), text_of(bounds_words(x, o->rules, par)));
	ui_form_open(h, &(struct ui_form){ .action = policy_path(x, o->package, "/value"), .csrf = x->csrf,
	    .key = admin_key(x, form) });
	ui_hidden(h, "seen", admin_int(x, o->current.id));
	ui_hidden(h, "name", par->name);
	for (size_t i = 0; i < sizeof above / sizeof above[0]; i++)
		ui_form_field(h, form, above[i], &typed, found);
	put_document(x, h, o->rules, &typed);
	for (size_t i = 0; i < sizeof below / sizeof below[0]; i++)
		ui_form_field(h, form, below[i], &typed, found);
	ui_form_buttons(h, T("起草，并自动试算"), policy_path(x, o->package, ""));
	ui_form_close(h);
	ui_section_close(h);
}

static enum rc
value_show(struct exchange *x, struct text name, struct text why)
{
	struct policy_open *o = ARENA_NEW(x->ctx->mem, struct policy_open);
	const struct rules_parameter *par;
	struct html h = frame_html(x);
	enum rc rc;
	int i;

	if (o == NULL)
		return RC_NO_MEMORY;
	*o = (struct policy_open){ .package = http_segment(x, "package"), .day = admin_today(x) };
	rc = db_read(x->ctx, policy_open_tx, o);
	if (rc != RC_OK)
		return rc;
	i = rules_parameter_find(o->rules, name);
	if (i < 0)
		return RC_NOT_FOUND;
	par = &rules_package(o->rules)->parameter[i];
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("政策规则"), .area = FRAME_POLICY });
	ui_title_text(&h, policy_name(x->ctx->lang, par->name, par->words), policy_title(x, o->rules));
	html_raw(&h, "<p>");
	ui_link_text(&h, policy_path(x, o->package, ""), policy_title(x, o->rules));
	html_raw(&h, "</p>");
	if (why.n > 0)
		ui_notice(&h, UI_LATE, T("这样写不成规则"), why);
	put_entries(x, &h, o->rules, par);
	if (actor_may(x->ctx->actor, RIGHT_POLICY) && !par->table)
		put_form(x, &h, o, par);
	else if (par->table)
		ui_notice_say(&h, UI_INFO, NULL, T("成表的参数请改整个文本"));
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
policy_value_page(struct exchange *x)
{
	return value_show(x, admin_query(x, "name"), TEXT_NONE);
}

enum rc
policy_value_post(struct exchange *x)
{
	const struct policy_value_values *v = x->values;
	struct policy_value_change in = { .package = http_segment(x, "package"), .seen = v->seen, .parameter = v->name,
		.from = v->from, .value = v->value, .unset = v->unset, .unverified = v->unverified, .trial = v->trial, .document = v->document,
		.title = v->title, .number = v->number, .article = v->article, .words = v->words, .today = admin_today(x) };
	struct text why = TEXT_NONE;
	int64_t id = 0;
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = policy_draft_value(x->ctx, frame_idem_key(x), &in, &x->findings, &why, &id);
	if (rc == RC_CONFLICT)
		findings_add(&x->findings, "value", T("规则刚才有了新版，请看过再改"), 0);
	if (rc == RC_INVALID || rc == RC_CONFLICT) {
		x->out->status = http_status_of(rc);
		return value_show(x, v->name.n > 0 ? v->name : params_get(x->in->form, "name"), why);
	}
	if (rc == RC_OK)
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/policy/%.*s/version/%lld?done=1", (int)in.package.n,
		    in.package.p, (long long)id));
	return rc;
}
