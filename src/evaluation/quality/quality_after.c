/* The handling person is heard before a score stands; what is below the mark is put right. */
#include "evaluation/quality/quality_store.h"

#include "kit/audit/audit.h"

struct deed_arg {
	int64_t file, revision;
	int deed;
	bool accept;
	struct text words;
	struct day due;
	struct quality_verdict verdict;
};

static enum rc
run(struct ctx *ctx, struct idem_key key, const char *name, db_fn *fn, struct deed_arg *arg, struct quality_verdict *ret)
{
	enum rc rc;

	*ret = arg->verdict;
	arg->words = text_trim(arg->words);
	if (quality_words(arg->words) > QUALITY_WORDS_MAX)
		return RC_INVALID;
	rc = db_command(ctx, key, &(struct command){ .name = name, .fn = fn, .arg = arg,
	    .asked = ARGS(db_int(arg->file), db_int(arg->revision), db_int(arg->deed), db_int(arg->accept), db_text(arg->words),
	        db_int(arg->due.n)) });
	*ret = arg->verdict;
	return rc;
}

/* Where the actor manages, at the revision that was seen. */
static enum rc
managed(struct tx *tx, const struct actor *actor, const struct deed_arg *arg, struct quality_file *f)
{
	enum rc rc = quality_file_load(tx, actor, L_FILE_AREA, arg->file, f);

	if (rc != RC_OK)
		return rc;
	if (!quality_manages(actor, f->round_place) || f->account == actor->account)
		return RC_FORBIDDEN;
	return f->revision == arg->revision ? RC_OK : RC_CONFLICT;
}

/* The handling person, or whoever manages for one who has no account. */
static enum rc
spoken_for(struct tx *tx, const struct actor *actor, const struct deed_arg *arg, struct quality_file *f)
{
	enum rc rc = quality_file_load(tx, actor, L_FILE_OWN, arg->file, f);

	if (rc != RC_NOT_FOUND)
		return rc;
	rc = managed(tx, actor, arg, f);
	return rc == RC_OK && f->account != 0 ? RC_NOT_FOUND : rc;
}

/* ---- the statement -------------------------------------------------------------------------------------------- */

static enum rc
state_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct deed_arg *arg = argument;
	struct quality_file f;
	enum rc rc = spoken_for(tx, actor, arg, &f);

	if (rc == RC_OK && (f.state != QUALITY_HEARD || f.statement_ms != 0))
		return quality_refuse(&arg->verdict, QUALITY_NOT_NOW, 0);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &quality_q[Q_FILE_STATEMENT], ARGS(db_int(f.id), db_int(arg->revision), db_text(arg->words),
		    db_int(tx_now_ms(tx)), db_int(actor->account)));
	return rc == RC_OK ? audit_note(tx, actor, "quality.state", "quality_file", f.id, TEXT_NONE) : rc;
}

enum rc
quality_state(struct ctx *ctx, struct idem_key key, int64_t file, int64_t revision, struct text words, struct quality_verdict *ret)
{
	struct deed_arg arg = { .file = file, .revision = revision, .words = words };

	*ret = arg.verdict;
	if (quality_words(words) > 0 && quality_words(words) < QUALITY_WORDS_MIN)
		return quality_refuse(ret, QUALITY_NO_WORDS, 0);
	return run(ctx, key, "quality.state", state_tx, &arg, ret);
}

/* ---- the decision ------------------------------------------------------------------------------------------------- */

static enum rc
uphold(struct tx *tx, const struct actor *actor, struct deed_arg *arg, struct quality_file *f, const struct quality_bounds *b)
{
	struct day today = day_of_moment(tx_now_ms(tx));
	enum quality_grade grade = quality_grade_of((int)f->score, b);
	enum rc rc;

	if (f->state != QUALITY_HEARD)
		return quality_refuse(&arg->verdict, QUALITY_NOT_NOW, 0);
	if (!quality_was_heard(f->statement_ms != 0, day_of_moment(f->heard_ms), today, b->hear_days))
		return quality_refuse(&arg->verdict, QUALITY_HEAR_FIRST, b->hear_days);
	if (f->statement.n > 0 && quality_words(arg->words) < QUALITY_WORDS_MIN)
		return quality_refuse(&arg->verdict, QUALITY_NO_WORDS, 0);
	rc = tx_run_one(tx, actor, &quality_q[Q_FILE_DECIDED], ARGS(db_int(f->id), db_int(arg->revision), db_int(QUALITY_FINAL),
	    db_int(grade), db_text(arg->words), db_int(tx_now_ms(tx)), db_int(actor->account)));
	if (rc == RC_OK)
		rc = audit_note(tx, actor, "quality.final", "quality_file", f->id, arena_format(tx_mem(tx), "tenths=%lld", (long long)f->score));
	return rc == RC_OK ? quality_tell(tx, actor, f, "quality.final", f->account, arg->words) : rc;
}

static enum rc
look_again(struct tx *tx, const struct actor *actor, struct deed_arg *arg, struct quality_file *f)
{
	bool found = false;
	enum rc rc;

	if (f->state != QUALITY_HEARD || f->statement.n == 0)
		return quality_refuse(&arg->verdict, QUALITY_NOT_NOW, 0);
	if (f->again)
		return quality_refuse(&arg->verdict, QUALITY_ONCE, 0);
	if (quality_words(arg->words) < QUALITY_WORDS_MIN)
		return quality_refuse(&arg->verdict, QUALITY_NO_WORDS, 0);
	rc = tx_run_one(tx, actor, &quality_q[Q_FILE_AGAIN], ARGS(db_int(f->id), db_int(arg->revision), db_text(arg->words)));
	if (rc == RC_OK)
		rc = quality_one_more(tx, actor, f, &found);
	if (rc == RC_OK && !found)
		return quality_refuse(&arg->verdict, QUALITY_NO_EXPERTS, 0);
	return rc == RC_OK ? audit_note(tx, actor, "quality.again", "quality_file", f->id, TEXT_NONE) : rc;
}

/* Nobody can judge it: said why, not left out. */
static enum rc
drop(struct tx *tx, const struct actor *actor, struct deed_arg *arg, struct quality_file *f)
{
	int64_t open = 0;
	enum rc rc = tx_int(tx, actor, &quality_q[Q_OPEN_TASKS], ARGS(db_int(f->id)), &open);

	if (rc == RC_OK && (f->state != QUALITY_SCORING || f->lacks == 0 || open > 0))
		return quality_refuse(&arg->verdict, QUALITY_NOT_NOW, 0);
	if (rc == RC_OK && quality_words(arg->words) < QUALITY_WORDS_MIN)
		return quality_refuse(&arg->verdict, QUALITY_NO_WORDS, 0);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &quality_q[Q_FILE_DECIDED], ARGS(db_int(f->id), db_int(arg->revision), db_int(QUALITY_DROPPED),
		    db_null(), db_text(arg->words), db_int(tx_now_ms(tx)), db_int(actor->account)));
	return rc == RC_OK ? audit_note(tx, actor, "quality.drop", "quality_file", f->id, TEXT_NONE) : rc;
}

static enum rc
decide_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct deed_arg *arg = argument;
	struct quality_bounds b;
	struct quality_file f;
	enum rc rc = managed(tx, actor, arg, &f);

	if (rc == RC_OK)
		rc = quality_bounds_read(tx, actor, &b);
	if (rc != RC_OK)
		return rc;
	if (arg->deed == QUALITY_UPHOLD)
		return uphold(tx, actor, arg, &f, &b);
	return arg->deed == QUALITY_LOOK_AGAIN ? look_again(tx, actor, arg, &f) : drop(tx, actor, arg, &f);
}

enum rc
quality_decide(struct ctx *ctx, struct idem_key key, int64_t file, int64_t revision, int deed, struct text words,
    struct quality_verdict *ret)
{
	struct deed_arg arg = { .file = file, .revision = revision, .deed = deed, .words = words };

	*ret = arg.verdict;
	if (deed <= 0 || deed >= QUALITY_DEED_COUNT)
		return RC_INVALID;
	return run(ctx, key, "quality.decide", decide_tx, &arg, ret);
}

/* ---- to be put right --------------------------------------------------------------------------------------------------- */

static enum rc
order_write(struct tx *tx, const struct actor *actor, const struct deed_arg *arg, const struct quality_file *f, struct day due,
    const char *event)
{
	enum rc rc = tx_run_one(tx, actor, &quality_q[Q_RECTIFY], ARGS(db_int(tx_id(tx)), db_int(f->id), db_text(arg->words), db_int(due.n),
	    db_int(tx_now_ms(tx)), db_int(actor->account)));

	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &quality_q[Q_FILE_STEP], ARGS(db_int(f->id), db_int(arg->revision)));
	return rc == RC_OK ? quality_tell(tx, actor, f, event, f->account, arg->words) : rc;
}

/* RC_REFUSED outside tomorrow … 180 days. */
static enum rc
due_judge(struct deed_arg *arg, struct day today, int64_t days, struct day *ret)
{
	*ret = day_is_none(arg->due) ? day_add(today, (int)days) : arg->due;
	return ret->n <= today.n || ret->n > today.n + 180 ? quality_refuse(&arg->verdict, QUALITY_NO_DAY, 0) : RC_OK;
}

static enum rc
order_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct deed_arg *arg = argument;
	struct quality_bounds b;
	struct quality_file f;
	struct day due;
	enum rc rc = managed(tx, actor, arg, &f);

	if (rc == RC_OK)
		rc = quality_bounds_read(tx, actor, &b);
	if (rc == RC_OK && (f.state != QUALITY_FINAL || f.rectify != 0))
		return quality_refuse(&arg->verdict, QUALITY_NOT_NOW, 0);
	if (rc == RC_OK && quality_words(arg->words) < QUALITY_WORDS_MIN)
		return quality_refuse(&arg->verdict, QUALITY_NO_WORDS, 0);
	if (rc == RC_OK)
		rc = due_judge(arg, day_of_moment(tx_now_ms(tx)), b.rectify_days, &due);
	return rc == RC_OK ? order_write(tx, actor, arg, &f, due, "quality.order") : rc;
}

enum rc
quality_order(struct ctx *ctx, struct idem_key key, int64_t file, int64_t revision, struct text words, struct day due,
    struct quality_verdict *ret)
{
	struct deed_arg arg = { .file = file, .revision = revision, .words = words, .due = due };

	return run(ctx, key, "quality.order", order_tx, &arg, ret);
}

static enum rc
answer_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct deed_arg *arg = argument;
	struct quality_file f;
	enum rc rc = spoken_for(tx, actor, arg, &f);

	if (rc == RC_OK && f.rectify != QUALITY_ORDERED)
		return quality_refuse(&arg->verdict, QUALITY_NOT_NOW, 0);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &quality_q[Q_FILE_STEP], ARGS(db_int(f.id), db_int(arg->revision)));
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &quality_q[Q_RECTIFY_ANSWER], ARGS(db_int(f.id), db_text(arg->words), db_int(tx_now_ms(tx)),
		    db_int(actor->account)));
	return rc == RC_OK ? quality_tell(tx, actor, &f, "quality.answer", 0, arg->words) : rc;
}

enum rc
quality_answer(struct ctx *ctx, struct idem_key key, int64_t file, int64_t revision, struct text words, struct quality_verdict *ret)
{
	struct deed_arg arg = { .file = file, .revision = revision, .words = words };

	*ret = arg.verdict;
	if (quality_words(words) < QUALITY_WORDS_MIN)
		return quality_refuse(ret, QUALITY_NO_WORDS, 0);
	return run(ctx, key, "quality.answer", answer_tx, &arg, ret);
}

static enum rc
judge_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct deed_arg *arg = argument;
	struct quality_bounds b;
	struct quality_file f;
	struct day due;
	enum rc rc = managed(tx, actor, arg, &f);

	if (rc == RC_OK)
		rc = quality_bounds_read(tx, actor, &b);
	if (rc == RC_OK && f.rectify != QUALITY_ANSWERED)
		return quality_refuse(&arg->verdict, QUALITY_NOT_NOW, 0);
	if (rc == RC_OK && !arg->accept && quality_words(arg->words) < QUALITY_WORDS_MIN)
		return quality_refuse(&arg->verdict, QUALITY_NO_WORDS, 0);
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &quality_q[Q_RECTIFY_JUDGE], ARGS(db_int(f.id), db_int(arg->accept ? QUALITY_ACCEPTED : QUALITY_AGAIN),
		    db_text(arg->words), db_int(tx_now_ms(tx)), db_int(actor->account)));
	if (rc != RC_OK)
		return rc;
	if (!arg->accept) {
		rc = due_judge(arg, day_of_moment(tx_now_ms(tx)), b.rectify_days, &due);
		return rc == RC_OK ? order_write(tx, actor, arg, &f, due, "quality.again") : rc;
	}
	rc = tx_run_one(tx, actor, &quality_q[Q_FILE_STEP], ARGS(db_int(f.id), db_int(arg->revision)));
	return rc == RC_OK ? quality_tell(tx, actor, &f, "quality.accept", f.account, arg->words) : rc;
}

enum rc
quality_judge(struct ctx *ctx, struct idem_key key, int64_t file, int64_t revision, bool accept, struct text words,
    struct quality_verdict *ret)
{
	struct deed_arg arg = { .file = file, .revision = revision, .accept = accept, .words = words, .due = DAY_NONE };

	return run(ctx, key, "quality.judge", judge_tx, &arg, ret);
}
