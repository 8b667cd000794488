#include "resources/duty/duty_swap_rule.h"

#define IN(state) (1u << (state) / 10)
#define OPEN (IN(SWAP_ASKED) | IN(SWAP_AGREED))
#define BOTH (SWAP_BY_ASKER | SWAP_BY_COLLEAGUE)

const struct duty_swap_rule duty_swap_rules[SWAP_STEPS] = {
	[SWAP_ASK] = { 0, SWAP_ASKED, SWAP_BY_ASKER, true, "duty.swap_ask", SWAP_BY_COLLEAGUE },
	[SWAP_AGREE] = { IN(SWAP_ASKED), SWAP_AGREED, SWAP_BY_COLLEAGUE, false, "duty.swap_agree", SWAP_BY_ASKER | SWAP_BY_PLANNER },
	[SWAP_DECLINE] = { IN(SWAP_ASKED), SWAP_DECLINED, SWAP_BY_COLLEAGUE, true, "duty.swap_decline", SWAP_BY_ASKER },
	[SWAP_APPROVE] = { IN(SWAP_AGREED), SWAP_APPROVED, SWAP_BY_PLANNER, false, "duty.swap_approve", BOTH },
	[SWAP_DENY] = { OPEN, SWAP_DENIED, SWAP_BY_PLANNER, true, "duty.swap_deny", BOTH },
	[SWAP_WITHDRAW] = { OPEN, SWAP_WITHDRAWN, SWAP_BY_ASKER, false, "duty.swap_withdraw", SWAP_BY_COLLEAGUE },
	[SWAP_EXPIRE] = { OPEN, SWAP_EXPIRED, SWAP_BY_SYSTEM, false, "duty.swap_expire", BOTH },
	/* the roster changed otherwise: nobody takes this step, it comes with the change */
	[SWAP_OVERTAKE] = { OPEN, SWAP_OVERTAKEN, 0, false, "duty.swap_overtake", BOTH },
};

bool
duty_swap_is_open(enum duty_swap_state s)
{
	return (OPEN >> (unsigned)s / 10 & 1) != 0;
}

bool
duty_swap_may(enum duty_swap_state from, enum duty_swap_step step, unsigned by)
{
	const struct duty_swap_rule *r = (unsigned)step < SWAP_STEPS ? &duty_swap_rules[step] : NULL;

	return r != NULL && (r->from >> (unsigned)from / 10 & 1) != 0 && (r->by & by) != 0;
}

bool
duty_swap_needs_words(enum duty_swap_step step)
{
	return (unsigned)step < SWAP_STEPS && duty_swap_rules[step].words;
}
