/* Colleagues who swap: asking on the phone, the swap itself for whoever has a part in it, and what waits for who plans. */
#include "supply/desk/roster_internal.h"

#define SHOWN 60
#define COLLEAGUES 40

#define ASK(member) offsetof(struct roster_ask_values, member)
static const struct field ask_fields[] = {
	{ .key = "to", .kind = FIELD_LINE, .label = T("怎么换"), .required = true, .max = 60, .offset = ASK(to) },
	{ .key = "with", .kind = FIELD_KEY, .label = T("和谁换"), .required = true, .offset = ASK(with) },
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .offset = ASK(revision) },
	{ .key = "why", .kind = FIELD_LINE, .label = T("为什么要换"), .required = true, .max = 200, .offset = ASK(why) },
};
const struct form roster_ask_form = FORM_OF("roster.swap_ask", T("请同事换班"), ask_fields, struct roster_ask_values);

#define TAKE(member) offsetof(struct roster_take_values, member)
static const struct choice step_choices[] = {
	{ SWAP_AGREE, "agree", T("答应换班") }, { SWAP_DECLINE, "decline", T("不答应") }, { SWAP_APPROVE, "approve", T("批准换班") },
	{ SWAP_DENY, "deny", T("不批准") }, { SWAP_WITHDRAW, "withdraw", T("撤回换班") }, { 0, NULL, NULL },
};
static const struct field take_fields[] = {
	{ .key = "step", .kind = FIELD_CHOICE, .label = T("怎么办"), .required = true, .choices = step_choices, .offset = TAKE(step) },
	{ .key = "revision", .kind = FIELD_KEY, .label = T("版本"), .required = true, .offset = TAKE(revision) },
	{ .key = "words", .kind = FIELD_LINE, .label = T("为什么不行"), .max = 200, .offset = TAKE(words) },
};
/* The same field where a step asks for it. */
static const struct field why_not = { .key = "words", .kind = FIELD_LINE, .label = T("为什么不行"), .required = true, .max = 200 };
const struct form roster_take_form = FORM_OF("roster.swap_take", T("换班"), take_fields, struct roster_take_values);

static struct text
points_text(const struct exchange *x, int64_t difference)
{
	return difference == 0 ? desk_say(x, T("一样好")) : arena_format(x->ctx->mem, "%s %lld",
	    msg(x->ctx->lang, difference > 0 ? T("多出的分") : T("省下的分")), (long long)(difference > 0 ? difference : -difference));
}

static struct text
slot_text(const struct exchange *x, const struct duty_slot *s)
{
	return desk_join(x, roster_day_text(x, s->day), roster_where(x, s));
}

static struct text
swap_path(const struct exchange *x, int64_t id)
{
	return arena_format(x->ctx->mem, "/desk/duty/swap/%lld", (long long)id);
}

static struct text
ask_path(const struct exchange *x, const struct duty_slot *s, int64_t with)
{
	return with == 0 ? arena_format(x->ctx->mem, "/desk/duty/%lld/%u/swap", (long long)s->plan, s->slot) :
	    arena_format(x->ctx->mem, "/desk/duty/%lld/%u/swap?with=%lld", (long long)s->plan, s->slot, (long long)with);
}

/* ---- asking ------------------------------------------------------------------------------------------------------------ */

static struct text
offer_text(const struct exchange *x, const struct duty_offer *o)
{
	return o->blocked != ROSTER_FINE ? desk_join(x, desk_say(x, T("不行")), desk_say(x, duty_rule_label(o->blocked))) :
	    points_text(x, o->difference);
}

/* First whom; those that can take this very day stand first. */
static void
put_colleagues(struct exchange *x, struct html *h, const struct duty_offers *o)
{
	static const struct ui_column columns[] = { { T("同事"), false }, { T("这一天他能来吗"), false } };
	struct ui_table t;
	int64_t silent = 0;

	ui_paragraph(h, T("选一位同事：可以请他来这一次，也可以和他的一次对换，日子都不变。同事答应、排班的人批准以后才算换。"));
	ui_table_open(&t, h, T("和谁换"), columns, 2);
	for (size_t i = 0; i < o->n && i < COLLEAGUES; i++) {
		if (!o->v[i].reachable)
			break;
		ui_row_open(&t);
		ui_cell_link(&t, ask_path(x, &o->slot, o->v[i].provider), o->v[i].name);
		ui_cell(&t, offer_text(x, &o->v[i]));
		ui_row_close(&t);
	}
	ui_table_close(&t);
	for (size_t i = 0; i < o->n; i++)
		silent += !o->v[i].reachable;
	if (silent == 0)
		return;
	html_raw(h, "<p>");
	html_text(h, desk_join(x, desk_say(x, T("没有账号、要打电话给排班的人才能换的同事")), arena_format(x->ctx->mem, "%lld", (long long)silent)));
	html_raw(h, "</p>");
}

static void
put_offer(struct exchange *x, struct html *h, const struct duty_offer *o, struct text typed)
{
	bool given = o->theirs.plan == 0, fine = o->blocked == ROSTER_FINE;
	struct text value = given ? TEXT("give") : arena_format(x->ctx->mem, "%u", o->theirs.slot);

	html_raw(h, "<label class=\"card\"><input type=\"radio\" name=\"to\"");
	html_attr(h, "value", value);
	if (text_equals(typed, value) && fine)
		html_raw(h, " checked");
	if (!fine)
		html_raw(h, " disabled");
	html_raw(h, "><span><strong>");
	html_text(h, given ? desk_say(x, T("请他来这一次")) : desk_join(x, desk_say(x, T("换他的")), slot_text(x, &o->theirs)));
	html_raw(h, "</strong><br><small>");
	html_text(h, offer_text(x, o));
	html_raw(h, "</small></span></label>");
}

static void
put_offers(struct exchange *x, struct html *h, const struct duty_offers *o, int64_t with)
{
	bool sent = x->route->form == &roster_ask_form;
	const struct roster_ask_values *in = x->values;
	const struct finding *f = sent ? findings_of(&x->findings, "to") : NULL;

	ui_form_open(h, &(struct ui_form){ .action = ask_path(x, &o->slot, 0), .csrf = x->csrf, .key = desk_key(x) });
	ui_hidden(h, "with", desk_int(x, with));
	ui_hidden(h, "revision", desk_int(x, o->slot.revision));
	html_raw(h, "<fieldset class=\"field\" id=\"f-to\"><legend>");
	html_text(h, desk_join(x, desk_say(x, T("怎么和他换（越上面越好）")), o->n > 0 ? o->v[0].name : TEXT_NONE));
	html_raw(h, "</legend>");
	if (f != NULL)
		ui_notice(h, UI_LATE, NULL, finding_text(x->ctx->mem, x->ctx->lang, f));
	html_raw(h, "<div class=\"cards\">");
	for (size_t i = 0; i < o->n; i++)
		put_offer(x, h, &o->v[i], sent ? in->to : TEXT_NONE);
	html_raw(h, "</div></fieldset>");
	ui_field(h, &ask_fields[3], sent ? in->why : TEXT_NONE, sent ? findings_of(&x->findings, "why") : NULL);
	ui_form_buttons(h, roster_ask_form.title, ask_path(x, &o->slot, 0));
	ui_form_close(h);
}

static enum rc
ask_show(struct exchange *x, int64_t plan, uint32_t slot, int64_t with, enum roster_rule refused)
{
	struct html h = frame_html(x);
	struct duty_offers o;
	enum rc rc = duty_swap_offers(x->ctx, plan, slot, with, &o);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = roster_ask_form.title, .area = FRAME_ROSTER });
	ui_title(&h, roster_ask_form.title, slot_text(x, &o.slot));
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, TEXT("/desk/duty"), T("我的值班"));
	html_raw(&h, "</p>");
	roster_trouble(x, &h);
	if (x->out->status == 409)
		ui_notice_say(&h, UI_LATE, NULL, T("这张表刚才有人改过，请看过再办。"));
	if (refused != ROSTER_FINE)
		ui_notice(&h, UI_LATE, T("不能这样改"), desk_say(x, duty_rule_label(refused)));
	if (o.n == 0)
		ui_notice_say(&h, UI_INFO, NULL, T("到了当天就不能换了，请打电话给排班的人"));
	else if (with == 0)
		put_colleagues(x, &h, &o);
	else
		put_offers(x, &h, &o, with);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

static enum rc
ask_slot(const struct exchange *x, int64_t *plan, uint32_t *slot)
{
	int64_t n = 0;
	enum rc rc = http_segment_id(x, "id", plan);

	if (rc == RC_OK)
		rc = int64_parse(http_segment(x, "slot"), 0, DUTY_SLOTS_MAX, &n) == RC_OK ? RC_OK : RC_NOT_FOUND;
	*slot = (uint32_t)n;
	return rc;
}

enum rc
roster_ask_page(struct exchange *x)
{
	int64_t plan = 0, with = 0;
	uint32_t slot = 0;
	enum rc rc = ask_slot(x, &plan, &slot);

	if (int64_parse(desk_query(x, "with"), 1, INT64_MAX, &with) != RC_OK)
		with = 0;
	return rc == RC_OK ? ask_show(x, plan, slot, with, ROSTER_FINE) : rc;
}

enum rc
roster_ask_post(struct exchange *x)
{
	const struct roster_ask_values *v = x->values;
	struct duty_swap_new in = { .with = v->with, .revision = v->revision, .why = v->why, .theirs = -1 };
	enum roster_rule rule = ROSTER_FINE;
	int64_t id = 0;
	enum rc rc = ask_slot(x, &in.plan, &in.slot);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK && !text_equals(v->to, TEXT("give")) && int64_parse(v->to, 0, DUTY_SLOTS_MAX, &in.theirs) != RC_OK) {
		findings_add(&x->findings, "to", T("必填"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK)
		rc = duty_swap_ask(x->ctx, frame_idem_key(x), &in, &x->findings, &rule, &id);
	if (rc == RC_OK) {
		http_redirect(x->out, swap_path(x, id));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_REFUSED)
		return rc;
	x->out->status = rc == RC_REFUSED ? 422 : http_status_of(rc);
	return ask_show(x, in.plan, in.slot, v->with, rule);
}

/* ---- one swap ------------------------------------------------------------------------------------------------------------ */

struct one {
	int64_t id;
	struct duty_swap w;
	unsigned who;
	struct duty_swap_done done[DUTY_SWAP_STEPS_MAX];
	size_t n;
};

static enum rc
one_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct one *o = argument;
	enum rc rc = duty_swap_load(tx, actor, o->id, &o->w);

	o->who = rc == RC_OK ? duty_swap_who(actor, &o->w) : 0;
	return rc == RC_OK ? duty_swap_steps(tx, actor, o->id, o->done, DUTY_SWAP_STEPS_MAX, &o->n) : rc;
}

/* What it costs and whether a rule speaks against it, as the month is now: whoever decides must see it first. */
static enum rc
put_price(struct exchange *x, struct html *h, const struct one *o)
{
	enum roster_rule rule;
	int64_t difference;
	enum rc rc = duty_swap_price(x->ctx, &o->w, &rule, &difference);

	if (rc == RC_CONFLICT)
		ui_notice_say(h, UI_LATE, NULL, T("这张表刚才有人改过，请看过再办。"));
	else if (rc == RC_OK && rule != ROSTER_FINE)
		ui_notice(h, UI_LATE, T("现在不能这样换"), desk_say(x, duty_rule_label(rule)));
	else if (rc == RC_OK)
		ui_notice(h, UI_OK, T("现在可以换，没有违反规则"), points_text(x, difference));
	return rc == RC_CONFLICT ? RC_OK : rc;
}

static void
put_facts(struct exchange *x, struct html *h, const struct duty_swap *w)
{
	ui_facts(h, (const struct ui_fact[]){
	    { .label = T("谁提出"), .value = w->name }, { .label = T("他的一次"), .value = slot_text(x, &w->slot) },
	    { .label = T("请谁"), .value = w->with_name },
	    { .label = T("换来的一次"), .value = w->theirs.plan == 0 ? desk_say(x, T("不要，只请他来")) : slot_text(x, &w->theirs) },
	    { .label = T("为什么要换"), .value = w->why }, { .label = T("提出时的分"), .value = points_text(x, w->difference) },
	    { .label = T("最晚"), .value = roster_day_text(x, day_add(w->until, -1)) } }, 7);
}

/* Each step of the table that may be taken now has its button; one that needs a reason, its field. */
static void
put_steps(struct exchange *x, struct html *h, const struct one *o)
{
	const struct roster_take_values *in = x->values;
	bool sent = x->route->form == &roster_take_form;

	for (const struct choice *c = step_choices; c->key != NULL; c++) {
		enum duty_swap_step step = (enum duty_swap_step)c->value;
		bool this = sent && in->step == c->value;

		if (!duty_swap_may(o->w.state, step, o->who) || o->w.until.n <= desk_today(x).n)
			continue;
		ui_form_open(h, &(struct ui_form){ .action = swap_path(x, o->w.id), .csrf = x->csrf, .key = desk_key(x) });
		ui_hidden(h, "step", text_of(c->key));
		ui_hidden(h, "revision", desk_int(x, o->w.revision));
		if (duty_swap_needs_words(step)) {
			ui_field(h, &why_not, this ? in->words : TEXT_NONE, this ? findings_of(&x->findings, "words") : NULL);
			html_raw(h, "<div class=\"buttons\"><button type=\"submit\" class=\"button\">");
			html_say(h, c->label);
			html_raw(h, "</button></div>");
		} else
			ui_form_buttons(h, c->label, TEXT_NONE);
		ui_form_close(h);
	}
}

static void
put_history(struct exchange *x, struct html *h, const struct one *o)
{
	struct ui_event v[DUTY_SWAP_STEPS_MAX];

	for (size_t i = 0; i < o->n; i++) {
		v[i] = (struct ui_event){ .when = desk_when(x, o->done[i].at_ms), .who = o->done[i].by,
			.what = desk_join(x, desk_say(x, duty_swap_step_label(o->done[i].step)), o->done[i].words) };
	}
	ui_section_open(h, T("经过"));
	ui_timeline(h, v, o->n);
	ui_section_close(h);
}

static enum rc
swap_show(struct exchange *x, enum roster_rule refused)
{
	struct one *o = ARENA_NEW(x->ctx->mem, struct one);
	struct html h = frame_html(x);
	enum rc rc = o == NULL ? RC_NO_MEMORY : http_segment_id(x, "id", &o->id);

	if (rc == RC_OK)
		rc = db_read(x->ctx, one_tx, o);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("换班"), .area = FRAME_ROSTER });
	ui_title(&h, T("换班"), desk_say(x, duty_swap_state_label(o->w.state)));
	html_raw(&h, "<p class=\"tools\">");
	if (o->who == SWAP_BY_PLANNER)
		ui_link(&h, TEXT("/desk/roster/swaps"), T("等批准的换班"));
	else
		ui_link(&h, TEXT("/desk/duty"), T("我的值班"));
	html_raw(&h, " ");
	ui_link(&h, roster_plan_path(x, o->w.plan, ""), T("整张值班表"));
	html_raw(&h, "</p>");
	roster_trouble(x, &h);
	if (x->out->status == 409)
		ui_notice_say(&h, UI_LATE, NULL, T("这张表刚才有人改过，请看过再办。"));
	if (refused != ROSTER_FINE)
		ui_notice(&h, UI_LATE, T("不能这样改"), desk_say(x, duty_rule_label(refused)));
	put_facts(x, &h, &o->w);
	if (duty_swap_is_open(o->w.state) && (o->who & SWAP_BY_PLANNER) != 0)
		rc = put_price(x, &h, o);
	if (rc != RC_OK)
		return rc;
	put_steps(x, &h, o);
	put_history(x, &h, o);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
roster_swap_page(struct exchange *x)
{
	return swap_show(x, ROSTER_FINE);
}

enum rc
roster_swap_post(struct exchange *x)
{
	const struct roster_take_values *in = x->values;
	enum roster_rule rule = ROSTER_FINE;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = duty_swap_take(x->ctx, frame_idem_key(x), id, in->revision, (enum duty_swap_step)in->step, in->words, &x->findings, &rule);
	if (rc == RC_OK) {
		http_redirect(x->out, swap_path(x, id));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_REFUSED)
		return rc;
	x->out->status = rc == RC_REFUSED ? 422 : http_status_of(rc);
	return swap_show(x, rule);
}

/* ---- lists ------------------------------------------------------------------------------------------------------------------ */

void
roster_put_swaps(struct exchange *x, struct html *h, const char *caption, const struct duty_swap *v, size_t n)
{
	static const struct ui_column columns[] = { { T("换哪一次"), false }, { T("谁请谁"), false }, { T("换来的一次"), false },
		{ T("现在"), false } };
	struct ui_table t;

	ui_table_open(&t, h, caption, columns, 4);
	for (size_t i = 0; i < n; i++) {
		ui_row_open(&t);
		ui_cell_link(&t, swap_path(x, v[i].id), slot_text(x, &v[i].slot));
		ui_cell(&t, arena_format(x->ctx->mem, "%.*s → %.*s", (int)v[i].name.n, v[i].name.p, (int)v[i].with_name.n, v[i].with_name.p));
		ui_cell(&t, v[i].theirs.plan == 0 ? TEXT("—") : slot_text(x, &v[i].theirs));
		ui_cell_say(&t, duty_swap_state_label(v[i].state));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

struct list { bool all; struct duty_swap v[SHOWN]; size_t n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct list *l = argument;

	return duty_swaps_to_decide(tx, actor, !l->all, l->v, SHOWN, &l->n);
}

enum rc
roster_swaps_page(struct exchange *x)
{
	struct list *l = ARENA_NEW(x->ctx->mem, struct list);
	struct html h = frame_html(x);
	struct ui_chip chips[] = { { T("等着的"), TEXT_NONE, TEXT("/desk/roster/swaps"), -1, false, UI_PLAIN },
		{ T("全部"), TEXT_NONE, TEXT("/desk/roster/swaps?all=1"), -1, false, UI_PLAIN } };
	enum rc rc;

	if (l == NULL)
		return RC_NO_MEMORY;
	l->all = text_equals(desk_query(x, "all"), TEXT("1"));
	rc = db_read(x->ctx, list_tx, l);
	if (rc != RC_OK)
		return rc;
	chips[l->all ? 1 : 0].on = true;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("等批准的换班"), .area = FRAME_ROSTER });
	ui_title(&h, T("等批准的换班"), TEXT_NONE);
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, TEXT("/desk/roster"), T("值班表"));
	html_raw(&h, "</p>");
	ui_chips(&h, T("哪些换班"), chips, 2);
	if (l->n == 0)
		ui_empty(&h, T("没有换班"), T("值班的人请同事换班，同事答应以后，列在这里等您批准。"), TEXT("/desk/roster"), T("看值班表"));
	else
		roster_put_swaps(x, &h, T("换班"), l->v, l->n);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}
