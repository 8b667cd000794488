/* Names of duties, reasons and states; settings. */
#include "resources/advisor/advisor.h"

#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

const struct choice advisor_duty_choices[] = {
	{ ADVISOR_DUTY_ADVICE, "advice", T("法律咨询") },
	{ ADVISOR_DUTY_DRAFT, "draft", T("起草、审查村规民约和合同") },
	{ ADVISOR_DUTY_LECTURE, "lecture", T("法治讲座") },
	{ ADVISOR_DUTY_MEDIATE, "mediate", T("参与调解") },
	{ ADVISOR_DUTY_RULES, "governance", T("对村（居）事务出具意见") },
	{ ADVISOR_DUTY_AID, "aid", T("引导申请法律援助") },
	{ 0, NULL, NULL },
};
const struct choice advisor_end_choices[] = {
	{ ADVISOR_END_ABSENT, "absent", T("无故缺席") },
	{ ADVISOR_END_LICENCE, "licence", T("执业证失效") },
	{ ADVISOR_END_RESIGNED, "resigned", T("顾问辞任") },
	{ ADVISOR_END_AGREED, "agreed", T("双方协商") },
	{ ADVISOR_END_OTHER, "other", T("其他原因") },
	{ 0, NULL, NULL },
};

const char *
advisor_duty_label(enum advisor_duty d)
{
	const struct choice *c = choice_by_value(advisor_duty_choices, (int)d);

	return c != NULL ? c->label : "";
}

const char *
advisor_end_label(enum advisor_end e)
{
	const struct choice *c = choice_by_value(advisor_end_choices, (int)e);

	return c != NULL ? c->label : T("没有提前终止");
}

const char *
advisor_plan_state_label(enum advisor_plan_state s)
{
	switch ((int)s) {
	case ADVISOR_PLAN_PROPOSED: return T("待审定");
	case ADVISOR_PLAN_APPROVED: return T("已审定");
	default: return T("未采用");
	}
}

const char *
advisor_why_label(enum advisor_why w)
{
	static const char *const labels[ADVISOR_WHY_COUNT] = {
		[ADVISOR_MAY] = T("可以担任"),
		[ADVISOR_KIND] = T("只有执业律师和基层法律服务工作者可以担任"),
		[ADVISOR_OFF] = T("名册上已停用"),
		[ADVISOR_FIRM_OFF] = T("所在机构已停用"),
		[ADVISOR_LICENCE_NOT_YET] = T("执业证在合同第一天还没有生效"),
		[ADVISOR_LICENCE_OVER] = T("执业证在合同期满前到期"),
		[ADVISOR_CONFLICT] = T("与该村（社区）有利益冲突"),
		[ADVISOR_BARRED] = T("受处分期间或者机构许可已到期"),
		[ADVISOR_FULL] = T("能服务的村（社区）已满"),
	};

	return labels[(unsigned)w < ADVISOR_WHY_COUNT ? w : ADVISOR_MAY];
}

const struct setting_kind advisor_settings[ADVISOR_SETTINGS_N] = {
	[ADVISOR_FEE] = { "advisor.fee_least", T("法律顾问经费每村每年的下限"), T("元"),
	    T("合同的费用低于它不能存。"), 0, 1000000, 10000, RIGHT_SETTINGS, NULL },
	[ADVISOR_ABSENCES] = { "advisor.absences", T("无故缺席几次可以解除合同"), T("次"),
	    T("一个任期内。西夏区的规定是三次；苏州的规定未核实。"), 1, 60, 3, RIGHT_SETTINGS, NULL },
	[ADVISOR_VILLAGES] = { "advisor.villages_most", T("一名顾问服务几个村（社区）算多"), T("个"),
	    T("超过时提醒，不拦。"), 1, 60, 5, RIGHT_SETTINGS, NULL },
	[ADVISOR_HOURS] = { "advisor.hours", T("顾问每月服务几小时"), T("小时"),
	    T("新合同和新方案里先填上的数。"), 1, 200, 8, RIGHT_SETTINGS, NULL },
	[ADVISOR_WARN] = { "advisor.licence_days", T("执业证到期前几天提醒"), T("天"),
	    T("提醒列在法律顾问页。"), 1, 730, 90, RIGHT_SETTINGS, NULL },
	[ADVISOR_PRICE_CHANGE] = { "advisor.price_change", T("方案里换一名顾问算多少路程"), T("分钟"),
	    T("越大越倾向续聘。"), 0, 1000, 30, RIGHT_SETTINGS, NULL },
	[ADVISOR_PRICE_DIALECT] = { "advisor.price_dialect", T("方案里农村没有会说本地话的顾问算多少路程"), T("分钟"),
	    T("零：不考虑。"), 0, 1000, 20, RIGHT_SETTINGS, NULL },
	[ADVISOR_PRICE_LOAD] = { "advisor.price_load", T("方案里顾问每多一个村（社区）多算多少路程"), T("分钟"),
	    T("越大分得越均。"), 0, 1000, 5, RIGHT_SETTINGS, NULL },
};
