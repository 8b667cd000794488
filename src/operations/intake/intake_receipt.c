/* The way in for somebody with a receipt: the code, and nothing but the code. */
#include "operations/intake/intake_store.h"

#include "base/code.h"
#include "resources/identity/delay.h"

#include <string.h>

struct enter_arg {
	unsigned char hash[16];
	bool readable;              /* it looks like a code at all */
	struct text subject;        /* of the delay */
	struct case_id ret;
	bool found;
	int64_t wait_s;
};

/* Found or not, the try is counted first, so that of many guesses at once only one passes. */
static enum rc
enter_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct enter_arg *arg = argument;
	enum rc rc = delay_take(tx, actor, arg->subject, &arg->wait_s);

	arg->found = false;
	if (rc == RC_OK && arg->readable) {
		rc = request_find_code(tx, actor, arg->hash, &arg->ret);
		arg->found = rc == RC_OK;
	}
	if (rc == RC_OK && arg->found)
		rc = delay_give_back(tx, actor, arg->subject);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc
look_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct enter_arg *arg = argument;
	enum rc rc = delay_check(tx, actor, arg->subject, &arg->wait_s);

	if (rc == RC_OK)
		rc = arg->readable ? request_find_code(tx, actor, arg->hash, &arg->ret) : RC_NOT_FOUND;
	return rc;
}

enum rc
intake_enter(struct ctx *ctx, struct text code, struct text peer, struct actor *ret, int64_t *ret_wait_s)
{
	struct enter_arg arg = { .subject = arena_format(ctx->mem, "code:%.*s", (int)peer.n, peer.p) };
	unsigned char bytes[CODE_BYTES], sha[32];
	struct idem_key key;
	enum rc rc;

	arg.readable = code_parse(code, bytes) == RC_OK;
	if (arg.readable) {
		crypt_hash((struct text){ (const char *)bytes, CODE_BYTES }, sha);
		memcpy(arg.hash, sha, 16);
	}
	rc = db_read(ctx, look_tx, &arg); /* the usual case writes nothing */
	if (rc == RC_NOT_FOUND) {
		crypt_random(key.b, sizeof key.b);
		rc = db_command(ctx, key, &(struct command){ .name = "intake.enter", .fn = enter_tx, .arg = &arg });
		if (rc == RC_OK)
			rc = arg.found ? RC_OK : RC_NOT_FOUND;
	}
	*ret_wait_s = arg.wait_s;
	if (rc == RC_OK)
		*ret = (struct actor){ .kind = ACTOR_RECEIPT, .city = ctx->actor->city, .request = arg.ret.n,
			.places = PLACE_RANGE_EMPTY, .rights = ctx->actor->rights };
	return rc;
}
