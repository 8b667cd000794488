/* missed_store: the SQL of this subject.  Private. */
#pragma once

#include "operations/missed/missed.h"

enum missed_q { Q_INSERT, Q_POINT, Q_LIST, Q_OPEN, Q_SUMS, Q_TO_MEET, Q_COUNT };
extern const struct db_stmt missed_q[Q_COUNT];
