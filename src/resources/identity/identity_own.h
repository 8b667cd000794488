/* identity_own: what the files about accounts share.  Private to resources/identity. */
#pragma once

#include "resources/identity/identity.h"

bool identity_range_holds(struct place_range outer, struct place place);
/* Findings on "role" and "place". */
void identity_judge_place(const struct actor *actor, enum role role, struct place place, struct findings *f);
/* RC_FORBIDDEN without RIGHT_PEOPLE and for the own account. */
enum rc identity_may_manage(const struct ctx *ctx, struct account_id id);
/* RC_NOT_FOUND outside the jurisdiction and for the own account, RC_CONFLICT past the revision (0: any). */
enum rc identity_managed(struct tx *tx, const struct actor *actor, struct account_id id, int64_t revision,
    struct account *ret);
/* Does the point lie outside the place?  A point that is not known does not. */
enum rc identity_point_outside(struct tx *tx, const struct actor *actor, int64_t point, struct place place, bool *ret);
enum rc identity_sessions_end(struct tx *tx, const struct actor *actor, struct account_id id);
enum rc identity_note_state(struct tx *tx, const struct actor *actor, const char *action, int64_t id, enum role role,
    struct place place, int64_t point, bool active);
