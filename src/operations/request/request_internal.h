/* What the files of this folder share.  Private. */
#pragma once

#include "operations/request/request.h"

/* The request's nearest unmet deadline, as its clocks stand now, in r and in the row. */
enum rc case_due_refresh(struct tx *tx, const struct actor *actor, struct request *r);
/* An event that changes nothing of the request itself: its revision stays, and open forms with it. */
enum rc request_note(struct tx *tx, const struct actor *actor, const struct request *r, const struct event_new *event);
