/*
 * Who complained is told by message what happens: read from the complaints' own history, never from the request's, so
 * that nobody who sees the request learns of it.  The message carries number and where to look, nothing of what was said.
 * It waits in the outbox sealed, with its number; sending, quiet hours and tries are those of every message.
 */
#include "supply/notify/notify_store.h"

#include "kit/msg/msg.h"

#define TOLD 2
#define NOT_TOLD 3 /* no number, no way, or too late to be of use */

enum { Q_TELL, Q_PUT, Q_MARK, Q_COMPLAINTS };
static const struct db_stmt q[Q_COMPLAINTS] = {
	[Q_TELL] = { "notify.complaint_tell", DB_SYSTEM,
	    "SELECT e.id, e.complaint, e.kind, e.at_ms, c.number, c.phone FROM complaint_event e JOIN complaint c ON c.city = e.city"
	    " AND c.id = e.complaint WHERE e.city = $1 AND e.tell = 1 ORDER BY e.id LIMIT 1",
	    0 },
	[Q_PUT] = { "notify.complaint_put", DB_SYSTEM,
	    "INSERT INTO outbox (city, id, kind, to_sealed, body_sealed, due_ms, lease_ms, tries, way, state, urgent, made_ms)"
	    " VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7, 1, 0, $8)",
	    0 },
	[Q_MARK] = { "notify.complaint_mark", DB_SYSTEM,
	    "UPDATE complaint_event SET tell = $3 WHERE city = $1 AND id = $2 AND tell = 1", 0 },
};
const struct db_set notify_complaint_sql = DB_SET("notify_complaint", q);

struct letter {
	int64_t event, complaint, at_ms, id; /* id: of the row in the outbox; 0: nobody is told */
	struct text kind, number, phone, to, body;
	struct notify_rules rules;
};

static const char *
what_happened(struct text kind)
{
	static const struct {
		const char *kind, *words;
	} v[] = {
		{ "complaint.received",
		    T("您的投诉 %.*s 已经收到。谁来看、最晚哪天有结果，凭查询码在“查进度”里看，或打 12348。") },
		{ "complaint.told",
		    T("您的投诉 %.*s 已经开始核实。凭查询码在“查进度”里看，或打 12348。") },
		{ "complaint.extended",
		    T("您的投诉 %.*s 要多一些时间，理由写在进度里。凭查询码在“查进度”里看，或打 12348。") },
		{ "complaint.replied",
		    T("您的投诉 %.*s 已经答复。凭查询码在“查进度”里看，不同意可以申请上一级再看，或打 12348。") },
		{ "complaint.done",
		    T("您的投诉 %.*s 有一项整改做完了。凭查询码在“查进度”里看，或打 12348。") },
		{ "complaint.review",
		    T("您的投诉 %.*s 已交上一级再看。凭查询码在“查进度”里看，或打 12348。") },
	};

	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		if (text_equals(kind, text_of(v[i].kind)))
			return v[i].words;
	return NULL;
}

static enum rc
next_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct letter *l = arg;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &q[Q_TELL], NO_ARGS, &row);

	if (rc != RC_OK)
		return rc;
	*l = (struct letter){ .event = rows_int(row, 0),
		.complaint = rows_int(row, 1),
		.kind = rows_copy(row, 2),
		.at_ms = rows_int(row, 3),
		.number = rows_copy(row, 4),
		.phone = rows_copy(row, 5) };
	return notify_rules_load(tx, actor, &l->rules);
}

static enum rc
seal_for(struct ctx *ctx, const char *column, int64_t id, struct text plain, struct text *ret)
{
	struct text context = crypt_context(ctx->mem, column, ctx->actor->city, id);

	return context.p == NULL ? RC_NO_MEMORY
				 : crypt_seal(ctx->crypt, ctx->mem, plain, context, ret);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored                                                                     \
    "-Wformat-nonliteral" /* msgfmt -c holds the English to the Chinese */
static struct text
words_of(struct ctx *ctx, const char *words, struct text number)
{
	return arena_format(ctx->mem, msg(LANG_ZH, words), (int)number.n, number.p);
}
#pragma GCC diagnostic pop

/* Outside any transaction: opening and sealing take their time. */
static enum rc
write_letter(struct ctx *ctx, struct letter *l)
{
	const char *words = what_happened(l->kind);
	struct text phone = TEXT_NONE;
	enum rc rc;

	if (l->phone.n == 0 || words == NULL ||
	    l->at_ms < ctx->now_ms - l->rules.give_up_hours * INT64_C(3600000))
		return RC_OK;
	rc = crypt_unseal(ctx->crypt, ctx->mem, l->phone,
	    crypt_context(ctx->mem, "complaint.phone", ctx->actor->city, l->complaint), &phone);
	if (rc == RC_OK)
		rc = db_id(ctx->db, &l->id);
	if (rc == RC_OK)
		rc = seal_for(ctx, "outbox.to_sealed", l->id, phone, &l->to);
	return rc == RC_OK
	    ? seal_for(ctx, "outbox.body_sealed", l->id, words_of(ctx, words, l->number), &l->body)
	    : rc;
}

/* The mark goes with the message: a second process, or a second run, finds it told. */
static enum rc
put_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct letter *l = arg;
	enum rc rc = tx_run_one(
	    tx, actor, &q[Q_MARK], ARGS(db_int(l->event), db_int(l->id != 0 ? TOLD : NOT_TOLD)));

	if (rc != RC_OK || l->id == 0)
		return rc;
	return tx_run(tx, actor, &q[Q_PUT],
	    ARGS(db_int(l->id), db_text(l->kind), db_blob(l->to), db_blob(l->body),
		db_int(tx_now_ms(tx) + NOTIFY_UNDO_MS), db_int(NOTIFY_SMS), db_int(l->at_ms)),
	    NULL);
}

enum rc
notify_complaints(struct ctx *ctx, const struct notify_ways *ways, size_t most, int64_t *ret_n)
{
	bool may = ways->demo || ways->v[NOTIFY_SMS].send != NULL;
	enum rc rc = RC_OK;

	*ret_n = 0;
	for (size_t i = 0; rc == RC_OK && i < most; i++) {
		struct letter l;

		rc = db_read(ctx, next_tx, &l);
		if (rc == RC_OK && may)
			rc = write_letter(ctx, &l);
		if (rc == RC_OK)
			rc = db_job(ctx,
			    &(struct command){
				.name = "notify.complaint", .fn = put_tx, .arg = &l });
		*ret_n += rc == RC_OK && l.id != 0;
		if (rc == RC_CONFLICT) /* another process was first */
			rc = RC_OK;
	}
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}
