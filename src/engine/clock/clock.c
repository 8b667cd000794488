#include "engine/clock/clock_internal.h"

#define HOUR_MS INT64_C(3600000)
#define MINUTE_MS INT64_C(60000)
#define START_MAX_MS INT64_C(32503651199999) /* 2999-12-31 24:00 in Shanghai, less one */
#define YEAR_MAX 9000                        /* what day.h can hold, with room to roll */
#define NOON 720

/* ---- counting forward and back, by unit ---------------------------------------------------- */

/*
 * A clock on its way: counted up to `at`, `left` still to count.  Both are civil days for DAY (and
 * MONTH, YEAR, turned into days), civil days and working days for WORKDAY, else milliseconds.
 */
struct course { int64_t at, left; };

static struct day
day_at(int64_t n)
{
	return (struct day){ .n = (int32_t)n };
}

static int64_t
day_end_ms(struct day d)
{
	return day_start_ms(day_add(d, 1)) - 1;
}

bool
clock_hours_of(const struct calendar *c, struct day d, int64_t *ret_open, int64_t *ret_close)
{
	enum day_kind kind = calendar_kind(c, d);
	int open = c->open_minute, close = c->close_minute;

	if (open < 0 || close > 1440 || close - open < 60) {
		open = 9 * 60;
		close = 17 * 60;
	}
	if (kind == DAY_REST || kind == DAY_HOLIDAY)
		return false;
	if (kind == DAY_HALF && close > NOON)
		close = NOON;
	*ret_open = day_start_ms(d) + open * MINUTE_MS;
	*ret_close = day_start_ms(d) + close * MINUTE_MS;
	return *ret_open < *ret_close;
}

static int64_t
work_ms_add(const struct calendar *c, int64_t at, int64_t left)
{
	struct day d = day_of_moment(at);
	int64_t open, close;

	for (; left > 0; d = day_add(d, 1)) {
		if (!clock_hours_of(c, d, &open, &close) || close <= at)
			continue;
		if (open > at)
			at = open;
		if (close - at >= left)
			return at + left;
		left -= close - at;
		at = close;
	}
	return at;
}

static int64_t
work_ms_between(const struct calendar *c, int64_t from, int64_t to)
{
	struct day d = day_of_moment(from);
	int64_t open, close, sum = 0;

	for (; day_start_ms(d) < to; d = day_add(d, 1)) {
		if (!clock_hours_of(c, d, &open, &close))
			continue;
		if (open < from)
			open = from;
		if (close > to)
			close = to;
		if (close > open)
			sum += close - open;
	}
	return sum;
}

bool
clock_unit_is_moment(enum clock_unit unit)
{
	return unit == CLOCK_HOUR || unit == CLOCK_WORKHOUR;
}

static int64_t
course_end(const struct calendar *c, enum clock_unit unit, struct course k)
{
	if (unit == CLOCK_WORKDAY && k.left == 0)
		return calendar_roll(c, day_at(k.at)).n;
	if (unit == CLOCK_WORKDAY)
		return calendar_add_working(c, day_at(k.at), (int)k.left).n;
	if (unit == CLOCK_WORKHOUR)
		return work_ms_add(c, k.at, k.left);
	return k.at + k.left;
}

/* What has been counted by the time `to`, which is not after the end. */
static int64_t
course_done(const struct calendar *c, enum clock_unit unit, struct course k, int64_t to)
{
	if (unit == CLOCK_WORKDAY)
		return calendar_working_between(c, day_at(k.at), day_at(to));
	if (unit == CLOCK_WORKHOUR)
		return work_ms_between(c, k.at, to);
	return to - k.at;
}

static struct day
months_later(struct day d, int months)
{
	int room = (YEAR_MAX - day_to_ymd(d).year) * 12;

	return day_add_months(d, months < room ? months : room);
}

static struct course
course_begin(struct clock_rule rule, int64_t start_ms)
{
	struct day d = day_of_moment(start_ms);

	switch (rule.unit) {
	case CLOCK_HOUR:
	case CLOCK_WORKHOUR:
		return (struct course){ start_ms, rule.count * HOUR_MS };
	case CLOCK_MONTH:
		return (struct course){ d.n, months_later(d, rule.count).n - d.n };
	case CLOCK_YEAR:
		return (struct course){ d.n, months_later(d, rule.count * 12).n - d.n };
	case CLOCK_DAY:
	case CLOCK_WORKDAY:
		break;
	}
	return (struct course){ d.n, rule.count };
}

/* ---- pauses ----------------------------------------------------------------------------------- */

static bool
pause_is_running(struct clock_pause p, int64_t now_ms)
{
	return p.from_ms <= now_ms && (p.to_ms == 0 || now_ms < p.to_ms);
}

static int64_t
position_of(enum clock_unit unit, int64_t ms)
{
	return clock_unit_is_moment(unit) ? ms : day_of_moment(ms).n;
}

static void
watch_say(const struct clock_watch *watch, enum stretch_kind kind, int64_t from, int64_t to)
{
	if (watch != NULL)
		watch->say(watch->arg, kind, from, to);
}

/*
 * Take the pauses out.  True when one of those that count is running now.  The end is the last
 * moment (a moment unit: a pause beginning there comes too late; a day unit: still that day).
 */
static bool
course_pause(const struct calendar *c, enum clock_unit unit, struct course *k,
    const struct clock_pause *pauses, size_t n, int64_t start_ms, int64_t now_ms,
    const struct clock_watch *watch)
{
	int64_t since_ms = start_ms;

	for (size_t i = 0; i < n; i++) {
		struct clock_pause p = pauses[i];
		int64_t from, end = course_end(c, unit, *k);

		if (p.from_ms < since_ms)
			p.from_ms = since_ms;
		if (p.to_ms > START_MAX_MS)
			p.to_ms = START_MAX_MS;
		from = position_of(unit, p.from_ms < START_MAX_MS ? p.from_ms : START_MAX_MS);
		if (clock_unit_is_moment(unit) ? from >= end : from > end)
			return false;
		if (pause_is_running(p, now_ms)) {
			watch_say(watch, k->left > 0 ? STRETCH_COUNTED : STRETCH_ROLLED, k->at, from);
			watch_say(watch, STRETCH_WAITING, from, position_of(unit, now_ms));
			return true;
		}
		if (p.to_ms <= p.from_ms)
			continue;
		watch_say(watch, k->left > 0 ? STRETCH_COUNTED : STRETCH_ROLLED, k->at, from);
		k->left -= course_done(c, unit, *k, from);
		if (k->left < 0) /* it had only rolled on to that working day */
			k->left = 0;
		k->at = position_of(unit, p.to_ms);
		watch_say(watch, k->left > 0 ? STRETCH_PAUSED : STRETCH_MOVED, from, k->at);
		since_ms = p.to_ms;
	}
	return false;
}

/* ---- the answer ---------------------------------------------------------------------------------- */

static struct clock_rule
rule_bounded(struct clock_rule rule)
{
	if (rule.count < 0)
		rule.count = 0;
	if (rule.count > CLOCK_COUNT_MAX)
		rule.count = CLOCK_COUNT_MAX;
	if ((unsigned)rule.unit >= CLOCK_UNIT_COUNT)
		rule.unit = CLOCK_DAY;
	return rule;
}

/* Counting asks the calendar about every day on the way; otherwise only the last day is asked. */
static bool
depends_on_unknown(const struct calendar *c, struct clock_rule rule, int64_t start_ms, struct day last)
{
	bool counts = rule.unit == CLOCK_WORKDAY || rule.unit == CLOCK_WORKHOUR;

	if (counts && !calendar_knows(c, day_of_moment(start_ms)))
		return true;
	return (counts || (rule.roll && rule.unit != CLOCK_HOUR)) && !calendar_knows(c, last);
}

struct clock_answer
clock_walk(const struct calendar *c, struct clock_rule rule, int64_t start_ms,
    const struct clock_pause *pauses, size_t n_pauses, int64_t now_ms, const struct clock_watch *watch)
{
	struct clock_answer a = { .due_ms = INT64_MAX };
	struct course k;
	struct day last, rolled;
	int64_t end;

	rule = rule_bounded(rule);
	start_ms = start_ms < 0 ? 0 : start_ms > START_MAX_MS ? START_MAX_MS : start_ms;
	k = course_begin(rule, start_ms);
	watch_say(watch, STRETCH_BEGUN, k.at, k.at);
	a.paused = course_pause(c, rule.unit, &k, pauses, n_pauses, start_ms, now_ms, watch);
	if (a.paused)
		return a;
	end = course_end(c, rule.unit, k);
	watch_say(watch, k.left > 0 ? STRETCH_COUNTED : STRETCH_ROLLED, k.at, end);
	last = clock_unit_is_moment(rule.unit) ? day_of_moment(end) : day_at(end);
	rolled = rule.roll && !clock_unit_is_moment(rule.unit) ? calendar_roll(c, last) : last;
	a.rolled = day_compare(rolled, last) != 0;
	if (a.rolled)
		watch_say(watch, STRETCH_ROLLED, last.n, rolled.n);
	a.due_ms = clock_unit_is_moment(rule.unit) ? end : day_end_ms(rolled);
	a.uncertain = depends_on_unknown(c, rule, start_ms, rolled);
	return a;
}

struct clock_answer
clock_due(const struct calendar *c, struct clock_rule rule, int64_t start_ms,
    const struct clock_pause *pauses, size_t n_pauses, int64_t now_ms)
{
	return clock_walk(c, rule, start_ms, pauses, n_pauses, now_ms, NULL);
}

bool
clock_day_is_missing(struct clock_rule rule, int64_t start_ms)
{
	struct course k;

	rule = rule_bounded(rule);
	if ((rule.unit != CLOCK_MONTH && rule.unit != CLOCK_YEAR) || start_ms < 0 || start_ms > START_MAX_MS)
		return false;
	k = course_begin(rule, start_ms);
	return day_to_ymd(day_at(k.at + k.left)).day != day_to_ymd(day_at(k.at)).day;
}

/* left <= span * permille / 1000, without wrapping. */
static bool
is_soon(int64_t span, int64_t left, int64_t permille)
{
	if (span > INT64_MAX / 1000)
		return left / 1000 <= span / 1000000 * permille;
	return left * 1000 <= span * permille;
}

enum clock_light
clock_light(int64_t start_ms, int64_t due_ms, bool paused, int64_t met_ms, int64_t now_ms,
    int soon_permille, int64_t soon_least_ms)
{
	int64_t left, span;

	if (met_ms != 0)
		return LIGHT_DONE;
	if (paused)
		return LIGHT_PAUSED;
	if (due_ms == INT64_MAX)
		return LIGHT_NORMAL;
	if (now_ms > due_ms)
		return LIGHT_LATE;
	if (__builtin_sub_overflow(due_ms, now_ms, &left) || __builtin_sub_overflow(due_ms, start_ms, &span))
		return LIGHT_NORMAL;
	if (soon_permille > 1000)
		soon_permille = 1000;
	if (left < soon_least_ms || (soon_permille > 0 && span >= left && is_soon(span, left, soon_permille)))
		return LIGHT_SOON;
	return LIGHT_NORMAL;
}

const char *
clock_unit_key(enum clock_unit u)
{
	static const char *const keys[CLOCK_UNIT_COUNT] = {
		"hour", "day", "workday", "month", "year", "workhour",
	};

	return (unsigned)u < CLOCK_UNIT_COUNT ? keys[u] : "day";
}
