/* A month as bytes: one walk that writes or reads, so that the two can't differ. */
#include "resources/duty/duty_month.h"

#include <string.h>

#define FORM 1u
#define BYTES_MAX ((size_t)16 << 20)

struct pack {
	struct arena *mem;
	bool reads;
	unsigned char *p;
	size_t n, cap;
	enum rc rc;
};

static void
byte_put(struct pack *k, unsigned char b)
{
	if (k->n == k->cap)
		k->rc = RC_TOO_LARGE;
	else
		k->p[k->n++] = b;
}

static void
num_put(struct pack *k, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		byte_put(k, (unsigned char)(v | 0x80));
	byte_put(k, (unsigned char)v);
}

static uint64_t
num_get(struct pack *k)
{
	uint64_t v = 0;

	for (unsigned shift = 0; shift < 64; shift += 7) {
		unsigned char b = k->n < k->cap ? k->p[k->n++] : 0x80;

		v |= (uint64_t)(b & 0x7f) << shift;
		if (b < 0x80)
			return v;
	}
	k->rc = RC_CORRUPT;
	return 0;
}

static void
num64(struct pack *k, uint64_t *v)
{
	if (k->reads)
		*v = num_get(k);
	else
		num_put(k, *v);
}

static void
num(struct pack *k, uint32_t *v)
{
	uint64_t wide = *v;

	num64(k, &wide);
	if (wide > UINT32_MAX)
		k->rc = RC_CORRUPT;
	*v = (uint32_t)wide;
}

/* Prices and ids: never below 0. */
static void
price(struct pack *k, int32_t *v)
{
	uint32_t u = (uint32_t)*v;

	num(k, &u);
	*v = (int32_t)u;
}

static void
id(struct pack *k, int64_t *v)
{
	uint64_t u = (uint64_t)*v;

	num64(k, &u);
	*v = (int64_t)u;
}

/* An array of the month: as it is, or new. */
static void *
array(struct pack *k, const void *v, uint32_t n, uint32_t most, size_t size)
{
	void *copy;

	if (n > most)
		k->rc = RC_CORRUPT;
	copy = k->rc == RC_OK ? arena_array(k->mem, (size_t)n + 1, size) : NULL;
	if (copy == NULL) {
		k->rc = k->rc == RC_OK ? RC_NO_MEMORY : k->rc;
		return NULL;
	}
	if (!k->reads && n > 0)
		memcpy(copy, v, n * size);
	return copy;
}

#define ARRAY(k, v, n, most) array(k, v, n, most, sizeof *(v))
#define EACH(i, v, n) uint32_t i = 0; (v) != NULL && i < (n); i++

static void
head(struct pack *k, struct duty_month *d)
{
	struct roster_month *m = &d->m;
	struct roster_weights *w = &m->weights;
	uint32_t form = FORM, flags = (uint32_t)d->calendar | (uint32_t)d->est << 1, month = (uint32_t)d->month, first = (uint32_t)d->first.n;
	uint32_t *v[] = { &form, &flags, &month, &first, &m->n_days, &m->working, &m->weekend, &m->n_persons, &m->n_villages, &m->n_serves,
		&m->n_windows, &m->n_towns, &m->n_pins, &m->n_places, &m->near, &w->version };
	int32_t *prices[] = { &w->open_visit, &w->open_seat, &w->travel, &w->travel_over, &w->hours_over, &w->weekend, &w->disliked,
		&d->stand_in };

	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		num(k, v[i]);
	for (size_t i = 0; i < sizeof prices / sizeof prices[0]; i++)
		price(k, prices[i]);
	id(k, &d->county.code);
	if (form != FORM)
		k->rc = RC_CORRUPT;
	d->calendar = (flags & 1) != 0;
	d->est = (flags & 2) != 0;
	d->month = (int)month;
	d->first.n = (int32_t)first;
}

static void
persons(struct pack *k, struct duty_month *d)
{
	struct roster_person *p = ARRAY(k, d->m.person, d->m.n_persons, ROSTER_PERSONS_MAX);
	struct duty_who *who = ARRAY(k, d->who, d->m.n_persons, ROSTER_PERSONS_MAX);

	for (EACH(i, who, d->m.n_persons)) {
		uint32_t *v[] = { &p[i].home, &p[i].away, &p[i].stops_max, &p[i].day_minutes, &p[i].minutes_max, &p[i].minutes_share,
			&p[i].travel_share, &p[i].shifts_max, &p[i].weekends_max };

		id(k, &who[i].id);
		for (size_t j = 0; j < sizeof v / sizeof v[0]; j++)
			num(k, v[j]);
		num64(k, &p[i].groups);
	}
	d->m.person = p;
	d->who = who;
}

static void
villages(struct pack *k, struct duty_month *d)
{
	struct roster_village *p = ARRAY(k, d->m.village, d->m.n_villages, ROSTER_VILLAGES_MAX);
	struct duty_where *at = ARRAY(k, d->village, d->m.n_villages, ROSTER_VILLAGES_MAX);

	for (EACH(i, at, d->m.n_villages)) {
		uint32_t *v[] = { &p[i].place, &p[i].town, &p[i].visits, &p[i].minutes, &p[i].days, &p[i].market, &p[i].liked, &p[i].spacing,
			&p[i].serve, &p[i].n_serves };

		id(k, &at[i].place.code);
		id(k, &at[i].point);
		for (size_t j = 0; j < sizeof v / sizeof v[0]; j++)
			num(k, v[j]);
	}
	d->m.village = p;
	d->village = at;
}

static void
windows(struct pack *k, struct duty_month *d)
{
	struct roster_window *p = ARRAY(k, d->m.window, d->m.n_windows, ROSTER_WINDOWS_MAX);
	struct duty_where *at = ARRAY(k, d->window, d->m.n_windows, ROSTER_WINDOWS_MAX);

	for (EACH(i, at, d->m.n_windows)) {
		id(k, &at[i].place.code);
		id(k, &at[i].point);
		num(k, &p[i].day);
		num(k, &p[i].place);
		num(k, &p[i].group);
		num(k, &p[i].minutes);
		num(k, &p[i].need);
	}
	d->m.window = p;
	d->window = at;
}

static void
lists(struct pack *k, struct duty_month *d)
{
	struct roster_serve *serve = ARRAY(k, d->m.serve, d->m.n_serves, ROSTER_VILLAGES_MAX * 8);
	struct roster_town *town = ARRAY(k, d->m.town, d->m.n_towns, ROSTER_VILLAGES_MAX);
	struct roster_pin *pin = ARRAY(k, d->m.pin, d->m.n_pins, DUTY_PINS_MAX);
	int64_t *pins = ARRAY(k, d->pin, d->m.n_pins, DUTY_PINS_MAX);

	for (EACH(i, serve, d->m.n_serves)) {
		num(k, &serve[i].person);
		price(k, &serve[i].price);
	}
	for (EACH(i, town, d->m.n_towns))
		num(k, &town[i].cap);
	for (EACH(i, pins, d->m.n_pins)) {
		uint32_t kind = (uint32_t)pin[i].kind;

		id(k, &pins[i]);
		num(k, &kind);
		pin[i].kind = (enum roster_pin_kind)kind;
		num(k, &pin[i].person);
		num(k, &pin[i].day);
		num(k, &pin[i].what);
	}
	d->m.serve = serve;
	d->m.town = town;
	d->m.pin = pin;
	d->pin = pins;
}

static void
ways(struct pack *k, struct duty_month *d)
{
	uint32_t side = d->m.n_places, most = DUTY_VILLAGES_MAX + DUTY_PEOPLE_MAX + ROSTER_WINDOWS_MAX;
	uint16_t *way = side > most ? NULL : ARRAY(k, d->m.minutes, side * side, most * most);

	if (way == NULL)
		k->rc = k->rc == RC_OK ? RC_CORRUPT : k->rc;
	for (EACH(i, way, side * side)) {
		uint32_t one = way[i];

		num(k, &one);
		way[i] = (uint16_t)one;
	}
	d->m.minutes = way;
}

static enum rc
walk(struct pack *k, struct duty_month *d)
{
	head(k, d);
	if (k->rc == RC_OK)
		persons(k, d);
	if (k->rc == RC_OK)
		villages(k, d);
	if (k->rc == RC_OK)
		windows(k, d);
	if (k->rc == RC_OK)
		lists(k, d);
	if (k->rc == RC_OK)
		ways(k, d);
	return k->rc;
}

enum rc
duty_pack(struct arena *mem, const struct duty_month *m, struct text *ret)
{
	struct duty_month copy = *m;
	size_t cap = (size_t)m->m.n_places * m->m.n_places * 3 + (size_t)64 * (m->m.n_persons + m->m.n_villages + m->m.n_windows + m->m.n_serves +
	    m->m.n_pins + m->m.n_towns) + 512;
	struct pack k = { .mem = mem, .cap = cap, .p = cap > BYTES_MAX ? NULL : arena_raw(mem, cap, 1) };
	enum rc rc = k.p == NULL ? RC_NO_MEMORY : walk(&k, &copy);

	if (rc == RC_OK)
		*ret = (struct text){ (const char *)k.p, k.n };
	return rc;
}

enum rc
duty_unpack(struct arena *mem, struct text t, struct duty_month *ret)
{
	unsigned char *bytes = t.n > BYTES_MAX ? NULL : arena_raw(mem, t.n + 1, 1);
	struct pack k = { .mem = mem, .reads = true, .p = bytes, .cap = t.n };
	enum rc rc;

	*ret = (struct duty_month){ .month = 0 };
	if (bytes == NULL)
		return RC_NO_MEMORY;
	memcpy(bytes, t.p, t.n);
	rc = walk(&k, ret);
	if (rc == RC_OK && (k.n != k.cap || roster_month_check(&ret->m) != RC_OK))
		rc = RC_CORRUPT;
	return rc;
}

uint32_t
duty_who_at(const struct duty_month *m, int64_t provider)
{
	for (uint32_t i = 0; i < m->m.n_persons; i++)
		if (m->who[i].id == provider)
			return i;
	return ROSTER_NOBODY;
}
