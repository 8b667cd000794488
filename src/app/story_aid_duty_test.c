/* Duty lawyers: who may be on duty, whose help is read by whom, and the 24 hours of Art. 39. */
#include "app/story_aid_stage.h"

#include "operations/matter/legalaid/legalaid_duty.h"

#include <string.h>

static struct day
on(const char *t)
{
	struct day d;

	assert_int_equal(day_parse(text_of(t), &d), RC_OK);
	return d;
}

static enum rc
put_as(struct stage *f, int who, int64_t provider, const char *day, struct findings *findings)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	*findings = (struct findings){ .n = 0 };
	return aid_duty_put(&ctx, idem_key_new(), &(struct aid_duty_new){ .place = { COUNTY }, .station = TEXT("演示区看守所"),
	    .station_kind = AID_AT_DETENTION, .day = on(day), .provider = provider }, findings);
}

static enum rc
help_under(struct stage *f, struct idem_key key, int who, int64_t duty, const char *name, bool wants_aid, struct findings *findings)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	*findings = (struct findings){ .n = 0 };
	return aid_help_put(&ctx, key, &(struct aid_help_new){ .duty = duty, .name = text_of(name), .words = TEXT("讲了认罪认罚的规定。"),
	    .stage = AID_INVESTIGATION, .given = BIT(AID_H_ADVICE) | BIT(AID_H_PROCEDURE), .wants_aid = wants_aid }, findings);
}

static enum rc
help_as(struct stage *f, int who, int64_t duty, bool wants_aid, struct findings *findings)
{
	return help_under(f, idem_key_new(), who, duty, "韩演示", wants_aid, findings);
}

struct seen { struct aid_duty duty; struct aid_help_row v[8]; size_t n; };

static enum rc
see(struct stage *f, int who, int64_t duty, struct seen *ret)
{
	struct actor a;
	struct ctx ctx = aid_ctx(f, who, &a);

	return aid_helps(&ctx, duty, &ret->duty, ret->v, 8, &ret->n);
}

static int64_t
duty_of(struct stage *f)
{
	return stage_int(f, "SELECT MAX(id) FROM aid_duty WHERE city = $1");
}

static void
a_lawyer_with_a_good_licence_is_on_duty_once_a_day(void **state)
{
	struct stage *f = *state;
	struct findings findings;

	aid_city(f);
	stage_raw(f, "UPDATE provider SET valid_to = 20635 WHERE city = 3205 AND id = 312"); /* 2026-07-01 */
	stage_raw(f, "UPDATE provider SET kind = 2 WHERE city = 3205 AND id = 313");         /* no lawyer */
	assert_int_equal(put_as(f, EXAMINER, PROVIDER_ONE, "2026-07-02", &findings), RC_OK);
	assert_int_equal(put_as(f, EXAMINER, PROVIDER_ONE, "2026-07-02", &findings), RC_INVALID);
	assert_non_null(findings_of(&findings, "provider"));
	assert_int_equal(put_as(f, EXAMINER, PROVIDER_TWO, "2026-07-01", &findings), RC_OK);     /* its last day */
	assert_int_equal(put_as(f, EXAMINER, PROVIDER_TWO, "2026-07-02", &findings), RC_INVALID);
	assert_int_equal(put_as(f, EXAMINER, PROVIDER_OTHER, "2026-07-02", &findings), RC_INVALID);
	assert_int_equal(put_as(f, EXAMINER, 999, "2026-07-02", &findings), RC_INVALID);
	assert_int_equal(put_as(f, LAWYER, PROVIDER_ONE, "2026-07-03", &findings), RC_FORBIDDEN); /* not by themselves */
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM aid_duty WHERE city = $1"), 2);
}

static void
a_lawyer_writes_and_reads_the_own_duty_alone(void **state)
{
	struct stage *f = *state;
	struct findings findings;
	struct seen seen = { .n = 0 };
	int64_t duty;

	aid_city(f);
	assert_int_equal(put_as(f, EXAMINER, PROVIDER_ONE, "2026-07-01", &findings), RC_OK);
	duty = duty_of(f);
	assert_int_equal(help_as(f, LAWYER, duty, false, &findings), RC_INVALID);               /* tomorrow */
	assert_non_null(findings_of(&findings, "name"));
	move_to("2026-07-01");
	assert_int_equal(help_as(f, LAWYER, duty, false, &findings), RC_OK);
	assert_int_equal(help_as(f, LAWYER_TWO, duty, false, &findings), RC_NOT_FOUND);
	assert_int_equal(see(f, LAWYER_TWO, duty, &seen), RC_NOT_FOUND);
	assert_int_equal(see(f, LAWYER, duty, &seen), RC_OK);
	assert_int_equal(seen.n, 1);
	assert_string_equal(seen.v[0].name.p, "韩演示");
	assert_int_equal(see(f, EXAMINER, duty, &seen), RC_OK);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM aid_duty_help WHERE city = $1"), 1);
}

/* Back in the browser, another name, sent again: never taken for the first person. */
static void
the_next_person_is_not_taken_for_the_one_before(void **state)
{
	struct stage *f = *state;
	struct idem_key key = idem_key_new();
	struct findings findings;
	int64_t duty;

	aid_city(f);
	assert_int_equal(put_as(f, EXAMINER, PROVIDER_ONE, "2026-06-30", &findings), RC_OK);
	duty = duty_of(f);
	assert_int_equal(help_under(f, key, LAWYER, duty, "韩演示", false, &findings), RC_OK);
	assert_int_equal(help_under(f, key, LAWYER, duty, "韩演示", false, &findings), RC_OK);
	assert_int_equal(help_under(f, key, LAWYER, duty, "许演示", false, &findings), RC_DUPLICATE);
}

static void
who_wants_aid_is_passed_on_within_a_day(void **state)
{
	struct stage *f = *state;
	struct findings findings;
	struct seen seen = { .n = 0 };
	struct actor a;
	struct ctx ctx;
	int64_t duty;

	aid_city(f);
	assert_int_equal(put_as(f, EXAMINER, PROVIDER_ONE, "2026-06-30", &findings), RC_OK);
	duty = duty_of(f);
	assert_int_equal(help_as(f, LAWYER, duty, true, &findings), RC_OK);
	assert_int_equal(help_as(f, LAWYER, duty, false, &findings), RC_OK);
	assert_int_equal(see(f, EXAMINER, duty, &seen), RC_OK);
	assert_true(seen.v[0].pass_due_ms == stage_now_ms + DAY_MS);                             /* 39: 24 hours */
	assert_int_equal(seen.v[1].pass_due_ms, 0);
	ctx = aid_ctx(f, LAWYER, &a);
	assert_int_equal(aid_help_pass(&ctx, idem_key_new(), duty, seen.v[0].id), RC_FORBIDDEN); /* the institution says so */
	ctx = aid_ctx(f, EXAMINER, &a);
	assert_int_equal(aid_help_pass(&ctx, idem_key_new(), duty, seen.v[1].id), RC_CONFLICT);
	assert_int_equal(aid_help_pass(&ctx, idem_key_new(), duty, seen.v[0].id), RC_OK);
	assert_int_equal(aid_help_pass(&ctx, idem_key_new(), duty, seen.v[0].id), RC_CONFLICT);
	assert_int_equal(problems(f), 0);
	stage_raw(f, "UPDATE aid_duty_help SET passed_by = NULL WHERE city = 3205");
	assert_int_equal(problems(f), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_lawyer_with_a_good_licence_is_on_duty_once_a_day),
		cmocka_unit_test(a_lawyer_writes_and_reads_the_own_duty_alone),
		cmocka_unit_test(the_next_person_is_not_taken_for_the_one_before),
		cmocka_unit_test(who_wants_aid_is_passed_on_within_a_day),
	};
	int failed = stage_main("story_aid_duty", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
