/* judge_internal: one package of rules asked about one case; what its pages share. */
#pragma once

#include "operations/judge/judge.h"
#include "supply/desk/desk_internal.h"

#define JUDGE_ROWS 6 /* of a list at first, and as many more each time */
#define JUDGE_KEY 32

enum judge_deed { JUDGE_TRY = 1, JUDGE_RECORD };
struct judge_values { int64_t seen; int deed; };

struct judging {
	struct case_id id;
	struct request r;
	struct text package;
	int64_t seen;                /* version the form was made from; 0: a fresh form */
	struct policy_version version;
	const struct rules *rules;   /* in force */
	const struct rules *typed;   /* the form was made from, when it is another */
	const struct rules_package *k;
	struct rules_facts *facts;
	struct rules_verdict verdict;
	bool judged;
	struct field wrong[FINDINGS_MAX];
	size_t n_wrong;
};

/* The facts as typed; RC_INVALID with findings that name field and bound. */
enum rc judge_read(struct exchange *x, struct judging *q);
/* The form with all that was typed. */
void judge_put_form(struct exchange *x, struct html *h, struct judging *q);
