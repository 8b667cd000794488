/* What every form page needs: idempotency keys and cookies of ours. */
#include "supply/frame/frame.h"

struct idem_key
frame_idem_key(const struct exchange *x)
{
	struct idem_key key;

	if (idem_key_parse(params_get(x->in->form, "key"), &key) != RC_OK)
		key = idem_key_new();
	return key;
}

struct text
frame_key_text(const struct exchange *x)
{
	char hex[33];

	/* 409: that key has stored something else already; what is sent again is another thing */
	idem_key_hex(x->out->status == 409 ? idem_key_new() : frame_idem_key(x), hex);
	return arena_text(x->ctx->mem, text_of(hex));
}

/* __Host- is only accepted over TLS; on loopback without it the plain name is used. */
static struct text
cookie_name(const struct exchange *x, const char *name)
{
	return arena_format(x->ctx->mem, "%s%s", x->in->secure ? "__Host-" : "", name);
}

void
frame_cookie_set(struct exchange *x, const char *name, struct text value, int64_t max_age_s)
{
	struct text full = cookie_name(x, name);
	struct text age = TEXT_NONE;

	if (max_age_s != 0)
		age = arena_format(x->ctx->mem, "; Max-Age=%lld", (long long)(max_age_s < 0 ? 0 : max_age_s));
	http_header(x->out, "Set-Cookie",
	    arena_format(x->ctx->mem, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%.*s", (int)full.n, full.p,
	        (int)value.n, value.p, x->in->secure ? "; Secure" : "", (int)age.n, age.p));
}

struct text
frame_cookie(const struct exchange *x, const char *name)
{
	struct text full = cookie_name(x, name);

	for (size_t i = 0; i < x->in->cookies.n; i++)
		if (text_equals(x->in->cookies.v[i].name, full))
			return x->in->cookies.v[i].value;
	return TEXT_NONE;
}
