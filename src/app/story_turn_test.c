/* Turns: what stays late is ordered again, so often and no more; an order of what is not late is taken back. */
#include "app/story_stage.h"

#include "operations/supervise/supervise.h"

#include <stdio.h>

#define HOUR INT64_C(3600000)
#define TUESDAY INT64_C(1782781200000) /* 2026-06-30 9:00, when every test begins */
#define THURSDAY (TUESDAY + 2 * DAY_MS)
#define ORDERS "COUNT(*) FROM supervise_order WHERE city = $1"

static int64_t
run(struct stage *f, size_t most)
{
	struct ctx ctx = ctx_as(f, &f->system);
	int64_t n = -1;

	assert_int_equal(supervise_run(&ctx, most, &n), RC_OK);
	return n;
}

/* SQL of one number about one case. */
static int64_t
of(struct stage *f, const char *what, int64_t id)
{
	char sql[400];

	snprintf(sql, sizeof sql, "SELECT %s AND request = %lld", what, (long long)id);
	return stage_int(f, sql);
}

static int64_t
events(struct stage *f, int64_t id, const char *kind)
{
	char what[160];

	snprintf(what, sizeof what, "COUNT(*) FROM event WHERE city = $1 AND kind = '%s'", kind);
	return of(f, what, id);
}

static struct order_issue
asks(int64_t id)
{
	return (struct order_issue){ .request = { id }, .cause = TEXT("quality"), .words = TEXT("请说明进展和办结时间。"),
		.reply_by = DAY_NONE };
}

static enum rc
issue_as(struct stage *f, int who, int64_t id, struct order_issued *ret)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct order_issue in = asks(id);

	return order_issue(&ctx, idem_key_new(), &in, ret);
}

static int64_t
order_revision(struct stage *f, int64_t order)
{
	char sql[120];

	snprintf(sql, sizeof sql, "SELECT revision FROM supervise_order WHERE city = $1 AND id = %lld", (long long)order);
	return stage_int(f, sql);
}

static enum rc
reply_as(struct stage *f, int who, int64_t order)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return order_reply(&ctx, idem_key_new(), order, order_revision(f, order), TEXT("已经联系当事人，明天办结。"));
}

static enum rc
judge_as(struct stage *f, int who, int64_t order, enum order_verdict verdict)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return order_judge(&ctx, idem_key_new(), order, order_revision(f, order), verdict,
	    verdict == VERDICT_SENT_BACK ? TEXT("没有说明原因") : TEXT_NONE, DAY_NONE);
}

#define MONDAY (TUESDAY + 6 * DAY_MS)

static int64_t
watch(struct stage *f)
{
	struct ctx ctx = ctx_as(f, &f->system);
	int64_t n = -1;

	assert_int_equal(supervise_watch(&ctx, 10, &n), RC_OK);
	return n;
}

static int64_t
order_open(struct stage *f, int64_t id)
{
	return of(f, "id FROM supervise_order WHERE city = $1 AND open = 1", id);
}

/* Late on Thursday, ordered, answered, taken; nobody acts: again after two working days, and again. */
static void
what_stays_late_is_ordered_again(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	int64_t first;

	begin(f);
	r = ask(f, idem_key_new());
	stage_now_ms = THURSDAY;
	assert_int_equal(run(f, 10), 1);
	first = order_open(f, r.id);
	assert_int_equal(reply_as(f, HELPER, first), RC_OK);
	assert_int_equal(judge_as(f, CHIEF, first, VERDICT_ACCEPTED), RC_OK);
	assert_int_equal(of(f, "again_ms FROM supervise_order WHERE city = $1", r.id), INT64_C(1783353599999)); /* Monday's end */
	stage_now_ms = MONDAY;
	assert_int_equal(run(f, 10), 0);
	stage_now_ms = MONDAY + DAY_MS - HOUR; /* eight: the hours are closed */
	assert_int_equal(run(f, 10), 0);
	stage_now_ms = MONDAY + DAY_MS;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(run(f, 10), 0);
	assert_int_equal(of(f, ORDERS " AND turn = 2 AND state = 10 AND level = 3 AND cause = 'accept_late'", r.id), 1);
	assert_int_equal(of(f, "COUNT(*) FROM supervise_step WHERE city = $1 AND step = 3 AND turn = 2", r.id), 1);
	assert_int_equal(events(f, r.id, "supervise.ordered"), 2);
	assert_int_equal(problems(f), 0);
	stage_now_ms += 3 * DAY_MS; /* Friday: no reply to the second */
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, "COUNT(*) FROM supervise_step WHERE city = $1 AND step = 4 AND turn = 2", r.id), 1);
	assert_int_equal(reply_as(f, HELPER, order_open(f, r.id)), RC_OK);
	assert_int_equal(judge_as(f, CHIEF, order_open(f, r.id), VERDICT_ACCEPTED), RC_OK);
	stage_now_ms += 7 * DAY_MS;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS " AND turn = 3 AND open = 1", r.id), 1);
	assert_int_equal(problems(f), 0);
}

static void
what_is_done_meanwhile_is_not_ordered_again(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	int64_t first;

	begin(f);
	r = ask(f, idem_key_new());
	stage_now_ms = THURSDAY;
	assert_int_equal(run(f, 10), 1);
	first = order_open(f, r.id);
	assert_int_equal(reply_as(f, HELPER, first), RC_OK);
	assert_int_equal(judge_as(f, CHIEF, first, VERDICT_ACCEPTED), RC_OK);
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	stage_raw(f, "UPDATE case_clock SET met_ms = 1 WHERE city = 3205 AND target <> 1"); /* its other clocks apart */
	stage_now_ms = MONDAY + DAY_MS;
	assert_int_equal(run(f, 10), 0);
	assert_int_equal(of(f, ORDERS, r.id), 1);
	assert_int_equal(of(f, ORDERS " AND again_ms IS NOT NULL", r.id), 0); /* looked at, once */
}

static void
a_failing_database_orders_nothing_twice(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	int64_t first, n = 0;
	int step = 1;

	begin(f);
	r = ask(f, idem_key_new());
	stage_now_ms = THURSDAY;
	assert_int_equal(run(f, 10), 1);
	first = order_open(f, r.id);
	assert_int_equal(reply_as(f, HELPER, first), RC_OK);
	assert_int_equal(judge_as(f, CHIEF, first, VERDICT_ACCEPTED), RC_OK);
	stage_now_ms = MONDAY + DAY_MS;
	for (; step < 100; step++) {
		struct ctx ctx = ctx_as(f, &f->system);
		enum rc rc;

		db_fail_after(f->db, step);
		rc = supervise_run(&ctx, 10, &n);
		db_fail_after(f->db, 0);
		if (rc == RC_OK)
			break;
		assert_int_equal(of(f, ORDERS " AND again_ms IS NOT NULL", r.id), 1); /* still to do */
		assert_int_equal(of(f, ORDERS, r.id), 1);
		assert_int_equal(events(f, r.id, "supervise.ordered"), 1);
	}
	assert_in_range(step, 10, 99);
	assert_int_equal(of(f, ORDERS " AND turn = 2", r.id), 1);
	assert_int_equal(problems(f), 0);
}

static void
due_set(struct stage *f, int64_t id, int64_t due_ms)
{
	char sql[200];

	snprintf(sql, sizeof sql, "UPDATE case_clock SET due_ms = %lld WHERE city = 3205 AND request = %lld", (long long)due_ms,
	    (long long)id);
	stage_raw(f, sql);
	snprintf(sql, sizeof sql, "UPDATE request SET due_ms = %lld WHERE city = 3205 AND id = %lld", (long long)due_ms,
	    (long long)id);
	stage_raw(f, sql);
}

/* The deadline moves out, or stands still: the program takes its order back, once; when it is late again, it orders again. */
static void
an_order_of_what_is_not_late_is_taken_back(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	int64_t due;

	begin(f);
	r = ask(f, idem_key_new());
	due = of(f, "due_ms FROM case_clock WHERE city = $1", r.id);
	stage_now_ms = THURSDAY;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(watch(f), 0);
	due_set(f, r.id, due + 30 * DAY_MS);
	assert_int_equal(watch(f), 1);
	assert_int_equal(watch(f), 0);
	assert_int_equal(of(f, ORDERS " AND state = 70 AND closed_ms IS NOT NULL AND again_ms IS NULL AND next_ms IS NULL", r.id), 1);
	assert_int_equal(events(f, r.id, "supervise.withdrawn.moved"), 1);
	due_set(f, r.id, due); /* and back */
	assert_int_equal(watch(f), 1);
	assert_int_equal(of(f, ORDERS " AND turn = 2 AND open = 1", r.id), 1);
	due_set(f, r.id, INT64_MAX);
	assert_int_equal(watch(f), 1);
	assert_int_equal(events(f, r.id, "supervise.withdrawn.paused"), 1);
	due_set(f, r.id, due); /* a pause that added nothing */
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS " AND turn = 3 AND open = 1", r.id), 1);
	assert_int_equal(events(f, r.id, "supervise.ordered"), 3);
	due_set(f, r.id, due + 30 * DAY_MS); /* no reply by now: it isn't reported, it is taken back */
	stage_now_ms = THURSDAY + 7 * DAY_MS;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS " AND state = 70", r.id), 3);
	assert_int_equal(events(f, r.id, "supervise.reported.director"), 0);
}

/* An order by hand stays: whoever wrote it says when it is done. */
static void
an_order_by_hand_is_not_taken_back(void **state)
{
	struct stage *f = *state;
	struct order_issued o;

	begin(f);
	assert_int_equal(issue_as(f, DIRECTOR, ask(f, idem_key_new()).id, &o), RC_OK);
	assert_int_equal(watch(f), 0);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM supervise_order WHERE city = $1 AND open = 1"), 1);
}

/* ---- so often and no more -------------------------------------------------------------------------------------- */

/* The open order is answered and taken; a week on. */
static void
turn_pass(struct stage *f, int64_t id)
{
	int64_t order = order_open(f, id);

	assert_int_equal(reply_as(f, HELPER, order), RC_OK);
	assert_int_equal(judge_as(f, CHIEF, order, VERDICT_ACCEPTED), RC_OK);
	stage_now_ms += 7 * DAY_MS;
}

static void
turns_most_set(struct stage *f, int most)
{
	struct account a = { .id = { CHIEF }, .role = ROLE_OFFICIAL, .place = { CITY }, .active = true };
	struct actor actor = identity_actor(&a, STAGE_CITY);
	struct ctx ctx = ctx_as(f, &actor);
	struct findings findings = { .n = 0 };
	struct supervise_rules in = { .from_ms = stage_now_ms, .v = {
		[SUPERVISE_WARNING] = { .count = 1, .unit = CLOCK_WORKDAY }, [SUPERVISE_REMINDER] = { .count = 4, .unit = CLOCK_WORKHOUR },
		[SUPERVISE_ORDER] = { .reply_count = 2, .reply_unit = CLOCK_WORKDAY },
		[SUPERVISE_DIRECTOR] = { .reply_count = 1, .reply_unit = CLOCK_WORKDAY },
		[SUPERVISE_AGAIN] = { .count = 2, .unit = CLOCK_WORKDAY, .most = most } } };

	assert_int_equal(supervise_rules_set(&ctx, idem_key_new(), &in, &findings),
	    most >= 1 && most <= SUPERVISE_TURNS_MAX ? RC_OK : RC_INVALID);
	assert_int_equal(findings_of(&findings, "again_most") != NULL, most < 1 || most > SUPERVISE_TURNS_MAX);
}

struct case_look { struct case_id id; struct order orders[2]; struct supervise_said said[2]; size_t n_orders, n_said; };

static enum rc
case_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct case_look *l = arg;
	enum rc rc = order_of_case(tx, actor, l->id, l->orders, 2, &l->n_orders);

	return rc == RC_OK ? supervise_said_list(tx, actor, l->id, l->said, 2, &l->n_said) : rc;
}

/* Three turns, as the program has it; then the bureau hears of it, once, and a year brings no fourth. */
static void
turns_have_an_end(void **state)
{
	struct stage *f = *state;
	struct order_issued o;
	struct intake_receipt r;
	struct actor chief;
	struct ctx ctx;
	struct case_look l;

	begin(f);
	r = ask(f, idem_key_new());
	stage_now_ms = THURSDAY;
	for (int turn = 1; turn <= 3; turn++) {
		assert_int_equal(run(f, 10), 1);
		assert_int_equal(of(f, ORDERS " AND open = 1 AND level = 3", r.id), 1);
		assert_int_equal(of(f, "turn FROM supervise_order WHERE city = $1 AND open = 1", r.id), turn);
		assert_int_equal(events(f, r.id, "supervise.turns_over"), 0);
		turn_pass(f, r.id);
	}
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS, r.id), 3);
	assert_int_equal(of(f, ORDERS " AND turn = 3 AND state = 50 AND level = 5 AND report_ms IS NOT NULL", r.id), 1);
	assert_int_equal(of(f, "COUNT(*) FROM supervise_step WHERE city = $1 AND step = 7 AND turn = 3", r.id), 1);
	assert_int_equal(events(f, r.id, "supervise.turns_over"), 1);
	assert_int_equal(problems(f), 0);
	for (int week = 0; week < 52; week++, stage_now_ms += 7 * DAY_MS) {
		assert_int_equal(run(f, 10), 0);
		assert_int_equal(watch(f), 0);
	}
	assert_int_equal(of(f, ORDERS, r.id), 3);
	assert_int_equal(of(f, "COUNT(*) FROM case_clock WHERE city = $1 AND met_ms IS NULL AND target = 1", r.id), 1); /* and late all the year */
	/* people may; it counts for no turn, and the report stays one */
	assert_int_equal(issue_as(f, DIRECTOR, r.id, &o), RC_OK);
	turn_pass(f, r.id);
	assert_int_equal(run(f, 10), 0);
	assert_int_equal(of(f, ORDERS " AND open = 1", r.id), 0);
	assert_int_equal(events(f, r.id, "supervise.turns_over"), 1);
	assert_int_equal(problems(f), 0);

	/* with more orders and steps than fit, the newest are shown */
	chief = as(CHIEF);
	ctx = ctx_as(f, &chief);
	l = (struct case_look){ .id = { r.id } };
	assert_int_equal(db_read(&ctx, case_tx, &l), RC_OK);
	assert_true(l.n_orders == 2 && l.orders[0].id == o.id && l.orders[1].turn == 3);
	assert_true(l.n_said == 2 && l.said[0].step == SUPERVISE_ORDER && l.said[1].step == SUPERVISE_AGAIN);
	assert_true(l.said[0].order == l.said[1].order && l.said[0].order == l.orders[1].id);
}

/* How often is a rule: once; and of a deadline that went away and came back.  Another deadline begins anew. */
static void
how_many_turns_is_a_rule(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	int64_t due;

	begin(f);
	turns_most_set(f, 0);
	turns_most_set(f, SUPERVISE_TURNS_MAX + 1);
	turns_most_set(f, SUPERVISE_TURNS_MAX);
	stage_now_ms++;
	turns_most_set(f, 1);
	r = ask(f, idem_key_new());
	due = of(f, "due_ms FROM case_clock WHERE city = $1 AND target = 1", r.id);
	stage_now_ms = THURSDAY;
	assert_int_equal(run(f, 10), 1);
	due_set(f, r.id, due + 30 * DAY_MS);
	assert_int_equal(watch(f), 1); /* taken back */
	due_set(f, r.id, due);
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS, r.id), 1);
	assert_int_equal(of(f, ORDERS " AND state = 70 AND level = 5", r.id), 1);
	assert_int_equal(events(f, r.id, "supervise.turns_over"), 1);
	assert_int_equal(run(f, 10), 0);
	due_set(f, r.id, due + HOUR); /* another deadline, late as well */
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS " AND turn = 1", r.id), 2);
	turn_pass(f, r.id);
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS, r.id), 2);
	assert_int_equal(events(f, r.id, "supervise.turns_over"), 2);
}

static void
a_failing_database_ends_turns_once(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	int64_t n = 0;
	int step = 1;

	begin(f);
	turns_most_set(f, 1);
	r = ask(f, idem_key_new());
	stage_now_ms = THURSDAY;
	assert_int_equal(run(f, 10), 1);
	turn_pass(f, r.id);
	for (; step < 100; step++) {
		struct ctx ctx = ctx_as(f, &f->system);
		enum rc rc;

		db_fail_after(f->db, step);
		rc = supervise_run(&ctx, 10, &n);
		db_fail_after(f->db, 0);
		if (rc == RC_OK)
			break;
		assert_int_equal(of(f, ORDERS " AND again_ms IS NOT NULL AND level = 3", r.id), 1);
		assert_int_equal(events(f, r.id, "supervise.turns_over"), 0);
		assert_int_equal(of(f, "COUNT(*) FROM supervise_step WHERE city = $1 AND step = 7", r.id), 0);
	}
	assert_in_range(step, 10, 99);
	assert_int_equal(events(f, r.id, "supervise.turns_over"), 1);
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_stays_late_is_ordered_again),
		cmocka_unit_test(what_is_done_meanwhile_is_not_ordered_again),
		cmocka_unit_test(a_failing_database_orders_nothing_twice),
		cmocka_unit_test(an_order_of_what_is_not_late_is_taken_back),
		cmocka_unit_test(an_order_by_hand_is_not_taken_back),
		cmocka_unit_test(turns_have_an_end),
		cmocka_unit_test(how_many_turns_is_a_rule),
		cmocka_unit_test(a_failing_database_ends_turns_once),
	};
	int failed = stage_main("story_turn", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
