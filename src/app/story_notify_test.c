/* Notices: who is told, by which way, how often; a provider that is away for a day; a process that ends at the worst moment. */
#include "app/story_stage.h"

#include "kit/db/db.h"
#include "supply/notify/notify.h"

#include <stdio.h>
#include <string.h>

#define MINUTE INT64_C(60000)
#define HOUR INT64_C(3600000)

/* ---- a provider that does as it is told ------------------------------------------------------------------ */

struct fake {
	enum notify_result says;
	int calls, taken;
	char ids[400][40];           /* of what was taken */
	char to[24], body[400];      /* of the last one */
	int64_t when[400];
	bool dies;                   /* the process ends after sending */
};

static void
fake_send(void *arg, const struct notify_message *m, struct notify_answer *ret)
{
	struct fake *f = arg;

	f->calls++;
	snprintf(f->to, sizeof f->to, "%.*s", (int)m->to.n, m->to.p);
	snprintf(f->body, sizeof f->body, "%.*s", (int)m->body.n, m->body.p);
	*ret = (struct notify_answer){ .result = f->says, .code = f->says == NOTIFY_OK ? 200 : 503 };
	if (f->says != NOTIFY_OK)
		return;
	assert_true(f->taken < 400);
	f->when[f->taken] = stage_now_ms;
	snprintf(f->ids[f->taken++], sizeof f->ids[0], "%.*s", (int)m->id.n, m->id.p);
}

static struct notify_ways
ways_of(struct fake *sms, struct fake *mail)
{
	struct notify_ways w = { .demo = false };

	if (sms != NULL)
		w.v[NOTIFY_SMS] = (struct notify_sender){ fake_send, sms };
	if (mail != NULL)
		w.v[NOTIFY_MAIL] = (struct notify_sender){ fake_send, mail };
	return w;
}

static int
times_taken(const struct fake *f, const char *id)
{
	int n = 0;

	for (int i = 0; i < f->taken; i++)
		n += strcmp(f->ids[i], id) == 0;
	return n;
}

/* ---- doing ------------------------------------------------------------------------------------------------- */

static struct notify_tail tail;

static int64_t
follow(struct stage *f, const struct notify_ways *w)
{
	struct ctx ctx = ctx_as(f, &f->system);
	int64_t n = -1;

	assert_int_equal(notify_follow(&ctx, w, &tail, 1000, false, &n), RC_OK);
	return n;
}

static int64_t
send_all(struct stage *f, const struct notify_ways *w)
{
	struct ctx ctx = ctx_as(f, &f->system);
	int64_t n = -1;

	assert_int_equal(notify_send(&ctx, w, 1000, &n), RC_OK);
	return n;
}

static void
start(struct stage *f, const struct notify_ways *w)
{
	memset(&tail, 0, sizeof tail);
	begin(f);
	follow(f, w); /* from now on */
	stage_now_ms += 1000;
}

static int64_t
outbox(struct stage *f, int state)
{
	char sql[120];

	snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM outbox WHERE city = $1 AND state = %d", state);
	return stage_int(f, sql);
}

static int64_t
notices(struct stage *f, int account)
{
	char sql[120];

	snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM notice WHERE city = $1 AND account = %d", account);
	return stage_int(f, sql);
}

/* ---- one notice per event ------------------------------------------------------------------------------------ */

static void
a_request_tells_its_holder_and_its_resident(void **state)
{
	struct stage *f = *state;
	struct fake sms = { .says = NOTIFY_OK };
	struct notify_ways w = ways_of(&sms, NULL);
	struct intake_receipt r;

	start(f, &w);
	r = ask(f, idem_key_new());
	assert_int_equal(follow(f, &w), 2);
	assert_int_equal(notices(f, HELPER), 1);
	assert_int_equal(outbox(f, NOTIFY_WAITING), 1);
	assert_int_equal(send_all(f, &w), 0);       /* ten seconds for an undo */
	stage_now_ms += NOTIFY_UNDO_MS - 1001;
	assert_int_equal(send_all(f, &w), 0);
	stage_now_ms += 1001;
	assert_int_equal(send_all(f, &w), 1);
	assert_string_equal(sms.to, "19900001234");
	assert_non_null(strstr(sms.body, r.number));
	assert_int_equal(outbox(f, NOTIFY_SENT), 1);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM notify_attempt WHERE city = $1 AND result = 1 AND to_masked = '199****1234'"), 1);
	assert_int_equal(send_all(f, &w), 0);
	assert_int_equal(problems(f), 0);
}

/* A restart, a second process, the window that is read again: nothing twice. */
static void
an_event_is_told_once(void **state)
{
	struct stage *f = *state;
	struct fake sms = { .says = NOTIFY_OK };
	struct notify_ways w = ways_of(&sms, NULL);

	start(f, &w);
	ask(f, idem_key_new());
	assert_int_equal(follow(f, &w), 2);
	assert_int_equal(follow(f, &w), 0);
	memset(&tail, 0, sizeof tail);
	assert_int_equal(follow(f, &w), 0);
	assert_int_equal(outbox(f, NOTIFY_WAITING), 1);
	assert_int_equal(notices(f, HELPER), 1);
}

/* On PostgreSQL a transaction may commit after others whose ids are higher. */
static void
an_event_that_comes_late_is_not_missed(void **state)
{
	struct stage *f = *state;
	struct fake sms = { .says = NOTIFY_OK };
	struct notify_ways w = ways_of(&sms, NULL);
	struct intake_receipt r;
	char sql[300];

	start(f, &w);
	r = ask(f, idem_key_new());
	assert_int_equal(follow(f, &w), 2);
	stage_now_ms += 5000;
	snprintf(sql, sizeof sql, "INSERT INTO event (city, request, id, at_ms, account, kind, from_state, to_state, shown, note, data)"
	    " VALUES (3205, %lld, %lld, %lld, 0, 'request.message', 10, 10, 1, '', '')", (long long)r.id,
	    (long long)db_id_at(stage_now_ms - 5999), (long long)stage_now_ms - 5999);
	stage_raw(f, sql); /* its id lies before the one already read */
	assert_int_equal(follow(f, &w), 1);
	assert_int_equal(notices(f, HELPER), 2);
}

static void
who_acts_is_not_told(void **state)
{
	struct stage *f = *state;
	struct fake sms = { .says = NOTIFY_OK };
	struct notify_ways w = ways_of(&sms, NULL);
	struct dispatch_result offered;
	struct intake_receipt r;

	start(f, &w);
	r = ask(f, idem_key_new());
	follow(f, &w);
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(follow(f, &w), 1);         /* the resident alone */
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offered), RC_OK);
	assert_int_equal(follow(f, &w), 1);
	assert_int_equal(notices(f, LAWYER), 1);
	assert_int_equal(notices(f, HELPER), 1);
}

/* A message that has become pointless within its ten seconds is not sent. */
static void
an_undone_offer_is_not_told(void **state)
{
	struct stage *f = *state;
	struct fake mail = { .says = NOTIFY_OK };
	struct notify_ways w = ways_of(NULL, &mail);
	struct dispatch_result offered;
	struct intake_receipt r;
	struct actor helper = as(HELPER);
	struct ctx ctx;
	char sql[200];

	start(f, &w);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	snprintf(sql, sizeof sql, "INSERT INTO notify_choice (city, account, mail_sealed, topics, revision) VALUES (3205, %d, 'x', 63, 1)", LAWYER);
	stage_raw(f, sql);
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offered), RC_OK);
	follow(f, &w);
	assert_int_equal(outbox(f, NOTIFY_WAITING), 1);
	ctx = ctx_as(f, &helper);
	stage_now_ms += 5000;
	ctx.now_ms = stage_now_ms;
	assert_int_equal(dispatch_withdraw(&ctx, idem_key_new(), offered.handover), RC_OK);
	follow(f, &w);
	assert_int_equal(outbox(f, NOTIFY_VOID), 1);
	assert_int_equal(outbox(f, NOTIFY_WAITING), 0);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM notice WHERE city = $1 AND account = 104 AND read_ms IS NULL"), 0);
}

static void
opted_out_means_silence(void **state)
{
	struct stage *f = *state;
	struct fake sms = { .says = NOTIFY_OK };
	struct notify_ways w = ways_of(&sms, NULL);
	struct intake_receipt r;
	struct actor resident;
	struct ctx ctx;

	start(f, &w);
	r = ask(f, idem_key_new());
	follow(f, &w);
	resident = (struct actor){ .kind = ACTOR_RECEIPT, .city = STAGE_CITY, .request = r.id };
	ctx = ctx_as(f, &resident);
	assert_int_equal(notify_off_set(&ctx, true), RC_OK);
	stage_now_ms += 60000;
	assert_int_equal(send_all(f, &w), 1);      /* looked at, and not sent: what waited is void, too */
	assert_int_equal(sms.calls, 0);
	assert_int_equal(outbox(f, NOTIFY_VOID), 1);
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(follow(f, &w), 0);
	assert_int_equal(notify_off_set(&ctx, false), RC_OK);
	assert_int_equal(answer_as(f, HELPER, r.id, true), RC_OK);
	assert_true(follow(f, &w) >= 1);
	assert_int_equal(problems(f), 0);
}

/* ---- quiet hours ----------------------------------------------------------------------------------------------- */

static void
nights_are_quiet(void **state)
{
	struct stage *f = *state;
	struct fake sms = { .says = NOTIFY_OK };
	struct notify_ways w = ways_of(&sms, NULL);

	start(f, &w);
	stage_now_ms += 13 * HOUR; /* 22:00 */
	ask(f, idem_key_new());
	follow(f, &w);
	stage_now_ms += MINUTE;
	assert_int_equal(send_all(f, &w), 0);
	stage_now_ms += 10 * HOUR - 2 * MINUTE - 1000; /* a second before 08:00 is still quiet */
	assert_int_equal(send_all(f, &w), 0);
	stage_now_ms += MINUTE;
	assert_int_equal(send_all(f, &w), 1);
	stage_raw(f, "INSERT INTO setting (city, key, since_ms, value, account, document) VALUES (3205, 'notify.quiet_from', 1, '480', 1, '')");
	stage_now_ms += 14 * HOUR; /* 22:00 again: no quiet hours any more */
	ask(f, idem_key_new());
	follow(f, &w);
	stage_now_ms += MINUTE;
	assert_int_equal(send_all(f, &w), 1);
}

static void
what_is_urgent_goes_at_night(void **state)
{
	struct stage *f = *state;
	struct fake sms = { .says = NOTIFY_OK };
	struct notify_ways w = ways_of(&sms, NULL);

	start(f, &w);
	stage_now_ms += 13 * HOUR;
	ask(f, idem_key_new());
	stage_raw(f, "UPDATE request SET urgent = 1 WHERE city = 3205");
	follow(f, &w);
	stage_now_ms += MINUTE;
	assert_int_equal(send_all(f, &w), 1);
}

/* ---- an outage ---------------------------------------------------------------------------------------------------- */

/* A day without provider, 90 cases with three steps each: afterwards each resident has one message, at the rate. */
static void
a_day_without_provider_loses_nothing_and_floods_nobody(void **state)
{
	struct stage *f = *state;
	struct fake sms = { .says = NOTIFY_DOWN };
	struct notify_ways w = ways_of(&sms, NULL);
	struct intake_receipt r[90];
	int most = 0, minutes = 0;

	start(f, &w);
	stage_raw(f, "INSERT INTO setting (city, key, since_ms, value, account, document) VALUES (3205, 'notify.per_minute', 1, '20', 1, '')");
	stage_raw(f, "UPDATE account SET capacity = 1000 WHERE city = 3205");
	for (int i = 0; i < 90; i++)
		r[i] = ask(f, idem_key_new());
	follow(f, &w);
	for (int i = 0; i < 90; i++)
		assert_int_equal(accept_as(f, HELPER, r[i].id), RC_OK);
	follow(f, &w);
	assert_int_equal(outbox(f, NOTIFY_WAITING), 180);
	for (int minute = 0; minute < 24 * 60; minute += 5) {
		stage_now_ms += 5 * MINUTE;
		send_all(f, &w);
	}
	assert_int_equal(sms.taken, 0);
	assert_in_range(sms.calls, 10, 120); /* the provider was asked now and then, by one message */
	assert_int_equal(outbox(f, NOTIFY_GIVEN_UP) + outbox(f, NOTIFY_REFUSED) + outbox(f, NOTIFY_VOID), 0);
	sms.says = NOTIFY_OK;
	sms.calls = 0;
	for (; outbox(f, NOTIFY_WAITING) > 0 && minutes < 60; minutes++) {
		int before = sms.taken;

		stage_now_ms += MINUTE + 1;
		send_all(f, &w);
		most = sms.taken - before > most ? sms.taken - before : most;
	}
	assert_int_equal(sms.taken, 90);
	assert_in_range(most, 10, 20);
	assert_true(minutes >= 5);
	assert_int_equal(outbox(f, NOTIFY_SENT), 90);
	assert_int_equal(outbox(f, NOTIFY_FOLDED), 90);
	for (int i = 0; i < sms.taken; i++)
		assert_int_equal(times_taken(&sms, sms.ids[i]), 1);
	assert_non_null(strstr(sms.body, "1 条进展"));
	assert_int_equal(problems(f), 0);
}

static void
what_nobody_takes_is_given_up_where_all_can_see(void **state)
{
	struct stage *f = *state;
	struct fake sms = { .says = NOTIFY_LATER };
	struct notify_ways w = ways_of(&sms, NULL);

	start(f, &w);
	ask(f, idem_key_new());
	follow(f, &w);
	for (int i = 0; i < 200; i++) {
		stage_now_ms += 15 * MINUTE;
		send_all(f, &w);
	}
	assert_int_equal(sms.calls, 8);
	assert_int_equal(outbox(f, NOTIFY_GIVEN_UP), 1);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM notify_attempt WHERE city = $1 AND result = 3"), 8);
	sms.says = NOTIFY_NO;
	stage_now_ms = stage_now_ms / (24 * HOUR) * 24 * HOUR + 25 * HOUR; /* 09:00 of a day */
	ask(f, idem_key_new());
	follow(f, &w);
	stage_now_ms += MINUTE;
	send_all(f, &w);
	assert_int_equal(outbox(f, NOTIFY_REFUSED), 1);
}

/* ---- the worst moments ------------------------------------------------------------------------------------------------ */

/* Ended between claim and record: what the database then holds, with the provider asked or not. */
static void
a_process_that_ends_loses_nothing(void **state)
{
	struct stage *f = *state;
	struct fake sms = { .says = NOTIFY_OK };
	struct notify_ways w = ways_of(&sms, NULL);
	int step = 1;
	struct ctx ctx;
	int64_t n;

	start(f, &w);
	ask(f, idem_key_new());
	follow(f, &w);
	stage_now_ms += MINUTE;
	for (; step < 60; step++) {
		ctx = ctx_as(f, &f->system);
		db_fail_after(f->db, step);
		if (notify_send(&ctx, &w, 1, &n) == RC_OK)
			break;
		db_fail_after(f->db, 0);
		assert_int_equal(outbox(f, NOTIFY_WAITING), 1); /* still there */
		stage_now_ms += NOTIFY_LEASE_MS + MINUTE;       /* the claim of the one that ended runs out */
	}
	db_fail_after(f->db, 0);
	assert_in_range(step, 8, 59);
	assert_int_equal(outbox(f, NOTIFY_SENT), 1);
	for (int i = 0; i < sms.taken; i++)
		assert_string_equal(sms.ids[i], sms.ids[0]); /* again, but under the same id */
	assert_int_equal(problems(f), 0);
}

static void
two_processes_send_it_once(void **state)
{
	struct stage *f = *state;
	struct fake sms = { .says = NOTIFY_OK };
	struct notify_ways w = ways_of(&sms, NULL);

	start(f, &w);
	ask(f, idem_key_new());
	follow(f, &w);
	stage_now_ms += MINUTE;
	stage_raw(f, "UPDATE outbox SET lease_ms = due_ms + 120000 WHERE city = 3205"); /* the other has it */
	assert_int_equal(send_all(f, &w), 0);
	stage_now_ms += 2 * MINUTE;
	assert_int_equal(send_all(f, &w), 1);
	assert_int_equal(sms.taken, 1);
}

static void
a_failing_database_tells_nobody_by_half(void **state)
{
	struct stage *f = *state;
	struct fake sms = { .says = NOTIFY_OK };
	struct notify_ways w = ways_of(&sms, NULL);
	struct ctx ctx;
	int64_t n;
	int step = 1;

	start(f, &w);
	ask(f, idem_key_new());
	for (; step < 60; step++) {
		ctx = ctx_as(f, &f->system);
		db_fail_after(f->db, step);
		if (notify_follow(&ctx, &w, &tail, 10, false, &n) == RC_OK)
			break;
		db_fail_after(f->db, 0);
		assert_int_equal(notices(f, HELPER), 0);
		assert_int_equal(outbox(f, NOTIFY_WAITING), 0);
	}
	db_fail_after(f->db, 0);
	assert_in_range(step, 6, 59);
	assert_int_equal(n, 2);
	assert_int_equal(notices(f, HELPER), 1);
	assert_int_equal(outbox(f, NOTIFY_WAITING), 1);
}

/* ---- a demonstration, and the desk ------------------------------------------------------------------------------------- */

static void
a_demonstration_sends_nothing_and_says_so(void **state)
{
	struct stage *f = *state;
	struct fake sms = { .says = NOTIFY_OK };
	struct notify_ways w = ways_of(&sms, NULL);

	w.demo = true;
	start(f, &w);
	ask(f, idem_key_new());
	assert_int_equal(follow(f, &w), 2);
	stage_now_ms += MINUTE;
	assert_int_equal(send_all(f, &w), 1);
	assert_int_equal(sms.calls, 0);
	assert_int_equal(outbox(f, NOTIFY_DEMO), 1);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM notify_attempt WHERE city = $1 AND result = 5"), 1);
	assert_int_equal(problems(f), 0);
}

static void
the_desk_shows_the_own_alone(void **state)
{
	struct stage *f = *state;
	struct notify_ways w = ways_of(NULL, NULL);
	struct actor helper = as(HELPER), clerk = as(CLERK);
	struct ctx ctx;
	struct notice v[4];
	int64_t unread = 0;
	size_t n = 0;

	start(f, &w);
	ask(f, idem_key_new());
	ask(f, idem_key_new());
	assert_int_equal(follow(f, &w), 2); /* no way is set up: the desk alone */
	assert_int_equal(outbox(f, NOTIFY_WAITING), 0);
	ctx = ctx_as(f, &helper);
	assert_int_equal(notify_unread(&ctx, &unread), RC_OK);
	assert_int_equal(unread, 2);
	assert_int_equal(notify_list(&ctx, 0, v, 4, &n), RC_OK);
	assert_int_equal(n, 2);
	assert_true(v[0].id > v[1].id);
	assert_int_equal(notify_read(&ctx, v[0].id), RC_OK);
	assert_int_equal(notify_unread(&ctx, &unread), RC_OK);
	assert_int_equal(unread, 1);
	ctx = ctx_as(f, &clerk);
	assert_int_equal(notify_read(&ctx, v[1].id), RC_OK); /* not the clerk's: nothing happens */
	assert_int_equal(notify_list(&ctx, 0, v, 4, &n), RC_OK);
	assert_int_equal(n, 0);
	ctx = ctx_as(f, &helper);
	assert_int_equal(notify_unread(&ctx, &unread), RC_OK);
	assert_int_equal(unread, 1);
	assert_int_equal(notify_read(&ctx, 0), RC_OK);
	assert_int_equal(notify_unread(&ctx, &unread), RC_OK);
	assert_int_equal(unread, 0);
}

/* ---- what verify sees ---------------------------------------------------------------------------------------------------- */

static void
every_check_finds_its_fault(void **state)
{
	static const struct { const char *plant, *mend; } faults[] = {
		{ "INSERT INTO notice (city, account, id, request, event, kind, at_ms) VALUES (3205, 101, 1, 7, 7, 'x', 1)",
		    "DELETE FROM notice WHERE city = 3205 AND request = 7" },
		{ "UPDATE notice SET kind = kind || 'x' WHERE city = 3205", "UPDATE notice SET kind = 'intake.received' WHERE city = 3205" },
		{ "UPDATE outbox SET event = event + 1 WHERE city = 3205", "UPDATE outbox SET event = event - 1 WHERE city = 3205" },
		{ "UPDATE outbox SET state = 1 WHERE city = 3205", "UPDATE outbox SET state = 2 WHERE city = 3205" },
		{ "UPDATE outbox SET state = 3 WHERE city = 3205", "UPDATE outbox SET state = 2 WHERE city = 3205" },
		{ "UPDATE notify_attempt SET result = 4 WHERE city = 3205", "UPDATE notify_attempt SET result = 1 WHERE city = 3205" },
		{ "UPDATE notify_attempt SET outbox = outbox + 1 WHERE city = 3205",
		    "UPDATE notify_attempt SET outbox = outbox - 1 WHERE city = 3205" },
		{ "UPDATE outbox SET tries = 2 WHERE city = 3205", "UPDATE outbox SET tries = 1 WHERE city = 3205" },
	};
	struct stage *f = *state;
	struct fake sms = { .says = NOTIFY_OK };
	struct notify_ways w = ways_of(&sms, NULL);

	start(f, &w);
	ask(f, idem_key_new());
	follow(f, &w);
	stage_now_ms += MINUTE;
	assert_int_equal(send_all(f, &w), 1);
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		stage_raw(f, faults[i].plant);
		if (problems(f) < 1)
			fail_msg("not found: %s", faults[i].plant);
		stage_raw(f, faults[i].mend);
		if (problems(f) != 0)
			fail_msg("not mended: %s", faults[i].mend);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_tells_its_holder_and_its_resident),
		cmocka_unit_test(an_event_is_told_once),
		cmocka_unit_test(an_event_that_comes_late_is_not_missed),
		cmocka_unit_test(who_acts_is_not_told),
		cmocka_unit_test(an_undone_offer_is_not_told),
		cmocka_unit_test(opted_out_means_silence),
		cmocka_unit_test(nights_are_quiet),
		cmocka_unit_test(what_is_urgent_goes_at_night),
		cmocka_unit_test(a_day_without_provider_loses_nothing_and_floods_nobody),
		cmocka_unit_test(what_nobody_takes_is_given_up_where_all_can_see),
		cmocka_unit_test(a_process_that_ends_loses_nothing),
		cmocka_unit_test(two_processes_send_it_once),
		cmocka_unit_test(a_failing_database_tells_nobody_by_half),
		cmocka_unit_test(a_demonstration_sends_nothing_and_says_so),
		cmocka_unit_test(the_desk_shows_the_own_alone),
		cmocka_unit_test(every_check_finds_its_fault),
	};
	int failed = stage_main("story_notify", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
