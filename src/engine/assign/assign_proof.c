/* The proof of a flow, from the input and the prices alone.  See assign_flow.h. */
#include "engine/assign/assign_flow.h"

static int64_t
village_least(const struct assign_flow *in, uint32_t village, const int64_t *price)
{
	int64_t least = in->open[village];

	for (uint32_t j = 0; j < in->m; j++) {
		uint32_t cost = in->cost[(size_t)village * in->m + j];

		if (cost != ASSIGN_NEVER && cost + price[j] < least)
			least = cost + price[j];
	}
	return least;
}

enum rc
assign_flow_check(struct arena *spare, const struct assign_flow *in, const uint32_t *at, const int64_t *price,
    int64_t *ret_objective, int64_t *ret_bound)
{
	uint32_t *used = arena_array(spare, in->m, sizeof *used);
	int64_t objective = 0, bound = 0;

	if (used == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < in->n; i++) {
		uint32_t j = at[i];

		bound += village_least(in, i, price);
		if (j == ASSIGN_OPEN) {
			objective += in->open[i];
			continue;
		}
		if (j >= in->m || in->cost[(size_t)i * in->m + j] == ASSIGN_NEVER || used[j] >= in->first[j + 1] - in->first[j])
			return RC_INVALID;
		objective += (int64_t)in->cost[(size_t)i * in->m + j] + in->load[in->first[j] + used[j]];
		used[j]++;
	}
	for (uint32_t j = 0; j < in->m; j++)
		for (uint32_t k = in->first[j]; k < in->first[j + 1]; k++)
			bound -= price[j] > in->load[k] ? price[j] - in->load[k] : 0;
	*ret_objective = objective;
	*ret_bound = bound;
	return RC_OK;
}
