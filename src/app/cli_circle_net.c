/* zhaofa circle import, synth, build: networks made. */
#include "app/cli_circle.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/day.h"
#include "kit/msg/msg.h"

/* ---- made ---------------------------------------------------------------------------------- */

static const char *const faults[ROUTE_FAULTS] = {
	[ROUTE_FAULT_POINT] = "not on the globe", [ROUTE_FAULT_RANGE] = "ends nowhere",
	    [ROUTE_FAULT_LOOP] = "to itself",
	[ROUTE_FAULT_LONG] = "too long", [ROUTE_FAULT_CLOSED] = "closed to all",
	    [ROUTE_FAULT_ZERO] = "no time at all: 1 ms",
	[ROUTE_FAULT_PARALLEL] = "parallel: joined", [ROUTE_FAULT_TWIN] = "nodes where another one stands",
};

static int
save(struct circle_asked *q, const struct route_bundle *b)
{
	enum rc rc = q->out == NULL ? RC_INVALID : circle_file_save(q->out, b);

	if (q->out == NULL)
		return cli_circle_usage();
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: circle: %s: cannot be written\n", q->out);
		return 1;
	}
	fprintf(stderr, "%s: %u nodes, %u arcs, %zu bytes\n", q->out, b->net.n, b->net.m, route_file_size(b));
	return 0;
}

static int
build_and_save(struct circle_asked *q, const struct circle_links *l, struct route_bundle *b)
{
	struct route_findings f;
	enum rc rc = route_build(q->mem, q->spare, l->at, l->n, l->link, l->m, &b->net, NULL, &f);

	for (int k = 0; k < ROUTE_FAULTS; k++)
		if (f.v[k].n > 0)
			fprintf(stderr, "  %u %s (first: %u)\n", f.v[k].n, faults[k], f.v[k].first);
	if (rc != RC_OK) {
		fprintf(stderr, "zhaofa: circle: %s\n", rc_name(rc));
		return 1;
	}
	return save(q, b);
}

static bool
about_fill(const struct circle_asked *q, enum route_provider provider, const char *label,
    struct route_about *ret)
{
	struct day day;

	*ret = (struct route_about){ .provider = provider, .data_day = INT32_MIN };
	if (q->date != NULL && day_parse(text_of(q->date), &day) != RC_OK) {
		fprintf(stderr, "zhaofa: circle: --date %s: 2026-06-30\n", q->date);
		return false;
	}
	if (q->date != NULL)
		ret->data_day = day.n;
	snprintf(ret->label, sizeof ret->label, "%s", q->label != NULL ? q->label : label);
	return true;
}

static bool
within_parse(const struct circle_asked *q, struct circle_bounds *ret)
{
	double w, s, e, n;
	struct route_point lo, hi;

	*ret = (struct circle_bounds){ 0, 0, 0, 0 };
	if (q->within == NULL)
		return true;
	if (sscanf(q->within, "%lf,%lf,%lf,%lf", &w, &s, &e, &n) != 4 || w >= e || s >= n ||
	    route_point_of((struct route_degrees){ w, s }, &lo) != RC_OK ||
	    route_point_of((struct route_degrees){ e, n }, &hi) != RC_OK) {
		fprintf(stderr, "zhaofa: circle: --within %s: west,south,east,north in degrees\n", q->within);
		return false;
	}
	*ret = (struct circle_bounds){ lo.lon, lo.lat, hi.lon, hi.lat };
	return true;
}

static bool
speeds_open(struct circle_asked *q, struct circle_speeds *ret)
{
	struct findings findings = { .n = 0 };
	struct text csv;

	if (q->speeds == NULL)
		return circle_speeds_carried(q->mem, ret) == RC_OK;
	if (!cli_circle_text(q, q->speeds, &csv))
		return false;
	return circle_speeds_read(q->mem, csv, ret, &findings) == RC_OK && cli_circle_findings(q,
	    q->speeds, &findings);
}

static bool
tables_import(struct circle_asked *q, const struct circle_speeds *speeds,
    struct circle_bounds bounds, struct circle_import *m)
{
	struct findings findings = { .n = 0 };
	enum route_datum datum;
	struct text nodes, edges;
	bool in_edges;
	enum rc rc;

	if (!cli_circle_datum(q, &datum) || !cli_circle_text(q, q->nodes, &nodes) ||
	    !cli_circle_text(q, q->edges, &edges))
		return false;
	rc = circle_csv_import(q->mem, q->spare, nodes, edges, datum, speeds, bounds, m, &findings,
	    &in_edges);
	if (rc != RC_OK && findings.total == 0)
		fprintf(stderr, "zhaofa: circle: %s\n", rc_name(rc));
	return cli_circle_findings(q, in_edges ? q->edges : q->nodes, &findings) && rc == RC_OK;
}

static bool
osm_import(struct circle_asked *q, const struct circle_speeds *speeds, struct circle_bounds bounds,
    struct circle_import *m)
{
	enum circle_osm_why why;
	enum rc rc = circle_osm_import(q->mem, q->spare, q->osm, speeds, bounds,
	    (uint64_t)q->max_mb << 20, m, &why);
	const char *zh = circle_osm_why_text(why);

	if (rc == RC_INVALID)
		fprintf(stderr, "zhaofa: circle: %s: %s / %s\n", q->osm, zh, msg(LANG_EN, zh));
	else if (rc != RC_OK)
		fprintf(stderr, "zhaofa: circle: %s: %s\n", q->osm, rc_name(rc));
	return rc == RC_OK;
}

int
cli_circle_import(struct circle_asked *q)
{
	struct route_bundle b = { .about.provider = ROUTE_PROVIDER_NET };
	struct circle_speeds *speeds = ARENA_NEW(q->mem, struct circle_speeds);
	struct circle_bounds bounds;
	struct circle_import m;

	if ((q->osm == NULL) == (q->nodes == NULL || q->edges == NULL) || q->out == NULL)
		return cli_circle_usage();
	if (!about_fill(q, ROUTE_PROVIDER_NET,
	    q->osm != NULL ? "© OpenStreetMap contributors (ODbL)" : "CSV", &b.about) ||
	    !within_parse(q, &bounds) || speeds == NULL || !speeds_open(q, speeds))
		return 1;
	if (q->osm != NULL ? !osm_import(q, speeds, bounds, &m) : !tables_import(q, speeds, bounds, &m))
		return 1;
	fprintf(stderr, "%" PRIu64 " nodes and %" PRIu64 " ways read; %" PRIu64 " nodes told twice, %" PRIu64
	    " outside the bounds, %" PRIu64 " pieces of ways without their node\n"
	    "used: %u nodes, %u arcs, %.4f..%.4f E %.4f..%.4f N\n", m.nodes_read, m.ways_read,
	    m.doubles, m.outside, m.lost,
	    m.links.n, m.links.m, m.west / 1e7, m.east / 1e7, m.south / 1e7, m.north / 1e7);
	if (m.restrictions > 0)
		fprintf(stderr, "文件里有 %" PRIu64 " 条转弯限制，没有读：不许转的弯按可以转算\n"
		    "%" PRIu64 " turn restrictions in the file are not read: a forbidden turn counts as allowed\n", m.restrictions,
		    m.restrictions);
	return build_and_save(q, &m.links, &b);
}

/* ---- the made-up city ---------------------------------------------------------------------- */

static bool
places_save(struct circle_asked *q, const char *path, const struct circle_places *p)
{
	struct circle_asked to = *q;
	struct buf b;
	bool fine;

	buf_init(&b, (size_t)64 << 20);
	buf_add(&b, TEXT("code,name,lon,lat,datum\n"));
	for (uint32_t i = 0; i < p->n; i++)
		buf_printf(&b, "%lld,%.*s,%.7f,%.7f,wgs84\n", (long long)p->v[i].code,
		    (int)p->v[i].name.n, p->v[i].name.p,
		    p->v[i].at.lon / 1e7, p->v[i].at.lat / 1e7);
	to.out = path;
	fine = cli_circle_put(&to, &b);
	buf_free(&b);
	return fine;
}

int
cli_circle_synth(struct circle_asked *q)
{
	struct route_bundle b = { .about.provider = ROUTE_PROVIDER_SYNTHETIC };
	struct circle_places villages, points;
	struct circle_links links;
	char label[64];

	snprintf(label, sizeof label, q->grain == 1 ? CIRCLE_SYNTH_LABEL " seed %lld" : CIRCLE_SYNTH_LABEL " seed %lld grain %lld",
	    (long long)q->seed, (long long)q->grain);
	if (q->out == NULL)
		return cli_circle_usage();
	if (!about_fill(q, ROUTE_PROVIDER_SYNTHETIC, label, &b.about))
		return 1;
	if (circle_synth(q->mem, q->spare, (uint64_t)q->seed, (unsigned)q->grain, &links) != RC_OK ||
	    circle_synth_places(q->mem, (uint64_t)q->seed, (uint32_t)q->n_points, &villages,
	    &points) != RC_OK) {
		fprintf(stderr, "zhaofa: circle: out of memory\n");
		return 1;
	}
	snprintf(b.about.label, sizeof b.about.label, "%s",
	    label); /* whatever --label says: made up stays made up */
	if ((q->villages != NULL && !places_save(q, q->villages, &villages)) ||
	    (q->points != NULL && !places_save(q, q->points, &points)))
		return 1;
	return build_and_save(q, &links, &b);
}

/* ---- hierarchies --------------------------------------------------------------------------- */

int
cli_circle_build(struct circle_asked *q)
{
	struct circle_road r = { .map = { NULL, 0 } };
	int status;

	if (q->out == NULL || !cli_circle_open(q, false, &r))
		return q->out == NULL ? cli_circle_usage() : 1;
	if (!cli_circle_crew(q))
		return 1;
	for (int k = 0; k < ROUTE_MODES; k++) {
		struct route_graph g;
		enum rc rc = RC_OK;

		if (q->mode_said ? (int)q->mode != k : k == ROUTE_FOOT)
			continue;
		arena_reset(q->spare);
		rc = route_graph_of(q->mem, &r.b.net, (enum route_mode)k, false, &g);
		if (rc == RC_OK)
			rc = route_hierarchy_build(q->mem, q->spare, &g, q->crew, &r.b.h[k]);
		if (rc != RC_OK) {
			fprintf(stderr, "zhaofa: circle: %s\n", rc_name(rc));
			cli_circle_close(&r);
			return 1;
		}
		r.b.has[k] = true;
		fprintf(stderr, "%s: %u arcs, %u up and %u down in the hierarchy\n",
		    cli_circle_mode((enum route_mode)k), g.first[g.n],
		    r.b.h[k].up_first[r.b.h[k].n], r.b.h[k].down_first[r.b.h[k].n]);
	}
	status = save(q, &r.b);
	cli_circle_close(&r);
	return status;
}
