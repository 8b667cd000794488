/* The senders against a provider on this host that answers as it is told, hangs up, or sends elsewhere. */
#include "supply/notify/notify.h"
#include "supply/notify/notify_mail.h"

#include "base/code.h"
#include "kit/post/post.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define SEEN_MAX 32768

/* One listener; each connection is served by script(fd, seen). */
struct provider {
	int fd, port, connections;
	pthread_t thread;
	const char *answer;          /* HTTP: what is sent back; NULL: hung up without a word */
	const char *mail_rcpt, *mail_data; /* SMTP: what RCPT and the message are answered with */
	bool mail;
	char seen[SEEN_MAX];
	size_t n;
};

static void
say(int fd, const char *words)
{
	size_t n = strlen(words);

	while (n > 0) {
		ssize_t k = send(fd, words, n, MSG_NOSIGNAL);

		if (k <= 0)
			return;
		words += k;
		n -= (size_t)k;
	}
}

static bool
hear(struct provider *p, int fd)
{
	ssize_t k = p->n + 1 < SEEN_MAX ? recv(fd, p->seen + p->n, SEEN_MAX - 1 - p->n, 0) : 0;

	if (k <= 0)
		return false;
	p->n += (size_t)k;
	p->seen[p->n] = '\0';
	return true;
}

static void
serve_http(struct provider *p, int fd)
{
	for (;;) {
		const char *end = strstr(p->seen, "\r\n\r\n"), *length = strcasestr(p->seen, "content-length:");

		if (end != NULL && length != NULL && p->n >= (size_t)(end + 4 - p->seen) + strtoul(length + 15, NULL, 10))
			break;
		if (!hear(p, fd))
			return;
	}
	if (p->answer != NULL)
		say(fd, p->answer);
}

static void
serve_mail(struct provider *p, int fd)
{
	size_t at = 0;
	bool data = false;

	say(fd, "220 here\r\n");
	for (;;) {
		char *line = p->seen + at, *end = strstr(line, "\r\n");

		if (end == NULL) {
			if (!hear(p, fd))
				return;
			continue;
		}
		at = (size_t)(end + 2 - p->seen);
		if (data) {
			if (strncmp(line, ".\r\n", 3) == 0) {
				data = false;
				say(fd, p->mail_data);
			}
		} else if (strncmp(line, "EHLO", 4) == 0) {
			say(fd, "250 here\r\n");
		} else if (strncmp(line, "RCPT", 4) == 0) {
			say(fd, p->mail_rcpt);
		} else if (strncmp(line, "DATA", 4) == 0) {
			data = true;
			say(fd, "354 go on\r\n");
		} else if (strncmp(line, "QUIT", 4) == 0) {
			say(fd, "221 bye\r\n");
			return;
		} else {
			say(fd, "250 ok\r\n");
		}
	}
}

static void *
run(void *arg)
{
	struct provider *p = arg;
	int fd;

	while ((fd = accept(p->fd, NULL, NULL)) >= 0) {
		p->connections++;
		p->n = 0;
		p->seen[0] = '\0';
		if (p->mail)
			serve_mail(p, fd);
		else
			serve_http(p, fd);
		shutdown(fd, SHUT_RDWR);
		close(fd);
	}
	return NULL;
}

static void
provider_start(struct provider *p)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t n = sizeof a;

	p->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(p->fd >= 0);
	assert_int_equal(bind(p->fd, (struct sockaddr *)&a, sizeof a), 0);
	assert_int_equal(listen(p->fd, 4), 0);
	assert_int_equal(getsockname(p->fd, (struct sockaddr *)&a, &n), 0);
	p->port = ntohs(a.sin_port);
	assert_int_equal(pthread_create(&p->thread, NULL, run, p), 0);
}

static void
provider_stop(struct provider *p)
{
	shutdown(p->fd, SHUT_RDWR);
	pthread_join(p->thread, NULL);
	close(p->fd);
}

static const struct notify_message letter = { .way = NOTIFY_SMS, .id = TEXT_INIT("3205-77"), .to = TEXT_INIT("19900001234"),
	.subject = TEXT_INIT("[260630-7KQ2] 有一件事请您接收，请在今天下班以前看一看"), .body = TEXT_INIT("编号 \"260630-7KQ2\"，已受理。"),
	.code = TEXT_INIT("SMS_1"), .at_ms = INT64_C(1782781200000), .number = TEXT_INIT("260630-7KQ2"), .item = TEXT_INIT("法律咨询"),
	.due = TEXT_INIT("2026-07-03 23:59"), .phone = TEXT_INIT("12348") };

static void
a_webhook_gets_a_signed_message(void **state)
{
	struct provider p = { .answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" };
	char url[64], mac[65];
	struct notify_webhook w = { url, TEXT("a key of the provider") };
	struct notify_answer a;
	const char *body;
	unsigned char hash[32];
	char signed_text[4096];

	(void)state;
	provider_start(&p);
	snprintf(url, sizeof url, "http://127.0.0.1:%d/send", p.port);
	notify_webhook_send(&w, &letter, &a);
	provider_stop(&p);
	assert_int_equal(a.result, NOTIFY_OK);
	assert_int_equal(a.code, 200);
	assert_string_equal(a.words, "ok");
	assert_non_null(strstr(p.seen, "POST /send HTTP/1.1\r\n"));
	assert_non_null(strstr(p.seen, "Idempotency-Key: 3205-77\r\n"));
	assert_non_null(strstr(p.seen, "X-Zhaofa-Timestamp: 1782781200\r\n"));
	body = strstr(p.seen, "\r\n\r\n") + 4;
	assert_string_equal(body, "{\"id\":\"3205-77\",\"way\":\"sms\",\"to\":\"19900001234\",\"text\":\"编号 \\\"260630-7KQ2\\\"，已受理。\","
	    "\"template\":\"SMS_1\",\"values\":{\"number\":\"260630-7KQ2\",\"item\":\"法律咨询\",\"due\":\"2026-07-03 23:59\",\"phone\":\"12348\"}}");
	snprintf(signed_text, sizeof signed_text, "1782781200.%s", body);
	crypt_hmac(w.key, text_of(signed_text), hash);
	hex_print(hash, 32, mac);
	assert_non_null(strstr(p.seen, mac));
}

/* RFC 4231, test case 2. */
static void
the_signature_is_the_standards(void **state)
{
	unsigned char mac[32];
	char hex[65];

	(void)state;
	crypt_hmac(TEXT("Jefe"), TEXT("what do ya want for nothing?"), mac);
	hex_print(mac, 32, hex);
	assert_string_equal(hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void
each_answer_of_a_webhook_has_its_meaning(void **state)
{
	static const struct { const char *answer; enum notify_result result; } v[] = {
		{ "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", NOTIFY_OK },
		{ "HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n", NOTIFY_OK },  /* it knows the id: a second sending */
		{ "HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n", NOTIFY_NO },
		{ "HTTP/1.1 422 Bad\r\nContent-Length: 0\r\n\r\n", NOTIFY_NO },
		{ "HTTP/1.1 408 Late\r\nContent-Length: 0\r\n\r\n", NOTIFY_LATER },
		{ "HTTP/1.1 401 Who\r\nContent-Length: 0\r\n\r\n", NOTIFY_DOWN },
		{ "HTTP/1.1 404 Where\r\nContent-Length: 0\r\n\r\n", NOTIFY_DOWN },
		{ "HTTP/1.1 429 Slowly\r\nContent-Length: 0\r\n\r\n", NOTIFY_DOWN },
		{ "HTTP/1.1 503 Away\r\nContent-Length: 0\r\n\r\n", NOTIFY_DOWN },
		{ "HTTP/1.1 302 There\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", NOTIFY_DOWN }, /* not followed */
		{ "nonsense\r\n\r\n", NOTIFY_DOWN },
		{ NULL, NOTIFY_DOWN },
	};
	struct provider p = { .answer = NULL };
	char url[64];
	struct notify_webhook w = { url, TEXT("a key of the provider") };

	(void)state;
	provider_start(&p);
	snprintf(url, sizeof url, "http://127.0.0.1:%d/send", p.port);
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		struct notify_answer a;
		int before = p.connections;

		p.answer = v[i].answer;
		notify_webhook_send(&w, &letter, &a);
		if (a.result != v[i].result)
			fail_msg("%s: %d %s", v[i].answer == NULL ? "hung up" : v[i].answer, (int)a.result, a.words);
		assert_int_equal(p.connections, before + 1);
	}
	provider_stop(&p);
}

static void
nobody_listening_is_an_outage(void **state)
{
	struct provider p = { .answer = NULL };
	char url[64];
	struct notify_webhook w = { url, TEXT("a key of the provider") };
	struct notify_mailer mail = { .url = url, .from = "law@example.cn" };
	struct notify_message m = letter;
	struct notify_answer a;

	(void)state;
	provider_start(&p);
	provider_stop(&p);
	snprintf(url, sizeof url, "http://127.0.0.1:%d/send", p.port);
	notify_webhook_send(&w, &letter, &a);
	assert_int_equal(a.result, NOTIFY_DOWN);
	assert_true(a.words[0] != '\0');
	snprintf(url, sizeof url, "smtp://127.0.0.1:%d", p.port);
	m.to = TEXT("a@b.cn");
	notify_mailer_send(&mail, &m, &a);
	assert_int_equal(a.result, NOTIFY_DOWN);
	m.to = TEXT("a@b.cn\r\nBcc: c@d.cn");
	notify_mailer_send(&mail, &m, &a);
	assert_int_equal(a.result, NOTIFY_NO);
}

static void
a_mail_server_takes_a_letter_or_not(void **state)
{
	static const struct { const char *rcpt, *data; enum notify_result result; } v[] = {
		{ "250 ok\r\n", "250 taken\r\n", NOTIFY_OK },
		{ "550 no such box\r\n", "250 taken\r\n", NOTIFY_NO },
		{ "450 not now\r\n", "250 taken\r\n", NOTIFY_LATER },
		{ "250 ok\r\n", "554 no\r\n", NOTIFY_NO },
		{ "421 closing\r\n", "250 taken\r\n", NOTIFY_DOWN },
	};
	struct provider p = { .mail = true };
	char url[64];
	struct notify_mailer mail = { .url = url, .from = "law@example.cn" };
	struct notify_message m = letter;

	(void)state;
	provider_start(&p);
	snprintf(url, sizeof url, "smtp://127.0.0.1:%d", p.port);
	m.to = TEXT("a@b.cn");
	for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
		struct notify_answer a;

		p.mail_rcpt = v[i].rcpt;
		p.mail_data = v[i].data;
		notify_mailer_send(&mail, &m, &a);
		if (a.result != v[i].result)
			fail_msg("%s%s: %d %d %s", v[i].rcpt, v[i].data, (int)a.result, a.code, a.words);
		if (i == 0) {
			assert_non_null(strstr(p.seen, "MAIL FROM:<law@example.cn>"));
			assert_non_null(strstr(p.seen, "RCPT TO:<a@b.cn>\r\n"));
			assert_non_null(strstr(p.seen, "Message-ID: <3205-77@example.cn>\r\n"));
		}
	}
	provider_stop(&p);
}

static void
a_letter_is_written_as_the_standard_says(void **state)
{
	struct notify_message m = letter;
	struct text rest;
	struct buf b;

	(void)state;
	m.to = TEXT("a@b.cn");
	buf_init(&b, 16384);
	notify_mail_write(&b, &m, "law@example.cn");
	assert_int_equal(buf_rc(&b), RC_OK);
	rest = buf_text(&b);
	assert_true(text_starts_with(rest, TEXT("Date: Tue, 30 Jun 2026 09:00:00 +0800\r\nFrom: <law@example.cn>\r\nTo: <a@b.cn>\r\n")));
	while (rest.n > 0) {
		struct text line = text_cut(&rest, '\n');

		assert_true(line.n <= 78 && text_ends_with(line, TEXT("\r")));
		for (size_t i = 0; i < line.n; i++)
			assert_true((unsigned char)line.p[i] < 0x80);
	}
	buf_free(&b);
}

static int
begin(void **state)
{
	(void)state;
	return post_begin() == RC_OK ? 0 : -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_signature_is_the_standards),
		cmocka_unit_test(a_webhook_gets_a_signed_message),
		cmocka_unit_test(each_answer_of_a_webhook_has_its_meaning),
		cmocka_unit_test(nobody_listening_is_an_outage),
		cmocka_unit_test(a_mail_server_takes_a_letter_or_not),
		cmocka_unit_test(a_letter_is_written_as_the_standard_says),
	};

	return cmocka_run_group_tests(tests, begin, NULL);
}
