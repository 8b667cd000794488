/*
 * The nearest service for every village of a country: networks of 52,000 to 16 million nodes, villages and
 * services in proportion.  A search in one piece and one by stretches of the network give the same service and the
 * same milliseconds for each village, or the run fails.  One thread, no hierarchy.
 */
#include "app/bench.h"

#include <stdio.h>
#include <string.h>

#include "engine/route/route_nearest.h"
#include "engine/route/route_snap.h"
#include "resources/circle/circle_synth.h"

#define BOUND ((size_t)24 << 30)
#define ROUNDS 5
#define ONCE 1000000        /* nodes from which the search in one piece, which is there to compare, is timed once */
#define PER_SERVICE 15      /* villages; about as many townships as the country has */

static const struct { uint32_t villages, side; } sizes[] = {
	{ 2000, 232 }, { 20000, 732 }, { 200000, 2312 }, { 620573, 4080 },
};

struct country {
	struct arena *mem;
	struct route_net net;
	struct route_graph back;
	struct route_stop *village, *service;
	uint32_t n_villages, n_services, off;
	double made;
};

static struct route_stop *
stops_of(struct country *c, struct arena *spare, const struct route_grid *grid, uint32_t side, uint64_t which, uint32_t n)
{
	struct route_snap how = { 5000, 750 };
	struct route_point *at = arena_raw(spare, n, sizeof *at);
	struct route_stop *v = arena_raw(c->mem, n, sizeof *v);

	if (at == NULL || v == NULL)
		return NULL;
	circle_synth_country_places(1, side, which, n, at);
	for (uint32_t i = 0; i < n; i++)
		c->off += !route_grid_snap(grid, &how, at[i], &v[i]);
	return v;
}

static enum rc
network_make(struct country *c, struct arena *spare, uint32_t side)
{
	struct arena *given = arena_create(BOUND);
	struct route_findings findings;
	struct circle_links links;
	enum rc rc = given == NULL ? RC_NO_MEMORY : circle_synth_country(given, spare, 1, side, &links);

	if (rc == RC_OK)
		rc = route_build(c->mem, spare, links.at, links.n, links.link, links.m, &c->net, NULL, &findings);
	arena_free(given);
	return rc;
}

static enum rc
country_make(struct country *c, uint32_t villages, uint32_t side)
{
	struct arena *spare = arena_create(BOUND);
	int64_t began = bench_now_ns();
	struct route_islands islands;
	struct route_grid *grid;
	enum rc rc = spare == NULL ? RC_NO_MEMORY : network_make(c, spare, side);

	c->n_villages = villages;
	c->n_services = villages / PER_SERVICE;
	if (rc == RC_OK)
		rc = route_graph_of(c->mem, &c->net, ROUTE_CAR, true, &c->back);
	if (rc == RC_OK)
		rc = route_islands(spare, spare, &c->back, &islands);
	if (rc == RC_OK)
		rc = route_grid_new(spare, spare, &c->net, ROUTE_CAR, islands.strong, &grid);
	if (rc == RC_OK) {
		c->village = stops_of(c, spare, grid, side, 1, c->n_villages);
		c->service = stops_of(c, spare, grid, side, 2, c->n_services);
		rc = c->village == NULL || c->service == NULL ? RC_NO_MEMORY : RC_OK;
	}
	arena_free(spare);
	c->made = (double)(bench_now_ns() - began) / 1e9;
	return rc;
}

struct asked { double wall, cpu; size_t bytes; };

/* Everything from the snapped places to the answers, all memory included. */
static enum rc
nearest_ask(const struct country *c, bool whole, struct route_near *ret, struct asked *spent)
{
	struct arena *mem = arena_create(BOUND);
	int64_t began = bench_now_ns(), began_cpu = bench_cpu_ns();
	struct route_seed *seed = mem == NULL ? NULL : arena_raw(mem, (size_t)c->n_services * 2 + 2, sizeof *seed);
	struct route_search *s;
	enum rc rc = seed == NULL ? RC_NO_MEMORY : route_search_new(mem, &c->back, &s);

	if (rc == RC_OK) {
		uint32_t n = route_nearest_seeds(c->service, c->n_services, seed);

		if (whole)
			route_search_run(s, seed, n, ROUTE_NEVER);
		else
			route_search_fill(s, seed, n);
		rc = route_nearest_read(mem, s, c->village, c->n_villages, c->service, c->n_services, ret);
	}
	spent->wall = (double)(bench_now_ns() - began) / 1e9;
	spent->cpu = (double)(bench_cpu_ns() - began_cpu) / 1e9;
	spent->bytes = mem == NULL ? 0 : arena_used(mem);
	arena_free(mem);
	return rc;
}

static enum rc
nearest_time(const struct country *c, bool whole, struct route_near *ret, struct asked *median)
{
	double wall[ROUNDS], cpu[ROUNDS];
	int rounds = whole && c->net.n >= ONCE ? 1 : ROUNDS;
	enum rc rc = RC_OK;

	for (int k = 0; rc == RC_OK && k < rounds; k++) {
		rc = nearest_ask(c, whole, ret, median);
		wall[k] = median->wall;
		cpu[k] = median->cpu;
	}
	if (rc == RC_OK) {
		median->wall = bench_median(wall, rounds);
		median->cpu = bench_median(cpu, rounds);
	}
	return rc;
}

static bool
size_line(uint32_t villages, uint32_t side)
{
	struct country c = { .mem = arena_create(BOUND) };
	struct route_near *one = NULL, *parts = NULL;
	struct asked whole, fill;
	bool fine = c.mem != NULL && country_make(&c, villages, side) == RC_OK;
	uint64_t sum = 0;
	uint32_t reached = 0;

	if (fine) {
		one = arena_raw(c.mem, villages, sizeof *one);
		parts = arena_raw(c.mem, villages, sizeof *parts);
		fine = one != NULL && parts != NULL && nearest_time(&c, true, one, &whole) == RC_OK &&
		    nearest_time(&c, false, parts, &fill) == RC_OK && memcmp(one, parts, villages * sizeof *one) == 0;
	}
	for (uint32_t i = 0; fine && i < villages; i++)
		if (parts[i].ms < ROUTE_NEVER) {
			sum += parts[i].ms;
			reached++;
		}
	if (fine)
		printf("%9u %9u %11u %11u | %7.1f s %7.0f MB | %7.3f s %7.3f s | %7.3f s %7.3f s %6.0f MB | %.1f min, %u without, %u off\n",
		    villages, c.n_services, c.net.n, c.net.m, c.made, (double)arena_used(c.mem) / 1e6, whole.wall, whole.cpu, fill.wall,
		    fill.cpu, (double)fill.bytes / 1e6, (double)sum / 60000 / (reached > 0 ? reached : 1), villages - reached, c.off);
	fflush(stdout);
	arena_free(c.mem);
	return fine;
}

int
bench_circle_scale(void)
{
	bool fine = true;

	bench_machine_print();
	printf("nearest service by car for every village of a made-up country, one thread, no hierarchy, median of %d\n"
	    " villages  services       nodes        arcs |    made, memory      | in one piece: wall, cpu | by stretches: wall, cpu, memory   |"
	    " mean\n", ROUNDS);
	for (size_t i = 0; fine && i < sizeof sizes / sizeof sizes[0]; i++)
		fine = size_line(sizes[i].villages, sizes[i].side);
	if (!fine)
		fprintf(stderr, "zhaofa: bench circle-scale: out of memory, or the two searches do not agree\n");
	return fine ? 0 : 1;
}
