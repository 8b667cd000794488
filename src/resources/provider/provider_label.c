/* Names of kinds, skills and reasons. */
#include "resources/provider/provider.h"

#include "kit/msg/msg.h"

const struct choice firm_kind_choices[] = {
	{ FIRM_LAW, "law_firm", T("律师事务所") },
	{ FIRM_GRASSROOTS, "grassroots", T("基层法律服务所") },
	{ FIRM_AID, "aid_institution", T("法律援助机构") },
	{ 0, NULL, NULL },
};
const struct choice provider_kind_choices[] = {
	{ PROVIDER_LAWYER, "lawyer", T("律师") },
	{ PROVIDER_GRASSROOTS, "legal_worker", T("基层法律服务工作者") },
	{ PROVIDER_AID_LAWYER, "aid_lawyer", T("法律援助机构律师") },
	{ PROVIDER_VOLUNTEER, "volunteer", T("法律援助志愿者") },
	{ 0, NULL, NULL },
};
const struct choice provider_skill_choices[] = {
	{ SKILL_CIVIL, "civil", T("民事") },
	{ SKILL_LABOUR, "labour", T("劳动") },
	{ SKILL_FAMILY, "family", T("婚姻家庭") },
	{ SKILL_INJURY, "injury", T("人身损害") },
	{ SKILL_ADMINISTRATIVE, "administrative", T("行政、国家赔偿") },
	{ SKILL_CRIMINAL, "criminal", T("刑事") },
	{ SKILL_MINORS, "minors", T("熟悉未成年人身心特点") },
	{ SKILL_PANEL, "panel", T("重大刑事案件律师库") },
	{ 0, NULL, NULL },
};

static const char *
label_of(const struct choice *choices, int value)
{
	const struct choice *c = choice_by_value(choices, value);

	return c != NULL ? c->label : T("未填写");
}

const char *firm_kind_label(enum firm_kind k) { return label_of(firm_kind_choices, (int)k); }
const char *provider_kind_label(enum provider_kind k) { return label_of(provider_kind_choices, (int)k); }
const char *provider_skill_label(enum provider_skill s) { return label_of(provider_skill_choices, (int)s); }

const char *
provider_why_label(enum provider_why w)
{
	static const char *const labels[PROVIDER_WHY_COUNT] = {
		[PROVIDER_MAY] = T("可以指派"),
		[PROVIDER_OFF] = T("已停用"),
		[PROVIDER_FIRM_OFF] = T("所在机构已停用"),
		[PROVIDER_LICENCE_NOT_YET] = T("执业证还没有生效"),
		[PROVIDER_LICENCE_OVER] = T("执业证已过有效期"),
		[PROVIDER_AWAY] = T("这几天不能接案"),
	};

	return labels[(unsigned)w < PROVIDER_WHY_COUNT ? w : PROVIDER_OFF];
}
