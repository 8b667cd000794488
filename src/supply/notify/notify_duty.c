/*
 * Whoever is concerned by a roster is told: that it is published, that a visit of theirs has moved, that a colleague asks to swap.
 * Read from what duty noted in the transaction of the change, one row for each person; a notice on the desk, and an e-mail for
 * those who want one.  The mark goes with the notice, so that a second process finds it told.
 */
#include "supply/notify/notify_rule.h"
#include "supply/notify/notify_store.h"

#include "kit/msg/msg.h"
#include "standards/region/region.h"

#define BATCH 50
#define TOLD 2
#define NOBODY 3 /* the account is off, or it is too late to be of use */

enum { Q_TELL, Q_MARK, Q_PUT, Q_DUTIES };
static const struct db_stmt q[Q_DUTIES] = {
	[Q_TELL] = { "notify.duty_tell", DB_SYSTEM,
	    "SELECT e.id, e.kind, e.account, e.place, e.day, e.month, e.at_ms, COALESCE(a.active, 0), CASE WHEN c.mail_sealed IS NULL THEN 0"
	    " ELSE c.topics END FROM duty_event e LEFT JOIN account a ON a.city = e.city AND a.id = e.account LEFT JOIN notify_choice c"
	    " ON c.city = e.city AND c.account = e.account WHERE e.city = $1 AND e.tell = 1 ORDER BY e.id LIMIT $2", 0 },
	[Q_MARK] = { "notify.duty_mark", DB_SYSTEM, "UPDATE duty_event SET tell = $3 WHERE city = $1 AND id = $2 AND tell = 1", 0 },
	[Q_PUT] = { "notify.duty_put", DB_SYSTEM,
	    "INSERT INTO notice (city, account, id, request, event, kind, at_ms, about) VALUES ($1, $2, $3, 0, $4, $5, $6, $7)"
	    " ON CONFLICT (city, account, event) DO NOTHING", 0 },
};
const struct db_set notify_duty_sql = DB_SET("notify_duty", q);

struct told { int64_t id, account, at_ms, topics; struct text kind, about; bool active; };
struct batch { struct told v[BATCH]; size_t n; bool mail; int64_t written; struct notify_rules rules; };

/* "2026-07-14 某某村"; the month, when it is about all of it. */
static struct text
about(struct arena *mem, const struct rows *row)
{
	char day[16];
	struct text place = region_name((struct place){ rows_int(row, 3) });
	int month = (int)rows_int(row, 5);

	if (rows_is_null(row, 4))
		return arena_format(mem, "%d-%02d %.*s", month / 100, month % 100, (int)place.n, place.p);
	return arena_format(mem, "%s %.*s", day_print((struct day){ (int32_t)rows_int(row, 4) }, day).p, (int)place.n, place.p);
}

static enum rc
next_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct batch *b = arg;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &q[Q_TELL], ARGS(db_int(BATCH)), &row);

	b->n = 0;
	while (rc == RC_OK && b->n < BATCH && (rc = rows_next(row)) == RC_OK) {
		struct told *t = &b->v[b->n++];

		t->id = rows_int(row, 0);
		t->kind = rows_copy(row, 1);
		t->account = rows_int(row, 2);
		t->about = about(tx_mem(tx), row);
		t->at_ms = rows_int(row, 6);
		t->active = rows_int(row, 7) != 0;
		t->topics = rows_int(row, 8);
	}
	return rc == RC_DONE ? notify_rules_load(tx, actor, &b->rules) : rc;
}

static enum rc
tell_one(struct tx *tx, const struct actor *actor, struct batch *b, const struct told *t)
{
	const struct notify_rule *rule = notify_rule_of(t->kind);
	bool useful = rule != NULL && t->active && t->at_ms >= tx_now_ms(tx) - b->rules.give_up_hours * INT64_C(3600000);
	int64_t marked = 0, changed = 0;
	enum rc rc = tx_run(tx, actor, &q[Q_MARK], ARGS(db_int(t->id), db_int(useful ? TOLD : NOBODY)), &marked);

	if (rc != RC_OK || marked == 0 || !useful)
		return rc;
	rc = tx_run(tx, actor, &q[Q_PUT], ARGS(db_int(t->account), db_int(tx_id(tx)), db_int(t->id), db_text(t->kind), db_int(t->at_ms),
	    db_text(t->about)), &changed);
	b->written += changed;
	if (rc != RC_OK || !b->mail || (t->topics >> rule->topic & 1) == 0)
		return rc;
	rc = tx_run(tx, actor, &notify_q[Q_OUTBOX_INSERT], ARGS(db_int(tx_id(tx)), db_null(), db_text(t->kind), db_blob(TEXT_NONE),
	    db_int(t->at_ms + NOTIFY_UNDO_MS), db_int(t->id), db_int(t->account), db_int(NOTIFY_MAIL), db_int(rule->urgent),
	    db_int(t->at_ms)), &changed);
	b->written += changed;
	return rc;
}

static enum rc
put_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct batch *b = arg;
	enum rc rc = RC_OK;

	b->written = 0;
	for (size_t i = 0; rc == RC_OK && i < b->n; i++)
		rc = tell_one(tx, actor, b, &b->v[i]);
	return rc;
}

enum rc
notify_duties(struct ctx *ctx, const struct notify_ways *ways, size_t most, int64_t *ret_n)
{
	struct batch *b = ARENA_NEW(ctx->mem, struct batch);
	size_t handled = 0;
	enum rc rc = b == NULL ? RC_NO_MEMORY : RC_OK;

	*ret_n = 0;
	if (rc != RC_OK)
		return rc;
	b->mail = ways->demo || ways->v[NOTIFY_MAIL].send != NULL;
	do {
		rc = db_read(ctx, next_tx, b);
		if (rc == RC_OK && b->n > 0)
			rc = db_job(ctx, &(struct command){ .name = "notify.duty", .fn = put_tx, .arg = b });
		*ret_n += rc == RC_OK && b->n > 0 ? b->written : 0;
		handled += b->n;
	} while (rc == RC_OK && b->n == BATCH && handled < most);
	return rc;
}
