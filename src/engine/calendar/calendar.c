#include "engine/calendar/calendar.h"

#define YEARS_AHEAD 30 /* beyond the last entry: deadlines that reach into years without a table */

struct calendar_index {
	int32_t from, n;            /* day number of slot 0; slots */
	int32_t known_from, known_to; /* days of the years with a table */
	int32_t total;              /* working days in all slots */
	int32_t *before;            /* [n + 1] working days in slots below i */
	int32_t *nth;               /* [total] slot of the k-th working day, k from 0 */
	unsigned char *kind;        /* [n] enum day_kind */
};

static const struct calendar_entry *
find_entry(const struct calendar *c, struct day d)
{
	size_t lo = 0, hi = c->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (c->entries[mid].day.n < d.n)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < c->n && c->entries[lo].day.n == d.n ? &c->entries[lo] : NULL;
}

/* Holidays the decree fixes by date; the others follow the moon or the sun. */
static bool
is_fixed_holiday(struct day d)
{
	struct ymd y = day_to_ymd(d);

	return (y.month == 1 && y.day == 1) || (y.month == 5 && y.day <= 2) ||
	    (y.month == 10 && y.day <= 3);
}

static bool
slot_of(const struct calendar *c, struct day d, int32_t *ret)
{
	int64_t slot;

	if (c->index == NULL)
		return false;
	slot = (int64_t)d.n - c->index->from;
	*ret = (int32_t)slot;
	return slot >= 0 && slot < c->index->n;
}

bool
calendar_knows(const struct calendar *c, struct day d)
{
	int year;

	if (c->index != NULL)
		return d.n >= c->index->known_from && d.n <= c->index->known_to;
	year = day_to_ymd(d).year;
	return year >= c->first_year && year <= c->last_year;
}

static enum day_kind
kind_by_table(const struct calendar *c, struct day d)
{
	const struct calendar_entry *e = find_entry(c, d);

	if (e != NULL)
		return e->kind;
	if (!calendar_knows(c, d) && is_fixed_holiday(d))
		return DAY_HOLIDAY;
	return day_weekday(d) >= 6 ? DAY_REST : DAY_WORK;
}

enum day_kind
calendar_kind(const struct calendar *c, struct day d)
{
	int32_t slot;

	return slot_of(c, d, &slot) ? (enum day_kind)c->index->kind[slot] : kind_by_table(c, d);
}

const char *
calendar_name(const struct calendar *c, struct day d)
{
	const struct calendar_entry *e = find_entry(c, d);

	return e == NULL ? NULL : e->name;
}

static bool
kind_works(enum day_kind kind)
{
	return kind == DAY_WORK || kind == DAY_MAKEUP || kind == DAY_HALF;
}

bool
calendar_is_working(const struct calendar *c, struct day d)
{
	return kind_works(calendar_kind(c, d));
}

/* The n-th working day after slot, n >= 1; false when it lies beyond the slots. */
static bool
index_nth_after(const struct calendar_index *x, int32_t slot, int n, struct day *ret)
{
	int32_t k = x->before[slot + 1] + n - 1;

	if (k >= x->total)
		return false;
	ret->n = x->from + x->nth[k];
	return true;
}

struct day
calendar_add_working(const struct calendar *c, struct day d, int n)
{
	int32_t slot;
	struct day found;

	if (n > CALENDAR_COUNT_MAX)
		n = CALENDAR_COUNT_MAX;
	if (n > 0 && slot_of(c, d, &slot) && index_nth_after(c->index, slot, n, &found))
		return found;
	while (n > 0 && !day_is_none(d)) {
		d = day_add(d, 1);
		if (calendar_is_working(c, d))
			n--;
	}
	return d;
}

int
calendar_working_between(const struct calendar *c, struct day from, struct day to)
{
	int32_t a, b;
	int n = 0;

	if (from.n < to.n && slot_of(c, from, &a) && slot_of(c, to, &b)) {
		n = c->index->before[b + 1] - c->index->before[a + 1];
		return n < CALENDAR_COUNT_MAX ? n : CALENDAR_COUNT_MAX;
	}
	while (n < CALENDAR_COUNT_MAX && !day_is_none(from) && day_compare(from, to) < 0) {
		from = day_add(from, 1);
		n += calendar_is_working(c, from);
	}
	return n;
}

struct day
calendar_roll(const struct calendar *c, struct day d)
{
	int32_t slot;
	struct day found;

	if (slot_of(c, d, &slot) && (kind_works((enum day_kind)c->index->kind[slot]) ||
	    index_nth_after(c->index, slot, 1, &found)))
		return kind_works((enum day_kind)c->index->kind[slot]) ? d : found;
	while (!day_is_none(d) && !calendar_is_working(c, d))
		d = day_add(d, 1);
	return d;
}

/* ---- index ------------------------------------------------------------------------------------- */

/* First and last day of the slots; false when the table is empty or too long. */
static bool
index_span(const struct calendar *c, struct day *ret_first, struct day *ret_last)
{
	int first, last;

	if (c->n == 0)
		return false;
	first = day_to_ymd(c->entries[0].day).year - 1;
	last = day_to_ymd(c->entries[c->n - 1].day).year + YEARS_AHEAD;
	if (last - first > CALENDAR_INDEX_YEARS + YEARS_AHEAD)
		return false;
	return day_from_ymd((struct ymd){ first, 1, 1 }, ret_first) == RC_OK &&
	    day_from_ymd((struct ymd){ last, 12, 31 }, ret_last) == RC_OK;
}

size_t
calendar_index_size(const struct calendar *c)
{
	struct day first, last;
	size_t n;

	if (!index_span(c, &first, &last))
		return 0;
	n = (size_t)(last.n - first.n + 1);
	return sizeof(struct calendar_index) + (n + 1) * sizeof(int32_t) + n * sizeof(int32_t) + n;
}

/* Where years lie outside what day.h holds, no day is known there. */
static void
index_known(struct calendar_index *x, const struct calendar *c)
{
	struct day from = DAY_NONE, to = DAY_NONE;

	x->known_from = 0;
	x->known_to = -1;
	if (c->last_year >= c->first_year && day_from_ymd((struct ymd){ c->first_year, 1, 1 }, &from) == RC_OK &&
	    day_from_ymd((struct ymd){ c->last_year, 12, 31 }, &to) == RC_OK) {
		x->known_from = from.n;
		x->known_to = to.n;
	}
}

void
calendar_index_build(struct calendar *c, void *mem)
{
	struct calendar_index *x = mem;
	struct day first, last;

	c->index = NULL;
	if (mem == NULL || !index_span(c, &first, &last))
		return;
	*x = (struct calendar_index){ .from = first.n, .n = last.n - first.n + 1 };
	x->before = (int32_t *)(x + 1);
	x->nth = x->before + x->n + 1;
	x->kind = (unsigned char *)(x->nth + x->n);
	index_known(x, c);
	for (int32_t i = 0; i < x->n; i++) {
		enum day_kind kind = kind_by_table(c, (struct day){ first.n + i });

		x->kind[i] = (unsigned char)kind;
		x->before[i] = x->total;
		if (kind_works(kind))
			x->nth[x->total++] = i;
	}
	x->before[x->n] = x->total;
	c->index = x;
}
