/*
 * judge: what do the rules say of this case?  Somebody who acts for a case has its facts judged by the package in
 * force and keeps what came out: facts, verdict and the text it was made by, so that it can be made again.  It is
 * advice.  The case itself does not move: an officer decides, and says so by the steps of the matter.
 */
#pragma once

#include "operations/request/request.h"
#include "standards/policy/policy_version.h"

#define JUDGE_DECISIONS_SHOWN 60

/*
 * Judge and keep.  v, r: the version the facts were read for, and its text compiled.
 * RC_INVALID: no day of law, or facts that contradict each other.
 * RC_CONFLICT: another version is in force now, or the case is over.  RC_FORBIDDEN: not the holder's side.
 */
struct judge_done { int64_t decision; };
enum rc judge_record(struct ctx *ctx, struct idem_key key, struct case_id id, const struct policy_version *v,
    const struct rules *r, const struct rules_facts *f, struct judge_done *ret);
