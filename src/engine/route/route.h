/*
 * route: how long does it take from here to there on a network of ways?
 *
 * This header is the network itself: nodes with positions, one-way arcs with a travel time for each
 * mode.  Whoever has two-way streets gives two links.  Every bend is a node and every arc is
 * straight, so that a position on a street needs no shape beside the network.  Times are whole
 * milliseconds in u32; a sum that reaches ROUTE_NEVER stays there.  All is integer from here on: the
 * same links give the same network, and every search the same times, on any machine.
 *
 * Pure: no I/O, no clock, no law, no threads of its own; memory comes from the caller's arenas.  A
 * built network is never changed and may be read by many threads.
 *
 *   route_geo.h        distances and datums            route_hierarchy.h  contraction hierarchy
 *   route_snap.h       positions to streets            route_matrix.h     many to many
 *   route_search.h     bucket Dijkstra                 route_isochrone.h  what is reached, as polygons
 *   route_file.h       a network as bytes
 */
#pragma once

#include "base/arena.h"
#include "base/crew.h"

enum route_mode { ROUTE_CAR, ROUTE_EBIKE, ROUTE_FOOT, ROUTE_MODES };

#define ROUTE_NONE UINT32_MAX               /* no such node */
#define ROUTE_NEVER UINT32_C(0x7fffffff)    /* ms: not reached, or closed to a mode */
#define ROUTE_MS_MAX UINT32_C(0x3fffffff)   /* ms: the longest arc, 12 days */
#define ROUTE_NODES_MAX UINT32_C(0x7fffffff)

/* 1e-7 degree (about 1 cm), WGS-84; CGCS2000 differs from it by centimetres and counts as the same. */
struct route_point { int32_t lon, lat; };

/* What a builder is given: one direction of one street. */
struct route_link {
	uint32_t from, to;
	uint32_t ms[ROUTE_MODES]; /* ROUTE_NEVER: closed to the mode */
};

/* Arcs of a node u are first[u] .. first[u + 1] - 1, by ascending head. */
struct route_net {
	uint32_t n, m;
	const struct route_point *at;
	const uint32_t *first;              /* n + 1 */
	const uint32_t *head;               /* m */
	const uint32_t *ms[ROUTE_MODES];    /* m each */
};

enum route_fault {
	ROUTE_FAULT_POINT,     /* a node outside the globe: nothing is built */
	ROUTE_FAULT_RANGE,     /* a link names a node that is not there: left out, as are the next three */
	ROUTE_FAULT_LOOP,      /* from a node to itself */
	ROUTE_FAULT_LONG,      /* a time past ROUTE_MS_MAX that is not ROUTE_NEVER */
	ROUTE_FAULT_CLOSED,    /* no mode may use it */
	ROUTE_FAULT_ZERO,      /* a time of 0: counts as 1 ms */
	ROUTE_FAULT_PARALLEL,  /* same ends as another: one arc with the shorter time of each mode */
	ROUTE_FAULT_TWIN,      /* a node where another one stands: kept, they are not joined */
	ROUTE_FAULTS
};
/* How many of each, and the index of the first among what was given. */
struct route_findings { struct { uint32_t n, first; } v[ROUTE_FAULTS]; };

/*
 * Network from nodes and links.  Nodes are numbered along a Hilbert curve, so that neighbours in the
 * city are neighbours in memory (Hilbert 1891; the order's use for graphs: Delling et al., PHAST,
 * IPDPS 2011); ret_number, if given, holds for each node given its number in the network.  RC_OK,
 * RC_INVALID when a position is outside the globe, RC_TOO_LARGE, RC_NO_MEMORY; findings always.
 * O(n + m) time; `spare` is scratch.
 */
enum rc route_build(struct arena *mem, struct arena *spare, const struct route_point *at, uint32_t n,
    const struct route_link *link, uint32_t m, struct route_net *ret, const uint32_t **ret_number,
    struct route_findings *findings);
/* Does what a search relies on hold (arrays from a file)?  O(n + m). */
bool route_net_is_sound(const struct route_net *net);

/* ---- one mode, one direction: what the searches walk --------------------------------------- */
struct route_arc { uint32_t to, ms; };
struct route_graph {
	uint32_t n;
	const uint32_t *first;           /* n + 1 */
	const struct route_arc *arc;     /* arcs open to the mode */
};

/* Arcs of a mode; `back`: turned round.  RC_OK or RC_NO_MEMORY.  O(n + m). */
enum rc route_graph_of(struct arena *mem, const struct route_net *net, enum route_mode mode,
    bool back, struct route_graph *ret);

/*
 * Islands: `strong[u]` numbers the class of nodes that reach each other both ways, the greatest class
 * first (0 is the mainland), ties by lowest node; `weak[u]` likewise when the direction of arcs is
 * ignored.  Tarjan 1972 without recursion; union-find with halving.  O(n + m).
 */
struct route_islands { uint32_t n_strong, n_weak, mainland; const uint32_t *strong, *weak; };
enum rc route_islands(struct arena *mem, struct arena *spare, const struct route_graph *g,
    struct route_islands *ret);
