/* A complaint comes in: what is missing is said, the reader is chosen, the limits begin. */
#include "evaluation/complaint/complaint_store.h"

#include "base/code.h"
#include "base/phone.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "standards/holidays/holidays.h"

#include <stdio.h>
#include <string.h>

static struct crypt *keys;

void
complaint_configure(struct crypt *crypt)
{
	keys = crypt;
}

/* The code of a complaint is derived under a key of the house: a repeated form gets the same. */
static void
code_of(int64_t city, int64_t id, unsigned char code[static CODE_BYTES],
    unsigned char hash[static 16], char number[static 24], int64_t at_ms)
{
	int64_t about[2] = { city, id };
	unsigned char mac[32], sha[32];
	char line[24];

	crypt_mac(keys, "complaint", (struct text){ (const char *)about, sizeof about }, mac);
	memcpy(code, mac, CODE_BYTES);
	crypt_hash((struct text){ (const char *)code, CODE_BYTES }, sha);
	memcpy(hash, sha, 16);
	request_number_make(day_of_moment(at_ms), mac + CODE_BYTES, line);
	snprintf(number, 24, "TS%.20s", line);
}

void
complaint_code(int64_t city, int64_t id, char out[static 20])
{
	unsigned char code[CODE_BYTES], hash[16];
	char number[24];

	code_of(city, id, code, hash, number, 0);
	code_print(code, out);
}

struct give_arg {
	const struct complaint_new *in;
	struct text name, phone; /* sealed */
	unsigned char hash[16];
	struct complaint c;
	int64_t account; /* it is about; 0 */
	bool self;
	struct complaint_receipt ret;
};

/* ---- what it is about ---------------------------------------------------------------------------------------------- */

static enum rc
from_request(struct tx *tx, const struct actor *actor, struct give_arg *arg)
{
	struct actor system = identity_system(actor->city);
	struct request r;
	enum rc rc = request_load(tx, &system, arg->in->request, &r);

	if (rc != RC_OK)
		return rc;
	if (arg->in->about == COMPLAINT_HOLDER)
		arg->account = r.holder;
	else if (arg->in->about == COMPLAINT_FIRST)
		arg->account = r.first_contact;
	arg->c.place = r.place;
	if (arg->c.point == 0)
		arg->c.point = r.holder_point;
	return RC_OK;
}

static enum rc
from_account(struct tx *tx, const struct actor *actor, struct give_arg *arg)
{
	struct account a;
	enum rc rc = identity_load(tx, actor, (struct account_id){ arg->account }, &a);

	if (rc == RC_OK && arg->c.point == 0)
		arg->c.point = a.point;
	if (rc == RC_OK && arg->c.place.code == 0)
		arg->c.place = a.place;
	return rc;
}

static enum rc
from_point(struct tx *tx, const struct actor *actor, struct give_arg *arg)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &complaint_q[Q_POINT], ARGS(db_int(arg->c.point)), &row);

	if (rc == RC_OK && arg->c.place.code == 0)
		arg->c.place.code = rows_int(row, 1);
	return rc;
}

static enum rc
about_find(struct tx *tx, const struct actor *actor, struct give_arg *arg)
{
	struct actor system = identity_system(actor->city);
	enum rc rc = RC_OK;

	arg->account = arg->in->about == COMPLAINT_PERSON ? arg->in->account : 0;
	if (arg->in->request.n != 0)
		rc = from_request(tx, actor, arg);
	if (rc == RC_OK && arg->account != 0)
		rc = from_account(tx, &system, arg);
	if (rc == RC_OK && arg->c.point != 0)
		rc = from_point(tx, actor, arg);
	if (arg->c.place.code == 0)
		arg->c.place.code = actor->city * INT64_C(100000000);
	return rc;
}

/* Nobody writes down what is said of themselves, or of what they handled. */
static enum rc
not_by_them(struct tx *tx, const struct actor *actor, struct give_arg *arg)
{
	int64_t handled = 0;
	enum rc rc = RC_OK;

	arg->self = false;
	if (actor->kind != ACTOR_ACCOUNT)
		return RC_OK;
	if (arg->in->request.n != 0)
		rc = tx_int(tx, actor, &complaint_q[Q_HANDLED],
		    ARGS(db_int(arg->in->request.n), db_int(actor->account)), &handled);
	if (rc == RC_OK && (handled > 0 || arg->account == actor->account)) {
		arg->self = true;
		return RC_REFUSED;
	}
	return rc;
}

/* ---- storing -------------------------------------------------------------------------------------------------------- */

static enum rc
insert(struct tx *tx, const struct actor *actor, struct give_arg *arg)
{
	const struct complaint_new *in = arg->in;
	const struct complaint *c = &arg->c;
	struct text hash = { (const char *)arg->hash, sizeof arg->hash };

	return tx_run(tx, actor, &complaint_q[Q_INSERT],
	    ARGS(db_int(c->id), db_text(c->number), db_blob(hash), db_int(c->at_ms),
		db_int(c->place.code), db_key(c->point), db_key(in->request.n), db_key(in->act),
		db_int((int)in->channel), db_int(in->anonymous),
		in->anonymous ? db_null() : db_blob(arg->name),
		in->anonymous ? db_null() : db_blob(arg->phone), db_key(actor->account),
		db_int(in->read_back), db_int((int)in->kind), db_int((int)in->about),
		db_text(in->whom), day_is_none(in->day) ? db_null() : db_int(in->day.n),
		db_text(in->words), db_text(in->wish), db_int(c->reader), db_int(c->verify_due_ms),
		db_int(c->tell_due_ms), db_int(c->mend_due_ms), db_int(c->finish_due_ms),
		db_int(complaint_next_due(c))),
	    NULL);
}

static enum rc
begin(struct tx *tx, const struct actor *actor, struct give_arg *arg)
{
	struct complaint_limits limits;
	enum rc rc = complaint_limits_read(tx, actor, &limits);

	if (rc == RC_OK && arg->account != 0)
		rc = tx_run(tx, actor, &complaint_q[Q_ABOUT_INSERT],
		    ARGS(db_int(arg->c.id), db_int(arg->account), db_int(tx_now_ms(tx))), NULL);
	if (rc == RC_OK)
		rc = complaint_reader_find(tx, actor, &arg->c, 0, false, &arg->c.reader);
	complaint_restart(&arg->c, &limits, tx_now_ms(tx));
	return rc;
}

static enum rc
give_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct give_arg *arg = argument;
	struct actor doer = *actor;
	enum rc rc;

	arg->c.point = arg->in->point;
	arg->c.place = arg->in->place;
	arg->c.at_ms = tx_now_ms(tx);
	rc = about_find(tx, actor, arg);
	if (rc == RC_OK)
		rc = not_by_them(tx, actor, arg);
	if (rc == RC_OK)
		rc = begin(tx, actor, arg);
	if (rc == RC_OK)
		rc = insert(tx, actor, arg);
	if (rc == RC_OK)
		rc = complaint_round_open(tx, actor, &arg->c, TEXT_NONE);
	if (rc == RC_OK)
		rc = complaint_note(tx, &doer, arg->c.id, "complaint.received", TEXT_NONE,
		    TEXT_NONE, COMPLAINT_TOLD);
	if (rc == RC_OK)
		rc = audit_note(tx, actor, "complaint.received", "complaint", arg->c.id, TEXT_NONE);
	arg->ret = (struct complaint_receipt){ .id = arg->c.id,
		.reader = arg->c.reader,
		.verify_due_ms = arg->c.verify_due_ms,
		.finish_due_ms = arg->c.finish_due_ms };
	return rc;
}

static enum rc
seal(struct ctx *ctx, struct give_arg *arg, const struct complaint_new *in)
{
	enum rc rc;

	if (in->anonymous)
		return RC_OK;
	rc = crypt_seal(ctx->crypt, ctx->mem, in->name,
	    crypt_context(ctx->mem, "complaint.name", ctx->actor->city, arg->c.id), &arg->name);
	return rc == RC_OK
	    ? crypt_seal(ctx->crypt, ctx->mem, in->phone,
		  crypt_context(ctx->mem, "complaint.phone", ctx->actor->city, arg->c.id),
		  &arg->phone)
	    : rc;
}

static enum rc
run(struct ctx *ctx, struct idem_key key, struct give_arg *arg, const struct complaint_new *in)
{
	unsigned char name[16] = { 0 }, phone[16] = { 0 };

	if (!in->anonymous) {
		crypt_index(ctx->crypt, "complaint.name", in->name, name);
		crypt_index(ctx->crypt, "complaint.phone", in->phone, phone);
	}
	return db_command(ctx, key,
	    &(struct command){ .name = "complaint.give",
		.fn = give_tx,
		.arg = arg,
		.ret = &arg->ret,
		.ret_size = sizeof arg->ret,
		.asked = ARGS(db_int((int)in->channel), db_int(in->anonymous),
		    db_int((int)in->kind), db_int((int)in->about), db_int(in->request.n),
		    db_int(in->act), db_int(in->point), db_int(in->account), db_int(in->place.code),
		    db_int(in->day.n), db_int(in->read_back), db_text(in->whom), db_text(in->words),
		    db_text(in->wish), db_blob((struct text){ (const char *)name, 16 }),
		    db_blob((struct text){ (const char *)phone, 16 })) });
}

/* The request of a receipt is that one; who writes down for others names one they may see. */
static enum rc
may_give(const struct ctx *ctx, const struct complaint_new *in)
{
	switch (ctx->actor->kind) {
	case ACTOR_RECEIPT:
		return in->channel == COMPLAINT_WEB && in->request.n == ctx->actor->request
		    ? RC_OK
		    : RC_FORBIDDEN;
	case ACTOR_ACCOUNT:
		return actor_may(ctx->actor, RIGHT_INTAKE) || in->channel == COMPLAINT_WEB
		    ? RC_OK
		    : RC_FORBIDDEN;
	case ACTOR_ANONYMOUS:
		return in->channel == COMPLAINT_WEB && in->request.n == 0 &&
			in->about != COMPLAINT_PERSON
		    ? RC_OK
		    : RC_FORBIDDEN;
	case ACTOR_SYSTEM:
		return RC_OK;
	}
	return RC_FORBIDDEN;
}

enum rc
complaint_give(struct ctx *ctx, struct idem_key key, const struct complaint_new *typed,
    struct findings *findings, struct complaint_receipt *ret)
{
	struct complaint_new in = *typed;
	struct give_arg arg = { .in = &in };
	unsigned char code[CODE_BYTES];
	char number[24], digits[16] = "";
	enum rc rc = may_give(ctx, &in);

	if (rc != RC_OK)
		return rc;
	if (!complaint_check(&in, day_of_moment(ctx->now_ms), findings))
		return RC_INVALID;
	if (!in.anonymous && phone_read(in.phone, digits) == RC_OK)
		in.phone = text_of(digits);
	rc = db_id(ctx->db, &arg.c.id);
	if (rc != RC_OK)
		return rc;
	code_of(ctx->actor->city, arg.c.id, code, arg.hash, number, ctx->now_ms);
	arg.c.number = text_of(number);
	arg.c.about = in.about;
	arg.c.request = in.request.n;
	arg.c.state = COMPLAINT_RECEIVED;
	rc = seal(ctx, &arg, &in);
	if (rc == RC_OK)
		rc = run(ctx, key, &arg, &in);
	if (rc == RC_REFUSED && arg.self)
		findings_add(findings, "whom",
		    T("投诉的是您，或者是您办过的事：请换一位同事来记，或者请来人用自己的手机投诉"),
		    0);
	if (rc != RC_OK && rc != RC_DUPLICATE)
		return rc;
	*ret = arg.ret;
	code_of(ctx->actor->city, ret->id, code, arg.hash, ret->number, ctx->now_ms);
	code_print(code, ret->code);
	return rc;
}
