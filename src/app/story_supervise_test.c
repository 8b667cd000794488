/* Supervision: a deadline comes near, passes, and nobody answers. */
#include "app/story_stage.h"

#include "operations/supervise/supervise.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define HOUR INT64_C(3600000)
#define TUESDAY INT64_C(1782781200000) /* 2026-06-30 9:00, when every test begins */
#define WEDNESDAY (TUESDAY + DAY_MS)
#define THURSDAY (TUESDAY + 2 * DAY_MS)

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
steps(struct stage *f, int64_t id, int step, int said)
{
	char what[160];

	snprintf(what, sizeof what, "COUNT(*) FROM supervise_step WHERE city = $1 AND step = %d AND said = %d", step, said);
	return of(f, what, id);
}

static int64_t
events(struct stage *f, int64_t id, const char *kind)
{
	char what[160];

	snprintf(what, sizeof what, "COUNT(*) FROM event WHERE city = $1 AND kind = '%s'", kind);
	return of(f, what, id);
}

#define ORDERS "COUNT(*) FROM supervise_order WHERE city = $1"

/* Asked on Tuesday at 9:00, to be accepted by the end of Wednesday; nobody does anything. */
static void
a_case_left_alone_goes_up_step_by_step(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(run(f, 10), 0);
	stage_now_ms = WEDNESDAY;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(run(f, 10), 0);
	assert_int_equal(steps(f, r.id, SUPERVISE_WARNING, 1), 1);
	stage_now_ms = WEDNESDAY + 5 * HOUR;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(events(f, r.id, "supervise.reminded"), 1);
	stage_now_ms = THURSDAY - HOUR; /* late since midnight, but it is eight */
	assert_int_equal(run(f, 10), 0);
	stage_now_ms = THURSDAY;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS " AND state = 10 AND level = 3 AND cause = 'accept_late' AND to_account = 101", r.id), 1);
	assert_int_equal(of(f, "due_ms FROM supervise_order WHERE city = $1", r.id), INT64_C(1783353599999)); /* Monday's end */
	assert_int_equal(problems(f), 0);
	stage_now_ms = THURSDAY + 5 * DAY_MS; /* Tuesday: no reply */
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS " AND level = 4 AND report_to = 102", r.id), 1);
	assert_int_equal(events(f, r.id, "supervise.reported.director"), 1);
	stage_now_ms += DAY_MS; /* the director has until the end of this day */
	assert_int_equal(run(f, 10), 0);
	stage_now_ms += DAY_MS;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(events(f, r.id, "supervise.reported.bureau"), 1);
	assert_int_equal(of(f, ORDERS " AND level = 5 AND next_ms IS NULL", r.id), 1);
	stage_now_ms += 30 * DAY_MS;
	assert_int_equal(run(f, 10), 0);
	assert_int_equal(problems(f), 0);
}

/* Nobody looked for a week: one order, no flood of what would have been said on the way. */
static void
what_is_overtaken_is_not_said(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;

	begin(f);
	r = ask(f, idem_key_new());
	stage_now_ms = TUESDAY + 7 * DAY_MS;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(steps(f, r.id, SUPERVISE_WARNING, 0), 1);
	assert_int_equal(steps(f, r.id, SUPERVISE_REMINDER, 0), 1);
	assert_int_equal(steps(f, r.id, SUPERVISE_ORDER, 1), 1);
	assert_int_equal(events(f, r.id, "supervise.warned") + events(f, r.id, "supervise.reminded"), 0);
	assert_int_equal(events(f, r.id, "supervise.ordered"), 1);
	assert_int_equal(of(f, ORDERS, r.id), 1);
}

static void
what_was_done_in_time_is_let_be(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	stage_now_ms = THURSDAY;
	assert_int_equal(run(f, 10), 1); /* the answer, due at the end of Friday */
	assert_int_equal(of(f, "COUNT(*) FROM supervise_step WHERE city = $1 AND target = 1", r.id), 0);
	assert_int_equal(of(f, "COUNT(*) FROM supervise_step WHERE city = $1 AND target = 2 AND step = 1", r.id), 1);
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

/* Another due moment is judged anew; the old one again is not said twice; a paused one not at all. */
static void
a_deadline_that_moves_is_judged_anew(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	int64_t due;

	begin(f);
	r = ask(f, idem_key_new());
	due = of(f, "due_ms FROM case_clock WHERE city = $1", r.id);
	stage_now_ms = WEDNESDAY;
	assert_int_equal(run(f, 10), 1);
	due_set(f, r.id, INT64_MAX);
	stage_now_ms = THURSDAY;
	assert_int_equal(run(f, 10), 0);
	due_set(f, r.id, due + DAY_MS);
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(steps(f, r.id, SUPERVISE_WARNING, 1), 2);
	due_set(f, r.id, due - DAY_MS);
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS, r.id), 1);
	due_set(f, r.id, due);
	assert_int_equal(run(f, 10), 1); /* late by this one, too: said, under the order that stands */
	assert_int_equal(of(f, ORDERS, r.id), 1);
	due_set(f, r.id, due - DAY_MS);
	assert_int_equal(run(f, 10), 0);
	assert_int_equal(events(f, r.id, "supervise.ordered"), 2);
}

static void
an_urgent_case_does_not_wait_for_the_morning(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r, slow;

	begin(f);
	slow = ask(f, idem_key_new());
	r = ask(f, idem_key_new());
	(void)slow;
	stage_raw(f, "UPDATE request SET urgent = 1 WHERE city = 3205 AND id = (SELECT MAX(id) FROM request)");
	stage_now_ms = THURSDAY - 8 * HOUR;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS, r.id), 1);
	assert_int_equal(run(f, 10), 0);
	stage_now_ms = THURSDAY;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS, slow.id), 1);
}

static void
an_order_follows_its_case(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct dispatch_result offer;
	struct actor clerk = as(CLERK), resident;
	struct ctx ctx;

	begin(f);
	r = ask(f, idem_key_new());
	stage_now_ms = THURSDAY;
	assert_int_equal(run(f, 10), 1);
	stage_raw(f, "UPDATE supervise_order SET state = 20, read_ms = 5, read_by = 101 WHERE city = 3205");
	assert_int_equal(offer_as(f, HELPER, r.id, CLERK, &offer), RC_OK);
	ctx = ctx_as(f, &clerk);
	assert_int_equal(dispatch_accept(&ctx, idem_key_new(), offer.handover), RC_OK);
	assert_int_equal(of(f, ORDERS " AND to_account = 103 AND state = 10 AND read_ms IS NULL", r.id), 1);
	assert_int_equal(problems(f), 0);
	resident = (struct actor){ .kind = ACTOR_RECEIPT, .city = STAGE_CITY, .request = r.id, .places = PLACE_RANGE_EMPTY };
	ctx = ctx_as(f, &resident);
	assert_int_equal(intake_withdraw(&ctx, idem_key_new(), TEXT("已经解决")), RC_OK);
	assert_int_equal(of(f, ORDERS " AND state = 60 AND closed_ms IS NOT NULL AND next_ms IS NULL", r.id), 1);
	assert_int_equal(problems(f), 0);
}

/* Planted: a case that lost its clocks.  The program acts, once, and tells the director. */
static void
no_case_is_open_without_a_clock(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r, hidden;
	struct ctx ctx;
	int64_t n = 0;

	begin(f);
	r = ask(f, idem_key_new());
	hidden = ask(f, idem_key_new());
	stage_raw(f, "DELETE FROM case_clock WHERE city = 3205");
	stage_raw(f, "UPDATE request SET due_ms = 9223372036854775807 WHERE city = 3205 AND id = (SELECT MIN(id) FROM request)");
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS " AND cause = 'no_clock' AND level = 4 AND report_to = 102 AND target = 0", r.id), 1);
	assert_int_equal(events(f, r.id, "supervise.no_clock"), 1);
	assert_int_equal(run(f, 10), 0);
	ctx = ctx_as(f, &f->system);
	assert_int_equal(supervise_watch(&ctx, 10, &n), RC_OK); /* its row still says that it has one */
	assert_int_equal(n, 1);
	assert_int_equal(of(f, ORDERS " AND cause = 'no_clock'", hidden.id), 1);
	stage_raw(f, "UPDATE supervise_order SET state = 50 WHERE city = 3205");
	stage_now_ms++;
	assert_int_equal(run(f, 10), 1); /* answered, and still no clock */
}

static void
a_few_at_a_time_until_none_is_left(void **state)
{
	struct stage *f = *state;

	begin(f);
	for (int i = 0; i < 25; i++)
		ask(f, idem_key_new());
	stage_now_ms = THURSDAY;
	assert_int_equal(run(f, 7), 7);
	assert_int_equal(run(f, 100), 18);
	assert_int_equal(run(f, 100), 0);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM supervise_order WHERE city = $1"), 25);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM supervise_step WHERE city = $1"), 75);
	assert_int_equal(problems(f), 0);
}

static void
a_failing_database_orders_nothing_by_half(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct ctx ctx;
	int64_t n;
	int step = 1;

	begin(f);
	r = ask(f, idem_key_new());
	stage_now_ms = THURSDAY;
	for (; step < 100; step++) {
		ctx = ctx_as(f, &f->system);
		db_fail_after(f->db, step);
		if (supervise_run(&ctx, 10, &n) == RC_OK)
			break;
		db_fail_after(f->db, 0);
		assert_int_equal(of(f, ORDERS, r.id), 0);
		assert_int_equal(events(f, r.id, "supervise.ordered"), 0);
		assert_int_equal(of(f, "COUNT(*) FROM supervise_step WHERE city = $1", r.id), 0);
		assert_int_equal(of(f, "step FROM case_clock WHERE city = $1", r.id), 0);
	}
	db_fail_after(f->db, 0);
	assert_in_range(step, 10, 99);
	assert_int_equal(of(f, ORDERS, r.id), 1);
	assert_int_equal(problems(f), 0);
}

/* ---- two workers ------------------------------------------------------------------------------------------ */

struct hand { pthread_t thread; struct stage *f; struct arena *mem; int64_t taken; };

static void *
work(void *arg)
{
	struct hand *h = arg;
	struct ctx ctx = { .mem = h->mem, .db = h->f->db, .actor = &h->f->system, .crypt = story_keys, .now_ms = stage_now_ms };

	for (int idle = 0; idle < 3;) {
		int64_t n = 0;
		enum rc rc = supervise_run(&ctx, 6, &n);

		h->taken += n;
		if (rc != RC_OK && rc != RC_BUSY)
			return h;
		idle = rc == RC_OK && n == 0 ? idle + 1 : 0;
		arena_reset(h->mem);
	}
	return NULL;
}

/* At once over the same cases: each step is taken by one of them. */
static void
two_workers_order_once(void **state)
{
	struct stage *f = *state;
	struct hand hands[2];
	int64_t taken = 0;

	begin(f);
	for (int i = 0; i < 40; i++)
		ask(f, idem_key_new());
	stage_now_ms = THURSDAY;
	for (int i = 0; i < 2; i++) {
		hands[i] = (struct hand){ .f = f, .mem = arena_create((size_t)16 << 20) };
		assert_int_equal(pthread_create(&hands[i].thread, NULL, work, &hands[i]), 0);
	}
	for (int i = 0; i < 2; i++) {
		void *wrong = NULL;

		assert_int_equal(pthread_join(hands[i].thread, &wrong), 0);
		assert_null(wrong);
		taken += hands[i].taken;
		arena_free(hands[i].mem);
	}
	assert_int_equal(taken, 40);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM supervise_order WHERE city = $1"), 40);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1 AND kind = 'supervise.ordered'"), 40);
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_case_left_alone_goes_up_step_by_step),
		cmocka_unit_test(what_is_overtaken_is_not_said),
		cmocka_unit_test(what_was_done_in_time_is_let_be),
		cmocka_unit_test(a_deadline_that_moves_is_judged_anew),
		cmocka_unit_test(an_urgent_case_does_not_wait_for_the_morning),
		cmocka_unit_test(an_order_follows_its_case),
		cmocka_unit_test(no_case_is_open_without_a_clock),
		cmocka_unit_test(a_few_at_a_time_until_none_is_left),
		cmocka_unit_test(a_failing_database_orders_nothing_by_half),
		cmocka_unit_test(two_workers_order_once),
	};
	int failed = stage_main("story_supervise", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
