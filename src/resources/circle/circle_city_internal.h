/* circle_city_internal: the network of the process, and what a city keeps beside what it shows. */
#pragma once

#include <pthread.h>

#include "base/crew.h"
#include "resources/circle/circle.h"
#include "resources/circle/circle_city.h"
#include "resources/circle/circle_rule.h"

#define CIRCLE_LIMIT_MS ((uint32_t)CIRCLE_MINUTES_MAX * 60000)
#define CIRCLE_VIEWS_MAX 64
#define CIRCLE_REACH_M 2000          /* farther from any street: off the network */
#define CIRCLE_ACCESS_MS_PER_M 750   /* to the street on foot, 4.8 km/h */

/* ---- the network (circle_ground.c) ------------------------------------------------------------ */

/* One mode of it; made when first asked for, never changed after that. */
struct ground_mode {
	bool ready;
	struct route_graph forth, back;
	struct route_grid *grid;
	const struct route_hierarchy *h; /* NULL: there is none */
	pthread_mutex_t lock;            /* of the two searches: one at a time */
	struct route_search *backward;
};
/* NULL with *rc RC_OK: there is no network. */
struct ground_mode *ground_mode(enum route_mode mode, enum rc *rc);
const struct route_net *ground_net(void);
void ground_close(void); /* once the cities are gone */
bool ground_snap(const struct ground_mode *g, struct route_point at, struct route_stop *ret);
/* The stop with all ways turned round. */
struct route_stop ground_turned(const struct route_stop *s);

/* ---- a city ------------------------------------------------------------------------------------- */

struct inner_mode {
	bool ready;
	struct route_stop *from, *to;   /* of villages and points; NULL for straight lines */
	struct route_plan *plan;        /* to the points; NULL: by searches */
	struct route_matrix m;          /* rows of villages, within CIRCLE_LIMIT_MS; straight lines: ms is the low end */
	struct arena *worker[CREW_WORKERS_MAX];
};

struct circle_inner {
	struct circle_city city;
	struct arena *mem;
	pthread_mutex_t lock;
	int holders;
	int32_t region, network;
	struct day day;
	bool est;
	struct inner_mode mode[ROUTE_MODES];
	struct circle_view view[CIRCLE_VIEWS_MAX];
	uint64_t view_hash[CIRCLE_VIEWS_MAX];
	uint32_t n_views;
	struct circle_counted *counted;
};

struct circle_inner *inner_new(void); /* empty, held once, on the network there is; NULL: no memory */
/* Under the lock of the city. */
enum rc inner_mode_ready(struct circle_inner *in, enum route_mode mode);
/* Times by straight lines from each to each within the limit, by the low end. */
enum rc inner_lines(struct arena *const *mem, enum route_mode mode, const struct circle_village *from, uint32_t n,
    const struct route_point *to, const bool *has, uint32_t n_to, uint32_t limit, const struct crew *crew, struct route_matrix *ret);
