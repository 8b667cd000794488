#include <string.h>

#include "kit/audit/audit.h"
#include "resources/identity/delay.h"
#include "resources/identity/identity_session.h"
#include "resources/identity/identity_store.h"

/*
 * Three steps, so that nothing slow runs in a transaction: count the try (one of many at the same
 * moment passes), check the password outside, then let in or write the refusal down.
 */

#define PASSWORD_CHARS 128

struct login_arg {
	struct text login_subject, account_subject, peer_subject, login, peer, network;
	bool known_network;
	int64_t wait_s;
	struct account account;
	bool known;
	char password[PASSWORD_CHARS]; /* stored hash; "" for an unknown login */
	char rehash[PASSWORD_CHARS];   /* "": as it is */
	struct session *session;
};

enum rc
login_read(struct text typed, char out[static 33])
{
	typed = text_trim(typed);
	if (typed.n < 3 || typed.n > 32)
		return RC_INVALID;
	for (size_t i = 0; i < typed.n; i++) {
		char ch = typed.p[i];

		if (ch >= 'A' && ch <= 'Z')
			ch = (char)(ch - 'A' + 'a');
		if (!((ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9')
		    || (i > 0 && (ch == '.' || ch == '_' || ch == '-'))))
			return RC_INVALID;
		out[i] = ch;
	}
	out[typed.n] = '\0';
	return RC_OK;
}

static enum rc
try_tx(struct tx *tx, const struct actor *actor, void *p)
{
	struct login_arg *arg = p;
	enum rc rc = delay_known(tx, actor, arg->login, arg->network, &arg->known_network);

	if (rc == RC_OK)
		rc = delay_take(tx, actor, arg->login_subject, &arg->wait_s);
	if (rc == RC_OK && !arg->known_network)
		rc = delay_take(tx, actor, arg->account_subject, &arg->wait_s);
	return rc == RC_OK ? delay_take(tx, actor, arg->peer_subject, &arg->wait_s) : rc;
}

static enum rc
secret_read(struct tx *tx, const struct actor *actor, void *p)
{
	struct login_arg *arg = p;
	struct text password;
	ROWS rows = NULL;
	enum rc rc = tx_one(tx, actor, &identity_stmts[ACCOUNT_SECRET], ARGS(db_text(arg->login)), &rows);

	if (rc == RC_NOT_FOUND)
		return RC_OK; /* goes on with the empty hash: the same work */
	if (rc != RC_OK)
		return rc;
	password = rows_text(rows, ACCOUNT_COLUMNS);
	if (password.n >= PASSWORD_CHARS)
		return RC_CORRUPT;
	account_read(rows, 0, &arg->account);
	memcpy(arg->password, password.p, password.n);
	arg->password[password.n] = '\0';
	arg->known = true;
	return RC_OK;
}

static enum rc
refuse_tx(struct tx *tx, const struct actor *actor, void *p)
{
	struct login_arg *arg = p;

	return audit_note(tx, actor, "account.refuse", "account", arg->known ? arg->account.id.n : 0,
	    arg->peer);
}

static enum rc
session_open(struct tx *tx, const struct actor *actor, struct login_arg *arg)
{
	struct session *s = arg->session;
	unsigned char hash[32];

	crypt_hash(text_of(s->token), hash);
	return tx_run_one(tx, actor, &identity_stmts[SESSION_INSERT],
	    ARGS(db_blob((struct text){ (const char *)hash, sizeof(hash) }), db_int(arg->account.id.n),
	    db_text(text_of(s->csrf)), db_int(tx_now_ms(tx)), db_text(arg->peer)));
}

static enum rc
enter_tx(struct tx *tx, const struct actor *actor, void *p)
{
	struct login_arg *arg = p;
	struct actor who = identity_actor(&arg->account, actor->city);
	/* also when it stays: only if nobody changed the password or switched the account off meanwhile */
	const char *keep = arg->rehash[0] != '\0' ? arg->rehash : arg->password;
	int64_t same = 0;
	enum rc rc = tx_run(tx, actor, &identity_stmts[ACCOUNT_REHASH], ARGS(db_text(text_of(keep)),
	    db_int(arg->account.id.n), db_text(text_of(arg->password))), &same);

	if (rc == RC_OK && same != 1)
		rc = RC_FORBIDDEN;
	if (rc == RC_OK)
		rc = delay_clear(tx, actor, arg->login_subject);
	if (rc == RC_OK && !arg->known_network)
		rc = delay_give_back(tx, actor, arg->account_subject);
	if (rc == RC_OK)
		rc = delay_know(tx, actor, arg->login, arg->network);
	if (rc == RC_OK)
		rc = delay_give_back(tx, actor, arg->peer_subject);
	if (rc == RC_OK)
		rc = session_open(tx, actor, arg);
	if (rc == RC_OK)
		rc = audit_note(tx, &who, "account.login", "account", arg->account.id.n, arg->peer);
	return rc;
}

static enum rc
run(struct ctx *ctx, const char *name, db_fn *fn, struct login_arg *arg)
{
	return db_command(ctx, identity_key(), &(struct command){ .name = name, .fn = fn, .arg = arg });
}

static enum rc
enter(struct ctx *ctx, struct crypt *crypt, struct login_arg *arg, struct text password)
{
	if (crypt_password_needs_rehash(crypt, arg->password)
	    && crypt_password_hash(crypt, password, arg->rehash) != RC_OK)
		arg->rehash[0] = '\0'; /* next time */
	session_token_make(arg->session->token);
	session_token_make(arg->session->csrf);
	return run(ctx, "identity.login", enter_tx, arg);
}

static enum rc
refuse(struct ctx *ctx, struct login_arg *arg)
{
	enum rc rc = run(ctx, "identity.refuse", refuse_tx, arg);

	return rc == RC_OK ? RC_FORBIDDEN : rc;
}

enum rc
identity_login(struct ctx *ctx, struct crypt *crypt, struct text login, struct text password,
    struct text peer, struct session *ret, int64_t *ret_wait_s)
{
	char name[33], network[DELAY_NETWORK_CHARS];
	struct session session = { 0 };
	struct login_arg arg = { .peer = peer, .session = &session };
	enum rc rc;

	if (login_read(login, name) != RC_OK)
		memcpy(name, "?", 2); /* no account has it: what cannot be a login is counted together */
	arg.login = text_of(name);
	delay_network(peer, network);
	arg.network = text_of(network);
	arg.login_subject = arena_format(ctx->mem, "login:%s@%s", name, network);
	arg.account_subject = arena_format(ctx->mem, "account:%s", name);
	arg.peer_subject = arena_format(ctx->mem, "peer:%s", network);
	if (arg.login_subject.p == NULL || arg.account_subject.p == NULL || arg.peer_subject.p == NULL)
		return RC_NO_MEMORY;
	rc = run(ctx, "identity.try", try_tx, &arg);
	if (rc == RC_TOO_MANY)
		*ret_wait_s = arg.wait_s;
	if (rc != RC_OK)
		return rc;
	rc = db_read(ctx, secret_read, &arg);
	if (rc == RC_OK)
		rc = crypt_password_check(crypt, arg.password, password);
	if (rc == RC_OK && !arg.account.active)
		rc = RC_FORBIDDEN;
	if (rc == RC_OK)
		rc = enter(ctx, crypt, &arg, password);
	else if (rc == RC_FORBIDDEN)
		rc = refuse(ctx, &arg);
	if (rc != RC_OK)
		return rc;
	session.account = arg.account;
	session.expires_ms = session_first_expiry_ms(ctx->now_ms);
	*ret = session;
	return RC_OK;
}
