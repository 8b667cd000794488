/* live_kit: a server on a free port and a client of plain sockets, for live_test.c and live_flow_test.c. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kit/http/http.h"

#define LIVE_BYTES (1 << 20)

struct live {
	struct http_server *server;
	int port;
	char spool[64];
};

struct answer {
	int status;       /* 0: the connection ended without an answer */
	size_t n;         /* of body */
	char head[16384];
	char body[LIVE_BYTES];
};

void live_start(struct live *l, struct http_limits limits, int workers);
void live_stop(struct live *l);
/* Let handlers of /slow go on. */
void live_release(void);
/* Wait until n handlers stand in /slow. */
void live_await_slow(int n);
int live_files(const struct live *l); /* in the spool directory */

/* A connection that was refused or cut ends before what it left is removed. */
void live_await_files(const struct live *l, int n);

int dial(const struct live *l);
int dial_from(const struct live *l, const char *source); /* 127.0.0.2 is a trusted proxy */
void put(int fd, const char *s);
void put_bytes(int fd, const void *p, size_t n);
/* One answer, Content-Length or chunked; bytes behind it stay for the next call on this fd. */
void take(int fd, struct answer *a);
void take_head(int fd, struct answer *a);
/* Wait until text stands in what comes in; false at the end of the stream. */
bool take_until(int fd, const char *text);
bool at_end(int fd); /* nothing more comes: waits for the other side to close */
/* Value of a header of the answer into out; false when it is not there. */
bool head_get(const struct answer *a, const char *name, char *out, size_t n);
bool head_has(const struct answer *a, const char *line);
/* Dial, ask, take, hang up. */
void ask(const struct live *l, const char *request, struct answer *a);
