#include "kit/db/db_stage.h"
#include "kit/db/db_test_memory.h"
#include "kit/db/db_test_reset.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_TESTS 128

int64_t stage_now_ms;
static const int64_t beginning_ms = INT64_C(1782781200000); /* 2026-06-30T09:00+08:00 */

static char pg_url[512]; /* of this program's own database; empty: none */
static bool schema_is_new, on_pg;

static int64_t
stage_clock(void)
{
	return stage_now_ms;
}

/* ---- a database of its own -------------------------------------------------------------------------- */

static bool
pg_run(const char *url, const char *sql)
{
	PGconn *c = PQconnectdb(url);
	PGresult *r = PQexec(c, sql);
	bool fine = PQresultStatus(r) == PGRES_COMMAND_OK;

	if (!fine)
		fprintf(stderr, "postgresql: %s\n", PQerrorMessage(c));
	PQclear(r);
	PQfinish(c);
	return fine;
}

/* postgresql://host/NAME?...: the same with another name. */
static bool
url_with_name(const char *url, const char *name, char *out, size_t cap)
{
	const char *host = strstr(url, "://"), *path, *query;

	if (host == NULL)
		return false;
	host += 3;
	query = strchr(host, '?');
	path = strchr(host, '/');
	if (path == NULL || (query != NULL && path > query))
		path = query != NULL ? query : host + strlen(host);
	return snprintf(out, cap, "%.*s/%s%s", (int)(path - url), url, name, query == NULL ? "" : query)
	    < (int)cap;
}

static bool
pg_open(const char *name)
{
	const char *url = getenv("ZHAOFA_TEST_PG");
	char own[64], sql[128];

	if (url == NULL || url[0] == '\0')
		return false;
	snprintf(own, sizeof(own), "zhaofa_%s_%ld", name, (long)getpid());
	snprintf(sql, sizeof(sql), "CREATE DATABASE %s", own);
	if (!url_with_name(url, own, pg_url, sizeof(pg_url)) || !pg_run(url, sql)) {
		pg_url[0] = '\0';
		return false;
	}
	return true;
}

static void
pg_close(const char *name)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "DROP DATABASE zhaofa_%s_%ld", name, (long)getpid());
	pg_run(getenv("ZHAOFA_TEST_PG"), sql);
}

/* ---- a test ------------------------------------------------------------------------------------------ */

void
stage_keep(void)
{
	if (schema_is_new && !(on_pg ? db_test_keep(pg_url, "public") : db_test_memory_keep()))
		fprintf(stderr, "each test makes the schema anew\n");
}

static int
stage_open(void **state)
{
	const char *engine = *state;
	bool pg = strcmp(engine, "postgresql") == 0;
	struct stage *f = calloc(1, sizeof(*f));
	struct db_options opt = { .url = pg ? pg_url : "sqlite::memory:", .city = STAGE_CITY, .node = 1,
		.readers = 2, .clock_ms = stage_clock };
	struct text why;

	if (f == NULL)
		return -1;
	on_pg = pg;
	schema_is_new = !pg && db_test_memory_begin();
	if (pg && !db_test_fresh(pg_url, "public", &schema_is_new)) {
		free(f);
		return -1;
	}
	stage_now_ms = beginning_ms;
	f->engine = engine;
	if (db_open(&opt, true, &f->db, &why) != RC_OK) {
		fprintf(stderr, "%s: %.*s\n", opt.url, (int)why.n, why.p);
		free(f);
		return -1;
	}
	stage_keep();
	f->mem = arena_create(64 << 20);
	f->system = (struct actor){ .kind = ACTOR_SYSTEM, .city = STAGE_CITY, .account = -1,
		.places = { INT64_C(320500000000), INT64_C(320599999999) }, .rights = ~UINT64_C(1) };
	f->ctx = stage_ctx(f, &f->system);
	*state = f;
	return 0;
}

static int
stage_close(void **state)
{
	struct stage *f = *state;

	db_close(f->db);
	arena_free(f->mem);
	free(f);
	return 0;
}

int
stage_main(const char *name, const struct CMUnitTest *tests, size_t n)
{
	static struct CMUnitTest all[2 * MOST_TESTS];
	static char names[2 * MOST_TESTS][96];
	static const char *const engines[] = { "sqlite", "postgresql" };
	bool pg = pg_open(name);
	size_t m = 0;
	int failed;

	for (size_t k = 0; k < (pg ? 2 : 1); k++)
		for (size_t i = 0; i < n && i < MOST_TESTS; i++, m++) {
			snprintf(names[m], sizeof(names[m]), "%s %s", engines[k], tests[i].name);
			all[m] = (struct CMUnitTest){ .name = names[m], .test_func = tests[i].test_func,
				.setup_func = stage_open, .teardown_func = stage_close,
				.initial_state = (void *)(uintptr_t)engines[k] };
		}
	if (!pg)
		printf("# not on postgresql: ZHAOFA_TEST_PG names no database\n");
	failed = _cmocka_run_group_tests(name, all, m, NULL, NULL);
	db_test_memory_end();
	if (pg)
		pg_close(name);
	return failed;
}

/* ---- what most tests do ------------------------------------------------------------------------------ */

struct ctx
stage_ctx(struct stage *f, const struct actor *actor)
{
	return (struct ctx){ .mem = f->mem, .db = f->db, .actor = actor, .now_ms = stage_now_ms };
}

void
stage_raw(struct stage *f, const char *sql)
{
	enum rc rc = db_raw(f->db, sql);

	if (rc != RC_OK)
		fail_msg("%s: %s", sql, rc_name(rc));
}

struct int_arg { struct db_stmt stmt; int64_t ret; };

static enum rc
int_fn(struct tx *tx, const struct actor *actor, void *p)
{
	struct int_arg *arg = p;

	return tx_int(tx, actor, &arg->stmt, NO_ARGS, &arg->ret);
}

int64_t
stage_int(struct stage *f, const char *sql)
{
	struct int_arg arg = { .stmt = { NULL, DB_SYSTEM, sql, 0 } };
	struct ctx ctx = stage_ctx(f, &f->system);

	return db_read(&ctx, int_fn, &arg) == RC_OK ? arg.ret : -1;
}
