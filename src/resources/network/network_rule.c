#include "resources/network/network_rule.h"

#define LOOK_DAYS 30   /* how far ahead the next opening is looked for */
#define CHAIN_DAYS 7   /* open without a break for longer: round the clock */
#define MINUTE_MS INT64_C(60000)

bool
point_is_there(const struct point *p, struct day day)
{
	if (day_is_none(day))
		return day_is_none(p->closed);
	return day_compare(p->opened, day) <= 0 && (day_is_none(p->closed) || day_compare(day, p->closed) < 0);
}

/* Rows of a weekday into ret, by opens. */
static size_t
hours_of(const struct point *p, int weekday, struct opening *ret)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_hours && n < POINT_HOURS_MAX; i++) {
		size_t at = n;

		if (p->hours[i].weekday != weekday)
			continue;
		for (; at > 0 && ret[at - 1].opens > p->hours[i].opens; at--)
			ret[at] = ret[at - 1];
		ret[at] = (struct opening){ p->hours[i].opens, p->hours[i].closes };
		n++;
	}
	return n;
}

static const struct point_exception *
exception_of(const struct point *p, struct day day)
{
	for (size_t i = 0; i < p->n_exceptions; i++)
		if (day_compare(p->exceptions[i].day, day) == 0)
			return &p->exceptions[i];
	return NULL;
}

size_t
point_openings(const struct point *p, struct day day, const struct calendar *c,
    struct opening ret[static POINT_HOURS_MAX])
{
	const struct point_exception *e = exception_of(p, day);
	enum day_kind kind = calendar_kind(c, day);
	int weekday = day_weekday(day);
	size_t n;

	if (!point_is_there(p, day) || (e != NULL && e->opens < 0))
		return 0;
	if (e != NULL) {
		ret[0] = (struct opening){ e->opens, e->closes };
		return 1;
	}
	if (kind == DAY_HOLIDAY || (kind == DAY_REST && weekday < 6)) /* adjusted rest on a weekday */
		return hours_of(p, WEEKDAY_HOLIDAY, ret);
	n = hours_of(p, weekday, ret);
	return n == 0 && kind == DAY_MAKEUP ? hours_of(p, 1, ret) : n;
}

int
point_first_opening(const struct point *p, struct day day, const struct calendar *c)
{
	struct opening v[POINT_HOURS_MAX];

	return point_openings(p, day, c, v) > 0 ? v[0].opens : -1;
}

static int64_t
minute_ms(struct day day, int minute)
{
	return day_start_ms(day) + minute * MINUTE_MS;
}

/* When the opening that holds `end` really ends, touching ones joined; 0 when that is out of sight. */
static int64_t
chain_end(const struct point *p, const struct calendar *c, struct day day, int64_t end)
{
	for (int ahead = 0; ahead <= CHAIN_DAYS; ahead++, day = day_add(day, 1)) {
		struct opening v[POINT_HOURS_MAX];
		size_t n = point_openings(p, day, c, v);

		for (size_t i = 0; i < n; i++)
			if (minute_ms(day, v[i].opens) <= end && minute_ms(day, v[i].closes) > end)
				end = minute_ms(day, v[i].closes);
		if (end < day_start_ms(day_add(day, 1)))
			return end;
	}
	return 0;
}

static int64_t
next_opening(const struct point *p, const struct calendar *c, struct day day, int64_t at_ms)
{
	for (int ahead = 0; ahead <= LOOK_DAYS; ahead++, day = day_add(day, 1)) {
		struct opening v[POINT_HOURS_MAX];
		size_t n = point_openings(p, day, c, v);

		for (size_t i = 0; i < n; i++)
			if (minute_ms(day, v[i].opens) > at_ms)
				return minute_ms(day, v[i].opens);
	}
	return 0;
}

struct point_state
point_state_at(const struct point *p, int64_t at_ms, const struct calendar *c)
{
	struct opening v[POINT_HOURS_MAX];
	struct day day = day_of_moment(at_ms);
	struct point_state s = { .uncertain = !calendar_knows(c, day) };
	size_t n = point_openings(p, day, c, v);

	for (size_t i = 0; i < n && !s.open; i++) {
		s.open = minute_ms(day, v[i].opens) <= at_ms && at_ms < minute_ms(day, v[i].closes);
		if (s.open)
			s.until_ms = chain_end(p, c, day, minute_ms(day, v[i].closes));
	}
	if (!s.open)
		s.next_ms = next_opening(p, c, day, at_ms);
	return s;
}

bool
network_is_open(const struct point *p, int64_t at_ms, const struct calendar *c)
{
	return point_state_at(p, at_ms, c).open;
}

bool
point_hours_are_sound(const struct point_hours *hours, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct point_hours h = hours[i];

		if (h.weekday < 1 || h.weekday > WEEKDAY_HOLIDAY || h.opens < 0 || h.closes > 1440 || h.opens >= h.closes)
			return false;
		for (size_t j = 0; j < i; j++)
			if (hours[j].weekday == h.weekday && hours[j].opens < h.closes && h.opens < hours[j].closes)
				return false;
	}
	return true;
}
