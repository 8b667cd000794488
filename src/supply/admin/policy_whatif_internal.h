/* policy_whatif_internal: a draft over the made-up city, as the page, the CSV and the workbook show it. */
#pragma once

#include "operations/judge/judge_load.h"
#include "operations/judge/judge_reach.h"
#include "standards/policy/policy_city.h"
#include "supply/admin/policy_internal.h"

struct policy_city_view {
	const struct rules *before, *after; /* after: with the values only to be tried */
	struct text lacks;             /* the city cannot be asked: the fact it lacks; nothing else is filled */
	uint64_t seed;
	int64_t households, factor;    /* drawn, and how many each stands for */
	bool busy;                     /* somebody has the whole city worked out just now */
	const char *wrong;             /* T(): what was asked for and cannot be; NULL */
	struct judge_reach reach;      /* of those drawn */
	struct judge_figures figures;
	struct judge_grid grid;        /* parameter −1, or n 0: no curve */
	int64_t value[JUDGE_GRID_MAX];
	uint64_t count[JUDGE_GRID_MAX];
	bool has_was;
	int64_t was, is;               /* of the parameter, on the draft's day */
};

/* What the query asks for: seed, households, name, from, to. */
enum rc policy_city_work(struct exchange *x, const struct policy_shown *s, struct policy_city_view *c);
/* The same query again, behind `head`. */
struct text policy_city_query(struct exchange *x, const struct policy_city_view *c, const char *head);
bool policy_city_curves(const struct rules_parameter *p); /* numbers and money that are no table */
