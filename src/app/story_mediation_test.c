/* Mediation from the registration to the performed agreement, the failed talks, the court and the aid. */
#include "app/story_mediation_stage.h"

#include <stdio.h>

#define ID_ONE "990000199001010017"

static struct day
on(const char *t)
{
	struct day d;

	assert_int_equal(day_parse(text_of(t), &d), RC_OK);
	return d;
}

static struct mediation_values
words(const char *t)
{
	struct mediation_values v = nothing();

	v.words = text_of(t);
	return v;
}

static struct mediation_values
duty(struct stage *f, int64_t id, int n, const char *day)
{
	struct mediation_values v = nothing();

	v.duty = duty_of(f, id, n);
	v.day = on(day);
	return v;
}

static struct mediation_values
signer(const char *who)
{
	struct mediation_values v = nothing();

	v.signer = text_of(who);
	v.sign = MEDIATION_THUMBPRINT;
	return v;
}

static enum mediation_state
state_of(struct stage *f, int64_t id)
{
	return mediation_of(f, id).state;
}

/* A row set wrong behind our back is found, and put right again. */
static void
planted(struct stage *f, const char *wrong, const char *right)
{
	int64_t bad;

	assert_int_equal(problems(f), 0);
	stage_raw(f, wrong);
	bad = problems(f);
	stage_raw(f, right);
	if (bad < 1)
		fail_msg("not found: %s", wrong);
	assert_int_equal(problems(f), 0);
}

/* ---- accepted, or not ----------------------------------------------------------------------------------- */

static void
both_sides_are_asked_before_it_is_accepted(void **state)
{
	struct stage *f = *state;
	struct mediation_values in = nothing();
	struct mediation_party *v;
	size_t n = 0;
	int64_t id;

	mediation_city(f);
	id = quarrel(f);
	assert_int_equal(state_of(f, id), MEDIATION_UNFILLED);
	assert_int_equal(step(f, HELPER, id, MEDIATION_REGISTER, in), RC_INVALID); /* every field is named */
	assert_non_null(findings_of(&said.findings, "category"));
	assert_non_null(findings_of(&said.findings, "source"));
	assert_non_null(findings_of(&said.findings, "facts"));
	in.source = MEDIATION_COURT;
	in.category = MEDIATION_LABOUR;
	in.level = MEDIATION_SIMPLE;
	in.facts = TEXT("五千元工资没有发。");
	assert_int_equal(step(f, HELPER, id, MEDIATION_REGISTER, in), RC_INVALID); /* entrusted: by whom? */
	assert_non_null(findings_of(&said.findings, "organ"));
	assert_int_equal(step(f, STRANGER, id, MEDIATION_REGISTER, in), RC_INVALID);
	register_it(f, id, MEDIATION_WAGES);
	v = parties_of(f, id, &n);
	assert_int_equal(n, 1); /* who asked is not typed again */
	assert_true(text_equals(v[0].name, TEXT("沈演示")));
	assert_int_equal(step(f, HELPER, id, MEDIATION_ACCEPT, nothing()), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_ONE_SIDE);
	add_party(f, id, MEDIATION_SIDE_A, "沈演示", "", RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_TWICE);
	add_party(f, id, MEDIATION_SIDE_B, "沈·演示", "", RC_REFUSED); /* dots make nobody else */
	assert_int_equal(said.verdict.why, MEDIATION_BOTH_SIDES);
	add_party(f, id, MEDIATION_SIDE_B, "王演示", "990000199001010018", RC_INVALID); /* no such number */
	add_party(f, id, MEDIATION_SIDE_B, "王演示", ID_ONE, RC_OK);
	add_party(f, id, MEDIATION_SIDE_A, "王某某", ID_ONE, RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_BOTH_SIDES);
	assert_int_equal(step(f, HELPER, id, MEDIATION_ACCEPT, nothing()), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_NOT_ALL_ASKED);
	all_agree(f, id);
	assert_int_equal(step(f, HELPER, id, MEDIATION_ACCEPT, nothing()), RC_OK);
	assert_int_equal(due_at(f, id, TARGET_ANSWER), 0);
	assert_int_equal(due_at(f, id, TARGET_MEDIATE), last_of("2026-07-30")); /* thirty days, the first not counted */
	assert_int_equal(problems(f), 0);
	planted(f, "UPDATE mediation_party SET consent = 2 WHERE city = 3205 AND side = 2", "UPDATE mediation_party SET consent = 1 WHERE city = 3205");
	planted(f, "UPDATE mediation_party SET name_key = (SELECT z.name_key FROM mediation_party z WHERE z.side = 1), id_key = NULL WHERE city = 3205 AND side = 2",
	    "UPDATE mediation_party SET name_key = substr(who, 20, 16), id_key = substr(who, 20, 16) WHERE city = 3205 AND side = 2");
	planted(f, "UPDATE mediation SET category = 0 WHERE city = 3205", "UPDATE mediation SET category = 16 WHERE city = 3205");
	planted(f, "UPDATE case_clock SET met_ms = 5 WHERE city = 3205 AND target = 13", "UPDATE case_clock SET met_ms = NULL WHERE city = 3205 AND target = 13");
}

static void
one_clear_no_and_the_other_ways_are_told(void **state)
{
	struct stage *f = *state;
	struct mediation_values in = nothing();
	struct request r;
	size_t n = 0;
	int64_t id;

	mediation_city(f);
	id = quarrel(f);
	register_it(f, id, MEDIATION_WAGES);
	add_party(f, id, MEDIATION_SIDE_B, "演示建筑公司", "", RC_OK);
	all_agree(f, id);
	in.party = parties_of(f, id, &n)[1].id;
	in.consent = MEDIATION_OBJECTS;
	assert_int_equal(step(f, HELPER, id, MEDIATION_CONSENT, in), RC_OK);
	assert_int_equal(step(f, HELPER, id, MEDIATION_ACCEPT, nothing()), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_PARTY_REFUSES);
	assert_int_equal(step(f, HELPER, id, MEDIATION_REFUSE, nothing()), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_NO_WORDS);
	assert_int_equal(step(f, HELPER, id, MEDIATION_REFUSE, words("公司不愿意，可以申请劳动仲裁。")), RC_OK);
	assert_int_equal(state_of(f, id), MEDIATION_REFUSED);
	assert_int_equal(mediation_of(f, id).ended_side, MEDIATION_SIDE_B);
	assert_int_equal(look(f, 0, id, &r), RC_OK);
	assert_int_equal(r.state, REQUEST_CLOSED);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1 AND kind = 'mediation.refuse' AND shown = 1 AND note <> ''"), 1);
	assert_int_equal(problems(f), 0);
	planted(f, "UPDATE mediation SET state = 30 WHERE city = 3205", "UPDATE mediation SET state = 93 WHERE city = 3205");
}

/* Who came for an organisation is no party: the organisation is added by hand. */
static void
an_agent_does_not_quarrel(void **state)
{
	struct stage *f = *state;
	size_t n = 1;
	int64_t id;

	mediation_city(f);
	id = quarrel(f);
	stage_raw(f, "UPDATE request SET organisation = 7 WHERE city = 3205");
	register_it(f, id, MEDIATION_WAGES);
	parties_of(f, id, &n);
	assert_int_equal(n, 0);
	add_party(f, id, MEDIATION_SIDE_A, "示范商行", "", RC_OK);
}

/* ---- mediators -------------------------------------------------------------------------------------------- */

static void
a_mediator_is_no_party_and_a_helper_comes_with_consent(void **state)
{
	struct stage *f = *state;
	struct mediation_values in = nothing();
	int64_t id;

	mediation_city(f);
	id = quarrel(f);
	register_it(f, id, MEDIATION_WAGES);
	add_party(f, id, MEDIATION_SIDE_B, "示范调解员乙", "", RC_OK);
	all_agree(f, id);
	assert_int_equal(step(f, HELPER, id, MEDIATION_ACCEPT, nothing()), RC_OK);
	in.kind = MEDIATION_TALK;
	in.day = on("2026-06-30");
	in.words = TEXT("先谈一谈再说。");
	assert_int_equal(step(f, HELPER, id, MEDIATION_SESSION, in), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_NO_MEDIATOR);
	in = nothing();
	in.chosen = MEDIATION_BY_B;
	in.mediator = town_mediator;
	assert_int_equal(step(f, HELPER, id, MEDIATION_APPOINT, in), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_SAME_NAME);
	in.mediator = labour_panel;
	in.related = true;
	assert_int_equal(step(f, HELPER, id, MEDIATION_APPOINT, in), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_IS_RELATED);
	in.related = false;
	assert_int_equal(step(f, HELPER, id, MEDIATION_APPOINT, in), RC_OK);
	assert_int_equal(stage_int(f, "SELECT rank_of FROM mediation_member WHERE city = $1"), 1); /* the panel for wages comes first */
	assert_int_equal(step(f, HELPER, id, MEDIATION_APPOINT, in), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_MEDIATOR_THERE);
	in = nothing();
	in.chosen = MEDIATION_BY_COMMITTEE;
	in.helper = MEDIATION_NEIGHBOUR;
	in.name = TEXT("邻居演示");
	assert_int_equal(step(f, HELPER, id, MEDIATION_APPOINT, in), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_NO_CONSENT);
	in.agreed = true;
	assert_int_equal(step(f, HELPER, id, MEDIATION_APPOINT, in), RC_OK);
	/* the lawyer of the panel, who holds nothing, takes the talks down */
	in = nothing();
	in.kind = MEDIATION_TALK;
	in.day = on("2026-07-01");
	in.words = TEXT("律师主持，双方都来了。");
	assert_int_equal(step(f, LAWYER, id, MEDIATION_SESSION, in), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_AHEAD);
	in.day = on("2026-06-29");
	assert_int_equal(step(f, LAWYER, id, MEDIATION_SESSION, in), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_BEFORE);
	in.day = on("2026-06-30");
	assert_int_equal(step(f, LAWYER, id, MEDIATION_SESSION, in), RC_OK);
	assert_int_equal(step(f, LAWYER, id, MEDIATION_APPOINT, in), RC_INVALID);
	assert_int_equal(step(f, LAWYER, id, MEDIATION_EXTEND, in), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_NOT_YOURS);
	assert_int_equal(problems(f), 0);
	planted(f, "UPDATE mediation_session SET kind = 3 WHERE city = 3205", "UPDATE mediation_session SET kind = 2 WHERE city = 3205");
}

/* ---- time ------------------------------------------------------------------------------------------------------ */

static void
the_time_is_made_longer_once_and_stands_still_for_experts(void **state)
{
	struct stage *f = *state;
	int64_t id = talking(f);
	struct actor a = as(HELPER);
	struct ctx ctx = ctx_as(f, &a);
	struct mediation_values in = words("还要再谈两次。");
	struct pause_new pause = { .id = { id }, .code = TEXT("papers"), .words = TEXT("等伤情鉴定意见"), .until = on("2026-07-20") };
	enum pause_why why;

	assert_int_equal(step(f, HELPER, id, MEDIATION_EXTEND, in), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_NO_CONSENT);
	in.agreed = true;
	go_to("2026-07-20");
	assert_int_equal(step(f, HELPER, id, MEDIATION_EXTEND, in), RC_OK);
	assert_int_equal(due_at(f, id, TARGET_MEDIATE), last_of("2026-08-31")); /* thirty days from the 30th end on a Saturday */
	assert_int_equal(step(f, HELPER, id, MEDIATION_EXTEND, in), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_ONCE);
	pause.revision = revision(f, id);
	pause.until = on("2026-07-30");
	ctx = ctx_as(f, &a);
	assert_int_equal(request_pause(&ctx, idem_key_new(), &pause, &why), RC_OK);
	assert_int_equal(due_at(f, id, TARGET_MEDIATE), DUE_NONE);
	go_to("2026-07-22");
	ctx = ctx_as(f, &a);
	assert_int_equal(request_resume(&ctx, idem_key_new(), (struct case_id){ id }, revision(f, id), TEXT("意见来了")), RC_OK);
	assert_int_equal(due_at(f, id, TARGET_MEDIATE), last_of("2026-08-31")); /* the 29th and two days: the 31st */
	assert_int_equal(problems(f), 0);
}

/* ---- danger -------------------------------------------------------------------------------------------------------- */

static void
danger_is_told_to_somebody_at_a_time_and_is_urgent(void **state)
{
	struct stage *f = *state;
	int64_t id = talking(f);
	struct mediation_values in = words("扬言要动手，手里有铁棍。");
	struct request r;

	in.danger = MEDIATION_CRIME;
	assert_int_equal(step(f, HELPER, id, MEDIATION_DANGER, in), RC_INVALID);
	assert_non_null(findings_of(&said.findings, "day"));
	assert_non_null(findings_of(&said.findings, "time"));
	assert_non_null(findings_of(&said.findings, "receiver"));
	in.day = on("2026-06-30");
	in.time = 10 * 60;
	in.receiver = TEXT("示范派出所 演示警号");
	assert_int_equal(step(f, HELPER, id, MEDIATION_DANGER, in), RC_REFUSED); /* it is nine */
	assert_int_equal(said.verdict.why, MEDIATION_AHEAD);
	in.time = 8 * 60 + 50;
	assert_int_equal(step(f, HELPER, id, MEDIATION_DANGER, in), RC_OK);
	assert_int_equal(look(f, 0, id, &r), RC_OK);
	assert_true(r.urgent);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM event WHERE city = $1 AND kind = 'mediation.danger' AND data LIKE '%to=102%' AND shown = 0"), 1);
	assert_int_equal(state_of(f, id), MEDIATION_IN_SESSION);
	planted(f, "UPDATE mediation_danger SET receiver = '' WHERE city = 3205", "UPDATE mediation_danger SET receiver = 'x' WHERE city = 3205");
}

/* ---- the agreement ---------------------------------------------------------------------------------------------------- */

static void
an_agreement_names_who_does_what_until_when(void **state)
{
	struct stage *f = *state;
	int64_t id = talking(f);
	struct mediation_values in = two_payments(MEDIATION_WRITTEN);

	in.duties[0] = in.duties[1] = nothing().duties[0];
	assert_int_equal(step(f, HELPER, id, MEDIATION_DRAFT, in), RC_INVALID);
	assert_non_null(findings_of(&said.findings, "what0")); /* nobody is bound to anything */
	in = two_payments(MEDIATION_WRITTEN);
	in.duties[1].due = DAY_NONE;
	in.duties[0].yuan = TEXT("三千");
	assert_int_equal(step(f, HELPER, id, MEDIATION_DRAFT, in), RC_INVALID);
	assert_non_null(findings_of(&said.findings, "due1"));
	assert_non_null(findings_of(&said.findings, "yuan0"));
	in = two_payments(MEDIATION_WRITTEN);
	in.duties[0].due = on("2026-06-29");
	assert_int_equal(step(f, HELPER, id, MEDIATION_DRAFT, in), RC_INVALID);
	assert_non_null(findings_of(&said.findings, "due0"));
	assert_int_equal(state_of(f, id), MEDIATION_IN_SESSION);
	assert_int_equal(problems(f), 0);
}

static void
a_written_one_takes_effect_with_the_last_signature(void **state)
{
	struct stage *f = *state;
	int64_t id = talking(f), party[2];
	struct mediation_party *v;
	char one[24], two[24];
	size_t n = 0;

	assert_int_equal(step(f, HELPER, id, MEDIATION_DRAFT, two_payments(MEDIATION_WRITTEN)), RC_OK);
	v = parties_of(f, id, &n);
	party[0] = v[0].id;
	party[1] = v[1].id;
	snprintf(one, sizeof one, "%lld", (long long)party[0]);
	snprintf(two, sizeof two, "%lld", (long long)party[1]);
	assert_int_equal(step(f, HELPER, id, MEDIATION_SIGN, signer(one)), RC_OK);
	assert_int_equal(step(f, HELPER, id, MEDIATION_SIGN, signer(one)), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_SIGNED_ALREADY);
	/* somebody thinks better of it: back to the talks, nothing is signed any more */
	assert_int_equal(step(f, HELPER, id, MEDIATION_REDRAFT, words("乙方要改日期。")), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM mediation_duty WHERE city = $1"), 0);
	assert_int_equal(step(f, HELPER, id, MEDIATION_DRAFT, two_payments(MEDIATION_WRITTEN)), RC_OK);
	assert_int_equal(step(f, HELPER, id, MEDIATION_SIGN, signer(one)), RC_OK);
	assert_int_equal(step(f, HELPER, id, MEDIATION_SIGN, signer("mediator")), RC_OK);
	assert_int_equal(step(f, HELPER, id, MEDIATION_SIGN, signer(two)), RC_OK);
	assert_int_equal(state_of(f, id), MEDIATION_DRAFTED); /* the seal is missing */
	assert_int_equal(step(f, HELPER, id, MEDIATION_SIGN, signer("committee")), RC_OK);
	assert_int_equal(state_of(f, id), MEDIATION_AGREED);
	assert_int_equal(mediation_of(f, id).agreed_fen, 500050);
	assert_int_equal(due_at(f, id, TARGET_MEDIATE), 0);
	assert_int_equal(due_at(f, id, TARGET_PERFORM), last_of("2026-07-10"));
	planted(f, "UPDATE mediation_party SET signed = 0 WHERE city = 3205 AND side = 2", "UPDATE mediation_party SET signed = 3 WHERE city = 3205");
	planted(f, "UPDATE mediation SET agreed_fen = 1 WHERE city = 3205", "UPDATE mediation SET agreed_fen = 500050 WHERE city = 3205");
	planted(f, "UPDATE mediation SET state = 90 WHERE city = 3205", "UPDATE mediation SET state = 40 WHERE city = 3205");
}

static void
an_oral_one_takes_effect_at_once_and_is_kept(void **state)
{
	struct stage *f = *state;
	int64_t id = talking(f);
	struct mediation_values in = duty(f, id, 0, "2026-07-01");
	struct request r;

	assert_int_equal(step(f, HELPER, id, MEDIATION_DRAFT, two_payments(MEDIATION_ORAL)), RC_OK);
	assert_int_equal(state_of(f, id), MEDIATION_AGREED);
	in = nothing();
	in.duty = duty_of(f, id, 0);
	in.said = 1;
	in.words = TEXT("三千元收到了。");
	assert_int_equal(step(f, 0, id, MEDIATION_CLAIM, in), RC_OK); /* the resident says so, the committee looks */
	go_to("2026-07-09");
	assert_int_equal(step(f, HELPER, id, MEDIATION_PERFORM, duty(f, id, 0, "2026-07-10")), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_AHEAD);
	assert_int_equal(step(f, HELPER, id, MEDIATION_PERFORM, duty(f, id, 0, "2026-07-09")), RC_OK);
	assert_int_equal(due_at(f, id, TARGET_PERFORM), last_of("2026-08-10")); /* on to the next */
	assert_int_equal(step(f, HELPER, id, MEDIATION_PERFORM, duty(f, id, 0, "2026-07-09")), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_DONE_ALREADY);
	go_to("2026-08-10");
	assert_int_equal(step(f, HELPER, id, MEDIATION_PERFORM, duty(f, id, 1, "2026-08-10")), RC_OK);
	assert_int_equal(state_of(f, id), MEDIATION_PERFORMED);
	assert_int_equal(look(f, 0, id, &r), RC_OK);
	assert_int_equal(r.state, REQUEST_CLOSED);
	assert_int_equal(problems(f), 0);
}

static void
missed_then_mended_or_broken(void **state)
{
	struct stage *f = *state;
	int64_t id = agreed(f);
	struct mediation_values in = words("公司又拖，告知可以起诉。");

	go_to("2026-07-10");
	assert_int_equal(step(f, HELPER, id, MEDIATION_MISS, duty(f, id, 0, "2026-07-10")), RC_REFUSED); /* its last day */
	assert_int_equal(said.verdict.why, MEDIATION_NOT_OVER);
	go_to("2026-07-11");
	assert_int_equal(step(f, HELPER, id, MEDIATION_MISS, duty(f, id, 0, "2026-07-11")), RC_OK);
	assert_int_equal(state_of(f, id), MEDIATION_BREACHED);
	go_to("2026-07-13");
	assert_int_equal(step(f, HELPER, id, MEDIATION_PERFORM, duty(f, id, 0, "2026-07-13")), RC_OK);
	assert_int_equal(state_of(f, id), MEDIATION_AGREED); /* back in order */
	assert_int_equal(step(f, HELPER, id, MEDIATION_BREAK, in), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_NO_STEP);
	go_to("2026-08-11");
	assert_int_equal(step(f, HELPER, id, MEDIATION_MISS, duty(f, id, 1, "2026-08-11")), RC_OK);
	planted(f, "UPDATE mediation_duty SET missed_ms = NULL WHERE city = 3205 AND performed IS NULL",
	    "UPDATE mediation_duty SET missed_ms = 1 WHERE city = 3205 AND performed IS NULL");
	in.aid = true;
	assert_int_equal(step(f, HELPER, id, MEDIATION_BREAK, in), RC_OK);
	assert_int_equal(state_of(f, id), MEDIATION_BROKEN);
	assert_true(said.next != 0);
	assert_int_equal(problems(f), 0);
}

/* ---- the court ----------------------------------------------------------------------------------------------------------- */

static void
both_ask_the_court_within_thirty_days(void **state)
{
	struct stage *f = *state;
	int64_t id = agreed(f);
	struct mediation_values in = nothing();

	in.day = on("2026-07-02");
	in.court = TEXT("示范区人民法院");
	assert_int_equal(step(f, HELPER, id, MEDIATION_CONFIRM_SEND, in), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_AHEAD);
	go_to("2026-07-02");
	assert_int_equal(step(f, HELPER, id, MEDIATION_CONFIRM_SEND, in), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_CONFIRM_STATE);
	assert_int_equal(step(f, 0, id, MEDIATION_CONFIRM_ASK, nothing()), RC_OK); /* one alone is not joint */
	assert_int_equal(mediation_of(f, id).confirm, MEDIATION_UNCONFIRMED);
	assert_int_equal(step(f, 0, id, MEDIATION_CONFIRM_ASK, nothing()), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_DONE_ALREADY);
	assert_int_equal(step(f, HELPER, id, MEDIATION_CONFIRM_ASK, signer("all")), RC_OK);
	assert_int_equal(mediation_of(f, id).confirm, MEDIATION_CONFIRM_ASKED);
	assert_int_equal(due_at(f, id, TARGET_CONFIRM), last_of("2026-07-30")); /* thirty days from the 30th of June */
	planted(f, "UPDATE mediation_party SET confirm_ms = NULL WHERE city = 3205 AND side = 2", "UPDATE mediation_party SET confirm_ms = 1 WHERE city = 3205");
	go_to("2026-07-30");
	in.day = on("2026-07-30");
	assert_int_equal(step(f, HELPER, id, MEDIATION_CONFIRM_SEND, in), RC_OK);
	planted(f, "UPDATE mediation SET confirm_sent = confirm_sent + 1 WHERE city = 3205", "UPDATE mediation SET confirm_sent = confirm_sent - 1 WHERE city = 3205");
	go_to("2026-08-05");
	in = nothing();
	in.day = on("2026-08-05");
	in.result = MEDIATION_CONFIRMED;
	assert_int_equal(step(f, HELPER, id, MEDIATION_CONFIRM_RESULT, in), RC_INVALID);
	assert_non_null(findings_of(&said.findings, "number"));
	in.number = TEXT("（2026）示范民特1号");
	assert_int_equal(step(f, HELPER, id, MEDIATION_CONFIRM_RESULT, in), RC_OK);
	assert_int_equal(problems(f), 0);
}

/* Written down second is still who asked. */
static void
a_resident_asks_for_the_own_side(void **state)
{
	struct stage *f = *state;
	int64_t id = agreed(f);

	stage_raw(f, "UPDATE mediation_party SET side = 3 - side WHERE city = 3205");
	assert_int_equal(step(f, 0, id, MEDIATION_CONFIRM_ASK, nothing()), RC_OK);
	assert_int_equal(stage_int(f, "SELECT SUM(side) FROM mediation_party WHERE city = $1 AND confirm_ms IS NOT NULL"), MEDIATION_SIDE_A);
}

static void
on_day_thirty_one_the_court_is_closed(void **state)
{
	struct stage *f = *state;
	int64_t id = agreed(f);
	struct mediation_values in = nothing();

	go_to("2026-07-30");
	assert_int_equal(step(f, HELPER, id, MEDIATION_CONFIRM_ASK, signer("all")), RC_OK);
	go_to("2026-07-31");
	in.day = on("2026-07-31");
	in.court = TEXT("示范区人民法院");
	assert_int_equal(step(f, HELPER, id, MEDIATION_CONFIRM_SEND, in), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_CONFIRM_LATE);
	assert_int_equal(said.verdict.bound, on("2026-07-30").n);
	assert_int_equal(step(f, HELPER, id, MEDIATION_CONFIRM_DROP, words("过期了")), RC_OK);
	assert_int_equal(step(f, HELPER, id, MEDIATION_CONFIRM_ASK, signer("all")), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_CONFIRM_LATE);
	assert_int_equal(problems(f), 0);
}

/* ---- papers --------------------------------------------------------------------------------------------------------- */

static enum rc
paper(struct stage *f, int who, int64_t id, enum mediation_paper p)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct text why = TEXT_NONE;
	int64_t paper_id = 0;
	enum rc rc = mediation_paper_set(&ctx, idem_key_new(), (struct case_id){ id }, p, &why, &paper_id);

	if (rc == RC_INVALID)
		fail_msg("%s: %.*s", mediation_paper_key(p), (int)why.n, why.p);
	return rc;
}

static void
each_paper_is_set_when_there_is_something_to_say(void **state)
{
	struct stage *f = *state;
	int64_t id = talking(f);
	struct mediation_values visit = words("两边都说在按协议办。"), sent = nothing();

	assert_int_equal(paper(f, HELPER, id, MEDIATION_PAPER_APPLICATION), RC_OK);
	assert_int_equal(paper(f, HELPER, id, MEDIATION_PAPER_RECORD), RC_OK);
	assert_int_equal(paper(f, HELPER, id, MEDIATION_PAPER_AGREEMENT), RC_REFUSED); /* nothing is agreed */
	assert_int_equal(paper(f, HELPER, id, MEDIATION_PAPER_END), RC_REFUSED);
	assert_int_equal(step(f, HELPER, id, MEDIATION_DRAFT, two_payments(MEDIATION_WRITTEN)), RC_OK);
	assert_int_equal(paper(f, HELPER, id, MEDIATION_PAPER_AGREEMENT), RC_OK); /* to be signed */
	assert_int_equal(paper(f, HELPER, id, MEDIATION_PAPER_ORAL), RC_REFUSED);
	assert_int_equal(paper(f, DIRECTOR, id, MEDIATION_PAPER_RECORD), RC_FORBIDDEN); /* neither holds it nor mediates */
	assert_int_equal(step(f, HELPER, id, MEDIATION_SIGN, signer("all")), RC_OK);
	assert_int_equal(paper(f, HELPER, id, MEDIATION_PAPER_VISIT), RC_REFUSED);
	visit.day = on("2026-06-30");
	assert_int_equal(step(f, HELPER, id, MEDIATION_VISIT, visit), RC_OK);
	assert_int_equal(paper(f, HELPER, id, MEDIATION_PAPER_VISIT), RC_OK);
	assert_int_equal(paper(f, HELPER, id, MEDIATION_PAPER_CONFIRM), RC_REFUSED); /* nobody asked for it */
	sent.signer = TEXT("all");
	assert_int_equal(step(f, HELPER, id, MEDIATION_CONFIRM_ASK, sent), RC_OK);
	assert_int_equal(paper(f, HELPER, id, MEDIATION_PAPER_CONFIRM), RC_OK);
	assert_int_equal(paper(f, HELPER, id, MEDIATION_PAPER_INDEX), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(DISTINCT kind) FROM paper WHERE city = $1 AND kind LIKE 'mediation.%'"), 6);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper WHERE city = $1 AND kind = 'mediation.record' AND shown = 1"), 0);
	assert_int_equal(problems(f), 0);
}

static void
the_other_ways_are_told_on_paper(void **state)
{
	struct stage *f = *state;
	int64_t id = talking(f);

	assert_int_equal(step(f, HELPER, id, MEDIATION_FAIL, words("差距太大，没有谈成。")), RC_OK);
	assert_int_equal(paper(f, HELPER, id, MEDIATION_PAPER_END), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM paper WHERE city = $1 AND kind = 'mediation.end' AND shown = 1"), 1);
	assert_int_equal(problems(f), 0);
}

/* ---- the end without one --------------------------------------------------------------------------------------------------- */

static void
failed_talks_go_on_as_legal_aid_without_typing_again(void **state)
{
	struct stage *f = *state;
	int64_t id = talking(f);
	struct mediation_values in = words("差距太大，告知仲裁、起诉。");
	struct request r, next;

	in.aid = true;
	assert_int_equal(step(f, HELPER, id, MEDIATION_FAIL, in), RC_OK);
	assert_int_equal(look(f, 0, id, &r), RC_OK);
	assert_int_equal(r.state, REQUEST_CONVERTED);
	assert_int_equal(look(f, 0, said.next, &next), RC_OK);
	assert_true(text_equals(next.matter, TEXT("legal-aid")));
	assert_true(text_equals(next.detail, r.detail));
	assert_int_equal(next.person, r.person);
	assert_int_equal(next.parent, id);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM aid WHERE city = $1 AND state = 5"), 1); /* its form is to be filled in */
	assert_int_equal(problems(f), 0);
}

static void
a_party_ends_it_at_any_time_without_a_reason(void **state)
{
	struct stage *f = *state;
	int64_t id = talking(f);
	struct request r;

	assert_int_equal(step(f, 0, id, MEDIATION_FAIL, nothing()), RC_REFUSED);
	assert_int_equal(said.verdict.why, MEDIATION_NOT_YOURS);
	assert_int_equal(step(f, 0, id, MEDIATION_END, nothing()), RC_OK);
	assert_int_equal(state_of(f, id), MEDIATION_ENDED);
	assert_int_equal(look(f, 0, id, &r), RC_OK);
	assert_int_equal(r.state, REQUEST_WITHDRAWN);
	assert_int_equal(problems(f), 0);
}

/* Back in the browser, changed, sent again: never taken for the first sending. */
static void
other_words_under_one_key_are_not_swallowed(void **state)
{
	struct stage *f = *state;
	int64_t id = talking(f), next;
	struct actor a = as(HELPER);
	struct ctx ctx = ctx_as(f, &a);
	struct idem_key key = idem_key_new();
	struct mediation_values in = words("又谈了一次，没有结果。");
	struct mediation_act act = { { id }, MEDIATION_SESSION, &in };
	struct findings findings = { .n = 0 };
	struct mediation_verdict verdict;

	in.kind = MEDIATION_TALK;
	in.day = on("2026-06-30");
	in.revision = revision(f, id);
	assert_int_equal(mediation_act_take(&ctx, key, &act, &findings, &verdict, &next), RC_OK);
	assert_int_equal(mediation_act_take(&ctx, key, &act, &findings, &verdict, &next), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM mediation_session WHERE city = $1"), 2);
	in.minutes = 30;
	assert_int_equal(mediation_act_take(&ctx, key, &act, &findings, &verdict, &next), RC_DUPLICATE);
	assert_int_equal(mediation_act_take(&ctx, idem_key_new(), &act, &findings, &verdict, &next), RC_CONFLICT); /* another revision by now */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_sides_are_asked_before_it_is_accepted), cmocka_unit_test(one_clear_no_and_the_other_ways_are_told),
		cmocka_unit_test(a_mediator_is_no_party_and_a_helper_comes_with_consent),
		cmocka_unit_test(an_agent_does_not_quarrel),
		cmocka_unit_test(the_time_is_made_longer_once_and_stands_still_for_experts),
		cmocka_unit_test(danger_is_told_to_somebody_at_a_time_and_is_urgent),
		cmocka_unit_test(an_agreement_names_who_does_what_until_when),
		cmocka_unit_test(a_written_one_takes_effect_with_the_last_signature),
		cmocka_unit_test(an_oral_one_takes_effect_at_once_and_is_kept), cmocka_unit_test(missed_then_mended_or_broken),
		cmocka_unit_test(both_ask_the_court_within_thirty_days), cmocka_unit_test(a_resident_asks_for_the_own_side),
		cmocka_unit_test(on_day_thirty_one_the_court_is_closed),
		cmocka_unit_test(each_paper_is_set_when_there_is_something_to_say),
		cmocka_unit_test(the_other_ways_are_told_on_paper),
		cmocka_unit_test(failed_talks_go_on_as_legal_aid_without_typing_again),
		cmocka_unit_test(a_party_ends_it_at_any_time_without_a_reason), cmocka_unit_test(other_words_under_one_key_are_not_swallowed),
	};

	int rc = stage_main("story_mediation", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return rc;
}
