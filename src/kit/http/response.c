#include "kit/http/http_inner.h"

#include <string.h>

#include "kit/log/log.h"

static bool
header_is_clean(struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		unsigned char c = (unsigned char)t.p[i];

		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

void
http_header(struct http_response *r, const char *name, struct text value)
{
	if (r->n_headers == sizeof(r->headers) / sizeof(r->headers[0]) || value.p == NULL ||
	    !header_is_clean(value)) {
		LOG(LOG_ERROR, "http.header_left_out", log_str("name", name));
		return;
	}
	r->headers[r->n_headers++] = (struct http_header){ name, value };
}

/* Browsers read '\' as '/', drop tabs and line ends, and '//' begins another host. */
bool
http_path_is_ours(struct text path)
{
	if (path.n == 0 || path.p[0] != '/' || (path.n > 1 && (path.p[1] == '/' || path.p[1] == '\\')))
		return false;
	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];

		if (c <= 0x20 || c >= 0x7f || c == '\\')
			return false;
	}
	return true;
}

void
http_redirect(struct http_response *r, struct text path)
{
	if (!http_path_is_ours(path)) {
		LOG(LOG_ERROR, "http.redirect_refused", log_int("bytes", (int64_t)path.n));
		r->status = 500;
		return;
	}
	r->status = 303;
	http_header(r, "Location", path);
}

int
http_status_of(enum rc rc)
{
	switch (rc) {
	case RC_OK:
	case RC_DONE:
		return 200;
	case RC_INVALID:
	case RC_REFUSED:
		return 422;
	case RC_UNAUTHENTICATED:
		return 401;
	case RC_FORBIDDEN:
		return 403;
	case RC_NOT_FOUND:
		return 404;
	case RC_CONFLICT:
	case RC_DUPLICATE:
		return 409;
	case RC_TOO_LARGE:
	case RC_NO_MEMORY:
		return 413;
	case RC_TOO_MANY:
		return 429;
	case RC_BUSY:
	case RC_UNAVAILABLE:
	case RC_UNKNOWN:
		return 503;
	case RC_CORRUPT:
	case RC_INTERNAL:
	case RC_COUNT:
		break;
	}
	return 500;
}

const char *
http_reason(int status)
{
	static const struct { int status; const char *text; } reasons[] = {
		{ 200, "OK" }, { 201, "Created" }, { 202, "Accepted" }, { 204, "No Content" },
		{ 206, "Partial Content" }, { 303, "See Other" }, { 304, "Not Modified" }, { 400, "Bad Request" },
		{ 401, "Unauthorized" }, { 403, "Forbidden" }, { 404, "Not Found" }, { 405, "Method Not Allowed" },
		{ 408, "Request Timeout" }, { 409, "Conflict" }, { 413, "Content Too Large" },
		{ 414, "URI Too Long" }, { 415, "Unsupported Media Type" }, { 416, "Range Not Satisfiable" },
		{ 422, "Unprocessable Content" }, { 429, "Too Many Requests" },
		{ 431, "Request Header Fields Too Large" }, { 500, "Internal Server Error" },
		{ 501, "Not Implemented" }, { 503, "Service Unavailable" },
	};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (reasons[i].status == status)
			return reasons[i].text;
	}
	return "Status";
}

static void
quote_add(struct buf *b, struct text t)
{
	buf_char(b, '"');
	for (size_t i = 0; i < t.n; i++) {
		unsigned char c = (unsigned char)t.p[i];

		if (c == '"' || c == '\\')
			buf_char(b, '\\');
		if (c < 0x20)
			buf_printf(b, "\\u%04x", c);
		else
			buf_char(b, t.p[i]);
	}
	buf_char(b, '"');
}

static void
problem_errors(struct buf *b, struct exchange *x, const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++) {
		buf_add(b, i == 0 ? TEXT(",\"errors\":[{\"field\":") : TEXT(",{\"field\":"));
		quote_add(b, text_of(f->v[i].field));
		buf_add(b, TEXT(",\"message\":"));
		quote_add(b, finding_text(x->ctx->mem, x->ctx->lang, &f->v[i]));
		if (f->v[i].bound != 0)
			buf_printf(b, ",\"bound\":%lld", (long long)f->v[i].bound);
		buf_char(b, '}');
	}
	if (f->n > 0)
		buf_char(b, ']');
}

void
http_problem(struct exchange *x, int status, const char *title, const struct findings *f)
{
	struct buf *b = &x->out->body;

	buf_reset(b);
	x->out->status = status;
	x->out->type = "application/problem+json";
	buf_add(b, TEXT("{\"type\":\"about:blank\",\"title\":"));
	quote_add(b, text_of(title != NULL ? title : http_reason(status)));
	buf_printf(b, ",\"status\":%d", status);
	if (f != NULL)
		problem_errors(b, x, f);
	buf_char(b, '}');
}
