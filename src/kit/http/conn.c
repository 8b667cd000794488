#include "kit/http/http_inner.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

int64_t
now_us_monotonic(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t
now_ms_monotonic(void)
{
	return now_us_monotonic() / 1000;
}

enum rc
conns_open(struct conn_table *t)
{
	struct rlimit lim = { .rlim_cur = 1024 };

	(void)getrlimit(RLIMIT_NOFILE, &lim);
	t->fds = lim.rlim_cur > 65536 ? 65536 : (size_t)lim.rlim_cur;
	t->by_fd = calloc(t->fds, sizeof(*t->by_fd));
	for (size_t i = 0; i < HTTP_LINGER_MAX; i++)
		t->linger[i] = -1;
	return t->by_fd == NULL ? RC_NO_MEMORY : RC_OK;
}

static void
conn_unlink(struct conn_table *t, struct conn *c)
{
	t->by_fd[c->fd] = NULL;
	if (c->prev != NULL)
		c->prev->next = c->next;
	else
		t->head = c->next;
	if (c->next != NULL)
		c->next->prev = c->prev;
	t->n--;
	free(c);
}

void
conns_close(struct conn_table *t)
{
	while (t->head != NULL) /* handed to MHD, which closed them unseen at its end */
		conn_unlink(t, t->head);
	for (size_t i = 0; i < HTTP_LINGER_MAX; i++) {
		if (t->linger[i] >= 0)
			close(t->linger[i]);
		t->linger[i] = -1;
	}
	free(t->by_fd);
	t->by_fd = NULL;
}

struct conn *
conn_add(struct http_server *s, int fd, const char *peer, bool proxy)
{
	struct conn_table *t = &s->conns;
	struct conn *c = fd >= 0 && (size_t)fd < t->fds ? calloc(1, sizeof(*c)) : NULL;

	if (c == NULL)
		return NULL;
	*c = (struct conn){ .server = s, .fd = fd, .proxy = proxy, .phase = CONN_NEW,
		.deadline = now_ms_monotonic() + s->opt.limits.header_ms };
	snprintf(c->peer, sizeof(c->peer), "%s", peer);
	pthread_mutex_lock(&t->lock);
	if (t->by_fd[fd] != NULL) /* MHD closed its socket without a word: out of memory */
		conn_unlink(t, t->by_fd[fd]);
	t->by_fd[fd] = c;
	c->next = t->head;
	if (t->head != NULL)
		t->head->prev = c;
	t->head = c;
	t->n++;
	pthread_mutex_unlock(&t->lock);
	return c;
}

void
conn_drop(struct http_server *s, int fd)
{
	struct conn_table *t = &s->conns;

	pthread_mutex_lock(&t->lock);
	if (t->by_fd[fd] != NULL && !t->by_fd[fd]->started)
		conn_unlink(t, t->by_fd[fd]);
	pthread_mutex_unlock(&t->lock);
}

int
conns_of_peer(struct conn_table *t, const char *peer)
{
	int n = 0;

	pthread_mutex_lock(&t->lock);
	for (const struct conn *c = t->head; c != NULL; c = c->next)
		n += strcmp(c->peer, peer) == 0;
	pthread_mutex_unlock(&t->lock);
	return n;
}

int
conns_open_now(struct conn_table *t)
{
	int n;

	pthread_mutex_lock(&t->lock);
	n = t->n;
	pthread_mutex_unlock(&t->lock);
	return n;
}

/* CLOSED comes before MHD closes the socket, so between the two calls fd is surely ours to shut down. */
void
conn_notify(void *cls, struct MHD_Connection *mhd, void **ctx, enum MHD_ConnectionNotificationCode code)
{
	struct http_server *s = cls;
	struct conn_table *t = &s->conns;
	const union MHD_ConnectionInfo *info;
	struct conn *c;

	pthread_mutex_lock(&t->lock);
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
		c = info != NULL && info->connect_fd >= 0 ? t->by_fd[info->connect_fd] : NULL;
		if (c != NULL)
			c->started = true;
		*ctx = c;
	} else {
		c = *ctx;
		if (c != NULL)
			conn_unlink(t, c);
		*ctx = NULL;
	}
	pthread_mutex_unlock(&t->lock);
}

void
conn_enter(struct conn *c, enum conn_phase phase, int64_t ms)
{
	pthread_mutex_lock(&c->server->conns.lock);
	c->phase = phase;
	c->deadline = ms > 0 ? now_ms_monotonic() + ms : 0;
	pthread_mutex_unlock(&c->server->conns.lock);
}

void
conn_linger(struct conn *c)
{
	struct conn_table *t = &c->server->conns;

	pthread_mutex_lock(&t->lock);
	for (size_t i = 0; i < HTTP_LINGER_MAX; i++) {
		if (t->linger[i] >= 0)
			continue;
		t->linger[i] = fcntl(c->fd, F_DUPFD_CLOEXEC, 0);
		t->linger_end[i] = now_ms_monotonic() + HTTP_LINGER_MS;
		break;
	}
	pthread_mutex_unlock(&t->lock);
}

void
conn_send_raw(struct conn *c, struct text answer)
{
	ssize_t n = send(c->fd, answer.p, answer.n, MSG_DONTWAIT | MSG_NOSIGNAL);

	(void)n; /* a courtesy: the connection is closed all the same */
	conn_linger(c);
	shutdown(c->fd, SHUT_WR);
}

static bool
conn_is_late(const struct conn *c, int64_t now, bool draining)
{
	if (!c->started || c->cut)
		return false;
	if (draining && (c->phase == CONN_NEW || c->phase == CONN_IDLE))
		return true;
	return c->deadline != 0 && now >= c->deadline;
}

/* Under the table's lock.  A request half read is told why; nothing of an answer was written yet. */
static void
conn_cut(struct conn *c)
{
	char out[1024];
	struct text t = answer_raw(408, "等待请求超时。/ The request took too long to arrive.", out, sizeof(out));

	c->cut = true;
	if (c->phase == CONN_HEADER || c->phase == CONN_BODY)
		(void)!send(c->fd, t.p, t.n, MSG_DONTWAIT | MSG_NOSIGNAL);
	shutdown(c->fd, SHUT_RDWR);
}

void
conns_cut_late(struct http_server *s, int64_t now)
{
	struct conn_table *t = &s->conns;
	bool draining = atomic_load(&s->draining);

	pthread_mutex_lock(&t->lock);
	for (struct conn *c = t->head; c != NULL; c = c->next) {
		if (!conn_is_late(c, now, draining))
			continue;
		if (c->deadline != 0 && now >= c->deadline)
			atomic_fetch_add(&s->count.deadlines, 1);
		conn_cut(c);
	}
	pthread_mutex_unlock(&t->lock);
}
