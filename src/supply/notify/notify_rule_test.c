/* The law of notices: whom, when, when again, what; both sides of each limit. */
#include "supply/notify/notify_rule.h"
#include "supply/notify/notify_template.h"

#include "base/day.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define MINUTE INT64_C(60000)
#define NINE INT64_C(1782781200000) /* 2026-06-30 09:00 in Shanghai */

static struct notify_people
whom(const char *kind, int64_t author, int64_t holder, const char *data)
{
	const struct notify_rule *rule = notify_rule_of(text_of(kind));
	struct notify_facts f = { .author = author, .holder = holder, .shown = true, .reachable = true, .data = text_of(data) };

	assert_non_null(rule);
	return notify_whom(rule, &f);
}

struct concerned { const char *kind; int64_t author, holder; const char *data; bool resident; int64_t a, b; };

static void
concerns(const struct concerned *v, size_t rows)
{
	for (size_t i = 0; i < rows; i++) {
		struct notify_people p = whom(v[i].kind, v[i].author, v[i].holder, v[i].data);
		size_t n = v[i].a == 0 ? 0 : v[i].b == 0 ? 1 : 2;

		if (p.n != n || p.resident != v[i].resident)
			fail_msg("%s, row %zu: %zu accounts, resident %d", v[i].kind, i, p.n, p.resident);
		if (n > 0)
			assert_int_equal(p.accounts[0], v[i].a);
		if (n > 1)
			assert_int_equal(p.accounts[1], v[i].b);
	}
}

static void
each_event_concerns_its_people(void **state)
{
	static const struct concerned v[] = {
		{ "intake.received", 0, 7, "channel=portal", true, 7, 0 },
		{ "intake.received", 7, 7, "channel=window", true, 0, 0 },  /* who wrote it down knows */
		{ "request.accepted", 7, 7, "", true, 0, 0 },
		{ "consult.answered", 7, 7, "", true, 0, 0 },
		{ "request.closed", 7, 7, "", true, 0, 0 },
		{ "request.message", 0, 7, "", false, 7, 0 },               /* the resident knows what they wrote */
		{ "request.message", 7, 7, "", true, 0, 0 },
		{ "request.message", 0, 7, "to=9", false, 9, 7 },           /* and the lawyer */
		{ "request.message", 9, 7, "to=9", true, 7, 0 },
		{ "dispatch.offered", 7, 7, "to=8\npoint=2", false, 8, 0 },
		{ "dispatch.returned", 8, 7, "code=x", false, 7, 0 },
		{ "dispatch.assigned", 5, 8, "from=7\nto=8\npoint=2", false, 8, 7 },
		{ "dispatch.assigned", 8, 8, "from=7\nto=8\npoint=2", false, 7, 0 }, /* took it over oneself */
		{ "dispatch.ruled", 5, 8, "from=7\nto=8\npoint=2", true, 8, 7 },
		{ "clock.recounted", -1, 7, "", true, 7, 0 },
		{ "supervise.ordered", 5, 7, "to=7", false, 7, 0 },         /* nobody twice */
		{ "supervise.reported.director", -1, 7, "director=6", false, 6, 7 },
		{ "transfer.sent", 7, 7, "kind=3\norgan=320600000000", true, 0, 0 },
		{ "cooperate.asked", 7, 7, "to=8\npoint=2\ncooperation=1", false, 8, 0 },
		{ "cooperate.asked", 7, 7, "to=0\npoint=2\ncooperation=1", false, 0, 0 },
		{ "cooperate.taken", 8, 7, "to=0\npoint=2\ncooperation=1", false, 7, 0 },
		{ "cooperate.declined", 8, 7, "to=0\npoint=2\ncooperation=1", false, 7, 0 },
		{ "cooperate.answered", 8, 7, "to=0\npoint=2\ncooperation=1", false, 7, 0 },
		{ "cooperate.again", 7, 7, "to=8\npoint=2\ncooperation=1", false, 8, 0 },
		{ "cooperate.closed", 7, 7, "to=8\npoint=2\ncooperation=1", false, 8, 0 },
		{ "cooperate.withdrawn", 7, 7, "to=8\npoint=2\ncooperation=1", false, 8, 0 },
		{ "cooperate.ended", 0, 7, "to=8\npoint=2\ncooperation=1", false, 8, 0 }, /* the holder knows that it has ended */
		{ "writing.asked", 9, 7, "writing=1\nto=9", false, 7, 0 },
		{ "writing.asked", 7, 7, "writing=1\nto=7", false, 0, 0 },  /* the holder wrote it */
		{ "writing.returned", 7, 7, "writing=1\nto=9", false, 9, 0 },
		{ "writing.issued", 7, 7, "writing=1\nto=9", true, 9, 0 },
		{ "aid.apply", 0, 7, "aid=5>10", false, 7, 0 },
		{ "aid.ask_supplement", 7, 7, "aid=10>15", true, 0, 0 },
		{ "aid.give_supplement", 0, 7, "aid=15>10", false, 7, 0 },
		{ "aid.lapse", 7, 7, "", true, 0, 0 },
		{ "aid.examine", 7, 7, "", false, 0, 0 },
		{ "aid.grant", 8, 7, "", true, 0, 0 },
		{ "aid.refuse", 8, 7, "", true, 0, 0 },
		{ "aid.advance", 8, 7, "", true, 7, 0 },
		{ "aid.assign", 7, 7, "aid=30>35\nto=9", true, 9, 0 },
		{ "aid.accept", 9, 7, "", true, 7, 0 },
		{ "aid.decline", 9, 7, "", false, 7, 0 },
		{ "aid.agree", 9, 7, "", true, 7, 0 },
		{ "aid.report", 9, 7, "", true, 0, 0 },
		{ "aid.report", 9, 7, "to=7", true, 7, 0 },                 /* a ground to terminate */
		{ "aid.change_ask", 0, 7, "", false, 7, 0 },
		{ "aid.change_allow", 8, 7, "to=9", true, 9, 0 },
		{ "aid.change_deny", 8, 7, "", true, 0, 0 },
		{ "aid.terminate", 8, 7, "to=9", true, 9, 0 },
		{ "aid.close", 9, 7, "", true, 7, 0 },
		{ "aid.file", 9, 7, "", false, 7, 0 },
		{ "aid.file_return", 7, 7, "to=9", false, 9, 0 },
		{ "aid.file_pass", 7, 7, "to=9", false, 9, 0 },
		{ "aid.subsidy", 8, 7, "to=9", false, 9, 0 },
		{ "aid.pay", 7, 7, "to=9", false, 9, 0 },
		{ "aid.archive", 7, 7, "", false, 0, 0 },
		{ "aid.object", 0, 7, "", false, 7, 0 },
		{ "aid.uphold", 6, 7, "", true, 7, 0 },
		{ "aid.correct", 6, 7, "", true, 7, 0 },
		{ "aid.settle", 7, 7, "", true, 0, 0 },
		{ "aid.pass_back", 7, 7, "", true, 0, 0 },
		{ "aid.move", 9, 7, "", true, 7, 0 },
		{ "quality.drawn", -1, 7, "round=3", false, 0, 0 },
		{ "quality.heard", -1, 7, "round=3\nto=9", false, 9, 0 },
		{ "quality.final", -1, 7, "round=3\nto=9", false, 9, 0 },
		{ "quality.order", -1, 7, "round=3\nto=9", false, 9, 0 },
		{ "quality.answer", -1, 7, "round=3", false, 0, 0 },
		{ "quality.accept", -1, 7, "round=3\nto=9", false, 9, 0 },
		{ "quality.again", -1, 7, "round=3\nto=9", false, 9, 0 },
		{ "aid.notice", 7, 7, "aid=5>30", false, 0, 0 },            /* who took it in holds it */
		{ "aid.notice_back", 7, 7, "to=9", true, 9, 0 },
		{ "missed.noted", 0, 7, "point=3\nto=9", false, 0, 0 },     /* the new request itself is told of */
		{ "policy.judged", 5, 7, "decision=8\npackage=legal_aid", false, 0, 0 },
		{ "review.follow_up", 0, 7, "director=6", false, 6, 0 },    /* not who was rated */
		{ "review.follow_up", 0, 7, "director=0", false, 0, 0 },
		{ "dispatch.offered", 7, 7, "to=x\nto=9x", false, 0, 0 },   /* no number: nobody */
		{ "dispatch.offered", 7, 7, "tox=8", false, 0, 0 },
	};

	(void)state;
	concerns(v, sizeof v / sizeof v[0]);
}

static void
each_event_of_a_mediation_concerns_its_people(void **state)
{
	static const struct concerned v[] = {
		{ "mediation.register", 9, 7, "mediation=20>20", true, 0, 0 },
		{ "mediation.party", 9, 7, "mediation=20>20", false, 0, 0 },
		{ "mediation.consent", 9, 7, "mediation=20>20", false, 0, 0 },
		{ "mediation.refuse", 9, 7, "mediation=20>20", true, 0, 0 },
		{ "mediation.accept", 9, 7, "mediation=20>20", true, 0, 0 },
		{ "mediation.appoint", 7, 7, "mediation=20>20\nto=8", true, 8, 0 },
		{ "mediation.relieve", 9, 7, "mediation=20>20", true, 0, 0 },
		{ "mediation.session", 9, 7, "mediation=20>20", true, 0, 0 },
		{ "mediation.extend", 9, 7, "mediation=20>20", true, 0, 0 },
		{ "mediation.danger", 9, 7, "mediation=20>20\nto=8", false, 8, 7 },
		{ "mediation.draft", 9, 7, "mediation=20>20", true, 0, 0 },
		{ "mediation.sign", 9, 7, "mediation=20>20", false, 0, 0 },
		{ "mediation.effect", 9, 7, "mediation=20>20", true, 7, 0 },
		{ "mediation.redraft", 9, 7, "mediation=20>20", true, 0, 0 },
		{ "mediation.fail", 9, 7, "mediation=20>20", true, 0, 0 },
		{ "mediation.end", 9, 7, "mediation=20>20", true, 7, 0 },
		{ "mediation.claim", 0, 7, "mediation=20>20", false, 7, 0 },
		{ "mediation.perform", 9, 7, "mediation=20>20", true, 7, 0 },
		{ "mediation.fulfil", 9, 7, "mediation=20>20", true, 0, 0 },
		{ "mediation.mend", 9, 7, "mediation=20>20", true, 0, 0 },
		{ "mediation.miss", 9, 7, "mediation=20>20", true, 7, 0 },
		{ "mediation.visit", 9, 7, "mediation=20>20", false, 0, 0 },
		{ "mediation.break", 9, 7, "mediation=20>20", true, 0, 0 },
		{ "mediation.confirm_ask", 9, 7, "mediation=20>20", true, 7, 0 },
		{ "mediation.confirm_drop", 9, 7, "mediation=20>20", true, 0, 0 },
		{ "mediation.confirm_send", 9, 7, "mediation=20>20", true, 0, 0 },
		{ "mediation.confirm_result", 9, 7, "mediation=20>20", true, 7, 0 },
	};

	(void)state;
	concerns(v, sizeof v / sizeof v[0]);
}

static void
unknown_kinds_concern_nobody(void **state)
{
	(void)state;
	assert_null(notify_rule_of(TEXT("review.given")));
	assert_null(notify_rule_of(TEXT("intake.receive")));
	assert_null(notify_rule_of(TEXT("intake.received2")));
	assert_null(notify_rule_of(TEXT_NONE));
}

static void
a_resident_hears_only_what_they_may_see(void **state)
{
	const struct notify_rule *rule = notify_rule_of(TEXT("request.accepted"));
	struct notify_facts f = { .author = 7, .holder = 7, .shown = true, .reachable = true, .data = TEXT_NONE };

	(void)state;
	assert_true(notify_whom(rule, &f).resident);
	f.shown = false;
	assert_false(notify_whom(rule, &f).resident);
	f.shown = true;
	f.reachable = false;
	assert_false(notify_whom(rule, &f).resident);
}

static void
quiet_hours_have_two_ends(void **state)
{
	int64_t day = day_start_ms(day_of_moment(NINE)), from = 21 * 60, to = 8 * 60;

	(void)state;
	assert_int_equal(notify_quiet_end(day + from * MINUTE - 1, from, to), 0);
	assert_int_equal(notify_quiet_end(day + from * MINUTE, from, to), day + DAY_MS + to * MINUTE);
	assert_int_equal(notify_quiet_end(day + DAY_MS - 1, from, to), day + DAY_MS + to * MINUTE);
	assert_int_equal(notify_quiet_end(day, from, to), day + to * MINUTE);
	assert_int_equal(notify_quiet_end(day + to * MINUTE - 1, from, to), day + to * MINUTE);
	assert_int_equal(notify_quiet_end(day + to * MINUTE, from, to), 0);
	assert_int_equal(notify_quiet_end(day + 13 * 60 * MINUTE, 12 * 60, 14 * 60), day + 14 * 60 * MINUTE); /* within a day */
	assert_int_equal(notify_quiet_end(day + 14 * 60 * MINUTE, 12 * 60, 14 * 60), 0);
	assert_int_equal(notify_quiet_end(day, 480, 480), 0);      /* none */
	assert_int_equal(notify_quiet_end(day, 0, 1440), day + DAY_MS); /* always: until the next day, which is quiet again */
	assert_true(notify_is_quiet_way(NOTIFY_SMS));
	assert_false(notify_is_quiet_way(NOTIFY_MAIL));
}

static void
waits_double_up_to_their_bound(void **state)
{
	static const int64_t base[] = { 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600 };

	(void)state;
	for (int64_t n = 1; n <= 10; n++)
		for (int64_t id = 1; id < 400; id += 7) {
			int64_t wait = notify_retry_ms(n, id), least = base[n - 1] * 1000;

			assert_in_range(wait, least, least + least / 4);
			assert_int_equal(wait, notify_retry_ms(n, id)); /* by the id, not by chance */
		}
	assert_int_not_equal(notify_retry_ms(1, 1), notify_retry_ms(1, 2));
	assert_int_equal(notify_gate_ms(1), 30000);
	assert_int_equal(notify_gate_ms(5), 480000);
	assert_int_equal(notify_gate_ms(6), 900000);
	assert_int_equal(notify_gate_ms(1000), 900000);
}

static void
an_attempt_ends_a_message_or_not(void **state)
{
	int64_t bound = 72 * INT64_C(3600000);

	(void)state;
	assert_int_equal(notify_after(NOTIFY_OK, 99, bound, bound), NOTIFY_SENT);
	assert_int_equal(notify_after(NOTIFY_NO, 1, 0, bound), NOTIFY_REFUSED);
	assert_int_equal(notify_after(NOTIFY_NOBODY, 1, 0, bound), NOTIFY_VOID);
	assert_int_equal(notify_after(NOTIFY_NOT_SENT, 1, 0, bound), NOTIFY_DEMO);
	assert_int_equal(notify_after(NOTIFY_LATER, NOTIFY_TRIES_MAX - 1, 0, bound), NOTIFY_WAITING);
	assert_int_equal(notify_after(NOTIFY_LATER, NOTIFY_TRIES_MAX, 0, bound), NOTIFY_GIVEN_UP);
	assert_int_equal(notify_after(NOTIFY_LATER, 1, bound - 1, bound), NOTIFY_WAITING);
	assert_int_equal(notify_after(NOTIFY_LATER, 1, bound, bound), NOTIFY_GIVEN_UP);
	assert_int_equal(notify_after(NOTIFY_DOWN, 99, bound - 1, bound), NOTIFY_WAITING); /* an outage costs no tries */
	assert_int_equal(notify_after(NOTIFY_DOWN, 1, bound, bound), NOTIFY_GIVEN_UP);
}

static void
words_are_filled_in_and_bounded(void **state)
{
	struct notify_words w = { .number = TEXT("260630-7KQ2"), .item = TEXT("法律{due}咨询\r\n假"), .due = TEXT("明天"),
		.phone = TEXT("12348"), .what = TEXT("已受理"), .name = TEXT("沈演示") };
	char out[64], small[8];

	(void)state;
	assert_string_equal(notify_render(TEXT("编号 {number}，{due}。"), &w, out, sizeof out).p, "编号 260630-7KQ2，明天。");
	/* a brace in a value stays what it is, a line break becomes blanks */
	assert_string_equal(notify_render(TEXT("{item}"), &w, out, sizeof out).p, "法律{due}咨询  假");
	assert_string_equal(notify_render(TEXT("{nobody} {"), &w, out, sizeof out).p, "{nobody} {");
	/* cut at a character: three bytes each, seven bytes of room */
	assert_string_equal(notify_render(TEXT("一二三"), &w, small, sizeof small).p, "一二");
	assert_int_equal(notify_render(TEXT("1234567"), &w, small, sizeof small).n, 7);
	assert_int_equal(notify_render(TEXT("12345678"), &w, small, sizeof small).n, 7);
	assert_int_equal(notify_render(TEXT("x"), &w, small, 1).n, 0);
}

static void
a_template_is_looked_through(void **state)
{
	struct text bad = TEXT_NONE;

	(void)state;
	assert_true(notify_body_is_sound(TEXT("{number}{item}{due}{phone}{what}{name}"), &bad));
	assert_false(notify_body_is_sound(TEXT("编号 {numbr}。"), &bad));
	assert_true(text_equals(bad, TEXT("{numbr")));
	assert_false(notify_body_is_sound(TEXT("{number"), &bad));
	assert_false(notify_body_is_sound(TEXT("number}"), &bad));
}

/* What is sent where the city has written nothing: sound, short enough for a message, one for each kind and way. */
static void
the_texts_at_hand_are_sound(void **state)
{
	struct text bad = TEXT_NONE;

	(void)state;
	for (size_t i = 0; i < notify_defaults_n; i++) {
		const struct notify_default *d = &notify_defaults[i];

		assert_true(notify_body_is_sound(text_of(d->body), &bad));
		assert_true(utf8_length(text_of(d->body)) <= 100);
		assert_non_null(notify_rule_of(text_of(d->kind)));
		assert_ptr_equal(notify_default_of(text_of(d->kind), d->way), d);
	}
	assert_ptr_equal(notify_default_of(TEXT("request.closed"), NOTIFY_WECHAT), notify_default_of(TEXT("request.closed"), NOTIFY_SMS));
	assert_null(notify_default_of(TEXT("supervise.ordered"), NOTIFY_SMS)); /* nothing of ours goes to a resident by it */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_event_concerns_its_people), cmocka_unit_test(each_event_of_a_mediation_concerns_its_people),
		cmocka_unit_test(unknown_kinds_concern_nobody),
		cmocka_unit_test(a_resident_hears_only_what_they_may_see),
		cmocka_unit_test(quiet_hours_have_two_ends),
		cmocka_unit_test(waits_double_up_to_their_bound),
		cmocka_unit_test(an_attempt_ends_a_message_or_not),
		cmocka_unit_test(words_are_filled_in_and_bounded),
		cmocka_unit_test(a_template_is_looked_through),
		cmocka_unit_test(the_texts_at_hand_are_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
