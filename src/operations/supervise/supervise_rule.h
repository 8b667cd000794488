/* supervise_rule: when which step is due, and what may become of an order; pure. */
#pragma once

#include "operations/supervise/supervise.h"

/* The program's own set, from the beginning of time.  No law gives these numbers. */
struct supervise_rules supervise_rules_default(void);
/* Before the deadline, or after. */
bool supervise_is_ahead(enum supervise_step s);
/*
 * Deadlines up to this moment can have reached the step at now_ms; those ahead have, if half of their clock has run
 * (a clock of a day isn't warned of in the minute it starts).
 */
int64_t supervise_reach(const struct supervise_rules *rules, enum supervise_step s, const struct calendar *c,
    int64_t now_ms);
/* The furthest of warning, reminder and order that a clock has reached at now_ms; exactly at due_ms it is not late.
 * A paused clock (due_ms INT64_MAX) has reached none. */
enum supervise_step supervise_step_at(const struct supervise_rules *rules, const struct calendar *c, int64_t start_ms,
    int64_t due_ms, int64_t now_ms);
/* n units after at_ms; nothing to count: at_ms itself. */
int64_t supervise_after(const struct calendar *c, int count, enum clock_unit unit, int64_t at_ms);
/* May the step go out at now_ms: in working hours always, else for urgent cases where its rule says so. */
bool supervise_hour_fits(const struct supervise_rules *rules, enum supervise_step s, const struct calendar *c,
    bool urgent, int64_t now_ms);

/* ---- a new set ---- */
enum rules_fault { RULES_FROM_PASSED, RULES_WARNING_LATE, RULES_WARNING_BEYOND, RULES_COUNT, RULES_NO_REPLY_TIME, RULES_TURNS };
/* field: "warning", "order_reply" …; bound: what would do. */
struct rules_finding { enum rules_fault fault; const char *field; int64_t bound; };
#define RULES_FINDINGS_MAX (SUPERVISE_RULES * 2 + 2)
size_t supervise_rules_check(const struct supervise_rules *in, const struct calendar *c, int64_t now_ms,
    struct rules_finding ret[static RULES_FINDINGS_MAX]);
