#include "kit/http/http_inner.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#define ZLIB_CONST
#include <zlib.h>

#include "kit/log/log.h"

#define PACK_LEAST 1024 /* below, the header costs more than is won */
#define SEND_BYTES_PER_MS 8

static const struct { const char *name, *value; } common[] = {
	{ "Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; form-action 'self'; "
	    "base-uri 'none'; object-src 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(self), microphone=(self), geolocation=(self), payment=(), usb=()" },
	{ "Cache-Control", "no-store" },
};

void
answer_header(struct call *c, const char *name, const char *value)
{
	if (c->answer != NULL && MHD_add_response_header(c->answer, name, value) != MHD_YES)
		LOG(LOG_ERROR, "http.header_left_out", log_str("name", name));
}

/* What the handler or the asset set stays as it is. */
static void
answer_dress(struct call *c)
{
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++) {
		if (MHD_get_response_header(c->answer, common[i].name) == NULL)
			answer_header(c, common[i].name, common[i].value);
	}
	answer_header(c, "X-Request-Id", c->id);
}

/* The bytes must outlive the answer: static ones, or ones that belong to the call. */
static void
answer_bytes(struct call *c, int status, const void *p, size_t n)
{
	struct MHD_IoVec v = { .iov_base = p, .iov_len = n };

	if (c->answer != NULL)
		MHD_destroy_response(c->answer);
	c->status = status;
	c->bytes = c->method == HTTP_HEAD ? 0 : (int64_t)n;
	c->answer = n == 0 ? MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT) :
	    MHD_create_response_from_iovec(&v, 1, NULL, NULL);
}

/* ---- gzip ------------------------------------------------------------------------------------- */

/*
 * A comment of random length in the gzip header hides the exact size of a page that mixes secrets
 * with what was typed (the BREACH attack measures it).
 */
static void
gzip_hide(gz_header *h, unsigned char comment[static 65])
{
	unsigned char n;

	randombytes_buf(&n, 1);
	n &= 63;
	memset(comment, 'z', n);
	comment[n] = '\0';
	*h = (gz_header){ .os = 3, .comment = comment };
}

bool
gzip_pack(struct text in, struct buf *out)
{
	unsigned char comment[65];
	gz_header h;
	z_stream z = { .avail_in = 0 };
	uLong bound;
	char *p;
	int rc;

	if (deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	gzip_hide(&h, comment);
	rc = deflateSetHeader(&z, &h);
	bound = deflateBound(&z, in.n);
	p = rc == Z_OK ? buf_grow(out, bound) : NULL;
	if (p == NULL || in.n > UINT_MAX || bound > UINT_MAX) {
		deflateEnd(&z);
		return false;
	}
	z.next_in = (const Bytef *)in.p;
	z.avail_in = (uInt)in.n;
	z.next_out = (Bytef *)p;
	z.avail_out = (uInt)bound;
	rc = deflate(&z, Z_FINISH);
	out->n -= z.avail_out;
	deflateEnd(&z);
	return rc == Z_STREAM_END;
}

static bool
type_packs(const char *type)
{
	static const char *const packs[] = { "text/html", "text/plain", "text/csv", "application/json",
		"application/problem+json", "image/svg+xml" };

	for (size_t i = 0; i < sizeof(packs) / sizeof(packs[0]); i++) {
		if (strncmp(type, packs[i], strlen(packs[i])) == 0)
			return true;
	}
	return false;
}

static struct text
asked(const struct call *c, const char *header)
{
	return text_of(MHD_lookup_connection_value(c->mhd, MHD_HEADER_KIND, header));
}

static bool
answer_pack(struct call *c, struct text body)
{
	buf_init(&c->packed, 2 * body.n + 1024); /* deflateBound() asks for more than is used */
	return encoding_pick(asked(c, "Accept-Encoding"), true, false) == ENCODING_GZIP &&
	    gzip_pack(body, &c->packed);
}

/* ---- answers of handlers ---------------------------------------------------------------------- */

static void
answer_headers(struct call *c)
{
	char value[4096];

	for (size_t i = 0; i < c->out.n_headers; i++) {
		struct text v = c->out.headers[i].value;

		if (v.n >= sizeof(value)) {
			LOG(LOG_ERROR, "http.header_left_out", log_str("name", c->out.headers[i].name));
			continue;
		}
		memcpy(value, v.p, v.n);
		value[v.n] = '\0';
		answer_header(c, c->out.headers[i].name, value);
	}
}

static void
answer_body(struct call *c)
{
	const char *type = c->out.type != NULL ? c->out.type : "text/html; charset=utf-8";
	struct text body = buf_text(&c->out.body);
	bool packs = body.n > PACK_LEAST && type_packs(type), packed = packs && answer_pack(c, body);

	if (packed)
		body = buf_text(&c->packed);
	answer_bytes(c, c->out.status, body.p, body.n);
	if (body.n > 0)
		answer_header(c, "Content-Type", type);
	if (packed)
		answer_header(c, "Content-Encoding", "gzip");
	if (packs)
		answer_header(c, "Vary", "Accept-Encoding");
}

void
answer_make(struct call *c)
{
	struct http_response *out = &c->out;

	if (buf_rc(&out->body) != RC_OK || out->status < 200 || out->status > 599) {
		answer_refuse(c, buf_rc(&out->body) == RC_NO_MEMORY ? 503 : 500,
		    "服务器内部错误。/ Something went wrong on our side.");
		return;
	}
	if (out->sse != NULL && c->method == HTTP_GET) {
		c->status = 200;
		c->answer = sse_answer(out->sse, c);
		if (c->answer != NULL)
			out->sse = NULL;
	} else if (out->asset != NULL) {
		answer_asset(c, out->asset);
		return;
	} else {
		answer_body(c);
	}
	if (c->answer == NULL)
		return;
	answer_headers(c);
	answer_dress(c);
}

/* ---- embedded files --------------------------------------------------------------------------- */

static const char *const encoding_names[] = { NULL, "gzip", "br" };

struct chosen { enum encoding encoding; const unsigned char *p; size_t n; };

static struct chosen
asset_choose(const struct call *c, const struct asset *a)
{
	/* a range counts bytes of the file itself */
	enum encoding e = asked(c, "Range").n > 0 ? ENCODING_RAW :
	    encoding_pick(asked(c, "Accept-Encoding"), a->gz_n > 0, a->br_n > 0);

	if (e == ENCODING_GZIP)
		return (struct chosen){ e, a->gz, a->gz_n };
	if (e == ENCODING_BR)
		return (struct chosen){ e, a->br, a->br_n };
	return (struct chosen){ e, a->raw, a->raw_n };
}

static void
asset_ranged(struct call *c, struct chosen f, const char *etag)
{
	struct text condition = asked(c, "If-Range");
	size_t from = 0, n = f.n;
	enum range r = RANGE_ALL;
	char text[64];

	if (f.encoding == ENCODING_RAW && (condition.n == 0 || text_equals(condition, text_of(etag))))
		r = range_parse(asked(c, "Range"), f.n, &from, &n);
	if (r == RANGE_BAD) {
		answer_bytes(c, 416, NULL, 0);
		snprintf(text, sizeof(text), "bytes */%zu", f.n);
		answer_header(c, "Content-Range", text);
		return;
	}
	answer_bytes(c, r == RANGE_PART ? 206 : 200, f.p + from, n);
	if (r == RANGE_PART) {
		snprintf(text, sizeof(text), "bytes %zu-%zu/%zu", from, from + n - 1, f.n);
		answer_header(c, "Content-Range", text);
	}
}

void
answer_asset(struct call *c, const struct asset *a)
{
	struct chosen f = asset_choose(c, a);
	char etag[64];

	snprintf(etag, sizeof(etag), "\"%.40s%s%s\"", a->hash, f.encoding == ENCODING_RAW ? "" : "-",
	    f.encoding == ENCODING_RAW ? "" : encoding_names[f.encoding]);
	if (etag_matches(asked(c, "If-None-Match"), text_of(etag)))
		answer_bytes(c, 304, NULL, 0);
	else
		asset_ranged(c, f, etag);
	if (c->answer == NULL)
		return;
	answer_header(c, "ETag", etag);
	answer_header(c, "Cache-Control", "public, max-age=31536000, immutable");
	answer_header(c, "Vary", "Accept-Encoding");
	answer_header(c, "Accept-Ranges", "bytes");
	if (c->status != 304 && c->status != 416)
		answer_header(c, "Content-Type", a->type);
	if (c->status != 304 && c->status != 416 && f.encoding != ENCODING_RAW)
		answer_header(c, "Content-Encoding", encoding_names[f.encoding]);
	answer_headers(c);
	answer_dress(c);
}

/* ---- refusals --------------------------------------------------------------------------------- */

/* The texts are literals of this folder without quotes or control characters. */
static void
refusal_write(struct call *c, int status, const char *why)
{
	struct buf *b = &c->out.body;

	buf_reset(b);
	if (c->route != NULL && (c->route->flags & ROUTE_API) != 0) {
		c->out.type = "application/problem+json";
		buf_printf(b, "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}",
		    http_reason(status), status, why);
	} else {
		c->out.type = "text/plain; charset=utf-8";
		buf_printf(b, "%d %s\n%s\n", status, http_reason(status), why);
	}
}

void
answer_refuse(struct call *c, int status, const char *why)
{
	struct text body;

	refusal_write(c, status, why);
	c->out.status = status;
	c->out.n_headers = 0;
	body = buf_text(&c->out.body);
	answer_bytes(c, status, body.p, body.n);
	if (c->answer == NULL)
		return;
	answer_header(c, "Content-Type", c->out.type);
	if (status == 503)
		answer_header(c, "Retry-After", "2");
	answer_dress(c);
}

struct text
answer_raw(int status, const char *why, char *out, size_t n)
{
	int head = snprintf(out, n, "HTTP/1.1 %d %s\r\nContent-Type: text/plain; charset=utf-8\r\n"
	    "Content-Length: %zu\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
	    "Connection: close\r\n\r\n%s\n", status, http_reason(status), strlen(why) + 1, why);

	return (struct text){ out, head < 0 || (size_t)head >= n ? 0 : (size_t)head };
}

enum MHD_Result
answer_send(struct call *c)
{
	const struct http_limits *l = &c->server->opt.limits;

	if (c->answer == NULL)
		return MHD_NO; /* memory is out: closing is all that is left */
	if (atomic_load(&c->server->draining) || c->must_close)
		answer_header(c, "Connection", "close");
	c->state = CALL_SENT;
	if (c->live)
		conn_enter(c->conn, CONN_LIVE, 3 * (int64_t)l->beat_ms);
	else
		conn_enter(c->conn, CONN_SEND, l->send_ms + c->bytes / SEND_BYTES_PER_MS);
	return MHD_queue_response(c->mhd, (unsigned)c->status, c->answer);
}
