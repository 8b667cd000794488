/*
 * policy_city: a made-up city of households (示范家庭), to ask what a change of the rules would do where no file of
 * real ones is at hand.  No statistics: every share and every income in policy_city.c is an assumption, and whatever
 * shows a figure that comes of it says so.
 *
 * Household i of a seed is the same on every machine: whole numbers only, and each is drawn by itself, so that any
 * piece of the city can be made alone.  Nothing is stored.  Pure but for memory.
 */
#pragma once

#include "base/place.h"
#include "engine/rules/rules_batch.h"

#define POLICY_CITY_HOUSEHOLDS 5900000
#define POLICY_CITY_COUNTIES 10

/* A household belongs to several at once. */
enum policy_group { POLICY_URBAN, POLICY_RURAL, POLICY_ALONE, POLICY_TWO, POLICY_THREE, POLICY_MORE, POLICY_ELDERLY,
	POLICY_DISABLED, POLICY_MIGRANT, POLICY_GROUP_COUNT };
const char *policy_group_label(enum policy_group g); /* T() */

struct policy_county { struct place place; const char *name; /* Chinese */ };
extern const struct policy_county policy_counties[POLICY_CITY_COUNTIES];

struct policy_household {
	uint8_t county;              /* index */
	uint16_t groups;             /* 1 << enum policy_group */
	uint8_t persons;
	uint8_t age;                 /* of who asks */
	int64_t income, own;         /* fen in twelve months: all of them, who asks */
	uint8_t status, matter;      /* index of policy_city.c's lists */
	bool proof, opponent, engaged;
};
struct policy_household policy_household(uint64_t seed, uint64_t i);

/* Can these rules be asked of the city?  False: *ret_lacks is the first fact its households do not have. */
bool policy_city_fits(const struct rules *r, struct text *ret_lacks);
/*
 * The households from..from+n−1 as a population of n rows who all ask on `day`, with county and groups of each.
 * RC_NOT_FOUND when the rules do not fit.
 */
enum rc policy_city_make(struct arena *mem, const struct rules *r, uint64_t seed, uint64_t from, size_t n, struct day day,
    struct rules_population **ret, uint8_t *county, uint16_t *groups);
