/* Who is at the desk: logging in and out, the own account. */
#include "supply/desk/desk_internal.h"

/* The page asked for before, when it is one of the desk's; log-in and log-out themselves are not. */
static struct text
next_path(struct text typed)
{
	if (!http_path_is_ours(typed) || !text_starts_with(typed, TEXT("/desk"))
	    || text_starts_with(typed, TEXT("/desk/log")) || text_equals(typed, TEXT("/desk")))
		return TEXT_NONE;
	return typed;
}

static enum rc
login_show(struct exchange *x, struct text next, const char *why, int64_t wait_s)
{
	struct html h = frame_html(x);

	frame_desk_open(x, &h, &(struct frame_page){ .title = T("工作人员登录"), .bare = true });
	html_raw(&h, "<div class=\"login\">");
	ui_title(&h, T("工作人员登录"), TEXT_NONE);
	ui_error_summary(&h, &login_form, &x->findings);
	if (why)
		ui_notice_say(&h, UI_LATE, NULL, why);
	if (wait_s > 0) {
		html_raw(&h, "<p role=\"alert\">");
		html_sayf(&h, T("为了安全，请等 %lld 秒再试。"), (long long)wait_s);
		html_raw(&h, "</p>");
	}
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/login"), .id = "act" });
	ui_form_field(&h, &login_form, "login", &x->typed, &x->findings);
	ui_form_field(&h, &login_form, "password", &x->typed, &x->findings);
	if (next.n > 0)
		ui_hidden(&h, "next", next);
	ui_form_buttons(&h, T("登录"), TEXT_NONE);
	ui_form_close(&h);
	html_raw(&h, "<p class=\"meta\">");
	html_say(&h, T("忘了密码，请找本单位管理员重设。要咨询法律问题，请回首页，不用登录。"));
	html_raw(&h, "</p><p>");
	ui_link(&h, TEXT("/"), T("回首页"));
	html_raw(&h, "</p></div>");
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
login_page(struct exchange *x)
{
	struct text next = next_path(desk_query(x, "next"));

	if (x->ctx->actor->kind == ACTOR_ACCOUNT) {
		http_redirect(x->out, next.n > 0 ? next : frame_home(x->ctx->actor));
		return RC_OK;
	}
	return login_show(x, next, NULL, 0);
}

enum rc
login_post(struct exchange *x)
{
	const struct login_values *in = x->values;
	struct session session;
	struct actor actor;
	struct text next = next_path(in->next);
	int64_t wait_s = 0;
	enum rc rc;

	if (x->form_rc != RC_OK) {
		x->out->status = 422;
		return login_show(x, next, NULL, 0);
	}
	rc = identity_login(x->ctx, x->ctx->crypt, in->login, in->password, x->in->peer, &session, &wait_s);
	if (rc == RC_FORBIDDEN || rc == RC_TOO_MANY || rc == RC_INVALID) {
		x->out->status = rc == RC_TOO_MANY ? 429 : 422;
		return login_show(x, next, rc == RC_TOO_MANY ? T("试得太多了") : T("登录名或密码不对"), wait_s);
	}
	if (rc != RC_OK)
		return rc;
	/* a session this browser had before ends here: its cookie is about to be replaced */
	if (frame_cookie(x, "session").n > 0)
		rc = identity_logout(x->ctx, frame_cookie(x, "session"));
	if (rc != RC_OK)
		return rc;
	frame_cookie_set(x, "session", arena_text(x->ctx->mem, text_of(session.token)), 0);
	actor = identity_actor(&session.account, x->ctx->actor->city);
	http_redirect(x->out, next.n > 0 ? next : frame_home(&actor));
	return RC_OK;
}

enum rc
logout_post(struct exchange *x)
{
	enum rc rc = identity_logout(x->ctx, frame_cookie(x, "session"));

	if (rc != RC_OK)
		return rc;
	frame_cookie_set(x, "session", TEXT_NONE, -1);
	http_redirect(x->out, TEXT("/desk/login"));
	return RC_OK;
}

/* ---- the own account ------------------------------------------------------------------------------ */

static enum rc
me_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return identity_load(tx, actor, (struct account_id){ actor->account }, arg);
}

static void
put_me(struct exchange *x, struct html *h, const struct account *a)
{
	struct point point = { .id = 0 };
	bool known = a->point != 0 && network_find(x->ctx, a->point, &point) == RC_OK;
	const struct ui_fact facts[] = {
		{ .label = T("姓名"), .value = a->name },
		{ .label = T("登录名"), .value = a->login },
		{ .label = T("职务"), .value = a->title },
		{ .label = T("角色"), .value = desk_say(x, role_label(a->role)) },
		{ .label = T("单位"), .value = known ? desk_name(x, point.name, point.name_en) : TEXT_NONE },
		{ .label = T("管辖范围"), .value = region_path(a->place) },
		{ .label = T("在办"), .value = arena_format(x->ctx->mem, "%lld / %lld", (long long)a->open_load,
		    (long long)a->capacity) },
	};

	ui_facts(h, facts, sizeof facts / sizeof facts[0]);
}

static enum rc
account_show(struct exchange *x, const char *wrong, int64_t wait_s)
{
	struct html h = frame_html(x);
	struct account me;
	enum rc rc = db_read(x->ctx, me_tx, &me);

	if (rc != RC_OK)
		return rc;
	frame_desk_open(x, &h, &(struct frame_page){ .title = T("我的账号") });
	ui_title(&h, T("我的账号"), TEXT_NONE);
	if (text_equals(desk_query(x, "done"), TEXT("password")))
		ui_notice_say(&h, UI_OK, NULL, T("密码已改。"));
	if (wrong)
		ui_notice_say(&h, UI_LATE, NULL, wrong);
	if (wait_s > 0) {
		html_raw(&h, "<p role=\"alert\">");
		html_sayf(&h, T("为了安全，请等 %lld 秒再试。"), (long long)wait_s);
		html_raw(&h, "</p>");
	}
	ui_error_summary(&h, &password_form, &x->findings);
	put_me(x, &h, &me);
	ui_section_open(&h, T("修改密码"));
	ui_form_open(&h, &(struct ui_form){ .action = TEXT("/desk/account"), .csrf = x->csrf, .key = frame_key_text(x) });
	ui_form_fields(&h, &password_form, NULL, &x->findings);
	ui_form_buttons(&h, T("改密码"), TEXT_NONE);
	ui_form_close(&h);
	ui_section_close(&h);
	ui_section_open(&h, T("快捷键"));
	ui_paragraph(&h, T("按 ? 看所有快捷键，也在那里关掉或打开单键快捷键（只影响这台电脑的这个浏览器）。"));
	ui_section_close(&h);
	frame_desk_close(x, &h);
	return buf_rc(h.out);
}

enum rc
account_page(struct exchange *x)
{
	return account_show(x, NULL, 0);
}

enum rc
account_post(struct exchange *x)
{
	const struct password_values *in = x->values;
	int64_t wait_s = 0;
	enum rc rc = x->form_rc;

	if (rc == RC_OK && !text_equals(in->fresh, in->again)) {
		findings_add(&x->findings, "again", T("两次输入的新密码不一样"), 0);
		rc = RC_INVALID;
	}
	if (rc == RC_OK) {
		rc = identity_change_own_password(x->ctx, x->ctx->crypt, frame_idem_key(x), in->old, in->fresh, &wait_s);
		if (rc == RC_FORBIDDEN)
			findings_add(&x->findings, "old", T("现在的密码不对"), 0);
		if (rc == RC_INVALID)
			findings_add(&x->findings, "fresh", T("这个密码太容易猜到，或者和原来的一样"), 0);
	}
	if (rc == RC_OK) {
		http_redirect(x->out, TEXT("/desk/account?done=password"));
		return RC_OK;
	}
	if (rc != RC_FORBIDDEN && rc != RC_INVALID && rc != RC_TOO_MANY)
		return rc;
	x->out->status = rc == RC_TOO_MANY ? 429 : 422;
	return account_show(x, rc == RC_TOO_MANY ? T("试得太多了") : NULL, wait_s);
}
