#include "operations/supervise/supervise_rule.h"

/* ---- steps ------------------------------------------------------------------------------------------- */

struct supervise_rules
supervise_rules_default(void)
{
	return (struct supervise_rules){ .from_ms = 0, .v = {
		[SUPERVISE_WARNING] = { .count = 1, .unit = CLOCK_WORKDAY },
		[SUPERVISE_REMINDER] = { .count = 4, .unit = CLOCK_WORKHOUR },
		[SUPERVISE_ORDER] = { .count = 0, .unit = CLOCK_WORKHOUR, .reply_count = 2, .reply_unit = CLOCK_WORKDAY,
			.night = true },
		[SUPERVISE_DIRECTOR] = { .count = 0, .unit = CLOCK_WORKHOUR, .reply_count = 1, .reply_unit = CLOCK_WORKDAY,
			.night = true },
		[SUPERVISE_BUREAU] = { .count = 0, .unit = CLOCK_WORKHOUR },
		[SUPERVISE_AGAIN] = { .count = 2, .unit = CLOCK_WORKDAY, .most = 3 }, /* as long as an order has for its reply */
	} };
}

bool
supervise_has_rule(enum supervise_step s)
{
	return s > SUPERVISE_NONE && s < SUPERVISE_RULES && s != SUPERVISE_NO_CLOCK;
}

bool
supervise_is_ahead(enum supervise_step s)
{
	return s == SUPERVISE_WARNING || s == SUPERVISE_REMINDER;
}

int64_t
supervise_after(const struct calendar *c, int count, enum clock_unit unit, int64_t at_ms)
{
	if (count <= 0)
		return at_ms;
	return clock_due(c, (struct clock_rule){ .count = count, .unit = unit }, at_ms, NULL, 0, at_ms).due_ms;
}

/*
 * A clock counts forward only, and need not do more: a deadline is n units away or less when n units counted from
 * now reach it.
 */
int64_t
supervise_reach(const struct supervise_rules *rules, enum supervise_step s, const struct calendar *c, int64_t now_ms)
{
	if (!supervise_is_ahead(s))
		return now_ms - 1;
	return supervise_after(c, rules->v[s].count, rules->v[s].unit, now_ms);
}

static bool
is_half_over(int64_t start_ms, int64_t due_ms, int64_t now_ms)
{
	return due_ms - now_ms <= now_ms - start_ms;
}

enum supervise_step
supervise_step_at(const struct supervise_rules *rules, const struct calendar *c, int64_t start_ms, int64_t due_ms,
    int64_t now_ms)
{
	const struct supervise_rule *order = &rules->v[SUPERVISE_ORDER];

	if (due_ms == DUE_NONE)
		return SUPERVISE_NONE;
	if (due_ms < now_ms && supervise_after(c, order->count, order->unit, due_ms) < now_ms)
		return SUPERVISE_ORDER;
	if (!is_half_over(start_ms, due_ms, now_ms))
		return SUPERVISE_NONE;
	if (due_ms <= supervise_reach(rules, SUPERVISE_REMINDER, c, now_ms))
		return SUPERVISE_REMINDER;
	return due_ms <= supervise_reach(rules, SUPERVISE_WARNING, c, now_ms) ? SUPERVISE_WARNING : SUPERVISE_NONE;
}

bool
supervise_hour_fits(const struct supervise_rules *rules, enum supervise_step s, const struct calendar *c, bool urgent,
    int64_t now_ms)
{
	int64_t open, close;

	if (clock_hours_of(c, day_of_moment(now_ms), &open, &close) && now_ms >= open && now_ms < close)
		return true;
	return urgent && s > SUPERVISE_NONE && s < SUPERVISE_RULES && rules->v[s].night;
}

/* ---- a new set ------------------------------------------------------------------------------------------ */

#define TRIED_DAYS 366

/* A warning of so many units comes no later than the reminder, on every morning and evening of the coming year. */
static bool
is_in_order(const struct supervise_rules *in, int warning, const struct calendar *c, int64_t now_ms)
{
	const struct supervise_rule *w = &in->v[SUPERVISE_WARNING], *r = &in->v[SUPERVISE_REMINDER];
	int64_t morning = day_start_ms(day_of_moment(now_ms)) + 9 * INT64_C(3600000) + 1;

	for (int d = 0; d < TRIED_DAYS; d++)
		for (int half = 0; half < 2; half++) {
			int64_t t = morning + d * DAY_MS + half * 7 * INT64_C(3600000);

			if (supervise_after(c, warning, w->unit, t) < supervise_after(c, r->count, r->unit, t))
				return false;
		}
	return true;
}

static size_t
order_check(const struct supervise_rules *in, const struct calendar *c, int64_t now_ms, struct rules_finding *ret)
{
	int least = in->v[SUPERVISE_WARNING].count;

	if (is_in_order(in, least, c, now_ms))
		return 0;
	while (least <= SUPERVISE_COUNT_MAX && !is_in_order(in, least, c, now_ms))
		least++;
	*ret = least <= SUPERVISE_COUNT_MAX ? (struct rules_finding){ RULES_WARNING_LATE, "warning", least }
	    : (struct rules_finding){ RULES_WARNING_BEYOND, "warning", SUPERVISE_COUNT_MAX };
	return 1;
}

static bool
count_fits(int count, enum clock_unit unit)
{
	return count >= 0 && count <= SUPERVISE_COUNT_MAX && (unsigned)unit < CLOCK_UNIT_COUNT;
}

size_t
supervise_rules_check(const struct supervise_rules *in, const struct calendar *c, int64_t now_ms,
    struct rules_finding ret[static RULES_FINDINGS_MAX])
{
	static const char *const fields[SUPERVISE_RULES][2] = {
		[SUPERVISE_WARNING] = { "warning", NULL }, [SUPERVISE_REMINDER] = { "reminder", NULL },
		[SUPERVISE_ORDER] = { "order", "order_reply" }, [SUPERVISE_DIRECTOR] = { "director", "director_reply" },
		[SUPERVISE_BUREAU] = { "bureau", NULL }, [SUPERVISE_AGAIN] = { "again", NULL },
	};
	size_t n = 0;

	for (int s = SUPERVISE_WARNING; s < SUPERVISE_RULES; s++) {
		const struct supervise_rule *r = &in->v[s];

		if (!supervise_has_rule((enum supervise_step)s))
			continue;
		if (!count_fits(r->count, r->unit))
			ret[n++] = (struct rules_finding){ RULES_COUNT, fields[s][0], SUPERVISE_COUNT_MAX };
		else if (s == SUPERVISE_AGAIN && r->count < 1)
			ret[n++] = (struct rules_finding){ RULES_NO_REPLY_TIME, fields[s][0], 1 };
		if (s == SUPERVISE_AGAIN && (r->most < 1 || r->most > SUPERVISE_TURNS_MAX))
			ret[n++] = (struct rules_finding){ RULES_TURNS, "again_most", SUPERVISE_TURNS_MAX };
		if (fields[s][1] != NULL && !count_fits(r->reply_count, r->reply_unit))
			ret[n++] = (struct rules_finding){ RULES_COUNT, fields[s][1], SUPERVISE_COUNT_MAX };
		else if (fields[s][1] != NULL && r->reply_count < 1)
			ret[n++] = (struct rules_finding){ RULES_NO_REPLY_TIME, fields[s][1], 1 };
	}
	if (in->from_ms < now_ms)
		ret[n++] = (struct rules_finding){ RULES_FROM_PASSED, "from", 0 };
	return n > 0 ? n : order_check(in, c, now_ms, ret);
}

/* ---- orders ------------------------------------------------------------------------------------------- */

bool
order_is_open(enum order_state s)
{
	return s > ORDER_NONE && s < ORDER_ACCEPTED;
}

bool
order_waits_for_reply(enum order_state s)
{
	return s > ORDER_NONE && s < ORDER_REPLIED;
}

bool
order_step_allowed(enum order_state from, enum order_state to)
{
	switch (to) {
	case ORDER_NONE:
		return false;
	case ORDER_ISSUED:
		return from == ORDER_NONE;
	case ORDER_READ:
		return from == ORDER_ISSUED;
	case ORDER_REPLIED: /* who replies has read it */
		return order_waits_for_reply(from);
	case ORDER_SENT_BACK:
	case ORDER_ACCEPTED:
		return from == ORDER_REPLIED;
	case ORDER_ENDED:
	case ORDER_WITHDRAWN:
		return order_is_open(from);
	}
	return false;
}
