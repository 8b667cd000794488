/*
 * circle: roads from files, and places on them, for the half-hour circle.
 *
 * Who may bring a network: OpenStreetMap (.osm, .osm.gz, .osm.pbf), two tables of nodes and edges
 * (CSV), or the made-up city (circle_synth.h).  What others wrote is read in a child process with
 * bounds on time, memory and files; whatever it does to the parser, here it is a refusal with a
 * reason.  A network is kept as one file that is mapped (engine/route/route_file.h).
 */
#pragma once

#include "engine/route/route_file.h"
#include "engine/route/route_geo.h"
#include "engine/route/route_snap.h"
#include "kit/csv/csv.h"
#include "resources/circle/circle_class.h"
#include "resources/circle/circle_synth.h"

/* ---- files of networks --------------------------------------------------------------------- */

struct circle_map { void *p; size_t n; };
/*
 * Maps a network file; RC_OK, RC_NOT_FOUND, RC_CORRUPT (why), RC_UNAVAILABLE. Close when nothing
 * of it is used any more.
 */
enum rc circle_file_open(const char *path, struct circle_map *map, struct route_bundle *ret,
    enum route_file_why *why);
void circle_file_close(struct circle_map *map);
/*
 * Beside the name, then in its place: a reader sees the old file or the new one, whole. RC_OK,
 * RC_UNAVAILABLE.
 */
enum rc circle_file_save(const char *path, const struct route_bundle *b);
/* "damaged", in Chinese (T) and for people. */
const char *circle_file_why_text(enum route_file_why why);

/* ---- speeds -------------------------------------------------------------------------------- */

#define CIRCLE_CLASSES_MAX 64
/* Metres an hour by class of way and mode; 0: closed. */
struct circle_speeds { struct { char class[24]; uint32_t mh[ROUTE_MODES]; } v[CIRCLE_CLASSES_MAX]; size_t n; };
/* class,car_kmh,ebike_kmh,foot_kmh; RC_OK, RC_INVALID with findings, RC_NO_MEMORY. */
enum rc circle_speeds_read(struct arena *mem, struct text csv, struct circle_speeds *ret,
    struct findings *findings);
/* The table the program carries (data/circle_speeds.csv). */
enum rc circle_speeds_carried(struct arena *mem, struct circle_speeds *ret);

/*
 * What the tags of a way say: metres an hour along it and against it, 0: not that way.  False: no way
 * for anybody.  Read are highway, access and its kinds, oneway, junction, maxspeed; a car goes at 85 %
 * of a posted speed.  Two wheels go where bicycles may.  Turn restrictions are not read,
 * only counted (circle_import.restrictions).
 */
struct circle_tag { struct text key, value; };
struct circle_way { uint32_t forth[ROUTE_MODES], back[ROUTE_MODES]; };
bool circle_way_of(const struct circle_speeds *speeds, const struct circle_tag *tag, size_t n,
    struct circle_way *ret);

/* ---- networks from others ------------------------------------------------------------------ */

/* What was met on the way; counts. */
struct circle_import {
	struct circle_links links;      /* for route_build() */
	uint64_t nodes_read, ways_read; /* in the file */
	uint64_t doubles;               /* nodes told twice: the first counts */
	uint64_t lost;                  /* pieces of ways whose node is not in the file */
	uint64_t restrictions;          /* forbidden turns in the file: not read, such a turn counts as allowed */
	uint64_t outside;               /* nodes not on the globe, or outside the bounds asked for */
	int32_t west, south, east, north; /* where the used ones lie, 1e-7 degree */
};
struct circle_bounds { int32_t west, south, east, north; }; /* 1e-7 degree; all 0: none */

enum circle_osm_why {
	CIRCLE_OSM_FINE, CIRCLE_OSM_NO_FILE, CIRCLE_OSM_FORM /* neither .osm, .osm.gz nor .pbf */,
	    CIRCLE_OSM_DAMAGED,
	CIRCLE_OSM_TOO_LARGE, CIRCLE_OSM_EMPTY, CIRCLE_OSM_NO_ROOM,
};
/*
 * Ways of an OpenStreetMap file (WGS-84 by its definition).  RC_OK; RC_INVALID with *why when it can't
 * be read; RC_NO_MEMORY.  Every bend becomes a node.  Unpacked more than `most` bytes (or 200 times
 * the file) is too large.
 */
enum rc circle_osm_import(struct arena *mem, struct arena *spare, const char *path,
    const struct circle_speeds *speeds,
    struct circle_bounds bounds, uint64_t most, struct circle_import *ret, enum circle_osm_why *why);
const char *circle_osm_why_text(enum circle_osm_why why);

/*
 * Two tables.  Nodes: id,lon,lat.  Edges: from,to; metres (else the straight line), oneway (1),
 * class or car_kmh, ebike_kmh, foot_kmh (an empty cell: closed).  RC_OK; RC_INVALID with findings,
 * each with its line, in the table the flag names; RC_NO_MEMORY.
 */
enum rc circle_csv_import(struct arena *mem, struct arena *spare, struct text nodes,
    struct text edges, enum route_datum datum,
    const struct circle_speeds *speeds, struct circle_bounds bounds, struct circle_import *ret,
    struct findings *findings, bool *ret_in_edges);

/*
 * Places: code,lon,lat; name, weight (people; else 1) and datum optional (datum: of each row, else the
 * one given; with neither it is refused).
 */
enum rc circle_places_read(struct arena *mem, struct text csv, enum route_datum datum,
    struct circle_places *ret, struct findings *findings);

/* ---- without roads: the straight line ------------------------------------------------------ */

/*
 * Travel time by great circle × circuity / speed, as a band.  How much longer than straight a way is,
 * by distance (measured on a real city; less than the straight line it cannot be, which is the low
 * end): a place whose band holds the limit is "cannot tell", and never covered.
 */
struct circle_band { uint32_t low_ms, middle_ms, high_ms; };
struct circle_band circle_est(struct route_point a, struct route_point b, uint32_t metres_an_hour);
struct circle_band circle_est_of(uint32_t low_ms, uint32_t metres_an_hour); /* the band of a straight line so long */
enum circle_told { CIRCLE_WITHIN, CIRCLE_BEYOND, CIRCLE_CANNOT_TELL };
enum circle_told circle_est_within(struct circle_band band, uint32_t limit_ms);
uint32_t circle_est_speed(enum route_mode mode); /* metres an hour, over all kinds of ways */
