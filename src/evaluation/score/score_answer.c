/* Four questions to the village, once a period. */
#include "evaluation/score/score_store.h"

#include "base/utf8.h"
#include "kit/audit/audit.h"
#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

#define ANSWER_WORDS 200

bool
score_may_answer(const struct actor *actor, struct place village)
{
	if (score_may_manage(actor, village))
		return true;
	return actor->kind == ACTOR_ACCOUNT && actor_may(actor, RIGHT_INTAKE) && actor->role != (int)ROLE_PROVIDER && place_range_has(actor->places, village);
}

struct answer_arg { const struct score_answer *in; };
struct village { int64_t place, from, last; };

static enum rc
village_of(struct tx *tx, const struct actor *actor, int64_t contract, struct village *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &score_q[E_CONTRACT], ARGS(db_int(contract)), &row);

	if (rc == RC_OK)
		*ret = (struct village){ rows_int(row, 1), rows_int(row, 3), rows_int(row, 4) };
	return rc;
}

static enum rc
closed_already(struct tx *tx, const struct actor *actor, int64_t contract, int period)
{
	struct score_closed c;
	size_t n = 0;
	enum rc rc = score_versions(tx, actor, contract, period, &c, 1, &n);

	return rc == RC_OK && n > 0 ? RC_CONFLICT : rc;
}

static enum rc
answer_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct score_answer *in = ((struct answer_arg *)argument)->in;
	struct village v = { .place = 0 };
	struct day first, last;
	int64_t n = 0;
	enum rc rc = village_of(tx, actor, in->contract, &v);

	if (rc == RC_OK && (!score_may_answer(actor, (struct place){ v.place }) || !score_period_days(in->period, &first, &last)
	    || v.from > last.n || v.last < first.n || first.n > day_of_moment(tx_now_ms(tx)).n))
		rc = RC_NOT_FOUND;
	if (rc == RC_OK)
		rc = closed_already(tx, actor, in->contract, in->period);
	if (rc == RC_OK)
		rc = tx_run(tx, actor, &score_q[E_ANSWER_PUT], ARGS(db_int(in->contract), db_int(in->period), db_int(v.place), db_int(in->v[0]),
		    db_int(in->v[1]), db_int(in->v[2]), db_int(in->v[3]), db_int(in->paper), db_text(text_trim(in->words)), db_int(actor->account),
		    db_int(tx_now_ms(tx))), &n);
	if (rc == RC_OK && n == 0)
		rc = RC_CONFLICT;
	return rc == RC_OK ? audit_note(tx, actor, "score.answer", "advisor_contract", in->contract, TEXT_NONE) : rc;
}

enum rc
score_answer(struct ctx *ctx, struct idem_key key, const struct score_answer *in, struct findings *findings)
{
	static const char *const fields[SCORE_ANSWERS] = { "punctual", "useful", "plain", "keep" };
	struct answer_arg a = { in };

	for (int i = 0; i < SCORE_ANSWERS; i++)
		if (in->v[i] < 1 || in->v[i] > 5)
			findings_add(findings, fields[i], T("请选一个"), 0);
	if (utf8_check(in->words, true) != UTF8_FINE || utf8_length(in->words) > ANSWER_WORDS)
		findings_add(findings, "words", T("最多%lld个字"), ANSWER_WORDS);
	if (findings->total > 0)
		return RC_INVALID;
	return db_command(ctx, key, &(struct command){ .name = "score.answer", .fn = answer_tx, .arg = &a, .asked = ARGS(db_int(in->contract),
	    db_int(in->period), db_int(in->v[0]), db_int(in->v[1]), db_int(in->v[2]), db_int(in->v[3]), db_int(in->paper),
	    db_text(in->words.n > 0 ? in->words : TEXT(""))) });
}

enum rc
score_to_answer(struct tx *tx, const struct actor *actor, int period, struct score_to_answer *ret, size_t cap, size_t *ret_n)
{
	struct day first, last;
	ROWS row = NULL;
	enum rc rc;

	*ret_n = 0;
	if (!score_period_days(period, &first, &last))
		return RC_NOT_FOUND;
	rc = tx_rows(tx, actor, &score_q[E_TO_ANSWER], ARGS(db_int(actor->places.lo), db_int(actor->places.hi), db_int(first.n), db_int(last.n),
	    db_int(period), db_int((int64_t)cap)), &row);
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct score_to_answer a = { rows_int(row, 0), { rows_int(row, 1) }, rows_copy(row, 2) };

		if (score_may_answer(actor, a.village))
			ret[(*ret_n)++] = a;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
score_party(struct tx *tx, const struct actor *actor, int64_t contract, struct score_party *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &score_q[E_CONTRACT], ARGS(db_int(contract)), &row);

	if (rc == RC_OK)
		*ret = (struct score_party){ { rows_int(row, 1) }, rows_copy(row, 7), rows_copy(row, 8) };
	return rc;
}

enum rc
score_answered(struct tx *tx, const struct actor *actor, int64_t contract, int period, struct score_answered *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &score_q[E_ANSWER], ARGS(db_int(contract), db_int(period)), &row);

	*ret = (struct score_answered){ .given = false };
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc == RC_OK)
		*ret = (struct score_answered){ .given = true, .v = { (int)rows_int(row, 0), (int)rows_int(row, 1), (int)rows_int(row, 2),
			(int)rows_int(row, 3) }, .paper = rows_int(row, 4) != 0, .words = rows_copy(row, 5), .at_ms = rows_int(row, 6), .by = rows_copy(row, 7) };
	return rc;
}
