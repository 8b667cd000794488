/*
 * http_inner: what the parts of kit/http share; nobody else includes it.
 *
 * Threads: the door (accepts, watches deadlines, beats live streams), two of libmicrohttpd (read and
 * write), the workers (run handlers).  Lock order: queue or hub, then libmicrohttpd's own; the table
 * of connections and the server's lock are leaves.
 */
#pragma once

#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <sys/socket.h>

#include "kit/http/http.h"

#define HTTP_FIELDS_MAX 256
#define HTTP_FILES_MAX 16
#define HTTP_PARTS_BYTES (512 * 1024) /* names and values of a multipart body, files apart */
#define HTTP_LINGER_MAX 64
#define HTTP_LINGER_MS 2000

struct http_server;
struct call;

/* ---- conn.c: which connections are open, and until when may they be? ------------------------- */

enum conn_phase {
	CONN_NEW,    /* no request line yet */
	CONN_IDLE,   /* between requests */
	CONN_HEADER, /* request line read */
	CONN_BODY,
	CONN_WORK,   /* with a worker: no deadline, the handler has its own */
	CONN_SEND,
	CONN_LIVE,   /* server-sent events */
};

struct conn {
	struct http_server *server;
	struct conn *next, *prev;
	int fd;
	bool started;      /* MHD owns fd and will say when it closes: only then may fd be touched */
	bool cut;
	bool proxy;        /* peer is one of options.proxies */
	enum conn_phase phase;
	int64_t deadline;  /* monotonic ms; 0: none */
	char peer[INET6_ADDRSTRLEN];
};

struct conn_table {
	pthread_mutex_t lock;
	struct conn **by_fd;
	size_t fds;
	struct conn *head;
	int n;
	int linger[HTTP_LINGER_MAX];      /* copies of sockets being closed, -1: free */
	int64_t linger_end[HTTP_LINGER_MAX];
};

enum rc conns_open(struct conn_table *t);
void conns_close(struct conn_table *t);
/* A socket just accepted.  NULL when memory is out or fd is past the table. */
struct conn *conn_add(struct http_server *s, int fd, const char *peer, bool proxy);
void conn_drop(struct http_server *s, int fd); /* MHD did not take it */
int conns_of_peer(struct conn_table *t, const char *peer);
int conns_open_now(struct conn_table *t);
void conn_notify(void *cls, struct MHD_Connection *mhd, void **ctx,
    enum MHD_ConnectionNotificationCode code);
void conn_enter(struct conn *c, enum conn_phase phase, int64_t ms); /* ms 0: no deadline */
/* Read on for a while after our side is closed, so that the answer is not lost to a reset. */
void conn_linger(struct conn *c);
/* Answer past MHD, which cannot answer while a body is coming in; the caller then closes. */
void conn_send_raw(struct conn *c, struct text answer);
void conns_cut_late(struct http_server *s, int64_t now);
int64_t now_ms_monotonic(void);

/* ---- body.c: what was sent? ------------------------------------------------------------------ */

enum body_kind { BODY_DISCARD, BODY_RAW, BODY_FORM, BODY_PARTS };

struct upload { int fd; bool taken; crypto_hash_sha256_state sha; };

struct body {
	enum body_kind kind;
	int64_t max, n;
	const char *spool;
	bool files_allowed;
	struct buf raw;
	struct MHD_PostProcessor *pp;
	struct arena *mem;
	struct param *fields;         /* HTTP_FIELDS_MAX, multipart only */
	size_t n_fields;
	struct http_file *files;      /* HTTP_FILES_MAX */
	struct upload *uploads;
	size_t n_files;
	/* the part being read */
	bool open, is_file;
	struct text name, file_name, file_type;
	struct buf value;
	int64_t part_n;
	/* refusal: 0 or a status, with its text */
	int status;
	char why[256];
};

/* 0, or a status to refuse with (text in b->why). */
int body_begin(struct body *b, struct call *c, struct text content_type);
int body_feed(struct body *b, const char *p, size_t n);
int body_end(struct body *b);
void body_free(struct body *b); /* removes files that were not taken */
int body_refuse(struct body *b, int status, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* ---- call.c: one request from first line to last byte ---------------------------------------- */

enum call_state { CALL_HEAD, CALL_BODY, CALL_QUEUED, CALL_ANSWERED, CALL_SENT };

struct call {
	struct http_server *server;
	struct conn *conn;
	struct MHD_Connection *mhd;
	struct call *next;
	enum call_state state;
	enum http_method method;
	const struct route *route;
	const char *log_path;
	struct text path, raw_query;
	bool too_long, has_body, must_close, live;
	size_t raw_n;
	char *raw;                    /* the address as sent, and behind it the decoded path */
	char id[17];
	struct body body;
	struct http_response out;
	struct buf packed;            /* out.body under gzip */
	struct MHD_Response *answer;
	int status;
	int64_t bytes, began_us;
};

void *call_begin(void *cls, const char *uri, struct MHD_Connection *mhd);
enum MHD_Result call_step(void *cls, struct MHD_Connection *mhd, const char *url, const char *method,
    const char *version, const char *upload, size_t *upload_n, void **ctx);
void call_end(void *cls, struct MHD_Connection *mhd, void **ctx, enum MHD_RequestTerminationCode code);
enum http_method method_of(const char *s);
const char *method_name(enum http_method m);
int64_t now_us_monotonic(void);

/* ---- request.c: the request as handlers see it ----------------------------------------------- */

/* 0, or a status with *ret_why a literal. */
int request_build(struct call *c, struct arena *mem, struct http_request *ret, const char **ret_why);
/* Who asked, seen through trusted proxies: the rightmost address of `forwarded` that is none of them. */
struct text peer_of(struct text direct, struct text forwarded, const struct text *proxies, size_t n);

/* ---- decode.c: pure parsers ------------------------------------------------------------------ */

enum decode_fault { DECODE_FINE, DECODE_PERCENT, DECODE_NUL, DECODE_UTF8, DECODE_CONTROL, DECODE_TOO_MANY,
	DECODE_NO_MEMORY };
const char *decode_text(enum decode_fault f);
/* out has room for in.n bytes.  NUL passes (see decode_check). */
bool decode_percent(struct text in, bool plus_is_blank, char *out, size_t *ret_n);
enum decode_fault decode_check(struct text t, bool lines);
/* "a=1&b=2"; values are checked for NUL and UTF-8 only with strict. */
enum decode_fault decode_params(struct text in, bool strict, struct arena *a, struct params *ret);
enum decode_fault decode_cookies(struct text in, struct arena *a, struct params *ret);

/* ---- negotiate.c: pure ----------------------------------------------------------------------- */

enum encoding { ENCODING_RAW, ENCODING_GZIP, ENCODING_BR };
enum encoding encoding_pick(struct text accept, bool have_gzip, bool have_br);
enum range { RANGE_ALL, RANGE_PART, RANGE_BAD };
enum range range_parse(struct text header, size_t size, size_t *ret_from, size_t *ret_n);
bool etag_matches(struct text header, struct text etag);

/* ---- answer.c: from our response to MHD's ---------------------------------------------------- */

/* Make c->answer; never fails to leave one unless memory is out. */
void answer_make(struct call *c);
/* A refusal by the server itself: plain text, or problem+json on ROUTE_API. */
void answer_refuse(struct call *c, int status, const char *why);
void answer_asset(struct call *c, const struct asset *a);
/* Make it or already made: hand it to MHD. */
enum MHD_Result answer_send(struct call *c);
void answer_header(struct call *c, const char *name, const char *value);
struct text answer_raw(int status, const char *why, char *out, size_t n);
/* Bytes of a gzip stream of in; false when it did not fit. */
bool gzip_pack(struct text in, struct buf *out);

/* ---- asset.c --------------------------------------------------------------------------------- */
const struct asset *asset_find(const struct asset *v, size_t n, struct text path);

/* ---- worker.c -------------------------------------------------------------------------------- */

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct call *head, *tail;
	int n;
	bool stopped;
};

enum rc workers_start(struct http_server *s);
void workers_stop(struct http_server *s);
/* Suspends the connection and hands it to a worker; false when the queue is full. */
bool queue_push(struct call *c);

/* ---- sse.c ----------------------------------------------------------------------------------- */

struct sse_hub *hub_create(int listeners, int beat_ms);
void hub_free(struct sse_hub *h); /* takes NULL */
void hub_beat(struct sse_hub *h, int64_t now);
void hub_end(struct sse_hub *h); /* every stream ends, nobody may join */
int hub_listeners(struct sse_hub *h);
/* The stream as an answer to c; the channel then belongs to the answer. */
struct MHD_Response *sse_answer(struct sse_channel *ch, struct call *c);

/* ---- door.c ---------------------------------------------------------------------------------- */
enum rc door_open(struct http_server *s, char *why, size_t why_n);
enum rc door_start(struct http_server *s);
void door_close(struct http_server *s); /* stops listening; back when it has */
void door_stop(struct http_server *s);

/* ---- server.c -------------------------------------------------------------------------------- */

struct counters {
	_Atomic int64_t requests, by_status[6], refused, deadlines, bytes_out, rejected, latency_us_sum;
};

struct http_server {
	struct http_options opt;
	struct MHD_Daemon *mhd;
	struct conn_table conns;
	struct queue queue;
	struct sse_hub *hub;
	struct counters count;
	pthread_t *workers;
	int n_workers;
	pthread_t door;
	bool door_runs;
	int listen_fd, wake_fd, port;
	int64_t tick_ms;
	_Atomic bool draining, stopping;
	pthread_mutex_t lock;      /* active, listening */
	pthread_cond_t quiet;
	int active;                /* requests begun and not ended */
	bool listening;
};
