/* What the files of this folder share.  Private. */
#pragma once

#include "resources/provider/provider.h"

/* What is wrong with it, as far as itself tells; line 0 outside tables. */
bool firm_check(const struct firm_new *in, struct findings *findings);
bool provider_check(const struct provider_new *in, struct findings *findings);
bool provider_may_change(const struct actor *actor);
/* Inside a command; id 0: a new one, whose id is in *ret_id. */
enum rc firm_put(struct tx *tx, const struct actor *actor, const struct firm_new *in, int64_t *ret_id);
enum rc provider_put(struct tx *tx, const struct actor *actor, const struct provider_new *in, int64_t account, int64_t *ret_id);
