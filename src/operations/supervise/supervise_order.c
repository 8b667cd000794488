/* An order: made, and carried along with its case. */
#include "operations/supervise/supervise_internal.h"
#include "operations/supervise/supervise_rule.h"
#include "operations/supervise/supervise_store.h"

#include "kit/crypt/crypt.h"
#include "standards/holidays/holidays.h"

struct order_time
order_time_of(struct tx *tx, const struct supervise_rules *rules, struct day reply_by)
{
	const struct calendar *c = holidays_current();
	const struct supervise_rule *order = &rules->v[SUPERVISE_ORDER], *up = &rules->v[SUPERVISE_DIRECTOR];
	struct order_time t = { .base_ms = tx_now_ms(tx), .rule_ms = rules->from_ms };

	if (day_is_none(reply_by)) {
		t.count = order->reply_count;
		t.unit = order->reply_unit;
		t.due_ms = supervise_after(c, t.count, t.unit, t.base_ms);
	} else {
		t.due_ms = day_start_ms(day_add(reply_by, 1)) - 1;
	}
	t.next_ms = supervise_after(c, up->count, up->unit, t.due_ms);
	return t;
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
	        db_int(in->r->holder), db_text(in->words), db_int(tx_now_ms(tx)), db_int(in->time.due_ms),
	        db_int(in->time.next_ms), db_int(in->time.rule_ms), told ? db_int(in->report_to) : db_null(), told ? db_int(in->report_ms) : db_null(),
	        db_int(in->turn > 0 ? in->turn : 1), db_int(in->time.base_ms), db_int(in->time.count), db_int(in->time.unit),
	        db_int(holidays_current()->version)), NULL);
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
