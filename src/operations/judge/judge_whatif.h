/*
 * judge_whatif: whom would a draft of the rules reach, of those whose cases were judged?  Figures open to nothing
 * personal: a cell of few people is not told.
 */
#pragma once

#include "operations/judge/judge.h"

#define JUDGE_PAST_MAX 5000      /* the newest */
#define JUDGE_PAST_DAYS 365
#define JUDGE_COUNTIES_MAX 40
#define JUDGE_SMALL 5            /* fewer people than this are not told apart */

struct judge_past { struct text input; struct place county; };
/* Facts of decisions kept with cases of the actor's jurisdiction, newest first. */
enum rc judge_past_load(struct tx *tx, const struct actor *actor, struct text package, int64_t since_ms,
    struct judge_past *ret, size_t cap, size_t *ret_n);

enum judge_what { JUDGE_ALL, JUDGE_GAINS, JUDGE_LOSES, JUDGE_OTHER, JUDGE_WHAT_COUNT };
struct judge_county { struct place county; int n[JUDGE_WHAT_COUNT]; }; /* code 0: not of one county */
struct judge_whatif {
	struct judge_county v[JUDGE_COUNTIES_MAX]; /* by code */
	size_t n;
	int left_out;                /* facts that one of the two refuses */
};
/* Both judge with the facts' own day of law, or `change` where that is later.  Pure but for memory. */
enum rc judge_whatif(const struct rules *before, const struct rules *after, struct day change, const struct judge_past *v,
    size_t n, struct judge_whatif *ret);
/* How good an answer is for who asks, 3 best; 0 for all where answers cannot be ranked (a day, an amount). */
int judge_rank(const struct rules *r, enum rules_state state, int64_t n);
/* A figure as it may be shown: "<5" for 1 to 4. */
struct text judge_cell(struct arena *mem, int n);
/* Of all counties; "≥12" where a cell is hidden. */
struct text judge_sum(struct arena *mem, const struct judge_whatif *w, enum judge_what what);

extern const struct db_set judge_sql;
