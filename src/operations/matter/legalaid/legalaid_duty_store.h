/* legalaid_duty_store: the SQL of duty lawyers; private. */
#pragma once

#include "operations/matter/legalaid/legalaid_duty.h"

enum aid_duty_q { D_PUT, D_LIST, D_LIST_OWN, D_ONE, D_ONE_OWN, D_HELP_PUT, D_HELPS, D_PASS, D_COUNT };
extern const struct db_stmt aid_duty_q[D_COUNT];
