/* provider_register_store: the SQL of provider_register; private. */
#pragma once

#include "resources/provider/provider_register.h"

enum register_q {
	G_PERSONS, G_BODIES, G_COUNTS, G_BARS, G_SANCTIONS, G_SANCTIONS_NOW, G_SANCTION, G_SANCTION_ADD, G_SANCTION_END,
	G_ASSESSMENTS, G_ASSESSMENTS_OF, G_ASSESSMENT_ADD, G_ENDS, G_WATCH, G_WARN,
	G_RENEWALS, G_RENEWALS_OPEN, G_RENEWAL, G_RENEWAL_ADD, G_RENEWAL_DECIDE, G_RENEWED, G_SCAN, G_OWN, G_COUNT
};
extern const struct db_stmt register_q[G_COUNT];

struct day register_day(const struct rows *row, int col);
