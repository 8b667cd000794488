#include "resources/identity/delay.h"

#include "resources/identity/identity_store.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

/* The longest prefix that fits counts. */
static const struct { const char *prefix; int64_t free_tries, most_s; } kinds[] = {
	{ "login:", 0, DELAY_MAX_S },
	{ "account:", 20, DELAY_ACCOUNT_MAX_S },
	{ "", 10, DELAY_MAX_S }, /* an address: a town's offices share one */
};

int64_t
delay_seconds(struct text subject, int64_t failures)
{
	size_t k = 0;
	int64_t n;

	while (!text_starts_with(subject, text_of(kinds[k].prefix)))
		k++;
	n = failures - kinds[k].free_tries;
	if (n <= 0)
		return 0;
	return n > 9 || INT64_C(1) << (n - 1) > kinds[k].most_s ? kinds[k].most_s : INT64_C(1) << (n - 1);
}

void
delay_network(struct text peer, char out[static DELAY_NETWORK_CHARS])
{
	char line[DELAY_NETWORK_CHARS] = "";
	struct in6_addr six;
	struct in_addr four;

	memcpy(line, peer.p != NULL ? peer.p : "", peer.n < sizeof line ? peer.n : sizeof line - 1);
	memcpy(out, line, sizeof line);
	if (inet_pton(AF_INET6, line, &six) != 1)
		return;
	if (IN6_IS_ADDR_V4MAPPED(&six)) {
		memcpy(&four, &six.s6_addr[12], sizeof four);
		inet_ntop(AF_INET, &four, out, DELAY_NETWORK_CHARS);
		return;
	}
	memset(&six.s6_addr[8], 0, 8);
	inet_ntop(AF_INET6, &six, out, DELAY_NETWORK_CHARS);
	memcpy(out + strlen(out), "/64", 4);
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

enum rc
delay_known(struct tx *tx, const struct actor *actor, struct text login, struct text network, bool *ret)
{
	int64_t n = 0;
	enum rc rc = tx_int(tx, actor, &identity_stmts[KNOWN_GET],
	    ARGS(db_text(login), db_text(network), db_int(tx_now_ms(tx) - DELAY_KNOWN_MS)), &n);

	*ret = n > 0;
	return rc;
}

enum rc
delay_know(struct tx *tx, const struct actor *actor, struct text login, struct text network)
{
	return tx_run(tx, actor, &identity_stmts[KNOWN_SET],
	    ARGS(db_text(login), db_text(network), db_int(tx_now_ms(tx))), NULL);
}
