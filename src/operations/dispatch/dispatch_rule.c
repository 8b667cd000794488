#include "operations/dispatch/dispatch_rule.h"

#include <stdlib.h>

enum dispatch_bar
dispatch_judge(const struct dispatch_weights *w, const struct candidate *c, int64_t holder)
{
	if (c->account == holder)
		return BAR_HOLDER;
	if (c->conflict)
		return BAR_CONFLICT;
	if (c->returned)
		return BAR_RETURNED;
	if (c->point_lists_items && !c->point_has_item)
		return BAR_POINT_ITEM;
	if (c->lists_items && !c->has_item)
		return BAR_PERSON_ITEM;
	if (c->speaks == FACT_NO && w->v[WEIGHT_LANGUAGE_MUST] != 0)
		return BAR_LANGUAGE;
	if (c->load >= c->capacity)
		return BAR_FULL;
	return BAR_NONE;
}

int
dispatch_place_score(const struct dispatch_weights *w, struct place point, struct place matter, enum tier tier)
{
	if (tier == TIER_HOTLINE || tier == TIER_ONLINE)
		return w->v[WEIGHT_CITY];
	if (point.code == matter.code && place_level(point) == PLACE_VILLAGE)
		return w->v[WEIGHT_VILLAGE];
	if (place_level(matter) >= PLACE_TOWN
	    && place_up(point, PLACE_TOWN).code == place_up(matter, PLACE_TOWN).code)
		return w->v[WEIGHT_TOWN];
	if (place_up(point, PLACE_COUNTY).code == place_up(matter, PLACE_COUNTY).code)
		return w->v[WEIGHT_COUNTY];
	return w->v[WEIGHT_CITY];
}

int
dispatch_down_score(int points, int n, int full)
{
	if (full <= 0 || n >= full)
		return 0;
	return (int)((int64_t)points * (full - (n < 0 ? 0 : n)) / full);
}

int
dispatch_fact_score(int points, enum fact f)
{
	return f == FACT_YES ? points : f == FACT_NO ? 0 : points / 2;
}

/* The finalizer of SplitMix64 (Steele, Lea, Flood 2014): any change of either spreads over all bits. */
uint64_t
dispatch_tie(int64_t seed, int64_t account)
{
	uint64_t z = (uint64_t)seed * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)account;

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static void
score(const struct dispatch_weights *w, struct place place, struct candidate *c)
{
	bool known = c->served_days >= 0 && c->served_days <= w->v[WEIGHT_SAME_DAYS];

	c->part[PART_PLACE] = dispatch_place_score(w, c->place, place, c->tier);
	c->part[PART_ITEM] = w->v[c->has_item ? WEIGHT_ITEM_OWN : WEIGHT_ITEM_ANY];
	c->part[PART_LOAD] = dispatch_down_score(w->v[WEIGHT_LOAD], c->load, c->capacity);
	c->part[PART_OPEN] = dispatch_fact_score(w->v[WEIGHT_OPEN], c->open);
	c->part[PART_DUTY] = dispatch_fact_score(w->v[WEIGHT_DUTY], c->duty);
	c->part[PART_LANGUAGE] = c->speaks == FACT_YES ? w->v[WEIGHT_LANGUAGE] : 0;
	c->part[PART_FAIR] = dispatch_down_score(w->v[WEIGHT_FAIR], c->recent, w->v[WEIGHT_FAIR_FULL]);
	c->part[PART_SAME] = known ? w->v[WEIGHT_SAME] : 0;
	c->score = 0;
	for (int p = 0; p < PART_COUNT; p++)
		c->score += c->part[p];
}

static int
candidate_compare(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if ((a->bar == BAR_NONE) != (b->bar == BAR_NONE))
		return a->bar == BAR_NONE ? -1 : 1;
	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	if (a->load != b->load)
		return a->load < b->load ? -1 : 1;
	if (a->tie != b->tie)
		return a->tie < b->tie ? -1 : 1;
	return a->account < b->account ? -1 : a->account > b->account;
}

void
dispatch_rank(const struct dispatch_weights *w, int64_t seed, struct place place, int64_t holder,
    struct candidate *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		c[i].bar = dispatch_judge(w, &c[i], holder);
		score(w, place, &c[i]);
		c[i].tie = dispatch_tie(seed, c[i].account);
	}
	if (n > 1)
		qsort(c, n, sizeof *c, candidate_compare);
}
