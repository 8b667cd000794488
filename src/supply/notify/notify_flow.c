/* Following the events: every one is read, those that concern somebody become notices and rows of the outbox. */
#include "supply/notify/notify_rule.h"
#include "supply/notify/notify_store.h"

#include "operations/request/request.h"

#define PAGE 200

struct walked {
	int64_t id, request, at_ms;
	struct text kind;
	bool urgent;
	struct notify_facts facts;
	const struct notify_rule *rule;
};

struct walk {
	const struct notify_ways *ways;
	struct walked v[PAGE];   /* what concerns somebody */
	size_t n, rows;          /* of these; events read */
	int64_t from, last;      /* read after; newest id read */
	struct notify_rules rules;
	int64_t written;
};

/* ---- reading ----------------------------------------------------------------------------------------- */

static void
walked_read(const struct rows *row, struct walked *w)
{
	w->id = rows_int(row, 0);
	w->request = rows_int(row, 1);
	w->at_ms = rows_int(row, 2);
	w->kind = rows_copy(row, 4);
	w->urgent = rows_int(row, 8) != 0 || w->rule->urgent;
	w->facts = (struct notify_facts){ .author = rows_int(row, 3), .shown = rows_int(row, 5) != 0, .data = rows_copy(row, 6),
		.holder = rows_int(row, 7), .reachable = rows_int(row, 9) != 0 };
}

static enum rc
page_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct walk *w = arg;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &notify_q[Q_EVENTS], ARGS(db_int(w->from), db_int(PAGE)), &row);

	w->n = w->rows = 0;
	w->last = w->from;
	while (rc == RC_OK && w->rows < PAGE && (rc = rows_next(row)) == RC_OK) {
		const struct notify_rule *rule = notify_rule_of(rows_text(row, 4));

		w->rows++;
		w->last = rows_int(row, 0);
		if (rule == NULL)
			continue;
		w->v[w->n].rule = rule;
		walked_read(row, &w->v[w->n++]);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
cursor_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return tx_int(tx, actor, &notify_q[Q_CURSOR], NO_ARGS, arg);
}

/* ---- writing ------------------------------------------------------------------------------------------ */

enum rc
notify_begin(struct tx *tx, const struct actor *actor, int64_t from_ms)
{
	return tx_run(tx, actor, &notify_q[Q_CURSOR_BEGIN], ARGS(db_int(db_id_at(from_ms))), NULL);
}

static enum rc
begin_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	(void)arg;
	return notify_begin(tx, actor, tx_now_ms(tx));
}

static bool
way_is_there(const struct notify_ways *ways, enum notify_way way)
{
	return ways->demo || ways->v[way].send != NULL;
}

static enum rc
put_out(struct tx *tx, const struct actor *actor, struct walk *w, const struct walked *e, int64_t account, enum notify_way way)
{
	int64_t changed = 0;
	enum rc rc;

	if (!way_is_there(w->ways, way))
		return RC_OK;
	rc = tx_run(tx, actor, &notify_q[Q_OUTBOX_INSERT], ARGS(db_int(tx_id(tx)), db_int(e->request), db_text(e->kind),
	    db_blob(TEXT_NONE), db_int(e->at_ms + NOTIFY_UNDO_MS), db_int(e->id), db_int(account), db_int(way), db_int(e->urgent),
	    db_int(e->at_ms)), &changed);
	w->written += changed;
	return rc;
}

static enum rc
tell_account(struct tx *tx, const struct actor *actor, struct walk *w, const struct walked *e, int64_t account)
{
	int64_t changed = 0, topics = 0;
	bool active = false;
	enum rc rc;

	{
		ROWS row = NULL;

		rc = tx_one(tx, actor, &notify_q[Q_STAFF], ARGS(db_int(account)), &row);
		if (rc == RC_OK) {
			active = rows_int(row, 0) != 0;
			topics = rows_int(row, 1);
		}
	}
	if (rc == RC_NOT_FOUND || (rc == RC_OK && !active))
		return RC_OK; /* who is no longer here is told nothing */
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &notify_q[Q_NOTICE_INSERT], ARGS(db_int(account), db_int(tx_id(tx)), db_int(e->request),
		    db_int(e->id), db_text(e->kind), db_int(e->at_ms)), &changed);
	w->written += changed;
	if (rc == RC_OK && (topics >> e->rule->topic & 1) != 0)
		rc = put_out(tx, actor, w, e, account, NOTIFY_MAIL);
	return rc;
}

static enum rc
tell_resident(struct tx *tx, const struct actor *actor, struct walk *w, const struct walked *e)
{
	enum rc rc = put_out(tx, actor, w, e, 0, NOTIFY_SMS);

	return rc == RC_OK && w->rules.wechat != 0 ? put_out(tx, actor, w, e, 0, NOTIFY_WECHAT) : rc;
}

static enum rc
make_void(struct tx *tx, const struct actor *actor, const struct walked *e)
{
	struct db_args args = ARGS(db_int(e->request), db_text(text_of(e->rule->voids)), db_int(e->id), db_int(tx_now_ms(tx)));
	enum rc rc = tx_run(tx, actor, &notify_q[Q_OUTBOX_VOID], args, NULL);

	return rc == RC_OK ? tx_run(tx, actor, &notify_q[Q_NOTICE_VOID], args, NULL) : rc;
}

static enum rc
tell(struct tx *tx, const struct actor *actor, struct walk *w, const struct walked *e)
{
	struct notify_people people = notify_whom(e->rule, &e->facts);
	enum rc rc = e->rule->voids != NULL ? make_void(tx, actor, e) : RC_OK;

	for (size_t i = 0; rc == RC_OK && i < people.n; i++)
		rc = tell_account(tx, actor, w, e, people.accounts[i]);
	return rc == RC_OK && people.resident ? tell_resident(tx, actor, w, e) : rc;
}

static enum rc
write_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct walk *w = arg;
	enum rc rc = notify_rules_load(tx, actor, &w->rules);

	w->written = 0;
	for (size_t i = 0; rc == RC_OK && i < w->n; i++)
		rc = tell(tx, actor, w, &w->v[i]);
	return rc == RC_OK ? tx_run(tx, actor, &notify_q[Q_CURSOR_SET], ARGS(db_int(w->last)), NULL) : rc;
}

/* ---- the walk ------------------------------------------------------------------------------------------- */

static int64_t *
place_of(struct notify_tail *tail, int64_t id)
{
	/* ids of one millisecond differ in their lowest bits, ids of others above */
	return &tail->seen[((uint64_t)id ^ (uint64_t)id >> 22) % NOTIFY_SEEN];
}

/* What was seen by this process is passed over; the rest is refused by its keys where it is there. */
static void
drop_seen(struct notify_tail *tail, struct walk *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++)
		if (*place_of(tail, w->v[i].id) != w->v[i].id)
			w->v[n++] = w->v[i];
	w->n = n;
}

static int64_t
begin_at(int64_t cursor, int64_t now_ms, int64_t back_ms)
{
	int64_t late = db_id_at(now_ms - back_ms), most = cursor - (db_id_at(now_ms) - db_id_at(now_ms - NOTIFY_DEEP_MS));

	if (late > cursor)
		return cursor;
	return late > most ? late : most; /* a clock set back must not have months read again */
}

enum rc
notify_follow(struct ctx *ctx, const struct notify_ways *ways, struct notify_tail *tail, size_t most, bool deep, int64_t *ret_n)
{
	struct walk *w = ARENA_NEW(ctx->mem, struct walk);
	int64_t cursor = 0;
	size_t handled = 0;
	enum rc rc = w == NULL ? RC_NO_MEMORY : db_read(ctx, cursor_tx, &cursor);

	*ret_n = 0;
	if (rc == RC_NOT_FOUND)
		return db_job(ctx, &(struct command){ .name = "notify.begin", .fn = begin_tx });
	if (rc != RC_OK)
		return rc;
	w->ways = ways;
	w->from = begin_at(cursor, ctx->now_ms, deep ? NOTIFY_DEEP_MS : NOTIFY_OVERLAP_MS);
	do {
		rc = db_read(ctx, page_tx, w);
		if (rc != RC_OK)
			return rc;
		drop_seen(tail, w);
		if (w->n > 0 || w->last > cursor)
			rc = db_job(ctx, &(struct command){ .name = "notify.follow", .fn = write_tx, .arg = w });
		if (rc != RC_OK)
			return rc;
		for (size_t i = 0; i < w->n; i++)
			*place_of(tail, w->v[i].id) = w->v[i].id;
		*ret_n += w->n > 0 ? w->written : 0;
		handled += w->n;
		w->from = w->last;
	} while (w->rows == PAGE && (deep || handled < most));
	return RC_OK;
}
