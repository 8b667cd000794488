/*
 * activity: what recurs under a name, where, and on which days of a month?
 *
 * Market days, visits of a town's team, mobile rounds with their stops, talks ("days ending in 4").  A rule of recurrence is the
 * engine's own (engine/roster: ends in, weekdays, the how-many-th); days off and holidays only where it says so.  Who must be there
 * is the roster's affair: a village that wants its advisor on market days says so in its own row (resources/duty).
 *
 * Reading: everybody, it is posted.  Changing: RIGHT_SUPERVISE over the whole county.  RC_NOT_FOUND: elsewhere.  RC_CONFLICT:
 * changed since.  (S174)
 */
#pragma once

#include "base/day.h"
#include "base/place.h"
#include "engine/calendar/calendar.h"
#include "engine/roster/roster.h"
#include "kit/db/db.h"
#include "kit/form/form.h"

enum activity_kind { ACTIVITY_NAMED = 1, ACTIVITY_MARKET, ACTIVITY_TEAM, ACTIVITY_ROUND, ACTIVITY_KINDS };
extern const struct choice activity_kind_choices[];
const char *activity_kind_label(int kind); /* T() */

#define ACTIVITY_STOPS 8
struct activity_stop { struct place place; int opens, closes; /* minutes of the day */ };
struct activity {
	int64_t id, revision;          /* id 0: a new one */
	struct place county;
	int kind;
	struct text name, name_en, words;
	struct roster_recurring rule;
	bool rest;                     /* on days off, too */
	struct day from, to;           /* to DAY_NONE: until further notice */
	struct activity_stop stop[ACTIVITY_STOPS];
	size_t n_stops;
};
/* The days of the month (202607) on which it is held, as bits; 0: none, or no such month.  Pure. */
uint32_t activity_days(const struct activity *a, int month, const struct calendar *c);
/* In words: "逢 4", "每月第二个周三"; the parts T(), numbers as they are. */
struct text activity_rule_text(struct arena *mem, enum lang lang, const struct activity *a);

/* Inside a county, by name; those in force on `day` or later. */
enum rc activity_list(struct tx *tx, const struct actor *actor, struct place county, struct day day, struct activity *ret, size_t cap,
    size_t *ret_n);
/* With a stop in the place or the town it lies in; for everybody. */
enum rc activity_at(struct tx *tx, const struct actor *actor, struct place place, struct day day, struct activity *ret, size_t cap,
    size_t *ret_n);
enum rc activity_load(struct tx *tx, const struct actor *actor, int64_t id, struct activity *ret);
/* RC_INVALID with findings: "name", "name_en", "words", "kind", "ends_in", "from", "to", "stops". */
enum rc activity_save(struct ctx *ctx, struct idem_key key, const struct activity *in, struct findings *findings);

extern const struct db_set activity_sql;
