/* dispatch_store: the SQL of dispatch; private. */
#pragma once

#include "operations/dispatch/dispatch.h"

enum dispatch_q {
	Q_FIRST_HOLDER, Q_CANDIDATES, Q_OFFER, Q_LOAD, Q_ANSWER, Q_CHOICE, Q_HISTORY, Q_INBOX, Q_REASONS,
	Q_ACCOUNT_POINT, Q_OPEN_OFFER, Q_HELD, Q_HELD_COUNT, Q_OFFERED, Q_OFFERED_COUNT, Q_COUNT
};
extern const struct db_stmt dispatch_q[Q_COUNT];
