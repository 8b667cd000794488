/* What counts how much when a next holder is proposed: the weights in force, a new version of them, all versions. */
#include "operations/dispatch/dispatch.h"
#include "supply/admin/admin_internal.h"

#include <stddef.h>

#define VERSIONS 50

struct rules_values { int64_t version; int64_t w[WEIGHT_COUNT]; struct day from; struct text words; };

#define ROW(name, key_, label_, least, most, usual) \
	{ .key = key_, .kind = FIELD_INT, .label = label_, .required = true, .min = least, .max = most, \
	  .offset = offsetof(struct rules_values, w) + WEIGHT_##name * sizeof(int64_t) },

static const struct field fields[] = {
	{ .key = "version", .kind = FIELD_KEY, .label = T("版本"), .required = true, .offset = offsetof(struct rules_values, version) },
	DISPATCH_WEIGHTS(ROW)
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪天起"), .required = true, .min = 0, .max = DISPATCH_AHEAD_DAYS,
	  .offset = offsetof(struct rules_values, from) },
	{ .key = "words", .kind = FIELD_LINE, .label = T("为什么改、依据什么文件"), .required = true, .min = 2, .max = 200,
	  .offset = offsetof(struct rules_values, words) },
};
const struct form dispatch_rules_form = FORM_OF("settings.dispatch", T("派单权重"), fields, struct rules_values);

struct rules_view { struct dispatch_rules now; int64_t newest; struct dispatch_rules_row v[VERSIONS]; size_t n; bool again; };

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct rules_view *v = argument;
	enum rc rc = dispatch_rules_now(tx, actor, &v->now);

	if (rc == RC_OK)
		rc = dispatch_rules_newest(tx, actor, &v->newest);
	return rc == RC_OK ? dispatch_rules_list(tx, actor, v->v, VERSIONS, &v->n) : rc;
}

static void
put_form(struct exchange *x, struct html *h, const struct rules_view *v)
{
	const struct form *form = &dispatch_rules_form;
	struct typed typed = admin_typed(x, form);
	struct text version = admin_int(x, v->newest);
	char day[16];

	if (!admin_sent(x, form)) {
		admin_put(form, &typed, "from", arena_text(x->ctx->mem, day_print(admin_today(x), day)));
		for (int i = 0; i < WEIGHT_COUNT; i++)
			admin_put(form, &typed, dispatch_weight_rows[i].key, admin_int(x, v->now.weights.v[i]));
	} else if (!v->again)
		version = params_get(x->in->form, "version");
	ui_section_open(h, T("写新的一版"));
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/settings/dispatch"), .csrf = x->csrf,
	    .key = admin_key(x, form) });
	ui_hidden(h, "version", version);
	html_raw(h, "<div class=\"columns\">");
	for (int i = 0; i < WEIGHT_COUNT; i++)
		ui_form_field(h, form, dispatch_weight_rows[i].key, &typed, admin_findings(x, form));
	html_raw(h, "</div>");
	ui_form_field(h, form, "from", &typed, admin_findings(x, form));
	ui_form_field(h, form, "words", &typed, admin_findings(x, form));
	ui_form_buttons(h, T("存为新的一版"), TEXT("/desk/settings"));
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_versions(struct exchange *x, struct html *h, const struct rules_view *v)
{
	static const struct ui_column columns[] = {
		{ T("版本"), true }, { T("从什么时候起"), false }, { T("谁定的"), false }, { T("为什么"), false }, { T("权重"), false },
	};
	struct ui_table t;

	ui_section_open(h, T("各个版本"));
	if (v->n == 0)
		ui_paragraph(h, T("还没有存过：用的是程序自带的第 1 版。"));
	else
		ui_table_open(&t, h, T("各个版本，新的在前；每次派单都记着用的是哪一版"), columns, 5);
	for (size_t i = 0; i < v->n; i++) {
		const struct dispatch_rules_row *r = &v->v[i];

		ui_row_open(&t);
		ui_cell_int(&t, r->version);
		ui_cell(&t, admin_when(x, r->since_ms));
		ui_cell(&t, r->name.n > 0 ? r->name : admin_say(x, T("程序自带")));
		ui_cell(&t, r->words.n > 0 ? r->words : admin_say(x, T("未核实")));
		ui_cell_open(&t);
		html_raw(h, "<details><summary>");
		html_say(h, T("看这一版"));
		html_raw(h, "</summary><small>");
		html_lines(h, r->weights);
		html_raw(h, "</small></details>");
		ui_cell_close(&t);
		ui_row_close(&t);
	}
	if (v->n > 0)
		ui_table_close(&t);
	ui_section_close(h);
}

static enum rc
rules_show(struct exchange *x, struct rules_view *v)
{
	struct html h = frame_html(x);
	enum rc rc = db_read(x->ctx, view_tx, v);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("派单权重"), .area = FRAME_SETTINGS });
	ui_title(&h, T("派单权重"), arena_format(x->ctx->mem, "%s %lld", msg(x->ctx->lang, T("现在用的版本")),
	    (long long)v->now.version));
	if (text_equals(admin_query(x, "done"), TEXT("saved")))
		ui_notice_say(&h, UI_OK, NULL, T("已存为新的一版，从写明的那天起用。以前的派单仍按当时的版本复核。"));
	if (v->again)
		ui_notice_say(&h, UI_LATE, NULL, T("刚才有人存了新的一版。下面是您填的；再按一次就用您填的存成更新的一版。"));
	ui_error_summary(&h, &dispatch_rules_form, admin_findings(x, &dispatch_rules_form));
	ui_paragraph(&h, T("得分加在一起，高的在前。改了不影响以前的派单；可以先用 zhaofa dispatch backtest 在以前的派单上试。"));
	put_form(x, &h, v);
	put_versions(x, &h, v);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
dispatch_rules_page(struct exchange *x)
{
	struct rules_view *v = ARENA_NEW(x->ctx->mem, struct rules_view);

	return v == NULL ? RC_NO_MEMORY : rules_show(x, v);
}

enum rc
dispatch_rules_post(struct exchange *x)
{
	const struct rules_values *in = x->values;
	struct rules_view *v = ARENA_NEW(x->ctx->mem, struct rules_view);
	struct dispatch_rules_new next = { .version = in->version, .words = in->words };
	int64_t version = 0;
	enum rc rc = v == NULL ? RC_NO_MEMORY : x->form_rc;

	/* today is from now on: its beginning has passed */
	if (rc == RC_OK && day_compare(in->from, admin_today(x)) != 0)
		next.since_ms = day_start_ms(in->from);
	for (int i = 0; i < WEIGHT_COUNT; i++)
		next.weights.v[i] = (int)in->w[i];
	if (rc == RC_OK)
		rc = dispatch_rules_set(x->ctx, frame_idem_key(x), &next, &version);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/settings/dispatch?done=saved"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	x->out->status = rc == RC_CONFLICT ? 409 : 422;
	v->again = rc == RC_CONFLICT;
	return rules_show(x, v);
}
