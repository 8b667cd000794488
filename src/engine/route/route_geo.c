#include <math.h>
#include <string.h>

#include "engine/route/route_geo.h"

#define PI 3.14159265358979323846
#define UNIT (PI / 180e7) /* radians in 1e-7 degree */
#define STEPS 6

/* ---- names --------------------------------------------------------------------------------- */

static const struct { const char *key, *name; } datums[] = {
	[ROUTE_DATUM_NONE] = { "", "" },
	[ROUTE_DATUM_WGS84] = { "wgs84", "WGS-84" },
	[ROUTE_DATUM_CGCS2000] = { "cgcs2000", "CGCS2000" },
	[ROUTE_DATUM_GCJ02] = { "gcj02", "GCJ-02" },
	[ROUTE_DATUM_BD09] = { "bd09", "BD-09" },
};

enum rc
route_datum_parse(struct text t, enum route_datum *ret)
{
	char key[12];
	size_t n = 0;

	for (size_t i = 0; i < t.n; i++) {
		char c = t.p[i];

		if (c == '-')
			continue;
		if (n == sizeof key - 1)
			return RC_INVALID;
		key[n++] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	key[n] = '\0';
	for (int d = ROUTE_DATUM_WGS84; d <= ROUTE_DATUM_BD09; d++)
		if (strcmp(key, datums[d].key) == 0) {
			*ret = (enum route_datum)d;
			return RC_OK;
		}
	return RC_INVALID;
}

const char *
route_datum_name(enum route_datum d)
{
	return datums[(int)d].name;
}

/* ---- the shifts ---------------------------------------------------------------------------- */

static bool
gcj_applies(struct route_degrees p)
{
	return p.lon >= 72.004 && p.lon <= 137.8347 && p.lat >= 0.8293 && p.lat <= 55.8271;
}

static double
wave(double a, double x, double b, double y)
{
	return (a * sin(x * PI) + b * sin(y * PI)) * 2 / 3;
}

static struct route_degrees
gcj_of(struct route_degrees p)
{
	const double a = 6378245.0, ee = 0.00669342162296594323;
	double x = p.lon - 105, y = p.lat - 35, phi = p.lat * PI / 180, root = sqrt(fabs(x));
	double magic = 1 - ee * sin(phi) * sin(phi), sqrt_magic = sqrt(magic);
	double north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave(20,
	    6 * x, 20, 2 * x) +
	    wave(20, y, 40, y / 3) + wave(160, y / 12, 320, y / 30);
	double east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave(20, 6 * x, 20, 2 * x) +
	    wave(20, x, 40, x / 3) + wave(150, x / 12, 300, x / 30);

	if (!gcj_applies(p))
		return p;
	p.lat += north * 180 / (a * (1 - ee) / (magic * sqrt_magic) * PI);
	p.lon += east * 180 / (a / sqrt_magic * cos(phi) * PI);
	return p;
}

static struct route_degrees
bd_of_gcj(struct route_degrees p)
{
	const double k = PI * 3000 / 180;
	double z = hypot(p.lon, p.lat) + 0.00002 * sin(p.lat * k);
	double theta = atan2(p.lat, p.lon) + 0.000003 * cos(p.lon * k);

	return (struct route_degrees){ z * cos(theta) + 0.0065, z * sin(theta) + 0.006 };
}

/* The place that `shift` takes to `p`. */
static struct route_degrees
back_of(struct route_degrees (*shift)(struct route_degrees), struct route_degrees p)
{
	struct route_degrees at = p;

	for (int i = 0; i < STEPS; i++) {
		struct route_degrees there = shift(at);

		at.lon += p.lon - there.lon;
		at.lat += p.lat - there.lat;
	}
	return at;
}

static bool
degrees_are_fine(struct route_degrees p)
{
	return p.lon >= -180 && p.lon <= 180 && p.lat >= -90 && p.lat <= 90; /* false of what is no number */
}

enum rc
route_datum_to_wgs84(enum route_datum from, struct route_degrees p, struct route_degrees *ret)
{
	if (from == ROUTE_DATUM_NONE || !degrees_are_fine(p))
		return RC_INVALID;
	if (from == ROUTE_DATUM_BD09)
		p = back_of(bd_of_gcj, p);
	if ((from == ROUTE_DATUM_BD09 || from == ROUTE_DATUM_GCJ02) && gcj_applies(p))
		p = back_of(gcj_of, p);
	*ret = p;
	return RC_OK;
}

enum rc
route_datum_from_wgs84(enum route_datum to, struct route_degrees p, struct route_degrees *ret)
{
	if (to == ROUTE_DATUM_NONE || !degrees_are_fine(p))
		return RC_INVALID;
	if (to == ROUTE_DATUM_GCJ02 || to == ROUTE_DATUM_BD09)
		p = gcj_of(p);
	if (to == ROUTE_DATUM_BD09)
		p = bd_of_gcj(p);
	*ret = p;
	return RC_OK;
}

enum rc
route_point_of(struct route_degrees d, struct route_point *ret)
{
	if (!degrees_are_fine(d))
		return RC_INVALID;
	ret->lon = (int32_t)lround(d.lon * 1e7);
	ret->lat = (int32_t)lround(d.lat * 1e7);
	return RC_OK;
}

struct route_degrees
route_degrees_of(struct route_point p)
{
	return (struct route_degrees){ p.lon / 1e7, p.lat / 1e7 };
}

/* ---- distances ----------------------------------------------------------------------------- */

struct route_scale
route_scale_at(int32_t lat)
{
	const double a = 6378137, ee = 0.00669437999014;
	double phi = lat * UNIT, s = sin(phi), w = 1 - ee * s * s;

	return (struct route_scale){ a / sqrt(w) * cos(phi) * UNIT, a * (1 - ee) / (w * sqrt(w)) * UNIT };
}

double
route_metres(struct route_point a, struct route_point b)
{
	struct route_scale s = route_scale_at((int32_t)(((int64_t)a.lat + b.lat) / 2));

	return hypot(((double)a.lon - b.lon) * s.x, ((double)a.lat - b.lat) * s.y);
}

double
route_great_circle(struct route_point a, struct route_point b)
{
	double y = sin(((double)a.lat - b.lat) * UNIT / 2), x = sin(((double)a.lon - b.lon) * UNIT / 2);
	double h = y * y + cos(a.lat * UNIT) * cos(b.lat * UNIT) * x * x;

	return 2 * 6371008.8 * asin(sqrt(h < 1 ? h : 1));
}
