/* consult_store: the SQL of consult; private. */
#pragma once

#include "operations/matter/consult/consult.h"

enum consult_q {
	Q_OPEN, Q_LOAD, Q_LOAD_RECEIPT, Q_ANSWER, Q_HINT, Q_CONVERTED, Q_HANDOVER_OPEN,
	Q_CALLBACK_INSERT, Q_CALLBACK_LOAD, Q_CALLBACK_DONE, Q_CALLBACK_TRY, Q_CALLBACK_LIST, Q_CALLBACK_MINE,
	Q_CALLBACK_END, Q_CALLBACK_HELD, Q_CALLBACK_MOVE,
	Q_COUNT
};
extern const struct db_stmt consult_q[Q_COUNT];
