#include "resources/identity/delay.h"

#include "resources/identity/identity_store.h"

#define ADDRESS_FREE 10 /* a town's offices share one address */

int64_t
delay_seconds(struct text subject, int64_t failures)
{
	int64_t free_tries = text_starts_with(subject, TEXT("login:")) ? 0 : ADDRESS_FREE;
	int64_t n = failures - free_tries;

	if (n <= 0)
		return 0;
	return n > 9 ? DELAY_MAX_S : INT64_C(1) << (n - 1) > DELAY_MAX_S ? DELAY_MAX_S : INT64_C(1) << (n - 1);
}

enum rc
delay_check(struct tx *tx, const struct actor *actor, struct text subject, int64_t *ret_wait_s)
{
	int64_t until_ms;
	enum rc rc = tx_int(tx, actor, &identity_stmts[DELAY_GET], ARGS(db_text(subject)), &until_ms);

	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc != RC_OK)
		return rc;
	if (until_ms <= tx_now_ms(tx) || until_ms > tx_now_ms(tx) + 1000 * DELAY_MAX_S)
		return RC_OK; /* over, or left by a clock that stood further on */
	*ret_wait_s = (until_ms - tx_now_ms(tx) + 999) / 1000;
	return RC_TOO_MANY;
}

static enum rc
until_set(struct tx *tx, const struct actor *actor, struct text subject, int64_t failures)
{
	int64_t until_ms = tx_now_ms(tx) + 1000 * delay_seconds(subject, failures);

	return tx_run_one(tx, actor, &identity_stmts[DELAY_UNTIL], ARGS(db_text(subject), db_int(until_ms)));
}

enum rc
delay_fail(struct tx *tx, const struct actor *actor, struct text subject)
{
	int64_t failures, now = tx_now_ms(tx);
	enum rc rc = tx_int(tx, actor, &identity_stmts[DELAY_COUNT],
	    ARGS(db_text(subject), db_int(now - DELAY_FORGET_MS), db_int(now), db_int(now + 1000 * DELAY_MAX_S)), &failures);

	return rc == RC_OK ? until_set(tx, actor, subject, failures) : rc;
}

enum rc
delay_take(struct tx *tx, const struct actor *actor, struct text subject, int64_t *ret_wait_s)
{
	int64_t failures, now = tx_now_ms(tx);
	enum rc rc = tx_int(tx, actor, &identity_stmts[DELAY_TAKE],
	    ARGS(db_text(subject), db_int(now - DELAY_FORGET_MS), db_int(now), db_int(now + 1000 * DELAY_MAX_S)), &failures);

	if (rc == RC_OK)
		return until_set(tx, actor, subject, failures);
	if (rc != RC_NOT_FOUND)
		return rc;
	rc = delay_check(tx, actor, subject, ret_wait_s);
	return rc == RC_OK ? RC_BUSY : rc; /* it ended between the two statements: run again */
}

enum rc
delay_clear(struct tx *tx, const struct actor *actor, struct text subject)
{
	return tx_run(tx, actor, &identity_stmts[DELAY_CLEAR], ARGS(db_text(subject)), NULL);
}

enum rc
delay_give_back(struct tx *tx, const struct actor *actor, struct text subject)
{
	return tx_run(tx, actor, &identity_stmts[DELAY_GIVE_BACK],
	    ARGS(db_text(subject), db_int(tx_now_ms(tx))), NULL);
}
