#include <math.h>
#include <string.h>

#include "engine/route/route_line_internal.h"
#include "engine/route/route_snap.h"

#define CELLS_MAX (1u << 22)
#define REACH_MAX 100000
#define ACCESS_MAX 10000

struct street { uint32_t node[2], ms[2]; };

struct route_grid {
	const struct route_net *net;
	struct street *street;
	uint32_t n_streets;
	int64_t lon, lat;         /* the south-west corner */
	int64_t dx, dy;           /* a cell, in units */
	int64_t nx, ny;
	uint32_t *first, *in_cell; /* of each cell: its streets */
};

/* ---- streets ------------------------------------------------------------------------------- */

static uint32_t
ms_between(const struct route_net *net, const uint32_t *ms, uint32_t from, uint32_t to)
{
	uint32_t lo = net->first[from], hi = net->first[from + 1];

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (net->head[mid] < to)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < net->first[from + 1] && net->head[lo] == to ? ms[lo] : ROUTE_NEVER;
}

/* Every street once: by the arc that leaves its lower end, or by the one there is. */
static void
streets_collect(struct route_grid *g, const uint32_t *ms, const uint32_t *island)
{
	const struct route_net *net = g->net;

	for (uint32_t u = 0; u < net->n; u++)
		for (uint32_t a = net->first[u]; a < net->first[u + 1]; a++) {
			uint32_t v = net->head[a], back;

			if (ms[a] == ROUTE_NEVER || (island != NULL && (island[u] != 0 || island[v] != 0)))
				continue;
			back = ms_between(net, ms, v, u);
			if (u < v)
				g->street[g->n_streets++] = (struct street){ { u, v }, { ms[a], back } };
			else if (back == ROUTE_NEVER)
				g->street[g->n_streets++] = (struct street){ { v, u },
				    { ROUTE_NEVER, ms[a] } };
		}
}

/* ---- cells --------------------------------------------------------------------------------- */

static void
cells_choose(struct route_grid *g)
{
	struct route_point lo = { INT32_MAX, INT32_MAX }, hi = { INT32_MIN, INT32_MIN };
	struct route_scale s;
	double wide, high, side;

	for (uint32_t u = 0; u < g->net->n; u++) {
		struct route_point p = g->net->at[u];

		lo.lon = p.lon < lo.lon ? p.lon : lo.lon;
		lo.lat = p.lat < lo.lat ? p.lat : lo.lat;
		hi.lon = p.lon > hi.lon ? p.lon : hi.lon;
		hi.lat = p.lat > hi.lat ? p.lat : hi.lat;
	}
	if (g->net->n == 0)
		lo = hi = (struct route_point){ 0, 0 };
	s = route_scale_at((int32_t)(((int64_t)lo.lat + hi.lat) / 2));
	wide = ((double)hi.lon - lo.lon) * s.x + 1;
	high = ((double)hi.lat - lo.lat) * s.y + 1;
	side = fmax(50, sqrt(wide * high / (g->n_streets + 1.0))); /* about a street a cell */
	while ((wide / side + 1) * (high / side + 1) > CELLS_MAX)
		side *= 1.5;
	g->lon = lo.lon;
	g->lat = lo.lat;
	g->dx = (int64_t)(side / fmax(s.x, 1e-6)) + 1;
	g->dy = (int64_t)(side / s.y) + 1;
	g->nx = ((int64_t)hi.lon - lo.lon) / g->dx + 1;
	g->ny = ((int64_t)hi.lat - lo.lat) / g->dy + 1;
}

static int64_t
clamp(int64_t v, int64_t most)
{
	return v < 0 ? 0 : v > most ? most : v;
}

/* Every cell the street touches, row by row: counted into first[cell + 1], or with `in` put there. */
static void
street_cells(struct route_grid *g, uint32_t street, bool in)
{
	struct route_point a = g->net->at[g->street[street].node[0]];
	struct route_point b = g->net->at[g->street[street].node[1]];

	line_northward(&a, &b);
	for (int64_t row = (a.lat - g->lat) / g->dy; row <= (b.lat - g->lat) / g->dy; row++) {
		int64_t south = g->lat + row * g->dy, west, east;
		double x0, x1;

		line_between(a, b, (double)south, (double)(south + g->dy), &x0, &x1);
		west = clamp(((int64_t)x0 - 1 - g->lon) / g->dx, g->nx - 1);
		east = clamp(((int64_t)x1 + 1 - g->lon) / g->dx, g->nx - 1);
		for (int64_t column = west; column <= east; column++) {
			int64_t cell = row * g->nx + column;

			if (in)
				g->in_cell[g->first[cell]++] = street;
			else
				g->first[cell + 1]++;
		}
	}
}

enum rc
route_grid_new(struct arena *mem, struct arena *spare, const struct route_net *net, enum route_mode mode,
    const uint32_t *island, struct route_grid **ret)
{
	struct route_grid *g = ARENA_NEW(mem, struct route_grid);
	struct street *all = arena_raw(spare, net->m, sizeof *all);
	size_t n_cells;
	uint64_t total = 0;

	if (g == NULL || all == NULL)
		return RC_NO_MEMORY;
	g->net = net;
	g->street = all;
	streets_collect(g, net->ms[(int)mode], island);
	g->street = arena_raw(mem, g->n_streets, sizeof *g->street);
	cells_choose(g);
	n_cells = (size_t)(g->nx * g->ny);
	g->first = arena_array(mem, n_cells + 1, sizeof *g->first);
	if (g->street == NULL || g->first == NULL)
		return RC_NO_MEMORY;
	if (g->n_streets > 0)
		memcpy(g->street, all, g->n_streets * sizeof *all);
	for (uint32_t i = 0; i < g->n_streets; i++)
		street_cells(g, i, false);
	for (size_t c = 0; c < n_cells; c++) {
		uint32_t own = g->first[c + 1];

		g->first[c + 1] = (uint32_t)total; /* where the next street of the cell goes */
		total += own;
	}
	if (total >= UINT32_MAX)
		return RC_NO_MEMORY;
	g->in_cell = arena_raw(mem, (size_t)total, sizeof *g->in_cell);
	if (g->in_cell == NULL)
		return RC_NO_MEMORY;
	g->first++; /* street_cells() moves the beginning of a cell to its end */
	for (uint32_t i = 0; i < g->n_streets; i++)
		street_cells(g, i, true);
	g->first--;
	*ret = g;
	return RC_OK;
}

/* ---- the nearest --------------------------------------------------------------------------- */

struct looking {
	const struct route_grid *g;
	struct route_point p;
	struct route_scale scale;
	double best, along;       /* square metres; 0..1 */
	uint32_t street;
};

static void
street_try(struct looking *l, uint32_t street)
{
	const struct street *s = &l->g->street[street];
	struct route_point a = l->g->net->at[s->node[0]], b = l->g->net->at[s->node[1]];
	double ax = ((double)a.lon - l->p.lon) * l->scale.x, ay = ((double)a.lat - l->p.lat) * l->scale.y;
	double dx = ((double)b.lon - a.lon) * l->scale.x, dy = ((double)b.lat - a.lat) * l->scale.y;
	double length = dx * dx + dy * dy, t = length > 0 ? -(ax * dx + ay * dy) / length : 0, off;

	t = t < 0 ? 0 : t > 1 ? 1 : t;
	off = (ax + t * dx) * (ax + t * dx) + (ay + t * dy) * (ay + t * dy);
	if (off < l->best || (off <= l->best && street < l->street)) {
		l->best = off;
		l->along = t;
		l->street = street;
	}
}

static void
cells_try(struct looking *l, int64_t west, int64_t east, int64_t row)
{
	const struct route_grid *g = l->g;

	if (row < 0 || row >= g->ny)
		return;
	for (int64_t x = west < 0 ? 0 : west; x <= east && x < g->nx; x++)
		for (uint32_t i = g->first[row * g->nx + x]; i < g->first[row * g->nx + x + 1]; i++)
			street_try(l, g->in_cell[i]);
}

static void
ring_try(struct looking *l, int64_t column, int64_t row, int64_t ring)
{
	int64_t south = row - ring + 1 < 0 ? 0 : row - ring + 1;

	cells_try(l, column - ring, column + ring, row - ring);
	if (ring > 0)
		cells_try(l, column - ring, column + ring, row + ring);
	for (int64_t y = south; y < row + ring && y < l->g->ny; y++) {
		cells_try(l, column - ring, column - ring, y);
		cells_try(l, column + ring, column + ring, y);
	}
}

static int64_t
cell_of(int64_t at, int64_t step)
{
	return at >= 0 ? at / step : -((-at + step - 1) / step);
}

bool
route_grid_snap(const struct route_grid *g, const struct route_snap *how, struct route_point p,
    struct route_stop *ret)
{
	struct looking l = { .g = g, .p = p, .scale = route_scale_at(p.lat), .street = ROUTE_NONE };
	double reach = how->reach_m < REACH_MAX ? how->reach_m : REACH_MAX, cell, off;
	int64_t column = cell_of(p.lon - g->lon, g->dx), row = cell_of(p.lat - g->lat, g->dy), rings;

	l.best = reach * reach;
	cell = fmin((double)g->dx * l.scale.x, (double)g->dy * l.scale.y);
	rings = cell > 0 ? (int64_t)(reach / cell) + 1 : 0;
	for (int64_t ring = 0; ring <= rings; ring++) {
		/* What lies in this ring and beyond is at least ring - 1 cells away. */
		if (l.street != ROUTE_NONE && ring > 0 &&
		    l.best < (double)(ring - 1) * cell * (double)(ring - 1) * cell)
			break;
		ring_try(&l, column, row, ring);
	}
	*ret = route_stop_at(ROUTE_NONE);
	if (l.street == ROUTE_NONE)
		return false;
	off = sqrt(l.best);
	*ret = route_stop_on(g->street[l.street].node[0], g->street[l.street].node[1], g->street[l.street].ms,
	    (uint32_t)(l.along * ROUTE_ALONG_END + 0.5),
	    (uint32_t)(off * (how->access_ms_per_m < ACCESS_MAX ? how->access_ms_per_m : ACCESS_MAX) + 0.5));
	ret->off_dm = (uint32_t)(off * 10 + 0.5);
	return true;
}
