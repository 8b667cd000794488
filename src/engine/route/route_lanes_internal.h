/* lanes: sixteen sources at once; the inner loops of a matrix, once for each kind of processor. */
#pragma once

#include "engine/route/route_hierarchy.h"
#include "engine/route/route_ladder_internal.h"

#define LANES 16

struct lane_row { _Alignas(64) uint32_t ms[LANES]; };

/* Nodes above the targets, the highest first; arcs come from what stands before. */
struct sweep {
	uint32_t n;
	const uint32_t *first;            /* n + 1 */
	const struct route_arc *arc;
};

/*
 * Where targets are found: of target t ref[first[t]] .. ref[first[t + 1] - 1]: a node of the
 * sweep and the time from there.
 */
struct sweep_targets {
	uint32_t n;
	const uint32_t *first;
	const struct route_arc *ref;
};

/* One worker's rows. */
struct lane_work {
	struct lane_row *up;              /* of each rank; set where the climb came */
	struct ladder ladder;
	uint32_t *came, n_came;           /* ranks, ascending */
	struct lane_row *row;             /* of each node of the sweep; set where alive */
	uint8_t *alive;
	uint32_t *start, n_starts;        /* nodes of the sweep the climb came to, ascending */
	const struct lane_row **start_row;
	struct lane_row *target;          /* of each target; set where its mask is not 0 */
	uint16_t *mask;                   /* lanes within the limit */
};

struct lane_kernel {
	/* From what is put into the ladder and `up` to everything above within the limit. */
	void (*climb)(struct lane_work *w, const struct route_hierarchy *h, uint32_t limit);
	void (*sweep)(struct lane_work *w, const struct sweep *s, uint32_t limit);
	/* Rows and masks of targets; adds to count[lane]. */
	void (*targets)(struct lane_work *w, const struct sweep_targets *t, uint32_t limit,
	    uint32_t count[LANES]);
};

extern const struct lane_kernel lane_kernel_plain;
#if defined(__x86_64__)
extern const struct lane_kernel lane_kernel_avx2, lane_kernel_avx512;
#endif
