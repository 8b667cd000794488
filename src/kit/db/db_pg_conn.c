#include "kit/db/db_pg.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "kit/log/log.h"

/*
 * Nothing here waits without a bound: libpq is driven without blocking, each wait is a poll() with a
 * deadline, and past it the connection is given up (its backend may hang in a wait that no time-out
 * of the server bounds).
 */

enum rc
pg_rc(const PGresult *r)
{
	static const struct { const char *state; enum rc rc; } table[] = {
		{ "23505", RC_DUPLICATE }, { "40001", RC_BUSY }, { "40P01", RC_BUSY },
		{ "55P03", RC_BUSY }, { "08P01", RC_INTERNAL }, { "08", RC_UNAVAILABLE }, { "57", RC_UNAVAILABLE },
		{ "53", RC_UNAVAILABLE }, { "58", RC_UNAVAILABLE }, { "25006", RC_INTERNAL },
		{ "54", RC_TOO_LARGE }, { "22", RC_INVALID }, { "XX001", RC_CORRUPT },
		{ "XX002", RC_CORRUPT },
	};
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	size_t i;

	switch (PQresultStatus(r)) {
	case PGRES_COMMAND_OK:
	case PGRES_TUPLES_OK:
	case PGRES_EMPTY_QUERY:
		return RC_OK;
	case PGRES_COPY_OUT:
	case PGRES_COPY_IN:
	case PGRES_BAD_RESPONSE:
	case PGRES_NONFATAL_ERROR:
	case PGRES_FATAL_ERROR:
	case PGRES_COPY_BOTH:
	case PGRES_SINGLE_TUPLE:
	case PGRES_PIPELINE_SYNC:
	case PGRES_PIPELINE_ABORTED:
		break;
	}
	if (state == NULL)
		return RC_UNAVAILABLE; /* libpq's own words: the connection */
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strncmp(state, table[i].state, strlen(table[i].state)) == 0)
			return table[i].rc;
	return RC_INTERNAL;
}

/* A message may quote values of a row: only those about the text of a statement are written out. */
static void
error_log(const PGresult *r, enum rc rc)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *words = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	bool about_text = state != NULL && strncmp(state, "42", 2) == 0;

	if (rc == RC_OK || rc == RC_BUSY || rc == RC_DUPLICATE)
		return;
	LOG(rc == RC_UNAVAILABLE ? LOG_WARN : LOG_ERROR, "db.postgresql",
	    log_str("state", state == NULL ? "-" : state),
	    log_str("why", about_text && words != NULL ? words : ""));
}

/* ---- waiting -------------------------------------------------------------------------------- */

/* Until the socket is ready for `events` or the deadline is past. */
static bool
socket_wait(PGconn *h, short events, int64_t until_ms)
{
	struct pollfd p = { .fd = PQsocket(h), .events = events };
	int64_t left;
	int n;

	do {
		left = until_ms - db_monotonic_ms();
		if (left <= 0 || p.fd < 0)
			return false;
		n = poll(&p, 1, (int)left);
	} while (n < 0);
	return n > 0;
}

static bool
all_is_sent(struct pg_conn *c, int64_t until_ms)
{
	int n;

	while ((n = PQflush(c->h)) == 1) {
		if (!socket_wait(c->h, POLLIN | POLLOUT, until_ms))
			return false;
		if (PQconsumeInput(c->h) == 0)
			return false;
	}
	return n == 0;
}

static bool
answer_is_here(struct pg_conn *c, int64_t until_ms)
{
	while (PQisBusy(c->h) == 1) {
		if (!socket_wait(c->h, POLLIN, until_ms))
			return false;
		if (PQconsumeInput(c->h) == 0 && PQstatus(c->h) == CONNECTION_BAD)
			return PQisBusy(c->h) == 0;
	}
	return true;
}

/* The first failed result, else the last one. */
enum rc
pg_answer(struct pg_conn *c, int64_t ms, PGresult **ret)
{
	int64_t until = db_monotonic_ms() + ms;
	PGresult *kept = NULL;
	PGresult *r;
	enum rc rc;

	*ret = NULL;
	if (!all_is_sent(c, until))
		c->lost = true;
	while (!c->lost) {
		if (!answer_is_here(c, until)) {
			c->lost = true;
			break;
		}
		r = PQgetResult(c->h);
		if (r == NULL)
			break;
		if (kept != NULL && pg_rc(kept) != RC_OK) {
			PQclear(r);
			continue;
		}
		PQclear(kept);
		kept = r;
	}
	if (PQstatus(c->h) == CONNECTION_BAD)
		c->lost = true;
	if (kept == NULL) {
		c->lost = true;
		return RC_UNAVAILABLE;
	}
	rc = pg_rc(kept);
	error_log(kept, rc);
	if (c->lost && rc == RC_OK) {
		PQclear(kept);
		return RC_UNAVAILABLE;
	}
	*ret = kept;
	return rc;
}

enum rc
pg_simple(struct pg_conn *c, const char *sql, int64_t ms)
{
	PGresult *r = NULL;
	enum rc rc;

	if (PQsendQuery(c->h, sql) == 0) {
		c->lost = true;
		return RC_UNAVAILABLE;
	}
	rc = pg_answer(c, ms, &r);
	PQclear(r);
	return rc;
}

/* ---- connecting ----------------------------------------------------------------------------- */

static void
notice_take(void *arg, const PGresult *r)
{
	struct pg_conn *c = arg;
	const char *severity = PQresultErrorField(r, PG_DIAG_SEVERITY_NONLOCALIZED);

	if (severity != NULL && strcmp(severity, "WARNING") == 0)
		c->warned = true;
}

static void
slot_free(struct db_slot *slot)
{
	free(slot);
}

void
pg_disconnect(struct pg_conn *c)
{
	db_slots_clear(&c->slots, slot_free);
	PQfinish(c->h);
	c->h = NULL;
	c->prepared = 0;
	c->lost = false;
}

static bool
connection_made(PGconn *h)
{
	int64_t until = db_monotonic_ms() + PG_CONNECT_MS;
	PostgresPollingStatusType s = PGRES_POLLING_WRITING;

	while (s == PGRES_POLLING_READING || s == PGRES_POLLING_WRITING) {
		if (!socket_wait(h, s == PGRES_POLLING_READING ? POLLIN : POLLOUT, until))
			return false;
		s = PQconnectPoll(h);
	}
	return s == PGRES_POLLING_OK;
}

/* A port is no identity: what answers there must be the cluster this process began with. */
static enum rc
cluster_check(struct pg_conn *c)
{
	PGresult *r = NULL;
	enum rc rc;

	if (c->db->cluster[0] == '\0')
		return RC_OK;
	if (PQsendQuery(c->h, "SELECT value FROM meta WHERE key = 'cluster'") == 0)
		return RC_UNAVAILABLE;
	rc = pg_answer(c, PG_CONNECT_MS, &r);
	if (rc == RC_OK && (PQntuples(r) != 1 || strcmp(PQgetvalue(r, 0, 0), c->db->cluster) != 0)) {
		LOG(LOG_ERROR, "db.other_cluster", log_str("expected", c->db->cluster));
		rc = RC_UNAVAILABLE;
	}
	PQclear(r);
	return rc == RC_OK ? RC_OK : RC_UNAVAILABLE;
}

enum rc
pg_connect(struct pg_conn *c)
{
	enum rc rc = RC_UNAVAILABLE;

	c->h = PQconnectStart(c->db->url);
	if (c->h != NULL && PQstatus(c->h) != CONNECTION_BAD && connection_made(c->h) &&
	    PQsetnonblocking(c->h, 1) == 0) {
		PQsetNoticeReceiver(c->h, notice_take, c);
		rc = pg_simple(c, "SET statement_timeout = '20s'; SET lock_timeout = '8s';"
		    "SET idle_in_transaction_session_timeout = '60s'; SET client_encoding = 'UTF8';"
		    "SET client_min_messages = warning; SET DateStyle = 'ISO';"
		    "SET standard_conforming_strings = on",
		    PG_CONNECT_MS);
		if (rc == RC_OK && c->db->building)
			rc = pg_simple(c, "SET synchronous_commit = off", PG_CONNECT_MS);
		if (rc == RC_OK)
			rc = cluster_check(c);
	}
	if (rc != RC_OK)
		pg_disconnect(c);
	return rc == RC_OK ? RC_OK : RC_UNAVAILABLE;
}
