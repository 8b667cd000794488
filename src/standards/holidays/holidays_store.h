/* holidays_store: the SQL of this folder and what its files share.  Private. */
#pragma once

#include "standards/holidays/holidays.h"

enum { COUNT, ALL, NEWEST, CLEAR, INSERT, SET, CHANGE, HISTORY };
extern const struct db_stmt holidays_stmts[];

/* The years of a sorted table, the city's working hours. */
struct calendar holidays_calendar(const struct calendar_entry *v, size_t n, int32_t version);
/* One line of the history: `day` was of one kind and is of another from `version` on. */
enum rc holidays_note(struct tx *tx, const struct actor *actor, int64_t version, struct day day, enum day_kind before,
    enum day_kind after, struct text name, struct text source);
/* The days of a year. */
enum rc holidays_year(int year, struct day *ret_first, struct day *ret_last);
