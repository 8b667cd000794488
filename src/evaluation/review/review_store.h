/* review_store: the SQL of review; private. */
#pragma once

#include "evaluation/review/review.h"

enum review_q {
	Q_ASK, Q_FIND, Q_LIST, Q_LIST_RECEIPT, Q_GIVE, Q_TOOK_PART, Q_HANDLED, Q_DIRECTOR, Q_FOLLOW_INSERT, Q_FOLLOW_MINE,
	Q_FOLLOW_AREA, Q_FOLLOW_LOAD, Q_FOLLOW_TAKE, Q_FOLLOW_DO, Q_COUNT
};
extern const struct db_stmt review_q[Q_COUNT];
