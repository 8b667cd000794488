/* The rules of supervision: those in force, those before and to come, and a new set. */
#include "supply/desk/order_internal.h"

#define SETS 40

struct rules_view { struct supervise_rules now, v[SETS]; size_t n; };

static const struct { enum supervise_step step; const char *count, *unit, *reply, *reply_unit; } rows[] = {
	{ SUPERVISE_WARNING, "warning", "warning_unit", NULL, NULL },
	{ SUPERVISE_REMINDER, "reminder", "reminder_unit", NULL, NULL },
	{ SUPERVISE_ORDER, "order", "order_unit", "order_reply", "order_reply_unit" },
	{ SUPERVISE_DIRECTOR, "director", "director_unit", "director_reply", "director_reply_unit" },
	{ SUPERVISE_BUREAU, "bureau", "bureau_unit", NULL, NULL },
	{ SUPERVISE_AGAIN, "again", "again_unit", NULL, NULL },
};
#define N_ROWS (sizeof rows / sizeof rows[0])

/* As a form has it: 0 is no choice. */
static int
unit_value(enum clock_unit u)
{
	return u == CLOCK_HOUR ? CLOCK_HOUR + CLOCK_UNIT_COUNT : (int)u;
}

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct rules_view *v = arg;
	enum rc rc = supervise_rules_load(tx, actor, &v->now);

	return rc == RC_OK ? supervise_rules_history(tx, actor, v->v, SETS, &v->n) : rc;
}

static struct text
span_words(const struct exchange *x, int64_t n, enum clock_unit unit)
{
	const struct choice *c = choice_by_value(form_field(&supervise_rules_form, "warning_unit")->choices, unit_value(unit));

	return n == 0 ? desk_say(x, T("立即"))
	    : arena_format(x->ctx->mem, "%lld %s", (long long)n, msg(x->ctx->lang, c != NULL ? c->label : ""));
}

static void
put_set(struct exchange *x, struct html *h, const struct supervise_rules *set, const char *title)
{
	struct ui_fact facts[14];
	size_t n = 0;

	ui_section_open(h, title);
	facts[n++] = (struct ui_fact){ .label = T("从什么时候起"), .value = set->from_ms == 0 ? desk_say(x, T("程序自带")) : desk_when(x, set->from_ms) };
	for (size_t i = 0; i < N_ROWS; i++) {
		const struct supervise_rule *r = &set->v[rows[i].step];

		facts[n++] = (struct ui_fact){ .label = form_field(&supervise_rules_form, rows[i].count)->label,
			.value = span_words(x, r->count, r->unit) };
		if (rows[i].reply != NULL)
			facts[n++] = (struct ui_fact){ .label = form_field(&supervise_rules_form, rows[i].reply)->label,
				.value = span_words(x, r->reply_count, r->reply_unit) };
	}
	facts[n++] = (struct ui_fact){ .label = form_field(&supervise_rules_form, "again_most")->label,
		.value = desk_int(x, set->v[SUPERVISE_AGAIN].most) };
	facts[n++] = (struct ui_fact){ .label = T("依据"), .value = set->v[SUPERVISE_WARNING].source.n > 0 ? set->v[SUPERVISE_WARNING].source
	    : desk_say(x, T("未核实")) };
	if (set->from_ms != 0)
		facts[n++] = (struct ui_fact){ .label = T("谁定的"),
			.value = desk_join(x, set->account_name, desk_when(x, set->written_ms)) };
	ui_facts(h, facts, n);
	ui_section_close(h);
}

static struct text
typed_or(struct exchange *x, const char *key, struct text otherwise)
{
	return draw_typed_or(x, &supervise_rules_form, key, otherwise);
}

static void
put_count(struct exchange *x, struct html *h, const char *key, const char *unit, int64_t n, enum clock_unit u)
{
	const struct form *form = &supervise_rules_form;
	const struct field *f = form_field(form, unit);
	const struct choice *now = choice_by_value(f->choices, unit_value(u));
	struct ui_option options[8];
	size_t k = 0;

	for (const struct choice *c = f->choices; c->key != NULL && k < 8; c++)
		options[k++] = (struct ui_option){ .value = text_of(c->key), .label = desk_say(x, c->label) };
	ui_field(h, form_field(form, key), typed_or(x, key, arena_format(x->ctx->mem, "%lld", (long long)n)),
	    findings_of(&x->findings, key));
	ui_field_select(h, f, options, k, typed_or(x, unit, now != NULL ? text_of(now->key) : TEXT_NONE),
	    findings_of(&x->findings, unit));
}

static void
put_night(struct exchange *x, struct html *h, const char *key, bool now)
{
	ui_field(h, form_field(&supervise_rules_form, key), typed_or(x, key, now ? TEXT("1") : TEXT_NONE),
	    findings_of(&x->findings, key));
}

static void
put_form(struct exchange *x, struct html *h, const struct rules_view *v)
{
	const struct form *form = &supervise_rules_form;
	char day[16];

	ui_section_open(h, T("改规则"));
	ui_paragraph(h, T("改动不覆盖以前的规则，从选定的日子起生效。"));
	ui_error_summary(h, form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/supervise/rules/new"), .csrf = x->csrf, .key = frame_key_text(x) });
	ui_field(h, form_field(form, "from"), typed_or(x, "from",
	    arena_text(x->ctx->mem, day_print(day_add(desk_today(x), 1), day))), findings_of(&x->findings, "from"));
	for (size_t i = 0; i < N_ROWS; i++) {
		const struct supervise_rule *r = &v->now.v[rows[i].step];

		put_count(x, h, rows[i].count, rows[i].unit, r->count, r->unit);
		if (rows[i].reply != NULL)
			put_count(x, h, rows[i].reply, rows[i].reply_unit, r->reply_count, r->reply_unit);
		if (rows[i].step == SUPERVISE_ORDER)
			put_night(x, h, "order_night", r->night);
		if (rows[i].step == SUPERVISE_DIRECTOR)
			put_night(x, h, "director_night", r->night);
	}
	ui_field(h, form_field(form, "again_most"), typed_or(x, "again_most", desk_int(x, v->now.v[SUPERVISE_AGAIN].most)),
	    findings_of(&x->findings, "again_most"));
	ui_form_field(h, form, "source", &x->typed, &x->findings);
	ui_form_buttons(h, T("保存新规则"), TEXT("/desk/supervise/rules"));
	ui_form_close(h);
	ui_section_close(h);
}

static enum rc
rules_show(struct exchange *x, bool change, const char *trouble)
{
	struct rules_view *v = ARENA_NEW(x->ctx->mem, struct rules_view);
	struct html h = frame_html(x);
	enum rc rc = v != NULL ? db_read(x->ctx, view_tx, v) : RC_NO_MEMORY;

	if (rc != RC_OK)
		return rc;
	if (change && !supervise_rules_are_for(x->ctx->actor))
		return RC_FORBIDDEN;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("督办规则"), .area = FRAME_SUPERVISE });
	ui_title(&h, T("督办规则"), TEXT_NONE);
	if (trouble != NULL)
		ui_notice_say(&h, UI_LATE, T("没有保存"), trouble);
	ui_paragraph(&h, T("没有法律规定这些数字，由本市自定。每一件事的每一个期限，每一步只走一次；期限变了，重新判断；暂停的不催；非工作时间不发。"));
	put_set(x, &h, &v->now, T("现在的规则"));
	if (change)
		put_form(x, &h, v);
	else if (supervise_rules_are_for(x->ctx->actor))
		ui_button_link(&h, TEXT("/desk/supervise/rules/new"), T("改规则"), true);
	for (size_t i = 0; i < v->n; i++)
		if (v->v[i].from_ms != v->now.from_ms)
			put_set(x, &h, &v->v[i], v->v[i].from_ms > x->ctx->now_ms ? T("将要生效的规则") : T("以前的规则"));
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
supervise_rules_page(struct exchange *x)
{
	return rules_show(x, false, NULL);
}

enum rc
supervise_rules_new_page(struct exchange *x)
{
	return rules_show(x, true, NULL);
}

static struct supervise_rules
rules_of(const struct exchange *x, const struct supervise_rules_values *in)
{
	bool today = day_compare(in->from, desk_today(x)) == 0;
	struct supervise_rules r = { .from_ms = today ? x->ctx->now_ms : day_start_ms(in->from) };

	for (int s = SUPERVISE_WARNING; s < SUPERVISE_RULES; s++)
		r.v[s] = (struct supervise_rule){ .count = (int)in->count[s], .unit = (enum clock_unit)(in->unit[s] % CLOCK_UNIT_COUNT),
			.reply_count = (int)in->reply[s], .reply_unit = (enum clock_unit)(in->reply_unit[s] % CLOCK_UNIT_COUNT),
			.source = in->source };
	r.v[SUPERVISE_ORDER].night = in->order_night;
	r.v[SUPERVISE_DIRECTOR].night = in->director_night;
	r.v[SUPERVISE_AGAIN].most = (int)in->again_most;
	return r;
}

enum rc
supervise_rules_post(struct exchange *x)
{
	enum rc rc = x->form_rc;

	if (rc == RC_OK) {
		struct supervise_rules rules = rules_of(x, x->values);

		rc = supervise_rules_set(x->ctx, frame_idem_key(x), &rules, &x->findings);
	}
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/supervise/rules"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = rc == RC_INVALID ? 422 : 409;
	return rules_show(x, true, rc == RC_INVALID ? T("请改正下面标出的地方") : T("那个时候起已经另有一套规则，请换一天"));
}
