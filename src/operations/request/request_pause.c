/* A case waits for somebody else: its clocks stand still, and go on. */
#include "operations/request/request_internal.h"
#include "operations/request/request_rule.h"
#include "operations/request/request_store.h"

#include "base/utf8.h"
#include "standards/catalogue/catalogue.h"
#include "standards/holidays/holidays.h"

/* ---- counting again --------------------------------------------------------------------------------- */

struct running { struct clock_rule rule; int64_t start_ms; int version; struct clock_move move; };

static enum rc
running_of(struct tx *tx, const struct actor *actor, struct case_id id, struct running v[static CASE_CLOCKS_MAX], size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &request_q[Q_RUNNING_OF], ARGS(db_int(id.n)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < CASE_CLOCKS_MAX && (rc = rows_next(row)) == RC_OK)
		v[(*ret_n)++] = (struct running){ .move = { .target = (enum clock_target)rows_int(row, 0), .old_ms = rows_int(row, 5) },
			.rule = { .count = (int)rows_int(row, 1), .unit = (enum clock_unit)rows_int(row, 2),
			    .roll = rows_int(row, 3) != 0 },
			.start_ms = rows_int(row, 4), .version = (int)rows_int(row, 6) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* Every clock of r that runs, as its pauses are now; *ret_n of them moved. */
static enum rc
clocks_again(struct tx *tx, const struct actor *actor, struct request *r, struct clock_move moves[static CASE_CLOCKS_MAX],
    size_t *ret_n)
{
	const struct calendar *calendar = holidays_current();
	struct clock_pause pauses[CASE_PAUSES_MAX];
	struct running v[CASE_CLOCKS_MAX];
	struct clock_stops stops;
	size_t n = 0;
	enum rc rc = case_pauses_of(tx, actor, r->id, &stops);

	*ret_n = 0;
	if (rc == RC_OK)
		rc = running_of(tx, actor, r->id, v, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		size_t m = clock_stops_for(&stops, v[i].move.target, pauses);
		struct clock_answer a = clock_due(calendar, v[i].rule, v[i].start_ms, pauses, m, tx_now_ms(tx));

		v[i].move.new_ms = a.due_ms;
		rc = tx_run_one(tx, actor, &request_q[Q_CLOCK_SET], ARGS(db_int(r->id.n), db_int(v[i].move.target),
		    db_int(v[i].version), db_int(a.due_ms), db_int(a.uncertain), db_int(calendar->version)));
		if (a.due_ms != v[i].move.old_ms)
			moves[(*ret_n)++] = v[i].move;
	}
	return rc == RC_OK ? case_due_refresh(tx, actor, r) : rc;
}

/* ---- standing still ------------------------------------------------------------------------------------ */

struct pause_ret { enum pause_why why; };
struct pause_arg { const struct pause_new *in; struct pause_ret ret; };

static enum rc
proof_is_there(struct tx *tx, const struct actor *actor, const struct pause_new *in, bool *ret)
{
	int64_t n = 0;
	enum rc rc = in->proof == 0 ? RC_OK
	    : tx_int(tx, actor, &request_q[Q_PAUSE_PROOF], ARGS(db_int(in->id.n), db_int(in->proof)), &n);

	*ret = n == 1;
	return rc == RC_OK && in->proof != 0 && n == 0 ? RC_INVALID : rc;
}

/* What pause_judge() asks, as it stands in this transaction. */
static enum rc
facts_load(struct tx *tx, const struct actor *actor, const struct pause_new *in, struct pause_facts *f)
{
	struct code_row code;
	enum rc rc = code_find(tx, actor, "clock.pause", in->code, day_of_moment(tx_now_ms(tx)), &code);

	*f = (struct pause_facts){ .known = rc == RC_OK, .words = utf8_length(text_trim(in->words)), .until = in->until };
	if (rc == RC_OK)
		f->flags = (unsigned)code.flags;
	return rc == RC_OK || rc == RC_NOT_FOUND ? proof_is_there(tx, actor, in, &f->proof) : rc;
}

static enum rc
pause_write(struct tx *tx, const struct actor *actor, struct request *r, const struct pause_new *in, unsigned targets)
{
	struct clock_move v[CASE_CLOCKS_MAX];
	char day[16];
	struct text until = day_print(in->until, day);
	struct event_new event = { .kind = "clock.paused", .shown = true, .note = in->words };
	size_t n = 0;
	enum rc rc;

	if ((targets & BIT(TARGET_CLOSE)) != 0)
		targets |= BIT(TARGET_MEDIATE); /* what stops the closing of others stops that of a mediation: time of experts */
	rc = tx_run_one(tx, actor, &request_q[Q_PAUSE_BEGIN],
	    ARGS(db_int(r->id.n), db_int(tx_now_ms(tx)), db_text(in->code), db_int(actor->account), db_int(targets),
	        db_text(in->words), db_int(day_start_ms(day_add(in->until, 1)) - 1), db_key(in->proof)));

	if (rc == RC_OK)
		rc = clocks_again(tx, actor, r, v, &n);
	if (rc == RC_OK && n == 0)
		return RC_REFUSED;
	event.data = clock_moves_data(tx_mem(tx), arena_format(tx_mem(tx), "code=%.*s\nuntil=%.*s", (int)in->code.n, in->code.p,
	    (int)until.n, until.p), v, n);
	return rc == RC_OK ? request_step(tx, actor, r, &event, NULL) : rc;
}

/* r as it is now, and the case not yet standing still: the pause begins. */
static enum rc
pause_begin(struct tx *tx, const struct actor *actor, struct request *r, const struct pause_new *in,
    const struct pause_facts *facts, enum pause_why *ret_why)
{
	struct clock_stops stops;
	bool running;
	enum rc rc = case_pauses_of(tx, actor, r->id, &stops);

	if (rc != RC_OK)
		return rc;
	running = stops.n > 0 && stops.v[stops.n - 1].to_ms == 0;
	*ret_why = pause_judge(r->state, running, stops.n, day_of_moment(tx_now_ms(tx)), facts);
	if (*ret_why != PAUSE_MAY)
		return RC_REFUSED;
	*ret_why = PAUSE_NOTHING_RUNS;
	rc = pause_write(tx, actor, r, in, facts->flags & PAUSE_TARGETS);
	if (rc == RC_OK)
		*ret_why = PAUSE_MAY;
	return rc;
}

enum rc
case_pause_begin(struct tx *tx, const struct actor *actor, struct request *r, const struct pause_new *in, unsigned targets,
    enum pause_why *ret_why)
{
	struct pause_facts facts;
	enum rc rc = facts_load(tx, actor, in, &facts);

	facts.flags = (facts.flags & ~(unsigned)PAUSE_TARGETS) | (targets & PAUSE_TARGETS);
	return rc == RC_OK ? pause_begin(tx, actor, r, in, &facts, ret_why) : rc;
}

static enum rc
pause_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct pause_arg *arg = argument;
	const struct pause_new *in = arg->in;
	struct pause_facts facts;
	struct request r;
	enum rc rc = request_load(tx, actor, in->id, &r);

	if (rc != RC_OK)
		return rc;
	if (!request_may_act(actor, &r))
		return RC_FORBIDDEN;
	if (r.revision != in->revision)
		return RC_CONFLICT;
	rc = facts_load(tx, actor, in, &facts);
	return rc == RC_OK ? pause_begin(tx, actor, &r, in, &facts, &arg->ret.why) : rc;
}

enum rc
request_pause(struct ctx *ctx, struct idem_key key, const struct pause_new *in, enum pause_why *ret_why)
{
	struct pause_arg arg = { .in = in };
	enum rc rc = db_command(ctx, key, &(struct command){ .name = "request.pause", .fn = pause_tx, .arg = &arg,
	    .ret = &arg.ret, .ret_size = sizeof arg.ret,
	    .asked = ARGS(db_int(in->id.n), db_int(in->revision), db_text(in->code), db_text(in->words), db_int(in->until.n),
	        db_int(in->proof)) });

	*ret_why = arg.ret.why;
	return rc;
}

/* ---- going on ---------------------------------------------------------------------------------------------- */

/* RC_NOT_FOUND: none of these targets stands still.  `stepped`: the revision moves, open forms with it. */
static enum rc
pause_end(struct tx *tx, const struct actor *actor, struct request *r, unsigned targets, struct text words, bool stepped)
{
	struct clock_move v[CASE_CLOCKS_MAX];
	struct event_new event = { .kind = "clock.resumed", .shown = true, .note = words };
	int64_t changed = 0;
	size_t n = 0;
	enum rc rc = tx_run(tx, actor, &request_q[Q_PAUSE_END], ARGS(db_int(r->id.n), db_int(tx_now_ms(tx)),
	    db_int(actor->kind == ACTOR_SYSTEM ? ACCOUNT_SYSTEM : actor->account), db_text(words), db_int(targets)), &changed);

	if (rc == RC_OK && changed == 0)
		return RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = clocks_again(tx, actor, r, v, &n);
	if (rc != RC_OK)
		return rc;
	event.data = clock_moves_data(tx_mem(tx), TEXT("resumed"), v, n);
	return stepped ? request_step(tx, actor, r, &event, NULL) : request_note(tx, actor, r, &event);
}

enum rc
case_pause_lift(struct tx *tx, const struct actor *actor, struct request *r, unsigned targets)
{
	enum rc rc = pause_end(tx, actor, r, targets, TEXT_NONE, false);

	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

struct resume_arg { struct case_id id; int64_t revision; struct text words; };

static enum rc
resume_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct resume_arg *arg = argument;
	struct request r;
	enum rc rc = request_load(tx, actor, arg->id, &r);

	if (rc != RC_OK)
		return rc;
	if (!request_may_act(actor, &r))
		return RC_FORBIDDEN;
	if (r.revision != arg->revision || !request_is_open(r.state))
		return RC_CONFLICT;
	rc = pause_end(tx, actor, &r, PAUSE_TARGETS, arg->words, true);
	return rc == RC_NOT_FOUND ? RC_REFUSED : rc;
}

enum rc
request_resume(struct ctx *ctx, struct idem_key key, struct case_id id, int64_t revision, struct text words)
{
	struct resume_arg arg = { .id = id, .revision = revision, .words = text_trim(words) };

	if (arg.words.n == 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "request.resume", .fn = resume_tx, .arg = &arg,
	    .asked = ARGS(db_int(id.n), db_int(revision), db_text(words)) });
}

struct over_arg { int64_t *requests; size_t cap, n; };

static enum rc
over_read(struct tx *tx, const struct actor *actor, void *argument)
{
	struct over_arg *arg = argument;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &request_q[Q_PAUSES_OVER], ARGS(db_int(tx_now_ms(tx)), db_int((int64_t)arg->cap)), &row);

	arg->n = 0;
	while (rc == RC_OK && arg->n < arg->cap && (rc = rows_next(row)) == RC_OK)
		arg->requests[arg->n++] = rows_int(row, 0);
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
over_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct over_arg *arg = argument;
	struct request r;
	enum rc rc = over_read(tx, actor, arg);

	for (size_t i = 0; rc == RC_OK && i < arg->n; i++) {
		rc = request_load(tx, actor, (struct case_id){ arg->requests[i] }, &r);
		if (rc == RC_OK)
			rc = pause_end(tx, actor, &r, PAUSE_TARGETS, TEXT_NONE, false);
	}
	return rc;
}

enum rc
request_resume_due(struct ctx *ctx, size_t most, int64_t *ret_n)
{
	struct over_arg arg = { .requests = arena_array(ctx->mem, most, sizeof *arg.requests), .cap = 1 };
	enum rc rc = arg.requests == NULL || most == 0 ? RC_NO_MEMORY : db_read(ctx, over_read, &arg);

	*ret_n = 0;
	if (rc != RC_OK || arg.n == 0)
		return rc; /* the usual case writes nothing */
	arg.cap = most;
	rc = db_job(ctx, &(struct command){ .name = "request.resume_due", .fn = over_tx, .arg = &arg });
	if (rc == RC_OK)
		*ret_n = (int64_t)arg.n;
	return rc;
}

/* ---- reading -------------------------------------------------------------------------------------------------- */

const struct case_pause *
case_pause_running(const struct case_pause *v, size_t n)
{
	return n > 0 && v[n - 1].to_ms == 0 ? &v[n - 1] : NULL;
}

enum rc
case_pause_list(struct tx *tx, const struct actor *actor, struct case_id id, struct case_pause *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = actor->kind == ACTOR_RECEIPT
	    ? tx_rows(tx, actor, &request_q[Q_PAUSES_RECEIPT], ARGS(db_int((int64_t)cap)), &row)
	    : tx_rows(tx, actor, &request_q[Q_PAUSES], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct case_pause){ .from_ms = rows_int(row, 0), .to_ms = rows_int(row, 1),
			.code = rows_copy(row, 2), .targets = (unsigned)rows_int(row, 3), .words = rows_copy(row, 4),
			.until_ms = rows_int(row, 5), .proof = rows_int(row, 6), .account_name = rows_copy(row, 7),
			.ended_by = rows_int(row, 8), .ended_words = rows_copy(row, 9), .name = rows_copy(row, 10),
			.name_en = rows_copy(row, 11) };
	return rc == RC_DONE ? RC_OK : rc;
}
