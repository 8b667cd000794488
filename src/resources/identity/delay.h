/*
 * delay: how long must somebody wait who guesses?  Counted per subject: "login:NAME", "peer:ADDRESS",
 * "code:ADDRESS" (receipt codes).  After the free tries (none for a login, 10 for an address, since
 * many people share one) each failure doubles the wait: 1 s, 2 s, 4 s … 5 min.  Never a lock; an hour
 * after the wait has ended the count begins anew, and so does one that would end later than any wait
 * can: the clock was set back.  Inside db_read or db_command.
 */
#pragma once

#include "kit/db/db.h"

#define DELAY_FORGET_MS INT64_C(3600000)
#define DELAY_MAX_S INT64_C(300)

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
