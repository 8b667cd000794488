#include <string.h>

#include "resources/circle/circle_synth.h"
#include "standards/region/region.h"

#define CITY 3205
#define STEP_X 1880            /* a lattice cell, in 1e-6 degree: about 179 m each way */
#define STEP_Y 1615
#define SHAKE 36               /* a node lies within so many hundredths of a cell of its place */
#define BRIDGE_CELLS 44        /* a main road goes over water up to 8 km wide */

enum class { LANE, SECONDARY, MAIN, EXPRESSWAY };

/* km/h; 0: closed to the mode. */
static const uint32_t speed[][ROUTE_MODES] = {
	[LANE] = { [ROUTE_CAR] = 25, [ROUTE_EBIKE] = 18, [ROUTE_FOOT] = 5 },
	[SECONDARY] = { [ROUTE_CAR] = 40, [ROUTE_EBIKE] = 20, [ROUTE_FOOT] = 5 },
	[MAIN] = { [ROUTE_CAR] = 55, [ROUTE_EBIKE] = 20, [ROUTE_FOOT] = 5 },
	[EXPRESSWAY] = { [ROUTE_CAR] = 90 },
};

struct lattice {
	uint64_t seed;
	int64_t west, south;          /* 1e-6 degree */
	int64_t nx, ny;
	int64_t grain, step_x, step_y;
	uint32_t *node;               /* of each crossing: its node + 1, or 0: water or another city */
	struct route_point *at;
	uint32_t n;
	struct route_link *link;
	uint32_t m, room;
};

/* splitmix64 of a place and a purpose: no stream, so that no street moves another. */
static uint64_t
chance(uint64_t seed, int64_t x, int64_t y, uint64_t purpose)
{
	uint64_t z = seed ^ (uint64_t)x * UINT64_C(0x9E3779B97F4A7C15) ^ (uint64_t)y * UINT64_C(0xC2B2AE3D27D4EB4F) ^
	    purpose * UINT64_C(0x165667B19E3779F9);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static int64_t
chance_between(uint64_t seed, int64_t x, int64_t y, uint64_t purpose, int64_t lo, int64_t hi)
{
	return lo + (int64_t)(chance(seed, x, y, purpose) % (uint64_t)(hi - lo + 1));
}

/* ---- crossings ----------------------------------------------------------------------------- */

static void
lattice_measure(struct lattice *l, const struct region_outline *v, size_t n)
{
	int64_t east = INT64_MIN, north = INT64_MIN;

	l->west = l->south = INT64_MAX;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < v[i].ring.n; k++) {
			struct geo g = v[i].ring.points[k];

			l->west = g.lon_e6 < l->west ? g.lon_e6 : l->west;
			l->south = g.lat_e6 < l->south ? g.lat_e6 : l->south;
			east = g.lon_e6 > east ? g.lon_e6 : east;
			north = g.lat_e6 > north ? g.lat_e6 : north;
		}
	l->nx = n == 0 ? 0 : (east - l->west) / l->step_x + 1;
	l->ny = n == 0 ? 0 : (north - l->south) / l->step_y + 1;
}

/* `last`: the county of the crossing before, which is that of this one, too, nearly always. */
static bool
is_land(const struct region_outline *v, size_t n, struct geo g, size_t *last)
{
	for (size_t i = 0; i < n; i++) {
		size_t county = (*last + i) % n;

		if (geo_ring_has(v[county].ring, g)) {
			*last = county;
			return !region_is_lake(g);
		}
	}
	return false;
}

static void
crossings_place(struct lattice *l, const struct region_outline *v, size_t n)
{
	size_t last = 0;

	for (int64_t y = 0; y < l->ny; y++)
		for (int64_t x = 0; x < l->nx; x++) {
			int64_t dx = chance_between(l->seed, x, y, 1, -SHAKE,
			    SHAKE) * l->step_x / 10; /* 1e-7 degree */
			int64_t dy = chance_between(l->seed, x, y, 2, -SHAKE, SHAKE) * l->step_y / 10;
			int64_t lon = (l->west + x * l->step_x) * 10 + dx,
			    lat = (l->south + y * l->step_y) * 10 + dy;
			struct geo g = { lon / 10, lat / 10, GEO_ESTIMATE };

			if (n == 0 ? chance(l->seed, x, y, 30) % 100 < 3 : !is_land(v, n, g, &last))
				continue;
			l->at[l->n] = (struct route_point){ (int32_t)lon, (int32_t)lat };
			l->node[y * l->nx + x] = ++l->n;
		}
}

/* ---- streets ------------------------------------------------------------------------------- */

static uint64_t
root(uint64_t v)
{
	uint64_t r = 0;

	for (uint64_t bit = UINT64_C(1) << 31; bit > 0; bit /= 2)
		if ((r + bit) * (r + bit) <= v)
			r += bit;
	return r;
}

/* Millimetres on the ellipsoid, a degree taken as it is near 31° (within 1 in 3,000 over the city). */
static uint64_t
millimetres(struct route_point a, struct route_point b)
{
	int64_t from_31 = ((int64_t)a.lat + b.lat) / 2 - 310000000;
	int64_t x_um = 9550430 - from_31 * 990 / 100000, y_um = 11087030; /* nanometres a unit */
	int64_t dx = ((int64_t)a.lon - b.lon) * x_um / 1000000,
	    dy = ((int64_t)a.lat - b.lat) * y_um / 1000000;

	return root((uint64_t)(dx * dx + dy * dy));
}

static void
street_add(struct lattice *l, uint32_t a, uint32_t b, enum class class, bool one_way)
{
	uint64_t mm = millimetres(l->at[a], l->at[b]);
	struct route_link forth = { .from = a, .to = b }, back = { .from = b, .to = a };

	if (l->room - l->m < 2)
		return;
	for (int k = 0; k < ROUTE_MODES; k++) {
		uint32_t kmh = speed[(int)class][k];

		forth.ms[k] = back.ms[k] = kmh == 0 ? ROUTE_NEVER : (uint32_t)(mm * 36 / (kmh * 10)) + 1;
	}
	if (one_way)
		back.ms[ROUTE_CAR] = ROUTE_NEVER; /* on foot and on two wheels both ways */
	l->link[l->m++] = forth;
	if (class != EXPRESSWAY || !one_way)
		l->link[l->m++] = back;
}

/* The class of a line of the lattice; expressways only where there is also a way beside them. */
static enum class
line_class(uint64_t seed, int64_t i, uint64_t which)
{
	int64_t at = i + (int64_t)(chance(seed, 0, 0, which) % 64);

	return at % 64 == 0 ? EXPRESSWAY : at % 16 == 0 ? MAIN : at % 5 == 0 ? SECONDARY : LANE;
}

static bool
is_missing(const struct lattice *l, int64_t x, int64_t y, uint64_t which, enum class class)
{
	return class == LANE ? chance(l->seed, x, y, which) % 100 < 34 : class == SECONDARY &&
	    chance(l->seed, x, y, which) % 100 < 8;
}

/* Along one line: from crossing to crossing, over narrow water where the road is worth a bridge. */
static void
line_walk(struct lattice *l, bool row, int64_t line)
{
	enum class class = line_class(l->seed, line, row ? 10 : 11);
	int64_t before = -1, n = row ? l->nx : l->ny;
	uint32_t from = 0;

	for (int64_t i = 0; i < n; i++) {
		int64_t x = row ? i : line, y = row ? line : i;
		uint32_t to = l->node[y * l->nx + x];
		bool one_way = class == LANE && chance(l->seed, x, y, row ? 14 : 15) % 100 < 4;

		if (to == 0)
			continue;
		if (before == i - 1 && before >= 0) {
			if (!is_missing(l, x, y, row ? 12 : 13, class))
				street_add(l, from - 1, to - 1, class, one_way);
		} else if (before >= 0 && class >= MAIN && (i - before) * l->grain <= BRIDGE_CELLS) {
			street_add(l, from - 1, to - 1, MAIN, false);
		}
		before = i;
		from = to;
	}
}

/* An expressway crossing is also on the lanes that cross it; where it runs, people walk beside it. */
static void
beside_expressways(struct lattice *l)
{
	for (int64_t x = 0; x < l->nx; x++)
		if (line_class(l->seed, x, 11) == EXPRESSWAY)
			for (int64_t y = 1; y < l->ny; y++) {
				uint32_t a = l->node[(y - 1) * l->nx + x], b = l->node[y * l->nx + x];

				if (a != 0 && b != 0 && chance(l->seed, x, y, 16) % 100 < 60)
					street_add(l, a - 1, b - 1, LANE, false);
			}
}

/* From the measures to the streets; without outlines all is land. */
static enum rc
lattice_fill(struct arena *mem, struct arena *spare, struct lattice *l, const struct region_outline *outline, size_t n,
    struct circle_links *ret)
{
	size_t crossings = (size_t)(l->nx * l->ny);

	l->room = (uint32_t)(crossings * 5);
	l->node = arena_array(spare, crossings, sizeof *l->node);
	l->at = arena_raw(mem, crossings, sizeof *l->at);
	l->link = arena_raw(mem, l->room, sizeof *l->link);
	if (l->node == NULL || l->at == NULL || l->link == NULL)
		return RC_NO_MEMORY;
	crossings_place(l, outline, n);
	for (int64_t y = 0; y < l->ny; y++)
		line_walk(l, true, y);
	for (int64_t x = 0; x < l->nx; x++)
		line_walk(l, false, x);
	beside_expressways(l);
	*ret = (struct circle_links){ l->at, l->n, l->link, l->m };
	return RC_OK;
}

enum rc
circle_synth(struct arena *mem, struct arena *spare, uint64_t seed, unsigned grain, struct circle_links *ret)
{
	size_t n;
	const struct region_outline *outline = region_outlines(&n);
	struct lattice l = { .seed = chance(seed, 0, 0, 0), .grain = grain, .step_x = STEP_X * (int64_t)grain,
		.step_y = STEP_Y * (int64_t)grain };

	lattice_measure(&l, outline, n);
	return lattice_fill(mem, spare, &l, outline, n, ret);
}

/* ---- a country ------------------------------------------------------------------------------- */

#define COUNTRY_GRAIN 4
#define COUNTRY_WEST 85000000
#define COUNTRY_SOUTH 20000000

enum rc
circle_synth_country(struct arena *mem, struct arena *spare, uint64_t seed, uint32_t side, struct circle_links *ret)
{
	struct lattice l = { .seed = chance(seed, 0, 0, 0), .grain = COUNTRY_GRAIN, .step_x = STEP_X * COUNTRY_GRAIN,
		.step_y = STEP_Y * COUNTRY_GRAIN, .west = COUNTRY_WEST, .south = COUNTRY_SOUTH, .nx = side, .ny = side };

	return side > CIRCLE_COUNTRY_SIDE_MAX ? RC_TOO_LARGE : lattice_fill(mem, spare, &l, NULL, 0, ret);
}

void
circle_synth_country_places(uint64_t seed, uint32_t side, uint64_t which, uint32_t n, struct route_point *ret)
{
	int64_t wide = (int64_t)(side - 1) * STEP_X * COUNTRY_GRAIN, high = (int64_t)(side - 1) * STEP_Y * COUNTRY_GRAIN;

	for (uint32_t i = 0; i < n; i++)
		ret[i] = (struct route_point){
			(int32_t)((COUNTRY_WEST + chance_between(seed, i, (int64_t)which, 31, 0, wide)) * 10),
			(int32_t)((COUNTRY_SOUTH + chance_between(seed, i, (int64_t)which, 32, 0, high)) * 10) };
}

/* ---- places -------------------------------------------------------------------------------- */

static struct route_point
point_near(struct geo g, uint64_t seed, int64_t code, int64_t off_e6)
{
	int64_t lon = g.lon_e6 + chance_between(seed, code, 0, 20, -off_e6, off_e6);
	int64_t lat = g.lat_e6 + chance_between(seed, code, 0, 21, -off_e6, off_e6);

	return (struct route_point){ (int32_t)(lon * 10), (int32_t)(lat * 10) };
}

enum rc
circle_synth_places(struct arena *mem, uint64_t seed, uint32_t n_points, struct circle_places *ret_villages,
    struct circle_places *ret_points)
{
	const struct division *v;
	size_t n;
	enum rc rc = region_carried(mem, CITY, &v, &n);
	struct circle_place *village, *point;
	uint32_t villages = 0, points = 0;
	uint64_t left;

	if (rc != RC_OK)
		return rc;
	village = arena_array(mem, n, sizeof *village);
	point = arena_array(mem, n, sizeof *point);
	if (village == NULL || point == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		if (v[i].level == PLACE_VILLAGE)
			village[villages++] = (struct circle_place){ v[i].place.code, v[i].name,
			    point_near(v[i].position, seed, 0, 0), 1 };
	left = villages;
	for (uint32_t i = 0; i < villages; i++, left--) {
		struct geo g = { village[i].at.lon / 10, village[i].at.lat / 10, GEO_ESTIMATE };

		/* Exactly n_points of them, each as likely as the next. */
		if (chance(seed, village[i].code, 0, 22) % left >= n_points - points)
			continue;
		point[points++] = (struct circle_place){ village[i].code, village[i].name,
		    point_near(g, seed, village[i].code, 4000), 1 };
	}
	*ret_villages = (struct circle_places){ village, villages };
	*ret_points = (struct circle_places){ point, points };
	return RC_OK;
}
