/* cli_clock: limits of time that stand in the law, by name, for `zhaofa clock due --rule NAME`. */
#pragma once

#include "engine/clock/clock.h"

/* Only what was read in the text of the law or order named (the table says which); nothing is guessed. */
struct clock_law {
	const char *name;           /* "legalaid-decide" */
	struct clock_rule rule;
	const char *what, *what_en; /* from what, to what */
	const char *source;         /* law and article */
	const char *note;           /* until when it was in force, or NULL */
};
extern const struct clock_law clock_laws[];
extern const size_t clock_laws_n;
