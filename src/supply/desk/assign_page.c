/* A supervisor says who holds a case from now on. */
#include "supply/desk/desk_internal.h"

void
draw_assign(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	draw_revision(x, h, v);
	if (v->returns >= DISPATCH_RETURNS_MAX)
		ui_notice_say(h, UI_SOON, T("这是裁定"),
		    T("这件事已被退回两次。裁定给谁，谁就办到底，不能再退、再转。下面写的理由，求助人和双方都看得到，请写平实的话。"));
	if (v->offer != NULL || v->n_callbacks > 0)
		ui_notice_say(h, UI_INFO, NULL, T("正在进行的转交会撤回，约好的回电由新的承办人打。"));
	draw_candidates(x, h, v, act);
	ui_form_field(h, act->form, "login", &x->typed, &x->findings);
	ui_form_field(h, act->form, "reason", &x->typed, &x->findings);
}

/* Whom the form means; a finding when nobody. */
static enum rc
receiver_of(struct exchange *x, const struct assign_values *in, int64_t *ret)
{
	struct text login = text_trim(in->login);
	enum rc rc = RC_OK;

	*ret = in->account;
	if (login.n > 0)
		rc = identity_find_login(x->ctx, login, ret);
	if (rc == RC_NOT_FOUND) {
		findings_add(&x->findings, "login", T("没有这个登录名"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK && *ret == 0) {
		findings_add(&x->findings, "account", T("请选择改派给谁"), 0);
		return RC_INVALID;
	}
	return rc;
}

enum rc
assign_post(struct exchange *x)
{
	const struct assign_values *in = x->values;
	const char *field;
	struct case_id id;
	int64_t to = 0;
	enum rc rc = http_segment_id(x, "id", &id.n);

	if (rc != RC_OK)
		return rc;
	rc = x->form_rc;
	if (rc == RC_OK)
		rc = receiver_of(x, in, &to);
	if (rc == RC_OK) {
		field = in->login.n > 0 ? "login" : "account";
		rc = dispatch_assign(x->ctx, frame_idem_key(x), &(struct dispatch_assign){ .id = id, .revision = in->revision,
		    .to_account = to, .reason = in->reason });
		if (rc == RC_REFUSED)
			findings_add(&x->findings, field, T("现在就由其负责，不用改派"), 0);
		if (rc == RC_INVALID)
			findings_add(&x->findings, field, T("这个账号停用了，或者不办理事项，请另选"), 0);
	}
	return case_end(x, id, "assign", rc, "assign");
}
