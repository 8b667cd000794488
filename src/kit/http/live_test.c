#include "kit/http/live_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

static struct answer a;

#define H "Host: x\r\n"

static int
with(void **state, struct http_limits limits, int workers)
{
	static struct live l;

	live_start(&l, limits, workers);
	*state = &l;
	return 0;
}

static int
plain(void **state)
{
	return with(state, (struct http_limits){ .beat_ms = 60000 }, 2);
}

static int
stop(void **state)
{
	live_stop(*state);
	return 0;
}

/* ---- plain requests --------------------------------------------------------------------------- */

static void
a_page_comes_with_its_headers(void **state)
{
	char v[256];

	ask(*state, "GET /hello HTTP/1.1\r\n" H "\r\n", &a);
	assert_int_equal(a.status, 200);
	assert_string_equal(a.body, "hello");
	assert_true(head_has(&a, "Content-Type: text/html; charset=utf-8\r\n"));
	assert_true(head_has(&a, "Content-Security-Policy: default-src 'self'; frame-ancestors 'none'; "
	    "form-action 'self'; base-uri 'none'; object-src 'none'\r\n"));
	assert_true(head_has(&a, "X-Content-Type-Options: nosniff\r\n"));
	assert_true(head_has(&a, "Referrer-Policy: same-origin\r\n"));
	assert_true(head_has(&a, "Cross-Origin-Opener-Policy: same-origin\r\n"));
	assert_true(head_has(&a, "Permissions-Policy: "));
	assert_true(head_has(&a, "Cache-Control: no-store\r\n"));
	assert_true(head_get(&a, "Date", v, sizeof(v)));
	assert_true(head_get(&a, "X-Request-Id", v, sizeof(v)));
	assert_int_equal(strspn(v, "0123456789abcdef"), 16);
	assert_int_equal(strlen(v), 16);
}

static void
a_connection_serves_many_requests(void **state)
{
	int fd = dial(*state);

	for (int i = 0; i < 20; i++) {
		put(fd, "GET /hello HTTP/1.1\r\n" H "\r\n");
		take(fd, &a);
		assert_int_equal(a.status, 200);
		assert_string_equal(a.body, "hello");
	}
	put(fd, "GET /hello HTTP/1.1\r\n" H "Connection: close\r\n\r\n");
	take(fd, &a);
	assert_int_equal(a.status, 200);
	assert_true(at_end(fd));
	close(fd);
}

static void
pipelined_requests_are_answered_in_order(void **state)
{
	int fd = dial(*state);

	put(fd, "GET /item/1 HTTP/1.1\r\n" H "\r\nPOST /echo HTTP/1.1\r\n" H
	    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b"
	    "GET /item/3 HTTP/1.1\r\n" H "\r\nGET /item/4 HTTP/1.1\r\n" H "\r\n");
	take(fd, &a);
	assert_string_equal(a.body, "item 1");
	take(fd, &a);
	assert_non_null(strstr(a.body, "form a=b;"));
	take(fd, &a);
	assert_string_equal(a.body, "item 3");
	take(fd, &a);
	assert_string_equal(a.body, "item 4");
	close(fd);
}

static void
head_is_get_without_body(void **state)
{
	int fd = dial(*state);

	put(fd, "HEAD /hello HTTP/1.1\r\n" H "\r\nGET /hello HTTP/1.1\r\n" H "\r\n");
	take_head(fd, &a);
	assert_int_equal(a.status, 200);
	assert_true(head_has(&a, "Content-Length: 5\r\n"));
	take(fd, &a);
	assert_int_equal(a.status, 200);
	assert_string_equal(a.body, "hello");
	close(fd);
}

static void
unknown_addresses_and_methods(void **state)
{
	ask(*state, "GET /nowhere HTTP/1.1\r\n" H "\r\n", &a);
	assert_int_equal(a.status, 404);
	ask(*state, "POST /nowhere HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\nabc", &a);
	assert_int_equal(a.status, 404);
	ask(*state, "POST /hello HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\n", &a);
	assert_int_equal(a.status, 405);
	assert_true(head_has(&a, "Allow: GET, HEAD\r\n"));
	ask(*state, "PATCH /hello HTTP/1.1\r\n" H "\r\n", &a);
	assert_int_equal(a.status, 405);
	ask(*state, "GET /static/none.css HTTP/1.1\r\n" H "\r\n", &a);
	assert_int_equal(a.status, 404);
}

static void
redirects_stay_at_home(void **state)
{
	static const char *const away[] = { "//evil.example", "https://evil.example", "/%5Cevil.example", "evil",
		"/a%0d%0aSet-Cookie:x", "/%09/evil", "" };
	char request[256];

	ask(*state, "GET /go?to=/desk?a=1 HTTP/1.1\r\n" H "\r\n", &a);
	assert_int_equal(a.status, 303);
	assert_true(head_has(&a, "Location: /desk?a=1\r\n"));
	for (size_t i = 0; i < sizeof(away) / sizeof(away[0]); i++) {
		snprintf(request, sizeof(request), "GET /go?to=%s HTTP/1.1\r\n" H "\r\n", away[i]);
		ask(*state, request, &a);
		assert_int_equal(a.status, 500);
		assert_false(head_has(&a, "Location:"));
		assert_false(head_has(&a, "Set-Cookie"));
	}
}

static void
broken_addresses_are_refused_with_a_text(void **state)
{
	static const struct { const char *target, *text; } bad[] = {
		{ "/hello%2", "percent" }, { "/hello%zz", "percent" }, { "/a%00b", "NUL" }, { "/a%ff", "UTF-8" },
		{ "/hello?a=%f", "percent" }, { "/hello?a=%00", "NUL" }, { "/hello?a=%c0%80", "UTF-8" },
		{ "/hello?%ff=1", "UTF-8" }, { "/a%0ab", "ontrol" }, { "*", "malformed" },
	};
	char request[256];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		snprintf(request, sizeof(request), "GET %s HTTP/1.1\r\n" H "\r\n", bad[i].target);
		ask(*state, request, &a);
		assert_int_equal(a.status, 400);
		assert_non_null(strstr(a.body, bad[i].text));
	}
	ask(*state, "GET /item/%E4%BD%A0 HTTP/1.1\r\n" H "\r\n", &a);
	assert_int_equal(a.status, 200);
	assert_string_equal(a.body, "item 你");
}

static void
a_raw_nul_in_the_address_is_refused(void **state)
{
	static const char request[] = "GET /hello\0x HTTP/1.1\r\n" H "\r\n";
	int fd = dial(*state);

	put_bytes(fd, request, sizeof(request) - 1);
	take(fd, &a);
	assert_int_equal(a.status, 400);
	close(fd);
}

static void
contradicting_lengths_are_refused(void **state)
{
	static const char *const lengths[] = {
		"Content-Length: 3\r\nContent-Length: 4\r\n", "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
		"Transfer-Encoding: gzip\r\n", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
		"Host: y\r\n",
	};
	char request[512];

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		int fd = dial(*state);

		snprintf(request, sizeof(request), "POST /echo HTTP/1.1\r\n" H "%s\r\nabc", lengths[i]);
		put(fd, request);
		take(fd, &a);
		assert_int_equal(a.status, 400);
		assert_true(at_end(fd));
		close(fd);
	}
}

static void
form_fields_cookies_and_raw_bodies_arrive(void **state)
{
	ask(*state, "POST /echo?q=%E4%BD%A0+1&q=2 HTTP/1.1\r\n" H "Cookie: a=1; b=2\r\nCookie: c=3\r\n"
	    "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: 25\r\n\r\n"
	    "name=%E5%BC%A0%2B+x&bad=%", &a);
	assert_int_equal(a.status, 400);
	ask(*state, "POST /echo?q=%E4%BD%A0+1&q=2 HTTP/1.1\r\n" H "Cookie: a=1; b=2\r\nCookie: c=3\r\n"
	    "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: 27\r\n\r\n"
	    "name=%E5%BC%A0%2B+x&bad=%ff", &a);
	assert_int_equal(a.status, 200);
	assert_non_null(strstr(a.body, "query q=你 1;\nquery q=2;\nform name=张+ x;\nform bad=\xff;\n"));
	assert_non_null(strstr(a.body, "cookie a=1;\ncookie b=2;\ncookie c=3;\n"));
	ask(*state, "POST /json HTTP/1.1\r\n" H "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}", &a);
	assert_non_null(strstr(a.body, "body {\"a\":1};"));
	ask(*state, "POST /json HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n", &a);
	assert_non_null(strstr(a.body, "body abcdefg;"));
}

static void
only_256_fields_are_read(void **state)
{
	char request[4096];
	size_t n;

	for (int extra = 0; extra < 2; extra++) {
		n = (size_t)snprintf(request, sizeof(request), "GET /hello?");
		for (int i = 0; i < 256 + extra; i++)
			n += (size_t)snprintf(request + n, sizeof(request) - n, "a&");
		snprintf(request + n, sizeof(request) - n, " HTTP/1.1\r\n" H "\r\n");
		ask(*state, request, &a);
		assert_int_equal(a.status, extra ? 400 : 200);
	}
}

static void
forwarded_addresses_need_a_known_proxy(void **state)
{
	int fd;

	ask(*state, "POST /echo HTTP/1.1\r\n" H "Content-Length: 0\r\nX-Forwarded-For: 6.6.6.6\r\n"
	    "X-Forwarded-Proto: https\r\n\r\n", &a);
	assert_non_null(strstr(a.body, "peer 127.0.0.1;\nsecure 0;"));
	fd = dial_from(*state, "127.0.0.2");
	put(fd, "POST /echo HTTP/1.1\r\n" H "Content-Length: 0\r\nX-Forwarded-For: 6.6.6.6\r\n"
	    "X-Forwarded-For: 7.7.7.7, 10.0.0.9\r\nX-Forwarded-Proto: http, https\r\n\r\n");
	take(fd, &a);
	assert_non_null(strstr(a.body, "peer 7.7.7.7;\nsecure 1;"));
	close(fd);
}

static void
lengths_that_are_no_number_are_refused_by_the_library(void **state)
{
	ask(*state, "POST /echo HTTP/1.1\r\n" H "Content-Length: -1\r\n\r\n", &a);
	assert_int_equal(a.status, 400);
	ask(*state, "POST /echo HTTP/1.1\r\n" H "Content-Length: 0x3\r\n\r\n", &a);
	assert_int_equal(a.status, 400);
}

static void
a_request_names_its_host_and_has_no_blanks(void **state)
{
	ask(*state, "GET /hello HTTP/1.1\r\n\r\n", &a);
	assert_int_equal(a.status, 400);
	ask(*state, "GET /hello a HTTP/1.1\r\n" H "\r\n", &a);
	assert_int_equal(a.status, 400);
	ask(*state, "GET http://x/hello HTTP/1.1\r\n" H "\r\n", &a);
	assert_int_equal(a.status, 200);
	ask(*state, "GET /hello HTTP/1.0\r\n\r\n", &a);
	assert_int_equal(a.status, 200);
}

/* ---- sizes ------------------------------------------------------------------------------------ */

static int
sizes(void **state)
{
	return with(state, (struct http_limits){ .url_max = 100, .header_max = 1000, .headers_max = 8 }, 2);
}

static void
a_body_may_have_100_bytes(void **state)
{
	char request[1024], body[128];

	memset(body, 'x', sizeof(body));
	for (int n = 100; n <= 101; n++) {
		snprintf(request, sizeof(request), "POST /echo HTTP/1.1\r\n" H "Content-Length: %d\r\n\r\n%.*s", n, n, body);
		ask(*state, request, &a);
		assert_int_equal(a.status, n == 100 ? 200 : 413);
		snprintf(request, sizeof(request), "POST /echo HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n"
		    "%x\r\n%.*s\r\n0\r\n\r\n", n, n, body);
		ask(*state, request, &a);
		assert_int_equal(a.status, n == 100 ? 200 : 413);
	}
	assert_non_null(strstr(a.body, "at most 100 bytes"));
}

static void
a_declared_body_too_large_is_refused_unread(void **state)
{
	ask(*state, "POST /echo HTTP/1.1\r\n" H "Content-Length: 999999999\r\nExpect: 100-continue\r\n\r\n", &a);
	assert_int_equal(a.status, 413);
	ask(*state, "POST /json HTTP/1.1\r\n" H "Content-Length: 101\r\n\r\n", &a);
	assert_int_equal(a.status, 413);
	assert_true(head_has(&a, "Content-Type: application/problem+json"));
	assert_non_null(strstr(a.body, "\"status\":413"));
}

static void
the_refusal_reaches_who_is_still_sending(void **state)
{
	static char body[4 << 20];
	int fd = dial(*state);

	memset(body, 'x', sizeof(body));
	put(fd, "POST /echo HTTP/1.1\r\n" H "Content-Length: 4194304\r\n\r\n");
	put_bytes(fd, body, sizeof(body));
	take(fd, &a);
	assert_int_equal(a.status, 413);
	close(fd);
}

static void
an_address_may_have_100_bytes(void **state)
{
	char request[4096], path[9001];

	memset(path, 'x', sizeof(path));
	path[0] = '/';
	for (int n = 100; n <= 101; n++) {
		snprintf(request, sizeof(request), "GET %.*s HTTP/1.1\r\n" H "\r\n", n, path);
		ask(*state, request, &a);
		assert_int_equal(a.status, n == 100 ? 404 : 414);
	}
}

static void
a_header_has_bounds(void **state)
{
	char request[4096];
	size_t n;

	for (int extra = 0; extra < 2; extra++) {
		n = (size_t)snprintf(request, sizeof(request), "GET /hello HTTP/1.1\r\n" H);
		for (int i = 0; i < 7 + extra; i++)
			n += (size_t)snprintf(request + n, sizeof(request) - n, "A: b\r\n");
		snprintf(request + n, sizeof(request) - n, "\r\n");
		ask(*state, request, &a);
		assert_int_equal(a.status, extra ? 431 : 200);
		/* Host: x is 9 bytes, A: and the rest 4 + 1 */
		snprintf(request, sizeof(request), "GET /hello HTTP/1.1\r\n" H "A: %0*d\r\n\r\n", 986 + extra, 0);
		ask(*state, request, &a);
		assert_int_equal(a.status, extra ? 431 : 200);
	}
}

static void
a_header_far_too_large_is_refused_by_the_library(void **state)
{
	static char big[100000];
	int fd = dial(*state);

	memset(big, 'x', sizeof(big));
	put(fd, "GET /hello HTTP/1.1\r\n" H "A: ");
	put_bytes(fd, big, sizeof(big));
	take(fd, &a);
	assert_int_equal(a.status, 431);
	close(fd);
}

/* ---- what goes out ---------------------------------------------------------------------------- */

static void
unpack(char *out, size_t room, size_t *ret_n)
{
	z_stream z = { .next_in = (Bytef *)a.body, .avail_in = (uInt)a.n, .next_out = (Bytef *)out,
		.avail_out = (uInt)room };

	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	*ret_n = room - z.avail_out;
	inflateEnd(&z);
}

static void
pages_are_packed_when_asked(void **state)
{
	static char page[8192];
	size_t n;

	ask(*state, "GET /big HTTP/1.1\r\n" H "Accept-Encoding: br, gzip\r\n\r\n", &a);
	assert_int_equal(a.status, 200);
	assert_true(head_has(&a, "Content-Encoding: gzip\r\n") && head_has(&a, "Vary: Accept-Encoding\r\n"));
	assert_true(a.n < 1000);
	unpack(page, sizeof(page), &n);
	assert_int_equal(n, 5000);
	assert_memory_equal(page, "01234567890123", 14);
	ask(*state, "GET /big HTTP/1.1\r\n" H "Accept-Encoding: gzip;q=0\r\n\r\n", &a);
	assert_int_equal(a.n, 5000);
	assert_true(head_has(&a, "Vary: Accept-Encoding\r\n"));
	ask(*state, "GET /hello HTTP/1.1\r\n" H "Accept-Encoding: gzip\r\n\r\n", &a);
	assert_false(head_has(&a, "Content-Encoding"));
}

static void
embedded_files_are_negotiated(void **state)
{
	ask(*state, "GET /asset HTTP/1.1\r\n" H "\r\n", &a);
	assert_string_equal(a.body, "0123456789");
	assert_true(head_has(&a, "Cache-Control: public, max-age=31536000, immutable\r\n"));
	assert_false(head_has(&a, "no-store"));
	assert_true(head_has(&a, "ETag: \"aa\"\r\n"));
	ask(*state, "GET /asset HTTP/1.1\r\n" H "Accept-Encoding: gzip, br\r\n\r\n", &a);
	assert_string_equal(a.body, "BRR");
	assert_true(head_has(&a, "Content-Encoding: br\r\n") && head_has(&a, "ETag: \"aa-br\"\r\n"));
	ask(*state, "GET /asset HTTP/1.1\r\n" H "Accept-Encoding: gzip, br;q=0\r\n\r\n", &a);
	assert_string_equal(a.body, "GZ");
	ask(*state, "GET /asset HTTP/1.1\r\n" H "If-None-Match: \"x\", \"aa\"\r\n\r\n", &a);
	assert_int_equal(a.status, 304);
	assert_true(head_has(&a, "ETag: \"aa\"\r\n"));
}

static void
ranges_are_cut_from_the_raw_file(void **state)
{
	ask(*state, "GET /asset HTTP/1.1\r\n" H "Range: bytes=2-4\r\nAccept-Encoding: br\r\n\r\n", &a);
	assert_int_equal(a.status, 206);
	assert_string_equal(a.body, "234");
	assert_true(head_has(&a, "Content-Range: bytes 2-4/10\r\n"));
	ask(*state, "GET /asset HTTP/1.1\r\n" H "Range: bytes=-3\r\n\r\n", &a);
	assert_string_equal(a.body, "789");
	ask(*state, "GET /asset HTTP/1.1\r\n" H "Range: bytes=9-\r\n\r\n", &a);
	assert_string_equal(a.body, "9");
	ask(*state, "GET /asset HTTP/1.1\r\n" H "Range: bytes=10-\r\n\r\n", &a);
	assert_int_equal(a.status, 416);
	assert_true(head_has(&a, "Content-Range: bytes */10\r\n"));
	ask(*state, "GET /asset HTTP/1.1\r\n" H "Range: bytes=2-4\r\nIf-Range: \"other\"\r\n\r\n", &a);
	assert_int_equal(a.status, 200);
	assert_int_equal(a.n, 10);
}

#define T(name, set) cmocka_unit_test_setup_teardown(name, set, stop)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_page_comes_with_its_headers, plain),
		T(a_connection_serves_many_requests, plain),
		T(pipelined_requests_are_answered_in_order, plain),
		T(head_is_get_without_body, plain), T(unknown_addresses_and_methods, plain),
		T(redirects_stay_at_home, plain),
		T(broken_addresses_are_refused_with_a_text, plain),
		T(a_raw_nul_in_the_address_is_refused, plain),
		T(contradicting_lengths_are_refused, plain),
		T(form_fields_cookies_and_raw_bodies_arrive, plain),
		T(only_256_fields_are_read, plain),
		T(forwarded_addresses_need_a_known_proxy, plain),
		T(lengths_that_are_no_number_are_refused_by_the_library, plain),
		T(a_request_names_its_host_and_has_no_blanks, plain),
		T(a_body_may_have_100_bytes, sizes),
		T(a_declared_body_too_large_is_refused_unread, sizes),
		T(the_refusal_reaches_who_is_still_sending, sizes),
		T(an_address_may_have_100_bytes, sizes), T(a_header_has_bounds, sizes),
		T(a_header_far_too_large_is_refused_by_the_library, sizes),
		T(pages_are_packed_when_asked, plain), T(embedded_files_are_negotiated, plain),
		T(ranges_are_cut_from_the_raw_file, plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
