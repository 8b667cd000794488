#include "supply/notify/notify_template.h"

#define SMS(kind, body) { kind, NOTIFY_SMS, body }
#define MAIL(kind) { kind, NOTIFY_MAIL, "{name}：{what}。编号 {number}，事项：{item}，最晚 {due}。请登录工作台办理。" }

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
	MAIL("intake.received"), MAIL("request.message"), MAIL("request.attached"), MAIL("intake.withdrawn"),
	MAIL("dispatch.offered"), MAIL("dispatch.returned"), MAIL("dispatch.assigned"), MAIL("dispatch.ruled"),
	MAIL("clock.recounted"), MAIL("clock.ruled"), MAIL("clock.paused"), MAIL("clock.resumed"),
	MAIL("supervise.warned"), MAIL("supervise.reminded"), MAIL("supervise.ordered"),
	MAIL("supervise.reported.director"), MAIL("supervise.reported.bureau"), MAIL("supervise.turns_over"), MAIL("supervise.no_clock"),
	MAIL("review.follow_up"),
	MAIL("cooperate.asked"), MAIL("cooperate.taken"), MAIL("cooperate.declined"), MAIL("cooperate.answered"),
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
