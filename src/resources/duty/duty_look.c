/* Fairness of a month, and two versions of it side by side. */
#include "resources/duty/duty_look.h"
#include "resources/duty/duty_month.h"
#include "resources/duty/duty_store.h"

#include <string.h>

#define OWN_BYTES ((size_t)64 << 20)

struct read {
	struct arena *own;
	int64_t id;
	struct duty_plan p;
	struct duty_month d;
	struct duty_slot *v;
	size_t n;
};

static enum rc
read_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct read *r = argument;
	ROWS row = NULL;
	enum rc rc = duty_plan_load(tx, actor, r->id, &r->p);

	if (rc == RC_OK)
		rc = tx_one(tx, actor, &duty_q[D_INPUT], ARGS(db_int(r->id)), &row);
	if (rc == RC_OK)
		rc = duty_unpack(r->own, rows_text(row, 0), &r->d);
	if (rc == RC_OK)
		rc = duty_slots(tx, actor, r->id, r->v, DUTY_SLOTS_MAX, &r->n);
	for (uint32_t i = 0; rc == RC_OK && i < r->d.m.n_persons; i++) {
		ROWS name = NULL;

		rc = tx_one(tx, actor, &duty_q[D_PERSON], ARGS(db_int(r->d.who[i].id)), &name);
		if (rc == RC_OK)
			r->d.who[i].name = rows_copy(name, 0);
	}
	return rc;
}

/* ---- is it fair? ------------------------------------------------------------------------------------------------ */

/* The engine's own price of one person's ways alone, a point each begun ten minutes. */
static int64_t
travel_of(const struct roster_month *m, const struct roster_plan *all, uint32_t person, struct roster_slot *only)
{
	struct roster_month one = *m;
	struct roster_plan plan = { all->n, all->n_visits, only };
	struct roster_verdict v;

	for (uint32_t k = 0; k < all->n; k++)
		only[k] = all->slot[k].person == person ? all->slot[k] : (struct roster_slot){ ROSTER_NOBODY, 0 };
	one.weights = (struct roster_weights){ .travel = 1 };
	roster_check(&one, &plan, &v);
	return v.by[ROSTER_TRAVEL] * ROSTER_TRAVEL_UNIT;
}

static void
fair_fill(const struct read *r, const struct roster_plan *is, uint32_t person, struct duty_fair *ret)
{
	const struct roster_person *p = &r->d.m.person[person];
	uint32_t weekends = 0;

	*ret = (struct duty_fair){ .provider = r->d.who[person].id, .name = r->d.who[person].name, .minutes_share = p->minutes_share,
		.minutes_max = p->minutes_max, .travel_share = p->travel_share, .weekends_max = p->weekends_max };
	for (uint32_t k = 0; k < is->n; k++) {
		if (is->slot[k].person != person)
			continue;
		*(k < is->n_visits ? &ret->visits : &ret->seats) += 1;
		ret->minutes += r->v[k].minutes;
		weekends |= r->d.m.weekend & UINT32_C(1) << is->slot[k].day;
	}
	for (uint32_t k = 0; k < r->d.m.n_days; k++) {
		ret->weekends += weekends >> k & 1;
		ret->away += p->away >> k & 1;
	}
}

enum rc
duty_fairness(struct ctx *ctx, int64_t plan, struct duty_fair **ret, size_t *ret_n)
{
	struct read r = { .own = arena_create(OWN_BYTES), .id = plan };
	struct roster_plan is;
	struct roster_slot *only = NULL;
	enum rc rc;

	r.v = r.own == NULL ? NULL : arena_array(ctx->mem, DUTY_SLOTS_MAX, sizeof *r.v);
	rc = r.v == NULL ? RC_NO_MEMORY : db_read(ctx, read_tx, &r);
	if (rc == RC_OK)
		rc = duty_plan_of_slots(r.own, &r.d, r.v, r.n, false, &is);
	*ret = rc == RC_OK ? arena_array(ctx->mem, r.d.m.n_persons + 1, sizeof **ret) : NULL;
	if (rc == RC_OK)
		only = arena_array(r.own, is.n + 1, sizeof *only);
	if (rc == RC_OK && (*ret == NULL || only == NULL))
		rc = RC_NO_MEMORY;
	for (uint32_t i = 0; rc == RC_OK && i < r.d.m.n_persons; i++) {
		fair_fill(&r, &is, i, &(*ret)[i]);
		(*ret)[i].travel = travel_of(&r.d.m, &is, i, only);
	}
	*ret_n = rc == RC_OK ? r.d.m.n_persons : 0;
	arena_free(r.own);
	return rc;
}

/* ---- two versions -------------------------------------------------------------------------------------------------- */

struct pair { int64_t id[2]; struct duty_plan p[2]; struct duty_slot *v[2]; size_t n[2]; };

static enum rc
pair_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct pair *a = argument;
	enum rc rc = RC_OK;

	for (int k = 0; rc == RC_OK && k < 2; k++) {
		rc = duty_plan_load(tx, actor, a->id[k], &a->p[k]);
		if (rc == RC_OK)
			rc = duty_slots(tx, actor, a->id[k], a->v[k], DUTY_SLOTS_MAX, &a->n[k]);
	}
	return rc;
}

static bool
is_same_slot(const struct duty_slot *a, const struct duty_slot *b)
{
	return a->seat == b->seat && a->place.code == b->place.code && a->point == b->point && a->nth == b->nth &&
	    (!a->seat || a->made_day.n == b->made_day.n);
}

/* Both come in the order of slots, and of a village's visits: what is alike is near the same place. */
static const struct duty_slot *
slot_find(const struct duty_slot *v, size_t n, const struct duty_slot *like, size_t near)
{
	for (size_t i = near; i < n; i++)
		if (is_same_slot(&v[i], like))
			return &v[i];
	for (size_t i = 0; i < near && i < n; i++)
		if (is_same_slot(&v[i], like))
			return &v[i];
	return NULL;
}

static void
share_add(struct duty_versions *ret, const struct duty_slot *s, bool is)
{
	size_t i = 0;

	if (s->provider == 0)
		return;
	while (i < ret->n_who && ret->who[i].provider != s->provider)
		i++;
	if (i == ret->n_who)
		ret->who[ret->n_who++] = (struct duty_share){ .provider = s->provider, .name = s->name };
	*(is ? &ret->who[i].is_visits : &ret->who[i].was_visits) += 1;
	*(is ? &ret->who[i].is_minutes : &ret->who[i].was_minutes) += s->minutes;
}

static void
differ_add(struct duty_versions *ret, const struct duty_slot *was, const struct duty_slot *is)
{
	const struct duty_slot *any = is != NULL ? is : was;
	struct duty_differ d = { .was_day = DAY_NONE, .is_day = DAY_NONE };

	if (any == NULL)
		return;
	d.place = any->place;
	d.point = any->point;
	d.seat = any->seat;
	d.nth = any->nth;
	if (was != NULL && was->provider != 0) {
		d.was = was->provider;
		d.was_day = was->day;
		d.was_name = was->name;
	}
	if (is != NULL && is->provider != 0) {
		d.is = is->provider;
		d.is_day = is->day;
		d.is_name = is->name;
	}
	if (d.was != d.is || d.was_day.n != d.is_day.n)
		ret->v[ret->n++] = d;
}

enum rc
duty_compare(struct ctx *ctx, int64_t was, int64_t is, struct duty_versions *ret)
{
	struct pair a = { .id = { was, is } };
	enum rc rc = RC_OK;

	*ret = (struct duty_versions){ .n = 0 };
	for (int k = 0; k < 2; k++)
		if ((a.v[k] = arena_array(ctx->mem, DUTY_SLOTS_MAX, sizeof **a.v)) == NULL)
			return RC_NO_MEMORY;
	rc = db_read(ctx, pair_tx, &a);
	if (rc == RC_OK && (a.p[0].county.code != a.p[1].county.code || a.p[0].month != a.p[1].month))
		rc = RC_INVALID;
	if (rc != RC_OK)
		return rc;
	ret->was = a.p[0];
	ret->is = a.p[1];
	ret->v = arena_array(ctx->mem, a.n[0] + a.n[1] + 1, sizeof *ret->v);
	ret->who = arena_array(ctx->mem, a.n[0] + a.n[1] + 1, sizeof *ret->who);
	if (ret->v == NULL || ret->who == NULL)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < a.n[0]; i++) {
		share_add(ret, &a.v[0][i], false);
		if (slot_find(a.v[1], a.n[1], &a.v[0][i], i) == NULL)
			differ_add(ret, &a.v[0][i], NULL);
	}
	for (size_t i = 0; i < a.n[1]; i++) {
		share_add(ret, &a.v[1][i], true);
		differ_add(ret, slot_find(a.v[0], a.n[0], &a.v[1][i], i), &a.v[1][i]);
	}
	return RC_OK;
}
