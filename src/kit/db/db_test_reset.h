/*
 * db_test_reset: a migrated schema of PostgreSQL made empty again, which takes a twentieth of the time of making it anew.
 * For tests only.
 *
 * What the migrations themselves have stored is kept aside once (db_test_keep) and put back.  A test that changed the schema (a
 * trigger that makes a write fail, a column) is noticed by a print of the catalogue: then the schema is dropped and made anew.
 */
#pragma once

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* The tables, indexes, columns and triggers of the current schema, as far as a test may change them. */
#define DB_TEST_PRINT \
	"(SELECT md5(string_agg(format('%s %s %s %s', c.oid, c.relname, c.relnatts, c.relchecks), ',' ORDER BY c.oid))" \
	" || (SELECT count(*) || 't' || coalesce(sum(t.oid::bigint), 0) FROM pg_trigger t JOIN pg_class k ON k.oid = t.tgrelid" \
	"  WHERE k.relnamespace = current_schema()::regnamespace)" \
	" || (SELECT 'a' || count(*) || 'n' || count(*) FILTER (WHERE attnotnull) || 'd' || count(*) FILTER (WHERE attisdropped)" \
	"  FROM pg_attribute a JOIN pg_class k ON k.oid = a.attrelid WHERE k.relnamespace = current_schema()::regnamespace)" \
	" FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace)"

/* As the migrations left it: kept aside in schema kept_… */
#define DB_TEST_KEEP \
	"DO $$ DECLARE here text = current_schema(); kept text = 'kept_' || here; it text; n int; BEGIN" \
	" EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', kept);" \
	" EXECUTE format('CREATE SCHEMA %I', kept);" \
	" EXECUTE format('CREATE TABLE %I.\"the print\" AS SELECT $1 AS p', kept) USING " DB_TEST_PRINT ";" \
	" FOR it IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = here::regnamespace LOOP" \
	"  EXECUTE format('SELECT count(*) FROM %I.%I', here, it) INTO n;" \
	"  IF n > 0 THEN EXECUTE format('CREATE TABLE %1$I.%3$I AS SELECT * FROM %2$I.%3$I', kept, here, it); END IF;" \
	" END LOOP; END $$"

#define DB_TEST_RESET \
	"SET session_replication_role = replica;" \
	"DO $$ DECLARE here text = current_schema(); kept text = 'kept_' || here; p text; it record; BEGIN" \
	" EXECUTE format('SELECT p FROM %I.\"the print\"', kept) INTO p;" \
	" IF p IS DISTINCT FROM " DB_TEST_PRINT " THEN RAISE 'changed'; END IF;" \
	" FOR it IN SELECT oid, relname FROM pg_class WHERE relkind = 'r' AND relnamespace = here::regnamespace" \
	"  AND pg_relation_size(oid) > 0 LOOP EXECUTE format('DELETE FROM %I.%I', here, it.relname); END LOOP;" \
	" FOR it IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = kept::regnamespace" \
	"  AND relname <> 'the print' LOOP" \
	"  EXECUTE format('INSERT INTO %1$I.%3$I SELECT * FROM %2$I.%3$I', here, kept, it.relname); END LOOP;" \
	"END $$"

static inline bool
db_test_run(const char *url, const char *schema, const char *sql)
{
	char first[240];
	PGconn *c = PQconnectdb(url);
	PGresult *r;
	bool fine;

	snprintf(first, sizeof first, "SET client_min_messages = error; SET search_path = %s", schema);
	PQclear(PQexec(c, first));
	r = PQexec(c, sql);
	fine = PQresultStatus(r) == PGRES_COMMAND_OK;
	PQclear(r);
	PQfinish(c);
	return fine;
}

/* After the migrations have run on `schema`. */
static inline bool
db_test_keep(const char *url, const char *schema)
{
	return db_test_run(url, schema, DB_TEST_KEEP);
}

/* Before a test: as the migrations left it (*ret_new false), or empty, so that opening migrates it and db_test_keep() follows. */
static inline bool
db_test_fresh(const char *url, const char *schema, bool *ret_new)
{
	static bool begun; /* what a program before this one has left may be of another version */
	char sql[240];

	*ret_new = !begun || !db_test_run(url, schema, DB_TEST_RESET);
	begun = true;
	snprintf(sql, sizeof sql, "DROP SCHEMA IF EXISTS %s CASCADE; CREATE SCHEMA %s", schema, schema);
	return !*ret_new || db_test_run(url, schema, sql);
}
