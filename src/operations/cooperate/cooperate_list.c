/* Co-operations read: one, its rounds and papers, those of a case, what was asked of a point, what was asked by it. */
#include "operations/cooperate/cooperate_rule.h"
#include "operations/cooperate/cooperate_store.h"

static void
read_head(const struct rows *row, int *c, struct cooperation *o)
{
	o->id = rows_int(row, (*c)++);
	o->request.n = rows_int(row, (*c)++);
	o->from_account = rows_int(row, (*c)++);
	o->from_point = rows_int(row, (*c)++);
	o->to_point = rows_int(row, (*c)++);
	o->kind = rows_copy(row, (*c)++);
	o->shared = (unsigned)rows_int(row, (*c)++);
	o->state = (enum cooperation_state)rows_int(row, (*c)++);
	o->round = (int)rows_int(row, (*c)++);
	o->rule.count = (int)rows_int(row, (*c)++);
	o->rule.unit = (enum clock_unit)rows_int(row, (*c)++);
	o->rule.roll = true;
	o->source = rows_copy(row, (*c)++);
	o->start_ms = rows_int(row, (*c)++);
	o->due_ms = rows_int(row, (*c)++);
	o->asked_ms = rows_int(row, (*c)++);
	o->taken_ms = rows_int(row, (*c)++);
	o->taken_by = rows_int(row, (*c)++);
	o->closed_ms = rows_int(row, (*c)++);
	o->refusal = rows_copy(row, (*c)++);
	o->words = rows_copy(row, (*c)++);
	o->revision = rows_int(row, (*c)++);
}

static void
read_row(const struct rows *row, bool incoming, struct cooperation *o)
{
	int c = 0;

	read_head(row, &c, o);
	o->kind_name = rows_copy(row, c++);
	o->kind_name_en = rows_copy(row, c++);
	o->refusal_name = rows_copy(row, c++);
	o->refusal_name_en = rows_copy(row, c++);
	o->from_name = rows_copy(row, c++);
	o->from_point_name = rows_copy(row, c++);
	o->to_point_name = rows_copy(row, c++);
	o->taken_name = rows_copy(row, c++);
	o->number = rows_copy(row, c++);
	o->item_name = rows_copy(row, c++);
	o->item_name_en = rows_copy(row, c++);
	o->subject = rows_copy(row, c++);
	o->detail = rows_copy(row, c++);
	o->person_name = rows_copy(row, c++);
	o->place.code = rows_int(row, c++);
	o->incoming = incoming;
}

static enum rc
collect(enum rc rc, struct rows *row, bool incoming, struct cooperation *ret, size_t cap, size_t *ret_n)
{
	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		read_row(row, incoming, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
cooperation_load(struct tx *tx, const struct actor *actor, int64_t id, struct cooperation *ret)
{
	ROWS asked = NULL;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &cooperate_q[Q_LOAD_ASKED], ARGS(db_int(id)), &asked);

	if (rc == RC_OK)
		read_row(asked, true, ret);
	if (rc != RC_NOT_FOUND)
		return rc;
	rc = tx_one(tx, actor, &cooperate_q[Q_LOAD], ARGS(db_int(id)), &row);
	if (rc == RC_OK)
		read_row(row, false, ret);
	return rc;
}

enum rc
cooperation_rounds(struct tx *tx, const struct actor *actor, const struct cooperation *c, struct cooperation_round *ret,
    size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &cooperate_q[c->incoming ? Q_ROUNDS_ASKED : Q_ROUNDS],
	    ARGS(db_int(c->id), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct cooperation_round){
			.round = (int)rows_int(row, 0),
			.words = rows_copy(row, 1),
			.answer = rows_copy(row, 2),
			.asked_name = rows_copy(row, 3),
			.answered_name = rows_copy(row, 4),
			.asked_ms = rows_int(row, 5),
			.due_ms = rows_int(row, 6),
			.answered_ms = rows_int(row, 7),
		};
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
cooperation_files(struct tx *tx, const struct actor *actor, int64_t id, struct attachment *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &cooperate_q[Q_FILES], ARGS(db_int(id), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct attachment){
			.id = rows_int(row, 0),
			.at_ms = rows_int(row, 1),
			.account = rows_int(row, 2),
			.bytes = rows_int(row, 3),
			.name = rows_copy(row, 4),
			.type = rows_copy(row, 5),
		};
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
cooperation_of_case(struct tx *tx, const struct actor *actor, struct case_id id, struct cooperation *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &cooperate_q[Q_OF_CASE], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	return collect(rc, row, false, ret, cap, ret_n);
}

enum rc
cooperation_list(struct tx *tx, const struct actor *actor, const struct cooperation_filter *f, struct cooperation *ret,
    size_t cap, size_t *ret_n)
{
	struct cooperation_range r = cooperation_range_of(f->group, request_lights().near_ms, tx_now_ms(tx));
	/* whoever supervises looks over all that lies there; others at what their own point asked */
	int64_t from = actor_may(actor, RIGHT_SUPERVISE) ? 0 : actor->point != 0 ? actor->point : -1;
	struct db_value last = db_int(f->after_id != 0 ? f->after_id : INT64_MAX), most = db_int((int64_t)cap);
	struct db_value p[] = { db_int(r.from), db_int(r.to), db_int(r.due_from_ms), db_int(r.due_to_ms),
		db_int(f->after_due_ms), db_int(f->after_id) };
	ROWS row = NULL;
	enum rc rc;

	if (f->group == COOPERATIONS_DONE)
		rc = f->outgoing ? tx_rows(tx, actor, &cooperate_q[Q_OUT_DONE], ARGS(db_int(from), last, most), &row)
		    : tx_rows(tx, actor, &cooperate_q[Q_IN_DONE], ARGS(last, most), &row);
	else
		rc = f->outgoing ? tx_rows(tx, actor, &cooperate_q[Q_OUT], ARGS(db_int(from), p[0], p[1], p[2], p[3], p[4], p[5],
		    most), &row) : tx_rows(tx, actor, &cooperate_q[Q_IN], ARGS(p[0], p[1], p[2], p[3], p[4], p[5], most), &row);
	return collect(rc, row, !f->outgoing, ret, cap, ret_n);
}

enum rc
cooperation_mine_count(struct tx *tx, const struct actor *actor, int64_t *ret)
{
	return tx_int(tx, actor, &cooperate_q[Q_MINE_COUNT], NO_ARGS, ret);
}
