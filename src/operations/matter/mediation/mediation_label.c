/* Names of states, steps, sets and reasons, as people read them. */
#include "operations/matter/mediation/mediation.h"

#include "kit/msg/msg.h"

#define END { 0, NULL, NULL }

const struct choice mediation_source_choices[] = {
	{ MEDIATION_APPLIED, "applied", T("当事人申请") },
	{ MEDIATION_INITIATIVE, "initiative", T("主动调解") },
	{ MEDIATION_GROUP_SOURCE, "group", T("从楼道群、村民群里发现，主动调解") },
	{ MEDIATION_COURT, "court", T("法院委托、移送") },
	{ MEDIATION_POLICE, "police", T("公安机关委托、移送") },
	{ MEDIATION_PETITION, "petition", T("信访部门委托、移送") },
	{ MEDIATION_ORGAN, "organ", T("其他单位委托、移送") },
	END,
};
const struct choice mediation_class_choices[] = {
	{ MEDIATION_CLASS_INITIATIVE, "initiative", T("主动调解") },
	{ MEDIATION_CLASS_APPLIED, "applied", T("申请调解") },
	{ MEDIATION_CLASS_ENTRUSTED, "entrusted", T("接受委托移送") },
	END,
};
const struct choice mediation_category_choices[] = {
	{ MEDIATION_FAMILY, "family", T("婚姻家庭纠纷") },
	{ MEDIATION_NEIGHBOURS, "neighbours", T("邻里纠纷") },
	{ MEDIATION_HOUSING, "housing", T("房屋宅基地纠纷") },
	{ MEDIATION_CONTRACT, "contract", T("合同纠纷") },
	{ MEDIATION_BUSINESS, "business", T("生产经营纠纷") },
	{ MEDIATION_DAMAGES, "damages", T("损害赔偿纠纷") },
	{ MEDIATION_LAND, "land", T("山林土地纠纷") },
	{ MEDIATION_DEMOLITION, "demolition", T("征地拆迁纠纷") },
	{ MEDIATION_POLLUTION, "pollution", T("环境污染纠纷") },
	{ MEDIATION_LABOUR, "labour", T("劳动争议纠纷") },
	{ MEDIATION_CONSUMER, "consumer", T("消费纠纷") },
	{ MEDIATION_MEDICAL, "medical", T("医疗纠纷") },
	{ MEDIATION_TRAFFIC, "traffic", T("道路交通事故纠纷") },
	{ MEDIATION_PROPERTY, "property", T("物业纠纷") },
	{ MEDIATION_OTHER, "other", T("其他纠纷") },
	{ MEDIATION_WAGES, "wages", T("拖欠农民工工资纠纷") },
	{ MEDIATION_TOURISM, "tourism", T("旅游纠纷") },
	{ MEDIATION_ECOMMERCE, "ecommerce", T("电子商务纠纷") },
	END,
};
const struct choice mediation_level_choices[] = {
	{ MEDIATION_ORAL_LEVEL, "oral", T("口头") },
	{ MEDIATION_SIMPLE, "simple", T("简易") },
	{ MEDIATION_ORDINARY, "ordinary", T("普通") },
	{ MEDIATION_HARD, "hard", T("疑难") },
	{ MEDIATION_MAJOR, "major", T("重大") },
	END,
};
const struct choice mediation_side_choices[] = {
	{ MEDIATION_SIDE_A, "a", T("甲方（提出的一方）") },
	{ MEDIATION_SIDE_B, "b", T("乙方（对方）") },
	END,
};
const struct choice mediation_consent_choices[] = {
	{ MEDIATION_AGREES, "agrees", T("愿意调解") },
	{ MEDIATION_OBJECTS, "objects", T("明确拒绝调解") },
	END,
};
const struct choice mediation_form_choices[] = {
	{ MEDIATION_WRITTEN, "written", T("书面协议：各方签名、调解员签名、调解委员会盖章后生效") },
	{ MEDIATION_ORAL, "oral", T("口头协议：达成之日起生效，由调解员记录内容") },
	END,
};
const struct choice mediation_sign_choices[] = {
	{ MEDIATION_SIGNED, "signed", T("签名") },
	{ MEDIATION_STAMPED, "stamped", T("盖章") },
	{ MEDIATION_THUMBPRINT, "thumbprint", T("按指印") },
	END,
};
const struct choice mediation_confirm_choices[] = {
	{ MEDIATION_CONFIRM_ASKED, "asked", T("已共同提出，待送法院") },
	{ MEDIATION_CONFIRM_SENT, "sent", T("已送法院") },
	{ MEDIATION_CONFIRMED, "confirmed", T("法院裁定有效") },
	{ MEDIATION_NOT_CONFIRMED, "not_confirmed", T("法院不予确认") },
	END,
};
const struct choice mediation_record_choices[] = {
	{ MEDIATION_TALK, "talk", T("调解") },
	{ MEDIATION_INQUIRY, "inquiry", T("调查走访") },
	{ MEDIATION_RETURN_VISIT, "visit", T("回访") },
	END,
};
const struct choice mediation_danger_choices[] = {
	{ MEDIATION_SECURITY, "security", T("可能引起治安案件") },
	{ MEDIATION_CRIME, "crime", T("可能引起刑事案件") },
	END,
};
const struct choice mediation_chosen_choices[] = {
	{ MEDIATION_BY_COMMITTEE, "committee", T("调解委员会指定") },
	{ MEDIATION_BY_A, "a", T("甲方选定") },
	{ MEDIATION_BY_B, "b", T("乙方选定") },
	{ MEDIATION_BY_BOTH, "both", T("双方共同选定") },
	END,
};
const struct choice mediation_helper_choices[] = {
	{ MEDIATION_RELATIVE, "relative", T("当事人的亲属") },
	{ MEDIATION_NEIGHBOUR, "neighbour", T("邻里") },
	{ MEDIATION_COLLEAGUE, "colleague", T("同事") },
	{ MEDIATION_EXPERT, "expert", T("有专门知识、特定经验的人员") },
	{ MEDIATION_OTHER_HELPER, "other", T("有关社会组织的人员") },
	END,
};
const struct choice mediator_kind_choices[] = {
	{ MEDIATOR_VILLAGE, "village", T("村（居）民调解委员会") },
	{ MEDIATOR_TOWN, "town", T("乡镇（街道）调解委员会") },
	{ MEDIATOR_ENTERPRISE, "enterprise", T("企事业单位调解委员会") },
	{ MEDIATOR_TRADE, "trade", T("行业性、专业性调解委员会") },
	{ MEDIATOR_PANEL, "panel", T("专业律师调解组") },
	{ MEDIATOR_ROOM, "room", T("派驻、个人调解室") },
	END,
};
const struct choice mediation_measure_choices[] = {
	{ MEDIATION_COUNT_ACCEPTED, "accepted", T("受理") },
	{ MEDIATION_COUNT_SUCCESSFUL, "successful", T("调解成功") },
	{ MEDIATION_COUNT_CRIME, "crime", T("防止民转刑") },
	{ MEDIATION_COUNT_PETITION, "petition", T("防止群体性上访") },
	{ MEDIATION_COUNT_PERFORMED, "performed", T("履行") },
	END,
};

const char *
mediation_choice_label(const struct choice *choices, int value)
{
	const struct choice *c = choice_by_value(choices, value);

	return c != NULL ? c->label : T("未填写");
}

static const struct { enum mediation_state state; const char *key, *label; } states[] = {
	{ MEDIATION_UNFILLED, "unfilled", T("待登记") },
	{ MEDIATION_REGISTERED, "registered", T("已登记，征求双方意愿") },
	{ MEDIATION_ACCEPTED, "accepted", T("已受理，待调解") },
	{ MEDIATION_IN_SESSION, "in_session", T("调解中") },
	{ MEDIATION_DRAFTED, "drafted", T("已写协议，待签名") },
	{ MEDIATION_AGREED, "agreed", T("协议已生效，待履行") },
	{ MEDIATION_BREACHED, "breached", T("没有按时履行") },
	{ MEDIATION_PERFORMED, "performed", T("已履行") },
	{ MEDIATION_FAILED, "failed", T("调解不成") },
	{ MEDIATION_ENDED, "ended", T("当事人终止调解") },
	{ MEDIATION_REFUSED, "refused", T("不予调解，已告知其他途径") },
	{ MEDIATION_BROKEN, "broken", T("不履行，已告知起诉、执行途径") },
	{ MEDIATION_WITHDRAWN, "withdrawn", T("本人撤回") },
	{ MEDIATION_ELSEWHERE, "elsewhere", T("由其他机构办理") },
};

const char *
mediation_state_key(enum mediation_state s)
{
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (states[i].state == s)
			return states[i].key;
	return "none";
}

const char *
mediation_state_label(enum mediation_state s)
{
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (states[i].state == s)
			return states[i].label;
	return T("未知状态");
}

static const struct { const char *key, *label; } steps[MEDIATION_STEP_COUNT] = {
	[MEDIATION_REGISTER] = { "register", T("登记纠纷") },
	[MEDIATION_PARTY] = { "party", T("添加当事人") },
	[MEDIATION_CONSENT] = { "consent", T("记录当事人意愿") },
	[MEDIATION_REFUSE] = { "refuse", T("不予调解，告知其他途径") },
	[MEDIATION_ACCEPT] = { "accept", T("受理") },
	[MEDIATION_APPOINT] = { "appoint", T("确定调解员、邀请协助人") },
	[MEDIATION_RELIEVE] = { "relieve", T("更换调解员、协助人") },
	[MEDIATION_SESSION] = { "session", T("记录调解、调查") },
	[MEDIATION_EXTEND] = { "extend", T("延长调解期限") },
	[MEDIATION_DANGER] = { "danger", T("有激化危险，报告公安机关") },
	[MEDIATION_DRAFT] = { "draft", T("写调解协议") },
	[MEDIATION_SIGN] = { "sign", T("登记签名、盖章") },
	[MEDIATION_EFFECT] = { "effect", T("协议生效") },
	[MEDIATION_REDRAFT] = { "redraft", T("有人不签，回到调解") },
	[MEDIATION_FAIL] = { "fail", T("调解不成，终止并告知其他途径") },
	[MEDIATION_END] = { "end", T("当事人要求终止调解") },
	[MEDIATION_CLAIM] = { "claim", T("当事人反映履行情况") },
	[MEDIATION_PERFORM] = { "perform", T("登记履行") },
	[MEDIATION_FULFIL] = { "fulfil", T("全部履行") },
	[MEDIATION_MISS] = { "miss", T("登记没有按时履行") },
	[MEDIATION_VISIT] = { "visit", T("回访") },
	[MEDIATION_BREAK] = { "break", T("不履行，告知起诉、执行途径") },
	[MEDIATION_CONFIRM_ASK] = { "confirm_ask", T("提出司法确认") },
	[MEDIATION_CONFIRM_DROP] = { "confirm_drop", T("不再申请司法确认") },
	[MEDIATION_CONFIRM_SEND] = { "confirm_send", T("司法确认申请已送法院") },
	[MEDIATION_CONFIRM_RESULT] = { "confirm_result", T("登记司法确认结果") },
	[MEDIATION_MEND] = { "mend", T("补上了没有按时履行的") },
	[MEDIATION_WITHDRAW] = { "withdraw", T("撤回") },
};

const char *
mediation_step_key(enum mediation_step s)
{
	return s >= MEDIATION_REGISTER && s < MEDIATION_STEP_COUNT ? steps[s].key : "none";
}

const char *
mediation_step_label(enum mediation_step s)
{
	return s >= MEDIATION_REGISTER && s < MEDIATION_STEP_COUNT ? steps[s].label : T("未填写");
}

enum mediation_step
mediation_step_by_key(struct text key)
{
	for (int s = MEDIATION_REGISTER; s < MEDIATION_STEP_COUNT; s++)
		if (text_equals(key, text_of(steps[s].key)))
			return (enum mediation_step)s;
	return (enum mediation_step)0;
}

static const struct { const char *key, *label; } whys[MEDIATION_WHY_COUNT] = {
	[MEDIATION_MAY] = { "may", T("可以办") },
	[MEDIATION_NO_STEP] = { "no_step", T("现在的状态不能做这一步") },
	[MEDIATION_NOT_YOURS] = { "not_yours", T("这一步由另一方来做") },
	[MEDIATION_NOT_RECEIVED] = { "not_received", T("请先受理这件事项") },
	[MEDIATION_PARTY_REFUSES] = { "party_refuses", T("有一方明确拒绝调解，不得调解（第十七条）；请告知其他途径") },
	[MEDIATION_ONE_SIDE] = { "one_side", T("甲乙双方都要有当事人，请先添加对方") },
	[MEDIATION_NOT_ALL_ASKED] = { "not_all_asked", T("还有当事人没有问过是否愿意调解") },
	[MEDIATION_TWICE] = { "twice", T("这位当事人已经登记过，不能重复") },
	[MEDIATION_BOTH_SIDES] = { "both_sides", T("这位当事人已经登记在另一方，一个人不能站在两边") },
	[MEDIATION_TOO_MANY] = { "too_many", T("当事人最多 40 位；人数更多的请推选代表") },
	[MEDIATION_NO_MEDIATOR] = { "no_mediator", T("还没有调解员，请先确定") },
	[MEDIATION_MEDIATOR_OFF] = { "mediator_off", T("这位调解员已经停用") },
	[MEDIATION_MEDIATOR_THERE] = { "mediator_there", T("这位已经在本案里") },
	[MEDIATION_IS_PARTY] = { "is_party", T("调解员是本案当事人，不能调解") },
	[MEDIATION_SAME_NAME] = { "same_name", T("调解员与一位当事人同名：不是同一个人的，请勾选说明") },
	[MEDIATION_IS_RELATED] = { "is_related", T("调解员声明与当事人有亲属等利害关系，请另选一位") },
	[MEDIATION_NO_CONSENT] = { "no_consent", T("邀请协助人、延长期限要经当事人同意（第二十条）") },
	[MEDIATION_NO_WORDS] = { "no_words", T("请写明情况（至少 4 个字）") },
	[MEDIATION_ONCE] = { "once", T("期限只能延长一次") },
	[MEDIATION_STANDS_STILL] = { "stands_still", T("期限正在暂停，请先恢复") },
	[MEDIATION_AHEAD] = { "ahead", T("这一天还没有到") },
	[MEDIATION_BEFORE] = { "before", T("这一天早于登记或者协议的日子，请核对") },
	[MEDIATION_SIGNED_ALREADY] = { "signed_already", T("这一位已经签过") },
	[MEDIATION_DONE_ALREADY] = { "done_already", T("这一项已经登记过") },
	[MEDIATION_NOT_OVER] = { "not_over", T("履行的最后一天还没有过") },
	[MEDIATION_NONE_MISSED] = { "none_missed", T("没有逾期未履行的事项") },
	[MEDIATION_UNKNOWN] = { "unknown", T("本案里没有这一位或者这一项") },
	[MEDIATION_CONFIRM_LATE] = { "confirm_late", T("自协议生效之日起三十日已过，不能再申请司法确认（第三十三条）。最后一天是") },
	[MEDIATION_CONFIRM_STATUS] = { "confirm_status", T("确认身份关系、收养关系、婚姻关系的，法院不受理司法确认") },
	[MEDIATION_CONFIRM_STATE] = { "confirm_state", T("司法确认现在不在这一步：要双方共同提出，再送法院，再登记结果") },
};

const char *
mediation_why_label(enum mediation_why w)
{
	return (unsigned)w < MEDIATION_WHY_COUNT ? whys[w].label : T("未填写");
}

const char *
mediation_why_key(enum mediation_why w)
{
	return (unsigned)w < MEDIATION_WHY_COUNT ? whys[w].key : "none";
}

const char *
mediation_fit_label(enum mediation_fit f)
{
	switch (f) {
	case MEDIATION_FIT_PANEL: return T("这类纠纷的专业组");
	case MEDIATION_FIT_PLACE: return T("本村（社区）");
	case MEDIATION_FIT_TOWN: return T("本镇（街道）");
	case MEDIATION_FIT_ACCOUNT: return T("有账号");
	}
	return T("未填写");
}

const char *
mediation_paper_label(enum mediation_paper p)
{
	static const char *const labels[MEDIATION_PAPER_COUNT] = { T("未填写"), T("受理登记表"), T("调解记录"), T("调解协议书"), T("口头协议登记表"),
		T("回访记录"), T("司法确认申请书"), T("终止调解告知书"), T("卷宗目录") };

	return labels[(unsigned)p < MEDIATION_PAPER_COUNT ? p : 0];
}
