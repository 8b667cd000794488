/* intake_rule: pure parts of intake; see intake.h. */
#pragma once

#include "operations/intake/intake.h"

/* The first 40 code points of the detail's first line. */
struct text intake_subject(struct text subject, struct text detail);
