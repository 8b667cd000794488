#include "kit/http/http_inner.h"

#include <string.h>

#include "kit/json/json.h"
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
problem_errors(struct json *j, struct exchange *x, const struct findings *f)
{
	json_begin_array(j, "errors");
	for (size_t i = 0; i < f->n; i++) {
		json_begin_object(j, NULL);
		json_str(j, "field", f->v[i].field);
		json_text(j, "message", finding_text(x->ctx->mem, x->ctx->lang, &f->v[i]));
		if (f->v[i].bound != 0)
			json_int(j, "bound", f->v[i].bound);
		json_end_object(j);
	}
	json_end_array(j);
}

void
http_problem(struct exchange *x, int status, const char *title, const struct findings *f)
{
	struct json j;

	buf_reset(&x->out->body);
	x->out->status = status;
	x->out->type = "application/problem+json";
	json_init(&j, &x->out->body);
	json_begin_object(&j, NULL);
	json_str(&j, "type", "about:blank");
	json_str(&j, "title", title != NULL ? title : http_reason(status));
	json_int(&j, "status", status);
	if (f != NULL && f->n > 0)
		problem_errors(&j, x, f);
	json_end_object(&j);
}
