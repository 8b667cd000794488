/* A new table of holidays moves what an order is counted in: until when to reply, and when the next level hears of it. */
#include "operations/supervise/supervise_internal.h"
#include "operations/supervise/supervise_rule.h"
#include "operations/supervise/supervise_store.h"

#include "standards/holidays/holidays.h"

#define MOST 200

struct old {
	int64_t id, request, base_ms, due_ms, rule_ms, issued_ms, report_ms, revision;
	struct clock_rule reply;   /* count 0: set by hand */
	enum supervise_step level;
	bool has_next;
};

struct recount { size_t most; int64_t n; };

/* As it was counted when it was issued, sent back or reported, by the rules of then. */
static struct db_value
next_again(const struct old *o, const struct supervise_rules *rules, int64_t due_ms)
{
	const struct calendar *c = holidays_current();
	const struct supervise_rule *here = &rules->v[SUPERVISE_DIRECTOR], *up = &rules->v[SUPERVISE_BUREAU];
	int64_t next_ms;

	if (!o->has_next)
		return db_null();
	if (o->level == SUPERVISE_ORDER || o->report_ms == o->issued_ms) /* without a clock: reported as it was issued */
		return db_int(supervise_after(c, here->count, here->unit, due_ms));
	next_ms = supervise_after(c, up->count, up->unit, supervise_after(c, here->reply_count, here->reply_unit, o->report_ms));
	return db_int(next_ms > due_ms ? next_ms : due_ms);
}

static enum rc
recount_one(struct tx *tx, const struct actor *actor, const struct old *o)
{
	const struct calendar *c = holidays_current();
	int64_t due_ms = o->reply.count > 0 ? supervise_after(c, o->reply.count, o->reply.unit, o->base_ms) : o->due_ms, changed = 0;
	struct supervise_rules rules;
	struct request r;
	enum rc rc = supervise_rules_at(tx, actor, o->rule_ms, &rules);

	if (rc == RC_OK)
		rc = tx_run(tx, actor, &supervise_q[Q_ORDER_COUNTED], ARGS(db_int(o->id), db_int(o->revision), db_int(due_ms),
		    next_again(o, &rules, due_ms), db_int(c->version)), &changed);
	if (rc != RC_OK || changed == 0 || due_ms == o->due_ms)
		return rc; /* unchanged: replied to meanwhile, or another process was faster */
	rc = request_load(tx, actor, (struct case_id){ o->request }, &r);
	return rc == RC_OK ? request_note(tx, actor, &r, &(struct event_new){ .kind = "supervise.recounted",
	    .data = arena_format(tx_mem(tx), "due=%lld>%lld\norder=%lld", (long long)o->due_ms, (long long)due_ms,
	        (long long)o->id) }) : rc;
}

static enum rc
recount_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct recount *a = arg;
	struct old v[MOST];
	size_t n = 0, most = a->most < MOST ? a->most : MOST;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &supervise_q[Q_ORDERS_OLD], ARGS(db_int(holidays_current()->version), db_int((int64_t)most)),
	    &row);

	while (rc == RC_OK && n < most && (rc = rows_next(row)) == RC_OK)
		v[n++] = (struct old){ .id = rows_int(row, 0), .request = rows_int(row, 1), .base_ms = rows_int(row, 2),
			.reply = { .count = (int)rows_int(row, 3), .unit = (enum clock_unit)rows_int(row, 4) },
			.due_ms = rows_int(row, 5), .has_next = !rows_is_null(row, 6),
			.rule_ms = rows_int(row, 7), .level = (enum supervise_step)rows_int(row, 8), .issued_ms = rows_int(row, 9),
			.report_ms = rows_int(row, 10), .revision = rows_int(row, 11) };
	rc = rc == RC_DONE ? RC_OK : rc;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = recount_one(tx, actor, &v[i]);
	a->n = (int64_t)n;
	return rc;
}

static enum rc
waiting_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return tx_int(tx, actor, &supervise_q[Q_ORDERS_OLD], ARGS(db_int(holidays_current()->version), db_int(1)), arg);
}

enum rc
supervise_recount(struct ctx *ctx, size_t most, int64_t *ret_n)
{
	struct recount arg = { .most = most };
	int64_t one = 0;
	enum rc rc = db_read(ctx, waiting_tx, &one);

	*ret_n = 0;
	if (rc == RC_NOT_FOUND)
		return RC_OK; /* the usual case writes nothing */
	if (rc == RC_OK)
		rc = db_job(ctx, &(struct command){ .name = "supervise.recount", .fn = recount_tx, .arg = &arg });
	if (rc == RC_OK)
		*ret_n = arg.n;
	return rc;
}
