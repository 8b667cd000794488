/*
 * The validator: reads a plan against every rule and sums its price anew.  It shares the shapes of
 * roster.h and nothing else with what makes plans: no table, no ledger, no round of theirs.
 */
#include <string.h>

#include "engine/roster/roster.h"

struct reading {
	const struct roster_month *m;
	const struct roster_plan *plan;
	struct roster_verdict *ret;
	uint32_t visits;
};

/* What a slot is about. */
struct duty {
	bool seat, open;
	uint32_t what, nth, person, day, place, minutes;
};

static void
fault(struct reading *x, uint32_t slot, enum roster_rule rule)
{
	if (x->ret->n_faults < ROSTER_FAULTS_KEPT)
		x->ret->fault[x->ret->n_faults] = (struct roster_fault){ slot, rule };
	x->ret->n_faults++;
}

static struct duty
duty_of(const struct reading *x, uint32_t slot)
{
	const struct roster_slot *s = &x->plan->slot[slot];
	struct duty d = { .seat = slot >= x->visits, .person = s->person, .day = s->day };
	uint32_t at = slot;

	d.open = s->person >= x->m->n_persons || s->day >= x->m->n_days;
	if (!d.seat) {
		while (at >= x->m->village[d.what].visits)
			at -= x->m->village[d.what++].visits;
		d.place = x->m->village[d.what].place;
		d.minutes = x->m->village[d.what].minutes;
	} else {
		at -= x->visits;
		while (at >= x->m->window[d.what].need)
			at -= x->m->window[d.what++].need;
		d.place = x->m->window[d.what].place;
		d.minutes = x->m->window[d.what].minutes;
	}
	d.nth = at;
	return d;
}

static bool
among(uint32_t days, uint32_t day)
{
	return (days & UINT32_C(1) << day) != 0;
}

static uint32_t
drive(const struct roster_month *m, uint32_t from, uint32_t to)
{
	return m->minutes[(size_t)from * m->n_places + to];
}

/* The shortest way on from `at` through what is left, and home. */
static uint32_t
way_on(const struct roster_month *m, uint32_t home, uint32_t at, const uint32_t *place, uint32_t n, uint32_t left)
{
	uint32_t best = UINT32_MAX;

	if (left == 0)
		return drive(m, at, home);
	for (uint32_t k = 0; k < n; k++) {
		uint32_t sum;

		if ((left >> k & 1) == 0)
			continue;
		sum = drive(m, at, place[k]) + way_on(m, home, place[k], place, n, left & ~(UINT32_C(1) << k));
		best = sum < best ? sum : best;
	}
	return best;
}

/* ---- one slot by itself --------------------------------------------------------------------------- */

static void
village_read(struct reading *x, uint32_t slot, const struct duty *d)
{
	const struct roster_village *v = &x->m->village[d->what];
	int64_t price = -1;

	for (uint32_t k = 0; k < v->n_serves; k++)
		if (x->m->serve[v->serve + k].person == d->person)
			price = x->m->serve[v->serve + k].price;
	if (price < 0)
		fault(x, slot, ROSTER_ENTITLED);
	else
		x->ret->by[ROSTER_STAND_IN] += price;
	if (!among(x->m->working, d->day) && !among(v->market, d->day))
		fault(x, slot, ROSTER_CALENDAR);
	if (!among(v->days, d->day))
		fault(x, slot, ROSTER_RECURRING);
	if (!among(v->liked, d->day))
		x->ret->by[ROSTER_DISLIKED] += x->m->weights.disliked;
	if (v->parts) {
		uint32_t begin = d->nth * x->m->n_days / v->visits, end = (d->nth + 1) * x->m->n_days / v->visits;

		if (d->day < begin || d->day >= (d->nth + 1 < v->visits ? end - v->spacing + 1 : end))
			fault(x, slot, ROSTER_PERIOD);
	}
}

static void
slot_read(struct reading *x, uint32_t slot)
{
	struct duty d = duty_of(x, slot);

	if (d.open && x->plan->slot[slot].person != ROSTER_NOBODY)
		fault(x, slot, ROSTER_ENTITLED);
	if (d.open) {
		x->ret->by[d.seat ? ROSTER_OPEN_SEAT : ROSTER_OPEN_VISIT] +=
		    d.seat ? x->m->weights.open_seat : x->m->weights.open_visit;
		x->ret->open_seats += d.seat;
		x->ret->open_visits += !d.seat;
		return;
	}
	if (among(x->m->person[d.person].away, d.day))
		fault(x, slot, ROSTER_AWAY);
	if (!d.seat) {
		village_read(x, slot, &d);
		return;
	}
	if ((x->m->person[d.person].groups & UINT64_C(1) << x->m->window[d.what].group) == 0)
		fault(x, slot, ROSTER_ENTITLED);
	if (x->m->window[d.what].day != d.day)
		fault(x, slot, ROSTER_PERIOD);
}

/* ---- pairs of slots: a trip, a village, a town --------------------------------------------------------- */

static void
pair_read(struct reading *x, uint32_t slot, const struct duty *a, const struct duty *b)
{
	uint32_t apart = a->day > b->day ? a->day - b->day : b->day - a->day;

	if (a->person == b->person && a->day == b->day) {
		if (a->seat || b->seat || a->what == b->what)
			fault(x, slot, ROSTER_BOOKED);
		else if (drive(x->m, a->place, b->place) > x->m->near || drive(x->m, b->place, a->place) > x->m->near)
			fault(x, slot, ROSTER_NEIGHBOURS);
	}
	if (!a->seat && !b->seat && a->what == b->what && apart < x->m->village[a->what].spacing)
		fault(x, slot, ROSTER_SPACING);
}

static void
pairs_read(struct reading *x)
{
	for (uint32_t j = 0; j < x->plan->n; j++) {
		struct duty a = duty_of(x, j);
		uint32_t same_town = 1;

		for (uint32_t k = 0; k < j && !a.open; k++) {
			struct duty b;

			/* most are about other persons and villages: look at the cheap side first */
			if (x->plan->slot[k].person == ROSTER_NOBODY ||
			    (x->plan->slot[k].day != a.day && (a.seat || k + 4 < j)))
				continue;
			b = duty_of(x, k);
			if (b.open)
				continue;
			pair_read(x, j, &a, &b);
			same_town += !a.seat && !b.seat && a.day == b.day &&
			    x->m->village[a.what].town == x->m->village[b.what].town;
		}
		if (!a.open && !a.seat && same_town > x->m->town[x->m->village[a.what].town].cap)
			fault(x, j, ROSTER_TOWN_CAP);
	}
}

/* ---- persons: their days, their month ------------------------------------------------------------------- */

struct month_sums { int64_t minutes, units, halves, weekends, shifts; };

static void
day_read(struct reading *x, uint32_t person, uint32_t day, const uint32_t *slot, uint32_t n, struct month_sums *sums)
{
	const struct roster_person *p = &x->m->person[person];
	uint32_t place[8] = { 0 }, stops = n < 8 ? n : 8, minutes = 0, driven;
	bool seat = false;

	for (uint32_t k = 0; k < n; k++) {
		struct duty d = duty_of(x, slot[k]);

		if (k < stops)
			place[k] = d.place;
		minutes += d.minutes;
		sums->shifts += d.seat;
		seat = seat || d.seat;
	}
	driven = way_on(x->m, p->home, p->home, place, stops, (UINT32_C(1) << stops) - 1);
	sums->minutes += minutes;
	sums->units += (driven + ROSTER_TRAVEL_UNIT - 1) / ROSTER_TRAVEL_UNIT;
	sums->halves += (driven + ROSTER_FAIR_UNIT - 1) / ROSTER_FAIR_UNIT;
	sums->weekends += among(x->m->weekend, day);
	if (!seat && n > p->stops_max)
		fault(x, slot[0], ROSTER_STOPS);
	if (!seat && minutes + driven > p->day_minutes)
		fault(x, slot[0], ROSTER_DAY_MINUTES);
}

static int64_t
square(int64_t v)
{
	return v > 0 ? v * v : 0;
}

static void
sums_read(struct reading *x, uint32_t person, uint32_t slot, const struct month_sums *s)
{
	const struct roster_person *p = &x->m->person[person];
	const struct roster_weights *w = &x->m->weights;
	int64_t share = (p->travel_share + ROSTER_FAIR_UNIT - 1) / ROSTER_FAIR_UNIT;
	int64_t above = s->minutes - p->minutes_share;

	x->ret->by[ROSTER_TRAVEL] += s->units * w->travel;
	x->ret->by[ROSTER_TRAVEL_FAIR] += square(s->halves - share) * w->travel_over;
	x->ret->by[ROSTER_HOURS_FAIR] += square(above > 0 ? (above + 59) / 60 : 0) * w->hours_over;
	x->ret->by[ROSTER_WEEKEND_FAIR] += square(s->weekends) * w->weekend;
	if (s->minutes > p->minutes_max)
		fault(x, slot, ROSTER_MINUTES_MAX);
	if (s->shifts > p->shifts_max)
		fault(x, slot, ROSTER_SHIFTS_MAX);
	if (s->weekends > p->weekends_max)
		fault(x, slot, ROSTER_WEEKENDS_MAX);
}

static void
person_read(struct reading *x, uint32_t person)
{
	struct month_sums sums = { 0, 0, 0, 0, 0 };
	uint32_t on[ROSTER_DAYS_MAX][8], n[ROSTER_DAYS_MAX] = { 0 }, any = 0;

	for (uint32_t k = 0; k < x->plan->n; k++) {
		const struct roster_slot *s = &x->plan->slot[k];

		if (s->person != person || s->day >= x->m->n_days)
			continue;
		if (n[s->day] == 8) {
			fault(x, k, ROSTER_STOPS);
			continue;
		}
		on[s->day][n[s->day]++] = any = k;
	}
	for (uint32_t day = 0; day < x->m->n_days; day++)
		if (n[day] > 0)
			day_read(x, person, day, on[day], n[day], &sums);
	sums_read(x, person, any, &sums);
}

/* ---- pins ----------------------------------------------------------------------------------------------- */

static void
pin_read(struct reading *x, const struct roster_pin *pin)
{
	bool held = false;

	for (uint32_t k = 0; k < x->plan->n; k++) {
		struct duty d = duty_of(x, k);

		if (d.open || d.person != pin->person || d.day != pin->day)
			continue;
		if (pin->kind == ROSTER_PIN_FREE)
			fault(x, k, ROSTER_PINNED);
		else
			held = held || (d.seat == (pin->kind == ROSTER_PIN_SEAT) && d.what == pin->what);
	}
	if (!held && pin->kind != ROSTER_PIN_FREE)
		fault(x, 0, ROSTER_PINNED);
}

void
roster_check(const struct roster_month *m, const struct roster_plan *plan, struct roster_verdict *ret)
{
	struct reading x = { .m = m, .plan = plan, .ret = ret };
	uint32_t slots = 0;

	memset(ret, 0, sizeof *ret);
	for (uint32_t v = 0; v < m->n_villages; v++)
		slots += m->village[v].visits;
	x.visits = slots;
	for (uint32_t w = 0; w < m->n_windows; w++)
		slots += m->window[w].need;
	if (slots != plan->n) {
		fault(&x, 0, ROSTER_ENTITLED); /* not a plan of this month */
		return;
	}
	for (uint32_t k = 0; k < plan->n; k++)
		slot_read(&x, k);
	pairs_read(&x);
	for (uint32_t i = 0; i < m->n_persons; i++)
		person_read(&x, i);
	for (uint32_t k = 0; k < m->n_pins; k++)
		pin_read(&x, &m->pin[k]);
	for (int c = 0; c < ROSTER_COSTS; c++)
		ret->objective += ret->by[c];
}
