/* notify_ics: deadlines as a calendar, RFC 5545: CRLF, lines of at most 75 octets, texts escaped.  Pure; private. */
#pragma once

#include "base/buf.h"
#include "supply/notify/notify.h"

struct notify_calendar {
	struct text name;        /* "我的期限" */
	struct text host;        /* what stands after the '@' of a UID */
	struct text words;       /* before the number in a summary: "最晚" */
	int64_t now_ms;          /* DTSTAMP */
	const struct notify_turn *turn; /* of duty, at times of Asia/Shanghai */
	size_t n_turns;
};
/* Each deadline is half an hour that ends with it; it blocks nothing (TRANSPARENT) and rings no bell.  An appointment keeps
 * its UID when it is moved and counts up its SEQUENCE; called off, it stays as CANCELLED.  So does a turn. */
void notify_ics_write(struct buf *b, const struct notify_calendar *c, const struct notify_entry *v, size_t n,
    const struct notify_appointment *a, size_t n_a);
