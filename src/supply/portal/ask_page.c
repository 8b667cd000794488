/* Asking for help: three pages of questions, one to check, then the receipt. */
#include "supply/portal/ask_internal.h"

#include "kit/msg/msg.h"

/* ---- the draft ------------------------------------------------------------------------------------ */

static enum rc
draft_take(struct exchange *x, struct params params, struct ask_draft *d)
{
	enum rc rc = form_read(&ask_form, params, portal_today(x), x->ctx->mem, &d->values, &d->typed, &d->findings);

	return rc == RC_INVALID ? RC_OK : rc;
}

/* A draft that cannot be read any more must not keep anybody from asking for help: it begins anew. */
enum rc
ask_draft_open(struct exchange *x, struct ask_draft *d)
{
	struct text packed = TEXT_NONE;
	struct params params = { NULL, 0 };
	struct idem_key key;
	enum rc rc = RC_NOT_FOUND;

	*d = (struct ask_draft){ .found = false };
	if (x->browser.n > 0)
		rc = draft_load(x->ctx, draft_owner_cookie(x->browser), ASK_DRAFT, &packed);
	if (rc == RC_OK) {
		params = ask_unpack(x->ctx->mem, packed);
		d->found = params.n > 0;
	} else if (rc == RC_UNAVAILABLE || rc == RC_NO_MEMORY || rc == RC_BUSY) {
		return rc;
	}
	d->key = params_get(params, "key");
	if (idem_key_parse(d->key, &key) != RC_OK) {
		char hex[33];

		idem_key_hex(idem_key_new(), hex);
		d->key = arena_text(x->ctx->mem, text_of(hex));
	}
	return draft_take(x, params, d);
}

enum rc
ask_draft_close(struct exchange *x, const struct ask_draft *d)
{
	struct text packed;
	enum rc rc;

	if (x->browser.n == 0)
		return RC_OK;
	packed = ask_pack(x->ctx->mem, &d->typed, d->key);
	if (!packed.p)
		return RC_NO_MEMORY;
	rc = draft_save(x->ctx, draft_owner_cookie(x->browser), ASK_DRAFT, packed);
	return rc == RC_TOO_LARGE ? RC_OK : rc;
}

static size_t
index_of(const char *key)
{
	return (size_t)(form_field(&ask_form, key) - ask_form.fields);
}

struct text *
ask_typed(struct ask_draft *d, const char *key)
{
	return &d->typed.v[index_of(key)];
}

static void
typed_default(struct ask_draft *d, const char *key, struct text value)
{
	if (ask_typed(d, key)->n == 0)
		*ask_typed(d, key) = value;
}

/* ---- what the pages share --------------------------------------------------------------------------- */

static const char *const step_labels[] = { T("什么事"), T("在哪里"), T("联系您"), T("核对提交") };

void
ask_page_open(struct exchange *x, struct html *h, int step, const char *title)
{
	frame_public_open(x, h, &(struct frame_page){ .title = title, .noindex = step == STEP_CHECK });
	ui_steps(h, step_labels, STEP_COUNT, (size_t)step);
	ui_title(h, title, TEXT_NONE);
}

static void
put_field(struct html *h, const struct ask_step *s, const char *key, struct ask_draft *d, const struct findings *f)
{
	const struct field *field = form_field(s->form, key);

	ui_field(h, field, *ask_typed(d, key), f ? findings_of(f, key) : NULL);
}

void
ask_put_clear(struct exchange *x, struct html *h)
{
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/ask/clear"), .csrf = x->csrf });
	html_raw(h, "<p class=\"meta\">");
	html_say(h, T("写下的内容会替您保存，离开再回来还在。"));
	html_raw(h, " <button type=\"submit\" class=\"button\">");
	html_say(h, T("清空重填"));
	html_raw(h, "</button></p>");
	ui_form_close(h);
}

enum rc
ask_show_step(struct exchange *x, int at, const struct ask_step *s, struct ask_draft *d, const struct findings *f)
{
	struct html h = frame_html(x);

	ask_page_open(x, &h, at, s->title);
	ui_error_summary(&h, s->form, f);
	ui_form_open(&h, &(struct ui_form){ .action = text_of(s->path), .csrf = x->csrf, .draft = "/ask/draft" });
	ui_hidden(&h, "step", text_of(s->path));
	s->fields(x, &h, d, f);
	ui_form_buttons(&h, T("下一步"), text_of(s->back));
	ui_form_close(&h);
	if (d->found)
		ask_put_clear(x, &h);
	frame_public_close(x, &h);
	return buf_rc(h.out);
}

void
ask_findings_pick(const struct findings *all, const struct form *form, struct findings *ret)
{
	*ret = (struct findings){ .n = 0 };
	for (size_t i = 0; i < all->n; i++)
		if (form_field(form, all->v[i].field))
			findings_add(ret, all->v[i].field, all->v[i].message, all->v[i].bound);
}

/* ---- 1: what happened ---------------------------------------------------------------------------------- */

static void
fields_what(struct exchange *x, struct html *h, struct ask_draft *d, const struct findings *f);
static void
fields_where(struct exchange *x, struct html *h, struct ask_draft *d, const struct findings *f);
static void
fields_who(struct exchange *x, struct html *h, struct ask_draft *d, const struct findings *f);

const struct ask_step ask_steps[STEP_CHECK] = {
	[STEP_WHAT] = { &ask_what_form, "/ask", "/ask/where", "/", T("您遇到什么事？"), fields_what },
	[STEP_WHERE] = { &ask_where_form, "/ask/where", "/ask/who", "/ask", T("在哪里？是谁的事？"), fields_where },
	[STEP_WHO] = { &ask_who_form, "/ask/who", "/ask/check", "/ask/where", T("怎么联系您？"), fields_who },
};

static void
put_item(struct exchange *x, struct html *h, struct text code)
{
	struct item item;

	if (code.n == 0 || portal_item(x, code, &item) != RC_OK)
		return;
	ui_notice(h, UI_INFO, T("想办的事项"), portal_name(x, item.name, item.name_en));
	ui_hidden(h, "item", item.code);
}

static void
fields_what(struct exchange *x, struct html *h, struct ask_draft *d, const struct findings *f)
{
	const struct ask_step *s = &ask_steps[STEP_WHAT];

	put_item(x, h, *ask_typed(d, "item"));
	put_field(h, s, "topic", d, f);
	put_field(h, s, "detail", d, f);
}

enum rc
ask_what_page(struct exchange *x)
{
	struct text topic = params_get(x->in->query, "topic"), item = params_get(x->in->query, "item");
	struct ask_draft d;
	struct findings f;
	enum rc rc = ask_draft_open(x, &d);

	if (rc != RC_OK)
		return rc;
	if (topic_by_key(topic) != TOPIC_NONE)
		*ask_typed(&d, "topic") = topic;
	if (item.n > 0 && item.n <= 32) {
		*ask_typed(&d, "item") = item;
		typed_default(&d, "topic", text_of(topic_key(TOPIC_UNSURE)));
	}
	ask_findings_pick(&d.findings, &ask_what_form, &f);
	return ask_show_step(x, STEP_WHAT, &ask_steps[STEP_WHAT], &d, params_has(x->in->query, "fix") ? &f : NULL);
}

/* Keep what was typed, right or wrong.  *ret_next: nothing is wrong and no page is written yet. */
static enum rc
keep_step(struct exchange *x, int at, struct ask_draft *d, bool *ret_next)
{
	enum rc rc = ask_draft_close(x, d);

	*ret_next = false;
	if (rc != RC_OK)
		return rc;
	d->found = true;
	if (x->findings.total > 0) {
		x->out->status = 422;
		return ask_show_step(x, at, &ask_steps[at], d, &x->findings);
	}
	*ret_next = true;
	return RC_OK;
}

static enum rc
post_step(struct exchange *x, int at, struct ask_draft *d, struct text next)
{
	bool go;
	enum rc rc = keep_step(x, at, d, &go);

	if (go)
		http_redirect(x->out, next);
	return rc;
}

enum rc
ask_what_post(struct exchange *x)
{
	struct ask_draft d;
	enum rc rc = ask_draft_open(x, &d);

	if (rc != RC_OK)
		return rc;
	ask_merge(&d.typed, &ask_what_form, &x->typed);
	return post_step(x, STEP_WHAT, &d, TEXT("/ask/where"));
}

/* ---- 2: where, and whose trouble is it ------------------------------------------------------------------- */

#define TOWNS_MOST 1200
#define VILLAGES_MOST 700

static struct text
code_text(struct exchange *x, struct place p)
{
	return arena_format(x->ctx->mem, "%012lld", (long long)p.code);
}

static size_t
county_options(struct exchange *x, const struct division *county, const struct division **towns, size_t n,
    struct ui_option *v)
{
	struct text group = portal_name(x, county->name, county->name_en);
	size_t at = 0;

	v[at++] = (struct ui_option){ code_text(x, county->place),
		arena_format(x->ctx->mem, "%.*s %s", (int)group.n, group.p, msg(x->ctx->lang, T("（说不清镇、街道）"))),
		group };
	for (size_t i = 0; i < n; i++)
		if (place_up(towns[i]->place, PLACE_COUNTY).code == county->place.code)
			v[at++] = (struct ui_option){ code_text(x, towns[i]->place),
				portal_name(x, towns[i]->name, towns[i]->name_en), group };
	return at;
}

/* Every town under its county; a county or the city as a whole where nobody knows better. */
static size_t
town_options(struct exchange *x, struct ui_option *v)
{
	const struct division *counties[64];
	const struct division **towns = arena_array(x->ctx->mem, TOWNS_MOST, sizeof *towns);
	struct place city = portal_city(x);
	size_t n_counties = region_children(city, portal_today(x), counties, 64), at = 0, n;

	if (!towns)
		return 0;
	n_counties = n_counties < 64 ? n_counties : 64;
	n = region_list(city, PLACE_TOWN, portal_today(x), towns, TOWNS_MOST);
	n = n < TOWNS_MOST ? n : TOWNS_MOST;
	v[at++] = (struct ui_option){ code_text(x, city), portal_say(x, T("说不清在哪里（全市）")), TEXT_NONE };
	for (size_t i = 0; i < n_counties; i++)
		at += county_options(x, counties[i], towns, n, v + at);
	return at;
}

static size_t
village_options(struct exchange *x, struct text town, struct ui_option *v)
{
	const struct division **villages = arena_array(x->ctx->mem, VILLAGES_MOST, sizeof *villages);
	struct place p = { 0 };
	size_t n;

	if (!villages || place_parse(town, &p) != RC_OK || place_level(p) != PLACE_TOWN)
		return 0;
	n = region_children(p, portal_today(x), villages, VILLAGES_MOST);
	n = n < VILLAGES_MOST ? n : VILLAGES_MOST;
	for (size_t i = 0; i < n; i++)
		v[i] = (struct ui_option){ code_text(x, villages[i]->place),
			portal_name(x, villages[i]->name, villages[i]->name_en), TEXT_NONE };
	return n;
}

static void
put_place(struct exchange *x, struct html *h, struct ask_draft *d, const struct findings *f)
{
	struct ui_option *towns = arena_array(x->ctx->mem, TOWNS_MOST + 65, sizeof *towns);
	struct ui_option *villages = arena_array(x->ctx->mem, VILLAGES_MOST, sizeof *villages);
	struct ui_place_chooser c = {
		.town = form_field(&ask_where_form, "town"), .village = form_field(&ask_where_form, "village"),
		.towns = towns, .villages = villages,
		.town_typed = *ask_typed(d, "town"), .village_typed = *ask_typed(d, "village"), .findings = f,
	};

	if (!towns || !villages)
		return;
	c.n_towns = town_options(x, towns);
	c.n_villages = village_options(x, c.town_typed, villages);
	ui_place_chooser(h, &c);
}

static void
fields_where(struct exchange *x, struct html *h, struct ask_draft *d, const struct findings *f)
{
	const struct ask_step *s = &ask_steps[STEP_WHERE];

	put_place(x, h, d, f);
	put_field(h, s, "applicant", d, f);
	put_field(h, s, "caller", d, f);
	put_field(h, s, "urgent", d, f);
	html_raw(h, "<details>");
	html_raw(h, "<summary>");
	html_say(h, T("老人、残疾人、农民工、军人等，点这里说明"));
	html_raw(h, "</summary>");
	put_field(h, s, "groups", d, f);
	html_raw(h, "</details>");
}

/* What most people would choose stands there already; the place is where they looked last. */
static void
where_defaults(struct exchange *x, struct ask_draft *d)
{
	struct place p = portal_place(x);

	if (ask_typed(d, "town")->n == 0 && p.code != 0) {
		*ask_typed(d, "town") = code_text(x, place_level(p) == PLACE_VILLAGE ? place_up(p, PLACE_TOWN) : p);
		if (place_level(p) == PLACE_VILLAGE)
			*ask_typed(d, "village") = code_text(x, p);
	}
	typed_default(d, "applicant", text_of(applicant_key(APPLICANT_PERSON)));
	typed_default(d, "caller", TEXT("self"));
}

enum rc
ask_where_page(struct exchange *x)
{
	struct ask_draft d;
	struct findings f;
	enum rc rc = ask_draft_open(x, &d);

	if (rc != RC_OK)
		return rc;
	where_defaults(x, &d);
	ask_findings_pick(&d.findings, &ask_where_form, &f);
	return ask_show_step(x, STEP_WHERE, &ask_steps[STEP_WHERE], &d, params_has(x->in->query, "fix") ? &f : NULL);
}

static void
judge_where(struct exchange *x, const struct ask *a)
{
	struct place p = ask_place(a);

	if (p.code != 0 && (!region_find(p, portal_today(x)) ||
	    !place_range_has(place_range(portal_city(x)), p)) && !findings_of(&x->findings, "town"))
		findings_add(&x->findings, "town", T("没有这个地方，请重新选择"), 0);
}

/* Nobody writes down a name only to hear that it is not for them.  *ret_shown: the page is written. */
static enum rc
refuse_early(struct exchange *x, const struct ask_draft *d, bool *ret_shown)
{
	struct ask a = d->values;
	struct item item;
	enum rc rc;

	*ret_shown = false;
	if (a.topic == TOPIC_NONE)
		return RC_OK; /* the first page was left out: it is asked for before sending */
	a.applicant = ((const struct ask *)x->values)->applicant;
	rc = ask_item(x, &a, &item);
	if (rc == RC_OK)
		*ret_shown = !ask_may(x, &a, &item, &rc);
	return rc == RC_NOT_FOUND ? RC_UNAVAILABLE : rc;
}

enum rc
ask_where_post(struct exchange *x)
{
	struct ask_draft d;
	bool go, shown = false;
	enum rc rc = ask_draft_open(x, &d);

	if (rc != RC_OK)
		return rc;
	ask_merge(&d.typed, &ask_where_form, &x->typed);
	if (params_has(x->in->form, "list-villages")) { /* the town is chosen: its villages, nothing judged */
		x->findings = (struct findings){ .n = 0 };
		return post_step(x, STEP_WHERE, &d, TEXT("/ask/where"));
	}
	judge_where(x, x->values);
	rc = keep_step(x, STEP_WHERE, &d, &go);
	if (go)
		rc = refuse_early(x, &d, &shown);
	if (go && rc == RC_OK && !shown)
		http_redirect(x->out, TEXT("/ask/who"));
	return rc;
}

/* ---- 3: who ---------------------------------------------------------------------------------------------- */

static void
put_privacy(struct html *h)
{
	html_raw(h, "<div class=\"notice info\"><div><p class=\"strong\">");
	html_say(h, T("您的信息怎么用"));
	html_raw(h, "</p><p>");
	html_say(h, T("司法行政机关用姓名和电话联系您、办这件事；用身份证号核对身份、免得重复登记（敏感信息，不填不影响咨询）。"
	    "只有办这件事的人看得到，查看完整号码要写明用途、留下记录。您可以随时查看、更正、撤回。"));
	html_raw(h, " ");
	ui_link(h, TEXT("/help/privacy"), T("详细说明"));
	html_raw(h, "</p></div></div>");
}

static void
fields_who(struct exchange *x, struct html *h, struct ask_draft *d, const struct findings *f)
{
	const struct ask_step *s = &ask_steps[STEP_WHO];

	(void)x;
	put_field(h, s, "naming", d, f);
	put_field(h, s, "name", d, f);
	put_field(h, s, "phone", d, f);
	put_field(h, s, "id_number", d, f);
	if (d->values.caller != RELATION_SELF) {
		put_field(h, s, "caller_name", d, f);
		put_field(h, s, "caller_phone", d, f);
	}
	if (applicant_is_organisation((enum applicant_kind)d->values.applicant)) {
		put_field(h, s, "org_name", d, f);
		put_field(h, s, "credit_code", d, f);
		put_field(h, s, "founded", d, f);
		put_field(h, s, "staff", d, f);
	}
	put_privacy(h);
}

enum rc
ask_who_page(struct exchange *x)
{
	struct ask_draft d;
	struct findings f;
	enum rc rc = ask_draft_open(x, &d);

	if (rc != RC_OK)
		return rc;
	typed_default(&d, "naming", TEXT("named"));
	ask_judge_who(&d.values, &d.findings);
	ask_findings_pick(&d.findings, &ask_who_form, &f);
	return ask_show_step(x, STEP_WHO, &ask_steps[STEP_WHO], &d, params_has(x->in->query, "fix") ? &f : NULL);
}

enum rc
ask_who_post(struct exchange *x)
{
	struct ask_draft d;
	struct ask a;
	enum rc rc = ask_draft_open(x, &d);

	if (rc != RC_OK)
		return rc;
	ask_merge(&d.typed, &ask_who_form, &x->typed);
	a = *(const struct ask *)x->values;
	a.caller = d.values.caller;
	a.applicant = d.values.applicant;
	ask_judge_who(&a, &x->findings);
	return post_step(x, STEP_WHO, &d, TEXT("/ask/check"));
}
