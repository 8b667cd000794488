/*
 * ctx: for whom, when and with what memory is this done?  One ctx per request or job; it is what
 * a use case gets instead of globals.
 *
 * An actor is who acts, as storage sees it: a city, a range of division codes, an account for
 * grants, and a set of rights (bits; their names belong to resources/identity).  kit knows no more
 * of people than that.
 */
#pragma once

#include "base/arena.h"
#include "base/place.h"
#include "base/text.h"

struct db;
struct crypt;
struct sse_hub;

enum actor_kind {
	ACTOR_ANONYMOUS, /* a resident at the door: public statements only */
	ACTOR_RECEIPT,   /* a resident who has shown a receipt's code: that one request */
	ACTOR_ACCOUNT,   /* somebody logged in */
	ACTOR_SYSTEM,    /* our own workers and maintenance */
};

struct actor {
	enum actor_kind kind;
	int64_t city;              /* 4 digits, 3205; part of every key */
	int64_t account;           /* 0 when nobody is logged in */
	int64_t request;           /* ACTOR_RECEIPT: the one request */
	int64_t point;             /* the point of service where this account works, or 0 */
	struct place_range places; /* what the account may see by place */
	uint64_t rights;           /* bit set of enum right */
	int role;                  /* enum role of resources/identity */
};

enum lang { LANG_ZH, LANG_EN, LANG_COUNT };

struct ctx {
	struct arena *mem;         /* dies with the request */
	struct db *db;
	struct crypt *crypt;       /* keys of the installation; NULL where none are needed */
	struct sse_hub *hub;       /* live pages; NULL outside the server */
	const struct actor *actor;
	int64_t now_ms;            /* the moment of this request; only app/ reads the clock */
	enum lang lang;
	struct text request_id;    /* for logs */
};

static inline bool
actor_may(const struct actor *a, int right)
{
	return right >= 0 && right < 64 && ((a->rights >> right) & 1) != 0;
}
