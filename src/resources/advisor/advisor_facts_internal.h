/* What a plan of advisers is made from.  Private. */
#pragma once

#include "engine/assign/assign_flow.h"
#include "resources/advisor/advisor_plan.h"

#define PLAN_WORK_BYTES ((size_t)512 << 20)

struct plan_facts {
	const struct advisor_plan_new *in;
	struct arena *own;
	const struct division **village;
	int64_t *before;                   /* of each village: who had it, or 0 */
	uint32_t n, m;
	struct advisor_seat *seat;
	int64_t *busy;
	uint8_t *barred;                   /* [village * m + adviser] */
	uint32_t *cost, *minutes, *open, *first, *load;
};

/* db_fn; arg is a struct plan_facts with `in` and `own` set: villages, advisers, who had what, pairs ruled out. */
enum rc plan_facts_tx(struct tx *tx, const struct actor *actor, void *argument);
/* Room and costs out of them; false: no memory. */
bool plan_loads_set(struct plan_facts *f);
bool plan_costs_set(struct plan_facts *f);
int64_t plan_facts_hash(const struct plan_facts *f);
uint32_t plan_village_at(const struct plan_facts *f, int64_t code); /* UINT32_MAX: not among them */
