#include "kit/http/http_inner.h"

#include <stdlib.h>

bool
queue_push(struct call *c)
{
	struct queue *q = &c->server->queue;
	bool room;

	pthread_mutex_lock(&q->lock);
	room = !q->stopped && q->n < c->server->opt.limits.queue;
	if (room) {
		c->state = CALL_QUEUED;
		MHD_suspend_connection(c->mhd); /* before a worker can resume it */
		c->next = NULL;
		if (q->tail != NULL)
			q->tail->next = c;
		else
			q->head = c;
		q->tail = c;
		q->n++;
		pthread_cond_signal(&q->more);
	}
	pthread_mutex_unlock(&q->lock);
	return room;
}

/* NULL when stopped and empty: what was queued before the end is still answered. */
static struct call *
queue_pop(struct queue *q)
{
	struct call *c;

	pthread_mutex_lock(&q->lock);
	while (q->head == NULL && !q->stopped)
		pthread_cond_wait(&q->more, &q->lock);
	c = q->head;
	if (c != NULL) {
		q->head = c->next;
		if (q->head == NULL)
			q->tail = NULL;
		q->n--;
	}
	pthread_mutex_unlock(&q->lock);
	return c;
}

static void
call_serve(struct call *c, struct arena *mem)
{
	const struct http_options *o = &c->server->opt;
	struct http_request in;
	const char *why = "";
	int status = request_build(c, mem, &in, &why);

	if (status != 0) {
		answer_refuse(c, status, why);
		return;
	}
	o->serve(o->arg, mem, &in, &c->out);
	answer_make(c);
}

static void *
worker_run(void *arg)
{
	struct http_server *s = arg;
	struct arena *mem = arena_create(s->opt.arena_bound);
	struct call *c;

	while ((c = queue_pop(&s->queue)) != NULL) {
		struct MHD_Connection *mhd = c->mhd;

		if (mem == NULL)
			mem = arena_create(s->opt.arena_bound);
		if (mem != NULL && !atomic_load(&s->stopping))
			call_serve(c, mem);
		else
			answer_refuse(c, 503, "服务器繁忙,请稍后再试。/ The server is busy, please try again later.");
		body_free(&c->body); /* who sees the answer finds the uploads gone */
		if (mem != NULL)
			arena_reset(mem);
		c->state = CALL_ANSWERED;
		MHD_resume_connection(mhd); /* c may be gone from here on */
	}
	arena_free(mem);
	return NULL;
}

enum rc
workers_start(struct http_server *s)
{
	s->workers = calloc((size_t)s->opt.workers, sizeof(*s->workers));
	if (s->workers == NULL)
		return RC_NO_MEMORY;
	for (int i = 0; i < s->opt.workers; i++) {
		if (pthread_create(&s->workers[i], NULL, worker_run, s) != 0)
			return RC_UNAVAILABLE;
		s->n_workers++;
	}
	return RC_OK;
}

void
workers_stop(struct http_server *s)
{
	pthread_mutex_lock(&s->queue.lock);
	s->queue.stopped = true;
	pthread_cond_broadcast(&s->queue.more);
	pthread_mutex_unlock(&s->queue.lock);
	for (int i = 0; i < s->n_workers; i++)
		pthread_join(s->workers[i], NULL);
	s->n_workers = 0;
	free(s->workers);
	s->workers = NULL;
}
