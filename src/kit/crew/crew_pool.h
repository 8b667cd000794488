/*
 * crew_pool: threads that wait for parts of work.  What base/crew.h promises, by a pool; the thread
 * that calls crew_run() is worker 0.  One run at a time: two threads must not share a pool.
 */
#pragma once

#include "base/crew.h"

/* So many workers,
    the caller among them; 0: as many as the machine has processors for this process. NULL when threads
 * or memory are out. */
const struct crew *crew_pool_start(unsigned workers);
void crew_pool_stop(const struct crew *crew); /* takes NULL */
