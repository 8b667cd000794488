/*
 * phone: can this be called in China?  Mobile 1[3-9] + 9 digits; fixed 0 + area + 7–8 digits, with
 * or without '-' or blanks between; short numbers (12348, 110 …), 400/800; "+86" before a mobile, as
 * browsers fill it in.  domain.md 8.4.  Pure.
 */
#pragma once

#include "base/text.h"

/* Digits only into out ("051265550123"); RC_INVALID when it is none of these. */
enum rc phone_read(struct text t, char out[static 16]);
bool phone_is_mobile(const char digits[static 16]);
