/* legalaid_rule: pure parts of legalaid; see legalaid.h. */
#pragma once

#include "operations/matter/legalaid/legalaid.h"
