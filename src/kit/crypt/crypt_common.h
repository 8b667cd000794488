/* crypt_common: which passwords does everybody try first?  Lower case, 8 characters and more (shorter
 * ones are refused by length).  Private to kit/crypt. */
#pragma once

#include <stddef.h>

extern const char *const crypt_common[];
extern const size_t crypt_common_n;
