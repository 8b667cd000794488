/* supervise_store: the SQL of supervise; private. */
#pragma once

#include "operations/supervise/supervise.h"

enum supervise_q {
	Q_RULES, Q_STEPS_DUE, Q_ORDERS_DUE, Q_NO_CLOCK, Q_NO_CLOCK_ANYWHERE, Q_MARK, Q_STEP_INSERT,
	Q_ORDER_OPEN, Q_ORDER_INSERT, Q_ORDER_STANDS, Q_ORDER_RAISE, Q_ORDER_HELD, Q_ORDER_END,
	Q_DIRECTOR, Q_BUREAU, Q_COUNT
};
extern const struct db_stmt supervise_q[Q_COUNT];
