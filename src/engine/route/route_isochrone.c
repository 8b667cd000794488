#include <math.h>
#include <string.h>

#include "engine/route/route_isochrone.h"
#include "engine/route/route_line_internal.h"

#define CELLS_MAX 16e6
#define MARGIN 2

struct raster {
	struct arena *spare;
	int64_t west, south, dx, dy;   /* units */
	int64_t nx, ny;
	uint8_t *reached;              /* cells */
	double cell_m;
};

struct reach { struct route_point a, b; }; /* a street, or the part of one */

/* ---- what is reached ----------------------------------------------------------------------- */

static struct route_point
part_way(struct route_point a, struct route_point b, uint64_t part, uint64_t whole)
{
	if (part >= whole)
		return b;
	return (struct route_point){ (int32_t)(a.lon + ((int64_t)b.lon - a.lon) * (int64_t)part / (int64_t)whole),
		(int32_t)(a.lat + ((int64_t)b.lat - a.lat) * (int64_t)part / (int64_t)whole) };
}

/* From where the search began to the ends of its street. */
static uint32_t
reach_start(const struct route_net *net, const struct route_stop *from, uint32_t limit, struct reach *v)
{
	struct route_point at;
	uint32_t n = 0;

	if (from == NULL || from->node[0] >= net->n || from->access_ms > limit)
		return 0;
	if (from->node[1] >= net->n) {
		v[0].a = v[0].b = net->at[from->node[0]];
		return 1;
	}
	at = part_way(net->at[from->node[0]], net->at[from->node[1]], from->along, ROUTE_ALONG_END);
	for (int k = 0; k < 2; k++) {
		uint32_t ms = from->out_ms[k];

		v[n].a = v[n].b = at;
		if (ms < ROUTE_NEVER)
			v[n].b = part_way(at, net->at[from->node[k]], limit - from->access_ms,
			    ms - from->access_ms);
		n++;
	}
	return n;
}

static uint32_t
reach_collect(const struct route_net *net, const struct route_graph *g,
    const struct route_search *s, uint32_t limit, struct reach *v)
{
	uint32_t n = 0, n_reached;
	const uint32_t *reached = route_search_reached(s, &n_reached);

	for (uint32_t i = 0; i < n_reached; i++) {
		uint32_t u = reached[i], left = limit - route_search_ms(s, u);

		v[n].a = v[n].b = net->at[u];
		n++;
		for (uint32_t a = g->first[u]; a < g->first[u + 1]; a++) {
			v[n].a = net->at[u];
			v[n++].b = part_way(net->at[u], net->at[g->arc[a].to], left, g->arc[a].ms);
		}
	}
	return n;
}

/* ---- raster -------------------------------------------------------------------------------- */

static enum rc
raster_open(struct raster *r, const struct reach *v, uint32_t n, double cell_m)
{
	struct route_point lo = v[0].a, hi = v[0].a;
	struct route_scale s;
	double wide, high;

	for (uint32_t i = 0; i < n; i++)
		for (int k = 0; k < 2; k++) {
			struct route_point p = k == 0 ? v[i].a : v[i].b;

			lo.lon = p.lon < lo.lon ? p.lon : lo.lon;
			lo.lat = p.lat < lo.lat ? p.lat : lo.lat;
			hi.lon = p.lon > hi.lon ? p.lon : hi.lon;
			hi.lat = p.lat > hi.lat ? p.lat : hi.lat;
		}
	s = route_scale_at((int32_t)(((int64_t)lo.lat + hi.lat) / 2));
	r->cell_m = fmax(cell_m, 1);
	wide = ((double)hi.lon - lo.lon) * s.x;
	high = ((double)hi.lat - lo.lat) * s.y;
	while ((wide / r->cell_m + 8) * (high / r->cell_m + 8) > CELLS_MAX)
		r->cell_m *= 1.25;
	r->dx = (int64_t)(r->cell_m / fmax(s.x, 1e-4)) / 2 * 2 + 2; /* even, so that half of it is whole */
	r->dy = (int64_t)(r->cell_m / s.y) / 2 * 2 + 2;
	r->west = lo.lon - MARGIN * r->dx;
	r->south = lo.lat - MARGIN * r->dy;
	r->nx = (hi.lon - r->west) / r->dx + 1 + MARGIN;
	r->ny = (hi.lat - r->south) / r->dy + 1 + MARGIN;
	r->reached = arena_array(r->spare, (size_t)(r->nx * r->ny), 1);
	return r->reached == NULL ? RC_NO_MEMORY : RC_OK;
}

/* Every cell the line crosses, row by row. */
static void
raster_draw(struct raster *r, struct route_point a, struct route_point b)
{
	line_northward(&a, &b);
	for (int64_t row = (a.lat - r->south) / r->dy; row <= (b.lat - r->south) / r->dy; row++) {
		int64_t south = r->south + row * r->dy, west, east;
		double x0, x1;

		line_between(a, b, (double)south, (double)(south + r->dy), &x0, &x1);
		west = ((int64_t)x0 - r->west) / r->dx;
		east = ((int64_t)x1 - r->west) / r->dx;
		memset(r->reached + row * r->nx + west, 1, (size_t)(east - west + 1));
	}
}

/* ---- border -------------------------------------------------------------------------------- */

static bool
corner_is_in(const struct raster *r, int64_t x, int64_t y)
{
	for (int64_t j = y - 1; j <= y; j++)
		for (int64_t i = x - 1; i <= x; i++)
			if (i >= 0 && j >= 0 && i < r->nx && j < r->ny && r->reached[j * r->nx + i] != 0)
				return true;
	return false;
}

/*
 * Sides of a cell; the border goes from the middle of one to the middle of another, what is
 * reached on its left.
 */
enum side { SOUTH, EAST, NORTH, WEST };

static uint32_t
side_number(const struct raster *r, int64_t x, int64_t y, enum side side)
{
	if (side == SOUTH || side == NORTH)
		return (uint32_t)((y + (side == NORTH)) * r->nx + x);
	return (uint32_t)((r->ny + 1) * r->nx + y * (r->nx + 1) + x + (side == EAST));
}

static void
cell_border(const struct raster *r, int64_t x, int64_t y, uint32_t *next)
{
	/*
	 * By corners in, south-west 1, south-east 2, north-east 4, north-west 8: from and to,
	 * twice at a saddle.
	 */
	static const int8_t go[16][4] = {
		{ -1 }, { SOUTH, WEST, -1 }, { EAST, SOUTH, -1 }, { EAST, WEST, -1 }, { NORTH, EAST, -1 },
		{ SOUTH, WEST, NORTH, EAST }, { NORTH, SOUTH, -1 }, { NORTH, WEST, -1 }, { WEST, NORTH, -1 },
		{ SOUTH, NORTH, -1 }, { EAST, SOUTH, WEST, NORTH }, { EAST, NORTH, -1 }, { WEST, EAST, -1 },
		{ SOUTH, EAST, -1 }, { WEST, SOUTH, -1 }, { -1 },
	};
	int c = corner_is_in(r, x, y) | corner_is_in(r, x + 1, y) << 1 | corner_is_in(r, x + 1, y + 1) << 2 |
	    corner_is_in(r, x, y + 1) << 3;

	for (int k = 0; k < 4 && go[c][k] >= 0; k += 2)
		next[side_number(r, x, y, (enum side)go[c][k])] = side_number(r, x, y,
		    (enum side)go[c][k + 1]);
}

/* The middle of a side in half cells. */
struct spot { int32_t x, y; };

static struct spot
side_spot(const struct raster *r, uint32_t side)
{
	uint32_t across = (uint32_t)((r->ny + 1) * r->nx);

	if (side < across)
		return (struct spot){ (int32_t)(side % r->nx) * 2 + 1, (int32_t)(side / r->nx) * 2 };
	side -= across;
	return (struct spot){ (int32_t)(side % (r->nx + 1)) * 2, (int32_t)(side / (r->nx + 1)) * 2 + 1 };
}

/* ---- simpler ------------------------------------------------------------------------------- */

static double
off_line(struct spot p, struct spot a, struct spot b)
{
	double dx = b.x - a.x, dy = b.y - a.y, length = hypot(dx, dy);

	if (length <= 0)
		return hypot(p.x - a.x, p.y - a.y);
	return fabs((p.x - a.x) * dy - (p.y - a.y) * dx) / length;
}

/* Marks what must stay between from and to (to may be n: the first again). */
static void
simplify(const struct spot *v, uint32_t n, uint8_t *stays, uint32_t *stack, uint32_t from, uint32_t to)
{
	uint32_t top = 0;

	stack[top++] = from;
	stack[top++] = to;
	while (top > 0) {
		uint32_t b = stack[--top], a = stack[--top], worst = 0;
		double most = 0.6; /* half cells */

		for (uint32_t i = a + 1; i < b; i++) {
			double off = off_line(v[i], v[a], v[b == n ? 0 : b]);

			if (off > most) {
				most = off;
				worst = i;
			}
		}
		if (worst == 0)
			continue;
		stays[worst] = 1;
		stack[top++] = a;
		stack[top++] = worst;
		stack[top++] = worst;
		stack[top++] = b;
	}
}

static uint32_t
farthest(const struct spot *v, uint32_t n)
{
	uint32_t best = 0;
	int64_t most = -1;

	for (uint32_t i = 0; i < n; i++) {
		int64_t dx = v[i].x - v[0].x, dy = v[i].y - v[0].y;

		if (dx * dx + dy * dy > most) {
			most = dx * dx + dy * dy;
			best = i;
		}
	}
	return best;
}

struct tracing {
	struct raster *r;
	struct arena *mem;
	struct spot *spot;
	uint8_t *stays;
	uint32_t *stack;
	struct route_ring *ring;
	uint32_t n_rings;
};

/* Twice the area; positive when it goes counter-clockwise. */
static double
ring_turn(const struct route_ring *ring)
{
	double sum = 0;

	for (uint32_t i = 0, k = ring->n - 1; i < ring->n; k = i++)
		sum += ((double)ring->v[k].lon - ring->v[0].lon) * ((double)ring->v[i].lat - ring->v[0].lat) -
		    ((double)ring->v[i].lon - ring->v[0].lon) * ((double)ring->v[k].lat - ring->v[0].lat);
	return sum;
}

static enum rc
ring_add(struct tracing *t, uint32_t n)
{
	struct route_point *v;
	uint32_t m = 0, far = farthest(t->spot, n);

	memset(t->stays, 0, n);
	t->stays[0] = t->stays[far] = 1;
	simplify(t->spot, n, t->stays, t->stack, 0, far);
	simplify(t->spot, n, t->stays, t->stack, far, n);
	for (uint32_t i = 0; i < n; i++)
		m += t->stays[i];
	v = arena_raw(t->mem, m, sizeof *v);
	if (v == NULL)
		return RC_NO_MEMORY;
	m = 0;
	for (uint32_t i = 0; i < n; i++)
		if (t->stays[i] != 0) {
			v[m].lon = (int32_t)(t->r->west + t->spot[i].x * (t->r->dx / 2));
			v[m++].lat = (int32_t)(t->r->south + t->spot[i].y * (t->r->dy / 2));
		}
	t->ring[t->n_rings++] = (struct route_ring){ v, m, ROUTE_NONE };
	return RC_OK;
}

static enum rc
rings_trace(struct tracing *t, uint32_t *next, uint32_t n_sides)
{
	enum rc rc = RC_OK;

	for (uint32_t begin = 0; rc == RC_OK && begin < n_sides; begin++) {
		uint32_t n = 0;

		for (uint32_t side = begin, then; next[side] != ROUTE_NONE; side = then) {
			t->spot[n++] = side_spot(t->r, side);
			then = next[side];
			next[side] = ROUTE_NONE;
		}
		if (n > 0)
			rc = ring_add(t, n);
	}
	return rc;
}

static bool
ring_has(const struct route_ring *ring, struct route_point p)
{
	bool in = false;

	for (uint32_t i = 0, k = ring->n - 1; i < ring->n; k = i++) {
		struct route_point a = ring->v[i], b = ring->v[k];

		if ((a.lat > p.lat) != (b.lat > p.lat) &&
		    p.lon < a.lon + ((double)p.lat - a.lat) * ((double)b.lon - a.lon) / ((double)b.lat - a.lat))
			in = !in;
	}
	return in;
}

/* A hole belongs to the smallest border around it. */
static void
holes_place(struct route_ring *ring, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		double least = INFINITY;

		if (ring_turn(&ring[i]) > 0)
			continue;
		for (uint32_t k = 0; k < n; k++) {
			double turn = k == i ? 0 : ring_turn(&ring[k]);

			if (turn > 0 && turn < least && ring_has(&ring[k], ring[i].v[0])) {
				least = turn;
				ring[i].in = k;
			}
		}
	}
}

static enum rc
border_trace(struct arena *mem, struct arena *spare, struct raster *r, struct route_area *ret)
{
	uint32_t n_sides = (uint32_t)((r->ny + 1) * r->nx + (r->nx + 1) * r->ny), n_border = 0;
	uint32_t *next = arena_raw(spare, n_sides, sizeof *next);
	struct tracing t = { .r = r, .mem = mem };
	enum rc rc;

	if (next == NULL)
		return RC_NO_MEMORY;
	memset(next, 0xff, n_sides * sizeof *next);
	for (int64_t y = 0; y < r->ny; y++)
		for (int64_t x = 0; x < r->nx; x++)
			cell_border(r, x, y, next);
	for (uint32_t i = 0; i < n_sides; i++)
		n_border += next[i] != ROUTE_NONE;
	t.spot = arena_raw(spare, n_border, sizeof *t.spot);
	t.stays = arena_raw(spare, n_border, 1);
	t.stack = arena_raw(spare, 2 * (size_t)n_border + 8, sizeof *t.stack);
	t.ring = arena_raw(mem, n_border / 4 + 1, sizeof *t.ring); /* the shortest ring has four sides */
	if (t.spot == NULL || t.stays == NULL || t.stack == NULL || t.ring == NULL)
		return RC_NO_MEMORY;
	rc = rings_trace(&t, next, n_sides);
	if (rc != RC_OK)
		return rc;
	holes_place(t.ring, t.n_rings);
	*ret = (struct route_area){ t.ring, t.n_rings, r->cell_m };
	return RC_OK;
}

enum rc
route_isochrone(struct arena *mem, struct arena *spare, const struct route_net *net,
    const struct route_graph *g,
    const struct route_search *s, const struct route_stop *from, uint32_t limit, double cell_m,
    struct route_area *ret)
{
	struct raster r = { .spare = spare };
	uint32_t n_reached, n;
	const uint32_t *reached = route_search_reached(s, &n_reached);
	size_t room = (size_t)n_reached + 2;
	struct reach *v;
	enum rc rc;

	*ret = (struct route_area){ NULL, 0, cell_m };
	for (uint32_t i = 0; i < n_reached; i++)
		room += g->first[reached[i] + 1] - g->first[reached[i]];
	v = arena_raw(spare, room, sizeof *v);
	if (v == NULL)
		return RC_NO_MEMORY;
	n = reach_start(net, from, limit, v);
	n += reach_collect(net, g, s, limit, v + n);
	if (n == 0)
		return RC_OK;
	rc = raster_open(&r, v, n, cell_m);
	if (rc != RC_OK)
		return rc;
	for (uint32_t i = 0; i < n; i++)
		raster_draw(&r, v[i].a, v[i].b);
	return border_trace(mem, spare, &r, ret);
}

bool
route_area_has(const struct route_area *a, struct route_point p)
{
	bool in = false;

	for (uint32_t i = 0; i < a->n; i++)
		in ^= ring_has(&a->ring[i], p);
	return in;
}
