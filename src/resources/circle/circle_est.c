#include "resources/circle/circle.h"

/*
 * Per mille of the straight line, by distance: middle and p90 as measured on a real city's network;
 * the low end is the straight line itself.  Below 2 km and above 40 km nothing was measured: there
 * the neighbouring row serves.
 */
static const struct { double to_m; uint32_t middle, high; } circuity[] = {
	{ 5000, 1370, 2250 }, { 10000, 1330, 1880 }, { 20000, 1280, 1550 }, { 1e9, 1220, 1350 },
};

static uint32_t
ms_of(double metres, uint32_t permille, uint32_t metres_an_hour)
{
	double ms = metres * permille / 1000 * 3600000 / metres_an_hour;

	return ms < ROUTE_NEVER ? (uint32_t)ms : ROUTE_NEVER;
}

struct circle_band
circle_est(struct route_point a, struct route_point b, uint32_t metres_an_hour)
{
	double m = route_great_circle(a, b);
	size_t i = 0;

	if (metres_an_hour == 0)
		return (struct circle_band){ ROUTE_NEVER, ROUTE_NEVER, ROUTE_NEVER };
	while (m > circuity[i].to_m && i + 1 < sizeof circuity / sizeof circuity[0])
		i++;
	return (struct circle_band){ ms_of(m, 1000, metres_an_hour), ms_of(m, circuity[i].middle,
	    metres_an_hour),
		ms_of(m, circuity[i].high, metres_an_hour) };
}

struct circle_band
circle_est_of(uint32_t low_ms, uint32_t metres_an_hour)
{
	double m = (double)low_ms * metres_an_hour / 3600000;
	size_t i = 0;

	if (low_ms >= ROUTE_NEVER)
		return (struct circle_band){ ROUTE_NEVER, ROUTE_NEVER, ROUTE_NEVER };
	while (m > circuity[i].to_m && i + 1 < sizeof circuity / sizeof circuity[0])
		i++;
	return (struct circle_band){ low_ms, ms_of(m, circuity[i].middle, metres_an_hour),
		ms_of(m, circuity[i].high, metres_an_hour) };
}

enum circle_told
circle_est_within(struct circle_band band, uint32_t limit_ms)
{
	if (band.high_ms <= limit_ms)
		return CIRCLE_WITHIN;
	return band.low_ms > limit_ms ? CIRCLE_BEYOND : CIRCLE_CANNOT_TELL;
}

uint32_t
circle_est_speed(enum route_mode mode)
{
	return mode == ROUTE_CAR ? 40000 : mode == ROUTE_EBIKE ? 20000 : 4800;
}
