#include "kit/http/http_inner.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/code.h"
#include "kit/log/log.h"

#define METHOD_MAX 16
#define BODY_DEFAULT (64 * 1024)

void *
call_begin(void *cls, const char *uri, struct MHD_Connection *mhd)
{
	struct http_server *s = cls;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	size_t n = uri == NULL ? 0 : strlen(uri);
	bool too_long = n > (size_t)s->opt.limits.url_max;
	struct call *c;
	unsigned char random[8];

	if (info == NULL || info->socket_context == NULL)
		return NULL;
	c = calloc(1, sizeof(*c) + (too_long ? 0 : 2 * n) + 2);
	if (c == NULL)
		return NULL;
	*c = (struct call){ .server = s, .conn = info->socket_context, .mhd = mhd, .too_long = too_long,
		.raw_n = n, .raw = (char *)(c + 1), .log_path = "-", .began_us = now_us_monotonic() };
	if (!too_long && n > 0)
		memcpy(c->raw, uri, n);
	randombytes_buf(random, sizeof(random));
	hex_print(random, sizeof(random), c->id);
	buf_init(&c->out.body, (size_t)s->opt.limits.answer_max);
	c->out.status = 200;
	conn_enter(c->conn, CONN_HEADER, s->opt.limits.header_ms);
	pthread_mutex_lock(&s->lock);
	s->active++;
	pthread_mutex_unlock(&s->lock);
	return c;
}

/* ---- the header ------------------------------------------------------------------------------- */

struct walk {
	int headers, hosts, lengths, encodings;
	size_t bytes;
	bool nul, chunked;
	struct text length, type;
};

static enum MHD_Result
walk_header(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *value,
    size_t value_n)
{
	struct walk *w = cls;

	(void)kind;
	w->headers++;
	w->bytes += name_n + value_n + 4;
	if (value == NULL)
		return MHD_YES;
	w->nul |= memchr(name, '\0', name_n) != NULL || memchr(value, '\0', value_n) != NULL;
	if (strcasecmp(name, "content-length") == 0) {
		w->lengths++;
		w->length = (struct text){ value, value_n };
	} else if (strcasecmp(name, "transfer-encoding") == 0) {
		w->encodings++;
		w->chunked = strcasecmp(value, "chunked") == 0;
	} else if (strcasecmp(name, "host") == 0) {
		w->hosts++;
	} else if (strcasecmp(name, "content-type") == 0) {
		w->type = (struct text){ value, value_n };
	}
	return MHD_YES;
}

/* MHD hands out C strings; a NUL in the address shows as a gap before the version that follows it. */
static bool
url_has_nul(const struct call *c, const char *url, const char *version)
{
	uintptr_t u = (uintptr_t)url, v = (uintptr_t)version;

	return v > u && v - u < (1 << 20) && v - u - 1 != c->raw_n;
}

static const char malformed[] = "请求格式有误。/ The request is malformed.";

/*
 * 0 or a status.  Lengths that contradict each other are how requests are smuggled past a proxy.  The
 * host is checked here since the strict mode of MHD 0.9.75 sends the head of its refusal twice.
 */
static int
header_check(struct call *c, const struct walk *w, const char *version, const char **why)
{
	const struct http_limits *l = &c->server->opt.limits;

	if (w->headers > l->headers_max || w->bytes > (size_t)l->header_max) {
		*why = "请求头过大。/ The request header is too large.";
		return 431;
	}
	*why = malformed;
	if (w->nul || w->lengths > 1 || w->encodings > 1 || (w->lengths > 0 && w->encodings > 0))
		return 400;
	if (w->encodings > 0 && (!w->chunked || strcmp(version, "HTTP/1.1") != 0))
		return 400;
	if (w->hosts > 1 || (w->hosts == 0 && strcmp(version, "HTTP/1.0") != 0))
		return 400;
	return 0;
}

static int
path_read(struct call *c, const char **why)
{
	struct text rest = { c->raw, c->raw_n }, raw;
	char *out = c->raw + c->raw_n + 1;
	enum decode_fault f;
	size_t n;

	if (text_starts_with(rest, TEXT("http://")) || text_starts_with(rest, TEXT("https://"))) {
		(void)text_cut(&rest, '/'); /* the absolute form, as to a proxy: scheme, host */
		(void)text_cut(&rest, '/');
		while (rest.n > 0 && rest.p[0] != '/') {
			rest.p++;
			rest.n--;
		}
	}
	raw = text_cut(&rest, '?');
	c->raw_query = rest;
	*why = malformed;
	if (raw.n == 0 || raw.p[0] != '/' || memchr(c->raw, ' ', c->raw_n) != NULL)
		return 400;
	*why = decode_text(DECODE_PERCENT);
	if (!decode_percent(raw, false, out, &n))
		return 400;
	c->path = (struct text){ out, n };
	f = decode_check(c->path, false);
	*why = decode_text(f);
	return f == DECODE_FINE ? 0 : 400;
}

static int64_t
body_bound(const struct call *c)
{
	int64_t max = c->route == NULL || c->route->body_max == 0 ? BODY_DEFAULT : c->route->body_max;

	return max < c->server->opt.limits.body_max ? max : c->server->opt.limits.body_max;
}

/* 0 or a status. */
static int
body_announce(struct call *c, const struct walk *w, char *why, size_t why_n)
{
	int64_t length = 0;
	int status;

	c->body.max = body_bound(c);
	if (w->lengths > 0 && int64_parse(w->length, 0, INT64_MAX, &length) != RC_OK)
		length = INT64_MAX;
	if (!c->has_body)
		return 0;
	if (length > c->body.max) {
		snprintf(why, why_n, "请求正文过大,最多 %lld 字节。/ The body is too large: at most %lld bytes.",
		    (long long)c->body.max, (long long)c->body.max);
		return 413;
	}
	status = body_begin(&c->body, c, w->type);
	snprintf(why, why_n, "%s", c->body.why);
	return status;
}

/*
 * Answer before the body.  MHD then reads no more and closes, so without a body the answer waits
 * until the request is whole and the connection lives on.
 */
static enum MHD_Result
answer_early(struct call *c)
{
	if (!c->has_body && !c->must_close) {
		c->state = CALL_ANSWERED;
		return MHD_YES;
	}
	conn_linger(c->conn);
	return answer_send(c);
}

static enum MHD_Result
refuse_early(struct call *c, int status, const char *why)
{
	answer_refuse(c, status, why);
	return answer_early(c);
}

static bool
static_answer(struct call *c)
{
	const struct asset *a = text_starts_with(c->path, TEXT("/static/")) ? asset_by_path(c->path) : NULL;

	if (a == NULL || (c->method != HTTP_GET && c->method != HTTP_HEAD))
		return false;
	c->log_path = "/static/{name}";
	answer_asset(c, a);
	return true;
}

static enum MHD_Result
call_head(struct call *c, const char *url, const char *method, const char *version)
{
	const struct http_options *o = &c->server->opt;
	struct walk w = { .headers = 0 };
	const char *why = "";
	char text[256];
	int status;

	c->method = method_of(method);
	MHD_get_connection_values_n(c->mhd, MHD_HEADER_KIND, walk_header, &w);
	c->has_body = w.encodings > 0 || (w.lengths > 0 && !text_equals(w.length, TEXT("0")));
	if (strlen(method) > METHOD_MAX)
		return refuse_early(c, 501, "请求方法不支持。/ This method is not supported.");
	if (c->too_long)
		return refuse_early(c, 414, "地址过长。/ The address is too long.");
	status = header_check(c, &w, version, &why);
	c->must_close = status != 0;
	if (status == 0 && url_has_nul(c, url, version)) {
		status = 400;
		why = decode_text(DECODE_NUL);
	}
	if (status == 0)
		status = path_read(c, &why);
	if (status != 0)
		return refuse_early(c, status, why);
	if (static_answer(c))
		return answer_early(c);
	c->route = o->route(o->arg, c->method, c->path);
	if (c->route != NULL)
		c->log_path = c->route->path;
	status = body_announce(c, &w, text, sizeof(text));
	if (status != 0)
		return refuse_early(c, status, text);
	c->state = CALL_BODY;
	if (c->has_body)
		conn_enter(c->conn, CONN_BODY, o->limits.body_ms);
	return MHD_YES;
}

/* ---- body and answer -------------------------------------------------------------------------- */

/* MHD takes no answer while a body comes in: it is written past MHD, and the connection closed. */
static enum MHD_Result
call_feed(struct call *c, const char *p, size_t *n)
{
	char out[1024];
	int status = body_feed(&c->body, p, *n);

	*n = 0;
	if (status == 0)
		return MHD_YES;
	c->status = status;
	conn_send_raw(c->conn, answer_raw(status, c->body.why, out, sizeof(out)));
	return MHD_NO;
}

static enum MHD_Result
call_submit(struct call *c)
{
	int status = c->has_body ? body_end(&c->body) : 0;

	if (status != 0) {
		answer_refuse(c, status, c->body.why);
		return answer_send(c);
	}
	conn_enter(c->conn, CONN_WORK, 0);
	if (queue_push(c))
		return MHD_YES;
	atomic_fetch_add(&c->server->count.rejected, 1);
	answer_refuse(c, 503, "服务器繁忙,请稍后再试。/ The server is busy, please try again later.");
	return answer_send(c);
}

enum MHD_Result
call_step(void *cls, struct MHD_Connection *mhd, const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_n, void **ctx)
{
	struct call *c = *ctx;

	(void)cls;
	(void)mhd;
	if (c == NULL)
		return MHD_NO;
	switch (c->state) {
	case CALL_HEAD:
		return call_head(c, url, method, version);
	case CALL_BODY:
		return *upload_n > 0 ? call_feed(c, upload, upload_n) : call_submit(c);
	case CALL_ANSWERED:
		return answer_send(c);
	case CALL_QUEUED:
	case CALL_SENT:
		break;
	}
	return MHD_YES;
}

static void
call_log(const struct call *c, bool whole)
{
	LOG(LOG_INFO, "http.request", log_str("id", c->id), log_str("method", method_name(c->method)),
	    log_str("path", c->log_path), log_int("status", c->status),
	    log_int("ms", (now_us_monotonic() - c->began_us) / 1000), log_int("bytes", c->bytes),
	    log_int("whole", whole));
}

static void
call_count(const struct call *c)
{
	struct counters *n = &c->server->count;

	atomic_fetch_add(&n->requests, 1);
	atomic_fetch_add(&n->latency_us_sum, now_us_monotonic() - c->began_us);
	atomic_fetch_add(&n->bytes_out, c->bytes);
	if (c->status >= 100 && c->status < 600)
		atomic_fetch_add(&n->by_status[c->status / 100], 1);
}

static void
call_free(struct call *c)
{
	if (c->answer != NULL)
		MHD_destroy_response(c->answer);
	else
		sse_leave(c->out.sse);
	body_free(&c->body);
	buf_free(&c->out.body);
	buf_free(&c->packed);
	free(c);
}

void
call_end(void *cls, struct MHD_Connection *mhd, void **ctx, enum MHD_RequestTerminationCode code)
{
	struct http_server *s = cls;
	struct call *c = *ctx;

	(void)mhd;
	*ctx = NULL;
	if (c == NULL)
		return;
	call_log(c, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
	call_count(c);
	conn_enter(c->conn, CONN_IDLE, s->opt.limits.idle_ms);
	call_free(c);
	pthread_mutex_lock(&s->lock);
	s->active--;
	if (s->active == 0)
		pthread_cond_broadcast(&s->quiet);
	pthread_mutex_unlock(&s->lock);
}
