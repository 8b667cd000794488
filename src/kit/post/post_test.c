/* Which addresses may be written to.  The talking itself is tried against a provider in tests/notify_provider_test.py. */
#include "kit/post/post.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
in_clear_only_to_this_host(void **state)
{
	static const struct { const char *url; bool safe; } v[] = {
		{ "https://sms.example.cn/send", true }, { "https://sms.example.cn:8443", true }, { "http://127.0.0.1:8080/x", true },
		{ "http://localhost/", true }, { "http://[::1]:99/x", true }, { "http://sms.example.cn/", false },
		{ "http://127.0.0.1.example.cn/", false }, { "http://127.0.0.1@example.cn/", false }, { "https://a@b.cn/", false },
		{ "http://localhost.example.cn", false }, { "https://", false }, { "https:///x", false }, { "file:///etc/passwd", false },
		{ "ftp://127.0.0.1/", false }, { "https://a.cn/\r\nX: y", false }, { "https://a.cn/ x", false }, { "", false },
		{ "HTTPS://a.cn/", false }, { "http://2130706433/", false }, { "http://[::1].example.cn/", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		if (post_url_is_safe(text_of(v[i].url)) != v[i].safe)
			fail_msg("%s", v[i].url);
	assert_true(post_mail_url_is_safe(TEXT("smtps://mail.example.cn")));
	assert_true(post_mail_url_is_safe(TEXT("smtp://mail.example.cn:587"))); /* STARTTLS is then demanded */
	assert_false(post_mail_url_is_safe(TEXT("smtp://")));
	assert_false(post_mail_url_is_safe(TEXT("smtp://user@mail.example.cn")));
	assert_false(post_mail_url_is_safe(TEXT("http://mail.example.cn")));
}

static void
one_plain_address(void **state)
{
	static const struct { const char *address; bool sound; } v[] = {
		{ "a@b.cn", true }, { "zhang.san+x@law.suzhou.gov.cn", true }, { "a@b", false }, { "@b.cn", false }, { "a@", false },
		{ "a@b.cn,c@d.cn", false }, { "a b@c.cn", false }, { "a@b.cn\r\nBcc: x@y.cn", false }, { "<a@b.cn>", false },
		{ "\"a\"@b.cn", false }, { "a@b@c.cn", false }, { "张@b.cn", false }, { "-a@b.cn", false }, { "a@.cn", false },
		{ "a@b.cn.", false }, { "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
		if (post_address_is_sound(text_of(v[i].address)) != v[i].sound)
			fail_msg("%s", v[i].address);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_clear_only_to_this_host),
		cmocka_unit_test(one_plain_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
