/* Lanes on AVX-512: one vector of sixteen.  Called only where the processor has it. */
#include "engine/route/route_lanes_internal.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define LANE_TARGET __attribute__((target("avx512f")))
#define LANE_KERNEL lane_kernel_avx512

struct lane_v { __m512i a; };

LANE_TARGET static inline struct lane_v
lane_all(uint32_t ms)
{
	return (struct lane_v){ _mm512_set1_epi32((int)ms) };
}

LANE_TARGET static inline struct lane_v
lane_load(const struct lane_row *p)
{
	return (struct lane_v){ _mm512_load_si512(p->ms) };
}

LANE_TARGET static inline void
lane_store(struct lane_row *p, struct lane_v v)
{
	_mm512_store_si512(p->ms, v.a);
}

LANE_TARGET static inline struct lane_v
lane_plus(struct lane_v x, struct lane_v y)
{
	return (struct lane_v){ _mm512_add_epi32(x.a, y.a) };
}

LANE_TARGET static inline struct lane_v
lane_min(struct lane_v x, struct lane_v y)
{
	return (struct lane_v){ _mm512_min_epu32(x.a, y.a) };
}

LANE_TARGET static inline uint32_t
lane_within(struct lane_v x, struct lane_v most)
{
	return _mm512_cmple_epu32_mask(x.a, most.a);
}

LANE_TARGET static inline struct lane_v
lane_count(struct lane_v n, struct lane_v x, struct lane_v most)
{
	__mmask16 m = _mm512_cmple_epu32_mask(x.a, most.a);

	return (struct lane_v){ _mm512_mask_add_epi32(n.a, m, n.a, _mm512_set1_epi32(1)) };
}

#include "engine/route/route_lanes_loops_internal.h"

#endif
