/* What both sides do with a co-operation, and how it goes along with its case. */
#include "operations/cooperate/cooperate_rule.h"
#include "operations/cooperate/cooperate_store.h"

#include "kit/audit/audit.h"
#include "resources/person/person.h"
#include "standards/catalogue/catalogue.h"
#include "standards/holidays/holidays.h"
#include "kit/msg/msg.h"
#include "standards/setting/setting.h"

#define OPEN_MOST 60 /* of one case */

struct act_arg {
	const struct cooperation_ask *ask;
	int64_t id, revision;
	struct text code, words;
	struct cooperation_done ret;
};

/* ---- parts ------------------------------------------------------------------------------------------------- */

static const struct setting_kind answer_days = { "cooperate.days", T("协作：几个工作日内答复"), T("个工作日"),
    T("请别的中心协助，对方要在这么多个工作日内答复。改了以后只管新发出的。"), 1, 60, 5, RIGHT_SETTINGS, NULL };
const struct setting_group cooperation_settings = { &answer_days, 1 };

struct counted { struct clock_rule rule; int64_t due_ms; int32_t calendar; };

/* A round that begins now. */
static enum rc
count_now(struct tx *tx, const struct actor *actor, struct counted *ret)
{
	const struct calendar *c = holidays_current();
	int64_t days = 0, now = tx_now_ms(tx);
	enum rc rc = setting_read(tx, actor, &answer_days, &days);

	ret->rule = (struct clock_rule){ .count = (int)days, .unit = CLOCK_WORKDAY, .roll = true };
	ret->due_ms = clock_due(c, ret->rule, now, NULL, 0, now).due_ms;
	ret->calendar = c->version;
	return rc;
}

static enum rc
tell_whom(struct tx *tx, const struct actor *actor, int64_t point, int64_t *ret)
{
	enum rc rc = tx_int(tx, actor, &cooperate_q[Q_TELL], ARGS(db_int(point)), ret);

	if (rc != RC_NOT_FOUND)
		return rc;
	*ret = 0;
	return RC_OK;
}

/* One event of the case for one step.  to: who hears of it at the other side; 0: the holder alone. */
static enum rc
note(struct tx *tx, const struct actor *actor, const struct request *r, const char *kind, bool shown, int64_t to,
    int64_t point, int64_t id)
{
	return request_note(tx, actor, r, &(struct event_new){ .kind = kind, .shown = shown,
	    .data = arena_format(tx_mem(tx), "to=%lld\npoint=%lld\ncooperation=%lld", (long long)to, (long long)point,
	        (long long)id) });
}

/* ---- asking ------------------------------------------------------------------------------------------------- */

static enum rc
refuse(struct act_arg *a, enum cooperation_bar bar)
{
	a->ret.bar = bar;
	return RC_REFUSED;
}

static enum rc
point_judge(struct tx *tx, const struct actor *actor, const struct request *r, struct act_arg *a)
{
	struct day today = day_of_moment(tx_now_ms(tx));
	int64_t found = 0;
	enum rc rc;

	if (a->ask->point == r->holder_point)
		return refuse(a, COOPERATION_OWN_POINT);
	rc = tx_int(tx, actor, &cooperate_q[Q_POINT_USABLE], ARGS(db_int(a->ask->point), db_int(today.n)), &found);
	if (rc == RC_NOT_FOUND)
		return refuse(a, COOPERATION_NO_POINT);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &cooperate_q[Q_OPEN_FIND], ARGS(db_int(r->id.n), db_int(a->ask->point)), &found);
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	a->ret.id = found;
	return rc == RC_OK ? refuse(a, COOPERATION_OPEN) : rc;
}

static enum rc
may_ask(struct tx *tx, const struct actor *actor, struct act_arg *a, struct request *r)
{
	struct code_row kind;
	enum rc rc = request_load(tx, actor, a->ask->request, r);

	if (rc != RC_OK)
		return rc;
	if (!request_is_open(r->state))
		return RC_CONFLICT;
	if (!request_may_act(actor, r))
		return RC_FORBIDDEN;
	rc = code_find(tx, actor, "cooperate.ask", a->ask->kind, day_of_moment(tx_now_ms(tx)), &kind);
	if (rc == RC_NOT_FOUND)
		return refuse(a, COOPERATION_NO_KIND);
	return rc == RC_OK ? point_judge(tx, actor, r, a) : rc;
}

static enum rc
ask_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct act_arg *a = arg;
	const struct cooperation_ask *in = a->ask;
	int64_t now = tx_now_ms(tx), to = 0;
	struct counted c;
	struct request r;
	enum rc rc;

	a->ret = (struct cooperation_done){ .id = 0 };
	rc = may_ask(tx, actor, a, &r);
	if (rc == RC_OK)
		rc = count_now(tx, actor, &c);
	if (rc == RC_OK)
		rc = tell_whom(tx, actor, in->point, &to);
	if (rc != RC_OK)
		return rc;
	a->ret.id = tx_id(tx);
	rc = tx_run(tx, actor, &cooperate_q[Q_INSERT], ARGS(db_int(a->ret.id), db_int(r.id.n), db_int(actor->account),
	    db_int(r.holder_point), db_int(in->point), db_text(in->kind), db_int(in->shared & SHARE_ALL), db_int(c.rule.count),
	    db_int(c.rule.unit), db_text(TEXT(CATALOGUE_PROMISE)), db_int(now), db_int(c.due_ms), db_int(c.calendar)), NULL);
	if (rc == RC_DUPLICATE)
		return RC_BUSY; /* another asked the same point meanwhile: judged again */
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &cooperate_q[Q_ROUND_INSERT], ARGS(db_int(a->ret.id), db_int(1), db_text(in->words),
		    db_int(now), db_int(actor->account), db_int(c.due_ms)), NULL);
	return rc == RC_OK ? note(tx, actor, &r, "cooperate.asked", true, to, in->point, a->ret.id) : rc;
}

enum rc
cooperation_ask(struct ctx *ctx, struct idem_key key, const struct cooperation_ask *in, struct cooperation_done *ret)
{
	struct act_arg arg = { .ask = in };
	enum rc rc;

	if (!cooperation_words_fit(in->words))
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "cooperate.ask", .fn = ask_tx, .arg = &arg, .ret = &arg.ret,
	    .ret_size = sizeof arg.ret, .asked = ARGS(db_int(in->request.n), db_int(in->point), db_text(in->kind),
	        db_text(in->words), db_int(in->shared)) });
	*ret = arg.ret;
	return rc;
}

/* ---- one step -------------------------------------------------------------------------------------------------- */

/*
 * The co-operation for the side that was asked, and its case for the event alone: this actor need not see it.  Who
 * acts for the case goes through request_load() with the own rights.
 */
static enum rc
load_asked(struct tx *tx, const struct actor *actor, const struct act_arg *a, struct cooperation *c, struct request *r)
{
	struct actor system = identity_system(actor->city);
	enum rc rc = cooperation_load(tx, actor, a->id, c);

	if (rc != RC_OK)
		return rc;
	if (!c->incoming)
		return RC_FORBIDDEN;
	return c->revision == a->revision ? request_load(tx, &system, c->request, r) : RC_CONFLICT;
}

static enum rc
load_asker(struct tx *tx, const struct actor *actor, const struct act_arg *a, struct cooperation *c, struct request *r)
{
	enum rc rc = cooperation_load(tx, actor, a->id, c);

	if (rc == RC_OK)
		rc = request_load(tx, actor, c->request, r);
	if (rc == RC_NOT_FOUND && c->incoming)
		return RC_FORBIDDEN; /* the other side of it */
	if (rc != RC_OK)
		return rc;
	if (!request_may_act(actor, r))
		return RC_FORBIDDEN;
	return c->revision == a->revision ? RC_OK : RC_CONFLICT;
}

/* From what was seen to the next state; RC_CONFLICT when somebody else was first. */
static enum rc
step(struct tx *tx, const struct actor *actor, struct cooperation *c, enum cooperation_state to)
{
	enum rc rc;

	if (!cooperation_step_allowed(c->state, to))
		return RC_CONFLICT;
	rc = tx_run_one(tx, actor, &cooperate_q[Q_STEP], ARGS(db_int(c->id), db_int(c->revision), db_int(c->state), db_int(to),
	    db_int(tx_now_ms(tx)), db_int(actor->account)));
	c->state = to;
	c->revision++;
	return rc;
}

static enum rc
take_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct cooperation c = { .incoming = false };
	struct request r;
	enum rc rc = load_asked(tx, actor, arg, &c, &r);

	if (rc == RC_OK && c.state != COOPERATION_ASKED)
		return RC_CONFLICT;
	if (rc == RC_OK)
		rc = step(tx, actor, &c, COOPERATION_TAKEN);
	return rc == RC_OK ? note(tx, actor, &r, "cooperate.taken", false, 0, c.to_point, c.id) : rc;
}

enum rc
cooperation_take(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision)
{
	struct act_arg arg = { .id = id, .revision = revision };

	return db_command(ctx, key, &(struct command){ .name = "cooperate.take", .fn = take_tx, .arg = &arg,
	    .asked = ARGS(db_int(id), db_int(revision)) });
}

static enum rc
decline_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct act_arg *a = arg;
	struct cooperation c = { .incoming = false };
	struct code_row code;
	struct request r;
	enum rc rc = load_asked(tx, actor, a, &c, &r);

	a->ret = (struct cooperation_done){ .id = a->id };
	if (rc != RC_OK)
		return rc;
	rc = code_find(tx, actor, "dispatch.return", a->code, day_of_moment(tx_now_ms(tx)), &code);
	if (rc == RC_NOT_FOUND)
		return refuse(a, COOPERATION_NO_REASON);
	if (rc == RC_OK)
		rc = step(tx, actor, &c, COOPERATION_DECLINED);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &cooperate_q[Q_DECLINE], ARGS(db_int(c.id), db_text(a->code), db_text(a->words)));
	return rc == RC_OK ? note(tx, actor, &r, "cooperate.declined", false, 0, c.to_point, c.id) : rc;
}

enum rc
cooperation_decline(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct text code, struct text words,
    struct cooperation_done *ret)
{
	struct act_arg arg = { .id = id, .revision = revision, .code = code, .words = words };
	enum rc rc;

	if (!cooperation_words_fit(words))
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "cooperate.decline", .fn = decline_tx, .arg = &arg, .ret = &arg.ret,
	    .ret_size = sizeof arg.ret, .asked = ARGS(db_int(id), db_int(revision), db_text(code), db_text(words)) });
	*ret = arg.ret;
	return rc;
}

/* Who answers at once has agreed: two steps, two events. */
static enum rc
answer_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct act_arg *a = arg;
	struct cooperation c = { .incoming = false };
	struct request r;
	enum rc rc = load_asked(tx, actor, a, &c, &r);

	if (rc == RC_OK && c.state == COOPERATION_ASKED) {
		rc = step(tx, actor, &c, COOPERATION_TAKEN);
		if (rc == RC_OK)
			rc = note(tx, actor, &r, "cooperate.taken", false, 0, c.to_point, c.id);
	}
	if (rc == RC_OK)
		rc = step(tx, actor, &c, COOPERATION_ANSWERED);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &cooperate_q[Q_ROUND_ANSWER], ARGS(db_int(c.id), db_int(c.round), db_text(a->words),
		    db_int(tx_now_ms(tx)), db_int(actor->account)));
	return rc == RC_OK ? note(tx, actor, &r, "cooperate.answered", true, 0, c.to_point, c.id) : rc;
}

enum rc
cooperation_answer(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct text words)
{
	struct act_arg arg = { .id = id, .revision = revision, .words = words };

	if (!cooperation_words_fit(words))
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "cooperate.answer", .fn = answer_tx, .arg = &arg,
	    .asked = ARGS(db_int(id), db_int(revision), db_text(words)) });
}

/* ---- the asker again ---------------------------------------------------------------------------------------------- */

/* Who helps hears of it, else whoever hears of what the point is asked. */
static enum rc
tell_helper(struct tx *tx, const struct actor *actor, const struct cooperation *c, int64_t *ret)
{
	*ret = c->taken_by;
	return *ret != 0 ? RC_OK : tell_whom(tx, actor, c->to_point, ret);
}

static enum rc
end_by_asker(struct tx *tx, const struct actor *actor, const struct act_arg *a, enum cooperation_state to, const char *kind)
{
	struct cooperation c = { .incoming = false };
	struct request r;
	int64_t whom = 0;
	enum rc rc = load_asker(tx, actor, a, &c, &r);

	if (rc == RC_OK)
		rc = step(tx, actor, &c, to);
	if (rc == RC_OK && a->words.n > 0)
		rc = tx_run_one(tx, actor, &cooperate_q[Q_DECLINE], ARGS(db_int(c.id), db_null(), db_text(a->words)));
	if (rc == RC_OK)
		rc = tell_helper(tx, actor, &c, &whom);
	return rc == RC_OK ? note(tx, actor, &r, kind, false, whom, c.to_point, c.id) : rc;
}

static enum rc
close_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return end_by_asker(tx, actor, arg, COOPERATION_CLOSED, "cooperate.closed");
}

enum rc
cooperation_close(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision)
{
	struct act_arg arg = { .id = id, .revision = revision };

	return db_command(ctx, key, &(struct command){ .name = "cooperate.close", .fn = close_tx, .arg = &arg,
	    .asked = ARGS(db_int(id), db_int(revision)) });
}

static enum rc
withdraw_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return end_by_asker(tx, actor, arg, COOPERATION_WITHDRAWN, "cooperate.withdrawn");
}

enum rc
cooperation_withdraw(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct text words)
{
	struct act_arg arg = { .id = id, .revision = revision, .words = words };

	if (!cooperation_words_fit(words))
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "cooperate.withdraw", .fn = withdraw_tx, .arg = &arg,
	    .asked = ARGS(db_int(id), db_int(revision), db_text(words)) });
}

static enum rc
again_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct act_arg *a = arg;
	struct cooperation c = { .incoming = false };
	int64_t now = tx_now_ms(tx), whom = 0;
	struct counted n;
	struct request r;
	enum rc rc = load_asker(tx, actor, a, &c, &r);

	a->ret = (struct cooperation_done){ .id = a->id };
	if (rc != RC_OK)
		return rc;
	if (c.state != COOPERATION_ANSWERED)
		return RC_CONFLICT;
	if (c.round >= COOPERATION_ROUNDS_MAX)
		return refuse(a, COOPERATION_TOO_OFTEN);
	rc = count_now(tx, actor, &n);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &cooperate_q[Q_AGAIN], ARGS(db_int(c.id), db_int(c.revision), db_int(n.rule.count),
		    db_int(n.rule.unit), db_text(TEXT(CATALOGUE_PROMISE)), db_int(now), db_int(n.due_ms), db_int(n.calendar)));
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &cooperate_q[Q_ROUND_INSERT], ARGS(db_int(c.id), db_int(c.round + 1), db_text(a->words),
		    db_int(now), db_int(actor->account), db_int(n.due_ms)), NULL);
	if (rc == RC_OK)
		rc = tell_helper(tx, actor, &c, &whom);
	return rc == RC_OK ? note(tx, actor, &r, "cooperate.again", false, whom, c.to_point, c.id) : rc;
}

enum rc
cooperation_again(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, struct text words,
    struct cooperation_done *ret)
{
	struct act_arg arg = { .id = id, .revision = revision, .words = words };
	enum rc rc;

	if (!cooperation_words_fit(words))
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = "cooperate.again", .fn = again_tx, .arg = &arg, .ret = &arg.ret,
	    .ret_size = sizeof arg.ret, .asked = ARGS(db_int(id), db_int(revision), db_text(words)) });
	*ret = arg.ret;
	return rc;
}

/* ---- the phone ---------------------------------------------------------------------------------------------------- */

static enum rc
phone_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	const struct act_arg *a = arg;
	struct cooperation c = { .incoming = false };
	enum rc rc = cooperation_load(tx, actor, a->id, &c);

	if (rc != RC_OK)
		return rc;
	if (!c.incoming || !cooperation_is_open(c.state) || (c.shared & BIT(SHARE_PHONE)) == 0)
		return RC_NOT_FOUND;
	return audit_note(tx, actor, "person.reveal", "request", c.request.n,
	    arena_format(tx_mem(tx), "cooperation=%lld", (long long)c.id));
}

struct phone_arg { struct crypt *crypt; int64_t id; struct text phone; };

static enum rc
phone_read_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct phone_arg *a = arg;
	struct actor system = identity_system(actor->city);
	struct cooperation c;
	enum rc rc = cooperation_load(tx, actor, a->id, &c);

	return rc == RC_OK ? person_phone_to_tell(tx, &system, a->crypt, c.request.n, &a->phone) : rc;
}

enum rc
cooperation_phone(struct ctx *ctx, struct crypt *crypt, struct idem_key key, int64_t id, struct text *ret)
{
	struct act_arg arg = { .id = id };
	struct phone_arg read = { .crypt = crypt, .id = id, .phone = TEXT_NONE };
	enum rc rc = db_command(ctx, key, &(struct command){ .name = "cooperate.phone", .fn = phone_tx, .arg = &arg,
	    .asked = ARGS(db_int(id)) });

	if (rc == RC_OK)
		rc = db_read(ctx, phone_read_tx, &read);
	*ret = read.phone;
	return rc;
}

/* ---- with its case -------------------------------------------------------------------------------------------------- */

struct ending { int64_t id, point, helper, revision; };

/* point 0: all of the case, which has ended; else those that ask this point, where the case is held now. */
static enum rc
end_with_case(struct tx *tx, const struct actor *actor, const struct request *r, int64_t point)
{
	struct ending v[OPEN_MOST];
	size_t n = 0;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &cooperate_q[Q_OPEN_OF_CASE], ARGS(db_int(r->id.n), db_int(point), db_int(OPEN_MOST)),
	    &row);

	while (rc == RC_OK && n < OPEN_MOST && (rc = rows_next(row)) == RC_OK)
		v[n++] = (struct ending){ rows_int(row, 0), rows_int(row, 1), rows_int(row, 2), rows_int(row, 3) };
	rc = rc == RC_DONE ? RC_OK : rc;
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		rc = tx_run_one(tx, actor, &cooperate_q[Q_END], ARGS(db_int(v[i].id), db_int(v[i].revision), db_int(tx_now_ms(tx))));
		if (rc == RC_OK && v[i].helper == 0)
			rc = tell_whom(tx, actor, v[i].point, &v[i].helper);
		if (rc == RC_OK)
			rc = note(tx, actor, r, "cooperate.ended", false, v[i].helper, v[i].point, v[i].id);
	}
	return rc;
}

static enum rc
all_end(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	(void)event;
	return end_with_case(tx, actor, r, 0);
}

static enum rc
own_end(struct tx *tx, const struct actor *actor, const struct request *r, int64_t event)
{
	(void)event;
	return r->holder_point != 0 ? end_with_case(tx, actor, r, r->holder_point) : RC_OK;
}

const struct event_hook cooperation_held_hook = { .kind = HOOK_HELD, .run = own_end };
const struct event_hook cooperation_ended_hook = { .kind = HOOK_ENDED, .run = all_end };

/* ---- another table of holidays ---------------------------------------------------------------------------------------- */

#define RECOUNT_MOST 200

struct old { int64_t id, request, start_ms, due_ms, revision, round; struct clock_rule rule; };
struct recount_arg { size_t most; int64_t n; };

static enum rc
recount_one(struct tx *tx, const struct actor *actor, const struct old *o)
{
	const struct calendar *c = holidays_current();
	int64_t due = clock_due(c, o->rule, o->start_ms, NULL, 0, tx_now_ms(tx)).due_ms;
	struct request r;
	enum rc rc = tx_run_one(tx, actor, &cooperate_q[Q_COUNTED], ARGS(db_int(o->id), db_int(o->revision), db_int(due),
	    db_int(c->version)));

	if (rc != RC_OK || due == o->due_ms)
		return rc;
	rc = tx_run_one(tx, actor, &cooperate_q[Q_ROUND_DUE], ARGS(db_int(o->id), db_int(o->round), db_int(due)));
	if (rc == RC_OK)
		rc = request_load(tx, actor, (struct case_id){ o->request }, &r);
	return rc == RC_OK ? request_note(tx, actor, &r, &(struct event_new){ .kind = "cooperate.recounted",
	    .data = arena_format(tx_mem(tx), "due=%lld>%lld\ncooperation=%lld", (long long)o->due_ms, (long long)due,
	        (long long)o->id) }) : rc;
}

static enum rc
recount_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct recount_arg *a = arg;
	struct old v[RECOUNT_MOST];
	size_t n = 0, most = a->most < RECOUNT_MOST ? a->most : RECOUNT_MOST;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &cooperate_q[Q_OLD], ARGS(db_int(holidays_current()->version), db_int((int64_t)most)),
	    &row);

	while (rc == RC_OK && n < most && (rc = rows_next(row)) == RC_OK)
		v[n++] = (struct old){ .id = rows_int(row, 0), .request = rows_int(row, 1), .start_ms = rows_int(row, 4),
			.due_ms = rows_int(row, 5), .revision = rows_int(row, 6), .round = rows_int(row, 7),
			.rule = { .count = (int)rows_int(row, 2), .unit = (enum clock_unit)rows_int(row, 3), .roll = true } };
	rc = rc == RC_DONE ? RC_OK : rc;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = recount_one(tx, actor, &v[i]);
	a->n = (int64_t)n;
	return rc;
}

static enum rc
waiting_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	return tx_int(tx, actor, &cooperate_q[Q_OLD], ARGS(db_int(holidays_current()->version), db_int(1)), arg);
}

enum rc
cooperation_recount(struct ctx *ctx, size_t most, int64_t *ret_n)
{
	struct recount_arg arg = { .most = most };
	int64_t one = 0;
	enum rc rc = db_read(ctx, waiting_tx, &one);

	*ret_n = 0;
	if (rc == RC_NOT_FOUND)
		return RC_OK; /* nothing is written where nothing is to be done */
	if (rc == RC_OK)
		rc = db_job(ctx, &(struct command){ .name = "cooperate.recount", .fn = recount_tx, .arg = &arg });
	if (rc == RC_OK)
		*ret_n = arg.n;
	return rc;
}
