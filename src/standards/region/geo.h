/*
 * geo: where on the map, and how far apart?  Degrees * 1e6 as integers.  Pure.
 *
 * Datum matters: GCJ-02 and BD-09 lie up to some 600 m and 1.2 km from WGS-84/CGCS2000.  Distances
 * between positions of different datum are only that good.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum geo_datum { GEO_UNKNOWN, GEO_ESTIMATE, GEO_WGS84, GEO_GCJ02, GEO_BD09, GEO_DATUM_COUNT };

struct geo { int64_t lon_e6, lat_e6; enum geo_datum datum; }; /* both 0: no position */

struct geo_ring { const struct geo *points; size_t n; };      /* closed: the last joins the first */

bool geo_is_none(struct geo g);
/* Great-circle metres on a sphere of 6,371,008.8 m; INT64_MAX when either has no position. */
int64_t geo_distance_m(struct geo a, struct geo b);
/* Even-odd rule; a point on the border may fall on either side. */
bool geo_ring_has(struct geo_ring ring, struct geo g);
/* Rough square metres; for a few kilometres to a few hundred. */
double geo_ring_area_m2(struct geo_ring ring);
