/*
 * circle_synth: a made-up network of ways for demonstrations and benchmarks, always labelled
 * 示范路网.  Streets on a shaken lattice over the real counties, the big lakes left out, in four
 * classes (expressway, main, secondary, lane), bridges where a main road meets narrow water, some
 * streets missing and some one-way.  All of it, lengths included, is integer arithmetic on the seed:
 * the same seed gives the same network everywhere.
 *
 * Made for a city of Suzhou's outlines: about 214,000 nodes.  `grain` widens the cells so many times
 * (1 to 8): a rough city for tests, 4 has about 13,000.
 */
#pragma once

#include "engine/route/route.h"

#define CIRCLE_SYNTH_LABEL "示范路网"

struct circle_links {
	const struct route_point *at;
	uint32_t n;
	const struct route_link *link;
	uint32_t m;
};

/* RC_OK, RC_NO_MEMORY.  The network lies in mem. */
enum rc circle_synth(struct arena *mem, struct arena *spare, uint64_t seed, unsigned grain,
    struct circle_links *ret);

/*
 * A country for benchmarks: side × side crossings about 720 m apart with a gap here and there, no water, no names.
 * 4,100 a side are 16 million nodes.  Places anywhere in it, `which` telling one kind from another.  RC_TOO_LARGE.
 */
#define CIRCLE_COUNTRY_SIDE_MAX 4400
enum rc circle_synth_country(struct arena *mem, struct arena *spare, uint64_t seed, uint32_t side,
    struct circle_links *ret);
void circle_synth_country_places(uint64_t seed, uint32_t side, uint64_t which, uint32_t n, struct route_point *ret);

/*
 * Villages with a position, and points of service: `n_points` of the villages and towns, some
 * hundred metres off.
 */
/* weight: people, or 1 each. */
struct circle_place { int64_t code; struct text name; struct route_point at; int64_t weight; };
struct circle_places { const struct circle_place *v; uint32_t n; };
enum rc circle_synth_places(struct arena *mem, uint64_t seed, uint32_t n_points,
    struct circle_places *ret_villages, struct circle_places *ret_points);
