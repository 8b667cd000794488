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
/*
 * The table in force; never NULL.  Before the first load it is empty (every answer `uncertain`).
 * Valid until the process ends: replaced tables are kept (some 220 KB each), since clocks may be
 * counting with them.
 */
const struct calendar *holidays_current(void);
/*
 * Import "day,kind,name" (kind holiday, makeup, rest or half): all rows or none; a finding per bad
 * row.  Rows are the city's own; years that
 * appear in the file replace what it had stored for them.
 */
enum rc holidays_import_csv(struct ctx *ctx, struct idem_key key, struct text csv, struct text source,
    struct findings *findings, int64_t *ret_rows);
/* A deadline begun on `day` may reach a year without a table (HOLIDAYS_REACH_DAYS ahead): say so where
 * deadlines are shown. */
#define HOLIDAYS_REACH_DAYS 90
bool holidays_warning(const struct calendar *c, struct day day);

extern const struct db_set holidays_sql;
