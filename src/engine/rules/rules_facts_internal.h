/* rules_facts: the facts of one case and the values worked out of them.  Private to this folder. */
#pragma once

#include "engine/rules/rules_eval.h"
#include "engine/rules/rules_internal.h"

struct rules_fact { int64_t n; bool known; };

struct rules_facts {
	const struct rules *rules;
	struct rules_fact **fact; /* by input, then by item of its list (one for a fact of its own) */
	int *items;               /* by list; -1 not given */
};

struct rules_value rules_known(int64_t n);
struct rules_value rules_failed(enum rules_failure why, int culprit, int64_t day);
/* On values that are all there; b is 1 where the operation takes one. */
struct rules_value rules_operation(const struct rules_node *e, struct rules_value a, struct rules_value b);
