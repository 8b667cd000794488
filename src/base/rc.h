/*
 * rc: how did it end?  The one result type of the program.
 *
 * A refusal by a rule is a result, not an error: the verdict beside it says why.  Bad input is
 * RC_INVALID with a list of findings.  http_status_of() in kit/http maps these to HTTP, once.
 */
#pragma once

enum [[nodiscard]] rc {
	RC_OK = 0,
	RC_DONE,             /* a cursor has no further row */
	RC_INVALID,          /* input outside its bounds; findings say where */
	RC_REFUSED,          /* a rule says no; the verdict says why */
	RC_UNAUTHENTICATED,  /* nobody is logged in */
	RC_FORBIDDEN,        /* somebody is, without the right */
	RC_NOT_FOUND,        /* no such record, or none this actor may see: the two look alike */
	RC_CONFLICT,         /* the record is no longer as the caller saw it */
	RC_DUPLICATE,        /* same idempotency key, other content; or a unique value is taken */
	RC_TOO_LARGE,        /* past a bound on size */
	RC_TOO_MANY,         /* past a bound on tries or rate */
	RC_BUSY,             /* transient: run again */
	RC_NO_MEMORY,        /* past the memory bound of this request */
	RC_UNAVAILABLE,      /* database or disk gone; nothing was stored */
	RC_UNKNOWN,          /* outcome of a commit not known: ask again with the same key */
	RC_CORRUPT,          /* stored data contradict themselves */
	RC_INTERNAL,         /* our mistake */
	RC_COUNT
};

/* Stable English name of a result, for logs and problem+json ("conflict").  Never NULL. */
const char *rc_name(enum rc rc);
