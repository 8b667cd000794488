/* duty_swap: what the rest of duty must do about open swaps.  Private. */
#pragma once

#include "resources/duty/duty.h"

enum rc duty_swaps_of_slot(struct tx *tx, const struct actor *actor, int64_t plan, uint32_t slot, struct duty_swap *ret, size_t cap,
    size_t *ret_n);
enum rc duty_swaps_of_plan(struct tx *tx, const struct actor *actor, int64_t plan, struct duty_swap *ret, size_t cap, size_t *ret_n);
enum rc duty_swaps_past(struct tx *tx, const struct actor *actor, struct duty_swap *ret, size_t cap, size_t *ret_n);
/* The roster has changed under these: they end, and both are told. */
enum rc duty_swap_overtake(struct tx *tx, const struct actor *actor, const struct duty_swap *v, size_t n);
