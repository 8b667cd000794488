/* Months of a city that does not exist. */
#include "engine/roster/roster_synth.h"

#include <stdlib.h>

struct kind { uint32_t away, block, cap, shifts, longer; }; /* per cent, per cent, visits, windows, minutes */
static const struct kind kinds[] = {
	[ROSTER_SYNTH_NORMAL] = { 6, 15, 3, 3, 0 },
	[ROSTER_SYNTH_TIGHT] = { 18, 30, 2, 2, 30 },
	[ROSTER_SYNTH_OVER] = { 40, 50, 1, 1, 60 },
};
static const uint32_t villages_of[ROSTER_SYNTH_COUNTIES] = { 301, 268, 255, 243, 230, 217, 209, 196, 178, 151 };
static const uint32_t persons_of[ROSTER_SYNTH_COUNTIES] = { 100, 90, 85, 81, 77, 72, 70, 65, 60, 50 };

#define VILLAGES_A_TOWN 18u
#define SIDE 400               /* of a county, in 100 m */

struct dice { uint64_t s; };
struct spot { int32_t x, y; };

struct synth {
	struct arena *mem;
	struct dice land, month;   /* what stays, what changes from month to month */
	const struct kind *kind;
	struct roster_month *m;
	struct spot *spot;         /* villages, homes, town centres, the county's centre */
	uint32_t *town, *advisor;  /* of each village */
	struct roster_person *person;
	struct roster_village *village;
	struct roster_serve *serve;
	struct roster_window *window;
	uint32_t first_weekday;
};

static uint32_t
draw(struct dice *d, uint32_t below)
{
	d->s = d->s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((d->s >> 32) * below >> 32);
}

static bool
chance(struct dice *d, uint32_t percent)
{
	return draw(d, 100) < percent;
}

/* ---- the land ---------------------------------------------------------------------------------------- */

static struct spot
spot_near(struct dice *d, struct spot at, uint32_t reach)
{
	return (struct spot){ at.x + (int32_t)draw(d, 2 * reach + 1) - (int32_t)reach,
		at.y + (int32_t)draw(d, 2 * reach + 1) - (int32_t)reach };
}

/* At 40 km/h along a way 1.2 times as far as the two sides together are apart; two minutes to park. */
static uint16_t
drive(struct spot a, struct spot b)
{
	return (uint16_t)((abs(a.x - b.x) + abs(a.y - b.y)) * 12 * 60 / (40 * 100) + 2);
}

static enum rc
land_make(struct synth *s)
{
	struct roster_month *m = s->m;
	uint32_t n = m->n_villages + m->n_persons + m->n_towns + 1;
	uint16_t *minutes = arena_array(s->mem, (size_t)n * n, sizeof *minutes);
	struct spot *centre, *home;

	s->spot = arena_array(s->mem, n, sizeof *s->spot);
	s->town = arena_array(s->mem, m->n_villages, sizeof *s->town);
	s->advisor = arena_array(s->mem, m->n_villages, sizeof *s->advisor);
	if (minutes == NULL || s->spot == NULL || s->town == NULL || s->advisor == NULL)
		return RC_NO_MEMORY;
	home = s->spot + m->n_villages;
	centre = home + m->n_persons;
	centre[m->n_towns] = (struct spot){ SIDE / 2, SIDE / 2 };
	for (uint32_t t = 0; t < m->n_towns; t++)
		centre[t] = (struct spot){ (int32_t)draw(&s->land, SIDE), (int32_t)draw(&s->land, SIDE) };
	for (uint32_t v = 0; v < m->n_villages; v++) {
		s->town[v] = (uint32_t)((uint64_t)v * m->n_towns / m->n_villages);
		s->advisor[v] = (uint32_t)((uint64_t)v * m->n_persons / m->n_villages);
		s->spot[v] = spot_near(&s->land, centre[s->town[v]], 45);
		if (v > 0 && s->advisor[v] == s->advisor[v - 1] && chance(&s->land, 70))
			s->spot[v] = spot_near(&s->land, s->spot[v - 1], 25);
	}
	for (uint32_t i = 0; i < m->n_persons; i++)
		home[i] = spot_near(&s->land, centre[chance(&s->land, 60) ? m->n_towns : draw(&s->land, m->n_towns)], 40);
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = 0; j < n; j++)
			minutes[(size_t)i * n + j] = i == j ? 0 : drive(s->spot[i], s->spot[j]);
	m->minutes = minutes;
	m->n_places = n;
	m->near = 20;
	return RC_OK;
}

/* ---- the month ---------------------------------------------------------------------------------------- */

static void
calendar_make(struct synth *s, uint32_t month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	static const struct { uint8_t month, from, to; } holidays[] = { { 1, 1, 1 }, { 2, 16, 22 }, { 5, 1, 5 }, { 10, 1, 7 } };
	uint32_t passed = 3; /* the first day of the year is a Thursday */

	for (uint32_t k = 1; k < month; k++)
		passed += days[k - 1];
	s->first_weekday = passed % 7;
	s->m->n_days = days[month - 1];
	s->m->working = roster_recurring_days((struct roster_recurring){ .weekdays = 0x1f }, s->m->n_days, s->first_weekday);
	for (size_t k = 0; k < sizeof holidays / sizeof holidays[0]; k++)
		for (uint32_t d = holidays[k].from; holidays[k].month == month && d <= holidays[k].to; d++)
			s->m->working &= ~(UINT32_C(1) << (d - 1));
	s->m->weekend = ~s->m->working & (uint32_t)((UINT64_C(1) << s->m->n_days) - 1);
}

static uint32_t
absence(struct synth *s)
{
	uint32_t away = 0;

	for (uint32_t d = 0; d < s->m->n_days; d++)
		away |= chance(&s->month, s->kind->away) ? UINT32_C(1) << d : 0;
	if (chance(&s->month, s->kind->block)) {
		uint32_t from = draw(&s->month, s->m->n_days), n = 3 + draw(&s->month, 8);

		for (uint32_t d = from; d < from + n && d < s->m->n_days; d++)
			away |= UINT32_C(1) << d;
	}
	return chance(&s->month, 1) ? (uint32_t)((UINT64_C(1) << s->m->n_days) - 1) : away;
}

static void
persons_make(struct synth *s)
{
	for (uint32_t i = 0; i < s->m->n_persons; i++)
		s->person[i] = (struct roster_person){ .home = s->m->n_villages + i, .away = absence(s),
			.stops_max = 2 + draw(&s->land, 2), .day_minutes = 570, .minutes_max = 3000, .travel_share = 240,
			.shifts_max = s->kind->shifts, .weekends_max = 2, .groups = 1 };
	for (uint32_t v = 0; v < s->m->n_villages; v++)
		s->person[s->advisor[v]].groups |= UINT64_C(2) << s->town[v] % 62;
}

static void
serves_make(struct synth *s, uint32_t v)
{
	struct roster_month *m = s->m;
	uint32_t mine = s->advisor[v], away = s->person[mine].away;
	bool long_away = __builtin_popcount(away & m->working) * 3 > __builtin_popcount(m->working) * 2;

	s->serve[m->n_serves++] = (struct roster_serve){ mine, 0 };
	if (long_away || chance(&s->month, 4)) /* stand-ins: neighbours, each village its own */
		s->serve[m->n_serves++] = (struct roster_serve){ (mine + 1 + v % 4) % m->n_persons, 30 };
	if (long_away)
		s->serve[m->n_serves++] = (struct roster_serve){ (mine + m->n_persons - 1 - v % 4) % m->n_persons, 30 };
}

static void
villages_make(struct synth *s)
{
	static const uint32_t lengths[] = { 180, 180, 180, 240, 360, 180, 240 };
	struct roster_month *m = s->m;
	uint32_t all = (uint32_t)((UINT64_C(1) << m->n_days) - 1);

	for (uint32_t v = 0; v < m->n_villages; v++) {
		uint32_t length = lengths[draw(&s->land, 7)], market = draw(&s->land, 5), weekday = draw(&s->land, 5);
		bool busy = chance(&s->land, 8), has_market = chance(&s->land, 25), has_day = chance(&s->land, 60);
		struct roster_village *x = &s->village[v];

		*x = (struct roster_village){ .place = v, .town = s->town[v], .visits = busy ? 2 : 1,
			.minutes = length == 360 ? length : length + s->kind->longer, .days = all, .liked = all, .spacing = 8, .serve = m->n_serves };
		if (has_market)
			x->days = x->market = roster_recurring_days((struct roster_recurring){
			    .ends_in = UINT32_C(0x21) << market }, m->n_days, s->first_weekday);
		else if (has_day)
			x->liked = roster_recurring_days((struct roster_recurring){ .weekdays = UINT32_C(3) << weekday },
			    m->n_days, s->first_weekday);
		serves_make(s, v);
		x->n_serves = m->n_serves - x->serve;
		x->parts = x->n_serves > 1 && x->visits > 1;
	}
}

static void
window_put(struct synth *s, uint32_t day, uint32_t centre, uint32_t group, uint32_t minutes, uint32_t need)
{
	s->window[s->m->n_windows++] = (struct roster_window){ day, s->m->n_villages + s->m->n_persons + centre, group, minutes, need };
}

/* The county's centre: two a working day, one on Saturdays; a town's: one, one day a week. */
static void
windows_make(struct synth *s)
{
	for (uint32_t d = 0; d < s->m->n_days; d++) {
		bool works = (s->m->working >> d & 1) != 0;
		uint32_t weekday = (s->first_weekday + d) % 7;

		if (works)
			window_put(s, d, s->m->n_towns, 0, 420, 2);
		else if (weekday == 5)
			window_put(s, d, s->m->n_towns, 0, 420, 1);
		for (uint32_t t = 0; works && t < s->m->n_towns; t++)
			if (t % 5 == weekday)
				window_put(s, d, t, 1 + t % 62, 240, 1);
	}
}

static void
shares_make(struct synth *s)
{
	struct roster_month *m = s->m;
	uint64_t sum = 0;

	for (uint32_t v = 0; v < m->n_villages; v++)
		sum += (uint64_t)m->village[v].visits * m->village[v].minutes;
	for (uint32_t w = 0; w < m->n_windows; w++)
		sum += (uint64_t)m->window[w].need * m->window[w].minutes;
	for (uint32_t i = 0; i < m->n_persons; i++)
		s->person[i].minutes_share = (uint32_t)(sum / m->n_persons);
}

static enum rc
month_room(struct synth *s)
{
	struct roster_month *m = s->m;
	struct roster_town *town = arena_array(s->mem, m->n_towns, sizeof *town);

	s->person = arena_array(s->mem, m->n_persons, sizeof *s->person);
	s->village = arena_array(s->mem, m->n_villages, sizeof *s->village);
	s->serve = arena_array(s->mem, (size_t)m->n_villages * 3, sizeof *s->serve);
	s->window = arena_array(s->mem, (size_t)ROSTER_DAYS_MAX * (m->n_towns + 1), sizeof *s->window);
	if (town == NULL || s->person == NULL || s->village == NULL || s->serve == NULL || s->window == NULL)
		return RC_NO_MEMORY;
	for (uint32_t t = 0; t < m->n_towns; t++)
		town[t].cap = s->kind->cap;
	m->town = town;
	m->person = s->person;
	m->village = s->village;
	m->serve = s->serve;
	m->window = s->window;
	return RC_OK;
}

enum rc
roster_synth_month(struct arena *mem, uint64_t seed, enum roster_synth_year year, uint32_t county,
    uint32_t month, struct roster_month *ret)
{
	struct synth s = { .mem = mem, .m = ret };
	enum rc rc;

	if (county >= ROSTER_SYNTH_COUNTIES || month < 1 || month > 12 || (int)year < 0 ||
	    (size_t)year >= sizeof kinds / sizeof kinds[0])
		return RC_INVALID;
	s.kind = &kinds[(int)year];
	s.land.s = seed * 1000 + county;
	s.month.s = (seed * 1000 + county) * 100 + month + 50 * ((uint64_t)year + 1);
	(void)draw(&s.land, 2);
	(void)draw(&s.month, 2);
	*ret = (struct roster_month){ .n_persons = persons_of[county], .n_villages = villages_of[county],
		.n_towns = (villages_of[county] + VILLAGES_A_TOWN - 1) / VILLAGES_A_TOWN,
		.weights = { 1, 2000, 1500, 2, 1, 3, 15, 8 } };
	rc = land_make(&s);
	if (rc == RC_OK)
		rc = month_room(&s);
	if (rc != RC_OK)
		return rc;
	calendar_make(&s, month);
	persons_make(&s);
	villages_make(&s);
	windows_make(&s);
	shares_make(&s);
	return RC_OK;
}
