#include "engine/clock/clock_explain.h"

#include <string.h>

#include "engine/clock/clock_internal.h"

struct way {
	const struct calendar *c;
	struct clock_rule rule;
	struct clock_answer answer;
	struct clock_step *v;
	size_t n, cap;
	int counted;
};

static struct day
day_at(int64_t n)
{
	return (struct day){ .n = (int32_t)n };
}

/* ---- steps, neighbours folded ------------------------------------------------------------------- */

static bool
names_are_equal(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
hours_are_equal(const struct clock_step *a, const struct clock_step *b)
{
	return a->from_ms - day_start_ms(a->first) == b->from_ms - day_start_ms(b->first)
	    && a->to_ms - day_start_ms(a->last) == b->to_ms - day_start_ms(b->last);
}

static bool
steps_are_one(const struct clock_step *a, const struct clock_step *b)
{
	if (a->kind != b->kind || a->kind == STEP_START || b->due || b->first.n != a->last.n + 1)
		return false;
	if (a->day != b->day || a->uncertain != b->uncertain || !names_are_equal(a->name, b->name))
		return false;
	return a->to_ms == 0 ? b->to_ms == 0 : hours_are_equal(a, b);
}

static void
step_take_in(struct clock_step *a, const struct clock_step *b)
{
	a->last = b->last;
	a->to_ms = b->to_ms;
	a->ms += b->ms;
	a->uncertain = a->uncertain || b->uncertain;
	if (a->n_first == 0)
		a->n_first = b->n_first;
	if (b->n_last != 0)
		a->n_last = b->n_last;
}

/* No room: the step in the middle takes in half of those after it, so that this is rare. */
static void
way_fold(struct way *w)
{
	size_t k = w->cap / 2, n = (w->n - k - 1) / 2;

	w->v[k].kind = STEP_FOLDED;
	w->v[k].name = NULL;
	for (size_t i = 1; i <= n; i++)
		step_take_in(&w->v[k], &w->v[k + i]);
	memmove(&w->v[k + 1], &w->v[k + 1 + n], (w->n - k - 1 - n) * sizeof w->v[0]);
	w->n -= n;
}

static void
way_put(struct way *w, struct clock_step s)
{
	if (w->n > 0 && steps_are_one(&w->v[w->n - 1], &s)) {
		step_take_in(&w->v[w->n - 1], &s);
		return;
	}
	if (w->n == w->cap)
		way_fold(w);
	w->v[w->n++] = s;
}

/* ---- days ------------------------------------------------------------------------------------------ */

static bool
unit_asks_each_day(enum clock_unit unit)
{
	return unit == CLOCK_WORKDAY || unit == CLOCK_WORKHOUR;
}

static struct clock_step
step_of(const struct way *w, enum clock_step_kind kind, struct day d)
{
	bool asked = unit_asks_each_day(w->rule.unit) || kind == STEP_PASSED || kind == STEP_ROLLED;

	return (struct clock_step){ .kind = kind, .first = d, .last = d, .day = calendar_kind(w->c, d),
		.name = calendar_name(w->c, d), .uncertain = asked && !calendar_knows(w->c, d) };
}

static bool
day_is_due(const struct way *w, struct day d)
{
	return !w->answer.paused && day_of_moment(w->answer.due_ms).n == d.n;
}

static void
put_day(struct way *w, enum clock_step_kind kind, struct day d)
{
	struct clock_step s = step_of(w, kind, d);

	s.due = day_is_due(w, d);
	if (s.due && w->rule.roll)
		s.uncertain = w->answer.uncertain;
	if (kind == STEP_COUNTED)
		s.n_first = s.n_last = ++w->counted;
	way_put(w, s);
}

/* Days after `from` up to and with `to`. */
static void
put_counted_days(struct way *w, int64_t from, int64_t to)
{
	for (int64_t n = from + 1; n <= to; n++) {
		bool counts = w->rule.unit != CLOCK_WORKDAY || calendar_is_working(w->c, day_at(n));

		put_day(w, counts ? STEP_COUNTED : STEP_SKIPPED, day_at(n));
	}
}

static void
put_days(struct way *w, int64_t from, int64_t to, enum clock_step_kind each, enum clock_step_kind last)
{
	for (int64_t n = from + 1; n <= to; n++)
		put_day(w, n < to ? each : last, day_at(n));
}

static void
say_days(void *arg, enum stretch_kind kind, int64_t from, int64_t to)
{
	struct way *w = arg;

	switch (kind) {
	case STRETCH_BEGUN:
		put_day(w, STEP_START, day_at(from));
		break;
	case STRETCH_COUNTED:
		put_counted_days(w, from, to);
		break;
	case STRETCH_PAUSED:
		put_days(w, from, to, STEP_PAUSED, STEP_PAUSED);
		break;
	case STRETCH_MOVED:
		put_days(w, from, to, STEP_PAUSED, STEP_RESUMED);
		break;
	case STRETCH_WAITING:
		put_days(w, from, to, STEP_WAITING, STEP_WAITING);
		break;
	case STRETCH_ROLLED:
		put_days(w, from, to, STEP_PASSED, calendar_is_working(w->c, day_at(to)) ? STEP_ROLLED : STEP_PASSED);
		break;
	}
}

/* ---- hours -------------------------------------------------------------------------------------------- */

static void
put_span(struct way *w, enum clock_step_kind kind, int64_t from, int64_t to)
{
	struct clock_step s = step_of(w, kind, day_of_moment(from));

	if (to > from)
		s.last = day_of_moment(to - 1);
	s.from_ms = from;
	s.to_ms = to;
	s.ms = kind == STEP_COUNTED ? to - from : 0;
	s.due = !w->answer.paused && to == w->answer.due_ms && (kind == STEP_COUNTED || kind == STEP_START);
	way_put(w, s);
}

/* One day of counted working hours between two moments. */
static void
put_working_hours(struct way *w, struct day d, int64_t from, int64_t to)
{
	int64_t open, close;

	if (!clock_hours_of(w->c, d, &open, &close)) {
		way_put(w, step_of(w, STEP_SKIPPED, d));
		return;
	}
	open = open > from ? open : from;
	close = close < to ? close : to;
	if (open < close)
		put_span(w, STEP_COUNTED, open, close);
	else
		way_put(w, step_of(w, STEP_CLOSED, d));
}

static void
put_counted_span(struct way *w, int64_t from, int64_t to)
{
	if (from >= to)
		return;
	if (w->rule.unit == CLOCK_HOUR) {
		put_span(w, STEP_COUNTED, from, to);
		return;
	}
	for (struct day d = day_of_moment(from); day_start_ms(d) < to; d = day_add(d, 1))
		put_working_hours(w, d, from, to);
}

static void
say_moments(void *arg, enum stretch_kind kind, int64_t from, int64_t to)
{
	struct way *w = arg;

	switch (kind) {
	case STRETCH_BEGUN:
		put_span(w, STEP_START, from, from);
		break;
	case STRETCH_COUNTED:
		put_counted_span(w, from, to);
		break;
	case STRETCH_PAUSED:
	case STRETCH_MOVED:
		put_span(w, STEP_PAUSED, from, to);
		break;
	case STRETCH_WAITING:
		put_span(w, STEP_WAITING, from, to > from ? to : from);
		break;
	case STRETCH_ROLLED: /* hours do not roll */
		break;
	}
}

size_t
clock_explain(const struct calendar *c, struct clock_rule rule, int64_t start_ms,
    const struct clock_pause *pauses, size_t n_pauses, int64_t now_ms, struct clock_step *ret, size_t cap,
    struct clock_answer *ret_answer)
{
	struct way w = { .c = c, .rule = rule, .v = ret, .cap = cap };
	struct clock_watch watch = { clock_unit_is_moment(rule.unit) ? say_moments : say_days, &w };

	w.answer = clock_due(c, rule, start_ms, pauses, n_pauses, now_ms);
	if (ret_answer != NULL)
		*ret_answer = w.answer;
	if (cap < CLOCK_STEPS_MIN)
		return 0;
	clock_walk(c, rule, start_ms, pauses, n_pauses, now_ms, &watch);
	return w.n;
}
