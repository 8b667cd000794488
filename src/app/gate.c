/*
 * The way into every handler: who is it, may they, did the form come from us, what was typed.
 * Deny by default.  Nothing behind this point asks for a right by itself, but storage binds every
 * statement to the actor all the same.
 */
#include "app/app.h"

#include "base/code.h"
#include "kit/json/json.h"
#include "kit/log/log.h"
#include "supply/frame/frame.h"

#include <string.h>

/* What lives as long as the request; the exchange stands first, so that gate_user() finds the rest. */
struct visit {
	struct exchange x;
	struct ctx ctx;
	struct actor actor;
	struct session session;
	bool logged_in;
	bool stale;      /* sent by a page of ours whose token no longer holds */
};

struct text
gate_user(const struct exchange *x)
{
	const struct visit *v = (const struct visit *)x;

	return v->logged_in ? v->session.account.name : TEXT_NONE;
}

const struct route *
gate_route(void *arg, enum http_method method, struct text path)
{
	struct param segments[HTTP_SEGMENTS_MAX];
	size_t n = 0, n_sets = 0;
	const struct route_set *sets = app_routes(&n_sets);
	int status = 0;

	(void)arg;
	return http_match(sets, n_sets, method, path, segments, &n, &status);
}

/* ---- language and elder mode ------------------------------------------------------------------------- */

static bool
switch_read(struct exchange *x, const char *name, struct text on, struct text off)
{
	struct text asked = params_get(x->in->query, name);

	if (!text_equals(asked, on) && !text_equals(asked, off))
		return text_equals(frame_cookie(x, name), on);
	frame_cookie_set(x, name, asked, INT64_C(31536000));
	return text_equals(asked, on);
}

static void
comfort(struct visit *v)
{
	v->ctx.lang = switch_read(&v->x, "lang", TEXT("en"), TEXT("zh")) ? LANG_EN : LANG_ZH;
	v->x.elder = switch_read(&v->x, "elder", TEXT("1"), TEXT("0"));
}

/* ---- who ------------------------------------------------------------------------------------------------ */

static bool
is_api(const struct route *r)
{
	return (r->flags & ROUTE_API) != 0;
}

static void
browser_cookie(struct visit *v)
{
	unsigned char random[16];
	char hex[33];
	struct text value = frame_cookie(&v->x, "browser");

	if (value.n != 32) {
		if (v->x.in->method == HTTP_POST)
			return; /* a form of ours always finds the cookie it was shown with */
		crypt_random(random, sizeof random);
		hex_print(random, sizeof random, hex);
		value = arena_text(v->ctx.mem, text_of(hex));
		frame_cookie_set(&v->x, "browser", value, 0);
	}
	v->x.browser = value;
}

static void
anonymous_csrf(struct visit *v)
{
	unsigned char mac[32];
	char hex[65];

	if (v->x.browser.n == 0)
		return;
	crypt_mac(v->ctx.crypt, "csrf", v->x.browser, mac);
	hex_print(mac, 16, hex);
	v->x.csrf = arena_text(v->ctx.mem, text_of(hex));
}

static enum rc
who(struct visit *v)
{
	struct text token = frame_cookie(&v->x, "session");
	enum rc rc = RC_UNAUTHENTICATED;

	if (token.n > 0)
		rc = identity_session(&v->ctx, token, &v->session);
	if (rc == RC_OK) {
		v->logged_in = true;
		v->actor = identity_actor(&v->session.account, v->actor.city);
		v->x.csrf = text_of(v->session.csrf);
	}
	if (!is_api(v->x.route))
		browser_cookie(v);
	if (!v->logged_in)
		anonymous_csrf(v);
	return rc == RC_UNAUTHENTICATED || rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
may(const struct visit *v)
{
	if (v->x.route->right == RIGHT_PUBLIC)
		return RC_OK;
	if (!v->logged_in)
		return RC_UNAUTHENTICATED;
	return v->x.route->right > RIGHT_NONE && actor_may(&v->actor, v->x.route->right) ? RC_OK : RC_FORBIDDEN;
}

/* ---- did the form come from us? ---------------------------------------------------------------------------- */

/* Origin, where a browser sends one, is our own host; Sec-Fetch-Site likewise. */
static bool
origin_is_ours(const struct http_request *in)
{
	struct text origin = params_get(in->headers, "origin");
	struct text host = params_get(in->headers, "host");
	struct text site = params_get(in->headers, "sec-fetch-site");

	if (site.n > 0 && !text_equals(site, TEXT("same-origin")) && !text_equals(site, TEXT("none")))
		return false;
	if (origin.n == 0)
		return true;
	if (text_starts_with(origin, TEXT("https://")))
		origin = (struct text){ origin.p + 8, origin.n - 8 };
	else if (text_starts_with(origin, TEXT("http://")))
		origin = (struct text){ origin.p + 7, origin.n - 7 };
	else
		return false;
	return host.n > 0 && text_equals(origin, host);
}

static enum rc
forged(const struct visit *v)
{
	const struct exchange *x = &v->x;
	struct text token = params_get(x->in->headers, "x-csrf-token");

	if (x->in->method == HTTP_GET || x->in->method == HTTP_HEAD)
		return RC_OK;
	if (!origin_is_ours(x->in))
		return RC_FORBIDDEN;
	if ((x->route->flags & ROUTE_NO_CSRF) != 0 || (is_api(x->route) && !v->logged_in))
		return RC_OK; /* no authority travels with it */
	if (token.n == 0)
		token = params_get(x->in->form, "csrf");
	return x->csrf.n > 0 && token.n == x->csrf.n && crypt_equal(token.p, x->csrf.p, token.n) ? RC_OK : RC_FORBIDDEN;
}

/* ---- what was typed -------------------------------------------------------------------------------------------- */

static enum rc
read_form(struct visit *v)
{
	struct exchange *x = &v->x;
	struct params params = x->in->method == HTTP_POST ? x->in->form : x->in->query;

	if (x->route->form == NULL)
		return RC_OK;
	x->values = arena_alloc(v->ctx.mem, x->route->form->size);
	if (x->values == NULL)
		return RC_NO_MEMORY;
	if (is_api(x->route) && x->in->method == HTTP_POST) {
		x->form_rc = json_params(x->in->body, v->ctx.mem, &params, &x->findings);
		if (x->form_rc != RC_OK)
			return x->form_rc;
	}
	x->form_rc = form_read(x->route->form, params, day_of_moment(v->ctx.now_ms), v->ctx.mem, x->values, &x->typed,
	    &x->findings);
	if (x->form_rc != RC_OK && x->form_rc != RC_INVALID)
		return x->form_rc;
	return (x->route->flags & ROUTE_FORM_KEPT) != 0 ? RC_OK : x->form_rc;
}

/* ---- answers that are not a handler's ---------------------------------------------------------------------------- */

static void
to_login(struct visit *v)
{
	struct text here = v->x.in->path;

	/* a page that was asked for is found again after logging in */
	if (v->x.in->method != HTTP_GET || !http_path_is_ours(here))
		here = TEXT("/desk");
	http_redirect(v->x.out, arena_format(v->ctx.mem, "/desk/login?next=%.*s", (int)here.n, here.p));
}

/* What was typed is handed back, if that is what the failure is about. */
static bool
answer_kept(struct visit *v, enum rc rc)
{
	struct exchange *x = &v->x;

	if (!frame_can_keep(x))
		return false;
	if (rc == RC_UNAUTHENTICATED)
		return origin_is_ours(x->in) && frame_kept(x, KEPT_LOGGED_OUT) == RC_OK;
	if (rc == RC_FORBIDDEN)
		return v->stale && frame_kept(x, KEPT_STALE) == RC_OK;
	if (rc == RC_UNKNOWN)
		return frame_kept(x, KEPT_UNKNOWN) == RC_OK;
	return (rc == RC_BUSY || rc == RC_UNAVAILABLE) && frame_kept(x, KEPT_BUSY) == RC_OK;
}

static void
answer_failure(struct visit *v, enum rc rc)
{
	struct exchange *x = &v->x;
	int status = http_status_of(rc);
	bool api = x->route != NULL && is_api(x->route);

	if (answer_kept(v, rc))
		return;
	if (rc == RC_UNAUTHENTICATED && !api) {
		to_login(v);
		return;
	}
	if (status >= 500)
		LOG(LOG_ERROR, "request.failed", log_text("request", v->ctx.request_id), log_str("rc", rc_name(rc)),
		    log_str("route", x->route != NULL ? x->route->path : ""));
	buf_reset(&x->out->body);
	if (api)
		http_problem(x, status, rc_name(rc), &x->findings);
	else if ((rc == RC_UNKNOWN ? frame_unknown(x) : frame_error(x, status)) != RC_OK)
		x->out->status = 500;
}

static void
answer_no_route(struct visit *v, int status)
{
	size_t n_sets = 0;
	const struct route_set *sets = app_routes(&n_sets);
	char allow[64];

	if (status == 405)
		http_header(v->x.out, "Allow", arena_text(v->ctx.mem, http_allow(sets, n_sets, v->x.in->path, allow)));
	if (text_starts_with(v->x.in->path, TEXT("/api/"))) {
		http_problem(&v->x, status, http_reason(status), NULL);
		return;
	}
	if (frame_error(&v->x, status) != RC_OK)
		v->x.out->status = 500;
}

static bool
answer_asset(struct visit *v)
{
	const struct http_request *in = v->x.in;

	if (!text_starts_with(in->path, TEXT("/static/")) || (in->method != HTTP_GET && in->method != HTTP_HEAD))
		return false;
	v->x.out->asset = asset_by_path(in->path);
	return v->x.out->asset != NULL;
}

void
gate_serve(void *arg, struct arena *mem, const struct http_request *in, struct http_response *out)
{
	struct app *app = arg;
	struct visit v = { .actor = identity_anonymous(app->conf.city) };
	size_t n_sets = 0;
	const struct route_set *sets = app_routes(&n_sets);
	int status = 404;
	enum rc rc;

	v.ctx = app_ctx(app, mem, &v.actor);
	v.ctx.request_id = in->id;
	v.x = (struct exchange){ .ctx = &v.ctx, .in = in, .out = out, .app = app };
	if (answer_asset(&v))
		return;
	v.x.route = http_match(sets, n_sets, in->method, in->path, v.x.segments, &v.x.n_segments, &status);
	comfort(&v);
	if (v.x.route == NULL) {
		answer_no_route(&v, status);
		return;
	}
	rc = who(&v);
	if (rc == RC_OK)
		rc = may(&v);
	if (rc == RC_OK && (rc = forged(&v)) != RC_OK)
		v.stale = origin_is_ours(in);
	if (rc == RC_OK)
		rc = read_form(&v);
	if (rc == RC_OK)
		rc = v.x.route->handler(&v.x);
	if (rc != RC_OK)
		answer_failure(&v, rc);
}
