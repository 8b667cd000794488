/* policy_store: the SQL of this folder.  Private. */
#pragma once

#include "standards/policy/policy_version.h"

/* A new version with the next number of its package; *in: state, from, change, base, text, hash, words, held, broke,
 * report, and who decided (0: nobody yet). */
enum rc policy_version_put(struct tx *tx, const struct actor *actor, const struct policy_version *in, int64_t *ret_id);
/* RC_CONFLICT unless it is still a draft. */
enum rc policy_version_decide(struct tx *tx, const struct actor *actor, int64_t id, enum policy_state to, struct text words);
/* Id of the newest approved version whatever its day; 0: none. */
enum rc policy_newest_approved(struct tx *tx, const struct actor *actor, struct text package, int64_t *ret);
/* Was this text ever a version of the package? */
enum rc policy_has_text(struct tx *tx, const struct actor *actor, struct text package, struct text hash, bool *ret);
/* Decisions with the smallest ids after `after`. */
enum rc policy_decisions_after(struct tx *tx, const struct actor *actor, int64_t after, struct policy_decision *ret,
    size_t cap, size_t *ret_n);
/* The newest of a package with a law date before `before`. */
enum rc policy_decisions_before(struct tx *tx, const struct actor *actor, struct text package, struct day before,
    struct policy_decision *ret, size_t cap, size_t *ret_n);
void policy_hash(struct text t, char out[static POLICY_HASH_CHARS + 1]);
