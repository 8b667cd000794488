/* Notices on the desk: what an account chooses, its calendar, and what the administrator writes and tries. */
#include "app/story_stage.h"

#include "kit/db/db.h"
#include "standards/setting/setting.h"
#include "supply/notify/notify.h"

#include <stdio.h>
#include <string.h>

#define MINUTE INT64_C(60000)

static struct actor
administrator(void)
{
	struct account a = { .id = { HOTLINE }, .role = ROLE_ADMIN, .place = { CITY }, .active = true };

	return identity_actor(&a, STAGE_CITY);
}

struct seen { int calls; char to[64], body[600], subject[200]; };

static void
keep(void *arg, const struct notify_message *m, struct notify_answer *ret)
{
	struct seen *s = arg;

	s->calls++;
	snprintf(s->to, sizeof s->to, "%.*s", (int)m->to.n, m->to.p);
	snprintf(s->body, sizeof s->body, "%.*s", (int)m->body.n, m->body.p);
	snprintf(s->subject, sizeof s->subject, "%.*s", (int)m->subject.n, m->subject.p);
	*ret = (struct notify_answer){ .result = NOTIFY_OK, .code = 250 };
}

static struct notify_tail tail;

static void
work(struct stage *f, const struct notify_ways *w)
{
	struct ctx ctx = ctx_as(f, &f->system);
	int64_t n = 0;

	assert_int_equal(notify_follow(&ctx, w, &tail, 100, false, &n), RC_OK);
	stage_now_ms += MINUTE;
	ctx = ctx_as(f, &f->system);
	assert_int_equal(notify_send(&ctx, w, 100, &n), RC_OK);
}

static void
start(struct stage *f, const struct notify_ways *w)
{
	begin(f);
	memset(&tail, 0, sizeof tail);
	work(f, w);
}

/* ---- by e-mail ------------------------------------------------------------------------------------------- */

static void
an_account_gets_mail_of_what_it_chose(void **state)
{
	struct stage *f = *state;
	struct seen mail = { .calls = 0 };
	struct notify_ways w = { .v = { [NOTIFY_MAIL] = { keep, &mail } } };
	struct actor helper = as(HELPER);
	struct notify_choice choice = { TEXT("helper@example.cn"), 1 << NOTIFY_NEW }, back;
	struct intake_receipt r;
	struct ctx ctx;

	start(f, &w);
	ctx = ctx_as(f, &helper);
	assert_int_equal(notify_choice_get(&ctx, &back), RC_OK);
	assert_int_equal(back.mail.n, 0);
	assert_int_equal(notify_choice_set(&ctx, &(struct notify_choice){ TEXT("a@b.cn,c@d.cn"), 1 }), RC_INVALID);
	assert_int_equal(notify_choice_set(&ctx, &choice), RC_OK);
	assert_int_equal(notify_choice_get(&ctx, &back), RC_OK);
	assert_true(text_equals(back.mail, choice.mail));
	assert_int_equal(back.topics, choice.topics);
	r = ask(f, idem_key_new());
	work(f, &w);
	assert_int_equal(mail.calls, 1);
	assert_string_equal(mail.to, "helper@example.cn");
	assert_non_null(strstr(mail.body, r.number));
	assert_non_null(strstr(mail.body, "新的求助由您负责"));
	assert_null(strstr(mail.body, "沈演示")); /* nothing of who asked */
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM notify_attempt WHERE city = $1 AND to_masked = 'h***@example.cn'"), 1);
	assert_int_equal(notify_choice_set(&ctx, &(struct notify_choice){ TEXT_NONE, 63 }), RC_OK); /* no address: no mail */
	ask(f, idem_key_new());
	work(f, &w);
	assert_int_equal(mail.calls, 1);
	assert_int_equal(problems(f), 0);
}

/* ---- the calendar -------------------------------------------------------------------------------------------- */

static enum rc
read_feed(struct stage *f, const char *token, const char *peer, size_t *ret_n, int64_t *ret_wait_s)
{
	static struct notify_entry v[NOTIFY_ENTRIES_MAX];
	static struct notify_appointment a[NOTIFY_ENTRIES_MAX];
	struct notify_feed feed = { .v = v, .a = a, .cap = NOTIFY_ENTRIES_MAX };
	struct actor nobody = identity_anonymous(STAGE_CITY);
	struct ctx ctx = ctx_as(f, &nobody);
	enum rc rc = notify_feed_read(&ctx, text_of(token), text_of(peer), &feed, ret_wait_s);

	*ret_n = feed.n;
	return rc;
}

static void
a_token_opens_the_own_deadlines_until_it_ends(void **state)
{
	struct stage *f = *state;
	struct notify_ways w = { .demo = false };
	struct actor helper = as(HELPER);
	char token[NOTIFY_TOKEN_CHARS], second[NOTIFY_TOKEN_CHARS];
	int64_t wait = 0;
	size_t n = 9;
	struct ctx ctx;

	start(f, &w);
	ctx = ctx_as(f, &helper);
	assert_int_equal(notify_feed_token(&ctx, token), RC_NOT_FOUND);
	assert_int_equal(notify_feed_make(&ctx), RC_OK);
	assert_int_equal(notify_feed_token(&ctx, token), RC_OK);
	assert_int_equal(strlen(token), 40);
	assert_int_equal(read_feed(f, token, "192.0.2.1", &n, &wait), RC_OK);
	assert_int_equal(n, 0); /* nothing on its hands is a calendar, too */
	ask(f, idem_key_new());
	assert_int_equal(read_feed(f, token, "192.0.2.1", &n, &wait), RC_OK);
	assert_int_equal(n, 1);
	stage_now_ms += 5;
	ctx = ctx_as(f, &helper);
	assert_int_equal(notify_feed_make(&ctx), RC_OK);
	assert_int_equal(notify_feed_token(&ctx, second), RC_OK);
	assert_string_not_equal(token, second);
	assert_int_equal(read_feed(f, token, "192.0.2.1", &n, &wait), RC_NOT_FOUND);
	assert_int_equal(read_feed(f, second, "192.0.2.1", &n, &wait), RC_OK);
	stage_raw(f, "UPDATE account SET active = 0 WHERE city = 3205 AND id = 101");
	assert_int_equal(read_feed(f, second, "192.0.2.1", &n, &wait), RC_NOT_FOUND);
	stage_raw(f, "UPDATE account SET active = 1 WHERE city = 3205 AND id = 101");
	assert_int_equal(notify_feed_end(&ctx), RC_OK);
	assert_int_equal(read_feed(f, second, "192.0.2.1", &n, &wait), RC_NOT_FOUND);
}

static void
guessing_is_slowed_and_a_right_token_is_not(void **state)
{
	struct stage *f = *state;
	struct notify_ways w = { .demo = false };
	struct actor helper = as(HELPER);
	char token[NOTIFY_TOKEN_CHARS];
	enum rc rc = RC_NOT_FOUND;
	int64_t wait = 0;
	int tries = 0;
	size_t n;
	struct ctx ctx;

	start(f, &w);
	ctx = ctx_as(f, &helper);
	assert_int_equal(notify_feed_make(&ctx), RC_OK);
	assert_int_equal(notify_feed_token(&ctx, token), RC_OK);
	for (; rc == RC_NOT_FOUND && tries < 30; tries++)
		rc = read_feed(f, "0123456789012345678901234567890123456789", "192.0.2.9", &n, &wait);
	assert_int_equal(rc, RC_TOO_MANY);
	assert_int_equal(tries, 12); /* ten free, the eleventh starts the wait */
	assert_true(wait >= 1);
	assert_int_equal(read_feed(f, token, "192.0.2.9", &n, &wait), RC_OK);
	assert_int_equal(read_feed(f, "0123", "192.0.2.10", &n, &wait), RC_NOT_FOUND); /* another place */
}

/* ---- administration ------------------------------------------------------------------------------------------------ */

static void
a_template_is_in_force_from_its_day(void **state)
{
	struct stage *f = *state;
	struct seen sms = { .calls = 0 };
	struct notify_ways w = { .v = { [NOTIFY_SMS] = { keep, &sms } } };
	struct actor admin = administrator(), clerk = as(CLERK);
	struct notify_template t = { .kind = TEXT("intake.received"), .way = NOTIFY_SMS, .from = day_of_moment(stage_now_ms),
		.body = TEXT("明天的话 {number}"), .code = TEXT("SMS_7"), .source = TEXT("批文") };
	struct findings findings = { .n = 0 };
	struct ctx ctx;

	start(f, &w);
	ctx = ctx_as(f, &clerk);
	assert_int_equal(notify_template_write(&ctx, idem_key_new(), &t, &findings), RC_FORBIDDEN);
	ctx = ctx_as(f, &admin);
	t.from = day_add(day_of_moment(stage_now_ms), -1);
	assert_int_equal(notify_template_write(&ctx, idem_key_new(), &t, &findings), RC_INVALID);
	assert_string_equal(findings.v[0].field, "from");
	t.from = day_add(day_of_moment(stage_now_ms), 1);
	findings = (struct findings){ .n = 0 };
	assert_int_equal(notify_template_write(&ctx, idem_key_new(), &t, &findings), RC_OK);
	assert_int_equal(notify_template_write(&ctx, idem_key_new(), &t, &findings), RC_CONFLICT);
	ask(f, idem_key_new());
	work(f, &w);
	assert_null(strstr(sms.body, "明天的话"));
	stage_now_ms += DAY_MS;
	ask(f, idem_key_new());
	work(f, &w);
	assert_non_null(strstr(sms.body, "明天的话 26"));
	t.from = day_add(day_of_moment(stage_now_ms), 1);
	t.body = TEXT_NONE; /* not sent any more */
	assert_int_equal(notify_template_write(&(struct ctx){ .mem = f->mem, .db = f->db, .actor = &admin, .now_ms = stage_now_ms },
	    idem_key_new(), &t, &findings), RC_OK);
	stage_now_ms += DAY_MS;
	ask(f, idem_key_new());
	work(f, &w);
	assert_int_equal(sms.calls, 2);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM outbox WHERE city = $1 AND state = 6"), 1);
	assert_int_equal(problems(f), 0);
}

static void
rules_are_settings_with_a_past(void **state)
{
	struct stage *f = *state;
	struct notify_ways w = { .demo = false };
	struct actor admin = administrator(), clerk = as(CLERK);
	struct notify_rules r;
	struct ctx ctx;

	start(f, &w);
	ctx = ctx_as(f, &clerk);
	assert_int_equal(notify_rules_get(&ctx, &r), RC_FORBIDDEN);
	ctx = ctx_as(f, &admin);
	assert_int_equal(notify_rules_get(&ctx, &r), RC_OK);
	assert_int_equal(r.quiet_from, 1260);
	assert_int_equal(r.quiet_to, 480);
	assert_int_equal(r.per_minute, 60);
	r.per_minute = 10;
	assert_int_equal(notify_rules_set(&ctx, idem_key_new(), &r, TEXT("文件")), RC_OK);
	stage_now_ms++;
	ctx = ctx_as(f, &admin);
	r.per_minute = 20;
	assert_int_equal(notify_rules_set(&ctx, idem_key_new(), &r, TEXT_NONE), RC_OK);
	assert_int_equal(notify_rules_get(&ctx, &r), RC_OK);
	assert_int_equal(r.per_minute, 20);
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM setting WHERE city = $1"), 2); /* what did not change is not written */
	assert_int_equal(stage_int(f, "SELECT COUNT(*) FROM audit WHERE city = $1 AND action = 'setting.put'"), 2);
	stage_raw(f, "UPDATE setting SET value = '6001' WHERE city = 3205"); /* outside its bounds: the default holds */
	assert_int_equal(notify_rules_get(&ctx, &r), RC_OK);
	assert_int_equal(r.per_minute, 60);
}

static void
a_trial_goes_out_and_stands_in_the_log_masked(void **state)
{
	struct stage *f = *state;
	struct seen sms = { .calls = 0 };
	struct notify_ways w = { .v = { [NOTIFY_SMS] = { keep, &sms } } };
	struct actor admin = administrator();
	struct findings findings = { .n = 0 };
	struct notify_try v[4];
	struct idem_key key = idem_key_new();
	struct ctx ctx;
	size_t n = 0;

	start(f, &w);
	ctx = ctx_as(f, &admin);
	assert_int_equal(notify_trial(&ctx, key, NOTIFY_SMS, TEXT("0512-65550123"), &findings), RC_INVALID); /* takes no messages */
	findings = (struct findings){ .n = 0 };
	assert_int_equal(notify_trial(&ctx, key, NOTIFY_SMS, TEXT("199 0000 9999"), &findings), RC_OK);
	assert_int_equal(notify_trial(&ctx, key, NOTIFY_SMS, TEXT("199 0000 9999"), &findings), RC_OK); /* sent twice: stored once */
	work(f, &w);
	assert_int_equal(sms.calls, 1);
	assert_string_equal(sms.to, "19900009999");
	ctx = ctx_as(f, &admin);
	assert_int_equal(notify_log(&ctx, 0, 0, v, 4, &n), RC_OK);
	assert_int_equal(n, 1);
	assert_true(text_equals(v[0].to_masked, TEXT("199****9999")));
	assert_int_equal(v[0].state, NOTIFY_SENT);
	assert_int_equal(notify_log(&ctx, v[0].at_ms, v[0].outbox, v, 4, &n), RC_OK);
	assert_int_equal(n, 0);
	assert_int_equal(problems(f), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_account_gets_mail_of_what_it_chose),
		cmocka_unit_test(a_token_opens_the_own_deadlines_until_it_ends),
		cmocka_unit_test(guessing_is_slowed_and_a_right_token_is_not),
		cmocka_unit_test(a_template_is_in_force_from_its_day),
		cmocka_unit_test(rules_are_settings_with_a_past),
		cmocka_unit_test(a_trial_goes_out_and_stands_in_the_log_masked),
	};
	int failed = stage_main("story_notify_desk", tests, sizeof tests / sizeof tests[0]);

	crypt_close(story_keys);
	return failed;
}
