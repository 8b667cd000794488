/*
 * A new table of holidays moves deadlines: every clock still running that was counted with an older calendar is
 * counted again, with its pauses; where the moment moves, the request says from when to when.
 */
#include "operations/request/request_internal.h"
#include "operations/request/request_store.h"

#include "standards/holidays/holidays.h"

struct running {
	int64_t request, due_ms, start_ms;
	int target, version;
	struct clock_rule rule;
	bool paused;                 /* it has been, or is */
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
			.paused = rows_int(row, 8) != 0 };
	return rc == RC_DONE ? RC_OK : rc;
}

static const char *const kinds[TARGET_COUNT] = {
	[TARGET_ACCEPT] = "clock.recounted.accept", [TARGET_ANSWER] = "clock.recounted.answer",
	[TARGET_CLOSE] = "clock.recounted.close",
};

/* The case says it, for its holder and for the resident: which deadline, from when to when. */
static enum rc
tell(struct tx *tx, const struct actor *actor, const struct running *c, int64_t due_ms)
{
	char from[16], to[16];
	struct text old = day_print(day_of_moment(c->due_ms), from), new = day_print(day_of_moment(due_ms), to);
	struct event_new event = { .kind = kinds[c->target], .shown = true,
		.note = arena_format(tx_mem(tx), "%.*s → %.*s", (int)old.n, old.p, (int)new.n, new.p),
		.data = arena_format(tx_mem(tx), "old_ms=%lld\nnew_ms=%lld", (long long)c->due_ms, (long long)due_ms) };
	struct request r;
	enum rc rc = request_load(tx, actor, (struct case_id){ c->request }, &r);

	if (rc == RC_OK)
		rc = case_due_refresh(tx, actor, &r);
	return rc == RC_OK ? request_note(tx, actor, &r, &event) : rc;
}

static enum rc
count_again(struct tx *tx, const struct actor *actor, struct recount *x, const struct running *c)
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
	rc = tx_run(tx, actor, &request_q[Q_CLOCK_SET], ARGS(db_int(c->request), db_int(c->target), db_int(c->version),
	    db_int(answer.due_ms), db_int(answer.uncertain), db_int(x->calendar->version)), &changed);
	if (rc != RC_OK || changed == 0 || answer.due_ms == c->due_ms)
		return rc; /* met meanwhile, or another process was faster */
	x->moved++;
	return tell(tx, actor, c, answer.due_ms);
}

static enum rc
recount_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct recount *x = arg;
	enum rc rc = running_read(tx, actor, x);

	x->moved = 0;
	for (size_t i = 0; rc == RC_OK && i < x->n; i++)
		rc = count_again(tx, actor, x, &x->v[i]);
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
