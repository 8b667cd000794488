/* cli_policy: what the words of `zhaofa policy` share. */
#pragma once

#include "engine/rules/rules.h"

struct policy_asked {
	const char *package, *date, *facts, *db, *state;
	const char *draft, *set, *population, *synth, *group, *curve;
	bool trace, trials;
	struct arena *mem;
	const char *const *words;
	int n_words;
};

/* A file, or the name of a package the program brings; NULL after saying on standard error what is wrong with it. */
const struct rules *cli_policy_open(struct arena *mem, const char *name);
/* With --trials: as if the values only to be tried held.  NULL past the memory. */
const struct rules *cli_policy_tried(struct policy_asked *q, const struct rules *r);
/* The same of a text. */
const struct rules *cli_policy_compile(struct arena *mem, struct text source, const char *name);
int cli_policy_usage(void);
int cli_policy_whatif(struct policy_asked *q);
