/* Orders read: one, those of a case, those one must reply to, the register. */
#include "operations/supervise/supervise_rule.h"
#include "operations/supervise/supervise_store.h"

bool
order_is_late(const struct order *o, int64_t now_ms)
{
	return order_waits_for_reply(o->state) && o->due_ms < now_ms;
}

static void
order_read(const struct rows *row, struct order *o)
{
	int c = 0;

	o->id = rows_int(row, c++);
	o->request.n = rows_int(row, c++);
	o->place.code = rows_int(row, c++);
	o->target = (enum clock_target)rows_int(row, c++);
	o->level = (enum supervise_step)rows_int(row, c++);
	o->state = (enum order_state)rows_int(row, c++);
	o->number = rows_copy(row, c++);
	o->cause = rows_copy(row, c++);
	o->words = rows_copy(row, c++);
	o->issuer = rows_int(row, c++);
	o->to_account = rows_int(row, c++);
	o->issued_ms = rows_int(row, c++);
	o->due_ms = rows_int(row, c++);
	o->next_ms = rows_int(row, c++);
	o->read_ms = rows_int(row, c++);
	o->read_by = rows_int(row, c++);
	o->report_to = rows_int(row, c++);
	o->report_ms = rows_int(row, c++);
	o->closed_ms = rows_int(row, c++);
	o->round = (int)rows_int(row, c++);
	o->turn = (int)rows_int(row, c++);
	o->revision = rows_int(row, c++);
	o->cause_name = rows_copy(row, c++);
	o->cause_name_en = rows_copy(row, c++);
	o->issuer_name = rows_copy(row, c++);
	o->to_name = rows_copy(row, c++);
	o->read_name = rows_copy(row, c++);
	o->report_name = rows_copy(row, c++);
	o->request_number = rows_copy(row, c++);
	o->subject = rows_copy(row, c++);
}

static enum rc
orders_collect(enum rc rc, struct rows *row, struct order *ret, size_t cap, size_t *ret_n)
{
	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		order_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
order_load(struct tx *tx, const struct actor *actor, int64_t id, struct order *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &supervise_q[Q_ORDER_LOAD], ARGS(db_int(id)), &row);

	if (rc == RC_OK)
		order_read(row, ret);
	return rc;
}

enum rc
order_of_case(struct tx *tx, const struct actor *actor, struct case_id id, struct order *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &supervise_q[Q_ORDER_OF_CASE], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	return orders_collect(rc, row, ret, cap, ret_n);
}

enum rc
order_mine(struct tx *tx, const struct actor *actor, struct order *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &supervise_q[Q_ORDER_MINE], ARGS(db_int((int64_t)cap)), &row);

	return orders_collect(rc, row, ret, cap, ret_n);
}

enum rc
order_mine_count(struct tx *tx, const struct actor *actor, int64_t *ret)
{
	return tx_int(tx, actor, &supervise_q[Q_ORDER_MINE_COUNT], NO_ARGS, ret);
}

enum rc
order_list(struct tx *tx, const struct actor *actor, const struct order_filter *f, struct order *ret, size_t cap,
    size_t *ret_n)
{
	static const struct { int from, to; } states[ORDERS_GROUP_COUNT] = {
		[ORDERS_ALL] = { 0, 99 }, [ORDERS_WAITING] = { 0, ORDER_REPLIED - 1 }, [ORDERS_LATE] = { 0, ORDER_REPLIED - 1 },
		[ORDERS_REPLIED] = { ORDER_REPLIED, ORDER_REPLIED }, [ORDERS_OPEN] = { 0, ORDER_REPLIED },
		[ORDERS_DONE] = { ORDER_ACCEPTED, 99 },
	};
	struct place_range in = f->place.code != 0 ? place_range(f->place) : actor->places;
	enum order_group g = (unsigned)f->group < ORDERS_GROUP_COUNT ? f->group : ORDERS_ALL;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &supervise_q[Q_ORDER_LIST], ARGS(db_int(in.lo), db_int(in.hi), db_int(states[g].from),
	    db_int(states[g].to), db_text(f->cause), db_int(f->level), db_int(g == ORDERS_LATE ? tx_now_ms(tx) : INT64_MAX),
	    db_int(f->before != 0 ? f->before : INT64_MAX), db_int((int64_t)cap)), &row);

	return orders_collect(rc, row, ret, cap, ret_n);
}

enum rc
order_replies(struct tx *tx, const struct actor *actor, int64_t id, struct order_reply *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &supervise_q[Q_REPLIES], ARGS(db_int(id), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct order_reply){
			.round = (int)rows_int(row, 0),
			.due_ms = rows_int(row, 1),
			.reply = rows_copy(row, 2),
			.replied_ms = rows_int(row, 3),
			.replied_by = rows_int(row, 4),
			.verdict = (enum order_verdict)rows_int(row, 5),
			.words = rows_copy(row, 6),
			.judged_ms = rows_int(row, 7),
			.replied_name = rows_copy(row, 8),
			.judged_name = rows_copy(row, 9),
		};
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
supervise_said_list(struct tx *tx, const struct actor *actor, struct case_id id, struct supervise_said *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &supervise_q[Q_SAID], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct supervise_said){
			.step = (enum supervise_step)rows_int(row, 0),
			.target = (enum clock_target)rows_int(row, 1),
			.at_ms = rows_int(row, 2),
			.due_ms = rows_int(row, 3),
			.to_account = rows_int(row, 4),
			.order = rows_int(row, 5),
			.read_ms = rows_int(row, 6),
			.to_name = rows_copy(row, 7),
		};
	for (size_t i = 0; i < *ret_n / 2; i++) {
		struct supervise_said s = ret[i];

		ret[i] = ret[*ret_n - 1 - i];
		ret[*ret_n - 1 - i] = s;
	}
	return rc == RC_DONE ? RC_OK : rc;
}
