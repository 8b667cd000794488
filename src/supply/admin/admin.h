/*
 * admin: with what is the house itself kept in order?  Accounts, points of service, the catalogue,
 * settings, the audit trail: pages of the desk for those who hold the right, and who read no cases.
 * Pages only: what may be done, and what it does, is judged by resources/ and standards/.
 */
#pragma once

#include "kit/db/db.h"
#include "kit/http/http.h"

extern const struct route admin_routes[];
extern const size_t admin_routes_n;
