/* Drafts: sealed, since they hold what people typed of themselves; keyed by who is typing. */
#include "operations/intake/intake_store.h"

#include <string.h>

struct draft_owner
draft_owner_account(int64_t account)
{
	struct draft_owner o = { { 0 } };

	memcpy(o.b, &account, sizeof account);
	o.b[15] = 'a';
	return o;
}

struct draft_owner
draft_owner_cookie(struct text cookie)
{
	struct draft_owner o;
	unsigned char sha[32];

	crypt_hash(cookie, sha);
	memcpy(o.b, sha, sizeof o.b);
	o.b[15] = 'c'; /* never an account's */
	return o;
}

struct draft_arg {
	struct draft_owner owner;
	struct text form, sealed;
};

static struct db_value
owner_value(const struct draft_arg *arg)
{
	return db_blob((struct text){ (const char *)arg->owner.b, sizeof arg->owner.b });
}

static enum rc
save_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct draft_arg *arg = argument;

	return tx_run(tx, actor, &intake_q[Q_DRAFT_SAVE],
	    ARGS(owner_value(arg), db_text(arg->form), db_blob(arg->sealed), db_int(tx_now_ms(tx))), NULL);
}

static struct text
draft_context(struct ctx *ctx, struct text form)
{
	return arena_format(ctx->mem, "draft.%.*s", (int)form.n, form.p);
}

enum rc
draft_save(struct ctx *ctx, struct draft_owner owner, const char *form, struct text body)
{
	struct draft_arg arg = { .owner = owner, .form = text_of(form) };
	enum rc rc;

	if (body.n > DRAFT_MAX)
		return RC_TOO_LARGE;
	rc = crypt_seal(ctx->crypt, ctx->mem, body, draft_context(ctx, arg.form), &arg.sealed);
	if (rc != RC_OK)
		return rc;
	return db_job(ctx, &(struct command){ .name = "draft.save", .fn = save_tx, .arg = &arg });
}

static enum rc
load_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct draft_arg *arg = argument;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &intake_q[Q_DRAFT_LOAD], ARGS(owner_value(arg), db_text(arg->form)), &row);

	if (rc == RC_OK)
		arg->sealed = rows_copy(row, 0);
	return rc;
}

enum rc
draft_load(struct ctx *ctx, struct draft_owner owner, const char *form, struct text *ret)
{
	struct draft_arg arg = { .owner = owner, .form = text_of(form) };
	enum rc rc = db_read(ctx, load_tx, &arg);

	return rc == RC_OK ? crypt_unseal(ctx->crypt, ctx->mem, arg.sealed, draft_context(ctx, arg.form), ret) : rc;
}

static enum rc
drop_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct draft_arg *arg = argument;

	return tx_run(tx, actor, &intake_q[Q_DRAFT_DROP], ARGS(owner_value(arg), db_text(arg->form)), NULL);
}

enum rc
draft_drop(struct ctx *ctx, struct draft_owner owner, const char *form)
{
	struct draft_arg arg = { .owner = owner, .form = text_of(form) };

	return db_job(ctx, &(struct command){ .name = "draft.drop", .fn = drop_tx, .arg = &arg });
}
