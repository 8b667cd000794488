/*
 * A pin that is moved over the made-up city: from the new position to the verdict of every village and to the figures,
 * as the page asks for it (`zhaofa bench circle-pin`).  Also what it costs to see the city anew.
 */
#include "app/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "kit/crew/crew_pool.h"
#include "resources/circle/circle.h"
#include "resources/circle/circle_city.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"

#define ROUNDS 5
#define PINS 41
#define CITY 3205
#define NOW INT64_C(1782781200000) /* 2026-06-30 09:00 in Shanghai */
#define BOUND ((size_t)4 << 30)

static enum rc
network_save(const char *path)
{
	struct arena *mem = arena_create(BOUND), *spare = arena_create(BOUND);
	const struct crew *crew = crew_pool_start(0);
	struct route_bundle b = { .about = { ROUTE_PROVIDER_SYNTHETIC, INT32_MIN, CIRCLE_SYNTH_LABEL " seed 1" } };
	struct route_findings findings;
	struct circle_links l;
	enum rc rc = mem == NULL || spare == NULL ? RC_NO_MEMORY : circle_synth(mem, spare, 1, 1, &l);

	if (rc == RC_OK)
		rc = route_build(mem, spare, l.at, l.n, l.link, l.m, &b.net, NULL, &findings);
	for (int mode = ROUTE_CAR; rc == RC_OK && mode <= ROUTE_EBIKE; mode++) {
		struct route_graph g;

		arena_reset(spare);
		rc = route_graph_of(mem, &b.net, (enum route_mode)mode, false, &g);
		if (rc == RC_OK)
			rc = route_hierarchy_build(mem, spare, &g, crew, &b.h[mode]);
		b.has[mode] = true;
	}
	if (rc == RC_OK)
		rc = circle_file_save(path, &b);
	crew_pool_stop(crew);
	arena_free(mem);
	arena_free(spare);
	return rc;
}

/* A station in every village, a centre in every town. */
static enum rc
points_create(struct ctx *ctx)
{
	struct place city = { CITY * INT64_C(100000000) };
	size_t n = region_list(city, PLACE_VILLAGE, DAY_NONE, NULL, 0);
	const struct division **d = arena_array(ctx->mem, n, sizeof *d);
	struct point_new *v = arena_array(ctx->mem, n, sizeof *v);
	struct findings findings = { .n = 0 };

	if (d == NULL || v == NULL)
		return RC_NO_MEMORY;
	n = region_list(city, PLACE_VILLAGE, DAY_NONE, d, n);
	for (size_t i = 0; i < n; i++) {
		bool centre = i % 20 == 0;

		v[i] = (struct point_new){ .kind = centre ? POINT_TOWN : POINT_STATION, .name = TEXT("点"), .phone = TEXT("12348"),
			.place = centre ? place_up(d[i]->place, PLACE_TOWN) : d[i]->place, .position = d[i]->position, .opened = { 100 } };
		for (int day = 1; day <= 5; day++)
			v[i].hours[v[i].n_hours++] = (struct point_hours){ day, 540, 1020 };
	}
	return network_create_many(ctx, idem_key_new(), v, n, &findings, NULL);
}

struct pinning { struct ctx *ctx; const struct circle_city *c; const struct circle_view *v; };

/* One move, as a page asks for it: verdicts, and the figures of the whole city. */
static enum rc
pin_move(struct pinning *p, uint32_t k)
{
	struct circle_pin pin = { .point = k % 2 == 0 ? ROUTE_NONE : k * 37 % p->c->n_points, .at = p->c->village[k * 53 % p->c->n_villages].at };
	struct circle_verdict *verdict;
	struct circle_sum sum;
	enum rc rc = circle_pin_judge(p->ctx, p->c, p->v, &pin, 30, &verdict);

	return rc == RC_OK ? circle_city_sum(p->ctx->mem, p->c, verdict, (struct place){ CITY * INT64_C(100000000) }, &sum) : rc;
}

static enum rc
mode_lines(struct ctx *ctx, const struct circle_city *c, enum route_mode mode)
{
	static const char *const names[] = { "by car", "by e-bike", "on foot" };
	struct circle_ask ask = { mode, CIRCLE_TIERS_ALL, NOW + 3600000 };
	struct pinning p = { ctx, c, NULL };
	double wall[ROUNDS], cpu[ROUNDS];
	int64_t began = bench_now_ns(), later;
	enum rc rc = circle_view_of(ctx, c, &ask, &p.v);

	later = bench_now_ns();
	ask.tiers = 1u << POINT_TOWN;
	if (rc == RC_OK)
		rc = circle_view_of(ctx, c, &ask, &p.v);
	printf("%-10s first view %8.1f ms, another %7.2f ms", names[(int)mode], (double)(later - began) / 1e6,
	    (double)(bench_now_ns() - later) / 1e6);
	for (int i = 0; rc == RC_OK && i < ROUNDS; i++) {
		int64_t at = bench_now_ns(), used = bench_cpu_ns();

		for (uint32_t k = 0; rc == RC_OK && k < PINS; k++) {
			arena_reset(ctx->mem);
			rc = pin_move(&p, k);
			rc = rc == RC_NOT_FOUND ? RC_OK : rc;
		}
		wall[i] = (double)(bench_now_ns() - at) / 1e6 / PINS;
		cpu[i] = (double)(bench_cpu_ns() - used) / 1e6 / PINS;
	}
	if (rc == RC_OK)
		printf("; a pin moved %6.2f ms wall, %6.2f ms processor\n", bench_median(wall, ROUNDS), bench_median(cpu, ROUNDS));
	return rc;
}

static enum rc
run(struct ctx *ctx)
{
	const struct circle_city *c = NULL;
	int64_t began;
	enum rc rc = region_seed(ctx);

	if (rc == RC_OK)
		rc = holidays_seed(ctx);
	if (rc == RC_OK)
		rc = points_create(ctx);
	if (rc == RC_OK)
		rc = network_reload(ctx);
	began = bench_now_ns();
	if (rc == RC_OK)
		rc = circle_city_hold(ctx, &c);
	if (rc == RC_OK)
		printf("%u villages, %u points; network mapped and city read in %.1f ms\n", c->n_villages, c->n_points,
		    (double)(bench_now_ns() - began) / 1e6);
	for (int mode = 0; rc == RC_OK && mode < ROUTE_MODES; mode++)
		rc = mode_lines(ctx, c, (enum route_mode)mode);
	circle_city_drop(c);
	circle_close();
	return rc;
}

int
bench_circle_pin(void)
{
	char path[] = "/tmp/zhaofa-bench-XXXXXX";
	struct actor system = identity_system(CITY);
	struct db_options opt = { .city = CITY, .node = 1, .readers = 1, .clock_ms = app_now_ms, .building = true, .url = "sqlite::memory:" };
	struct ctx ctx = { .mem = arena_create((size_t)64 << 20), .actor = &system, .now_ms = NOW };
	struct text why = TEXT_NONE;
	int fd = mkstemp(path);
	enum rc rc;

	if (ctx.mem == NULL || fd < 0)
		return 1;
	close(fd);
	bench_machine_print();
	rc = network_save(path);
	circle_configure(path);
	if (rc == RC_OK)
		rc = db_open(&opt, true, &ctx.db, &why);
	if (rc == RC_OK)
		rc = run(&ctx);
	db_close(ctx.db);
	arena_free(ctx.mem);
	unlink(path);
	if (rc != RC_OK)
		fprintf(stderr, "zhaofa: bench circle-pin: %s\n", rc_name(rc));
	return rc == RC_OK ? 0 : 1;
}
