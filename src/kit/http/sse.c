/*
 * Live streams.  A stream with nothing to say is suspended, so libmicrohttpd does not look at its
 * socket; the heartbeat wakes it, and a client that is gone is noticed then.  A connection is resumed
 * only while `asleep` is set, which its own reader does: so never one that MHD has freed.
 */
#include "kit/http/http_inner.h"

#include <stdlib.h>
#include <string.h>

#define CHANNEL_BYTES 16384
#define HELLO "retry: 3000\n\n"
#define REFRESH "event: refresh\ndata: \n\n"

struct sse_channel {
	struct sse_hub *hub;
	struct sse_channel *next, *prev;
	struct conn *conn;
	struct MHD_Connection *mhd;
	bool asleep, dropped;
	int64_t last_ms;
	struct buf out;
	size_t sent;
	char topic[SSE_TOPIC_MAX + 1];
	size_t topic_n;
};

struct sse_hub {
	pthread_mutex_t lock;
	struct sse_channel *head;
	int n, max;
	int64_t beat_ms;
	bool ended;
};

struct sse_hub *
hub_create(int listeners, int beat_ms)
{
	struct sse_hub *h = calloc(1, sizeof(*h));

	if (h == NULL)
		return NULL;
	pthread_mutex_init(&h->lock, NULL);
	h->max = listeners;
	h->beat_ms = beat_ms;
	return h;
}

void
hub_free(struct sse_hub *h)
{
	if (h == NULL)
		return;
	pthread_mutex_destroy(&h->lock);
	free(h);
}

int
hub_listeners(struct sse_hub *h)
{
	int n;

	pthread_mutex_lock(&h->lock);
	n = h->n;
	pthread_mutex_unlock(&h->lock);
	return n;
}

static bool
hub_admit(struct sse_hub *h, struct sse_channel *c)
{
	bool room;

	pthread_mutex_lock(&h->lock);
	room = !h->ended && h->n < h->max;
	if (room) {
		c->next = h->head;
		if (h->head != NULL)
			h->head->prev = c;
		h->head = c;
		h->n++;
	}
	pthread_mutex_unlock(&h->lock);
	return room;
}

struct sse_channel *
sse_join(struct sse_hub *hub, struct text topic)
{
	struct sse_channel *c = topic.n <= SSE_TOPIC_MAX ? calloc(1, sizeof(*c)) : NULL;

	if (c == NULL)
		return NULL;
	c->hub = hub;
	c->topic_n = topic.n;
	memcpy(c->topic, topic.p, topic.n);
	c->last_ms = now_ms_monotonic();
	buf_init(&c->out, CHANNEL_BYTES);
	buf_add(&c->out, TEXT(HELLO));
	if (buf_rc(&c->out) != RC_OK || !hub_admit(hub, c)) {
		buf_free(&c->out);
		free(c);
		return NULL;
	}
	return c;
}

static void
channel_free(void *cls)
{
	struct sse_channel *c = cls;
	struct sse_hub *h = c->hub;

	pthread_mutex_lock(&h->lock);
	if (c->prev != NULL)
		c->prev->next = c->next;
	else
		h->head = c->next;
	if (c->next != NULL)
		c->next->prev = c->prev;
	h->n--;
	pthread_mutex_unlock(&h->lock);
	buf_free(&c->out);
	free(c);
}

void
sse_leave(struct sse_channel *c)
{
	if (c != NULL)
		channel_free(c);
}

/* Under the hub's lock. */
static void
channel_wake(struct sse_channel *c)
{
	if (!c->asleep)
		return;
	c->asleep = false;
	MHD_resume_connection(c->mhd);
}

/* What fits is kept; once something did not, everything not yet read becomes one "refresh". */
static void
channel_add(struct sse_channel *c, struct text event)
{
	size_t waiting = c->out.n - c->sent;

	if (c->dropped)
		return;
	if (c->sent > 0) {
		memmove(c->out.p, c->out.p + c->sent, waiting);
		c->out.n = waiting;
		c->sent = 0;
	}
	if (waiting + event.n + sizeof(REFRESH) > CHANNEL_BYTES) {
		/* an event half read is ended by the blank line in front */
		buf_reset(&c->out);
		buf_add(&c->out, TEXT("\n\n" REFRESH));
		c->dropped = true;
	} else {
		buf_add(&c->out, event);
	}
	channel_wake(c);
}

static void
event_write(struct buf *b, const char *event, struct text data)
{
	buf_printf(b, "event: %s\n", event);
	do {
		struct text line = text_cut(&data, '\n');

		buf_add(b, TEXT("data: "));
		for (size_t i = 0; i < line.n; i++) {
			if (line.p[i] != '\r')
				buf_char(b, line.p[i]);
		}
		buf_char(b, '\n');
	} while (data.n > 0);
	buf_char(b, '\n');
}

void
sse_send(struct sse_hub *hub, struct text topic, const char *event, struct text data)
{
	struct text line = TEXT(REFRESH);
	struct buf b;

	buf_init(&b, CHANNEL_BYTES);
	event_write(&b, event, data);
	if (buf_rc(&b) == RC_OK)
		line = buf_text(&b);
	pthread_mutex_lock(&hub->lock);
	for (struct sse_channel *c = hub->head; c != NULL; c = c->next) {
		if (text_equals((struct text){ c->topic, c->topic_n }, topic))
			channel_add(c, line);
	}
	pthread_mutex_unlock(&hub->lock);
	buf_free(&b);
}

void
hub_beat(struct sse_hub *h, int64_t now)
{
	pthread_mutex_lock(&h->lock);
	for (struct sse_channel *c = h->head; c != NULL; c = c->next) {
		if (c->asleep && now - c->last_ms >= h->beat_ms)
			channel_add(c, TEXT(": beat\n\n"));
	}
	pthread_mutex_unlock(&h->lock);
}

void
hub_end(struct sse_hub *h)
{
	pthread_mutex_lock(&h->lock);
	h->ended = true;
	for (struct sse_channel *c = h->head; c != NULL; c = c->next)
		channel_wake(c);
	pthread_mutex_unlock(&h->lock);
}

/* MHD asks for the next bytes; runs on its thread, with the response locked. */
static ssize_t
channel_read(void *cls, uint64_t pos, char *out, size_t max)
{
	struct sse_channel *c = cls;
	struct sse_hub *h = c->hub;
	size_t n;
	ssize_t rc;

	(void)pos;
	pthread_mutex_lock(&h->lock);
	n = c->out.n - c->sent;
	n = n < max ? n : max;
	rc = (ssize_t)n;
	if (n > 0) {
		memcpy(out, c->out.p + c->sent, n);
		c->sent += n;
		c->last_ms = now_ms_monotonic();
		if (c->sent == c->out.n) {
			buf_reset(&c->out);
			c->sent = 0;
			c->dropped = false;
		}
	} else if (h->ended) {
		rc = MHD_CONTENT_READER_END_OF_STREAM;
	} else {
		c->asleep = true;
		MHD_suspend_connection(c->mhd);
	}
	conn_enter(c->conn, CONN_LIVE, 3 * h->beat_ms);
	pthread_mutex_unlock(&h->lock);
	return rc;
}

struct MHD_Response *
sse_answer(struct sse_channel *ch, struct call *c)
{
	struct MHD_Response *r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, channel_read, ch,
	    channel_free);

	if (r == NULL)
		return NULL;
	ch->mhd = c->mhd;
	ch->conn = c->conn;
	c->live = true;
	(void)MHD_add_response_header(r, "Content-Type", "text/event-stream; charset=utf-8");
	(void)MHD_add_response_header(r, "X-Accel-Buffering", "no"); /* nginx passes events on at once */
	return r;
}
