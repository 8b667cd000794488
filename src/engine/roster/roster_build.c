/* A county's month as walks and rows: what roster_core_internal.h solves. */
#include <string.h>

#include "engine/roster/roster_build_internal.h"

/* ---- rows ---------------------------------------------------------------------------------------- */

/* How many villages of the town may be visited that day: a cap at or above that binds nobody. */
static uint32_t
town_wants(const struct roster_month *m, uint32_t town, uint32_t day)
{
	uint32_t n = 0;

	for (uint32_t v = 0; v < m->n_villages; v++)
		n += m->village[v].town == town && roster_day_in(roster_village_days(m, v), day);
	return n;
}

static uint32_t
row_add(struct core_row *row, uint32_t *n, struct core_row what)
{
	row[*n] = what;
	return (*n)++;
}

/* Visits that several may make, seats, caps that bind. */
static enum rc
rows_build(struct arena *spare, struct build *b, struct core *c)
{
	const struct roster_month *m = b->m;
	uint32_t n_visits, slots = roster_slots(m, &n_visits), n = 0;
	struct core_row *row = arena_array(spare, slots + m->n_windows + (size_t)m->n_towns * m->n_days + 1, sizeof *row);

	b->row_of_slot = arena_array(spare, slots + 1, sizeof *b->row_of_slot);
	b->row_of_window = arena_array(spare, m->n_windows + 1, sizeof *b->row_of_window);
	b->row_of_town = arena_array(spare, (size_t)m->n_towns * m->n_days + 1, sizeof *b->row_of_town);
	b->first = arena_array(spare, m->n_villages + 1, sizeof *b->first);
	if (row == NULL || b->row_of_slot == NULL || b->row_of_window == NULL || b->row_of_town == NULL || b->first == NULL)
		return RC_NO_MEMORY;
	for (uint32_t v = 0, at = 0; v < m->n_villages; at += m->village[v++].visits) {
		b->first[v] = at;
		for (uint32_t k = 0; k < m->village[v].visits; k++)
			b->row_of_slot[at + k] = !roster_shared(m, v) ? UINT32_MAX :
			    row_add(row, &n, (struct core_row){ 1, m->weights.open_visit, CORE_NEVER });
	}
	for (uint32_t w = 0; w < m->n_windows; w++)
		b->row_of_window[w] = row_add(row, &n, (struct core_row){ (int32_t)m->window[w].need,
		    m->weights.open_seat, CORE_NEVER });
	for (uint32_t t = 0; t < m->n_towns; t++)
		for (uint32_t d = 0; d < m->n_days; d++)
			b->row_of_town[(size_t)t * m->n_days + d] = town_wants(m, t, d) <= m->town[t].cap ? UINT32_MAX :
			    row_add(row, &n, (struct core_row){ (int32_t)m->town[t].cap, 0, CORE_NEVER });
	c->row = row;
	c->n_rows = n;
	b->row = row;
	return RC_OK;
}

bool
roster_pin_repeats(const struct roster_month *m, uint32_t pin)
{
	const struct roster_pin *p = &m->pin[pin];

	for (uint32_t k = 0; k < pin; k++)
		if (m->pin[k].kind == p->kind && m->pin[k].person == p->person && m->pin[k].day == p->day &&
		    m->pin[k].what == p->what)
			return true;
	return false;
}

/* What is pinned has its place before anybody chooses: it is taken out of what the rows need. */
static void
rows_pinned(struct build *b)
{
	const struct roster_month *m = b->m;

	for (uint32_t k = 0; k < m->n_pins; k++) {
		const struct roster_pin *pin = &m->pin[k];
		uint32_t town, visit;

		if (roster_pin_repeats(m, k))
			continue;
		if (pin->kind == ROSTER_PIN_SEAT)
			b->row[b->row_of_window[pin->what]].need--;
		if (pin->kind != ROSTER_PIN_VISIT)
			continue;
		town = b->row_of_town[(size_t)m->village[pin->what].town * m->n_days + pin->day];
		visit = roster_visit_on(m, pin->what, pin->day);
		if (town != UINT32_MAX)
			b->row[town].need--;
		if (visit != UINT32_MAX && b->row_of_slot[b->first[pin->what] + visit] != UINT32_MAX)
			b->row[b->row_of_slot[b->first[pin->what] + visit]].need--;
	}
}

uint32_t
roster_visit_on(const struct roster_month *m, uint32_t village, uint32_t day)
{
	for (uint32_t k = 0; k < m->village[village].visits; k++)
		if (roster_day_in(roster_period(m, village, k), day))
			return k;
	return UINT32_MAX;
}

uint32_t
roster_village_days(const struct roster_month *m, uint32_t village)
{
	const struct roster_village *v = &m->village[village];

	return v->days & (m->working | v->market);
}

/* ---- a person's tasks and trips ------------------------------------------------------------------- */

static enum rc
tasks_find(struct build *b, uint32_t person)
{
	const struct roster_month *m = b->m;

	b->n_tasks = 0;
	for (uint32_t v = 0; v < m->n_villages; v++) {
		bool shared = roster_shared(m, v);

		if (roster_serve_price(m, v, person) < 0)
			continue;
		for (uint32_t k = 0; k < (shared ? m->village[v].visits : 1); k++) {
			struct task *t = &b->task[b->n_tasks];

			if (b->n_tasks == ROSTER_TASKS_MAX)
				return RC_TOO_LARGE;
			b->n_tasks++;
			*t = (struct task){ .village = v, .slot = shared ? b->first[v] + k : UINT32_MAX };
			t->times = shared ? 1 : m->village[v].visits;
			t->days = roster_village_days(m, v) & (shared ? roster_period(m, v, k) : UINT32_MAX) &
			    ~m->person[person].away;
			t->price = (int32_t)roster_serve_price(m, v, person);
		}
	}
	return RC_OK;
}

static bool
trip_fits(const struct build *b, const struct roster_person *p, struct trip *t)
{
	const struct roster_month *m = b->m;
	uint32_t place[ROSTER_STOPS_MAX], round;

	t->minutes = 0;
	for (uint32_t i = 0; i < t->n; i++) {
		const struct roster_village *v = &m->village[b->task[t->task[i]].village];

		place[i] = v->place;
		t->minutes += v->minutes;
		for (uint32_t j = 0; j < i; j++)
			if (b->task[t->task[i]].village == b->task[t->task[j]].village ||
			    m->minutes[(size_t)place[j] * m->n_places + place[i]] > m->near ||
			    m->minutes[(size_t)place[i] * m->n_places + place[j]] > m->near)
				return false;
	}
	round = roster_round_minutes(m, p->home, place, t->n);
	t->units = roster_units(round);
	t->halves = roster_halves(round);
	return t->minutes + round <= p->day_minutes;
}

/* All trips of at most stops_max tasks; a part of a trip that does not fit cannot grow into one that does. */
static enum rc
trips_find(struct build *b, uint32_t person)
{
	const struct roster_person *p = &b->m->person[person];

	b->n_trips = 0;
	for (uint32_t k = 0, end = 0;; k++) {
		struct trip from = { .n = 0 };
		uint32_t next = 0;

		if (k > 0) {
			if (k > end)
				break;
			from = b->trip[k - 1];
			next = from.task[from.n - 1] + 1;
		}
		for (uint32_t t = next; from.n < p->stops_max && t < b->n_tasks; t++) {
			struct trip *x = &b->trip[b->n_trips];

			if (b->n_trips == TRIPS_MAX)
				return RC_TOO_LARGE;
			*x = from;
			x->task[x->n++] = t;
			if (trip_fits(b, p, x))
				b->n_trips++;
		}
		end = b->n_trips;
	}
	return RC_OK;
}

/* ---- options --------------------------------------------------------------------------------------- */

struct pinned { uint32_t village[ROSTER_STOPS_MAX], n, window; bool free; };

static bool
village_pinned(const struct pinned *pins, uint32_t village)
{
	for (uint32_t k = 0; k < pins->n; k++)
		if (pins->village[k] == village)
			return true;
	return false;
}

static void
pins_of(const struct roster_month *m, uint32_t person, uint32_t day, struct pinned *ret)
{
	*ret = (struct pinned){ .window = UINT32_MAX };
	for (uint32_t k = 0; k < m->n_pins; k++) {
		const struct roster_pin *pin = &m->pin[k];

		if (pin->person != person || pin->day != day)
			continue;
		if (pin->kind == ROSTER_PIN_FREE)
			ret->free = true;
		else if (pin->kind == ROSTER_PIN_SEAT)
			ret->window = pin->what;
		else if (!village_pinned(ret, pin->what) && ret->n < ROSTER_STOPS_MAX)
			ret->village[ret->n++] = pin->what;
	}
}

static void
option_put(struct build *b, struct core_option o, struct month_option means)
{
	if (b->option != NULL) {
		b->option[b->n_options] = o;
		b->means[b->n_options] = means;
	}
	b->n_options++;
}

static void
use_put(struct build *b, struct core_option *o, uint32_t row, int32_t amount)
{
	if (row == UINT32_MAX)
		return;
	for (uint32_t u = 0; b->use != NULL && u < o->n_use; u++)
		if (b->use[o->use + u].row == row) {
			b->use[o->use + u].amount += amount;
			return;
		}
	if (b->use != NULL)
		b->use[b->n_uses] = (struct core_use){ row, amount };
	b->n_uses++;
	o->n_use++;
}

static void
trip_put(struct build *b, const struct trip *t, uint32_t letter, uint32_t day, const struct pinned *pins)
{
	const struct roster_month *m = b->m;
	struct core_option o = { .cost = (int32_t)t->units * m->weights.travel, .letter = letter, .use = b->n_uses };
	struct month_option means = { .n_tasks = t->n, .window = UINT32_MAX };
	uint32_t kept = 0;

	for (uint32_t i = 0; i < t->n; i++)
		kept += village_pinned(pins, b->task[t->task[i]].village);
	if (kept < pins->n)
		return;
	for (uint32_t i = 0; i < t->n; i++) {
		const struct task *k = &b->task[t->task[i]];

		means.task[i] = k->slot != UINT32_MAX ? k->slot : b->first[k->village];
		o.cost += k->price + (roster_day_in(m->village[k->village].liked, day) ? 0 : m->weights.disliked);
		if (village_pinned(pins, k->village))
			continue;
		if (k->slot != UINT32_MAX)
			use_put(b, &o, b->row_of_slot[k->slot], 1);
		use_put(b, &o, b->row_of_town[(size_t)m->village[k->village].town * m->n_days + day], 1);
	}
	option_put(b, o, means);
}

uint32_t
build_letter(struct build *b, struct letter l)
{
	for (uint32_t k = 0; k < b->n_letters; k++)
		if (b->letter[k].trip == l.trip && b->letter[k].minutes == l.minutes && b->letter[k].halves == l.halves &&
		    b->letter[k].weekend == l.weekend)
			return k;
	if (b->n_letters < LETTERS_MAX)
		b->letter[b->n_letters] = l;
	return b->n_letters++;
}

static void
windows_put(struct build *b, uint32_t person, uint32_t day, const struct pinned *pins)
{
	const struct roster_month *m = b->m;
	const struct roster_person *p = &m->person[person];

	for (uint32_t w = 0; w < m->n_windows; w++) {
		const struct roster_window *x = &m->window[w];
		struct letter l = { .trip = UINT32_MAX, .minutes = x->minutes, .weekend = roster_day_in(m->weekend, day) };
		struct core_option o = { .use = b->n_uses };
		uint32_t round;

		if (x->day != day || (p->groups >> x->group & 1) == 0 || p->shifts_max == 0 ||
		    (pins->window != UINT32_MAX && pins->window != w))
			continue;
		round = roster_round_minutes(m, p->home, &x->place, 1);
		l.halves = m->weights.travel_over > 0 ? roster_halves(round) : 0;
		o.letter = build_letter(b, l);
		o.cost = (int32_t)roster_units(round) * m->weights.travel;
		if (pins->window != w)
			use_put(b, &o, b->row_of_window[w], 1);
		option_put(b, o, (struct month_option){ .window = w });
	}
}

static bool
trip_may(const struct build *b, const struct trip *t, uint32_t day)
{
	for (uint32_t i = 0; i < t->n; i++)
		if (!roster_day_in(b->task[t->task[i]].days, day))
			return false;
	return true;
}

/* The options of a person, day after day; counted only while b->option is NULL. */
static void
options_put(struct build *b, uint32_t person, uint32_t *ret_first)
{
	const struct roster_month *m = b->m;

	b->n_letters = 0;
	(void)build_letter(b, (struct letter){ .trip = UINT32_MAX });
	for (uint32_t day = 0; day < m->n_days; day++) {
		bool weekend = roster_day_in(m->weekend, day);
		struct pinned pins;

		ret_first[day] = b->n_options;
		pins_of(m, person, day, &pins);
		if (pins.n == 0 && pins.window == UINT32_MAX)
			option_put(b, (struct core_option){ .use = b->n_uses }, (struct month_option){ .window = UINT32_MAX });
		if (pins.free || roster_day_in(m->person[person].away, day))
			continue;
		for (uint32_t k = 0; k < b->n_trips && pins.window == UINT32_MAX; k++)
			if (trip_may(b, &b->trip[k], day))
				trip_put(b, &b->trip[k], build_letter(b, (struct letter){ .trip = k, .weekend = weekend }),
				    day, &pins);
		if (pins.n == 0)
			windows_put(b, person, day, &pins);
	}
	ret_first[m->n_days] = b->n_options;
}

static enum rc
person_prepare(struct build *b, uint32_t person)
{
	enum rc rc = tasks_find(b, person);

	return rc == RC_OK ? trips_find(b, person) : rc;
}

/* ---- all together ---------------------------------------------------------------------------------- */

static enum rc
persons_build(struct arena *spare, struct build *b, struct core *c)
{
	const struct roster_month *m = b->m;
	struct core_person *person = arena_array(spare, m->n_persons, sizeof *person);
	uint32_t *first = arena_array(spare, (size_t)m->n_persons * (m->n_days + 1), sizeof *first);
	enum rc rc = person == NULL || first == NULL ? RC_NO_MEMORY : RC_OK;

	for (uint32_t i = 0; i < m->n_persons && rc == RC_OK; i++) {
		uint32_t *here = first + (size_t)i * (m->n_days + 1);

		rc = person_prepare(b, i);
		if (rc != RC_OK)
			return rc;
		options_put(b, i, here);
		if (b->n_letters > LETTERS_MAX)
			return RC_TOO_LARGE;
		person[i].first = here;
		person[i].n_letters = b->n_letters;
		if (b->option != NULL)
			rc = build_automaton(spare, b, i, &person[i]);
		c->letters_max = person[i].n_letters > c->letters_max ? person[i].n_letters : c->letters_max;
		c->states_max = person[i].n_states > c->states_max ? person[i].n_states : c->states_max;
	}
	c->person = person;
	return rc;
}

enum rc
month_core_new(struct arena *spare, const struct roster_month *m, struct month_core *ret)
{
	struct build *b = ARENA_NEW(spare, struct build);
	enum rc rc = b == NULL ? RC_NO_MEMORY : RC_OK;

	*ret = (struct month_core){ .c = { .n_persons = m->n_persons, .n_days = m->n_days } };
	if (rc != RC_OK)
		return rc;
	b->m = m;
	rc = rows_build(spare, b, &ret->c);
	if (rc == RC_OK)
		rows_pinned(b);
	if (rc == RC_OK)
		rc = persons_build(spare, b, &ret->c);
	if (rc != RC_OK)
		return rc;
	b->option = arena_array(spare, b->n_options + 1, sizeof *b->option);
	b->means = arena_array(spare, b->n_options + 1, sizeof *b->means);
	b->use = arena_array(spare, b->n_uses + 1, sizeof *b->use);
	if (b->option == NULL || b->means == NULL || b->use == NULL)
		return RC_NO_MEMORY;
	b->n_options = b->n_uses = 0;
	rc = persons_build(spare, b, &ret->c);
	ret->c.option = b->option;
	ret->c.use = b->use;
	ret->c.n_options = b->n_options;
	ret->option = b->means;
	return rc;
}
