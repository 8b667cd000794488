/* frame_verdict: what do the rules say, in the reader's language?  The one way pages show a verdict. */
#pragma once

#include "standards/policy/policy.h"
#include "supply/frame/frame.h"

/* tone: of the result; lines: how it was worked out, step by step. */
void frame_verdict(struct exchange *x, struct html *h, const struct rules *r, const struct rules_verdict *v, enum ui_tone tone,
    bool lines);
