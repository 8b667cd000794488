#include "kit/http/http_inner.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "kit/log/log.h"

#define MHD_THREADS 2
#define MHD_POOL 32768 /* bytes a connection may hold for its headers */

static void
default_int(int *v, int value)
{
	if (*v <= 0)
		*v = value;
}

static void
options_default(struct http_options *o)
{
	struct http_limits *l = &o->limits;

	if (l->body_max <= 0)
		l->body_max = 16 << 20;
	if (l->answer_max <= 0)
		l->answer_max = 16 << 20;
	if (o->arena_bound == 0)
		o->arena_bound = 8 << 20;
	default_int(&o->workers, 4);
	default_int(&l->url_max, 8192);
	default_int(&l->header_max, 16384);
	default_int(&l->headers_max, 64);
	default_int(&l->connections, 1024);
	default_int(&l->connections_per_peer, 64);
	default_int(&l->header_ms, 10000);
	default_int(&l->body_ms, 60000);
	default_int(&l->send_ms, 30000);
	default_int(&l->idle_ms, 30000);
	default_int(&l->queue, 256);
	default_int(&l->beat_ms, 15000);
	default_int(&l->listeners, 512);
}

/* An eighth of the shortest deadline: late by little, and few wake-ups. */
static int64_t
tick_of(const struct http_limits *l)
{
	const int all[] = { l->header_ms, l->body_ms, l->send_ms, l->idle_ms, l->beat_ms };
	int least = all[0];

	for (size_t i = 1; i < sizeof(all) / sizeof(all[0]); i++)
		least = all[i] < least ? all[i] : least;
	least /= 8;
	return least < 5 ? 5 : least > 250 ? 250 : least;
}

/* The format alone: its arguments may hold addresses of pages and people. */
static void __attribute__((format(printf, 2, 0)))
mhd_says(void *cls, const char *fmt, va_list ap)
{
	struct text t = text_trim(text_of(fmt));

	(void)cls;
	(void)ap;
	LOG(LOG_DEBUG, "http.library", log_text("text", t));
}

static struct MHD_Daemon *
mhd_start(struct http_server *s)
{
	/*
	 * Never to be reached, the door counts: at its own bound MHD 0.9.75 leaves a mutex locked when a
	 * connection was handed to it.  Every thread gets an even share of this figure.
	 */
	unsigned bound = (unsigned)(s->opt.limits.connections + 64) * MHD_THREADS;

	return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC |
	    MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ERROR_LOG, 0, NULL, NULL, call_step, s,
	    MHD_OPTION_EXTERNAL_LOGGER, mhd_says, NULL,
	    MHD_OPTION_THREAD_POOL_SIZE, (unsigned)MHD_THREADS,
	    MHD_OPTION_CONNECTION_LIMIT, bound,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MHD_POOL,
	    MHD_OPTION_URI_LOG_CALLBACK, call_begin, s,
	    MHD_OPTION_NOTIFY_COMPLETED, call_end, s,
	    MHD_OPTION_NOTIFY_CONNECTION, conn_notify, s,
	    MHD_OPTION_END);
}

static void
locks_make(struct http_server *s)
{
	pthread_condattr_t clock;

	pthread_mutex_init(&s->lock, NULL);
	pthread_mutex_init(&s->conns.lock, NULL);
	pthread_mutex_init(&s->queue.lock, NULL);
	pthread_cond_init(&s->queue.more, NULL);
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&s->quiet, &clock);
	pthread_condattr_destroy(&clock);
}

static enum rc
server_run(struct http_server *s, char *why, size_t why_n)
{
	enum rc rc = conns_open(&s->conns);

	if (rc != RC_OK)
		return rc;
	if (s->opt.spool != NULL && access(s->opt.spool, W_OK | X_OK) != 0) {
		snprintf(why, why_n, "upload directory %s: %s", s->opt.spool, strerror(errno));
		return RC_UNAVAILABLE;
	}
	rc = door_open(s, why, why_n);
	if (rc != RC_OK)
		return rc;
	s->hub = hub_create(s->opt.limits.listeners, s->opt.limits.beat_ms);
	if (s->hub == NULL)
		return RC_NO_MEMORY;
	snprintf(why, why_n, "threads: %s", strerror(EAGAIN));
	rc = workers_start(s);
	if (rc != RC_OK)
		return rc;
	s->mhd = mhd_start(s);
	return s->mhd == NULL ? RC_UNAVAILABLE : door_start(s);
}

enum rc
http_start(const struct http_options *opt, struct http_server **ret, struct text *ret_why)
{
	static _Thread_local char why[256];
	struct http_server *s = calloc(1, sizeof(*s));
	enum rc rc = RC_NO_MEMORY;

	snprintf(why, sizeof(why), "memory is out");
	*ret_why = text_of(why);
	if (s == NULL || sodium_init() < 0) {
		free(s);
		return rc;
	}
	s->opt = *opt;
	s->listen_fd = s->wake_fd = -1;
	options_default(&s->opt);
	s->tick_ms = tick_of(&s->opt.limits);
	locks_make(s);
	rc = server_run(s, why, sizeof(why));
	*ret_why = text_of(why);
	if (rc != RC_OK) {
		http_stop(s);
		return rc;
	}
	*ret = s;
	return RC_OK;
}

int
http_port(const struct http_server *s)
{
	return s->port;
}

struct sse_hub *
http_hub(struct http_server *s)
{
	return s->hub;
}

static struct timespec
moment_after(int ms)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += (long)(ms % 1000) * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000;
	}
	return t;
}

bool
http_drain(struct http_server *s, int ms)
{
	struct timespec end = moment_after(ms);
	bool quiet;

	door_close(s);
	hub_end(s->hub);
	pthread_mutex_lock(&s->lock);
	while (s->active > 0 && pthread_cond_timedwait(&s->quiet, &s->lock, &end) == 0)
		continue;
	quiet = s->active == 0;
	pthread_mutex_unlock(&s->lock);
	return quiet;
}

/* The order matters: MHD aborts when it is stopped with a connection still suspended. */
void
http_stop(struct http_server *s)
{
	if (s == NULL)
		return;
	door_stop(s);
	if (s->hub != NULL)
		hub_end(s->hub);
	workers_stop(s);
	if (s->mhd != NULL)
		MHD_stop_daemon(s->mhd);
	conns_close(&s->conns);
	hub_free(s->hub);
	pthread_cond_destroy(&s->quiet);
	pthread_cond_destroy(&s->queue.more);
	pthread_mutex_destroy(&s->queue.lock);
	pthread_mutex_destroy(&s->conns.lock);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

void
http_counters_read(struct http_server *s, struct http_counters *ret)
{
	*ret = (struct http_counters){ .requests = atomic_load(&s->count.requests),
		.connections = conns_open_now(&s->conns), .connections_refused = atomic_load(&s->count.refused),
		.deadlines = atomic_load(&s->count.deadlines), .bytes_out = atomic_load(&s->count.bytes_out),
		.rejected = atomic_load(&s->count.rejected),
		.latency_us_sum = atomic_load(&s->count.latency_us_sum), .listeners = hub_listeners(s->hub) };
	for (size_t i = 0; i < 6; i++)
		ret->by_status[i] = atomic_load(&s->count.by_status[i]);
	pthread_mutex_lock(&s->queue.lock);
	ret->queued = s->queue.n;
	pthread_mutex_unlock(&s->queue.lock);
}
