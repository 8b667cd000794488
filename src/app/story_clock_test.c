/* Deadlines that move: a new table of holidays comes, and what is still running is counted again. */
#include "app/story_stage.h"

#include "standards/holidays/holidays.h"

#include <stdio.h>
#include <string.h>

/* 2026-07-01 and 02 become days off: what was due on Friday the 3rd is due on Tuesday the 7th. */
#define DUE_BEFORE INT64_C(1783094399999) /* 2026-07-03 23:59:59.999 in Shanghai */
#define DUE_AFTER INT64_C(1783439999999)  /* 2026-07-07 23:59:59.999 */

static void
day_off(struct stage *f, const char *printed)
{
	struct findings findings = { .n = 0 };
	struct ctx ctx = ctx_as(f, &f->system);
	struct holiday_change in = { .kind = DAY_HOLIDAY, .name = TEXT("test"), .source = TEXT("test notice"),
		.seen = holidays_current()->version };

	assert_int_equal(day_parse(text_of(printed), &in.day), RC_OK);
	assert_int_equal(holidays_day_set(&ctx, idem_key_new(), &in, &findings), RC_OK);
}

static void
days_come(struct stage *f)
{
	day_off(f, "2026-07-01");
	day_off(f, "2026-07-02");
}

static void
recount(struct stage *f, size_t most, int64_t counted, int64_t moved)
{
	struct ctx ctx = ctx_as(f, &f->system);
	int64_t n = -1, m = -1;

	assert_int_equal(request_recount(&ctx, most, &n, &m), RC_OK);
	assert_int_equal(n, counted);
	assert_int_equal(m, moved);
}

static int64_t
due_of(struct stage *f, int64_t id, int target)
{
	char sql[160];

	snprintf(sql, sizeof sql, "SELECT due_ms FROM case_clock WHERE city = $1 AND request = %lld AND target = %d",
	    (long long)id, target);
	return stage_int(f, sql);
}

static void
a_new_table_moves_what_is_running(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	int64_t seen;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK); /* the clock of acceptance is met, answer and close run */
	assert_int_equal(due_of(f, r.id, TARGET_ANSWER), DUE_BEFORE);
	seen = due_of(f, r.id, TARGET_ACCEPT);
	recount(f, 10, 0, 0); /* nothing is older than the table */
	days_come(f);
	recount(f, 10, 2, 2);
	assert_int_equal(due_of(f, r.id, TARGET_ANSWER), DUE_AFTER);
	assert_int_equal(due_of(f, r.id, TARGET_ACCEPT), seen); /* a met one stays as it was kept */
	assert_int_equal(stage_int(f, "SELECT due_ms FROM request WHERE city = $1"), DUE_AFTER);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM event WHERE city = $1 AND kind = 'clock.recounted' AND shown = 1"
	    " AND data LIKE 'calendar%answer=1783094399999>1783439999999%close=%'"), 1);
	recount(f, 10, 0, 0);
	assert_int_equal(problems(f), 0);
}

/* The clerk who is writing meets no conflict because a date moved. */
static void
an_open_form_stays_good(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	int64_t before;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	before = revision(f, r.id);
	days_come(f);
	recount(f, 10, 2, 2);
	assert_int_equal(revision(f, r.id), before);
	assert_int_equal(answer_as(f, HELPER, r.id, true), RC_OK);
}

static void
pauses_are_kept(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	char sql[200];

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	/* 30 June 10:00 to 3 July 10:00: the 1st, 2nd and 3rd are taken out; three working days are left: 6, 7, 8 */
	snprintf(sql, sizeof sql, "INSERT INTO case_pause (city, request, from_ms, to_ms, reason, account)"
	    " VALUES (3205, %lld, %lld, %lld, 'papers', 101)", (long long)r.id, 1782784800000LL, 1783044000000LL);
	stage_raw(f, sql);
	days_come(f);
	recount(f, 10, 2, 2);
	assert_int_equal(due_of(f, r.id, TARGET_ANSWER), DUE_AFTER + INT64_C(86400000));
}

static void
a_few_at_a_time_until_none_is_left(void **state)
{
	struct stage *f = *state;

	begin(f);
	for (int i = 0; i < 5; i++)
		ask(f, idem_key_new()); /* each with one clock, of acceptance */
	days_come(f);
	recount(f, 2, 2, 2);
	recount(f, 2, 2, 2);
	recount(f, 2, 1, 1);
	recount(f, 2, 0, 0);
	assert_int_equal(problems(f), 0);
}

/* One row of the audit trail a batch, over the words of all its events: what is changed, taken out or put in is found. */
static void
what_was_told_is_what_was_audited(void **state)
{
	static const char *const faults[][2] = {
		{ "UPDATE event SET data = replace(data, '>', '> ') WHERE city = 3205 AND kind = 'clock.recounted'",
		    "UPDATE event SET data = replace(data, '> ', '>') WHERE city = 3205 AND kind = 'clock.recounted'" },
		{ "UPDATE event SET kind = 'clock.recounte' WHERE city = 3205 AND id = (SELECT MIN(id) FROM event WHERE city = 3205"
		    " AND kind = 'clock.recounted')", "UPDATE event SET kind = 'clock.recounted' WHERE city = 3205 AND kind = 'clock.recounte'" },
		{ "UPDATE audit SET detail = 'clocks=1' WHERE city = 3205 AND action = 'clock.recounted'", NULL },
	};
	struct stage *f = *state;

	begin(f);
	for (int i = 0; i < 5; i++)
		ask(f, idem_key_new());
	days_come(f);
	recount(f, 3, 3, 3);
	recount(f, 3, 2, 2);
	recount(f, 3, 0, 0); /* a batch of none leaves no trace */
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'clock.recounted'"), 2);
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		stage_raw(f, faults[i][0]);
		if (problems(f) == 0)
			fail_msg("not found: %s", faults[i][0]);
		if (faults[i][1] != NULL) {
			stage_raw(f, faults[i][1]);
			assert_int_equal(problems(f), 0);
		}
	}
}

static void
a_failing_database_moves_nothing_by_half(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct ctx ctx;
	int64_t n, m;
	int step = 1;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	days_come(f);
	for (; step < 100; step++) {
		ctx = ctx_as(f, &f->system);
		db_fail_after(f->db, step);
		if (request_recount(&ctx, 10, &n, &m) == RC_OK)
			break;
		db_fail_after(f->db, 0);
		assert_int_equal(due_of(f, r.id, TARGET_ANSWER), DUE_BEFORE);
	}
	db_fail_after(f->db, 0);
	assert_in_range(step, 5, 99);
	assert_int_equal(due_of(f, r.id, TARGET_ANSWER), DUE_AFTER);
	assert_int_equal(problems(f), 0);
}

static struct recount_try
rerule(struct stage *f, int days, bool try)
{
	struct clock_ruling in = { .item = item_of(f), .target = TARGET_ANSWER, .rule = { days, CLOCK_DAY, true },
		.source = TEXT("新规定") };
	struct actor chief = as(CHIEF);
	struct ctx ctx = ctx_as(f, &chief);
	struct recount_try e;

	assert_int_equal(request_rerule(&ctx, &in, try, &e), RC_OK);
	return e;
}

/* Three working days from Tuesday become seven days of the calendar; a pause taken before is kept. */
static void
a_new_rule_reaches_what_is_running_when_asked_to(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct recount_try e;
	struct request seen;
	char sql[200];

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	e = rerule(f, 7, true);
	assert_true(e.running == 1 && e.later == 1 && e.earlier == 0 && e.late_at_once == 0);
	assert_int_equal(due_of(f, r.id, TARGET_ANSWER), DUE_BEFORE); /* only tried */
	snprintf(sql, sizeof sql, "INSERT INTO case_pause (city, request, from_ms, to_ms, reason, account, targets)"
	    " VALUES (3205, %lld, %lld, %lld, 'papers', 101, 4)", (long long)r.id, 1782784800000LL, 1783044000000LL);
	stage_raw(f, sql);
	e = rerule(f, 7, false);
	assert_int_equal(e.later, 1);
	assert_int_equal(due_of(f, r.id, TARGET_ANSWER), DUE_AFTER + 3 * INT64_C(86400000)); /* the 7th and three days out */
	assert_int_equal(look(f, HELPER, r.id, &seen), RC_OK);
	assert_int_equal(seen.due_ms, DUE_AFTER + 3 * INT64_C(86400000));
	assert_int_equal(stage_int(f, "SELECT count(*) FROM event WHERE city = $1 AND kind = 'clock.ruled' AND account = 105"
	    " AND note = '新规定' AND data LIKE 'rule=7 day%answer=1783094399999>%'"), 1);
	assert_int_equal(rerule(f, 7, false).running, 0); /* nothing is left to change */
	assert_int_equal(problems(f), 0);
}

/* On both sides of now: a rule that ends today is taken over, one that ended yesterday is not. */
static void
a_new_rule_makes_nobody_late(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct recount_try e;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	stage_now_ms += 2 * INT64_C(86400000); /* Thursday the 2nd; due on the 3rd */
	e = rerule(f, 1, false);
	assert_true(e.running == 1 && e.late_at_once == 1 && e.earlier == 0);
	assert_int_equal(due_of(f, r.id, TARGET_ANSWER), DUE_BEFORE);
	assert_int_equal(stage_int(f, "SELECT count(*) FROM event WHERE city = $1 AND kind = 'clock.ruled'"), 0);
	e = rerule(f, 2, false);
	assert_true(e.earlier == 1 && e.late_at_once == 0);
	assert_int_equal(due_of(f, r.id, TARGET_ANSWER), DUE_BEFORE - INT64_C(86400000));
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_table_moves_what_is_running),
		cmocka_unit_test(an_open_form_stays_good),
		cmocka_unit_test(pauses_are_kept),
		cmocka_unit_test(a_few_at_a_time_until_none_is_left),
		cmocka_unit_test(what_was_told_is_what_was_audited),
		cmocka_unit_test(a_failing_database_moves_nothing_by_half),
		cmocka_unit_test(a_new_rule_reaches_what_is_running_when_asked_to),
		cmocka_unit_test(a_new_rule_makes_nobody_late),
	};
	int failed = stage_main("story_clock", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
