/* dispatch_rule: pure parts of dispatch; see dispatch.h. */
#pragma once

#include "operations/dispatch/dispatch.h"

enum dispatch_bar dispatch_judge(const struct candidate *c, int64_t holder);
int dispatch_place_score(struct place point, struct place matter, enum tier tier);
int dispatch_item_score(const struct candidate *c);
int dispatch_load_score(int load, int capacity);
