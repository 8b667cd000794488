/*
 * route_geo: where on the earth, by whose coordinates, and how far apart?  Pure.
 *
 * Everything inside is WGS-84 (CGCS2000, GB 22021-2008, is the same to centimetres).  Maps published
 * in China are shifted: GCJ-02 by some 500 m over Suzhou, BD-09 by as much again.  A position therefore
 * comes with its datum, and one without is refused, for nothing in the numbers tells.
 */
#pragma once

#include "engine/route/route.h"

enum route_datum { ROUTE_DATUM_NONE, ROUTE_DATUM_WGS84, ROUTE_DATUM_CGCS2000, ROUTE_DATUM_GCJ02,
    ROUTE_DATUM_BD09 };

struct route_degrees { double lon, lat; };

/*
 * "wgs84", "cgcs2000", "gcj02", "bd09", small or great, with or without a hyphen; RC_INVALID for
 * anything else, nothing included.
 */
enum rc route_datum_parse(struct text t, enum route_datum *ret);
const char *route_datum_name(enum route_datum d); /* "WGS-84" */

/*
 * The published formulas of the shifts (ellipsoid of Krasovsky); the way back by six fixed-point
 * steps, which leaves less than 1e-9 m where one step leaves up to 2.3 m.  Outside 72.004–137.8347 E,
 * 0.8293–55.8271 N GCJ-02 is WGS-84.  RC_INVALID for ROUTE_DATUM_NONE and for what is not a position.
 */
enum rc route_datum_to_wgs84(enum route_datum from, struct route_degrees p, struct route_degrees *ret);
enum rc route_datum_from_wgs84(enum route_datum to, struct route_degrees p, struct route_degrees *ret);

/* To the nearest 1e-7 degree; RC_INVALID outside the globe (or not a number). */
enum rc route_point_of(struct route_degrees d, struct route_point *ret);
struct route_degrees route_degrees_of(struct route_point p);

/* Metres in a unit (1e-7 degree) of longitude and latitude at a latitude, on the WGS-84 ellipsoid. */
struct route_scale { double x, y; };
struct route_scale route_scale_at(int32_t lat);
/* Metres between neighbours, by the scale at their middle: within 1e-5 of the geodesic up to 50 km. */
double route_metres(struct route_point a, struct route_point b);
/*
 * Metres along the great circle of a sphere of 6,371,008.8 m, at any distance; within 0.6 % of
 * the geodesic.
 */
double route_great_circle(struct route_point a, struct route_point b);
