#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

#include "kit/audit/audit.h"
#include "resources/identity/delay.h"
#include "resources/identity/identity_session.h"
#include "resources/identity/identity_store.h"

#define TOKEN_BYTES 32
#define TOKEN_CHARS 43
#define SEEN_STEP_MS INT64_C(60000)

/* Set once at start; atomic so that tests may set them beside running threads. */
static _Atomic int64_t idle_bound_ms = INT64_C(30) * 60 * 1000;
static _Atomic int64_t whole_bound_ms = INT64_C(8) * 3600 * 1000;

void
identity_configure(int64_t idle_ms, int64_t max_ms)
{
	idle_bound_ms = idle_ms;
	whole_bound_ms = max_ms;
}

static struct session_span
span_now(void)
{
	return (struct session_span){ idle_bound_ms, whole_bound_ms };
}

bool
session_is_over(struct session_span span, int64_t created_ms, int64_t seen_ms, int64_t now_ms)
{
	return now_ms >= session_expires_ms(span, created_ms, seen_ms);
}

int64_t
session_expires_ms(struct session_span span, int64_t created_ms, int64_t seen_ms)
{
	int64_t idle = seen_ms + span.idle_ms, whole = created_ms + span.max_ms;

	return idle < whole ? idle : whole;
}

int64_t
session_first_expiry_ms(int64_t now_ms)
{
	return session_expires_ms(span_now(), now_ms, now_ms);
}

bool
session_is_stale(int64_t seen_ms, int64_t now_ms)
{
	return now_ms - seen_ms >= SEEN_STEP_MS;
}

void
session_token_make(char out[static 48])
{
	unsigned char raw[TOKEN_BYTES];

	crypt_random(raw, sizeof(raw));
	sodium_bin2base64(out, 48, raw, sizeof(raw), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(raw, sizeof(raw));
}

/* ---- who holds this cookie? ----------------------------------------------------------------------- */

struct session_arg {
	struct db_value hash;
	struct session *ret;
	int64_t created_ms, seen_ms;
};

static void
csrf_copy(struct text from, char out[static 48])
{
	size_t n = from.n < 47 ? from.n : 47;

	memcpy(out, from.p, n);
	out[n] = '\0';
}

static enum rc
session_read(struct tx *tx, const struct actor *actor, void *p)
{
	struct session_arg *arg = p;
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &identity_stmts[SESSION_GET], ARGS(arg->hash), &rows);

	if (rc != RC_OK)
		return rc;
	account_read(rows, 0, &arg->ret->account);
	csrf_copy(rows_text(rows, ACCOUNT_COLUMNS), arg->ret->csrf);
	arg->created_ms = rows_int(rows, ACCOUNT_COLUMNS + 1);
	arg->seen_ms = rows_int(rows, ACCOUNT_COLUMNS + 2);
	return RC_OK;
}

static enum rc
seen_write(struct tx *tx, const struct actor *actor, void *p)
{
	struct session_arg *arg = p;

	return tx_run(tx, actor, &identity_stmts[SESSION_SEEN],
	    ARGS(arg->hash, db_int(tx_now_ms(tx))), NULL);
}

enum rc
identity_session(struct ctx *ctx, struct text token, struct session *ret)
{
	unsigned char hash[32];
	struct session got = { 0 };
	struct session_arg arg = { .ret = &got };
	enum rc rc;

	if (token.n != TOKEN_CHARS)
		return RC_UNAUTHENTICATED;
	crypt_hash(token, hash);
	arg.hash = db_blob((struct text){ (const char *)hash, sizeof(hash) });
	rc = db_read(ctx, session_read, &arg);
	if (rc == RC_NOT_FOUND)
		return RC_UNAUTHENTICATED;
	if (rc != RC_OK)
		return rc;
	if (session_is_over(span_now(), arg.created_ms, arg.seen_ms, ctx->now_ms))
		return RC_UNAUTHENTICATED;
	if (session_is_stale(arg.seen_ms, ctx->now_ms)) {
		/* a write that fails ends no session: the page is still served, read-only */
		rc = db_job(ctx, &(struct command){ .name = "identity.seen", .fn = seen_write, .arg = &arg });
		if (rc == RC_OK)
			arg.seen_ms = ctx->now_ms;
	}
	memcpy(got.token, token.p, TOKEN_CHARS);
	got.expires_ms = session_expires_ms(span_now(), arg.created_ms, arg.seen_ms);
	*ret = got;
	return RC_OK;
}

/* ---- the end ------------------------------------------------------------------------------------------ */

static enum rc
logout_tx(struct tx *tx, const struct actor *actor, void *p)
{
	struct session_arg *arg = p;
	int64_t account;
	struct actor who = *actor;
	enum rc rc = tx_int(tx, actor, &identity_stmts[SESSION_END], ARGS(arg->hash), &account);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	who.account = account;
	return audit_note(tx, &who, "account.logout", "account", account, TEXT_NONE);
}

enum rc
identity_logout(struct ctx *ctx, struct text token)
{
	unsigned char hash[32];
	struct session_arg arg = { 0 };

	crypt_hash(token, hash);
	arg.hash = db_blob((struct text){ (const char *)hash, sizeof(hash) });
	return db_command(ctx, identity_key(), &(struct command){ .name = "identity.logout",
	    .fn = logout_tx, .arg = &arg });
}

static enum rc
sweep_tx(struct tx *tx, const struct actor *actor, void *p)
{
	struct session_span span = span_now();
	int64_t now = tx_now_ms(tx);
	enum rc rc;

	(void)p;
	rc = tx_run(tx, actor, &identity_stmts[SESSION_SWEEP],
	    ARGS(db_int(now - span.max_ms), db_int(now - span.idle_ms)), NULL);
	if (rc != RC_OK)
		return rc;
	rc = tx_run(tx, actor, &identity_stmts[KNOWN_SWEEP], ARGS(db_int(now - DELAY_KNOWN_MS)), NULL);
	if (rc != RC_OK)
		return rc;
	return tx_run(tx, actor, &identity_stmts[DELAY_SWEEP], ARGS(db_int(now - DELAY_FORGET_MS)), NULL);
}

enum rc
identity_sweep(struct ctx *ctx)
{
	if (ctx->actor->kind != ACTOR_SYSTEM)
		return RC_FORBIDDEN;
	return db_job(ctx, &(struct command){ .name = "identity.sweep", .fn = sweep_tx });
}
