/* Intake on one screen: who, what, where; likely duplicates while typing; a draft on the server. */
#include "supply/desk/desk_internal.h"

#include "supply/desk/intake_form.h"

#define PLACES_MAX 256

/* ---- where somebody begins ---------------------------------------------------------------------------- */

static const char *
usual_channel(const struct actor *actor)
{
	if (actor->role == ROLE_HOTLINE)
		return "hotline";
	return actor->role == ROLE_STATION ? "station" : "window";
}

struct place
desk_own_place(const struct actor *actor)
{
	return (struct place){ actor->places.lo <= actor->places.hi ? actor->places.lo : actor->city * INT64_C(100000000) };
}

struct beginning { const char *key; struct text value; };

/* What stands in the form before anything is typed. */
static struct text
begin_with(struct exchange *x, const char *key)
{
	struct place own = desk_own_place(x->ctx->actor);
	const struct beginning b[] = {
		{ "item", desk_query(x, "item").n > 0 ? desk_query(x, "item") : TEXT("consult") }, { "channel", text_of(usual_channel(x->ctx->actor)) }, { "topic", TEXT("unsure") },
		{ "applicant", TEXT("person") }, { "caller", TEXT("self") }, { "accept_now", TEXT("1") },
		{ "town", desk_int(x, place_level(own) > PLACE_TOWN ? place_up(own, PLACE_TOWN).code : own.code) },
		{ "village", place_level(own) == PLACE_VILLAGE ? desk_int(x, own.code) : TEXT_NONE },
	};

	for (size_t i = 0; i < sizeof b / sizeof b[0]; i++)
		if (text_equals(text_of(key), text_of(b[i].key)))
			return b[i].value;
	return TEXT_NONE;
}

static enum rc
typed_begin(struct exchange *x, struct typed *t)
{
	t->v = arena_array(x->ctx->mem, intake_form.n, sizeof *t->v);
	if (t->v == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < intake_form.n; i++)
		t->v[i] = begin_with(x, intake_form.fields[i].key);
	return RC_OK;
}

static void
typed_set(struct typed *t, const char *key, struct text value)
{
	for (size_t i = 0; i < intake_form.n; i++)
		if (text_equals(text_of(intake_form.fields[i].key), text_of(key)))
			t->v[i] = value;
}

/* ---- parts of the screen --------------------------------------------------------------------------------- */

static void
field(struct exchange *x, struct html *h, const char *key)
{
	ui_form_field(h, &intake_form, key, &x->typed, &x->findings);
}

static void
put_items(struct exchange *x, struct html *h)
{
	struct field f = *form_field(&intake_form, "item");
	struct choice *choices;
	struct item *items = NULL;
	size_t n = 0;

	if (catalogue_list(x->ctx, desk_today(x), false, &items, &n) != RC_OK)
		n = 0;
	choices = arena_array(x->ctx->mem, n + 1, sizeof *choices);
	if (choices == NULL)
		return;
	for (size_t i = 0; i < n; i++)
		choices[i] = (struct choice){ (int)i + 1, arena_text(x->ctx->mem, items[i].code).p,
			arena_text(x->ctx->mem, desk_name(x, items[i].name, items[i].name_en)).p };
	f.kind = FIELD_CHOICE;
	f.choices = choices;
	ui_digits(h);
	ui_field(h, &f, ui_typed(&intake_form, "item", &x->typed), findings_of(&x->findings, "item"));
}

/* A short choice as a select: the cards of this screen are the items' alone. */
static void
put_select(struct exchange *x, struct html *h, const char *key)
{
	const struct field *f = form_field(&intake_form, key);
	struct ui_option options[24];
	size_t n = 0;

	for (const struct choice *c = f->choices; c->key && n < 24; c++)
		options[n++] = (struct ui_option){ .value = text_of(c->key), .label = desk_say(x, c->label) };
	ui_field_select(h, f, options, n, ui_typed(&intake_form, key, &x->typed), findings_of(&x->findings, key));
}

static void
add_place(struct exchange *x, struct ui_option *v, size_t *n, const struct division *d, struct text group)
{
	if (*n < PLACES_MAX)
		v[(*n)++] = (struct ui_option){ .value = desk_int(x, d->place.code), .label = desk_name(x, d->name, d->name_en),
			.group = group };
}

static size_t
town_options(struct exchange *x, struct ui_option *v)
{
	struct place city = { x->ctx->actor->city * INT64_C(100000000) };
	const struct division *counties[32], *towns[64];
	size_t n = 0, n_counties = region_children(city, desk_today(x), counties, 32);
	const struct division *whole = region_find(city, desk_today(x));

	if (whole != NULL)
		add_place(x, v, &n, whole, desk_say(x, T("不清楚在哪里")));
	for (size_t i = 0; i < n_counties && i < 32; i++) {
		struct text group = desk_name(x, counties[i]->name, counties[i]->name_en);
		size_t n_towns = region_children(counties[i]->place, desk_today(x), towns, 64);

		add_place(x, v, &n, counties[i], group);
		for (size_t k = 0; k < n_towns && k < 64; k++)
			add_place(x, v, &n, towns[k], group);
	}
	return n;
}

static size_t
village_options(struct exchange *x, struct text town, struct ui_option *v)
{
	const struct division *villages[PLACES_MAX];
	struct place p = { 0 };
	size_t n = 0, n_villages;

	if (place_parse(town, &p) != RC_OK || place_level(p) != PLACE_TOWN)
		return 0;
	n_villages = region_children(p, desk_today(x), villages, PLACES_MAX);
	for (size_t i = 0; i < n_villages && i < PLACES_MAX; i++)
		add_place(x, v, &n, villages[i], TEXT_NONE);
	return n;
}

void
desk_put_place(struct exchange *x, struct html *h, const struct form *form)
{
	struct ui_option *towns = arena_array(x->ctx->mem, PLACES_MAX, sizeof *towns);
	struct ui_option *villages = arena_array(x->ctx->mem, PLACES_MAX, sizeof *villages);
	struct ui_place_chooser c = {
		.town = form_field(form, "town"), .village = form_field(form, "village"), .towns = towns,
		.villages = villages, .town_typed = ui_typed(form, "town", &x->typed),
		.village_typed = ui_typed(form, "village", &x->typed), .findings = &x->findings,
	};

	if (towns == NULL || villages == NULL)
		return;
	c.n_towns = town_options(x, towns);
	c.n_villages = village_options(x, c.town_typed, villages);
	ui_place_chooser(h, &c);
}

static enum rc
put_likely(struct exchange *x, struct html *h, struct text id_number, struct text phone, struct text name)
{
	struct person_likely v[PERSON_LIKELY_MAX];
	size_t n = 0;
	enum rc rc = person_find_duplicates(x->ctx, x->ctx->crypt, id_number, phone, name, DAY_NONE, v, PERSON_LIKELY_MAX, &n);

	if (rc != RC_OK || n == 0)
		return rc;
	html_raw(h, "<div class=\"notice soon\"><p><b>");
	html_say(h, T("可能已经登记过，核对一下："));
	html_raw(h, "</b></p><ul>");
	for (size_t i = 0; i < n; i++) {
		html_raw(h, "<li>");
		html_text(h, desk_join(x, desk_join(x, v[i].name_masked, v[i].id_masked), v[i].phone_masked));
		html_raw(h, " — ");
		html_say(h, person_same_label(v[i].why));
		html_raw(h, "</li>");
	}
	html_raw(h, "</ul></div>");
	return RC_OK;
}

static void
put_person(struct exchange *x, struct html *h)
{
	enum rc rc;

	/* by POST, so that no number stands in an address or a log */
	html_raw(h, "<div class=\"columns\" data-hx-post=\"/desk/intake/duplicates\" data-hx-trigger=\"input delay:600ms\""
	    " data-hx-target=\"#likely\" data-hx-swap=\"innerHTML\" data-hx-include=\"closest form\">");
	field(x, h, "name");
	field(x, h, "id_number");
	field(x, h, "phone");
	html_raw(h, "</div><div id=\"likely\" aria-live=\"polite\">");
	rc = x->in->method == HTTP_POST ? put_likely(x, h, ui_typed(&intake_form, "id_number", &x->typed),
	    ui_typed(&intake_form, "phone", &x->typed), ui_typed(&intake_form, "name", &x->typed)) : RC_OK;
	(void)rc; /* a hint only: intake goes on without it */
	html_raw(h, "</div>");
}

static bool
any_typed(struct exchange *x, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct text t = ui_typed(&intake_form, keys[i], &x->typed);

		if (findings_of(&x->findings, keys[i]) || !text_equals(t, begin_with(x, keys[i])))
			return true;
	}
	return false;
}

static void
details_open(struct html *h, const char *title, bool open)
{
	buf_add(h->out, open ? TEXT("<details class=\"more\" open><summary>") : TEXT("<details class=\"more\"><summary>"));
	html_say(h, title);
	html_raw(h, "</summary>");
}

static void
put_language(struct exchange *x, struct html *h)
{
	struct ui_option options[24];
	struct code_row *rows = NULL;
	size_t n = 0;

	if (code_list(x->ctx, "language", desk_today(x), &rows, &n) != RC_OK)
		n = 0;
	n = n > 24 ? 24 : n;
	for (size_t i = 0; i < n; i++)
		options[i] = (struct ui_option){ .value = rows[i].code, .label = desk_name(x, rows[i].name, rows[i].name_en) };
	ui_field_select(h, form_field(&intake_form, "language"), options, n, ui_typed(&intake_form, "language", &x->typed),
	    findings_of(&x->findings, "language"));
}

/* Asked of few; open as soon as something stands in it. */
static void
put_more(struct exchange *x, struct html *h)
{
	static const char *const who[] = { "caller", "caller_name", "caller_phone", "groups" };
	static const char *const other[] = { "opponent", "opponent_id", "language" };
	static const char *const org[] = { "applicant", "org_name", "credit_code", "founded", "staff" };

	html_raw(h, "<div class=\"columns\">");
	details_open(h, T("代人来说、特殊人群"), any_typed(x, who, 4));
	html_raw(h, "<div class=\"columns\">");
	put_select(x, h, "caller");
	field(x, h, "caller_name");
	field(x, h, "caller_phone");
	html_raw(h, "</div>");
	field(x, h, "groups");
	html_raw(h, "</details>");
	details_open(h, T("家庭、村委会、社会组织、企业"), any_typed(x, org, 5));
	html_raw(h, "<div class=\"columns\">");
	put_select(x, h, "applicant");
	field(x, h, "org_name");
	field(x, h, "credit_code");
	field(x, h, "founded");
	field(x, h, "staff");
	html_raw(h, "</div></details>");
	details_open(h, T("对方当事人、语言"), any_typed(x, other, 3));
	html_raw(h, "<div class=\"columns\">");
	field(x, h, "opponent");
	field(x, h, "opponent_id");
	put_language(x, h);
	html_raw(h, "</div></details></div>");
}

static void
put_side(struct exchange *x, struct html *h)
{
	html_raw(h, "<div class=\"columns\">");
	put_select(x, h, "topic");
	field(x, h, "subject");
	put_select(x, h, "channel");
	html_raw(h, "</div><div class=\"ticks\">");
	field(x, h, "accept_now");
	field(x, h, "urgent");
	field(x, h, "anonymous");
	field(x, h, "scheduled");
	field(x, h, "gathered");
	html_raw(h, "</div>");
}

void
intake_form_show(struct exchange *x, struct html *h)
{
	struct text key = x->in->method == HTTP_POST && x->out->status == 422 ? frame_key_text(x) : desk_key(x);

	ui_error_summary(h, &intake_form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/intake"), .csrf = x->csrf, .key = key, .id = "intake",
	    .draft = "/desk/draft?form=intake" });
	put_items(x, h);
	put_person(x, h);
	field(x, h, "detail");
	desk_put_place(x, h, &intake_form);
	put_side(x, h);
	put_more(x, h);
	ui_form_buttons(h, T("登记"), TEXT("/desk"));
	ui_form_close(h);
}

/* ---- the page --------------------------------------------------------------------------------------------------- */

static void
put_restored(struct exchange *x, struct html *h)
{
	html_raw(h, "<div class=\"notice info\" role=\"status\"><p>");
	html_say(h, T("这是上次没提交的内容，接着填。"));
	html_raw(h, "</p>");
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/intake/clear"), .csrf = x->csrf });
	html_raw(h, "<button type=\"submit\" class=\"button\">");
	html_say(h, T("清空，重新填"));
	html_raw(h, "</button>");
	ui_form_close(h);
	html_raw(h, "</div>");
}

enum rc
intake_begin(struct exchange *x, bool *ret_restored)
{
	struct typed kept = { NULL };
	enum rc rc = typed_begin(x, &x->typed);

	*ret_restored = rc == RC_OK && desk_draft_typed(x, TEXT("intake"), &intake_form, &kept);
	if (*ret_restored)
		x->typed = kept;
	return rc;
}

void
intake_begin_with(struct exchange *x, const char *key, struct text value)
{
	typed_set(&x->typed, key, value);
}

static enum rc
intake_show(struct exchange *x, bool restored, const struct case_note *note)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("新受理"), .area = FRAME_INTAKE });
	ui_title(&h, T("新受理"), TEXT_NONE);
	if (note != NULL)
		ui_notice(&h, note->tone, note->title, note->body_text);
	if (restored)
		put_restored(x, &h);
	intake_form_show(x, &h);
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/complaint/new"), T("不是求助，是投诉：记一件投诉"));
	html_raw(&h, "</p>");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
intake_page(struct exchange *x)
{
	bool restored = false;
	enum rc rc = intake_begin(x, &restored);

	return rc == RC_OK ? intake_show(x, restored, NULL) : rc;
}

enum rc
intake_clear_post(struct exchange *x)
{
	desk_draft_drop(x, TEXT("intake"));
	http_redirect(x->out, TEXT("/desk/intake"));
	return RC_OK;
}

/* ---- sending ------------------------------------------------------------------------------------------------------ */

struct item_arg { struct text code; struct item item; };

static enum rc
item_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct item_arg *arg = argument;

	return catalogue_load_code(tx, actor, arg->code, day_of_moment(tx_now_ms(tx)), &arg->item);
}

static enum rc
find_item(struct exchange *x, struct text code, int64_t *ret)
{
	struct item_arg arg = { .code = code };
	enum rc rc = db_read(x->ctx, item_tx, &arg);

	if (rc == RC_NOT_FOUND) {
		findings_add(&x->findings, "item", T("没有这一事项，请重新选择"), 0);
		return RC_INVALID;
	}
	*ret = arg.item.id;
	return rc;
}

static enum rc
receive(struct exchange *x, const struct intake_values *in, struct intake_receipt *ret)
{
	struct intake_new out;
	int64_t item = 0;
	enum rc rc;

	intake_judge(in, &x->findings);
	rc = find_item(x, in->item, &item);
	if (rc != RC_OK)
		return rc;
	out = intake_of(in, item);
	if (x->findings.total > 0)
		return RC_INVALID;
	rc = intake_receive(x->ctx, frame_idem_key(x), &out, &x->findings, ret);
	intake_rekey(&x->findings);
	return rc;
}

enum rc
desk_to_receipt(struct exchange *x, const struct intake_receipt *r)
{
	frame_cookie_set(x, "desk-receipt", arena_format(x->ctx->mem, "%lld.%s", (long long)r->id, r->code), 1800);
	http_redirect(x->out, arena_format(x->ctx->mem, "/desk/request/%lld/receipt", (long long)r->id));
	return RC_OK;
}

enum rc
intake_post(struct exchange *x)
{
	struct intake_receipt receipt = { .id = 0 };
	enum rc rc = x->form_rc;

	if (params_has(x->in->form, "list-villages")) {
		x->findings.n = x->findings.total = 0;
		return intake_show(x, false, NULL);
	}
	if (rc == RC_OK)
		rc = receive(x, x->values, &receipt);
	if (rc == RC_OK) {
		desk_draft_drop(x, TEXT("intake"));
		return desk_to_receipt(x, &receipt);
	}
	if (rc == RC_DUPLICATE) {
		struct case_note note = { .tone = UI_SOON, .title = T("这张表刚才已经登记成一件了"),
			.body_text = desk_join(x, arena_text(x->ctx->mem, text_of(receipt.number)),
			    desk_say(x, T("现在填的内容不同。确实是另一件事，就再按一次登记。"))) };

		x->out->status = 409;
		return intake_show(x, false, &note);
	}
	if (rc != RC_INVALID && rc != RC_REFUSED)
		return rc;
	x->out->status = 422;
	return intake_show(x, false, NULL);
}

/* Fragment for htmx: who might be the same, while the numbers are typed. */
enum rc
duplicates_post(struct exchange *x)
{
	struct html h = frame_html(x);
	enum rc rc;

	h.desk = true;
	rc = put_likely(x, &h, params_get(x->in->form, "id_number"), params_get(x->in->form, "phone"),
	    params_get(x->in->form, "name"));
	return rc == RC_OK ? buf_rc(h.out) : rc;
}
