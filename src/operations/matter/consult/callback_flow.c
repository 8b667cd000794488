/*
 * Calls promised to residents: who rings, until when, how often it was tried.  Whoever holds the case
 * rings: callback.account follows the holder (verify).
 */
#include "operations/matter/consult/consult_store.h"

enum rc
callback_put(struct tx *tx, const struct actor *actor, const struct request *r, int64_t due_ms, int64_t *ret_id)
{
	int64_t id = tx_id(tx);

	if (ret_id != NULL)
		*ret_id = id;
	return tx_run(tx, actor, &consult_q[Q_CALLBACK_INSERT], ARGS(db_int(id), db_int(r->id.n), db_int(r->holder), db_int(due_ms)), NULL);
}

struct promise_arg {
	struct case_id id;
	int64_t revision, due_ms;
};

static enum rc
promise_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct promise_arg *in = argument;
	struct event_new event = { .kind = "consult.callback", .shown = true };
	struct request r;
	enum rc rc = request_load(tx, actor, in->id, &r);

	if (rc != RC_OK)
		return rc;
	if (!request_may_act(actor, &r))
		return RC_FORBIDDEN;
	if (r.revision != in->revision || !request_is_open(r.state))
		return RC_CONFLICT;
	event.data = arena_format(tx_mem(tx), "due=%lld", (long long)in->due_ms);
	rc = request_step(tx, actor, &r, &event, NULL);
	return rc == RC_OK ? callback_put(tx, actor, &r, in->due_ms, NULL) : rc;
}

enum rc
callback_promise(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, int64_t due_ms)
{
	struct promise_arg arg = { id, revision, due_ms };

	if (due_ms <= ctx->now_ms)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "callback.promise", .fn = promise_tx, .arg = &arg,
	    .asked = ARGS(db_int(id.n), db_int(revision), db_int(due_ms)) });
}

struct done_arg {
	int64_t id;
	struct text result;
};

static enum rc
done_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct done_arg *in = argument;
	bool reached = text_equals(in->result, TEXT("reached"));
	struct event_new event = { .kind = "consult.called", .shown = true,
		.data = reached ? TEXT("result=reached") : TEXT("result=unreachable") };
	struct case_id id = { 0 };
	struct request r;
	enum rc rc = tx_int(tx, actor, &consult_q[Q_CALLBACK_LOAD], ARGS(db_int(in->id)), &id.n);

	if (rc == RC_OK)
		rc = request_load(tx, actor, id, &r);
	if (rc != RC_OK)
		return rc;
	if (!request_may_act(actor, &r))
		return RC_FORBIDDEN;
	rc = reached
	    ? tx_run_one(tx, actor, &consult_q[Q_CALLBACK_DONE],
	        ARGS(db_int(in->id), db_int(tx_now_ms(tx)), db_text(in->result)))
	    : tx_run_one(tx, actor, &consult_q[Q_CALLBACK_TRY], ARGS(db_int(in->id), db_text(in->result)));
	/* the event last: who hangs on it finds the call as it stands now */
	return rc == RC_OK ? request_step(tx, actor, &r, &event, NULL) : rc;
}

enum rc
callback_done(struct ctx *ctx, struct idem_key key, int64_t callback, struct text result)
{
	struct done_arg arg = { callback, result };

	if (!text_equals(result, TEXT("reached")) && !text_equals(result, TEXT("unreachable")))
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "callback.done", .fn = done_tx, .arg = &arg,
	    .asked = ARGS(db_int(callback), db_text(result)) });
}

static enum rc
callback_collect(enum rc rc, struct rows *row, struct callback *ret, size_t cap, size_t *ret_n)
{
	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct callback){
			.id = rows_int(row, 0),
			.request = { rows_int(row, 1) },
			.account = rows_int(row, 2),
			.due_ms = rows_int(row, 3),
			.tries = (int)rows_int(row, 4),
			.done_ms = rows_int(row, 5),
			.result = rows_copy(row, 6),
			.account_name = rows_copy(row, 7),
			.number = rows_copy(row, 8),
			.subject = rows_copy(row, 9),
		};
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
callback_list(struct tx *tx, const struct actor *actor, struct case_id id, struct callback *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &consult_q[Q_CALLBACK_LIST], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	return callback_collect(rc, row, ret, cap, ret_n);
}

enum rc
callback_mine(struct tx *tx, const struct actor *actor, struct callback *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &consult_q[Q_CALLBACK_MINE], ARGS(db_int((int64_t)cap)), &row);

	return callback_collect(rc, row, ret, cap, ret_n);
}

/* ---- with the case: to its next holder, and to its end ------------------------------------------ */

static enum rc
callbacks_follow(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	(void)event;
	return tx_run(tx, actor, &consult_q[Q_CALLBACK_HELD], ARGS(db_int(r->id.n), db_int(r->holder)), NULL);
}

static enum rc
callbacks_end(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	(void)event;
	return tx_run(tx, actor, &consult_q[Q_CALLBACK_END], ARGS(db_int(r->id.n), db_int(tx_now_ms(tx))), NULL);
}

const struct event_hook callback_held_hook = { .kind = HOOK_HELD, .run = callbacks_follow };
const struct event_hook callback_ended_hook = { .kind = HOOK_ENDED, .run = callbacks_end };
