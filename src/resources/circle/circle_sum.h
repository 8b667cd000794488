/*
 * circle_sum: verdicts of villages added up: how many villages and people are inside, why the others
 * are not, and how evenly it is spread.  Pure.
 */
#pragma once

#include "base/arena.h"
#include "engine/route/route.h"
#include "resources/circle/circle_class.h"

struct circle_verdict {
	enum circle_class class;
	uint32_t point;          /* nearest open, else nearest; ROUTE_NONE */
	uint32_t low, high;      /* ms to it; ROUTE_NEVER */
	uint32_t open_high;      /* ms to the nearest that is open, at most; ROUTE_NEVER */
};

/* Parts of a thousand, rounded half up; -1 of nothing. */
int64_t circle_share(int64_t part, int64_t whole);

/* weight: people, or 1 each where somebody's are not known. */
struct circle_count { int64_t villages, weight; };
struct circle_sum {
	struct circle_count all, of[CIRCLE_CLASSES];
	struct circle_count rural, rural_in, urban, urban_in;
	int64_t in_permille, rural_permille, urban_permille; /* of the weight; -1: nobody */
	int64_t gini_permille;   /* of the minutes to the nearest open point, the far ones as 60; -1 */
	int64_t p90_seconds;     /* nine tenths reach one within this; 3600: or more */
};

struct circle_counted { int64_t weight; bool rural; };
/* v and who in step.  spare: 16 bytes a village. */
enum rc circle_sum_up(struct arena *spare, const struct circle_verdict *v, const struct circle_counted *who, uint32_t n,
    struct circle_sum *ret);
