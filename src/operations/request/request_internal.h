/* What the files of this folder share.  Private. */
#pragma once

#include "operations/request/request.h"

/* The request's nearest unmet deadline, as its clocks stand now, in r and in the row. */
enum rc case_due_refresh(struct tx *tx, const struct actor *actor, struct request *r);

/* An event that changes nothing of the request, and its hooks, without a row of its own in the audit trail: for jobs
 * over thousands, which write one for all and bind the events by their hash. */
enum rc request_note_unaudited(struct tx *tx, const struct actor *actor, const struct request *r,
    const struct event_new *event, int64_t *ret_event);

/* When the clocks of a request stood still, with the targets of each pause (bits 1 << enum clock_target). */
struct clock_stops { struct clock_pause v[CASE_PAUSES_MAX]; unsigned targets[CASE_PAUSES_MAX]; size_t n; };
enum rc case_pauses_of(struct tx *tx, const struct actor *actor, struct case_id id, struct clock_stops *ret);
/* Those of them that stop one target. */
size_t clock_stops_for(const struct clock_stops *all, enum clock_target target, struct clock_pause ret[static CASE_PAUSES_MAX]);
/* A deadline that moved, as an event keeps it: "HEAD\nanswer=OLD>NEW\n…", moments in ms. */
struct clock_move { enum clock_target target; int64_t old_ms, new_ms; };
struct text clock_moves_data(struct arena *mem, struct text head, const struct clock_move *v, size_t n);
