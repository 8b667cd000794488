#include "app/app.h"

#include <stdatomic.h>
#include <time.h>

static _Atomic int64_t offset_ms;
static _Atomic int64_t frozen_ms; /* 0: the clock runs */

static int64_t
wall_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int64_t
app_now_ms(void)
{
	int64_t frozen = atomic_load(&frozen_ms);

	return frozen != 0 ? frozen : wall_ms() + atomic_load(&offset_ms);
}

void
app_clock_set(int64_t at_ms)
{
	atomic_store(&frozen_ms, 0);
	atomic_store(&offset_ms, at_ms - wall_ms());
}

void
app_clock_freeze(int64_t at_ms)
{
	atomic_store(&frozen_ms, at_ms);
}
