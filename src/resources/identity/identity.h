/*
 * identity: who is this, what may they do, and for which part of the city?
 *
 * Rights are bits; a role is a set of them; jurisdiction is a range of division codes bound inside
 * kit/db.  Deny by default.  Administrator, auditor and operators are separated: the administrator
 * manages people and points and reads no cases, the auditor reads the trail and changes nothing.
 * Source: trust.md (Controls); GB/T 22239-2019 three separated administrators [H].
 */
#pragma once

#include "kit/ctx/ctx.h"
#include "kit/crypt/crypt.h"
#include "kit/db/db.h"

/* New rights go at the end: the numbers are bits of actor.rights and are not stored. */
enum right {
	RIGHT_NONE = 0,      /* a route that forgot: refused */
	RIGHT_PUBLIC,        /* anybody, without logging in */
	RIGHT_STAFF,         /* anybody logged in: own account, help */
	RIGHT_INTAKE,        /* write down a request (window, station, hotline) */
	RIGHT_CASE_READ,     /* read cases of the own jurisdiction, and granted ones */
	RIGHT_CASE_HANDLE,   /* accept, answer, message, close what one holds */
	RIGHT_DISPATCH,      /* hand over, assign */
	RIGHT_REVEAL,        /* see an ID number or phone in clear, with a purpose, logged */
	RIGHT_SUPERVISE,     /* director: what is late, by whom; follow-ups */
	RIGHT_FIGURES,       /* figures and their records */
	RIGHT_PEOPLE,        /* accounts and roles */
	RIGHT_NETWORK,       /* points of service, hours, divisions */
	RIGHT_CATALOGUE,     /* service items */
	RIGHT_SETTINGS,      /* names, limits, thresholds */
	RIGHT_AUDIT,         /* read and verify the audit trail */
	RIGHT_COUNT
};

enum role {
	ROLE_NONE,
	ROLE_STATION,        /* station helper: own village(s) */
	ROLE_CLERK,          /* window clerk: own town or county centre */
	ROLE_HOTLINE,        /* 12348 operator: whole city */
	ROLE_PROVIDER,       /* lawyer, grassroots legal worker: cases given to them */
	ROLE_DIRECTOR,       /* director of a centre: it and the stations under it */
	ROLE_OFFICIAL,       /* bureau: county or city figures and their records */
	ROLE_ADMIN,          /* people, points, catalogue, settings; no cases */
	ROLE_AUDITOR,        /* the audit trail; no cases */
	ROLE_COUNT
};

const char *role_key(enum role role);     /* "clerk" */
const char *role_label(enum role role);   /* T() */
enum role role_by_key(struct text key);   /* ROLE_NONE when unknown */
uint64_t role_rights(enum role role);     /* bit set of enum right */
const char *right_key(enum right right);  /* "case-read" */

struct account_id { int64_t n; };

struct account {
	struct account_id id;
	struct text login, name, title;       /* in ctx->mem */
	enum role role;
	struct place place;                   /* jurisdiction */
	int64_t point;                        /* where they work; 0 none */
	bool active;
	int64_t revision;
};

/* An actor as the account would act; the system actor for workers of that city. */
struct actor identity_actor(const struct account *a, int64_t city);
struct actor identity_system(int64_t city);
struct actor identity_anonymous(int64_t city);

/*
 * Log in.  Same answer and same work for an unknown login and a wrong password; the delay grows per
 * account and per address (1 s, 2 s, 4 s … 5 min) and never locks.  RC_TOO_MANY with *ret_wait_s
 * while it runs; RC_FORBIDDEN when refused.  On RC_OK token is what the cookie carries (the
 * database keeps its hash) and csrf what forms carry.
 */
struct session {
	char token[48];
	char csrf[48];
	struct account account;
	int64_t expires_ms;
};
enum rc identity_login(struct ctx *ctx, struct crypt *crypt, struct text login, struct text password,
    struct text peer, struct session *ret, int64_t *ret_wait_s);
/* Who holds this cookie?  RC_UNAUTHENTICATED when unknown, idle too long or over. */
enum rc identity_session(struct ctx *ctx, struct text token, struct session *ret);
enum rc identity_logout(struct ctx *ctx, struct text token);
/* All sessions of an account end (password or role changed). */

/* People, by an actor with RIGHT_PEOPLE and only inside the actor's jurisdiction. */
struct account_new {
	struct text login, name, title, password;
	enum role role;
	struct place place;
	int64_t point;
};
enum rc identity_create(struct ctx *ctx, struct crypt *crypt, struct idem_key key,
    const struct account_new *in, struct account_id *ret);
enum rc identity_change(struct ctx *ctx, struct idem_key key, struct account_id id, int64_t revision,
    enum role role, struct place place, int64_t point, bool active);
enum rc identity_set_password(struct ctx *ctx, struct crypt *crypt, struct idem_key key,
    struct account_id id, struct text password);
enum rc identity_load(struct tx *tx, const struct actor *actor, struct account_id id, struct account *ret);

extern const struct db_set identity_sql;
