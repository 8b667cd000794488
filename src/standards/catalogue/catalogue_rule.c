#include "standards/catalogue/catalogue_rule.h"

#include <stddef.h>

/* The sentence of the article that makes them beneficiaries. */
static const char *
sentence_of(enum applicant_kind who)
{
	static const char *const sentences[APPLICANT_COUNT] = {
		[APPLICANT_PERSON] = "S17", [APPLICANT_FAMILY] = "S17", [APPLICANT_STARTUP] = "S18",
		[APPLICANT_COMMITTEE] = "S19", [APPLICANT_PUBLIC_ORG] = "S20", [APPLICANT_ENTERPRISE] = "S21",
		[APPLICANT_OTHER_ORG] = "S21", [APPLICANT_GOVERNMENT] = "S3",
	};

	return (unsigned)who < APPLICANT_COUNT && sentences[who] != NULL ? sentences[who] : "S17";
}

static bool
set_has(uint32_t set, int n)
{
	return n >= 0 && n < 32 && (set & BIT(n)) != 0;
}

static enum catalogue_why
item_why(const struct item *item, enum applicant_kind who, enum channel channel, enum tier tier)
{
	if (!item->in_force)
		return CATALOGUE_WITHDRAWN;
	if (who == APPLICANT_GOVERNMENT)
		return CATALOGUE_GOVERNMENT;
	if (!set_has(item->who_may, (int)who))
		return who == APPLICANT_ENTERPRISE || who == APPLICANT_OTHER_ORG ? CATALOGUE_MARKET : CATALOGUE_NOT_FOR;
	if (!set_has(item->channels, (int)channel))
		return CATALOGUE_CHANNEL;
	return set_has(item->tiers, (int)tier) ? CATALOGUE_MAY : CATALOGUE_TIER;
}

struct catalogue_verdict
catalogue_judge(const struct item *item, enum applicant_kind who, enum channel channel, enum tier tier)
{
	struct catalogue_verdict v = { .why = item_why(item, who, channel, tier) };

	v.allowed = v.why == CATALOGUE_MAY;
	v.refer = !v.allowed;
	v.article = sentence_of(who);
	if (v.why == CATALOGUE_NOT_FOR)
		v.article = "S21";
	if (v.why == CATALOGUE_WITHDRAWN || v.why == CATALOGUE_CHANNEL || v.why == CATALOGUE_TIER)
		v.article = "S130";
	return v;
}

bool
catalogue_set_is_sound(uint64_t set, int first, int count)
{
	uint64_t all = (UINT64_C(1) << count) - (UINT64_C(1) << first);

	return set != 0 && (set & ~all) == 0;
}
