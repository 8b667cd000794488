/* Hearings watched, aided people asked, opinions of judicial organs (法律援助法 59). */
#include "evaluation/quality/quality_store.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "resources/identity/identity.h"

struct voice_arg { const struct quality_voice_new *in; int answers; struct quality_verdict verdict; };

/* Whoever works on the case does not ask how they did. */
static enum rc
may_ask(struct tx *tx, const struct actor *actor, const struct quality_voice_new *in, bool *ret)
{
	struct aid_assignment v[20];
	size_t n = 0;
	enum rc rc = aid_assignments(tx, actor, in->id, v, 20, &n);

	*ret = actor->role != ROLE_PROVIDER;
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		*ret = *ret && (v[i].account_of_provider == 0 || v[i].account_of_provider != actor->account);
	return rc;
}

static enum rc
voice_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct voice_arg *arg = argument;
	const struct quality_voice_new *in = arg->in;
	struct request r;
	struct aid a;
	bool may = false;
	enum rc rc = request_load(tx, actor, in->id, &r);

	if (rc == RC_OK)
		rc = aid_load(tx, actor, in->id, &a);
	if (rc == RC_OK)
		rc = may_ask(tx, actor, in, &may);
	if (rc == RC_OK && !may)
		return quality_refuse(&arg->verdict, QUALITY_CONFLICT, 0);
	if (rc == RC_OK && in->kind == QUALITY_VISIT && (a.state < AID_CLOSED || (a.state >= AID_REFUSED && a.state != AID_ARCHIVED)))
		return quality_refuse(&arg->verdict, QUALITY_NOT_NOW, 0); /* asked after the end */
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &quality_q[Q_VOICE], ARGS(db_int(tx_id(tx)), db_int(in->id.n), db_int(in->kind), db_int(in->day.n),
		    db_int(in->way), db_int(in->reached), db_text(in->who), db_int(arg->answers), db_int(quality_answers_low(arg->answers)),
		    db_text(in->words), db_int(tx_now_ms(tx)), db_int(actor->account)), NULL);
	return rc == RC_OK ? audit_note(tx, actor, "quality.voice", "request", in->id.n, arena_format(tx_mem(tx), "kind=%d", in->kind)) : rc;
}

enum rc
quality_voice_add(struct ctx *ctx, struct idem_key key, const struct quality_voice_new *in, struct quality_verdict *ret)
{
	struct voice_arg arg = { .in = in };
	struct day today = day_of_moment(ctx->now_ms);
	enum rc rc;

	*ret = arg.verdict;
	if (!actor_may(ctx->actor, RIGHT_CASE_HANDLE) && !actor_may(ctx->actor, RIGHT_QUALITY))
		return RC_FORBIDDEN;
	if (in->kind <= 0 || in->kind >= QUALITY_VOICE_COUNT || in->way <= 0 || in->way >= QUALITY_WAY_COUNT || day_is_none(in->day)
	    || in->day.n > today.n || utf8_length(in->who) > 60 || quality_words(in->words) > QUALITY_WORDS_MAX
	    || (!in->reached && in->kind != QUALITY_VISIT))
		return RC_INVALID;
	arg.answers = in->reached ? quality_answers_pack(in->answers, QUALITY_QUESTIONS) : 0;
	if (arg.answers < 0)
		return RC_INVALID;
	if (quality_answers_low(arg.answers) && quality_words(in->words) < QUALITY_WORDS_MIN)
		return quality_refuse(ret, QUALITY_NO_WORDS, 0);
	rc = db_command(ctx, key, &(struct command){ .name = "quality.voice", .fn = voice_tx, .arg = &arg,
	    .asked = ARGS(db_int(in->id.n), db_int(in->kind), db_int(in->way), db_int(in->day.n), db_int(in->reached), db_text(in->who),
	        db_int(arg.answers), db_text(in->words)) });
	*ret = arg.verdict;
	return rc;
}

static enum rc
voices_collect(enum rc rc, struct rows *row, struct quality_voice *ret, size_t cap, size_t *ret_n)
{
	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct quality_voice){ .id = rows_int(row, 0), .request = rows_int(row, 1), .at_ms = rows_int(row, 2),
			.kind = (enum quality_voice_kind)rows_int(row, 3), .way = (enum quality_voice_way)rows_int(row, 4),
			.day = { (int32_t)rows_int(row, 5) }, .reached = rows_int(row, 6) != 0, .low = rows_int(row, 7) != 0,
			.answers = (int)rows_int(row, 8), .who = rows_copy(row, 9), .words = rows_copy(row, 10), .account_name = rows_copy(row, 11),
			.number = rows_copy(row, 12) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
quality_voices_of(struct tx *tx, const struct actor *actor, struct case_id id, struct quality_voice *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_VOICES_CASE], ARGS(db_int(id.n), db_int((int64_t)cap)), &row);

	return voices_collect(rc, row, ret, cap, ret_n);
}

enum rc
quality_voices_low(struct tx *tx, const struct actor *actor, struct quality_voice *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_VOICES_LOW], ARGS(db_int((int64_t)cap)), &row);

	return voices_collect(rc, row, ret, cap, ret_n);
}

enum rc
quality_calls(struct tx *tx, const struct actor *actor, struct quality_call *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &quality_read[L_CALLS], ARGS(db_int(QUALITY_TRIES), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct quality_call){ .request = rows_int(row, 0), .tries = rows_int(row, 1),
			.closed = { (int32_t)rows_int(row, 2) }, .number = rows_copy(row, 3), .person_name = rows_copy(row, 4) };
	return rc == RC_DONE ? RC_OK : rc;
}
