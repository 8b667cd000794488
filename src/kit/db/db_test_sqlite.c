#include "kit/db/db_test_own.h"

/* linked into a test program: it runs on SQLite, in memory and on a file */
const char *const test_kinds[] = { "memory", "file", NULL };
