/*
 * What the worker does: a read finds what has come due, in order of the deadline; then a few at a time are done in a
 * transaction each, touching by key alone, so that people who write meanwhile seldom meet it.  Each is done only if
 * its clock or order stands as it was read.
 */
#include "operations/supervise/supervise_internal.h"
#include "operations/supervise/supervise_rule.h"
#include "operations/supervise/supervise_store.h"

#include "standards/holidays/holidays.h"

#define CHUNK 20

/* Something that seems to have come due: a clock, an order, or a case without a clock. */
enum seen_as { SEEN_STOPPED, SEEN_CLOCK, SEEN_ORDER, SEEN_AGAIN /* done, and due for the next turn */, SEEN_MOVED /* no longer late */ };
struct seen {
	enum seen_as as;
	enum supervise_step taken; /* of a clock: the step taken so far */
	int64_t request, order;    /* order 0: none */
	int64_t start_ms, due_ms;
	int target;                /* 0: neither clock nor order */
	bool urgent;
};

struct run {
	struct supervise_rules rules;
	const struct calendar *calendar;
	bool everywhere;           /* look through all open cases for one without a clock */
	struct seen *v;
	size_t cap, n;
	const struct seen *at, *end; /* of the transaction */
	int64_t done;
};

/* ---- what has come due ------------------------------------------------------------------------------------ */

static int64_t
least_urgent(const struct run *x, int64_t now_ms)
{
	return supervise_hour_fits(&x->rules, SUPERVISE_NONE, x->calendar, false, now_ms) ? 0 : 1;
}

static enum rc
clocks_see(struct tx *tx, const struct actor *actor, struct run *x, enum supervise_step taken)
{
	int64_t now = tx_now_ms(tx), reach = now - 1;
	ROWS row = NULL;
	enum rc rc;

	for (int s = (int)taken + 1; s <= SUPERVISE_ORDER; s++) {
		int64_t r = supervise_reach(&x->rules, (enum supervise_step)s, x->calendar, now);

		reach = r > reach ? r : reach;
	}
	rc = tx_rows(tx, actor, &supervise_q[Q_STEPS_DUE], ARGS(db_int(taken), db_int(reach), db_int(now),
	    db_int(least_urgent(x, now)), db_int((int64_t)(x->cap - x->n))), &row);
	while (rc == RC_OK && x->n < x->cap && (rc = rows_next(row)) == RC_OK)
		x->v[x->n++] = (struct seen){ .as = SEEN_CLOCK, .taken = taken, .request = rows_int(row, 0), .target = (int)rows_int(row, 1),
			.start_ms = rows_int(row, 2), .due_ms = rows_int(row, 3), .urgent = rows_int(row, 4) != 0 };
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
orders_see(struct tx *tx, const struct actor *actor, struct run *x, enum seen_as as)
{
	int64_t now = tx_now_ms(tx);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &supervise_q[as == SEEN_AGAIN ? Q_AGAIN_DUE : Q_ORDERS_DUE],
	    ARGS(db_int(now), db_int(least_urgent(x, now)), db_int((int64_t)(x->cap - x->n))), &row);

	while (rc == RC_OK && x->n < x->cap && (rc = rows_next(row)) == RC_OK)
		x->v[x->n++] = (struct seen){ .as = as, .order = rows_int(row, 0), .request = rows_int(row, 1),
			.urgent = rows_int(row, 2) != 0 };
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
moved_see(struct tx *tx, const struct actor *actor, struct run *x)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &supervise_q[Q_ORDERS_MOVED], ARGS(db_int(tx_now_ms(tx)), db_int((int64_t)(x->cap - x->n))),
	    &row);

	while (rc == RC_OK && x->n < x->cap && (rc = rows_next(row)) == RC_OK)
		x->v[x->n++] = (struct seen){ .as = SEEN_MOVED, .order = rows_int(row, 0), .request = rows_int(row, 1) };
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
stopped_see(struct tx *tx, const struct actor *actor, struct run *x)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &supervise_q[x->everywhere ? Q_NO_CLOCK_ANYWHERE : Q_NO_CLOCK],
	    ARGS(db_int(least_urgent(x, tx_now_ms(tx))), db_int((int64_t)(x->cap - x->n))), &row);

	while (rc == RC_OK && x->n < x->cap && (rc = rows_next(row)) == RC_OK)
		x->v[x->n++] = (struct seen){ .request = rows_int(row, 0), .urgent = rows_int(row, 1) != 0 };
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
see_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct run *x = arg;
	enum rc rc = supervise_rules_load(tx, actor, &x->rules);

	x->n = 0;
	if (rc == RC_OK)
		rc = stopped_see(tx, actor, x);
	if (rc == RC_OK && x->everywhere)
		rc = moved_see(tx, actor, x);
	if (rc == RC_OK)
		rc = orders_see(tx, actor, x, SEEN_ORDER);
	if (rc == RC_OK)
		rc = orders_see(tx, actor, x, SEEN_AGAIN);
	for (int taken = SUPERVISE_REMINDER; rc == RC_OK && taken >= SUPERVISE_NONE; taken--)
		rc = clocks_see(tx, actor, x, (enum supervise_step)taken);
	return rc;
}

/* ---- whom to tell ------------------------------------------------------------------------------------------ */

static enum rc
told_find(struct tx *tx, const struct actor *actor, const struct request *r, enum supervise_step step, int64_t *ret)
{
	struct db_value county = db_int(place_up(r->place, PLACE_COUNTY).code);
	enum rc rc = step == SUPERVISE_BUREAU || step == SUPERVISE_AGAIN
	    ? tx_int(tx, actor, &supervise_q[Q_BUREAU], ARGS(county, db_int(place_up(r->place, PLACE_CITY).code)), ret)
	    : tx_int(tx, actor, &supervise_q[Q_DIRECTOR], ARGS(db_int(place_up(r->place, PLACE_TOWN).code), county,
	        db_int(r->holder), db_int(day_of_moment(tx_now_ms(tx)).n)), ret);

	if (rc != RC_NOT_FOUND)
		return rc;
	*ret = 0; /* nobody is there: it stands in the register */
	return RC_OK;
}

static const char *const kinds[SUPERVISE_STEP_COUNT] = {
	[SUPERVISE_WARNING] = "supervise.warned", [SUPERVISE_REMINDER] = "supervise.reminded",
	[SUPERVISE_ORDER] = "supervise.ordered", [SUPERVISE_DIRECTOR] = "supervise.reported.director",
	[SUPERVISE_BUREAU] = "supervise.reported.bureau", [SUPERVISE_NO_CLOCK] = "supervise.no_clock",
	[SUPERVISE_AGAIN] = "supervise.turns_over",
};

/* data for whoever works off events: whom it concerns, which deadline, which order. */
static enum rc
tell(struct tx *tx, const struct actor *actor, const struct request *r, enum supervise_step step, int target,
    int64_t to, int64_t order, int64_t due_ms)
{
	return request_note(tx, actor, r, &(struct event_new){ .kind = kinds[step],
	    .data = arena_format(tx_mem(tx), "target=%s\nto=%lld\norder=%lld\ndue_ms=%lld",
	        target != 0 ? target_key((enum clock_target)target) : "none", (long long)to, (long long)order,
	        (long long)due_ms) });
}

static enum rc
step_write(struct tx *tx, const struct actor *actor, const struct run *x, int64_t request, int target,
    enum supervise_step step, int64_t due_ms, int turn, bool said, int64_t to, int64_t order, bool *ret_new)
{
	int64_t changed = 0;
	enum rc rc = tx_run(tx, actor, &supervise_q[Q_STEP_INSERT], ARGS(db_int(request), db_int(target), db_int(step),
	    db_int(due_ms), db_int(tx_now_ms(tx)), db_int(said), db_int(to), db_key(order), db_int(x->rules.from_ms),
	    db_int(turn)), &changed);

	*ret_new = changed > 0;
	return rc;
}

/* ---- a clock: warning, reminder, order ------------------------------------------------------------------------ */

static const char *
cause_of(int target)
{
	switch ((enum clock_target)target) {
	case TARGET_ACCEPT: return "accept_late";
	case TARGET_ANSWER: return "answer_late";
	case TARGET_CLOSE: return "close_late";
	case TARGET_DECIDE: case TARGET_OBJECTION: case TARGET_CHANGE: case TARGET_CALL_BACK: return "answer_late";
	case TARGET_ASSIGN: case TARGET_AGREE: case TARGET_PASS_ON: return "accept_late";
	case TARGET_FILE: case TARGET_FILE_CHECK: case TARGET_MEDIATE: case TARGET_PERFORM: case TARGET_CONFIRM: return "close_late";
	case TARGET_COUNT: break;
	}
	return "other";
}

static struct order_new
order_of(struct tx *tx, const struct run *x, const struct request *r, int target)
{
	return (struct order_new){ .r = r, .target = target, .level = SUPERVISE_ORDER, .cause = text_of(cause_of(target)),
		.issuer = ACCOUNT_SYSTEM, .time = order_time_of(tx, &x->rules, DAY_NONE) };
}

/* The last turn of a deadline, and its order; 0 when it was never ordered. */
struct turn { int n; int64_t order; };

static enum rc
turn_find(struct tx *tx, const struct actor *actor, const struct request *r, int target, int64_t due_ms, struct turn *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &supervise_q[Q_TURN_LAST], ARGS(db_int(r->id.n), db_int(target), db_int(due_ms)), &row);

	*ret = (struct turn){ 0, 0 };
	if (rc == RC_OK)
		*ret = (struct turn){ (int)rows_int(row, 0), rows_int(row, 1) };
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static bool
turns_are_over(const struct run *x, struct turn last)
{
	return last.n >= x->rules.v[SUPERVISE_AGAIN].most;
}

/* No further order for this deadline: its last one stands in the report to the bureau, once. */
static enum rc
turns_end(struct tx *tx, const struct actor *actor, struct run *x, const struct request *r, int target, int64_t due_ms,
    struct turn last)
{
	int64_t to = 0;
	bool fresh = false;
	enum rc rc = told_find(tx, actor, r, SUPERVISE_AGAIN, &to);

	if (rc == RC_OK)
		rc = step_write(tx, actor, x, r->id.n, target, SUPERVISE_AGAIN, due_ms, last.n, true, to, last.order, &fresh);
	if (rc == RC_OK && fresh)
		rc = tx_run_one(tx, actor, &supervise_q[Q_ORDER_OVER], ARGS(db_int(last.order), db_int(to), db_int(tx_now_ms(tx))));
	if (rc != RC_OK || !fresh)
		return rc;
	x->done++;
	return tell(tx, actor, r, SUPERVISE_AGAIN, target, to, last.order, due_ms);
}

/* The step that the clock has reached, and those it has run past without anybody looking. */
static enum rc
clock_steps_write(struct tx *tx, const struct actor *actor, struct run *x, const struct seen *s,
    const struct request *r, enum supervise_step step)
{
	int64_t order = 0, open = 0;
	struct turn last = { 0, 0 };
	int turn = 1;
	bool fresh = false;
	enum rc rc = step == SUPERVISE_ORDER ? order_open_find(tx, actor, r->id, s->target, &open) : RC_OK;

	if (step == SUPERVISE_ORDER)
		order = open != 0 ? open : tx_id(tx);
	if (rc == RC_OK && step == SUPERVISE_ORDER && open == 0) { /* there are some: the deadline went and came back */
		rc = turn_find(tx, actor, r, s->target, s->due_ms, &last);
		if (rc == RC_OK && turns_are_over(x, last))
			return turns_end(tx, actor, x, r, s->target, s->due_ms, last);
		turn = last.n + 1;
	}
	for (int k = (int)s->taken + 1; rc == RC_OK && k <= (int)step; k++)
		rc = step_write(tx, actor, x, r->id.n, s->target, (enum supervise_step)k, s->due_ms,
		    k == SUPERVISE_ORDER ? turn : 1, k == (int)step, r->holder, k == SUPERVISE_ORDER ? order : 0, &fresh);
	if (rc != RC_OK || !fresh)
		return rc; /* a deadline moved there and back: said before */
	if (step == SUPERVISE_ORDER && open == 0) {
		struct order_new new = order_of(tx, x, r, s->target);

		new.id = order;
		new.turn = turn;
		rc = order_insert(tx, actor, &new);
	}
	x->done++;
	return rc == RC_OK ? tell(tx, actor, r, step, s->target, r->holder, order, s->due_ms) : rc;
}

static enum rc
clock_do(struct tx *tx, const struct actor *actor, struct run *x, const struct seen *s)
{
	int64_t now = tx_now_ms(tx), changed = 0;
	enum supervise_step step = supervise_step_at(&x->rules, x->calendar, s->start_ms, s->due_ms, now);
	struct request r;
	enum rc rc;

	if (step <= s->taken || !supervise_hour_fits(&x->rules, step, x->calendar, s->urgent, now))
		return RC_OK;
	rc = tx_run(tx, actor, &supervise_q[Q_MARK], ARGS(db_int(s->request), db_int(s->target), db_int(s->due_ms),
	    db_int(s->taken), db_int(step)), &changed);
	if (rc != RC_OK || changed == 0)
		return rc; /* met, moved, or done by another process */
	rc = request_load(tx, actor, (struct case_id){ s->request }, &r);
	return rc == RC_OK ? clock_steps_write(tx, actor, x, s, &r, step) : rc;
}

/* ---- an order without a reply: director, bureau ----------------------------------------------------------------- */

/* When the next level hears of it; db_null: nobody is above. */
static struct db_value
next_of(struct tx *tx, const struct run *x, enum supervise_step step)
{
	const struct supervise_rule *here = &x->rules.v[SUPERVISE_DIRECTOR], *up = &x->rules.v[SUPERVISE_BUREAU];

	if (step != SUPERVISE_DIRECTOR)
		return db_null();
	return db_int(supervise_after(x->calendar, up->count, up->unit,
	    supervise_after(x->calendar, here->reply_count, here->reply_unit, tx_now_ms(tx))));
}

static enum rc
order_raise(struct tx *tx, const struct actor *actor, struct run *x, const struct seen *s, const struct rows *row)
{
	int target = (int)rows_int(row, 1), turn = (int)rows_int(row, 7);
	enum supervise_step step = rows_int(row, 2) == SUPERVISE_ORDER ? SUPERVISE_DIRECTOR : SUPERVISE_BUREAU;
	int64_t due_ms = rows_int(row, 4), revision = rows_int(row, 6), to = 0, changed = 0;
	bool fresh = false;
	struct request r;
	enum rc rc;

	if (!supervise_hour_fits(&x->rules, step, x->calendar, s->urgent, tx_now_ms(tx)))
		return RC_OK;
	rc = request_load(tx, actor, (struct case_id){ s->request }, &r);
	if (rc == RC_OK)
		rc = told_find(tx, actor, &r, step, &to);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &supervise_q[Q_ORDER_RAISE], ARGS(db_int(s->order), db_int(revision), db_int(step),
		    db_int(to), db_int(tx_now_ms(tx)), next_of(tx, x, step), db_int(x->rules.from_ms)), &changed);
	if (rc != RC_OK || changed == 0)
		return rc;
	rc = step_write(tx, actor, x, r.id.n, target, step, due_ms, turn, true, to, s->order, &fresh);
	if (rc != RC_OK || !fresh)
		return rc;
	x->done++;
	return tell(tx, actor, &r, step, target, to, s->order, due_ms);
}

/* The clock of an order of the program is not late: withdrawn.  RC_NOT_FOUND: it is. */
static enum rc
order_take_back(struct tx *tx, const struct actor *actor, struct run *x, const struct seen *s, const struct rows *row)
{
	int64_t target = rows_int(row, 1), revision = rows_int(row, 6), to = rows_int(row, 9), due_ms = 0;
	struct request r;
	enum rc rc = tx_int(tx, actor, &supervise_q[Q_CLOCK_AHEAD], ARGS(db_int(s->request), db_int(target), db_int(tx_now_ms(tx))),
	    &due_ms);

	if (rc == RC_OK)
		rc = request_load(tx, actor, (struct case_id){ s->request }, &r);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &supervise_q[Q_ORDER_CLOSE], ARGS(db_int(s->order), db_int(revision), db_int(ORDER_WITHDRAWN),
		    db_int(tx_now_ms(tx)), db_null()));
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &supervise_q[Q_UNMARK], ARGS(db_int(s->request), db_int(target)), NULL);
	if (rc != RC_OK)
		return rc;
	x->done++;
	return request_note(tx, actor, &r, &(struct event_new){ .kind = due_ms == DUE_NONE ? "supervise.withdrawn.paused"
	    : "supervise.withdrawn.moved", .data = arena_format(tx_mem(tx), "target=%s\nto=%lld\norder=%lld\ndue_ms=%lld",
	        target_key((enum clock_target)target), (long long)to, (long long)s->order, (long long)due_ms) });
}

static enum rc
order_do(struct tx *tx, const struct actor *actor, struct run *x, const struct seen *s)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &supervise_q[Q_ORDER_STANDS], ARGS(db_int(s->order)), &row);

	if (rc != RC_OK)
		return rc;
	if (!order_waits_for_reply((enum order_state)rows_int(row, 3)) || rows_is_null(row, 5)
	    || rows_int(row, 5) >= tx_now_ms(tx))
		return RC_OK; /* replied to, or given more time meanwhile */
	rc = rows_int(row, 8) == ACCOUNT_SYSTEM ? order_take_back(tx, actor, x, s, row) : RC_NOT_FOUND;
	return rc == RC_NOT_FOUND ? order_raise(tx, actor, x, s, row) : rc;
}

static enum rc
moved_do(struct tx *tx, const struct actor *actor, struct run *x, const struct seen *s)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &supervise_q[Q_ORDER_STANDS], ARGS(db_int(s->order)), &row);

	if (rc == RC_OK)
		rc = order_is_open((enum order_state)rows_int(row, 3)) ? order_take_back(tx, actor, x, s, row) : RC_OK;
	return rc == RC_NOT_FOUND ? RC_OK : rc; /* late again, or met meanwhile */
}

/* An order is done and its time of grace over: the next turn, if its clock is still late and nobody has ordered it. */
static enum rc
again_do(struct tx *tx, const struct actor *actor, struct run *x, const struct seen *s)
{
	int64_t now = tx_now_ms(tx), changed = 0, open = 0, due_ms = 0;
	struct turn last;
	struct order_new new;
	struct request r;
	bool fresh = false;
	ROWS row = NULL;
	enum rc rc;
	int target;

	if (!supervise_hour_fits(&x->rules, SUPERVISE_ORDER, x->calendar, s->urgent, now))
		return RC_OK;
	rc = tx_one(tx, actor, &supervise_q[Q_ORDER_STANDS], ARGS(db_int(s->order)), &row);
	if (rc != RC_OK)
		return rc;
	target = (int)rows_int(row, 1);
	rc = tx_run(tx, actor, &supervise_q[Q_AGAIN_TAKE], ARGS(db_int(s->order), db_int(now)), &changed);
	if (rc != RC_OK || changed == 0)
		return rc; /* done by another process */
	rc = request_load(tx, actor, (struct case_id){ s->request }, &r);
	if (rc == RC_OK)
		rc = order_open_find(tx, actor, r.id, target, &open);
	if (rc != RC_OK || open != 0 || !request_is_open(r.state))
		return rc;
	rc = tx_int(tx, actor, &supervise_q[Q_TURN_LATE], ARGS(db_int(r.id.n), db_int(target), db_int(now)), &due_ms);
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc; /* met, or moved: its new deadline is judged by itself */
	rc = turn_find(tx, actor, &r, target, due_ms, &last);
	if (rc != RC_OK || turns_are_over(x, last))
		return rc == RC_OK ? turns_end(tx, actor, x, &r, target, due_ms, last) : rc;
	new = order_of(tx, x, &r, target);
	new.id = tx_id(tx);
	new.turn = last.n + 1;
	rc = step_write(tx, actor, x, r.id.n, target, SUPERVISE_ORDER, due_ms, new.turn, true, r.holder, new.id, &fresh);
	if (rc != RC_OK || !fresh)
		return rc;
	rc = order_insert(tx, actor, &new);
	x->done++;
	return rc == RC_OK ? tell(tx, actor, &r, SUPERVISE_ORDER, target, r.holder, new.id, due_ms) : rc;
}

/* ---- an open case without a clock --------------------------------------------------------------------------------- */

static enum rc
stopped_do(struct tx *tx, const struct actor *actor, struct run *x, const struct seen *s)
{
	struct order_new new;
	struct request r;
	int64_t to = 0, open = 0;
	bool fresh = false;
	enum rc rc;

	if (!supervise_hour_fits(&x->rules, SUPERVISE_ORDER, x->calendar, s->urgent, tx_now_ms(tx)))
		return RC_OK;
	rc = request_load(tx, actor, (struct case_id){ s->request }, &r);
	if (rc == RC_OK)
		rc = order_open_find(tx, actor, r.id, 0, &open);
	if (rc != RC_OK || open != 0 || !request_is_open(r.state))
		return rc;
	rc = told_find(tx, actor, &r, SUPERVISE_NO_CLOCK, &to);
	new = order_of(tx, x, &r, 0);
	new.id = tx_id(tx);
	new.cause = TEXT("no_clock");
	new.level = SUPERVISE_DIRECTOR;
	new.report_to = to;
	new.report_ms = tx_now_ms(tx);
	if (rc == RC_OK)
		rc = step_write(tx, actor, x, r.id.n, 0, SUPERVISE_NO_CLOCK, tx_now_ms(tx), 1, true, to, new.id,
		    &fresh);
	if (rc != RC_OK || !fresh)
		return rc;
	rc = order_insert(tx, actor, &new);
	x->done++;
	return rc == RC_OK ? tell(tx, actor, &r, SUPERVISE_NO_CLOCK, 0, to, new.id, 0) : rc;
}

/* ---- the run --------------------------------------------------------------------------------------------------------- */

static enum rc (*const seen_do[])(struct tx *, const struct actor *, struct run *, const struct seen *) = {
	[SEEN_STOPPED] = stopped_do, [SEEN_CLOCK] = clock_do, [SEEN_ORDER] = order_do, [SEEN_AGAIN] = again_do,
	[SEEN_MOVED] = moved_do,
};

static enum rc
chunk_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct run *x = arg;
	enum rc rc = RC_OK;

	x->done = 0;
	for (const struct seen *s = x->at; rc == RC_OK && s < x->end; s++)
		rc = seen_do[s->as](tx, actor, x, s);
	return rc;
}

static enum rc
run(struct ctx *ctx, size_t most, bool everywhere, int64_t *ret_n)
{
	struct run x = { .calendar = holidays_current(), .everywhere = everywhere,
		.v = arena_array(ctx->mem, most + 1, sizeof *x.v), .cap = most };
	enum rc rc = x.v == NULL ? RC_NO_MEMORY : db_read(ctx, see_tx, &x);

	*ret_n = 0;
	for (size_t i = 0; rc == RC_OK && i < x.n; i += CHUNK) {
		x.at = x.v + i;
		x.end = x.v + (x.n - i > CHUNK ? i + CHUNK : x.n);
		rc = db_job(ctx, &(struct command){ .name = "supervise.run", .fn = chunk_tx, .arg = &x });
		if (rc == RC_OK)
			*ret_n += x.done;
	}
	return rc;
}

enum rc
supervise_run(struct ctx *ctx, size_t most, int64_t *ret_n)
{
	return run(ctx, most, false, ret_n);
}

enum rc
supervise_watch(struct ctx *ctx, size_t most, int64_t *ret_n)
{
	return run(ctx, most, true, ret_n);
}
