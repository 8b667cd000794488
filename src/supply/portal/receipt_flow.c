/* The way back in: a receipt's code, in a cookie that ends with the browser. */
#include "supply/portal/portal_internal.h"

#include "base/code.h"

enum rc
receipt_enter_code(struct exchange *x, struct text code, struct receipt *ret)
{
	unsigned char bytes[CODE_BYTES];
	char line[20];
	enum rc rc;

	ret->wait_s = 0;
	rc = intake_enter(x->ctx, code, x->in->peer, &ret->actor, &ret->wait_s);
	if (rc != RC_OK)
		return rc;
	rc = code_parse(code, bytes);
	if (rc != RC_OK)
		return rc;
	code_print(bytes, line);
	ret->code = arena_text(x->ctx->mem, text_of(line));
	ret->ctx = *x->ctx;
	ret->ctx.actor = &ret->actor;
	return RC_OK;
}

/* A cookie that is no code is not a try: it is thrown away without being counted. */
enum rc
receipt_enter(struct exchange *x, struct receipt *ret)
{
	struct text code = frame_cookie(x, "receipt");
	unsigned char bytes[CODE_BYTES];
	enum rc rc;

	ret->wait_s = 0;
	if (code.n == 0 || code_parse(code, bytes) != RC_OK)
		return RC_NOT_FOUND;
	rc = receipt_enter_code(x, code, ret);
	if (rc == RC_NOT_FOUND)
		receipt_forget(x);
	return rc;
}

void
receipt_keep(struct exchange *x, struct text code)
{
	frame_cookie_set(x, "receipt", code, 0);
}

void
receipt_forget(struct exchange *x)
{
	frame_cookie_set(x, "receipt", TEXT_NONE, -1);
}

enum rc
receipt_enter_or_ask(struct exchange *x, struct receipt *ret, bool *ret_in)
{
	enum rc rc = receipt_enter(x, ret);

	*ret_in = rc == RC_OK;
	if (rc == RC_NOT_FOUND || rc == RC_TOO_MANY) {
		http_redirect(x->out, TEXT("/my"));
		return RC_OK;
	}
	return rc;
}
