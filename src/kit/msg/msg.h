/*
 * msg: what does this text say in the reader's language?  Chinese stands in the source, marked T(...);
 * po/en.po holds the English.  Lookup is a perfect table built from the .po files, thread-safe.
 */
#pragma once

#include "base/text.h"
#include "kit/ctx/ctx.h"

/* Marks a literal for translation; it stays the Chinese text. */
#define T(zh) ("" zh "")

/* The text in that language; the Chinese itself when there is no translation. */
const char *msg(enum lang lang, const char *zh);
bool msg_has(enum lang lang, const char *zh);
