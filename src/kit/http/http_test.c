#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "kit/http/http_inner.h"

static bool
same(struct text t, const char *s)
{
	return text_equals(t, text_of(s));
}

/* ---- routes ----------------------------------------------------------------------------------- */

static const struct route first[] = {
	{ .method = HTTP_GET, .path = "/", .right = 1 },
	{ .method = HTTP_GET, .path = "/desk/{id}", .right = 1 },
	{ .method = HTTP_GET, .path = "/desk/{id}/{part}", .right = 1 },
	{ .method = HTTP_GET, .path = "/desk/{id}/notes", .right = 1 },
	{ .method = HTTP_POST, .path = "/desk/{id}", .right = 1 },
};
static const struct route second[] = {
	{ .method = HTTP_GET, .path = "/desk/new", .right = 1 },
	{ .method = HTTP_GET, .path = "/{a}/new", .right = 1 },
	{ .method = HTTP_DELETE, .path = "/only/delete", .right = 1 },
};
static const struct route_set sets[] = { { first, 5 }, { second, 3 } };

struct found { const char *path; int status; size_t n; struct param segments[HTTP_SEGMENTS_MAX]; };

static struct found
find(enum http_method m, const char *path)
{
	struct found f = { .path = NULL };
	const struct route *r = http_match(sets, 2, m, text_of(path), f.segments, &f.n, &f.status);

	f.path = r == NULL ? NULL : r->path;
	return f;
}

static void
routes_are_found(void **state)
{
	struct found f;

	(void)state;
	assert_string_equal(find(HTTP_GET, "/").path, "/");
	f = find(HTTP_GET, "/desk/42");
	assert_string_equal(f.path, "/desk/{id}");
	assert_int_equal(f.n, 1);
	assert_true(same(f.segments[0].name, "id") && same(f.segments[0].value, "42"));
	f = find(HTTP_GET, "/desk/42/file");
	assert_int_equal(f.n, 2);
	assert_true(same(f.segments[1].name, "part") && same(f.segments[1].value, "file"));
	assert_string_equal(find(HTTP_HEAD, "/desk/42").path, "/desk/{id}");
}

static void
a_literal_beats_a_name(void **state)
{
	(void)state;
	assert_string_equal(find(HTTP_GET, "/desk/new").path, "/desk/new");
	assert_string_equal(find(HTTP_GET, "/desk/42/notes").path, "/desk/{id}/notes");
	assert_string_equal(find(HTTP_GET, "/other/new").path, "/{a}/new");
}

static void
what_is_not_there_is_told_apart(void **state)
{
	char allow[64];

	(void)state;
	assert_int_equal(find(HTTP_GET, "/nothing").status, 404);
	assert_int_equal(find(HTTP_GET, "/desk").status, 404);
	assert_int_equal(find(HTTP_GET, "/desk/").status, 404);
	assert_int_equal(find(HTTP_GET, "/desk/42/").status, 404);
	assert_int_equal(find(HTTP_GET, "/desk/1/2/3").status, 404);
	assert_int_equal(find(HTTP_GET, "desk/1").status, 404);
	assert_int_equal(find(HTTP_GET, "").status, 404);
	assert_int_equal(find(HTTP_DELETE, "/desk/42").status, 405);
	assert_int_equal(find(HTTP_HEAD, "/only/delete").status, 405);
	assert_int_equal(find(HTTP_OTHER, "/").status, 405);
	assert_true(same(http_allow(sets, 2, TEXT("/desk/42"), allow), "GET, HEAD, POST"));
	assert_true(same(http_allow(sets, 2, TEXT("/only/delete"), allow), "DELETE"));
	assert_true(same(http_allow(sets, 2, TEXT("/none/at/all/x"), allow), ""));
}

static void
a_segment_reads_as_an_id(void **state)
{
	static const struct { const char *value; enum rc rc; } cases[] = {
		{ "0", RC_OK }, { "9223372036854775807", RC_OK }, { "9223372036854775808", RC_NOT_FOUND },
		{ "-1", RC_NOT_FOUND }, { "+1", RC_NOT_FOUND }, { "1x", RC_NOT_FOUND }, { "", RC_NOT_FOUND },
	};
	struct exchange x = { .n_segments = 1 };
	int64_t id;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		x.segments[0] = (struct param){ TEXT("id"), text_of(cases[i].value) };
		assert_int_equal(http_segment_id(&x, "id", &id), cases[i].rc);
	}
	assert_int_equal(http_segment_id(&x, "other", &id), RC_NOT_FOUND);
	assert_true(text_is_empty(http_segment(&x, "other")));
}

/* ---- what comes in ---------------------------------------------------------------------------- */

static void
percent_encoding_is_strict(void **state)
{
	static const struct { const char *in, *out; } good[] = {
		{ "", "" }, { "a%20b", "a b" }, { "%e4%BD%a0", "你" }, { "a+b", "a b" }, { "%2B", "+" }, { "%25", "%" },
	};
	static const char *const bad[] = { "%", "%2", "a%", "%zz", "%2g", "%%20", "%-1", "% 1" };
	char out[64];
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(decode_percent(text_of(good[i].in), true, out, &n));
		assert_true(same((struct text){ out, n }, good[i].out));
	}
	assert_true(decode_percent(TEXT("a+b"), false, out, &n));
	assert_true(same((struct text){ out, n }, "a+b"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(decode_percent(text_of(bad[i]), true, out, &n));
}

static void
fields_are_read_in_order(void **state)
{
	struct arena *a = arena_create(1 << 16);
	struct params p;

	(void)state;
	assert_int_equal(decode_params(TEXT("a=1&&b&c=x=y&a=2&=z&"), true, a, &p), DECODE_FINE);
	assert_int_equal(p.n, 5);
	assert_true(same(p.v[0].name, "a") && same(p.v[0].value, "1"));
	assert_true(same(p.v[1].name, "b") && same(p.v[1].value, ""));
	assert_true(same(p.v[2].name, "c") && same(p.v[2].value, "x=y"));
	assert_true(same(p.v[3].value, "2"));
	assert_true(same(p.v[4].name, "") && same(p.v[4].value, "z"));
	assert_int_equal(decode_params(TEXT_NONE, true, a, &p), DECODE_FINE);
	assert_int_equal(p.n, 0);
	arena_free(a);
}

static void
field_faults_are_named(void **state)
{
	static const struct { const char *in; enum decode_fault strict, loose; } cases[] = {
		{ "a=%ff", DECODE_UTF8, DECODE_FINE }, { "a=%00", DECODE_NUL, DECODE_FINE },
		{ "a=x%00%01", DECODE_NUL, DECODE_FINE }, { "a=%01%ff", DECODE_UTF8, DECODE_FINE },
		{ "a=%01", DECODE_FINE, DECODE_FINE }, { "a=%E2%80%AE", DECODE_FINE, DECODE_FINE },
		{ "a=%EF%BF%BD", DECODE_FINE, DECODE_FINE }, { "a=%0d%0a", DECODE_FINE, DECODE_FINE },
		{ "%ff=a", DECODE_UTF8, DECODE_UTF8 }, { "%00=a", DECODE_NUL, DECODE_NUL },
		{ "%01=a", DECODE_CONTROL, DECODE_CONTROL }, { "a%=1", DECODE_PERCENT, DECODE_PERCENT },
		{ "a=%4", DECODE_PERCENT, DECODE_PERCENT },
	};
	struct arena *a = arena_create(1 << 16);
	struct params p;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(decode_params(text_of(cases[i].in), true, a, &p), cases[i].strict);
		assert_int_equal(decode_params(text_of(cases[i].in), false, a, &p), cases[i].loose);
	}
	arena_free(a);
}

static void
fields_are_bounded(void **state)
{
	struct arena *a = arena_create(1 << 16), *small = arena_create(64);
	struct params p;
	char in[1024];

	(void)state;
	for (size_t i = 0; i < 257; i++)
		memcpy(in + 2 * i, "a&", 2);
	assert_int_equal(decode_params((struct text){ in, 512 }, true, a, &p), DECODE_FINE);
	assert_int_equal(p.n, 256);
	assert_int_equal(decode_params((struct text){ in, 514 }, true, a, &p), DECODE_TOO_MANY);
	assert_int_equal(decode_params((struct text){ in, 512 }, true, small, &p), DECODE_NO_MEMORY);
	arena_free(a);
	arena_free(small);
}

static void
cookies_that_are_not_clean_are_left_out(void **state)
{
	struct arena *a = arena_create(1 << 16);
	struct params p;

	(void)state;
	assert_int_equal(decode_cookies(TEXT(" a=1;b=2 ; bad=\"x\";c=\xff;=no; d=a=b;e"), a, &p), DECODE_FINE);
	assert_int_equal(p.n, 4);
	assert_true(same(p.v[0].name, "a") && same(p.v[0].value, "1"));
	assert_true(same(p.v[1].name, "b") && same(p.v[1].value, "2"));
	assert_true(same(p.v[2].name, "d") && same(p.v[2].value, "a=b"));
	assert_true(same(p.v[3].name, "e") && same(p.v[3].value, ""));
	arena_free(a);
}

static void
the_peer_is_the_last_address_not_ours(void **state)
{
	static const struct text ours[] = { TEXT_INIT("10.0.0.1"), TEXT_INIT("10.0.0.2"), TEXT_INIT("::1") };
	static const struct { const char *direct, *forwarded, *peer; } cases[] = {
		{ "9.9.9.9", "6.6.6.6", "9.9.9.9" }, { "10.0.0.1", "", "10.0.0.1" },
		{ "10.0.0.1", "6.6.6.6", "6.6.6.6" }, { "10.0.0.1", "1.1.1.1, 6.6.6.6", "6.6.6.6" },
		{ "10.0.0.1", "1.1.1.1,6.6.6.6 , 10.0.0.2", "6.6.6.6" }, { "10.0.0.1", "10.0.0.2", "10.0.0.2" },
		{ "10.0.0.1", "6.6.6.6, junk", "10.0.0.1" }, { "10.0.0.1", "6.6.6.6, junk, 10.0.0.2", "10.0.0.2" },
		{ "::1", "2001:db8::7", "2001:db8::7" }, { "10.0.0.1", "6.6.6.6,", "10.0.0.1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_true(same(peer_of(text_of(cases[i].direct), text_of(cases[i].forwarded), ours, 3), cases[i].peer));
}

/* ---- what goes out ---------------------------------------------------------------------------- */

static void
encodings_are_picked(void **state)
{
	static const struct { const char *accept; enum encoding both, gzip; } cases[] = {
		{ "", ENCODING_RAW, ENCODING_RAW }, { "gzip", ENCODING_GZIP, ENCODING_GZIP },
		{ "gzip, deflate, br", ENCODING_BR, ENCODING_GZIP }, { "br;q=0, gzip", ENCODING_GZIP, ENCODING_GZIP },
		{ "gzip;q=0", ENCODING_RAW, ENCODING_RAW }, { "gzip;q=0.0", ENCODING_RAW, ENCODING_RAW },
		{ "gzip; q=0.001", ENCODING_GZIP, ENCODING_GZIP }, { "gzip;q=1.0, br;q=0.5", ENCODING_GZIP, ENCODING_GZIP },
		{ "*", ENCODING_BR, ENCODING_GZIP }, { "*;q=0", ENCODING_RAW, ENCODING_RAW },
		{ "gzip;q=0, *", ENCODING_BR, ENCODING_RAW }, { "GZip", ENCODING_GZIP, ENCODING_GZIP },
		{ "gzip;q=x", ENCODING_RAW, ENCODING_RAW }, { "gzip;q=2", ENCODING_RAW, ENCODING_RAW },
		{ "gzipped, bro", ENCODING_RAW, ENCODING_RAW }, { ",, ;, gzip", ENCODING_GZIP, ENCODING_GZIP },
		{ "identity", ENCODING_RAW, ENCODING_RAW },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(encoding_pick(text_of(cases[i].accept), true, true), cases[i].both);
		assert_int_equal(encoding_pick(text_of(cases[i].accept), true, false), cases[i].gzip);
		assert_int_equal(encoding_pick(text_of(cases[i].accept), false, false), ENCODING_RAW);
	}
}

static void
ranges_are_read(void **state)
{
	static const struct { const char *header; enum range r; size_t from, n; } cases[] = {
		{ "bytes=0-0", RANGE_PART, 0, 1 }, { "bytes=0-9", RANGE_PART, 0, 10 }, { "bytes=0-10", RANGE_PART, 0, 10 },
		{ "bytes=9-", RANGE_PART, 9, 1 }, { "bytes=10-", RANGE_BAD, 0, 0 }, { "bytes=10-12", RANGE_BAD, 0, 0 },
		{ "bytes=-1", RANGE_PART, 9, 1 }, { "bytes=-10", RANGE_PART, 0, 10 }, { "bytes=-11", RANGE_PART, 0, 10 },
		{ "bytes=-0", RANGE_BAD, 0, 0 }, { "bytes=5-4", RANGE_ALL, 0, 0 }, { "bytes=0-1,3-4", RANGE_ALL, 0, 0 },
		{ "lines=0-1", RANGE_ALL, 0, 0 }, { "bytes=", RANGE_ALL, 0, 0 }, { "bytes=-", RANGE_ALL, 0, 0 },
		{ "bytes=a-b", RANGE_ALL, 0, 0 }, { "bytes=1", RANGE_ALL, 0, 0 }, { "", RANGE_ALL, 0, 0 },
		{ "bytes=+1-2", RANGE_ALL, 0, 0 }, { "bytes=-+2", RANGE_ALL, 0, 0 }, { "bytes=1-+2", RANGE_ALL, 0, 0 }, { "bytes=--2", RANGE_ALL, 0, 0 },
		{ "bytes=0-99999999999999999999", RANGE_ALL, 0, 0 }, { "bytes=0-9223372036854775807", RANGE_PART, 0, 10 },
		{ "bytes=-9223372036854775807", RANGE_PART, 0, 10 }, { "Bytes=1-2", RANGE_PART, 1, 2 },
	};
	size_t from, n;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(range_parse(text_of(cases[i].header), 10, &from, &n), cases[i].r);
		if (cases[i].r == RANGE_PART) {
			assert_int_equal(from, cases[i].from);
			assert_int_equal(n, cases[i].n);
		}
	}
	assert_int_equal(range_parse(TEXT("bytes=-5"), 0, &from, &n), RANGE_BAD);
	assert_int_equal(range_parse(TEXT("bytes=0-"), 0, &from, &n), RANGE_BAD);
}

static void
etags_are_compared(void **state)
{
	(void)state;
	assert_true(etag_matches(TEXT("\"a\""), TEXT("\"a\"")));
	assert_true(etag_matches(TEXT("\"b\" , W/\"a\""), TEXT("\"a\"")));
	assert_true(etag_matches(TEXT("*"), TEXT("\"a\"")));
	assert_false(etag_matches(TEXT("\"ab\""), TEXT("\"a\"")));
	assert_false(etag_matches(TEXT_NONE, TEXT("\"a\"")));
}

static void
redirects_lead_nowhere_else(void **state)
{
	static const char *const ours[] = { "/", "/desk", "/desk?a=%2F%2Fx#y", "/a//b" };
	static const char *const away[] = { "", "//x", "/\\x", "http://x", "x", "/a\\b", "/a\r\nb", "/a\tb", "/ a",
		"/a\x7f", "/你", "\t/x" };

	(void)state;
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		assert_true(http_path_is_ours(text_of(ours[i])));
	for (size_t i = 0; i < sizeof(away) / sizeof(away[0]); i++)
		assert_false(http_path_is_ours(text_of(away[i])));
}

static void
headers_are_kept_clean(void **state)
{
	struct http_response r = { .status = 200 };

	(void)state;
	http_header(&r, "A", TEXT("x\r\nSet-Cookie: y"));
	http_header(&r, "A", (struct text){ "a\0b", 3 });
	assert_int_equal(r.n_headers, 0);
	for (int i = 0; i < 17; i++)
		http_header(&r, "A", TEXT("b"));
	assert_int_equal(r.n_headers, 16);
}

static void
every_result_has_a_status(void **state)
{
	(void)state;
	for (int rc = 0; rc < RC_COUNT; rc++) {
		int status = http_status_of((enum rc)rc);

		assert_true(status >= 200 && status < 600);
		assert_string_not_equal(http_reason(status), "Status");
	}
	assert_int_equal(http_status_of(RC_NOT_FOUND), 404);
	assert_int_equal(http_status_of(RC_UNKNOWN), 503);
}

static void
a_problem_is_json(void **state)
{
	struct arena *mem = arena_create(1 << 16);
	struct ctx ctx = { .mem = mem, .lang = LANG_ZH };
	struct http_response out = { .status = 200 };
	struct exchange x = { .ctx = &ctx, .out = &out };
	struct findings f = { .n = 0 };

	(void)state;
	buf_init(&out.body, 1 << 16);
	http_problem(&x, 404, NULL, NULL);
	assert_true(same(buf_text(&out.body), "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404}"));
	findings_add(&f, "name", "最多 %lld 个字", 5);
	findings_add(&f, "", "不要\"这样\"", 0);
	http_problem(&x, 422, "a\n\"b\"", &f);
	assert_true(same(buf_text(&out.body), "{\"type\":\"about:blank\",\"title\":\"a\\u000a\\\"b\\\"\",\"status\":422,\"errors\":["
	    "{\"field\":\"name\",\"message\":\"最多 5 个字\",\"bound\":5},{\"field\":\"\",\"message\":\"不要\\\"这样\\\"\"}]}"));
	assert_string_equal(out.type, "application/problem+json");
	assert_int_equal(out.status, 422);
	buf_free(&out.body);
	arena_free(mem);
}

static void
embedded_files_are_found(void **state)
{
	static const struct asset v[] = { { .path = "/static/a" }, { .path = "/static/b" }, { .path = "/static/c" } };

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_ptr_equal(asset_find(v, 3, text_of(v[i].path)), &v[i]);
	assert_null(asset_find(v, 3, TEXT("/static/")));
	assert_null(asset_find(v, 3, TEXT("/static/d")));
	assert_null(asset_find(v, 0, TEXT("/static/a")));
	for (size_t i = 0; i < assets_n; i++) {
		assert_ptr_equal(asset_by_path(text_of(assets[i].path)), &assets[i]);
		assert_string_equal(asset_path(assets[i].name), assets[i].path);
		assert_true(assets[i].raw_n > 0 && strlen(assets[i].hash) == 16);
	}
	assert_null(asset_path("none"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(routes_are_found), cmocka_unit_test(a_literal_beats_a_name),
		cmocka_unit_test(what_is_not_there_is_told_apart), cmocka_unit_test(a_segment_reads_as_an_id),
		cmocka_unit_test(percent_encoding_is_strict), cmocka_unit_test(fields_are_read_in_order),
		cmocka_unit_test(field_faults_are_named), cmocka_unit_test(fields_are_bounded),
		cmocka_unit_test(cookies_that_are_not_clean_are_left_out),
		cmocka_unit_test(the_peer_is_the_last_address_not_ours), cmocka_unit_test(encodings_are_picked),
		cmocka_unit_test(ranges_are_read), cmocka_unit_test(etags_are_compared),
		cmocka_unit_test(redirects_lead_nowhere_else), cmocka_unit_test(headers_are_kept_clean),
		cmocka_unit_test(every_result_has_a_status), cmocka_unit_test(a_problem_is_json),
		cmocka_unit_test(embedded_files_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
