/*
 * judge_reach: of a population, whom would a draft of the rules reach, and how many would be granted while one value
 * grows?  Worked out in columns, a piece of the population after the other, so that a city needs no more room than a
 * piece.  Pure but for memory.
 */
#pragma once

#include "engine/rules/rules_batch.h"

#define JUDGE_PIECE 65536        /* rows */
#define JUDGE_PLACES_MAX 64
#define JUDGE_GROUPS_MAX 16
#define JUDGE_GRID_MAX 4000

/*
 * Rows from..from+n−1 (n ≤ JUDGE_PIECE) as facts of `r`, in mem; place (< JUDGE_PLACES_MAX) and groups (bits) of each,
 * the same whatever `r`.
 */
struct judge_people {
	uint64_t n;
	enum rc (*make)(void *arg, struct arena *mem, const struct rules *r, uint64_t from, size_t n,
	    struct rules_population **ret, uint8_t *place, uint16_t *groups);
	void *arg;
};

/* was, is: granted before and after; open: the draft cannot tell, or leaves it to a person. */
struct judge_tally { int64_t n, was, is, gains, loses, other, open; };
struct judge_reach {
	struct judge_tally all, place[JUDGE_PLACES_MAX], group[JUDGE_GROUPS_MAX];
	int64_t left_out;            /* facts that contradict each other */
};
/* RC_TOO_LARGE: the column code of one of the two would grow past its bound. */
enum rc judge_reach(const struct rules *before, const struct rules *after, const struct judge_people *p,
    struct judge_reach *ret);

/* The outcome that gives most; −1: the package grants nothing. */
int64_t judge_best(const struct rules *r);

/* A grid of values for one entry of one parameter; growing. */
struct judge_grid { int parameter, entry; const int64_t *value; size_t n; };
/*
 * ret_count[i]: rows with the best outcome at value i.  By break-even where each row turns once, either way; value by
 * value for a piece where some row turns more often (*ret_slow pieces).  RC_NOT_FOUND: nothing is granted.
 */
enum rc judge_curve(const struct rules *r, const struct judge_people *p, const struct judge_grid *g, uint64_t *ret_count,
    int *ret_slow);
