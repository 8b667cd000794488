/*
 * clock_explain: why is it due on this day?  Every day from the start to the due day in order, each
 * with what it was: counted as the n-th, skipped, taken out by a pause, passed over when the last day
 * rolls on.  Neighbouring days of one kind are one step.  The due moment is clock_due()'s own: both
 * ask the same walk (clock_internal.h).  Pure; the memory is the caller's.
 */
#pragma once

#include "engine/clock/clock.h"

enum clock_step_kind {
	STEP_START,    /* the day (hours: the moment) it began: not counted (民法典 201) */
	STEP_COUNTED,  /* n_first..n_last; hours: from_ms..to_ms */
	STEP_SKIPPED,  /* a rest day or holiday, in working days and hours */
	STEP_CLOSED,   /* working hours: a working day, but none of its hours */
	STEP_PAUSED,   /* taken out by a pause */
	STEP_WAITING,  /* the pause that runs now: no due day yet */
	STEP_PASSED,   /* the last day was a rest day: passed over on the way on (民法典 203) */
	STEP_ROLLED,   /* the day it rolled on to */
	STEP_RESUMED,  /* a pause began on the last day: that day moved to where the pause ended */
	STEP_FOLDED,   /* steps left out for want of room, first..last */
};
#define CLOCK_STEP_KINDS 10

struct clock_step {
	enum clock_step_kind kind;
	struct day first, last;  /* inclusive */
	enum day_kind day;       /* what the calendar says these days are */
	const char *name;        /* of the holiday, or that a day is made up for; NULL; the calendar's */
	int n_first, n_last;     /* counted as the n-th; 0: not counted */
	int64_t from_ms, to_ms;  /* hours: from, and up to; of a run: from its first day's to its last day's; else 0 */
	int64_t ms;              /* hours: counted in these days */
	bool uncertain;          /* counted in a year without a table */
	bool due;                /* the last day (hours: it ends at the last moment); the last step, if any */
};

#define CLOCK_STEPS_MIN 8

/*
 * Steps into ret[0..cap), their number returned; cap below CLOCK_STEPS_MIN gives none.  When cap is
 * too small the middle of the way becomes one STEP_FOLDED.  While a pause runs there is no step that
 * is due.  ret_answer may be NULL.
 */
size_t clock_explain(const struct calendar *c, struct clock_rule rule, int64_t start_ms,
    const struct clock_pause *pauses, size_t n_pauses, int64_t now_ms, struct clock_step *ret, size_t cap,
    struct clock_answer *ret_answer);
