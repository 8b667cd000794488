#include "kit/http/live_kit.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/code.h"
#include "kit/log/log.h"

static pthread_mutex_t slow_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t slow_turn = PTHREAD_COND_INITIALIZER;
static int slow_inside;
static bool slow_open;

/* ---- handlers --------------------------------------------------------------------------------- */

enum { HELLO, BIG, SLOW, ECHO, JSON, UPLOAD, GO, ASSET, LIVE, ITEM, N_ROUTES };

static const struct route routes[N_ROUTES] = {
	[HELLO] = { .method = HTTP_GET, .path = "/hello", .right = 1 },
	[BIG] = { .method = HTTP_GET, .path = "/big", .right = 1 },
	[SLOW] = { .method = HTTP_GET, .path = "/slow", .right = 1 },
	[ECHO] = { .method = HTTP_POST, .path = "/echo", .right = 1, .body_max = 100 },
	[JSON] = { .method = HTTP_POST, .path = "/json", .right = 1, .body_max = 100, .flags = ROUTE_API },
	[UPLOAD] = { .method = HTTP_POST, .path = "/upload", .right = 1, .body_max = 100000, .flags = ROUTE_UPLOAD },
	[GO] = { .method = HTTP_GET, .path = "/go", .right = 1 },
	[ASSET] = { .method = HTTP_GET, .path = "/asset", .right = 1 },
	[LIVE] = { .method = HTTP_GET, .path = "/live", .right = 1, .flags = ROUTE_LIVE },
	[ITEM] = { .method = HTTP_GET, .path = "/item/{id}", .right = 1 },
};
static const struct route_set set = { routes, N_ROUTES };

static const struct asset picture = { .path = "/static/p.1.txt", .name = "p.txt", .type = "text/plain", .hash = "aa",
	.raw = (const unsigned char *)"0123456789", .raw_n = 10, .gz = (const unsigned char *)"GZ", .gz_n = 2,
	.br = (const unsigned char *)"BRR", .br_n = 3 };

static const struct route *
live_route(void *arg, enum http_method method, struct text path)
{
	struct param segments[HTTP_SEGMENTS_MAX];
	size_t n;
	int status;

	(void)arg;
	return http_match(&set, 1, method, path, segments, &n, &status);
}

static void
serve_slow(struct http_response *out)
{
	pthread_mutex_lock(&slow_lock);
	slow_inside++;
	pthread_cond_broadcast(&slow_turn);
	while (!slow_open)
		pthread_cond_wait(&slow_turn, &slow_lock);
	slow_inside--;
	pthread_mutex_unlock(&slow_lock);
	buf_add(&out->body, TEXT("slow"));
}

static void
params_write(struct buf *b, const char *what, struct params p)
{
	for (size_t i = 0; i < p.n; i++)
		buf_printf(b, "%s %.*s=%.*s;\n", what, (int)p.v[i].name.n, p.v[i].name.p, (int)p.v[i].value.n,
		    p.v[i].value.p);
}

static void
serve_echo(const struct http_request *in, struct http_response *out)
{
	struct buf *b = &out->body;

	params_write(b, "query", in->query);
	params_write(b, "form", in->form);
	params_write(b, "cookie", in->cookies);
	buf_printf(b, "body %.*s;\npeer %.*s;\nsecure %d;\n", (int)in->body.n, in->body.p, (int)in->peer.n, in->peer.p,
	    in->secure);
	for (size_t i = 0; i < in->n_files; i++) {
		const struct http_file *f = &in->files[i];
		char hex[65];

		hex_print(f->sha256, 32, hex);
		buf_printf(b, "file %.*s name %.*s type %.*s size %lld sha %s;\n", (int)f->field.n, f->field.p,
		    (int)f->name.n, f->name.p, (int)f->type.n, f->type.p, (long long)f->size, hex);
		if (params_has(in->form, "keep"))
			buf_printf(b, "kept %s;\n", http_file_take(f).p);
	}
}

static void
live_serve(void *arg, struct arena *mem, const struct http_request *in, struct http_response *out)
{
	struct live *l = arg;
	struct param segments[HTTP_SEGMENTS_MAX];
	size_t n;
	int status;
	const struct route *r = http_match(&set, 1, in->method, in->path, segments, &n, &status);
	char allow[64];

	if (r == NULL) {
		out->status = status;
		if (status == 405) {
			struct text t = http_allow(&set, 1, in->path, allow);

			http_header(out, "Allow", arena_text(mem, t));
		}
		return;
	}
	switch ((int)(r - routes)) {
	case HELLO:
		buf_add(&out->body, TEXT("hello"));
		break;
	case BIG:
		for (int i = 0; i < 500; i++)
			buf_add(&out->body, TEXT("0123456789"));
		break;
	case SLOW:
		serve_slow(out);
		break;
	case GO:
		http_redirect(out, params_get(in->query, "to"));
		break;
	case ASSET:
		out->asset = &picture;
		break;
	case LIVE:
		out->sse = sse_join(http_hub(l->server), TEXT("t"));
		if (out->sse == NULL)
			out->status = 503;
		break;
	case ITEM:
		buf_printf(&out->body, "item %.*s", (int)segments[0].value.n, segments[0].value.p);
		break;
	default:
		serve_echo(in, out);
		break;
	}
}

/* ---- server ----------------------------------------------------------------------------------- */

void
live_start(struct live *l, struct http_limits limits, int workers)
{
	static const struct text proxies[] = { TEXT_INIT("127.0.0.2"), TEXT_INIT("10.0.0.9") };
	struct http_options o = { .address = "127.0.0.1", .workers = workers, .limits = limits, .spool = l->spool,
		.proxies = proxies, .n_proxies = 2, .route = live_route, .serve = live_serve, .arg = l };
	struct text why;

	log_open(2, LOG_ERROR, NULL);
	slow_open = false;
	snprintf(l->spool, sizeof(l->spool), "/tmp/zhaofa-live-XXXXXX");
	assert_non_null(mkdtemp(l->spool));
	assert_int_equal(http_start(&o, &l->server, &why), RC_OK);
	l->port = http_port(l->server);
	assert_true(l->port > 0);
}

void
live_stop(struct live *l)
{
	live_release();
	http_stop(l->server);
	rmdir(l->spool);
}

void
live_release(void)
{
	pthread_mutex_lock(&slow_lock);
	slow_open = true;
	pthread_cond_broadcast(&slow_turn);
	pthread_mutex_unlock(&slow_lock);
}

void
live_await_slow(int n)
{
	pthread_mutex_lock(&slow_lock);
	while (slow_inside < n)
		pthread_cond_wait(&slow_turn, &slow_lock);
	pthread_mutex_unlock(&slow_lock);
}

int
live_files(const struct live *l)
{
	DIR *d = opendir(l->spool);
	int n = 0;

	assert_non_null(d);
	for (const struct dirent *e = readdir(d); e != NULL; e = readdir(d))
		n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

void
live_await_files(const struct live *l, int n)
{
	for (int i = 0; i < 3000 && live_files(l) != n; i++)
		usleep(10000);
	assert_int_equal(live_files(l), n);
}

/* ---- client ----------------------------------------------------------------------------------- */

int
dial_from(const struct live *l, const char *source)
{
	struct sockaddr_in from = { .sin_family = AF_INET, .sin_addr.s_addr = inet_addr(source) };
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)l->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct timeval wait = { .tv_sec = 30 };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	assert_int_equal(bind(fd, (const struct sockaddr *)&from, sizeof(from)), 0);
	if (connect(fd, (const struct sockaddr *)&a, sizeof(a)) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

int
dial(const struct live *l)
{
	return dial_from(l, "127.0.0.1");
}

void
put_bytes(int fd, const void *p, size_t n)
{
	const char *at = p;

	while (n > 0) {
		ssize_t w = send(fd, at, n, MSG_NOSIGNAL);

		if (w <= 0)
			return; /* refused half-way: what comes back tells */
		at += w;
		n -= (size_t)w;
	}
}

void
put(int fd, const char *s)
{
	put_bytes(fd, s, strlen(s));
}

static bool
get_char(int fd, char *c)
{
	ssize_t n = recv(fd, c, 1, 0);

	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		fail_msg("nothing came for 30 s");
	return n == 1;
}

bool
at_end(int fd)
{
	char c;

	return !get_char(fd, &c);
}

static void
get_exactly(int fd, struct answer *a, size_t n)
{
	assert_true(a->n + n < sizeof(a->body));
	while (n > 0 && get_char(fd, &a->body[a->n])) {
		a->n++;
		n--;
	}
	assert_int_equal(n, 0);
	a->body[a->n] = '\0';
}

bool
head_get(const struct answer *a, const char *name, char *out, size_t n)
{
	size_t len = strlen(name);

	for (const char *p = strstr(a->head, "\r\n"); p != NULL; p = strstr(p + 2, "\r\n")) {
		if (strncasecmp(p + 2, name, len) == 0 && p[2 + len] == ':') {
			const char *v = p + 2 + len + 1 + (p[3 + len] == ' ');

			snprintf(out, n, "%.*s", (int)(strstr(v, "\r\n") - v), v);
			return true;
		}
	}
	return false;
}

bool
head_has(const struct answer *a, const char *line)
{
	return strcasestr(a->head, line) != NULL;
}

void
take_head(int fd, struct answer *a)
{
	size_t n = 0;

	a->status = 0;
	a->n = 0;
	a->head[0] = a->body[0] = '\0';
	while (n + 1 < sizeof(a->head) && get_char(fd, &a->head[n])) {
		a->head[++n] = '\0';
		if (n >= 4 && memcmp(a->head + n - 4, "\r\n\r\n", 4) == 0) {
			a->status = (int)strtol(a->head + 9, NULL, 10);
			return;
		}
	}
}

static void
take_chunks(int fd, struct answer *a)
{
	char line[32], c;
	size_t n, size;

	do {
		n = 0;
		while (get_char(fd, &c) && c != '\n' && n + 1 < sizeof(line))
			line[n++] = c;
		line[n] = '\0';
		size = strtoul(line, NULL, 16);
		get_exactly(fd, a, size);
		assert_true(get_char(fd, &c) && get_char(fd, &c));
	} while (size > 0);
}

void
take(int fd, struct answer *a)
{
	char v[64];

	take_head(fd, a);
	if (a->status == 0)
		return;
	if (head_get(a, "Content-Length", v, sizeof(v)))
		get_exactly(fd, a, strtoul(v, NULL, 10));
	else if (head_has(a, "Transfer-Encoding: chunked"))
		take_chunks(fd, a);
}

bool
take_until(int fd, const char *text)
{
	size_t want = strlen(text), n = 0;
	char window[256];

	assert_true(want < sizeof(window));
	while (get_char(fd, &window[n])) {
		n++;
		if (n >= want && memcmp(window + n - want, text, want) == 0)
			return true;
		if (n == sizeof(window) - 1) {
			memmove(window, window + n - want, want);
			n = want;
		}
	}
	return false;
}

void
ask(const struct live *l, const char *request, struct answer *a)
{
	int fd = dial(l);

	assert_true(fd >= 0);
	put(fd, request);
	take(fd, a);
	close(fd);
}
