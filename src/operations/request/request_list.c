/* Queues: who has what to do, the most pressing first.  One literal statement per kind of list. */
#include "operations/request/request_store.h"

enum queue_kind
queue_kind_of(const struct actor *actor)
{
	struct place_range r = actor->places;

	if (r.lo > r.hi)
		return QUEUE_MINE;
	if (r.hi - r.lo >= INT64_C(99999999))
		return QUEUE_CITY;
	if (r.hi - r.lo >= INT64_C(999999))
		return QUEUE_COUNTY;
	return r.hi - r.lo >= INT64_C(999) ? QUEUE_TOWN : QUEUE_VILLAGE;
}

static bool
by_place(enum queue_kind k)
{
	return k == QUEUE_VILLAGE || k == QUEUE_TOWN || k == QUEUE_COUNTY;
}

/* The keyset starts before every row: deadlines and ids are positive. */
static enum rc
queue_rows(struct tx *tx, const struct actor *actor, const struct queue_filter *f, struct rows **ret)
{
	const struct db_stmt *stmt = &request_q[Q_QUEUE_MINE + (int)f->kind];
	struct db_value from = db_int(f->due_from_ms), to = db_int(f->due_last_ms);
	struct db_value after = db_int(f->after_due_ms), after_id = db_int(f->after_id);
	struct db_value most = db_int((int64_t)f->most);

	if (by_place(f->kind))
		return tx_rows(tx, actor, stmt,
		    ARGS(db_int(f->place.code), from, to, after, after_id, most), ret);
	return tx_rows(tx, actor, stmt, ARGS(from, to, after, after_id, most), ret);
}

void
queue_row_read(const struct rows *row, struct queue_row *ret)
{
	*ret = (struct queue_row){
		.id = { rows_int(row, 0) },
		.number = rows_copy(row, 1),
		.subject = rows_copy(row, 2),
		.state = (enum request_state)rows_int(row, 3),
		.channel = (enum channel)rows_int(row, 4),
		.urgent = rows_int(row, 5) != 0,
		.due_ms = rows_int(row, 6),
		.start_ms = rows_int(row, 7),
		.created_ms = rows_int(row, 8),
		.holder = rows_int(row, 9),
		.person_name = rows_copy(row, 10),
		.holder_name = rows_copy(row, 11),
		.point_name = rows_copy(row, 12),
		.item_name = rows_copy(row, 13),
		.item_name_en = rows_copy(row, 14),
	};
}

enum rc
request_queue(struct tx *tx, const struct actor *actor, const struct queue_filter *f, struct queue_row *ret,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = queue_rows(tx, actor, f, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < f->most && (rc = rows_next(row)) == RC_OK)
		queue_row_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
request_queue_count(struct tx *tx, const struct actor *actor, const struct queue_filter *f, int64_t *ret)
{
	const struct db_stmt *stmt = &request_q[Q_COUNT_MINE + (int)f->kind];
	struct db_value from = db_int(f->due_from_ms), to = db_int(f->due_last_ms);
	struct db_value most = db_int((int64_t)f->most);

	if (by_place(f->kind))
		return tx_int(tx, actor, stmt, ARGS(db_int(f->place.code), from, to, most), ret);
	return tx_int(tx, actor, stmt, ARGS(from, to, most), ret);
}
