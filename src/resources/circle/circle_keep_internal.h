/* circle_keep: a city as bytes that are kept, and back. */
#pragma once

#include "base/buf.h"
#include "resources/circle/circle_city.h"

void circle_keep_write(const struct circle_city *c, struct buf *b);
/* Without names and hours; to be dropped.  RC_OK, RC_CORRUPT, RC_NO_MEMORY. */
enum rc circle_keep_read(struct text bytes, const struct circle_city **ret);
