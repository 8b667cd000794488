#include <math.h>

#include "standards/region/region_internal.h"

#define TRIES 4000          /* to hit land inside an outline; the narrowest county takes a few dozen */
#define TOWN_CANDIDATES 24  /* best of these: spreads towns like a Poisson disc */
#define VILLAGE_CANDIDATES 40

/* splitmix64: one stream per division, so that a new village moves none of the others. */
struct dice { uint64_t s; };

static uint64_t
dice_next(struct dice *d)
{
	uint64_t z = (d->s += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static int64_t
dice_between(struct dice *d, int64_t lo, int64_t hi)
{
	return lo + (int64_t)(dice_next(d) % (uint64_t)(hi - lo + 1));
}

struct box { int64_t west, east, south, north; };

static struct box
box_of(struct geo_ring ring)
{
	struct box b = { INT64_MAX, INT64_MIN, INT64_MAX, INT64_MIN };

	for (size_t i = 0; i < ring.n; i++) {
		struct geo g = ring.points[i];

		b.west = g.lon_e6 < b.west ? g.lon_e6 : b.west;
		b.east = g.lon_e6 > b.east ? g.lon_e6 : b.east;
		b.south = g.lat_e6 < b.south ? g.lat_e6 : b.south;
		b.north = g.lat_e6 > b.north ? g.lat_e6 : b.north;
	}
	return b;
}

static bool
is_land(struct geo_ring ring, struct geo g)
{
	return geo_ring_has(ring, g) && !region_is_lake(g);
}

/* Some land of the county; the ring's first point when none was hit. */
static struct geo
land_anywhere(struct geo_ring ring, struct box b, struct dice *dice)
{
	for (int i = 0; i < TRIES; i++) {
		struct geo g = { dice_between(dice, b.west, b.east), dice_between(dice, b.south, b.north), GEO_ESTIMATE };

		if (is_land(ring, g))
			return g;
	}
	return ring.points[0];
}

static int64_t
nearest_m(const struct division *v, size_t n, enum place_level level, struct geo g)
{
	int64_t best = INT64_MAX;

	for (size_t i = 0; i < n; i++) {
		int64_t m = v[i].level == level ? geo_distance_m(v[i].position, g) : INT64_MAX;

		best = m < best ? m : best;
	}
	return best;
}

/* How much room a place has: metres to the nearest town so far, or twice those to the border. */
static int64_t
room_m(struct geo_ring ring, const struct division *before, size_t n, struct geo g)
{
	int64_t best = nearest_m(before, n, PLACE_TOWN, g);

	for (size_t i = 0; i < ring.n; i++) {
		int64_t m = 2 * geo_distance_m(ring.points[i], g);

		best = m < best ? m : best;
	}
	return best;
}

/* Mitchell's best candidate: of some random places the one with most room. */
static struct geo
town_position(struct geo_ring ring, struct box b, const struct division *before, size_t n, struct dice *dice)
{
	struct geo best = land_anywhere(ring, b, dice);
	int64_t best_m = room_m(ring, before, n, best);

	for (int i = 1; i < TOWN_CANDIDATES; i++) {
		struct geo g = land_anywhere(ring, b, dice);
		int64_t m = room_m(ring, before, n, g);

		if (m > best_m) {
			best = g;
			best_m = m;
		}
	}
	return best;
}

/* About the town, denser towards it (the sum of two dice), and nearer to it than to any other town. */
static struct geo
village_position(struct geo_ring ring, const struct division *county, size_t n, struct geo town,
    int64_t reach_e6, struct dice *dice)
{
	struct geo land = town;

	for (int i = 0; i < VILLAGE_CANDIDATES; i++) {
		int64_t dx = dice_between(dice, -reach_e6, reach_e6) + dice_between(dice, -reach_e6, reach_e6);
		int64_t dy = dice_between(dice, -reach_e6, reach_e6) + dice_between(dice, -reach_e6, reach_e6);
		struct geo g = { town.lon_e6 + dx, town.lat_e6 + dy * 6 / 7, GEO_ESTIMATE }; /* cos 31° */

		if (!is_land(ring, g))
			continue;
		if (geo_distance_m(town, g) <= nearest_m(county, n, PLACE_TOWN, g))
			return g;
		land = g;
	}
	return land;
}

/* Half of the side of the square a town would have, in degrees * 1e6. */
static int64_t
town_reach_e6(struct geo_ring ring, const struct division *county, size_t n)
{
	size_t towns = 0;

	for (size_t i = 0; i < n; i++)
		towns += county[i].level == PLACE_TOWN;
	return (int64_t)(sqrt(geo_ring_area_m2(ring) / (double)(towns == 0 ? 1 : towns)) / 2 / 0.0954);
}

static struct geo
town_of(const struct division *v, size_t n, struct place town, struct geo otherwise)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].place.code == town.code && !geo_is_none(v[i].position))
			return v[i].position;
	return otherwise;
}

/* The middle of its villages, or what town is nearest when that is water. */
static struct geo
county_position(struct geo_ring ring, const struct division *v, size_t n, struct geo otherwise)
{
	struct geo middle = { 0, 0, GEO_ESTIMATE }, best = otherwise;
	int64_t villages = 0, best_m = INT64_MAX;

	for (size_t i = 0; i < n; i++) {
		if (v[i].level != PLACE_VILLAGE)
			continue;
		middle.lon_e6 += v[i].position.lon_e6;
		middle.lat_e6 += v[i].position.lat_e6;
		villages++;
	}
	if (villages == 0)
		return otherwise;
	middle.lon_e6 /= villages;
	middle.lat_e6 /= villages;
	if (is_land(ring, middle))
		return middle;
	for (size_t i = 0; i < n; i++) {
		int64_t m = v[i].level == PLACE_TOWN ? geo_distance_m(middle, v[i].position) : INT64_MAX;

		if (m < best_m) {
			best_m = m;
			best = v[i].position;
		}
	}
	best.datum = GEO_ESTIMATE;
	return best;
}

/* One county, its own row first: its towns, its villages, then itself. */
static void
estimate_county(struct division *v, size_t n, struct geo_ring ring, uint64_t seed)
{
	struct box b = box_of(ring);
	struct dice own = { seed ^ (uint64_t)v[0].place.code };
	struct geo somewhere = land_anywhere(ring, b, &own);
	int64_t reach = town_reach_e6(ring, v, n);

	for (size_t i = 0; i < n; i++) {
		struct dice dice = { seed ^ (uint64_t)v[i].place.code };

		if (v[i].level == PLACE_TOWN && geo_is_none(v[i].position))
			v[i].position = town_position(ring, b, v, i, &dice);
	}
	for (size_t i = 0; i < n; i++) {
		struct dice dice = { seed ^ (uint64_t)v[i].place.code };

		if (v[i].level == PLACE_VILLAGE && geo_is_none(v[i].position))
			v[i].position = village_position(ring, v, n, town_of(v, i, v[i].parent, somewhere), reach, &dice);
	}
	if (geo_is_none(v[0].position))
		v[0].position = county_position(ring, v, n, somewhere);
}

void
region_estimate(struct division *v, size_t n, uint64_t seed)
{
	size_t i = 0;

	while (i < n) {
		struct place county = place_up(v[i].place, PLACE_COUNTY);
		const struct region_outline *o = region_outline(county);
		size_t end = i + 1;

		while (end < n && place_up(v[end].place, PLACE_COUNTY).code == county.code)
			end++;
		if (o != NULL && v[i].level == PLACE_COUNTY)
			estimate_county(&v[i], end - i, o->ring, seed);
		i = end;
	}
	for (i = 0; i < n; i++) /* the city: in the middle of its old town */
		if (v[i].level == PLACE_CITY && geo_is_none(v[i].position))
			for (size_t j = 0; j < n; j++)
				if (v[j].place.code == v[i].place.code + INT64_C(8000000))
					v[i].position = v[j].position;
}

bool
region_code_is_rural(struct place p)
{
	int64_t part = p.code % 1000;

	return (part >= 200 && part <= 399) || (part >= 500 && part <= 599);
}
