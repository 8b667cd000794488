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

/* The receipt of the first request is the receipt of what it became. */
static enum rc
find_newest(struct tx *tx, const struct actor *actor, struct enter_arg *arg)
{
	struct actor first = { .kind = ACTOR_RECEIPT, .city = actor->city, .places = PLACE_RANGE_EMPTY };
	enum rc rc = request_find_code(tx, actor, arg->hash, &arg->ret);

	first.request = arg->ret.n;
	return rc == RC_OK ? tx_int(tx, &first, &intake_q[Q_NEWEST], NO_ARGS, &arg->ret.n) : rc;
}

enum rc
intake_earlier(struct tx *tx, const struct actor *actor, struct case_id *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &intake_q[Q_EARLIER], ARGS(db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++].n = rows_int(row, 0);
	return rc == RC_DONE ? RC_OK : rc;
}

/*
 * A right code is let in whatever others behind the same address have tried: 80 bits need no delay.  A wrong
 * one is counted and slowed.
 */
static enum rc
enter_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct enter_arg *arg = argument;
	enum rc rc = arg->readable ? find_newest(tx, actor, arg) : RC_NOT_FOUND;

	arg->found = rc == RC_OK;
	return rc == RC_NOT_FOUND ? delay_take(tx, actor, arg->subject, &arg->wait_s) : rc;
}

static enum rc
look_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct enter_arg *arg = argument;

	return arg->readable ? find_newest(tx, actor, arg) : RC_NOT_FOUND;
}

enum rc
intake_enter(struct ctx *ctx, struct text code, struct text peer, struct actor *ret, int64_t *ret_wait_s)
{
	struct enter_arg arg = { .found = false };
	char network[DELAY_NETWORK_CHARS];
	unsigned char bytes[CODE_BYTES], sha[32];
	struct idem_key key;
	enum rc rc;

	delay_network(peer, network);
	arg.subject = arena_format(ctx->mem, "code:%s", network);
	if (arg.subject.p == NULL)
		return RC_NO_MEMORY;
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
