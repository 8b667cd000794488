/*
 * db_stage: an empty database for the tests of every folder above kit/db: in memory, and on the
 * PostgreSQL that ZHAOFA_TEST_PG names, where each program has a database of its own.  Link db_stage
 * (src/kit/db/meson.build) into the test program.
 *
 *	int main(void) { return stage_main("identity", tests, sizeof(tests) / sizeof(tests[0])); }
 *
 * runs each test once per engine, fresh each time; *state is the struct stage.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kit/db/db.h"

enum { STAGE_CITY = 3205 };

struct stage {
	const char *engine;        /* "sqlite", "postgresql" */
	struct db *db;
	struct arena *mem;
	struct actor system;
	struct ctx ctx;            /* the system's, at stage_now_ms */
};

/* The clock of the stage: 2026-06-30 09:00 in Shanghai at the beginning of each test. */
extern int64_t stage_now_ms;
/* ctx of another actor, at this moment. */
struct ctx stage_ctx(struct stage *f, const struct actor *actor);
/* One raw statement that must succeed. */
void stage_raw(struct stage *f, const char *sql);
/* First column of the first row as a number; -1 when there is none.  `sql` must name "city = $1". */
int64_t stage_int(struct stage *f, const char *sql);
/* What stands in the database now is where every later test of this program begins: call it after seeds that are the same in
 * each, and that do nothing when they find their rows. */
void stage_keep(void);
int stage_main(const char *name, const struct CMUnitTest *tests, size_t n);
