/*
 * code: short codes that people read, type and say on the phone.  Crockford base 32 (no I L O U),
 * case ignored, O read as 0, I and L as 1; groups of four with '-'.  Pure: randomness is passed in.
 */
#pragma once

#include "base/text.h"

#define CODE_BYTES 10                 /* 80 bits */
#define CODE_CHARS 16                 /* 16 characters of 5 bits */

/* "XXXX-XXXX-XXXX-XXXX" into out (20 bytes with NUL). */
void code_print(const unsigned char bytes[static CODE_BYTES], char out[static 20]);
/* Reads it back, separators and blanks ignored; RC_INVALID when it is not one. */
enum rc code_parse(struct text t, unsigned char out[static CODE_BYTES]);
/* Lower-case hex. */
void hex_print(const unsigned char *bytes, size_t n, char *out /* 2n + 1 */);
enum rc hex_parse(struct text t, unsigned char *out, size_t n);
