/* What the solvers of this folder share. */
#pragma once

#include "engine/site/site.h"

#define SITE_SCALE 4096 /* multipliers are in 1 / SITE_SCALE of a cost */

enum site_fixed { SITE_FREE, SITE_OPEN, SITE_CLOSED };

struct site_dice { uint64_t s; };

static inline uint32_t
site_draw(struct site_dice *d, uint32_t below)
{
	d->s = d->s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((d->s >> 32) * below >> 32);
}

/* The choice in order, in mem. */
enum rc site_chosen(struct arena *mem, const uint32_t *chosen, uint32_t n, struct site_answer *ret);

/* A choice and what it costs, kept as it is changed by swaps. */
struct median_state {
	const struct site_costs *c;
	uint32_t p;
	uint32_t *chosen;            /* p sites */
	uint32_t *place;             /* of each site: where in chosen, or UINT32_MAX */
	uint32_t *by_site;           /* the costs, those of one site together: [j * n + i] */
	uint32_t *first, *second;    /* of each client: the place of its nearest chosen site,
	    and of the next */
	int64_t *near, *next;        /* what they cost; past everything where there is no next */
	int64_t *loss, *extra;       /* of each place: scratch of a sweep */
};

enum rc median_state_new(struct arena *spare, const struct site_costs *c, uint32_t p,
    struct median_state *ret);
/* From s->chosen: places, nearest ones; returns the cost. */
int64_t median_state_set(struct median_state *s);
/* Best swaps until none is left; returns the cost. */
int64_t median_descend(struct median_state *s, int64_t cost);
/* A first choice: each time the site that helps most. */
void median_greedy(struct median_state *s);
