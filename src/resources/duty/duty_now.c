/* A published month as it is now: read for the engine, opened to whoever may stand in, changed. */
#include "resources/duty/duty_now_internal.h"
#include "resources/duty/duty_store.h"
#include "resources/duty/duty_swap_internal.h"
#include "resources/duty/duty_tell_internal.h"

#include <string.h>

#include "kit/audit/audit.h"
#include "resources/identity/identity.h"

#define OWN_BYTES ((size_t)96 << 20)

/* ---- reading it --------------------------------------------------------------------------------------------------- */

uint32_t
duty_days(const struct duty_month *m, struct day from, struct day to)
{
	uint32_t bits = 0;

	for (uint32_t k = 0; k < m->m.n_days; k++) {
		int32_t day = m->first.n + (int32_t)k;

		if ((day_is_none(from) || day >= from.n) && (day_is_none(to) || day <= to.n))
			bits |= UINT32_C(1) << k;
	}
	return bits;
}

static enum rc
away_now(struct tx *tx, const struct actor *actor, struct duty_now *s)
{
	struct day first = s->d.first, last = day_add(first, (int)s->d.m.n_days - 1);
	ROWS row = NULL;
	ROWS busy = NULL;
	enum rc rc = tx_rows(tx, actor, &duty_q[D_AWAYS_COUNTY], ARGS(db_int(first.n), db_int(last.n)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		uint32_t i = duty_who_at(&s->d, rows_int(row, 0));

		if (i != ROSTER_NOBODY)
			s->person[i].away |= duty_days(&s->d, (struct day){ (int32_t)rows_int(row, 1) }, (struct day){ (int32_t)rows_int(row, 2) });
	}
	if (rc == RC_DONE)
		rc = tx_rows(tx, actor, &duty_q[D_BUSY], ARGS(db_int(first.n), db_int(last.n), db_int(s->plan.county.code)), &busy);
	while (rc == RC_OK && (rc = rows_next(busy)) == RC_OK) {
		uint32_t i = duty_who_at(&s->d, rows_int(busy, 0));
		struct day day = { (int32_t)rows_int(busy, 1) };

		if (i != ROSTER_NOBODY)
			s->person[i].away |= duty_days(&s->d, day, day);
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
there_now(struct tx *tx, const struct actor *actor, struct duty_now *s)
{
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &duty_q[D_THERE], ARGS(db_int(s->id)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK)
		if (rows_int(row, 0) >= 0 && rows_int(row, 0) < (int64_t)s->n)
			s->there[rows_int(row, 0)] = true;
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
now_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct duty_now *s = argument;
	ROWS row = NULL;
	enum rc rc = duty_plan_load(tx, actor, s->id, &s->plan);

	if (rc == RC_OK)
		rc = tx_one(tx, actor, &duty_q[D_INPUT], ARGS(db_int(s->id)), &row);
	if (rc == RC_OK)
		rc = duty_unpack(s->own, rows_text(row, 0), &s->d);
	if (rc == RC_OK)
		rc = duty_slots(tx, actor, s->id, s->v, DUTY_SLOTS_MAX, &s->n);
	s->person = rc == RC_OK ? arena_array(s->own, s->d.m.n_persons + 1, sizeof *s->person) : NULL;
	s->there = rc == RC_OK ? arena_array(s->own, s->n + 1, sizeof *s->there) : NULL;
	if (s->person == NULL || s->there == NULL)
		return rc == RC_OK ? RC_NO_MEMORY : rc;
	memcpy(s->person, s->d.m.person, s->d.m.n_persons * sizeof *s->person);
	s->d.m.person = s->person;
	rc = away_now(tx, actor, s);
	if (rc == RC_OK)
		rc = there_now(tx, actor, s);
	for (uint32_t i = 0; rc == RC_OK && i < s->d.m.n_persons; i++) {
		ROWS name = NULL;

		rc = tx_one(tx, actor, &duty_q[D_PERSON], ARGS(db_int(s->d.who[i].id)), &name);
		if (rc != RC_OK)
			break;
		s->d.who[i].name = arena_text(s->own, rows_text(name, 0));
		s->d.who[i].account = rows_int(name, 10);
	}
	return rc == RC_OK ? duty_plan_of_slots(s->own, &s->d, s->v, s->n, false, &s->is) : rc;
}

enum rc
duty_now_read(struct ctx *ctx, struct duty_now *s, int64_t plan)
{
	struct ctx mine = *ctx;

	*s = (struct duty_now){ .own = arena_create(OWN_BYTES), .spare = arena_create(OWN_BYTES), .id = plan };
	s->v = s->own == NULL || s->spare == NULL ? NULL : arena_array(s->own, DUTY_SLOTS_MAX, sizeof *s->v);
	if (s->v == NULL)
		return RC_NO_MEMORY;
	mine.mem = s->own;
	return db_read(&mine, now_tx, s);
}

void
duty_now_free(struct duty_now *s)
{
	arena_free(s->own);
	arena_free(s->spare);
}

/* Whoever works in the county may stand in at these villages; what was settled about them, and about who is away, no longer holds. */
enum rc
duty_now_open(struct duty_now *s, const bool *village)
{
	struct roster_month *m = &s->d.m;
	struct roster_village *v = arena_array(s->own, m->n_villages + 1, sizeof *v);
	uint32_t n = m->n_serves, opened = 0, pins = 0;
	struct roster_serve *serve;
	struct roster_pin *pin = arena_array(s->own, m->n_pins + 1, sizeof *pin);

	for (uint32_t i = 0; i < m->n_villages; i++)
		opened += village[i];
	serve = arena_array(s->own, n + (size_t)opened * m->n_persons + 1, sizeof *serve);
	if (v == NULL || serve == NULL || pin == NULL)
		return RC_NO_MEMORY;
	memcpy(v, m->village, m->n_villages * sizeof *v);
	memcpy(serve, m->serve, n * sizeof *serve);
	for (uint32_t i = 0; i < m->n_villages; i++) {
		uint32_t had = v[i].serve, n_had = v[i].n_serves, at = n;

		if (!village[i])
			continue;
		for (uint32_t p = 0; p < m->n_persons; p++) {
			int32_t price = s->d.stand_in;

			for (uint32_t k = had; k < had + n_had; k++)
				price = serve[k].person == p ? serve[k].price : price;
			serve[n++] = (struct roster_serve){ p, price };
		}
		v[i].serve = at;
		v[i].n_serves = n - at;
		if (v[i].visits > 1 && v[i].spacing > m->n_days / v[i].visits)
			v[i].spacing = m->n_days / v[i].visits;
	}
	for (uint32_t k = 0; k < m->n_pins; k++) {
		bool off = (s->person[m->pin[k].person].away >> m->pin[k].day & 1) != 0;

		if (!off && (m->pin[k].kind != ROSTER_PIN_VISIT || !village[m->pin[k].what]))
			pin[pins++] = m->pin[k];
	}
	m->n_pins = pins;
	m->pin = pin;
	m->n_serves = n;
	m->village = v;
	m->serve = serve;
	return RC_OK;
}

enum rc
duty_now_choose(struct duty_now *s, uint32_t slot, uint32_t most, struct roster_candidates *ret)
{
	bool *village = arena_array(s->own, s->d.m.n_villages + 1, sizeof *village);
	uint32_t nth, what;
	enum rc rc = village == NULL ? RC_NO_MEMORY : slot >= s->n ? RC_NOT_FOUND : RC_OK;

	if (rc != RC_OK)
		return rc;
	what = roster_slot_of(&s->d.m, slot, &nth);
	if (slot < s->is.n_visits)
		village[what] = true;
	rc = duty_now_open(s, village);
	return rc == RC_OK ? roster_candidates(s->own, s->spare, &s->d.m, &s->is, slot, most, ret) : rc;
}

int64_t
duty_now_price(const struct roster_month *m, const struct roster_plan *p)
{
	struct roster_verdict v;

	roster_check(m, p, &v);
	return v.objective;
}

/* ---- storing ------------------------------------------------------------------------------------------------------------- */

static enum rc
change_store(struct tx *tx, const struct actor *actor, const struct duty_apply *a, const struct duty_to *c)
{
	const struct duty_slot *s = c->slot;
	struct db_value from = db_key(s->provider), was = day_is_none(s->day) ? db_null() : db_int(s->day.n);
	struct db_value to = db_key(c->to), day = c->to == 0 && !s->seat ? db_null() : db_int(c->day.n);
	int64_t taken = 0;
	enum rc rc = c->to == 0 ? RC_OK : tx_int(tx, actor, &duty_q[D_BOOKED], ARGS(db_int(c->to), db_int(c->day.n), db_int(a->plan)), &taken);

	if (rc == RC_OK && taken > 0)
		return RC_CONFLICT;
	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &duty_q[D_SLOT_SET], ARGS(db_int(a->plan), db_int(s->slot), db_int(s->revision), to, day));
	return rc != RC_OK ? rc : tx_run(tx, actor, &duty_q[D_CHANGE_ADD], ARGS(db_int(tx_id(tx)), db_int(a->plan), db_int(s->slot),
	    db_int(a->kind), from, was, to, day, db_int(a->difference), db_text(text_trim(a->why)), db_int(actor->account),
	    db_int(tx_now_ms(tx))), NULL);
}

/* Both persons and the station; those who swapped are told by their swap. */
static enum rc
change_tell(struct tx *tx, const struct actor *actor, const struct duty_apply *a, const struct duty_plan *p, const struct duty_to *c)
{
	struct duty_slot now = *c->slot;
	struct duty_tell t = { "duty.lost", p, c->slot, 0 };
	enum rc rc = RC_OK;

	if (a->kind == DUTY_SWAPPED)
		return RC_OK;
	if (c->slot->provider != c->to && c->slot->provider != a->away)
		rc = duty_tell_provider(tx, actor, &t, c->slot->provider);
	if (c->to != 0)
		now.day = c->day;
	t.slot = &now;
	t.kind = c->slot->provider == c->to ? "duty.moved" : a->kind == DUTY_SICK ? "duty.cover" : "duty.given";
	if (rc == RC_OK)
		rc = duty_tell_provider(tx, actor, &t, c->to);
	t.kind = c->to == 0 ? "duty.station_open" : "duty.station";
	return rc == RC_OK ? duty_tell_station(tx, actor, &t) : rc;
}

#define OPEN_MOST 4

/* Whoever was about to swap this very visit has nothing to swap any more. */
static enum rc
change_overtakes(struct tx *tx, const struct actor *actor, const struct duty_to *c)
{
	struct duty_swap open[OPEN_MOST];
	size_t n = 0;
	enum rc rc = duty_swaps_of_slot(tx, actor, c->slot->plan, c->slot->slot, open, OPEN_MOST, &n);

	return rc == RC_OK ? duty_swap_overtake(tx, actor, open, n) : rc;
}

static enum rc
away_store(struct tx *tx, const struct actor *actor, const struct duty_apply *a, const struct duty_plan *p)
{
	enum rc rc = tx_run(tx, actor, &duty_q[D_AWAY_ADD], ARGS(db_int(tx_id(tx)), db_int(a->away), db_int(a->from.n), db_int(a->last.n), db_int(1),
	    db_text(text_trim(a->why)), db_int(actor->account), db_int(tx_now_ms(tx))), NULL);

	return rc == RC_OK ? duty_tell_provider(tx, actor, &(struct duty_tell){ "duty.sick", p, NULL, 0 }, a->away) : rc;
}

enum rc
duty_apply_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	const struct duty_apply *a = argument;
	struct duty_plan p;
	enum rc rc = duty_plan_own(tx, actor, a->plan, &p);

	if (rc == RC_OK)
		rc = tx_run_one(tx, actor, &duty_q[D_TOUCH], ARGS(db_int(a->plan), db_int(a->revision)));
	if (rc == RC_OK && a->away != 0)
		rc = away_store(tx, actor, a, &p);
	for (size_t i = 0; rc == RC_OK && i < a->n; i++) {
		rc = change_store(tx, actor, a, &a->v[i]);
		if (rc == RC_OK)
			rc = change_tell(tx, actor, a, &p, &a->v[i]);
		if (rc == RC_OK)
			rc = change_overtakes(tx, actor, &a->v[i]);
	}
	return rc == RC_OK ? audit_note(tx, actor, "duty.change", "duty_plan", a->plan, TEXT_NONE) : rc;
}
