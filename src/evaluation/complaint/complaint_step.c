/* What the reader and the complainant do: right, load, rule, store, event; the rule is complaint_judge(). */
#include "evaluation/complaint/complaint_store.h"

#include "base/code.h"
#include "kit/audit/audit.h"
#include "standards/holidays/holidays.h"

#include <string.h>

void
complaint_restart(struct complaint *c, const struct complaint_limits *l, int64_t now_ms)
{
	struct complaint_dues d = complaint_dues_of(holidays_current(), l, now_ms, c->level);

	c->verify_due_ms = d.verify_ms;
	c->tell_due_ms = d.tell_ms;
	c->mend_due_ms = d.mend_ms;
	c->finish_due_ms = d.finish_ms;
	c->late = 0;
}

struct step_arg {
	const struct complaint_act *in;
	struct complaint c;
	struct complaint_limits limits;
	struct complaint_verdict verdict;
};

/* What one deed does to c (saved afterwards) and to its other rows; the note is written by step(). */
struct step {
	const char *kind;
	struct text note, data;
	enum complaint_tell tell;
};

static enum rc
refuse(struct step_arg *arg, enum complaint_why why)
{
	arg->verdict = (struct complaint_verdict){ why, 0 };
	return RC_REFUSED;
}

/* ---- who reads it --------------------------------------------------------------------------------------------------- */

static enum rc
reader_set(struct tx *tx, const struct actor *actor, struct complaint *c, int64_t reader)
{
	c->reader = reader;
	c->watcher = 0;
	return tx_run_one(tx, actor, &complaint_q[Q_ROUND_READER],
	    ARGS(db_int(c->id), db_int(c->level), db_int(reader), db_int(c->finish_due_ms)));
}

static enum rc
forward_to(struct tx *tx, const struct actor *actor, struct step_arg *arg)
{
	struct complaint *c = &arg->c;
	struct account a;
	ROWS row = NULL;
	enum rc rc;

	if (arg->in->login.n == 0) {
		rc = tx_one(tx, actor, &complaint_q[Q_POINT], ARGS(db_int(arg->in->point)), &row);
		if (rc != RC_OK)
			return rc == RC_NOT_FOUND ? refuse(arg, COMPLAINT_NO_ACCOUNT) : rc;
		c->about = COMPLAINT_POINT;
		c->point = arg->in->point;
		c->place.code = rows_int(row, 1);
		return RC_OK;
	}
	rc = identity_by_login(tx, actor, arg->in->login, &a);
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? refuse(arg, COMPLAINT_NO_ACCOUNT) : rc;
	c->about = COMPLAINT_PERSON;
	c->point = a.point != 0 ? a.point : c->point;
	c->place = a.place;
	return tx_run(tx, actor, &complaint_q[Q_ABOUT_INSERT],
	    ARGS(db_int(c->id), db_int(a.id.n), db_int(tx_now_ms(tx))), NULL);
}

/* It turned out whom it is about, the reader perhaps: who reads it follows from that. */
static enum rc
forward(struct tx *tx, const struct actor *actor, struct step_arg *arg, struct step *s)
{
	int64_t reader = 0;
	enum rc rc = forward_to(tx, actor, arg);

	if (rc == RC_OK)
		rc = complaint_reader_find(tx, actor, &arg->c, 0, false, &reader);
	if (rc == RC_OK)
		rc = reader_set(tx, actor, &arg->c, reader);
	*s = (struct step){ "complaint.forwarded", arg->in->words, TEXT_NONE, COMPLAINT_SHOWN };
	return rc;
}

static enum rc
take(struct tx *tx, const struct actor *actor, struct step_arg *arg, struct step *s)
{
	struct complaint *c = &arg->c;
	int64_t before = 0; /* nobody judges a finding of their own */
	enum rc rc = tx_int(tx, actor, &complaint_q[Q_READ_BEFORE], ARGS(db_int(c->id), db_int(c->level), db_int(actor->account)), &before);

	if (rc != RC_OK)
		return rc;
	if (before > 0 || (c->reader != 0 && c->watcher != actor->account))
		return refuse(arg, COMPLAINT_NOT_NOW);
	*s = (struct step){ "complaint.taken", TEXT_NONE, TEXT_NONE, COMPLAINT_SHOWN };
	return reader_set(tx, actor, c, actor->account);
}

/* ---- verifying, finding, mending, answering ---------------------------------------------------------------------------- */

static enum rc
tell(struct tx *tx, const struct actor *actor, struct step_arg *arg, struct step *s)
{
	struct complaint *c = &arg->c;

	c->state = COMPLAINT_VERIFYING;
	if (c->told_ms == 0)
		c->told_ms = tx_now_ms(tx);
	*s = (struct step){ "complaint.told", TEXT_NONE, TEXT_NONE, COMPLAINT_TOLD };
	return tx_run_one(tx, actor, &complaint_q[Q_ROUND_TOLD],
	    ARGS(db_int(c->id), db_int(c->level), db_int(tx_now_ms(tx)), db_text(arg->in->words)));
}

static enum rc
extend(struct tx *tx, const struct actor *actor, struct step_arg *arg, struct step *s)
{
	struct complaint *c = &arg->c;

	c->finish_due_ms =
	    complaint_extended_due(holidays_current(), c->finish_due_ms, arg->in->days);
	c->extended = arg->in->days;
	c->extend_why = arg->in->words;
	*s = (struct step){ "complaint.extended", arg->in->words,
		arena_format(tx_mem(tx), "days=%lld", (long long)arg->in->days), COMPLAINT_TOLD };
	return tx_run_one(tx, actor, &complaint_q[Q_ROUND_READER],
	    ARGS(db_int(c->id), db_int(c->level), db_int(c->reader), db_int(c->finish_due_ms)));
}

static enum rc
find(struct tx *tx, const struct actor *actor, struct step_arg *arg, struct step *s)
{
	struct complaint *c = &arg->c;
	const struct complaint_act *in = arg->in;

	c->state = COMPLAINT_FOUND;
	c->finding = in->finding;
	*s = (struct step){ "complaint.found", TEXT_NONE,
		arena_format(tx_mem(tx), "finding=%d", (int)in->finding), COMPLAINT_SHOWN };
	return tx_run_one(tx, actor, &complaint_q[Q_ROUND_FOUND],
	    ARGS(db_int(c->id), db_int(c->level), db_int(tx_now_ms(tx)), db_int((int)in->finding),
		db_text(in->words), db_text(in->evidence)));
}

static enum rc
mend(struct tx *tx, const struct actor *actor, struct step_arg *arg, struct step *s)
{
	const struct complaint_act *in = arg->in;

	arg->c.remedies++;
	arg->c.remedies_open++;
	arg->c.mended_ms = 0;
	*s = (struct step){ "complaint.remedy", TEXT_NONE,
		arena_format(tx_mem(tx), "remedy=%d", (int)in->remedy), COMPLAINT_SHOWN };
	return tx_run(tx, actor, &complaint_q[Q_REMEDY_INSERT],
	    ARGS(db_int(tx_id(tx)), db_int(arg->c.id), db_int((int)in->remedy), db_text(in->words),
		db_text(in->who), db_int(in->day.n), db_int(tx_now_ms(tx)), db_int(actor->account)),
	    NULL);
}

static void
end(struct complaint *c, enum complaint_end why, int64_t now_ms)
{
	c->state = COMPLAINT_CLOSED;
	c->end = why;
	c->closed_ms = now_ms;
}

/* Answered, nothing left to mend: over when the complainant is content, or nobody stands above any more. */
static void
settle(struct complaint *c, int64_t now_ms)
{
	if (c->state != COMPLAINT_REPLIED || c->remedies_open > 0)
		return;
	if (c->grade >= 3)
		end(c, COMPLAINT_END_CONTENT, now_ms);
	else if (c->level + 1 >= COMPLAINT_LEVELS)
		end(c, COMPLAINT_END_LAST, now_ms);
}

static enum rc
done(struct tx *tx, const struct actor *actor, struct step_arg *arg, struct step *s)
{
	struct complaint *c = &arg->c;
	enum rc rc = tx_run_one(tx, actor, &complaint_q[Q_REMEDY_DONE],
	    ARGS(db_int(c->id), db_int(arg->in->remedy_id), db_int(tx_now_ms(tx)),
		db_text(arg->in->words)));

	if (rc != RC_OK)
		return rc;
	if (--c->remedies_open == 0)
		c->mended_ms = tx_now_ms(tx);
	*s = (struct step){ "complaint.done", arg->in->words, TEXT_NONE,
		c->state == COMPLAINT_REPLIED ? COMPLAINT_TOLD : COMPLAINT_SHOWN };
	settle(c, tx_now_ms(tx));
	return RC_OK;
}

static enum rc
reply(struct tx *tx, const struct actor *actor, struct step_arg *arg, struct step *s)
{
	struct complaint *c = &arg->c;
	int64_t now = tx_now_ms(tx);

	c->state = COMPLAINT_REPLIED;
	c->replied_ms = now;
	c->review_until_ms = complaint_ask_until(holidays_current(), &arg->limits, now);
	settle(c, now);
	*s = (struct step){ "complaint.replied", TEXT_NONE, TEXT_NONE, COMPLAINT_TOLD };
	return tx_run_one(tx, actor, &complaint_q[Q_ROUND_REPLIED],
	    ARGS(db_int(c->id), db_int(c->level), db_int(now), db_text(arg->in->words)));
}

/* ---- the complainant ------------------------------------------------------------------------------------------------------ */

static enum rc
withdraw(struct step_arg *arg, int64_t now_ms, struct step *s)
{
	arg->c.state = COMPLAINT_WITHDRAWN;
	arg->c.closed_ms = now_ms;
	*s = (struct step){ "complaint.withdrawn", arg->in->words, TEXT_NONE, COMPLAINT_SHOWN };
	return RC_OK;
}

static enum rc
rate(struct tx *tx, struct step_arg *arg, struct step *s)
{
	arg->c.grade = arg->in->grade;
	arg->c.graded_ms = tx_now_ms(tx);
	settle(&arg->c, tx_now_ms(tx));
	*s = (struct step){ "complaint.rated", arg->in->words,
		arena_format(tx_mem(tx), "grade=%d", arg->in->grade), COMPLAINT_SHOWN };
	return RC_OK;
}

/* The next level, above everybody who has read it so far. */
static enum rc
review(struct tx *tx, const struct actor *actor, struct step_arg *arg, struct step *s)
{
	struct complaint *c = &arg->c;
	enum rc rc;

	c->level++;
	c->state = COMPLAINT_RECEIVED;
	c->grade = 0;
	c->finding = (enum complaint_finding)0;
	c->graded_ms = c->replied_ms = c->closed_ms = c->told_ms = c->review_until_ms = 0;
	c->end = COMPLAINT_END_NONE;
	c->watcher = 0;
	rc = complaint_reader_find(tx, actor, c, 0, false, &c->reader);
	complaint_restart(c, &arg->limits, tx_now_ms(tx));
	if (rc == RC_OK)
		rc = complaint_round_open(tx, actor, c, arg->in->words);
	*s = (struct step){ "complaint.review", arg->in->words,
		arena_format(tx_mem(tx), "level=%d", c->level), COMPLAINT_TOLD };
	return rc;
}

/* ---- one step ----------------------------------------------------------------------------------------------------------------- */

static enum rc
deed(struct tx *tx, const struct actor *actor, struct step_arg *arg, struct step *s)
{
	switch (arg->in->deed) {
	case COMPLAINT_TELL:
		return tell(tx, actor, arg, s);
	case COMPLAINT_FORWARD:
		return forward(tx, actor, arg, s);
	case COMPLAINT_EXTEND:
		return extend(tx, actor, arg, s);
	case COMPLAINT_FIND:
		return find(tx, actor, arg, s);
	case COMPLAINT_MEND:
		return mend(tx, actor, arg, s);
	case COMPLAINT_DONE:
		return done(tx, actor, arg, s);
	case COMPLAINT_REPLY:
		return reply(tx, actor, arg, s);
	case COMPLAINT_TAKE:
		return take(tx, actor, arg, s);
	case COMPLAINT_ADD:
		*s = (struct step){ "complaint.added", arg->in->words, TEXT_NONE, COMPLAINT_SHOWN };
		return RC_OK;
	case COMPLAINT_WITHDRAW:
		return withdraw(arg, tx_now_ms(tx), s);
	case COMPLAINT_RATE:
		return rate(tx, arg, s);
	case COMPLAINT_REVIEW:
		return review(tx, actor, arg, s);
	case COMPLAINT_DEEDS:
		break;
	}
	return RC_INVALID;
}

static enum rc
step(struct tx *tx, const struct actor *actor, struct step_arg *arg)
{
	struct step s = { NULL, TEXT_NONE, TEXT_NONE, COMPLAINT_QUIET };
	enum complaint_state before = arg->c.state;
	enum rc rc = complaint_limits_read(tx, actor, &arg->limits);

	if (rc != RC_OK)
		return rc;
	arg->verdict = complaint_judge(&arg->c, arg->in, &arg->limits, tx_now_ms(tx));
	if (arg->verdict.why != COMPLAINT_MAY)
		return RC_REFUSED;
	rc = deed(tx, actor, arg, &s);
	if (rc == RC_OK)
		rc = complaint_save(tx, actor, &arg->c);
	if (rc == RC_OK)
		rc = complaint_note(tx, actor, arg->c.id, s.kind, s.note, s.data, s.tell);
	if (rc == RC_OK && arg->c.state == COMPLAINT_CLOSED && before != COMPLAINT_CLOSED)
		rc = complaint_note(tx, actor, arg->c.id, "complaint.closed", TEXT_NONE,
		    arena_format(tx_mem(tx), "end=%d", (int)arg->c.end), COMPLAINT_SHOWN);
	return rc == RC_OK ? audit_note(tx, actor, s.kind, "complaint", arg->c.id, TEXT_NONE) : rc;
}

static enum rc
do_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct step_arg *arg = argument;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &complaint_q[Q_LOAD], ARGS(db_int(arg->in->id)), &row);

	if (rc != RC_OK)
		return rc;
	complaint_read(row, &arg->c);
	if (arg->c.revision != arg->in->revision)
		return RC_CONFLICT;
	if (arg->in->deed != COMPLAINT_TAKE && arg->c.reader != actor->account)
		return RC_FORBIDDEN;
	return step(tx, actor, arg);
}

#define ASKED(in)                                                                                  \
	db_int((int)(in)->deed), db_text((in)->words), db_text((in)->evidence),                    \
	    db_text((in)->who), db_text((in)->login), db_int((in)->point),                         \
	    db_int((in)->remedy_id), db_int((in)->days), db_int((in)->day.n),                      \
	    db_int((int)(in)->finding), db_int((int)(in)->remedy), db_int((in)->grade),            \
	    db_int((in)->revision)

enum rc
complaint_do(struct ctx *ctx, struct idem_key key, const struct complaint_act *in,
    struct complaint_verdict *ret)
{
	struct step_arg arg = { .in = in };
	enum rc rc;

	*ret = arg.verdict;
	if (!actor_may(ctx->actor, RIGHT_SUPERVISE) || in->deed > COMPLAINT_TAKE)
		return RC_FORBIDDEN;
	rc = db_command(ctx, key,
	    &(struct command){ .name = "complaint.do",
		.fn = do_tx,
		.arg = &arg,
		.asked = ARGS(db_int(in->id), ASKED(in)) });
	*ret = arg.verdict;
	return rc;
}

/* ---- by code ------------------------------------------------------------------------------------------------------------------- */

struct speak_arg {
	struct step_arg step;
	unsigned char hash[16];
};

enum rc
complaint_code_hash(struct text code, unsigned char ret[static 16])
{
	unsigned char bytes[CODE_BYTES], sha[32];

	if (code_parse(code, bytes) != RC_OK)
		return RC_NOT_FOUND;
	crypt_hash((struct text){ (const char *)bytes, CODE_BYTES }, sha);
	memcpy(ret, sha, 16);
	return RC_OK;
}

/* Staff write down what is said on the phone or at a window; nobody rates for another, nor speaks on what is about them. */
static enum rc
may_speak(struct tx *tx, const struct actor *actor, const struct step_arg *arg)
{
	int64_t part = 0;
	enum rc rc;

	if (actor->kind != ACTOR_ACCOUNT)
		return RC_OK;
	if (arg->in->deed == COMPLAINT_RATE || !actor_may(actor, RIGHT_INTAKE))
		return RC_FORBIDDEN;
	rc = tx_int(tx, actor, &complaint_q[Q_TOOK_PART],
	    ARGS(db_int(arg->c.id), db_int(arg->c.request), db_int(actor->account)), &part);
	return rc == RC_OK && part > 0 ? RC_FORBIDDEN : rc;
}

static enum rc
speak_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct speak_arg *arg = argument;
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &complaint_q[Q_LOAD_CODE],
	    ARGS(db_blob((struct text){ (const char *)arg->hash, 16 })), &row);

	if (rc != RC_OK)
		return rc;
	complaint_read(row, &arg->step.c);
	rc = may_speak(tx, actor, &arg->step);
	if (rc != RC_OK)
		return rc;
	return arg->step.c.revision == arg->step.in->revision ? step(tx, actor, &arg->step)
							      : RC_CONFLICT;
}

enum rc
complaint_speak(struct ctx *ctx, struct idem_key key, struct text code,
    const struct complaint_act *in, struct complaint_verdict *ret)
{
	struct speak_arg arg = { .step = { .in = in } };
	enum rc rc = complaint_code_hash(code, arg.hash);

	*ret = arg.step.verdict;
	if (rc != RC_OK)
		return rc;
	if (in->deed < COMPLAINT_ADD)
		return RC_FORBIDDEN;
	rc = db_command(ctx, key,
	    &(struct command){ .name = "complaint.speak",
		.fn = speak_tx,
		.arg = &arg,
		.asked = ARGS(db_blob((struct text){ (const char *)arg.hash, 16 }), ASKED(in)) });
	*ret = arg.step.verdict;
	return rc;
}
