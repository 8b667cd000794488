/*
 * Deadlines per second on one core, by unit, beside the loop over days one would write instead: a
 * binary search in the table of holidays for each day on the way.  Both give the same due moments,
 * or the run fails.
 */
#include "app/bench.h"

#include <inttypes.h>
#include <stdio.h>

#include "engine/clock/clock_explain.h"
#include "standards/holidays/holidays.h"

#define QUESTIONS 100000
#define ROUNDS 5
#define STEPS 400

struct question { int64_t start_ms; struct clock_rule rule; struct clock_pause pause; };

static struct question questions[QUESTIONS];
static int64_t answers[QUESTIONS];
static volatile int64_t kept; /* so that nothing is optimised away */

/* What each unit is asked for: counts as they occur in rules. */
static const struct load { const char *name; enum clock_unit unit; int least, most; bool roll, pause; } loads[] = {
	{ "hour", CLOCK_HOUR, 1, 72, false, false },
	{ "day", CLOCK_DAY, 3, 60, true, false },
	{ "workday", CLOCK_WORKDAY, 1, 60, false, false },
	{ "month", CLOCK_MONTH, 1, 6, true, false },
	{ "year", CLOCK_YEAR, 1, 2, true, false },
	{ "workhour", CLOCK_WORKHOUR, 1, 40, false, false },
	{ "day + pause", CLOCK_DAY, 3, 60, true, true },
	{ "workday + pause", CLOCK_WORKDAY, 1, 60, false, true },
};
#define LOADS (sizeof loads / sizeof loads[0])

static uint32_t
draw(uint64_t *s, uint32_t below)
{
	*s = *s * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*s >> 33) % below;
}

/* Starts in 2014..2023 at any second: all within the table; a pause of up to nine days begins within the first three. */
static void
questions_draw(const struct load *l)
{
	uint64_t seed = 20260630;
	struct day first = { 16071 }; /* 2014-01-01 */

	for (size_t i = 0; i < QUESTIONS; i++) {
		struct question *q = &questions[i];

		q->start_ms = day_start_ms(first) + draw(&seed, 3600) * DAY_MS + draw(&seed, 86400) * INT64_C(1000);
		q->rule = (struct clock_rule){ l->least + (int)draw(&seed, (uint32_t)(l->most - l->least + 1)), l->unit, l->roll };
		q->pause.from_ms = q->start_ms + draw(&seed, 3 * 86400) * INT64_C(1000);
		q->pause.to_ms = q->pause.from_ms + draw(&seed, 9 * 86400) * INT64_C(1000);
	}
}

/* ---- the loop over days -------------------------------------------------------------------------------- */

static bool
plain_is_working(const struct calendar *c, struct day d)
{
	size_t lo = 0, hi = c->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (c->entries[mid].day.n < d.n)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo < c->n && c->entries[lo].day.n == d.n)
		return c->entries[lo].kind == DAY_MAKEUP || c->entries[lo].kind == DAY_HALF;
	return day_weekday(d) < 6;
}

static int64_t
plain_end(const struct calendar *c, struct day d, bool roll)
{
	while (roll && !plain_is_working(c, d))
		d = day_add(d, 1);
	return day_start_ms(day_add(d, 1)) - 1;
}

static int64_t
plain_days(const struct calendar *c, const struct question *q, bool paused)
{
	struct day d = day_of_moment(q->start_ms), from = day_of_moment(q->pause.from_ms), to = day_of_moment(q->pause.to_ms);
	bool work = q->rule.unit == CLOCK_WORKDAY;
	int left = q->rule.count;

	while (left > 0) {
		d = day_add(d, 1);
		if (paused && d.n > from.n && d.n <= to.n)
			continue;
		left -= !work || plain_is_working(c, d);
	}
	if (paused && d.n == from.n && to.n > from.n)
		d = to;
	return plain_end(c, d, work || q->rule.roll);
}

static int64_t
plain_workhours(const struct calendar *c, const struct question *q)
{
	int64_t at = q->start_ms, left = q->rule.count * INT64_C(3600000);

	for (struct day d = day_of_moment(at);; d = day_add(d, 1)) {
		int64_t open = day_start_ms(d) + c->open_minute * INT64_C(60000);
		int64_t close = day_start_ms(d) + c->close_minute * INT64_C(60000);

		open = open > at ? open : at;
		if (!plain_is_working(c, d) || open >= close)
			continue;
		if (close - open >= left)
			return open + left;
		left -= close - open;
	}
}

static int64_t
plain_due(const struct calendar *c, const struct question *q, bool paused)
{
	struct day d = day_of_moment(q->start_ms);

	switch (q->rule.unit) {
	case CLOCK_HOUR:
		return q->start_ms + q->rule.count * INT64_C(3600000);
	case CLOCK_WORKHOUR:
		return plain_workhours(c, q);
	case CLOCK_MONTH:
	case CLOCK_YEAR:
		return plain_end(c, day_add_months(d, q->rule.count * (q->rule.unit == CLOCK_YEAR ? 12 : 1)), q->rule.roll);
	case CLOCK_DAY:
	case CLOCK_WORKDAY:
		break;
	}
	return plain_days(c, q, paused);
}

/* ---- measuring -------------------------------------------------------------------------------------------- */

static double
engine_rate(const struct calendar *c, bool paused)
{
	double v[ROUNDS];

	for (int r = 0; r < ROUNDS; r++) {
		int64_t began = bench_now_ns();

		for (size_t i = 0; i < QUESTIONS; i++)
			answers[i] = clock_due(c, questions[i].rule, questions[i].start_ms, &questions[i].pause, paused, INT64_MAX).due_ms;
		v[r] = QUESTIONS * 1e9 / (double)(bench_now_ns() - began);
		kept = answers[draw(&(uint64_t){ (uint64_t)r }, QUESTIONS)];
	}
	return bench_median(v, ROUNDS);
}

/* Below zero: a due moment differs. */
static double
plain_rate(const struct calendar *c, bool paused)
{
	double v[ROUNDS];

	for (int r = 0; r < ROUNDS; r++) {
		int64_t began = bench_now_ns(), differ = 0;

		for (size_t i = 0; i < QUESTIONS; i++)
			differ |= plain_due(c, &questions[i], paused) ^ answers[i];
		v[r] = QUESTIONS * 1e9 / (double)(bench_now_ns() - began);
		if (differ != 0)
			return -1;
	}
	return bench_median(v, ROUNDS);
}

static double
explain_rate(const struct calendar *c)
{
	static struct clock_step steps[STEPS];
	double v[ROUNDS];

	for (int r = 0; r < ROUNDS; r++) {
		int64_t began = bench_now_ns();

		for (size_t i = 0; i < QUESTIONS / 10; i++)
			kept = (int64_t)clock_explain(c, questions[i].rule, questions[i].start_ms, NULL, 0, INT64_MAX, steps, STEPS, NULL);
		v[r] = QUESTIONS / 10 * 1e9 / (double)(bench_now_ns() - began);
	}
	return bench_median(v, ROUNDS);
}

static int
loads_run(const struct calendar *c)
{
	double slowest = 0;

	printf("%-16s %10s %16s %16s %8s\n", "unit", "count", "engine, per s", "day loop, per s", "ratio");
	for (size_t i = 0; i < LOADS; i++) {
		const struct load *l = &loads[i];
		double engine, plain;

		questions_draw(l);
		engine = engine_rate(c, l->pause);
		plain = plain_rate(c, l->pause);
		if (plain < 0) {
			fprintf(stderr, "zhaofa: bench clock: %s: the day loop gives another due moment\n", l->name);
			return 1;
		}
		if (slowest == 0 || engine < slowest)
			slowest = engine;
		printf("%-16s %7d-%-2d %16.0f %16.0f %8.1f\n", l->name, l->least, l->most, engine, plain, engine / plain);
	}
	questions_draw(&loads[2]);
	printf("explained        workday    %16.0f\n", explain_rate(c));
	printf("slowest unit: %.2f million deadlines a second on one core\n", slowest / 1e6);
	return 0;
}

int
bench_clock(void)
{
	struct arena *mem = arena_create((size_t)16 << 20);
	struct calendar c;
	int status = 1;

	if (mem != NULL && holidays_builtin(mem, &c) == RC_OK) {
		bench_machine_print();
		printf("deadlines per second, one thread, median of %d rounds of %d, starts in 2014-2023\n", ROUNDS, QUESTIONS);
		status = loads_run(&c);
	}
	arena_free(mem);
	return status;
}
