#include "resources/advisor/advisor.h"

enum advisor_why
advisor_judge(const struct provider *p, struct advisor_term t)
{
	if (p->kind != PROVIDER_LAWYER && p->kind != PROVIDER_GRASSROOTS)
		return ADVISOR_KIND;
	if (!p->active)
		return ADVISOR_OFF;
	if (!p->firm_active)
		return ADVISOR_FIRM_OFF;
	if (p->barred)
		return ADVISOR_BARRED;
	if (day_compare(t.from, p->valid_from) < 0)
		return ADVISOR_LICENCE_NOT_YET;
	if (!day_is_none(p->valid_to) && day_compare(t.to, p->valid_to) > 0)
		return ADVISOR_LICENCE_OVER;
	return ADVISOR_MAY;
}

bool
advisor_terms_meet(struct advisor_term a, struct advisor_term b)
{
	return day_compare(a.from, b.to) <= 0 && day_compare(b.from, a.to) <= 0;
}

struct advisor_term
advisor_term_next(struct advisor_term t)
{
	struct advisor_term next = { day_add(t.to, 1), day_add(t.to, 1) };
	struct ymd a = day_to_ymd(t.from), b = day_to_ymd(next.from);
	int months = (b.year - a.year) * 12 + b.month - a.month;

	if (months > 0 && a.day == b.day)
		next.to = day_add(day_add_months(next.from, months), -1);
	else
		next.to = day_add(t.to, t.to.n - t.from.n + 1);
	return next;
}
