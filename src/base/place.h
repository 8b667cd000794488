/*
 * place: where in the country?  A 12-digit division code as a number (GB/T 2260 + 10114: province 2,
 * city 2, county 2, town 3, village 3).  A place with trailing zeros stands for all that lies in it.
 * Pure.
 */
#pragma once

#include "base/text.h"

enum place_level { PLACE_NONE, PLACE_PROVINCE, PLACE_CITY, PLACE_COUNTY, PLACE_TOWN, PLACE_VILLAGE };

struct place { int64_t code; };
struct place_range { int64_t lo, hi; }; /* inclusive; lo > hi holds nothing */

#define PLACE_RANGE_EMPTY ((struct place_range){ 1, 0 })

enum rc place_parse(struct text t, struct place *ret); /* 2, 4, 6, 9 or 12 digits */
enum place_level place_level(struct place p);
struct place place_up(struct place p, enum place_level level); /* ancestor (or itself) at that level */
struct place_range place_range(struct place p);
bool place_range_has(struct place_range r, struct place p);
int64_t place_city4(struct place p); /* 3205 */
