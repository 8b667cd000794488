#include <pthread.h>

#include "standards/region/region_internal.h"

#define POINTS_MAX 4000
#define OUTLINES_MAX 16

static struct geo outline_points[POINTS_MAX];
static struct region_outline outlines[OUTLINES_MAX];
static size_t outline_n, point_n;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* "1205957:312510": 1/10000 degree. */
static void
read_point(struct text t)
{
	struct text lon = text_cut(&t, ':');
	struct geo *g = &outline_points[point_n];

	if (point_n == POINTS_MAX || int64_parse(lon, 0, 1800000, &g->lon_e6) != RC_OK ||
	    int64_parse(t, 0, 900000, &g->lat_e6) != RC_OK)
		return;
	g->lon_e6 *= 100;
	g->lat_e6 *= 100;
	g->datum = GEO_ESTIMATE;
	point_n++;
}

static void
read_outline(struct text line)
{
	struct text code = text_cut(&line, ',');
	struct region_outline *o = &outlines[outline_n];

	if (outline_n == OUTLINES_MAX || place_parse(code, &o->place) != RC_OK)
		return; /* comment, heading */
	o->ring.points = &outline_points[point_n];
	while (!text_is_empty(line))
		read_point(text_cut(&line, ' '));
	o->ring.n = (size_t)(&outline_points[point_n] - o->ring.points);
	outline_n++;
}

static void
read_outlines(void)
{
	struct text t = { region_outlines_csv, region_outlines_csv_n };

	while (!text_is_empty(t))
		read_outline(text_cut(&t, '\n'));
}

const struct region_outline *
region_outlines(size_t *ret_n)
{
	pthread_once(&once, read_outlines);
	*ret_n = outline_n;
	return outlines;
}

const struct region_outline *
region_outline(struct place county)
{
	size_t n;
	const struct region_outline *v = region_outlines(&n);

	for (size_t i = 0; i < n; i++)
		if (v[i].place.code == county.code)
			return &v[i];
	return NULL;
}

/* ---- lakes: rough shapes of ours, no survey; only to keep estimates out of the water -------------- */

#define P(lon, lat) { .lon_e6 = (lon) * 1000, .lat_e6 = (lat) * 1000, .datum = GEO_ESTIMATE }

static const struct geo taihu[] = {
	P(119850, 31600), P(119850, 30900), P(120360, 30935), P(120420, 30965), P(120490, 31000), P(120535, 31050),
	P(120530, 31090), P(120480, 31070), P(120455, 31110), P(120470, 31140), P(120450, 31200), P(120420, 31230),
	P(120385, 31240), P(120370, 31300), P(120300, 31310), P(120290, 31350), P(120340, 31370), P(120390, 31410),
	P(120400, 31600),
};
static const struct geo dongshan[] = {
	P(120345, 31030), P(120390, 31005), P(120440, 31040), P(120470, 31080), P(120465, 31125), P(120420, 31110),
	P(120370, 31080),
};
static const struct geo xishan[] = {
	P(120180, 31080), P(120240, 31055), P(120320, 31095), P(120360, 31140), P(120310, 31180), P(120220, 31165),
};
static const struct geo yangcheng[] = {
	P(120700, 31385), P(120740, 31370), P(120800, 31380), P(120840, 31400), P(120845, 31450), P(120800, 31490),
	P(120750, 31475), P(120710, 31440),
};
static const struct geo jinji[] = { P(120685, 31290), P(120718, 31290), P(120722, 31330), P(120690, 31332) };
static const struct geo dushu[] = { P(120675, 31248), P(120712, 31250), P(120712, 31284), P(120682, 31284) };
static const struct geo cheng[] = { P(120800, 31180), P(120860, 31175), P(120880, 31230), P(120820, 31245) };
static const struct geo dianshan[] = { P(120900, 31070), P(120960, 31045), P(121000, 31100), P(120950, 31160) };
static const struct geo kuncheng[] = { P(120730, 31570), P(120770, 31565), P(120775, 31610), P(120735, 31615) };
static const struct geo shang[] = { P(120670, 31640), P(120712, 31635), P(120715, 31665), P(120675, 31670) };

#define RING(v) { (v), sizeof(v) / sizeof((v)[0]) }

static bool
rings_have(const struct geo_ring *rings, size_t n, struct geo g)
{
	for (size_t i = 0; i < n; i++)
		if (geo_ring_has(rings[i], g))
			return true;
	return false;
}

bool
region_is_lake(struct geo g)
{
	static const struct geo_ring islands[] = { RING(dongshan), RING(xishan) };
	static const struct geo_ring lakes[] = {
		RING(taihu), RING(yangcheng), RING(jinji), RING(dushu), RING(cheng), RING(dianshan), RING(kuncheng),
		RING(shang),
	};

	return rings_have(lakes, sizeof(lakes) / sizeof(lakes[0]), g) &&
	    !rings_have(islands, sizeof(islands) / sizeof(islands[0]), g);
}
