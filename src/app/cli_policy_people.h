/* cli_policy_people: the population of `zhaofa policy whatif`: rows of a CSV file, or the made-up city. */
#pragma once

#include "app/cli_policy.h"
#include "operations/judge/judge_reach.h"

#define PEOPLE_GROUPS_MAX 60

struct people_table;
struct people {
	struct judge_people judge;          /* rows by piece */
	bool made_up;                       /* places are counties, groups those of policy_city */
	uint64_t seed;
	struct day day;                     /* --date; DAY_NONE: the file has it */
	struct people_table *table[2];      /* of a file: as facts of the package, of the draft */
	struct text group[PEOPLE_GROUPS_MAX];
	size_t n_groups;
};

/* False after saying on standard error what is wrong, with line and column.  after may be before. */
bool people_open(struct policy_asked *q, const struct rules *before, const struct rules *after, struct people *ret);
