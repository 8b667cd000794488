/* cli_circle: what the words of `zhaofa circle` share. */
#pragma once

#include "base/crew.h"
#include "engine/route/route_isochrone.h"
#include "engine/route/route_matrix.h"
#include "resources/circle/circle.h"

#define CIRCLE_BOUND ((size_t)24 << 30) /* of one run's arenas: most of it is never touched */

struct circle_asked {
	const char *net, *out, *osm, *nodes, *edges, *datum, *speeds, *date, *label, *within,
	    *villages, *points, *from, *to, *at, *pmed, *candidates, *model,
	    *write_lp, *base;
	enum route_mode mode;
	bool mode_said, geojson, est, all;
	int64_t minutes, k, seed, grain, n_points, pairs, workers, cell, reach, add, capacity, max_mb,
	    isochrones, days;
	const char *const *words;
	int n_words;
	struct arena *mem, *spare;
	struct arena *worker[CREW_WORKERS_MAX];  /* one for each of the crew; opened by cli_circle_crew() */
	const struct crew *crew;
};

/* A network that is open, for one mode. */
struct circle_road {
	struct circle_map map;
	struct route_bundle b;
	struct route_graph graph;
	struct route_islands islands;
	struct route_grid *grid;
};

int cli_circle_usage(void);
const char *cli_circle_mode(enum route_mode mode); /* "car" */
bool cli_circle_text(struct circle_asked *q, const char *path,
    struct text *ret); /* a file in q->mem; says what is wrong */
bool cli_circle_datum(const struct circle_asked *q,
    enum route_datum *ret);        /* NONE when not said; says what is wrong */
bool cli_circle_findings(struct circle_asked *q, const char *path, const struct findings *f);
bool cli_circle_places(struct circle_asked *q, const char *path, struct circle_places *ret);
bool cli_circle_crew(struct circle_asked *q);
/* Says on standard error what the network is and whose; with `mode` also what the searches need. */
bool cli_circle_open(struct circle_asked *q, bool mode, struct circle_road *ret);
void cli_circle_close(struct circle_road *r);
/* Stops of places; counts those off the network. */
struct route_stop *cli_circle_stops(struct circle_asked *q, const struct circle_road *r,
    const struct circle_places *p, uint32_t *ret_off);
/* Places to places within the limit, by the hierarchy where there is one and it is worth it. */
bool cli_circle_matrix(struct circle_asked *q, const struct circle_road *r,
    const struct route_stop *from, uint32_t n_from,
    const struct route_stop *to, uint32_t n_to, uint32_t limit, struct route_matrix *ret);
/*
 * The choice of k candidates that covers most, besides what the points cover (rows of villages to both), as a model in LP
 * format for any solver: its greatest value is `objective` of engine/site.  Without --add: the fewest candidates.
 */
bool cli_circle_lp(const struct circle_asked *q, const struct circle_places *villages,
    const struct route_matrix *by_point, const struct route_matrix *by_candidate);
/* The chosen candidates as rounds of --days days from --base: rows of day and order; says how long, and how long at least. */
bool cli_circle_rounds(struct circle_asked *q, const struct circle_place *candidate, const uint32_t *chosen, uint32_t n);
bool cli_circle_put(const struct circle_asked *q, const struct buf *b); /* to --out, or standard output */

int cli_circle_import(struct circle_asked *q);
int cli_circle_synth(struct circle_asked *q);
int cli_circle_build(struct circle_asked *q);
int cli_circle_verify(struct circle_asked *q);
int cli_circle_cover(struct circle_asked *q);
int cli_circle_nearest(struct circle_asked *q);
int cli_circle_pairs(struct circle_asked *q);
int cli_circle_isochrone(struct circle_asked *q);
int cli_circle_site(struct circle_asked *q);
int cli_circle_pmed(struct circle_asked *q);
