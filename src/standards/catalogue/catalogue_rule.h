/* catalogue_rule: may they ask for it?  Pure.  Source: the article's S3, S17–S21. */
#pragma once

#include "standards/catalogue/catalogue.h"

/* Sets that hold nothing outside their enum. */
bool catalogue_set_is_sound(uint64_t set, int first, int count);
