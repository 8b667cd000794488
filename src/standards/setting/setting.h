/*
 * setting: what have the officials of this city set?  Limits and thresholds that change without a new
 * program; each change is a row with its moment, its author and the paper behind it, the newest is in
 * force.  A key without a row has the caller's default, which pages show as 未核实.
 */
#pragma once

#include "kit/db/db.h"

#define SETTING_TEXT_MAX 400 /* bytes */

/* The number in force, or fallback: also where what is stored is none or lies outside min..max. */
enum rc setting_int(struct tx *tx, const struct actor *actor, const char *key, int64_t min, int64_t max,
    int64_t fallback, int64_t *ret);
/* Inside a command, by whoever may (the caller has asked): a new row, and its trace in the audit trail.
 * Two changes within a millisecond: RC_CONFLICT. */
enum rc setting_put(struct tx *tx, const struct actor *actor, const char *key, int64_t value, struct text document);

extern const struct db_set setting_sql;
