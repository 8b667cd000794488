/* beat: something done again and again on a thread of its own, until it is told to stop.  The threads of app/. */
#pragma once

#include "base/arena.h"

#include <stdint.h>

struct beat;
/* Calls fn(b, arg, 0), fn(b, arg, 1), … with period_ms of rest before each.  mem: the process's.  NULL: memory or
 * threads are out. */
struct beat *beat_start(struct arena *mem, int period_ms, void (*fn)(struct beat *b, void *arg, int64_t n), void *arg);
/* Within fn: is a stop waiting?  Long work asks between its parts. */
bool beat_is_ending(struct beat *b);
/* Back when fn has returned for the last time; takes NULL. */
void beat_stop(struct beat *b);
