/* A supervisor says who holds a case from now on. */
#include "supply/desk/desk_internal.h"

void
draw_assign(struct exchange *x, struct html *h, const struct case_view *v, const struct act *act)
{
	draw_revision(x, h, v);
	if (v->offer != NULL || v->n_callbacks > 0)
		ui_notice_say(h, UI_INFO, NULL, T("正在进行的转交会撤回，约好的回电由新的承办人打。"));
	draw_candidates(x, h, v, act);
	ui_form_field(h, act->form, "login", &x->typed, &x->findings);
	ui_form_field(h, act->form, "reason", &x->typed, &x->findings);
}

struct login_arg { struct text login; int64_t account; };

static enum rc
login_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct login_arg *arg = argument;
	struct account a;
	enum rc rc = identity_by_login(tx, actor, arg->login, &a);

	if (rc == RC_OK)
		arg->account = a.id.n;
	return rc;
}

/* Whom the form means; a finding when nobody. */
static enum rc
receiver_of(struct exchange *x, const struct assign_values *in, int64_t *ret)
{
	struct login_arg arg = { .login = text_trim(in->login), .account = in->account };
	enum rc rc = arg.login.n > 0 ? db_read(x->ctx, login_tx, &arg) : RC_OK;

	*ret = arg.account;
	if (rc == RC_NOT_FOUND) {
		findings_add(&x->findings, "login", T("没有这个登录名"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK && arg.account == 0) {
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
