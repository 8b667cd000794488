#include "kit/db/db_test_own.h"

/* linked into a test program: it runs on the PostgreSQL that ZHAOFA_TEST_PG names, or skips */
const char *const test_kinds[] = { "postgresql", NULL };
