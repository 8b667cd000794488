#include "operations/judge/judge_load.h"

#define HUNDREDTHS 100
#define HOUSEHOLDS 1000 /* the first figure is for so many */

struct judge_load
judge_load(const struct judge_figures *f, int64_t granted)
{
	struct judge_load l = { JUDGE_UNKNOWN, JUDGE_UNKNOWN, JUDGE_UNKNOWN };
	int64_t all;

	if (f->v[JUDGE_APPLICATIONS] < 0 || granted < 0 ||
	    __builtin_mul_overflow(granted, f->v[JUDGE_APPLICATIONS], &all) || all > INT64_MAX - HUNDREDTHS * HOUSEHOLDS)
		return l;
	l.applications = (all + HUNDREDTHS * HOUSEHOLDS / 2) / (HUNDREDTHS * HOUSEHOLDS);
	if (f->v[JUDGE_HOURS] < 0 || __builtin_mul_overflow(l.applications, f->v[JUDGE_HOURS], &l.hours))
		l.hours = JUDGE_UNKNOWN;
	if (f->v[JUDGE_SUBSIDY] < 0 || __builtin_mul_overflow(l.applications, f->v[JUDGE_SUBSIDY], &l.cost))
		l.cost = JUDGE_UNKNOWN;
	return l;
}

enum judge_figure
judge_load_lacks(const struct judge_figures *f, enum judge_figure limit)
{
	enum judge_figure each = limit == JUDGE_CAPACITY ? JUDGE_HOURS : limit == JUDGE_BUDGET ? JUDGE_SUBSIDY : JUDGE_APPLICATIONS;

	if (f->v[JUDGE_APPLICATIONS] < 0)
		return JUDGE_APPLICATIONS;
	if (f->v[each] < 0)
		return each;
	return f->v[limit] < 0 ? limit : JUDGE_FIGURE_COUNT;
}
