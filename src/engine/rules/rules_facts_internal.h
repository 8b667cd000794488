/* rules_facts: the facts of one case, as rules_eval.c reads them.  Private to this folder. */
#pragma once

#include "engine/rules/rules_eval.h"
#include "engine/rules/rules_internal.h"

struct rules_fact { int64_t n; bool known; };

struct rules_facts {
	const struct rules *rules;
	struct rules_fact **fact; /* by input, then by item of its list (one for a fact of its own) */
	int *items;               /* by list; -1 not given */
};
