/*
 * One trouble from the door to the figure, and what must not be possible on the way; on both engines.
 */
#include "app/story_stage.h"

#include <string.h>

/* ---- the story ------------------------------------------------------------------------------------------------ */

static void
from_the_door_to_the_figure(void **state)
{
	struct stage *f = *state;
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct dispatch_result offer;
	struct consult_verdict verdict;
	struct request r;
	int64_t follow_up = 0;
	struct actor lawyer = as(LAWYER), handler;
	struct ctx ctx;
	struct intake_receipt receipt;
	struct look figures;

	begin(f);
	receipt = ask(f, idem_key_new());
	assert_int_equal(look(f, HELPER, receipt.id, &r), RC_OK);
	assert_int_equal(r.holder, HELPER); /* the station's director answers, also at two in the morning */
	assert_int_equal(r.state, REQUEST_RECEIVED);
	assert_true(r.due_ms != DUE_NONE);
	assert_int_equal(accept_as(f, HELPER, receipt.id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, receipt.id, LAWYER, &offer), RC_OK);
	assert_int_equal(look(f, HELPER, receipt.id, &r), RC_OK);
	assert_int_equal(r.holder, HELPER); /* until the other accepts */
	ctx = ctx_as(f, &lawyer);
	assert_int_equal(dispatch_accept(&ctx, idem_key_new(), offer.handover), RC_OK);
	assert_int_equal(look(f, LAWYER, receipt.id, &r), RC_OK);
	assert_int_equal(r.holder, LAWYER);
	assert_int_equal(r.first_contact, HELPER);
	assert_int_equal(answer_as(f, LAWYER, receipt.id, false), RC_OK);
	assert_int_equal(close_as(f, LAWYER, receipt.id, &verdict), RC_REFUSED);
	assert_int_equal(verdict.why, CONSULT_AID_NOT_TOLD);
	assert_int_equal(consult_tell_aid(&ctx, idem_key_new(), (struct case_id){ receipt.id }, revision(f, receipt.id), AID_TOLD), RC_OK);
	assert_int_equal(close_as(f, LAWYER, receipt.id, &verdict), RC_OK);
	handler = as(LAWYER);
	assert_int_equal(rate_as(f, &handler, receipt.id, GRADE_VERY_GOOD, &follow_up), RC_REFUSED); /* one's own work */
	assert_int_equal(rate_as(f, &nobody, receipt.id, GRADE_BAD, &follow_up), RC_OK);
	assert_true(follow_up != 0);
	assert_int_equal(stage_int(f, "SELECT director FROM follow_up WHERE city = $1"), CHIEF);
	assert_int_equal(rate_as(f, &nobody, receipt.id, GRADE_GOOD, &follow_up), RC_CONFLICT); /* once */
	figures = figures_as(f, DIRECTOR);
	assert_int_equal(figures.t.requests, 1);
	assert_int_equal(figures.t.closed, 1);
	assert_int_equal(figures.t.grades[GRADE_BAD], 1);
	assert_int_equal(figures.n_q, 1);
	assert_int_equal(figures.q[0].id.n, receipt.id);
	assert_int_equal(figures_as(f, STRANGER).t.requests, 0); /* another town's */
	assert_int_equal(problems(f), 0);
}

static void
a_good_grade_opens_nothing(void **state)
{
	struct stage *f = *state;
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct consult_verdict verdict;
	struct intake_receipt receipt;
	int64_t follow_up = 1;

	begin(f);
	receipt = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, receipt.id), RC_OK);
	assert_int_equal(answer_as(f, HELPER, receipt.id, true), RC_OK);
	assert_int_equal(close_as(f, HELPER, receipt.id, &verdict), RC_OK);
	assert_int_equal(rate_as(f, &nobody, receipt.id, GRADE_FAIR, &follow_up), RC_OK);
	assert_int_equal(follow_up, 0);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM follow_up WHERE city = $1"), 0);
}

static void
sent_twice_is_one_request(void **state)
{
	struct stage *f = *state;
	struct idem_key key = idem_key_new();
	struct intake_receipt a, b = { .id = 0 };
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = ctx_as(f, &nobody);
	struct intake_new in;
	struct findings findings = { .n = 0 };

	begin(f);
	a = ask(f, key);
	b = ask(f, key);
	assert_int_equal(a.id, b.id);
	assert_string_equal(a.code, b.code);
	in = wages(f);
	in.detail = TEXT("另外一件事。");
	assert_int_equal(intake_receive(&ctx, key, &in, &findings, &b), RC_DUPLICATE); /* said, not lost in silence */
	assert_int_equal(a.id, b.id);
	assert_string_equal(a.code, b.code);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM request WHERE city = $1"), 1);
}

static void
nobody_acts_on_what_is_not_theirs(void **state)
{
	struct stage *f = *state;
	struct dispatch_result offer;
	struct intake_receipt receipt;
	struct request r;
	struct actor chief = as(CHIEF);
	struct ctx ctx;

	begin(f);
	receipt = ask(f, idem_key_new());
	assert_int_equal(look(f, STRANGER, receipt.id, &r), RC_NOT_FOUND); /* the sibling town */
	assert_int_equal(look(f, LAWYER, receipt.id, &r), RC_NOT_FOUND);   /* a provider without a grant */
	assert_int_equal(look(f, CLERK, receipt.id, &r), RC_OK);           /* the town above the village */
	assert_int_equal(accept_as(f, STRANGER, receipt.id), RC_NOT_FOUND);
	assert_int_equal(accept_as(f, CLERK, receipt.id), RC_FORBIDDEN);   /* sees it, does not hold it */
	assert_int_equal(offer_as(f, STRANGER, receipt.id, LAWYER, &offer), RC_NOT_FOUND);
	assert_int_equal(accept_as(f, HELPER, receipt.id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, receipt.id, CLERK, &offer), RC_OK);
	assert_int_equal(offer_as(f, HELPER, receipt.id, LAWYER, &offer), RC_CONFLICT); /* one offer at a time */
	ctx = ctx_as(f, &chief); /* sees it, was not asked */
	assert_int_equal(dispatch_accept(&ctx, idem_key_new(), offer.handover), RC_FORBIDDEN);
}

struct candidates { struct case_id id; struct candidate v[DISPATCH_CANDIDATES_MAX]; size_t n; };

static enum rc
candidates_tx(struct tx *tx, const struct actor *actor, void *arg)
{
	struct candidates *c = arg;
	struct request r;
	enum rc rc = request_load(tx, actor, c->id, &r);

	return rc == RC_OK ? dispatch_candidates(tx, actor, &r, c->v, DISPATCH_CANDIDATES_MAX, &c->n) : rc;
}

static void
candidates_can_be_looked_at_before_choosing(void **state)
{
	struct stage *f = *state;
	struct actor helper = as(HELPER);
	struct ctx ctx = ctx_as(f, &helper);
	struct candidates *c = ARENA_NEW(f->mem, struct candidates);

	begin(f);
	c->id.n = ask(f, idem_key_new()).id;
	assert_int_equal(db_read(&ctx, candidates_tx, c), RC_OK);
	assert_int_equal(c->n, 6); /* the village's, the town's two, the county's two, the hotline: not the sibling town's */
	assert_int_equal(c->v[c->n - 1].bar, BAR_HOLDER);
}

static void
a_return_says_why_and_keeps_the_holder(void **state)
{
	struct stage *f = *state;
	struct dispatch_result offer;
	struct intake_receipt receipt;
	struct request r;
	struct actor clerk = as(CLERK);
	struct ctx ctx = ctx_as(f, &clerk);

	begin(f);
	receipt = ask(f, idem_key_new());
	assert_int_equal(accept_as(f, HELPER, receipt.id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, receipt.id, CLERK, &offer), RC_OK);
	assert_int_equal(dispatch_send_back(&ctx, idem_key_new(), &(struct dispatch_return){ .handover = offer.handover,
	    .code = TEXT("not_our_item"), .reason = TEXT("请转县中心"), .better_point = COUNTY_CENTRE }), RC_OK);
	assert_int_equal(look(f, HELPER, receipt.id, &r), RC_OK);
	assert_int_equal(r.holder, HELPER);
	assert_int_equal(stage_int(f, "SELECT better_point FROM handover WHERE city = $1"), COUNTY_CENTRE);
	assert_int_equal(dispatch_accept(&ctx, idem_key_new(), offer.handover), RC_CONFLICT); /* answered already */
	assert_int_equal(offer_as(f, HELPER, receipt.id, 0, &offer), RC_OK); /* the best of all, and not the clerk again */
	assert_true(offer.to_account != CLERK && offer.to_account != HELPER);
	assert_int_equal(problems(f), 0);
}

static void
a_stale_page_overwrites_nothing(void **state)
{
	struct stage *f = *state;
	struct actor helper = as(HELPER);
	struct ctx ctx = ctx_as(f, &helper);
	struct intake_receipt receipt;
	int64_t seen;

	begin(f);
	receipt = ask(f, idem_key_new());
	seen = revision(f, receipt.id);
	assert_int_equal(accept_as(f, HELPER, receipt.id), RC_OK);
	assert_int_equal(intake_accept(&ctx, idem_key_new(), (struct case_id){ receipt.id }, seen), RC_CONFLICT);
	assert_int_equal(consult_answer(&ctx, idem_key_new(), &(struct consult_answer){ .id = { receipt.id }, .revision = seen,
	    .answer = TEXT("过时的答复"), .aid_told = true }), RC_CONFLICT);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM consult WHERE city = $1 AND answer <> ''"), 0);
}

static void
a_receipt_opens_one_request_and_nothing_else(void **state)
{
	struct stage *f = *state;
	struct actor nobody = identity_anonymous(STAGE_CITY), resident;
	struct ctx ctx = ctx_as(f, &nobody);
	struct intake_receipt mine, other;
	int64_t wait = 0;
	enum rc rc = RC_OK;

	begin(f);
	mine = ask(f, idem_key_new());
	other = ask(f, idem_key_new());
	assert_int_equal(intake_enter(&ctx, text_of(mine.code), TEXT("127.0.0.9"), &resident, &wait), RC_OK);
	assert_int_equal(resident.request, mine.id);
	ctx.actor = &resident;
	assert_int_equal(consult_say(&ctx, idem_key_new(), (struct case_id){ other.id }, TEXT("补充一句")), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM message WHERE city = $1"), 1);
	assert_int_equal(stage_int(f, "SELECT request FROM message WHERE city = $1"), mine.id); /* whatever id was sent */
	ctx.actor = &nobody;
	for (int i = 0; i < 40 && rc != RC_TOO_MANY; i++)
		rc = intake_enter(&ctx, TEXT("0000-0000-0000-0000"), TEXT("127.0.0.9"), &resident, &wait);
	assert_int_equal(rc, RC_TOO_MANY);
	assert_true(wait > 0);
}

static void
a_failing_database_leaves_nothing_half_stored(void **state)
{
	struct stage *f = *state;
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx;
	struct intake_new in;
	enum rc rc = RC_UNAVAILABLE;
	int n = 0;

	begin(f);
	ctx = ctx_as(f, &nobody);
	in = wages(f);
	while (rc != RC_OK && n < 400) {
		struct findings findings = { .n = 0 };
		struct intake_receipt receipt;

		db_fail_after(f->db, ++n);
		rc = intake_receive(&ctx, idem_key_new(), &in, &findings, &receipt);
		db_fail_after(f->db, 0);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_UNAVAILABLE);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM request WHERE city = $1"), 0);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM person WHERE city = $1"), 0);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1"), 0);
		assert_int_equal(stage_int(f, "SELECT open_load FROM account WHERE city = $1 AND id = 101"), 0);
	}
	assert_int_equal(rc, RC_OK);
	assert_true(n > 10);
	assert_int_equal(problems(f), 0);
}

static void
planted_faults_are_found(void **state)
{
	static const struct { const char *plant, *mend; } faults[] = {
		{ "UPDATE holding SET request = request + 1 WHERE city = 3205", "UPDATE holding SET request = request - 1 WHERE city = 3205" },
		{ "UPDATE request SET holder = 105 WHERE city = 3205", "UPDATE request SET holder = 101 WHERE city = 3205" },
		{ "UPDATE event SET to_state = 50 WHERE city = 3205", "UPDATE event SET to_state = 10 WHERE city = 3205" },
		{ "UPDATE event SET from_state = 20 WHERE city = 3205", "UPDATE event SET from_state = 0 WHERE city = 3205" },
		{ "UPDATE case_clock SET due_ms = due_ms + 1 WHERE city = 3205", "UPDATE case_clock SET due_ms = due_ms - 1 WHERE city = 3205" },
		{ "UPDATE case_clock SET met_ms = 1 WHERE city = 3205", "UPDATE case_clock SET met_ms = NULL WHERE city = 3205" },
		{ "UPDATE account SET open_load = open_load + 1 WHERE city = 3205 AND id = 101",
		    "UPDATE account SET open_load = open_load - 1 WHERE city = 3205 AND id = 101" },
		{ "UPDATE account SET active = 0 WHERE city = 3205 AND id = 101", "UPDATE account SET active = 1 WHERE city = 3205 AND id = 101" },
		{ "UPDATE audit SET detail = 'channel=window' WHERE city = 3205 AND action = 'intake.received'",
		    "UPDATE audit SET detail = 'channel=portal' WHERE city = 3205 AND action = 'intake.received'" },
		{ "UPDATE case_grant SET account = 102 WHERE city = 3205", "UPDATE case_grant SET account = 101 WHERE city = 3205" },
		{ "UPDATE request SET due_ms = due_ms - 1 WHERE city = 3205", "UPDATE request SET due_ms = due_ms + 1 WHERE city = 3205" },
		{ "UPDATE request SET place = 320600000000 WHERE city = 3205", "UPDATE request SET place = 320506100201 WHERE city = 3205" },
	};
	struct stage *f = *state;

	begin(f);
	ask(f, idem_key_new());
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		int64_t before = problems(f);

		stage_raw(f, faults[i].plant);
		if (problems(f) <= before)
			fail_msg("not found: %s", faults[i].plant);
		stage_raw(f, faults[i].mend);
		if (problems(f) != before)
			fail_msg("not mended: %s", faults[i].mend);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_the_door_to_the_figure),
		cmocka_unit_test(a_good_grade_opens_nothing),
		cmocka_unit_test(sent_twice_is_one_request),
		cmocka_unit_test(nobody_acts_on_what_is_not_theirs),
		cmocka_unit_test(candidates_can_be_looked_at_before_choosing),
		cmocka_unit_test(a_return_says_why_and_keeps_the_holder),
		cmocka_unit_test(a_stale_page_overwrites_nothing),
		cmocka_unit_test(a_receipt_opens_one_request_and_nothing_else),
		cmocka_unit_test(a_failing_database_leaves_nothing_half_stored),
		cmocka_unit_test(planted_faults_are_found),
	};

	int failed = stage_main("story", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
