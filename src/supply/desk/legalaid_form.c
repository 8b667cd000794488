/* The application form at the desk: filled in for those who cannot, corrected, and put to the rules. */
#include "supply/desk/legalaid_internal.h"

#include <string.h>

/* ---- shown again ----------------------------------------------------------------------------------------- */

static struct text
plain_yuan(const struct exchange *x, int64_t fen)
{
	return fen < 0 ? TEXT_NONE : arena_format(x->ctx->mem, "%lld.%02lld", (long long)(fen / 100), (long long)(fen % 100));
}

static struct text
choice_typed(const struct choice *choices, int value)
{
	const struct choice *c = choice_by_value(choices, value);

	return c != NULL ? text_of(c->key) : TEXT_NONE;
}

struct text
aid_form_typed(const struct exchange *x, const struct aid_form *f, const char *key)
{
	const struct { const char *key; struct text value; } v[] = {
		{ "kind", choice_typed(aid_kind_choices, f->kind) }, { "matter", choice_typed(aid_matter_choices, f->matter) },
		{ "status", choice_typed(aid_status_choices, f->status) }, { "organ", f->organ }, { "notice", f->notice },
		{ "designation", choice_typed(aid_designation_choices, f->designation) },
		{ "confirmed", choice_typed(aid_confirm_choices, f->confirmed) },
		{ "household", f->household > 0 ? desk_int(x, f->household) : TEXT_NONE },
		{ "income", plain_yuan(x, f->income) }, { "own_income", plain_yuan(x, f->own_income) },
		{ "limit_day", aid_day(x, f->limit_day) }, { "found_day", aid_day(x, f->found_day) },
	};
	const struct { const char *key; bool on; } flags[] = {
		{ "proof", f->proof }, { "gravest", f->gravest }, { "detained", f->detained }, { "minor", f->minor },
		{ "retrial", f->retrial }, { "other_reason", f->other_reason }, { "own_counsel", f->own_counsel },
		{ "opponent_home", f->opponent_home }, { "commitment", f->commitment }, { "preserve", f->preserve },
	};

	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		if (strcmp(v[i].key, key) == 0)
			return v[i].value;
	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
		if (strcmp(flags[i].key, key) == 0)
			return flags[i].on ? TEXT("1") : TEXT_NONE;
	return TEXT_NONE;
}

/* ---- the page ------------------------------------------------------------------------------------------------- */

static struct text
begins_with(const struct exchange *x, const struct aid_view *v, const char *key)
{
	if (x->typed.v != NULL)
		return ui_typed(&aid_application_form, key, &x->typed);
	if (strcmp(key, "step") == 0)
		return v->a.state == AID_UNFILLED || v->r.state == REQUEST_RECEIVED ? TEXT("save") : TEXT("examine");
	if (strcmp(key, "words") == 0)
		return v->a.examined_words;
	return aid_form_typed(x, &v->a.form, key);
}

static void
put_fields(struct exchange *x, struct html *h, const struct aid_view *v, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		ui_field(h, form_field(&aid_application_form, keys[i]), begins_with(x, v, keys[i]),
		    findings_of(&x->findings, keys[i]));
}

static const struct { const char *title; const char *keys[9]; size_t n; } parts[] = {
	{ T("申请什么"), { "kind", "matter", "own_counsel", "limit_day", "preserve", "retrial" }, 6 },
	{ T("经济状况"), { "status", "proof", "household", "income", "own_income", "opponent_home", "commitment" }, 7 },
	{ T("刑事案件才填"), { "designation", "organ", "notice", "found_day", "gravest", "detained", "minor", "other_reason" }, 8 },
	{ T("确认和审查"), { "confirmed", "words", "step" }, 3 },
};

static enum rc
form_show(struct exchange *x, struct case_id id, const char *trouble)
{
	struct aid_view *v = ARENA_NEW(x->ctx->mem, struct aid_view);
	struct html h = frame_html(x);
	enum rc rc;

	if (v == NULL)
		return RC_NO_MEMORY;
	v->id = id;
	rc = aid_view_read(x, v);
	if (rc != RC_OK || desk_is_lawyers(x->ctx->actor, &v->r))
		return rc != RC_OK ? rc : RC_NOT_FOUND;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("法律援助申请表"), .area = FRAME_QUEUE });
	ui_title(&h, T("法律援助申请表"), desk_join(x, v->r.number, v->r.person_name));
	html_raw(&h, "<p>");
	ui_link(&h, aid_path(x, id, ""), T("回到法律援助"));
	html_raw(&h, "</p>");
	if (trouble != NULL)
		ui_notice_say(&h, UI_LATE, T("没有存下"), trouble);
	ui_paragraph(&h, T("申请人自己写不了的，由您代填，念给本人听，本人签名或者捺印后再存。"));
	ui_error_summary(&h, &aid_application_form, &x->findings);
	ui_form_open(&h, &(struct ui_form){ .action = aid_path(x, id, "/form"), .csrf = x->csrf,
	    .key = x->in->method == HTTP_POST && x->out->status == 422 ? frame_key_text(x) : desk_key(x) });
	ui_hidden(&h, "revision", desk_int(x, v->r.revision));
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		ui_section_open(&h, parts[i].title);
		put_fields(x, &h, v, parts[i].keys, parts[i].n);
		ui_section_close(&h);
	}
	ui_form_buttons(&h, T("存下"), aid_path(x, id, ""));
	ui_form_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
legalaid_form_page(struct exchange *x)
{
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	return rc == RC_OK ? form_show(x, id, NULL) : rc;
}

enum rc
legalaid_form_post(struct exchange *x)
{
	const struct aid_form_values *in = x->values;
	struct aid_verdict verdict = { .why = AID_MAY, .basis = "" };
	struct aid_form form;
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc != RC_OK)
		return rc;
	form = aid_form_of(in, &x->findings);
	rc = x->form_rc == RC_OK && x->findings.total > 0 ? RC_INVALID : x->form_rc;
	if (rc == RC_OK)
		rc = in->step == AID_FORM_EXAMINE
		    ? aid_examine(x->ctx, frame_idem_key(x), id, in->revision, &form, text_trim(in->words), &x->findings, &verdict)
		    : aid_fill(x->ctx, frame_idem_key(x), id, in->revision, &form, &x->findings, &verdict);
	if (rc == RC_OK) {
		http_redirect(x->out, aid_path(x, id, in->step == AID_FORM_EXAMINE ? "?done=examine" : "?done=apply"));
		return RC_OK;
	}
	if (rc != RC_INVALID && rc != RC_REFUSED && rc != RC_CONFLICT && rc != RC_DUPLICATE)
		return rc;
	x->out->status = http_status_of(rc);
	return form_show(x, id, rc == RC_REFUSED ? aid_why_label(verdict.why)
	    : rc == RC_CONFLICT ? T("刚才有人改过了，没有覆盖任何东西。您填的内容还在，核对后再存。")
	    : rc == RC_DUPLICATE ? T("这一份以前已经提交过，这次没有再记。") : NULL);
}
