#include "operations/matter/consult/consult_rule.h"
#include "operations/matter/consult/consult_store.h"

#include "kit/crypt/crypt.h"
#include "operations/intake/intake.h"
#include "standards/catalogue/catalogue.h"

#include <string.h>

static enum rc
consult_open(struct tx *tx, const struct actor *actor, const struct request *r)
{
	return tx_run(tx, actor, &consult_q[Q_OPEN], ARGS(db_int(r->id.n)), NULL);
}

enum rc
consult_load(struct tx *tx, const struct actor *actor, struct case_id id, struct consult *ret)
{
	ROWS row = NULL;
	enum rc rc = actor->kind == ACTOR_RECEIPT ? tx_one(tx, actor, &consult_q[Q_LOAD_RECEIPT], NO_ARGS, &row)
	    : tx_one(tx, actor, &consult_q[Q_LOAD], ARGS(db_int(id.n)), &row);

	if (rc == RC_OK)
		*ret = (struct consult){
			.answer = rows_copy(row, 0),
			.answered_ms = rows_int(row, 1),
			.answered_by = rows_int(row, 2),
			.hint = (enum aid_hint)rows_int(row, 3),
			.converted = rows_int(row, 4),
			.revision = rows_int(row, 5),
			.answered_by_name = rows_copy(row, 6),
			.converted_number = rows_copy(row, 7),
		};
	return rc;
}

/* The request as its holder's side sees it, and only if it is still as they saw it. */
static enum rc
load_to_act(struct tx *tx, const struct actor *actor, struct case_id id, int64_t revision, struct request *r)
{
	enum rc rc = request_load(tx, actor, id, r);

	if (rc != RC_OK)
		return rc;
	if (r->revision != revision || !request_is_open(r->state))
		return RC_CONFLICT; /* before the right: who just lost the case to another keeps what was typed */
	if (matter_has_own_end(r))
		return RC_CONFLICT;
	return request_may_act(actor, r) ? RC_OK : RC_FORBIDDEN;
}

/* ---- answering -------------------------------------------------------------------------------- */

static enum rc
answer_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct consult_answer *in = argument;
	struct event_new event = { .kind = "consult.answered", .to = REQUEST_ANSWERED, .shown = true };
	struct request r;
	enum rc rc = load_to_act(tx, actor, in->id, in->revision, &r);

	if (rc != RC_OK)
		return rc;
	if (r.state != REQUEST_ACCEPTED && r.state != REQUEST_ANSWERED)
		return RC_CONFLICT;
	event.data = in->aid_told ? TEXT("aid=told") : TEXT_NONE;
	rc = request_step(tx, actor, &r, &event, NULL);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &consult_q[Q_ANSWER],
		    ARGS(db_int(r.id.n), db_text(in->answer), db_int(tx_now_ms(tx)), db_int(actor->account),
		        db_int(in->aid_told ? AID_TOLD : AID_NOT_SAID)));
	if (rc == RC_OK)
		rc = case_clock_meet(tx, actor, &r, TARGET_ANSWER);
	return rc;
}

enum rc
consult_answer(struct ctx *ctx, struct idem_key key, const struct consult_answer *in)
{
	struct consult_answer arg = *in;

	return db_command(ctx, key, &(struct command){ .name = "consult.answer", .fn = answer_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_text(in->answer), db_int(in->aid_told)) });
}

struct hint_arg {
	struct case_id id;
	int64_t revision;
	enum aid_hint hint;
};

static enum rc
hint_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct hint_arg *in = argument;
	struct event_new event = { .kind = "consult.aid_hint", .shown = true,
		.data = in->hint == AID_WISHED ? TEXT("aid=wished") : TEXT("aid=told") };
	struct request r;
	enum rc rc = load_to_act(tx, actor, in->id, in->revision, &r);

	if (rc == RC_OK)
		rc = request_step(tx, actor, &r, &event, NULL);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &consult_q[Q_HINT], ARGS(db_int(r.id.n), db_int(in->hint)));
	return rc;
}

enum rc
consult_tell_aid(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, enum aid_hint hint)
{
	struct hint_arg arg = { id, revision, hint };

	return db_command(ctx, key, &(struct command){ .name = "consult.aid_hint", .fn = hint_tx, .arg = &arg,
	    .asked = ARGS(db_int(id.n), db_int(revision), db_int(hint)) });
}

/* ---- talking ------------------------------------------------------------------------------------ */

struct say_arg {
	struct case_id id;
	struct text body;
};

static enum rc
say_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct say_arg *in = argument;
	bool may = actor->kind == ACTOR_RECEIPT;
	int64_t worker = 0;
	struct request r;
	enum rc rc = may ? request_load_receipt(tx, actor, &r) : request_load(tx, actor, in->id, &r);

	if (rc == RC_OK && !may)
		rc = matter_may_add(tx, actor, &r, &may);
	if (rc != RC_OK)
		return rc;
	if (!may)
		return RC_FORBIDDEN;
	if (!request_is_open(r.state))
		return RC_CONFLICT;
	rc = matter_worker(tx, actor, &r, &worker);
	return rc == RC_OK ? request_say(tx, actor, &r, in->body, worker) : rc;
}

enum rc
consult_say(struct ctx *ctx, struct idem_key key, struct case_id id, struct text body)
{
	struct say_arg arg = { id, body };

	return db_command(ctx, key, &(struct command){ .name = "consult.say", .fn = say_tx, .arg = &arg,
	    .asked = ARGS(db_int(ctx->actor->kind == ACTOR_RECEIPT ? ctx->actor->request : id.n), db_text(body)) });
}

/* ---- closing ------------------------------------------------------------------------------------- */

struct close_arg {
	struct case_id id;
	int64_t revision;
	struct text outcome, note;
	struct consult_verdict verdict;
};

static enum rc
close_judge(struct tx *tx, const struct actor *actor, const struct request *r, struct close_arg *arg)
{
	const struct matter_kind *kind = matter_find(r->matter);
	struct consult c = { .hint = AID_NOT_SAID };
	struct code_row outcome;
	int64_t waiting = 0;
	enum rc rc;

	if (kind == NULL)
		return RC_CORRUPT;
	rc = code_find(tx, actor, kind->outcomes, arg->outcome, day_of_moment(tx_now_ms(tx)), &outcome);
	if (rc == RC_NOT_FOUND)
		return RC_INVALID; /* no such outcome today */
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &consult_q[Q_HANDOVER_OPEN], ARGS(db_int(r->id.n)), &waiting);
	if (rc == RC_OK)
		rc = consult_load(tx, actor, r->id, &c);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	arg->verdict = consult_may_close(&(struct consult_closing){
	    .state = r->state, .hint = c.hint, .served = (outcome.flags & OUTCOME_SERVED) != 0,
	    .wants_reason = (outcome.flags & OUTCOME_NEEDS_REASON) != 0,
	    .has_reason = !text_is_empty(text_trim(arg->note)), .handover_open = waiting > 0 });
	return arg->verdict.allowed ? RC_OK : RC_REFUSED;
}

static enum rc
close_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct close_arg *arg = argument;
	struct event_new event = { .kind = "request.closed", .shown = true, .note = arg->note };
	struct request r;
	enum rc rc = load_to_act(tx, actor, arg->id, arg->revision, &r);

	if (rc == RC_OK)
		rc = close_judge(tx, actor, &r, arg);
	if (rc != RC_OK)
		return rc;
	event.data = arena_format(tx_mem(tx), "outcome=%.*s", (int)arg->outcome.n, arg->outcome.p);
	return request_close(tx, actor, &r, REQUEST_CLOSED, arg->outcome, &event, NULL);
}

enum rc
consult_close(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text outcome,
    struct text note, struct consult_verdict *ret)
{
	struct close_arg arg = { .id = id, .revision = revision, .outcome = outcome, .note = note };
	enum rc rc = db_command(ctx, key, &(struct command){ .name = "consult.close", .fn = close_tx, .arg = &arg,
	    .asked = ARGS(db_int(id.n), db_int(revision), db_text(outcome), db_text(note)) });

	*ret = arg.verdict;
	return rc;
}

/* ---- converting ------------------------------------------------------------------------------------ */

struct convert_arg {
	const struct consult_convert *in;
	struct request_new next;
	struct consult_converted ret;
};

static enum rc
convert_item(struct tx *tx, const struct actor *actor, struct convert_arg *arg)
{
	struct item item;
	enum rc rc = catalogue_load(tx, actor, arg->in->item, day_of_moment(tx_now_ms(tx)), &item);

	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_INVALID : rc;
	arg->next.item = item.id;
	arg->next.matter = item.matter;
	arg->next.item_from = item.from;
	return item.in_force && matter_find(item.matter) != NULL ? RC_OK : RC_INVALID;
}

static enum rc
convert_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct convert_arg *arg = argument;
	struct event_new event = { .kind = "consult.converted", .shown = true, .note = arg->in->note };
	struct request r;
	enum rc rc = load_to_act(tx, actor, arg->in->id, arg->in->revision, &r);

	if (rc == RC_OK && arg->in->item == r.item)
		rc = RC_INVALID;
	if (rc == RC_OK && r.state == REQUEST_RECEIVED)
		rc = RC_CONFLICT;
	if (rc == RC_OK)
		rc = convert_item(tx, actor, arg);
	if (rc != RC_OK)
		return rc;
	request_new_from(&r, &arg->next);
	arg->ret.id = arg->next.id;
	event.data = arena_format(tx_mem(tx), "item=%lld", (long long)arg->in->item);
	rc = intake_start(tx, actor, &arg->next, NULL);
	memcpy(arg->ret.number, arg->next.number, sizeof arg->ret.number);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &consult_q[Q_CONVERTED], ARGS(db_int(r.id.n), db_int(arg->next.id)));
	if (rc == RC_OK) /* a call was promised to somebody, not to a number */
		rc = tx_run(tx, actor, &consult_q[Q_CALLBACK_MOVE], ARGS(db_int(r.id.n), db_int(arg->next.id)), NULL);
	if (rc == RC_OK)
		rc = request_close(tx, actor, &r, REQUEST_CONVERTED, TEXT("converted"), &event, NULL);
	return rc;
}

enum rc
consult_convert(struct ctx *ctx, struct idem_key key, const struct consult_convert *in,
    struct consult_converted *ret)
{
	struct convert_arg arg = { .in = in };
	struct person_contacts_sealed phones;
	enum rc rc = db_id(ctx->db, &arg.next.id);

	if (rc == RC_OK)
		rc = person_contacts_reseal(ctx, ctx->crypt, in->id.n, arg.next.id, &phones);
	if (rc != RC_OK)
		return rc;
	arg.next.contact_sealed = phones.contact;
	arg.next.caller_phone_sealed = phones.caller;
	crypt_random(arg.next.code_hash, sizeof arg.next.code_hash); /* reached through the first receipt only */
	rc = db_command(ctx, key, &(struct command){ .name = "consult.convert", .fn = convert_tx, .arg = &arg,
	    .ret = &arg.ret, .ret_size = sizeof arg.ret,
	    .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_int(in->item), db_text(in->note)) });
	if (rc == RC_OK)
		*ret = arg.ret;
	return rc;
}

const struct matter_kind consult_matter = {
	.key = "consult", .label = "法律咨询", .outcomes = "consult.outcome", .open = consult_open,
};

const struct matter_kind referral_matter = {
	.key = "referral", .label = "答复与指引", .outcomes = "consult.outcome", .open = consult_open,
};
