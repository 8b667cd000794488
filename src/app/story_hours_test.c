/* A call that nobody took: it becomes a request of whoever is on duty, is rung back or is late, and is counted; numbers are tested. */
#include "app/story_stage.h"

#include "operations/missed/missed.h"
#include "operations/supervise/supervise.h"
#include "resources/network/network.h"
#include "resources/oncall/oncall.h"

#include <string.h>

#define HOUR INT64_C(3600000)
#define NIGHT_MS (13 * HOUR) /* 09:00 and 13 hours: 22:00 */

static void
begin_night(struct stage *f)
{
	begin(f);
	assert_int_equal(network_reload(&f->ctx), RC_OK);
}

static struct oncall_new
duty(int turn, const char *login, const char *hours)
{
	return (struct oncall_new){ .point = STATION, .turn = turn, .login = text_of(login), .name = TEXT(""), .office = TEXT("夜间值班"),
		.phone = TEXT("19900000001"), .hours = text_of(hours), .from = day_of_moment(stage_now_ms), .to = DAY_NONE };
}

static enum rc
add_as(struct stage *f, int who, const struct oncall_new *in, struct findings *findings)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	*findings = (struct findings){ .n = 0 };
	return oncall_add(&ctx, idem_key_new(), in, findings);
}

static void
add(struct stage *f, int turn, const char *login, const char *hours)
{
	struct oncall_new in = duty(turn, login, hours);
	struct findings findings;

	assert_int_equal(add_as(f, DIRECTOR, &in, &findings), RC_OK);
}

static struct missed_new
rang(const char *name)
{
	return (struct missed_new){ .point = STATION, .channel = CHANNEL_PORTAL, .name = text_of(name), .phone = TEXT("19900001234"),
		.words = TEXT(""), .minute = -1 };
}

static enum rc
note_under(struct stage *f, struct idem_key key, const struct missed_new *in, struct findings *findings, struct intake_receipt *ret)
{
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = ctx_as(f, &nobody);

	*findings = (struct findings){ .n = 0 };
	return missed_note(&ctx, key, in, findings, ret);
}

static int64_t
note(struct stage *f)
{
	struct missed_new in = rang("");
	struct intake_receipt r = { .id = 0 };
	struct findings findings;

	assert_int_equal(note_under(f, idem_key_new(), &in, &findings, &r), RC_OK);
	return r.id;
}

static int64_t
call_of(struct stage *f)
{
	return stage_int(f, "SELECT MAX(callback) FROM missed_call WHERE city = $1");
}

static enum rc
call_as(struct stage *f, int who, const char *result)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return callback_done(&ctx, idem_key_new(), call_of(f), text_of(result));
}

struct sums_arg { struct missed_filter f; int64_t n[MISSED_STATE_COUNT]; struct missed v[4]; size_t n_v; };

static enum rc
sums_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct sums_arg *a = argument;
	enum rc rc = missed_sums(tx, actor, &a->f, a->n);

	return rc == RC_OK ? missed_list(tx, actor, &a->f, a->v, 4, &a->n_v) : rc;
}

static struct sums_arg
sums_as(struct stage *f, int who, int state)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct sums_arg arg = { .f = { .to_ms = stage_now_ms + DAY_MS, .state = state } };

	arg.f.from_ms = stage_now_ms - 2 * DAY_MS;
	assert_int_equal(db_read(&ctx, sums_tx, &arg), RC_OK);
	return arg;
}

/* Said twice, by the statement that counts and by the function: both sides of each limit. */
static void
a_call_is_late_after_its_deadline_not_at_it(void **state)
{
	static const struct { int64_t due, done; bool reached; int64_t now; enum missed_state want; } rows[] = {
		{ 100, 0, false, 99, MISSED_WAITING }, { 100, 0, false, 100, MISSED_WAITING }, { 100, 0, false, 101, MISSED_LATE },
		{ 100, 99, true, 500, MISSED_DONE }, { 100, 100, true, 500, MISSED_DONE }, { 100, 101, true, 500, MISSED_DONE_LATE },
		{ 100, 50, false, 500, MISSED_ENDED }, { 100, 150, false, 500, MISSED_ENDED },
	};
	struct stage *f = *state;
	int64_t due;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_int_equal(missed_state_of(rows[i].due, rows[i].done, rows[i].reached, rows[i].now), rows[i].want);
	begin_night(f);
	note(f);
	due = stage_int(f, "SELECT due_ms FROM missed_call WHERE city = $1");
	for (int late = 0; late < 2; late++) {
		struct sums_arg got;

		stage_now_ms = due + late;
		got = sums_as(f, DIRECTOR, -1);
		assert_int_equal(got.n[late ? MISSED_LATE : MISSED_WAITING], 1);
		assert_int_equal(got.v[0].state, late ? MISSED_LATE : MISSED_WAITING);
	}
	assert_int_equal(call_as(f, HELPER, "reached"), RC_OK);
	assert_int_equal(sums_as(f, DIRECTOR, MISSED_DONE_LATE).v[0].state, MISSED_DONE_LATE);
}

/* ---- stories ------------------------------------------------------------------------------------------------------- */

static void
a_call_at_night_is_owed_by_whoever_is_on_duty(void **state)
{
	struct stage *f = *state;
	struct sums_arg got;
	struct request r;
	int64_t id;

	begin_night(f);
	add(f, 2, "director", "");
	add(f, 1, "clerk", "1-7 18:00-24:00");
	stage_now_ms += NIGHT_MS;
	id = note(f);
	assert_int_equal(look(f, CLERK, id, &r), RC_OK);
	assert_int_equal(r.holder, CLERK);
	assert_int_equal(r.holder_point, STATION);
	assert_int_equal(r.due_ms, stage_now_ms + 4 * HOUR); /* the setting's usual, nights count */
	assert_true(text_starts_with(r.subject, TEXT("未接来电")));
	assert_int_equal(stage_int(f, "SELECT turn FROM oncall_contact o JOIN missed_call m ON m.city = o.city AND m.contact = o.id WHERE o.city = $1"), 1);
	assert_int_equal(problems(f), 0);
	stage_now_ms += HOUR;
	assert_int_equal(call_as(f, STRANGER, "reached"), RC_NOT_FOUND);
	assert_int_equal(call_as(f, CLERK, "unreachable"), RC_OK); /* tried, and still owed */
	assert_int_equal(sums_as(f, DIRECTOR, -1).n[MISSED_WAITING], 1);
	stage_now_ms += 3 * HOUR; /* at the deadline itself it is in time */
	assert_int_equal(call_as(f, CLERK, "reached"), RC_OK);
	got = sums_as(f, DIRECTOR, MISSED_DONE);
	assert_int_equal(got.n[MISSED_DONE], 1);
	assert_int_equal(got.n_v, 1);
	assert_int_equal(got.v[0].request.n, id);
	assert_int_equal(got.v[0].tries, 2);
	assert_int_equal(sums_as(f, DIRECTOR, MISSED_LATE).n_v, 0);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM case_clock WHERE city = $1 AND target = 12 AND met_ms IS NOT NULL"), 1);
	assert_int_equal(problems(f), 0);
}

static void
the_same_form_again_is_one_call(void **state)
{
	struct stage *f = *state;
	struct idem_key key = idem_key_new();
	struct missed_new in = rang("沈演示");
	struct intake_receipt first = { .id = 0 }, again = { .id = 0 };
	struct findings findings;

	begin_night(f);
	assert_int_equal(note_under(f, key, &in, &findings, &first), RC_OK);
	stage_now_ms += 60000;
	assert_int_equal(note_under(f, key, &in, &findings, &again), RC_OK);
	assert_int_equal(first.id, again.id);
	in.minute = 8 * 60;
	assert_int_equal(note_under(f, key, &in, &findings, &again), RC_DUPLICATE);
	in.phone = TEXT("");
	assert_int_equal(note_under(f, idem_key_new(), &in, &findings, &again), RC_INVALID);
	assert_non_null(findings_of(&findings, "phone"));
	in.phone = TEXT("12");
	assert_int_equal(note_under(f, idem_key_new(), &in, &findings, &again), RC_INVALID);
	assert_non_null(findings_of(&findings, "phone"));
	in.point = 999;
	assert_int_equal(note_under(f, idem_key_new(), &in, &findings, &again), RC_NOT_FOUND);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM missed_call WHERE city = $1"), 1);
	assert_int_equal(problems(f), 0);
}

static void
without_an_account_on_duty_the_station_owes_it(void **state)
{
	struct stage *f = *state;
	struct oncall_new outside = duty(1, "", "");
	struct findings findings;
	struct request r;
	int64_t id;

	begin_night(f);
	id = note(f); /* nobody is on duty */
	assert_int_equal(look(f, 0, id, &r), RC_OK);
	assert_int_equal(r.holder, HELPER);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM missed_call WHERE city = $1 AND contact IS NULL"), 1);
	assert_int_equal(add_as(f, DIRECTOR, &outside, &findings), RC_INVALID);
	assert_non_null(findings_of(&findings, "name")); /* neither login nor name */
	outside.name = TEXT("陆示范");
	assert_int_equal(add_as(f, DIRECTOR, &outside, &findings), RC_OK);
	id = note(f);
	assert_int_equal(look(f, 0, id, &r), RC_OK);
	assert_int_equal(r.holder, HELPER);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM missed_call WHERE city = $1 AND contact IS NOT NULL"), 1);
	assert_int_equal(problems(f), 0);
}

static void
late_is_supervised_and_counted_and_an_end_is_no_call(void **state)
{
	struct stage *f = *state;
	struct actor nobody = { .kind = ACTOR_RECEIPT, .city = STAGE_CITY, .places = PLACE_RANGE_EMPTY };
	struct ctx ctx = ctx_as(f, &nobody);
	int64_t steps = 0;

	begin_night(f);
	note(f);
	stage_now_ms += 4 * HOUR + 1;
	f->ctx = stage_ctx(f, &f->system);
	f->ctx.crypt = story_keys;
	assert_int_equal(supervise_run(&f->ctx, 100, &steps), RC_OK);
	assert_true(steps > 0);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM supervise_order WHERE city = $1 AND target = 12"), 1);
	assert_int_equal(sums_as(f, DIRECTOR, MISSED_LATE).n_v, 1);
	assert_int_equal(call_as(f, HELPER, "reached"), RC_OK);
	assert_int_equal(sums_as(f, DIRECTOR, MISSED_DONE_LATE).n_v, 1);
	nobody.request = note(f);
	ctx.now_ms = stage_now_ms;
	assert_int_equal(intake_withdraw(&ctx, idem_key_new(), TEXT("已经解决")), RC_OK);
	assert_int_equal(sums_as(f, DIRECTOR, MISSED_ENDED).n_v, 1);
	assert_int_equal(sums_as(f, STRANGER, -1).n_v, 0); /* of another town */
	assert_int_equal(problems(f), 0);
}

static void
only_who_answers_for_the_place_keeps_the_register(void **state)
{
	struct stage *f = *state;
	struct oncall_new in = duty(1, "clerk", "1-5 17:00-24:00");
	struct findings findings;

	begin_night(f);
	assert_int_equal(add_as(f, HELPER, &in, &findings), RC_FORBIDDEN);
	assert_int_equal(add_as(f, LAWYER, &in, &findings), RC_FORBIDDEN);
	in.point = OTHER_CENTRE;
	assert_int_equal(add_as(f, DIRECTOR, &in, &findings), RC_NOT_FOUND);
	in = duty(0, "nobody", "1-5 17-24");
	in.phone = TEXT("1");
	in.from = DAY_NONE;
	assert_int_equal(add_as(f, DIRECTOR, &in, &findings), RC_INVALID); /* all at once */
	assert_non_null(findings_of(&findings, "turn"));
	assert_non_null(findings_of(&findings, "hours"));
	assert_non_null(findings_of(&findings, "phone"));
	assert_non_null(findings_of(&findings, "from"));
	in = duty(1, "nobody", "");
	assert_int_equal(add_as(f, DIRECTOR, &in, &findings), RC_INVALID);
	assert_non_null(findings_of(&findings, "login"));
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM oncall_contact WHERE city = $1"), 0);
}

struct list_arg { struct oncall_contact v[4]; size_t n; };

static enum rc
list_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct list_arg *a = argument;

	return oncall_list(tx, actor, STATION, day_of_moment(tx_now_ms(tx)), a->v, 4, &a->n);
}

static struct list_arg
list_as(struct stage *f, const struct actor *a)
{
	struct ctx ctx = ctx_as(f, a);
	struct list_arg arg = { .n = 0 };

	assert_int_equal(db_read(&ctx, list_tx, &arg), RC_OK);
	return arg;
}

static void
a_name_is_shown_to_everybody_only_where_its_owner_allows_it(void **state)
{
	struct stage *f = *state;
	struct actor nobody = identity_anonymous(STAGE_CITY), helper = as(HELPER), director = as(DIRECTOR);
	struct oncall_new in = duty(1, "clerk", "");
	struct findings findings;
	struct list_arg got;
	struct ctx ctx;

	begin_night(f);
	assert_int_equal(add_as(f, DIRECTOR, &in, &findings), RC_OK);
	in.turn = 2;
	in.show_name = true;
	assert_int_equal(add_as(f, DIRECTOR, &in, &findings), RC_OK);
	got = list_as(f, &nobody);
	assert_int_equal(got.n, 2);
	assert_int_equal(got.v[0].name.n, 0);
	assert_true(text_equals(got.v[1].name, TEXT("clerk")));
	assert_true(text_equals(list_as(f, &helper).v[0].name, TEXT("clerk")));
	/* ended: today is the last day, tomorrow there is one left */
	ctx = ctx_as(f, &director);
	findings.n = findings.total = 0;
	assert_int_equal(oncall_end(&ctx, idem_key_new(), STATION, got.v[0].id, 7, day_of_moment(stage_now_ms), &findings), RC_CONFLICT);
	assert_int_equal(oncall_end(&ctx, idem_key_new(), STATION, got.v[0].id, 1, day_add(day_of_moment(stage_now_ms), -1), &findings), RC_INVALID);
	assert_int_equal(oncall_end(&ctx, idem_key_new(), STATION, got.v[0].id, 1, day_of_moment(stage_now_ms), &findings), RC_OK);
	assert_int_equal(list_as(f, &nobody).n, 2);
	stage_now_ms += DAY_MS;
	assert_int_equal(list_as(f, &nobody).n, 1);
	stage_raw(f, "UPDATE account SET active = 0 WHERE city = 3205 AND id = 103");
	assert_true(list_as(f, &nobody).v[0].account_off);
}

/* ---- test calls ------------------------------------------------------------------------------------------------------ */

struct numbers_arg { struct oncall_number_filter f; struct oncall_number v[10]; size_t n; struct oncall_sums sums; struct oncall_row rows[10];
	size_t n_rows; };

static enum rc
numbers_tx(struct tx *tx, const struct actor *actor, void *argument)
{
	struct numbers_arg *a = argument;
	struct oncall_row_filter rows = { a->f.day, a->f.month, true, TEXT("") };
	enum rc rc = oncall_numbers(tx, actor, &a->f, a->v, 10, &a->n);

	if (rc == RC_OK)
		rc = oncall_sums(tx, actor, a->f.day, a->f.month, &a->sums);
	return rc == RC_OK ? oncall_rows(tx, actor, &rows, a->rows, 10, &a->n_rows) : rc;
}

static struct numbers_arg
numbers_as(struct stage *f, int who, enum oncall_numbers which)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);
	struct numbers_arg arg = { .f = { .which = which, .result = PHONE_ANSWERED, .month = oncall_month(stage_now_ms), .day = day_of_moment(stage_now_ms) } };

	assert_int_equal(db_read(&ctx, numbers_tx, &arg), RC_OK);
	return arg;
}

static enum rc
test_as(struct stage *f, int who, int64_t point, int64_t contact, const char *phone, enum phone_result result)
{
	struct actor a = as(who);
	struct ctx ctx = ctx_as(f, &a);

	return oncall_test_put(&ctx, idem_key_new(), &(struct oncall_test){ point, contact, text_of(phone), TEXT(""), result });
}

static void
each_number_is_rung_once_a_month_and_a_dead_one_is_told_until_it_answers(void **state)
{
	struct stage *f = *state;
	struct numbers_arg got;

	begin_night(f);
	add(f, 1, "clerk", "");
	got = numbers_as(f, DIRECTOR, NUMBERS_WAITING);
	assert_int_equal(got.n, 3); /* centre, station, and who is on duty there */
	assert_int_equal(got.sums.no_contact, 1);
	assert_int_equal(test_as(f, LAWYER, STATION, 0, "1990000", PHONE_ANSWERED), RC_FORBIDDEN);
	assert_int_equal(test_as(f, STRANGER, STATION, 0, "1990000", PHONE_ANSWERED), RC_NOT_FOUND);
	assert_int_equal(test_as(f, HOTLINE, STATION, 0, "1990001", PHONE_ANSWERED), RC_CONFLICT); /* not its number */
	assert_int_equal(test_as(f, HOTLINE, STATION, 0, "1990000", PHONE_NOT_TESTED), RC_INVALID);
	assert_int_equal(test_as(f, HOTLINE, STATION, 0, "1990000", PHONE_DEAD), RC_OK);
	stage_now_ms += 60000;
	got = numbers_as(f, DIRECTOR, NUMBERS_BAD);
	assert_int_equal(got.n, 1);
	assert_int_equal(got.v[0].last, PHONE_DEAD);
	assert_int_equal(got.sums.bad, 1);
	assert_int_equal(got.sums.result[PHONE_DEAD], 1);
	assert_int_equal(got.sums.result[PHONE_NOT_TESTED], 2);
	assert_int_equal(got.n_rows, 2); /* the station's number is dead, the centre has nobody on duty */
	assert_int_equal(test_as(f, HELPER, STATION, 0, "1990000", PHONE_ANSWERED), RC_OK);
	got = numbers_as(f, DIRECTOR, NUMBERS_BAD);
	assert_int_equal(got.n, 0);
	assert_int_equal(got.sums.result[PHONE_ANSWERED], 1); /* the last test counts, once for each number */
	assert_int_equal(numbers_as(f, DIRECTOR, NUMBERS_WAITING).n, 2);
	assert_int_equal(numbers_as(f, DIRECTOR, NUMBERS_RESULT).n, 1); /* a figure opens to as many as it says */
	stage_now_ms += DAY_MS; /* 1 July: all wait again, and what was bad would stay so */
	assert_int_equal(numbers_as(f, DIRECTOR, NUMBERS_WAITING).n, 3);
	assert_int_equal(numbers_as(f, DIRECTOR, NUMBERS_RESULT).n, 0);
	assert_int_equal(numbers_as(f, LAWYER, NUMBERS_ALL).n, 0);
	assert_int_equal(problems(f), 0);
}

/* ---- planted faults --------------------------------------------------------------------------------------------------- */

static void
every_check_finds_its_fault(void **state)
{
	static const struct { const char *plant, *mend; } faults[] = {
		{ "UPDATE oncall_contact SET point = 999 WHERE city = 3205", "UPDATE oncall_contact SET point = 201 WHERE city = 3205" },
		{ "UPDATE oncall_contact SET account = 999 WHERE city = 3205", "UPDATE oncall_contact SET account = 103 WHERE city = 3205" },
		{ "UPDATE oncall_contact SET turn = 0 WHERE city = 3205", "UPDATE oncall_contact SET turn = 1 WHERE city = 3205" },
		{ "UPDATE phone_test SET result = 5 WHERE city = 3205", "UPDATE phone_test SET result = 1 WHERE city = 3205" },
		{ "UPDATE phone_test SET contact = 999 WHERE city = 3205", "UPDATE phone_test SET contact = NULL WHERE city = 3205" },
		{ "UPDATE missed_call SET point = 999 WHERE city = 3205", "UPDATE missed_call SET point = 201 WHERE city = 3205" },
		{ "UPDATE missed_call SET due_ms = due_ms + 1 WHERE city = 3205", "UPDATE missed_call SET due_ms = due_ms - 1 WHERE city = 3205" },
		{ "UPDATE missed_call SET request = request + 1 WHERE city = 3205", "UPDATE missed_call SET request = request - 1 WHERE city = 3205" },
		{ "UPDATE callback SET result = 'reached', done_ms = due_ms WHERE city = 3205", "UPDATE callback SET result = NULL, done_ms = NULL WHERE city = 3205" },
		{ "UPDATE case_clock SET met_ms = 1 WHERE city = 3205 AND target = 12", "UPDATE case_clock SET met_ms = NULL WHERE city = 3205 AND target = 12" },
		{ "UPDATE case_clock SET target = 11 WHERE city = 3205 AND target = 12", "UPDATE case_clock SET target = 12 WHERE city = 3205 AND target = 11" },
		{ "UPDATE event SET kind = 'x.noted' WHERE city = 3205 AND kind = 'missed.noted'", "UPDATE event SET kind = 'missed.noted' WHERE city = 3205 AND kind = 'x.noted'" },
	};
	struct stage *f = *state;

	begin_night(f);
	add(f, 1, "clerk", "");
	note(f);
	assert_int_equal(test_as(f, HELPER, STATION, 0, "1990000", PHONE_ANSWERED), RC_OK);
	assert_int_equal(problems(f), 0);
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
		stage_raw(f, faults[i].plant);
		if (problems(f) == 0)
			fail_msg("not found: %s", faults[i].plant);
		stage_raw(f, faults[i].mend);
		assert_int_equal(problems(f), 0);
	}
}

static void
wherever_storage_fails_a_missed_call_is_whole_or_not_there(void **state)
{
	struct stage *f = *state;
	struct missed_new in = rang("");
	struct intake_receipt r = { .id = 0 };
	struct findings findings;
	enum rc rc = RC_UNAVAILABLE;

	begin_night(f);
	add(f, 1, "clerk", "");
	for (int64_t n = 1; n < 200 && rc != RC_OK; n++) {
		db_fail_after(f->db, n);
		rc = note_under(f, idem_key_new(), &in, &findings, &r);
		db_fail_after(f->db, 0);
		if (rc != RC_OK)
			assert_int_equal(stage_int(f, "SELECT (SELECT COUNT(*) FROM missed_call WHERE city = $1) + (SELECT COUNT(*) FROM request"
			    " WHERE city = $1) + (SELECT COUNT(*) FROM callback WHERE city = $1)"), 0);
	}
	assert_int_equal(rc, RC_OK);
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_call_is_late_after_its_deadline_not_at_it),
		cmocka_unit_test(a_call_at_night_is_owed_by_whoever_is_on_duty),
		cmocka_unit_test(the_same_form_again_is_one_call),
		cmocka_unit_test(without_an_account_on_duty_the_station_owes_it),
		cmocka_unit_test(late_is_supervised_and_counted_and_an_end_is_no_call),
		cmocka_unit_test(only_who_answers_for_the_place_keeps_the_register),
		cmocka_unit_test(a_name_is_shown_to_everybody_only_where_its_owner_allows_it),
		cmocka_unit_test(each_number_is_rung_once_a_month_and_a_dead_one_is_told_until_it_answers),
		cmocka_unit_test(every_check_finds_its_fault),
		cmocka_unit_test(wherever_storage_fails_a_missed_call_is_whole_or_not_there),
	};
	int failed = stage_main("story_hours", tests, sizeof(tests) / sizeof(tests[0]));

	crypt_close(story_keys);
	return failed;
}
