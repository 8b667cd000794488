/*
 * notify_template: what does a notice say where the city has written nothing?  Plain words with the number, the
 * item and a phone to ring, and nothing of what the matter is about: a message is read by whoever holds the phone.
 * Values in, a text out; private.
 */
#pragma once

#include "supply/notify/notify.h"

struct notify_default { const char *kind; enum notify_way way; const char *body; };
extern const struct notify_default notify_defaults[];
extern const size_t notify_defaults_n;
/* NULL: this kind is not sent by this way. */
const struct notify_default *notify_default_of(struct text kind, enum notify_way way);
