/* A plan that is changed slot by slot, with its price by rule. */
#include <string.h>

#include "engine/roster/roster_month_internal.h"

uint32_t
roster_round_minutes(const struct roster_month *m, uint32_t home, const uint32_t *place, uint32_t n)
{
	uint32_t order[ROSTER_STOPS_MAX] = { 0, 1, 2, 3 }, wait[ROSTER_STOPS_MAX] = { 0 }, best = UINT32_MAX;

	if (n == 0)
		return 0;
	for (uint32_t at = 0;;) { /* every order: Heap, The Computer Journal 1963 */
		uint32_t sum = m->minutes[(size_t)home * m->n_places + place[order[0]]], swap, other;

		for (uint32_t k = 1; k < n; k++)
			sum += m->minutes[(size_t)place[order[k - 1]] * m->n_places + place[order[k]]];
		sum += m->minutes[(size_t)place[order[n - 1]] * m->n_places + home];
		best = sum < best ? sum : best;
		while (at < n && wait[at] >= at)
			wait[at++] = 0;
		if (at >= n)
			return best;
		other = at % 2 == 0 ? 0 : wait[at];
		swap = order[other];
		order[other] = order[at];
		order[at] = swap;
		wait[at]++;
		at = 0;
	}
}

static int64_t
squared_above(int64_t have, int64_t share, int64_t unit)
{
	int64_t above = have > share ? (have - share + unit - 1) / unit : 0;

	return above * above;
}

void
roster_totals_cost(const struct roster_month *m, const struct roster_person *p, const struct roster_totals *t,
    int64_t ret[static ROSTER_COSTS])
{
	const struct roster_weights *w = &m->weights;

	ret[ROSTER_TRAVEL] += (int64_t)t->units * w->travel;
	ret[ROSTER_TRAVEL_FAIR] += squared_above(t->halves, roster_halves(p->travel_share), 1) * w->travel_over;
	ret[ROSTER_HOURS_FAIR] += squared_above(t->minutes, p->minutes_share, 60) * w->hours_over;
	ret[ROSTER_WEEKEND_FAIR] += (int64_t)t->weekends * t->weekends * w->weekend;
}

int64_t
roster_serve_price(const struct roster_month *m, uint32_t village, uint32_t person)
{
	const struct roster_village *v = &m->village[village];

	for (uint32_t k = 0; k < v->n_serves; k++)
		if (m->serve[v->serve + k].person == person)
			return m->serve[v->serve + k].price;
	return -1;
}

uint32_t
roster_slots(const struct roster_month *m, uint32_t *ret_visits)
{
	uint32_t n = 0;

	for (uint32_t v = 0; v < m->n_villages; v++)
		n += m->village[v].visits;
	*ret_visits = n;
	for (uint32_t w = 0; w < m->n_windows; w++)
		n += m->window[w].need;
	return n;
}

uint32_t
roster_slot_of(const struct roster_month *m, uint32_t slot, uint32_t *ret_k)
{
	for (uint32_t v = 0; v < m->n_villages; slot -= m->village[v++].visits)
		if (slot < m->village[v].visits) {
			*ret_k = slot;
			return v;
		}
	for (uint32_t w = 0; w < m->n_windows; slot -= m->window[w++].need)
		if (slot < m->window[w].need) {
			*ret_k = slot;
			return w;
		}
	*ret_k = 0;
	return UINT32_MAX;
}

uint32_t
roster_slot_at(const struct roster_month *m, bool window, uint32_t what)
{
	uint32_t n = 0;

	for (uint32_t v = 0; v < (window ? m->n_villages : what); v++)
		n += m->village[v].visits;
	for (uint32_t w = 0; window && w < what; w++)
		n += m->window[w].need;
	return n;
}

enum rc
ledger_new(struct arena *spare, const struct roster_month *m, struct roster_plan *plan, struct ledger *ret)
{
	uint32_t at = 0, n = roster_slots(m, &ret->n_visits);

	ret->m = m;
	ret->slot = plan->slot;
	ret->n_slots = n;
	ret->what = arena_array(spare, n + 1, sizeof *ret->what);
	ret->nth = arena_array(spare, n + 1, sizeof *ret->nth);
	ret->first = arena_array(spare, m->n_villages + m->n_windows + 1, sizeof *ret->first);
	ret->day = arena_array(spare, (size_t)m->n_persons * m->n_days + 1, sizeof *ret->day);
	ret->totals = arena_array(spare, m->n_persons + 1, sizeof *ret->totals);
	ret->town = arena_array(spare, (size_t)m->n_towns * m->n_days + 1, sizeof *ret->town);
	ret->free = arena_array(spare, m->n_persons + 1, sizeof *ret->free);
	if (ret->what == NULL || ret->nth == NULL || ret->first == NULL || ret->day == NULL ||
	    ret->totals == NULL || ret->town == NULL || ret->free == NULL)
		return RC_NO_MEMORY;
	memset(ret->by, 0, sizeof ret->by);
	for (uint32_t i = 0; i < m->n_villages + m->n_windows; i++) {
		bool window = i >= m->n_villages;
		uint32_t what = window ? i - m->n_villages : i;
		uint32_t many = window ? m->window[what].need : m->village[what].visits;

		ret->first[i] = at;
		for (uint32_t k = 0; k < many; k++, at++) {
			ret->what[at] = what;
			ret->nth[at] = k;
			ret->slot[at] = (struct roster_slot){ ROSTER_NOBODY, 0 };
		}
	}
	for (uint32_t k = 0; k < m->n_pins; k++)
		if (m->pin[k].kind == ROSTER_PIN_FREE)
			ret->free[m->pin[k].person] |= UINT32_C(1) << m->pin[k].day;
	ret->by[ROSTER_OPEN_VISIT] = (int64_t)ret->n_visits * m->weights.open_visit;
	ret->by[ROSTER_OPEN_SEAT] = (int64_t)(n - ret->n_visits) * m->weights.open_seat;
	return RC_OK;
}

enum rc
ledger_load(struct arena *spare, const struct roster_month *m, struct roster_plan *plan, struct ledger *ret)
{
	struct roster_slot *kept = arena_array(spare, plan->n + 1, sizeof *kept);
	enum rc rc;

	if (kept == NULL)
		return RC_NO_MEMORY;
	memcpy(kept, plan->slot, plan->n * sizeof *kept);
	rc = ledger_new(spare, m, plan, ret);
	for (uint32_t k = 0; rc == RC_OK && k < plan->n; k++) {
		if (kept[k].person == ROSTER_NOBODY)
			continue;
		if (ret->day[(size_t)kept[k].person * m->n_days + kept[k].day].n == ROSTER_STOPS_MAX)
			return RC_INVALID;
		ledger_seat(ret, k, kept[k].person, kept[k].day);
	}
	return rc;
}

int64_t
ledger_cost(const struct ledger *l)
{
	int64_t sum = 0;

	for (int c = 0; c < ROSTER_COSTS; c++)
		sum += l->by[c];
	return sum;
}

/* ---- what the rules say --------------------------------------------------------------------------- */

static uint32_t
place_of(const struct ledger *l, uint32_t slot)
{
	return slot < l->n_visits ? l->m->village[l->what[slot]].place : l->m->window[l->what[slot]].place;
}

static enum roster_rule
visit_days_block(const struct ledger *l, uint32_t slot, uint32_t day)
{
	const struct roster_month *m = l->m;
	const struct roster_village *v = &m->village[l->what[slot]];

	if (!roster_day_in(m->working | v->market, day))
		return ROSTER_CALENDAR;
	if (!roster_day_in(v->days, day))
		return ROSTER_RECURRING;
	if (!roster_day_in(roster_period(m, l->what[slot], l->nth[slot]), day))
		return ROSTER_PERIOD;
	return ROSTER_FINE;
}

static enum roster_rule
trip_blocks(const struct ledger *l, uint32_t slot, uint32_t person, uint32_t day)
{
	const struct roster_month *m = l->m;
	const struct roster_person *p = &m->person[person];
	const struct ledger_day *d = &l->day[(size_t)person * m->n_days + day];
	uint32_t place[ROSTER_STOPS_MAX + 1], minutes = m->village[l->what[slot]].minutes;

	if (d->n > 0 && d->slot[0] >= l->n_visits)
		return ROSTER_BOOKED;
	if (d->n >= p->stops_max)
		return ROSTER_STOPS;
	place[d->n] = place_of(l, slot);
	for (uint32_t k = 0; k < d->n; k++) {
		place[k] = place_of(l, d->slot[k]);
		minutes += m->village[l->what[d->slot[k]]].minutes;
		if (l->what[d->slot[k]] == l->what[slot])
			return ROSTER_BOOKED;
		if (m->minutes[(size_t)place[k] * m->n_places + place[d->n]] > m->near ||
		    m->minutes[(size_t)place[d->n] * m->n_places + place[k]] > m->near)
			return ROSTER_NEIGHBOURS;
	}
	return minutes + roster_round_minutes(m, p->home, place, d->n + 1) > p->day_minutes ? ROSTER_DAY_MINUTES :
	    ROSTER_FINE;
}

static enum roster_rule
month_blocks(const struct ledger *l, uint32_t slot, uint32_t person, uint32_t day)
{
	const struct roster_month *m = l->m;
	const struct roster_person *p = &m->person[person];
	const struct roster_totals *t = &l->totals[person];
	bool window = slot >= l->n_visits;
	uint32_t minutes = window ? m->window[l->what[slot]].minutes : m->village[l->what[slot]].minutes;

	if (t->minutes + minutes > p->minutes_max)
		return ROSTER_MINUTES_MAX;
	if (window && t->shifts + 1 > p->shifts_max)
		return ROSTER_SHIFTS_MAX;
	if (roster_day_in(m->weekend, day) && l->day[(size_t)person * m->n_days + day].n == 0 &&
	    t->weekends + 1 > p->weekends_max)
		return ROSTER_WEEKENDS_MAX;
	return ROSTER_FINE;
}

static enum roster_rule
village_blocks(const struct ledger *l, uint32_t slot, uint32_t day)
{
	const struct roster_month *m = l->m;
	const struct roster_village *v = &m->village[l->what[slot]];
	uint32_t first = l->first[l->what[slot]];

	if (l->town[(size_t)v->town * m->n_days + day] + 1 > m->town[v->town].cap)
		return ROSTER_TOWN_CAP;
	for (uint32_t k = first; k < first + v->visits; k++)
		if (k != slot && l->slot[k].person != ROSTER_NOBODY &&
		    (l->slot[k].day < day ? day - l->slot[k].day : l->slot[k].day - day) < v->spacing)
			return ROSTER_SPACING;
	return ROSTER_FINE;
}

/* A pin that this would go against: the person is to be elsewhere that day, or this slot is somebody's. */
static bool
pins_speak(const struct ledger *l, uint32_t slot, uint32_t person, uint32_t day)
{
	const struct roster_month *m = l->m;
	bool window = slot >= l->n_visits;

	for (uint32_t k = 0; k < m->n_pins; k++) {
		const struct roster_pin *pin = &m->pin[k];
		bool here = pin->kind != ROSTER_PIN_FREE && (pin->kind == ROSTER_PIN_SEAT) == window &&
		    pin->what == l->what[slot];

		if (pin->kind == ROSTER_PIN_SEAT && !here && pin->person == person && pin->day == day)
			return true;
		if (window && pin->kind == ROSTER_PIN_VISIT && pin->person == person && pin->day == day)
			return true;
	}
	return roster_day_in(l->free[person], day);
}

enum roster_rule
ledger_blocks(const struct ledger *l, uint32_t slot, uint32_t person, uint32_t day)
{
	const struct roster_month *m = l->m;
	bool window = slot >= l->n_visits;
	enum roster_rule r = ROSTER_FINE;

	if (window ? (m->person[person].groups >> m->window[l->what[slot]].group & 1) == 0 :
	    roster_serve_price(m, l->what[slot], person) < 0)
		return ROSTER_ENTITLED;
	if (roster_day_in(m->person[person].away, day))
		return ROSTER_AWAY;
	if (window && m->window[l->what[slot]].day != day)
		return ROSTER_PERIOD;
	if (!window)
		r = visit_days_block(l, slot, day);
	if (r == ROSTER_FINE && window && l->day[(size_t)person * m->n_days + day].n > 0)
		r = ROSTER_BOOKED;
	if (r == ROSTER_FINE && !window)
		r = trip_blocks(l, slot, person, day);
	if (r == ROSTER_FINE)
		r = month_blocks(l, slot, person, day);
	if (r == ROSTER_FINE && !window)
		r = village_blocks(l, slot, day);
	if (r == ROSTER_FINE && pins_speak(l, slot, person, day))
		r = ROSTER_PINNED;
	return r;
}

bool
ledger_pinned(const struct ledger *l, uint32_t slot)
{
	bool window = slot >= l->n_visits;

	for (uint32_t k = 0; k < l->m->n_pins; k++) {
		const struct roster_pin *pin = &l->m->pin[k];

		if (pin->kind == (window ? ROSTER_PIN_SEAT : ROSTER_PIN_VISIT) && pin->what == l->what[slot] &&
		    pin->person == l->slot[slot].person && pin->day == l->slot[slot].day)
			return true;
	}
	return false;
}

/* ---- changes -------------------------------------------------------------------------------------- */

static void
totals_price(struct ledger *l, uint32_t person, int64_t sign)
{
	int64_t by[ROSTER_COSTS] = { 0 };

	roster_totals_cost(l->m, &l->m->person[person], &l->totals[person], by);
	for (int c = 0; c < ROSTER_COSTS; c++)
		l->by[c] += sign * by[c];
}

/* The day's round once more after its stops have changed. */
static void
day_again(struct ledger *l, uint32_t person, struct ledger_day *d)
{
	uint32_t place[ROSTER_STOPS_MAX];

	for (uint32_t k = 0; k < d->n; k++)
		place[k] = place_of(l, d->slot[k]);
	l->totals[person].units -= roster_units(d->minutes);
	l->totals[person].halves -= roster_halves(d->minutes);
	d->minutes = roster_round_minutes(l->m, l->m->person[person].home, place, d->n);
	l->totals[person].units += roster_units(d->minutes);
	l->totals[person].halves += roster_halves(d->minutes);
}

/* What the slot itself costs where it is, and its part of the totals; sign: it comes or goes. */
static void
slot_price(struct ledger *l, uint32_t slot, int32_t sign)
{
	const struct roster_month *m = l->m;
	const struct roster_slot *s = &l->slot[slot];
	struct roster_totals *t = &l->totals[s->person];
	uint32_t step = (uint32_t)sign;

	if (slot >= l->n_visits) {
		t->minutes += step * m->window[l->what[slot]].minutes;
		t->shifts += step;
		l->by[ROSTER_OPEN_SEAT] -= (int64_t)sign * m->weights.open_seat;
		return;
	}
	t->minutes += step * m->village[l->what[slot]].minutes;
	l->town[(size_t)m->village[l->what[slot]].town * m->n_days + s->day] += step;
	l->by[ROSTER_OPEN_VISIT] -= (int64_t)sign * m->weights.open_visit;
	if (!roster_day_in(m->village[l->what[slot]].liked, s->day))
		l->by[ROSTER_DISLIKED] += (int64_t)sign * m->weights.disliked;
	l->by[ROSTER_STAND_IN] += sign * roster_serve_price(m, l->what[slot], s->person);
}

void
ledger_seat(struct ledger *l, uint32_t slot, uint32_t person, uint32_t day)
{
	struct ledger_day *d = &l->day[(size_t)person * l->m->n_days + day];

	totals_price(l, person, -1);
	l->slot[slot] = (struct roster_slot){ person, day };
	slot_price(l, slot, 1);
	l->totals[person].weekends += d->n == 0 && roster_day_in(l->m->weekend, day);
	d->slot[d->n++] = slot;
	day_again(l, person, d);
	totals_price(l, person, 1);
}

void
ledger_open(struct ledger *l, uint32_t slot)
{
	struct roster_slot s = l->slot[slot];
	struct ledger_day *d = &l->day[(size_t)s.person * l->m->n_days + s.day];
	uint32_t at = 0;

	totals_price(l, s.person, -1);
	slot_price(l, slot, -1);
	while (d->slot[at] != slot)
		at++;
	d->slot[at] = d->slot[--d->n];
	l->totals[s.person].weekends -= d->n == 0 && roster_day_in(l->m->weekend, s.day);
	day_again(l, s.person, d);
	l->slot[slot] = (struct roster_slot){ ROSTER_NOBODY, 0 };
	totals_price(l, s.person, 1);
}
