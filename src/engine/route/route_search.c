#include <string.h>

#include "engine/route/route_search.h"

#define BUCKETS_MAX 65536
#define UNSEEN UINT64_MAX
#define OUT UINT32_MAX               /* next: in no bucket */
#define END (UINT32_MAX - 1)         /* next: the last of its bucket */
#define HEAD UINT32_C(0x80000000)    /* prev: the first of bucket prev & ~HEAD */
#define BLOCK_SHIFT 14               /* nodes of a block: with their arcs they fit a second-level cache */

/* Time and label as one number: the earlier, and then the lower label, is the smaller one. */
struct place { uint64_t best; uint32_t next, prev; };

struct route_search {
	const struct route_graph *g;
	struct place *place;           /* of each node */
	uint32_t *reached, n_reached;
	uint32_t *bucket;              /* first node of each; the buckets go round and round */
	uint32_t n_buckets, shift;
	uint32_t waiting;              /* nodes in buckets */
	uint32_t from, span;           /* nodes that go into buckets: from .. from + span - 1 */
	uint32_t *block;               /* first node of each block that waits for its turn */
};

/* Half of a usual arc wide, and wide enough that the longest arc spans no more buckets than there are. */
static void
width_choose(struct route_search *s)
{
	const struct route_graph *g = s->g;
	uint32_t m = g->first[g->n], longest = 1;
	uint64_t sum = 0;

	for (uint32_t a = 0; a < m; a++) {
		sum += g->arc[a].ms;
		longest = g->arc[a].ms > longest ? g->arc[a].ms : longest;
	}
	while (s->shift < 24 && m > 0 && (UINT64_C(4) << s->shift) <= sum / m)
		s->shift++;
	while ((longest >> s->shift) + 2 > BUCKETS_MAX)
		s->shift++;
	s->n_buckets = 64;
	while (s->n_buckets < (longest >> s->shift) + 2)
		s->n_buckets *= 2;
}

enum rc
route_search_new(struct arena *mem, const struct route_graph *g, struct route_search **ret)
{
	struct route_search *s = ARENA_NEW(mem, struct route_search);

	if (s == NULL)
		return RC_NO_MEMORY;
	s->g = g;
	width_choose(s);
	s->place = arena_raw(mem, g->n, sizeof *s->place);
	s->reached = arena_raw(mem, g->n, sizeof *s->reached);
	s->bucket = arena_raw(mem, s->n_buckets, sizeof *s->bucket);
	s->block = arena_raw(mem, ((size_t)g->n >> BLOCK_SHIFT) + 1, sizeof *s->block);
	if (s->place == NULL || s->reached == NULL || s->bucket == NULL || s->block == NULL)
		return RC_NO_MEMORY;
	for (uint32_t u = 0; u < g->n; u++)
		s->place[u] = (struct place){ UNSEEN, OUT, 0 };
	for (uint32_t b = 0; b < s->n_buckets; b++)
		s->bucket[b] = END;
	for (uint32_t b = 0; b <= g->n >> BLOCK_SHIFT; b++)
		s->block[b] = END;
	*ret = s;
	return RC_OK;
}

static void
place_take_out(struct route_search *s, struct place *p)
{
	if ((p->prev & HEAD) != 0)
		s->bucket[p->prev & ~HEAD] = p->next;
	else
		s->place[p->prev].next = p->next;
	if (p->next != END)
		s->place[p->next].prev = p->prev;
	p->next = OUT;
	s->waiting--;
}

static inline void
place_put(struct route_search *s, uint32_t node, struct place *p)
{
	uint32_t b = (uint32_t)(p->best >> 32) >> s->shift & (s->n_buckets - 1);

	p->next = s->bucket[b];
	p->prev = HEAD | b;
	if (p->next != END)
		s->place[p->next].prev = node;
	s->bucket[b] = node;
	s->waiting++;
}

/* A node of another block waits there, once. */
static inline void
place_defer(struct route_search *s, uint32_t node, struct place *p)
{
	if (p->next != OUT)
		return;
	p->next = s->block[node >> BLOCK_SHIFT];
	s->block[node >> BLOCK_SHIFT] = node;
}

static inline void
offer(struct route_search *s, uint32_t node, uint64_t best)
{
	struct place *p = &s->place[node];
	bool here = node - s->from < s->span;

	if (best >= p->best)
		return;
	if (p->best == UNSEEN)
		s->reached[s->n_reached++] = node;
	else if (here && p->next != OUT)
		place_take_out(s, p);
	p->best = best;
	if (here)
		place_put(s, node, p);
	else
		place_defer(s, node, p);
}

static void
scan(struct route_search *s, uint32_t u, uint32_t limit)
{
	const struct route_arc *arc = s->g->arc + s->g->first[u], *end = s->g->arc + s->g->first[u + 1];
	uint64_t best = s->place[u].best;

	for (; arc < end; arc++) {
		uint64_t there = best + ((uint64_t)arc->ms << 32);

		if (there >> 32 <= limit)
			offer(s, arc->to, there);
	}
}

/* Scan what lies in a bucket and belongs to this round of it, until nothing does. */
static void
bucket_scan(struct route_search *s, uint32_t tick, uint32_t limit)
{
	uint32_t b = tick & (s->n_buckets - 1), u = s->bucket[b];

	while (u != END) {
		struct place *p = &s->place[u];

		if ((uint32_t)(p->best >> 32) >> s->shift != tick) {
			u = p->next; /* a seed of a later round */
			continue;
		}
		place_take_out(s, p);
		scan(s, u, limit);
		u = s->bucket[b];
	}
}

static void
forget(struct route_search *s)
{
	for (uint32_t u = 0; s->n_reached > s->g->n / 2 && u < s->g->n; u++)
		s->place[u] = (struct place){ UNSEEN, OUT, 0 }; /* in order costs less than one by one */
	if (s->n_reached > s->g->n / 2)
		s->n_reached = 0;
	for (uint32_t i = 0; i < s->n_reached; i++)
		s->place[s->reached[i]] = (struct place){ UNSEEN, OUT, 0 };
	s->n_reached = 0;
}

void
route_search_run(struct route_search *s, const struct route_seed *seed, uint32_t n, uint32_t limit)
{
	uint32_t earliest = ROUTE_NEVER;

	if (limit >= ROUTE_NEVER)
		limit = ROUTE_NEVER - 1;
	forget(s);
	s->from = 0;
	s->span = s->g->n;
	for (uint32_t i = 0; i < n; i++) {
		if (seed[i].node >= s->g->n || seed[i].ms > limit)
			continue;
		offer(s, seed[i].node, (uint64_t)seed[i].ms << 32 | seed[i].label);
		earliest = seed[i].ms < earliest ? seed[i].ms : earliest;
	}
	for (uint32_t tick = earliest >> s->shift; s->waiting > 0; tick++)
		bucket_scan(s, tick, limit);
}

/* What waits for a block goes into buckets, and the search runs on inside. */
static void
block_run(struct route_search *s, uint32_t block)
{
	uint32_t earliest = ROUTE_NEVER;

	s->from = block << BLOCK_SHIFT;
	s->span = 1u << BLOCK_SHIFT;
	for (uint32_t u = s->block[block]; u != END;) {
		struct place *p = &s->place[u];
		uint32_t next = p->next, ms = (uint32_t)(p->best >> 32);

		place_put(s, u, p);
		earliest = ms < earliest ? ms : earliest;
		u = next;
	}
	s->block[block] = END;
	for (uint32_t tick = earliest >> s->shift; s->waiting > 0; tick++)
		bucket_scan(s, tick, ROUTE_NEVER - 1);
}

void
route_search_fill(struct route_search *s, const struct route_seed *seed, uint32_t n)
{
	bool any = s->g->n > 0;

	forget(s);
	s->span = 0; /* no block has its turn yet */
	for (uint32_t i = 0; i < n; i++)
		if (seed[i].node < s->g->n && seed[i].ms < ROUTE_NEVER)
			offer(s, seed[i].node, (uint64_t)seed[i].ms << 32 | seed[i].label);
	while (any) {
		any = false;
		for (uint32_t b = 0; b <= (s->g->n - 1) >> BLOCK_SHIFT; b++)
			if (s->block[b] != END) {
				block_run(s, b);
				any = true;
			}
	}
}

uint32_t
route_search_ms(const struct route_search *s, uint32_t node)
{
	uint64_t best = s->place[node].best;

	return best == UNSEEN ? ROUTE_NEVER : (uint32_t)(best >> 32);
}

uint32_t
route_search_label(const struct route_search *s, uint32_t node)
{
	return (uint32_t)s->place[node].best;
}

const uint32_t *
route_search_reached(const struct route_search *s, uint32_t *ret_n)
{
	*ret_n = s->n_reached;
	return s->reached;
}
