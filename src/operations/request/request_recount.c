/*
 * A new table of holidays moves deadlines: every clock still running that was counted with an older calendar is
 * counted again, with its pauses; where the moment moves, the request says from when to when.
 *
 * A batch is a stretch of the index (calendar, request, target): what moves is written one by one, what stays where
 * it was is marked as counted in one statement over the stretch, and so is what the requests show (a request's row
 * lies in six queues: one by one that took as long as all the rest).  The audit trail gets one row for a batch, with
 * the hash of what its events say.  The transaction's snapshot holds both together.
 */
#include "operations/request/request_internal.h"
#include "operations/request/request_store.h"

#include "base/code.h"
#include "kit/audit/audit.h"
#include "kit/crypt/crypt.h"
#include "standards/holidays/holidays.h"

#include <stdio.h>
#include <string.h>

struct running {
	int64_t request, due_ms, start_ms;
	int target, version;
	struct clock_rule rule;
	bool paused;                 /* it has been, or is */
	bool uncertain;
	enum request_state state;
};

struct recount {
	const struct calendar *calendar;
	struct running *v;
	size_t cap, n;
	int64_t moved;
	int64_t first, last;         /* the events that say what moved, and their hash: id, request and words, in order */
	struct crypt_hasher hash;
};

static enum rc
running_read(struct tx *tx, const struct actor *actor, struct recount *x)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &request_q[Q_RUNNING_OLD],
	    ARGS(db_int(x->calendar->version), db_int((int64_t)x->cap)), &row);

	x->n = 0;
	while (rc == RC_OK && x->n < x->cap && (rc = rows_next(row)) == RC_OK)
		x->v[x->n++] = (struct running){ .request = rows_int(row, 0), .target = (int)rows_int(row, 1),
			.rule = { .count = (int)rows_int(row, 2), .unit = (enum clock_unit)rows_int(row, 3),
			    .roll = rows_int(row, 4) != 0 },
			.start_ms = rows_int(row, 5), .due_ms = rows_int(row, 6), .version = (int)rows_int(row, 7),
			.paused = rows_int(row, 8) != 0, .uncertain = rows_int(row, 9) != 0,
			.state = (enum request_state)rows_int(row, 10) };
	return rc == RC_DONE ? RC_OK : rc;
}

static void
event_hash(struct crypt_hasher *h, int64_t id, int64_t request, struct text data)
{
	crypt_hasher_int(h, id);
	crypt_hasher_int(h, request);
	crypt_hasher_field(h, data);
}

static void
hash_hex(struct crypt_hasher *h, char ret[static 65])
{
	unsigned char out[32];

	crypt_hasher_end(h, out);
	hex_print(out, sizeof out, ret);
}

/* The case says it, for its holder and for the resident: which deadlines, from when to when. */
static enum rc
tell(struct tx *tx, const struct actor *actor, struct recount *x, const struct running *c, const struct clock_move *moves,
    size_t n)
{
	struct event_new event = { .kind = "clock.recounted", .shown = true,
		.data = clock_moves_data(tx_mem(tx), TEXT("calendar"), moves, n) };
	struct request r = { .id = { c->request }, .state = c->state };

	enum rc rc = request_note_unaudited(tx, actor, &r, &event, &x->last);

	if (x->first == 0)
		x->first = x->last;
	event_hash(&x->hash, x->last, c->request, event.data);
	return rc;
}

/* One row of the audit trail for the batch: how many, and what the events said. */
static enum rc
batch_audit(struct tx *tx, const struct actor *actor, struct recount *x)
{
	char hex[65];

	hash_hex(&x->hash, hex);
	return audit_note(tx, actor, "clock.recounted", "calendar", x->calendar->version,
	    arena_format(tx_mem(tx), "clocks=%lld moved=%lld first=%lld last=%lld sha256=%s", (long long)x->n,
	        (long long)x->moved, (long long)x->first, (long long)x->last, hex));
}

/* The clock's row follows where the answer is not what it was; a moment that moves goes to `moves`. */
static enum rc
count_again(struct tx *tx, const struct actor *actor, struct recount *x, const struct running *c, struct clock_move *moves,
    size_t *n)
{
	struct clock_pause pauses[CASE_PAUSES_MAX];
	struct clock_stops stops = { .n = 0 };
	struct clock_answer answer;
	int64_t changed = 0;
	enum rc rc = c->paused ? case_pauses_of(tx, actor, (struct case_id){ c->request }, &stops) : RC_OK;

	if (c->target < 0 || c->target >= TARGET_COUNT)
		return RC_CORRUPT;
	if (rc != RC_OK)
		return rc;
	answer = clock_due(x->calendar, c->rule, c->start_ms, pauses,
	    clock_stops_for(&stops, (enum clock_target)c->target, pauses), tx_now_ms(tx));
	if (answer.due_ms == c->due_ms && answer.uncertain == c->uncertain)
		return RC_OK;
	rc = tx_run(tx, actor, &request_q[Q_CLOCK_SET], ARGS(db_int(c->request), db_int(c->target), db_int(c->version),
	    db_int(answer.due_ms), db_int(answer.uncertain), db_int(x->calendar->version)), &changed);
	if (rc == RC_OK && changed > 0 && answer.due_ms != c->due_ms && *n < CASE_CLOCKS_MAX)
		moves[(*n)++] = (struct clock_move){ (enum clock_target)c->target, c->due_ms, answer.due_ms };
	return rc; /* unchanged: met meanwhile, or another process was faster */
}

/* The clocks of one request in the batch, from the *i-th on. */
static enum rc
request_again(struct tx *tx, const struct actor *actor, struct recount *x, size_t *i)
{
	const struct running *first = &x->v[*i];
	struct clock_move moves[CASE_CLOCKS_MAX];
	size_t n = 0;
	enum rc rc = RC_OK;

	for (; rc == RC_OK && *i < x->n && x->v[*i].request == first->request; (*i)++)
		rc = count_again(tx, actor, x, &x->v[*i], moves, &n);
	x->moved += (int64_t)n;
	return rc == RC_OK && n > 0 ? tell(tx, actor, x, first, moves, n) : rc;
}

/* What lies between two of one old calendar, both along, is counted, and its requests show what is nearest now. */
static enum rc
stretch_end(struct tx *tx, const struct actor *actor, const struct recount *x, size_t from, size_t to)
{
	const struct running *a = &x->v[from], *b = &x->v[to];
	enum rc rc = tx_run(tx, actor, &request_q[Q_CLOCKS_COUNTED], ARGS(db_int(a->version), db_int(x->calendar->version),
	    db_int(a->request), db_int(a->target), db_int(b->request), db_int(b->target)), NULL);

	if (rc != RC_OK || x->moved == 0)
		return rc;
	return tx_run(tx, actor, &request_q[Q_NEAREST_AGAIN], ARGS(db_int(a->request), db_int(b->request)), NULL);
}

static enum rc
recount_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct recount *x = arg;
	enum rc rc = running_read(tx, actor, x);

	x->moved = x->first = x->last = 0;
	crypt_hasher_start(&x->hash);
	for (size_t i = 0; rc == RC_OK && i < x->n;)
		rc = request_again(tx, actor, x, &i);
	for (size_t from = 0, i = 0; rc == RC_OK && i < x->n; i++)
		if (i + 1 == x->n || x->v[i + 1].version != x->v[from].version) {
			rc = stretch_end(tx, actor, x, from, i);
			from = i + 1;
		}
	if (rc == RC_OK && x->moved > 0)
		rc = batch_audit(tx, actor, x);
	return rc;
}

static enum rc
any_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return running_read(tx, actor, arg);
}

enum rc
request_recount(struct ctx *ctx, size_t most, int64_t *ret_counted, int64_t *ret_moved)
{
	struct recount x = { .calendar = holidays_current(), .v = arena_array(ctx->mem, most, sizeof *x.v), .cap = 1 };
	enum rc rc = x.v == NULL || most == 0 ? RC_NO_MEMORY : db_read(ctx, any_tx, &x);

	*ret_counted = 0;
	*ret_moved = 0;
	if (rc != RC_OK || x.n == 0)
		return rc; /* the usual case writes nothing */
	x.cap = most;
	rc = db_job(ctx, &(struct command){ .name = "request.recount", .fn = recount_tx, .arg = &x });
	if (rc == RC_OK) {
		*ret_counted = (int64_t)x.n;
		*ret_moved = x.moved;
	}
	return rc;
}

/* ---- afterwards --------------------------------------------------------------------------------------------- */

#define NODE_OF(id) ((id) >> 12 & 1023) /* two processes may count at once, each its own batch */

static enum rc
batch_check(struct tx *tx, const struct actor *actor, int64_t first, int64_t last, char ret[static 65])
{
	struct crypt_hasher h;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &request_q[Q_RECOUNTED], ARGS(db_int(first), db_int(last)), &row);

	crypt_hasher_start(&h);
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK)
		if (NODE_OF(rows_int(row, 0)) == NODE_OF(first))
			event_hash(&h, rows_int(row, 0), rows_int(row, 1), rows_text(row, 2));
	hash_hex(&h, ret);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
request_recount_check(struct tx *tx, const struct actor *actor, int64_t *ret_looked, int64_t *ret_bad, int64_t *ret_first)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &request_q[Q_RECOUNT_BATCHES], NO_ARGS, &row);

	*ret_looked = *ret_bad = *ret_first = 0;
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		struct text detail = rows_copy(row, 1);
		long long first = 0, last = 0;
		char said[65] = "", is[65];

		if (detail.p == NULL || sscanf(detail.p, "clocks=%*d moved=%*d first=%lld last=%lld sha256=%64s", &first, &last, said) != 3)
			said[0] = '\0';
		rc = batch_check(tx, actor, first, last, is);
		++*ret_looked;
		if (rc == RC_OK && strcmp(said, is) != 0) {
			++*ret_bad;
			*ret_first = *ret_first == 0 ? rows_int(row, 0) : *ret_first;
		}
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- before it is done ---------------------------------------------------------------------------------- */

/* A clock with its pauses, one row for each; the rows of a clock come together. */
struct tried { int64_t request, start_ms, due_ms; int target; struct clock_rule rule; struct clock_pause pauses[CASE_PAUSES_MAX]; size_t n; };

static void
tried_count(const struct tried *t, const struct calendar *c, int64_t now_ms, struct recount_try *ret)
{
	int64_t due = clock_due(c, t->rule, t->start_ms, t->pauses, t->n, now_ms).due_ms;

	ret->running++;
	ret->later += due > t->due_ms;
	ret->earlier += due < t->due_ms;
	ret->late_at_once += due < now_ms && t->due_ms >= now_ms;
}

enum rc
request_recount_try(struct tx *tx, const struct actor *actor, const struct calendar *c, struct recount_try *ret)
{
	struct tried t = { .request = 0 };
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &request_q[Q_RUNNING_ALL], NO_ARGS, &row);

	*ret = (struct recount_try){ .running = 0 };
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		if (t.request != rows_int(row, 0) || t.target != rows_int(row, 1)) {
			if (t.request != 0)
				tried_count(&t, c, tx_now_ms(tx), ret);
			t = (struct tried){ .request = rows_int(row, 0), .target = (int)rows_int(row, 1),
				.rule = { .count = (int)rows_int(row, 2), .unit = (enum clock_unit)rows_int(row, 3),
				    .roll = rows_int(row, 4) != 0 },
				.start_ms = rows_int(row, 5), .due_ms = rows_int(row, 6) };
		}
		if (rows_int(row, 7) != 0 && (rows_int(row, 9) >> t.target & 1) != 0 && t.n < CASE_PAUSES_MAX)
			t.pauses[t.n++] = (struct clock_pause){ rows_int(row, 7), rows_int(row, 8) };
	}
	if (rc == RC_DONE && t.request != 0)
		tried_count(&t, c, tx_now_ms(tx), ret);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
request_recount_waiting(struct tx *tx, const struct actor *actor, int64_t *ret)
{
	return tx_int(tx, actor, &request_q[Q_RUNNING_WAITING], ARGS(db_int(holidays_current()->version)), ret);
}
