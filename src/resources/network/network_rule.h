/* network_rule: opening hours as intervals of a day, and what a set of hours may not be.  Pure. */
#pragma once

#include "resources/network/network.h"

struct opening { int opens, closes; }; /* minutes of the day */

/* Openings of a day in order; at most POINT_HOURS_MAX.  Returns how many. */
size_t point_openings(const struct point *p, struct day day, const struct calendar *c,
    struct opening ret[static POINT_HOURS_MAX]);
bool point_is_there(const struct point *p, struct day day); /* opened, not yet closed; DAY_NONE: not closed */
/* Weekday and minutes inside their bounds, and no two of a weekday overlapping (touching is fine). */
bool point_hours_are_sound(const struct point_hours *hours, size_t n);
