/* duty_swap_rule: the one table of what can be done about a swap, by whom, and whom it concerns; pure. */
#pragma once

#include "resources/duty/duty.h"

struct duty_swap_rule {
	unsigned from;           /* bit state / 10; 0: there is none yet */
	enum duty_swap_state to;
	unsigned by;             /* SWAP_BY_* */
	bool words;              /* a reason is asked for */
	const char *kind;        /* of what is told, and of the audit */
	unsigned tells;          /* SWAP_BY_*, but who does it */
};
extern const struct duty_swap_rule duty_swap_rules[SWAP_STEPS];
