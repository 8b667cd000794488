#include "resources/circle/circle_sum.h"

#include "resources/circle/circle_rule.h"

int64_t
circle_share(int64_t part, int64_t whole)
{
	return whole <= 0 ? -1 : (part * 2000 + whole) / (2 * whole);
}

static void
count_add(struct circle_count *c, int64_t weight)
{
	c->villages++;
	c->weight += weight;
}

enum rc
circle_sum_up(struct arena *spare, const struct circle_verdict *v, const struct circle_counted *who, uint32_t n,
    struct circle_sum *ret)
{
	struct circle_weighed *spread = arena_array(spare, (size_t)n + 1, sizeof *spread);
	struct circle_sum s = { .all = { 0, 0 } };
	size_t placed = 0;

	if (spread == NULL)
		return RC_NO_MEMORY;
	for (uint32_t i = 0; i < n; i++) {
		bool in = v[i].class == CIRCLE_COVERED;
		uint32_t seconds = v[i].open_high / 1000;

		count_add(&s.all, who[i].weight);
		count_add(&s.of[(int)v[i].class], who[i].weight);
		count_add(who[i].rural ? &s.rural : &s.urban, who[i].weight);
		if (in)
			count_add(who[i].rural ? &s.rural_in : &s.urban_in, who[i].weight);
		if (v[i].class == CIRCLE_NOWHERE || v[i].class == CIRCLE_OFF)
			continue;
		spread[placed].seconds = seconds < CIRCLE_SECONDS_MAX ? seconds : CIRCLE_SECONDS_MAX;
		spread[placed++].weight = who[i].weight;
	}
	s.in_permille = circle_share(s.of[CIRCLE_COVERED].weight, s.all.weight);
	s.rural_permille = circle_share(s.rural_in.weight, s.rural.weight);
	s.urban_permille = circle_share(s.urban_in.weight, s.urban.weight);
	s.gini_permille = placed == 0 ? -1 : circle_gini(spread, placed);
	s.p90_seconds = placed == 0 ? -1 : circle_centile90(spread, placed);
	*ret = s;
	return RC_OK;
}
