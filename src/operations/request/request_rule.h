/* request_rule: pure parts of request; see request.h. */
#pragma once

#include "operations/request/request.h"

/* What a pause is asked for with. */
struct pause_facts {
	bool known;              /* the code is in force */
	unsigned flags;          /* the code's */
	size_t words;            /* characters */
	struct day until;
	bool proof;
};
/* May the clocks of a request stand still?  running: they do already; before: how often they did. */
enum pause_why pause_judge(enum request_state state, bool running, size_t before, struct day today,
    const struct pause_facts *f);
