#include "kit/http/live_kit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* ---- uploads ---------------------------------------------------------------------------------- */

#define SHA_ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void
post_parts(struct live *l, const char *path, const char *parts)
{
	static char request[LIVE_BYTES];

	snprintf(request, sizeof(request), "POST %s HTTP/1.1\r\n" H "Content-Type: multipart/form-data; boundary=BB\r\n"
	    "Content-Length: %zu\r\n\r\n%s", path, strlen(parts), parts);
	ask(l, request, &a);
}

#define FIELD(name, value) "--BB\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(name, file, value) "--BB\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file \
	"\"\r\nContent-Type: image/png\r\n\r\n" value "\r\n"

static void
an_uploaded_file_is_hashed_and_removed(void **state)
{
	post_parts(*state, "/upload", FIELD("title", "借条") FIELD("empty", "") FILE_PART("f", "a.png", "abc")
	    FILE_PART("none", "", "") FILE_PART("zero", "z.png", "") FIELD("last", "1") "--BB--\r\n");
	assert_int_equal(a.status, 200);
	assert_non_null(strstr(a.body, "form title=借条;\nform empty=;\nform last=1;\n"));
	assert_non_null(strstr(a.body, "file f name a.png type image/png size 3 sha " SHA_ABC ";"));
	assert_non_null(strstr(a.body, "file zero name z.png type image/png size 0"));
	assert_null(strstr(a.body, "file none"));
	assert_int_equal(live_files(*state), 0);
}

static void
a_file_taken_stays_and_is_private(void **state)
{
	char path[128], content[16] = "", *at;
	struct stat st;
	FILE *f;

	post_parts(*state, "/upload", FIELD("keep", "1") FILE_PART("f", "a.png", "abc") "--BB--\r\n");
	assert_int_equal(a.status, 200);
	at = strstr(a.body, "kept ");
	assert_non_null(at);
	snprintf(path, sizeof(path), "%.*s", (int)strcspn(at + 5, ";"), at + 5);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_int_equal(fread(content, 1, sizeof(content), f), 3);
	fclose(f);
	assert_string_equal(content, "abc");
	assert_int_equal(live_files(*state), 1);
	unlink(path);
}

static void
a_large_file_comes_in_pieces(void **state)
{
	static char parts[120000];
	size_t n = (size_t)snprintf(parts, sizeof(parts), "--BB\r\nContent-Disposition: form-data; name=\"f\"; "
	    "filename=\"a.txt\"\r\n\r\n");

	memset(parts + n, 'a', 90000);
	snprintf(parts + n + 90000, sizeof(parts) - n - 90000, "\r\n--BB--\r\n");
	post_parts(*state, "/upload", parts);
	assert_int_equal(a.status, 200);
	/* python3 -c "import hashlib; print(hashlib.sha256(b'a' * 90000).hexdigest())" */
	assert_non_null(strstr(a.body, "size 90000 sha "
	    "47180911766626374a07d901e0826e2ed1233440038889d12446ea1657fff01c"));
}

static void
an_upload_past_the_bound_leaves_no_file(void **state)
{
	static char request[300000];
	size_t n = (size_t)snprintf(request, sizeof(request), "POST /upload HTTP/1.1\r\n" H
	    "Content-Type: multipart/form-data; boundary=BB\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n"
	    "--BB\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\n", 200000);
	int fd = dial(*state);

	memset(request + n, 'a', 250000);
	put_bytes(fd, request, n + 250000);
	take(fd, &a);
	assert_int_equal(a.status, 413);
	assert_true(at_end(fd));
	close(fd);
	live_await_files(*state, 0);
}

static void
bad_multipart_is_refused(void **state)
{
	post_parts(*state, "/upload", FIELD("a", "1") FILE_PART("f", "a.png", "abc") "--BB");
	assert_int_equal(a.status, 400);
	post_parts(*state, "/upload", FIELD("a\xff", "1") "--BB--\r\n");
	assert_int_equal(a.status, 400);
	post_parts(*state, "/echo", FIELD("a", "1") "--BB--\r\n");
	assert_int_equal(a.status, 200);
	assert_non_null(strstr(a.body, "form a=1;"));
	post_parts(*state, "/json", FILE_PART("f", "a", "x") "--BB--\r\n");
	assert_int_equal(a.status, 415);
	ask(*state, "POST /upload HTTP/1.1\r\n" H "Content-Type: multipart/form-data\r\nContent-Length: 1\r\n\r\nx", &a);
	assert_int_equal(a.status, 400);
	live_await_files(*state, 0);
}

/* ---- deadlines -------------------------------------------------------------------------------- */

static int
hurried(void **state)
{
	return with(state, (struct http_limits){ .header_ms = 300, .body_ms = 300, .idle_ms = 300,
		.connections_per_peer = 3 }, 2);
}

static int64_t
deadlines(struct live *l)
{
	struct http_counters n;

	http_counters_read(l->server, &n);
	return n.deadlines;
}

static void
drip(int fd, const char *first, const char *piece)
{
	put(fd, first);
	for (int i = 0; i < 100; i++) {
		put(fd, piece);
		usleep(20000);
	}
}

static void
a_dripping_header_is_cut(void **state)
{
	int64_t before = deadlines(*state);
	int fd = dial(*state);

	drip(fd, "GET /hello HTTP/1.1\r\n" H, "A: b\r\n");
	take(fd, &a);
	assert_true(a.status == 408 || a.status == 0);
	assert_true(at_end(fd));
	close(fd);
	fd = dial(*state);
	drip(fd, "G", "E"); /* not even a request line */
	assert_true(at_end(fd));
	close(fd);
	assert_true(deadlines(*state) >= before + 2);
}

static void
a_dripping_body_is_cut(void **state)
{
	int64_t before = deadlines(*state);
	int fd = dial(*state);

	drip(fd, "POST /upload HTTP/1.1\r\n" H "Content-Length: 90000\r\n"
	    "Content-Type: multipart/form-data; boundary=BB\r\n\r\n"
	    "--BB\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\n", "x");
	take(fd, &a);
	assert_true(a.status == 408 || a.status == 0);
	assert_true(at_end(fd));
	close(fd);
	assert_true(deadlines(*state) >= before + 1);
	live_await_files(*state, 0);
}

static void
an_idle_connection_is_closed(void **state)
{
	int fd = dial(*state);

	put(fd, "GET /hello HTTP/1.1\r\n" H "\r\n");
	take(fd, &a);
	assert_int_equal(a.status, 200);
	assert_true(at_end(fd));
	close(fd);
}

static void
a_slow_handler_is_no_slow_client(void **state)
{
	int fd = dial(*state);

	put(fd, "GET /slow HTTP/1.1\r\n" H "\r\n");
	live_await_slow(1);
	usleep(900000); /* three times every deadline */
	live_release();
	take(fd, &a);
	assert_int_equal(a.status, 200);
	close(fd);
}

static void
a_peer_has_three_connections(void **state)
{
	struct http_counters n;
	int fd[4], proxy[5];

	for (int i = 0; i < 3; i++) {
		fd[i] = dial(*state);
		put(fd[i], "GET /hello HTTP/1.1\r\n" H "\r\n");
		take(fd[i], &a);
		assert_int_equal(a.status, 200);
	}
	fd[3] = dial(*state);
	assert_true(at_end(fd[3]));
	http_counters_read(((struct live *)*state)->server, &n);
	assert_int_equal(n.connections_refused, 1);
	for (int i = 0; i < 5; i++) { /* a proxy stands for many people */
		proxy[i] = dial_from(*state, "127.0.0.2");
		put(proxy[i], "GET /hello HTTP/1.1\r\n" H "\r\n");
		take(proxy[i], &a);
		assert_int_equal(a.status, 200);
	}
	for (int i = 0; i < 5; i++)
		close(proxy[i]);
	for (int i = 0; i < 4; i++)
		close(fd[i]);
}

/* ---- load and end ----------------------------------------------------------------------------- */

static int
narrow(void **state)
{
	return with(state, (struct http_limits){ .queue = 1 }, 1);
}

static void
a_full_queue_says_so_at_once(void **state)
{
	struct live *l = *state;
	struct http_counters n;
	int fd[3];

	fd[0] = dial(l);
	put(fd[0], "GET /slow HTTP/1.1\r\n" H "\r\n");
	live_await_slow(1);
	fd[1] = dial(l);
	put(fd[1], "GET /slow HTTP/1.1\r\n" H "\r\n");
	do
		http_counters_read(l->server, &n);
	while (n.queued < 1);
	fd[2] = dial(l);
	put(fd[2], "GET /hello HTTP/1.1\r\n" H "\r\n");
	take(fd[2], &a);
	assert_int_equal(a.status, 503);
	assert_true(head_has(&a, "Retry-After: "));
	live_release();
	take(fd[0], &a);
	assert_int_equal(a.status, 200);
	take(fd[1], &a);
	assert_int_equal(a.status, 200);
	put(fd[2], "GET /hello HTTP/1.1\r\n" H "\r\n");
	take(fd[2], &a);
	assert_int_equal(a.status, 200);
	for (int i = 0; i < 3; i++)
		close(fd[i]);
}

static void *
drain_run(void *arg)
{
	struct live *l = arg;

	return http_drain(l->server, 20000) ? l : NULL;
}

static void
draining_finishes_what_is_under_way(void **state)
{
	struct live *l = *state;
	pthread_t drain;
	void *quiet;
	int slow = dial(l), idle = dial(l), stream = dial(l), late;

	put(idle, "GET /hello HTTP/1.1\r\n" H "\r\n");
	take(idle, &a);
	put(stream, "GET /live HTTP/1.1\r\n" H "\r\n");
	assert_true(take_until(stream, "retry: 3000"));
	put(slow, "GET /slow HTTP/1.1\r\n" H "\r\n");
	live_await_slow(1);
	assert_int_equal(pthread_create(&drain, NULL, drain_run, l), 0);
	assert_true(at_end(idle));
	assert_false(take_until(stream, "never"));
	late = dial(l);
	assert_true(late < 0);
	live_release();
	take(slow, &a);
	assert_int_equal(a.status, 200);
	assert_string_equal(a.body, "slow");
	assert_true(head_has(&a, "Connection: close"));
	pthread_join(drain, &quiet);
	assert_non_null(quiet);
	close(slow);
	close(idle);
	close(stream);
}

static void
draining_gives_up_at_its_deadline(void **state)
{
	struct live *l = *state;
	int slow = dial(l);

	put(slow, "GET /slow HTTP/1.1\r\n" H "\r\n");
	live_await_slow(1);
	assert_false(http_drain(l->server, 50));
	live_release();
	close(slow);
}

/* ---- live pages ------------------------------------------------------------------------------- */

static int
beating(void **state)
{
	return with(state, (struct http_limits){ .beat_ms = 100, .listeners = 2 }, 2);
}

static void
events_and_heartbeats_arrive(void **state)
{
	struct live *l = *state;
	int fd = dial(l);

	put(fd, "GET /live HTTP/1.1\r\n" H "\r\n");
	take_head(fd, &a);
	assert_int_equal(a.status, 200);
	assert_true(head_has(&a, "Content-Type: text/event-stream"));
	assert_true(take_until(fd, "retry: 3000\n\n"));
	for (int i = 0; i < 50; i++) {
		sse_send(http_hub(l->server), TEXT("other"), "no", TEXT("no"));
		sse_send(http_hub(l->server), TEXT("t"), "row", TEXT("line 1\nline 2"));
		assert_true(take_until(fd, "event: row\ndata: line 1\ndata: line 2\n\n"));
	}
	for (int i = 0; i < 5; i++)
		assert_true(take_until(fd, ": beat\n\n"));
	sse_send(http_hub(l->server), TEXT("t"), "row", TEXT("after"));
	assert_true(take_until(fd, "data: after\n\n"));
	close(fd);
}

static void
listeners_are_bounded_and_given_back(void **state)
{
	struct live *l = *state;
	struct http_counters n;
	int fd[2];

	for (int i = 0; i < 2; i++) {
		fd[i] = dial(l);
		put(fd[i], "GET /live HTTP/1.1\r\n" H "\r\n");
		assert_true(take_until(fd[i], "retry"));
	}
	ask(l, "GET /live HTTP/1.1\r\n" H "\r\n", &a);
	assert_int_equal(a.status, 503);
	close(fd[0]);
	close(fd[1]);
	do {
		usleep(10000);
		http_counters_read(l->server, &n);
	} while (n.listeners > 0); /* the heartbeat finds that they are gone */
	fd[0] = dial(l);
	put(fd[0], "GET /live HTTP/1.1\r\n" H "\r\n");
	assert_true(take_until(fd[0], "retry"));
	close(fd[0]);
}

static void
a_flood_becomes_one_refresh(void **state)
{
	static char big[10000];
	struct live *l = *state;
	struct sse_channel *c = sse_join(http_hub(l->server), TEXT("t"));
	int fd = dial(l);

	assert_non_null(c);
	put(fd, "GET /live HTTP/1.1\r\n" H "\r\n");
	assert_true(take_until(fd, "retry: 3000\n\n"));
	memset(big, 'x', sizeof(big));
	for (int i = 0; i < 2000; i++) /* far more than every buffer on the way */
		sse_send(http_hub(l->server), TEXT("t"), "row", (struct text){ big, sizeof(big) });
	assert_true(take_until(fd, "event: refresh\ndata: \n\n"));
	close(fd);
	sse_leave(c);
}

#define T(name, set) cmocka_unit_test_setup_teardown(name, set, stop)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(an_uploaded_file_is_hashed_and_removed, plain),
		T(a_file_taken_stays_and_is_private, plain),
		T(a_large_file_comes_in_pieces, plain),
		T(an_upload_past_the_bound_leaves_no_file, plain),
		T(bad_multipart_is_refused, plain), T(a_dripping_header_is_cut, hurried),
		T(a_dripping_body_is_cut, hurried), T(an_idle_connection_is_closed, hurried),
		T(a_slow_handler_is_no_slow_client, hurried),
		T(a_peer_has_three_connections, hurried),
		T(a_full_queue_says_so_at_once, narrow),
		T(draining_finishes_what_is_under_way, plain),
		T(draining_gives_up_at_its_deadline, plain),
		T(events_and_heartbeats_arrive, beating),
		T(listeners_are_bounded_and_given_back, beating),
		T(a_flood_becomes_one_refresh, beating),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
