#include "supply/notify/notify_template.h"

#define SMS(kind, body) { kind, NOTIFY_SMS, body }
#define MAIL(kind) { kind, NOTIFY_MAIL, "{name}：{what}。编号 {number}，事项：{item}，最晚 {due}。请登录工作台办理。" }

#define DUTY(kind) { "duty." kind, NOTIFY_MAIL, "{name}：{what}（{item}）。请登录工作台，在“我的值班”里看。" }

const struct notify_default notify_defaults[] = {
	SMS("intake.received", "【公共法律服务】您的求助已经收到，编号 {number}，最晚 {due} 前告诉您是否受理。有事打 {phone}。"),
	SMS("request.accepted", "【公共法律服务】您的事（编号 {number}）已经受理，最晚 {due} 前答复。有事打 {phone}。"),
	SMS("intake.declined", "【公共法律服务】您的事（编号 {number}）没有受理，原因和可以找谁，请用回执上的查询码查看，或打 {phone}。"),
	SMS("consult.answered", "【公共法律服务】您的事（编号 {number}）已有答复，请用回执上的查询码查看，或打 {phone}。"),
	SMS("consult.converted", "【公共法律服务】您的事（编号 {number}）已转为别的事项接着办，请用回执上的查询码查看，或打 {phone}。"),
	SMS("request.closed", "【公共法律服务】您的事（编号 {number}）已经办结，请用回执上的查询码查看并打分，或打 {phone}。"),
	SMS("request.message", "【公共法律服务】承办人给您留了言（编号 {number}），请用回执上的查询码查看，或打 {phone}。"),
	SMS("dispatch.ruled", "【公共法律服务】您的事（编号 {number}）由谁办已经定下，请用回执上的查询码查看，或打 {phone}。"),
	SMS("transfer.sent", "【公共法律服务】您的事（编号 {number}）要到外地办，去哪里、找谁，请用回执上的查询码查看，或打 {phone}。"),
	SMS("clock.recounted", "【公共法律服务】您的事（编号 {number}）的期限重新计算，现在最晚 {due}。有事打 {phone}。"),
	SMS("clock.ruled", "【公共法律服务】您的事（编号 {number}）的期限重新计算，现在最晚 {due}。有事打 {phone}。"),
	SMS("clock.paused", "【公共法律服务】您的事（编号 {number}）暂停计时，原因请用回执上的查询码查看，或打 {phone}。"),
	SMS("clock.resumed", "【公共法律服务】您的事（编号 {number}）恢复计时，现在最晚 {due}。有事打 {phone}。"),
	SMS("aid.ask_supplement", "【公共法律服务】您的事（编号 {number}）申请还缺材料，缺什么、最晚哪天带来，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.lapse", "【公共法律服务】您的事（编号 {number}）因为没有按时补充材料，视为撤回申请，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.grant", "【公共法律服务】您的事（编号 {number}）法律援助申请已决定给予，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.refuse", "【公共法律服务】您的事（编号 {number}）法律援助申请已有决定，理由和怎么提出异议，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.advance", "【公共法律服务】您的事（编号 {number}）情况紧急，已先行提供法律援助，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.assign", "【公共法律服务】您的事（编号 {number}）已指派承办人员，姓名和联系方式，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.accept", "【公共法律服务】您的事（编号 {number}）承办人员已接受指派，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.agree", "【公共法律服务】您的事（编号 {number}）委托协议已签，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.report", "【公共法律服务】您的事（编号 {number}）办理有进展，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.move", "【公共法律服务】您的事（编号 {number}）约好的日子有变动，改到什么时候，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.change_allow", "【公共法律服务】您的事（编号 {number}）同意更换承办人员，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.change_deny", "【公共法律服务】您的事（编号 {number}）更换承办人员的请求已有答复，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.terminate", "【公共法律服务】您的事（编号 {number}）法律援助已终止，理由和怎么提出异议，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.close", "【公共法律服务】您的事（编号 {number}）案件已办结，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.uphold", "【公共法律服务】您的事（编号 {number}）异议已有审查结果，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.correct", "【公共法律服务】您的事（编号 {number}）异议已有审查结果，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("writing.issued", "【公共法律服务】您的事（编号 {number}）代写的文书已出具，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.settle", "【公共法律服务】您的事（编号 {number}）已办结，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("aid.pass_back", "【公共法律服务】您的事（编号 {number}）由最先收到申请的机构办理，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.register", "【公共法律服务】您的事（编号 {number}）纠纷已登记，正在问对方愿不愿意调解，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.refuse", "【公共法律服务】您的事（编号 {number}）这次不能调解，可以走的其他路，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.accept", "【公共法律服务】您的事（编号 {number}）人民调解已受理，不收费，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.appoint", "【公共法律服务】您的事（编号 {number}）调解员已确定，是谁、怎么联系，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.relieve", "【公共法律服务】您的事（编号 {number}）调解员有变动，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.session", "【公共法律服务】您的事（编号 {number}）调解有进展，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.extend", "【公共法律服务】您的事（编号 {number}）调解期限延长一次，现在最晚 {due}，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.draft", "【公共法律服务】您的事（编号 {number}）调解协议已写好，待签名，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.effect", "【公共法律服务】您的事（编号 {number}）调解协议已生效，谁在哪天前做什么，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.redraft", "【公共法律服务】您的事（编号 {number}）协议没有签成，继续调解，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.fail", "【公共法律服务】您的事（编号 {number}）调解没有谈成，可以走的其他路，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.end", "【公共法律服务】您的事（编号 {number}）调解已按当事人的要求终止，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.perform", "【公共法律服务】您的事（编号 {number}）协议有一项已登记履行，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.fulfil", "【公共法律服务】您的事（编号 {number}）调解协议已全部履行，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.mend", "【公共法律服务】您的事（编号 {number}）没有按时履行的已补上，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.miss", "【公共法律服务】您的事（编号 {number}）协议有一项没有按时履行，下一步怎么办，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.break", "【公共法律服务】您的事（编号 {number}）协议没有履行，可以起诉或者申请执行，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.confirm_ask", "【公共法律服务】您的事（编号 {number}）有人提出司法确认，双方都同意才能送法院，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.confirm_drop", "【公共法律服务】您的事（编号 {number}）不再申请司法确认，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.confirm_send", "【公共法律服务】您的事（编号 {number}）司法确认申请已送法院，详情，请用回执上的查询码查看，或打 {phone}。"),
	SMS("mediation.confirm_result", "【公共法律服务】您的事（编号 {number}）司法确认有结果，详情，请用回执上的查询码查看，或打 {phone}。"),
	MAIL("intake.received"), MAIL("request.message"), MAIL("request.attached"), MAIL("intake.withdrawn"),
	MAIL("dispatch.offered"), MAIL("dispatch.returned"), MAIL("dispatch.assigned"), MAIL("dispatch.ruled"),
	MAIL("clock.recounted"), MAIL("clock.ruled"), MAIL("clock.paused"), MAIL("clock.resumed"),
	MAIL("supervise.warned"), MAIL("supervise.reminded"), MAIL("supervise.ordered"),
	MAIL("supervise.reported.director"), MAIL("supervise.reported.bureau"), MAIL("supervise.turns_over"), MAIL("supervise.no_clock"),
	MAIL("review.follow_up"),
	MAIL("writing.asked"), MAIL("writing.returned"), MAIL("writing.issued"),
	MAIL("aid.apply"), MAIL("aid.give_supplement"), MAIL("aid.advance"), MAIL("aid.assign"),
	MAIL("aid.accept"), MAIL("aid.decline"), MAIL("aid.agree"), MAIL("aid.change_ask"),
	MAIL("aid.change_allow"), MAIL("aid.terminate"), MAIL("aid.close"), MAIL("aid.file"),
	MAIL("aid.file_return"), MAIL("aid.file_pass"), MAIL("aid.subsidy"), MAIL("aid.pay"),
	MAIL("aid.report"), MAIL("aid.move"), MAIL("aid.object"), MAIL("aid.uphold"), MAIL("aid.correct"),
	MAIL("mediation.appoint"), MAIL("mediation.danger"), MAIL("mediation.effect"), MAIL("mediation.end"),
	MAIL("mediation.claim"), MAIL("mediation.perform"), MAIL("mediation.miss"), MAIL("mediation.confirm_ask"),
	MAIL("mediation.confirm_result"),
	MAIL("cooperate.asked"), MAIL("cooperate.taken"), MAIL("cooperate.declined"), MAIL("cooperate.answered"),
	DUTY("published"), DUTY("moved"), DUTY("given"), DUTY("lost"), DUTY("cover"), DUTY("sick"), DUTY("station"), DUTY("station_open"),
	DUTY("swap_ask"), DUTY("swap_agree"), DUTY("swap_decline"), DUTY("swap_approve"),
	DUTY("swap_deny"), DUTY("swap_withdraw"), DUTY("swap_expire"), DUTY("swap_overtake"),
	MAIL("cooperate.again"), MAIL("cooperate.closed"), MAIL("cooperate.withdrawn"), MAIL("cooperate.ended"),
};
const size_t notify_defaults_n = sizeof notify_defaults / sizeof notify_defaults[0];

const struct notify_default *
notify_default_of(struct text kind, enum notify_way way)
{
	enum notify_way as = way == NOTIFY_WECHAT ? NOTIFY_SMS : way; /* the same words unless the city writes others */

	for (size_t i = 0; i < notify_defaults_n; i++)
		if (notify_defaults[i].way == as && text_equals(kind, text_of(notify_defaults[i].kind)))
			return &notify_defaults[i];
	return NULL;
}
