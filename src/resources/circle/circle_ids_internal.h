/*
 * ids: the numbers others gave to their nodes, in order, with ours. Sorted rather than hashed:
 * nobody can choose ids that make it slow.
 */
#pragma once

#include "resources/circle/circle.h"

struct id_pair { int64_t id; uint32_t node; };
struct ids { struct id_pair *v; size_t n; };

/* Sorts; of equal ids the one with the lowest node stays.  Returns how many went. */
size_t ids_sort(struct ids *ids);
uint32_t ids_find(const struct ids *ids, int64_t id); /* ROUTE_NONE when it is not there */

/* Milliseconds for metres at metres an hour, at least 1; ROUTE_NEVER at 0 and when it would be too long. */
uint32_t ms_for(double metres, uint32_t metres_an_hour);
bool bounds_have(struct circle_bounds b, struct route_point p);
void bounds_widen(struct circle_import *m, struct route_point p, bool first);
