/*
 * site_round: in which order does a team on wheels go to its stops, and which on which day?  A day's round begins
 * and ends at the base and has so many stops at most; all days together should be as short as can be.
 *
 * Stops are put in where they cost least, moved and exchanged between days until nothing is shorter; then each day's
 * order is made the shortest there is (Held and Karp, J. SIAM 1962).  Of one day that is proven; of several the bound is what
 * the cheapest way to each stop and the cheapest ways home cost at least.  The same input, the same rounds.
 */
#pragma once

#include "base/arena.h"

#define SITE_ROUND_STOPS 240         /* of all days */
#define SITE_ROUND_DAY 11            /* of one day: its order is searched exactly */
#define SITE_ROUND_MS UINT32_C(0x3fffffff)

struct site_round_ask {
	uint32_t n;                  /* stops; place n is the base */
	const uint32_t *ms;          /* (n + 1) × (n + 1): from, to; at most SITE_ROUND_MS */
	uint32_t days, most;         /* stops of a day */
};
struct site_round {
	uint32_t *first;             /* days + 1: of each day in stop; a day may stay empty */
	uint32_t *stop;              /* in order */
	int64_t *day_ms;
	int64_t total, bound;        /* bound ≤ what any choice takes */
};
/* RC_OK; RC_INVALID: no stop, no day, more stops than the days hold, a bound above passed; RC_NO_MEMORY. */
enum rc site_round(struct arena *mem, struct arena *spare, const struct site_round_ask *ask, struct site_round *ret);
