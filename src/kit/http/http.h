/*
 * http: how does a request come in and an answer go out?  libmicrohttpd stays behind these types.
 * A request is handed to a worker whole (body read, multipart parts in memory or in a file under the
 * state directory); the handler fills the response.  Nothing here knows law.
 *
 * What is refused before a handler sees it: 400 broken percent-encoding, NUL or invalid UTF-8 in path,
 * query or field names, contradicting lengths; 408 deadlines; 413, 414, 431 sizes; 415 a file on a route
 * that takes none; 503 no worker free.  Field *values* may hold anything: the form layer reports it.
 * Every answer carries the security headers, X-Request-Id and, unless the handler set its own,
 * Cache-Control: no-store.
 */
#pragma once

#include "base/buf.h"
#include "kit/ctx/ctx.h"
#include "kit/form/form.h"

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_DELETE, HTTP_OTHER };

struct http_file {
	struct text field, name, type; /* as sent: none of them is to be believed */
	struct text path;              /* a private file (0600); removed after the request unless taken */
	int64_t size;
	unsigned char head[16];        /* first bytes, for the magic number */
	unsigned char sha256[32];      /* of the content, made while it came in */
	bool *taken;                   /* see http_file_take() */
};

struct http_request {
	enum http_method method;
	struct text path;             /* decoded, starts with '/' */
	struct params query;          /* decoded, checked UTF-8 */
	struct params form;           /* urlencoded or multipart fields */
	struct params headers;        /* names lower case */
	struct params cookies;
	const struct http_file *files;
	size_t n_files;
	struct text body;             /* raw, for JSON */
	struct text content_type;
	struct text peer;             /* address; X-Forwarded-For only from configured proxies */
	bool secure;                  /* came over TLS (X-Forwarded-Proto from a configured proxy) */
	struct text id;               /* request id, also in the answer and the log */
};

/*
 * Keep a file past the end of the request: its path, which is now the caller's to move or remove.
 * It is not synced to disk yet.  `file` is one of in->files.
 */
struct text http_file_take(const struct http_file *file);

struct http_header { const char *name; struct text value; };

struct http_response {
	int status;                   /* 200 unless set */
	const char *type;             /* "text/html; charset=utf-8" unless set */
	struct buf body;
	struct http_header headers[16]; /* views: literals or memory of the request */
	size_t n_headers;
	const struct asset *asset;    /* answer with an embedded file instead of body */
	struct sse_channel *sse;      /* answer with a live stream instead of body */
};

/* Name is a literal; a value with CR, LF or NUL, or a 17th header, is left out and logged. */
void http_header(struct http_response *r, const char *name, struct text value);
/* 303 to a path of ours (one '/', no backslash, nothing unprintable); anything else becomes a 500. */
void http_redirect(struct http_response *r, struct text path);
bool http_path_is_ours(struct text path);
int http_status_of(enum rc rc);
const char *http_reason(int status); /* "Not Found"; never NULL */

/* ---- routes --------------------------------------------------------------------------------- */

struct exchange;
typedef enum rc http_handler(struct exchange *x);

/*
 * Answer with application/problem+json (RFC 9457): type about:blank, title, status and, when there
 * are findings (may be NULL), errors [{field, message, bound}].  Messages in the language of x->ctx.
 */
void http_problem(struct exchange *x, int status, const char *title, const struct findings *f);

/* 0 is no right: a route that forgot to name one is refused at start and by a test. */

struct route {
	enum http_method method;
	const char *path;          /* "/desk/request/{id}"; {id} is one segment */
	int right;                 /* enum right of resources/identity; 0 is refused, RIGHT_PUBLIC must be said */
	http_handler *handler;
	const struct form *form;   /* fields of the body (POST) or the query (GET); NULL when none */
	const char *title;         /* T(): what the page or call is */
	unsigned flags;            /* ROUTE_* */
	int64_t body_max;          /* bytes; 0 = 64 KiB */
};

enum {
	ROUTE_API = 1,       /* JSON in and out; errors as problem+json */
	ROUTE_UPLOAD = 2,    /* multipart, files to disk */
	ROUTE_LIVE = 4,      /* server-sent events */
	ROUTE_NO_CSRF = 8,   /* log-in form of a browser without session: Origin alone is checked */
	ROUTE_FORM_KEPT = 16,/* the handler itself shows findings (the usual case for pages) */
};

/* Values of {name} segments of the matched route. */
#define HTTP_SEGMENTS_MAX 4
struct exchange {
	struct ctx *ctx;
	const struct http_request *in;
	struct http_response *out;
	const struct route *route;
	struct param segments[HTTP_SEGMENTS_MAX];
	size_t n_segments;
	struct text csrf;          /* token to put in forms; empty when there is none */
	struct text browser;       /* value of the browser's own cookie (residents): owner of drafts; empty for the API */
	bool elder;
	void *app;                 /* struct app of src/app, opaque to the wings */
	/* the form, read by the gate when the route names one */
	void *values;              /* struct of route->form */
	struct typed typed;
	struct findings findings;
	enum rc form_rc;           /* RC_OK, or RC_INVALID with findings */
};

struct text http_segment(const struct exchange *x, const char *name);
/* {id} as a number; RC_NOT_FOUND when it is none. */
enum rc http_segment_id(const struct exchange *x, const char *name, int64_t *ret);

struct route_set { const struct route *routes; size_t n; };
/*
 * Best match: a literal beats {name}, earlier segments weigh more; HEAD finds GET.  NULL with
 * *ret_status 404 or 405.  segments has room for HTTP_SEGMENTS_MAX.
 */
const struct route *http_match(const struct route_set *sets, size_t n_sets, enum http_method method,
    struct text path, struct param *segments, size_t *ret_n, int *ret_status);
/* "GET, HEAD, POST": for the Allow header of a 405. */
struct text http_allow(const struct route_set *sets, size_t n_sets, struct text path, char out[static 64]);

/* ---- embedded files ------------------------------------------------------------------------- */

struct asset {
	const char *path;          /* "/static/public.3f2a91bc.css" */
	const char *name;          /* "public.css" */
	const char *type;
	const char *hash;          /* hex of its content, for the ETag */
	const unsigned char *raw, *gz, *br;
	size_t raw_n, gz_n, br_n;  /* gz_n, br_n 0: not worth it */
};
/* Made by tools/embed_assets.py, sorted by path. */
extern const struct asset assets[];
extern const size_t assets_n;
const struct asset *asset_by_path(struct text path);
const char *asset_path(const char *name); /* "/static/..." or NULL: for <link> and <script> */

/* ---- live pages ------------------------------------------------------------------------------ */

struct sse_hub;
struct sse_channel;  /* one open stream */
/*
 * Join a topic ("queue:3205:1234", at most SSE_TOPIC_MAX bytes); set the result as response->sse,
 * which takes it over.  NULL past the bound of listeners or when the server stops.
 */
#define SSE_TOPIC_MAX 95
struct sse_channel *sse_join(struct sse_hub *hub, struct text topic);
/* For a channel that did not become an answer; takes NULL. */
void sse_leave(struct sse_channel *c);
/*
 * Send an event with data to all who listen to the topic; thread-safe, never blocks.  Who reads too
 * slowly gets one event "refresh" in place of what did not fit.  event: a literal name without blanks.
 */
void sse_send(struct sse_hub *hub, struct text topic, const char *event, struct text data);

/* ---- server ---------------------------------------------------------------------------------- */

/* 0 anywhere: the default in brackets. */
struct http_limits {
	int64_t body_max;          /* greatest body on any route, bytes [16 MiB] */
	int64_t answer_max;        /* greatest body of an answer, bytes [16 MiB] */
	int url_max;               /* path and query as sent, bytes [8192] */
	int header_max, headers_max; /* all header lines, bytes [16384]; their number [64] */
	int connections;           /* in all; more wait in the kernel's queue [1024] */
	int connections_per_peer;  /* proxies are exempt [64] */
	int header_ms, body_ms;    /* deadlines for the whole header, the whole body [10 s, 60 s] */
	int send_ms;               /* for the whole answer, plus 1 s per 8 KiB [30 s] */
	int idle_ms;               /* keep-alive: until the next request line is there [30 s] */
	int queue;                 /* requests waiting for a worker; past it 503 [256] */
	int beat_ms;               /* heartbeat of live streams [15 s] */
	int listeners;             /* live streams [512] */
};

struct http_options {
	const char *address;       /* "127.0.0.1" */
	int port;                  /* 0: a free one */
	int workers;
	struct http_limits limits;
	const char *spool;         /* directory for uploads */
	const struct text *proxies; /* addresses whose X-Forwarded-* is believed */
	size_t n_proxies;
	/* Before the body is read: the route (for its limits), or NULL.  Runs on a thread of the network. */
	const struct route *(*route)(void *arg, enum http_method method, struct text path);
	/*
	 * On a worker thread; fills out.  Runs with ctx->mem of the worker, reset after each request.
	 * Also called for addresses without a route: it writes the 404 and 405 pages.
	 */
	void (*serve)(void *arg, struct arena *mem, const struct http_request *in, struct http_response *out);
	void *arg;
	size_t arena_bound;        /* bytes a request may use [8 MiB] */
};

struct http_server;
/*
 * Options are copied, what they point to must live as long as the server.  RC_INVALID (bad address),
 * RC_UNAVAILABLE (port taken, spool not writable, threads), RC_NO_MEMORY; *ret_why then says it in
 * English, valid until the same thread calls again.
 */
enum rc http_start(const struct http_options *opt, struct http_server **ret, struct text *ret_why);
int http_port(const struct http_server *s);
struct sse_hub *http_hub(struct http_server *s);
/*
 * Stop taking connections, end live streams and idle connections, finish what is under way within
 * `ms`.  True when all of it was finished.  http_stop() must follow.
 */
bool http_drain(struct http_server *s, int ms);
/* Waits for handlers that still run; takes NULL. */
void http_stop(struct http_server *s);

struct http_counters {
	int64_t requests, by_status[6]; /* answered, by hundreds */
	int64_t connections;            /* open now */
	int64_t connections_refused;    /* past the bound per peer */
	int64_t deadlines;              /* connections cut by a deadline */
	int64_t bytes_out;              /* bodies of answers */
	int64_t rejected;               /* 503, no worker free */
	int64_t latency_us_sum;         /* header read to answer sent */
	int64_t queued, listeners;      /* now */
};
void http_counters_read(struct http_server *s, struct http_counters *ret);
