/*
 * A new table of holidays moves deadlines: every clock still running that was counted with an older calendar is
 * counted again, with its pauses; where the moment moves, the request says from when to when.
 *
 * A batch is a stretch of the index (calendar, request, target): what moves is written one by one, what stays where
 * it was is marked as counted in one statement over the stretch, and so is what the requests show (a request's row
 * lies in six queues: one by one that took as long as all the rest).  The transaction's snapshot holds both together.
 */
#include "operations/request/request_internal.h"
#include "operations/request/request_store.h"

#include "standards/holidays/holidays.h"

struct running {
	int64_t request, due_ms, start_ms;
	int target, version;
	struct clock_rule rule;
	bool paused;                 /* it has been, or is */
	bool uncertain;
	enum request_state state;
};

struct recount {
	const struct calendar *calendar;
	struct running *v;
	size_t cap, n;
	int64_t moved;
};

static enum rc
running_read(struct tx *tx, const struct actor *actor, struct recount *x)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &request_q[Q_RUNNING_OLD],
	    ARGS(db_int(x->calendar->version), db_int((int64_t)x->cap)), &row);

	x->n = 0;
	while (rc == RC_OK && x->n < x->cap && (rc = rows_next(row)) == RC_OK)
		x->v[x->n++] = (struct running){ .request = rows_int(row, 0), .target = (int)rows_int(row, 1),
			.rule = { .count = (int)rows_int(row, 2), .unit = (enum clock_unit)rows_int(row, 3),
			    .roll = rows_int(row, 4) != 0 },
			.start_ms = rows_int(row, 5), .due_ms = rows_int(row, 6), .version = (int)rows_int(row, 7),
			.paused = rows_int(row, 8) != 0, .uncertain = rows_int(row, 9) != 0,
			.state = (enum request_state)rows_int(row, 10) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* The case says it, for its holder and for the resident: which deadlines, from when to when. */
static enum rc
tell(struct tx *tx, const struct actor *actor, const struct running *c, const struct clock_move *moves, size_t n)
{
	struct event_new event = { .kind = "clock.recounted", .shown = true,
		.data = clock_moves_data(tx_mem(tx), TEXT("calendar"), moves, n) };
	struct request r = { .id = { c->request }, .state = c->state };

	return request_note(tx, actor, &r, &event);
}

/* The clock's row follows where the answer is not what it was; a moment that moves goes to `moves`. */
static enum rc
count_again(struct tx *tx, const struct actor *actor, struct recount *x, const struct running *c, struct clock_move *moves,
    size_t *n)
{
	struct clock_pause pauses[CASE_PAUSES_MAX];
	struct clock_stops stops = { .n = 0 };
	struct clock_answer answer;
	int64_t changed = 0;
	enum rc rc = c->paused ? case_pauses_of(tx, actor, (struct case_id){ c->request }, &stops) : RC_OK;

	if (c->target < 0 || c->target >= TARGET_COUNT)
		return RC_CORRUPT;
	if (rc != RC_OK)
		return rc;
	answer = clock_due(x->calendar, c->rule, c->start_ms, pauses,
	    clock_stops_for(&stops, (enum clock_target)c->target, pauses), tx_now_ms(tx));
	if (answer.due_ms == c->due_ms && answer.uncertain == c->uncertain)
		return RC_OK;
	rc = tx_run(tx, actor, &request_q[Q_CLOCK_SET], ARGS(db_int(c->request), db_int(c->target), db_int(c->version),
	    db_int(answer.due_ms), db_int(answer.uncertain), db_int(x->calendar->version)), &changed);
	if (rc == RC_OK && changed > 0 && answer.due_ms != c->due_ms && *n < CASE_CLOCKS_MAX)
		moves[(*n)++] = (struct clock_move){ (enum clock_target)c->target, c->due_ms, answer.due_ms };
	return rc; /* unchanged: met meanwhile, or another process was faster */
}

/* The clocks of one request in the batch, from the *i-th on. */
static enum rc
request_again(struct tx *tx, const struct actor *actor, struct recount *x, size_t *i)
{
	const struct running *first = &x->v[*i];
	struct clock_move moves[CASE_CLOCKS_MAX];
	size_t n = 0;
	enum rc rc = RC_OK;

	for (; rc == RC_OK && *i < x->n && x->v[*i].request == first->request; (*i)++)
		rc = count_again(tx, actor, x, &x->v[*i], moves, &n);
	x->moved += (int64_t)n;
	return rc == RC_OK && n > 0 ? tell(tx, actor, first, moves, n) : rc;
}

/* What lies between two of one old calendar, both along, is counted, and its requests show what is nearest now. */
static enum rc
stretch_end(struct tx *tx, const struct actor *actor, const struct recount *x, size_t from, size_t to)
{
	const struct running *a = &x->v[from], *b = &x->v[to];
	enum rc rc = tx_run(tx, actor, &request_q[Q_CLOCKS_COUNTED], ARGS(db_int(a->version), db_int(x->calendar->version),
	    db_int(a->request), db_int(a->target), db_int(b->request), db_int(b->target)), NULL);

	if (rc != RC_OK || x->moved == 0)
		return rc;
	return tx_run(tx, actor, &request_q[Q_NEAREST_AGAIN], ARGS(db_int(a->request), db_int(b->request)), NULL);
}

static enum rc
recount_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct recount *x = arg;
	enum rc rc = running_read(tx, actor, x);

	x->moved = 0;
	for (size_t i = 0; rc == RC_OK && i < x->n;)
		rc = request_again(tx, actor, x, &i);
	for (size_t from = 0, i = 0; rc == RC_OK && i < x->n; i++)
		if (i + 1 == x->n || x->v[i + 1].version != x->v[from].version) {
			rc = stretch_end(tx, actor, x, from, i);
			from = i + 1;
		}
	return rc;
}

static enum rc
any_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return running_read(tx, actor, arg);
}

enum rc
request_recount(struct ctx *ctx, size_t most, int64_t *ret_counted, int64_t *ret_moved)
{
	struct recount x = { .calendar = holidays_current(), .v = arena_array(ctx->mem, most, sizeof *x.v), .cap = 1 };
	enum rc rc = x.v == NULL || most == 0 ? RC_NO_MEMORY : db_read(ctx, any_tx, &x);

	*ret_counted = 0;
	*ret_moved = 0;
	if (rc != RC_OK || x.n == 0)
		return rc; /* the usual case writes nothing */
	x.cap = most;
	rc = db_job(ctx, &(struct command){ .name = "request.recount", .fn = recount_tx, .arg = &x });
	if (rc == RC_OK) {
		*ret_counted = (int64_t)x.n;
		*ret_moved = x.moved;
	}
	return rc;
}

/* ---- before it is done ---------------------------------------------------------------------------------- */

/* A clock with its pauses, one row for each; the rows of a clock come together. */
struct tried { int64_t request, start_ms, due_ms; int target; struct clock_rule rule; struct clock_pause pauses[CASE_PAUSES_MAX]; size_t n; };

static void
tried_count(const struct tried *t, const struct calendar *c, int64_t now_ms, struct recount_try *ret)
{
	int64_t due = clock_due(c, t->rule, t->start_ms, t->pauses, t->n, now_ms).due_ms;

	ret->running++;
	ret->later += due > t->due_ms;
	ret->earlier += due < t->due_ms;
	ret->late_at_once += due < now_ms && t->due_ms >= now_ms;
}

enum rc
request_recount_try(struct tx *tx, const struct actor *actor, const struct calendar *c, struct recount_try *ret)
{
	struct tried t = { .request = 0 };
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &request_q[Q_RUNNING_ALL], NO_ARGS, &row);

	*ret = (struct recount_try){ .running = 0 };
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		if (t.request != rows_int(row, 0) || t.target != rows_int(row, 1)) {
			if (t.request != 0)
				tried_count(&t, c, tx_now_ms(tx), ret);
			t = (struct tried){ .request = rows_int(row, 0), .target = (int)rows_int(row, 1),
				.rule = { .count = (int)rows_int(row, 2), .unit = (enum clock_unit)rows_int(row, 3),
				    .roll = rows_int(row, 4) != 0 },
				.start_ms = rows_int(row, 5), .due_ms = rows_int(row, 6) };
		}
		if (rows_int(row, 7) != 0 && (rows_int(row, 9) >> t.target & 1) != 0 && t.n < CASE_PAUSES_MAX)
			t.pauses[t.n++] = (struct clock_pause){ rows_int(row, 7), rows_int(row, 8) };
	}
	if (rc == RC_DONE && t.request != 0)
		tried_count(&t, c, tx_now_ms(tx), ret);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
request_recount_waiting(struct tx *tx, const struct actor *actor, int64_t *ret)
{
	return tx_int(tx, actor, &request_q[Q_RUNNING_WAITING], ARGS(db_int(holidays_current()->version)), ret);
}
