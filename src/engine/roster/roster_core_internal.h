/*
 * roster_core: persons walk through automata day by day and meet in rows.  The one problem that the
 * months of a county and the rosters of nurses are made into.
 *
 * Each day a person takes one option: it costs something, feeds a letter to the person's automaton and
 * uses rows.  Where the automaton stands at the end costs something.  A row is used as often as it needs,
 * less at a price, more at a price or never.  The price of a plan is the sum of all that.
 */
#pragma once

#include "base/arena.h"

#define CORE_NEVER INT32_MAX                     /* a price that is not paid: it may not be */
#define CORE_FAR (INT64_C(1) << 60)
#define CORE_SCALE 256                           /* multipliers are in 1 / CORE_SCALE points */
#define CORE_COST_MAX (INT64_C(1) << 40)

struct core_row { int32_t need, under, over; };  /* under, over: of each one that lacks, that is too many */
struct core_use { uint32_t row; int32_t amount; };
struct core_option { int32_t cost; uint32_t letter, use, n_use; };
struct core_person {
	uint32_t n_states, n_letters;
	const uint32_t *next;                    /* [letter * n_states + state]; n_states: may not */
	const int64_t *final;                    /* of each state; CORE_FAR: may not */
	const uint32_t *first;                   /* n_days + 1, into core.option */
	const uint32_t *reach;                   /* n_days + 1: before day d only states below reach[d] are met */
};
struct core {
	uint32_t n_persons, n_days, n_rows, n_options;
	uint32_t states_max, letters_max;
	const struct core_person *person;
	const struct core_row *row;
	const struct core_option *option;
	const struct core_use *use;
};

/*
 * An automaton by its step: what a state turns into with a letter (false: it may not), and what it costs to
 * end in it, times CORE_SCALE.  Keys are compared byte by byte: no padding.  ret->first is set by the caller.
 * RC_TOO_LARGE past a million states.
 */
#define CORE_KEY_MAX 64u
struct core_grow {
	size_t key_bytes;
	uint32_t n_letters;
	const void *arg, *start;
	bool (*step)(const void *arg, uint32_t letter, const void *from, void *to);
	int64_t (*final)(const void *arg, const void *state);
};
enum rc core_grow(struct arena *spare, const struct core_grow *g, const struct core_option *option, uint32_t n_days,
    struct core_person *ret);

struct core_dice { uint64_t s; };
static inline uint32_t
core_draw(struct core_dice *d, uint32_t below)
{
	d->s = d->s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((d->s >> 32) * below >> 32);
}

/* Scratch of a walk. */
struct core_walk {
	int64_t *value;                          /* [day * (states_max + 1) + state]: least price from here on */
	int64_t *letter;                         /* of each letter of a day: its least weight */
	uint32_t *by;                            /* and the option that has it */
	int64_t *weight;                         /* of each option; CORE_FAR: not to be taken */
};
enum rc core_walk_new(struct arena *spare, const struct core *c, struct core_walk *ret);
/* Fills value[] for person i from weight[]; the least price, or CORE_FAR or more: there is none. */
int64_t core_walk_values(const struct core *c, struct core_walk *w, uint32_t i);
/* The walk that has it: an option for each day. */
void core_walk_take(const struct core *c, struct core_walk *w, uint32_t i, uint32_t *ret_option);

/* Price of `count` uses of a row. */
static inline int64_t
core_row_cost(const struct core_row *r, int64_t count)
{
	if (count <= r->need)
		return (r->need - count) * r->under;
	return r->over == CORE_NEVER ? CORE_FAR : (count - r->need) * r->over;
}

struct core_limits {
	uint32_t steps, tries, rounds, nodes;    /* rounds: the first of so many tries, each next of twice as many; steps, tries 0: what takes a second or so */
	bool (*stop)(void *arg);
	void *arg;
	uint32_t sweeps;                         /* of a stretch of the bound; 0: 6 */
	uint32_t sweeps_master;                  /* of the master program; 0: none is made */
};

/* One plan and the counts that go with it. */
struct core_plan {
	uint32_t *option;                        /* [person * n_days + day] */
	int64_t *own;                            /* of each person: options and end */
	int32_t *count;                          /* of each row */
	int64_t cost;
};

struct core_result {
	uint32_t *option;
	int64_t cost, bound;
	bool stopped;
	uint32_t steps, tries, nodes;
	uint32_t stuck;                          /* RC_REFUSED: a person without any walk */
};

struct core_master;
struct core_run {
	const struct core *c;
	struct core_master *master;              /* NULL: too many rows for one */
	struct core_walk walk;
	struct core_dice dice;
	struct core_limits limits;
	int64_t *price;                          /* multipliers of the best bound */
	int64_t bound_scaled;
	struct core_plan now, best;
	uint32_t *first_of_row, *person_of_row;  /* who can use a row: whom it costs least comes first */
	uint32_t *lively, n_lively;              /* rows that have a price */
	int32_t *uses;                           /* [person * n_rows + row]: how often, in now */
	uint32_t *picked, *old;                  /* scratch of a try */
	int64_t *noise;
	uint8_t *in;
	uint32_t states_many;                    /* so many are many */
	struct core_result *ret;
};

/* Has the caller said stop?  Then the result is marked. */
bool core_stopped(struct core_run *run);
/* The bound: from price, which it fills, with bound_scaled.  upper: price of some plan.  fine: price is near. */
enum rc core_bound(struct core_run *run, struct arena *spare, int64_t upper, bool fine);
int64_t core_bound_of(const struct core_run *run);
/* The bound that any prices give: the least sum of all months at them, in 1 / CORE_SCALE. */
int64_t core_relaxed(struct core_run *run, const int64_t *price);
/* Weights of person i's options by multipliers. */
void core_priced(const struct core *c, struct core_walk *w, uint32_t i, const int64_t *price);
/* Orders person_of_row by what each would lose by using the row, at the prices of the bound. */
enum rc core_rank(struct core_run *run, struct arena *spare);
/* A first plan, at the prices, which an auction may find first; and better ones. */
enum rc core_plan_first(struct core_run *run, bool by_auction);
void core_search(struct core_run *run, uint32_t tries);
/*
 * The master: months that are known so far as columns of a linear program, which says what the rest should
 * cost; whatever month is cheaper than that comes in (column generation: Gilmore and Gomory, Operations
 * Research 1961).  Ends at the bound of all months together.  Needs a plan and some prices; makes both better.
 */
enum rc core_master_new(struct core_run *run, struct arena *spare);
void core_master_climb(struct core_run *run, uint32_t sweeps);
/* Closes the gap by enumeration, if the nodes last. */
enum rc core_close(struct core_run *run, struct arena *spare);
/* What a person's month costs by itself. */
int64_t core_own_cost(const struct core *c, uint32_t i, const uint32_t *option);
/* Price of a whole plan from nothing; CORE_FAR when it is none. */
int64_t core_cost(const struct core *c, const uint32_t *option, int32_t *count);

/* All of it.  RC_REFUSED: somebody has no walk at all (ret->stuck). */
enum rc core_solve(struct arena *mem, struct arena *spare, const struct core *c, uint64_t seed,
    struct core_limits limits, struct core_result *ret);
