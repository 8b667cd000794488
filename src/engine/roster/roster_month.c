/* The month: its shape, its pins, and from walks back to a plan. */
#include <string.h>

#include "engine/roster/roster_build_internal.h"

const char *
roster_rule_code(enum roster_rule r)
{
	static const char *const codes[ROSTER_RULES] = { "fine", "entitled", "away", "calendar", "recurring", "period",
		"booked", "stops", "neighbours", "day_minutes", "minutes_max", "shifts_max", "weekends_max",
		"town_cap", "spacing", "pinned" };

	return codes[(int)r];
}

const char *
roster_cost_code(enum roster_cost c)
{
	static const char *const codes[ROSTER_COSTS] = { "open_visit", "open_seat", "travel", "travel_fair", "hours_fair",
		"weekend_fair", "disliked", "stand_in" };

	return codes[(int)c];
}

uint32_t
roster_recurring_days(struct roster_recurring rule, uint32_t n_days, uint32_t first_weekday)
{
	uint32_t days = 0;

	for (uint32_t d = 0; d < n_days; d++)
		if ((rule.ends_in == 0 || (rule.ends_in >> (d + 1) % 10 & 1) != 0) &&
		    (rule.weekdays == 0 || (rule.weekdays >> (first_weekday + d) % 7 & 1) != 0) &&
		    (rule.nth == 0 || (rule.nth >> d / 7 & 1) != 0))
			days |= UINT32_C(1) << d;
	return days;
}

static uint32_t
days_between(uint32_t from, uint32_t end)
{
	return end <= from ? 0 : (uint32_t)((UINT64_C(1) << end) - (UINT64_C(1) << from));
}

uint32_t
roster_period(const struct roster_month *m, uint32_t village, uint32_t k)
{
	const struct roster_village *v = &m->village[village];
	uint32_t end = (k + 1) * m->n_days / v->visits;

	if (!v->parts)
		return days_between(0, m->n_days);
	return days_between(k * m->n_days / v->visits, k + 1 == v->visits ? end : end - (v->spacing - 1));
}

/* ---- the shape -------------------------------------------------------------------------------------- */

static bool
person_fine(const struct roster_month *m, const struct roster_person *p)
{
	return p->home < m->n_places && p->stops_max >= 1 && p->stops_max <= ROSTER_STOPS_MAX &&
	    p->day_minutes <= 1440 && p->minutes_max <= 44640 && p->shifts_max <= 31 && p->weekends_max <= 31 &&
	    p->travel_share <= 44640 && p->minutes_share <= 44640;
}

static bool
village_fine(const struct roster_month *m, const struct roster_village *v)
{
	if (v->place >= m->n_places || v->town >= m->n_towns || v->visits < 1 || v->visits > 4 || v->minutes < 1 ||
	    v->minutes > 1440 || v->spacing < 1 || v->spacing > 15 ||
	    v->serve > m->n_serves || v->n_serves > m->n_serves - v->serve)
		return false;
	for (uint32_t k = v->serve; k < v->serve + v->n_serves; k++) {
		if (m->serve[k].person >= m->n_persons || m->serve[k].price < 0 || m->serve[k].price > ROSTER_WEIGHT_MAX)
			return false;
		for (uint32_t j = v->serve; j < k; j++)
			if (m->serve[j].person == m->serve[k].person)
				return false;
	}
	return !v->parts || v->spacing <= m->n_days / v->visits;
}

static bool
window_fine(const struct roster_month *m, const struct roster_window *w)
{
	return w->day < m->n_days && w->place < m->n_places && w->group < 64 && w->minutes >= 1 && w->minutes <= 1440 &&
	    w->need >= 1 && w->need <= 8;
}

static bool
pin_fine(const struct roster_month *m, const struct roster_pin *p)
{
	if (p->person >= m->n_persons || p->day >= m->n_days)
		return false;
	switch ((int)p->kind) {
	case ROSTER_PIN_VISIT:
		return p->what < m->n_villages;
	case ROSTER_PIN_SEAT:
		return p->what < m->n_windows;
	default:
		return p->kind == ROSTER_PIN_FREE;
	}
}

static bool
weights_fine(const struct roster_weights *w)
{
	const int32_t all[] = { w->open_visit, w->open_seat, w->travel, w->travel_over, w->hours_over, w->weekend, w->disliked };

	for (size_t k = 0; k < sizeof all / sizeof all[0]; k++)
		if (all[k] < 0 || all[k] > ROSTER_WEIGHT_MAX)
			return false;
	return true;
}

enum rc
roster_month_check(const struct roster_month *m)
{
	bool fine = m->n_days >= 1 && m->n_days <= ROSTER_DAYS_MAX && m->n_persons >= 1 &&
	    m->n_persons <= ROSTER_PERSONS_MAX && m->n_villages <= ROSTER_VILLAGES_MAX &&
	    m->n_windows <= ROSTER_WINDOWS_MAX && m->n_places >= 1 && weights_fine(&m->weights);

	for (uint32_t k = 0; fine && k < m->n_persons; k++)
		fine = person_fine(m, &m->person[k]);
	for (uint32_t k = 0; fine && k < m->n_villages; k++)
		fine = village_fine(m, &m->village[k]);
	for (uint32_t k = 0; fine && k < m->n_windows; k++)
		fine = window_fine(m, &m->window[k]);
	for (uint32_t k = 0; fine && k < m->n_pins; k++)
		fine = pin_fine(m, &m->pin[k]);
	return fine ? RC_OK : RC_INVALID;
}

static uint64_t
hash_add(uint64_t h, const uint32_t *v, size_t n)
{
	for (size_t k = 0; k < n; k++)
		for (int byte = 0; byte < 4; byte++)
			h = (h ^ (v[k] >> 8 * byte & 0xff)) * UINT64_C(0x100000001b3); /* FNV-1a */
	return h;
}
#define HASH(h, ...) hash_add((h), (const uint32_t[]){ __VA_ARGS__ }, \
    sizeof (const uint32_t[]){ __VA_ARGS__ } / sizeof (uint32_t))

uint64_t
roster_month_hash(const struct roster_month *m)
{
	const struct roster_weights *w = &m->weights;
	uint64_t h = HASH(UINT64_C(0xcbf29ce484222325), m->n_days, m->working, m->weekend, m->n_persons, m->n_villages, m->n_serves,
	    m->n_windows, m->n_towns, m->n_pins, m->n_places, m->near, w->version, (uint32_t)w->open_visit,
	    (uint32_t)w->open_seat, (uint32_t)w->travel, (uint32_t)w->travel_over, (uint32_t)w->hours_over,
	    (uint32_t)w->weekend, (uint32_t)w->disliked);

	for (const struct roster_person *p = m->person; p < m->person + m->n_persons; p++)
		h = HASH(h, p->home, p->away, p->stops_max, p->day_minutes, p->minutes_max, p->minutes_share, p->travel_share,
		    p->shifts_max, p->weekends_max, (uint32_t)p->groups, (uint32_t)(p->groups >> 32));
	for (const struct roster_village *v = m->village; v < m->village + m->n_villages; v++)
		h = HASH(h, v->place, v->town, v->visits, v->minutes, v->days, v->market, v->liked, v->spacing, v->serve, v->n_serves,
		    v->parts);
	for (const struct roster_serve *s = m->serve; s < m->serve + m->n_serves; s++)
		h = HASH(h, s->person, (uint32_t)s->price);
	for (const struct roster_window *x = m->window; x < m->window + m->n_windows; x++)
		h = HASH(h, x->day, x->place, x->group, x->minutes, x->need);
	for (uint32_t t = 0; t < m->n_towns; t++)
		h = HASH(h, m->town[t].cap);
	for (const struct roster_pin *p = m->pin; p < m->pin + m->n_pins; p++)
		h = HASH(h, (uint32_t)p->kind, p->person, p->day, p->what);
	for (size_t k = 0; k < (size_t)m->n_places * m->n_places; k++) {
		uint32_t one = m->minutes[k];

		h = hash_add(h, &one, 1);
	}
	return h;
}

/* ---- pins -------------------------------------------------------------------------------------------- */

/* An open slot of what the pin is about, in whose part of the month its day lies. */
static uint32_t
pin_slot(const struct ledger *l, const struct roster_pin *p)
{
	const struct roster_month *m = l->m;
	bool window = p->kind == ROSTER_PIN_SEAT;
	uint32_t first = l->first[window ? m->n_villages + p->what : p->what];
	uint32_t many = window ? m->window[p->what].need : m->village[p->what].visits;

	for (uint32_t k = 0; k < many; k++)
		if (l->slot[first + k].person == ROSTER_NOBODY &&
		    (window || roster_day_in(roster_period(m, p->what, k), p->day)))
			return first + k;
	return UINT32_MAX;
}

static enum roster_rule
pin_place(struct ledger *l, const struct roster_pin *p)
{
	uint32_t slot;
	enum roster_rule r;

	if (p->kind == ROSTER_PIN_FREE)
		return ROSTER_FINE;
	slot = pin_slot(l, p);
	if (slot == UINT32_MAX)
		return ROSTER_BOOKED;
	r = ledger_blocks(l, slot, p->person, p->day);
	if (r == ROSTER_FINE)
		ledger_seat(l, slot, p->person, p->day);
	return r;
}

struct pinning { const struct roster_month *m; struct roster_month bare; struct ledger l; struct roster_plan plan; };

/* A ledger of the month with only these pins, none placed yet. */
static enum rc
pinning_reset(struct arena *spare, struct pinning *x, const struct roster_pin *pins, uint32_t n)
{
	x->bare = *x->m;
	x->bare.pin = pins;
	x->bare.n_pins = n;
	return ledger_new(spare, &x->bare, &x->plan, &x->l);
}

/* Do these two hold together, whatever the others say? */
static enum roster_rule
pair_speaks(struct arena *spare, struct pinning *x, const struct roster_pin *a, const struct roster_pin *b)
{
	struct roster_pin two[2] = { *a, *b };
	enum roster_rule r;

	if (pinning_reset(spare, x, two, 2) != RC_OK)
		return ROSTER_FINE;
	r = pin_place(&x->l, &two[0]);
	return r == ROSTER_FINE ? pin_place(&x->l, &two[1]) : r;
}

/* Pin b could not be placed after those before it: by itself, or with which? */
static void
clash_name(struct arena *spare, struct pinning *x, uint32_t b, enum roster_rule rule, struct roster_clash *ret)
{
	const struct roster_pin *pin = x->m->pin;

	*ret = (struct roster_clash){ b, ROSTER_NOBODY, rule };
	if (pinning_reset(spare, x, &pin[b], 1) != RC_OK || pin_place(&x->l, &pin[b]) != ROSTER_FINE)
		return;
	for (uint32_t a = 0; a < x->m->n_pins; a++) {
		enum roster_rule r = a == b ? ROSTER_FINE : pair_speaks(spare, x, &pin[a], &pin[b]);

		if (r != ROSTER_FINE) {
			*ret = (struct roster_clash){ a, b, r };
			return;
		}
	}
	for (uint32_t a = b; a-- > 0;) { /* more than two together: the last one that has the same limit */
		if (pin[a].kind != ROSTER_PIN_FREE && (pin[a].person == pin[b].person || pin[a].what == pin[b].what ||
		    (rule == ROSTER_TOWN_CAP && pin[a].kind == ROSTER_PIN_VISIT && pin[a].day == pin[b].day &&
		    x->m->village[pin[a].what].town == x->m->village[pin[b].what].town))) {
			*ret = (struct roster_clash){ a, b, rule };
			return;
		}
	}
}

bool
roster_pins_clash(struct arena *spare, const struct roster_month *m, struct roster_clash *ret)
{
	struct pinning x = { .m = m };
	uint32_t visits;

	x.plan.n = roster_slots(m, &visits);
	x.plan.slot = arena_array(spare, x.plan.n + 1, sizeof *x.plan.slot);
	if (x.plan.slot == NULL || pinning_reset(spare, &x, m->pin, m->n_pins) != RC_OK)
		return false;
	for (uint32_t b = 0; b < m->n_pins; b++) {
		enum roster_rule r = roster_pin_repeats(m, b) ? ROSTER_FINE : pin_place(&x.l, &m->pin[b]);

		if (r != ROSTER_FINE) {
			clash_name(spare, &x, b, r, ret);
			return true;
		}
	}
	return false;
}

#define SWEEPS_MASTER 400u       /* it ends by itself long before */

/* ---- solving ------------------------------------------------------------------------------------------ */

/* The next open slot of a village or window. */
static uint32_t
slot_open(const struct roster_plan *plan, uint32_t first)
{
	while (plan->slot[first].person != ROSTER_NOBODY)
		first++;
	return first;
}

static void
plan_read(const struct roster_month *m, const struct month_core *mc, const uint32_t *option, struct roster_plan *plan)
{
	for (uint32_t k = 0; k < plan->n; k++)
		plan->slot[k] = (struct roster_slot){ ROSTER_NOBODY, 0 };
	for (uint32_t day = 0; day < m->n_days; day++)
		for (uint32_t i = 0; i < m->n_persons; i++) {
			const struct month_option *o = &mc->option[option[(size_t)i * m->n_days + day]];

			for (uint32_t t = 0; t < o->n_tasks; t++)
				plan->slot[slot_open(plan, o->task[t])] = (struct roster_slot){ i, day };
			if (o->window != UINT32_MAX)
				plan->slot[slot_open(plan, roster_slot_at(m, true, o->window))] = (struct roster_slot){ i, day };
		}
}

static void
result_fill(const struct roster_month *m, const struct core_result *found, struct roster_result *ret)
{
	struct roster_verdict v;

	roster_check(m, &ret->plan, &v);
	ret->objective = found->cost;
	ret->bound = found->bound;
	ret->proven = found->cost == found->bound;
	ret->stopped = found->stopped;
	ret->steps = found->steps;
	ret->tries = found->tries;
	ret->nodes = found->nodes;
	ret->open_visits = v.open_visits;
	ret->open_seats = v.open_seats;
	memcpy(ret->by, v.by, sizeof ret->by);
}

enum rc
roster_solve(struct arena *mem, struct arena *spare, const struct roster_month *m, uint64_t seed,
    struct roster_limits limits, struct roster_result *ret)
{
	struct core_limits how = { limits.steps, limits.tries, 1,
		limits.nodes == 0 ? 20000 : limits.nodes, limits.stop, limits.arg, 0, SWEEPS_MASTER };
	struct core_result found;
	struct month_core mc;
	enum rc rc = roster_month_check(m);

	*ret = (struct roster_result){ .seed = seed, .clash = { ROSTER_NOBODY, ROSTER_NOBODY, ROSTER_FINE } };
	for (uint32_t v = 0; rc == RC_OK && v < m->n_villages; v++)
		if (m->village[v].n_serves > 1 && m->village[v].visits > 1 && !m->village[v].parts)
			rc = RC_INVALID;
	if (rc != RC_OK)
		return rc;
	ret->hash = roster_month_hash(m);
	ret->weights_version = m->weights.version;
	if (roster_pins_clash(spare, m, &ret->clash))
		return RC_REFUSED;
	rc = month_core_new(spare, m, &mc);
	if (rc == RC_OK)
		rc = core_solve(mem, spare, &mc.c, seed, how, &found);
	if (rc != RC_OK)
		return rc;
	ret->plan.n = roster_slots(m, &ret->plan.n_visits);
	ret->plan.slot = arena_array(mem, ret->plan.n + 1, sizeof *ret->plan.slot);
	if (ret->plan.slot == NULL)
		return RC_NO_MEMORY;
	plan_read(m, &mc, found.option, &ret->plan);
	result_fill(m, &found, ret);
	return RC_OK;
}
