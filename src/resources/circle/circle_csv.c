#include <string.h>

#include "kit/msg/msg.h"
#include "resources/circle/circle_ids_internal.h"

#define ROWS_KEPT 4096            /* rows after which the memory of rows is taken back */
#define ROW_BYTES ((size_t)64 << 20)
#define KMH_MAX 300

/* ---- cells --------------------------------------------------------------------------------- */

/*
 * A decimal of at most `most` digits after the point, as a double that is the nearest to it;
 * false: it is none.
 */
static bool
decimal(struct text t, double most, double *ret)
{
	bool minus = t.n > 0 && t.p[0] == '-', any = false;
	double v = 0, scale = 1;

	for (size_t i = minus; i < t.n; i++) {
		char c = t.p[i];

		if (c == '.' && scale >= 1 && i + 1 < t.n) {
			scale = 0.1;
			continue;
		}
		if (c < '0' || c > '9' || t.n > 24)
			return false;
		any = true;
		if (scale < 1) {
			v += (c - '0') * scale;
			scale /= 10;
		} else {
			v = v * 10 + (c - '0');
		}
	}
	*ret = minus ? -v : v;
	return any && v <= most;
}

/* lon and lat of a row in WGS-84; a finding, and false, when they are none. */
static bool
position(const struct csv *c, const struct csv_record *r, enum route_datum datum, struct findings *findings,
    struct route_point *ret)
{
	struct route_degrees d;

	if (!decimal(csv_field(c, r, "lon"), 1000, &d.lon)) {
		csv_finding(findings, r->line, "lon", T("经度要写成 120.6 这样的度数"), 0);
		return false;
	}
	if (!decimal(csv_field(c, r, "lat"), 1000, &d.lat)) {
		csv_finding(findings, r->line, "lat", T("纬度要写成 31.3 这样的度数"), 0);
		return false;
	}
	if ((d.lat < -90 || d.lat > 90) && d.lon >= -90 && d.lon <= 90) {
		csv_finding(findings, r->line, "lat", T("经度和纬度好像写反了"), 0);
		return false;
	}
	if (route_datum_to_wgs84(datum, d, &d) != RC_OK || route_point_of(d, ret) != RC_OK) {
		csv_finding(findings, r->line, "lon", T("这个位置不在地球上"), 0);
		return false;
	}
	return true;
}

/* ---- rows ---------------------------------------------------------------------------------- */

/* A table being walked: the memory of its rows is taken back from time to time. */
struct table {
	struct csv csv;
	struct csv_record r;
	struct arena *head, *rows;
	int n;
	struct findings *findings;
};

static enum rc
table_open(struct table *t, struct arena *spare, struct text csv, const char *const *required,
    const char *const *optional, struct findings *findings)
{
	*t = (struct table){ .head = spare, .rows = arena_create(ROW_BYTES), .findings = findings };
	return t->rows == NULL ? RC_NO_MEMORY : csv_begin(&t->csv, spare, csv, required, optional, findings);
}

static enum rc
table_next(struct table *t)
{
	enum rc rc;

	if (++t->n % ROWS_KEPT == 0)
		arena_reset(t->rows);
	do
		rc = csv_next(&t->csv, t->rows, &t->r, t->findings);
	while (rc == RC_INVALID);
	return rc;
}

static size_t
lines_of(struct text t)
{
	size_t n = 1;

	for (size_t i = 0; i < t.n; i++)
		n += t.p[i] == '\n' || t.p[i] == '\r';
	return n;
}

/* ---- nodes and edges ----------------------------------------------------------------------- */

static const char *const node_required[] = { "id", "lon", "lat", NULL };
static const char *const edge_required[] = { "from", "to", NULL };
static const char *const edge_optional[] = { "metres", "oneway", "class", "car_kmh", "ebike_kmh",
    "foot_kmh", NULL };
static const char *const kmh_columns[ROUTE_MODES] = { "car_kmh", "ebike_kmh", "foot_kmh" };

struct tables {
	struct table t;
	enum route_datum datum;
	struct circle_bounds bounds;
	const struct circle_speeds *speeds;
	struct circle_import *m;
	struct ids ids;
	struct route_point *at;
	struct route_link *link;
};

static enum rc
nodes_read(struct tables *x)
{
	enum rc rc;

	while ((rc = table_next(&x->t)) == RC_OK) {
		struct route_point p;
		int64_t id;

		x->m->nodes_read++;
		if (int64_parse(csv_field(&x->t.csv, &x->t.r, "id"), INT64_MIN, INT64_MAX, &id) != RC_OK) {
			csv_finding(x->t.findings, x->t.r.line, "id", T("编号要写整数"), 0);
			continue;
		}
		if (!position(&x->t.csv, &x->t.r, x->datum, x->t.findings, &p))
			continue;
		if (!bounds_have(x->bounds, p)) {
			x->m->outside++;
			continue;
		}
		bounds_widen(x->m, p, x->m->links.n == 0);
		x->at[x->m->links.n] = p;
		x->ids.v[x->ids.n++] = (struct id_pair){ id, x->m->links.n++ };
	}
	return rc;
}

/* Speeds of a row: its own cells where there are such columns, else those of its class. */
static bool
speeds_of_row(struct tables *x, uint32_t mh[ROUTE_MODES])
{
	struct text class = csv_field(&x->t.csv, &x->t.r, "class");
	bool any = false;
	size_t row = 0;

	for (int k = 0; k < ROUTE_MODES; k++) {
		struct text cell = csv_field(&x->t.csv, &x->t.r, kmh_columns[k]);
		double kmh = 0;

		if (!text_is_empty(cell) && (!decimal(cell, KMH_MAX, &kmh) || kmh < 0.1)) {
			csv_finding(x->t.findings, x->t.r.line, kmh_columns[k],
			    T("时速要写 0.1 至 300 公里，留空表示不通行"), 0);
			return false;
		}
		mh[k] = (uint32_t)(kmh * 1000 + 0.5);
		any = any || mh[k] > 0;
	}
	if (any)
		return true;
	while (row < x->speeds->n && !text_equals(class, text_of(x->speeds->v[row].class)))
		row++;
	if (row == x->speeds->n) {
		csv_finding(x->t.findings, x->t.r.line, "class", T("没有时速，道路等级也不在表里"), 0);
		return false;
	}
	memcpy(mh, x->speeds->v[row].mh, sizeof x->speeds->v[row].mh);
	return true;
}

static uint32_t
end_of_row(struct tables *x, const char *column)
{
	int64_t id;
	uint32_t node = ROUTE_NONE;

	if (int64_parse(csv_field(&x->t.csv, &x->t.r, column), INT64_MIN, INT64_MAX, &id) != RC_OK)
		csv_finding(x->t.findings, x->t.r.line, column, T("编号要写整数"), 0);
	else
		node = ids_find(&x->ids, id);
	return node;
}

static void
edge_add(struct tables *x, uint32_t from, uint32_t to, const uint32_t mh[ROUTE_MODES], double metres)
{
	struct route_link *l = &x->link[x->m->links.m++];

	l->from = from;
	l->to = to;
	for (int k = 0; k < ROUTE_MODES; k++)
		l->ms[k] = ms_for(metres, mh[k]);
}

static void
edge_read(struct tables *x)
{
	uint32_t from = end_of_row(x, "from"), to = end_of_row(x, "to"), mh[ROUTE_MODES];
	struct text metres_cell = csv_field(&x->t.csv, &x->t.r, "metres"),
	    oneway = csv_field(&x->t.csv, &x->t.r, "oneway");
	double metres = 0;

	if (from == ROUTE_NONE || to == ROUTE_NONE) {
		x->m->lost++; /* cut off with the bounds, or told wrong: counted, and said */
		return;
	}
	if (text_is_empty(metres_cell)) {
		metres = route_metres(x->at[from], x->at[to]);
	} else if (!decimal(metres_cell, 1e6, &metres) || metres < 0) {
		csv_finding(x->t.findings, x->t.r.line, "metres", T("长度要写 0 至 1000000 米"), 0);
		return;
	}
	if (!text_is_empty(oneway) && !text_equals(oneway, TEXT("0")) && !text_equals(oneway, TEXT("1"))) {
		csv_finding(x->t.findings, x->t.r.line, "oneway", T("单行写 1，双向写 0 或留空"), 0);
		return;
	}
	if (from == to || !speeds_of_row(x, mh))
		return;
	edge_add(x, from, to, mh, metres);
	if (!text_equals(oneway, TEXT("1")))
		edge_add(x, to, from, mh, metres);
}

static enum rc
edges_read(struct tables *x)
{
	enum rc rc;

	while ((rc = table_next(&x->t)) == RC_OK) {
		x->m->ways_read++;
		edge_read(x);
	}
	return rc;
}

static enum rc
tables_room(struct tables *x, struct arena *mem, struct arena *spare, struct text nodes, struct text edges)
{
	size_t n = lines_of(nodes), m = lines_of(edges);

	if (n >= ROUTE_NODES_MAX || m >= UINT32_MAX / 2)
		return RC_TOO_LARGE;
	x->ids.v = arena_raw(spare, n, sizeof *x->ids.v);
	x->at = arena_raw(mem, n, sizeof *x->at);
	x->link = arena_raw(mem, 2 * m, sizeof *x->link);
	x->m->links.at = x->at;
	x->m->links.link = x->link;
	return x->ids.v == NULL || x->at == NULL || x->link == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc
circle_csv_import(struct arena *mem, struct arena *spare, struct text nodes, struct text edges,
    enum route_datum datum,
    const struct circle_speeds *speeds, struct circle_bounds bounds, struct circle_import *ret,
    struct findings *findings, bool *ret_in_edges)
{
	struct tables x = { .datum = datum, .bounds = bounds, .speeds = speeds, .m = ret };
	enum rc rc;

	*ret = (struct circle_import){ .nodes_read = 0 };
	*ret_in_edges = false;
	if (datum == ROUTE_DATUM_NONE) {
		findings_add(findings, "", T("没有说明坐标系：wgs84、cgcs2000、gcj02 或 bd09"), 0);
		return RC_INVALID;
	}
	rc = tables_room(&x, mem, spare, nodes, edges);
	if (rc != RC_OK)
		return rc;
	rc = table_open(&x.t, spare, nodes, node_required, NULL, findings);
	if (rc == RC_OK)
		rc = nodes_read(&x);
	arena_free(x.t.rows);
	ret->doubles = ids_sort(&x.ids);
	if (rc != RC_DONE || findings->total > 0)
		return rc == RC_DONE ? RC_INVALID : rc;
	*ret_in_edges = true;
	rc = table_open(&x.t, spare, edges, edge_required, edge_optional, findings);
	if (rc == RC_OK)
		rc = edges_read(&x);
	arena_free(x.t.rows);
	if (rc != RC_DONE)
		return rc;
	return findings->total == 0 ? RC_OK : RC_INVALID;
}

/* ---- places -------------------------------------------------------------------------------- */

static const char *const place_required[] = { "code", "lon", "lat", NULL };
static const char *const place_optional[] = { "name", "datum", "weight", NULL };
#define WEIGHT_MAX 1000000000

static void
place_read(struct table *t, struct arena *mem, enum route_datum datum, struct circle_places *ret,
    struct circle_place *v)
{
	struct text own = csv_field(&t->csv, &t->r, "datum"), weight = csv_field(&t->csv, &t->r, "weight");
	struct circle_place *p = &v[ret->n];

	if (int64_parse(csv_field(&t->csv, &t->r, "code"), 0, INT64_MAX, &p->code) != RC_OK) {
		csv_finding(t->findings, t->r.line, "code", T("编号要写整数"), 0);
		return;
	}
	if ((!text_is_empty(own) && route_datum_parse(own, &datum) != RC_OK) || datum == ROUTE_DATUM_NONE) {
		csv_finding(t->findings, t->r.line, "datum", T("没有说明坐标系：wgs84、cgcs2000、gcj02 或 bd09"), 0);
		return;
	}
	if (!position(&t->csv, &t->r, datum, t->findings, &p->at))
		return;
	p->weight = 1;
	if (!text_is_empty(weight) && int64_parse(weight, 0, WEIGHT_MAX, &p->weight) != RC_OK) {
		csv_finding(t->findings, t->r.line, "weight", T("人数要写 0 至 1000000000 的整数"), 0);
		return;
	}
	p->name = arena_text(mem, csv_field(&t->csv, &t->r, "name"));
	ret->n++;
}

enum rc
circle_places_read(struct arena *mem, struct text csv, enum route_datum datum, struct circle_places *ret,
    struct findings *findings)
{
	size_t n = lines_of(csv);
	struct circle_place *v = n < UINT32_MAX ? arena_array(mem, n, sizeof *v) : NULL;
	struct table t;
	enum rc rc;

	*ret = (struct circle_places){ v, 0 };
	if (v == NULL)
		return RC_NO_MEMORY;
	rc = table_open(&t, mem, csv, place_required, place_optional, findings);
	if (rc == RC_OK)
		while ((rc = table_next(&t)) == RC_OK)
			place_read(&t, mem, datum, ret, v);
	arena_free(t.rows);
	if (rc != RC_DONE)
		return rc;
	return findings->total == 0 ? RC_OK : RC_INVALID;
}
