/* provider_store: the SQL of provider; private. */
#pragma once

#include "resources/provider/provider.h"

enum provider_q {
	Q_FIRM, Q_FIRM_LICENCE, Q_FIRM_CREDIT, Q_FIRMS, Q_FIRM_INSERT, Q_FIRM_UPDATE,
	Q_PROVIDER, Q_PROVIDER_LICENCE, Q_PROVIDER_ACCOUNT, Q_PROVIDERS, Q_PROVIDERS_OF, Q_PROVIDER_INSERT, Q_PROVIDER_UPDATE,
	Q_COUNT
};
extern const struct db_stmt provider_q[Q_COUNT];

void firm_read(const struct rows *row, struct firm *ret);
void provider_read(const struct rows *row, struct provider *ret);
