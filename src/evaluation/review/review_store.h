/* review_store: the SQL of review; private. */
#pragma once

#include "evaluation/review/review.h"

enum review_q {
	Q_ASK, Q_FIND, Q_LIST, Q_LIST_RECEIPT, Q_GIVE, Q_TOOK_PART, Q_HANDLED, Q_DIRECTOR, Q_FOLLOW_INSERT, Q_FOLLOW_MINE,
	Q_FOLLOW_AREA, Q_FOLLOW_LOAD, Q_FOLLOW_TAKE, Q_FOLLOW_DO, Q_FOLLOW_COUNT, Q_FOLLOW_LEFT, Q_FOLLOW_TO, Q_COUNT
};
extern const struct db_stmt review_q[Q_COUNT];

/* Who looks into a bad grade on r, `except` apart (0: nobody); *ret is 0 when nobody is free. */
enum rc review_director_find(struct tx *tx, const struct actor *actor, const struct request *r, int64_t except,
    int64_t *ret);
