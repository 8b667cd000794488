/* A case waits for papers, an appraisal, somebody's word: its clocks stand still and go on. */
#include "supply/desk/desk_internal.h"

#define WAIT_DAYS 7 /* what the form proposes */

void
draw_pause(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	struct ui_option *papers = arena_array(x->ctx->mem, v->n_files + 1, sizeof *papers);
	char day[16];
	struct text until = arena_text(x->ctx->mem, day_print(day_add(desk_today(x), WAIT_DAYS), day));

	draw_revision(x, h, v);
	draw_codes(x, h, act->form, "code", "clock.pause");
	ui_form_field(h, act->form, "words", &x->typed, &x->findings);
	ui_field(h, form_field(act->form, "until"), draw_typed_or(x, act->form, "until", until), findings_of(&x->findings, "until"));
	for (size_t i = 0; papers != NULL && i < v->n_files; i++)
		papers[i] = (struct ui_option){ .value = desk_int(x, v->files[i].id), .label = v->files[i].name };
	ui_field_select(h, form_field(act->form, "proof"), papers, papers ? v->n_files : 0,
	    ui_typed(act->form, "proof", &x->typed), findings_of(&x->findings, "proof"));
}

void
case_paused(struct exchange *x, struct html *h, const struct case_view *v)
{
	const struct case_pause *p = v->paused;
	struct text until;

	if (p == NULL)
		return;
	until = desk_when(x, p->until_ms);
	ui_notice(h, UI_HOLD, T("计时已暂停"), desk_join(x, desk_join(x, desk_name(x, p->name, p->name_en), p->words),
	    arena_format(x->ctx->mem, "%s %.*s", msg(x->ctx->lang, T("最晚等到")), (int)until.n, until.p)));
}

enum rc
pause_post(struct exchange *x)
{
	const struct pause_values *in = x->values;
	enum pause_why why = PAUSE_MAY;
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = request_pause(x->ctx, frame_idem_key(x), &(struct pause_new){ .id = id, .revision = in->revision,
		    .code = in->code, .words = in->words, .until = in->until, .proof = in->proof }, &why);
	if (rc == RC_REFUSED)
		findings_add(&x->findings, pause_why_field(why), pause_why_label(why), 0);
	return case_end(x, id, "pause", rc, "pause");
}

enum rc
resume_post(struct exchange *x)
{
	const struct resume_values *in = x->values;
	struct case_id id;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = request_resume(x->ctx, frame_idem_key(x), id, in->revision, in->words);
	if (rc == RC_REFUSED)
		findings_add(&x->findings, "", T("现在没有暂停"), 0);
	return case_end(x, id, "resume", rc, "resume");
}
