/* A plan's facts out of the registers, and their price.  See advisor_plan.h. */
#include "resources/advisor/advisor_facts_internal.h"
#include "resources/advisor/advisor_plan_store.h"

#include "resources/circle/circle.h"
#include "standards/region/region.h"

#include <string.h>

#define SEATS_MAX 4000
#define OPEN_PRICE 100000u             /* minutes: only when nobody can */

uint32_t
plan_village_at(const struct plan_facts *f, int64_t code)
{
	uint32_t lo = 0, hi = f->n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (f->village[mid]->place.code < code)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < f->n && f->village[lo]->place.code == code ? lo : UINT32_MAX;
}

static uint32_t
seat_at(const struct plan_facts *f, int64_t provider)
{
	uint32_t lo = 0, hi = f->m;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (f->seat[mid].p.id < provider)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < f->m && f->seat[lo].p.id == provider ? lo : UINT32_MAX;
}

/* Villages of the place on the first day, less those that have a contract somewhere in the term. */
static enum rc
villages_read(struct tx *tx, const struct actor *actor, struct plan_facts *f)
{
	struct place_range r = place_range(f->in->place);
	ROWS row = NULL;
	enum rc rc;

	f->village = arena_array(f->own, ADVISOR_PLAN_VILLAGES_MAX, sizeof(struct division *));
	if (f->village == NULL)
		return RC_NO_MEMORY;
	f->n = (uint32_t)region_list(f->in->place, PLACE_VILLAGE, f->in->from, f->village, ADVISOR_PLAN_VILLAGES_MAX);
	if (f->n > ADVISOR_PLAN_VILLAGES_MAX)
		return RC_TOO_MANY;
	rc = tx_rows(tx, actor, &plan_q[P_TAKEN], ARGS(db_int(f->in->from.n), db_int(f->in->to.n), db_int(r.lo), db_int(r.hi)), &row);
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		uint32_t i = plan_village_at(f, rows_int(row, 0));

		if (i != UINT32_MAX) {
			memmove(&f->village[i], &f->village[i + 1], (f->n - i - 1) * sizeof *f->village);
			f->n--;
		}
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* Those of the register who may advise for the whole term. */
static enum rc
seats_read(struct tx *tx, const struct actor *actor, struct plan_facts *f)
{
	struct advisor_term term = { f->in->from, f->in->to };
	int64_t after = 0;
	struct provider_bars *bars = ARENA_NEW(f->own, struct provider_bars);
	size_t got = 1;
	enum rc rc;

	f->seat = arena_array(f->own, SEATS_MAX + 200, sizeof *f->seat);
	if (f->seat == NULL || bars == NULL)
		return RC_NO_MEMORY;
	rc = provider_bars_read(tx, actor, term.from, term.to, bars);
	while (rc == RC_OK && got > 0 && f->m < SEATS_MAX) {
		uint32_t at = f->m;

		rc = advisor_seats(tx, actor, after, f->in->from, f->seat + f->m, 200, &got);
		for (size_t i = 0; rc == RC_OK && i < got; i++) {
			struct advisor_seat s = f->seat[at + i];

			after = s.p.id;
			for (size_t k = 0; k < bars->n; k++)
				s.p.barred |= provider_bar_hits(&bars->v[k], s.p.id, s.p.firm);
			if (advisor_judge(&s.p, term) == ADVISOR_MAY)
				f->seat[f->m++] = s;
		}
	}
	return rc;
}

static enum rc
marks_read(struct tx *tx, const struct actor *actor, struct plan_facts *f)
{
	struct place_range r = place_range(f->in->place);
	struct day eve = day_add(f->in->from, -1);
	ROWS had = NULL;
	ROWS busy = NULL;
	ROWS barred = NULL;
	enum rc rc = tx_rows(tx, actor, &plan_q[P_BEFORE], ARGS(db_int(r.lo), db_int(r.hi), db_int(eve.n)), &had);

	while (rc == RC_OK && (rc = rows_next(had)) == RC_OK) {
		uint32_t i = plan_village_at(f, rows_int(had, 0));

		if (i != UINT32_MAX)
			f->before[i] = rows_int(had, 1);
	}
	rc = rc == RC_DONE ? tx_rows(tx, actor, &plan_q[P_BUSY], ARGS(db_int(f->in->from.n), db_int(f->in->to.n)), &busy) : rc;
	while (rc == RC_OK && (rc = rows_next(busy)) == RC_OK) {
		uint32_t j = seat_at(f, rows_int(busy, 0));

		if (j != UINT32_MAX)
			f->busy[j] = rows_int(busy, 1);
	}
	rc = rc == RC_DONE ? tx_rows(tx, actor, &plan_q[P_CONFLICTS], ARGS(db_int(r.lo), db_int(r.hi)), &barred) : rc;
	while (rc == RC_OK && (rc = rows_next(barred)) == RC_OK) {
		uint32_t j = seat_at(f, rows_int(barred, 0)), i = plan_village_at(f, rows_int(barred, 1));

		if (j != UINT32_MAX && i != UINT32_MAX)
			f->barred[(size_t)i * f->m + j] = 1;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

enum rc
plan_facts_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct plan_facts *f = argument;
	enum rc rc = villages_read(tx, actor, f);

	if (rc == RC_OK)
		rc = seats_read(tx, actor, f);
	if (rc != RC_OK || f->n == 0 || f->m == 0)
		return rc;
	f->before = arena_array(f->own, f->n, sizeof *f->before);
	f->busy = arena_array(f->own, f->m, sizeof *f->busy);
	f->barred = arena_array(f->own, (size_t)f->n * f->m, 1);
	return f->before == NULL || f->busy == NULL || f->barred == NULL ? RC_NO_MEMORY : marks_read(tx, actor, f);
}

/* ---- working it out ----------------------------------------------------------------------------------------- */

static uint32_t
way(struct geo a, struct geo b)
{
	struct circle_band band;

	if (geo_is_none(a) || geo_is_none(b))
		return 60; /* not known: an hour */
	band = circle_est((struct route_point){ (int32_t)(a.lon_e6 * 10), (int32_t)(a.lat_e6 * 10) },
	    (struct route_point){ (int32_t)(b.lon_e6 * 10), (int32_t)(b.lat_e6 * 10) }, circle_est_speed(ROUTE_CAR));
	return (band.middle_ms + 59999) / 60000;
}

/* Room, less what other contracts of the term take; each further village a step dearer. */
bool
plan_loads_set(struct plan_facts *f)
{
	uint32_t at = 0;

	f->first = arena_array(f->own, f->m + 1, sizeof *f->first);
	f->load = arena_array(f->own, (size_t)f->m * 64, sizeof *f->load);
	if (f->first == NULL || f->load == NULL)
		return false;
	for (uint32_t j = 0; j < f->m; j++) {
		for (int64_t k = f->busy[j]; k < f->seat[j].room && k < 64; k++)
			f->load[at++] = (uint32_t)(f->in->price_load * k);
		f->first[j + 1] = at;
	}
	return true;
}

bool
plan_costs_set(struct plan_facts *f)
{
	struct geo *home;

	f->cost = arena_raw(f->own, (size_t)f->n * f->m, sizeof *f->cost);
	f->minutes = arena_raw(f->own, (size_t)f->n * f->m, sizeof *f->minutes);
	f->open = arena_array(f->own, f->n, sizeof *f->open);
	home = arena_array(f->own, f->m, sizeof *home);
	if (f->cost == NULL || f->minutes == NULL || f->open == NULL || home == NULL)
		return false;
	for (uint32_t j = 0; j < f->m; j++) {
		const struct division *d = region_find(f->seat[j].home, f->in->from);

		if (d != NULL)
			home[j] = d->position;
	}
	for (uint32_t i = 0; i < f->n; i++) {
		f->open[i] = OPEN_PRICE;
		for (uint32_t j = 0; j < f->m; j++) {
			size_t k = (size_t)i * f->m + j;

			f->minutes[k] = way(f->village[i]->position, home[j]);
			f->cost[k] = f->minutes[k]
			    + (f->before[i] != 0 && f->before[i] != f->seat[j].p.id ? (uint32_t)f->in->price_change : 0)
			    + (f->village[i]->rural && !f->seat[j].dialect ? (uint32_t)f->in->price_dialect : 0);
			if (f->barred[k] != 0)
				f->cost[k] = ASSIGN_NEVER;
		}
	}
	return true;
}

static uint64_t
mix(uint64_t h, int64_t n)
{
	h = (h ^ (uint64_t)n) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ (h >> 29);
}

int64_t
plan_facts_hash(const struct plan_facts *f)
{
	uint64_t h = mix(mix(f->n, f->m), f->in->price_load);

	for (size_t k = 0; k < (size_t)f->n * f->m; k++)
		h = mix(h, f->cost[k]);
	for (uint32_t j = 0; j < f->m; j++)
		h = mix(mix(h, f->seat[j].p.id), f->first[j + 1]);
	for (uint32_t i = 0; i < f->n; i++)
		h = mix(h, f->village[i]->place.code);
	return (int64_t)(h >> 1);
}

