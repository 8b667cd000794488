#include <stdatomic.h>
#include <string.h>

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/log/log.h"
#include "resources/identity/identity.h"
#include "resources/person/person_store.h"

#define HOUR_MS INT64_C(3600000)
#define PURPOSE_LEAST 4
#define PURPOSE_MOST 200
#define SEALED_MOST 64

static _Atomic int64_t reveal_limit = 30;

void
person_set_reveal_limit(int64_t per_hour)
{
	reveal_limit = per_hour;
}

struct sealed { char b[SEALED_MOST]; size_t n; };

struct reveal_arg {
	struct person_id id;
	int64_t request;
	struct text detail;
	struct sealed id_sealed, phone_sealed;
	bool alarm;
};

static enum rc
sealed_copy(struct text from, struct sealed *to)
{
	if (from.n > SEALED_MOST)
		return RC_CORRUPT;
	to->n = from.n;
	if (from.n > 0)
		memcpy(to->b, from.p, from.n);
	return RC_OK;
}

static enum rc
sealed_load(struct tx *tx, const struct actor *actor, struct reveal_arg *arg)
{
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &person_stmts[PERSON_GET], ARGS(db_int(arg->id.n)), &rows);

	if (rc == RC_OK)
		rc = sealed_copy(rows_text(rows, 3), &arg->id_sealed);
	return rc == RC_OK ? sealed_copy(rows_text(rows, 4), &arg->phone_sealed) : rc;
}

static enum rc
alarm_if_many(struct tx *tx, const struct actor *actor, struct reveal_arg *arg)
{
	int64_t n;
	enum rc rc = tx_int(tx, actor, &person_stmts[REVEAL_COUNT],
	    ARGS(db_int(actor->account), db_int(tx_now_ms(tx) - HOUR_MS)), &n);

	arg->alarm = rc == RC_OK && n > reveal_limit;
	if (!arg->alarm)
		return rc;
	return audit_note(tx, actor, "reveal.alarm", "account", actor->account, TEXT_NONE);
}

/* The read and its trace commit together, or nothing is shown. */
static enum rc
reveal_tx(struct tx *tx, const struct actor *actor, void *p)
{
	struct reveal_arg *arg = p;
	int64_t found;
	enum rc rc = sealed_load(tx, actor, arg);

	if (rc == RC_OK && arg->request != 0)
		rc = tx_int(tx, actor, &person_stmts[PERSON_REQUEST],
		    ARGS(db_int(arg->request), db_int(arg->id.n)), &found);
	if (rc == RC_OK)
		rc = audit_note(tx, actor, "person.reveal", "person", arg->id.n, arg->detail);
	return rc == RC_OK ? alarm_if_many(tx, actor, arg) : rc;
}

static enum rc
unseal_into(struct ctx *ctx, struct crypt *crypt, const char *column, int64_t id,
    const struct sealed *sealed, char *out, size_t cap)
{
	struct text clear, context = crypt_context(ctx->mem, column, ctx->actor->city, id);
	enum rc rc;

	out[0] = '\0';
	if (sealed->n == 0)
		return RC_OK;
	if (context.p == NULL)
		return RC_NO_MEMORY;
	rc = crypt_unseal(crypt, ctx->mem, (struct text){ sealed->b, sealed->n }, context, &clear);
	if (rc == RC_OK && clear.n >= cap)
		rc = RC_CORRUPT;
	if (rc != RC_OK)
		return rc;
	memcpy(out, clear.p, clear.n);
	out[clear.n] = '\0';
	return RC_OK;
}

static bool
purpose_fits(struct text purpose)
{
	size_t n;

	if (utf8_check(purpose, false) != UTF8_FINE)
		return false;
	n = utf8_length(purpose);
	return n >= PURPOSE_LEAST && n <= PURPOSE_MOST;
}

enum rc
person_reveal(struct ctx *ctx, struct crypt *crypt, struct person_id id, struct text purpose,
    int64_t request, struct person_clear *ret)
{
	struct reveal_arg arg = { .id = id, .request = request };
	struct person_clear clear;
	enum rc rc;

	if (!actor_may(ctx->actor, RIGHT_REVEAL) || ctx->actor->kind != ACTOR_ACCOUNT)
		return RC_FORBIDDEN;
	purpose = text_trim(purpose);
	if (!purpose_fits(purpose))
		return RC_INVALID;
	arg.detail = arena_format(ctx->mem, "request=%lld purpose=%.*s", (long long)request, (int)purpose.n,
	    purpose.p);
	if (arg.detail.p == NULL)
		return RC_NO_MEMORY;
	/* never under a key of the form: its answer would be stored, and a repeat would leave no trace */
	rc = db_command(ctx, idem_key_new(), &(struct command){ .name = "person.reveal", .fn = reveal_tx,
	    .arg = &arg });
	if (rc == RC_OK && arg.alarm)
		LOG(LOG_WARN, "reveal.alarm", log_int("account", ctx->actor->account));
	if (rc == RC_OK)
		rc = unseal_into(ctx, crypt, "person.id_sealed", id.n, &arg.id_sealed, clear.id_number,
		    sizeof(clear.id_number));
	if (rc == RC_OK)
		rc = unseal_into(ctx, crypt, "person.phone_sealed", id.n, &arg.phone_sealed, clear.phone,
		    sizeof(clear.phone));
	if (rc == RC_OK)
		*ret = clear;
	return rc;
}
