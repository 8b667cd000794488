/*
 * dutylog_staff: is somebody on duty at a point at this moment, as far as the published rosters and the sign-ins say?
 *
 * A turn begins when the point opens that day and lasts its minutes of open time; who signed in is there from that moment on.  Who
 * is away is not there, unless they signed in all the same; on a day that is over, who did not sign in was not there.  A station
 * whose county has a published month is under that roster on all its days; a centre only when its windows are.  Nothing else is
 * known of anybody, and no name comes out of here.  (S44, S171)
 */
#pragma once

#include "resources/circle/circle_city.h"

struct dutylog_turn { struct day day; int minutes /* 0: as long as it is open */; bool away; int64_t signed_ms; /* 0: not signed in */ };
/* Pure.  The door is not looked at beyond where the turn begins and ends. */
bool dutylog_is_there(const struct point *p, const struct calendar *c, const struct dutylog_turn *t, int64_t at_ms, struct day today);

extern const struct circle_staffing dutylog_staffing;
extern const struct db_set dutylog_staff_sql;
