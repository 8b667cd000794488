/* Names of states, channels, tiers, targets and events, as people read them. */
#include "operations/request/request.h"

#include "kit/msg/msg.h"

static const struct {
	enum request_state state;
	const char *key, *label;
} states[] = {
	{ REQUEST_RECEIVED, "received", T("待受理") },
	{ REQUEST_ACCEPTED, "accepted", T("办理中") },
	{ REQUEST_ANSWERED, "answered", T("已答复") },
	{ REQUEST_CLOSED, "closed", T("已办结") },
	{ REQUEST_DECLINED, "declined", T("不予受理") },
	{ REQUEST_WITHDRAWN, "withdrawn", T("已撤回") },
	{ REQUEST_CONVERTED, "converted", T("已转为其他事项") },
};

const char *
request_state_key(enum request_state s)
{
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (states[i].state == s)
			return states[i].key;
	return "none";
}

const char *
request_state_label(enum request_state s)
{
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (states[i].state == s)
			return states[i].label;
	return T("未知状态");
}

struct name { const char *key, *label; };

static const struct name channels[CHANNEL_COUNT] = {
	[CHANNEL_PORTAL] = { "portal", T("网上") },
	[CHANNEL_WINDOW] = { "window", T("窗口") },
	[CHANNEL_STATION] = { "station", T("村（社区）站点") },
	[CHANNEL_HOTLINE] = { "hotline", T("12348 热线") },
};

static const struct name tiers[TIER_COUNT] = {
	[TIER_COUNTY] = { "county", T("县级中心") },
	[TIER_TOWN] = { "town", T("镇（街道）中心") },
	[TIER_STATION] = { "station", T("村（社区）站点") },
	[TIER_HOTLINE] = { "hotline", T("12348 热线") },
	[TIER_ONLINE] = { "online", T("网上") },
};

static const struct name targets[TARGET_COUNT] = {
	[TARGET_ACCEPT] = { "accept", T("受理时限") },
	[TARGET_ANSWER] = { "answer", T("答复时限") },
	[TARGET_CLOSE] = { "close", T("办结时限") },
	[TARGET_DECIDE] = { "decide", T("审查决定时限") },
	[TARGET_ASSIGN] = { "assign", T("指派时限") },
	[TARGET_AGREE] = { "agree", T("签订委托协议时限") },
	[TARGET_OBJECTION] = { "objection", T("异议审查时限") },
	[TARGET_CHANGE] = { "change", T("更换人员答复时限") },
	[TARGET_PASS_ON] = { "pass_on", T("转交申请时限") },
	[TARGET_FILE] = { "file", T("提交案卷时限") },
	[TARGET_FILE_CHECK] = { "file_check", T("案卷审查时限") },
	[TARGET_CALL_BACK] = { "call_back", T("回电时限") },
	[TARGET_MEDIATE] = { "mediate", T("调解时限") },
	[TARGET_PERFORM] = { "perform", T("协议履行期限") },
	[TARGET_CONFIRM] = { "confirm", T("申请司法确认的期限") },
};

static const struct name relations[RELATION_COUNT] = {
	[RELATION_SELF] = { "self", T("本人") },
	[RELATION_FAMILY] = { "family", T("近亲属") },
	[RELATION_AGENT] = { "agent", T("受托人") },
	[RELATION_VILLAGE] = { "village", T("村（社区）代为反映") },
	[RELATION_OTHER] = { "other", T("其他人") },
};

static struct name
name_at(const struct name *names, size_t n, int i)
{
	struct name none = { "none", T("未填写") };

	return i >= 0 && (size_t)i < n && names[i].key != NULL ? names[i] : none;
}

const char *channel_key(enum channel c) { return name_at(channels, CHANNEL_COUNT, (int)c).key; }
const char *channel_label(enum channel c) { return name_at(channels, CHANNEL_COUNT, (int)c).label; }
const char *tier_key(enum tier t) { return name_at(tiers, TIER_COUNT, (int)t).key; }
const char *tier_label(enum tier t) { return name_at(tiers, TIER_COUNT, (int)t).label; }
const char *target_key(enum clock_target t) { return name_at(targets, TARGET_COUNT, (int)t).key; }
const char *target_label(enum clock_target t) { return name_at(targets, TARGET_COUNT, (int)t).label; }
const char *relation_label(enum relation r) { return name_at(relations, RELATION_COUNT, (int)r).label; }

static const struct {
	const char *kind, *label;
} events[] = {
	{ "intake.received", T("收到您的求助") },
	{ "intake.declined", T("不予受理，已告知可以找谁") },
	{ "intake.withdrawn", T("求助人撤回") },
	{ "request.accepted", T("已受理") },
	{ "request.message", T("新的留言") },
	{ "request.attached", T("补充了材料") },
	{ "dispatch.offered", T("提请转交") },
	{ "dispatch.accepted", T("接收转交") },
	{ "dispatch.returned", T("退回转交") },
	{ "dispatch.withdrawn", T("撤回转交") },
	{ "dispatch.taken_over", T("接手办理") },
	{ "dispatch.assigned", T("改派承办人") },
	{ "dispatch.ruled", T("中心主任指定了承办人，不再转来转去") },
	{ "consult.answered", T("已答复") },
	{ "consult.aid_hint", T("告知申请法律援助的权利") },
	{ "consult.callback", T("约定回电") },
	{ "consult.called", T("已回电") },
	{ "consult.converted", T("转为其他事项") },
	{ "clock.recounted", T("时限重新计算") },
	/* as events were named before one told of all that moved */
	{ "clock.recounted.accept", T("受理时限重新计算") },
	{ "clock.recounted.answer", T("答复时限重新计算") },
	{ "clock.recounted.close", T("办结时限重新计算") },
	{ "clock.paused", T("计时暂停") },
	{ "clock.resumed", T("计时恢复") },
	{ "supervise.warned", T("期限将到，已预警") },
	{ "supervise.reminded", T("期限将到，已催办") },
	{ "supervise.ordered", T("下达督办单") },
	{ "supervise.reported.director", T("督办单未按期回复，已报告中心主任") },
	{ "supervise.reported.bureau", T("督办单未按期回复，已报告司法行政机关") },
	{ "supervise.turns_over", T("几次督办后仍逾期，已报告司法行政机关，不再自动下达督办单") },
	{ "supervise.no_clock", T("没有期限在走，已下达督办单并报告中心主任") },
	{ "supervise.recounted", T("督办单的回复期限重新计算") },
	{ "supervise.read", T("签收督办单") },
	{ "supervise.replied", T("回复督办单") },
	{ "supervise.accepted", T("督办回复通过，督办单办结") },
	{ "supervise.sent_back", T("督办回复退回重报") },
	{ "supervise.withdrawn", T("撤销督办单") },
	{ "supervise.withdrawn.moved", T("期限已后移，不再逾期，督办单自动撤销") },
	{ "supervise.withdrawn.paused", T("计时暂停，不再逾期，督办单自动撤销") },
	{ "clock.ruled", T("改按新的时限规定") },
	{ "cooperate.asked", T("请其他单位协助，仍由原承办人负责") },
	{ "cooperate.taken", T("协作单位接受") },
	{ "cooperate.declined", T("协作单位不能协助") },
	{ "cooperate.answered", T("协作单位已答复") },
	{ "cooperate.again", T("向协作单位追问") },
	{ "cooperate.closed", T("协作办结") },
	{ "cooperate.withdrawn", T("撤回协作请求") },
	{ "cooperate.ended", T("协作随事项结束") },
	{ "transfer.sent", T("转外地办理，已发函") },
	{ "cooperate.recounted", T("协作期限重新计算") },
	{ "aid.apply", T("提交了法律援助申请表") },
	{ "aid.ask_supplement", T("一次性告知要补充的材料") },
	{ "aid.give_supplement", T("材料已补充") },
	{ "aid.lapse", T("逾期没有补充材料，视为撤回申请") },
	{ "aid.examine", T("申请已审查，报请决定") },
	{ "aid.grant", T("决定给予法律援助") },
	{ "aid.refuse", T("决定不予法律援助") },
	{ "aid.advance", T("情况紧急，先行提供法律援助") },
	{ "aid.assign", T("指派了承办人员") },
	{ "aid.accept", T("承办人员接受指派") },
	{ "aid.decline", T("承办人员退回指派，另行指派") },
	{ "aid.agree", T("签订了委托协议") },
	{ "aid.report", T("办理有进展") },
	{ "aid.change_ask", T("请求更换承办人员") },
	{ "aid.change_allow", T("同意更换承办人员") },
	{ "aid.change_deny", T("不同意更换承办人员") },
	{ "aid.terminate", T("终止法律援助") },
	{ "aid.close", T("案件办结，承办人员提交了结案报告") },
	{ "writing.asked", T("文书写好，等待核对") },
	{ "writing.returned", T("文书退回修改") },
	{ "writing.issued", T("出具代写的文书") },
	{ "aid.file", T("案卷已提交") },
	{ "aid.file_return", T("案卷退回补正") },
	{ "aid.file_pass", T("案卷审查通过") },
	{ "aid.subsidy", T("核定补贴") },
	{ "aid.pay", T("发放补贴") },
	{ "aid.archive", T("案卷已归档") },
	{ "aid.object", T("对决定提出异议") },
	{ "aid.uphold", T("异议审查：维持原决定") },
	{ "aid.correct", T("异议审查：责令改正") },
	{ "aid.settle", T("未予援助，已办结") },
	{ "aid.pass_back", T("由最先收到申请的机构办理") },
	{ "aid.move", T("约好的日子有变动") },
	{ "quality.drawn", T("抽中案件质量评查") },
	{ "quality.heard", T("案件质量评分已出，听取承办人员陈述") },
	{ "quality.final", T("案件质量评查已定分") },
	{ "quality.order", T("案件质量要求整改") },
	{ "quality.answer", T("承办人员报告整改") },
	{ "quality.accept", T("整改已认可") },
	{ "quality.again", T("整改退回，再整改") },
	{ "aid.notice", T("收到办案机关的通知，待指派") },
	{ "aid.notice_back", T("办案机关撤回了通知") },
	{ "missed.noted", T("记下一个没有人接的来电") },
	{ "mediation.register", T("纠纷已登记，征求双方意愿") },
	{ "mediation.party", T("添加了当事人") },
	{ "mediation.consent", T("记录了当事人的意愿") },
	{ "mediation.refuse", T("不予调解，告知其他途径") },
	{ "mediation.accept", T("调解已受理") },
	{ "mediation.appoint", T("确定了调解员") },
	{ "mediation.relieve", T("更换了调解员") },
	{ "mediation.session", T("进行了调解") },
	{ "mediation.extend", T("经当事人同意，延长调解期限") },
	{ "mediation.danger", T("有激化危险，已报告公安机关") },
	{ "mediation.draft", T("写了调解协议") },
	{ "mediation.sign", T("登记了签名、盖章") },
	{ "mediation.effect", T("调解协议生效") },
	{ "mediation.redraft", T("协议没有签成，继续调解") },
	{ "mediation.fail", T("调解不成，告知其他途径") },
	{ "mediation.end", T("当事人要求终止调解") },
	{ "mediation.claim", T("当事人反映履行情况") },
	{ "mediation.perform", T("登记了履行") },
	{ "mediation.fulfil", T("协议已全部履行") },
	{ "mediation.mend", T("没有按时履行的已补上") },
	{ "mediation.miss", T("没有按时履行") },
	{ "mediation.visit", T("回访") },
	{ "mediation.break", T("不履行，告知起诉、执行途径") },
	{ "mediation.confirm_ask", T("提出司法确认") },
	{ "mediation.confirm_drop", T("不再申请司法确认") },
	{ "mediation.confirm_send", T("司法确认申请已送法院") },
	{ "mediation.confirm_result", T("司法确认有结果") },
	{ "policy.judged", T("按规则试算并记入本案，供办理时参考") },
	{ "request.closed", T("办结") },
	{ "review.given", T("求助人作出评价") },
	{ "review.follow_up", T("差评回访已立项") },
	{ "review.follow_up_taken", T("差评回访已认领") },
	{ "review.followed_up", T("差评回访已办理") },
};

const char *
event_label(struct text kind)
{
	for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
		if (text_equals(kind, text_of(events[i].kind)))
			return events[i].label;
	return T("其他记录");
}

const char *
pause_why_label(enum pause_why w)
{
	static const char *const labels[] = {
		[PAUSE_MAY] = T("可以暂停"),
		[PAUSE_NOT_ACCEPTED] = T("受理以后才能暂停：受理时限不能停"),
		[PAUSE_RUNNING] = T("现在已经在暂停"),
		[PAUSE_NO_CODE] = T("请选择表里的一项"),
		[PAUSE_NO_WORDS] = T("请写明在等什么、等谁，4 到 1000 个字"),
		[PAUSE_UNTIL] = T("最晚等到哪一天：从今天起，不超过 60 天"),
		[PAUSE_NO_PROOF] = T("这一项要有凭据：先在「材料」里添加，再选上"),
		[PAUSE_TOO_MANY] = T("暂停次数太多了，请由主管改派或者办结"),
		[PAUSE_NOTHING_RUNS] = T("没有正在走的时限可以停"),
	};

	return (unsigned)w < sizeof labels / sizeof labels[0] ? labels[w] : labels[PAUSE_NO_CODE];
}

const char *
pause_why_field(enum pause_why w)
{
	switch (w) {
	case PAUSE_NO_CODE:
		return "code";
	case PAUSE_NO_WORDS:
		return "words";
	case PAUSE_UNTIL:
		return "until";
	case PAUSE_NO_PROOF:
		return "proof";
	case PAUSE_MAY:
	case PAUSE_NOT_ACCEPTED:
	case PAUSE_RUNNING:
	case PAUSE_TOO_MANY:
	case PAUSE_NOTHING_RUNS:
		break;
	}
	return "";
}
