/* The five figures that say what a case means for lawyers and budget: what is stated, by whom, and stating them anew. */
#include "supply/admin/admin_internal.h"

#include <stddef.h>

#include "base/fen.h"
#include "operations/judge/judge_load.h"
#include "standards/setting/setting.h"

#define HISTORY_SHOWN 40
#define ROOM 16

struct estimate_values { int64_t seen; struct text v[JUDGE_FIGURE_COUNT], document; };

#define FIGURE(i, key_, label_, hint_) \
	{ .key = key_, .kind = FIELD_LINE, .label = label_, .max = ROOM, .hint = hint_, \
	  .offset = offsetof(struct estimate_values, v) + (i) * sizeof(struct text) }

static const struct field fields[] = {
	{ .key = "seen", .kind = FIELD_KEY, .label = T("版本"), .required = true, .offset = offsetof(struct estimate_values, seen) },
	FIGURE(JUDGE_APPLICATIONS, "applications", T("每千户符合条件的家庭一年申请几件"), T("例如 2.5；不知道就留空，不要估。")),
	FIGURE(JUDGE_HOURS, "hours", T("律师办一件平均用几小时"), NULL),
	FIGURE(JUDGE_CAPACITY, "capacity", T("全市律师一年能办援助的小时数"), NULL),
	FIGURE(JUDGE_SUBSIDY, "subsidy", T("每件补贴多少元"), NULL),
	FIGURE(JUDGE_BUDGET, "budget", T("一年预算多少元"), NULL),
	{ .key = "document", .kind = FIELD_LINE, .label = T("依据什么"), .max = 130,
	  .hint = T("文件标题和文号、统计口径。留空会标「未核实」。"), .offset = offsetof(struct estimate_values, document) },
};
const struct form estimate_form = FORM_OF("policy.estimate", T("测算用的数"), fields, struct estimate_values);

/* Hundredths as they are typed: "2.5", "1370". */
static struct text
typed_figure(struct exchange *x, int64_t n)
{
	if (n < 0)
		return TEXT_NONE;
	if (n % 100 == 0)
		return arena_format(x->ctx->mem, "%lld", (long long)(n / 100));
	return arena_format(x->ctx->mem, n % 10 == 0 ? "%lld.%lld" : "%lld.%02lld", (long long)(n / 100),
	    (long long)(n % 10 == 0 ? n % 100 / 10 : n % 100));
}

/* As they are read: "9,000,000", "2.5". */
static struct text
shown_figure(struct exchange *x, int64_t n)
{
	char out[32];
	struct text whole = int64_grouped(n / 100, out);

	return n % 100 != 0 ? typed_figure(x, n) : arena_text(x->ctx->mem, whole);
}

static const struct judge_figure_row *
row_of(struct text setting)
{
	for (int i = 0; i < JUDGE_FIGURE_COUNT; i++)
		if (text_equals(setting, text_of(judge_figure_rows[i].setting)))
			return &judge_figure_rows[i];
	return NULL;
}

/* ---- the page -------------------------------------------------------------------------------------------------- */

struct view { struct judge_figures now; struct setting_past v[HISTORY_SHOWN]; size_t n; bool again; };

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct view *v = argument;
	enum rc rc = judge_figures_now(tx, actor, &v->now);

	return rc == RC_OK ? setting_changes(tx, actor, TEXT("estimate."), v->v, HISTORY_SHOWN, &v->n) : rc;
}

static void
put_now(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column columns[] = { { T("数"), false }, { T("现在填的"), true }, { T("单位"), false } };
	struct ui_table t;

	ui_table_open(&t, h, T("现在填的"), columns, 3);
	for (int i = 0; i < JUDGE_FIGURE_COUNT; i++) {
		ui_row_open(&t);
		ui_cell_say(&t, judge_figure_rows[i].label);
		ui_cell_open(&t);
		if (v->now.v[i] < 0)
			ui_tag(h, UI_SOON, admin_say(x, T("未核实，空着")));
		else
			html_text(h, shown_figure(x, v->now.v[i]));
		ui_cell_close(&t);
		ui_cell_say(&t, judge_figure_rows[i].unit);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_form(struct exchange *x, struct html *h, const struct view *v)
{
	const struct form *form = &estimate_form;
	struct typed typed = admin_typed(x, form);
	struct text seen = admin_int(x, v->now.seen);

	if (!admin_sent(x, form)) {
		for (int i = 0; i < JUDGE_FIGURE_COUNT; i++)
			admin_put(form, &typed, judge_figure_rows[i].key, typed_figure(x, v->now.v[i]));
	} else if (!v->again) {
		seen = params_get(x->in->form, "seen");
	}
	ui_section_open(h, T("改这些数"));
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/policy/estimate"), .csrf = x->csrf, .key = admin_key(x, form) });
	ui_hidden(h, "seen", seen);
	for (int i = 0; i < JUDGE_FIGURE_COUNT; i++)
		ui_form_field(h, form, judge_figure_rows[i].key, &typed, admin_findings(x, form));
	ui_form_field(h, form, "document", &typed, admin_findings(x, form));
	ui_form_buttons(h, T("保存"), TEXT("/desk/policy"));
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_history(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column columns[] = {
		{ T("什么时候"), false }, { T("谁改的"), false }, { T("数"), false }, { T("改为"), true }, { T("依据"), false },
	};
	struct ui_table t;

	ui_table_open(&t, h, T("谁改过什么"), columns, 5);
	for (size_t i = 0; i < v->n; i++) {
		const struct judge_figure_row *row = row_of(v->v[i].key);
		int64_t n = JUDGE_UNKNOWN;

		if (row == NULL)
			continue;
		if (int64_parse(v->v[i].value, 0, row->most, &n) != RC_OK)
			n = JUDGE_UNKNOWN;
		ui_row_open(&t);
		ui_cell(&t, admin_when(x, v->v[i].since_ms));
		ui_cell(&t, v->v[i].name);
		ui_cell_say(&t, row->label);
		ui_cell(&t, n < 0 ? admin_say(x, T("空")) : shown_figure(x, n));
		ui_cell(&t, v->v[i].document.n > 0 ? v->v[i].document : admin_say(x, T("未核实")));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static enum rc
estimate_show(struct exchange *x, struct view *v)
{
	struct html h = frame_html(x);
	enum rc rc = db_read(x->ctx, view_tx, v);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = estimate_form.title, .area = FRAME_POLICY });
	ui_title(&h, estimate_form.title, TEXT_NONE);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/policy"), T("政策规则"));
	html_raw(&h, "</p>");
	if (text_equals(admin_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已办"));
	if (v->again)
		ui_notice_say(&h, UI_LATE, NULL, T("刚才有人改过这些数。下面是您填的；再按一次就按您填的改。"));
	ui_paragraph(&h, T("改规则之前测算申请量、律师工时和补贴要用这五个数。没有填的不猜：算到那里就写「不能判断」。"));
	ui_error_summary(&h, &estimate_form, admin_findings(x, &estimate_form));
	put_now(x, &h, v);
	if (actor_may(x->ctx->actor, RIGHT_POLICY))
		put_form(x, &h, v);
	put_history(x, &h, v);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
estimate_page(struct exchange *x)
{
	struct view *v = ARENA_NEW(x->ctx->mem, struct view);

	return v == NULL ? RC_NO_MEMORY : estimate_show(x, v);
}

enum rc
estimate_post(struct exchange *x)
{
	const struct estimate_values *in = x->values;
	struct view *v = ARENA_NEW(x->ctx->mem, struct view);
	struct judge_figures next = { .seen = in->seen };
	enum rc rc = v == NULL ? RC_NO_MEMORY : x->form_rc;

	for (int i = 0; rc != RC_NO_MEMORY && i < JUDGE_FIGURE_COUNT; i++) {
		struct fen n = { JUDGE_UNKNOWN };

		if (in->v[i].n > 0 && fen_parse(in->v[i], judge_figure_rows[i].most / 100, &n) != RC_OK) {
			findings_add(&x->findings, judge_figure_rows[i].key, T("应是数字，小数最多两位，最大是%lld"), judge_figure_rows[i].most / 100);
			rc = RC_INVALID;
		}
		next.v[i] = n.n;
	}
	if (rc == RC_OK)
		rc = judge_figures_set(x->ctx, frame_idem_key(x), &next, in->document, &x->findings);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/policy/estimate?done=1"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT)
		return rc;
	x->out->status = http_status_of(rc);
	v->again = rc == RC_CONFLICT;
	return estimate_show(x, v);
}
