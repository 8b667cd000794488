/*
 * db_fixture: an empty, migrated database for the flow tests of a subject: SQLite in memory, or a
 * schema of its own on the PostgreSQL of ZHAOFA_TEST_PG, so that test programs may run side by side.
 * For tests only.
 */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/db/db.h"
#include "kit/db/db_test_memory.h"
#include "kit/db/db_test_reset.h"

struct db_fixture {
	struct db *db;
	struct arena *mem;
	struct actor actor; /* the system of city 3205; change it freely */
	struct ctx ctx;
	bool made;          /* for this test: nothing was kept yet */
	char schema[64];    /* on PostgreSQL; "" otherwise */
};

static int64_t fixture_now_ms = INT64_C(1782781200000); /* 2026-06-30 09:00 in Shanghai */

static inline int64_t
fixture_clock(void)
{
	return fixture_now_ms;
}

/* What stands in the database now is where every later test of this program begins: call it after seeds that are the same in
 * each, and that do nothing when they find their rows. */
static inline void
fixture_keep(const struct db_fixture *x)
{
	if (x->made && !(x->schema[0] == '\0' ? db_test_memory_keep() : db_test_keep(getenv("ZHAOFA_TEST_PG"), x->schema)))
		fprintf(stderr, "# %s: each test makes the schema anew\n", x->schema);
}

/* engine "sqlite" or "postgresql"; name: of the test program, letters and _.  False: cannot be opened. */
static inline bool
fixture_open(struct db_fixture *x, const char *engine, const char *name)
{
	const char *pg = getenv("ZHAOFA_TEST_PG");
	char url[512] = "sqlite::memory:";
	struct db_options opt = { .url = url, .city = 3205, .readers = 1, .clock_ms = fixture_clock };
	struct text why = TEXT_NONE;

	*x = (struct db_fixture){ .mem = arena_create((size_t)64 << 20) };
	x->actor = (struct actor){ .kind = ACTOR_SYSTEM, .city = 3205, .places = { 0, INT64_C(999999999999) },
		.rights = UINT64_MAX };
	if (strcmp(engine, "postgresql") == 0) {
		snprintf(x->schema, sizeof(x->schema), "t_%s", name);
		if (pg == NULL || pg[0] == '\0' || !db_test_fresh(pg, x->schema, &x->made))
			return false;
		snprintf(url, sizeof(url), "%s%coptions=-csearch_path%%3D%s", pg, strchr(pg, '?') == NULL ? '?' : '&', x->schema);
	} else {
		x->made = db_test_memory_begin();
	}
	if (x->mem == NULL || db_open(&opt, true, &x->db, &why) != RC_OK) {
		fprintf(stderr, "# cannot open %s: %.*s\n", url, (int)why.n, why.p);
		return false;
	}
	fixture_keep(x);
	x->ctx = (struct ctx){ .mem = x->mem, .db = x->db, .actor = &x->actor, .now_ms = fixture_now_ms };
	return true;
}

static inline void
fixture_close(struct db_fixture *x)
{
	db_close(x->db);
	arena_free(x->mem);
}

/* A key that was not used before. */
static inline struct idem_key
fixture_key(void)
{
	static uint64_t n;
	struct idem_key key = { { 1 } };

	n++;
	memcpy(key.b + 8, &n, sizeof(n));
	return key;
}

/* Which engines to run on: "sqlite", and "postgresql" when ZHAOFA_TEST_PG is set. */
static inline size_t
fixture_engines(const char *ret[static 2])
{
	const char *pg = getenv("ZHAOFA_TEST_PG");

	ret[0] = "sqlite";
	ret[1] = "postgresql";
	return pg == NULL || pg[0] == '\0' ? 1 : 2;
}
