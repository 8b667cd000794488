/* Names of kinds, skills and reasons. */
#include "resources/provider/provider_register.h"

#include "kit/msg/msg.h"

const struct choice firm_kind_choices[] = {
	{ FIRM_LAW, "law_firm", T("律师事务所") },
	{ FIRM_GRASSROOTS, "grassroots", T("基层法律服务所") },
	{ FIRM_AID, "aid_institution", T("法律援助机构") },
	{ FIRM_NOTARY, "notary_office", T("公证处") },
	{ FIRM_APPRAISAL, "appraisal", T("司法鉴定机构") },
	{ FIRM_COMMITTEE, "committee", T("人民调解委员会") },
	{ FIRM_SALON, "salon", T("调解沙龙") },
	{ FIRM_DIALECT_ROOM, "dialect_room", T("乡音调解室") },
	{ FIRM_MIGRANT_CLUB, "migrant_club", T("新市民学法俱乐部") },
	{ FIRM_SOCIAL, "social", T("其他社会组织") },
	{ FIRM_ASSOCIATION, "association", T("行业协会") },
	{ FIRM_OFFICE, "judicial_office", T("司法行政机关、司法所") },
	{ 0, NULL, NULL },
};
const struct choice provider_kind_choices[] = {
	{ PROVIDER_LAWYER, "lawyer", T("律师") },
	{ PROVIDER_GRASSROOTS, "legal_worker", T("基层法律服务工作者") },
	{ PROVIDER_AID_LAWYER, "aid_lawyer", T("法律援助机构律师") },
	{ PROVIDER_VOLUNTEER, "volunteer", T("法律援助志愿者") },
	{ PROVIDER_NOTARY, "notary", T("公证员") },
	{ PROVIDER_APPRAISER, "appraiser", T("司法鉴定人") },
	{ PROVIDER_OFFICER, "officer", T("司法行政干部") },
	{ PROVIDER_HELPER, "legal_volunteer", T("法律服务志愿者") },
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

const struct choice provider_sector_choices[] = {
	{ SECTOR_GOVERNMENT, "government", T("政府") },
	{ SECTOR_SOCIAL, "social", T("社会") },
	{ SECTOR_MARKET, "market", T("市场") },
	{ 0, NULL, NULL },
};
const struct choice volunteer_category_choices[] = {
	{ VOLUNTEER_QUALIFIED, "qualified", T("法律职业资格证持有者") },
	{ VOLUNTEER_VILLAGE_OFFICIAL, "village_official", T("大学生村官") },
	{ VOLUNTEER_RETIRED_JUDGE, "retired_judge", T("离退休法官") },
	{ VOLUNTEER_RETIRED_PROSECUTOR, "retired_prosecutor", T("离退休检察官") },
	{ VOLUNTEER_LAWYER, "lawyer", T("律师志愿者") },
	{ VOLUNTEER_STUDENT, "student", T("法律专业学生") },
	{ VOLUNTEER_OTHER, "other", T("其他志愿者") },
	{ 0, NULL, NULL },
};
const struct volunteer_need volunteer_needs[VOLUNTEER_COUNT] = {
	[VOLUNTEER_QUALIFIED] = { VOLUNTEER_QUALIFIED, true, T("法律职业资格证书编号") },
	[VOLUNTEER_VILLAGE_OFFICIAL] = { VOLUNTEER_VILLAGE_OFFICIAL, true, T("聘用合同或任职文件编号") },
	[VOLUNTEER_RETIRED_JUDGE] = { VOLUNTEER_RETIRED_JUDGE, true, T("退休证编号") },
	[VOLUNTEER_RETIRED_PROSECUTOR] = { VOLUNTEER_RETIRED_PROSECUTOR, true, T("退休证编号") },
	[VOLUNTEER_LAWYER] = { VOLUNTEER_LAWYER, true, T("律师执业证号") },
	[VOLUNTEER_STUDENT] = { VOLUNTEER_STUDENT, true, T("学生证编号") },
	[VOLUNTEER_OTHER] = { VOLUNTEER_OTHER, false, T("不要求") },
};
const struct choice provider_language_choices[] = {
	{ LANGUAGE_PUTONGHUA, "putonghua", T("普通话") },
	{ LANGUAGE_SUZHOU, "suzhou", T("苏州话") },
	{ LANGUAGE_SIGN, "sign", T("手语") },
	{ LANGUAGE_ENGLISH, "english", T("英语") },
	{ LANGUAGE_JAPANESE, "japanese", T("日语") },
	{ LANGUAGE_KOREAN, "korean", T("韩语") },
	{ LANGUAGE_SHASHANG, "shashang", T("沙上话") },
	{ LANGUAGE_JIANGHUAI, "jianghuai", T("江淮话") },
	{ LANGUAGE_ZHONGYUAN, "zhongyuan", T("中原话") },
	{ LANGUAGE_SOUTHWEST, "southwest", T("西南话") },
	{ 0, NULL, NULL },
};

const struct choice sanction_kind_choices[] = {
	{ SANCTION_WARNING, "warning", T("警告") },
	{ SANCTION_FINE, "fine", T("罚款") },
	{ SANCTION_SUSPENDED, "suspended", T("停止执业、停业整顿") },
	{ SANCTION_REVOKED, "revoked", T("吊销证书或者许可") },
	{ SANCTION_DISHONEST, "dishonest", T("失信记录") },
	{ SANCTION_TRADE, "trade", T("行业处分") },
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
const char *sanction_kind_label(int k) { return label_of(sanction_kind_choices, k); }
const char *provider_sector_label(int s) { return label_of(provider_sector_choices, s); }
const char *volunteer_category_label(int c) { return label_of(volunteer_category_choices, c); }
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
		[PROVIDER_BARRED] = T("受处分期间或者机构许可已到期"),
	};

	return labels[(unsigned)w < PROVIDER_WHY_COUNT ? w : PROVIDER_OFF];
}
