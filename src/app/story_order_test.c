/* Orders by hand: issued, signed for, answered, judged; the rules and the register. */
#include "app/story_stage.h"

#include "operations/supervise/supervise.h"
#include "standards/holidays/holidays.h"

#include <stdio.h>

#define HOUR INT64_C(3600000)
#define TUESDAY INT64_C(1782781200000) /* 2026-06-30 9:00, when every test begins */
#define WEDNESDAY (TUESDAY + DAY_MS)
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

/* ---- orders by hand ------------------------------------------------------------------------------------- */

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

static enum rc
sign_as(struct stage *f, int who, int64_t order)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return order_sign(&ctx, idem_key_new(), order);
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

/* Ordered, signed for, answered, sent back, answered again, accepted. */
static void
an_order_is_answered_and_closed(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct order_issued o;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(issue_as(f, CLERK, r.id, &o), RC_FORBIDDEN);
	assert_int_equal(issue_as(f, STRANGER, r.id, &o), RC_NOT_FOUND);
	assert_int_equal(issue_as(f, DIRECTOR, r.id, &o), RC_OK);
	assert_int_equal(sign_as(f, CLERK, o.id), RC_FORBIDDEN);
	assert_int_equal(sign_as(f, STRANGER, o.id), RC_NOT_FOUND);
	assert_int_equal(sign_as(f, HELPER, o.id), RC_OK);
	assert_int_equal(sign_as(f, HELPER, o.id), RC_OK);
	assert_int_equal(events(f, r.id, "supervise.read"), 1);
	assert_int_equal(of(f, ORDERS " AND state = 20 AND read_by = 101", r.id), 1);
	assert_int_equal(judge_as(f, DIRECTOR, o.id, VERDICT_ACCEPTED), RC_CONFLICT);
	assert_int_equal(reply_as(f, DIRECTOR, o.id), RC_FORBIDDEN);
	assert_int_equal(reply_as(f, HELPER, o.id), RC_OK);
	assert_int_equal(reply_as(f, HELPER, o.id), RC_CONFLICT);
	assert_int_equal(judge_as(f, HELPER, o.id, VERDICT_ACCEPTED), RC_FORBIDDEN);
	assert_int_equal(problems(f), 0);
	stage_now_ms = WEDNESDAY;
	assert_int_equal(judge_as(f, DIRECTOR, o.id, VERDICT_SENT_BACK), RC_OK);
	assert_int_equal(of(f, ORDERS " AND state = 30 AND round = 2 AND due_ms = 1783094399999", r.id), 1); /* Friday's end */
	assert_int_equal(problems(f), 0);
	assert_int_equal(reply_as(f, HELPER, o.id), RC_OK);
	assert_int_equal(judge_as(f, CHIEF, o.id, VERDICT_ACCEPTED), RC_OK); /* not the issuer: whoever supervises there */
	assert_int_equal(of(f, ORDERS " AND state = 50 AND closed_ms IS NOT NULL", r.id), 1);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM supervise_reply WHERE city = $1 AND verdict IS NOT NULL"), 2);
	assert_int_equal(events(f, r.id, "supervise.replied"), 2);
	assert_int_equal(problems(f), 0);
	assert_int_equal(issue_as(f, DIRECTOR, r.id, &o), RC_OK); /* again, once the first is done */
}

static void
an_order_sent_back_goes_up_again(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct order_issued o;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(issue_as(f, DIRECTOR, r.id, &o), RC_OK);
	stage_now_ms = THURSDAY + DAY_MS; /* Friday: it was due at the end of Thursday */
	stage_raw(f, "UPDATE case_clock SET met_ms = 1 WHERE city = 3205 AND target = 2"); /* its clocks apart */
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS " AND level = 4", r.id), 1);
	assert_int_equal(sign_as(f, DIRECTOR, o.id), RC_OK); /* the report */
	assert_int_equal(of(f, "COUNT(*) FROM supervise_step WHERE city = $1 AND step = 4 AND read_ms IS NOT NULL", r.id), 1);
	assert_int_equal(of(f, ORDERS " AND read_ms IS NULL", r.id), 1); /* the order itself is still unsigned */
	assert_int_equal(reply_as(f, HELPER, o.id), RC_OK);
	assert_int_equal(judge_as(f, DIRECTOR, o.id, VERDICT_SENT_BACK), RC_OK);
	assert_int_equal(of(f, ORDERS " AND level = 3 AND state = 30", r.id), 1);
	stage_now_ms += 7 * DAY_MS;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(events(f, r.id, "supervise.reported.director"), 2);
	assert_int_equal(problems(f), 1); /* the clock met by hand above: "the deadline shown is the nearest unmet one" */
}

static void
what_cannot_be_ordered_says_why(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct order_issued o, again = { .id = 0 };
	struct actor director = as(DIRECTOR);
	struct ctx ctx;
	struct order_issue in;

	begin(f);
	r = ask(f, idem_key_new());
	ctx = ctx_as(f, &director);
	in = asks(r.id);
	in.words = TEXT("快办。");
	assert_int_equal(order_issue(&ctx, idem_key_new(), &in, &o), RC_INVALID); /* three characters of four */
	in = asks(r.id);
	in.cause = TEXT("no such cause");
	assert_int_equal(order_issue(&ctx, idem_key_new(), &in, &o), RC_INVALID);
	in = asks(r.id);
	in.reply_by = day_add(day_of_moment(stage_now_ms), -1);
	assert_int_equal(order_issue(&ctx, idem_key_new(), &in, &o), RC_INVALID);
	in.reply_by = day_of_moment(stage_now_ms);
	assert_int_equal(order_issue(&ctx, idem_key_new(), &in, &o), RC_OK);
	assert_int_equal(issue_as(f, DIRECTOR, r.id, &again), RC_REFUSED);
	assert_int_equal(again.bar, ORDER_BAR_OPEN);
	assert_true(again.id == o.id);
	assert_int_equal(order_withdraw(&ctx, idem_key_new(), o.id, order_revision(f, o.id), TEXT("下达错了，撤销")), RC_OK);
	assert_int_equal(dispatch_assign(&ctx, idem_key_new(), &(struct dispatch_assign){ .id = { r.id },
	    .revision = revision(f, r.id), .reason = TEXT("我来办") }), RC_OK);
	assert_int_equal(issue_as(f, DIRECTOR, r.id, &again), RC_REFUSED);
	assert_int_equal(again.bar, ORDER_BAR_OWN);
	assert_int_equal(problems(f), 0);
}

/* Several at once: each on its own, what is refused is named; the same form again orders nothing twice. */
static void
a_batch_orders_each_on_its_own(void **state)
{
	struct stage *f = *state;
	struct actor director = as(DIRECTOR);
	struct idem_key key = idem_key_new();
	struct case_id v[4];
	struct order_result first[4], second[4];
	struct order_issued held;
	struct ctx ctx;

	begin(f);
	for (int i = 0; i < 3; i++)
		v[i] = (struct case_id){ ask(f, idem_key_new()).id };
	v[3] = (struct case_id){ 999 };
	assert_int_equal(issue_as(f, CHIEF, v[1].n, &held), RC_OK);
	for (int k = 0; k < 2; k++) {
		struct order_issue in = asks(0);

		ctx = ctx_as(f, &director);
		assert_int_equal(order_issue_all(&ctx, key, v, 4, &in, k == 0 ? first : second), RC_OK);
	}
	assert_int_equal(first[0].rc, RC_OK);
	assert_int_equal(first[1].rc, RC_REFUSED);
	assert_true(first[1].issued.id == held.id);
	assert_int_equal(first[2].rc, RC_OK);
	assert_int_equal(first[3].rc, RC_NOT_FOUND);
	assert_true(second[0].rc == RC_OK && second[0].issued.id == first[0].issued.id);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM supervise_order WHERE city = $1"), 3);
	assert_int_equal(problems(f), 0);
}

static void
a_failing_database_replies_nothing_by_half(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct order_issued o;
	int64_t at;
	int step = 1;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(issue_as(f, DIRECTOR, r.id, &o), RC_OK);
	at = order_revision(f, o.id);
	for (; step < 100; step++) {
		struct actor a = as(HELPER);
		struct ctx ctx = ctx_as(f, &a);
		enum rc rc;

		db_fail_after(f->db, step);
		rc = order_reply(&ctx, idem_key_new(), o.id, at, TEXT("已经联系当事人。"));
		db_fail_after(f->db, 0);
		if (rc == RC_OK)
			break;
		assert_int_equal(of(f, ORDERS " AND state = 10 AND read_ms IS NULL", r.id), 1);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM supervise_reply WHERE city = $1"), 0);
		assert_int_equal(events(f, r.id, "supervise.replied"), 0);
	}
	assert_in_range(step, 6, 99);
	assert_int_equal(problems(f), 0);
}

/* ---- a new table of holidays ---------------------------------------------------------------------------- */

#define THURSDAY_END INT64_C(1783007999999)
#define MONDAY_END INT64_C(1783353599999)
#define NEXT_TUESDAY_END INT64_C(1783439999999)

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

static int64_t
recount(struct stage *f, size_t most)
{
	struct ctx ctx = ctx_as(f, &f->system);
	int64_t n = -1, moved = 0;

	assert_int_equal(request_recount(&ctx, 20, &n, &moved), RC_OK); /* the clocks of the cases, as the worker does */
	assert_int_equal(supervise_recount(&ctx, most, &n), RC_OK);
	return n;
}

static int64_t
order_due(struct stage *f, int64_t order)
{
	char sql[120];

	snprintf(sql, sizeof sql, "SELECT due_ms FROM supervise_order WHERE city = $1 AND id = %lld", (long long)order);
	return stage_int(f, sql);
}

/* Two working days from Tuesday: Wednesday and Thursday become days off.  A day set by hand stays, and so does a form. */
static void
a_new_table_moves_the_time_to_reply(void **state)
{
	struct stage *f = *state;
	struct actor director = as(DIRECTOR), helper = as(HELPER);
	struct order_issued o, fixed;
	struct order_issue in;
	struct intake_receipt r, r2;
	struct ctx ctx;
	int64_t seen;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(issue_as(f, DIRECTOR, r.id, &o), RC_OK);
	r2 = ask(f, idem_key_new());
	in = asks(r2.id);
	in.reply_by = day_of_moment(THURSDAY);
	ctx = ctx_as(f, &director);
	assert_int_equal(order_issue(&ctx, idem_key_new(), &in, &fixed), RC_OK);
	assert_int_equal(recount(f, 10), 0);
	seen = order_revision(f, o.id);
	day_off(f, "2026-07-01");
	day_off(f, "2026-07-02");
	assert_int_equal(recount(f, 1), 1);
	assert_int_equal(recount(f, 10), 1);
	assert_int_equal(recount(f, 10), 0);
	assert_true(order_due(f, o.id) == MONDAY_END);
	assert_int_equal(of(f, ORDERS " AND next_ms = 1783353599999", r.id), 1);
	assert_true(order_due(f, fixed.id) == THURSDAY_END);
	assert_int_equal(of(f, "COUNT(*) FROM event WHERE city = $1 AND kind = 'supervise.recounted'"
	    " AND data LIKE 'due=1783007999999>1783353599999%order=%'", r.id), 1);
	assert_int_equal(events(f, r2.id, "supervise.recounted"), 0);
	assert_int_equal(problems(f), 0);
	ctx = ctx_as(f, &helper);
	assert_int_equal(order_reply(&ctx, idem_key_new(), o.id, seen, TEXT("已经联系当事人。")), RC_OK);

	day_off(f, "2026-07-03"); /* replied to: its deadline is past caring */
	assert_int_equal(recount(f, 10), 1);
	assert_true(order_due(f, o.id) == MONDAY_END);
	stage_now_ms = TUESDAY + 6 * DAY_MS; /* Monday: sent back, and two working days from there */
	assert_int_equal(judge_as(f, DIRECTOR, o.id, VERDICT_SENT_BACK), RC_OK);
	assert_true(order_due(f, o.id) == NEXT_TUESDAY_END + DAY_MS);
	day_off(f, "2026-07-07");
	assert_int_equal(recount(f, 10), 2);
	assert_true(order_due(f, o.id) == NEXT_TUESDAY_END + 2 * DAY_MS);
	assert_int_equal(events(f, r.id, "supervise.recounted"), 2);
	assert_int_equal(problems(f), 0);
}

/* When the next level hears of it moves along: of an order that has been reported, counted from then. */
static void
a_new_table_moves_the_next_report(void **state)
{
	struct stage *f = *state;
	struct order_issued o;
	struct intake_receipt r;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(issue_as(f, DIRECTOR, r.id, &o), RC_OK);
	stage_raw(f, "UPDATE case_clock SET met_ms = 1 WHERE city = 3205"); /* its clocks apart */
	stage_now_ms = THURSDAY + DAY_MS; /* Friday: it was due at the end of Thursday */
	assert_in_range(run(f, 10), 1, 2);
	assert_int_equal(of(f, ORDERS " AND level = 4 AND next_ms = 1783353599999", r.id), 1); /* a working day on: Monday's end */
	day_off(f, "2026-07-06");
	assert_in_range(recount(f, 10), 1, 2);
	assert_int_equal(of(f, ORDERS " AND level = 4 AND next_ms = 1783439999999 AND due_ms = 1783007999999", r.id), 1);
	assert_int_equal(events(f, r.id, "supervise.recounted"), 0);
}

static void
a_failing_database_recounts_nothing_by_half(void **state)
{
	struct stage *f = *state;
	struct order_issued o;
	int64_t n = 0;
	int step = 1;

	begin(f);
	assert_int_equal(issue_as(f, DIRECTOR, ask(f, idem_key_new()).id, &o), RC_OK);
	day_off(f, "2026-07-01");
	for (; step < 100; step++) {
		struct ctx ctx = ctx_as(f, &f->system);
		enum rc rc;

		db_fail_after(f->db, step);
		rc = supervise_recount(&ctx, 10, &n);
		db_fail_after(f->db, 0);
		if (rc == RC_OK)
			break;
		assert_true(order_due(f, o.id) == THURSDAY_END);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1 AND kind = 'supervise.recounted'"), 0);
	}
	assert_in_range(step, 5, 99);
	assert_true(order_due(f, o.id) == THURSDAY_END + DAY_MS);
	assert_int_equal(recount(f, 10), 0);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1 AND kind = 'supervise.recounted'"), 1);
	assert_int_equal(problems(f), 0);
}

/* ---- the rules ---------------------------------------------------------------------------------------------- */

struct rules_look { struct supervise_rules now, all[4]; size_t n; };

static enum rc
rules_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct rules_look *l = arg;
	enum rc rc = supervise_rules_load(tx, actor, &l->now);

	return rc == RC_OK ? supervise_rules_history(tx, actor, l->all, 4, &l->n) : rc;
}

static struct rules_look
rules_now(struct stage *f)
{
	struct ctx ctx = ctx_as(f, &f->system);
	struct rules_look l = { .n = 0 };

	assert_int_equal(db_read(&ctx, rules_tx, &l), RC_OK);
	return l;
}

static enum rc
rules_as(struct stage *f, int64_t place, enum role role, const struct supervise_rules *in, struct findings *findings)
{
	struct account a = { .id = { CHIEF }, .role = role, .place = { place }, .active = true };
	struct actor actor = identity_actor(&a, STAGE_CITY);
	struct ctx ctx = ctx_as(f, &actor);

	*findings = (struct findings){ .n = 0 };
	return supervise_rules_set(&ctx, idem_key_new(), in, findings);
}

/* A set holds from its moment on; the one before stays; what is out of order or past is refused with its bound. */
static void
rules_are_dated_and_kept(void **state)
{
	struct stage *f = *state;
	struct rules_look l;
	struct supervise_rules in;
	struct findings findings;
	struct intake_receipt r;

	begin(f);
	in = rules_now(f).now;
	assert_int_equal(in.from_ms, 0);
	in.from_ms = WEDNESDAY;
	in.v[SUPERVISE_ORDER].count = 3; /* working hours: Thursday at noon */
	assert_int_equal(rules_as(f, CITY, ROLE_DIRECTOR, &in, &findings), RC_FORBIDDEN);
	assert_int_equal(rules_as(f, COUNTY, ROLE_OFFICIAL, &in, &findings), RC_FORBIDDEN);
	assert_int_equal(rules_as(f, CITY, ROLE_OFFICIAL, &in, &findings), RC_OK);
	assert_int_equal(rules_as(f, CITY, ROLE_OFFICIAL, &in, &findings), RC_CONFLICT);
	assert_int_equal(rules_now(f).now.from_ms, 0);
	r = ask(f, idem_key_new());
	stage_now_ms = WEDNESDAY;
	l = rules_now(f);
	assert_true(l.now.from_ms == WEDNESDAY && l.n == 1 && l.now.v[SUPERVISE_ORDER].count == 3);
	stage_now_ms = THURSDAY;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS, r.id), 0); /* a reminder */
	stage_now_ms = THURSDAY + 3 * HOUR + 1;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(of(f, ORDERS " AND rule_ms = 1782867600000", r.id), 1);

	in.from_ms = stage_now_ms - 1;
	assert_int_equal(rules_as(f, CITY, ROLE_OFFICIAL, &in, &findings), RC_INVALID);
	assert_non_null(findings_of(&findings, "from"));
	in.from_ms = stage_now_ms;
	in.v[SUPERVISE_REMINDER] = (struct supervise_rule){ .count = 3, .unit = CLOCK_WORKDAY };
	in.v[SUPERVISE_WARNING].count = 2;
	assert_int_equal(rules_as(f, CITY, ROLE_OFFICIAL, &in, &findings), RC_INVALID);
	assert_non_null(findings_of(&findings, "warning"));
	assert_int_equal(findings_of(&findings, "warning")->bound, 3);
	in.v[SUPERVISE_WARNING].count = 3;
	in.v[SUPERVISE_ORDER].reply_count = 0;
	assert_int_equal(rules_as(f, CITY, ROLE_OFFICIAL, &in, &findings), RC_INVALID);
	assert_non_null(findings_of(&findings, "order_reply"));
	in.v[SUPERVISE_ORDER].reply_count = 1;
	in.v[SUPERVISE_BUREAU].count = SUPERVISE_COUNT_MAX + 1;
	assert_int_equal(rules_as(f, CITY, ROLE_OFFICIAL, &in, &findings), RC_INVALID);
	in.v[SUPERVISE_BUREAU].count = SUPERVISE_COUNT_MAX;
	assert_int_equal(rules_as(f, CITY, ROLE_OFFICIAL, &in, &findings), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM supervise_rule WHERE city = $1"), 12);
}

/* ---- lists ----------------------------------------------------------------------------------------------------- */

struct list_look { struct order_filter f; struct order v[8]; size_t n; int64_t mine; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct list_look *l = arg;
	enum rc rc = order_list(tx, actor, &l->f, l->v, 8, &l->n);

	return rc == RC_OK ? order_mine_count(tx, actor, &l->mine) : rc;
}

static size_t
listed(struct stage *f, int who, struct order_filter filter)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct list_look l = { .f = filter };

	assert_int_equal(db_read(&ctx, list_tx, &l), RC_OK);
	assert_int_equal(l.mine, who == HELPER ? stage_int(f, "SELECT COUNT(*) FROM supervise_order WHERE city = $1 AND state < 40") : 0);
	return l.n;
}

static void
the_register_is_of_the_own_place(void **state)
{
	struct stage *f = *state;
	struct order_issued o;

	begin(f);
	for (int i = 0; i < 3; i++)
		assert_int_equal(issue_as(f, i == 0 ? CHIEF : DIRECTOR, ask(f, idem_key_new()).id, &o), RC_OK);
	assert_int_equal(reply_as(f, HELPER, o.id), RC_OK);
	assert_int_equal(listed(f, DIRECTOR, (struct order_filter){ .group = ORDERS_ALL }), 3);
	assert_int_equal(listed(f, STRANGER, (struct order_filter){ .group = ORDERS_ALL }), 0);
	assert_int_equal(listed(f, HELPER, (struct order_filter){ .group = ORDERS_WAITING }), 2);
	assert_int_equal(listed(f, CHIEF, (struct order_filter){ .group = ORDERS_REPLIED }), 1);
	assert_int_equal(listed(f, CHIEF, (struct order_filter){ .group = ORDERS_LATE }), 0);
	assert_int_equal(listed(f, CHIEF, (struct order_filter){ .group = ORDERS_DONE }), 0);
	assert_int_equal(listed(f, CHIEF, (struct order_filter){ .cause = TEXT("quality") }), 3);
	assert_int_equal(listed(f, CHIEF, (struct order_filter){ .cause = TEXT("other") }), 0);
	assert_int_equal(listed(f, CHIEF, (struct order_filter){ .level = SUPERVISE_BUREAU }), 0);
	assert_int_equal(listed(f, CHIEF, (struct order_filter){ .place = { VILLAGE } }), 3);
	assert_int_equal(listed(f, CHIEF, (struct order_filter){ .place = { OTHER_TOWN } }), 0);
	assert_int_equal(listed(f, STRANGER, (struct order_filter){ .place = { VILLAGE } }), 0);
	assert_int_equal(listed(f, CHIEF, (struct order_filter){ .before = o.id }), 2);
	stage_now_ms += 10 * DAY_MS;
	assert_int_equal(listed(f, CHIEF, (struct order_filter){ .group = ORDERS_LATE }), 2);
}

/* Each check of the stored data is seen to find its fault, and nothing when it is mended. */
static void
planted_faults_of_orders_are_found(void **state)
{
	static const struct { const char *plant, *mend; } faults[] = {
		{ "UPDATE supervise_order SET request = request + 1 WHERE city = 3205", "UPDATE supervise_order SET request = request - 1 WHERE city = 3205" },
		{ "UPDATE supervise_order SET place = 320506101201 WHERE city = 3205", "UPDATE supervise_order SET place = 320506100201 WHERE city = 3205" },
		{ "UPDATE supervise_order SET to_account = 103 WHERE city = 3205", "UPDATE supervise_order SET to_account = 101 WHERE city = 3205" },
		{ "UPDATE supervise_order SET due_ms = due_ms - 999999999999 WHERE city = 3205",
		    "UPDATE supervise_order SET due_ms = due_ms + 999999999999 WHERE city = 3205" },
		{ "UPDATE supervise_order SET next_ms = 1 WHERE city = 3205", "UPDATE supervise_order SET next_ms = NULL WHERE city = 3205" },
		{ "UPDATE supervise_order SET base_ms = base_ms - 1 WHERE city = 3205", "UPDATE supervise_order SET base_ms = base_ms + 1 WHERE city = 3205" },
		{ "UPDATE supervise_order SET base_ms = due_ms + 1 WHERE city = 3205", "UPDATE supervise_order SET base_ms = issued_ms WHERE city = 3205" },
		{ "UPDATE supervise_reply SET verdict = 1 WHERE city = 3205", "UPDATE supervise_reply SET verdict = NULL WHERE city = 3205" },
		{ "UPDATE supervise_reply SET round = 2 WHERE city = 3205", "UPDATE supervise_reply SET round = 1 WHERE city = 3205" },
		{ "UPDATE supervise_reply SET order_id = order_id + 1 WHERE city = 3205", "UPDATE supervise_reply SET order_id = order_id - 1 WHERE city = 3205" },
		{ "UPDATE supervise_step SET order_id = order_id + 1 WHERE city = 3205 AND step = 3",
		    "UPDATE supervise_step SET order_id = order_id - 1 WHERE city = 3205 AND step = 3" },
		{ "UPDATE supervise_order SET turn = 2 WHERE city = 3205", "UPDATE supervise_order SET turn = 1 WHERE city = 3205" },
		{ "UPDATE supervise_step SET turn = 2 WHERE city = 3205 AND step = 3", "UPDATE supervise_step SET turn = 1 WHERE city = 3205" },
		{ "INSERT INTO supervise_step (city, request, target, step, due_ms, turn, at_ms, said, to_account, order_id, rule_ms)"
		    " SELECT city, request, target, 7, due_ms, 2, at_ms, said, to_account, order_id, rule_ms FROM supervise_step WHERE step = 3",
		    "DELETE FROM supervise_step WHERE city = 3205 AND step = 7" },
		{ "UPDATE supervise_step SET request = request + 1 WHERE city = 3205", "UPDATE supervise_step SET request = request - 1 WHERE city = 3205" },
		{ "UPDATE supervise_step SET due_ms = due_ms + 1 WHERE city = 3205 AND step = 1",
		    "UPDATE supervise_step SET due_ms = due_ms - 1 WHERE city = 3205 AND step = 1" },
	};
	struct stage *f = *state;
	struct intake_receipt r;
	struct actor resident;
	struct ctx ctx;

	begin(f);
	r = ask(f, idem_key_new());
	stage_now_ms = THURSDAY;
	assert_int_equal(run(f, 10), 1);
	assert_int_equal(reply_as(f, HELPER, of(f, "MAX(id) FROM supervise_order WHERE city = $1", r.id)), RC_OK);
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		stage_raw(f, faults[i].plant);
		if (problems(f) < 1)
			fail_msg("not found: %s", faults[i].plant);
		stage_raw(f, faults[i].mend);
		if (problems(f) != 0)
			fail_msg("not mended: %s", faults[i].mend);
	}
	resident = (struct actor){ .kind = ACTOR_RECEIPT, .city = STAGE_CITY, .request = r.id, .places = PLACE_RANGE_EMPTY };
	ctx = ctx_as(f, &resident);
	assert_int_equal(intake_withdraw(&ctx, idem_key_new(), TEXT("已经解决")), RC_OK);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE supervise_order SET state = 40, closed_ms = NULL WHERE city = 3205");
	assert_int_equal(problems(f), 1); /* open on an ended case */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(planted_faults_of_orders_are_found),
		cmocka_unit_test(an_order_is_answered_and_closed),
		cmocka_unit_test(an_order_sent_back_goes_up_again),
		cmocka_unit_test(what_cannot_be_ordered_says_why),
		cmocka_unit_test(a_batch_orders_each_on_its_own),
		cmocka_unit_test(a_failing_database_replies_nothing_by_half),
		cmocka_unit_test(a_new_table_moves_the_time_to_reply),
		cmocka_unit_test(a_new_table_moves_the_next_report),
		cmocka_unit_test(a_failing_database_recounts_nothing_by_half),
		cmocka_unit_test(rules_are_dated_and_kept),
		cmocka_unit_test(the_register_is_of_the_own_place),
	};
	int failed = stage_main("story_order", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
