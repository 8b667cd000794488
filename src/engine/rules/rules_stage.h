/* rules_stage: random packages for tests: well-typed texts with every construct of the language, from a seed. */
#pragma once

#include "base/text.h"

struct rules_draw { uint64_t state; };

/* 0..below−1 */
int rules_draw(struct rules_draw *d, int below);
/* The text in `out`; some have ranges the compiler refuses, a few in a hundred. */
struct text rules_stage_package(struct rules_draw *d, char *out, size_t room);
