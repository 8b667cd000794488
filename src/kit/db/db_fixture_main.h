/* db_fixture_main: the tests of a fixture once per engine, in one group (TAP wants one plan).  For tests only. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kit/db/db_fixture.h"

struct fixture_slot { const char *engine; const char **ret_engine; CMFixtureFunction setup; char name[96]; };

static inline int
fixture_enter(void **state)
{
	struct fixture_slot *s = *state;

	*s->ret_engine = s->engine;
	*state = NULL;
	return s->setup != NULL ? s->setup(state) : 0;
}

/* *engine is set before each test's own setup runs. */
static inline int
fixture_main(const char *group, const struct CMUnitTest *tests, size_t n, const char **engine)
{
	static struct CMUnitTest all[64];
	static struct fixture_slot slots[64];
	const char *engines[2];
	size_t n_engines = fixture_engines(engines), m = 0;
	int failed;

	for (size_t e = 0; e < n_engines; e++)
		for (size_t i = 0; i < n && m < 64; i++, m++) {
			slots[m] = (struct fixture_slot){ engines[e], engine, tests[i].setup_func, "" };
			snprintf(slots[m].name, sizeof(slots[m].name), "%s %s", engines[e], tests[i].name);
			all[m] = (struct CMUnitTest){ slots[m].name, tests[i].test_func, fixture_enter, tests[i].teardown_func,
				&slots[m] };
		}
	failed = _cmocka_run_group_tests(group, all, m, NULL, NULL);
	db_test_memory_end();
	return failed;
}
