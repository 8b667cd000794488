/* One's own duty: sign in with the station's code of the day, write down what was done; the station confirms. */
#include "supply/desk/roster_internal.h"

#include "operations/dutylog/dutylog.h"

#define OFFERED_CHARS 1100 /* DUTYLOG_CASES_MAX numbers and their commas */

struct sign_values { struct text code; };
static const struct field sign_fields[] = {
	{ .key = "code", .kind = FIELD_LINE, .label = T("今天的码"), .required = true, .min = 6, .max = 6, .autocomplete = "off",
	  .hint = T("站点电脑上的六位数，每天一换。只记您到了，不记位置。"), .offset = offsetof(struct sign_values, code) },
};
const struct form roster_sign_form = FORM_OF("roster.sign", T("签到"), sign_fields, struct sign_values);

struct log_values { uint64_t kinds; int64_t minutes, people; struct text words, offered; bool take; };
#define LOG(member) offsetof(struct log_values, member)
static const struct field log_fields[] = {
	{ .key = "kinds", .kind = FIELD_FLAGS, .label = T("做了哪些事"), .required = true, .choices = dutylog_kind_choices, .offset = LOG(kinds) },
	{ .key = "minutes", .kind = FIELD_INT, .label = T("一共多少分钟"), .required = true, .min = 1, .max = 720, .offset = LOG(minutes) },
	{ .key = "people", .kind = FIELD_INT, .label = T("服务了几个人"), .max = 2000, .offset = LOG(people) },
	{ .key = "take", .kind = FIELD_BOOL, .label = T("今天站点登记的这些求助也是这次值班办的"), .offset = LOG(take) },
	{ .key = "offered", .kind = FIELD_LINE, .label = T("站点登记的求助"), .max = OFFERED_CHARS, .offset = LOG(offered) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("简单记一下"), .max = 500, .hint = T("不写来人的姓名和号码。"), .offset = LOG(words) },
};
const struct form roster_log_form = FORM_OF("roster.log", T("值班日志"), log_fields, struct log_values);

struct ask_values { int64_t topic; struct text detail, name, phone; };
#define ASK(member) offsetof(struct ask_values, member)
static const struct field ask_fields[] = {
	{ .key = "topic", .kind = FIELD_CHOICE, .label = T("是哪一类事？"), .required = true, .choices = topic_choices, .offset = ASK(topic) },
	{ .key = "detail", .kind = FIELD_PARAGRAPH, .label = T("说说经过"), .required = true, .min = 4, .max = 2000, .offset = ASK(detail) },
	{ .key = "name", .kind = FIELD_LINE, .label = T("姓名"), .max = 60, .offset = ASK(name) },
	{ .key = "phone", .kind = FIELD_PHONE, .label = T("联系电话"), .offset = ASK(phone) },
};
const struct form roster_duty_ask_form = FORM_OF("roster.duty_ask", T("登记一件求助"), ask_fields, struct ask_values);

struct one {
	int64_t plan;
	uint32_t slot;
	struct duty_plan p;
	struct duty_slot s;
	struct dutylog l;
	struct dutylog_case v[DUTYLOG_CASES_MAX];
	size_t n;
	const struct intake_receipt *receipt; /* just written down */
};

static enum rc
one_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct one *o = argument;
	enum rc rc = duty_plan_load(tx, actor, o->plan, &o->p);

	if (rc == RC_OK)
		rc = duty_slot_load(tx, actor, o->plan, o->slot, &o->s);
	if (rc == RC_OK && o->p.state != DUTY_PUBLISHED)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = dutylog_load(tx, actor, o->plan, o->slot, &o->l);
	return rc == RC_OK && o->s.point != 0 && o->l.signed_in ? dutylog_cases(tx, actor, &o->s, o->v, DUTYLOG_CASES_MAX, &o->n) : rc;
}

static enum rc
one_read(struct exchange *x, struct one *o)
{
	int64_t n = 0;
	enum rc rc = http_segment_id(x, "id", &o->plan);

	if (rc == RC_OK)
		rc = int64_parse(http_segment(x, "slot"), 0, DUTY_SLOTS_MAX, &n) == RC_OK ? RC_OK : RC_NOT_FOUND;
	o->slot = (uint32_t)n;
	if (rc == RC_OK)
		rc = db_read(x->ctx, one_tx, o);
	/* the person, the station, and who plans */
	if (rc == RC_OK && o->s.account != x->ctx->actor->account && (o->s.point == 0 || o->s.point != x->ctx->actor->point) &&
	    !duty_may_plan(x->ctx->actor, o->p.county))
		rc = RC_NOT_FOUND;
	return rc;
}

static struct text
one_path(const struct exchange *x, const struct one *o, const char *tail)
{
	return arena_format(x->ctx->mem, "/desk/duty/%lld/%u%s", (long long)o->plan, o->slot, tail);
}

enum { LOG_KINDS, LOG_MINUTES, LOG_PEOPLE, LOG_TAKE, LOG_OFFERED, LOG_WORDS, LOG_FIELDS };

static void
put_form(struct exchange *x, struct html *h, const struct one *o, const struct form *form, const char *tail)
{
	bool sent = x->route->form == form && o->receipt == NULL;

	ui_section_open(h, form->title);
	if (sent)
		ui_error_summary(h, form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = one_path(x, o, tail), .csrf = x->csrf, .key = desk_key(x) });
	ui_form_fields(h, form, sent ? &x->typed : NULL, sent ? &x->findings : NULL);
	ui_form_buttons(h, form->title, TEXT("/desk/duty"));
	ui_form_close(h);
	ui_section_close(h);
}

/* ---- requests of this duty ------------------------------------------------------------------------------------------- */

static struct text
offered_text(const struct exchange *x, const struct one *o)
{
	struct text t = TEXT("");

	for (size_t i = 0; i < o->n; i++)
		if (!o->v[i].linked)
			t = arena_format(x->ctx->mem, "%.*s%s%lld", (int)t.n, t.p, t.n > 0 ? "," : "", (long long)o->v[i].request);
	return t;
}

/* Number and item; who holds one opens it. */
static void
put_cases(struct exchange *x, struct html *h, const struct one *o)
{
	static const struct ui_column columns[] = { { T("编号"), false }, { T("事项"), false }, { T("几点"), false }, { T("哪里登记的"), false } };
	struct ui_table t;

	if (o->n == 0)
		return;
	ui_table_open(&t, h, T("这一天的求助"), columns, 4);
	for (size_t i = 0; i < o->n; i++) {
		const struct dutylog_case *c = &o->v[i];

		ui_row_open(&t);
		if (c->holder == x->ctx->actor->account)
			ui_cell_link(&t, arena_format(x->ctx->mem, "/desk/request/%lld", (long long)c->request), c->number);
		else
			ui_cell(&t, c->number);
		ui_cell(&t, c->item);
		ui_cell(&t, desk_when(x, c->at_ms));
		ui_cell_say(&t, c->made ? T("值班时登记") : c->linked ? T("站点登记，已算进这次值班") : T("站点登记"));
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

/* What is known already is filled in: how many came, how long the duty is. */
static void
put_log_form(struct exchange *x, struct html *h, const struct one *o)
{
	bool sent = x->route->form == &roster_log_form;
	struct text offered = offered_text(x, o), typed[LOG_FIELDS] = { TEXT_NONE };

	typed[LOG_MINUTES] = desk_int(x, o->s.minutes);
	if (o->n > 0)
		typed[LOG_PEOPLE] = desk_int(x, (int64_t)o->n);
	typed[LOG_TAKE] = offered.n > 0 ? TEXT("1") : TEXT_NONE;
	ui_section_open(h, roster_log_form.title);
	if (sent)
		ui_error_summary(h, &roster_log_form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = one_path(x, o, "/log"), .csrf = x->csrf, .key = desk_key(x) });
	for (size_t i = 0; i < roster_log_form.n; i++) {
		if (i == LOG_OFFERED || (i == LOG_TAKE && offered.n == 0))
			continue;
		ui_field(h, &log_fields[i], sent ? ui_typed(&roster_log_form, log_fields[i].key, &x->typed) : typed[i],
		    sent ? findings_of(&x->findings, log_fields[i].key) : NULL);
	}
	ui_hidden(h, "offered", offered);
	ui_form_buttons(h, roster_log_form.title, TEXT("/desk/duty"));
	ui_form_close(h);
	ui_section_close(h);
}

static void
put_log(struct exchange *x, struct html *h, const struct one *o)
{
	struct text kinds = TEXT_NONE;

	for (const struct choice *c = dutylog_kind_choices; c->key != NULL; c++)
		if ((o->l.kinds >> c->value & 1) != 0)
			kinds = desk_join(x, kinds, desk_say(x, c->label));
	ui_section_open(h, roster_log_form.title);
	ui_facts(h, (const struct ui_fact[]){ { .label = T("做了哪些事"), .value = kinds },
	    { .label = T("一共多少分钟"), .value = desk_int(x, o->l.minutes) },
	    { .label = T("服务了几个人"), .value = arena_format(x->ctx->mem, "%d", o->l.people) },
	    { .label = T("简单记一下"), .value = o->l.words }, { .label = T("站点确认"),
	        .value = o->l.confirmed_by == 0 ? desk_say(x, T("还没有")) : desk_join(x, o->l.confirmed_name, desk_when(x, o->l.confirmed_ms)) } }, 5);
	if (o->l.confirmed_by == 0 && o->s.point == x->ctx->actor->point && o->s.account != x->ctx->actor->account &&
	    actor_may(x->ctx->actor, RIGHT_INTAKE)) {
		ui_form_open(h, &(struct ui_form){ .action = one_path(x, o, "/confirm"), .csrf = x->csrf, .key = desk_key(x) });
		ui_form_buttons(h, T("是这样，确认"), TEXT_NONE);
		ui_form_close(h);
	}
	ui_section_close(h);
}

static enum rc
show(struct exchange *x, const struct one *o, int64_t wait_s)
{
	struct html h = frame_html(x);
	bool mine = o->s.account == x->ctx->actor->account;

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("值班签到和日志"), .area = FRAME_ROSTER });
	ui_title_text(&h, roster_where(x, &o->s), desk_join(x, roster_day_text(x, o->s.day), o->s.name));
	html_raw(&h, "<p class=\"tools\">");
	ui_link(&h, TEXT("/desk/duty"), T("我的值班"));
	html_raw(&h, "</p>");
	roster_trouble(x, &h);
	if (wait_s > 0)
		ui_notice(&h, UI_LATE, T("错的次数太多，请过一会儿再试"), desk_span(x, wait_s * 1000));
	if (x->out->status == 409)
		ui_notice_say(&h, UI_LATE, NULL, T("已经记过了。"));
	if (o->l.signed_in)
		ui_notice(&h, UI_OK, T("已签到"), desk_when(x, o->l.signed_ms));
	else if (!mine || o->s.point == 0)
		ui_notice_say(&h, UI_SOON, NULL, T("还没有签到。"));
	else if (o->s.day.n == desk_today(x).n)
		put_form(x, &h, o, &roster_sign_form, "");
	else
		ui_notice_say(&h, UI_INFO, NULL, T("只能在值班当天签到"));
	if (o->receipt != NULL)
		ui_receipt(&h, T("求助的编号和查询码，请交给来人"), text_of(o->receipt->number), text_of(o->receipt->code), TEXT_NONE);
	put_cases(x, &h, o);
	if (o->l.written)
		put_log(x, &h, o);
	else if (o->l.signed_in && mine) {
		if (o->s.day.n == desk_today(x).n)
			put_form(x, &h, o, &roster_duty_ask_form, "/ask");
		put_log_form(x, &h, o);
	}
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
roster_log_page(struct exchange *x)
{
	struct one o = { .plan = 0 };
	enum rc rc = one_read(x, &o);

	return rc == RC_OK ? show(x, &o, 0) : rc;
}

static enum rc
after(struct exchange *x, const struct one *o, enum rc rc, int64_t wait_s)
{
	if (rc == RC_OK) {
		http_redirect(x->out, one_path(x, o, ""));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_TOO_MANY)
		return rc;
	x->out->status = http_status_of(rc);
	return show(x, o, wait_s);
}

enum rc
roster_sign_post(struct exchange *x)
{
	const struct sign_values *in = x->values;
	struct one o = { .plan = 0 };
	int64_t wait_s = 0;
	enum rc rc = one_read(x, &o);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc == RC_OK ? dutylog_sign_in(x->ctx, frame_idem_key(x), o.plan, o.slot, in->code, &x->findings, &wait_s) : x->form_rc;
	return after(x, &o, rc, wait_s);
}

/* "12,15": as the page offered them; whatever is none of them the flow passes over. */
static void
offered_read(struct text t, int64_t ret[static DUTYLOG_CASES_MAX], size_t *ret_n)
{
	*ret_n = 0;
	while (t.n > 0 && *ret_n < DUTYLOG_CASES_MAX)
		if (int64_parse(text_cut(&t, ','), 1, INT64_MAX, &ret[*ret_n]) == RC_OK)
			++*ret_n;
}

enum rc
roster_log_post(struct exchange *x)
{
	const struct log_values *in = x->values;
	int64_t requests[DUTYLOG_CASES_MAX] = { 0 };
	struct one o = { .plan = 0 };
	size_t n = 0;
	enum rc rc = one_read(x, &o);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK && in->take)
		offered_read(in->offered, requests, &n);
	if (rc == RC_OK)
		rc = dutylog_write(x->ctx, frame_idem_key(x), &(struct dutylog_new){ o.plan, o.slot, (unsigned)in->kinds, (int)in->minutes,
		    (int)in->people, in->words, requests, n }, &x->findings);
	return after(x, &o, rc, 0);
}

/* The receipt is shown once, in the answer itself: its code stands nowhere. */
enum rc
roster_duty_ask_post(struct exchange *x)
{
	const struct ask_values *in = x->values;
	struct intake_receipt receipt = { .id = 0 };
	struct one o = { .plan = 0 };
	enum rc rc = one_read(x, &o);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = dutylog_receive(x->ctx, frame_idem_key(x), &(struct dutylog_ask){ o.plan, o.slot, (int)in->topic, in->detail, in->name, in->phone },
		    &x->findings, &receipt);
	if (rc == RC_OK) {
		o.receipt = &receipt;
		rc = db_read(x->ctx, one_tx, &o);
		return rc == RC_OK ? show(x, &o, 0) : rc;
	}
	if (rc != RC_INVALID && rc != RC_CONFLICT && rc != RC_REFUSED)
		return rc;
	x->out->status = rc == RC_REFUSED ? 422 : http_status_of(rc);
	return show(x, &o, 0);
}

enum rc
roster_confirm_post(struct exchange *x)
{
	struct one o = { .plan = 0 };
	enum rc rc = one_read(x, &o);

	return rc == RC_OK ? after(x, &o, dutylog_confirm(x->ctx, frame_idem_key(x), o.plan, o.slot), 0) : rc;
}
