#pragma once

#include "kit/db/db.h"

enum desk_q { Q_EARLIER, Q_COUNT };
extern const struct db_stmt desk_q[Q_COUNT];
