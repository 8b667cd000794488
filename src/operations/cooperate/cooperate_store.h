/* cooperate_store: the SQL of cooperate; private. */
#pragma once

#include "operations/cooperate/cooperate.h"

enum cooperate_q {
	Q_LOAD_ASKED, Q_LOAD, Q_OF_CASE, Q_ROUNDS, Q_ROUNDS_ASKED, Q_FILES, Q_IN, Q_IN_DONE, Q_OUT, Q_OUT_DONE, Q_MINE_COUNT,
	Q_POINT_USABLE, Q_OPEN_FIND, Q_TELL, Q_INSERT, Q_ROUND_INSERT, Q_STEP, Q_AGAIN, Q_DECLINE, Q_END, Q_ROUND_ANSWER,
	Q_OPEN_OF_CASE, Q_OLD, Q_COUNTED, Q_ROUND_DUE, Q_LETTER_INSERT,
	Q_LETTER, Q_COUNT
};
extern const struct db_stmt cooperate_q[Q_COUNT];
