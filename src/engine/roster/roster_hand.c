/* Changes by hand: where might a visit go instead, what would that cost, and what speaks against the rest? */
#include <stdlib.h>
#include <string.h>

#include "engine/roster/roster_month_internal.h"

static int
candidate_compare(const void *x, const void *y)
{
	const struct roster_candidate *a = x, *b = y;

	if ((a->blocked == ROSTER_FINE) != (b->blocked == ROSTER_FINE))
		return a->blocked == ROSTER_FINE ? -1 : 1;
	if ((a->blocked == ROSTER_ENTITLED) != (b->blocked == ROSTER_ENTITLED))
		return a->blocked == ROSTER_ENTITLED ? 1 : -1;
	if (a->difference != b->difference)
		return a->difference < b->difference ? -1 : 1;
	if (a->person != b->person)
		return a->person < b->person ? -1 : 1;
	return (a->day > b->day) - (a->day < b->day);
}

/* The slot is open; what it costs there, against `base`. */
static void
difference_find(struct ledger *l, uint32_t slot, const int64_t base[static ROSTER_COSTS], struct roster_candidate *c)
{
	ledger_seat(l, slot, c->person, c->day);
	c->difference = 0;
	for (int k = 0; k < ROSTER_COSTS; k++) {
		c->by[k] = l->by[k] - base[k];
		c->difference += c->by[k];
	}
	ledger_open(l, slot);
}

/* The days of one person. */
static uint32_t
person_candidates(struct ledger *l, uint32_t slot, struct roster_slot was, uint32_t person,
    const int64_t base[static ROSTER_COSTS], struct roster_candidate *v, struct roster_candidates *ret)
{
	bool window = slot >= l->n_visits;
	uint32_t from = window ? l->m->window[l->what[slot]].day : 0, end = window ? from + 1 : l->m->n_days, n = 0;

	for (uint32_t day = from; day < end; day++) {
		struct roster_candidate c = { .person = person, .day = day };

		if (was.person == person && was.day == day)
			continue;
		c.blocked = ledger_blocks(l, slot, person, day);
		if (c.blocked == ROSTER_FINE)
			difference_find(l, slot, base, &c);
		ret->n_fine += c.blocked == ROSTER_FINE;
		ret->why[c.blocked] += c.blocked != ROSTER_ENTITLED || day == from;
		v[n++] = c;
		if (c.blocked == ROSTER_ENTITLED)
			break;
	}
	return n;
}

enum rc
roster_candidates(struct arena *mem, struct arena *spare, const struct roster_month *m,
    const struct roster_plan *plan, uint32_t slot, uint32_t n_max, struct roster_candidates *ret)
{
	struct roster_plan copy = { plan->n, plan->n_visits, arena_array(spare, plan->n + 1, sizeof *copy.slot) };
	struct roster_candidate *all = arena_array(spare, (size_t)m->n_persons * m->n_days, sizeof *all);
	int64_t base[ROSTER_COSTS];
	struct roster_slot was;
	struct ledger l;
	uint32_t n = 0;
	enum rc rc;

	*ret = (struct roster_candidates){ .n = 0 };
	if (slot >= plan->n)
		return RC_INVALID;
	if (copy.slot == NULL || all == NULL)
		return RC_NO_MEMORY;
	memcpy(copy.slot, plan->slot, plan->n * sizeof *copy.slot);
	rc = ledger_load(spare, m, &copy, &l);
	if (rc != RC_OK)
		return rc;
	was = l.slot[slot];
	memcpy(base, l.by, sizeof base);
	if (was.person != ROSTER_NOBODY)
		ledger_open(&l, slot);
	for (uint32_t i = 0; i < m->n_persons; i++)
		n += person_candidates(&l, slot, was, i, base, all + n, ret);
	qsort(all, n, sizeof *all, candidate_compare);
	ret->n = n < n_max ? n : n_max;
	ret->v = arena_array(mem, ret->n + 1, sizeof *ret->v);
	if (ret->v == NULL)
		return RC_NO_MEMORY;
	memcpy(ret->v, all, ret->n * sizeof *all);
	return RC_OK;
}

/* ---- somebody falls ill ------------------------------------------------------------------------------ */

/* The list of a village and, where the person is on it, all who share a town with them. */
static uint32_t
serves_copy(const struct roster_month *m, uint32_t village, uint32_t person, int32_t price, struct roster_serve *to)
{
	const struct roster_village *v = &m->village[village];
	uint32_t n = v->n_serves;

	memcpy(to, m->serve + v->serve, n * sizeof *to);
	if (roster_serve_price(m, village, person) < 0)
		return n;
	for (uint32_t i = 0; i < m->n_persons; i++)
		if ((m->person[i].groups & m->person[person].groups & ~UINT64_C(1)) != 0 && roster_serve_price(m, village, i) < 0)
			to[n++] = (struct roster_serve){ i, price };
	return n;
}

enum rc
roster_call_in(struct arena *mem, const struct roster_month *m, uint32_t person, uint32_t days, int32_t price,
    struct roster_month *ret)
{
	struct roster_person *persons = arena_array(mem, m->n_persons, sizeof *persons);
	struct roster_village *villages = arena_array(mem, m->n_villages + 1, sizeof *villages);
	uint32_t mine = 0;
	struct roster_serve *serves;

	for (uint32_t v = 0; v < m->n_villages; v++)
		mine += roster_serve_price(m, v, person) >= 0;
	serves = arena_array(mem, m->n_serves + (size_t)mine * m->n_persons + 1, sizeof *serves);
	if (persons == NULL || villages == NULL || serves == NULL)
		return RC_NO_MEMORY;
	*ret = *m;
	memcpy(persons, m->person, m->n_persons * sizeof *persons);
	memcpy(villages, m->village, m->n_villages * sizeof *villages);
	persons[person].away |= days;
	ret->n_serves = 0;
	for (uint32_t v = 0; v < m->n_villages; v++) {
		villages[v].serve = ret->n_serves;
		villages[v].n_serves = serves_copy(m, v, person, price, serves + ret->n_serves);
		ret->n_serves += villages[v].n_serves;
	}
	ret->person = persons;
	ret->village = villages;
	ret->serve = serves;
	return RC_OK;
}

struct place { uint32_t person, day; int64_t cost; };

/* The cheapest place for an open slot from a day on; a cost of CORE_FAR: none. */
static struct place
place_best(struct ledger *l, uint32_t slot, uint32_t from)
{
	bool window = slot >= l->n_visits;
	struct place best = { .cost = CORE_FAR };

	if (window)
		from = l->m->window[l->what[slot]].day;
	for (uint32_t i = 0; i < l->m->n_persons; i++)
		for (uint32_t day = from; day < (window ? from + 1 : l->m->n_days); day++) {
			int64_t cost;

			if (ledger_blocks(l, slot, i, day) != ROSTER_FINE)
				continue;
			ledger_seat(l, slot, i, day);
			cost = ledger_cost(l);
			ledger_open(l, slot);
			if (cost < best.cost)
				best = (struct place){ i, day, cost };
		}
	return best;
}

/* One other slot makes room: it goes elsewhere, and the open one takes a place that is then free. */
struct exchange { uint32_t other; struct place here, there; };

/* Could the place become free by moving this one?  On the person's day, in the village, in the town. */
static bool
stands_in_the_way(const struct ledger *l, uint32_t slot, uint32_t other, uint32_t person, uint32_t day)
{
	const struct roster_slot *s = &l->slot[other];

	if (s->person == ROSTER_NOBODY || other == slot || ledger_pinned(l, other))
		return false;
	if (s->person == person)
		return true;
	return slot < l->n_visits && other < l->n_visits && s->day == day &&
	    l->m->village[l->what[slot]].town == l->m->village[l->what[other]].town;
}

static void
exchange_try(struct ledger *l, uint32_t slot, uint32_t person, uint32_t day, uint32_t from, struct exchange *best)
{
	for (uint32_t other = 0; other < l->n_slots; other++) {
		struct roster_slot was = l->slot[other];
		struct place there;

		if (!stands_in_the_way(l, slot, other, person, day) || was.day < from)
			continue;
		ledger_open(l, other);
		if (ledger_blocks(l, slot, person, day) == ROSTER_FINE) {
			ledger_seat(l, slot, person, day);
			there = place_best(l, other, from);
			if (there.cost < best->there.cost)
				*best = (struct exchange){ other, { person, day, 0 }, there };
			ledger_open(l, slot);
		}
		ledger_seat(l, other, was.person, was.day);
	}
}

static bool
slot_exchange(struct ledger *l, uint32_t slot, uint32_t from)
{
	bool window = slot >= l->n_visits;
	struct exchange best = { .there = { .cost = CORE_FAR } };
	int64_t open = ledger_cost(l);

	if (window)
		from = l->m->window[l->what[slot]].day;
	for (uint32_t i = 0; i < l->m->n_persons; i++)
		for (uint32_t day = from; day < (window ? from + 1 : l->m->n_days); day++) {
			enum roster_rule r = ledger_blocks(l, slot, i, day);

			if (r != ROSTER_ENTITLED && r != ROSTER_AWAY && r != ROSTER_CALENDAR && r != ROSTER_RECURRING &&
			    r != ROSTER_PERIOD && r != ROSTER_PINNED)
				exchange_try(l, slot, i, day, from, &best);
		}
	if (best.there.cost >= open)
		return false;
	ledger_open(l, best.other);
	ledger_seat(l, slot, best.here.person, best.here.day);
	ledger_seat(l, best.other, best.there.person, best.there.day);
	return true;
}

/* What may not stay where it is: those slots are opened and listed. */
static uint32_t
slots_lost(struct ledger *l, uint32_t person, uint32_t from, uint32_t *ret)
{
	uint32_t n = 0;

	for (uint32_t k = 0; k < l->n_slots; k++) {
		struct roster_slot s = l->slot[k];

		if (s.person != person || s.day < from || !roster_day_in(l->m->person[person].away | l->free[person], s.day))
			continue;
		ledger_open(l, k);
		ret[n++] = k;
	}
	return n;
}

/* The slot that loses most by waiting goes first: the one with the fewest places. */
static void
slots_place(struct ledger *l, uint32_t *slot, uint32_t n, uint32_t from)
{
	for (uint32_t done = 0; done < n; done++) {
		uint32_t at = n;
		struct place best = { .cost = CORE_FAR };
		int64_t open = ledger_cost(l);

		for (uint32_t k = done; k < n; k++) {
			struct place here = place_best(l, slot[k], from);

			if (here.cost < best.cost) {
				best = here;
				at = k;
			}
		}
		if (at == n || best.cost >= open)
			break;
		ledger_seat(l, slot[at], best.person, best.day);
		slot[at] = slot[done];
		slot[done] = UINT32_MAX;
	}
	for (uint32_t k = 0; k < n; k++)
		if (slot[k] != UINT32_MAX)
			(void)slot_exchange(l, slot[k], from);
}

enum rc
roster_repair(struct arena *spare, const struct roster_month *m, struct roster_plan *plan,
    uint32_t person, uint32_t from, uint32_t *ret_changed)
{
	struct roster_slot *before = arena_array(spare, plan->n + 1, sizeof *before);
	uint32_t *lost = arena_array(spare, plan->n + 1, sizeof *lost), n;
	struct ledger l;
	enum rc rc;

	if (before == NULL || lost == NULL)
		return RC_NO_MEMORY;
	memcpy(before, plan->slot, plan->n * sizeof *before);
	rc = ledger_load(spare, m, plan, &l);
	if (rc != RC_OK)
		return rc;
	n = slots_lost(&l, person, from, lost);
	slots_place(&l, lost, n, from);
	*ret_changed = 0;
	for (uint32_t k = 0; k < plan->n; k++)
		*ret_changed += memcmp(&before[k], &plan->slot[k], sizeof *before) != 0;
	return RC_OK;
}
