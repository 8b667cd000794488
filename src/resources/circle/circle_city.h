/*
 * circle_city: who is within the half-hour circle, at this moment, by this mode, and where are the gaps?
 *
 * The city as the circle sees it: the villages in force today, the points of the register with their
 * hours and exceptions, and the times between them over the network (or, where there is none, by
 * straight lines, as a band).  It is made when first asked for and again when the register, the
 * divisions or the day have changed; the times of a mode when that mode is first asked for.  What is
 * asked twice with the same points open is answered from memory.
 *
 * Whoever holds a city may read it from any thread until circle_city_drop().  Times are from the
 * village to the point.  Nothing here writes, and no position that a resident sends is kept.
 */
#pragma once

#include "engine/route/route_isochrone.h"
#include "engine/route/route_matrix.h"
#include "resources/circle/circle_class.h"
#include "resources/circle/circle_sum.h"
#include "resources/network/network.h"

#define CIRCLE_MINUTES_MAX 60
#define CIRCLE_TIERS_MAX 3   /* county, town, station: those with a door */
/* Bits by enum point_kind. */
#define CIRCLE_TIERS_ALL ((1u << POINT_COUNTY) | (1u << POINT_TOWN) | (1u << POINT_STATION))

/* Once, before the first question; the file may be absent: then it is straight lines.  The path is not copied. */
void circle_configure(const char *network);
/* What the process holds is given back: at its end, and between tests. */
void circle_close(void);

/* Who says so: stands under every figure. */
struct circle_provider {
	bool est;                /* no network: straight lines */
	bool synthetic;          /* 示范路网 */
	const char *label;       /* of the network; empty for est */
	struct day data_day;     /* DAY_NONE: unknown */
	uint64_t hash;           /* of the network; 0: est */
	const char *trouble;     /* T(): a file is there and can't be used; NULL */
};
struct circle_provider circle_provider_now(void);

struct circle_village {
	struct place place;
	struct text name, path;
	struct route_point at;
	bool has_position, estimated, rural;
	int64_t people;          /* -1: unknown (未核实) */
};
struct circle_point { struct point p; struct route_point at; bool has_position; };

struct circle_inner;
struct circle_city {
	const struct circle_village *village;
	const struct circle_point *point;       /* those with a door, closed ones too, by code */
	uint32_t n_villages, n_points;
	uint32_t points_nowhere;                /* without a position: they cover nobody */
	bool people_known;                      /* of every village; else all figures count villages */
	bool any_estimated;                     /* positions that are estimates of the demonstration */
	uint64_t hash;                          /* of network, villages, points: what figures depend on */
	struct circle_inner *inner;
};
enum rc circle_city_hold(struct ctx *ctx, const struct circle_city **ret);
void circle_city_drop(const struct circle_city *c); /* takes NULL */
static inline void circle_city_drop_ptr(const struct circle_city **c) { circle_city_drop(*c); }
#define CIRCLE_CITY __attribute__((cleanup(circle_city_drop_ptr))) const struct circle_city *
uint32_t circle_city_village(const struct circle_city *c, struct place p); /* ROUTE_NONE */
/* Villages inside a place: the first, and how many. */
void circle_city_range(const struct circle_city *c, struct place p, uint32_t *first, uint32_t *n);
/* Verdicts of the city's villages added up within a place. */
enum rc circle_city_sum(struct arena *spare, const struct circle_city *c, const struct circle_verdict *v, struct place p,
    struct circle_sum *ret);
uint32_t circle_city_point(const struct circle_city *c, struct text code); /* ROUTE_NONE */

/* at_ms 0: whatever the hours. */
struct circle_ask { enum route_mode mode; unsigned tiers; int64_t at_ms; };
/*
 * Is somebody on duty there?  Known by whoever keeps rosters and attendance, above; app says by which table.  Without one
 * nobody knows, and a door that is open counts.  A byte (enum circle_staff) for each of n points.
 */
enum circle_staff { CIRCLE_STAFF_UNKNOWN /* no roster is published for it */, CIRCLE_STAFF_NOBODY, CIRCLE_STAFF_ON };
struct circle_staffing { enum rc (*at)(struct ctx *ctx, int64_t at_ms, const struct circle_point *v, uint32_t n, uint8_t *ret); };
void circle_staffing_set(const struct circle_staffing *t); /* before the first question; not copied */
enum rc circle_staff_at(struct ctx *ctx, int64_t at_ms, const struct circle_point *v, uint32_t n, uint8_t *ret);

/* Of a point at a moment, a byte as it is kept with a month: see circle_state_covers(). */
enum circle_state {
	CIRCLE_STATE_NONE,    /* not asked for, or not there */
	CIRCLE_STATE_SHUT,
	CIRCLE_STATE_OPEN,    /* whether anybody is on duty is not known (在岗未知) */
	CIRCLE_STATE_EMPTY,   /* open, nobody on duty: covers nobody */
	CIRCLE_STATE_STAFFED,
};
static inline bool circle_state_covers(uint8_t s) { return s == CIRCLE_STATE_OPEN || s == CIRCLE_STATE_STAFFED; }

struct circle_near { uint32_t point, ms; };                /* ROUTE_NONE, ROUTE_NEVER: none in sight */
struct circle_best { struct circle_near high[2], low[2]; }; /* nearest and next; on a network both alike */
struct circle_view {
	struct circle_ask ask;
	const struct circle_best *any, *door, *open; /* of each village: to any point there, to an open door, to one that covers */
	const uint8_t *state;                  /* of each point: enum circle_state */
	uint32_t n_open, n_there, n_empty, n_unknown; /* open: those that cover; unknown: of these, without a roster */
};
/* Lives as long as the city is held.  The first of a mode takes some tenths of a second. */
enum rc circle_view_of(struct ctx *ctx, const struct circle_city *c, const struct circle_ask *ask,
    const struct circle_view **ret);
/* The same with the points in a state that is known (a byte each, as in the view). */
enum rc circle_view_of_state(struct ctx *ctx, const struct circle_city *c, const struct circle_ask *ask, const uint8_t *state,
    const struct circle_view **ret);
/* For circle_sum_up(): what each village counts. */
const struct circle_counted *circle_city_counted(const struct circle_city *c);
/* Verdicts of all villages. */
enum rc circle_view_judge(struct arena *mem, const struct circle_city *c, const struct circle_view *v, int minutes,
    struct circle_verdict **ret);

/*
 * The same with one pin moved: a point that stands elsewhere, one that is gone, or a new one (open
 * whenever asked for).  O(villages) and one search from the pin.  RC_NOT_FOUND: no street near it.
 */
struct circle_pin { uint32_t point; /* ROUTE_NONE: a new one */ bool gone; struct route_point at; };
enum rc circle_pin_judge(struct ctx *ctx, const struct circle_city *c, const struct circle_view *v,
    const struct circle_pin *pin, int minutes, struct circle_verdict **ret);

/* Points nearest to a place, at most `minutes` away (by the low end), nearest first; *ret_n of cap.  RC_NOT_FOUND: no street near it. */
struct circle_reach { uint32_t point, low, high; bool open /* and not known to be without anybody */, empty; };
enum rc circle_nearest(struct ctx *ctx, const struct circle_city *c, const struct circle_ask *ask, struct route_point at,
    int minutes, struct circle_reach *ret, size_t cap, size_t *ret_n);
/*
 * From where a place is reached within the minutes, in ctx->mem; without a network RC_UNAVAILABLE.
 * RC_NOT_FOUND: no street near it.
 */
enum rc circle_isochrone(struct ctx *ctx, enum route_mode mode, struct route_point at, int minutes,
    struct route_area *ret);
/* Times of a mode from every village to these places: rows as the city's own.  For siting; lives in mem. */
enum rc circle_times(struct arena *mem, const struct circle_city *c, enum route_mode mode, const struct route_point *to,
    uint32_t n, int minutes, struct route_matrix *ret);
/* What a pair of those rows says: ms on a network; for straight lines its high end. */
uint32_t circle_high_ms(const struct circle_city *c, enum route_mode mode, uint32_t ms);

/* WGS-84 from what the register holds; false: no position. */
bool circle_position(struct geo g, struct route_point *ret);
