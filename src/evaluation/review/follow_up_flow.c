/* Bad grades looked into, each with its own deadline. */
#include "evaluation/review/review_store.h"

#include "resources/identity/identity.h"

static void
follow_up_read(const struct rows *row, struct follow_up *f)
{
	*f = (struct follow_up){
		.id = rows_int(row, 0),
		.request = { rows_int(row, 1) },
		.act = rows_int(row, 2),
		.director = rows_int(row, 3),
		.opened_ms = rows_int(row, 4),
		.due_ms = rows_int(row, 5),
		.done_ms = rows_int(row, 6),
		.revision = rows_int(row, 7),
		.finding = (enum finding_kind)rows_int(row, 8),
		.words = rows_copy(row, 9),
		.grade = (enum grade)rows_int(row, 10),
		.comment = rows_copy(row, 11),
		.number = rows_copy(row, 12),
		.subject = rows_copy(row, 13),
		.director_name = rows_copy(row, 14),
		.handler_name = rows_copy(row, 15),
		.free = rows_int(row, 16) == 0,
		.place = { rows_int(row, 17) },
	};
}

static enum rc
follow_up_collect(enum rc rc, struct rows *row, struct follow_up *ret, size_t cap, size_t *ret_n)
{
	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		follow_up_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
follow_up_mine(struct tx *tx, const struct actor *actor, struct follow_up *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &review_q[Q_FOLLOW_MINE], ARGS(db_int((int64_t)cap)), &row);

	return follow_up_collect(rc, row, ret, cap, ret_n);
}

enum rc
follow_up_area(struct tx *tx, const struct actor *actor, struct follow_up *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &review_q[Q_FOLLOW_AREA], ARGS(db_int((int64_t)cap)), &row);

	return follow_up_collect(rc, row, ret, cap, ret_n);
}

enum rc
follow_up_load(struct tx *tx, const struct actor *actor, int64_t id, struct follow_up *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &review_q[Q_FOLLOW_LOAD], ARGS(db_int(id)), &row);

	if (rc == RC_OK)
		follow_up_read(row, ret);
	return rc;
}

struct take_arg {
	int64_t id, revision;
};

static enum rc
take_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct take_arg *in = argument;
	struct event_new event = { .kind = "review.follow_up_taken" };
	struct follow_up f;
	struct request r;
	int64_t handled = 0;
	enum rc rc = follow_up_load(tx, actor, in->id, &f);

	if (rc != RC_OK)
		return rc;
	if (!actor_may(actor, RIGHT_SUPERVISE) || !place_range_has(actor->places, f.place))
		return RC_FORBIDDEN;
	rc = tx_int(tx, actor, &review_q[Q_HANDLED], ARGS(db_int(f.request.n), db_int(actor->account)), &handled);
	if (rc == RC_OK && handled > 0)
		return RC_FORBIDDEN;
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &review_q[Q_FOLLOW_TAKE],
		    ARGS(db_int(in->id), db_int(in->revision), db_int(actor->account)));
	if (rc == RC_OK)
		rc = request_grant(tx, actor, f.request, actor->account, "follow_up");
	if (rc == RC_OK)
		rc = request_load(tx, actor, f.request, &r);
	event.data = arena_format(tx_mem(tx), "director=%lld", (long long)actor->account);
	return rc == RC_OK ? request_step(tx, actor, &r, &event, NULL) : rc;
}

enum rc
follow_up_take(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision)
{
	struct take_arg arg = { id, revision };

	return db_command(ctx, key, &(struct command){ .name = "review.follow_up_take", .fn = take_tx, .arg = &arg,
	    .asked = ARGS(db_int(id), db_int(revision)) });
}

struct do_arg {
	int64_t id, revision;
	enum finding_kind finding;
	struct text words;
};

static enum rc
do_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct do_arg *in = argument;
	struct event_new event = { .kind = "review.followed_up", .shown = true, .note = in->words };
	struct follow_up f;
	struct request r;
	enum rc rc = follow_up_load(tx, actor, in->id, &f);

	if (rc != RC_OK)
		return rc;
	if (f.director != actor->account)
		return RC_FORBIDDEN;
	rc = tx_run_one(tx, actor, &review_q[Q_FOLLOW_DO],
	    ARGS(db_int(in->id), db_int(in->revision), db_int(in->finding), db_text(in->words),
	        db_int(tx_now_ms(tx))));
	if (rc == RC_OK)
		rc = request_load(tx, actor, f.request, &r);
	if (rc != RC_OK)
		return rc;
	event.data = arena_format(tx_mem(tx), "finding=%d", (int)in->finding);
	return request_step(tx, actor, &r, &event, NULL);
}

enum rc
follow_up_do(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, enum finding_kind finding,
    struct text words)
{
	struct do_arg arg = { id, revision, finding, words };

	if (finding < FOLLOW_FIXED || finding >= FOLLOW_COUNT)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "review.follow_up", .fn = do_tx, .arg = &arg,
	    .asked = ARGS(db_int(id), db_int(revision), db_int(finding), db_text(words)) });
}
