/* One centre asks another for help: what the other side reads, how it goes on, how it ends. */
#include "app/story_stage.h"

#include "operations/cooperate/cooperate.h"
#include "standards/holidays/holidays.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define HELPS "COUNT(*) FROM cooperation WHERE city = $1"

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

	snprintf(what, sizeof what, "COUNT(*) FROM event WHERE city = $1 AND kind LIKE 'cooperate.%s'", kind);
	return of(f, what, id);
}

static int64_t
help_revision(struct stage *f, int64_t help)
{
	char sql[120];

	snprintf(sql, sizeof sql, "SELECT revision FROM cooperation WHERE city = $1 AND id = %lld", (long long)help);
	return stage_int(f, sql);
}

static enum rc
help_ask(struct stage *f, int who, int64_t id, int64_t point, unsigned shared, struct cooperation_done *ret)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct cooperation_ask in = { .request = { id }, .point = point, .kind = TEXT("evidence"),
		.words = TEXT("请到工地核实出勤。"), .shared = shared };

	return cooperation_ask(&ctx, idem_key_new(), &in, ret);
}

static int64_t
asked(struct stage *f, int64_t id, unsigned shared)
{
	struct cooperation_done done = { .id = 0 };

	assert_int_equal(help_ask(f, HELPER, id, OTHER_CENTRE, shared, &done), RC_OK);
	return done.id;
}

static enum rc
take_as(struct stage *f, int who, int64_t help)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return cooperation_take(&ctx, idem_key_new(), help, help_revision(f, help));
}

static enum rc
decline_as(struct stage *f, int who, int64_t help, const char *code, enum cooperation_bar *bar)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct cooperation_done done = { .id = 0 };
	enum rc rc = cooperation_decline(&ctx, idem_key_new(), help, help_revision(f, help), text_of(code), TEXT("本周人手不够。"), &done);

	*bar = done.bar;
	return rc;
}

static enum rc
help_answer(struct stage *f, int who, int64_t help)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return cooperation_answer(&ctx, idem_key_new(), help, help_revision(f, help), TEXT("工地有考勤表，已拍照。"));
}

static enum rc
end_as(struct stage *f, int who, int64_t help, bool withdraw)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return withdraw ? cooperation_withdraw(&ctx, idem_key_new(), help, help_revision(f, help), TEXT("已经不需要了。"))
	    : cooperation_close(&ctx, idem_key_new(), help, help_revision(f, help));
}

static enum rc
again_as(struct stage *f, int who, int64_t help)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct cooperation_done done;

	return cooperation_again(&ctx, idem_key_new(), help, help_revision(f, help), TEXT("考勤表是哪几个月的？"), &done);
}

/* ---- reading ------------------------------------------------------------------------------------------------ */

struct seen {
	int64_t id;
	struct case_id request;
	struct cooperation_filter f;
	struct cooperation c, list[20];
	struct cooperation_round rounds[20];
	struct attachment files[4];
	size_t n, n_rounds, n_files;
	int64_t waiting;
};

static enum rc
seen_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct seen *s = arg;
	enum rc rc = cooperation_load(tx, actor, s->id, &s->c);

	if (rc == RC_OK)
		rc = cooperation_rounds(tx, actor, &s->c, s->rounds, 20, &s->n_rounds);
	return rc == RC_OK ? cooperation_files(tx, actor, s->id, s->files, 4, &s->n_files) : rc;
}

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct seen *s = arg;
	enum rc rc = cooperation_list(tx, actor, &s->f, s->list, 20, &s->n);

	return rc == RC_OK ? cooperation_mine_count(tx, actor, &s->waiting) : rc;
}

static enum rc
see(struct stage *f, int who, int64_t help, struct seen *s)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	*s = (struct seen){ .id = help };
	return db_read(&ctx, seen_tx, s);
}

static size_t
listed(struct stage *f, int who, bool outgoing, enum cooperation_group group, int64_t *ret_waiting)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct seen s = { .f = { .outgoing = outgoing, .group = group } };

	assert_int_equal(db_read(&ctx, list_tx, &s), RC_OK);
	if (ret_waiting != NULL)
		*ret_waiting = s.waiting;
	return s.n;
}

/* ---- the way of one ------------------------------------------------------------------------------------------- */

static void
help_is_asked_agreed_answered_and_closed(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct seen s;
	int64_t help, waiting = 0;

	begin(f);
	r = ask(f, idem_key_new());
	help = asked(f, r.id, BIT(SHARE_MATTER));
	assert_int_equal(of(f, HELPS " AND state = 10 AND count = 5 AND unit = 2 AND due_ms = 1783439999999", r.id), 1);
	assert_int_equal(events(f, r.id, "asked"), 1);
	assert_int_equal(of(f, "COUNT(*) FROM event WHERE city = $1 AND kind = 'cooperate.asked' AND shown = 1 AND note = ''"
	    " AND data LIKE 'to=106%'", r.id), 1);
	assert_int_equal(problems(f), 0);
	assert_int_equal(see(f, STRANGER, help, &s), RC_OK);
	assert_true(s.c.incoming && s.n_rounds == 1 && text_equals(s.rounds[0].words, TEXT("请到工地核实出勤。")));
	assert_int_equal(listed(f, STRANGER, false, COOPERATIONS_OPEN, &waiting), 1);
	assert_int_equal(waiting, 1);
	assert_int_equal(listed(f, HELPER, true, COOPERATIONS_OPEN, &waiting), 1);
	assert_int_equal(waiting, 0);
	assert_int_equal(take_as(f, HELPER, help), RC_FORBIDDEN);     /* the asker's own side */
	assert_int_equal(take_as(f, HOTLINE, help), RC_FORBIDDEN);    /* sees the case, works elsewhere */
	assert_int_equal(end_as(f, STRANGER, help, false), RC_FORBIDDEN);
	assert_int_equal(end_as(f, HELPER, help, false), RC_CONFLICT); /* not answered yet */
	assert_int_equal(take_as(f, STRANGER, help), RC_OK);
	assert_int_equal(take_as(f, STRANGER, help), RC_CONFLICT);
	assert_int_equal(help_answer(f, STRANGER, help), RC_OK);
	assert_int_equal(listed(f, STRANGER, false, COOPERATIONS_ANSWERED, &waiting), 1);
	assert_int_equal(waiting, 0);
	assert_int_equal(problems(f), 0);
	assert_int_equal(again_as(f, CLERK, help), RC_FORBIDDEN); /* of the same place, not at the point that holds it */
	assert_int_equal(again_as(f, HELPER, help), RC_OK);
	assert_int_equal(of(f, HELPS " AND state = 20 AND round = 2", r.id), 1);
	assert_int_equal(problems(f), 0);
	assert_int_equal(help_answer(f, STRANGER, help), RC_OK);
	assert_int_equal(end_as(f, HELPER, help, false), RC_OK);
	assert_int_equal(of(f, HELPS " AND state = 50 AND closed_by = 101", r.id), 1);
	assert_int_equal(events(f, r.id, "%"), 6); /* asked, taken, answered, again, answered, closed */
	assert_int_equal(see(f, HELPER, help, &s), RC_OK);
	assert_int_equal(s.n_rounds, 2);
	assert_true(text_equals(s.rounds[1].answer, TEXT("工地有考勤表，已拍照。")));
	assert_int_equal(listed(f, STRANGER, false, COOPERATIONS_OPEN, NULL), 0);
	assert_int_equal(listed(f, STRANGER, false, COOPERATIONS_DONE, NULL), 1);
	assert_int_equal(listed(f, HELPER, true, COOPERATIONS_DONE, NULL), 1);
	assert_int_equal(problems(f), 0);
}

/* The case never moves: who held it and who was asked first is the same before and after. */
static void
the_case_stays_where_it_is(void **state)
{
	struct stage *f = *state;
	struct request before, after;
	struct intake_receipt r;
	int64_t help;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(look(f, 0, r.id, &before), RC_OK);
	help = asked(f, r.id, 0);
	assert_int_equal(help_answer(f, STRANGER, help), RC_OK);
	assert_int_equal(events(f, r.id, "taken"), 1); /* who answers at once has agreed */
	assert_int_equal(end_as(f, HELPER, help, false), RC_OK);
	assert_int_equal(look(f, 0, r.id, &after), RC_OK);
	assert_int_equal(after.holder, before.holder);
	assert_int_equal(after.holder_point, before.holder_point);
	assert_int_equal(after.first_contact, before.first_contact);
	assert_int_equal(after.revision, before.revision);
	assert_int_equal(after.due_ms, before.due_ms);
	assert_int_equal(look(f, STRANGER, r.id, &after), RC_NOT_FOUND); /* and no right to it is left behind */
	assert_int_equal(problems(f), 0);
}

/* ---- what is shared ----------------------------------------------------------------------------------------------- */

static void
the_other_side_reads_what_was_shared_and_no_more(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct seen s;

	begin(f);
	r = ask(f, idem_key_new());
	for (unsigned shared = 0; shared <= SHARE_ALL; shared++) {
		int64_t help = asked(f, r.id, shared);

		assert_int_equal(see(f, STRANGER, help, &s), RC_OK);
		assert_int_equal(s.c.detail.n > 0 && s.c.subject.n > 0, (shared & BIT(SHARE_MATTER)) != 0);
		assert_int_equal(s.c.detail.n + s.c.subject.n > 0, (shared & BIT(SHARE_MATTER)) != 0);
		assert_int_equal(s.c.person_name.n > 0, (shared & BIT(SHARE_NAME)) != 0);
		assert_int_equal(s.c.place.code, (shared & BIT(SHARE_PLACE)) != 0 ? VILLAGE : 0);
		assert_int_equal(s.c.shared, shared);
		assert_true(s.c.number.n > 0);
		assert_int_equal(see(f, HELPER, help, &s), RC_OK);
		assert_true(s.c.detail.n > 0 && s.c.person_name.n > 0 && !s.c.incoming);
		assert_int_equal(end_as(f, HELPER, help, true), RC_OK);
		assert_int_equal(see(f, STRANGER, help, &s), RC_OK); /* over: what was shared is shut again */
		assert_int_equal(s.c.detail.n + s.c.subject.n + s.c.person_name.n + (size_t)s.c.place.code, 0);
	}
	assert_int_equal(problems(f), 0);
}

static enum rc
phone_as(struct stage *f, int who, int64_t help, struct text *ret)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return cooperation_phone(&ctx, story_keys, idem_key_new(), help, ret);
}

static void
the_phone_is_read_by_name_and_written_down(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct text phone = TEXT_NONE;
	int64_t help;

	begin(f);
	r = ask(f, idem_key_new());
	help = asked(f, r.id, BIT(SHARE_MATTER));
	assert_int_equal(phone_as(f, STRANGER, help, &phone), RC_NOT_FOUND);
	assert_int_equal(phone.n, 0);
	assert_int_equal(end_as(f, HELPER, help, true), RC_OK);
	help = asked(f, r.id, BIT(SHARE_PHONE));
	assert_int_equal(phone_as(f, HELPER, help, &phone), RC_NOT_FOUND);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'person.reveal'"), 0);
	assert_int_equal(phone_as(f, STRANGER, help, &phone), RC_OK);
	assert_true(text_equals(phone, TEXT("19900001234")));
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'person.reveal' AND account = 106"), 1);
	assert_int_equal(end_as(f, HELPER, help, true), RC_OK);
	assert_int_equal(phone_as(f, STRANGER, help, &phone), RC_NOT_FOUND);
}

/* ---- what cannot be ---------------------------------------------------------------------------------------------- */

static void
what_cannot_be_asked_says_why(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct cooperation_done d = { .id = 0 };
	enum cooperation_bar bar;
	struct actor a = as(HELPER);
	struct ctx ctx = ctx_as(f, &a);
	int64_t help;

	begin(f);
	ctx = ctx_as(f, &a);
	r = ask(f, idem_key_new());
	assert_int_equal(help_ask(f, STRANGER, r.id, COUNTY_CENTRE, 0, &d), RC_NOT_FOUND);
	assert_int_equal(help_ask(f, CLERK, r.id, COUNTY_CENTRE, 0, &d), RC_FORBIDDEN);
	assert_int_equal(help_ask(f, HELPER, r.id, STATION, 0, &d), RC_REFUSED);
	assert_int_equal(d.bar, COOPERATION_OWN_POINT);
	assert_int_equal(help_ask(f, HELPER, r.id, 999, 0, &d), RC_REFUSED);
	assert_int_equal(d.bar, COOPERATION_NO_POINT);
	stage_raw(f, "UPDATE account SET active = 0 WHERE city = 3205 AND id = 106");
	assert_int_equal(help_ask(f, HELPER, r.id, OTHER_CENTRE, 0, &d), RC_REFUSED);
	assert_int_equal(d.bar, COOPERATION_NO_POINT);
	stage_raw(f, "UPDATE account SET active = 1 WHERE city = 3205 AND id = 106");
	stage_raw(f, "UPDATE point SET closed_day = 1 WHERE city = 3205 AND id = 204");
	assert_int_equal(help_ask(f, HELPER, r.id, OTHER_CENTRE, 0, &d), RC_REFUSED);
	assert_int_equal(d.bar, COOPERATION_NO_POINT);
	stage_raw(f, "UPDATE point SET closed_day = NULL WHERE city = 3205 AND id = 204");
	assert_int_equal(cooperation_ask(&ctx, idem_key_new(), &(struct cooperation_ask){ .request = { r.id }, .point = OTHER_CENTRE,
	    .kind = TEXT("nothing"), .words = TEXT("请到工地核实。") }, &d), RC_REFUSED);
	assert_int_equal(d.bar, COOPERATION_NO_KIND);
	assert_int_equal(cooperation_ask(&ctx, idem_key_new(), &(struct cooperation_ask){ .request = { r.id }, .point = OTHER_CENTRE,
	    .kind = TEXT("evidence"), .words = TEXT("三个字") }, &d), RC_INVALID);
	help = asked(f, r.id, 0);
	assert_int_equal(help_ask(f, HELPER, r.id, OTHER_CENTRE, 0, &d), RC_REFUSED);
	assert_int_equal(d.bar, COOPERATION_OPEN);
	assert_int_equal(d.id, help);
	assert_int_equal(decline_as(f, STRANGER, help, "nothing", &bar), RC_REFUSED);
	assert_int_equal(bar, COOPERATION_NO_REASON);
	assert_int_equal(decline_as(f, STRANGER, help, "no_capacity", &bar), RC_OK);
	assert_int_equal(help_answer(f, STRANGER, help), RC_CONFLICT);
	assert_int_equal(of(f, HELPS " AND state = 60 AND refusal = 'no_capacity'", r.id), 1);
	assert_int_equal(problems(f), 0);
	help = asked(f, r.id, 0); /* again, once the first is done */
	assert_int_equal(end_as(f, HELPER, help, true), RC_OK);
	assert_int_equal(help_answer(f, STRANGER, help), RC_CONFLICT);
	assert_int_equal(problems(f), 0);
}

/* A lawyer at the centre has the cases given to them, not what the centre is asked. */
static void
a_provider_at_the_point_is_not_asked(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct cooperation_done d;
	struct seen s;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(help_ask(f, HELPER, r.id, COUNTY_CENTRE, SHARE_ALL, &d), RC_OK);
	assert_int_equal(see(f, LAWYER, d.id, &s), RC_NOT_FOUND);
	assert_int_equal(listed(f, LAWYER, false, COOPERATIONS_OPEN, NULL), 0);
	assert_int_equal(see(f, CHIEF, d.id, &s), RC_OK);
	assert_true(s.c.incoming);
	assert_int_equal(see(f, STRANGER, d.id, &s), RC_NOT_FOUND);
	stage_raw(f, "UPDATE account SET point = 204 WHERE city = 3205 AND id = 105"); /* moved: what is asked stays with the point */
	assert_int_equal(see(f, CHIEF, d.id, &s), RC_OK);
	assert_false(s.c.incoming);
}

/* ---- with its case ------------------------------------------------------------------------------------------------- */

static void
it_ends_with_its_case(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct cooperation_done d;
	struct actor resident;
	struct ctx ctx;

	begin(f);
	r = ask(f, idem_key_new());
	asked(f, r.id, SHARE_ALL);
	assert_int_equal(help_ask(f, HELPER, r.id, COUNTY_CENTRE, 0, &d), RC_OK);
	resident = (struct actor){ .kind = ACTOR_RECEIPT, .city = STAGE_CITY, .request = r.id, .places = PLACE_RANGE_EMPTY };
	ctx = ctx_as(f, &resident);
	assert_int_equal(intake_withdraw(&ctx, idem_key_new(), TEXT("已经解决")), RC_OK);
	assert_int_equal(of(f, HELPS " AND state = 80 AND closed_by = -1", r.id), 2);
	assert_int_equal(events(f, r.id, "ended"), 2);
	assert_int_equal(problems(f), 0);
	assert_int_equal(help_ask(f, HELPER, r.id, OTHER_CENTRE, 0, &d), RC_CONFLICT);
	stage_raw(f, "UPDATE cooperation SET state = 10, closed_ms = NULL WHERE city = 3205 AND to_point = 204");
	assert_true(problems(f) > 0); /* open on an ended case */
}

/* The case comes to the point that was asked to help: it is its own now. */
static void
it_ends_when_the_case_comes_to_who_was_asked(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct cooperation_done d;
	struct dispatch_result offer;
	struct actor a = as(CLERK);
	struct ctx ctx;

	begin(f);
	r = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(help_ask(f, HELPER, r.id, CENTRE, 0, &d), RC_OK);
	asked(f, r.id, 0);
	assert_int_equal(offer_as(f, HELPER, r.id, CLERK, &offer), RC_OK);
	ctx = ctx_as(f, &a);
	assert_int_equal(dispatch_accept(&ctx, idem_key_new(), offer.handover), RC_OK);
	assert_int_equal(of(f, HELPS " AND state = 80 AND to_point = 202", r.id), 1);
	assert_int_equal(of(f, HELPS " AND open = 1 AND to_point = 204", r.id), 1); /* the other goes on, for the new holder */
	assert_int_equal(help_answer(f, STRANGER, of(f, "MAX(id) FROM cooperation WHERE city = $1 AND open = 1", r.id)), RC_OK);
	assert_int_equal(end_as(f, HELPER, of(f, "MAX(id) FROM cooperation WHERE city = $1 AND open = 1", r.id), false), RC_FORBIDDEN);
	assert_int_equal(end_as(f, CLERK, of(f, "MAX(id) FROM cooperation WHERE city = $1 AND open = 1", r.id), false), RC_OK);
	assert_int_equal(problems(f), 0);
}

/* ---- two at once ----------------------------------------------------------------------------------------------------- */

struct hand { pthread_t thread; struct stage *f; struct arena *mem; struct actor actor; int64_t help; bool declines; enum rc rc; };

static void *
race(void *arg)
{
	struct hand *h = arg;
	struct ctx ctx = { .mem = h->mem, .db = h->f->db, .actor = &h->actor, .crypt = story_keys, .now_ms = stage_now_ms };
	struct cooperation_done done;

	do
		h->rc = h->declines ? cooperation_decline(&ctx, idem_key_new(), h->help, 1, TEXT("no_capacity"), TEXT("本周人手不够。"), &done)
		    : cooperation_take(&ctx, idem_key_new(), h->help, 1);
	while (h->rc == RC_BUSY);
	return NULL;
}

static void
of_two_at_once_one_wins(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	int took = 0;

	begin(f);
	r = ask(f, idem_key_new());
	for (int round = 0; round < 12; round++) {
		struct hand h[2];
		int64_t help = asked(f, r.id, 0);

		for (int i = 0; i < 2; i++) {
			h[i] = (struct hand){ .f = f, .mem = arena_create(1 << 20), .actor = as(STRANGER), .help = help, .declines = i == 1 };
			assert_int_equal(pthread_create(&h[i].thread, NULL, race, &h[i]), 0);
		}
		for (int i = 0; i < 2; i++) {
			assert_int_equal(pthread_join(h[i].thread, NULL), 0);
			arena_free(h[i].mem);
		}
		assert_int_equal((h[0].rc == RC_OK) + (h[1].rc == RC_OK), 1);
		assert_int_equal((h[0].rc == RC_CONFLICT) + (h[1].rc == RC_CONFLICT), 1);
		took += h[0].rc == RC_OK;
		if (h[0].rc == RC_OK)
			assert_int_equal(end_as(f, HELPER, help, true), RC_OK);
	}
	assert_int_equal(events(f, r.id, "taken"), took);
	assert_int_equal(events(f, r.id, "declined"), 12 - took);
	assert_int_equal(problems(f), 0);
}

/* ---- a failing database ------------------------------------------------------------------------------------------------ */

static void
a_failing_database_helps_nobody_by_half(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct cooperation_done d;
	int64_t help = 0, n = 0;
	int step = 1;

	begin(f);
	r = ask(f, idem_key_new());
	for (enum rc rc = RC_UNAVAILABLE; rc != RC_OK && step < 100; step++) {
		db_fail_after(f->db, step);
		rc = help_ask(f, HELPER, r.id, OTHER_CENTRE, 0, &d);
		db_fail_after(f->db, 0);
		assert_int_equal(of(f, HELPS, r.id), rc == RC_OK);
		assert_int_equal(events(f, r.id, "%"), rc == RC_OK);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM cooperation_round WHERE city = $1"), rc == RC_OK);
	}
	assert_in_range(step, 8, 99);
	help = d.id;
	for (int act = 0; act < 3; act++) {
		enum rc rc = RC_UNAVAILABLE;

		n = events(f, r.id, "%");
		for (step = 1; rc != RC_OK && step < 100; step++) {
			struct actor a = as(act == 0 ? STRANGER : HELPER);
			struct ctx ctx = ctx_as(f, &a);
			int64_t seen = help_revision(f, help);

			db_fail_after(f->db, step);
			rc = act == 0 ? cooperation_answer(&ctx, idem_key_new(), help, seen, TEXT("已经核实。"))
			    : act == 1 ? cooperation_again(&ctx, idem_key_new(), help, seen, TEXT("请再核实。"), &d)
			    : cooperation_withdraw(&ctx, idem_key_new(), help, seen, TEXT("不需要了。"));
			db_fail_after(f->db, 0);
			assert_int_equal(events(f, r.id, "%"), n + (rc == RC_OK ? (act == 0 ? 2 : 1) : 0));
			assert_int_equal(help_revision(f, help), seen + (rc == RC_OK ? (act == 0 ? 2 : 1) : 0));
			assert_int_equal(problems(f), 0);
		}
		assert_in_range(step, 6, 99);
	}
}

/* ---- the clock ---------------------------------------------------------------------------------------------------------- */

static void
lists_go_by_light_and_the_clock_by_the_table(void **state)
{
	struct stage *f = *state;
	struct intake_receipt r;
	struct ctx ctx;
	int64_t n = -1;

	begin(f);
	r = ask(f, idem_key_new());
	asked(f, r.id, 0);
	assert_int_equal(listed(f, STRANGER, false, COOPERATIONS_NORMAL, NULL), 1);
	stage_now_ms = INT64_C(1783439999999) - DAY_MS + 1; /* a day before its end */
	assert_int_equal(listed(f, STRANGER, false, COOPERATIONS_NORMAL, NULL), 0);
	assert_int_equal(listed(f, STRANGER, false, COOPERATIONS_SOON, NULL), 1);
	stage_now_ms = INT64_C(1783439999999) + 1;
	assert_int_equal(listed(f, STRANGER, false, COOPERATIONS_LATE, NULL), 1);
	assert_int_equal(listed(f, HELPER, true, COOPERATIONS_LATE, NULL), 1);
	assert_int_equal(listed(f, DIRECTOR, true, COOPERATIONS_LATE, NULL), 1); /* supervises the place */
	assert_int_equal(listed(f, CLERK, true, COOPERATIONS_LATE, NULL), 0);    /* another point asked */
	assert_int_equal(listed(f, STRANGER, true, COOPERATIONS_LATE, NULL), 0);
	ctx = ctx_as(f, &f->system);
	assert_int_equal(cooperation_recount(&ctx, 10, &n), RC_OK);
	assert_int_equal(n, 0);
	/* as if counted with an older table, and wrongly */
	stage_raw(f, "UPDATE cooperation SET calendar = -1, due_ms = due_ms + 86400000 WHERE city = 3205");
	stage_raw(f, "UPDATE cooperation_round SET due_ms = due_ms + 86400000 WHERE city = 3205");
	assert_int_equal(problems(f), 1);
	assert_int_equal(cooperation_recount(&ctx, 10, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_int_equal(of(f, HELPS " AND due_ms = 1783439999999", r.id), 1);
	assert_int_equal(events(f, r.id, "recounted"), 1);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "INSERT INTO setting (city, key, since_ms, value, account, document) VALUES (3205, 'cooperate.days', 1, '2', 1, '')");
	r = ask(f, idem_key_new());
	asked(f, r.id, 0);
	assert_int_equal(of(f, HELPS " AND count = 2", r.id), 1);
	assert_int_equal(problems(f), 0);
}

/* ---- the stored data ---------------------------------------------------------------------------------------------------- */

/* Each check is seen to find its fault, and nothing when it is mended. */
static void
planted_faults_of_cooperation_are_found(void **state)
{
	static const struct { const char *plant, *mend; } faults[] = {
		{ "UPDATE cooperation SET request = request + 1 WHERE city = 3205", "UPDATE cooperation SET request = request - 1 WHERE city = 3205" },
		{ "UPDATE cooperation SET to_point = 201 WHERE city = 3205", "UPDATE cooperation SET to_point = 204 WHERE city = 3205" },
		{ "UPDATE cooperation SET due_ms = due_ms + 1 WHERE city = 3205", "UPDATE cooperation SET due_ms = due_ms - 1 WHERE city = 3205" },
		{ "UPDATE cooperation SET taken_ms = NULL, taken_by = NULL WHERE city = 3205",
		    "UPDATE cooperation SET taken_ms = asked_ms, taken_by = 106 WHERE city = 3205" },
		{ "UPDATE cooperation SET refusal = 'other' WHERE city = 3205", "UPDATE cooperation SET refusal = NULL WHERE city = 3205" },
		{ "UPDATE cooperation SET closed_ms = asked_ms WHERE city = 3205", "UPDATE cooperation SET closed_ms = NULL WHERE city = 3205" },
		{ "UPDATE cooperation SET shared = 32 WHERE city = 3205", "UPDATE cooperation SET shared = 0 WHERE city = 3205" },
		{ "UPDATE cooperation_round SET answer = NULL, answered_ms = NULL, answered_by = NULL WHERE city = 3205",
		    "UPDATE cooperation_round SET answer = 'x', answered_ms = asked_ms, answered_by = 106 WHERE city = 3205" },
		{ "UPDATE cooperation_round SET answer = NULL WHERE city = 3205", "UPDATE cooperation_round SET answer = 'x' WHERE city = 3205" },
		{ "UPDATE cooperation_round SET cooperation = cooperation + 1 WHERE city = 3205",
		    "UPDATE cooperation_round SET cooperation = cooperation - 1 WHERE city = 3205" },
		{ "UPDATE cooperation_round SET round = 2 WHERE city = 3205", "UPDATE cooperation_round SET round = 1 WHERE city = 3205" },
		{ "UPDATE event SET kind = 'cooperate.closed' WHERE city = 3205 AND kind = 'cooperate.answered'",
		    "UPDATE event SET kind = 'cooperate.answered' WHERE city = 3205 AND kind = 'cooperate.closed'" },
		{ "UPDATE event SET data = 'cooperation=7' WHERE city = 3205 AND kind = 'cooperate.taken'",
		    "UPDATE event SET data = 'cooperation=' || (SELECT CAST(MAX(c.id) AS text) FROM cooperation c WHERE c.city = 3205)"
		    " WHERE city = 3205 AND kind = 'cooperate.taken'" },
	};
	struct stage *f = *state;
	struct intake_receipt r;
	int64_t help;

	begin(f);
	r = ask(f, idem_key_new());
	help = asked(f, r.id, 0);
	assert_int_equal(help_answer(f, STRANGER, help), RC_OK);
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
		cmocka_unit_test(help_is_asked_agreed_answered_and_closed),
		cmocka_unit_test(the_case_stays_where_it_is),
		cmocka_unit_test(the_other_side_reads_what_was_shared_and_no_more),
		cmocka_unit_test(the_phone_is_read_by_name_and_written_down),
		cmocka_unit_test(what_cannot_be_asked_says_why),
		cmocka_unit_test(a_provider_at_the_point_is_not_asked),
		cmocka_unit_test(it_ends_with_its_case),
		cmocka_unit_test(it_ends_when_the_case_comes_to_who_was_asked),
		cmocka_unit_test(of_two_at_once_one_wins),
		cmocka_unit_test(a_failing_database_helps_nobody_by_half),
		cmocka_unit_test(lists_go_by_light_and_the_clock_by_the_table),
		cmocka_unit_test(planted_faults_of_cooperation_are_found),
	};
	int failed = stage_main("story_cooperate", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
