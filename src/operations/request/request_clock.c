/* The clocks of a request: every target on its own, the nearest unmet one shown in queues. */
#include "operations/request/request_internal.h"
#include "operations/request/request_store.h"

#include "standards/holidays/holidays.h"

enum rc
case_due_refresh(struct tx *tx, const struct actor *actor, struct request *r)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &request_q[Q_CLOCK_NEAREST], ARGS(db_int(r->id.n)), &row);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	r->due_ms = rc == RC_OK ? rows_int(row, 0) : DUE_NONE;
	r->start_ms = rc == RC_OK ? rows_int(row, 1) : r->created_ms;
	return tx_run_one(tx, actor, &request_q[Q_DUE],
	    ARGS(db_int(r->id.n), db_int(r->due_ms), db_int(r->start_ms)));
}

enum rc
case_pauses_of(struct tx *tx, const struct actor *actor, struct case_id id, struct clock_stops *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &request_q[Q_PAUSES_OF], ARGS(db_int(id.n)), &row);

	ret->n = 0;
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		if (ret->n >= CASE_PAUSES_MAX)
			return RC_CORRUPT; /* case_pause_begin() lets no more come about */
		ret->v[ret->n] = (struct clock_pause){ .from_ms = rows_int(row, 0), .to_ms = rows_int(row, 1) };
		ret->targets[ret->n++] = (unsigned)rows_int(row, 2);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

size_t
clock_stops_for(const struct clock_stops *all, enum clock_target target, struct clock_pause ret[static CASE_PAUSES_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		if ((all->targets[i] & BIT(target)) != 0)
			ret[n++] = all->v[i];
	return n;
}

enum rc
case_clock_start(struct tx *tx, const struct actor *actor, struct request *r, enum clock_target target,
    struct clock_rule rule, struct text source)
{
	const struct calendar *calendar = holidays_current();
	int64_t now = tx_now_ms(tx);
	struct clock_pause pauses[CASE_PAUSES_MAX];
	struct clock_stops stops = { .n = 0 };
	struct clock_answer answer;
	enum rc rc = r->state > REQUEST_RECEIVED ? case_pauses_of(tx, actor, r->id, &stops) : RC_OK;

	if (rc != RC_OK)
		return rc;
	answer = clock_due(calendar, rule, now, pauses, clock_stops_for(&stops, target, pauses), now);
	rc = tx_run_one(tx, actor, &request_q[Q_CLOCK_INSERT],
	    ARGS(db_int(r->id.n), db_int(target), db_int(rule.count), db_int(rule.unit), db_int(rule.roll),
	        db_text(source), db_int(now), db_int(answer.due_ms), db_int(answer.uncertain),
	        db_int(calendar->version)));
	return rc == RC_OK ? case_due_refresh(tx, actor, r) : rc;
}

enum rc
case_clock_meet(struct tx *tx, const struct actor *actor, struct request *r, enum clock_target target)
{
	int64_t changed = 0;
	enum rc rc = case_pause_lift(tx, actor, r, BIT(target));

	if (rc == RC_OK)
		rc = tx_run(tx, actor, &request_q[Q_CLOCK_MEET],
		    ARGS(db_int(r->id.n), db_int(target), db_int(tx_now_ms(tx))), &changed);
	return rc == RC_OK && changed > 0 ? case_due_refresh(tx, actor, r) : rc;
}

enum rc
case_clock_list(struct tx *tx, const struct actor *actor, struct case_id id, struct case_clock *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc;

	*ret_n = 0;
	rc = actor->kind == ACTOR_RECEIPT ? tx_rows(tx, actor, &request_q[Q_CLOCKS_RECEIPT], NO_ARGS, &row)
	    : tx_rows(tx, actor, &request_q[Q_CLOCKS], ARGS(db_int(id.n)), &row);
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct case_clock){
			.target = (enum clock_target)rows_int(row, 0),
			.rule = { .count = (int)rows_int(row, 1), .unit = (enum clock_unit)rows_int(row, 2),
			    .roll = rows_int(row, 3) != 0 },
			.source = rows_copy(row, 4),
			.start_ms = rows_int(row, 5),
			.due_ms = rows_int(row, 6),
			.met_ms = rows_int(row, 7),
			.uncertain = rows_int(row, 8) != 0,
		};
	return rc == RC_DONE ? RC_OK : rc;
}

struct text
clock_moves_data(struct arena *mem, struct text head, const struct clock_move *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		head = arena_format(mem, "%.*s\n%s=%lld>%lld", (int)head.n, head.p, target_key(v[i].target),
		    (long long)v[i].old_ms, (long long)v[i].new_ms);
	return head;
}
