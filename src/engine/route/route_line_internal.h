/* line: between which meridians does a straight street run, of what lies between two parallels? */
#pragma once

#include <math.h>

#include "engine/route/route.h"

/* a is not north of b; south and north are cut to the two. */
static inline void
line_between(struct route_point a, struct route_point b, double south, double north, double *ret_west, double *ret_east)
{
	double slope = a.lat == b.lat ? 0 : ((double)b.lon - a.lon) / ((double)b.lat - a.lat);
	double x0 = a.lat == b.lat ? a.lon : a.lon + (fmax(south, a.lat) - a.lat) * slope;
	double x1 = a.lat == b.lat ? b.lon : a.lon + (fmin(north, b.lat) - a.lat) * slope;

	*ret_west = floor(fmin(x0, x1));
	*ret_east = ceil(fmax(x0, x1));
}

static inline void
line_northward(struct route_point *a, struct route_point *b)
{
	struct route_point south = *a;

	if (a->lat <= b->lat)
		return;
	*a = *b;
	*b = south;
}
