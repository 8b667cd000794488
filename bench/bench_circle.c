/*
 * Every village to every point of the made-up city, as far as half an hour: by a bucket search from each
 * village, by the hierarchy in every kind of lanes, by igraph where it is; and on foot.  All ways give the
 * same pairs and the same milliseconds, or the run fails.
 */
#include "app/bench.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "engine/route/route_isochrone.h"
#include "engine/route/route_matrix.h"
#include "kit/crew/crew_pool.h"
#include "resources/circle/circle.h"

#define ROUNDS 5
#define LIMIT 1800000            /* ms */
#define POINTS 2100
#define BOUND ((size_t)8 << 30)
#define IGRAPH_SOURCES 10

struct run {
	struct arena *mem, *spare;
	struct route_net net;
	struct circle_places villages, points;
	struct route_graph graph[ROUTE_MODES];
	struct route_hierarchy h;
	struct route_stop *from, *to;
	const struct crew *crew;
};

/* Wall and processor seconds of one piece of work. */
struct spent { double wall, cpu; };

static int64_t
cpu_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static void
line(const char *what, struct spent s, double limit_cpu)
{
	printf("%-44s %9.4f s wall  %9.4f s processor", what, s.wall, s.cpu);
	if (limit_cpu > 0)
		printf("   1 / %.1f", limit_cpu / s.cpu);
	printf("\n");
}

/* ---- matrices ------------------------------------------------------------------------------ */

enum way { WAY_BUCKETS, WAY_HIERARCHY };

struct job { enum way way; enum route_mode mode; enum route_lanes lanes; const struct crew *crew; };

static bool
same(const struct route_matrix *a, const struct route_matrix *b)
{
	for (uint32_t i = 0; i < a->n_from; i++)
		if (a->row[i].n != b->row[i].n || memcmp(a->row[i].v, b->row[i].v,
		    a->row[i].n * sizeof *a->row[i].v) != 0)
			return false;
	return a->n_from == b->n_from;
}

/* From the stops to the pairs, plan and all memory included. */
static enum rc
job_do(struct run *r, const struct job *j, struct arena **mem, struct route_matrix *m)
{
	struct route_plan *plan;
	enum rc rc;

	if (j->way == WAY_BUCKETS)
		return route_matrix_search(mem, &r->graph[(int)j->mode], r->from, r->villages.n,
		    r->to, r->points.n, LIMIT, j->crew, m);
	rc = route_plan_new(mem[0], &r->h, r->to, r->points.n, &plan);
	return rc != RC_OK ? rc : route_matrix_run(mem, plan, r->from, r->villages.n, LIMIT,
	    j->crew, j->lanes, m);
}

/* The median of some rounds; false when memory is out or the pairs are others than `right` (if given). */
static bool
job_time(struct run *r, const struct job *j, int rounds, const struct route_matrix *right, struct spent *ret)
{
	struct arena *mem[CREW_WORKERS_MAX];
	unsigned workers = crew_workers(j->crew);
	double wall[ROUNDS], cpu[ROUNDS];
	bool fine = true;

	for (int k = 0; fine && k < rounds; k++) {
		struct route_matrix m;
		int64_t began, began_cpu;

		for (unsigned w = 0; w < workers; w++)
			mem[w] = arena_create(BOUND);
		began = bench_now_ns();
		began_cpu = cpu_ns();
		fine = job_do(r, j, mem, &m) == RC_OK;
		cpu[k] = (double)(cpu_ns() - began_cpu) / 1e9;
		wall[k] = (double)(bench_now_ns() - began) / 1e9;
		fine = fine && (right == NULL || same(right, &m));
		for (unsigned w = 0; w < workers; w++)
			arena_free(mem[w]);
	}
	*ret = (struct spent){ bench_median(wall, rounds), bench_median(cpu, rounds) };
	return fine;
}

/* ---- igraph -------------------------------------------------------------------------------- */

/* A node of a village that is on the network, and of a point (any, where it is off). */
static uint32_t
igraph_source(const struct run *r, uint32_t i)
{
	uint32_t at = i * (r->villages.n / IGRAPH_SOURCES);

	while (at + 1 < r->villages.n && route_stop_is_off(&r->from[at]))
		at++;
	return r->from[at].node[0];
}

static uint32_t
igraph_target(const struct run *r, uint32_t i)
{
	return route_stop_is_off(&r->to[i]) ? 0 : r->to[i].node[0];
}

static bool
igraph_files(const struct run *r, const char *dir)
{
	const struct route_graph *g = &r->graph[ROUTE_CAR];
	char path[256];
	FILE *f;

	snprintf(path, sizeof path, "%s/graph", dir);
	f = fopen(path, "wb");
	if (f == NULL)
		return false;
	fprintf(f, "%u %u %d %u\n", g->n, g->first[g->n], IGRAPH_SOURCES, r->points.n);
	for (uint32_t u = 0; u < g->n; u++)
		for (uint32_t a = g->first[u]; a < g->first[u + 1]; a++)
			fprintf(f, "%u %u %u\n", u, g->arc[a].to, g->arc[a].ms);
	for (uint32_t i = 0; i < IGRAPH_SOURCES; i++)
		fprintf(f, "%u\n", igraph_source(r, i));
	for (uint32_t i = 0; i < r->points.n; i++)
		fprintf(f, "%u\n", igraph_target(r, i));
	return fclose(f) == 0;
}

/* igraph's times of some villages against ours, at nodes. */
static bool
igraph_check(const struct run *r, FILE *f)
{
	struct route_search *s;

	if (route_search_new(r->mem, &r->graph[ROUTE_CAR], &s) != RC_OK)
		return false;
	for (uint32_t i = 0; i < IGRAPH_SOURCES; i++) {
		struct route_seed seed = { igraph_source(r, i), 0, 0 };

		route_search_run(s, &seed, 1, ROUTE_NEVER);
		for (uint32_t k = 0; k < r->points.n; k++) {
			int64_t ms;

			if (fscanf(f, "%" SCNd64, &ms) != 1 ||
			    (ms < 0 ? ROUTE_NEVER : ms) != route_search_ms(s, igraph_target(r, k)))
				return false;
		}
	}
	return true;
}

/* 0 fine, also where igraph is not (said aloud); 1 other times. */
static int
igraph_line(const struct run *r, double ours)
{
	char dir[] = "/tmp/zhaofa-circle-XXXXXX", self[4000], command[8200], path[256];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	double seconds = -1;
	bool fine = true;
	char *slash;
	FILE *f;

	if (n < 0 || mkdtemp(dir) == NULL)
		return 1;
	self[n] = '\0';
	slash = strrchr(self, '/');
	snprintf(command, sizeof command, "%.*s/bench/circle_igraph %s/graph 2>/dev/null",
	    (int)(slash - self), self, dir);
	f = igraph_files(r, dir) ? popen(command, "r") : NULL;
	if (f != NULL && fscanf(f, "%lf", &seconds) == 1)
		fine = igraph_check(r, f);
	if (f != NULL)
		pclose(f);
	snprintf(path, sizeof path, "%s/graph", dir);
	unlink(path);
	rmdir(dir);
	if (seconds < 0) {
		printf("%-44s SKIPPED: bench/circle_igraph is not beside the program (libigraph-dev)\n", "igraph");
		return 0;
	}
	seconds *= (double)r->villages.n / IGRAPH_SOURCES;
	printf("%-44s %9.1f s processor, from %d villages   %.0f times\n",
	    "igraph_distances_dijkstra, extrapolated", seconds,
	    IGRAPH_SOURCES, seconds / ours);
	return fine ? 0 : 1;
}

/* ---- all ----------------------------------------------------------------------------------- */

static bool
city_open(struct run *r)
{
	struct circle_links links;
	struct route_findings findings;
	int64_t began = bench_now_ns();

	if (circle_synth(r->mem, r->spare, 1, 1, &links) != RC_OK ||
	    circle_synth_places(r->mem, 1, POINTS, &r->villages, &r->points) != RC_OK ||
	    route_build(r->mem, r->spare, links.at, links.n, links.link, links.m, &r->net, NULL,
	    &findings) != RC_OK)
		return false;
	printf(CIRCLE_SYNTH_LABEL " seed 1: %u nodes, %u arcs, made in %.2f s; %u villages, %u points, %d minutes\n", r->net.n,
	    r->net.m, (double)(bench_now_ns() - began) / 1e9, r->villages.n, r->points.n, LIMIT / 60000);
	r->from = arena_array(r->mem, r->villages.n, sizeof *r->from);
	r->to = arena_array(r->mem, r->points.n, sizeof *r->to);
	return r->from != NULL && r->to != NULL;
}

/* Stops of a mode. */
static bool
stops_open(struct run *r, enum route_mode mode)
{
	struct route_snap how = { 2000, 750 };
	struct route_islands islands;
	struct route_grid *grid;

	if (route_graph_of(r->mem, &r->net, mode, false, &r->graph[(int)mode]) != RC_OK ||
	    route_islands(r->mem, r->spare, &r->graph[(int)mode], &islands) != RC_OK ||
	    route_grid_new(r->mem, r->spare, &r->net, mode, islands.strong, &grid) != RC_OK)
		return false;
	for (uint32_t i = 0; i < r->villages.n; i++)
		route_grid_snap(grid, &how, r->villages.v[i].at, &r->from[i]);
	for (uint32_t i = 0; i < r->points.n; i++)
		route_grid_snap(grid, &how, r->points.v[i].at, &r->to[i]);
	return true;
}

static bool
hierarchy_lines(struct run *r)
{
	for (int k = 0; k < 2; k++) {
		struct arena *spare = arena_create(BOUND);
		int64_t began = bench_now_ns(), began_cpu = cpu_ns();
		bool fine = spare != NULL &&
		    route_hierarchy_build(r->mem, spare, &r->graph[ROUTE_CAR],
		    k == 0 ? NULL : r->crew, &r->h) == RC_OK;

		line(k == 0 ? "hierarchy, one thread" : "hierarchy, all threads",
		    (struct spent){ (double)(bench_now_ns() - began) / 1e9,
		    (double)(cpu_ns() - began_cpu) / 1e9 }, 0);
		if (k == 1 && fine)
			printf("%-44s %u arcs up, %u down, %.1f MB; %.1f MB while it was built\n", "",
			    r->h.up_first[r->h.n], r->h.down_first[r->h.n],
			    ((double)r->h.n * 12 + 8.0 * r->h.up_first[r->h.n] + 8.0 * r->h.down_first[r->h.n]) / 1e6,
			    (double)arena_used(spare) / 1e6);
		arena_free(spare);
		if (!fine)
			return false;
	}
	return true;
}

static int
drive_lines(struct run *r)
{
	static const char *const names[] = { "best", "plain C", "AVX2", "AVX-512" };
	struct arena *keep = arena_create(BOUND);
	struct job buckets = { .way = WAY_BUCKETS, .mode = ROUTE_CAR };
	struct route_matrix right;
	struct spent limit, s;
	char what[64];
	int status = 1;

	if (keep == NULL || job_do(r, &buckets, &keep, &right) != RC_OK || !job_time(r, &buckets, 1,
	    &right, &limit))
		return 1;
	printf("by car, %" PRIu64 " pairs\n", right.n_pairs);
	line("a bucket search from each village, one thread", limit, 0);
	for (int lanes = ROUTE_LANES_PLAIN; lanes <= ROUTE_LANES_AVX512; lanes++) {
		struct job j = { WAY_HIERARCHY, ROUTE_CAR, (enum route_lanes)lanes, NULL };

		if (!route_lanes_here(j.lanes))
			continue;
		snprintf(what, sizeof what, "hierarchy, 16 lanes of %s, one thread", names[lanes]);
		if (!job_time(r, &j, ROUNDS, &right, &s))
			goto end;
		line(what, s, limit.cpu);
	}
	if (!job_time(r, &(struct job){ WAY_HIERARCHY, ROUTE_CAR, ROUTE_LANES_BEST, r->crew },
	    ROUNDS, &right, &s))
		goto end;
	snprintf(what, sizeof what, "hierarchy, best lanes, %u threads", crew_workers(r->crew));
	line(what, s, limit.cpu);
	status = igraph_line(r, s.cpu);
end:
	arena_free(keep);
	return status;
}

static int
walk_lines(struct run *r)
{
	struct spent one, all;
	char what[64];

	if (!stops_open(r, ROUTE_FOOT) || !job_time(r, &(struct job){ WAY_BUCKETS, ROUTE_FOOT, 0,
	    NULL }, ROUNDS, NULL, &one) ||
	    !job_time(r, &(struct job){ WAY_BUCKETS, ROUTE_FOOT, 0, r->crew }, ROUNDS, NULL, &all))
		return 1;
	printf("on foot\n");
	line("a bucket search from each village, one thread", one, 0);
	snprintf(what, sizeof what, "the same, %u threads", crew_workers(r->crew));
	line(what, all, 0);
	return 0;
}

static int
area_line(struct run *r)
{
	double wall[ROUNDS];
	struct route_area area = { NULL, 0, 0 };
	struct route_search *s;
	struct route_seed seed[2];

	if (route_search_new(r->mem, &r->graph[ROUTE_CAR], &s) != RC_OK)
		return 1;
	for (int k = 0; k < ROUNDS; k++) {
		struct arena *mem = arena_create(BOUND);
		int64_t began = bench_now_ns();
		bool fine;

		route_search_run(s, seed, route_stop_seeds(&r->from[1000], false, 0, seed), LIMIT);
		fine = mem != NULL &&
		    route_isochrone(mem, mem, &r->net, &r->graph[ROUTE_CAR], s, &r->from[1000],
		    LIMIT, 100, &area) == RC_OK;
		wall[k] = (double)(bench_now_ns() - began) / 1e9;
		arena_free(mem);
		if (!fine)
			return 1;
	}
	printf("%-44s %9.4f s wall  (%u rings)\n", "one isochrone by car, cells of 100 m",
	    bench_median(wall, ROUNDS), area.n);
	return 0;
}

int
bench_circle(void)
{
	struct run r = { .mem = arena_create(BOUND), .spare = arena_create(BOUND),
	    .crew = crew_pool_start(0) };
	int status = 1;

	bench_machine_print();
	printf("median of %d, the search from each village once\n", ROUNDS);
	if (r.mem != NULL && r.spare != NULL && r.crew != NULL && city_open(&r) && stops_open(&r,
	    ROUTE_CAR) && hierarchy_lines(&r)) {
		status = drive_lines(&r);
		if (status == 0)
			status = area_line(&r);
		if (status == 0)
			status = walk_lines(&r);
	}
	crew_pool_stop(r.crew);
	arena_free(r.mem);
	arena_free(r.spare);
	if (status != 0)
		fprintf(stderr, "zhaofa: bench circle: out of memory, or the ways do not give the same times\n");
	return status;
}
