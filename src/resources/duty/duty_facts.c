/* A month of a county out of the registers. */
#include "resources/duty/duty_month.h"
#include "resources/duty/duty_store.h"

#include "kit/msg/msg.h"
#include "resources/advisor/advisor.h"
#include "resources/circle/circle.h"
#include "resources/circle/circle_city.h"
#include "resources/network/network.h"
#include "standards/holidays/holidays.h"
#include "standards/region/region.h"

#include <string.h>

#define SERVES_MAX (DUTY_VILLAGES_MAX * 4)
#define WINDOWS_MAX 60
#define OPEN_VISIT 4000   /* far above every other price */
#define OPEN_SEAT 2000
#define DAY_MINUTES 480
#define MONTH_MINUTES 9600
#define MORNING (10 * 60) /* open then, or in the afternoon: open that day */
#define AFTERNOON (15 * 60)
#define WEEKS 4
#define WAY_UNKNOWN 60    /* minutes */

struct term { struct day from, to; };
struct serving { uint32_t village; int64_t provider; bool stands_in; };

struct facts {
	struct ctx *ctx;
	struct arena *own;
	const struct duty_plan_new *in;
	struct duty_month *d;
	int64_t set[DUTY_SETTINGS_N];
	const struct division **village;
	uint32_t n;
	struct roster_village *v;
	struct term *term;                 /* of the contract; only its days */
	int *hours;                        /* a month, by contract */
	int64_t *provider;                 /* 0: nobody */
	struct serving *serving;           /* in the order of villages */
	uint32_t n_serving;
	struct duty_window window[WINDOWS_MAX];
	size_t n_windows;
	int64_t *who;
	uint32_t n_who;
	struct place *home;                /* of each person */
	struct roster_person *person;
};

static uint32_t
days_all(const struct facts *f)
{
	return f->d->m.n_days >= 31 ? UINT32_C(0x7fffffff) : (UINT32_C(1) << f->d->m.n_days) - 1;
}

static uint32_t
village_at(const struct facts *f, int64_t code)
{
	for (uint32_t i = 0; i < f->n; i++)
		if (f->village[i]->place.code == code)
			return i;
	return UINT32_MAX;
}

/* ---- villages ------------------------------------------------------------------------------------------------ */

static enum rc
villages_new(struct facts *f)
{
	f->village = arena_array(f->own, DUTY_VILLAGES_MAX, sizeof(struct division *));
	f->v = arena_array(f->own, DUTY_VILLAGES_MAX, sizeof *f->v);
	f->term = arena_array(f->own, DUTY_VILLAGES_MAX, sizeof *f->term);
	f->hours = arena_array(f->own, DUTY_VILLAGES_MAX, sizeof *f->hours);
	f->provider = arena_array(f->own, DUTY_VILLAGES_MAX, sizeof *f->provider);
	f->serving = arena_array(f->own, SERVES_MAX, sizeof *f->serving);
	f->who = arena_array(f->own, DUTY_PEOPLE_MAX, sizeof *f->who);
	f->d->village = arena_array(f->own, DUTY_VILLAGES_MAX, sizeof *f->d->village);
	if (f->village == NULL || f->v == NULL || f->term == NULL || f->hours == NULL || f->provider == NULL || f->serving == NULL ||
	    f->who == NULL || f->d->village == NULL)
		return RC_NO_MEMORY;
	f->n = (uint32_t)region_list(f->in->county, PLACE_VILLAGE, f->d->first, f->village, DUTY_VILLAGES_MAX);
	return f->n > DUTY_VILLAGES_MAX ? RC_TOO_LARGE : RC_OK;
}

static void
contract_set(struct facts *f, const struct advisor_contract *c)
{
	uint32_t i = village_at(f, c->village.code);

	if (i == UINT32_MAX || f->provider[i] != 0)
		return;
	f->provider[i] = c->p.id;
	f->term[i] = (struct term){ c->term.from, c->last };
	f->hours[i] = c->hours;
}

/* Those in force on the first day, and where there is none, on the last. */
static enum rc
contracts_read(struct tx *tx, const struct actor *actor, struct facts *f)
{
	struct day ends[] = { f->d->first, day_add(f->d->first, (int)f->d->m.n_days - 1) };
	struct advisor_contract *v = arena_array(f->own, DUTY_VILLAGES_MAX, sizeof *v);
	size_t n = 0;
	enum rc rc = v == NULL ? RC_NO_MEMORY : RC_OK;

	for (size_t k = 0; rc == RC_OK && k < 2; k++) {
		rc = advisor_on_day(tx, actor, f->in->county, ends[k], (struct place){ 0 }, v, DUTY_VILLAGES_MAX, &n);
		for (size_t i = 0; rc == RC_OK && i < n; i++)
			contract_set(f, &v[i]);
	}
	return rc;
}

/* What a village has said of its own: who, how often, on which days. */
static enum rc
rows_read(struct tx *tx, const struct actor *actor, struct facts *f)
{
	struct place_range r = place_range(f->in->county);
	uint32_t first = (uint32_t)day_weekday(f->d->first) - 1;
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &duty_q[D_VILLAGES], ARGS(db_int(r.lo), db_int(r.hi)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		uint32_t i = village_at(f, rows_int(row, 0));
		struct roster_recurring rule = { (uint32_t)rows_int(row, 4), (uint32_t)rows_int(row, 5), (uint32_t)rows_int(row, 6) };

		if (i == UINT32_MAX)
			continue;
		if (rows_int(row, 1) != 0) {
			f->provider[i] = rows_int(row, 1);
			f->term[i] = (struct term){ DAY_NONE, DAY_NONE };
		}
		f->v[i].visits = (uint32_t)rows_int(row, 2);
		f->v[i].minutes = (uint32_t)rows_int(row, 3);
		f->v[i].days = roster_recurring_days(rule, f->d->m.n_days, first);
		f->v[i].market = rows_int(row, 7) != 0 ? f->v[i].days : 0;
	}
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
stand_ins_read(struct tx *tx, const struct actor *actor, struct facts *f)
{
	struct place_range r = place_range(f->in->county);
	ROWS row = NULL;
	enum rc rc = tx_rows(tx, actor, &duty_q[D_STAND_INS], ARGS(db_int(r.lo), db_int(r.hi), db_int(f->d->first.n),
	    db_int(f->d->first.n + (int)f->d->m.n_days - 1)), &row);
	uint32_t last = UINT32_MAX;

	for (uint32_t i = 0; i < f->n; i++)
		if (f->provider[i] != 0)
			f->serving[f->n_serving++] = (struct serving){ i, f->provider[i], false };
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK) {
		uint32_t i = village_at(f, rows_int(row, 0));

		if (i == UINT32_MAX || i == last || f->provider[i] == 0 || rows_int(row, 1) == f->provider[i] || f->n_serving == SERVES_MAX)
			continue;
		last = i;  /* one a month: who stands in first */
		f->serving[f->n_serving++] = (struct serving){ i, rows_int(row, 1), true };
	}
	return rc == RC_DONE ? RC_OK : rc;
}

/* ---- people ------------------------------------------------------------------------------------------------------ */

static void
who_add(struct facts *f, int64_t provider)
{
	uint32_t at = 0;

	while (at < f->n_who && f->who[at] < provider)
		at++;
	if (f->n_who == DUTY_PEOPLE_MAX || (at < f->n_who && f->who[at] == provider))
		return;
	memmove(&f->who[at + 1 < DUTY_PEOPLE_MAX ? at + 1 : at], &f->who[at], (f->n_who - at) * sizeof *f->who);
	f->who[at] = provider;
	f->n_who++;
}

static enum rc
people_read(struct tx *tx, const struct actor *actor, struct facts *f)
{
	struct place_range r = place_range(f->in->county);
	ROWS row = NULL;
	enum rc rc;

	for (uint32_t i = 0; i < f->n_serving; i++)
		who_add(f, f->serving[i].provider);
	if (f->n_windows == 0)
		return RC_OK;
	rc = tx_rows(tx, actor, &duty_q[D_PEOPLE], ARGS(db_int(r.lo), db_int(r.hi), db_int(DUTY_PEOPLE_MAX)), &row);
	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK)
		who_add(f, rows_int(row, 0));
	return rc == RC_DONE ? RC_OK : rc;
}

static struct day
day_at(const struct rows *row, int col)
{
	return rows_is_null(row, col) ? DAY_NONE : (struct day){ (int32_t)rows_int(row, col) };
}

/* Licence, leave and profession say on which days nothing may be asked (S171: a lawyer or a legal worker). */
static enum rc
person_read(struct tx *tx, const struct actor *actor, struct facts *f, uint32_t i)
{
	struct roster_person *p = &f->person[i];
	struct place_range r = place_range(f->in->county);
	ROWS row = NULL;
	enum rc rc = tx_one(tx, actor, &duty_q[D_PERSON], ARGS(db_int(f->who[i])), &row);

	if (rc != RC_OK)
		return rc;
	f->d->who[i] = (struct duty_who){ f->who[i], 0, arena_text(f->own, rows_text(row, 0)) };
	p->away = days_all(f) & ~duty_days(f->d, day_at(row, 2), day_at(row, 3));
	if (!rows_is_null(row, 4))
		p->away |= duty_days(f->d, day_at(row, 4), day_at(row, 5));
	if ((rows_int(row, 1) != 1 && rows_int(row, 1) != 2) || rows_int(row, 6) == 0 || rows_int(row, 7) == 0)
		p->away = days_all(f);
	f->home[i].code = rows_int(row, 9) != 0 ? rows_int(row, 9) : rows_int(row, 8);
	p->groups = place_range_has(r, (struct place){ rows_int(row, 8) });
	p->stops_max = (uint32_t)f->set[DUTY_STOPS];
	p->day_minutes = DAY_MINUTES;
	p->minutes_max = MONTH_MINUTES;
	p->shifts_max = (uint32_t)f->set[DUTY_SHIFTS];
	p->weekends_max = (uint32_t)f->set[DUTY_WEEKENDS];
	return RC_OK;
}

static void
away_add(struct facts *f, int64_t provider, uint32_t days)
{
	uint32_t i = duty_who_at(f->d, provider);

	if (i != ROSTER_NOBODY)
		f->person[i].away |= days;
}

/* Days away, and days that another county has already. */
static enum rc
away_read(struct tx *tx, const struct actor *actor, struct facts *f)
{
	struct day last = day_add(f->d->first, (int)f->d->m.n_days - 1);
	ROWS row = NULL;
	ROWS busy = NULL;
	enum rc rc = tx_rows(tx, actor, &duty_q[D_AWAYS_COUNTY], ARGS(db_int(f->d->first.n), db_int(last.n)), &row);

	while (rc == RC_OK && (rc = rows_next(row)) == RC_OK)
		away_add(f, rows_int(row, 0), duty_days(f->d, day_at(row, 1), day_at(row, 2)));
	if (rc == RC_DONE)
		rc = tx_rows(tx, actor, &duty_q[D_BUSY], ARGS(db_int(f->d->first.n), db_int(last.n), db_int(f->in->county.code)), &busy);
	while (rc == RC_OK && (rc = rows_next(busy)) == RC_OK)
		away_add(f, rows_int(busy, 0), duty_days(f->d, day_at(busy, 1), day_at(busy, 1)));
	return rc == RC_DONE ? RC_OK : rc;
}

static enum rc
persons_make(struct tx *tx, const struct actor *actor, struct facts *f)
{
	enum rc rc = people_read(tx, actor, f);

	f->person = arena_array(f->own, f->n_who + 1, sizeof *f->person);
	f->home = arena_array(f->own, f->n_who + 1, sizeof *f->home);
	f->d->who = arena_array(f->own, f->n_who + 1, sizeof *f->d->who);
	f->d->m.person = f->person;
	f->d->m.n_persons = f->n_who;
	if (f->person == NULL || f->home == NULL || f->d->who == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; rc == RC_OK && i < f->n_who; i++)
		rc = person_read(tx, actor, f, i);
	return rc == RC_OK ? away_read(tx, actor, f) : rc;
}

/* ---- pins: one of people or places that are not there any more is told, not passed over -------------------------------- */

static enum rc
pins_make(struct tx *tx, const struct actor *actor, struct facts *f)
{
	struct duty_pin *v = arena_array(f->own, DUTY_PINS_MAX, sizeof *v);
	struct roster_pin *pin = arena_array(f->own, DUTY_PINS_MAX, sizeof *pin);
	struct duty_month *d = f->d;
	size_t n = 0;
	enum rc rc;

	d->pin = arena_array(f->own, DUTY_PINS_MAX, sizeof *d->pin);
	if (v == NULL || pin == NULL || d->pin == NULL)
		return RC_NO_MEMORY;
	rc = duty_pins(tx, actor, f->in->county, f->in->month, v, DUTY_PINS_MAX, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct roster_pin p = { v[i].kind, duty_who_at(d, v[i].provider), (uint32_t)(v[i].day.n - d->first.n), 0 };

		if (v[i].kind == ROSTER_PIN_VISIT)
			p.what = village_at(f, v[i].place.code);
		if (v[i].kind == ROSTER_PIN_SEAT) {
			for (p.what = 0; p.what < d->m.n_windows; p.what++)
				if (d->window[p.what].point == v[i].point && d->m.window[p.what].day == p.day)
					break;
			p.what = p.what < d->m.n_windows ? p.what : UINT32_MAX;
		}
		if (p.person == ROSTER_NOBODY || p.day >= d->m.n_days || p.what == UINT32_MAX) {
			d->pin_lost = v[i].id;
			continue;
		}
		d->pin[d->m.n_pins] = v[i].id;
		pin[d->m.n_pins++] = p;
	}
	d->m.pin = pin;
	return rc;
}

/* ---- what is open when -------------------------------------------------------------------------------------------------- */

static bool
point_opens(const struct point *p, struct day d)
{
	const struct calendar *c = holidays_current();

	return network_is_open(p, day_start_ms(d) + MORNING * 60000, c) || network_is_open(p, day_start_ms(d) + AFTERNOON * 60000, c);
}

/* A station without hours says nothing of its days. */
static uint32_t
open_days(const struct facts *f, const struct point *p)
{
	uint32_t bits = 0;

	if (p->n_hours == 0)
		return days_all(f);
	for (uint32_t k = 0; k < f->d->m.n_days; k++)
		if (point_opens(p, day_add(f->d->first, (int)k)))
			bits |= UINT32_C(1) << k;
	return bits;
}

static void
minutes_set(struct facts *f, uint32_t i)
{
	struct roster_village *v = &f->v[i];
	int64_t most = f->set[DUTY_VISIT_MINUTES], by = f->hours[i] > 0 ? (int64_t)f->hours[i] * 60 / v->visits : most;

	if (v->minutes == 0)
		v->minutes = (uint32_t)(by < most ? by : most);
}

/* Villages without a wish take turns at the weeks of a month, two neighbours together, so that not all come at its end. */
static uint32_t
week_of(const struct facts *f, uint32_t i)
{
	uint32_t week = i / 2 % WEEKS, n = f->d->m.n_days;

	return days_all(f) & ~((UINT32_C(1) << week * n / WEEKS) - 1) & (uint32_t)((UINT64_C(1) << (week + 1) * n / WEEKS) - 1);
}

static enum rc
villages_make(struct facts *f)
{
	struct duty_month *d = f->d;
	struct roster_town *town = arena_array(f->own, f->n + 1, sizeof *town);
	int64_t last = 0;

	if (town == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < f->n; i++) {
		struct roster_village *v = &f->v[i];
		int64_t code = place_up(f->village[i]->place, PLACE_TOWN).code;
		bool own = v->visits > 0;
		struct point p;
		enum rc rc = network_serving(f->ctx, f->village[i]->place, d->first, &p);

		if (rc != RC_OK && rc != RC_NOT_FOUND)
			return rc;
		if (d->m.n_towns == 0 || code != last)
			town[d->m.n_towns++].cap = (uint32_t)f->set[DUTY_TOWN_CAP];
		last = code;
		v->place = i;
		v->town = d->m.n_towns - 1;
		v->visits = own ? v->visits : (uint32_t)f->set[DUTY_VISITS];
		v->days = own ? v->days : days_all(f);
		if (rc == RC_OK && p.kind == POINT_STATION)
			v->days &= open_days(f, &p) | v->market;
		v->days &= f->provider[i] == 0 ? days_all(f) : duty_days(f->d, f->term[i].from, f->term[i].to);
		v->market &= v->days;
		v->liked = own ? days_all(f) : week_of(f, i);
		v->spacing = v->visits > 1 ? d->m.n_days / (v->visits * 2) : 1;
		minutes_set(f, i);
		d->village[i] = (struct duty_where){ f->village[i]->place, rc == RC_OK && p.kind == POINT_STATION ? p.id : 0 };
	}
	d->m.village = f->v;
	d->m.n_villages = f->n;
	d->m.town = town;
	return RC_OK;
}

static enum rc
serves_make(struct facts *f)
{
	struct roster_serve *serve = arena_array(f->own, f->n_serving + 1, sizeof *serve);
	struct duty_month *d = f->d;

	if (serve == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < f->n; i++) {
		f->v[i].serve = d->m.n_serves;
		for (uint32_t k = 0; k < f->n_serving; k++)
			if (f->serving[k].village == i)
				serve[d->m.n_serves++] = (struct roster_serve){ duty_who_at(d, f->serving[k].provider),
					f->serving[k].stands_in ? d->stand_in : 0 };
		f->v[i].n_serves = d->m.n_serves - f->v[i].serve;
	}
	d->m.serve = serve;
	return RC_OK;
}

/* Every window on its weekdays, when the centre is open. */
static enum rc
windows_make(struct facts *f, struct point *at)
{
	struct duty_month *d = f->d;
	struct roster_window *w = arena_array(f->own, f->n_windows * ROSTER_DAYS_MAX + 1, sizeof *w);

	d->window = arena_array(f->own, f->n_windows * ROSTER_DAYS_MAX + 1, sizeof *d->window);
	if (w == NULL || d->window == NULL)
		return RC_NO_MEMORY;
	for (uint32_t day = 0; day < d->m.n_days; day++)
		for (size_t i = 0; i < f->n_windows; i++) {
			const struct duty_window *x = &f->window[i];
			struct day on = day_add(d->first, (int)day);

			if ((x->weekdays >> (day_weekday(on) - 1) & 1) == 0 || !point_opens(&at[i], on))
				continue;
			d->window[d->m.n_windows] = (struct duty_where){ at[i].place, at[i].id };
			w[d->m.n_windows++] = (struct roster_window){ day, f->n + f->n_who + (uint32_t)i, 0, (uint32_t)x->minutes, (uint32_t)x->need };
		}
	d->m.window = w;
	return RC_OK;
}

/* ---- ways ------------------------------------------------------------------------------------------------------------------ */

static uint16_t
way_est(struct geo a, struct geo b)
{
	struct route_point p, q;
	uint32_t ms;

	if (!circle_position(a, &p) || !circle_position(b, &q))
		return WAY_UNKNOWN;
	ms = circle_est(p, q, circle_est_speed(ROUTE_CAR)).middle_ms;
	return (uint16_t)(ms / 60000 < 600 ? (ms + 59999) / 60000 : 600);
}

/* Over the network where there is one: from every village to every place, and the same way back. */
static enum rc
ways_network(struct facts *f, const struct geo *at, uint16_t *way)
{
	uint32_t n = f->d->m.n_places;
	struct route_point *to = arena_array(f->own, n + 1, sizeof *to);
	struct route_matrix m;
	CIRCLE_CITY city = NULL;
	enum rc rc = to == NULL ? RC_NO_MEMORY : circle_city_hold(f->ctx, &city);

	f->d->est = circle_provider_now().est;
	if (rc != RC_OK || f->d->est)
		return rc;
	for (uint32_t i = 0; i < n; i++)
		if (!circle_position(at[i], &to[i]))
			to[i] = (struct route_point){ 0, 0 };
	rc = circle_times(f->own, city, ROUTE_CAR, to, n, CIRCLE_MINUTES_MAX, &m);
	for (uint32_t i = 0; rc == RC_OK && i < f->n; i++) {
		uint32_t row = circle_city_village(city, f->village[i]->place);

		for (uint32_t k = 0; row != ROUTE_NONE && k < m.row[row].n; k++) {
			struct route_pair p = m.row[row].v[k];

			way[i * n + p.to] = (uint16_t)((p.ms + 59999) / 60000);
			if (p.to >= f->n)
				way[p.to * n + i] = way[i * n + p.to];
		}
	}
	return rc;
}

static enum rc
ways_make(struct facts *f, const struct point *windows)
{
	struct duty_month *d = f->d;
	uint32_t n = f->n + f->n_who + (uint32_t)f->n_windows;
	struct geo *at = arena_array(f->own, n + 1, sizeof *at);
	uint16_t *way = arena_array(f->own, (size_t)n * n + 1, sizeof *way);

	if (at == NULL || way == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++) {
		const struct division *home = i < f->n || i >= f->n + f->n_who ? NULL : region_find(f->home[i - f->n], DAY_NONE);

		at[i] = i < f->n ? f->village[i]->position : i >= f->n + f->n_who ? windows[i - f->n - f->n_who].position :
		    home != NULL ? home->position : (struct geo){ 0, 0, GEO_UNKNOWN };
	}
	d->m.n_places = n;
	d->m.minutes = way;
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = 0; k < n; k++)
			way[i * n + k] = i == k ? 0 : way_est(at[i], at[k]);
	return ways_network(f, at, way);
}

/* ---- the whole ----------------------------------------------------------------------------------------------------------------- */

/* A fair share of the hours and of the ways: what everybody has when all is spread evenly. */
static void
shares_set(struct facts *f)
{
	uint64_t minutes = 0, travel = 0;
	uint32_t n = f->d->m.n_places;

	for (uint32_t i = 0; i < f->n; i++) {
		const struct roster_village *v = &f->v[i];

		if (v->n_serves == 0)
			continue;
		minutes += (uint64_t)v->visits * v->minutes;
		travel += (uint64_t)v->visits * 2 * f->d->m.minutes[(f->n + f->d->m.serve[v->serve].person) * n + i];
	}
	for (uint32_t i = 0; i < f->n_who; i++) {
		f->person[i].home = f->n + i;
		f->person[i].minutes_share = (uint32_t)(minutes / f->n_who < MONTH_MINUTES ? minutes / f->n_who : MONTH_MINUTES);
		f->person[i].travel_share = (uint32_t)(travel / f->n_who < MONTH_MINUTES ? travel / f->n_who : MONTH_MINUTES);
	}
}

static enum rc
facts_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct facts *f = argument;
	struct roster_weights *w = &f->d->m.weights;
	int64_t version = 0;
	enum rc rc = RC_OK;

	for (int i = 0; rc == RC_OK && i < DUTY_SETTINGS_N; i++)
		rc = setting_read(tx, actor, &duty_settings[i], &f->set[i]);
	if (rc == RC_OK)
		rc = tx_int(tx, actor, &duty_q[D_WEIGHTS], ARGS(db_text(TEXT(DUTY_WEIGHT_HEAD))), &version);
	*w = (struct roster_weights){ .version = (uint32_t)version + 1, .open_visit = OPEN_VISIT, .open_seat = OPEN_SEAT,
		.travel = (int32_t)f->set[DUTY_W_TRAVEL], .travel_over = (int32_t)f->set[DUTY_W_TRAVEL_OVER],
		.hours_over = (int32_t)f->set[DUTY_W_HOURS_OVER], .weekend = (int32_t)f->set[DUTY_W_WEEKEND], .disliked = (int32_t)f->set[DUTY_W_DISLIKED] };
	f->d->stand_in = (int32_t)f->set[DUTY_W_STAND_IN];
	f->d->m.near = (uint32_t)f->set[DUTY_NEAR];
	if (rc == RC_OK)
		rc = contracts_read(tx, actor, f);
	if (rc == RC_OK)
		rc = rows_read(tx, actor, f);
	if (rc == RC_OK)
		rc = stand_ins_read(tx, actor, f);
	if (rc == RC_OK)
		rc = duty_windows(tx, actor, f->in->county, f->window, WINDOWS_MAX, &f->n_windows);
	return rc == RC_OK ? persons_make(tx, actor, f) : rc;
}

static enum rc
pins_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	return pins_make(tx, actor, argument);
}

static void
calendar_set(struct duty_month *d)
{
	const struct calendar *c = holidays_current();

	d->calendar = calendar_knows(c, d->first);
	for (uint32_t k = 0; k < d->m.n_days; k++)
		if (calendar_is_working(c, day_add(d->first, (int)k)))
			d->m.working |= UINT32_C(1) << k;
		else
			d->m.weekend |= UINT32_C(1) << k;
}

enum rc
duty_facts(struct ctx *ctx, struct arena *own, const struct duty_plan_new *in, struct findings *findings, struct duty_month *ret)
{
	struct ctx mine = *ctx;
	struct facts *f = ARENA_NEW(own, struct facts);
	struct point *at = arena_array(own, WINDOWS_MAX, sizeof *at);
	enum rc rc;

	*ret = (struct duty_month){ .county = in->county, .month = in->month };
	if (f == NULL || at == NULL)
		return RC_NO_MEMORY;
	mine.mem = own;
	f->ctx = &mine;
	f->own = own;
	f->in = in;
	f->d = ret;
	rc = duty_month_days(in->month, &ret->first, &ret->m.n_days);
	if (rc == RC_OK)
		rc = villages_new(f);
	if (rc != RC_OK)
		return rc;
	calendar_set(ret);
	rc = db_read(&mine, facts_tx, f);
	for (size_t i = 0; rc == RC_OK && i < f->n_windows; i++)
		rc = network_find(&mine, f->window[i].point, &at[i]);
	if (rc == RC_OK && (f->n == 0 || f->n_who == 0)) {
		findings_add(findings, "", T("这个县（市、区）还没有人可以排：先登记法律顾问合同，或者给村（社区）指定值班人"), 0);
		return RC_INVALID;
	}
	if (rc == RC_OK)
		rc = villages_make(f);
	if (rc == RC_OK)
		rc = serves_make(f);
	if (rc == RC_OK)
		rc = windows_make(f, at);
	if (rc == RC_OK)
		rc = ways_make(f, at);
	if (rc != RC_OK)
		return rc;
	shares_set(f);
	return db_read(&mine, pins_tx, f);
}
