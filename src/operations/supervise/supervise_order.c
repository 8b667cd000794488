/* An order: made, and carried along with its case. */
#include "operations/supervise/supervise_internal.h"
#include "operations/supervise/supervise_rule.h"
#include "operations/supervise/supervise_store.h"

#include "kit/crypt/crypt.h"
#include "standards/holidays/holidays.h"

void
order_due(struct tx *tx, const struct supervise_rules *rules, struct day reply_by, int64_t *ret_due, int64_t *ret_next)
{
	const struct calendar *c = holidays_current();
	const struct supervise_rule *order = &rules->v[SUPERVISE_ORDER], *up = &rules->v[SUPERVISE_DIRECTOR];

	*ret_due = day_is_none(reply_by) ? supervise_after(c, order->reply_count, order->reply_unit, tx_now_ms(tx))
	    : day_start_ms(day_add(reply_by, 1)) - 1;
	*ret_next = supervise_after(c, up->count, up->unit, *ret_due);
}

int64_t
order_again_ms(struct tx *tx, const struct supervise_rules *rules)
{
	const struct supervise_rule *again = &rules->v[SUPERVISE_AGAIN];

	return supervise_after(holidays_current(), again->count, again->unit, tx_now_ms(tx));
}

enum rc
order_open_find(struct tx *tx, const struct actor *actor, struct case_id request, int target, int64_t *ret)
{
	enum rc rc = tx_int(tx, actor, &supervise_q[Q_ORDER_OPEN], ARGS(db_int(request.n), db_int(target)), ret);

	if (rc != RC_NOT_FOUND)
		return rc;
	*ret = 0;
	return RC_OK;
}

enum rc
order_insert(struct tx *tx, const struct actor *actor, const struct order_new *in)
{
	unsigned char random[5];
	char drawn[24];
	struct text number;
	bool told = in->report_ms != 0;
	enum rc rc;

	crypt_random(random, sizeof random);
	number = request_number_make(day_of_moment(tx_now_ms(tx)), random, drawn);
	rc = tx_run(tx, actor, &supervise_q[Q_ORDER_INSERT],
	    ARGS(db_int(in->id), db_text(arena_format(tx_mem(tx), "D%.*s", (int)number.n, number.p)), db_int(in->r->id.n),
	        db_int(in->target), db_int(in->r->place.code), db_int(in->level), db_text(in->cause), db_int(in->issuer),
	        db_int(in->r->holder), db_text(in->words), db_int(tx_now_ms(tx)), db_int(in->due_ms), db_int(in->next_ms),
	        db_int(in->rule_ms), told ? db_int(in->report_to) : db_null(), told ? db_int(in->report_ms) : db_null(),
	        db_int(in->turn > 0 ? in->turn : 1)), NULL);
	return rc == RC_DUPLICATE ? RC_BUSY : rc;
}

/* ---- with the case: to its next holder, and to its end ---------------------------------------------- */

static enum rc
orders_follow(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	(void)event;
	return tx_run(tx, actor, &supervise_q[Q_ORDER_HELD], ARGS(db_int(r->id.n), db_int(r->holder)), NULL);
}

static enum rc
orders_end(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	(void)event;
	return tx_run(tx, actor, &supervise_q[Q_ORDER_END], ARGS(db_int(r->id.n), db_int(tx_now_ms(tx))), NULL);
}

const struct event_hook supervise_held_hook = { .kind = HOOK_HELD, .run = orders_follow };
const struct event_hook supervise_ended_hook = { .kind = HOOK_ENDED, .run = orders_end };
