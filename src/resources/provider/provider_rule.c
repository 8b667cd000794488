#include "resources/provider/provider_rule.h"

enum provider_why
provider_judge(const struct provider *p, struct day today)
{
	if (!p->active)
		return PROVIDER_OFF;
	if (!p->firm_active)
		return PROVIDER_FIRM_OFF;
	if (day_compare(today, p->valid_from) < 0)
		return PROVIDER_LICENCE_NOT_YET;
	if (!day_is_none(p->valid_to) && day_compare(today, p->valid_to) > 0)
		return PROVIDER_LICENCE_OVER;
	if (!day_is_none(p->away_from) && day_compare(today, p->away_from) >= 0
	    && (day_is_none(p->away_to) || day_compare(today, p->away_to) <= 0))
		return PROVIDER_AWAY;
	return PROVIDER_MAY;
}

int
provider_years(const struct provider *p, struct day today)
{
	return day_age(p->practice_from, today);
}

bool
licence_is_sound(struct text t)
{
	if (t.n < 4 || t.n > 40)
		return false;
	for (size_t i = 0; i < t.n; i++)
		if ((t.p[i] < '0' || t.p[i] > '9') && (t.p[i] < 'A' || t.p[i] > 'Z') && t.p[i] != '-')
			return false;
	return true;
}
