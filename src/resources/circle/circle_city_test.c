/*
 * What the circle says, against the plainest way to know it: a search from each village over all streets.  On a rough
 * made-up network, with and without hierarchy, on straight lines, on both engines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "kit/db/db_fixture_main.h"
#include "resources/circle/circle_city_internal.h"
#include "resources/identity/identity.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"

#define CITY ((struct place){ INT64_C(320500000000) })
#define EVERY 7     /* one village in so many is looked at the plain way */
#define MOMENT(day, minute) (day_start_ms(day) + (int64_t)(minute) * 60000)

static const char *engine;
static char net_path[64];
static struct arena *net_mem;
static struct route_bundle net;

/* A rough city with a hierarchy for two wheels; cars and feet go by searches. */
static void
net_make(void)
{
	struct arena *spare = arena_create((size_t)1 << 30);
	struct route_findings findings;
	struct circle_links links;
	struct route_graph g;
	int fd;

	net_mem = arena_create((size_t)1 << 30);
	net = (struct route_bundle){ .about = { ROUTE_PROVIDER_SYNTHETIC, INT32_MIN, CIRCLE_SYNTH_LABEL } };
	assert_int_equal(circle_synth(net_mem, spare, 1, 8, &links), RC_OK);
	assert_int_equal(route_build(net_mem, spare, links.at, links.n, links.link, links.m, &net.net, NULL, &findings), RC_OK);
	arena_reset(spare);
	assert_int_equal(route_graph_of(net_mem, &net.net, ROUTE_EBIKE, false, &g), RC_OK);
	assert_int_equal(route_hierarchy_build(net_mem, spare, &g, NULL, &net.h[ROUTE_EBIKE]), RC_OK);
	net.has[ROUTE_EBIKE] = true;
	arena_free(spare);
	snprintf(net_path, sizeof net_path, "/tmp/zhaofa-circle-XXXXXX");
	fd = mkstemp(net_path);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(circle_file_save(net_path, &net), RC_OK);
}

/* Two towns of two counties with a centre each, and every fifth village of the city with a station of its own hours. */
static void
points_make(struct db_fixture *x)
{
	const struct division **v = arena_array(x->mem, 3000, sizeof *v);
	size_t n = region_list(CITY, PLACE_VILLAGE, DAY_NONE, v, 3000), made = 0;
	struct point_new *in = arena_array(x->mem, n, sizeof *in);
	struct findings f = { .n = 0 };

	for (size_t i = 0; i < n; i += 5) {
		in[made] = (struct point_new){ .kind = i % 50 == 0 ? POINT_TOWN : POINT_STATION, .name = TEXT("点"),
			.place = i % 50 == 0 ? place_up(v[i]->place, PLACE_TOWN) : v[i]->place, .phone = TEXT("0512-65550000"),
			.opened = { 100 }, .position = v[i]->position };
		in[made].position.lat_e6 += 1500;
		for (int day = 1; day <= 5; day++)
			in[made].hours[in[made].n_hours++] = (struct point_hours){ day, 540, i % 3 == 0 ? 1170 : 1020 };
		made++;
	}
	assert_int_equal(network_create_many(&x->ctx, fixture_key(), in, made, &f, NULL), RC_OK);
	assert_int_equal(network_reload(&x->ctx), RC_OK);
}

static int
begin(void **state)
{
	static struct db_fixture x;

	if (!fixture_open(&x, engine, "circle"))
		return -1;
	*state = &x;
	if (region_seed(&x.ctx) != RC_OK || holidays_seed(&x.ctx) != RC_OK || network_reload(&x.ctx) != RC_OK)
		return -1;
	fixture_keep(&x);
	points_make(&x);
	circle_configure(net_path);
	return 0;
}

static int
end(void **state)
{
	circle_close();
	fixture_close(*state);
	return 0;
}

/* ---- the plain way ------------------------------------------------------------------------------------ */

struct plain {
	struct arena *mem;
	struct route_graph g;
	struct route_grid *grid;
	struct route_search *search;
	struct route_stop *to;
};

static struct route_stop
plain_stop(const struct plain *p, struct route_point at)
{
	struct route_snap how = { CIRCLE_REACH_M, CIRCLE_ACCESS_MS_PER_M };
	struct route_stop s;

	if (!route_grid_snap(p->grid, &how, at, &s))
		s.node[0] = s.node[1] = ROUTE_NONE;
	return s;
}

static void
plain_open(struct plain *p, const struct circle_city *c, enum route_mode mode)
{
	struct arena *spare = arena_create((size_t)1 << 30);
	struct route_islands islands;

	p->mem = arena_create((size_t)1 << 30);
	assert_int_equal(route_graph_of(p->mem, &net.net, mode, false, &p->g), RC_OK);
	assert_int_equal(route_islands(p->mem, spare, &p->g, &islands), RC_OK);
	assert_int_equal(route_grid_new(p->mem, spare, &net.net, mode, islands.strong, &p->grid), RC_OK);
	assert_int_equal(route_search_new(p->mem, &p->g, &p->search), RC_OK);
	p->to = arena_array(p->mem, c->n_points + 1, sizeof *p->to);
	for (uint32_t i = 0; i < c->n_points; i++)
		p->to[i] = plain_stop(p, c->point[i].at);
	arena_free(spare);
}

/* Times of a village to all points, and to one place more. */
static void
plain_row(struct plain *p, const struct circle_city *c, uint32_t village, const struct route_stop *extra, uint32_t *ms,
    uint32_t *ret_extra)
{
	struct route_stop from = plain_stop(p, c->village[village].at);
	struct route_seed seed[2];

	route_search_run(p->search, seed, route_stop_seeds(&from, false, 0, seed), CIRCLE_LIMIT_MS);
	for (uint32_t i = 0; i < c->n_points; i++)
		ms[i] = route_stop_is_off(&from) ? ROUTE_NEVER : route_stop_ms(p->search, &from, &p->to[i], CIRCLE_LIMIT_MS);
	if (extra != NULL)
		*ret_extra = route_stop_is_off(&from) ? ROUTE_NEVER : route_stop_ms(p->search, &from, extra, CIRCLE_LIMIT_MS);
}

static bool
is_open_at(const struct circle_city *c, uint32_t point, int64_t at_ms)
{
	return at_ms == 0 || network_is_open(&c->point[point].p, at_ms, holidays_current());
}

static enum circle_class
plain_class(const struct circle_city *c, const uint32_t *ms, unsigned tiers, int64_t at_ms, uint32_t limit, uint32_t without,
    uint32_t extra)
{
	uint32_t any = extra, open = extra;

	for (uint32_t i = 0; i < c->n_points; i++) {
		if ((tiers >> c->point[i].p.kind & 1) == 0 || i == without)
			continue;
		any = ms[i] < any ? ms[i] : any;
		if (is_open_at(c, i, at_ms))
			open = ms[i] < open ? ms[i] : open;
	}
	return open <= limit ? CIRCLE_COVERED : any <= limit ? CIRCLE_SHUT : CIRCLE_FAR;
}

/* ---- tests ------------------------------------------------------------------------------------------------ */

static void
verdicts_equal_plain_searches(void **state)
{
	static const int minutes[] = { 15, 30, 60 };
	struct db_fixture *x = *state;
	struct day tuesday = { 0 };
	CIRCLE_CITY c = NULL;

	assert_int_equal(day_parse(TEXT("2026-06-30"), &tuesday), RC_OK);
	assert_int_equal(circle_city_hold(&x->ctx, &c), RC_OK);
	assert_true(c->n_points > 300 && c->n_villages > 2000);
	for (int mode = 0; mode < ROUTE_MODES; mode++) {
		const int64_t moments[] = { 0, MOMENT(tuesday, 600), MOMENT(tuesday, 1100), MOMENT(tuesday, 1200) };
		uint32_t *ms = arena_array(x->mem, c->n_points, sizeof *ms);
		size_t seen[CIRCLE_CLASSES] = { 0 };
		struct plain p;

		plain_open(&p, c, (enum route_mode)mode);
		for (size_t k = 0; k < 8; k++) {
			struct circle_ask ask = { (enum route_mode)mode, k < 4 ? CIRCLE_TIERS_ALL : 1u << POINT_TOWN, moments[k % 4] };
			const struct circle_view *view;
			struct circle_verdict *v;

			assert_int_equal(circle_view_of(&x->ctx, c, &ask, &view), RC_OK);
			for (size_t m = 0; m < 3; m++) {
				assert_int_equal(circle_view_judge(x->mem, c, view, minutes[m], &v), RC_OK);
				for (uint32_t i = (uint32_t)mode; i < c->n_villages; i += EVERY * 20) {
					if (v[i].class == CIRCLE_OFF)
						continue;
					plain_row(&p, c, i, NULL, ms, NULL);
					assert_int_equal(v[i].class, plain_class(c, ms, ask.tiers, ask.at_ms, (uint32_t)minutes[m] * 60000,
					    ROUTE_NONE, ROUTE_NEVER));
					seen[(int)v[i].class]++;
				}
			}
		}
		assert_true(seen[CIRCLE_COVERED] > 0 && seen[CIRCLE_SHUT] > 0 && (mode == ROUTE_CAR || seen[CIRCLE_FAR] > 0));
		arena_free(p.mem);
	}
}

static void
a_pin_equals_a_city_with_that_point(void **state)
{
	struct db_fixture *x = *state;
	CIRCLE_CITY c = NULL;

	assert_int_equal(circle_city_hold(&x->ctx, &c), RC_OK);
	for (int mode = 0; mode < ROUTE_MODES; mode++) {
		struct circle_ask ask = { (enum route_mode)mode, 1u << POINT_TOWN, 0 };
		const struct circle_view *view;
		uint32_t *ms = arena_array(x->mem, c->n_points, sizeof *ms), extra, changed = 0;
		struct plain p;

		plain_open(&p, c, (enum route_mode)mode);
		assert_int_equal(circle_view_of(&x->ctx, c, &ask, &view), RC_OK);
		for (uint32_t k = 0; k < 3; k++) { /* a new one, one that stands elsewhere, one that is gone */
			struct circle_pin pin = { .point = k == 0 ? ROUTE_NONE : circle_city_point(c, c->point[k * 30].p.code), .gone = k == 2,
				.at = c->village[k * 211 + 100].at };
			struct route_stop stop = plain_stop(&p, pin.at);
			struct circle_verdict *was, *is;

			for (uint32_t i = k * 211 + 100; route_stop_is_off(&stop); i++) {
				pin.at = c->village[i].at;
				stop = plain_stop(&p, pin.at);
			}
			while (pin.point != ROUTE_NONE && c->point[pin.point].p.kind != POINT_TOWN)
				pin.point++;
			assert_int_equal(circle_view_judge(x->mem, c, view, 30, &was), RC_OK);
			assert_int_equal(circle_pin_judge(&x->ctx, c, view, &pin, 30, &is), RC_OK);
			for (uint32_t i = 0; i < c->n_villages; i += EVERY) {
				changed += was[i].class != is[i].class;
				if (is[i].class == CIRCLE_OFF || (i % (EVERY * 8) != 0 && was[i].class == is[i].class))
					continue;
				plain_row(&p, c, i, &stop, ms, &extra);
				assert_int_equal(is[i].class, plain_class(c, ms, ask.tiers, 0, 1800000, pin.point,
				    pin.gone ? ROUTE_NEVER : extra));
			}
		}
		assert_true(changed > 0);
		arena_free(p.mem);
	}
}

/* One street around a block, to be gone one way only: 40 minutes along its southern side, 20 back over the north. */
static void
block_make(struct route_point middle, const char *path)
{
	struct arena *a = arena_create((size_t)64 << 20);
	struct route_bundle b = { .about = { ROUTE_PROVIDER_NET, INT32_MIN, "block" } };
	struct route_point at[] = { { middle.lon - 50000, middle.lat }, { middle.lon + 50000, middle.lat },
		{ middle.lon, middle.lat + 50000 } };
	struct route_link link[] = { { 0, 1, { 2400000, ROUTE_NEVER, ROUTE_NEVER } },
		{ 1, 2, { 600000, ROUTE_NEVER, ROUTE_NEVER } }, { 2, 0, { 600000, ROUTE_NEVER, ROUTE_NEVER } } };
	struct route_findings findings;

	assert_int_equal(route_build(a, a, at, 3, link, 3, &b.net, NULL, &findings), RC_OK);
	assert_int_equal(circle_file_save(path, &b), RC_OK);
	arena_free(a);
}

/* A village so far from every town's point that none of them is on its block. */
static uint32_t
village_alone(const struct circle_city *c)
{
	for (uint32_t i = 0; i < c->n_villages; i++) {
		double least = 1e9;

		for (uint32_t k = 0; k < c->n_points; k++)
			if (c->point[k].p.kind == POINT_TOWN)
				least = fmin(least, route_metres(c->village[i].at, c->point[k].at));
		if (c->village[i].has_position && least > 2 * CIRCLE_REACH_M)
			return i;
	}
	fail();
	return 0;
}

/* A village in the middle of a one-way street, and a pin on the same street: ahead of it, or behind. */
static void
a_pin_on_the_same_one_way_street(void **state)
{
	static const struct { int32_t ahead; enum circle_class at_15, at_45, at_60; } rows[] = {
		{ 25000, CIRCLE_COVERED, CIRCLE_COVERED, CIRCLE_COVERED }, { -25000, CIRCLE_FAR, CIRCLE_FAR, CIRCLE_COVERED } };
	struct circle_ask ask = { ROUTE_CAR, 1u << POINT_TOWN, 0 };
	struct db_fixture *x = *state;
	char path[] = "/tmp/zhaofa-block-XXXXXX";
	int fd = mkstemp(path);
	const struct circle_view *view;
	struct route_point middle;
	struct circle_verdict *v;
	uint32_t i;
	CIRCLE_CITY c = NULL;

	assert_true(fd >= 0);
	close(fd);
	{
		CIRCLE_CITY before = NULL;

		assert_int_equal(circle_city_hold(&x->ctx, &before), RC_OK);
		i = village_alone(before);
		middle = before->village[i].at;
	}
	block_make(middle, path);
	circle_close();
	circle_configure(path);
	assert_int_equal(circle_city_hold(&x->ctx, &c), RC_OK);
	assert_int_equal(circle_view_of(&x->ctx, c, &ask, &view), RC_OK);
	assert_int_equal(circle_view_judge(x->mem, c, view, 60, &v), RC_OK);
	assert_int_equal(v[i].class, CIRCLE_FAR);
	for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
		struct circle_pin pin = { .point = ROUTE_NONE, .at = { middle.lon + rows[k].ahead, middle.lat } };

		assert_int_equal(circle_pin_judge(&x->ctx, c, view, &pin, 15, &v), RC_OK);
		assert_int_equal(v[i].class, rows[k].at_15);
		assert_int_equal(circle_pin_judge(&x->ctx, c, view, &pin, 45, &v), RC_OK);
		assert_int_equal(v[i].class, rows[k].at_45);
		assert_int_equal(circle_pin_judge(&x->ctx, c, view, &pin, 60, &v), RC_OK);
		assert_int_equal(v[i].class, rows[k].at_60);
	}
	unlink(path);
}

static void
the_nearest_come_first(void **state)
{
	struct db_fixture *x = *state;
	struct circle_ask ask = { ROUTE_EBIKE, CIRCLE_TIERS_ALL, x->ctx.now_ms };
	struct circle_reach near[6];
	size_t n = 0;
	CIRCLE_CITY c = NULL;
	struct plain p;
	uint32_t *ms;

	assert_int_equal(circle_city_hold(&x->ctx, &c), RC_OK);
	ms = arena_array(x->mem, c->n_points, sizeof *ms);
	plain_open(&p, c, ROUTE_EBIKE);
	plain_row(&p, c, 500, NULL, ms, NULL);
	assert_int_equal(circle_nearest(&x->ctx, c, &ask, c->village[500].at, 60, near, 6, &n), RC_OK);
	assert_int_equal(n, 6);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(near[i].high, ms[near[i].point]);
		assert_true(i == 0 || near[i - 1].high <= near[i].high);
		assert_true(near[i].open == is_open_at(c, near[i].point, ask.at_ms));
	}
	for (uint32_t i = 0; i < c->n_points; i++)
		assert_true(ms[i] >= near[5].high || i == near[0].point || i == near[1].point || i == near[2].point ||
		    i == near[3].point || i == near[4].point || i == near[5].point);
	assert_int_equal(circle_nearest(&x->ctx, c, &ask, (struct route_point){ 0, 0 }, 60, near, 6, &n), RC_NOT_FOUND);
	arena_free(p.mem);
}

/* Both sides of the opening minute, an exception of the day, and a point that is closed for good. */
static void
the_minute_of_opening_counts(void **state)
{
	struct db_fixture *x = *state;
	struct day tuesday = { 0 };
	struct point_exception shut = { .opens = -1, .note = TEXT("停电") };
	struct findings f = { .n = 0 };
	struct circle_verdict *v;
	const struct circle_view *view;
	static const struct { int minute; bool open; } rows[] = { { 539, false }, { 540, true }, { 1019, true }, { 1020, false } };
	uint32_t village = ROUTE_NONE, point = 1;
	CIRCLE_CITY c = NULL;

	assert_int_equal(day_parse(TEXT("2026-06-30"), &tuesday), RC_OK);
	assert_int_equal(circle_city_hold(&x->ctx, &c), RC_OK);
	while (c->point[point].p.kind != POINT_STATION || c->point[point].p.hours[0].closes != 1020)
		point++;
	village = circle_city_village(c, c->point[point].p.place);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct circle_ask ask = { ROUTE_FOOT, 1u << POINT_STATION, MOMENT(tuesday, rows[i].minute) };

		assert_int_equal(circle_view_of(&x->ctx, c, &ask, &view), RC_OK);
		assert_int_equal(view->state[point], rows[i].open ? 2 : 1);
		assert_int_equal(circle_view_judge(x->mem, c, view, 60, &v), RC_OK);
		assert_int_equal(v[village].class, rows[i].open ? CIRCLE_COVERED : CIRCLE_SHUT);
	}
	shut.day = tuesday;
	assert_int_equal(network_except(&x->ctx, fixture_key(), c->point[point].p.id, &shut, false, &f), RC_OK);
	assert_int_equal(network_reload(&x->ctx), RC_OK);
	{
		struct circle_ask ask = { ROUTE_FOOT, 1u << POINT_STATION, MOMENT(tuesday, 600) };
		CIRCLE_CITY after = NULL;

		assert_int_equal(circle_city_hold(&x->ctx, &after), RC_OK);
		assert_true(after->hash != c->hash);
		assert_int_equal(circle_view_of(&x->ctx, after, &ask, &view), RC_OK);
		assert_int_equal(view->state[point], 1);
		ask.at_ms += DAY_MS;
		assert_int_equal(circle_view_of(&x->ctx, after, &ask, &view), RC_OK);
		assert_int_equal(view->state[point], 2);
	}
}

/* Without a file it is straight lines: what is said to be inside is inside at the worst. */
static void
straight_lines_say_what_they_cannot_tell(void **state)
{
	struct db_fixture *x = *state;
	struct circle_ask ask = { ROUTE_EBIKE, 1u << POINT_TOWN, 0 };
	const struct circle_view *view;
	size_t seen[CIRCLE_CLASSES] = { 0 };
	struct circle_verdict *v;
	CIRCLE_CITY c = NULL;

	circle_close();
	circle_configure("/nonexistent/circle.net");
	assert_int_equal(circle_city_hold(&x->ctx, &c), RC_OK);
	assert_true(circle_provider_now().est && circle_provider_now().trouble == NULL);
	assert_int_equal(circle_view_of(&x->ctx, c, &ask, &view), RC_OK);
	assert_int_equal(circle_view_judge(x->mem, c, view, 15, &v), RC_OK);
	for (uint32_t i = 0; i < c->n_villages; i++) {
		uint32_t low = ROUTE_NEVER, high = ROUTE_NEVER;

		seen[(int)v[i].class]++;
		for (uint32_t k = 0; k < c->n_points; k++) {
			struct circle_band b;

			if (c->point[k].p.kind != POINT_TOWN || !c->village[i].has_position)
				continue;
			b = circle_est(c->village[i].at, c->point[k].at, circle_est_speed(ROUTE_EBIKE));
			low = b.low_ms < low ? b.low_ms : low;
			high = b.high_ms < high ? b.high_ms : high;
		}
		/* the band is kept by its low end, in milliseconds: a few of them may be lost at the high end */
		if (v[i].class == CIRCLE_COVERED)
			assert_true(high <= 900000 + 8);
		else if (v[i].class == CIRCLE_FAR)
			assert_true(low > 900000);
		else if (v[i].class == CIRCLE_UNSURE)
			assert_true(low <= 900000 && high > 900000 - 8);
	}
	assert_true(seen[CIRCLE_COVERED] > 0 && seen[CIRCLE_UNSURE] > 0 && seen[CIRCLE_FAR] > 0);
}

static void
a_village_without_a_position_is_never_inside(void **state)
{
	struct db_fixture *x = *state;
	struct circle_ask ask = { ROUTE_CAR, CIRCLE_TIERS_ALL, 0 };
	const struct circle_view *view;
	struct circle_verdict *v;
	CIRCLE_CITY before = NULL;
	CIRCLE_CITY c = NULL;
	char sql[160];
	uint32_t i = 700;

	assert_int_equal(circle_city_hold(&x->ctx, &before), RC_OK);
	assert_int_equal(circle_view_of(&x->ctx, before, &ask, &view), RC_OK);
	assert_int_equal(circle_view_judge(x->mem, before, view, 60, &v), RC_OK);
	while (v[i].class != CIRCLE_COVERED)
		i++;
	snprintf(sql, sizeof sql, "UPDATE division SET lon_e6 = NULL, lat_e6 = NULL, datum = 0 WHERE code = %lld",
	    (long long)before->village[i].place.code);
	assert_int_equal(db_raw(x->db, sql), RC_OK);
	assert_int_equal(region_reload(&x->ctx), RC_OK);
	assert_int_equal(circle_city_hold(&x->ctx, &c), RC_OK);
	assert_int_equal(circle_view_of(&x->ctx, c, &ask, &view), RC_OK);
	assert_int_equal(circle_view_judge(x->mem, c, view, 60, &v), RC_OK);
	assert_int_equal(v[i].class, CIRCLE_NOWHERE);
	assert_int_equal(v[i].point, ROUTE_NONE);
	assert_false(c->people_known);
}

/* The register's numbers into WGS-84 by the datum they are tagged with; without a tag they are no position. */
static void
a_tag_says_where_the_numbers_are(void **state)
{
	const struct route_degrees church = { 120.585300, 31.298900 };
	const struct { enum geo_datum tag; enum route_datum datum; double least_m, most_m; } tags[] = {
		{ GEO_WGS84, ROUTE_DATUM_WGS84, 0, 1 }, { GEO_GCJ02, ROUTE_DATUM_GCJ02, 300, 700 }, { GEO_BD09, ROUTE_DATUM_BD09, 600, 1600 },
	};
	struct route_point right, at;

	(void)state;
	assert_int_equal(route_point_of(church, &right), RC_OK);
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
		struct route_degrees shown;
		struct geo g = { .datum = tags[i].tag }, untagged;
		double off;

		assert_int_equal(route_datum_from_wgs84(tags[i].datum, church, &shown), RC_OK);
		g.lon_e6 = (int64_t)(shown.lon * 1e6 + 0.5);
		g.lat_e6 = (int64_t)(shown.lat * 1e6 + 0.5);
		assert_true(circle_position(g, &at));
		assert_true(route_metres(at, right) < 0.2); /* six decimals */
		/* the same numbers taken for WGS-84 are that far off */
		assert_true(circle_position((struct geo){ g.lon_e6, g.lat_e6, GEO_WGS84 }, &at));
		off = route_metres(at, right);
		assert_true(off >= tags[i].least_m && off <= tags[i].most_m);
		untagged = (struct geo){ g.lon_e6, g.lat_e6, GEO_UNKNOWN };
		assert_false(circle_position(untagged, &at));
	}
}

static void
a_damaged_file_is_said_and_not_used(void **state)
{
	struct db_fixture *x = *state;
	FILE *f = fopen(net_path, "r+b");
	int byte;

	circle_close();
	assert_non_null(f);
	assert_int_equal(fseek(f, 9000, SEEK_SET), 0);
	byte = fgetc(f);
	assert_int_equal(fseek(f, 9000, SEEK_SET), 0);
	fputc(byte ^ 1, f);
	fclose(f);
	circle_configure(net_path);
	assert_true(circle_provider_now().est);
	assert_non_null(circle_provider_now().trouble);
	f = fopen(net_path, "r+b");
	assert_non_null(f);
	assert_int_equal(fseek(f, 9000, SEEK_SET), 0);
	fputc(byte, f);
	fclose(f);
	circle_close();
	assert_false(circle_provider_now().est);
	(void)x;
}

#define FLOW(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW(verdicts_equal_plain_searches), FLOW(a_pin_equals_a_city_with_that_point), FLOW(a_pin_on_the_same_one_way_street),
		FLOW(the_nearest_come_first),
		FLOW(the_minute_of_opening_counts), FLOW(straight_lines_say_what_they_cannot_tell),
		FLOW(a_village_without_a_position_is_never_inside), FLOW(a_damaged_file_is_said_and_not_used),
		FLOW(a_tag_says_where_the_numbers_are),
	};
	int failed;

	net_make();
	failed = fixture_main("circle", tests, sizeof tests / sizeof tests[0], &engine);
	unlink(net_path);
	arena_free(net_mem);
	return failed;
}
