/*
 * A complaint from its first word to its end: who reads it, who never sees it, what is late, what is asked again, and
 * what verify finds; on both engines.
 */
#include "app/story_complaint_stage.h"
#include "app/verify.h"

#include <stdio.h>

/* ---- the whole way -------------------------------------------------------------------------------------------------- */

static void
heard_mended_answered_and_rated(void **state)
{
	struct stage *f = *state;
	struct actor receipt = { .kind = ACTOR_RECEIPT, .city = STAGE_CITY };
	struct complaint_new in = rude();
	struct complaint_receipt r, again;
	struct findings findings;
	struct complaint_whole *w;
	struct idem_key key = idem_key_new();
	char sql[128];

	begin(f);
	receipt.request = ask(f, idem_key_new()).id;
	assert_int_equal(accept_as(f, HELPER, receipt.request), RC_OK);
	in.request.n = receipt.request;
	in.about = COMPLAINT_HOLDER;
	assert_int_equal(give(f, &receipt, key, &in, &r, &findings), RC_OK);
	assert_int_equal(give(f, &receipt, key, &in, &again, &findings), RC_OK);
	assert_true(again.id == r.id);
	assert_string_equal(again.code, r.code);
	in.words = TEXT("换了别的话来说");
	assert_int_equal(give(f, &receipt, key, &in, &again, &findings), RC_DUPLICATE);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM complaint WHERE city = $1"), 1);
	assert_int_equal(r.reader, DIRECTOR); /* above the station where it was held */

	assert_int_equal(seen(f, HELPER, r.id, &w), RC_FORBIDDEN);
	assert_int_equal(seen(f, CLERK, r.id, &w), RC_FORBIDDEN);
	assert_int_equal(seen(f, CHIEF, r.id, &w), RC_NOT_FOUND);
	assert_int_equal(seen(f, DIRECTOR, r.id, &w), RC_OK);
	assert_true(text_equals(w->c.about_names, TEXT("helper")));
	answered(f, DIRECTOR, r.id, COMPLAINT_FOUNDED);
	w = by_code(f, r.code);
	assert_int_equal(w->c.state, COMPLAINT_REPLIED);
	assert_int_equal(w->c.reader_rank, COMPLAINT_TOWN);
	assert_true(w->c.reader_name.n == 0 && w->rounds[0].reader_name.n == 0 &&
	    w->rounds[0].reply.n > 0 && w->rounds[0].evidence.n == 0);
	assert_int_equal(
	    speak(f, &r, (struct complaint_act){ .deed = COMPLAINT_RATE, .grade = 4 }), RC_OK);
	assert_int_equal(field(f, r.id, "state"),
	    COMPLAINT_REPLIED); /* content, and the apology is still owed */
	assert_int_equal(seen(f, DIRECTOR, r.id, &w), RC_OK);
	MUST(DIRECTOR, r.id, .deed = COMPLAINT_DONE, .remedy_id = w->remedies[0].id,
	    .words = TEXT("已上门道歉"));
	assert_int_equal(field(f, r.id, "state"), COMPLAINT_CLOSED);
	assert_int_equal(field(f, r.id, "ended"), COMPLAINT_END_CONTENT);
	snprintf(sql, sizeof sql,
	    "SELECT COUNT(*) FROM event WHERE city = $1 AND kind LIKE 'complaint%%'");
	assert_int_equal(stage_int(f, sql), 0);
	assert_int_equal(
	    stage_int(f, "SELECT COUNT(*) FROM case_grant WHERE city = $1 AND why LIKE 'compl%'"),
	    0);
	assert_int_equal(problems(f), 0);
}

static void
who_complained_is_seen_by_the_reader_and_logged(void **state)
{
	struct stage *f = *state;
	struct complaint_caller caller;
	struct complaint_receipt r;
	struct actor director = as(DIRECTOR), chief = as(CHIEF), clerk = as(CLERK);
	struct ctx ctx;

	begin(f);
	r = about(f, CLERK);
	ctx = ctx_as(f, &chief);
	assert_int_equal(complaint_caller(&ctx, r.id, &caller), RC_NOT_FOUND);
	ctx = ctx_as(f, &clerk);
	assert_int_equal(complaint_caller(&ctx, r.id, &caller), RC_FORBIDDEN);
	ctx = ctx_as(f, &director);
	assert_int_equal(complaint_caller(&ctx, r.id, &caller), RC_OK);
	assert_true(text_equals(caller.name, TEXT("沈演示")) &&
	    text_equals(caller.phone, TEXT("19900001234")));
	assert_int_equal(
	    stage_int(
		f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'complaint.reveal'"),
	    1);
	assert_int_equal(
	    stage_int(f,
		"SELECT COUNT(*) FROM complaint_event WHERE city = $1 AND kind = 'complaint.revealed' AND shown = 0"),
	    1);
}

/* ---- who reads it -------------------------------------------------------------------------------------------------------- */

static void
always_somebody_above(void **state)
{
	struct stage *f = *state;
	struct complaint_whole *w;
	struct complaint_receipt r;

	begin(f);
	official_make(f, BUREAU, COUNTY);
	official_make(f, CITY_BUREAU, CITY);
	assert_int_equal(about(f, CLERK).reader, DIRECTOR);
	assert_int_equal(about(f, HELPER).reader, DIRECTOR); /* directs the station */
	assert_int_equal(about(f, DIRECTOR).reader, CHIEF);
	assert_int_equal(about(f, CHIEF).reader, BUREAU);
	assert_int_equal(about(f, BUREAU).reader, CITY_BUREAU);
	r = about(f, CITY_BUREAU);
	assert_int_equal(r.reader, 0); /* nobody stands above, and there is no other */
	assert_int_equal(seen(f, CITY_BUREAU, r.id, &w), RC_NOT_FOUND);
	official_make(f, CITY_BUREAU_2, CITY);
	assert_int_equal(seen(f, BUREAU, r.id, &w), RC_NOT_FOUND);
	assert_int_equal(seen(f, CITY_BUREAU_2, r.id, &w), RC_OK);
	MUST(CITY_BUREAU_2, r.id, .deed = COMPLAINT_TAKE);
	assert_int_equal(field(f, r.id, "reader"), CITY_BUREAU_2);
	assert_int_equal(about(f, CITY_BUREAU).reader, CITY_BUREAU_2);
	assert_int_equal(problems(f), 0);
}

static void
of_a_whole_point_its_director_does_not_read(void **state)
{
	struct stage *f = *state;
	struct complaint_whole *w;
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct complaint_new in = rude();
	struct complaint_receipt r;
	struct findings findings;

	begin(f);
	in.anonymous = true;
	in.words = TEXT("门牌上写着开门，去了三次都关着");
	in.about = COMPLAINT_POINT;
	in.point = CENTRE;
	assert_int_equal(give(f, &nobody, idem_key_new(), &in, &r, &findings), RC_OK);
	assert_int_equal(r.reader, CHIEF);
	assert_int_equal(
	    stage_int(f,
		"SELECT COUNT(*) FROM complaint WHERE city = $1 AND name IS NULL AND phone IS NULL"),
	    1);
	in.about = COMPLAINT_UNSAID; /* somebody there */
	assert_int_equal(give(f, &nobody, idem_key_new(), &in, &r, &findings), RC_OK);
	assert_int_equal(r.reader, DIRECTOR);
	/* directs a station as well as the centre: not even then */
	in.about = COMPLAINT_POINT;
	in.point = STATION;
	assert_int_equal(give(f, &nobody, idem_key_new(), &in, &r, &findings), RC_OK);
	assert_int_equal(r.reader, DIRECTOR);
	stage_raw(f, "UPDATE point SET director = 102 WHERE city = 3205 AND id = 201");
	assert_int_equal(seen(f, DIRECTOR, r.id, &w), RC_NOT_FOUND); /* became its director meanwhile */
	assert_int_equal(give(f, &nobody, idem_key_new(), &in, &r, &findings), RC_OK);
	assert_int_equal(r.reader, CHIEF);
	in.about = COMPLAINT_PERSON; /* a stranger names no accounts */
	in.account = CLERK;
	assert_int_equal(give(f, &nobody, idem_key_new(), &in, &r, &findings), RC_FORBIDDEN);
}

/* Deciding on legal aid and mediating leave no trace among the holders, and are handling all the same. */
static void
who_decided_or_mediated_does_not_read(void **state)
{
	struct stage *f = *state;
	struct actor receipt = { .kind = ACTOR_RECEIPT, .city = STAGE_CITY };
	struct complaint_new in = rude();
	struct complaint_receipt r;
	struct findings findings;
	char sql[512];

	begin(f);
	receipt.request = ask(f, idem_key_new()).id;
	assert_int_equal(accept_as(f, HELPER, receipt.request), RC_OK);
	in.request.n = receipt.request;
	in.about = COMPLAINT_HOLDER;
	snprintf(sql, sizeof sql, "INSERT INTO mediator (city, id, name, kind, committee, place, categories, account, phone, active, revision)"
	    " VALUES (3205, 1, 'm', 2, 'c', %lld, 0, %d, '', 1, 1)", (long long)TOWN, DIRECTOR);
	stage_raw(f, sql);
	assert_int_equal(give(f, &receipt, idem_key_new(), &in, &r, &findings), RC_OK);
	assert_int_equal(r.reader, DIRECTOR);
	snprintf(sql, sizeof sql, "INSERT INTO mediation_member (city, id, request, mediator, name, kind, chosen, rank_of, words, at_ms, account,"
	    " ended_words) VALUES (3205, 1, %lld, 1, 'm', 0, 1, 0, '', 1, 101, '')", (long long)receipt.request);
	stage_raw(f, sql);
	assert_int_equal(give(f, &receipt, idem_key_new(), &in, &r, &findings), RC_OK);
	assert_int_equal(r.reader, CHIEF);
	snprintf(sql, sizeof sql, "INSERT INTO aid_decision (city, request, n, kind, number, at_ms, account, advised, deviation, grounds, words)"
	    " VALUES (3205, %lld, 1, 1, 'n', 1, %d, 0, '', 0, '')", (long long)receipt.request, CHIEF);
	stage_raw(f, sql);
	assert_int_equal(give(f, &receipt, idem_key_new(), &in, &r, &findings), RC_OK);
	assert_int_equal(r.reader, 0);
}

/* Nobody is left for the second review but who answered the first: it waits for another. */
static void
nobody_judges_a_finding_of_their_own(void **state)
{
	struct stage *f = *state;
	struct complaint_act again = { .deed = COMPLAINT_REVIEW, .words = TEXT("没有查清楚") };
	struct complaint_receipt r;
	enum complaint_why why;

	begin(f);
	official_make(f, CITY_BUREAU, CITY);
	r = about(f, CHIEF);
	assert_int_equal(r.reader, CITY_BUREAU);
	answered(f, CITY_BUREAU, r.id, COMPLAINT_UNFOUNDED);
	assert_int_equal(speak(f, &r, again), RC_OK);
	assert_int_equal(field(f, r.id, "reader"), 0);
	assert_int_equal(act(f, CITY_BUREAU, r.id, (struct complaint_act){ .deed = COMPLAINT_TAKE }, &why), RC_REFUSED);
	assert_int_equal(why, COMPLAINT_NOT_NOW);
	official_make(f, CITY_BUREAU_2, CITY);
	MUST(CITY_BUREAU_2, r.id, .deed = COMPLAINT_TAKE);
	assert_int_equal(field(f, r.id, "reader"), CITY_BUREAU_2);
}

static void
a_reader_it_is_about_hands_it_on(void **state)
{
	struct stage *f = *state;
	struct complaint_receipt r;
	struct complaint_whole *w;
	enum complaint_why why;

	begin(f);
	official_make(f, CITY_BUREAU, CITY);
	r = about(f, CLERK);
	assert_int_equal(
	    act(f, DIRECTOR, r.id,
		(struct complaint_act){
		    .deed = COMPLAINT_FORWARD, .login = TEXT("nobody"), .words = TEXT("说的是我") },
		&why),
	    RC_REFUSED);
	assert_int_equal(why, COMPLAINT_NO_ACCOUNT);
	MUST(DIRECTOR, r.id, .deed = COMPLAINT_FORWARD, .login = TEXT("director"),
	    .words = TEXT("说的是我自己"));
	assert_int_equal(field(f, r.id, "reader"), CHIEF);
	assert_int_equal(
	    seen(f, DIRECTOR, r.id, &w), RC_NOT_FOUND); /* at once, the own words too */
	assert_int_equal(seen(f, CHIEF, r.id, &w), RC_OK);
	assert_int_equal(problems(f), 0);
}

static void
nobody_writes_down_what_is_said_of_them(void **state)
{
	struct stage *f = *state;
	struct actor clerk = as(CLERK), helper = as(HELPER), operator= as(HOTLINE);
	struct complaint_new in = rude();
	struct complaint_receipt r;
	struct findings findings;

	begin(f);
	in.channel = COMPLAINT_ORAL;
	in.about = COMPLAINT_PERSON;
	in.account = CLERK;
	assert_int_equal(
	    give(f, &clerk, idem_key_new(), &in, &r, &findings), RC_INVALID); /* not read back */
	in.read_back = true;
	assert_int_equal(give(f, &clerk, idem_key_new(), &in, &r, &findings), RC_REFUSED);
	assert_non_null(findings_of(&findings, "whom"));
	assert_int_equal(give(f, &helper, idem_key_new(), &in, &r, &findings), RC_OK);
	in.request.n = ask(f, idem_key_new()).id;
	assert_int_equal(accept_as(f, HELPER, in.request.n), RC_OK);
	assert_int_equal(
	    give(f, &helper, idem_key_new(), &in, &r, &findings), RC_REFUSED); /* handled it */
	assert_int_equal(give(f, &operator, idem_key_new(), &in, &r, &findings), RC_OK);
}

/* ---- again, late, over ------------------------------------------------------------------------------------------------------ */

static void
asked_again_twice_each_time_higher(void **state)
{
	struct stage *f = *state;
	struct complaint_act again = { .deed = COMPLAINT_REVIEW, .words = TEXT("没有查清楚") };
	struct complaint_receipt r;
	struct complaint_whole *w;
	int64_t start = stage_now_ms;

	begin(f);
	official_make(f, BUREAU, COUNTY);
	r = about(f, CLERK);
	answered(f, DIRECTOR, r.id, COMPLAINT_UNFOUNDED);
	stage_now_ms = field(f, r.id, "review_until_ms");
	assert_int_equal(speak(f, &r, again), RC_OK); /* the last moment */
	assert_int_equal(field(f, r.id, "reader"), CHIEF);
	assert_int_equal(field(f, r.id, "finish_due_ms"),
	    (stage_now_ms / DAY_MS + 31) * DAY_MS - 8 * 3600000 - 1);
	assert_int_equal(seen(f, DIRECTOR, r.id, &w), RC_OK); /* read it before: may see, not act */
	answered(f, CHIEF, r.id, COMPLAINT_UNFOUNDED);
	stage_now_ms = field(f, r.id, "review_until_ms") + 1;
	assert_int_equal(speak(f, &r, again), RC_REFUSED);
	stage_now_ms--;
	assert_int_equal(speak(f, &r, again), RC_OK);
	assert_int_equal(field(f, r.id, "reader"), BUREAU);
	answered(f, BUREAU, r.id, COMPLAINT_UNFOUNDED);
	assert_int_equal(field(f, r.id, "ended"), COMPLAINT_END_LAST);
	assert_int_equal(speak(f, &r, again), RC_REFUSED);
	assert_int_equal(problems(f), 0);
	stage_now_ms = start;
}

static void
run(struct stage *f, int64_t want)
{
	struct ctx ctx = ctx_as(f, &f->system);
	int64_t n = 0;

	assert_int_equal(complaint_run(&ctx, 50, &n), RC_OK);
	assert_int_equal(n, want);
}

static void
what_is_late_is_pressed_for_once(void **state)
{
	struct stage *f = *state;
	struct complaint_receipt r;
	struct complaint_whole *w;
	enum complaint_why why;
	int64_t start = stage_now_ms;

	begin(f);
	r = about(f, CLERK);
	stage_now_ms = r.verify_due_ms;
	run(f, 0);
	stage_now_ms++;
	assert_int_equal(seen(f, CHIEF, r.id, &w), RC_NOT_FOUND);
	run(f, 1);
	run(f, 0);
	assert_int_equal(field(f, r.id, "watcher"), CHIEF);
	assert_int_equal(seen(f, CHIEF, r.id, &w), RC_OK);
	assert_int_equal(
	    stage_int(f,
		"SELECT COUNT(*) FROM complaint_event WHERE city = $1 AND kind = 'complaint.pressed'"),
	    1);
	assert_int_equal(
	    act(f, CHIEF, r.id,
		(struct complaint_act){ .deed = COMPLAINT_TELL, .words = TEXT("我来核实") }, &why),
	    RC_FORBIDDEN);
	MUST(CHIEF, r.id, .deed = COMPLAINT_TAKE);
	assert_int_equal(field(f, r.id, "reader"), CHIEF);
	assert_int_equal(seen(f, DIRECTOR, r.id, &w), RC_NOT_FOUND);
	answered(f, CHIEF, r.id, COMPLAINT_UNFOUNDED);
	stage_now_ms = field(f, r.id, "review_until_ms");
	run(f, 0);
	stage_now_ms++;
	run(f, 1); /* nobody asked for more */
	assert_int_equal(field(f, r.id, "ended"), COMPLAINT_END_TIME);
	assert_int_equal(problems(f), 0);
	stage_now_ms = start;
}

static void
longer_once_and_withdrawn(void **state)
{
	struct stage *f = *state;
	struct complaint_receipt r;
	struct complaint_verdict v;
	struct actor director = as(DIRECTOR);
	struct ctx ctx;
	enum complaint_why why;
	int64_t due;

	begin(f);
	ctx = ctx_as(f, &director);
	r = about(f, CLERK);
	due = field(f, r.id, "finish_due_ms");
	assert_int_equal(
	    complaint_do(&ctx, idem_key_new(),
		&(struct complaint_act){
		    .id = r.id, .revision = 7, .deed = COMPLAINT_TELL, .words = TEXT("看了记录") },
		&v),
	    RC_CONFLICT); /* seen before somebody changed it */
	MUST(DIRECTOR, r.id, .deed = COMPLAINT_EXTEND, .days = 30, .words = TEXT("证人出门了"));
	assert_int_equal(field(f, r.id, "finish_due_ms"), due + 30 * DAY_MS);
	assert_int_equal(act(f, DIRECTOR, r.id,
			     (struct complaint_act){
				 .deed = COMPLAINT_EXTEND, .days = 1, .words = TEXT("还没有回来") },
			     &why),
	    RC_REFUSED);
	assert_int_equal(
	    speak(f, &r,
		(struct complaint_act){ .deed = COMPLAINT_ADD, .words = TEXT("还有一个人在场") }),
	    RC_OK);
	assert_int_equal(
	    speak(
		f, &r, (struct complaint_act){ .deed = COMPLAINT_TELL, .words = TEXT("我是谁呢") }),
	    RC_FORBIDDEN);
	assert_int_equal(speak(f, &r, (struct complaint_act){ .deed = COMPLAINT_WITHDRAW }), RC_OK);
	assert_int_equal(
	    speak(f, &r,
		(struct complaint_act){ .deed = COMPLAINT_REVIEW, .words = TEXT("又不撤了") }),
	    RC_REFUSED);
	r.code[0] = r.code[0] == 'A' ? 'B' : 'A';
	assert_int_equal(
	    speak(f, &r, (struct complaint_act){ .deed = COMPLAINT_WITHDRAW }), RC_NOT_FOUND);
	assert_int_equal(problems(f), 0);
}

static enum rc
leave_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	int64_t n = 0;
	enum rc rc = complaint_duty.count(tx, actor, (struct account_id){ DIRECTOR }, &n);

	(void)arg;
	if (rc == RC_OK)
		assert_int_equal(n, 2);
	return rc == RC_OK
	    ? complaint_duty.hand_on(tx, actor, (struct account_id){ DIRECTOR }, NULL)
	    : rc;
}

static void
who_leaves_hands_on_by_the_rule(void **state)
{
	struct stage *f = *state;
	struct complaint_receipt r, s;

	begin(f);
	r = about(f, CLERK);
	s = about(f, HELPER);
	assert_int_equal(
	    db_job(&f->ctx, &(struct command){ .name = "test.leave", .fn = leave_tx }), RC_OK);
	assert_int_equal(field(f, r.id, "reader"), CHIEF);
	assert_int_equal(field(f, s.id, "reader"), CHIEF);
	assert_int_equal(problems(f), 0);
}

/* ---- what fails, and what verify finds -------------------------------------------------------------------------------------------- */

static void
all_or_nothing(void **state)
{
	struct stage *f = *state;
	struct actor operator= as(HOTLINE), director = as(DIRECTOR);
	struct complaint_new in = rude();
	struct complaint_receipt r = { .id = 0 };
	struct complaint_verdict v;
	struct findings findings;
	struct ctx ctx = ctx_as(f, &director);
	struct complaint_act tell = { .deed = COMPLAINT_TELL, .words = TEXT("看了记录") };
	enum rc rc = RC_UNAVAILABLE;

	begin(f);
	in.channel = COMPLAINT_PHONE;
	in.read_back = true;
	in.about = COMPLAINT_PERSON;
	in.account = CLERK;
	for (int n = 1; rc != RC_OK; n++) {
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM complaint WHERE city = $1"), 0);
		assert_int_equal(
		    stage_int(f, "SELECT COUNT(*) FROM complaint_about WHERE city = $1"), 0);
		db_fail_after(f->db, n);
		rc = give(f, &operator, idem_key_new(), &in, &r, &findings);
		db_fail_after(f->db, 0);
	}
	tell.id = r.id;
	tell.revision = 1;
	rc = RC_UNAVAILABLE;
	for (int n = 1; rc != RC_OK; n++) {
		assert_int_equal(field(f, r.id, "state"), COMPLAINT_RECEIVED);
		db_fail_after(f->db, n);
		rc = complaint_do(&ctx, idem_key_new(), &tell, &v);
		db_fail_after(f->db, 0);
	}
	assert_int_equal(problems(f), 0);
}

/* Does that check, and not only another, find something? */
static bool
finds(struct stage *f, const char *check)
{
	struct app app = { .db = f->db, .crypt = story_keys, .conf = { .city = STAGE_CITY } };
	struct text line = arena_format(f->mem, "BAD  %s", check);
	struct buf out;
	int64_t n = 0;
	bool found;

	buf_init(&out, 1 << 20);
	assert_int_equal(verify_run(&app, f->mem, true, &out, &n), RC_OK);
	found = text_contains(buf_text(&out), line);
	buf_free(&out);
	return found;
}

static void
every_check_finds_its_fault(void **state)
{
	static const struct {
		const char *check, *spoil, *mend;
	} faults[] = {
		{ "nobody reads a complaint about themselves",
		    "UPDATE complaint SET reader = 103 WHERE city = 3205 AND state = 2",
		    "UPDATE complaint SET reader = 102 WHERE city = 3205 AND reader = 103" },
		{ "nobody reads a complaint about themselves",
		    "UPDATE complaint SET watcher = 103 WHERE city = 3205 AND state = 2",
		    "UPDATE complaint SET watcher = 0 WHERE city = 3205" },
		{ "who reads a complaint is there and may",
		    "UPDATE account SET active = 0 WHERE city = 3205 AND id = 102",
		    "UPDATE account SET active = 1 WHERE city = 3205 AND id = 102" },
		{ "a complaint has a round for each level",
		    "UPDATE complaint SET level = 1 WHERE city = 3205 AND state = 2",
		    "UPDATE complaint SET level = 0 WHERE city = 3205" },
		{ "a complaint has a round for each level",
		    "UPDATE complaint_round SET due_ms = due_ms + 1 WHERE city = 3205",
		    "UPDATE complaint_round SET due_ms = due_ms - 1 WHERE city = 3205" },
		{ "complaints stand as their marks say",
		    "UPDATE complaint SET state = 3 WHERE city = 3205 AND state = 2",
		    "UPDATE complaint SET state = 2 WHERE city = 3205 AND state = 3" },
		{ "complaints stand as their marks say",
		    "UPDATE complaint_round SET evidence = '' WHERE city = 3205",
		    "UPDATE complaint_round SET evidence = 'x' WHERE city = 3205" },
		{ "a complaint that is over says how",
		    "UPDATE complaint SET ended = 1 WHERE city = 3205 AND state = 4",
		    "UPDATE complaint SET ended = 0 WHERE city = 3205" },
		{ "a complaint with grounds has a remedy",
		    "UPDATE complaint_remedy SET complaint = complaint + 1 WHERE city = 3205",
		    "UPDATE complaint_remedy SET complaint = complaint - 1 WHERE city = 3205" },
		{ "remedies belong to a complaint",
		    "UPDATE complaint_remedy SET done_ms = 1 WHERE city = 3205",
		    "UPDATE complaint_remedy SET done_ms = NULL WHERE city = 3205" },
		{ "an anonymous complaint has no name",
		    "UPDATE complaint SET anonymous = 1 WHERE city = 3205",
		    "UPDATE complaint SET anonymous = 0 WHERE city = 3205" },
		{ "an anonymous complaint has no name",
		    "UPDATE complaint SET read_back = 0 WHERE city = 3205",
		    "UPDATE complaint SET read_back = 1 WHERE city = 3205" },
		{ "a longer limit has its reason",
		    "UPDATE complaint SET extended = 31 WHERE city = 3205 AND state = 2",
		    "UPDATE complaint SET extended = 0 WHERE city = 3205" },
		{ "every complaint begins with its receipt",
		    "UPDATE complaint_event SET kind = 'x' WHERE city = 3205 AND kind = 'complaint.received'",
		    "UPDATE complaint_event SET kind = 'complaint.received' WHERE city = 3205 AND kind = 'x'" },
		{ "the next limit of a complaint",
		    "UPDATE complaint SET next_due_ms = next_due_ms + 1 WHERE city = 3205 AND state = 2",
		    "UPDATE complaint SET next_due_ms = next_due_ms - 1 WHERE city = 3205 AND state = 2" },
		{ "nobody reads a complaint about what they handled",
		    "UPDATE holding SET account = 102 WHERE city = 3205",
		    "UPDATE holding SET account = 101 WHERE city = 3205" },
		{ "each level is read by somebody else",
		    "INSERT INTO complaint_round (city, complaint, level, reader, opened_ms, due_ms, asked, verified, reasons, evidence, reply)"
		    " SELECT city, complaint, 1, reader, opened_ms, due_ms, '', '', '', '', '' FROM complaint_round WHERE city = 3205",
		    "DELETE FROM complaint_round WHERE city = 3205 AND level = 1" },
		{ "no history of a request tells of a complaint",
		    "UPDATE event SET kind = 'complaint.told' WHERE city = 3205 AND kind = 'intake.received'",
		    "UPDATE event SET kind = 'intake.received' WHERE city = 3205 AND kind = 'complaint.told'" },
	};
	struct stage *f = *state;

	begin(f);
	ask(f, idem_key_new());
	MUST(DIRECTOR, about(f, CLERK).id, .deed = COMPLAINT_TELL, .words = TEXT("看了记录"));
	answered(f, DIRECTOR, about(f, CLERK).id, COMPLAINT_FOUNDED);
	stage_raw(f, "UPDATE complaint_round SET evidence = 'x' WHERE city = 3205");
	stage_raw(f,
	    "UPDATE complaint SET request = (SELECT MIN(id) FROM request WHERE city = 3205) WHERE city = 3205");
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		stage_raw(f, faults[i].spoil);
		if (!finds(f, faults[i].check))
			fail_msg("not found: %s", faults[i].spoil);
		stage_raw(f, faults[i].mend);
	}
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heard_mended_answered_and_rated),
		cmocka_unit_test(who_complained_is_seen_by_the_reader_and_logged),
		cmocka_unit_test(always_somebody_above),
		cmocka_unit_test(of_a_whole_point_its_director_does_not_read),
		cmocka_unit_test(a_reader_it_is_about_hands_it_on),
		cmocka_unit_test(who_decided_or_mediated_does_not_read),
		cmocka_unit_test(nobody_judges_a_finding_of_their_own),
		cmocka_unit_test(nobody_writes_down_what_is_said_of_them),
		cmocka_unit_test(asked_again_twice_each_time_higher),
		cmocka_unit_test(what_is_late_is_pressed_for_once),
		cmocka_unit_test(longer_once_and_withdrawn),
		cmocka_unit_test(who_leaves_hands_on_by_the_rule),
		cmocka_unit_test(all_or_nothing),
		cmocka_unit_test(every_check_finds_its_fault),
	};
	int failed = stage_main("story_complaint", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
