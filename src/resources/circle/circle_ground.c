#include "resources/circle/circle_city_internal.h"

#include "kit/msg/msg.h"

#define GROUND_BOUND ((size_t)4 << 30)
#define SPARE_BOUND ((size_t)4 << 30)

static struct {
	pthread_mutex_t lock;
	const char *path;
	bool opened;
	struct circle_map map;
	struct route_bundle b;
	struct circle_provider provider;
	struct arena *mem;
	struct ground_mode mode[ROUTE_MODES];
} ground = { .lock = PTHREAD_MUTEX_INITIALIZER };

void
circle_configure(const char *network)
{
	pthread_mutex_lock(&ground.lock);
	ground.path = network;
	pthread_mutex_unlock(&ground.lock);
}

void
ground_close(void)
{
	pthread_mutex_lock(&ground.lock);
	for (int k = 0; k < ROUTE_MODES; k++) {
		if (ground.mode[k].ready)
			pthread_mutex_destroy(&ground.mode[k].lock);
		ground.mode[k] = (struct ground_mode){ .ready = false };
	}
	circle_file_close(&ground.map);
	arena_free(ground.mem);
	ground.mem = NULL;
	ground.opened = false;
	pthread_mutex_unlock(&ground.lock);
}

/* Of what the file says it is: arcs and positions, by the checksums of its sections. */
static uint64_t
net_hash(const struct route_bundle *b)
{
	struct text parts[] = {
		{ (const char *)b->net.at, b->net.n * sizeof *b->net.at },
		{ (const char *)b->net.head, b->net.m * sizeof *b->net.head },
		{ (const char *)b->net.ms[ROUTE_CAR], b->net.m * sizeof(uint32_t) },
		{ (const char *)b->net.ms[ROUTE_EBIKE], b->net.m * sizeof(uint32_t) },
		{ (const char *)b->net.ms[ROUTE_FOOT], b->net.m * sizeof(uint32_t) },
	};
	uint64_t h = UINT64_C(0x6369726300000000) + b->net.n;

	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		h = h * UINT64_C(0x9e3779b97f4a7c15) + text_hash(parts[i]);
	return h >> 1; /* stored in a signed column */
}

/* Under the lock. */
static void
open_once(void)
{
	enum route_file_why why = ROUTE_FILE_FINE;
	enum rc rc;

	if (ground.opened)
		return;
	ground.opened = true;
	ground.provider = (struct circle_provider){ .est = true, .label = "", .data_day = DAY_NONE };
	if (ground.path == NULL || ground.path[0] == '\0')
		return;
	rc = circle_file_open(ground.path, &ground.map, &ground.b, &why);
	if (rc == RC_NOT_FOUND)
		return;
	if (rc == RC_OK)
		ground.mem = arena_create(GROUND_BOUND);
	if (rc != RC_OK || ground.mem == NULL) {
		circle_file_close(&ground.map);
		ground.provider.trouble = rc == RC_CORRUPT ? circle_file_why_text(why) : T("路网文件不能读取");
		return;
	}
	ground.provider = (struct circle_provider){ .synthetic = ground.b.about.provider == ROUTE_PROVIDER_SYNTHETIC,
		.label = ground.b.about.label, .data_day = { ground.b.about.data_day }, .hash = net_hash(&ground.b) };
}

struct circle_provider
circle_provider_now(void)
{
	struct circle_provider p;

	pthread_mutex_lock(&ground.lock);
	open_once();
	p = ground.provider;
	pthread_mutex_unlock(&ground.lock);
	return p;
}

static enum rc
mode_make(struct ground_mode *g, enum route_mode mode)
{
	struct arena *spare = arena_create(SPARE_BOUND);
	struct route_islands islands;
	enum rc rc = spare == NULL ? RC_NO_MEMORY : route_graph_of(ground.mem, &ground.b.net, mode, false, &g->forth);

	if (rc == RC_OK)
		rc = route_graph_of(ground.mem, &ground.b.net, mode, true, &g->back);
	if (rc == RC_OK)
		rc = route_islands(ground.mem, spare, &g->forth, &islands);
	if (rc == RC_OK)
		rc = route_grid_new(ground.mem, spare, &ground.b.net, mode, islands.strong, &g->grid);
	if (rc == RC_OK)
		rc = route_search_new(ground.mem, &g->back, &g->backward);
	arena_free(spare);
	g->h = ground.b.has[(int)mode] && mode != ROUTE_FOOT ? &ground.b.h[(int)mode] : NULL;
	g->ready = rc == RC_OK && pthread_mutex_init(&g->lock, NULL) == 0;
	return rc == RC_OK && !g->ready ? RC_NO_MEMORY : rc;
}

struct ground_mode *
ground_mode(enum route_mode mode, enum rc *rc)
{
	struct ground_mode *g = NULL;

	*rc = RC_OK;
	pthread_mutex_lock(&ground.lock);
	open_once();
	if (!ground.provider.est) {
		g = &ground.mode[(int)mode];
		if (!g->ready)
			*rc = mode_make(g, mode);
	}
	pthread_mutex_unlock(&ground.lock);
	return *rc == RC_OK ? g : NULL;
}

const struct route_net *
ground_net(void)
{
	return &ground.b.net;
}

bool
ground_snap(const struct ground_mode *g, struct route_point at, struct route_stop *ret)
{
	struct route_snap how = { CIRCLE_REACH_M, CIRCLE_ACCESS_MS_PER_M };

	return route_grid_snap(g->grid, &how, at, ret);
}

struct route_stop
ground_turned(const struct route_stop *s)
{
	struct route_stop t = *s;

	for (int k = 0; k < 2; k++) {
		t.out_ms[k] = s->in_ms[k];
		t.in_ms[k] = s->out_ms[k];
		t.street_ms[k] = s->street_ms[1 - k];
	}
	return t;
}
