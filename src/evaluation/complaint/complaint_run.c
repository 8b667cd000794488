/* What the worker does: presses for what is late, ends what nobody asked to be reviewed; and who leaves hands on. */
#include "evaluation/complaint/complaint_store.h"

#include "kit/audit/audit.h"
#include "kit/msg/msg.h"

/* ---- late -------------------------------------------------------------------------------------------------------- */

static enum rc
press(struct tx *tx, const struct actor *actor, struct complaint *c, int fresh)
{
	enum rc rc = RC_OK;

	c->late |= fresh;
	if (c->watcher == 0 && c->reader != 0)
		rc = complaint_reader_find(tx, actor, c, c->reader, true, &c->watcher);
	for (int i = 0; rc == RC_OK && i < COMPLAINT_TARGETS; i++)
		if ((fresh >> i & 1) != 0)
			rc = complaint_note(tx, actor, c->id, "complaint.pressed", TEXT_NONE,
			    arena_format(tx_mem(tx), "target=%d", i), COMPLAINT_SHOWN);
	return rc == RC_OK ? audit_note(tx, actor, "complaint.press", "complaint", c->id,
				 arena_format(tx_mem(tx), "late=%d", c->late))
			   : rc;
}

struct run_arg {
	int64_t steps;
};

static enum rc
late_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct run_arg *arg = argument;
	int64_t id = 0, now = tx_now_ms(tx);
	struct complaint c;
	int fresh;
	enum rc rc = tx_int(tx, actor, &complaint_q[Q_LATE], ARGS(db_int(now)), &id);

	arg->steps = 0;
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	rc = complaint_load_system(tx, actor, id, &c);
	if (rc != RC_OK)
		return rc;
	fresh = complaint_late(&c, now) & ~c.late;
	rc = fresh != 0 ? press(tx, actor, &c, fresh) : RC_OK;
	arg->steps = 1;
	return rc == RC_OK ? complaint_save(tx, actor, &c) : rc;
}

static enum rc
over_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct run_arg *arg = argument;
	int64_t id = 0, now = tx_now_ms(tx);
	struct complaint c;
	enum rc rc = tx_int(tx, actor, &complaint_q[Q_TIME_OVER], ARGS(db_int(now)), &id);

	arg->steps = 0;
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	rc = complaint_load_system(tx, actor, id, &c);
	if (rc != RC_OK)
		return rc;
	c.state = COMPLAINT_CLOSED;
	c.end = COMPLAINT_END_TIME;
	c.closed_ms = now;
	arg->steps = 1;
	rc = complaint_save(tx, actor, &c);
	return rc == RC_OK ? complaint_note(tx, actor, id, "complaint.closed", TEXT_NONE,
				 arena_format(tx_mem(tx), "end=%d", (int)c.end), COMPLAINT_SHOWN)
			   : rc;
}

/* A read first: where nothing is due nothing is written. */
static enum rc
due_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	int64_t *id = argument, now = tx_now_ms(tx);
	enum rc rc = tx_int(tx, actor, &complaint_q[Q_LATE], ARGS(db_int(now)), id);

	return rc == RC_NOT_FOUND
	    ? tx_int(tx, actor, &complaint_q[Q_TIME_OVER], ARGS(db_int(now)), id)
	    : rc;
}

enum rc
complaint_run(struct ctx *ctx, size_t most, int64_t *ret_n)
{
	db_fn *const fns[] = { late_tx, over_tx };
	struct run_arg arg = { .steps = 1 };
	int64_t id = 0;
	enum rc rc = db_read(ctx, due_tx, &id);

	*ret_n = 0;
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	for (size_t k = 0; rc == RC_OK && k < 2; k++) {
		arg.steps = 1;
		for (size_t i = 0; rc == RC_OK && arg.steps > 0 && i < most; i++) {
			rc = db_job(ctx,
			    &(struct command){
				.name = "complaint.run", .fn = fns[k], .arg = &arg });
			*ret_n += arg.steps;
		}
	}
	return rc;
}

/* ---- who leaves ------------------------------------------------------------------------------------------------------ */

static enum rc
left_count(struct tx *tx, const struct actor *actor, struct account_id who, int64_t *ret)
{
	return tx_int(tx, actor, &complaint_q[Q_LEFT_COUNT], ARGS(db_int(who.n)), ret);
}

/* To whoever the rule names now: `next` is somebody of the same point, and may be who it is about. */
static enum rc
one_hand_on(struct tx *tx, const struct actor *actor, int64_t id, struct account_id who)
{
	struct complaint c;
	enum rc rc = complaint_load_system(tx, actor, id, &c);
	bool reads = rc == RC_OK && c.reader == who.n;

	if (rc == RC_OK && reads)
		rc = complaint_reader_find(tx, actor, &c, who.n, false, &c.reader);
	if (rc == RC_OK && (c.watcher == who.n || c.watcher == c.reader))
		c.watcher = 0;
	if (rc == RC_OK && reads)
		rc = tx_run_one(tx, actor, &complaint_q[Q_ROUND_READER],
		    ARGS(db_int(id), db_int(c.level), db_int(c.reader), db_int(c.finish_due_ms)));
	if (rc == RC_OK)
		rc = complaint_save(tx, actor, &c);
	return rc == RC_OK ? complaint_note(tx, actor, id, "complaint.taken", TEXT_NONE, TEXT_NONE,
				 reads ? COMPLAINT_SHOWN : COMPLAINT_QUIET)
			   : rc;
}

static enum rc
left_hand_on(
    struct tx *tx, const struct actor *actor, struct account_id who, const struct account *next)
{
	enum rc rc = RC_OK;

	(void)next;
	while (rc == RC_OK) {
		int64_t id = 0;

		rc = tx_int(tx, actor, &complaint_q[Q_LEFT], ARGS(db_int(who.n)), &id);
		if (rc == RC_OK)
			rc = one_hand_on(tx, actor, id, who);
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

const struct duty_kind complaint_duty = { .key = "complaints",
	.left = T("还有 %lld 件投诉未办结"),
	.count = left_count,
	.hand_on = left_hand_on };

/* ---- verify ---------------------------------------------------------------------------------------------------------- */

enum rc
complaint_dues_check(struct tx *tx, const struct actor *actor, int64_t *ret_looked,
    int64_t *ret_bad, int64_t *ret_first)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &complaint_q[Q_ALL], NO_ARGS, &row);

	*ret_looked = *ret_bad = *ret_first = 0;
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		struct complaint c;
		int64_t want;

		complaint_read(row, &c);
		want = complaint_next_due(&c);
		++*ret_looked;
		if (want == (c.next_due_ms == 0 ? INT64_MAX : c.next_due_ms))
			continue;
		*ret_first = *ret_bad == 0 ? c.id : *ret_first;
		++*ret_bad;
	}
	return rc == RC_DONE ? RC_OK : rc;
}
