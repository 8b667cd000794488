/* Names of ways, topics, states and results, and what an account is told. */
#include "supply/notify/notify.h"

#include "kit/msg/msg.h"
#include "operations/request/request.h"

struct name { const char *key, *label; };

static const struct name ways[NOTIFY_WAYS] = {
	[NOTIFY_DESK] = { "desk", T("站内") }, [NOTIFY_SMS] = { "sms", T("短信") }, [NOTIFY_WECHAT] = { "wechat", T("微信") },
	[NOTIFY_MAIL] = { "mail", T("邮件") },
};
static const struct name topics[NOTIFY_TOPICS] = {
	[NOTIFY_NEW] = { "new", T("由我负责的新事项") }, [NOTIFY_OFFERED] = { "offered", T("转交") },
	[NOTIFY_SUPERVISED] = { "supervised", T("督办") }, [NOTIFY_DEADLINE] = { "deadline", T("期限变动") },
	[NOTIFY_MESSAGE] = { "message", T("求助人留言、补充材料、撤回") }, [NOTIFY_REVIEW] = { "review", T("差评回访") }, [NOTIFY_DUTY] = { "duty", T("值班变动、换班") },
};
static const char *const states[NOTIFY_STATES] = {
	[NOTIFY_WAITING] = T("等待发送"), [NOTIFY_SENT] = T("已发出"), [NOTIFY_REFUSED] = T("被拒"),
	[NOTIFY_GIVEN_UP] = T("放弃：多次没有发出"), [NOTIFY_FOLDED] = T("并入更新的一条"), [NOTIFY_VOID] = T("不用发了"),
	[NOTIFY_DEMO] = T("演示：没有发出"),
};
static const char *const results[NOTIFY_RESULTS] = {
	[NOTIFY_UNKNOWN] = T("结果不明"), [NOTIFY_OK] = T("已发出"), [NOTIFY_NO] = T("被拒"), [NOTIFY_LATER] = T("暂时不收，稍后再发"),
	[NOTIFY_DOWN] = T("对方不通，稍后再发"), [NOTIFY_NOT_SENT] = T("演示：没有发出"), [NOTIFY_NOBODY] = T("没有可发的号码，或不愿接收"),
};
static const struct name kinds[] = {
	{ "intake.received", T("新的求助由您负责") },
	{ "request.message", T("有新的留言") },
	{ "request.attached", T("求助人补充了材料") },
	{ "intake.withdrawn", T("求助人撤回了") },
	{ "dispatch.offered", T("有一件事请您接收") },
	{ "dispatch.returned", T("您转出的事被退回") },
	{ "dispatch.assigned", T("承办人改派") },
	{ "dispatch.ruled", T("由谁承办已经裁定") },
	{ "clock.recounted", T("时限重新计算") },
	{ "clock.ruled", T("改按新的时限规定") },
	{ "clock.paused", T("暂停计时") },
	{ "clock.resumed", T("恢复计时") },
	{ "supervise.warned", T("快到期了，请抓紧") },
	{ "supervise.reminded", T("已经逾期，请尽快办理") },
	{ "supervise.ordered", T("督办：请立即办理") },
	{ "supervise.reported.director", T("逾期已报中心主任") },
	{ "supervise.turns_over", T("几次督办后仍逾期，已报司法局") },
	{ "supervise.no_clock", T("这一件没有期限在走，请核对") },
	{ "supervise.reported.bureau", T("逾期已报司法局") },
	{ "cooperate.asked", T("有一件事请你们协助") },
	{ "cooperate.taken", T("协作单位接受了") },
	{ "cooperate.declined", T("协作单位不能协助") },
	{ "cooperate.answered", T("协作单位答复了，请确认") },
	{ "cooperate.again", T("请求方追问") },
	{ "cooperate.closed", T("您协助的事，请求方已确认") },
	{ "cooperate.withdrawn", T("请求方撤回了协作请求") },
	{ "cooperate.ended", T("您协助的事已经结束") },
	{ "review.follow_up", T("有一个差评请您回访") },
	{ "duty.published", T("值班表发布了，请看您的值班") },
	{ "duty.moved", T("您的一次值班改了日子") },
	{ "duty.given", T("给您加了一次值班") },
	{ "duty.lost", T("您的一次值班改由别人来") },
	{ "duty.cover", T("同事来不了，请您顶一次值班") },
	{ "duty.sick", T("已记下您来不了，值班另外安排") },
	{ "duty.station", T("来你们站点值班的安排有变动") },
	{ "duty.station_open", T("你们站点有一次值班暂时没有人") },
	{ "duty.swap_ask", T("有同事请您换班") },
	{ "duty.swap_agree", T("换班双方都答应了") },
	{ "duty.swap_decline", T("同事没有答应换班") },
	{ "duty.swap_approve", T("换班已批准，请看您的值班") },
	{ "duty.swap_deny", T("换班没有批准") },
	{ "duty.swap_withdraw", T("同事撤回了换班") },
	{ "duty.swap_expire", T("到了日子，换班没有换成") },
	{ "duty.swap_overtake", T("值班表已经改过，换班不用了") },
};

const char *notify_way_key(enum notify_way w) { return (unsigned)w < NOTIFY_WAYS ? ways[w].key : "none"; }
const char *notify_way_label(enum notify_way w) { return ways[(unsigned)w < NOTIFY_WAYS ? w : NOTIFY_DESK].label; }
const char *notify_topic_key(enum notify_topic t) { return (unsigned)t < NOTIFY_TOPICS ? topics[t].key : "none"; }
const char *notify_topic_label(enum notify_topic t) { return topics[(unsigned)t < NOTIFY_TOPICS ? t : NOTIFY_NEW].label; }

const char *
notify_state_label(enum notify_state s)
{
	return s >= NOTIFY_WAITING && s < NOTIFY_STATES ? states[s] : T("未知状态");
}

const char *
notify_result_label(enum notify_result r)
{
	return (unsigned)r < NOTIFY_RESULTS ? results[r] : T("未知状态");
}

const char *
notify_kind_label(struct text kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (text_equals(kind, text_of(kinds[i].key)))
			return kinds[i].label;
	return event_label(kind);
}
