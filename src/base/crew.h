/*
 * crew: work in parts, perhaps by several threads.  An engine is handed one and says what the parts
 * are; who runs them is the caller's affair (kit/crew has threads).  NULL for a crew means: alone.
 *
 * run() calls part(arg, worker, i) once for every i below n_parts, with worker < workers and never
 * two calls at a time for one worker, and returns when all are done.  In which order, and by whom,
 * is open: a result must not depend on it.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define CREW_WORKERS_MAX 64u

struct crew {
	unsigned workers; /* 1 .. CREW_WORKERS_MAX */
	void (*run)(const struct crew *crew, void (*part)(void *arg, unsigned worker, uint32_t i),
	    void *arg, uint32_t n_parts);
};

static inline unsigned
crew_workers(const struct crew *crew)
{
	return crew == NULL ? 1 : crew->workers;
}

static inline void
crew_run(const struct crew *crew, void (*part)(void *arg, unsigned worker, uint32_t i), void *arg,
    uint32_t n_parts)
{
	if (crew_workers(crew) > 1 && n_parts > 1) {
		crew->run(crew, part, arg, n_parts);
		return;
	}
	for (uint32_t i = 0; i < n_parts; i++)
		part(arg, 0, i);
}
