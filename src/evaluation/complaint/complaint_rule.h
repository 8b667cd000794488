/* complaint_rule: pure parts of complaint; see complaint.h. */
#pragma once

#include "evaluation/complaint/complaint.h"
