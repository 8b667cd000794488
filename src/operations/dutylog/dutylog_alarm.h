/*
 * dutylog_alarm: which gaps of a roster are to be seen to before they happen, and who has been told?
 *
 * A county with advisers or rosters whose month is not published so many days before it begins; a visit or a seat of a published
 * month that is open, or whose person is away; a duty that nobody signed in to.  Each goes the way of supervision: a warning to who
 * plans, a reminder to them and the director, a report when the day has come; each step once for each gap, and when it is filled the
 * gap is cleared by itself.  How many days before is a setting; no law gives the numbers (未核实).  A gap that opens again after it
 * was filled is a new one.  (S171)
 */
#pragma once

#include "operations/supervise/supervise.h"
#include "resources/duty/duty.h"

enum dutylog_alarm_kind { DUTYLOG_ALARM_NONE, DUTYLOG_ALARM_MONTH, DUTYLOG_ALARM_OPEN, DUTYLOG_ALARM_AWAY, DUTYLOG_ALARM_UNSIGNED,
	DUTYLOG_ALARM_KINDS };
const char *dutylog_alarm_label(enum dutylog_alarm_kind k); /* T() */
enum { DUTYLOG_ALARM_WARN, DUTYLOG_ALARM_REMIND, DUTYLOG_ALARM_SETTINGS };
extern const struct setting_kind dutylog_alarm_settings[DUTYLOG_ALARM_SETTINGS];

/* The step that is due: warned from `warn` days before, reminded from `remind` days before, reported once the day has come (a duty
 * without a sign-in: when it is over). SUPERVISE_NONE: not yet.  Pure. */
enum supervise_step dutylog_alarm_step(enum dutylog_alarm_kind k, struct day due, struct day today, int64_t warn, int64_t remind);

struct dutylog_alarm {
	int64_t id;
	struct place county, place;
	int month, turn;
	enum dutylog_alarm_kind kind;
	enum supervise_step step;
	int64_t point, planner, director, first_ms, step_ms;
	int which;                    /* of the place's visits, or of the window's seats */
	struct day due;
	struct text planner_name, director_name;
};
/* What stands, inside the actor's jurisdiction, the nearest day first. */
enum rc dutylog_alarms(struct tx *tx, const struct actor *actor, struct dutylog_alarm *ret, size_t cap, size_t *ret_n);

/* Look, and take what steps are due; *ret_n: rows written.  System actor; not inside a transaction.  Twice does no more than once. */
enum rc dutylog_alarm_run(struct ctx *ctx, int64_t *ret_n);

extern const struct db_set dutylog_alarm_sql;
