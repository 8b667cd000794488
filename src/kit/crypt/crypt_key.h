/* crypt_key: where do the keys lie, and may they be used?  Private to kit/crypt. */
#pragma once

#include "base/text.h"

#define KEY_BYTES 32
#define KEYS_MAX 8

struct key_list { unsigned char key[KEYS_MAX][KEY_BYTES]; size_t n; };

enum { KEY_SEAL, KEY_INDEX, KEY_SESSION, KEY_AUDIT, KEY_FILES };

/* All four files of dir; see crypt_open() for the errors. */
enum rc key_load_all(const char *dir, bool make, struct key_list lists[static KEY_FILES],
    struct text *ret_why);
