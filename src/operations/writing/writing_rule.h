/* writing_rule: pure parts of writing; see writing.h. */
#pragma once

#include "operations/writing/writing.h"
