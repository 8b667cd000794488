/*
 * day: which civil day is it in China?  Days since 1970-01-01 in Asia/Shanghai, UTC+8 throughout
 * (the daylight saving of 1986–1991 is not modelled: no deadline of ours reaches back).  Pure.
 * Moments are UTC milliseconds (int64_t ..._ms).
 */
#pragma once

#include "base/text.h"

struct day { int32_t n; };

#define DAY_MS INT64_C(86400000)
#define DAY_NONE ((struct day){ INT32_MIN })

struct ymd { int year, month, day; }; /* month 1..12, day 1..31 */

bool day_is_none(struct day d);
/* Gregorian, years 1600..9999; RC_INVALID for a day that does not exist. */
enum rc day_from_ymd(struct ymd ymd, struct day *ret);
struct ymd day_to_ymd(struct day d);
int day_weekday(struct day d); /* 1 Monday .. 7 Sunday */
int day_compare(struct day a, struct day b);
struct day day_add(struct day d, int days);
/* Corresponding day n months later, else the month's last day (民法典 202); DAY_NONE outside
 * 1600..9999, as for day_add() outside its range. */
struct day day_add_months(struct day d, int months);
/* Completed years (周岁) on `today`, the birthday itself counted as reached (29 February: the last of
 * that month); -1 if not yet born or either is DAY_NONE. */
int day_age(struct day born, struct day today);
struct day day_of_moment(int64_t at_ms);
int64_t day_start_ms(struct day d);  /* 00:00 in Shanghai, as UTC ms */
int moment_minute(int64_t at_ms);    /* minute of the civil day, 0..1439 */
/* "2026-06-30"; exactly that form. */
enum rc day_parse(struct text t, struct day *ret);
/* "2026-06-30T09:00+08:00", also with seconds and Z. */
enum rc moment_parse(struct text t, int64_t *ret_ms);
/* out >= 11 bytes: "2026-06-30"; returns the view of it ("" for DAY_NONE). */
struct text day_print(struct day d, char out[static 16]);
/* out: "2026-06-30 09:00" in Shanghai ("" for 0 or less). */
struct text moment_print(int64_t at_ms, char out[static 32]);
/* out: "2026-06-30T09:00:00+08:00". */
struct text moment_print_iso(int64_t at_ms, char out[static 32]);
