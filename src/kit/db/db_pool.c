#include "kit/db/db_engine.h"

#include <stdlib.h>
#include <time.h>

struct db_pool {
	pthread_mutex_t lock;
	pthread_cond_t returned;
	size_t n, cap;
	void *conn[];
};

int64_t
db_monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct db_pool *
db_pool_create(size_t cap)
{
	struct db_pool *p = calloc(1, sizeof(*p) + cap * sizeof(void *));

	if (p == NULL)
		return NULL;
	p->cap = cap;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->returned, NULL);
	return p;
}

void
db_pool_free(struct db_pool *p)
{
	if (p == NULL)
		return;
	pthread_cond_destroy(&p->returned);
	pthread_mutex_destroy(&p->lock);
	free(p);
}

void
db_pool_put(struct db_pool *p, void *conn)
{
	pthread_mutex_lock(&p->lock);
	if (p->n < p->cap)
		p->conn[p->n++] = conn;
	pthread_cond_signal(&p->returned);
	pthread_mutex_unlock(&p->lock);
}

void *
db_pool_take(struct db_pool *p, int64_t wait_ms)
{
	int64_t until = db_monotonic_ms() + wait_ms;
	struct timespec t = { .tv_sec = until / 1000, .tv_nsec = until % 1000 * 1000000 };
	void *conn = NULL;

	pthread_mutex_lock(&p->lock);
	while (p->n == 0)
		if (pthread_cond_clockwait(&p->returned, &p->lock, CLOCK_MONOTONIC, &t) != 0)
			break;
	if (p->n > 0)
		conn = p->conn[--p->n];
	pthread_mutex_unlock(&p->lock);
	return conn;
}

/* ---- statements by address ------------------------------------------------------------------ */

static size_t
slot_home(const struct db_slots *s, const struct db_stmt *stmt)
{
	uint64_t h = (uint64_t)(uintptr_t)stmt * UINT64_C(0x9E3779B97F4A7C15);

	return (size_t)(h >> 32) & (s->cap - 1);
}

/* The text is compared too: a statement in dead memory may have given its address to another. */
struct db_slot *
db_slots_find(const struct db_slots *s, const struct db_stmt *stmt)
{
	size_t i;

	if (s->cap == 0)
		return NULL;
	for (i = slot_home(s, stmt); s->table[i] != NULL; i = (i + 1) & (s->cap - 1))
		if (s->table[i]->stmt == stmt && s->table[i]->sql == stmt->sql)
			return s->table[i];
	return NULL;
}

static void
slot_place(struct db_slots *s, struct db_slot *slot)
{
	size_t i = slot_home(s, slot->stmt);

	while (s->table[i] != NULL)
		i = (i + 1) & (s->cap - 1);
	s->table[i] = slot;
	s->n++;
}

static enum rc
slots_grow(struct db_slots *s)
{
	struct db_slots bigger = { .cap = s->cap == 0 ? 64 : s->cap * 2 };
	size_t i;

	bigger.table = calloc(bigger.cap, sizeof(struct db_slot *));
	if (bigger.table == NULL)
		return RC_NO_MEMORY;
	for (i = 0; i < s->cap; i++)
		if (s->table[i] != NULL)
			slot_place(&bigger, s->table[i]);
	free(s->table);
	*s = bigger;
	return RC_OK;
}

enum rc
db_slots_add(struct db_slots *s, struct db_slot *slot)
{
	enum rc rc;

	if ((s->n + 1) * 2 > s->cap) {
		rc = slots_grow(s);
		if (rc != RC_OK)
			return rc;
	}
	slot_place(s, slot);
	return RC_OK;
}

void
db_slots_clear(struct db_slots *s, void (*end)(struct db_slot *slot))
{
	size_t i;

	for (i = 0; i < s->cap; i++)
		if (s->table[i] != NULL)
			end(s->table[i]);
	free(s->table);
	*s = (struct db_slots){ 0 };
}
