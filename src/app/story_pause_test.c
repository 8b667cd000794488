/* Clocks that stand still: begun with a reason, ended by a person, by the work itself or by their last day. */
#include "app/story_stage.h"

#include "standards/holidays/holidays.h"

#include <stdio.h>
#include <string.h>

/* The stage lives on Tuesday 2026-06-30, 9:00 in Shanghai: answer due on Friday the 3rd, closing on the 21st. */
#define NOW INT64_C(1782781200000)
#define DAY_OF(n) (NOW + (n) * DAY_MS)
#define END_OF_JULY(n) (INT64_C(1782835199999) + (n) * DAY_MS) /* 23:59:59.999 of the n-th of July */
#define ANSWER_DUE END_OF_JULY(3)

static int64_t
due_of(struct stage *f, int64_t id, int target)
{
	char sql[160];

	snprintf(sql, sizeof sql, "SELECT due_ms FROM case_clock WHERE city = $1 AND request = %lld AND target = %d",
	    (long long)id, target);
	return stage_int(f, sql);
}

static struct pause_new
papers(struct stage *f, int64_t id)
{
	return (struct pause_new){ .id = { id }, .revision = revision(f, id), .code = TEXT("papers"),
		.words = TEXT("请补充劳动合同和工资条"), .until = day_of_moment(stage_now_ms + 7 * DAY_MS) };
}

static enum rc
pause_with(struct stage *f, int who, const struct pause_new *in, enum pause_why *why)
{
	struct actor actor = as(who);
	struct ctx ctx = ctx_as(f, &actor);

	return request_pause(&ctx, idem_key_new(), in, why);
}

static enum rc
pause_as(struct stage *f, int who, int64_t id)
{
	struct pause_new in = papers(f, id);
	enum pause_why why = PAUSE_MAY;

	return pause_with(f, who, &in, &why);
}

/* With another last day of waiting. */
static void
pause_for(struct stage *f, int64_t id, int days)
{
	struct pause_new in = papers(f, id);
	enum pause_why why = PAUSE_MAY;

	in.until = day_of_moment(stage_now_ms + days * DAY_MS);
	assert_int_equal(pause_with(f, HELPER, &in, &why), RC_OK);
}

static enum rc
resume_as(struct stage *f, int who, int64_t id, struct text words)
{
	struct actor actor = as(who);
	struct ctx ctx = ctx_as(f, &actor);

	return request_resume(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), words);
}

static int64_t
accepted(struct stage *f)
{
	struct intake_receipt r;

	begin(f);
	stage_now_ms = NOW;
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(due_of(f, r.id, TARGET_ANSWER), ANSWER_DUE);
	return r.id;
}

static void
it_stands_still_and_goes_on(void **state)
{
	struct stage *f = *state;
	int64_t id = accepted(f);

	pause_for(f, id, 14);
	assert_int_equal(due_of(f, id, TARGET_ANSWER), DUE_NONE);
	assert_int_equal(due_of(f, id, TARGET_CLOSE), DUE_NONE);
	assert_int_equal(stage_int(f, "SELECT due_ms FROM request WHERE city = $1"), DUE_NONE);
	assert_int_equal(problems(f), 0);
	stage_now_ms = DAY_OF(9); /* Thursday 9 July: far past the old day, and nobody is late */
	assert_int_equal(problems(f), 0);
	assert_int_equal(resume_as(f, HELPER, id, TEXT("材料收齐了")), RC_OK);
	/* paused on the day of acceptance: nothing was counted; three working days from the 9th: 10, 13, 14 */
	assert_int_equal(due_of(f, id, TARGET_ANSWER), END_OF_JULY(14));
	assert_int_equal(stage_int(f, "SELECT due_ms FROM request WHERE city = $1"), END_OF_JULY(14));
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1 AND kind = 'clock.paused' AND shown = 1"), 1);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1 AND kind = 'clock.resumed' AND shown = 1"
	    " AND note = '材料收齐了' AND data LIKE '%answer=9223372036854775807>1784044799999%'"), 1);
	assert_int_equal(problems(f), 0);
}

struct list { struct queue_filter f; struct queue_row rows[4]; size_t n; int64_t count; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct list *l = arg;
	enum rc rc = request_queue(tx, actor, &l->f, l->rows, &l->n);

	return rc == RC_OK ? request_queue_count(tx, actor, &l->f, &l->count) : rc;
}

/* How many of the holder's cases are due in [from, last]. */
static int64_t
mine(struct stage *f, int64_t from, int64_t last)
{
	struct list l = { .f = { .kind = QUEUE_MINE, .due_from_ms = from, .due_last_ms = last, .most = 4 } };
	struct actor actor = as(HELPER);
	struct ctx ctx = ctx_as(f, &actor);

	assert_int_equal(db_read(&ctx, list_tx, &l), RC_OK);
	assert_int_equal(l.count, l.n);
	return l.count;
}

static void
paused_cases_stay_in_the_queue(void **state)
{
	struct stage *f = *state;
	int64_t id = accepted(f);

	assert_int_equal(mine(f, ANSWER_DUE, ANSWER_DUE), 1); /* both ends count */
	assert_int_equal(mine(f, 0, ANSWER_DUE - 1), 0);
	assert_int_equal(pause_as(f, HELPER, id), RC_OK);
	assert_int_equal(mine(f, 0, DUE_NONE), 1);
	assert_int_equal(mine(f, 0, DUE_NONE - 1), 0);
	assert_int_equal(mine(f, DUE_NONE, DUE_NONE), 1);
	stage_now_ms = DAY_OF(20);
	assert_int_equal(figures_as(f, DIRECTOR).t.late, 0); /* and nobody is late meanwhile */
}

struct points { struct point_row v[8]; size_t n; };

static enum rc
points_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct points *p = arg;

	return late_by_point(tx, actor, p->v, 8, &p->n);
}

static struct points
points_of(struct stage *f, int who)
{
	struct actor actor = as(who);
	struct ctx ctx = ctx_as(f, &actor);
	struct points p = { .n = 0 };

	assert_int_equal(db_read(&ctx, points_tx, &p), RC_OK);
	return p;
}

/* S107: the own centre and all stations of the town, those with nothing too; no point of another town. */
static void
a_director_sees_centre_and_stations(void **state)
{
	struct stage *f = *state;
	int64_t id = accepted(f);
	struct points p = points_of(f, DIRECTOR);

	assert_int_equal(p.n, 2); /* the centre, with nothing, and the station */
	assert_true(text_equals(p.v[0].code, TEXT("p201")));
	assert_true(p.v[0].open == 1 && p.v[0].late == 0 && p.v[0].paused == 0 && p.v[0].received == 1 && p.v[0].closed == 0);
	assert_true(p.v[1].open == 0 && p.v[1].received == 0);
	assert_int_equal(points_of(f, CHIEF).n, 4);    /* the county's, with the other town */
	assert_int_equal(points_of(f, STRANGER).n, 1);
	assert_int_equal(pause_as(f, HELPER, id), RC_OK);
	assert_int_equal(points_of(f, DIRECTOR).v[0].paused, 1);
	assert_int_equal(resume_as(f, HELPER, id, TEXT("收齐了")), RC_OK);
	stage_now_ms = ANSWER_DUE; /* to the last millisecond it is not late */
	assert_true(points_of(f, DIRECTOR).v[0].late == 0 && points_of(f, DIRECTOR).v[0].soon == 1);
	stage_now_ms = ANSWER_DUE + 1;
	assert_int_equal(points_of(f, DIRECTOR).v[0].late, 1);
	stage_now_ms = DAY_OF(POINT_ROW_DAYS - 1);
	assert_int_equal(points_of(f, DIRECTOR).v[0].received, 1);
	stage_now_ms = DAY_OF(POINT_ROW_DAYS);
	assert_int_equal(points_of(f, DIRECTOR).v[0].received, 0);
}

/* n characters, of three bytes each. */
static struct text
words_of(struct stage *f, size_t n)
{
	char *p = arena_alloc(f->mem, 3 * n);

	assert_non_null(p);
	for (size_t i = 0; i < n; i++)
		memcpy(p + 3 * i, "等", 3);
	return (struct text){ p, 3 * n };
}

static void
the_least_and_the_most_are_taken(void **state)
{
	struct stage *f = *state;
	int64_t id = accepted(f);
	enum pause_why why = PAUSE_MAY;
	struct pause_new in = papers(f, id);
	char sql[300];

	in.words = words_of(f, PAUSE_WORDS_LEAST);
	in.until = day_of_moment(NOW); /* today is a day */
	assert_int_equal(pause_with(f, HELPER, &in, &why), RC_OK);
	stage_now_ms += 1000;
	assert_int_equal(resume_as(f, HELPER, id, TEXT("来了")), RC_OK);
	snprintf(sql, sizeof sql, "INSERT INTO attachment (city, request, id, at_ms, account, name, type, bytes, sha256)"
	    " VALUES (3205, %lld, 77, 1, 0, 'a', 'b', 3, %s)", (long long)id,
	    strcmp(f->engine, "sqlite") == 0 ? "x'00'" : "'\\x00'");
	stage_raw(f, sql);
	in = papers(f, id);
	in.code = TEXT("appraisal");
	in.proof = 77;
	in.words = words_of(f, PAUSE_WORDS_MOST);
	stage_now_ms += 1000;
	assert_int_equal(pause_with(f, HELPER, &in, &why), RC_OK);
	assert_int_equal(stage_int(f, "SELECT proof FROM case_pause WHERE city = $1 AND to_ms IS NULL"), 77);
}

static void
not_more_often_than_can_be_counted(void **state)
{
	struct stage *f = *state;
	int64_t id = accepted(f);
	char sql[240];

	for (int i = 0; i < CASE_PAUSES_MAX - 1; i++) { /* too short to take a day out */
		snprintf(sql, sizeof sql, "INSERT INTO case_pause (city, request, from_ms, to_ms, reason, account)"
		    " VALUES (3205, %lld, %lld, %lld, 'papers', 101)", (long long)id, (long long)(NOW + 2 * i), (long long)(NOW + 2 * i + 1));
		stage_raw(f, sql);
	}
	stage_now_ms = NOW + 1000;
	assert_int_equal(pause_as(f, HELPER, id), RC_OK); /* the last that there is room for */
	stage_now_ms += 1000;
	assert_int_equal(resume_as(f, HELPER, id, TEXT("来了")), RC_OK);
	stage_now_ms += 1000;
	assert_int_equal(pause_as(f, HELPER, id), RC_REFUSED);
	assert_int_equal(problems(f), 0);
}

static void
both_sides_of_each_limit(void **state)
{
	struct stage *f = *state;
	int64_t id = accepted(f);
	enum pause_why why = PAUSE_MAY;
	struct pause_new in = papers(f, id);

	in.until = day_of_moment(NOW - DAY_MS);
	assert_int_equal(pause_with(f, HELPER, &in, &why), RC_REFUSED);
	assert_int_equal(why, PAUSE_UNTIL);
	in.until = day_of_moment(NOW + (PAUSE_DAYS_MAX + 1) * DAY_MS);
	assert_int_equal(pause_with(f, HELPER, &in, &why), RC_REFUSED);
	assert_int_equal(why, PAUSE_UNTIL);
	in = papers(f, id);
	in.code = TEXT("no_such");
	assert_int_equal(pause_with(f, HELPER, &in, &why), RC_REFUSED);
	assert_int_equal(why, PAUSE_NO_CODE);
	in = papers(f, id);
	in.words = TEXT(" 等等看 ");
	assert_int_equal(pause_with(f, HELPER, &in, &why), RC_REFUSED);
	assert_int_equal(why, PAUSE_NO_WORDS);
	in = papers(f, id);
	in.code = TEXT("appraisal");
	assert_int_equal(pause_with(f, HELPER, &in, &why), RC_REFUSED);
	assert_int_equal(why, PAUSE_NO_PROOF);
	in.proof = 4711; /* of another request, or of none */
	assert_int_equal(pause_with(f, HELPER, &in, &why), RC_INVALID);
	in = papers(f, id);
	in.words = words_of(f, PAUSE_WORDS_MOST + 1);
	assert_int_equal(pause_with(f, HELPER, &in, &why), RC_REFUSED);
	assert_int_equal(why, PAUSE_NO_WORDS);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM case_pause WHERE city = $1"), 0);
	in = papers(f, id);
	in.until = day_of_moment(NOW + PAUSE_DAYS_MAX * DAY_MS);
	assert_int_equal(pause_with(f, HELPER, &in, &why), RC_OK);
	in = papers(f, id);
	assert_int_equal(pause_with(f, HELPER, &in, &why), RC_REFUSED);
	assert_int_equal(why, PAUSE_RUNNING);
	assert_int_equal(problems(f), 0);
}

static void
who_may_and_when(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct pause_new in;
	enum pause_why why = PAUSE_MAY;

	begin(f);
	stage_now_ms = NOW;
	r = ask(f, idem_key_new());
	assert_int_equal(pause_as(f, HELPER, r.id), RC_REFUSED); /* acceptance does not wait */
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(pause_as(f, DIRECTOR, r.id), RC_FORBIDDEN); /* sees it, does not hold it */
	assert_int_equal(pause_as(f, STRANGER, r.id), RC_NOT_FOUND);
	in = papers(f, r.id);
	in.revision--;
	assert_int_equal(pause_with(f, HELPER, &in, &why), RC_CONFLICT);
	assert_int_equal(resume_as(f, HELPER, r.id, TEXT("好了")), RC_REFUSED); /* does not stand still */
	assert_int_equal(resume_as(f, HELPER, r.id, TEXT("  ")), RC_INVALID);
}

static void
answering_ends_the_pause(void **state)
{
	struct stage *f = *state;
	int64_t id = accepted(f);

	assert_int_equal(pause_as(f, HELPER, id), RC_OK);
	stage_now_ms = DAY_OF(2);
	assert_int_equal(answer_as(f, HELPER, id, true), RC_OK);
	assert_int_equal(stage_int(f, "SELECT to_ms FROM case_pause WHERE city = $1"), DAY_OF(2));
	assert_int_equal(stage_int(f, "SELECT due_ms - met_ms > 0 FROM case_clock WHERE city = $1 AND target = 2"), 1);
	assert_true(due_of(f, id, TARGET_CLOSE) != DUE_NONE);
	assert_int_equal(problems(f), 0);
}

static void
it_ends_by_itself_on_its_last_day(void **state)
{
	struct stage *f = *state;
	int64_t id = accepted(f), n = -1;
	struct ctx ctx;

	assert_int_equal(pause_as(f, HELPER, id), RC_OK); /* until 7 July */
	stage_now_ms = END_OF_JULY(7) - 1;
	ctx = ctx_as(f, &f->system);
	assert_int_equal(request_resume_due(&ctx, 10, &n), RC_OK);
	assert_int_equal(n, 0);
	stage_now_ms = END_OF_JULY(9); /* the worker comes two days late: the pause still ends on the 7th */
	ctx = ctx_as(f, &f->system);
	assert_int_equal(request_resume_due(&ctx, 10, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_int_equal(stage_int(f, "SELECT to_ms FROM case_pause WHERE city = $1"), END_OF_JULY(7));
	assert_int_equal(due_of(f, id, TARGET_ANSWER), END_OF_JULY(10)); /* 8, 9, 10 */
	ctx = ctx_as(f, &f->system);
	assert_int_equal(request_resume_due(&ctx, 10, &n), RC_OK);
	assert_int_equal(n, 0);
	assert_int_equal(problems(f), 0);
}

/* The program was away for a week: whoever comes first finds the pause over since its last day. */
static void
its_last_day_counts_whoever_ends_it(void **state)
{
	struct stage *f = *state;
	int64_t id = accepted(f);

	assert_int_equal(pause_as(f, HELPER, id), RC_OK); /* until 7 July */
	stage_now_ms = END_OF_JULY(14);
	assert_int_equal(resume_as(f, HELPER, id, TEXT("今天才看到")), RC_OK);
	assert_int_equal(stage_int(f, "SELECT to_ms FROM case_pause WHERE city = $1"), END_OF_JULY(7));
	assert_int_equal(due_of(f, id, TARGET_ANSWER), END_OF_JULY(10));
	assert_int_equal(problems(f), 0);
}

/* A reason that stops the closing alone: answering neither waits nor ends the waiting. */
static void
a_pause_of_one_target_leaves_the_other(void **state)
{
	struct stage *f = *state;
	int64_t id = accepted(f);

	stage_raw(f, "UPDATE code_value SET flags = 8 WHERE city = 3205 AND kind = 'clock.pause' AND code = 'papers'");
	assert_int_equal(pause_as(f, HELPER, id), RC_OK);
	assert_int_equal(due_of(f, id, TARGET_ANSWER), ANSWER_DUE);
	assert_int_equal(due_of(f, id, TARGET_CLOSE), DUE_NONE);
	stage_now_ms = DAY_OF(1);
	assert_int_equal(answer_as(f, HELPER, id, true), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM case_pause WHERE city = $1 AND to_ms IS NULL"), 1);
	assert_int_equal(due_of(f, id, TARGET_CLOSE), DUE_NONE);
	assert_int_equal(problems(f), 0);
}

/* Verify sees a pause that is not counted, one that stands on an ended case, and two that overlap. */
static void
planted_faults_of_pauses_are_found(void **state)
{
	static const struct { const char *plant, *mend; } faults[] = {
		{ "UPDATE case_pause SET targets = 8 WHERE city = 3205 AND to_ms IS NULL",
		    "UPDATE case_pause SET targets = 12 WHERE city = 3205 AND to_ms IS NULL" },
		{ "UPDATE case_pause SET from_ms = from_ms + 1, to_ms = from_ms WHERE city = 3205",
		    "UPDATE case_pause SET from_ms = from_ms - 1, to_ms = NULL WHERE city = 3205" },
		{ "INSERT INTO case_pause (city, request, from_ms, to_ms, reason, account, targets) SELECT city, request, from_ms + 1,"
		    " from_ms + 2, 'papers', 101, 0 FROM case_pause WHERE city = 3205",
		    "DELETE FROM case_pause WHERE city = 3205 AND targets = 0" },
	};
	struct stage *f = *state;
	int64_t id = accepted(f);

	assert_int_equal(pause_as(f, HELPER, id), RC_OK);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		stage_raw(f, faults[i].plant);
		if (problems(f) < 1)
			fail_msg("not found: %s", faults[i].plant);
		stage_raw(f, faults[i].mend);
		assert_int_equal(problems(f), 0);
	}
	assert_int_equal(answer_as(f, HELPER, id, true), RC_OK);
	assert_int_equal(close_as(f, HELPER, id, &(struct consult_verdict){ .allowed = true }), RC_OK);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE case_pause SET to_ms = NULL WHERE city = 3205");
	assert_int_equal(problems(f), 2); /* an ended case stands still, and its clock was not counted so */
}

static void
a_changed_calendar_keeps_a_running_pause(void **state)
{
	struct stage *f = *state;
	struct findings findings = { .n = 0 };
	struct holiday_change in = { .kind = DAY_HOLIDAY, .name = TEXT("test"), .source = TEXT("test notice") };
	int64_t id = accepted(f), counted = 0, moved = 0;
	struct ctx ctx;

	pause_for(f, id, 14);
	ctx = ctx_as(f, &f->system);
	in.seen = holidays_current()->version;
	assert_int_equal(day_parse(TEXT("2026-07-10"), &in.day), RC_OK);
	assert_int_equal(holidays_day_set(&ctx, idem_key_new(), &in, &findings), RC_OK);
	assert_int_equal(request_recount(&ctx, 10, &counted, &moved), RC_OK);
	assert_int_equal(counted, 2);
	assert_int_equal(moved, 0);
	assert_int_equal(due_of(f, id, TARGET_ANSWER), DUE_NONE);
	stage_now_ms = DAY_OF(9);
	assert_int_equal(resume_as(f, HELPER, id, TEXT("收齐了")), RC_OK);
	assert_int_equal(due_of(f, id, TARGET_ANSWER), END_OF_JULY(15)); /* 13, 14, 15: the 10th is off now */
	assert_int_equal(problems(f), 0);
}

static void
a_failing_database_pauses_nothing_by_half(void **state)
{
	struct stage *f = *state;
	int64_t id = accepted(f);
	struct pause_new in = papers(f, id);
	enum pause_why why = PAUSE_MAY;
	int step = 1;

	for (; step < 100; step++) {
		db_fail_after(f->db, step);
		if (pause_with(f, HELPER, &in, &why) == RC_OK)
			break;
		db_fail_after(f->db, 0);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM case_pause WHERE city = $1"), 0);
		assert_int_equal(due_of(f, id, TARGET_ANSWER), ANSWER_DUE);
	}
	db_fail_after(f->db, 0);
	assert_in_range(step, 5, 99);
	assert_int_equal(due_of(f, id, TARGET_ANSWER), DUE_NONE);
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_stands_still_and_goes_on),
		cmocka_unit_test(paused_cases_stay_in_the_queue),
		cmocka_unit_test(a_director_sees_centre_and_stations),
		cmocka_unit_test(both_sides_of_each_limit),
		cmocka_unit_test(who_may_and_when),
		cmocka_unit_test(answering_ends_the_pause),
		cmocka_unit_test(it_ends_by_itself_on_its_last_day),
		cmocka_unit_test(a_changed_calendar_keeps_a_running_pause),
		cmocka_unit_test(the_least_and_the_most_are_taken),
		cmocka_unit_test(not_more_often_than_can_be_counted),
		cmocka_unit_test(its_last_day_counts_whoever_ends_it),
		cmocka_unit_test(a_pause_of_one_target_leaves_the_other),
		cmocka_unit_test(planted_faults_of_pauses_are_found),
		cmocka_unit_test(a_failing_database_pauses_nothing_by_half),
	};
	int failed = stage_main("story_pause", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
