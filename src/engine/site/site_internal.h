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

/* Are the clients of all sites in range?  (Weights are another question.) */
bool site_columns_fine(const struct site_covers *c);

/*
 * Set cover for whoever asks in turn: it may stop at a choice of `enough` sites, and only fewer than
 * `below` are of interest.  No choice has fewer than `bound`, which is `below` at most.
 */
struct site_set_found {
	uint32_t *chosen, n;         /* n: UINT32_MAX: none was found */
	uint32_t bound, nodes;
};
enum rc site_set_within(struct arena *spare, const struct site_covers *c, uint32_t enough, uint32_t below,
    uint64_t seed, struct site_limits limits, struct site_set_found *ret);

/* Sites and the clients each covers, both ways round. */
struct set_table { uint32_t n, m; const uint32_t *col_first, *col, *row_first, *row; };
/*
 * A cover (chosen, *n, room for all sites) made smaller by so many steps of search, until `enough` sites do.  It may
 * end as it began.  RC_OK, RC_NO_MEMORY.
 */
enum rc set_search(struct arena *spare, const struct set_table *t, struct site_dice *dice, uint32_t steps,
    uint32_t enough, uint32_t *chosen, uint32_t *n);

/*
 * Who serves whom where a site has room for so many: clients by falling weight, each moved in where
 * the others can make room for it.  What can be served together is a matroid, so that is the best.
 */
struct room {
	const struct site_covers *c;
	const int64_t *weight;
	uint32_t size;               /* of a site */
	uint32_t *order, n;          /* clients that weigh something, the heaviest first */
	uint32_t *first, *link;      /* of each client: places of the choice that cover it */
	uint32_t *at, *slot;         /* of each client: the place that serves it or UINT32_MAX; and where there */
	uint32_t *used, *member;     /* of each place */
	uint32_t *via, *from, *queue;/* of each place: the search */
	uint8_t *seen, *full;
	int64_t *top;                /* scratch of room_top() */
};
enum rc room_new(struct arena *spare, const struct site_covers *c, const int64_t *weight, uint32_t size,
    struct room *ret);
int64_t room_value(struct room *r, const uint32_t *chosen, uint32_t n);
/* The sum of the greatest prices of a site's clients, as many as it has room for; *ret_least: the least. */
int64_t room_top(struct room *r, uint32_t site, const int64_t *price, int64_t *ret_least);
