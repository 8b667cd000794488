/* dispatch_rule: pure parts of dispatch; see dispatch.h. */
#pragma once

#include "operations/dispatch/dispatch.h"

enum dispatch_bar dispatch_judge(const struct dispatch_weights *w, const struct candidate *c, int64_t holder);
int dispatch_place_score(const struct dispatch_weights *w, struct place point, struct place matter, enum tier tier);
/* points at 0, counting down to nothing at full. */
int dispatch_down_score(int points, int n, int full);
int dispatch_fact_score(int points, enum fact f);
uint64_t dispatch_tie(int64_t seed, int64_t account);
