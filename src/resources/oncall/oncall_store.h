/* oncall_store: the SQL of this subject.  Private. */
#pragma once

#include "resources/oncall/oncall.h"

enum oncall_q { Q_LIST, Q_LIST_PUBLIC, Q_COUNT_CONTACTS, Q_INSERT, Q_END, Q_POINT, Q_LOGIN, Q_NUMBERS, Q_NUMBERS_OF, Q_NUMBER, Q_TEST, Q_TESTS, Q_LAST,
    Q_ROWS, Q_SUMS, Q_RESULTS, Q_COUNT };
extern const struct db_stmt oncall_q[Q_COUNT];
