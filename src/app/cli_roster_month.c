/* A county's month and its plan as text, see cli_roster.h. */
#include "app/cli_roster.h"

#include <inttypes.h>
#include <string.h>

/* ---- out ------------------------------------------------------------------------------------------------ */

static void
villages_put(struct buf *b, const struct roster_month *m)
{
	for (uint32_t k = 0; k < m->n_villages; k++) {
		const struct roster_village *v = &m->village[k];

		buf_printf(b, "village %u %u %u %u %x %x %x %u %u\n", v->place, v->town, v->visits, v->minutes, v->days, v->market,
		    v->liked, v->spacing, v->parts);
		for (uint32_t s = v->serve; s < v->serve + v->n_serves; s++)
			buf_printf(b, "serve %u %d\n", m->serve[s].person, m->serve[s].price);
	}
}

static void
pins_put(struct buf *b, const struct roster_month *m)
{
	static const char *const kinds[] = { "visit", "seat", "free" };

	for (const struct roster_pin *p = m->pin; p < m->pin + m->n_pins; p++)
		buf_printf(b, "pin %s %u %u %u\n", kinds[(int)p->kind], p->person, p->day + 1, p->what);
}

void
cli_roster_month_put(struct buf *b, const struct roster_month *m)
{
	const struct roster_weights *w = &m->weights;

	buf_printf(b, "month %u %x %x %u\nweights %u %d %d %d %d %d %d %d\n", m->n_days, m->working, m->weekend, m->near,
	    w->version, w->open_visit, w->open_seat, w->travel, w->travel_over, w->hours_over, w->weekend, w->disliked);
	buf_printf(b, "places %u\n", m->n_places);
	for (size_t k = 0; k < (size_t)m->n_places * m->n_places; k++)
		buf_printf(b, k % m->n_places == 0 ? "minutes %u" : k % m->n_places == m->n_places - 1 ? " %u\n" : " %u", m->minutes[k]);
	if (m->n_places == 1)
		buf_add(b, TEXT("\n"));
	for (uint32_t t = 0; t < m->n_towns; t++)
		buf_printf(b, "town %u\n", m->town[t].cap);
	for (const struct roster_person *p = m->person; p < m->person + m->n_persons; p++)
		buf_printf(b, "person %u %x %u %u %u %u %u %u %u %" PRIx64 "\n", p->home, p->away, p->stops_max, p->day_minutes,
		    p->minutes_max, p->minutes_share, p->travel_share, p->shifts_max, p->weekends_max, p->groups);
	villages_put(b, m);
	for (const struct roster_window *x = m->window; x < m->window + m->n_windows; x++)
		buf_printf(b, "window %u %u %u %u %u\n", x->day + 1, x->place, x->group, x->minutes, x->need);
	pins_put(b, m);
}

void
cli_roster_plan_put(struct buf *b, const struct roster_month *m, const struct roster_plan *plan)
{
	for (uint32_t s = 0; s < plan->n; s++) {
		bool seat = s >= plan->n_visits;
		uint32_t k, what = roster_slot_of(m, s, &k);

		if (plan->slot[s].person == ROSTER_NOBODY)
			buf_printf(b, "slot %u %s %u %u open\n", s, seat ? "seat" : "visit", what, k);
		else
			buf_printf(b, "slot %u %s %u %u person %u day %u\n", s, seat ? "seat" : "visit", what, k,
			    plan->slot[s].person, plan->slot[s].day + 1);
	}
}

/* ---- in ------------------------------------------------------------------------------------------------- */

static struct text
word_cut(struct text *line)
{
	struct text w;

	*line = text_trim(*line);
	w = text_cut(line, ' ');
	return text_trim(w);
}

static bool
number_cut(struct text *line, uint32_t *ret)
{
	int64_t n;

	if (int64_parse(word_cut(line), 0, UINT32_MAX, &n) != RC_OK)
		return false;
	*ret = (uint32_t)n;
	return true;
}

static bool
hex_cut(struct text *line, uint64_t *ret)
{
	static const char digits[] = "0123456789abcdef";
	struct text w = word_cut(line);

	*ret = 0;
	for (size_t k = 0; k < w.n; k++) {
		const char *at = memchr(digits, w.p[k], 16);

		if (at == NULL)
			return false;
		*ret = *ret << 4 | (uint64_t)(at - digits);
	}
	return w.n > 0 && w.n <= 16;
}

static bool
days_cut(struct text *line, uint32_t *ret)
{
	uint64_t n;

	if (!hex_cut(line, &n) || n >> ROSTER_DAYS_MAX != 0)
		return false;
	*ret = (uint32_t)n;
	return true;
}

static bool
numbers_cut(struct text *line, uint32_t *const *to, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (!number_cut(line, to[k]))
			return false;
	return true;
}
#define NUMBERS(line, ...) numbers_cut((line), (uint32_t *const[]){ __VA_ARGS__ }, \
    sizeof (uint32_t *const[]){ __VA_ARGS__ } / sizeof (uint32_t *))

struct month_rows {
	struct roster_month *m;
	struct roster_person *person;
	struct roster_village *village;
	struct roster_serve *serve;
	struct roster_window *window;
	struct roster_town *town;
	struct roster_pin *pin;
	uint16_t *minutes;
	struct arena *mem;
	uint32_t n_lines, n_minutes;
};

static bool
month_line(struct month_rows *r, struct text *line)
{
	return NUMBERS(line, &r->m->n_days) && days_cut(line, &r->m->working) && days_cut(line, &r->m->weekend) &&
	    NUMBERS(line, &r->m->near);
}

static bool
weights_line(struct month_rows *r, struct text *line)
{
	struct roster_weights *w = &r->m->weights;
	int32_t *const to[] = { &w->open_visit, &w->open_seat, &w->travel, &w->travel_over, &w->hours_over, &w->weekend, &w->disliked };
	uint32_t n;

	if (!number_cut(line, &w->version))
		return false;
	for (size_t k = 0; k < sizeof to / sizeof to[0]; k++) {
		if (!number_cut(line, &n) || n > ROSTER_WEIGHT_MAX)
			return false;
		*to[k] = (int32_t)n;
	}
	return true;
}

static bool
places_line(struct month_rows *r, struct text *line)
{
	if (!number_cut(line, &r->m->n_places) || r->m->n_places > 8000 || r->minutes != NULL)
		return false;
	r->minutes = arena_raw(r->mem, (size_t)r->m->n_places * r->m->n_places, sizeof *r->minutes);
	r->m->minutes = r->minutes;
	return r->minutes != NULL;
}

static bool
minutes_line(struct month_rows *r, struct text *line)
{
	if (r->n_minutes == r->m->n_places)
		return false;
	for (uint32_t k = 0; k < r->m->n_places; k++) {
		uint32_t n;

		if (!number_cut(line, &n) || n > UINT16_MAX)
			return false;
		r->minutes[(size_t)r->n_minutes * r->m->n_places + k] = (uint16_t)n;
	}
	r->n_minutes++;
	return true;
}

static bool
town_line(struct month_rows *r, struct text *line)
{
	return number_cut(line, &r->town[r->m->n_towns++].cap);
}

static bool
person_line(struct month_rows *r, struct text *line)
{
	struct roster_person *p = &r->person[r->m->n_persons++];

	return number_cut(line, &p->home) && days_cut(line, &p->away) && NUMBERS(line, &p->stops_max, &p->day_minutes,
	    &p->minutes_max, &p->minutes_share, &p->travel_share, &p->shifts_max, &p->weekends_max) && hex_cut(line, &p->groups);
}

static bool
village_line(struct month_rows *r, struct text *line)
{
	struct roster_village *v = &r->village[r->m->n_villages++];
	uint32_t parts;

	if (!NUMBERS(line, &v->place, &v->town, &v->visits, &v->minutes) || !days_cut(line, &v->days) ||
	    !days_cut(line, &v->market) || !days_cut(line, &v->liked) || !NUMBERS(line, &v->spacing, &parts) || parts > 1)
		return false;
	v->parts = parts == 1;
	v->serve = r->m->n_serves;
	return true;
}

static bool
serve_line(struct month_rows *r, struct text *line)
{
	struct roster_serve *s = &r->serve[r->m->n_serves];
	uint32_t price;

	if (r->m->n_villages == 0 || !NUMBERS(line, &s->person, &price) || price > ROSTER_WEIGHT_MAX)
		return false;
	s->price = (int32_t)price;
	r->m->n_serves++;
	r->village[r->m->n_villages - 1].n_serves++;
	return true;
}

static bool
window_line(struct month_rows *r, struct text *line)
{
	struct roster_window *w = &r->window[r->m->n_windows++];

	if (!NUMBERS(line, &w->day, &w->place, &w->group, &w->minutes, &w->need))
		return false;
	w->day--;
	return true;
}

static bool
pin_line(struct month_rows *r, struct text *line)
{
	struct roster_pin *p = &r->pin[r->m->n_pins++];
	struct text kind = word_cut(line);

	p->kind = text_equals(kind, TEXT("visit")) ? ROSTER_PIN_VISIT : text_equals(kind, TEXT("seat")) ? ROSTER_PIN_SEAT :
	    ROSTER_PIN_FREE;
	if ((p->kind == ROSTER_PIN_FREE && !text_equals(kind, TEXT("free"))) || !NUMBERS(line, &p->person, &p->day, &p->what))
		return false;
	p->day--;
	return true;
}

static const struct { struct text word; bool (*read)(struct month_rows *r, struct text *line); } lines[] = {
	{ TEXT_INIT("month"), month_line }, { TEXT_INIT("weights"), weights_line }, { TEXT_INIT("places"), places_line },
	{ TEXT_INIT("minutes"), minutes_line }, { TEXT_INIT("town"), town_line }, { TEXT_INIT("person"), person_line },
	{ TEXT_INIT("village"), village_line }, { TEXT_INIT("serve"), serve_line }, { TEXT_INIT("window"), window_line },
	{ TEXT_INIT("pin"), pin_line },
};

static bool
line_read(struct month_rows *r, struct text line)
{
	struct text word = word_cut(&line);

	if (word.n == 0 || word.p[0] == '#')
		return true;
	for (size_t k = 0; k < sizeof lines / sizeof lines[0]; k++)
		if (text_equals(word, lines[k].word))
			return lines[k].read(r, &line) && text_trim(line).n == 0;
	return false;
}

/* Each table has room for as many rows as the file has lines. */
static enum rc
rows_new(struct arena *mem, struct text t, struct roster_month *m, struct month_rows *r)
{
	size_t n = 1;

	for (size_t k = 0; k < t.n; k++)
		n += t.p[k] == '\n';
	*m = (struct roster_month){ .n_days = 0 };
	*r = (struct month_rows){ .m = m, .mem = mem, .person = arena_array(mem, n, sizeof *r->person) };
	r->village = arena_array(mem, n, sizeof *r->village);
	r->serve = arena_array(mem, n, sizeof *r->serve);
	r->window = arena_array(mem, n, sizeof *r->window);
	r->town = arena_array(mem, n, sizeof *r->town);
	r->pin = arena_array(mem, n, sizeof *r->pin);
	if (r->person == NULL || r->village == NULL || r->serve == NULL || r->window == NULL || r->town == NULL || r->pin == NULL)
		return RC_NO_MEMORY;
	m->person = r->person;
	m->village = r->village;
	m->serve = r->serve;
	m->window = r->window;
	m->town = r->town;
	m->pin = r->pin;
	return RC_OK;
}

enum rc
cli_roster_month_read(struct arena *mem, struct text t, struct roster_month *ret, uint32_t *ret_line)
{
	struct month_rows r;
	enum rc rc = rows_new(mem, t, ret, &r);

	for (*ret_line = 1; rc == RC_OK && t.n > 0; ++*ret_line)
		if (!line_read(&r, text_cut(&t, '\n')))
			return RC_INVALID;
	if (rc == RC_OK && r.n_minutes != ret->n_places)
		return RC_INVALID;
	return rc == RC_OK ? roster_month_check(ret) : rc;
}

static bool
slot_read(struct text line, struct roster_plan *plan)
{
	uint32_t slot, what, k, person, day;

	if (!text_equals(word_cut(&line), TEXT("slot")) || !number_cut(&line, &slot) || slot >= plan->n)
		return false;
	(void)word_cut(&line); /* what it is about: for people */
	if (!NUMBERS(&line, &what, &k))
		return false;
	if (text_equals(text_trim(line), TEXT("open")))
		return true;
	if (!text_equals(word_cut(&line), TEXT("person")) || !number_cut(&line, &person) ||
	    !text_equals(word_cut(&line), TEXT("day")) || !number_cut(&line, &day) || day == 0)
		return false;
	plan->slot[slot] = (struct roster_slot){ person, day - 1 };
	return true;
}

enum rc
cli_roster_plan_read(struct arena *mem, struct text t, const struct roster_month *m, struct roster_plan *ret,
    uint32_t *ret_line)
{
	ret->n = roster_slots(m, &ret->n_visits);
	ret->slot = arena_array(mem, ret->n + 1, sizeof *ret->slot);
	if (ret->slot == NULL)
		return RC_NO_MEMORY;
	for (uint32_t k = 0; k < ret->n; k++)
		ret->slot[k] = (struct roster_slot){ ROSTER_NOBODY, 0 };
	for (*ret_line = 1; t.n > 0; ++*ret_line) {
		struct text line = text_trim(text_cut(&t, '\n'));

		if (line.n > 0 && line.p[0] != '#' && !slot_read(line, ret))
			return RC_INVALID;
	}
	return RC_OK;
}
