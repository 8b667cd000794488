/*
 * calendar: is this a working day, and which is the n-th after it?
 *
 * Days are removed (public holidays) and added (调休 make-up days) by the State Council's yearly
 * table; it cannot be computed (全国年节及纪念日放假办法 Art. 7).  A year without a table falls back
 * to Monday–Friday less the holidays the decree fixes by date (1 January, 1–2 May, 1–3 October,
 * Art. 2), and every answer that counts into it says `uncertain`.  Pure: the table is passed in.
 *
 * Whatever the table holds, every call ends: at most CALENDAR_COUNT_MAX days are counted, and past
 * the last entry five days in seven are working days.
 */
#pragma once

#include "base/day.h"

#define CALENDAR_COUNT_MAX 10000

enum day_kind { DAY_WORK, DAY_REST, DAY_HOLIDAY, DAY_MAKEUP, DAY_HALF /* morning only */ };

struct calendar_entry { struct day day; enum day_kind kind; const char *name; /* Chinese, static or of the table's owner */ };

struct calendar_index;

struct calendar {
	const struct calendar_entry *entries; /* sorted by day; days that differ from Mon–Fri, and holidays on weekends */
	size_t n;
	int first_year, last_year;            /* years for which a table exists; last < first: none */
	int32_t version;                      /* grows at each change */
	int open_minute, close_minute;        /* working hours for the unit hour, e.g. 540..1020 */
	const struct calendar_index *index;   /* of these very entries and years, or NULL: the same answers, slower */
};

/*
 * Count the working days of the table's years and some after them once, so that every later question
 * is one or two look-ups.  mem: calendar_index_size() bytes, aligned for int64_t, living as long as c;
 * size 0: the table is empty or spans more than CALENDAR_INDEX_YEARS, c->index stays NULL.
 */
#define CALENDAR_INDEX_YEARS 200
size_t calendar_index_size(const struct calendar *c);
void calendar_index_build(struct calendar *c, void *mem);

enum day_kind calendar_kind(const struct calendar *c, struct day d);
const char *calendar_name(const struct calendar *c, struct day d); /* NULL for ordinary days */
bool calendar_is_working(const struct calendar *c, struct day d);  /* a half day is one */
bool calendar_knows(const struct calendar *c, struct day d);       /* its year has a table */
/* The n-th working day after d; d itself is not counted.  n below 1 gives d, n is cut at
 * CALENDAR_COUNT_MAX. */
struct day calendar_add_working(const struct calendar *c, struct day d, int n);
/* Working days in (from, to]; 0 when to <= from; counts up to CALENDAR_COUNT_MAX. */
int calendar_working_between(const struct calendar *c, struct day from, struct day to);
/* d, or the first working day after it. */
struct day calendar_roll(const struct calendar *c, struct day d);
