/*
 * clock_internal: the one walk from a start to its due moment, which clock_due() asks for the end of and
 * clock_explain() for the way.  Private to this folder: one counting, so that the reasons given can
 * never belong to another day than the one given.
 */
#pragma once

#include "engine/clock/clock.h"

enum stretch_kind {
	STRETCH_BEGUN,    /* at the start; from = to */
	STRETCH_COUNTED,  /* days after `from` up to and with `to`; hours: from `from` to before `to` */
	STRETCH_PAUSED,   /* likewise, taken out */
	STRETCH_MOVED,    /* likewise, and nothing is left to count: the last day moves to `to` */
	STRETCH_WAITING,  /* a pause that is still running, up to now */
	STRETCH_ROLLED,   /* nothing left to count: on to the day `to` */
};

/* Positions are civil days (struct day's n), for hours and working hours moments in ms. */
struct clock_watch { void (*say)(void *arg, enum stretch_kind kind, int64_t from, int64_t to); void *arg; };

/* watch may be NULL; for the rest see clock_due(). */
struct clock_answer clock_walk(const struct calendar *c, struct clock_rule rule, int64_t start_ms,
    const struct clock_pause *pauses, size_t n_pauses, int64_t now_ms, const struct clock_watch *watch);
bool clock_unit_is_moment(enum clock_unit unit);
