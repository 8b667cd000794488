/*
 * calendar: is this a working day, and which is the n-th after it?
 *
 * Days are removed (public holidays) and added (调休 make-up days) by the State Council's yearly
 * table; it cannot be computed (全国年节及纪念日放假办法 Art. 7).  A year without a table falls back
 * to Monday–Friday and every answer that counts into it says `uncertain`.  Pure: the table is passed in.
 */
#pragma once

#include "base/day.h"

enum day_kind { DAY_WORK, DAY_REST, DAY_HOLIDAY, DAY_MAKEUP, DAY_HALF /* morning only */ };

struct calendar_entry { struct day day; enum day_kind kind; const char *name; /* Chinese, static or of the table's owner */ };

struct calendar {
	const struct calendar_entry *entries; /* sorted by day; only days that differ from Mon–Fri */
	size_t n;
	int first_year, last_year;            /* years for which a table exists */
	int32_t version;                      /* grows at each change */
	int open_minute, close_minute;        /* working hours for the unit hour, e.g. 540..1020 */
};

enum day_kind calendar_kind(const struct calendar *c, struct day d);
const char *calendar_name(const struct calendar *c, struct day d); /* NULL for ordinary days */
bool calendar_is_working(const struct calendar *c, struct day d);
bool calendar_knows(const struct calendar *c, struct day d);       /* its year has a table */
/* The n-th working day after d (n >= 1); d itself is not counted. */
struct day calendar_add_working(const struct calendar *c, struct day d, int n);
/* Working days in (from, to]. */
int calendar_working_between(const struct calendar *c, struct day from, struct day to);
/* d, or the first working day after it. */
struct day calendar_roll(const struct calendar *c, struct day d);
