/* intake_store: the SQL of intake; private. */
#pragma once

#include "operations/intake/intake.h"

enum intake_q {
	Q_POINT_TIER, Q_DIVISION, Q_DRAFT_SAVE, Q_DRAFT_LOAD, Q_DRAFT_DROP, Q_FILES, Q_FILE_ROWS, Q_STANDING,
	Q_NEWEST, Q_EARLIER, Q_COUNT
};
extern const struct db_stmt intake_q[Q_COUNT];
