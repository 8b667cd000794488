/* consult_rule: pure parts of consult; see consult.h. */
#pragma once

#include "operations/matter/consult/consult.h"
