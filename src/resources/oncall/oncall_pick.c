/* Who is on duty: the opening hours of a point, read for a person.  Pure. */
#include "resources/oncall/oncall.h"

#define LOOK_MS (7 * DAY_MS)
#define STEP_MS INT64_C(1800000)

bool
oncall_is_on(const struct oncall_contact *k, int64_t at_ms, const struct calendar *c)
{
	struct point_hours hours[POINT_HOURS_MAX];
	struct point p = { .opened = k->from, .closed = day_is_none(k->to) ? DAY_NONE : day_add(k->to, 1), .hours = hours };
	struct day day = day_of_moment(at_ms);

	if (k->account_off || day_compare(day, k->from) < 0 || (!day_is_none(k->to) && day_compare(day, k->to) > 0))
		return false;
	if (k->hours.n == 0)
		return true;
	return point_hours_read(k->hours, hours, &p.n_hours) == RC_OK && network_is_open(&p, at_ms, c);
}

struct oncall_now
oncall_pick(const struct oncall_contact *v, size_t n, int64_t at_ms, const struct calendar *c)
{
	struct oncall_now now = { NULL, NULL };

	for (size_t i = 0; i < n && now.next == NULL; i++) {
		if (!oncall_is_on(&v[i], at_ms, c))
			continue;
		if (now.first == NULL)
			now.first = &v[i];
		else
			now.next = &v[i];
	}
	return now;
}

int64_t
oncall_gap(const struct point *p, const struct oncall_contact *v, size_t n, int64_t at_ms, const struct calendar *c)
{
	for (int64_t at = at_ms; at < at_ms + LOOK_MS; at += STEP_MS)
		if (!network_is_open(p, at, c) && oncall_pick(v, n, at, c).first == NULL)
			return at;
	return 0;
}
