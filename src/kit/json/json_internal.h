/* json_internal: the one door to jansson.  Private to this folder. */
#pragma once

#include <jansson.h>

#include "kit/json/json.h"

/* NULL after a finding; duplicate keys and deep nesting are refused. */
json_t *json_body_parse(struct text body, struct findings *findings);
