#include "operations/dispatch/dispatch_rule.h"

#include <stdlib.h>

/* Weights, version DISPATCH_RULES_VERSION; they become data with the dispatch engine's own issue. */
#define SCORE_VILLAGE 40
#define SCORE_TOWN 30
#define SCORE_COUNTY 20
#define SCORE_CITY 10
#define SCORE_ITEM_OWN 30   /* the item stands on the person's list */
#define SCORE_ITEM_ANY 10   /* the person has no list: handles what comes */
#define SCORE_LOAD 20       /* nothing open */

enum dispatch_bar
dispatch_judge(const struct candidate *c, int64_t holder)
{
	if (c->account == holder)
		return BAR_HOLDER;
	if (c->returned)
		return BAR_RETURNED;
	if (c->point_lists_items && !c->point_has_item)
		return BAR_POINT_ITEM;
	if (c->lists_items && !c->has_item)
		return BAR_PERSON_ITEM;
	if (c->load >= c->capacity)
		return BAR_FULL;
	return BAR_NONE;
}

int
dispatch_place_score(struct place point, struct place matter, enum tier tier)
{
	if (tier == TIER_HOTLINE || tier == TIER_ONLINE)
		return SCORE_CITY;
	if (point.code == matter.code && place_level(point) == PLACE_VILLAGE)
		return SCORE_VILLAGE;
	if (place_up(point, PLACE_TOWN).code == place_up(matter, PLACE_TOWN).code
	    && place_level(matter) >= PLACE_TOWN)
		return SCORE_TOWN;
	if (place_up(point, PLACE_COUNTY).code == place_up(matter, PLACE_COUNTY).code)
		return SCORE_COUNTY;
	return SCORE_CITY;
}

int
dispatch_item_score(const struct candidate *c)
{
	return c->has_item ? SCORE_ITEM_OWN : SCORE_ITEM_ANY;
}

int
dispatch_load_score(int load, int capacity)
{
	if (capacity <= 0 || load >= capacity)
		return 0;
	return (int)((int64_t)SCORE_LOAD * (capacity - load) / capacity);
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
	return a->account < b->account ? -1 : a->account > b->account;
}

void
dispatch_rank(struct candidate *c, size_t n, struct place place, int64_t holder)
{
	for (size_t i = 0; i < n; i++) {
		c[i].bar = dispatch_judge(&c[i], holder);
		c[i].score_place = dispatch_place_score(c[i].place, place, c[i].tier);
		c[i].score_item = dispatch_item_score(&c[i]);
		c[i].score_load = dispatch_load_score(c[i].load, c[i].capacity);
		c[i].score = c[i].score_place + c[i].score_item + c[i].score_load;
	}
	qsort(c, n, sizeof *c, candidate_compare);
}
