/*
 * roster: who goes to which village on which day of the month, and who sits at which window?  Pure:
 * values in; a plan with its price by rule, a proof of how good it is and the reason of every gap out.
 *
 * One month of one county.  Every village is to be visited so many times by its advisor (or by one of
 * those its list names), every window of a centre is to be staffed.  Hard rules are never broken: what
 * cannot be staffed under them stays open, at a price, and roster_candidates() says by which rule.
 *
 * How.  A person's month is a walk through a small automaton (visits done, minutes, travel, weekends,
 * days since a visit), so the best month of one person against given prices is found exactly by dynamic
 * programming.  Only what persons share (visits that several may make, seats at windows, caps of towns)
 * is priced: Lagrangian relaxation (Geoffrion, Mathematical Programming Study 1974), at first by incremental
 * subgradients (Nedić and Bertsekas, SIAM J. Optimization 2001), then by columns (Dantzig and Wolfe,
 * Operations Research 1960; Gilmore and Gomory, ibid. 1961) up to the linear program over all months of
 * persons.  Plans: an auction, then large
 * neighbourhoods (Shaw, CP 1998) of a few persons planned anew against prices, accepted up to a
 * deviation that shrinks (record-to-record travel: Dueck, J. Comp. Phys. 1993).  What remains between is
 * closed by enumeration of the months whose reduced price fits into the gap (Baldacci, Christofides and
 * Mingozzi, Mathematical Programming 2008), depth first.
 *
 * Limits in steps; prices, plans and bounds in integers, and the linear program, which only proposes prices, in
 * doubles without contraction: the same month, seed and limits give the same plan on any machine.  A
 * run that the caller's stop() ended is marked.  Memory: the caller's arenas; nothing is kept.
 *
 * Units: days of the month from 0, sets of days as bits of a uint32_t; minutes; prices in points.
 */
#pragma once

#include "base/arena.h"

#define ROSTER_DAYS_MAX 31u
#define ROSTER_STOPS_MAX 4u      /* villages in one trip */
#define ROSTER_TASKS_MAX 12u     /* visits one person may have to make in a month, see roster_solve() */
#define ROSTER_PERSONS_MAX 2000u
#define ROSTER_VILLAGES_MAX 5000u
#define ROSTER_WINDOWS_MAX 2000u
#define ROSTER_NOBODY UINT32_MAX
#define ROSTER_TRAVEL_UNIT 10u   /* minutes: travel is paid by begun units of a day */
#define ROSTER_FAIR_UNIT 30u     /* minutes: and shared by begun half hours of a day */

/* ---- the month -------------------------------------------------------------------------------- */

struct roster_person {
	uint32_t home;           /* a place */
	uint32_t away;           /* days on which nothing may be asked */
	uint32_t stops_max;      /* villages a day, 1 .. ROSTER_STOPS_MAX */
	uint32_t day_minutes;    /* of a day: visits and travel together */
	uint32_t minutes_max;    /* of a month: visits and windows */
	uint32_t minutes_share;  /* of a month: what a fair share is; above it every begun hour costs more */
	uint32_t travel_share;   /* of a month, minutes: likewise, by half hours */
	uint32_t shifts_max;     /* windows a month, 0 .. 31 */
	uint32_t weekends_max;   /* days off at work a month, 0 .. 31 */
	uint64_t groups;         /* whose windows: bits, see roster_window.group */
};

/* Who may serve a village, and what it costs each time that it is this one (0 for its advisor). */
struct roster_serve { uint32_t person; int32_t price; };

struct roster_village {
	uint32_t place, town;
	uint32_t visits;         /* in this month, 1 .. 4 */
	uint32_t minutes;        /* of a visit */
	uint32_t days;           /* permitted: see roster_recurring() */
	uint32_t market;         /* permitted even when it is not a working day */
	uint32_t liked;          /* others cost weights.disliked */
	uint32_t spacing;        /* two visits are at least so many days apart, 1 .. 15 */
	uint32_t serve, n_serves;/* into month.serve */
	bool parts;              /* its k-th visit lies in the k-th part of the month, see roster_period() */
};

struct roster_window { uint32_t day, place, group /* 0 .. 63 */, minutes, need /* persons, 1 .. 8 */; };

struct roster_town { uint32_t cap; /* visits a day at most */ };

struct roster_weights {
	uint32_t version;
	int32_t open_visit, open_seat; /* what stays open; every other price should be far below */
	int32_t travel;          /* a unit */
	int32_t travel_over;     /* times the square of the half hours above the share */
	int32_t hours_over;      /* times the square of the begun hours above the share */
	int32_t weekend;         /* times the square of the days off at work */
	int32_t disliked;
};
#define ROSTER_WEIGHT_MAX 1000000

/* What is settled: it is data, and it is kept or refused, never overruled. */
enum roster_pin_kind { ROSTER_PIN_VISIT, ROSTER_PIN_SEAT, ROSTER_PIN_FREE };
struct roster_pin {
	enum roster_pin_kind kind;
	uint32_t person, day;
	uint32_t what;           /* the village, the window; FREE: nothing */
};

struct roster_month {
	uint32_t n_days, working, weekend; /* weekend: the days that count as such; by the calendar of the land */
	uint32_t n_persons, n_villages, n_serves, n_windows, n_towns, n_pins, n_places;
	const struct roster_person *person;
	const struct roster_village *village;
	const struct roster_serve *serve;
	const struct roster_window *window;
	const struct roster_town *town;
	const struct roster_pin *pin;
	const uint16_t *minutes; /* [from * n_places + to] by car */
	uint32_t near;           /* minutes: villages so close together may share a trip */
	struct roster_weights weights;
};

/* Recurring rules: which days of a month fit? */
struct roster_recurring {
	uint32_t ends_in;        /* bit k: days of the month whose number ends in k; 0: all */
	uint32_t weekdays;       /* bit k: weekday k, 0 Monday .. 6 Sunday; 0: all */
	uint32_t nth;            /* bit k: the (k + 1)th such weekday of the month; 0: all */
};
/* first_weekday: of the month's first day, 0 Monday. */
uint32_t roster_recurring_days(struct roster_recurring rule, uint32_t n_days, uint32_t first_weekday);

/*
 * The days of the k-th visit: all, or the k-th part of the month less the spacing to the next.  A village
 * of several visits that several persons may serve must have parts when it is planned, so that the
 * spacing holds whoever comes.
 */
uint32_t roster_period(const struct roster_month *m, uint32_t village, uint32_t k);

/* ---- the rules -------------------------------------------------------------------------------- */

enum roster_rule {
	ROSTER_FINE,
	ROSTER_ENTITLED,         /* not on the list of the village, not of the group of the window */
	ROSTER_AWAY,
	ROSTER_CALENDAR,         /* not a working day, nor a market day of the village */
	ROSTER_RECURRING,        /* not one of the village's days */
	ROSTER_PERIOD,           /* not in the part of the month of this visit */
	ROSTER_BOOKED,           /* something else that day: a window takes a whole day */
	ROSTER_STOPS,
	ROSTER_NEIGHBOURS,       /* too far apart for one trip */
	ROSTER_DAY_MINUTES,
	ROSTER_MINUTES_MAX,
	ROSTER_SHIFTS_MAX,
	ROSTER_WEEKENDS_MAX,
	ROSTER_TOWN_CAP,
	ROSTER_SPACING,
	ROSTER_PINNED,           /* a pin says otherwise */
	ROSTER_RULES
};

enum roster_cost {
	ROSTER_OPEN_VISIT, ROSTER_OPEN_SEAT, ROSTER_TRAVEL, ROSTER_TRAVEL_FAIR, ROSTER_HOURS_FAIR, ROSTER_WEEKEND_FAIR,
	ROSTER_DISLIKED, ROSTER_STAND_IN,
	ROSTER_COSTS
};
/* Stable English words for records: "town_cap", "travel_fair". */
const char *roster_rule_code(enum roster_rule r);
const char *roster_cost_code(enum roster_cost c);

/* ---- the plan --------------------------------------------------------------------------------- */

/*
 * Slots: first the visits, village after village (slot_of_village[v] + k), then the seats, window after
 * window.  The visits of a village come in the order of their days, open ones last where one person may
 * serve it.
 */
struct roster_slot { uint32_t person, day; }; /* ROSTER_NOBODY: open, and day 0 */
struct roster_plan {
	uint32_t n, n_visits;
	struct roster_slot *slot;
};
uint32_t roster_slots(const struct roster_month *m, uint32_t *ret_visits);
/* Of which village (or, from n_visits on, window) is this slot, and the how-many-th? */
uint32_t roster_slot_of(const struct roster_month *m, uint32_t slot, uint32_t *ret_k);
uint32_t roster_slot_at(const struct roster_month *m, bool window, uint32_t what);

/* What a month of this shape must fulfil before anything else is done with it. */
enum rc roster_month_check(const struct roster_month *m);
uint64_t roster_month_hash(const struct roster_month *m); /* the same on any machine */

/*
 * Two pins that cannot both hold (or one that cannot, b then ROSTER_NOBODY): found before solving.
 * Returns true when there is such a pair; O(pins) placements, and pins² in the worst case.
 */
struct roster_clash { uint32_t a, b; enum roster_rule rule; };
bool roster_pins_clash(struct arena *spare, const struct roster_month *m, struct roster_clash *ret);

/* ---- solving ---------------------------------------------------------------------------------- */

struct roster_limits {
	uint32_t steps;          /* of the bound at most; 0: by the size */
	uint32_t tries;          /* of the search; 0: by the size, for a second or two */
	uint32_t nodes;          /* of the enumeration; 0: 20,000 */
	bool (*stop)(void *arg); /* asked between steps; NULL: never */
	void *arg;
};

struct roster_result {
	struct roster_plan plan;
	int64_t objective, bound;          /* bound ≤ every plan's price */
	int64_t by[ROSTER_COSTS];
	uint32_t open_visits, open_seats;
	uint64_t seed, hash;               /* of the month */
	uint32_t weights_version;
	bool proven, stopped;              /* stopped: by stop(), so another run may give another plan */
	uint32_t steps, tries, nodes;      /* that were taken */
	struct roster_clash clash;         /* RC_REFUSED: these pins; or a is ROSTER_NOBODY: pins together */
};
/*
 * RC_OK; RC_INVALID (shape, parts missing); RC_REFUSED (pins that contradict); RC_TOO_LARGE (a person with more than
 * ROSTER_TASKS_MAX visits, or whose automaton grows past a million states: give some to others);
 * RC_NO_MEMORY.  A step costs O(persons × states × trips × days); about 10 ms for 75 persons with
 * three villages each.
 */
enum rc roster_solve(struct arena *mem, struct arena *spare, const struct roster_month *m, uint64_t seed,
    struct roster_limits limits, struct roster_result *ret);

/* ---- the validator: its own reading of the rules (roster_check.c) ------------------------------ */

struct roster_fault { uint32_t slot; enum roster_rule rule; };
struct roster_verdict {
	uint32_t n_faults;                 /* all; the first ROSTER_FAULTS_KEPT are named */
#define ROSTER_FAULTS_KEPT 16u
	struct roster_fault fault[ROSTER_FAULTS_KEPT];
	int64_t objective, by[ROSTER_COSTS];
	uint32_t open_visits, open_seats;
};
void roster_check(const struct roster_month *m, const struct roster_plan *plan, struct roster_verdict *ret);

/* ---- changes by hand -------------------------------------------------------------------------- */

/* One place where a slot might go instead, all else as it is. */
struct roster_candidate {
	uint32_t person, day;
	enum roster_rule blocked;          /* ROSTER_FINE: it can */
	int64_t difference, by[ROSTER_COSTS];
};
/*
 * For a slot of the plan all persons and days (a seat: its day), those that can first, the cheapest
 * first, then by person and day; the rest with the rule that blocks them, those who are entitled before
 * the others, who come once and not day by day.  Where the slot is now is left out.  At most n_max are
 * kept.  why[r]: how many rule r blocks.  O(persons × days).
 */
struct roster_candidates {
	uint32_t n, n_fine;
	struct roster_candidate *v;
	uint32_t why[ROSTER_RULES];
};
enum rc roster_candidates(struct arena *mem, struct arena *spare, const struct roster_month *m,
    const struct roster_plan *plan, uint32_t slot, uint32_t n_max, struct roster_candidates *ret);

/*
 * The month as it is when a person cannot come on these days: they are away, and whoever shares a group
 * besides the first (a town) may stand in at their villages, at a price.  In mem; the rest is m's.
 */
enum rc roster_call_in(struct arena *mem, const struct roster_month *m, uint32_t person, uint32_t days, int32_t price,
    struct roster_month *ret);

/*
 * Somebody falls ill: m is the month as it is now (their days away set, stand-ins on the villages'
 * lists); what stands against its rules for that person is moved, the fewest visits first, then the
 * cheapest; nothing before `from` and nobody else's is touched unless a visit can be kept no other way,
 * and then one for one.  What can go nowhere is left open.  changed: slots that differ.  O(slots ×
 * persons × days), a few milliseconds for a county.
 */
enum rc roster_repair(struct arena *spare, const struct roster_month *m, struct roster_plan *plan,
    uint32_t person, uint32_t from, uint32_t *ret_changed);
