/*
 * assign_seats: how many must sit at the telephone (or the windows), and which shifts cover that?  Pure.
 *
 * Queues.  Calls come at random, talks are exponential: Erlang C where nobody hangs up (Erlang 1917),
 * Erlang A where callers lose patience after an exponential time (Palm 1957; Baccelli and Hebuterne
 * 1981 for the wait that is offered; Garnett, Mandelbaum, Reiman, MSOM 2002).  Worked out in doubles
 * with + − × ÷ alone and an exponential of our own, the states summed from the likeliest one outwards;
 * answers are rounded to per mille.  O(states) a level, a few hundred.
 *
 * Forecast.  Seasonal naive: the mean of the last four days of the same kind (weekday, or holiday) times
 * the share each half hour has had on days of that kind; the quantile is that of how far days have been
 * from what was forecast for them in that way.  No trend, no weather, no campaigns.  Whole numbers.
 *
 * Shifts.  The least cost of shifts so that each half hour has its seats: a Lagrangian bound by
 * subgradients in fixed point, a plan that is torn up in part and filled again, and depth first below the
 * bound (branch and bound); proven within its nodes, or the gap is said.  (Dantzig, Operations Research
 * 1954, for the model; for the tearing up Schrimpf and others, J. Computational Physics 2000.)
 */
#pragma once

#include "base/arena.h"

#define SEATS_SLOTS 48                   /* half hours of a day */
#define SEATS_MOST 5000

struct seats_load {
	int64_t calls;                   /* in a half hour, thousandths */
	int64_t talk;                    /* seconds, with the work after it */
	int64_t patience;                /* seconds a caller waits on average before hanging up; 0: for ever */
};
struct seats_level {
	int64_t within;                  /* answered within the time asked for, per mille of all calls */
	int64_t lost;                    /* hung up before they were answered, per mille */
	int64_t waits;                   /* had to wait at all, per mille */
	int64_t busy;                    /* of the seats' time, per mille */
};
/* RC_INVALID: nobody there, more than SEATS_MOST, no talk, or with endless patience more work than seats. */
enum rc seats_level(const struct seats_load *l, int64_t seats, int64_t seconds, struct seats_level *ret);
/* The fewest seats with at least `within` answered in `seconds` and at most `lost` lost (per mille); none for no calls. */
enum rc seats_needed(const struct seats_load *l, int64_t seconds, int64_t within, int64_t lost, int64_t *ret_seats);

/* ---- the forecast ---- */

struct seats_day { int kind; uint32_t calls[SEATS_SLOTS]; }; /* kind: 1 Monday .. 7 Sunday, 8 holiday */
#define SEATS_LEVEL_DAYS 4
struct seats_forecast {
	int64_t middle[SEATS_SLOTS], high[SEATS_SLOTS]; /* thousandths of a call */
	uint32_t days;                   /* of that kind in the history */
	int64_t factor;                  /* per mille of the middle: the quantile */
};
/* Days in order, the oldest first.  RC_NOT_FOUND: none of that kind.  quantile: per mille, 500..999. */
enum rc seats_forecast(struct arena *spare, const struct seats_day *days, uint32_t n, int kind, int64_t quantile,
    struct seats_forecast *ret);

/* ---- shifts ---- */

struct seats_shift { uint8_t covers[SEATS_SLOTS]; uint32_t cost; }; /* 1: sits there; cost 1 .. 10,000 */
#define SEATS_SHIFTS_MAX 200
struct seats_limits { uint64_t nodes; uint32_t rounds; }; /* of branch and bound; of tearing up: 0: none */
#define SEATS_LIMITS ((struct seats_limits){ 400000, 1500 })
struct seats_plan {
	uint32_t count[SEATS_SHIFTS_MAX];
	int64_t cost, bound;
	uint64_t nodes;
	bool proven;
};
/* RC_NOT_FOUND: a half hour that no shift covers.  RC_INVALID: more than SEATS_MOST seats, no shift, a cost out of range. */
enum rc seats_cover(const int64_t need[static SEATS_SLOTS], const struct seats_shift *shift, uint32_t n, struct seats_limits limits,
    struct seats_plan *ret);
