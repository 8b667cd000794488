/* Lanes in plain C; the others are held to this one. */
#include "engine/route/route_lanes_internal.h"

#define LANE_TARGET
#define LANE_KERNEL lane_kernel_plain

struct lane_v { uint32_t v[LANES]; };

static inline struct lane_v
lane_all(uint32_t ms)
{
	struct lane_v r;

	for (int k = 0; k < LANES; k++)
		r.v[k] = ms;
	return r;
}

static inline struct lane_v
lane_load(const struct lane_row *p)
{
	struct lane_v r;

	for (int k = 0; k < LANES; k++)
		r.v[k] = p->ms[k];
	return r;
}

static inline void
lane_store(struct lane_row *p, struct lane_v a)
{
	for (int k = 0; k < LANES; k++)
		p->ms[k] = a.v[k];
}

static inline struct lane_v
lane_plus(struct lane_v a, struct lane_v b)
{
	for (int k = 0; k < LANES; k++)
		a.v[k] += b.v[k];
	return a;
}

static inline struct lane_v
lane_min(struct lane_v a, struct lane_v b)
{
	for (int k = 0; k < LANES; k++)
		a.v[k] = b.v[k] < a.v[k] ? b.v[k] : a.v[k];
	return a;
}

static inline uint32_t
lane_within(struct lane_v a, struct lane_v most)
{
	uint32_t mask = 0;

	for (int k = 0; k < LANES; k++)
		mask |= (uint32_t)(a.v[k] <= most.v[k]) << k;
	return mask;
}

static inline struct lane_v
lane_count(struct lane_v n, struct lane_v a, struct lane_v most)
{
	for (int k = 0; k < LANES; k++)
		n.v[k] += a.v[k] <= most.v[k];
	return n;
}

#include "engine/route/route_lanes_loops_internal.h"
