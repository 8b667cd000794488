/*
 * roster_synth: months of a city that does not exist, for demonstration and benchmarks.  Ten counties,
 * 2,248 villages, 750 advisors; the same seed gives the same months on any machine.  The calendar has
 * weekends and a few made-up holidays, not the State Council's.
 */
#pragma once

#include "engine/roster/roster.h"

#define ROSTER_SYNTH_COUNTIES 10u

enum roster_synth_year {
	ROSTER_SYNTH_NORMAL,
	ROSTER_SYNTH_TIGHT,      /* longer absences, smaller caps, longer visits: it just fits */
	ROSTER_SYNTH_OVER        /* it does not fit: something stays open */
};

/* county 0 .. 9, month 1 .. 12.  In mem; RC_INVALID, RC_NO_MEMORY. */
enum rc roster_synth_month(struct arena *mem, uint64_t seed, enum roster_synth_year year, uint32_t county,
    uint32_t month, struct roster_month *ret);
