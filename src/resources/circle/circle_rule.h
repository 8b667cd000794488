/*
 * circle_rule: is a village inside the circle, and is the city served evenly?  Values in, verdict
 * out; all in integers, so that a stored figure is made again to the last digit.
 *
 * Sources: Gini 1912 as a ratio of mean differences, with weights; the 90th centile is the least time
 * that nine tenths of the weight do not pass.
 */
#pragma once

#include "engine/route/route.h"
#include "resources/circle/circle.h"

/* What is known of a village for one mode: least times to any point, to one that is open with somebody there, and to one whose
 * door is open, whoever is there. */
struct circle_known {
	bool has_position, on_network;
	uint32_t any_low, any_high;    /* ms; the two are equal on a network; ROUTE_NEVER: none in sight */
	uint32_t open_low, open_high;
	uint32_t door_low, door_high;
};
/* limit in ms: reached in exactly that time is within. */
enum circle_class circle_judge(const struct circle_known *k, uint32_t limit);

struct circle_weighed { uint32_t seconds; int64_t weight; };
#define CIRCLE_WEIGHT_MAX INT64_C(40000000) /* of all together: seconds × weight² stays in 63 bits */
#define CIRCLE_SECONDS_MAX 3600
/* Both sort v.  Permille; -1: no weight, or past the bounds. */
int64_t circle_gini(struct circle_weighed *v, size_t n);
/* Seconds; -1: no weight. */
int64_t circle_centile90(struct circle_weighed *v, size_t n);
