#include "standards/region/geo.h"

#include <math.h>

#define EARTH_M 6371008.8
#define RADIANS(e6) ((double)(e6) * 1e-6 * (M_PI / 180))

bool
geo_is_none(struct geo g)
{
	return g.lon_e6 == 0 && g.lat_e6 == 0;
}

int64_t
geo_distance_m(struct geo a, struct geo b)
{
	double lat_a = RADIANS(a.lat_e6), lat_b = RADIANS(b.lat_e6);
	double u = sin((lat_b - lat_a) / 2), v = sin(RADIANS(b.lon_e6 - a.lon_e6) / 2);
	double h = u * u + cos(lat_a) * cos(lat_b) * v * v;

	if (geo_is_none(a) || geo_is_none(b))
		return INT64_MAX;
	return (int64_t)(2 * EARTH_M * asin(sqrt(h > 1 ? 1 : h)) + 0.5);
}

bool
geo_ring_has(struct geo_ring ring, struct geo g)
{
	bool inside = false;

	for (size_t i = 0, j = ring.n - 1; i < ring.n; j = i++) {
		struct geo a = ring.points[i], b = ring.points[j];

		if ((a.lat_e6 > g.lat_e6) == (b.lat_e6 > g.lat_e6))
			continue;
		/* east of the point where the edge crosses its latitude? */
		if ((double)(g.lon_e6 - a.lon_e6) < (double)(b.lon_e6 - a.lon_e6) *
		    (double)(g.lat_e6 - a.lat_e6) / (double)(b.lat_e6 - a.lat_e6))
			inside = !inside;
	}
	return inside;
}

double
geo_ring_area_m2(struct geo_ring ring)
{
	double sum = 0, lat = 0;

	for (size_t i = 0, j = ring.n - 1; i < ring.n; j = i++) {
		struct geo a = ring.points[j], b = ring.points[i];

		sum += RADIANS(a.lon_e6) * RADIANS(b.lat_e6) - RADIANS(b.lon_e6) * RADIANS(a.lat_e6);
		lat += RADIANS(b.lat_e6);
	}
	if (ring.n == 0)
		return 0;
	return fabs(sum) / 2 * EARTH_M * EARTH_M * cos(lat / (double)ring.n);
}
