/*
 * The door: one thread that accepts, cuts what is late and beats the live streams.  It accepts in
 * MHD's place because MHD_quiesce_daemon() of 0.9.75 can abort when it meets a worker of the pool at
 * its bound, and because the bounds per peer must know proxies.
 */
#include "kit/http/http_inner.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "kit/log/log.h"

#define ACCEPTS_AT_ONCE 64

static bool
address_parse(const char *address, int port, struct sockaddr_storage *ret, socklen_t *ret_n)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port) };

	memset(ret, 0, sizeof(*ret));
	if (port < 0 || port > 65535)
		return false;
	if (inet_pton(AF_INET, address, &v4.sin_addr) == 1) {
		memcpy(ret, &v4, sizeof(v4));
		*ret_n = sizeof(v4);
		return true;
	}
	if (inet_pton(AF_INET6, address, &v6.sin6_addr) == 1) {
		memcpy(ret, &v6, sizeof(v6));
		*ret_n = sizeof(v6);
		return true;
	}
	return false;
}

static int
port_of(const struct sockaddr_storage *a)
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (a->ss_family == AF_INET) {
		memcpy(&v4, a, sizeof(v4));
		return ntohs(v4.sin_port);
	}
	memcpy(&v6, a, sizeof(v6));
	return ntohs(v6.sin6_port);
}

/* ::ffff:1.2.3.4 is written 1.2.3.4, so that one peer has one name. */
static void
peer_print(const struct sockaddr_storage *a, char out[static INET6_ADDRSTRLEN])
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	out[0] = '\0';
	if (a->ss_family == AF_INET) {
		memcpy(&v4, a, sizeof(v4));
		inet_ntop(AF_INET, &v4.sin_addr, out, INET6_ADDRSTRLEN);
		return;
	}
	memcpy(&v6, a, sizeof(v6));
	if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr))
		inet_ntop(AF_INET, &v6.sin6_addr.s6_addr[12], out, INET6_ADDRSTRLEN);
	else
		inet_ntop(AF_INET6, &v6.sin6_addr, out, INET6_ADDRSTRLEN);
}

enum rc
door_open(struct http_server *s, char *why, size_t why_n)
{
	struct sockaddr_storage a;
	socklen_t n = 0;
	int on = 1;

	if (s->opt.address == NULL || !address_parse(s->opt.address, s->opt.port, &a, &n)) {
		snprintf(why, why_n, "address %s port %d: not an address of this host",
		    s->opt.address == NULL ? "(none)" : s->opt.address, s->opt.port);
		return RC_INVALID;
	}
	s->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	s->listen_fd = socket(a.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (s->wake_fd < 0 || s->listen_fd < 0 ||
	    setsockopt(s->listen_fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 ||
	    bind(s->listen_fd, (const struct sockaddr *)&a, n) != 0 || listen(s->listen_fd, 1024) != 0) {
		snprintf(why, why_n, "listen on %s port %d: %s", s->opt.address, s->opt.port, strerror(errno));
		return RC_UNAVAILABLE;
	}
	n = sizeof(a);
	if (getsockname(s->listen_fd, (struct sockaddr *)&a, &n) != 0)
		return RC_UNAVAILABLE;
	s->port = port_of(&a);
	s->listening = true;
	return RC_OK;
}

static bool
peer_is_proxy(const struct http_server *s, const char *peer)
{
	for (size_t i = 0; i < s->opt.n_proxies; i++) {
		if (text_equals(s->opt.proxies[i], text_of(peer)))
			return true;
	}
	return false;
}

static void
door_admit(struct http_server *s, int fd, const struct sockaddr_storage *a, socklen_t n)
{
	char peer[INET6_ADDRSTRLEN];
	bool proxy;

	peer_print(a, peer);
	proxy = peer_is_proxy(s, peer);
	if (!proxy && conns_of_peer(&s->conns, peer) >= s->opt.limits.connections_per_peer) {
		atomic_fetch_add(&s->count.refused, 1);
		close(fd);
	} else if (conn_add(s, fd, peer, proxy) == NULL) {
		close(fd);
	} else if (MHD_add_connection(s->mhd, fd, (const struct sockaddr *)a, n) != MHD_YES) {
		conn_drop(s, fd); /* MHD has closed it */
	}
}

static void
door_accept(struct http_server *s)
{
	for (int i = 0; i < ACCEPTS_AT_ONCE; i++) {
		struct sockaddr_storage a = { .ss_family = AF_UNSPEC };
		socklen_t n = sizeof(a);
		int fd;

		if (conns_open_now(&s->conns) >= s->opt.limits.connections)
			return;
		fd = accept4(s->listen_fd, (struct sockaddr *)&a, &n, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd < 0) {
			if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
				LOG(LOG_ERROR, "http.accept", log_str("error", strerror(errno)));
				poll(NULL, 0, 50); /* else this would spin until a descriptor is free */
			}
			return;
		}
		door_admit(s, fd, &a, n);
	}
}

/* Returns whether the socket is done with. */
static bool
linger_read(int fd)
{
	char sink[16384];

	for (int i = 0; i < 16; i++) {
		ssize_t n = recv(fd, sink, sizeof(sink), MSG_DONTWAIT);

		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
			return true;
		if (n < 0)
			return false;
	}
	return false;
}

static void
lingers_read(struct conn_table *t, int64_t now)
{
	pthread_mutex_lock(&t->lock);
	for (size_t i = 0; i < HTTP_LINGER_MAX; i++) {
		if (t->linger[i] >= 0 && (linger_read(t->linger[i]) || now >= t->linger_end[i])) {
			close(t->linger[i]);
			t->linger[i] = -1;
		}
	}
	pthread_mutex_unlock(&t->lock);
}

static nfds_t
door_watch(struct http_server *s, struct pollfd *p)
{
	struct conn_table *t = &s->conns;
	bool room = conns_open_now(t) < s->opt.limits.connections;
	nfds_t n = 0;

	p[n++] = (struct pollfd){ .fd = s->wake_fd, .events = POLLIN };
	p[n++] = (struct pollfd){ .fd = room ? s->listen_fd : -1, .events = POLLIN };
	pthread_mutex_lock(&t->lock);
	for (size_t i = 0; i < HTTP_LINGER_MAX; i++) {
		if (t->linger[i] >= 0)
			p[n++] = (struct pollfd){ .fd = t->linger[i], .events = POLLIN };
	}
	pthread_mutex_unlock(&t->lock);
	return n;
}

static void
door_shut(struct http_server *s)
{
	if (s->listen_fd >= 0)
		close(s->listen_fd);
	s->listen_fd = -1;
	pthread_mutex_lock(&s->lock);
	s->listening = false;
	pthread_cond_broadcast(&s->quiet);
	pthread_mutex_unlock(&s->lock);
}

static void *
door_run(void *arg)
{
	struct http_server *s = arg;
	struct pollfd p[2 + HTTP_LINGER_MAX];
	int64_t next = 0, now;
	uint64_t count;

	while (!atomic_load(&s->stopping)) {
		(void)poll(p, door_watch(s, p), (int)s->tick_ms);
		if ((p[0].revents & POLLIN) != 0 && read(s->wake_fd, &count, sizeof(count)) > 0)
			next = 0;
		if (atomic_load(&s->draining) && s->listen_fd >= 0)
			door_shut(s);
		else if ((p[1].revents & POLLIN) != 0)
			door_accept(s);
		now = now_ms_monotonic();
		lingers_read(&s->conns, now);
		if (now < next)
			continue;
		next = now + s->tick_ms;
		conns_cut_late(s, now);
		hub_beat(s->hub, now);
	}
	door_shut(s);
	return NULL;
}

static void
door_wake(struct http_server *s)
{
	uint64_t one = 1;

	(void)!write(s->wake_fd, &one, sizeof(one));
}

enum rc
door_start(struct http_server *s)
{
	if (pthread_create(&s->door, NULL, door_run, s) != 0)
		return RC_UNAVAILABLE;
	s->door_runs = true;
	return RC_OK;
}

void
door_close(struct http_server *s)
{
	atomic_store(&s->draining, true);
	door_wake(s);
	pthread_mutex_lock(&s->lock);
	while (s->listening)
		pthread_cond_wait(&s->quiet, &s->lock);
	pthread_mutex_unlock(&s->lock);
}

void
door_stop(struct http_server *s)
{
	atomic_store(&s->stopping, true);
	if (s->door_runs) {
		door_wake(s);
		pthread_join(s->door, NULL);
	}
	s->door_runs = false;
	if (s->listen_fd >= 0)
		close(s->listen_fd);
	if (s->wake_fd >= 0)
		close(s->wake_fd);
	s->listen_fd = s->wake_fd = -1;
}
