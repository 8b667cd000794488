/*
 * delay: how long must somebody wait who guesses?  Counted per subject:
 *
 *   login:NAME@NETWORK  one account from one place: no free tries, 1 s, 2 s, 4 s … 5 min
 *   account:NAME        one account from everywhere: 20 free tries an hour, then 1 s … 30 s; not asked where
 *                       the account has logged in from within 90 days.  So a guesser far away keeps nobody
 *                       out of the place where they work, and out of a new one for at most 30 s at a time
 *   peer:NETWORK        all accounts from one place: 10 free tries, since many people share one
 *   code:NETWORK        wrong receipt codes from one place: 10 free tries
 *
 * A network is an IPv4 address or the /64 of an IPv6 address (one subscriber has 2^64 of these).  Never a
 * lock; an hour after the wait has ended the count begins anew, and so does one that would end later than
 * any wait can: the clock was set back.  Inside db_read or db_command.
 */
#pragma once

#include "kit/db/db.h"

#define DELAY_FORGET_MS INT64_C(3600000)
#define DELAY_MAX_S INT64_C(300)
#define DELAY_ACCOUNT_MAX_S INT64_C(30)
#define DELAY_KNOWN_MS (90 * INT64_C(86400000))

/* The network of an address as its own kind is counted; what is no address stands for itself, cut.  Pure. */
#define DELAY_NETWORK_CHARS 64
void delay_network(struct text peer, char out[static DELAY_NETWORK_CHARS]);
/* Has this login been let in from there within DELAY_KNOWN_MS?  Reads only.  And: it has now. */
enum rc delay_known(struct tx *tx, const struct actor *actor, struct text login, struct text network, bool *ret);
enum rc delay_know(struct tx *tx, const struct actor *actor, struct text login, struct text network);

/* Seconds to wait after so many failures.  Pure. */
int64_t delay_seconds(struct text subject, int64_t failures);

/* RC_OK, or RC_TOO_MANY with *ret_wait_s (>= 1).  Reads only. */
enum rc delay_check(struct tx *tx, const struct actor *actor, struct text subject, int64_t *ret_wait_s);
/* Count a failure.  In a command. */
enum rc delay_fail(struct tx *tx, const struct actor *actor, struct text subject);
/* Forget the subject.  In a command. */
enum rc delay_clear(struct tx *tx, const struct actor *actor, struct text subject);
/*
 * Check and count at once, before the answer is known: of many tries at the same moment one passes.
 * Whoever then succeeds takes the count back with delay_clear() (a login) or delay_give_back() (an
 * address, whose other failures stay).  In a command.
 */
enum rc delay_take(struct tx *tx, const struct actor *actor, struct text subject, int64_t *ret_wait_s);
enum rc delay_give_back(struct tx *tx, const struct actor *actor, struct text subject);
