/* Names of states, steps, kinds and reasons, as people read them. */
#include "operations/matter/legalaid/legalaid.h"

#include "kit/msg/msg.h"

static const struct { enum aid_state state; const char *key, *label; } states[] = {
	{ AID_UNFILLED, "unfilled", T("待填申请表") },
	{ AID_APPLIED, "applied", T("已申请，待审查") },
	{ AID_SUPPLEMENT, "supplement", T("待补充材料") },
	{ AID_EXAMINED, "examined", T("已审查，待决定") },
	{ AID_GRANTED, "granted", T("给予援助，待指派") },
	{ AID_ASSIGNED, "assigned", T("已指派承办人员") },
	{ AID_AGREED, "agreed", T("已签委托协议") },
	{ AID_IN_PROGRESS, "in_progress", T("办理中") },
	{ AID_CLOSED, "closed", T("已结案，待交案卷") },
	{ AID_FILE_SUBMITTED, "file_submitted", T("案卷待审查") },
	{ AID_FILE_REVIEWED, "file_reviewed", T("案卷已通过") },
	{ AID_SUBSIDY_APPROVED, "subsidy_approved", T("补贴已核定") },
	{ AID_SUBSIDY_PAID, "subsidy_paid", T("补贴已发放，待归档") },
	{ AID_REFUSED, "refused", T("不予援助") },
	{ AID_TERMINATED, "terminated", T("已终止") },
	{ AID_OBJECTED, "objected", T("异议审查中") },
	{ AID_UPHELD, "upheld", T("异议审查：维持") },
	{ AID_CORRECTED, "corrected", T("异议审查：责令改正") },
	{ AID_ARCHIVED, "archived", T("已归档") },
	{ AID_SETTLED, "settled", T("未予援助，已办结") },
	{ AID_DEEMED_WITHDRAWN, "deemed_withdrawn", T("视为撤回申请") },
	{ AID_WITHDRAWN, "withdrawn", T("本人撤回") },
	{ AID_ELSEWHERE, "elsewhere", T("由最先收到申请的机构办理") },
};

const char *
aid_state_key(enum aid_state s)
{
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (states[i].state == s)
			return states[i].key;
	return "none";
}

const char *
aid_state_label(enum aid_state s)
{
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (states[i].state == s)
			return states[i].label;
	return T("未知状态");
}

static const struct { const char *key, *label; } steps[AID_STEP_COUNT] = {
	[AID_APPLY] = { "apply", T("填写申请") },
	[AID_ASK_SUPPLEMENT] = { "ask_supplement", T("一次性告知补充材料") },
	[AID_GIVE_SUPPLEMENT] = { "give_supplement", T("材料已补充") },
	[AID_LAPSE] = { "lapse", T("逾期未补充，视为撤回") },
	[AID_EXAMINE] = { "examine", T("审查") },
	[AID_GRANT] = { "grant", T("决定给予援助") },
	[AID_REFUSE] = { "refuse", T("决定不予援助") },
	[AID_ADVANCE] = { "advance", T("先行提供援助") },
	[AID_ASSIGN] = { "assign", T("指派承办人员") },
	[AID_ACCEPT] = { "accept", T("承办人员接受指派") },
	[AID_DECLINE] = { "decline", T("承办人员退回指派") },
	[AID_AGREE] = { "agree", T("签订委托协议") },
	[AID_REPORT] = { "report", T("记录办理进展") },
	[AID_CHANGE_ASK] = { "change_ask", T("请求更换承办人员") },
	[AID_CHANGE_ALLOW] = { "change_allow", T("同意更换承办人员") },
	[AID_CHANGE_DENY] = { "change_deny", T("不同意更换承办人员") },
	[AID_TERMINATE] = { "terminate", T("终止援助") },
	[AID_CLOSE] = { "close", T("结案") },
	[AID_FILE] = { "file", T("提交案卷") },
	[AID_FILE_RETURN] = { "file_return", T("退回案卷") },
	[AID_FILE_PASS] = { "file_pass", T("案卷审查通过") },
	[AID_SUBSIDY] = { "subsidy", T("核定补贴") },
	[AID_PAY] = { "pay", T("发放补贴") },
	[AID_ARCHIVE] = { "archive", T("归档") },
	[AID_OBJECT] = { "object", T("提出异议") },
	[AID_UPHOLD] = { "uphold", T("异议审查：维持决定") },
	[AID_CORRECT] = { "correct", T("异议审查：责令改正") },
	[AID_SETTLE] = { "settle", T("办结") },
	[AID_WITHDRAW] = { "withdraw", T("撤回申请") },
	[AID_PASS_BACK] = { "pass_back", T("转由最先收到的机构办理") },
	[AID_MOVE] = { "move", T("改期或者取消") },
	[AID_NOTICE] = { "notice", T("收到通知辩护") },
	[AID_NOTICE_BACK] = { "notice_back", T("办案机关撤回通知") },
};

const char *
aid_step_key(enum aid_step s)
{
	return s >= AID_APPLY && s < AID_STEP_COUNT ? steps[s].key : "none";
}

const char *
aid_step_label(enum aid_step s)
{
	return s >= AID_APPLY && s < AID_STEP_COUNT ? steps[s].label : T("未填写");
}

enum aid_step
aid_step_by_key(struct text key)
{
	for (int s = AID_APPLY; s < AID_STEP_COUNT; s++)
		if (text_equals(key, text_of(steps[s].key)))
			return (enum aid_step)s;
	return (enum aid_step)0;
}

const char *
aid_advice_label(enum aid_advice a)
{
	static const char *const labels[] = { T("还没有请规则提意见"), T("规则意见：符合条件"), T("规则意见：不符合条件"),
		T("规则意见：请工作人员判断"), T("规则意见：事实不全，判断不了") };

	return labels[(unsigned)a < sizeof labels / sizeof labels[0] ? a : 0];
}

const char *
aid_choice_label(const struct choice *choices, int value)
{
	const struct choice *c = choice_by_value(choices, value);

	return c != NULL ? c->label : T("未填写");
}

const char *
aid_why_label(enum aid_why w)
{
	static const char *const labels[AID_WHY_COUNT] = {
		[AID_MAY] = T("可以办"),
		[AID_NO_STEP] = T("现在的状态不能做这一步"),
		[AID_NOT_YOURS] = T("这一步由另一方来做"),
		[AID_NOT_ACCEPTED] = T("请先受理这件事项"),
		[AID_SAME_PERSON] = T("登记或者审查申请的人不能作决定，请另一位有决定权的人员作出"),
		[AID_NOT_JUDGED] = T("请先审查：核对事实，请规则提意见"),
		[AID_NO_DEVIATION] = T("与规则意见不一致的，请写明理由（至少 4 个字）"),
		[AID_NO_GROUND] = T("请选择理由"),
		[AID_NO_WORDS] = T("请写明理由（至少 4 个字）"),
		[AID_NO_PROOF] = T("这一项要有凭据：先在「材料」里添加，再选上"),
		[AID_NOT_URGENT] = T("不属于紧急情形：距期限届满不少于规定天数，也不需要立即申请保全或者先予执行"),
		[AID_ONCE] = T("已经一次性告知过，不能再次要求补充"),
		[AID_NO_PAPERS] = T("请列出要补充的材料"),
		[AID_UNTIL_BAD] = T("补充材料的最后一天：从明天起，不超过 60 天"),
		[AID_NOT_YET] = T("补充材料的期限还没有过"),
		[AID_ELSEWHERE_FIRST] = T("同一个人为同一件事已经向另一机构申请，由最先收到的机构办理"),
		[AID_NOT_ELSEWHERE] = T("没有查到更早的同一申请"),
		[AID_NOT_CONFIRMED] = T("请登记申请人怎样确认了申请表：签名、捺印或者网上确认"),
		[AID_FORM_OPEN] = T("申请表还没有填"),
		[AID_NO_NAME] = T("申请法律援助要写姓名：这一件没有留姓名，请重新求助并留下姓名，或者带身份证到站点办"),
		[AID_TOO_LATE] = T("已经过了提出异议的期限"),
		[AID_OBJECTED_ALREADY] = T("对这份决定已经提出过异议"),
		[AID_NOT_THIS_LAWYER] = T("不能指派这一位"),
		[AID_NOT_FIRST] = T("没有选排在第一的人员，请写明理由（至少 4 个字）"),
		[AID_NOT_ACCEPTED_YET] = T("承办人员还没有接受指派"),
		[AID_WINDOW_OPEN] = T("提出异议的期限还没有过；本人书面表示没有异议的，写明后可以办结"),
		[AID_NO_FILE] = T("已经签了委托协议的，先交案卷"),
		[AID_NO_RATE] = T("没有录入这一类的补贴标准（未核实），算不出来"),
		[AID_PAID_ALREADY] = T("这一件的补贴已经核定过"),
		[AID_LICENCE] = T("执业证到那一天不在有效期内：换了新证的请法律援助机构先在名册里登记；没有换的请退回或者请求更换，由机构另行指派"),
		[AID_CONFLICT] = T("本人或者所在机构和对方有利益冲突，不能承办：请退回，由法律援助机构另行指派其他机构的人员"),
		[AID_BEHIND] = T("那一天已经过去：不能再改，请另记一条办理进展"),
		[AID_CALLED_OFF] = T("已经取消了：改在别的日子的请另记一条"),
		[AID_NO_NOTICE] = T("这一件不是由通知来的，或者通知已经撤回"),
		[AID_NO_MEANS] = T("办案机关通知的案件不审查经济状况，不能以此不予援助"),
	};

	return labels[(unsigned)w < AID_WHY_COUNT ? w : AID_NO_STEP];
}

const char *
aid_why_key(enum aid_why w)
{
	static const char *const keys[AID_WHY_COUNT] = {
		[AID_MAY] = "may",
		[AID_NO_STEP] = "no_step",
		[AID_NOT_YOURS] = "not_yours",
		[AID_NOT_ACCEPTED] = "not_accepted",
		[AID_SAME_PERSON] = "same_person",
		[AID_NOT_JUDGED] = "not_judged",
		[AID_NO_DEVIATION] = "no_deviation",
		[AID_NO_GROUND] = "no_ground",
		[AID_NO_WORDS] = "no_words",
		[AID_NO_PROOF] = "no_proof",
		[AID_NOT_URGENT] = "not_urgent",
		[AID_ONCE] = "once",
		[AID_NO_PAPERS] = "no_papers",
		[AID_UNTIL_BAD] = "until_bad",
		[AID_NOT_YET] = "not_yet",
		[AID_ELSEWHERE_FIRST] = "elsewhere_first",
		[AID_NOT_ELSEWHERE] = "not_elsewhere",
		[AID_NOT_CONFIRMED] = "not_confirmed",
		[AID_FORM_OPEN] = "form_open",
		[AID_NO_NAME] = "no_name",
		[AID_TOO_LATE] = "too_late",
		[AID_OBJECTED_ALREADY] = "objected_already",
		[AID_NOT_THIS_LAWYER] = "not_this_lawyer",
		[AID_NOT_FIRST] = "not_first",
		[AID_NOT_ACCEPTED_YET] = "not_accepted_yet",
		[AID_WINDOW_OPEN] = "window_open",
		[AID_NO_FILE] = "no_file",
		[AID_NO_RATE] = "no_rate",
		[AID_PAID_ALREADY] = "paid_already",
		[AID_LICENCE] = "licence",
		[AID_CONFLICT] = "conflict",
		[AID_BEHIND] = "behind",
		[AID_CALLED_OFF] = "called_off",
	};

	return (unsigned)w < AID_WHY_COUNT ? keys[w] : "no_step";
}

const char *
aid_lawyer_why_label(enum aid_lawyer_why w)
{
	static const char *const labels[AID_L_WHY_COUNT] = {
		[AID_L_MAY] = T("可以指派"),
		[AID_L_OFF] = T("本人或者所在机构已停用"),
		[AID_L_LICENCE] = T("执业证不在有效期内"),
		[AID_L_AWAY] = T("这几天不能接案"),
		[AID_L_YEARS] = T("执业年限不够（法律援助法 第二十六条）"),
		[AID_L_MINORS] = T("未成年人案件要由熟悉未成年人身心特点的人员承办（未成年人保护法 第一百零四条）"),
		[AID_L_CRIMINAL] = T("刑事案件由律师承办"),
		[AID_L_OPPONENT_FIRM] = T("同一机构的人员正在为对方提供援助"),
		[AID_L_CONFLICT] = T("有利益冲突"),
		[AID_L_DECLINED] = T("已经退回过这一件"),
	};

	return labels[(unsigned)w < AID_L_WHY_COUNT ? w : AID_L_OFF];
}

const char *
aid_fit_label(enum aid_fit f)
{
	switch (f) {
	case AID_FIT_SKILL: return T("专长对口");
	case AID_FIT_PLACE: return T("同一县（区）");
	case AID_FIT_MINORS: return T("熟悉未成年人");
	case AID_FIT_PANEL: return T("重大刑事案件律师库");
	case AID_FIT_ACCOUNT: return T("可以在手机上办理");
	}
	return "";
}

const char *
aid_end_proof(enum aid_end_ground ground)
{
	switch ((int)ground) {
	case AID_E_FRAUD: return T("查明以欺骗或者不正当手段获得援助的材料");
	case AID_E_CONCEALED: return T("故意隐瞒重要事实或者提供虚假证据的材料");
	case AID_E_ILLEGAL: return T("利用援助从事违法活动的材料");
	case AID_E_MEANS: return T("经济状况变化的证明");
	case AID_E_CASE_OVER: return T("终止审理的裁定或者撤销案件的文书");
	case AID_E_OWN_COUNSEL: return T("写明何时自行委托了谁");
	case AID_E_ASKED: return T("写明受援人的理由，书面请求放进材料");
	case AID_E_OTHER: return T("写明法律、法规、规章的依据");
	default: return "";
	}
}
