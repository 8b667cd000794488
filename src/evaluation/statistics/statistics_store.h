/* statistics_store: the SQL of statistics; private. */
#pragma once

#include "evaluation/statistics/statistics.h"

enum statistics_q {
	Q_TABLE,                                 /* one per enum figure_by, in its order */
	Q_RECORDS = Q_TABLE + FIGURE_BY_COUNT,   /* the same */
	Q_TOTALS = Q_RECORDS + FIGURE_BY_COUNT,
	Q_ATTENDANCES, Q_MESSAGES, Q_GRADES, Q_LATE_BY_HOLDER, Q_LATE_BY_POINT,
	Q_COUNT
};
extern const struct db_stmt statistics_q[Q_COUNT];
