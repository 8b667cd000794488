#include "kit/crew/crew_pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct pool;

struct hand { struct pool *pool; pthread_t thread; unsigned worker; };

struct pool {
	struct crew crew;             /* first: what the caller holds */
	pthread_mutex_t lock;
	pthread_cond_t begun, ended;
	uint64_t round;               /* of work, counted under the lock, as are the next three */
	unsigned busy;
	bool leaving;
	void (*part)(void *arg, unsigned worker, uint32_t i);
	void *arg;
	uint32_t n_parts;
	atomic_uint_least32_t next;
	unsigned n_hands;             /* threads that run */
	struct hand hand[CREW_WORKERS_MAX];
};

static void
parts_do(struct pool *p, unsigned worker)
{
	uint32_t i;

	while ((i = atomic_fetch_add_explicit(&p->next, 1, memory_order_relaxed)) < p->n_parts)
		p->part(p->arg, worker, i);
}

static void *
hand_main(void *arg)
{
	struct hand *h = arg;
	struct pool *p = h->pool;
	uint64_t done = 0;

	pthread_mutex_lock(&p->lock);
	for (;;) {
		while (p->round == done && !p->leaving)
			pthread_cond_wait(&p->begun, &p->lock);
		if (p->leaving)
			break;
		done = p->round;
		pthread_mutex_unlock(&p->lock);
		parts_do(p, h->worker);
		pthread_mutex_lock(&p->lock);
		if (--p->busy == 0)
			pthread_cond_signal(&p->ended);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

/* More parts than UINT32_MAX less the workers would let `next` run over; no work has so many. */
static void
pool_run(const struct crew *crew, void (*part)(void *arg, unsigned worker, uint32_t i), void *arg,
    uint32_t n_parts)
{
	struct pool *p = (struct pool *)(uintptr_t)crew;

	pthread_mutex_lock(&p->lock);
	p->part = part;
	p->arg = arg;
	p->n_parts = n_parts < UINT32_MAX - CREW_WORKERS_MAX ? n_parts : UINT32_MAX - CREW_WORKERS_MAX;
	atomic_store(&p->next, 0);
	p->busy = p->n_hands;
	p->round++;
	pthread_cond_broadcast(&p->begun);
	pthread_mutex_unlock(&p->lock);
	parts_do(p, 0);
	pthread_mutex_lock(&p->lock);
	while (p->busy > 0)
		pthread_cond_wait(&p->ended, &p->lock);
	pthread_mutex_unlock(&p->lock);
}

static unsigned
processors(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof set, &set) != 0)
		return 1;
	return (unsigned)CPU_COUNT(&set);
}

const struct crew *
crew_pool_start(unsigned workers)
{
	struct pool *p = calloc(1, sizeof *p);

	if (p == NULL)
		return NULL;
	if (workers == 0)
		workers = processors();
	p->crew.workers = workers < CREW_WORKERS_MAX ? workers : CREW_WORKERS_MAX;
	p->crew.run = pool_run;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->begun, NULL);
	pthread_cond_init(&p->ended, NULL);
	for (unsigned k = 1; k < p->crew.workers; k++) {
		struct hand *h = &p->hand[p->n_hands];

		h->pool = p;
		h->worker = k;
		if (pthread_create(&h->thread, NULL, hand_main, h) != 0) {
			crew_pool_stop(&p->crew);
			return NULL;
		}
		p->n_hands++;
	}
	return &p->crew;
}

void
crew_pool_stop(const struct crew *crew)
{
	struct pool *p = (struct pool *)(uintptr_t)crew;

	if (p == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	p->leaving = true;
	pthread_cond_broadcast(&p->begun);
	pthread_mutex_unlock(&p->lock);
	for (unsigned k = 0; k < p->n_hands; k++)
		pthread_join(p->hand[k].thread, NULL);
	pthread_cond_destroy(&p->ended);
	pthread_cond_destroy(&p->begun);
	pthread_mutex_destroy(&p->lock);
	free(p);
}
