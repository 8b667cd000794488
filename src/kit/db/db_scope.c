#include "kit/db/db_engine.h"

#include <string.h>

/* A city's whole range of 12-digit division codes. */
static const int64_t codes_per_city = INT64_C(100000000);

static bool
actor_is_known(const struct actor *a)
{
	return a->kind == ACTOR_ACCOUNT || a->kind == ACTOR_SYSTEM;
}

static enum rc
scope_may(const struct tx *tx, const struct actor *a, enum db_scope scope)
{
	switch (scope) {
	case DB_PUBLIC:
		return RC_OK;
	case DB_CITY:
	case DB_PLACE:
	case DB_AREA:
	case DB_OWN:
		return actor_is_known(a) ? RC_OK : RC_UNAUTHENTICATED;
	case DB_RECEIPT:
		if (a->kind == ACTOR_RECEIPT && a->request != 0)
			return RC_OK;
		return a->kind == ACTOR_ACCOUNT || a->kind == ACTOR_SYSTEM ? RC_FORBIDDEN
		    : RC_UNAUTHENTICATED;
	case DB_SYSTEM:
		return a->kind == ACTOR_SYSTEM || tx->command ? RC_OK : RC_FORBIDDEN;
	}
	return RC_INTERNAL;
}

static struct place_range
scope_places(const struct actor *a)
{
	if (a->kind == ACTOR_SYSTEM)
		return (struct place_range){ a->city * codes_per_city,
			a->city * codes_per_city + codes_per_city - 1 };
	return a->places;
}

static size_t
scope_values(const struct actor *a, enum db_scope scope, struct db_value v[static 4])
{
	size_t n = 0;

	v[n++] = db_int(a->city);
	if (scope == DB_PLACE || scope == DB_AREA) {
		v[n++] = db_int(scope_places(a).lo);
		v[n++] = db_int(scope_places(a).hi);
	}
	if (scope == DB_PLACE || scope == DB_OWN)
		v[n++] = db_int(a->account);
	if (scope == DB_RECEIPT)
		v[n++] = db_int(a->request);
	return n;
}

enum rc
db_scope_bind(const struct tx *tx, const struct actor *actor, const struct db_stmt *stmt,
    struct db_args args, struct db_value v[static DB_MAX_PARAMS], size_t *ret_n)
{
	enum rc rc = scope_may(tx, actor, stmt->scope);
	size_t n;

	if (rc != RC_OK)
		return rc;
	if (actor->city != tx->db->city)
		return RC_FORBIDDEN;
	n = scope_values(actor, stmt->scope, v);
	if (args.n > DB_MAX_PARAMS - n)
		return RC_INTERNAL;
	if (args.n > 0)
		memcpy(v + n, args.v, args.n * sizeof(*v));
	*ret_n = n + args.n;
	return RC_OK;
}
