/* Plans, visits and what they are made from, read. */
#include "resources/duty/duty_month.h"
#include "resources/duty/duty_store.h"

#include <stdlib.h>

static struct day
day_read(const struct rows *row, int col)
{
	return rows_is_null(row, col) ? DAY_NONE : (struct day){ (int32_t)rows_int(row, col) };
}

static void
plan_read(const struct rows *row, struct duty_plan *ret)
{
	struct text costs = rows_copy(row, 10);
	char *at = NULL;

	*ret = (struct duty_plan){ .id = rows_int(row, 0), .county = { rows_int(row, 1) }, .month = (int)rows_int(row, 2),
		.version = (int)rows_int(row, 3), .state = (enum duty_state)rows_int(row, 4), .seed = rows_int(row, 5), .hash = rows_int(row, 6),
		.weights = rows_int(row, 7), .objective = rows_int(row, 8), .bound = rows_int(row, 9), .visits = rows_int(row, 11),
		.seats = rows_int(row, 12), .persons = rows_int(row, 13), .open_visits = rows_int(row, 14), .open_seats = rows_int(row, 15),
		.stopped = rows_int(row, 16) != 0, .calendar = rows_int(row, 17) != 0, .est = rows_int(row, 18) != 0, .account = rows_int(row, 19),
		.at_ms = rows_int(row, 20), .published_by = rows_int(row, 21), .published_ms = rows_int(row, 22), .freeze = day_read(row, 23),
		.revision = rows_int(row, 24), .name = rows_copy(row, 25), .published_name = rows_copy(row, 26) };
	for (int i = 0; i < ROSTER_COSTS && costs.n > 0; i++)
		ret->by[i] = strtoll(i == 0 ? costs.p : at, &at, 10); /* rows_copy() ends it with NUL */
}

static void
slot_read(const struct rows *row, struct duty_slot *ret)
{
	*ret = (struct duty_slot){ .plan = rows_int(row, 0), .slot = (uint32_t)rows_int(row, 1), .seat = rows_int(row, 2) != 0,
		.place = { rows_int(row, 3) }, .point = rows_int(row, 4), .nth = (int)rows_int(row, 5), .minutes = (int)rows_int(row, 6),
		.made_provider = rows_int(row, 7), .made_day = day_read(row, 8), .provider = rows_int(row, 9), .day = day_read(row, 10),
		.why = (enum roster_rule)rows_int(row, 11), .revision = rows_int(row, 12), .name = rows_copy(row, 13), .firm = rows_copy(row, 14),
		.account = rows_int(row, 15) };
}

/* ---- plans -------------------------------------------------------------------------------------------------------- */

static enum rc
plan_one(struct tx *tx, const struct actor *actor, enum duty_q q, struct db_args args, struct duty_plan *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &duty_q[q], args, &row);

	if (rc == RC_OK)
		plan_read(row, ret);
	return rc;
}

enum rc
duty_plan_load(struct tx *tx, const struct actor *actor, int64_t id, struct duty_plan *ret)
{
	return plan_one(tx, actor, D_PLAN, ARGS(db_int(id)), ret);
}

enum rc
duty_plan_own(struct tx *tx, const struct actor *actor, int64_t id, struct duty_plan *ret)
{
	return plan_one(tx, actor, D_PLAN_OWN, ARGS(db_int(id)), ret);
}

enum rc
duty_plan_of(struct tx *tx, const struct actor *actor, struct place county, int month, struct duty_plan *ret)
{
	return plan_one(tx, actor, D_PLAN_OF, ARGS(db_int(county.code), db_int(month)), ret);
}

enum rc
duty_plan_list(struct tx *tx, const struct actor *actor, struct place county, struct duty_plan *ret, size_t cap, size_t *ret_n)
{
	bool all = county.code == 0;
	ROWS row = NULL;
	enum rc rc = all ? tx_rows(tx, actor, &duty_q[D_PLANS_ALL], ARGS(db_int((int64_t)cap)), &row) :
	    tx_rows(tx, actor, &duty_q[D_PLANS], ARGS(db_int(county.code), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		plan_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- visits ---------------------------------------------------------------------------------------------------------- */

static enum rc
slots_list(struct tx *tx, const struct actor *actor, enum duty_q q, struct db_args args, struct duty_slot *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &duty_q[q], args, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		slot_read(row, &ret[(*ret_n)++]);
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
duty_slots(struct tx *tx, const struct actor *actor, int64_t plan, struct duty_slot *ret, size_t cap, size_t *ret_n)
{
	return slots_list(tx, actor, D_SLOTS, ARGS(db_int(plan), db_int((int64_t)cap)), ret, cap, ret_n);
}

enum rc
duty_slot_load(struct tx *tx, const struct actor *actor, int64_t plan, uint32_t slot, struct duty_slot *ret)
{
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &duty_q[D_SLOT], ARGS(db_int(plan), db_int(slot)), &row);

	if (rc == RC_OK)
		slot_read(row, ret);
	return rc;
}

enum rc
duty_of_person(struct tx *tx, const struct actor *actor, int64_t provider, struct day from, struct day to, struct duty_slot *ret, size_t cap,
    size_t *ret_n)
{
	return slots_list(tx, actor, D_OF_PERSON, ARGS(db_int(provider), db_int(from.n), db_int(to.n), db_int((int64_t)cap)), ret, cap, ret_n);
}

enum rc
duty_of_point(struct tx *tx, const struct actor *actor, int64_t point, struct day from, struct day to, struct duty_slot *ret, size_t cap,
    size_t *ret_n)
{
	return slots_list(tx, actor, D_OF_POINT, ARGS(db_int(point), db_int(from.n), db_int(to.n), db_int((int64_t)cap)), ret, cap, ret_n);
}

enum rc
duty_gaps(struct tx *tx, const struct actor *actor, struct place within, int month, struct duty_slot *ret, size_t cap, size_t *ret_n)
{
	struct place_range r = place_range(within);

	return slots_list(tx, actor, D_GAPS, ARGS(db_int(r.lo), db_int(r.hi), db_int(month), db_int((int64_t)cap)), ret, cap, ret_n);
}

static enum rc
public_list(struct tx *tx, const struct actor *actor, enum duty_q q, struct db_args args, struct duty_public *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &duty_q[q], args, &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct duty_public){ .day = day_read(row, 0), .name = rows_copy(row, 1), .firm = rows_copy(row, 2),
			.place = { rows_int(row, 3) }, .kind = (int)rows_int(row, 4), .seat = rows_int(row, 5) != 0, .point = rows_int(row, 6),
			.minutes = (int)rows_int(row, 7), .away = rows_int(row, 8) != 0, .instead_of = rows_copy(row, 9) };
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
duty_of_public(struct tx *tx, const struct actor *actor, enum duty_whose whose, int64_t id, struct day from, struct day to,
    struct duty_public *ret, size_t cap, size_t *ret_n)
{
	return public_list(tx, actor, whose == DUTY_OF_VILLAGE ? D_OF_PLACE_PUBLIC : D_OF_POINT_PUBLIC,
	    ARGS(db_int(id), db_int(from.n), db_int(to.n), db_int((int64_t)cap)), ret, cap, ret_n);
}

enum rc
duty_of_day_public(struct tx *tx, const struct actor *actor, struct place within, struct day day, struct duty_public *ret, size_t cap,
    size_t *ret_n)
{
	struct place_range r = place_range(within);

	return public_list(tx, actor, D_OF_DAY_PUBLIC, ARGS(db_int(day.n), db_int(r.lo), db_int(r.hi), db_int((int64_t)cap)), ret, cap, ret_n);
}

enum rc
duty_changes(struct tx *tx, const struct actor *actor, int64_t plan, struct duty_change *ret, size_t cap, size_t *ret_n)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &duty_q[D_CHANGES], ARGS(db_int(plan), db_int((int64_t)cap)), &row);

	*ret_n = 0;
	while (rc == RC_OK && *ret_n < cap && (rc = rows_next(row)) == RC_OK)
		ret[(*ret_n)++] = (struct duty_change){ .id = rows_int(row, 0), .slot = (uint32_t)rows_int(row, 1),
			.kind = (enum duty_change_kind)rows_int(row, 2), .from_provider = rows_int(row, 3), .from_day = day_read(row, 4),
			.to_provider = rows_int(row, 5), .to_day = day_read(row, 6), .difference = rows_int(row, 7), .why = rows_copy(row, 8),
			.at_ms = rows_int(row, 9), .from_name = rows_copy(row, 10), .to_name = rows_copy(row, 11), .by = rows_copy(row, 12) };
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- for the engine ------------------------------------------------------------------------------------------------------ */

static bool
slot_fits(const struct duty_month *m, const struct duty_slot *s, uint32_t at, uint32_t visits)
{
	uint32_t nth, what = roster_slot_of(&m->m, at, &nth);
	const struct duty_where *w = s->seat ? &m->window[what] : &m->village[what];

	return s->slot == at && s->seat == (at >= visits) && s->nth == (int)nth && w->place.code == s->place.code && w->point == s->point;
}

enum rc
duty_plan_of_slots(struct arena *mem, const struct duty_month *m, const struct duty_slot *v, size_t n, bool made, struct roster_plan *ret)
{
	*ret = (struct roster_plan){ .n = 0 };
	ret->n = roster_slots(&m->m, &ret->n_visits);
	ret->slot = arena_array(mem, ret->n + 1, sizeof *ret->slot);
	if (ret->slot == NULL)
		return RC_NO_MEMORY;
	if (ret->n != n)
		return RC_CORRUPT;
	for (uint32_t i = 0; i < n; i++) {
		int64_t provider = made ? v[i].made_provider : v[i].provider;
		struct day day = made ? v[i].made_day : v[i].day;
		struct roster_slot s = { ROSTER_NOBODY, 0 };

		if (!slot_fits(m, &v[i], i, ret->n_visits))
			return RC_CORRUPT;
		if (provider != 0) {
			s.person = duty_who_at(m, provider);
			s.day = (uint32_t)(day.n - m->first.n);
			if (s.person == ROSTER_NOBODY || s.day >= m->m.n_days)
				return RC_CORRUPT;
		}
		ret->slot[i] = s;
	}
	return RC_OK;
}
