#include "kit/msg/msg.h"
#include "resources/person/person.h"

/* Bits of FIELD_FLAGS: the value is the group. */
const struct choice group_choices[] = {
	{ GROUP_ELDERLY, "elderly", T("老年人") },
	{ GROUP_MINOR, "minor", T("未成年人") },
	{ GROUP_DISABLED, "disabled", T("残疾人") },
	{ GROUP_MIGRANT_WORKER, "migrant_worker", T("农民工") },
	{ GROUP_FLOATING, "floating", T("流动人口") },
	{ GROUP_MILITARY, "military", T("军人军属") },
	{ GROUP_VETERAN, "veteran", T("退役军人") },
	{ GROUP_DIBAO, "dibao", T("低保对象") },
	{ GROUP_DESTITUTE, "destitute", T("特困人员") },
	{ GROUP_HARDSHIP, "hardship", T("其他困难人员") },
	{ GROUP_WOMAN, "woman", T("妇女") },
	{ GROUP_FARMER, "farmer", T("农民") },
	{ 0, NULL, NULL },
};

const struct choice sex_choices[] = {
	{ SEX_UNKNOWN, "unknown", T("未知") },
	{ SEX_MALE, "male", T("男") },
	{ SEX_FEMALE, "female", T("女") },
	{ SEX_NOT_STATED, "not_stated", T("未说明") },
	{ 0, NULL, NULL },
};

const char *
group_key(enum group g)
{
	return (unsigned)g < GROUP_COUNT ? group_choices[g].key : "";
}

const char *
group_label(enum group g)
{
	return (unsigned)g < GROUP_COUNT ? group_choices[g].label : "";
}

static const struct { const char *key, *text; } fits[] = {
	[FIT_FINE] = { "fine", T("可以服务") },
	[FIT_GOVERNMENT] = { "government", T("国家机关不是公共法律服务的对象") },
	[FIT_OLD] = { "old", T("成立已超过%lld年，不属于初创期小微企业") },
	[FIT_LARGE] = { "large", T("从业人员超过%lld人，不属于小微企业") },
	[FIT_UNFOUNDED] = { "unfounded", T("成立日期不能晚于今天") },
};

const char *
applicant_why_key(enum applicant_why why)
{
	return (unsigned)why <= FIT_UNFOUNDED ? fits[why].key : "";
}

const char *
applicant_why_text(enum applicant_why why)
{
	return (unsigned)why <= FIT_UNFOUNDED ? fits[why].text : "";
}

const char *
person_same_label(enum person_same why)
{
	switch (why) {
	case PERSON_SAME_ID:
		return T("证件号码相同");
	case PERSON_SAME_PHONE:
		return T("电话相同");
	case PERSON_SAME_NAME_BORN:
		return T("姓名和出生日期相同");
	}
	return "";
}

void
person_differences(unsigned differs, struct findings *findings)
{
	if (differs & PERSON_DIFFERS_NAME)
		findings_add(findings, "name", T("与该证件号码已登记的姓名不一致，原记录未改动"), 0);
	if (differs & PERSON_DIFFERS_PHONE)
		findings_add(findings, "phone", T("与该证件号码已登记的电话不一致，原记录未改动"), 0);
	if (differs & PERSON_DIFFERS_PLACE)
		findings_add(findings, "place", T("与该证件号码已登记的住址区划不一致，原记录未改动"), 0);
	if (differs & PERSON_DIFFERS_GROUPS)
		findings_add(findings, "groups", T("与该证件号码已登记的人群类别不一致，原记录未改动"), 0);
}
