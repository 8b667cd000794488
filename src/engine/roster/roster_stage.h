/* roster_stage: months for tests, drawn from a seed. */
#pragma once

#include "engine/roster/roster.h"

/* Two persons or three, few days, villages and windows; every rule binds in some of them. */
const struct roster_month *stage_tiny(struct arena *mem, uint64_t seed);
/* A slot that this person or day can never have, whatever else: spares the test's search through all plans. */
bool stage_hopeless(const struct roster_month *m, uint32_t slot, uint32_t person, uint32_t day);
