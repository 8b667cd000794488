#include "resources/person/person.h"

#include "base/credit.h"

#define ELDERLY_AGE 60 /* 老年人权益保障法 (2018) 2 */
#define ADULT_AGE 18   /* 未成年人保护法 (2024) 2; 民法典 17 */

static uint64_t
bit_set(uint64_t groups, enum group g, bool on)
{
	return on ? groups | GROUP_BIT(g) : groups & ~GROUP_BIT(g);
}

uint64_t
group_derive(uint64_t told, struct day born, int sex, struct day today)
{
	uint64_t groups = told & GROUP_ALL;

	if (!day_is_none(born)) {
		int age = day_age(born, today);

		groups = bit_set(groups, GROUP_ELDERLY, age >= ELDERLY_AGE);
		groups = bit_set(groups, GROUP_MINOR, age >= 0 && age < ADULT_AGE);
	}
	if (sex == SEX_FEMALE || sex == SEX_MALE)
		groups = bit_set(groups, GROUP_WOMAN, sex == SEX_FEMALE);
	return groups;
}

bool
applicant_is_organisation(enum applicant_kind k)
{
	return k == APPLICANT_STARTUP || k == APPLICANT_COMMITTEE || k == APPLICANT_PUBLIC_ORG
	    || k == APPLICANT_ENTERPRISE || k == APPLICANT_OTHER_ORG || k == APPLICANT_GOVERNMENT;
}

static bool
is_government(const struct organisation_new *in)
{
	char code[19];

	return in->kind == APPLICANT_GOVERNMENT
	    || (credit_read(in->credit_code, code) == CREDIT_FINE && credit_is_government(code));
}

static struct applicant_verdict
startup_judge(const struct organisation_new *in, struct startup_rule rule, struct day today)
{
	bool known = !day_is_none(in->founded);

	if (known && day_compare(in->founded, today) > 0)
		return (struct applicant_verdict){ .why = FIT_UNFOUNDED };
	/* the anniversary itself is still within the years */
	if (known && day_compare(day_add_months(in->founded, 12 * rule.years), today) < 0)
		return (struct applicant_verdict){ .why = FIT_OLD, .refer = true, .bound = rule.years };
	if (in->staff > rule.staff)
		return (struct applicant_verdict){ .why = FIT_LARGE, .refer = true, .bound = rule.staff };
	return (struct applicant_verdict){ .why = FIT_FINE, .unsure = !known || in->staff < 0 };
}

struct applicant_verdict
applicant_judge(const struct organisation_new *in, struct startup_rule rule, struct day today)
{
	if (is_government(in))
		return (struct applicant_verdict){ .why = FIT_GOVERNMENT };
	if (in->kind == APPLICANT_STARTUP)
		return startup_judge(in, rule, today);
	return (struct applicant_verdict){ .why = FIT_FINE };
}
