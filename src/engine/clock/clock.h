/*
 * clock: until when must this be done?  Civil Code Arts. 200–204: the first day is not counted; by
 * months and years the corresponding day, else the month's last; a last day that is a rest day rolls
 * to the next working day (a setting of the rule).  Days end at 24:00 of the last day.  Pure.
 *
 * How pauses count.  Hours and working hours stop with the pause and go on with its end, to the
 * millisecond.  Days, working days, months and years stop in whole civil days: as at the beginning,
 * the day on which something happens is not counted, so a pause from the 5th to the 8th takes the
 * 6th, 7th and 8th out, and one that begins and ends on one day takes nothing.  When it begins on
 * the very last day, that last day moves to the day it ends on (a working unit: or the next working
 * day), so that nobody is late while the clock stood still.  By months and years the days taken out
 * are added at the end.  A pause that begins after the last moment changes nothing: late is late.
 *
 * Working hours are the calendar's open_minute..close_minute (9:00–17:00 when those make no sense),
 * on a half day up to 12:00.
 */
#pragma once

#include "engine/calendar/calendar.h"

enum clock_unit { CLOCK_HOUR, CLOCK_DAY, CLOCK_WORKDAY, CLOCK_MONTH, CLOCK_YEAR, CLOCK_WORKHOUR };
#define CLOCK_UNIT_COUNT 6

#define CLOCK_COUNT_MAX 10000 /* greater counts are cut to it, negative ones to 0 */

struct clock_rule {
	int count;
	enum clock_unit unit;
	bool roll;            /* last day a rest day: move on (民法典 203); hours never roll */
};

struct clock_pause { int64_t from_ms, to_ms; }; /* to_ms 0: still running */

struct clock_answer {
	int64_t due_ms;       /* last moment in time, UTC ms (23:59:59.999 for days); INT64_MAX while paused */
	bool paused;
	bool uncertain;       /* counted into a year without a table: 未定 */
	bool rolled;
};

/*
 * Sorted, disjoint pauses; what begins before start_ms or before the end of the one before is cut,
 * what ends before it begins is left out.  start_ms outside the years 1970–2999 is cut to them.
 */
struct clock_answer clock_due(const struct calendar *c, struct clock_rule rule, int64_t start_ms,
    const struct clock_pause *pauses, size_t n_pauses, int64_t now_ms);

/* By months or years: there is no corresponding day, so the month's last is taken (31 January + 1 month). */
bool clock_day_is_missing(struct clock_rule rule, int64_t start_ms);

enum clock_light { LIGHT_NORMAL, LIGHT_SOON, LIGHT_LATE, LIGHT_PAUSED, LIGHT_DONE };
/* soon_permille of the whole span left (250 = the last quarter), or less than `soon_least_ms`.
 * met_ms 0: not yet met.  Exactly at due_ms it is not yet late. */
enum clock_light clock_light(int64_t start_ms, int64_t due_ms, bool paused, int64_t met_ms, int64_t now_ms,
    int soon_permille, int64_t soon_least_ms);
const char *clock_unit_key(enum clock_unit u); /* "workday"; never NULL */
/* Working hours of a day as moments; false when it has none. */
bool clock_hours_of(const struct calendar *c, struct day d, int64_t *ret_open, int64_t *ret_close);
