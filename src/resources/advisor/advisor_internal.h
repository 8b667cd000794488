/* What the files of this folder share.  Private. */
#pragma once

#include "resources/advisor/advisor.h"

bool advisor_may_change(const struct actor *actor);
/* A finding at a line of a table; 0: of a form. */
void advisor_tell(struct findings *f, int line, const char *field, const char *message, int64_t bound);

/* What those above know against it; RC_INVALID with a finding. */
enum rc advisor_again(struct tx *tx, const struct actor *actor, struct place village, int64_t provider, int line,
    struct findings *findings);

/* What a contract says beside who and where. */
struct contract_terms { struct advisor_term term; unsigned duties; int64_t hours, fee, plan, renews; /* fee: fen */ };
enum rc contract_insert(struct tx *tx, const struct actor *actor, struct place village, const struct provider *p,
    const struct contract_terms *t, int64_t *ret_id);
/* Inside a command: everything is looked at, then it is made.  RC_INVALID with findings at `line`. */
enum rc contract_put(struct tx *tx, const struct actor *actor, const struct advisor_contract_new *in, int64_t renews, int line,
    struct findings *findings, struct advisor_signed *ret);
enum rc seat_put(struct tx *tx, const struct actor *actor, const struct advisor_seat_new *in, int line, struct findings *findings);
