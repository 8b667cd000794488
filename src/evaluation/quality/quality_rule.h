/* quality_rule: pure parts of quality; see quality.h. */
#pragma once

#include "evaluation/quality/quality.h"
