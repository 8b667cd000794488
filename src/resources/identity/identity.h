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
#include "kit/form/form.h"

/*
 * For DB_PLACE statements of any subject that stand on a request named r: its place lies in the
 * actor's jurisdiction, or the actor has a grant to this one case.  $1..$4 are bound by kit/db.
 */
#define REQUEST_IN_SCOPE "r.city = $1 AND (r.place BETWEEN $2 AND $3 OR EXISTS (SELECT 1 FROM case_grant g" \
	" WHERE g.city = r.city AND g.account = $4 AND g.request = r.id))"

/* New rights go at the end: the numbers are bits of actor.rights and are not stored. */
enum right {
	RIGHT_NONE = 0,      /* a route that forgot: refused */
	RIGHT_PUBLIC,        /* anybody, without logging in */
	RIGHT_STAFF,         /* anybody logged in: own account, help */
	RIGHT_INTAKE,        /* write down a request (window, station, hotline) */
	RIGHT_CASE_READ,     /* read cases of the own jurisdiction, and granted ones */
	RIGHT_CASE_HANDLE,   /* accept, answer, message, close what one holds */
	RIGHT_DISPATCH,      /* hand over, assign */
	RIGHT_REVEAL,        /* see an ID number or phone in clear, with a purpose, logged; see identity_may_reveal() */
	RIGHT_SUPERVISE,     /* director: what is late, by whom; follow-ups */
	RIGHT_FIGURES,       /* figures and their records */
	RIGHT_PEOPLE,        /* accounts and roles */
	RIGHT_NETWORK,       /* points of service, hours, divisions */
	RIGHT_CATALOGUE,     /* service items */
	RIGHT_SETTINGS,      /* names, limits, thresholds */
	RIGHT_AUDIT,         /* read and verify the audit trail */
	RIGHT_SUPERVISE_RULES, /* when supervision warns, orders and reports; the flow wants the whole city */
	RIGHT_POLICY,        /* draft and approve packages of rules; the flow wants the whole city */
	RIGHT_AID_DECIDE,    /* grant and refuse legal aid, change the lawyer, terminate; the flow wants the institution */
	RIGHT_AID_REVIEW,    /* objections against that (法律援助法 49) */
	RIGHT_QUALITY,       /* rounds of quality evaluation of legal aid; the flow wants a county or the city */
	RIGHT_ADVISORS,      /* legal advisers of villages: contracts, plans and their approval */
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
uint64_t role_rights(enum role role);     /* bit set of enum right; with PUBLIC, for no role PUBLIC alone */
const char *right_key(enum right right);  /* "case-read" */
const char *right_label(enum right right); /* T() */
/* Does a jurisdiction of this level fit the role (a clerk sits in a town or county centre)?  Pure. */
bool role_fits_place(enum role role, struct place place);
extern const struct choice role_choices[]; /* for forms; ends with a NULL key */

struct account_id { int64_t n; };

struct account {
	struct account_id id;
	struct text login, name, title;       /* in ctx->mem / tx_mem() */
	enum role role;
	struct place place;                   /* jurisdiction */
	int64_t point;                        /* where they work; 0 none */
	bool active;
	int64_t open_load, capacity;          /* requests held now, requests they can carry */
	int64_t created_ms;
	int64_t revision;
};

/*
 * An actor as the account would act; the system actor for workers of that city.  A provider sees
 * granted cases only and the auditor none: their range of places is empty.  The administrator's range
 * is there for accounts and points; no right on cases goes with it.
 */
struct actor identity_actor(const struct account *a, int64_t city);
struct actor identity_system(int64_t city);
struct actor identity_anonymous(int64_t city);

/*
 * Whose numbers may this account see in clear?  The one place that says it: with RIGHT_REVEAL those of
 * every case (and person) it can see; without it, whatever the role, those of an open case it holds at
 * this moment, since who answers for a case must be able to ring.  Seeing the case, the purpose, the
 * audit row and the alarm are asked of both alike (person_reveal).  holder 0: no case is meant.
 */
bool identity_may_reveal(const struct actor *actor, int64_t holder, bool open);

/* How long a session lasts without use, and at most: 30 min and 8 h unless set at start. */
void identity_configure(int64_t idle_ms, int64_t max_ms);

/*
 * Log in.  Same answer and same work for an unknown login and a wrong password; the delay grows per
 * account and network, gently per account, per network (see delay.h), and never locks.  RC_TOO_MANY with *ret_wait_s while it runs;
 * RC_FORBIDDEN when refused; RC_BUSY when too many are logging in at once.  On RC_OK token is what the
 * cookie carries (the database keeps its hash) and csrf what forms carry.  A session that the browser
 * had before is ended by the caller with identity_logout().
 */
struct session {
	char token[48];
	char csrf[48];
	struct account account;
	int64_t expires_ms;   /* the earlier of both bounds, if nothing more is done */
};
enum rc identity_login(struct ctx *ctx, struct crypt *crypt, struct text login, struct text password,
    struct text peer, struct session *ret, int64_t *ret_wait_s);
/* Who holds this cookie?  RC_UNAUTHENTICATED when unknown, idle too long, over, or the account is off.
 * One read; once a minute of use also a small write. */
enum rc identity_session(struct ctx *ctx, struct text token, struct session *ret);
enum rc identity_logout(struct ctx *ctx, struct text token); /* RC_OK also for an unknown token */
/* End what is over: sessions and run-out delays.  For the worker; ctx->actor is the system. */
enum rc identity_sweep(struct ctx *ctx);

/*
 * People, by an actor with RIGHT_PEOPLE and only inside the actor's jurisdiction: both where the
 * account is and where it goes.  Nobody changes the own account this way (RC_FORBIDDEN).  A change of
 * role, place or password, or switching off, ends all sessions of the account.  Each is audited.
 */
struct account_new {
	struct text login, name, title, password;
	enum role role;
	struct place place;
	int64_t point;
	int64_t capacity;
};
/* Everything that is wrong with it, keyed "login", "name", "title", "password", "role", "place",
 * "capacity"; true when nothing is.  Pure; identity_create() asks the same. */
bool identity_judge(const struct actor *actor, const struct account_new *in, struct findings *findings);
/* "login" as it is stored: 3 to 32 of a-z 0-9 . _ - ; capitals are lowered. */
enum rc login_read(struct text typed, char out[static 33]);

/* RC_INVALID as identity_judge() says, and when the point lies outside the place; RC_CONFLICT when the login is taken (also identity_insert). */
enum rc identity_create(struct ctx *ctx, struct crypt *crypt, struct idem_key key,
    const struct account_new *in, struct account_id *ret);
/* RC_CONFLICT when the account is no longer at `revision`; RC_REFUSED when it would leave something behind. */
enum rc identity_change(struct ctx *ctx, struct idem_key key, struct account_id id, int64_t revision,
    enum role role, struct place place, int64_t point, bool active);
/*
 * What accounts answer for, known to the wings above and listed in app/: it must not be left to nobody
 * when somebody leaves or moves.
 */
struct duty_kind {
	const char *key;  /* "requests" */
	const char *left; /* T() with one %lld: "手上还有 %lld 件在办" */
	enum rc (*count)(struct tx *tx, const struct actor *actor, struct account_id who, int64_t *ret);
	/* All of it to `next`, who is active and handles cases at a point. */
	enum rc (*hand_on)(struct tx *tx, const struct actor *actor, struct account_id who, const struct account *next);
};
void identity_duties_set(const struct duty_kind *const *kinds, size_t n); /* once, at start */
/*
 * The same change, with who takes over.  RC_REFUSED: there is something left and no successor named; each
 * kind of it is a finding on "successor".  RC_INVALID with a finding there: no such account (a login),
 * not active, of another jurisdiction, or one that handles no cases at a point.
 */
struct account_move {
	struct account_id id;
	int64_t revision;
	enum role role;
	struct place place;
	int64_t point;
	bool active;
	struct text successor; /* a login; may be empty */
};
enum rc identity_move(struct ctx *ctx, struct idem_key key, const struct account_move *in, struct findings *findings);
/* Name, title, what they can carry and which items they can handle (at most 64). */
#define IDENTITY_ITEMS_MAX 64
struct account_work {
	struct text name, title;
	int64_t capacity;
	const int64_t *items;
	size_t n_items;
	const struct text *languages; /* codes of kind "language"; NULL: as they are */
	size_t n_languages;
};
enum rc identity_change_work(struct ctx *ctx, struct idem_key key, struct account_id id, int64_t revision,
    const struct account_work *in);
/* RC_INVALID when the password is weak. */
enum rc identity_set_password(struct ctx *ctx, struct crypt *crypt, struct idem_key key,
    struct account_id id, struct text password);
/* The own password: RC_FORBIDDEN when the old one is wrong (and a delay, as at log-in), RC_INVALID
 * when the new one is weak or the old one again. */
enum rc identity_change_own_password(struct ctx *ctx, struct crypt *crypt, struct idem_key key,
    struct text old, struct text fresh, int64_t *ret_wait_s);

/* Inside a transaction: staff are known to each other, so any account of the city (not for residents). */
enum rc identity_load(struct tx *tx, const struct actor *actor, struct account_id id, struct account *ret);
enum rc identity_by_login(struct tx *tx, const struct actor *actor, struct text login, struct account *ret);
/* The id of the account with this login, in a read of its own.  RC_NOT_FOUND. */
enum rc identity_find_login(struct ctx *ctx, struct text login, int64_t *ret);
/* Active accounts that work at a point, by id. */
enum rc identity_at_point(struct tx *tx, const struct actor *actor, int64_t point, struct account *ret,
    size_t cap, size_t *ret_n);
enum rc identity_items(struct tx *tx, const struct actor *actor, struct account_id id, int64_t *ret,
    size_t cap, size_t *ret_n);

/* What somebody speaks, by code; none: not known. */
#define IDENTITY_LANGUAGES_MAX 16
enum rc identity_languages(struct tx *tx, const struct actor *actor, struct account_id id, struct text *ret,
    size_t cap, size_t *ret_n);

/* Accounts of the actor's jurisdiction in order of place, after (place, id); {0, 0} from the beginning.
 * `word` empty, or exactly a login or a name.  *ret_n == cap: there may be more.  RIGHT_PEOPLE. */
struct account_page { struct place place; struct account_id id; };
enum rc identity_list(struct ctx *ctx, struct account_page after, struct text word, struct account *ret,
    size_t cap, size_t *ret_n);

/* Insert without asking for rights, for the demonstration and the first administrator; inside a
 * command.  hash: from crypt_password_hash(), "" for an account that cannot log in. */
enum rc identity_insert(struct tx *tx, const struct actor *actor, const struct account_new *in,
    const char *hash, struct account_id *ret);

extern const struct db_set identity_sql;
