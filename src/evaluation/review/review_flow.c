#include "evaluation/review/review_store.h"

#include "base/buf.h"
#include "standards/holidays/holidays.h"

#include <string.h>

static struct crypt *keys;

void
review_configure(struct crypt *crypt)
{
	keys = crypt;
}

void
review_code(struct crypt *crypt, int64_t city, struct case_id request, int64_t act, unsigned char out[static 10])
{
	int64_t about[3] = { city, request.n, act };
	unsigned char mac[32];

	crypt_mac(crypt, "review", (struct text){ (const char *)about, sizeof about }, mac);
	memcpy(out, mac, 10);
}

static void
code_hash(const unsigned char code[static 10], unsigned char out[static 16])
{
	unsigned char sha[32];

	crypt_hash((struct text){ (const char *)code, 10 }, sha);
	memcpy(out, sha, 16);
}

static struct text
blob16(const unsigned char b[static 16])
{
	return (struct text){ (const char *)b, 16 };
}

/* ---- asking: the hook on "request.closed" ------------------------------------------------------ */

static enum rc
ask(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	unsigned char code[10], hash[16];

	if (keys == NULL)
		return RC_INTERNAL;
	review_code(keys, actor->city, r->id, event, code);
	code_hash(code, hash);
	return tx_run(tx, actor, &review_q[Q_ASK],
	    ARGS(db_int(r->id.n), db_int(event), db_blob(blob16(hash)), db_int(r->holder), db_int(r->holder_point),
	        db_int(r->place.code), db_int(tx_now_ms(tx))), NULL);
}

const struct event_hook review_hook = { .kind = "request.closed", .run = ask };

/* ---- reading -------------------------------------------------------------------------------------- */

static void
review_read(const struct rows *row, struct review *v)
{
	*v = (struct review){
		.request = { rows_int(row, 0) },
		.act = rows_int(row, 1),
		.handler = rows_int(row, 2),
		.asked_ms = rows_int(row, 3),
		.given_ms = rows_int(row, 4),
		.grade = (enum grade)rows_int(row, 5),
		.comment = rows_copy(row, 6),
		.number = rows_copy(row, 7),
		.item_name = rows_copy(row, 8),
		.item_name_en = rows_copy(row, 9),
		.handler_name = rows_copy(row, 10),
		.point_name = rows_copy(row, 11),
	};
}

struct find_arg {
	unsigned char hash[16];
	struct review ret;
};

static enum rc
find_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct find_arg *arg = argument;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &review_q[Q_FIND], ARGS(db_blob(blob16(arg->hash))), &row);

	if (rc == RC_OK)
		review_read(row, &arg->ret);
	return rc;
}

enum rc
review_find(struct ctx *ctx, const unsigned char code[static 10], struct review *ret)
{
	struct find_arg arg = { .ret = { .act = 0 } };
	enum rc rc;

	code_hash(code, arg.hash);
	rc = db_read(ctx, find_tx, &arg);
	if (rc == RC_OK)
		*ret = arg.ret;
	return rc;
}

enum rc
review_list(struct tx *tx, const struct actor *actor, struct case_id id, struct review *ret, size_t cap, size_t *ret_n)
{
	struct db_value most = db_int((int64_t)cap);
	ROWS row = NULL;
	enum rc rc = actor->kind == ACTOR_RECEIPT ? tx_rows(tx, actor, &review_q[Q_LIST_RECEIPT], ARGS(most), &row)
	    : tx_rows(tx, actor, &review_q[Q_LIST], ARGS(db_int(id.n), most), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		review_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- giving ----------------------------------------------------------------------------------------- */

struct give_arg {
	struct find_arg find;
	enum grade grade;
	struct text comment;
	enum review_channel channel;
	unsigned char peer[16];
	bool has_peer;
	int64_t ret_follow_up;
};

/* 0: nobody is free; it is due all the same, and whoever supervises the place may take it. */
enum rc
review_director_find(struct tx *tx, const struct actor *actor, const struct request *r, int64_t except,
    int64_t *ret)
{
	int64_t county = r->place.code / 1000000 * 1000000;
	enum rc rc = tx_int(tx, actor, &review_q[Q_DIRECTOR],
	    ARGS(db_int(r->holder_point), db_int(r->id.n), db_int(r->place.code / 1000 * 1000), db_int(county),
	        db_int(county / 100000000 * 100000000), db_int(day_of_moment(tx_now_ms(tx)).n), db_int(except)), ret);

	if (rc != RC_NOT_FOUND)
		return rc;
	*ret = 0;
	return RC_OK;
}

/* Somebody who did not handle it looks into a bad grade within the working days of the rule. */
static enum rc
follow_up_open(struct tx *tx, const struct actor *actor, struct request *r, struct give_arg *arg)
{
	struct clock_rule rule = { .count = FOLLOW_UP_WORKDAYS, .unit = CLOCK_WORKDAY, .roll = true };
	struct event_new event = { .kind = "review.follow_up" };
	int64_t now = tx_now_ms(tx);
	struct clock_answer due = clock_due(holidays_current(), rule, now, NULL, 0, now);
	int64_t director = 0;
	enum rc rc = review_director_find(tx, actor, r, 0, &director);

	if (rc != RC_OK)
		return rc;
	arg->ret_follow_up = tx_id(tx);
	rc = tx_run(tx, actor, &review_q[Q_FOLLOW_INSERT],
	    ARGS(db_int(arg->ret_follow_up), db_int(r->id.n), db_int(arg->find.ret.act), db_int(r->place.code),
	        db_int(director), db_int(now), db_int(due.due_ms)), NULL);
	if (rc == RC_OK && director != 0)
		rc = request_grant(tx, actor, r->id, director, "follow_up");
	event.data = arena_format(tx_mem(tx), "director=%lld", (long long)director);
	if (rc == RC_OK)
		rc = request_step(tx, actor, r, &event, NULL);
	return rc;
}

static enum rc
give_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct give_arg *arg = argument;
	struct actor system = { .kind = ACTOR_SYSTEM, .city = actor->city };
	struct event_new event = { .kind = "review.given", .shown = true };
	const struct review *v = &arg->find.ret;
	struct request r;
	int64_t part = 0;
	enum rc rc = find_tx(tx, actor, &arg->find);

	if (rc == RC_OK && actor->kind == ACTOR_ACCOUNT)
		rc = tx_int(tx, actor, &review_q[Q_TOOK_PART], ARGS(db_int(v->request.n), db_int(actor->account)), &part);
	if (rc == RC_OK && part > 0)
		rc = RC_REFUSED;
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &review_q[Q_GIVE],
		    ARGS(db_int(v->request.n), db_int(v->act), db_int(arg->grade), db_text(arg->comment),
		        db_int(tx_now_ms(tx)), db_int(arg->channel),
		        arg->has_peer ? db_blob(blob16(arg->peer)) : db_null(),
		        actor->kind == ACTOR_ACCOUNT ? db_key(actor->account) : db_null()));
	if (rc == RC_OK)
		rc = request_load(tx, &system, v->request, &r);
	if (rc != RC_OK)
		return rc;
	event.data = arena_format(tx_mem(tx), "grade=%s", grade_key(arg->grade));
	rc = request_step(tx, actor, &r, &event, NULL);
	if (rc == RC_OK && grade_is_bad(arg->grade))
		rc = follow_up_open(tx, &system, &r, arg);
	return rc;
}

enum rc
review_give(struct ctx *ctx, struct idem_key key, const unsigned char code[static 10], enum grade grade,
    struct text comment, enum review_channel channel, struct text peer, int64_t *ret_follow_up)
{
	struct give_arg arg = { .grade = grade, .comment = comment, .channel = channel };
	enum rc rc;

	if (grade <= GRADE_NONE || grade >= GRADE_COUNT)
		return RC_INVALID;
	code_hash(code, arg.find.hash);
	arg.has_peer = peer.n > 0 && keys != NULL;
	if (arg.has_peer)
		crypt_index(keys, "review.peer", peer, arg.peer);
	rc = db_command(ctx, key, &(struct command){ .name = "review.give", .fn = give_tx, .arg = &arg,
	    .ret = &arg.ret_follow_up, .ret_size = sizeof arg.ret_follow_up,
	    .asked = ARGS(db_blob((struct text){ (const char *)arg.find.hash, sizeof arg.find.hash }), db_int(grade),
	        db_text(comment), db_int(channel)) });
	if (rc == RC_OK)
		*ret_follow_up = arg.ret_follow_up;
	return rc;
}
