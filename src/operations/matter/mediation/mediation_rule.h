/* mediation_rule: pure parts of mediation; see mediation.h. */
#pragma once

#include "operations/matter/mediation/mediation.h"
