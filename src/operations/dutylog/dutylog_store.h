/* dutylog_store: the SQL of this subject.  Private. */
#pragma once

#include "operations/dutylog/dutylog.h"

enum dutylog_q { L_ATTEND, L_ATTEND_ADD, L_LOG, L_LOG_ADD, L_CONFIRM, L_UNSIGNED, L_COUNT };
extern const struct db_stmt dutylog_q[L_COUNT];
