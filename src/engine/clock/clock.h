/*
 * clock: until when must this be done?  Civil Code Arts. 200–204: the first day is not counted; by
 * months and years the corresponding day, else the month's last; a last day that is a rest day rolls
 * to the next working day (a setting of the rule).  Days end at 24:00 of the last day.  Pure.
 * This interface is final; pauses are honoured, depth (explanations, hours by point) comes later.
 */
#pragma once

#include "engine/calendar/calendar.h"

enum clock_unit { CLOCK_HOUR, CLOCK_DAY, CLOCK_WORKDAY, CLOCK_MONTH, CLOCK_YEAR, CLOCK_WORKHOUR };

struct clock_rule {
	int count;
	enum clock_unit unit;
	bool roll;            /* last day a rest day: move on (民法典 203) */
};

struct clock_pause { int64_t from_ms, to_ms; }; /* to_ms 0: still running */

struct clock_answer {
	int64_t due_ms;       /* last moment in time, UTC ms; INT64_MAX while paused */
	bool paused;
	bool uncertain;       /* counted into a year without a table: 未定 */
	bool rolled;
};

/* Sorted, disjoint pauses.  A paused day does not count (whole civil days for day units). */
struct clock_answer clock_due(const struct calendar *c, struct clock_rule rule, int64_t start_ms,
    const struct clock_pause *pauses, size_t n_pauses, int64_t now_ms);

enum clock_light { LIGHT_NORMAL, LIGHT_SOON, LIGHT_LATE, LIGHT_PAUSED, LIGHT_DONE };
/* soon_permille of the whole span left (250 = the last quarter), or less than `soon_least_ms`. */
enum clock_light clock_light(int64_t start_ms, int64_t due_ms, bool paused, int64_t met_ms, int64_t now_ms,
    int soon_permille, int64_t soon_least_ms);
const char *clock_unit_key(enum clock_unit u); /* "workday" */
