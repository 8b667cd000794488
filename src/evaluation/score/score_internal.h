/* Facts as the text that is kept and hashed.  Private. */
#pragma once

#include "base/buf.h"
#include "evaluation/score/score.h"

#define SCORE_FACTS_BYTES ((size_t)64 << 10)
#define SCORE_HASH_CHARS 65
/* The same facts give the same text. */
enum rc score_facts_print(const struct score_facts *f, struct arena *mem, struct text *ret);
enum rc score_facts_parse(struct text t, struct arena *mem, struct score_facts *ret); /* RC_CORRUPT */
/* Over the text, the scheme's version, total and grade; hexadecimal. */
void score_hash(struct text facts, int64_t scheme, int64_t total, int grade, char out[static SCORE_HASH_CHARS]);

/* Inside a command. */
enum rc score_put(struct tx *tx, const struct actor *actor, const struct score *s, int64_t appeal, struct text why, int64_t *ret_id);
enum rc score_bounds_read(struct tx *tx, const struct actor *actor, struct score_bounds *ret);
