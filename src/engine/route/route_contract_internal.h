/*
 * contract: the graph while a hierarchy is built: lists that grow and shrink, and the limited search
 * for a way round a node.
 */
#pragma once

#include "engine/route/route_hierarchy.h"

/* hops: how many arcs of the street network it stands for, near enough. */
struct link { uint32_t to, ms, hops; };
struct list { struct link *v; uint32_t n, room; };

#define LIST_CLASSES 28
struct freed { struct freed *next; }; /* where a list was: its first bytes */
struct list_store {
	struct arena *spare;
	struct link *chunk;                    /* what is left of the last piece taken from the arena */
	size_t chunk_n;
	struct freed *free_list[LIST_CLASSES]; /* of 4 << class links: aligned for it */
};

/* Empty with room for n. */
enum rc list_open(struct list_store *s, struct list *l, uint32_t n);
/* A link to `to` of at most ms, a new one or the one that is there. */
enum rc list_shorten(struct list_store *s, struct list *l, uint32_t to, uint32_t ms, uint32_t hops);
/* Without the link to `to`, which is there. */
void list_drop(struct list *l, uint32_t to);

#define HEAP_ROOM 4096
struct heaped { uint32_t ms, node; };

/* One worker's search. */
struct witness {
	uint32_t *ms, *stamp, *wanted;         /* of each node; stamp: ms is of the search of that number */
	uint32_t clock;
	struct heaped heap[HEAP_ROOM];
	uint32_t n_heap;
};

/* The graph without the nodes that have left. */
struct contracting {
	uint32_t n;
	struct list *out, *in;
	uint8_t *leaving;                      /* picked in this round: no witness may pass */
	uint32_t *level;
};

enum rc witness_new(struct arena *spare, uint32_t n, struct witness *ret);

struct shortcut { uint32_t from, to, ms, hops; };
/*
 * Shortcuts that node v leaves behind, written to `ret` if given (room for in times out of them).
 * settle: how many nodes one search may look at; more finds more witnesses, and only that.
 */
struct effect { uint32_t n; uint64_t hops; };
struct effect contract_effect(const struct contracting *c, struct witness *w, uint32_t v,
    uint32_t settle, struct shortcut *ret);
