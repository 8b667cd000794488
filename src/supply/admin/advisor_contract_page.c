/* One contract of a village's adviser: what was agreed, absences, who stood in, its end, the next term; and a new one. */
#include "supply/admin/advisor_page_internal.h"

#include "kit/msg/msg.h"

#include <limits.h>

#define ANY_DAY .min = INT_MIN, .max = INT_MAX
#define SHOWN 60

#define S(member) offsetof(struct advisor_contract_new, member)
static const struct field sign_fields[] = {
	{ .key = "village", .kind = FIELD_PLACE, .label = T("村（社区）区划代码"), .required = true, .offset = S(village) },
	{ .key = "licence", .kind = FIELD_LINE, .label = T("顾问执业证号"), .required = true, .min = 4, .max = 40,
	  .hint = T("执业律师或基层法律服务工作者；整个合同期内执业证都要有效。"), .offset = S(licence) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("合同第一天"), .required = true, ANY_DAY, .offset = S(from) },
	{ .key = "to", .kind = FIELD_DAY, .label = T("合同最后一天"), .required = true, ANY_DAY, .offset = S(to) },
	{ .key = "hours", .kind = FIELD_INT, .label = T("每月服务小时"), .required = true, .min = 1, .max = 200, .offset = S(hours) },
	{ .key = "fee", .kind = FIELD_INT, .label = T("每年费用（元）"), .required = true, .max = 10000000, .offset = S(fee) },
	{ .key = "duties", .kind = FIELD_FLAGS, .label = T("服务内容"), .choices = advisor_duty_choices, .offset = S(duties) },
};
const struct form advisor_sign_form = FORM_OF("advisor.sign", T("签一份法律顾问合同"), sign_fields, struct advisor_contract_new);

struct absence_values { struct day day; bool excused; struct text note; };
#define A(member) offsetof(struct absence_values, member)
static const struct field absence_fields[] = {
	{ .key = "day", .kind = FIELD_DAY, .label = T("缺席的日子"), .required = true, ANY_DAY, .offset = A(day) },
	{ .key = "excused", .kind = FIELD_BOOL, .label = T("事先请过假"), .offset = A(excused) },
	{ .key = "remark", .kind = FIELD_LINE, .label = T("说明"), .max = 200, .offset = A(note) },
};
const struct form advisor_absence_form = FORM_OF("advisor.absence", T("记一次缺席"), absence_fields, struct absence_values);

struct substitute_values { struct text licence, reason; struct day first, until; };
#define U(member) offsetof(struct substitute_values, member)
static const struct field substitute_fields[] = {
	{ .key = "licence", .kind = FIELD_LINE, .label = T("代班人执业证号"), .required = true, .min = 4, .max = 40, .offset = U(licence) },
	{ .key = "from", .kind = FIELD_DAY, .label = T("从哪一天"), .required = true, ANY_DAY, .offset = U(first) },
	{ .key = "until", .kind = FIELD_DAY, .label = T("到哪一天"), .required = true, ANY_DAY, .offset = U(until) },
	{ .key = "reason", .kind = FIELD_LINE, .label = T("原因"), .max = 200, .offset = U(reason) },
};
const struct form advisor_substitute_form = FORM_OF("advisor.substitute", T("请人代班"), substitute_fields, struct substitute_values);

struct end_values { int64_t revision; int why; struct day last; struct text note; };
#define E(member) offsetof(struct end_values, member)
static const struct field end_fields[] = {
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .max = INT64_MAX, .offset = E(revision) },
	{ .key = "why", .kind = FIELD_CHOICE, .label = T("为什么终止"), .required = true, .choices = advisor_end_choices, .offset = E(why) },
	{ .key = "last", .kind = FIELD_DAY, .label = T("最后一天"), .required = true, ANY_DAY, .offset = E(last) },
	{ .key = "note", .kind = FIELD_LINE, .label = T("说明"), .max = 200, .offset = E(note) },
};
const struct form advisor_end_form = FORM_OF("advisor.end", T("提前终止"), end_fields, struct end_values);

struct support_values { struct day day; int kind; int64_t amount; struct text words; };
#define P(member) offsetof(struct support_values, member)
static const struct field support_fields[] = {
	{ .key = "support_kind", .kind = FIELD_CHOICE, .label = T("什么保障"), .required = true, .choices = advisor_support_choices, .offset = P(kind) },
	{ .key = "support_day", .kind = FIELD_DAY, .label = T("哪一天"), .required = true, ANY_DAY, .offset = P(day) },
	{ .key = "amount", .kind = FIELD_INT, .label = T("花了多少元（没有花钱的不填）"), .max = 1000000, .offset = P(amount) },
	{ .key = "support_words", .kind = FIELD_LINE, .label = T("做了什么"), .required = true, .min = 2, .max = 200, .offset = P(words) },
};
const struct form advisor_support_form = FORM_OF("advisor.support", T("记一次保障"), support_fields, struct support_values);

struct renew_values { bool sure; };
static const struct field renew_fields[] = {
	{ .key = "sure", .kind = FIELD_BOOL, .label = T("续签"), .offset = offsetof(struct renew_values, sure) },
};
const struct form advisor_renew_form = FORM_OF("advisor.renew", T("续签下一期"), renew_fields, struct renew_values);

/* ---- one of them ------------------------------------------------------------------------------------------- */

struct view {
	int64_t id, need;
	struct advisor_contract c, all[SHOWN];
	struct advisor_absence absence[SHOWN];
	struct advisor_substitute substitute[SHOWN];
	struct advisor_support_new support[SHOWN];
	size_t n_all, n_absence, n_substitute, n_support;
};

static enum rc
view_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct view *v = argument;
	enum rc rc = advisor_load(tx, actor, v->id, &v->c);

	if (rc == RC_OK)
		rc = setting_read(tx, actor, &advisor_settings[ADVISOR_ABSENCES], &v->need);
	if (rc == RC_OK)
		rc = advisor_of_village(tx, actor, v->c.village, v->all, SHOWN, &v->n_all);
	if (rc == RC_OK)
		rc = advisor_absences(tx, actor, v->id, v->absence, SHOWN, &v->n_absence);
	if (rc == RC_OK)
		rc = advisor_supports(tx, actor, v->id, v->support, SHOWN, &v->n_support);
	return rc == RC_OK ? advisor_substitutes(tx, actor, v->id, v->substitute, SHOWN, &v->n_substitute) : rc;
}

static struct text
state_of(const struct exchange *x, const struct advisor_contract *c)
{
	struct day today = admin_today(x);

	if (c->ended != ADVISOR_END_NONE)
		return arena_format(x->ctx->mem, "%s · %s", msg(x->ctx->lang, T("提前终止")), msg(x->ctx->lang, advisor_end_label(c->ended)));
	if (day_compare(today, c->term.from) < 0)
		return admin_say(x, T("还没有开始"));
	return admin_say(x, day_compare(today, c->last) > 0 ? T("已期满") : T("履行中"));
}

static void
put_facts(struct exchange *x, struct html *h, const struct view *v)
{
	const struct advisor_contract *c = &v->c;
	struct ui_fact facts[20];
	size_t n = 0;
	const struct ui_fact all[] = {
		{ .label = T("村（社区）"), .value = region_path(c->village) },
		{ .label = T("法律顾问"), .value = c->p.name },
		{ .label = T("人员种类"), .value = admin_say(x, provider_kind_label(c->p.kind)) },
		{ .label = T("执业证号"), .value = c->p.licence },
		{ .label = T("执业证到"), .value = day_is_none(c->p.valid_to) ? admin_say(x, T("没有终止日")) : admin_day(x, c->p.valid_to) },
		{ .label = T("机构"), .value = c->p.firm_name },
		{ .label = T("合同期"), .value = advisor_days(x, c->term.from, c->term.to) },
		{ .label = T("状态"), .value = state_of(x, c) },
		{ .label = T("实际最后一天"), .value = c->ended != ADVISOR_END_NONE ? admin_day(x, c->last) : TEXT_NONE },
		{ .label = T("终止说明"), .value = c->ended_note },
		{ .label = T("每月服务小时"), .value = admin_int(x, c->hours) },
		{ .label = T("每年费用（元）"), .value = admin_int(x, c->fee / 100) },
		{ .label = T("服务内容"), .value = advisor_duties(x, c->duties) },
		{ .label = T("来自"), .value = c->plan == 0 ? admin_say(x, T("单独签的")) : admin_say(x, T("年度方案")),
		  .href = c->plan != 0 && advisor_may(x) ? arena_format(x->ctx->mem, "/desk/advisors/plans/%lld", (long long)c->plan) : TEXT_NONE },
	};

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) /* what there is nothing to say of is left out */
		if (all[i].value.n > 0)
			facts[n++] = all[i];
	ui_facts(h, facts, n);
	if (!day_is_none(c->p.valid_to) && day_compare(c->p.valid_to, c->last) < 0)
		ui_notice_say(h, UI_SOON, NULL, T("执业证在合同期满前到期：请核对换证，或者请人代班、提前终止。"));
	if (advisor_judge(&c->p, c->term) == ADVISOR_OFF || advisor_judge(&c->p, c->term) == ADVISOR_FIRM_OFF)
		ui_notice_say(h, UI_LATE, NULL, advisor_why_label(advisor_judge(&c->p, c->term)));
}

static void
put_absences(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column columns[] = { { T("日子"), false }, { T("请假"), false }, { T("说明"), false } };
	struct ui_table t;

	if (v->n_absence == 0)
		return;
	ui_table_open(&t, h, T("缺席"), columns, 3);
	for (size_t i = 0; i < v->n_absence; i++) {
		ui_row_open(&t);
		ui_cell(&t, admin_day(x, v->absence[i].day));
		ui_cell_say(&t, v->absence[i].excused ? T("请过假") : T("无故"));
		ui_cell(&t, v->absence[i].note);
		ui_row_close(&t);
	}
	ui_table_close(&t);
	html_raw(h, "<p>");
	html_sayf(h, T("无故缺席满 %lld 次可以解除合同（参数设置里可改，未核实）。"), (long long)v->need);
	html_raw(h, "</p>");
}

static void
put_substitutes(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column columns[] = { { T("日子"), false }, { T("代班人"), false }, { T("机构"), false }, { T("原因"), false } };
	struct ui_table t;

	if (v->n_substitute == 0)
		return;
	ui_table_open(&t, h, T("代班"), columns, 4);
	for (size_t i = 0; i < v->n_substitute; i++) {
		ui_row_open(&t);
		ui_cell(&t, advisor_days(x, v->substitute[i].term.from, v->substitute[i].term.to));
		ui_cell(&t, v->substitute[i].name);
		ui_cell(&t, v->substitute[i].firm_name);
		ui_cell(&t, v->substitute[i].reason);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_supports(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column columns[] = { { T("日子"), false }, { T("什么保障"), false }, { T("元"), true }, { T("做了什么"), false } };
	struct ui_table t;

	if (v->n_support == 0)
		return;
	ui_table_open(&t, h, T("给顾问的保障"), columns, 4);
	for (size_t i = 0; i < v->n_support; i++) {
		ui_row_open(&t);
		ui_cell(&t, admin_day(x, v->support[i].day));
		ui_cell_say(&t, choice_by_value(advisor_support_choices, v->support[i].kind)->label);
		ui_cell_int(&t, v->support[i].amount / 100);
		ui_cell(&t, v->support[i].words);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_history(struct exchange *x, struct html *h, const struct view *v)
{
	static const struct ui_column columns[] = { { T("合同期"), false }, { T("法律顾问"), false }, { T("状态"), false } };
	struct ui_table t;

	if (v->n_all < 2)
		return;
	ui_table_open(&t, h, T("这个村（社区）的各份合同"), columns, 3);
	for (size_t i = 0; i < v->n_all; i++) {
		ui_row_open(&t);
		ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/advisors/%lld", (long long)v->all[i].id),
		    advisor_days(x, v->all[i].term.from, v->all[i].last));
		ui_cell(&t, v->all[i].p.name);
		ui_cell(&t, state_of(x, &v->all[i]));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_form(struct exchange *x, struct html *h, const struct view *v, const struct form *form, const char *tail, const char *submit)
{
	struct typed typed = admin_typed(x, form);
	const struct findings *f = admin_findings(x, form);

	ui_section_open(h, form->title);
	ui_error_summary(h, form, f);
	ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/advisors/%lld/%s", (long long)v->id, tail),
	    .csrf = x->csrf, .key = admin_key(x, form) });
	for (size_t i = 0; i < form->n && form != &advisor_renew_form; i++)
		if (form->fields[i].kind == FIELD_KEY)
			ui_hidden(h, form->fields[i].key, admin_int(x, v->c.revision));
		else
			ui_form_field(h, form, form->fields[i].key, &typed, f);
	if (form == &advisor_renew_form)
		ui_paragraph(h, T("同一名顾问、同样的服务内容、小时和费用，期限接着这一期。"));
	ui_form_buttons(h, submit, TEXT_NONE);
	ui_form_close(h);
	ui_section_close(h);
}

/* Scores are of a period in which it ran; of their own place for those who lead, of themselves for everybody. */
static bool
scores_stand(const struct exchange *x, const struct advisor_contract *c)
{
	const struct actor *a = x->ctx->actor;
	bool leads = (actor_may(a, RIGHT_ADVISORS) || actor_may(a, RIGHT_FIGURES)) && place_range_has(a->places, c->village);

	return day_compare(c->term.from, admin_today(x)) <= 0 && day_compare(c->last, admin_today(x)) >= 0
	    && (leads || (c->p.account != 0 && c->p.account == a->account));
}

static enum rc
contract_show(struct exchange *x)
{
	struct view *v = ARENA_NEW(x->ctx->mem, struct view);
	struct html h = frame_html(x);
	enum rc rc = v == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &v->id);

	if (rc == RC_OK)
		rc = db_read(x->ctx, view_tx, v);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("法律顾问合同"), .area = FRAME_ADVISORS });
	ui_title(&h, T("法律顾问合同"), region_name(v->c.village));
	advisor_up(&h);
	if (text_equals(admin_query(x, "done"), TEXT("1")))
		ui_notice_say(&h, UI_OK, NULL, T("已存下。"));
	if (text_equals(admin_query(x, "many"), TEXT("1")))
		ui_notice_say(&h, UI_SOON, NULL, T("已存下。这名顾问服务的村（社区）超过了设定的数目，请留意。"));
	if (x->out->status == 409)
		ui_notice_say(&h, UI_SOON, NULL, T("刚才有人改过了，没有覆盖任何东西。您填的内容还在，核对后再存。"));
	advisor_trouble(x, &h);
	put_facts(x, &h, v);
	if (scores_stand(x, &v->c)) {
		html_raw(&h, "<p>");
		ui_link(&h, arena_format(x->ctx->mem, "/desk/advisors/scores/%lld", (long long)v->id), T("法律顾问评估"));
		html_raw(&h, "</p>");
	}
	put_absences(x, &h, v);
	put_substitutes(x, &h, v);
	put_supports(x, &h, v);
	put_history(x, &h, v);
	if (advisor_may(x) && place_range_has(x->ctx->actor->places, v->c.village)) {
		put_form(x, &h, v, &advisor_absence_form, "absence", T("记下"));
		put_form(x, &h, v, &advisor_substitute_form, "substitute", T("存下"));
		put_form(x, &h, v, &advisor_support_form, "support", T("记下"));
		if (v->c.ended == ADVISOR_END_NONE) {
			put_form(x, &h, v, &advisor_renew_form, "renew", T("续签"));
			put_form(x, &h, v, &advisor_end_form, "end", T("终止合同"));
		}
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
advisor_contract_page(struct exchange *x)
{
	return contract_show(x);
}

/* Back to the contract, or its page again with what is wrong. */
static enum rc
after(struct exchange *x, int64_t id, const char *tail, enum rc rc)
{
	if (rc == RC_OK) {
		http_redirect(x->out, arena_format(x->ctx->mem, "/desk/advisors/%lld?%s=1", (long long)id, tail));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	return contract_show(x);
}

enum rc
advisor_absence_post(struct exchange *x)
{
	const struct absence_values *in = x->values;
	int64_t id;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = advisor_note_absence(x->ctx, frame_idem_key(x), &(struct advisor_absent){ .contract = id, .day = in->day,
		    .excused = in->excused, .note = in->note }, &x->findings);
	return after(x, id, "done", rc);
}

enum rc
advisor_substitute_post(struct exchange *x)
{
	const struct substitute_values *in = x->values;
	int64_t id;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = advisor_substitute(x->ctx, frame_idem_key(x), &(struct advisor_stand_in){ .contract = id, .licence = in->licence,
		    .reason = in->reason, .from = in->first, .to = in->until }, &x->findings);
	return after(x, id, "done", rc);
}

enum rc
advisor_support_post(struct exchange *x)
{
	const struct support_values *in = x->values;
	int64_t id;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = advisor_support(x->ctx, frame_idem_key(x), &(struct advisor_support_new){ .contract = id, .day = in->day, .kind = in->kind,
		    .amount = in->amount * 100, .words = in->words }, &x->findings);
	return after(x, id, "done", rc);
}

enum rc
advisor_end_post(struct exchange *x)
{
	const struct end_values *in = x->values;
	int64_t id;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = advisor_end(x->ctx, frame_idem_key(x), &(struct advisor_ending){ .contract = id, .revision = in->revision,
		    .why = in->why, .last = in->last, .note = in->note }, &x->findings);
	return after(x, id, "done", rc);
}

/* Findings of a contract that is made without a form of its own belong to the page. */
static void
findings_to_page(struct findings *f)
{
	for (size_t i = 0; i < f->n; i++)
		f->v[i].field = "";
}

enum rc
advisor_renew_post(struct exchange *x)
{
	struct advisor_signed made = { .id = 0 };
	int64_t id;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = advisor_renew(x->ctx, frame_idem_key(x), id, &x->findings, &made);
	findings_to_page(&x->findings);
	return after(x, rc == RC_OK ? made.id : id, made.villages > made.most ? "many" : "done", rc);
}

/* ---- a new one ----------------------------------------------------------------------------------------------------- */

static void
fill_new(struct exchange *x, struct typed *typed)
{
	struct ymd today = day_to_ymd(admin_today(x));
	struct place village;

	if (place_parse(admin_query(x, "village"), &village) == RC_OK)
		admin_put(&advisor_sign_form, typed, "village", arena_format(x->ctx->mem, "%012lld", (long long)village.code));
	admin_put(&advisor_sign_form, typed, "from", admin_day(x, admin_today(x)));
	admin_put(&advisor_sign_form, typed, "to", arena_format(x->ctx->mem, "%04d-12-31", today.year));
	admin_put(&advisor_sign_form, typed, "hours", admin_int(x, advisor_setting(x, ADVISOR_HOURS)));
	admin_put(&advisor_sign_form, typed, "fee", admin_int(x, advisor_setting(x, ADVISOR_FEE)));
	admin_put(&advisor_sign_form, typed, "duties", TEXT("advice,lecture,mediate"));
}

static enum rc
new_show(struct exchange *x)
{
	struct typed typed = admin_typed(x, &advisor_sign_form);
	struct html h = frame_html(x);

	if (!admin_sent(x, &advisor_sign_form))
		fill_new(x, &typed);
	frame_desk_open(x, &h, &(struct frame_page){ .title = advisor_sign_form.title, .area = FRAME_ADVISORS });
	ui_title(&h, advisor_sign_form.title, TEXT_NONE);
	advisor_up(&h);
	ui_paragraph(&h, T("一个村（社区）同一时间只有一名法律顾问。"));
	ui_error_summary(&h, &advisor_sign_form, admin_findings(x, &advisor_sign_form));
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/advisors/new"), .csrf = x->csrf, .key = admin_key(x, &advisor_sign_form) });
	ui_form_fields(&h, &advisor_sign_form, &typed, admin_findings(x, &advisor_sign_form));
	ui_form_buttons(&h, T("存下"), TEXT("/desk/advisors"));
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
advisor_new_page(struct exchange *x)
{
	return new_show(x);
}

enum rc
advisor_new_post(struct exchange *x)
{
	struct advisor_signed made = { .id = 0 };
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = advisor_sign(x->ctx, frame_idem_key(x), x->values, &x->findings, &made);
	if (rc == RC_OK)
		return after(x, made.id, made.villages > made.most ? "many" : "done", RC_OK);
	if (rc != RC_INVALID && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	return new_show(x);
}
