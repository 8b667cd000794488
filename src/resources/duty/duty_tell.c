#include "resources/duty/duty_tell_internal.h"
#include "resources/duty/duty_store.h"

#include "resources/identity/identity.h"

#define PEOPLE_MAX 2000
#define STATION_MAX 20

enum rc
duty_tell(struct tx *tx, const struct actor *actor, const struct duty_tell *t, int64_t account)
{
	const struct duty_slot *s = t->slot;

	if (account == 0 || account == actor->account)
		return RC_OK;
	return tx_run(tx, actor, &duty_q[D_TELL_ADD], ARGS(db_int(tx_id(tx)), db_text(text_of(t->kind)), db_int(account), db_int(t->plan->id),
	    s == NULL ? db_null() : db_int(s->slot), db_key(t->swap), db_int(t->plan->month),
	    db_int(s == NULL ? t->plan->county.code : s->place.code), s == NULL || day_is_none(s->day) ? db_null() : db_int(s->day.n),
	    db_int(actor->account), db_int(tx_now_ms(tx))), NULL);
}

enum rc
duty_tell_provider(struct tx *tx, const struct actor *actor, const struct duty_tell *t, int64_t provider)
{
	int64_t account = 0;
	enum rc rc = provider == 0 ? RC_OK : tx_int(tx, actor, &duty_q[D_ACCOUNT], ARGS(db_int(provider)), &account);

	return rc == RC_OK ? duty_tell(tx, actor, t, account) : rc;
}

struct accounts { int64_t v[PEOPLE_MAX]; size_t n; };

/* The list is read to its end before anything is written. */
static enum rc
tell_list(struct tx *tx, const struct actor *actor, const struct duty_tell *t, enum duty_q q, struct db_args args, size_t cap)
{
	struct accounts *a = ARENA_NEW(tx_mem(tx), struct accounts);
	ROWS row = NULL;
	enum rc rc = a == NULL ? RC_NO_MEMORY : tx_rows(tx, actor, &duty_q[q], args, &row);

	while (rc == RC_OK && a->n < cap && (rc = rows_next(row)) == RC_OK)
		a->v[a->n++] = rows_int(row, 0);
	rc = rc == RC_DONE ? RC_OK : rc;
	for (size_t i = 0; rc == RC_OK && i < a->n; i++)
		rc = duty_tell(tx, actor, t, a->v[i]);
	return rc;
}

enum rc
duty_tell_station(struct tx *tx, const struct actor *actor, const struct duty_tell *t)
{
	return t->slot->point == 0 ? RC_OK : tell_list(tx, actor, t, D_STATION_ACCOUNTS, ARGS(db_int(t->slot->point),
	    db_int((int64_t)ROLE_PROVIDER), db_int(STATION_MAX)), STATION_MAX);
}

enum rc
duty_tell_all(struct tx *tx, const struct actor *actor, const struct duty_tell *t, int64_t old)
{
	return tell_list(tx, actor, t, D_PLAN_ACCOUNTS, ARGS(db_int(t->plan->id), db_int(old), db_int(PEOPLE_MAX)), PEOPLE_MAX);
}
