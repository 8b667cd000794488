/*
 * region: which places does the city consist of, what are they called, and where do they lie?
 *
 * The administrative divisions (GB/T 2260 and 10114, 12 digits), dated: divisions merge and are
 * renamed, so that every question names a day.  All of it is held in memory, in one index swapped as
 * a whole at a change; what the functions here return points into it and stays valid until the
 * process ends (replaced indexes, some 500 KB each, are kept: imports are rare).
 *
 * Positions of the demonstration are estimates (GEO_ESTIMATE): spread inside the right county by a
 * seeded generator, off the big lakes.  Every page that uses them says so.
 */
#pragma once

#include "base/day.h"
#include "base/place.h"
#include "kit/db/db.h"
#include "kit/form/form.h"
#include "standards/region/geo.h"

struct division {
	struct place place;
	enum place_level level;
	struct place parent;
	struct text name;       /* "养育巷社区" */
	struct text name_en;    /* empty when there is none */
	struct text path;       /* "姑苏区 金阊街道 养育巷社区": without the city; the city itself by name */
	struct day from, to;    /* to: first day on which it is no more, DAY_NONE: still is */
	struct geo position;
	bool rural;             /* by the code's village part: 200–399, 500–599 rural; town and county: most of their villages */
	int64_t population;     /* persons; -1 unknown (未核实) */
};

/* ---- loading ------------------------------------------------------------------------------- */

/* Fill `division` from the embedded extract when the city has none, then load.  System actor. */
enum rc region_seed(struct ctx *ctx);
/* Load `division` into a new index and swap it in.  Any actor. */
enum rc region_reload(struct ctx *ctx);
/*
 * The city's divisions as the program carries them, positions estimated, by code, without a database
 * (path and English names are left out).  RC_OK, RC_NO_MEMORY.
 */
enum rc region_carried(struct arena *mem, int64_t city, const struct division **ret, size_t *ret_n);
int32_t region_version(void); /* grows at each reload; 0 before the first */

/*
 * Import CSV with a heading: code,name required; name_en,from,to,rural,lon,lat,datum,population
 * optional (days 2026-06-30; degrees with decimals; datum wgs84, gcj02, bd09, estimate).  All rows
 * or none; RC_INVALID with a finding per bad row (line, column, why).  A row whose place is known
 * with other values ends the old row on `from` (today when absent) and begins a new one; the same
 * values change nothing.  *ret_rows: rows that changed something.  Then reloads.
 */
enum rc region_import_csv(struct ctx *ctx, struct idem_key key, struct text csv, struct text source,
    struct findings *findings, int64_t *ret_rows);

/* ---- asking (memory only; day DAY_NONE: whatever is in force at the end) ---------------------- */

const struct division *region_find(struct place p, struct day day);
/* Names for pages and figures, also of places that are no more; empty when unknown. */
struct text region_name(struct place p);
struct text region_path(struct place p);
/* Those directly below p on that day, by code: up to cap into ret; returns how many there are. */
size_t region_children(struct place p, struct day day, const struct division **ret, size_t cap);
/* All of one level inside p (p itself included), by code. */
size_t region_list(struct place p, enum place_level level, struct day day, const struct division **ret,
    size_t cap);
size_t region_count(struct place p, enum place_level level, struct day day);
/*
 * Places inside `within` whose name holds q (several words: each in the name or those above it);
 * names that begin with it first, then by level and code.  level PLACE_NONE: any.
 */
size_t region_search(struct text q, struct place within, enum place_level level, struct day day,
    const struct division **ret, size_t cap);
/* The division of a level (PLACE_COUNTY, PLACE_TOWN, PLACE_VILLAGE) whose position is nearest. */
const struct division *region_nearest(struct geo g, enum place_level level, struct day day);

/* ---- maps ---------------------------------------------------------------------------------------- */

struct region_outline { struct place place; struct geo_ring ring; };
/* Outlines of the county-level divisions (data/README.md), by code; static. */
const struct region_outline *region_outlines(size_t *ret_n);
const struct region_outline *region_outline(struct place county); /* NULL when there is none */
/* Big lakes (太湖, 阳澄湖 …) as rough estimates of ours, less their islands. */
bool region_is_lake(struct geo g);

extern const struct db_set region_sql;
