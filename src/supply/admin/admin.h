/*
 * admin: with what is the house itself kept in order?  Accounts, points of service, the catalogue,
 * settings, the audit trail: pages of the desk for those who hold the right, and who read no cases.
 * Pages only: what may be done, and what it does, is judged by resources/ and standards/.
 */
#pragma once

#include "kit/db/db.h"
#include "kit/http/http.h"

/* Parts of other wings on pages of administration, set once by app; any may be NULL. */
struct admin_hooks {
	/* In the register of who gives legal aid: how their cases were judged; empty: never. */
	struct text (*provider_quality)(struct exchange *x, int64_t provider);
};
void admin_hooks_set(const struct admin_hooks *hooks);

extern const struct route admin_routes[];
extern const size_t admin_routes_n;
