/*
 * credit: is this a unified social credit code?  GB 32100: 31 characters (no I O S V Z), weights
 * 3^i mod 31, check = 31 - sum mod 31 with 31 read as 0.  Pure.
 */
#pragma once

#include "base/text.h"

enum credit_fault { CREDIT_FINE, CREDIT_LENGTH, CREDIT_CHARACTER, CREDIT_CHECK };

/* Upper-cases into out; *out is written only when FINE. */
enum credit_fault credit_read(struct text t, char out[static 19]);
/* Registration authority says it is an organ of state (first digit 1, category 1: 机关). */
bool credit_is_government(const char code[static 19]);
