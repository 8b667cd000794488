/* Colleagues who swap visits of a published month: asked, agreed to, approved or not; hard rules; what ends it otherwise; whom each
 * step concerns. */
#include "app/story_duty_month.h"

#include "supply/notify/notify.h"

#include <stdio.h>
#include <string.h>

enum { COLLEAGUE = STRANGER }; /* whoever else has an account; the register says that they are L-0003 */

static int64_t plan_id, swap;
static enum roster_rule rule;

static void
pinned(struct stage *f, const char *licence, int which, int day)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, CHIEF, &a);

	told = (struct findings){ .n = 0 };
	assert_int_equal(duty_pin_add(&ctx, idem_key_new(), &(struct duty_pin){ .county = { COUNTY }, .month = DUTY_MONTH,
	    .kind = ROSTER_PIN_VISIT, .licence = text_of(licence), .place = { village[which] }, .day = on(day), .why = TEXT("说好的") }, &told), RC_OK);
}

/* L-0001 is LAWYER, L-0003 a colleague; the month is published, their visits on two days. */
static void
ready(struct stage *f)
{
	begin(f);
	people(f);
	stage_raw(f, "UPDATE provider SET account = 104 WHERE licence = 'L-0001'");
	stage_raw(f, "UPDATE provider SET account = 106 WHERE licence = 'L-0003'");
	pinned(f, "L-0001", 0, 14);
	pinned(f, "L-0001", 1, 15);
	pinned(f, "L-0003", 2, 22);
	plan_id = published(f);
	stage_raw(f, "DELETE FROM duty_event WHERE city = 3205");
}

static struct duty_slot
slot(struct stage *f, int which)
{
	return *slot_of(see(f, plan_id), village[which]);
}

static struct duty_swap_new
asked(struct stage *f, bool both)
{
	struct duty_slot s = slot(f, 0), t = slot(f, 2);

	return (struct duty_swap_new){ plan_id, s.slot, s.revision, provider_of(f, "L-0003"), both ? (int64_t)t.slot : -1, TEXT("家里有事") };
}

static enum rc
ask_swap(struct stage *f, int who, struct idem_key key, const struct duty_swap_new *in)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	told = (struct findings){ .n = 0 };
	return duty_swap_ask(&ctx, key, in, &told, &rule, &swap);
}

static int64_t
swap_revision(struct stage *f)
{
	char sql[120];

	snprintf(sql, sizeof sql, "SELECT revision FROM duty_swap WHERE city = $1 AND id = %lld", (long long)swap);
	return stage_int(f, sql);
}

static enum rc
take_key(struct stage *f, int who, struct idem_key key, int64_t seen, enum duty_swap_step step, const char *words)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, who, &a);

	told = (struct findings){ .n = 0 };
	return duty_swap_take(&ctx, key, swap, seen, step, text_of(words), &told, &rule);
}

static enum rc
take(struct stage *f, int who, enum duty_swap_step step, const char *words)
{
	return take_key(f, who, idem_key_new(), swap_revision(f), step, words);
}

static int64_t
state(struct stage *f)
{
	char sql[120];

	snprintf(sql, sizeof sql, "SELECT state FROM duty_swap WHERE city = $1 AND id = %lld", (long long)swap);
	return stage_int(f, sql);
}

static int64_t
events(struct stage *f, const char *kind, int64_t account)
{
	char sql[200];

	snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM duty_event WHERE city = $1 AND kind = '%s' AND account = %lld", kind, (long long)account);
	return stage_int(f, sql);
}

/* ---- from asking to the roster ------------------------------------------------------------------------------------------ */

static void
two_exchange_and_the_roster_changes_once(void **state_)
{
	struct stage *f = *state_;
	struct duty_swap_new in;
	struct duty_slot was, theirs;
	struct idem_key key = idem_key_new();
	int64_t first, before;

	ready(f);
	was = slot(f, 0);
	theirs = slot(f, 2);
	in = asked(f, true);
	assert_int_equal(ask_swap(f, COLLEAGUE, idem_key_new(), &in), RC_NOT_FOUND); /* not their visit */
	in.why = TEXT(" ");
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_INVALID);
	in.why = TEXT("家里有事");
	in.with = provider_of(f, "L-0002");
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_INVALID); /* it is not that one's, and they can't log in */
	in = asked(f, true);
	assert_int_equal(ask_swap(f, LAWYER, key, &in), RC_OK);
	first = swap;
	assert_int_equal(ask_swap(f, LAWYER, key, &in), RC_OK);
	assert_int_equal(swap, first);
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_INVALID); /* it is open already */
	swap = first;
	assert_int_equal(events(f, "duty.swap_ask", COLLEAGUE), 1);
	assert_int_equal(take(f, LAWYER, SWAP_AGREE, ""), RC_FORBIDDEN);
	assert_int_equal(take(f, OFFICIAL, SWAP_APPROVE, ""), RC_FORBIDDEN);    /* nobody has agreed */
	assert_int_equal(take(f, COLLEAGUE, SWAP_AGREE, ""), RC_OK);
	assert_int_equal(events(f, "duty.swap_agree", LAWYER) + events(f, "duty.swap_agree", CHIEF) + events(f, "duty.swap_agree", OFFICIAL), 3);
	assert_int_equal(take(f, LAWYER, SWAP_APPROVE, ""), RC_FORBIDDEN);
	assert_int_equal(take(f, OTHER_OFFICIAL, SWAP_APPROVE, ""), RC_NOT_FOUND);
	assert_int_equal(take(f, DIRECTOR, SWAP_APPROVE, ""), RC_NOT_FOUND);    /* of a town */
	before = see(f, plan_id)->p.revision;
	key = idem_key_new();
	assert_int_equal(take_key(f, OFFICIAL, key, 2, SWAP_APPROVE, ""), RC_OK);
	assert_int_equal(take_key(f, OFFICIAL, key, 2, SWAP_APPROVE, ""), RC_OK); /* the same form once more */
	assert_int_equal(take_key(f, CHIEF, idem_key_new(), 2, SWAP_APPROVE, ""), RC_CONFLICT);
	assert_int_equal(see(f, plan_id)->p.revision, before + 1);
	assert_int_equal(slot(f, 0).provider, theirs.provider);
	assert_int_equal(slot(f, 0).day.n, was.day.n);
	assert_int_equal(slot(f, 2).provider, was.provider);
	assert_int_equal(slot(f, 2).day.n, theirs.day.n);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_change WHERE city = $1 AND kind = 3"), 2);
	assert_int_equal(events(f, "duty.swap_approve", LAWYER) + events(f, "duty.swap_approve", COLLEAGUE), 2);
	assert_int_equal(events(f, "duty.station", HELPER), 1);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE duty_swap SET state = 40 WHERE city = 3205");
	assert_int_equal(problems(f), 1);
	stage_raw(f, "UPDATE duty_swap SET state = 30 WHERE city = 3205");
	stage_raw(f, "UPDATE duty_swap SET provider = with_provider WHERE city = 3205");
	assert_int_equal(problems(f), 1);
}

static void
one_is_given_away_and_the_reasons_of_a_no_are_kept(void **state_)
{
	struct stage *f = *state_;
	struct duty_swap_new in;

	ready(f);
	in = asked(f, false);
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_OK);
	assert_int_equal(take(f, COLLEAGUE, SWAP_DECLINE, ""), RC_INVALID);
	assert_int_equal(take(f, COLLEAGUE, SWAP_DECLINE, "那天开庭"), RC_OK);
	assert_int_equal(state(f), SWAP_DECLINED);
	assert_int_equal(events(f, "duty.swap_decline", LAWYER), 1);
	assert_int_equal(take(f, COLLEAGUE, SWAP_AGREE, ""), RC_FORBIDDEN);
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_OK); /* once more: nothing is open */
	assert_int_equal(take(f, OFFICIAL, SWAP_DENY, ""), RC_INVALID);
	assert_int_equal(take(f, OFFICIAL, SWAP_DENY, "村里点名要他"), RC_OK);
	assert_int_equal(events(f, "duty.swap_deny", LAWYER) + events(f, "duty.swap_deny", COLLEAGUE), 2);
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_OK);
	assert_int_equal(take(f, COLLEAGUE, SWAP_WITHDRAW, ""), RC_FORBIDDEN);
	assert_int_equal(take(f, LAWYER, SWAP_WITHDRAW, ""), RC_OK);
	assert_int_equal(events(f, "duty.swap_withdraw", COLLEAGUE), 1);
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_OK);
	assert_int_equal(take(f, COLLEAGUE, SWAP_AGREE, ""), RC_OK);
	assert_int_equal(take(f, CHIEF, SWAP_APPROVE, ""), RC_OK);
	assert_int_equal(slot(f, 0).provider, provider_of(f, "L-0003"));
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_change WHERE city = $1 AND kind = 3"), 1);
	assert_int_equal(problems(f), 0);
}

/* ---- hard rules --------------------------------------------------------------------------------------------------------------- */

static void
away(struct stage *f, const char *licence, struct day day)
{
	struct actor a;
	struct ctx ctx = ctx_of(f, CHIEF, &a);

	told = (struct findings){ .n = 0 };
	assert_int_equal(duty_away_add(&ctx, idem_key_new(), &(struct duty_away){ .provider = provider_of(f, licence), .from = day, .to = day,
	    .reason = TEXT("") }, &told), RC_OK);
}

/* The one who came first to the roster can't be put where a rule says no: not when asked, and not when it becomes so later. */
static void
what_a_hard_rule_forbids_is_neither_asked_nor_approved(void **state_)
{
	struct stage *f = *state_;
	struct duty_offers o;
	struct duty_swap_new in;
	struct actor a;
	struct ctx ctx;

	ready(f);
	in = asked(f, true);
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_OK);
	assert_int_equal(take(f, COLLEAGUE, SWAP_AGREE, ""), RC_OK);
	away(f, "L-0001", slot(f, 2).day);      /* the asker can't come to what they would get */
	assert_int_equal(take(f, OFFICIAL, SWAP_APPROVE, ""), RC_REFUSED);
	assert_int_equal(rule, ROSTER_AWAY);
	assert_int_equal(state(f), SWAP_AGREED);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_change WHERE city = $1"), 0);
	assert_int_equal(take(f, LAWYER, SWAP_WITHDRAW, ""), RC_OK);
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_REFUSED);
	assert_int_equal(rule, ROSTER_AWAY);
	in.theirs = -1;                         /* but the colleague can come */
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_OK);
	away(f, "L-0003", slot(f, 0).day);
	assert_int_equal(take(f, COLLEAGUE, SWAP_AGREE, ""), RC_OK);
	assert_int_equal(take(f, OFFICIAL, SWAP_APPROVE, ""), RC_REFUSED);
	ctx = ctx_of(f, LAWYER, &a);
	assert_int_equal(duty_swap_offers(&ctx, plan_id, in.slot, 0, &o), RC_OK);
	assert_int_equal(o.n, 2);
	for (size_t i = 0; i < o.n; i++)
		if (o.v[i].provider == in.with)
			assert_true(o.v[i].reachable && o.v[i].blocked == ROSTER_AWAY);
		else
			assert_false(o.v[i].reachable);
	assert_int_equal(duty_swap_offers(&ctx, plan_id, in.slot, in.with, &o), RC_OK);
	assert_int_equal(o.n, 2);               /* to come, and the one visit of theirs: both are blocked */
	assert_true(o.v[0].blocked == ROSTER_AWAY && o.v[1].blocked == ROSTER_AWAY);
	ctx = ctx_of(f, COLLEAGUE, &a);
	assert_int_equal(duty_swap_offers(&ctx, plan_id, in.slot, in.with, &o), RC_NOT_FOUND);
	assert_int_equal(problems(f), 0);
}

/* ---- what ends it otherwise ------------------------------------------------------------------------------------------------------ */

static void
clock_to(struct stage *f, struct day day)
{
	stage_now_ms = day_start_ms(day) + 9 * 3600000;
	f->ctx.now_ms = stage_now_ms;
}

static void
on_the_day_it_is_too_late(void **state_)
{
	struct stage *f = *state_;
	struct duty_swap_new in;
	struct day first;
	int64_t n = 0;

	ready(f);
	in = asked(f, true);
	first = slot(f, 0).day.n < slot(f, 2).day.n ? slot(f, 0).day : slot(f, 2).day;
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_OK);
	clock_to(f, day_add(first, -1));
	assert_int_equal(duty_swap_expire(&f->ctx, &n), RC_OK);
	assert_int_equal(n, 0);
	assert_int_equal(take(f, COLLEAGUE, SWAP_AGREE, ""), RC_OK);
	clock_to(f, first);
	assert_int_equal(take(f, OFFICIAL, SWAP_APPROVE, ""), RC_INVALID);
	assert_int_equal(duty_swap_expire(&f->ctx, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_int_equal(state(f), SWAP_EXPIRED);
	assert_int_equal(events(f, "duty.swap_expire", LAWYER) + events(f, "duty.swap_expire", COLLEAGUE), 2);
	assert_int_equal(duty_swap_expire(&f->ctx, &n), RC_OK);
	assert_int_equal(n, 0);
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_INVALID);
	assert_int_equal(problems(f), 0);
}

static void
a_roster_that_changes_ends_what_was_asked_of_it(void **state_)
{
	struct stage *f = *state_;
	struct duty_swap_new in;
	struct duty_choice c;
	struct actor a;
	struct ctx ctx;

	ready(f);
	in = asked(f, true);
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_OK);
	ctx = ctx_of(f, CHIEF, &a);
	assert_int_equal(duty_candidates(&ctx, plan_id, slot(f, 2).slot, 200, &c), RC_OK); /* the other's visit goes elsewhere */
	assert_int_equal(duty_move(&ctx, idem_key_new(), &(struct duty_move){ plan_id, c.slot.slot, c.slot.revision, c.v[0].provider,
	    c.v[0].day, TEXT("村里有事") }, &told, &rule), RC_OK);
	assert_int_equal(state(f), SWAP_OVERTAKEN);
	assert_int_equal(events(f, "duty.swap_overtake", LAWYER) + events(f, "duty.swap_overtake", COLLEAGUE), 2);
	assert_true(events(f, "duty.moved", COLLEAGUE) + events(f, "duty.lost", COLLEAGUE) == 1);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE duty_plan SET freeze_day = 30000 WHERE city = 3205");
	in = asked(f, false);
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_OK);
	assert_int_equal(plan(f, CHIEF), RC_OK);
	assert_int_equal(publish(f, OFFICIAL, made.id), RC_OK);
	assert_int_equal(state(f), SWAP_OVERTAKEN);
	assert_int_equal(events(f, "duty.published", LAWYER) + events(f, "duty.published", COLLEAGUE), 2);
	assert_int_equal(take(f, COLLEAGUE, SWAP_AGREE, ""), RC_FORBIDDEN);
}

/* Every state, step and person against a list written by hand. */
static void
the_table_of_steps_is_this(void **state_)
{
	static const enum duty_swap_state states[] = { SWAP_ASKED, SWAP_AGREED, SWAP_APPROVED, SWAP_DECLINED, SWAP_DENIED, SWAP_WITHDRAWN,
		SWAP_EXPIRED, SWAP_OVERTAKEN };
	static const struct { enum duty_swap_state from; enum duty_swap_step step; unsigned by; } can[] = {
		{ SWAP_ASKED, SWAP_AGREE, SWAP_BY_COLLEAGUE }, { SWAP_ASKED, SWAP_DECLINE, SWAP_BY_COLLEAGUE },
		{ SWAP_AGREED, SWAP_APPROVE, SWAP_BY_PLANNER },
		{ SWAP_ASKED, SWAP_DENY, SWAP_BY_PLANNER }, { SWAP_AGREED, SWAP_DENY, SWAP_BY_PLANNER },
		{ SWAP_ASKED, SWAP_WITHDRAW, SWAP_BY_ASKER }, { SWAP_AGREED, SWAP_WITHDRAW, SWAP_BY_ASKER },
		{ SWAP_ASKED, SWAP_EXPIRE, SWAP_BY_SYSTEM }, { SWAP_AGREED, SWAP_EXPIRE, SWAP_BY_SYSTEM },
	};

	(void)state_;
	for (size_t s = 0; s < sizeof states / sizeof states[0]; s++)
		for (int step = 0; step <= SWAP_STEPS; step++)
			for (unsigned by = 1; by < 16; by <<= 1) {
				bool want = false;

				for (size_t i = 0; i < sizeof can / sizeof can[0]; i++)
					want |= can[i].from == states[s] && (int)can[i].step == step && can[i].by == by;
				assert_int_equal(duty_swap_may(states[s], (enum duty_swap_step)step, by), want);
				assert_int_equal(duty_swap_is_open(states[s]), states[s] < SWAP_APPROVED);
			}
}

/* ---- nothing half done ------------------------------------------------------------------------------------------------------------- */

static void
a_failing_database_leaves_an_approval_undone(void **state_)
{
	struct stage *f = *state_;
	struct duty_swap_new in;
	enum rc rc = RC_BUSY;
	int n;

	ready(f);
	in = asked(f, true);
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_OK);
	assert_int_equal(take(f, COLLEAGUE, SWAP_AGREE, ""), RC_OK);
	for (n = 1; n < 400 && rc != RC_OK; n += n < 40 ? 7 : 3) {
		db_fail_after(f->db, n);
		rc = take_key(f, OFFICIAL, idem_key_new(), 2, SWAP_APPROVE, "");
		db_fail_after(f->db, 0);
		if (rc != RC_OK) {
			assert_int_equal(state(f), SWAP_AGREED);
			assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_change WHERE city = $1"), 0);
		}
	}
	assert_int_equal(rc, RC_OK);
	assert_true(n > 20);
	assert_int_equal(problems(f), 0);
}

/* ---- told ------------------------------------------------------------------------------------------------------------------------------ */

static int64_t
tell(struct stage *f, const struct notify_ways *w)
{
	int64_t n = -1;

	assert_int_equal(notify_duties(&f->ctx, w, 100, &n), RC_OK);
	return n;
}

static void
each_is_told_once_on_the_desk_and_by_mail_where_wanted(void **state_)
{
	struct stage *f = *state_;
	struct notify_ways none = { .demo = false }, all = { .demo = true };
	struct duty_swap_new in;
	struct notice v[4];
	struct actor a;
	struct ctx ctx;
	size_t n = 0;

	ready(f);
	in = asked(f, true);
	assert_int_equal(ask_swap(f, LAWYER, idem_key_new(), &in), RC_OK);
	assert_int_equal(tell(f, &none), 1);
	assert_int_equal(tell(f, &none), 0);
	ctx = ctx_of(f, COLLEAGUE, &a);
	assert_int_equal(notify_list(&ctx, 0, v, 4, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_true(text_equals(v[0].kind, TEXT("duty.swap_ask")) && v[0].request == 0 && v[0].about.n > 10);
	assert_string_equal(notify_kind_label(v[0].kind), "有同事请您换班");
	ctx = ctx_of(f, LAWYER, &a);
	assert_int_equal(notify_choice_set(&ctx, &(struct notify_choice){ TEXT("a@example.cn"), UINT64_C(1) << NOTIFY_DUTY }), RC_OK);
	assert_int_equal(take(f, COLLEAGUE, SWAP_AGREE, ""), RC_OK);
	assert_int_equal(tell(f, &all), 4);        /* the asker on the desk and by mail, two who plan */
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM outbox WHERE city = $1 AND kind = 'duty.swap_agree' AND account = 104 AND way = 3"), 1);
	f->ctx.now_ms = stage_now_ms += 60000;
	{
		int64_t sent = 0;

		assert_int_equal(notify_send(&f->ctx, &all, 5, &sent), RC_OK);
		assert_int_equal(sent, 1);
	}
	assert_int_equal(take(f, LAWYER, SWAP_WITHDRAW, ""), RC_OK);
	stage_raw(f, "UPDATE account SET active = 0 WHERE id = 106");
	assert_int_equal(tell(f, &all), 0);        /* who is no longer here is told nothing */
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_event WHERE city = $1 AND tell = 1"), 0);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM duty_event WHERE city = $1 AND tell = 3"), 1);
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_exchange_and_the_roster_changes_once),
		cmocka_unit_test(one_is_given_away_and_the_reasons_of_a_no_are_kept),
		cmocka_unit_test(what_a_hard_rule_forbids_is_neither_asked_nor_approved),
		cmocka_unit_test(on_the_day_it_is_too_late),
		cmocka_unit_test(a_roster_that_changes_ends_what_was_asked_of_it),
		cmocka_unit_test(the_table_of_steps_is_this),
		cmocka_unit_test(a_failing_database_leaves_an_approval_undone),
		cmocka_unit_test(each_is_told_once_on_the_desk_and_by_mail_where_wanted),
	};
	int failed = stage_main("story_duty_swap", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys); /* nothing here was sealed: the checker for leaks can't see what only guarded memory points to */
	return failed;
}
