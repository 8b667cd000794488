/* Who is chosen, whom a case may not go to, and what happens to one that goes from hand to hand. */
#include "app/story_stage.h"

#include <stdio.h>

static enum rc
return_as(struct stage *f, int who, int64_t handover, const char *code, int64_t better)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return dispatch_send_back(&ctx, idem_key_new(), &(struct dispatch_return){ .handover = handover, .code = text_of(code),
	    .reason = TEXT("不归我们办"), .better_point = better });
}

static enum rc
assign_as(struct stage *f, int who, int64_t id, int64_t to)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return dispatch_assign(&ctx, idem_key_new(), &(struct dispatch_assign){ .id = { id }, .revision = revision(f, id),
	    .to_account = to, .reason = TEXT("县中心有律师，由其办到底") });
}

struct decided { struct case_id id; struct decision d; bool same; };

static enum rc
decided_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct decided *v = argument;
	enum rc rc = dispatch_decision_load(tx, actor, v->id, 0, &v->d);

	return rc == RC_OK ? dispatch_replay(&v->d, tx_mem(tx), &v->same) : rc;
}

/* The newest decision on a case, which must come out again. */
static struct decision
decision_of(struct stage *f, int who, int64_t id)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct decided v = { .id = { id } };

	assert_int_equal(db_read(&ctx, decided_tx, &v), RC_OK);
	assert_true(v.same);
	return v.d;
}

struct rulings { struct ruling v[8]; size_t n; int64_t counted; };

static enum rc
rulings_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct rulings *r = argument;

	enum rc rc = dispatch_rulings(tx, actor, r->v, 8, &r->n);

	return rc == RC_OK ? dispatch_rulings_count(tx, actor, &r->counted) : rc;
}

static size_t
rulings_of(struct stage *f, int who)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct rulings r = { .n = 0 };

	assert_int_equal(db_read(&ctx, rulings_tx, &r), RC_OK);
	assert_int_equal(r.counted, r.n);
	return r.n;
}

/* Accepted by the helper, then sent back by as many as `returns`. */
static int64_t
bounced(struct stage *f, int returns)
{
	static const int receivers[] = { CLERK, LAWYER };
	struct dispatch_result offer;
	int64_t id = ask(f, idem_key_new()).id;

	assert_int_equal(accept_as(f, HELPER, id), RC_OK);
	for (int i = 0; i < returns; i++) {
		assert_int_equal(offer_as(f, HELPER, id, receivers[i], &offer), RC_OK);
		assert_int_equal(return_as(f, receivers[i], offer.handover, "not_our_item", LINE), RC_OK);
	}
	return id;
}

static void
one_return_goes_on_two_wait_for_a_ruling(void **state)
{
	struct stage *f = *state;
	struct dispatch_result offer;
	int64_t once, twice;

	begin(f);
	once = bounced(f, 1);
	twice = bounced(f, 2);
	assert_int_equal(offer_as(f, HELPER, once, CHIEF, &offer), RC_OK);
	assert_int_equal(offer_as(f, HELPER, twice, CHIEF, &offer), RC_REFUSED);
	assert_int_equal(offer_as(f, HELPER, twice, 0, &offer), RC_REFUSED);
	assert_int_equal(rulings_of(f, DIRECTOR), 1);
	assert_int_equal(rulings_of(f, CHIEF), 1);
	assert_int_equal(rulings_of(f, STRANGER), 0); /* of another town */
	assert_int_equal(rulings_of(f, LAWYER), 0);   /* has touched it, and supervises nothing */
	assert_int_equal(problems(f), 0);
}

/* The wait stands on the case: what says so wrongly is found, and whatever ends the case ends the wait. */
static void
a_wait_is_where_it_should_be(void **state)
{
	static const char *const faults[][2] = {
		{ "UPDATE request SET ruling_ms = NULL WHERE city = 3205", "UPDATE request SET ruling_ms = (SELECT MAX(h.answered_ms)"
		    " FROM handover h WHERE h.city = 3205 AND h.request = request.id) WHERE city = 3205 AND id = (SELECT h.request"
		    " FROM handover h WHERE h.city = 3205 GROUP BY h.request HAVING COUNT(*) = 2)" },
		{ "UPDATE request SET ruling_ms = ruling_ms + 1 WHERE city = 3205", "UPDATE request SET ruling_ms = ruling_ms - 1 WHERE city = 3205" },
		{ "UPDATE request SET ruling_ms = 5 WHERE city = 3205 AND ruling_ms IS NULL",
		    "UPDATE request SET ruling_ms = NULL WHERE city = 3205 AND ruling_ms = 5" },
	};
	struct stage *f = *state;
	struct consult_verdict verdict;
	int64_t id;

	begin(f);
	bounced(f, 1);
	id = bounced(f, 2);
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		stage_raw(f, faults[i][0]);
		if (problems(f) != 1)
			fail_msg("not found: %s", faults[i][0]);
		stage_raw(f, faults[i][1]);
		if (problems(f) != 0)
			fail_msg("not mended: %s", faults[i][1]);
	}
	assert_int_equal(answer_as(f, HELPER, id, true), RC_OK);
	assert_int_equal(rulings_of(f, DIRECTOR), 1);
	assert_int_equal(close_as(f, HELPER, id, &verdict), RC_OK);
	assert_int_equal(rulings_of(f, DIRECTOR), 0);
	assert_int_equal(problems(f), 0);
}

static void
a_ruling_ends_it(void **state)
{
	struct stage *f = *state;
	struct dispatch_result offer;
	struct request r;
	struct decision d;
	int64_t id;

	begin(f);
	id = bounced(f, 2);
	assert_int_equal(assign_as(f, CLERK, id, LAWYER), RC_FORBIDDEN);
	assert_int_equal(assign_as(f, DIRECTOR, id, LAWYER), RC_OK); /* though the lawyer had sent it back */
	assert_int_equal(look(f, LAWYER, id, &r), RC_OK);
	assert_int_equal(r.holder, LAWYER);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1 AND kind = 'dispatch.ruled' AND shown = 1"
	    " AND note <> '' AND account = 102"), 1);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1 AND kind = 'dispatch.assigned'"), 0);
	assert_int_equal(rulings_of(f, DIRECTOR), 0);
	d = decision_of(f, DIRECTOR, id);
	assert_int_equal(d.how, CHOSEN_RULED);
	assert_int_equal(d.chosen, LAWYER);
	assert_true(text_equals(d.reason, TEXT("县中心有律师，由其办到底")));
	/* it can neither be offered on nor sent back */
	assert_int_equal(offer_as(f, LAWYER, id, HELPER, &offer), RC_REFUSED);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM handover WHERE city = $1 AND state = 1"), 0);
	assert_int_equal(problems(f), 0);
}

static void
a_plain_assignment_is_no_ruling(void **state)
{
	struct stage *f = *state;
	struct decision d;
	int64_t id;

	begin(f);
	id = bounced(f, 1);
	assert_int_equal(assign_as(f, DIRECTOR, id, LAWYER), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1 AND kind = 'dispatch.assigned' AND shown = 0"), 1);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1 AND kind = 'dispatch.ruled'"), 0);
	d = decision_of(f, DIRECTOR, id);
	assert_int_equal(d.how, CHOSEN_BY_HAND);
	assert_int_equal(problems(f), 0);
}

static void
who_sends_back_says_who_should(void **state)
{
	struct stage *f = *state;
	struct dispatch_result offer;
	int64_t id;

	begin(f);
	id = ask(f, idem_key_new()).id;
	assert_int_equal(accept_as(f, HELPER, id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, id, CLERK, &offer), RC_OK);
	assert_int_equal(return_as(f, CLERK, offer.handover, "not_our_item", 0), RC_INVALID);
	assert_int_equal(return_as(f, CLERK, offer.handover, "not_our_item", CENTRE), RC_INVALID); /* the clerk's own */
	assert_int_equal(return_as(f, CLERK, offer.handover, "not_our_item", 999), RC_INVALID);
	assert_int_equal(return_as(f, CLERK, offer.handover, "unclear", 0), RC_OK);
	assert_int_equal(problems(f), 0);
}

static void
nobody_who_has_left_is_offered_a_case(void **state)
{
	struct stage *f = *state;
	struct dispatch_result offer;
	int64_t id;

	begin(f);
	id = ask(f, idem_key_new()).id;
	assert_int_equal(accept_as(f, HELPER, id), RC_OK);
	stage_raw(f, "UPDATE account SET active = 0 WHERE city = 3205 AND id = 104");
	assert_int_equal(offer_as(f, HELPER, id, LAWYER, &offer), RC_NOT_FOUND);
	stage_raw(f, "UPDATE account SET active = 1 WHERE city = 3205 AND id = 104");
	assert_int_equal(offer_as(f, HELPER, id, LAWYER, &offer), RC_OK);
	assert_int_equal(decision_of(f, HELPER, id).how, CHOSEN_BY_HAND);
}

/* ---- sides and languages ---------------------------------------------------------------------------------- */

/* A case by the portal: who asks, with or without a number, against whom. */
static int64_t
against(struct stage *f, struct text who, struct text number, struct text other, struct text other_number)
{
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = ctx_as(f, &nobody);
	struct intake_new in = wages(f);
	struct findings findings = { .n = 0 };
	struct intake_receipt r = { .id = 0 };

	in.person.name = who;
	in.person.id_number = number;
	in.opponent = other;
	in.opponent_id = other_number;
	assert_int_equal(intake_receive(&ctx, idem_key_new(), &in, &findings, &r), RC_OK);
	return r.id;
}

struct candidates { struct case_id id; struct candidate v[DISPATCH_CANDIDATES_MAX]; size_t n; };

static enum rc
candidates_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct candidates *c = argument;
	struct request r;
	enum rc rc = request_load(tx, actor, c->id, &r);

	return rc == RC_OK ? dispatch_candidates(tx, actor, &r, c->v, DISPATCH_CANDIDATES_MAX, &c->n) : rc;
}

static const struct candidate *
candidate_of(struct stage *f, int64_t id, int account)
{
	static struct candidates c;
	struct actor a = as(HELPER);
	struct ctx ctx = ctx_as(f, &a);

	c.id.n = id;
	assert_int_equal(db_read(&ctx, candidates_tx, &c), RC_OK);
	for (size_t i = 0; i < c.n; i++)
		if (c.v[i].account == account)
			return &c.v[i];
	fail_msg("%d is no candidate", account);
	return NULL;
}

static bool
is_barred(struct stage *f, int64_t id, int account)
{
	return candidate_of(f, id, account)->bar == BAR_CONFLICT;
}

#define NONE TEXT_NONE
#define NUMBER_A TEXT("990000199001010017")
#define NUMBER_B TEXT("990000199101010030")

/* The lawyer takes a case of 周甲's against 吴乙; afterwards the lawyer is not for 吴乙 against 周甲. */
static void
nobody_serves_both_sides(void **state)
{
	struct stage *f = *state;
	struct dispatch_result offer;
	int64_t first, id;

	begin(f);
	/* a colleague of the lawyer's at the same house, and a director there who is no lawyer */
	stage_raw(f, "INSERT INTO account (city, id, login, name, title, role, place, point, password, active, open_load, capacity,"
	    " created_ms, revision) VALUES (3205, 120, 'lawyer2', 'lawyer2', '', 4, 320506000000, 203, '', 1, 0, 20, 1, 1)");
	first = against(f, TEXT("周甲"), NONE, TEXT("吴乙"), NONE);
	assert_int_equal(assign_as(f, DIRECTOR, first, LAWYER), RC_OK);
	id = against(f, TEXT("吴乙"), NONE, TEXT("周甲"), NONE);
	assert_true(is_barred(f, id, LAWYER));
	assert_true(is_barred(f, id, 120));      /* of the same house */
	assert_false(is_barred(f, id, CHIEF));   /* works there too, and represents nobody */
	assert_false(is_barred(f, id, CLERK));
	/* whoever is the other side now was the client then, and the other way about */
	assert_true(is_barred(f, against(f, TEXT("郑丙"), NONE, TEXT("周甲"), NONE), LAWYER));
	assert_true(is_barred(f, against(f, TEXT("吴乙"), NONE, NONE, NONE), LAWYER));
	/* the same client again, or strangers: none */
	assert_false(is_barred(f, against(f, TEXT("周甲"), NONE, TEXT("王丁"), NONE), LAWYER));
	assert_false(is_barred(f, against(f, TEXT("郑丙"), NONE, TEXT("王丁"), NONE), LAWYER));
	/* blanks and dots do not hide a name */
	assert_true(is_barred(f, against(f, TEXT("郑丙"), NONE, TEXT(" 周　甲 "), NONE), LAWYER));
	/* what is stored shows the bar and no name; a choice by hand is kept with its words */
	assert_int_equal(accept_as(f, HELPER, id), RC_OK);
	assert_int_equal(offer_as(f, HELPER, id, 0, &offer), RC_OK);
	assert_true(offer.to_account != LAWYER && offer.to_account != 120);
	assert_false(text_contains(decision_of(f, HELPER, id).input, TEXT("周")));
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM request_party WHERE city = $1 AND side = 1 AND name_sealed IS NOT NULL"), 0);
	assert_int_equal(problems(f), 0);
}

/* Numbers tell people of one name apart, and find one under two names. */
static void
a_number_tells_more_than_a_name(void **state)
{
	struct stage *f = *state;
	int64_t first;

	begin(f);
	first = against(f, TEXT("周甲"), NUMBER_A, NONE, NONE);
	assert_int_equal(assign_as(f, DIRECTOR, first, LAWYER), RC_OK);
	assert_true(is_barred(f, against(f, TEXT("郑丙"), NONE, TEXT("周甲"), NUMBER_A), LAWYER));
	assert_true(is_barred(f, against(f, TEXT("郑丙"), NONE, TEXT("周甲"), NONE), LAWYER));
	assert_false(is_barred(f, against(f, TEXT("郑丙"), NONE, TEXT("周甲"), NUMBER_B), LAWYER));
	assert_true(is_barred(f, against(f, TEXT("郑丙"), NONE, TEXT("周家"), NUMBER_A), LAWYER));
}

static void
a_number_without_a_name_is_named(void **state)
{
	struct stage *f = *state;
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = ctx_as(f, &nobody);
	struct intake_new in;
	struct findings findings = { .n = 0 };
	struct intake_receipt r = { .id = 0 };

	begin(f);
	in = wages(f);
	in.opponent_id = NUMBER_A;
	assert_int_equal(intake_receive(&ctx, idem_key_new(), &in, &findings, &r), RC_INVALID);
	assert_non_null(findings_of(&findings, "opponent"));
	in.opponent_id = NONE;
	in.language = TEXT("klingon");
	findings = (struct findings){ .n = 0 };
	assert_int_equal(intake_receive(&ctx, idem_key_new(), &in, &findings, &r), RC_INVALID);
	assert_non_null(findings_of(&findings, "language"));
}

static void
who_speaks_the_language_comes_first(void **state)
{
	struct stage *f = *state;
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = ctx_as(f, &nobody);
	struct intake_new in;
	struct findings findings = { .n = 0 };
	struct intake_receipt r = { .id = 0 };

	begin(f);
	stage_raw(f, "INSERT INTO account_language (city, account, language) VALUES (3205, 104, 'sign'), (3205, 103, 'suzhou')");
	in = wages(f);
	in.language = TEXT("sign");
	assert_int_equal(intake_receive(&ctx, idem_key_new(), &in, &findings, &r), RC_OK);
	assert_int_equal(candidate_of(f, r.id, LAWYER)->speaks, FACT_YES);
	assert_int_equal(candidate_of(f, r.id, LAWYER)->part[PART_LANGUAGE], 30);
	assert_int_equal(candidate_of(f, r.id, CLERK)->speaks, FACT_NO);
	assert_int_equal(candidate_of(f, r.id, DIRECTOR)->speaks, FACT_UNKNOWN); /* says nothing about what they speak */
	assert_int_equal(candidate_of(f, ask(f, idem_key_new()).id, CLERK)->speaks, FACT_UNKNOWN);
}

/* ---- the sweep ------------------------------------------------------------------------------------------------ */

/* The last statements of a ruling fail one by one: holder, event and decision change together or not at all. */
static void
a_failing_database_rules_nothing_by_half(void **state)
{
	struct stage *f = *state;
	int64_t id;
	int step = 1;

	begin(f);
	id = bounced(f, 2);
	for (; step < 200; step++) {
		struct actor a = as(DIRECTOR);
		struct ctx ctx = ctx_as(f, &a);
		struct dispatch_assign in = { .id = { id }, .revision = revision(f, id), .to_account = LAWYER, .reason = TEXT("裁定") };
		enum rc rc;

		db_fail_after(f->db, step);
		rc = dispatch_assign(&ctx, idem_key_new(), &in);
		db_fail_after(f->db, 0);
		if (rc == RC_OK)
			break;
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM dispatch_decision WHERE city = $1 AND how = 4"), 0);
		assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1 AND kind = 'dispatch.ruled'"), 0);
	}
	assert_in_range(step, 8, 199);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM dispatch_decision WHERE city = $1 AND how = 4"), 1);
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_return_goes_on_two_wait_for_a_ruling),
		cmocka_unit_test(a_wait_is_where_it_should_be),
		cmocka_unit_test(a_ruling_ends_it),
		cmocka_unit_test(a_plain_assignment_is_no_ruling),
		cmocka_unit_test(who_sends_back_says_who_should),
		cmocka_unit_test(nobody_who_has_left_is_offered_a_case),
		cmocka_unit_test(nobody_serves_both_sides),
		cmocka_unit_test(a_number_tells_more_than_a_name),
		cmocka_unit_test(a_number_without_a_name_is_named),
		cmocka_unit_test(who_speaks_the_language_comes_first),
		cmocka_unit_test(a_failing_database_rules_nothing_by_half),
	};
	int failed = stage_main("story_dispatch", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
