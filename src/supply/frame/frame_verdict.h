/* frame_verdict: what do the rules say, in the reader's language?  The one way pages show a verdict. */
#pragma once

#include "standards/policy/policy.h"
#include "supply/frame/frame.h"

/* Whose words a fact is: T(). */
#define FRAME_SAID_BY_READER T("您说的")
#define FRAME_SAID_BY_APPLICANT T("申请人所述")

/* tone: of the result; how it was worked out follows step by step, `said` beside each fact. */
void frame_verdict(struct exchange *x, struct html *h, const struct rules *r, const struct rules_verdict *v, enum ui_tone tone,
    const char *said);
