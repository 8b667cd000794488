/*
 * network: where can somebody go, whom can they ring, and is it open now?
 *
 * Points of service: county centre, town centre, village station, the 12348 hotline, the online
 * platform (两中心一站点; labels are settings).  All of it is held in memory and read under a lock;
 * what the functions return is copied into ctx->mem.  Changes go through the database and refresh
 * the index of this process; other processes refresh when network_is_stale() says so.
 */
#pragma once

#include "base/day.h"
#include "base/place.h"
#include "engine/calendar/calendar.h"
#include "kit/db/db.h"
#include "kit/form/form.h"
#include "standards/catalogue/kinds.h"
#include "standards/region/geo.h"

/* Stored; equal to enum tier. */
enum point_kind {
	POINT_NONE, POINT_COUNTY, POINT_TOWN, POINT_STATION, POINT_HOTLINE, POINT_ONLINE, POINT_KIND_COUNT
};
const char *point_kind_key(enum point_kind k);     /* "county", "town", "station", "hotline", "online" */
const char *point_kind_label(enum point_kind k);   /* T(): default of the setting below */
const char *point_kind_setting(enum point_kind k); /* "point.kind.station": key of the setting with the local name */
extern const struct choice point_kind_choices[];

#define STATION_VILLAGES_MAX 3                     /* S112: more needs a reason */
#define WEEKDAY_HOLIDAY 8                          /* hours on public holidays */

struct point_hours { int weekday, opens, closes; };  /* 1 Monday .. 7 Sunday, 8 holidays; minutes, closes > opens */
struct point_exception { struct day day; int opens, closes; struct text note; }; /* opens -1: closed that day */
struct point_village { struct place village; struct day from, to; struct text reason; };

struct point {
	int64_t id;
	struct text code;            /* "320506101-1" */
	enum point_kind kind;
	struct place place;
	struct text name, name_en, address, phone;
	int64_t director;            /* account; 0 none */
	int64_t parent;              /* 0 none */
	struct geo position;
	struct day opened, closed;   /* closed DAY_NONE: still there */
	int64_t revision;
	const struct point_hours *hours;
	const struct point_exception *exceptions; /* by day */
	const struct point_village *villages;     /* all rows, by village */
	size_t n_hours, n_exceptions, n_villages;
};

/* ---- opening hours (network_rule.c, pure) ---------------------------------------------------------- */

struct point_state {
	bool open;
	bool uncertain;      /* the day's year has no table of holidays */
	int64_t until_ms;    /* open: when it closes; 0: closed, or not within a week (round the clock) */
	int64_t next_ms;     /* closed: when it opens next within 30 days; 0 not */
};
/*
 * Closed before `opened` and from `closed` on.  An exception of the day beats all; on a public
 * holiday the rows of weekday 8 count (none: closed); on a make-up day those of the weekday, or,
 * where that weekday has none, Monday's.  Touching rows are one opening.
 */
struct point_state point_state_at(const struct point *p, int64_t at_ms, const struct calendar *c);
/* When it opens first on that day, in minutes; -1: it does not. */
int point_first_opening(const struct point *p, struct day day, const struct calendar *c);
bool network_is_open(const struct point *p, int64_t at_ms, const struct calendar *c);

/* ---- asking ------------------------------------------------------------------------------------------- */

enum rc network_reload(struct ctx *ctx);                     /* any actor */
enum rc network_is_stale(struct ctx *ctx, bool *ret);        /* one cheap query: has another process changed it? */
int32_t network_version(void);                               /* grows at each reload; 0 before the first */
enum rc network_find(struct ctx *ctx, int64_t point, struct point *ret);  /* closed ones too */
enum rc network_find_code(struct ctx *ctx, struct text code, struct point *ret);
/* Points of a kind (POINT_NONE: any) inside a place, there on `day` (DAY_NONE: closed ones too), by code. */
enum rc network_list(struct ctx *ctx, enum point_kind kind, struct place within, struct day day,
    struct point **ret, size_t *ret_n);
/*
 * Who serves this place on that day: the station of the village; else the town's centre; else the
 * county's; else the hotline; else the online platform.  RC_NOT_FOUND when there is none at all.
 */
enum rc network_serving(struct ctx *ctx, struct place p, struct day day, struct point *ret);

struct point_near { struct point point; int64_t metres; struct point_state state; bool serves; };
/* Stations and centres nearest to a position or (position 0,0) to a place's, nearest first, then by code. */
enum rc network_nearest(struct ctx *ctx, struct place p, struct geo position, int64_t at_ms,
    const struct calendar *c, struct point_near *ret, size_t cap, size_t *ret_n);

/* S61–S62: places of each tier, and those that have (villages: are served by) a point on that day. */
struct coverage { int64_t counties, counties_with, towns, towns_with, villages, villages_with, stations; };
enum rc network_coverage(struct ctx *ctx, struct place within, struct day day, struct coverage *ret);

/* ---- changing -------------------------------------------------------------------------------------------- */

/*
 * The actor is the system, or an account with RIGHT_NETWORK (else RC_FORBIDDEN) and only inside its
 * jurisdiction: a point elsewhere is RC_NOT_FOUND, a place elsewhere a finding.  All are audited.
 */

#define POINT_HOURS_MAX 32
#define POINT_VILLAGES_MAX 64
struct point_new {
	struct text code;            /* empty: made from the place */
	int kind;
	struct place place;
	struct text name, name_en, address, phone;
	int64_t director, parent;
	struct geo position;
	struct day opened;
	struct point_hours hours[POINT_HOURS_MAX];
	size_t n_hours;
	struct place villages[POINT_VILLAGES_MAX]; /* a station without any serves the village where it stands */
	size_t n_villages;
	struct text reason;          /* why a station serves more than STATION_VILLAGES_MAX villages */
};
/* What is wrong with it, as far as one row can tell (pure but for region): all findings at once. */
enum rc network_check(const struct point_new *in, struct findings *findings);
enum rc network_create(struct ctx *ctx, struct idem_key key, const struct point_new *in,
    struct findings *findings, int64_t *ret_point);
/* All or none, in one transaction; findings carry the index + 1 as line.  ret_ids may be NULL; a repeated
 * key leaves it 0.  Parents and directors must be there already. */
enum rc network_create_many(struct ctx *ctx, struct idem_key key, const struct point_new *in, size_t n,
    struct findings *findings, int64_t *ret_ids);
/* RC_CONFLICT when `revision` is not the newest.  The code stays. */
enum rc network_change(struct ctx *ctx, struct idem_key key, int64_t point, int64_t revision,
    const struct point_new *in, struct findings *findings);
/* Closed from `day` on (today or later); stations end their villages with it. */
enum rc network_close(struct ctx *ctx, struct idem_key key, int64_t point, int64_t revision, struct day day,
    struct findings *findings);
/* One day's other hours (opens -1: closed; remove: back to the usual). */
enum rc network_except(struct ctx *ctx, struct idem_key key, int64_t point, const struct point_exception *in,
    bool remove, struct findings *findings);
/*
 * CSV with a heading: kind,place,name,phone required; code,name_en,address,director,parent,lon,lat,
 * datum,opened,hours,villages,reason optional.  kind by key; parent by code (there already, or in a row
 * above); director by login; degrees with up to six decimals; opened is today when absent; hours as
 * "1-5 09:00-17:00; 6 09:00-12:00"; villages as codes with blanks between.  All or none.
 */
enum rc network_import_csv(struct ctx *ctx, struct idem_key key, struct text csv, struct findings *findings,
    int64_t *ret_rows);
/* "1-5 09:00-12:00; 1-5 13:30-17:00; 8 10:00-12:00"; RC_INVALID when it can't be read or has too many. */
enum rc point_hours_read(struct text t, struct point_hours ret[static POINT_HOURS_MAX], size_t *ret_n);
/* The same text back, days with equal hours together. */
struct text point_hours_print(struct arena *a, const struct point_hours *hours, size_t n);

extern const struct db_set network_sql;
