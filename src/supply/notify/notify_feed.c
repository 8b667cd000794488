/* What an account wants by e-mail, and the address of its calendar. */
#include "supply/notify/notify_store.h"

#include "base/code.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "kit/post/post.h"
#include "operations/matter/legalaid/legalaid_run.h"
#include "operations/request/request.h"
#include "resources/identity/delay.h"

#include <string.h>

/* ---- e-mail ------------------------------------------------------------------------------------------- */

struct choice_row { struct text sealed; uint64_t topics; };

static enum rc
choice_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct choice_row *c = arg;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &notify_q[Q_CHOICE_GET], NO_ARGS, &row);

	if (rc == RC_OK) {
		c->sealed = rows_copy(row, 0);
		c->topics = (uint64_t)rows_int(row, 1);
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc
notify_choice_get(struct ctx *ctx, struct notify_choice *ret)
{
	struct choice_row row = { TEXT_NONE, 0 };
	struct text context = crypt_context(ctx->mem, "notify_choice.mail_sealed", ctx->actor->city, ctx->actor->account);
	enum rc rc = context.p == NULL ? RC_NO_MEMORY : db_read(ctx, choice_tx, &row);

	*ret = (struct notify_choice){ TEXT_NONE, row.topics };
	return rc == RC_OK && row.sealed.n > 0 ? crypt_unseal(ctx->crypt, ctx->mem, row.sealed, context, &ret->mail) : rc;
}

static enum rc
choice_put_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct choice_row *c = arg;
	enum rc rc = tx_run(tx, actor, &notify_q[Q_CHOICE_PUT], ARGS(c->sealed.n > 0 ? db_blob(c->sealed) : db_null(),
	    db_int((int64_t)c->topics)), NULL);

	return rc == RC_OK ? audit_note(tx, actor, "notify.choice", "account", actor->account, TEXT_NONE) : rc;
}

enum rc
notify_choice_set(struct ctx *ctx, const struct notify_choice *in)
{
	struct choice_row row = { TEXT_NONE, in->topics & ((UINT64_C(1) << NOTIFY_TOPICS) - 1) };
	struct text context = crypt_context(ctx->mem, "notify_choice.mail_sealed", ctx->actor->city, ctx->actor->account);
	enum rc rc = RC_OK;

	if (in->mail.n > 0 && !post_address_is_sound(in->mail))
		return RC_INVALID;
	if (context.p == NULL)
		return RC_NO_MEMORY;
	if (in->mail.n > 0)
		rc = crypt_seal(ctx->crypt, ctx->mem, in->mail, context, &row.sealed);
	return rc == RC_OK ? db_job(ctx, &(struct command){ .name = "notify.choice", .fn = choice_put_tx, .arg = &row }) : rc;
}

/* ---- the calendar -------------------------------------------------------------------------------------- */

/* Not stored: made again from the installation's key when its owner looks. */
static void
token_of(struct crypt *crypt, const struct actor *actor, int64_t made_ms, char out[static NOTIFY_TOKEN_CHARS])
{
	int64_t about[3] = { actor->city, actor->account, made_ms };
	unsigned char mac[32];

	crypt_mac(crypt, "notify.feed", (struct text){ (const char *)about, sizeof about }, mac);
	hex_print(mac, 20, out);
}

static void
token_hash(struct text token, unsigned char out[static 16])
{
	unsigned char whole[32];

	crypt_hash(token, whole);
	memcpy(out, whole, 16);
}

static enum rc
made_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return tx_int(tx, actor, &notify_q[Q_FEED_GET], NO_ARGS, arg);
}

enum rc
notify_feed_token(struct ctx *ctx, char out[static NOTIFY_TOKEN_CHARS])
{
	int64_t made_ms = 0;
	enum rc rc = db_read(ctx, made_tx, &made_ms);

	if (rc == RC_OK)
		token_of(ctx->crypt, ctx->actor, made_ms, out);
	return rc;
}

static enum rc
make_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const unsigned char *hash = arg;
	enum rc rc = tx_run(tx, actor, &notify_q[Q_FEED_PUT], ARGS(db_blob((struct text){ (const char *)hash, 16 }),
	    db_int(tx_now_ms(tx))), NULL);

	return rc == RC_OK ? audit_note(tx, actor, "notify.feed_make", "account", actor->account, TEXT_NONE) : rc;
}

enum rc
notify_feed_make(struct ctx *ctx)
{
	char token[NOTIFY_TOKEN_CHARS];
	unsigned char hash[16];

	token_of(ctx->crypt, ctx->actor, ctx->now_ms, token);
	token_hash(text_of(token), hash);
	return db_job(ctx, &(struct command){ .name = "notify.feed_make", .fn = make_tx, .arg = hash });
}

static enum rc
end_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	enum rc rc = tx_run(tx, actor, &notify_q[Q_FEED_DROP], NO_ARGS, NULL);

	(void)arg;
	return rc == RC_OK ? audit_note(tx, actor, "notify.feed_end", "account", actor->account, TEXT_NONE) : rc;
}

enum rc
notify_feed_end(struct ctx *ctx)
{
	return db_job(ctx, &(struct command){ .name = "notify.feed_end", .fn = end_tx });
}

struct feed_arg {
	unsigned char hash[16];
	struct text subject;     /* of the delay */
	struct notify_feed *feed;
	enum lang lang;
	int64_t wait_s;
};

static enum rc
appointments(struct tx *tx, const struct actor *actor, const struct feed_arg *arg)
{
	struct notify_feed *feed = arg->feed;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &notify_q[Q_FEED_APPOINTMENTS], ARGS(db_blob((struct text){ (const char *)arg->hash, 16 }),
	    db_int(day_of_moment(tx_now_ms(tx)).n - NOTIFY_BACK_DAYS), db_int((int64_t)feed->cap)), &row);

	while (rc == RC_OK && feed->n_a < feed->cap && (rc = rows_next(row)) == RC_OK)
		feed->a[feed->n_a++] = (struct notify_appointment){ .number = rows_copy(row, 0),
			.what = text_of(msg(arg->lang, aid_choice_label(aid_report_choices, (int)rows_int(row, 1)))),
			.day = { (int32_t)rows_int(row, 2) }, .minute = rows_is_null(row, 3) ? -1 : (int)rows_int(row, 3),
			.place = rows_copy(row, 4), .changes = rows_int(row, 5), .cancelled = !rows_is_null(row, 6),
			.nth = rows_int(row, 7) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* What the account, as a lawyer or legal worker of the register, is on duty for. */
static enum rc
turns(struct tx *tx, const struct actor *actor, const struct feed_arg *arg)
{
	struct notify_feed *feed = arg->feed;
	int64_t provider = 0;
	enum rc rc = tx_int(tx, actor, &notify_q[Q_FEED_PROVIDER], ARGS(db_blob((struct text){ (const char *)arg->hash, 16 })), &provider);

	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	return duty_turns(tx, actor, DUTY_OF_PERSON, provider, day_add(day_of_moment(tx_now_ms(tx)), -NOTIFY_BACK_DAYS), feed->duty, feed->cap,
	    &feed->n_turns);
}

static enum rc
feed_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct feed_arg *arg = argument;
	struct notify_feed *feed = arg->feed;
	bool found = false;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &notify_q[Q_FEED], ARGS(db_blob((struct text){ (const char *)arg->hash, 16 }),
	    db_int(DUE_NONE), db_int((int64_t)feed->cap)), &row);

	while (rc == RC_OK && feed->n < feed->cap && (rc = rows_next(row)) == RC_OK) {
		found = true;
		if (rows_is_null(row, 0))
			continue; /* an account with nothing on its hands */
		feed->v[feed->n].number = rows_copy(row, 0);
		feed->v[feed->n].due_ms = rows_int(row, 1);
		feed->v[feed->n++].item = rows_copy(row, 2);
	}
	if (rc != RC_OK && rc != RC_DONE)
		return rc;
	rc = found ? appointments(tx, actor, arg) : RC_NOT_FOUND;
	return rc == RC_OK ? turns(tx, actor, arg) : rc;
}

/* A right token needs no delay; a wrong one is counted and slowed, together with wrong receipt codes. */
static enum rc
wrong_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct feed_arg *arg = argument;

	return delay_take(tx, actor, arg->subject, &arg->wait_s);
}

enum rc
notify_feed_read(struct ctx *ctx, struct text token, struct text peer, struct notify_feed *feed, int64_t *ret_wait_s)
{
	char network[DELAY_NETWORK_CHARS];
	struct feed_arg arg = { .feed = feed, .lang = ctx->lang };
	enum rc rc, counted;

	feed->n = feed->n_a = feed->n_turns = 0;
	*ret_wait_s = 0;
	delay_network(peer, network);
	arg.subject = arena_format(ctx->mem, "code:%s", network);
	if (arg.subject.p == NULL)
		return RC_NO_MEMORY;
	token_hash(token, arg.hash);
	rc = db_read(ctx, feed_tx, &arg);
	if (rc != RC_NOT_FOUND)
		return rc;
	counted = db_job(ctx, &(struct command){ .name = "notify.feed_wrong", .fn = wrong_tx, .arg = &arg });
	*ret_wait_s = arg.wait_s;
	return counted == RC_OK ? RC_NOT_FOUND : counted;
}
