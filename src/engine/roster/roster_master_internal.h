/* The master program and the months in it: see core_master_new(). */
#pragma once

#include "engine/roster/roster_core_internal.h"
#include "engine/roster/roster_simplex_internal.h"

struct master_month { uint32_t person, use, n_use; int64_t cost; };
struct core_master {
	struct simplex lp;                   /* rows: persons, then those of the core; columns from `own` on are months */
	uint32_t own, n, n_max;
	struct master_month *month;
	uint32_t *option;                    /* [month * n_days + day] */
	struct simplex_entry *use;
	uint32_t n_uses, uses_max;
	uint32_t *bucket, mask;              /* months by their options: place + 1 */
	int64_t *price;                      /* of the program, in 1 / CORE_SCALE */
	uint32_t *walk;                      /* a person's options */
	int32_t *mark;                       /* of each row: scratch */
};
/* The month among those known; SIMPLEX_NONE: no room.  ret_new: was it new? */
uint32_t master_month(struct core_run *run, uint32_t person, const uint32_t *option, bool *ret_new);
/* Prices of the program, within what the rows may cost. */
void master_prices(struct core_run *run, int64_t *price);
/* Rows asleep that the program breaks are woken; how many. */
uint32_t master_wake(struct core_run *run);
