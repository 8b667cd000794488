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
	struct sealed id_sealed, phone_sealed, contact, caller;
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

/* The request it is for: seen by this account, of this person, and its own phones. */
static enum rc
request_load_sealed(struct tx *tx, const struct actor *actor, struct reveal_arg *arg, int64_t *ret_holder, bool *ret_open)
{
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &person_stmts[PERSON_REQUEST], ARGS(db_int(arg->request)), &rows);

	if (rc != RC_OK)
		return rc;
	if (rows_int(rows, 0) != arg->id.n)
		return RC_NOT_FOUND;
	*ret_holder = rows_int(rows, 1);
	*ret_open = rows_int(rows, 2) != 0;
	rc = sealed_copy(rows_text(rows, 3), &arg->contact);
	return rc == RC_OK ? sealed_copy(rows_text(rows, 4), &arg->caller) : rc;
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
	int64_t holder = 0;
	bool open = false, named = arg->id.n != 0;
	enum rc rc = arg->request != 0 ? request_load_sealed(tx, actor, arg, &holder, &open) : RC_OK;

	if (rc == RC_OK && !identity_may_reveal(actor, holder, open))
		rc = RC_FORBIDDEN;
	if (rc == RC_OK && named)
		rc = sealed_load(tx, actor, arg);
	if (rc == RC_OK && !named && arg->contact.n == 0 && arg->caller.n == 0)
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = audit_note(tx, actor, "person.reveal", named ? "person" : "request", named ? arg->id.n : arg->request,
		    arg->detail);
	return rc == RC_OK ? alarm_if_many(tx, actor, arg) : rc;
}

static enum rc
unseal_into(struct ctx *ctx, struct crypt *crypt, struct text context, const struct sealed *sealed, char *out, size_t cap)
{
	struct text clear;
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

static enum rc
unseal_all(struct ctx *ctx, struct crypt *crypt, const struct reveal_arg *arg, struct person_clear *c)
{
	int64_t city = ctx->actor->city, id = arg->id.n;
	const struct { struct text context; const struct sealed *sealed; char *out; size_t cap; } v[] = {
		{ crypt_context(ctx->mem, "person.id_sealed", city, id), &arg->id_sealed, c->id_number, sizeof c->id_number },
		{ crypt_context(ctx->mem, "person.phone_sealed", city, id), &arg->phone_sealed, c->phone, sizeof c->phone },
		{ person_phone_context(ctx->mem, PHONE_CONTACT, arg->request), &arg->contact, c->contact, sizeof c->contact },
		{ person_phone_context(ctx->mem, PHONE_CALLER, arg->request), &arg->caller, c->caller_phone,
		    sizeof c->caller_phone },
	};
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < sizeof v / sizeof v[0]; i++)
		rc = unseal_into(ctx, crypt, v[i].context, v[i].sealed, v[i].out, v[i].cap);
	return rc;
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

	if (ctx->actor->kind != ACTOR_ACCOUNT || (request == 0 && !identity_may_reveal(ctx->actor, 0, false)))
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
		rc = unseal_all(ctx, crypt, &arg, &clear);
	if (rc == RC_OK)
		*ret = clear;
	return rc;
}
