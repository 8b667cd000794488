/*
 * Who shall hold a case when its holder cannot or should not: a supervisor assigns it, or somebody leaves
 * and a successor takes all.  Whoever had been asked to take it over is asked no longer.
 */
#include "operations/dispatch/dispatch_store.h"

#include "kit/msg/msg.h"

#define BATCH 100 /* as the statements' LIMIT */

/* ---- offers that have lost their point ------------------------------------------------------------ */

/* The open offer of a case, if there is one, is taken back; its receiver's right goes with it. */
static enum rc
offer_end(struct tx *tx, const struct actor *actor, struct case_id id)
{
	int64_t offer, receiver;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &dispatch_q[Q_OPEN_OFFER], ARGS(db_int(id.n)), &row);

	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	offer = rows_int(row, 0);
	receiver = rows_int(row, 1);
	rc = tx_run_one(tx, actor, &dispatch_q[Q_ANSWER], ARGS(db_int(offer), db_int(HANDOVER_WITHDRAWN),
	    db_int(tx_now_ms(tx)), db_null(), db_null(), db_null()));
	return rc == RC_OK ? request_grant_drop(tx, actor, id, receiver) : rc;
}

static enum rc
ruling_over(struct tx *tx, const struct actor *actor, struct case_id id)
{
	return tx_run(tx, actor, &dispatch_q[Q_RULING_OVER], ARGS(db_int(id.n)), NULL);
}

static enum rc
ended(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	enum rc rc = offer_end(tx, actor, r->id);

	(void)event;
	return rc == RC_OK ? ruling_over(tx, actor, r->id) : rc;
}

const struct event_hook dispatch_ended_hook = { .kind = HOOK_ENDED, .run = ended };

/* ---- assigning --------------------------------------------------------------------------------------- */

struct receiver { int64_t account, point; };

/* r passes to another holder, whatever was going on with it. */
static enum rc
assign_step(struct tx *tx, const struct actor *actor, struct request *r, struct receiver to, struct text why, bool ruled)
{
	struct event_new event = { .kind = ruled ? "dispatch.ruled" : "dispatch.assigned", .shown = ruled, .note = why,
		.data = arena_format(tx_mem(tx), "from=%lld\nto=%lld\npoint=%lld", (long long)r->holder,
		    (long long)to.account, (long long)to.point) };
	int64_t event_id = 0;
	enum rc rc = offer_end(tx, actor, r->id);

	if (rc == RC_OK && ruled)
		rc = ruling_over(tx, actor, r->id);
	if (rc == RC_OK)
		rc = request_step(tx, actor, r, &event, &event_id);
	if (rc == RC_OK)
		rc = request_hold(tx, actor, r, to.account, to.point, HOLDING_ASSIGNED, event_id);
	return rc;
}

/* A case that went round is ruled on; the choice is stored with everybody who was considered, as any other. */
static enum rc
assign_decide(struct tx *tx, const struct actor *actor, const struct request *r, struct receiver to, struct text why,
    bool *ret_ruled)
{
	struct deciding d;
	int64_t returns = 0, id;
	enum rc rc = dispatch_returns_of(tx, actor, r->id, &returns);

	if (rc != RC_OK)
		return rc;
	*ret_ruled = returns >= DISPATCH_RETURNS_MAX;
	rc = dispatch_decide(tx, actor, r, &d);
	if (rc == RC_OK)
		rc = dispatch_store_decision(tx, actor, r, &d, *ret_ruled ? CHOSEN_RULED : CHOSEN_BY_HAND, to.account, why, &id);
	deciding_end(&d);
	return rc;
}

static enum rc
assign_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct dispatch_assign *in = argument;
	struct receiver to = { .account = in->to_account != 0 ? in->to_account : actor->account };
	struct request r;
	bool ruled = false;
	enum rc rc = request_load(tx, actor, in->id, &r);

	if (rc != RC_OK)
		return rc;
	if (!request_may_assign(actor, &r))
		return RC_FORBIDDEN;
	if (r.revision != in->revision || !request_is_open(r.state))
		return RC_CONFLICT;
	if (to.account == r.holder)
		return RC_REFUSED;
	rc = tx_int(tx, actor, &dispatch_q[Q_ACCOUNT_POINT], ARGS(db_int(to.account)), &to.point);
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_INVALID : rc;
	rc = assign_decide(tx, actor, &r, to, in->reason, &ruled);
	return rc == RC_OK ? assign_step(tx, actor, &r, to, in->reason, ruled) : rc;
}

enum rc
dispatch_assign(struct ctx *ctx, struct idem_key key, const struct dispatch_assign *in)
{
	struct dispatch_assign arg = *in;

	if (text_is_empty(text_trim(in->reason)))
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "dispatch.assign", .fn = assign_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_int(in->to_account), db_text(in->reason)) });
}

/* ---- somebody leaves: all of it goes to a successor --------------------------------------------------- */

/* The cases of the leaver's are loaded as the system does: who manages people reads no cases. */
static enum rc
load_any(struct tx *tx, int64_t city, int64_t id, struct request *r)
{
	struct actor system = identity_system(city);

	return request_load(tx, &system, (struct case_id){ id }, r);
}

static enum rc
count_of(struct tx *tx, const struct actor *actor, enum dispatch_q q, struct account_id who, int64_t *ret)
{
	return tx_int(tx, actor, &dispatch_q[q], ARGS(db_int(who.n)), ret);
}

static enum rc
held_count(struct tx *tx, const struct actor *actor, struct account_id who, int64_t *ret)
{
	return count_of(tx, actor, Q_HELD_COUNT, who, ret);
}

static enum rc
offered_count(struct tx *tx, const struct actor *actor, struct account_id who, int64_t *ret)
{
	return count_of(tx, actor, Q_OFFERED_COUNT, who, ret);
}

struct left { int64_t request; struct text reason; };

/* The next of them, read to the end before anything is written. */
static enum rc
left_load(struct tx *tx, const struct actor *actor, enum dispatch_q q, struct account_id who,
    struct left v[static BATCH], size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &dispatch_q[q], ARGS(db_int(who.n)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < BATCH && (rc = rows_next(row)) == RC_OK) {
		struct left *l = &v[(*ret_n)++];

		l->request = rows_int(row, 0);
		l->reason = q == Q_OFFERED ? rows_copy(row, 1) : TEXT_NONE;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
held_hand_on(struct tx *tx, const struct actor *actor, struct account_id who, const struct account *next)
{
	struct receiver to = { next->id.n, next->point };
	struct left v[BATCH];
	struct request r;
	size_t n = BATCH;
	enum rc rc = RC_OK;

	while (rc == RC_OK && n == BATCH) {
		rc = left_load(tx, actor, Q_HELD, who, v, &n);
		for (size_t i = 0; rc == RC_OK && i < n; i++) {
			rc = load_any(tx, actor->city, v[i].request, &r);
			if (rc == RC_OK)
				rc = assign_step(tx, actor, &r, to, TEXT_NONE, false);
		}
	}
	return rc;
}

/* The same offer once more, from who holds it now; none to the holder. */
static enum rc
offer_again(struct tx *tx, const struct actor *actor, struct request *r, const struct account *next,
    struct text reason)
{
	bool holds = r->holder == next->id.n;
	struct event_new event = { .kind = holds ? "dispatch.withdrawn" : "dispatch.offered", .note = reason,
		.data = arena_format(tx_mem(tx), "to=%lld\npoint=%lld", (long long)next->id.n, (long long)next->point) };
	enum rc rc = offer_end(tx, actor, r->id);

	if (rc == RC_OK && !holds)
		rc = tx_run(tx, actor, &dispatch_q[Q_OFFER],
		    ARGS(db_int(tx_id(tx)), db_int(r->id.n), db_int(r->holder), db_int(r->holder_point), db_int(next->id.n),
		        db_int(next->point), db_text(reason), db_int(tx_now_ms(tx)), db_null()), NULL);
	if (rc == RC_OK)
		rc = request_step(tx, actor, r, &event, NULL);
	return rc == RC_OK && !holds ? request_grant(tx, actor, r->id, next->id.n, "handover") : rc;
}

static enum rc
offered_hand_on(struct tx *tx, const struct actor *actor, struct account_id who, const struct account *next)
{
	struct left v[BATCH];
	struct request r;
	size_t n = BATCH;
	enum rc rc = RC_OK;

	while (rc == RC_OK && n == BATCH) {
		rc = left_load(tx, actor, Q_OFFERED, who, v, &n);
		for (size_t i = 0; rc == RC_OK && i < n; i++) {
			rc = load_any(tx, actor->city, v[i].request, &r);
			if (rc == RC_OK)
				rc = offer_again(tx, actor, &r, next, v[i].reason);
		}
	}
	return rc;
}

const struct duty_kind dispatch_held_duty = { .key = "requests", .left = T("手上还有 %lld 件在办"),
	.count = held_count, .hand_on = held_hand_on };
const struct duty_kind dispatch_offered_duty = { .key = "offers", .left = T("还有 %lld 件转交等其接收"),
	.count = offered_count, .hand_on = offered_hand_on };
