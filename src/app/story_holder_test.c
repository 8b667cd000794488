/*
 * Somebody answers for a case at every moment: when it ends, when a supervisor gives it to another, when
 * its holder leaves; and who was only asked keeps nothing.  On both engines.
 */
#include "app/story_stage.h"

#include <stdio.h>

enum { BOSS = 901 };

/* ---- doing ------------------------------------------------------------------------------------------ */

static struct case_id
case_of(struct intake_receipt r)
{
	return (struct case_id){ r.id };
}

static int64_t
count(struct stage *f, const char *from)
{
	char sql[512];

	snprintf(sql, sizeof sql, "SELECT COUNT(*) FROM %s", from);
	return stage_int(f, sql);
}

static struct intake_receipt
accepted(struct stage *f)
{
	struct intake_receipt r = ask(f, idem_key_new());

	assert_int_equal(accept_as(f, HELPER, r.id), RC_OK);
	return r;
}

static enum rc
promise_as(struct stage *f, int who, int64_t id)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return callback_promise(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), stage_now_ms + 3600000);
}

static enum rc
assign_as(struct stage *f, int who, int64_t id, int64_t to)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return dispatch_assign(&ctx, idem_key_new(), &(struct dispatch_assign){ .id = { id }, .revision = revision(f, id),
	    .to_account = to, .reason = TEXT("承办人请病假") });
}

static enum rc
take_as(struct stage *f, int who, int64_t handover)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return dispatch_accept(&ctx, idem_key_new(), handover);
}

static enum rc
send_back_as(struct stage *f, int who, int64_t handover)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return dispatch_send_back(&ctx, idem_key_new(), &(struct dispatch_return){ .handover = handover,
	    .code = TEXT("not_our_item"), .reason = TEXT("请转热线"), .better_point = LINE });
}

static enum rc
withdraw_as(struct stage *f, int who, int64_t handover)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return dispatch_withdraw(&ctx, idem_key_new(), handover);
}

struct waiting { struct handover v[8]; struct callback calls[8]; size_t n, n_calls; };

static enum rc
waiting_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct waiting *w = arg;
	enum rc rc = dispatch_inbox(tx, actor, w->v, 8, &w->n);

	return rc == RC_OK ? callback_mine(tx, actor, w->calls, 8, &w->n_calls) : rc;
}

/* What waits for this account: offers and promised calls. */
static struct waiting
waiting_for(struct stage *f, int who)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct waiting w = { .n = 0 };

	assert_int_equal(db_read(&ctx, waiting_tx, &w), RC_OK);
	return w;
}

static int
messages_of(const struct findings *f, const char *field)
{
	int n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += text_equals(text_of(f->v[i].field), text_of(field));
	return n;
}

/* The administrator of the city changes one account. */
static enum rc
move_account(struct stage *f, struct account_move in, struct findings *findings)
{
	struct account boss = { .id = { BOSS }, .role = ROLE_ADMIN, .place = { CITY }, .active = true };
	struct actor a = identity_actor(&boss, STAGE_CITY);
	struct ctx ctx = ctx_as(f, &a);
	char sql[128];

	snprintf(sql, sizeof sql, "SELECT revision FROM account WHERE city = $1 AND id = %lld", (long long)in.id.n);
	in.revision = stage_int(f, sql);
	*findings = (struct findings){ .n = 0 };
	return identity_move(&ctx, idem_key_new(), &in, findings);
}

static enum rc
leave(struct stage *f, int who, struct text successor, struct findings *findings)
{
	struct actor a = as(who);
	struct account_move in = { .id = { who }, .role = (enum role)a.role, .place = { a.places.lo }, .point = a.point,
		.active = false, .successor = successor };

	if (who == LAWYER)
		in.place.code = COUNTY;
	return move_account(f, in, findings);
}

/* ---- what ends leaves nothing open --------------------------------------------------------------------- */

static void
a_case_that_ends_leaves_no_offer_and_no_call(void **state)
{
	struct stage *f = *state;
	struct actor nobody = identity_anonymous(STAGE_CITY), helper = as(HELPER), resident;
	struct ctx ctx = ctx_as(f, &nobody), desk = ctx_as(f, &helper);
	struct dispatch_result offer;
	struct intake_receipt r;
	struct request left;
	int64_t wait = 0;

	begin(f);
	r = accepted(f);
	assert_int_equal(promise_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offer), RC_OK);
	assert_int_equal(waiting_for(f, LAWYER).n, 1);
	assert_int_equal(intake_enter(&ctx, text_of(r.code), TEXT("127.0.0.9"), &resident, &wait), RC_OK);
	ctx.actor = &resident;
	assert_int_equal(intake_withdraw(&ctx, idem_key_new(), TEXT("已经解决了")), RC_OK);
	assert_int_equal(waiting_for(f, LAWYER).n, 0);
	assert_int_equal(waiting_for(f, HELPER).n_calls, 0);
	assert_int_equal(stage_int(f, "SELECT state FROM handover WHERE city = $1"), HANDOVER_WITHDRAWN);
	assert_int_equal(count(f, "callback WHERE city = $1 AND result = 'withdrawn'"), 1);
	assert_int_equal(look(f, LAWYER, r.id, &left), RC_NOT_FOUND); /* was only asked */
	assert_int_equal(take_as(f, LAWYER, offer.handover), RC_NOT_FOUND);

	r = ask(f, idem_key_new());
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offer), RC_OK);
	assert_int_equal(intake_decline(&desk, idem_key_new(), &(struct intake_decline){ .id = case_of(r),
	    .revision = revision(f, r.id), .reason = TEXT("不属于服务范围"), .helper = TEXT("劳动监察 1990000") }), RC_OK);
	assert_int_equal(waiting_for(f, LAWYER).n, 0);
	assert_int_equal(problems(f), 0);
}

static void
a_promised_call_goes_on_with_the_converted_case(void **state)
{
	struct stage *f = *state;
	struct actor helper = as(HELPER);
	struct ctx ctx = ctx_as(f, &helper);
	struct consult_converted next = { .id = 0 };
	struct dispatch_result offer;
	struct intake_receipt r;
	struct waiting w;

	begin(f);
	r = accepted(f);
	assert_int_equal(promise_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offer), RC_OK);
	assert_int_equal(consult_convert(&ctx, idem_key_new(), &(struct consult_convert){ .id = case_of(r),
	    .revision = revision(f, r.id), .note = TEXT("改办"),
	    .item = stage_int(f, "SELECT id FROM item WHERE city = $1 AND code <> 'consult' ORDER BY sort LIMIT 1") }, &next),
	    RC_OK);
	assert_int_equal(waiting_for(f, LAWYER).n, 0);
	w = waiting_for(f, HELPER);
	assert_int_equal(w.n_calls, 1);
	assert_int_equal(w.calls[0].request.n, next.id);
	assert_int_equal(callback_done(&ctx, idem_key_new(), w.calls[0].id, TEXT("reached")), RC_OK);
	assert_int_equal(problems(f), 0);
}

static void
a_promised_call_moves_with_the_case(void **state)
{
	struct stage *f = *state;
	struct actor lawyer = as(LAWYER), helper = as(HELPER);
	struct ctx ctx = ctx_as(f, &lawyer), old = ctx_as(f, &helper);
	struct dispatch_result offer;
	struct intake_receipt r;
	struct waiting w;

	begin(f);
	r = accepted(f);
	assert_int_equal(promise_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offer), RC_OK);
	assert_int_equal(waiting_for(f, HELPER).n_calls, 1); /* until the other accepts */
	assert_int_equal(waiting_for(f, LAWYER).n_calls, 0);
	assert_int_equal(take_as(f, LAWYER, offer.handover), RC_OK);
	assert_int_equal(waiting_for(f, HELPER).n_calls, 0);
	w = waiting_for(f, LAWYER);
	assert_int_equal(w.n_calls, 1);
	assert_int_equal(callback_done(&old, idem_key_new(), w.calls[0].id, TEXT("reached")), RC_FORBIDDEN);
	assert_int_equal(callback_done(&ctx, idem_key_new(), w.calls[0].id, TEXT("unreachable")), RC_OK);
	assert_int_equal(callback_done(&ctx, idem_key_new(), w.calls[0].id, TEXT("reached")), RC_OK);
	assert_int_equal(problems(f), 0);
}

/* ---- who was only asked ---------------------------------------------------------------------------------- */

static void
an_offer_gives_a_right_only_while_it_is_open(void **state)
{
	struct stage *f = *state;
	struct dispatch_result offer;
	struct intake_receipt r;
	struct request seen;

	begin(f);
	r = accepted(f);
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offer), RC_OK);
	assert_int_equal(look(f, LAWYER, r.id, &seen), RC_OK);
	assert_int_equal(send_back_as(f, LAWYER, offer.handover), RC_OK);
	assert_int_equal(look(f, LAWYER, r.id, &seen), RC_NOT_FOUND);
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offer), RC_OK); /* asked again */
	assert_int_equal(look(f, LAWYER, r.id, &seen), RC_OK);
	assert_int_equal(withdraw_as(f, HELPER, offer.handover), RC_OK);
	assert_int_equal(look(f, LAWYER, r.id, &seen), RC_NOT_FOUND);
	/* who held it once may go on reading it, whatever is offered and sent back later */
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offer), RC_OK);
	assert_int_equal(take_as(f, LAWYER, offer.handover), RC_OK);
	assert_int_equal(offer_as(f, LAWYER, r.id, CLERK, &offer), RC_OK);
	assert_int_equal(take_as(f, CLERK, offer.handover), RC_OK);
	assert_int_equal(offer_as(f, CLERK, r.id, LAWYER, &offer), RC_OK);
	assert_int_equal(send_back_as(f, LAWYER, offer.handover), RC_OK);
	assert_int_equal(look(f, LAWYER, r.id, &seen), RC_OK);
	/* given it by a supervisor, and taken from them before they did anything: held it all the same */
	r = accepted(f);
	assert_int_equal(assign_as(f, DIRECTOR, r.id, LAWYER), RC_OK);
	assert_int_equal(assign_as(f, DIRECTOR, r.id, CLERK), RC_OK);
	assert_int_equal(offer_as(f, CLERK, r.id, LAWYER, &offer), RC_OK);
	assert_int_equal(send_back_as(f, LAWYER, offer.handover), RC_OK);
	assert_int_equal(look(f, LAWYER, r.id, &seen), RC_OK);
	assert_int_equal(problems(f), 0);
}

/* A colleague at the point answers the offer: the one who was named has done nothing. */
static void
a_colleague_who_accepts_leaves_nothing_to_the_one_named(void **state)
{
	struct stage *f = *state;
	struct dispatch_result offer;
	struct intake_receipt r;
	struct request seen;

	begin(f);
	r = accepted(f);
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offer), RC_OK);
	assert_int_equal(take_as(f, CHIEF, offer.handover), RC_OK);
	assert_int_equal(look(f, CHIEF, r.id, &seen), RC_OK);
	assert_int_equal(seen.holder, CHIEF);
	assert_int_equal(look(f, LAWYER, r.id, &seen), RC_NOT_FOUND);
	assert_int_equal(problems(f), 0);
}

/* ---- what lists show ---------------------------------------------------------------------------------------- */

struct list { struct queue_filter f; struct queue_row rows[8]; size_t n; int64_t count; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct list *l = arg;
	enum rc rc = request_queue(tx, actor, &l->f, l->rows, &l->n);

	return rc == RC_OK ? request_queue_count(tx, actor, &l->f, &l->count) : rc;
}

static struct list
at_point(struct stage *f, int who)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct list l = { .f = { .kind = QUEUE_POINT, .due_last_ms = DUE_NONE, .most = 8 } };

	assert_int_equal(db_read(&ctx, list_tx, &l), RC_OK);
	assert_int_equal(l.count, (int64_t)l.n);
	return l;
}

/* The list of one's point names nothing that could not be opened. */
static void
the_points_list_shows_what_one_may_open(void **state)
{
	struct stage *f = *state;
	struct dispatch_result offer;
	struct intake_receipt a, b;
	struct request seen;

	begin(f);
	a = accepted(f);
	b = accepted(f);
	assert_int_equal(offer_as(f, HELPER, a.id, CHIEF, &offer), RC_OK);
	assert_int_equal(take_as(f, CHIEF, offer.handover), RC_OK);
	assert_int_equal(at_point(f, CHIEF).n, 1);
	assert_int_equal(at_point(f, LAWYER).n, 0); /* a provider at the same centre, never asked */
	assert_int_equal(look(f, LAWYER, a.id, &seen), RC_NOT_FOUND);
	assert_int_equal(offer_as(f, HELPER, b.id, LAWYER, &offer), RC_OK);
	assert_int_equal(take_as(f, LAWYER, offer.handover), RC_OK);
	assert_int_equal(at_point(f, CHIEF).n, 2);
	assert_int_equal(at_point(f, LAWYER).n, 1);
	assert_int_equal(at_point(f, LAWYER).rows[0].id.n, b.id);
}

static void
a_point_lies_in_its_account_s_place(void **state)
{
	struct stage *f = *state;
	struct findings findings;
	struct account_move in = { .id = { STRANGER }, .role = ROLE_CLERK, .place = { OTHER_TOWN }, .point = CENTRE,
		.active = true };

	begin(f);
	assert_int_equal(move_account(f, in, &findings), RC_INVALID);
	assert_int_equal(messages_of(&findings, "point"), 1);
	in.place.code = COUNTY;
	assert_int_equal(move_account(f, in, &findings), RC_OK);
}

/* ---- assigning --------------------------------------------------------------------------------------------- */

static void
a_supervisor_gives_a_case_to_another(void **state)
{
	struct stage *f = *state;
	struct dispatch_result offer;
	struct intake_receipt r;
	struct request seen;

	begin(f);
	r = accepted(f);
	assert_int_equal(promise_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offer), RC_OK);
	assert_int_equal(assign_as(f, CLERK, r.id, CLERK), RC_FORBIDDEN);      /* sees it, supervises nothing */
	assert_int_equal(assign_as(f, HELPER, r.id, CLERK), RC_FORBIDDEN);     /* holds it: hands over instead */
	assert_int_equal(assign_as(f, LAWYER, r.id, CLERK), RC_FORBIDDEN);
	assert_int_equal(assign_as(f, STRANGER, r.id, CLERK), RC_NOT_FOUND);
	assert_int_equal(assign_as(f, DIRECTOR, r.id, HELPER), RC_REFUSED);    /* holds it already */
	assert_int_equal(assign_as(f, DIRECTOR, r.id, 999), RC_INVALID);       /* nobody */
	assert_int_equal(assign_as(f, DIRECTOR, r.id, CLERK), RC_OK);
	assert_int_equal(look(f, CLERK, r.id, &seen), RC_OK);
	assert_int_equal(seen.holder, CLERK);
	assert_int_equal(seen.holder_point, CENTRE);
	assert_int_equal(seen.first_contact, HELPER);
	assert_int_equal(count(f, "holding WHERE city = $1 AND how = 3 AND account = 103"), 1);
	assert_int_equal(count(f, "event WHERE city = $1 AND kind = 'dispatch.assigned' AND account = 102 AND note <> ''"), 1);
	assert_int_equal(count(f, "audit WHERE city = $1 AND action = 'dispatch.assigned' AND account = 102"), 1);
	assert_int_equal(waiting_for(f, LAWYER).n, 0);
	assert_int_equal(look(f, LAWYER, r.id, &seen), RC_NOT_FOUND);
	assert_int_equal(waiting_for(f, CLERK).n_calls, 1);
	assert_int_equal(answer_as(f, CLERK, r.id, true), RC_OK);
	assert_int_equal(assign_as(f, CHIEF, r.id, 0), RC_OK); /* the county's director takes it over */
	assert_int_equal(look(f, CHIEF, r.id, &seen), RC_OK);
	assert_int_equal(seen.holder, CHIEF);
	assert_int_equal(problems(f), 0);
}

static void
only_an_open_case_is_assigned_and_only_as_it_was_seen(void **state)
{
	struct stage *f = *state;
	struct actor director = as(DIRECTOR);
	struct ctx ctx = ctx_as(f, &director);
	struct dispatch_assign in = { .to_account = CLERK, .reason = TEXT("改派") };
	struct consult_verdict verdict;
	struct intake_receipt r;

	begin(f);
	r = accepted(f);
	in.id = case_of(r);
	in.revision = revision(f, r.id) - 1;
	assert_int_equal(dispatch_assign(&ctx, idem_key_new(), &in), RC_CONFLICT);
	in.revision++;
	in.reason = TEXT("  ");
	assert_int_equal(dispatch_assign(&ctx, idem_key_new(), &in), RC_INVALID);
	assert_int_equal(answer_as(f, HELPER, r.id, true), RC_OK);
	assert_int_equal(close_as(f, HELPER, r.id, &verdict), RC_OK);
	assert_int_equal(assign_as(f, DIRECTOR, r.id, CLERK), RC_CONFLICT);
	stage_raw(f, "UPDATE account SET active = 0 WHERE city = 3205 AND id = 103");
	r = accepted(f);
	assert_int_equal(assign_as(f, DIRECTOR, r.id, CLERK), RC_INVALID); /* works here no longer */
	assert_int_equal(problems(f), 0);
}

/* ---- leaving ------------------------------------------------------------------------------------------------ */

struct rated { struct case_id id; struct review v[2]; size_t n; };

static enum rc
rated_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct rated *r = arg;

	return review_list(tx, actor, r->id, r->v, 2, &r->n);
}

/* The resident is not content. */
static enum rc
rate_badly(struct stage *f, int64_t id, int64_t *follow_up)
{
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = ctx_as(f, &nobody), system = ctx_as(f, &f->system);
	struct rated r = { .id = { id } };
	unsigned char code[10];

	assert_int_equal(db_read(&system, rated_tx, &r), RC_OK);
	review_code(story_keys, STAGE_CITY, r.id, r.v[0].act, code);
	return review_give(&ctx, idem_key_new(), code, GRADE_BAD, TEXT("没有解决问题"), REVIEW_LINK, TEXT_NONE, follow_up);
}

static int64_t
follow_up_of(struct stage *f)
{
	struct intake_receipt r = accepted(f);
	struct consult_verdict verdict;
	int64_t follow_up = 0;

	assert_int_equal(answer_as(f, HELPER, r.id, true), RC_OK);
	assert_int_equal(close_as(f, HELPER, r.id, &verdict), RC_OK);
	assert_int_equal(rate_badly(f, r.id, &follow_up), RC_OK);
	assert_true(follow_up != 0);
	return follow_up;
}

static void
nobody_leaves_with_a_case(void **state)
{
	struct stage *f = *state;
	struct dispatch_result offer;
	struct intake_receipt held, asked;
	struct findings findings;
	struct request seen;

	begin(f);
	held = accepted(f);
	asked = accepted(f);
	assert_int_equal(promise_as(f, HELPER, held.id), RC_OK);
	assert_int_equal(assign_as(f, DIRECTOR, held.id, CLERK), RC_OK);
	assert_int_equal(offer_as(f, HELPER, asked.id, CLERK, &offer), RC_OK);
	assert_int_equal(leave(f, CLERK, TEXT_NONE, &findings), RC_REFUSED);
	assert_int_equal(messages_of(&findings, "successor"), 2); /* what is held, what is offered */
	assert_int_equal(findings.v[0].bound, 1);
	assert_int_equal(findings.v[1].bound, 1);
	assert_int_equal(stage_int(f, "SELECT active FROM account WHERE city = $1 AND id = 103"), 1);
	assert_int_equal(leave(f, CLERK, TEXT("nobody.here"), &findings), RC_INVALID);
	assert_int_equal(leave(f, CLERK, TEXT("clerk"), &findings), RC_INVALID);
	assert_int_equal(messages_of(&findings, "successor"), 1);
	assert_int_equal(leave(f, CLERK, TEXT("director"), &findings), RC_OK);
	assert_int_equal(stage_int(f, "SELECT active FROM account WHERE city = $1 AND id = 103"), 0);
	assert_int_equal(look(f, DIRECTOR, held.id, &seen), RC_OK);
	assert_int_equal(seen.holder, DIRECTOR);
	assert_int_equal(look(f, DIRECTOR, asked.id, &seen), RC_OK);
	assert_int_equal(seen.holder, HELPER); /* offered, not yet accepted */
	assert_int_equal(waiting_for(f, DIRECTOR).n, 1);
	assert_int_equal(waiting_for(f, DIRECTOR).n_calls, 1);
	assert_int_equal(take_as(f, DIRECTOR, waiting_for(f, DIRECTOR).v[0].id), RC_OK);
	assert_int_equal(stage_int(f, "SELECT open_load FROM account WHERE city = $1 AND id = 103"), 0);
	assert_int_equal(stage_int(f, "SELECT open_load FROM account WHERE city = $1 AND id = 102"), 2);
	assert_int_equal(problems(f), 0);
}

static void
another_role_place_or_point_leaves_nothing_behind(void **state)
{
	static const struct account_move moves[] = {
		{ .id = { HELPER }, .role = ROLE_PROVIDER, .place = { VILLAGE }, .point = STATION, .active = true },
		{ .id = { HELPER }, .role = ROLE_STATION, .place = { TOWN }, .point = STATION, .active = true },
		{ .id = { HELPER }, .role = ROLE_STATION, .place = { VILLAGE }, .point = 0, .active = true },
	};
	struct stage *f = *state;
	struct findings findings;
	struct account_move in = { .id = { HELPER }, .role = ROLE_STATION, .place = { VILLAGE }, .point = STATION, .active = true };

	begin(f);
	accepted(f);
	for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
		assert_int_equal(move_account(f, moves[i], &findings), RC_REFUSED);
		assert_int_equal(messages_of(&findings, "successor"), 1);
	}
	assert_int_equal(move_account(f, in, &findings), RC_OK); /* nothing changes: nothing is left */
	in = moves[0];
	in.successor = TEXT("clerk");
	assert_int_equal(move_account(f, in, &findings), RC_OK);
	assert_int_equal(stage_int(f, "SELECT holder FROM request WHERE city = $1"), CLERK);
	assert_int_equal(problems(f), 0);
}

static void
a_follow_up_goes_to_somebody_who_did_not_do_the_work(void **state)
{
	struct stage *f = *state;
	struct findings findings;

	begin(f);
	follow_up_of(f);
	assert_int_equal(stage_int(f, "SELECT director FROM follow_up WHERE city = $1"), DIRECTOR);
	assert_int_equal(leave(f, DIRECTOR, TEXT_NONE, &findings), RC_REFUSED);
	assert_int_equal(messages_of(&findings, "successor"), 1);
	assert_int_equal(leave(f, DIRECTOR, TEXT("helper"), &findings), RC_OK); /* held it: passed over */
	assert_int_equal(stage_int(f, "SELECT director FROM follow_up WHERE city = $1"), CHIEF);
	assert_int_equal(leave(f, CHIEF, TEXT("lawyer"), &findings), RC_OK);
	assert_int_equal(stage_int(f, "SELECT director FROM follow_up WHERE city = $1"), 0); /* to be taken by who supervises */
	assert_int_equal(problems(f), 0);
}

/* Whatever call of the database fails, the leaver is whole or gone with all of it. */
static void
a_failing_database_leaves_nobody_half_gone(void **state)
{
	struct stage *f = *state;
	struct dispatch_result offer;
	struct intake_receipt r;
	struct findings findings;
	enum rc rc = RC_UNAVAILABLE;
	int n = 0;

	begin(f);
	r = accepted(f);
	assert_int_equal(promise_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offer), RC_OK);
	while (rc != RC_OK && n < 400) {
		struct account_move in = { .id = { HELPER }, .revision = 1, .role = ROLE_STATION, .place = { VILLAGE },
			.point = STATION, .active = false, .successor = TEXT("clerk") };
		struct account boss = { .id = { BOSS }, .role = ROLE_ADMIN, .place = { CITY }, .active = true };
		struct actor a = identity_actor(&boss, STAGE_CITY);
		struct ctx ctx = ctx_as(f, &a);

		findings = (struct findings){ .n = 0 };
		db_fail_after(f->db, ++n);
		rc = identity_move(&ctx, idem_key_new(), &in, &findings);
		db_fail_after(f->db, 0);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_UNAVAILABLE);
		assert_int_equal(stage_int(f, "SELECT holder FROM request WHERE city = $1"), HELPER);
		assert_int_equal(stage_int(f, "SELECT active FROM account WHERE city = $1 AND id = 101"), 1);
		assert_int_equal(stage_int(f, "SELECT state FROM handover WHERE city = $1"), HANDOVER_OFFERED);
	}
	assert_int_equal(rc, RC_OK);
	assert_true(n > 10);
	assert_int_equal(stage_int(f, "SELECT account FROM callback WHERE city = $1"), CLERK);
	assert_int_equal(problems(f), 0);
}

/* ---- verify finds it when it is not so -------------------------------------------------------------------------- */

static void
planted_faults_are_found(void **state)
{
	static const struct { const char *plant, *mend; } faults[] = {
		{ "UPDATE handover SET state = 1 WHERE city = 3205", "UPDATE handover SET state = 4 WHERE city = 3205" },
		{ "UPDATE callback SET done_ms = NULL WHERE city = 3205 AND result = 'withdrawn'",
		    "UPDATE callback SET done_ms = 5 WHERE city = 3205 AND result = 'withdrawn'" },
		{ "UPDATE callback SET account = 105 WHERE city = 3205 AND done_ms IS NULL",
		    "UPDATE callback SET account = 101 WHERE city = 3205 AND done_ms IS NULL" },
		{ "INSERT INTO case_grant (city, account, request, since_ms, why)"
		    " SELECT city, 106, id, 1, 'handover' FROM request WHERE city = 3205 AND open = 1",
		    "DELETE FROM case_grant WHERE city = 3205 AND account = 106" },
	};
	struct stage *f = *state;
	struct actor nobody = identity_anonymous(STAGE_CITY), resident;
	struct ctx ctx = ctx_as(f, &nobody);
	struct dispatch_result offer;
	struct intake_receipt r;
	int64_t wait = 0;

	begin(f);
	r = accepted(f);
	assert_int_equal(promise_as(f, HELPER, r.id), RC_OK);
	r = accepted(f);
	assert_int_equal(promise_as(f, HELPER, r.id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, r.id, LAWYER, &offer), RC_OK);
	assert_int_equal(intake_enter(&ctx, text_of(r.code), TEXT("127.0.0.9"), &resident, &wait), RC_OK);
	ctx.actor = &resident;
	assert_int_equal(intake_withdraw(&ctx, idem_key_new(), TEXT_NONE), RC_OK);
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		stage_raw(f, faults[i].plant);
		if (problems(f) == 0)
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
		cmocka_unit_test(a_case_that_ends_leaves_no_offer_and_no_call),
		cmocka_unit_test(a_promised_call_goes_on_with_the_converted_case),
		cmocka_unit_test(a_promised_call_moves_with_the_case),
		cmocka_unit_test(an_offer_gives_a_right_only_while_it_is_open),
		cmocka_unit_test(a_colleague_who_accepts_leaves_nothing_to_the_one_named),
		cmocka_unit_test(the_points_list_shows_what_one_may_open),
		cmocka_unit_test(a_point_lies_in_its_account_s_place),
		cmocka_unit_test(a_supervisor_gives_a_case_to_another),
		cmocka_unit_test(only_an_open_case_is_assigned_and_only_as_it_was_seen),
		cmocka_unit_test(nobody_leaves_with_a_case),
		cmocka_unit_test(another_role_place_or_point_leaves_nothing_behind),
		cmocka_unit_test(a_follow_up_goes_to_somebody_who_did_not_do_the_work),
		cmocka_unit_test(a_failing_database_leaves_nobody_half_gone),
		cmocka_unit_test(planted_faults_are_found),
	};

	int failed = stage_main("story_holder", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
