/* Lanes on AVX2: two vectors of eight.  Called only where the processor has it. */
#include "engine/route/route_lanes_internal.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define LANE_TARGET __attribute__((target("avx2")))
#define LANE_KERNEL lane_kernel_avx2

struct lane_v { __m256i a, b; };

LANE_TARGET static inline struct lane_v
lane_all(uint32_t ms)
{
	__m256i all = _mm256_set1_epi32((int)ms);

	return (struct lane_v){ all, all };
}

LANE_TARGET static inline struct lane_v
lane_load(const struct lane_row *p)
{
	return (struct lane_v){ _mm256_load_si256((const __m256i *)p->ms),
		_mm256_load_si256((const __m256i *)(p->ms + 8)) };
}

LANE_TARGET static inline void
lane_store(struct lane_row *p, struct lane_v v)
{
	_mm256_store_si256((__m256i *)p->ms, v.a);
	_mm256_store_si256((__m256i *)(p->ms + 8), v.b);
}

LANE_TARGET static inline struct lane_v
lane_plus(struct lane_v x, struct lane_v y)
{
	return (struct lane_v){ _mm256_add_epi32(x.a, y.a), _mm256_add_epi32(x.b, y.b) };
}

LANE_TARGET static inline struct lane_v
lane_min(struct lane_v x, struct lane_v y)
{
	return (struct lane_v){ _mm256_min_epu32(x.a, y.a), _mm256_min_epu32(x.b, y.b) };
}

/* Unsigned "not past" is "the lesser of the two is the first"; all ones where it holds. */
LANE_TARGET static inline struct lane_v
lane_not_past(struct lane_v x, struct lane_v most)
{
	struct lane_v less = lane_min(x, most);

	return (struct lane_v){ _mm256_cmpeq_epi32(less.a, x.a), _mm256_cmpeq_epi32(less.b, x.b) };
}

LANE_TARGET static inline uint32_t
lane_within(struct lane_v x, struct lane_v most)
{
	struct lane_v m = lane_not_past(x, most);

	return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(m.a)) |
	    (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(m.b)) << 8;
}

LANE_TARGET static inline struct lane_v
lane_count(struct lane_v n, struct lane_v x, struct lane_v most)
{
	struct lane_v m = lane_not_past(x, most);

	return (struct lane_v){ _mm256_sub_epi32(n.a, m.a), _mm256_sub_epi32(n.b, m.b) };
}

#include "engine/route/route_lanes_loops_internal.h"

#endif
