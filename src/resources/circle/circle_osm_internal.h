/*
 * osm: what the child that reads a file tells its parent, through a pipe; one machine, one
 * program: plain structs.
 */
#pragma once

#include "resources/circle/circle.h"

enum osm_kind { OSM_NODE = 0x4e, OSM_WAY = 0x57, OSM_RESTRICTION = 0x52, OSM_END = 0x45 };
#define OSM_REFS_MAX 65536
#define OSM_TAGS_MAX 4096

struct osm_node { int64_t id; struct route_point at; };
/* Followed by n_refs int64 and n_tags bytes of "key\0value\0" pairs. */
struct osm_way { int64_t id; uint32_t n_refs, n_tags; };

/* In the child: reads the file and writes to fd; never returns. */
_Noreturn void osm_child(const char *path, int fd);
