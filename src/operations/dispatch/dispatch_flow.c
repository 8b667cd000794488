#include "operations/dispatch/dispatch_store.h"

enum rc
dispatch_first_holder(struct tx *tx, const struct actor *actor, struct place place, int64_t *ret_account,
    int64_t *ret_point, enum tier *ret_tier)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &dispatch_q[Q_FIRST_HOLDER],
	    ARGS(db_int(place.code), db_int(place_up(place, PLACE_TOWN).code),
	        db_int(place_up(place, PLACE_COUNTY).code)), &row);

	if (rc != RC_OK)
		return rc; /* RC_NOT_FOUND: not even a hotline has a director; verify names the city as not ready */
	*ret_account = rows_int(row, 0);
	*ret_point = rows_int(row, 1);
	*ret_tier = (enum tier)rows_int(row, 2);
	return RC_OK;
}

/* ---- offering ------------------------------------------------------------------------------- */

/* Whom the caller means: a person, the best at a point, or the best of all. */
static enum rc
offer_target(struct tx *tx, const struct actor *actor, const struct dispatch_offer *in, const struct deciding *d,
    struct dispatch_result *ret, enum dispatch_how *ret_how)
{
	const struct candidate *c = d->c;

	ret->to_account = in->to_account;
	if (in->to_account != 0) {
		*ret_how = d->n > 0 && c[0].bar == BAR_NONE && c[0].account == in->to_account ? CHOSEN_BEST : CHOSEN_BY_HAND;
		return tx_int(tx, actor, &dispatch_q[Q_ACCOUNT_POINT], ARGS(db_int(in->to_account)), &ret->to_point);
	}
	*ret_how = in->to_point != 0 ? CHOSEN_POINT : CHOSEN_BEST;
	for (size_t i = 0; i < d->n && c[i].bar == BAR_NONE; i++)
		if (in->to_point == 0 || c[i].point == in->to_point) {
			ret->to_account = c[i].account;
			ret->to_point = c[i].point;
			return RC_OK;
		}
	return RC_NOT_FOUND;
}

struct offer_arg {
	const struct dispatch_offer *in;
	struct dispatch_result ret;
};

static enum rc
offer_write(struct tx *tx, const struct actor *actor, const struct request *r, struct offer_arg *arg,
    int64_t choice)
{
	arg->ret.handover = tx_id(tx);
	return tx_run(tx, actor, &dispatch_q[Q_OFFER],
	    ARGS(db_int(arg->ret.handover), db_int(r->id.n), db_int(r->holder), db_int(r->holder_point),
	        db_int(arg->ret.to_account), db_int(arg->ret.to_point), db_text(arg->in->reason),
	        db_int(tx_now_ms(tx)), db_int(choice)), NULL);
}

/* Whom, and the decision behind it: stored before anybody hears of it. */
static enum rc
offer_decide(struct tx *tx, const struct actor *actor, const struct request *r, struct offer_arg *arg, int64_t *ret_choice)
{
	struct deciding d;
	enum dispatch_how how = CHOSEN_BEST;
	enum rc rc = dispatch_decide(tx, actor, r, &d);

	if (rc == RC_OK)
		rc = offer_target(tx, actor, arg->in, &d, &arg->ret, &how);
	if (rc == RC_OK && arg->ret.to_account == r->holder)
		rc = RC_REFUSED;
	if (rc == RC_OK)
		rc = dispatch_store_decision(tx, actor, r, &d, how, arg->ret.to_account, arg->in->reason, ret_choice);
	deciding_end(&d);
	return rc;
}

static enum rc
offer_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct offer_arg *arg = argument;
	struct event_new event = { .kind = "dispatch.offered", .note = arg->in->reason };
	struct request r;
	int64_t choice = 0, returns = 0;
	enum rc rc = request_load(tx, actor, arg->in->id, &r);

	if (rc != RC_OK)
		return rc;
	if (!request_may_act(actor, &r))
		return RC_FORBIDDEN;
	if (r.revision != arg->in->revision || !request_is_open(r.state))
		return RC_CONFLICT;
	rc = dispatch_returns_of(tx, actor, r.id, &returns);
	if (rc == RC_OK && returns >= DISPATCH_RETURNS_MAX)
		rc = RC_REFUSED;
	if (rc == RC_OK)
		rc = offer_decide(tx, actor, &r, arg, &choice);
	if (rc == RC_OK)
		rc = offer_write(tx, actor, &r, arg, choice);
	if (rc == RC_DUPLICATE)
		return RC_CONFLICT; /* another offer is open */
	event.data = arena_format(tx_mem(tx), "to=%lld\npoint=%lld", (long long)arg->ret.to_account,
	    (long long)arg->ret.to_point);
	if (rc == RC_OK)
		rc = request_step(tx, actor, &r, &event, NULL);
	if (rc == RC_OK)
		rc = request_grant(tx, actor, r.id, arg->ret.to_account, "handover");
	return rc;
}

enum rc
dispatch_offer(struct ctx *ctx, struct idem_key key, const struct dispatch_offer *in, struct dispatch_result *ret)
{
	struct offer_arg arg = { .in = in };
	enum rc rc = db_command(ctx, key, &(struct command){ .name = "dispatch.offer", .fn = offer_tx, .arg = &arg,
	    .ret = &arg.ret, .ret_size = sizeof arg.ret,
	    .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_int(in->to_account), db_int(in->to_point),
	        db_text(in->reason)) });

	if (rc == RC_OK)
		*ret = arg.ret;
	return rc;
}

/* ---- answering ------------------------------------------------------------------------------ */

static void
handover_read(const struct rows *row, struct handover *h)
{
	*h = (struct handover){
		.id = rows_int(row, 0),
		.request = { rows_int(row, 1) },
		.from_account = rows_int(row, 2),
		.from_point = rows_int(row, 3),
		.to_account = rows_int(row, 4),
		.to_point = rows_int(row, 5),
		.state = (enum handover_state)rows_int(row, 6),
		.reason = rows_copy(row, 7),
		.offered_ms = rows_int(row, 8),
		.answered_ms = rows_int(row, 9),
		.return_code = rows_copy(row, 10),
		.return_reason = rows_copy(row, 11),
		.better_point = rows_int(row, 12),
		.choice = rows_int(row, 13),
		.from_name = rows_copy(row, 14),
		.to_name = rows_copy(row, 15),
		.to_point_name = rows_copy(row, 16),
		.better_name = rows_copy(row, 17),
		.number = rows_copy(row, 18),
		.subject = rows_copy(row, 19),
		.start_ms = rows_int(row, 20),
		.due_ms = rows_int(row, 21),
	};
}

static enum rc
handover_load(struct tx *tx, const struct actor *actor, int64_t id, struct handover *h, struct request *r)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &dispatch_q[Q_LOAD], ARGS(db_int(id)), &row);

	if (rc != RC_OK)
		return rc;
	handover_read(row, h);
	if (h->state != HANDOVER_OFFERED)
		return RC_CONFLICT;
	return request_load(tx, actor, h->request, r);
}

static enum rc
handover_answer(struct tx *tx, const struct actor *actor, int64_t id, enum handover_state state,
    const struct dispatch_return *why)
{
	return tx_run_one(tx, actor, &dispatch_q[Q_ANSWER],
	    ARGS(db_int(id), db_int(state), db_int(tx_now_ms(tx)),
	        why != NULL ? db_text(why->code) : db_null(), why != NULL ? db_text(why->reason) : db_null(),
	        why != NULL ? db_key(why->better_point) : db_null()));
}

static bool
is_receiver(const struct actor *actor, const struct handover *h)
{
	return actor->account == h->to_account || (actor->point != 0 && actor->point == h->to_point);
}

static enum rc
accept_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const int64_t *id = argument;
	struct event_new event = { .kind = "dispatch.accepted", .shown = true };
	struct handover h;
	struct request r;
	int64_t event_id = 0;
	enum rc rc = handover_load(tx, actor, *id, &h, &r);

	if (rc != RC_OK)
		return rc;
	if (!is_receiver(actor, &h))
		return RC_FORBIDDEN;
	if (!request_is_open(r.state))
		return RC_CONFLICT;
	rc = handover_answer(tx, actor, *id, HANDOVER_ACCEPTED, NULL);
	if (rc == RC_OK && h.to_account != actor->account)
		rc = request_grant_drop(tx, actor, r.id, h.to_account); /* a colleague took it */
	if (rc == RC_OK)
		rc = request_step(tx, actor, &r, &event, &event_id);
	if (rc == RC_OK)
		rc = request_hold(tx, actor, &r, actor->account, h.to_point, HOLDING_HANDED_OVER, event_id);
	return rc;
}

enum rc
dispatch_accept(struct ctx *ctx, struct idem_key key, int64_t handover)
{
	return db_command(ctx, key,
	    &(struct command){ .name = "dispatch.accept", .fn = accept_tx, .arg = &handover,
	        .asked = ARGS(db_int(handover)) });
}

/* Who sends a case back says where it belongs, so that it does not go round. */
static enum rc
better_judge(struct tx *tx, const struct actor *actor, const struct dispatch_return *in, const struct handover *h)
{
	int64_t n = 0;
	enum rc rc;

	if (in->better_point == 0)
		return text_equals(in->code, DISPATCH_UNCLEAR) ? RC_OK : RC_INVALID;
	if (in->better_point == h->to_point)
		return RC_INVALID;
	rc = tx_int(tx, actor, &dispatch_q[Q_POINT_OPEN], ARGS(db_int(in->better_point)), &n);
	return rc == RC_OK && n == 0 ? RC_INVALID : rc;
}

static enum rc
send_back_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct dispatch_return *in = argument;
	struct event_new event = { .kind = "dispatch.returned", .note = in->reason };
	struct handover h;
	struct request r;
	enum rc rc = handover_load(tx, actor, in->handover, &h, &r);

	if (rc != RC_OK)
		return rc;
	if (!is_receiver(actor, &h))
		return RC_FORBIDDEN;
	rc = better_judge(tx, actor, in, &h);
	if (rc != RC_OK)
		return rc;
	event.data = arena_format(tx_mem(tx), "code=%.*s\nbetter=%lld", (int)in->code.n, in->code.p,
	    (long long)in->better_point);
	rc = handover_answer(tx, actor, in->handover, HANDOVER_RETURNED, in);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &dispatch_q[Q_RULING_WAITS], ARGS(db_int(r.id.n), db_int(tx_now_ms(tx)),
		    db_int(DISPATCH_RETURNS_MAX)), NULL);
	if (rc == RC_OK)
		rc = request_step(tx, actor, &r, &event, NULL);
	return rc == RC_OK ? request_grant_drop(tx, actor, r.id, h.to_account) : rc;
}

enum rc
dispatch_send_back(struct ctx *ctx, struct idem_key key, const struct dispatch_return *in)
{
	struct dispatch_return arg = *in;

	if (text_is_empty(text_trim(in->reason)))
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "dispatch.return", .fn = send_back_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->handover), db_text(in->code), db_text(in->reason), db_int(in->better_point)) });
}

static enum rc
withdraw_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const int64_t *id = argument;
	struct event_new event = { .kind = "dispatch.withdrawn" };
	struct handover h;
	struct request r;
	enum rc rc = handover_load(tx, actor, *id, &h, &r);

	if (rc != RC_OK)
		return rc;
	if (!request_may_act(actor, &r))
		return RC_FORBIDDEN;
	rc = handover_answer(tx, actor, *id, HANDOVER_WITHDRAWN, NULL);
	if (rc == RC_OK)
		rc = request_step(tx, actor, &r, &event, NULL);
	return rc == RC_OK ? request_grant_drop(tx, actor, r.id, h.to_account) : rc;
}

enum rc
dispatch_withdraw(struct ctx *ctx, struct idem_key key, int64_t handover)
{
	return db_command(ctx, key,
	    &(struct command){ .name = "dispatch.withdraw", .fn = withdraw_tx, .arg = &handover,
	        .asked = ARGS(db_int(handover)) });
}

struct take_over_arg {
	struct case_id id;
	int64_t revision;
};

static enum rc
take_over_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct take_over_arg *arg = argument;
	struct event_new event = { .kind = "dispatch.taken_over", .shown = true };
	struct request r;
	int64_t event_id = 0;
	enum rc rc = request_load(tx, actor, arg->id, &r);

	if (rc != RC_OK)
		return rc;
	if (!request_may_act(actor, &r))
		return RC_FORBIDDEN;
	if (r.revision != arg->revision || !request_is_open(r.state) || r.holder == actor->account)
		return RC_CONFLICT;
	rc = request_step(tx, actor, &r, &event, &event_id);
	if (rc == RC_OK)
		rc = request_hold(tx, actor, &r, actor->account, actor->point, HOLDING_TAKEN_OVER, event_id);
	return rc;
}

enum rc
dispatch_take_over(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision)
{
	struct take_over_arg arg = { .id = id, .revision = revision };

	return db_command(ctx, key,
	    &(struct command){ .name = "dispatch.take_over", .fn = take_over_tx, .arg = &arg,
	        .asked = ARGS(db_int(id.n), db_int(revision)) });
}

/* ---- from hand to hand too often --------------------------------------------------------------- */

enum rc
dispatch_returns_of(struct tx *tx, const struct actor *actor, struct case_id id, int64_t *ret)
{
	return tx_int(tx, actor, &dispatch_q[Q_RETURNS], ARGS(db_int(id.n)), ret);
}

enum rc
dispatch_rulings(struct tx *tx, const struct actor *actor, struct ruling *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &dispatch_q[Q_RULINGS], ARGS(db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct ruling *v = &ret[(*ret_n)++];

		v->id.n = rows_int(row, 0);
		v->number = rows_copy(row, 1);
		v->subject = rows_copy(row, 2);
		v->holder_name = rows_copy(row, 3);
		v->point_name = rows_copy(row, 4);
		v->returns = rows_int(row, 5);
		v->since_ms = rows_int(row, 6);
		v->start_ms = rows_int(row, 7);
		v->due_ms = rows_int(row, 8);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
dispatch_rulings_count(struct tx *tx, const struct actor *actor, int64_t *ret)
{
	return tx_int(tx, actor, &dispatch_q[Q_RULINGS_COUNT], NO_ARGS, ret);
}

/* ---- reading ---------------------------------------------------------------------------------- */

static enum rc
handover_collect(enum rc rc, struct rows *row, struct handover *ret, size_t cap, size_t *ret_n)
{
	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		handover_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
dispatch_history(struct tx *tx, const struct actor *actor, struct case_id id, struct handover *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &dispatch_q[Q_HISTORY], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	return handover_collect(rc, row, ret, cap, ret_n);
}

enum rc
dispatch_inbox(struct tx *tx, const struct actor *actor, struct handover *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &dispatch_q[Q_INBOX], ARGS(db_int((int64_t)cap)), &row);

	return handover_collect(rc, row, ret, cap, ret_n);
}

enum rc
dispatch_reasons(struct tx *tx, const struct actor *actor, struct case_id id, int64_t choice,
    struct choice_row *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &dispatch_q[Q_REASONS],
	    ARGS(db_int(id.n), db_int(choice), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct choice_row){
			.rank = (int)rows_int(row, 0),
			.account = rows_int(row, 1),
			.name = rows_copy(row, 2),
			.point_name = rows_copy(row, 3),
			.reasons = rows_copy(row, 4),
			.score = (int)rows_int(row, 5),
		};
	return rc == RC_DONE ? RC_OK : rc;
}
