/*
 * duty: who is on duty where on which day, how was that settled, and what has changed since?
 *
 * A month of a county is planned from the registers: villages with their adviser by contract (or whoever
 * their row names), the days on which stations are open, the table of holidays, days away, recurring
 * rules ("days ending in 4"), windows, pins.  engine/roster plans; its validator looks before anything is
 * stored, and again in `zhaofa verify`, since the whole input is kept with the plan.  A second person
 * publishes; from the freeze day on a new version is refused and only single visits change, each with its
 * reason and its difference in points.
 *
 * Not named "roster" like the engine: two folders can't share one prefix.  What was done on duty is
 * operations' affair.
 *
 * Reading: whoever is logged in, what is published also everybody (duty_today_public).  Planning and changing: RIGHT_SUPERVISE
 * over the whole county, or the system.  RC_NOT_FOUND: elsewhere.  RC_CONFLICT: changed since.
 * (S47, S48, S56, S168, S171, S174)
 */
#pragma once

#include "base/day.h"
#include "base/place.h"
#include "engine/roster/roster.h"
#include "kit/db/db.h"
#include "kit/form/form.h"
#include "standards/setting/setting.h"

enum duty_state { DUTY_DRAFT = 10, DUTY_PUBLISHED = 20, DUTY_REPLACED = 30, DUTY_STATES };
enum duty_change_kind { DUTY_MOVED = 1, DUTY_SICK, DUTY_SWAPPED, DUTY_CHANGES };
const char *duty_state_label(enum duty_state s);          /* T() */
const char *duty_change_label(enum duty_change_kind k);   /* T() */
const char *duty_rule_label(enum roster_rule r);          /* T(): what speaks against it */
const char *duty_cost_label(enum roster_cost c);          /* T() */
extern const struct choice duty_weekday_choices[], duty_nth_choices[];

enum { DUTY_VISITS, DUTY_VISIT_MINUTES, DUTY_STOPS, DUTY_NEAR, DUTY_TOWN_CAP, DUTY_SHIFTS, DUTY_WEEKENDS, DUTY_FREEZE,
	DUTY_W_TRAVEL, DUTY_W_TRAVEL_OVER, DUTY_W_HOURS_OVER, DUTY_W_WEEKEND, DUTY_W_DISLIKED, DUTY_W_STAND_IN, DUTY_SETTINGS_N };
extern const struct setting_kind duty_settings[DUTY_SETTINGS_N];
#define DUTY_WEIGHT_HEAD "duty.weight."  /* changes of these are counted: the version of the weights */

/* 202607; first day and number of days.  RC_INVALID. */
enum rc duty_month_days(int month, struct day *ret_first, uint32_t *ret_n);
int duty_month_of(struct day d);
bool duty_may_plan(const struct actor *actor, struct place county);

/* ---- what planning is made from ---------------------------------------------------------------------------- */

struct duty_village {
	struct place place;
	int64_t provider;             /* 0: the adviser by contract */
	struct text provider_name, licence; /* read along */
	int visits, minutes;          /* minutes 0: by contract and setting */
	unsigned ends_in, weekdays, nth;
	bool market;
	int64_t revision;             /* 0: no row yet */
};
enum rc duty_village_load(struct tx *tx, const struct actor *actor, struct place village, struct duty_village *ret);
/* in->licence: of who goes there; empty: the adviser.  RC_INVALID with findings. */
enum rc duty_village_save(struct ctx *ctx, struct idem_key key, const struct duty_village *in, struct findings *findings);

struct duty_window { int64_t point; unsigned weekdays; int need, minutes; int64_t revision; };
enum rc duty_windows(struct tx *tx, const struct actor *actor, struct place county, struct duty_window *ret, size_t cap, size_t *ret_n);
/* need 0: no more. */
enum rc duty_window_save(struct ctx *ctx, struct idem_key key, const struct duty_window *in, struct findings *findings);

struct duty_away { int64_t id, provider; struct day from, to; bool sick; struct text reason; };
/* By the person (their account) or who plans their firm's county. */
enum rc duty_away_add(struct ctx *ctx, struct idem_key key, const struct duty_away *in, struct findings *findings);
enum rc duty_aways(struct tx *tx, const struct actor *actor, int64_t provider, struct day from, struct duty_away *ret, size_t cap,
    size_t *ret_n);

struct duty_pin {
	int64_t id;
	struct place county;
	int month;
	enum roster_pin_kind kind;
	int64_t provider, point;
	struct day day;
	struct place place;
	struct text why, provider_name, licence;
};
/* in->licence names the person.  RC_INVALID with findings ("licence", "day", "place", "why"). */
enum rc duty_pin_add(struct ctx *ctx, struct idem_key key, const struct duty_pin *in, struct findings *findings);
enum rc duty_pin_drop(struct ctx *ctx, struct idem_key key, struct place county, int64_t id);
enum rc duty_pins(struct tx *tx, const struct actor *actor, struct place county, int month, struct duty_pin *ret, size_t cap, size_t *ret_n);

/* ---- plans --------------------------------------------------------------------------------------------------- */

struct duty_plan {
	int64_t id;
	struct place county;
	int month, version;
	enum duty_state state;
	int64_t seed, hash, weights, objective, bound, by[ROSTER_COSTS];
	int64_t visits, seats, persons, open_visits, open_seats;
	bool stopped, calendar, est;
	int64_t account, at_ms, published_by, published_ms;
	struct day freeze;            /* DAY_NONE: not published */
	int64_t revision;
	struct text name, published_name;
};
struct duty_plan_new { struct place county; int month; int64_t seed; };
struct duty_made {
	int64_t id;
	int64_t pin_a, pin_b;         /* RC_REFUSED: these contradict (b 0: a alone can't hold) */
	enum roster_rule rule;
};
/*
 * Plan a month; nothing is locked meanwhile, and one is worked out at a time (RC_BUSY).  About a second a
 * county; bounded by steps, so that the same registers and seed give the same plan.
 * RC_REFUSED: pins; RC_INVALID with a finding: nothing to plan, or somebody has too many villages.
 */
enum rc duty_plan_make(struct ctx *ctx, struct idem_key key, const struct duty_plan_new *in, struct findings *findings,
    struct duty_made *ret);
/* By somebody else than who made it; the version before it is replaced.  RC_INVALID with a finding. */
enum rc duty_plan_publish(struct ctx *ctx, struct idem_key key, int64_t plan, int64_t revision, struct findings *findings);
enum rc duty_plan_load(struct tx *tx, const struct actor *actor, int64_t id, struct duty_plan *ret);
/* Of a county, the newest first; county 0: of all. */
enum rc duty_plan_list(struct tx *tx, const struct actor *actor, struct place county, struct duty_plan *ret, size_t cap, size_t *ret_n);
/* The published one of a month.  RC_NOT_FOUND. */
enum rc duty_plan_of(struct tx *tx, const struct actor *actor, struct place county, int month, struct duty_plan *ret);

struct duty_slot {
	int64_t plan;
	uint32_t slot;
	bool seat;
	struct place place;
	int64_t point;
	int nth, minutes;
	int64_t made_provider, provider; /* 0: open */
	struct day made_day, day;
	enum roster_rule why;
	int64_t revision, account;
	struct text name, firm;          /* of provider */
};
#define DUTY_SLOTS_MAX 3000
enum rc duty_slots(struct tx *tx, const struct actor *actor, int64_t plan, struct duty_slot *ret, size_t cap, size_t *ret_n);
enum rc duty_slot_load(struct tx *tx, const struct actor *actor, int64_t plan, uint32_t slot, struct duty_slot *ret);
/* Published, between two days, by day: of a person, of a point. */
enum rc duty_of_person(struct tx *tx, const struct actor *actor, int64_t provider, struct day from, struct day to, struct duty_slot *ret,
    size_t cap, size_t *ret_n);
enum rc duty_of_point(struct tx *tx, const struct actor *actor, int64_t point, struct day from, struct day to, struct duty_slot *ret,
    size_t cap, size_t *ret_n);
/* For everybody: who is on duty at a station or a village between two days, in a place on one; no phone, no reason. */
enum duty_whose { DUTY_OF_PERSON, DUTY_OF_STATION, DUTY_OF_VILLAGE };
struct duty_public {
	struct day day;
	struct text name, firm, instead_of; /* whom they stand in for; empty: nobody */
	struct place place;
	int64_t point;
	int kind, minutes;
	bool seat, away;                    /* away: they said they can't come, and nobody stands in yet */
};
enum rc duty_of_public(struct tx *tx, const struct actor *actor, enum duty_whose whose, int64_t id, struct day from, struct day to,
    struct duty_public *ret, size_t cap, size_t *ret_n);
enum rc duty_of_day_public(struct tx *tx, const struct actor *actor, struct place within, struct day day, struct duty_public *ret,
    size_t cap, size_t *ret_n);
/* Published visits of a place's month that are open, or whose person can't come. */
enum rc duty_gaps(struct tx *tx, const struct actor *actor, struct place within, int month, struct duty_slot *ret, size_t cap, size_t *ret_n);

struct duty_change {
	int64_t id, from_provider, to_provider, difference, at_ms;
	uint32_t slot;
	enum duty_change_kind kind;
	struct day from_day, to_day;
	struct text why, from_name, to_name, by;
};
enum rc duty_changes(struct tx *tx, const struct actor *actor, int64_t plan, struct duty_change *ret, size_t cap, size_t *ret_n);

/* ---- changing what is published ------------------------------------------------------------------------------- */

struct duty_candidate {
	int64_t provider, difference, by[ROSTER_COSTS];
	struct day day;
	struct text name;
	enum roster_rule blocked;
};
struct duty_choice {
	struct duty_plan plan;
	struct duty_slot slot;
	struct duty_candidate *v;     /* those that can first, the cheapest first; then the rest with their rule */
	size_t n, n_fine;
	uint32_t why[ROSTER_RULES];   /* how many each rule blocks */
};
/* Where this visit might go instead, as the plan stands now; whoever works in the county may stand in.  In ctx->mem. */
enum rc duty_candidates(struct ctx *ctx, int64_t plan, uint32_t slot, size_t most, struct duty_choice *ret);
/* Take one of them: RC_REFUSED with the rule when it can't be (any more). */
struct duty_move { int64_t plan; uint32_t slot; int64_t revision, provider; struct day day; struct text why; };
enum rc duty_move(struct ctx *ctx, struct idem_key key, const struct duty_move *in, struct findings *findings, enum roster_rule *ret_rule);

/* Somebody can't come from `from` to `to`: which visits would change?  In ctx->mem; nothing is stored. */
struct duty_moved { struct duty_slot slot; int64_t to; struct day day; struct text name; };
struct duty_sick { int64_t plan, provider; struct day from, to; struct text why; };
struct duty_repair { struct duty_moved *v; size_t n; int64_t difference, hash; };
enum rc duty_sick_try(struct ctx *ctx, const struct duty_sick *in, struct duty_repair *ret);
/* The same, taken: hash as it was shown, else RC_CONFLICT. */
enum rc duty_sick_take(struct ctx *ctx, struct idem_key key, const struct duty_sick *in, int64_t hash, struct findings *findings);

/* ---- colleagues who swap -------------------------------------------------------------------------------------------- */

/*
 * Whoever is on a published roster asks a colleague to take a visit, or to exchange it for one of theirs; the colleague
 * agrees, somebody who plans the county approves, and only then the roster changes.  Days stay as they are.  What a hard
 * rule forbids can't be asked, and is looked at again when it is approved.  On the day itself it is too late.
 */
enum duty_swap_state { SWAP_ASKED = 10, SWAP_AGREED = 20, SWAP_APPROVED = 30, SWAP_DECLINED = 40, SWAP_DENIED = 50, SWAP_WITHDRAWN = 60,
	SWAP_EXPIRED = 70, SWAP_OVERTAKEN = 80 };
enum duty_swap_step { SWAP_ASK, SWAP_AGREE, SWAP_DECLINE, SWAP_APPROVE, SWAP_DENY, SWAP_WITHDRAW, SWAP_EXPIRE, SWAP_OVERTAKE, SWAP_STEPS };
enum { SWAP_BY_ASKER = 1, SWAP_BY_COLLEAGUE = 2, SWAP_BY_PLANNER = 4, SWAP_BY_SYSTEM = 8 }; /* who is somebody to a swap: bits */
const char *duty_swap_state_label(enum duty_swap_state s); /* T() */
const char *duty_swap_step_label(enum duty_swap_step s);   /* T() */
bool duty_swap_is_open(enum duty_swap_state s);
/* May somebody who is all this take the step from there? */
bool duty_swap_may(enum duty_swap_state from, enum duty_swap_step step, unsigned by);
bool duty_swap_needs_words(enum duty_swap_step step);

struct duty_swap {
	int64_t id, plan, provider, with_provider, account, with_account, difference, at_ms, revision;
	struct place county;
	struct duty_slot slot, theirs;     /* as they are now, by place, point, seat and minutes; theirs.plan 0: it is given away */
	struct day day, with_day, until;   /* as they were when it was asked */
	enum duty_swap_state state;
	struct text why, name, with_name;
};
struct duty_swap_done { enum duty_swap_step step; struct text words, by; int64_t at_ms; };
#define DUTY_SWAP_STEPS_MAX 8

/* What the actor, whose slot this is, can ask: with 0 every colleague for this day, else what that one has in return.
 * Those who can be asked first, of them those that can come, the cheapest first.  In ctx->mem. */
struct duty_offer { int64_t provider, difference; enum roster_rule blocked; bool reachable; struct text name; struct duty_slot theirs; };
struct duty_offers { struct duty_plan plan; struct duty_slot slot; struct duty_offer *v; size_t n; };
enum rc duty_swap_offers(struct ctx *ctx, int64_t plan, uint32_t slot, int64_t with, struct duty_offers *ret);
struct duty_swap_new { int64_t plan; uint32_t slot; int64_t revision /* of the slot */, with; int64_t theirs /* -1: none */; struct text why; };
/* RC_REFUSED with the rule; RC_INVALID with findings ("to", "why", ""). */
enum rc duty_swap_ask(struct ctx *ctx, struct idem_key key, const struct duty_swap_new *in, struct findings *findings,
    enum roster_rule *ret_rule, int64_t *ret_id);
/* What the actor may do is said by duty_swap_may().  RC_REFUSED with the rule: it can't be approved. */
enum rc duty_swap_take(struct ctx *ctx, struct idem_key key, int64_t id, int64_t revision, enum duty_swap_step step, struct text words,
    struct findings *findings, enum roster_rule *ret_rule);
/* What it would cost, and what forbids it, as the month is now. */
enum rc duty_swap_price(struct ctx *ctx, const struct duty_swap *w, enum roster_rule *ret_rule, int64_t *ret_difference);
/* RC_NOT_FOUND: neither one's own nor to be decided. */
enum rc duty_swap_load(struct tx *tx, const struct actor *actor, int64_t id, struct duty_swap *ret);
unsigned duty_swap_who(const struct actor *actor, const struct duty_swap *w);
enum rc duty_swap_steps(struct tx *tx, const struct actor *actor, int64_t id, struct duty_swap_done *ret, size_t cap, size_t *ret_n);
/* Asked by or of a person; of the counties the actor plans: the newest first. */
enum rc duty_swaps_of(struct tx *tx, const struct actor *actor, int64_t provider, struct duty_swap *ret, size_t cap, size_t *ret_n);
enum rc duty_swaps_to_decide(struct tx *tx, const struct actor *actor, bool open, struct duty_swap *ret, size_t cap, size_t *ret_n);
/* What has come to its day.  System; *ret_n: ended. */
enum rc duty_swap_expire(struct ctx *ctx, int64_t *ret_n);

/* ---- as a calendar ---------------------------------------------------------------------------------------------------- */

/*
 * Published duty from a day on, for calendars that are read again and again: what stands now, and as cancelled what stood there
 * and is gone (moved to somebody else, dropped by a new version).  A visit is known by month, place and number, a seat by its
 * day as well; its sequence grows with every change.  For everybody: no phone, no reason.
 */
struct duty_turn {
	int month, nth, minutes;
	bool seat, cancelled;
	struct place place;
	int64_t point, sequence;
	struct day made_day /* of a seat */, day;
	struct text name, firm;            /* who comes now */
};
enum rc duty_turns(struct tx *tx, const struct actor *actor, enum duty_whose whose, int64_t id, struct day from, struct duty_turn *ret,
    size_t cap, size_t *ret_n);

/* A stored plan against its own input: does the validator still say the same?  System. */
struct duty_checked { int64_t plan; bool input, hash, rules, price; };
enum rc duty_plan_check(struct ctx *ctx, int64_t plan, struct duty_checked *ret);

extern const struct db_set duty_sql;
