/* Gaps of rosters before they happen: warned, reminded, reported, each once; cleared when filled, and new when they open again. */
#include "app/story_stage.h"

#include "operations/dutylog/dutylog_alarm.h"

#include <stdio.h>

#define DAYS_MAX 40

#define RAW(f, ...) \
	do { \
		char sql_[700]; \
		snprintf(sql_, sizeof sql_, __VA_ARGS__); \
		stage_raw(f, sql_); \
	} while (0)

static struct day
on(int month, int day)
{
	struct day d = DAY_NONE;

	assert_int_equal(day_from_ymd((struct ymd){ 2026, month, day }, &d), RC_OK);
	return d;
}

static int64_t
run_on(struct stage *f, int month, int day)
{
	struct ctx ctx;
	int64_t n = -1;

	stage_now_ms = day_start_ms(on(month, day)) + 9 * 3600000;
	f->ctx.now_ms = stage_now_ms;
	ctx = ctx_as(f, &f->system);
	assert_int_equal(dutylog_alarm_run(&ctx, &n), RC_OK);
	return n;
}

struct list { struct dutylog_alarm v[DAYS_MAX]; size_t n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct list *l = argument;

	return dutylog_alarms(tx, actor, l->v, DAYS_MAX, &l->n);
}

static struct list
listed(struct stage *f, int who)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct list l = { .n = 0 };

	assert_int_equal(db_read(&ctx, list_tx, &l), RC_OK);
	return l;
}

#define PLAN(id, month, state) \
	"INSERT INTO duty_plan (city, id, county, month, version, state, seed, input, input_hash, weights, objective, bound, costs, visits," \
	" seats, persons, open_visits, open_seats, stopped, calendar, est, account, at_ms, revision) VALUES (3205, " #id ", 320506000000, " #month \
	", 1, " #state ", 1, '', 1, 0, 0, 0, '', 1, 0, 1, 0, 0, 0, 1, 1, 105, 1, 1)"
#define SLOT(plan, slot, provider, day) \
	"INSERT INTO duty_slot (city, plan, slot, state, seat, place, point, nth, minutes, provider, day, why, revision) VALUES (3205, " #plan ", " \
	#slot ", 20, 0, 320506100201, 201, " #slot ", 180, " #provider ", " #day ", 0, 1)"

static void
a_step_comes_so_many_days_before(void **state)
{
	static const struct { enum dutylog_alarm_kind k; int left; enum supervise_step step; } rows[] = {
		{ DUTYLOG_ALARM_MONTH, 11, SUPERVISE_NONE }, { DUTYLOG_ALARM_MONTH, 10, SUPERVISE_WARNING }, { DUTYLOG_ALARM_MONTH, 4, SUPERVISE_WARNING },
		{ DUTYLOG_ALARM_MONTH, 3, SUPERVISE_REMINDER }, { DUTYLOG_ALARM_MONTH, 1, SUPERVISE_REMINDER },
		{ DUTYLOG_ALARM_MONTH, 0, SUPERVISE_DIRECTOR }, { DUTYLOG_ALARM_OPEN, 0, SUPERVISE_DIRECTOR },
		{ DUTYLOG_ALARM_UNSIGNED, 1, SUPERVISE_NONE }, { DUTYLOG_ALARM_UNSIGNED, 0, SUPERVISE_NONE },
		{ DUTYLOG_ALARM_UNSIGNED, -1, SUPERVISE_DIRECTOR },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (dutylog_alarm_step(rows[i].k, day_add(on(7, 1), rows[i].left), on(7, 1), 10, 3) != rows[i].step)
			fail_msg("row %zu", i);
}

static void
a_month_that_is_not_published_is_told_before_it_begins(void **state)
{
	struct stage *f = *state;
	struct list l;

	begin(f);
	assert_int_equal(run_on(f, 7, 22), 0); /* no county has rosters or advisers */
	stage_raw(f, PLAN(9001, 202607, 20));
	assert_int_equal(run_on(f, 7, 21), 0); /* eleven days before August */
	assert_int_equal(run_on(f, 7, 22), 1);
	assert_int_equal(run_on(f, 7, 22), 0); /* once */
	assert_int_equal(run_on(f, 7, 28), 0);
	l = listed(f, CHIEF);
	assert_int_equal(l.n, 1);
	assert_true(l.v[0].kind == DUTYLOG_ALARM_MONTH && l.v[0].step == SUPERVISE_WARNING && l.v[0].month == 202608);
	assert_int_equal(l.v[0].planner, CHIEF);  /* who made the last plan; the director of the county's centre */
	assert_int_equal(l.v[0].director, CHIEF);
	assert_int_equal(listed(f, DIRECTOR).n, 0); /* of a town */
	assert_int_equal(run_on(f, 7, 29), 1);
	assert_int_equal(listed(f, CHIEF).v[0].step, SUPERVISE_REMINDER);
	stage_raw(f, PLAN(9002, 202608, 10));       /* a draft is not published */
	assert_int_equal(run_on(f, 8, 1), 1);
	assert_int_equal(listed(f, CHIEF).v[0].step, SUPERVISE_DIRECTOR);
	assert_int_equal(run_on(f, 8, 2), 0);
	stage_raw(f, "UPDATE duty_plan SET state = 20 WHERE id = 9002");
	assert_int_equal(run_on(f, 8, 2), 1);
	assert_int_equal(listed(f, CHIEF).n, 0);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_alarm WHERE city = $1 AND cleared_ms IS NOT NULL"), 1);
}

static void
an_open_visit_and_one_whose_person_is_away_are_told(void **state)
{
	struct stage *f = *state;
	struct list l;

	begin(f);
	stage_raw(f, PLAN(9001, 202607, 20));
	stage_raw(f, PLAN(9002, 202608, 20));
	stage_raw(f, SLOT(9001, 0, NULL, NULL));
	RAW(f, SLOT(9001, 1, 77, %d), on(7, 14).n);
	assert_int_equal(run_on(f, 7, 4), 0);
	RAW(f, "INSERT INTO duty_away (city, id, provider, from_day, to_day, sick, reason, account, at_ms) VALUES (3205, 1, 77, %d, %d, 1, '', 105, 1)",
	    on(7, 14).n, on(7, 15).n);
	assert_int_equal(run_on(f, 7, 3), 0);
	assert_int_equal(run_on(f, 7, 4), 1);       /* ten days before it */
	assert_int_equal(run_on(f, 7, 11), 1);
	stage_raw(f, "UPDATE duty_slot SET provider = 78 WHERE slot = 1");
	assert_int_equal(run_on(f, 7, 11), 1);      /* somebody stands in: cleared */
	assert_int_equal(listed(f, CHIEF).n, 0);
	stage_raw(f, "UPDATE duty_slot SET provider = 77 WHERE slot = 1");
	assert_int_equal(run_on(f, 7, 11), 1);      /* open again: a new gap */
	assert_int_equal(stage_int(f, "SELECT MAX(turn) FROM duty_alarm WHERE city = $1"), 2);
	stage_raw(f, "INSERT INTO duty_attend (city, plan, slot, provider, point, day, at_ms) VALUES (3205, 9001, 1, 77, 201, 20648, 1)");
	assert_int_equal(run_on(f, 7, 20), 1);      /* they came all the same: over, and not told as missed */
	assert_int_equal(run_on(f, 7, 21), 1);      /* nobody for the other, ten days before the month is over */
	l = listed(f, CHIEF);
	assert_true(l.n == 1 && l.v[0].kind == DUTYLOG_ALARM_OPEN && l.v[0].which == 0 && l.v[0].due.n == on(7, 31).n);
}

static void
a_duty_nobody_signed_in_to_is_reported_the_day_after(void **state)
{
	struct stage *f = *state;
	struct list l;

	begin(f);
	stage_raw(f, PLAN(9001, 202607, 20));
	RAW(f, SLOT(9001, 0, 77, %d), on(7, 14).n);
	assert_int_equal(run_on(f, 7, 14), 0);
	assert_int_equal(run_on(f, 7, 15), 1);
	l = listed(f, CHIEF);
	assert_true(l.n == 1 && l.v[0].kind == DUTYLOG_ALARM_UNSIGNED && l.v[0].step == SUPERVISE_DIRECTOR);
	assert_int_equal(run_on(f, 7, 21), 0);
	assert_int_equal(run_on(f, 7, 22), 2);      /* a week later it is let be; and August waits */
	assert_int_equal(listed(f, CHIEF).v[0].kind, DUTYLOG_ALARM_MONTH);
}

static void
faults_are_found(void **state)
{
	static const char *const plant[][2] = {
		{ "INSERT INTO duty_alarm (city, id, county, month, kind, place, point, which, turn, due_day, step, planner, director, first_ms, step_ms)"
		  " SELECT city, id + 1, county, month, kind, place, point, which, turn + 1, due_day, step, planner, director, first_ms, step_ms"
		  " FROM duty_alarm", "DELETE FROM duty_alarm WHERE turn = 2" },
		{ "UPDATE duty_alarm SET step = 3", "UPDATE duty_alarm SET step = 1" },
		{ "UPDATE duty_alarm SET cleared_ms = step_ms - 1", "UPDATE duty_alarm SET cleared_ms = NULL" },
		{ "INSERT INTO activity (city, id, county, kind, name, name_en, words, ends_in, weekdays, nth, rest, from_day, account, at_ms, revision)"
		  " VALUES (3205, 1, 320506000000, 1, 'x', '', '', 16, 0, 0, 0, 1, 105, 1, 1)", "DELETE FROM activity" },
	};
	struct stage *f = *state;

	begin(f);
	stage_raw(f, PLAN(9001, 202607, 20));
	assert_int_equal(run_on(f, 7, 22), 1);
	stage_raw(f, "DELETE FROM duty_plan"); /* it was there for the gap alone */
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof plant / sizeof plant[0]; i++) {
		stage_raw(f, plant[i][0]);
		if (problems(f) <= 0)
			fail_msg("fault %zu is not found", i);
		stage_raw(f, plant[i][1]);
		assert_int_equal(problems(f), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_comes_so_many_days_before),
		cmocka_unit_test(a_month_that_is_not_published_is_told_before_it_begins),
		cmocka_unit_test(an_open_visit_and_one_whose_person_is_away_are_told),
		cmocka_unit_test(a_duty_nobody_signed_in_to_is_reported_the_day_after),
		cmocka_unit_test(faults_are_found),
	};
	int failed = stage_main("story_alarm", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
