/* What duty calls things, and the numbers that can be set. */
#include "resources/duty/duty.h"

#include "kit/msg/msg.h"
#include "resources/identity/identity.h"

const struct choice duty_weekday_choices[] = { { 0, "mon", T("周一") }, { 1, "tue", T("周二") }, { 2, "wed", T("周三") }, { 3, "thu", T("周四") },
	{ 4, "fri", T("周五") }, { 5, "sat", T("周六") }, { 6, "sun", T("周日") }, { 0, NULL, NULL } };
const struct choice duty_nth_choices[] = { { 0, "first", T("第一个") }, { 1, "second", T("第二个") }, { 2, "third", T("第三个") },
	{ 3, "fourth", T("第四个") }, { 4, "fifth", T("第五个") }, { 0, NULL, NULL } };

const char *
duty_state_label(enum duty_state s)
{
	switch ((int)s) {
	case DUTY_DRAFT:
		return T("草案");
	case DUTY_PUBLISHED:
		return T("已发布");
	default:
		return T("已被新版代替");
	}
}

const char *
duty_change_label(enum duty_change_kind k)
{
	switch ((int)k) {
	case DUTY_MOVED:
		return T("人工调整");
	case DUTY_SICK:
		return T("病假顶班");
	default:
		return T("换班");
	}
}

const char *
duty_swap_state_label(enum duty_swap_state s)
{
	switch ((int)s) {
	case SWAP_ASKED:
		return T("等同事答应");
	case SWAP_AGREED:
		return T("同事答应了，等排班的人批准");
	case SWAP_APPROVED:
		return T("已换");
	case SWAP_DECLINED:
		return T("同事没有答应");
	case SWAP_DENIED:
		return T("没有批准");
	case SWAP_WITHDRAWN:
		return T("已撤回");
	case SWAP_EXPIRED:
		return T("到日子没有换成");
	default:
		return T("值班表已经改过，不用换了");
	}
}

const char *
duty_swap_step_label(enum duty_swap_step s)
{
	static const char *const labels[SWAP_STEPS] = {
		[SWAP_ASK] = T("请同事换班"), [SWAP_AGREE] = T("答应换班"), [SWAP_DECLINE] = T("不答应"), [SWAP_APPROVE] = T("批准换班"),
		[SWAP_DENY] = T("不批准"), [SWAP_WITHDRAW] = T("撤回换班"), [SWAP_EXPIRE] = T("到日子没有换成"),
		[SWAP_OVERTAKE] = T("值班表已经改过，不用换了"),
	};

	return labels[(unsigned)s < SWAP_STEPS ? s : SWAP_ASK];
}

const char *
duty_rule_label(enum roster_rule r)
{
	static const char *const labels[ROSTER_RULES] = {
		[ROSTER_FINE] = T("可以"), [ROSTER_ENTITLED] = T("没有人负责这里"), [ROSTER_AWAY] = T("那天来不了"),
		[ROSTER_CALENDAR] = T("不是工作日"), [ROSTER_RECURRING] = T("不是这个村约定的日子，或者站点不开门"),
		[ROSTER_PERIOD] = T("不在这一次该去的那段日子"), [ROSTER_BOOKED] = T("那天已经排了别处"), [ROSTER_STOPS] = T("一天跑的村太多"),
		[ROSTER_NEIGHBOURS] = T("同一天的两个村离得太远"), [ROSTER_DAY_MINUTES] = T("一天的时间不够"),
		[ROSTER_MINUTES_MAX] = T("一个月的时间不够"), [ROSTER_SHIFTS_MAX] = T("窗口班次太多"), [ROSTER_WEEKENDS_MAX] = T("休息日上班太多"),
		[ROSTER_TOWN_CAP] = T("这个镇那天排满了"), [ROSTER_SPACING] = T("两次离得太近"), [ROSTER_PINNED] = T("和定死的安排冲突"),
	};

	return (int)r >= 0 && r < ROSTER_RULES ? labels[r] : labels[ROSTER_ENTITLED];
}

const char *
duty_cost_label(enum roster_cost c)
{
	static const char *const labels[ROSTER_COSTS] = {
		[ROSTER_OPEN_VISIT] = T("排不上的驻村"), [ROSTER_OPEN_SEAT] = T("排不上的窗口"), [ROSTER_TRAVEL] = T("路程"),
		[ROSTER_TRAVEL_FAIR] = T("路程不匀"), [ROSTER_HOURS_FAIR] = T("工时不匀"), [ROSTER_WEEKEND_FAIR] = T("休息日不匀"),
		[ROSTER_DISLIKED] = T("不合意的日子"), [ROSTER_STAND_IN] = T("由别人代班"),
	};

	return (int)c >= 0 && c < ROSTER_COSTS ? labels[c] : labels[0];
}

#define WEIGHT T("排班时看得多重；改动记在案，方案记着用的是第几次改动以后的数。")
const struct setting_kind duty_settings[DUTY_SETTINGS_N] = {
	[DUTY_VISITS] = { "duty.visits", T("每个村（社区）每月驻点几次"), T("次"), T("没有单独约定的村按这个数排。"), 1, 4, 1, RIGHT_SETTINGS, NULL },
	[DUTY_VISIT_MINUTES] = { "duty.visit_minutes", T("一次驻点最多几分钟"), T("分钟"), T("合同的小时数平分到每次，不超过这个数。"), 30, 480, 180, RIGHT_SETTINGS, NULL },
	[DUTY_STOPS] = { "duty.stops", T("一天最多去几个村（社区）"), T("个"), T("同一天去的村还要离得近。"), 1, ROSTER_STOPS_MAX, 2, RIGHT_SETTINGS, NULL },
	[DUTY_NEAR] = { "duty.near_minutes", T("同一天去的村最多离几分钟"), T("分钟"), T("开车的时间。"), 0, 120, 20, RIGHT_SETTINGS, NULL },
	[DUTY_TOWN_CAP] = { "duty.town_cap", T("一个镇一天最多排几个驻点"), T("个"), T("太多了镇里接不过来。"), 1, 50, 3, RIGHT_SETTINGS, NULL },
	[DUTY_SHIFTS] = { "duty.shifts", T("一个人一月最多几个窗口班"), T("班"), T("中心窗口的值班。"), 0, 31, 4, RIGHT_SETTINGS, NULL },
	[DUTY_WEEKENDS] = { "duty.weekends", T("一个人一月最多几个休息日上班"), T("天"), T("逢集的村也许要休息日去。"), 0, 10, 2, RIGHT_SETTINGS, NULL },
	[DUTY_FREEZE] = { "duty.freeze_days", T("月初前几天起不再重排"), T("天"), T("从那天起只能一次一次地调换。"), 0, 28, 3, RIGHT_SETTINGS, NULL },
	[DUTY_W_TRAVEL] = { "duty.weight.travel", T("排班权重：十分钟路程"), T("分"), WEIGHT, 0, 1000, 2, RIGHT_SETTINGS, NULL },
	[DUTY_W_TRAVEL_OVER] = { "duty.weight.travel_over", T("排班权重：路程超出均数"), T("分"), WEIGHT, 0, 1000, 1, RIGHT_SETTINGS, NULL },
	[DUTY_W_HOURS_OVER] = { "duty.weight.hours_over", T("排班权重：工时超出均数"), T("分"), WEIGHT, 0, 1000, 3, RIGHT_SETTINGS, NULL },
	[DUTY_W_WEEKEND] = { "duty.weight.weekend", T("排班权重：休息日上班"), T("分"), WEIGHT, 0, 1000, 10, RIGHT_SETTINGS, NULL },
	[DUTY_W_DISLIKED] = { "duty.weight.disliked", T("排班权重：不在轮到的那一周"), T("分"), WEIGHT, 0, 1000, 4, RIGHT_SETTINGS, NULL },
	[DUTY_W_STAND_IN] = { "duty.weight.stand_in", T("排班权重：由别人代班"), T("分"), WEIGHT, 0, 1000, 20, RIGHT_SETTINGS, NULL },
};
