/* Follow-ups of a director who leaves: to the successor, or where that one may not, to the next by the rule,
 * or to nobody yet: then whoever supervises there may take it. */
#include "evaluation/review/review_store.h"

#include "kit/msg/msg.h"

#define BATCH 100 /* as the statement's LIMIT */

static enum rc
left_count(struct tx *tx, const struct actor *actor, struct account_id who, int64_t *ret)
{
	return tx_int(tx, actor, &review_q[Q_FOLLOW_COUNT], ARGS(db_int(who.n)), ret);
}

struct left { int64_t id, request; };

static enum rc
left_load(struct tx *tx, const struct actor *actor, struct account_id who, struct left v[static BATCH], size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &review_q[Q_FOLLOW_LEFT], ARGS(db_int(who.n)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < BATCH && (rc = rows_next(row)) == RC_OK)
		v[(*ret_n)++] = (struct left){ rows_int(row, 0), rows_int(row, 1) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* Nobody looks into their own work: who handled the case is passed over, as is who does not supervise. */
static enum rc
director_next(struct tx *tx, const struct actor *actor, const struct request *r, struct account_id who,
    const struct account *next, int64_t *ret)
{
	struct actor as_next = identity_actor(next, actor->city);
	int64_t held = 0;
	enum rc rc = tx_int(tx, actor, &review_q[Q_HANDLED], ARGS(db_int(r->id.n), db_int(next->id.n)), &held);

	*ret = next->id.n;
	if (rc != RC_OK || (held == 0 && actor_may(&as_next, RIGHT_SUPERVISE)))
		return rc;
	return review_director_find(tx, actor, r, who.n, ret);
}

static enum rc
one_hand_on(struct tx *tx, const struct actor *actor, const struct left *l, struct account_id who,
    const struct account *next)
{
	struct actor system = identity_system(actor->city);
	struct event_new event = { .kind = "review.follow_up" };
	struct request r;
	int64_t director = 0;
	enum rc rc = request_load(tx, &system, (struct case_id){ l->request }, &r);

	if (rc == RC_OK)
		rc = director_next(tx, actor, &r, who, next, &director);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &review_q[Q_FOLLOW_TO], ARGS(db_int(l->id), db_int(director)));
	event.data = arena_format(tx_mem(tx), "director=%lld", (long long)director);
	if (rc == RC_OK)
		rc = request_step(tx, actor, &r, &event, NULL);
	if (rc == RC_OK)
		rc = request_grant_drop(tx, actor, r.id, who.n);
	return rc == RC_OK && director != 0 ? request_grant(tx, actor, r.id, director, "follow_up") : rc;
}

static enum rc
left_hand_on(struct tx *tx, const struct actor *actor, struct account_id who, const struct account *next)
{
	struct left v[BATCH];
	size_t n = BATCH;
	enum rc rc = RC_OK;

	while (rc == RC_OK && n == BATCH) {
		rc = left_load(tx, actor, who, v, &n);
		for (size_t i = 0; rc == RC_OK && i < n; i++)
			rc = one_hand_on(tx, actor, &v[i], who, next);
	}
	return rc;
}

const struct duty_kind follow_up_duty = { .key = "follow_ups", .left = T("还有 %lld 件差评回访未办"),
	.count = left_count, .hand_on = left_hand_on };
