/*
 * route_search: from where is each node reached first, and when?  Dijkstra's search with buckets,
 * bounded by a limit, from many places at once, each with a label.
 *
 * Buckets: Dial, Algorithm 360, CACM 1969, with the width of Denardo and Fox (Operations Research
 * 1979): a bucket holds times within 2^shift ms; inside one bucket a node may be set again, so the
 * result is exact whatever the width.  O(reached nodes + arcs + limit / width); memory 8 bytes a node
 * and 16 an arc.
 */
#pragma once

#include "engine/route/route.h"

struct route_seed { uint32_t node, ms, label; };

/* Workspace over one graph; one search at a time.  RC_OK, RC_NO_MEMORY. */
struct route_search;
enum rc route_search_new(struct arena *mem, const struct route_graph *g, struct route_search **ret);
/*
 * Times from the seeds (at seed.ms plus the way) to every node reached within `limit` ms.  Of equal
 * times the lower label wins.  Seeds that name no node are passed over.
 */
void route_search_run(struct route_search *s, const struct route_seed *seed, uint32_t n, uint32_t limit);
/*
 * The same without a limit, for seeds all over a country: times of every node there is a way to.  Each stretch of
 * 2^14 nodes (a neighbourhood, as the network is numbered) is searched by itself while it lies in the cache, from what reaches over its border,
 * and again when something better comes later: label correcting between stretches, Dijkstra's search inside.  The
 * answers are those of a run, ties included.  O(nodes + arcs) when seeds are many; a single seed is better run.
 */
void route_search_fill(struct route_search *s, const struct route_seed *seed, uint32_t n);
/* Of the last run: ROUTE_NEVER and label ROUTE_NONE where it did not come. */
uint32_t route_search_ms(const struct route_search *s, uint32_t node);
uint32_t route_search_label(const struct route_search *s, uint32_t node);
/* The nodes reached, each once, in no order of meaning; valid until the next run. */
const uint32_t *route_search_reached(const struct route_search *s, uint32_t *ret_n);
