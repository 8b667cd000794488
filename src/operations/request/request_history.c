/* What has happened to a request and what was said about it. */
#include "operations/request/request_store.h"

/* Run the staff's statement, or the resident's: the receipt's scope needs no id. */
static enum rc
history_rows(struct tx *tx, const struct actor *actor, struct case_id id, enum request_q staff,
    enum request_q resident, size_t most, struct rows **ret)
{
	if (actor->kind == ACTOR_RECEIPT)
		return tx_rows(tx, actor, &request_q[resident], ARGS(db_int((int64_t)most)), ret);
	return tx_rows(tx, actor, &request_q[staff], ARGS(db_int(id.n), db_int((int64_t)most)), ret);
}

static enum rc
events_rows(struct tx *tx, const struct actor *actor, struct case_id id, bool shown_only, size_t most,
    struct rows **ret)
{
	if (actor->kind == ACTOR_RECEIPT)
		return tx_rows(tx, actor, &request_q[Q_EVENTS_RECEIPT], ARGS(db_int((int64_t)most)), ret);
	return tx_rows(tx, actor, &request_q[Q_EVENTS],
	    ARGS(db_int(id.n), db_int(shown_only), db_int((int64_t)most)), ret);
}

enum rc
request_events(struct tx *tx, const struct actor *actor, struct case_id id, bool shown_only, struct event *ret,
    size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = events_rows(tx, actor, id, shown_only, cap, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct event){
			.id = rows_int(row, 0),
			.at_ms = rows_int(row, 1),
			.account = rows_int(row, 2),
			.kind = rows_copy(row, 3),
			.from = (enum request_state)rows_int(row, 4),
			.to = (enum request_state)rows_int(row, 5),
			.shown = rows_int(row, 6) != 0,
			.note = rows_copy(row, 7),
			.data = rows_copy(row, 8),
			.account_name = rows_copy(row, 9),
		};
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
request_holdings(struct tx *tx, const struct actor *actor, struct case_id id, struct holding *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &request_q[Q_HOLDINGS], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct holding){
			.since_ms = rows_int(row, 0),
			.account = rows_int(row, 1),
			.point = rows_int(row, 2),
			.how = (enum holding_how)rows_int(row, 3),
			.account_name = rows_copy(row, 4),
			.point_name = rows_copy(row, 5),
		};
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
request_messages(struct tx *tx, const struct actor *actor, struct case_id id, struct message *ret, size_t cap,
    size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = history_rows(tx, actor, id, Q_MESSAGES, Q_MESSAGES_RECEIPT, cap, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct message){
			.id = rows_int(row, 0),
			.at_ms = rows_int(row, 1),
			.account = rows_int(row, 2),
			.body = rows_copy(row, 3),
			.account_name = rows_copy(row, 4),
		};
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
request_say(struct tx *tx, const struct actor *actor, struct request *r, struct text body, int64_t tell)
{
	struct event_new event = { .kind = "request.message", .shown = true,
		.data = tell > 0 ? arena_format(tx_mem(tx), "to=%lld", (long long)tell) : TEXT_NONE };
	enum rc rc = request_step(tx, actor, r, &event, NULL);

	if (rc != RC_OK)
		return rc;
	return tx_run(tx, actor, &request_q[Q_MESSAGE_INSERT],
	    ARGS(db_int(r->id.n), db_int(tx_id(tx)), db_int(tx_now_ms(tx)),
	        db_int(actor->kind == ACTOR_ACCOUNT ? actor->account : ACCOUNT_RESIDENT), db_text(body)), NULL);
}

enum rc
request_attach(struct tx *tx, const struct actor *actor, struct case_id id, const struct attachment *in)
{
	struct text sha = { (const char *)in->sha256, sizeof in->sha256 };

	return tx_run(tx, actor, &request_q[Q_ATTACH],
	    ARGS(db_int(id.n), db_int(tx_id(tx)), db_int(tx_now_ms(tx)),
	        db_int(actor->kind == ACTOR_ACCOUNT ? actor->account : ACCOUNT_RESIDENT), db_text(in->name),
	        db_text(in->type), db_int(in->bytes), db_blob(sha)), NULL);
}

enum rc
request_attachments(struct tx *tx, const struct actor *actor, struct case_id id, struct attachment *ret,
    size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = history_rows(tx, actor, id, Q_ATTACHMENTS, Q_ATTACHMENTS_RECEIPT, cap, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct attachment *a = &ret[(*ret_n)++];
		struct text sha = rows_text(row, 6);

		*a = (struct attachment){
			.id = rows_int(row, 0),
			.at_ms = rows_int(row, 1),
			.account = rows_int(row, 2),
			.bytes = rows_int(row, 3),
			.name = rows_copy(row, 4),
			.type = rows_copy(row, 5),
		};
		for (size_t i = 0; i < sha.n && i < sizeof a->sha256; i++)
			a->sha256[i] = (unsigned char)sha.p[i];
	}
	return rc == RC_DONE ? RC_OK : rc;
}
