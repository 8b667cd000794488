/* Months for tests. */
#include "engine/roster/roster_stage.h"

#include <stdlib.h>

struct dice { uint64_t s; };

static uint32_t
draw(struct dice *d, uint32_t below)
{
	d->s = d->s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((d->s >> 32) * below >> 32);
}

static uint32_t
days_draw(struct dice *d, uint32_t n_days, uint32_t each)
{
	uint32_t days = 0;

	for (uint32_t k = 0; k < n_days; k++)
		days |= draw(d, 100) < each ? UINT32_C(1) << k : 0;
	return days;
}

static void
places_draw(struct dice *d, struct arena *mem, struct roster_month *m, uint32_t n)
{
	uint16_t *minutes = arena_array(mem, (size_t)n * n, sizeof *minutes);
	int32_t x[16], y[16];

	for (uint32_t k = 0; k < n; k++) {
		x[k] = (int32_t)draw(d, 40);
		y[k] = (int32_t)draw(d, 40);
	}
	for (uint32_t i = 0; minutes != NULL && i < n; i++)
		for (uint32_t j = 0; j < n; j++)
			minutes[i * n + j] = (uint16_t)(abs(x[i] - x[j]) + abs(y[i] - y[j]) + (i > j));
	m->minutes = minutes;
	m->n_places = n;
	m->near = 20 + draw(d, 30);
}

static void
persons_draw(struct dice *d, struct arena *mem, struct roster_month *m)
{
	struct roster_person *p = arena_array(mem, m->n_persons, sizeof *p);

	for (uint32_t i = 0; p != NULL && i < m->n_persons; i++)
		p[i] = (struct roster_person){ .home = i, .away = days_draw(d, m->n_days, 8), .stops_max = 1 + draw(d, 3),
			.day_minutes = 250 + draw(d, 400), .minutes_max = 200 + draw(d, 900), .minutes_share = draw(d, 500),
			.travel_share = draw(d, 150), .shifts_max = draw(d, 3), .weekends_max = draw(d, 3),
			.groups = draw(d, 4) };
	m->person = p;
}

static void
villages_draw(struct dice *d, struct arena *mem, struct roster_month *m)
{
	struct roster_village *v = arena_array(mem, m->n_villages, sizeof *v);
	struct roster_serve *s = arena_array(mem, (size_t)m->n_villages * 2, sizeof *s);

	for (uint32_t k = 0; v != NULL && s != NULL && k < m->n_villages; k++) {
		uint32_t mine = draw(d, m->n_persons);

		v[k] = (struct roster_village){ .place = m->n_persons + k, .town = draw(d, m->n_towns),
			.visits = 1 + (draw(d, 4) == 0), .minutes = 60 + draw(d, 180), .days = days_draw(d, m->n_days, 85),
			.market = days_draw(d, m->n_days, 25), .liked = days_draw(d, m->n_days, 60), .spacing = 1 + draw(d, 2),
			.serve = m->n_serves, .n_serves = 1 };
		s[m->n_serves++] = (struct roster_serve){ mine, 0 };
		if (draw(d, 3) == 0) {
			s[m->n_serves++] = (struct roster_serve){ (mine + 1) % m->n_persons, (int32_t)draw(d, 30) };
			v[k].n_serves++;
			v[k].parts = v[k].visits > 1 || draw(d, 2) == 0;
			v[k].spacing = 1;
		}
	}
	m->village = v;
	m->serve = s;
}

static void
pins_draw(struct dice *d, struct arena *mem, struct roster_month *m)
{
	struct roster_pin *p = arena_array(mem, 2, sizeof *p);

	m->n_pins = draw(d, 5) == 0 ? 1 + draw(d, 2) : 0;
	for (uint32_t k = 0; p != NULL && k < m->n_pins; k++) {
		uint32_t village = draw(d, m->n_villages), window = m->n_windows == 0 ? 0 : draw(d, m->n_windows);

		p[k] = (struct roster_pin){ .kind = ROSTER_PIN_VISIT, .person = m->serve[m->village[village].serve].person,
			.day = draw(d, m->n_days), .what = village };
		if (draw(d, 3) == 0)
			p[k] = (struct roster_pin){ ROSTER_PIN_FREE, draw(d, m->n_persons), p[k].day, 0 };
		else if (m->n_windows > 0 && draw(d, 2) == 0)
			p[k] = (struct roster_pin){ ROSTER_PIN_SEAT, draw(d, m->n_persons), m->window[window].day, window };
	}
	m->pin = p;
}

const struct roster_month *
stage_tiny(struct arena *mem, uint64_t seed)
{
	struct roster_month *m = ARENA_NEW(mem, struct roster_month);
	struct roster_window *w = arena_array(mem, 3, sizeof *w);
	struct roster_town *t = arena_array(mem, 2, sizeof *t);
	struct dice d = { seed * 977 };

	if (m == NULL || w == NULL || t == NULL)
		return NULL;
	m->n_days = 2 + draw(&d, 3);
	m->working = days_draw(&d, m->n_days, 80);
	m->weekend = ~m->working & ((UINT32_C(1) << m->n_days) - 1);
	m->n_persons = 2 + draw(&d, 2);
	m->n_villages = 1 + draw(&d, 3);
	m->n_windows = draw(&d, 3);
	m->n_towns = 1 + draw(&d, 2);
	m->weights = (struct roster_weights){ 1, 200 + (int32_t)draw(&d, 300), 100 + (int32_t)draw(&d, 300),
		(int32_t)draw(&d, 4), (int32_t)draw(&d, 3), (int32_t)draw(&d, 12), (int32_t)draw(&d, 20), (int32_t)draw(&d, 15) };
	places_draw(&d, mem, m, m->n_persons + m->n_villages + 1);
	persons_draw(&d, mem, m);
	villages_draw(&d, mem, m);
	for (uint32_t k = 0; k < m->n_windows; k++)
		w[k] = (struct roster_window){ draw(&d, m->n_days), m->n_places - 1, draw(&d, 2), 120 + draw(&d, 240), 1 };
	for (uint32_t k = 0; k < m->n_towns; k++)
		t[k] = (struct roster_town){ 1 + draw(&d, 2) };
	m->window = w;
	m->town = t;
	pins_draw(&d, mem, m);
	return m;
}

bool
stage_hopeless(const struct roster_month *m, uint32_t slot, uint32_t person, uint32_t day)
{
	uint32_t visits, k, what;

	(void)roster_slots(m, &visits);
	what = roster_slot_of(m, slot, &k);
	if (slot >= visits)
		return m->window[what].day != day || (m->person[person].groups >> m->window[what].group & 1) == 0;
	for (uint32_t j = 0; j < m->village[what].n_serves; j++)
		if (m->serve[m->village[what].serve + j].person == person)
			return (m->village[what].days >> day & 1) == 0;
	return true;
}
