#include "engine/rules/rules_batch.h"
#include "fuzz.h"

/* What compiles can be judged with nothing known, planned and run over two rows, and both say the same. */
static void
both_try(struct arena *a, const struct rules *r)
{
	const struct rules_package *k = rules_package(r);
	struct rules_population *p = NULL;
	const struct rules_plan *plan = NULL;
	struct rules_facts *f = rules_facts_new(a, r);
	struct rules_verdict v;
	int64_t n[4] = { 0 };
	uint8_t state[4] = { 0 };
	struct rules_column out[2] = { { n, state, NULL }, { n + 2, state + 2, NULL } };
	int want[2] = { RULES_WANT_CONFLICT, k->conclusion };
	enum rc rc = f == NULL ? RC_NO_MEMORY : rules_judge(a, r, f, &v);

	PROMISE(rc == RC_OK || rc == RC_INVALID || rc == RC_NO_MEMORY);
	if (rc == RC_NO_MEMORY || rules_population_new(a, r, 2, &p) != RC_OK ||
	    rules_plan_new(a, r, want, 2, &plan) != RC_OK || rules_batch_run(a, plan, p, 0, 2, NULL, out) != RC_OK)
		return;
	PROMISE((n[0] != 0) == (rc == RC_INVALID) && n[0] == n[1]);
	if (rc == RC_OK)
		PROMISE(rules_column_state(state[2]) == v.conclusion.state &&
		    (v.conclusion.state != RULES_KNOWN || n[2] == v.conclusion.n));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_create((size_t)64 << 20);
	struct rules_findings findings;
	const struct rules *r = NULL, *tried;
	enum rc rc;

	if (a == NULL)
		return 0;
	rc = rules_compile(a, fuzz_text(data, size), &findings, &r);
	PROMISE(rc == RC_OK ? r != NULL && findings.n == 0 : rc == RC_NO_MEMORY || rc == RC_TOO_LARGE || findings.n > 0);
	PROMISE(findings.n <= RULES_FINDING_MAX);
	for (size_t i = 0; i < findings.n; i++)
		PROMISE(findings.finding[i].line >= 1 && findings.finding[i].column >= 1 &&
		    findings.finding[i].fault < RULES_FAULT_COUNT);
	if (rc == RC_OK)
		both_try(a, r);
	if (rc == RC_OK && rules_has_trials(r) && rules_with_trials(a, r, &tried) == RC_OK)
		both_try(a, tried);
	arena_free(a);
	return 0;
}
