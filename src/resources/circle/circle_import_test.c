/*
 * circle_import_test: one town told in many ways is one network.  Order, numbers, cut ways and what nobody travels
 * change nothing; twice the length is twice the time; a cut file is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "resources/circle/circle.h"

#define NOWHERE ((struct circle_bounds){ 0, 0, 0, 0 }) /* no bounds */
#define MOST ((uint64_t)1 << 30)
#define NODES 9

static struct arena *mem, *spare;
static struct circle_speeds speeds;
static char path[64];

static int
setup(void **state)
{
	(void)state;
	mem = arena_create((size_t)1 << 30);
	spare = arena_create((size_t)1 << 30);
	return mem == NULL || spare == NULL || circle_speeds_carried(mem, &speeds) != RC_OK ? -1 : 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(mem);
	arena_free(spare);
	return 0;
}

/* ---- the town ------------------------------------------------------------------------------ */

static const struct { double lon, lat; } town_node[NODES] = {
	{ 120.6000001, 31.3000000 }, { 120.6100000, 31.3000003 }, { 120.6200000, 31.3011000 },
	{ 120.6200000, 31.3100000 }, { 120.6100000, 31.3101000 }, { 120.6000000, 31.3100000 },
	{ 120.6050000, 31.3050000 }, { 120.6150000, 31.3051234 }, { 120.6250000, 31.3200000 },
};

/* A way with its nodes; `one` is a one-way street along them. */
static const struct town_way { const char *class; bool one; int posted, n, node[6]; } town_way[] = {
	{ "residential", false, 0, 4, { 0, 1, 2, 3 } }, { "primary", true, 50, 4, { 3, 4, 5, 0 } },
	{ "footway", false, 0, 3, { 0, 6, 4 } }, { "tertiary", true, 0, 3, { 6, 1, 7 } },
	{ "service", false, 30, 3, { 7, 3, 8 } }, { "residential", false, 0, 5, { 1, 6, 5, 4, 1 } },
};
#define WAYS ((int)(sizeof town_way / sizeof town_way[0]))

/* How it is told. */
struct telling {
	uint64_t shuffle;         /* 0: in order */
	int64_t id, step;         /* of nodes: id + step × number */
	bool cut;                 /* each piece of a way by itself */
	bool turned;              /* ways from their end; one-way streets say -1 */
	bool noise;               /* nodes, buildings and relations nobody travels */
	bool ways_first;
};
static const struct telling as_it_is = { .id = 1, .step = 1 };

static uint32_t
draw(uint64_t *s, uint32_t below)
{
	*s = *s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((*s >> 32) * below >> 32);
}

static void
order_draw(const struct telling *t, int *order, int n)
{
	uint64_t s = t->shuffle;

	for (int i = 0; i < n; i++)
		order[i] = i;
	for (int i = n - 1; t->shuffle != 0 && i > 0; i--) {
		int k = (int)draw(&s, (uint32_t)i + 1), kept = order[i];

		order[i] = order[k];
		order[k] = kept;
	}
}

static long long
id_of(const struct telling *t, int node)
{
	return (long long)(t->id + t->step * node);
}

static void
nodes_tell(struct buf *b, const struct telling *t)
{
	int order[NODES];

	order_draw(t, order, NODES);
	for (int i = 0; i < NODES; i++)
		buf_printf(b, "<node id=\"%lld\" lat=\"%.7f\" lon=\"%.7f\"/>\n", id_of(t, order[i]),
		    town_node[order[i]].lat, town_node[order[i]].lon);
	if (t->noise)
		buf_printf(b, "<node id=\"%lld\" lat=\"31.4\" lon=\"120.7\"><tag k=\"shop\" v=\"tea\"/></node>\n",
		    id_of(t, NODES + 7));
}

/* Nodes a to z of a way. */
static void
piece_tell(struct buf *b, const struct telling *t, const struct town_way *w, int number, int a, int z)
{
	buf_printf(b, "<way id=\"%d\">", number);
	for (int i = a; i <= z; i++)
		buf_printf(b, "<nd ref=\"%lld\"/>", id_of(t, w->node[t->turned ? a + z - i : i]));
	if (t->noise)
		buf_add(b, TEXT("<tag k=\"name\" v=\"&lt;路&gt;\"/><tag k=\"surface\" v=\"asphalt\"/>"));
	if (w->one)
		buf_printf(b, "<tag k=\"oneway\" v=\"%s\"/>", t->turned ? "-1" : "yes");
	if (w->posted > 0)
		buf_printf(b, "<tag k=\"maxspeed\" v=\"%d\"/>", w->posted);
	buf_printf(b, "<tag k=\"highway\" v=\"%s\"/></way>\n", w->class);
}

static void
ways_tell(struct buf *b, const struct telling *t)
{
	int order[WAYS], number = 1;

	order_draw(t, order, WAYS);
	for (int i = 0; i < WAYS; i++) {
		const struct town_way *w = &town_way[order[i]];

		if (!t->cut)
			piece_tell(b, t, w, number++, 0, w->n - 1);
		for (int k = 0; t->cut && k + 1 < w->n; k++)
			piece_tell(b, t, w, number++, k, k + 1);
	}
	if (t->noise)
		buf_printf(b, "<way id=\"900\"><nd ref=\"%lld\"/><nd ref=\"%lld\"/><tag k=\"building\" v=\"yes\"/></way>\n"
		    "<relation id=\"1\"><member type=\"way\" ref=\"1\" role=\"\"/><tag k=\"highway\" v=\"primary\"/></relation>\n"
		    "<relation id=\"2\"><member type=\"way\" ref=\"1\" role=\"from\"/><tag k=\"restriction\" v=\"no_left_turn\"/>"
		    "<tag k=\"type\" v=\"restriction\"/></relation>\n",
		    id_of(t, 0), id_of(t, 4));
}

static void
town_tell(struct buf *b, const struct telling *t)
{
	buf_init(b, (size_t)1 << 20);
	buf_add(b, TEXT("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\">\n"));
	if (t->ways_first)
		ways_tell(b, t);
	nodes_tell(b, t);
	if (!t->ways_first)
		ways_tell(b, t);
	buf_add(b, TEXT("</osm>\n"));
}

/* ---- read again ---------------------------------------------------------------------------- */

static void
path_make(const char *ending)
{
	int fd;

	snprintf(path, sizeof path, "/tmp/import-XXXXXX%s", ending);
	fd = mkstemps(path, (int)strlen(ending));
	assert_true(fd >= 0);
	close(fd);
}

static enum rc
bytes_import(struct text bytes, struct circle_bounds bounds, struct circle_import *ret, enum circle_osm_why *why)
{
	FILE *f;
	enum rc rc;

	path_make(".osm");
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
	assert_int_equal(fclose(f), 0);
	arena_reset(spare);
	rc = circle_osm_import(mem, spare, path, &speeds, bounds, MOST, ret, why);
	unlink(path);
	return rc;
}

static struct circle_import
town_import(const struct telling *t)
{
	struct circle_import m;
	enum circle_osm_why why;
	struct buf b;

	town_tell(&b, t);
	assert_int_equal(bytes_import(buf_text(&b), NOWHERE, &m, &why), RC_OK);
	buf_free(&b);
	return m;
}

/* A link by where it is, not by numbers. */
struct piece { struct route_point from, to; uint32_t ms[ROUTE_MODES]; };

static int
piece_compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct piece));
}

static struct piece *
pieces_of(const struct circle_import *m)
{
	struct piece *v = arena_array(mem, m->links.m, sizeof *v);

	for (uint32_t i = 0; i < m->links.m; i++) {
		const struct route_link *l = &m->links.link[i];

		assert_true(l->from < m->links.n && l->to < m->links.n);
		v[i].from = m->links.at[l->from];
		v[i].to = m->links.at[l->to];
		memcpy(v[i].ms, l->ms, sizeof v[i].ms);
	}
	qsort(v, m->links.m, sizeof *v, piece_compare);
	return v;
}

static void
assert_same(const struct circle_import *a, const struct circle_import *b)
{
	assert_int_equal(a->links.n, b->links.n);
	assert_int_equal(a->links.m, b->links.m);
	assert_memory_equal(pieces_of(a), pieces_of(b), a->links.m * sizeof(struct piece));
	assert_memory_equal(&a->west, &b->west, 4 * sizeof a->west);
}

/* ---- OpenStreetMap ------------------------------------------------------------------------- */

static void
however_it_is_told_it_is_one_town(void **state)
{
	static const struct telling other[] = {
		{ .shuffle = 1, .id = 1, .step = 1 }, { .shuffle = 99, .id = 1, .step = 1 },
		{ .id = -5, .step = 1 }, { .id = INT64_C(9000000000000), .step = -77 }, { .id = 1, .step = 1, .cut = true },
		{ .id = 1, .step = 1, .turned = true }, { .id = 1, .step = 1, .noise = true },
		{ .id = 1, .step = 1, .ways_first = true },
		{ .shuffle = 7, .id = 12345678901, .step = 3, .cut = true, .turned = true, .noise = true, .ways_first = true },
	};
	struct circle_import whole = town_import(&as_it_is);

	(void)state;
	assert_int_equal(whole.links.n, NODES);
	assert_int_equal(whole.links.m, 32); /* 16 pieces, each both ways at least on foot */
	assert_int_equal(whole.lost, 0);
	for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
		struct circle_import m = town_import(&other[i]);

		assert_same(&whole, &m);
		assert_int_equal(m.restrictions, other[i].noise ? 1 : 0); /* a road that is a relation is none */
	}
}

static void
packed_is_the_same(void **state)
{
	struct circle_import whole = town_import(&as_it_is), m;
	enum circle_osm_why why;
	struct buf b;
	gzFile f;

	(void)state;
	town_tell(&b, &as_it_is);
	path_make(".osm.gz");
	f = gzopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(gzwrite(f, b.p, (unsigned)b.n), (int)b.n);
	assert_int_equal(gzclose(f), Z_OK);
	buf_free(&b);
	assert_int_equal(circle_osm_import(mem, spare, path, &speeds, NOWHERE, MOST, &m, &why), RC_OK);
	assert_same(&whole, &m);
	unlink(path);
}

static void
a_cut_file_is_refused(void **state)
{
	struct circle_import m;
	enum circle_osm_why why;
	struct buf b;

	(void)state;
	town_tell(&b, &as_it_is);
	for (size_t n = 0; n + 1 < b.n; n += 1 + n % 23)
		assert_int_equal(bytes_import((struct text){ b.p, n }, NOWHERE, &m, &why), RC_INVALID);
	assert_int_equal(bytes_import((struct text){ b.p, b.n - strlen(">\n") }, NOWHERE, &m, &why), RC_INVALID);
	assert_int_equal(bytes_import((struct text){ b.p, b.n - strlen("\n") }, NOWHERE, &m, &why), RC_OK);
	buf_free(&b);
}

/* What the library of the child falls over (it asks for the length of what is not there) is a refusal here. */
static void
a_child_that_falls_over_is_a_refusal(void **state)
{
	static const char *const v[] = {
		"<osm version=\"0.6\"><way id=\"1\"><nd ref=\"1\"/><tag k=\"highway\"/></way></osm>",
		"<osm version=\"0.6\"><way id=\"1\"><nd ref=\"1\"/><tag v=\"residential\"/></way></osm>",
		"<osm version=\"0.6\"><relation id=\"1\"><member type=\"way\" ref=\"1\"/></relation></osm>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		struct circle_import m;
		enum circle_osm_why why;

		assert_int_equal(bytes_import(text_of(v[i]), NOWHERE, &m, &why), RC_INVALID);
		assert_int_equal(why, CIRCLE_OSM_DAMAGED);
	}
}

/* Wider bounds never lose a piece; those around everything lose none. */
static void
wider_bounds_hold_more(void **state)
{
	struct circle_import whole = town_import(&as_it_is), m;
	uint32_t before = 0;
	enum circle_osm_why why;
	struct buf b;

	(void)state;
	town_tell(&b, &as_it_is);
	for (int32_t east = 1206000000; east <= 1206250000; east += 50000) {
		struct circle_bounds bounds = { 1206000000, 313000000, east, 313200000 };
		enum rc rc = bytes_import(buf_text(&b), bounds, &m, &why);

		assert_true(rc == RC_OK || why == CIRCLE_OSM_EMPTY);
		assert_true(m.links.m >= before);
		before = m.links.m;
	}
	assert_same(&whole, &m);
	buf_free(&b);
}

/* ---- tables -------------------------------------------------------------------------------- */

/* The town's streets as a table; lengths told where metres > 0, that much for each. */
static struct circle_import
table_import(const struct telling *t, double metres, double kmh)
{
	struct findings f = { .n = 0 };
	struct buf nodes, edges;
	struct circle_import m;
	int order[NODES];
	bool in_edges;

	buf_init(&nodes, (size_t)1 << 20);
	buf_init(&edges, (size_t)1 << 20);
	buf_add(&nodes, t->noise ? TEXT("lat,id,lon\r\n") : TEXT("id,lon,lat\n"));
	order_draw(t, order, NODES);
	for (int i = 0; i < NODES; i++) {
		long long id = id_of(t, order[i]);
		double lon = town_node[order[i]].lon, lat = town_node[order[i]].lat;

		if (t->noise)
			buf_printf(&nodes, "\"%.7f\",%lld,%.7f\r\n", lat, id, lon);
		else
			buf_printf(&nodes, "%lld,%.7f,%.7f\n", id, lon, lat);
	}
	buf_add(&edges, TEXT("from,to,class,metres,foot_kmh\n"));
	order_draw(t, order, WAYS);
	for (int i = 0; i < WAYS; i++) {
		const struct town_way *w = &town_way[order[i]];

		for (int k = 0; !w->one && w->posted == 0 && k + 1 < w->n; k++) {
			buf_printf(&edges, "%lld,%lld,%s,", id_of(t, w->node[t->turned ? k + 1 : k]),
			    id_of(t, w->node[t->turned ? k : k + 1]), w->class);
			if (metres > 0)
				buf_printf(&edges, "%.3f", metres * (1 + w->node[k] + w->node[k + 1]));
			buf_char(&edges, ',');
			if (kmh > 0)
				buf_printf(&edges, "%.2f", kmh);
			buf_char(&edges, '\n');
		}
	}
	assert_int_equal(circle_csv_import(mem, spare, buf_text(&nodes), buf_text(&edges), ROUTE_DATUM_WGS84, &speeds,
	    NOWHERE, &m, &f, &in_edges), RC_OK);
	buf_free(&nodes);
	buf_free(&edges);
	return m;
}

static void
rows_in_any_order_are_one_town(void **state)
{
	static const struct telling other[] = { { .shuffle = 3, .id = 1, .step = 1 }, { .id = -4, .step = 1000 },
		{ .id = 1, .step = 1, .turned = true }, { .id = 1, .step = 1, .noise = true },
		{ .shuffle = 11, .id = INT64_MAX, .step = -5, .turned = true, .noise = true } };
	struct circle_import whole = table_import(&as_it_is, 0, 0);

	(void)state;
	assert_int_equal(whole.links.m, 18);
	for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
		struct circle_import m = table_import(&other[i], 0, 0);

		assert_same(&whole, &m);
	}
}

/* The streets that the table has are in the map with the same times. */
static void
a_table_and_a_map_agree(void **state)
{
	struct circle_import map = town_import(&as_it_is), table = table_import(&as_it_is, 0, 0);
	const struct piece *of_map = pieces_of(&map), *of_table = pieces_of(&table);

	(void)state;
	for (uint32_t i = 0; i < table.links.m; i++)
		assert_non_null(bsearch(&of_table[i], of_map, map.links.m, sizeof *of_map, piece_compare));
}

static void
twice_as_long_takes_twice_the_time(void **state)
{
	struct circle_import once = table_import(&as_it_is, 100.25, 4), twice = table_import(&as_it_is, 200.5, 4),
	    slow = table_import(&as_it_is, 100.25, 2);

	(void)state;
	assert_int_equal(once.links.m, twice.links.m);
	for (uint32_t i = 0; i < once.links.m; i++) {
		uint32_t a = once.links.link[i].ms[ROUTE_FOOT], b = twice.links.link[i].ms[ROUTE_FOOT];

		assert_true(b + 1 >= 2 * a && b <= 2 * a + 1);
		assert_int_equal(slow.links.link[i].ms[ROUTE_FOOT], b);
		assert_true(a > 0 && a < ROUTE_NEVER);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(however_it_is_told_it_is_one_town), cmocka_unit_test(packed_is_the_same),
		cmocka_unit_test(a_cut_file_is_refused), cmocka_unit_test(a_child_that_falls_over_is_a_refusal),
		cmocka_unit_test(wider_bounds_hold_more),
		cmocka_unit_test(rows_in_any_order_are_one_town), cmocka_unit_test(a_table_and_a_map_agree),
		cmocka_unit_test(twice_as_long_takes_twice_the_time),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
