/* What the parts of this folder share about a county's month. */
#pragma once

#include "engine/roster/roster_core_internal.h"
#include "engine/roster/roster.h"

static inline bool
roster_day_in(uint32_t days, uint32_t day)
{
	return (days >> day & 1) != 0;
}

/* Units of the shortest round from home through n stops; and its minutes. */
uint32_t roster_round_minutes(const struct roster_month *m, uint32_t home, const uint32_t *place, uint32_t n);
static inline uint32_t
roster_units(uint32_t minutes)
{
	return (minutes + ROSTER_TRAVEL_UNIT - 1) / ROSTER_TRAVEL_UNIT;
}

static inline uint32_t
roster_halves(uint32_t minutes)
{
	return (minutes + ROSTER_FAIR_UNIT - 1) / ROSTER_FAIR_UNIT;
}

/* What a person's month costs by its totals. */
struct roster_totals { uint32_t minutes, units, halves, shifts, weekends; };
void roster_totals_cost(const struct roster_month *m, const struct roster_person *p, const struct roster_totals *t,
    int64_t ret[static ROSTER_COSTS]);

/* Is this person on the list of the village?  The price, or -1. */
int64_t roster_serve_price(const struct roster_month *m, uint32_t village, uint32_t person);

/*
 * ledger: a plan that is changed slot by slot, with its price by rule at every moment, and what a rule
 * says before a change.
 */
struct ledger_day { uint32_t slot[ROSTER_STOPS_MAX]; uint32_t n, minutes; /* of its round */ };
struct ledger {
	const struct roster_month *m;
	struct roster_slot *slot;              /* the plan's own */
	uint32_t n_slots, n_visits;
	uint32_t *what, *nth;                  /* of each slot: village or window, and the how-many-th */
	uint32_t *first;                       /* of each village its first slot; of windows from n_villages on */
	struct ledger_day *day;                /* [person * n_days + day] */
	struct roster_totals *totals;          /* of each person */
	uint32_t *town;                        /* [town * n_days + day]: visits */
	uint32_t *free;                        /* of each person: days that are pinned free */
	int64_t by[ROSTER_COSTS];
};
/* All slots open, whatever the plan says; ledger_load() seats them as they stand, rules unasked. */
enum rc ledger_new(struct arena *spare, const struct roster_month *m, struct roster_plan *plan, struct ledger *ret);
enum rc ledger_load(struct arena *spare, const struct roster_month *m, struct roster_plan *plan, struct ledger *ret);
/* The slot is open: which rule speaks against putting it there?  The first in the order of the enum. */
enum roster_rule ledger_blocks(const struct ledger *l, uint32_t slot, uint32_t person, uint32_t day);
void ledger_seat(struct ledger *l, uint32_t slot, uint32_t person, uint32_t day);
void ledger_open(struct ledger *l, uint32_t slot);
int64_t ledger_cost(const struct ledger *l);
/* A pin that holds the slot where it is. */
bool ledger_pinned(const struct ledger *l, uint32_t slot);

/* The month as walks and rows. */
struct month_core {
	struct core c;
	struct month_option *option;           /* what each means */
};
struct month_option { uint32_t task[ROSTER_STOPS_MAX], n_tasks, window; /* task: slot; UINT32_MAX: none */ };
enum rc month_core_new(struct arena *spare, const struct roster_month *m, struct month_core *ret);
