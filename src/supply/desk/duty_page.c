/* Duty lawyers: the list of who is where on which day, and the help each gave. */
#include "supply/desk/legalaid_internal.h"

#include "operations/matter/legalaid/legalaid_duty.h"

#define BEFORE_DAYS 31
#define AFTER_DAYS 31
#define DUTIES_MAX 200
#define HELPS_MAX 200
#define LAWYERS_MAX 200

struct duty_values { struct text station; int station_kind; struct day day; int64_t provider; };
#define AT(member) offsetof(struct duty_values, member)
static const struct field fields[] = {
	{ .key = "day", .kind = FIELD_DAY, .label = T("哪一天"), .required = true, .min = -BEFORE_DAYS, .max = 366, .offset = AT(day) },
	{ .key = "station_kind", .kind = FIELD_CHOICE, .label = T("值班地点是哪一类"), .required = true, .choices = aid_station_choices, .offset = AT(station_kind) },
	{ .key = "station", .kind = FIELD_LINE, .label = T("值班地点"), .required = true, .max = 60, .hint = T("例如：演示区看守所。"), .offset = AT(station) },
	{ .key = "provider", .kind = FIELD_INT, .label = T("值班律师"), .required = true, .min = 1, .max = INT64_MAX, .offset = AT(provider) },
};
const struct form aid_duty_form = FORM_OF("aid.duty", T("值班律师"), fields, struct duty_values);

struct help_values { struct text name, words; int stage; uint64_t given; bool wants_aid; };
#define OF(member) offsetof(struct help_values, member)
static const struct field help_fields[] = {
	{ .key = "name", .kind = FIELD_LINE, .label = T("帮助了谁"), .required = true, .max = 60, .offset = OF(name) },
	{ .key = "stage", .kind = FIELD_CHOICE, .label = T("案件在哪个阶段"), .required = true, .choices = aid_stage_choices, .offset = OF(stage) },
	{ .key = "given", .kind = FIELD_FLAGS, .label = T("提供了哪些帮助"), .required = true, .choices = aid_help_choices, .offset = OF(given) },
	{ .key = "words", .kind = FIELD_PARAGRAPH, .label = T("简单记一下"), .max = 500, .offset = OF(words) },
	{ .key = "wants_aid", .kind = FIELD_BOOL, .label = T("本人要申请法律援助，二十四小时内转交（第三十九条）"), .offset = OF(wants_aid) },
};
const struct form aid_help_form = FORM_OF("aid.help", T("值班帮助记录"), help_fields, struct help_values);

struct duties {
	struct day from, to;
	struct aid_duty v[DUTIES_MAX];
	struct provider lawyers[LAWYERS_MAX];
	size_t n, n_lawyers;
};

static enum rc
duties_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct duties *d = arg;
	enum rc rc = aid_duties(tx, actor, d->from, d->to, d->v, DUTIES_MAX, &d->n);

	return rc == RC_OK ? provider_list(tx, actor, 0, 0, d->lawyers, LAWYERS_MAX, &d->n_lawyers) : rc;
}

static bool
writes(const struct exchange *x)
{
	return x->ctx->actor->role != ROLE_PROVIDER && actor_may(x->ctx->actor, RIGHT_INTAKE);
}

static struct text
duty_path(const struct exchange *x, int64_t id)
{
	return arena_format(x->ctx->mem, "/desk/legalaid/duty/%lld", (long long)id);
}

static void
put_duties(struct exchange *x, struct html *h, const struct duties *d)
{
	static const struct ui_column columns[] = { { T("哪一天"), false }, { T("值班地点"), false }, { T("值班律师"), false },
		{ T("帮助人数"), true } };
	struct ui_table t;

	ui_table_open(&t, h, T("值班表"), columns, 4);
	for (size_t i = 0; i < d->n; i++) {
		ui_row_open(&t);
		ui_cell_link(&t, duty_path(x, d->v[i].id), aid_day(x, d->v[i].day));
		ui_cell(&t, d->v[i].station);
		ui_cell(&t, desk_join(x, d->v[i].name, d->v[i].firm_name));
		ui_cell_int(&t, d->v[i].helped);
		ui_row_close(&t);
	}
	ui_table_close(&t);
}

static void
put_duty_form(struct exchange *x, struct html *h, const struct duties *d)
{
	struct ui_option *options = arena_array(x->ctx->mem, d->n_lawyers + 1, sizeof *options);
	size_t n = 0;

	for (size_t i = 0; options != NULL && i < d->n_lawyers; i++) {
		const struct provider *p = &d->lawyers[i];

		if (p->active && (p->kind == PROVIDER_LAWYER || p->kind == PROVIDER_AID_LAWYER))
			options[n++] = (struct ui_option){ .value = desk_int(x, p->id), .label = p->name, .group = p->firm_name };
	}
	ui_section_open(h, T("排一天"));
	ui_error_summary(h, &aid_duty_form, &x->findings);
	ui_form_open(h, &(struct ui_form){ .action = TEXT("/desk/legalaid/duty"), .csrf = x->csrf,
	    .key = x->out->status == 422 ? frame_key_text(x) : desk_key(x) });
	ui_form_field(h, &aid_duty_form, "day", &x->typed, &x->findings);
	ui_form_field(h, &aid_duty_form, "station_kind", &x->typed, &x->findings);
	ui_form_field(h, &aid_duty_form, "station", &x->typed, &x->findings);
	ui_field_select(h, form_field(&aid_duty_form, "provider"), options, n, ui_typed(&aid_duty_form, "provider", &x->typed),
	    findings_of(&x->findings, "provider"));
	ui_form_buttons(h, T("排上"), TEXT("/desk/legalaid"));
	ui_form_close(h);
	ui_section_close(h);
}

static enum rc
duties_show(struct exchange *x)
{
	struct duties *d = ARENA_NEW(x->ctx->mem, struct duties);
	struct html h = frame_html(x);
	enum rc rc;

	if (d == NULL)
		return RC_NO_MEMORY;
	d->from = day_add(desk_today(x), -BEFORE_DAYS);
	d->to = day_add(desk_today(x), AFTER_DAYS);
	rc = db_read(x->ctx, duties_tx, d);
	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("值班律师"), .area = FRAME_QUEUE });
	ui_title(&h, T("值班律师"), TEXT_NONE);
	ui_paragraph(&h, T("在人民法院、人民检察院、看守所值班，为没有辩护人的犯罪嫌疑人、被告人提供法律帮助（第十四条、第三十条）。前后一个月的都在这里。"));
	if (d->n == 0)
		ui_empty(&h, T("还没有排班"), T("在下面排一天。"), TEXT("/desk/legalaid"), T("法律援助案件"));
	else
		put_duties(x, &h, d);
	if (writes(x))
		put_duty_form(x, &h, d);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
duty_list_page(struct exchange *x)
{
	return duties_show(x);
}

enum rc
duty_list_post(struct exchange *x)
{
	const struct duty_values *in = x->values;
	struct place own = desk_own_place(x->ctx->actor);
	enum rc rc = x->form_rc;

	if (rc == RC_OK)
		rc = aid_duty_put(x->ctx, frame_idem_key(x), &(struct aid_duty_new){ .place = place_level(own) > PLACE_COUNTY ? place_up(own, PLACE_COUNTY)
		    : own, .station = in->station, .station_kind = in->station_kind, .day = in->day, .provider = in->provider }, &x->findings);
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/legalaid/duty"));
		return RC_OK;
	}
	if (rc != RC_INVALID)
		return rc;
	x->out->status = 422;
	return duties_show(x);
}

/* ---- one duty ------------------------------------------------------------------------------------------------- */

static struct text
given_text(const struct exchange *x, unsigned given)
{
	struct text t = TEXT_NONE;

	for (int i = 0; i < AID_HELP_COUNT; i++)
		if ((given & BIT(i)) != 0)
			t = desk_join(x, t, desk_say(x, aid_choice_label(aid_help_choices, i)));
	return t;
}

static void
put_pass(struct exchange *x, struct html *h, int64_t duty, const struct aid_help_row *r)
{
	struct text detail;
	enum ui_lamp lamp;

	if (r->pass_due_ms == 0)
		return;
	html_raw(h, "<p>");
	if (r->passed_ms != 0) {
		html_say(h, r->passed_ms <= r->pass_due_ms ? T("已按时转交：") : T("转交晚于二十四小时："));
		html_text(h, desk_when(x, r->passed_ms));
		html_raw(h, "</p>");
		return;
	}
	lamp = desk_lamp(x, r->at_ms, r->pass_due_ms, true, &detail);
	html_say(h, T("要申请法律援助，待转交"));
	html_raw(h, " ");
	ui_lamp(h, lamp, detail);
	html_raw(h, "</p>");
	if (!writes(x))
		return;
	ui_form_open(h, &(struct ui_form){ .action = arena_format(x->ctx->mem, "/desk/legalaid/duty/%lld/pass/%lld", (long long)duty, (long long)r->id),
	    .csrf = x->csrf, .key = desk_key(x) });
	html_raw(h, "<button type=\"submit\" class=\"button\">");
	html_say(h, T("申请已收到"));
	html_raw(h, "</button>");
	ui_form_close(h);
}

static void
put_help(struct exchange *x, struct html *h, int64_t duty, const struct aid_help_row *r)
{
	html_raw(h, "<section><h2>");
	html_text(h, r->name);
	html_raw(h, "</h2><p>");
	html_text(h, desk_join(x, desk_say(x, aid_choice_label(aid_stage_choices, r->stage)), given_text(x, r->given)));
	html_raw(h, "</p>");
	if (r->words.n > 0) {
		html_raw(h, "<p>");
		html_lines(h, r->words);
		html_raw(h, "</p>");
	}
	put_pass(x, h, duty, r);
	html_raw(h, "<p><small>");
	html_text(h, desk_join(x, r->account_name, desk_when(x, r->at_ms)));
	html_raw(h, "</small></p></section>");
}

static enum rc
duty_show(struct exchange *x, int64_t id)
{
	struct aid_help_row *rows = arena_array(x->ctx->mem, HELPS_MAX, sizeof *rows);
	struct html h = frame_html(x);
	struct aid_duty duty;
	size_t n = 0;
	enum rc rc = rows == NULL ? RC_NO_MEMORY : aid_helps(x->ctx, id, &duty, rows, HELPS_MAX, &n);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("值班帮助记录"), .area = FRAME_QUEUE });
	ui_title(&h, T("值班帮助记录"), desk_join(x, aid_day(x, duty.day), duty.station));
	html_raw(&h, "<p>");
	ui_link(&h, TEXT("/desk/legalaid/duty"), T("值班律师"));
	html_raw(&h, "</p>");
	html_raw(&h, "<p>");
	html_text(&h, desk_join(x, duty.name, duty.firm_name));
	html_raw(&h, "</p>");
	for (size_t i = 0; i < n; i++)
		put_help(x, &h, id, &rows[i]);
	ui_section_open(&h, T("记一次帮助"));
	ui_error_summary(&h, &aid_help_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = duty_path(x, id), .csrf = x->csrf, .key = x->out->status == 422 ? frame_key_text(x) : desk_key(x) });
	ui_form_fields(&h, &aid_help_form, &x->typed, &x->findings);
	ui_form_buttons(&h, T("记下"), TEXT("/desk/legalaid/duty"));
	ui_form_close(&h);
	ui_section_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
duty_page(struct exchange *x)
{
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	return rc == RC_OK ? duty_show(x, id) : rc;
}

enum rc
duty_post(struct exchange *x)
{
	const struct help_values *in = x->values;
	int64_t id = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = aid_help_put(x->ctx, frame_idem_key(x), &(struct aid_help_new){ .duty = id, .name = in->name, .words = in->words,
		    .stage = in->stage, .given = (unsigned)in->given, .wants_aid = in->wants_aid }, &x->findings);
	if (rc == RC_OK) {
		http_redirect(x->out, duty_path(x, id));
		return RC_OK;
	}
	if (rc != RC_INVALID)
		return rc;
	x->out->status = 422;
	return duty_show(x, id);
}

enum rc
duty_pass_post(struct exchange *x)
{
	int64_t id = 0, help = 0;
	enum rc rc = http_segment_id(x, "id", &id);

	if (rc == RC_OK)
		rc = http_segment_id(x, "help", &help);
	if (rc == RC_OK)
		rc = aid_help_pass(x->ctx, frame_idem_key(x), id, help);
	if (rc == RC_OK || rc == RC_CONFLICT) {
		http_redirect(x->out, duty_path(x, id));
		return RC_OK;
	}
	return rc;
}
