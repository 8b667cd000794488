/* request_rule: pure parts of request; see request.h. */
#pragma once

#include "operations/request/request.h"
