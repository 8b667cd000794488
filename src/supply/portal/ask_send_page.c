/* The last of the four pages: check the answers, send them, hand out the receipt. */
#include "supply/portal/ask_internal.h"

#include "kit/msg/msg.h"

/* ---- 4: check and send ----------------------------------------------------------------------------------- */

/* The first page that something is wrong with; STEP_CHECK when nothing is. */
static int
step_at_fault(struct exchange *x, struct ask_draft *d)
{
	struct findings f;

	ask_judge_who(&d->values, &d->findings);
	for (int i = 0; i < STEP_CHECK; i++) {
		ask_findings_pick(&d->findings, ask_steps[i].form, &f);
		if (f.total > 0)
			return i;
	}
	if (!region_find(ask_place(&d->values), portal_today(x))) {
		findings_add(&d->findings, "town", T("没有这个地方，请重新选择"), 0);
		return STEP_WHERE;
	}
	return STEP_CHECK;
}

enum rc
ask_item(struct exchange *x, const struct ask *a, struct item *ret)
{
	enum rc rc = a->item.n > 0 ? portal_item(x, a->item, ret) : RC_NOT_FOUND;

	if (rc == RC_NOT_FOUND)
		rc = portal_item(x, text_of(topic_item((enum topic)a->topic)), ret);
	return rc;
}

/* A lawful no: why, and who can help instead (S3, S21). */
static enum rc
show_refused(struct exchange *x, const char *why)
{
	struct html h = frame_html(x);

	x->out->status = http_status_of(RC_REFUSED);
	frame_public_open(x, &h, &(struct frame_page){ .title = T("这件事我们办不了，但有人能帮"), .noindex = true });
	ui_title(&h, T("这件事我们办不了，但有人能帮"), TEXT_NONE);
	ui_notice_say(&h, UI_SOON, T("为什么"), why);
	ui_section_open(&h, T("谁能帮您"));
	html_raw(&h, "<ul><li>");
	html_say(&h, T("打 12348，告诉您该找哪一家，免费。"));
	html_raw(&h, "</li><li>");
	html_say(&h, T("律师事务所、基层法律服务所可以有偿代理，价格自己谈。"));
	html_raw(&h, " ");
	ui_link(&h, TEXT("/items"), T("看服务事项"));
	html_raw(&h, "</li></ul><p>");
	portal_call(&h, TEXT("12348"));
	html_raw(&h, "</p><p>");
	ui_link(&h, TEXT("/ask/where"), T("选错了？回去改“是谁的事”"));
	html_raw(&h, "</p>");
	ui_section_close(&h);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

bool
ask_may(struct exchange *x, const struct ask *a, const struct item *item, enum rc *ret)
{
	struct catalogue_verdict verdict = catalogue_judge(item, (enum applicant_kind)a->applicant, CHANNEL_PORTAL,
	    TIER_ONLINE);

	if (!verdict.allowed)
		*ret = show_refused(x, catalogue_why_label(verdict.why));
	return verdict.allowed;
}

static struct text
join(struct exchange *x, struct text a, struct text b)
{
	if (a.n == 0 || b.n == 0)
		return a.n == 0 ? b : a;
	return arena_format(x->ctx->mem, "%.*s\n%.*s", (int)a.n, a.p, (int)b.n, b.p);
}

static struct text
groups_text(struct exchange *x, uint64_t groups)
{
	struct text t = TEXT_NONE;

	for (int g = 0; g < GROUP_COUNT; g++)
		if ((groups & GROUP_BIT(g)) != 0)
			t = join(x, t, portal_say(x, group_label((enum group)g)));
	return t;
}

static size_t
answers_of(struct exchange *x, const struct ask *a, const struct item *item, struct ui_answer *v)
{
	struct text what = TEXT("/ask"), where = TEXT("/ask/where"), who = TEXT("/ask/who");
	bool named = a->naming == NAMING_NAMED;
	size_t k = 0;

	v[k++] = (struct ui_answer){ T("哪一类事"), portal_say(x, topic_label((enum topic)a->topic)), what };
	v[k++] = (struct ui_answer){ T("经过"), a->detail, what };
	v[k++] = (struct ui_answer){ T("由谁来办"), portal_name(x, item->name, item->name_en), TEXT_NONE };
	v[k++] = (struct ui_answer){ T("在哪里"), region_path(ask_place(a)), where };
	v[k++] = (struct ui_answer){ T("是谁的事"), portal_say(x, applicant_label((enum applicant_kind)a->applicant)),
		where };
	if (a->caller != RELATION_SELF)
		v[k++] = (struct ui_answer){ T("谁在问"), portal_say(x, relation_label((enum relation)a->caller)), where };
	v[k++] = (struct ui_answer){ T("急不急"), portal_say(x, a->urgent ? T("很急") : T("不急")), where };
	if (a->groups != 0)
		v[k++] = (struct ui_answer){ T("特别情况"), groups_text(x, a->groups), where };
	v[k++] = (struct ui_answer){ T("姓名"), named ? a->name : portal_say(x, T("不留姓名")), who };
	v[k++] = (struct ui_answer){ T("联系电话"), a->phone, who };
	if (named)
		v[k++] = (struct ui_answer){ T("身份证号"), a->id_number, who };
	if (a->caller != RELATION_SELF)
		v[k++] = (struct ui_answer){ T("替人问的是"), join(x, a->caller_name, a->caller_phone), who };
	if (applicant_is_organisation((enum applicant_kind)a->applicant))
		v[k++] = (struct ui_answer){ T("单位"), join(x, a->org_name, a->credit_code), who };
	return k;
}

/* All answers travel in the form, so that a second press sends the very same. */
static void
put_answers_hidden(struct html *h, const struct ask_draft *d)
{
	for (size_t i = 0; i < ask_form.n; i++)
		if (d->typed.v[i].n > 0)
			ui_hidden(h, ask_form.fields[i].key, d->typed.v[i]);
}

static enum rc
show_check(struct exchange *x, struct ask_draft *d, const struct item *item, const struct findings *f)
{
	struct html h = frame_html(x);
	struct ui_answer answers[16];

	ask_page_open(x, &h, STEP_CHECK, T("核对后提交"));
	ui_error_summary(&h, NULL, f);
	ui_answers(&h, answers, answers_of(x, &d->values, item, answers));
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/ask/check"), .csrf = x->csrf, .key = d->key });
	put_answers_hidden(&h, d);
	ui_paragraph(&h, T("提交后马上给您编号和查询码，并告诉您由谁负责、最晚什么时候答复。全程免费。"));
	ui_form_buttons(&h, T("提交求助"), TEXT("/ask/who"));
	ui_form_close(&h);
	ask_put_clear(x, &h);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

enum rc
ask_check_page(struct exchange *x)
{
	struct ask_draft d;
	struct item item;
	enum rc rc = ask_draft_open(x, &d);
	int at;

	if (rc != RC_OK)
		return rc;
	at = step_at_fault(x, &d);
	if (at != STEP_CHECK) {
		http_redirect(x->out, portal_path(x, ask_steps[at].path, d.found ? TEXT("?fix=1") : TEXT_NONE));
		return RC_OK;
	}
	rc = ask_item(x, &d.values, &item);
	if (rc == RC_OK)
		rc = ask_draft_close(x, &d); /* from here on its key is the same in every tab */
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_UNAVAILABLE : rc;
	if (!ask_may(x, &d.values, &item, &rc))
		return rc;
	return show_check(x, &d, &item, NULL);
}

/* Findings of intake under the field that the pages ask it by. */
static const char *
field_of_finding(const char *field)
{
	static const char *const pairs[][2] = { { "place", "town" }, { "contact", "phone" }, { "item", "topic" } };

	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		if (text_equals(text_of(field), text_of(pairs[i][0])))
			return pairs[i][1];
	return field;
}

/* Back to the first page at fault, with all that was typed. */
static enum rc
show_fault(struct exchange *x, struct ask_draft *d, const struct findings *found)
{
	struct findings mine, all = { .n = 0 };
	int at = STEP_WHAT;

	for (size_t i = 0; i < found->n; i++)
		findings_add(&all, field_of_finding(found->v[i].field), found->v[i].message, found->v[i].bound);
	x->out->status = 422;
	for (; at < STEP_CHECK; at++) {
		ask_findings_pick(&all, ask_steps[at].form, &mine);
		if (mine.total > 0)
			return ask_show_step(x, at, &ask_steps[at], d, &mine);
	}
	return ask_show_step(x, STEP_WHAT, &ask_steps[STEP_WHAT], d, &all);
}

static enum rc
show_received(struct exchange *x, const struct intake_receipt *receipt, bool again)
{
	enum rc rc;

	receipt_keep(x, text_of(receipt->code));
	rc = draft_drop(x->ctx, draft_owner_cookie(x->browser), ASK_DRAFT);
	(void)rc; /* a draft that stays is swept later: the request is received */
	http_redirect(x->out, again ? TEXT("/my/receipt?again=1") : TEXT("/my/receipt"));
	return RC_OK;
}

enum rc
ask_check_post(struct exchange *x)
{
	struct intake_receipt receipt = { .id = 0 };
	struct ask_draft d = { .values = *(const struct ask *)x->values, .typed = x->typed, .findings = x->findings,
		.found = true };
	struct findings found = { .n = 0 };
	struct intake_new in;
	struct item item;
	enum rc rc;

	d.key = frame_key_text(x);
	if (step_at_fault(x, &d) != STEP_CHECK)
		return show_fault(x, &d, &d.findings);
	rc = ask_item(x, &d.values, &item);
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_UNAVAILABLE : rc;
	in = ask_intake(&d.values, item.id);
	rc = intake_receive(x->ctx, frame_idem_key(x), &in, &found, &receipt);
	if (rc == RC_OK || rc == RC_DUPLICATE)
		return show_received(x, &receipt, rc == RC_DUPLICATE);
	if (rc == RC_INVALID && found.n > 0)
		return show_fault(x, &d, &found);
	if (rc == RC_REFUSED)
		return show_refused(x, found.n > 0 ? found.v[0].message : T("这一事项不对您开放"));
	return rc;
}

/* ---- drafts by script, and away with them --------------------------------------------------------------- */

enum rc
ask_draft_post(struct exchange *x)
{
	struct text step = params_get(x->in->form, "step");
	struct ask_draft d;
	enum rc rc = ask_draft_open(x, &d);

	if (rc != RC_OK)
		return rc;
	for (int i = 0; i < STEP_CHECK; i++) {
		size_t first = (size_t)(ask_steps[i].form->fields - ask_form.fields);

		if (!text_equals(step, text_of(ask_steps[i].path)) || !x->typed.v)
			continue;
		for (size_t k = 0; k < ask_steps[i].form->n; k++)
			d.typed.v[first + k] = x->typed.v[first + k];
	}
	rc = ask_draft_close(x, &d);
	if (rc == RC_OK)
		x->out->status = 204;
	return rc;
}

enum rc
ask_clear_post(struct exchange *x)
{
	enum rc rc = draft_drop(x->ctx, draft_owner_cookie(x->browser), ASK_DRAFT);

	if (rc == RC_OK)
		http_redirect(x->out, TEXT("/ask"));
	return rc;
}
