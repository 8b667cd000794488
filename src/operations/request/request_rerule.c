/*
 * An item's time limit has changed: what is already running keeps the rule it began with, unless an official says that
 * it goes over to the new one.  Then every running clock of the item is counted with it, pauses kept; where that would
 * make somebody late who is not, the old rule stands.
 */
#include "operations/request/request_internal.h"
#include "operations/request/request_store.h"

#include "standards/holidays/holidays.h"

#define BATCH 1000

struct old { int64_t request, start_ms, due_ms; enum request_state state; };

struct rerule {
	const struct clock_ruling *in;
	bool try;                    /* nothing is written */
	int64_t after;               /* request */
	struct old *v;
	size_t n;
	struct recount_try before, ret; /* of the batches before; with this one */
};

static enum rc
batch_read(struct tx *tx, const struct actor *actor, struct rerule *x)
{
	const struct clock_ruling *in = x->in;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &request_q[Q_RULED_OTHERWISE], ARGS(db_int(in->item), db_int(in->target),
	    db_int(in->rule.count), db_int(in->rule.unit), db_int(in->rule.roll), db_int(x->after), db_int(BATCH)), &row);

	x->n = 0;
	while (rc == RC_OK && x->n < BATCH && (rc = rows_next(row)) == RC_OK)
		x->v[x->n++] = (struct old){ .request = rows_int(row, 0), .start_ms = rows_int(row, 1), .due_ms = rows_int(row, 2),
			.state = (enum request_state)rows_int(row, 3) };
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
change(struct tx *tx, const struct actor *actor, struct rerule *x, const struct old *o, const struct clock_answer *a)
{
	const struct clock_ruling *in = x->in;
	struct clock_move move = { in->target, o->due_ms, a->due_ms };
	struct event_new event = { .kind = "clock.ruled", .shown = true, .note = in->source,
		.data = clock_moves_data(tx_mem(tx), arena_format(tx_mem(tx), "rule=%d %s", in->rule.count,
		    clock_unit_key(in->rule.unit)), &move, 1) };
	struct request r = { .id = { o->request }, .state = o->state };
	int64_t changed = 0;
	enum rc rc = tx_run(tx, actor, &request_q[Q_CLOCK_RULE], ARGS(db_int(o->request), db_int(in->target),
	    db_int(in->rule.count), db_int(in->rule.unit), db_int(in->rule.roll), db_text(in->source), db_int(a->due_ms),
	    db_int(a->uncertain), db_int(holidays_current()->version)), &changed);

	if (rc != RC_OK || changed == 0)
		return rc;
	rc = case_due_refresh(tx, actor, &r);
	return rc == RC_OK ? request_note(tx, actor, &r, &event) : rc;
}

static enum rc
count_with(struct tx *tx, const struct actor *actor, struct rerule *x, const struct old *o)
{
	struct clock_pause pauses[CASE_PAUSES_MAX];
	struct clock_stops stops;
	struct clock_answer a;
	int64_t now = tx_now_ms(tx);
	enum rc rc = case_pauses_of(tx, actor, (struct case_id){ o->request }, &stops);

	if (rc != RC_OK)
		return rc;
	a = clock_due(holidays_current(), x->in->rule, o->start_ms, pauses, clock_stops_for(&stops, x->in->target, pauses), now);
	x->ret.running++;
	if (a.due_ms < now && o->due_ms >= now) {
		x->ret.late_at_once++;
		return RC_OK;
	}
	x->ret.later += a.due_ms > o->due_ms;
	x->ret.earlier += a.due_ms < o->due_ms;
	return x->try ? RC_OK : change(tx, actor, x, o, &a);
}

static enum rc
batch_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct rerule *x = arg;
	struct actor system = identity_system(actor->city); /* the official reads no cases; the change is theirs */
	enum rc rc = batch_read(tx, &system, x);

	x->ret = x->before; /* it may be run again */
	for (size_t i = 0; rc == RC_OK && i < x->n; i++)
		rc = count_with(tx, actor, x, &x->v[i]);
	return rc;
}

enum rc
request_rerule(struct ctx *ctx, const struct clock_ruling *in, bool try, struct recount_try *ret)
{
	struct rerule x = { .in = in, .try = try, .v = arena_array(ctx->mem, BATCH, sizeof *x.v), .n = BATCH };
	struct actor system = identity_system(ctx->actor->city);
	struct ctx reading = *ctx;
	enum rc rc = x.v == NULL ? RC_NO_MEMORY : RC_OK;

	reading.actor = &system;
	while (rc == RC_OK && x.n == BATCH) {
		rc = try ? db_read(&reading, batch_tx, &x)
		    : db_job(ctx, &(struct command){ .name = "request.rerule", .fn = batch_tx, .arg = &x });
		if (rc == RC_OK && x.n > 0)
			x.after = x.v[x.n - 1].request;
		if (rc == RC_OK)
			x.before = x.ret;
	}
	*ret = x.before;
	return rc;
}
