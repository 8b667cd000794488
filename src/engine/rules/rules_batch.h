/*
 * rules_batch: what do the rules say of a whole population?  The same meaning as rules_eval.h, worked
 * out column by column in blocks of rows, without a trace: for each row a value, its state, and for a
 * failure the parameter without a value.  Also where the answer of each row turns when one entry of
 * one parameter grows (break-even), from which a curve over thousands of values is one pass.
 *
 * A population keeps one column per input at the narrowest width its declared bounds allow, a bitmap
 * of missing values only where some are, and nothing for an input nobody set (missing, or its preset
 * value).  Lists are ragged: a count per row, the fields item after item.
 *
 * Everything lives in the caller's arenas.  A plan and a filled population are only read by a run, so
 * threads may share them, each with rows and an arena of its own.  Pure.
 */
#pragma once

#include "engine/rules/rules_eval.h"

#define RULES_LIST_NOT_GIVEN 255 /* as the count of a row's items */
#define RULES_WANT_CONFLICT (-1) /* instead of a step: 1 where the facts contradict each other */
#define RULES_GRID_MAX 65535

struct rules_population;
struct rules_plan;

/* n rows of which nothing is known.  RC_NO_MEMORY past the arena's bound. */
enum rc rules_population_new(struct arena *mem, const struct rules *r, size_t n, struct rules_population **ret);
size_t rules_population_rows(const struct rules_population *p);
/* Bytes of all columns, as they are kept. */
size_t rules_population_bytes(const struct rules_population *p);

/*
 * Values of the rows from..from+n−1 of an input that stands in no list.  missing may be NULL: all are
 * given; else non-zero marks a value nobody gave.  RC_INVALID outside the input's bounds, with
 * *ret_bad (NULL is fine) the first such place; the rows before it are set.
 */
enum rc rules_population_set(struct rules_population *p, int input, size_t from, size_t n, const int64_t *value,
    const uint8_t *missing, size_t *ret_bad);
/* How many items each row has, all rows at once and once; RC_INVALID past the list's `most`. */
enum rc rules_population_list(struct rules_population *p, int list, const uint8_t *count, size_t *ret_bad);
/* Items of all rows end to end, known after rules_population_list(). */
size_t rules_population_items(const struct rules_population *p, int list);
/* Likewise for a field: items from..from+n−1. */
enum rc rules_population_field(struct rules_population *p, int field, size_t from, size_t n, const int64_t *value,
    const uint8_t *missing, size_t *ret_bad);

/*
 * The column code for the wanted steps, which stand in no list (RC_NOT_FOUND otherwise).  RC_TOO_LARGE
 * when the code would grow past a bound that only a package written for it reaches.
 */
enum rc rules_plan_new(struct arena *mem, const struct rules *r, const int *want, size_t n_want,
    const struct rules_plan **ret);

/* Another value of one entry for each row, as rules_with_value() has it for all; within the parameter's bounds. */
struct rules_override { int parameter, entry; const int64_t *value; /* by row, from `from` on */ };

/* One per wanted step, by row, from `from` on; any pointer may be NULL. */
struct rules_column {
	int64_t *n;        /* missing: 0; failed: the day it was asked for */
	uint8_t *state;    /* see below */
	int16_t *culprit;  /* the parameter without a value, or −1 */
};

static inline enum rules_state
rules_column_state(uint8_t s)
{
	return (enum rules_state)(s & 3);
}

static inline enum rules_failure
rules_column_failure(uint8_t s)
{
	return (enum rules_failure)(s >> 2);
}

/*
 * Rows from..to−1.  override may be NULL.  RC_NO_MEMORY past the arena's bound: a run needs 2.5 KB for
 * each register of the plan, rules_plan_bytes() in all.
 */
enum rc rules_batch_run(struct arena *mem, const struct rules_plan *plan, const struct rules_population *p, size_t from,
    size_t to, const struct rules_override *override, const struct rules_column *out);
size_t rules_plan_bytes(const struct rules_plan *plan);

/*
 * Where the outcome of each row turns while the entry takes the values of a growing grid.  The plan's
 * first wanted step has the outcome: it is known and equals `wanted`.
 */
struct rules_turn {
	int parameter, entry;
	int64_t wanted;
	const int64_t *grid; size_t n_grid; /* growing, at most RULES_GRID_MAX */
	bool rising;     /* the outcome begins to hold at the turn; else it ends there */
	int checks;      /* values of the grid every row is worked out again for, spread over it */
};
struct rules_turned { size_t n_not_monotone, first_not_monotone; };

/*
 * turn[row − from]: the first index of the grid from which on the outcome holds (falling: does not hold);
 * n_grid when there is none.  Rows that turn the other way, or that a check finds different, are counted;
 * theirs is not to be relied on.
 */
enum rc rules_breakeven(struct arena *mem, const struct rules_plan *plan, const struct rules_population *p, size_t from,
    size_t to, const struct rules_turn *t, uint16_t *turn, struct rules_turned *ret);
/* count[i]: rows of which the outcome holds at grid value i.  Takes 1 MB of the arena for a while. */
enum rc rules_curve(struct arena *mem, const uint16_t *turn, size_t n, size_t n_grid, bool rising, uint64_t *count);
