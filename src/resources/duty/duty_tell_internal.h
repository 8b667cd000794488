/* duty_tell: what of a roster is to be told to whom, noted in the transaction of the change; told later by supply/notify.  Private. */
#pragma once

#include "resources/duty/duty.h"

struct duty_tell { const char *kind; const struct duty_plan *plan; const struct duty_slot *slot; /* NULL: the month */ int64_t swap; };
/* Nobody is told of what they did themselves; account 0: nobody. */
enum rc duty_tell(struct tx *tx, const struct actor *actor, const struct duty_tell *t, int64_t account);
enum rc duty_tell_provider(struct tx *tx, const struct actor *actor, const struct duty_tell *t, int64_t provider);
/* Whoever works at the slot's point. */
enum rc duty_tell_station(struct tx *tx, const struct actor *actor, const struct duty_tell *t);
/* Whoever is on this roster, or was on the one it replaces (0: none). */
enum rc duty_tell_all(struct tx *tx, const struct actor *actor, const struct duty_tell *t, int64_t old);
