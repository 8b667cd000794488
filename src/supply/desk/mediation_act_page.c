/* One step of a mediation: what it asks for, and the step taken. */
#include "supply/desk/mediation_internal.h"

#include <string.h>

/* ---- what each step asks for ------------------------------------------------------------------------------- */

/* "*": the step does not go without it. */
static const struct { enum mediation_step step; const char *keys[9]; const char *hint; } asks[] = {
	{ MEDIATION_REGISTER, { "*category", "*source", "organ", "group", "*level", "*facts" },
	    T("当事人说过的带过来了，核对一下就行。申请人自动登记为甲方。") },
	{ MEDIATION_PARTY, { "*side", "*name", "organisation", "id_number", "phone", "address", "consent" },
	    T("一次登记一位。同一个人不能登记两次，也不能站在两边。") },
	{ MEDIATION_CONSENT, { "*party", "*consent" }, T("一方明确拒绝调解的，不得调解（第十七条）。") },
	{ MEDIATION_REFUSE, { "*words", "aid" }, T("写给当事人看：为什么不能调解，可以走哪些途径：仲裁、行政处理、起诉，各找谁。") },
	{ MEDIATION_APPOINT, { "mediator", "*chosen", "related", "other", "helper", "name", "agreed", "words" },
	    T("按纠纷类型、地方、在办件数排好了次序。当事人可以选择或者接受调解员（第二十三条）。") },
	{ MEDIATION_RELIEVE, { "*member", "*words" }, T("写明为什么更换。") },
	{ MEDIATION_SESSION, { "kind", "*day", "time", "minutes", "place", "public", "*words" },
	    T("谁到场、各方怎么说、谈到哪一步。写进调解记录。") },
	{ MEDIATION_EXTEND, { "*agreed", "*words" }, T("当事人同意的，可以延长一次；等鉴定的时间请用“暂停计时”。") },
	{ MEDIATION_DANGER, { "*danger", "*receiver", "*day", "*time", "*words" },
	    T("先打 110，再登记：几点报告的、谁接的。登记后这件事标为紧急，上级马上知道。") },
	{ MEDIATION_DRAFT, { "*form", "*content", "responsibility" },
	    T("写明协议内容，谁在哪一天前做什么。没有履行的内容或者期限的，存不下。") },
	{ MEDIATION_SIGN, { "*signer", "*sign" }, T("各方签名、调解员签名、调解委员会盖章，都齐了当即生效。") },
	{ MEDIATION_REDRAFT, { "*words" }, T("写明谁为什么不签。已经签的作废，重新谈。") },
	{ MEDIATION_FAIL, { "*words", "aid" }, T("写给当事人看：没有谈成，可以依法申请仲裁、行政处理或者起诉，各找谁。") },
	{ MEDIATION_END, { "side", "words", "aid" }, T("当事人可以随时要求终止，不用说理由（第二十三条）。") },
	{ MEDIATION_PERFORM, { "*duty", "*day", "words" }, T("收款凭证、照片请加到案件的材料里。") },
	{ MEDIATION_MISS, { "*duty", "words" }, T("最后一天过了还没有履行的才登记；写明催过几次、对方怎么说。") },
	{ MEDIATION_VISIT, { "*day", "time", "minutes", "place", "*words" }, T("履行了没有，满意不满意，有没有新的矛盾。") },
	{ MEDIATION_BREAK, { "*words", "aid" }, T("写给当事人看：可以就协议起诉（第三十二条）；法院确认过的，可以申请强制执行。") },
	{ MEDIATION_CONFIRM_ASK, { "*signer" }, T("双方共同提出才能送法院。") },
	{ MEDIATION_CONFIRM_DROP, { "words" }, T("当事人不再申请，或者三十日已过。") },
	{ MEDIATION_CONFIRM_SEND, { "*court", "*day" }, T("向基层法院提出；法院邀请调解的，向邀请的法院提出。不收费。") },
	{ MEDIATION_CONFIRM_RESULT, { "*result", "number", "*day", "words" }, T("裁定有效的，一方不履行，另一方可以申请强制执行。") },
};
static const size_t asks_n = sizeof asks / sizeof asks[0];

static size_t
ask_of(enum mediation_step step)
{
	size_t i = 0;

	while (i < asks_n && asks[i].step != step)
		i++;
	return i;
}

bool
mediation_step_has_form(enum mediation_step step)
{
	return ask_of(step) < asks_n;
}

/* ---- lists to choose from ------------------------------------------------------------------------------------- */

/* The form's field, marked as one that this step wants. */
static struct field
field_of(const char *key)
{
	bool wanted = key[0] == '*';
	struct field f = *form_field(&mediation_act_form, wanted ? key + 1 : key);

	f.required = wanted;
	return f;
}

static void
put_select(struct exchange *x, struct html *h, const char *key, const struct ui_option *v, size_t n, struct text begin)
{
	struct field f = field_of(key);
	struct text typed = x->typed.v != NULL ? ui_typed(&mediation_act_form, f.key, &x->typed) : begin;

	ui_field_select(h, &f, v, n, typed, findings_of(&x->findings, f.key));
}

/* Long sets as one line: eighteen cards fill a phone. */
static void
put_set(struct exchange *x, struct html *h, const char *key, struct text begin)
{
	const struct choice *c = field_of(key).choices;
	struct ui_option v[32];
	size_t n = 0;

	for (; n < 32 && c[n].key != NULL; n++) {
		v[n].value = text_of(c[n].key);
		v[n].label = desk_say(x, c[n].label);
		v[n].group = TEXT_NONE;
	}
	put_select(x, h, key, v, n, begin);
}

static void
option_put(struct ui_option *o, struct text value, struct text label)
{
	o->value = value;
	o->label = label;
	o->group = TEXT_NONE;
}

static void
put_parties(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	struct ui_option *o = arena_array(x->ctx->mem, v->n_parties + 1, sizeof *o);
	size_t first = 0;

	if (o == NULL)
		return;
	for (size_t i = 0; i < v->n_parties; i++)
		option_put(&o[i], desk_int(x, v->parties[i].id), mediation_party_text(x, &v->parties[i]));
	while (first < v->n_parties && v->parties[first].consent != MEDIATION_NOT_ASKED)
		first++;
	put_select(x, h, "*party", o, v->n_parties, first < v->n_parties ? o[first].value : TEXT_NONE);
}

static void
put_members(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	struct ui_option *o = arena_array(x->ctx->mem, v->n_members + 1, sizeof *o);
	size_t n = 0;

	for (size_t i = 0; o != NULL && i < v->n_members; i++)
		if (v->members[i].ended_ms == 0) {
			option_put(&o[n], desk_int(x, v->members[i].id), v->members[i].name);
			n++;
		}
	put_select(x, h, "*member", o, n, n == 1 ? o[0].value : TEXT_NONE);
}

static void
put_duties(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	struct ui_option *o = arena_array(x->ctx->mem, v->n_duties + 1, sizeof *o);
	size_t n = 0;

	for (size_t i = 0; o != NULL && i < v->n_duties; i++)
		if (day_is_none(v->duties[i].performed)) {
			option_put(&o[n], desk_int(x, v->duties[i].id), mediation_duty_text(x, &v->duties[i]));
			n++;
		}
	put_select(x, h, "*duty", o, n, n > 0 ? o[0].value : TEXT_NONE);
}

static void
put_groups(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	struct ui_option *o = arena_array(x->ctx->mem, v->n_groups + 1, sizeof *o);
	size_t n = 0;

	for (size_t i = 0; o != NULL && i < v->n_groups; i++)
		if (v->groups[i].active && place_up(v->groups[i].place, PLACE_COUNTY).code == place_up(v->r.place, PLACE_COUNTY).code) {
			option_put(&o[n], desk_int(x, v->groups[i].id), desk_join(x, v->groups[i].name, v->groups[i].mediator_name));
			n++;
		}
	if (n > 0)
		put_select(x, h, "group", o, n, desk_int(x, v->m.group));
}

/* Who has not signed, or not asked for confirmation; all at once first, since they mostly sit at one table. */
static void
put_signers(struct exchange *x, struct html *h, const struct mediation_view *v, enum mediation_step step)
{
	bool sign = step == MEDIATION_SIGN;
	struct ui_option *o = arena_array(x->ctx->mem, v->n_parties + 4, sizeof *o);
	size_t n = 0;

	if (o == NULL)
		return;
	option_put(&o[n], TEXT("all"), desk_say(x, sign ? T("各方、调解员和调解委员会都签好、盖好了") : T("各方当事人都提出了")));
	n++;
	for (size_t i = 0; i < v->n_parties; i++)
		if (sign ? v->parties[i].sign == MEDIATION_UNSIGNED : v->parties[i].confirm_ms == 0) {
			option_put(&o[n], desk_int(x, v->parties[i].id), mediation_party_text(x, &v->parties[i]));
			n++;
		}
	if (sign && v->m.mediator_signed_ms == 0) {
		option_put(&o[n], TEXT("mediator"), desk_say(x, T("调解员签名")));
		n++;
	}
	if (sign && v->m.sealed_ms == 0) {
		option_put(&o[n], TEXT("committee"), desk_say(x, T("调解委员会盖章")));
		n++;
	}
	put_select(x, h, "*signer", o, n, TEXT("all"));
}

/* ---- who should mediate ------------------------------------------------------------------------------------------ */

#define SHOWN 12

static struct text
fit_text(const struct exchange *x, const struct mediator *m)
{
	struct text t = arena_format(x->ctx->mem, "%s %lld", msg(x->ctx->lang, T("在办")), (long long)m->load);

	for (unsigned f = MEDIATION_FIT_PANEL; f <= MEDIATION_FIT_ACCOUNT; f <<= 1)
		if ((m->fit & f) != 0)
			t = desk_join(x, t, desk_say(x, mediation_fit_label((enum mediation_fit)f)));
	return desk_join(x, t, desk_say(x, mediation_choice_label(mediator_kind_choices, (int)m->kind)));
}

static bool
is_member(const struct mediation_view *v, int64_t mediator)
{
	for (size_t i = 0; i < v->n_members; i++)
		if (v->members[i].mediator == mediator && v->members[i].ended_ms == 0)
			return true;
	return false;
}

static void
put_mediator(struct html *h, struct text id, struct text name, struct text more, struct text small, bool on)
{
	html_raw(h, "<label class=\"card\"><input type=\"radio\" name=\"mediator\"");
	html_attr(h, "value", id);
	buf_add(h->out, on ? TEXT(" checked>") : TEXT(">"));
	html_raw(h, " <span><b>");
	html_text(h, name);
	html_raw(h, "</b> ");
	html_text(h, more);
	html_raw(h, "<small>");
	html_text(h, small);
	html_raw(h, "</small></span></label>");
}

/* Radio buttons in the order of the ranking, and none of them: for somebody invited to help. */
static void
put_mediators(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	struct text typed = ui_typed(&mediation_act_form, "mediator", &x->typed);
	bool fresh = x->typed.v == NULL;
	size_t shown = 0;

	html_raw(h, "<fieldset class=\"cards tall\"><legend>");
	html_say(h, T("调解员"));
	html_raw(h, "</legend>");
	for (size_t i = 0; i < v->n_mediators && shown < SHOWN; i++) {
		const struct mediator *m = &v->mediators[i];
		struct text id = desk_int(x, m->id);

		if (is_member(v, m->id))
			continue;
		put_mediator(h, id, m->name, m->committee, fit_text(x, m), fresh ? shown == 0 : text_equals(typed, id));
		shown++;
	}
	put_mediator(h, TEXT(""), desk_say(x, T("不是调解员：邀请人协助")), TEXT_NONE, desk_say(x, T("下面写请谁协助，要经当事人同意（第二十条）")),
	    !fresh && typed.n == 0);
	html_raw(h, "</fieldset>");
	if (shown == 0)
		ui_notice_say(h, UI_SOON, T("名册里没有可以确定的调解员"), T("请到调解员名册里登记。"));
}

/* ---- fields -------------------------------------------------------------------------------------------------------- */

static struct text
key_of(const struct choice *choices, int value)
{
	const struct choice *c = choice_by_value(choices, value);

	return c != NULL ? text_of(c->key) : TEXT_NONE;
}

static struct text
begins_registered(const struct mediation_view *v, const char *key)
{
	if (strcmp(key, "category") == 0)
		return key_of(mediation_category_choices, v->m.category);
	if (strcmp(key, "source") == 0)
		return key_of(mediation_source_choices, v->m.source != 0 ? v->m.source : v->r.channel == CHANNEL_PORTAL ? MEDIATION_APPLIED : 0);
	if (strcmp(key, "level") == 0)
		return key_of(mediation_level_choices, v->m.level);
	if (strcmp(key, "organ") == 0)
		return v->m.organ;
	return v->m.facts.n > 0 ? v->m.facts : v->r.detail;
}

static struct text
begins_with(const struct exchange *x, const struct mediation_view *v, enum mediation_step step, const char *key)
{
	if (x->typed.v != NULL)
		return ui_typed(&mediation_act_form, key, &x->typed);
	if (step == MEDIATION_REGISTER)
		return begins_registered(v, key);
	if (step == MEDIATION_PARTY && v->opponent.n > 0 && strcmp(key, "name") == 0)
		return v->opponent;
	if (step == MEDIATION_PARTY && v->opponent.n > 0 && strcmp(key, "side") == 0)
		return TEXT("b");
	if (strcmp(key, "day") == 0)
		return mediation_day_text(x, desk_today(x));
	if (strcmp(key, "chosen") == 0)
		return TEXT("committee");
	if (strcmp(key, "kind") == 0)
		return TEXT("talk");
	if (strcmp(key, "sign") == 0)
		return TEXT("signed");
	return TEXT_NONE;
}

static void
put_field(struct exchange *x, struct html *h, const struct mediation_view *v, enum mediation_step step, const char *asked)
{
	struct field f = field_of(asked);
	const char *key = f.key;

	if (strcmp(key, "party") == 0)
		put_parties(x, h, v);
	else if (strcmp(key, "mediator") == 0)
		put_mediators(x, h, v);
	else if (strcmp(key, "member") == 0)
		put_members(x, h, v);
	else if (strcmp(key, "duty") == 0)
		put_duties(x, h, v);
	else if (strcmp(key, "group") == 0)
		put_groups(x, h, v);
	else if (strcmp(key, "signer") == 0)
		put_signers(x, h, v, step);
	else if (strcmp(key, "category") == 0 || strcmp(key, "source") == 0 || strcmp(key, "helper") == 0)
		put_set(x, h, asked, begins_with(x, v, step, key));
	else
		ui_field(h, &f, begins_with(x, v, step, key), findings_of(&x->findings, key));
}

/* Who does what until when: one block each, those past the second folded away. */
static void
put_agreed(struct exchange *x, struct html *h, const struct mediation_view *v)
{
	static const char *const parts[] = { "side", "what", "yuan", "due" };
	static const char *const after[] = { "status", "crime_persons", "petition_persons" };

	for (int i = 0; i < MEDIATION_DUTIES; i++) {
		if (i == 2) {
			html_raw(h, "<details class=\"why\"><summary>");
			html_say(h, T("还有别的履行内容"));
			html_raw(h, "</summary>");
		}
		html_raw(h, "<fieldset><legend>");
		html_say(h, T("履行的内容和期限"));
		html_text(h, arena_format(x->ctx->mem, " %d", i + 1));
		html_raw(h, "</legend>");
		for (size_t k = 0; k < 4; k++)
			put_field(x, h, v, MEDIATION_DRAFT, arena_format(x->ctx->mem, "%s%s%d", i == 0 && k != 2 ? "*" : "", parts[k], i).p);
		html_raw(h, "</fieldset>");
	}
	html_raw(h, "</details>");
	for (size_t k = 0; k < 3; k++)
		put_field(x, h, v, MEDIATION_DRAFT, after[k]);
}

/* ---- the page ----------------------------------------------------------------------------------------------------------- */

struct trouble { const char *say; struct text words; };

static enum rc
act_show(struct exchange *x, struct case_id id, enum mediation_step step, struct trouble trouble)
{
	struct mediation_view *v = ARENA_NEW(x->ctx->mem, struct mediation_view);
	struct mediation_verdict verdict;
	struct html h = frame_html(x);
	size_t ask = ask_of(step);
	enum rc rc;

	if (v == NULL)
		return RC_NO_MEMORY;
	v->id = id;
	v->mediators_too = step == MEDIATION_APPOINT;
	v->groups_too = step == MEDIATION_REGISTER;
	rc = mediation_view_read(x, v);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = mediation_step_label(step), .area = FRAME_QUEUE });
	ui_title(&h, mediation_step_label(step), desk_join(x, v->r.number, v->r.person_name));
	html_raw(&h, "<p>");
	ui_link(&h, mediation_path(x, id, ""), T("回到人民调解"));
	html_raw(&h, "</p>");
	verdict = mediation_view_judge(v, step);
	if (trouble.say != NULL)
		ui_notice_say(&h, UI_LATE, T("没有办成"), trouble.say);
	else if (trouble.words.n > 0)
		ui_notice(&h, UI_LATE, T("没有办成"), trouble.words);
	else if (verdict.why != MEDIATION_MAY)
		ui_notice(&h, UI_HOLD, T("现在不能办这一步"), mediation_why_text(x, &verdict));
	if (ask < asks_n) {
		ui_paragraph(&h, asks[ask].hint);
		ui_error_summary(&h, &mediation_act_form, &x->findings);
		ui_form_open(&h, &(struct ui_form){ .action = mediation_path(x, id, arena_format(x->ctx->mem, "/do/%s", mediation_step_key(step)).p),
		    .csrf = x->csrf, .key = x->in->method == HTTP_POST && x->out->status == 422 ? frame_key_text(x) : desk_key(x) });
		ui_hidden(&h, "revision", desk_int(x, v->r.revision));
		for (size_t i = 0; i < 9 && asks[ask].keys[i] != NULL; i++)
			put_field(x, &h, v, step, asks[ask].keys[i]);
		if (step == MEDIATION_DRAFT)
			put_agreed(x, &h, v);
		ui_form_buttons(&h, mediation_step_label(step), mediation_path(x, id, ""));
		ui_form_close(&h);
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
step_of(struct exchange *x, struct case_id *ret_id, enum mediation_step *ret)
{
	enum rc rc = http_segment_id(x, "id", &ret_id->n);

	*ret = mediation_step_by_key(http_segment(x, "step"));
	return rc == RC_OK && *ret == 0 ? RC_NOT_FOUND : rc;
}

enum rc
mediation_act_page(struct exchange *x)
{
	enum mediation_step step;
	struct case_id id;
	enum rc rc = step_of(x, &id, &step);

	return rc == RC_OK ? act_show(x, id, step, (struct trouble){ NULL, TEXT_NONE }) : rc;
}

enum rc
mediation_act_post(struct exchange *x)
{
	struct mediation_verdict verdict = { .why = MEDIATION_MAY, .basis = "" };
	struct mediation_act act = { .in = x->values };
	struct trouble trouble = { NULL, TEXT_NONE };
	int64_t next = 0;
	enum rc rc = step_of(x, &act.id, &act.step);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc == RC_OK ? mediation_act_take(x->ctx, frame_idem_key(x), &act, &x->findings, &verdict, &next) : x->form_rc;
	if (rc == RC_OK) {
		http_redirect(x->out, next != 0 ? desk_case_path(x, (struct case_id){ next }, "legalaid")
		    : mediation_path(x, act.id, arena_format(x->ctx->mem, "?done=%s", mediation_step_key(act.step)).p));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_REFUSED && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	if (rc == RC_REFUSED)
		trouble.words = mediation_why_text(x, &verdict);
	else if (rc == RC_CONFLICT)
		trouble.say = T("刚才有人改过了，没有覆盖任何东西。您填的内容还在，核对后再交。");
	else if (rc == RC_DUPLICATE)
		trouble.say = T("这一份以前已经提交过，这次没有再记。");
	else if (x->findings.total == 0)
		trouble.say = T("有一项填得不对，请核对。");
	return act_show(x, act.id, act.step, trouble);
}
