/*
 * route_stop: a place on a street, as all searches take it: how long to either end of the street, how
 * long from there, and how far along it is.  A place at a node is the same with one end.
 */
#pragma once

#include "engine/route/route_search.h"

#define ROUTE_ALONG_END UINT32_C(65536)

struct route_stop {
	uint32_t node[2];      /* ends of the street, the lower first; both ROUTE_NONE: off */
	uint32_t out_ms[2];    /* from the stop to that end; ROUTE_NEVER: a one-way street forbids it */
	uint32_t in_ms[2];     /* from that end to the stop */
	uint32_t along;        /* 0 at node[0] .. ROUTE_ALONG_END at node[1] */
	uint32_t street_ms[2]; /* the whole street from node[0] to node[1], and back */
	uint32_t access_ms;    /* between the place and the street; part of out_ms and in_ms */
	uint32_t off_dm;       /* that distance in decimetres */
};

struct route_stop route_stop_at(uint32_t node);
/* A stop at `along` of the street a-b with these times (NEVER: closed that way), access_ms away from it. */
struct route_stop route_stop_on(uint32_t a, uint32_t b, const uint32_t street_ms[2], uint32_t along,
    uint32_t access_ms);
bool route_stop_is_off(const struct route_stop *s);
/* How to leave it (`in`: how to come to it) as seeds of a search; returns how many, 0 to 2. */
uint32_t route_stop_seeds(const struct route_stop *s, bool in, uint32_t label, struct route_seed ret[2]);
/*
 * From one stop to another without leaving the street they share; ROUTE_NEVER when they share
 * none, or not that way.
 */
uint32_t route_stop_direct_ms(const struct route_stop *from, const struct route_stop *to);
/* The time of `to` in a search that started at `from`'s seeds. */
uint32_t route_stop_ms(const struct route_search *s, const struct route_stop *from,
    const struct route_stop *to, uint32_t limit);
