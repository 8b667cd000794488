/* advisor_plan_store: the SQL of plans; private. */
#pragma once

#include "resources/advisor/advisor_plan.h"

enum plan_q {
	P_LIST, P_LOAD, P_INSERT, P_ROW_PUT, P_ROWS, P_DIFFERS, P_DIFFERS_N, P_DECIDE, P_CLAIMS, P_BEFORE, P_TAKEN, P_BUSY, P_CONFLICTS,
	P_MEETS, P_UNFIT, P_PEOPLE, P_COUNT
};
extern const struct db_stmt plan_q[P_COUNT];
