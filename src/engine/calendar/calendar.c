#include "engine/calendar/calendar.h"

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

bool
calendar_knows(const struct calendar *c, struct day d)
{
	int year = day_to_ymd(d).year;

	return year >= c->first_year && year <= c->last_year;
}

enum day_kind
calendar_kind(const struct calendar *c, struct day d)
{
	const struct calendar_entry *e = find_entry(c, d);

	if (e != NULL)
		return e->kind;
	if (!calendar_knows(c, d) && is_fixed_holiday(d))
		return DAY_HOLIDAY;
	return day_weekday(d) >= 6 ? DAY_REST : DAY_WORK;
}

const char *
calendar_name(const struct calendar *c, struct day d)
{
	const struct calendar_entry *e = find_entry(c, d);

	return e == NULL ? NULL : e->name;
}

bool
calendar_is_working(const struct calendar *c, struct day d)
{
	enum day_kind kind = calendar_kind(c, d);

	return kind == DAY_WORK || kind == DAY_MAKEUP || kind == DAY_HALF;
}

struct day
calendar_add_working(const struct calendar *c, struct day d, int n)
{
	if (n > CALENDAR_COUNT_MAX)
		n = CALENDAR_COUNT_MAX;
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
	int n = 0;

	while (n < CALENDAR_COUNT_MAX && !day_is_none(from) && day_compare(from, to) < 0) {
		from = day_add(from, 1);
		n += calendar_is_working(c, from);
	}
	return n;
}

struct day
calendar_roll(const struct calendar *c, struct day d)
{
	while (!day_is_none(d) && !calendar_is_working(c, d))
		d = day_add(d, 1);
	return d;
}
