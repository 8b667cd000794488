#include "resources/provider/provider_rule.h"

enum provider_why
provider_judge(const struct provider *p, struct day today)
{
	if (!p->active)
		return PROVIDER_OFF;
	if (!p->firm_active)
		return PROVIDER_FIRM_OFF;
	if (p->barred)
		return PROVIDER_BARRED;
	if (day_compare(today, p->valid_from) < 0)
		return PROVIDER_LICENCE_NOT_YET;
	if (!day_is_none(p->valid_to) && day_compare(today, p->valid_to) > 0)
		return PROVIDER_LICENCE_OVER;
	if (!day_is_none(p->away_from) && day_compare(today, p->away_from) >= 0
	    && (day_is_none(p->away_to) || day_compare(today, p->away_to) <= 0))
		return PROVIDER_AWAY;
	return PROVIDER_MAY;
}

bool
provider_gives_aid(enum provider_kind k)
{
	return k == PROVIDER_LAWYER || k == PROVIDER_GRASSROOTS || k == PROVIDER_AID_LAWYER || k == PROVIDER_VOLUNTEER;
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

/* A digit of a number that holds nothing else. */
static int
digit(struct text t, size_t at)
{
	return t.p[at] - '0';
}

enum licence_fault
lawyer_licence_judge(struct text t, int year_now)
{
	int year;

	for (size_t i = 0; i < t.n; i++)
		if (t.p[i] < '0' || t.p[i] > '9')
			return LICENCE_FINE;
	if (t.n == LAWYER_LICENCE_OLD)
		return LICENCE_FINE;
	if (t.n != LAWYER_LICENCE)
		return LICENCE_LENGTH;
	year = digit(t, 5) * 1000 + digit(t, 6) * 100 + digit(t, 7) * 10 + digit(t, 8);
	if (year < LAWYER_FIRST_YEAR || year > year_now)
		return LICENCE_YEAR;
	if (digit(t, 9) == 0)
		return LICENCE_CATEGORY;
	return digit(t, 10) > 1 ? LICENCE_SEX : LICENCE_FINE;
}

bool
volunteer_shows_paper(int category, struct text qualification)
{
	return category <= 0 || category >= VOLUNTEER_COUNT || !volunteer_needs[category].number || !text_is_empty(text_trim(qualification));
}
