#include "kit/db/db_test_own.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { KINDS = 3, MOST_TESTS = 64 };

int64_t
test_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

const struct db_stmt test_sql[SET_N] = {
	[SET_PUT] = { "test.put", DB_SYSTEM,
	    "INSERT INTO setting (city, key, since_ms, value, account, document)"
	    " VALUES ($1, $2, $3, $4, 0, '')", 0 },
	[SET_GET] = { "test.get", DB_SYSTEM,
	    "SELECT value, since_ms FROM setting WHERE city = $1 AND key = $2 ORDER BY since_ms DESC", 0 },
	[SET_COUNT] = { "test.count", DB_SYSTEM,
	    "SELECT count(*) FROM setting WHERE city = $1 AND key LIKE $2", 0 },
	[SET_CHANGE] = { "test.change", DB_SYSTEM,
	    "UPDATE setting SET value = $3 WHERE city = $1 AND key = $2 AND value = $4", 0 },
	[SET_KEYS] = { "test.keys", DB_SYSTEM,
	    "SELECT key, value FROM setting WHERE city = $1 AND value >= $2 ORDER BY key", 0 },
	[SET_PUBLIC] = { "test.public", DB_PUBLIC,
	    "SELECT count(*) FROM setting WHERE city = $1 AND since_ms >= $2", 0 },
	[SET_OWN] = { "test.own", DB_OWN,
	    "SELECT count(*) FROM setting WHERE city = $1 AND account = $2 AND since_ms >= $3", 0 },
	[SET_RECEIPT] = { "test.receipt", DB_RECEIPT,
	    "SELECT $2 + count(*) FROM setting WHERE city = $1 AND since_ms = $2 AND since_ms >= $3", 0 },
	[SET_PLACE] = { "test.place", DB_PLACE,
	    "SELECT count(*) FROM setting WHERE city = $1 AND"
	    " (since_ms BETWEEN $2 AND $3 OR account = $4)", 0 },
	[SET_CITY] = { "test.city", DB_CITY,
	    "SELECT count(*) FROM setting WHERE city = $1 AND since_ms >= $2", 0 },
};

/* ---- a database per kind -------------------------------------------------------------------- */

static char pg_url[256];

/* A database of its own for each program: they run side by side. */
static bool
pg_database_make(const char *name)
{
	const char *url = getenv("ZHAOFA_TEST_PG");
	char sql[128];
	PGconn *c;

	if (url == NULL || url[0] == '\0')
		return false;
	c = PQconnectdb(url);
	if (PQstatus(c) != CONNECTION_OK)
		fprintf(stderr, "ZHAOFA_TEST_PG: %s", PQerrorMessage(c));
	snprintf(sql, sizeof(sql), "CREATE DATABASE zt_%s TEMPLATE template0", name);
	PQclear(PQexec(c, sql)); /* it may be there */
	PQfinish(c);
	snprintf(pg_url, sizeof(pg_url), "%s%cdbname=zt_%s", url, strchr(url, '?') ? '&' : '?', name);
	return true;
}

/* Migrated once per program, then only emptied: a schema takes its time. */
void
test_pg_empty(const char *url, bool schema_too)
{
	PGconn *c = PQconnectdb(url);
	PGresult *r = NULL;

	assert_int_equal(PQstatus(c), CONNECTION_OK);
	PQclear(PQexec(c, "SET client_min_messages = error"));
	if (!schema_too) {
		r = PQexec(c, "TRUNCATE setting, session, lease, command_key;"
		    "DELETE FROM meta WHERE key NOT IN ('city', 'cluster')");
		schema_too = PQresultStatus(r) != PGRES_COMMAND_OK;
		PQclear(r);
	}
	if (schema_too)
		PQclear(PQexec(c, "DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
	PQfinish(c);
}

static void
url_make(struct test_db *t)
{
	static bool emptied;
	const char *tmp = getenv("TMPDIR");

	if (strcmp(t->kind, "memory") == 0) {
		snprintf(t->url, sizeof(t->url), "sqlite::memory:");
	} else if (strcmp(t->kind, "file") == 0) {
		snprintf(t->url, sizeof(t->url), "sqlite:%s/zhaofa-db-test-%d.db", tmp ? tmp : "/tmp",
		    (int)getpid());
	} else {
		snprintf(t->url, sizeof(t->url), "%s", pg_url);
		test_pg_empty(t->url, !emptied);
		emptied = true;
	}
}

static void
file_remove(const struct test_db *t)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char path[300];
	size_t i;

	if (strcmp(t->kind, "file") != 0)
		return;
	for (i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s%s", t->url + strlen("sqlite:"), ends[i]);
		unlink(path);
	}
}

enum rc
test_db_reopen(struct test_db *t, bool migrate, struct text *ret_why)
{
	struct db_options opt = { .url = t->url, .city = TEST_CITY, .node = 1, .readers = 4,
	    .clock_ms = test_clock };

	db_close(t->db);
	t->db = NULL;
	return db_open(&opt, migrate, &t->db, ret_why);
}

struct test_db *
test_db_open(void **state)
{
	struct test_db *t = calloc(1, sizeof(*t));
	struct text why;

	assert_non_null(t);
	t->kind = *state;
	url_make(t);
	file_remove(t);
	if (test_db_reopen(t, true, &why) != RC_OK)
		fail_msg("%s: %.*s", t->url, (int)why.n, why.p);
	t->mem = arena_create(1 << 20);
	t->actor = (struct actor){ .kind = ACTOR_SYSTEM, .city = TEST_CITY };
	t->ctx = (struct ctx){ .mem = t->mem, .db = t->db, .actor = &t->actor,
	    .now_ms = test_clock() };
	return t;
}

void
test_db_close(struct test_db *t)
{
	db_close(t->db);
	arena_free(t->mem);
	file_remove(t);
	free(t);
}

int
test_db_main(const char *name, const struct CMUnitTest *tests, size_t n)
{
	static struct CMUnitTest all[KINDS * MOST_TESTS];
	static char names[KINDS * MOST_TESTS][96];
	size_t i, k, m = 0;

	if (strcmp(test_kinds[0], "postgresql") == 0 && !pg_database_make(name)) {
		printf("1..0 # SKIP postgresql: ZHAOFA_TEST_PG names no database\n");
		return 0;
	}
	for (k = 0; test_kinds[k] != NULL; k++)
		for (i = 0; i < n && i < MOST_TESTS; i++) {
			snprintf(names[m], sizeof(names[m]), "%s %s", test_kinds[k], tests[i].name);
			all[m] = tests[i];
			all[m].name = names[m];
			all[m].initial_state = (void *)(uintptr_t)test_kinds[k];
			m++;
		}
	return _cmocka_run_group_tests(name, all, m, NULL, NULL);
}

/* ---- what most tests do --------------------------------------------------------------------- */

struct count_arg { const char *prefix; int64_t ret; };

static enum rc
count_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	struct count_arg *a = arg;
	char like[64];

	snprintf(like, sizeof(like), "%s%%", a->prefix);
	return tx_int(tx, actor, &test_sql[SET_COUNT], ARGS(db_text(text_of(like))), &a->ret);
}

int64_t
test_count(struct test_db *t, const char *prefix)
{
	struct count_arg a = { .prefix = prefix };

	t->ctx.db = t->db;
	return db_read(&t->ctx, count_fn, &a) == RC_OK ? a.ret : -1;
}

enum rc
test_put_fn(struct tx *tx, const struct actor *actor, void *arg)
{
	struct test_put *p = arg;
	int64_t id = tx_id(tx);
	enum rc rc;

	p->runs++;
	rc = tx_run_one(tx, actor, &test_sql[SET_PUT], ARGS(db_text(text_of(p->key)), db_int(id),
	    db_text(text_of(p->value))));
	if (rc != RC_OK)
		return rc;
	p->ret = id;
	return p->fail;
}

enum rc
test_put(struct test_db *t, struct idem_key key, struct test_put *put, const char *content)
{
	struct command c = { .name = "test.put", .fn = test_put_fn, .arg = put, .ret = &put->ret,
	    .ret_size = sizeof(put->ret), .content = text_of(content) };

	t->ctx.db = t->db;
	return db_command(&t->ctx, key, &c);
}
