/* The duty of a person, a station, a village as a calendar knows it: what is, and what was and is no longer. */
#include "resources/duty/duty_store.h"

#include "resources/identity/identity.h"

#define SEQUENCE_VERSION 1000 /* a new version of the roster counts above every change of the one before */

static void
turn_read(const struct rows *row, enum duty_whose whose, int64_t id, struct duty_turn *t)
{
	int64_t provider = rows_int(row, 10), published = rows_int(row, 16);
	bool now = rows_int(row, 3) == (int64_t)DUTY_PUBLISHED;

	*t = (struct duty_turn){ .month = (int)rows_int(row, 1), .seat = rows_int(row, 4) != 0, .place = { rows_int(row, 5) },
		.point = rows_int(row, 6), .nth = (int)rows_int(row, 7), .minutes = (int)rows_int(row, 8),
		.made_day = { (int32_t)rows_int(row, 9) }, .name = rows_copy(row, 14), .firm = rows_copy(row, 15) };
	t->cancelled = !now || provider == 0 || (whose == DUTY_OF_PERSON && provider != id);
	t->day.n = (int32_t)(t->cancelled ? rows_int(row, 12) : rows_int(row, 11));
	t->sequence = now ? rows_int(row, 2) * SEQUENCE_VERSION + rows_int(row, 13) : published * SEQUENCE_VERSION + 1;
	if (!t->seat)
		t->made_day = DAY_NONE; /* a visit is the nth of its month, on whatever day it is planned next */
}

static bool
same(const struct duty_turn *a, const struct duty_turn *b)
{
	return a->month == b->month && a->seat == b->seat && a->place.code == b->place.code && a->nth == b->nth &&
	    a->made_day.n == b->made_day.n && (!a->seat || a->point == b->point);
}

/* One of each; what stands now counts before what was, the newest of that before the older. */
static void
turn_add(struct duty_turn *ret, size_t *n, const struct duty_turn *t)
{
	for (size_t i = 0; i < *n; i++)
		if (same(&ret[i], t)) {
			if (ret[i].cancelled && (!t->cancelled || t->sequence > ret[i].sequence))
				ret[i] = *t;
			return;
		}
	ret[(*n)++] = *t;
}

enum rc
duty_turns(struct tx *tx, const struct actor *actor, enum duty_whose whose, int64_t id, struct day from, struct duty_turn *ret, size_t cap,
    size_t *ret_n)
{
	static const enum duty_q q[] = { [DUTY_OF_PERSON] = D_TURNS_PERSON, [DUTY_OF_STATION] = D_TURNS_POINT, [DUTY_OF_VILLAGE] = D_TURNS_PLACE };
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &duty_q[q[whose]], ARGS(db_int(id), db_int(from.n), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK) {
		struct duty_turn t;

		turn_read(row, whose, id, &t);
		turn_add(ret, ret_n, &t);
	}
	return rc == RC_DONE ? RC_OK : rc;
}
