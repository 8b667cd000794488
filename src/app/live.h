/*
 * live: whose open pages must be told that something happened to a case?
 *
 * The audit trail is read behind its end: whoever holds the case, its point, the two holders last, who was
 * offered it last and their points, and every place that it lies in.  Topics: "account:ID", "point:ID",
 * "place:CODE".
 */
#pragma once

#include "kit/db/db.h"

#define LIVE_SEEN 4096

struct live_tail {
	int64_t last;            /* newest audit id read; 0: not begun */
	int64_t seen[LIVE_SEEN]; /* ids of late, each in the place its number gives it; one overwritten is told twice */
};

typedef void live_say(void *arg, struct text topic);

/*
 * All that was audited since the last call, in pages by id; the first call only finds the end.  Ids are
 * given before their transaction commits: the last LIVE_OVERLAP_MS are read again each time, and what was
 * told is passed over.  In a db_read of the system's.
 */
#define LIVE_OVERLAP_MS INT64_C(15000)
enum rc live_follow(struct tx *tx, const struct actor *actor, struct live_tail *tail, live_say *say, void *arg);

extern const struct db_set live_sql;
