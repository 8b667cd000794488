/* provider_rule: pure parts of provider; see provider.h. */
#pragma once

#include "resources/provider/provider.h"

/* 4 to 40 digits, capitals and hyphens. */
bool licence_is_sound(struct text t);
