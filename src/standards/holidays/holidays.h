/*
 * holidays: which table of holidays and make-up days counts at this moment?
 *
 * The State Council's yearly table (全国年节及纪念日放假办法 Art. 7), kept in calendar_day and held in
 * memory as one struct calendar for the process, swapped as a whole.  The table comes with the
 * program for the years that were published (data/holidays.csv); later years are imported.
 */
#pragma once

#include "engine/calendar/calendar.h"
#include "kit/db/db.h"
#include "kit/form/form.h"

/* Fill calendar_day from the embedded table when it is empty, then load it.  System actor. */
enum rc holidays_seed(struct ctx *ctx);
/* The embedded table without a database, in mem; for the command line and benchmarks.  RC_NO_MEMORY. */
enum rc holidays_builtin(struct arena *mem, struct calendar *ret);
/* Load calendar_day and swap it in; readers go on with the table they hold.  Any actor. */
enum rc holidays_reload(struct ctx *ctx);
/* Another process may have changed it: load it when the stored version is newer than the one held. */
enum rc holidays_follow(struct ctx *ctx);
/*
 * The table in force; never NULL.  Before the first load it is empty (every answer `uncertain`).
 * Valid until the process ends: replaced tables are kept (some 220 KB each), since clocks may be
 * counting with them.
 */
const struct calendar *holidays_current(void);
/*
 * Import "day,kind,name" (kind holiday, makeup, rest or half): all rows or none; a finding per bad row.  Rows are the
 * city's own; years that appear in the file replace what it had stored for them.  A year must hold the holidays the
 * decree fixes by date (1 January, 1 May, 1–3 October), and no year may be left out between two tables: a gap would
 * be counted as if it were known.
 */
enum rc holidays_import_csv(struct ctx *ctx, struct idem_key key, struct text csv, struct text source,
    struct findings *findings, int64_t *ret_rows);
/*
 * One day otherwise than the table in force says.  DAY_WORK and DAY_REST of its kind of weekday make it an ordinary
 * day again.  RC_INVALID: findings on day, kind, name, source.  RC_CONFLICT: the table is no longer version `seen`.
 */
#define HOLIDAY_SOURCE_MIN 4
struct holiday_change {
	struct day day;
	enum day_kind kind;
	struct text name, source;
	int32_t seen;
};
enum rc holidays_day_set(struct ctx *ctx, struct idem_key key, const struct holiday_change *in, struct findings *findings);
/* What is wrong with it; RC_OK when nothing.  Pure. */
enum rc holidays_day_check(const struct calendar *c, const struct holiday_change *in, struct findings *findings);
/* The table in force with this one change, in mem, to try what it would do.  RC_NO_MEMORY. */
enum rc holidays_try(struct arena *mem, const struct holiday_change *in, struct calendar *ret);
/* Changes of the days of a year, the newest first. */
struct holiday_history {
	int64_t at_ms;
	int32_t version;
	struct day day;
	enum day_kind before, after;
	struct text name, source, account_name;
};
enum rc holidays_history(struct tx *tx, const struct actor *actor, int year, struct holiday_history *ret, size_t cap,
    size_t *ret_n);
/* Monday to Friday DAY_WORK, else DAY_REST. */
enum day_kind holidays_ordinary(struct day d);

/* A deadline begun on `day` may reach a year without a table (HOLIDAYS_REACH_DAYS ahead): say so where
 * deadlines are shown. */
#define HOLIDAYS_REACH_DAYS 90
bool holidays_warning(const struct calendar *c, struct day day);

extern const struct db_set holidays_sql;
