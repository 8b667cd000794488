/* legalaid_notice_store: the SQL of notices and of the counter; private. */
#pragma once

#include "operations/matter/legalaid/legalaid_notice.h"

enum aid_notice_q { N_PUT, N_GRANTED, N_WITHDRAW, N_LOAD, N_ITEM, N_BROUGHT_PUT, N_BROUGHT, N_OWED, N_COUNT };
extern const struct db_stmt aid_notice_q[N_COUNT];
