/* Limits and thresholds that the officials set: all of them, and one with its bounds, its history and a new value. */
#include "standards/setting/setting.h"
#include "supply/admin/admin_internal.h"

#include <stddef.h>

struct limit_values { int64_t seen, value; struct text document; };

static const struct field fields[] = {
	{ .key = "seen", .kind = FIELD_KEY, .label = T("版本"), .required = true, .offset = offsetof(struct limit_values, seen) },
	{ .key = "value", .kind = FIELD_INT, .label = T("新的数"), .required = true, .min = 0, .max = INT32_MAX,
	  .offset = offsetof(struct limit_values, value) },
	{ .key = "document", .kind = FIELD_LINE, .label = T("为什么改、依据什么文件"), .required = true, .min = 2, .max = 120,
	  .offset = offsetof(struct limit_values, document) },
};
const struct form limit_form = FORM_OF("settings.limit", T("改这一项"), fields, struct limit_values);

/* The newest row of a setting, if it has any, and what holds. */
struct now { int64_t value; struct setting_row row; size_t n; };

static enum rc
now_read(struct tx *tx, const struct actor *actor, const struct setting_kind *k, struct now *ret)
{
	enum rc rc = setting_read(tx, actor, k, &ret->value);

	return rc == RC_OK ? setting_history(tx, actor, k, &ret->row, 1, &ret->n) : rc;
}

static struct text
amount(struct exchange *x, const struct setting_kind *k, int64_t n)
{
	return arena_format(x->ctx->mem, "%lld %s", (long long)n, msg(x->ctx->lang, k->unit));
}

static void
put_source(struct exchange *x, struct html *h, const struct now *now)
{
	html_raw(h, "<span>");
	if (now->n == 0)
		ui_tag(h, UI_SOON, admin_say(x, T("程序自带，未核实")));
	else {
		html_text(h, now->row.document.n > 0 ? now->row.document : admin_say(x, T("未核实")));
		html_raw(h, " <small>");
		html_text(h, now->row.name);
		html_raw(h, " ");
		html_text(h, admin_when(x, now->row.since_ms));
		html_raw(h, "</small>");
	}
	html_raw(h, "</span>");
}

/* ---- all of them -------------------------------------------------------------------------------------------- */

struct all { struct now *v; size_t n; };

static enum rc
all_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct all *a = argument;
	size_t n_groups, at = 0;
	const struct setting_group *g = setting_groups(&n_groups);
	enum rc rc = RC_OK;

	for (size_t i = 0; i < n_groups; i++)
		for (size_t k = 0; rc == RC_OK && k < g[i].n; k++)
			rc = now_read(tx, actor, &g[i].v[k], &a->v[at++]);
	return rc;
}

enum rc
limits_page(struct exchange *x)
{
	static const struct ui_column columns[] = { { T("哪一项"), false }, { T("现在"), true }, { T("依据"), false } };
	size_t n_groups, at = 0;
	const struct setting_group *g = setting_groups(&n_groups);
	struct html h = frame_html(x);
	struct all all = { .n = 0 };
	struct ui_table t;
	enum rc rc;

	for (size_t i = 0; i < n_groups; i++)
		all.n += g[i].n;
	all.v = arena_array(x->ctx->mem, all.n, sizeof *all.v);
	rc = all.v == NULL ? RC_NO_MEMORY : db_read(x->ctx, all_tx, &all);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("时限和门槛"), .area = FRAME_SETTINGS });
	ui_title(&h, T("时限和门槛"), TEXT_NONE);
	ui_paragraph(&h, T("事项的法定时限在事项目录里，政策的数在政策规则里；这里是本市自己定的提醒和内部时限。"));
	ui_table_open(&t, &h, T("点名称可以改，也看得到谁改过"), columns, 3);
	for (size_t i = 0; i < n_groups; i++)
		for (size_t k = 0; k < g[i].n; k++, at++) {
			ui_row_open(&t);
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/settings/limits/%s", g[i].v[k].key),
			    admin_say(x, g[i].v[k].label));
			ui_cell(&t, amount(x, &g[i].v[k], all.v[at].value));
			ui_cell_open(&t);
			put_source(x, &h, &all.v[at]);
			ui_cell_close(&t);
			ui_row_close(&t);
		}
	ui_table_close(&t);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

/* ---- one ------------------------------------------------------------------------------------------------------ */

struct one { const struct setting_kind *kind; int64_t value; struct setting_row v[SETTING_HISTORY_MAX]; size_t n; bool again; };

static enum rc
one_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct one *o = argument;
	enum rc rc = setting_read(tx, actor, o->kind, &o->value);

	return rc == RC_OK ? setting_history(tx, actor, o->kind, o->v, SETTING_HISTORY_MAX, &o->n) : rc;
}

static void
put_form(struct exchange *x, struct html *h, const struct one *o)
{
	const struct form *form = &limit_form;
	struct typed typed = admin_typed(x, form);
	struct text seen = admin_int(x, o->n > 0 ? o->v[0].since_ms : 0);

	if (!admin_sent(x, form))
		admin_put(form, &typed, "value", admin_int(x, o->value));
	else if (!o->again)
		seen = params_get(x->in->form, "seen");
	ui_section_open(h, form->title);
	ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/settings/limits/%s", o->kind->key),
	    .csrf = x->csrf, .key = admin_key(x, form) });
	ui_hidden(h, "seen", seen);
	html_raw(h, "<p>");
	html_sayf(h, T("从 %lld 到 %lld。"), (long long)o->kind->min, (long long)o->kind->max);
	html_raw(h, "</p>");
	ui_form_field(h, form, "value", &typed, admin_findings(x, form));
	ui_form_field(h, form, "document", &typed, admin_findings(x, form));
	ui_form_buttons(h, T("保存"), TEXT("/desk/settings/limits"));
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_history(struct exchange *x, struct html *h, const struct one *o)
{
	static const struct ui_column columns[] = {
		{ T("从什么时候起"), false }, { T("多少"), true }, { T("谁定的"), false }, { T("为什么"), false },
	};
	struct ui_table t;

	ui_section_open(h, T("以前怎么定的"));
	if (o->n == 0)
		ui_paragraph(h, T("还没有人定过：用的是程序自带的数。"));
	else
		ui_table_open(&t, h, T("新的在前"), columns, 4);
	for (size_t i = 0; i < o->n; i++) {
		const struct setting_row *r = &o->v[i];

		ui_row_open(&t);
		ui_cell(&t, admin_when(x, r->since_ms));
		ui_cell(&t, r->value);
		ui_cell(&t, r->name);
		ui_cell(&t, r->document.n > 0 ? r->document : admin_say(x, T("未核实")));
		ui_row_close(&t);
	}
	if (o->n > 0)
		ui_table_close(&t);
	ui_section_close(h);
}

static enum rc
one_show(struct exchange *x, struct one *o)
{
	struct html h = frame_html(x);
	enum rc rc = o->kind == NULL ? RC_NOT_FOUND : db_read(x->ctx, one_tx, o);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("时限和门槛"), .area = FRAME_SETTINGS });
	ui_title(&h, o->kind->label, amount(x, o->kind, o->value));
	html_raw(&h, "<p>");
	ui_link_text(&h, TEXT("/desk/settings/limits"), admin_say(x, T("时限和门槛")));
	html_raw(&h, "</p>");
	if (text_equals(admin_query(x, "done"), TEXT("saved")))
		ui_notice_say(&h, UI_OK, NULL, T("已保存，现在起就按新的数。"));
	if (o->again)
		ui_notice_say(&h, UI_LATE, NULL, T("刚才有人改了这一项，下面有他的数；要用您填的，再按一次保存。"));
	ui_error_summary(&h, &limit_form, admin_findings(x, &limit_form));
	ui_paragraph(&h, o->kind->hint);
	put_form(x, &h, o);
	put_history(x, &h, o);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
limit_page(struct exchange *x)
{
	struct one *o = ARENA_NEW(x->ctx->mem, struct one);

	if (o == NULL)
		return RC_NO_MEMORY;
	o->kind = setting_find(http_segment(x, "key"));
	return one_show(x, o);
}

enum rc
limit_post(struct exchange *x)
{
	const struct limit_values *in = x->values;
	struct one *o = ARENA_NEW(x->ctx->mem, struct one);
	enum rc rc = o == NULL ? RC_NO_MEMORY : x->form_rc;

	if (o == NULL)
		return rc;
	o->kind = setting_find(http_segment(x, "key"));
	if (o->kind == NULL)
		return RC_NOT_FOUND;
	if (rc == RC_OK && in->value < o->kind->min) {
		findings_add(&x->findings, "value", T("不能小于 %lld"), o->kind->min);
		rc = RC_INVALID;
	} else if (rc == RC_OK && in->value > o->kind->max) {
		findings_add(&x->findings, "value", T("不能大于 %lld"), o->kind->max);
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = setting_change(x->ctx, frame_idem_key(x), &(struct setting_change){ .kind = o->kind, .seen = in->seen,
		    .value = in->value, .document = in->document });
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/settings/limits/%s?done=saved", o->kind->key));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	x->out->status = http_status_of(rc);
	o->again = rc == RC_CONFLICT;
	return one_show(x, o);
}
