/* db_pg: what do the PostgreSQL files share?  Private to kit/db. */
#pragma once

#include <libpq-fe.h>

#include "kit/db/db_engine.h"

enum {
	PG_CONNECT_MS = 5000,
	PG_STATEMENT_MS = 30000,        /* client-side: the server's own time-out is less */
	PG_COMMIT_MS = 10000,           /* statement_timeout does not bound a synchronous wait */
	PG_RAW_MS = 300000,             /* a migration */
};

struct pg_conn {
	struct db *db;
	PGconn *h;                      /* NULL: not connected */
	struct db_slots slots;
	int prepared;                   /* statements so far: their names on the server */
	bool lost;                      /* nothing more can be said on it */
	bool warned;                    /* a WARNING since last cleared */
	struct arena *mem;
	char *scratch;                  /* parameters as text */
	size_t scratch_cap;
};

/* A connected connection, checked to be of our cluster; RC_UNAVAILABLE. */
enum rc pg_connect(struct pg_conn *c);
void pg_disconnect(struct pg_conn *c);
enum rc pg_rc(const PGresult *r);       /* by SQLSTATE */
/* Wait for the answer to what was sent, at most ms; *ret is NULL when the connection is lost. */
enum rc pg_answer(struct pg_conn *c, int64_t ms, PGresult **ret);
/* A text without parameters, answer dropped. */
enum rc pg_simple(struct pg_conn *c, const char *sql, int64_t ms);
