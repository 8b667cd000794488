/* writing_store: the SQL of writing; private. */
#pragma once

#include "operations/writing/writing.h"

enum writing_q { Q_INSERT, Q_LOAD, Q_LIST, Q_OPEN_COUNT, Q_SAVE, Q_MOVE, Q_ENDED, Q_COUNTS, Q_ISSUED, Q_COUNT };
extern const struct db_stmt writing_q[Q_COUNT];
