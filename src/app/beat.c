#include "app/beat.h"

#include <pthread.h>
#include <time.h>

struct beat {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stop;
	int period_ms;
	void (*fn)(struct beat *b, void *arg, int64_t n);
	void *arg;
};

bool
beat_is_ending(struct beat *b)
{
	bool stop;

	pthread_mutex_lock(&b->lock);
	stop = b->stop;
	pthread_mutex_unlock(&b->lock);
	return stop;
}

/* False: stop. */
static bool
rest(struct beat *b)
{
	struct timespec until;
	bool stop;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += b->period_ms / 1000;
	until.tv_nsec += b->period_ms % 1000 * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	pthread_mutex_lock(&b->lock);
	if (!b->stop)
		pthread_cond_timedwait(&b->wake, &b->lock, &until);
	stop = b->stop;
	pthread_mutex_unlock(&b->lock);
	return !stop;
}

static void *
run(void *arg)
{
	struct beat *b = arg;

	for (int64_t n = 0; rest(b); n++)
		b->fn(b, b->arg, n);
	return NULL;
}

struct beat *
beat_start(struct arena *mem, int period_ms, void (*fn)(struct beat *b, void *arg, int64_t n), void *arg)
{
	struct beat *b = ARENA_NEW(mem, struct beat);

	if (b == NULL)
		return NULL;
	*b = (struct beat){ .period_ms = period_ms, .fn = fn, .arg = arg };
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->wake, NULL);
	return pthread_create(&b->thread, NULL, run, b) == 0 ? b : NULL;
}

void
beat_stop(struct beat *b)
{
	if (b == NULL)
		return;
	pthread_mutex_lock(&b->lock);
	b->stop = true;
	pthread_cond_signal(&b->wake);
	pthread_mutex_unlock(&b->lock);
	pthread_join(b->thread, NULL);
}
